//! Documents that are one XML file: Word 2003, SpreadsheetML 2003, Flat OPC, Flat ODF.
//!
//! Owns telling them by their root element, and the parts of a Flat OPC file. What they hold is read by the readers of
//! the packed formats. Refuses every other XML.

use std::collections::HashMap;

use nianbao_document::{Document, Format};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::package::{Package, resolve};
use super::xml::{Piece, Xml, attribute};
use super::{docx, odf, sheet_xml, xlsx};
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;

/// What stands before a root element: a declaration, comments, instructions.
const MAX_BEFORE: usize = 64;
/// Parts of a Flat OPC file. A big report has a few hundred.
const MAX_PARTS: usize = 100_000;

/// What a file of one document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Word 2003.
    Word,
    /// SpreadsheetML 2003.
    Sheets,
    /// An OOXML package in one file.
    Package,
    /// OpenDocument in one file.
    OpenDocument(Format),
}

/// Root elements, and what their namespace has in it.
const ROOTS: [(&str, &str, Kind); 4] = [
    ("wordDocument", "schemas.microsoft.com/office/word/2003", Kind::Word),
    ("Workbook", "schemas-microsoft-com:office:spreadsheet", Kind::Sheets),
    ("package", "schemas.microsoft.com/office/2006/xmlPackage", Kind::Package),
    ("document", "opendocument:xmlns:office:", Kind::OpenDocument(Format::Other("office"))),
];

/// What a text is by its root element; `None` if it is no document of one XML file.
#[must_use]
pub fn kind(text: &str) -> Option<Kind> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(text);
    for _ in 0..MAX_BEFORE {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => {
                let name = root.local_name();
                let (.., namespace, kind) = ROOTS.iter().find(|(root, ..)| *root == name.as_ref())?;
                let mut attributes = root.attributes();
                let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
                let named = attributes.any(|a| a.key.as_ref().starts_with("xmlns") && a.value.contains(namespace));
                let media = || attribute(&root, "mimetype").unwrap_or_default();
                return named.then(|| match kind {
                    Kind::OpenDocument(_) => Kind::OpenDocument(open_document(&media())),
                    kind => *kind,
                });
            }
            Event::Eof | Event::End(_) => return None,
            _ => {}
        }
    }
    None
}

fn open_document(media: &str) -> Format {
    match media.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        Some(kind) if kind.starts_with("text") => Format::Odt,
        Some(kind) if kind.starts_with("spreadsheet") => Format::Ods,
        _ => Format::Other("office"),
    }
}

/// Reads a document of one XML file, and says what it is.
///
/// # Errors
/// [`Fault::Damaged`] if its XML is broken, [`Fault::Limit`] if it is too large, too deep or too slow,
/// [`Fault::Unsupported`] if it is neither text nor sheet. What it is comes with it.
pub fn read(kind: Kind, text: &str, limits: &Limits) -> (Format, Result<Document, Fault>) {
    let text = text.trim_start();
    let clock = Clock::start(limits);
    match kind {
        Kind::Word => (Format::WordXml, docx::of_2003(text, clock)),
        Kind::Sheets => (Format::SheetXml, sheet_xml::read(text, &clock)),
        Kind::OpenDocument(format) => (format, odf::flat(text, clock)),
        Kind::Package => match package(text, limits) {
            Ok((Format::Docx, package)) => {
                let members = &mut Members::from(limits);
                (Format::Docx, docx::of(package, members, &mut |_, _| None))
            }
            Ok((Format::Xlsx, package)) => (Format::Xlsx, xlsx::of(package, &mut Members::from(limits))),
            Ok((format, _)) => (format, Err(Fault::Unsupported("a presentation or drawing".to_owned()))),
            Err(fault) => (Format::Other("office"), Err(fault)),
        },
    }
}

/// The package that a Flat OPC file is, and what kind of document it holds.
fn package<'a>(text: &'a str, limits: &Limits) -> Result<(Format, Package<'a>), Fault> {
    let mut parts: HashMap<String, &'a str> = HashMap::new();
    let mut kinds: HashMap<String, String> = HashMap::new();
    let mut xml = Xml::new(text, Clock::start(limits));
    let mut name = String::new();
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::End => break,
            Piece::Close | Piece::Text(_) => continue,
        };
        match element.local_name().as_ref() {
            "part" => {
                if parts.len() >= MAX_PARTS {
                    return Err(Fault::Limit(format!("more than {MAX_PARTS} parts")));
                }
                name = resolve("", &attribute(&element, "name").unwrap_or_default());
                let kind = attribute(&element, "contentType").unwrap_or_default();
                kinds.insert(name.to_ascii_lowercase(), kind.into_owned());
            }
            "xmlData" => {
                let start = xml.position();
                xml.skip()?;
                let whole = text.get(start..xml.position()).unwrap_or_default();
                let part = whole.rfind("</").and_then(|end| whole.get(..end)).unwrap_or_default();
                parts.insert(std::mem::take(&mut name), part);
            }
            "binaryData" => xml.skip()?,
            _ => {}
        }
    }
    let mut package = Package::flat(parts, limits);
    let main = package.main_part()?.unwrap_or_default().to_ascii_lowercase();
    let media = kinds.get(&main).map_or("", String::as_str);
    let is = |words: &str, folder: &str| media.contains(words) || main.starts_with(folder);
    let format = if is("wordprocessingml", "word/") || main.is_empty() && package.has("word/document.xml") {
        Format::Docx
    } else if is("spreadsheetml", "xl/") || main.is_empty() && package.has("xl/workbook.xml") {
        Format::Xlsx
    } else {
        Format::Other("office")
    };
    Ok((format, package))
}

#[cfg(test)]
mod tests {
    use super::super::tests::show;
    use super::*;

    fn read(text: &str) -> (Format, Vec<String>) {
        let (format, document) = super::read(kind(text).unwrap(), text, &Limits::default());
        (format, show(&document.unwrap()))
    }

    const WORD: &str = "xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' \
        xmlns:aml='http://schemas.microsoft.com/aml/2001/core'";

    #[test]
    fn roots() {
        let word = format!(
            "\n<?xml version='1.0'?><!-- x --><?mso-application progid='Word.Document'?><w:wordDocument {WORD}/>"
        );
        assert_eq!(kind(&word), Some(Kind::Word));
        for other in [
            "",
            "规章",
            "<html xmlns:w='urn:schemas-microsoft-com:office:word'>",
            "<w:wordDocument/>",
            "<Workbook xmlns='urn:other'>",
            "<package xmlns='http://www.idpf.org/2007/opf'/>",
            "<!DOCTYPE html><html>",
            "</package>",
            "<<<",
        ] {
            assert_eq!(kind(other), None, "{other}");
        }
    }

    #[test]
    fn word_2003() {
        let text = format!(
            "<w:wordDocument {WORD}><w:fonts><w:p><w:r><w:t>字</w:t></w:r></w:p></w:fonts><w:styles>\
             <w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style></w:styles><w:body><wx:sect>\
             <w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><w:ilfo w:val='1'/><wx:t wx:val='一、'/></w:listPr></w:pPr>\
             <w:r><w:t>题</w:t></w:r><w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>隐</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>\
             <w:tc><w:p><aml:annotation w:type='Word.Deletion'><aml:content><w:r><w:delText>9</w:delText></w:r>\
             </aml:content></aml:annotation><aml:annotation w:type='Word.Insertion'><aml:content><w:r><w:t>12</w:t></w:r>\
             </aml:content></aml:annotation><w:r><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:r>\
             <w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc></w:tr>\
             <w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:rPr><w:strike w:val='off'/></w:rPr>\
             <w:t>3</w:t></w:r><aml:annotation w:type='Word.Comment'><aml:content><w:p><w:r><w:t>评</w:t></w:r></w:p>\
             </aml:content></aml:annotation></w:p></w:tc></w:tr><w:tr><w:trPr><aml:annotation w:type='Word.Deletion'/>\
             </w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"
        );
        let (format, shown) = read(&text);
        assert_eq!(format, Format::WordXml);
        assert_eq!(shown, ["1: 一、题", "[0+1x2=甲 1+1x1=12 | 1+1x1=3]"]);
    }

    #[test]
    fn flat_packages() {
        let part = |name: &str, data: &str| {
            format!("<pkg:part pkg:name='{name}' pkg:contentType='x'><pkg:xmlData>{data}</pkg:xmlData></pkg:part>")
        };
        let relation = |kind: &str, target: &str| {
            format!("<Relationships><Relationship Id='1' Type='x/{kind}' Target='{target}'/></Relationships>")
        };
        let text = format!(
            "<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>{}{}{}{}\
             <pkg:part pkg:name='/word/a.png'><pkg:binaryData>QUJD</pkg:binaryData></pkg:part></pkg:package>",
            part("/_rels/.rels", &relation("officeDocument", "word/document.xml")),
            part("/word/_rels/document.xml.rels", &relation("styles", "styles.xml")),
            part(
                "/word/document.xml",
                "<w:document><w:body><w:p><w:r><w:rPr><w:rStyle w:val='S'/></w:rPr><w:t>隐</w:t>\
                </w:r><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>"
            ),
            part(
                "/word/styles.xml",
                "<w:styles><w:style w:styleId='S'><w:rPr><w:strike/></w:rPr></w:style></w:styles>"
            ),
        );
        assert_eq!(read(&text), (Format::Docx, vec!["1: 甲".to_owned()]));
        let few = Limits { unpacked: 64, ..Limits::default() };
        assert!(matches!(super::read(Kind::Package, &text, &few).1, Err(Fault::Limit(_))));
        let cut = text.get(..text.len() - 400).unwrap();
        assert!(matches!(super::read(Kind::Package, cut, &Limits::default()).1, Err(Fault::Damaged(_))));
    }

    #[test]
    fn flat_open_document() {
        let of = |kind: &str, body: &str| {
            format!(
                "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
                 office:mimetype='application/vnd.oasis.opendocument.{kind}'><office:meta><x>y</x></office:meta>\
                 <office:settings><config:config-item config:name=\"ShowZeroValues\">false</config:config-item>\
                 </office:settings><office:styles><style:style style:name='S' style:family='text'><style:text-properties \
                 style:text-line-through-style='solid'/></style:style></office:styles><office:body>{body}</office:body>\
                 </office:document>"
            )
        };
        let text =
            of("text", "<office:text><text:p><text:span text:style-name='S'>旧</text:span>新</text:p></office:text>");
        assert_eq!(read(&text), (Format::Odt, vec!["1: 新".to_owned()]));
        let sheets = of(
            "spreadsheet",
            "<office:spreadsheet><table:table><table:table-row><table:table-cell office:value-type='string'>\
             <text:p>甲</text:p></table:table-cell><table:table-cell office:value-type='float' office:value=\"0\"/>\
             <table:table-cell office:value-type='float' office:value=\"5\"/></table:table-row></table:table>\
             </office:spreadsheet>",
        );
        assert_eq!(read(&sheets), (Format::Ods, vec!["[0+1x1=甲 1+1x1= 2+1x1=5]".to_owned()]));
        let show = of("presentation", "<office:presentation/>");
        let (format, document) = super::read(kind(&show).unwrap(), &show, &Limits::default());
        assert_eq!(format.code(), "office");
        assert!(matches!(document, Err(Fault::Unsupported(_))));
    }
}
