//! Compound files (OLE2): what one holds, by the names of its streams.
//!
//! Owns the question which reader a compound file is for, and the objects that documents in them hold. Refuses to read it.

mod container;
mod objects;
#[cfg(test)]
mod tests;
mod written;

pub(super) use self::container::{Container, Stream};
pub(super) use self::objects::{message, objects};

use super::limits::Fault;

/// What a compound file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ole {
    /// A document of Word 6 or later, or of WPS Writer.
    Word,
    /// A workbook of Excel or of WPS Spreadsheets.
    Workbook,
    /// An encrypted DOCX, XLSX or PPTX.
    Encrypted,
    /// A message of Outlook.
    Message,
    /// A file that was put into a document as an object.
    Object,
    /// Something else, and what: Microsoft Works among it.
    Other(&'static str),
    /// Something that is not known.
    Unknown,
    /// A container without a directory.
    Damaged,
}

/// Names that are enough to tell what an unknown file is.
const MOST_NAMES: usize = 6;
/// Programs by a stream or storage in the root that only they write.
const PROGRAMS: [(&str, &str); 20] = [
    ("PowerPoint Document", "a presentation of PowerPoint 97-2003"),
    ("PP40", "a presentation of PowerPoint 4"),
    ("VisioDocument", "a drawing of Visio"),
    ("WksSSWorkBook", "a sheet of Microsoft Works"),
    ("MatOST", "a document of Microsoft Works"),
    ("MatadorObject", "a document of Microsoft Works"),
    ("StarWriterDocument", "a document of StarOffice"),
    ("StarCalcDocument", "a sheet of StarOffice"),
    ("StarImpressDocument", "a presentation of StarOffice"),
    ("PerfectOffice_MAIN", "a document of WordPerfect"),
    ("Quill", "a publication of Microsoft Publisher"),
    ("BodyText", "a document of Hancom Office (HWP)"),
    ("HwpSummaryInformation", "a document of Hancom Office (HWP)"),
    ("SWDocContentMgr", "a model of SolidWorks"),
    ("Equation Native", "a formula"),
    ("_1_LWMModelHeader", "a model of SolidWorks"),
    ("NativeContent_MAIN", "a sheet of Quattro Pro"),
    ("Catalog", "thumbnails of Windows"),
    ("   114", "a plan of Microsoft Project"),
    ("EncryptedStream", "a file that rights management encrypts"),
];

/// Looks at the names in the root of a compound file; its streams are hardly read.
#[must_use]
pub fn kind(bytes: &[u8]) -> Ole {
    Container::open(bytes).map_or(Ole::Damaged, |file| kind_of(&file))
}

/// Opens a compound file.
pub(super) fn open(bytes: &[u8]) -> Result<Container<'_>, Fault> {
    Container::open(bytes).ok_or_else(|| Fault::Damaged("compound file without a directory".to_owned()))
}

/// A stream that must be there; what it has is taken from what may still be unpacked.
pub(super) fn stream(file: &Container<'_>, name: &str, left: &mut u64) -> Result<Stream, Fault> {
    let stream = file.stream(name).ok_or_else(|| Fault::Damaged(format!("compound file without a stream {name}")))?;
    let size = stream.bytes.len() as u64;
    *left = left.checked_sub(size).ok_or_else(|| Fault::Limit(format!("stream {name} is too large")))?;
    Ok(stream)
}

/// What an open compound file holds.
pub(super) fn kind_of(file: &Container<'_>) -> Ole {
    let has = |name: &str| file.has(name);
    if has("WordDocument") {
        return Ole::Word;
    }
    if has("Workbook") || has("Book") {
        return Ole::Workbook;
    }
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Ole::Encrypted;
    }
    if has("__properties_version1.0") {
        return Ole::Message;
    }
    let names: Vec<&str> = file.children(0).map(|at| file.name(at)).collect();
    let known = |(name, what): &(&str, &'static str)| names.contains(name).then_some(*what);
    if let Some(what) = PROGRAMS.iter().find_map(known) {
        return Ole::Other(what);
    }
    if file.stream("CONTENTS").is_some_and(|s| s.bytes.starts_with(b"CHNKWKS")) {
        return Ole::Other("a document of Microsoft Works");
    }
    if objects::is_object(file) { Ole::Object } else { Ole::Unknown }
}

/// What a compound file is called of which nothing is known: by what lies in its root.
pub(super) fn unknown(bytes: &[u8]) -> String {
    let names = Container::open(bytes).map(|file| {
        let names = file.children(0).take(MOST_NAMES).map(|at| file.name(at).escape_default().to_string());
        names.collect::<Vec<_>>().join(", ")
    });
    format!("a compound file of a program that is not known ({})", names.unwrap_or_default())
}
