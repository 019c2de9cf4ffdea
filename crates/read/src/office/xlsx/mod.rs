//! XLSX: the visible sheets of a workbook, transitional or strict.
//!
//! Owns what a cell holds: stored values of formulas, texts, numbers, truth values, errors, dates, and what of them is
//! shown: not what is struck out or white, zeros only where the sheet shows them. Refuses hidden sheets, charts and
//! comments. Rows and columns that are hidden are not seen, unless they are folded: a click opens them. Sheets are
//! streamed, because their stated size may be absurd.
//!
//! **Formulas.** A result that is stored is believed, but for a zero. A workbook that asks to be computed when it is opened
//! comes from a program that does not compute: its zeros, and results that are not there, are computed here or unknown.
//! Any other zero is believed unless computing it gives something else: then programs differ in what they show.

mod strings;
mod styles;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

pub(super) use self::strings::Shared;
use self::strings::unescape;
use self::styles::Styles;
use super::formula::{Expr, parse};
use super::package::Package;
use super::sheet::{Area, Book, Formula, Holds, ROUNDS, Sheet};
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Fault, Limits};
use crate::member::Members;
use crate::seen::Seen;
use nianbao_document::Document;

/// Formulas that others refer to.
const MAX_SHARED: usize = 100_000;

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if parts need a password,
/// [`Fault::Limit`] if it or one of its sheets is too large.
pub fn read(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Document, Fault> {
    of(Package::open(bytes, limits)?, members)
}

/// Reads the workbook of an open package.
pub(super) fn of(mut package: Package<'_>, members: &mut Members) -> Result<Document, Fault> {
    package.embedded(members)?;
    let main = package.main_part().ok().flatten().filter(|p| package.has(p));
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let workbook = workbook(&mut package, &main)?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());
    let strings = strings::read(&mut package, part("sharedStrings"))?;
    let styles = styles::read(&mut package, part("styles"))?;
    let white = styles.are_white() || strings.iter().any(Shared::is_white);
    let mut book = Book::default();
    let mut read = |book: &mut Book, listed: &Listed| -> Result<(), Fault> {
        let target = relations.iter().find(|r| r.id == listed.id && r.kind == "worksheet");
        let Some(target) = target else { return Ok(()) };
        let text = package.needed(&target.target)?;
        let reading = Reading {
            xml: Xml::new(&text, package.clock()),
            paper: !white || is_paper(&text),
            strings: &strings,
            styles: &styles,
            workbook: &workbook,
            shared: HashMap::new(),
            zeros: true,
            book,
            sheet: Sheet::new(&listed.name, listed.hidden),
        };
        reading.read()
    };
    for sheet in workbook.sheets.iter().filter(|s| !s.hidden) {
        read(&mut book, sheet)?;
    }
    for _ in 0..ROUNDS {
        let wanted = book.wanted();
        for sheet in workbook.sheets.iter().filter(|s| s.hidden && wanted.contains(&s.name.to_lowercase())) {
            read(&mut book, sheet)?;
        }
        if wanted.is_empty() {
            break;
        }
    }
    book.finish()
}

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    id: String,
    hidden: bool,
}

#[derive(Default)]
struct Workbook {
    sheets: Vec<Listed>,
    /// Days count from 1904.
    is_1904: bool,
    /// Programs shall compute all formulas when they open it.
    computes: bool,
}

fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

fn workbook(package: &mut Package<'_>, part: &str) -> Result<Workbook, Fault> {
    let text = package.needed(part)?;
    let mut xml = Xml::new(&text, package.clock());
    let mut book = Workbook::default();
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::End => return Ok(book),
            Piece::Close | Piece::Text(_) => continue,
        };
        let value = |name: &str| attribute(&element, name).map(Cow::into_owned).unwrap_or_default();
        match element.local_name().as_ref() {
            "sheet" => {
                let hidden = attribute(&element, "state").is_some_and(|s| s != "visible");
                book.sheets.push(Listed { name: value("name"), id: value("id"), hidden });
            }
            "workbookPr" => book.is_1904 = is_on(&value("date1904")),
            "calcPr" => book.computes = is_on(&value("fullCalcOnLoad")),
            _ => {}
        }
    }
}

/// A formula as it is written, and the cell that it is written in.
struct Written {
    text: String,
    row: u32,
    column: u32,
    /// Read when it is first needed.
    expr: Option<Option<Rc<Expr>>>,
}

/// A cell as it is stored.
#[derive(Default)]
struct Cell {
    value: String,
    /// The element that holds the value is there.
    has_value: bool,
    inline: Option<Shared>,
    /// Text of the formula; empty if it is that of another cell.
    formula: Option<String>,
    /// Number under which cells share a formula.
    shared: Option<String>,
}

struct Reading<'a> {
    xml: Xml<'a>,
    /// Where nothing is said of it the ground is white.
    paper: bool,
    strings: &'a [Shared],
    styles: &'a Styles,
    workbook: &'a Workbook,
    shared: HashMap<String, Written>,
    /// Zeros are shown.
    zeros: bool,
    book: &'a mut Book,
    sheet: Sheet,
}

impl Reading<'_> {
    fn read(mut self) -> Result<(), Fault> {
        let (mut row, mut column, mut rows) = (0_u32, 0_u32, 0_u32);
        loop {
            let element = match self.xml.next()? {
                Piece::Open(element) => element,
                Piece::Close | Piece::Text(_) => continue,
                Piece::End => break,
            };
            let value = |name: &str| attribute(&element, name).unwrap_or_default();
            let number = |name: &str| value(name).trim().parse::<u32>().ok();
            // What is folded a click opens; what has no size is hidden as well.
            let hides = |size: &str| {
                let none = || attribute(&element, size).is_some_and(|s| s.trim().parse() == Ok(0.0));
                let folded = || number("outlineLevel").is_some_and(|level| level > 0);
                (is_on(&value("hidden")) || none()) && !folded()
            };
            match element.local_name().as_ref() {
                "row" => {
                    row = number("r").and_then(|r| r.checked_sub(1)).unwrap_or(rows);
                    rows = row.saturating_add(1);
                    column = 0;
                    if hides("ht") {
                        self.book.hide_rows(&mut self.sheet, row, row)?;
                    }
                }
                "c" => {
                    if let Some((r, c)) = attribute(&element, "r").and_then(|r| place(&r)) {
                        (row, column) = (r, c);
                    }
                    let kind = value("t").into_owned();
                    let style = value("s").parse::<usize>().unwrap_or(0);
                    let cell = self.cell()?;
                    self.put((row, column), &kind, style, cell)?;
                    column = column.saturating_add(1);
                }
                "mergeCell" => {
                    let reference = value("ref");
                    if let Some((from, to)) = reference.split_once(':')
                        && let (Some((top, left)), Some((bottom, right))) = (place(from), place(to))
                    {
                        self.book.merge(&mut self.sheet, Area { top, left, bottom, right })?;
                    }
                }
                "col" if hides("width") => {
                    if let (Some(first), Some(last)) = (number("min"), number("max")) {
                        let first = first.saturating_sub(1);
                        self.book.hide_columns(&mut self.sheet, first, last.saturating_sub(1))?;
                    }
                }
                "sheetView" => self.zeros = attribute(&element, "showZeros").is_none_or(|v| is_on(&v)),
                _ => {}
            }
        }
        self.book.add(self.sheet);
        Ok(())
    }

    /// A cell that was just opened.
    fn cell(&mut self) -> Result<Cell, Fault> {
        let mut cell = Cell::default();
        let (mut depth, mut into_value, mut into_formula) = (1_usize, false, false);
        while depth > 0 {
            match self.xml.next()? {
                Piece::Open(e) => match e.local_name().as_ref() {
                    "is" => cell.inline = Some(strings::string(&mut self.xml)?),
                    "v" => {
                        (cell.has_value, into_value) = (true, true);
                        depth = depth.saturating_add(1);
                    }
                    "f" => {
                        cell.formula = Some(String::new());
                        let shared = attribute(&e, "t").is_some_and(|t| t == "shared");
                        cell.shared = attribute(&e, "si").filter(|_| shared).map(Cow::into_owned);
                        into_formula = true;
                        depth = depth.saturating_add(1);
                    }
                    _ => self.xml.skip()?,
                },
                Piece::Close => {
                    (into_value, into_formula) = (false, false);
                    depth = depth.saturating_sub(1);
                }
                Piece::Text(piece) if into_value => cell.value.push_str(&piece),
                Piece::Text(piece) => {
                    if let Some(formula) = cell.formula.as_mut().filter(|_| into_formula) {
                        formula.push_str(&piece);
                    }
                }
                Piece::End => break,
            }
        }
        Ok(cell)
    }

    fn put(&mut self, (row, column): (u32, u32), kind: &str, style: usize, mut cell: Cell) -> Result<(), Fault> {
        let formula = cell.formula.take();
        let style = self.styles.get(style);
        let stored = Some(cell.value.trim()).filter(|v| !v.is_empty());
        let figure = stored.and_then(|v| v.parse::<f64>().ok()).filter(|n| n.is_finite());
        let (mut text, mut holds) = match (kind, cell.inline.take()) {
            (_, Some(inline)) => (inline.shown(style.look, self.paper), Holds::Text),
            ("s", None) => {
                let string = stored.and_then(|v| v.parse::<usize>().ok()).and_then(|i| self.strings.get(i));
                (string.map(|s| s.shown(style.look, self.paper)).unwrap_or_default(), Holds::Text)
            }
            ("b", None) => match stored {
                Some("1" | "true") => ("TRUE".to_owned(), Holds::Text),
                Some("0" | "false") => ("FALSE".to_owned(), Holds::Text),
                _ => (cell.value.clone(), Holds::Text),
            },
            ("str", None) => (unescape(cell.value.clone()), Holds::Text),
            ("e", None) => (cell.value.clone(), Holds::Error),
            ("d", None) => (cell.value.clone(), Holds::Text),
            _ => match figure {
                Some(0.0) if !self.zeros => (String::new(), Holds::Number(0.0)),
                Some(n) => (style.format.number(n, self.workbook.is_1904), Holds::Number(n)),
                None => (cell.value.clone(), Holds::Text),
            },
        };
        if matches!(holds, Holds::Text)
            && let Some(shown) = style.format.text(&text)
        {
            text = shown;
        }
        if let Some(formula) = formula
            && let Some(unknown) = self.formula((row, column), &cell, kind, formula, figure)
        {
            let Unknown { source, formula, believed } = unknown;
            let formula = Formula {
                format: style.format.clone(),
                no_zeros: !self.zeros,
                is_1904: self.workbook.is_1904,
                ..formula
            };
            holds = Holds::Formula(Box::new(formula));
            if !believed {
                text = source;
            }
        }
        // Text has been judged run by run.
        let by_runs = matches!(kind, "s" | "inlineStr");
        let seen = if self.paper { style.look.on_paper() } else { style.look.on_ground() };
        if !by_runs && seen == Seen::Not {
            text.clear();
        }
        self.book.put(&mut self.sheet, row, column, text, holds)
    }
}

/// A formula whose result has to be computed.
struct Unknown {
    /// How it is written.
    source: String,
    formula: Formula,
    /// What is stored stands if it cannot be computed.
    believed: bool,
}

impl Reading<'_> {
    /// What a formula needs to be computed; `None` if what is stored is its result.
    fn formula(
        &mut self,
        at: (u32, u32),
        cell: &Cell,
        kind: &str,
        text: String,
        figure: Option<f64>,
    ) -> Option<Unknown> {
        let (row, column) = at;
        if let Some(number) = &cell.shared
            && !text.trim().is_empty()
            && self.shared.len() < MAX_SHARED
        {
            self.shared.insert(number.clone(), Written { text: text.clone(), row, column, expr: None });
        }
        let computes = self.workbook.computes;
        // A text that is stored may be empty.
        let missing = if kind == "str" { !cell.has_value } else { cell.value.trim().is_empty() };
        let zero = figure == Some(0.0) && matches!(kind, "" | "n");
        let nothing = zero || cell.value.trim().is_empty();
        if !missing && !computes && !zero {
            return None;
        }
        let mut own = Written { text, row, column, expr: None };
        let written = cell.shared.as_ref().and_then(|n| self.shared.get_mut(n)).unwrap_or(&mut own);
        let expr = written.expr.get_or_insert_with(|| parse(&written.text).map(Rc::new)).clone();
        let source = format!("={}", written.text.trim());
        let by = (i64::from(row) - i64::from(written.row), i64::from(column) - i64::from(written.column));
        if expr.is_none() && !missing && !(computes && nothing) {
            return None;
        }
        let fresh = missing || computes;
        let stored = figure.filter(|_| !fresh || !nothing);
        let believed = fresh && !missing && !nothing;
        Some(Unknown { source, formula: Formula { expr, by, stored, fresh, ..Formula::default() }, believed })
    }
}

/// Whether white text on a sheet stands on white, where its cell does not say otherwise: styles of tables and rules for
/// cells may colour it, and so may a picture.
fn is_paper(text: &str) -> bool {
    let has = |what: &&str| memchr::memmem::find(text.as_bytes(), what.as_bytes()).is_some();
    !["conditionalFormatting", "tablePart", "<picture"].iter().any(has)
}

/// Row and column of a reference such as `AB12` or `$AB$12`, from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut letters = 0_usize;
    let mut chars = reference.trim().chars().filter(|c| *c != '$').peekable();
    while let Some(c) = chars.next_if(char::is_ascii_alphabetic) {
        let digit = u32::from(c.to_ascii_uppercase()).checked_sub(64)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
        letters += 1;
    }
    let row = chars.collect::<String>().parse::<u32>().ok()?;
    (1..=3).contains(&letters).then_some(())?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}
