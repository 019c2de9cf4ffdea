//! The piece table: in which order the stored text is read.
//!
//! Owns the `Clx` structure and the order of characters, fast-saved files included. Refuses to know paragraphs and what
//! the characters mean.

use super::sprm;
use crate::bytes::{part, place_at, u16_at, u32_at};

/// A run of text that is stored in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Number of its first character in the whole text.
    pub first: usize,
    /// Characters (UTF-16 units) in it.
    pub count: usize,
    /// First byte in the stream `WordDocument`.
    pub start: usize,
    /// Two bytes a character; otherwise one, in Windows-1252.
    pub wide: bool,
    /// Properties that a fast save added.
    pub prm: u16,
}

/// The pieces of all text, and the properties that they refer to.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    pub pieces: Vec<Piece>,
    grpprls: Vec<&'a [u8]>,
}

/// What 0x80 to 0x9F mean in Windows-1252.
const CP1252: [u16; 32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
];

impl Piece {
    /// A character of the stream and where it is stored; `None` past the end of the stream.
    pub(super) fn unit(&self, stream: &[u8], number: usize) -> Option<(u16, usize)> {
        if self.wide {
            let at = self.start.checked_add(number.checked_mul(2)?)?;
            return Some((u16_at(stream, at)?, at));
        }
        let at = self.start.checked_add(number)?;
        let byte = *stream.get(at)?;
        let special = byte.checked_sub(0x80).and_then(|b| CP1252.get(usize::from(b)));
        Some((special.copied().unwrap_or(u16::from(byte)), at))
    }
}

impl<'a> Pieces<'a> {
    /// Reads a `Clx`, up to `most` characters. Those of footnotes, headers and text boxes follow the main text.
    ///
    /// `None` if it is damaged.
    pub(super) fn read(clx: &'a [u8], most: usize) -> Option<Self> {
        let mut grpprls = Vec::new();
        let mut at = 0_usize;
        while clx.get(at) == Some(&1) {
            let len = usize::from(u16_at(clx, at.checked_add(1)?)?);
            grpprls.push(part(clx, at.checked_add(3)?, len)?);
            at = at.checked_add(3)?.checked_add(len)?;
        }
        if clx.get(at) != Some(&2) {
            return None;
        }
        let len = place_at(clx, at.checked_add(1)?)?;
        let body = clx.get(at.checked_add(5)?..)?;
        let plc = body.get(..len).unwrap_or(body);
        let count = plc.len().checked_sub(4)? / 12;
        let descriptors = count.checked_add(1)?.checked_mul(4)?;
        let mut pieces = Vec::with_capacity(count);
        for number in 0..count {
            let first = place_at(plc, number * 4)?;
            let end = place_at(plc, number * 4 + 4)?.min(most);
            if first >= end {
                // Empty pieces occur.
                continue;
            }
            let descriptor = part(plc, descriptors.checked_add(number.checked_mul(8)?)?, 8)?;
            let (fc, prm) = (u32_at(descriptor, 2)?, u16_at(descriptor, 6)?);
            let wide = fc & 0x4000_0000 == 0;
            let start = usize::try_from(fc & 0x3FFF_FFFF).ok()?;
            let start = if wide { start } else { start / 2 };
            pieces.push(Piece { first, count: end - first, start, wide, prm });
        }
        Some(Self { pieces, grpprls })
    }

    /// The property modifiers that a fast save gave a piece: a list of them, or a single one with a byte's value.
    pub(super) fn modifiers(&self, piece: &Piece) -> Modifiers<'a> {
        if piece.prm & 1 == 1 {
            let list = self.grpprls.get(usize::from(piece.prm >> 1)).copied();
            return list.map_or(Modifiers::None, Modifiers::List);
        }
        let [kind, value] = piece.prm.to_le_bytes();
        let code = match kind >> 1 {
            0x18 => sprm::IN_TABLE,
            0x19 => sprm::ROW_END,
            0x41 => sprm::DELETED,
            0x57 => sprm::STRIKE,
            0x5C => sprm::VANISH,
            0x68 => sprm::SCRIPT,
            0x73 => sprm::STRIKE_TWICE,
            _ => return Modifiers::None,
        };
        Modifiers::One(code, value)
    }
}

/// Properties of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifiers<'a> {
    None,
    One(u16, u8),
    List(&'a [u8]),
}
