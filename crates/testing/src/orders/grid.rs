//! A table before it is written: cells with spans, in reading order.
//!
//! Owns where a cell stands. Refuses to know what a figure means or how a layout prints it.

/// A cell that begins at its place.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub cols: usize,
    pub rows: usize,
}

/// A cell of one place.
pub fn cell(text: impl Into<String>) -> Cell {
    span(text, 1, 1)
}

/// A cell over several places.
pub fn span(text: impl Into<String>, cols: usize, rows: usize) -> Cell {
    Cell { text: text.into(), cols, rows }
}

/// One table; `rows` hold only the cells that begin there, `heads` are the leading rows of heads.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub rows: Vec<Vec<Cell>>,
    pub heads: usize,
}

/// What covers a place: row and index of the cell, and its own first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub row: usize,
    pub index: usize,
    pub column: usize,
}

/// How a layout without spans prints a cell over several places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// In the first place only.
    First,
    /// In every place.
    Every,
}

impl Grid {
    pub fn new(rows: Vec<Vec<Cell>>, heads: usize) -> Grid {
        Grid { rows, heads }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.places().iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The rectangle of places; a place without a cell is `None`.
    pub fn places(&self) -> Vec<Vec<Option<Place>>> {
        let mut full: Vec<Vec<Option<Place>>> = vec![Vec::new(); self.rows.len()];
        for (row, cells) in self.rows.iter().enumerate() {
            let mut column = 0;
            for (index, cell) in cells.iter().enumerate() {
                while full[row].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                for line in full.iter_mut().skip(row).take(cell.rows) {
                    if line.len() < column + cell.cols {
                        line.resize(column + cell.cols, None);
                    }
                    line[column..column + cell.cols].fill(Some(Place { row, index, column }));
                }
                column += cell.cols;
            }
        }
        let width = full.iter().map(Vec::len).max().unwrap_or(0);
        full.iter_mut().for_each(|line| line.resize(width, None));
        full
    }

    pub fn at(&self, place: Place) -> &Cell {
        &self.rows[place.row][place.index]
    }

    /// The text of every place.
    pub fn matrix(&self, repeat: Repeat) -> Vec<Vec<String>> {
        let places = self.places();
        let text = |r: usize, c: usize, place: Place| {
            let first = place.row == r && place.column == c;
            if first || repeat == Repeat::Every { self.at(place).text.clone() } else { String::new() }
        };
        let row = |(r, line): (usize, &Vec<Option<Place>>)| {
            line.iter().enumerate().map(|(c, place)| place.map_or(String::new(), |p| text(r, c, p))).collect()
        };
        places.iter().enumerate().map(row).collect()
    }

    /// Every text of the table changed.
    pub fn map(&mut self, change: &mut dyn FnMut(&str, bool) -> String) {
        let heads = self.heads;
        for (r, row) in self.rows.iter_mut().enumerate() {
            for cell in row {
                cell.text = change(&cell.text, r < heads);
            }
        }
    }
}
