//! Property modifiers (`sprm`): what a paragraph and a row are.
//!
//! Owns the few modifiers that say where text stands: table membership, row ends, cell edges, merges and grounds; and
//! the names of those that say what of the text is seen. Refuses all that only adorns.

use crate::bytes::{i16_at, part, place_at, u16_at};
use crate::flow::{Down, Slot};

pub(super) const IN_TABLE: u16 = 0x2416;
pub(super) const ROW_END: u16 = 0x2417;
pub(super) const DELETED: u16 = 0x0800;
pub(super) const VANISH: u16 = 0x083C;
pub(super) const STRIKE: u16 = 0x0837;
pub(super) const STRIKE_TWICE: u16 = 0x2A53;
pub(super) const SCRIPT: u16 = 0x2A48;
pub(super) const POSITION: u16 = 0x4845;
pub(super) const SIZE: u16 = 0x4A43;
pub(super) const COLOUR: u16 = 0x2A42;
pub(super) const COLOUR_REF: u16 = 0x6870;
pub(super) const HIGHLIGHT: u16 = 0x2A0C;
pub(super) const SHADING: u16 = 0xCA71;
pub(super) const OLD_SHADING: u16 = 0x4866;
/// Letters that throw shadows: outlined, shadowed, engraved, embossed.
pub(super) const SHADOWED: [u16; 4] = [0x0838, 0x0839, 0x0854, 0x0858];
pub(super) const STYLE: u16 = 0x4A30;
pub(super) const PICTURE: u16 = 0x6A03;
pub(super) const DATA: u16 = 0x0806;
pub(super) const SYMBOL: u16 = 0x6A09;
/// White, of the sixteen colours that have numbers.
pub(super) const WHITE: u8 = 8;
/// Half points that text is raised or lowered by, from which on it stands off its line.
pub(super) const OFF_LINE: u16 = 2;
/// Half points of text that is too small to be seen.
pub(super) const TINY: u16 = 3;
const PARAGRAPH_SHADING: u16 = 0xC64D;
const OLD_PARAGRAPH_SHADING: u16 = 0x442D;
/// Grounds of a row's cells, 22 of them each; and in the old way.
const CELL_SHADINGS: [u16; 3] = [0xD612, 0xD616, 0xD60C];
const OLD_CELL_SHADINGS: u16 = 0xD609;
const INNER_CELL_END: u16 = 0x244B;
const INNER_ROW_END: u16 = 0x244C;
const OUTLINE_LEVEL: u16 = 0x2640;
const DEPTH: u16 = 0x6649;
const DEPTH_CHANGE: u16 = 0x664A;
/// Modifiers in the stream `Data`, which stand for all that follow; the first is Word 97's number for it.
const HUGE: [u16; 2] = [0x6645, 0x6646];
const TABLE_PROPERTIES: u16 = 0x646B;
const TAB_STOPS: u16 = 0xC615;
const DEFINE_ROW: [u16; 2] = [0xD608, 0xD606];
const MERGE: u16 = 0x5624;
const SPLIT: u16 = 0x5625;
const DELETE_CELLS: u16 = 0x5622;
const INSERT_CELLS: u16 = 0x7621;
const COLUMN_WIDTH: u16 = 0x7623;
const VERTICAL_MERGE: u16 = 0xD62B;
/// Cells of a row that the format can number.
const MAX_CELLS: usize = 255;

/// The modifiers of a list, up to the first that is cut off.
pub(super) fn each(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        let start = at.checked_add(2)?;
        let first = || list.get(start).copied().map(usize::from);
        let (start, len) = match code >> 13 {
            0 | 1 => (start, 1),
            2 | 4 | 5 => (start, 2),
            3 => (start, 4),
            7 => (start, 3),
            // Its two-byte length counts one byte more than follow.
            _ if DEFINE_ROW.contains(&code) => {
                (start.checked_add(2)?, usize::from(u16_at(list, start)?).saturating_sub(1))
            }
            _ if code == TAB_STOPS && first() == Some(255) => (start.checked_add(1)?, tab_stops(list, start)?),
            _ => (start.checked_add(1)?, first()?),
        };
        let operand = part(list, start, len)?;
        at = start.checked_add(len)?;
        Some((code, operand))
    })
}

/// Bytes of a tab stop list that is too long to state them: four for each deleted, three for each added.
fn tab_stops(list: &[u8], start: usize) -> Option<usize> {
    let deleted = usize::from(*list.get(start.checked_add(1)?)?).checked_mul(4)?;
    let added = usize::from(*list.get(start.checked_add(2)?.checked_add(deleted)?)?).checked_mul(3)?;
    deleted.checked_add(added)?.checked_add(2)
}

/// What a paragraph is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub in_table: bool,
    /// Its mark (0x07) ends a row.
    pub row_end: bool,
    /// Its mark (0x0D) ends a cell of an inner table.
    pub inner_cell_end: bool,
    /// Its mark (0x0D) ends a row of an inner table.
    pub inner_row_end: bool,
    pub heading: bool,
    /// Its ground is not white.
    pub filled: bool,
    level: i32,
    row: Definition,
}

/// The cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Definition {
    /// Edges, in twips; one more than cells.
    edges: Vec<i32>,
    /// Merges, as the format's `TC80` gives them.
    flags: Vec<u16>,
    /// Cells whose ground is not white.
    filled: Vec<bool>,
}

/// Whether a colour is white: red, green, blue, and a mark for what programs choose.
pub(super) fn is_white(colour: &[u8]) -> bool {
    matches!(colour, [red, green, blue, 0, ..] if *red.min(green).min(blue) >= 0xF8)
}

/// Whether a shading shows another colour than white: its colours, and its pattern.
pub(super) fn is_filled(shading: &[u8]) -> bool {
    let (back, pattern) = (shading.get(4..8).unwrap_or_default(), u16_at(shading, 8).unwrap_or(0));
    let plain = back.last().is_none_or(|mark| *mark == 0xFF) || is_white(back);
    pattern != 0 && pattern != 0xFFFF || !plain
}

/// The same in the old way: numbers of colours, and a pattern.
pub(super) fn is_filled_80(shading: u16) -> bool {
    let (back, pattern) = (shading >> 5 & 0x1F, shading >> 10);
    shading != 0xFFFF && (pattern != 0 || back != 0 && back != u16::from(WHITE))
}

impl Paragraph {
    /// Applies a list of modifiers. `data` is the stream to which a list may refer.
    pub(super) fn apply(&mut self, list: &[u8], data: &[u8]) {
        for (code, operand) in each(list) {
            if HUGE.contains(&code) || code == TABLE_PROPERTIES {
                let list = place_at(operand, 0).and_then(|at| {
                    let len = usize::from(u16_at(data, at)?);
                    part(data, at.checked_add(2)?, len)
                });
                // A list in `Data` refers to no other.
                for (code, operand) in each(list.unwrap_or(&[])) {
                    self.one(code, operand);
                }
                if HUGE.contains(&code) {
                    return;
                }
            } else {
                self.one(code, operand);
            }
        }
    }

    /// Applies one modifier.
    pub(super) fn one(&mut self, code: u16, operand: &[u8]) {
        let on = operand.first().is_some_and(|b| *b != 0);
        let number = || place_at(operand, 0).map(|n| i32::try_from(n).unwrap_or(-1));
        match code {
            IN_TABLE => self.in_table = on,
            ROW_END => self.row_end = on,
            INNER_CELL_END => self.inner_cell_end = on,
            INNER_ROW_END => self.inner_row_end = on,
            OUTLINE_LEVEL => self.heading = operand.first().is_some_and(|b| *b < 9),
            PARAGRAPH_SHADING => self.filled = is_filled(operand),
            OLD_PARAGRAPH_SHADING => self.filled = u16_at(operand, 0).is_some_and(is_filled_80),
            DEPTH => self.level = number().unwrap_or(0),
            DEPTH_CHANGE => {
                let change = operand.first_chunk().map_or(0, |b| i32::from_le_bytes(*b));
                self.level = self.level.saturating_add(change);
            }
            _ => {
                // A modifier that is cut off changes nothing.
                let _ = self.row.one(code, operand);
            }
        }
    }

    /// How deep in tables it stands; 0 is outside.
    pub(super) fn depth(&self) -> usize {
        if !self.in_table && self.level <= 0 {
            return 0;
        }
        usize::try_from(self.level).unwrap_or(0).max(1)
    }

    /// The places of the cells of the row that it ends.
    pub(super) fn slots(&self) -> Vec<Slot> {
        self.row.slots()
    }
}

impl Definition {
    fn one(&mut self, code: u16, operand: &[u8]) -> Option<()> {
        let (first, second) = (operand.first().copied().map(usize::from), operand.get(1).copied().map(usize::from));
        match code {
            _ if DEFINE_ROW.contains(&code) => {
                let count = first?;
                let edge = |n: usize| i16_at(operand, n * 2 + 1).map(i32::from);
                self.edges = (0..=count).map(edge).collect::<Option<_>>()?;
                let cells = count * 2 + 3;
                // Trailing cells without properties are not stored.
                self.flags = (0..count).map(|n| u16_at(operand, cells + n * 20).unwrap_or(0)).collect();
            }
            OLD_CELL_SHADINGS => {
                let shadings = operand.chunks_exact(2).filter_map(|s| u16_at(s, 0));
                self.fill(0, shadings.map(is_filled_80));
            }
            _ if CELL_SHADINGS.contains(&code) => {
                let part = CELL_SHADINGS.iter().position(|c| *c == code)?;
                self.fill(part * 22, operand.chunks_exact(10).map(is_filled));
            }
            VERTICAL_MERGE => {
                let flags = self.flags.get_mut(first?)?;
                *flags = *flags & !0x60 | u16::from(*operand.get(1)? & 3) << 5;
            }
            MERGE | SPLIT => {
                for (n, flags) in self.flags.get_mut(first?..second?)?.iter_mut().enumerate() {
                    *flags &= !3;
                    if code == MERGE {
                        *flags |= if n == 0 { 1 } else { 2 };
                    }
                }
            }
            DELETE_CELLS => {
                let (from, to) = (first?, second?.min(self.flags.len()));
                if from < to {
                    let width = self.edges.get(to)?.checked_sub(*self.edges.get(from)?)?;
                    self.flags.drain(from..to);
                    self.edges.drain(from..to);
                    self.shift(from, width.saturating_neg());
                }
            }
            INSERT_CELLS => {
                let (from, count) = (first?.min(self.flags.len()), second?);
                let width = i32::from(i16_at(operand, 2)?);
                let start = self.edges.get(from).copied().unwrap_or(0);
                if self.flags.len().checked_add(count)? > MAX_CELLS || width < 0 {
                    return None;
                }
                self.shift(from, width.saturating_mul(i32::try_from(count).ok()?));
                if self.edges.is_empty() {
                    self.edges.push(width.saturating_mul(i32::try_from(count).ok()?));
                }
                for n in 0..count {
                    let edge = start.saturating_add(width.saturating_mul(i32::try_from(n).ok()?));
                    self.edges.insert(from + n, edge);
                    self.flags.insert(from + n, 0);
                }
            }
            COLUMN_WIDTH => {
                let width = i32::from(i16_at(operand, 2)?);
                for n in first?..second?.min(self.flags.len()) {
                    let old = self.edges.get(n + 1)?.checked_sub(*self.edges.get(n)?)?;
                    self.shift(n + 1, width.saturating_sub(old));
                }
            }
            _ => {}
        }
        Some(())
    }

    /// States the grounds of cells from a number on.
    fn fill(&mut self, from: usize, filled: impl Iterator<Item = bool>) {
        for (number, filled) in (from..MAX_CELLS).zip(filled) {
            if self.filled.len() <= number {
                self.filled.resize(number + 1, false);
            }
            // What is stated twice is the same in two ways.
            if let Some(place) = self.filled.get_mut(number) {
                *place |= filled;
            }
        }
    }

    /// Moves the edges from number `from` on.
    fn shift(&mut self, from: usize, by: i32) {
        for edge in self.edges.iter_mut().skip(from) {
            *edge = edge.saturating_add(by);
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(self.flags.len());
        // The horizontal mark of the first cell of a merged run. Sources disagree which of 1 and 2 begins a run, so the
        // leftmost cell of a run tells; 3 always begins one.
        let mut begun = 0;
        for (number, (edges, flags)) in self.edges.windows(2).zip(&self.flags).enumerate() {
            let &[left, right] = edges else { continue };
            let mark = flags & 3;
            let joined = begun != 0 && mark != 0 && mark != 3 && mark != begun;
            if !joined {
                begun = mark;
            }
            let down = match (flags >> 5) & 3 {
                0 => Down::Alone,
                1 => Down::Merged,
                _ => Down::First,
            };
            let filled = self.filled.get(number).copied().unwrap_or(false);
            slots.push(Slot { left, right, down, joined, filled });
        }
        slots
    }
}
