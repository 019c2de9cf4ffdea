//! The matrix (依申请公开): one table of rows under one heading row.
//!
//! Owns the choice of its edition and runs of values without labels. Refuses a run that is not placed as a whole.

use std::borrow::Cow;

use super::align::align;
use super::anchor::{Alignment, Placed};
use super::candidate::{Candidate, Token};
use super::found::{Context, FoundTables, Sink};
use super::frame::{Frame, Headings};
use super::number::Reading;
use super::regions::Region;
use super::row::{headings, leftovers, of_form, place_slots, row_sums};
use super::slots::{Order, Runs, Slot};
use crate::form::Table;

/// How one edition fits the region.
struct Fit<'c, 'd> {
    place: (usize, usize),
    /// In which order the heads name the columns.
    orders: Runs,
    alignment: Alignment,
    candidates: Cow<'c, [Candidate<'d>]>,
}

/// Reads the region by the edition that fits it best.
pub(super) fn matrix<'d>(
    cx: &Context<'_, 'd>,
    region: &Region,
    candidates: &[Candidate<'d>],
    by_position: bool,
    found: &mut FoundTables,
) {
    let weights = &cx.index.weights.edition;
    let mut best: Option<Fit<'_, 'd>> = None;
    for place in cx.editions_with(&region.table) {
        let orders = Runs::of_matrix(cx, region, place);
        let usual = cx.form(place).columns.len();
        let width = if let Order::Named(slots) = orders.at(region.start) { slots.len() } else { usual };
        let (split, runs) = split_runs(candidates, width);
        let mut alignment = align(cx, place, &split, by_position);
        drop_partial_runs(&mut alignment, &runs);
        // A row that only the other edition has is left over here.
        let left = alignment.left.iter().filter(|c| split[**c].filled() == width).count();
        alignment.score -= weights.left_row * left as f64;
        let better = best.as_ref().is_none_or(|best| {
            let more = alignment.score - best.alignment.score;
            let in_force = place.0 == cx.default_edition || best.place.0 != cx.default_edition;
            alignment.score > best.alignment.score + weights.tie || (more.abs() <= weights.tie && in_force)
        });
        if better {
            best = Some(Fit { place, orders, alignment, candidates: split });
        }
    }
    let Some(Fit { place, orders: mut runs, alignment, candidates }) = best else { return };
    let rows = || alignment.placed.iter().map(|p| &candidates[p.candidate]);
    let zeros = !rows().flat_map(|r| &r.tokens).any(counts);
    let rows_of = |width: usize| rows().filter(|r| r.filled() == width).count();
    runs.settle(cx.form(place).columns.len(), zeros, rows_of, |slots| tally(cx.form(place), slots, rows()));
    let shown = headings(cx, region, place, &candidates, alignment.placed.first());
    let valued = alignment.placed.iter().filter(|p| !p.blank);
    let mut sink = Sink::new(cx, place, found);
    let usual: Vec<Slot> = (0..sink.form.columns.len()).map(Some).collect();
    let slots = |placed: &Placed| {
        let label = candidates[placed.candidate].labels.get(placed.label_from).map_or(region.start, |l| l.piece);
        match runs.at(label) {
            Order::Named(slots) => Some(slots),
            Order::Usual => Some(&usual),
            Order::Unclear | Order::Either(..) => None,
        }
    };
    // Where heads stand elsewhere than in the form's order, they do not tell where its first column stands.
    let shown = if runs.is_usual() { shown } else { Headings { first: None, ..shown } };
    let frame = Frame::learn(valued.filter_map(|p| Some((&candidates[p.candidate], slots(p)?.len()))), shown);
    for placed in &alignment.placed {
        place_slots(&mut sink, placed, &candidates, &frame, slots(placed).map(Vec::as_slice));
    }
    leftovers(&mut sink, &alignment, &candidates);
    sink.close();
}

/// Whether a figure other than zero is printed.
fn counts(token: &Token<'_>) -> bool {
    matches!(token.reading, Reading::Number { value, .. } if value != 0.0)
}

/// In how many of the full rows in which anything is counted the sums within the row hold, and in how many they do not.
fn tally<'c, 'd: 'c>(table: &Table, slots: &[Slot], rows: impl Iterator<Item = &'c Candidate<'d>>) -> (usize, usize) {
    let columns: Vec<usize> = slots.iter().flatten().copied().collect();
    let (mut held, mut broken) = (0, 0);
    for row in rows.filter(|r| r.filled() == slots.len()) {
        let own: Vec<Token<'_>> = row.tokens.iter().filter(|t| !t.is_blank()).copied().collect();
        let own = of_form(slots, &own);
        if own.iter().any(counts)
            && let Some(holds) = row_sums(table, &columns, &own)
        {
            held += usize::from(holds);
            broken += usize::from(!holds);
        }
    }
    (held, broken)
}

/// `(三)不予公开` and 56 values: a run without labels is cut into rows of the table's width.
fn split_runs<'c, 'd>(candidates: &'c [Candidate<'d>], width: usize) -> (Cow<'c, [Candidate<'d>]>, Vec<Option<usize>>) {
    let is_run = |candidate: &Candidate<'_>| {
        let tokens = candidate.tokens.len();
        !candidate.in_row && tokens > width && tokens.is_multiple_of(width) && candidate.filled() == tokens
    };
    if !candidates.iter().any(is_run) {
        return (Cow::Borrowed(candidates), vec![None; candidates.len()]);
    }
    let mut out = Vec::new();
    let mut runs = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
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
