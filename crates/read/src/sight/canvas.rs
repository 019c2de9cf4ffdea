//! The canvas on which the readers of page formats draw, in the order of the file.
//!
//! Owns what clips and groups let through, and which pictures cover. Outlines are those of [`super::pen`]. Refuses to judge:
//! it notes what is drawn, when and how.

use super::direction::Direction;
use super::ground::is_within;
use super::marks::{Area, Ink, MOST_MARKS, Marks, Print, Step};
use crate::layout::page::{Glyph, Rule};
use crate::work;

/// What lies this far outside of a clip is still let through, in points: clips are set tightly around lines and letters.
const SLACK: f32 = 1.0;
/// Clips within clips whose shape is looked at: the innermost ones.
const SHAPES: usize = 4;
/// Of nine points of a letter, those that a picture must hide.
const COVERED: usize = 8;
/// Areas of one page that are noted; what lies under more is taken for seen.
const MOST_AREAS: usize = 50_000;

/// A clip, within those around it.
#[derive(Clone, Debug)]
struct Clip {
    bounds: [f32; 4],
    /// Its corners, if it is no rectangle.
    corners: Vec<[f32; 2]>,
    /// Whether it lets through all within its bounds.
    is_box: bool,
}

/// A group that is drawn as a whole.
#[derive(Clone, Copy, Debug)]
struct Layer {
    strength: u8,
    /// Nothing in it is masked or blended.
    sure: bool,
}

/// Takes down what is drawn.
#[derive(Clone, Debug, Default)]
pub struct Canvas {
    pub(super) marks: Marks,
    clips: Vec<Clip>,
    layers: Vec<Layer>,
    /// Marked content that is open, and which of it is a watermark.
    content: Vec<bool>,
    /// Room for the steps of an outline.
    pub(super) steps: Vec<Step>,
}

impl Canvas {
    /// An empty canvas, with room for what most pages hold.
    pub fn new() -> Self {
        let mut canvas = Self::default();
        canvas.marks.prints.reserve(1_024);
        canvas
    }

    /// All that was drawn.
    pub fn into_marks(self) -> Marks {
        self.marks
    }

    /// How much was drawn.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether more was drawn than on any page of tables or text.
    pub fn is_full(&self) -> bool {
        self.len() > MOST_MARKS
    }

    /// A new operation begins: it is drawn over all before.
    pub fn begin(&mut self) {
        self.marks.order = self.marks.order.saturating_add(1);
        self.blank();
    }

    /// A blank, or whatever else separates what is drawn in one go.
    pub fn blank(&mut self) {
        self.marks.run = self.marks.run.saturating_add(1);
    }

    /// Marked content begins; the file says whether it is a watermark.
    pub fn begin_content(&mut self, watermark: bool) {
        self.content.push(watermark || self.content.last() == Some(&true));
    }

    /// The innermost marked content ends.
    pub fn end_content(&mut self) {
        self.content.pop();
    }

    /// What is drawn from now on is seen within this rectangle only.
    pub fn clip_box(&mut self, bounds: [f32; 4]) {
        self.clip(Clip { bounds, corners: Vec::new(), is_box: true });
    }

    /// What is drawn from now on is seen within these corners only; without corners, within their bounds at most.
    pub fn clip_shape(&mut self, bounds: [f32; 4], corners: Vec<[f32; 2]>) {
        self.clip(Clip { bounds, corners, is_box: false });
    }

    fn clip(&mut self, mut clip: Clip) {
        if let Some(outer) = self.clips.last() {
            clip.bounds = common(outer.bounds, clip.bounds);
            clip.is_box &= outer.is_box;
        }
        self.clips.push(clip);
    }

    /// The innermost clip ends.
    pub fn unclip(&mut self) {
        self.clips.pop();
    }

    /// A group begins that is drawn with this strength; `sure` if it is neither masked nor blended.
    pub fn begin_group(&mut self, strength: u8, sure: bool) {
        let outer = self.layer();
        let strength = u16::from(outer.strength) * u16::from(strength) / 255;
        let strength = u8::try_from(strength).unwrap_or(255);
        self.layers.push(Layer { strength, sure: sure && outer.sure });
    }

    /// The innermost group ends.
    pub fn end_group(&mut self) {
        self.layers.pop();
    }

    fn layer(&self) -> Layer {
        self.layers.last().copied().unwrap_or(Layer { strength: 255, sure: true })
    }

    /// The ink as the open groups let it through.
    fn ink(&self, ink: Ink) -> Ink {
        let strength = u16::from(ink.strength) * u16::from(self.layer().strength) / 255;
        Ink { strength: u8::try_from(strength).unwrap_or(255), ..ink }
    }

    fn is_clipped(&self, x: f32, y: f32) -> bool {
        let Some(clip) = self.clips.last() else { return false };
        let [x0, y0, x1, y1] = clip.bounds;
        let outside = x < x0 - SLACK || x > x1 + SLACK || y < y0 - SLACK || y > y1 + SLACK;
        work::steps(self.clips.last().map_or(0, |clip| clip.corners.len()));
        let beside = |clip: &&Clip| !clip.corners.is_empty() && !is_within(&clip.corners, x, y);
        outside || !clip.is_box && self.clips.iter().rev().take(SHAPES).any(|clip| beside(&clip))
    }

    /// A character; `direction` is that of its baseline, `None` if it is slanted.
    pub fn print(&mut self, mut glyph: Glyph, direction: Option<Direction>, ink: Ink) {
        let sound = [glyph.x, glyph.y, glyph.width, glyph.size].iter().all(|n| n.is_finite()) && glyph.size > 0.0;
        if !sound {
            return;
        }
        glyph.run = self.marks.run;
        let (right, down) = direction.map_or((0.0, 0.0), Direction::unit);
        // To the middle of its ink: half its advance along the line, and up from it.
        let (along, up) = (glyph.width / 2.0, glyph.size * 0.35);
        let clipped = self.is_clipped(glyph.x + right * along + down * up, glyph.y + down * along - right * up);
        let watermark = self.content.last() == Some(&true);
        let (ink, order) = (self.ink(ink), self.marks.order);
        self.marks.prints.push(Print { glyph, direction, ink, order, clipped, watermark, covered: false });
    }

    /// A picture within these bounds, of which it covers `drawn` square points; `sure` if it hides what lies under it.
    pub fn picture(&mut self, bounds: [f32; 4], drawn: f64, sure: bool) {
        let clipped = self.clips.last().map_or(bounds, |clip| common(clip.bounds, bounds));
        let size = |[x0, y0, x1, y1]: [f32; 4]| f64::from((x1 - x0).max(0.0)) * f64::from((y1 - y0).max(0.0));
        let drawn = drawn.min(size(clipped));
        if drawn.is_finite() {
            self.marks.pictured += drawn;
        }
        // A slanted one covers less than its bounds.
        let upright = drawn >= size(clipped) * 0.98;
        let ink = Ink { known: false, ..Ink::BLACK };
        self.area(bounds, &[], ink, sure && upright, true);
    }

    /// Whether text lies within these bounds that may yet be seen.
    pub fn has_text(&self, [x0, y0, x1, y1]: [f32; 4]) -> bool {
        let within = |p: &Print| (x0..x1).contains(&p.glyph.x) && (y0..y1).contains(&p.glyph.y);
        work::steps(self.marks.prints.len());
        self.marks.prints.iter().any(within)
    }

    /// Takes the text within these bounds for covered where almost all of its ink is: `is_covered` tells of a point.
    pub fn cover(&mut self, [x0, y0, x1, y1]: [f32; 4], is_covered: &dyn Fn(f32, f32) -> bool) {
        work::steps(self.marks.prints.len());
        for print in self.marks.prints.iter_mut().filter(|print| !print.covered) {
            let glyph = &print.glyph;
            let Some((right, down)) = print.direction.map(Direction::unit) else { continue };
            let at = |along: f32, up: f32| {
                let (along, up) = (glyph.width * along, glyph.size * up);
                (glyph.x + right * along + down * up, glyph.y + down * along - right * up)
            };
            let (x, y) = at(0.5, 0.35);
            if x < x0 || x > x1 || y < y0 || y > y1 {
                continue;
            }
            let points = [0.2, 0.5, 0.8].into_iter().flat_map(|along| [0.1, 0.35, 0.6].map(|up| at(along, up)));
            print.covered = points.filter(|(x, y)| is_covered(*x, *y)).count() >= COVERED;
        }
    }

    /// An area that is filled; `sure` if all within its corners, or bounds, is.
    pub(super) fn area(&mut self, bounds: [f32; 4], corners: &[[f32; 2]], ink: Ink, sure: bool, picture: bool) {
        let ink = self.ink(ink);
        if ink.strength == 0 || !bounds.iter().all(|v| v.is_finite()) {
            return;
        }
        if self.marks.areas.len() >= MOST_AREAS {
            self.marks.more = true;
            return;
        }
        let (bounds, is_box) = match self.clips.last() {
            Some(clip) => (common(clip.bounds, bounds), clip.is_box),
            None => (bounds, true),
        };
        if bounds[0] >= bounds[2] || bounds[1] >= bounds[3] {
            return;
        }
        let first = u32::try_from(self.marks.corners.len()).unwrap_or(0);
        self.marks.corners.extend_from_slice(corners);
        let end = u32::try_from(self.marks.corners.len()).unwrap_or(0);
        let sure = sure && is_box && self.layer().sure;
        let order = self.marks.order;
        self.marks.areas.push(Area { bounds, corners: (first, end), ink, order, sure, picture });
    }

    /// A ruling line, as far as the clips let it through.
    pub(super) fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let mut rule = Rule { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
        if let Some(clip) = self.clips.last() {
            let [left, top, right, bottom] = clip.bounds;
            let within = |v: f32, low: f32, high: f32| v.max(low - SLACK).min(high + SLACK);
            let (across, down) = (within(rule.x0, left, right), within(rule.y0, top, bottom));
            let seen = if rule.y0 == rule.y1 { down == rule.y0 } else { across == rule.x0 };
            rule = Rule { x0: across, y0: down, x1: within(rule.x1, left, right), y1: within(rule.y1, top, bottom) };
            if !seen || rule.x0 > rule.x1 || rule.y0 > rule.y1 {
                return;
            }
        }
        let finite = (rule.x1 - rule.x0).is_finite() && (rule.y1 - rule.y0).is_finite();
        if finite && self.len() <= MOST_MARKS {
            self.marks.rules.push((rule, self.marks.order));
        }
    }
}

/// What two rectangles have in common.
fn common(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}
