//! The sheet of styles: how text of a style looks.
//!
//! Owns inheritance. Refuses all of a style but what bears on what of its text is seen.

use super::runs::Chars;
use crate::bytes::{part, u16_at};
use crate::seen::Look;

/// Styles based on styles.
const MAX_BASES: usize = 16;
/// Styles of a document; numbers have twelve bits.
const MAX_STYLES: usize = 0xFFF;
/// Kinds of styles, and the number of the base of one that has none.
const PARAGRAPH: u16 = 1;
const CHARACTER: u16 = 2;
const NO_BASE: u16 = 0xFFF;

#[derive(Clone, Copy, Debug, Default)]
struct Style {
    look: Look,
    base: Option<u16>,
}

/// Styles by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
}

impl Styles {
    /// Reads the sheet. One that is damaged says nothing, from where it is.
    pub(super) fn read(sheet: &[u8]) -> Self {
        let mut styles = Vec::new();
        let head = u16_at(sheet, 0).map_or(0, usize::from);
        let count = u16_at(sheet, 2).map_or(0, usize::from).min(MAX_STYLES);
        // Bytes that come before a style's name.
        let fixed = u16_at(sheet, 4).map_or(0, usize::from);
        let mut at = head.saturating_add(2);
        while styles.len() < count
            && let Some(size) = u16_at(sheet, at).map(usize::from)
            && let Some(style) = part(sheet, at.saturating_add(2), size)
        {
            styles.push(read(style, fixed).unwrap_or_default());
            at = at.saturating_add(2).saturating_add(size);
        }
        Self { styles }
    }

    /// How text of a style looks.
    pub(super) fn get(&self, number: u16) -> Look {
        let mut look = Look::default();
        let mut next = Some(number);
        for _ in 0..MAX_BASES {
            let Some(style) = next.and_then(|n| self.styles.get(usize::from(n))) else { break };
            look = look.over(style.look);
            next = style.base;
        }
        look
    }
}

/// A style: its kind and base, its name, and lists of modifiers, of which that for characters comes last but for styles
/// of characters, where it is the only one.
fn read(style: &[u8], fixed: usize) -> Option<Style> {
    let kinds = u16_at(style, 2)?;
    let (kind, base) = (kinds & 0xF, kinds >> 4);
    let before = match kind {
        PARAGRAPH => 1,
        CHARACTER => 0,
        _ => return None,
    };
    let name = usize::from(u16_at(style, fixed)?);
    // The count, the name in UTF-16 and a zero.
    let mut at = fixed.checked_add(2)?.checked_add(name.checked_mul(2)?)?.checked_add(2)?;
    for _ in 0..before {
        let size = usize::from(u16_at(style, at)?);
        at = at.checked_add(2)?.checked_add(size.checked_add(1)? & !1)?;
    }
    let size = usize::from(u16_at(style, at)?);
    let mut chars = Chars::default();
    chars.apply(part(style, at.checked_add(2)?, size)?);
    Some(Style { look: chars.look, base: (base != NO_BASE).then_some(base) })
}
