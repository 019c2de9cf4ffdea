//! DOCX: the main part of a Word document, transitional or strict.
//!
//! Owns what of its text is shown: tracked deletions, hidden text and field codes are not; text boxes are, once; list
//! numbers are, as Word counts them. Refuses headers, footers, notes, comments, pictures, charts and embedded files.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::body::{Body, Down};
use super::numbering::Numbering;
use super::package::Package;
use super::styles::{Numbered, Styles, outline, toggle};
use super::symbol;
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Fault, Limits};
use nianbao_document::Document;

/// Columns that a cell may cover. Word allows 63.
const MAX_SPAN: usize = 1_024;

/// Reads a document. A paragraph outside tables counts one line, so does a row of a table.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if parts need a password,
/// [`Fault::Limit`] if it is too large, too deep or too slow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part().ok().flatten().filter(|p| package.has(p));
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());
    let styles = Styles::read(&mut package, part("styles"))?;
    let numbering = Numbering::read(&mut package, part("numbering"))?;
    let text = package.needed(&main)?;
    let xml = Xml::new(&text, package.clock());
    Reading { xml, styles, numbering, body: Body::default(), tags: Vec::new() }.read()
}

/// Elements that the reading of those within them depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Other,
    Paragraph {
        hidden: bool,
        numbered: Numbered,
    },
    ParagraphProperties,
    Run {
        hidden: bool,
    },
    RunProperties,
    /// Where its text begins in that of the paragraph, and whether blanks at its ends count.
    Text {
        from: usize,
        keep: bool,
    },
    Table,
    Row {
        dropped: bool,
    },
    RowProperties,
    Cell {
        span: usize,
        down: Down,
        joined: bool,
    },
    CellProperties,
    TextBox,
    /// The same for several versions of Word: the first choice is read.
    Alternatives {
        chosen: bool,
    },
}

struct Reading<'a> {
    xml: Xml<'a>,
    styles: Styles,
    numbering: Numbering,
    body: Body,
    tags: Vec<Tag>,
}

impl Reading<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(element) => {
                    if let Some(tag) = self.open(&element)? {
                        self.tags.push(tag);
                    } else {
                        self.xml.skip()?;
                    }
                }
                Piece::Close => self.close()?,
                Piece::Text(text) => {
                    if let (Some(Tag::Text { .. }), Some(paragraph)) = (self.tags.last(), self.body.text()) {
                        paragraph.push_str(&text);
                    }
                }
                Piece::End => return self.body.finish(),
            }
        }
    }

    /// What an element is; `None` if it is left out with all that is in it.
    fn open(&mut self, element: &BytesStart<'_>) -> Result<Option<Tag>, Fault> {
        let name = element.local_name();
        let parent = self.tags.last().copied().unwrap_or(Tag::Other);
        let tag = match (name.as_ref(), parent) {
            ("p", _) => {
                self.body.open_paragraph();
                let style = self.styles.default;
                self.body.set_heading(style.heading.unwrap_or(false));
                Tag::Paragraph { hidden: style.hidden.unwrap_or(false), numbered: style.numbered }
            }
            ("pPr", Tag::Paragraph { .. }) => Tag::ParagraphProperties,
            ("r", _) => Tag::Run { hidden: self.paragraph_hides() },
            ("rPr", Tag::Run { .. } | Tag::ParagraphProperties) => Tag::RunProperties,
            ("t", Tag::Run { hidden: false }) => {
                let keep = attribute(element, "space").is_some_and(|s| s == "preserve");
                Tag::Text { from: self.body.text().map_or(0, |t| t.len()), keep }
            }
            (_, Tag::Run { hidden: false }) if self.character(element) => Tag::Other,
            ("tbl", _) => {
                self.body.open_table()?;
                Tag::Table
            }
            ("tr", _) => {
                self.body.open_row(0);
                Tag::Row { dropped: false }
            }
            ("trPr", Tag::Row { .. }) => Tag::RowProperties,
            ("tc", _) => {
                self.body.open_cell()?;
                Tag::Cell { span: 1, down: Down::Alone, joined: false }
            }
            ("tcPr", Tag::Cell { .. }) => Tag::CellProperties,
            ("txbxContent", _) => {
                self.body.open_box()?;
                Tag::TextBox
            }
            ("AlternateContent", _) => Tag::Alternatives { chosen: false },
            ("Choice" | "Fallback", Tag::Alternatives { chosen }) => {
                if chosen {
                    return Ok(None);
                }
                if let Some(last) = self.tags.last_mut() {
                    *last = Tag::Alternatives { chosen: true };
                }
                Tag::Other
            }
            (name, Tag::ParagraphProperties | Tag::RunProperties | Tag::RowProperties | Tag::CellProperties) => {
                return Ok(self.property(name, parent, element));
            }
            // Deleted or moved away; field codes; how a word is spoken; old properties and those of sections.
            (
                "del" | "moveFrom" | "instrText" | "delInstrText" | "delText" | "rt" | "sectPr" | "tblPr" | "tblGrid",
                _,
            )
            | ("pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "tblPrExChange" | "tblPrEx", _) => {
                return Ok(None);
            }
            _ => Tag::Other,
        };
        Ok(Some(tag))
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.tags.pop() {
            Some(Tag::Paragraph { .. }) => self.body.close_paragraph(),
            Some(Tag::ParagraphProperties) => {
                self.number();
                Ok(())
            }
            Some(Tag::Text { from, keep }) => {
                if let Some(paragraph) = self.body.text() {
                    tidy(paragraph, from, keep);
                }
                Ok(())
            }
            Some(Tag::Table) => self.body.close_table(),
            Some(Tag::Row { dropped: true }) => {
                self.body.drop_row();
                Ok(())
            }
            Some(Tag::Cell { span, down, joined }) => {
                self.body.set_spans(1, span);
                if joined { self.body.close_joined() } else { self.body.close_cell(down, 0) }
            }
            Some(Tag::TextBox) => self.body.close_box(),
            _ => Ok(()),
        }
    }

    /// A property: it changes what it is a property of. Its own content says nothing more, but for numbers.
    fn property(&mut self, name: &str, parent: Tag, element: &BytesStart<'_>) -> Option<Tag> {
        let value = || attribute(element, "val").unwrap_or_default();
        let number = || value().trim().parse::<usize>().ok();
        if parent == Tag::RowProperties && name == "gridBefore" {
            self.body.skip_columns(number().unwrap_or(0).min(MAX_SPAN));
        }
        // `numPr` is the only property that is read and has elements of its own.
        if name == "numPr" {
            return Some(Tag::ParagraphProperties);
        }
        let of_mark =
            parent == Tag::RunProperties && matches!(self.tags.iter().rev().nth(1), Some(Tag::ParagraphProperties));
        if of_mark {
            if matches!(name, "del" | "moveFrom") {
                let body = &mut self.body;
                body.join_next();
            }
            return None;
        }
        let owner = self.tags.iter_mut().rev().find(|t| {
            !matches!(t, Tag::ParagraphProperties | Tag::RunProperties | Tag::RowProperties | Tag::CellProperties)
        })?;
        match (owner, name) {
            (Tag::Paragraph { hidden, numbered }, "pStyle") => {
                let style = self.styles.get(&value());
                *hidden = style.hidden.unwrap_or(false);
                numbered.list = numbered.list.or(style.numbered.list);
                numbered.level = numbered.level.or(style.numbered.level);
                self.body.set_heading(style.heading.unwrap_or(false));
            }
            (Tag::Paragraph { numbered, .. }, "numId") => numbered.list = value().trim().parse().ok(),
            (Tag::Paragraph { numbered, .. }, "ilvl") => numbered.level = number(),
            (Tag::Paragraph { .. }, "outlineLvl") => {
                if let Some(heading) = outline(&value()) {
                    self.body.set_heading(heading);
                }
            }
            (Tag::Run { hidden }, "vanish") => *hidden = toggle(element),
            (Tag::Run { hidden }, "rStyle") => *hidden = self.styles.get(&value()).hidden.unwrap_or(*hidden),
            (Tag::Row { dropped }, "del") => *dropped = true,
            (Tag::Row { dropped }, "hidden") => *dropped |= toggle(element),
            (Tag::Cell { span, .. }, "gridSpan") => *span = number().unwrap_or(1).clamp(1, MAX_SPAN),
            (Tag::Cell { down, .. }, "vMerge") => {
                *down = if value() == "restart" { Down::First } else { Down::Merged };
            }
            (Tag::Cell { joined, .. }, "hMerge") => *joined = value() != "restart",
            _ => {}
        }
        None
    }

    /// Elements of a run that are characters. Those of hidden runs never come here.
    fn character(&mut self, element: &BytesStart<'_>) -> bool {
        let name = element.local_name();
        let text: Cow<'_, str> = match name.as_ref() {
            "tab" | "ptab" => "\t".into(),
            "br" | "cr" => "\n".into(),
            "noBreakHyphen" => "-".into(),
            "sym" => {
                let font = attribute(element, "font").unwrap_or_default();
                let code = attribute(element, "char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
                let Some(c) = code.and_then(|code| symbol::of(&font, code)) else { return true };
                c.to_string().into()
            }
            _ => return false,
        };
        if let Some(paragraph) = self.body.text() {
            paragraph.push_str(&text);
        }
        true
    }

    fn paragraph_hides(&self) -> bool {
        self.tags.iter().rev().find_map(|t| match t {
            Tag::Paragraph { hidden, .. } => Some(*hidden),
            _ => None,
        }) == Some(true)
    }

    /// Puts its list number before a paragraph.
    fn number(&mut self) {
        let Some(Tag::Paragraph { hidden: false, numbered }) = self.tags.last().copied() else { return };
        let Some(list) = numbered.list.filter(|list| *list > 0) else { return };
        if let Some(paragraph) = self.body.text() {
            self.numbering.next(list, numbered.level.unwrap_or(0), paragraph);
        }
    }
}

/// Line ends within `w:t` are blanks; blanks at its ends count only if it says so.
fn tidy(paragraph: &mut String, from: usize, keep: bool) {
    const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
    let Some(own) = paragraph.get(from..) else { return };
    let bounded = !own.starts_with(BLANKS) && !own.ends_with(BLANKS);
    let plain = !own.contains(['\t', '\r', '\n']);
    if plain && (keep || bounded) {
        return;
    }
    let own = own.replace(['\t', '\r', '\n'], " ");
    paragraph.truncate(from);
    paragraph.push_str(if keep { &own } else { own.trim_matches(' ') });
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::super::tests::show;
    use super::*;

    const RELATIONS: &str = "<Relationships><Relationship Id='1' Type='x/styles' Target='styles.xml'/>\
        <Relationship Id='2' Type='x/numbering' Target='numbering.xml'/></Relationships>";
    const STYLES: &str = "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
        <w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
        <w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='（%1）'/></w:lvl>\
            </w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

    fn file(body: &str) -> Vec<u8> {
        zip(&[
            ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
            ("word/_rels/document.xml.rels", RELATIONS),
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERING),
        ])
    }

    fn blocks(body: &str) -> Vec<String> {
        show(&read(&file(body), &Limits::default()).unwrap())
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn tc(properties: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    }

    #[test]
    fn paragraphs() {
        let body = "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>题</w:t></w:r></w:p><w:p/>\
            <w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>一 </w:t>\
            <w:tab/><w:t xml:space='preserve'> 二\n</w:t><w:br/><w:noBreakHyphen/>\
            <w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>\
            <w:p><w:r><w:t>a&lt;b&amp;&#19968;</w:t></w:r></w:p>";
        assert_eq!(blocks(body), ["1# 题", "3# 一\t 二 ", "3# -☑", "4: a<b&一"]);
    }

    #[test]
    fn what_is_not_shown() {
        let body = "<w:p><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增\
            </w:t></w:r></w:ins>\
            <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t>\
            <w:tab/></w:r>\
            <w:r><w:rPr><w:vanish w:val='0'/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>\
            <w:t>显</w:t></w:r>\
            <w:r><w:rPr><w:rStyle w:val='h'/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText>\
            <w:t>1</w:t></w:r>\
            <w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>\
            </w:ruby></w:p>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t>\
            </w:r></w:p>";
        assert_eq!(blocks(body), ["1: 增显1拼", "2: 前后"]);
    }

    #[test]
    fn transparent_elements_and_boxes() {
        let boxed = format!("<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>", p("框"));
        let body = format!(
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>\
             <w:smartTag><w:r><w:t>接</w:t></w:r></w:smartTag><w:r><mc:AlternateContent><mc:Choice>{boxed}\
             </mc:Choice>\
             <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>尾</w:t>\
             </w:r></w:p>",
            p("控")
        );
        assert_eq!(blocks(&body), ["1: 控", "2: 链接尾", "3: 框"]);
    }

    #[test]
    fn list_numbers() {
        let item = |text: &str| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{text}\
                </w:t></w:r></w:p>"
            )
        };
        assert_eq!(
            blocks(&format!("{}{}{}", item("甲"), p("乙"), item("丙"))),
            ["1: （一）甲", "2: 乙", "3: （二）丙"]
        );
    }

    #[test]
    fn merged_cells() {
        let (first, next) = ("<w:vMerge w:val='restart'/>", "<w:vMerge/>");
        let row = |properties: &str, cells: &[String]| {
            format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
        };
        let rows = [
            row("", &[tc(first, "a"), tc("<w:gridSpan w:val='2'/>", "b")]),
            row("<w:del/>", &[tc(next, ""), tc("", "删"), tc("", "删")]),
            row("", &[tc(next, ""), tc("", "c"), tc("", "d")]),
            row("<w:gridBefore w:val='1'/>", &[tc("", "e"), tc(next, "f")]),
            row("", &[tc(next, "g"), tc("<w:hMerge w:val='restart'/>", "h"), tc("<w:hMerge/>", "")]),
        ];
        let body = format!(
            "{}<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{}\
            </w:tbl>{}",
            p("前"),
            rows.concat(),
            p("后")
        );
        let grid = "[0+1x2=a 1+2x1=b | 1+1x1=c 2+1x1=d | 1+1x1=e 2+1x1=f | 0+1x1=g 1+2x1=h]";
        assert_eq!(blocks(&body), ["1: 前", grid, "6: 后"]);
    }

    #[test]
    fn tables_in_tables() {
        let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "1"), tc("", "2"));
        let layout = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>{}", p("前"), p("后"), p("末"));
        assert_eq!(blocks(&layout), ["1: 前", "[0+1x1=1 1+1x1=2]", "1: 后", "2: 末"]);
        let cells = [tc("", "甲"), format!("<w:tc>{}{inner}{}</w:tc>", p("乙"), p("丙")), tc("", "丁")];
        let data = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
        assert_eq!(blocks(&data), ["[0+1x1=甲 1+1x1=乙/1/2/丙 2+1x1=丁]"]);
    }

    #[test]
    fn broken_documents() {
        let limits = Limits::default();
        assert!(matches!(read(&zip(&[("word/document.xml", "<w:document><w:p>")]), &limits), Err(Fault::Damaged(_))));
        assert!(matches!(read(&zip(&[("a", "")]), &limits), Err(Fault::Damaged(_))));
        let deep = "<w:tbl><w:tr><w:tc>".repeat(500);
        assert!(matches!(read(&file(&deep), &limits), Err(Fault::Limit(_))));
        let loose = "<w:tr><w:tc/></w:tr></w:body><w:tc><w:p><w:tbl><w:p/><w:r><w:t>x</w:t></w:r></w:tbl></w:p></w:tc>\
            <w:body>";
        assert!(read(&file(loose), &limits).is_ok());
    }
}
