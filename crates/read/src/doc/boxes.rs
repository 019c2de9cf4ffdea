//! Text boxes and notes: where in the main text they are anchored.
//!
//! Owns the tables of anchors and the tree of shapes. Refuses what shapes look like, but for those that are hidden.

use std::collections::{HashMap, HashSet};

use crate::bytes::{part, place_at, u16_at, u32_at};

/// Shapes of a document, and groups of shapes within groups.
const MAX_SHAPES: usize = 100_000;
const MAX_DEPTH: usize = 32;
/// Bytes of an anchor and of a text box in their tables.
const ANCHOR: usize = 26;
const BOX: usize = 22;

/// Records of drawings.
const DRAWING: u16 = 0xF002;
const GROUP: u16 = 0xF003;
const SHAPE: u16 = 0xF004;
const SHAPE_NUMBER: u16 = 0xF00A;
const PROPERTIES: u16 = 0xF00B;
/// The property whose second bit hides, if the same bit of its upper half says that it counts.
const MARKS: u16 = 0x03BF;
const HIDDEN: u32 = 0x0002_0002;

/// What is anchored in the main text, by the number of the character there.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Stretches of text of boxes, each its first character and one past its last.
    boxes: HashMap<usize, Vec<(usize, usize)>>,
    /// Notes whose mark is the text that follows.
    marks: HashSet<usize>,
}

/// The tables that say where things are anchored.
#[derive(Debug, Default)]
pub(super) struct Tables<'a> {
    /// Shapes, text boxes, and the tree of shapes.
    pub anchors: &'a [u8],
    pub boxes: &'a [u8],
    pub drawings: &'a [u8],
    /// Footnotes and endnotes.
    pub notes: [&'a [u8]; 2],
    /// Number of the first character of text boxes.
    pub first: usize,
}

impl Anchors {
    pub(super) fn read(tables: &Tables<'_>) -> Self {
        let mut shapes = Shapes::default();
        if !tables.boxes.is_empty() {
            shapes.read(tables.drawings);
        }
        let mut at: HashMap<u32, usize> = HashMap::new();
        let count = tables.anchors.len().saturating_sub(4) / (ANCHOR + 4);
        for number in 0..count.min(MAX_SHAPES) {
            let shape = u32_at(tables.anchors, (count + 1) * 4 + number * ANCHOR);
            if let (Some(place), Some(shape)) = (place_at(tables.anchors, number * 4), shape) {
                at.insert(shape, place);
            }
        }
        let mut boxes: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        let count = tables.boxes.len().saturating_sub(4) / (BOX + 4);
        for number in 0..count.min(MAX_SHAPES) {
            let edge = |n: usize| place_at(tables.boxes, n * 4)?.checked_add(tables.first);
            let shape = u32_at(tables.boxes, (count + 1) * 4 + number * BOX + 14).unwrap_or(0);
            let outer = shapes.groups.get(&shape).copied().unwrap_or(shape);
            let hidden = shapes.hidden.contains(&shape) || shapes.hidden.contains(&outer);
            if let (Some(first), Some(end), Some(place)) = (edge(number), edge(number + 1), at.get(&outer))
                && first < end
                && !hidden
            {
                boxes.entry(*place).or_default().push((first, end));
            }
        }
        let mut marks = HashSet::new();
        for table in tables.notes {
            let count = table.len().saturating_sub(4) / 6;
            for number in 0..count.min(MAX_SHAPES) {
                let counted = u16_at(table, (count + 1) * 4 + number * 2) != Some(0);
                marks.extend(place_at(table, number * 4).filter(|_| !counted));
            }
        }
        Self { boxes, marks }
    }

    /// Takes the text boxes that are anchored at a character of the main text.
    pub(super) fn boxes(&mut self, place: usize) -> Vec<(usize, usize)> {
        self.boxes.remove(&place).unwrap_or_default()
    }

    /// Whether the mark of a note begins at a character.
    pub(super) fn is_mark(&self, place: usize) -> bool {
        self.marks.contains(&place)
    }
}

/// Shapes of a document.
#[derive(Debug, Default)]
struct Shapes {
    /// The outermost group of each shape within one.
    groups: HashMap<u32, u32>,
    hidden: HashSet<u32>,
}

impl Shapes {
    /// Reads drawings: what they share, then each with a byte before it.
    fn read(&mut self, drawings: &[u8]) {
        let Some(mut at) = record(drawings).map(|(_, data)| data.len().saturating_add(8)) else { return };
        while let Some((kind, data)) = drawings.get(at.saturating_add(1)..).and_then(record) {
            if kind == DRAWING {
                for (kind, data) in records(data).filter(|r| r.0 == GROUP) {
                    // The outermost group holds all others, and is itself none.
                    let _ = kind;
                    for (kind, data) in records(data) {
                        self.shape(kind, data, None, 0);
                    }
                }
            }
            at = at.saturating_add(9).saturating_add(data.len());
        }
    }

    /// Reads a shape or a group of shapes; a group's own shape comes first in it.
    fn shape(&mut self, kind: u16, data: &[u8], outer: Option<u32>, depth: usize) {
        if depth > MAX_DEPTH || self.groups.len() > MAX_SHAPES {
            return;
        }
        match kind {
            SHAPE => {
                let mut number = None;
                for (kind, data) in records(data) {
                    match kind {
                        SHAPE_NUMBER => number = u32_at(data, 0),
                        PROPERTIES => {
                            let hides = data.chunks_exact(6).any(|p| {
                                u16_at(p, 0) == Some(MARKS) && u32_at(p, 2).is_some_and(|m| m & HIDDEN == HIDDEN)
                            });
                            self.hidden.extend(number.filter(|_| hides));
                        }
                        _ => {}
                    }
                }
                if let (Some(number), Some(outer)) = (number, outer) {
                    self.groups.insert(number, outer);
                }
            }
            GROUP => {
                let own = records(data).next().filter(|r| r.0 == SHAPE);
                let own = own.and_then(|(_, data)| records(data).find(|r| r.0 == SHAPE_NUMBER));
                let outer = outer.or_else(|| own.and_then(|(_, data)| u32_at(data, 0)));
                for (kind, data) in records(data) {
                    self.shape(kind, data, outer, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// A record of a drawing: its kind, and what is in it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let length = place_at(bytes, 4)?;
    Some((u16_at(bytes, 2)?, part(bytes, 8, length)?))
}

/// Records one after another.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, data) = record(bytes)?;
        bytes = bytes.get(data.len().saturating_add(8)..).unwrap_or_default();
        Some((kind, data))
    })
}
