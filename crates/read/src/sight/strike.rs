//! Struck words: a line through the middle of characters, along them or slanted.
//!
//! Owns what strikes, what underlines, and what is a wall of a table. Takes the lines that strike or underline a word out of
//! the rules: in a narrow cell they would be taken for walls. Refuses lines that are longer than what they cross: those
//! rule a table.

use super::marks::Print;
use super::words::{Levels, Word};
use crate::layout::page::Rule;

/// Where the line through struck characters runs: above the baseline, in sizes.
const STRUCK: (f32, f32) = (0.1, 0.6);
/// Where the line under a word runs: below the baseline, in sizes.
const UNDER: (f32, f32) = (-0.05, 0.35);
/// How far a line that strikes may reach beyond what it strikes, in sizes; and a line under a word.
const BEYOND: (f32, f32) = (1.0, 0.3);
/// A line that ends this near a wall, in points, belongs to a table.
const AT_WALL: f32 = 0.8;
/// How far a slanted line may pass from the middle of what it strikes, and end from its corners, in sizes.
const SLANTED: (f32, f32) = (0.25, 0.7);
/// Comparisons of a page: more are made only to keep a reader busy.
const MOST_STEPS: usize = 4_000_000;

/// The ruling lines of a page, by where they lie.
pub(super) struct Walls {
    /// Vertical ones, from left to right.
    down: Vec<Rule>,
    /// Horizontal ones, from top to bottom.
    across: Vec<Rule>,
}

impl Walls {
    /// Rules that are looked at for one place.
    const MOST: usize = 512;

    pub(super) fn new(rules: &[Rule]) -> Self {
        let of = |down: bool| rules.iter().filter(move |r| (r.x0 == r.x1) == down && (r.x0 != r.x1 || r.y0 != r.y1));
        let (mut down, mut across): (Vec<Rule>, Vec<Rule>) =
            (of(true).copied().collect(), of(false).copied().collect());
        down.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        across.sort_by(|a, b| a.y0.total_cmp(&b.y0));
        Self { down, across }
    }

    /// Whether a vertical line stands between two places at this height.
    pub(super) fn stands(&self, left: f32, right: f32, y: f32) -> bool {
        let start = self.down.partition_point(|wall| wall.x0 < left);
        let near = self.down.iter().skip(start).take_while(|wall| wall.x0 <= right).take(Self::MOST);
        near.into_iter().any(|wall| wall.y0 <= y && y <= wall.y1)
    }

    /// Whether a horizontal line between two heights runs over all from left to right.
    pub(super) fn runs(&self, top: f32, bottom: f32, left: f32, right: f32) -> bool {
        let start = self.across.partition_point(|wall| wall.y0 < top);
        let near = self.across.iter().skip(start).take_while(|wall| wall.y0 <= bottom).take(Self::MOST);
        near.into_iter().any(|wall| wall.x0 <= left && right <= wall.x1)
    }
}

/// Finds struck characters and marks them in `gone`. Lines that strike or underline leave `rules`.
pub(super) fn find(
    prints: &[Print],
    words: &[Word],
    rules: &mut Vec<Rule>,
    walls: &Walls,
    slashes: &[[f32; 4]],
    gone: &mut [bool],
) {
    let levels = Levels::new(words);
    let mut steps = 0;
    rules.retain(|rule| {
        let is_line = rule.y0 == rule.y1 && rule.x1 > rule.x0 && steps < MOST_STEPS;
        !is_line || !line(rule, prints, &levels, walls, gone, &mut steps)
    });
    for [x0, y0, x1, y1] in slashes {
        let ((left, right), (top, bottom)) = ((x0.min(*x1), x0.max(*x1)), (y0.min(*y1), y0.max(*y1)));
        let y = f32::midpoint(top, bottom);
        for (_, word) in levels.between(y, y + levels.largest()) {
            steps += 1;
            if steps > MOST_STEPS {
                return;
            }
            let middle = (f32::midpoint(word.x0, word.x1), word.y - 0.35 * word.size);
            let (near, far) = (SLANTED.0 * word.size, SLANTED.1 * word.size);
            let (over, under) = word.ink_height();
            let (dx, dy) = (x1 - x0, y1 - y0);
            let off = ((middle.0 - x0) * dy - (middle.1 - y0) * dx).abs() / dx.hypot(dy);
            let fits = left > word.x0 - far && right < word.x1 + far && top > over - far && bottom < under + far;
            if fits && off <= near && (right - left) > 0.6 * (word.x1 - word.x0) && bottom - top > 0.4 * word.size {
                gone.iter_mut().take(word.end).skip(word.first).for_each(|gone| *gone = true);
            }
        }
    }
}

/// Whether a horizontal line strikes or underlines characters. What it strikes is marked.
fn line(
    rule: &Rule,
    prints: &[Print],
    levels: &Levels<'_>,
    walls: &Walls,
    gone: &mut [bool],
    steps: &mut usize,
) -> bool {
    let mut struck = Reach::new();
    let mut lined = Reach::new();
    let largest = levels.largest();
    let (top, bottom) = (rule.y0 - UNDER.1 * largest, rule.y0 + STRUCK.1 * largest);
    for (at, word) in levels.between(top, bottom) {
        *steps += 1;
        if word.x1 < rule.x0 || word.x0 > rule.x1 {
            continue;
        }
        let below = (rule.y0 - word.y) / word.size;
        let reach = if (-STRUCK.1..=-STRUCK.0).contains(&below) {
            &mut struck
        } else if (UNDER.0..=UNDER.1).contains(&below) {
            &mut lined
        } else {
            continue;
        };
        for print in word.prints(prints) {
            let middle = print.glyph.x + print.glyph.width / 2.0;
            if rule.x0 <= middle && middle <= rule.x1 {
                reach.add(print.glyph.x, print.glyph.x + print.glyph.width, word.size);
                reach.words.push(at);
            }
        }
    }
    let at_wall = |x: f32| walls.stands(x - AT_WALL, x + AT_WALL, rule.y0);
    let free = || !at_wall(rule.x0) && !at_wall(rule.x1);
    if struck.fits(rule, BEYOND.0) && free() {
        struck.words.dedup();
        for word in struck.words.iter().filter_map(|at| levels.word(*at)) {
            for (print, gone) in word.prints(prints).iter().zip(gone.iter_mut().skip(word.first)) {
                let middle = print.glyph.x + print.glyph.width / 2.0;
                *gone |= rule.x0 <= middle && middle <= rule.x1;
            }
        }
        return true;
    }
    lined.fits(rule, BEYOND.1) && free()
}

/// What a line runs along.
struct Reach {
    x0: f32,
    x1: f32,
    size: f32,
    words: Vec<usize>,
}

impl Reach {
    const fn new() -> Self {
        Self { x0: f32::MAX, x1: f32::MIN, size: 0.0, words: Vec::new() }
    }

    fn add(&mut self, x0: f32, x1: f32, size: f32) {
        (self.x0, self.x1, self.size) = (self.x0.min(x0), self.x1.max(x1), self.size.max(size));
    }

    /// Whether a line reaches no further beyond it than so many sizes.
    fn fits(&self, rule: &Rule, beyond: f32) -> bool {
        let beyond = beyond * self.size;
        !self.words.is_empty() && rule.x0 >= self.x0 - beyond && rule.x1 <= self.x1 + beyond
    }
}
