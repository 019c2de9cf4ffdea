//! Sheets as filled places and merged areas: they become lines and grids. XLSX, XLS and ODS share it.
//!
//! Owns which cells are seen, which formulas are computed, what is a table by itself, and which rows are titles. Refuses
//! to know formats, and sheets that hold absurdly much; how far apart its cells lie does not matter.
//!
//! **Hidden.** What stands in hidden rows and columns is not seen, but formulas count it. A merged cell is seen in those of
//! its rows and columns that are. A sheet that is called a draft stands aside where others hold about as much.
//!
//! **Titles and notes.** A row is a line of text, not a row of a table, if only one of its cells is filled, no merged
//! cell reaches into it or out of it, and that cell
//! - covers all columns that the sheet uses, or
//! - stands before the sheet's first row of several filled cells or after the last one, and covers one column or begins
//!   in the first, or
//! - covers the first column alone, and the row above is empty.
//!
//! All rows between two such lines are one grid; empty rows in it are left out. Every place of a grid is a cell, also
//! where nothing is written. Values under a merged cell are not shown by any program, and not read.

mod bands;
mod holds;
mod table;
#[cfg(test)]
mod tests;
mod visible;

use std::collections::{HashMap, HashSet};

pub(super) use self::holds::{Area, Formula, Holds};

use self::holds::Filled;
use self::table::Table;
use self::visible::Hidden;
use super::body::tidy;
use super::formula::solve::{At, Cells, Solver, Stored, Value};
use crate::limits::Fault;
use crate::seen::settle;
use nianbao_document::Document;

/// Places of all tables of a file.
const MAX_PLACES_OF_ALL: usize = 8_000_000;
/// Last row and column that may be filled, from 0; Excel has a million rows.
const LAST: u32 = (1 << 24) - 1;
/// Filled places, merged areas and hidden rows of a file.
const MAX_CELLS: usize = 1_000_000;
/// Bytes of text of all cells: one text may stand in many.
const MAX_TEXT: usize = 128 << 20;

/// Names of sheets that somebody set aside. They are not hidden, but say that they do not count.
const DRAFTS: [&str; 8] = ["草稿", "底稿", "废稿", "旧稿", "作废", "备份", "draft", "backup"];
/// Rounds in which hidden sheets are fetched for formulas, which may lead from one to the next.
pub(super) const ROUNDS: usize = 8;
/// Results that differ by less are one.
const SAME: f64 = 1e-9;

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    name: String,
    cells: Vec<Filled>,
    merged: Vec<Area>,
    rows: Hidden,
    columns: Hidden,
    /// It is only there for formulas.
    hidden: bool,
}

impl Sheet {
    /// A sheet by its name. A hidden one is not written, but formulas refer to it.
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self { name: name.to_lowercase(), hidden, ..Self::default() }
    }
}

/// A workbook that is being written.
#[derive(Debug, Default)]
pub(super) struct Book {
    sheets: Vec<Sheet>,
    cells: usize,
    text: usize,
    formulas: bool,
}

impl Book {
    /// Fills a place of a sheet; rows and columns count from 0. Blank text fills nothing, unless formulas count it.
    pub(super) fn put(
        &mut self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        mut text: String,
        holds: Holds,
    ) -> Result<(), Fault> {
        settle(&mut text);
        tidy(&mut text);
        if text.trim().is_empty() && matches!(holds, Holds::Text) {
            return Ok(());
        }
        if row > LAST || column > LAST {
            return Err(Fault::Limit(format!("a cell beyond row and column {LAST}")));
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT {
            return Err(Fault::Limit(format!("cells of more than {MAX_TEXT} bytes")));
        }
        self.formulas |= matches!(holds, Holds::Formula(_));
        sheet.cells.push(Filled { row, column, text, holds });
        self.count()
    }

    /// Merges an area of a sheet. One that covers a single place is none.
    pub(super) fn merge(&mut self, sheet: &mut Sheet, area: Area) -> Result<(), Fault> {
        if (area.top, area.left) == (area.bottom, area.right) || area.bottom < area.top || area.right < area.left {
            return Ok(());
        }
        sheet.merged.push(Area { bottom: area.bottom.min(LAST), right: area.right.min(LAST), ..area });
        self.count()
    }

    /// Hides rows of a sheet, the last one included.
    pub(super) fn hide_rows(&mut self, sheet: &mut Sheet, first: u32, last: u32) -> Result<(), Fault> {
        sheet.rows.add(first, last);
        self.count()
    }

    /// Hides columns of a sheet, the last one included.
    pub(super) fn hide_columns(&mut self, sheet: &mut Sheet, first: u32, last: u32) -> Result<(), Fault> {
        sheet.columns.add(first, last);
        self.count()
    }

    /// Adds a sheet after those before it.
    pub(super) fn add(&mut self, sheet: Sheet) {
        self.sheets.push(sheet);
    }

    /// The names, in lower case, of sheets that are not there yet and that formulas without a result refer to.
    pub(super) fn wanted(&self) -> HashSet<String> {
        let mut wanted = HashSet::new();
        for cell in self.sheets.iter().filter(|_| self.formulas).flat_map(|s| &s.cells) {
            if let Holds::Formula(formula) = &cell.holds
                && let Some(expr) = &formula.expr
            {
                expr.sheets(&mut |sheet| {
                    if !wanted.contains(&**sheet) {
                        wanted.insert(sheet.to_lowercase());
                    }
                });
            }
        }
        wanted.retain(|name| self.sheets.iter().all(|s| s.name != *name));
        wanted
    }

    /// The document of all sheets.
    pub(super) fn finish(mut self) -> Result<Document, Fault> {
        for sheet in &mut self.sheets {
            sheet.cells.sort_by_key(|c| (c.row, c.column));
            sheet.cells.dedup_by_key(|c| (c.row, c.column));
            sheet.rows.close();
            sheet.columns.close();
        }
        if self.formulas {
            self.compute();
        }
        self.set_drafts_aside();
        let (mut document, mut above, mut places) = (Document::default(), 0_u32, 0_usize);
        for sheet in self.sheets.into_iter().filter(|s| !s.hidden) {
            let mut last = 0;
            for (cells, areas) in bands::split(visible::seen(sheet.cells, sheet.merged, &sheet.rows, &sheet.columns)) {
                let Some(table) = Table::of(cells, areas)? else { continue };
                places = places.saturating_add(table.places());
                if places > MAX_PLACES_OF_ALL {
                    return Err(Fault::Limit(format!("sheets of more than {MAX_PLACES_OF_ALL} places")));
                }
                last = last.max(table.write(above, &mut document));
            }
            above = above.saturating_add(last);
        }
        Ok(document)
    }

    /// Hides sheets that are called drafts, if others hold about as much.
    fn set_drafts_aside(&mut self) {
        let is_draft = |s: &Sheet| DRAFTS.iter().any(|d| s.name.contains(d));
        let count = |draft: bool| {
            let sheets = self.sheets.iter().filter(|s| !s.hidden && is_draft(s) == draft);
            sheets.fold(0_usize, |n, s| n.saturating_add(s.cells.len()))
        };
        if count(false).saturating_mul(2) > count(true) {
            for sheet in &mut self.sheets {
                sheet.hidden |= is_draft(sheet);
            }
        }
    }

    /// Gives formulas their results. What cannot be computed stays as it is written: that is no figure.
    fn compute(&mut self) {
        let mut results = Vec::new();
        let names = self.sheets.iter().enumerate().map(|(number, s)| (s.name.as_str(), number)).collect();
        let all = All { sheets: &self.sheets, names };
        let mut solver = Solver::new(&all);
        for (number, sheet) in self.sheets.iter().enumerate() {
            for (index, cell) in sheet.cells.iter().enumerate() {
                let Holds::Formula(formula) = &cell.holds else { continue };
                let value = solver.value((number, cell.row, cell.column));
                // Where programs differ nobody knows what is seen.
                let same = |stored: f64| matches!(value, Value::Number(n) if (n - stored).abs() < SAME);
                let doubtful = !formula.fresh && formula.stored.is_some_and(|stored| !same(stored));
                let text = match value {
                    Value::Unknown => continue,
                    _ if doubtful => continue,
                    Value::Blank => String::new(),
                    Value::Number(n) if formula.no_zeros && n == 0.0 => String::new(),
                    Value::Number(n) => formula.format.number(n, formula.is_1904),
                    Value::Text(text) => formula.format.text(&text).unwrap_or_else(|| text.to_string()),
                    Value::Error(error) => error.to_string(),
                };
                results.push((number, index, text));
            }
        }
        for (number, index, text) in results {
            if let Some(cell) = self.sheets.get_mut(number).and_then(|s| s.cells.get_mut(index)) {
                cell.text = text;
            }
        }
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.cells = self.cells.saturating_add(1);
        if self.cells > MAX_CELLS {
            return Err(Fault::Limit(format!("more than {MAX_CELLS} cells")));
        }
        Ok(())
    }
}

/// The sheets as formulas see them: their cells are sorted.
struct All<'a> {
    sheets: &'a [Sheet],
    names: HashMap<&'a str, usize>,
}

impl Cells for All<'_> {
    fn sheet(&self, name: &str) -> Option<usize> {
        self.names.get(name.to_lowercase().as_str()).copied()
    }

    fn stored(&self, (sheet, row, column): At) -> Stored {
        let cells = self.sheets.get(sheet).map_or(&[][..], |s| &s.cells);
        let found = cells.binary_search_by_key(&(row, column), |c| (c.row, c.column));
        let Some(cell) = found.ok().and_then(|at| cells.get(at)) else { return Stored::Value(Value::Blank) };
        match &cell.holds {
            Holds::Number(number) => Stored::Value(Value::Number(*number)),
            Holds::Text => Stored::Value(Value::Text(cell.text.as_str().into())),
            Holds::Error => Stored::Value(Value::Error(cell.text.as_str().into())),
            Holds::Formula(formula) => Stored::Formula(formula.expr.clone(), formula.by, formula.stored),
        }
    }

    fn filled(&self, sheet: usize, rows: (u32, u32), columns: (u32, u32), most: usize) -> Option<(Vec<At>, usize)> {
        let cells = self.sheets.get(sheet).map_or(&[][..], |s| &s.cells);
        let first = cells.partition_point(|c| (c.row, c.column) < (rows.0, columns.0));
        let last = cells.partition_point(|c| (c.row, c.column) <= (rows.1, columns.1));
        let between = cells.get(first..last).unwrap_or_default();
        if between.len() > most {
            return None;
        }
        let within = between.iter().filter(|c| (columns.0..=columns.1).contains(&c.column));
        Some((within.map(|c| (sheet, c.row, c.column)).collect(), between.len()))
    }
}
