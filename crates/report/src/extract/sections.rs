//! Sections: the chapters of the narrative.
//!
//! Owns cutting the text at the headings that the editions list. Refuses headings of narrative points (`一是…`, an inner
//! `一、存在问题`): a chapter is one that the form knows, in the form's order.

use super::index::Index;
use super::label::likeness;
use super::stream::{Piece, Shape};
use super::text::chinese_digit;
use crate::form::Forms;

/// A chapter as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundSection {
    /// Its number on the form.
    pub number: u32,
    /// Its code.
    pub code: String,
    /// Heading as printed.
    pub heading: String,
    /// Its running text, lines separated by `\n`; tables left out.
    pub text: String,
}

/// No form has more chapters.
const LAST_CHAPTER: u32 = 8;
/// Headings are short.
const HEADING_CHARS: usize = 40;
/// A heading that is not listed must be this like a listed one of the same number.
const LIKE: f64 = 0.72;
/// Beyond this a chapter is cut: no report is as long, but a hostile file may be.
const TEXT_BYTES: usize = 1 << 20;

/// Cuts the narrative of a report that follows `edition`.
#[must_use]
pub fn sections(forms: &Forms, index: &Index, edition: usize, pieces: &[Piece<'_>]) -> Vec<FoundSection> {
    let mut out: Vec<FoundSection> = Vec::new();
    let mut holds_table = false;
    let mut last_row = 0;
    for piece in pieces {
        if let Some(s) = heading(forms, index, edition, piece) {
            let section = &forms.editions[edition].sections[s];
            if out.last().is_none_or(|l| l.number < section.number) {
                holds_table = section.table.is_some();
                out.push(FoundSection {
                    number: section.number,
                    code: section.code.clone(),
                    heading: piece.text.trim_matches(['#', '*', ' ']).to_owned(),
                    text: String::new(),
                });
                last_row = piece.row;
                continue;
            }
        }
        let Some(section) = out.last_mut() else { continue };
        let narrative = piece.shape == Shape::Prose || (!holds_table && piece.shape != Shape::Row);
        if narrative && section.text.len() + piece.text.len() < TEXT_BYTES {
            if !section.text.is_empty() {
                section.text.push(if piece.row == last_row { ' ' } else { '\n' });
            }
            section.text.push_str(piece.text);
            last_row = piece.row;
        }
    }
    out
}

fn heading(forms: &Forms, index: &Index, edition: usize, piece: &Piece<'_>) -> Option<usize> {
    if piece.norm.is_empty()
        || matches!(piece.shape, Shape::Row | Shape::Prose)
        || piece.text.len() > HEADING_CHARS * 4
        || piece.text.chars().count() > HEADING_CHARS
    {
        return None;
    }
    // Without its number a listed heading may be a menu entry or a table's title.
    let bare = piece.text.trim_start_matches(['#', '*', ' ', '-']);
    let mut rest = bare.chars();
    let first = rest.next()?;
    let ordinal = chinese_digit(first).filter(|n| *n <= LAST_CHAPTER);
    if ordinal.is_none() && first != '附' {
        return None;
    }
    let sections = &forms.editions[edition].sections;
    let number = ordinal.filter(|_| rest.as_str().trim_start().starts_with(['、', '.', '．', '，', ',']));
    if let Some((e, s)) = index.heading(&piece.norm) {
        let code = &forms.editions[e].sections[s].code;
        if number.is_some() || first == '附' {
            return sections.iter().position(|own| own.code == *code);
        }
    }
    let number = number?;
    let chars: Vec<char> = piece.norm.chars().collect();
    let at = sections.iter().position(|s| s.number == number)?;
    index.chapters[edition][at].iter().any(|h| likeness(h, &chars) >= LIKE).then_some(at)
}
