//! Pages as sheets: XLSX, ODS, and SpreadsheetML as one XML file. Everything stands on one sheet, one piece below the other.

use super::grid::{Grid, Place, cell};
use super::html::escape;
use super::office::{SPACES, odf, odf_row, package, root};
use super::piece::Piece;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What a sheet holds as a number.
fn number(text: &str) -> Option<f64> {
    let plain =
        text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-') && text.chars().any(|c| c.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The pieces as grids of one sheet.
fn grids(pieces: &[Piece]) -> Vec<Grid> {
    let one = |piece: &Piece| match piece {
        Piece::Title(t) | Piece::Heading(t) | Piece::Text(t) => Grid::new(vec![vec![cell(t.clone())]], 0),
        Piece::Table(grid) => grid.clone(),
    };
    pieces.iter().map(one).collect()
}

/// A, B, …, Z, AA, …
fn column(mut at: usize) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'A' + (at % 26) as u8));
        if at < 26 {
            return out;
        }
        at = at / 26 - 1;
    }
}

fn begins(place: Option<Place>, r: usize, c: usize) -> Option<Place> {
    place.filter(|p| p.row == r && p.column == c)
}

/// An Excel workbook.
pub fn xlsx(pieces: &[Piece]) -> Vec<u8> {
    let (mut rows, mut merged) = (String::new(), Vec::new());
    let mut top = 1;
    for grid in grids(pieces) {
        for (r, line) in grid.places().iter().enumerate() {
            let at = top + r;
            rows.push_str(&format!("<row r=\"{at}\">"));
            for (c, place) in line.iter().enumerate() {
                let Some(place) = begins(*place, r, c) else { continue };
                let own = grid.at(place);
                let name = column(c);
                if own.cols > 1 || own.rows > 1 {
                    merged.push(format!("{name}{at}:{}{}", column(c + own.cols - 1), at + own.rows - 1));
                }
                match number(&own.text) {
                    Some(value) => rows.push_str(&format!("<c r=\"{name}{at}\"><v>{value}</v></c>")),
                    None if own.text.is_empty() => {}
                    None => rows.push_str(&format!(
                        "<c r=\"{name}{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escape(&own.text)
                    )),
                }
            }
            rows.push_str("</row>");
        }
        top += grid.rows.len();
    }
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let merges: String = merged.iter().map(|m| format!("<mergeCell ref=\"{m}\"/>")).collect();
    let merges = if merged.is_empty() {
        merges
    } else {
        format!("<mergeCells count=\"{}\">{merges}</mergeCells>", merged.len())
    };
    let sheet = format!("{XML}<worksheet xmlns=\"{space}\"><sheetData>{rows}</sheetData>{merges}</worksheet>");
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "{XML}<workbook xmlns=\"{space}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>\
         </sheets></workbook>"
    );
    let relations = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override \
         PartName=\"/xl/worksheets/sheet1.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
    );
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", root("xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An OpenDocument workbook.
pub fn ods(pieces: &[Piece]) -> Vec<u8> {
    let all = grids(pieces);
    let width = all.iter().map(Grid::width).max().unwrap_or(1);
    let mut rows = String::new();
    for grid in &all {
        for (r, line) in grid.places().iter().enumerate() {
            rows.push_str(&odf_row(grid, r, line, &number));
        }
    }
    let content = format!(
        "{XML}<office:document-content {SPACES} office:version=\"1.2\"><office:body><office:spreadsheet><table:table \
         table:name=\"Sheet1\"><table:table-column table:number-columns-repeated=\"{width}\"/>{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    odf("application/vnd.oasis.opendocument.spreadsheet", content)
}

/// The workbook of Excel 2003 as one XML file.
pub fn spreadsheet(pieces: &[Piece]) -> String {
    let mut rows = String::new();
    for grid in grids(pieces) {
        for (r, line) in grid.places().iter().enumerate() {
            rows.push_str("<Row>");
            for (c, place) in line.iter().enumerate() {
                let Some(place) = begins(*place, r, c) else { continue };
                let own = grid.at(place);
                let across = if own.cols > 1 { format!(" ss:MergeAcross=\"{}\"", own.cols - 1) } else { String::new() };
                let down = if own.rows > 1 { format!(" ss:MergeDown=\"{}\"", own.rows - 1) } else { String::new() };
                let kind = if number(&own.text).is_some() { "Number" } else { "String" };
                let text = own.text.replace('\n', "&#10;");
                let data = match own.text.is_empty() {
                    true => String::new(),
                    false => format!("<Data ss:Type=\"{kind}\">{}</Data>", escape(&text).replace("&amp;#10;", "&#10;")),
                };
                rows.push_str(&format!("<Cell ss:Index=\"{}\"{across}{down}>{data}</Cell>", c + 1));
            }
            rows.push_str("</Row>\n");
        }
    }
    format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
         xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Worksheet ss:Name=\"Sheet1\"><Table>\n{rows}</Table></Worksheet></Workbook>\n"
    )
}
