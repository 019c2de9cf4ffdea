//! Files of Word and of its relatives. A first byte below 16 makes the rest a part of a package that is otherwise whole,
//! because no mutation of packed bytes gets through a zip; anything else is a file as it stands.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::fence;
use nianbao_read as read;
use nianbao_read::limits::Limits;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const BODY: &str = r#"<w:document><w:body><w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>
    </w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"#;
const CELLS: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>
    </sheetData></worksheet>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>"#;
const OFD: &str = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>";
const PAGES: &str = r#"<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>
    <TemplatePage ID="1" BaseLoc="T.xml"/></CommonData><Pages><Page BaseLoc="P.xml"/></Pages></Document>"#;
const PAGE: &str = r#"<Page><Template TemplateID="1"/><Content><Layer><TextObject Boundary="9 9 90 9" Size="4">
    <TextCode X="0" Y="4" DeltaX="4">ab</TextCode></TextObject></Layer></Content></Page>"#;

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A package of OOXML: its main part, the relations of that, its other parts.
fn office(main: &str, media: &str, related: &[(&str, &str)], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!(r#"<Types><Override PartName="/{main}" ContentType="{media}"/></Types>"#);
    let root = format!(r#"<R><Relationship Id="r1" Type="x/officeDocument" Target="{main}"/></R>"#);
    let (folder, file) = main.split_once('/').unwrap();
    let mut relations = String::from("<R>");
    for (n, (kind, target)) in related.iter().enumerate() {
        relations += &format!(r#"<Relationship Id="r{}" Type="x/{kind}" Target="{target}"/>"#, n + 1);
    }
    relations += "</R>";
    let name = format!("{folder}/_rels/{file}.rels");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        (&name, relations.as_bytes()),
    ];
    all.extend(parts);
    package(&all)
}

fn file(bytes: &[u8]) -> Vec<u8> {
    let Some((kind @ 0..16, part)) = bytes.split_first().map(|(kind, part)| (*kind, part)) else {
        return bytes.to_vec();
    };
    let word = |body, styles, numbering| {
        let related = [("styles", "styles.xml"), ("numbering", "numbering.xml")];
        let parts: [(&str, &[u8]); 3] =
            [("word/document.xml", body), ("word/styles.xml", styles), ("word/numbering.xml", numbering)];
        office("word/document.xml", WORD, &related, &parts)
    };
    let sheet = |cells, strings, styles, book| {
        let related = [("worksheet", "sheet1.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")];
        let parts: [(&str, &[u8]); 4] = [
            ("xl/workbook.xml", book),
            ("xl/sheet1.xml", cells),
            ("xl/strings.xml", strings),
            ("xl/styles.xml", styles),
        ];
        office("xl/workbook.xml", SHEET, &related, &parts)
    };
    let ofd = |document, page, template| {
        package(&[
            ("OFD.xml", OFD.as_bytes()),
            ("Doc_0/Document.xml", document),
            ("Doc_0/P.xml", page),
            ("Doc_0/T.xml", template),
        ])
    };
    let (none, body, cells, book) = (&b"<x/>"[..], BODY.as_bytes(), CELLS.as_bytes(), BOOK.as_bytes());
    match kind {
        0..3 => word(part, none, none),
        3 => word(body, part, none),
        4 => word(body, none, part),
        5..7 => package(&[("mimetype", ODT.as_bytes()), ("content.xml", part)]),
        7 => package(&[("mimetype", ODS.as_bytes()), ("content.xml", part)]),
        8..10 => sheet(part, none, none, book),
        10 => sheet(cells, part, none, book),
        11 => sheet(cells, none, part, book),
        12 => sheet(cells, none, none, part),
        13 => ofd(part, PAGE.as_bytes(), PAGE.as_bytes()),
        14 => ofd(PAGES.as_bytes(), part, PAGE.as_bytes()),
        _ => ofd(PAGES.as_bytes(), PAGE.as_bytes(), part),
    }
}

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    if let Some(Ok(document)) = fence::within(|| read::read(&file(bytes), &Limits::default())) {
        fence::keeps_its_rules(&document);
    }
});
