//! Candidates: runs of label pieces with the values that follow them, before anything is known about their row.
//!
//! Owns the cutting of a stretch of the stream into candidates. Refuses to name rows or columns.

use super::number::Reading;
use super::stream::{Piece, Shape};

/// A value, blank or damaged figure.
#[derive(Clone, Copy, Debug)]
pub struct Token<'d> {
    /// Text as printed.
    pub text: &'d str,
    /// What it says.
    pub reading: Reading,
    /// Source line.
    pub line: u32,
}

impl Token<'_> {
    /// Whether nothing is printed.
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        matches!(self.reading, Reading::Blank)
    }
}

/// One piece of label.
#[derive(Clone, Copy, Debug)]
pub struct Fragment<'d> {
    /// Text as printed.
    pub text: &'d str,
    /// Index of its piece in the stream.
    pub piece: usize,
    /// Source line.
    pub line: u32,
    /// Cell index in its row.
    pub column: u16,
    /// Explicit blank cells that follow it before the next label.
    pub blanks: u16,
    /// Bars without blanks follow it.
    pub span_bars: bool,
    /// Its row's end is known.
    pub in_row: bool,
}

/// Labels and the values behind them.
#[derive(Clone, Debug, Default)]
pub struct Candidate<'d> {
    /// Pieces of label since the last values.
    pub labels: Vec<Fragment<'d>>,
    /// Values and blanks, without any order beyond that of the source.
    pub tokens: Vec<Token<'d>>,
    /// The end of its row is known, so that more values cannot follow elsewhere.
    pub in_row: bool,
    /// Cells in its row, where known.
    pub row_cells: u16,
}

impl Candidate<'_> {
    /// Values that are not blank.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.tokens.iter().filter(|t| !t.is_blank()).count()
    }

    /// Cell index of the label nearest to the values; rows with the same one are laid out alike.
    #[must_use]
    pub fn label_column(&self) -> u16 {
        self.labels.last().filter(|l| l.in_row).map_or(u16::MAX, |l| l.column)
    }

    /// Line of the first value, else of the last label.
    #[must_use]
    pub fn line(&self) -> u32 {
        let value = self.tokens.iter().find(|t| !t.is_blank()).or(self.tokens.first());
        value.map(|t| t.line).or(self.labels.last().map(|l| l.line)).unwrap_or(0)
    }
}

/// Cuts a stretch of pieces into candidates. `base` is the index of its first piece in the stream.
#[must_use]
pub fn candidates<'d>(pieces: &[Piece<'d>], base: usize) -> Vec<Candidate<'d>> {
    let mut out = Vec::new();
    let mut now = Candidate::default();
    let mut rest = pieces;
    let mut index = base;
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|p| p.row == first.row).count();
        let (row, after) = rest.split_at(length);
        rest = after;
        let cells = u16::try_from(row.len()).unwrap_or(u16::MAX);
        let mut values_here = 0;
        for piece in row {
            step(&mut now, &mut out, piece, index, &mut values_here);
            index += 1;
        }
        let bounded = first.shape == Shape::Row;
        if bounded && values_here > 0 {
            now.in_row = true;
            now.row_cells = cells;
            flush(&mut now, &mut out);
        }
    }
    flush(&mut now, &mut out);
    out
}

fn step<'d>(now: &mut Candidate<'d>, out: &mut Vec<Candidate<'d>>, piece: &Piece<'d>, index: usize, values: &mut usize) {
    if piece.shape == Shape::Prose {
        flush(now, out);
        now.labels.clear();
        return;
    }
    match piece.reading {
        Reading::Text => {
            if now.filled() > 0 {
                flush(now, out);
            } else if let Some(last) = now.labels.last_mut() {
                // Label, blanks, label: the first one's row is printed blank.
                last.blanks = u16::try_from(now.tokens.len()).unwrap_or(u16::MAX);
                now.tokens.clear();
            } else {
                now.tokens.clear();
            }
            now.labels.push(Fragment {
                text: piece.text,
                piece: index,
                line: piece.line,
                column: piece.column,
                blanks: 0,
                span_bars: piece.span_bars,
                in_row: piece.shape == Shape::Row,
            });
        }
        reading => {
            let token = Token { text: piece.text, reading, line: piece.line };
            if !token.is_blank() {
                *values += 1;
            }
            now.tokens.push(token);
        }
    }
}

fn flush<'d>(now: &mut Candidate<'d>, out: &mut Vec<Candidate<'d>>) {
    if now.filled() > 0 || !now.labels.is_empty() {
        if now.filled() == 0
            && let Some(last) = now.labels.last_mut()
        {
            last.blanks = u16::try_from(now.tokens.len()).unwrap_or(u16::MAX);
            now.tokens.clear();
        }
        out.push(std::mem::take(now));
    } else {
        now.tokens.clear();
    }
}
