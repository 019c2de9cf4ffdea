//! Styles of an OpenDocument file, as far as they bear on what is seen.
//!
//! Owns inheritance, and what the attributes are called. Refuses everything that only adorns.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use memchr::memmem;
use quick_xml::events::BytesStart;

use super::super::xml::attribute;
use crate::seen::{Look, is_white};

/// Styles of a document that count.
const MAX_STYLES: usize = 100_000;
/// Styles based on styles.
const MAX_BASES: usize = 16;
/// Per cent of the height of a line by which text is raised or lowered, from which on it stands off its line.
const OFF_LINE: f64 = 5.0;
/// Points of text that is too small to be seen.
const TINY: f64 = 1.5;

/// What styles are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Family {
    Text,
    Paragraph,
    Cell,
    Row,
    Column,
    Table,
}

impl Family {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "paragraph" => Self::Paragraph,
            "table-cell" => Self::Cell,
            "table-row" => Self::Row,
            "table-column" => Self::Column,
            "table" => Self::Table,
            _ => return None,
        })
    }
}

/// What a style says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Style {
    /// How its text looks.
    pub look: Look,
    /// The ground of its cells is not white.
    pub coloured: Option<bool>,
    /// Sheets of it are not shown, rows or columns of it have no size.
    pub hides: Option<bool>,
    /// Name of the format of its numbers.
    pub format: Option<String>,
}

/// Styles as they are stated.
#[derive(Debug, Default)]
pub(super) struct Looks {
    stated: BTreeMap<(Family, String), (Style, Option<String>)>,
    defaults: HashMap<Family, Style>,
    /// The style that is being read: its family, its name unless it is a default, the one that it is based on.
    open: Option<(Family, Option<String>)>,
}

/// Styles with what they inherit.
#[derive(Debug, Default)]
pub(super) struct Whole {
    styles: HashMap<Family, HashMap<String, Rc<Style>>>,
    defaults: HashMap<Family, Rc<Style>>,
}

impl Looks {
    /// Takes an element of the styles.
    pub(super) fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        let value = |name: &str| attribute(element, name);
        if matches!(name, "style" | "default-style") {
            let family = value("family").and_then(|f| Family::of(&f));
            self.open =
                family.map(|family| (family, value("name").filter(|_| name == "style").map(|n| n.into_owned())));
            if let Some((family, Some(name))) = &self.open
                && self.stated.len() < MAX_STYLES
            {
                let style = Style { format: value("data-style-name").map(|f| f.into_owned()), ..Style::default() };
                let base = value("parent-style-name").map(|p| p.into_owned());
                self.stated.insert((*family, name.clone()), (style, base));
            }
            return;
        }
        let Some((family, name_of)) = &self.open else { return };
        let style = match name_of {
            Some(name) => self.stated.get_mut(&(*family, name.clone())).map(|s| &mut s.0),
            None => Some(self.defaults.entry(*family).or_default()),
        };
        let Some(style) = style else { return };
        match name {
            "text-properties" => text(&mut style.look, element),
            "paragraph-properties" => style.look.filled = colour(element).or(style.look.filled),
            "table-cell-properties" | "table-row-properties" | "table-column-properties" | "table-properties" => {
                style.coloured = colour(element).or(style.coloured);
                let none = |size: &str| measure(size, 1.0).is_some_and(|size| size == 0.0);
                let size = value("row-height").or(value("column-width"));
                let hides = size.map(|s| none(&s)).or(value("display").map(|d| d == "false"));
                style.hides = hides.or(style.hides);
            }
            _ => {}
        }
    }

    /// All styles with what they inherit.
    pub(super) fn whole(self) -> Whole {
        let mut styles: HashMap<Family, HashMap<String, Rc<Style>>> = HashMap::new();
        for (family, name) in self.stated.keys() {
            let mut style = Style::default();
            let mut next = Some(name.clone());
            for _ in 0..MAX_BASES {
                let Some((own, base)) = next.take().and_then(|name| self.stated.get(&(*family, name))) else { break };
                style = style.over(own);
                next.clone_from(base);
            }
            if let Some(default) = self.defaults.get(family) {
                style = style.over(default);
            }
            styles.entry(*family).or_default().insert(name.clone(), Rc::new(style));
        }
        Whole { styles, defaults: self.defaults.into_iter().map(|(family, style)| (family, Rc::new(style))).collect() }
    }
}

impl Style {
    fn over(self, base: &Self) -> Self {
        Self {
            look: self.look.over(base.look),
            coloured: self.coloured.or(base.coloured),
            hides: self.hides.or(base.hides),
            format: self.format.or_else(|| base.format.clone()),
        }
    }
}

impl Whole {
    /// The style that an element names; that of its family if it names none that is known.
    pub(super) fn of(&self, family: Family, element: &BytesStart<'_>) -> Option<&Rc<Style>> {
        attribute(element, "style-name").and_then(|name| self.get(family, &name)).or_else(|| self.default(family))
    }

    /// The style of a family that holds where none is named.
    pub(super) fn default(&self, family: Family) -> Option<&Rc<Style>> {
        self.defaults.get(&family)
    }

    /// A style by its name.
    pub(super) fn get(&self, family: Family, name: &str) -> Option<&Rc<Style>> {
        self.styles.get(&family)?.get(name)
    }
}

/// Whether a part of common styles says anything of the content's text that matters here: most do not, and are long.
pub(super) fn bear_on(styles: &[u8], content: &str) -> bool {
    // Formats of numbers that the content names and does not hold.
    let mut last: &[u8] = b"N0";
    for format in values(content.as_bytes(), b"data-style-name") {
        if format != last && format != b"N0" && !values(content.as_bytes(), b"style:name").any(|name| name == format) {
            return true;
        }
        last = format;
    }
    let mut starts = memmem::find_iter(styles, b"<style:").filter(|at| {
        let name = styles.get(at.saturating_add(7)..).unwrap_or_default();
        [&b"style"[..], b"default-style"].iter().any(|n| name.strip_prefix(*n).is_some_and(ends_name))
    });
    let mut next = starts.next();
    while let Some(start) = next {
        next = starts.next();
        let style = styles.get(start..next.unwrap_or(styles.len())).unwrap_or_default();
        if !is_odd(style) {
            continue;
        }
        let name = values(style, b"style:name").next().filter(|name| !name.is_empty());
        // A default is everybody's; another style may be the base of one that is used.
        let Some(name) = name else { return true };
        let named = |text: &[u8]| {
            memmem::find_iter(text, name).any(|at| {
                let before = at.checked_sub(1).and_then(|at| text.get(at));
                matches!(before, Some(b'"' | b'\'')) && before == text.get(at.saturating_add(name.len()))
            })
        };
        if named(content.as_bytes()) || values(styles, b"style:parent-style-name").any(|base| base == name) {
            return true;
        }
    }
    false
}

/// Whether a style strikes, raises, hides, whitens, shrinks, or formats numbers.
fn is_odd(style: &[u8]) -> bool {
    let text = |value| std::str::from_utf8(value).ok();
    values(style, b"line-through-style").chain(values(style, b"line-through-type")).any(|v| v != b"none")
        || values(style, b"text-position").any(|v| !v.starts_with(b"0"))
        || values(style, b"display").any(|v| matches!(v, b"none" | b"false"))
        || values(style, b"fo:color").any(|v| text(v).and_then(is_white) == Some(true))
        || values(style, b"font-size").any(|v| text(v).and_then(points).is_some_and(|size| size <= TINY))
        || values(style, b"data-style-name").any(|v| v != b"N0")
}

/// The values of attributes whose name ends so, as they are written.
pub(super) fn values<'s>(xml: &'s [u8], name: &'static [u8]) -> impl Iterator<Item = &'s [u8]> {
    memmem::find_iter(xml, name).filter_map(move |at| {
        let rest = xml.get(at.checked_add(name.len())?..)?.trim_ascii_start();
        let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
        let (quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        rest.split(|b| b == quote).next()
    })
}

/// Whether the name of an element has ended.
fn ends_name(rest: &[u8]) -> bool {
    rest.first().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// Takes the properties of text into a look.
fn text(look: &mut Look, element: &BytesStart<'_>) {
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        let value = attribute.value.trim();
        match attribute.key.local_name().as_ref() {
            "display" => look.hidden = Some(value == "none"),
            "text-line-through-style" | "text-line-through-type" => {
                look.struck = Some(value != "none" && look.struck != Some(false));
            }
            "text-position" => look.script = position(value),
            "font-size" => look.tiny = points(value).map(|size| size <= TINY),
            "color" => look.white = Some(is_white(value).unwrap_or(false)),
            "use-window-font-color" if value == "true" => look.white = Some(false),
            // White letters that throw shadows are seen.
            "font-relief" | "text-shadow" if value != "none" => look.filled = Some(true),
            "text-outline" if value == "true" => look.filled = Some(true),
            "background-color" => look.filled = Some(is_white(value) == Some(false)),
            _ => {}
        }
    }
}

/// Whether `super 58%`, `-33% 58%` is off the line.
fn position(value: &str) -> Option<bool> {
    let first = value.split_whitespace().next()?;
    match first {
        "super" | "sub" => Some(true),
        _ => first.strip_suffix('%')?.parse::<f64>().ok().map(|n| n.abs() >= OFF_LINE),
    }
}

/// A length in points; a share of something else is none.
fn points(value: &str) -> Option<f64> {
    let units = [("pt", 1.0), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)];
    units.iter().find_map(|(unit, points)| measure(value.strip_suffix(unit)?, *points))
}

fn measure(value: &str, unit: f64) -> Option<f64> {
    let digits = value.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse::<f64>().ok().map(|n| n * unit)
}

/// Whether a ground is of another colour than white.
fn colour(element: &BytesStart<'_>) -> Option<bool> {
    attribute(element, "background-color").map(|c| is_white(&c) == Some(false))
}
