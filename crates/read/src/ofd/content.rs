//! The content of an OFD page: its objects are drawn on a [`Canvas`].
//!
//! Owns transforms, the places of characters, and the colours and clips of objects. Refuses fonts: a character is what the
//! text says, and its width what its neighbour leaves. Glyph transforms (`CGTransform`) only choose shapes.

use quick_xml::events::BytesStart;

use super::names::{Name, value};
use super::path::steps;
use super::style::{Resources, Style, ink};
use super::transform::{POINTS, Transform, array, numbers};
use crate::layout::page::Glyph;
use crate::limits::Fault;
use crate::office::xml::{Piece, Xml};
use crate::sight::{Canvas, Direction, Ink, MOST_MARKS, Marks, Step};

/// Width of a line that states none, in millimetres.
const LINE_WIDTH: f64 = 0.353;
/// A character that leaves its neighbour more room than this, in sizes, does not fill it: the rest is a gap.
const WIDEST: f64 = 1.05;
/// Text this far outside of its object's bounds, in sizes, is not seen; nearer, the bounds may be set carelessly.
const OUTSIDE: f64 = 1.0;

/// An object and where it stands.
struct Object {
    transform: Transform,
    /// Where its bounds lie: left, top, right, bottom, in points.
    bounds: [f32; 4],
    visible: bool,
    size: f64,
    stretch: f64,
    style: Style,
    alpha: Option<f64>,
    stroke: Option<bool>,
    fill: Option<bool>,
    resource: String,
}

impl Object {
    /// `around` is the style of the layer that it stands in.
    fn new(element: &BytesStart<'_>, outer: &Transform, around: Style, resources: &Resources) -> Self {
        let mut object = Self {
            transform: Transform::NONE,
            bounds: [0.0; 4],
            visible: true,
            size: 0.0,
            stretch: 1.0,
            style: around,
            alpha: None,
            stroke: None,
            fill: None,
            resource: String::new(),
        };
        let (mut own, mut bounds, mut width) = (Transform::NONE, [0.0; 4], None);
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = &*attribute.value;
            let number = || numbers(value).next();
            let truth = || !value.trim().eq_ignore_ascii_case("false") && value.trim() != "0";
            match Name::of(attribute.key.local_name().as_ref()).as_str() {
                "boundary" => bounds = array(value).unwrap_or_default(),
                "ctm" => own = array(value).map_or(own, Transform),
                "visible" => object.visible = truth(),
                "size" => object.size = number().unwrap_or(0.0),
                "hscale" => object.stretch = number().unwrap_or(1.0),
                "linewidth" => width = number(),
                "stroke" => object.stroke = Some(truth()),
                "fill" => object.fill = Some(truth()),
                "alpha" => object.alpha = number(),
                "drawparam" => object.style = resources.style(value).or(around),
                "resourceid" => value.clone_into(&mut object.resource),
                _ => {}
            }
        }
        object.style.width = width.or(object.style.width);
        let [left, top, across, down] = bounds;
        let corner = Transform([1.0, 0.0, 0.0, 1.0, left, top]);
        object.transform = outer.after(&corner).after(&own);
        object.bounds = bounds_of([outer.point(left, top), outer.point(left + across, top + down)]);
        object
    }

    /// Draws in its strength, within its clips.
    fn draw(&self, canvas: &mut Canvas, clips: &[Clip], draw: impl FnOnce(&mut Canvas)) {
        let strength = self.alpha.map_or(255, |alpha| alpha.round().clamp(0.0, 255.0) as u8);
        canvas.begin();
        canvas.begin_group(strength, true);
        for clip in clips {
            match clip.is_box {
                true => canvas.clip_box(clip.bounds),
                false => canvas.clip_shape(clip.bounds, Vec::new()),
            }
        }
        draw(canvas);
        clips.iter().for_each(|_| canvas.unclip());
        canvas.end_group();
    }
}

/// The bounds of points.
fn bounds_of(points: impl IntoIterator<Item = [f64; 2]>) -> [f32; 4] {
    let start = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    points.into_iter().fold(start, |[x0, y0, x1, y1], [x, y]| {
        let (x, y) = (x as f32, y as f32);
        [x0.min(x), y0.min(y), x1.max(x), y1.max(y)]
    })
}

/// What of an object is seen.
struct Clip {
    bounds: [f32; 4],
    is_box: bool,
}

/// What is drawn, in points, from the corner of the page.
pub(super) struct Drawing<'r> {
    resources: &'r Resources,
    /// Background, body and foreground.
    layers: [Canvas; 3],
    layer: usize,
}

impl<'r> Drawing<'r> {
    pub(super) fn new(resources: &'r Resources) -> Self {
        Self { resources, layers: [Canvas::default(), Canvas::default(), Canvas::default()], layer: 1 }
    }

    /// All that was drawn, from the bottom.
    pub(super) fn into_marks(self) -> Marks {
        let mut marks = Marks::default();
        for layer in self.layers {
            let layer = layer.into_marks();
            if marks.is_empty() { marks = layer } else { marks.append(&layer, 0.0, 0.0) }
        }
        marks
    }

    /// Reads the element `Content` that was just opened.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Fault> {
        // Transforms and styles of open elements: blocks and composite objects move what is in them.
        let mut outer = vec![(Transform([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0]), Style::default())];
        while let Some((transform, style)) = outer.last().copied() {
            if self.layers.iter().map(Canvas::len).sum::<usize>() > MOST_MARKS {
                return Err(Fault::Limit(format!("a page of more than {MOST_MARKS} characters and lines")));
            }
            match xml.next()? {
                Piece::Open(e) => {
                    let name = Name::element(&e);
                    let object = || Object::new(&e, &transform, style, self.resources);
                    match name.as_str() {
                        "layer" => {
                            let style = value(&e, "drawparam").map_or(style, |id| self.resources.style(&id).or(style));
                            self.layer = match value(&e, "type").as_deref().map(str::trim) {
                                Some(kind) if kind.eq_ignore_ascii_case("background") => 0,
                                Some(kind) if kind.eq_ignore_ascii_case("foreground") => 2,
                                _ => 1,
                            };
                            outer.push((transform, style));
                        }
                        "pageblock" => outer.push((transform, style)),
                        "textobject" | "pathobject" | "imageobject" | "compositeobject" => {
                            let object = object();
                            match name.as_str() {
                                _ if !object.visible => xml.skip()?,
                                "textobject" => self.text(xml, &object)?,
                                "pathobject" => self.path(xml, &object)?,
                                "imageobject" => self.picture(xml, &object)?,
                                _ => outer.push((object.transform, object.style)),
                            }
                        }
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

    fn canvas(&mut self) -> &mut Canvas {
        let [back, body, front] = &mut self.layers;
        match self.layer {
            0 => back,
            1 => body,
            _ => front,
        }
    }

    /// A picture object that was just opened.
    fn picture(&mut self, xml: &mut Xml<'_>, object: &Object) -> Result<(), Fault> {
        let mut clips = Vec::new();
        loop {
            match xml.next()? {
                Piece::Open(e) if Name::element(&e).as_str() == "clips" => clips = read_clips(xml, &e, object)?,
                Piece::Open(_) => xml.skip()?,
                Piece::Text(_) => {}
                Piece::Close | Piece::End => break,
            }
        }
        let whole = self.resources.is_whole(&object.resource);
        let [x0, y0, x1, y1] = object.bounds;
        let drawn = f64::from(x1 - x0) * f64::from(y1 - y0);
        object.draw(self.canvas(), &clips, |canvas| canvas.picture(object.bounds, drawn, whole));
        Ok(())
    }

    /// The characters of a text object that was just opened.
    fn text(&mut self, xml: &mut Xml<'_>, object: &Object) -> Result<(), Fault> {
        let mut place = [0.0, 0.0];
        let (mut depth, mut open) = (1_usize, None);
        let (mut codes, mut style, mut clips) = (Vec::new(), object.style, Vec::new());
        while depth > 0 {
            match xml.next()? {
                Piece::Open(e) => match Name::element(&e).as_str() {
                    "textcode" => {
                        depth = depth.saturating_add(1);
                        open = Some(Code::new(&e, &mut place));
                    }
                    "clips" => clips = read_clips(xml, &e, object)?,
                    "fillcolor" => {
                        style.fill = Some(ink(&e));
                        xml.skip()?;
                    }
                    "strokecolor" => {
                        style.stroke = Some(ink(&e));
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    codes.extend(open.take());
                }
                Piece::Text(text) => {
                    if let Some(code) = &mut open {
                        code.text.push_str(&text);
                    }
                }
                Piece::End => break,
            }
        }
        let (fill, stroke) = (object.fill.unwrap_or(true), object.stroke.unwrap_or(false));
        let ink = match (fill, stroke) {
            (true, _) => style.fill.unwrap_or(Ink::BLACK),
            (false, true) => Ink { hollow: true, ..style.stroke.unwrap_or(Ink::BLACK) },
            (false, false) => Ink { strength: 0, ..Ink::BLACK },
        };
        let mut glyphs = Vec::new();
        codes.iter().for_each(|code| set(code, object, &mut glyphs));
        if glyphs.iter().flatten().all(|glyph| is_outside(glyph, object.bounds)) {
            return Ok(());
        }
        let [a, b, ..] = object.transform.0;
        let direction = Direction::of(a, b);
        object.draw(self.canvas(), &clips, |canvas| {
            for glyph in glyphs {
                match glyph {
                    Some(glyph) if !canvas.is_full() => canvas.print(glyph, direction, ink),
                    _ => canvas.blank(),
                }
            }
        });
        Ok(())
    }

    /// A path object that was just opened.
    fn path(&mut self, xml: &mut Xml<'_>, object: &Object) -> Result<(), Fault> {
        let (mut data, mut depth, mut wanted) = (String::new(), 1_usize, false);
        let (mut style, mut clips) = (object.style, Vec::new());
        while depth > 0 {
            match xml.next()? {
                Piece::Open(e) => match Name::element(&e).as_str() {
                    "abbreviateddata" => {
                        wanted = true;
                        depth = depth.saturating_add(1);
                    }
                    "strokecolor" => {
                        style.stroke = Some(ink(&e));
                        xml.skip()?;
                    }
                    "fillcolor" => {
                        style.fill = Some(ink(&e));
                        xml.skip()?;
                    }
                    "clips" => clips = read_clips(xml, &e, object)?,
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
        let width = style.width.unwrap_or(LINE_WIDTH) * scale;
        let outline = steps(&data, &object.transform);
        object.draw(self.canvas(), &clips, |canvas| {
            if object.fill.unwrap_or(false) {
                // What is filled without a colour is a bar all the same, but hides nothing.
                let unknown = Ink { known: false, ..Ink::BLACK };
                canvas.begin_group(255, style.fill.is_some());
                canvas.fill(outline.iter().copied(), style.fill.unwrap_or(unknown));
                canvas.end_group();
            }
            if object.stroke.unwrap_or(true) {
                canvas.stroke(outline.iter().copied(), width, style.stroke.unwrap_or(Ink::BLACK));
            }
        });
        Ok(())
    }
}

/// The clips of an object, an element that was just opened.
fn read_clips(xml: &mut Xml<'_>, element: &BytesStart<'_>, object: &Object) -> Result<Vec<Clip>, Fault> {
    let moved = !value(element, "transflag").is_some_and(|flag| flag.trim().eq_ignore_ascii_case("false"));
    // Without it a clip is drawn from the corner of the object's bounds.
    let [left, top, ..] = object.bounds.map(f64::from);
    let base = if moved { object.transform } else { Transform([POINTS, 0.0, 0.0, POINTS, left, top]) };
    let mut clips: Vec<Clip> = Vec::new();
    let mut outer = vec![base];
    let (mut data, mut wanted, mut areas) = (String::new(), false, 0);
    while let Some(transform) = outer.last().copied() {
        match xml.next()? {
            Piece::Open(e) => {
                let name = Name::element(&e);
                match name.as_str() {
                    "clip" => {
                        areas = 0;
                        clips.push(Clip { bounds: bounds_of([]), is_box: false });
                    }
                    "abbreviateddata" => {
                        wanted = true;
                        data.clear();
                    }
                    _ => {}
                }
                let own = value(&e, "ctm").and_then(|ctm| array(&ctm)).map_or(Transform::NONE, Transform);
                let [left, top, ..]: [f64; 4] = value(&e, "boundary").and_then(|b| array(&b)).unwrap_or_default();
                outer.push(transform.after(&Transform([1.0, 0.0, 0.0, 1.0, left, top])).after(&own));
            }
            Piece::Close => {
                outer.pop();
                if std::mem::take(&mut wanted)
                    && let Some(clip) = clips.last_mut()
                {
                    areas += 1;
                    let steps = steps(&data, &transform);
                    let end = |step: &Step| match step {
                        Step::Move(point) | Step::Line(point) | Step::Curve(_, point) => Some(*point),
                        Step::Close => None,
                    };
                    let [x0, y0, x1, y1] = bounds_of(steps.iter().filter_map(end));
                    let [a, b, c, d] = clip.bounds;
                    clip.bounds = [a.min(x0), b.min(y0), c.max(x1), d.max(y1)];
                    let near =
                        |v: f64, low: f32, high: f32| (v as f32 - low).abs() < 0.5 || (v as f32 - high).abs() < 0.5;
                    clip.is_box = areas == 1
                        && (4..=6).contains(&steps.len())
                        && steps.iter().filter_map(end).all(|[x, y]| near(x, x0, x1) && near(y, y0, y1));
                }
            }
            Piece::Text(text) if wanted => data.push_str(&text),
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    // A clip of nothing that is read here is none.
    clips.retain(|clip| clip.bounds[0] <= clip.bounds[2]);
    Ok(clips)
}

/// Whether a character lies wholly outside of its object's bounds, which clip it.
fn is_outside(glyph: &Glyph, [x0, y0, x1, y1]: [f32; 4]) -> bool {
    let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.35);
    let far = glyph.size * OUTSIDE as f32;
    x0 < x1 && y0 < y1 && (x < x0 - far || x > x1 + far || y < y0 - far || y > y1 + far)
}

/// Sets the characters of a piece of text; `None` stands for a blank, and for what is between two pieces.
fn set(code: &Code, object: &Object, glyphs: &mut Vec<Option<Glyph>>) {
    let [across, down, _] = object.transform.scales();
    let [mut x, mut y] = code.place;
    let mut chars = code.text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).peekable();
    let (mut steps_x, mut steps_y) = (Steps::of(&code.steps_x), Steps::of(&code.steps_y));
    let downwards = code.steps_x.is_empty() && !code.steps_y.is_empty();
    glyphs.push(None);
    glyphs.reserve(code.text.len() / 2);
    while let Some(text) = chars.next().filter(|_| glyphs.len() <= MOST_MARKS) {
        let natural = object.size * object.stretch * if text.is_ascii() { 0.5 } else { 1.0 };
        let last = chars.peek().is_none();
        let (step_x, step_y) = (steps_x.next().filter(|_| !last), steps_y.next().filter(|_| !last));
        let fills = step_x.filter(|step| (f64::MIN_POSITIVE..=WIDEST * object.size * object.stretch).contains(step));
        let [left, base] = object.transform.point(x, y);
        let (width, size) = (fills.unwrap_or(natural) * across, object.size * down);
        let blank = text.is_whitespace() || text.is_control();
        let glyph = Glyph { x: left as f32, y: base as f32, width: width as f32, size: size as f32, text, run: 0 };
        glyphs.push(Some(glyph).filter(|_| !blank));
        x += step_x.unwrap_or(if downwards { 0.0 } else { natural });
        y += step_y.unwrap_or(0.0);
    }
}

/// A piece of text.
struct Code {
    text: String,
    place: [f64; 2],
    steps_x: String,
    steps_y: String,
}

impl Code {
    /// Begins where it says, or where the one before began.
    fn new(element: &BytesStart<'_>, place: &mut [f64; 2]) -> Self {
        let mut code = Self { text: String::new(), place: *place, steps_x: String::new(), steps_y: String::new() };
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = &attribute.value;
            let [x, y] = place;
            match Name::of(attribute.key.local_name().as_ref()).as_str() {
                "x" => *x = numbers(value).next().unwrap_or(*x),
                "y" => *y = numbers(value).next().unwrap_or(*y),
                "deltax" => value.trim().clone_into(&mut code.steps_x),
                "deltay" => value.trim().clone_into(&mut code.steps_y),
                _ => {}
            }
        }
        code.place = *place;
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
