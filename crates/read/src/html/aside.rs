//! What a page holds but does not show at first: tabs, folds, drafts, and articles that a script puts in place.
//!
//! Owns the rule that tells them apart. An element that is hidden, and holds tables or a passage of text, may be a **tab**
//! or a **fold**, which a click opens, or a **draft** or copy that nobody sees. Pages do not say which, and scripts that
//! open tabs stand in other files. What decides is the page itself: *a hidden part that repeats what is shown is not
//! shown.*
//!
//! - A hidden part with a table that has the words of a shown one (half of its own words, or half of the other's) is a
//!   draft, an old year, a template or a copy for small screens; nothing of it is read, tables beside it included.
//! - Any other hidden part with a table is read where it stands, as are those whose tables repeat only each other.
//! - A hidden part without tables is read if it is a passage (three lines, sixty characters) of which the page shows less
//!   than a third; shorter ones are hints and titles.
//! - In the cell of a table of data, and in hidden rows and cells, nothing hidden is read; but a hidden row that the page
//!   opens by its id or class (a quoted name in a script, `data-target`, `onclick`) is read if no row that is open has its
//!   label.
//! - What is hidden within something hidden is compared with that too: a page that is veiled until it is loaded may hold
//!   a draft.
//! - An article in a script, a `textarea` or a hidden field is a hidden part; without a table it is none.
//! - Of parts that are the same letter by letter the first is read.
//!
//! Refuses to know tags and the official forms: a table is known by its words.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};

use crate::words::is_words;
use foldhash::fast::FixedState;
use nianbao_document::{Block, Document, Grid, Line};

/// Lines and characters of a passage.
const PASSAGE_LINES: usize = 3;
const PASSAGE_CHARS: usize = 60;
/// Tables that are remembered for one word.
const MAX_POSTINGS: usize = 16;

/// A part that is not shown at first.
#[derive(Debug)]
pub(super) struct Aside {
    /// The block before which it stands.
    pub(super) at: usize,
    pub(super) document: Document,
    pub(super) asides: Vec<Self>,
    /// It is no element of the page: without a table it is nothing.
    pub(super) article: bool,
}

impl Aside {
    /// Cells with text in all its tables.
    pub(super) fn cells(&self) -> usize {
        let filled = |g: &Grid| g.rows.iter().flatten().filter(|c| c.text.start < c.text.end).count();
        let own: usize = grids(&self.document).map(filled).sum();
        own + self.asides.iter().map(Self::cells).sum::<usize>()
    }

    /// Whether it may be shown at all, wherever it stands.
    pub(super) fn is_worth_keeping(&self) -> bool {
        !self.asides.is_empty() || grids(&self.document).next().is_some() || !self.article && is_passage(&self.document)
    }
}

/// Puts the parts that a click shows into a document.
pub(super) fn settle(document: Document, asides: Vec<Aside>) -> Document {
    if asides.is_empty() { document } else { Shown::of(&document, None).settle(document, asides) }
}

fn grids(document: &Document) -> impl Iterator<Item = &Grid> {
    document.blocks.iter().filter_map(|b| match b {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    })
}

fn lines(document: &Document) -> impl Iterator<Item = &str> {
    document.blocks.iter().filter_map(|b| match b {
        Block::Line(line) => Some(document.text(line.text)),
        Block::Grid(_) => None,
    })
}

fn is_passage(document: &Document) -> bool {
    let count = lines(document).take(PASSAGE_LINES).count();
    count >= PASSAGE_LINES && lines(document).map(|l| l.chars().count()).sum::<usize>() >= PASSAGE_CHARS
}

/// The words of a text as a number: neither figures nor marks; `None` for fewer than `least` characters.
fn words(text: &str, least: usize) -> Option<u64> {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    let mut count = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        hasher.write_u32(c as u32);
        count += 1;
    }
    (count >= least).then(|| hasher.finish())
}

fn words_of(grid: &Grid, document: &Document) -> Vec<u64> {
    let texts = grid.rows.iter().flatten().map(|c| document.text(c.text)).filter(|text| is_words(text));
    let mut all: Vec<u64> = texts.filter_map(|text| words(text, 2)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What is shown, at one level of hiding.
struct Shown<'o> {
    outer: Option<&'o Self>,
    /// The tables that have a word.
    tables: HashMap<u64, Vec<u32>>,
    /// Words of each table.
    sizes: Vec<usize>,
    lines: HashSet<u64>,
}

impl<'o> Shown<'o> {
    fn of(document: &Document, outer: Option<&'o Self>) -> Self {
        let mut shown = Self { outer, tables: HashMap::new(), sizes: Vec::new(), lines: HashSet::new() };
        for grid in grids(document) {
            let words = words_of(grid, document);
            let number = u32::try_from(shown.sizes.len()).unwrap_or(u32::MAX);
            shown.sizes.push(words.len());
            for word in words {
                let tables = shown.tables.entry(word).or_default();
                if tables.len() < MAX_POSTINGS {
                    tables.push(number);
                }
            }
        }
        shown.lines.extend(lines(document).filter_map(|l| words(l, 4)));
        shown
    }

    fn settle(&self, mut document: Document, asides: Vec<Aside>) -> Document {
        let mut same: HashSet<u64> = HashSet::new();
        let mut parts: Vec<(usize, Document)> = Vec::new();
        for aside in asides {
            let Aside { at, document: mut part, asides, article } = aside;
            let tables: Vec<_> = grids(&part).map(|g| words_of(g, &part)).filter(|w| w.len() > 1).collect();
            if tables.iter().any(|words| self.has_table(words)) {
                continue;
            }
            if !tables.is_empty() {
                // A tab, a fold, an article.
            } else if article || !is_passage(&part) || self.has_lines(&part) {
                part.blocks.retain(|b| matches!(b, Block::Grid(_)));
                if asides.is_empty() {
                    continue;
                }
            }
            let part = if asides.is_empty() { part } else { Shown::of(&part, Some(self)).settle(part, asides) };
            let mut hasher = FixedState::with_seed(1).build_hasher();
            hasher.write(part.arena().as_bytes());
            if !part.blocks.is_empty() && same.insert(hasher.finish()) {
                parts.push((at, part));
            }
        }
        if !parts.is_empty() {
            let blocks = std::mem::take(&mut document.blocks);
            let mut parts = parts.into_iter().peekable();
            for (number, block) in blocks.into_iter().enumerate() {
                while let Some((_, part)) = parts.next_if(|(at, _)| *at <= number) {
                    append(&mut document, &part);
                }
                document.blocks.push(block);
            }
            parts.for_each(|(_, part)| append(&mut document, &part));
        }
        document
    }

    /// Whether a table that is shown has the words of this one.
    fn has_table(&self, words: &[u64]) -> bool {
        let mut known = 0;
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for tables in words.iter().filter_map(|w| self.tables.get(w)) {
            known += 1;
            for table in tables {
                *counts.entry(*table).or_default() += 1;
            }
        }
        let half = |(table, count): (&u32, &usize)| {
            self.sizes.get(*table as usize).is_some_and(|size| *size > 2 && *count * 2 >= *size)
        };
        known * 2 >= words.len() || counts.iter().any(half) || self.outer.is_some_and(|o| o.has_table(words))
    }

    /// Whether a third of a passage is shown.
    fn has_lines(&self, document: &Document) -> bool {
        let (mut all, mut known) = (0, 0);
        for line in lines(document).filter_map(|l| words(l, 4)) {
            all += 1;
            known += usize::from(self.lines.contains(&line));
        }
        known * 3 >= all.max(1) || self.outer.is_some_and(|o| o.has_lines(document))
    }
}

/// Adds the blocks of another document.
pub(super) fn append(to: &mut Document, from: &Document) {
    for block in &from.blocks {
        append_block(to, from, block);
    }
}

/// Adds one block of another document.
pub(super) fn append_block(to: &mut Document, from: &Document, block: &Block) {
    match block {
        Block::Line(Line { text, line, heading }) => to.push_line(from.text(*text), *line, *heading),
        Block::Grid(grid) => {
            let mut grid = grid.clone();
            for cell in grid.rows.iter_mut().flatten() {
                cell.text = to.push_text(from.text(cell.text));
            }
            to.blocks.push(Block::Grid(grid));
        }
    }
}
