//! A table as a place in a plan, and the rows that are put there.
//!
//! Owns the scan that polars calls. It hands out what is in memory instead of `scan_parquet`: that would bring in the
//! streaming engine, a third of the build, and every query would read the same files once more. Refuses to read files.

use std::any::Any;
use std::sync::Arc;

use anyhow::Result;
use polars::prelude::*;

use super::scope::Scope;
use super::tables::{Held, Tables, schema_of};
use nianbao_dataset::schema::TableSchema;

/// A table, over some parts of the dataset.
pub(super) struct Place {
    pub(super) table: &'static str,
    schema: SchemaRef,
    rows: Option<(Arc<Tables>, Arc<[Scope]>)>,
}

/// The lazy frame of a table without rows, to plan with.
///
/// # Errors
/// When polars refuses the schema.
pub(super) fn table(known: &TableSchema) -> Result<LazyFrame> {
    let schema: SchemaRef = Arc::new(schema_of(known));
    let args = ScanArgsAnonymous { schema: Some(Arc::clone(&schema)), name: "nianbao", ..ScanArgsAnonymous::default() };
    let place = Place { table: known.name, schema, rows: None };
    Ok(LazyFrame::anonymous_scan(Arc::new(place), args)?)
}

impl Place {
    /// The same table with those rows that one of the scopes holds.
    pub(super) fn over(&self, tables: &Arc<Tables>, scopes: &Arc<[Scope]>) -> Self {
        let rows = Some((Arc::clone(tables), Arc::clone(scopes)));
        Self { table: self.table, schema: Arc::clone(&self.schema), rows }
    }

    /// Every column of the table.
    pub(super) fn columns(&self) -> impl Iterator<Item = &PlSmallStr> {
        self.schema.iter_names()
    }
}

fn within(held: &Held, scopes: &[Scope], columns: &[PlSmallStr]) -> PolarsResult<DataFrame> {
    let frame = held.frame.select(columns.iter().cloned())?;
    let own = |i: &usize| scopes.iter().any(|s| s.holds(held.spans[*i].year, held.spans[*i].province));
    let spans: Vec<usize> = (0..held.spans.len()).filter(own).collect();
    if spans.len() == held.spans.len() {
        return Ok(frame);
    }
    let mut out = frame.clear();
    // Neighbours in one go.
    for run in spans.chunk_by(|a, b| a + 1 == *b) {
        let from = run.first().map_or(0, |i| held.spans[*i].from);
        let rows = run.iter().map(|i| held.spans[*i].rows).sum();
        out.vstack_mut(&frame.slice(i64::try_from(from).unwrap_or(0), rows))?;
    }
    out.rechunk_mut();
    Ok(out)
}

impl AnonymousScan for Place {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }

    fn allows_predicate_pushdown(&self) -> bool {
        // A condition given to the scan would have to be planned anew for each batch.
        false
    }

    fn scan(&self, args: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let columns: Vec<PlSmallStr> = match &args.with_columns {
            Some(columns) => columns.iter().cloned().collect(),
            None => self.columns().cloned().collect(),
        };
        let held = self.rows.as_ref().and_then(|(tables, scopes)| Some((tables.get(self.table)?, scopes)));
        let frame = match held {
            Some((held, scopes)) => within(held, scopes, &columns)?,
            None => {
                let field =
                    |c: &PlSmallStr| Field::new(c.clone(), self.schema.get(c).cloned().unwrap_or(DataType::String));
                DataFrame::empty_with_schema(&columns.iter().map(field).collect())
            }
        };
        // `LIMIT` is the scan's own where nothing stands between.
        Ok(frame.head(Some(args.n_rows.unwrap_or(usize::MAX))))
    }
}
