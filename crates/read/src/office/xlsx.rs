//! XLSX: the visible sheets of a workbook, transitional or strict.
//!
//! Owns what a cell holds: stored values of formulas, texts, numbers, truth values, errors, dates. Refuses hidden
//! sheets, charts, comments and number formats other than dates; hidden rows and columns are read. Sheets are streamed,
//! because their stated size may be absurd.

use super::package::Package;
use super::sheet::{Area, Book, Sheet, Shown, formatted};
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Fault, Limits};
use nianbao_document::Document;

/// Number formats and styles of a workbook that count.
const MAX_STYLES: usize = 100_000;

/// Reads a workbook: sheets in order, each row a line that goes on counting from the sheet before.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if parts need a password,
/// [`Fault::Limit`] if it or one of its sheets is too large.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part().ok().flatten().filter(|p| package.has(p));
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (sheets, is_1904) = workbook(&mut package, &main)?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());
    let strings = shared_strings(&mut package, part("sharedStrings"))?;
    let formats = formats(&mut package, part("styles"))?;
    let mut book = Book::default();
    for id in sheets {
        let target = relations.iter().find(|r| r.id == id && r.kind == "worksheet");
        let Some(target) = target else { continue };
        let text = package.needed(&target.target)?;
        let xml = Xml::new(&text, package.clock());
        let mut reading =
            Reading { xml, strings: &strings, formats: &formats, is_1904, book: &mut book, sheet: Sheet::default() };
        reading.read()?;
        let sheet = reading.sheet;
        book.write(sheet)?;
    }
    Ok(book.finish())
}

/// The relations of the visible sheets, in order, and whether days count from 1904.
fn workbook(package: &mut Package<'_>, part: &str) -> Result<(Vec<String>, bool), Fault> {
    let text = package.needed(part)?;
    let mut xml = Xml::new(&text, package.clock());
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Piece::Open(e) if e.local_name().as_ref() == "sheet" => {
                if attribute(&e, "state").is_none_or(|s| s == "visible") {
                    sheets.extend(attribute(&e, "id").map(std::borrow::Cow::into_owned));
                }
            }
            Piece::Open(e) if e.local_name().as_ref() == "workbookPr" => {
                is_1904 = attribute(&e, "date1904").is_some_and(|v| v == "1" || v == "true");
            }
            Piece::End => return Ok((sheets, is_1904)),
            Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
        }
    }
}

/// The texts that cells refer to by number.
fn shared_strings(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, Fault> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text, package.clock());
    let mut strings = Vec::new();
    loop {
        match xml.next()? {
            Piece::Open(e) if e.local_name().as_ref() == "si" => strings.push(string(&mut xml)?),
            Piece::End => return Ok(strings),
            Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
        }
    }
}

/// The text of a string item that was just opened: its runs, without how they are spoken.
fn string(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let (mut text, mut depth, mut wanted) = (String::new(), 1_usize, false);
    while depth > 0 {
        match xml.next()? {
            Piece::Open(e) => match e.local_name().as_ref() {
                "rPh" | "phoneticPr" | "rPr" => xml.skip()?,
                name => {
                    wanted = name == "t";
                    depth = depth.saturating_add(1);
                }
            },
            Piece::Close => {
                wanted = false;
                depth = depth.saturating_sub(1);
            }
            Piece::Text(piece) if wanted => text.push_str(&piece),
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    Ok(unescape(text))
}

/// Characters that XML cannot hold are written `_x000D_`.
fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        plain.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let code = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32);
        let taken = if c.is_some() { 7 } else { 2 };
        match c {
            Some('\r') => {}
            Some(c) => plain.push(c),
            None => plain.push_str("_x"),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// What the number format of each style shows.
fn formats(package: &mut Package<'_>, part: &str) -> Result<Vec<Shown>, Fault> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text, package.clock());
    let mut own = std::collections::HashMap::new();
    let (mut styles, mut of_cells) = (Vec::new(), false);
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::Close | Piece::Text(_) => continue,
            Piece::End => break,
        };
        let id = || attribute(&element, "numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
        match element.local_name().as_ref() {
            "numFmt" if own.len() < MAX_STYLES => {
                own.insert(id(), Shown::of_code(&attribute(&element, "formatCode").unwrap_or_default()));
            }
            "cellXfs" => of_cells = true,
            "cellStyles" | "cellStyleXfs" | "dxfs" => of_cells = false,
            "xf" if of_cells && styles.len() < MAX_STYLES => styles.push(id()),
            _ => {}
        }
    }
    Ok(styles.into_iter().map(|id| own.get(&id).copied().unwrap_or_else(|| Shown::built_in(id))).collect())
}

struct Reading<'a> {
    xml: Xml<'a>,
    strings: &'a [String],
    formats: &'a [Shown],
    is_1904: bool,
    book: &'a mut Book,
    sheet: Sheet,
}

impl Reading<'_> {
    fn read(&mut self) -> Result<(), Fault> {
        let (mut row, mut column, mut rows) = (0_u32, 0_u32, 0_u32);
        loop {
            let element = match self.xml.next()? {
                Piece::Open(element) => element,
                Piece::Close | Piece::Text(_) => continue,
                Piece::End => return Ok(()),
            };
            match element.local_name().as_ref() {
                "row" => {
                    let stated = attribute(&element, "r").and_then(|r| r.parse::<u32>().ok());
                    row = stated.and_then(|r| r.checked_sub(1)).unwrap_or(rows);
                    rows = row.saturating_add(1);
                    column = 0;
                }
                "c" => {
                    if let Some((r, c)) = attribute(&element, "r").and_then(|r| place(&r)) {
                        (row, column) = (r, c);
                    }
                    let kind = attribute(&element, "t").unwrap_or_default();
                    let style = attribute(&element, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
                    let format = self.formats.get(style).copied().unwrap_or_default();
                    let text = self.cell(&kind, format)?;
                    self.book.put(&mut self.sheet, row, column, text)?;
                    column = column.saturating_add(1);
                }
                "mergeCell" => {
                    let reference = attribute(&element, "ref").unwrap_or_default();
                    if let Some((from, to)) = reference.split_once(':')
                        && let (Some((top, left)), Some((bottom, right))) = (place(from), place(to))
                    {
                        self.book.merge(&mut self.sheet, Area { top, left, bottom, right })?;
                    }
                }
                _ => {}
            }
        }
    }

    /// The text of a cell that was just opened.
    fn cell(&mut self, kind: &str, format: Shown) -> Result<String, Fault> {
        let (mut stored, mut inline, mut depth, mut wanted) = (String::new(), None, 1_usize, false);
        while depth > 0 {
            match self.xml.next()? {
                Piece::Open(e) => match e.local_name().as_ref() {
                    "is" => inline = Some(string(&mut self.xml)?),
                    "v" => {
                        wanted = true;
                        depth = depth.saturating_add(1);
                    }
                    _ => self.xml.skip()?,
                },
                Piece::Close => {
                    wanted = false;
                    depth = depth.saturating_sub(1);
                }
                Piece::Text(piece) if wanted => stored.push_str(&piece),
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        let number = || stored.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        Ok(match (kind, inline) {
            (_, Some(text)) => text,
            ("s", None) => {
                let index = stored.trim().parse::<usize>().ok();
                index.and_then(|i| self.strings.get(i)).cloned().unwrap_or_default()
            }
            ("b", None) => match stored.trim() {
                "1" | "true" => "TRUE".to_owned(),
                "0" | "false" => "FALSE".to_owned(),
                _ => stored,
            },
            ("str", None) => unescape(stored),
            ("e" | "d", None) => stored,
            _ => number().map(|n| formatted(n, format, self.is_1904)).unwrap_or(stored),
        })
    }
}

/// Row and column of a reference such as `AB12` or `$AB$12`, from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut letters = 0_usize;
    let mut chars = reference.trim().chars().filter(|c| *c != '$').peekable();
    while let Some(c) = chars.next_if(char::is_ascii_alphabetic) {
        let digit = u32::from(c.to_ascii_uppercase()).checked_sub(64)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
        letters += 1;
    }
    let row = chars.collect::<String>().parse::<u32>().ok()?;
    (1..=3).contains(&letters).then_some(())?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::*;
    use nianbao_document::Block;

    fn workbook(sheets: &[&str]) -> Vec<u8> {
        let mut list = String::new();
        let mut relations = String::new();
        let mut parts = Vec::new();
        for (i, sheet) in sheets.iter().enumerate() {
            let state = if sheet.is_empty() { "hidden" } else { "visible" };
            list.push_str(&format!("<sheet name='表{i}' state='{state}' r:id='r{i}'/>"));
            relations.push_str(&format!("<Relationship Id='r{i}' Type='x/worksheet' Target='sheets/{i}.xml'/>"));
            parts.push((format!("xl/sheets/{i}.xml"), format!("<worksheet><sheetData>{sheet}</worksheet>")));
        }
        relations.push_str("<Relationship Id='s' Type='x/sharedStrings' Target='/xl/strings.xml'/>");
        relations.push_str("<Relationship Id='t' Type='x/styles' Target='styles.xml'/>");
        parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets></workbook>")));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
        let strings = "<sst><si><t>政府</t></si><si><r><rPr><b/></rPr><t>信息</t></r><r><t>_x000D_\n公开</t>\
            </r><rPh><t>x</t></rPh></si></sst>";
        parts.push(("xl/strings.xml".to_owned(), strings.to_owned()));
        let styles = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;'/></numFmts>\
            <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/>\
            </cellXfs></styleSheet>";
        parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
        let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        zip(&parts)
    }

    #[test]
    fn kinds_of_cells() {
        let first = "<row r='2'><c r='B2' t='s'><v>0</v></c><c t='s'><v>1</v></c></row>\
            <row r='4'><c r='B4'><f>1+1</f><v>2.0</v></c><c><v>1.25E1</v></c><c t='b'><v>1</v></c></row>\
            <row><c/><c t='e'><v>#DIV/0!</v></c><c s='1'><v>44197</v></c><c t='inlineStr'><is><t> 007 </t></is>\
            </c></row>\
            </sheetData><mergeCells><mergeCell ref='C2:D2'/></mergeCells>";
        let second = "<row r='3'><c r='A3' t='str'><v>二</v></c></row></sheetData>";
        let bytes = workbook(&[first, "", second]);
        let document = read(&bytes, &Limits::default()).unwrap();
        let Some(Block::Grid(grid)) = document.blocks.first() else { panic!() };
        let text = |r: &Vec<nianbao_document::Cell>| {
            r.iter()
                .map(|c| format!("{}:{}={}", c.line, c.col_span, document.text(c.text)))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let rows: Vec<String> = grid.rows.iter().map(text).collect();
        assert_eq!(rows, ["2:1=政府 2:2=信息\n公开", "4:1=2 4:1=12.5 4:1=TRUE", "5:1=#DIV/0! 5:1=2021-01-01 5:1=007"]);
        assert!(matches!(document.blocks.get(1), Some(Block::Line(l)) if l.line == 8));
        assert_eq!(document.blocks.len(), 2);
    }

    #[test]
    fn places() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$XFD$1048576"), Some((1_048_575, 16_383)));
        for bad in ["", "A", "1", "A0", "AAAA1", "A99999999999", "1A"] {
            assert_eq!(place(bad), None, "{bad}");
        }
        assert_eq!(unescape("a_x000D__x4E00_b_x00_x".to_owned()), "a一b_x00_x");
    }

    #[test]
    fn absurd_sheets() {
        let far = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row></sheetData>";
        assert!(matches!(read(&workbook(&[far]), &Limits::default()), Err(Fault::Limit(_))));
    }
}
