//! Two pages on one sheet.
//!
//! Owns telling them from one wide page: a free strip in the middle, and to both sides of it what stands on pages of their
//! own. Refuses more than two, and sheets on which lines run or tables reach over the middle.

use super::page::{Glyph, Page, Rule};

/// Where the free strip lies, as shares of the width, and how wide it is at least.
const MIDDLE: (f32, f32) = (0.42, 0.58);
const STRIP: f32 = 0.025;
/// A sheet of two pages is wider than high by this.
const WIDE: f32 = 1.15;
/// Lines of either side, and how near two baselines are the same line, in points.
const LINES: usize = 5;
const LEVEL: f32 = 1.0;
/// Of a hundred lines of one side, those that stand beside none of the other.
const ALONE: usize = 40;
/// A line of text reaches over so much of its page.
const RUNNING: f32 = 0.6;
/// Rules of a table on either side.
const RULES: usize = 6;

/// The pages of a sheet, from left to right: two, or the sheet itself.
#[must_use]
pub fn halves(mut page: Page) -> Vec<Page> {
    let Some(middle) = middle(&page) else { return vec![page] };
    let is_left = |x: f32| x < middle;
    // Both are as wide, wherever the strip between them lies.
    let half = page.width / 2.0;
    let moved = |glyphs: &mut Vec<Glyph>| -> Vec<Glyph> {
        glyphs.extract_if(.., |g| !is_left(g.x)).map(|g| Glyph { x: g.x - half, ..g }).collect()
    };
    let (glyphs, struck) = (moved(&mut page.glyphs), moved(&mut page.struck));
    let ruled: Vec<Rule> = page.rules.extract_if(.., |r| !is_left(r.x0)).collect();
    let mut other = Page {
        width: half,
        glyphs,
        struck,
        rules: ruled.into_iter().map(|r| Rule { x0: r.x0 - half, x1: r.x1 - half, ..r }).collect(),
        ..page
    };
    page.width = half;
    other.height = page.height;
    vec![page, other]
}

/// Where two pages meet.
fn middle(page: &Page) -> Option<f32> {
    if page.width < WIDE * page.height || page.recognised && !page.witnessed {
        return None;
    }
    let (low, high) = (MIDDLE.0 * page.width, MIDDLE.1 * page.width);
    // What reaches into the middle, from left to right. A fold line is no part of either page.
    let glyphs = page.glyphs.iter().map(|g| (g.x, g.x + g.width));
    let is_fold = |r: &&Rule| r.x0 == r.x1 && r.y1 - r.y0 > page.height / 2.0;
    let rules = page.rules.iter().filter(|r| !is_fold(r) || !(low..high).contains(&r.x0)).map(|r| (r.x0, r.x1));
    let mut taken: Vec<(f32, f32)> = glyphs.chain(rules).filter(|(x0, x1)| *x1 > low && *x0 < high).collect();
    taken.push((high, high));
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut end, mut widest) = (low, (0.0, 0.0));
    for (x0, x1) in taken {
        if x0 - end > widest.1 {
            widest = (f32::midpoint(end, x0), x0 - end);
        }
        end = end.max(x1);
    }
    let (middle, width) = widest;
    if width < STRIP * page.width {
        return None;
    }
    let (left, right) = (Side::of(page, 0.0, middle), Side::of(page, middle, page.width));
    let both = |of: fn(&Side) -> bool| of(&left) && of(&right);
    let lines = both(|side| side.levels.len() >= LINES);
    let apart = || left.alone(&right) && right.alone(&left);
    (lines && (both(|side| side.rules >= RULES) || both(|side| side.running) || apart())).then_some(middle)
}

/// What stands on one side of the middle.
struct Side {
    /// Baselines from top to bottom.
    levels: Vec<f32>,
    /// A line of text runs over most of its width.
    running: bool,
    rules: usize,
}

impl Side {
    fn of(page: &Page, from: f32, to: f32) -> Self {
        let mut glyphs: Vec<&Glyph> = page.glyphs.iter().filter(|g| (from..to).contains(&g.x)).collect();
        glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
        let lines = glyphs.chunk_by(|a, b| b.y - a.y <= LEVEL);
        let (mut levels, mut running) = (Vec::new(), 0);
        for line in lines {
            levels.extend(line.first().map(|g| g.y));
            let filled: f32 = line.iter().map(|g| g.width).sum();
            running += usize::from(filled > RUNNING * (to - from));
        }
        let rules = page.rules.iter().filter(|r| (from..to).contains(&r.x0)).count();
        Self { levels, running: running > 1, rules }
    }

    /// Whether many lines stand beside none of the other side.
    fn alone(&self, other: &Self) -> bool {
        let is_alone = |y: &&f32| {
            let at = other.levels.partition_point(|level| *level < **y - LEVEL);
            other.levels.get(at).is_none_or(|level| *level > **y + LEVEL)
        };
        self.levels.iter().filter(is_alone).count() * 100 >= self.levels.len() * ALONE
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::print;
    use super::*;

    fn sheet(columns: &[(f32, f32, usize)], rules: Vec<Rule>) -> Page {
        let column = |(x, y, length): &(f32, f32, usize)| {
            let text = "文".repeat(*length);
            (0_u8..8).flat_map(|n| print(*x, y + f32::from(n) * 20.0, 10.0, &text)).collect::<Vec<_>>()
        };
        Page {
            width: 800.0,
            height: 500.0,
            glyphs: columns.iter().flat_map(column).collect(),
            rules,
            ..Page::default()
        }
    }

    #[test]
    fn text_on_both_sides_is_two_pages() {
        let pages = halves(sheet(&[(40.0, 100.0, 32), (440.0, 100.0, 32)], Vec::new()));
        assert_eq!(pages.len(), 2);
        assert!((pages[1].glyphs[0].x - pages[0].glyphs[0].x).abs() < 40.0 && pages[0].width == 400.0);
        let fold = vec![Rule { x0: 400.0, y0: 0.0, x1: 400.0, y1: 500.0 }];
        assert_eq!(halves(sheet(&[(40.0, 100.0, 32), (440.0, 105.0, 3)], fold)).len(), 2, "lines of their own");
    }

    #[test]
    fn a_wide_page_is_one() {
        assert_eq!(halves(sheet(&[(40.0, 100.0, 8), (440.0, 100.0, 3)], Vec::new())).len(), 1, "labels and figures");
        let rule = vec![Rule { x0: 40.0, y0: 90.0, x1: 700.0, y1: 90.0 }];
        assert_eq!(halves(sheet(&[(40.0, 100.0, 32), (440.0, 100.0, 32)], rule)).len(), 1, "a table over the middle");
        let high = Page { height: 900.0, ..sheet(&[(40.0, 100.0, 32), (440.0, 100.0, 32)], Vec::new()) };
        assert_eq!(halves(high).len(), 1);
    }
}
