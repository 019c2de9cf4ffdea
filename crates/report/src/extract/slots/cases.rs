//! Slots of a table of cases: in which order its heads name cases and results.
//!
//! Owns reading those heads, and whether they allow the form's own order. Refuses that order where what is printed speaks
//! against it.

use super::super::found::Context;
use super::super::grid::heads::{Named, Namer};
use super::super::label::normalized;
use super::super::number::Reading;
use super::super::regions::Region;
use super::super::stream::{Piece, Shape};
use super::{Slot, namer};
use crate::form::{FormLine, Table};

/// Whether words above a table of cases speak against the form's order of cases, and of the results of a case: then no
/// figure may be placed by that. What is lost or broken speaks neither way.
pub(in crate::extract) fn against_form(cx: &Context<'_, '_>, region: &Region, place: (usize, usize)) -> (bool, bool) {
    let (namer, index, form) = (namer(cx, place), cx.labels(place), cx.form(place));
    let mut cases: Vec<usize> = Vec::new();
    let mut results: Vec<(Option<usize>, String)> = Vec::new();
    for (text, norm) in words_of_heads(cx, region, &namer) {
        match index.exact(&norm).first() {
            Some((line, _)) => cases.push(*line),
            None => match namer.name_of(text, &norm) {
                Named::Column(column) => results.push((Some(column), norm)),
                Named::Unknown | Named::Extra if !results.is_empty() => results.push((None, norm)),
                _ => {}
            },
        }
    }
    // Heads stand again behind a page's end: from the first on, and all of them.
    let again = |at: usize| cases[at] == cases[0] && at.is_multiple_of(form.lines.len());
    let other_cases = (1..cases.len()).any(|at| cases[at] <= cases[at - 1] && !again(at));
    (other_cases, other_results(&namer, &results, form))
}

/// Whether the results that are named stand in another order than the form's, each case's after the other's.
fn other_results(namer: &Namer<'_>, results: &[(Option<usize>, String)], form: &Table) -> bool {
    let width = form.columns.len();
    let all: Vec<usize> = (0..width).collect();
    if results.len() == form.cell_count() {
        return results.iter().enumerate().any(|(at, (named, norm))| match named {
            Some(column) => *column != at % width,
            None => namer.is_rather(norm, at % width, &all),
        });
    }
    let named: Vec<usize> = results.iter().filter_map(|(column, _)| *column).collect();
    // Columns that no form has stand among them.
    if results.len() > form.cell_count() && named.len() == form.cell_count() {
        return true;
    }
    let drops: Vec<&[usize]> = named.windows(2).filter(|w| w[1] <= w[0]).collect();
    let within = drops.iter().any(|w| w[1] != 0 && w[0] + 1 != width);
    within || drops.len() >= form.rows.len() && named.len() <= form.cell_count()
}

/// The order in which the heads of a table of cases name its cells: case and result, in the order of the page.
pub(in crate::extract) fn of_cases(
    cx: &Context<'_, '_>,
    region: &Region,
    place: (usize, usize),
) -> Option<Vec<Option<(usize, usize)>>> {
    let (namer, index, table) = (namer(cx, place), cx.labels(place), cx.form(place));
    if let Some(composite) = composite(cx, region, place) {
        return Some(composite);
    }
    let mut runs: Vec<Vec<Slot>> = vec![Vec::new()];
    // Cases in the order of the page; the group stands for those that follow in the next line.
    let mut top: Vec<Option<usize>> = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    for (text, norm) in words_of_heads(cx, region, &namer) {
        let line = index.exact(&norm).first().map(|(line, _)| table.lines[*line]);
        match line {
            Some(FormLine::Group(_)) => top.push(None),
            Some(FormLine::Row(row)) if table.rows[row].parent.is_none() => top.push(Some(row)),
            Some(FormLine::Row(row)) => {
                below.push(row);
                runs.push(Vec::new());
            }
            None => {
                let slot = match namer.name_of(text, &norm) {
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

/// The heads of a table of cases, up to its first figure: what stands on one line that is no head itself is several.
fn words_of_heads<'p>(cx: &Context<'p, '_>, region: &Region, namer: &Namer<'_>) -> Vec<(&'p str, String)> {
    let known = |norm: &str| !namer.index.exact(norm).is_empty() || namer.exact(norm).is_some();
    let is_heads = |piece: &Piece<'_>| {
        let all = || piece.text.split_whitespace().all(|w| known(&normalized(w)));
        piece.reading == Reading::Text && piece.shape != Shape::Prose && (known(&piece.norm) || all())
    };
    // A table is told by its first long label; the heads of other cases may stand before that.
    let before = cx.pieces[..region.start].iter().rev().take_while(|p| is_heads(p)).count();
    let mut out = Vec::new();
    for piece in &cx.pieces[region.start - before..region.end] {
        if piece.reading.is_figure() || piece.shape == Shape::Prose {
            break;
        }
        let words = || piece.text.split_whitespace().map(|w| (w, normalized(w)));
        if !known(&piece.norm) && words().filter(|(_, norm)| known(norm)).count() > 1 {
            out.extend(words());
        } else if !piece.norm.is_empty() {
            out.push((piece.text, piece.norm.clone()));
        }
    }
    out
}

/// Heads that each name a case and a result: `未经复议直接起诉—结果维持`.
fn composite(cx: &Context<'_, '_>, region: &Region, place: (usize, usize)) -> Option<Vec<Option<(usize, usize)>>> {
    let (namer, index, table) = (namer(cx, place), cx.labels(place), cx.form(place));
    let mut out = Vec::new();
    for piece in &cx.pieces[region.start..region.end] {
        if piece.reading.is_figure() || piece.shape == Shape::Prose {
            break;
        }
        let mut rest = piece.norm.as_str();
        let mut case = None;
        for _ in 0..3 {
            let lines = (0..table.lines.len()).flat_map(|l| index.wordings_of(l).map(move |w| (l, w)));
            let Some((line, wording)) = lines.filter(|(_, w)| rest.starts_with(w)).max_by_key(|(_, w)| w.len()) else {
                break;
            };
            rest = &rest[wording.len()..];
            if let FormLine::Row(row) = table.lines[line] {
                case = Some(row);
            }
        }
        if let (Some(case), Some(result)) = (case, namer.exact(rest)) {
            out.push(Some((case, result)));
        }
    }
    (out.len() == table.cell_count()).then_some(out)
}
