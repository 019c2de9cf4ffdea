//! Controls of forms: what a person sees in them.
//!
//! Owns values of fields and lists of choices. Refuses to fill anything in: a field without a value shows none, and is no
//! blank either.

use super::tag::Tag;
use super::token::OpenTag;

/// What a control shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shows<'t> {
    /// A text.
    Text(&'t str),
    /// Something that is no text: an empty field.
    Object,
    /// The same, and surely no figure: a button, a box to tick.
    Thing,
    /// Nothing.
    Nothing,
}

/// What a field (`input`) shows.
pub(super) fn field(tag: &OpenTag) -> Shows<'_> {
    debug_assert!(tag.kind == Tag::Input);
    let value = tag.content.trim();
    match tag.word.trim().to_ascii_lowercase().as_str() {
        "hidden" => Shows::Nothing,
        "checkbox" | "radio" | "button" | "submit" | "reset" | "file" => Shows::Thing,
        "image" | "password" | "range" | "color" => Shows::Object,
        _ if value.is_empty() => Shows::Object,
        _ => Shows::Text(value),
    }
}

/// A list of choices that is being read.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// It shows several at a time.
    several: bool,
    first: Option<String>,
    chosen: Option<String>,
    /// Whether the choice that is being read is the one made.
    marked: bool,
    open: bool,
}

impl Choices {
    pub(super) fn new(tag: &OpenTag) -> Self {
        Self { several: tag.flag || tag.measure.is_some_and(|m| m > 1 && m < u32::MAX), ..Self::default() }
    }

    /// Whether a choice is being read.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// A choice begins.
    pub(super) fn open(&mut self, marked: bool) {
        self.marked = marked;
        self.open = true;
    }

    /// A choice ends, and this is its text.
    pub(super) fn close(&mut self, text: String) {
        if std::mem::take(&mut self.open) {
            if self.marked {
                self.chosen = Some(text);
            } else if self.first.is_none() {
                self.first = Some(text);
            }
        }
    }

    /// What is shown of it; `None` for what cannot be told.
    pub(super) fn shown(self) -> Option<String> {
        self.chosen.or(self.first).filter(|text| !self.several && !text.is_empty())
    }
}
