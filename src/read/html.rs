//! Reads decoded HTML: lines of running text and the grids of tables, with their places in the source.
//!
//! Owns what markup means for reading: which elements break a line, which hide their content, how an unclosed table
//! is repaired, where spans put a cell, and which tables only lay out a page. It knows markup, not the official
//! forms: what a grid says is none of its business. It refuses to guess encodings (the text is decoded already) and
//! meaning, it reads no CSS, and it never fails: every input gives a document.
//!
//! Markup is repaired as browsers do, because that is what the authors of the pages looked at.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span as SourceSpan, Tokenizer};

use crate::document::{Block, Cell, Document, Grid, Span};

/// Tables nested deeper than this are read as text of the innermost one that counts.
const MAX_DEPTH: usize = 64;
/// The limit that browsers set.
const MAX_COL_SPAN: u32 = 1_000;
/// Rows and cells of one table, beyond which its text becomes lines; and places that its cells may cover, beyond which
/// spans are cut.
const MAX_PLACES: usize = 200_000;
/// Characters of a cell above which its table is taken for page layout.
const MAX_CELL_CHARS: usize = 600;

/// Reads decoded HTML.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut page = Page::new(text);
    let mut emitter = CallbackEmitter::new(Handler(&mut page));
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, Lean(emitter)).finish();
    page.finish()
}

/// What a tag does to the reading. End tags have the kind of their start tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Inline,
    Break,
    Paragraph,
    Block,
    Heading,
    Pre,
    Table,
    Section,
    Row,
    Cell,
    Head,
    HeadPart,
    Meta,
    Title,
    /// Elements whose content the tokenizer hands over as one raw string.
    Raw,
    Template,
    Select,
    Option,
    Xml,
}

impl Tag {
    fn of(name: &[u8]) -> Self {
        match name {
            b"br" => Self::Break,
            b"p" => Self::Paragraph,
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"dd" | b"details" | b"dir"
            | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"frameset"
            | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"li" | b"main" | b"marquee" | b"menu" | b"nav"
            | b"noframes" | b"ol" | b"section" | b"summary" | b"textarea" | b"ul" | b"xmp" => Self::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"pre" | b"listing" | b"plaintext" => Self::Pre,
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" | b"caption" | b"colgroup" => Self::Section,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"head" => Self::Head,
            b"link" | b"base" | b"basefont" | b"bgsound" => Self::HeadPart,
            b"meta" => Self::Meta,
            b"title" => Self::Title,
            b"script" | b"style" | b"noscript" | b"iframe" | b"noembed" => Self::Raw,
            b"template" => Self::Template,
            b"select" | b"datalist" => Self::Select,
            b"option" => Self::Option,
            // Office data islands: inside comments in what Word writes, bare after some editors stripped those.
            b"xml" => Self::Xml,
            _ => Self::Inline,
        }
    }

    /// Whether a start tag of this kind may stand in a head; any other one starts the body.
    fn belongs_to_head(self) -> bool {
        matches!(self, Self::Head | Self::HeadPart | Self::Meta | Self::Title | Self::Raw | Self::Template | Self::Xml)
    }

    fn hides(self) -> bool {
        matches!(self, Self::Title | Self::Raw | Self::Template | Self::Select | Self::Option | Self::Xml)
    }

    /// Whether the tag shows that a hiding element was never closed: its own end tag is missing more often than
    /// structure stands in it, and hiding the rest of a report is the worse error.
    fn ends_hiding_of(self, hidden: Self) -> bool {
        matches!(hidden, Self::Select | Self::Option | Self::Xml)
            && !matches!(self, Self::Inline | Self::Break)
            && !self.belongs_to_head()
            && !self.hides()
    }
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

/// One line of text of a cell, in the text of its table.
struct Piece {
    start: usize,
    end: usize,
    line: u32,
    heading: bool,
}

struct OpenCell {
    line: u32,
    col_span: usize,
    /// 0: to the end of the table.
    row_span: usize,
    /// Where its pieces start; they end where those of the next cell start.
    first_piece: usize,
}

/// Where in its table the reading is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Table,
    Row,
    Cell,
}

/// A table that is still open, or just closed.
#[derive(Default)]
struct Table {
    text: String,
    pieces: Vec<Piece>,
    cells: Vec<OpenCell>,
    /// First cell of each row.
    rows: Vec<usize>,
    place: Place,
    has_text: bool,
    /// Its text streams as lines; nothing is collected any more.
    layout: bool,
}

impl Table {
    fn is_full(&self) -> bool {
        self.cells.len() + self.rows.len() >= MAX_PLACES
    }

    fn push_piece(&mut self, text: &str, line: u32, heading: bool) {
        if self.cells.last().is_some_and(|cell| cell.first_piece < self.pieces.len()) {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { start, end: self.text.len(), line, heading });
    }

    /// The text of a cell, line breaks included.
    fn cell_text(&self, index: usize) -> &str {
        let first = self.cells.get(index).map_or(self.pieces.len(), |cell| cell.first_piece);
        let end = self.cells.get(index + 1).map_or(self.pieces.len(), |cell| cell.first_piece);
        match self.pieces.get(first..end) {
            Some([only]) => self.text.get(only.start..only.end).unwrap_or(""),
            Some([first, .., last]) => self.text.get(first.start..last.end).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether the table arranges data, not a page.
    fn is_data(&self) -> bool {
        let mut filled = 0;
        for index in 0..self.cells.len() {
            let text = self.cell_text(index);
            if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
                return false;
            }
            filled += usize::from(!text.is_empty());
        }
        filled > 1
    }

    /// Places the cells, row by row, without their text. `None` if a column number does not fit.
    ///
    /// A cell that would run into one from above keeps its place, as in browsers, but covers only what is free, so
    /// that no place of a grid has two cells.
    fn place(&self) -> Option<Vec<Vec<Cell>>> {
        let height = self.rows.len();
        // For each column the first row in which it is free.
        let mut free_from: Vec<usize> = Vec::new();
        let mut budget = MAX_PLACES.saturating_sub(self.cells.len());
        let mut grid = Vec::with_capacity(height);
        for (row, &first) in self.rows.iter().enumerate() {
            let end = self.rows.get(row + 1).copied().unwrap_or(self.cells.len());
            let cells = self.cells.get(first..end).unwrap_or_default();
            let mut placed = Vec::with_capacity(cells.len());
            let mut column = 0;
            for cell in cells {
                while free_from.get(column).is_some_and(|&free| free > row) {
                    column += 1;
                }
                let free = (column..column + cell.col_span)
                    .take_while(|&at| free_from.get(at).is_none_or(|&free| free <= row))
                    .count();
                let width = free.min(budget + 1).max(1);
                budget -= width - 1;
                let below = height - row;
                let wanted = if cell.row_span == 0 { below } else { cell.row_span.min(below) };
                let tall = wanted.min(1 + budget / width).min(usize::from(u16::MAX));
                budget -= width * (tall - 1);

                if free_from.len() < column + width {
                    free_from.resize(column + width, 0);
                }
                for free in free_from.iter_mut().skip(column).take(width) {
                    *free = row + tall;
                }
                placed.push(Cell {
                    text: Span::default(),
                    line: cell.line,
                    column: u16::try_from(column).ok()?,
                    col_span: u16::try_from(width).ok()?,
                    row_span: u16::try_from(tall).ok()?,
                });
                column += cell.col_span;
            }
            grid.push(placed);
        }
        Some(grid)
    }

    fn write_grid(&self, mut rows: Vec<Vec<Cell>>, document: &mut Document) {
        for (index, cell) in rows.iter_mut().flatten().enumerate() {
            cell.text = document.push_text(self.cell_text(index));
        }
        document.blocks.push(Block::Grid(Grid { rows }));
    }

    /// Gives up on the grid: what was collected becomes lines, and so does what follows.
    fn become_layout(&mut self, document: &mut Document) {
        if !self.layout {
            self.layout = true;
            for piece in &self.pieces {
                let text = self.text.get(piece.start..piece.end).unwrap_or("");
                document.push_line(text, piece.line, piece.heading);
            }
            self.text = String::new();
            self.pieces = Vec::new();
            self.cells = Vec::new();
            self.rows = Vec::new();
        }
    }
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
            let ends = passed.iter().zip(next).filter(|&(&at, &next)| at == b'\n' || (at == b'\r' && next != b'\n'));
            self.line = self.line.saturating_add(u32::try_from(ends.count()).unwrap_or(u32::MAX));
            self.counted = place;
        }
        self.line
    }

    fn text(&mut self, value: &[u8], start: usize) {
        let text = String::from_utf8_lossy(value);
        if let Some((hidden, _)) = self.hidden {
            if hidden == Tag::Title && self.document.declared_title.is_none() {
                self.title.push_str(&text);
            }
            return;
        }
        if self.in_head {
            return;
        }
        // Characters are copied in runs, not one by one.
        let mut run = None;
        let mut line_ends = 0;
        for (at, c) in text.char_indices() {
            let kind = Ink::of(c);
            if kind == Ink::Prints {
                if run.is_none() {
                    run = Some(at);
                    self.start_run(start, line_ends);
                }
                continue;
            }
            if let Some(from) = run.take() {
                self.current.text.push_str(text.get(from..at).unwrap_or(""));
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
        if let Some(from) = run {
            self.current.text.push_str(text.get(from..).unwrap_or(""));
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::time::{Duration, Instant};

    use super::*;

    /// One string per block: `line: text` (`line# text` for headings); a grid is `[…]` with rows `/` and cells
    /// `column+width*height=text`, the latter two only where not 1.
    fn show(html: &str) -> Vec<String> {
        let document = read(html);
        document.blocks.iter().map(|block| show_block(&document, block)).collect()
    }

    fn show_block(document: &Document, block: &Block) -> String {
        let grid = match block {
            Block::Line(line) => {
                let mark = if line.heading { '#' } else { ':' };
                return format!("{}{mark} {}", line.line, document.text(line.text));
            }
            Block::Grid(grid) => grid,
        };
        let show_cell = |cell: &Cell| {
            let mut shown = cell.column.to_string();
            if cell.col_span != 1 {
                write!(shown, "+{}", cell.col_span).unwrap();
            }
            if cell.row_span != 1 {
                write!(shown, "*{}", cell.row_span).unwrap();
            }
            shown + "=" + document.text(cell.text)
        };
        let rows: Vec<String> =
            grid.rows.iter().map(|row| row.iter().map(show_cell).collect::<Vec<_>>().join(" ")).collect();
        format!("[{}]", rows.join(" / "))
    }

    /// What every document must keep, whatever the input.
    fn check(document: &Document) {
        for block in &document.blocks {
            match block {
                Block::Line(line) => {
                    assert!(line.line >= 1);
                    assert!(!document.text(line.text).trim().is_empty());
                    assert!(!document.text(line.text).contains('\n'));
                }
                Block::Grid(grid) => {
                    let mut taken = std::collections::HashSet::new();
                    for (row, cells) in grid.rows.iter().enumerate() {
                        for cell in cells {
                            assert!(cell.col_span >= 1 && cell.row_span >= 1);
                            assert!(row + usize::from(cell.row_span) <= grid.rows.len());
                            for row in row..row + usize::from(cell.row_span) {
                                for column in cell.column..cell.column + cell.col_span {
                                    assert!(taken.insert((row, column)), "two cells at {row}, {column}");
                                }
                            }
                        }
                        assert!(cells.is_sorted_by_key(|cell| cell.column));
                    }
                    assert!(taken.len() <= MAX_PLACES);
                }
            }
        }
    }

    #[test]
    fn plain_table() {
        let html = "<p>前</p><table border=1><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td></td></tr></table>后";
        assert_eq!(show(html), ["1: 前", "[0=甲 1=乙 / 0=1 1=]", "1: 后"]);
    }

    #[test]
    fn sections_and_caption() {
        let html = "<table><caption>表 <b>一</b></caption><colgroup><col><col></colgroup>\
            <thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</tbody><tfoot><td>e<td>f</tfoot></table>";
        assert_eq!(show(html), ["1: 表 一", "[0=a 1=b / 0=c 1=d / 0=e 1=f]"]);
    }

    #[test]
    fn official_header() {
        let html = "<table>
            <tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为……）</td><td colspan='7'>申请人情况</td></tr>
            <tr><td rowspan=\"2\">自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>
            <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
            <tr><td colspan=3>一、本年新收政府信息公开申请数量</td><td>1<td>2<td>3<td>4<td>5<td>6<td>21</tr>
            <tr><td rowspan=2>三、本年度办理结果<td colspan=2>（一）予以公开<td>0<td>0<td>0<td>0<td>0<td>0<td>0
            <tr><td>（三）<td>1.国家秘密<td>7<td>0<td>0<td>0<td>0<td>0<td>7
            </table>";
        assert_eq!(
            show(html),
            ["[0+3*3=（本列数据的勾稽关系为……） 3+7=申请人情况 \
              / 3*2=自然人 4+5=法人或其他组织 9*2=总计 \
              / 4=商业企业 5=科研机构 6=社会公益组织 7=法律服务机构 8=其他 \
              / 0+3=一、本年新收政府信息公开申请数量 3=1 4=2 5=3 6=4 7=5 8=6 9=21 \
              / 0*2=三、本年度办理结果 1+2=（一）予以公开 3=0 4=0 5=0 6=0 7=0 8=0 9=0 \
              / 1=（三） 2=1.国家秘密 3=7 4=0 5=0 6=0 7=0 8=0 9=7]"]
        );
    }

    #[test]
    fn word_export() {
        let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n<title>某局\r\n2021年  年报</title>\r\n\
            <!--[if gte mso 9]><xml>\r\n <w:View>Normal</w:View><td>no</td>\r\n</xml><![endif]-->\r\n\
            <style>\r\n<!--\r\n p.MsoNormal {margin:0cm}\r\n-->\r\n</style>\r\n</head>\r\n<body lang=ZH-CN>\r\n\
            <p class=MsoNormal><span lang=EN-US\r\nstyle='a:b'>20</span><span lang=EN-US>21</span><span>年共受理</span><span\r\n\
            lang=EN-US><o:p>&nbsp;</o:p></span><![if !supportLists]>3<![endif]><?xml:namespace prefix = o />件<o:p></o:p></p>\r\n\
            <table><![if !supportMisalignedColumns]><tr><td><p class=MsoNormal>甲<o:p></o:p></p></td>\r\n\
            <td><p><span>乙</span></p><p>&nbsp;</p><p>丙</p></td></tr><![endif]></table></body></html>\r\n";
        assert_eq!(show(html), ["16: 2021年共受理 3件", "[0=甲 1=乙\n丙]"]);
        assert_eq!(read(html).declared_title.as_deref(), Some("某局 2021年 年报"));
    }

    #[test]
    fn unclosed_cells_and_rows() {
        assert_eq!(show("<table><tr><td>a<td>b<p>c<tr><td>d</td><td>e</table>f"), ["[0=a 1=b\nc / 0=d 1=e]", "1: f"]);
        assert_eq!(show("<table><td>a<td>b<tr><td>c"), ["[0=a 1=b / 0=c]"], "neither row nor table tags");
        assert_eq!(show("a</table>b</td>c<td>d<tr>e"), ["1: a", "1: b", "1: c", "1: d", "1: e"]);
    }

    #[test]
    fn nested_layout_table_keeps_order() {
        let html = "<table><tr><td>菜单</td><td><h1>标题</h1>\n<table><tr><td>前言</td></tr></table>引<br>言\
            <table><tr><td>a<td>b</table>\n说明</td></tr><tr><td>页脚</td></tr></table>完";
        assert_eq!(
            show(html),
            ["1: 菜单", "1# 标题", "2: 前言", "2: 引", "2: 言", "[0=a 1=b]", "3: 说明", "3: 页脚", "3: 完"]
        );
    }

    #[test]
    fn empty_nested_table_is_a_spacer() {
        assert_eq!(
            show("<table><tr><td>a<table><tr><td> <td>&nbsp;</table>b<td>c</table>"),
            ["[0=a\nb 1=c]"],
            "the outer table stays a grid"
        );
    }

    #[test]
    fn table_outside_a_cell_closes_the_open_one() {
        assert_eq!(show("<table><tr><td>a<td>b</tr><table><tr><td>c<td>d</table>"), ["[0=a 1=b]", "[0=c 1=d]"]);
    }

    #[test]
    fn stray_text_stands_before_the_grid() {
        assert_eq!(show("<table>x<tr>y<td>a</td>z<td>b</table>"), ["1: x", "1: y", "1: z", "[0=a 1=b]"]);
    }

    #[test]
    fn layout_by_content() {
        assert_eq!(show("<table><tr><td> <td>只<br>此<tr><td></table>"), ["1: 只", "1: 此"], "one cell with text");
        let long = "长".repeat(MAX_CELL_CHARS);
        assert_eq!(show(&format!("<table><td>a<td>{long}</table>")), [format!("[0=a 1={long}]")]);
        assert_eq!(show(&format!("<table><td>a<td>{long}长</table>")), ["1: a".to_owned(), format!("1: {long}长")]);
        assert!(show("<table><tr><td> </td><td></td></tr></table>").is_empty(), "nothing to say");
    }

    #[test]
    fn breaks_in_cells() {
        assert_eq!(
            show("<table><td><br> a <br/><br>b<div>c</div></br></td><td><p></p>d</td></table>"),
            ["[0=a\nb\nc 1=d]"]
        );
    }

    #[test]
    fn entities_and_blanks() {
        assert_eq!(
            show("<p>&nbsp;&#160;\u{3000}a&ensp;&emsp;&#x3000;\t\r\n b&amp;c&lt;td&gt;&#20013;&#x6587;&copy </p>"),
            ["2: a b&c<td>中文©"].map(|line| line.replace("2:", "1:"))
        );
        assert_eq!(show("甲&#8203;乙\0丙\u{feff}丁<!-- x -->戊<b>己</b>"), ["1: 甲乙丙丁戊己"]);
        assert_eq!(show("1 <b> 2</b> &nbsp;<i>3</i>"), ["1: 1 2 3"]);
        assert_eq!(show("<table><td>&nbsp;a&nbsp;b&nbsp;<td>&#49;&#50;</table>"), ["[0=a b 1=12]"]);
        assert_eq!(show("a&#0;&#xD800;&#99999999;&bogus;&"), ["1: a\u{fffd}\u{fffd}\u{fffd}&bogus;&"]);
    }

    #[test]
    fn row_spans() {
        assert_eq!(show("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>"), ["[0*3=a 1=b / 1=c / 1=d]"]);
        assert_eq!(show("<table><tr><td>a<td>b<tr><td rowspan=70000>c<td>d</table>"), ["[0=a 1=b / 0=c 1=d]"]);
        assert_eq!(show("<table><tr><td rowspan=3>a<td>b<tr></tr><tr><td>c</table>"), ["[0*3=a 1=b /  / 1=c]"]);
    }

    #[test]
    fn column_spans() {
        assert_eq!(show("<table><td colspan=99999>a<td>b</table>"), ["[0+1000=a 1000=b]"]);
        assert_eq!(
            show(
                "<table><td colspan=0>a<td colspan>b<td colspan=x>c<td colspan=-2>d<td COLSPAN=' +2.5px'>e<td>f</table>"
            ),
            ["[0=a 1=b 2=c 3=d 4+2=e 6=f]"]
        );
        assert_eq!(show("<table><td colspan=2 colspan=5>a<td style='x' colspan=\"3\">b</table>"), ["[0+2=a 2+3=b]"]);
        assert_eq!(
            show("<table><tr><td>a<td rowspan=2>b<td>c<td>d<tr><td colspan=3>e<td>f</table>"),
            ["[0=a 1*2=b 2=c 3=d / 0=e 3=f]"],
            "a span that runs into another one covers what is free and keeps the next cell in place"
        );
    }

    #[test]
    fn tables_beyond_the_limits_lose_no_text() {
        let wide = format!("<table><tr>{}</table>", "<td colspan=1000>x".repeat(70));
        assert_eq!(show(&wide).len(), 70);
        let large = format!("<table><tr>{}</table>", "<td>x".repeat(MAX_PLACES + 10));
        assert_eq!(show(&large).len(), MAX_PLACES + 10);
        let tall = format!("<table>{}</table>", "<tr><td>x".repeat(MAX_PLACES / 2 + 1));
        assert_eq!(show(&tall).len(), MAX_PLACES / 2 + 1);
        let covered = format!(
            "<table><tr><td colspan=900 rowspan=180>x<td colspan=900 rowspan=0>z{}</table>",
            "<tr><td>y".repeat(5_000)
        );
        let document = read(&covered);
        check(&document);
        assert!(matches!(document.blocks.as_slice(), [Block::Grid(_)]));
        assert_eq!(document.arena().len(), 5_002);
    }

    #[test]
    fn hidden_content() {
        let html = "<script>document.write('<table><td>x</td>');</script>a<style>td{}</style>b<noscript><p>x</noscript>c\
            <template><p>x<template>x</template>x</template>d<select><option>x<option selected>x</option></select>e\
            <iframe><p>x</iframe>f<xml><w:z>x</w:z></xml>g<textarea>h</textarea>";
        assert_eq!(show(html), ["1: abcdefg", "1: h"]);
        assert_eq!(show("a<script>if (a<b) c('</style>', '<!-- ')</script>d"), ["1: ad"]);
        assert_eq!(
            show("<table><tr><td>a<td><script>'<td>'</script>b</table>"),
            ["[0=a 1=b]"],
            "tags in scripts are text"
        );
        assert_eq!(show("<td>a<select><option>x</td><td>b"), ["1: a", "1: b"], "an unclosed select ends with its cell");
    }

    #[test]
    fn head_declares() {
        let html = "<head>x<META content=' 某局&nbsp;年报 ' Name='articletitle'><title>网站</title>\
            <meta name=PubDate content='2022-01-31 10:00'><meta name=other content=z></head>y";
        let document = read(html);
        assert_eq!(document.declared_title.as_deref(), Some("某局 年报"));
        assert_eq!(document.declared_date.as_deref(), Some("2022-01-31 10:00"));
        assert_eq!(show(html), ["1: y"]);

        let plain =
            read("<title></title><title>一</title><svg><title>二</title></svg><meta name=ArticleTitle content=' '>");
        assert_eq!(plain.declared_title.as_deref(), Some("一"));
        assert_eq!(plain.declared_date, None);
        assert!(plain.blocks.is_empty());
        assert_eq!(show("<head><title>t</title><link rel=x><div>unclosed head</div>"), ["1: unclosed head"]);
    }

    #[test]
    fn blocks_and_headings() {
        assert_eq!(
            show("<ul><li>a<li>b</ul>c<hr>d<dl><dt>e<dd>f</dl><center>g</center>h<h2>i<br>j</h2>k<h3>l<div>m</div>n"),
            [
                "1: a", "1: b", "1: c", "1: d", "1: e", "1: f", "1: g", "1: h", "1# i", "1# j", "1: k", "1# l", "1# m",
                "1: n"
            ]
        );
        assert_eq!(show("<h1>a<table><tr><td>b</table>"), ["1# a", "1: b"], "an unclosed heading ends at a table");
    }

    #[test]
    fn preformatted() {
        let html = "<p>a\n b</p><pre>\n甲\t乙\n\n  <b>丙</b>  丁&nbsp;\r\n戊</pre>己\n庚";
        assert_eq!(show(html), ["1: a b", "3: 甲\t乙", "5:   丙  丁 ", "6: 戊", "6: 己 庚"]);
        assert_eq!(show("<table><td><pre> a\n b </pre><td>c\nd</table>"), ["[0=a\nb 1=c d]"]);
        assert_eq!(show("<table><td><pre>a<td>c\nd</table>"), ["[0=a 1=c d]"], "an unclosed one ends with its cell");
    }

    #[test]
    fn lines_of_the_source() {
        let document = read("<!-- \n -->\n<p\n>&nbsp;\n a\n b</p>\r\n\r\n<table\n><td>1</td>\r<td\n>\n2</table>\nc");
        let shown: Vec<_> = document.blocks.iter().map(|block| show_block(&document, block)).collect();
        assert_eq!(shown, ["5: a b", "[0=1 1=2]", "13: c"]);
        let Some(Block::Grid(grid)) = document.blocks.get(1) else { panic!("no grid") };
        assert_eq!(grid.rows.iter().flatten().map(|cell| cell.line).collect::<Vec<_>>(), [9, 10]);
    }

    /// Numbers without a crate: the sequence only has to be mixed and the same every time.
    struct Mixed(u64);

    impl Mixed {
        fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            from[usize::try_from(self.0 >> 33).unwrap() % from.len()]
        }
    }

    #[test]
    fn line_numbers_hold_in_any_mixture() {
        let noise = [
            "\n",
            "\r\n",
            "\r",
            " ",
            "&nbsp;",
            "&#160;",
            "&ensp;",
            "<br>",
            "<p>",
            "</p>",
            "<span\nstyle='a\r\nb'>",
            "<!-- \n\n -->",
            "<![if x\n]>",
            "<script>\n<td>\n</script>",
            "<?x\n?>",
            "</div\n>",
            "<style>\r\n</style>",
            "&#x3000",
            "\0",
            "<pre>",
            "</pre>",
            "<textarea>\n</textarea>",
            "<img\ralt='\n'/>",
            "<title>\n&amp;</title>",
            "<!doctype\nhtml>",
            "<![CDATA[\n]]>",
            "<table>",
            "<tr>",
            "<td\n>",
            "</table>",
        ];
        let mut mixed = Mixed(7);
        let mut lines = 0;
        for _ in 0..3_000 {
            let mut html = String::new();
            for _ in 0..30 {
                html.push_str(mixed.pick(&noise));
                if mixed.pick(&["", "", "mark"]) == "mark" {
                    html.push_str(mixed.pick(&["<br>", "<p>", "<li>"]));
                    html.push_str(mixed.pick(&["", "\n", "\r\n ", "&nbsp;\n", "<b\n>", "\r&emsp;"]));
                    let ends = html.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
                    write!(html, "{}行<br>", ends + 1).unwrap();
                }
            }
            let document = read(&html);
            check(&document);
            for block in &document.blocks {
                if let Block::Line(line) = block {
                    lines += 1;
                    assert_eq!(document.text(line.text).trim(), format!("{}行", line.line), "{html:?}");
                }
            }
        }
        assert!(lines > 10_000, "the mixture must reach the code under test, not {lines}");
    }

    #[test]
    fn any_mixture_of_tags_is_read() {
        let parts = [
            "<table>",
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<td rowspan=2>",
            "<td colspan=3 rowspan=2>",
            "<td rowspan=0>",
            "<th>",
            "<tbody>",
            "<caption>",
            "<select>",
            "<option>",
            "</select>",
            "<h1>",
            "</h1>",
            "<pre>",
            "</pre>",
            "文",
            "x ",
            "&nbsp;",
            "&#",
            "<",
            "</",
            "<!",
            "\"",
            "'",
            "=",
            ">",
            "\n",
            "<head>",
            "<xml>",
            "<template>",
            "</template>",
            "\0",
        ];
        let mut mixed = Mixed(11);
        let mut grids = 0;
        for _ in 0..5_000 {
            let html: String = (0..60).map(|_| mixed.pick(&parts)).collect();
            let document = read(&html);
            check(&document);
            grids += document.blocks.iter().filter(|block| matches!(block, Block::Grid(_))).count();
        }
        assert!(grids > 500, "the mixture must reach the code under test, not {grids}");
    }

    #[test]
    fn garbage_is_read_in_linear_time() {
        let timed = |html: &str| {
            let started = Instant::now();
            check(&read(html));
            let start: String = html.chars().take(60).collect();
            assert!(started.elapsed() < Duration::from_secs(3), "{start} took {:?}", started.elapsed());
        };
        for part in [
            "<",
            "<table>",
            "<table><tr><td>",
            "<table><tr><td>x",
            "<td>",
            "<table><td>",
            "</table>",
            "<tr>",
            "<pre>",
            "<td rowspan=0 colspan=1000>x",
            "&",
            "&#",
            "<!--",
            "<![",
            "\0",
            "<a b=\"",
            "</",
            "<title>",
            "<script>",
            "<h1>x",
            "<br>x",
            "x\n",
            "<template>",
            "<p",
            "\r",
        ] {
            for before in ["", "<table>", "<table><tr>", "<pre>", "<table><tr><td colspan=1000 rowspan=0>a<td>b"] {
                timed(&format!("{before}{}", part.repeat(20_000)));
            }
        }
        timed(&"<".repeat(10_000));
        timed(&"<table>".repeat(1_000));
        timed(&"<td>".repeat(100_000));
        timed(&format!("<table>{}", "<tr>".repeat(1_000_000)));
    }

    #[test]
    fn text_of_tables_nested_too_deep_is_kept_in_order() {
        let html = format!("{}{}", "<table><tr><td>x".repeat(100), "y</table>".repeat(100));
        let text: String =
            show(&html).iter().flat_map(|block| block.chars().filter(|c| matches!(c, 'x' | 'y'))).collect();
        assert_eq!(text, "x".repeat(100) + &"y".repeat(100));
        assert_eq!(show(&(html + "<table><td>a<td>b</table>")).last().unwrap(), "[0=a 1=b]", "every table is closed");

        let deep = "<table><tr><td>x".repeat(MAX_DEPTH);
        assert!(show(&format!("{deep}<table><tr><td>a<td>b</table>")).iter().all(|block| !block.starts_with('[')));
        let less = "<table><tr><td>x".repeat(MAX_DEPTH - 1);
        assert_eq!(show(&format!("{less}<table><tr><td>a<td>b</table>")).last().unwrap(), "[0=a 1=b]");
    }
}
