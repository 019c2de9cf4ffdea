//! What a person sees of a page: marks in the order in which they are drawn become the page that the layout reads.
//!
//! Owns what lies over what and in which colour: text that is covered, clipped, transparent or in the colour of what lies
//! under it, shadows, seals and watermarks, struck figures, and note marks beside them. The readers of page formats draw
//! on a [`Canvas`]; [`page`] judges. Refuses to know formats, and what a figure is worth: it takes characters away, it
//! never changes one.
//!
//! Each judgement looks at the neighbours of a mark only, through grids and sorted lists: a page of many marks costs little
//! more for each of them than a page of few.

mod canvas;
mod direction;
mod doubles;
mod ground;
mod notes;
mod overlay;
mod pen;
mod strike;
#[cfg(test)]
mod tests;
mod words;

use crate::layout::page::{Glyph, Page, Rule};

pub use canvas::Canvas;
pub use direction::Direction;
pub use pen::Step;

use doubles::Doubles;
use ground::{Below, Ground};
use strike::Walls;
use words::Levels;

/// Characters, rules and areas of one page; a page with more is not a page of tables or text.
pub const MOST_MARKS: usize = 200_000;
/// Hidden characters from which on they are a text layer, and no remark.
const LAYER: usize = 40;
/// A text layer has this many times the characters that are seen.
const OUTNUMBERED: usize = 4;
/// Share of a page that pictures must cover for a text layer to be theirs.
const PICTURE: f32 = 0.4;
/// A difference to what lies under it, of 255, up to which a text is not seen.
const FAINT: u32 = 25;
/// From this on a channel is white.
const WHITE: u8 = 230;
/// Share of a page that a picture must cover to be taken for its paper.
const PAPER: f32 = 0.7;
/// Text of this share of a page's longer side, and of its usual size, is too small to be read.
const TINY: (f32, f32) = (0.0024, 0.3);

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

    const fn is_opaque(self) -> bool {
        self.strength >= 250
    }

    /// Its colour on what lies below.
    fn on(self, below: [u8; 3]) -> [u8; 3] {
        let mix = |top: u8, bottom: u8| {
            let sum = u32::from(top) * u32::from(self.strength) + u32::from(bottom) * u32::from(255 - self.strength);
            u8::try_from(sum / 255).unwrap_or(255)
        };
        let ([a, b, c], [x, y, z]) = (self.rgb, below);
        [mix(a, x), mix(b, y), mix(c, z)]
    }

    /// How far it stands out against white paper, of 255.
    fn contrast(self) -> u32 {
        if self.known { difference(self.on([255; 3]), [255; 3]) } else { 255 }
    }
}

/// The largest difference of a channel.
fn difference(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).max().unwrap_or(0)
}

/// A character, and how it was drawn.
#[derive(Clone, Debug)]
struct Print {
    glyph: Glyph,
    /// Where its baseline runs; `None` if it is slanted.
    direction: Option<Direction>,
    ink: Ink,
    order: u32,
    /// Its middle lies outside of what the page lets through.
    clipped: bool,
    /// The file itself says that it is no part of the text.
    watermark: bool,
    /// A picture with holes lies over it, and none of them here.
    covered: bool,
}

impl Print {
    /// The middle of its ink, which stands above the baseline.
    fn middle(&self) -> (f32, f32) {
        (self.glyph.x + self.glyph.width / 2.0, self.glyph.y - self.glyph.size * 0.35)
    }

    /// Whether it is no part of the page: outside of it or of its clip, too small to read, or a watermark by the file's own
    /// word.
    fn is_off(&self, page: &Page, tiny: f32) -> bool {
        let (x, y) = self.middle();
        // What stands across the edge is seen in part.
        let edge = self.glyph.size / 2.0;
        let on_page = (-edge..=page.width + edge).contains(&x) && (-edge..=page.height + edge).contains(&y);
        !on_page || self.clipped || self.watermark || self.glyph.size < tiny
    }
}

/// Something that covers what lies under it, and is a ground for what lies over it.
#[derive(Clone, Copy, Debug)]
struct Area {
    /// Left, top, right, bottom.
    bounds: [f32; 4],
    /// Its corners among those of the page, if it is no rectangle.
    corners: (u32, u32),
    ink: Ink,
    order: u32,
    /// Whether all of its shape is covered: where that is not certain it hides nothing.
    sure: bool,
    picture: bool,
}

impl Area {
    fn share(&self, page: &Page) -> f32 {
        let [x0, y0, x1, y1] = self.bounds;
        let (across, down) = (x1.min(page.width) - x0.max(0.0), y1.min(page.height) - y0.max(0.0));
        across.max(0.0) * down.max(0.0) / (page.width * page.height)
    }
}

/// All that is drawn on a page, in its order.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    prints: Vec<Print>,
    /// Rules, and when they were drawn.
    rules: Vec<(Rule, u32)>,
    areas: Vec<Area>,
    /// There were more areas.
    more: bool,
    corners: Vec<[f32; 2]>,
    /// Closed curves: their bounds and ink.
    rings: Vec<([f32; 4], Ink)>,
    /// Short slanted lines: from, to.
    slashes: Vec<[f32; 4]>,
    /// Areas of pictures, as they are drawn.
    pictured: f64,
    order: u32,
    run: u32,
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
    fn turn(&mut self, direction: Direction, width: f32, height: f32) {
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

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Seen,
    /// Not seen, and drawn as text layers of recognised pictures are.
    Veiled,
    Gone,
}

/// The page of this width and height as displayed, turned so that most of its text reads from left to right. Text of other
/// directions is left out, and what a person does not see.
///
/// A page whose text is almost all hidden, under a picture or without one, is taken for what somebody recognised: its
/// text is given, and the page says so.
pub fn page(mut marks: Marks, width: f32, height: f32) -> Page {
    let main = Direction::most(marks.prints.iter().filter_map(|print| print.direction));
    let area = f64::from(width) * f64::from(height);
    let mut page = Page { width, height, pictured: (marks.pictured / area).clamp(0.0, 1.0) as f32, ..Page::default() };
    if main.is_sideways() {
        (page.width, page.height) = (height, width);
    }
    if main != Direction::Right {
        marks.turn(main, width, height);
    }
    let Marks { mut prints, mut rules, areas, corners, rings, slashes, more, .. } = marks;
    let ground = Ground::new(&areas, &corners, (page.width, page.height), more);
    let is_slanted = |print: &Print| print.direction != Some(main);
    let slanted: Vec<Print> =
        if prints.iter().any(is_slanted) { prints.extract_if(.., |p| is_slanted(p)).collect() } else { Vec::new() };
    page.recognised = keep_seen(&mut prints, &ground, &page);
    rules.retain(|(rule, order)| {
        let on_page = rule.x1 >= 0.0 && rule.x0 <= page.width && rule.y1 >= 0.0 && rule.y0 <= page.height;
        on_page && !ground.hides(rule, *order)
    });
    page.rules = rules.into_iter().map(|(rule, _)| rule).collect();
    Doubles::remove(&mut prints);
    if !page.recognised {
        let mut gone = vec![false; prints.len()];
        let walls = Walls::new(&page.rules);
        let words = words::words(&prints, &walls);
        let levels = Levels::new(&words);
        let lines = strike::find(&prints, &levels, &walls, &slashes, &mut gone);
        let struck = prints.iter().zip(&gone).filter(|(_, gone)| **gone);
        page.struck = struck.map(|(print, _)| print.glyph.clone()).collect();
        overlay::find(&prints, &levels, &slanted, &rings, &walls, &mut gone);
        notes::find(&prints, &levels, &walls, &mut gone);
        drop(walls);
        if !lines.is_empty() {
            let mut at = 0..;
            page.rules.retain(|_| at.next().is_some_and(|at| lines.binary_search(&at).is_err()));
        }
        if gone.contains(&true) {
            let mut gone = gone.iter();
            prints.retain(|_| gone.next() != Some(&true));
        }
    }
    page.glyphs = prints.into_iter().map(|print| print.glyph).collect();
    page
}

/// Keeps what is seen, or all of a text layer. Says whether it is one.
fn keep_seen(prints: &mut Vec<Print>, ground: &Ground<'_>, page: &Page) -> bool {
    let tiny = tiny(prints, page);
    // Most of a page is in one ink on bare paper.
    let mut last = None;
    let mut is_seen = |print: &Print| {
        if ground.is_bare() && last == Some(print.ink) {
            return !print.is_off(page, tiny) && !print.covered;
        }
        let seen = fate(print, ground, page, tiny) == Fate::Seen;
        last = Some(print.ink).filter(|_| seen);
        seen
    };
    if prints.iter().all(&mut is_seen) {
        return false;
    }
    let fates: Vec<Fate> = prints.iter().map(|print| fate(print, ground, page, tiny)).collect();
    let count = |fate: Fate| fates.iter().filter(|other| **other == fate).count();
    let veiled = count(Fate::Veiled);
    let few = if page.pictured > PICTURE { 1 } else { LAYER };
    let recognised = veiled >= few && veiled > OUTNUMBERED * count(Fate::Seen);
    let mut fate = fates.iter();
    prints.retain(|_| match fate.next() {
        Some(Fate::Seen) => true,
        Some(Fate::Veiled) => recognised,
        _ => false,
    });
    recognised
}

/// The size below which text is too small to be read.
fn tiny(prints: &[Print], page: &Page) -> f32 {
    let least = page.width.max(page.height) * TINY.0;
    if prints.iter().all(|print| print.glyph.size >= least) {
        return 0.0;
    }
    let mut sizes: Vec<f32> = prints.iter().map(|print| print.glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    least.min(sizes.get(sizes.len() / 2).map_or(0.0, |usual| usual * TINY.1))
}

fn fate(print: &Print, ground: &Ground<'_>, page: &Page, tiny: f32) -> Fate {
    if print.is_off(page, tiny) {
        return Fate::Gone;
    }
    if print.ink.strength == 0 || print.covered {
        return Fate::Veiled;
    }
    let (x, y) = print.middle();
    if let Some(cover) = ground.cover(x, y, print.order) {
        return if cover.picture { Fate::Veiled } else { Fate::Gone };
    }
    match ground.below(x, y, print.order) {
        Below::Colour(below) if print.ink.known && difference(print.ink.on(below), below) <= FAINT => Fate::Gone,
        Below::Picture(paper)
            if print.ink.known && print.ink.rgb.iter().all(|c| *c >= WHITE) && paper.share(page) > PAPER =>
        {
            Fate::Veiled
        }
        _ => Fate::Seen,
    }
}
