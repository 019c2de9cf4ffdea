//! Formatted disk pages: which properties belong to which stored text.
//!
//! Owns the pages of paragraphs and of characters. Refuses to know what properties mean, but for those that say what of
//! the text is seen, or replace it.

use super::sprm;
use crate::bytes::{part, place_at, u16_at, u32_at};
use crate::seen::Look;

const PAGE: usize = 512;

/// A stretch of the stream `WordDocument` and something that holds for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<T> {
    start: usize,
    end: usize,
    what: T,
}

/// Stretches, by their first byte.
#[derive(Debug)]
pub(super) struct Runs<T> {
    runs: Vec<Run<T>>,
}

/// What is stored about a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored<'a> {
    /// Number of its style; 1 to 9 are the headings.
    pub style: u16,
    /// Its modifiers.
    pub list: &'a [u8],
}

/// What is said of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chars {
    /// How they look.
    pub look: Look,
    /// Number of their style.
    pub style: Option<u16>,
    /// Deleted with tracking.
    pub deleted: bool,
    /// A character of a symbol font.
    pub symbol: Option<char>,
    /// A picture.
    pub picture: bool,
}

impl<T: Copy> Runs<T> {
    /// What holds for a byte of the stream.
    pub(super) fn at(&self, place: usize) -> Option<T> {
        self.stretch(place).0
    }

    /// The same, and where the stretch ends for which it holds.
    pub(super) fn stretch(&self, place: usize) -> (Option<T>, usize) {
        let number = self.runs.partition_point(|r| r.start <= place);
        let next = self.runs.get(number).map_or(usize::MAX, |r| r.start);
        let run = number.checked_sub(1).and_then(|n| self.runs.get(n)).filter(|r| place < r.end);
        run.map_or((None, next), |r| (Some(r.what), r.end.min(next)))
    }

    /// Reads the pages that `plc` lists. `what` is given a page and the number of a run, and of runs, in it.
    fn read<'a>(stream: &'a [u8], plc: &[u8], what: impl Fn(&'a [u8], usize, usize) -> Option<T>) -> Self {
        let mut runs = Vec::new();
        let count = plc.len().saturating_sub(4) / 8;
        // More pages than the stream can hold are a trick.
        for number in 0..count.min(stream.len() / PAGE + 1) {
            let at = count.saturating_add(1).saturating_mul(4).saturating_add(number.saturating_mul(4));
            let Some(page) = u32_at(plc, at)
                .and_then(|n| usize::try_from(n & 0x3F_FFFF).ok()?.checked_mul(PAGE))
                .and_then(|at| part(stream, at, PAGE))
            else {
                continue;
            };
            let inside = usize::from(page.last().copied().unwrap_or(0)).min(PAGE / 4);
            for run in 0..inside {
                let (start, end) = (place_at(page, run * 4), place_at(page, run * 4 + 4));
                if let (Some(start), Some(end), Some(what)) = (start, end, what(page, run, inside)) {
                    runs.push(Run { start, end, what });
                }
            }
        }
        runs.sort_by_key(|r| r.start);
        Self { runs }
    }
}

/// Paragraphs.
pub(super) fn paragraphs<'a>(stream: &'a [u8], plc: &[u8]) -> Runs<Stored<'a>> {
    Runs::read(stream, plc, |page, run, count| {
        let default = Stored { style: 0, list: &[] };
        // Four bytes a boundary, then 13 a run, of which the first says where.
        let at = usize::from(*page.get((count + 1) * 4 + run * 13)?) * 2;
        if at == 0 {
            return Some(default);
        }
        let words = usize::from(*page.get(at)?);
        let body = if words == 0 {
            part(page, at + 2, usize::from(*page.get(at + 1)?) * 2)
        } else {
            part(page, at + 1, words * 2 - 1)
        };
        let Some(body) = body else { return Some(default) };
        Some(Stored { style: u16_at(body, 0).unwrap_or(0), list: body.get(2..).unwrap_or(&[]) })
    })
}

/// Characters of which something is said.
pub(super) fn chars(stream: &[u8], plc: &[u8]) -> Runs<Chars> {
    Runs::read(stream, plc, |page, run, count| {
        let at = usize::from(*page.get((count + 1) * 4 + run)?) * 2;
        let len = usize::from(*page.get(at)?);
        if at == 0 {
            return None;
        }
        let mut chars = Chars::default();
        chars.apply(part(page, at + 1, len)?);
        Some(chars)
    })
}

impl Chars {
    /// Applies a list of modifiers.
    pub(super) fn apply(&mut self, list: &[u8]) {
        for (code, operand) in sprm::each(list) {
            self.one(code, operand);
        }
    }

    /// Applies one modifier.
    pub(super) fn one(&mut self, code: u16, operand: &[u8]) {
        let first = operand.first().copied().unwrap_or(0);
        let number = || u16_at(operand, 0).unwrap_or(0);
        // As the style has it, or the opposite of that: styles of text that is struck out or hidden are rare.
        let toggle = || match first {
            0x80 => None,
            other => Some(other & 0x7F != 0),
        };
        match code {
            sprm::DELETED => self.deleted = first & 0x7F != 0,
            sprm::VANISH => self.look.hidden = toggle(),
            sprm::STRIKE => self.look.struck = toggle(),
            sprm::STRIKE_TWICE => self.look.struck_twice = Some(first != 0),
            sprm::SCRIPT => self.look.script = Some(first == 1 || first == 2),
            sprm::POSITION => self.look.shifted = Some(number().cast_signed().unsigned_abs() >= sprm::OFF_LINE),
            sprm::SIZE => self.look.tiny = Some(number() <= sprm::TINY),
            sprm::COLOUR => self.look.white = Some(first == sprm::WHITE),
            sprm::COLOUR_REF => self.look.white = Some(sprm::is_white(operand)),
            sprm::HIGHLIGHT => self.look.filled = Some(first != 0 && first != sprm::WHITE),
            sprm::SHADING => self.look.filled = Some(sprm::is_filled(operand)),
            sprm::OLD_SHADING => self.look.filled = Some(sprm::is_filled_80(number())),
            _ if sprm::SHADOWED.contains(&code) && first & 0x7F != 0 => self.look.filled = Some(true),
            sprm::STYLE => self.style = Some(number()),
            sprm::PICTURE => self.picture = true,
            // What a form holds besides its field.
            sprm::DATA if first != 0 => self.picture = false,
            sprm::SYMBOL => self.symbol = u16_at(operand, 2).and_then(|c| char::from_u32(u32::from(c))),
            _ => {}
        }
    }
}
