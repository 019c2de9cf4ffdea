//! XLS: the visible sheets of a workbook of Excel 5 to 2003, or of WPS (`.et`).
//!
//! Owns the records of cells and what of them is seen, as the reader of XLSX has it. Refuses hidden sheets, charts and
//! macros, and workbooks before Excel 5. What a sheet says of its own size is not believed.

mod globals;
mod records;
mod strings;
#[cfg(test)]
mod tests;
mod tokens;

use std::rc::Rc;

use self::globals::{Globals, Listed};
use self::records::{BOF, EOF, Joined, Records};
use self::strings::Rich;
use super::sheet::{Area, Book, Formula, Holds, ROUNDS, Sheet};
use crate::bytes::{f64_at, u16_at, u32_at};
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;
use crate::ole::{self, Stream};
use crate::seen::{Look, Seen};
use nianbao_document::Document;

/// Bytes of a workbook stream that sheets may make us walk, in times its length: sheets may overlap.
const MAX_WALKS: usize = 16;
/// Records between two looks at the clock.
const RECORDS_A_LOOK: usize = 4_096;

/// A formula, also by the numbers that older versions gave it.
const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
const NOT_COMPUTED: u16 = 0x005E;
const COLUMNS: u16 = 0x007D;
const MUL_RK: u16 = 0x00BD;
const RICH_STRING: u16 = 0x00D6;
const MERGED: u16 = 0x00E5;
/// Rules that colour cells.
const RULES: u16 = 0x01B0;
const LABEL_SST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const WINDOW: u16 = 0x023E;
const RK: u16 = 0x027E;
/// What may stand between a formula and the text that it gives: formulas of several cells, tables of results.
const BETWEEN: [u16; 4] = [0x0221, 0x0236, 0x04BC, 0x003C];

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if the container or its records are broken, [`Fault::Encrypted`] if it needs a password,
/// [`Fault::Limit`] if it holds absurdly much.
pub fn read(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Document, Fault> {
    let clock = Clock::start(limits);
    let Stream { bytes: mut stream, cut } = workbook(bytes, limits, members)?;
    globals::decrypt(&mut stream)?;
    let globals = globals::read(&stream)?;
    clock.check()?;
    let mut reading = Reading { stream: &stream, globals: &globals, clock, book: Book::default(), walked: 0 };
    for listed in globals.sheets.iter().filter(|s| !s.hidden) {
        reading.sheet(listed)?;
    }
    for _ in 0..ROUNDS {
        let wanted = reading.book.wanted();
        for listed in globals.sheets.iter().filter(|s| s.hidden && wanted.contains(&s.name.to_lowercase())) {
            reading.sheet(listed)?;
        }
        if wanted.is_empty() {
            break;
        }
    }
    let mut document = reading.book.finish()?;
    document.truncated |= cut;
    Ok(document)
}

/// The stream of records.
fn workbook(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Stream, Fault> {
    // Records without a container, as programs write them that know no better.
    if u16_at(bytes, 0) == Some(BOF) {
        return Ok(Stream { bytes: bytes.to_vec(), cut: false });
    }
    let file = ole::open(bytes)?;
    ole::objects(&file, members);
    let name = if file.has("Workbook") { "Workbook" } else { "Book" };
    let mut left = limits.unpacked;
    ole::stream(&file, name, &mut left)
}

struct Reading<'a> {
    stream: &'a [u8],
    globals: &'a Globals,
    clock: Clock,
    book: Book,
    walked: usize,
}

/// The state of a sheet that is being read.
struct Here {
    sheet: Sheet,
    /// Zeros are shown.
    zeros: bool,
    /// Programs shall compute it when they open it.
    computes: bool,
    /// Where nothing is said of it the ground is white.
    paper: bool,
    /// A formula whose text follows.
    waiting: Option<(u16, u16, u16)>,
}

impl Reading<'_> {
    fn sheet(&mut self, listed: &Listed) -> Result<(), Fault> {
        let damaged = || Fault::Damaged("XLS: a sheet beyond the end".to_owned());
        let mut records = Records::of(self.stream.get(listed.at..).ok_or_else(damaged)?);
        let sheet = Sheet::new(&listed.name, listed.hidden);
        let paper = !self.globals.white || !records.take_while(|r| r.0 != EOF).any(|r| r.0 == RULES);
        let mut here = Here { sheet, zeros: true, computes: false, paper, waiting: None };
        let (mut begun, mut depth, mut count) = (false, 0_usize, 0_usize);
        while let Some((kind, data)) = records.next() {
            count = count.saturating_add(1);
            if count.is_multiple_of(RECORDS_A_LOOK) {
                self.clock.check()?;
            }
            match kind {
                BOF if begun => depth = depth.saturating_add(1),
                // Charts and macros are sheets too.
                BOF if u16_at(data, 2).is_some_and(|what| what != 0x10) => break,
                BOF => begun = true,
                EOF if depth == 0 => break,
                EOF => depth = depth.saturating_sub(1),
                _ if depth > 0 || !begun => {}
                // What a cut-off record says is not there.
                _ => {
                    if let Some(done) = self.record(&mut here, kind, data, &records) {
                        done?;
                    }
                }
            }
        }
        self.walked = self.walked.saturating_add(records.walked);
        if self.walked > self.stream.len().saturating_mul(MAX_WALKS) {
            return Err(Fault::Limit("sheets that overlap".to_owned()));
        }
        self.book.add(here.sheet);
        self.clock.check()
    }

    /// A record of a sheet; `None` if it is cut off.
    fn record(&mut self, here: &mut Here, kind: u16, data: &[u8], more: &Records<'_>) -> Option<Result<(), Fault>> {
        if kind != STRING && !BETWEEN.contains(&kind) {
            here.waiting = None;
        }
        let (row, column, style) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4));
        let at = || Some((row?, column?, style?));
        Some(match kind {
            NUMBER => self.number(here, at()?, f64_at(data, 6)?),
            RK => self.number(here, at()?, rk(u32_at(data, 6)?)),
            MUL_RK => {
                let (row, first) = (row?, column?);
                let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                (first..).zip(cells).try_for_each(|(column, cell)| {
                    let (Some(style), Some(number)) = (u16_at(cell, 0), u32_at(cell, 2)) else { return Ok(()) };
                    self.number(here, (row, column, style), rk(number))
                })
            }
            LABEL_SST => {
                let text = self.globals.strings.get(usize::try_from(u32_at(data, 6)?).ok()?)?;
                self.text(here, at()?, text)
            }
            LABEL | RICH_STRING => {
                let mut rest = Joined::of(data.get(6..)?, more.more());
                let text = if self.globals.wide {
                    let text = Rich::read(&mut rest)?;
                    if kind == RICH_STRING { text.with_runs(&mut rest) } else { text }
                } else {
                    let bytes = data.get(8..)?;
                    let (text, runs) = bytes.split_at_checked(usize::from(u16_at(data, 6)?)).unwrap_or((bytes, &[]));
                    Rich::of_page_in_runs(text, runs.get(1..).unwrap_or_default(), self.globals.page)
                };
                self.text(here, at()?, &text)
            }
            BOOL_ERR => {
                let (value, is_error) = (*data.get(6)?, *data.get(7)? != 0);
                self.constant(here, at()?, value, is_error)
            }
            kind if FORMULA.contains(&kind) => self.formula(here, at()?, data),
            STRING => {
                let at = here.waiting.take()?;
                let text = if self.globals.wide {
                    Rich::read(&mut Joined::of(data, more.more()))?
                } else {
                    Rich::of_page(data.get(2..)?, self.globals.page)
                };
                self.text(here, at, &text)
            }
            ROW => {
                let marks = u16_at(data, 12)?;
                let (hidden, folded) = (marks & 0x20 != 0, marks & 7 != 0);
                let row = u32::from(row?);
                if hidden && !folded { self.book.hide_rows(&mut here.sheet, row, row) } else { Ok(()) }
            }
            COLUMNS => {
                let (first, last, width, marks) = (row?, column?, u16_at(data, 4)?, u16_at(data, 8)?);
                let (hidden, folded) = (marks & 1 != 0 || width == 0, marks & 0x0700 != 0);
                let (first, last) = (u32::from(first), u32::from(last));
                if hidden && !folded { self.book.hide_columns(&mut here.sheet, first, last) } else { Ok(()) }
            }
            WINDOW => {
                here.zeros = row? & 0x10 != 0;
                Ok(())
            }
            NOT_COMPUTED => {
                here.computes = true;
                Ok(())
            }
            MERGED => data.get(2..)?.chunks_exact(8).try_for_each(|area| {
                let edge = |at: usize| u16_at(area, at).map_or(0, u32::from);
                let area = Area { top: edge(0), bottom: edge(2), left: edge(4), right: edge(6) };
                self.book.merge(&mut here.sheet, area)
            }),
            _ => Ok(()),
        })
    }

    fn put(
        &mut self,
        here: &mut Here,
        (row, column, style): (u16, u16, u16),
        mut text: String,
        holds: Holds,
    ) -> Result<(), Fault> {
        let by_runs = matches!(holds, Holds::Text);
        if !by_runs && self.look(here, style).on_paper() == Seen::Not {
            text.clear();
        }
        self.book.put(&mut here.sheet, u32::from(row), u32::from(column), text, holds)
    }

    fn look(&self, here: &Here, style: u16) -> Look {
        let look = self.globals.style(style).look;
        // On a ground that is not known, white text is taken for seen.
        if here.paper { look } else { Look { filled: Some(true), ..look } }
    }

    fn number(&mut self, here: &mut Here, at: (u16, u16, u16), number: f64) -> Result<(), Fault> {
        let text = self.shown(here, at.2, number);
        self.put(here, at, text, Holds::Number(number))
    }

    fn shown(&self, here: &Here, style: u16, number: f64) -> String {
        if number == 0.0 && !here.zeros {
            return String::new();
        }
        self.globals.style(style).format.number(number, self.globals.is_1904)
    }

    fn text(&mut self, here: &mut Here, at: (u16, u16, u16), text: &Rich) -> Result<(), Fault> {
        let shown = text.shown(self.look(here, at.2), |font| self.globals.font(font));
        let shown = self.globals.style(at.2).format.text(&shown).unwrap_or(shown);
        self.put(here, at, shown, Holds::Text)
    }

    fn constant(&mut self, here: &mut Here, at: (u16, u16, u16), value: u8, error: bool) -> Result<(), Fault> {
        let (text, holds) = match (error, value) {
            (true, code) => (error_of(code), Holds::Error),
            (false, 0) => ("FALSE", Holds::Text),
            (false, _) => ("TRUE", Holds::Text),
        };
        self.put(here, at, text.to_owned(), holds)
    }

    /// A formula, and the result that is stored with it.
    fn formula(&mut self, here: &mut Here, at: (u16, u16, u16), data: &[u8]) -> Result<(), Fault> {
        let result = data.get(6..14).unwrap_or_default();
        let marks = u16_at(data, 14).unwrap_or(0);
        let computes = here.computes || marks & 2 != 0 || !self.globals.computed;
        let special = u16_at(result, 6) == Some(0xFFFF);
        let number = f64_at(result, 0).filter(|n| !special && n.is_finite());
        let kind = result.first().copied().filter(|_| special);
        let value = result.get(2).copied().unwrap_or(0);
        let none = kind == Some(3) || result.is_empty();
        // A number that is there is believed, but for a zero; no text is a result too, but not of a program that does not
        // compute.
        if (none && computes) || number == Some(0.0) || (number.is_some() && (here.computes || marks & 2 != 0)) {
            let tokens = data.get(22..).unwrap_or_default();
            let length = u16_at(data, 20).map_or(0, usize::from);
            let tokens = tokens.get(..length).unwrap_or(tokens);
            let expr = tokens::parse(tokens, self.globals.wide, &|number| self.globals.reference(number)).map(Rc::new);
            let asked = here.computes || marks & 2 != 0;
            let unknown = none || asked && number == Some(0.0);
            if expr.is_some() || unknown {
                let stored = number.filter(|n| *n != 0.0 || !computes);
                let text = match number.filter(|n| *n != 0.0) {
                    Some(number) => self.shown(here, at.2, number),
                    None if expr.is_none() && !unknown => self.shown(here, at.2, 0.0),
                    // The tokens of a formula are no text. This is no figure and no blank either.
                    None => "=?".to_owned(),
                };
                let formula = Formula {
                    expr,
                    stored,
                    fresh: computes || none,
                    format: self.globals.style(at.2).format.clone(),
                    no_zeros: !here.zeros,
                    is_1904: self.globals.is_1904,
                    ..Formula::default()
                };
                return self.put(here, at, text, Holds::Formula(Box::new(formula)));
            }
        }
        match kind {
            Some(0) => {
                here.waiting = Some(at);
                Ok(())
            }
            Some(1) => self.constant(here, at, value, false),
            Some(2) => self.constant(here, at, value, true),
            _ => number.map_or(Ok(()), |number| self.number(here, at, number)),
        }
    }
}

/// A number in four bytes: an integer or the upper half of a fraction, whole or hundredths.
pub(super) fn rk(packed: u32) -> f64 {
    let number = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

pub(super) fn error_of(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
