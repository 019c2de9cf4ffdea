//! Reads decoded HTML: lines of running text and the grids of tables, with their places in the source.
//!
//! Owns what markup means for reading: which elements break a line, which hide their content, how an unclosed table
//! is repaired, where spans put a cell, and which tables only lay out a page. It knows markup, not the official
//! forms: what a grid says is none of its business. It refuses to guess encodings (the text is decoded already) and
//! meaning, to lay a page out, and to run scripts. Every input gives a document, unless it costs too much.
//!
//! Markup is repaired as browsers do, because that is what the authors of the pages looked at, and read as it is seen:
//! `style` and `sheet` say what is hidden, struck or raised, `aside` what of the hidden is seen after all, `line` what of
//! a line is no text of it, `control` what fields show, `script` and `embed` which pages lie within the page.

mod aside;
mod control;
mod embed;
mod lexer;
mod line;
mod open;
mod page;
mod part;
mod raw;
mod script;
mod selector;
mod sheet;
mod style;
mod table;
mod tag;
mod tags;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_seen;
#[cfg(test)]
mod tests_within;
mod token;
mod value;
mod variable;
mod within;

pub(super) use self::embed::Files;
use self::page::{Page, Work};
use self::tag::Tag;
use super::limits::{Fault, Limits};
use super::markdown;
use nianbao_document::Document;

/// Reads decoded HTML that was saved with other files.
///
/// # Errors
/// [`Fault::Limit`] and [`Fault::Time`].
pub(super) fn read_with(text: &str, limits: &Limits, files: Files<'_>) -> Result<Document, Fault> {
    let lines = keeps_lines(text);
    let mut work = Work::new(limits, files, text.len(), lines);
    let page = Page::read(None, text, None, &mut work);
    if let Some(fault) = work.fault.take() {
        return Err(fault);
    }
    let mut document = aside::settle(page.document, page.asides);
    if lines {
        markdown::tables(&mut document);
    }
    Ok(document)
}

/// Whether a text is Markdown with tables in markup, as converters write it: outside its tables it has no markup that
/// breaks lines, so its lines do.
fn keeps_lines(text: &str) -> bool {
    if text.trim_start().starts_with('<') {
        return false;
    }
    let bytes = text.as_bytes();
    let mut tables = 0_u32;
    let mut inside = 0_u32;
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let (ends, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        match Tag::of(&name) {
            Tag::Table if ends => inside = inside.saturating_sub(1),
            Tag::Table => {
                inside += 1;
                tables += 1;
            }
            kind if inside == 0 && length > 0 && (kind.is_block() || matches!(kind, Tag::Break | Tag::Root)) => {
                return false;
            }
            _ => {}
        }
    }
    tables > 0
}
