//! XLSB: the visible sheets of a workbook that is stored in records.
//!
//! Owns the records of cells and what of them is seen, as the reader of XLSX has it. Refuses hidden sheets, charts and
//! formulas: their stored results are believed, but for zeros of a workbook that asks to be computed.

mod records;
mod styles;
#[cfg(test)]
mod tests;

use self::records::{Records, rich, text};
use self::styles::Styles;
use super::package::{Package, Relation};
use super::sheet::{Area, Book, Holds, Sheet};
use super::xls::{error_of, rk};
use super::xlsx::Shared;
use crate::bytes::{f64_at, u16_at, u32_at};
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;
use crate::seen::{Look, Seen};
use nianbao_document::Document;

/// Records between two looks at the clock.
const RECORDS_A_LOOK: usize = 4_096;
/// Bytes of a cell's style, behind its column.
const STYLE: usize = 4;

const ROW: u32 = 0;
const BLANK: u32 = 1;
const RK: u32 = 2;
const ERROR: u32 = 3;
const BOOL: u32 = 4;
const REAL: u32 = 5;
const STRING: u32 = 6;
const SHARED: u32 = 7;
const FORMULA_STRING: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const FORMULA_BOOL: u32 = 10;
const FORMULA_ERROR: u32 = 11;
/// The same cells without a column, from the blank one to the shared text: each stands behind the one before.
const SHORT: std::ops::RangeInclusive<u32> = 12..=18;
/// What their kinds exceed those of cells with a column by.
const SHORTER: u32 = 11;
const SHARED_ITEM: u32 = 19;
const COLUMNS: u32 = 60;
const RICH: u32 = 62;
const VIEW: u32 = 137;
const WORKBOOK: u32 = 153;
const BUNDLE: u32 = 156;
const CALCULATION: u32 = 157;
const MERGED: u32 = 176;
/// Rules that colour cells, and tables with styles of their own.
const COLOURS: [u32; 2] = [461, 661];

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its records are broken, [`Fault::Encrypted`] if parts need a password,
/// [`Fault::Limit`] if it or one of its sheets is too large.
pub fn read(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, limits)?;
    package.embedded(members)?;
    let main = package.main_part().ok().flatten().filter(|p| package.has(p));
    let main = main.unwrap_or_else(|| "xl/workbook.bin".to_owned());
    let workbook = needed(&mut package, &main)?;
    let workbook = Workbook::read(&workbook);
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());
    let styles = Styles::read(&package.part(part("styles"))?.unwrap_or_default());
    let strings = package.part(part("sharedStrings"))?.unwrap_or_default();
    let items = Records::of(&strings).filter(|(kind, _)| *kind == SHARED_ITEM);
    let strings: Vec<Shared> =
        items.map(|(_, item)| rich(item, &|font| styles.font(font)).unwrap_or_default()).collect();
    let white = styles.are_white() || strings.iter().any(Shared::is_white);
    let clock = package.clock();
    let mut book = Book::default();
    let target = |listed: &Listed| relations.iter().find(|r| r.id == listed.id && r.kind == "worksheet");
    for (listed, Relation { target, .. }) in
        workbook.sheets.iter().filter(|s| !s.hidden).filter_map(|listed| Some((listed, target(listed)?)))
    {
        let stream = needed(&mut package, target)?;
        let paper = !white || !Records::of(&stream).any(|(kind, _)| COLOURS.contains(&kind));
        let sheet = Sheet::new(&listed.name, false);
        let reading = Reading {
            strings: &strings,
            styles: &styles,
            workbook: &workbook,
            book: &mut book,
            paper,
            zeros: true,
            row: 0,
            column: 0,
        };
        reading.read(&stream, sheet, &clock)?;
    }
    book.finish()
}

fn needed(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, Fault> {
    package.part(name)?.ok_or_else(|| Fault::Damaged(format!("no part {name}")))
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

impl Workbook {
    fn read(stream: &[u8]) -> Self {
        let mut book = Self::default();
        for (kind, data) in Records::of(stream) {
            match kind {
                WORKBOOK => book.is_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
                CALCULATION => book.computes = data.get(24).is_some_and(|flags| flags & 1 != 0),
                BUNDLE => {
                    let hidden = u32_at(data, 0).is_some_and(|state| state != 0);
                    let Some((id, end)) = text(data, 8) else { continue };
                    let Some((name, _)) = text(data, end) else { continue };
                    book.sheets.push(Listed { name, id, hidden });
                }
                _ => {}
            }
        }
        book
    }
}

struct Reading<'a> {
    strings: &'a [Shared],
    styles: &'a Styles,
    workbook: &'a Workbook,
    book: &'a mut Book,
    /// Where nothing is said of it the ground is white.
    paper: bool,
    /// Zeros are shown.
    zeros: bool,
    row: u32,
    /// Of the next cell that does not say its own.
    column: u32,
}

impl Reading<'_> {
    fn read(mut self, stream: &[u8], mut sheet: Sheet, clock: &Clock) -> Result<(), Fault> {
        for (count, (kind, data)) in Records::of(stream).enumerate() {
            if count.is_multiple_of(RECORDS_A_LOOK) {
                clock.check()?;
            }
            // What a cut-off record says is not there.
            if let Some(done) = self.record(&mut sheet, kind, data) {
                done?;
            }
        }
        self.book.add(sheet);
        clock.check()
    }

    fn record(&mut self, sheet: &mut Sheet, kind: u32, data: &[u8]) -> Option<Result<(), Fault>> {
        let number = |at: usize| u32_at(data, at);
        Some(match kind {
            ROW => {
                (self.row, self.column) = (number(0)?, 0);
                let marks = *data.get(11)?;
                let (hidden, folded) = (marks & 0x10 != 0, marks & 7 != 0);
                if hidden && !folded { self.book.hide_rows(sheet, self.row, self.row) } else { Ok(()) }
            }
            COLUMNS => {
                let (first, last, width, marks) = (number(0)?, number(4)?, number(8)?, u16_at(data, 16)?);
                let (hidden, folded) = (marks & 1 != 0 || width == 0, marks & 0x0700 != 0);
                if hidden && !folded { self.book.hide_columns(sheet, first, last) } else { Ok(()) }
            }
            VIEW => {
                self.zeros = u16_at(data, 0)? & 0x10 != 0;
                Ok(())
            }
            MERGED => {
                let area = Area { top: number(0)?, bottom: number(4)?, left: number(8)?, right: number(12)? };
                self.book.merge(sheet, area)
            }
            kind if SHORT.contains(&kind) => self.cell(sheet, kind - SHORTER, data)?,
            BLANK..=FORMULA_ERROR | RICH => {
                self.column = number(0)?;
                self.cell(sheet, kind, data.get(4..)?)?
            }
            _ => Ok(()),
        })
    }

    /// A cell, from its style on.
    fn cell(&mut self, sheet: &mut Sheet, kind: u32, data: &[u8]) -> Option<Result<(), Fault>> {
        let column = self.column;
        self.column = column.saturating_add(1);
        let number = u32_at(data, 0)? & 0x00FF_FFFF;
        let style = self.styles.get(number);
        let data = data.get(STYLE..)?;
        let (mut shown, holds) = match kind {
            BLANK => return None,
            RK => self.number(number, rk(u32_at(data, 0)?)),
            REAL => self.number(number, f64_at(data, 0)?),
            FORMULA_NUMBER => match f64_at(data, 0)? {
                0.0 if self.workbook.computes => ("=?".to_owned(), Holds::Formula(Box::default())),
                value => self.number(number, value),
            },
            ERROR | FORMULA_ERROR => (error_of(*data.first()?).to_owned(), Holds::Error),
            BOOL | FORMULA_BOOL => (if *data.first()? == 0 { "FALSE" } else { "TRUE" }.to_owned(), Holds::Text),
            STRING | FORMULA_STRING => (text(data, 0)?.0, Holds::Text),
            SHARED => {
                let string = self.strings.get(usize::try_from(u32_at(data, 0)?).ok()?)?;
                (string.shown(style.look, self.paper), Holds::Text)
            }
            _ => (rich(data, &|font| self.styles.font(font))?.shown(style.look, self.paper), Holds::Text),
        };
        if matches!(holds, Holds::Text) {
            shown = style.format.text(&shown).unwrap_or(shown);
        }
        // Text has been judged run by run.
        let by_runs = matches!(kind, SHARED | RICH);
        if !by_runs && self.seen(style.look) == Seen::Not {
            shown.clear();
        }
        Some(self.book.put(sheet, self.row, column, shown, holds))
    }

    fn seen(&self, look: Look) -> Seen {
        if self.paper { look.on_paper() } else { look.on_ground() }
    }

    fn number(&self, style: u32, number: f64) -> (String, Holds) {
        if number == 0.0 && !self.zeros {
            return (String::new(), Holds::Number(number));
        }
        (self.styles.get(style).format.number(number, self.workbook.is_1904), Holds::Number(number))
    }
}
