//! The styles of a DOCX, as far as they bear on its text: which are headings, which number, which hide, strike or raise.
//!
//! Owns inheritance of these few properties, and what they are called. Refuses everything that only adorns.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::package::Package;
use super::xml::{Piece, Xml, attribute};
use crate::limits::{Clock, Fault};
use crate::seen::{Look, is_white};
use quick_xml::events::BytesStart;

/// Styles based on styles; Word allows eleven.
const MAX_BASES: usize = 16;
/// Bytes of a namespace's prefix.
const MAX_PREFIX: usize = 64;
/// Styles of tables.
const MAX_TABLE_STYLES: usize = 4_096;
/// Outline levels below this are headings; 9 is body text.
const OUTLINE_LEVELS: u32 = 9;
/// Half points that text is raised or lowered by, from which on it stands off its line.
const OFF_LINE: f64 = 2.0;
/// Half points of text that is too small to be seen.
const TINY: f64 = 3.0;

/// What a paragraph's list number is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Numbered {
    /// Id of the list; 0 takes a number away.
    pub list: Option<u32>,
    /// Level in it, from 0.
    pub level: Option<usize>,
}

/// Properties that a style states or inherits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// It is a heading, by its name or its outline level.
    pub heading: Option<bool>,
    /// How its text looks.
    pub look: Look,
    /// Its list.
    pub numbered: Numbered,
    /// It is that of prompts in empty content controls. Programs that fill them may leave it.
    pub prompt: bool,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The part, for the styles of tables in it: they are most of it, and looked at only where text is white.
    part: Option<(String, Clock)>,
    coloured: OnceCell<HashSet<String>>,
    /// The style of paragraphs that name none.
    pub default: Style,
    /// How text looks of which no style says anything.
    pub base: Look,
}

impl Styles {
    /// Reads the styles that a main part refers to. A document without them has none.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let Some(text) = package.text(part)? else { return Ok(Self::default()) };
        Self::of(text, package.clock())
    }

    /// Reads the styles that stand in the one part of a document of Word 2003.
    pub(super) fn within(document: &str, clock: Clock) -> Result<Self, Fault> {
        let Some(text) = elements(document, "styles").next() else { return Ok(Self::default()) };
        Self::of(text.to_owned(), clock)
    }

    fn of(text: String, clock: Clock) -> Result<Self, Fault> {
        let mut stated = HashMap::new();
        let mut default = None;
        for style in elements(&text, "style").filter(|style| !is_of_tables(style)) {
            read_style(Xml::new(style, clock.clone()), &mut stated, &mut default)?;
        }
        let mut base = Look::default();
        if let Some(defaults) = elements(&text, "rPrDefault").next() {
            let mut xml = Xml::new(defaults, clock.clone());
            loop {
                match xml.next()? {
                    Piece::Open(element) => look(&mut base, &element),
                    Piece::Close | Piece::Text(_) => {}
                    Piece::End => break,
                }
            }
        }
        let whole = |id: &String| {
            let mut style = Style::default();
            let mut next = Some(id);
            for _ in 0..MAX_BASES {
                let Some((own, base)) = next.and_then(|id| stated.get(id)) else { break };
                style.heading = style.heading.or(own.heading);
                style.look = style.look.over(own.look);
                style.prompt |= own.prompt;
                style.numbered.list = style.numbered.list.or(own.numbered.list);
                style.numbered.level = style.numbered.level.or(own.numbered.level);
                next = base.as_ref();
            }
            style
        };
        let by_id: HashMap<String, Style> = stated.keys().map(|id| (id.clone(), whole(id))).collect();
        let default = default.and_then(|id| by_id.get(&id).copied()).unwrap_or_default();
        Ok(Self { by_id, part: Some((text, clock)), coloured: OnceCell::new(), default, base })
    }

    /// Whether a style of tables, or one that it is based on, gives cells a ground that is not white.
    pub(super) fn colours(&self, id: &str) -> bool {
        let read = || {
            let Some((text, clock)) = &self.part else { return HashSet::new() };
            let tables = elements(text, "style").filter(|style| is_of_tables(style)).take(MAX_TABLE_STYLES);
            // What cannot be read colours nothing.
            let tables: Vec<_> = tables.map_while(|t| read_table_style(Xml::new(t, clock.clone())).ok()).collect();
            coloured(&tables)
        };
        self.coloured.get_or_init(read).contains(id)
    }

    /// A style by its id. One that is not defined is judged by its id alone.
    pub(super) fn get(&self, id: &str) -> Style {
        self.by_id.get(id).copied().unwrap_or_else(|| Style { heading: is_heading(id).then_some(true), ..self.default })
    }
}

/// The elements of a local name in a part, each with what is in it. What cannot be made out is left out.
fn elements<'t>(text: &'t str, local: &'static str) -> impl Iterator<Item = &'t str> {
    let mut ends = 0;
    memchr::memmem::find_iter(text.as_bytes(), local).filter_map(move |at| {
        let before = text.as_bytes().get(at.saturating_sub(MAX_PREFIX).max(ends)..at)?;
        let start = at.checked_sub(before.iter().rev().position(|b| *b == b'<')?.checked_add(1)?)?;
        let name = text.get(start.checked_add(1)?..at.checked_add(local.len())?)?;
        let ended = text.get(at.checked_add(local.len())?..)?.starts_with([' ', '\t', '\r', '\n', '>']);
        let prefix = name.strip_suffix(local)?;
        let named = prefix.is_empty() || prefix.ends_with(':') && prefix.bytes().all(|b| b.is_ascii_graphic());
        if !ended || !named {
            return None;
        }
        let close = format!("</{name}>");
        // Without an end nothing that follows is looked at.
        let end = memchr::memmem::find(text.as_bytes().get(start..)?, close.as_bytes());
        ends = end.map_or(text.len(), |end| start.saturating_add(end).saturating_add(close.len()));
        text.get(start..ends).filter(|_| end.is_some())
    })
}

/// Whether an element is a style of tables. Such styles say nothing about text.
fn is_of_tables(style: &str) -> bool {
    style.get(..style.find('>').unwrap_or(0)).is_some_and(|head| head.contains("\"table\""))
}

type Stated = HashMap<String, (Style, Option<String>)>;

/// Reads one style and the id of the one it is based on.
fn read_style(mut xml: Xml<'_>, stated: &mut Stated, default: &mut Option<String>) -> Result<(), Fault> {
    let mut open: Option<(String, Style, Option<String>)> = None;
    loop {
        let element = match xml.next()? {
            Piece::Open(element) => element,
            Piece::Close | Piece::Text(_) => continue,
            Piece::End => break,
        };
        let name = element.local_name();
        let value = || attribute(&element, "val").unwrap_or_default();
        match (name.as_ref(), &mut open) {
            ("style", _) => {
                let id = attribute(&element, "styleId").unwrap_or_default().into_owned();
                let heading = is_heading(&id).then_some(true);
                if default.is_none()
                    && attribute(&element, "default").is_some_and(|d| is_on(&d))
                    && attribute(&element, "type").is_some_and(|t| t == "paragraph")
                {
                    *default = Some(id.clone());
                }
                if let Some((id, style, base)) = open.replace((id, Style { heading, ..Style::default() }, None)) {
                    stated.insert(id, (style, base));
                }
            }
            // The looks of parts of tables, and of earlier versions.
            ("tblStylePr" | "pPrChange" | "rPrChange", Some(_)) => xml.skip()?,
            ("name", Some((_, style, _))) => {
                style.heading = is_heading(&value()).then_some(true).or(style.heading);
                style.prompt = value().eq_ignore_ascii_case("placeholder text");
            }
            ("basedOn", Some((_, _, base))) => *base = Some(value().into_owned()),
            ("outlineLvl", Some((_, style, _))) => style.heading = outline(&value()).or(style.heading),
            ("numId", Some((_, style, _))) => style.numbered.list = value().parse().ok(),
            ("ilvl", Some((_, style, _))) => style.numbered.level = value().parse().ok(),
            // The ground of a paragraph is not that of its text; both keep white text seen.
            (_, Some((_, style, _))) => look(&mut style.look, &element),
            _ => {}
        }
    }
    if let Some((id, style, base)) = open {
        stated.insert(id, (style, base));
    }
    Ok(())
}

/// A style of tables: its id, the one that it is based on, and whether it colours cells itself.
type TableStyle = (String, String, bool);

fn read_table_style(mut xml: Xml<'_>) -> Result<TableStyle, Fault> {
    let mut style = TableStyle::default();
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "style" => style.0 = attribute(&element, "styleId").unwrap_or_default().into_owned(),
                "basedOn" => style.1 = attribute(&element, "val").unwrap_or_default().into_owned(),
                "shd" => style.2 |= is_filled(&element),
                _ => {}
            },
            Piece::Close | Piece::Text(_) => {}
            Piece::End => return Ok(style),
        }
    }
}

/// The styles of tables that colour cells, by themselves or by what they are based on.
fn coloured(tables: &[TableStyle]) -> HashSet<String> {
    let mut found: HashSet<String> = tables.iter().filter(|t| t.2).map(|t| t.0.clone()).collect();
    for _ in 0..MAX_BASES {
        found.extend(tables.iter().filter(|t| found.contains(&t.1)).map(|t| t.0.clone()).collect::<Vec<_>>());
    }
    found
}

/// Takes a property of text into its look.
pub(super) fn look(look: &mut Look, element: &BytesStart<'_>) {
    let value = || attribute(element, "val").unwrap_or_default();
    match element.local_name().as_ref() {
        "vanish" => look.hidden = Some(toggle(element)),
        "strike" => look.struck = Some(toggle(element)),
        "dstrike" => look.struck_twice = Some(toggle(element)),
        "vertAlign" => look.script = Some(matches!(&*value(), "superscript" | "subscript")),
        "position" => look.shifted = half_points(&value()).map(|n| n.abs() >= OFF_LINE),
        "sz" => look.tiny = half_points(&value()).map(|n| n <= TINY),
        // Of the fill of letters, the one that lets all through.
        "noFill" => look.white = Some(true),
        "color" => look.white = Some(is_white(&value()).unwrap_or(false)),
        "shd" => look.filled = Some(is_filled(element)),
        // White letters that throw shadows are seen.
        "emboss" | "imprint" | "outline" | "shadow" if toggle(element) => look.filled = Some(true),
        "highlight" => look.filled = Some(!matches!(&*value(), "none" | "white")),
        _ => {}
    }
}

/// A measure in half points; strict documents may name another unit.
fn half_points(value: &str) -> Option<f64> {
    let value = value.trim();
    match value.strip_suffix("pt") {
        Some(points) => points.parse::<f64>().ok().map(|n| n * 2.0),
        None => value.parse().ok(),
    }
}

/// Whether a shading shows another colour than white.
pub(super) fn is_filled(shading: &BytesStart<'_>) -> bool {
    let pattern = attribute(shading, "val").unwrap_or_default();
    let fill = attribute(shading, "fill").unwrap_or_default();
    let themed = attribute(shading, "themeFill").is_some_and(|t| t != "background1");
    themed && fill.is_empty() || !matches!(&*pattern, "" | "clear" | "nil") || is_white(&fill) == Some(false)
}

/// Whether a style's name or id is that of a heading: `Heading1`, `heading 1`, `标题 1`, `标题1`.
fn is_heading(name: &str) -> bool {
    let rest = name.strip_prefix("标题").or_else(|| {
        let (word, rest) = name.split_at_checked(7)?;
        word.eq_ignore_ascii_case("heading").then_some(rest)
    });
    rest.is_some_and(|rest| {
        let rest = rest.trim();
        rest.len() == 1 && rest.starts_with(|c: char| ('1'..='9').contains(&c))
    })
}

/// What an outline level says of being a heading.
pub(super) fn outline(level: &str) -> Option<bool> {
    level.trim().parse::<u32>().ok().map(|level| level < OUTLINE_LEVELS)
}

/// The value of a property that is on unless it says otherwise.
pub(super) fn toggle(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|v| is_on(&v))
}

pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn names_of_headings() {
        for name in ["Heading1", "heading 1", "标题 1", "标题2", "HEADING 9"] {
            assert!(is_heading(name), "{name}");
        }
        for name in ["Heading", "标题", "heading 10", "标题 1 字符", "Heading1Char", "1", "副标题"] {
            assert!(!is_heading(name), "{name}");
        }
    }

    #[test]
    fn inheritance() {
        let text = "<s:styles xmlns:s='x'><s:style s:type='paragraph' s:default='1' s:styleId='a'/>\
            <s:style s:styleId='1'><s:name s:val='heading 1'/><s:pPr><s:numPr><s:numId s:val='7'/></s:numPr>\
            </s:pPr></s:style>\
            <s:style s:styleId='b'><s:basedOn s:val='1'/><s:rPr><s:vanish/></s:rPr>\
            <s:pPr><s:numPr><s:ilvl s:val='2'/></s:numPr></s:pPr></s:style>\
            <s:style s:styleId='c'><s:basedOn s:val='b'/><s:pPr><s:outlineLvl s:val='9'/></s:pPr><s:rPr>\
            <s:vanish s:val='0'/></s:rPr></s:style>\
            <s:style s:styleId='d'><s:basedOn s:val='e'/></s:style><s:style s:styleId='e'>\
            <s:basedOn s:val='d'/></s:style><s:docDefaults><s:rPrDefault><s:rPr><s:dstrike/></s:rPr></s:rPrDefault>\
            </s:docDefaults><s:style s:type=\"table\" s:styleId='f'><s:tblPr><s:shd s:fill='4472C4'/></s:tblPr></s:style>\
            <s:style s:type=\"table\" s:styleId='g'><s:basedOn s:val='f'/></s:style></s:styles>";
        let bytes = zip(&[("s", text)]);
        let styles = Styles::read(&mut Package::open(&bytes, &Limits::default()).unwrap(), "s").unwrap();
        assert_eq!(styles.base.struck_twice, Some(true));
        assert_eq!(["f", "g", "a"].map(|id| styles.colours(id)), [true, true, false]);
        let of = |id: &str| (styles.get(id).heading, styles.get(id).look.hidden);
        assert_eq!(of("1"), (Some(true), None));
        assert_eq!(of("b"), (Some(true), Some(true)));
        assert_eq!(styles.get("b").numbered, Numbered { list: Some(7), level: Some(2) });
        assert_eq!(of("c"), (Some(false), Some(false)));
        assert_eq!(of("d"), (None, None));
        assert_eq!(of("Heading3"), (Some(true), None));
    }

    #[test]
    fn looks() {
        let of = |xml: &str| {
            let mut read = Xml::new(xml, Package::open(&zip(&[]), &Limits::default()).unwrap().clock());
            let mut seen = Look::default();
            while let Ok(Piece::Open(e)) = read.next() {
                look(&mut seen, &e);
            }
            seen
        };
        assert_eq!(of("<strike/>").struck, Some(true));
        assert_eq!(of("<dstrike val='false'/>").struck_twice, Some(false));
        assert_eq!(of("<vertAlign val='subscript'/>").script, Some(true));
        assert_eq!(of("<vertAlign val='baseline'/>").script, Some(false));
        assert_eq!([of("<position val='-6'/>"), of("<position val='3pt'/>")].map(|l| l.shifted), [Some(true); 2]);
        assert_eq!(of("<position val='1'/>").shifted, Some(false));
        assert_eq!(of("<sz val='2'/>").tiny, Some(true));
        assert_eq!(
            [of("<color val='FFFFFF'/>"), of("<color val='auto'/>")].map(|l| l.white),
            [Some(true), Some(false)]
        );
        assert_eq!(of("<shd val='clear' fill='auto'/>").filled, Some(false));
        assert_eq!(of("<shd val='clear' fill='1F4E79'/>").filled, Some(true));
        assert_eq!(of("<highlight val='yellow'/>").filled, Some(true));
    }
}
