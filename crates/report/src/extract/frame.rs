//! Frames: where in the rows of one table its columns stand.
//!
//! Owns what may be learned about placeholders of spanned labels and spare columns, from the rows that leave no choice
//! and from the heading row. Refuses to average: when two rows contradict each other, incomplete rows stay unplaced.

use std::ops::Range;

use super::candidate::{Candidate, Token};

/// What the headings of a table show about its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Headings {
    /// Column of the first value column's heading, in rows whose end is known.
    pub(super) first: Option<u16>,
    /// Blank cells between the last heading and the first row label: what separates rows beside their cells.
    pub(super) trailing: Option<usize>,
    /// Somewhere in the table bars without blanks stand at a row's end: blank cells may have been moved there.
    pub(super) span_bars: bool,
}

/// Where the columns of one table stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// All full lines have this many cells, and the same column everywhere means the same.
    cells: Option<u16>,
    /// Column of the first value in such a line.
    first: Option<u16>,
    /// Blanks between label and first value, where rows are counted from their label.
    offset: Option<usize>,
    /// Blanks that every row has beside its cells.
    extra: usize,
    /// Values and blanks of the full row with the fewest.
    least: usize,
}

/// A range of possible places; both ends belong to it.
#[derive(Clone, Copy)]
struct Within(i64, i64);

impl Within {
    const ALL: Self = Self(0, i64::MAX);

    fn and(self, other: Self) -> Self {
        Self(self.0.max(other.0), self.1.min(other.1))
    }

    fn only(self) -> Option<i64> {
        (self.0 == self.1).then_some(self.0)
    }

    fn has(self, at: i64) -> bool {
        self.0 <= at && at <= self.1
    }
}

fn int(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

/// First and last printed token.
fn extent(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let first = tokens.iter().position(Token::is_printed)?;
    let last = tokens.iter().rposition(Token::is_printed)?;
    Some((first, last))
}

/// A row of a real grid that has the columns of its label and of the form, and no more.
fn is_whole(candidate: &Candidate<'_>, width: usize) -> bool {
    let Some(label) = candidate.labels.last() else { return false };
    candidate.grid
        && candidate.tokens.len() == width
        && usize::from(label.column) + 1 + width == usize::from(candidate.cells)
        && candidate.tokens.iter().zip(label.column + 1..).all(|(t, column)| t.column == column)
}

impl Frame {
    /// Learns from rows with values; each comes with the number of columns that the form gives it.
    pub(super) fn learn<'a, 'd: 'a>(
        rows: impl Iterator<Item = (&'a Candidate<'d>, usize)> + Clone,
        headings: Headings,
    ) -> Self {
        let mut frame = Self { least: usize::MAX, ..Self::default() };
        frame.learn_columns(rows.clone(), headings);
        frame.learn_offset(rows, headings);
        frame
    }

    fn learn_columns<'a, 'd: 'a>(
        &mut self,
        rows: impl Iterator<Item = (&'a Candidate<'d>, usize)> + Clone,
        headings: Headings,
    ) {
        let cells = rows.clone().map(|(c, _)| c.cells).max().unwrap_or(0);
        if cells == 0 || headings.span_bars {
            return;
        }
        let mut within = Within::ALL;
        for (candidate, width) in rows.filter(|(c, _)| c.cells > 0) {
            let (Some((first, last)), Some(label)) = (extent(&candidate.tokens), candidate.labels.last()) else {
                continue;
            };
            let column = |at: usize| i64::from(candidate.tokens[at].column);
            let width = int(width);
            // A line that was cut off at its end has fewer cells.
            within = within.and(Within(i64::from(label.column) + 1, i64::from(cells) - width));
            within = within.and(Within(column(last) - width + 1, column(first)));
        }
        // Headings that stand elsewhere than the rows: the lines do not mean the same by the same column.
        let column = match headings.first.map(i64::from) {
            Some(first) => within.has(first).then_some(first),
            None => within.only(),
        };
        self.first = column.and_then(|c| u16::try_from(c).ok());
        self.cells = self.first.map(|_| cells);
    }

    fn learn_offset<'a, 'd: 'a>(&mut self, rows: impl Iterator<Item = (&'a Candidate<'d>, usize)>, headings: Headings) {
        let mut within = Within::ALL;
        let mut extras: Option<(usize, usize)> = None;
        let mut of_full: Option<usize> = None;
        for (candidate, width) in rows {
            let Some((first, last)) = extent(&candidate.tokens) else { continue };
            let Some(extra) = candidate.tokens.len().checked_sub(width) else { continue };
            within = within.and(Within(int(last + 1) - int(width), int(first.min(extra))));
            if last + 1 - first == width {
                of_full = Some(of_full.map_or(extra, |e| e.min(extra)));
                self.least = self.least.min(width + extra);
            }
            extras = Some(extras.map_or((extra, extra), |(low, high)| (low.min(extra), high.max(extra))));
        }
        // Where blank cells were moved behind the values, only full rows show what else stands there.
        self.extra = of_full.unwrap_or_else(|| extras.map_or(headings.trailing.unwrap_or(0), |(low, _)| low));
        let of_heading = match (extras, headings.trailing) {
            // A row with no other blanks than those between rows has its cells straight behind the label, and so have
            // rows of narrower labels.
            (Some((low, high)), Some(trailing)) if low == high || low == trailing => low.checked_sub(trailing).map(int),
            _ => None,
        };
        let only = extras.and_then(|_| within.only());
        self.offset = only.or(of_heading.filter(|o| within.has(*o))).and_then(|o| usize::try_from(o).ok());
    }

    /// The tokens of a row of which some are blank, one per column; `None` where the page does not tell.
    #[must_use]
    pub(super) fn place(&self, candidate: &Candidate<'_>, width: usize) -> Option<Range<usize>> {
        let tokens = &candidate.tokens;
        let (first, last) = extent(tokens)?;
        if is_whole(candidate, width) {
            return Some(0..width);
        }
        if candidate.cells > 0
            && self.cells == Some(candidate.cells)
            && let Some(column) = self.first
        {
            let start = tokens.iter().position(|t| t.column == column)?;
            let range = start..start + width;
            let whole = tokens.get(range.clone())?.iter().zip(column..).all(|(t, c)| t.column == c);
            return (whole && range.contains(&first) && range.contains(&last)).then_some(range);
        }
        // A line of values without a label: where its own cells begin is not known.
        if candidate.in_row && candidate.cells == 0 && tokens.iter().all(|t| t.row == tokens[0].row) {
            return None;
        }
        // Blanks may have been moved behind the values: only a filled last column shows that they were not.
        let range = self.offset?..self.offset? + width;
        (range.contains(&first) && range.end == last + 1).then_some(range)
    }

    /// Whether a full row may begin after so many blanks. Where one label is lost, its values follow the blanks of the
    /// row before.
    #[must_use]
    pub(super) fn may_lead(&self, candidate: &Candidate<'_>, lead: usize, width: usize) -> bool {
        candidate.cells > 0 || (lead < width && self.offset.is_none_or(|o| o == lead)) || self.offset == Some(lead)
    }

    /// Whether so many blanks behind a label that stands alone are the blank cells of its row. Behind the last row of
    /// a table there is nothing that separates it from the next. With `moved`, bars without blanks stand straight behind
    /// the label: all its cells were moved together.
    #[must_use]
    pub(super) fn is_blank_row(&self, blanks: usize, width: usize, is_last: bool, moved: bool) -> bool {
        let extra = if is_last { 0 } else { self.extra };
        // Rows of fewer columns are filled up with blanks where all rows have the same number of cells.
        blanks >= width.max(self.least.min(width + extra)) || (moved && blanks <= self.extra)
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Fragment;
    use super::super::number::read;
    use super::*;

    /// `label` is the column of the label in a line of `cells`; 0 cells: one cell per line.
    fn row(label: u16, values: &[&'static str], cells: u16) -> Candidate<'static> {
        let from = if cells == 0 { 0 } else { label + 1 };
        let tokens = values.iter().zip(from..).map(|(t, c)| Token {
            text: t,
            reading: read(t),
            line: 1,
            row: 1,
            column: if cells == 0 { 0 } else { c },
        });
        let fragment =
            Fragment {
                text: "规章", piece: 0, line: 1, row: 1, column: label, blanks: 0, mark: "", span_bars: false
            };
        Candidate { labels: vec![fragment], tokens: tokens.collect(), in_row: cells > 0, cells, grid: false }
    }

    fn learn(rows: &[Candidate<'static>], headings: Headings) -> Frame {
        Frame::learn(rows.iter().map(|c| (c, 3)), headings)
    }

    #[test]
    fn equal_columns_mean_the_same() {
        let rows = [row(0, &["", "", "", "", "5"], 6), row(2, &["", "", "7"], 6)];
        let frame = learn(&rows, Headings::default());
        assert_eq!((frame.place(&rows[0], 3), frame.place(&rows[1], 3)), (Some(2..5), Some(0..3)));
        let shifted = [row(0, &["", "1", "2", "3", ""], 6), row(2, &["", "", "7"], 6)];
        let frame = learn(&shifted, Headings::default());
        assert_eq!(frame.place(&shifted[1], 3), None, "two rows that contradict each other");
        let moved = learn(&rows[1..], Headings { span_bars: true, ..Headings::default() });
        assert_eq!(moved.place(&row(2, &["7", "", ""], 6), 3), None, "the blanks may have been moved to the end");
    }

    #[test]
    fn rows_counted_from_their_label() {
        let full = row(0, &["1", "2", "3", ""], 0);
        let frame = learn(&[full], Headings::default());
        assert_eq!(frame.place(&row(0, &["", "", "4", ""], 0), 3), Some(0..3));
        assert_eq!(frame.place(&row(0, &["4", "", "", ""], 0), 3), None, "the last column must be filled");
        assert!(frame.is_blank_row(4, 3, false, false) && !frame.is_blank_row(3, 3, false, false));
        assert!(
            frame.is_blank_row(3, 3, true, false)
                && frame.is_blank_row(1, 3, false, true)
                && !frame.is_blank_row(2, 3, false, true)
        );
        let only_totals = [row(0, &["", "", "4", ""], 0)];
        assert_eq!(learn(&only_totals, Headings::default()).place(&only_totals[0], 3), None);
        let headings = Headings { trailing: Some(1), ..Headings::default() };
        assert_eq!(learn(&only_totals, headings).place(&only_totals[0], 3), Some(0..3));
    }
}
