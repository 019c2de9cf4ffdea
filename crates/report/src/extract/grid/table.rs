//! What a sheet states of one table of the form, before it is decided whether it is the report's.
//!
//! Owns the rows and cells of one printing of a table, and what stands beside it that may decide between printings.

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

/// One printing of a table, as read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading<'d> {
    pub(super) rows: Vec<Row<'d>>,
    pub(super) findings: Vec<Finding>,
    /// First and last line.
    pub(super) lines: (u32, u32),
    /// Its heads and its figures contradict each other: nothing of it may be taken, and nobody else may read it.
    pub(super) refused: bool,
    /// What stands above it: lines of the page, rows of the sheet, corners.
    pub(super) captions: Vec<String>,
}
