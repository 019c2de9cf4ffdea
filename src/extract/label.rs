//! Labels: how two wordings of the same form label are recognised as the same.
//!
//! Owns normalisation (what may differ without meaning anything) and likeness. Refuses to know which label belongs
//! where: rows are placed by `align`, which sees their order too.

use super::number::fold_char;

/// Writes into `out` what remains of a label when everything that carries no meaning is gone: ordinals, blanks,
/// punctuation, brackets, width. `其它` and `其他` are one word.
pub fn normalize(text: &str, out: &mut String) {
    out.clear();
    let mut rest = strip_ordinal(text.trim_start_matches(is_noise));
    // `三、(一)予以公开` carries two.
    for _ in 0..2 {
        rest = strip_ordinal(rest.trim_start_matches(is_noise));
    }
    push_plain(rest, out);
}

/// [`normalize`] as a new string.
#[must_use]
pub fn normalized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    normalize(text, &mut out);
    out
}

/// Only folds and drops; ordinals stay. For joining pieces of a label that was cut.
pub fn push_plain(text: &str, out: &mut String) {
    for c in text.chars() {
        // Nearly every character of a label is one of these.
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) && c != '它' {
            out.push(c);
            continue;
        }
        let c = fold_char(c);
        if !is_noise(c) {
            out.push(match c {
                '它' => '他',
                c => c.to_ascii_lowercase(),
            });
        }
    }
}

fn is_noise(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || c.is_control()
        || matches!(
            c,
            '、' | '。'
                | '，'
                | '：'
                | '；'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '「'
                | '」'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '【'
                | '】'
                | '（'
                | '）'
                | '·'
                | '—'
                | '…'
                | '－'
                | '／'
                | '\u{3000}'
                | '\u{A0}'
                | '\u{FEFF}'
                | '\u{200B}'
                | '■'
                | '●'
                | '◆'
                | '|'
        )
}

/// Removes one printed ordinal: `一、` `（一）` `1.` `1、` `(1)` `①` `其中：`.
#[must_use]
pub fn strip_ordinal(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix("其中") {
        return rest;
    }
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return text };
    if ('\u{2460}'..='\u{2473}').contains(&first) {
        return chars.as_str();
    }
    let open = matches!(first, '(' | '（');
    let body = if open { chars.as_str() } else { text };
    let body = body.trim_start();
    let end = body.find(|c: char| !is_ordinal_char(c)).unwrap_or(body.len());
    if end == 0 || end > 9 {
        return text;
    }
    let tail = body[end..].trim_start();
    let closing: &[char] = if open { &[')', '）'] } else { &['、', '.', '．', '，', ',', ')', '）', '：', ':'] };
    match tail.strip_prefix(closing) {
        // `1.19`: a figure, not an ordinal.
        Some(rest) if open || !rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => text,
    }
}

fn is_ordinal_char(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Likeness of two normalised labels from 0 to 1: twice the longest common subsequence over both lengths.
#[must_use]
pub fn likeness(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (longer, shorter) = if a.len() < b.len() { (b, a) } else { (a, b) };
    // Cannot reach any threshold in use: spare the table.
    if shorter.len() * 3 < longer.len() {
        return 2.0 * shorter.len() as f64 / (a.len() + b.len()) as f64;
    }
    let mut previous = [0u8; 65];
    let width = b.len().min(64);
    for x in a.iter().take(64) {
        let mut diagonal = 0;
        for (j, y) in b.iter().take(width).enumerate() {
            let above = previous[j + 1];
            previous[j + 1] = if x == y { diagonal + 1 } else { above.max(previous[j]) };
            diagonal = above;
        }
    }
    2.0 * f64::from(previous[width]) / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_is_dropped() {
        for (a, b) in [
            ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
            (
                "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                "(二) 部分公开(区分处理的, 只计这一情形, 不计其它情形)",
            ),
            ("3.危及“三安全一稳定”", "3. 危及\"三安全一 稳定\""),
            ("**行政许可**", "行政许可"),
            ("其中：涉及国家秘密", "涉及国家秘密"),
            ("①当面申请数", "当面申请数"),
            ("第二十条第(一)项", "第二十条 第（一） 项"),
            ("（三） 不予公开", "不予公开"),
        ] {
            assert_eq!(normalized(a), normalized(b), "{a} / {b}");
        }
        assert_ne!(normalized("第二十条第(一)项"), normalized("第二十条第(五)项"));
        assert_eq!(normalized("四类过程性信息"), "四类过程性信息");
    }

    #[test]
    fn likeness_falls_with_damage() {
        let chars = |t: &str| normalized(t).chars().collect::<Vec<_>>();
        let whole = chars("属于三类内部事务信息");
        assert!((likeness(&whole, &whole) - 1.0).abs() < 1e-9);
        assert!(likeness(&whole, &chars("属于三类内部亊务信息")) > 0.85);
        assert!(likeness(&whole, &chars("属于四类过程性信息")) < 0.7);
        assert!(likeness(&whole, &chars("其他")) < 0.4);
    }
}
