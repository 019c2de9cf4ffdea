//! Pages within pages: how markup is packed into attributes, scripts and fields.
//!
//! Owns undoing the packings (references, percent signs, Base64, `data:`) and the question whether a text holds a table.
//! Refuses to read what it unpacks.

use mail_parser::decoders::base64::base64_decode;

use crate::encoding::decode;

/// Finds another file that was saved with a page, by the address that the page has for it.
pub(crate) type Files<'f> = &'f dyn Fn(&str) -> Option<String>;

/// Whether a text holds the markup of a table.
pub(super) fn has_table(text: &str) -> bool {
    has_tag(text.as_bytes(), b"td")
}

fn has_tag(text: &[u8], name: &[u8]) -> bool {
    memchr::memchr_iter(b'<', text).any(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        rest.len() > name.len()
            && rest.iter().zip(name).all(|(a, b)| a.eq_ignore_ascii_case(b))
            && rest.get(name.len()).is_some_and(|b| matches!(b, b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'/'))
    })
}

/// A text whose markup is packed once or twice: references, or percent signs.
pub(super) fn unpacked(text: &str) -> Option<String> {
    if has_table(text) {
        return Some(text.to_owned());
    }
    let mut text = text.to_owned();
    for _ in 0..2 {
        let references = contains(&text, "&lt;td") || contains(&text, "&lt;tr") || contains(&text, "&amp;lt;t");
        let codes = contains(&text, "%3ctd") || contains(&text, "%3ctr");
        if !references && !codes {
            return None;
        }
        text = if references { without_references(&text) } else { without_percents(&text) };
        if has_table(&text) {
            return Some(text);
        }
    }
    None
}

fn contains(text: &str, part: &str) -> bool {
    let (first, rest) = (part.as_bytes().first().copied().unwrap_or(0), part.as_bytes());
    memchr::memchr_iter(first, text.as_bytes())
        .any(|at| text.as_bytes().get(at..at + rest.len()).is_some_and(|t| t.eq_ignore_ascii_case(rest)))
}

/// Undoes the references that markup itself needs; the others are undone when it is read.
pub(super) fn without_references(text: &str) -> String {
    const NAMES: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let known =
            NAMES.iter().find(|(name, _)| reference.get(..name.len()).is_some_and(|r| r.eq_ignore_ascii_case(name)));
        let (name, character) = known.copied().unwrap_or(("&", "&"));
        out.push_str(character);
        rest = reference.get(name.len()..).unwrap_or("");
    }
    out + rest
}

/// Undoes `%E4%B8%AD` and `%u4E2D`, as `decodeURIComponent` and `unescape` do.
pub(super) fn without_percents(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut at = 0;
    let hex = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?;
        digits.iter().try_fold(0_u32, |n, b| Some(n * 16 + char::from(*b).to_digit(16)?))
    };
    let mut units: Vec<u16> = Vec::new();
    while let Some(byte) = bytes.get(at) {
        let wide = (*byte == b'%' && bytes.get(at + 1) == Some(&b'u')).then(|| hex(at + 2..at + 6)).flatten();
        if let Some(unit) = wide.and_then(|u| u16::try_from(u).ok()) {
            units.push(unit);
            at += 6;
            continue;
        }
        out.extend_from_slice(String::from_utf16_lossy(&std::mem::take(&mut units)).as_bytes());
        let one = (*byte == b'%').then(|| hex(at + 1..at + 3)).flatten().and_then(|n| u8::try_from(n).ok());
        out.push(one.unwrap_or(*byte));
        at += if one.is_some() { 3 } else { 1 };
    }
    out.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// The text of Base64, if it is one.
pub(super) fn without_base64(text: &str) -> Option<String> {
    Some(decode(&base64_decode(text.trim().as_bytes())?).text)
}

/// The page of `data:text/html,…`.
pub(super) fn of_data_url(url: &str) -> Option<String> {
    let rest = url
        .trim_start()
        .get(5..)
        .filter(|_| url.trim_start().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:")))?;
    let (kind, data) = rest.split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    if !kind.starts_with("text/html") && !kind.starts_with("application/xhtml") {
        return None;
    }
    if kind.ends_with("base64") { without_base64(&without_percents(data)) } else { Some(without_percents(data)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packings_are_undone() {
        assert_eq!(unpacked("&lt;td&gt;1&lt;/td&gt;").as_deref(), Some("<td>1</td>"));
        assert_eq!(unpacked("&amp;lt;td&amp;gt;1&amp;lt;/td&amp;gt;").as_deref(), Some("<td>1</td>"));
        assert_eq!(unpacked("%3Ctd%3E%E4%B8%AD%u6587%3C/td%3E").as_deref(), Some("<td>中文</td>"));
        assert_eq!(unpacked("<p>no table</p>"), None);
        assert_eq!(unpacked("<tdx>"), None);
        assert_eq!(of_data_url("data:text/html;charset=utf-8,%3Cp%3E1").as_deref(), Some("<p>1"));
        assert_eq!(of_data_url("data:text/html;base64,PHA+5Lit5paH").as_deref(), Some("<p>中文"));
        assert_eq!(of_data_url("https://a.gov.cn/x.html"), None);
        assert_eq!(of_data_url("数据"), None);
    }
}
