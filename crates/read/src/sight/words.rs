//! Words: characters that are drawn one after the other, in one ink and size, side by side.
//!
//! Owns where one begins and ends, and the list through which those at a height are found. Refuses to know what they say.

use std::cell::OnceCell;

use super::marks::{Ink, Print};
use super::walls::Walls;
use crate::work;

/// Characters of one word stand on one baseline and are of one size, up to this part of the size.
const ALIKE: f32 = 0.05;
/// What the next character may be away from the end of the one before, in sizes.
const GAP: (f32, f32) = (-0.4, 0.6);

/// From this gap on, in sizes, there is room for a wall.
const WALL: f32 = 0.15;

/// A word of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// First character.
    pub(super) first: usize,
    /// One past the last.
    pub(super) end: usize,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) ink: Ink,
}

impl Word {
    /// The part of its height in which its ink stands: top and bottom.
    pub(super) fn ink_height(&self) -> (f32, f32) {
        (self.y - self.size * 0.72, self.y)
    }

    pub(super) fn prints<'p>(&self, prints: &'p [Print]) -> &'p [Print] {
        prints.get(self.first..self.end).unwrap_or_default()
    }
}

/// The words of a page, in the order of drawing. A wall of a table ends a word.
pub(super) fn words(prints: &[Print], walls: &Walls<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, print) in prints.iter().enumerate() {
        let glyph = &print.glyph;
        let (x1, size) = (glyph.x + glyph.width, glyph.size);
        match words.last_mut() {
            Some(word)
                if word.ink == print.ink
                    && (word.y - glyph.y).abs() <= ALIKE * size
                    && (word.size - size).abs() <= ALIKE * size
                    && (GAP.0 * size..=GAP.1 * size).contains(&(glyph.x - word.x1))
                    && !(glyph.x - word.x1 > WALL * size && walls.stands(word.x1, glyph.x, glyph.y - 0.35 * size)) =>
            {
                word.end = at + 1;
                word.x1 = word.x1.max(x1);
            }
            _ => words.push(Word { first: at, end: at + 1, x0: glyph.x, x1, y: glyph.y, size, ink: print.ink }),
        }
    }
    words
}

/// Words by their baseline.
pub(super) struct Levels<'w> {
    words: &'w [Word],
    /// Indices, sorted by baseline, and the largest size. Most pages ask for none.
    sorted: OnceCell<(Vec<u32>, f32)>,
}

impl<'w> Levels<'w> {
    pub(super) const fn new(words: &'w [Word]) -> Self {
        Self { words, sorted: OnceCell::new() }
    }

    fn sorted(&self) -> &(Vec<u32>, f32) {
        self.sorted.get_or_init(|| {
            let mut order: Vec<u32> = (0..u32::try_from(self.words.len()).unwrap_or(u32::MAX)).collect();
            let y = |at: &u32| self.words.get(*at as usize).map_or(0.0, |word| word.y);
            order.sort_by(|a, b| y(a).total_cmp(&y(b)));
            (order, self.words.iter().map(|word| word.size).fold(0.0, f32::max))
        })
    }

    /// All words, in the order of drawing.
    pub(super) const fn words(&self) -> &'w [Word] {
        self.words
    }

    /// The word of an index.
    pub(super) fn word(&self, at: usize) -> Option<&'w Word> {
        self.words.get(at)
    }

    /// The largest size of a word.
    pub(super) fn largest(&self) -> f32 {
        self.sorted().1
    }

    /// Words whose baseline lies between two heights, with their indices.
    pub(super) fn between(&self, top: f32, bottom: f32) -> impl Iterator<Item = (usize, &'w Word)> + '_ {
        let word = |at: &u32| self.words.get(*at as usize).map(|word| (*at as usize, word));
        let (order, _) = self.sorted();
        let start = order.partition_point(|at| word(at).is_some_and(|(_, word)| word.y < top));
        order
            .iter()
            .skip(start)
            .map_while(word)
            .take_while(move |(_, word)| word.y <= bottom)
            .inspect(|_| work::steps(1))
    }
}
