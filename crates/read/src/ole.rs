//! Compound files (OLE2): what one holds, by the names of its streams.
//!
//! Owns the question which reader a compound file is for. Refuses to read it.

use std::borrow::Cow;
use std::io::{self, Cursor};

/// A compound file over a file's bytes.
pub(super) type Container<'a> = cfb::CompoundFile<Cursor<Cow<'a, [u8]>>>;

/// Bytes of a sector in version 4 of the container; version 3 has 512.
const SECTOR: usize = 4_096;

/// What a compound file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ole {
    /// A document of Word 6 or later, or of WPS Writer.
    Word,
    /// A workbook of Excel or of WPS Spreadsheets.
    Workbook,
    /// An encrypted DOCX, XLSX or PPTX.
    Encrypted,
    /// Something else, Microsoft Works and WPS 2000 among it, or a container that is damaged.
    Other,
}

/// Looks at the names in the root of a compound file; its streams are not read.
#[must_use]
pub fn kind(bytes: &[u8]) -> Ole {
    open(bytes).map_or(Ole::Other, |file| kind_of(&file))
}

/// Opens a compound file.
pub(super) fn open(bytes: &[u8]) -> io::Result<Container<'_>> {
    let error = match Container::open(Cursor::new(Cow::Borrowed(bytes))) {
        Ok(file) => return Ok(file),
        Err(error) => error,
    };
    // Some writers do not fill the last sector. What lacks more than that is damaged.
    let sector = if bytes.get(0x1E) == Some(&12) { SECTOR } else { 512 };
    if bytes.len().is_multiple_of(sector) {
        return Err(error);
    }
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(sector), 0);
    Container::open(Cursor::new(Cow::Owned(bytes)))
}

/// What an open compound file holds.
pub(super) fn kind_of(file: &Container<'_>) -> Ole {
    let has = |names: &[&str]| names.iter().any(|n| file.is_stream(n));
    if has(&["/WordDocument"]) {
        Ole::Word
    } else if has(&["/Workbook", "/Book"]) {
        Ole::Workbook
    } else if has(&["/EncryptedPackage", "/EncryptionInfo"]) {
        Ole::Encrypted
    } else {
        Ole::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn a_short_last_sector_is_filled() {
        let file = with("/WordDocument");
        let short = file.get(..file.len() - 100).unwrap();
        assert_eq!(kind(short), Ole::Word);
        assert_eq!(kind(&file[..file.len() - 5_000]), Ole::Other);
    }

    #[test]
    fn names_decide() {
        assert_eq!(kind(&with("/WordDocument")), Ole::Word);
        assert_eq!(kind(&with("/Workbook")), Ole::Workbook);
        assert_eq!(kind(&with("/Book")), Ole::Workbook);
        assert_eq!(kind(&with("/EncryptedPackage")), Ole::Encrypted);
        assert_eq!(kind(&with("/CONTENTS")), Ole::Other);
        assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Ole::Other);
        assert_eq!(kind(b""), Ole::Other);
    }
}
