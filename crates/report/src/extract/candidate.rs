//! Candidates: runs of label pieces with the values that follow them, before anything is known about their row.
//!
//! Owns the cutting of a stretch of the stream into candidates. Refuses to name rows or columns.

use super::number::{Reading, is_unit};
use super::stream::{Piece, Shape};

/// A value, blank or damaged figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'d> {
    /// Text as printed.
    pub(super) text: &'d str,
    /// What it says.
    pub(super) reading: Reading,
    /// Source line.
    pub(super) line: u32,
    /// Number of its row in the stream.
    pub(super) row: u32,
    /// Cell index in its row; for real grids the grid column.
    pub(super) column: u16,
}

impl Token<'_> {
    /// Whether no figure is printed.
    #[must_use]
    pub(super) const fn is_blank(&self) -> bool {
        matches!(self.reading, Reading::Blank)
    }

    /// Whether anything is printed: a figure, or a mark (`-`, `/`, 无) that stands for none but holds its place.
    #[must_use]
    pub(super) const fn is_printed(&self) -> bool {
        !self.is_blank() || !self.text.is_empty()
    }
}

/// One piece of label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fragment<'d> {
    /// Text as printed.
    pub(super) text: &'d str,
    /// Index of its piece in the stream.
    pub(super) piece: usize,
    /// Source line.
    pub(super) line: u32,
    /// Number of its row in the stream.
    pub(super) row: u32,
    /// Cell index in its row.
    pub(super) column: u16,
    /// Explicit blank cells that follow it before the next label.
    pub(super) blanks: u16,
    /// How the first of them is printed.
    pub(super) mark: &'d str,
    /// Bars without blanks follow it.
    pub(super) span_bars: bool,
}

/// Labels and the values behind them.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate<'d> {
    /// Pieces of label since the last values.
    pub(super) labels: Vec<Fragment<'d>>,
    /// Values and blanks, without any order beyond that of the source.
    pub(super) tokens: Vec<Token<'d>>,
    /// The end of its row is known, so that more values cannot follow elsewhere.
    pub(super) in_row: bool,
    /// Cells of the one row that holds the label and all values; 0 where there is no such row.
    pub(super) cells: u16,
    /// That row is one of a real grid: where a cell stands is certain, blank or not.
    pub(super) grid: bool,
}

impl Candidate<'_> {
    /// Values that are not blank.
    #[must_use]
    pub(super) fn filled(&self) -> usize {
        self.tokens.iter().filter(|t| !t.is_blank()).count()
    }

    /// Line of the first value, else of the last label.
    #[must_use]
    pub(super) fn line(&self) -> u32 {
        let value = self.tokens.iter().find(|t| !t.is_blank()).or(self.tokens.first());
        value.map(|t| t.line).or(self.labels.last().map(|l| l.line)).unwrap_or(0)
    }
}

/// Cuts a stretch of pieces into candidates. `base` is the index of its first piece in the stream.
#[must_use]
pub(super) fn candidates<'d>(pieces: &[Piece<'d>], base: usize) -> Vec<Candidate<'d>> {
    let mut out = Vec::new();
    let mut now = Candidate::default();
    let mut rest = pieces;
    let mut index = base;
    // The row above has a label and nothing but blank cells behind it.
    let mut blank_row = false;
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|p| p.row == first.row).count();
        let length = blank_line(&rest[..length]).unwrap_or(length);
        let (row, after) = rest.split_at(length);
        rest = after;
        let bounded = first.shape == Shape::Row;
        // A real grid says how wide it is; a line shows as many cells as it has.
        let cells = if !bounded { 0 } else { first.width.max(u16::try_from(row.len()).unwrap_or(u16::MAX)) };
        let mut values_here = 0;
        // A row is over with its line: what a row without label holds is not the blank row's above.
        let nameless = bounded && row.iter().all(|p| p.reading != Reading::Text);
        if nameless && std::mem::take(&mut blank_row) && row.iter().any(|p| p.reading != Reading::Blank) {
            flush(&mut now, &mut out);
        }
        for (at, piece) in row.iter().enumerate() {
            // `103 | 件 | 2625`: the unit stands among the figures of its row.
            let next = row.get(at + 1).or_else(|| rest.first().filter(|_| !bounded));
            let unit = is_unit(piece.text) && next.is_some_and(|n| !matches!(n.reading, Reading::Text));
            step(&mut now, &mut out, piece, (index, unit), &mut values_here);
            index += 1;
        }
        blank_row = bounded && values_here == 0 && !now.labels.is_empty() && !now.tokens.is_empty();
        if bounded && values_here > 0 {
            now.in_row = true;
            let whole =
                now.labels.last().is_some_and(|l| l.row == first.row) && now.tokens.iter().all(|t| t.row == first.row);
            now.cells = if whole { cells } else { 0 };
            now.grid = whole && first.width > 0;
            flush(&mut now, &mut out);
        }
    }
    flush(&mut now, &mut out);
    out
}

/// Where the row on the first line of several ends, if that is a label with nothing but blank cells, and the second line
/// has no more cells than it: then those are not the rest of the row.
fn blank_line(row: &[Piece<'_>]) -> Option<usize> {
    let first = row.first().filter(|p| p.shape == Shape::Row)?;
    let end = row.iter().position(|p| p.line != first.line)?;
    let blanks = row[..end].iter().filter(|p| p.reading == Reading::Blank).count();
    let labels = row[..end].iter().filter(|p| p.reading == Reading::Text).count();
    (labels > 0 && blanks > 0 && blanks + labels == end && row.len() - end <= end).then_some(end)
}

fn step<'d>(
    now: &mut Candidate<'d>,
    out: &mut Vec<Candidate<'d>>,
    piece: &Piece<'d>,
    (index, unit): (usize, bool),
    values: &mut usize,
) {
    if piece.shape == Shape::Prose {
        flush(now, out);
        now.labels.clear();
        return;
    }
    match piece.reading {
        Reading::Text if !unit || now.filled() == 0 || now.labels.is_empty() => {
            if now.filled() > 0 {
                flush(now, out);
            } else {
                settle_blanks(now);
            }
            now.labels.push(Fragment {
                text: piece.text,
                piece: index,
                line: piece.line,
                row: piece.row,
                column: piece.column,
                blanks: 0,
                mark: "",
                span_bars: piece.span_bars,
            });
        }
        reading => {
            let token = Token { text: piece.text, reading, line: piece.line, row: piece.row, column: piece.column };
            if !token.is_blank() {
                *values += 1;
            }
            now.tokens.push(token);
        }
    }
}

/// Label, blanks, label: the first one's row is printed blank.
fn settle_blanks(now: &mut Candidate<'_>) {
    if let Some(last) = now.labels.last_mut() {
        last.blanks = u16::try_from(now.tokens.len()).unwrap_or(u16::MAX);
        last.mark = now.tokens.first().map_or("", |t| t.text);
    }
    now.tokens.clear();
}

fn flush<'d>(now: &mut Candidate<'d>, out: &mut Vec<Candidate<'d>>) {
    if now.filled() == 0 {
        settle_blanks(now);
    }
    if now.filled() > 0 || !now.labels.is_empty() {
        out.push(std::mem::take(now));
    }
}
