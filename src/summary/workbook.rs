//! A province's summaries as the sheets of one Excel workbook.
//!
//! Owns number formats, widths, frozen headers and the marks on what failed. Codes and other texts are cells of text: no
//! spreadsheet reads them as numbers or runs them. Refuses to know a summary: what it does follows from the types and
//! headers of the columns. The creation date is fixed, so that equal rows give equal bytes.

use anyhow::Result;
use polars::prelude::{AnyValue, DataFrame, DataType};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Workbook as Book, Worksheet,
};

use super::answer::Answer;
use super::cells::{Cell, walks};

/// Rows of a sheet, less some for the notes.
const MAX_ROWS: u32 = 1_048_576 - 1000;
/// Characters of a cell.
const MAX_TEXT: usize = 32_767;
/// Of the sheets' XML, from 1 to 9.
const COMPRESSION: u8 = 3;
/// Rows by which a column's width is judged.
const SAMPLE: usize = 200;
/// Widths of columns, in digits.
const WIDTHS: (usize, usize) = (6, 48);
/// Days from Excel's day 0 to 1970-01-01.
const EPOCH: f64 = 25_569.0;
/// What marks a row as failed or doubtful wherever it stands, in Chinese as the summaries print it.
const BAD: [&str; 4] = ["错误", "红牌", "缺报", "不成立"];
const DOUBTFUL: [&str; 3] = ["警告", "黄牌", "迟报"];
/// Header of a count that should be zero.
const FAILED: &str = "不成立勾稽关系（个）";

/// A workbook being written.
pub struct Workbook {
    book: Book,
    styles: Styles,
    sheets: Vec<Sheet>,
}

/// How values are shown.
struct Styles {
    text: Format,
    date: Format,
    rate: Format,
    amount: Format,
    count: Format,
    plain: Format,
}

/// Where the next row of a sheet goes.
struct Sheet {
    name: String,
    headers: Vec<String>,
    next: u32,
    truncated: bool,
    notes: Vec<String>,
}

impl Workbook {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        let style = |format: &str| Format::new().set_num_format(format);
        let styles = Styles {
            text: style("@"),
            date: style("yyyy-mm-dd"),
            rate: style("0.00"),
            amount: style("#,##0.######"),
            count: style("#,##0"),
            plain: style("0"),
        };
        Self { book: Book::new(), styles, sheets: Vec::new() }
    }

    /// Appends the rows of a summary to its sheet; those of one summary come in one go.
    ///
    /// # Errors
    /// When the temporary file of the sheet cannot be written.
    pub fn append(&mut self, name: &str, year: Option<i32>, answer: &Answer) -> Result<()> {
        if answer.rows.height() == 0 {
            return Ok(());
        }
        if self.sheets.last().is_none_or(|s| s.name != name) {
            let sheet = self.book.add_worksheet_with_constant_memory()?;
            self.sheets.push(begin(sheet, &self.styles, name, &answer.rows)?);
        }
        let index = self.sheets.len().saturating_sub(1);
        let (Some(state), Ok(sheet)) = (self.sheets.last_mut(), self.book.worksheet_from_index(index)) else {
            return Ok(());
        };
        let said = answer.notes.iter().map(|note| match year {
            Some(year) => format!("{year} 年度：{note}"),
            None => note.clone(),
        });
        state.notes.extend(said);
        let mut columns = walks(&answer.rows)?;
        for _ in 0..answer.rows.height() {
            if state.next >= MAX_ROWS {
                state.truncated = true;
                break;
            }
            for (cell, at) in columns.iter_mut().filter_map(Iterator::next).zip(0..) {
                write(sheet, (state.next, at), &cell)?;
            }
            state.next += 1;
        }
        Ok(())
    }

    /// The file's bytes; `None` without a sheet.
    ///
    /// # Errors
    /// When a temporary file cannot be read back.
    pub fn close(mut self) -> Result<Option<Vec<u8>>> {
        if self.sheets.is_empty() {
            return Ok(None);
        }
        for (index, state) in self.sheets.iter().enumerate() {
            end(self.book.worksheet_from_index(index)?, state)?;
        }
        // Half the time of the usual level for a tenth more bytes.
        self.book.set_zip_compression_level(COMPRESSION);
        let made_on = ExcelDateTime::from_ymd(2000, 1, 1)?;
        self.book.set_properties(&DocProperties::new().set_author("nianbao").set_creation_datetime(&made_on));
        Ok(Some(self.book.save_to_buffer()?))
    }
}

fn begin(sheet: &mut Worksheet, styles: &Styles, name: &str, rows: &DataFrame) -> Result<Sheet> {
    sheet.set_name(name)?;
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_EDF3))
        .set_border_bottom(FormatBorder::Thin);
    let mut headers = Vec::new();
    for (column, at) in rows.columns().iter().zip(0..) {
        let title = column.name().as_str();
        sheet.set_column_width(at, width(column, title)? as f64)?;
        sheet.set_column_format(at, styles.of(column.dtype(), title))?;
        sheet.write_string_with_format(0, at, title, &header)?;
        headers.push(title.to_owned());
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(Sheet { name: name.to_owned(), headers, next: 1, truncated: false, notes: Vec::new() })
}

fn end(sheet: &mut Worksheet, state: &Sheet) -> Result<()> {
    let (last_row, last) = (state.next.saturating_sub(1), u16::try_from(state.headers.len().saturating_sub(1))?);
    sheet.autofilter(0, 0, last_row, last)?;
    let bad = Format::new().set_background_color(Color::RGB(0x00F8_D7D4)).set_font_color(Color::RGB(0x008A_1C12));
    let doubtful = Format::new().set_background_color(Color::RGB(0x00FB_EECB)).set_font_color(Color::RGB(0x006B_4A00));
    for (words, format) in [(&BAD[..], &bad), (&DOUBTFUL[..], &doubtful)] {
        for word in words {
            let rule = ConditionalFormatCellRule::EqualTo((*word).to_owned());
            sheet.add_conditional_format(
                1,
                0,
                last_row,
                last,
                &ConditionalFormatCell::new().set_rule(rule).set_format(format),
            )?;
        }
    }
    if let Some(at) = state.headers.iter().position(|h| h == FAILED) {
        let at = u16::try_from(at)?;
        let rule = ConditionalFormatCellRule::GreaterThan(0);
        sheet.add_conditional_format(
            1,
            at,
            last_row,
            at,
            &ConditionalFormatCell::new().set_rule(rule).set_format(&bad),
        )?;
    }
    let rest = state.truncated.then(|| "注：行数超出工作表容量，其余各行见同名 CSV 文件。".to_owned());
    let small = Format::new().set_italic();
    for (note, row) in state.notes.iter().chain(&rest).zip(state.next + 1..) {
        sheet.write_string_with_format(row, 0, fitting(note), &small)?;
    }
    Ok(())
}

impl Styles {
    /// How a column is shown. Only what is counted is grouped: a year or a line is a name.
    fn of(&self, dtype: &DataType, header: &str) -> &Format {
        match dtype {
            DataType::String => &self.text,
            DataType::Date => &self.date,
            DataType::Float64 if header.ends_with("（%）") => &self.rate,
            DataType::Float64 => &self.amount,
            _ if header.ends_with('）') => &self.count,
            _ => &self.plain,
        }
    }
}

/// Writes a value in the style of its column: styles of single cells are looked up anew for each.
fn write(sheet: &mut Worksheet, (row, at): (u32, u16), value: &Cell<'_>) -> Result<()> {
    let number = match value {
        // Nothing is written: a blank cell is no zero.
        Cell::Blank => None,
        Cell::Text(text) => {
            sheet.write_string(row, at, fitting(text))?;
            None
        }
        Cell::Bool(yes) => {
            sheet.write_string(row, at, if *yes { "是" } else { "否" })?;
            None
        }
        Cell::Date(days) => Some(f64::from(*days) + EPOCH),
        Cell::Int(number) => Some(*number as f64),
        Cell::Float(number) => Some(*number),
        Cell::Other(AnyValue::StringOwned(text)) => {
            sheet.write_string(row, at, fitting(text))?;
            None
        }
        Cell::Other(other) => other.extract::<f64>(),
    };
    if let Some(number) = number.filter(|n| n.is_finite()) {
        sheet.write_number(row, at, number)?;
    }
    Ok(())
}

/// A text as long as a cell may be.
fn fitting(text: &str) -> &str {
    text.char_indices().nth(MAX_TEXT).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// Width of a column by its first rows: a Chinese character takes two digits.
fn width(column: &polars::prelude::Column, title: &str) -> Result<usize> {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let mut most = wide(title).div_ceil(2);
    for row in 0..column.len().min(SAMPLE) {
        let value = column.get(row)?;
        most = most.max(match value {
            AnyValue::Null => 0,
            AnyValue::String(text) => wide(text),
            // Of a column that holds one value polars gives a copy.
            AnyValue::StringOwned(ref text) => wide(text),
            ref other if column.dtype() == &DataType::Float64 => other.to_string().len().min(12),
            ref other => other.to_string().len(),
        });
    }
    Ok((most + 2).clamp(WIDTHS.0, WIDTHS.1))
}

#[cfg(test)]
mod tests {
    use polars::prelude::df;

    use super::*;

    fn answer() -> Answer {
        let rows =
            df!("年度" => [2021_i64], "区划代码" => ["010101"], "文件" => ["=1+2"], "本年新收（件）" => [Some(3_i64)])
                .unwrap();
        Answer { rows, reports: None, notes: vec!["注：一".to_owned()] }
    }

    fn made() -> Vec<u8> {
        let mut book = Workbook::new();
        book.append("依申请公开情况汇总", Some(2021), &answer()).unwrap();
        book.append("依申请公开情况汇总", Some(2022), &answer()).unwrap();
        book.close().unwrap().unwrap()
    }

    #[test]
    fn equal_rows_give_equal_bytes_and_no_sheet_no_file() {
        assert_eq!(made(), made());
        assert!(Workbook::new().close().unwrap().is_none());
    }
}
