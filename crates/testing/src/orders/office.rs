//! Pages as documents of word processors: DOCX, ODT, Flat ODT, RTF.

use std::io::Write as _;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::grid::{Grid, Place};
use super::html::escape;
use super::piece::Piece;

/// A package of stored parts.
pub fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        // The first part of an ODF package says what it is, and is not compressed.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("a package ends").into_inner()
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

fn runs(text: &str) -> String {
    let parts: Vec<String> =
        text.split('\n').map(|t| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(t))).collect();
    format!("<w:p><w:r>{}</w:r></w:p>", parts.join("<w:br/>"))
}

/// A Word document.
pub fn docx(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(t) | Piece::Heading(t) | Piece::Text(t) => body.push_str(&runs(t)),
            Piece::Table(grid) => body.push_str(&docx_table(grid)),
        }
    }
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("{XML}<w:document xmlns:w=\"{space}\"><w:body>{body}<w:sectPr/></w:body></w:document>");
    let types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
    );
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", root("word/document.xml")),
        ("word/document.xml", document),
    ])
}

/// The relations of a package with its main part.
pub fn root(main: &str) -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{main}\"/>\
         </Relationships>"
    )
}

/// The places of a row that begin something: a cell, or its continuation from the row above.
fn begun(line: &[Option<Place>]) -> impl Iterator<Item = (usize, Place)> + '_ {
    line.iter().enumerate().filter_map(|(c, place)| place.filter(|p| p.column == c).map(|p| (c, p)))
}

fn docx_table(grid: &Grid) -> String {
    let columns = "<w:gridCol w:w=\"900\"/>".repeat(grid.width());
    let mut out =
        format!("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>");
    for (r, line) in grid.places().iter().enumerate() {
        out.push_str("<w:tr>");
        for (_, place) in begun(line) {
            let cell = grid.at(place);
            let first = place.row == r;
            let wide = if cell.cols > 1 { format!("<w:gridSpan w:val=\"{}\"/>", cell.cols) } else { String::new() };
            let merge = match (cell.rows > 1, first) {
                (true, true) => "<w:vMerge w:val=\"restart\"/>",
                (true, false) => "<w:vMerge/>",
                _ => "",
            };
            let text = if first { runs(&cell.text) } else { "<w:p/>".into() };
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{wide}{merge}</w:tcPr>{text}</w:tc>",
                900 * cell.cols
            ));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

fn paragraph(text: &str) -> String {
    // Blanks in a row are marks of their own in ODF.
    format!("<text:p>{}</text:p>", escape(text).replace("  ", " <text:s/>").replace('\n', "<text:line-break/>"))
}

/// A table of ODF; `number` gives the value of a cell that holds a number.
pub fn odf_table(grid: &Grid, name: usize, number: &dyn Fn(&str) -> Option<f64>) -> String {
    let mut out = format!(
        "<table:table table:name=\"T{name}\"><table:table-column table:number-columns-repeated=\"{}\"/>",
        grid.width()
    );
    for (r, line) in grid.places().iter().enumerate() {
        out.push_str(&odf_row(grid, r, line, number));
    }
    out.push_str("</table:table>");
    out
}

pub fn odf_row(grid: &Grid, r: usize, line: &[Option<Place>], number: &dyn Fn(&str) -> Option<f64>) -> String {
    let mut out = String::from("<table:table-row>");
    for (c, place) in line.iter().enumerate() {
        let Some(place) = place else {
            out.push_str("<table:table-cell/>");
            continue;
        };
        let cell = grid.at(*place);
        if place.row != r || place.column != c {
            out.push_str("<table:covered-table-cell/>");
            continue;
        }
        let mut marks = String::new();
        if cell.cols > 1 || cell.rows > 1 {
            marks =
                format!(" table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"", cell.cols, cell.rows);
        }
        if let Some(value) = number(&cell.text) {
            marks.push_str(&format!(" office:value-type=\"float\" office:value=\"{value}\""));
        }
        let text = if cell.text.is_empty() { String::new() } else { paragraph(&cell.text) };
        out.push_str(&format!("<table:table-cell{marks}>{text}</table:table-cell>"));
    }
    out.push_str("</table:table-row>");
    out
}

pub const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";

fn odf_body(pieces: &[Piece]) -> String {
    let mut body = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Title(t) | Piece::Heading(t) => {
                body.push_str(&format!("<text:h text:outline-level=\"1\">{}</text:h>", escape(t)));
            }
            Piece::Text(t) => body.push_str(&paragraph(t)),
            Piece::Table(grid) => body.push_str(&odf_table(grid, i, &|_| None)),
        }
    }
    body
}

/// The parts of an ODF package.
pub fn odf(mime: &str, content: String) -> Vec<u8> {
    let manifest = format!(
        "{XML}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry \
         manifest:full-path=\"/\" manifest:media-type=\"{mime}\"/><manifest:file-entry manifest:full-path=\"content.xml\" \
         manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    package(&[("mimetype", mime.into()), ("content.xml", content), ("META-INF/manifest.xml", manifest)])
}

/// An OpenDocument text.
pub fn odt(pieces: &[Piece]) -> Vec<u8> {
    let body = odf_body(pieces);
    let content = format!(
        "{XML}<office:document-content {SPACES} office:version=\"1.2\"><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    odf("application/vnd.oasis.opendocument.text", content)
}

/// The same as one XML file.
pub fn fodt(pieces: &[Piece]) -> String {
    format!(
        "{XML}<office:document {SPACES} office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:body><office:text>{}</office:text></office:body></office:document>",
        odf_body(pieces)
    )
}

fn rtf_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\line "),
            '\\' | '{' | '}' => out.push_str(&format!("\\{c}")),
            c if c.is_ascii() => out.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|u| out.push_str(&format!("\\u{}?", *u as i16))),
        }
    }
    out
}

/// Rich Text Format.
pub fn rtf(pieces: &[Piece]) -> String {
    let mut out = String::from("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}\\uc1\n");
    for piece in pieces {
        match piece {
            Piece::Title(t) | Piece::Heading(t) | Piece::Text(t) => {
                out.push_str(&format!("\\pard\\plain {}\\par\n", rtf_text(t)));
            }
            Piece::Table(grid) => {
                for (r, line) in grid.places().iter().enumerate() {
                    let (mut edges, mut cells) = (String::new(), String::new());
                    for (c, place) in begun(line) {
                        let cell = grid.at(place);
                        edges.push_str(match (cell.rows > 1, place.row == r) {
                            (true, true) => "\\clvmgf",
                            (true, false) => "\\clvmrg",
                            _ => "",
                        });
                        edges.push_str(&format!("\\cellx{}", 900 * (c + cell.cols)));
                        let text = if place.row == r { rtf_text(&cell.text) } else { String::new() };
                        cells.push_str(&format!("{text}\\cell "));
                    }
                    out.push_str(&format!("\\trowd{edges}\\pard\\intbl {cells}\\row\n"));
                }
                out.push_str("\\pard\n");
            }
        }
    }
    out + "}"
}
