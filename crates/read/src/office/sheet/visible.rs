//! What of a sheet is seen: its cells without those in hidden rows and columns.
//!
//! Owns the places that are left when others are taken out. Refuses to know why something is hidden.

use super::holds::{Area, Filled, Holds};
use crate::seen::is_figure;

/// Rows or columns that are hidden.
#[derive(Clone, Debug, Default)]
pub(super) struct Hidden {
    /// First and last, and how many are hidden before; in order once it is closed.
    ranges: Vec<(u32, u32, u32)>,
}

impl Hidden {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        match self.ranges.last_mut() {
            Some(before) if before.1.checked_add(1) == Some(first) => before.1 = last.max(before.1),
            _ if first <= last => self.ranges.push((first, last, 0)),
            _ => {}
        }
    }

    pub(super) fn close(&mut self) {
        self.ranges.sort_unstable();
        let mut joined: Vec<(u32, u32, u32)> = Vec::with_capacity(self.ranges.len());
        for (first, last, _) in std::mem::take(&mut self.ranges) {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                Some(&mut (from, to, hidden)) => {
                    joined.push((first, last, hidden.saturating_add(to - from).saturating_add(1)));
                }
                None => joined.push((first, last, 0)),
            }
        }
        self.ranges = joined;
    }

    /// The last range that begins at or before a place.
    fn before(&self, at: u32) -> Option<(u32, u32, u32)> {
        let number = self.ranges.partition_point(|r| r.0 <= at).checked_sub(1)?;
        self.ranges.get(number).copied()
    }

    /// How many places before this one are seen.
    fn rank(&self, at: u32) -> u32 {
        let Some((first, last, hidden)) = self.before(at) else { return at };
        at.min(last.saturating_add(1)).saturating_sub(first).saturating_add(hidden).abs_diff(at)
    }

    fn hides(&self, at: u32) -> bool {
        self.before(at).is_some_and(|r| at <= r.1)
    }

    /// This place, or the next one that is seen.
    fn next(&self, at: u32) -> u32 {
        self.before(at).filter(|r| at <= r.1).map_or(at, |r| r.1.saturating_add(1))
    }

    /// First and last of the places that are seen in a range, counted by what is seen.
    fn seen(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let from = self.rank(first);
        let end = self.rank(last).saturating_add(u32::from(!self.hides(last)));
        Some((from, end.checked_sub(1)?)).filter(|(from, last)| from <= last)
    }
}

/// A filled cell of what is seen.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Row and column, counted by what is seen.
    pub row: u32,
    pub column: u32,
    /// Row of the sheet.
    pub line: u32,
    pub text: String,
    /// A figure, or what should be one.
    pub is_figure: bool,
}

/// What is seen of a sheet, in order, and the areas that its merged cells cover.
pub(super) fn seen(cells: Vec<Filled>, merged: Vec<Area>, rows: &Hidden, columns: &Hidden) -> (Vec<Cell>, Vec<Area>) {
    let cell = |filled: Filled, row: u32, column: u32| Cell {
        row,
        column,
        line: rows.next(filled.row),
        is_figure: !matches!(filled.holds, Holds::Text) || is_figure(&filled.text),
        text: filled.text,
    };
    let filled = cells.into_iter().filter(|c| !c.text.trim().is_empty());
    if rows.ranges.is_empty() && columns.ranges.is_empty() {
        return (filled.map(|c| (c.row, c.column, c)).map(|(row, column, c)| cell(c, row, column)).collect(), merged);
    }
    let mut anchors: Vec<(u32, u32, u32, u32)> = Vec::new();
    let mut areas = Vec::new();
    for area in merged {
        let (Some((top, bottom)), Some((left, right))) =
            (rows.seen(area.top, area.bottom), columns.seen(area.left, area.right))
        else {
            continue;
        };
        anchors.push((area.top, area.left, top, left));
        areas.push(Area { top, left, bottom, right });
    }
    anchors.sort_unstable();
    let mut seen = Vec::new();
    for filled in filled {
        let (row, column) = (filled.row, filled.column);
        let anchor = anchors.binary_search_by_key(&(row, column), |a| (a.0, a.1)).ok().and_then(|at| anchors.get(at));
        match anchor {
            // The text of a merged cell is seen wherever something of the cell is.
            Some((_, _, row, column)) => seen.push((0_u8, cell(filled, *row, *column))),
            None if rows.hides(row) || columns.hides(column) => {}
            None => seen.push((1, cell(filled, rows.rank(row), columns.rank(column)))),
        }
    }
    seen.sort_by_key(|(other, c)| (c.row, c.column, *other));
    let mut cells: Vec<Cell> = seen.into_iter().map(|(_, c)| c).collect();
    cells.dedup_by_key(|c| (c.row, c.column));
    (cells, areas)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let mut hidden = Hidden::default();
        for (first, last) in [(7, 8), (2, 3), (4, 4), (8, 9), (5, 1)] {
            hidden.add(first, last);
        }
        hidden.close();
        let ranks: Vec<u32> = (0..12).map(|at| hidden.rank(at)).collect();
        assert_eq!(ranks, [0, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 5]);
        let hides: Vec<u32> = (0..12).filter(|at| hidden.hides(*at)).collect();
        assert_eq!(hides, [2, 3, 4, 7, 8, 9]);
        assert_eq!(hidden.seen(1, 5), Some((1, 2)));
        assert_eq!(hidden.seen(2, 4), None);
        assert_eq!(hidden.seen(3, 7), Some((2, 3)));
        assert_eq!(hidden.seen(0, 3), Some((0, 1)));
        let mut all = Hidden::default();
        all.add(0, u32::MAX);
        all.close();
        assert_eq!((all.rank(u32::MAX), all.seen(0, u32::MAX)), (0, None));
    }
}
