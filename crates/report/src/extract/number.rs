//! Reads one cell's text as a number, a blank, or neither.
//!
//! Owns every spelling of a figure that `guide/variants.md` section 3 lists. Refuses to guess: what could be two numbers
//! is none, and a blank is never zero. Words of units and signs are `data/words/units.toml`.

use std::sync::LazyLock;

use super::text::fold_char;
use crate::words;

/// The unit that a cell prints beside its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// None.
    Nothing,
    /// A counting word (件 条 次 …).
    Count,
    /// 万: ten thousand of whatever is counted; already multiplied in.
    TenThousand,
    /// 元.
    Yuan,
    /// 千元; not multiplied in.
    ThousandYuan,
    /// 万元; not multiplied in.
    TenThousandYuan,
    /// 百万元; not multiplied in.
    MillionYuan,
    /// 亿元; not multiplied in.
    HundredMillionYuan,
}

/// The unit that a heading prints for amounts: `采购总金额（万元）`, `本年收费金额（单位：亿元）`.
#[must_use]
pub fn unit_of_heading(text: &str) -> Printed {
    let norm: String = text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    let units = [
        ("亿元", Printed::HundredMillionYuan),
        ("百万元", Printed::MillionYuan),
        ("千元", Printed::ThousandYuan),
        ("万元", Printed::TenThousandYuan),
        ("元", Printed::Yuan),
    ];
    let printed = |word: &str| norm.ends_with(word) || norm.contains(&format!("单位{word}"));
    units.into_iter().find(|(word, _)| printed(word)).map_or(Printed::Nothing, |(_, unit)| unit)
}

/// What a cell's text says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// A figure.
    Number {
        /// The figure as printed, in the unit printed (万 multiplied in, 万元 and 亿元 not).
        value: f64,
        /// The unit printed.
        unit: Printed,
    },
    /// Printed blank: empty, `/`, `-`, `—`, 无.
    Blank,
    /// Looks like a figure, but reading it would be a guess.
    Unreadable,
    /// Words.
    Text,
}

impl Reading {
    /// Whether a figure is printed, though it may not be readable.
    #[must_use]
    pub(crate) const fn is_figure(&self) -> bool {
        matches!(self, Self::Number { .. } | Self::Unreadable)
    }
}

/// Whether a character alone is a word that says what is counted.
#[must_use]
pub fn is_unit_char(c: char) -> bool {
    is_unit(c.encode_utf8(&mut [0; 4]))
}

/// Whether a word only says what is counted.
#[must_use]
pub fn is_unit(text: &str) -> bool {
    // No such word is longer than two characters.
    if text.len() > 6 || text.is_ascii() {
        return false;
    }
    let words = words::units();
    words.cell.has(text) || words.column.has(text)
}

/// What cells begin with that begin with a Chinese character and are no text.
static INITIALS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let units = words::units();
    let words = units.blank.iter().chain(units.zero.iter()).chain(units.more.iter()).chain(units.less.iter());
    words.filter_map(|word| word.chars().next()).filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect()
});

/// Reads a cell.
#[must_use]
pub fn read(text: &str) -> Reading {
    // The overwhelming case, kept off the slow path.
    match text.as_bytes() {
        [] => return Reading::Blank,
        [d @ b'0'..=b'9'] => return Reading::Number { value: f64::from(d - b'0'), unit: Printed::Nothing },
        [b'1'..=b'9', rest @ ..] if rest.len() < 9 && rest.iter().all(u8::is_ascii_digit) => {
            let value = text.bytes().fold(0_u32, |sum, d| sum * 10 + u32::from(d - b'0'));
            return Reading::Number { value: f64::from(value), unit: Printed::Nothing };
        }
        _ => {}
    }
    // No figure with its unit is longer, and none begins with a word but these: most labels stop here, unfolded.
    let first = text.chars().next().unwrap_or(' ');
    if text.len() > 120 || (('\u{4E00}'..='\u{9FFF}').contains(&first) && !INITIALS.contains(&first)) {
        return Reading::Text;
    }
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold_char));
    let trimmed = folded.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_' || c == '`');
    if is_blank(trimmed) {
        return Reading::Blank;
    }
    if words::units().zero.has(trimmed) {
        return Reading::Number { value: 0.0, unit: Printed::Nothing };
    }
    figure(trimmed)
}

fn is_blank(text: &str) -> bool {
    words::units().blank.has(text) || text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―'))
}

fn figure(text: &str) -> Reading {
    let (sign, rest) = strip_sign(text);
    let (digits, unit) = split_unit(rest);
    if !digits.chars().any(|c| c.is_ascii_digit()) {
        return unfit(text);
    }
    // An ordinal ("1.", "3、") stands before a label: it is no figure.
    if digits.ends_with(['.', '、']) {
        return Reading::Text;
    }
    match plain_number(digits) {
        Some(value) if value < 1e15 => {
            let value = if unit == Printed::TenThousand { times(value, 10_000.0) } else { value };
            Reading::Number { value: if value == 0.0 { 0.0 } else { sign * value }, unit }
        }
        _ => unfit(text),
    }
}

/// `x * 10^n` of a decimal that was printed with few places, free of binary dust: 1.19 万 is 11900.
#[must_use]
pub fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    let rounded = product.round();
    if (product - rounded).abs() < 1e-6 { rounded } else { (product * 1e6).round() / 1e6 }
}

fn strip_sign(text: &str) -> (f64, &str) {
    let words = words::units();
    let more = || words.more.strip(text).or_else(|| text.strip_prefix('+'));
    let less = || words.less.strip(text).or_else(|| text.strip_prefix('-'));
    match (more(), less()) {
        (Some(rest), _) => (1.0, rest.trim_start()),
        (None, Some(rest)) => (-1.0, rest.trim_start()),
        (None, None) => (1.0, text),
    }
}

fn split_unit(text: &str) -> (&str, Printed) {
    let end = text.find(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let digits = digits.trim_end();
    let unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    let (words, many) = (words::units(), unit.strip_prefix('万'));
    let printed = match unit.as_str() {
        "" => Printed::Nothing,
        u if words.yuan.has(u) => Printed::Yuan,
        u if words.ten_thousand_yuan.has(u) => Printed::TenThousandYuan,
        u if words.hundred_million_yuan.has(u) => Printed::HundredMillionYuan,
        u if words.thousand_yuan.has(u) => Printed::ThousandYuan,
        u if words.million_yuan.has(u) => Printed::MillionYuan,
        u if words.cell.has(u) => Printed::Count,
        _ if many.is_some_and(|rest| rest.is_empty() || words.cell.has(rest)) => Printed::TenThousand,
        // Words behind the digits: no figure.
        _ => return ("", Printed::Nothing),
    };
    (digits, printed)
}

/// `1234`, `1,234`, `1 234`, `12.5`, `1O5`, `. 0`; `None` for anything that could be read in two ways.
fn plain_number(text: &str) -> Option<f64> {
    let text = strip_debris(text);
    let mut digits = String::with_capacity(text.len());
    let (whole, fraction) = match text.split_once('.') {
        Some((w, f)) => (w.trim_end(), Some(f.trim_start())),
        None => (text, None),
    };
    push_whole(whole, &mut digits)?;
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push('.');
        digits.push_str(fraction);
    }
    digits.parse().ok()
}

/// A stray mark and a blank before the figure (`. 0`): debris of recognition. `.5` keeps its point and is refused later.
fn strip_debris(text: &str) -> &str {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('.' | ',' | '\'' | '`' | '·'), Some(' ')) => chars.as_str().trim_start(),
        _ => text,
    }
}

fn push_whole(text: &str, out: &mut String) -> Option<()> {
    if text.contains([',', ' ']) {
        let mut groups = text.split([',', ' ']);
        let first = groups.next()?;
        if first.is_empty() || first.len() > 3 || !first.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        out.push_str(first);
        for group in groups {
            if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            out.push_str(group);
        }
        return Some(());
    }
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    for (i, b) in bytes.iter().enumerate() {
        let between = i > 0 && i + 1 < bytes.len();
        match b {
            b'0'..=b'9' => out.push(char::from(*b)),
            b'O' | b'o' if between => out.push('0'),
            _ => return None,
        }
    }
    // `1O` alone might be ten or a broken word; only an O with digits on both sides is read.
    (bytes[0].is_ascii_digit() && bytes[bytes.len() - 1].is_ascii_digit()).then_some(())
}

/// Neither number nor blank: does it look like a damaged figure, or is it words?
fn unfit(text: &str) -> Reading {
    // Digits of many cells without separator.
    if text.len() <= 60 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Reading::Unreadable;
    }
    let mut length = 0;
    let mut figure_like = false;
    for c in text.chars() {
        length += 1;
        if ('\u{2E80}'..='\u{9FFF}').contains(&c) || length > 12 {
            return Reading::Text;
        }
        figure_like |= c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'Q' | 'l' | 'I' | '|' | '?' | '○' | '□');
    }
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    if figure_like && letters <= 2 && length <= 12 { Reading::Unreadable } else { Reading::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<f64> {
        match read(text) {
            Reading::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    #[test]
    fn spellings_that_are_read() {
        for (text, value) in [
            ("0", 0.0),
            ("153644", 153_644.0),
            (" 12 ", 12.0),
            ("２０２０", 2020.0),
            ("1,234", 1234.0),
            ("1，234，567", 1_234_567.0),
            ("12 345", 12_345.0),
            ("2157.79", 2157.79),
            ("0.000001", 0.000_001),
            ("-7", -7.0),
            ("－7", -7.0),
            ("+4", 4.0),
            ("增12", 12.0),
            ("减8", -8.0),
            ("减 8", -8.0),
            ("8件", 8.0),
            ("1.19万", 11_900.0),
            ("1.19万条", 11_900.0),
            ("2315831.33 元", 2_315_831.33),
            (". 0", 0.0),
            ("1O5", 105.0),
            ("**3**", 3.0),
            ("12 .5", 12.5),
            ("零", 0.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn spellings_that_would_be_guesses() {
        for text in [
            "O",
            "1O",
            "O5",
            "00",
            "012",
            "1,23",
            "1 23",
            "12 34",
            "3.1.4",
            ".5",
            "1-2",
            "2?",
            "1,234,56",
            "5%",
            "11.70-3.247",
            "002020100111002",
        ] {
            assert_eq!(read(text), Reading::Unreadable, "{text}");
        }
    }

    #[test]
    fn blanks_are_not_zero() {
        for text in ["", " ", "\u{3000}", "/", "-", "—", "无", "－", "\u{A0}"] {
            assert_eq!(read(text), Reading::Blank, "{text:?}");
        }
    }

    #[test]
    fn words_are_words() {
        for text in
            ["规章", "1.属于国家秘密", "1.", "3、", "2023年", "本年(2021)制发件数", "(A) (C) (A)", "约12", "12天"]
        {
            assert_eq!(read(text), Reading::Text, "{text}");
        }
    }

    #[test]
    fn units_are_kept() {
        let unit = |t: &str| match read(t) {
            Reading::Number { unit, .. } => Some(unit),
            _ => None,
        };
        assert_eq!(unit("4.5万元"), Some(Printed::TenThousandYuan));
        assert_eq!(unit("4.5 元"), Some(Printed::Yuan));
        assert_eq!(unit("8件"), Some(Printed::Count));
        assert_eq!(unit("8"), Some(Printed::Nothing));
    }
}
