//! ODT and ODS: the content of an OpenDocument file.
//!
//! Owns what of it is shown: tracked deletions, hidden, struck and white text, marks of notes, prompts, hidden rows,
//! columns and sheets are not; text boxes are. Refuses headers, footers, notes, comments, drawings over sheets, and list
//! numbers (they are not in the content).

mod elements;
mod formats;
mod looks;
mod sheets;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

use self::elements::prefix;
use self::formats::Formats;
use self::looks::Looks;
use super::package::Package;
use super::xml::{Piece, Xml, decode};
use crate::limits::{Clock, Fault, Limits};
use nianbao_document::Document;

/// Reads a document. In ODT a paragraph outside tables counts one line, so does a row of a table; in ODS a row of a
/// sheet, and sheets go on counting.
///
/// # Errors
/// [`Fault::Damaged`] if the package or its XML is broken, [`Fault::Encrypted`] if it needs a password,
/// [`Fault::Limit`] if it is too large, too deep or too slow, [`Fault::Unsupported`] if it is neither text nor sheet.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Fault::Encrypted("the document needs a password".to_owned()));
    }
    let text = package.needed("content.xml")?;
    let mut styles = Styles::default();
    if let Some(common) = package.part("styles.xml")?
        && looks::bear_on(&common, &text)
    {
        let common = decode(common)?;
        let mut xml = Xml::new(&common, package.clock());
        while !matches!(styles.next(&mut xml)?, Begins::End) {}
    }
    let clock = package.clock();
    let settings = || Ok(package.text("settings.xml")?.unwrap_or_default().into());
    content(&text, styles, clock, settings)
}

/// Reads a document that is one XML file: its styles and settings stand before its content.
pub(super) fn flat(text: &str, clock: Clock) -> Result<Document, Fault> {
    content(text, Styles::default(), clock, || Ok(text.into()))
}

fn content<'s>(
    text: &str,
    mut styles: Styles,
    clock: Clock,
    settings: impl FnOnce() -> Result<Cow<'s, str>, Fault>,
) -> Result<Document, Fault> {
    let mut xml = Xml::new(text, clock);
    loop {
        match styles.next(&mut xml)? {
            Begins::Text => return text::read(xml, styles.looks.whole()),
            Begins::Sheets => {
                let zeros = !looks::values(text.as_bytes(), b"office:value").any(|value| value.starts_with(b"0"))
                    || sheets::shows_zeros(&settings()?);
                let file = sheets::File { zeros, formulas: text.contains("table:formula") };
                return sheets::read(xml, styles.looks.whole(), styles.formats.whole(), file);
            }
            Begins::End => return Err(Fault::Unsupported("neither a text nor a sheet".to_owned())),
            Begins::Nothing => {}
        }
    }
}

/// What a part has come to.
enum Begins {
    Nothing,
    Text,
    Sheets,
    End,
}

/// Styles, as they are read.
#[derive(Default)]
struct Styles {
    looks: Looks,
    formats: Formats,
}

impl Styles {
    /// Takes the next piece of a part that is not yet in its body.
    fn next(&mut self, xml: &mut Xml<'_>) -> Result<Begins, Fault> {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::Close => return Ok(Begins::Nothing),
            Piece::Text(text) => {
                self.formats.text(&text);
                return Ok(Begins::Nothing);
            }
            Piece::End => return Ok(Begins::End),
        };
        let name = element.local_name();
        match (prefix(&element), name.as_ref()) {
            ("office", "text") => return Ok(Begins::Text),
            ("office", "spreadsheet") => return Ok(Begins::Sheets),
            ("office", "scripts" | "font-face-decls" | "master-styles" | "settings" | "meta")
            | ("text", "list-style" | "outline-style" | "notes-configuration") => xml.skip()?,
            ("number", name) => self.formats.open(name, &element),
            ("style", "map") if self.formats.is_open() => self.formats.map(&element),
            // How numbers of a format look.
            ("style", "text-properties") if self.formats.is_open() => {}
            ("style", name) => {
                self.formats.close();
                self.looks.open(name, &element);
            }
            _ => {}
        }
        Ok(Begins::Nothing)
    }
}
