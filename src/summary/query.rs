//! A summary's query: its SQL file read, checked before anything is read, and run over parts of the dataset.
//!
//! Owns the two statements that a file may hold, the rows and the notes below them, what a query may name (the tables of
//! the dataset and the numbers of the pipeline file), and whether it is asked once for many parts. Refuses to know what a
//! summary is about.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use polars::prelude::{AnyValue, DataFrame, IntoColumn, IntoLazy, NamedFrom, Series};
use polars::sql::{SQLContext, extract_table_identifiers};

use super::answer::{Answer, PARTS, REPORT, part, reports_of, without_parts};
use super::config::{Per, Summary};
use super::place::{SOURCES, key_of};
use super::scan;
use super::scope::Scope;
use super::statement::{Statement, first_line};
use super::tables::{Columns, Tables};
use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::TableSchema;

/// Name of the one-row table of the pipeline file's numbers.
const PARAMETERS: &str = "parameters";

/// A summary with its query.
pub struct Query {
    /// From the pipeline file.
    pub summary: Summary,
    sql: String,
    rows: Statement,
    notes: Option<Statement>,
    /// What it reads.
    pub(super) columns: Columns,
    /// Its answers say what part of the dataset they are about: many are asked for at once.
    parted: bool,
    /// Its rows say of which report they are.
    of_reports: bool,
}

impl Query {
    /// Reads a query, plans it and runs it over no rows, which tells a misspelt column before anything is read.
    ///
    /// # Errors
    /// Names the file that cannot be read or parsed, or the table or column that does not exist.
    pub fn load(known: &[TableSchema], summary: &Summary) -> Result<Self> {
        let path = &summary.sql;
        let named = || format!("summary {}: {}", summary.name, path.display());
        let sql = fs::read_to_string(path)
            .with_context(|| format!("summary {}: cannot read {}", summary.name, path.display()))?;
        let (rows, notes) = statements(&sql);
        let mut tables = Vec::new();
        for statement in [Some(&rows), notes.as_ref()].into_iter().flatten() {
            let found = extract_table_identifiers(statement, false, true)
                .with_context(|| format!("summary {}: {} is no SQL", summary.name, path.display()))?;
            tables.extend(found.iter().map(ToString::to_string));
        }
        let own: Vec<&TableSchema> = known.iter().filter(|k| tables.iter().any(|t| t == k.name)).collect();
        ensure!(!own.is_empty(), "summary {}: {} reads no table of the dataset", summary.name, path.display());
        let mut context = SQLContext::new();
        for schema in &own {
            context.register(schema.name, scan::table(schema)?);
        }
        if let Some(parameters) = parameters(&summary.parameters)? {
            context.register(PARAMETERS, parameters.lazy());
        }
        let mut prepare =
            |sql: &str| Statement::prepare(context.execute(sql).map_err(|e| first_line(&e))?).with_context(named);
        let (rows, notes) = (prepare(&rows)?, notes.as_deref().map(&mut prepare).transpose()?);
        let mut columns: Columns = own.iter().map(|s| (s.name.to_owned(), Default::default())).collect();
        for statement in std::iter::once(&rows).chain(&notes) {
            statement.reads(&mut columns);
        }
        let mut query = Self { summary: summary.clone(), sql, rows, notes, columns, parted: false, of_reports: false };
        (query.parted, query.of_reports) = query.tells().with_context(named)?;
        Ok(query)
    }

    /// Whether rows and notes, over no rows, have the columns that part them by year and province, and whether rows name
    /// their reports.
    fn tells(&self) -> Result<(bool, bool)> {
        let needed: &[&str] = match self.summary.per {
            Per::Province => &PARTS,
            Per::ProvinceYears => &PARTS[1..],
            Per::Year | Per::None => &[],
        };
        let none = Arc::default();
        let tells = |statement: &Statement| -> Result<(bool, DataFrame)> {
            let frame = statement.run(&none, &[])?;
            Ok((needed.iter().all(|name| frame.column(name).is_ok()), frame))
        };
        let (rows, frame) = tells(&self.rows)?;
        let of_reports = frame.column(REPORT).is_ok();
        if let Some(notes) = &self.notes {
            let (same, frame) = tells(notes)?;
            ensure!(
                rows == same,
                "rows and notes, behind the `;`, are both to have the columns {needed:?}, or neither"
            );
            lines(&without_parts(&frame))?;
        }
        Ok((rows && !needed.is_empty(), of_reports))
    }

    /// Its answers over what each of these scopes holds of the tables.
    ///
    /// # Errors
    /// What polars has against it.
    pub(super) fn run(&self, tables: &Arc<Tables>, scopes: &[Scope]) -> Result<Vec<Answer>> {
        let batches: Vec<&[Scope]> = if self.parted { vec![scopes] } else { scopes.chunks(1).collect() };
        let mut answers = Vec::with_capacity(scopes.len());
        for batch in batches {
            let asked = |statement: &Statement| part(&statement.run(tables, batch)?, batch);
            let rows = asked(&self.rows)?;
            let notes = self.notes.as_ref().map(asked).transpose()?.unwrap_or_default();
            let mut notes = notes.iter().map(lines);
            for rows in rows {
                let (rows, reports) = reports_of(rows);
                answers.push(Answer { rows, reports, notes: notes.next().transpose()?.unwrap_or_default() });
            }
        }
        Ok(answers)
    }

    /// Its rows say of which report they are.
    #[must_use]
    pub(crate) fn of_reports(&self) -> bool {
        self.of_reports
    }

    /// What decides its answers beside the data: the query and its numbers.
    #[must_use]
    pub(crate) fn asked(&self) -> String {
        format!("{} {:?}", self.sql, self.summary.parameters)
    }

    /// The lines of the comment that it begins with.
    pub(crate) fn head(&self) -> impl Iterator<Item = &str> {
        let sql = self.sql.strip_prefix('\u{FEFF}').unwrap_or(&self.sql);
        sql.lines().map_while(|line| line.strip_prefix("--")).map(str::trim)
    }

    /// Hash of everything that decides the answer over some files: this build, the query, its numbers, and the files.
    #[must_use]
    pub(super) fn key<'f>(&self, within: impl Iterator<Item = &'f ManifestFile>) -> String {
        let numbers = format!("{:?}", self.summary.parameters);
        let own = [self.sql.as_str(), &self.summary.encoding, &numbers];
        let read = within.filter(|f| self.columns.contains_key(&f.table)).flat_map(|f| [f.path.as_str(), &f.sha256]);
        key_of(SOURCES.into_iter().chain(own).chain(read))
    }
}

/// The query for the rows, and that for the notes: a `;` stands between them, outside of texts and comments.
fn statements(sql: &str) -> (String, Option<String>) {
    let sql = sql.strip_prefix('\u{FEFF}').unwrap_or(sql).replace("\r\n", "\n");
    let mut at = 0;
    let mut parted = None;
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        let until =
            |start: usize, end: &str| rest.get(start..).and_then(|r| r.find(end)).map(|i| start + i + end.len());
        let skipped = if rest.starts_with("--") {
            until(2, "\n")
        } else if rest.starts_with("/*") {
            until(2, "*/")
        } else if rest.starts_with('\'') {
            until(1, "'")
        } else if rest.starts_with('"') {
            until(1, "\"")
        } else if rest.starts_with(';') {
            parted = Some(at);
            break;
        } else {
            rest.chars().next().map(char::len_utf8)
        };
        at += skipped.unwrap_or(rest.len());
    }
    let (rows, notes) = match parted {
        Some(at) => (sql.get(..at).unwrap_or_default(), sql.get(at + 1..).unwrap_or_default()),
        None => (sql.as_str(), ""),
    };
    let notes = notes.trim().trim_end_matches(';');
    let mut says =
        notes.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("--") && !l.starts_with("/*"));
    (rows.to_owned(), says.next().map(|_| notes.to_owned()))
}

fn parameters(values: &BTreeMap<String, f64>) -> Result<Option<DataFrame>> {
    if values.is_empty() {
        return Ok(None);
    }
    let columns =
        values.iter().map(|(name, value)| Series::new(name.as_str().into(), [*value]).into_column()).collect();
    Ok(Some(DataFrame::new(1, columns)?))
}

fn lines(frame: &DataFrame) -> Result<Vec<String>> {
    let [column] = frame.columns() else {
        anyhow::bail!("the notes, behind the `;`, are to be one column of text");
    };
    let mut lines = Vec::with_capacity(frame.height());
    for row in 0..frame.height() {
        match column.get(row)? {
            AnyValue::Null => {}
            AnyValue::String(text) => lines.push(text.to_owned()),
            AnyValue::StringOwned(text) => lines.push(text.to_string()),
            _ => anyhow::bail!("the notes, behind the `;`, are to be one column of text"),
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_stand_behind_a_semicolon() {
        assert_eq!(statements("-- a\nSELECT 1;\n"), ("-- a\nSELECT 1".to_owned(), None));
        assert_eq!(statements("SELECT 1"), ("SELECT 1".to_owned(), None));
        assert_eq!(statements("SELECT ';' AS a;\n-- end\n"), ("SELECT ';' AS a".to_owned(), None));
        let odd = "\u{FEFF}-- a; b\r\nSELECT ';\n' /* ; */ AS \"x;\"; -- end\r\n";
        assert_eq!(statements(odd), ("-- a; b\nSELECT ';\n' /* ; */ AS \"x;\"".to_owned(), None));
        let (rows, notes) = statements("SELECT 1;\n\nSELECT '注' FROM reports;\n");
        assert_eq!((rows.as_str(), notes.as_deref()), ("SELECT 1", Some("SELECT '注' FROM reports")));
    }
}
