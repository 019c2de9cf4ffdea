//! ODT and ODS: the content of an OpenDocument file.
//!
//! Owns what of it is shown: tracked deletions, hidden text and hidden sheets are not; text boxes are. Refuses headers,
//! footers, notes, comments, drawings over sheets, pictures, and list numbers (they are not in the content).
//!
//! Cells of a sheet are read as they are displayed, but for plain numbers (`office:value-type="float"`): those are what
//! is stored, printed plainly, because the display may be rounded. So `1,234.6` for 1234.56 is read as `1234.56`, and
//! `12件` as `12`, as they are from XLSX. Percentages, amounts of money and dates stay as displayed.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use super::body::{Body, Down};
use super::package::Package;
use super::sheet::{Area, Book, Sheet, number};
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Fault, Limits};
use nianbao_document::Document;

/// Blanks that one element stands for.
const MAX_BLANKS: usize = 1_000;
/// Rows and columns that a cell covers or that it is repeated.
const MAX_SPAN: usize = 1 << 20;
/// Styles that hide.
const MAX_STYLES: usize = 100_000;

/// Reads a document. In ODT a paragraph outside tables counts one line, so does a row of a table; in ODS a row of a
/// sheet, and sheets go on counting.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if it needs a password,
/// [`Fault::Limit`] if it is too large, too deep or too slow, [`Fault::Unsupported`] if it is neither text nor sheet.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Fault::Encrypted("the document needs a password".to_owned()));
    }
    let text = package.needed("content.xml")?;
    let mut xml = Xml::new(&text, package.clock());
    let mut hidden = HashSet::new();
    let mut style = String::new();
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::Close | Piece::Text(_) => continue,
            Piece::End => return Err(Fault::Unsupported("neither a text nor a sheet".to_owned())),
        };
        match (prefix(&element), element.local_name().as_ref()) {
            ("style", "style") => style = attribute(&element, "name").unwrap_or_default().into_owned(),
            // `text:display` of text, `table:display` of sheets.
            ("style", "text-properties" | "table-properties") => {
                let hides = attribute(&element, "display").is_some_and(|d| d == "none" || d == "false");
                if hides && hidden.len() < MAX_STYLES {
                    hidden.insert(style.clone());
                }
            }
            ("office", "text") => return Text { xml, hidden, body: Body::covered(), tags: Vec::new() }.read(),
            ("office", "spreadsheet") => return Sheets { xml, hidden, book: Book::default() }.read(),
            ("office", "scripts" | "font-face-decls") => xml.skip()?,
            _ => {}
        }
    }
}

fn prefix<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.name().prefix().map_or("", |p| p.into_inner())
}

fn count(element: &BytesStart<'_>, name: &str) -> usize {
    let stated = attribute(element, name).and_then(|n| n.trim().parse::<usize>().ok());
    stated.unwrap_or(1).clamp(1, MAX_SPAN)
}

/// What never says anything: notes, comments, deleted text, how words are spoken, titles of pictures.
fn is_left_out(prefix: &str, name: &str) -> bool {
    matches!(
        (prefix, name),
        ("text", "note" | "tracked-changes" | "ruby-text" | "sequence-decls" | "variable-decls" | "user-field-decls")
            | ("table", "tracked-changes" | "shapes" | "content-validations" | "named-expressions")
            | ("office", "annotation" | "forms" | "binary-data" | "dde-links" | "event-listeners")
            | ("svg", "title" | "desc")
            | ("math", _)
    )
}

/// Adds text, in which blanks and line ends in a row are one blank, and none at the beginning of a paragraph.
fn push(paragraph: &mut String, text: &str) {
    for c in text.chars() {
        if !matches!(c, ' ' | '\t' | '\r' | '\n') {
            paragraph.push(c);
        } else if !paragraph.is_empty() && !paragraph.ends_with([' ', '\n', '\t']) {
            paragraph.push(' ');
        }
    }
}

/// Adds what an element of a paragraph stands for, if it is a character.
fn push_element(paragraph: &mut String, element: &BytesStart<'_>) {
    match element.local_name().as_ref() {
        "s" => {
            let stated = attribute(element, "c").and_then(|n| n.trim().parse::<usize>().ok());
            paragraph.extend(std::iter::repeat_n(' ', stated.unwrap_or(1).min(MAX_BLANKS)));
        }
        "tab" => paragraph.push('\t'),
        "line-break" => paragraph.push('\n'),
        _ => {}
    }
}

/// Elements of a text that the reading of those within them depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Other,
    Paragraph,
    /// A part of a paragraph whose text is the paragraph's.
    Inline,
    TextBox,
    Table,
    Row {
        again: usize,
    },
    Cell {
        again: usize,
    },
}

struct Text<'a> {
    xml: Xml<'a>,
    hidden: HashSet<String>,
    body: Body,
    tags: Vec<Tag>,
}

impl Text<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(element) => match self.open(&element)? {
                    Some(tag) => self.tags.push(tag),
                    None => self.xml.skip()?,
                },
                Piece::Close => match self.tags.pop() {
                    Some(Tag::Paragraph) => self.body.close_paragraph()?,
                    Some(Tag::TextBox) => self.body.close_box()?,
                    Some(Tag::Table) => self.body.close_table()?,
                    Some(Tag::Row { again }) => self.body.repeat_row(again - 1)?,
                    Some(Tag::Cell { again }) => self.body.close_cell(Down::Alone, again - 1)?,
                    Some(Tag::Other | Tag::Inline) | None => {}
                },
                Piece::Text(text) => {
                    if let (Some(Tag::Paragraph | Tag::Inline), Some(paragraph)) = (self.tags.last(), self.body.text())
                    {
                        push(paragraph, &text);
                    }
                }
                Piece::End => return self.body.finish(),
            }
        }
    }

    /// What an element is; `None` if it is left out with all that is in it.
    fn open(&mut self, element: &BytesStart<'_>) -> Result<Option<Tag>, Fault> {
        let (prefix, local) = (prefix(element), element.local_name());
        let name = local.as_ref();
        if is_left_out(prefix, name) {
            return Ok(None);
        }
        let hides = |name: &str| attribute(element, name).is_some_and(|v| v == "none" || v == "true");
        Ok(Some(match (prefix, name) {
            ("text", "p" | "h") => {
                if self.is_hidden(element) {
                    return Ok(None);
                }
                self.body.open_paragraph();
                self.body.set_heading(name == "h");
                Tag::Paragraph
            }
            ("text", "span") if self.is_hidden(element) => return Ok(None),
            ("text", "section") if hides("display") => return Ok(None),
            ("text", "hidden-text" | "hidden-paragraph") if hides("is-hidden") => return Ok(None),
            ("text", _) => {
                let inline = matches!(self.tags.last(), Some(Tag::Paragraph | Tag::Inline));
                if let Some(paragraph) = self.body.text().filter(|_| inline) {
                    push_element(paragraph, element);
                }
                if inline { Tag::Inline } else { Tag::Other }
            }
            ("draw", "text-box") => {
                self.body.open_box()?;
                Tag::TextBox
            }
            ("table", "table") => {
                self.body.open_table()?;
                Tag::Table
            }
            ("table", "table-row") => {
                self.body.open_row(0);
                Tag::Row { again: count(element, "number-rows-repeated") }
            }
            ("table", "table-cell") => {
                self.body.open_cell()?;
                let (rows, columns) = (count(element, "number-rows-spanned"), count(element, "number-columns-spanned"));
                self.body.set_spans(rows, columns);
                Tag::Cell { again: count(element, "number-columns-repeated") }
            }
            ("table", "covered-table-cell") => {
                self.body.skip_columns(count(element, "number-columns-repeated"));
                return Ok(None);
            }
            _ => Tag::Other,
        }))
    }

    fn is_hidden(&self, element: &BytesStart<'_>) -> bool {
        !self.hidden.is_empty() && attribute(element, "style-name").is_some_and(|s| self.hidden.contains(&*s))
    }
}

/// A cell of the row that is being read.
struct Cell {
    column: usize,
    again: usize,
    rows: usize,
    columns: usize,
    text: String,
}

struct Sheets<'a> {
    xml: Xml<'a>,
    hidden: HashSet<String>,
    book: Book,
}

impl Sheets<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(e) if is_left_out(prefix(&e), e.local_name().as_ref()) => self.xml.skip()?,
                Piece::Open(e) if (prefix(&e), e.local_name().as_ref()) == ("table", "table") => {
                    if attribute(&e, "style-name").is_some_and(|s| self.hidden.contains(&*s)) {
                        self.xml.skip()?;
                    } else {
                        let sheet = self.sheet()?;
                        self.book.write(sheet)?;
                    }
                }
                Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
                Piece::End => return Ok(self.book.finish()),
            }
        }
    }

    /// A sheet that was just opened.
    fn sheet(&mut self) -> Result<Sheet, Fault> {
        let mut sheet = Sheet::default();
        let (mut row, mut depth) = (0_usize, 1_usize);
        let (mut cells, mut column, mut again) = (Vec::new(), 0_usize, None);
        while depth > 0 {
            let element = match self.xml.next()? {
                Piece::Open(element) => element,
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    if let Some((times, _)) = again.take_if(|(_, at)| *at > depth) {
                        self.row(&mut sheet, row, times, std::mem::take(&mut cells))?;
                        row = row.saturating_add(times);
                    }
                    continue;
                }
                Piece::Text(_) => continue,
                Piece::End => break,
            };
            match (prefix(&element), element.local_name().as_ref()) {
                ("table", "table-row") => {
                    depth = depth.saturating_add(1);
                    (column, again) = (0, Some((count(&element, "number-rows-repeated"), depth)));
                }
                ("table", "table-cell") => {
                    let times = count(&element, "number-columns-repeated");
                    let (rows, columns) =
                        (count(&element, "number-rows-spanned"), count(&element, "number-columns-spanned"));
                    let is_float = attribute(&element, "value-type").is_some_and(|t| t == "float");
                    let value = attribute(&element, "value").filter(|_| is_float);
                    let value = value.and_then(|v| v.trim().parse::<f64>().ok()).filter(|v| v.is_finite());
                    let shown = self.cell()?;
                    let text = value.map_or(shown, number);
                    if !text.is_empty() {
                        cells.push(Cell { column, again: times, rows, columns, text });
                    } else if rows > 1 || columns > 1 {
                        cells.push(Cell { column, again: 1, rows, columns, text });
                    }
                    column = column.saturating_add(times);
                }
                ("table", "covered-table-cell") => {
                    column = column.saturating_add(count(&element, "number-columns-repeated"));
                    self.xml.skip()?;
                }
                (prefix, name) if is_left_out(prefix, name) => self.xml.skip()?,
                // Columns, groups and header rows hold nothing but rows.
                _ => depth = depth.saturating_add(1),
            }
        }
        Ok(sheet)
    }

    fn row(&mut self, sheet: &mut Sheet, row: usize, times: usize, cells: Vec<Cell>) -> Result<(), Fault> {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for Cell { column, again, rows, columns, text } in cells {
            for r in row..row.saturating_add(times) {
                for c in column..column.saturating_add(again) {
                    let (top, left) = (narrow(r), narrow(c));
                    let (bottom, right) = (narrow(r.saturating_add(rows) - 1), narrow(c.saturating_add(columns) - 1));
                    self.book.merge(sheet, Area { top, left, bottom, right })?;
                    self.book.put(sheet, top, left, text.clone())?;
                }
                if text.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The displayed text of a cell that was just opened.
    fn cell(&mut self) -> Result<String, Fault> {
        let (mut text, mut tags) = (String::new(), Vec::new());
        let mut paragraph = String::new();
        loop {
            match self.xml.next()? {
                Piece::Open(e) if is_left_out(prefix(&e), e.local_name().as_ref()) => self.xml.skip()?,
                Piece::Open(e) => {
                    let inline = matches!(tags.last(), Some(Tag::Paragraph | Tag::Inline));
                    tags.push(match (prefix(&e), e.local_name().as_ref()) {
                        ("text", "p" | "h") => Tag::Paragraph,
                        ("text", _) if inline => {
                            push_element(&mut paragraph, &e);
                            Tag::Inline
                        }
                        _ => Tag::Other,
                    });
                }
                Piece::Close => match tags.pop() {
                    Some(Tag::Paragraph) => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&std::mem::take(&mut paragraph));
                    }
                    Some(_) => {}
                    None => return Ok(text),
                },
                Piece::Text(piece) => {
                    if matches!(tags.last(), Some(Tag::Paragraph | Tag::Inline)) {
                        push(&mut paragraph, &piece);
                    }
                }
                Piece::End => return Ok(text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::super::tests::show;
    use super::*;

    fn document(body: &str) -> String {
        format!(
            "<office:document-content><office:automatic-styles><style:style style:name='H'><style:text-properties \
             text:display='none'/></style:style><style:style style:name='T'>\
             <style:table-properties table:display='false'/>\
             </style:style></office:automatic-styles><office:body>{body}</office:body></office:document-content>"
        )
    }

    fn text(body: &str) -> Vec<String> {
        let bytes = zip(&[("content.xml", &document(&format!("<office:text>{body}</office:text>")))]);
        show(&read(&bytes, &Limits::default()).unwrap())
    }

    fn sheets(body: &str) -> Vec<String> {
        let bytes = zip(&[("content.xml", &document(&format!("<office:spreadsheet>{body}</office:spreadsheet>")))]);
        show(&read(&bytes, &Limits::default()).unwrap())
    }

    #[test]
    fn paragraphs() {
        let body = "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:h>一、&lt;题&gt;\
            </text:h><text:p/>\
            <text:p>甲 \n <text:s text:c='2'/>乙<text:tab/><text:span>丙<text:note><text:p>注</text:p>\
            </text:note></text:span>\
            <text:span text:style-name='H'>隐</text:span><text:line-break/>丁<draw:frame><draw:text-box>\
            <text:p>框</text:p>\
            </draw:text-box><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>\
            </text:p>\
            <text:section text:display='none'><text:p>隐</text:p></text:section><text:p text:style-name='H'>隐\
            </text:p>\
            <text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>";
        assert_eq!(text(body), ["1# 一、<题>", "3: 甲   乙\t丙", "3: 丁", "4: 框", "5: 项"]);
    }

    #[test]
    fn tables() {
        let body = "<text:p>前</text:p><table:table><table:table-header-rows><table:table-row>\
            <table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>a</text:p>\
            <text:p>b</text:p></table:table-cell>\
            <table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'><text:p>c</text:p>\
            </table:table-cell></table:table-row>\
            </table:table-header-rows><table:table-row>\
            <table:covered-table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>d</text:p>\
            </table:table-cell><table:table-cell/></table:table-row><table:table-row table:number-rows-repeated='2'>\
            <table:table-cell><text:p>e</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated='3'/></table:table-row>\
            </table:table><text:p>后</text:p>";
        let grid = "[0+2x2=a/b 2+1x1=c 3+1x1=c | 2+1x1=d 3+1x1= | 0+1x1=e 1+1x1= 2+1x1= 3+1x1= | 0+1x1=e 1+1x1= 2+1x1= 3+1x1=]";
        assert_eq!(text(body), ["1: 前", grid, "6: 后"]);
    }

    #[test]
    fn spreadsheets() {
        let body = "<table:table table:style-name='T'><table:table-row><table:table-cell><text:p>隐</text:p>\
            </table:table-cell></table:table-row></table:table>\
            <table:table><table:table-column table:number-columns-repeated='16384'/>\
            <table:table-row table:number-rows-repeated='2'>\
            <table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
            <table:table-row><table:table-cell office:value-type='float' office:value='1234.56' calcext:value-type='float'><text:p>1,234.6</text:p></table:table-cell>\
            <table:table-cell office:value-type='float' office:value='12'><text:p>12件</text:p></table:table-cell>\
            <table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50%</text:p>\
            </table:table-cell></table:table-row>\
            <table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>甲</text:p>\
            <office:annotation><text:p>注</text:p></office:annotation></table:table-cell>\
            <table:covered-table-cell/><table:table-cell><text:p>乙<text:s/>丙</text:p><text:p>丁</text:p>\
            </table:table-cell></table:table-row>\
            <table:table-row table:number-rows-repeated='1048000'>\
            <table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>\
            <table:table><table:table-row><table:table-cell office:value-type='string'><text:p>007</text:p>\
            </table:table-cell></table:table-row></table:table>";
        assert_eq!(sheets(body), ["[0+1x1=1234.56 1+1x1=12 2+1x1=50% | 0+2x1=甲 2+1x1=乙 丙/丁]", "5: 007"]);
    }

    #[test]
    fn hostile_counts() {
        let many = "table:number-columns-repeated='999999999' table:number-rows-spanned='999999999'";
        let body = format!(
            "<table:table><table:table-row table:number-rows-repeated='99999999'><table:table-cell {many}>\
            <text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        );
        let limits = Limits::default();
        for kind in ["text", "spreadsheet"] {
            let bytes = zip(&[("content.xml", &document(&format!("<office:{kind}>{body}</office:{kind}>")))]);
            assert!(matches!(read(&bytes, &limits), Err(Fault::Limit(_))), "{kind}");
        }
        let bytes = zip(&[("content.xml", "<a/>"), ("META-INF/manifest.xml", "<m:encryption-data/>")]);
        assert!(matches!(read(&bytes, &limits), Err(Fault::Encrypted(_))));
    }
}
