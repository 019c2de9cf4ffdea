//! What is drawn on a page, in its order.
//!
//! Owns characters, rules and areas with their inks, and how they are moved and turned. Refuses to judge what is seen.

use super::direction::Direction;
use crate::layout::page::{Glyph, Page, Rule};

/// Characters, rules and areas of one page; a page with more is not a page of tables or text.
pub const MOST_MARKS: usize = 200_000;

/// A point on the page.
pub type Point = [f64; 2];

/// A step of an outline.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A new part begins here.
    Move(Point),
    /// A straight edge.
    Line(Point),
    /// A curve, by its end and its control points if it has any.
    Curve(Option<[Point; 2]>, Point),
    /// Back to where the part began.
    Close,
}

/// With what something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Red, green and blue.
    pub rgb: [u8; 3],
    /// 255 is opaque, 0 leaves nothing.
    pub strength: u8,
    /// Whether the colour is known: that of patterns and pictures is not.
    pub known: bool,
    /// Only the outline is drawn.
    pub hollow: bool,
}

impl Ink {
    /// Opaque black.
    pub const BLACK: Self = Self { rgb: [0; 3], strength: 255, known: true, hollow: false };

    pub(super) const fn is_opaque(self) -> bool {
        self.strength >= 250
    }

    /// Its colour on what lies below.
    pub(super) fn on(self, below: [u8; 3]) -> [u8; 3] {
        let mix = |top: u8, bottom: u8| {
            let sum = u32::from(top) * u32::from(self.strength) + u32::from(bottom) * u32::from(255 - self.strength);
            u8::try_from(sum / 255).unwrap_or(255)
        };
        let ([a, b, c], [x, y, z]) = (self.rgb, below);
        [mix(a, x), mix(b, y), mix(c, z)]
    }

    /// How far it stands out against white paper, of 255.
    pub(super) fn contrast(self) -> u32 {
        if self.known { difference(self.on([255; 3]), [255; 3]) } else { 255 }
    }
}

/// The largest difference of a channel.
pub(super) fn difference(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).max().unwrap_or(0)
}

/// A character, and how it was drawn.
#[derive(Clone, Debug)]
pub(super) struct Print {
    pub(super) glyph: Glyph,
    /// Where its baseline runs; `None` if it is slanted.
    pub(super) direction: Option<Direction>,
    pub(super) ink: Ink,
    pub(super) order: u32,
    /// Its middle lies outside of what the page lets through.
    pub(super) clipped: bool,
    /// The file itself says that it is no part of the text.
    pub(super) watermark: bool,
    /// A picture with holes lies over it, and none of them here.
    pub(super) covered: bool,
}

impl Print {
    /// The middle of its ink, which stands above the baseline.
    pub(super) fn middle(&self) -> (f32, f32) {
        (self.glyph.x + self.glyph.width / 2.0, self.glyph.y - self.glyph.size * 0.35)
    }

    /// Whether it is no part of the page: outside of it or of its clip, too small to read, or a watermark by the file's own
    /// word.
    pub(super) fn is_off(&self, page: &Page, tiny: f32) -> bool {
        let (x, y) = self.middle();
        // What stands across the edge is seen in part.
        let edge = self.glyph.size / 2.0;
        let on_page = (-edge..=page.width + edge).contains(&x) && (-edge..=page.height + edge).contains(&y);
        !on_page || self.clipped || self.watermark || self.glyph.size < tiny
    }
}

/// Something that covers what lies under it, and is a ground for what lies over it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// Left, top, right, bottom.
    pub(super) bounds: [f32; 4],
    /// Its corners among those of the page, if it is no rectangle.
    pub(super) corners: (u32, u32),
    pub(super) ink: Ink,
    pub(super) order: u32,
    /// Whether all of its shape is covered: where that is not certain it hides nothing.
    pub(super) sure: bool,
    pub(super) picture: bool,
}

impl Area {
    pub(super) fn share(&self, page: &Page) -> f32 {
        let [x0, y0, x1, y1] = self.bounds;
        let (across, down) = (x1.min(page.width) - x0.max(0.0), y1.min(page.height) - y0.max(0.0));
        across.max(0.0) * down.max(0.0) / (page.width * page.height)
    }
}

/// All that is drawn on a page, in its order.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub(super) prints: Vec<Print>,
    /// Rules, and when they were drawn.
    pub(super) rules: Vec<(Rule, u32)>,
    pub(super) areas: Vec<Area>,
    /// There were more areas.
    pub(super) more: bool,
    pub(super) corners: Vec<[f32; 2]>,
    /// Closed curves: their bounds and ink.
    pub(super) rings: Vec<([f32; 4], Ink)>,
    /// Short slanted lines: from, to.
    pub(super) slashes: Vec<[f32; 4]>,
    /// Areas of pictures, as they are drawn.
    pub(super) pictured: f64,
    pub(super) order: u32,
    pub(super) run: u32,
}

impl Marks {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.prints.len() + self.rules.len() + self.areas.len() + self.slashes.len()
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.pictured == 0.0
    }

    /// Draws all of another's over it, moved by this.
    pub fn append(&mut self, other: &Self, across: f32, down: f32) {
        let (order, run) = (self.order, self.run);
        let first = u32::try_from(self.corners.len()).unwrap_or(0);
        let bounds = |[x0, y0, x1, y1]: [f32; 4]| [x0 + across, y0 + down, x1 + across, y1 + down];
        self.prints.extend(other.prints.iter().map(|print| {
            let glyph = &print.glyph;
            let glyph = Glyph { x: glyph.x + across, y: glyph.y + down, run: glyph.run + run, ..glyph.clone() };
            Print { glyph, order: print.order + order, ..print.clone() }
        }));
        self.rules.extend(other.rules.iter().map(|(r, at)| {
            let [x0, y0, x1, y1] = bounds([r.x0, r.y0, r.x1, r.y1]);
            (Rule { x0, y0, x1, y1 }, at + order)
        }));
        self.areas.extend(other.areas.iter().map(|area| {
            let corners = (area.corners.0 + first, area.corners.1 + first);
            Area { bounds: bounds(area.bounds), corners, order: area.order + order, ..*area }
        }));
        self.corners.extend(other.corners.iter().map(|[x, y]| [x + across, y + down]));
        self.rings.extend(other.rings.iter().map(|(ring, ink)| (bounds(*ring), *ink)));
        self.slashes.extend(other.slashes.iter().map(|slash| bounds(*slash)));
        self.pictured += other.pictured;
        self.more |= other.more;
        self.order = self.order.saturating_add(other.order);
        self.run = self.run.saturating_add(other.run);
    }

    /// Turns everything so that text of this direction reads from left to right.
    pub(super) fn turn(&mut self, direction: Direction, width: f32, height: f32) {
        let turn = |x: f32, y: f32| direction.turn(x, y, width, height);
        let bounds = |[x0, y0, x1, y1]: [f32; 4]| {
            let ((ax, ay), (bx, by)) = (turn(x0, y0), turn(x1, y1));
            [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
        };
        for print in &mut self.prints {
            (print.glyph.x, print.glyph.y) = turn(print.glyph.x, print.glyph.y);
        }
        for (rule, _) in &mut self.rules {
            let [x0, y0, x1, y1] = bounds([rule.x0, rule.y0, rule.x1, rule.y1]);
            *rule = Rule { x0, y0, x1, y1 };
        }
        self.areas.iter_mut().for_each(|area| area.bounds = bounds(area.bounds));
        self.rings.iter_mut().for_each(|(ring, _)| *ring = bounds(*ring));
        for corner in &mut self.corners {
            *corner = turn(corner[0], corner[1]).into();
        }
        for [x0, y0, x1, y1] in &mut self.slashes {
            ((*x0, *y0), (*x1, *y1)) = (turn(*x0, *y0), turn(*x1, *y1));
        }
    }
}
