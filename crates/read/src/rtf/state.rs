//! What the groups of an RTF file hold and say: text or something else, how it looks, where it stands; and rows.
//!
//! Owns what ends with a group, and what a row's definition says. Refuses to know where words come from.

use super::code::Charset;
use super::looks::Colours;
use crate::flow::{Down, Slot};
use crate::seen::{Look, Seen};

/// Cells of a row that are defined; Word allows 63.
const MAX_CELLS: usize = 1_024;

/// What the content of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Text,
    /// The font table.
    Fonts,
    /// The colour table, the sheet of styles.
    Colours,
    Styles,
    /// A shape, and the name and the value of one of its properties.
    Shape,
    Name,
    Value,
    /// The definition of a row of an inner table.
    InnerRow,
    Skipped,
}

/// What ends with the group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub kind: Kind,
    pub charset: Charset,
    /// Characters that stand in for a Unicode character and are not read; `None` is one.
    pub stand_ins: Option<usize>,
    /// How text looks by itself, by its style, and by that of its paragraph.
    pub own: Look,
    pub style: Look,
    pub paragraph: Look,
    /// What comes of that: what becomes of the text, and whether it is white.
    pub seen: Seen,
    pub white: bool,
    /// The ground of the paragraph is not white.
    pub filled: bool,
    /// Where in the paragraph's text the group begins, and whether a note in it has a number that is counted.
    pub from: usize,
    pub counted: bool,
    pub deleted: bool,
    pub in_table: bool,
    pub level: usize,
    pub heading: bool,
}

impl State {
    /// Sees anew what becomes of text.
    pub(super) fn judge(&mut self) {
        let look = self.own.over(self.style).over(self.paragraph);
        (self.seen, self.white) = (look.on_ground(), look.white == Some(true) && look.filled != Some(true));
    }
}

/// A row's definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub left: i32,
    pub slots: Vec<Slot>,
    /// The cell that the next `\cellx` ends.
    pub next: Slot,
}

impl Row {
    pub(super) fn word(&mut self, word: &[u8], value: i32, colours: &Colours) {
        match word {
            b"trowd" => *self = Self::default(),
            b"trleft" => self.left = value,
            b"clvmgf" => self.next.down = Down::First,
            b"clvmrg" => self.next.down = Down::Merged,
            b"clmgf" => self.next.joined = false,
            b"clmrg" => self.next.joined = true,
            b"clcbpat" => self.next.filled |= colours.fills(value),
            b"clshdng" => self.next.filled |= value > 0,
            b"cellx" => {
                let left = self.slots.last().map_or(self.left.min(value), |s| s.right);
                let slot = Slot { left, right: value, ..std::mem::take(&mut self.next) };
                if self.slots.len() < MAX_CELLS {
                    self.slots.push(slot);
                }
            }
            _ => {}
        }
    }
}

/// A shape that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub name: String,
    pub value: String,
    pub hidden: bool,
}

/// What is set aside while a text box is read.
pub(super) struct Aside {
    /// Groups that are open outside it.
    pub groups: usize,
    pub text: String,
    pub row: Row,
    pub inner_row: Row,
    pub base: usize,
}
