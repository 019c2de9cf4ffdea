//! SpreadsheetML 2003: a workbook that is one XML file. Report generators write it and name it `.xls`.
//!
//! Owns what a cell stores, where it stands and what is hidden. Numbers are read as they are stored, by their format.
//! Refuses to compute what has a result, but for zeros that a formula contradicts.

mod r1c1;
mod styles;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use quick_xml::events::BytesStart;

use self::styles::{Style, Styles, font, is_on};
use super::formula::parse;
use super::sheet::{Area, Book, Formula, Holds, Sheet};
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Clock, Fault};
use crate::seen::{Look, Seen, raise};
use nianbao_document::Document;

/// Columns that state how their cells look.
const MAX_COLUMNS: usize = 16_384;

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if its XML is broken, [`Fault::Limit`] if it or one of its sheets is too large, too deep or too slow.
pub(super) fn read(text: &str, clock: &Clock) -> Result<Document, Fault> {
    let has = |what: &str| memchr::memmem::find(text.as_bytes(), what.as_bytes()).is_some();
    // What a sheet says of itself stands behind its cells.
    let says = has("Hidden</") || has("DoNotDisplayZeros");
    let options = if says { options(Xml::new(text, clock.clone()))? } else { Vec::new() };
    let paper = !has("ConditionalFormatting");
    let (xml, styles) = (Xml::new(text, clock.clone()), Styles::default());
    Reading { xml, styles, paper, is_1904: has("Date1904"), options, book: Book::default() }.read()
}

/// What a sheet says of itself.
#[derive(Clone, Copy, Debug, Default)]
struct Options {
    hidden: bool,
    no_zeros: bool,
}

/// The options of all sheets.
fn options(mut xml: Xml<'_>) -> Result<Vec<Options>, Fault> {
    let (mut all, mut visible) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Piece::Open(element) => match (element.local_name().as_ref(), all.last_mut()) {
                ("Worksheet", _) => all.push(Options::default()),
                ("Table" | "Styles", _) => xml.skip()?,
                ("DoNotDisplayZeros", Some(options)) => options.no_zeros = true,
                (name, _) => visible = name == "Visible",
            },
            Piece::Text(text) => {
                if let Some(options) = all.last_mut().filter(|_| visible) {
                    options.hidden |= matches!(text.trim(), "SheetHidden" | "SheetVeryHidden");
                }
            }
            Piece::Close => visible = false,
            Piece::End => return Ok(all),
        }
    }
}

struct Reading<'a> {
    xml: Xml<'a>,
    styles: Styles,
    /// Where nothing is said of it the ground is white.
    paper: bool,
    is_1904: bool,
    options: Vec<Options>,
    book: Book,
}

/// Where a sheet is read.
#[derive(Default)]
struct Here {
    row: u32,
    column: u32,
    /// Rows after this one that it speaks for.
    span: u32,
    no_zeros: bool,
    /// Styles of the table, of the open row, and of columns with their first and last.
    table: Option<String>,
    of_row: Option<String>,
    columns: Vec<(u32, u32, String)>,
    next_column: u32,
}

impl Reading<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        let mut sheets = 0_usize;
        loop {
            match self.xml.next()? {
                Piece::Open(element) => match element.local_name().as_ref() {
                    "Styles" => self.styles = Styles::read(&mut self.xml)?,
                    "Worksheet" => {
                        let options = self.options.get(sheets).copied().unwrap_or_default();
                        sheets = sheets.saturating_add(1);
                        let name = attribute(&element, "Name").unwrap_or_default();
                        let sheet = self.sheet(Sheet::new(&name, options.hidden), options)?;
                        self.book.add(sheet);
                    }
                    _ => {}
                },
                Piece::Close | Piece::Text(_) => {}
                Piece::End => return self.book.finish(),
            }
        }
    }

    /// A sheet that was just opened.
    fn sheet(&mut self, mut sheet: Sheet, options: Options) -> Result<Sheet, Fault> {
        let mut here = Here { no_zeros: options.no_zeros, ..Here::default() };
        let mut depth = 1_usize;
        while depth > 0 {
            let element = match self.xml.next()? {
                Piece::Open(element) => element,
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Piece::Text(_) => continue,
                Piece::End => break,
            };
            let value = |name: &str| attribute(&element, name);
            let number = |name: &str| value(name).and_then(|v| v.trim().parse::<u32>().ok());
            let index = |next: u32| number("Index").and_then(|i| i.checked_sub(1)).unwrap_or(next);
            let style = || value("StyleID").map(|s| s.into_owned());
            let hides = |size: &str| {
                let none = || value(size).is_some_and(|s| s.trim().parse() == Ok(0.0));
                value("Hidden").is_some_and(|h| is_on(&h)) || none()
            };
            let span = number("Span").unwrap_or(0);
            match element.local_name().as_ref() {
                "Table" => here.table = style(),
                "Column" => {
                    let first = index(here.next_column);
                    let last = first.saturating_add(span);
                    here.next_column = last.saturating_add(1);
                    if hides("Width") {
                        self.book.hide_columns(&mut sheet, first, last)?;
                    }
                    let after = here.columns.last().is_none_or(|c| c.1 < first);
                    if let Some(style) = style().filter(|_| after && here.columns.len() < MAX_COLUMNS) {
                        here.columns.push((first, last, style));
                    }
                }
                "Row" => {
                    let row = index(here.row);
                    here = Here { row, span, column: 0, of_row: style(), ..here };
                    if hides("Height") {
                        self.book.hide_rows(&mut sheet, row, row.saturating_add(span))?;
                    }
                    self.row(&mut here, &mut sheet)?;
                    continue;
                }
                "WorksheetOptions" | "Names" => {
                    self.xml.skip()?;
                    continue;
                }
                _ => {}
            }
            depth = depth.saturating_add(1);
        }
        Ok(sheet)
    }

    /// A row that was just opened.
    fn row(&mut self, here: &mut Here, sheet: &mut Sheet) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(element) if element.local_name().as_ref() == "Cell" => {
                    let number = |name: &str| attribute(&element, name).and_then(|v| v.trim().parse::<u32>().ok());
                    here.column = number("Index").and_then(|i| i.checked_sub(1)).unwrap_or(here.column);
                    let (across, down) = (number("MergeAcross").unwrap_or(0), number("MergeDown").unwrap_or(0));
                    let (top, left) = (here.row, here.column);
                    let area = Area { top, left, bottom: top.saturating_add(down), right: left.saturating_add(across) };
                    self.book.merge(sheet, area)?;
                    self.cell(&element, here, sheet)?;
                    here.column = here.column.saturating_add(across).saturating_add(1);
                }
                Piece::Open(_) => self.xml.skip()?,
                Piece::Text(_) => {}
                Piece::Close | Piece::End => break,
            }
        }
        here.row = here.row.saturating_add(here.span).saturating_add(1);
        Ok(())
    }

    /// A cell that was just opened.
    fn cell(&mut self, element: &BytesStart<'_>, here: &Here, sheet: &mut Sheet) -> Result<(), Fault> {
        let own = attribute(element, "StyleID");
        let column = here.columns.get(here.columns.partition_point(|c| c.1 < here.column));
        let column = column.filter(|c| c.0 <= here.column).map(|c| c.2.as_str());
        let style = self.styles.get([own.as_deref(), here.of_row.as_deref(), column, here.table.as_deref()]).clone();
        let source = attribute(element, "Formula").map(|f| f.into_owned());
        let (mut kind, mut raw, mut shown) = (String::new(), String::new(), String::new());
        loop {
            match self.xml.next()? {
                Piece::Open(data) if data.local_name().as_ref() == "Data" => {
                    kind = attribute(&data, "Type").unwrap_or_default().into_owned();
                    (raw, shown) = self.data(style.look)?;
                }
                // Comments hold data of their own.
                Piece::Open(_) => self.xml.skip()?,
                Piece::Text(_) => {}
                Piece::Close | Piece::End => break,
            }
        }
        let stored = raw.trim();
        let figure = stored.parse::<f64>().ok().filter(|n| n.is_finite() && kind == "Number");
        let seen = if self.paper { style.look.on_paper() } else { style.look.on_ground() };
        let (mut text, mut holds) = match (figure, kind.as_str()) {
            (Some(number), _) => {
                let shown = number != 0.0 || !here.no_zeros;
                let text = if shown { style.format.number(number, self.is_1904) } else { String::new() };
                (text, Holds::Number(number))
            }
            (None, "Boolean") => (if is_on(stored) { "TRUE" } else { "FALSE" }.to_owned(), Holds::Text),
            (None, "Error") => (stored.to_owned(), Holds::Error),
            (None, "DateTime") => (stored.replace("T00:00:00.000", ""), Holds::Text),
            (None, _) => (style.format.text(&shown).unwrap_or(shown), Holds::Text),
        };
        if seen == Seen::Not {
            text.clear();
        }
        // A text that a formula gives may be empty.
        let missing = stored.is_empty() && kind != "String";
        if let Some(source) = source
            && (missing || figure == Some(0.0))
            && let Some(formula) = self.formula(&source, here, figure, &style)
        {
            text = source;
            holds = Holds::Formula(Box::new(formula));
        }
        self.book.put(sheet, here.row, here.column, text, holds)
    }

    /// A formula without a result, or with a zero that it may contradict.
    fn formula(&self, source: &str, here: &Here, stored: Option<f64>, style: &Style) -> Option<Formula> {
        let expr = r1c1::to_a1(source, here.row, here.column).and_then(|a1| parse(&a1)).map(Rc::new);
        if expr.is_none() && stored.is_some() {
            return None;
        }
        let (format, fresh) = (style.format.clone(), stored.is_none());
        let (no_zeros, is_1904) = (here.no_zeros, self.is_1904);
        Some(Formula { expr, stored, fresh, format, no_zeros, is_1904, ..Formula::default() })
    }

    /// The data of a cell, which was just opened: as it is stored, and what of it is seen. Texts may have parts that look
    /// otherwise than the rest.
    fn data(&mut self, base: Look) -> Result<(String, String), Fault> {
        let (mut raw, mut shown) = (String::new(), String::new());
        let mut looks = vec![base];
        while let Some(around) = looks.last().copied() {
            match self.xml.next()? {
                Piece::Open(element) => {
                    let mut look = Look::default();
                    match element.local_name().as_ref() {
                        "S" | "s" => look.struck = Some(true),
                        "Sup" | "Sub" | "sup" | "sub" => look.script = Some(true),
                        _ => font(&mut look, &element),
                    }
                    looks.push(look.over(around));
                }
                Piece::Close => {
                    looks.pop();
                }
                Piece::Text(text) => {
                    raw.push_str(&text);
                    let seen = if self.paper { around.on_paper() } else { around.on_ground() };
                    let from = shown.len();
                    if seen != Seen::Not {
                        shown.push_str(&text);
                    }
                    if seen == Seen::Raised {
                        raise(&mut shown, from);
                    }
                }
                Piece::End => break,
            }
        }
        Ok((raw, shown))
    }
}
