//! Struck words: a line through the middle of characters, along them or slanted.
//!
//! Owns what strikes, what underlines, and what is a wall of a table. Takes the lines that strike or underline a word out of
//! the rules: in a narrow cell they would be taken for walls. Refuses lines that are longer than what they cross: those
//! rule a table.

use super::marks::Print;
use super::walls::Walls;
use super::words::Levels;
use crate::layout::page::Rule;
use crate::work;

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

/// Finds struck characters and marks them in `gone`, and the lines that strike or underline in `lines`, by their number
/// among the rules.
pub(super) fn find(
    prints: &[Print],
    levels: &Levels<'_>,
    walls: &Walls<'_>,
    slashes: &[[f32; 4]],
    gone: &mut [bool],
) -> Vec<usize> {
    let mut steps = 0;
    let zones = Zones::new(levels);
    let mut lines = Vec::new();
    for (at, rule) in walls.rules().iter().enumerate() {
        if rule.y0 == rule.y1
            && rule.x1 > rule.x0
            && zones.hold(rule.y0)
            && steps < MOST_STEPS
            && line(rule, prints, levels, walls, gone, &mut steps)
        {
            lines.push(at);
        }
    }
    for slash in slashes {
        if steps > MOST_STEPS {
            break;
        }
        strike_slanted(*slash, prints, levels, gone, &mut steps);
    }
    lines
}

/// The heights of a page at which a line would strike or underline a word: between them run most rules of a table.
struct Zones {
    heights: Vec<bool>,
}

impl Zones {
    /// Heights told apart, in a point.
    const FINE: f32 = 2.0;
    /// Heights of a page.
    const MOST: usize = 1 << 14;

    fn new(levels: &Levels<'_>) -> Self {
        let mut zones = Self { heights: vec![false; 2048] };
        for word in levels.words() {
            for (top, bottom) in [(-STRUCK.1, -STRUCK.0), UNDER] {
                let (top, bottom) = (word.y + top * word.size, word.y + bottom * word.size);
                for at in Self::at(top)..=Self::at(bottom) {
                    if at >= zones.heights.len() {
                        zones.heights.resize(at + 256, false);
                    }
                    if let Some(height) = zones.heights.get_mut(at) {
                        *height = true;
                    }
                }
            }
        }
        zones
    }

    fn at(y: f32) -> usize {
        ((y * Self::FINE).max(0.0) as usize).min(Self::MOST)
    }

    fn hold(&self, y: f32) -> bool {
        self.heights.get(Self::at(y)) == Some(&true)
    }
}

/// Marks the characters that a slanted line runs through: from corner to corner, and through their middle.
fn strike_slanted(
    [x0, y0, x1, y1]: [f32; 4],
    prints: &[Print],
    levels: &Levels<'_>,
    gone: &mut [bool],
    steps: &mut usize,
) {
    let ((left, right), (top, bottom)) = ((x0.min(x1), x0.max(x1)), (y0.min(y1), y0.max(y1)));
    let y = f32::midpoint(top, bottom);
    for (_, word) in levels.between(y, y + levels.largest()) {
        *steps += 1 + word.prints(prints).len();
        work::steps(word.prints(prints).len());
        let far = SLANTED.1 * word.size;
        let is_under = |print: &Print| {
            let middle = print.glyph.x + print.glyph.width / 2.0;
            left - far / 2.0 <= middle && middle <= right + far / 2.0
        };
        let own = word.prints(prints);
        let reach = own.iter().filter(|print| is_under(print)).map(|print| &print.glyph);
        let (low, high) = reach.fold((f32::MAX, f32::MIN), |(low, high), g| (low.min(g.x), high.max(g.x + g.width)));
        let middle = (f32::midpoint(low, high), word.y - 0.35 * word.size);
        let (over, under) = word.ink_height();
        let (dx, dy) = (x1 - x0, y1 - y0);
        let off = ((middle.0 - x0) * dy - (middle.1 - y0) * dx).abs() / dx.hypot(dy);
        let fits = left > low - far && right < high + far && top > over - far && bottom < under + far;
        let through = off <= SLANTED.0 * word.size && right - left > 0.6 * (high - low);
        if low < high && fits && through && bottom - top > 0.4 * word.size {
            for (print, gone) in own.iter().zip(gone.iter_mut().skip(word.first)) {
                *gone |= is_under(print);
            }
        }
    }
}

/// Whether a horizontal line strikes or underlines characters. What it strikes is marked.
fn line(
    rule: &Rule,
    prints: &[Print],
    levels: &Levels<'_>,
    walls: &Walls<'_>,
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
        *steps += word.prints(prints).len();
        work::steps(word.prints(prints).len());
        for print in word.prints(prints).iter().filter(|print| is_along(rule, print)) {
            reach.add(print.glyph.x, print.glyph.x + print.glyph.width, word.size);
            reach.words.push(at);
        }
    }
    let at_wall = |x: f32| walls.stands(x - AT_WALL, x + AT_WALL, rule.y0);
    let free = || !at_wall(rule.x0) && !at_wall(rule.x1);
    if struck.fits(rule, BEYOND.0) && free() {
        struck.words.dedup();
        for word in struck.words.iter().filter_map(|at| levels.word(*at)) {
            for (print, gone) in word.prints(prints).iter().zip(gone.iter_mut().skip(word.first)) {
                *gone |= is_along(rule, print);
            }
        }
        return true;
    }
    lined.fits(rule, BEYOND.1) && free()
}

/// Whether a line runs over the middle of a character.
fn is_along(rule: &Rule, print: &Print) -> bool {
    let middle = print.glyph.x + print.glyph.width / 2.0;
    rule.x0 <= middle && middle <= rule.x1
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
