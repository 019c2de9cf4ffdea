//! How cells look, and how their numbers are shown.
//!
//! Owns fonts, fills and number formats as far as they bear on what is seen. Refuses what depends on values.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::format::Format;
use super::records::{Records, text};
use crate::bytes::{u16_at, u32_at};
use crate::seen::Look;

/// Points of text that is too small to be seen, in twentieths.
const TINY: u16 = 30;
/// Number formats, fonts, fills and styles that count, each.
const MAX_STYLES: usize = 100_000;

const FONT: u32 = 43;
const FORMAT: u32 = 44;
const FILL: u32 = 45;
const STYLE: u32 = 47;
const BEGIN_STYLES: u32 = 617;
const END_STYLES: u32 = 618;
const BEGIN_DIFFERENT: u32 = 505;
const END_DIFFERENT: u32 = 506;

/// The style of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub format: Rc<Format>,
    pub look: Look,
}

/// All styles of cells, by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    fonts: Vec<Look>,
    plain: Style,
}

impl Styles {
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut own: HashMap<u16, Rc<Format>> = HashMap::new();
        let (mut fonts, mut fills, mut styles) = (Vec::new(), Vec::new(), Vec::new());
        let (mut cells, mut different) = (false, false);
        for (kind, data) in Records::of(stream) {
            let number = |at: usize| u16_at(data, at).unwrap_or(0);
            match kind {
                BEGIN_STYLES => cells = true,
                END_STYLES => cells = false,
                BEGIN_DIFFERENT => different = true,
                END_DIFFERENT => different = false,
                _ if different => {}
                FONT if fonts.len() < MAX_STYLES => fonts.push(font(data)),
                FORMAT if own.len() < MAX_STYLES => {
                    let code = text(data, 2).map(|(code, _)| code).unwrap_or_default();
                    own.insert(number(0), Rc::new(Format::of_code(&code)));
                }
                FILL if fills.len() < MAX_STYLES => {
                    let pattern = u32_at(data, 0).unwrap_or(0);
                    fills.push(pattern != 0 && !(pattern == 1 && is_white(data, 4)));
                }
                STYLE if cells && styles.len() < MAX_STYLES => {
                    let look = fonts.get(usize::from(number(4))).copied().unwrap_or_default();
                    let format = own.get(&number(2)).cloned();
                    let format = format.unwrap_or_else(|| Rc::new(Format::built_in(u32::from(number(2)))));
                    styles.push(Style {
                        format,
                        look: Look { filled: fills.get(usize::from(number(6))).copied(), ..look },
                    });
                }
                _ => {}
            }
        }
        Self { styles, fonts, plain: Style::default() }
    }

    /// A style. One that is not defined changes nothing.
    pub(super) fn get(&self, number: u32) -> &Style {
        usize::try_from(number).ok().and_then(|at| self.styles.get(at)).unwrap_or(&self.plain)
    }

    pub(super) fn font(&self, number: u16) -> Look {
        self.fonts.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Whether some cells have white text.
    pub(super) fn are_white(&self) -> bool {
        self.styles.iter().any(|s| s.look.white == Some(true) && s.look.filled != Some(true))
    }
}

fn font(data: &[u8]) -> Look {
    let number = |at: usize| u16_at(data, at).unwrap_or(0);
    Look {
        struck: Some(number(2) & 8 != 0),
        script: Some(number(6) != 0),
        tiny: Some((1..=TINY).contains(&number(0))),
        white: Some(is_white(data, 12)),
        ..Look::default()
    }
}

/// Whether a colour is that of paper: white, the first of the theme, or one of two places of the old palette.
fn is_white(data: &[u8], at: usize) -> bool {
    let Some([kind, index, low, high, red, green, blue]) = data.get(at..).and_then(|c| c.first_chunk()) else {
        return false;
    };
    match kind >> 1 {
        1 => matches!(index, 1 | 9),
        2 => [red, green, blue].into_iter().all(|channel| *channel == 0xFF),
        3 => *index == 0 && i16::from_le_bytes([*low, *high]).unsigned_abs() < 1_000,
        _ => false,
    }
}
