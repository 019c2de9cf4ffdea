//! The ink of one page: what the interpreter draws becomes characters and ruling lines.
//!
//! Owns places, sizes and directions, fake bold, the shapes that count as rules, and the turn of pages whose writing runs
//! sideways. Refuses to know what a glyph means ([`super::unicode`]) and ignores clips, masks, shadings and curves.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

use super::unicode::{Letter, Translator};
use crate::layout::page::{Glyph, Page, Rule};
use crate::limits::{Clock, Fault};

/// Characters and rules of one page; a page with more is not a page of tables or text.
const MOST_MARKS: usize = 200_000;
/// Drawing operations between two looks at the clock.
const OPERATIONS_PER_LOOK: u32 = 2_048;
/// A filled bar or a stroke up to this width in points is a rule; what is wider is an area.
const THICKEST_RULE: f64 = 3.0;
/// How far the ends of an axis-parallel line may differ, in points.
const SKEW: f64 = 0.5;
/// Slope up to which a baseline counts as parallel to an edge of the page (five degrees).
const SLOPE: f64 = 0.0875;
/// Edges shorter than this, in points, are left out: they close a path that is closed already.
const SHORTEST_EDGE: f64 = 0.01;
/// A glyph is the shadow of an equal one if it is closer than this part of its size.
const SHADOW: f32 = 0.1;

/// With this the device ends an interpretation from within: the interpreter has no other way to be stopped.
pub(super) struct Stop;

/// Where the baseline of a glyph runs, as displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Right,
    Down,
    Left,
    Up,
}

const DIRECTIONS: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];

impl Direction {
    /// The direction of a vector, y down; `None` if it is slanted.
    fn of(x: f64, y: f64) -> Option<Self> {
        if y.abs() <= SLOPE * x.abs() {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= SLOPE * y.abs() {
            Some(if y > 0.0 { Self::Down } else { Self::Up })
        } else {
            None
        }
    }

    const fn unit(self) -> (f32, f32) {
        match self {
            Self::Right => (1.0, 0.0),
            Self::Down => (0.0, 1.0),
            Self::Left => (-1.0, 0.0),
            Self::Up => (0.0, -1.0),
        }
    }

    /// Turns a point of a page of this width and height so that text of this direction reads from left to right.
    fn turn(self, x: f32, y: f32, width: f32, height: f32) -> (f32, f32) {
        match self {
            Self::Right => (x, y),
            Self::Down => (y, width - x),
            Self::Left => (width - x, height - y),
            Self::Up => (height - y, x),
        }
    }
}

/// Collects the ink of one page.
pub(super) struct Ink<'t, 'a> {
    width: f32,
    height: f32,
    translator: &'t mut Translator<'a>,
    clock: Clock,
    operations: u32,
    fault: Option<Fault>,
    glyphs: Vec<Glyph>,
    directions: Vec<Direction>,
    shadows: Shadows,
    rules: Vec<Rule>,
    pictured: f64,
    letters: Vec<Letter>,
}

impl<'t, 'a> Ink<'t, 'a> {
    /// For a page of this width and height as displayed, in points.
    pub(super) fn new(width: f32, height: f32, translator: &'t mut Translator<'a>, clock: Clock) -> Self {
        Self {
            width,
            height,
            translator,
            clock,
            operations: 0,
            fault: None,
            glyphs: Vec::new(),
            directions: Vec::new(),
            shadows: Shadows::new(),
            rules: Vec::new(),
            pictured: 0.0,
            letters: Vec::new(),
        }
    }

    /// The page, turned so that most of its text reads from left to right. Text of other directions is left out.
    ///
    /// # Errors
    /// [`Fault::Limit`] if there was too much ink or too little time.
    pub(super) fn page(self) -> Result<Page, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let (width, height) = (self.width, self.height);
        let mut main = (Direction::Right, 0);
        for direction in DIRECTIONS {
            let count = self.directions.iter().filter(|other| **other == direction).count();
            if count > main.1 {
                main = (direction, count);
            }
        }
        let main = main.0;
        let mut page = Page {
            width,
            height,
            glyphs: self.glyphs,
            rules: self.rules,
            pictured: (self.pictured / (f64::from(width) * f64::from(height))).clamp(0.0, 1.0) as f32,
            ..Page::default()
        };
        if matches!(main, Direction::Down | Direction::Up) {
            (page.width, page.height) = (height, width);
        }
        let mut directions = self.directions.iter();
        page.glyphs.retain_mut(|glyph| {
            (glyph.x, glyph.y) = main.turn(glyph.x, glyph.y, width, height);
            let on_page = glyph.x + glyph.width >= 0.0
                && glyph.x <= page.width
                && glyph.y >= 0.0
                && glyph.y - glyph.size <= page.height;
            directions.next() == Some(&main) && on_page
        });
        if main != Direction::Right {
            for rule in &mut page.rules {
                let (x0, y0) = main.turn(rule.x0, rule.y0, width, height);
                let (x1, y1) = main.turn(rule.x1, rule.y1, width, height);
                *rule = Rule { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) };
            }
        }
        Ok(page)
    }

    /// Counts an operation, and ends the interpretation if there is too much ink or the time is up.
    fn count(&mut self) {
        self.operations = self.operations.wrapping_add(1);
        if self.operations.is_multiple_of(OPERATIONS_PER_LOOK) {
            self.look();
        }
        if self.glyphs.len() + self.rules.len() > MOST_MARKS {
            self.stop(Fault::Limit(format!("a page with more than {MOST_MARKS} characters and rules")));
        }
    }

    /// Looks at the clock: behind operations that begin a form, a mesh or a mask, one stream was unpacked or more.
    fn look(&mut self) {
        if let Err(fault) = self.clock.check() {
            self.stop(fault);
        }
    }

    fn stop(&mut self, fault: Fault) {
        self.fault = Some(fault);
        resume_unwind(Box::new(Stop));
    }

    fn letter(&mut self, letter: &Letter, run: &GlyphRun<'_, 'a>, transform: Affine) {
        let Some(drawn) = run.glyphs().get(letter.first..letter.end) else { return };
        let Some(first) = drawn.first() else { return };
        let [a, b, c, d, x, y] = (transform * first.transform()).as_coeffs();
        let Some(direction) = Direction::of(a, b) else { return };
        let stretch = a.hypot(b);
        // The height of the em across the baseline: slant and condensed letters do not change it.
        let size = ((a * d - b * c).abs() / stretch * 1000.0) as f32;
        let advance = match run.writing_mode() {
            WritingMode::Horizontal => {
                let units: f32 = drawn.iter().filter_map(|glyph| advance(glyph)).sum();
                (f64::from(units) * stretch) as f32
            }
            WritingMode::Vertical => size,
        };
        let width = advance.max(0.0) / f32::from(letter.parts.max(1));
        let (right, down) = direction.unit();
        let along = width * f32::from(letter.part);
        let (x, y) = (x as f32 + right * along, y as f32 + down * along);
        if !(x.is_finite() && y.is_finite() && width.is_finite() && size.is_finite() && size > 0.0) {
            return;
        }
        let glyph = Glyph { x, y, width, size, text: letter.text };
        if self.shadows.add(&glyph, &self.glyphs) {
            self.glyphs.push(glyph);
            self.directions.push(direction);
        }
    }

    fn stroke(&mut self, path: impl IntoIterator<Item = PathEl>, transform: Affine, width: f32) {
        let width = f64::from(width) * transform.determinant().abs().sqrt();
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path {
            match element {
                PathEl::MoveTo(point) => {
                    start = transform * point;
                    last = start;
                }
                PathEl::LineTo(point) => {
                    let point = transform * point;
                    self.edge(last, point, width);
                    last = point;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => last = transform * point,
                PathEl::ClosePath => {
                    self.edge(last, start, width);
                    last = start;
                }
            }
        }
    }

    /// A stroked edge. A wide and short one is a rule across its own direction.
    fn edge(&mut self, from: Point, to: Point, width: f64) {
        let (across, down) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let length = across.max(down);
        if across.min(down) > SKEW || length < SHORTEST_EDGE {
            return;
        }
        let (x, y) = (from.x.midpoint(to.x), from.y.midpoint(to.y));
        if width <= THICKEST_RULE {
            if across >= down {
                self.rule(x - across / 2.0, y, x + across / 2.0, y);
            } else {
                self.rule(x, y - down / 2.0, x, y + down / 2.0);
            }
        } else if length <= THICKEST_RULE {
            if across >= down {
                self.rule(x, y - width / 2.0, x, y + width / 2.0);
            } else {
                self.rule(x - width / 2.0, y, x + width / 2.0, y);
            }
        }
    }

    fn fill(&mut self, path: impl IntoIterator<Item = PathEl>, transform: Affine) {
        let mut shape = Shape::default();
        let mut before = None;
        for element in path {
            match element {
                PathEl::MoveTo(point) => {
                    self.area(&shape, &mut before);
                    shape = Shape::default();
                    shape.add(transform * point);
                }
                PathEl::LineTo(point) => shape.add(transform * point),
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => shape.corners = usize::MAX,
                PathEl::ClosePath => {
                    self.area(&shape, &mut before);
                    shape = Shape::default();
                }
            }
        }
        self.area(&shape, &mut before);
    }

    /// A filled shape. Only four corners make a rule; two large rectangles, one just within the other, are a frame.
    fn area(&mut self, shape: &Shape, before: &mut Option<Rect>) {
        let Some(bounds) = shape.bounds() else { return };
        if bounds.width().min(bounds.height()) <= THICKEST_RULE {
            self.bar(bounds);
        } else if let Some(outer) = before.take() {
            let (outer, inner) = if outer.width() >= bounds.width() { (outer, bounds) } else { (bounds, outer) };
            let sides = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
            if sides.iter().all(|side| (0.0..=THICKEST_RULE).contains(side)) && sides.iter().any(|side| *side > 0.0) {
                self.bar(Rect::new(outer.x0, outer.y0, outer.x1, inner.y0));
                self.bar(Rect::new(outer.x0, inner.y1, outer.x1, outer.y1));
                self.bar(Rect::new(outer.x0, outer.y0, inner.x0, outer.y1));
                self.bar(Rect::new(inner.x1, outer.y0, outer.x1, outer.y1));
            }
        } else {
            *before = Some(bounds);
        }
    }

    /// The centre line of a bar. The squares in which bars meet are rules in both directions.
    fn bar(&mut self, bounds: Rect) {
        let (width, height) = (bounds.width(), bounds.height());
        if width.max(height) < SHORTEST_EDGE {
            return;
        }
        let centre = bounds.center();
        let square = width <= THICKEST_RULE && height <= THICKEST_RULE;
        if width >= height || square {
            self.rule(bounds.x0, centre.y, bounds.x1, centre.y);
        }
        if height > width || square {
            self.rule(centre.x, bounds.y0, centre.x, bounds.y1);
        }
    }

    fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let rule = Rule { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
        let on_page = rule.x1 >= 0.0 && rule.x0 <= self.width && rule.y1 >= 0.0 && rule.y0 <= self.height;
        let finite = (rule.x1 - rule.x0).is_finite() && (rule.y1 - rule.y0).is_finite();
        if on_page && finite && self.glyphs.len() + self.rules.len() <= MOST_MARKS {
            self.rules.push(rule);
        }
    }
}

impl<'a> Device<'a> for Ink<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        if matches!(props.paint, Paint::Pattern(_)) || props.soft_mask.is_some() {
            self.look();
        }
        if !inked(&props.paint) {
            return;
        }
        match mode {
            DrawMode::Fill(_) => self.fill(path.iter(), props.transform),
            DrawMode::Stroke(stroke) => self.stroke(path.iter(), props.transform, stroke.line_width),
            DrawMode::FillAndStroke(_, stroke) => {
                self.fill(path.iter(), props.transform);
                self.stroke(path.iter(), props.transform, stroke.line_width);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        if matches!(props.paint, Paint::Pattern(_)) || props.soft_mask.is_some() {
            self.look();
        }
        if !inked(&props.paint) {
            return;
        }
        let path = [
            PathEl::MoveTo(Point::new(rect.x0, rect.y0)),
            PathEl::LineTo(Point::new(rect.x1, rect.y0)),
            PathEl::LineTo(Point::new(rect.x1, rect.y1)),
            PathEl::LineTo(Point::new(rect.x0, rect.y1)),
            PathEl::ClosePath,
        ];
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.fill(path, props.transform);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            self.stroke(path, props.transform, stroke.line_width);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count();
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        self.translator.translate(run.glyphs(), &mut letters);
        for letter in &letters {
            self.letter(letter, run, props.transform);
        }
        self.letters = letters;
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let page = Rect::new(0.0, 0.0, f64::from(self.width), f64::from(self.height));
        let bounds = props.transform.transform_rect_bbox(size);
        // The drawn area is what a slanted picture covers of its bounds.
        let area = (props.transform.determinant().abs() * size.area()).min(bounds.intersect(page).area());
        if area.is_finite() {
            self.pictured += area;
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
        self.look();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
        self.look();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Advance of a glyph in thousandths of its em.
fn advance(glyph: &Drawn<'_>) -> Option<f32> {
    match glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(drawing) => drawing.advance_width(),
    }
}

/// Whether a paint shows on white paper.
fn inked(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().components();
            alpha > 0.0 && red.min(green).min(blue) < 0.99
        }
        Paint::Pattern(_) => true,
    }
}

/// The corners of a filled shape, as far as they matter.
#[derive(Default)]
struct Shape {
    points: [Point; 4],
    /// More than 4 if the shape cannot be a bar.
    corners: usize,
}

impl Shape {
    fn add(&mut self, point: Point) {
        let last = self.corners.checked_sub(1).and_then(|last| self.points.get(last));
        if last.is_some_and(|last| last.distance_squared(point) < 1e-6) {
            return;
        }
        if let Some(place) = self.points.get_mut(self.corners) {
            *place = point;
        } else if self.corners == 4 && self.points.first().is_some_and(|first| first.distance_squared(point) < 1e-6) {
            return;
        }
        self.corners = self.corners.saturating_add(1);
    }

    /// Bounds of a shape of four corners.
    fn bounds(&self) -> Option<Rect> {
        let [a, b, c, d] = self.points;
        (self.corners == 4).then(|| Rect::from_points(a, b).union(Rect::from_points(c, d)))
    }
}

/// Finds glyphs drawn twice: bold by a second drawing, by a stroke after the fill, or by a shadow.
///
/// A hash grid whose chains run through the glyphs of the page, so that it costs one look at a few glyphs each.
struct Shadows {
    /// Last glyph of each bucket, counted from 1.
    heads: Vec<u32>,
    /// For each glyph the one before it in its bucket, counted from 1.
    before: Vec<u32>,
}

impl Shadows {
    /// Side of a square of the grid, in points.
    const SIDE: f32 = 8.0;
    /// A chain is followed no further: more equal characters than this do not lie in one square.
    const LONGEST: usize = 64;

    fn new() -> Self {
        Self { heads: vec![0; 1 << 12], before: Vec::new() }
    }

    /// Notes that `glyph` comes next, unless an equal one lies beneath it.
    fn add(&mut self, glyph: &Glyph, glyphs: &[Glyph]) -> bool {
        // Condensed digits stand close to each other: what is equal and half a width away is no shadow.
        let reach = SHADOW * if glyph.width > 0.0 { glyph.size.min(glyph.width * 4.0) } else { glyph.size };
        // Towards zero instead of down: the squares at the edges of the page are double, which does no harm.
        let square = |x: f32, y: f32| ((x / Self::SIDE) as i32, (y / Self::SIDE) as i32);
        let own = square(glyph.x, glyph.y);
        let low = square(glyph.x - reach, glyph.y - reach);
        let high = square(glyph.x + reach, glyph.y + reach);
        for x in low.0..=high.0.min(low.0.saturating_add(4)) {
            for y in low.1..=high.1.min(low.1.saturating_add(4)) {
                if self.covered(x, y, glyph, reach, glyphs) {
                    return false;
                }
            }
        }
        let count = u32::try_from(glyphs.len() + 1).unwrap_or(0);
        if let Some(head) = self.heads.get_mut(Self::bucket(glyph.text, own.0, own.1)) {
            self.before.push(std::mem::replace(head, count));
        }
        true
    }

    fn covered(&self, x: i32, y: i32, glyph: &Glyph, reach: f32, glyphs: &[Glyph]) -> bool {
        let mut next = self.heads.get(Self::bucket(glyph.text, x, y)).copied().unwrap_or(0);
        for _ in 0..Self::LONGEST {
            let Some(index) = next.checked_sub(1).map(|index| index as usize) else { return false };
            let (Some(other), Some(before)) = (glyphs.get(index), self.before.get(index)) else { return false };
            if other.text == glyph.text && (other.x - glyph.x).hypot(other.y - glyph.y) < reach {
                return true;
            }
            next = *before;
        }
        false
    }

    const fn bucket(text: char, x: i32, y: i32) -> usize {
        let key =
            (text as u32) ^ x.cast_unsigned().wrapping_mul(0x9E37_79B1) ^ y.cast_unsigned().wrapping_mul(0x85EB_CA77);
        (key.wrapping_mul(0xC2B2_AE3D) >> 20) as usize
    }
}
