//! How text of an RTF file looks: control words of characters, colours, styles.
//!
//! Owns what the words mean for what is seen. Refuses everything that only adorns.

use std::collections::HashMap;

use crate::seen::Look;

/// Half points that text is raised or lowered by, from which on it stands off its line; without a number it is six.
const OFF_LINE: i32 = 2;
/// Half points of text that is too small to be seen.
const TINY: i32 = 3;
/// Styles based on styles.
const MAX_BASES: usize = 16;
/// Colours and styles that count.
const MAX_ENTRIES: usize = 10_000;

/// Colours by number: whether each is white; those that programs choose are not.
#[derive(Debug, Default)]
pub(super) struct Colours {
    white: Vec<bool>,
    /// Red, green and blue so far; `None` while nothing was said.
    open: [Option<i32>; 3],
}

impl Colours {
    /// A word of the table.
    pub(super) fn word(&mut self, word: &[u8], value: i32) {
        let place = match word {
            b"red" => 0,
            b"green" => 1,
            b"blue" => 2,
            _ => return,
        };
        if let Some(part) = self.open.get_mut(place) {
            *part = Some(value);
        }
    }

    /// The end of an entry.
    pub(super) fn end(&mut self) {
        let open = std::mem::take(&mut self.open);
        if self.white.len() < MAX_ENTRIES {
            self.white.push(open.iter().all(|part| part.is_some_and(|p| p >= 0xF8)));
        }
    }

    pub(super) fn is_white(&self, number: i32) -> bool {
        usize::try_from(number).ok().and_then(|n| self.white.get(n)).copied().unwrap_or(false)
    }

    /// Whether a ground of that colour is not white. Number 0 is no colour.
    pub(super) fn fills(&self, number: i32) -> bool {
        number > 0 && !self.is_white(number)
    }
}

/// What styles are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Character,
}

/// The sheet of styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_number: HashMap<(Family, i32), (Look, Option<i32>)>,
    /// The one that is being read.
    open: (Option<(Family, i32)>, Look, Option<i32>),
}

impl Styles {
    /// A word of a style.
    pub(super) fn word(&mut self, word: &[u8], value: Option<i32>, colours: &Colours) {
        match word {
            b"s" => self.open.0 = Some((Family::Paragraph, value.unwrap_or(0))),
            b"cs" => self.open.0 = Some((Family::Character, value.unwrap_or(0))),
            b"sbasedon" => self.open.2 = value,
            _ => look(&mut self.open.1, word, value, colours),
        }
    }

    /// The end of a style.
    pub(super) fn end(&mut self) {
        let (number, look, base) = std::mem::take(&mut self.open);
        // The first paragraph style need not say its number.
        let number = number.unwrap_or((Family::Paragraph, 0));
        if self.by_number.len() < MAX_ENTRIES {
            self.by_number.insert(number, (look, base));
        }
    }

    /// How text of a style looks.
    pub(super) fn get(&self, family: Family, number: i32) -> Look {
        let mut found = Look::default();
        let mut next = Some(number);
        for _ in 0..MAX_BASES {
            let Some((look, base)) = next.and_then(|number| self.by_number.get(&(family, number))) else { break };
            found = found.over(*look);
            next = *base;
        }
        found
    }
}

/// Takes a word into a look.
pub(super) fn look(look: &mut Look, word: &[u8], value: Option<i32>, colours: &Colours) {
    let on = Some(value != Some(0));
    let number = value.unwrap_or(0);
    match word {
        b"v" => look.hidden = on,
        b"strike" => look.struck = on,
        b"striked" => look.struck_twice = on,
        b"super" | b"sub" => look.script = on,
        b"nosupersub" => look.script = Some(false),
        b"up" | b"dn" => look.shifted = Some(value.unwrap_or(6) >= OFF_LINE),
        b"fs" => look.tiny = Some(number <= TINY),
        b"cf" => look.white = Some(colours.is_white(number)),
        b"highlight" | b"cb" | b"chcbpat" => look.filled = Some(colours.fills(number)),
        // White letters that throw shadows are seen.
        b"embo" | b"impr" | b"outl" | b"shad" if value != Some(0) => look.filled = Some(true),
        _ => {}
    }
}
