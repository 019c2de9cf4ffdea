//! Wide tables: one line of values under a header of groups (行政复议, 行政诉讼).
//!
//! Owns reading that line whatever became of its header. Refuses a line with too few or too many values, unless the
//! sums of the groups leave exactly one reading.

use super::align::{Placed, align};
use super::assign::{Assigned, assign};
use super::candidate::{Candidate, Token};
use super::frame::Frame;
use super::index::Matched;
use super::number::Printed;
use super::regions::Region;
use super::tables::{Context, FoundTables, note_table, place_row, push_cell, row_sums};
use crate::finding::{Finding, Rule, quote};
use crate::form::{CellKey, Table};

/// Reads the region of a wide table as the form of `edition`.
pub(super) fn wide(
    cx: &Context<'_, '_>,
    region: &Region,
    cut: &[Candidate<'_>],
    edition: usize,
    found: &mut FoundTables,
) {
    let all = super::tables::editions_with(cx.forms, &region.table);
    let Some((e, t)) = all.iter().rev().find(|(e, _)| *e <= edition).or(all.last()).copied() else { return };
    let table = &cx.forms.editions[e].tables[t];
    let width = table.cell_count();
    let fits = |tokens: &[Token<'_>]| all_sums(table, tokens);
    let index = &cx.index.tables[e][t];
    let is_heading = |piece: usize| {
        let norm = &cx.pieces[piece].norm;
        index.is_column(norm) || !index.exact(norm).is_empty()
    };
    for candidate in
        cut.iter().filter(|c| c.tokens.len() >= width || (c.filled() == 1 && c.tokens[0].text.len() >= width))
    {
        let (tokens, matched) = match own_line(candidate, width, cut, &is_heading, &fits) {
            Assigned::Certain(tokens) => (tokens, Matched::Exact),
            Assigned::BySums(tokens) => {
                found.findings.push(note(Rule::PlacedBySums, table, candidate));
                (tokens, Matched::Position)
            }
            Assigned::Unplaced => continue,
        };
        fill(cx, (e, t), &tokens, matched, found);
        return;
    }
    if stacked(cx, (e, t), cut, found) || joined(cx, (e, t), cut, width, found) {
        return;
    }
    if let Some(candidate) = cut.iter().filter(|c| c.filled() > 4).max_by_key(|c| c.filled()) {
        found.findings.push(note(Rule::UnplacedValue, table, candidate));
    }
}

/// The values of a candidate, read as the one line of the table. Blank cells count if their number is that of the form,
/// once the blanks are left aside that separate the rows of this page.
fn own_line<'d>(
    candidate: &Candidate<'d>,
    width: usize,
    cut: &[Candidate<'d>],
    is_heading: &dyn Fn(usize) -> bool,
    fits: &dyn Fn(&[Token<'d>]) -> Option<bool>,
) -> Assigned<'d> {
    let mut own = candidate.clone();
    // A counter or telephone number before the values: words that are no heading, with a figure on their line.
    if let Some(last) = own.labels.last().copied()
        && !own.in_row
        && own.tokens.first().is_some_and(|t| t.row == last.row)
        && !is_heading(last.piece)
    {
        own.tokens.retain(|t| t.row != last.row);
    }
    if own.in_row
        && let Some(row) = own.tokens.iter().find(|t| !t.is_blank()).map(|t| t.row)
    {
        // Blank cells behind the headings are no part of the values' row.
        own.tokens.retain(|t| t.row == row);
    }
    let last = own.tokens.iter().rposition(Token::is_printed).map_or(0, |l| l + 1);
    let between = cut.iter().flat_map(|c| &c.labels).map(|l| usize::from(l.blanks)).max().unwrap_or(0);
    let lead = if own.in_row { 0 } else { between };
    if last == lead + width && own.tokens.len() <= lead + width + between {
        return Assigned::Certain(own.tokens[lead..last].to_vec());
    }
    if own.in_row && own.tokens.len() == width && !cut.iter().flat_map(|c| &c.labels).any(|l| l.span_bars) {
        return Assigned::Certain(own.tokens);
    }
    // What separates the rows of this page is no cell.
    let separators = own.tokens.iter().take(lead).take_while(|t| !t.is_printed()).count();
    own.tokens.drain(..separators);
    assign(&own, width, &Frame::default(), fits)
}

fn note(rule: Rule, table: &Table, candidate: &Candidate<'_>) -> Finding {
    let values: Vec<&str> = candidate.tokens.iter().map(|t| if t.is_blank() { "␣" } else { t.text }).collect();
    Finding::new(rule, quote(&values.join(" "), 120)).in_table(&table.code).at(candidate.line())
}

fn fill(cx: &Context<'_, '_>, (e, t): (usize, usize), tokens: &[Token<'_>], matched: Matched, found: &mut FoundTables) {
    let table = &cx.forms.editions[e].tables[t];
    let mut rest = tokens.iter();
    for (row, of_row) in table.rows.iter().enumerate() {
        found.labels.push(of_row.label.clone());
        let label = u32::try_from(found.labels.len() - 1).unwrap_or(u32::MAX);
        for column in &of_row.columns {
            if let Some(token) = rest.next() {
                push_cell(
                    cx,
                    e,
                    CellKey { table: t, row, column: *column },
                    token,
                    Printed::Nothing,
                    label,
                    matched,
                    found,
                );
            }
        }
    }
    note_table(found, e, t);
}

/// Whether the sums of every group hold.
fn all_sums(table: &Table, tokens: &[Token<'_>]) -> Option<bool> {
    let mut from = 0;
    let mut outcome = None;
    for row in &table.rows {
        let part = tokens.get(from..from + row.columns.len())?;
        from += row.columns.len();
        if let Some(holds) = row_sums(table, &row.columns, part) {
            outcome = Some(outcome.unwrap_or(true) && holds);
        }
    }
    outcome
}

/// The groups one under another, each with its label.
fn stacked(cx: &Context<'_, '_>, (e, t): (usize, usize), cut: &[Candidate<'_>], found: &mut FoundTables) -> bool {
    let table = &cx.forms.editions[e].tables[t];
    let alignment = align(table, &cx.index.tables[e][t], cut, cx.pieces, false);
    let whole = |p: &&Placed| {
        !p.blank && cut[p.candidate].in_row && cut[p.candidate].filled() == table.rows[p.row].columns.len()
    };
    let rows: Vec<Placed> = alignment.placed.iter().filter(whole).copied().collect();
    if rows.len() != table.rows.len() {
        return false;
    }
    let frame = Frame::default();
    for placed in &rows {
        place_row(cx, (e, t), placed, cut, &frame, Printed::Nothing, found);
    }
    note_table(found, e, t);
    true
}

/// One line of values cut into several: whole again only if the values are as many as cells and the sums hold.
fn joined(
    cx: &Context<'_, '_>,
    (e, t): (usize, usize),
    cut: &[Candidate<'_>],
    width: usize,
    found: &mut FoundTables,
) -> bool {
    let table = &cx.forms.editions[e].tables[t];
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for candidate in cut.iter().filter(|c| c.filled() > 0) {
        tokens.extend(candidate.tokens.iter().filter(|t| !t.is_blank()).copied());
        if tokens.len() >= width {
            break;
        }
    }
    if tokens.len() == width && all_sums(table, &tokens) == Some(true) {
        fill(cx, (e, t), &tokens, Matched::Position, found);
        return true;
    }
    false
}
