//! Readers: a file's bytes become a [`Document`], whatever its name says.
//!
//! Owns recognition by content, decoding and folding. Refuses to know the official forms, and never fails as a whole: a
//! file that cannot be read is an outcome with a reason. A new format is a new file here and an arm in [`read`].

mod encoding;
pub mod fold;
mod html;
mod text;

pub use encoding::{Decoded, decode};

use crate::document::Document;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown.
    Text,
    /// HTML, whatever produced it.
    Html,
    /// A format that is recognised but not read.
    Other(&'static str),
}

impl Format {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Other(code) => code,
        }
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct Reading {
    /// What it says.
    pub document: Document,
    /// What it is.
    pub format: Format,
    /// Its encoding, in lower case (`utf-8`, `gb18030`, `big5`, `utf-16le`).
    pub encoding: &'static str,
    /// Characters that could not be decoded (U+FFFD) or are for private use.
    pub decode_faults: u64,
    /// The page was traditional and is now simplified.
    pub folded: bool,
}

/// Why a file was not read.
#[derive(Debug)]
pub struct Refusal {
    /// What it is.
    pub format: Format,
    /// `true`: a format this version does not read; `false`: damaged.
    pub unsupported: bool,
    /// For people.
    pub reason: String,
}

/// Characters that cannot be decoded, beyond which a file is no text: one in five.
const MOST_FAULTS: u64 = 5;

/// Reads a file's bytes.
///
/// # Errors
/// The [`Refusal`] says what the file is and why it was not read.
pub fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    if let Some(format) = binary(bytes) {
        let reason = format!("format {} is not read by this version", format.code());
        return Err(Refusal { format, unsupported: true, reason });
    }
    let Decoded { text, encoding, faults } = decode(bytes);
    let format = if is_html(&text) { Format::Html } else { Format::Text };
    let characters = text.len() as u64 / 3 + 1;
    // In bytes small enough to be summed side by side.
    let controls: u64 = text
        .as_bytes()
        .chunks(192)
        .map(|chunk| u64::from(chunk.iter().map(|b| u8::from(*b < 9 || (14..32).contains(b))).sum::<u8>()))
        .sum();
    if faults * MOST_FAULTS > characters || controls * 20 > text.len() as u64 {
        let reason = format!("no text: {faults} undecodable and {controls} control characters as {encoding}");
        return Err(Refusal { format, unsupported: false, reason });
    }
    let (text, folded) = fold::to_simplified(text);
    let document = if format == Format::Html { html::read(&text) } else { text::read(text) };
    Ok(Reading { document, format, encoding, decode_faults: faults, folded })
}

/// Formats that are known by their first bytes and are no text.
fn binary(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(1024)];
    let format = if memchr::memmem::find(head, b"%PDF-").is_some() {
        "pdf"
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        "zip"
    } else if head.starts_with(b"\xD0\xCF\x11\xE0") {
        "ole"
    } else if head.starts_with(b"{\\rtf") {
        "rtf"
    } else if head.starts_with(b"MIME-Version:") {
        "mhtml"
    } else if head.starts_with(b"\x89PNG") || head.starts_with(b"\xFF\xD8\xFF") || head.starts_with(b"GIF8") {
        "image"
    } else if head.starts_with(b"Rar!") || head.starts_with(b"7z\xBC\xAF") || head.starts_with(b"\x1F\x8B") {
        "archive"
    } else {
        return None;
    };
    Some(Format::Other(format))
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
        assert_eq!(read(b"%PDF-1.7 ...").unwrap_err().format, Format::Other("pdf"));
        assert_eq!(read("<TABLE><tr><td>规章".as_bytes()).unwrap().format, Format::Html);
        assert_eq!(read("见 <http://www.znzf.gov.cn> 。规章\t0".as_bytes()).unwrap().format, Format::Text);
        assert!(!read(&[0, 1, 2, 3, 0xFE, 0xFF, 4, 5, 6, 7, 8, 1, 2, 3]).unwrap_err().unsupported);
        assert_eq!(read(b"").unwrap().format, Format::Text);
    }
}
