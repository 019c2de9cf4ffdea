//! Chinese in seven bits: HZ (`~{VP9z~}`) and UTF-7 (`+Ti1W/Q-`), as mail once carried it.
//!
//! Owns telling them in a text of ASCII alone, and decoding them. Refuses a text that is not Chinese when it is decoded:
//! tildes and plus signs are common.

use encoding_rs::GBK;

/// Ideographs without which nothing is believed.
const IDEOGRAPHS: usize = 8;

/// The text that an ASCII text stands for, and the encoding; `None` if it stands for itself.
pub(super) fn decode(text: &str) -> Option<(String, &'static str)> {
    let hz = memchr::memmem::find(text.as_bytes(), b"~{").and_then(|_| hz(text)).map(|t| (t, "hz-gb-2312"));
    hz.or_else(|| memchr::memchr(b'+', text.as_bytes()).and_then(|_| utf7(text)).map(|t| (t, "utf-7")))
}

fn is_ideograph(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Pairs of GB 2312 without their high bits between `~{` and `~}`; a line ends them too.
fn hz(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut within = false;
    let mut rest = text.bytes().peekable();
    while let Some(byte) = rest.next() {
        match (byte, rest.peek().copied()) {
            (b'~', Some(b'{')) if !within => within = true,
            (b'~', Some(b'}')) if within => within = false,
            (b'~', Some(b'~')) => bytes.push(b'~'),
            // A line that goes on.
            (b'~', Some(b'\n')) => {}
            (b'\n', _) => {
                within = false;
                bytes.push(byte);
                continue;
            }
            (0x21..=0x77, Some(trail @ 0x21..=0x7E)) if within => bytes.extend([byte | 0x80, trail | 0x80]),
            _ => {
                bytes.push(byte);
                continue;
            }
        }
        rest.next();
    }
    let (text, _, faults) = GBK.decode(&bytes);
    let ideographs = text.chars().filter(|c| is_ideograph(*c)).count();
    (!faults && ideographs >= IDEOGRAPHS).then(|| text.into_owned())
}

/// Runs of UTF-16 in base 64 between `+` and the first character of another kind; a `-` that ends one is no text.
fn utf7(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut ideographs, mut others) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('+') {
        out.push_str(before);
        let end = after.find(|c: char| digit(c).is_none()).unwrap_or(after.len());
        let (run, after) = after.split_at_checked(end)?;
        let tail = after.strip_prefix('-');
        match units(run) {
            _ if run.is_empty() => out.push('+'),
            Some(run) => {
                ideographs += run.chars().filter(|c| is_ideograph(*c)).count();
                out.push_str(&run);
            }
            // A plus sign in a text that is something else.
            None => {
                others += 1;
                out.push('+');
                out.push_str(run);
                rest = after;
                continue;
            }
        }
        rest = tail.unwrap_or(after);
    }
    out.push_str(rest);
    (ideographs >= IDEOGRAPHS && others * IDEOGRAPHS <= ideographs).then_some(out)
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        'A'..='Z' => c as u32 - 'A' as u32,
        'a'..='z' => c as u32 - 'a' as u32 + 26,
        '0'..='9' => c as u32 - '0' as u32 + 52,
        '+' => 62,
        '/' => 63,
        _ => return None,
    })
}

/// The text of a run, if it is whole: what is left over of its bits is nothing.
fn units(run: &str) -> Option<String> {
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut units = Vec::with_capacity(run.len() / 2);
    for c in run.chars() {
        bits = bits << 6 | digit(c)?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from(bits >> held & 0xFFFF).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    (held < 6 && bits == 0).then_some(())?;
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn seven_bits() {
        assert_eq!(decode("~{U~8.~}"), None, "too little");
        let text = "~{U~8.PEO\"9+?*9$WwDj6H1(8f9fUB~}\n3 ~~ 12";
        assert_eq!(decode(text), Some(("政府信息公开工作年度报告规章\n3 ~ 12".to_owned(), "hz-gb-2312")));
        let text = "2023+XnRlP16cT+Fgb1FsXwA-12 1 +- 2\n+/wyJxHrg-";
        assert_eq!(decode(text), Some(("2023年政府信息公开12 1 + 2\n，规章".to_owned(), "utf-7")));
        for plain in ["a+b=c", "1+1+1+1", "C++ and +8613800000000", "~{~}~{", "x = '~{}' + \"+AAAA+\"", ""] {
            assert_eq!(decode(plain), None, "{plain}");
        }
    }
}
