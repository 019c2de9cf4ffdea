//! ODS: the sheets of a workbook.
//!
//! Owns what a cell holds and how it is displayed. Numbers are read as they are stored, by their format: what is displayed
//! of them may be rounded, and programs may leave it out. Dates and times stay as displayed. Refuses to compute what has
//! a result, but for zeros that a formula contradicts.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::format::Format;
use super::super::formula::parse;
use super::super::sheet::{Area, Book, Formula, Holds, Sheet};
use super::super::xml::{Piece, Xml, attribute};
use super::elements::{count, is_left_out, prefix, push, push_element};
use super::looks::{Family, Style, Whole};
use crate::limits::Fault;
use crate::seen::{Look, Seen, raise};
use nianbao_document::Document;

/// Columns that state how their cells look.
const MAX_COLUMNS: usize = 16_384;

/// What the file says besides its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct File {
    /// Zeros are shown.
    pub zeros: bool,
    /// It holds formulas, which may refer to hidden sheets.
    pub formulas: bool,
}

/// Whether the settings say that zeros are shown.
pub(super) fn shows_zeros(settings: &str) -> bool {
    let mut values = settings.match_indices("ShowZeroValues").filter_map(|(at, _)| {
        let value = settings.get(at..)?.split_once('>')?.1;
        Some(value.trim_start().starts_with("false"))
    });
    // Where views differ, what is stored is shown.
    let hides = values.next() == Some(true);
    !hides || values.any(|hides| !hides)
}

/// A cell of the row that is being read.
struct Cell {
    column: usize,
    again: usize,
    rows: usize,
    columns: usize,
    text: String,
    holds: Holds,
}

struct Sheets<'a> {
    xml: Xml<'a>,
    looks: Whole,
    formats: HashMap<String, Rc<Format>>,
    file: File,
    book: Book,
}

/// Where a sheet is read.
#[derive(Default)]
struct Here {
    row: usize,
    column: usize,
    /// Depth of the row that is open, how often it is given, and its style of cells.
    open: Option<(usize, usize, Option<String>)>,
    cells: Vec<Cell>,
    /// Column that the next one stated is, and the styles of cells of those stated.
    columns: usize,
    styles: Vec<(usize, usize, String)>,
    /// Groups that are open: a click unfolds them.
    groups: Vec<usize>,
}

/// Reads what follows the opening of the sheets.
pub(super) fn read(
    xml: Xml<'_>,
    looks: Whole,
    formats: HashMap<String, Rc<Format>>,
    file: File,
) -> Result<Document, Fault> {
    Sheets { xml, looks, formats, file, book: Book::default() }.read()
}

impl Sheets<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(e) if is_left_out(prefix(&e), e.local_name().as_ref()) => self.xml.skip()?,
                Piece::Open(e) if (prefix(&e), e.local_name().as_ref()) == ("table", "table") => {
                    let hidden = self.looks.of(Family::Table, &e).and_then(|s| s.hides) == Some(true);
                    if hidden && !self.file.formulas {
                        self.xml.skip()?;
                    } else {
                        let name = attribute(&e, "name").unwrap_or_default();
                        let sheet = self.sheet(Sheet::new(&name, hidden))?;
                        self.book.add(sheet);
                    }
                }
                Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
                Piece::End => return self.book.finish(),
            }
        }
    }

    /// A sheet that was just opened.
    fn sheet(&mut self, mut sheet: Sheet) -> Result<Sheet, Fault> {
        let mut here = Here::default();
        let mut depth = 1_usize;
        while depth > 0 {
            let element = match self.xml.next()? {
                Piece::Open(element) => element,
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    here.groups.pop_if(|at| *at > depth);
                    if let Some((_, times, _)) = here.open.take_if(|(at, ..)| *at > depth) {
                        self.row(&mut sheet, here.row, times, std::mem::take(&mut here.cells))?;
                        here.row = here.row.saturating_add(times);
                    }
                    continue;
                }
                Piece::Text(_) => continue,
                Piece::End => break,
            };
            let hidden = || {
                let visibility = attribute(&element, "visibility").unwrap_or_default();
                visibility == "filter" || visibility == "collapse" && here.groups.is_empty()
            };
            match (prefix(&element), element.local_name().as_ref()) {
                ("table", "table-row") => {
                    depth = depth.saturating_add(1);
                    let times = count(&element, "number-rows-repeated");
                    if hidden() || self.looks.of(Family::Row, &element).and_then(|s| s.hides) == Some(true) {
                        let (first, last) = ends(here.row, times);
                        self.book.hide_rows(&mut sheet, first, last)?;
                    }
                    let style = attribute(&element, "default-cell-style-name").map(|s| s.into_owned());
                    (here.column, here.open) = (0, Some((depth, times, style)));
                }
                ("table", "table-column") => {
                    let times = count(&element, "number-columns-repeated");
                    if hidden() || self.looks.of(Family::Column, &element).and_then(|s| s.hides) == Some(true) {
                        let (first, last) = ends(here.columns, times);
                        self.book.hide_columns(&mut sheet, first, last)?;
                    }
                    let end = here.columns.saturating_add(times);
                    if let Some(style) = attribute(&element, "default-cell-style-name")
                        && here.styles.len() < MAX_COLUMNS
                    {
                        here.styles.push((here.columns, end, style.into_owned()));
                    }
                    here.columns = end;
                    depth = depth.saturating_add(1);
                }
                ("table", "table-cell") => {
                    let cell = self.cell(&element, &here)?;
                    here.column = here.column.saturating_add(cell.again);
                    if !cell.text.is_empty() || !matches!(cell.holds, Holds::Text) {
                        here.cells.push(cell);
                    } else if cell.rows > 1 || cell.columns > 1 {
                        here.cells.push(Cell { again: 1, ..cell });
                    }
                }
                ("table", "covered-table-cell") => {
                    here.column = here.column.saturating_add(count(&element, "number-columns-repeated"));
                    self.xml.skip()?;
                }
                (prefix, name) if is_left_out(prefix, name) => self.xml.skip()?,
                // Header rows hold nothing but rows; groups do the same, but they fold.
                (_, name) => {
                    depth = depth.saturating_add(1);
                    if matches!(name, "table-row-group" | "table-column-group") {
                        here.groups.push(depth);
                    }
                }
            }
        }
        Ok(sheet)
    }

    fn row(&mut self, sheet: &mut Sheet, row: usize, times: usize, cells: Vec<Cell>) -> Result<(), Fault> {
        for Cell { column, again, rows, columns, text, holds } in cells {
            for r in row..row.saturating_add(times) {
                for c in column..column.saturating_add(again) {
                    let ((top, bottom), (left, right)) = (ends(r, rows), ends(c, columns));
                    self.book.merge(sheet, Area { top, left, bottom, right })?;
                    self.book.put(sheet, top, left, text.clone(), holds.clone())?;
                }
                if text.is_empty() && matches!(holds, Holds::Text) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// A cell that was just opened.
    fn cell(&mut self, element: &BytesStart<'_>, here: &Here) -> Result<Cell, Fault> {
        let value = |name: &str| attribute(element, name);
        let kind = value("value-type").unwrap_or_default().into_owned();
        let mut attributes = element.attributes();
        let mut kinds = attributes.with_checks(false).filter_map(Result::ok);
        let error = kinds.any(|a| a.key.local_name().as_ref() == "value-type" && &*a.value == "error");
        let figure = value("value").filter(|_| matches!(kind.as_str(), "float" | "percentage" | "currency"));
        let figure = figure.and_then(|v| v.trim().parse::<f64>().ok()).filter(|v| v.is_finite());
        let stated = ["string-value", "date-value", "time-value", "boolean-value"].iter().find_map(|n| value(n));
        let stated = stated.map(|s| s.into_owned());
        let formula = value("formula").map(|f| f.into_owned());
        let style = self.style(element, here);
        let (again, rows) = (count(element, "number-columns-repeated"), count(element, "number-rows-spanned"));
        let columns = count(element, "number-columns-spanned");
        let (displayed, is_displayed) = self.displayed(&style)?;
        // What is left out of the display stands in attributes.
        let stated = stated.filter(|_| !is_displayed && look(&style).1 != Seen::Not);
        let mut format = style.format.as_deref().and_then(|name| self.formats.get(name)).cloned().unwrap_or_default();
        if kind == "percentage" && *format == Format::default() {
            format = Rc::new(Format::of_code("0%"));
        }
        let (mut text, mut holds) = match figure {
            Some(0.0) if !self.file.zeros => (String::new(), Holds::Number(0.0)),
            Some(number) => (format.number(number, false), Holds::Number(number)),
            None if error => (error_text(displayed), Holds::Error),
            None => {
                let text = stated.unwrap_or(displayed);
                (format.text(&text).unwrap_or(text), Holds::Text)
            }
        };
        if figure.is_some() && look(&style).1 == Seen::Not {
            text.clear();
        }
        // A text that a formula gives may be empty.
        let missing = matches!(holds, Holds::Text) && text.is_empty() && kind != "string";
        if let Some(source) = formula
            && (missing || figure == Some(0.0))
            && let Some(formula) = self.formula(&source, figure, &format)
        {
            text = format!("={}", source.split_once('=').map_or(source.as_str(), |(_, rest)| rest));
            holds = Holds::Formula(Box::new(formula));
        }
        Ok(Cell { column: here.column, again, rows, columns, text, holds })
    }

    /// The style of a cell: its own, that of its row or of its column, or the one that all have.
    fn style(&self, element: &BytesStart<'_>, here: &Here) -> Rc<Style> {
        let own = attribute(element, "style-name");
        let row = || here.open.as_ref().and_then(|(_, _, style)| style.as_deref());
        let column = || {
            let at = here.styles.partition_point(|s| s.1 <= here.column);
            here.styles.get(at).filter(|s| s.0 <= here.column).map(|s| s.2.as_str())
        };
        let name = own.as_deref().or_else(row).or_else(column);
        let style = name.and_then(|name| self.looks.get(Family::Cell, name));
        style.or_else(|| self.looks.default(Family::Cell)).cloned().unwrap_or_default()
    }

    /// A formula without a result, or with a zero that it may contradict.
    fn formula(&self, source: &str, stored: Option<f64>, format: &Rc<Format>) -> Option<Formula> {
        let expr = parse(source).map(Rc::new);
        if expr.is_none() && stored.is_some() {
            return None;
        }
        let fresh = stored.is_none();
        let (format, no_zeros) = (format.clone(), !self.file.zeros);
        Some(Formula { expr, stored, fresh, format, no_zeros, ..Formula::default() })
    }

    /// What is displayed of a cell that was just opened, and whether anything is said of that.
    fn displayed(&mut self, style: &Style) -> Result<(String, bool), Fault> {
        let (base, _) = look(style);
        let (mut text, mut tags) = (String::new(), Vec::<Option<Look>>::new());
        let mut paragraph = String::new();
        let (mut open, mut said) = (None, false);
        loop {
            match self.xml.next()? {
                Piece::Open(e) if is_left_out(prefix(&e), e.local_name().as_ref()) => self.xml.skip()?,
                Piece::Open(e) => {
                    let around = tags.last().copied().flatten();
                    tags.push(match (prefix(&e), e.local_name().as_ref()) {
                        ("text", "p" | "h") => {
                            (open, said) = (Some(tags.len()), true);
                            Some(base)
                        }
                        ("text", name) => around.map(|around| {
                            push_element(&mut paragraph, &e);
                            let own = self.looks.of(Family::Text, &e).filter(|_| name == "span");
                            own.map_or(around, |style| Look { filled: around.filled, ..style.look.over(around) })
                        }),
                        _ => None,
                    });
                }
                Piece::Close if tags.is_empty() => return Ok((text, said)),
                Piece::Close => {
                    tags.pop();
                    if open == Some(tags.len()) {
                        open = None;
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&std::mem::take(&mut paragraph));
                    }
                }
                Piece::Text(piece) => {
                    let Some(look) = tags.last().copied().flatten() else { continue };
                    let from = paragraph.len();
                    match look.on_paper() {
                        Seen::Not => {}
                        Seen::Plain => push(&mut paragraph, &piece),
                        Seen::Raised => {
                            push(&mut paragraph, &piece);
                            raise(&mut paragraph, from);
                        }
                    }
                }
                Piece::End => return Ok((text, said)),
            }
        }
    }
}

/// How the text of a cell looks that says no more, and what becomes of it.
fn look(style: &Style) -> (Look, Seen) {
    let look = Look { filled: style.coloured, ..style.look };
    (look, look.on_paper())
}

/// An error as it is displayed; other words than those of Excel get a mark that no figure and no label has.
fn error_text(displayed: String) -> String {
    if displayed.starts_with('#') { displayed } else { format!("#{displayed}") }
}

/// First and last of so many places.
fn ends(first: usize, count: usize) -> (u32, u32) {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (narrow(first), narrow(first.saturating_add(count).saturating_sub(1)))
}
