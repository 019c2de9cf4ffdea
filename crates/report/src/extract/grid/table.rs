//! What a sheet states of one table of the form, before it is decided whether it is the report's.
//!
//! Owns the rows and cells of one printing of a table, and what stands beside it that may decide between printings.

use super::words::When;
use crate::extract::candidate::Token;
use crate::extract::index::Matched;
use crate::extract::number::Printed;
use crate::finding::Finding;

/// A row with its cells.
#[derive(Clone, Debug)]
pub(super) struct Row<'d> {
    /// Edition, and table in it.
    pub(super) place: (usize, usize),
    /// Row of the form.
    pub(super) row: usize,
    /// Label as printed.
    pub(super) label: String,
    pub(super) matched: Matched,
    /// Columns of the form with what stands there, and the unit that their head prints.
    pub(super) cells: Vec<(usize, Token<'d>, Printed)>,
}

/// One printing of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Printing<'d> {
    pub(super) rows: Vec<Row<'d>>,
    pub(super) findings: Vec<Finding>,
    /// First and last line.
    pub(super) lines: (u32, u32),
    /// What stands above it: lines of the page, rows of the sheet, corners.
    pub(super) captions: Vec<String>,
    /// The time that its captions speak of.
    pub(super) when: Option<When>,
    /// The year of the title above it.
    pub(super) title: Option<i32>,
    /// Heads stand above it: it is no more than the rest of the one before.
    pub(super) headed: bool,
    /// Columns of its sheet.
    pub(super) width: usize,
}

impl Printing<'_> {
    /// Whether any figure stands in it.
    pub(super) fn is_filled(&self) -> bool {
        self.tokens().any(|t| !t.is_blank())
    }

    /// Whether a figure other than zero stands in it.
    pub(super) fn counts(&self) -> bool {
        use crate::extract::number::Reading;
        self.tokens().any(|t| matches!(t.reading, Reading::Number { value, .. } if value != 0.0))
    }

    fn tokens(&self) -> impl Iterator<Item = &Token<'_>> {
        self.rows.iter().flat_map(|r| r.cells.iter().map(|(_, token, _)| token))
    }

    /// Its cells by place, as printed.
    pub(super) fn figures(&self) -> Vec<((usize, usize), usize, usize, &str)> {
        let mut all: Vec<_> = self
            .rows
            .iter()
            .flat_map(|r| r.cells.iter().map(|(c, t, _)| (r.place, r.row, *c, t.text.trim())))
            .collect();
        all.sort_unstable();
        all
    }
}
