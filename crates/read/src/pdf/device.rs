//! The ink of one page: what the interpreter draws is drawn on a [`Canvas`].
//!
//! Owns places, sizes and directions of glyphs, the colours of paints, and what a picture, a group or a clip of the
//! interpreter is on the canvas. Refuses to know what a glyph means ([`super::unicode`]) and what of it is seen
//! ([`crate::sight`]).

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::pattern::Pattern;
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, LumaData, Paint, SoftMask,
};
use hayro_syntax::object::dict::keys::{MASK, SMASK, SMASK_IN_DATA, SUBTYPE};
use hayro_syntax::object::{Dict, Name};
use hayro_syntax::page::Page as Sheet;

use super::annotations;
use super::unicode::{Letter, Translator};
use crate::layout::page::{Glyph, Page};
use crate::limits::{Clock, Fault};
use crate::sight::{self, Canvas, Direction, Ink, MOST_MARKS, Step};

/// Drawing operations between two looks at the clock.
const OPERATIONS_PER_LOOK: u32 = 2_048;
/// Elements of a clip whose shape is kept; of others only the bounds.
const CLIP_ELEMENTS: usize = 64;

/// Pixels of pictures with holes that are decoded for one page.
const MOST_PIXELS: u64 = 16 << 20;
/// Alpha from which on a picture has no hole.
const OPAQUE: u8 = 230;
/// Letters squeezed to less than this part of their width are no more than a stroke.
const SQUEEZED: f64 = 0.1;

/// With this the device ends an interpretation from within: the interpreter has no other way to be stopped.
pub(super) struct Stop;

/// Collects the ink of one page.
pub(super) struct Drawing<'t, 'a> {
    width: f32,
    height: f32,
    translator: &'t mut Translator<'a>,
    clock: Clock,
    operations: u32,
    fault: Option<Fault>,
    canvas: Canvas,
    letters: Vec<Letter>,
    /// Characters that a rendering mode hides.
    hidden: usize,
    /// Pixels of pictures that may still be decoded.
    pixels: u64,
}

impl<'t, 'a> Drawing<'t, 'a> {
    /// For a page of this width and height as displayed, in points.
    pub(super) fn new(width: f32, height: f32, translator: &'t mut Translator<'a>, clock: Clock) -> Self {
        let canvas = Canvas::new();
        let (letters, hidden, pixels) = (Vec::new(), 0, MOST_PIXELS);
        Self { width, height, translator, clock, operations: 0, fault: None, canvas, letters, hidden, pixels }
    }

    /// Draws what viewers do for annotations without an appearance.
    pub(super) fn draw_annotations(&mut self, page: &Sheet<'_>, transform: Affine) {
        annotations::draw(page, transform, &mut self.canvas);
        self.look();
    }

    /// How many characters a rendering mode hides.
    pub(super) const fn hidden(&self) -> usize {
        self.hidden
    }

    /// The page as a person sees it.
    ///
    /// # Errors
    /// [`Fault::Limit`] if there was too much ink or too little time.
    pub(super) fn page(self) -> Result<Page, Fault> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(sight::page(self.canvas.into_marks(), self.width, self.height)),
        }
    }

    /// Counts an operation, and ends the interpretation if there is too much ink or the time is up.
    fn count(&mut self) {
        self.operations = self.operations.wrapping_add(1);
        if self.operations.is_multiple_of(OPERATIONS_PER_LOOK) {
            self.look();
        }
        if self.canvas.is_full() {
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

    fn letter(&mut self, letter: &Letter, run: &GlyphRun<'_, 'a>, transform: Affine, ink: Ink) {
        let Some(drawn) = run.glyphs().get(letter.first..letter.end) else { return };
        let Some(first) = drawn.first() else { return };
        let [a, b, c, d, x, y] = (transform * first.transform()).as_coeffs();
        let direction = Direction::of(a, b);
        let stretch = a.hypot(b);
        // The height of the em across the baseline: slant and condensed letters do not change it.
        let size = ((a * d - b * c).abs() / stretch * 1000.0) as f32;
        if stretch * 1000.0 < SQUEEZED * f64::from(size) {
            return;
        }
        let advance = match run.writing_mode() {
            WritingMode::Horizontal => {
                let units: f32 = drawn.iter().filter_map(|glyph| advance(glyph)).sum();
                (f64::from(units) * stretch) as f32
            }
            WritingMode::Vertical => size,
        };
        let width = advance.max(0.0) / f32::from(letter.parts.max(1));
        let (right, down) = direction.map_or((0.0, 0.0), Direction::unit);
        let along = width * f32::from(letter.part);
        let (x, y) = (x as f32 + right * along, y as f32 + down * along);
        self.canvas.print(Glyph { x, y, width, size, text: letter.text, run: 0 }, direction, ink);
    }

    /// Begins a path.
    fn path(&mut self, props: &DrawProps<'a>) -> Ink {
        self.count();
        if matches!(props.paint, Paint::Pattern(_)) || props.soft_mask.is_some() {
            self.look();
        }
        self.canvas.begin();
        ink(props)
    }
}

impl<'a> Device<'a> for Drawing<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let ink = self.path(&props);
        if ink.strength == 0 {
            return;
        }
        let sure = is_sure(&props);
        self.canvas.begin_group(255, sure);
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.canvas.fill(steps(path.iter(), props.transform), ink);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let width = f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt();
            self.canvas.stroke(steps(path.iter(), props.transform), width, ink);
        }
        self.canvas.end_group();
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let [_, b, c, ..] = props.transform.as_coeffs();
        if b == 0.0 && c == 0.0 && matches!(mode, DrawMode::Fill(_)) {
            let ink = self.path(&props);
            if ink.strength > 0 {
                let bounds = props.transform.transform_rect_bbox(*rect);
                self.canvas.begin_group(255, is_sure(&props));
                self.canvas.fill_box([bounds.x0, bounds.y0, bounds.x1, bounds.y1], ink);
                self.canvas.end_group();
            }
        } else {
            self.draw_path(&rect.to_path(0.1), props, mode);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        self.canvas.begin();
        let ink = match mode {
            DrawMode::Invisible => Ink { strength: 0, ..Ink::BLACK },
            DrawMode::Stroke(_) => Ink { hollow: true, ..ink(&props) },
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => ink(&props),
        };
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        self.translator.translate(run.glyphs(), &mut letters);
        if matches!(mode, DrawMode::Invisible) {
            self.hidden += letters.len();
        }
        let mut end = 0;
        for letter in &letters {
            if letter.first > end {
                self.canvas.blank();
            }
            end = letter.end;
            self.letter(letter, run, props.transform, ink);
        }
        self.letters = letters;
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        self.canvas.begin();
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let page = Rect::new(0.0, 0.0, f64::from(self.width), f64::from(self.height));
        let bounds = props.transform.transform_rect_bbox(size).intersect(page);
        // The drawn area is what a slanted picture covers of its bounds.
        let drawn = (props.transform.determinant().abs() * size.area()).min(bounds.area());
        let sure = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        let bounds = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|v| v as f32);
        let Image::Raster(raster) = &image else { return self.canvas.picture(bounds, drawn, false) };
        let dict = raster.stream().dict();
        if ![SMASK_IN_DATA, SMASK, MASK].into_iter().any(|key| dict.contains_key(key)) {
            return self.canvas.picture(bounds, drawn, sure);
        }
        self.canvas.picture(bounds, drawn, false);
        let pixels = u64::from(image.width()) * u64::from(image.height());
        if !sure || !self.canvas.has_text(bounds) || pixels > self.pixels {
            return;
        }
        // Where it has no holes it covers the text under it.
        self.pixels -= pixels;
        let canvas = &mut self.canvas;
        let back = props.transform.inverse();
        let decoded = catch_unwind(AssertUnwindSafe(|| {
            raster.with_rgba(
                |_, alpha| {
                    canvas.cover(bounds, &|x, y| {
                        let point = back * Point::new(f64::from(x), f64::from(y));
                        alpha.as_ref().is_none_or(|alpha| is_opaque(alpha, point))
                    });
                },
                None,
            );
        }));
        // A picture that cannot be decoded is not shown.
        drop(decoded);
        self.look();
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count();
        self.look();
        let bounds = clip.path.bounding_box();
        let elements = clip.path.elements();
        let parts = elements.iter().filter(|element| matches!(element, PathEl::MoveTo(_))).count();
        let mut corners = Vec::new();
        if parts == 1 && elements.len() <= CLIP_ELEMENTS {
            corners.extend(elements.iter().filter_map(|element| element.end_point()).map(|p| [p.x as f32, p.y as f32]));
        }
        let on = |v: f32, low: f64, high: f64| (v - low as f32).abs() < 0.5 || (v - high as f32).abs() < 0.5;
        let is_box = (4..=5).contains(&corners.len())
            && !elements.iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)))
            && corners.iter().all(|[x, y]| on(*x, bounds.x0, bounds.x1) && on(*y, bounds.y0, bounds.y1));
        let bounds = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|v| v as f32);
        if is_box {
            self.canvas.clip_box(bounds);
        } else {
            self.canvas.clip_shape(bounds, corners);
        }
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.count();
        self.canvas.clip_box([rect.x0, rect.y0, rect.x1, rect.y1].map(|v| v as f32));
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.count();
        self.look();
        self.canvas.begin_group(byte(opacity), mask.is_none() && blend == BlendMode::Normal);
    }

    fn pop_clip(&mut self) {
        self.canvas.unclip();
    }

    fn pop_transparency_group(&mut self) {
        self.canvas.end_group();
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let properties = properties.filter(|_| tag == b"Artifact");
        let kind = properties.and_then(|properties| properties.get::<Name<'_>>(SUBTYPE));
        self.canvas.begin_content(kind.is_some_and(|kind| *kind == *b"Watermark"));
    }

    fn end_marked_content(&mut self) {
        self.canvas.end_content();
    }
}

/// Whether a picture has no hole at a point of its own.
fn is_opaque(alpha: &LumaData, point: Point) -> bool {
    let (across, down) = alpha.scale_factors;
    let (x, y) = (point.x / f64::from(across), point.y / f64::from(down));
    let inside = x >= 0.0 && y >= 0.0 && x < f64::from(alpha.width) && y < f64::from(alpha.height);
    let place = y.max(0.0) as usize * alpha.width as usize + x.max(0.0) as usize;
    inside && alpha.data.get(place).is_some_and(|alpha| *alpha > OPAQUE)
}

/// Advance of a glyph in thousandths of its em.
fn advance(glyph: &Drawn<'_>) -> Option<f32> {
    match glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(drawing) => drawing.advance_width(),
    }
}

fn byte(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

fn ink(props: &DrawProps<'_>) -> Ink {
    match &props.paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
            Ink { rgb: [red, green, blue], strength: alpha, known: true, hollow: false }
        }
        Paint::Pattern(_) => Ink { known: false, ..Ink::BLACK },
    }
}

/// Whether what is filled hides what lies under it: a tile has holes, a mask and a blend let through.
fn is_sure(props: &DrawProps<'_>) -> bool {
    let tiled = matches!(&props.paint, Paint::Pattern(pattern) if matches!(**pattern, Pattern::Tiling(_)));
    !tiled && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal
}

/// The steps of a path on the page.
fn steps(path: impl IntoIterator<Item = PathEl>, transform: Affine) -> impl Iterator<Item = Step> {
    let at = move |point: Point| {
        let point = transform * point;
        [point.x, point.y]
    };
    path.into_iter().map(move |element| match element {
        PathEl::MoveTo(point) => Step::Move(at(point)),
        PathEl::LineTo(point) => Step::Line(at(point)),
        PathEl::QuadTo(control, point) => Step::Curve(Some([at(control); 2]), at(point)),
        PathEl::CurveTo(first, second, point) => Step::Curve(Some([at(first), at(second)]), at(point)),
        PathEl::ClosePath => Step::Close,
    })
}
