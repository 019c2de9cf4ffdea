//! Names of elements and attributes in whatever case they are written.
//!
//! Owns comparing them: some writers begin them in lower case. Refuses to know which names there are.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// Longer names are none of OFD's that matter.
const LONGEST: usize = 24;

/// A name in lower case.
pub(super) struct Name {
    letters: [u8; LONGEST],
    length: usize,
}

impl Name {
    pub(super) fn of(name: &str) -> Self {
        let mut letters = [0; LONGEST];
        let bytes = name.as_bytes();
        let Some(own) = letters.get_mut(..bytes.len()) else { return Self { letters, length: 0 } };
        own.copy_from_slice(bytes);
        own.make_ascii_lowercase();
        Self { letters, length: bytes.len() }
    }

    /// The local name of an element.
    pub(super) fn element(element: &BytesStart<'_>) -> Self {
        Self::of(element.local_name().as_ref())
    }

    pub(super) fn as_str(&self) -> &str {
        self.letters.get(..self.length).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or("")
    }
}

/// An attribute by its name, which is given in lower case; entities resolved.
pub(super) fn value<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let mut all = attributes.with_checks(false).filter_map(Result::ok);
    let found = all.find(|a| a.key.local_name().as_ref().eq_ignore_ascii_case(name))?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value))
}
