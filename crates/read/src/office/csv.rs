//! CSV: a sheet as text, its fields parted by commas, semicolons or tabs.
//!
//! Owns telling such a text from others, and what its fields show: quotes, `="12"`, formulas. Refuses to part lines of which
//! it is not sure: text in which commas are commas stays text, and a row that has more figures than its heads have
//! columns, as one with `1,234` without quotes, gives none.
//!
//! A text is CSV if all its rows are as wide, as programs write them, and some are a label with a figure; or if several
//! are a label with figures. Then lines that are sentences stay lines.

use csv::{ReaderBuilder, StringRecord};
use nianbao_document::Document;

use super::formula::parse;
use super::sheet::{Area, Book, Formula, Holds, Sheet};
use crate::limits::{Clock, Fault, Limits};
use crate::repeated::{merged, repeats};
use crate::seen::is_figure;

/// Bytes of a text that are looked at to tell what it is.
const SAMPLE: usize = 1 << 20;
/// Fields of a file; a text with more is no report.
const MAX_FIELDS: usize = 1_000_000;
/// Lines within one field; more are a quote that is not closed.
const MAX_LINES: usize = 100;
/// Rows with a label and a figure, in a text whose rows are as wide.
const LABELLED: usize = 2;
/// Rows with a label and several figures, in any other.
const TABULAR: usize = 3;
/// Records between two looks at the clock.
const RECORDS_A_LOOK: usize = 1_024;
/// Columns of a table whose cells may be repeated.
const MAX_COLUMNS: usize = 256;
/// Rows of one width that show that a table is so wide.
const ALIKE: usize = 3;

/// How a text is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    delimiter: u8,
    /// The first line says what the delimiter is.
    stated: bool,
    /// All rows are as wide.
    padded: bool,
    /// The widest row.
    width: usize,
    figures: usize,
}

/// How a text is parted into fields; `None` if it is no CSV.
#[must_use]
pub fn dialect(text: &str) -> Option<Dialect> {
    let stated = stated(text);
    let mut end = text.len().min(SAMPLE);
    if end < text.len() {
        end = memchr::memrchr(b'\n', text.as_bytes().get(..end)?)?;
    }
    let sample = text.get(..end)?;
    let delimiters = match stated {
        Some(delimiter) => vec![delimiter],
        None => vec![b',', b';', b'\t'],
    };
    let found = delimiters.into_iter().filter_map(|delimiter| judge(sample, delimiter, stated.is_some()));
    let best = found.max_by_key(|d| (d.figures, d.padded))?;
    let fields = memchr::memchr_iter(best.delimiter, text.as_bytes()).count();
    (fields < MAX_FIELDS).then_some(best)
}

/// `sep=;` in the first line, as Excel understands it.
fn stated(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_end();
    match line.get(..4)?.to_ascii_lowercase().as_str().strip_prefix("sep=").map(|_| line.as_bytes().get(4..)) {
        Some(Some([delimiter @ (b',' | b';' | b'\t' | b'|')])) => Some(*delimiter),
        _ => None,
    }
}

/// Records of a text that has been parted.
fn records(text: &str, delimiter: u8, stated: bool) -> csv::Reader<&[u8]> {
    let start = if stated { text.find('\n').map_or(text.len(), |at| at.saturating_add(1)) } else { 0 };
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// What a text is if it is parted so.
fn judge(text: &str, delimiter: u8, stated: bool) -> Option<Dialect> {
    let parts = memchr::memchr_iter(delimiter, text.as_bytes()).count();
    if parts < 2 * LABELLED && !stated || delimiter == b'\t' && !is_worth_parting(text) {
        return None;
    }
    if !stated && !may_be_rows(text, delimiter) {
        return None;
    }
    let mut reader = records(text, delimiter, stated);
    let mut record = StringRecord::new();
    let (mut widths, mut labelled, mut tabular, mut figures) = (Vec::new(), 0_usize, 0_usize, 0_usize);
    while reader.read_record(&mut record).ok()? {
        if record.iter().any(|f| memchr::memchr_iter(b'\n', f.as_bytes()).nth(MAX_LINES).is_some()) {
            return None;
        }
        widths.push(record.len());
        let own = record.iter().filter(|f| is_figure(value(f))).count();
        if record.len() > 2 && record.iter().any(is_label) {
            labelled = labelled.saturating_add(usize::from(own > 0));
            tabular = tabular.saturating_add(usize::from(own > 1));
            figures = figures.saturating_add(own);
        }
    }
    let width = widths.iter().copied().max()?;
    let full = widths.iter().filter(|w| **w == width).count();
    let padded = width > 2 && full.saturating_mul(10) >= widths.len().saturating_mul(9);
    // Lines of tabs are read as well as any table, and every kind of them.
    let is = padded && labelled >= LABELLED || tabular >= TABULAR && delimiter != b'\t' || stated && labelled > 0;
    is.then_some(Dialect { delimiter, stated, padded, width, figures })
}

/// Whether enough lines could be a label with a figure. Quotes may hide where a record ends: then any text could.
fn may_be_rows(text: &str, delimiter: u8) -> bool {
    if memchr::memchr(b'"', text.as_bytes()).is_some() {
        return true;
    }
    let parted = |line: &&str| memchr::memchr_iter(delimiter, line.as_bytes()).nth(1).is_some();
    let figure = |line: &&str| line.split(char::from(delimiter)).any(|field| is_figure(value(field)));
    text.split(['\n', '\r']).filter(parted).filter(figure).nth(LABELLED - 1).is_some()
}

/// Whether lines of tabs say more as records: with quotes, or where a program has written all lines as wide.
fn is_worth_parting(text: &str) -> bool {
    let tabs = |line: &str| memchr::memchr_iter(b'\t', line.as_bytes()).count();
    let mut lines = text.lines().filter(|line| !line.is_empty()).map(tabs);
    let first = lines.next().unwrap_or(0);
    first > 1 && lines.all(|tabs| tabs == first)
        || ["\t\"", "\n\"", "\t=\"", "\n=\""].iter().any(|quote| text.contains(quote))
}

/// Words that do not end in a figure, as pieces of `1,234` in a sentence would.
fn is_label(field: &str) -> bool {
    let field = value(field);
    let ideograph = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    field.contains(ideograph) && !field.ends_with(|c: char| c.is_ascii_digit()) && !is_sentence(field)
}

fn is_sentence(field: &str) -> bool {
    field.contains(['。', '；', '！'])
}

/// The text that a field holds: `="12"` keeps programs from taking it for a number.
fn value(field: &str) -> &str {
    let field = field.trim();
    field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
}

/// A row: its place in the sheet, its fields, and whether it is one sentence.
struct Row {
    at: u32,
    fields: Vec<String>,
    line: bool,
    /// Cells that it begins and that cover more places.
    areas: Vec<Area>,
}

impl Row {
    /// Its fields up to the last that is filled.
    fn width(&self) -> usize {
        self.fields.iter().rposition(|f| !f.is_empty()).map_or(0, |last| last.saturating_add(1))
    }

    fn has_figures(&self) -> bool {
        self.fields.iter().any(|f| is_figure(value(f)))
    }

    /// Whether two of its fields may be one figure that a comma parts.
    fn is_parted(&self) -> bool {
        let digits = |f: &str| f.bytes().all(|b| b.is_ascii_digit());
        let head = |f: &str| (1..=3).contains(&f.len()) && digits(f) && !f.starts_with('0');
        let tail =
            |f: &str| f.get(..3).is_some_and(digits) && f.get(3..).is_some_and(|r| r.is_empty() || r.starts_with('.'));
        self.fields.iter().zip(self.fields.iter().skip(1)).any(|(a, b)| head(a) && tail(b))
    }
}

/// Reads a text that is parted so. A row counts one line.
///
/// # Errors
/// [`Fault::Damaged`] if it cannot be parted, [`Fault::Limit`] if it is too large or too slow.
pub fn read(text: &str, dialect: Dialect, limits: &Limits) -> Result<Document, Fault> {
    let rows = rows(text, dialect, &Clock::start(limits))?;
    let doubtful = if dialect.delimiter == b',' { doubtful(&rows) } else { Vec::new() };
    let mut book = Book::default();
    let mut sheet = Sheet::new("", false);
    let right = u32::try_from(dialect.width.saturating_sub(1)).unwrap_or(u32::MAX);
    let rows = together(rows, dialect.width);
    for (number, row) in rows.into_iter().enumerate() {
        if row.line {
            book.merge(&mut sheet, Area { top: row.at, left: 0, bottom: row.at, right })?;
        }
        for area in row.areas {
            book.merge(&mut sheet, area)?;
        }
        let doubtful = doubtful.get(number) == Some(&true);
        for (column, field) in (0_u32..).zip(row.fields) {
            let (text, holds) =
                if doubtful && is_figure(&field) { (format!("?{field}"), Holds::Text) } else { cell(field) };
            book.put(&mut sheet, row.at, column, text, holds)?;
        }
    }
    book.add(sheet);
    book.finish()
}

/// Puts cells together that were merged and are repeated in every place, if some row shows that they are.
fn together(mut rows: Vec<Row>, width: usize) -> Vec<Row> {
    if width > MAX_COLUMNS || !rows.iter().any(|row| !row.line && repeats(&row.fields)) {
        return rows;
    }
    // Sentences and headings part tables.
    let mut start = 0;
    while let Some(first) = rows.get(start..).and_then(|rest| rest.iter().position(|row| !row.line)) {
        let from = start.saturating_add(first);
        let own = rows.get(from..).unwrap_or_default();
        let first_at = own.first().map_or(0, |row| row.at);
        let own = own.iter().zip(0_u32..).take_while(|(row, by)| !row.line && row.at == first_at.saturating_add(*by));
        let texts = own.map(|(row, _)| {
            let mut fields = row.fields.clone();
            fields.resize(width, String::new());
            (fields, row.at)
        });
        let texts: Vec<_> = texts.collect();
        let end = from.saturating_add(texts.len());
        for cell in merged(texts, width).into_iter().filter(|c| c.row_span > 1 || c.col_span > 1) {
            let Some(row) = rows.get_mut(from.saturating_add(cell.row)) else { continue };
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (left, right) = (number(cell.column), number(cell.column + cell.col_span - 1));
            let bottom = row.at.saturating_add(number(cell.row_span - 1));
            row.areas.push(Area { top: row.at, left, bottom, right });
        }
        start = end;
    }
    rows
}

/// What a field shows, and what formulas see of it.
fn cell(field: String) -> (String, Holds) {
    let text = value(&field);
    if text.len() < field.len() {
        return (text.replace("\"\"", "\""), Holds::Text);
    }
    if field.starts_with('=') {
        let formula = Formula { expr: parse(&field).map(Into::into), fresh: true, ..Formula::default() };
        return (field, Holds::Formula(Box::new(formula)));
    }
    let number = if is_figure(&field) { field.replace(',', "").parse::<f64>().ok() } else { None };
    (field, number.map_or(Holds::Text, Holds::Number))
}

fn rows(text: &str, dialect: Dialect, clock: &Clock) -> Result<Vec<Row>, Fault> {
    let mut reader = records(text, dialect.delimiter, dialect.stated);
    let mut record = StringRecord::new();
    let mut rows = Vec::new();
    let bytes = text.as_bytes();
    let mut at = u32::from(dialect.stated);
    let skipped = if dialect.stated { text.find('\n').map_or(text.len(), |at| at.saturating_add(1)) } else { 0 };
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).saturating_add(skipped);
        if !reader.read_record(&mut record).map_err(|e| Fault::Damaged(format!("CSV: {e}")))? {
            return Ok(rows);
        }
        if rows.len().is_multiple_of(RECORDS_A_LOOK) {
            clock.check()?;
        }
        // Lines that are empty are rows all the same; the reader passes over them.
        at = at.saturating_add(empty_lines(bytes, from));
        let line = !dialect.padded && is_line(&record);
        let fields = if line {
            let delimiter = char::from(dialect.delimiter).to_string();
            vec![record.iter().collect::<Vec<_>>().join(&delimiter)]
        } else {
            record.iter().map(|f| f.trim().replace("\r\n", "\n").replace('\r', "\n")).collect()
        };
        rows.push(Row { at, fields, line, areas: Vec::new() });
        at = at.saturating_add(1);
    }
}

/// Lines that end at a byte or directly behind it, but for the one whose `\r` stands before.
fn empty_lines(bytes: &[u8], from: usize) -> u32 {
    let begun = from.checked_sub(1).and_then(|last| bytes.get(last)) == Some(&b'\r');
    let mut rest = bytes.get(from..).unwrap_or_default();
    rest = rest.strip_prefix(b"\n").filter(|_| begun).unwrap_or(rest);
    let mut lines = 0_u32;
    while let [end @ (b'\r' | b'\n'), after @ ..] = rest {
        lines = lines.saturating_add(1);
        rest = after.strip_prefix(b"\n").filter(|_| *end == b'\r').unwrap_or(after);
    }
    lines
}

/// Whether a row is a heading or a sentence in a text whose rows are not as wide.
fn is_line(record: &StringRecord) -> bool {
    record.len() == 1 || record.iter().any(is_sentence) && !record.iter().any(|f| is_figure(value(f)))
}

/// Rows where a comma may have parted a figure, if some of them have more fields than their heads.
fn doubtful(rows: &[Row]) -> Vec<bool> {
    let mut doubtful = Vec::with_capacity(rows.len());
    let (mut start, mut heads) = (0_usize, 0_usize);
    let mut after_figures = false;
    for (number, row) in rows.iter().enumerate() {
        let figures = row.has_figures();
        if !figures && !row.line {
            let filled = row.fields.iter().filter(|f| !f.is_empty()).count();
            // A new head; a label alone may be a row without figures.
            if after_figures && filled > 1 {
                (start, heads) = (number, 0);
            }
            heads = heads.max(row.width());
            after_figures &= filled < 2;
        }
        after_figures |= figures;
        let wider = figures && heads > 1 && row.width() > heads && row.is_parted();
        let alike = || {
            let next_head = |r: &&Row| r.line || r.has_figures() || r.width() < 2;
            let rows = rows.get(start..).unwrap_or_default().iter();
            let rows = rows.skip_while(|r| !r.has_figures()).take_while(next_head);
            rows.filter(|r| r.has_figures() && r.width() == row.width()).take(ALIKE).count() == ALIKE
        };
        doubtful.push(wider && !alike());
    }
    // Who writes one figure so writes all of them so.
    if doubtful.contains(&true) {
        return rows.iter().map(|row| row.has_figures() && row.is_parted()).collect();
    }
    doubtful
}

#[cfg(test)]
mod tests {
    use super::super::tests::show;
    use super::*;

    fn read(text: &str) -> Vec<String> {
        show(&super::read(text, dialect(text).unwrap(), &Limits::default()).unwrap())
    }

    /// The texts of all cells, row by row.
    fn cells(text: &str) -> String {
        let cells = read(text).join("\n");
        cells.split([' ', '[']).map(|c| c.split_once('=').map_or(c, |(_, text)| text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_csv() {
        for text in [
            "题,,\n信息内容,甲,乙\n规章,1,2\n文件,3,\n",
            "信息内容;甲;乙\r\n规章;1;2\r\n文件;3;4\r\n许可;5;6\r\n",
            "题\n信息内容,甲,乙\n规章,1,2\n文件,3,4\n许可,5,6\n说明，没有逗号。\n",
            "\"题\"\t\"\"\t\"\"\n规章\t=\"1\"\t2\n文件\t\"3\"\t4\n",
            "sep=|\n规章|1|2\n",
        ] {
            assert!(dialect(text).is_some(), "{text}");
        }
        for text in [
            "",
            "规章\t1\t2\n文件\t3\t4\n题\n",
            "其中,许可12件,处罚3件\n其中,许可12件,处罚3件\n",
            "许可1,234,567\n处罚2,345,678\n强制3,456,789\n收费1,000,000",
            "1,2,3\n4,5,6\n7,8,9",
            "label,1,2\nlabel,3,4\n",
            "规章,1,2\n\"文件,3,4\n",
        ] {
            assert_eq!(dialect(text), None, "{text}");
        }
    }

    #[test]
    fn fields() {
        let text = "信息内容,甲,乙,丙\n规章,\"1,234\",=\"12\",\"=\"\"0\"\"\"\n\n\"多\n行\",=1+2, 5 ,\"=SUM(B2,E4)\"\n";
        assert_eq!(cells(text), " 信息内容 甲 乙 丙 | 规章 1,234 12 0 | 多/行 3 5 1234]");
    }

    #[test]
    fn lines_end_in_several_ways() {
        let text = "题\n\n信息内容,甲,乙\n规章,1,2\n文件,3,4\n许可,5,6\n\n\n注\n";
        let shown = read(text);
        assert_eq!((shown[0].as_str(), shown[2].as_str()), ("1: 题", "9: 注"));
        assert_eq!(read(&text.replace('\n', "\r\n")), shown);
        assert_eq!(read(&text.replace('\n', "\r")), shown);
    }

    #[test]
    fn cells_that_are_repeated_are_one() {
        let text = "内容,数量,数量,单位\n许可,12,12,件\n处罚,,,件\n办理,甲,5,5\n办理,乙,6,7\n";
        assert_eq!(
            read(text),
            ["[0+1x1=内容 1+2x1=数量 3+1x1=单位 | 0+1x1=许可 1+2x1=12 3+1x1=件 | 0+1x1=处罚 1+2x1= 3+1x1=件 | \
              0+1x2=办理 1+1x1=甲 2+1x1=5 3+1x1=5 | 1+1x1=乙 2+1x1=6 3+1x1=7]"]
        );
    }

    #[test]
    fn sentences_stay_lines() {
        let text = "题\n2023年,本机关公开了信息。\n信息内容,甲,乙\n规章,1,2\n文件,3,4\n许可,5,6\n";
        assert_eq!(read(text)[..2], ["1: 题".to_owned(), "2: 2023年,本机关公开了信息。".to_owned()]);
    }

    #[test]
    fn figures_that_a_comma_parts_are_none() {
        let text = "信息内容,甲,乙\n规章,1,234,5\n文件,3,4\n许可,5,6\n内容,数\n收费,7,890\n处罚,8\n";
        let shown = cells(text);
        assert!(shown.contains("规章 ?1 ?234 ?5"), "{shown}");
        let one = "信息内容,甲,乙\n规章,1,234\n文件,3,4\n内容,数\n收费,7,890\n";
        assert!(cells(one).contains("规章 ?1 ?234"), "all figures are written as the one that shows it");
        assert!(shown.contains("文件 3 4") && shown.contains("收费 ?7 ?890") && shown.contains("处罚 8"), "{shown}");
    }
}
