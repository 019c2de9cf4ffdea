//! The document as one stream of pieces: every layout of a table reduced to labels, values and blanks in reading order.
//!
//! Owns the recognition of row separators (tabs, bars, blanks, real cells). Refuses to know the forms, except through
//! the one question whether a text is a known label, which decides if digits glued to it are a value.

use super::label;
use super::number::{self, Reading};
use super::split::{ends_figure, inner_label, split_figures};
use super::text;
use nianbao_document::{Block, Document, Grid};

/// How the row of a piece is held together in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
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
pub(super) struct Piece<'d> {
    /// Text as printed.
    pub(super) text: &'d str,
    /// Source line, from 1.
    pub(super) line: u32,
    /// Number of its row in the stream.
    pub(super) row: u32,
    /// Index of the cell in its row; for real grids the grid column.
    pub(super) column: u16,
    /// Columns of the real grid that it stands in, else 0.
    pub(super) width: u16,
    /// How its row is held together.
    pub(super) shape: Shape,
    /// What the text says as a figure.
    pub(super) reading: Reading,
    /// Normalised label, empty for figures, blanks and prose.
    pub(super) norm: String,
    /// Bars without blanks followed: spanned or collapsed cells.
    pub(super) span_bars: bool,
}

/// Longest label of any form, with a sentence of explanation behind it.
const LABEL_BYTES: usize = 420;
/// Lines of more characters that also hold a full stop are prose.
const PROSE_CHARS: usize = 48;

/// Cuts a document into pieces. `known` says whether a normalised text is a label of some form.
#[must_use]
pub(super) fn pieces<'d>(document: &'d Document, known: &dyn Fn(&str) -> bool) -> Vec<Piece<'d>> {
    let mut cutter = Cutter {
        pieces: Vec::with_capacity(document.blocks.len()),
        row: 0,
        open_cell: false,
        led_rows: None,
        in_bars: false,
        known,
    };
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
    /// Whether the last row with several cells between bars began with a bar.
    led_rows: Option<bool>,
    /// The last line had bars.
    in_bars: bool,
    known: &'k dyn Fn(&str) -> bool,
}

impl<'d> Cutter<'d, '_> {
    fn line(&mut self, text: &'d str, line: u32) {
        let plain = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if plain.is_empty() || is_furniture(plain) {
            return;
        }
        // One search for both marks: most lines have neither.
        let mark = memchr::memchr2(b'|', b'\t', text.as_bytes());
        let bars = mark.is_some_and(|at| text[at..].contains('|'));
        // Where rows do not begin with a bar, a line that does goes on with the row above: its first cell is blank.
        let goes_on = bars && self.in_bars && self.led_rows == Some(false) && !self.open_cell && plain.starts_with('|');
        self.row += u32::from(!goes_on);
        self.in_bars = bars;
        if bars {
            self.bars(text, line, goes_on);
            return;
        }
        if mark.is_some() && text.trim_end_matches(' ').contains('\t') {
            if !is_rule(text.split('\t')) {
                self.tabs(text, line);
            }
            return;
        }
        self.open_cell = true;
        self.bare(plain, line);
    }

    fn tabs(&mut self, text: &'d str, line: u32) {
        self.open_cell = false;
        let filled = text.split('\t').filter(|c| !c.trim().is_empty()).count();
        if filled == 0 {
            return;
        }
        // One indented cell is a line of its own, not a row.
        if filled == 1 && !text.trim_end_matches(' ').ends_with('\t') {
            self.open_cell = true;
            self.bare(text.trim(), line);
            return;
        }
        for (column, cell) in text.split('\t').enumerate() {
            self.cell(cell, line, column, Shape::Row);
        }
    }

    fn bars(&mut self, text: &'d str, line: u32, goes_on: bool) {
        let mut rest = text.trim();
        let trailing = rest.len() - rest.trim_end_matches('|').len();
        let was_open = std::mem::replace(&mut self.open_cell, false);
        if rest.len() == trailing {
            // Bars only: one closes the open cell or is a blank cell, more are spans.
            if trailing == 1 && !was_open {
                self.push(Piece { reading: Reading::Blank, ..self.blank_piece(line) });
            } else if trailing > 1
                && let Some(last) = self.pieces.last_mut()
            {
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
        // A bar before an unclosed cell closes a cell above; where none is open, that one was blank.
        let blank_above = led && !closed && !was_open && !rest.contains('|');
        if goes_on || blank_above {
            self.push(Piece { reading: Reading::Blank, ..self.blank_piece(line) });
        }
        if is_rule(rest.split('|')) {
            return;
        }
        let cells = rest.split('|').count();
        // `| text` and `text |` alone on a line: cell per line. `| a | b |` and `a | b |`: a row.
        let shape = if cells >= 2 { Shape::Row } else { Shape::Single };
        if cells >= 3 && !goes_on {
            self.led_rows = Some(led);
        }
        // A bar that closes the cell above does not open its own line's one.
        self.open_cell = !closed && (!led || was_open || blank_above);
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
            width: 0,
            shape: Shape::Single,
            reading: Reading::Blank,
            norm: String::new(),
            span_bars: false,
        }
    }

    fn grid(&mut self, document: &'d Document, grid: &Grid) {
        self.open_cell = false;
        let ends = grid.rows.iter().flatten().map(|c| c.column.saturating_add(c.col_span));
        let width = ends.max().unwrap_or(0);
        for row in &grid.rows {
            self.row += 1;
            for cell in row {
                let from = self.pieces.len();
                self.cell(document.text(cell.text), cell.line, usize::from(cell.column), Shape::Row);
                for piece in &mut self.pieces[from..] {
                    piece.width = width;
                }
            }
        }
    }

    /// A line without separators.
    fn bare(&mut self, text: &'d str, line: u32) {
        if text.len() > PROSE_CHARS * 3 && (text.len() > LABEL_BYTES || has_sentence(text)) {
            if text.len() > LABEL_BYTES && is_flat(text, self.known) {
                self.flat(text, line);
                return;
            }
            self.push(Piece { text, shape: Shape::Prose, reading: Reading::Text, ..self.blank_piece(line) });
            return;
        }
        if text.chars().next_back().is_some_and(ends_figure) && text.contains(char::is_whitespace) {
            let last = self.pieces.last();
            let open =
                last.is_some_and(|p| p.shape == Shape::Spaced && p.reading != Reading::Text && p.row + 1 == self.row);
            let (label, figures) = split_figures(text, open);
            if (!label.is_empty() && !figures.is_empty()) || figures.len() > 1 {
                self.words(label, line, 0, Shape::Spaced);
                for figure in figures {
                    self.plain(figure, line, 0, Shape::Spaced);
                }
                return;
            }
        }
        if text.rsplit_once(char::is_whitespace).is_some_and(|(_, unit)| number::is_unit(unit)) {
            self.words(text, line, 0, Shape::Single);
            return;
        }
        self.cell(text, line, 0, Shape::Single);
    }

    /// A table that was flattened into one line: each word is a cell, sentences between them are prose.
    fn flat(&mut self, text: &'d str, line: u32) {
        let words: Vec<(usize, usize)> = words(text).collect();
        let mut at = 0;
        while at < words.len() {
            let (from, mut to) = words[at];
            self.row += 1;
            at += 1;
            if is_sentence(&text[from..to]) {
                while at < words.len() && is_sentence(&text[words[at].0..words[at].1]) {
                    to = words[at].1;
                    at += 1;
                }
                let text = &text[from..to];
                self.push(Piece { text, shape: Shape::Prose, reading: Reading::Text, ..self.blank_piece(line) });
                continue;
            }
            // Labels may have been broken by blanks.
            let known = |to: usize| (self.known)(&label::normalized(&text[from..to]));
            if !known(to)
                && let Some(width) = (1..LABEL_WORDS).rev().find(|w| words.get(at + w - 1).is_some_and(|w| known(w.1)))
            {
                to = words[at + width - 1].1;
                at += width;
            }
            self.plain(&text[from..to], line, 0, Shape::Single);
        }
    }

    fn cell(&mut self, text: &'d str, line: u32, column: usize, shape: Shape) {
        let text = text.trim();
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        // `行政处罚 8`: label and value pushed together.
        if text.ends_with(|c: char| c.is_ascii_digit())
            && text.contains(char::is_whitespace)
            && text.len() < LABEL_BYTES
        {
            let (label, figures) = split_figures(text, false);
            // Other words with a figure are a counter, an address, a telephone number.
            if !figures.is_empty() && (self.known)(&label::normalized(label)) {
                self.words(label, line, column, shape);
                for figure in figures {
                    self.plain(figure, line, column, shape);
                }
                return;
            }
        }
        self.plain(text, line, column, shape);
    }

    /// The words before the figures of a line. A counting word at their end is a cell of its own (the unit column).
    fn words(&mut self, text: &'d str, line: u32, column: u16, shape: Shape) {
        if text.is_empty() {
            return;
        }
        let unit = text.rsplit_once(char::is_whitespace).filter(|(_, unit)| number::is_unit(unit));
        let label = unit.map_or(text, |(head, _)| head.trim_end());
        let norm = label::normalized(label);
        let from = if (self.known)(&norm) { Some(0) } else { inner_label(label, self.known) };
        match from {
            Some(from) if from > 0 => {
                self.plain(label[..from].trim_end(), line, column, shape);
                self.plain(&label[from..], line, column, shape);
            }
            _ => self.plain(label, line, column, shape),
        }
        if let Some((_, unit)) = unit {
            self.plain(unit, line, column, shape);
        }
    }

    fn plain(&mut self, text: &'d str, line: u32, column: u16, shape: Shape) {
        let reading = number::read(text);
        let piece = Piece { text, line, column, shape, reading, ..self.blank_piece(line) };
        if reading != Reading::Text || text.len() > LABEL_BYTES {
            self.push(piece);
            return;
        }
        if text.chars().next_back().is_some_and(ends_figure) && self.glued(&piece) {
            return;
        }
        let norm = self.without_explanation(text).unwrap_or_else(|| label::normalized(text));
        self.push(Piece { norm, ..piece });
    }

    /// A label whose explanation in brackets names other rows, without it: 行政处罚（不含行政强制） is 行政处罚.
    fn without_explanation(&self, text: &str) -> Option<String> {
        let (head, inner) = text.split_once(['（', '('])?;
        let head = label::normalized(head);
        let names_row = |part: &str| {
            let starts = part.char_indices().map(|(at, _)| at).take(5);
            starts.map(|at| &part[at..]).any(|rest| rest.chars().count() >= 4 && (self.known)(&label::normalized(rest)))
        };
        let parts = inner.trim_end_matches(['）', ')']).split(['，', ',', '、', '和', '与', '；']);
        ((self.known)(&head) && !(self.known)(&label::normalized(text)) && parts.into_iter().any(names_row))
            .then_some(head)
    }

    /// `规章210`: what is glued to a known label are its values.
    fn glued(&mut self, piece: &Piece<'d>) -> bool {
        let text = piece.text;
        let mut before = '0';
        for (at, c) in text.char_indices() {
            let starts = text::fold_char(c).is_ascii_digit() && !text::fold_char(before).is_ascii_digit();
            before = c;
            if !starts || at == 0 {
                continue;
            }
            // A mark before the digits belongs to them: `--175` is two blanks and a figure, or none of it.
            let (head, figures) =
                text.split_at(text[..at].trim_end_matches(['-', '/', '—', '–', '+', '－', '／']).len());
            let reading = number::read(figures);
            if reading == Reading::Text && figures.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let norm = label::normalized(head);
            let from = if (self.known)(&norm) { Some(0) } else { inner_label(head, self.known) };
            let Some(from) = from else { continue };
            if from > 0 {
                let group = head[..from].trim_end();
                self.push(Piece { text: group, norm: label::normalized(group), ..piece.clone() });
            }
            let own = &head[from..];
            let norm = if from > 0 { label::normalized(own) } else { norm };
            let reading = if reading == Reading::Text { Reading::Unreadable } else { reading };
            self.push(Piece { text: own, norm, ..piece.clone() });
            self.push(Piece { text: figures, reading, ..piece.clone() });
            return true;
        }
        false
    }

    fn push(&mut self, piece: Piece<'d>) {
        self.pieces.push(piece);
    }
}

/// Words that a broken label may have, and rows and figures of the smallest table that was flattened into one line.
const LABEL_WORDS: usize = 3;
const FLAT_ROWS: usize = 3;
const FLAT_FIGURES: usize = 10;

/// Where the words of a text stand that blanks part.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let start = text.as_ptr().addr();
    text.split_whitespace().map(move |w| (w.as_ptr().addr() - start, w.as_ptr().addr() - start + w.len()))
}

/// Whether a line is a table without the ends of its rows: labels with figures behind them, and many of these.
fn is_flat(text: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let (mut rows, mut figures) = (0, 0);
    let mut labelled = false;
    for word in text.split_whitespace() {
        // What is longer than a label is no figure, and may be a whole file.
        let figure = word.len() <= LABEL_BYTES && !matches!(number::read(word), Reading::Text);
        figures += usize::from(figure);
        rows += usize::from(figure && labelled);
        labelled = !figure && word.len() <= LABEL_BYTES && known(&label::normalized(word));
    }
    rows >= FLAT_ROWS && figures >= FLAT_FIGURES
}

/// Whether a word is one of running text.
fn is_sentence(word: &str) -> bool {
    has_sentence(word) || word.len() > LABEL_BYTES
}

/// Whether a sentence ends in a text.
fn has_sentence(text: &str) -> bool {
    let ends = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    text.ends_with(['。', '；']) || ends("。") || ends("；")
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

/// The head and foot of a page in a flat text: `Page 3 - title`, `P. 4`, `第3页 共8页`, `- 5 -`.
pub(super) fn is_furniture(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if !matches!(first, 'P' | 'p' | '第' | '-' | '—') || text.len() > 200 {
        return false;
    }
    let digits = |t: &str| {
        let end = t.find(|c: char| !c.is_ascii_digit()).unwrap_or(t.len());
        (1..=4).contains(&end).then(|| t[end..].trim_start().to_owned())
    };
    let after = |head: &str| text.strip_prefix(head).and_then(|rest| digits(rest.trim_start()));
    let page = after("Page")
        .or_else(|| after("page"))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '–', '/', 'o']));
    let short = after("P.").or_else(|| after("p.")).is_some_and(|rest| rest.is_empty());
    let chinese = after("第").is_some_and(|rest| {
        rest.strip_prefix('页')
            .is_some_and(|r| r.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "共页/,，".contains(c)))
    });
    let dashed = after("-").is_some_and(|r| r == "-") || after("—").is_some_and(|r| r == "—");
    page || short || chinese || dashed
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
        assert_eq!(texts("规章\n|\n|0\n|\n3\n|"), ["规章", "", "0", "3"], "a blank's bar pulled to the next cell");
        assert_eq!(texts("|---|:---:|\n--------\t---"), [""; 0]);
    }

    #[test]
    fn marks_between_figures_are_cells() {
        assert_eq!(texts("规章 0 - 3"), ["规章", "0", "-", "3"]);
        assert_eq!(texts("规章 - / —"), ["规章", "-", "/", "—"]);
        assert_eq!(texts("- 0 3"), ["-", "0", "3"]);
        assert_eq!(texts("- 3"), ["- 3"], "a bullet");
        assert_eq!(texts("- -"), ["-", "-"]);
        assert_eq!(texts("规章 0 0\n- 3"), ["规章", "0", "0", "-", "3"], "a row that was wrapped");
        assert_eq!(texts("收费 12 . 5"), ["收费", "12 . 5"]);
        assert_eq!(texts("收费 3 12. 5"), ["收费", "3", "12. 5"]);
        assert_eq!(texts("7 . 77"), ["7 . 77"]);
        assert_eq!(texts("主动公开数 条 101 5"), ["主动公开数", "条", "101", "5"]);
    }

    #[test]
    fn pages_and_rows_that_go_on() {
        assert_eq!(texts("规章 0 0\nPage 3 - 某局报告\n5\nP. 4\n第 3 页 共 8 页\n- 5 -"), ["规章", "0", "0", "5"]);
        assert_eq!(texts("甲 | 1 | 2 |\n规章 | 3 |\n| 5 |"), ["甲", "1", "2", "规章", "3", "", "5"]);
        assert_eq!(texts("| 甲 | 1 | 2 |\n| 规章 |\n| 5 |"), ["甲", "1", "2", "规章", "5"]);
        assert_eq!(texts("规章\n|\n0\n|0\n|\n|\n7\n|"), ["规章", "0", "0", "", "7"]);
        assert_eq!(texts("规章\n\t5\n\t\t | \n\t\t6  | "), ["规章", "5", "6"]);
    }

    #[test]
    fn blanks_and_glue() {
        assert_eq!(texts("规章 0 12 3"), ["规章", "0", "12", "3"]);
        assert_eq!(texts("行政许可 8\t\t"), ["行政许可", "8", "", ""]);
        assert_eq!(texts("规章210"), ["规章", "210"]);
        assert_eq!(texts("规章２１"), ["规章", "２１"]);
        assert_eq!(texts("规章--175"), ["规章", "--175"]);
        assert_eq!(texts("三、本年度(一)规章000"), ["三、本年度", "(一)规章", "000"]);
        assert_eq!(texts("附件1"), ["附件1"]);
        assert_eq!(texts("  12  "), ["12"]);
        assert_eq!(cut("0 0 0")[0].1, Shape::Spaced);
        assert_eq!(cut("规章\t0")[0].1, Shape::Row);
        assert_eq!(cut("规章 |")[0].1, Shape::Single);
    }
}
