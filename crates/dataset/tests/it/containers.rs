//! Documents within other files: what comes out of them is what comes out of them alone.
//!
//! Files of the committed formats are attached to messages and to PDF, embedded, put in as parts of other formats; and
//! compound files get the tables and directories that programs other than Office leave.

use std::io::{Cursor, Write as _};

use nianbao_dataset::{Bounds, FileFacts, Outcome, Record, read_bytes};
use nianbao_read::limits::Limits;
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use zip::write::{SimpleFileOptions, ZipWriter};

type Cells = Vec<(u8, u8, u8, Option<f64>, String)>;

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A committed file.
fn file(name: &str) -> Vec<u8> {
    std::fs::read(nianbao_testing::root().join("tests/data/formats").join(name)).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (at, group) in bytes.chunks(3).enumerate() {
        let number = (0..3).fold(0_usize, |n, i| n << 8 | usize::from(*group.get(i).unwrap_or(&0)));
        for place in 0..4 {
            let digit = char::from(DIGITS[number >> (18 - 6 * place) & 63]);
            text.push(if place <= group.len() { digit } else { '=' });
        }
        if at % 19 == 18 {
            text.push_str("\r\n");
        }
    }
    text
}

/// A letter with a file attached to it.
fn mail(name: &str, bytes: &[u8]) -> Vec<u8> {
    format!(
        "Received: from a\r\n\tby b\r\nFrom: a@b.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; \
         boundary=\"=_{name}\"\r\n\r\n--=_{name}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请见附件\r\n--=_{name}\r\n\
         Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; \
         filename=\"{name}\"\r\n\r\n{}\r\n--=_{name}--\r\n",
        base64(bytes)
    )
    .into_bytes()
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with a file that stands in it, or lies in it.
fn word(kind: &str, target: &str, body: &str, bytes: &[u8]) -> Vec<u8> {
    let types = format!("<Types><Override PartName='/word/document.xml' ContentType='{MAIN}'/></Types>");
    let relation = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id='r1' Type='x/{kind}' Target='{target}'/></Relationships>")
    };
    let text = format!(
        "<w:document xmlns:w='w' xmlns:r='r'><w:body><w:p><w:r><w:t>说明</w:t></w:r></w:p>{body}</w:body></w:document>"
    );
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relation("officeDocument", "word/document.xml").as_bytes()),
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relation(kind, target).as_bytes()),
        (&format!("word/{target}"), bytes),
    ])
}

/// A PDF of one page with a file attached.
fn pdf(name: &str, bytes: &[u8]) -> Vec<u8> {
    let content = "BT /F1 12 Tf 50 700 Td (cover) Tj ET";
    let mut out = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) <</Type/Filespec/F({name})/EF<</F 6 \
         0 R>>>>]>>>>>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 \
         R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length {}>>\nstream\n\
         {content}\nendstream\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n6 0 obj\n\
         <</Type/EmbeddedFile/Length {}>>\nstream\n",
        content.len(),
        bytes.len()
    )
    .into_bytes();
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 7>>\n%%EOF\n");
    out
}

/// Files in files, for mutations too.
pub fn made() -> Vec<(String, Vec<u8>)> {
    let chunk = "<w:altChunk r:id='r1'/>";
    let object = "<w:p><w:r><w:object><o:OLEObject xmlns:o='o' r:id='r1'/></w:object></w:r></w:p>";
    let (docx, html) = (file("docx-plain-2021.docx"), file("html-article.html"));
    let (xlsx, doc) = (file("xlsx-one-2021.xlsx"), file("doc-lo-2021.doc"));
    let forwarded = mail("inner.eml", &mail("r.docx", &docx));
    let mailbox = [b"From a@b.cn Mon Jan 1 00:00:00 2024\r\n".to_vec(), mail("r.xlsx", &xlsx)].concat();
    vec![
        ("docx-plain-2021.docx".to_owned(), mail("r.docx", &docx)),
        ("docx-plain-2021.docx".to_owned(), forwarded),
        ("xlsx-one-2021.xlsx".to_owned(), mailbox),
        ("doc-lo-2021.doc".to_owned(), package(&[("a/b.eml", &mail("r.doc", &doc))])),
        ("xlsx-one-2021.xlsx".to_owned(), pdf("r.xlsx", &xlsx)),
        ("doc-lo-2021.doc".to_owned(), pdf("inner.pdf", &pdf("r.doc", &doc))),
        ("html-article.html".to_owned(), word("aFChunk", "a.htm", chunk, &html)),
        ("docx-plain-2021.docx".to_owned(), word("aFChunk", "a.docx", chunk, &docx)),
        ("xlsx-one-2021.xlsx".to_owned(), word("package", "embeddings/a.xlsx", object, &xlsx)),
    ]
}

fn outcomes(knowledge: &Knowledge, bytes: &[u8]) -> Vec<Outcome> {
    read_bytes(knowledge, FileFacts::named("a"), bytes, &Bounds::default())
}

fn cells(outcomes: &[Outcome]) -> Vec<Cells> {
    let reports = outcomes.iter().filter_map(|outcome| outcome.report.as_ref());
    let cells = reports.map(|found| {
        let record: Record<'_> = postcard::from_bytes(&found.record).unwrap();
        let mut cells: Cells =
            record.cells.iter().map(|c| (c.table, c.row, c.column, c.value, c.raw.to_owned())).collect();
        cells.sort_by_key(|c| (c.0, c.1, c.2));
        cells
    });
    cells.filter(|cells| !cells.is_empty()).collect()
}

#[test]
fn the_same_cells_wherever_a_document_lies() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    for (number, (name, bytes)) in made().into_iter().enumerate() {
        let alone = cells(&outcomes(&knowledge, &file(&name)));
        assert!(alone[0].len() > 100, "{name}");
        assert_eq!(cells(&outcomes(&knowledge, &bytes)), alone, "{name} #{number}");
    }
}

#[test]
fn what_lies_in_a_file_has_a_row_and_the_file_says_so() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let all = outcomes(&knowledge, &mail("r.docx", &file("docx-plain-2021.docx")));
    let paths: Vec<&str> = all.iter().map(|o| o.facts.source_path.as_str()).collect();
    assert_eq!(paths, ["a", "a!/r.docx"]);
    assert_eq!(all[0].facts.format.as_deref(), Some("mail"));
    assert_eq!(all[0].facts.reason.as_deref(), Some("holds 1 document with a row each"));
    assert!(all[1].facts.member);
    // A picture is no document.
    let all = outcomes(&knowledge, &mail("a.png", b"\x89PNG\r\n\x1A\n0000"));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].facts.reason.as_deref(), Some("holds 1 other file not read"));
}

#[test]
fn limits_hold_for_what_is_attached() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let mut deep = mail("r.docx", &file("docx-plain-2021.docx"));
    for _ in 0..4 {
        deep = mail("inner.eml", &deep);
    }
    let read = |bytes: &[u8], limits: Limits| {
        read_bytes(&knowledge, FileFacts::named("a"), bytes, &Bounds { limits, ..Bounds::default() })
    };
    let all = read(&deep, Limits::default());
    assert!(cells(&all).is_empty());
    assert!(all.last().unwrap().facts.reason.as_deref().unwrap().contains("deeper than 3"));
    // Bytes are counted over all of them.
    let docx = file("docx-plain-2021.docx");
    let twice = package(&[("a.eml", &mail("a.docx", &docx)), ("b.eml", &mail("b.docx", &docx))]);
    let room = Limits { unpacked: (mail("a.docx", &docx).len() * 2 + docx.len()) as u64 + 500, ..Limits::default() };
    let all = read(&twice, room);
    assert!(all.last().unwrap().facts.reason.as_deref().unwrap().contains("beyond a limit"), "{all:?}");
}

#[test]
fn programs_packages_have_one_row() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    for mark in ["Index/Document.iwa", "META-INF/MANIFEST.MF", "AndroidManifest.xml"] {
        let all = outcomes(&knowledge, &package(&[(mark, b"\0\x01"), ("a.txt", b"1"), ("b.jpg", b"\xFF\xD8\xFF")]));
        assert_eq!(all.len(), 1, "{mark}");
        assert_eq!(all[0].facts.status.code(), "skipped");
    }
}

#[test]
fn tables_and_directories_of_other_programs() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    for name in ["doc-lo-2021.doc", "xls-one-2021.xls"] {
        let whole = file(name);
        let alone = cells(&outcomes(&knowledge, &whole));
        let field = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap());
        let sector = 1_usize << whole[0x1E];
        let place = |number: u32| (number as usize + 1) * sector;
        let count = whole.len().div_ceil(sector) - 1;
        for mark in [u32::MAX - 1, 1 << 30] {
            let mut file = whole.clone();
            let (mut number, per_sector) = (count, sector / 4);
            while number / per_sector < field(0x2C) as usize {
                let at = place(field(0x4C + number / per_sector * 4)) + number % per_sector * 4;
                file[at..at + 4].copy_from_slice(&mark.to_le_bytes());
                number += 1;
            }
            assert_eq!(cells(&outcomes(&knowledge, &file)), alone, "{name}: behind the table {mark:x}");
        }
        let mut file = whole.clone();
        file.extend([7; 300]);
        assert_eq!(cells(&outcomes(&knowledge, &file)), alone, "{name}: behind the end");
        file.truncate(whole.len() - 1);
        let short = cells(&outcomes(&knowledge, &file));
        assert!(short.iter().flatten().all(|cell| alone[0].contains(cell)), "{name}: short");
    }
}
