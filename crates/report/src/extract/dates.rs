//! Dates and years as reports print them.
//!
//! Owns every spelling of a year, a date and the statistical period. Refuses years outside 2008-2099: the regulations
//! came into force in 2008.

use jiff::civil;
use nianbao_document::{Block, Document};

use super::text::{chinese_digit, compact};
use crate::words;

/// A calendar date in a plausible year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl std::fmt::Display for Date {
    /// `2024-01-12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Date {
    /// A date that exists. Month and day count from 1.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = civil::Date::new(i16::try_from(year).ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        plausible(year).then_some(Self(date))
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year().into()
    }

    /// Days since 1970-01-01, as Arrow's Date32 counts.
    #[must_use]
    pub fn days(self) -> i32 {
        let since = self.0.duration_since(civil::Date::constant(1970, 1, 1));
        // A plausible year is some tens of thousands of days away.
        i32::try_from(since.as_hours() / 24).unwrap_or_default()
    }
}

const fn plausible(year: i32) -> bool {
    year >= 2008 && year <= 2099
}

/// The number that a run of ASCII digits at the start spells, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, &text[end..]))
}

/// The first date in a text: `2024年1月12日`, `2024-01-12`, `2024/1/12`, `2024.1.12`.
#[must_use]
pub fn first(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    for start in 0..bytes.len() {
        let begins = bytes[start].is_ascii_digit() && (start == 0 || !bytes[start - 1].is_ascii_digit());
        if begins && let Some((date, _)) = at(&text[start..]) {
            return Some(date);
        }
    }
    None
}

/// A date at the start of a text, and what follows.
fn at(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text)?;
    let rest = rest.trim_start();
    let mark = ["年", "-", "/", "."].into_iter().find(|m| rest.starts_with(m))?;
    let (month, rest) = number(rest[mark.len()..].trim_start())?;
    let rest = rest.trim_start();
    let mark = if mark == "年" { "月" } else { mark };
    let (day, rest) = number(rest.strip_prefix(mark)?.trim_start())?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    Some((Date::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?, rest))
}

/// Whether a line ends with a date.
#[must_use]
pub fn ends_with_date(line: &str) -> bool {
    strip_trailing_date(line).len() < line.len()
}

/// A line without the date at its end.
#[must_use]
pub fn strip_trailing_date(line: &str) -> &str {
    for (start, c) in line.char_indices() {
        if c.is_ascii_digit() && matches!(at(&line[start..]), Some((_, "" | ")" | "）"))) {
            return line[..start].trim_end_matches(['(', '（']);
        }
    }
    line
}

/// The date behind 发布日期 and its like, in lines or in the cells of an index block. `dated` are the lines that may
/// hold such a label: few lines have a word that every label ends in.
#[must_use]
pub fn labelled(lines: &[&str], dated: &[usize], document: &Document) -> Option<Date> {
    // Cells that hold a date, or stand before one, and the words in them.
    let mut of_cells: Vec<(String, Date)> = Vec::new();
    for block in document.blocks.iter().take(40) {
        let Block::Grid(grid) = block else { continue };
        let mut cells = grid.rows.iter().flatten().map(|c| document.text(c.text)).peekable();
        while let (Some(cell), Some(next)) = (cells.next(), cells.peek()) {
            if cell.contains(['期', '间'])
                && let Some(date) = first(cell).or_else(|| first(next))
            {
                of_cells.push((compact(cell), date));
            }
        }
    }
    for label in words::titles().date_label.iter() {
        for i in dated.iter().copied() {
            let Some((_, rest)) = lines.get(i).and_then(|line| line.split_once(label)) else { continue };
            let near: String = rest.chars().take(40).collect();
            let below = || lines.get(i + 1).filter(|l| l.len() < 30).and_then(|l| first(l));
            if let Some(date) = first(&near).or_else(below) {
                return Some(date);
            }
        }
        if let Some((_, date)) = of_cells.iter().find(|(cell, _)| cell.contains(label)) {
            return Some(*date);
        }
    }
    None
}

/// A date alone on one of the lines below the title.
#[must_use]
pub fn below_title(lines: &[&str], title: usize) -> Option<Date> {
    let below = lines.get(title.checked_add(1)?..)?;
    below.iter().take(4).filter(|l| l.len() < 30 && strip_trailing_date(l).is_empty()).find_map(|l| first(l))
}

/// The date at the end of the report.
#[must_use]
pub fn signature(lines: &[&str]) -> Option<Date> {
    let tail = &lines[lines.len().saturating_sub(12)..];
    tail.iter().rev().filter(|l| l.chars().count() <= 40 && ends_with_date(l)).find_map(|l| {
        let head = strip_trailing_date(l);
        first(&l[head.len()..])
    })
}

/// The year of a title: `2022年`, `2022年度`, `二〇二二年`.
#[must_use]
pub fn year(text: &str) -> Option<i32> {
    year_spans(text).into_iter().next().map(|(year, _, _)| year)
}

/// A digit of a year, with the letters that stand for 〇 on many pages.
fn year_digit(c: char) -> Option<i32> {
    let zero = matches!(c, '〇' | '○' | '零' | 'О' | 'O').then_some(0);
    c.to_digit(10).or_else(|| chinese_digit(c)).or(zero).and_then(|d| i32::try_from(d).ok())
}

/// Years with the bytes they cover, 年 and 年度 included.
fn year_spans(text: &str) -> Vec<(i32, usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut out = Vec::new();
    for window in 0..chars.len().saturating_sub(4) {
        let part = &chars[window..window + 5];
        if part[4].1 != '年' || (window > 0 && chars[window - 1].1.is_ascii_digit()) {
            continue;
        }
        let year = part[..4].iter().try_fold(0, |sum, (_, c)| year_digit(*c).map(|d| sum * 10 + d));
        if let Some(year) = year.filter(|y| plausible(*y)) {
            let end = part[4].0 + '年'.len_utf8();
            let end = if text[end..].starts_with('度') { end + '度'.len_utf8() } else { end };
            out.push((year, part[0].0, end));
        }
    }
    out
}

/// A text without its years.
#[must_use]
pub fn strip_years(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (_, start, end) in year_spans(text) {
        out.push_str(&text[from..start]);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

/// The year of the stated statistical period: 2023年1月1日 … 12月31日, also where 年 or 月 were lost.
#[must_use]
pub fn period(line: &str) -> Option<i32> {
    // Both spellings end so, and few lines do.
    memchr::memmem::find(line.as_bytes(), "31日".as_bytes())?;
    for (mark, lost) in [("1月1日", false), ("11日起", true)] {
        for (at, _) in line.match_indices(mark) {
            let head = line[..at].trim_end();
            let head = head.strip_suffix('年').unwrap_or(head).trim_end();
            let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let Some(year) = (digits >= 4).then(|| &head[head.len() - 4..]).and_then(|y| y.parse::<i32>().ok()) else {
                continue;
            };
            let tail: String = line[at..].chars().take(32).collect();
            let until = tail.contains("12月31日") || (lost && tail.contains(&format!("{year}1231日")));
            if plausible(year) && until && digits == 4 {
                return Some(year);
            }
        }
    }
    None
}

/// A year in the file name, else in the nearest folder: `2023年…`, `2023`.
#[must_use]
pub fn year_of_path(path: &str) -> Option<i32> {
    path.rsplit('/').find_map(|part| {
        let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
        let alone = || stem.parse::<i32>().ok().filter(|y| plausible(*y) && stem.len() == 4);
        year(part).or_else(alone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_spellings() {
        let date = Date::new;
        assert_eq!(first("贺兰县文化旅游广电局2021年1月15日"), date(2021, 1, 15));
        assert_eq!(first("发布日期：2024-01-12 10:33"), date(2024, 1, 12));
        assert_eq!(first("2024.2.30"), None);
        assert_eq!(first("2023年1月"), None);
        assert!(ends_with_date("新源县局2024年1月12日"));
        assert!(!ends_with_date("2024年1月12日印发的通知"));
        assert_eq!(date(2024, 1, 12).map(Date::days), Some(19_734));
        assert_eq!(date(2008, 2, 29).map(Date::days), Some(13_938));
        assert_eq!(date(2024, 1, 12).map(|d| d.to_string()).as_deref(), Some("2024-01-12"));
    }

    #[test]
    fn periods_and_years() {
        for line in [
            "本报告中所列数据的统计期限自2020年1月1日起,至2020年12月31日止",
            "本报告数据从2020年1月1日至12月31日。",
            "自20201月1日起至202012月31日",
            "统计期限为202011日起至20201231日",
        ] {
            assert_eq!(period(line), Some(2020), "{line}");
        }
        assert_eq!(period("2019年1月1日施行"), None);
        assert_eq!(year("二○二三年度某县"), Some(2023));
        assert_eq!(year("第12023年"), None);
        assert_eq!(strip_years("2022年度吴忠市"), "吴忠市");
        assert_eq!(year_of_path("宁夏/2021/某局.txt"), Some(2021));
        assert_eq!(year_of_path("2022/某局2020年报告.txt"), Some(2020));
    }
}
