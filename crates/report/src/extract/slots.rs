//! Slots: in which order the heads of a table name its columns, where no geometry says it.
//!
//! Owns reading the heads in the order of the page: outer ones first, those below a group in the group's place. Refuses to
//! place values: a row has as many values as slots, or it is not certain.

use super::found::Context;
use super::grid::heads::{Named, Namer};
use super::grid::words::When;
use super::number::Reading;
use super::regions::Region;
use super::stream::{Piece, Shape};
use crate::form::{FormLine, Table};

/// What stands in one place of a row: a column of the form, or a figure that no form has.
pub(super) type Slot = Option<usize>;

/// A run of heads, and the order that it names.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// One past its last piece.
    pub(super) end: usize,
    pub(super) slots: Vec<Slot>,
}

/// The runs of heads of a region, in the order of the page. Empty where they name the form's own order, or too little.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs(Vec<Run>);

/// Pieces before a region among which its heads may begin.
const BEFORE: usize = 24;

impl Runs {
    /// Those of a matrix: one order for the rows below, until heads stand again.
    pub(super) fn of_matrix(cx: &Context<'_, '_>, region: &Region, place: (usize, usize)) -> Self {
        let namer = namer(cx, place);
        let runs = heads(cx, region, |p| is_head(&namer, p)).into_iter().filter_map(|(range, pieces)| {
            let slots = order(&namer, &pieces, cx.year)?;
            Some(Run { end: range, slots })
        });
        Self(runs.collect())
    }

    /// The slots of a row whose label is this piece of the stream; `None` where the form's order counts.
    pub(super) fn at(&self, piece: usize) -> Option<&[Slot]> {
        let run = self.0.iter().rev().find(|r| r.end <= piece).or(self.0.first())?;
        Some(&run.slots)
    }

    /// Whether every run names the order of the form.
    pub(super) fn is_usual(&self, table: &Table) -> bool {
        self.0
            .iter()
            .all(|r| r.slots.len() == table.columns.len() && r.slots.iter().zip(0..).all(|(s, c)| *s == Some(c)))
    }
}

pub(super) fn namer<'a>(cx: &Context<'a, '_>, place: (usize, usize)) -> Namer<'a> {
    Namer { table: cx.form(place), index: cx.labels(place), words: &cx.index.words }
}

/// Whether a piece is a head: words that name a column, a group of columns, or a column that no form has.
fn is_head(namer: &Namer<'_>, piece: &Piece<'_>) -> bool {
    matches!(namer.name_of(piece.text, &piece.norm), Named::Column(_) | Named::Group | Named::Extra)
}

/// Runs of pieces without a figure of which at least two are heads, each with one past its end.
fn heads<'p, 'd>(
    cx: &Context<'p, 'd>,
    region: &Region,
    is_head: impl Fn(&Piece<'_>) -> bool,
) -> Vec<(usize, Vec<&'p Piece<'d>>)> {
    let from = region.start.saturating_sub(BEFORE);
    let mut out = Vec::new();
    let mut run: Vec<(usize, &Piece<'d>)> = Vec::new();
    let mut flush = |run: &mut Vec<(usize, &'p Piece<'d>)>| {
        let named: Vec<usize> = (0..run.len()).filter(|i| is_head(run[*i].1)).collect();
        if let (Some(first), Some(last)) = (named.first(), named.last())
            && named.len() >= 2
        {
            let end = run[*last].0 + 1;
            out.push((end, run[*first..=*last].iter().map(|(_, p)| *p).collect()));
        }
        run.clear();
    };
    for (at, piece) in cx.pieces.iter().enumerate().take(region.end).skip(from) {
        let figure = matches!(piece.reading, Reading::Number { .. } | Reading::Unreadable);
        if figure || piece.shape == Shape::Prose {
            flush(&mut run);
            // What stands before the table is no part of its heads.
            continue;
        }
        // The label of a row ends the heads, unless a head is called the same (其他, 总计).
        if cx.index.is_row_label(&piece.norm) && piece.norm.chars().count() > 2 {
            flush(&mut run);
            continue;
        }
        if piece.reading == Reading::Text && !piece.norm.is_empty() {
            run.push((at, piece));
        }
    }
    flush(&mut run);
    out
}

/// The order that heads name; `None` where they name the form's, or too few columns to tell.
fn order(namer: &Namer<'_>, pieces: &[&Piece<'_>], year: Option<i32>) -> Option<Vec<Slot>> {
    let table = namer.table;
    let total = |c: usize| table.identities.iter().any(|i| !i.over_rows && i.expr.left.iter().any(|t| t.of == c));
    let is_inner = |c: usize| table.columns[c].parent.is_some_and(|g| namer.is_inner(g));
    // Outer heads, with the place of the group among them; inner ones.
    let mut outer: Vec<Option<Slot>> = Vec::new();
    let mut inner: Vec<Slot> = Vec::new();
    let mut unknown = 0;
    let mut within = false;
    for piece in pieces {
        let other_time = namer.exact(&piece.norm).is_none()
            && namer.words.when(piece.text).is_some_and(|w| !w.is_of(year) || matches!(w, When::Part));
        let slot: Slot = match namer.name_of(piece.text, &piece.norm) {
            Named::Nothing => continue,
            Named::Group => {
                if namer.is_inner_group(&piece.norm) {
                    outer.push(None);
                }
                continue;
            }
            Named::Column(_) if other_time => None,
            Named::Column(column) => {
                let here = |s: &Slot| *s == Some(column);
                let twice = inner.iter().any(here) || outer.iter().flatten().any(here);
                // A second total among the organisations adds them up; any other head that stands again is a doubt.
                match (twice, total(column)) {
                    (true, false) => return None,
                    (true, true) => None,
                    (false, _) => Some(column),
                }
            }
            Named::Extra => None,
            Named::Unknown => {
                unknown += usize::from(!outer.is_empty());
                if outer.is_empty() {
                    continue;
                }
                None
            }
        };
        if let Some(column) = slot {
            within = is_inner(column) && outer.contains(&None);
        }
        if within { inner.push(slot) } else { outer.push(Some(slot)) }
    }
    let mut slots: Vec<Slot> = Vec::new();
    let mut placed = false;
    for head in outer {
        match head {
            Some(slot) => slots.push(slot),
            None if !placed => {
                slots.append(&mut inner);
                placed = true;
            }
            None => {}
        }
    }
    let named: Vec<usize> = slots.iter().flatten().copied().collect();
    if named.len() < 2 {
        return None;
    }
    // Damaged heads in the form's order, as far as they can be read, count as the form's.
    let usual = slots.len() == table.columns.len() && slots.iter().zip(0..).all(|(s, c)| s.is_none_or(|s| s == c));
    if usual && unknown > 0 || slots.len() < 2 {
        return Some((0..table.columns.len()).map(Some).collect());
    }
    // Heads that are lost in part say nothing of the rest.
    (unknown == 0).then_some(slots)
}

/// The order in which the heads of a table of cases name its cells: case and result, in the order of the page.
pub(super) fn of_cases(
    cx: &Context<'_, '_>,
    region: &Region,
    place: (usize, usize),
) -> Option<Vec<Option<(usize, usize)>>> {
    let (namer, index, table) = (namer(cx, place), cx.labels(place), cx.form(place));
    let mut runs: Vec<Vec<Slot>> = vec![Vec::new()];
    // Cases in the order of the page; the group stands for those that follow in the next line.
    let mut top: Vec<Option<usize>> = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    for piece in &cx.pieces[region.start..region.end] {
        if matches!(piece.reading, Reading::Number { .. } | Reading::Unreadable) || piece.shape == Shape::Prose {
            break;
        }
        if piece.norm.is_empty() {
            continue;
        }
        let line = index.exact(&piece.norm).first().map(|(line, _)| table.lines[*line]);
        match line {
            Some(FormLine::Group(_)) => top.push(None),
            Some(FormLine::Row(row)) if table.rows[row].parent.is_none() => top.push(Some(row)),
            Some(FormLine::Row(row)) => {
                below.push(row);
                runs.push(Vec::new());
            }
            None => {
                let slot = match namer.name_of(piece.text, &piece.norm) {
                    Named::Column(column) => Some(column),
                    Named::Extra => None,
                    Named::Unknown if runs.iter().all(Vec::is_empty) => continue,
                    _ => return None,
                };
                let last = runs.last_mut()?;
                if slot.is_some() && last.contains(&slot) {
                    runs.push(vec![slot]);
                } else {
                    last.push(slot);
                }
            }
        }
    }
    runs.retain(|r| !r.is_empty());
    let whole = |r: &Vec<Slot>| r.iter().flatten().count() >= table.columns.len() - 1;
    if runs.len() != table.rows.len() || !runs.iter().all(whole) {
        return None;
    }
    // The case without a group has its results in the line above those of the others.
    let mut runs = runs.into_iter();
    let single = top.iter().flatten().next().copied()?;
    let of_single = runs.next()?;
    let mut of_group: Vec<(usize, Vec<Slot>)> = below.into_iter().zip(runs).collect();
    let mut out = Vec::new();
    for head in &top {
        match head {
            Some(row) if *row == single => out.extend(of_single.iter().map(|s| s.map(|c| (single, c)))),
            Some(_) => return None,
            None => {
                for (row, slots) in of_group.drain(..) {
                    out.extend(slots.into_iter().map(|s| s.map(|c| (row, c))));
                }
            }
        }
    }
    Some(out)
}

/// The slots of a row of blocks: the heads nearest above it, if they name a column of the row.
pub(super) fn of_block(
    cx: &Context<'_, '_>,
    region: &Region,
    place: (usize, usize),
    row: usize,
    label: usize,
) -> Option<Vec<Slot>> {
    let namer = namer(cx, place);
    let own = &cx.form(place).rows[row].columns;
    let named = |p: &Piece<'_>| namer.name_of(p.text, &p.norm);
    let from = region.start.saturating_sub(BEFORE);
    // Back to the nearest heads: over the other rows of the block.
    let mut at = label;
    while at > from && !matches!(named(&cx.pieces[at - 1]), Named::Column(_)) {
        at -= 1;
    }
    let end = at;
    let is_part = |p: &Piece<'_>| {
        p.reading == Reading::Text && p.shape != Shape::Prose && !cx.index.is_row_label(&p.norm)
            || p.reading == Reading::Blank
    };
    while at > from && is_part(&cx.pieces[at - 1]) {
        at -= 1;
    }
    let mut slots: Vec<Slot> = Vec::new();
    let mut behind = end;
    // Heads that no form has may stand last.
    while behind < label && named(&cx.pieces[behind]) == Named::Extra {
        behind += 1;
    }
    for piece in &cx.pieces[at..behind] {
        let other_time =
            namer.exact(&piece.norm).is_none() && namer.words.when(piece.text).is_some_and(|w| !w.is_of(cx.year));
        match named(piece) {
            Named::Column(column) if own.contains(&column) && !other_time => slots.push(Some(column)),
            Named::Column(_) | Named::Extra => slots.push(None),
            Named::Unknown if !slots.is_empty() => return None,
            _ => {}
        }
    }
    // A number before the label is no value.
    while slots.first() == Some(&None) {
        slots.remove(0);
    }
    let all: Vec<usize> = slots.iter().flatten().copied().collect();
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    (once.len() == all.len() && all.len() == own.len()).then_some(slots)
}
