//! How cells of SpreadsheetML look, and how their numbers are shown.
//!
//! Owns what styles inherit, and the names of formats that are no codes. Refuses what only adorns.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::format::Format;
use super::super::xml::{Piece, Xml, attribute};
use crate::limits::Fault;
use crate::seen::{Look, is_white};

/// Styles of a workbook that count.
const MAX_STYLES: usize = 100_000;
/// Styles based on styles.
const MAX_BASES: usize = 16;
/// Points of text that is too small to be seen.
const TINY: f64 = 1.5;
/// The style of cells that name none.
const DEFAULT: &str = "Default";

/// The style of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub format: Rc<Format>,
    pub look: Look,
}

#[derive(Debug, Default)]
struct Stated {
    base: Option<String>,
    format: Option<Rc<Format>>,
    look: Look,
}

/// All styles of cells, by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    plain: Style,
}

impl Styles {
    /// Reads the list that was just opened.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, Fault> {
        let mut stated: HashMap<String, Stated> = HashMap::new();
        let (mut open, mut depth) = (None, 1_usize);
        while depth > 0 {
            match xml.next()? {
                Piece::Open(element) => {
                    depth = depth.saturating_add(1);
                    if element.local_name().as_ref() == "Style" {
                        let id = attribute(&element, "ID").unwrap_or_default().into_owned();
                        let base = attribute(&element, "Parent").map(|p| p.into_owned());
                        open = (stated.len() < MAX_STYLES).then(|| id.clone());
                        if open.is_some() {
                            stated.insert(id, Stated { base, ..Stated::default() });
                        }
                    } else if let Some(style) = open.as_ref().and_then(|id| stated.get_mut(id)) {
                        style.take(&element);
                    }
                }
                Piece::Close => depth = depth.saturating_sub(1),
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        let styles: HashMap<String, Style> = stated.keys().map(|id| (id.clone(), whole(&stated, id))).collect();
        let plain = styles.get(DEFAULT).cloned().unwrap_or_default();
        Ok(Self { styles, plain })
    }

    /// The first of these styles that is named; one that is not defined is the default.
    pub(super) fn get(&self, names: [Option<&str>; 4]) -> &Style {
        let name = names.into_iter().flatten().next();
        name.and_then(|name| self.styles.get(name)).unwrap_or(&self.plain)
    }
}

impl Stated {
    fn take(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "NumberFormat" => {
                let code = attribute(element, "Format").unwrap_or_default();
                self.format = Some(Rc::new(Format::of_code(of_name(&code))));
            }
            "Font" => font(&mut self.look, element),
            "Interior" => {
                let coloured = attribute(element, "Color").is_some_and(|c| is_white(&c) == Some(false));
                let pattern = attribute(element, "Pattern").unwrap_or_default();
                self.look.filled = Some(coloured || !matches!(&*pattern, "" | "Solid" | "None"));
            }
            _ => {}
        }
    }
}

fn whole(stated: &HashMap<String, Stated>, id: &str) -> Style {
    let (mut style, mut format) = (Style::default(), None);
    let mut next = Some(id);
    for _ in 0..MAX_BASES {
        let Some(own) = next.and_then(|id| stated.get(id)) else { break };
        style.look = style.look.over(own.look);
        format = format.or_else(|| own.format.clone());
        // All that name no other go back to the default.
        next = own.base.as_deref().or((next != Some(DEFAULT)).then_some(DEFAULT));
    }
    Style { format: format.unwrap_or_default(), ..style }
}

/// Takes a font into a look, that of a style or that of a part of a text.
pub(super) fn font(look: &mut Look, element: &BytesStart<'_>) {
    let value = |name: &str| attribute(element, name);
    look.struck = value("StrikeThrough").map(|v| is_on(&v)).or(look.struck);
    look.script = value("VerticalAlign").map(|v| matches!(&*v, "Superscript" | "Subscript")).or(look.script);
    look.tiny = value("Size").and_then(|s| s.trim().parse::<f64>().ok()).map(|s| s <= TINY).or(look.tiny);
    look.white = value("Color").map(|c| is_white(&c).unwrap_or(false)).or(look.white);
}

pub(super) fn is_on(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "True")
}

/// The code of a format that has a name.
fn of_name(name: &str) -> &str {
    match name {
        "General Number" | "Fixed" | "Standard" | "Scientific" | "Currency" | "Euro Currency" => "",
        "Percent" => "0%",
        "General Date" | "Short Date" | "Medium Date" | "Long Date" | "Short Time" | "Medium Time" | "Long Time" => {
            "yyyy"
        }
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        code => code,
    }
}
