//! DOCX: the main part of a Word document, transitional or strict.
//!
//! Owns what of its text is shown: tracked deletions, hidden, struck and white text, field codes, marks of notes and
//! prompts of empty content controls are not; text boxes are, once; list numbers are, as Word counts them. Documents of
//! Word 2003 in XML differ in a few names, and write the list numbers down. Refuses headers, footers, notes, comments and
//! charts; embedded files are members. A picture in a cell is known to be one, no more.

mod property;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::body::{Body, Down};
use super::numbering::Numbering;
use super::package::Package;
use super::styles::{Numbered, Styles, is_on, toggle};
use super::symbol;
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;
use crate::seen::{Look, Seen, is_figure, keep_prompt};
use nianbao_document::Document;

/// Columns that a cell may cover. Word allows 63.
const MAX_SPAN: usize = 1_024;

/// Reads a document; `chunk` reads parts of other formats. A paragraph outside tables counts one line, so does a row of a table.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if parts need a password,
/// [`Fault::Limit`] if it is too large, too deep or too slow.
pub(crate) fn read(bytes: &[u8], limits: &Limits, members: &mut Members, chunk: Chunk<'_>) -> Result<Document, Fault> {
    of(Package::open(bytes, limits)?, members, chunk)
}

/// Reads a document that stands in another.
pub(crate) type Chunk<'c> = &'c mut dyn FnMut(&[u8], &mut Members) -> Option<Document>;

/// Reads the document of an open package.
pub(super) fn of(mut package: Package<'_>, members: &mut Members, chunk: Chunk<'_>) -> Result<Document, Fault> {
    let main = package.main_part().ok().flatten().filter(|p| package.has(p));
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());
    let text = package.needed(&main)?;
    let styles = Styles::read(&mut package, part("styles"))?;
    let numbering = Numbering::read(&mut package, part("numbering"))?;
    package.embedded(members)?;
    let mut parts = HashMap::new();
    for relation in relations.into_iter().filter(|r| r.kind == "aFChunk") {
        // A part that does not unpack costs what stands in it, not the rest.
        let part = package.part(&relation.target).or_else(|fault| match fault {
            Fault::Damaged(_) => Ok(None),
            fault => Err(fault),
        })?;
        let read = part.and_then(|part| chunk(&part, members));
        parts.extend(read.map(|document| (relation.id, document)));
    }
    let (xml, body, around) = (Xml::new(&text, package.clock()), Body::default(), Around::default());
    Reading { xml, styles, numbering, body, tags: Vec::new(), around, parts }.read()
}

/// Reads a document that Word 2003 saved as XML.
pub(super) fn of_2003(text: &str, clock: Clock) -> Result<Document, Fault> {
    let styles = Styles::within(text, clock.clone())?;
    let (xml, numbering) = (Xml::new(text, clock), Numbering::default());
    let (body, around) = (Body::default(), Around::default());
    Reading { xml, styles, numbering, body, tags: Vec::new(), around, parts: HashMap::new() }.read()
}

/// Whether an annotation of Word 2003 is of a kind.
fn is_annotation(element: &BytesStart<'_>, kind: &str) -> bool {
    element.local_name().as_ref() == "annotation" && attribute(element, "type").is_some_and(|t| t == kind)
}

/// Elements that the reading of those within them depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Other,
    Paragraph {
        look: Look,
        numbered: Numbered,
    },
    ParagraphProperties,
    Run {
        own: Look,
        style: Look,
        prompt: bool,
    },
    RunProperties,
    /// Where its text begins in that of the paragraph, whether blanks at its ends count, and what becomes of it.
    Text {
        from: usize,
        keep: bool,
        seen: Seen,
    },
    Table {
        coloured: bool,
    },
    TableProperties,
    Row {
        dropped: bool,
    },
    RowProperties,
    Cell {
        span: usize,
        down: Down,
        joined: bool,
        coloured: bool,
    },
    CellProperties,
    /// A picture or shape: whether it is hidden, and whether it floats over the text.
    Drawing {
        hidden: bool,
        floats: bool,
    },
    TextBox,
    /// A content control, and whether it shows its prompt.
    Control {
        prompt: bool,
    },
    ControlProperties,
    /// Raised or lowered, in a formula.
    Script,
    /// The same for several versions of Word: the first choice is read.
    Alternatives {
        chosen: bool,
    },
}

/// What the place of a text says of it.
#[derive(Debug, Default)]
struct Around {
    /// Fields that are open: whether their result has begun. Their code is not text.
    fields: Vec<bool>,
    /// Content controls that show their prompts, formulas' scripts.
    prompts: usize,
    scripts: usize,
    /// A note was referred to whose mark follows.
    note: bool,
    /// The page has a colour of its own.
    coloured: bool,
    /// Styles of the open tables.
    tables: Vec<String>,
}

struct Reading<'a> {
    xml: Xml<'a>,
    styles: Styles,
    numbering: Numbering,
    body: Body,
    tags: Vec<Tag>,
    around: Around,
    /// Documents of other formats that stand in this one, by the ids of their parts.
    parts: HashMap<String, Document>,
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
                Tag::Paragraph { look: style.look, numbered: style.numbered }
            }
            ("pPr", Tag::Paragraph { .. }) => Tag::ParagraphProperties,
            ("r", _) => Tag::Run { own: Look::default(), style: Look::default(), prompt: false },
            ("rPr", Tag::Run { .. } | Tag::ParagraphProperties) => Tag::RunProperties,
            ("t", Tag::Run { .. }) => {
                let keep = attribute(element, "space").is_some_and(|s| s == "preserve");
                let seen = self.seen();
                Tag::Text { from: self.body.text().map_or(0, |t| t.len()), keep, seen }
            }
            (_, Tag::Run { .. }) if self.character(element) => Tag::Other,
            ("tbl", _) => {
                self.body.open_table()?;
                self.around.tables.push(String::new());
                Tag::Table { coloured: false }
            }
            ("tblPr", Tag::Table { .. }) => Tag::TableProperties,
            ("tr", _) => {
                self.body.open_row(0);
                Tag::Row { dropped: false }
            }
            ("trPr", Tag::Row { .. }) => Tag::RowProperties,
            ("tc", _) => {
                self.body.open_cell()?;
                Tag::Cell { span: 1, down: Down::Alone, joined: false, coloured: false }
            }
            ("tcPr", Tag::Cell { .. }) => Tag::CellProperties,
            ("sdt", _) => Tag::Control { prompt: false },
            ("sdtPr", Tag::Control { .. }) => Tag::ControlProperties,
            (
                name,
                Tag::ParagraphProperties
                | Tag::RunProperties
                | Tag::TableProperties
                | Tag::RowProperties
                | Tag::CellProperties
                | Tag::ControlProperties,
            ) => return Ok(self.property(name, parent, element)),
            ("altChunk", _) => {
                if let Some(part) = attribute(element, "id").and_then(|id| self.parts.remove(&*id)) {
                    self.body.append(&part)?;
                }
                Tag::Other
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
            // Deleted or moved away; field codes; how a word is spoken; old properties and those of sections.
            ("del" | "moveFrom" | "instrText" | "delInstrText" | "delText" | "rt" | "sectPr" | "tblGrid", _)
            | ("pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "tblPrExChange" | "tblPrEx", _)
            | ("styles" | "fonts" | "lists" | "binData" | "docSuppData", _) => {
                return Ok(None);
            }
            // Word 2003: what was deleted and how it looked before, comments; a note, which stands where its mark does.
            ("annotation", _) if !is_annotation(element, "Word.Insertion") => return Ok(None),
            ("footnote" | "endnote", _) => {
                self.around.note |= attribute(element, "suppressRef").is_some_and(|v| is_on(&v));
                return Ok(None);
            }
            (name, _) => return self.drawn(name, element),
        };
        Ok(Some(tag))
    }

    /// What an element is that is no text and no table.
    fn drawn(&mut self, name: &str, element: &BytesStart<'_>) -> Result<Option<Tag>, Fault> {
        Ok(Some(match name {
            "background" => {
                let colour = attribute(element, "color").or_else(|| attribute(element, "bgcolor")).unwrap_or_default();
                self.around.coloured = crate::seen::is_white(&colour) != Some(true);
                Tag::Other
            }
            "inline" | "anchor" => Tag::Drawing { hidden: self.look().hidden == Some(true), floats: name == "anchor" },
            "docPr" => {
                if let (Some(Tag::Drawing { hidden, .. }), Some("1" | "true")) =
                    (self.tags.last_mut(), attribute(element, "hidden").as_deref())
                {
                    *hidden = true;
                }
                Tag::Other
            }
            // VML: a shape's style says where it stands, in the words of style sheets.
            "shape" | "rect" | "roundrect" | "oval" | "group" => {
                let style = attribute(element, "style").unwrap_or_default();
                let says = |what: &str, value: &str| {
                    style
                        .split(';')
                        .filter_map(|s| s.split_once(':'))
                        .any(|(n, v)| n.trim() == what && v.trim() == value)
                };
                let outer = matches!(self.tags.last(), Some(Tag::Drawing { floats: true, .. }));
                let hidden = says("visibility", "hidden") || self.look().hidden == Some(true);
                Tag::Drawing { hidden, floats: outer || says("position", "absolute") }
            }
            "blip" | "imagedata" | "OLEObject" | "chart" => {
                let drawing = self.tags.iter().rev().find_map(|t| match t {
                    Tag::Drawing { hidden, floats } => Some(!hidden && !floats),
                    _ => None,
                });
                if drawing != Some(false) && self.around.prompts == 0 {
                    self.body.picture();
                }
                Tag::Other
            }
            "txbxContent" => {
                if self.tags.iter().any(|t| matches!(t, Tag::Drawing { hidden: true, .. })) {
                    return Ok(None);
                }
                self.body.open_box()?;
                Tag::TextBox
            }
            "sup" | "sub" => {
                self.around.scripts = self.around.scripts.saturating_add(1);
                Tag::Script
            }
            // The lower half of a fraction.
            "den" => {
                if let Some(paragraph) = self.body.text() {
                    paragraph.push('/');
                }
                Tag::Other
            }
            _ => Tag::Other,
        }))
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.tags.pop() {
            Some(Tag::Paragraph { .. }) => {
                // A field that is not closed must not swallow the rest.
                self.around.fields.retain(|result| *result);
                self.around.note = false;
                self.body.close_paragraph()
            }
            Some(Tag::ParagraphProperties) => {
                self.number();
                Ok(())
            }
            Some(Tag::Text { from, keep, seen }) => {
                self.text(from, keep, seen);
                Ok(())
            }
            Some(Tag::Table { .. }) => {
                self.around.tables.pop();
                self.body.close_table()
            }
            Some(Tag::Row { dropped }) => {
                if dropped {
                    self.body.drop_row();
                } else {
                    self.body.close_row();
                }
                Ok(())
            }
            Some(Tag::Cell { span, down, joined, .. }) => {
                self.around.fields.clear();
                self.body.set_spans(1, span);
                if joined { self.body.close_joined() } else { self.body.close_cell(down, 0) }
            }
            Some(Tag::TextBox) => self.body.close_box(),
            Some(Tag::Control { prompt }) => {
                self.around.prompts = self.around.prompts.saturating_sub(usize::from(prompt));
                Ok(())
            }
            Some(Tag::Script) => {
                self.around.scripts = self.around.scripts.saturating_sub(1);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Ends a piece of text.
    fn text(&mut self, from: usize, keep: bool, seen: Seen) {
        let prompt = self.around.prompts > 0;
        let looks_so = matches!(self.tags.last(), Some(Tag::Run { prompt: true, .. }));
        let mut left_out = seen == Seen::Not || std::mem::take(&mut self.around.note);
        let Some(paragraph) = self.body.text() else { return };
        tidy(paragraph, from, keep);
        if prompt && !left_out {
            left_out = !keep_prompt(paragraph, from);
        } else if looks_so {
            left_out |= !paragraph.get(from..).is_some_and(is_figure);
        }
        if left_out {
            paragraph.truncate(from);
            self.body.leave_out();
        } else if seen == Seen::Raised {
            self.body.raise(from);
        }
    }

    /// How the text of the open run looks.
    fn look(&self) -> Look {
        let mut look = Look::default();
        for tag in self.tags.iter().rev() {
            match tag {
                Tag::Run { own, style, .. } => look = own.over(*style),
                Tag::Paragraph { look: paragraph, .. } => {
                    look = look.over(*paragraph);
                    break;
                }
                _ => {}
            }
        }
        look.over(self.styles.base)
    }

    /// What becomes of the text of the open run.
    fn seen(&self) -> Seen {
        if self.around.fields.contains(&false) {
            return Seen::Not;
        }
        let mut look = self.look();
        if self.around.scripts > 0 {
            look.script = Some(true);
        }
        if look.white != Some(true) || self.is_coloured() { look.on_ground() } else { look.on_paper() }
    }

    /// Whether the ground of the open run is not white, or not known: that of text boxes is not.
    fn is_coloured(&self) -> bool {
        let own =
            |t: &Tag| matches!(t, Tag::Cell { coloured: true, .. } | Tag::Table { coloured: true } | Tag::TextBox);
        let styled = || self.around.tables.iter().any(|style| !style.is_empty() && self.styles.colours(style));
        self.around.coloured || self.tags.iter().any(own) || styled()
    }

    /// Elements of a run that are characters, or say something of those that follow.
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
            "footnoteReference" | "endnoteReference" => {
                self.around.note |= attribute(element, "customMarkFollows").is_some_and(|v| v != "0" && v != "false");
                return true;
            }
            "fldChar" => {
                match attribute(element, "fldCharType").as_deref() {
                    Some("begin") => self.around.fields.push(false),
                    Some("separate") => {
                        if let Some(result) = self.around.fields.last_mut() {
                            *result = true;
                        }
                    }
                    Some("end") => {
                        self.around.fields.pop();
                    }
                    _ => {}
                }
                return true;
            }
            _ => return false,
        };
        let seen = self.seen();
        if name.as_ref() == "sym" && std::mem::take(&mut self.around.note) || seen == Seen::Not {
            return true;
        }
        if let Some(paragraph) = self.body.text() {
            let from = paragraph.len();
            paragraph.push_str(&text);
            if seen == Seen::Raised && name.as_ref() == "sym" {
                self.body.raise(from);
            }
        }
        true
    }

    /// Puts its list number before a paragraph.
    fn number(&mut self) {
        let Some(Tag::Paragraph { look, numbered }) = self.tags.last().copied() else { return };
        let Some(list) = numbered.list.filter(|list| *list > 0 && look.hidden != Some(true)) else { return };
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
