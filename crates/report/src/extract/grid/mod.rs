//! Tables with real geometry: what their heads and labels say decides, not the form's order.
//!
//! Owns finding the tables of the form in the sheets of a document, every printing of each, and which one is the report's.
//! Refuses sheets whose heads name no column: those are left to the stream, which knows the form's order.

mod blocks;
mod cases;
mod choose;
mod columns;
pub(super) mod heads;
mod matrix;
mod sheet;
mod stub;
mod table;
pub(super) mod words;

use columns::Columns;
use sheet::{Sheet, sheets};
use table::Printing;
use words::When;

use super::found::{Context, FoundTables, Sink};
use super::index::Matched;
use crate::form::Layout;

/// Rows of a form that a stretch of a sheet must name to be its table.
const LEAST_ROWS: usize = 3;

/// A stretch of a sheet that holds one table.
struct Band<'d> {
    table: usize,
    sheet: Sheet<'d>,
    /// The year of the title above it.
    title: Option<i32>,
}

/// The tables of a document that were read by their geometry, by index into [`super::Index::codes`].
pub(super) struct Grids<'d> {
    bands: Vec<Band<'d>>,
    /// Tables that are settled: taken, or refused for good.
    decided: Vec<usize>,
}

impl<'d> Grids<'d> {
    /// Finds the sheets of the form's tables.
    pub(super) fn find(cx: &Context<'_, 'd>) -> Self {
        let mut bands = Vec::new();
        for (sheet, title) in sheets(cx.document) {
            for (table, from, to) in stretches(cx, &sheet) {
                let Some(part) = sheet.rows(from, to) else { continue };
                bands.push(Band { table, sheet: part, title });
            }
        }
        Self { bands, decided: Vec::new() }
    }

    /// Whether a table is settled here.
    pub(super) fn has_decided(&self, cx: &Context<'_, '_>, code: &str) -> bool {
        self.decided.iter().any(|t| cx.index.codes[*t].0 == code)
    }

    /// Reads the matrices and blocks.
    pub(super) fn read(&mut self, cx: &Context<'_, 'd>, found: &mut FoundTables) {
        for (table, (code, layout)) in cx.index.codes.iter().enumerate() {
            let printings = match layout {
                Layout::Matrix => self.matrices(cx, table, code),
                Layout::Blocks => self.blocks(cx, table, code),
                Layout::Wide | Layout::List => continue,
            };
            self.settle(cx, table, printings, found);
        }
    }

    /// Reads the tables of cases, as the form of `edition`.
    pub(super) fn read_cases(&mut self, cx: &Context<'_, 'd>, edition: usize, found: &mut FoundTables) {
        for (table, (code, layout)) in cx.index.codes.iter().enumerate() {
            if *layout != Layout::Wide {
                continue;
            }
            let all = cx.editions_with(code);
            let Some(place) = all.iter().rev().find(|(e, _)| *e <= edition).or(all.last()).copied() else { continue };
            let mut printings = Vec::new();
            for band in self.bands.iter().filter(|b| b.table == table) {
                if let Some(printing) = cases::cases(cx, &band.sheet, place) {
                    printings.push(captioned(cx, band, printing));
                }
            }
            self.settle(cx, table, printings, found);
        }
    }

    /// The printings of a matrix, by the edition that most of its rows name.
    fn matrices(&self, cx: &Context<'_, 'd>, table: usize, code: &str) -> Vec<Printing<'d>> {
        let mut best: Option<((usize, bool), Vec<Printing<'d>>)> = None;
        for place in cx.editions_with(code) {
            let printings = self.matrices_of(cx, table, place);
            let named = printings.iter().flat_map(|p| &p.rows).filter(|r| r.matched != Matched::Position).count();
            let score = (named, place.0 == cx.default_edition);
            if named >= LEAST_ROWS && best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, printings));
            }
        }
        best.map_or_else(Vec::new, |(_, printings)| printings)
    }

    /// The printings as the form of one edition; none if a stretch that should hold some cannot be read.
    fn matrices_of(&self, cx: &Context<'_, 'd>, table: usize, place: (usize, usize)) -> Vec<Printing<'d>> {
        let mut out: Vec<Printing<'d>> = Vec::new();
        let mut last: Option<Columns> = None;
        for band in self.bands.iter().filter(|b| b.table == table) {
            let (mut printings, mut columns) = matrix::matrix(cx, &band.sheet, place, last.as_ref());
            if rows_of(&printings) < LEAST_ROWS
                && last.is_none()
                && let Some(turned) = band.sheet.turned()
            {
                (printings, columns) = matrix::matrix(cx, &turned, place, None);
            }
            if printings.is_empty() {
                return Vec::new();
            }
            last = columns.or(last);
            for printing in printings {
                join(&mut out, captioned(cx, band, printing));
            }
        }
        out
    }

    fn blocks(&self, cx: &Context<'_, 'd>, table: usize, code: &str) -> Vec<Printing<'d>> {
        let mut out: Vec<Printing<'d>> = Vec::new();
        for band in self.bands.iter().filter(|b| b.table == table) {
            let own = blocks::blocks(cx, &band.sheet, code);
            let own = own.or_else(|| blocks::blocks(cx, &band.sheet.turned()?, code));
            let Some(printing) = own else { return Vec::new() };
            join(&mut out, captioned(cx, band, printing));
        }
        out
    }

    /// Takes the report's printing of a table, if there are any.
    fn settle(&mut self, cx: &Context<'_, 'd>, table: usize, printings: Vec<Printing<'d>>, found: &mut FoundTables) {
        if printings.is_empty() {
            return;
        }
        self.decided.push(table);
        let code = &cx.index.codes[table].0;
        if let Some(printing) = choose::choose(cx, code, printings, found) {
            state(cx, printing, found);
        }
    }
}

fn rows_of(printings: &[Printing<'_>]) -> usize {
    printings.iter().map(|p| p.rows.len()).sum()
}

/// A printing with what stands above its sheet.
fn captioned<'d>(cx: &Context<'_, '_>, band: &Band<'_>, mut printing: Printing<'d>) -> Printing<'d> {
    let lines = band.sheet.above.iter().map(|(_, text)| (*text).to_owned());
    let mut captions: Vec<String> = lines.collect();
    captions.append(&mut printing.captions);
    // The nearest caption that speaks of a time; sentences compare years.
    let short = |text: &&String| text.chars().count() <= 60 && !text.contains(['。', '；']);
    let said = captions.iter().rev().filter(short).take(4).find_map(|c| cx.index.words.when(c));
    printing.when = printing.when.or(said);
    printing.title = band.title;
    printing.captions = captions;
    printing
}

/// Adds a printing, or goes on with the one before: rows that it has not, and no caption of its own.
fn join<'d>(all: &mut Vec<Printing<'d>>, mut next: Printing<'d>) {
    if let Some(last) = all.last_mut() {
        let apart = |r: &table::Row<'_>| !last.rows.iter().any(|o| o.place == r.place && o.row == r.row);
        let same_time = next.when.is_none() || next.when == last.when;
        if same_time && next.title == last.title && next.rows.iter().all(apart) {
            last.rows.append(&mut next.rows);
            last.findings.append(&mut next.findings);
            last.lines.1 = last.lines.1.max(next.lines.1);
            return;
        }
    }
    all.push(next);
}

/// States a printing's cells.
fn state(cx: &Context<'_, '_>, printing: Printing<'_>, found: &mut FoundTables) {
    found.findings.extend(printing.findings);
    for row in printing.rows {
        let mut sink = Sink::new(cx, row.place, found);
        sink.cells(row.row, row.label, row.matched, &row.cells);
    }
    let mut places: Vec<(usize, usize)> = found.cells.iter().map(|c| (c.edition, c.key.table)).collect();
    places.sort_unstable();
    places.dedup();
    for (edition, table) in places {
        let code = &cx.forms.editions[edition].tables[table].code;
        let known = |(e, t): &(usize, usize)| cx.forms.editions[*e].tables[*t].code == *code;
        if !found.tables.iter().any(known) {
            found.tables.push((edition, table));
        }
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

/// The time of a printing: what its captions say, else the title above it.
fn time_of(printing: &Printing<'_>) -> Option<When> {
    printing.when.or(printing.title.map(When::Year))
}
