//! Tables: cells collected while a table is open, and the grid they make when it closes.
//!
//! Owns spans, occupancy and the decision that a table only lays out a page. Refuses to know tags.

use nianbao_document::{Block, Cell, Document, Grid, Span};

/// Rows and cells of one table, beyond which its text becomes lines; and places that its cells may cover, beyond which
/// spans are cut.
pub(super) const MAX_PLACES: usize = 200_000;
/// Characters of a cell above which its table is taken for page layout.
pub(super) const MAX_CELL_CHARS: usize = 600;

/// One line of text of a cell, in the text of its table.
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) line: u32,
    pub(super) heading: bool,
}

pub(super) struct OpenCell {
    pub(super) line: u32,
    pub(super) col_span: usize,
    /// 0: to the end of the table.
    pub(super) row_span: usize,
    /// Where its pieces start; they end where those of the next cell start.
    pub(super) first_piece: usize,
}

/// Where in its table the reading is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    #[default]
    Table,
    Row,
    Cell,
}

/// A table that is still open, or just closed.
#[derive(Default)]
pub(super) struct Table {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) cells: Vec<OpenCell>,
    /// First cell of each row.
    pub(super) rows: Vec<usize>,
    pub(super) place: Place,
    pub(super) has_text: bool,
    /// Its text streams as lines; nothing is collected any more.
    pub(super) layout: bool,
}

impl Table {
    pub(super) fn is_full(&self) -> bool {
        self.cells.len() + self.rows.len() >= MAX_PLACES
    }

    pub(super) fn push_piece(&mut self, text: &str, line: u32, heading: bool) {
        if self.cells.last().is_some_and(|cell| cell.first_piece < self.pieces.len()) {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { start, end: self.text.len(), line, heading });
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
        filled > 1
    }

    /// Places the cells, row by row, without their text. `None` if a column number does not fit.
    ///
    /// A cell that would run into one from above keeps its place, as in browsers, but covers only what is free, so
    /// that no place of a grid has two cells.
    pub(super) fn place(&self) -> Option<Vec<Vec<Cell>>> {
        let height = self.rows.len();
        // For each column the first row in which it is free.
        let mut free_from: Vec<usize> = Vec::new();
        let mut budget = MAX_PLACES.saturating_sub(self.cells.len());
        let mut grid = Vec::with_capacity(height);
        for (row, &first) in self.rows.iter().enumerate() {
            let end = self.rows.get(row + 1).copied().unwrap_or(self.cells.len());
            let cells = self.cells.get(first..end).unwrap_or_default();
            let mut placed = Vec::with_capacity(cells.len());
            let mut column = 0;
            for cell in cells {
                while free_from.get(column).is_some_and(|&free| free > row) {
                    column += 1;
                }
                let free = (column..column + cell.col_span)
                    .take_while(|&at| free_from.get(at).is_none_or(|&free| free <= row))
                    .count();
                let width = free.min(budget + 1).max(1);
                budget -= width - 1;
                let below = height - row;
                let wanted = if cell.row_span == 0 { below } else { cell.row_span.min(below) };
                let tall = wanted.min(1 + budget / width).min(usize::from(u16::MAX));
                budget -= width * (tall - 1);

                if free_from.len() < column + width {
                    free_from.resize(column + width, 0);
                }
                for free in free_from.iter_mut().skip(column).take(width) {
                    *free = row + tall;
                }
                placed.push(Cell {
                    text: Span::default(),
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
        for (index, cell) in rows.iter_mut().flatten().enumerate() {
            cell.text = document.push_text(self.cell_text(index));
        }
        document.blocks.push(Block::Grid(Grid { rows }));
    }

    /// Gives up on the grid: what was collected becomes lines, and so does what follows.
    pub(super) fn become_layout(&mut self, document: &mut Document) {
        if !self.layout {
            self.layout = true;
            for piece in &self.pieces {
                let text = self.text.get(piece.start..piece.end).unwrap_or("");
                document.push_line(text, piece.line, piece.heading);
            }
            self.text = String::new();
            self.pieces = Vec::new();
            self.cells = Vec::new();
            self.rows = Vec::new();
        }
    }
}
