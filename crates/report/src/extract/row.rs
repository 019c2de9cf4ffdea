//! Rows: the values of one placed row into its cells, and what cannot be placed into findings.
//!
//! Owns what the layouts with labelled rows share: the heading row, the sums within a row, and doubts about it. Refuses a
//! row whose sums say that it is another one or shifted.

use super::anchor::{Alignment, Placed};
use super::assign::{Assigned, assign};
use super::blank::blank_row;
use super::candidate::{Candidate, Token};
use super::found::{Context, Sink};
use super::frame::{Frame, Headings};
use super::index::Matched;
use super::number::Printed;
use super::number::Reading;
use super::regions::Region;
use super::slots::Slot;
use super::stream::{Piece, Shape};
use crate::finding::{Finding, Rule, quote};
use crate::form::{Layout, Table};

/// Reads one placed row into cells.
pub(super) fn place_row(sink: &mut Sink<'_, '_, '_>, placed: &Placed, candidates: &[Candidate<'_>], frame: &Frame) {
    let usual: Vec<Slot> = sink.form.rows[placed.row].columns.iter().copied().map(Some).collect();
    place_slots(sink, placed, candidates, frame, Some(&usual));
}

/// Reads one placed row into cells: `slots` says which column of the form each place of the row holds; `None` where the heads
/// name another order than the form's and not all of it.
pub(super) fn place_slots(
    sink: &mut Sink<'_, '_, '_>,
    placed: &Placed,
    candidates: &[Candidate<'_>],
    frame: &Frame,
    slots: Option<&[Slot]>,
) {
    if placed.blank {
        blank_row(sink, placed, candidates, frame);
        return;
    }
    let (table, candidate) = (sink.form, &candidates[placed.candidate]);
    let Some(slots) = slots else {
        sink.found.findings.push(about_row(Rule::UnplacedValue, table, placed.row, candidate));
        return;
    };
    let columns: Vec<usize> = slots.iter().flatten().copied().collect();
    let fits = |tokens: &[Token<'_>]| row_sums(table, &columns, &of_form(slots, tokens));
    let about = |rule: Rule| about_row(rule, table, placed.row, candidate);
    let mut matched = placed.matched;
    let tokens = match assign(candidate, slots.len(), frame, &sink.cx.index.weights.glued, &fits) {
        Assigned::Certain(tokens) => tokens,
        Assigned::BySums(tokens) => {
            sink.found.findings.push(about(Rule::PlacedBySums));
            matched = Matched::Position;
            tokens
        }
        Assigned::Unplaced => {
            sink.found.findings.push(about(Rule::UnplacedValue));
            return;
        }
    };
    if placed.matched == Matched::Position {
        sink.found.findings.push(about(Rule::PlacedByPosition));
    }
    let own = of_form(slots, &tokens);
    if sum_without_total(table, &columns, &own) || is_doubtful(candidate, placed, &tokens, fits(&tokens)) {
        sink.found.findings.push(about(Rule::UnplacedValue));
        return;
    }
    let unit = sink.unit;
    let cells: Vec<(usize, Token<'_>, Printed)> = columns.into_iter().zip(own).map(|(c, t)| (c, t, unit)).collect();
    sink.cells(placed.row, placed.label(candidate), matched, &cells);
}

/// The tokens of a row that stand in columns of the form.
pub(super) fn of_form<'t>(slots: &[Slot], tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    tokens.iter().zip(slots).filter(|(_, slot)| slot.is_some()).map(|(token, _)| *token).collect()
}

/// A finding about a row that quotes the candidate.
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

/// What the headings above the first row show.
pub(super) fn headings(
    cx: &Context<'_, '_>,
    region: &Region,
    place: (usize, usize),
    candidates: &[Candidate<'_>],
    first_row: Option<&Placed>,
) -> Headings {
    let wordings = &cx.labels(place).columns;
    let is_column = |piece: &Piece<'_>| wordings.iter().flatten().any(|w| *w == piece.norm);
    let layout = cx.form(place).layout;
    let mut shown = Headings::default();
    let own = first_row.and_then(|p| candidates[p.candidate].labels.get(p.label_from)).map_or(region.end, |f| f.piece);
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
    let above = first_row.and_then(|p| candidates[p.candidate].labels.get(p.label_from.checked_sub(1)?));
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
pub(super) fn leftovers(sink: &mut Sink<'_, '_, '_>, alignment: &Alignment, candidates: &[Candidate<'_>]) {
    let (cx, table) = (sink.cx, sink.form);
    for (candidate, row) in &alignment.rivals {
        sink.found.findings.push(about_row(Rule::RivalRows, table, *row, &candidates[*candidate]));
    }
    let placed = || alignment.placed.iter().map(|p| p.candidate);
    let (Some(first), Some(last)) = (placed().min(), placed().max()) else { return };
    for candidate in alignment.left.iter().filter(|c| **c > first && **c < last) {
        if alignment.rivals.iter().any(|(c, _)| c == candidate) {
            continue;
        }
        let candidate = &candidates[*candidate];
        let named = candidate.labels.last().is_some_and(|l| {
            let norm = &cx.pieces[l.piece].norm;
            norm.chars().count() >= cx.index.weights.leftovers.name_chars && !cx.index.is_row_label(norm)
        });
        let rule = if named && candidate.in_row { Rule::UnknownRow } else { Rule::UnplacedValue };
        sink.found.findings.push(Finding::new(rule, as_printed(candidate)).in_table(&table.code).at(candidate.line()));
    }
}
