//! The used rectangle of a sheet, or of a part of it: titles become lines, what is between them grids.
//!
//! Owns which cell covers which place. Refuses rows in which nothing is written: they cost nothing, however many.

use super::holds::Area;
use super::visible::Cell;
use crate::grid::{self, MAX_PLACES, Placed};
use crate::limits::Fault;
use nianbao_document::Document;

/// Places of a table: its filled rows by the columns between its first and last filled ones.
const MAX_AREA: u64 = 2_000_000;
/// Columns that a title may make a sheet wide.
const MAX_COLUMN: u32 = 16_384;
/// Places that merged areas of a sheet cover, also where they overlap; later ones are not merged.
const MAX_LOOKS: u64 = 8 * MAX_AREA;

/// A rectangle. Its rows are the filled ones, its columns count from the first filled one.
pub(super) struct Table {
    /// The row of the sheet that each row is.
    lines: Vec<u32>,
    /// Rows above which another one is empty.
    gaps: Vec<bool>,
    width: usize,
    cells: Vec<Placed>,
    /// Merged cells with text that reach below their row: whether a row has one.
    reaches: Vec<bool>,
    /// For each place the cell that covers it, by index and one more; 0: none.
    covers: Vec<u32>,
    /// Places looked at, to see whether they are taken.
    looked: u64,
}

impl Table {
    /// Cells in order, and merged areas.
    pub(super) fn of(cells: Vec<Cell>, merged: Vec<Area>) -> Result<Option<Self>, Fault> {
        let (Some(left), Some(mut right)) =
            (cells.iter().map(|c| c.column).min(), cells.iter().map(|c| c.column).max())
        else {
            return Ok(None);
        };
        // What a filled cell covers to the right is used too: titles may be wider than what is below.
        let is_filled = |a: &Area| cells.binary_search_by_key(&(a.top, a.left), |c| (c.row, c.column)).is_ok();
        for area in merged.iter().filter(|a| is_filled(a)) {
            right = right.max(area.right.min(left.saturating_add(MAX_COLUMN)));
        }
        let mut rows: Vec<u32> = cells.iter().map(|c| c.row).collect();
        rows.dedup();
        let height = rows.len();
        let width = usize::try_from(right - left + 1).unwrap_or(usize::MAX);
        let area = u64::try_from(height.saturating_mul(width)).unwrap_or(u64::MAX);
        if area > MAX_AREA {
            return Err(Fault::Limit(format!("a sheet whose cells lie within {area} places")));
        }
        let line = |row: &[Cell]| row.iter().map(|c| c.line).max().unwrap_or(0);
        let lines = cells.chunk_by(|a, b| a.row == b.row).map(line).collect();
        let above = |row: &u32, before: Option<&u32>| before.is_none_or(|b| b.checked_add(1) != Some(*row));
        let gaps = rows.iter().enumerate().map(|(n, row)| above(row, n.checked_sub(1).and_then(|n| rows.get(n))));
        let mut table = Self {
            gaps: gaps.collect(),
            lines,
            width,
            cells: Vec::with_capacity(cells.len()),
            reaches: vec![false; height],
            covers: vec![0; height.saturating_mul(width)],
            looked: 0,
        };
        let within = |column: u32| usize::try_from(column.saturating_sub(left)).unwrap_or(usize::MAX);
        let mut areas: Vec<Area> = merged.into_iter().filter(|a| a.right >= left && a.left <= right).collect();
        areas.sort_by_key(|a| (a.top, a.left));
        let bottom = rows.last().copied().unwrap_or(0);
        for area in areas {
            let row = rows.partition_point(|r| *r < area.top);
            let row_span = rows.partition_point(|r| *r <= area.bottom).saturating_sub(row);
            if row_span == 0 {
                continue;
            }
            let column = within(area.left);
            let col_span = within(area.right).min(width - 1) - column + 1;
            let placed = table.cover(Placed { row_span, col_span, ..Placed::at(row, column, String::new(), 0) });
            if let Some(reaches) = table.reaches.get_mut(row).filter(|_| placed && area.bottom.min(bottom) > area.top) {
                *reaches |= cells.binary_search_by_key(&(area.top, area.left), |c| (c.row, c.column)).is_ok();
            }
        }
        for cell in cells {
            let (row, column) = (rows.partition_point(|r| *r < cell.row), within(cell.column));
            let index = table.covering(row, column).unwrap_or(usize::MAX);
            match table.cells.get_mut(index) {
                Some(placed) if (placed.row, placed.column) == (row, column) => placed.text = cell.text,
                // Under a merged cell.
                Some(_) => {}
                None => {
                    table.cover(Placed::at(row, column, cell.text, 0));
                }
            }
        }
        Ok(Some(table))
    }

    /// Places that it is made of.
    pub(super) fn places(&self) -> usize {
        self.covers.len()
    }

    /// Adds a cell, unless it would cover a place that is taken.
    fn cover(&mut self, cell: Placed) -> bool {
        let number = u32::try_from(self.cells.len()).unwrap_or(u32::MAX).saturating_add(1);
        let Placed { row, column, row_span, col_span, .. } = cell;
        let places = |r: usize| {
            let from = r.saturating_mul(self.width).saturating_add(column);
            from..from.saturating_add(col_span)
        };
        let free = |r: usize| self.covers.get(places(r)).is_some_and(|p| p.iter().all(|c| *c == 0));
        let rows = row..row.saturating_add(row_span);
        // Areas that overlap are refused by the first place that is taken; looking for it must not take for ever.
        let looks = u64::try_from(row_span.saturating_mul(col_span)).unwrap_or(u64::MAX);
        self.looked = self.looked.saturating_add(looks);
        if self.looked > MAX_LOOKS || !rows.clone().all(free) {
            return false;
        }
        for r in rows {
            let from = r.saturating_mul(self.width).saturating_add(column);
            if let Some(places) = self.covers.get_mut(from..from.saturating_add(col_span)) {
                places.fill(number);
            }
        }
        self.cells.push(cell);
        true
    }

    /// The cell that covers a place.
    fn covering(&self, row: usize, column: usize) -> Option<usize> {
        let number = self.covers.get(row.checked_mul(self.width)?.checked_add(column)?)?;
        usize::try_from(number.checked_sub(1)?).ok()
    }

    /// Writes it below so many rows; gives the number of its last row, from 1.
    pub(super) fn write(mut self, above: u32, document: &mut Document) -> u32 {
        let lines = std::mem::take(&mut self.lines);
        let number = |row: usize| lines.get(row).copied().unwrap_or(0).saturating_add(above).saturating_add(1);
        let titles = self.titles();
        self.cells.sort_by_key(|c| c.row);
        let mut cells = std::mem::take(&mut self.cells).into_iter().peekable();
        let mut start = 0;
        for (row, title) in titles.iter().enumerate() {
            if let Some(title) = title {
                self.grid(start..row, &mut cells, &number, document);
                while cells.next_if(|c| c.row <= row).is_some() {}
                title.split('\n').for_each(|text| document.push_line(text.trim(), number(row), false));
                start = row.saturating_add(1);
            }
        }
        self.grid(start..lines.len(), &mut cells, &number, document);
        lines.last().copied().unwrap_or(0).saturating_add(1)
    }

    /// The text of each row that is a title or a note.
    fn titles(&self) -> Vec<Option<String>> {
        let height = self.reaches.len();
        let mut filled = vec![0_usize; height];
        // Rows that a merged cell with text links with the row above.
        let mut linked = vec![false; height];
        let mut only: Vec<Option<usize>> = vec![None; height];
        for (index, cell) in self.cells.iter().enumerate().filter(|(_, c)| !c.text.is_empty()) {
            if let (Some(count), Some(only)) = (filled.get_mut(cell.row), only.get_mut(cell.row)) {
                *count = count.saturating_add(1);
                *only = Some(index);
            }
            let below = cell.row.saturating_add(1)..cell.row.saturating_add(cell.row_span);
            if let Some(rows) = linked.get_mut(below) {
                rows.fill(true);
            }
        }
        // A label beside a merged cell that is blank is a row of a table.
        for cell in self.cells.iter().filter(|c| c.text.is_empty() && c.col_span > 1) {
            if let Some(count) = filled.get_mut(cell.row).filter(|n| **n == 1) {
                *count = 2;
            }
        }
        let is = |rows: &[bool], row: usize| rows.get(row).copied().unwrap_or(false);
        let several =
            |row: &usize| filled.get(*row).is_some_and(|n| *n > 1) || is(&linked, *row) || is(&self.reaches, *row);
        let first = (0..height).find(several).unwrap_or(height);
        let last = (0..height).rfind(several).unwrap_or(0);
        let title = |row: usize| {
            let cell = only.get(row).copied().flatten().and_then(|index| self.cells.get(index))?;
            let outside = row < first || row > last;
            let whole = cell.column == 0 && cell.col_span >= self.width;
            let shown = !several(&row)
                && (whole
                    || (outside && (cell.col_span == 1 || cell.column == 0))
                    || (is(&self.gaps, row) && cell.column == 0 && cell.col_span == 1));
            shown.then(|| cell.text.clone())
        };
        (0..height).map(title).collect()
    }

    /// Writes rows as one grid, with a cell for every place.
    fn grid(
        &self,
        rows: std::ops::Range<usize>,
        cells: &mut std::iter::Peekable<impl Iterator<Item = Placed>>,
        number: &dyn Fn(usize) -> u32,
        document: &mut Document,
    ) {
        let mut placed = Vec::new();
        while let Some(mut cell) = cells.next_if(|c| c.row < rows.end) {
            cell.line = number(cell.row);
            placed.push(cell);
        }
        let filled = || placed.iter().filter(|c| !c.text.is_empty());
        let (Some(left), Some(right)) =
            (filled().map(|c| c.column).min(), filled().map(|c| c.column.saturating_add(c.col_span)).max())
        else {
            return;
        };
        let mut used = vec![false; rows.len()];
        for cell in filled() {
            // A row counts as used where something begins; below that only as long as others fill it.
            if let Some(row) = cell.row.checked_sub(rows.start).and_then(|row| used.get_mut(row)) {
                *row = true;
            }
        }
        placed.retain(|c| !c.text.is_empty() || (c.column < right && c.column.saturating_add(c.col_span) > left));
        for cell in &mut placed {
            let end = cell.column.saturating_add(cell.col_span).min(right);
            cell.column = cell.column.max(left);
            cell.col_span = end.saturating_sub(cell.column).max(1);
            cell.column -= left;
        }
        let width = right - left;
        if used.len().saturating_mul(width) <= MAX_PLACES {
            for row in rows.clone().filter(|row| used.get(row - rows.start) == Some(&true)) {
                let empty = (left..right).filter(|column| self.covering(row, *column).is_none());
                placed.extend(empty.map(|column| Placed::at(row, column - left, String::new(), number(row))));
            }
        }
        grid::write(placed, document);
    }
}
