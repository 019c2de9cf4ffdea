//! ODT: paragraphs and tables of a text.
//!
//! Owns what of them is seen. Refuses what only a layout engine could tell.

use quick_xml::events::BytesStart;

use super::super::body::{Body, Down};
use super::super::xml::{Piece, Xml, attribute};
use super::elements::{count, is_left_out, prefix, push, push_element};
use super::looks::{Family, Whole};
use crate::limits::Fault;
use crate::seen::{Look, Seen, keep_prompt, raise};
use nianbao_document::Document;

/// Elements of a text that the reading of those within them depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Other,
    Paragraph(Look),
    /// A part of a paragraph whose text is the paragraph's.
    Inline(Look),
    /// A content control, which shows its prompt.
    Prompt(Look),
    TextBox,
    /// A frame, and whether it stands in the text like a character.
    Frame(bool),
    /// A table or cell, and whether its ground is not white.
    Table(bool),
    Row {
        again: usize,
        hidden: bool,
        coloured: bool,
    },
    Cell {
        again: usize,
        coloured: bool,
    },
}

struct Reading<'a> {
    xml: Xml<'a>,
    looks: Whole,
    body: Body,
    tags: Vec<Tag>,
}

/// Reads what follows the opening of the text.
pub(super) fn read(xml: Xml<'_>, looks: Whole) -> Result<Document, Fault> {
    Reading { xml, looks, body: Body::covered(), tags: Vec::new() }.read()
}

impl Reading<'_> {
    fn read(mut self) -> Result<Document, Fault> {
        loop {
            match self.xml.next()? {
                Piece::Open(element) => match self.open(&element)? {
                    Some(tag) => self.tags.push(tag),
                    None => self.xml.skip()?,
                },
                Piece::Close => match self.tags.pop() {
                    Some(Tag::Paragraph(_)) => self.body.close_paragraph()?,
                    Some(Tag::TextBox) => self.body.close_box()?,
                    Some(Tag::Table(_)) => self.body.close_table()?,
                    Some(Tag::Row { hidden: true, .. }) => self.body.drop_row(),
                    Some(Tag::Row { again, .. }) => {
                        self.body.repeat_row(again - 1)?;
                        self.body.close_row();
                    }
                    Some(Tag::Cell { again, .. }) => self.body.close_cell(Down::Alone, again - 1)?,
                    Some(Tag::Other | Tag::Inline(_) | Tag::Prompt(_) | Tag::Frame(_)) | None => {}
                },
                Piece::Text(text) => self.text(&text),
                Piece::End => return self.body.finish(),
            }
        }
    }

    fn text(&mut self, text: &str) {
        let (look, prompt) = match self.tags.last() {
            Some(Tag::Paragraph(look) | Tag::Inline(look)) => (*look, false),
            Some(Tag::Prompt(look)) => (*look, true),
            _ => return,
        };
        let seen = self.seen(look);
        let Some(paragraph) = self.body.text() else { return };
        let from = paragraph.len();
        push(paragraph, text);
        if seen == Seen::Not || prompt && !keep_prompt(paragraph, from) {
            paragraph.truncate(from);
            self.body.leave_out();
        } else if seen == Seen::Raised {
            raise(paragraph, from);
        }
    }

    /// What becomes of text here that looks so.
    fn seen(&self, look: Look) -> Seen {
        let coloured = |tag: &Tag| match tag {
            Tag::Table(coloured) | Tag::Row { coloured, .. } | Tag::Cell { coloured, .. } => *coloured,
            // The ground of a box is not known here.
            Tag::TextBox | Tag::Frame(_) => true,
            _ => false,
        };
        if look.white == Some(true) && self.tags.iter().any(coloured) { look.on_ground() } else { look.on_paper() }
    }

    /// How an element looks that stands in text which looks so.
    fn look(&self, family: Family, element: &BytesStart<'_>, around: Look) -> Look {
        self.looks.of(family, element).map_or(around, |style| style.look.over(around))
    }

    /// What an element is; `None` if it is left out with all that is in it.
    fn open(&mut self, element: &BytesStart<'_>) -> Result<Option<Tag>, Fault> {
        let (prefix, local) = (prefix(element), element.local_name());
        let name = local.as_ref();
        if is_left_out(prefix, name) {
            self.body.leave_out();
            return Ok(None);
        }
        let says = |name: &str, value: &str| attribute(element, name).is_some_and(|v| v == value);
        let coloured = |family: Family| self.looks.of(family, element).and_then(|s| s.coloured) == Some(true);
        Ok(Some(match (prefix, name) {
            ("text", "p" | "h") => {
                let look = self.look(Family::Paragraph, element, Look::default());
                if look.hidden == Some(true) {
                    self.body.leave_out();
                    return Ok(None);
                }
                self.body.open_paragraph();
                self.body.set_heading(name == "h");
                Tag::Paragraph(look)
            }
            ("text", "section") if says("display", "none") || says("is-hidden", "true") => return Ok(None),
            ("text", "hidden-text" | "hidden-paragraph") if says("is-hidden", "true") => return Ok(None),
            ("text", _) | ("loext", "content-control") => {
                let around = match self.tags.last() {
                    Some(Tag::Paragraph(look) | Tag::Inline(look) | Tag::Prompt(look)) => *look,
                    _ => return Ok(Some(Tag::Other)),
                };
                let look = if name == "span" { self.look(Family::Text, element, around) } else { around };
                let seen = self.seen(look);
                if let Some(paragraph) = self.body.text().filter(|_| seen != Seen::Not) {
                    push_element(paragraph, element);
                }
                let prompt = says("showing-place-holder", "true") || matches!(self.tags.last(), Some(Tag::Prompt(_)));
                if prompt { Tag::Prompt(look) } else { Tag::Inline(look) }
            }
            ("draw", _) if says("display", "none") || says("display", "printer") => return Ok(None),
            ("draw", "frame") => Tag::Frame(says("anchor-type", "as-char")),
            ("draw", "image" | "object" | "object-ole") => {
                if matches!(self.tags.last(), Some(Tag::Frame(true))) {
                    self.body.picture();
                }
                Tag::Other
            }
            ("draw", "text-box") => {
                self.body.open_box()?;
                Tag::TextBox
            }
            ("table", "table") => {
                let coloured = coloured(Family::Table);
                self.body.open_table()?;
                Tag::Table(coloured)
            }
            ("table", "table-row") => {
                let coloured = coloured(Family::Row);
                self.body.open_row(0);
                let hidden = says("visibility", "collapse") || says("visibility", "filter");
                Tag::Row { again: count(element, "number-rows-repeated"), hidden, coloured }
            }
            ("table", "table-cell") => {
                let coloured = coloured(Family::Cell);
                self.body.open_cell()?;
                let (rows, columns) = (count(element, "number-rows-spanned"), count(element, "number-columns-spanned"));
                self.body.set_spans(rows, columns);
                Tag::Cell { again: count(element, "number-columns-repeated"), coloured }
            }
            ("table", "covered-table-cell") => {
                self.body.skip_columns(count(element, "number-columns-repeated"));
                return Ok(None);
            }
            _ => Tag::Other,
        }))
    }
}
