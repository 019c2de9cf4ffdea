//! The styles of a DOCX, as far as they bear on its text: which are headings, which hide, which number.
//!
//! Owns inheritance of these few properties. Refuses everything that only shows.

use std::collections::HashMap;

use super::package::Package;
use super::xml::{Piece, Xml, attribute};
use crate::limits::Fault;

/// Styles based on styles; Word allows eleven.
const MAX_BASES: usize = 16;
/// Bytes of a namespace's prefix.
const MAX_PREFIX: usize = 64;
/// Outline levels below this are headings; 9 is body text.
const OUTLINE_LEVELS: u32 = 9;

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
    /// Its text is not shown.
    pub hidden: Option<bool>,
    /// Its list.
    pub numbered: Numbered,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    pub default: Style,
}

impl Styles {
    /// Reads the styles that a main part refers to. A document without them has none.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let Some(text) = package.text(part)? else { return Ok(Self::default()) };
        let mut stated = HashMap::new();
        let mut default = None;
        for style in styles(&text) {
            // Styles of tables are most of the part, and say nothing about text.
            let head = style.get(..style.find('>').unwrap_or(0)).unwrap_or_default();
            if !head.contains("\"table\"") {
                read_style(Xml::new(style, package.clock()), &mut stated, &mut default)?;
            }
        }
        let whole = |id: &String| {
            let mut style = Style::default();
            let mut next = Some(id);
            for _ in 0..MAX_BASES {
                let Some((own, base)) = next.and_then(|id| stated.get(id)) else { break };
                style.heading = style.heading.or(own.heading);
                style.hidden = style.hidden.or(own.hidden);
                style.numbered.list = style.numbered.list.or(own.numbered.list);
                style.numbered.level = style.numbered.level.or(own.numbered.level);
                next = base.as_ref();
            }
            style
        };
        let by_id: HashMap<String, Style> = stated.keys().map(|id| (id.clone(), whole(id))).collect();
        let default = default.and_then(|id| by_id.get(&id).copied()).unwrap_or_default();
        Ok(Self { by_id, default })
    }

    /// A style by its id. One that is not defined is judged by its id alone.
    pub(super) fn get(&self, id: &str) -> Style {
        self.by_id.get(id).copied().unwrap_or_else(|| Style { heading: is_heading(id).then_some(true), ..self.default })
    }
}

/// The elements `style` of a part, each with what is in it. What cannot be made out is left out.
fn styles(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = 0;
    memchr::memmem::find_iter(text.as_bytes(), "style").filter_map(move |at| {
        let before = text.as_bytes().get(at.saturating_sub(MAX_PREFIX).max(ends)..at)?;
        let start = at.checked_sub(before.iter().rev().position(|b| *b == b'<')?.checked_add(1)?)?;
        let name = text.get(start.checked_add(1)?..at.checked_add(5)?)?;
        let blank = text.get(at.checked_add(5)?..)?.starts_with([' ', '\t', '\r', '\n']);
        if !blank || !(name == "style" || name.ends_with(":style") && name.bytes().all(|b| b.is_ascii_graphic())) {
            return None;
        }
        let close = format!("</{name}>");
        // Without an end nothing that follows is looked at.
        let end = memchr::memmem::find(text.as_bytes().get(start..)?, close.as_bytes());
        ends = end.map_or(text.len(), |end| start.saturating_add(end).saturating_add(close.len()));
        text.get(start..ends).filter(|_| end.is_some())
    })
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
            ("name", Some((_, style, _))) if is_heading(&value()) => style.heading = Some(true),
            ("basedOn", Some((_, _, base))) => *base = Some(value().into_owned()),
            ("outlineLvl", Some((_, style, _))) => style.heading = outline(&value()).or(style.heading),
            ("vanish", Some((_, style, _))) => style.hidden = Some(toggle(&element)),
            ("numId", Some((_, style, _))) => style.numbered.list = value().parse().ok(),
            ("ilvl", Some((_, style, _))) => style.numbered.level = value().parse().ok(),
            _ => {}
        }
    }
    if let Some((id, style, base)) = open {
        stated.insert(id, (style, base));
    }
    Ok(())
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
pub(super) fn toggle(element: &quick_xml::events::BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|v| is_on(&v))
}

fn is_on(value: &str) -> bool {
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
            <s:basedOn s:val='d'/></s:style></s:styles>";
        let bytes = zip(&[("s", text)]);
        let styles = Styles::read(&mut Package::open(&bytes, &Limits::default()).unwrap(), "s").unwrap();
        let of = |id: &str| (styles.get(id).heading, styles.get(id).hidden);
        assert_eq!(of("1"), (Some(true), None));
        assert_eq!(of("b"), (Some(true), Some(true)));
        assert_eq!(styles.get("b").numbered, Numbered { list: Some(7), level: Some(2) });
        assert_eq!(of("c"), (Some(false), Some(false)));
        assert_eq!(of("d"), (None, None));
        assert_eq!(of("Heading3"), (Some(true), None));
    }
}
