//! MHTML (`.mht`): a page saved as a mail message.
//!
//! Owns finding the page in the message and undoing its transfer encoding. Refuses to decode characters: what a part
//! declares is handed on as a claim.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::limits::{Fault, Limits};

/// The page of an MHTML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The bytes of the HTML, in whatever encoding they are.
    pub bytes: Vec<u8>,
    /// The encoding that the part declares, as written.
    pub charset: Option<String>,
}

/// Takes the page out of an MHTML file. Of several HTML parts, as framed pages have them, it is the one with the most
/// bytes; the first of equals.
///
/// # Errors
/// [`Fault::Damaged`] if there is no HTML in it or its transfer encoding cannot be undone, [`Fault::Limit`] if it is
/// larger than `limits.unpacked` bytes.
pub fn html(bytes: &[u8], limits: &Limits) -> Result<Page, Fault> {
    // The parser keeps decoded copies of all parts, and its places are 32-bit numbers.
    if bytes.len() as u64 > limits.unpacked.min(u64::from(u32::MAX)) {
        return Err(Fault::Limit("MHTML file is too large".to_owned()));
    }
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Fault::Damaged("no MIME message".to_owned()))?;
    let mut found: Option<Page> = None;
    pages(&message, limits.depth, &mut found);
    found.ok_or_else(|| Fault::Damaged("MHTML file without an HTML part".to_owned()))
}

/// Looks for the largest page in a message and, `depth` times, in messages within it.
fn pages(message: &Message<'_>, depth: usize, found: &mut Option<Page>) {
    for part in &message.parts {
        if let PartType::Message(inner) = &part.body {
            if let Some(depth) = depth.checked_sub(1) {
                pages(inner, depth, found);
            }
            continue;
        }
        // By its header: the parser gives up the kind of a part that it cannot decode.
        let Some(content) = part.content_type().filter(|t| is_html(t.ctype(), t.subtype())) else { continue };
        let place = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
        let Some(raw) = place.and_then(|(start, end)| message.raw_message.get(start..end)) else { continue };
        let bytes = match part.content_transfer_encoding().map(|e| e.trim().to_ascii_lowercase()).as_deref() {
            Some("quoted-printable") => quoted_printable_decode(raw).unwrap_or_else(|| lenient_quoted(raw)),
            Some("base64") => base64_decode(raw).unwrap_or_else(|| lenient_base64(raw)),
            _ => raw.to_vec(),
        };
        if !bytes.is_empty() && found.as_ref().is_none_or(|f| bytes.len() > f.bytes.len()) {
            *found = Some(Page { bytes, charset: content.attribute("charset").map(str::to_owned) });
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

    fn page(mail: &str) -> Result<(Vec<u8>, Option<String>), Fault> {
        html(mail.as_bytes(), &Limits::default()).map(|p| (p.bytes, p.charset))
    }

    #[test]
    fn quoted_printable_keeps_its_bytes() {
        let headers = "Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(headers, "<p a=3D1>=D6=D0=\r\n=CE=C4</p>"));
        let (bytes, charset) = page(&mail).unwrap();
        assert_eq!(bytes.trim_ascii(), b"<p a=1>\xD6\xD0\xCE\xC4</p>");
        assert_eq!(charset.as_deref(), Some("gb2312"));
    }

    #[test]
    fn base64_and_no_charset() {
        let headers = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(headers, "PHA+5Lit\r\n5paHPC9wPg=="));
        assert_eq!(page(&mail).unwrap(), ("<p>中文</p>".as_bytes().to_vec(), None));
    }

    #[test]
    fn the_largest_page_is_taken() {
        let frame = part("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "<frame>");
        let main = part("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "<p>正文很长</p>");
        let image = part("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64", "R0lGODlhAQABAAAAACw=");
        let (bytes, _) = page(&format!("{HEAD}{frame}{main}{image}----=_x--\r\n")).unwrap();
        assert_eq!(bytes.trim_ascii(), "<p>正文很长</p>".as_bytes());
        // A file that is cut off has no last boundary.
        assert!(page(&format!("{HEAD}{frame}{main}")).unwrap().0.starts_with("<p>正文很长</p>".as_bytes()));
    }

    #[test]
    fn bad_transfer_encodings_give_what_is_there() {
        let quoted = "Content-Type: text/html\r\nContent-Transfer-Encoding: Quoted-Printable";
        let mail = format!("{HEAD}{}----=_x--\r\n", part(quoted, "<a href=x>=D6=\r\n=d0\r\n==</a>"));
        assert_eq!(page(&mail).unwrap().0.trim_ascii(), b"<a href=x>\xD6\xD0\n==</a>");
        let base64 = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64";
        let mail = format!("{HEAD}{}", part(base64, "PHA+5Lit!5paHPC9wP"));
        assert_eq!(page(&mail).unwrap().0, "<p>中文</p".as_bytes());
    }

    #[test]
    fn a_single_part_and_none() {
        let mail = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>x</p>";
        assert_eq!(page(mail).unwrap(), (b"<p>x</p>".to_vec(), Some("gbk".to_owned())));
        assert!(matches!(page("MIME-Version: 1.0\r\n\r\nx"), Err(Fault::Damaged(_))));
        assert!(matches!(page(""), Err(Fault::Damaged(_))));
        let limits = Limits { unpacked: 8, ..Limits::default() };
        assert!(matches!(html(mail.as_bytes(), &limits), Err(Fault::Limit(_))));
    }
}
