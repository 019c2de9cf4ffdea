//! Labels: how two wordings of the same form label are recognised as the same.
//!
//! Owns normalisation (what may differ without meaning anything) and likeness. Refuses to know which label belongs
//! where: rows are placed by `align`, which sees their order too.

use super::text::{copy, is_small_digit};

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
    copy(text, out, chinese_run, |c, out| {
        if !is_noise(c) {
            out.push(match c {
                '它' => '他',
                c => c.to_ascii_lowercase(),
            });
        }
    });
}

/// Bytes at the start of a text that are Chinese characters (U+4000 to U+9FFF, three bytes each) other than 它.
fn chinese_run(bytes: &[u8]) -> usize {
    let chinese = |c: &&[u8]| matches!(c[0], 0xE4..=0xE9) && !(c[2] == 0x83 && c[1] == 0xAE && c[0] == 0xE5);
    bytes.chunks_exact(3).take_while(chinese).count() * 3
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
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return text };
    // Most labels begin with a character that no ordinal has.
    if ('\u{4E00}'..='\u{9FFF}').contains(&first) && !is_small_digit(first) {
        return if first == '其' { text.strip_prefix("其中").unwrap_or(text) } else { text };
    }
    if ('\u{2460}'..='\u{2473}').contains(&first) {
        return chars.as_str();
    }
    let open = matches!(first, '(' | '（');
    let body = if open { chars.as_str() } else { text };
    let body = body.trim_start();
    let end = body.find(|c: char| !is_small_digit(c)).unwrap_or(body.len());
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
    2.0 * f64::from(common(&a[..a.len().min(64)], &b[..b.len().min(64)])) / (a.len() + b.len()) as f64
}

/// No less than their [`likeness`], at little cost: by how many characters of one the other has at all.
#[must_use]
pub fn likeness_at_most(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let both = (a.len() + b.len()) as f64;
    let shorter = a.len().min(b.len());
    if 2.0 * (shorter as f64) < both * 0.5 {
        return 2.0 * shorter as f64 / both;
    }
    let bit = |c: &char| 1_u64 << ((*c as u32).wrapping_mul(0x9E37_79B1) >> 26);
    let has = b.iter().fold(0, |all, c| all | bit(c));
    let shared = a.iter().filter(|c| has & bit(c) != 0).count();
    2.0 * shared.min(b.len()) as f64 / both
}

/// Length of the longest common subsequence of two texts of up to 64 characters, a row of the table in one word:
/// H. Hyyrö, Bit-parallel LCS-length computation revisited (2004).
fn common(a: &[char], b: &[char]) -> u32 {
    const SLOTS: usize = 128;
    // Where each character stands in `a`; as many slots as twice its length, so that a free one is always found.
    let mut places = [('\0', 0_u64); SLOTS];
    let slot = |places: &[(char, u64); SLOTS], c: char| {
        let mut at = (c as usize).wrapping_mul(0x9E37) >> 3 & (SLOTS - 1);
        while places[at].1 != 0 && places[at].0 != c {
            at = (at + 1) & (SLOTS - 1);
        }
        at
    };
    for (i, c) in a.iter().enumerate() {
        let at = slot(&places, *c);
        places[at] = (*c, places[at].1 | 1 << i);
    }
    let mut row = u64::MAX;
    for c in b {
        let matches = row & places[slot(&places, *c)].1;
        row = row.wrapping_add(matches) | (row - matches);
    }
    let all = if a.len() == 64 { u64::MAX } else { (1 << a.len()) - 1 };
    (!row & all).count_ones()
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
    fn common_subsequences_are_those_of_the_table() {
        let table = |a: &[char], b: &[char]| {
            let mut previous = vec![0_u32; b.len() + 1];
            for x in a {
                let mut diagonal = 0;
                for (j, y) in b.iter().enumerate() {
                    let above = previous[j + 1];
                    previous[j + 1] = if x == y { diagonal + 1 } else { above.max(previous[j]) };
                    diagonal = above;
                }
            }
            previous[b.len()]
        };
        let alphabet: Vec<char> = "政府信息公开工作0ａ".chars().collect();
        let mut state = 7_u64;
        let mut text = |most: u64| -> Vec<char> {
            let mut next = |n: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % n
            };
            (0..=next(most)).map(|_| alphabet[next(alphabet.len() as u64) as usize]).collect()
        };
        for _ in 0..2000 {
            let (a, b) = (text(64), text(64));
            assert_eq!(common(&a, &b), table(&a, &b), "{a:?} {b:?}");
        }
        let distinct: Vec<char> = ('一'..).take(64).collect();
        assert_eq!(common(&distinct, &distinct), 64);
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
