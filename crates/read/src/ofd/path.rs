//! Outlines of an OFD path: their straight edges along the page become rules.
//!
//! Owns the abbreviated data and what is a rule: stroked edges, and filled bars as their centre lines. Refuses curves,
//! slanted lines, and filled areas: they rule nothing.

use super::transform::{MAX_MARKS, Transform};
use crate::layout::page::Rule;

/// Widest line or bar that is a rule, in points; a stroke that is wider and shorter than this runs across itself.
const THICKEST: f64 = 3.0;
/// Ends of a rule may differ by this across it.
const SKEW: f64 = 0.5;
/// Shorter edges are corners, not rules.
const SHORTEST: f64 = 0.1;
/// Corners of a filled shape beyond which it is no bar.
const CORNERS: usize = 6;

/// Turns the path of one object into rules.
pub(super) struct Lines<'a> {
    transform: Transform,
    /// Width of its strokes in points; `None` if it has none.
    width: Option<f64>,
    fill: bool,
    rules: &'a mut Vec<Rule>,
    start: [f64; 2],
    last: [f64; 2],
    /// Corners of the open shape; `curved` if it cannot be a bar.
    corners: Vec<[f64; 2]>,
    curved: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(transform: Transform, width: Option<f64>, fill: bool, rules: &'a mut Vec<Rule>) -> Self {
        let (start, last) = ([0.0; 2], [0.0; 2]);
        Self { transform, width, fill, rules, start, last, corners: Vec::new(), curved: false }
    }

    /// Reads abbreviated data: `S x y`, `M x y`, `L x y`, `Q` and `B` with one and two control points, `A` with five
    /// numbers of an arc before its end, `C`. It ends at the first operator whose numbers are missing.
    pub(super) fn read(&mut self, data: &str) {
        let mut tokens = tokens(data);
        while let Some(token) = tokens.next().filter(|_| self.rules.len() <= MAX_MARKS) {
            let before = match token {
                "C" => {
                    self.edge(self.last, self.start);
                    self.last = self.start;
                    self.area();
                    continue;
                }
                "S" | "M" | "L" => 0,
                "Q" => 2,
                "B" => 4,
                "A" => 5,
                // A number without operator.
                _ => continue,
            };
            let mut number = || tokens.next().and_then(|t| t.parse::<f64>().ok()).filter(|n| n.is_finite());
            let skipped = (0..before).all(|_| number().is_some());
            let (Some(x), Some(y), true) = (number(), number(), skipped) else { break };
            let point = self.transform.point(x, y);
            match token {
                "S" | "M" => {
                    self.area();
                    self.start = point;
                    self.corners.push(point);
                }
                "L" => {
                    self.edge(self.last, point);
                    if self.corners.len() <= CORNERS {
                        self.corners.push(point);
                    }
                }
                _ => self.curved = true,
            }
            self.last = point;
        }
        self.area();
    }

    /// A stroked edge.
    fn edge(&mut self, [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) {
        let Some(width) = self.width else { return };
        let (across, down) = ((bx - ax).abs(), (by - ay).abs());
        let length = across.max(down);
        if across.min(down) > SKEW || length < SHORTEST {
            return;
        }
        let (x, y) = (f64::midpoint(ax, bx), f64::midpoint(ay, by));
        if width <= THICKEST {
            self.rule(x, y, if across >= down { across } else { 0.0 }, if across >= down { 0.0 } else { down });
        } else if length <= THICKEST {
            self.rule(x, y, if across >= down { 0.0 } else { width }, if across >= down { width } else { 0.0 });
        }
    }

    /// The end of a filled shape: a thin rectangle is a rule, in both directions if it is a square.
    fn area(&mut self) {
        let corners = std::mem::take(&mut self.corners);
        let curved = std::mem::take(&mut self.curved);
        if !self.fill || curved || !(4..=CORNERS).contains(&corners.len()) {
            return;
        }
        let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
        for [x, y] in &corners {
            low = [low[0].min(*x), low[1].min(*y)];
            high = [high[0].max(*x), high[1].max(*y)];
        }
        // Every corner lies at one of the rectangle's.
        let at = |v: f64, axis: usize| (v - low[axis]).abs() < SKEW || (v - high[axis]).abs() < SKEW;
        let (width, height) = (high[0] - low[0], high[1] - low[1]);
        if width.min(height) > THICKEST
            || width.max(height) < SHORTEST
            || !corners.iter().all(|c| at(c[0], 0) && at(c[1], 1))
        {
            return;
        }
        let (x, y) = (f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1]));
        let square = width.max(height) <= THICKEST;
        if width >= height || square {
            self.rule(x, y, width, 0.0);
        }
        if height > width || square {
            self.rule(x, y, 0.0, height);
        }
    }

    /// A rule by its middle and its length in one direction.
    fn rule(&mut self, x: f64, y: f64, across: f64, down: f64) {
        let (x0, x1) = ((x - across / 2.0) as f32, (x + across / 2.0) as f32);
        let (y0, y1) = ((y - down / 2.0) as f32, (y + down / 2.0) as f32);
        if [x0, y0, x1, y1].iter().all(|v| v.is_finite()) {
            self.rules.push(Rule { x0, y0, x1, y1 });
        }
    }
}

/// Operators and numbers; an operator may touch the number after it.
fn tokens(data: &str) -> impl Iterator<Item = &str> {
    data.split(|c: char| c.is_ascii_whitespace() || c == ',').flat_map(|part| {
        let operator = part.starts_with(|c: char| c.is_ascii_uppercase());
        let (first, rest) = part.split_at(usize::from(operator));
        [first, rest].into_iter().filter(|t| !t.is_empty())
    })
}
