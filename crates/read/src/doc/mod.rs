//! Word 97–2003 (`.doc`) and WPS Writer (`.wps`): compound files with a stream `WordDocument`.
//!
//! Owns the walk over the main text: fields, paragraph, cell and row marks. Footnotes and their marks, headers, deleted,
//! hidden, struck and white text are left out; text boxes stand where they are anchored; numbers of automatic lists are
//! not part of the text. Refuses encrypted files and Word 2, 6 and 95, whose tables of pieces and properties are laid out
//! differently.

mod boxes;
mod pieces;
mod runs;
mod sprm;
mod styles;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::boxes::{Anchors, Tables};
use self::pieces::{Modifiers, Piece, Pieces};
use self::runs::{Chars, Runs, Stored};
use self::sprm::Paragraph;
use self::styles::Styles;
use super::bytes::{part, place_at, u16_at};
use super::flow::Flow;
use super::limits::{Fault, Limits};
use super::member::Members;
use super::ole::{self, Stream};
use super::seen::{Seen, raise, whiten};
use nianbao_document::Document;

/// Oldest version whose layout is that of Word 97 (`nFib`); 0xC0 is its bidirectional build.
const WORD_97: u16 = 0xC0;

/// Reads a Word document. Running numbers count paragraphs outside tables and table rows, from 1.
///
/// A table within a cell becomes a grid of its own if it holds as much text as the cells around it; these are then taken
/// for page layout and become lines. Otherwise its text stays in the outer cell.
///
/// # Errors
/// [`Fault::Encrypted`], [`Fault::Unsupported`] for older Word and other programs, [`Fault::Damaged`], and
/// [`Fault::Limit`] if it unpacks to more than `limits.unpacked` bytes or takes longer than `limits.time`.
pub fn read(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Document, Fault> {
    let file = ole::open(bytes)?;
    let mut left = limits.unpacked;
    let Stream { bytes: main, mut cut } = ole::stream(&file, "WordDocument", &mut left)?;
    ole::objects(&file, members);
    let damaged = |what: &str| Fault::Damaged(format!("Word document: {what}"));
    let short = || damaged("header is cut off");
    let (version, flags) = (u16_at(&main, 2).ok_or_else(short)?, u16_at(&main, 0x0A).ok_or_else(short)?);
    if version < WORD_97 {
        return Err(Fault::Unsupported(format!(
            "a document of Word 6 or 95 (nFib {version}) is not read by this version"
        )));
    }
    if flags & 0x0100 != 0 {
        return Err(Fault::Encrypted("encrypted Word document".to_owned()));
    }
    let names = if flags & 0x0200 == 0 { ["0Table", "1Table"] } else { ["1Table", "0Table"] };
    let name = names.into_iter().find(|n| file.has(n)).ok_or_else(|| damaged("no table stream"))?;
    let table = ole::stream(&file, name, &mut left)?;
    let data = if file.has("Data") { ole::stream(&file, "Data", &mut left)? } else { Stream::default() };
    cut |= table.cut || data.cut;
    let (table, data) = (table.bytes, data.bytes);
    // Every structure in the table stream is given by its place and its length.
    let structure = |at: usize| part(&table, place_at(&main, at)?, place_at(&main, at + 4)?);
    let most = place_at(&main, 0x4C).ok_or_else(short)?;
    // Footnotes, headers, macros, comments and endnotes stand between the main text and that of boxes.
    let before =
        [0x50, 0x54, 0x58, 0x5C, 0x60].iter().fold(most, |n, at| n.saturating_add(place_at(&main, *at).unwrap_or(0)));
    let all = before.saturating_add(place_at(&main, 0x64).unwrap_or(0));
    let pieces = structure(0x1A2).and_then(|clx| Pieces::read(clx, all)).ok_or_else(|| damaged("no piece table"))?;
    // Text is stored once. What claims more characters than there are bytes repeats itself.
    if pieces.pieces.iter().filter(|p| p.first < most).fold(0_usize, |n, p| n.saturating_add(p.count)) > main.len() {
        return Err(damaged("more text than bytes"));
    }
    let part = |at: usize| structure(at).unwrap_or(&[]);
    let anchors = Anchors::read(&Tables {
        anchors: part(0x1DA),
        boxes: part(0x25A),
        drawings: part(0x22A),
        notes: [part(0xAA), part(0x20A)],
        first: before,
    });
    let (chars, styles) = (runs::chars(&main, part(0xFA)), Styles::read(part(0xA2)));
    let walk = Walk {
        paragraphs: runs::paragraphs(&main, part(0x102)),
        grounds: styles.are_white() || chars.all().any(|c| c.look.white == Some(true)),
        chars,
        styles,
        pieces: &pieces,
        anchors,
        main: &main,
        data: &data,
        flow: Flow::new(limits),
        text: String::new(),
        fields: Vec::new(),
        high: None,
        boxed: false,
        base: 0,
        left: main.len(),
        here: Here::default(),
    };
    let mut document = walk.all(most)?;
    document.truncated |= cut;
    Ok(document)
}

/// The state of a walk over the text.
struct Walk<'a> {
    main: &'a [u8],
    data: &'a [u8],
    paragraphs: Runs<Stored<'a>>,
    chars: Runs<Chars>,
    styles: Styles,
    /// Some text is white: grounds matter.
    grounds: bool,
    pieces: &'a Pieces<'a>,
    anchors: Anchors,
    flow: Flow,
    /// The paragraph so far.
    text: String,
    /// Fields that are open: whether their result has begun. Their code is not text.
    fields: Vec<bool>,
    /// First half of a character beyond U+FFFF.
    high: Option<u16>,
    /// A text box is being read, and how deep in tables it stands.
    boxed: bool,
    base: usize,
    /// Characters that text boxes may still hold: they may overlap.
    left: usize,
    here: Here,
}

/// What holds for a stretch of the stream.
#[derive(Clone, Copy, Debug, Default)]
struct Here {
    from: usize,
    end: usize,
    chars: Chars,
    seen: Seen,
    /// The text is white on a ground that shows later.
    white: bool,
    /// The mark of a note ends with the stretch.
    mark: bool,
}

impl Walk<'_> {
    fn all(mut self, most: usize) -> Result<Document, Fault> {
        self.range(0, most)?;
        // The last paragraph has a mark too; where it is lost, its text is not.
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.flow.paragraph(0, &text, false)?;
        }
        Ok(self.flow.finish())
    }

    /// Walks over the characters from one to before another.
    fn range(&mut self, first: usize, end: usize) -> Result<(), Fault> {
        let pieces = self.pieces;
        let from = pieces.pieces.partition_point(|p| p.first.saturating_add(p.count) <= first);
        for piece in pieces.pieces.iter().skip(from).take_while(|p| p.first < end) {
            let modifiers = pieces.modifiers(piece);
            let numbers = first.saturating_sub(piece.first)..piece.count.min(end.saturating_sub(piece.first));
            self.here = Here::default();
            self.piece(piece, numbers, modifiers)?;
        }
        Ok(())
    }

    fn piece(&mut self, piece: &Piece, numbers: Range<usize>, modifiers: Modifiers<'_>) -> Result<(), Fault> {
        for number in numbers {
            let Some((unit, place)) = piece.unit(self.main, number) else { break };
            if !(self.here.from..self.here.end).contains(&place) {
                self.here = self.here(place, modifiers);
            }
            let chars = self.here.chars;
            match unit {
                0x07 | 0x0C | 0x0D => {
                    let hidden = chars.deleted || chars.look.hidden == Some(true);
                    self.end(unit, place, modifiers, hidden)?;
                }
                0x13 => self.fields.push(false),
                0x14 => {
                    if let Some(result) = self.fields.last_mut() {
                        *result = true;
                    }
                }
                0x15 => {
                    self.fields.pop();
                }
                _ if self.fields.contains(&false) => {}
                0x08 if !self.boxed => {
                    for (first, end) in self.anchors.boxes(piece.first.saturating_add(number)) {
                        self.read_box(first, end, place, modifiers)?;
                    }
                }
                0x01 if chars.picture && self.here.seen != Seen::Not => self.flow.picture(),
                _ => {
                    // A mark ends with its stretch, and before words and blanks.
                    let words = matches!(unit, 0..=0x20 | 0x3000 | 0x4E00..0xA000);
                    self.here.mark =
                        self.anchors.is_mark(piece.first.saturating_add(number)) || self.here.mark && !words;
                    self.shown(unit);
                }
            }
        }
        Ok(())
    }

    /// A character that is neither a mark nor of a field.
    fn shown(&mut self, unit: u16) {
        let Here { chars, seen, white, mark, .. } = self.here;
        if mark || seen == Seen::Not {
            // Blanks that are left out are no loss.
            if unit > 0x20 {
                self.flow.leave_out();
            }
            return;
        }
        let from = self.text.len();
        match chars.symbol {
            Some(symbol) => self.text.push(symbol),
            None => self.character(unit),
        }
        if white {
            whiten(&mut self.text, from);
        } else if seen == Seen::Raised {
            raise(&mut self.text, from);
        }
    }

    /// What holds for the stretch that a byte belongs to.
    fn here(&self, place: usize, modifiers: Modifiers<'_>) -> Here {
        let (chars, end) = self.chars.stretch(place);
        let mut chars = chars.unwrap_or_default();
        match modifiers {
            Modifiers::None => {}
            Modifiers::One(code, value) => chars.one(code, &[value]),
            Modifiers::List(list) => chars.apply(list),
        }
        let style = chars.style.map(|s| self.styles.get(s)).unwrap_or_default();
        let (paragraph, end_of_paragraph) = self.paragraphs.stretch(place);
        let of_paragraph = self.styles.get(paragraph.map_or(0, |p| p.style));
        let look = chars.look.over(style).over(of_paragraph);
        let (mut seen, mut white) = (look.on_ground(), look.white == Some(true) && look.filled != Some(true));
        if chars.deleted {
            seen = Seen::Not;
        }
        // The ground of a box is not known; that of a cell shows at the end of its row.
        if white {
            let paragraph = self.paragraph(place, modifiers);
            white = !paragraph.filled && !self.boxed;
            if white && paragraph.depth() == 0 {
                seen = Seen::Not;
            }
        }
        Here { from: place, end: end.min(end_of_paragraph), chars, seen, white, mark: false }
    }

    /// Walks over the text of a box that is anchored at a byte of the stream. It stands before the paragraph there.
    fn read_box(&mut self, first: usize, end: usize, place: usize, modifiers: Modifiers<'_>) -> Result<(), Fault> {
        let Some(left) = self.left.checked_sub(end.saturating_sub(first)) else { return Ok(()) };
        self.left = left;
        let depth = self.base.saturating_add(self.paragraph(place, modifiers).depth());
        let base = std::mem::replace(&mut self.base, depth);
        let (text, fields, here) = (std::mem::take(&mut self.text), std::mem::take(&mut self.fields), self.here);
        self.boxed = true;
        self.range(first, end)?;
        self.boxed = false;
        let rest = std::mem::replace(&mut self.text, text);
        if !rest.trim().is_empty() {
            self.flow.paragraph(depth, &rest, false)?;
        }
        (self.base, self.fields, self.here, self.high) = (base, fields, here, None);
        Ok(())
    }

    /// The paragraph that a byte of the stream belongs to.
    fn paragraph(&self, place: usize, modifiers: Modifiers<'_>) -> Paragraph {
        let mut paragraph = Paragraph::new(self.grounds);
        if let Some(Stored { style, list }) = self.paragraphs.at(place) {
            paragraph.heading = (1..=9).contains(&style);
            paragraph.apply(list, self.data);
        }
        match modifiers {
            Modifiers::None => {}
            Modifiers::One(code, value) => paragraph.one(code, &[value]),
            Modifiers::List(list) => paragraph.apply(list, self.data),
        }
        paragraph
    }

    fn character(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            let pair = char::decode_utf16([high, unit]).next().and_then(Result::ok);
            self.text.push(pair.unwrap_or(char::REPLACEMENT_CHARACTER));
            if (0xDC00..0xE000).contains(&unit) {
                return;
            }
        }
        match unit {
            0x09 => self.text.push('\t'),
            0x0B | 0x0E => self.text.push('\n'),
            0x1E => self.text.push('-'),
            0xA0 => self.text.push(' '),
            // Pictures, notes, optional hyphens and the like.
            0..0x20 => {}
            0xD800..0xDC00 => self.high = Some(unit),
            _ => self.text.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }

    /// Ends a paragraph; what else it ends is told by its properties.
    fn end(&mut self, mark: u16, place: usize, modifiers: Modifiers<'_>, hidden: bool) -> Result<(), Fault> {
        let paragraph = self.paragraph(place, modifiers);
        let depth = paragraph.depth();
        // A deleted mark joins two paragraphs; those of tables are kept, because the grid stands on them.
        if hidden && mark == 0x0D && depth == 0 {
            return Ok(());
        }
        // A field that is not closed must not swallow the rest.
        if mark == 0x07 {
            self.fields.clear();
        } else {
            self.fields.retain(|result| *result);
        }
        self.high = None;
        let text = std::mem::take(&mut self.text);
        let base = self.base;
        match mark {
            0x07 if paragraph.row_end => {
                // The mark of a row stands after that of its last cell; text between them belongs to no cell.
                if !text.trim().is_empty() {
                    self.flow.paragraph(base + 1, &text, false)?;
                }
                self.flow.row(base + 1, paragraph.slots())
            }
            0x07 => self.flow.cell(base + 1, &text),
            0x0D if depth > 1 && paragraph.inner_row_end => self.flow.row(base + depth, paragraph.slots()),
            0x0D if depth > 1 && paragraph.inner_cell_end => self.flow.cell(base + depth, &text),
            // A page break within a cell does not end the table.
            _ => self.flow.paragraph(base.saturating_add(depth), &text, paragraph.heading),
        }
    }
}
