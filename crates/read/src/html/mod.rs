//! Reads decoded HTML: lines of running text and the grids of tables, with their places in the source.
//!
//! Owns what markup means for reading: which elements break a line, which hide their content, how an unclosed table
//! is repaired, where spans put a cell, and which tables only lay out a page. It knows markup, not the official
//! forms: what a grid says is none of its business. It refuses to guess encodings (the text is decoded already) and
//! meaning, it reads no CSS, and it never fails: every input gives a document.
//!
//! Markup is repaired as browsers do, because that is what the authors of the pages looked at.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span as SourceSpan, Tokenizer};

mod table;
mod tag;
#[cfg(test)]
mod tests;

use self::table::{OpenCell, Place, Table};
use self::tag::Tag;
use nianbao_document::Document;

/// Tables nested deeper than this are read as text of the innermost one that counts.
const MAX_DEPTH: usize = 64;
/// The limit that browsers set.
const MAX_COL_SPAN: u32 = 1_000;

/// Reads decoded HTML.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut page = Page::new(text);
    let mut emitter = CallbackEmitter::new(Handler(&mut page));
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, Lean(emitter)).finish();
    page.finish()
}

#[derive(Clone, Copy)]
enum Attribute {
    ColSpan,
    RowSpan,
    Name,
    Content,
    Other,
}

/// The start tag that is being read.
struct OpenTag {
    kind: Tag,
    start: usize,
    attribute: Attribute,
    col_span: Option<u32>,
    row_span: Option<u32>,
    name: String,
    content: String,
}
/// The line of text that is being read.
#[derive(Default)]
struct Current {
    text: String,
    /// Source line of its first character that prints.
    line: u32,
    /// Whether it has a character that prints.
    ink: bool,
    /// Whether a blank is due before the next one.
    blank: bool,
}

/// The page as read so far.
struct Page<'a> {
    source: &'a [u8],
    /// Some lines end with a carriage return alone.
    lone_returns: bool,
    /// Lines are counted up to here, and this is the line.
    counted: usize,
    line: u32,

    document: Document,
    title: String,
    article_title: Option<String>,

    tag: Option<OpenTag>,
    in_head: bool,
    /// The element that hides its content, and how often it is nested in itself.
    hidden: Option<(Tag, u32)>,

    current: Current,
    heading: bool,
    pre: u32,

    tables: Vec<Table>,
    /// Open tables beyond [`MAX_DEPTH`].
    ignored_tables: usize,
}

impl<'a> Page<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source: source.as_bytes(),
            lone_returns: memchr::memchr_iter(b'\r', source.as_bytes())
                .any(|at| source.as_bytes().get(at + 1) != Some(&b'\n')),
            counted: 0,
            line: 1,
            document: Document::default(),
            title: String::new(),
            article_title: None,
            tag: None,
            in_head: false,
            hidden: None,
            current: Current::default(),
            heading: false,
            pre: 0,
            tables: Vec::new(),
            ignored_tables: 0,
        }
    }

    fn finish(mut self) -> Document {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.break_line();
        self.document.declared_title = self.article_title.or(self.document.declared_title);
        self.document
    }

    /// The line of a place in the source. Places must not go back.
    fn line_at(&mut self, place: usize) -> u32 {
        if let (Some(passed), Some(next)) = (self.source.get(self.counted..place), self.source.get(self.counted + 1..))
        {
            // A lone CR ends a line too, for the tokenizer and for editors.
            let ends = if self.lone_returns {
                let ends = |&(&at, &next): &(&u8, &u8)| at == b'\n' || (at == b'\r' && next != b'\n');
                passed.iter().zip(next).filter(ends).count()
            } else {
                memchr::memchr_iter(b'\n', passed).count()
            };
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.counted = place;
        }
        self.line
    }

    fn text(&mut self, value: &[u8], start: usize) {
        if self.hidden.is_some_and(|(hidden, _)| hidden != Tag::Title) || self.in_head && self.hidden.is_none() {
            return;
        }
        let text = match simdutf8::basic::from_utf8(value) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(value),
        };
        if self.hidden.is_some() {
            if self.document.declared_title.is_none() {
                self.title.push_str(&text);
            }
            return;
        }
        // Characters are copied in runs, not one by one.
        let mut rest = text.as_ref();
        let mut line_ends = 0;
        loop {
            let run = printing_run(rest.as_bytes());
            if run > 0 {
                self.start_run(start, line_ends);
                self.current.text.push_str(rest.get(..run).unwrap_or(""));
                rest = rest.get(run..).unwrap_or("");
            }
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { return };
            rest = chars.as_str();
            let kind = Ink::of(c);
            if kind == Ink::Prints {
                self.start_run(start, line_ends);
                self.current.text.push(c);
                continue;
            }
            line_ends += u32::from(c == '\n');
            if kind == Ink::Blank {
                match c {
                    _ if self.pre == 0 => self.current.blank = true,
                    '\n' => self.break_line(),
                    '\t' => self.current.text.push('\t'),
                    '\r' => {}
                    _ => self.current.text.push(' '),
                }
            }
        }
    }

    fn start_run(&mut self, text_start: usize, line_ends: u32) {
        if !self.current.ink {
            self.current.ink = true;
            self.current.line = self.line_at(text_start).saturating_add(line_ends);
        } else if self.current.blank {
            self.current.text.push(' ');
        }
        self.current.blank = false;
    }

    /// Ends the line of text and puts it where it belongs.
    fn break_line(&mut self) {
        if self.current.ink {
            self.put_line();
        }
        self.current.text.clear();
        self.current.ink = false;
        self.current.blank = false;
    }

    fn put_line(&mut self) {
        let (line, heading) = (self.current.line, self.heading);
        if let Some((table, outer)) = self.tables.split_last_mut() {
            // Only now is it known that a table in a cell is more than a spacer, and so what the outer ones are.
            if !table.has_text {
                table.has_text = true;
                for table in outer {
                    table.become_layout(&mut self.document);
                }
            }
            if table.place == Place::Cell && !table.layout {
                table.push_piece(self.current.text.trim(), line, heading);
                return;
            }
        }
        self.document.push_line(&self.current.text, line, heading);
    }

    /// A boundary that no heading and no preformatted text reaches across, closed or not.
    fn structure(&mut self) {
        self.break_line();
        self.heading = false;
        self.pre = 0;
    }

    fn open_table(&mut self) {
        self.structure();
        if self.ignored_tables == 0 && self.tables.last().is_some_and(|table| table.place != Place::Cell) {
            self.close_table();
        }
        if self.tables.len() < MAX_DEPTH {
            self.tables.push(Table::default());
        } else {
            self.ignored_tables += 1;
        }
    }

    fn close_table(&mut self) {
        self.structure();
        if self.ignored_tables > 0 && !self.tables.is_empty() {
            self.ignored_tables -= 1;
        } else if let Some(mut table) = self.tables.pop() {
            let rows = if table.is_data() { table.place() } else { None };
            match rows {
                Some(rows) => table.write_grid(rows, &mut self.document),
                None => table.become_layout(&mut self.document),
            }
        }
    }

    /// The table whose rows and cells the tags speak of.
    fn table(&mut self) -> Option<&mut Table> {
        if self.ignored_tables == 0 { self.tables.last_mut() } else { None }
    }

    fn close_row(&mut self) {
        self.structure();
        if let Some(table) = self.table() {
            table.place = Place::Table;
        }
    }

    fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.table() {
            table.place = Place::Row;
            if !table.layout {
                table.rows.push(table.cells.len());
            }
        }
        self.limit_table();
    }

    fn close_cell(&mut self) {
        self.structure();
        if let Some(table) = self.table()
            && table.place == Place::Cell
        {
            table.place = Place::Row;
        }
    }

    fn open_cell(&mut self, tag: &OpenTag) {
        self.close_cell();
        if self.table().is_some_and(|table| table.place == Place::Table) {
            self.open_row();
        }
        let line = self.line_at(tag.start);
        if let Some(table) = self.table() {
            table.place = Place::Cell;
            if !table.layout {
                table.cells.push(OpenCell {
                    line,
                    col_span: tag.col_span.unwrap_or(1).clamp(1, MAX_COL_SPAN) as usize,
                    row_span: tag.row_span.unwrap_or(1) as usize,
                    first_piece: table.pieces.len(),
                });
            }
        }
        self.limit_table();
    }

    fn limit_table(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && table.is_full()
        {
            table.become_layout(&mut self.document);
        }
    }

    fn read_meta(&mut self, tag: &OpenTag) {
        let content = filled(collapse(&tag.content));
        if tag.name.trim().eq_ignore_ascii_case("ArticleTitle") {
            self.article_title = self.article_title.take().or(content);
        } else if tag.name.trim().eq_ignore_ascii_case("PubDate") {
            self.document.declared_date = self.document.declared_date.take().or(content);
        }
    }

    fn start_tag(&mut self, tag: &OpenTag) {
        let kind = tag.kind;
        if let Some((hidden, depth)) = self.hidden {
            if hidden == Tag::Template && kind == hidden {
                self.hidden = Some((hidden, depth.saturating_add(1)));
            }
            if !kind.ends_hiding_of(hidden) {
                return;
            }
            self.hidden = None;
        }
        if !kind.belongs_to_head() {
            self.in_head = false;
        }
        if kind.hides() {
            self.hidden = Some((kind, 1));
            return;
        }
        match kind {
            Tag::Break | Tag::Paragraph | Tag::Block => self.break_line(),
            Tag::Heading => {
                self.break_line();
                self.heading = true;
            }
            Tag::Pre => {
                self.break_line();
                self.pre = self.pre.saturating_add(1);
            }
            Tag::Table => self.open_table(),
            Tag::Section => self.close_row(),
            Tag::Row => self.open_row(),
            Tag::Cell => self.open_cell(tag),
            Tag::Head => self.in_head = true,
            Tag::Meta => self.read_meta(tag),
            _ => {}
        }
    }

    fn end_tag(&mut self, kind: Tag) {
        if let Some((hidden, depth)) = self.hidden {
            if kind == hidden {
                self.hidden = depth.checked_sub(1).filter(|&depth| depth > 0).map(|depth| (hidden, depth));
                if kind == Tag::Title && self.document.declared_title.is_none() {
                    // Kept from the first title that says something; later ones belong to drawings and embedded pages.
                    self.document.declared_title = filled(collapse(&self.title));
                    self.title.clear();
                }
                return;
            }
            if !kind.ends_hiding_of(hidden) {
                return;
            }
            self.hidden = None;
        }
        match kind {
            Tag::Break | Tag::Paragraph => self.break_line(),
            Tag::Block | Tag::Heading => {
                self.break_line();
                self.heading = false;
            }
            Tag::Pre => {
                self.break_line();
                self.pre = self.pre.saturating_sub(1);
            }
            Tag::Table => self.close_table(),
            Tag::Section | Tag::Row => self.close_row(),
            Tag::Cell => self.close_cell(),
            Tag::Head => self.in_head = false,
            _ => {}
        }
    }

    fn attribute_value(&mut self, value: &[u8]) {
        if let Some(tag) = &mut self.tag {
            match tag.attribute {
                Attribute::ColSpan => tag.col_span = tag.col_span.or(number(value)),
                Attribute::RowSpan => tag.row_span = tag.row_span.or(number(value)),
                Attribute::Name => tag.name.push_str(&String::from_utf8_lossy(value)),
                Attribute::Content => tag.content.push_str(&String::from_utf8_lossy(value)),
                Attribute::Other => {}
            }
        }
    }

    fn wants_attributes(&self) -> bool {
        matches!(&self.tag, Some(OpenTag { kind: Tag::Cell | Tag::Meta, .. }))
    }
}

/// What a character leaves on paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    Prints,
    Blank,
    Nothing,
}

impl Ink {
    fn of(c: char) -> Self {
        match c {
            '\t'..='\r'
            | ' '
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => Self::Blank,
            // Left by editors between the characters of a word, where they would hide it from every search.
            '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Self::Nothing,
            _ => Self::Prints,
        }
    }
}

/// Bytes at the start of a text whose characters are sure to print: ASCII, Chinese and full-width punctuation.
fn printing_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes.get(at..) {
            Some([0x21..=0x7E, ..]) => 1,
            Some(
                [0xE4..=0xE9, _, _, ..]
                | [0xE3, 0x81..=0xFF, _, ..]
                | [0xE3, 0x80, 0x81..=0xFF, ..]
                | [0xEF, 0xBC, _, ..],
            ) => 3,
            _ => return at,
        };
    }
}

fn collapse(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| Ink::of(c) != Ink::Nothing).collect();
    let words: Vec<&str> = visible.split(|c| Ink::of(c) == Ink::Blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A number as HTML reads it: blanks and a plus sign before it and anything after it are ignored.
fn number(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(None, |number: Option<u32>, &digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}

/// Lets the tokenizer drive a page that outlives it.
struct Handler<'p, 'a>(&'p mut Page<'a>);

impl Callback<Infallible, usize> for Handler<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: SourceSpan<usize>) -> Option<Infallible> {
        let page = &mut *self.0;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                page.tag = Some(OpenTag {
                    kind: Tag::of(name),
                    start: span.start,
                    attribute: Attribute::Other,
                    col_span: None,
                    row_span: None,
                    name: String::new(),
                    content: String::new(),
                });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut page.tag {
                    tag.attribute = match name {
                        b"colspan" => Attribute::ColSpan,
                        b"rowspan" => Attribute::RowSpan,
                        b"name" => Attribute::Name,
                        b"content" => Attribute::Content,
                        _ => Attribute::Other,
                    };
                }
            }
            CallbackEvent::AttributeValue { value } => page.attribute_value(value),
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(tag) = page.tag.take() {
                    page.start_tag(&tag);
                }
            }
            CallbackEvent::EndTag { name } => page.end_tag(Tag::of(name)),
            CallbackEvent::String { value } => page.text(value, span.start),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// Keeps the emitter from storing what nobody reads: most of a Word export is style attributes and comments.
struct Lean<'p, 'a>(CallbackEmitter<Handler<'p, 'a>, Infallible, usize>);

impl ForwardingEmitter for Lean<'_, '_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.0.callback_mut().0.wants_attributes() {
            self.0.push_attribute_name(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.0.callback_mut().0.wants_attributes() {
            self.0.push_attribute_value(value);
        }
    }
}
