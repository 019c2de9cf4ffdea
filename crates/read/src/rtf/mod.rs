//! Rich Text Format.
//!
//! Owns what control words mean for text and tables. Notes and their marks, headers, deleted, hidden, struck and white
//! text are left out; text boxes stand where they are anchored; numbers of lists are kept where the writer wrote them as
//! text. Refuses all that only adorns.

mod code;
mod looks;
pub(crate) use self::code::page_of;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use self::code::{Charset, Waiting};
use self::looks::{Colours, Family, Styles};
use self::token::{Token, Tokens};
use super::flow::{Down, Flow, Slot};
use super::limits::{Fault, Limits};
use super::seen::{Look, Seen, raise, whiten};
use nianbao_document::Document;

/// Groups within groups; Word uses some dozens.
const MAX_GROUPS: usize = 4_096;
/// Cells of a row that are defined; Word allows 63.
const MAX_CELLS: usize = 1_024;

/// Groups whose content is not text of the document, besides those marked with `\*`.
const SKIPPED: &[&[u8]] = &[
    b"aftnsep",
    b"annotation",
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
    b"shprslt",
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
        colours: Colours::default(),
        styles: Styles::default(),
        boxes: Vec::new(),
        base: 0,
        shape: Shape::default(),
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
    /// The colour table, the sheet of styles.
    Colours,
    Styles,
    /// A shape, and the name and the value of one of its properties.
    Shape,
    Name,
    Value,
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
    /// How text looks by itself, by its style, and by that of its paragraph.
    own: Look,
    style: Look,
    paragraph: Look,
    /// What comes of that: what becomes of the text, and whether it is white.
    seen: Seen,
    white: bool,
    /// The ground of the paragraph is not white.
    filled: bool,
    /// Where in the paragraph's text the group begins, and whether a note in it has a number that is counted.
    from: usize,
    counted: bool,
    deleted: bool,
    in_table: bool,
    level: usize,
    heading: bool,
}

impl State {
    /// Sees anew what becomes of text.
    fn judge(&mut self) {
        let look = self.own.over(self.style).over(self.paragraph);
        (self.seen, self.white) = (look.on_ground(), look.white == Some(true) && look.filled != Some(true));
    }
}

/// A row's definition.
#[derive(Clone, Debug, Default)]
struct Row {
    left: i32,
    slots: Vec<Slot>,
    /// The cell that the next `\cellx` ends.
    next: Slot,
}

/// A shape that is being read.
#[derive(Clone, Debug, Default)]
struct Shape {
    name: String,
    value: String,
    hidden: bool,
}

/// What is set aside while a text box is read.
struct Aside {
    /// Groups that are open outside it.
    groups: usize,
    text: String,
    row: Row,
    inner_row: Row,
    base: usize,
}

impl Row {
    fn word(&mut self, word: &[u8], value: i32, colours: &Colours) {
        match word {
            b"trowd" => *self = Self::default(),
            b"trleft" => self.left = value,
            b"clvmgf" => self.next.down = Down::First,
            b"clvmrg" => self.next.down = Down::Merged,
            b"clmgf" => self.next.joined = false,
            b"clmrg" => self.next.joined = true,
            b"clcbpat" => self.next.filled |= colours.fills(value),
            b"clshdng" => self.next.filled |= value > 0,
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
    colours: Colours,
    styles: Styles,
    /// Text boxes that are open, and how deep in tables the innermost stands.
    boxes: Vec<Aside>,
    base: usize,
    shape: Shape,
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
                (self.state.from, self.state.counted) = (self.text.len(), false);
            }
            Token::Close => {
                self.decode();
                let Some(state) = self.stack.pop() else { return Ok(false) };
                self.close(state)?;
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

    /// Ends a group; outside it things are as they were.
    fn close(&mut self, outside: State) -> Result<(), Fault> {
        match self.state.kind {
            Kind::Styles if outside.kind == Kind::Styles => self.styles.end(),
            Kind::Value => {
                self.shape.hidden |= self.shape.name.trim() == "fHidden" && self.shape.value.trim() == "1";
            }
            _ => {}
        }
        if let Some(aside) = self.boxes.pop_if(|b| b.groups == self.stack.len()) {
            self.flush();
            if !self.text.trim().is_empty() {
                self.paragraph()?;
            }
            (self.text, self.row, self.inner_row, self.base) = (aside.text, aside.row, aside.inner_row, aside.base);
        }
        self.state = outside;
        Ok(())
    }

    /// Begins a text box, whose paragraphs and tables stand where it is anchored.
    fn open_box(&mut self) {
        self.flush();
        if self.shape.hidden {
            self.state.kind = Kind::Skipped;
            return;
        }
        let base = self.base.saturating_add(self.depth());
        self.boxes.push(Aside {
            groups: self.stack.len().saturating_sub(1),
            text: std::mem::take(&mut self.text),
            row: std::mem::take(&mut self.row),
            inner_row: std::mem::take(&mut self.inner_row),
            base: std::mem::replace(&mut self.base, base),
        });
        self.state =
            State { charset: self.charset(self.default_font), stand_ins: self.state.stand_ins, ..State::default() };
    }

    /// What becomes of text here.
    fn seen(&self) -> Seen {
        if self.state.kind != Kind::Text || self.state.deleted {
            return Seen::Not;
        }
        // White text outside tables; in cells its ground shows later.
        if self.is_white() && self.base == 0 && self.depth() == 0 { Seen::Not } else { self.state.seen }
    }

    /// Whether text here is white on a ground that may be. That of text boxes is not known.
    fn is_white(&self) -> bool {
        self.state.white && !self.state.filled && self.boxes.is_empty()
    }

    fn shows(&self) -> bool {
        self.seen() != Seen::Not
    }

    /// Says of text that was just added, from a byte on, what looks make of it.
    fn added(&mut self, from: usize) {
        match self.seen() {
            Seen::Not => {}
            _ if self.is_white() => whiten(&mut self.text, from),
            Seen::Plain => {}
            Seen::Raised => raise(&mut self.text, from),
        }
    }

    /// A byte of text, `escaped` if it is written as `\'hh`.
    fn byte(&mut self, byte: u8, escaped: bool) {
        match self.state.kind {
            Kind::Name => self.shape.name.push(char::from(byte)),
            Kind::Value => self.shape.value.push(char::from(byte)),
            Kind::Colours if byte == b';' => self.colours.end(),
            _ => {}
        }
        if !self.shows() {
            if self.state.kind == Kind::Text {
                self.flow.leave_out();
            }
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
            let from = self.text.len();
            self.text.push(character);
            self.added(from);
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
        let from = self.text.len();
        self.waiting.flush(self.state.charset, self.page, &mut self.text);
        if self.text.len() > from {
            self.added(from);
        }
    }

    fn unicode(&mut self, value: i32) {
        // Numbers above 32767 are written as negative ones, by some writers as they are.
        let unit = value.rem_euclid(0x1_0000) as u32;
        let value = u32::try_from(value).ok().filter(|v| *v > 0xFFFF).unwrap_or(unit);
        let unit = u16::try_from(value).unwrap_or(0);
        let high = self.high.take();
        self.flush();
        if self.shows() {
            let from = self.text.len();
            let pair = high.and_then(|h| char::decode_utf16([h, unit]).next()?.ok());
            match (pair, unit) {
                (Some(character), _) => self.text.push(character),
                (None, 0xD800..0xDC00) => self.high = Some(unit),
                (None, 0..0x20) if value < 0x20 => {}
                (None, 0xA0) => self.text.push(' '),
                _ => self.text.push(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
            if self.text.len() > from {
                self.added(from);
            }
        } else if self.state.kind == Kind::Text {
            self.flow.leave_out();
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
        let inside = self.stack.len() > 1;
        if inside && self.state.kind != Kind::Skipped && self.destination(word, value, starred) {
            return Ok(());
        }
        if inside && (starred || SKIPPED.contains(&word)) {
            match word {
                b"footnote" => self.note(),
                b"pict" | b"shppict" if self.state.kind == Kind::Text => self.flow.picture(),
                _ => {}
            }
            self.state.kind = Kind::Skipped;
            self.waiting.clear();
            return Ok(());
        }
        let number = value.unwrap_or(0);
        match self.state.kind {
            Kind::Fonts => self.font(word, number),
            Kind::Colours => self.colours.word(word, number),
            Kind::Styles => self.styles.word(word, value, &self.colours),
            Kind::InnerRow if word == b"nestrow" => {
                let slots = self.inner_row.slots.clone();
                self.flow.row(self.base.saturating_add(self.state.level.max(2)), slots)?;
            }
            Kind::InnerRow => self.inner_row.word(word, number, &self.colours),
            Kind::Text => self.text_word(word, value)?,
            Kind::Shape | Kind::Name | Kind::Value | Kind::Skipped => {}
        }
        Ok(())
    }

    /// Takes a word that says what a group holds; `false` if it is none, or the group is left out.
    fn destination(&mut self, word: &[u8], value: Option<i32>, starred: bool) -> bool {
        let kind = match (word, self.state.kind) {
            (b"fonttbl", _) => Kind::Fonts,
            (b"colortbl", _) => Kind::Colours,
            (b"stylesheet", _) => Kind::Styles,
            // Styles of characters are marked as what older programs do not know.
            (b"cs", Kind::Styles) if starred => {
                self.styles.word(word, value, &self.colours);
                return true;
            }
            (b"shp", Kind::Text) => Kind::Shape,
            (b"shpinst" | b"do", Kind::Text | Kind::Shape) if starred => {
                self.shape = Shape::default();
                Kind::Shape
            }
            (b"sp", Kind::Shape) => {
                (self.shape.name, self.shape.value) = (String::new(), String::new());
                return true;
            }
            (b"sn", Kind::Shape) => Kind::Name,
            (b"sv", Kind::Shape) => Kind::Value,
            (b"shptxt" | b"dptxbxtext", Kind::Shape) => {
                self.open_box();
                return true;
            }
            _ => return false,
        };
        self.state.kind = kind;
        true
    }

    /// A note. Its mark, if it is not counted, is the text before it in its group.
    fn note(&mut self) {
        let Some(group) = self.stack.last().filter(|_| self.stack.len() > 2) else { return };
        if !group.counted && group.from > 0 && group.from < self.text.len() {
            self.text.truncate(group.from);
        }
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
                self.fonts.insert(self.font_entry, Charset::Known(page_of(value)));
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
                return self.flow.cell(self.base.saturating_add(1), &text);
            }
            b"nestcell" => {
                let text = std::mem::take(&mut self.text);
                return self.flow.cell(self.base.saturating_add(self.state.level.max(2)), &text);
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
                self.state.filled = false;
                self.state.paragraph = self.styles.get(Family::Paragraph, 0);
                self.state.judge();
            }
            b"s" => {
                self.state.paragraph = self.styles.get(Family::Paragraph, number);
                self.state.judge();
            }
            b"cs" => {
                self.state.style = self.styles.get(Family::Character, number);
                self.state.judge();
            }
            b"cbpat" => self.state.filled = self.colours.fills(number),
            b"shading" => self.state.filled |= number > 0,
            b"chftn" => self.state.counted = true,
            b"intbl" => self.state.in_table = on,
            b"itap" => self.state.level = usize::try_from(number).unwrap_or(0),
            b"outlinelevel" => self.state.heading = (0..9).contains(&number),
            b"plain" => {
                (self.state.own, self.state.style) = (Look::default(), Look::default());
                self.state.judge();
                self.state.deleted = false;
                self.state.charset = self.charset(self.default_font);
            }
            b"deleted" => self.state.deleted = on,
            b"f" => self.state.charset = self.charset(number),
            b"deff" => self.default_font = number,
            b"uc" => self.state.stand_ins = usize::try_from(number).ok(),
            b"ansicpg" => self.page = page_of(number),
            b"mac" => self.page = page_of(10_000),
            b"v" | b"strike" | b"striked" | b"super" | b"sub" | b"nosupersub" | b"up" | b"dn" | b"fs" | b"cf"
            | b"highlight" | b"cb" | b"chcbpat" | b"embo" | b"impr" | b"outl" | b"shad" => {
                looks::look(&mut self.state.own, word, value, &self.colours);
                self.state.judge();
            }
            _ => self.row.word(word, number, &self.colours),
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
        self.flow.paragraph(self.base.saturating_add(depth), &text, self.state.heading)
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.text);
        let depth = self.base.saturating_add(1);
        if !text.trim().is_empty() {
            self.flow.paragraph(depth, &text, false)?;
        }
        self.flow.row(depth, self.row.slots.clone())
    }
}
