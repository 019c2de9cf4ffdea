//! What is laid over a page: seals with their numbers, and watermarks, upright or in tiles.
//!
//! Owns telling them from text by their ink, by what they run into and by the curve on which they stand. Refuses text of
//! the page's own ink and size, whatever it runs into: a label may be longer than its cell.

use std::collections::HashMap;

use super::marks::{Ink, Print, difference};
use super::walls::Walls;
use super::words::{Levels, Word};

/// A difference to the ink of the page's text, of 255, from which on another ink is foreign.
const FOREIGN: u32 = 60;
/// The ink of a seal's words differs from that of its ring by less.
const SAME: u32 = 40;
/// A character in colour weighs this much of one in black or grey: on a page of few words a seal may have more.
const COLOURED: f32 = 0.25;
/// A word is foreign, too, if it is so many times larger than most.
const LARGE: f32 = 2.2;
/// Contrast to white below which an ink is pale.
const PALE: u32 = 110;
/// Of a hundred words in one foreign ink and size, those that must run into others: of pale ink, and of any.
const HITS: (usize, usize) = (10, 25);
/// Characters of a text that is judged for itself where it stands several times.
const TILE: usize = 4;
/// What two words share of the smaller one's ink, from which on they run into each other.
const SHARED: f32 = 0.12;
/// Characters on a curve, and how far they leave the straight line between its ends.
const CURVED: (usize, f32) = (4, 0.15);
/// Characters on a curve are this near each other, in sizes.
const STEP: f32 = 6.0;
/// Comparisons of a page: more are made only to keep a reader busy.
const MOST_STEPS: usize = 4_000_000;
/// Inks and sizes that are told apart on a page, and seals.
const MOST_GROUPS: usize = 256;

/// Words of one ink and size.
struct Group {
    ink: Ink,
    size: f32,
    words: Vec<usize>,
    /// Characters, weighed by how much they stand out.
    weight: f32,
}

/// Finds what is laid over the text and marks it in `gone`.
pub(super) fn find(
    prints: &[Print],
    levels: &Levels<'_>,
    slanted: &[Print],
    rings: &[([f32; 4], Ink)],
    walls: &Walls<'_>,
    gone: &mut [bool],
) {
    let words = levels.words();
    let Some(first) = words.first() else { return };
    if words.iter().all(|word| word.ink == first.ink && word.size.max(first.size) <= LARGE * word.size.min(first.size))
    {
        return;
    }
    let (groups, of) = groups(words);
    let foreign = foreign(&groups);
    if foreign.is_empty() {
        return;
    }
    let mut take = |word: &Word| gone.iter_mut().take(word.end).skip(word.first).for_each(|gone| *gone = true);
    let seals = seals(slanted, rings);
    let mut steps = 0;
    for at in foreign {
        let Some(group) = groups.get(at) else { continue };
        let own: Vec<&Word> = group.words.iter().filter_map(|word| words.get(*word)).collect();
        own.iter().filter(|word| seals.iter().any(|seal| is_on(word, seal))).for_each(|word| take(word));
        // Of two that run into each other, the lighter one lies over the other.
        let is_heavier = |other: usize| {
            let other = of.get(other).copied().unwrap_or(at);
            other != at && groups.get(other).is_some_and(|other| other.weight >= group.weight)
        };
        let mut hits = |word: &Word| crosses(word, walls) || collides(word, levels, &is_heavier, &mut steps);
        let hit: Vec<bool> = own.iter().map(|word| hits(word)).collect();
        let count = hit.iter().filter(|hit| **hit).count();
        let least = if group.ink.contrast() < PALE { HITS.0 } else { HITS.1 };
        if count == 0 {
            continue;
        }
        if count * 100 >= own.len() * least {
            own.iter().for_each(|word| take(word));
            continue;
        }
        let text = |word: &Word| word.prints(prints).iter().map(|print| print.glyph.text).collect::<String>();
        let mut tiles: HashMap<String, (usize, usize)> = HashMap::new();
        for (word, hit) in own.iter().zip(&hit).filter(|(word, _)| word.end - word.first >= TILE) {
            let (hits, all) = tiles.entry(text(word)).or_default();
            (*hits, *all) = (*hits + usize::from(*hit), *all + 1);
        }
        let is_tile = |word: &Word| {
            word.end - word.first >= TILE
                && tiles.get(&text(word)).is_some_and(|(hits, all)| *all > 1 && hits * 100 >= all * HITS.1)
        };
        own.iter().filter(|word| is_tile(word)).for_each(|word| take(word));
    }
}

/// Words by ink and size, and for each word its group.
fn groups(words: &[Word]) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut of = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let own = |group: &Group| group.ink == word.ink && (group.size - word.size).abs() <= 0.05 * word.size;
        let found = groups.iter().position(own).or_else(|| {
            (groups.len() < MOST_GROUPS).then(|| {
                groups.push(Group { ink: word.ink, size: word.size, words: Vec::new(), weight: 0.0 });
                groups.len() - 1
            })
        });
        if let Some(group) = found.and_then(|found| groups.get_mut(found)) {
            group.weight += (word.end - word.first) as f32 * weight(word.ink);
            group.words.push(at);
        }
        of.push(found.unwrap_or(usize::MAX));
    }
    (groups, of)
}

/// How much an ink looks like that of a text: it stands out, and it is no colour.
fn weight(ink: Ink) -> f32 {
    let contrast = ink.contrast() as f32 / 255.0;
    let [low, high] = [u8::min, u8::max].map(|of| ink.rgb.into_iter().reduce(of).unwrap_or(0));
    contrast * contrast * if u32::from(high - low) > FOREIGN { COLOURED } else { 1.0 }
}

/// The groups whose ink is not that of the page's text, or which are far larger than it.
fn foreign(groups: &[Group]) -> Vec<usize> {
    let mut weights: Vec<(Ink, f32)> = Vec::new();
    for group in groups {
        match weights.iter_mut().find(|(ink, _)| *ink == group.ink) {
            Some((_, weight)) => *weight += group.weight,
            None => weights.push((group.ink, group.weight)),
        }
    }
    let Some((text, _)) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return Vec::new() };
    let own = groups.iter().filter(|group| group.ink == text);
    let usual = own.max_by(|a, b| a.weight.total_cmp(&b.weight)).map_or(f32::MAX, |group| group.size);
    let is_foreign = |group: &Group| {
        let colour = |ink: Ink| if ink.known { ink.on([255; 3]) } else { [128; 3] };
        difference(colour(group.ink), colour(text)) > FOREIGN
            || group.ink.hollow != text.hollow
            || group.size > LARGE * usual
    };
    groups.iter().enumerate().filter(|(_, group)| is_foreign(group)).map(|(at, _)| at).collect()
}

/// Where seals lie, and their ink: within rings, and around the curve of their text.
fn seals(slanted: &[Print], rings: &[([f32; 4], Ink)]) -> Vec<([f32; 4], Ink)> {
    let mut seals: Vec<([f32; 4], Ink)> = rings.iter().take(MOST_GROUPS).copied().collect();
    let mut start = 0;
    while let Some(first) = slanted.get(start) {
        let near = |a: &Print, b: &Print| {
            let distance = (a.glyph.x - b.glyph.x).hypot(a.glyph.y - b.glyph.y);
            a.ink == b.ink && distance <= STEP * a.glyph.size.max(b.glyph.size)
        };
        let rest = slanted.get(start..).unwrap_or_default();
        let length = 1 + rest.windows(2).take_while(|pair| matches!(pair, [a, b] if near(a, b))).count();
        let line = rest.get(..length).unwrap_or_default();
        start += length;
        if let (Some(seal), true) = (curve(line), seals.len() < MOST_GROUPS) {
            seals.push((seal, first.ink));
        }
    }
    seals
}

/// The bounds of the circle on which characters stand, if they stand on a curve.
fn curve(line: &[Print]) -> Option<[f32; 4]> {
    let (first, last) = (line.first()?, line.last()?);
    let (ax, ay) = (first.glyph.x, first.glyph.y);
    let (dx, dy) = (last.glyph.x - ax, last.glyph.y - ay);
    let length = dx.hypot(dy).max(0.01);
    let off = |print: &Print| ((print.glyph.x - ax) * dy - (print.glyph.y - ay) * dx).abs() / length;
    let furthest = line.iter().map(off).fold(0.0, f32::max);
    if line.len() < CURVED.0 || furthest < CURVED.1 * length || furthest < first.glyph.size {
        return None;
    }
    let size = first.glyph.size;
    let of = |value: fn(&Print) -> f32| {
        line.iter().map(value).fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (of(|print| print.glyph.x), of(|print| print.glyph.y));
    Some([left - size, top - size, right + size, bottom.max(top + right - left) + size])
}

fn is_on(word: &Word, ([x0, y0, x1, y1], ink): &([f32; 4], Ink)) -> bool {
    let (x, y) = (f32::midpoint(word.x0, word.x1), word.y - 0.35 * word.size);
    let alike = ink.known == word.ink.known && difference(ink.on([255; 3]), word.ink.on([255; 3])) <= SAME;
    alike && (*x0..=*x1).contains(&x) && (*y0..=*y1).contains(&y)
}

/// Whether a ruling line of a table runs through a word, and on beyond it.
fn crosses(word: &Word, walls: &Walls<'_>) -> bool {
    let within = 0.25 * word.size;
    walls.stands(word.x0 + within, word.x1 - within, word.y - 0.35 * word.size)
        || walls.runs(word.y - 0.6 * word.size, word.y - 0.12 * word.size, word.x0 - within, word.x1 + within)
}

/// Whether a word shares its place with one of the others that count.
fn collides(word: &Word, levels: &Levels<'_>, counts: &impl Fn(usize) -> bool, steps: &mut usize) -> bool {
    let (top, bottom) = word.ink_height();
    let area = |word: &Word| (word.x1 - word.x0) * (word.ink_height().1 - word.ink_height().0);
    for (at, other) in levels.between(top, bottom + levels.largest()) {
        *steps += 1;
        if *steps > MOST_STEPS {
            return false;
        }
        let (over, under) = other.ink_height();
        let (across, down) = (word.x1.min(other.x1) - word.x0.max(other.x0), bottom.min(under) - top.max(over));
        if across > 0.0 && down > 0.0 && across * down > SHARED * area(word).min(area(other)) && counts(at) {
            return true;
        }
    }
    false
}
