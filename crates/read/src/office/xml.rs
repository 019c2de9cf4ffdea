//! XML as openings, closings and text, within bounds.
//!
//! Owns depth, entities, encodings and the clock of long parts. Refuses documents that are cut off or whose tags do not
//! match: half a report must not pass for a whole one. Names are local: prefixes differ between writers, and strict
//! OOXML has other namespaces.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::limits::{Clock, Fault};

/// Elements within elements. Word nests some ten to a table.
pub(crate) const MAX_DEPTH: usize = 256;
/// Events between two looks at the clock.
const EVENTS_A_LOOK: u32 = 4_096;

/// What comes next.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// An element begins; every one is closed, empty ones too.
    Open(BytesStart<'a>),
    /// The innermost element ends.
    Close,
    /// Text, entities resolved.
    Text(Cow<'a, str>),
    /// The document is over.
    End,
}

/// Walks an XML document.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    events: u32,
    clock: Clock,
}

impl<'a> Xml<'a> {
    /// Starts at the beginning of a part.
    pub(crate) fn new(text: &'a str, clock: Clock) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, events: 0, clock }
    }

    /// The next piece.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if the document is not well-formed, [`Fault::Limit`] if it is too deep or the time is up.
    pub(crate) fn next(&mut self) -> Result<Piece<'a>, Fault> {
        loop {
            self.events = self.events.wrapping_add(1);
            if self.events.is_multiple_of(EVENTS_A_LOOK) {
                self.clock.check()?;
            }
            match self.reader.read_event().map_err(|e| Fault::Damaged(format!("XML: {e}")))? {
                Event::Start(element) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > MAX_DEPTH {
                        return Err(Fault::Limit(format!("XML nested deeper than {MAX_DEPTH}")));
                    }
                    return Ok(Piece::Open(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::Close);
                }
                Event::Text(text) => return Ok(Piece::Text(text.into_inner())),
                Event::CData(text) => return Ok(Piece::Text(text.into_inner())),
                Event::GeneralRef(entity) => {
                    let text = match entity.resolve_char_ref() {
                        Ok(Some(c)) => Cow::Owned(c.to_string()),
                        // References to no character, and entities of a DTD: they stay as they stand.
                        Ok(None) | Err(_) => match resolve_predefined_entity(&entity) {
                            Some(text) => Cow::Borrowed(text),
                            None => Cow::Owned(format!("&{};", &*entity)),
                        },
                    };
                    return Ok(Piece::Text(text));
                }
                Event::Eof if self.depth > 0 => return Err(Fault::Damaged("XML ends within an element".to_owned())),
                Event::Eof => return Ok(Piece::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Bytes of the text that were read.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Leaves out the element that was just opened.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Piece::End) {
                break;
            }
        }
        Ok(())
    }
}

/// An attribute by its local name, entities resolved.
pub(crate) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value))
}

/// A part's text: UTF-8, UTF-16 with its mark, or what the declaration names.
///
/// # Errors
/// [`Fault::Damaged`] if it is none of them.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, Fault> {
    let damaged = |name: &str| Fault::Damaged(format!("XML is not valid {name}"));
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let text = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(text);
        return text.map(Cow::into_owned).ok_or_else(|| damaged(encoding.name()));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(e) => e.into_bytes(),
    };
    let head = bytes.get(..bytes.len().min(128)).unwrap_or_default();
    let name = memchr::memmem::find(head, b"encoding=").and_then(|at| {
        let rest = head.get(at.saturating_add(9)..)?;
        let quote = *rest.first()?;
        rest.get(1..)?.split(|b| *b == quote).next()
    });
    let encoding = name.and_then(encoding_rs::Encoding::for_label).ok_or_else(|| damaged("UTF-8"))?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
    text.map(Cow::into_owned).ok_or_else(|| damaged(encoding.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn walk(text: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(text, Clock::start(&Limits::default()));
        let mut seen = String::new();
        loop {
            match xml.next()? {
                Piece::Open(e) if e.local_name().as_ref() == "skip" => xml.skip()?,
                Piece::Open(e) => {
                    seen.push('<');
                    seen.push_str(&attribute(&e, "a").unwrap_or_default());
                }
                Piece::Close => seen.push('>'),
                Piece::Text(t) => seen.push_str(&t),
                Piece::End => return Ok(seen),
            }
        }
    }

    #[test]
    fn pieces() {
        let text = "<?xml version='1.0'?><x:r x:a='&lt;1&#x4E00;'>a&amp;b&#19968;<![CDATA[<c>]]>&nix;<b/>\
            <skip>1<c/></skip>&</x:r>";
        assert_eq!(walk(text).unwrap(), "<<1一a&b一<c>&nix;<>&>");
    }

    #[test]
    fn broken_documents() {
        assert!(matches!(walk("<a><b></a>"), Err(Fault::Damaged(_))));
        assert!(matches!(walk("<a><b>"), Err(Fault::Damaged(_))));
        assert!(matches!(walk("<a><skip><b>"), Err(Fault::Damaged(_))));
        assert!(matches!(walk(&"<a>".repeat(1_000)), Err(Fault::Limit(_))));
    }

    #[test]
    fn encodings() {
        let text = "<?xml version='1.0' encoding='GBK'?><a>政府</a>";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("政府".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(encoding_rs::GBK.encode(text).0.into_owned()).unwrap(), text);
        assert_eq!(decode(utf16).unwrap(), "政府");
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>".to_vec()).unwrap(), "<a/>");
        assert!(decode(vec![b'<', 0xFF]).is_err());
    }
}
