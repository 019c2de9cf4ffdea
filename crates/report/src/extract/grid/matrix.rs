//! Matrices in sheets: rows of outcomes by columns of applicants.
//!
//! Owns the way from the heads and labels of a stretch of a sheet to its rows. Refuses rows that stand twice with other
//! figures, and columns whose heads and sums contradict each other.

use super::columns::{Columns, Place};
use super::heads::{Named, Namer, is_time};
use super::sheet::{Cell, Sheet};
use super::stub::{Labelled, Stub};
use super::table::{Reading, Row};
use crate::extract::candidate::Token;
use crate::extract::found::Context;
use crate::extract::index::Matched;
use crate::extract::number::{self, Printed, is_unit};
use crate::extract::row::row_sums;
use crate::finding::{Finding, Rule, quote};
use crate::form::Table;

/// A stretch of a sheet below one set of heads.
struct Part {
    heads: Vec<usize>,
    rows: Vec<usize>,
    captions: Vec<usize>,
}

/// The printings of a matrix in a sheet, as the form of `place`, and its last columns. `inherited`: columns of the sheet
/// before, which one without heads goes on with.
pub(super) fn matrix<'d>(
    cx: &Context<'_, 'd>,
    sheet: &Sheet<'d>,
    place: (usize, usize),
    inherited: Option<&Columns>,
) -> (Vec<Reading<'d>>, Option<Columns>) {
    Reader { cx, place, table: cx.form(place), sheet }.read(inherited)
}

struct Reader<'r, 'a, 'd> {
    cx: &'r Context<'a, 'd>,
    place: (usize, usize),
    table: &'a Table,
    sheet: &'r Sheet<'d>,
}

impl<'d> Reader<'_, '_, 'd> {
    fn namer(&self) -> Namer<'_> {
        Namer { table: self.table, index: self.cx.labels(self.place), words: &self.cx.index.words }
    }

    fn stub(&self) -> Stub<'_> {
        Stub {
            table: self.table,
            labels: self.cx.labels(self.place),
            index: self.cx.index,
            words: &self.cx.index.words,
        }
    }

    /// Whether a row holds heads: words that name columns, and no figure.
    fn is_heads(&self, row: usize) -> bool {
        // What a row's label or a figure rules out need not be named.
        let label = |c: &Cell<'_>| c.row == row && self.cx.index.is_row_label(&c.norm) && c.norm.chars().count() > 2;
        if self.sheet.row(row).any(|c| c.is_figure() || label(c)) {
            return false;
        }
        let namer = self.namer();
        let mut named = 0;
        for cell in self.sheet.row(row).filter(|c| c.row == row) {
            named += match namer.name(cell) {
                Named::Column(_) => 1,
                // The heading of several columns stands alone in its row.
                Named::Group => 1 + usize::from(cell.columns > 1),
                // Years stand above the names of columns.
                Named::Unknown if is_time(&self.cx.index.words, cell) => 1,
                _ => 0,
            };
        }
        named >= 2
    }

    /// Whether a row is one text over the whole width.
    fn is_caption(&self, row: usize) -> bool {
        let mut cells = self.sheet.row(row).filter(|c| !c.text.is_empty());
        let first = cells.next();
        let alone = cells.next().is_none();
        first.is_some_and(|c| {
            alone && c.is_text() && c.columns * 2 > self.sheet.width && !self.cx.index.is_row_label(&c.norm)
        })
    }

    /// Cuts the sheet where heads stand.
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut captions: Vec<usize> = Vec::new();
        for row in 0..self.sheet.height {
            let heads = self.is_heads(row);
            if !heads && self.is_caption(row) {
                captions.push(row);
                continue;
            }
            match parts.last_mut() {
                Some(last) if heads && last.rows.is_empty() => last.heads.push(row),
                Some(last) if !heads && captions.is_empty() => last.rows.push(row),
                _ if heads => {
                    parts.push(Part { heads: vec![row], rows: Vec::new(), captions: std::mem::take(&mut captions) });
                }
                // A caption within a table and no heads below it: the heads above still count.
                Some(last) => {
                    let heads = last.heads.clone();
                    parts.push(Part { heads, rows: vec![row], captions: std::mem::take(&mut captions) });
                }
                None => {
                    parts.push(Part { heads: Vec::new(), rows: vec![row], captions: std::mem::take(&mut captions) });
                }
            }
        }
        parts
    }

    fn read(&self, inherited: Option<&Columns>) -> (Vec<Reading<'d>>, Option<Columns>) {
        let mut printings: Vec<Reading<'d>> = Vec::new();
        let mut last: Option<Columns> = inherited.cloned();
        for part in self.parts() {
            let stub = self.stub_columns(&part.rows);
            let own = if part.heads.is_empty() {
                last.clone()
                    .filter(|c| c.data.len() == self.sheet.width && self.goes_on(c, &stub, &self.filled(&part.rows)))
            } else {
                Columns::read(&self.namer(), self.sheet, &part.heads, &stub, &self.filled(&part.rows), self.cx.year)
            };
            let Some(columns) = own else { continue };
            let mut printing = self.part(&part, &columns);
            last = Some(columns);
            // Heads that stand again over other rows go on with the table: a page broke there.
            let goes_on = printings.last().is_some_and(|before: &Reading<'_>| {
                part.captions.is_empty() && !printing.rows.iter().any(|r| before.rows.iter().any(|o| o.row == r.row))
            });
            match printings.last_mut() {
                Some(before) if goes_on => {
                    before.rows.append(&mut printing.rows);
                    before.findings.append(&mut printing.findings);
                    before.lines.1 = before.lines.1.max(printing.lines.1);
                }
                _ => printings.push(printing),
            }
        }
        printings.retain(|p| !p.rows.is_empty());
        (printings, last)
    }

    /// Whether rows without heads stand in the columns of those above. Lines need not: there figures stand where theirs did,
    /// and labels elsewhere.
    fn goes_on(&self, columns: &Columns, stub: &[bool], filled: &[bool]) -> bool {
        let held = |c: usize| columns.of.iter().any(|of| of.contains(&c));
        !self.sheet.of_lines || (0..self.sheet.width).all(|c| if held(c) { !stub[c] } else { !filled[c] })
    }

    /// Columns of the sheet in which figures stand.
    fn filled(&self, rows: &[usize]) -> Vec<bool> {
        let mut filled = vec![false; self.sheet.width];
        for cell in rows.iter().flat_map(|r| self.sheet.row(*r)).filter(|c| c.is_figure()) {
            filled[cell.column..cell.column + cell.columns].fill(true);
        }
        filled
    }

    /// Columns of the sheet in which words stand that name rows.
    fn stub_columns(&self, rows: &[usize]) -> Vec<bool> {
        let mut stub = vec![false; self.sheet.width];
        let index = self.cx.labels(self.place);
        for row in rows {
            for cell in self.sheet.row(*row).filter(|c| c.is_text() && !c.norm.is_empty()) {
                // `其他` and `总计` are heads too.
                let own = !index.exact(&cell.norm).is_empty() && cell.norm.chars().count() > 2;
                if own && cell.columns < self.sheet.width {
                    stub[cell.column..cell.column + cell.columns].fill(true);
                }
            }
        }
        stub
    }

    fn part(&self, part: &Part, columns: &Columns) -> Reading<'d> {
        let sheet = self.sheet;
        let mut rows: Vec<(usize, Vec<&Cell<'d>>)> = Vec::new();
        for row in &part.rows {
            let label =
                |c: &&Cell<'d>| c.is_text() && !c.norm.is_empty() && !is_unit(c.text) && !columns.data[c.column];
            let mut labels: Vec<&Cell<'d>> = sheet.row(*row).filter(label).collect();
            // Figures whose label is blank have a place, too: between those of their neighbours.
            if !labels.iter().any(|c| c.row == *row) && sheet.row(*row).any(Cell::is_figure) {
                let blank = |c: &&Cell<'d>| c.row == *row && c.text.is_empty() && !columns.data[c.column];
                labels.extend(sheet.row(*row).filter(blank).last());
            }
            rows.push((*row, labels));
        }
        let labelled = self.stub().read(&rows);
        let mut printing = Reading { ..Reading::default() };
        printing.captions = part.captions.iter().filter_map(|r| sheet.at(*r, 0)).map(|c| c.text.to_owned()).collect();
        let corner = part.heads.first().and_then(|r| sheet.at(*r, 0));
        printing.captions.extend(corner.map(|c| c.text.to_owned()));
        let line = |row: &usize| sheet.row(*row).map(|c| c.line).filter(|l| *l > 0).min();
        let lines = || part.heads.iter().chain(&part.rows).filter_map(line);
        printing.lines = (lines().min().unwrap_or(0), lines().max().unwrap_or(0));
        for row in &labelled {
            self.row(row, columns, &mut printing);
        }
        settle(self.table, &mut printing);
        if columns.moved && contradicts(self.table, columns, sheet, &printing) {
            let detail = quote(&printing.captions.join(" "), 60);
            printing
                .findings
                .push(Finding::new(Rule::UnplacedValue, detail).in_table(&self.table.code).at(printing.lines.0));
            printing.rows.iter_mut().for_each(|r| r.cells.clear());
            printing.refused = true;
        }
        printing
    }

    fn row(&self, labelled: &Labelled<'_, 'd>, columns: &Columns, printing: &mut Reading<'d>) {
        let sheet = self.sheet;
        let mut cells = Vec::new();
        for column in 0..self.table.columns.len() {
            if let Place::Cell(cell) = columns.place(sheet, labelled.row, column) {
                cells.push((column, token(cell), Printed::Nothing));
            }
        }
        let figures = || sheet.row(labelled.row).filter(|c| c.is_figure() && c.row == labelled.row);
        let Some((row, matched)) = labelled.placed else {
            if figures().next().is_some() {
                let printed: Vec<&str> =
                    std::iter::once(labelled.label.text).chain(figures().map(|c| c.text)).collect();
                printing.findings.push(
                    Finding::new(Rule::UnknownRow, quote(&printed.join(" "), 120))
                        .in_table(&self.table.code)
                        .at(labelled.label.line),
                );
            }
            return;
        };
        let own = &self.table.rows[row].columns;
        cells.retain(|(c, ..)| own.contains(c));
        let about = |rule| {
            let printed: Vec<&str> = std::iter::once(labelled.label.text).chain(figures().map(|c| c.text)).collect();
            Finding::new(rule, quote(&printed.join(" "), 120))
                .in_table(&self.table.code)
                .on(Some(&self.table.rows[row].code), None)
                .at(labelled.label.line)
        };
        if matched == Matched::Position {
            printing.findings.push(about(Rule::PlacedByPosition));
        }
        // A figure in a cell over several columns, or over several rows, is none of them for certain.
        let merged = |c: &&Cell<'_>| {
            let held =
                (c.column..c.column + c.columns).filter(|at| columns.of.iter().any(|of| of.contains(at))).count();
            held > 0 && (held > 1 || c.rows > 1) && !cells.iter().any(|(_, t, _)| std::ptr::eq(t.text, c.text))
        };
        if figures().any(|c| merged(&c)) {
            printing.findings.push(about(Rule::UnplacedValue));
        }
        let label = labelled.label.text.to_owned();
        printing.rows.push(Row { place: self.place, row, label, matched, cells });
    }
}

/// A cell as a value.
pub(super) fn token<'d>(cell: &Cell<'d>) -> Token<'d> {
    let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
    let row = u32::try_from(cell.row).unwrap_or(u32::MAX);
    Token { text: cell.text, reading: cell.reading, line: cell.line, row, column }
}

/// Rows that claim one place: equal figures are one row, a whole label outranks one that is like it, all else is a doubt.
pub(super) fn settle(table: &Table, printing: &mut Reading<'_>) {
    let figures = |row: &Row<'_>| row.cells.iter().map(|(c, t, _)| (*c, t.text.to_owned())).collect::<Vec<_>>();
    let mut kept: Vec<Row<'_>> = Vec::new();
    let mut doubted: Vec<usize> = Vec::new();
    for row in std::mem::take(&mut printing.rows) {
        let Some(other) = kept.iter_mut().find(|o| o.row == row.row && o.place == row.place) else {
            kept.push(row);
            continue;
        };
        if figures(other) == figures(&row) {
            continue;
        }
        if row.matched < other.matched {
            *other = row;
        } else if row.matched == other.matched && !doubted.contains(&row.row) {
            doubted.push(row.row);
        }
    }
    for row in &doubted {
        let printed = kept.iter().find(|r| r.row == *row);
        let line = printed.and_then(|r| r.cells.first()).map_or(0, |(_, t, _)| t.line);
        let label = printed.map_or("", |r| r.label.as_str());
        printing.findings.push(
            Finding::new(Rule::RivalRows, quote(label, 60))
                .in_table(&table.code)
                .on(Some(&table.rows[*row].code), None)
                .at(line),
        );
    }
    kept.retain(|r| !doubted.contains(&r.row));
    printing.rows = kept;
}

/// Whether heads name another order than the form's, while the sums within rows hold only in the form's.
fn contradicts(table: &Table, columns: &Columns, sheet: &Sheet<'_>, printing: &Reading<'_>) -> bool {
    if columns.of.iter().any(|c| c.len() != 1) {
        return false;
    }
    let mut places: Vec<usize> = columns.of.iter().map(|c| c[0]).collect();
    places.sort_unstable();
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let (mut named, mut official, mut judged) = (0, 0, 0);
    for row in printing.rows.iter().filter(|r| r.cells.len() == all.len()) {
        let own: Vec<Token<'_>> = row.cells.iter().map(|(_, t, _)| *t).collect();
        let counts = |t: &Token<'_>| matches!(t.reading, number::Reading::Number { value, .. } if value != 0.0);
        if !own.iter().any(counts) {
            continue;
        }
        let Some(at) = own.first().and_then(|t| usize::try_from(t.row).ok()) else { continue };
        let as_form: Vec<Token<'_>> = places.iter().filter_map(|c| sheet.at(at, *c)).map(token).collect();
        if as_form.len() != all.len() {
            continue;
        }
        judged += 1;
        named += usize::from(row_sums(table, &all, &own) == Some(true));
        official += usize::from(row_sums(table, &all, &as_form) == Some(true));
    }
    judged > 0 && official == judged && named < judged
}
