//! The font that stands in where a file carries none.
//!
//! Owns its bytes and the length by which it is told from a carried one. Refuses shapes: it has none.

use std::sync::{Arc, LazyLock};

use hayro_interpret::font::FontData;

/// What stands in for every font that a file does not carry: a font without a single outline whose advance is 0.
///
/// Nothing is drawn here, so shapes are of no use; and only with an advance of 0 does the interpreter leave the matrix of
/// a glyph alone, which it would otherwise stretch to the width that the file asks for, out of the reader's sight.
pub(super) static STAND_IN: LazyLock<FontData> = LazyLock::new(|| Arc::new(stand_in()));

/// Length of [`STAND_IN`], by which it is told from fonts that a file carries.
pub(super) const STAND_IN_LENGTH: usize = 12 + 4 * 16 + 56 + 36 + 4 + 8;

fn stand_in() -> Vec<u8> {
    let mut head = vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5, 0, 0];
    head.extend_from_slice(&1000_u16.to_be_bytes());
    head.resize(54, 0);
    let mut hhea = vec![0, 1];
    hhea.resize(35, 0);
    hhea.push(1);
    sfnt(&[(b"head", &head), (b"hhea", &hhea), (b"hmtx", &[0; 4]), (b"maxp", &[0, 0, 0x50, 0, 0, 1])])
}

/// A font file of these tables.
pub(super) fn sfnt(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let count = u8::try_from(tables.len()).unwrap_or(u8::MAX);
    let mut font = vec![0, 1, 0, 0, 0, count, 0, 64, 0, 2, 0, 0];
    let mut start = font.len() + 16 * tables.len();
    for (tag, table) in tables {
        font.extend_from_slice(*tag);
        for number in [0, start, table.len()] {
            font.extend_from_slice(&u32::try_from(number).unwrap_or(0).to_be_bytes());
        }
        start += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend_from_slice(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}
