//! Plain text: what of a character's form carries no meaning, and copying a text without it.
//!
//! Owns folding of width and look-alikes, and the one loop that copies what stays in runs. Refuses to know what is left
//! out where: labels, titles and sentences each say.

/// Folds a full-width or look-alike character to the plain one.
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{FEFF}' | '\u{200B}' => ' ',
        '\u{2212}' => '-',
        _ => c,
    }
}

/// Copies a text behind `out`. `run` says how many bytes at the start of what is left stay as they are (nearly every
/// character of these texts is Chinese, and runs of them are copied whole); any other character is folded and handed to
/// `each`.
pub fn copy(text: &str, out: &mut String, run: impl Fn(&[u8]) -> usize, mut each: impl FnMut(char, &mut String)) {
    let mut rest = text;
    loop {
        let run = run(rest.as_bytes());
        out.push_str(&rest[..run]);
        rest = &rest[run..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return };
        rest = chars.as_str();
        each(fold_char(c), out);
    }
}

/// Bytes at the start of a text that are Chinese characters (U+4000 to U+9FFF, three bytes each).
#[must_use]
pub fn chinese_run(bytes: &[u8]) -> usize {
    bytes.chunks_exact(3).take_while(|c| matches!(c[0], 0xE4..=0xE9)).count() * 3
}

/// The value of a Chinese digit from 一 to 九.
#[must_use]
pub const fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether a character is a digit of a small number: an ordinal, a month.
#[must_use]
pub const fn is_small_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '十' || chinese_digit(c).is_some()
}

/// A line without blanks and Markdown marks. Blanks between Latin words go too: titles and agencies have none.
#[must_use]
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    compact_into(text, &mut out);
    out
}

/// [`compact`], behind what `out` holds.
pub fn compact_into(text: &str, out: &mut String) {
    copy(text, out, plain_run, |c, out| {
        if is_kept(c) {
            out.push(c);
        }
    });
}

/// Whether [`compact`] leaves anything of a text.
#[must_use]
pub fn has_text(text: &str) -> bool {
    text.chars().any(|c| is_kept(fold_char(c)))
}

/// Bytes at the start of a text that stay as they are: Chinese characters and their own punctuation, plain ASCII.
fn plain_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes.get(at..) {
            Some([b'#' | b'*', ..]) => return at,
            Some([0x21..=0x7E, ..]) => 1,
            Some([0xE4..=0xE9, _, _, ..] | [0xE3, 0x80, 0x81..=0xBF, ..]) => 3,
            _ => return at,
        };
    }
}

fn is_kept(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '#' | '*' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compacted() {
        assert_eq!(compact("## 中宁县 文旅局\u{3000}２０２３ 年 **年报**\u{FEFF}"), "中宁县文旅局2023年年报");
        assert!(!has_text(" \u{3000}**\u{A0}"));
    }

    #[test]
    fn characters_are_folded() {
        for (c, plain) in [('Ａ', 'A'), ('（', '('), ('\u{3000}', ' '), ('\u{2212}', '-'), ('中', '中')] {
            assert_eq!(fold_char(c), plain);
        }
    }
}
