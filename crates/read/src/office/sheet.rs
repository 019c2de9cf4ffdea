//! Sheets as filled places and merged areas: they become lines and grids. XLSX, XLS and ODS share it.
//!
//! Owns how numbers and dates are printed, and which rows are titles. Refuses to know formats, and sheets whose filled
//! places lie absurdly far apart.
//!
//! **Titles and notes.** A row is a line of text, not a row of a table, if only one of its cells is filled, no merged
//! cell reaches into it or out of it, and that cell
//! - covers all columns that the sheet uses, or
//! - stands before the sheet's first row of several filled cells or after the last one, and covers one column or begins
//!   in the first, or
//! - covers the first column alone, and the row above is empty.
//!
//! All rows between two such lines are one grid; empty rows in it are left out. Every place of a grid is a cell, also
//! where nothing is written. Values under a merged cell are not shown by any program, and not read.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::body::tidy;
use crate::grid::{self, MAX_PLACES, Placed};
use crate::limits::Fault;
use nianbao_document::Document;

/// Places between a sheet's first and last filled ones.
pub(super) const MAX_AREA: u64 = 2_000_000;
/// The same, summed over the sheets of a file.
const MAX_PLACES_OF_ALL: usize = 8_000_000;
/// Last row and column that may be filled, from 0; Excel has a million rows.
const LAST: u32 = (1 << 24) - 1;
/// Columns that a title may make a sheet wide.
const MAX_COLUMN: u32 = 16_384;
/// Places that merged areas of a sheet cover, also where they overlap; later ones are not merged.
const MAX_LOOKS: u64 = 8 * MAX_AREA;
/// Filled places and merged areas of a file.
const MAX_CELLS: usize = 1_000_000;
/// Bytes of text of all cells: one text may stand in many.
const MAX_TEXT: usize = 128 << 20;

/// A merged area, last row and column included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

#[derive(Clone, Debug)]
struct Filled {
    row: u32,
    column: u32,
    text: String,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    cells: Vec<Filled>,
    merged: Vec<Area>,
}

/// A workbook that is being written.
#[derive(Debug, Default)]
pub(super) struct Book {
    document: Document,
    /// Rows of the sheets before.
    above: u32,
    cells: usize,
    text: usize,
    places: usize,
}

impl Book {
    /// Fills a place of a sheet; rows and columns count from 0. Blank text fills nothing.
    pub(super) fn put(&mut self, sheet: &mut Sheet, row: u32, column: u32, mut text: String) -> Result<(), Fault> {
        tidy(&mut text);
        if text.trim().is_empty() {
            return Ok(());
        }
        if row > LAST || column > LAST {
            return Err(Fault::Limit(format!("a cell beyond row and column {LAST}")));
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT {
            return Err(Fault::Limit(format!("cells of more than {MAX_TEXT} bytes")));
        }
        sheet.cells.push(Filled { row, column, text });
        self.count()
    }

    /// Merges an area of a sheet. One that covers a single place is none.
    pub(super) fn merge(&mut self, sheet: &mut Sheet, area: Area) -> Result<(), Fault> {
        if (area.top, area.left) == (area.bottom, area.right) || area.bottom < area.top || area.right < area.left {
            return Ok(());
        }
        sheet.merged.push(Area { bottom: area.bottom.min(LAST), right: area.right.min(LAST), ..area });
        self.count()
    }

    /// Writes a sheet after those before it.
    pub(super) fn write(&mut self, sheet: Sheet) -> Result<(), Fault> {
        let Some(table) = Table::of(sheet)? else { return Ok(()) };
        self.places = self.places.saturating_add(table.covers.len());
        if self.places > MAX_PLACES_OF_ALL {
            return Err(Fault::Limit(format!("sheets of more than {MAX_PLACES_OF_ALL} places")));
        }
        let last = table.write(self.above, &mut self.document);
        self.above = self.above.saturating_add(last);
        Ok(())
    }

    /// The document of all sheets.
    pub(super) fn finish(self) -> Document {
        self.document
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.cells = self.cells.saturating_add(1);
        if self.cells > MAX_CELLS {
            return Err(Fault::Limit(format!("more than {MAX_CELLS} cells")));
        }
        Ok(())
    }
}

/// The used rectangle of a sheet. Its rows and columns count from its own corner.
struct Table {
    top: u32,
    height: usize,
    width: usize,
    cells: Vec<Placed>,
    /// For each place the cell that covers it, by index and one more; 0: none.
    covers: Vec<u32>,
    /// Places looked at, to see whether they are taken.
    looked: u64,
}

impl Table {
    fn of(sheet: Sheet) -> Result<Option<Self>, Fault> {
        let Sheet { mut cells, merged } = sheet;
        cells.sort_by_key(|c| (c.row, c.column));
        cells.dedup_by_key(|c| (c.row, c.column));
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Ok(None) };
        let (top, bottom) = (first.row, last.row);
        let left = cells.iter().map(|c| c.column).min().unwrap_or(0);
        let mut right = cells.iter().map(|c| c.column).max().unwrap_or(0);
        // What a filled cell covers to the right is used too: titles may be wider than what is below.
        for area in &merged {
            if cells.binary_search_by_key(&(area.top, area.left), |c| (c.row, c.column)).is_ok() {
                right = right.max(area.right.min(left.saturating_add(MAX_COLUMN)));
            }
        }
        let area = u64::from(bottom - top + 1).saturating_mul(u64::from(right - left + 1));
        if area > MAX_AREA {
            return Err(Fault::Limit(format!("a sheet whose cells lie within {area} places")));
        }
        let size = |from: u32, to: u32| usize::try_from(to - from + 1).unwrap_or(usize::MAX);
        let (height, width) = (size(top, bottom), size(left, right));
        let mut table =
            Self { top, height, width, cells: Vec::with_capacity(cells.len()), covers: Vec::new(), looked: 0 };
        table.covers.resize(height.saturating_mul(width), 0);
        let within = |at: u32, from: u32| usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX);
        let mut areas: Vec<Area> = merged.into_iter().filter(|a| a.bottom >= top && a.right >= left).collect();
        areas.sort_by_key(|a| (a.top, a.left));
        for area in areas.iter().filter(|a| a.top <= bottom && a.left <= right) {
            let (row, column) = (within(area.top, top), within(area.left, left));
            let row_span = within(area.bottom, top).min(height - 1) - row + 1;
            let col_span = within(area.right, left).min(width - 1) - column + 1;
            table.cover(Placed { row, column, row_span, col_span, text: String::new(), line: 0 });
        }
        for Filled { row, column, text } in cells {
            let (row, column) = (within(row, top), within(column, left));
            let index = table.covering(row, column).unwrap_or(usize::MAX);
            match table.cells.get_mut(index) {
                Some(cell) if (cell.row, cell.column) == (row, column) => cell.text = text,
                // Under a merged cell.
                Some(_) => {}
                None => table.cover(Placed::at(row, column, text, 0)),
            }
        }
        Ok(Some(table))
    }

    /// Adds a cell, unless it would cover a place that is taken.
    fn cover(&mut self, cell: Placed) {
        let number = u32::try_from(self.cells.len()).unwrap_or(u32::MAX).saturating_add(1);
        let Placed { row, column, row_span, col_span, .. } = cell;
        let places = |r: usize| {
            let from = r.saturating_mul(self.width).saturating_add(column);
            from..from.saturating_add(col_span)
        };
        let free = |r: usize| self.covers.get(places(r)).is_some_and(|p| p.iter().all(|c| *c == 0));
        let rows = row..row.saturating_add(row_span);
        // Areas that overlap are refused by the first place that is taken; looking for it must not take for ever.
        let looks = u64::try_from(row_span.saturating_mul(col_span)).unwrap_or(u64::MAX);
        self.looked = self.looked.saturating_add(looks);
        if self.looked > MAX_LOOKS || !rows.clone().all(free) {
            return;
        }
        for r in rows {
            let from = r.saturating_mul(self.width).saturating_add(column);
            if let Some(places) = self.covers.get_mut(from..from.saturating_add(col_span)) {
                places.fill(number);
            }
        }
        self.cells.push(cell);
    }

    /// The cell that covers a place.
    fn covering(&self, row: usize, column: usize) -> Option<usize> {
        let number = self.covers.get(row.checked_mul(self.width)?.checked_add(column)?)?;
        usize::try_from(number.checked_sub(1)?).ok()
    }

    /// Writes it below so many rows; gives the number of its last row, from 1.
    fn write(mut self, above: u32, document: &mut Document) -> u32 {
        let Self { top, height, width, .. } = self;
        let mut filled = vec![0_usize; height];
        // Rows that a merged cell with text links with the row above.
        let mut linked = vec![false; height.saturating_add(1)];
        let mut only: Vec<Option<usize>> = vec![None; height];
        for (index, cell) in self.cells.iter().enumerate().filter(|(_, c)| !c.text.is_empty()) {
            if let (Some(count), Some(only)) = (filled.get_mut(cell.row), only.get_mut(cell.row)) {
                *count = count.saturating_add(1);
                *only = Some(index);
            }
            let below = cell.row.saturating_add(1)..cell.row.saturating_add(cell.row_span);
            if let Some(rows) = linked.get_mut(below) {
                rows.fill(true);
            }
        }
        // A label beside a merged cell that is blank is a row of a table.
        for cell in self.cells.iter().filter(|c| c.text.is_empty() && c.col_span > 1) {
            if let Some(count) = filled.get_mut(cell.row).filter(|n| **n == 1) {
                *count = 2;
            }
        }
        let link = |row: usize| linked.get(row).copied().unwrap_or(false);
        let several =
            |row: &usize| filled.get(*row).is_some_and(|n| *n > 1) || link(*row) || link(row.saturating_add(1));
        let first = (0..height).find(several).unwrap_or(height);
        let last = (0..height).rfind(several).unwrap_or(0);
        let title = |row: usize| {
            let cell = only.get(row).copied().flatten().and_then(|index| self.cells.get(index))?;
            let outside = row < first || row > last;
            let empty_above = row.checked_sub(1).and_then(|r| filled.get(r)).is_none_or(|n| *n == 0);
            let whole = cell.column == 0 && cell.col_span >= width;
            let is = !several(&row)
                && (whole
                    || (outside && (cell.col_span == 1 || cell.column == 0))
                    || (empty_above && cell.column == 0 && cell.col_span == 1));
            is.then(|| cell.text.clone())
        };
        let titles: Vec<Option<String>> = (0..height).map(title).collect();
        let number = |row: usize| {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            row.saturating_add(top).saturating_add(above).saturating_add(1)
        };
        self.cells.sort_by_key(|c| c.row);
        let mut cells = std::mem::take(&mut self.cells).into_iter().peekable();
        let mut start = 0;
        for (row, title) in titles.iter().enumerate() {
            if let Some(title) = title {
                self.grid(start..row, &mut cells, &number, document);
                while cells.next_if(|c| c.row <= row).is_some() {}
                title.split('\n').for_each(|text| document.push_line(text.trim(), number(row), false));
                start = row.saturating_add(1);
            }
        }
        self.grid(start..height, &mut cells, &number, document);
        u32::try_from(height).unwrap_or(u32::MAX).saturating_add(top)
    }

    /// Writes rows as one grid, with a cell for every place.
    fn grid(
        &self,
        rows: std::ops::Range<usize>,
        cells: &mut std::iter::Peekable<impl Iterator<Item = Placed>>,
        number: &dyn Fn(usize) -> u32,
        document: &mut Document,
    ) {
        let mut placed = Vec::new();
        while let Some(mut cell) = cells.next_if(|c| c.row < rows.end) {
            cell.line = number(cell.row);
            placed.push(cell);
        }
        let filled = || placed.iter().filter(|c| !c.text.is_empty());
        let (Some(left), Some(right)) =
            (filled().map(|c| c.column).min(), filled().map(|c| c.column.saturating_add(c.col_span)).max())
        else {
            return;
        };
        let mut used = vec![false; rows.len()];
        for cell in filled() {
            // A row counts as used where something begins; below that only as long as others fill it.
            if let Some(row) = cell.row.checked_sub(rows.start).and_then(|row| used.get_mut(row)) {
                *row = true;
            }
        }
        placed.retain(|c| !c.text.is_empty() || (c.column < right && c.column.saturating_add(c.col_span) > left));
        for cell in &mut placed {
            let end = cell.column.saturating_add(cell.col_span).min(right);
            cell.column = cell.column.max(left);
            cell.col_span = end.saturating_sub(cell.column).max(1);
            cell.column -= left;
        }
        let width = right - left;
        if used.len().saturating_mul(width) <= MAX_PLACES {
            for row in rows.clone().filter(|row| used.get(row - rows.start) == Some(&true)) {
                let empty = (left..right).filter(|column| self.covering(row, *column).is_none());
                placed.extend(empty.map(|column| Placed::at(row, column - left, String::new(), number(row))));
            }
        }
        grid::write(placed, document);
    }
}

/// A number as short as it can be told from others: integers without a point, nothing rounded, no exponent.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// A day number of a workbook as ISO date, time, or both.
pub(super) fn date(value: &ExcelDateTime) -> String {
    let days = value.as_f64();
    if !days.is_finite() || !(0.0..2_958_466.0).contains(&days) {
        return number(days);
    }
    if value.is_duration() {
        let seconds = (days * 86_400.0).round();
        let (hours, rest) = ((seconds / 3_600.0).floor(), seconds % 3_600.0);
        return format!("{hours:02.0}:{:02.0}:{:02.0}", (rest / 60.0).floor(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (days < 1.0, days.fract() == 0.0) {
        (true, _) => time,
        (false, true) => date,
        (false, false) => format!("{date} {time}"),
    }
}

/// A stored number as it reads: a date if its format is one.
pub(super) fn formatted(value: f64, format: Shown, is_1904: bool) -> String {
    let kind = match format {
        Shown::Number => return number(value),
        Shown::Date => ExcelDateTimeType::DateTime,
        Shown::Duration => ExcelDateTimeType::TimeDelta,
    };
    date(&ExcelDateTime::new(value, kind, is_1904))
}

/// What a number format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// A number.
    #[default]
    Number,
    /// A date or a time of day.
    Date,
    /// Hours past 24.
    Duration,
}

impl Shown {
    /// By the id of a format that every program knows.
    pub(super) const fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    /// By its code: letters of dates outside quotes, brackets and escapes, in the part for positive numbers.
    pub(super) fn of_code(code: &str) -> Self {
        let mut chars = code.chars();
        let mut found = Self::Number;
        while let Some(c) = chars.next() {
            match c {
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if !inner.is_empty() && inner.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                        return Self::Duration;
                    }
                }
                ';' => break,
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => found = Self::Date,
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(filled: &[(u32, u32, &str)], merged: &[(u32, u32, u32, u32)]) -> Vec<String> {
        let (mut book, mut sheet) = (Book::default(), Sheet::default());
        for (row, column, text) in filled {
            book.put(&mut sheet, *row, *column, (*text).to_owned()).unwrap();
        }
        for (top, left, bottom, right) in merged {
            let area = Area { top: *top, left: *left, bottom: *bottom, right: *right };
            book.merge(&mut sheet, area).unwrap();
        }
        book.write(sheet).unwrap();
        super::super::tests::show(&book.finish())
    }

    #[test]
    fn titles_and_tables() {
        let filled = [
            (1, 1, "题"),
            (2, 3, "单位"),
            (3, 1, "a"),
            (3, 2, "b"),
            (4, 1, "c"),
            (6, 3, "d"),
            (6, 1, "e"),
            (8, 1, "注"),
        ];
        assert_eq!(
            show(&filled, &[(1, 1, 1, 3)]),
            ["2: 题", "3: 单位", "[0+1x1=a 1+1x1=b 2+1x1= | 0+1x1=c 1+1x1= 2+1x1= | 0+1x1=e 1+1x1= 2+1x1=d]", "9: 注"]
        );
        assert_eq!(show(&[(0, 0, "甲"), (1, 0, "乙")], &[]), ["1: 甲", "2: 乙"]);
    }

    #[test]
    fn a_label_beside_a_merged_blank_is_a_row() {
        let filled = [(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d")];
        assert_eq!(show(&filled, &[(1, 1, 1, 2)]), ["[0+1x1=a 1+1x1=b 2+1x1=c | 0+1x1=d 1+2x1=]"]);
    }

    #[test]
    fn titles_between_tables() {
        let filled =
            [(0, 0, "a"), (0, 1, "b"), (1, 0, "三"), (2, 0, "c"), (2, 1, "d"), (4, 0, "四"), (5, 0, "e"), (5, 1, "f")];
        assert_eq!(
            show(&filled, &[(1, 0, 1, 1)]),
            ["[0+1x1=a 1+1x1=b]", "2: 三", "[0+1x1=c 1+1x1=d]", "5: 四", "[0+1x1=e 1+1x1=f]"]
        );
    }

    #[test]
    fn merged_cells() {
        let filled = [(0, 0, "组"), (0, 1, "a"), (1, 1, "b"), (0, 2, "x"), (1, 2, "under"), (2, 0, "c"), (2, 1, "d")];
        assert_eq!(
            show(&filled, &[(0, 0, 1, 0), (0, 2, 1, 2), (2, 1, 2, 3), (9, 9, 99, 99)]),
            ["[0+1x2=组 1+1x1=a 2+1x2=x 3+1x1= | 1+1x1=b 3+1x1= | 0+1x1=c 1+3x1=d]"]
        );
        assert_eq!(
            show(&filled, &[(0, 0, 1, 0), (0, 2, 1, 2)]),
            ["[0+1x2=组 1+1x1=a 2+1x2=x | 1+1x1=b | 0+1x1=c 1+1x1=d 2+1x1=]"]
        );
    }

    #[test]
    fn absurd_sheets() {
        let (mut book, mut sheet) = (Book::default(), Sheet::default());
        book.put(&mut sheet, 0, 0, "a".to_owned()).unwrap();
        book.put(&mut sheet, 1_048_575, 16_383, "b".to_owned()).unwrap();
        assert!(matches!(book.write(sheet), Err(Fault::Limit(_))));
    }

    #[test]
    fn numbers_and_dates() {
        let numbers = [12.0, -0.0, 0.1, 1234567.89, 1e15, 2.5e-7].map(number);
        assert_eq!(numbers, ["12", "0", "0.1", "1234567.89", "1000000000000000", "0.00000025"]);
        assert_eq!(formatted(44_197.0, Shown::Date, false), "2021-01-01");
        assert_eq!(formatted(44_197.5, Shown::Date, false), "2021-01-01 12:00:00");
        assert_eq!(formatted(0.25, Shown::Date, false), "06:00:00");
        assert_eq!(formatted(1.25, Shown::Duration, false), "30:00:00");
        assert_eq!(formatted(f64::NAN, Shown::Date, false), "NaN");
        for code in ["yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy-mm", "h:mm AM/PM"] {
            assert_eq!(Shown::of_code(code), Shown::Date, "{code}");
        }
        for code in ["General", "0\"d\"", "[Red]0.00", "#,##0_d", "G/通用格式", "0;\\d", "@"] {
            assert_eq!(Shown::of_code(code), Shown::Number, "{code}");
        }
        assert_eq!(Shown::of_code("[h]:mm"), Shown::Duration);
    }
}
