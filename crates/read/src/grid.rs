//! Grids from cells that know their own place: what the readers of documents with real tables share.
//!
//! Owns clipping, overlaps, limits and the decision that a table only lays out a page. Refuses to know any format. HTML
//! has its own builder, because there a cell's place follows from those before it.

use nianbao_document::{Block, Cell, Document, Grid};

/// Cells of one table and places that its spans may cover, beyond which it is written as lines.
pub const MAX_PLACES: usize = 200_000;
/// Columns of a table.
const MAX_COLUMNS: usize = 4_096;
/// The text of a cell that holds a picture and nothing else.
pub const PICTURE: &str = "\u{FFFC}";
/// What stands for it in a grid: no figure, and no blank.
const SHOWN: &str = "□";
/// Characters of a cell above which its table is taken for page layout.
const MAX_CELL_CHARS: usize = 600;

/// A cell with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub col_span: usize,
    /// Its text; `\n` between lines.
    pub text: String,
    /// Line of the source, or running number of its paragraph or row; from 1.
    pub line: u32,
}

impl Placed {
    /// A cell that covers one place.
    #[must_use]
    pub fn at(row: usize, column: usize, text: String, line: u32) -> Self {
        Self { row, column, row_span: 1, col_span: 1, text, line }
    }
}

/// Writes a table as a grid, or as lines if it arranges a page, holds fewer than two texts or is absurdly large.
///
/// Spans that run into another cell are cut: no place of a grid has two cells. Of two cells that start at one place the
/// first stays. Rows without cells are left out.
pub fn write(mut cells: Vec<Placed>, document: &mut Document) {
    cells.sort_by_key(|c| (c.row, c.column));
    cells.dedup_by(|later, first| (later.row, later.column) == (first.row, first.column));
    for cell in &mut cells {
        if cell.text.starts_with(char::is_whitespace) || cell.text.ends_with(char::is_whitespace) {
            cell.text = cell.text.trim().to_owned();
        }
    }
    if !is_data(&cells) {
        return write_lines(&cells, document);
    }
    let places = close_rows(&mut cells);
    let width = cells.iter().map(|c| c.column.saturating_add(c.col_span)).max().unwrap_or(0);
    if width > MAX_COLUMNS || places.saturating_mul(width) > MAX_PLACES {
        return write_lines(&cells, document);
    }
    cut_overlaps(&mut cells, places, width);
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); places];
    let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    for cell in &cells {
        let text = document.push_text(if cell.text == PICTURE { SHOWN } else { &cell.text });
        let (col_span, row_span) = (narrow(cell.col_span), narrow(cell.row_span));
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(Cell { text, line: cell.line, column: narrow(cell.column), col_span, row_span });
        }
    }
    document.blocks.push(Block::Grid(Grid { rows }));
}

/// Writes the cells' texts as lines, in their order.
pub fn write_lines(cells: &[Placed], document: &mut Document) {
    for cell in cells {
        for text in cell.text.split('\n').filter(|t| !t.trim().is_empty() && *t != PICTURE) {
            document.push_line(text.trim(), cell.line, false);
        }
    }
}

fn is_data(cells: &[Placed]) -> bool {
    let long = |text: &str| text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS;
    !cells.iter().any(|c| long(&c.text)) && cells.iter().filter(|c| !c.text.is_empty() && c.text != PICTURE).count() > 1
}

/// Takes out rows in which no cell starts; spans shrink with them. Gives the number of rows left.
fn close_rows(cells: &mut [Placed]) -> usize {
    let mut starts: Vec<usize> = cells.iter().map(|c| c.row).collect();
    starts.dedup();
    for cell in cells.iter_mut() {
        let end = cell.row.saturating_add(cell.row_span.max(1));
        let first = starts.partition_point(|s| *s < cell.row);
        let last = starts.partition_point(|s| *s < end);
        cell.row = first;
        cell.row_span = (last - first).max(1);
        cell.col_span = cell.col_span.max(1);
    }
    starts.len()
}

/// Cuts what runs into another cell. Starting places are taken first: a cell that is stated outranks a span.
fn cut_overlaps(cells: &mut [Placed], height: usize, width: usize) {
    let mut taken = vec![false; height * width];
    for cell in cells.iter() {
        taken[cell.row * width + cell.column] = true;
    }
    for cell in cells.iter_mut() {
        let at = |row: usize, column: usize| row * width + column;
        let free = |taken: &[bool], row: usize, column: usize| !taken[at(row, column)];
        let right = cell.column + cell.col_span.min(width - cell.column);
        let across = (cell.column + 1..right).take_while(|c| free(&taken, cell.row, *c)).count();
        let right = cell.column + 1 + across;
        let below = (cell.row + 1..(cell.row + cell.row_span).min(height))
            .take_while(|r| (cell.column..right).all(|c| free(&taken, *r, c)))
            .count();
        cell.col_span = 1 + across;
        cell.row_span = 1 + below;
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..right {
                taken[at(row, column)] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: usize, column: usize, row_span: usize, col_span: usize) -> Placed {
        Placed { row_span, col_span, ..Placed::at(row, column, format!("{row}/{column}"), 1) }
    }

    fn grid(cells: Vec<Placed>) -> Vec<Vec<(u16, u16, u16)>> {
        let mut document = Document::default();
        write(cells, &mut document);
        let Some(Block::Grid(grid)) = document.blocks.first() else { return Vec::new() };
        grid.rows.iter().map(|r| r.iter().map(|c| (c.column, c.col_span, c.row_span)).collect()).collect()
    }

    #[test]
    fn spans_are_clipped_and_never_overlap() {
        let cells = vec![cell(0, 0, 9, 1), cell(0, 1, 1, 3), cell(1, 1, 1, 1), cell(1, 2, 1, 1)];
        assert_eq!(grid(cells), [vec![(0, 1, 2), (1, 3, 1)], vec![(1, 1, 1), (2, 1, 1)]]);
        let cells = vec![cell(0, 0, 2, 2), cell(1, 1, 1, 1)];
        assert_eq!(grid(cells), [vec![(0, 2, 1)], vec![(1, 1, 1)]]);
    }

    #[test]
    fn empty_rows_go() {
        assert_eq!(grid(vec![cell(0, 0, 5, 1), cell(4, 1, 1, 1)]), [vec![(0, 1, 2)], vec![(1, 1, 1)]]);
    }

    #[test]
    fn a_picture_is_no_blank() {
        let mut cells = vec![cell(0, 0, 1, 1), cell(0, 1, 1, 1), Placed::at(0, 2, PICTURE.to_owned(), 1)];
        let mut document = Document::default();
        write(cells.clone(), &mut document);
        assert!(document.arena().ends_with('□'));
        // It makes no table of what is none.
        cells.remove(1);
        let mut document = Document::default();
        write(cells, &mut document);
        assert_eq!(document.arena(), "0/0");
    }

    #[test]
    fn layout_becomes_lines() {
        let mut document = Document::default();
        write(vec![Placed::at(0, 0, "一\n二".to_owned(), 3)], &mut document);
        assert_eq!(document.blocks.len(), 2);
        assert!(matches!(document.blocks[0], Block::Line(line) if line.line == 3));
    }

    #[test]
    fn absurd_tables_become_lines() {
        let mut document = Document::default();
        write(vec![cell(0, 0, 1, 1), cell(0, 1, usize::MAX, usize::MAX)], &mut document);
        write(vec![cell(0, 0, 1, 1), cell(usize::MAX, usize::MAX, 1, 1)], &mut document);
        assert!(document.blocks.iter().skip(1).all(|b| matches!(b, Block::Line(_))));
    }
}
