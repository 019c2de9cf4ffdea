//! Tables: the cells that a document states, each with its place, and what could not be read.
//!
//! Owns what the four layouts of the official forms share, and the matrix (依申请公开). Refuses to correct: a
//! value is what the page says, and what is not certain becomes a finding.

use std::borrow::Cow;

use super::align::{Alignment, Placed, align};
use super::assign::{Assigned, Value, assign, kind, value};
use super::blank::blank_row;
use super::blocks;
use super::candidate::{Candidate, Token, candidates};
use super::dedup::deduplicated;
use super::frame::{Frame, Heading};
use super::index::{Index, Matched};
use super::lists;
use super::number::{Printed, Reading};
use super::regions::Region;
use super::shifted::{is_shifted, parted};
use super::stream::{Piece, Shape};
use super::wide;
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

/// What table extraction works with.
pub struct Context<'a, 'd> {
    /// The forms.
    pub forms: &'a Forms,
    /// Their labels.
    pub index: &'a Index,
    /// The document.
    pub document: &'d Document,
    /// The document as a stream.
    pub pieces: &'a [Piece<'d>],
    /// Edition in force in the report's year: decides only where two editions print the same.
    pub default_edition: usize,
}

/// Reads all regions.
#[must_use]
pub fn tables(cx: &Context<'_, '_>, regions: &[Region]) -> FoundTables {
    let mut found = FoundTables::default();
    if deduplicated(cx, regions) {
        found.findings.push(Finding::new(Rule::Deduplicated, ""));
        return found;
    }
    // Wide tables print the same in several editions and follow the others: they come last.
    let layout = |r: &Region| layout_of(cx.forms, &r.table);
    for region in regions.iter().filter(|r| layout(r) != Some(Layout::Wide)) {
        let mut cut = candidates(&cx.pieces[region.start..region.end], region.start);
        // Nothing may be placed by its neighbours where labels and figures are not where they belong.
        let shifted = is_shifted(cx, &cut);
        if shifted {
            cut = parted(&cut);
        }
        match layout(region) {
            Some(Layout::Blocks) => blocks::blocks(cx, region, &cut, !shifted, &mut found),
            Some(Layout::Matrix) => matrix(cx, region, &cut, !shifted, &mut found),
            Some(Layout::List) => lists::list(cx, region, &mut found),
            _ => {}
        }
    }
    for region in regions.iter().filter(|r| layout(r) == Some(Layout::Wide)) {
        let edition = majority(&found.cells).unwrap_or(cx.default_edition);
        let cut = candidates(&cx.pieces[region.start..region.end], region.start);
        wide::wide(cx, region, &cut, edition, &mut found);
    }
    found.cells.sort_by(|a, b| {
        a.key.table.cmp(&b.key.table).then(a.key.row.cmp(&b.key.row)).then(a.key.column.cmp(&b.key.column))
    });
    found
}

/// The edition of most cells; the newer of two with as many.
#[must_use]
pub fn majority(cells: &[FoundCell]) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for cell in cells {
        if counts.len() <= cell.edition {
            counts.resize(cell.edition + 1, 0);
        }
        counts[cell.edition] += 1;
    }
    (0..counts.len()).filter(|e| counts[*e] > 0).max_by_key(|e| (counts[*e], *e))
}

fn layout_of(forms: &Forms, code: &str) -> Option<Layout> {
    forms.editions.iter().flat_map(|e| &e.tables).find(|t| t.code == code).map(|t| t.layout)
}

/// Editions that have a table, with its index.
pub(super) fn editions_with(forms: &Forms, code: &str) -> Vec<(usize, usize)> {
    let place = |(e, edition): (usize, &crate::form::Edition)| {
        edition.tables.iter().position(|t| t.code == code).map(|t| (e, t))
    };
    forms.editions.iter().enumerate().filter_map(place).collect()
}

fn matrix<'d>(
    cx: &Context<'_, 'd>,
    region: &Region,
    cut: &[Candidate<'d>],
    by_position: bool,
    found: &mut FoundTables,
) {
    let mut best: Option<(usize, usize, Alignment, Cow<'_, [Candidate<'d>]>)> = None;
    for (e, t) in editions_with(cx.forms, &region.table) {
        let table = &cx.forms.editions[e].tables[t];
        let (split, runs) = split_runs(cut, table.columns.len());
        let mut alignment = align(table, &cx.index.tables[e][t], &split, cx.pieces, by_position);
        drop_partial_runs(&mut alignment, &runs);
        // A row that only the other edition has is left over here.
        alignment.score -=
            0.5 * alignment.left.iter().filter(|c| split[**c].filled() == table.columns.len()).count() as f64;
        let better = match &best {
            None => true,
            Some((be, _, b, ..)) => {
                alignment.score > b.score + 1e-9
                    || ((alignment.score - b.score).abs() <= 1e-9
                        && (e == cx.default_edition || *be != cx.default_edition))
            }
        };
        if better {
            best = Some((e, t, alignment, split));
        }
    }
    let Some((e, t, alignment, cut)) = best else { return };
    let table = &cx.forms.editions[e].tables[t];
    let shown = heading(cx, region, (e, t), &cut, alignment.placed.first());
    let valued = alignment.placed.iter().filter(|p| !p.blank);
    let frame = Frame::learn(valued.map(|p| (&cut[p.candidate], table.columns.len())), shown);
    for placed in &alignment.placed {
        place_row(cx, (e, t), placed, &cut, &frame, Printed::Nothing, found);
    }
    leftovers(cx, table, &alignment, &cut, found);
    note_table(found, e, t);
}

/// `(三)不予公开` and 56 values: a run without labels is cut into rows of the table's width.
fn split_runs<'c, 'd>(cut: &'c [Candidate<'d>], width: usize) -> (Cow<'c, [Candidate<'d>]>, Vec<Option<usize>>) {
    let is_run = |candidate: &Candidate<'_>| {
        let tokens = candidate.tokens.len();
        !candidate.in_row && tokens > width && tokens.is_multiple_of(width) && candidate.filled() == tokens
    };
    if !cut.iter().any(is_run) {
        return (Cow::Borrowed(cut), vec![None; cut.len()]);
    }
    let mut out = Vec::new();
    let mut runs = Vec::new();
    for (i, candidate) in cut.iter().enumerate() {
        if !is_run(candidate) {
            out.push(candidate.clone());
            runs.push(None);
            continue;
        }
        for (k, chunk) in candidate.tokens.chunks(width).enumerate() {
            let labels = if k == 0 { candidate.labels.clone() } else { Vec::new() };
            out.push(Candidate { labels, tokens: chunk.to_vec(), in_row: false, cells: 0, grid: false });
            runs.push(Some(i));
        }
    }
    (Cow::Owned(out), runs)
}

/// A run is placed whole or not at all.
fn drop_partial_runs(alignment: &mut Alignment, runs: &[Option<usize>]) {
    let broken: Vec<usize> = alignment.left.iter().filter_map(|c| runs[*c]).collect();
    if broken.is_empty() {
        return;
    }
    let in_broken = |c: usize| runs[c].is_some_and(|r| broken.contains(&r));
    let lost: Vec<usize> =
        alignment.placed.iter().filter(|p| !p.blank && in_broken(p.candidate)).map(|p| p.candidate).collect();
    alignment.placed.retain(|p| p.blank || !in_broken(p.candidate));
    alignment.left.extend(lost);
    alignment.left.sort_unstable();
}

/// Reads one placed row into cells.
pub(super) fn place_row<'d>(
    cx: &Context<'_, 'd>,
    (e, t): (usize, usize),
    placed: &Placed,
    cut: &[Candidate<'d>],
    frame: &Frame,
    heading_unit: Printed,
    found: &mut FoundTables,
) {
    let table = &cx.forms.editions[e].tables[t];
    let row = &table.rows[placed.row];
    let candidate = &cut[placed.candidate];
    let width = row.columns.len();
    if placed.blank {
        blank_row(cx, (e, t), placed, cut, frame, found);
        return;
    }
    let fits = |tokens: &[Token<'_>]| row_sums(table, &row.columns, tokens);
    let mut matched = placed.matched;
    let tokens = match assign(candidate, width, frame, &fits) {
        Assigned::Certain(tokens) => tokens,
        Assigned::BySums(tokens) => {
            found.findings.push(about_row(Rule::PlacedBySums, table, placed.row, candidate));
            matched = Matched::Position;
            tokens
        }
        Assigned::Unplaced => {
            found.findings.push(about_row(Rule::UnplacedValue, table, placed.row, candidate));
            return;
        }
    };
    if placed.matched == Matched::Position {
        found.findings.push(about_row(Rule::PlacedByPosition, table, placed.row, candidate));
    }
    if sum_without_total(table, &row.columns, &tokens) || is_doubtful(candidate, placed, &tokens, fits(&tokens)) {
        found.findings.push(about_row(Rule::UnplacedValue, table, placed.row, candidate));
        return;
    }
    let label = push_label(found, candidate, placed);
    for (token, column) in tokens.iter().zip(&row.columns) {
        push_cell(
            cx,
            e,
            CellKey { table: t, row: placed.row, column: *column },
            token,
            heading_unit,
            label,
            matched,
            found,
        );
    }
}

pub(super) fn about_row(rule: Rule, table: &Table, row: usize, candidate: &Candidate<'_>) -> Finding {
    Finding::new(rule, as_printed(candidate))
        .in_table(&table.code)
        .on(Some(&table.rows[row].code), None)
        .at(candidate.line())
}

/// The candidate as the page shows it, for quoting.
fn as_printed(candidate: &Candidate<'_>) -> String {
    let labels = candidate.labels.iter().rev().take(3).rev().map(|l| l.text);
    let values = candidate.tokens.iter().map(|t| if t.is_blank() { "␣" } else { t.text });
    quote(&labels.chain(values).collect::<Vec<_>>().join(" "), 120)
}

pub(super) fn push_label(found: &mut FoundTables, candidate: &Candidate<'_>, placed: &Placed) -> u32 {
    let own = candidate.labels.get(placed.label_from..placed.label_to).unwrap_or(&[]);
    found.labels.push(own.iter().map(|l| l.text.trim()).collect());
    u32::try_from(found.labels.len() - 1).unwrap_or(u32::MAX)
}

#[expect(clippy::too_many_arguments, reason = "one cell has this many facts; a struct would only rename them")]
pub(super) fn push_cell(
    cx: &Context<'_, '_>,
    edition: usize,
    key: CellKey,
    token: &Token<'_>,
    heading_unit: Printed,
    label: u32,
    matched: Matched,
    found: &mut FoundTables,
) {
    let form = &cx.forms.editions[edition];
    let read = value(token, kind(form, key), heading_unit);
    let (number, unit, blank) = match read {
        Value::Number(number, unit) => (Some(number), unit, false),
        Value::Blank => (None, None, true),
        Value::Unreadable => {
            let table = &form.tables[key.table];
            found.findings.push(
                Finding::new(Rule::UnreadableValue, quote(token.text, 60))
                    .in_table(&table.code)
                    .on(Some(&table.rows[key.row].code), Some(&table.columns[key.column].code))
                    .at(token.line),
            );
            (None, None, false)
        }
    };
    found.cells.push(FoundCell {
        edition,
        key,
        value: number,
        unit,
        raw: token.text.to_owned(),
        label,
        line: token.line,
        matched,
        blank,
    });
}

/// What the headings above the first row show.
pub(super) fn heading(
    cx: &Context<'_, '_>,
    region: &Region,
    (e, t): (usize, usize),
    cut: &[Candidate<'_>],
    first_row: Option<&Placed>,
) -> Heading {
    let wordings = &cx.index.tables[e][t].columns;
    let is_column = |piece: &Piece<'_>| wordings.iter().flatten().any(|w| *w == piece.norm);
    let layout = cx.forms.editions[e].tables[t].layout;
    let mut shown = Heading::default();
    let own = first_row.and_then(|p| cut[p.candidate].labels.get(p.label_from)).map_or(region.end, |f| f.piece);
    for piece in &cx.pieces[region.start..own.max(region.start)] {
        // The headings of blocks are too often damaged to be sure of the first one.
        if layout != Layout::Matrix || piece.shape != Shape::Row || piece.norm.is_empty() {
            continue;
        }
        let Some(at) = wordings.iter().position(|of| of.contains(&piece.norm)) else { continue };
        let first = u16::try_from(at).ok().and_then(|at| piece.column.checked_sub(at)).unwrap_or(u16::MAX);
        // Headings that contradict each other say that the lines do not mean the same by the same column.
        shown.first = Some(if shown.first.is_none_or(|f| f == first) { first } else { u16::MAX });
    }
    shown.span_bars = cx.pieces[region.start..region.end].iter().any(|p| p.span_bars);
    let above = first_row.and_then(|p| cut[p.candidate].labels.get(p.label_from.checked_sub(1)?));
    shown.trailing = above.filter(|f| is_column(&cx.pieces[f.piece])).map(|f| usize::from(f.blanks));
    shown
}

/// Whether the sums over columns hold in one row; `None` without such a sum.
pub(super) fn row_sums(table: &Table, columns: &[usize], tokens: &[Token<'_>]) -> Option<bool> {
    let number = |column: usize| {
        let at = columns.iter().position(|c| *c == column).and_then(|i| tokens.get(i));
        match at.map(|t| t.reading) {
            Some(Reading::Number { value, .. }) => value,
            _ => 0.0,
        }
    };
    let mut outcome = None;
    for identity in table.identities.iter().filter(|i| !i.over_rows && i.hard) {
        if identity.expr.operands().all(|c| columns.contains(&c)) {
            outcome = Some(outcome.unwrap_or(true) && identity.expr.holds(number).0);
        }
    }
    outcome
}

/// Figures whose sum is blank: rather the row is shifted than its total left out.
fn sum_without_total(table: &Table, columns: &[usize], tokens: &[Token<'_>]) -> bool {
    let at = |column: usize| columns.iter().position(|c| *c == column).and_then(|i| tokens.get(i));
    let counts = |t: &Token<'_>| matches!(t.reading, Reading::Number { value, .. } if value != 0.0);
    table.identities.iter().filter(|i| !i.over_rows && i.hard).any(|i| {
        let [total] = i.expr.left.as_slice() else { return false };
        at(total.of).is_some_and(Token::is_blank) && i.expr.right.iter().filter_map(|t| at(t.of)).any(counts)
    })
}

/// Whether a row with a value in each column may still be another one or shifted. Blank cells leave more than one
/// reading: without a label of its own nothing vouches for any of them, and with a broken sum not for this one; a real
/// grid leaves no other. Nor may the line below be the row's own, if the sum is broken only with it.
fn is_doubtful(candidate: &Candidate<'_>, placed: &Placed, tokens: &[Token<'_>], sums: Option<bool>) -> bool {
    let blank = tokens.iter().any(|t| !t.is_printed());
    let torn = candidate.labels.last().is_some_and(|l| {
        let beside = tokens.iter().filter(|t| t.row == l.row).count();
        beside > 0 && beside < tokens.len()
    });
    // A row of which only the total is filled has no sum.
    let addends = tokens.split_last().is_some_and(|(_, others)| others.iter().any(Token::is_printed));
    let open = blank && !candidate.grid;
    (blank && placed.matched == Matched::Position) || ((open || torn) && addends && sums == Some(false))
}

/// What of the region was not placed and should have been.
pub(super) fn leftovers(
    cx: &Context<'_, '_>,
    table: &Table,
    alignment: &Alignment,
    cut: &[Candidate<'_>],
    found: &mut FoundTables,
) {
    for (candidate, row) in &alignment.rivals {
        found.findings.push(about_row(Rule::RivalRows, table, *row, &cut[*candidate]));
    }
    let placed = || alignment.placed.iter().map(|p| p.candidate);
    let (Some(first), Some(last)) = (placed().min(), placed().max()) else { return };
    for candidate in alignment.left.iter().filter(|c| **c > first && **c < last) {
        if alignment.rivals.iter().any(|(c, _)| c == candidate) {
            continue;
        }
        let candidate = &cut[*candidate];
        let named = candidate.labels.last().is_some_and(|l| {
            let norm = &cx.pieces[l.piece].norm;
            norm.chars().count() >= 2 && !cx.index.is_row_label(norm)
        });
        let rule = if named && candidate.in_row { Rule::UnknownRow } else { Rule::UnplacedValue };
        found.findings.push(Finding::new(rule, as_printed(candidate)).in_table(&table.code).at(candidate.line()));
    }
}

pub(super) fn note_table(found: &mut FoundTables, edition: usize, table: usize) {
    if found.cells.iter().any(|c| c.edition == edition && c.key.table == table) {
        found.tables.push((edition, table));
    }
}
