//! The list numbers of a DOCX: Word counts them when it shows a document, its text does not hold them.
//!
//! Owns counters and how they are written. Refuses bullets, pictures and ways of counting that Chinese reports do not
//! use: such lists have no number here, as if they were not lists.

use std::collections::HashMap;

use super::package::Package;
use super::xml::{Piece, Xml, attribute};
use crate::limits::Fault;

/// Levels of a list.
const LEVELS: usize = 9;
/// Lists of a document; further ones have no numbers.
const MAX_LISTS: usize = 10_000;
/// Bytes of a level's pattern.
const MAX_PATTERN: usize = 256;

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    pattern: String,
    start: u32,
    /// What stands between number and text.
    gap: &'static str,
    /// Numbers of other levels are written in Arabic digits.
    legal: bool,
}

#[derive(Clone, Debug, Default)]
struct List {
    kind: u32,
    /// First numbers that this list states for itself.
    starts: [Option<u32>; LEVELS],
    /// Whether those were set.
    begun: [bool; LEVELS],
}

/// The lists of a document and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<u32, [Level; LEVELS]>,
    lists: HashMap<u32, List>,
    /// Last numbers, by kind: lists of one kind go on from each other.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the lists that a main part refers to. A document without them has none.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let Some(text) = package.text(part)? else { return Ok(Self::default()) };
        let mut all = Self::default();
        let mut xml = Xml::new(&text, package.clock());
        let (mut kind, mut list, mut level) = (None, None, 0_usize);
        loop {
            let element = match xml.next()? {
                Piece::Open(element) => element,
                Piece::Close | Piece::Text(_) => continue,
                Piece::End => return Ok(all),
            };
            let name = element.local_name();
            let value = || attribute(&element, "val").unwrap_or_default();
            let number = |attr: &str| attribute(&element, attr).and_then(|v| v.trim().parse::<u32>().ok());
            let full = all.kinds.len().saturating_add(all.lists.len()) >= MAX_LISTS;
            match name.as_ref() {
                "abstractNum" => {
                    (kind, list) = (number("abstractNumId").filter(|_| !full), None);
                    if let Some(kind) = kind {
                        all.kinds.insert(kind, Default::default());
                    }
                }
                "num" => {
                    (kind, list) = (None, number("numId").filter(|_| !full));
                    if let Some(list) = list {
                        all.lists.insert(list, List::default());
                    }
                }
                "lvl" | "lvlOverride" => level = number("ilvl").and_then(|l| usize::try_from(l).ok()).unwrap_or(LEVELS),
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (list.and_then(|l| all.lists.get_mut(&l)), number("val")) {
                        list.kind = kind;
                    }
                }
                "startOverride" => {
                    let list = list.and_then(|l| all.lists.get_mut(&l));
                    if let Some(start) = list.and_then(|l| l.starts.get_mut(level)) {
                        *start = number("val");
                    }
                }
                property => {
                    let kind = kind.and_then(|k| all.kinds.get_mut(&k));
                    let Some(level) = kind.and_then(|k| k.get_mut(level)) else { continue };
                    match property {
                        "numFmt" => level.format = value().into_owned(),
                        "lvlText" => level.pattern = value().chars().take(MAX_PATTERN).collect(),
                        "start" => level.start = number("val").unwrap_or(0),
                        "suff" => level.gap = if value() == "nothing" { "" } else { " " },
                        "isLgl" => level.legal = true,
                        _ => {}
                    }
                }
            }
        }
    }

    /// Counts a paragraph of a list and writes its number, with a blank after it where Word leaves one.
    pub(super) fn next(&mut self, list: u32, level: usize, text: &mut String) {
        let Some(list) = self.lists.get_mut(&list) else { return };
        let Some(kind) = self.kinds.get(&list.kind) else { return };
        let Some(own) = kind.get(level) else { return };
        let counts = self.counts.entry(list.kind).or_default();
        let first = list.starts.get(level).copied().flatten().filter(|_| list.begun.get(level) == Some(&false));
        if let Some(begun) = list.begun.get_mut(level) {
            *begun = true;
        }
        for (at, count) in counts.iter_mut().enumerate() {
            *count = match at.cmp(&level) {
                // Levels above that were never counted show their first number.
                std::cmp::Ordering::Less => count.or_else(|| kind.get(at).map(|l| l.start)),
                std::cmp::Ordering::Equal => Some(match (first, *count) {
                    (Some(first), _) => first,
                    (None, Some(count)) => count.saturating_add(1),
                    (None, None) => own.start,
                }),
                std::cmp::Ordering::Greater => None,
            };
        }
        let Some(number) = label(own, kind, counts) else { return };
        if !number.is_empty() {
            text.push_str(&number);
            text.push_str(own.gap);
        }
    }
}

/// A level's number by its pattern, such as `（%1）`.
fn label(own: &Level, kind: &[Level; LEVELS], counts: &[Option<u32>; LEVELS]) -> Option<String> {
    if matches!(own.format.as_str(), "bullet" | "none") {
        return None;
    }
    let mut text = String::new();
    let mut pattern = own.pattern.chars().peekable();
    while let Some(c) = pattern.next() {
        let at = pattern.peek().filter(|_| c == '%').and_then(|d| d.to_digit(10)).and_then(|d| d.checked_sub(1));
        let Some(at) = at.and_then(|at| usize::try_from(at).ok()) else {
            text.push(c);
            continue;
        };
        pattern.next();
        let (level, count) = (kind.get(at)?, counts.get(at).copied().flatten()?);
        let format = if own.legal { "decimal" } else { level.format.as_str() };
        text.push_str(&count_as(format, count)?);
    }
    Some(text)
}

/// A number in one of Word's ways of counting; `None` for those that are not known.
fn count_as(format: &str, n: u32) -> Option<String> {
    let nth =
        |from: char, most: u32| (1..=most).contains(&n).then(|| char::from_u32(u32::from(from) + n - 1)).flatten();
    Some(match format {
        "" | "decimal" => n.to_string(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => n.to_string().chars().map(full_width).collect(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(n)?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth('①', 20)?.to_string(),
        "decimalEnclosedParen" => nth('⑴', 20)?.to_string(),
        "decimalEnclosedFullstop" => nth('⒈', 20)?.to_string(),
        "ideographTraditional" => {
            "甲乙丙丁戊己庚辛壬癸".chars().nth(usize::try_from(n.checked_sub(1)?).ok()?)?.to_string()
        }
        "lowerLetter" => nth('a', 26)?.to_string(),
        "upperLetter" => nth('A', 26)?.to_string(),
        "lowerRoman" => roman(n)?.to_lowercase(),
        "upperRoman" => roman(n)?,
        _ => return None,
    })
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) + 0xFEE0).unwrap_or(digit)
}

fn chinese(n: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if n == 0 || n > 9_999 {
        return None;
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('〇');
        }
        // 十一, not 一十一, at the beginning only.
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push_str(DIGITS.get(usize::try_from(digit).ok()?)?);
        }
        text.push_str(name);
    }
    Some(text)
}

fn roman(mut n: u32) -> Option<String> {
    if n == 0 || n > 3_999 {
        return None;
    }
    let steps = [
        (1_000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, name) in steps {
        while n >= value {
            text.push_str(name);
            n -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn ways_of_counting() {
        let all = |format: &str, numbers: &[u32]| {
            numbers.iter().map(|n| count_as(format, *n).unwrap_or_default()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            all("chineseCounting", &[1, 10, 11, 20, 21, 101, 110, 1_005]),
            "一 十 十一 二十 二十一 一百〇一 一百一十 一千〇五"
        );
        assert_eq!(all("decimalEnclosedCircle", &[0, 1, 20, 21]), " ① ⑳ ");
        assert_eq!(all("upperRoman", &[4, 19, 2_026]), "IV XIX MMXXVI");
        assert_eq!(all("decimalFullWidth", &[12]), "１２");
        assert_eq!(all("hebrew1", &[1]), "");
    }

    #[test]
    fn counters() {
        let level = |at: usize, format: &str, pattern: &str, gap: &str| {
            format!(
                "<lvl ilvl='{at}'><start val='1'/><numFmt val='{format}'/><suff val='{gap}'/>\
                <lvlText val='{pattern}'/></lvl>"
            )
        };
        let text = format!(
            "<numbering><abstractNum abstractNumId='5'>{}{}{}</abstractNum><num numId='1'>\
            <abstractNumId val='5'/></num>\
             <num numId='2'><abstractNumId val='5'/><lvlOverride ilvl='0'><startOverride val='1'/>\
             </lvlOverride></num></numbering>",
            level(0, "chineseCounting", "%1、", "nothing"),
            level(1, "decimal", "%1.%2", "space"),
            level(2, "bullet", "x", "tab")
        );
        let bytes = zip(&[("n", &text)]);
        let mut numbering = Numbering::read(&mut Package::open(&bytes, &Limits::default()).unwrap(), "n").unwrap();
        let mut seen = String::new();
        for (list, level) in [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (1, 99), (3, 0)] {
            numbering.next(list, level, &mut seen);
            seen.push('|');
        }
        assert_eq!(seen, "一、|一.1 |一.2 ||二、|二.1 |一、|二、|||");
    }
}
