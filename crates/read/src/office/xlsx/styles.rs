//! How cells look, and how their numbers are shown.
//!
//! Owns fonts, fills and number formats as far as they bear on what is seen. Refuses what depends on values.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::format::Format;
use super::super::package::Package;
use super::super::xml::{Piece, Xml, attribute};
use crate::limits::Fault;
use crate::seen::{Look, is_white};

/// Number formats, fonts, fills and styles of a workbook that count, each.
const MAX_STYLES: usize = 100_000;
/// Points of text that is too small to be seen.
const TINY: f64 = 1.5;

/// The style of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub format: Rc<Format>,
    pub look: Look,
}

/// All styles of cells, by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    plain: Style,
}

impl Styles {
    /// A style. One that is not defined changes nothing.
    pub(super) fn get(&self, number: usize) -> &Style {
        self.styles.get(number).unwrap_or(&self.plain)
    }

    /// Whether some cells have white text.
    pub(super) fn are_white(&self) -> bool {
        self.styles.iter().any(|s| s.look.white == Some(true) && s.look.filled != Some(true))
    }
}

/// Lists of the part that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Formats,
    Fonts,
    Fills,
    Cells,
    Other,
}

/// Reads the styles of a workbook. One without them has none.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Styles, Fault> {
    let Some(text) = package.text(part)? else { return Ok(Styles::default()) };
    let mut xml = Xml::new(&text, package.clock());
    let (mut own, mut fonts, mut fills) = (HashMap::new(), Vec::new(), Vec::new());
    let (mut cells, mut list) = (Vec::new(), List::Other);
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::Close | Piece::Text(_) => continue,
            Piece::End => break,
        };
        let value = |name: &str| attribute(&element, name).unwrap_or_default();
        let number = |name: &str| value(name).trim().parse::<u32>().unwrap_or(0);
        match (list, element.local_name().as_ref()) {
            (List::Formats, "numFmt") if own.len() < MAX_STYLES => {
                own.insert(number("numFmtId"), Rc::new(Format::of_code(&value("formatCode"))));
            }
            (_, "numFmts") => list = List::Formats,
            (_, "cellStyleXfs" | "cellStyles" | "dxfs" | "borders" | "colors") => list = List::Other,
            (_, "fonts") => list = List::Fonts,
            (_, "fills") => list = List::Fills,
            (_, "cellXfs") => list = List::Cells,
            (List::Fonts, "font") if fonts.len() < MAX_STYLES => fonts.push(Look::default()),
            (List::Fonts, _) => {
                if let Some(look) = fonts.last_mut() {
                    font(look, &element);
                }
            }
            (List::Fills, "fill") if fills.len() < MAX_STYLES => fills.push(false),
            (List::Fills, name) => {
                if let Some(filled) = fills.last_mut() {
                    match name {
                        "patternFill" => *filled = !matches!(&*value("patternType"), "" | "none"),
                        "gradientFill" => *filled = true,
                        "fgColor" => *filled &= !is_white_colour(&element),
                        _ => {}
                    }
                }
            }
            (List::Cells, "xf") if cells.len() < MAX_STYLES => {
                cells.push((number("numFmtId"), number("fontId"), number("fillId")));
            }
            _ => {}
        }
    }
    let styles = cells.into_iter().map(|(format, font, fill)| {
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let look = fonts.get(at(font)).copied().unwrap_or_default();
        Style {
            format: own.get(&format).cloned().unwrap_or_else(|| Rc::new(Format::built_in(format))),
            look: Look { filled: fills.get(at(fill)).copied(), ..look },
        }
    });
    Ok(Styles { styles: styles.collect(), plain: Style::default() })
}

/// Takes a property of a font into its look.
pub(super) fn font(look: &mut Look, element: &BytesStart<'_>) {
    let value = || attribute(element, "val");
    let on = |v: Option<Cow<'_, str>>| Some(v.is_none_or(|v| !matches!(&*v, "0" | "false" | "off")));
    match element.local_name().as_ref() {
        "strike" => look.struck = on(value()),
        "vertAlign" => look.script = value().map(|v| matches!(&*v, "superscript" | "subscript")),
        "sz" => look.tiny = value().and_then(|v| v.parse::<f64>().ok()).map(|size| size <= TINY),
        "color" => look.white = Some(is_white_colour(element)),
        _ => {}
    }
}

/// Whether a colour is that of paper: white, the first of the theme, or one of two places of the old palette.
fn is_white_colour(element: &BytesStart<'_>) -> bool {
    let value = |name: &str| attribute(element, name);
    if let Some(colour) = value("rgb") {
        // Eight digits begin with what lets light through.
        return is_white(colour.get(colour.len().saturating_sub(6)..).unwrap_or_default()) == Some(true);
    }
    let tinted = value("tint").and_then(|t| t.parse::<f64>().ok()).is_some_and(|t| t.abs() > 0.03);
    value("theme").is_some_and(|t| t == "0") && !tinted || value("indexed").is_some_and(|i| matches!(&*i, "1" | "9"))
}
