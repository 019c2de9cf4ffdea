//! A table of a release as a polars lazy frame.
//!
//! Owns reading Parquet files with polars, only the columns a query needs. It scans file by file through polars' own
//! reader instead of `scan_parquet`: that would bring in the streaming engine, a third of the build, for files that a
//! summary reads whole anyway. Refuses to know queries.

use std::any::Any;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use polars::prelude::*;
use polars_io::parquet::read::ParquetReader;

use crate::dataset::ManifestFile;
use crate::dataset::schema::{Kind, TableSchema};

/// The files of a table, with the values of their partitions, and its columns.
pub(super) struct Files {
    table: &'static str,
    files: Vec<(PathBuf, Option<i64>, Option<i64>)>,
    schema: SchemaRef,
}

/// The lazy frame of a table over the files of a release; `year` and `province` are columns.
///
/// # Errors
/// When polars refuses the schema.
pub(super) fn table(schema: &TableSchema, release: &Path, files: &[ManifestFile]) -> Result<LazyFrame> {
    let dtype = |kind: Kind| match kind {
        Kind::Code | Kind::Text => DataType::String,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Date => DataType::Date,
        Kind::Bool => DataType::Boolean,
    };
    let mut fields: Vec<Field> =
        schema.columns.iter().map(|c| Field::new(c.name.as_str().into(), dtype(c.kind))).collect();
    if schema.partitioned {
        fields.push(Field::new("year".into(), DataType::Int64));
        fields.push(Field::new("province".into(), DataType::Int64));
    }
    let columns: SchemaRef = Arc::new(Schema::from_iter(fields));
    let args =
        ScanArgsAnonymous { schema: Some(Arc::clone(&columns)), name: "nianbao", ..ScanArgsAnonymous::default() };
    let none = Files { table: schema.name, files: Vec::new(), schema: columns };
    Ok(LazyFrame::anonymous_scan(Arc::new(none.of(release, files)), args)?)
}

/// Some columns of one data file, as the schema types them.
///
/// # Errors
/// When the file cannot be read, or has no such column.
pub fn read_columns(schema: &TableSchema, release: &Path, file: &ManifestFile, columns: &[&str]) -> Result<DataFrame> {
    let wanted = columns.iter().map(|c| col(*c)).collect::<Vec<_>>();
    Ok(table(schema, release, std::slice::from_ref(file))?.select(wanted).collect()?)
}

impl Files {
    /// The same table over those of these files that are its own.
    pub(super) fn of(&self, release: &Path, files: &[ManifestFile]) -> Self {
        let own = files.iter().filter(|f| f.table == self.table);
        Self {
            table: self.table,
            files: own.map(|f| (release.join(&f.path), f.year.map(i64::from), f.province.map(i64::from))).collect(),
            schema: Arc::clone(&self.schema),
        }
    }

    fn read(
        &self,
        (path, year, province): &(PathBuf, Option<i64>, Option<i64>),
        columns: &[PlSmallStr],
    ) -> PolarsResult<DataFrame> {
        let stored: Vec<String> =
            columns.iter().filter(|c| !matches!(c.as_str(), "year" | "province")).map(ToString::to_string).collect();
        // A query over partition columns alone still needs the number of rows.
        let read = if stored.is_empty() {
            vec![self.schema.get_at_index(0).map(|(n, _)| n.to_string()).unwrap_or_default()]
        } else {
            stored
        };
        // Read, not mapped: unmapping a file stops the threads of all cores, a thousand times over.
        let mut reader = ParquetReader::new(Cursor::new(fs::read(path)?)).with_columns(Some(read));
        // Without the Arrow schema that the file carries, codes are read as texts. With it they would become categoricals,
        // every report's id entered into one table for all threads, only to be cast to texts again.
        let mut metadata = reader.get_metadata()?.clone();
        Arc::make_mut(&mut metadata).key_value_metadata = None;
        reader.set_metadata(metadata);
        let frame = reader.finish()?;
        let height = frame.height();
        let columns = columns
            .iter()
            .map(|name| match name.as_str() {
                "year" => Ok(constant(name, *year, height)),
                "province" => Ok(constant(name, *province, height)),
                stored => {
                    let dtype = self.schema.get(stored).cloned().unwrap_or(DataType::String);
                    frame.column(stored)?.cast(&dtype)
                }
            })
            .collect::<PolarsResult<Vec<Column>>>()?;
        DataFrame::new(height, columns)
    }
}

/// A partition value as a column.
fn constant(name: &PlSmallStr, value: Option<i64>, height: usize) -> Column {
    let value = value.map_or(AnyValue::Null, AnyValue::Int64);
    Column::new_scalar(name.clone(), Scalar::new(DataType::Int64, value), height)
}

impl AnonymousScan for Files {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }

    fn allows_predicate_pushdown(&self) -> bool {
        true
    }

    fn scan(&self, args: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let columns: Vec<PlSmallStr> = match &args.with_columns {
            Some(columns) => columns.iter().cloned().collect(),
            None => self.schema.iter_names().cloned().collect(),
        };
        let empty = Schema::from_iter(
            columns.iter().map(|c| Field::new(c.clone(), self.schema.get(c).cloned().unwrap_or(DataType::String))),
        );
        let mut out = DataFrame::empty_with_schema(&empty);
        let condition = args.predicate.and_then(stated);
        // `LIMIT` is the scan's own where nothing stands between: the first rows of the files, before any condition.
        let mut left = args.n_rows.unwrap_or(usize::MAX);
        for file in &self.files {
            if left == 0 {
                break;
            }
            let mut frame = self.read(file, &columns)?.head(Some(left));
            left -= frame.height();
            // File by file, so that what a query leaves out is never held as a whole.
            if let Some(condition) = &condition {
                frame = frame.lazy().filter(condition.clone()).collect()?;
            }
            out.vstack_mut(&frame)?;
        }
        Ok(out)
    }
}

/// A condition less what polars makes up itself to prune (of `ORDER BY … LIMIT`): that cannot be run from here, and the
/// query does not need it.
fn stated(condition: Expr) -> Option<Expr> {
    match condition {
        Expr::Display { .. } => None,
        Expr::BinaryExpr { left, op: Operator::And, right } => {
            match (stated(Arc::unwrap_or_clone(left)), stated(Arc::unwrap_or_clone(right))) {
                (Some(left), Some(right)) => Some(left.and(right)),
                (left, right) => left.or(right),
            }
        }
        other => Some(other),
    }
}
