//! The elements that are open.
//!
//! Owns which start and end tags close which elements, as far as reading depends on it, and what each element looks like
//! with all those around it. Refuses to know where text goes.

use std::ops::Range;

use super::tag::{Tag, key};
use super::value::{CLEAR, UNKNOWN, WHITE};
use crate::work;

/// Elements within elements; browsers flatten what is nested deeper.
const MAX_OPEN: usize = 512;

/// How text looks in the innermost element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Takes room, but nothing of it is seen.
    pub(super) unseen: bool,
    /// Too small to be seen; an element within may undo it.
    pub(super) tiny: bool,
    pub(super) struck: bool,
    /// Above or below its line.
    pub(super) raised: bool,
    /// The label of a button.
    pub(super) pressed: bool,
    /// Rows that a click opens.
    pub(super) folded: bool,
    /// Digits may not be what is seen of it.
    pub(super) doubtful: bool,
    pub(super) color: u32,
    pub(super) back: u32,
}

impl Look {
    pub(super) const PLAIN: Self = Self {
        unseen: false,
        tiny: false,
        struck: false,
        raised: false,
        pressed: false,
        folded: false,
        doubtful: false,
        color: UNKNOWN,
        back: WHITE,
    };

    /// Whether nothing of the text is seen, or it is crossed out.
    pub(super) fn is_lost(self) -> bool {
        self.unseen || self.tiny || self.struck
    }

    /// Whether the text may be something else than text of the line.
    pub(super) fn is_marked(self) -> bool {
        self.raised || self.pressed || self.doubtful || self.color != UNKNOWN
    }

    /// Whether declarations that hide, strike and raise nothing change nothing here: sizes, colours.
    pub(super) fn is_neutral(self) -> bool {
        !self.tiny && self.color == UNKNOWN && self.back == WHITE
    }

    /// Whether the text is as light as what lies behind it. What is not known is dark enough.
    pub(super) fn is_pale(self) -> bool {
        if self.color == CLEAR {
            return self.back != UNKNOWN;
        }
        let channels = |color: u32| [16, 8, 0].map(|by| color >> by & 0xFF);
        let near =
            channels(self.color).into_iter().zip(channels(self.back)).all(|(a, b)| a.abs_diff(b) <= 0x10 && a > 0xE0);
        near && self.color < CLEAR && self.back < CLEAR
    }
}

/// An open element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) key: u64,
    pub(super) kind: Tag,
    /// What a tag of its kind may close ends here: the cell of a hidden element is not in the table around it.
    pub(super) hides: bool,
    pub(super) id: u64,
    classes: Range<usize>,
    /// Elements in it so far.
    pub(super) children: u32,
    /// How text looks outside it.
    before: Look,
}

/// The open elements, outermost first.
#[derive(Debug)]
pub(super) struct Open {
    elements: Vec<Element>,
    classes: Vec<u64>,
    /// Elements beyond [`MAX_OPEN`].
    flattened: usize,
    pub(super) look: Look,
    /// Children of the page itself.
    children: u32,
}

impl Default for Open {
    fn default() -> Self {
        Self { elements: Vec::with_capacity(32), classes: Vec::new(), flattened: 0, look: Look::PLAIN, children: 0 }
    }
}

impl Open {
    pub(super) fn depth(&self) -> usize {
        self.elements.len()
    }

    pub(super) fn elements(&self) -> &[Element] {
        &self.elements
    }

    pub(super) fn classes_of(&self, element: &Element) -> &[u64] {
        self.classes.get(element.classes.clone()).unwrap_or_default()
    }

    /// Counts an element among its parent's and gives its number, from 1.
    pub(super) fn count_child(&mut self) -> u32 {
        let children = self.elements.last_mut().map_or(&mut self.children, |e| &mut e.children);
        *children = children.saturating_add(1);
        *children
    }

    /// Opens an element; `false` if it is nested too deep to be one.
    pub(super) fn push(&mut self, key: u64, kind: Tag, hides: bool, id: u64, classes: &[u64], look: Look) -> bool {
        if self.elements.len() >= MAX_OPEN {
            self.flattened += 1;
            return false;
        }
        let start = self.classes.len();
        self.classes.extend_from_slice(classes);
        let classes = start..self.classes.len();
        self.elements.push(Element { key, kind, hides, id, classes, children: 0, before: self.look });
        self.look = look;
        true
    }

    /// Closes the innermost element; says whether it hides what it holds.
    pub(super) fn pop(&mut self) -> bool {
        let Some(last) = self.elements.last() else { return false };
        let hides = last.hides;
        self.look = last.before;
        self.classes.truncate(last.classes.start);
        self.elements.truncate(self.elements.len() - 1);
        hides
    }

    /// The depth down to which an end tag closes elements; `None` if it closes none.
    pub(super) fn closed_by_end(&mut self, kind: Tag, key: u64) -> Option<usize> {
        if self.flattened > 0 && self.elements.last().is_none_or(|e| e.key != key) {
            self.flattened -= 1;
            return None;
        }
        for (at, element) in self.elements.iter().enumerate().rev() {
            work::steps(1);
            if element.key == key {
                return Some(at);
            }
            let barrier = match kind {
                Tag::Table => false,
                _ if kind.is_table_part() => element.kind == Tag::Table,
                _ => matches!(element.kind, Tag::Table | Tag::Cell),
            };
            if barrier {
                return None;
            }
        }
        None
    }

    /// The depth down to which a start tag closes elements, because it cannot stand in them.
    #[inline]
    pub(super) fn closed_by_start(&self, kind: Tag, key: u64) -> usize {
        if matches!(kind, Tag::Inline | Tag::Break) { self.elements.len() } else { self.closed_by(kind, key) }
    }

    fn closed_by(&self, kind: Tag, key: u64) -> usize {
        let depth = self.elements.len();
        if kind.is_table_part() {
            return self.closed_by_part(kind);
        }
        if kind == Tag::Unseen {
            let ends = READINGS.contains(&key) && self.elements.last().is_some_and(|e| READINGS.contains(&e.key));
            return depth - usize::from(ends);
        }
        if !kind.is_block() {
            return depth;
        }
        let mut closed = depth;
        for (at, element) in self.elements.iter().enumerate().rev() {
            work::steps(1);
            match element.kind {
                Tag::Paragraph => closed = at,
                Tag::Item if kind == Tag::Item => {
                    let defines = DEFINITIONS.contains(&element.key) && DEFINITIONS.contains(&key);
                    return if element.key == key || defines { at } else { closed };
                }
                _ if element.kind.is_inline() => {}
                // Only an item looks further up: through the blocks that stand in items, but out of no list.
                Tag::Block if kind == Tag::Item && !LISTS.contains(&element.key) => {}
                _ => break,
            }
        }
        closed
    }

    /// A part of a table closes the parts before it up to the one that may hold it.
    fn closed_by_part(&self, kind: Tag) -> usize {
        let holds = |within: Tag| match kind {
            Tag::Cell => within == Tag::Row || is_section(within),
            Tag::Row => is_section(within),
            _ => false,
        };
        let mut part = false;
        for (at, element) in self.elements.iter().enumerate().rev() {
            work::steps(1);
            if element.kind == Tag::Table {
                // What stands in a table without being a part of it stays open: browsers put it before the table.
                return if part { at + 1 } else { self.elements.len() };
            }
            if holds(element.kind) {
                return at + 1;
            }
            part |= element.kind.is_table_part();
        }
        self.elements.len()
    }
}

fn is_section(kind: Tag) -> bool {
    matches!(kind, Tag::Section | Tag::HeadRows | Tag::FootRows)
}

const LISTS: [u64; 5] = [key(b"ul"), key(b"ol"), key(b"dl"), key(b"menu"), key(b"dir")];
const READINGS: [u64; 3] = [key(b"rt"), key(b"rp"), key(b"rtc")];
const DEFINITIONS: [u64; 2] = [key(b"dd"), key(b"dt")];
