//! The ruling lines of a page as walls of tables.
//!
//! Owns the lists through which those at a place are found. Refuses to know what stands between them.

use std::cell::OnceCell;

use crate::layout::page::Rule;
use crate::work;

/// The ruling lines of a page, by where they lie.
pub(super) struct Walls<'r> {
    rules: &'r [Rule],
    /// Vertical ones from left to right, and horizontal ones from top to bottom. Most pages ask for none.
    sorted: OnceCell<(Vec<Rule>, Vec<Rule>)>,
}

impl<'r> Walls<'r> {
    /// Rules that are looked at for one place.
    const MOST: usize = 512;

    pub(super) const fn new(rules: &'r [Rule]) -> Self {
        Self { rules, sorted: OnceCell::new() }
    }

    /// All of them.
    pub(super) const fn rules(&self) -> &'r [Rule] {
        self.rules
    }

    fn sorted(&self) -> &(Vec<Rule>, Vec<Rule>) {
        self.sorted.get_or_init(|| {
            let line = self.rules.iter().copied().filter(|r| r.x0 != r.x1 || r.y0 != r.y1);
            let (mut down, mut across): (Vec<Rule>, Vec<Rule>) = line.partition(|r| r.x0 == r.x1);
            down.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            across.sort_by(|a, b| a.y0.total_cmp(&b.y0));
            (down, across)
        })
    }

    /// Whether a vertical line stands between two places at this height.
    pub(super) fn stands(&self, left: f32, right: f32, y: f32) -> bool {
        let (down, _) = self.sorted();
        let start = down.partition_point(|wall| wall.x0 < left);
        let near =
            down.iter().skip(start).take_while(|wall| wall.x0 <= right).take(Self::MOST).inspect(|_| work::steps(1));
        near.into_iter().any(|wall| wall.y0 <= y && y <= wall.y1)
    }

    /// Whether a horizontal line between two heights runs over all from left to right.
    pub(super) fn runs(&self, top: f32, bottom: f32, left: f32, right: f32) -> bool {
        let (_, across) = self.sorted();
        let start = across.partition_point(|wall| wall.y0 < top);
        let near =
            across.iter().skip(start).take_while(|wall| wall.y0 <= bottom).take(Self::MOST).inspect(|_| work::steps(1));
        near.into_iter().any(|wall| wall.x0 <= left && right <= wall.x1)
    }
}
