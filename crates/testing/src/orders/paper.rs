//! Pages as ink: PDF and OFD on one long sheet with ruled tables.
//!
//! Owns where each line of text and each rule goes, and the two writers of these.

use super::grid::Grid;
use super::html::escape;
use super::office::package;
use super::piece::Piece;

const SIZE: f64 = 8.0;
const LEADING: f64 = 10.0;
const PAD: f64 = 2.5;
const MARGIN: f64 = 40.0;
/// Width of a column of figures.
const COLUMN: f64 = 46.0;

/// A line of text with its baseline, from the top left corner, in points.
struct Ink {
    x: f64,
    y: f64,
    text: String,
}

/// The sheet: its size, its texts, and its rules as left, top, right, bottom.
#[derive(Default)]
struct Sheet {
    width: f64,
    height: f64,
    texts: Vec<Ink>,
    rules: Vec<[f64; 4]>,
}

fn measure(c: char) -> f64 {
    if c.is_ascii() || c == '\u{a0}' { SIZE / 2.0 } else { SIZE }
}

fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut out = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        let mut used = 0.0;
        // A run of digits stays in one line, as every program sets it.
        let chars: Vec<char> = part.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let run = chars[at..].iter().take_while(|c| c.is_ascii_graphic()).count().max(1);
            let word = &chars[at..at + run];
            let wide: f64 = word.iter().map(|c| measure(*c)).sum();
            if used + wide > width && !line.is_empty() {
                out.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.extend(word);
            used += wide;
            at += run;
        }
        out.push(line);
    }
    out
}

/// Lays the pieces out.
fn set(pieces: &[Piece]) -> Sheet {
    let most = pieces.iter().map(|p| if let Piece::Table(g) = p { g.width() } else { 1 }).max().unwrap_or(1);
    let mut sheet = Sheet { width: (most as f64 * COLUMN + 2.0 * MARGIN + 200.0).max(700.0), ..Sheet::default() };
    let mut y = MARGIN;
    for piece in pieces {
        match piece {
            Piece::Title(t) | Piece::Heading(t) | Piece::Text(t) => {
                for line in wrapped(t, sheet.width - 2.0 * MARGIN) {
                    sheet.texts.push(Ink { x: MARGIN, y: y + SIZE, text: line });
                    y += LEADING * 1.3;
                }
                y += LEADING / 2.0;
            }
            Piece::Table(grid) => y = table(&mut sheet, grid, y) + LEADING,
        }
    }
    sheet.height = y + MARGIN;
    sheet
}

/// Sets a table from `top` on; gives its lower edge.
fn table(sheet: &mut Sheet, grid: &Grid, top: f64) -> f64 {
    let places = grid.places();
    // A column is as wide as its widest text of one place needs, within reason.
    let mut widths = vec![COLUMN; grid.width()];
    for (r, line) in places.iter().enumerate() {
        for (c, place) in line.iter().enumerate() {
            let Some(place) = place.filter(|p| p.row == r && p.column == c) else { continue };
            let cell = grid.at(place);
            let longest: f64 = cell.text.split('\n').map(|t| t.chars().map(measure).sum()).fold(0.0, f64::max);
            if cell.cols == 1 {
                widths[c] = widths[c].max((longest + 2.0 * PAD + 1.0).min(110.0));
            }
        }
    }
    let mut edges = vec![MARGIN];
    widths.iter().for_each(|w| edges.push(edges[edges.len() - 1] + w));
    sheet.width = sheet.width.max(edges[edges.len() - 1] + MARGIN);
    let mut heights = vec![LEADING + 2.0 * PAD; grid.rows.len()];
    let mut cells = Vec::new();
    for (r, line) in places.iter().enumerate() {
        for (c, place) in line.iter().enumerate() {
            let Some(place) = place.filter(|p| p.row == r && p.column == c) else { continue };
            let cell = grid.at(place);
            let lines = wrapped(&cell.text, edges[c + cell.cols] - edges[c] - 2.0 * PAD);
            let need = lines.len() as f64 * LEADING + 2.0 * PAD;
            let have: f64 = heights[r..r + cell.rows].iter().sum();
            if need > have {
                heights[r + cell.rows - 1] += need - have;
            }
            cells.push((r, c, cell.rows, cell.cols, lines));
        }
    }
    let mut tops = vec![top];
    heights.iter().for_each(|h| tops.push(tops[tops.len() - 1] + h));
    for (r, c, rows, cols, lines) in cells {
        let frame = [edges[c], tops[r], edges[c + cols], tops[r + rows]];
        sheet.rules.extend([
            [frame[0], frame[1], frame[2], frame[1]],
            [frame[0], frame[3], frame[2], frame[3]],
            [frame[0], frame[1], frame[0], frame[3]],
            [frame[2], frame[1], frame[2], frame[3]],
        ]);
        let free = frame[3] - frame[1] - lines.len() as f64 * LEADING;
        for (i, text) in lines.into_iter().enumerate().filter(|l| !l.1.trim().is_empty()) {
            let y = frame[1] + free / 2.0 + LEADING * i as f64 + SIZE;
            sheet.texts.push(Ink { x: frame[0] + PAD, y, text });
        }
    }
    tops[tops.len() - 1]
}

/// A PDF with a font that readers bring.
pub fn pdf(pieces: &[Piece]) -> Vec<u8> {
    let sheet = set(pieces);
    let mut content = String::from("0.5 w\n");
    for [x0, y0, x1, y1] in &sheet.rules {
        content.push_str(&format!("{x0:.2} {:.2} m {x1:.2} {:.2} l S\n", sheet.height - y0, sheet.height - y1));
    }
    for ink in &sheet.texts {
        let coded: String = ink.text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        content.push_str(&format!("BT /F1 {SIZE} Tf {:.2} {:.2} Td <{coded}> Tj ET\n", ink.x, sheet.height - ink.y));
    }
    let font = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
                /Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/CIDSystemInfo<</Registry(Adobe)\
                /Ordering(GB1)/Supplement 4>>>>]>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {:.2} {:.2}]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
            sheet.width, sheet.height
        ),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len() + 1),
        font.to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let table = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|p| out.push_str(&format!("{p:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

/// An OFD package (GB/T 33190); lengths in millimetres.
pub fn ofd(pieces: &[Piece]) -> Vec<u8> {
    const MM: f64 = 25.4 / 72.0;
    let sheet = set(pieces);
    let mut objects = String::new();
    let mut id = 100;
    for rule in &sheet.rules {
        let [x0, y0, x1, y1] = rule.map(|v| v * MM);
        id += 1;
        objects.push_str(&format!(
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{:.3} {:.3} {:.3} {:.3}\" LineWidth=\"0.18\"><ofd:StrokeColor \
             Value=\"0 0 0\"/><ofd:AbbreviatedData>M 0.2 0.2 L {:.3} {:.3}</ofd:AbbreviatedData></ofd:PathObject>",
            x0 - 0.2,
            y0 - 0.2,
            x1 - x0 + 0.4,
            y1 - y0 + 0.4,
            x1 - x0 + 0.2,
            y1 - y0 + 0.2
        ));
    }
    for ink in &sheet.texts {
        id += 1;
        let size = SIZE * MM;
        let steps: Vec<f64> = ink.text.chars().map(|c| measure(c) * MM).collect();
        let wide: f64 = steps.iter().sum();
        let deltas: Vec<String> = steps[..steps.len().saturating_sub(1)].iter().map(|s| format!("{s:.3}")).collect();
        let deltas = if deltas.is_empty() { String::new() } else { format!(" DeltaX=\"{}\"", deltas.join(" ")) };
        objects.push_str(&format!(
            "<ofd:TextObject ID=\"{id}\" Boundary=\"{:.3} {:.3} {wide:.3} {:.3}\" Font=\"3\" Size=\"{size:.3}\"><ofd:FillColor \
             Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"{size:.3}\"{deltas}>{}</ofd:TextCode></ofd:TextObject>",
            ink.x * MM,
            (ink.y - SIZE) * MM,
            size * 1.3,
            escape(&ink.text)
        ));
    }
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let paper = format!("<ofd:PhysicalBox>0 0 {:.2} {:.2}</ofd:PhysicalBox>", sheet.width * MM, sheet.height * MM);
    let main = format!(
        "{head}<ofd:OFD {space} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0f0e</ofd:DocID></ofd:DocInfo>\
         <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let document = format!(
        "{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>{paper}</ofd:PageArea>\
         <ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID=\"10\" \
         BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"
    );
    let fonts = format!(
        "{head}<ofd:Res {space} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"3\" FontName=\"宋体\" FamilyName=\"宋体\" \
         Charset=\"unicode\"/></ofd:Fonts></ofd:Res>"
    );
    let page = format!(
        "{head}<ofd:Page {space}><ofd:Area>{paper}</ofd:Area><ofd:Content><ofd:Layer ID=\"11\" Type=\"Body\">{objects}\
         </ofd:Layer></ofd:Content></ofd:Page>"
    );
    package(&[
        ("OFD.xml", main),
        ("Doc_0/Document.xml", document),
        ("Doc_0/PublicRes.xml", fonts),
        ("Doc_0/Pages/Page_0/Content.xml", page),
    ])
}
