//! Characters drawn twice: bold by a second drawing, by a stroke after the fill, or by a shadow.
//!
//! Owns how near and how alike two drawings of one character are. Refuses to compare characters that differ: what is drawn
//! over another text is no shadow.

use super::marks::Print;
use crate::work;

/// In the same colour and on one line, an equal character is a second drawing if it is closer than this part of its size.
const BOLD: f32 = 0.1;
/// Or if it is off by no more than these parts of its width and size: neighbours do not stand in each other.
const OVERLAP: (f32, f32) = (0.4, 0.16);
/// Apart in height or in colour, it is a shadow up to this part of its size.
const SHADOW: f32 = 0.35;
/// Baselines closer than this part of the size are one line.
const LEVEL: f32 = 0.02;
/// Sizes of a shadow and of what throws it are this near each other.
const ALIKE: f32 = 0.08;
/// Of the width of a character, what its shadow may be off along the line: its equal neighbour is further away.
const ALONG: f32 = 0.6;

/// A hash grid whose chains run through the characters of a page, so that it costs one look at a few of them each.
pub(super) struct Doubles {
    /// Last character of each bucket, counted from 1.
    heads: Vec<u32>,
    /// For each character the one before it in its bucket, counted from 1.
    before: Vec<u32>,
}

impl Doubles {
    /// Side of a square of the grid, in points: most shadows lie in the square of what throws them.
    const SIDE: f32 = 32.0;
    /// Squares to either side that are looked at: shadows of larger letters are no matter of figures.
    const REACH: i32 = 1;
    /// A chain is followed no further: more equal characters than this do not lie in one square.
    const LONGEST: usize = 64;

    /// Takes out what is drawn twice. Of two drawings in one colour the first stays, else the one that stands out more.
    pub(super) fn remove(prints: &mut Vec<Print>) {
        let mut doubles = Self { heads: vec![0; 1 << 12], before: Vec::with_capacity(prints.len()) };
        let mut gone: Vec<usize> = Vec::new();
        for at in 0..prints.len() {
            let Some(print) = prints.get(at) else { break };
            match doubles.find(print, prints) {
                Some(other) => {
                    let stays = prints
                        .get(other)
                        .is_some_and(|other| other.ink == print.ink || other.ink.contrast() > print.ink.contrast());
                    gone.push(if stays { at } else { other });
                    doubles.note(at, print, !stays);
                }
                None => doubles.note(at, print, true),
            }
        }
        if !gone.is_empty() {
            gone.sort_unstable();
            let mut at = 0..;
            prints.retain(|_| at.next().is_some_and(|at| gone.binary_search(&at).is_err()));
        }
    }

    /// Notes that a character comes next; one that is not `kept` is not found again.
    fn note(&mut self, at: usize, print: &Print, kept: bool) {
        let count = u32::try_from(at + 1).unwrap_or(0);
        let (x, y) = Self::square(print.glyph.x, print.glyph.y);
        match self.heads.get_mut(Self::bucket(print.glyph.text, x, y)) {
            Some(head) if kept => self.before.push(std::mem::replace(head, count)),
            _ => self.before.push(0),
        }
    }

    /// Towards zero instead of down: the squares at the edges of the page are double, which does no harm.
    fn square(x: f32, y: f32) -> (i32, i32) {
        ((x / Self::SIDE) as i32, (y / Self::SIDE) as i32)
    }

    fn find(&self, print: &Print, prints: &[Print]) -> Option<usize> {
        let glyph = &print.glyph;
        let own = Self::square(glyph.x, glyph.y);
        let reach = SHADOW * glyph.size;
        let low = Self::square(glyph.x - reach, glyph.y - reach);
        let high = Self::square(glyph.x + reach, glyph.y + reach);
        let within = |low: i32, own: i32, high: i32| {
            low.max(own.saturating_sub(Self::REACH))..=high.min(own.saturating_add(Self::REACH))
        };
        for x in within(low.0, own.0, high.0) {
            for y in within(low.1, own.1, high.1) {
                if let Some(found) = self.in_square(x, y, print, prints) {
                    return Some(found);
                }
            }
        }
        None
    }

    fn in_square(&self, x: i32, y: i32, print: &Print, prints: &[Print]) -> Option<usize> {
        let mut next = self.heads.get(Self::bucket(print.glyph.text, x, y)).copied().unwrap_or(0);
        for _ in 0..Self::LONGEST {
            let index = next.checked_sub(1)? as usize;
            work::steps(1);
            let (other, before) = (prints.get(index)?, self.before.get(index)?);
            if is_double(other, print) {
                return Some(index);
            }
            next = *before;
        }
        None
    }

    const fn bucket(text: char, x: i32, y: i32) -> usize {
        let key =
            (text as u32) ^ x.cast_unsigned().wrapping_mul(0x9E37_79B1) ^ y.cast_unsigned().wrapping_mul(0x85EB_CA77);
        (key.wrapping_mul(0xC2B2_AE3D) >> 20) as usize
    }
}

fn is_double(other: &Print, print: &Print) -> bool {
    let (a, b) = (&other.glyph, &print.glyph);
    if a.text != b.text {
        return false;
    }
    let (along, across) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let distance = along.hypot(across);
    // Condensed digits stand close to each other: what is equal and half a width away is no second drawing.
    let bold = BOLD * if b.width > 0.0 { b.size.min(b.width * 4.0) } else { b.size };
    if distance < bold || across <= LEVEL * b.size && along < (OVERLAP.0 * b.width).min(OVERLAP.1 * b.size) {
        return true;
    }
    let apart = across > LEVEL * b.size || other.ink != print.ink;
    apart && distance < SHADOW * b.size && along < ALONG * b.width && (a.size - b.size).abs() <= ALIKE * b.size
}
