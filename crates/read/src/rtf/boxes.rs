//! Groups that hold something else than text of the paragraph: tables of the head, shapes and their text boxes, notes.
//!
//! Owns which word begins what, and where the text of a box goes. Refuses groups that never say anything.

use super::Reader;
use super::state::{Aside, Kind, Shape, State};

impl Reader {
    /// Begins a text box, whose paragraphs and tables stand where it is anchored.
    fn open_box(&mut self) {
        self.flush();
        if self.shape.hidden {
            self.state.kind = Kind::Skipped;
            return;
        }
        let base = self.base.saturating_add(self.depth());
        self.boxes.push(Aside {
            groups: self.stack.len().saturating_sub(1),
            text: std::mem::take(&mut self.text),
            row: std::mem::take(&mut self.row),
            inner_row: std::mem::take(&mut self.inner_row),
            base: std::mem::replace(&mut self.base, base),
        });
        self.state =
            State { charset: self.charset(self.default_font), stand_ins: self.state.stand_ins, ..State::default() };
    }

    /// Takes a word that says what a group holds; `false` if it is none, or the group is left out.
    pub(super) fn destination(&mut self, word: &[u8], value: Option<i32>, starred: bool) -> bool {
        let kind = match (word, self.state.kind) {
            (b"fonttbl", _) => Kind::Fonts,
            (b"colortbl", _) => Kind::Colours,
            (b"stylesheet", _) => Kind::Styles,
            // Styles of characters are marked as what older programs do not know.
            (b"cs", Kind::Styles) if starred => {
                self.styles.word(word, value, &self.colours);
                return true;
            }
            (b"shp", Kind::Text) => Kind::Shape,
            (b"shpinst" | b"do", Kind::Text | Kind::Shape) if starred => {
                self.shape = Shape::default();
                Kind::Shape
            }
            (b"sp", Kind::Shape) => {
                (self.shape.name, self.shape.value) = (String::new(), String::new());
                return true;
            }
            (b"sn", Kind::Shape) => Kind::Name,
            (b"sv", Kind::Shape) => Kind::Value,
            (b"shptxt" | b"dptxbxtext", Kind::Shape) => {
                self.open_box();
                return true;
            }
            _ => return false,
        };
        self.state.kind = kind;
        true
    }

    /// A note. Its mark, if it is not counted, is the text before it in its group.
    pub(super) fn note(&mut self) {
        let Some(group) = self.stack.last().filter(|_| self.stack.len() > 2) else { return };
        if !group.counted && group.from > 0 && group.from < self.text.len() {
            self.text.truncate(group.from);
        }
    }
}
