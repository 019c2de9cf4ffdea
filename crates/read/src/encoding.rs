//! Decoding: which encoding a file is in, by its bytes before its claims.
//!
//! Owns the order of evidence measured in `guide/readers.md`: byte order mark, UTF-32 and UTF-16 by their zeros, ASCII that
//! stands for more (`seven`), lenient UTF-8, the detector; a `<meta charset>` only where the detector has no opinion. Refuses to fail: bad bytes become U+FFFD and
//! are counted.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::seven;

/// Decoded text.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Encoding used, in lower case.
    pub encoding: &'static str,
    /// U+FFFD and private-use characters in it.
    pub faults: u64,
}

/// Bytes of evidence looked at: enough to tell GBK from Big5 (20 characters are), little enough to cost nothing.
const SAMPLE: usize = 4 * 1024;

/// Decodes a file.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((text, encoding)) = utf32(bytes) {
        return Decoded { faults: faults(&text), text, encoding };
    }
    let marked = Encoding::for_bom(bytes);
    if marked.is_none()
        && utf16_by_zeros(bytes).is_none()
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        if text.is_ascii()
            && let Some((text, encoding)) = seven::decode(text)
        {
            return Decoded { faults: faults(&text), text, encoding };
        }
        // Most of an archive: checked once, copied once.
        return Decoded { faults: faults(text), text: text.to_owned(), encoding: "utf-8" };
    }
    let (encoding, bom) = marked.unwrap_or_else(|| (choose(bytes), 0));
    let text = encoding.decode_without_bom_handling(&bytes[bom..]).0.into_owned();
    let faults = faults(&text);
    let encoding = match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "gb18030" | "GBK" => "gb18030",
        "Big5" => "big5",
        "Shift_JIS" => "shift_jis",
        "EUC-JP" => "euc-jp",
        "EUC-KR" => "euc-kr",
        _ => "windows-1252",
    };
    Decoded { text, encoding, faults }
}

/// U+FFFD is `EF BF BD`, the private use area `EE xx xx` and `EF 80..A3 xx`. Counted without a branch, in bytes small
/// enough to be summed side by side: full-width punctuation begins with the same byte and is everywhere.
fn faults(text: &str) -> u64 {
    const CHUNK: usize = 192;
    let bytes = text.as_bytes();
    let mut faults = 0;
    for start in (0..bytes.len()).step_by(CHUNK) {
        let end = bytes.len().min(start + CHUNK);
        let first = &bytes[start..end];
        let second = bytes.get(start + 1..).unwrap_or(&[]);
        let third = bytes.get(start + 2..).unwrap_or(&[]);
        let sum: u8 = first
            .iter()
            .zip(second)
            .zip(third)
            .map(|((a, b), c)| {
                let private = (*a == 0xEE) | (*a == 0xEF) & (*b <= 0xA3);
                u8::from(private | (*a == 0xEF) & (*b == 0xBF) & (*c == 0xBD))
            })
            .sum();
        faults += u64::from(sum);
    }
    faults
}

/// The encoding of bytes that have no mark and are not UTF-8 throughout.
fn choose(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return encoding;
    }
    // From the first non-ASCII byte on; `last = false`, because the sample may end inside a character.
    let start = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    if mostly_utf8(sample) {
        return UTF_8;
    }
    if is_gb2312(sample) {
        return GB18030;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = if guess.name() == "GBK" { GB18030 } else { guess };
    if encoding == GB18030 || encoding == BIG5 {
        return encoding;
    }
    // Any other guess is unlikely in a Chinese archive: what the page declares wins, if it decodes cleanly.
    match declared(bytes) {
        Some(declared) if !declared.decode_without_bom_handling(bytes).1 => declared,
        _ if encoding == WINDOWS_1252 || !GB18030.decode_without_bom_handling(bytes).1 => GB18030,
        _ => encoding,
    }
}

/// Plain GB2312, told without the detector, which costs more than decoding: nearly all pairs are of its rows, most of
/// them of the common characters. In Big5 four second bytes in ten lie below.
fn is_gb2312(sample: &[u8]) -> bool {
    let (mut pairs, mut inside, mut common) = (0_usize, 0_usize, 0_usize);
    let mut rest = sample.iter();
    while let Some(lead) = rest.next() {
        if *lead < 0x80 {
            continue;
        }
        let Some(trail) = rest.next() else { break };
        pairs += 1;
        inside += usize::from((0xA1..=0xF7).contains(lead) && *trail >= 0xA1);
        common += usize::from((0xB0..=0xD7).contains(lead) && *trail >= 0xA1);
    }
    pairs >= 40 && inside * 100 >= pairs * 97 && common * 100 >= pairs * 60
}

/// UTF-16 without a mark: zeros stand at one parity only, where ASCII digits, tabs and line ends have their high byte.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    let (encoding, hits, misses) = if odd > even { (UTF_16LE, odd, even) } else { (UTF_16BE, even, odd) };
    if pairs < 4 || hits == 0 || misses * 4 > hits {
        return None;
    }
    if hits * 5 > pairs {
        return Some(encoding);
    }
    // Few ASCII characters: then nearly all others must be Chinese.
    let unit = |p: &[u8]| {
        if encoding == UTF_16LE { u16::from_le_bytes([p[0], p[1]]) } else { u16::from_be_bytes([p[0], p[1]]) }
    };
    let plausible = head.chunks_exact(2).map(unit).filter(|u| matches!(u, 9 | 10 | 13 | 0x20..=0x7E | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF | 0x2010..=0x2027)).count();
    (plausible * 10 > pairs * 9).then_some(encoding)
}

/// UTF-32, with its mark (which begins as that of UTF-16) or by its zeros: each fourth byte is one, and nearly all before.
fn utf32(bytes: &[u8]) -> Option<(String, &'static str)> {
    let (little, rest) = match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => (true, rest),
        [0, 0, 0xFE, 0xFF, rest @ ..] => (false, rest),
        _ => {
            let head = &bytes[..bytes.len().min(SAMPLE) & !3];
            let high = |little: bool| {
                let zeros = |c: &[u8]| if little { c[3] == 0 && c[2] == 0 } else { c[0] == 0 && c[1] == 0 };
                head.len() >= 16 && head.chunks_exact(4).all(zeros) && head.iter().any(|b| *b != 0)
            };
            let little = high(true);
            if !little && !high(false) {
                return None;
            }
            (little, bytes)
        }
    };
    let unit = |c: &[u8; 4]| if little { u32::from_le_bytes(*c) } else { u32::from_be_bytes(*c) };
    let chunks = rest.as_chunks::<4>().0.iter();
    let text = chunks.map(|c| char::from_u32(unit(c)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some((text, if little { "utf-32le" } else { "utf-32be" }))
}

/// UTF-8 with a few bad bytes: ten well-formed multi-byte sequences for each bad one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad.max(1)
}

/// The encoding that a `<meta>` in the first 2 KB declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = memchr::memmem::find(head, b"charset=")? + 8;
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    let encoding = Encoding::for_label(&label)?;
    Some(if encoding.name() == "GBK" { GB18030 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "中宁县文化旅游广电局2023年政府信息公开工作年度报告\n规章\t0\t0\t0\n行政许可\t11\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    fn utf32(text: &str, little: bool) -> Vec<u8> {
        let unit = |c: char| if little { (c as u32).to_le_bytes() } else { (c as u32).to_be_bytes() };
        text.chars().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_of_the_archive() {
        let traditional = "臺灣地區規章檔案與資訊公開條例的說明，機關應主動公開政府資訊，並依規定辦理申請案件。";
        for (bytes, encoding, text) in [
            (TEXT.as_bytes().to_vec(), "utf-8", TEXT),
            ([b"\xEF\xBB\xBF".as_slice(), TEXT.as_bytes()].concat(), "utf-8", TEXT),
            ([b"\xFF\xFE".as_slice(), &utf16(TEXT, true)].concat(), "utf-16le", TEXT),
            ([b"\xFE\xFF".as_slice(), &utf16(TEXT, false)].concat(), "utf-16be", TEXT),
            (utf16(TEXT, true), "utf-16le", TEXT),
            (utf16(TEXT, false), "utf-16be", TEXT),
            (GB18030.encode(TEXT).0.into_owned(), "gb18030", TEXT),
            ([b"\xFF\xFE\0\0".as_slice(), &utf32(TEXT, true)].concat(), "utf-32le", TEXT),
            ([b"\0\0\xFE\xFF".as_slice(), &utf32(TEXT, false)].concat(), "utf-32be", TEXT),
            (utf32(TEXT, true), "utf-32le", TEXT),
            (utf32(TEXT, false), "utf-32be", TEXT),
            (BIG5.encode(traditional).0.into_owned(), "big5", traditional),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.faults), (text, encoding, 0));
        }
    }

    #[test]
    fn the_short_way_to_gb2312_is_not_taken_by_others() {
        let simplified = "政府信息公开工作年度报告总体情况主动公开依申请公开行政复议行政诉讼存在的主要问题及改进情况其他需要报告的事项";
        let traditional = "政府資訊公開工作年度報告總體情況主動公開依申請公開行政複議行政訴訟存在的主要問題及改進情況其他需要報告的事項";
        assert!(is_gb2312(&GB18030.encode(simplified).0));
        assert!(!is_gb2312(&BIG5.encode(traditional).0));
        assert!(!is_gb2312(&GB18030.encode(traditional).0), "GBK beyond GB2312 goes to the detector");
        assert!(!is_gb2312(simplified.as_bytes()));
    }

    #[test]
    fn a_lying_meta_is_not_believed() {
        let page = format!("<html><head><meta charset=\"big5\"></head><body>{TEXT}㵲阳镇𠮷</body></html>");
        assert_eq!(decode(&GB18030.encode(&page).0).text, page, "four-byte GB18030 under a Big5 meta");
        assert_eq!(decode(page.as_bytes()).encoding, "utf-8");
    }

    #[test]
    fn faults_are_counted() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(3, 0xFF);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.faults), ("utf-8", 1));
        assert_eq!(decode("规章\u{E5E5}０".as_bytes()).faults, 1);
        assert_eq!(decode("规章０，：ﬁ".as_bytes()).faults, 0, "full-width forms are no faults");
    }
}
