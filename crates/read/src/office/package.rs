//! Packages: their parts by name, within limits, and what kind of document a package holds.
//!
//! Owns unpacking of zip files: sizes that headers state are not believed, what unpacks too far is refused. A package may
//! also be one XML file (Flat OPC), whose parts stand in it as they are. Refuses to know what parts mean, beyond the few
//! that tell the kind.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::CompressionMethod;
use zip::read::ZipArchive;

use super::xml::{Piece, Xml, attribute, decode};
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;

/// Bytes that one part may unpack to whatever its ratio: XML of repeated cells packs very well.
const ALWAYS: u64 = 1 << 20;
/// Entries of a package. A big report has a few hundred.
const MAX_ENTRIES: usize = 100_000;
/// Bytes unpacked to learn the kind of a package.
const KIND_BYTES: u64 = 8 << 20;

/// What a zip file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Word, transitional or strict.
    Docx,
    /// Excel, transitional or strict.
    Xlsx,
    /// Excel, binary.
    Xlsb,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// GB/T 33190.
    Ofd,
    /// A document of another kind, and which.
    Other(&'static str),
    /// A plain archive.
    Zip,
    /// Not a zip file that can be opened.
    Damaged,
}

/// Parts by which packages of programs are told that are no documents, or not read.
const MARKS: [(&str, &str); 15] = [
    ("Index/Document.iwa", "a document of Apple iWork (Pages, Numbers, Keynote)"),
    ("Index.zip", "a document of Apple iWork (Pages, Numbers, Keynote)"),
    ("buildVersionHistory.plist", "a document of Apple iWork (Pages, Numbers, Keynote)"),
    ("index.apxl", "a presentation of Apple Keynote"),
    ("index.apxl.gz", "a presentation of Apple Keynote"),
    ("AndroidManifest.xml", "a program (Android)"),
    ("META-INF/MANIFEST.MF", "a program (Java)"),
    ("META-INF/container.xml", "a book (EPUB)"),
    ("install.rdf", "a program (Mozilla)"),
    ("FixedDocSeq.fdseq", "pages in XPS"),
    ("FixedDocumentSequence.fdseq", "pages in XPS"),
    ("maindoc.xml", "a document of StarOffice or KOffice"),
    ("doc.kml", "a map (KMZ)"),
    ("BlockList.xml", "texts of OpenOffice"),
    ("visio/document.xml", "a drawing of Visio"),
];
/// Folders in which writers keep what somebody embedded.
const EMBEDDED: [&str; 2] = ["embeddings", "attachs"];

/// An open package.
#[derive(Debug)]
pub struct Package<'a> {
    parts: Parts<'a>,
    size: u64,
    left: u64,
    ratio: u64,
    clock: Clock,
}

/// Where the parts are.
#[derive(Debug)]
enum Parts<'a> {
    Zip(ZipArchive<Cursor<&'a [u8]>>),
    /// By their names in lower case.
    Flat(HashMap<String, &'a str>),
}

impl<'a> Package<'a> {
    /// A package whose parts stand in one text, by their names.
    pub(super) fn flat(parts: HashMap<String, &'a str>, limits: &Limits) -> Self {
        let clock = Clock::start(limits);
        let parts = parts.into_iter().map(|(name, text)| (name.to_ascii_lowercase(), text)).collect();
        Self { parts: Parts::Flat(parts), size: 0, left: limits.unpacked, ratio: limits.ratio, clock }
    }

    /// Opens a package; nothing is unpacked yet. The clock of the file starts here.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if it is no zip file, [`Fault::Limit`] if it has too many entries.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::Damaged(format!("zip: {e}")))?;
        if archive.len() > MAX_ENTRIES {
            return Err(Fault::Limit(format!("more than {MAX_ENTRIES} zip entries")));
        }
        let clock = Clock::start(limits);
        let parts = Parts::Zip(archive);
        Ok(Self { parts, size: bytes.len() as u64, left: limits.unpacked, ratio: limits.ratio, clock })
    }

    /// The clock of this file.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The bytes of a part; `None` if there is none of that name. Names are compared as they stand, then without case
    /// and with `\` as `/`, as some writers need it.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if it does not unpack, [`Fault::Encrypted`] if it needs a password, [`Fault::Unsupported`] if
    /// its packing is unknown, [`Fault::Limit`] if it is larger than what is left of [`Limits::unpacked`], or larger
    /// than 1 MB and more than [`Limits::ratio`] times its packed size.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let archive = match &mut self.parts {
            Parts::Zip(archive) => archive,
            Parts::Flat(parts) => {
                let part = parts.get(&name.to_ascii_lowercase()).map(|text| text.as_bytes().to_vec());
                let size = part.as_ref().map_or(0, Vec::len) as u64;
                self.left = self.left.checked_sub(size).ok_or_else(|| too_much(name))?;
                return Ok(part);
            }
        };
        let Some(index) = index(archive, name) else { return Ok(None) };
        let damaged = |e: &dyn std::fmt::Display| Fault::Damaged(format!("{name}: {e}"));
        let raw = archive.by_index_raw(index).map_err(|e| damaged(&e))?;
        if raw.encrypted() {
            return Err(Fault::Encrypted(format!("{name} needs a password")));
        }
        if !matches!(raw.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Fault::Unsupported(format!("{name} is packed by {}", raw.compression())));
        }
        let (packed, stated) = (raw.compressed_size().min(self.size), raw.size());
        drop(raw);
        let most = ALWAYS.max(packed.saturating_mul(self.ratio)).min(self.left);
        let mut bytes = Vec::with_capacity(usize::try_from(stated.min(most).min(ALWAYS)).unwrap_or(0));
        let entry = archive.by_index(index).map_err(|e| damaged(&e))?;
        entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(too_much(name));
        }
        if size > most {
            return Err(Fault::Limit(format!("{name} unpacks to more than {} times its size", self.ratio)));
        }
        self.left = self.left.saturating_sub(size);
        self.clock.check()?;
        Ok(Some(bytes))
    }

    /// A part as text.
    ///
    /// # Errors
    /// Those of [`Package::part`], and [`Fault::Damaged`] if it is no text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        self.part(name)?.map(decode).transpose()
    }

    /// A part as text that must be there.
    ///
    /// # Errors
    /// Those of [`Package::text`], and [`Fault::Damaged`] if there is none.
    pub fn needed(&mut self, name: &str) -> Result<String, Fault> {
        self.text(name)?.ok_or_else(|| Fault::Damaged(format!("no part {name}")))
    }

    /// Whether there is a part of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match &self.parts {
            Parts::Zip(archive) => index(archive, name).is_some(),
            Parts::Flat(parts) => parts.contains_key(&name.to_ascii_lowercase()),
        }
    }

    /// The main part of an OOXML package, as its relations name it.
    ///
    /// # Errors
    /// Those of [`Package::text`].
    pub fn main_part(&mut self) -> Result<Option<String>, Fault> {
        let relations = self.relations("")?;
        Ok(relations.into_iter().find(|r| r.kind == "officeDocument").map(|r| r.target))
    }

    /// The relations of an OOXML part, or those of the package for an empty name; targets are names of parts.
    /// External ones are left out.
    ///
    /// # Errors
    /// Those of [`Package::text`].
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let Some(text) = self.text(&resolve(folder, &format!("_rels/{file}.rels")))? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&text, self.clock.clone());
        let mut relations = Vec::new();
        loop {
            let element = match xml.next()? {
                Piece::Open(element) => element,
                Piece::End => return Ok(relations),
                Piece::Close | Piece::Text(_) => continue,
            };
            let external = attribute(&element, "TargetMode").is_some_and(|m| m == "External");
            let (Some(id), Some(kind), Some(target), false) =
                (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"), external)
            else {
                continue;
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id: id.into_owned(), kind, target: resolve(folder, &target) });
        }
    }

    /// Gives the documents that somebody embedded.
    ///
    /// # Errors
    /// [`Fault::Limit`] and [`Fault::Time`].
    pub(crate) fn embedded(&mut self, members: &mut Members) -> Result<(), Fault> {
        // Parts of a package of one file are text.
        let Parts::Zip(archive) = &self.parts else { return Ok(()) };
        let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
        let names: Vec<String> = names.filter(|name| is_embedded(name)).collect();
        for name in names {
            match self.part(&name) {
                Ok(Some(bytes)) => members.document(&name, bytes),
                Ok(None) => {}
                Err(fault @ Fault::Time(_)) => return Err(fault),
                Err(fault) => members.fault(&name, fault),
            }
        }
        Ok(())
    }

    fn kind(&mut self) -> Result<Kind, Fault> {
        if self.has("OFD.xml") {
            return Ok(Kind::Ofd);
        }
        if let Some(kind) = self.by_marks() {
            return Ok(kind);
        }
        if let Some(kind) = self.open_document()? {
            return Ok(kind);
        }
        if let Some(kind) = self.office_open()? {
            return Ok(kind);
        }
        Ok(self.by_name())
    }

    /// Packages of programs that read nothing of ours.
    fn by_marks(&self) -> Option<Kind> {
        MARKS.iter().find(|(name, _)| self.has(name)).map(|(_, what)| Kind::Other(what))
    }

    /// What a package whose small parts are lost is called by its main one.
    fn by_name(&self) -> Kind {
        let by_name = [
            ("word/document.xml", Kind::Docx),
            ("xl/workbook.xml", Kind::Xlsx),
            ("xl/workbook.bin", Kind::Xlsb),
            ("[Content_Types].xml", Kind::Other("an Office package of an unknown kind")),
        ];
        by_name.into_iter().find(|(name, _)| self.has(name)).map_or(Kind::Zip, |(_, kind)| kind)
    }

    fn open_document(&mut self) -> Result<Option<Kind>, Fault> {
        let of = |media: &str| match media.trim().strip_prefix("application/vnd.oasis.opendocument.") {
            Some(kind) if kind.starts_with("text") => Some(Kind::Odt),
            Some(kind) if kind.starts_with("spreadsheet") => Some(Kind::Ods),
            Some(kind) if kind.starts_with("presentation") => Some(Kind::Other("a presentation (OpenDocument)")),
            Some(kind) if kind.starts_with("graphics") => Some(Kind::Other("a drawing (OpenDocument)")),
            Some(_) => Some(Kind::Other("an OpenDocument file of another kind")),
            None if media.trim() == "application/epub+zip" => Some(Kind::Other("a book (EPUB)")),
            None if media.trim().starts_with("application/vnd.sun.xml") => {
                Some(Kind::Other("a document of OpenOffice 1"))
            }
            None => None,
        };
        if self.has("mimetype")
            && let Ok(Some(media)) = self.text("mimetype")
            && let Some(kind) = of(&media)
        {
            return Ok(Some(kind));
        }
        if !self.has("content.xml") {
            return Ok(None);
        }
        let Some(manifest) = self.text("META-INF/manifest.xml")? else { return Ok(None) };
        let mut xml = Xml::new(&manifest, self.clock.clone());
        loop {
            match xml.next()? {
                Piece::Open(e) if attribute(&e, "full-path").is_some_and(|p| p == "/") => {
                    return Ok(attribute(&e, "media-type").and_then(|m| of(&m)));
                }
                Piece::End => return Ok(None),
                Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
            }
        }
    }

    fn office_open(&mut self) -> Result<Option<Kind>, Fault> {
        let Some(main) = self.main_part()? else { return Ok(None) };
        let Some(types) = self.text("[Content_Types].xml")? else { return Ok(None) };
        let mut xml = Xml::new(&types, self.clock.clone());
        loop {
            match xml.next()? {
                Piece::Open(e) => {
                    let name = attribute(&e, "PartName").unwrap_or_default();
                    if !name.trim_start_matches('/').eq_ignore_ascii_case(&main) {
                        continue;
                    }
                    let Some(media) = attribute(&e, "ContentType") else { continue };
                    return Ok(Some(if media.contains("ms-excel.sheet.binary") {
                        Kind::Xlsb
                    } else if media.contains("wordprocessingml") || media.contains("ms-word") {
                        Kind::Docx
                    } else if media.contains("spreadsheetml") || media.contains("ms-excel") {
                        Kind::Xlsx
                    } else if media.contains("presentationml") || media.contains("ms-powerpoint") {
                        Kind::Other("a presentation of PowerPoint")
                    } else if media.contains("visio") {
                        Kind::Other("a drawing of Visio")
                    } else {
                        Kind::Other("an Office package of another kind")
                    }));
                }
                Piece::End => return Ok(None),
                Piece::Close | Piece::Text(_) => {}
            }
        }
    }
}

fn too_much(name: &str) -> Fault {
    Fault::Limit(format!("{name} unpacks to more than the limit"))
}

fn index(archive: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<usize> {
    archive.index_for_name(name).or_else(|| {
        let same = |raw: &[u8]| {
            raw.len() == name.len()
                && raw.iter().zip(name.bytes()).all(|(a, b)| {
                    let a = if *a == b'\\' { b'/' } else { *a };
                    a.eq_ignore_ascii_case(&b)
                })
        };
        archive.file_names_raw().position(same)
    })
}

/// Whether a part lies in a folder of embedded files.
fn is_embedded(name: &str) -> bool {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    let Some((path, file)) = name.rsplit_once('/') else { return false };
    !file.is_empty() && EMBEDDED.contains(&path.rsplit('/').next().unwrap_or_default())
}

/// How an OOXML part refers to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its id.
    pub id: String,
    /// Last word of its type: transitional and strict types differ before it.
    pub kind: String,
    /// Name of the part in the package.
    pub target: String,
}

/// The kind of a zip file, by its list of parts and the small parts that name the main one. Never fails: a package whose
/// small parts are damaged is judged by its list alone.
#[must_use]
pub fn kind(bytes: &[u8]) -> Kind {
    let limits = Limits { unpacked: KIND_BYTES, ..Limits::default() };
    let Ok(mut package) = Package::open(bytes, &limits) else { return Kind::Damaged };
    package.kind().unwrap_or_else(|_| package.by_name())
}

/// The name of a part that another refers to: from the root if it begins with `/`, else from that folder. Steps out of
/// the package stay at its root.
#[must_use]
pub fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    let base = if target.starts_with('/') { "" } else { folder };
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// A package of these parts.
    pub(crate) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn rels(target: &str) -> String {
        format!(
            "<Relationships><Relationship Id='1' Type='http://x/relationships/officeDocument' Target='{target}'/></Relationships>"
        )
    }

    fn types(part: &str, media: &str) -> String {
        format!("<Types><Override PartName='/{part}' ContentType='application/{media}+xml'/></Types>")
    }

    #[test]
    fn kinds() {
        let word = types("a/b.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main");
        let show = types("a/b.xml", "vnd.openxmlformats-officedocument.presentationml.presentation.main");
        let rels = rels("a/b.xml");
        let office = |types: &str| kind(&zip(&[("_rels/.rels", &rels), ("[Content_Types].xml", types)]));
        assert_eq!(office(&word), Kind::Docx);
        assert!(matches!(office(&show), Kind::Other(_)));
        assert_eq!(kind(&zip(&[("word/document.xml", "")])), Kind::Docx);
        assert_eq!(kind(&zip(&[("xl/workbook.xml", ""), ("_rels/.rels", "<a><b>")])), Kind::Xlsx);
        let odf = |media: &str| kind(&zip(&[("mimetype", &format!("application/vnd.oasis.opendocument.{media}"))]));
        assert_eq!(odf("text"), Kind::Odt);
        assert_eq!(odf("spreadsheet"), Kind::Ods);
        assert!(matches!(odf("presentation"), Kind::Other(_)));
        assert_eq!(kind(&zip(&[("OFD.xml", "")])), Kind::Ofd);
        assert_eq!(kind(&zip(&[("a.pdf", "")])), Kind::Zip);
        assert_eq!(kind(b"PK\x03\x04"), Kind::Damaged);
    }

    #[test]
    fn names() {
        assert_eq!(resolve("Doc_0", "/Doc_0/Res.xml"), "Doc_0/Res.xml");
        assert_eq!(resolve("Doc_0/Pages", "../x\\./y.xml"), "Doc_0/x/y.xml");
        assert_eq!(resolve("", "../../y.xml"), "y.xml");
        let bytes = zip(&[("Word\\Document.xml", "甲")]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(package.text("word/document.xml").unwrap().unwrap(), "甲");
        assert_eq!(package.part("x").unwrap(), None);
    }

    #[test]
    fn bombs() {
        let big = "0".repeat(3 << 20);
        let bytes = zip(&[("a", &big), ("b", &big[..1 << 20])]);
        let limits = Limits { ratio: 100, ..Limits::default() };
        assert!(matches!(Package::open(&bytes, &limits).unwrap().part("a"), Err(Fault::Limit(_))));
        assert!(Package::open(&bytes, &limits).unwrap().part("b").is_ok());
        let limits = Limits { unpacked: 4 << 20, ratio: 10_000, ..Limits::default() };
        let mut package = Package::open(&bytes, &limits).unwrap();
        assert_eq!(package.part("a").unwrap().unwrap().len(), 3 << 20);
        assert!(package.part("b").is_ok());
        assert!(matches!(package.part("b"), Err(Fault::Limit(_))));
    }

    #[test]
    fn stated_sizes_are_not_believed() {
        let mut bytes = zip(&[("a", &"0".repeat(3 << 20))]);
        let size = (3_u32 << 20).to_le_bytes();
        while let Some(at) = memchr::memmem::find(&bytes, &size) {
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        let limits = Limits { unpacked: 2 << 20, ratio: 10_000, ..Limits::default() };
        let part = Package::open(&bytes, &limits).unwrap().part("a");
        assert!(matches!(part, Err(Fault::Limit(_) | Fault::Damaged(_))), "{part:?}");
    }
}
