//! MHTML (`.mht`), a page saved as a mail message with its frames and style sheets, and mail itself (`.eml`, mailboxes).
//!
//! Owns finding the page and what belongs to it in the message, what is attached, and undoing transfer encodings. Refuses
//! to decode characters by what a part declares, and to believe what it says it is: bytes tell better.

use std::cell::Cell;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::encoding::decode;
use super::fold;
use super::html::Files;
use super::limits::{Fault, Limits};
use super::member::Members;
use nianbao_document::Format;

/// Messages of a mailbox.
const MAX_MESSAGES: usize = 10_000;

/// A part that may be a page, or belong to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    bytes: Vec<u8>,
    page: bool,
    /// `Content-Location` and `Content-ID`, by which others name it.
    location: String,
    id: String,
}

/// What a message shows.
#[derive(Debug, Default)]
struct Shown {
    /// Pages and style sheets.
    parts: Vec<Part>,
    /// Text that is no page.
    text: Vec<u8>,
}

/// Reads the page of an MHTML file or of a message: the first with the frames in it. Where the largest page stands in no
/// frame, it is that one; of a set of frames all pages are read. A message without a page has its text. What is attached
/// becomes a member, so does each message of a mailbox.
///
/// # Errors
/// [`Fault::Damaged`] if there is nothing in it, [`Fault::Limit`] if it is larger than `limits.unpacked` bytes.
pub(super) fn read<T>(
    bytes: &[u8],
    limits: &Limits,
    members: &mut Members,
    sniff: &dyn Fn(&[u8]) -> Format,
    page: &dyn Fn(&[u8], Format, Files<'_>) -> T,
) -> Result<T, Fault> {
    let messages = messages(bytes);
    let [message] = messages.as_slice() else {
        messages.iter().for_each(|message| members.attached("", message.to_vec()));
        return Ok(page(b"", Format::Mail, &|_| None));
    };
    let Shown { parts, text } = shown(message, limits, members, sniff)?;
    let is_page = |at: &usize| parts.get(*at).is_some_and(|p| p.page);
    let largest = (0..parts.len()).filter(is_page).rev().max_by_key(|at| parts.get(*at).map(|p| p.bytes.len()));
    let holds = !members.is_empty();
    let (Some(first), Some(largest)) = ((0..parts.len()).find(is_page), largest) else {
        if text.is_empty() && !holds {
            return Err(Fault::Damaged("a message without text or page".to_owned()));
        }
        return Ok(page(&text, Format::Mail, &|_| None));
    };
    let format = if holds { Format::Mail } else { Format::Mhtml };
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
            return Ok(page(all.as_bytes(), format, &file));
        }
    }
    let read = page(bytes(first), format, &file);
    Ok(if seen.get() { read } else { page(bytes(largest), format, &file) })
}

/// Bytes and lines of the headers of a message: what it passed on its way leaves a line each.
const MAIL_HEAD: usize = 64 << 10;
const MAIL_LINES: usize = 1_000;

/// Headers of a message with parts, also behind the line of a mailbox: browsers write `From:` and `Subject:` before
/// `MIME-Version:`.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(MAIL_HEAD)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let box_line = usize::from(head.starts_with(b"From "));
    let (mut version, mut parts, mut several, mut letter) = (false, false, false, false);
    for line in head.split(|b| *b == b'\n').take(MAIL_LINES).skip(box_line) {
        let is = |name: &[u8]| line.len() >= name.len() && line[..name.len()].eq_ignore_ascii_case(name);
        version |= is(b"MIME-Version:");
        letter |= is(b"From:") || is(b"Subject:") || is(b"Received:");
        parts |= is(b"Content-Type:");
        several |= is(b"Content-Type: multipart/");
        let header = line.iter().position(|b| *b == b':').is_some_and(|at| line[..at].iter().all(u8::is_ascii_graphic));
        if line.trim_ascii().is_empty() || !header && !line.starts_with(b" ") && !line.starts_with(b"\t") {
            break;
        }
    }
    parts && version || several && letter
}

/// The messages of a mailbox: each begins with a line that no message has, behind an empty one.
fn messages(bytes: &[u8]) -> Vec<&[u8]> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes];
    }
    let starts = memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let starts = starts.filter(|at| {
        let before = bytes.get(..at - 1).unwrap_or_default();
        (before.ends_with(b"\n") || before.ends_with(b"\n\r")) && bytes.get(*at..).is_some_and(is_mail)
    });
    let starts: Vec<usize> = std::iter::once(0).chain(starts).take(MAX_MESSAGES).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let messages = starts.iter().zip(ends).filter_map(|(start, end)| {
        let message = bytes.get(*start..end)?;
        let line = memchr::memchr(b'\n', message)?;
        message.get(line + 1..)
    });
    messages.collect()
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

/// What a message shows; what else it holds becomes its members.
fn shown(
    bytes: &[u8],
    limits: &Limits,
    members: &mut Members,
    sniff: &dyn Fn(&[u8]) -> Format,
) -> Result<Shown, Fault> {
    // The parser keeps decoded copies of all parts, and its places are 32-bit numbers.
    if bytes.len() as u64 > limits.unpacked.min(u64::from(u32::MAX)) {
        return Err(Fault::Limit("the message is too large".to_owned()));
    }
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Fault::Damaged("no MIME message".to_owned()))?;
    let mut shown = Shown::default();
    // Parts of a page are named too; of a letter, only what is attached.
    let mut related = vec![false; message.parts.len()];
    for part in &message.parts {
        if let PartType::Multipart(children) = &part.body
            && part.content_type().and_then(|c| c.subtype()).is_some_and(|s| s.eq_ignore_ascii_case("related"))
        {
            for child in children {
                if let Some(related) = usize::try_from(*child).ok().and_then(|at| related.get_mut(at)) {
                    *related = true;
                }
            }
        }
    }
    for (part, related) in message.parts.iter().zip(related) {
        if !matches!(part.body, PartType::Multipart(_)) {
            let letter = Letter { message: &message, sniff };
            shown.take(&letter, part, related, members);
        }
    }
    Ok(shown)
}

/// A message, and how its parts are known.
struct Letter<'a> {
    message: &'a Message<'a>,
    sniff: &'a dyn Fn(&[u8]) -> Format,
}

impl Shown {
    fn take(&mut self, letter: &Letter<'_>, part: &mail_parser::MessagePart<'_>, related: bool, members: &mut Members) {
        let place = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
        let Some(raw) = place.and_then(|(start, end)| letter.message.raw_message.get(start..end)) else { return };
        let bytes = match part.content_transfer_encoding().map(|e| e.trim().to_ascii_lowercase()).as_deref() {
            Some("quoted-printable") => quoted_printable_decode(raw).unwrap_or_else(|| lenient_quoted(raw)),
            Some("base64") => base64_decode(raw).unwrap_or_else(|| lenient_base64(raw)),
            _ => raw.to_vec(),
        };
        if bytes.is_empty() {
            return;
        }
        let head = usize::try_from(part.offset_header).ok().zip(place.map(|(start, _)| start));
        let head = head.and_then(|(from, end)| letter.message.raw_message.get(from..end)).unwrap_or_default();
        let plain = if head.is_ascii() { None } else { plain_name(head) };
        let name = plain.as_deref().or_else(|| part.attachment_name());
        let attached = part.content_disposition().is_some_and(|d| d.ctype().eq_ignore_ascii_case("attachment"));
        // By its header: the parser gives up the kind of a part that it cannot decode.
        let (kind, subtype) = part.content_type().map_or(("text", Some("plain")), |c| (c.ctype(), c.subtype()));
        let is = |a: &str| kind.eq_ignore_ascii_case("text") && subtype.is_some_and(|s| s.eq_ignore_ascii_case(a));
        let (html, css) = (is_html(kind, subtype), is("css"));
        let content = (letter.sniff)(&bytes);
        let is_document = !matches!(content, Format::Text | Format::Image | Format::Other(_));
        if is_document || attached || !related && (name.is_some() || matches!(part.body, PartType::Message(_))) {
            members.attached(name.unwrap_or_default(), bytes);
        } else if html || css {
            let text = |name: Option<&str>| name.unwrap_or("").trim().to_owned();
            let (location, id) = (text(part.content_location()), text(part.content_id()));
            self.parts.push(Part { bytes, page: html, location, id });
        } else if kind.eq_ignore_ascii_case("text") && is("plain") {
            self.text.extend_from_slice(&bytes);
            self.text.push(b'\n');
        } else if !related {
            members.attached("", bytes);
        }
    }
}

/// A name that stands in the headers as it is, in bytes that no header may have: the parser takes them for UTF-8.
fn plain_name(head: &[u8]) -> Option<String> {
    let at = memchr::memmem::find(head, b"name=\"")?;
    let rest = head.get(at + b"name=\"".len()..)?;
    let name = rest.get(..memchr::memchr(b'"', rest)?)?;
    let utf8 = std::str::from_utf8(name).ok().map(str::to_owned);
    Some(utf8.unwrap_or_else(|| encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned()))
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
        let mut members = Members::from(&Limits::default());
        let shown = shown(mail.as_bytes(), &Limits::default(), &mut members, &crate::sniff).unwrap();
        let pages = shown.parts.into_iter().filter(|p| p.page);
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
        let fault = |mail: &str, limits: &Limits| {
            read(mail.as_bytes(), limits, &mut Members::from(limits), &crate::sniff, &|_, _, _| ()).unwrap_err()
        };
        assert!(matches!(fault("MIME-Version: 1.0\r\n\r\n", &Limits::default()), Fault::Damaged(_)));
        assert!(matches!(fault("", &Limits::default()), Fault::Damaged(_)));
        let limits = Limits { unpacked: 8, ..Limits::default() };
        assert!(matches!(fault(mail, &limits), Fault::Limit(_)));
    }
}
