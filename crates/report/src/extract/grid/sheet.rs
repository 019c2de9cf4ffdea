//! Sheets: a table with real geometry, every place of which is covered by at most one cell.
//!
//! Owns where a cell stands, what covers a place, and what stands above a table on the page. Refuses to know the forms.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::words::years;
use crate::extract::label::normalized;
use crate::extract::number::{self, Reading};
use nianbao_document::{Block, Document, Grid};

/// A cell with what it says.
#[derive(Clone, Debug)]
pub(super) struct Cell<'d> {
    /// Text as printed, without the blanks around it.
    pub(super) text: &'d str,
    /// The text as a label; empty for figures and blanks.
    pub(super) norm: String,
    /// The text as a figure.
    pub(super) reading: Reading,
    /// Source line, from 1.
    pub(super) line: u32,
    /// First row and column it covers.
    pub(super) row: usize,
    pub(super) column: usize,
    /// Rows and columns covered.
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Cell<'_> {
    /// Whether words stand in it.
    pub(super) fn is_text(&self) -> bool {
        self.reading == Reading::Text
    }

    /// Whether a figure stands in it, or what looks like one.
    pub(super) const fn is_figure(&self) -> bool {
        self.reading.is_figure()
    }
}

/// A table with real geometry.
#[derive(Clone, Debug)]
pub(super) struct Sheet<'d> {
    pub(super) cells: Vec<Cell<'d>>,
    pub(super) height: usize,
    pub(super) width: usize,
    /// Index of the cell that covers a place, row by row.
    places: Vec<Option<u32>>,
    /// Lines made it, whose cells may not stand below each other.
    pub(super) of_lines: bool,
    /// Lines of text between this table and the one before it, in the order of the page.
    pub(super) above: Vec<(u32, &'d str)>,
}

/// Places of the largest table that is read by its geometry: more is no table of a form.
const MOST_PLACES: usize = 400_000;

impl<'d> Sheet<'d> {
    fn new(cells: Vec<Cell<'d>>, above: Vec<(u32, &'d str)>) -> Option<Self> {
        let height = cells.iter().map(|c| c.row + c.rows).max()?;
        let width = cells.iter().map(|c| c.column + c.columns).max()?;
        if height.checked_mul(width)? > MOST_PLACES {
            return None;
        }
        let mut places = vec![None; height * width];
        for (index, cell) in cells.iter().enumerate() {
            let index = u32::try_from(index).ok();
            for row in cell.row..cell.row + cell.rows {
                for place in &mut places[row * width + cell.column..row * width + cell.column + cell.columns] {
                    *place = place.or(index);
                }
            }
        }
        Some(Self { cells, height, width, places, of_lines: false, above })
    }

    fn of_grid(document: &'d Document, grid: &Grid, above: Vec<(u32, &'d str)>) -> Option<Self> {
        let mut cells = Vec::new();
        for (row, of_row) in grid.rows.iter().enumerate() {
            for cell in of_row {
                let text = document.text(cell.text).trim();
                let reading = number::read(text);
                let norm = if reading == Reading::Text { normalized(text) } else { String::new() };
                let (column, columns) = (usize::from(cell.column), usize::from(cell.col_span.max(1)));
                let rows = usize::from(cell.row_span.max(1)).min(grid.rows.len() - row);
                cells.push(Cell { text, norm, reading, line: cell.line, row, column, rows, columns });
            }
        }
        Self::new(cells, above)
    }

    /// A table of lines that all have as many cells, as bars part them.
    fn of_lines(lines: &[(u32, Vec<&'d str>)], above: Vec<(u32, &'d str)>) -> Option<Self> {
        let mut cells: Vec<Cell<'d>> = Vec::new();
        let width = lines.iter().map(|(_, texts)| texts.len()).max().unwrap_or(0);
        if lines.len().checked_mul(width)? > MOST_PLACES {
            return None;
        }
        // Which cell covers each column of the line above, among the heads.
        let mut covered: Vec<Option<usize>> = vec![None; width];
        let mut heads = true;
        for (row, (line, texts)) in lines.iter().enumerate() {
            let readings: Vec<Reading> = texts.iter().map(|t| number::read(t)).collect();
            heads &= !readings.iter().any(|r| r.is_figure());
            let mut now: Vec<Option<usize>> = vec![None; width];
            for (column, (text, reading)) in texts.iter().zip(readings).enumerate() {
                let left = column.checked_sub(1);
                // Of a head that spans columns, the text stands in the first of them: below one and the same head above.
                if heads
                    && text.is_empty()
                    && let Some(left) = left
                    && let Some(spanning) = now.get(left).copied().flatten()
                    && covered.get(left) == covered.get(column)
                    && let Some(place) = now.get_mut(column)
                {
                    cells[spanning].columns += 1;
                    *place = Some(spanning);
                    continue;
                }
                let norm = if reading == Reading::Text { normalized(text) } else { String::new() };
                if heads
                    && !text.is_empty()
                    && let Some(place) = now.get_mut(column)
                {
                    *place = Some(cells.len());
                }
                cells.push(Cell { text, norm, reading, line: *line, row, column, rows: 1, columns: 1 });
            }
            covered = now;
        }
        Some(Self { of_lines: true, ..Self::new(cells, above)? })
    }

    /// The cell that covers a place.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Cell<'d>> {
        let index = self.places.get(row * self.width + column).copied().flatten()?;
        self.cells.get(index as usize)
    }

    /// The cells that cover a row, from left to right, each once.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &Cell<'d>> {
        let mut column = 0;
        std::iter::from_fn(move || {
            while column < self.width {
                let cell = self.at(row, column);
                column = cell.map_or(column + 1, |c| c.column + c.columns);
                if cell.is_some() {
                    return cell;
                }
            }
            None
        })
    }

    /// The same table with rows for columns.
    pub(super) fn turned(&self) -> Option<Self> {
        let turn = |c: &Cell<'d>| Cell { row: c.column, column: c.row, rows: c.columns, columns: c.rows, ..c.clone() };
        let mut cells: Vec<Cell<'d>> = self.cells.iter().map(turn).collect();
        cells.sort_by_key(|c| (c.row, c.column));
        Some(Self { of_lines: self.of_lines, ..Self::new(cells, self.above.clone())? })
    }

    /// Some rows of it, as a table of its own.
    pub(super) fn rows(&self, from: usize, to: usize) -> Option<Self> {
        let mut cells: Vec<Cell<'d>> = Vec::new();
        for cell in self.cells.iter().filter(|c| c.row < to && c.row + c.rows > from) {
            let row = cell.row.max(from);
            let rows = (cell.row + cell.rows).min(to) - row;
            cells.push(Cell { row: row - from, rows, ..cell.clone() });
        }
        Some(Self { of_lines: self.of_lines, ..Self::new(cells, self.above.clone())? })
    }

    /// First and last source line.
    pub(super) fn lines(&self) -> (u32, u32) {
        let lines = || self.cells.iter().map(|c| c.line).filter(|l| *l > 0);
        (lines().min().unwrap_or(0), lines().max().unwrap_or(0))
    }
}

/// The title of a report and its year.
pub(super) type Title<'d> = (&'d str, i32);

/// Lines above a table that may say what it is.
const ABOVE: usize = 12;

/// Characters of the longest line that may be a title.
const TITLE: usize = 60;

/// A line that is the title of a report, and the year in it.
pub(in crate::extract) fn title_of(text: &str) -> Option<(&str, i32)> {
    // Asked of every line of a page: bytes first, of which a character has at most four.
    static REPORT: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("报"));
    let may_be = text.len() <= TITLE * 4
        && REPORT.find(text.as_bytes()).is_some()
        && (text.contains("年度报告") || text.contains("年报"));
    if !may_be || text.chars().count() > TITLE || text.contains(['。', '，', '《']) {
        return None;
    }
    match years(text).as_slice() {
        [year] => Some((text, *year)),
        _ => None,
    }
}

/// The tables of a document that have real geometry, in the order of the page, each with the year of the title above it.
pub(super) fn sheets(document: &Document) -> Vec<(Sheet<'_>, Option<Title<'_>>)> {
    let mut out = Vec::new();
    let mut above: Vec<(u32, &str)> = Vec::new();
    let mut title = None;
    let mut run: Vec<(u32, Vec<&str>)> = Vec::new();
    let mut ragged = false;
    // Bars without blanks stand for cells that were moved to the end of their line.
    let lines = || document.blocks.iter().filter_map(|b| if let Block::Line(l) = b { Some(l) } else { None });
    let moved = lines().map(|l| document.text(l.text)).any(|text| text.contains("||"));
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                let printed = document.text(line.text);
                let text = printed.trim();
                // Where spans were moved to the ends of lines, what stands below each other is certain in full lines only.
                let certain = |cells: &Vec<&str>| !moved || !printed.contains('|') || !cells.contains(&"");
                let cells = cells_of(printed).filter(certain);
                match (run.last(), &cells) {
                    // Lines of other widths within a table: nothing says what stands below what.
                    (Some((_, last)), Some(cells)) if !cells.is_empty() && cells.len() != last.len() => {
                        run.clear();
                        ragged = true;
                    }
                    (Some(_), None) if !text.is_empty() => {
                        close((&mut run, &mut ragged), &mut above, title, &mut out);
                    }
                    _ => {}
                }
                if let Some(cells) = cells {
                    if !cells.is_empty() {
                        run.push((line.line, cells));
                    }
                    continue;
                }
                if !text.is_empty() {
                    above.push((line.line, text));
                    title = title_of(text).or(title);
                }
            }
            Block::Grid(grid) => {
                close((&mut run, &mut ragged), &mut above, title, &mut out);
                let from = above.len().saturating_sub(ABOVE);
                let lines = above.split_off(from);
                above.clear();
                out.extend(Sheet::of_grid(document, grid, lines).map(|sheet| (sheet, title)));
            }
        }
    }
    close((&mut run, &mut ragged), &mut above, title, &mut out);
    out
}

/// Lines, and cells in each, of the smallest table that lines make.
const LEAST_LINES: usize = 2;
const LEAST_CELLS: usize = 2;

/// The cells of a line that tabs or bars part; none of a rule between rows; `None` for any other line.
fn cells_of(text: &str) -> Option<Vec<&str>> {
    let cells: Vec<&str> = if text.contains('|') {
        let text = text.trim();
        let inner = text.strip_prefix('|').unwrap_or(text);
        inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect()
    } else {
        text.split('\t').map(str::trim).collect()
    };
    let rule = |c: &&str| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':' | ' '));
    if cells.iter().all(rule) {
        return Some(Vec::new());
    }
    (cells.len() >= LEAST_CELLS).then_some(cells)
}

/// Makes a table of the lines gathered, if they are enough and all of one width.
fn close<'d>(
    (run, ragged): (&mut Vec<(u32, Vec<&'d str>)>, &mut bool),
    above: &mut Vec<(u32, &'d str)>,
    title: Option<Title<'d>>,
    out: &mut Vec<(Sheet<'d>, Option<Title<'d>>)>,
) {
    let lines = std::mem::take(run);
    if !std::mem::take(ragged) && lines.len() >= LEAST_LINES {
        let from = above.len().saturating_sub(ABOVE);
        let own = above.split_off(from);
        above.clear();
        out.extend(Sheet::of_lines(&lines, own).map(|sheet| (sheet, title)));
    }
}
