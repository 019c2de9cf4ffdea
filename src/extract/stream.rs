//! The document as one stream of pieces: every layout of a table reduced to labels, values and blanks in reading order.
//!
//! Owns the recognition of row separators (tabs, bars, blanks, real cells). Refuses to know the forms, except through
//! the one question whether a text is a known label, which decides if digits glued to it are a value.

use super::label;
use super::number::{self, Reading};
use crate::document::{Block, Document, Grid};

/// How the row of a piece is held together in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A sentence or paragraph: no part of a table.
    Prose,
    /// A line with one cell, or a cell between bars that stands alone on its line.
    Single,
    /// Words and figures separated by blanks.
    Spaced,
    /// One row per line (tabs, bars) or a real grid: the row's end is known.
    Row,
}

/// A cell's worth of text.
#[derive(Clone, Debug)]
pub struct Piece<'d> {
    /// Text as printed.
    pub text: &'d str,
    /// Source line, from 1.
    pub line: u32,
    /// Number of its row in the stream.
    pub row: u32,
    /// Index of the cell in its row; for real grids the grid column.
    pub column: u16,
    /// How its row is held together.
    pub shape: Shape,
    /// What the text says as a figure.
    pub reading: Reading,
    /// Normalised label, empty for figures, blanks and prose.
    pub norm: String,
    /// Bars without blanks followed: spanned or collapsed cells.
    pub span_bars: bool,
}

/// Longest label of any form, with a sentence of explanation behind it.
const LABEL_BYTES: usize = 420;
/// Lines of more characters that also hold a full stop are prose.
const PROSE_CHARS: usize = 48;

/// Cuts a document into pieces. `known` says whether a normalised text is a label of some form.
#[must_use]
pub fn pieces<'d>(document: &'d Document, known: &dyn Fn(&str) -> bool) -> Vec<Piece<'d>> {
    let mut cutter = Cutter { pieces: Vec::with_capacity(document.blocks.len()), row: 0, open_cell: false, known };
    for block in &document.blocks {
        match block {
            Block::Line(line) => cutter.line(document.text(line.text), line.line),
            Block::Grid(grid) => cutter.grid(document, grid),
        }
    }
    cutter.pieces
}

struct Cutter<'d, 'k> {
    pieces: Vec<Piece<'d>>,
    row: u32,
    /// The last line held one cell without its bar: a lone bar on the next line closes it and is no blank cell.
    open_cell: bool,
    known: &'k dyn Fn(&str) -> bool,
}

impl<'d> Cutter<'d, '_> {
    fn line(&mut self, text: &'d str, line: u32) {
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
            return;
        }
        self.row += 1;
        if text.contains('|') {
            self.bars(text, line);
            return;
        }
        if text.trim_end_matches(' ').contains('\t') {
            if !is_rule(text.split('\t')) {
                self.tabs(text, line);
            }
            self.open_cell = false;
            return;
        }
        self.open_cell = true;
        self.bare(text.trim(), line);
    }

    fn tabs(&mut self, text: &'d str, line: u32) {
        let filled = text.split('\t').filter(|c| !c.trim().is_empty()).count();
        if filled == 0 {
            return;
        }
        // One indented cell is a line of its own, not a row.
if filled == 1 && !text.trim_end_matches(' ').ends_with('\t') {
            self.bare(text.trim(), line);
            return;
        }
        for (column, cell) in text.split('\t').enumerate() {
            self.cell(cell, line, column, Shape::Row);
        }
    }

    fn bars(&mut self, text: &'d str, line: u32) {
        let mut rest = text.trim();
        let trailing = rest.len() - rest.trim_end_matches('|').len();
        let was_open = std::mem::replace(&mut self.open_cell, false);
        if rest.len() == trailing {
            // Bars only: one closes the open cell or is a blank cell, more are spans.
            if trailing == 1 && !was_open {
                self.push(Piece { reading: Reading::Blank, ..self.blank_piece(line) });
            } else if trailing > 1 && let Some(last) = self.pieces.last_mut() {
                last.span_bars = true;
            }
            return;
        }
        let span_bars = trailing >= 2;
        rest = rest[..rest.len() - trailing].trim_end();
        if span_bars {
            rest = rest.strip_suffix('|').unwrap_or(rest);
        }
        if rest.trim().is_empty() || rest.trim() == "|" {
            self.push(Piece { reading: Reading::Blank, span_bars, ..self.blank_piece(line) });
            return;
        }
        let closed = trailing > 0;
        let led = rest.starts_with('|');
        rest = rest.strip_prefix('|').unwrap_or(rest);
        if is_rule(rest.split('|')) {
            return;
        }
        let cells = rest.split('|').count();
        // `| text` and `text |` alone on a line: cell per line. `| a | b |` and `a | b |`: a row.
        let shape = if cells >= 2 { Shape::Row } else { Shape::Single };
        self.open_cell = !closed && !led;
        for (column, cell) in rest.split('|').enumerate() {
            self.cell(cell, line, column, shape);
        }
        if span_bars && let Some(last) = self.pieces.last_mut() {
            last.span_bars = true;
        }
    }

    fn blank_piece(&self, line: u32) -> Piece<'d> {
        Piece {
            text: "",
            line,
            row: self.row,
            column: 0,
            shape: Shape::Single,
            reading: Reading::Blank,
            norm: String::new(),
            span_bars: false,
        }
    }

    fn grid(&mut self, document: &'d Document, grid: &Grid) {
        self.open_cell = false;
        for row in &grid.rows {
            self.row += 1;
            for cell in row {
                self.cell(document.text(cell.text), cell.line, usize::from(cell.column), Shape::Row);
            }
        }
    }

    /// A line without separators.
    fn bare(&mut self, text: &'d str, line: u32) {
        let long = text.len() > PROSE_CHARS * 3;
        if long && (text.contains('。') || text.contains('；') || text.len() > LABEL_BYTES) {
            self.push(Piece { text, shape: Shape::Prose, reading: Reading::Text, ..self.blank_piece(line) });
            return;
        }
        if text.bytes().any(|b| b.is_ascii_digit()) || text.chars().any(|c| ('０'..='９').contains(&c)) {
            let (label, figures) = split_figures(text);
            if (!label.is_empty() && !figures.is_empty()) || figures.len() > 1 {
                self.words(label, line, Shape::Spaced);
                for figure in figures {
                    self.plain(figure, line, 0, Shape::Spaced);
                }
                return;
            }
        }
        self.cell(text, line, 0, Shape::Single);
    }

    fn cell(&mut self, text: &'d str, line: u32, column: usize, shape: Shape) {
        let text = text.trim();
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        // `行政处罚 8`: label and value pushed together.
        if text.ends_with(|c: char| c.is_ascii_digit()) && text.contains(char::is_whitespace) && text.len() < LABEL_BYTES {
            let (label, figures) = split_figures(text);
            if !figures.is_empty() && label.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
                self.words(label, line, shape);
                if let Some(last) = self.pieces.last_mut() {
                    last.column = column;
                }
                for figure in figures {
                    self.plain(figure, line, column, shape);
                }
                return;
            }
        }
        self.plain(text, line, column, shape);
    }

    fn words(&mut self, text: &'d str, line: u32, shape: Shape) {
        if !text.is_empty() {
            self.plain(text, line, 0, shape);
        }
    }

    fn plain(&mut self, text: &'d str, line: u32, column: u16, shape: Shape) {
        let reading = number::read(text);
        let piece = Piece { text, line, column, shape, reading, ..self.blank_piece(line) };
        if reading != Reading::Text || text.len() > LABEL_BYTES {
            self.push(piece);
            return;
        }
        let norm = label::normalized(text);
        // `规章210`: digits glued to a known label are its values.
        let tail = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if tail > 0 && tail < text.len() {
            let (head, digits) = text.split_at(text.len() - tail);
            let head_norm = label::normalized(head);
            if digits.starts_with(|c: char| c.is_ascii_digit()) && (self.known)(&head_norm) {
                let reading = match number::read(digits) {
                    Reading::Text => Reading::Unreadable,
                    reading => reading,
                };
                self.push(Piece { text: head, norm: head_norm, ..piece.clone() });
                self.push(Piece { text: digits, reading, ..piece });
                return;
            }
        }
        self.push(Piece { norm, ..piece });
    }

    fn push(&mut self, piece: Piece<'d>) {
        self.pieces.push(piece);
    }
}

/// `|---|:--:|`, `--------\t---`: a rule between rows.
fn is_rule<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let mut rules = 0;
    for cell in cells {
        let cell = cell.trim().trim_matches(':');
        if cell.is_empty() {
            continue;
        }
        if cell.len() < 3 || !cell.bytes().all(|b| b == b'-') {
            return false;
        }
        rules += 1;
    }
    rules > 0
}

/// Splits `规章 0 0 0` into its words and the figures behind them.
fn split_figures(text: &str) -> (&str, Vec<&str>) {
    let mut figures = Vec::new();
    let mut rest = text.trim_end();
    loop {
        let start = rest.rfind(char::is_whitespace).map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let word = &rest[start..];
        let plain = !word.is_empty() && word.len() < 40 && matches!(number::read(word), Reading::Number { .. });
        if !plain {
            break;
        }
        figures.push(word);
        rest = rest[..start].trim_end();
    }
    // `2315831.33 元` alone on its line, `. 0`: one cell, not two words.
    figures.reverse();
    (rest, figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, Shape)> {
        let mut document = Document::default();
        for (i, line) in text.lines().enumerate() {
            document.push_line(line, i as u32 + 1, false);
        }
        pieces(&document, &|n| n == "规章" || n == "行政许可").iter().map(|p| (p.text.to_owned(), p.shape)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|p| p.0).collect()
    }

    #[test]
    fn bars_in_every_style() {
        assert_eq!(texts("行政许可 | 0 | ||"), ["行政许可", "0"]);
        assert_eq!(texts("| 规章 | 0 | 0 | 0 | "), ["规章", "0", "0", "0"]);
        assert_eq!(texts("规章 | 0 | 0 | 0 | |"), ["规章", "0", "0", "0", ""]);
        assert_eq!(texts("规章 | | 5 | 3 |"), ["规章", "", "5", "3"]);
        assert_eq!(texts("第二十条第(一)项 | |||"), ["第二十条第(一)项"]);
        assert_eq!(texts("规章 |\n0 |\n|\n0 | ||\n||||"), ["规章", "0", "", "0"]);
        assert_eq!(texts("规章\n|\n0\n|\n|\n0\n|"), ["规章", "0", "", "0"]);
        assert_eq!(texts("|---|:---:|\n--------\t---"), [""; 0]);
    }

    #[test]
    fn blanks_and_glue() {
        assert_eq!(texts("规章 0 12 3"), ["规章", "0", "12", "3"]);
        assert_eq!(texts("行政许可 8\t\t"), ["行政许可", "8", "", ""]);
        assert_eq!(texts("规章210"), ["规章", "210"]);
        assert_eq!(texts("附件1"), ["附件1"]);
        assert_eq!(texts("  12  "), ["12"]);
        assert_eq!(cut("0 0 0")[0].1, Shape::Spaced);
        assert_eq!(cut("规章\t0")[0].1, Shape::Row);
        assert_eq!(cut("规章 |")[0].1, Shape::Single);
    }
}
