//! Handles: where the columns of every table lie, found by their names when a run begins to write.
//!
//! Owns which columns the rows fill. A column moved in the schema takes its values along; one that no row fills, or that the
//! schema does not have, ends the run before a file is made. Refuses to know values beyond the keys.

use std::collections::HashMap;

use crate::error::{Context as _, Result, bail, ensure};

use crate::columns::{Columns, Field, Filled};
use crate::schema::{Column, TableSchema};
use crate::store::record::Record;

/// A part of a table's columns.
pub(super) trait Part: Sized {
    /// Finds them, and takes them off the list of those that nothing fills.
    fn find(open: &mut Open<'_>) -> Result<Self>;
}

/// Columns of a table that nothing fills as yet.
pub(super) struct Open<'s>(Vec<(usize, &'s Column)>);

impl Open<'_> {
    fn take(&mut self, name: &str) -> Result<usize> {
        let at = self.0.iter().position(|(_, c)| c.name == name).with_context(|| format!("no column {name}"))?;
        Ok(self.0.remove(at).0)
    }
}

/// One table: which of the files takes its rows, and where its columns lie.
#[derive(Debug)]
pub(super) struct At<C> {
    table: &'static str,
    file: usize,
    pub(super) keys: Keys,
    pub(super) own: C,
    /// Columns that are on the forms.
    pub(super) measures: Vec<usize>,
    /// Which of them has a code: thirty of forty are looked for in every row.
    pub(super) place: HashMap<String, usize>,
}

impl<C: Part> At<C> {
    fn find(schemas: &[TableSchema], name: &str) -> Result<Self> {
        let mut partitioned = schemas.iter().filter(|s| s.partitioned).enumerate();
        let (file, schema) = partitioned.find(|(_, s)| s.name == name).context("no such table")?;
        let (measures, own): (Vec<_>, Vec<_>) =
            schema.columns.iter().enumerate().partition(|(_, c)| !c.editions.is_empty());
        let mut open = Open(own);
        let (keys, own) = (Keys::find(&mut open)?, C::find(&mut open)?);
        ensure!(open.0.is_empty(), "no row fills {}", open.0.iter().map(|c| &*c.1.name).collect::<Vec<_>>().join(", "));
        let place = measures.iter().zip(0..).map(|((_, c), i)| (c.name.clone(), i)).collect();
        let measures = measures.into_iter().map(|(at, _)| at).collect();
        Ok(Self { table: schema.name, file, keys, own, measures, place })
    }

    /// Its columns among those of a partition, which stand in the order of the partitioned schemas.
    pub(super) fn of<'f, F: Filled>(&self, files: &'f mut [F]) -> Result<&'f mut Columns> {
        let columns = files.get_mut(self.file).map(Filled::columns).filter(|c| c.table() == self.table);
        columns.with_context(|| format!("nothing takes rows of the table {}", self.table))
    }
}

/// For tables that have nothing beside keys and measures.
impl Part for () {
    fn find(_: &mut Open<'_>) -> Result<Self> {
        Ok(())
    }
}

macro_rules! handles {
    ($($(#[$about:meta])* $name:ident { $($column:ident),* })*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name { $(pub(super) $column: usize,)* }

        impl Part for $name {
            fn find(open: &mut Open<'_>) -> Result<Self> {
                Ok(Self { $($column: open.take(stringify!($column))?,)* })
            }
        }
    )*};
}

handles! {
    /// At the head of every partitioned table.
    Keys { report_id, agency, county_code, prefecture_code, edition }
    Reports {
        part, title, agency_kind, county, prefecture, province_name, year_evidence, region_evidence, published_on, source_path,
        format, is_primary, tables_found, cells_expected, cells_found, cells_recovered, checks_evaluated, checks_failed,
        checks_skipped, quality, body_id
    }
    Cells {
        source_path, table, row, column, value, unit, raw, row_label, column_label, line, page, matched
    }
    Disclosure { item }
    Requests { applicant }
    Disputes { case }
    Series { series, value, comparability }
    Sections { number, code, heading, text }
    Mentions { metric, value, unit, sentence, source_path, line, page }
    Findings {
        rule, severity, table, row, column, expected, actual, message_zh, message_en, source_path, line, page, raw,
        row_label, column_label, value, unit
    }
    Coverage {
        subject, status, county, prefecture, quality, body_id, last_report_id, province_name
    }
    /// The one table without keys.
    Files {
        source_path, reports, size, modified, content_hash, format, encoding, decode_faults, status, reason, report_id,
        duplicate_of
    }
}

impl Keys {
    /// The keys of `times` rows of a record.
    pub(super) fn fill(&self, columns: &mut Columns, record: &Record<'_>, edition: &str, times: usize) {
        columns.push(self.report_id, Field::Str(record.report_id), times);
        columns.push(self.agency, record.agency.into(), times);
        columns.push(self.county_code, record.place.county_code.into(), times);
        columns.push(self.prefecture_code, record.place.prefecture_code.into(), times);
        columns.push(self.edition, if edition.is_empty() { Field::Null } else { Field::Str(edition) }, times);
    }
}

macro_rules! tables {
    ($($name:ident: $part:ty,)*) => {
        /// Every table of the dataset that is partitioned.
        #[derive(Debug)]
        pub(crate) struct Tables { $(pub(super) $name: At<$part>,)* }

        impl Tables {
            /// Finds the columns of all tables.
            ///
            /// # Errors
            /// Names the table or column that rows and `data/schema.toml` do not share.
            pub(crate) fn find(schemas: &[TableSchema]) -> Result<Self> {
                const NAMES: &[&str] = &[$(stringify!($name),)*];
                if let Some(idle) = schemas.iter().find(|s| s.partitioned && !NAMES.contains(&s.name)) {
                    bail!("data/schema.toml: no row fills the table {}", idle.name);
                }
                let about = |name: &str| format!("data/schema.toml, rows of {name}");
                Ok(Self { $($name: At::find(schemas, stringify!($name)).with_context(|| about(stringify!($name)))?,)* })
            }
        }
    };
}

tables! {
    reports: Reports,
    cells: Cells,
    disclosure: Disclosure,
    requests: Requests,
    disputes: Disputes,
    statistics: (),
    series: Series,
    sections: Sections,
    mentions: Mentions,
    findings: Findings,
    coverage: Coverage,
}

impl Files {
    /// Finds the columns of the table `files`.
    ///
    /// # Errors
    /// Names what rows and `data/schema.toml` do not share.
    pub(crate) fn of(schema: &TableSchema) -> Result<Self> {
        let mut open = Open(schema.columns.iter().enumerate().collect());
        let files = Self::find(&mut open).context("data/schema.toml, rows of files")?;
        ensure!(open.0.is_empty(), "data/schema.toml: no row fills files.{}", open.0[0].1.name);
        Ok(files)
    }
}
