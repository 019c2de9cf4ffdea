//! MHTML (`.mht`): a page saved as a mail message, with its frames and style sheets.
//!
//! Owns finding the page and what belongs to it in the message, and undoing transfer encodings. Refuses to decode
//! characters by what a part declares: bytes tell better.

use std::cell::Cell;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::encoding::decode;
use super::fold;
use super::html::Files;
use super::limits::{Fault, Limits};

/// A part that may be a page, or belong to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    bytes: Vec<u8>,
    page: bool,
    /// `Content-Location` and `Content-ID`, by which others name it.
    location: String,
    id: String,
}

/// Reads the page of an MHTML file: the first with the frames in it. Where the largest page stands in no frame, it is that
/// one; of a set of frames all pages are read.
///
/// # Errors
/// [`Fault::Damaged`] if there is no page in it, [`Fault::Limit`] if it is larger than `limits.unpacked` bytes.
pub(super) fn read<T>(bytes: &[u8], limits: &Limits, page: &dyn Fn(&[u8], Files<'_>) -> T) -> Result<T, Fault> {
    let parts = parts(bytes, limits)?;
    let is_page = |at: &usize| parts.get(*at).is_some_and(|p| p.page);
    let largest = (0..parts.len()).filter(is_page).rev().max_by_key(|at| parts.get(*at).map(|p| p.bytes.len()));
    let (Some(first), Some(largest)) = ((0..parts.len()).find(is_page), largest) else {
        return Err(Fault::Damaged("MHTML file without an HTML part".to_owned()));
    };
    let seen = Cell::new(first == largest);
    let file = |address: &str| {
        let at = parts.iter().position(|part| part.is_at(address))?;
        seen.set(seen.get() || at == largest);
        parts.get(at).map(|part| fold::unify(decode(&part.bytes).text))
    };
    let bytes = |at: usize| parts.get(at).map_or(&[][..], |p| &p.bytes);
    if is_frameset(bytes(first)) {
        // The sheets of a workbook: the page itself names only the one that was open.
        let others = (0..parts.len()).filter(|at| is_page(at) && *at != first);
        let all: String = others.map(|at| decode(bytes(at)).text).collect();
        if !all.is_empty() {
            return Ok(page(all.as_bytes(), &file));
        }
    }
    let read = page(bytes(first), &file);
    Ok(if seen.get() { read } else { page(bytes(largest), &file) })
}

fn is_frameset(bytes: &[u8]) -> bool {
    let name = b"<frameset";
    memchr::memchr_iter(b'<', bytes)
        .any(|at| bytes.get(at..at + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)))
}

impl Part {
    /// Whether an address of a page means this part.
    fn is_at(&self, address: &str) -> bool {
        let address = address.trim();
        if let Some(id) = address.strip_prefix("cid:") {
            return !id.is_empty() && self.id.trim_matches(['<', '>']) == id;
        }
        let plain = |a: &str| a.split('#').next().unwrap_or("").trim().to_owned();
        let (address, location) = (plain(address), plain(&self.location));
        let relative = address.trim_start_matches("./");
        let file = location.strip_suffix(relative).is_some_and(|folder| folder.ends_with('/'));
        !relative.is_empty() && (location == address || file && !relative.contains(':'))
    }
}

/// The pages and style sheets of an MHTML file.
fn parts(bytes: &[u8], limits: &Limits) -> Result<Vec<Part>, Fault> {
    // The parser keeps decoded copies of all parts, and its places are 32-bit numbers.
    if bytes.len() as u64 > limits.unpacked.min(u64::from(u32::MAX)) {
        return Err(Fault::Limit("MHTML file is too large".to_owned()));
    }
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Fault::Damaged("no MIME message".to_owned()))?;
    let mut found = Vec::new();
    collect(&message, limits.depth, &mut found);
    Ok(found)
}

/// Collects the parts of a message and, `depth` times, of messages within it.
fn collect(message: &Message<'_>, depth: usize, found: &mut Vec<Part>) {
    for part in &message.parts {
        if let PartType::Message(inner) = &part.body {
            if let Some(depth) = depth.checked_sub(1) {
                collect(inner, depth, found);
            }
            continue;
        }
        // By its header: the parser gives up the kind of a part that it cannot decode.
        let Some(content) = part.content_type() else { continue };
        let page = is_html(content.ctype(), content.subtype());
        if !page && !content.subtype().is_some_and(|s| s.eq_ignore_ascii_case("css")) {
            continue;
        }
        let place = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
        let Some(raw) = place.and_then(|(start, end)| message.raw_message.get(start..end)) else { continue };
        let bytes = match part.content_transfer_encoding().map(|e| e.trim().to_ascii_lowercase()).as_deref() {
            Some("quoted-printable") => quoted_printable_decode(raw).unwrap_or_else(|| lenient_quoted(raw)),
            Some("base64") => base64_decode(raw).unwrap_or_else(|| lenient_base64(raw)),
            _ => raw.to_vec(),
        };
        if !bytes.is_empty() {
            let name = |name: Option<&str>| name.unwrap_or("").trim().to_owned();
            found.push(Part { bytes, page, location: name(part.content_location()), id: name(part.content_id()) });
        }
    }
}

fn is_html(kind: &str, subtype: Option<&str>) -> bool {
    let is = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    subtype.is_some_and(|s| is(kind, "text") && is(s, "html") || is(kind, "application") && is(s, "xhtml+xml"))
}

/// What the parser's decoder refuses: an escape that is none stands for itself. Ends of lines become `\n`.
fn lenient_quoted(raw: &[u8]) -> Vec<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut bytes = Vec::with_capacity(raw.len());
    for line in raw.split(|b| *b == b'\n') {
        let line = line.trim_ascii_end();
        let (mut rest, soft) = line.strip_suffix(b"=").map_or((line, false), |l| (l, true));
        while let Some((first, tail)) = rest.split_first() {
            rest = tail;
            if let (b'=', [a, b, after @ ..]) = (*first, tail)
                && let (Some(a), Some(b)) = (digit(*a), digit(*b))
            {
                bytes.push(a << 4 | b);
                rest = after;
            } else {
                bytes.push(*first);
            }
        }
        if !soft {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// What the parser's decoder refuses, because it is cut off or holds foreign characters: the whole groups in it.
fn lenient_base64(raw: &[u8]) -> Vec<u8> {
    let known = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let mut digits: Vec<u8> = raw.iter().copied().filter(known).collect();
    digits.truncate(digits.len() / 4 * 4);
    base64_decode(&digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_x\"; type=\"text/html\"\r\n\r\n";

    fn part(headers: &str, body: &str) -> String {
        format!("----=_x\r\n{headers}\r\n\r\n{body}\r\n")
    }

    /// The largest page.
    fn page(mail: &str) -> Vec<u8> {
        let pages = parts(mail.as_bytes(), &Limits::default()).unwrap().into_iter().filter(|p| p.page);
        pages.max_by_key(|p| p.bytes.len()).unwrap().bytes
    }

    fn text(mail: &str) -> String {
        crate::read(mail.as_bytes(), &Limits::default()).unwrap().arena().to_owned()
    }

    #[test]
    fn quoted_printable_keeps_its_bytes() {
        let headers = "Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(headers, "<p a=3D1>=D6=D0=\r\n=CE=C4</p>"));
        assert_eq!(page(&mail).trim_ascii(), b"<p a=1>\xD6\xD0\xCE\xC4</p>");
    }

    #[test]
    fn base64() {
        let headers = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(headers, "PHA+5Lit\r\n5paHPC9wPg=="));
        assert_eq!(page(&mail), "<p>中文</p>".as_bytes());
    }

    #[test]
    fn frames_stand_in_their_page() {
        let html = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit";
        let main = part(html, "<p>栏目一二三四五六七八九十</p><iframe src=\"cid:f1@x\"></iframe><p>页脚</p>");
        let frame = part(&format!("{html}\r\nContent-ID: <f1@x>"), "<p>正文</p>");
        assert_eq!(text(&format!("{HEAD}{main}{frame}----=_x--\r\n")), "栏目一二三四五六七八九十正文页脚");
        let main = part(html, "<frameset><frame src=sheet001.htm><frame src=tabstrip.htm></frameset>");
        let sheet = |name: &str, text: &str| {
            part(&format!("{html}\r\nContent-Location: file:///C:/a.files/{name}.htm"), &format!("<p>{text}</p>"))
        };
        let sheets = [sheet("sheet001", "甲"), sheet("sheet002", "乙乙")].concat();
        assert_eq!(text(&format!("{HEAD}{main}{sheets}----=_x--\r\n")), "甲乙乙");
    }

    #[test]
    fn style_sheets_hold() {
        let html = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit";
        let main = part(html, "<link rel=stylesheet href=\"cid:css-1@x\"><p>正文<i class=h>7</i></p>");
        let css = part("Content-Type: text/css\r\nContent-ID: <css-1@x>", ".h{display:none}");
        assert_eq!(text(&format!("{HEAD}{main}{css}----=_x--\r\n")), "正文");
    }

    #[test]
    fn the_largest_page_is_taken_where_none_names_it() {
        let frame = part("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "<frame>");
        let main = part("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "<p>正文很长</p>");
        let image = part("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64", "R0lGODlhAQABAAAAACw=");
        assert_eq!(text(&format!("{HEAD}{frame}{main}{image}----=_x--\r\n")), "正文很长");
        // A file that is cut off has no last boundary.
        assert_eq!(text(&format!("{HEAD}{frame}{main}")).trim_end_matches('-'), "正文很长");
    }

    #[test]
    fn bad_transfer_encodings_give_what_is_there() {
        let quoted = "Content-Type: text/html\r\nContent-Transfer-Encoding: Quoted-Printable";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(quoted, "<a href=x>=D6=\r\n=d0\r\n==</a>"));
        assert_eq!(page(&mail).trim_ascii(), b"<a href=x>\xD6\xD0\n==</a>");
        let base64 = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64";
        let mail = format!("{HEAD}{}", part(base64, "PHA+5Lit!5paHPC9wP"));
        assert_eq!(page(&mail), "<p>中文</p".as_bytes());
    }

    #[test]
    fn a_single_part_and_none() {
        let mail = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>x</p>";
        assert_eq!(page(mail), b"<p>x</p>".to_vec());
        let fault = |mail: &str, limits: &Limits| read(mail.as_bytes(), limits, &|_, _| ()).unwrap_err();
        assert!(matches!(fault("MIME-Version: 1.0\r\n\r\nx", &Limits::default()), Fault::Damaged(_)));
        assert!(matches!(fault("", &Limits::default()), Fault::Damaged(_)));
        let limits = Limits { unpacked: 8, ..Limits::default() };
        assert!(matches!(fault(mail, &limits), Fault::Limit(_)));
    }
}
