//! The content of an OFD page: its objects become characters, rules and pictures.
//!
//! Owns transforms, the places of characters, and visibility. Refuses fonts: a character is what the text says, and its
//! width what its neighbour leaves. Glyph transforms (`CGTransform`) only choose shapes.

use quick_xml::events::BytesStart;

use super::path::Lines;
use super::transform::{MAX_MARKS, POINTS, Transform, array, numbers};
use crate::layout::page::{Glyph, Page, Rule};
use crate::limits::Fault;
use crate::office::xml::{Piece, Xml};

/// Width of a line that states none, in millimetres.
const LINE_WIDTH: f64 = 0.353;
/// A character that leaves its neighbour more room than this, in sizes, does not fill it: the rest is a gap.
const WIDEST: f64 = 1.05;
/// How far text may be turned away from a direction along the page, as a slope: what is turned further is a watermark.
const SLANT: f64 = 0.1;

/// What is drawn, in points, from the corner of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink {
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    /// Pictures: left, top, right, bottom.
    pictures: Vec<[f64; 4]>,
}

/// An object and where it stands.
struct Object {
    transform: Transform,
    bounds: [f64; 4],
    visible: bool,
    size: f64,
    stretch: f64,
    line_width: f64,
    stroke: Option<bool>,
    fill: Option<bool>,
}

impl Object {
    fn new(element: &BytesStart<'_>, outer: &Transform) -> Self {
        let mut object = Self {
            transform: Transform::NONE,
            bounds: [0.0; 4],
            visible: true,
            size: 0.0,
            stretch: 1.0,
            line_width: LINE_WIDTH,
            stroke: None,
            fill: None,
        };
        let mut own = Transform::NONE;
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = &*attribute.value;
            let number = |default: f64| numbers(value).next().unwrap_or(default);
            let truth = || value.trim() != "false" && value.trim() != "0";
            match attribute.key.local_name().as_ref() {
                "Boundary" => object.bounds = array(value).unwrap_or_default(),
                "CTM" => own = array(value).map_or(own, Transform),
                "Visible" => object.visible = truth(),
                "Size" => object.size = number(0.0),
                "HScale" => object.stretch = number(1.0),
                "LineWidth" => object.line_width = number(LINE_WIDTH),
                "Stroke" => object.stroke = Some(truth()),
                "Fill" => object.fill = Some(truth()),
                _ => {}
            }
        }
        let [left, top, ..] = object.bounds;
        let corner = Transform([1.0, 0.0, 0.0, 1.0, left, top]);
        object.transform = outer.after(&corner).after(&own);
        object
    }
}

impl Ink {
    /// Reads the element `Content` that was just opened.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Fault> {
        // Transforms of open elements: blocks and composite objects move what is in them.
        let mut outer = vec![Transform([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0])];
        while let Some(transform) = outer.last().copied() {
            if self.is_full() {
                return Err(Fault::Limit(format!("a page of more than {MAX_MARKS} characters and lines")));
            }
            match xml.next()? {
                Piece::Open(e) => {
                    let object = Object::new(&e, &transform);
                    match e.local_name().as_ref() {
                        "TextObject" | "PathObject" | "ImageObject" | "CompositeObject" if !object.visible => {
                            xml.skip()?;
                        }
                        "TextObject" => self.text(xml, &object)?,
                        "PathObject" => self.path(xml, &object)?,
                        "ImageObject" => {
                            self.picture(&object, &transform);
                            xml.skip()?;
                        }
                        "CompositeObject" => outer.push(object.transform),
                        "Layer" | "PageBlock" => outer.push(transform),
                        _ => xml.skip()?,
                    }
                }
                Piece::Close => {
                    outer.pop();
                }
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        Ok(())
    }

    /// Puts it on a page whose corner lies there, in millimetres.
    pub(super) fn put(&self, page: &mut Page, [left, top]: [f64; 2]) {
        let (left, top) = ((left * POINTS) as f32, (top * POINTS) as f32);
        page.glyphs.extend(self.glyphs.iter().map(|g| Glyph { x: g.x - left, y: g.y - top, ..g.clone() }));
        let moved = |r: &Rule| Rule { x0: r.x0 - left, y0: r.y0 - top, x1: r.x1 - left, y1: r.y1 - top };
        page.rules.extend(self.rules.iter().map(moved));
        let (width, height) = (f64::from(page.width), f64::from(page.height));
        let (left, top) = (f64::from(left), f64::from(top));
        for [x0, y0, x1, y1] in &self.pictures {
            let across = (x1 - left).min(width) - (x0 - left).max(0.0);
            let down = (y1 - top).min(height) - (y0 - top).max(0.0);
            let share = across.max(0.0) * down.max(0.0) / (width * height);
            page.pictured = (page.pictured + share as f32).min(1.0);
        }
    }

    /// How many characters, rules and pictures it has.
    pub(super) fn marks(&self) -> usize {
        self.glyphs.len().saturating_add(self.rules.len()).saturating_add(self.pictures.len())
    }

    fn is_full(&self) -> bool {
        self.marks() > MAX_MARKS
    }

    fn picture(&mut self, object: &Object, outer: &Transform) {
        let [left, top, width, height] = object.bounds;
        let ([ax, ay], [bx, by]) = (outer.point(left, top), outer.point(left + width, top + height));
        self.pictures.push([ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]);
    }

    /// The characters of a text object that was just opened.
    fn text(&mut self, xml: &mut Xml<'_>, object: &Object) -> Result<(), Fault> {
        let mut place = [0.0, 0.0];
        let (mut depth, mut open) = (1_usize, None);
        while depth > 0 {
            match xml.next()? {
                Piece::Open(e) if e.local_name().as_ref() == "TextCode" => {
                    depth = depth.saturating_add(1);
                    open = Some(Code::new(&e, &mut place));
                }
                Piece::Open(_) => xml.skip()?,
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    if let Some(code) = open.take() {
                        self.code(&code, object, place);
                    }
                }
                Piece::Text(text) => {
                    if let Some(code) = &mut open {
                        code.text.push_str(&text);
                    }
                }
                Piece::End => break,
            }
        }
        Ok(())
    }

    fn code(&mut self, code: &Code, object: &Object, [mut x, mut y]: [f64; 2]) {
        let [a, b, c, d, ..] = object.transform.0;
        let slanted = |along: f64, across: f64| along.abs().min(across.abs()) > SLANT * along.abs().max(across.abs());
        if slanted(a, b) || slanted(c, d) {
            return;
        }
        let [across, down, _] = object.transform.scales();
        let mut chars = code.text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).peekable();
        let (mut steps_x, mut steps_y) = (Steps::of(&code.steps_x), Steps::of(&code.steps_y));
        let downwards = code.steps_x.is_empty() && !code.steps_y.is_empty();
        while let Some(text) = chars.next().filter(|_| !self.is_full()) {
            let natural = object.size * object.stretch * if text.is_ascii() { 0.5 } else { 1.0 };
            let last = chars.peek().is_none();
            let (step_x, step_y) = (steps_x.next().filter(|_| !last), steps_y.next().filter(|_| !last));
            let fills =
                step_x.filter(|step| (f64::MIN_POSITIVE..=WIDEST * object.size * object.stretch).contains(step));
            let [left, base] = object.transform.point(x, y);
            if !text.is_whitespace() && !text.is_control() {
                let (width, size) = (fills.unwrap_or(natural) * across, object.size * down);
                let glyph = Glyph { x: left as f32, y: base as f32, width: width as f32, size: size as f32, text };
                if [glyph.x, glyph.y, glyph.width, glyph.size].iter().all(|n| n.is_finite()) {
                    self.glyphs.push(glyph);
                }
            }
            x += step_x.unwrap_or(if downwards { 0.0 } else { natural });
            y += step_y.unwrap_or(0.0);
        }
    }

    /// The rules of a path object that was just opened.
    fn path(&mut self, xml: &mut Xml<'_>, object: &Object) -> Result<(), Fault> {
        let (mut data, mut depth, mut wanted) = (String::new(), 1_usize, false);
        let (mut stroke, mut fill) = (object.stroke.unwrap_or(true), object.fill.unwrap_or(false));
        while depth > 0 {
            match xml.next()? {
                Piece::Open(e) => match e.local_name().as_ref() {
                    "AbbreviatedData" => {
                        wanted = true;
                        depth = depth.saturating_add(1);
                    }
                    "StrokeColor" => {
                        stroke &= is_inked(&e);
                        xml.skip()?;
                    }
                    "FillColor" => {
                        fill &= is_inked(&e);
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Piece::Close => {
                    wanted = false;
                    depth = depth.saturating_sub(1);
                }
                Piece::Text(text) if wanted => data.push_str(&text),
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        let [.., scale] = object.transform.scales();
        let width = stroke.then_some(object.line_width * scale);
        if stroke || fill {
            let mut lines = Lines::new(object.transform, width, fill, &mut self.rules);
            lines.read(&data);
        }
        Ok(())
    }
}

/// Whether a colour is seen on paper: white and wholly transparent ones are not.
fn is_inked(element: &BytesStart<'_>) -> bool {
    let mut inked = true;
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        match attribute.key.local_name().as_ref() {
            "Alpha" => inked &= numbers(&attribute.value).next() != Some(0.0),
            "Value" => inked &= array::<3>(&attribute.value) != Some([255.0; 3]),
            _ => {}
        }
    }
    inked
}

/// A piece of text.
struct Code {
    text: String,
    steps_x: String,
    steps_y: String,
}

impl Code {
    /// Begins where it says, or where the one before began.
    fn new(element: &BytesStart<'_>, place: &mut [f64; 2]) -> Self {
        let mut code = Self { text: String::new(), steps_x: String::new(), steps_y: String::new() };
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = &attribute.value;
            let [x, y] = place;
            match attribute.key.local_name().as_ref() {
                "X" => *x = numbers(value).next().unwrap_or(*x),
                "Y" => *y = numbers(value).next().unwrap_or(*y),
                "DeltaX" => value.trim().clone_into(&mut code.steps_x),
                "DeltaY" => value.trim().clone_into(&mut code.steps_y),
                _ => {}
            }
        }
        code
    }
}

/// Steps between characters: numbers, and `g n v` for n times v.
struct Steps<'a> {
    parts: std::str::SplitAsciiWhitespace<'a>,
    again: u64,
    step: f64,
}

impl<'a> Steps<'a> {
    fn of(text: &'a str) -> Self {
        Self { parts: text.split_ascii_whitespace(), again: 0, step: 0.0 }
    }
}

impl Iterator for Steps<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        while self.again == 0 {
            let number = |part: &str| part.parse::<f64>().ok().filter(|n| n.is_finite());
            let part = self.parts.next()?;
            if part == "g" || part == "G" {
                self.again = self.parts.next()?.parse().unwrap_or(0);
                self.step = number(self.parts.next()?)?;
            } else {
                self.again = 1;
                self.step = number(part)?;
            }
        }
        self.again -= 1;
        Some(self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps() {
        let all = |text: &str| Steps::of(text).take(9).collect::<Vec<_>>();
        assert_eq!(all("1 g 2 3.5 -4"), [1.0, 3.5, 3.5, -4.0]);
        assert_eq!(all("g 99999999999 2").len(), 9);
        assert!(all("g 0 2 g 1").is_empty());
        assert!(all("x 1").is_empty());
    }

    #[test]
    fn transforms() {
        let turn = Transform([0.0, 1.0, -1.0, 0.0, 5.0, 0.0]);
        let scale = Transform([2.0, 0.0, 0.0, 3.0, 1.0, 1.0]);
        assert_eq!(turn.point(1.0, 2.0), [3.0, 1.0]);
        let [x, y] = scale.point(1.0, 2.0);
        assert_eq!(turn.after(&scale).point(1.0, 2.0), turn.point(x, y));
    }
}
