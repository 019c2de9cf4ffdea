//! Files that are known and not read: what they are, by their first bytes.
//!
//! Owns the marks of programs. Refuses whatever a reader is there for.

use nianbao_document::Format;

/// Format codes: archives, office files, everything else.
const ARCHIVE: Format = Format::Other("archive");
const OFFICE: Format = Format::Other("office");
const BINARY: Format = Format::Other("binary");

/// Where a mark stands, the mark, and what has it.
type Mark = (usize, &'static [u8], Format, &'static str);

const MARKS: &[Mark] = &[
    (0, b"Rar!", ARCHIVE, "a RAR archive"),
    (0, b"7z\xBC\xAF\x27\x1C", ARCHIVE, "a 7z archive"),
    (0, b"\x1F\x8B", ARCHIVE, "a gzip file of an unknown packing"),
    (257, b"ustar", ARCHIVE, "a tar archive"),
    (0, b"BZh", ARCHIVE, "a bzip2 archive"),
    (0, b"\xFD7zXZ\0", ARCHIVE, "an xz archive"),
    (0, b"\x28\xB5\x2F\xFD", ARCHIVE, "a zstd archive"),
    (0, b"MSCF\0\0\0\0", ARCHIVE, "a cabinet archive"),
    (2, b"-lh5-", ARCHIVE, "an LZH archive"),
    (0, b"ITSF\x03\0", ARCHIVE, "compiled help (CHM)"),
    (0, b"\xDB\xA5\x2D\0", OFFICE, "a document of Word 2"),
    (0, b"\x9B\xA5\x21\0", OFFICE, "a document of Word 1"),
    (0, b"\xDC\xA5\x65\0", OFFICE, "a document of Word 6"),
    (0, b"\xDC\xA5\x68\0", OFFICE, "a document of Word 95"),
    (0, b"\x31\xBE\0\0", OFFICE, "a document of Word for DOS or Write"),
    (0, b"\x32\xBE\0\0", OFFICE, "a document of Word for DOS or Write"),
    (0, b"\xFE\x37\0\x1C", OFFICE, "a document of Word for the Mac"),
    (0, b"\x09\x00\x04\x00", OFFICE, "a workbook of Excel 2"),
    (0, b"\x09\x02\x06\x00", OFFICE, "a workbook of Excel 3"),
    (0, b"\x09\x04\x06\x00", OFFICE, "a workbook of Excel 4"),
    (0, b"\x01\xFE", OFFICE, "a document of Microsoft Works"),
    (0, b"\xFF\x00\x02\x00", OFFICE, "a sheet of Microsoft Works"),
    (0, b"\0\0\x02\0\x04\x04", OFFICE, "a sheet of Lotus 1-2-3"),
    (0, b"\0\0\x02\0\x06\x04", OFFICE, "a sheet of Lotus 1-2-3"),
    (0, b"\0\0\x1A\0", OFFICE, "a sheet of Lotus 1-2-3"),
    (0, b"\0\0\x02\0\x20\x51", OFFICE, "a sheet of Quattro Pro"),
    (0, b"\xFFWPC", OFFICE, "a document of WordPerfect"),
    (0, b"HWP Document File", OFFICE, "a document of Hancom Office (HWP)"),
    (4, b"Standard Jet DB", OFFICE, "a database of Access"),
    (4, b"Standard ACE DB", OFFICE, "a database of Access"),
    (0, b"\x78\x9F\x3E\x22", OFFICE, "attachments packed by Outlook (TNEF, winmail.dat)"),
    (0, b"!BDN", OFFICE, "a mailbox of Outlook (PST)"),
    (4, b"\x06\x09\x2A\x86\x48\x86\xF7", BINARY, "a signature or certificate"),
    (2, b"\x06\x09\x2A\x86\x48\x86\xF7", BINARY, "a signature or certificate"),
    (0, b"bplist00", BINARY, "a property list or web archive of Apple"),
    (0, b"SQLite format 3\0", BINARY, "a database of SQLite"),
    (0, b"%!PS-Adobe", BINARY, "a page in PostScript"),
    (0, b"AT&TFORM", BINARY, "pages in DjVu"),
    (0, b"\xD7\xCD\xC6\x9A", BINARY, "a drawing (WMF)"),
    (0, b"RIFF", BINARY, "sound, video or a picture (RIFF)"),
    (4, b"ftyp", BINARY, "sound or video (MP4)"),
    (0, b"OggS", BINARY, "sound or video (Ogg)"),
    (0, b"ID3", BINARY, "sound (MP3)"),
    (0, b"\x7FELF", BINARY, "a program"),
    (0, b"MZ\x90\0", BINARY, "a program"),
    (0, b"\xCA\xFE\xBA\xBE", BINARY, "a program (Java)"),
    (0, b"wOFF", BINARY, "a font"),
    (0, b"\0\x01\0\0\0", BINARY, "a font (TrueType)"),
    (0, b"OTTO\0", BINARY, "a font (OpenType)"),
    (0, b"CAJ\0", OFFICE, "a document of CAJViewer"),
];

/// A file that is known and not read.
pub(super) fn of(bytes: &[u8]) -> Option<(Format, &'static str)> {
    let first = *bytes.first()?;
    // Texts begin with none of these, but many with a letter: a look at more of it costs little.
    MARKS.iter().find_map(|(at, mark, format, what)| {
        let here = *at > 0 || mark.first() == Some(&first);
        let found = here && bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark));
        found.then_some((*format, *what))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_decide() {
        assert_eq!(of(b"Rar!\x1A\x07\0"), Some((ARCHIVE, "a RAR archive")));
        assert_eq!(of(b"\xDB\xA5\x2D\0\0\0"), Some((OFFICE, "a document of Word 2")));
        for text in [&b""[..], b"RAR", "政府信息公开".as_bytes(), b"<html>", b"\xEF\xBB\xBF1", b"BZ"] {
            assert_eq!(of(text), None);
        }
    }
}
