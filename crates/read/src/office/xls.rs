//! XLS: the visible sheets of a workbook of Excel 5 to 2003, or of WPS (`.et`).
//!
//! Owns the guard before calamine, which holds a sheet as a full rectangle: sheets that state or use too many places
//! are refused before it sees them. Refuses hidden sheets, charts and macros.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};

use super::sheet::{Area, Book, MAX_AREA, Sheet, date, number};
use crate::limits::{Clock, Fault, Limits};
use nianbao_document::Document;

/// Sheets of a workbook.
const MAX_SHEETS: usize = 4_096;
/// Bytes of a workbook stream that sheets may make us walk, in times its length: sheets may overlap.
const MAX_WALKS: usize = 16;

const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00BD;
const DIMENSIONS: u16 = 0x0200;
const BOF: u16 = 0x0809;
/// Records of one cell: formula, text, number, truth value or error, of several versions.
const CELLS: [u16; 7] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if the container or its records are broken, [`Fault::Encrypted`] if it needs a password,
/// [`Fault::Limit`] if one of its sheets is absurdly large. calamine may panic on hostile files: call this where panics
/// are caught.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let clock = Clock::start(limits);
    guard(&workbook(bytes, limits)?)?;
    clock.check()?;
    let damaged = |e: calamine::XlsError| match e {
        calamine::XlsError::Password => Fault::Encrypted("the workbook needs a password".to_owned()),
        e => Fault::Damaged(format!("XLS: {e}")),
    };
    let mut xls = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    clock.check()?;
    let mut book = Book::default();
    for meta in xls.sheets_metadata().to_vec() {
        if meta.visible != SheetVisible::Visible || meta.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::default();
        let range = xls.worksheet_range(&meta.name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
            book.put(&mut sheet, row.saturating_add(top), column.saturating_add(left), text(value))?;
        }
        for area in xls.merge_cells_by_sheet_name(&meta.name).map_err(damaged)? {
            let ((top, left), (bottom, right)) = (area.start, area.end);
            book.merge(&mut sheet, Area { top, left, bottom, right })?;
        }
        book.write(sheet)?;
        clock.check()?;
    }
    Ok(book.finish())
}

fn text(value: &Data) -> String {
    match value {
        Data::Int(n) => n.to_string(),
        Data::Float(n) => number(*n),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(value) => date(value),
        Data::Error(e) => e.to_string(),
        Data::Empty => String::new(),
    }
}

/// The stream of records.
fn workbook(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Fault> {
    let damaged = |e: &dyn std::fmt::Display| Fault::Damaged(format!("OLE2: {e}"));
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else { return Err(damaged(&"no stream Workbook")) };
    let stream = file.open_stream(name).map_err(|e| damaged(&e))?;
    let mut records = Vec::new();
    // A stream is never longer than its file.
    let most = limits.unpacked.min(bytes.len() as u64);
    stream.take(most).read_to_end(&mut records).map_err(|e| damaged(&e))?;
    Ok(records)
}

/// Walks a workbook as calamine will, and refuses what would make it take too much memory.
fn guard(stream: &[u8]) -> Result<(), Fault> {
    let mut sheets = Vec::new();
    for (kind, data) in (Records { stream }) {
        match kind {
            FILE_PASS => {
                return Err(Fault::Encrypted("the workbook needs a password".to_owned()));
            }
            BOUND_SHEET => sheets.extend(u32_at(data, 0).and_then(|at| usize::try_from(at).ok())),
            EOF => break,
            _ => {}
        }
    }
    if sheets.len() > MAX_SHEETS {
        return Err(Fault::Limit(format!("more than {MAX_SHEETS} sheets")));
    }
    let (mut area, mut walked) = (0_u64, 0_usize);
    for at in sheets {
        let Some(from) = stream.get(at..) else { return Err(Fault::Damaged("XLS: a sheet beyond its end".to_owned())) };
        area = area.saturating_add(sheet(from, &mut walked)?);
        if area > MAX_AREA {
            return Err(Fault::Limit(format!("sheets of more than {MAX_AREA} places")));
        }
        if walked > stream.len().saturating_mul(MAX_WALKS) {
            return Err(Fault::Limit("sheets that overlap".to_owned()));
        }
    }
    Ok(())
}

/// Places that a sheet states or uses, whichever is more.
fn sheet(stream: &[u8], walked: &mut usize) -> Result<u64, Fault> {
    let mut stated = 0_u64;
    let mut used: Option<[u16; 4]> = None;
    let (mut begun, mut depth) = (false, 0_usize);
    for (kind, data) in (Records { stream }) {
        *walked = walked.saturating_add(data.len().saturating_add(4));
        match kind {
            BOF if begun => depth = depth.saturating_add(1),
            BOF => begun = true,
            EOF if depth == 0 => break,
            EOF => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            DIMENSIONS => stated = stated.saturating_add(dimensions(data)?),
            MUL_RK => {
                let (row, first) = (u16_at(data, 0), u16_at(data, 2));
                let last = data.len().checked_sub(2).and_then(|at| u16_at(data, at));
                if let (Some(row), Some(first), Some(last)) = (row, first, last) {
                    grow(&mut used, row, first);
                    grow(&mut used, row, last);
                }
            }
            kind if CELLS.contains(&kind) => {
                if let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) {
                    grow(&mut used, row, column);
                }
            }
            _ => {}
        }
    }
    let used = used.map_or(0, |[top, bottom, left, right]| {
        (u64::from(bottom - top) + 1).saturating_mul(u64::from(right - left) + 1)
    });
    Ok(stated.max(used))
}

fn grow(used: &mut Option<[u16; 4]>, row: u16, column: u16) {
    let [top, bottom, left, right] = used.get_or_insert([row, row, column, column]);
    (*top, *bottom) = ((*top).min(row), (*bottom).max(row));
    (*left, *right) = ((*left).min(column), (*right).max(column));
}

/// Places of a record DIMENSIONS: first row, last row and one, first column, last column and one.
fn dimensions(data: &[u8]) -> Result<u64, Fault> {
    let wide = data.len() >= 14;
    let row = |n: usize| if wide { u32_at(data, n * 4) } else { u16_at(data, n * 2).map(u32::from) };
    let column = |n: usize| u16_at(data, if wide { 8 + n * 2 } else { 4 + n * 2 });
    let (Some(top), Some(bottom), Some(left), Some(right)) = (row(0), row(1), column(0), column(1)) else {
        return Err(Fault::Damaged("XLS: short DIMENSIONS".to_owned()));
    };
    // calamine subtracts without looking.
    if bottom > 0 && right > 0 && bottom <= top {
        return Err(Fault::Damaged("XLS: rows of a sheet end before they begin".to_owned()));
    }
    let left = if left > 0xFF || right < left { 0 } else { left };
    Ok(u64::from(bottom.saturating_sub(top)).saturating_mul(u64::from(right.saturating_sub(left))))
}

/// Records of a stream, by kind; those that continue others come as their own.
struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.stream, 0)?, usize::from(u16_at(self.stream, 2)?));
        let data = self.stream.get(4..length.checked_add(4)?)?;
        self.stream = self.stream.get(length.checked_add(4)?..).unwrap_or_default();
        Some((kind, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use nianbao_document::Block;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], data].concat()
    }

    fn bof(kind: u16) -> Vec<u8> {
        let words = [0x0600, kind, 0, 0, 0, 0, 0, 0_u16];
        record(BOF, &words.map(u16::to_le_bytes).concat())
    }

    fn words(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    /// A workbook of one sheet.
    fn file(sheet: &[Vec<u8>]) -> Vec<u8> {
        let name = "表".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let bound = |at: u32| record(BOUND_SHEET, &[&at.to_le_bytes()[..], &[0, 0, 1, 1], &name].concat());
        let mut stream = bof(5);
        let at = u32::try_from(stream.len() + bound(0).len() + 4).unwrap();
        stream.extend(bound(at));
        stream.extend(record(EOF, &[]));
        stream.extend(bof(0x10));
        sheet.iter().for_each(|r| stream.extend(r));
        stream.extend(record(EOF, &[]));
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        stream.resize(stream.len().max(8_192), 0);
        file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
        file.into_inner().into_inner()
    }

    fn numbered(row: u16, column: u16, n: f64) -> Vec<u8> {
        record(0x0203, &[words(&[row, column, 0]), n.to_le_bytes().to_vec()].concat())
    }

    #[test]
    fn numbers_and_merged_cells() {
        let sheet =
            [numbered(0, 0, 12.0), numbered(0, 1, 0.5), numbered(1, 1, 3.0), record(0x00E5, &words(&[1, 0, 1, 0, 0]))];
        let document = read(&file(&sheet), &Limits::default()).unwrap();
        let Some(Block::Grid(grid)) = document.blocks.first() else { panic!() };
        let cells: Vec<_> = grid.rows.iter().flatten().map(|c| (c.line, c.row_span, document.text(c.text))).collect();
        assert_eq!(cells, [(1, 2, "12"), (1, 1, "0.5"), (2, 1, "3")]);
    }

    #[test]
    fn absurd_sheets() {
        let read = |sheet: &[Vec<u8>]| read(&file(sheet), &Limits::default());
        let stated = |top: u32, bottom: u32| {
            record(DIMENSIONS, &[&top.to_le_bytes()[..], &bottom.to_le_bytes()[..], &words(&[0, 256, 0])].concat())
        };
        assert!(read(&[stated(0, 10)]).is_ok());
        assert!(matches!(read(&[stated(0, 65_536)]), Err(Fault::Limit(_))));
        assert!(matches!(read(&[stated(5, 2)]), Err(Fault::Damaged(_))));
        assert!(matches!(read(&[numbered(0, 0, 1.0), numbered(65_535, 255, 1.0)]), Err(Fault::Limit(_))));
        assert!(read(&[record(0x000C, &[])]).is_ok());
        assert!(matches!(super::read(b"\xD0\xCF\x11\xE0", &Limits::default()), Err(Fault::Damaged(_))));
    }
}
