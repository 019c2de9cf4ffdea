//! Files made to exhaust a reader: each is given up with a reason, or read as the little that it is.
//!
//! Time and memory are not asserted; `NIANBAO_BOMBS=folder` writes the files there, to be watched one at a time with
//! `/usr/bin/time -v nianbao show`.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use flate2::write::{DeflateEncoder, ZlibEncoder};
use flate2::{Compression, FlushCompress};
use nianbao_dataset::{Bounds, FileFacts, read_bytes};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const GIGABYTE: usize = 1 << 30;
const DEEP: usize = 10_000;

/// Reads a bomb; every outcome as status and reason.
fn outcomes(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    if let Some(folder) = std::env::var_os("NIANBAO_BOMBS") {
        std::fs::write(PathBuf::from(folder).join(name), bytes).unwrap();
    }
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let outcome = FileFacts::named(name);
    let outcomes = read_bytes(&knowledge, outcome, bytes, &Bounds::default());
    outcomes.into_iter().map(|o| (o.facts.status.code().to_owned(), o.facts.reason.unwrap_or_default())).collect()
}

fn refused(name: &str, bytes: &[u8], why: &str) {
    let outcomes = outcomes(name, bytes);
    assert!(
        outcomes.len() == 1 && outcomes[0].0 == "unreadable" && outcomes[0].1.contains(why),
        "{name}: {outcomes:?}"
    );
}

fn harmless(name: &str, bytes: &[u8]) {
    for (status, reason) in outcomes(name, bytes) {
        assert!(["not_a_report", "needs_ocr", "no_tables"].contains(&&*status), "{name}: {status} {reason}");
    }
}

/// So many equal bytes as bare deflate: one block of a megabyte, repeated.
fn deflated(byte: u8, count: usize) -> Vec<u8> {
    let mut packer = flate2::Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 16);
    let input = vec![byte; 1 << 20];
    packer.compress_vec(&input, &mut block, FlushCompress::Full).unwrap();
    let mut all = block.repeat(count >> 20);
    // An empty block with the mark of the last one.
    all.extend([1, 0, 0, 0xFF, 0xFF]);
    all
}

/// The same with its header; the checksum is left out, as some programs do.
fn zlib(byte: u8, count: usize) -> Vec<u8> {
    [vec![0x78, 0xDA], deflated(byte, count)].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dict}/Length {}>>stream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of these objects; the first is the catalogue, if it is not in a stream.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let end = format!("{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF", objects.len() + 1, bytes.len());
    bytes.extend(end.into_bytes());
    bytes
}

/// A PDF of one page, with these resources and this content, and what they refer to from object 5 on.
fn page(resources: &str, content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<<{resources}>>>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// A zip of one member that is packed already; what it states of its checksum is wrong, but nobody comes to see it.
fn zip_of(name: &str, packed: &[u8], size: usize) -> Vec<u8> {
    let mut fields = Vec::new();
    fields.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    fields.extend((packed.len() as u32).to_le_bytes());
    fields.extend((size as u32).to_le_bytes());
    fields.extend((name.len() as u16).to_le_bytes());
    fields.extend([0, 0]);
    let mut bytes = [b"PK\x03\x04", &*fields, name.as_bytes(), packed].concat();
    let start = bytes.len() as u32;
    bytes.extend([&b"PK\x01\x02\x14\x00"[..], &fields, &[0; 14], name.as_bytes()].concat());
    let length = bytes.len() as u32 - start;
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx(sheet: &str) -> Vec<u8> {
    let book = r#"<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>"#;
    let relations = r#"<R><Relationship Id="r1" Type="x/worksheet" Target="sheet1.xml"/></R>"#;
    package(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn packed_pdf() {
    let blanks = || stream("/Filter/FlateDecode", &zlib(b' ', GIGABYTE));
    let empty = || stream("", b"");
    refused("content.pdf", &page("", blanks(), Vec::new()), "unpacks to too much");
    let text = || stream("", b"BT /F 9 Tf 9 9 Td <41> Tj ET /X Do");
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", &zlib(b' ', GIGABYTE));
    refused("form.pdf", &page("/XObject<</X 5 0 R>>", text(), vec![form]), "unpacks to too much");
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/ToUnicode 6 0 R>>".to_vec();
    refused("unicode.pdf", &page("/Font<</F 5 0 R>>", text(), vec![font, blanks()]), "unpacks to too much");
    // Each below the limit, all of them beyond it.
    let part = || stream("/Filter/FlateDecode", &zlib(b' ', GIGABYTE / 16));
    refused("parts.pdf", &page("", empty(), (0..16).map(|_| part()).collect()), "unpacks to too much");
    let twice = packed(&zlib(b' ', GIGABYTE));
    let twice = stream("/Filter[/FlateDecode/FlateDecode]", &twice);
    refused("twice.pdf", &page("", twice, Vec::new()), "unpacks to too much");
    let escaped = stream("/Filter/Fl#61teDecode", &zlib(b' ', GIGABYTE));
    refused("escaped.pdf", &page("", escaped, Vec::new()), "unpacks to too much");
    let bare = stream("/Filter/FlateDecode", &deflated(b' ', GIGABYTE));
    refused("bare.pdf", &page("", bare, Vec::new()), "unpacks to too much");
    let runs = stream("/Filter[/FlateDecode/RunLengthDecode]", &zlib(0x81, 16 << 20));
    refused("runs.pdf", &page("", runs, Vec::new()), "unpacks to too much");
}

#[test]
fn packed_structure_of_a_pdf() {
    let objects = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &zlib(b' ', GIGABYTE));
    let catalogue = b"<</Type/Catalog/Pages 3 0 R>>".to_vec();
    refused("objects.pdf", &pdf(&[catalogue.clone(), objects]), "unpacks to too much");
    let columns = "/DecodeParms<</Predictor 12/Columns 9000000000000>>";
    let dict = format!("/Type/ObjStm/N 1/First 4/Filter/FlateDecode{columns}");
    refused("columns.pdf", &pdf(&[catalogue, stream(&dict, &packed(b"3 0 <<>>"))]), "absurdly long rows");
    let content = stream(&format!("/Filter/FlateDecode{columns}"), &packed(b"q Q"));
    refused("rows.pdf", &page("", content, Vec::new()), "absurdly long rows");
    let mut bytes = b"%PDF-1.7\n1 0 obj\n".to_vec();
    let dict = "/Type/XRef/Size 9/W[1 4 2]/Root 2 0 R/Filter/FlateDecode";
    bytes.extend(stream(dict, &zlib(1, GIGABYTE)));
    bytes.extend(b"\nendobj\nstartxref\n9\n%%EOF");
    refused("references.pdf", &bytes, "unpacks to too much");
}

#[test]
fn what_a_pdf_makes_more_of() {
    let shade = "/C cs .5 scn 1 1 9 9 re f ";
    let function = |dict: &str, data: &[u8]| {
        let more = vec![stream(&format!("{dict}/Domain[0 1]/Range[0 1]/Filter/FlateDecode"), data)];
        page("/ColorSpace<</C[/Separation/X/DeviceGray 5 0 R]>>", stream("", shade.as_bytes()), more)
    };
    let samples = "/FunctionType 0/Size[400000000]/BitsPerSample 1";
    refused("samples.pdf", &function(samples, &packed(&vec![0; 1 << 20])), "samples");
    refused("program.pdf", &function("/FunctionType 4", &zlib(b' ', 32 << 20)), "unpacks to too much");
    refused("braces.pdf", &function("/FunctionType 4", &packed(&b"{".repeat(1_000_000))), "nested too deep");
    let font = || b"<</Type/Font/Subtype/Type1/BaseFont/A>>".to_vec();
    let text = |count: usize| {
        let string = format!("BT /F 9 Tf <{}> Tj ET", "41".repeat(count));
        page("/Font<</F 5 0 R>>", stream("/Filter/FlateDecode", &packed(string.as_bytes())), vec![font()])
    };
    refused("string.pdf", &text(4 << 20), "a string of");
    // A font without widths: all its letters stand at one place, and are one.
    harmless("letters.pdf", &text(1 << 20));
}

#[test]
fn chains_of_a_pdf() {
    let shade = || stream("", b"/C cs .5 scn 1 1 9 9 re f ");
    let chain = |link: &dyn Fn(usize) -> String| (0..DEEP).map(|n| link(n + 6).into_bytes()).collect::<Vec<_>>();
    let direct = "/ColorSpace<</C 5 0 R>>";
    let why = "endless";
    let indexed = chain(&|n| format!("[/Indexed {n} 0 R 1 <00>]"));
    refused("indexed.pdf", &page(direct, shade(), indexed), why);
    // The end of the chain stands first in the file.
    let last = DEEP + 4;
    let back = |n: usize| format!("[/Indexed {} 0 R 1 <00>]", n - 2).into_bytes();
    let mut turned = vec![b"/DeviceRGB".to_vec()];
    turned.extend((7..=last + 1).map(back));
    refused("turned.pdf", &page(&format!("/ColorSpace<</C {last} 0 R>>"), shade(), turned), why);
    let tints = chain(&|n| format!("[/Separation/X {n} 0 R {n} 0 R]"));
    refused("tints.pdf", &page(direct, shade(), tints), why);
    let patterns = chain(&|n| format!("[/Pattern {n} 0 R]"));
    refused("patterns.pdf", &page(direct, shade(), patterns), why);
    let profiles = chain(&|n| match n % 2 {
        0 => format!("[/ICCBased {n} 0 R]"),
        _ => format!("<</N 3/Alternate {n} 0 R/Length 1>>stream\n \nendstream"),
    });
    refused("profiles.pdf", &page(direct, shade(), profiles), why);
    let functions = chain(&|n| format!("<</FunctionType 3/Domain[0 1]/Functions[{n} 0 R]/Bounds[]/Encode[0 1]>>"));
    let separation = "/ColorSpace<</C[/Separation/X/DeviceGray 5 0 R]>>";
    refused("functions.pdf", &page(separation, shade(), functions), why);
    let nested = format!("{}/DeviceRGB{}", "[/Indexed ".repeat(400), " 1 <00>]".repeat(400));
    refused("direct.pdf", &page(direct, shade(), vec![nested.into_bytes()]), why);
    let usual = b"[/Indexed[/Separation/X[/ICCBased 6 0 R]7 0 R]1<00>]".to_vec();
    let profile = stream("/N 3/Alternate/DeviceRGB", b" ");
    let ramp = b"<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0]/C1[1 1 1]>>".to_vec();
    harmless("usual.pdf", &page(direct, shade(), vec![usual, profile, ramp]));
}

#[test]
fn page_trees() {
    let catalogue = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    let node = |kids: &str| format!("<</Type/Pages/Count 1/Kids[{kids}]>>").into_bytes();
    refused("loop.pdf", &pdf(&[catalogue.clone(), node("3 0 R 2 0 R"), node("2 0 R 3 0 R")]), "without pages");
    let mut objects = vec![catalogue];
    objects.extend((0..DEEP).map(|n| node(&format!("{} 0 R", n + 3))));
    objects.push(b"<</Type/Page/MediaBox[0 0 400 300]>>".to_vec());
    harmless("deep.pdf", &pdf(&objects));
    let nested = format!("<</Type/Catalog/Pages {}", "<</Kids[".repeat(DEEP));
    refused("nested.pdf", &pdf(&[nested.into_bytes()]), "no PDF structure");
    let widths = "[".repeat(DEEP);
    let font = format!("<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[<</W {widths}>>]>>").into_bytes();
    harmless("arrays.pdf", &page("/Font<</F 5 0 R>>", stream("", b"BT /F 9 Tf <41> Tj ET"), vec![font]));
}

#[test]
fn packed_packages() {
    let blanks = deflated(b' ', GIGABYTE);
    refused("blanks.docx", &zip_of("word/document.xml", &blanks, GIGABYTE), "unpacks to more than");
    refused("liar.docx", &zip_of("word/document.xml", &blanks, 99), "larger than its declared");
    refused("blanks.ofd", &zip_of("OFD.xml", &blanks, GIGABYTE), "unpacks to more than");
    // Not beyond any limit: only an odd document.
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    for n in 0..20_000_000_u32 {
        packer.write_all(&[b' ', b"\n\t \r"[(n.wrapping_mul(0x9E37_79B9) >> 30) as usize]]).unwrap();
    }
    refused("odd.docx", &zip_of("word/document.xml", &packer.finish().unwrap(), 40_000_000), "word/document.xml");
    let all = outcomes("member.zip", &zip_of("a.txt", &blanks, GIGABYTE));
    assert!(all.len() == 2 && all[1].0 == "unreadable" && all[1].1.contains("unpacks to"), "{all:?}");
}

#[test]
fn nested_tables() {
    let word = |body: String| {
        package(&[("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())])
    };
    let nest = |open: &str, close: &str| format!("{}<w:p/>{}", open.repeat(DEEP), close.repeat(DEEP));
    let docx = word(nest("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"));
    refused("tables.docx", &docx, "nested deeper");
    let odt =
        nest("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>");
    let odt = format!(
        "<office:document-content><office:body><office:text>{odt}</office:text></office:body></office:document-content>"
    );
    let media = b"application/vnd.oasis.opendocument.text";
    refused("tables.odt", &package(&[("mimetype", media), ("content.xml", odt.as_bytes())]), "nested deeper");
    harmless("tables.html", "<table><tr><td>1".repeat(DEEP).as_bytes());
    let mut rtf = String::from("{\\rtf1 ");
    for depth in 1..=DEEP {
        write!(rtf, "\\pard\\intbl\\itap{depth} 1\\nestcell{{\\*\\nesttableprops\\trowd\\cellx99\\nestrow}}").unwrap();
    }
    harmless("tables.rtf", rtf.as_bytes());
    harmless("depth.rtf", b"{\\rtf1 \\pard\\intbl\\itap2147483647 1\\nestcell\\nestrow 1\\cell\\row}");
}

#[test]
fn braces_of_rtf() {
    let mut bytes = b"{\\rtf1 ".to_vec();
    bytes.resize(50 << 20, b'{');
    refused("braces.rtf", &bytes, "nested too deep");
    let pairs = [&b"{\\rtf1 "[..], &b"{}".repeat(25 << 20)].concat();
    harmless("pairs.rtf", &pairs);
    let cells = [&b"{\\rtf1 "[..], &b"\\cell".repeat(10 << 20)].concat();
    refused("cells.rtf", &cells, "a table of more than");
}

#[test]
fn zips_in_zips() {
    let mut bytes = b"text".to_vec();
    for depth in 0..10 {
        bytes = package(&[(&format!("{depth}.zip"), &bytes)]);
    }
    let all = outcomes("nested.zip", &bytes);
    let last = all.last().unwrap();
    assert!(last.0 == "unreadable" && last.1.contains("nested deeper"), "{all:?}");
    // Every level holds the one below ten times.
    let mut bytes = vec![b' '; 1 << 20];
    for _ in 0..10 {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..10 {
            zip.start_file(format!("{n}.zip"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        bytes = zip.finish().unwrap().into_inner();
    }
    let all = outcomes("wide.zip", &bytes);
    assert!(all.len() < 2_000 && all.iter().any(|(_, reason)| reason.contains("nested deeper")), "{}", all.len());
}

/// A zip whose members all are one and the same, under so many names.
fn names(count: usize) -> Vec<u8> {
    let fields = [&[20, 0, 0, 8][..], &[0; 18], &[7, 0, 0, 0]].concat();
    let mut bytes = [b"PK\x03\x04", &*fields, b"0000000"].concat();
    let start = bytes.len() as u64;
    for n in 0..count {
        bytes.extend(b"PK\x01\x02\x14\0");
        bytes.extend(&fields);
        bytes.extend([0; 14]);
        write!(bytes, "{n:07}").unwrap();
    }
    let end = bytes.len() as u64;
    let numbers = |list: &[u64]| list.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    bytes.extend(b"PK\x06\x06");
    bytes.extend(numbers(&[44]));
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(numbers(&[count as u64, count as u64, end - start, start]));
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(numbers(&[end]));
    bytes.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0");
    bytes.extend([0xFF; 12]);
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn many_names() {
    let few = outcomes("few.zip", &names(50));
    assert_eq!(few.len(), 51, "{few:?}");
    refused("names.zip", &names(1_000_000), "members");
}

#[test]
fn far_cells() {
    let sheet = |far: &str| {
        xlsx(&format!(
            r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}
            </sheetData></worksheet>"#
        ))
    };
    harmless("near.xlsx", &sheet(r#"<row r="2"><c r="B2"><v>1</v></c></row>"#));
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    // Two cells at the ends of a sheet are two tables of one cell.
    harmless("far.xlsx", &sheet(far));
    let merged = r#"<row r="2"><c r="B2"><v>1</v></c></row></sheetData><mergeCells>
        <mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>"#;
    harmless("merged.xlsx", &sheet(merged));
}

#[test]
fn pages_of_ofd() {
    let ofd = |template: &str, pages: &str| {
        let document = format!(
            r#"<Document><CommonData><TemplatePage ID="1" BaseLoc="{template}"/></CommonData><Pages>{pages}</Pages></Document>"#
        );
        let page = r#"<Page><Template TemplateID="1"/><Content><Layer><TextObject Boundary="9 9 90 9" Size="4">
            <TextCode X="0" Y="4" DeltaX="g 99999999999 4">ab</TextCode></TextObject></Layer></Content></Page>"#;
        let root = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>";
        package(&[
            ("OFD.xml", root.as_bytes()),
            ("Doc_0/Document.xml", document.as_bytes()),
            ("Doc_0/P.xml", page.as_bytes()),
        ])
    };
    harmless("itself.ofd", &ofd("P.xml", r#"<Page BaseLoc="P.xml"/>"#));
    refused(
        "document.ofd",
        &ofd("Document.xml", &r#"<Page BaseLoc="P.xml"/>"#.repeat(100_000)),
        "more than 2000 pages",
    );
}
