//! Characters that stand for others: traditional-character mirrors, and radicals that PDF writers put for ideographs.
//!
//! Owns the decision that a page is a mirror, its folding (`data/fold/traditional.tsv`, from OpenCC) and the ideographs of
//! radicals and compatibility characters (`data/fold/radicals.tsv`, from Unicode's `EquivalentUnifiedIdeograph` and NFKC).
//! Refuses to touch simplified pages otherwise: 乾 stays in 乾县 there.

use std::sync::LazyLock;

use nianbao_document::Document;

const TRADITIONAL: &str = include_str!("../../../data/fold/traditional.tsv");
const RADICALS: &str = include_str!("../../../data/fold/radicals.tsv");

/// Simplified code unit by traditional one; 0 where nothing is folded.
static FOLD: LazyLock<Vec<u16>> = LazyLock::new(|| load(TRADITIONAL));
/// Ideograph by radical or compatibility character.
static UNIFY: LazyLock<Vec<u16>> = LazyLock::new(|| load(RADICALS));

/// A table of characters; both sides lie in the basic plane above U+07FF, so that no text changes its length in bytes.
fn load(table: &str) -> Vec<u16> {
    let mut fold = vec![0_u16; 0x1_0000];
    for line in table.lines() {
        let mut chars = line.chars();
        if let (Some(from), Some('\t'), Some(to)) = (chars.next(), chars.next(), chars.next())
            && let (Ok(from), Ok(to)) = (u16::try_from(from as u32), u16::try_from(to as u32))
        {
            fold[usize::from(from)] = to;
        }
    }
    fold
}

/// Puts ideographs for radicals (⼯, ⺠) and compatibility characters. Few texts have any.
#[must_use]
pub fn unify(text: String) -> String {
    // U+2E80–2FDF begin with E2 BA..BF, U+F900–FAFF with EF A4..AB.
    let second = |at: usize| text.as_bytes().get(at + 1).copied().unwrap_or(0);
    let has = memchr::memchr2_iter(0xE2, 0xEF, text.as_bytes()).any(|at| {
        matches!(second(at), 0xBA..=0xBF | 0xA4..=0xAB) && (second(at) >= 0xBA) == (text.as_bytes()[at] == 0xE2)
    });
    if !has {
        return text;
    }
    text.chars().map(|c| mapped(&UNIFY, c)).collect()
}

/// Folds the text of a document that was not read from one text: the same characters, readings left in.
pub fn document(document: &mut Document) -> bool {
    let folded = is_traditional(document.arena());
    document.rewrite(|text| {
        let text = unify(text);
        if folded { text.chars().map(fold).collect() } else { text }
    });
    folded
}

fn mapped(table: &[u16], c: char) -> char {
    let to = table.get(c as usize).copied().unwrap_or(0);
    if to == 0 { c } else { char::from_u32(u32::from(to)).unwrap_or(c) }
}

/// Chinese characters looked at before deciding.
const SAMPLE: usize = 1500;
/// Of a hundred characters of running traditional text some thirty differ; of simplified text, fewer than one.
const LEAST_PER_HUNDRED: usize = 6;

/// Folds a traditional page; gives any other text back as it is. Says whether it folded.
#[must_use]
pub fn to_simplified(text: String) -> (String, bool) {
    if !is_traditional(&text) {
        return (text, false);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut after_han = false;
    while let Some(c) = chars.next() {
        if after_han
            && matches!(c, '(' | '（')
            && let Some(length) = reading_length(chars.clone())
        {
            for _ in 0..length {
                chars.next();
            }
            continue;
        }
        after_han = is_han(c);
        out.push(fold(c));
    }
    // A term of the mirrors, not a character: 資訊 is 信息. 檔案 stays, because 档案局 are a body of their own.
    (out.replace("资讯", "信息"), true)
}

/// Folds one character.
#[must_use]
pub fn fold(c: char) -> char {
    mapped(&FOLD, c)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

fn is_traditional(text: &str) -> bool {
    let mut han = 0_usize;
    let mut traditional = 0_usize;
    let mut rest = text;
    while han < SAMPLE {
        // Markup is skipped eight bytes at a time: most of a page is nothing else.
        let plain = |eight: &&[u8]| eight.iter().fold(0, |all, byte| all | *byte) < 0x80;
        rest = rest.get(8 * rest.as_bytes().chunks_exact(8).take_while(plain).count()..).unwrap_or("");
        let mut chars = rest.chars();
        // To the end of the run of characters beyond ASCII.
        for c in chars.by_ref().skip_while(char::is_ascii).take_while(|c| !c.is_ascii()).filter(|c| is_han(*c)) {
            han += 1;
            traditional += usize::from(FOLD[c as usize & 0xFFFF] != 0);
            if han == SAMPLE {
                break;
            }
        }
        rest = chars.as_str();
        if rest.is_empty() {
            break;
        }
    }
    han >= 20 && traditional * 100 >= han * LEAST_PER_HUNDRED
}

/// Characters up to and with the closing bracket, if what stands between is a Latin reading (`guī`).
fn reading_length(chars: impl Iterator<Item = char>) -> Option<usize> {
    for (i, c) in chars.enumerate().take(9) {
        match c {
            ')' | '）' => return (i > 0).then_some(i + 1),
            'a'..='z' | 'ü' | '\u{E0}'..='\u{FC}' | '\u{100}'..='\u{1DC}' | '\u{300}'..='\u{30C}' | 'ɡ' | 'ɑ' => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrors_are_folded() {
        let (text, folded) =
            to_simplified("規(guī)章件數(shù)機(jī)關(guān)檔案與資訊公開條例的說明（一）項，行政處罰(8)".to_owned());
        assert!(folded);
        assert_eq!(text, "规章件数机关档案与信息公开条例的说明（一）项，行政处罚(8)");
    }

    #[test]
    fn radicals_become_ideographs() {
        assert_eq!(unify("⼈⺠政府⼯作，⽉\u{F9DD}”".to_owned()), "人民政府工作，月利”");
        for line in TRADITIONAL.lines().chain(RADICALS.lines()) {
            let (from, to) = line.split_once('\t').unwrap();
            assert_eq!(from.len(), to.len(), "{line}");
        }
    }

    #[test]
    fn simplified_pages_stay() {
        let page = "乾县人民政府2023年政府信息公开工作年度报告，著作权登记，瞭望台，乾陵街道办事处";
        assert_eq!(to_simplified(page.to_owned()), (page.to_owned(), false));
    }
}
