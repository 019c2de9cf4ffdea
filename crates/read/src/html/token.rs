//! The tokenizer's side: tags with the attributes that are looked at, and text, handed to a page as they come.
//!
//! Owns what is kept of a tag while it is read. Refuses to store what nobody reads: most of a Word export is attributes
//! and comments.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::style::Style;
use super::tag::{Attribute, Tag, key};

/// Bytes of one attribute that is no page of its own.
const MAX_VALUE: usize = 64 * 1024;

const DIALOG: u64 = key(b"dialog");

/// Who reads.
pub(super) trait Sink {
    fn start_tag(&mut self, tag: &OpenTag);
    fn end_tag(&mut self, kind: Tag, key: u64);
    /// Text that begins at a place of the source, give or take the length of a reference.
    fn text(&mut self, value: &str, start: usize);
    /// Whether attributes that no kind of element has by itself are asked for, by name.
    fn wants(&self, attribute: &[u8]) -> bool;
}

/// A start tag.
#[derive(Default)]
pub(super) struct OpenTag {
    pub(super) kind: Tag,
    pub(super) key: u64,
    /// Its place in the source.
    pub(super) start: usize,
    pub(super) closed: bool,
    pub(super) col_span: Option<u32>,
    pub(super) row_span: Option<u32>,
    /// Its own declarations.
    pub(super) style: Style,
    pub(super) hidden: bool,
    pub(super) flag: bool,
    /// The smallest measure.
    pub(super) measure: Option<u32>,
    pub(super) class: String,
    pub(super) id: String,
    pub(super) word: String,
    pub(super) content: String,
    pub(super) srcdoc: String,
    /// Whether a style was given: the first counts.
    styled: bool,
    has_word: bool,
    has_content: bool,
    /// Something of it was kept.
    used: bool,
    /// Attributes that a style sheet asks for.
    pub(super) asked: Vec<(String, String)>,
}

impl OpenTag {
    fn open(&mut self, kind: Tag, key: u64, start: usize) {
        self.kind = kind;
        self.key = key;
        self.start = start;
        self.hidden = false;
        // Most tags have nothing that is kept, and so did the one before.
        if !std::mem::take(&mut self.used) {
            return;
        }
        self.col_span = None;
        self.row_span = None;
        self.style = Style::default();
        self.flag = false;
        self.measure = None;
        self.class.clear();
        self.id.clear();
        self.word.clear();
        self.content.clear();
        self.srcdoc.clear();
        self.styled = false;
        self.has_word = false;
        self.has_content = false;
        self.asked.clear();
    }
}

/// What drives a page.
pub(super) struct Reading<'s, S> {
    sink: &'s mut S,
    source: &'s str,
    position: usize,
    tag_start: usize,
    name: Vec<u8>,
    last_start: Vec<u8>,
    ends: bool,
    tag: OpenTag,
    opened: bool,
    attribute: Vec<u8>,
    value: Vec<u8>,
    kind: Option<Attribute>,
    asked: bool,
    /// Text whose last character is not whole yet.
    cut: Vec<u8>,
}

/// Reads markup into a page.
pub(super) fn tokenize<S: Sink>(text: &str, sink: &mut S) {
    let reading = Reading {
        sink,
        source: text,
        position: 0,
        tag_start: 0,
        name: Vec::new(),
        last_start: Vec::new(),
        ends: false,
        tag: OpenTag::default(),
        opened: false,
        attribute: Vec::new(),
        value: Vec::new(),
        kind: None,
        asked: false,
        cut: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(text, reading).finish();
}

impl<S: Sink> Reading<'_, S> {
    /// Text that stands otherwise in the source: behind a reference the tokenizer gives a character byte by byte.
    #[cold]
    fn patch(&mut self, text: &[u8]) {
        self.cut.extend_from_slice(text);
        let whole = match std::str::from_utf8(&self.cut) {
            Ok(_) => true,
            // What may become a character is waited for.
            Err(error) => error.error_len().is_some() || self.cut.len() > MAX_VALUE,
        };
        if whole {
            let cut = std::mem::take(&mut self.cut);
            self.sink.text(&String::from_utf8_lossy(&cut), self.position.saturating_sub(cut.len()));
            self.cut = cut;
            self.cut.clear();
        }
    }

    /// The tag's name is complete.
    fn open(&mut self) {
        if !self.opened {
            self.opened = true;
            self.tag.open(Tag::of(&self.name), key(&self.name), self.tag_start);
        }
    }

    /// The attribute's name is complete.
    fn settle_attribute(&mut self) -> Attribute {
        *self.kind.get_or_insert_with(|| {
            let kind = Attribute::of(self.tag.kind, &self.attribute);
            self.asked = self.sink.wants(&self.attribute);
            kind
        })
    }

    fn finish_attribute(&mut self) {
        if self.attribute.is_empty() {
            return;
        }
        let attribute = self.settle_attribute();
        if attribute == Attribute::Other && !self.asked {
            self.attribute.clear();
            return;
        }
        self.tag.used = true;
        if self.asked {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            self.tag.asked.push((text(&self.attribute), text(&self.value)));
        }
        let tag = &mut self.tag;
        let push = |to: &mut String| {
            if to.is_empty() {
                to.push_str(&String::from_utf8_lossy(&self.value));
            }
        };
        match attribute {
            Attribute::ColSpan => tag.col_span = tag.col_span.or(number(&self.value)),
            Attribute::RowSpan => tag.row_span = tag.row_span.or(number(&self.value)),
            Attribute::Style if !tag.styled => {
                tag.styled = true;
                tag.style.read(&self.value);
            }
            Attribute::Class => push(&mut tag.class),
            Attribute::Id => push(&mut tag.id),
            Attribute::Hidden => tag.hidden = true,
            Attribute::Color => tag.style.set_color(&self.value),
            Attribute::Back => tag.style.set_back(&self.value),
            Attribute::Word if !tag.has_word => {
                tag.has_word = true;
                push(&mut tag.word);
            }
            Attribute::Content if self.attribute == b"srcdoc" => push(&mut tag.srcdoc),
            Attribute::Content if !tag.has_content => {
                tag.has_content = true;
                push(&mut tag.content);
            }
            Attribute::Measure => {
                let measure = number(&self.value).unwrap_or(u32::MAX);
                tag.measure = Some(tag.measure.map_or(measure, |m| m.min(measure)));
            }
            Attribute::Flag => tag.flag = true,
            Attribute::Style | Attribute::Word | Attribute::Content | Attribute::Other => {}
        }
        self.attribute.clear();
    }
}

impl<S: Sink> Emitter for Reading<'_, S> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        let start = self.position.saturating_sub(text.len());
        // Nearly all text comes as it stands in the source, where it is known to be well-formed.
        let source = self.source.get(start..self.position).filter(|s| std::ptr::eq(s.as_ptr(), text.as_ptr()));
        let whole = source.or_else(|| std::str::from_utf8(text).ok()).filter(|_| self.cut.is_empty());
        match whole {
            Some(whole) => self.sink.text(whole, start),
            None => self.patch(text),
        }
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.ends = false;
        self.opened = false;
        self.tag.closed = false;
        self.attribute.clear();
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.ends = true;
        self.attribute.clear();
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        if self.ends {
            self.last_start.clear();
            self.sink.end_tag(Tag::of(&self.name), key(&self.name));
            return None;
        }
        self.open();
        self.finish_attribute();
        // A dialogue that is not open.
        self.tag.hidden |= self.tag.key == DIALOG && !self.tag.flag;
        std::mem::swap(&mut self.last_start, &mut self.name);
        let raw = self.tag.kind.is_raw() || matches!(self.last_start.as_slice(), b"xmp" | b"plaintext");
        self.sink.start_tag(&self.tag);
        if raw { naive_next_state(&self.last_start) } else { None }
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.tag.closed = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        if !self.ends {
            self.open();
            self.finish_attribute();
            self.value.clear();
            self.kind = None;
            self.asked = false;
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if !self.ends {
            self.attribute.extend_from_slice(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.ends || self.settle_attribute() == Attribute::Other && !self.asked {
            return;
        }
        // Pages within pages are as long as they like; nothing else is.
        if self.kind == Some(Attribute::Content) || self.value.len() + value.len() <= MAX_VALUE {
            self.value.extend_from_slice(value);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.ends && !self.last_start.is_empty() && self.last_start == self.name
    }
}

/// A number as HTML reads it: blanks and a plus sign before it and anything after it are ignored.
pub(super) fn number(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(None, |number: Option<u32>, &digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}
