//! Rich Text Format.
//!
//! Owns what control words mean for text and tables. Notes, headers, text boxes, deleted and hidden text are left out;
//! numbers of lists are kept where the writer wrote them as text. Refuses all that concerns looks.

mod code;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use self::code::{Charset, Waiting};
use self::token::{Token, Tokens};
use super::flow::{Down, Flow, Slot};
use super::limits::{Fault, Limits};
use nianbao_document::Document;

/// Groups within groups; Word uses some dozens.
const MAX_GROUPS: usize = 4_096;
/// Cells of a row that are defined; Word allows 63.
const MAX_CELLS: usize = 1_024;

/// Groups whose content is not text of the document, besides those marked with `\*`.
const SKIPPED: &[&[u8]] = &[
    b"aftnsep",
    b"annotation",
    b"colortbl",
    b"comment",
    b"filetbl",
    b"fldinst",
    b"footer",
    b"footerf",
    b"footerl",
    b"footerr",
    b"footnote",
    b"ftnsep",
    b"ftnsepc",
    b"header",
    b"headerf",
    b"headerl",
    b"headerr",
    b"info",
    b"listtable",
    b"listoverridetable",
    b"nonesttables",
    b"nonshppict",
    b"objdata",
    b"pict",
    b"private",
    b"rxe",
    b"shp",
    b"shprslt",
    b"shptxt",
    b"stylesheet",
    b"tc",
    b"tcn",
    b"txe",
    b"xe",
];

/// Reads an RTF file. Running numbers count paragraphs outside tables and table rows, from 1.
///
/// Adjacent rows are one table. A table within a cell becomes a grid of its own if it holds as much text as the cells
/// around it; these are then taken for page layout and become lines. A file that is cut off gives what is there.
///
/// # Errors
/// [`Fault::Damaged`] if it is no RTF or nests groups without end; [`Fault::Limit`] if it holds more than
/// `limits.unpacked` bytes of text or takes longer than `limits.time`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(Fault::Damaged("no RTF header".to_owned()));
    }
    let mut reader = Reader {
        flow: Flow::new(limits),
        state: State::default(),
        stack: Vec::new(),
        page: WINDOWS_1252,
        fonts: HashMap::new(),
        default_font: 0,
        font_entry: 0,
        waiting: Waiting::default(),
        high: None,
        replaced: 0,
        starred: false,
        text: String::new(),
        row: Row::default(),
        inner_row: Row::default(),
    };
    for token in Tokens::of(bytes) {
        if !reader.token(token)? {
            break;
        }
    }
    reader.flush();
    if !reader.text.trim().is_empty() {
        reader.paragraph()?;
    }
    Ok(reader.flow.finish())
}

/// What the content of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Text,
    /// The font table.
    Fonts,
    /// The definition of a row of an inner table.
    InnerRow,
    Skipped,
}

/// What ends with the group.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    kind: Kind,
    charset: Charset,
    /// Characters that stand in for a Unicode character and are not read; `None` is one.
    stand_ins: Option<usize>,
    hidden: bool,
    deleted: bool,
    in_table: bool,
    level: usize,
    heading: bool,
}

/// A row's definition.
#[derive(Clone, Debug, Default)]
struct Row {
    left: i32,
    slots: Vec<Slot>,
    /// The cell that the next `\cellx` ends.
    next: Slot,
}

impl Row {
    fn word(&mut self, word: &[u8], value: i32) {
        match word {
            b"trowd" => *self = Self::default(),
            b"trleft" => self.left = value,
            b"clvmgf" => self.next.down = Down::First,
            b"clvmrg" => self.next.down = Down::Merged,
            b"clmgf" => self.next.joined = false,
            b"clmrg" => self.next.joined = true,
            b"cellx" => {
                let left = self.slots.last().map_or(self.left.min(value), |s| s.right);
                let slot = Slot { left, right: value, ..std::mem::take(&mut self.next) };
                if self.slots.len() < MAX_CELLS {
                    self.slots.push(slot);
                }
            }
            _ => {}
        }
    }
}

struct Reader {
    flow: Flow,
    state: State,
    stack: Vec<State>,
    /// The document's code page.
    page: &'static Encoding,
    fonts: HashMap<i32, Charset>,
    default_font: i32,
    /// The font that the font table is at.
    font_entry: i32,
    waiting: Waiting,
    /// First half of a character beyond U+FFFF.
    high: Option<u16>,
    /// Characters still to be passed over, because `\u` said what they stand for.
    replaced: usize,
    /// `\*` was just seen.
    starred: bool,
    /// The paragraph so far.
    text: String,
    row: Row,
    inner_row: Row,
}

impl Reader {
    /// Takes a token; `false` at the end of the document.
    fn token(&mut self, token: Token<'_>) -> Result<bool, Fault> {
        let starred = std::mem::take(&mut self.starred);
        match token {
            Token::Open => {
                self.decode();
                if self.stack.len() >= MAX_GROUPS {
                    return Err(Fault::Damaged("RTF groups nested too deep".to_owned()));
                }
                self.stack.push(self.state);
            }
            Token::Close => {
                self.decode();
                let Some(state) = self.stack.pop() else { return Ok(false) };
                self.state = state;
                return Ok(!self.stack.is_empty());
            }
            Token::Symbol(b'*') => self.starred = true,
            // A stretch of skipped data costs nothing; a word may still begin another group in it, which is skipped too.
            _ if self.state.kind == Kind::Skipped => {}
            Token::Word(word, value) => self.word(word, value, starred)?,
            Token::Symbol(symbol) => self.symbol(symbol)?,
            Token::Hex(byte) => {
                if self.replaced > 0 {
                    self.replaced -= 1;
                } else {
                    self.byte(byte, true);
                }
            }
            Token::Text(bytes) => {
                let passed = self.replaced.min(bytes.len());
                self.replaced -= passed;
                bytes.iter().skip(passed).for_each(|b| self.byte(*b, false));
            }
        }
        Ok(true)
    }

    fn shows(&self) -> bool {
        self.state.kind == Kind::Text && !self.state.hidden && !self.state.deleted
    }

    /// A byte of text, `escaped` if it is written as `\'hh`.
    fn byte(&mut self, byte: u8, escaped: bool) {
        if !self.shows() {
            return;
        }
        if byte >= 0x80 || self.waiting.wants(byte, escaped, self.state.charset) {
            self.waiting.push(byte);
        } else if byte >= 0x20 || byte == b'\t' {
            self.put(char::from(byte));
        } else {
            self.flush();
        }
    }

    /// A character of text.
    fn put(&mut self, character: char) {
        self.flush();
        if self.shows() {
            self.text.push(character);
        }
    }

    /// Decodes what waits, because other text follows.
    fn flush(&mut self) {
        if self.high.take().is_some() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
        self.decode();
    }

    /// Decodes the bytes that wait: what follows does not belong to them. Half a character beyond U+FFFF goes on waiting:
    /// writers set `\\uc` and begin groups between the halves.
    fn decode(&mut self) {
        self.replaced = 0;
        self.waiting.flush(self.state.charset, self.page, &mut self.text);
    }

    fn unicode(&mut self, value: i32) {
        // Numbers above 32767 are written as negative ones, by some writers as they are.
        let unit = value.rem_euclid(0x1_0000) as u32;
        let value = u32::try_from(value).ok().filter(|v| *v > 0xFFFF).unwrap_or(unit);
        let unit = u16::try_from(value).unwrap_or(0);
        let high = self.high.take();
        self.flush();
        if self.shows() {
            let pair = high.and_then(|h| char::decode_utf16([h, unit]).next()?.ok());
            match (pair, unit) {
                (Some(character), _) => self.text.push(character),
                (None, 0xD800..0xDC00) => self.high = Some(unit),
                (None, 0..0x20) if value < 0x20 => {}
                (None, 0xA0) => self.text.push(' '),
                _ => self.text.push(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
        }
        self.replaced = self.state.stand_ins.unwrap_or(1);
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), Fault> {
        match symbol {
            b'\\' | b'{' | b'}' => {
                if self.replaced > 0 {
                    self.replaced -= 1;
                } else {
                    self.byte(symbol, false);
                }
            }
            b'~' => self.put(' '),
            b'_' => self.put('-'),
            b'\r' | b'\n' => self.paragraph()?,
            b'\t' => self.put('\t'),
            // Optional hyphens and marks of index entries.
            _ => self.flush(),
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8], value: Option<i32>, starred: bool) -> Result<(), Fault> {
        if word == b"u" {
            self.unicode(value.unwrap_or(0));
            return Ok(());
        }
        self.decode();
        if word == b"nesttableprops" {
            self.state.kind = Kind::InnerRow;
            return Ok(());
        }
        // In the outermost group such a word would hide the whole document.
        if self.stack.len() > 1 && (starred || SKIPPED.contains(&word)) {
            self.state.kind = Kind::Skipped;
            self.waiting.clear();
            return Ok(());
        }
        if word == b"fonttbl" && self.stack.len() > 1 {
            self.state.kind = Kind::Fonts;
            return Ok(());
        }
        let number = value.unwrap_or(0);
        match self.state.kind {
            Kind::Fonts => self.font(word, number),
            Kind::InnerRow if word == b"nestrow" => {
                let slots = self.inner_row.slots.clone();
                self.flow.row(self.state.level.max(2), slots)?;
            }
            Kind::InnerRow => self.inner_row.word(word, number),
            Kind::Text => self.text_word(word, value)?,
            Kind::Skipped => {}
        }
        Ok(())
    }

    /// A word in the font table.
    fn font(&mut self, word: &[u8], value: i32) {
        match word {
            b"f" => self.font_entry = value,
            b"fcharset" => {
                self.fonts.insert(self.font_entry, Charset::of(value));
            }
            // States a code page outright, and comes after the character set.
            b"cpg" => {
                self.fonts.insert(self.font_entry, Charset::Known(code::page_of(value)));
            }
            _ => {}
        }
    }

    fn text_word(&mut self, word: &[u8], value: Option<i32>) -> Result<(), Fault> {
        let number = value.unwrap_or(0);
        let on = value != Some(0);
        match word {
            b"par" | b"sect" => return self.paragraph(),
            b"cell" => {
                let text = std::mem::take(&mut self.text);
                return self.flow.cell(1, &text);
            }
            b"nestcell" => {
                let text = std::mem::take(&mut self.text);
                return self.flow.cell(self.state.level.max(2), &text);
            }
            b"row" => return self.end_row(),
            b"line" | b"softline" | b"page" | b"column" => self.put('\n'),
            b"tab" => self.put('\t'),
            b"emdash" => self.put('—'),
            b"endash" => self.put('–'),
            b"lquote" => self.put('‘'),
            b"rquote" => self.put('’'),
            b"ldblquote" => self.put('“'),
            b"rdblquote" => self.put('”'),
            b"bullet" => self.put('•'),
            b"emspace" | b"enspace" | b"qmspace" => self.put(' '),
            b"pard" => {
                self.state.in_table = false;
                self.state.level = 0;
                self.state.heading = false;
            }
            b"intbl" => self.state.in_table = on,
            b"itap" => self.state.level = usize::try_from(number).unwrap_or(0),
            b"outlinelevel" => self.state.heading = (0..9).contains(&number),
            b"plain" => {
                self.state.hidden = false;
                self.state.deleted = false;
                self.state.charset = self.charset(self.default_font);
            }
            b"v" => self.state.hidden = on,
            b"deleted" => self.state.deleted = on,
            b"f" => self.state.charset = self.charset(number),
            b"deff" => self.default_font = number,
            b"uc" => self.state.stand_ins = usize::try_from(number).ok(),
            b"ansicpg" => self.page = code::page_of(number),
            b"mac" => self.page = code::page_of(10_000),
            _ => self.row.word(word, number),
        }
        Ok(())
    }

    fn charset(&self, font: i32) -> Charset {
        self.fonts.get(&font).copied().unwrap_or_default()
    }

    fn depth(&self) -> usize {
        if self.state.in_table { self.state.level.max(1) } else { self.state.level }
    }

    /// Ends a paragraph.
    fn paragraph(&mut self) -> Result<(), Fault> {
        let depth = self.depth();
        // A deleted mark joins two paragraphs; those of tables are kept, because the grid stands on them.
        if depth == 0 && self.state.deleted {
            return Ok(());
        }
        self.flush();
        let text = std::mem::take(&mut self.text);
        self.flow.paragraph(depth, &text, self.state.heading)
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.flow.paragraph(1, &text, false)?;
        }
        self.flow.row(1, self.row.slots.clone())
    }
}
