//! Outlines on the canvas: their straight edges along the page become rules, what they fill becomes an area.
//!
//! Owns which shapes count as rules: stroked edges, filled bars as their centre lines, frames of two rectangles, and lines
//! that waver a little. Refuses glyphs drawn as outlines: what they say is not seen.

use super::canvas::Canvas;
use super::marks::{Ink, MOST_MARKS, Point, Step};

/// A filled bar or a stroke up to this width in points is a rule; what is wider is an area.
const THICKEST_RULE: f64 = 3.0;
/// How far the ends of an axis-parallel line may differ, in points.
const SKEW: f64 = 0.5;
/// Edges shorter than this, in points, are left out: they close a path that is closed already.
const SHORTEST_EDGE: f64 = 0.01;
/// A line that wavers is at least this long, and differs by at most this part of its length, and by so many points.
const WAVERING: (f64, f64, f64) = (8.0, 0.2, 2.5);
/// A line of several edges may waver by so many points.
const HAND: f64 = 4.0;
/// A long line may be askew by this part of its length, and by so many points.
const ASKEW: (f64, f64) = (0.01, 4.0);
/// A slanted stroke up to this length may strike a word out.
const SLASH: f64 = 150.0;
/// Shortest side of a closed curve that may be the ring of a seal, and how much longer the other may be.
const RING: (f64, f64) = (40.0, 2.0);
/// Corners of one path that are kept.
const MOST_CORNERS: usize = 64;
/// Rectangles of one path of which each is compared with each: one within the other is a frame.
const FEW_BOXES: usize = 16;

/// What a paint is on paper: white and transparent lines rule nothing.
fn is_inked(ink: Ink) -> bool {
    ink.strength > 0 && (!ink.known || ink.rgb.iter().any(|channel| *channel < 253))
}

impl Canvas {
    /// Strokes an outline, `width` points wide.
    pub fn stroke(&mut self, path: impl IntoIterator<Item = Step>, width: f64, ink: Ink) {
        let mut path = path.into_iter();
        let (first, second, third) = (path.next(), path.next(), path.next());
        // Most are one straight line.
        if let (Some(Step::Move(from)), Some(Step::Line(to)), None) = (first, second, third) {
            return self.edge(from, to, width, ink);
        }
        let mut steps = std::mem::take(&mut self.steps);
        steps.clear();
        steps.extend(first.into_iter().chain(second).chain(third).chain(path));
        let mut start = 0;
        while let Some(rest) = steps.get(start..).filter(|rest| !rest.is_empty()) {
            let more = rest.iter().skip(1).take_while(|step| !matches!(step, Step::Move(_))).count();
            let part = rest.get(..=more).unwrap_or_default();
            start += part.len();
            if let Some([from, to]) = wavering(part) {
                self.edge(from, to, width, ink);
            } else {
                self.part(part, width, ink);
            }
        }
        self.steps = steps;
    }

    /// A part of a stroked outline.
    fn part(&mut self, part: &[Step], width: f64, ink: Ink) {
        let (mut start, mut last) = ([0.0; 2], [0.0; 2]);
        let mut curves = Curves::default();
        for step in part {
            match *step {
                Step::Move(point) => {
                    curves = Curves::at(point);
                    (start, last) = (point, point);
                }
                Step::Line(point) => {
                    curves.straight = true;
                    self.edge(last, point, width, ink);
                    last = point;
                }
                Step::Curve(controls, point) => {
                    curves.add(point);
                    if controls.is_some_and(|controls| is_flat(last, controls, point)) {
                        self.edge(last, point, width, ink);
                    }
                    last = point;
                }
                Step::Close => {
                    self.edge(last, start, width, ink);
                    last = start;
                }
            }
        }
        self.ring(&curves, ink);
    }

    /// A stroked edge. A wide and short one is a rule across its own direction, a wide and long one is an area.
    fn edge(&mut self, from: Point, to: Point, width: f64, ink: Ink) {
        let ([ax, ay], [bx, by]) = (from, to);
        let (across, down) = ((bx - ax).abs(), (by - ay).abs());
        let (length, skew) = (across.max(down), across.min(down));
        if length < SHORTEST_EDGE || !length.is_finite() {
            return;
        }
        if !is_level(length, skew) {
            if length <= SLASH && is_inked(ink) && self.len() <= MOST_MARKS {
                self.marks.slashes.push([ax, ay, bx, by].map(|v| v as f32));
            }
            return;
        }
        let (x, y) = (f64::midpoint(ax, bx), f64::midpoint(ay, by));
        let level = across >= down;
        let line = |canvas: &mut Self, level: bool, length: f64| match level {
            true => canvas.rule(x - length / 2.0, y, x + length / 2.0, y),
            false => canvas.rule(x, y - length / 2.0, x, y + length / 2.0),
        };
        if width > THICKEST_RULE && length > THICKEST_RULE {
            let (half, wide) = (length / 2.0, width / 2.0);
            let (w, h) = if level { (half, wide) } else { (wide, half) };
            self.area([x - w, y - h, x + w, y + h].map(|v| v as f32), &[], ink, true, false);
        } else if is_inked(ink) && width <= THICKEST_RULE {
            line(self, level, length);
        } else if is_inked(ink) {
            line(self, !level, width);
        }
    }

    fn ring(&mut self, curves: &Curves, ink: Ink) {
        let [x0, y0, x1, y1] = curves.bounds;
        let (width, height) = (x1 - x0, y1 - y0);
        let (short, long) = (width.min(height), width.max(height));
        if !curves.straight && curves.count > 1 && short >= RING.0 && long <= short * RING.1 && is_inked(ink) {
            self.marks.rings.push((curves.bounds.map(|v| v as f32), ink));
        }
    }

    /// Fills a rectangle: left, top, right, bottom.
    pub fn fill_box(&mut self, bounds: [f64; 4], ink: Ink) {
        let [x0, y0, x1, y1] = bounds;
        if (x1 - x0).min(y1 - y0) > THICKEST_RULE {
            self.area(bounds.map(|v| v as f32), &[], ink, true, false);
        } else if is_inked(ink) {
            self.bar(bounds);
        }
    }

    /// Fills an outline.
    pub fn fill(&mut self, path: impl IntoIterator<Item = Step>, ink: Ink) {
        let mut fill = Fill { inked: is_inked(ink), ..Fill::default() };
        let mut shape = Shape::default();
        for step in path {
            match step {
                Step::Move(point) => {
                    self.shape(&mut fill, &shape, ink);
                    shape.clear();
                    shape.add(point);
                }
                Step::Line(point) => {
                    shape.straight = true;
                    shape.add(point);
                }
                Step::Curve(_, point) => {
                    shape.curved = true;
                    shape.add(point);
                }
                Step::Close => {
                    self.shape(&mut fill, &shape, ink);
                    shape.clear();
                }
            }
        }
        self.shape(&mut fill, &shape, ink);
        self.areas(&fill, ink);
    }

    /// A part of a filled outline. A thin one is a rule; two large rectangles, one just within the other, are a frame.
    fn shape(&mut self, fill: &mut Fill, shape: &Shape, ink: Ink) {
        if shape.corners.is_empty() {
            return;
        }
        let bounds = shape.bounds();
        let [x0, y0, x1, y1] = bounds;
        let (width, height) = (x1 - x0, y1 - y0);
        if shape.curved && !shape.straight {
            self.ring(&Curves { bounds, count: shape.corners.len(), straight: false }, ink);
        }
        if width.min(height) <= THICKEST_RULE {
            if fill.inked && (shape.is_box() || shape.is_stretched(width.max(height))) {
                self.bar(bounds);
            }
            return;
        }
        if shape.curved || !shape.is_box() {
            fill.corners.clear();
            if !shape.more {
                fill.corners.extend(shape.corners.iter().map(|[x, y]| [*x as f32, *y as f32]));
            }
            fill.other = fill.other.map_or(Some(bounds), |other| Some(union(other, bounds)));
            fill.others += 1;
            return;
        }
        if let Some(outer) = fill.before.take() {
            if fill.inked {
                self.frame(outer, bounds);
            }
        } else {
            fill.before = Some(bounds);
        }
        fill.boxes.push(bounds);
    }

    /// What the parts of an outline fill together.
    fn areas(&mut self, fill: &Fill, ink: Ink) {
        let holds = |a: &[f64; 4], b: &[f64; 4]| a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3];
        let few = fill.boxes.len() <= FEW_BOXES;
        let within = |at: usize, bounds: &[f64; 4]| {
            let mut others = fill.boxes.iter().enumerate().filter(|(other, _)| *other != at);
            few && others.any(|(_, other)| holds(other, bounds) || holds(bounds, other))
        };
        for (at, bounds) in fill.boxes.iter().enumerate() {
            let sure = fill.others == 0 && !within(at, bounds);
            self.area(bounds.map(|v| v as f32), &[], ink, sure, false);
        }
        if let Some(bounds) = fill.other {
            let alone = fill.others == 1 && fill.boxes.is_empty() && !fill.corners.is_empty();
            let corners = if alone { fill.corners.as_slice() } else { &[] };
            self.area(bounds.map(|v| v as f32), corners, ink, alone, false);
        }
    }

    fn frame(&mut self, a: [f64; 4], b: [f64; 4]) {
        let (outer, inner) = if a[2] - a[0] >= b[2] - b[0] { (a, b) } else { (b, a) };
        let sides = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]];
        if sides.iter().all(|side| (0.0..=THICKEST_RULE).contains(side)) && sides.iter().any(|side| *side > 0.0) {
            self.bar([outer[0], outer[1], outer[2], inner[1]]);
            self.bar([outer[0], inner[3], outer[2], outer[3]]);
            self.bar([outer[0], outer[1], inner[0], outer[3]]);
            self.bar([inner[2], outer[1], outer[2], outer[3]]);
        }
    }

    /// The centre line of a bar. The squares in which bars meet are rules in both directions.
    fn bar(&mut self, [x0, y0, x1, y1]: [f64; 4]) {
        let (width, height) = (x1 - x0, y1 - y0);
        if width.max(height) < SHORTEST_EDGE {
            return;
        }
        let (x, y) = (f64::midpoint(x0, x1), f64::midpoint(y0, y1));
        let square = width <= THICKEST_RULE && height <= THICKEST_RULE;
        if width >= height || square {
            self.rule(x0, y, x1, y);
        }
        if height > width || square {
            self.rule(x, y0, x, y1);
        }
    }
}

/// The ends of a line of several edges that wavers along one direction of the page.
fn wavering(part: &[Step]) -> Option<[Point; 2]> {
    let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for step in part {
        match *step {
            Step::Move([x, y]) | Step::Line([x, y]) => bounds = union(bounds, [x, y, x, y]),
            Step::Curve(Some([[ax, ay], [bx, by]]), [x, y]) => {
                bounds = union(union(bounds, [ax, ay, ax, ay]), union([bx, by, bx, by], [x, y, x, y]));
            }
            Step::Curve(None, _) | Step::Close => return None,
        }
    }
    let [x0, y0, x1, y1] = bounds;
    let (across, down) = (x1 - x0, y1 - y0);
    let (length, thick) = (across.max(down), across.min(down));
    if part.len() < 3 || length < WAVERING.0 || thick > (length * WAVERING.1).min(HAND) {
        return None;
    }
    let (x, y) = (f64::midpoint(x0, x1), f64::midpoint(y0, y1));
    Some(if across >= down { [[x0, y], [x1, y]] } else { [[x, y0], [x, y1]] })
}

/// Whether an edge runs along the page.
fn is_level(length: f64, skew: f64) -> bool {
    skew <= SKEW
        || length >= WAVERING.0 && skew <= (length * WAVERING.1).min(WAVERING.2)
        || skew <= (length * ASKEW.0).min(ASKEW.1)
}

/// Whether a curve keeps to the straight line between its ends.
fn is_flat(from: Point, controls: [Point; 2], to: Point) -> bool {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx.hypot(dy);
    let off = |[x, y]: Point| ((x - from[0]) * dy - (y - from[1]) * dx).abs() / length;
    length >= WAVERING.0 && controls.iter().all(|c| off(*c) <= WAVERING.2)
}

fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The curves of a part of a stroked outline.
#[derive(Clone, Copy, Debug, Default)]
struct Curves {
    bounds: [f64; 4],
    count: usize,
    straight: bool,
}

impl Curves {
    fn at([x, y]: Point) -> Self {
        Self { bounds: [x, y, x, y], ..Self::default() }
    }

    fn add(&mut self, [x, y]: Point) {
        self.bounds = union(self.bounds, [x, y, x, y]);
        self.count += 1;
    }
}

/// What was filled of an outline so far.
#[derive(Debug, Default)]
struct Fill {
    inked: bool,
    /// A large rectangle that may be the outer or inner edge of a frame.
    before: Option<[f64; 4]>,
    boxes: Vec<[f64; 4]>,
    /// Bounds of the parts that are no rectangles, and how many they are.
    other: Option<[f64; 4]>,
    others: usize,
    /// Corners of the last of them.
    corners: Vec<[f32; 2]>,
}

/// A part of a filled outline.
#[derive(Debug, Default)]
struct Shape {
    corners: Vec<Point>,
    /// It has a curve, or a straight edge.
    curved: bool,
    straight: bool,
    /// It has more corners than are kept.
    more: bool,
}

impl Shape {
    fn clear(&mut self) {
        self.corners.clear();
        (self.curved, self.straight, self.more) = (false, false, false);
    }

    /// Long enough to be a bar that was drawn with an unsteady hand.
    fn is_stretched(&self, length: f64) -> bool {
        self.corners.len() > 3 && !self.more && length >= if self.curved { 4.0 } else { 1.0 } * WAVERING.0
    }

    fn add(&mut self, point: Point) {
        let near = |[x, y]: &Point| (x - point[0]).powi(2) + (y - point[1]).powi(2) < 1e-6;
        let closes = self.corners.len() == 4 && !self.curved && self.corners.first().is_some_and(near);
        if closes || self.corners.last().is_some_and(near) {
            return;
        }
        if self.corners.len() < MOST_CORNERS {
            self.corners.push(point);
        } else {
            self.more = true;
        }
    }

    fn bounds(&self) -> [f64; 4] {
        let start = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        self.corners.iter().fold(start, |bounds, [x, y]| union(bounds, [*x, *y, *x, *y]))
    }

    /// Four corners; or a few more, all of which lie at those of its bounds.
    fn is_box(&self) -> bool {
        let [x0, y0, x1, y1] = self.bounds();
        let thin = !self.curved && (x1 - x0).min(y1 - y0) <= THICKEST_RULE;
        let at = |v: f64, low: f64, high: f64| (v - low).abs() < SKEW || (v - high).abs() < SKEW;
        let exact = || self.corners.iter().all(|[x, y]| at(*x, x0, x1) && at(*y, y0, y1));
        match self.corners.len() {
            4 => thin || exact(),
            5..=6 => !self.curved && exact(),
            _ => false,
        }
    }
}
