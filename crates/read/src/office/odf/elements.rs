//! Elements of OpenDocument that mean the same in texts and in sheets.
//!
//! Owns which of them say nothing, what characters they stand for and how often they count. Refuses to know where they
//! stand.

use quick_xml::events::BytesStart;

use super::super::xml::attribute;

/// Blanks that one element stands for.
const MAX_BLANKS: usize = 1_000;
/// Rows and columns that a cell covers or that it is repeated.
const MAX_SPAN: usize = 1 << 20;

pub(super) fn prefix<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.name().prefix().map_or("", |p| p.into_inner())
}

pub(super) fn count(element: &BytesStart<'_>, name: &str) -> usize {
    let stated = attribute(element, name).and_then(|n| n.trim().parse::<usize>().ok());
    stated.unwrap_or(1).clamp(1, MAX_SPAN)
}

/// What never says anything: notes, comments, deleted text, prompts, how words are spoken, titles of pictures.
pub(super) fn is_left_out(prefix: &str, name: &str) -> bool {
    matches!(
        (prefix, name),
        (
            "text",
            "note"
                | "tracked-changes"
                | "ruby-text"
                | "placeholder"
                | "sequence-decls"
                | "variable-decls"
                | "user-field-decls"
        ) | ("table", "tracked-changes" | "shapes" | "content-validations" | "named-expressions")
            | ("office", "annotation" | "forms" | "binary-data" | "dde-links" | "event-listeners")
            | ("svg", "title" | "desc")
            | ("math", _)
    )
}

/// Adds text, in which blanks and line ends in a row are one blank, and none at the beginning of a paragraph.
pub(super) fn push(paragraph: &mut String, text: &str) {
    for c in text.chars() {
        if !matches!(c, ' ' | '\t' | '\r' | '\n') {
            paragraph.push(c);
        } else if !paragraph.is_empty() && !paragraph.ends_with([' ', '\n', '\t']) {
            paragraph.push(' ');
        }
    }
}

/// Adds what an element of a paragraph stands for, if it is a character.
pub(super) fn push_element(paragraph: &mut String, element: &BytesStart<'_>) {
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
