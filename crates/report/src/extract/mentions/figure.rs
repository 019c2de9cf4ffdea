//! A sentence made plain, and the figures in it.
//!
//! Owns the spellings of a counted figure within prose (`１２件`, `1,234 条`, `1.19万次`, `二十四件`). Refuses what it
//! means: that is the patterns' affair.

use crate::extract::number::times;
use crate::extract::text::{chinese_digit, chinese_run, copy};
use crate::words;

/// Whether a character is a digit of figures that are written out.
pub(super) const fn is_numeral(c: char) -> bool {
    matches!(c, '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

/// A figure with its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    /// Where its first digit stands.
    pub start: usize,
    /// Where its unit ends.
    pub end: usize,
    pub value: f64,
    /// Empty only for a bare zero.
    pub unit: &'static str,
    /// Neither ordinal nor range nor rounded.
    pub exact: bool,
}

/// Folds widths, and drops blanks, marks of emphasis, quotation marks and brackets that hold no figure.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut blank = false;
    let mut open = None;
    copy(text, &mut plain, chinese_run, |c, out| {
        if c.is_whitespace() {
            blank = true;
            return;
        }
        // Between two digits a blank parts thousands, or two figures: it must not join them.
        if blank && c.is_ascii_digit() && out.ends_with(|p: char| p.is_ascii_digit()) {
            out.push(' ');
        }
        blank = false;
        match c {
            '*' | '`' | '“' | '”' | '"' | '‘' | '’' | '\'' => {}
            '(' => {
                open = Some(out.len());
                out.push(c);
            }
            ')' => match open.take() {
                Some(at) if !out[at..].contains(|c: char| c.is_ascii_digit() || is_numeral(c)) => {
                    out.truncate(at);
                }
                // An ordinal: (一), (1).
                Some(at) if out[at..].chars().count() <= 3 => out.truncate(at),
                _ => out.push(c),
            },
            _ => out.push(c),
        }
    });
    plain
}

/// All figures with a unit, in order. Inexact ones are listed too, because they end what stands before them.
pub(super) fn figures(text: &str, out: &mut Vec<Figure>) {
    out.clear();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = if c.is_ascii_digit() {
            digits(text, at, out)
        } else if is_numeral(c) {
            numerals(text, at, out)
        } else {
            at + c.len_utf8()
        };
        at = end.max(at + 1);
    }
}

/// Reads the run of digits at `at`; returns where to go on.
fn digits(text: &str, at: usize, out: &mut Vec<Figure>) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = run(at);
    let mut number: String = text[at..end].to_owned();
    let mut sound = number.len() == 1 || !number.starts_with('0');
    while number.len() <= 12 && matches!(bytes.get(end), Some(b',' | b' ')) && run(end + 1) > end + 1 {
        let group = run(end + 1);
        if group != end + 4 || (number.len() > 3 && at + 3 >= end) {
            sound = false;
        }
        number.push_str(&text[end + 1..group]);
        end = group;
    }
    if bytes.get(end) == Some(&b'.') && run(end + 1) > end + 1 {
        let fraction = run(end + 1);
        number.push_str(&text[end..fraction]);
        end = fraction;
        if bytes.get(end) == Some(&b'.') {
            sound = false;
        }
    }
    let value = number.parse::<f64>().ok().filter(|v| *v < 1e12);
    finish(text, at, end, value.filter(|_| sound), out)
}

/// Reads the Chinese numerals at `at`; they are a figure only with a unit behind them.
fn numerals(text: &str, at: usize, out: &mut Vec<Figure>) -> usize {
    let end = at + text[at..].chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum::<usize>();
    finish(text, at, end, spelled(&text[at..end]), out)
}

/// The value of numerals below ten thousand, written in full.
fn spelled(text: &str) -> Option<f64> {
    if matches!(text, "零" | "〇") {
        return Some(0.0);
    }
    let (mut sum, mut digit, mut least) = (0_u32, None, 10_000);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' | '〇' if digit.is_none() && sum > 0 => continue,
            _ => {
                // Two digits side by side (两三件) are a guess, or a year.
                if digit.is_some() {
                    return None;
                }
                digit = Some(chinese_digit(if c == '两' { '二' } else { c })?);
                continue;
            }
        };
        if unit >= least {
            return None;
        }
        least = unit;
        sum += digit.take().unwrap_or(1) * unit;
    }
    sum += digit.unwrap_or(0);
    (sum > 0).then(|| f64::from(sum))
}

fn finish(text: &str, start: usize, end: usize, value: Option<f64>, out: &mut Vec<Figure>) -> usize {
    let units = words::units();
    let mut after = &text[end..];
    let mut value = value;
    let mut exact = true;
    if let Some(rest) = after.strip_prefix('万').filter(|rest| !rest.starts_with('元')) {
        after = rest;
        value = value.map(|v| times(v, 10_000.0));
    }
    if let Some((_, rest)) = units.rounded.strip(after) {
        after = rest;
        exact = false;
    }
    let Some(unit) = units.prose.of(after) else {
        // 数量为0: zero is the only figure that needs no unit to be understood.
        if value == Some(0.0) && (after.is_empty() || after.starts_with([',', ';', '。', '.', ')', '、'])) {
            out.push(Figure { start, end, value: 0.0, unit: "", exact });
        }
        return end;
    };
    let stop = text.len() - after.len() + unit.len();
    let ahead = &text[..start];
    let before = ahead.chars().next_back().unwrap_or(' ');
    // Ordinals, ranges, signs, codes, and numerals that belong to a longer word.
    exact &= !matches!(before, '第' | '-' | '—' | '~' | '.' | '几' | '〔' | '+' | '/' | '约' | '近');
    exact &= !before.is_ascii_alphanumeric() && !is_numeral(before);
    // 3至5件 is a range, 达到5件 is not; 数十件 is a guess, 信息数10件 is not.
    exact &= !(matches!(before, '至' | '到') && ahead.trim_end_matches(before).ends_with(ends_a_figure));
    exact &= before != '数' || text[start..].starts_with(|c: char| c.is_ascii_digit());
    let measure = unit == "个" && units.measure.begin(&text[stop..]);
    exact &= !units.bound.begin(&text[stop..]) && !measure;
    out.push(Figure { start, end: stop, value: value.unwrap_or(0.0), unit, exact: exact && value.is_some() });
    stop
}

fn ends_a_figure(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c) || words::units().prose.iter().any(|u| u.ends_with(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, &'static str, bool)> {
        let mut found = Vec::new();
        figures(&plain(text), &mut found);
        found.iter().map(|f| (f.value, f.unit, f.exact)).collect()
    }

    #[test]
    fn spellings() {
        for (text, value, unit) in [
            ("共１２件", 12.0, "件"),
            ("共1,234条", 1234.0, "条"),
            ("共 1 234 567 条", 1_234_567.0, "条"),
            ("达1.19万次", 11_900.0, "次"),
            ("三件", 3.0, "件"),
            ("二十四件", 24.0, "件"),
            ("一百零五人次", 105.0, "人次"),
            ("两千三百一十二件", 2312.0, "件"),
            ("零件", 0.0, "件"),
            ("数量为0。", 0.0, ""),
            ("信息数12条", 12.0, "条"),
        ] {
            assert_eq!(read(text), [(value, unit, true)], "{text}");
        }
    }

    #[test]
    fn inexact_figures_are_marked() {
        for text in [
            "3万余条",
            "12多件",
            "约12件",
            "近百件",
            "第3次",
            "第十二期",
            "两三次",
            "100件以上",
            "12 34条",
            "几十件",
            "数十件",
            "达到30余件",
            "信息数300多条",
        ] {
            assert!(read(text).iter().all(|f| !f.2), "{text}: {:?}", read(text));
        }
        assert_eq!(read("3至5件").iter().filter(|f| f.2).count(), 0);
        assert_eq!(read("12-15件").iter().filter(|f| f.2).count(), 0);
    }

    #[test]
    fn years_and_shares_are_no_figures() {
        assert!(read("2023年1月1日增长12.5%，第711号，12345平台，0951-8060169").is_empty());
        assert!(read("提高5个百分点").iter().all(|f| !f.2));
    }

    #[test]
    fn brackets_without_figures_are_dropped() {
        assert_eq!(plain("（一）收到（以下简称申请） 3 件（含1件）"), "收到3件(含1件)");
    }
}
