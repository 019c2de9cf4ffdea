//! Dates and years as reports print them.
//!
//! Owns every spelling of a year, a date and the statistical period. Refuses years outside 2008-2099: the regulations
//! came into force in 2008.

use jiff::civil;

use crate::extract::text::{chinese_digit, is_small_digit};
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

/// A date at the start of a text, and what follows: `2024年1月12日`, `2024-1-12`, `二〇二四年元月十二日`.
fn at(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text).or_else(|| chinese_year(text))?;
    let rest = rest.trim_start();
    let mark = ["年", "-", "/", "."].into_iter().find(|m| rest.starts_with(m))?;
    let rest = rest[mark.len()..].trim_start();
    let (month, rest) = rest.strip_prefix('元').map(|rest| (1, rest)).or_else(|| small(rest))?;
    let rest = rest.trim_start();
    let mark = if mark == "年" { "月" } else { mark };
    let (day, rest) = day(rest.strip_prefix(mark)?.trim_start())?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    Some((Date::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?, rest))
}

/// A day, also where the time of day was printed straight behind it: `1308:31` is the 13th.
fn day(text: &str) -> Option<(u32, &str)> {
    let (day, rest) = small(text)?;
    let digits = text.len() - rest.len();
    if !rest.starts_with([':', '：']) || !text.starts_with(|c: char| c.is_ascii_digit()) || digits < 2 {
        return Some((day, rest));
    }
    let split = |at: usize| {
        let (day, hour) = (text[..at].parse::<u32>().ok()?, text[at..digits].parse::<u32>().ok()?);
        ((1..=31).contains(&day) && hour < 24).then_some((day, &text[digits..]))
    };
    let mut splits = (digits.saturating_sub(2).max(1)..=2).filter(|at| *at < digits).filter_map(split);
    splits.next().filter(|_| splits.next().is_none())
}

/// A small number in digits or characters: `9`, `十九`.
fn small(text: &str) -> Option<(u32, &str)> {
    if let Some(found) = number(text) {
        return Some(found);
    }
    let end = text.find(|c: char| !is_small_digit(c)).unwrap_or(text.len());
    let digit = |t: &str| {
        let mut chars = t.chars();
        chars.next().and_then(chinese_digit).filter(|_| chars.next().is_none())
    };
    let value = match text[..end].split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            tens * 10 + if ones.is_empty() { 0 } else { digit(ones)? }
        }
        None => digit(&text[..end])?,
    };
    Some((value, &text[end..]))
}

/// A year in characters, at the start of a text: `二〇二四`.
fn chinese_year(text: &str) -> Option<(u32, &str)> {
    let end = text.find('年').filter(|end| *end <= 16)?;
    let mut digits = text[..end].chars();
    if digits.clone().count() != 4 {
        return None;
    }
    let year = digits.try_fold(0, |sum, c| year_digit(c).map(|d| sum * 10 + d))?;
    Some((u32::try_from(year).ok()?, &text[end..]))
}

/// The date that a text begins with; a range (`2022-01-01至…`) is none.
#[must_use]
pub fn leading(text: &str) -> Option<Date> {
    let (date, rest) = at(text)?;
    (!rest.starts_with(['至', '~', '到', '起'])).then_some(date)
}

/// A line without the date at its end.
#[must_use]
pub fn strip_trailing_date(line: &str) -> &str {
    for (start, c) in line.char_indices() {
        let begins = c.is_ascii_digit() || year_digit(c).is_some();
        if begins && matches!(at(&line[start..]), Some((_, "" | ")" | "）" | "T"))) {
            return line[..start].trim_end_matches(['(', '（', '[', '【']);
        }
    }
    line
}

/// The date on one of the lines at the title: alone, or before who wrote it (`2023-01-29 来源：X`). Today's date, which
/// the head of many pages shows, has its weekday.
#[must_use]
pub fn beside_title(lines: &[&str], title: usize) -> Option<Date> {
    let words = words::titles();
    let alone = |line: &&&str| {
        let (date, rest) = at(line.trim_start_matches(['(', '（', '[', '【']))?;
        let rest = rest.trim_matches([')', '）', ']', '】', 'T', '|']);
        (rest.is_empty() || words.beside_date.begin(rest)).then_some((date, rest.is_empty()))
    };
    let below = lines.get(title.checked_add(1)?..)?;
    if let Some((date, _)) = below.iter().take(4).find_map(|l| alone(&l)) {
        return Some(date);
    }
    let above = &lines[title.saturating_sub(4)..title];
    let sourced = |(i, l): (usize, &&str)| {
        let next = above.get(i + 1).is_some_and(|l| words.beside_date.begin(l));
        alone(&l).filter(|(_, bare)| !bare || next).map(|(date, _)| date)
    };
    above.iter().enumerate().rev().find_map(sourced)
}

/// The date at the end of the report, with the line it stands on and what stands before it there.
#[must_use]
pub(super) fn signature<'l>(tail: &[&'l str], signed: impl Fn(&str) -> bool) -> Option<(Date, usize, &'l str)> {
    let words = words::titles();
    for (i, line) in tail.iter().enumerate().rev().filter(|(_, l)| l.chars().count() <= SIGNED) {
        let head = strip_trailing_date(line);
        if head.len() == line.len() {
            // The year on a line of its own, month and day on the next.
            let joined = i.checked_sub(1).map(|above| format!("{}{line}", tail[above]));
            if let Some(joined) = joined.filter(|j| tail[i - 1].ends_with('年') && strip_trailing_date(j).is_empty())
                && let Some(date) = leading(&joined)
            {
                return Some((date, i - 1, ""));
            }
            continue;
        }
        let dated = line[head.len()..].trim_start_matches(['(', '（', '[', '【']);
        let label = words.signed_date.end(head.trim_end_matches(['：', ':']));
        if let Some(date) = leading(dated).filter(|_| label || head.is_empty() || signed(head)) {
            return Some((date, i, if label { "" } else { head }));
        }
    }
    None
}

/// Characters of a line that is a signature.
const SIGNED: usize = 40;

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
    spans(text, false)
}

/// The same; `bare` takes years without 年, too (`2023政府信息公开…`), which only titles have.
fn spans(text: &str, bare: bool) -> Vec<(i32, usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut out = Vec::new();
    for window in 0..chars.len().saturating_sub(3) {
        let digits = &chars[window..window + 4];
        let behind = chars.get(window + 4).map(|(_, c)| *c);
        if window > 0 && (chars[window - 1].1.is_ascii_digit() || year_digit(chars[window - 1].1).is_some()) {
            continue;
        }
        let called = behind == Some('年');
        let ascii = digits.iter().all(|(_, c)| c.is_ascii_digit());
        let alone = bare && ascii && behind.is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '-' | '.' | '/' | '号'));
        if !called && !alone {
            continue;
        }
        let year = digits.iter().try_fold(0, |sum, (_, c)| year_digit(*c).map(|d| sum * 10 + d));
        if let Some(year) = year.filter(|y| plausible(*y)) {
            let mut end = digits[3].0 + digits[3].1.len_utf8();
            for mark in ["年", "年度", "度"].into_iter().filter(|_| called) {
                // 2022年年度报告 is the 年度报告 of 2022, and 2022年报 its 年报.
                end += text[end..].strip_prefix(mark).map_or(0, |_| mark.len());
            }
            out.push((year, digits[0].0, end));
        }
    }
    out
}

/// Years of a text with the bytes they cover; those of dates (2022年3月) are none, but for the last day of one.
#[must_use]
pub fn years_in(text: &str) -> Vec<(i32, usize, usize)> {
    let mut years = year_spans(text);
    years.retain(|(_, _, end)| {
        let rest = &text[*end..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 0 || !rest[digits..].starts_with('月') || rest.starts_with("12月31日")
    });
    years
}

/// The year of a title, with or without 年.
#[must_use]
pub fn year_of_title(text: &str) -> Option<i32> {
    spans(text, true).into_iter().next().map(|(year, _, _)| year)
}

/// A title without its years, with or without 年.
#[must_use]
pub fn strip_title_years(text: &str) -> String {
    cut(text, spans(text, true))
}

/// A text without its years.
#[must_use]
pub fn strip_years(text: &str) -> String {
    cut(text, year_spans(text))
}

fn cut(text: &str, spans: Vec<(i32, usize, usize)>) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (_, start, end) in spans {
        out.push_str(text.get(from..start).unwrap_or(""));
        from = end.max(from);
    }
    out.push_str(&text[from..]);
    out
}

/// The year of the stated statistical period: 2023年1月1日 … 12月31日, also where 年 or 月 were lost. Some close their
/// figures some days before the year does; the first year of the regulations began on 1 May.
#[must_use]
pub fn period(line: &str) -> Option<i32> {
    // All spellings have one of them, and few lines do.
    ["1月1日", "11日起", "1.1", "5月1日", "-1-1", "-01-01"].iter().find(|m| line.contains(**m))?;
    lost_period(line).or_else(|| {
        let mut years = line
            .char_indices()
            .filter(|(i, c)| c.is_ascii_digit() && !line[..*i].ends_with(|c: char| c.is_ascii_digit()));
        years.find_map(|(start, _)| {
            let (first, rest) = at(&line[start..])?;
            let begins = (first.0.month(), first.0.day()) == (1, 1) || (first.year(), first.0.month()) == (2008, 5);
            if !begins {
                return None;
            }
            let rest = rest.trim_start_matches(['0', '时', '起', ',', '，', '、', '开', '始', '(', ')']);
            let rest = PERIOD_TO.iter().find_map(|to| rest.strip_prefix(to))?;
            let rest = rest.trim_start_matches(['当', '同', '本', '年', '-']);
            let last = at(rest).map(|(date, _)| (date.year(), date.0.month()));
            let same = || small(rest).filter(|(_, r)| r.starts_with(['月', '.', '-'])).map(|(m, _)| m == 12);
            let until = last.map(|l| l == (first.year(), 12)).or_else(same).unwrap_or(false);
            until.then(|| first.year())
        })
    })
}

/// What stands between the first and the last day.
const PERIOD_TO: [&str; 8] = ["至", "到", "—", "–", "-", "~", "～", "起至"];

/// A period of which 年 or 月 were lost: `20231月1日起至202312月31日`, `201911日起至20191231日`.
fn lost_period(line: &str) -> Option<i32> {
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

/// A year in the file name, else in the nearest folder: `2023年…`, `2023`. Folders that go on with a month, or hold files
/// named by a day of that year (`2023/01/t20230112_448.html`), say when a page was put there.
#[must_use]
pub fn year_of_path(path: &str) -> Option<i32> {
    let parts: Vec<&str> = path.split('/').collect();
    let file = parts.last().copied().unwrap_or("");
    (0..parts.len()).rev().find_map(|i| {
        let part = parts[i];
        let stem = if i + 1 == parts.len() { part.rsplit_once('.').map_or(part, |(stem, _)| stem) } else { part };
        let month =
            || parts.get(i + 1).is_some_and(|p| p.len() <= 2 && p.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)));
        let alone = || stem.parse::<i32>().ok().filter(|y| plausible(*y) && stem.len() == 4);
        let of_day = |y: &i32| dated_file(file, *y);
        year(part).or_else(|| alone().filter(|y| !month() && !of_day(y)))
    })
}

/// Whether a file is named by a day of a year: `t20230112_448.html`.
fn dated_file(file: &str, year: i32) -> bool {
    let year = year.to_string();
    file.match_indices(&year).any(|(at, _)| {
        let digits = file[at..].bytes().take_while(u8::is_ascii_digit).count();
        digits >= 8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_spellings() {
        let date = Date::new;
        for (text, day) in [
            ("二〇二三年一月十九日", 19),
            ("2023年元月9日", 9),
            ("2023-01-1308:31", 13),
            ("2023-1-179:05", 17),
            ("2023年1月二十日", 20),
        ] {
            assert_eq!(leading(text), date(2023, 1, day), "{text}");
        }
        assert_eq!(leading("2023-1-119:05"), None, "the 1st at 19 or the 11th at 9");
        assert_eq!(leading("2022年1月1日至12月31日"), None);
        assert_eq!(first("贺兰县文化旅游广电局2021年1月15日"), date(2021, 1, 15));
        assert_eq!(first("发布日期：2024-01-12 10:33"), date(2024, 1, 12));
        assert_eq!(first("2024.2.30"), None);
        assert_eq!(first("2023年1月"), None);
        assert_eq!(strip_trailing_date("新源县局2024年1月12日"), "新源县局");
        let line = "2024年1月12日印发的通知";
        assert_eq!(strip_trailing_date(line), line);
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
            "统计时限为2020.1.1—2020.12.31",
            "自2020年1月1日起至2020年12月20日止",
        ] {
            assert_eq!(period(line), Some(2020), "{line}");
        }
        assert_eq!(period("2019年1月1日施行"), None);
        assert_eq!(year("二○二三年度某县"), Some(2023));
        assert_eq!(year("第12023年"), None);
        assert_eq!(strip_years("2022年度吴忠市"), "吴忠市");
        assert_eq!(year_of_path("宁夏/2021/某局.txt"), Some(2021));
        assert_eq!(year_of_path("2022/某局2020年报告.txt"), Some(2020));
        assert_eq!(year_of_path("2023/01/t20230112_448.html"), None, "the day on which it was put there");
        assert_eq!(year_of_path("c1/2023/t20230112_448.html"), None);
        assert_eq!((year_of_title("某局2023政府信息公开"), year_of_title("(2021)")), (Some(2023), Some(2021)));
        assert_eq!(strip_title_years("2022年年度某局"), "某局");
    }
}
