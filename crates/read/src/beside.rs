//! Tables that stand side by side in one grid.
//!
//! Owns where such a grid is cut: at columns that hold nothing, where what stands on either side is a table by itself.
//! Refuses to cut a label from its figures: rows of figures without words are the other half of the rows beside them.

use super::words::is_words;
use nianbao_document::{Cell, Document, Grid};

/// Cuts a grid into the tables that stand side by side in it; most are one.
pub(crate) fn parts(grid: Grid, document: &Document) -> Vec<Grid> {
    if has_no_gap(&grid) {
        return vec![grid];
    }
    let ranges = ranges(&grid, document);
    if ranges.len() < 2 {
        return vec![grid];
    }
    ranges.into_iter().map(|(start, end)| cut(&grid, start, end, document)).collect()
}

/// Whether every column holds something beside what spans half of them: no grid of most pages is looked at further.
fn has_no_gap(grid: &Grid) -> bool {
    let (mut held, mut width) = (0_u64, 0_u32);
    for cell in grid.rows.iter().flatten() {
        let (start, span) = (u32::from(cell.column), u32::from(cell.col_span));
        width = width.max(start + span);
        // A cell of several columns is looked at in the slow way: it may be a title.
        if cell.text.start < cell.text.end && start + span <= 64 && span == 1 {
            held |= 1 << start;
        }
    }
    width <= 64 && held.count_ones() == width
}

/// The columns of each table, the last one not included.
fn ranges(grid: &Grid, document: &Document) -> Vec<(u16, u16)> {
    let filled = |cell: &&Cell| cell.text.start < cell.text.end;
    let width = grid.rows.iter().flatten().map(|c| usize::from(c.column) + usize::from(c.col_span)).max().unwrap_or(0);
    let mut held = vec![false; width];
    for row in &grid.rows {
        let mut cells = row.iter().filter(filled);
        // A title over all of them belongs to none.
        let (first, second) = (cells.next(), cells.next());
        let title = second.is_none() && first.is_some_and(|c| usize::from(c.col_span) * 2 > width);
        for cell in first.into_iter().chain(second).chain(cells).filter(|_| !title) {
            held.iter_mut().skip(usize::from(cell.column)).take(usize::from(cell.col_span)).for_each(|h| *h = true);
        }
    }
    // Runs of columns that hold something.
    let mut runs: Vec<(u16, u16)> = Vec::new();
    let mut last = false;
    for (column, held) in (0_u16..).zip(&held) {
        match runs.last_mut() {
            Some((_, end)) if last && *held => *end = column + 1,
            _ if *held => runs.push((column, column + 1)),
            _ => {}
        }
        last = *held;
    }
    // What is no table by itself goes with its neighbour.
    if runs.len() > 1 && runs.iter().all(|(start, end)| is_table(grid, *start, *end, document)) {
        runs
    } else {
        Vec::new()
    }
}

/// Whether the columns are a table of their own: words in two rows, a figure, and no more than one row of figures alone.
fn is_table(grid: &Grid, start: u16, end: u16, document: &Document) -> bool {
    let (mut worded, mut bare, mut figures) = (0, 0, 0);
    for row in &grid.rows {
        let (mut words, mut figure) = (false, false);
        for cell in row.iter().filter(|c| c.column >= start && c.column < end) {
            let text = document.text(cell.text);
            words |= is_words(text);
            figure |= !is_words(text) && text.bytes().any(|b| b.is_ascii_digit());
        }
        // A label that spans rows names all of them.
        worded += usize::from(words);
        bare += usize::from(figure && !words);
        figures += usize::from(figure);
    }
    worded > 1 && figures > 0 && bare <= 1
}

/// The columns from one to another as a grid, without the empty rows before and behind it.
fn cut(grid: &Grid, start: u16, end: u16, document: &Document) -> Grid {
    let inside = |cell: &&Cell| cell.column >= start && cell.column < end;
    let filled = |row: &Vec<Cell>| row.iter().filter(inside).any(|c| !document.text(c.text).is_empty());
    let first = grid.rows.iter().position(filled).unwrap_or(0);
    let last = grid.rows.iter().rposition(filled).map_or(first, |last| last + 1);
    let height = last - first;
    let rows = grid.rows.iter().skip(first).take(height).zip(1..).map(|(row, number)| {
        let place = |cell: &Cell| Cell {
            column: cell.column - start,
            col_span: cell.col_span.min(end - cell.column),
            row_span: cell.row_span.min(u16::try_from(height - number + 1).unwrap_or(u16::MAX)),
            ..*cell
        };
        row.iter().filter(inside).map(place).collect()
    });
    Grid { rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(rows: &[&str]) -> Vec<String> {
        let mut document = Document::default();
        let mut table = Grid::default();
        for (line, row) in (1..).zip(rows) {
            let mut cells = Vec::new();
            for (column, text) in (0..).zip(row.split('|')) {
                let (text, col_span) = text.split_once('+').map_or((text, 1), |(t, s)| (t, s.parse().unwrap()));
                if text != "." {
                    let text = document.push_text(text);
                    cells.push(Cell { text, line, column, col_span, row_span: 1 });
                }
            }
            table.rows.push(cells);
        }
        let cell = |c: &Cell| format!("{}={}", c.column, document.text(c.text));
        let row = |r: &Vec<Cell>| r.iter().map(cell).collect::<Vec<_>>().join(" ");
        let grid = |g: &Grid| g.rows.iter().map(row).collect::<Vec<_>>().join(" / ");
        parts(table, &document).iter().map(grid).collect()
    }

    #[test]
    fn side_by_side() {
        assert_eq!(
            show(&["标题+5", "甲|数||乙|数", "规章|1||维持|3", "文件|2||纠正|4", "丙|5|||"]),
            ["0=标题 / 0=甲 1=数 / 0=规章 1=1 / 0=文件 1=2 / 0=丙 1=5", "0=乙 1=数 / 0=维持 1=3 / 0=纠正 1=4"]
        );
        assert_eq!(
            show(&["甲|数||维持|纠正", "规章|1||尚未|总计", "文件|2||7|9"]),
            ["0=甲 1=数 / 0=规章 1=1 / 0=文件 1=2", "0=维持 1=纠正 / 0=尚未 1=总计 / 0=7 1=9"]
        );
    }

    #[test]
    fn one_table_with_a_gap() {
        for rows in [
            ["甲||数|数", "规章||1|2", "文件||2|3"],
            ["甲|数||数", "规章|1||2", "文件|2||3"],
            ["甲|数|数|数", "规章|1||2", "文件|2||3"],
            ["甲|数||", "规章|1||注", "文件|2||"],
        ] {
            assert_eq!(show(&rows).len(), 1, "{rows:?}");
        }
    }
}
