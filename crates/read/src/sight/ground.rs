//! What lies over and under a point of a page at a moment of its drawing.
//!
//! Owns the grid through which filled areas and pictures are found. Refuses to judge: it says what lies there, and that it
//! does not know where a shape, a mask or a blend leaves that open.

use super::marks::{Area, Ink};
use crate::layout::page::{Glyph, Rule};
use crate::work;

/// Share of a page that a picture must cover to be taken for its paper.
pub(super) const PAPER: f32 = 0.7;
/// Squares along the longer side of a page.
const SQUARES: f32 = 48.0;
/// Areas of all squares together: a page with more large areas than this is drawn to keep a reader busy.
const MOST_ENTRIES: usize = 1 << 20;
/// Areas of one square that are looked at for one point.
const DEEPEST: usize = 512;
/// Translucent areas over each other whose colours are mixed.
const LAYERS: usize = 8;
/// A rule is covered where it lies this far within an area, in points: borders of cells lie on the edges of their fills.
const WITHIN: f32 = 1.0;

/// What lies under a point.
pub(super) enum Below<'m> {
    /// A colour; paper is white.
    Colour([u8; 3]),
    /// A picture.
    Picture(&'m Area),
    /// Something whose colour is not known.
    Unknown,
}

/// The areas of a page, by where they lie.
pub(super) struct Ground<'m> {
    areas: &'m [Area],
    corners: &'m [[f32; 2]],
    /// For each square, row by row, the areas that touch it, in the order of drawing.
    squares: Vec<Vec<u32>>,
    columns: usize,
    rows: usize,
    side: f32,
    /// There are more areas than are looked at.
    partial: bool,
}

impl<'m> Ground<'m> {
    /// `partial` if there were more areas than these.
    pub(super) fn new(areas: &'m [Area], corners: &'m [[f32; 2]], (width, height): (f32, f32), partial: bool) -> Self {
        let side = (width.max(height) / SQUARES).max(1.0);
        let (columns, rows) = ((width / side) as usize + 1, (height / side) as usize + 1);
        let mut ground = Self { areas, corners, squares: Vec::new(), columns, rows, side, partial };
        if areas.is_empty() {
            return ground;
        }
        ground.squares = vec![Vec::new(); columns.saturating_mul(rows)];
        let mut entries = 0;
        for (index, area) in (0_u32..).zip(areas) {
            let [x0, y0, x1, y1] = area.bounds;
            if x1 < 0.0 || y1 < 0.0 || x0 > width || y0 > height {
                continue;
            }
            let ((left, top), (right, bottom)) = (ground.square(x0, y0), ground.square(x1, y1));
            entries += (right - left + 1) * (bottom - top + 1);
            if entries > MOST_ENTRIES {
                ground.partial = true;
                break;
            }
            for row in top..=bottom {
                for square in ground.squares.iter_mut().skip(row * columns + left).take(right - left + 1) {
                    square.push(index);
                }
            }
        }
        ground
    }

    /// Whether there is nothing but paper.
    pub(super) const fn is_bare(&self) -> bool {
        self.areas.is_empty() && !self.partial
    }

    fn square(&self, x: f32, y: f32) -> (usize, usize) {
        let at = |v: f32, most: usize| ((v / self.side).max(0.0) as usize).min(most - 1);
        (at(x, self.columns), at(y, self.rows))
    }

    /// The areas at a point, from the top; at most [`DEEPEST`] of its square are looked at.
    fn at(&self, x: f32, y: f32) -> impl Iterator<Item = &'m Area> + '_ {
        let (column, row) = self.square(x, y);
        let square = self.squares.get(row * self.columns + column).map_or(&[][..], Vec::as_slice);
        let areas = square.iter().rev().take(DEEPEST).filter_map(|index| self.areas.get(*index as usize));
        areas
            .inspect(|area| work::steps(1 + (area.corners.1 - area.corners.0) as usize))
            .filter(move |area| self.contains(area, x, y))
    }

    /// Whether more areas lie around a point than are looked at.
    fn is_crowded(&self, x: f32, y: f32) -> bool {
        let (column, row) = self.square(x, y);
        self.squares.get(row * self.columns + column).is_some_and(|square| square.len() > DEEPEST)
    }

    /// Whether an area fills almost the whole page.
    fn fills(&self, area: &Area) -> bool {
        let [x0, y0, x1, y1] = area.bounds;
        let side = |squares: usize| (squares - 1) as f32 * self.side;
        (x1 - x0) * (y1 - y0) > PAPER * side(self.columns) * side(self.rows)
    }

    fn contains(&self, area: &Area, x: f32, y: f32) -> bool {
        let [x0, y0, x1, y1] = area.bounds;
        if x < x0 || x > x1 || y < y0 || y > y1 {
            return false;
        }
        let corners = self.corners.get(area.corners.0 as usize..area.corners.1 as usize).unwrap_or_default();
        corners.is_empty() || is_within(corners, x, y)
    }

    /// What was drawn over a point after this.
    pub(super) fn cover(&self, x: f32, y: f32, after: u32) -> Option<&'m Area> {
        let mut later = self.at(x, y).take_while(|area| area.order > after);
        later.find(|area| area.sure && area.ink.is_opaque())
    }

    /// What lay under a point before this. A picture with holes that fills the page is taken for clear.
    pub(super) fn below(&self, x: f32, y: f32, before: u32) -> Below<'m> {
        let mut layers = [[0_u8; 4]; LAYERS];
        let mut count = 0;
        let mut colour = [255; 3];
        if self.partial || self.is_crowded(x, y) {
            return Below::Unknown;
        }
        for area in self.at(x, y).filter(|area| area.order < before) {
            if area.picture && area.sure {
                return Below::Picture(area);
            }
            if area.picture && self.fills(area) {
                continue;
            }
            if !area.sure || !area.ink.known {
                return Below::Unknown;
            }
            if area.ink.is_opaque() {
                colour = area.ink.rgb;
                break;
            }
            let [r, g, b] = area.ink.rgb;
            let Some(layer) = layers.get_mut(count) else { return Below::Unknown };
            *layer = [r, g, b, area.ink.strength];
            count += 1;
        }
        for [r, g, b, strength] in layers.iter().take(count).rev() {
            colour = Ink { rgb: [*r, *g, *b], strength: *strength, ..Ink::BLACK }.on(colour);
        }
        Below::Colour(colour)
    }

    /// Whether a letter is drawn as an outline where a character stands: a filled shape of its size.
    pub(super) fn is_outlined(&self, glyph: &Glyph, (x, y): (f32, f32)) -> bool {
        self.at(x, y).any(|area| {
            let [x0, y0, x1, y1] = area.bounds;
            let shape = !area.sure || area.corners.0 < area.corners.1;
            shape && !area.picture && (x1 - x0).max(y1 - y0) <= 1.5 * glyph.size
        })
    }

    /// Whether a rule is covered along its whole length by what was drawn later.
    pub(super) fn hides(&self, rule: &Rule, order: u32) -> bool {
        if self.squares.is_empty() {
            return false;
        }
        [0.1, 0.5, 0.9].iter().all(|share| {
            let (x, y) = (rule.x0 + (rule.x1 - rule.x0) * share, rule.y0 + (rule.y1 - rule.y0) * share);
            self.cover(x, y, order).is_some_and(|area| {
                let [x0, y0, x1, y1] = area.bounds;
                !area.picture && x - x0 > WITHIN && x1 - x > WITHIN && y - y0 > WITHIN && y1 - y > WITHIN
            })
        })
    }
}

/// Whether a point lies within a polygon.
pub(super) fn is_within(corners: &[[f32; 2]], x: f32, y: f32) -> bool {
    let mut within = false;
    let mut last = corners.last().copied().unwrap_or_default();
    for corner in corners {
        let ([ax, ay], [bx, by]) = (last, *corner);
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            within = !within;
        }
        last = *corner;
    }
    within
}
