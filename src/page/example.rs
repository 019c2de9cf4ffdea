//! A finding as the page lists it.
//!
//! Owns the order of the list: new years first, then by place and path, so that it is the same whatever the order of the
//! files.

use std::cmp::{Ordering, Reverse};

/// A finding with everything that leads back to the page of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct Example {
    pub(super) rule: String,
    pub(super) year: Option<i32>,
    pub(super) province: Option<u8>,
    pub(super) agency: Option<String>,
    pub(super) source_path: String,
    pub(super) page: Option<i64>,
    pub(super) line: Option<i64>,
    pub(super) table: Option<String>,
    pub(super) row: Option<String>,
    pub(super) column: Option<String>,
    pub(super) row_label: Option<String>,
    pub(super) column_label: Option<String>,
    pub(super) raw: Option<String>,
    pub(super) value: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) expected: Option<f64>,
    pub(super) actual: Option<f64>,
    pub(super) message: String,
    pub(super) report_id: Option<String>,
}

impl Example {
    /// Which of two comes first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let number = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
        let head = |e: &Self| (Reverse(e.year), e.province.is_none(), e.province);
        let place = |e: &'_ Self| (e.page, e.line);
        head(self)
            .cmp(&head(other))
            .then_with(|| self.source_path.cmp(&other.source_path))
            .then_with(|| place(self).cmp(&place(other)))
            .then_with(|| (&self.table, &self.row, &self.column).cmp(&(&other.table, &other.row, &other.column)))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| number(self.expected, other.expected))
            .then_with(|| number(self.actual, other.actual))
            .then_with(|| self.report_id.cmp(&other.report_id))
    }
}
