//! Word 97–2003 (`.doc`) and WPS Writer (`.wps`): compound files with a stream `WordDocument`.
//!
//! Owns the walk over the main text: fields, paragraph, cell and row marks. Footnotes, headers, text boxes, deleted and
//! hidden text are left out; numbers of automatic lists are not part of the text. Refuses encrypted files and Word 2, 6
//! and 95, whose tables of pieces and properties are laid out differently.

mod bytes;
mod pieces;
mod runs;
mod sprm;
#[cfg(test)]
mod tests;

use std::io::Read;

use self::bytes::{part, place_at, u16_at};
use self::pieces::{Modifiers, Piece, Pieces};
use self::runs::{Mark, Runs, Stored};
use self::sprm::Paragraph;
use super::flow::Flow;
use super::limits::{Fault, Limits};
use super::ole::{self, Container, Ole};
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
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let mut file = ole::open(bytes).map_err(|e| Fault::Damaged(format!("compound file: {e}")))?;
    match ole::kind_of(&file) {
        Ole::Word => {}
        Ole::Encrypted => return Err(Fault::Encrypted("encrypted Office file".to_owned())),
        Ole::Workbook => return Err(Fault::Unsupported("a workbook, not a Word document".to_owned())),
        Ole::Other => return Err(Fault::Unsupported("compound file without a stream WordDocument".to_owned())),
    }
    let mut left = limits.unpacked;
    let main = stream(&mut file, "/WordDocument", &mut left)?;
    let damaged = |what: &str| Fault::Damaged(format!("Word document: {what}"));
    let cut = || damaged("header is cut off");
    let (version, flags) = (u16_at(&main, 2).ok_or_else(cut)?, u16_at(&main, 0x0A).ok_or_else(cut)?);
    if version < WORD_97 {
        return Err(Fault::Unsupported(format!("Word 95 or older (nFib {version})")));
    }
    if flags & 0x0100 != 0 {
        return Err(Fault::Encrypted("encrypted Word document".to_owned()));
    }
    let names = if flags & 0x0200 == 0 { ["/0Table", "/1Table"] } else { ["/1Table", "/0Table"] };
    let name = names.into_iter().find(|n| file.is_stream(n)).ok_or_else(|| damaged("no table stream"))?;
    let table = stream(&mut file, name, &mut left)?;
    let data = if file.is_stream("/Data") { stream(&mut file, "/Data", &mut left)? } else { Vec::new() };
    // Every structure in the table stream is given by its place and its length.
    let structure = |at: usize| part(&table, place_at(&main, at)?, place_at(&main, at + 4)?);
    let most = place_at(&main, 0x4C).ok_or_else(cut)?;
    let pieces = structure(0x1A2).and_then(|clx| Pieces::read(clx, most)).ok_or_else(|| damaged("no piece table"))?;
    // Text is stored once. What claims more characters than there are bytes repeats itself.
    if pieces.pieces.iter().fold(0_usize, |n, p| n.saturating_add(p.count)) > main.len() {
        return Err(damaged("more text than bytes"));
    }
    let walk = Walk {
        paragraphs: runs::paragraphs(&main, structure(0x102).unwrap_or(&[])),
        marks: runs::marks(&main, structure(0xFA).unwrap_or(&[])),
        main: &main,
        data: &data,
        flow: Flow::new(limits),
        text: String::new(),
        fields: Vec::new(),
        high: None,
    };
    walk.all(&pieces)
}

fn stream(file: &mut Container<'_>, name: &str, left: &mut u64) -> Result<Vec<u8>, Fault> {
    let damaged = |e: std::io::Error| Fault::Damaged(format!("stream {name}: {e}"));
    let stream = file.open_stream(name).map_err(damaged)?;
    let mut bytes = Vec::new();
    stream.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
    *left = left.checked_sub(bytes.len() as u64).ok_or_else(|| Fault::Limit(format!("stream {name} is too large")))?;
    Ok(bytes)
}

/// The state of a walk over the text.
struct Walk<'a> {
    main: &'a [u8],
    data: &'a [u8],
    paragraphs: Runs<Stored<'a>>,
    marks: Runs<Mark>,
    flow: Flow,
    /// The paragraph so far.
    text: String,
    /// Fields that are open: whether their result has begun. Their code is not text.
    fields: Vec<bool>,
    /// First half of a character beyond U+FFFF.
    high: Option<u16>,
}

impl Walk<'_> {
    fn all(mut self, pieces: &Pieces<'_>) -> Result<Document, Fault> {
        for piece in &pieces.pieces {
            let modifiers = pieces.modifiers(piece);
            let hidden = match modifiers {
                Modifiers::None => false,
                Modifiers::One(code, value) => code == sprm::DELETED && value & 1 == 1,
                Modifiers::List(list) => runs::mark(list) == Some(Mark::Hidden),
            };
            self.piece(piece, modifiers, hidden)?;
        }
        // The last paragraph has a mark too; where it is lost, its text is not.
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.flow.paragraph(0, &text, false)?;
        }
        Ok(self.flow.finish())
    }

    fn piece(&mut self, piece: &Piece, modifiers: Modifiers<'_>, hidden: bool) -> Result<(), Fault> {
        for number in 0..piece.count {
            let Some((unit, place)) = piece.unit(self.main, number) else { break };
            let mark = if hidden { Some(Mark::Hidden) } else { self.marks.at(place) };
            match unit {
                0x07 | 0x0C | 0x0D => self.end(unit, place, modifiers, mark == Some(Mark::Hidden))?,
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
                _ => match mark {
                    Some(Mark::Hidden) => {}
                    Some(Mark::Symbol(symbol)) => self.text.push(symbol),
                    None => self.character(unit),
                },
            }
        }
        Ok(())
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
        let mut paragraph = Paragraph::default();
        if let Some(Stored { style, list }) = self.paragraphs.at(place) {
            paragraph.heading = (1..=9).contains(&style);
            paragraph.apply(list, self.data);
        }
        match modifiers {
            Modifiers::None => {}
            Modifiers::One(code, value) => paragraph.one(code, &[value]),
            Modifiers::List(list) => paragraph.apply(list, self.data),
        }
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
        match mark {
            0x07 if paragraph.row_end => {
                // The mark of a row stands after that of its last cell; text between them belongs to no cell.
                if !text.trim().is_empty() {
                    self.flow.paragraph(1, &text, false)?;
                }
                self.flow.row(1, paragraph.slots())
            }
            0x07 => self.flow.cell(1, &text),
            0x0D if depth > 1 && paragraph.inner_row_end => self.flow.row(depth, paragraph.slots()),
            0x0D if depth > 1 && paragraph.inner_cell_end => self.flow.cell(depth, &text),
            // A page break within a cell does not end the table.
            _ => self.flow.paragraph(depth, &text, paragraph.heading),
        }
    }
}
