//! Formatted disk pages: which properties belong to which stored text.
//!
//! Owns the pages of paragraphs and of characters. Refuses to know what properties mean, but for those that hide text
//! or replace it.

use super::bytes::{part, place_at, u16_at, u32_at};
use super::sprm;

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

/// What makes a character other than it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Deleted with tracking, or hidden.
    Hidden,
    /// A character of a symbol font.
    Symbol(char),
}

impl<T: Copy> Runs<T> {
    /// What holds for a byte of the stream.
    pub(super) fn at(&self, place: usize) -> Option<T> {
        let number = self.runs.partition_point(|r| r.start <= place).checked_sub(1)?;
        self.runs.get(number).filter(|r| place < r.end).map(|r| r.what)
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

/// Characters that are not shown as stored.
pub(super) fn marks(stream: &[u8], plc: &[u8]) -> Runs<Mark> {
    Runs::read(stream, plc, |page, run, count| {
        let at = usize::from(*page.get((count + 1) * 4 + run)?) * 2;
        let len = usize::from(*page.get(at)?);
        if at == 0 { None } else { mark(part(page, at + 1, len)?) }
    })
}

/// What a list of modifiers makes of a character.
pub(super) fn mark(list: &[u8]) -> Option<Mark> {
    let mut found = None;
    for (code, operand) in sprm::each(list) {
        match code {
            sprm::DELETED | sprm::VANISH if operand.first().is_some_and(|b| *b & 0x7F != 0) => {
                return Some(Mark::Hidden);
            }
            sprm::SYMBOL => {
                let symbol = u16_at(operand, 2).and_then(|c| char::from_u32(u32::from(c)));
                found = symbol.map(Mark::Symbol);
            }
            _ => {}
        }
    }
    found
}
