//! Tables: cells collected while a table is open, and the grid they make when it closes.
//!
//! Owns spans, occupancy, the order of heads, bodies and feet, and the decision that a table only lays out a page. Refuses
//! to know tags.

use std::ops::Range;

use nianbao_document::{Block, Cell, Document, Grid, OBJECT, Span};

use super::aside::Aside;
use super::line::is_note_mark;
use crate::beside;
use crate::words::is_words;
use crate::work;

/// Rows and cells of one table, beyond which its text becomes lines; and places that its cells may cover, beyond which
/// spans are cut.
pub(super) const MAX_PLACES: usize = 200_000;
/// Characters of a cell above which its table is taken for page layout.
pub(super) const MAX_CELL_CHARS: usize = 600;

/// One line of text of a cell, in the text of its table.
#[derive(Clone, Default)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) line: u32,
    pub(super) heading: bool,
    /// All of it stands above or below its line.
    pub(super) raised: bool,
    /// All of it are values of controls: in a table that lays out a page they are for searching.
    pub(super) value: bool,
}

#[derive(Default)]
pub(super) struct OpenCell {
    pub(super) line: u32,
    pub(super) col_span: usize,
    /// 0: to the end of the table.
    pub(super) row_span: usize,
    /// Where its pieces start; they end where those of the next cell start.
    pub(super) first_piece: usize,
    /// It holds something that is seen and is no text.
    pub(super) object: bool,
}

/// Where in its table the reading is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    #[default]
    Table,
    Row,
    Cell,
}

/// Where rows stand, whatever their order in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
    Foot,
}

/// A table that is still open, or just closed.
#[derive(Default)]
pub(super) struct Table {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) cells: Vec<OpenCell>,
    /// First cell of each row.
    pub(super) rows: Vec<usize>,
    /// First row of each section; rows before the first are a section too.
    pub(super) sections: Vec<(usize, Section)>,
    /// Rows that a click opens, in order.
    pub(super) folds: Vec<usize>,
    /// Parts that are not shown at first, by the piece before which they stand.
    pub(super) asides: Vec<(usize, Aside)>,
    pub(super) place: Place,
    pub(super) has_text: bool,
    /// Its text streams as lines; nothing is collected any more.
    pub(super) layout: bool,
    /// Some piece is raised.
    raised: bool,
}

impl Table {
    pub(super) fn is_full(&self) -> bool {
        self.cells.len() + self.rows.len() >= MAX_PLACES
    }

    pub(super) fn push_piece(&mut self, text: &str, piece: &Piece) {
        if self.cells.last().is_some_and(|cell| cell.first_piece < self.pieces.len()) {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.raised |= piece.raised;
        self.pieces.push(Piece { start, end: self.text.len(), ..*piece });
    }

    /// Takes the marks of notes out of the cell that ends, where they stand on lines of their own.
    pub(super) fn settle_cell(&mut self) {
        let first = self.cells.last().map_or(self.pieces.len(), |cell| cell.first_piece);
        if !std::mem::take(&mut self.raised) || first >= self.pieces.len() {
            return;
        }
        let pieces = self.pieces.split_off(first);
        let start = pieces.first().map_or(self.text.len(), |p| p.start);
        let text = self.text.split_off(start);
        let of = |piece: &Piece| text.get(piece.start - start..piece.end - start).unwrap_or("");
        let plain = pieces.iter().any(|p| !p.raised);
        for piece in pieces.iter().filter(|p| !plain || !p.raised || !is_note_mark(of(p))) {
            self.push_piece(of(piece), piece);
        }
        self.raised = false;
    }

    /// The text of a cell, line breaks included.
    pub(super) fn cell_text(&self, index: usize) -> &str {
        let first = self.cells.get(index).map_or(self.pieces.len(), |cell| cell.first_piece);
        let end = self.cells.get(index + 1).map_or(self.pieces.len(), |cell| cell.first_piece);
        match self.pieces.get(first..end) {
            Some([only]) => self.text.get(only.start..only.end).unwrap_or(""),
            Some([first, .., last]) => self.text.get(first.start..last.end).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether the table arranges data, not a page.
    pub(super) fn is_data(&self) -> bool {
        let mut filled = 0;
        for index in 0..self.cells.len() {
            let text = self.cell_text(index);
            if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
                return false;
            }
            filled += usize::from(!text.is_empty());
        }
        // A frame around tabs of which none is shown yet holds less than one of them; a table of data holds more than a hint.
        let hidden = self.asides.iter().map(|(_, aside)| aside.cells()).max().unwrap_or(0);
        filled > 1 && (hidden < 2 || hidden < filled)
    }

    /// The rows as they are shown, each with its cells in source order and where its section ends: rows of the first head
    /// come first, those of the first foot last. Most tables are shown as they stand.
    fn shown(&self) -> Vec<(Range<usize>, usize)> {
        let height = self.rows.len();
        let cells = |row: usize| {
            let start = self.rows.get(row).copied().unwrap_or(self.cells.len());
            start..self.rows.get(row + 1).copied().unwrap_or(self.cells.len())
        };
        let mut sections: Vec<(Range<usize>, Section)> = Vec::with_capacity(self.sections.len() + 1);
        let mut start = 0;
        let mut kind = Section::Body;
        for (row, next) in self.sections.iter().copied().chain([(height, Section::Body)]) {
            if row > start {
                sections.push((start..row, kind));
            }
            (start, kind) = (row, next);
        }
        let first = |kind: Section| sections.iter().position(|(_, k)| *k == kind);
        let (head, foot) = (first(Section::Head), first(Section::Foot));
        let bodies = (0..sections.len()).filter(|at| Some(*at) != head && Some(*at) != foot);
        let order = head.into_iter().chain(bodies).chain(foot);
        let left_out = self.repeated_folds();
        let mut shown = Vec::with_capacity(height);
        for (rows, _) in order.filter_map(|at| sections.get(at)) {
            let rows = rows.clone().filter(|row| left_out.binary_search(row).is_err());
            let end = shown.len() + rows.clone().count();
            shown.extend(rows.map(|row| (cells(row), end)));
        }
        shown
    }

    /// Rows that a click opens and that have the label of a row that is open: last year's figures, a draft.
    fn repeated_folds(&self) -> Vec<usize> {
        if self.folds.is_empty() {
            return Vec::new();
        }
        let label = |row: usize| {
            let start = self.rows.get(row).copied().unwrap_or(self.cells.len());
            let end = self.rows.get(row + 1).copied().unwrap_or(self.cells.len());
            (start..end).rev().map(|cell| self.cell_text(cell)).find(|text| is_words(text))
        };
        let open = (0..self.rows.len()).filter(|row| self.folds.binary_search(row).is_err());
        let labels: std::collections::HashSet<&str> = open.filter_map(label).collect();
        self.folds.iter().copied().filter(|row| label(*row).is_none_or(|label| labels.contains(label))).collect()
    }

    /// Places the cells, row by row; each has its number where its text will be. `None` if a column number does not fit.
    ///
    /// A cell that would run into one from above keeps its place, as in browsers, but covers only what is free, so
    /// that no place of a grid has two cells. No cell reaches out of its section.
    pub(super) fn place(&self) -> Option<Vec<Vec<Cell>>> {
        // For each column the first row in which it is free.
        let mut free_from: Vec<usize> = Vec::new();
        let mut budget = MAX_PLACES.saturating_sub(self.cells.len());
        let mut grid = Vec::with_capacity(self.rows.len());
        for (row, (range, end)) in self.shown().into_iter().enumerate() {
            let cells = self.cells.get(range.clone()).unwrap_or_default();
            let mut placed = Vec::with_capacity(cells.len());
            let mut column = 0;
            for (number, cell) in range.zip(cells) {
                while free_from.get(column).is_some_and(|&free| free > row) {
                    column += 1;
                    work::steps(1);
                }
                let free = (column..column + cell.col_span)
                    .take_while(|&at| free_from.get(at).is_none_or(|&free| free <= row))
                    .count();
                let width = free.min(budget + 1).max(1);
                budget -= width - 1;
                let below = end - row;
                let wanted = if cell.row_span == 0 { below } else { cell.row_span.min(below) };
                let tall = wanted.min(1 + budget / width).min(usize::from(u16::MAX));
                budget -= width * (tall - 1);
                work::steps(1 + free + width);

                if free_from.len() < column + width {
                    free_from.resize(column + width, 0);
                }
                for free in free_from.iter_mut().skip(column).take(width) {
                    *free = row + tall;
                }
                placed.push(Cell {
                    text: Span { start: u32::try_from(number).ok()?, end: 0 },
                    line: cell.line,
                    column: u16::try_from(column).ok()?,
                    col_span: u16::try_from(width).ok()?,
                    row_span: u16::try_from(tall).ok()?,
                });
                column += cell.col_span;
            }
            grid.push(placed);
        }
        Some(grid)
    }

    pub(super) fn write_grid(&self, mut rows: Vec<Vec<Cell>>, document: &mut Document) {
        for cell in rows.iter_mut().flatten() {
            let number = cell.text.start as usize;
            let text = self.cell_text(number);
            let object = text.is_empty() && self.cells.get(number).is_some_and(|cell| cell.object);
            cell.text =
                if object { document.push_text(OBJECT.encode_utf8(&mut [0; 4])) } else { document.push_text(text) };
        }
        for part in beside::parts(Grid { rows }, document) {
            document.blocks.push(Block::Grid(part));
        }
    }

    /// Gives up on the grid: what was collected becomes lines, and so does what follows.
    pub(super) fn become_layout(&mut self, document: &mut Document, asides: &mut Vec<Aside>) {
        if self.layout {
            return;
        }
        self.layout = true;
        let mut hidden = std::mem::take(&mut self.asides).into_iter().peekable();
        for (number, piece) in self.pieces.iter().enumerate() {
            while let Some((_, aside)) = hidden.next_if(|(at, _)| *at <= number) {
                asides.push(Aside { at: document.blocks.len(), ..aside });
            }
            if !piece.value {
                let text = self.text.get(piece.start..piece.end).unwrap_or("");
                document.push_line(text, piece.line, piece.heading);
            }
        }
        asides.extend(hidden.map(|(_, aside)| Aside { at: document.blocks.len(), ..aside }));
        self.text = String::new();
        self.pieces = Vec::new();
        self.cells = Vec::new();
        self.rows = Vec::new();
        self.sections = Vec::new();
        self.folds = Vec::new();
    }
}
