//! What a file says, freed from its format: lines of text and grids of cells, each with its place in the source.
//!
//! Owns the [`Document`] that every reader makes and every later stage reads. Refuses to know the official forms,
//! encodings or markup: a grid here is geometry and text, nothing else.
//!
//! All text lives in one arena, so that a plain-text report is never copied line by line.
//!
//! ```
//! use nianbao_document::{Block, Document};
//!
//! let mut document = Document::default();
//! document.push_line("二、主动公开政府信息情况", 1, true);
//! let Some(Block::Line(line)) = document.blocks.first() else { panic!("a line was put there") };
//! assert_eq!((document.text(line.text), line.line), ("二、主动公开政府信息情况", 1));
//! ```

mod cancel;
mod format;

pub use cancel::{Cancel, Interrupted};
pub use format::Format;

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");

/// Stands for something that is seen and is no text: a picture, a control without a value, an embedded object. A cell that
/// holds nothing else is not blank, and a figure that holds one is not known (U+FFFC OBJECT REPLACEMENT CHARACTER).
pub const OBJECT: char = '\u{FFFC}';

/// A piece of a document's arena, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// One line of running text.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its text, without the line end. Leading and trailing blanks and tabs are kept: they may carry layout.
    pub text: Span,
    /// Line of the source, from 1. Where a format has no lines, a running number: of the paragraph or table row in Word
    /// files and sheets, of the printed line over all pages in page formats.
    pub line: u32,
    /// Set by markup (`<h1>`…`<h6>`) and by heading styles; plain text never sets it.
    pub heading: bool,
}

/// One cell of a grid. A cell that spans appears once, at its upper left corner.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Its text; `\n` stands for a line break inside the cell.
    pub text: Span,
    /// Line of the source, from 1.
    pub line: u32,
    /// First grid column, from 0, after the spans of the rows above are placed.
    pub column: u16,
    /// Columns covered, at least 1.
    pub col_span: u16,
    /// Rows covered, at least 1, never past the end of the grid.
    pub row_span: u16,
}

/// A table with real geometry. `rows[r]` holds the cells that start in row `r`, from left to right.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Cells by starting row.
    pub rows: Vec<Vec<Cell>>,
}

/// A block of a document, in reading order.
#[derive(Clone, Debug)]
pub enum Block {
    /// A line of text.
    Line(Line),
    /// A table.
    Grid(Grid),
}

/// What a reader makes of one file.
#[derive(Clone, Debug, Default)]
pub struct Document {
    arena: String,
    /// Lines and grids in reading order.
    pub blocks: Vec<Block>,
    /// The title that the markup declares (`<title>`, `<meta name="ArticleTitle">`), if any.
    pub declared_title: Option<String>,
    /// A publication date that the markup declares (`<meta name="PubDate">`), as printed.
    pub declared_date: Option<String>,
    /// First line of each page, in page formats; empty elsewhere.
    pub pages: Vec<u32>,
    /// Pages, from 1, that hold pictures, unknown characters or damage instead of text.
    pub unread: Vec<u32>,
    /// Pages, from 1, whose text was recognised in a picture.
    pub ocr_pages: Vec<u32>,
    /// Those of them, from 1, on which a figure without a question mark was read alike by two recognisers.
    pub witnessed_pages: Vec<u32>,
    /// Something was lost from the file: where nothing stands, nothing is stated.
    pub truncated: bool,
    /// What the file is.
    pub format: Format,
    /// Its encoding, in lower case (`utf-8`, `gb18030`, `big5`, `utf-16le`); `None` where the format settles it.
    pub encoding: Option<&'static str>,
    /// Characters that could not be decoded (U+FFFD) or are for private use.
    pub decode_faults: u64,
    /// The page was traditional and is now simplified.
    pub folded: bool,
}

/// The page of a line, from 1, given the first line of each page; `None` in formats without pages.
#[must_use]
pub fn page_of(pages: &[u32], line: u32) -> Option<u32> {
    u32::try_from(pages.partition_point(|first| *first <= line)).ok().filter(|page| *page > 0)
}

impl Document {
    /// A document over a text that is already whole; blocks are added with spans into it.
    #[must_use]
    pub fn over(arena: String) -> Self {
        Self { arena, ..Self::default() }
    }

    /// Some of its blocks as a document of their own, on the same page: what the markup declares as title is not theirs.
    #[must_use]
    pub fn part(&self, blocks: std::ops::Range<usize>) -> Self {
        let mut part = Self {
            declared_date: self.declared_date.clone(),
            pages: self.pages.clone(),
            unread: self.unread.clone(),
            ocr_pages: self.ocr_pages.clone(),
            witnessed_pages: self.witnessed_pages.clone(),
            ..Self { truncated: self.truncated, format: self.format, encoding: self.encoding, ..Self::default() }
        };
        (part.decode_faults, part.folded) = (self.decode_faults, self.folded);
        for block in self.blocks.get(blocks).unwrap_or_default() {
            let mut own = block.clone();
            match &mut own {
                Block::Line(line) => line.text = part.push_text(self.text(line.text)),
                Block::Grid(grid) => {
                    for cell in grid.rows.iter_mut().flatten() {
                        cell.text = part.push_text(self.text(cell.text));
                    }
                }
            }
            part.blocks.push(own);
        }
        part
    }

    /// The text of a span. A span that is not of this document gives an empty text.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.arena.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Appends text to the arena and says where it lies. Readers limit their input to 4 GiB; beyond it nothing is added.
    pub fn push_text(&mut self, text: &str) -> Span {
        let start = self.arena.len();
        match (u32::try_from(start), u32::try_from(start + text.len())) {
            (Ok(start), Ok(end)) => {
                self.arena.push_str(text);
                Span { start, end }
            }
            _ => Span::default(),
        }
    }

    /// Appends a line of text.
    pub fn push_line(&mut self, text: &str, line: u32, heading: bool) {
        let text = self.push_text(text);
        self.blocks.push(Block::Line(Line { text, line, heading }));
    }

    /// Puts other characters of the same length for those of the arena; anything else is refused, because spans would
    /// point elsewhere.
    pub fn rewrite(&mut self, with: impl FnOnce(String) -> String) {
        let before = self.arena.clone();
        let after = with(std::mem::take(&mut self.arena));
        self.arena = if after.len() == before.len() { after } else { before };
    }

    /// The whole arena: for searches that need no place.
    #[must_use]
    pub fn arena(&self) -> &str {
        &self.arena
    }
}
