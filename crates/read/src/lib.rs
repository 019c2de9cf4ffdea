//! Readers: a file's bytes become a [`Document`], whatever its name says.
//!
//! Owns recognition by content, decoding and folding. Refuses to know the official forms, and never fails as a whole: a
//! file that cannot be read is a [`Refusal`] with a reason. A new format is a new file here and an arm in [`read`].
//!
//! The way in is [`read`]:
//!
//! ```
//! use nianbao_document::Block;
//! use nianbao_read::limits::Limits;
//!
//! let page = "<table><tr><td>规章</td><td>3</td></tr></table>";
//! let document = nianbao_read::read(page.as_bytes(), &Limits::default()).unwrap();
//! assert_eq!(document.format.code(), "html");
//! let Some(Block::Grid(grid)) = document.blocks.first() else { panic!("a table is a grid") };
//! let cells: Vec<&str> = grid.rows[0].iter().map(|cell| document.text(cell.text)).collect();
//! assert_eq!(cells, ["规章", "3"]);
//!
//! let refusal = nianbao_read::read(b"%PDF-1.7 and nothing more", &Limits::default()).unwrap_err();
//! assert_eq!(refusal.format.code(), "pdf");
//! ```

mod beside;
mod bytes;
mod doc;
mod encoding;
mod flow;
mod fold;
mod grid;
mod html;
mod known;
mod layout;
pub mod limits;
mod markdown;
pub mod member;
mod mhtml;
mod ocr;
mod ofd;
mod office;
mod ole;
mod packed;
mod pdf;
mod repeated;
mod rtf;
mod seen;
mod seven;
mod sight;
mod text;
mod words;
mod work;
pub mod zip;

pub use encoding::{Decoded, decode};
pub use ocr::{Commands, Ocr};

use self::limits::{Clock, Fault, Limits};
use self::member::Members;
use self::office::package::Kind;
use self::ole::Ole;
use nianbao_document::{Document, Format};

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");

/// Why a file was not read.
#[derive(Debug)]
pub struct Refusal {
    /// What it is.
    pub format: Format,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Characters that cannot be decoded, beyond which a file is no text: one in five.
const MOST_FAULTS: u64 = 5;

/// Reads a file's bytes.
///
/// # Errors
/// The [`Refusal`] says what the file is and why it was not read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    read_with(bytes, limits, None)
}

/// Reads a file's bytes; pages without text go to the OCR hook.
///
/// # Errors
/// The [`Refusal`] says what the file is and why it was not read.
pub fn read_with(bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>) -> Result<Document, Refusal> {
    read_members(bytes, limits, ocr, &mut Members::from(limits))
}

/// Reads a file's bytes; what is attached to it or embedded in it becomes `members`, also of a file that is not read.
///
/// # Errors
/// The [`Refusal`] says what the file is and why it was not read.
pub fn read_members(
    bytes: &[u8],
    limits: &Limits,
    ocr: Option<&Ocr>,
    members: &mut Members,
) -> Result<Document, Refusal> {
    let read = read_unpacked(bytes, limits, ocr, members, 0);
    let unwrap = |bytes: &[u8], members: &mut Members| {
        let file = ole::open(bytes).ok().filter(|file| ole::kind_of(file) == Ole::Object);
        file.as_ref().map(|file| ole::objects(file, members)).is_some()
    };
    members.judge(&sniff, &unwrap);
    read
}

/// Reads what is left when `depth` layers of packing are undone.
fn read_unpacked(
    bytes: &[u8],
    limits: &Limits,
    ocr: Option<&Ocr>,
    members: &mut Members,
    depth: usize,
) -> Result<Document, Refusal> {
    if let Some(unpacked) = packed::unpack(bytes, limits) {
        let refusal = |fault| Refusal { format: Format::Other("archive"), fault };
        let packed::Unpacked { bytes, cut } = unpacked.map_err(refusal)?;
        if depth >= limits.depth {
            return Err(refusal(Fault::Limit(format!("packed more than {} times", limits.depth))));
        }
        let mut document = read_unpacked(&bytes, limits, ocr, members, depth + 1)?;
        document.truncated |= cut;
        return Ok(document);
    }
    let format = sniff(bytes);
    let refusal = |fault| Refusal { format, fault };
    let document = match format {
        Format::Text => return decoded(bytes, format, limits, &|_| None),
        Format::Mail | Format::Mhtml => {
            let page = |page: &[u8], format, files: html::Files<'_>| decoded(page, format, limits, files);
            return if bytes.starts_with(OLE) {
                ole::open(bytes).map(|file| page(&ole::message(&file, members), format, &|_| None))
            } else {
                mhtml::read(bytes, limits, members, &sniff, &page)
            }
            .map_err(refusal)?;
        }
        Format::Pdf => of_pdf(bytes, limits, ocr, members),
        Format::Ofd => {
            let clock = Clock::start(limits);
            ofd::pages(bytes, limits, members).and_then(|pages| layout::read(pages, &clock))
        }
        Format::Docx => {
            let mut chunk = |part: &[u8], members: &mut Members| {
                let deeper = depth < limits.depth;
                deeper.then(|| read_unpacked(part, limits, None, members, depth + 1).ok()).flatten()
            };
            office::docx::read(bytes, limits, members, &mut chunk)
        }
        Format::Odt | Format::Ods => office::odf::read(bytes, limits),
        Format::Xlsx => office::xlsx::read(bytes, limits, members),
        Format::Xlsb => office::xlsb::read(bytes, limits, members),
        Format::Xls => office::xls::read(bytes, limits, members),
        Format::Doc => doc::read(bytes, limits, members),
        Format::Rtf => rtf::read(bytes, limits),
        Format::Image => of_image(bytes, limits, ocr, members),
        Format::Other("encrypted") => {
            let package = office::crypt::package(bytes, limits).map_err(refusal)?;
            // No other program tries a password by itself.
            match sniff(&package) {
                Format::Xlsx | Format::Xlsb => return read_members(&package, limits, ocr, members),
                _ => Err(Fault::Encrypted("an Office file with a password".to_owned())),
            }
        }
        Format::Html | Format::WordXml | Format::SheetXml | Format::Csv | Format::Zip | Format::Other(_) => {
            if bytes.starts_with(OLE) {
                ole::objects(&ole::open(bytes).map_err(refusal)?, members);
            }
            Err(Fault::Unsupported(format!("{} is not read by this version", what(bytes, format))))
        }
    };
    let mut document = document.map_err(refusal)?;
    document.format = format;
    document.folded = fold::document(&mut document);
    let lost = |c: &char| matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}');
    document.decode_faults = document.arena().chars().filter(lost).count() as u64;
    Ok(document)
}

/// The first bytes of a compound file.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// What a file is that is not read.
fn what(bytes: &[u8], format: Format) -> String {
    let what = if bytes.starts_with(OLE) {
        match ole::kind(bytes) {
            Ole::Other(what) => Some(what.to_owned()),
            Ole::Object => Some("an object of a document".to_owned()),
            _ => Some(ole::unknown(bytes)),
        }
    } else if let Kind::Other(what) = office::package::kind(bytes) {
        Some(what.to_owned())
    } else {
        known::of(bytes).map(|(_, what)| what.to_owned())
    };
    what.unwrap_or_else(|| format!("format {}", format.code()))
}

fn of_image(bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>, members: &mut Members) -> Result<Document, Fault> {
    let needs = || Fault::NeedsOcr("a picture".to_owned());
    let pdf = ocr.and_then(|_| pdf::wrapped(bytes)).ok_or_else(needs)?;
    of_pdf(&pdf, limits, ocr, members).map_err(|fault| match fault {
        // What is wrong with a picture is nothing that could be said of its text.
        Fault::Damaged(_) | Fault::Limit(_) => needs(),
        other => other,
    })
}

fn of_pdf(bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>, members: &mut Members) -> Result<Document, Fault> {
    let mut pages = pdf::pages(bytes, limits, members)?;
    if let Some(ocr) = ocr {
        let mut unread = layout::unread(&pages);
        if ocr.folder().is_some() {
            // Models see more than what somebody recognised, and say which figures they are sure of.
            unread.extend((1..).zip(&pages).filter(|(_, page)| page.recognised && page.pictured > 0.5).map(|(n, _)| n));
            unread.sort_unstable();
            unread.dedup();
        }
        let mut recognise = |number: u32, raster: &ocr::raster::Raster| {
            // A recogniser takes seconds for a page: each has the time of a file.
            let page = ocr.page(raster, &Clock::start(limits))?;
            if let Some(place) = (number as usize).checked_sub(1).and_then(|at| pages.get_mut(at)) {
                *place = page;
            }
            Ok(())
        };
        pdf::pictures(bytes, &unread, &mut recognise)?;
    }
    layout::read(pages, &Clock::start(limits))
}

/// Reads text of any kind; `format` is kept where something else than text carried it.
fn decoded(bytes: &[u8], carrier: Format, limits: &Limits, files: html::Files<'_>) -> Result<Document, Refusal> {
    let Decoded { text, encoding, faults } = decode(bytes);
    let single = if carrier == Format::Text { office::single::kind(&text) } else { None };
    let is_page = single.is_none() && is_html(&text);
    // A sheet may hold markup in its cells; a page begins with some.
    let sheet = carrier == Format::Text && single.is_none() && !(is_page && text.trim_start().starts_with('<'));
    let dialect = if sheet { office::csv::dialect(&text) } else { None };
    let format = match dialect {
        Some(_) => Format::Csv,
        None if is_page => Format::Html,
        None => Format::Text,
    };
    let characters = text.len() as u64 / 3 + 1;
    // In bytes small enough to be summed side by side.
    let controls: u64 = text
        .as_bytes()
        .chunks(192)
        .map(|chunk| u64::from(chunk.iter().map(|b| u8::from(*b < 9 || (14..32).contains(b))).sum::<u8>()))
        .sum();
    if faults * MOST_FAULTS > characters || controls * 20 > text.len() as u64 {
        let reason = format!("no text: {faults} undecodable and {controls} control characters as {encoding}");
        return Err(Refusal { format, fault: Fault::Damaged(reason) });
    }
    let done = |mut document: Document, format| {
        document.folded = fold::document(&mut document);
        document.format = format;
        document.encoding = Some(encoding);
        document.decode_faults = faults;
        document
    };
    if let Some(kind) = single {
        let (format, document) = office::single::read(kind, &text, limits);
        return document.map(|document| done(document, format)).map_err(|fault| Refusal { format, fault });
    }
    if let Some(dialect) = dialect {
        let document = office::csv::read(&text, dialect, limits);
        return document.map(|document| done(document, format)).map_err(|fault| Refusal { format, fault });
    }
    // No text has more pieces than bytes: most need not be counted.
    if format == Format::Text && text.len() > limits.pieces && pieces(&text) > limits.pieces {
        let fault = Fault::Limit(format!("more than {} lines and cells", limits.pieces));
        return Err(Refusal { format, fault });
    }
    let (text, folded) = fold::to_simplified(fold::unify(text));
    let document = if format == Format::Html { html::read_with(&text, limits, files) } else { Ok(text::read(text)) };
    let mut document = document.map_err(|fault| Refusal { format, fault })?;
    let format = if carrier == Format::Text { format } else { carrier };
    document.format = format;
    document.encoding = Some(encoding);
    document.decode_faults = faults;
    document.folded = folded;
    Ok(document)
}

/// Lines of a text, and the pieces that blanks and bars make of them: each is held by itself.
fn pieces(text: &str) -> usize {
    let mut pieces = 0;
    let mut within = false;
    for byte in text.bytes() {
        let separates = matches!(byte, b'\n' | b'\t' | b' ' | b'|');
        pieces += usize::from(byte == b'\n') + usize::from(!separates && !within);
        within = !separates;
    }
    pieces
}

/// What a file is. Everything without a mark of its own is [`Format::Text`]; whether that is HTML shows when it is decoded.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(1024)];
    let starts = |magic: &[u8]| head.starts_with(magic);
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        Format::Pdf
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        match office::package::kind(bytes) {
            Kind::Docx => Format::Docx,
            Kind::Xlsx => Format::Xlsx,
            Kind::Odt => Format::Odt,
            Kind::Ods => Format::Ods,
            Kind::Ofd => Format::Ofd,
            Kind::Xlsb => Format::Xlsb,
            Kind::Other(_) => Format::Other("office"),
            Kind::Zip | Kind::Damaged => Format::Zip,
        }
    } else if starts(OLE) {
        match ole::kind(bytes) {
            Ole::Word => Format::Doc,
            Ole::Workbook => Format::Xls,
            Ole::Encrypted => Format::Other("encrypted"),
            Ole::Message => Format::Mail,
            Ole::Object | Ole::Other(_) | Ole::Unknown | Ole::Damaged => Format::Other("ole"),
        }
    } else if starts(b"{\\rtf") {
        Format::Rtf
    } else if mhtml::is_mail(bytes) {
        Format::Mhtml
    } else if starts(b"\x09\x08\x10\x00") || starts(b"\x09\x08\x08\x00") {
        Format::Xls
    } else if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") || starts(b"II*\0") || starts(b"MM\0*") {
        Format::Image
    } else {
        known::of(head).map_or(Format::Text, |(format, _)| format)
    }
}

/// Tags that no plain-text report contains by accident (`<http://…>` and `〈…〉` are common there).
const TAGS: &[&str] = &[
    "<html",
    "<!doctype",
    "<head",
    "<body",
    "<table",
    "<div",
    "<span",
    "<meta",
    "<td",
    "<tr",
    "<p>",
    "<p ",
    "<script",
    "<br>",
    "<br/",
    "<font",
    "<center",
    "<h1",
    "<h2",
    "<title",
    "<ul",
    "<li",
];

fn is_html(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut seen = 0;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        let tag = &rest[..rest.len().min(9)];
        if TAGS.iter().any(|t| tag.len() >= t.len() && tag[..t.len()].eq_ignore_ascii_case(t.as_bytes())) {
            return true;
        }
        rest = &rest[1..];
        seen += 1;
        if seen > 2000 {
            break;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let read = |bytes: &[u8]| read(bytes, &Limits::default());
        assert_eq!(read(b"%PDF-1.7 ...").unwrap_err().format, Format::Pdf);
        assert_eq!(read("<TABLE><tr><td>规章".as_bytes()).unwrap().format, Format::Html);
        assert_eq!(read("见 <http://www.znzf.gov.cn> 。规章\t0".as_bytes()).unwrap().format, Format::Text);
        let garbage = read(&[0, 1, 2, 3, 0xFE, 0xFF, 4, 5, 6, 7, 8, 1, 2, 3]).unwrap_err();
        assert!(matches!(garbage.fault, Fault::Damaged(_)));
        assert_eq!(read(b"").unwrap().format, Format::Text);
        assert_eq!(
            sniff(b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"),
            Format::Mhtml
        );
        assert_eq!(sniff("注：MIME-Version: 1.0\nContent-Type: x".as_bytes()), Format::Text);
    }
}
