//! A report as read, beside the form and the findings about each of its cells.
//!
//! Owns what the renderings of `show` ask alike. Refuses to render.

use nianbao_document::{Document, page_of};
use nianbao_report::extract::FoundCell;
use nianbao_report::finding::Finding;
use nianbao_report::form::{Column, Edition, Row, Table};
use nianbao_report::{Examined, Knowledge};

/// A report as read, with what it is shown by.
pub(super) struct Shown<'s> {
    pub(super) knowledge: &'s Knowledge,
    pub(super) document: &'s Document,
    pub(super) examined: &'s Examined,
    pub(super) name: &'s str,
    /// Its number among the reports of the file, and how many those are.
    pub(super) part: (usize, usize),
}

impl Shown<'_> {
    /// Edition, table, row and column of a cell on the form.
    pub(super) fn form(&self, cell: &FoundCell) -> (&Edition, &Table, &Row, &Column) {
        let edition = &self.knowledge.forms.editions[cell.edition];
        let table = &edition.tables[cell.key.table];
        (edition, table, &table.rows[cell.key.row], &table.columns[cell.key.column])
    }

    /// The row's label as printed; that of the form where it is lost.
    pub(super) fn label(&self, cell: &FoundCell) -> &str {
        let printed = self.examined.report.tables.labels.get(cell.label as usize).filter(|l| !l.is_empty());
        printed.map_or(&self.form(cell).2.label, |l| l)
    }

    pub(super) fn unit<'a>(&'a self, cell: &'a FoundCell) -> Option<&'a str> {
        let of_form = || Some(self.form(cell).0.unit(cell.key)).filter(|u| !u.is_empty());
        cell.unit.or_else(of_form)
    }

    pub(super) fn page(&self, line: u32) -> Option<u32> {
        page_of(&self.examined.pages, line)
    }

    /// The findings about one cell.
    pub(super) fn beside<'a>(&'a self, cell: &'a FoundCell) -> impl Iterator<Item = &'a Finding> {
        let (_, table, row, column) = self.form(cell);
        let of = (Some(table.code.as_str()), Some(row.code.as_str()), Some(column.code.as_str()));
        let all = self.examined.report.findings.iter();
        let here = move |f: &Finding| f.line.is_none_or(|l| l == cell.line);
        all.filter(move |f| (f.table.as_deref(), f.row.as_deref(), f.column.as_deref()) == of && here(f))
    }

    /// The findings that are about no cell that is shown.
    pub(super) fn apart(&self) -> impl Iterator<Item = &Finding> {
        let cells = &self.examined.report.tables.cells;
        let shown = |f: &Finding| cells.iter().any(|c| self.beside(c).any(|own| std::ptr::eq(own, f)));
        self.examined.report.findings.iter().filter(move |f| !shown(f))
    }
}
