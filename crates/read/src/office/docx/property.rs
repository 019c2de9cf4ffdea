//! Properties: what they make of the paragraph, run, table, row, cell or content control that they stand in.
//!
//! Owns which property concerns what. Refuses those that only adorn.

use quick_xml::events::BytesStart;

use super::super::body::Down;
use super::super::styles::{is_filled, look, outline};
use super::super::xml::attribute;
use super::{MAX_SPAN, Reading, Tag, is_annotation, toggle};

impl Reading<'_> {
    /// A property: it changes what it is a property of. Its own content says nothing more, but for numbers.
    pub(super) fn property(&mut self, name: &str, parent: Tag, element: &BytesStart<'_>) -> Option<Tag> {
        let value = || attribute(element, "val").unwrap_or_default();
        let number = || value().trim().parse::<usize>().ok();
        if parent == Tag::RowProperties && name == "gridBefore" {
            self.body.skip_columns(number().unwrap_or(0).min(MAX_SPAN));
        }
        // Of properties that have elements of their own these are read.
        match name {
            "numPr" | "listPr" => return Some(Tag::ParagraphProperties),
            "textFill" if parent == Tag::RunProperties => return Some(Tag::RunProperties),
            _ => {}
        }
        // Word 2003 writes down what it shows as a number. Bullets are none.
        if name == "t" && parent == Tag::ParagraphProperties {
            let number = value();
            if let Some(paragraph) = self.body.text().filter(|_| number.contains(char::is_alphanumeric)) {
                paragraph.push_str(&number);
            }
            return None;
        }
        let deleted = is_annotation(element, "Word.Deletion");
        let of_mark =
            parent == Tag::RunProperties && matches!(self.tags.iter().rev().nth(1), Some(Tag::ParagraphProperties));
        if of_mark {
            if deleted || matches!(name, "del" | "moveFrom") {
                self.body.join_next();
            }
            return None;
        }
        let owner = self.tags.iter_mut().rev().find(|t| {
            !matches!(
                t,
                Tag::ParagraphProperties
                    | Tag::RunProperties
                    | Tag::TableProperties
                    | Tag::RowProperties
                    | Tag::CellProperties
                    | Tag::ControlProperties
            )
        })?;
        match (owner, name) {
            (Tag::Paragraph { look, numbered }, "pStyle") => {
                let style = self.styles.get(&value());
                *look = style.look;
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
            (Tag::Paragraph { look, .. }, "shd") => look.filled = Some(is_filled(element)),
            (Tag::Run { style, prompt, .. }, "rStyle") => {
                let named = self.styles.get(&value());
                (*style, *prompt) = (named.look, named.prompt);
            }
            (Tag::Run { own, .. }, _) => look(own, element),
            (Tag::Table { .. }, "tblStyle") => {
                if let Some(style) = self.around.tables.last_mut() {
                    *style = value().into_owned();
                }
            }
            (Tag::Table { coloured } | Tag::Cell { coloured, .. }, "shd") => *coloured |= is_filled(element),
            (Tag::Row { dropped }, _) if deleted || name == "del" => *dropped = true,
            (Tag::Row { dropped }, "hidden") => *dropped |= toggle(element),
            (Tag::Cell { span, .. }, "gridSpan") => *span = number().unwrap_or(1).clamp(1, MAX_SPAN),
            (Tag::Cell { down, .. }, "vMerge" | "vmerge") => {
                *down = if value() == "restart" { Down::First } else { Down::Merged };
            }
            (Tag::Cell { joined, .. }, "hMerge" | "hmerge") => *joined = value() != "restart",
            (Tag::Control { prompt }, "showingPlcHdr") if !*prompt && toggle(element) => {
                *prompt = true;
                self.around.prompts = self.around.prompts.saturating_add(1);
            }
            _ => {}
        }
        None
    }
}
