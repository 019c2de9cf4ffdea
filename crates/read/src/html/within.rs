//! What becomes of elements whose content is no text of the page as it stands, when they end: titles, scripts, style
//! sheets, fields, frames.
//!
//! Refuses to know how their content is packed and what scripts say.

use super::aside::Aside;
use super::control::Choices;
use super::embed::{of_data_url, unpacked};
use super::line::{collapse, filled};
use super::page::{Page, Whole};
use super::raw::Raw;
use super::script::{self, Said};
use super::sheet::is_for_screen;
use super::tag::Tag;
use super::token::{OpenTag, tokenize};

impl Page<'_, '_, '_> {
    /// Begins an element whose content is no text. `seen`: nothing hides it.
    pub(super) fn begin_raw(&mut self, tag: &OpenTag, seen: bool) {
        self.hidden = Some((tag.kind, 1));
        self.raw = Raw {
            word: tag.word.trim().to_ascii_lowercase(),
            source: tag.content.clone(),
            srcdoc: tag.srcdoc.clone(),
            seen: seen && !self.open.look.is_lost(),
            line: self.line_at(tag.start),
            ..Raw::default()
        };
        if tag.kind == Tag::Select {
            self.raw.choices = Choices::new(tag);
        }
    }

    /// Text within such an element.
    pub(super) fn put_raw(&mut self, kind: Tag, text: &str, start: usize) {
        let wanted = match kind {
            Tag::Title => self.declared_title.is_none(),
            Tag::Select => self.raw.choices.is_open(),
            Tag::Script | Tag::Style | Tag::Textarea | Tag::Noscript => true,
            _ => false,
        };
        if wanted {
            self.raw.text.push_str(text);
            self.raw.start.get_or_insert(start);
        }
    }

    /// Ends the choice that is being read.
    pub(super) fn end_choice(&mut self) {
        let text = collapse(&std::mem::take(&mut self.raw.text));
        self.raw.choices.close(text);
    }

    pub(super) fn open_choice(&mut self, marked: bool) {
        self.end_choice();
        self.raw.choices.open(marked);
    }

    /// Ends such an element.
    pub(super) fn end_raw(&mut self, kind: Tag) {
        let mut raw = std::mem::take(&mut self.raw);
        match kind {
            // Kept from the first title that says something; later ones belong to drawings and embedded pages.
            Tag::Title => self.declared_title = self.declared_title.take().or(filled(collapse(&raw.text))),
            Tag::Style if is_for_screen(&raw.word) => self.add_sheet(&raw.text),
            Tag::Script => self.run(&raw),
            Tag::Textarea => self.end_textarea(&raw),
            Tag::Noscript => self.packed_article(&raw.text, raw.line),
            Tag::Select => {
                raw.choices.close(collapse(&raw.text));
                match raw.choices.shown() {
                    Some(text) if raw.seen => self.put_value(&text, raw.start.unwrap_or(0)),
                    None if raw.seen => self.object(),
                    _ => {}
                }
            }
            Tag::Frame => self.framed(&raw.srcdoc, &raw.source, raw.line, raw.seen),
            _ => {}
        }
    }

    fn end_textarea(&mut self, raw: &Raw) {
        if unpacked(&raw.text).is_some() {
            return self.packed_article(&raw.text, raw.line);
        }
        if !raw.seen {
            return;
        }
        self.part.break_line();
        if raw.text.trim().is_empty() {
            self.object();
        } else {
            // Its lines are kept as they were typed.
            self.part.pre += 1;
            self.print(&raw.text, raw.start.unwrap_or(0));
            self.part.break_line();
            self.part.pre -= 1;
        }
    }

    /// A style sheet of the page.
    fn add_sheet(&mut self, text: &str) {
        if self.styled {
            return;
        }
        match self.sheet.add(text) {
            // It speaks of what was read already.
            Ok(tells) => self.late |= tells && self.begun,
            Err(_) => self.work.too_much(),
        }
    }

    /// A style sheet of another file.
    pub(super) fn read_link(&mut self, tag: &OpenTag) {
        if !tag.word.to_ascii_lowercase().split_ascii_whitespace().any(|word| word == "stylesheet") {
            return;
        }
        let files = self.work.files;
        match files(&tag.content) {
            Some(text) => self.add_sheet(&text),
            // What lies behind text may be said there.
            None => self.doubt(),
        }
    }

    /// A page in a frame.
    pub(super) fn framed(&mut self, srcdoc: &str, address: &str, line: u32, seen: bool) {
        let files = self.work.files;
        let (text, fixed) = if srcdoc.trim().is_empty() {
            match of_data_url(address).or_else(|| files(address)) {
                Some(text) => (text, true),
                None => return self.object(),
            }
        } else {
            (srcdoc.to_owned(), false)
        };
        let Some(Whole { document, asides }) = self.inner(None, &text, line, fixed) else { return };
        if seen {
            self.part.adopt(&document, asides);
        } else {
            self.keep(Aside { at: 0, document, asides, article: false });
        }
    }

    /// An article that a field or an attribute may hold.
    pub(super) fn packed_article(&mut self, text: &str, line: u32) {
        if let Some(text) = Some(text).filter(|t| t.len() > 16).and_then(unpacked) {
            self.article(None, &text, line);
        }
    }

    fn article(&mut self, title: Option<&str>, text: &str, line: u32) {
        let title = title.filter(|title| !text.contains(title));
        if let Some(Whole { document, asides }) = self.inner(title, text, line, true) {
            self.keep(Aside { at: 0, document, asides, article: true });
        }
    }

    fn run(&mut self, raw: &Raw) {
        let word = &raw.word;
        let runs = word.is_empty() || ["script", "module", "babel"].iter().any(|part| word.contains(part));
        if !runs && !word.contains("json") {
            // Markup that a script or an editor takes from here.
            return self.packed_article(&raw.text, raw.line);
        }
        if !script::is_of_interest(&raw.text) {
            return;
        }
        for said in script::read(&raw.text, &mut self.work.left) {
            match said {
                Said::Write(text) if runs => self.write(&text, raw.line),
                Said::Unknown if self.part.is_in_cell() => self.object(),
                Said::Article { title, text } => self.article(title.as_deref(), &text, raw.line),
                Said::Write(_) | Said::Unknown => {}
            }
        }
        // What a script opens and does not close must not swallow the page.
        self.hidden = None;
    }

    /// What a script writes stands where the script does.
    fn write(&mut self, text: &str, line: u32) {
        if text.len() > self.work.left || !self.work.nest() {
            return;
        }
        self.work.left -= text.len();
        let fixed = std::mem::replace(&mut self.fixed, true);
        self.line = self.line.max(line);
        tokenize(text, self);
        self.fixed = fixed;
        self.work.unnest();
    }
}
