//! What a person sees of a page: marks in the order in which they are drawn become the page that the layout reads.
//!
//! Owns what lies over what and in which colour: text that is covered, clipped, transparent or in the colour of what lies
//! under it, shadows, seals and watermarks, struck figures, and note marks beside them. The readers of page formats draw
//! on a [`Canvas`]; [`page`] judges. Refuses to know formats, and what a figure is worth: it takes characters away, or
//! makes those unreadable that may be a mark or a digit; it never makes another of one.
//!
//! Each judgement looks at the neighbours of a mark only, through grids and sorted lists: a page of many marks costs little
//! more for each of them than a page of few.

mod canvas;
mod direction;
mod doubles;
mod ground;
mod marks;
mod notes;
mod overlay;
mod pen;
mod strike;
#[cfg(test)]
mod tests;
mod walls;
mod words;

use crate::layout::page::Page;

pub use canvas::Canvas;
pub use direction::Direction;
pub use marks::{Ink, MOST_MARKS, Marks, Step};

use doubles::Doubles;
use ground::{Below, Ground, PAPER};
use marks::{Print, difference};
use walls::Walls;
use words::Levels;

/// Hidden characters from which on they are a text layer, and no remark.
const LAYER: usize = 40;
/// A text layer has this many times the characters that are seen.
const OUTNUMBERED: usize = 4;
/// Share of a page that pictures must cover for a text layer to be theirs.
const PICTURE: f32 = 0.4;
/// A difference to what lies under it, of 255, up to which a text is not seen.
const FAINT: u32 = 25;
/// From this on a channel is white.
const WHITE: u8 = 230;
/// Text of this share of a page's longer side, and of its usual size, is too small to be read.
const TINY: (f32, f32) = (0.0024, 0.3);

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Seen,
    /// Not seen, and drawn as text layers of recognised pictures are.
    Veiled,
    Gone,
}

/// The page of this width and height as displayed, turned so that most of its text reads from left to right. Text of other
/// directions is left out, and what a person does not see.
///
/// A page whose text is almost all hidden, under a picture or without one, is taken for what somebody recognised: its
/// text is given, and the page says so.
pub fn page(mut marks: Marks, width: f32, height: f32) -> Page {
    let main = Direction::most(marks.prints.iter().filter_map(|print| print.direction));
    let area = f64::from(width) * f64::from(height);
    let mut page = Page { width, height, pictured: (marks.pictured / area).clamp(0.0, 1.0) as f32, ..Page::default() };
    if main.is_sideways() {
        (page.width, page.height) = (height, width);
    }
    if main != Direction::Right {
        marks.turn(main, width, height);
    }
    let Marks { mut prints, mut rules, areas, corners, rings, slashes, more, .. } = marks;
    let ground = Ground::new(&areas, &corners, (page.width, page.height), more);
    let is_slanted = |print: &Print| print.direction != Some(main);
    let slanted: Vec<Print> =
        if prints.iter().any(is_slanted) { prints.extract_if(.., |p| is_slanted(p)).collect() } else { Vec::new() };
    page.recognised = keep_seen(&mut prints, &ground, &page);
    rules.retain(|(rule, order)| {
        let on_page = rule.x1 >= 0.0 && rule.x0 <= page.width && rule.y1 >= 0.0 && rule.y0 <= page.height;
        on_page && !ground.hides(rule, *order)
    });
    page.rules = rules.into_iter().map(|(rule, _)| rule).collect();
    Doubles::remove(&mut prints);
    if !page.recognised {
        let mut gone = vec![false; prints.len()];
        let walls = Walls::new(&page.rules);
        let words = words::words(&prints, &walls);
        let levels = Levels::new(&words);
        let lines = strike::find(&prints, &levels, &walls, &slashes, &mut gone);
        let struck = prints.iter().zip(&gone).filter(|(_, gone)| **gone);
        page.struck = struck.map(|(print, _)| print.glyph.clone()).collect();
        overlay::find(&prints, &levels, &slanted, &rings, &walls, &mut gone);
        let doubtful = notes::find(&prints, &levels, &walls, &mut gone);
        drop(walls);
        for (first, end) in doubtful {
            prints.iter_mut().take(end).skip(first).for_each(|print| print.glyph.text = char::REPLACEMENT_CHARACTER);
        }
        if !lines.is_empty() {
            let mut at = 0..;
            page.rules.retain(|_| at.next().is_some_and(|at| lines.binary_search(&at).is_err()));
        }
        if gone.contains(&true) {
            let mut gone = gone.iter();
            prints.retain(|_| gone.next() != Some(&true));
        }
    }
    page.glyphs = prints.into_iter().map(|print| print.glyph).collect();
    page
}

/// Keeps what is seen, or all of a text layer. Says whether somebody recognised it: a layer under letters that are drawn as
/// outlines says what they are.
fn keep_seen(prints: &mut Vec<Print>, ground: &Ground<'_>, page: &Page) -> bool {
    let tiny = tiny(prints, page);
    // Most of a page is in one ink on bare paper.
    let mut last = None;
    let mut is_seen = |print: &Print| {
        if ground.is_bare() && last == Some(print.ink) {
            return !print.is_off(page, tiny) && !print.covered;
        }
        let seen = fate(print, ground, page, tiny) == Fate::Seen;
        last = Some(print.ink).filter(|_| seen);
        seen
    };
    if prints.iter().all(&mut is_seen) {
        return false;
    }
    let fates: Vec<Fate> = prints.iter().map(|print| fate(print, ground, page, tiny)).collect();
    let count = |fate: Fate| fates.iter().filter(|other| **other == fate).count();
    let veiled = count(Fate::Veiled);
    let few = if page.pictured > PICTURE { 1 } else { LAYER };
    let layer = veiled >= few && veiled > OUTNUMBERED * count(Fate::Seen);
    let fates = fates.iter();
    let is_outlined = |print: &Print| ground.is_outlined(&print.glyph, print.middle());
    let hidden = prints.iter().zip(fates.clone()).filter(|(_, fate)| **fate == Fate::Veiled);
    let outlined = layer && hidden.filter(|(print, _)| is_outlined(print)).count() * 2 > veiled;
    let mut fate = fates;
    prints.retain(|_| match fate.next() {
        Some(Fate::Seen) => true,
        Some(Fate::Veiled) => layer,
        _ => false,
    });
    layer && !outlined
}

/// The size below which text is too small to be read.
fn tiny(prints: &[Print], page: &Page) -> f32 {
    let least = page.width.max(page.height) * TINY.0;
    if prints.iter().all(|print| print.glyph.size >= least) {
        return 0.0;
    }
    let mut sizes: Vec<f32> = prints.iter().map(|print| print.glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    least.min(sizes.get(sizes.len() / 2).map_or(0.0, |usual| usual * TINY.1))
}

fn fate(print: &Print, ground: &Ground<'_>, page: &Page, tiny: f32) -> Fate {
    if print.is_off(page, tiny) {
        return Fate::Gone;
    }
    if print.ink.strength == 0 || print.covered {
        return Fate::Veiled;
    }
    let (x, y) = print.middle();
    if let Some(cover) = ground.cover(x, y, print.order) {
        return if cover.picture { Fate::Veiled } else { Fate::Gone };
    }
    match ground.below(x, y, print.order) {
        Below::Colour(below) if print.ink.known && difference(print.ink.on(below), below) <= FAINT => Fate::Gone,
        Below::Picture(paper)
            if print.ink.known && print.ink.rgb.iter().all(|c| *c >= WHITE) && paper.share(page) > PAPER =>
        {
            Fate::Veiled
        }
        _ => Fate::Seen,
    }
}
