//! Tables with real geometry: what their heads and labels say decides, not the form's order.
//!
//! Owns finding the tables of the form in the sheets of a document, every printing of each, and which one is the report's.
//! Refuses sheets whose heads name no column: those are left to the stream, which knows the form's order.

mod blocks;
mod cases;
mod columns;
pub(super) mod heads;
mod list;
mod matrix;
mod sheet;
mod stub;
mod table;
pub(super) mod words;

use columns::Columns;
pub(super) use sheet::title_of;
use sheet::{Sheet, sheets};

use super::found::{Context, FoundTables, Sink};
use super::index::Matched;
use super::printing::Printing;
use crate::form::Layout;

/// Rows of a form that a stretch of a sheet must name to be its table.
const LEAST_ROWS: usize = 3;

/// A stretch of a sheet that holds one table.
struct Band<'d> {
    table: usize,
    sheet: Sheet<'d>,
    /// The title above it, and its year.
    title: Option<sheet::Title<'d>>,
}

/// The tables of a document that were read by their geometry, by index into [`super::Index::codes`].
pub(super) struct Grids<'d> {
    bands: Vec<Band<'d>>,
}

impl<'d> Grids<'d> {
    /// Finds the sheets of the form's tables.
    pub(super) fn find(cx: &Context<'_, 'd>) -> Self {
        let mut bands: Vec<Band<'d>> = Vec::new();
        for (sheet, title) in sheets(cx.document) {
            for (table, from, to) in stretches(cx, &sheet) {
                let Some(mut part) = sheet.rows(from, to) else { continue };
                // What stands above a set of tables is said of each.
                if part.above.is_empty()
                    && let Some(before) = bands.last().filter(|b| b.table != table)
                {
                    part.above.clone_from(&before.sheet.above);
                }
                bands.push(Band { table, sheet: part, title });
            }
        }
        Self { bands }
    }

    /// Whether lines made the sheets of a table: some of its rows may stand beside them.
    pub(super) fn are_lines(&self, table: usize) -> bool {
        self.bands.iter().filter(|b| b.table == table).all(|b| b.sheet.of_lines)
    }

    /// Whether a line of the source lies in a sheet of a table.
    pub(super) fn holds(&self, table: usize, line: u32) -> bool {
        self.bands.iter().filter(|b| b.table == table).map(|b| b.sheet.lines()).any(|(a, b)| (a..=b).contains(&line))
    }

    /// The printings of a table, by its layout; none where it is left to the stream. `edition` is that of tables that print
    /// the same in several.
    pub(super) fn printings(&self, cx: &Context<'_, 'd>, table: usize, edition: usize) -> Vec<Printing> {
        let (code, layout) = &cx.index.codes[table];
        match layout {
            Layout::Matrix => self.matrices(cx, table, code),
            Layout::Blocks => self.blocks(cx, table, code),
            Layout::Wide => self.cases(cx, table, code, edition),
            Layout::List => self.lists(cx, table, code),
        }
    }

    fn lists(&self, cx: &Context<'_, 'd>, table: usize, code: &str) -> Vec<Printing> {
        let Some(place) = cx.editions_with(code).last().copied() else { return Vec::new() };
        let mut out = Vec::new();
        for band in self.bands.iter().filter(|b| b.table == table) {
            if let Some(reading) = list::list(cx, &band.sheet, place) {
                join(&mut out, printing(cx, band, reading));
            }
        }
        out
    }

    fn cases(&self, cx: &Context<'_, 'd>, table: usize, code: &str, edition: usize) -> Vec<Printing> {
        let all = cx.editions_with(code);
        let Some(place) = all.iter().rev().find(|(e, _)| *e <= edition).or(all.last()).copied() else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for band in self.bands.iter().filter(|b| b.table == table) {
            if let Some(reading) = cases::cases(cx, &band.sheet, place) {
                join(&mut out, printing(cx, band, reading));
            }
        }
        out
    }

    /// The printings of a matrix, by the edition that most of its rows name.
    fn matrices(&self, cx: &Context<'_, 'd>, table: usize, code: &str) -> Vec<Printing> {
        let mut best: Option<((usize, bool), Vec<Printing>)> = None;
        for place in cx.editions_with(code) {
            let printings = self.matrices_of(cx, table, place);
            let mut named: Vec<(usize, usize)> = Vec::new();
            for (at, printing) in printings.iter().enumerate() {
                let cells = printing.found.cells.iter().filter(|c| c.matched != Matched::Position);
                named.extend(cells.map(|c| (at, c.key.row)));
            }
            named.sort_unstable();
            named.dedup();
            let score = (named.len(), place.0 == cx.default_edition);
            let refused = printings.iter().any(|p| p.refused);
            if (refused || named.len() >= LEAST_ROWS) && best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, printings));
            }
        }
        best.map_or_else(Vec::new, |(_, printings)| printings)
    }

    /// The printings as the form of one edition; none if a stretch that should hold some cannot be read.
    fn matrices_of(&self, cx: &Context<'_, 'd>, table: usize, place: (usize, usize)) -> Vec<Printing> {
        let mut out: Vec<Printing> = Vec::new();
        let mut last: Option<Columns> = None;
        for band in self.bands.iter().filter(|b| b.table == table) {
            let (mut readings, mut columns) = matrix::matrix(cx, &band.sheet, place, last.as_ref());
            let rows = readings.iter().map(|r| r.rows.len()).sum::<usize>();
            if rows < LEAST_ROWS
                && last.is_none()
                && let Some(turned) = band.sheet.turned()
            {
                (readings, columns) = matrix::matrix(cx, &turned, place, None);
            }
            if readings.is_empty() {
                return Vec::new();
            }
            last = columns.or(last);
            for reading in readings {
                join(&mut out, printing(cx, band, reading));
            }
        }
        out
    }

    fn blocks(&self, cx: &Context<'_, 'd>, table: usize, code: &str) -> Vec<Printing> {
        let mut out: Vec<Printing> = Vec::new();
        for band in self.bands.iter().filter(|b| b.table == table) {
            let own = blocks::blocks(cx, &band.sheet, code);
            let own = own.or_else(|| blocks::blocks(cx, &band.sheet.turned()?, code));
            let Some(reading) = own else { return Vec::new() };
            join(&mut out, printing(cx, band, reading));
        }
        out
    }
}

/// What a stretch of a sheet states, with what stands above it.
fn printing(cx: &Context<'_, '_>, band: &Band<'_>, reading: table::Reading<'_>) -> Printing {
    let mut found = FoundTables { findings: reading.findings, ..FoundTables::default() };
    for row in reading.rows {
        Sink::new(cx, row.place, &mut found).cells(row.row, row.label, row.matched, &row.cells);
    }
    let mut captions: Vec<String> = band.sheet.above.iter().map(|(_, text)| (*text).to_owned()).collect();
    captions.extend(reading.captions);
    let (lines, refused) = (reading.lines, reading.refused);
    let mut printing = Printing {
        found,
        refused,
        lines,
        captions,
        when: None,
        title: band.title.map(|(text, year)| (text.to_owned(), year)),
    };
    printing.date(cx);
    printing
}

/// Adds a printing, or goes on with the one before.
fn join(all: &mut Vec<Printing>, next: Printing) {
    match all.last_mut() {
        Some(last) if next.goes_on(last) => last.append(next),
        _ => all.push(next),
    }
}

/// The stretches of rows of a sheet that hold a table each. A single label that belongs to another form ends none.
fn stretches(cx: &Context<'_, '_>, sheet: &Sheet<'_>) -> Vec<(usize, usize, usize)> {
    let mut signals: Vec<(usize, usize, usize)> = Vec::new();
    for row in 0..sheet.height {
        let mut of_row: Vec<usize> =
            sheet.row(row).filter(|c| c.row == row).filter_map(|c| cx.index.signal_of(c.text, &c.norm)).collect();
        of_row.sort_unstable();
        let most = of_row.chunk_by(|a, b| a == b).max_by_key(|c| c.len());
        if let Some(most) = most {
            signals.push((row, most[0], most.len()));
        }
    }
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    let mut last = 0;
    for (at, (row, table, count)) in signals.iter().enumerate() {
        let Some((current, _, _)) = out.last().copied() else {
            out.push((*table, 0, sheet.height));
            last = *row;
            continue;
        };
        if *table != current {
            let ahead = &signals[at..(at + 4).min(signals.len())];
            let own = ahead.iter().filter(|s| s.1 == *table).count();
            let old = ahead.iter().filter(|s| s.1 == current).count();
            if !(*count > 1 && old == 0 || own >= 2 && own > old) {
                continue;
            }
            // Rows without figures above belong to what follows: captions and heads.
            let figures = |row: usize| sheet.row(row).any(sheet::Cell::is_figure);
            let mut from = *row;
            while from > last + 1 && !figures(from - 1) {
                from -= 1;
            }
            if let Some(before) = out.last_mut() {
                before.2 = from;
            }
            out.push((*table, from, sheet.height));
        }
        last = *row;
    }
    out
}
