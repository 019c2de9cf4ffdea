//! What extraction works with and what it finds: the context of one document, its cells, and the sink for them.
//!
//! Owns the reading of a token as the value of its cell, and the writing down of it: every layout states its rows through
//! [`Sink`]. Refuses to place: which token belongs to which column is settled before.

use super::assign::{Value, quantity, value};
use super::candidate::Token;
use super::index::{Index, Matched, TableIndex};
use super::number::Printed;
use super::stream::Piece;
use crate::finding::{Finding, Rule, quote};
use crate::form::{CellKey, Forms, Layout, Table};
use nianbao_document::Document;

/// A cell that the report states.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCell {
    /// Index of the edition its block follows.
    pub edition: usize,
    /// Its place on that form.
    pub key: CellKey,
    /// The figure in `unit`; `None` for a cell that is printed blank or cannot be read.
    pub value: Option<f64>,
    /// Unit of `value` where it is not a plain count.
    pub unit: Option<&'static str>,
    /// Text as printed.
    pub raw: String,
    /// Index into [`FoundTables::labels`].
    pub label: u32,
    /// Source line.
    pub line: u32,
    /// How its row was recognised.
    pub matched: Matched,
    /// Whether a blank is printed (a null value that is not a failure).
    pub blank: bool,
}

/// Everything extracted from the tables of one document.
#[derive(Clone, Debug, Default)]
pub struct FoundTables {
    /// Cells in the order of the form.
    pub cells: Vec<FoundCell>,
    /// Row labels as printed.
    pub labels: Vec<String>,
    /// Tables that were found: edition and table index; one entry per table code, the edition of most of its cells.
    pub tables: Vec<(usize, usize)>,
    /// What went wrong.
    pub findings: Vec<Finding>,
}

impl FoundTables {
    /// The edition of most blocks, each group of a table that repeats its heads and each other table being one: a row that
    /// only another edition has (（六）其他处理) decides for its block and for no other. The newer of two with as many.
    #[must_use]
    pub(super) fn majority(&self, forms: &Forms) -> Option<usize> {
        let block = |cell: &FoundCell| {
            let table = &forms.editions[cell.edition].tables[cell.key.table];
            let group = if table.layout == Layout::Blocks { table.rows[cell.key.row].parent } else { None };
            (cell.edition, cell.key.table, group)
        };
        let mut blocks: Vec<(usize, usize, Option<usize>)> = self.cells.iter().map(block).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let count = |edition: usize| blocks.iter().filter(|b| b.0 == edition).count();
        blocks.iter().map(|b| b.0).max_by_key(|e| (count(*e), *e))
    }
}

/// What table extraction works with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a, 'd> {
    /// The forms.
    pub(super) forms: &'a Forms,
    /// Their labels, and the weights.
    pub(super) index: &'a Index,
    /// The document.
    pub(super) document: &'d Document,
    /// The document as a stream.
    pub(super) pieces: &'a [Piece<'d>],
    /// Edition in force in the report's year: decides only where two editions print the same.
    pub(super) default_edition: usize,
    /// The report's year, where the page or its path says it.
    pub(super) year: Option<i32>,
    /// The reporting body, where the page says it.
    pub(super) agency: Option<&'a str>,
}

impl<'a> Context<'a, '_> {
    /// A table of an edition.
    pub(super) fn form(&self, (edition, table): (usize, usize)) -> &'a Table {
        &self.forms.editions[edition].tables[table]
    }

    /// The labels of a table of an edition.
    pub(super) fn labels(&self, (edition, table): (usize, usize)) -> &'a TableIndex {
        &self.index.tables[edition][table]
    }

    /// Editions that have a table, with its index.
    pub(super) fn editions_with(&self, code: &str) -> Vec<(usize, usize)> {
        let editions = self.forms.editions.iter().enumerate();
        editions.filter_map(|(e, edition)| Some((e, edition.tables.iter().position(|t| t.code == code)?))).collect()
    }
}

/// Where the rows of one table of one edition go.
pub(super) struct Sink<'s, 'a, 'd> {
    /// What extraction works with.
    pub(super) cx: &'s Context<'a, 'd>,
    /// Edition and table.
    pub(super) place: (usize, usize),
    /// The table.
    pub(super) form: &'a Table,
    /// The unit that the page prints for amounts outside their cells: in a heading, or in a column of units.
    pub(super) unit: Printed,
    /// Findings of the table's rows go here.
    pub(super) found: &'s mut FoundTables,
}

impl<'s, 'a, 'd> Sink<'s, 'a, 'd> {
    /// A sink for a table whose headings print no unit.
    pub(super) fn new(cx: &'s Context<'a, 'd>, place: (usize, usize), found: &'s mut FoundTables) -> Self {
        Self { cx, place, form: cx.form(place), unit: Printed::Nothing, found }
    }

    /// States a row: its label as printed, and one token per column, in the form's order.
    pub(super) fn row<'t>(
        &mut self,
        row: usize,
        label: String,
        matched: Matched,
        tokens: impl IntoIterator<Item = Token<'t>>,
    ) {
        let at = u32::try_from(self.found.labels.len()).unwrap_or(u32::MAX);
        self.found.labels.push(label);
        // Columns first: a token is only taken for a column that is there.
        for (column, token) in self.form.rows[row].columns.iter().zip(tokens) {
            self.cell(row, *column, &token, (at, matched));
        }
    }

    /// States those cells of a row that the page has, each with the unit that its head prints.
    pub(super) fn cells(&mut self, row: usize, label: String, matched: Matched, cells: &[(usize, Token<'_>, Printed)]) {
        let at = u32::try_from(self.found.labels.len()).unwrap_or(u32::MAX);
        self.found.labels.push(label);
        for (column, token, unit) in cells {
            self.unit = *unit;
            self.cell(row, *column, token, (at, matched));
        }
    }

    fn cell(&mut self, row: usize, column: usize, token: &Token<'_>, (label, matched): (u32, Matched)) {
        let (edition, table) = self.place;
        let key = CellKey { table, row, column };
        let read = value(token, quantity(&self.cx.forms.editions[edition], key), self.unit);
        let (value, unit) = match read {
            Value::Number(number, unit) => (Some(number), unit),
            Value::Blank | Value::Unreadable => (None, None),
        };
        if read == Value::Unreadable {
            self.found.findings.push(
                Finding::new(Rule::UnreadableValue, quote(token.text, 60))
                    .in_table(&self.form.code)
                    .on(Some(&self.form.rows[row].code), Some(&self.form.columns[column].code))
                    .at(token.line),
            );
        }
        self.found.cells.push(FoundCell {
            edition,
            key,
            value,
            unit,
            raw: token.text.to_owned(),
            label,
            line: token.line,
            matched,
            blank: read == Value::Blank,
        });
    }

    /// Notes the table as found if any cell of it was.
    pub(super) fn close(self) {
        let (edition, table) = self.place;
        if self.found.cells.iter().any(|c| c.edition == edition && c.key.table == table) {
            self.found.tables.push(self.place);
        }
    }
}
