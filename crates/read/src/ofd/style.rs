//! Colours, and the resources that name them.
//!
//! Owns colours as attributes state them, drawing parameters, and which pictures have no holes. Refuses colour spaces of
//! its own making and patterns: their colour is not known.

use std::collections::{BTreeMap, HashMap};

use quick_xml::events::BytesStart;

use super::names::{Name, value};
use super::transform::numbers;
use crate::limits::Fault;
use crate::office::package::{Package, resolve};
use crate::office::xml::{Piece, Xml};
use crate::sight::Ink;

/// Parameters that refer to others are followed no further.
const DEEPEST: usize = 8;
/// Pictures whose files are looked into.
const MOST_PICTURES: usize = 16;

/// How something is drawn, as far as it is stated.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) fill: Option<Ink>,
    pub(super) stroke: Option<Ink>,
    pub(super) width: Option<f64>,
}

impl Style {
    /// What this one states, and the other where it is silent.
    pub(super) fn or(self, other: Self) -> Self {
        Self { fill: self.fill.or(other.fill), stroke: self.stroke.or(other.stroke), width: self.width.or(other.width) }
    }
}

/// What the resources of a document say.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Drawing parameters by id, and the id of those that they stand on.
    parameters: HashMap<String, (Style, Option<String>)>,
    /// Files of pictures by id, and whether they have no holes.
    pictures: BTreeMap<String, (String, bool)>,
}

impl Resources {
    /// Adds those of a part, if it is there and sound: a page can be read without.
    ///
    /// # Errors
    /// [`Fault::Limit`] and [`Fault::Time`].
    pub(super) fn add(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Fault> {
        let sound = |fault: Fault| if matches!(fault, Fault::Damaged(_)) { Ok(None) } else { Err(fault) };
        let Some(text) = package.text(part).or_else(sound)? else { return Ok(()) };
        let mut xml = Xml::new(&text, package.clock());
        match self.read(&mut xml, part) {
            Err(Fault::Damaged(_)) | Ok(()) => {}
            Err(fault) => return Err(fault),
        }
        let mut looked = 0;
        for (file, whole) in self.pictures.values_mut() {
            // A picture that is not there hides nothing.
            *whole &= package.has(file);
            if looked < MOST_PICTURES && !*whole && file.to_ascii_lowercase().ends_with(".png") && package.has(file) {
                looked += 1;
                *whole = package.part(file)?.is_some_and(|bytes| is_whole_png(&bytes));
            }
        }
        Ok(())
    }

    fn read(&mut self, xml: &mut Xml<'_>, part: &str) -> Result<(), Fault> {
        let mut folder = part.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        // The parameters that are open, and the picture.
        let mut parameter: Option<String> = None;
        let mut picture: Option<String> = None;
        let mut file = String::new();
        let mut in_file = false;
        loop {
            match xml.next()? {
                Piece::Open(e) => match Name::element(&e).as_str() {
                    "res" => {
                        if let Some(base) = value(&e, "baseloc") {
                            folder = resolve(&folder, base.trim());
                        }
                    }
                    "drawparam" => {
                        let style = Style {
                            width: value(&e, "linewidth").and_then(|w| numbers(&w).next()),
                            ..Style::default()
                        };
                        let below = value(&e, "relative").map(|id| id.trim().to_owned());
                        parameter = value(&e, "id").map(|id| id.trim().to_owned());
                        if let Some(id) = &parameter {
                            self.parameters.insert(id.clone(), (style, below));
                        }
                    }
                    name @ ("fillcolor" | "strokecolor") => {
                        if let Some((style, _)) = parameter.as_ref().and_then(|id| self.parameters.get_mut(id)) {
                            let place = if name == "fillcolor" { &mut style.fill } else { &mut style.stroke };
                            *place = Some(ink(&e));
                        }
                        xml.skip()?;
                    }
                    "multimedia" => picture = value(&e, "id").map(|id| id.trim().to_owned()),
                    "mediafile" => {
                        in_file = true;
                        file.clear();
                    }
                    _ => {}
                },
                Piece::Text(text) if in_file => file.push_str(&text),
                Piece::Text(_) => {}
                Piece::Close => {
                    if std::mem::take(&mut in_file)
                        && let Some(id) = picture.take()
                    {
                        let file = resolve(&folder, file.trim());
                        let name = file.to_ascii_lowercase();
                        let whole = [".jpg", ".jpeg", ".bmp"].iter().any(|end| name.ends_with(end));
                        self.pictures.insert(id, (file, whole));
                    }
                }
                Piece::End => return Ok(()),
            }
        }
    }

    /// The drawing parameters of an id, with those that they stand on.
    pub(super) fn style(&self, id: &str) -> Style {
        let mut style = Style::default();
        let mut next = Some(id.trim());
        for _ in 0..DEEPEST {
            let Some((own, below)) = next.and_then(|id| self.parameters.get(id)) else { break };
            style = style.or(*own);
            next = below.as_deref();
        }
        style
    }

    /// Whether the picture of an id hides all that lies under it.
    pub(super) fn is_whole(&self, id: &str) -> bool {
        self.pictures.get(id.trim()).is_some_and(|(_, whole)| *whole)
    }
}

/// Whether a PNG has neither an alpha channel nor a transparent colour.
fn is_whole_png(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    matches!(head.get(25), Some(0 | 2 | 3)) && memchr::memmem::find(head, b"tRNS").is_none()
}

/// The colour that an element states: in RGB, or by the number of its values in grey or CMYK.
pub(super) fn ink(element: &BytesStart<'_>) -> Ink {
    let (mut strength, mut rgb) = (255, None);
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        match Name::of(attribute.key.local_name().as_ref()).as_str() {
            "alpha" => strength = numbers(&attribute.value).next().map_or(255, byte),
            "value" => rgb = colour(&attribute.value),
            _ => {}
        }
    }
    Ink { rgb: rgb.unwrap_or_default(), strength, known: rgb.is_some(), hollow: false }
}

fn byte(number: f64) -> u8 {
    number.round().clamp(0.0, 255.0) as u8
}

/// Red, green and blue of a colour whose values are decimal, or hexadecimal behind `#`, one channel or all in one.
fn colour(text: &str) -> Option<[u8; 3]> {
    let (mut channels, mut count) = ([0_u8; 4], 0);
    let mut put = |value: u8| {
        if let Some(channel) = channels.get_mut(count) {
            *channel = value;
        }
        count += 1;
    };
    for part in text.split(|c: char| c.is_ascii_whitespace() || c == ',').filter(|part| !part.is_empty()) {
        match part.strip_prefix('#') {
            Some(hex) => {
                let pairs = hex.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
                pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).for_each(&mut put);
            }
            None => part.parse::<f64>().ok().filter(|n| n.is_finite()).map(byte).into_iter().for_each(&mut put),
        }
    }
    let [first, second, third, fourth] = channels;
    match count {
        1 => Some([first; 3]),
        3 => Some([first, second, third]),
        4 => {
            let light = |ink: u8| byte(f64::from(255 - ink) * f64::from(255 - fourth) / 255.0);
            Some([light(first), light(second), light(third)])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_colours() {
        assert_eq!(colour("255 0, 12.4"), Some([255, 0, 12]));
        assert_eq!(colour("#FF #00 #0c"), Some([255, 0, 12]));
        assert_eq!(colour("#ffffff"), Some([255; 3]));
        assert_eq!(colour("0 0 0 0"), Some([255; 3]), "no ink");
        assert_eq!(colour("128"), Some([128; 3]));
        assert_eq!((colour("x"), colour("1 2")), (None, None));
    }
}
