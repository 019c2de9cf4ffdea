//! Slots of a row of blocks: in which order the heads of its block name its columns.
//!
//! Owns finding the heads of a block above a row. Refuses heads that name too little of another order than the form's.

use super::super::found::Context;
use super::super::grid::heads::{Named, Namer};
use super::super::label::normalized;
use super::super::number::Reading;
use super::super::regions::Region;
use super::super::stream::{Piece, Shape};
use super::{BEFORE, Head, Order, Slot, heads_of, is_usual, namer};
use crate::form::FormLine;

/// The order of a row of blocks, whose label is a piece of the stream and which has so many figures: the heads nearest above
/// it, if they name a column of the row.
pub(in crate::extract) fn of_block(
    cx: &Context<'_, '_>,
    region: &Region,
    place: (usize, usize),
    row: usize,
    (label, filled): (usize, usize),
) -> Order {
    let namer = namer(cx, place);
    let own = &cx.form(place).rows[row].columns;
    let from = region.start.saturating_sub(BEFORE);
    let is_word =
        |p: &Piece<'_>| p.reading == Reading::Text && p.shape != Shape::Prose && !cx.index.is_row_label(&p.norm);
    let is_group = |p: &Piece<'_>| {
        cx.labels(place).exact(&p.norm).iter().any(|(l, _)| matches!(cx.form(place).lines[*l], FormLine::Group(_)))
    };
    // Words before figures are the label of a row that no form has.
    let has_figures = |at: usize| {
        let behind = cx.pieces[at + 1..label].iter().find(|p| p.reading != Reading::Blank);
        behind.is_some_and(|p| p.reading.is_figure())
    };
    let is_head = |at: usize| {
        let piece = &cx.pieces[at];
        is_word(piece) && !piece.norm.is_empty() && !is_group(piece) && !has_figures(at)
    };
    // Back over the other rows of the block to the nearest words that are no label, and over those to their beginning.
    let mut end = label;
    while end > from && !is_head(end - 1) {
        end -= 1;
    }
    let mut at = end;
    // A counter or a telephone number between two heads is no row: its line is passed over.
    let mut noise: Vec<u32> = Vec::new();
    while at > from {
        let piece = &cx.pieces[at - 1];
        if piece.reading == Reading::Blank || is_word(piece) && !is_group(piece) {
            at -= 1;
            continue;
        }
        let line = cx.pieces[from..at].iter().rev().take_while(|p| p.row == piece.row);
        let labelled = line.clone().any(|p| cx.index.is_row_label(&p.norm) || is_group(p));
        let above = at - line.count();
        let figure = piece.reading.is_figure();
        let goes_on = above > from && namer.exact(&cx.pieces[above - 1].norm).is_some_and(|c| own.contains(&c));
        if !figure || labelled || !goes_on {
            break;
        }
        noise.push(piece.row);
        at = above;
    }
    let is_own = |p: &&Piece<'_>| !p.norm.is_empty() && !noise.contains(&p.row);
    let pieces: Vec<&Piece<'_>> = cx.pieces[at..end].iter().filter(is_own).collect();
    let heads = heads_of(&namer, &pieces);
    // Damaged heads before the first that can be read, up to the corner.
    let corner = |h: &Head| cx.form(place).corner.iter().any(|c| *normalized(c) == *h.norm);
    let Some(named) = heads.iter().position(|h| matches!(h.named, Named::Column(_))) else {
        let first = heads.iter().rposition(corner).map_or(0, |at| at + 1);
        return if are_rather(&namer, &heads[first..], own) { Order::Unclear } else { Order::Usual };
    };
    let first = heads[..named].iter().rposition(corner).map_or(named, |at| at + 1);
    let first = if heads[first..named].iter().all(|h| h.named == Named::Unknown) { first } else { named };
    let mut slots: Vec<Slot> = Vec::new();
    // Words that name nothing before a head that is not the row's first may be the first head, damaged.
    let mut lost = match heads[first].named {
        Named::Column(column) if own.first() != Some(&column) => {
            heads[..first].iter().rev().take_while(|h| h.named == Named::Unknown && !corner(h)).count()
        }
        _ => 0,
    };
    // What no form has may stand before the first head.
    let before =
        heads[..first].iter().rev().take_while(|h| h.named == Named::Extra && namer.words.when(&h.text).is_some());
    slots.extend(before.map(|_| None));
    for head in &heads[first..] {
        let other_time = namer.exact(&head.norm).is_none() && namer.when(&head.text).is_some_and(|w| !w.is_of(cx.year));
        match head.named {
            Named::Column(column) if own.contains(&column) && !other_time => slots.push(Some(column)),
            Named::Column(_) | Named::Extra => slots.push(None),
            Named::Unknown => {
                lost += 1;
                slots.push(None);
            }
            Named::Group | Named::Nothing => {}
        }
    }
    let all: Vec<usize> = slots.iter().flatten().copied().collect();
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    let usual = is_usual(&slots, own);
    if once.len() != all.len() && !usual {
        return Order::Unclear;
    }
    let increasing = all.windows(2).all(|w| w[0] < w[1]);
    if lost > 0 && are_rather(&namer, &heads[first..], own) {
        return Order::Unclear;
    }
    match (usual, lost) {
        (true, _) => Order::Usual,
        // Words that look like heads of more columns than the row has.
        _ if slots.len() != own.len() && filled == own.len() => {
            if increasing {
                Order::Usual
            } else {
                Order::Unclear
            }
        }
        // Less than half of the heads: the others were lost.
        _ if slots.len() < own.len() && all.len() * 2 < own.len() => Order::Unclear,
        (_, 0) if !all.is_empty() => Order::Named(slots),
        _ if increasing => Order::Usual,
        _ => Order::Unclear,
    }
}

/// Whether one of as many heads as the row has columns is clearly more like another column than like that of its place.
fn are_rather(namer: &Namer<'_>, heads: &[Head], own: &[usize]) -> bool {
    let rather =
        |(head, column): (&Head, &usize)| head.named == Named::Unknown && namer.is_rather(&head.norm, *column, own);
    heads.len() == own.len() && heads.iter().zip(own).any(rather)
}
