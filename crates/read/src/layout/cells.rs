//! The text of a cell: its lines, and figures that a narrow cell broke over two of them.
//!
//! Owns when two lines of digits are one figure. Refuses to join where the lines may be those of two rows that lost the
//! rule between them: such a cell stays in lines, and is no figure.

use super::lines::{LEVEL, Line, is_of_figure};
use super::page::Glyph;

/// What a line may leave free, in sizes, when nothing more of the next one would have fitted.
const FULL: f32 = 1.1;
/// The same with the margins that programs leave within a cell.
const NEARLY_FULL: f32 = 1.9;
/// Lines of one figure follow each other in such steps, in sizes.
const STEP: f32 = 1.5;
/// Lines of one figure are of one size, up to this part of it.
const ALIKE: f32 = 0.1;
/// How far the one line of another cell may stand above or below the lines of the figure, in sizes.
const BESIDE: f32 = 0.6;

/// A cell between `left` and `right`.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'c> {
    /// Its lines, from top to bottom.
    pub lines: &'c [Line],
    /// Struck characters that fill it beside them.
    pub struck: &'c [&'c Glyph],
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
}

impl Cell<'_> {
    /// Its text, lines joined by `\n`; `beside` are the baselines of the cells in the same row that have one line only.
    #[must_use]
    pub fn text(&self, beside: &[f32]) -> String {
        let texts: Vec<String> = self
            .lines
            .iter()
            .map(|line| {
                let chunks: Vec<&str> = line.chunks.iter().map(|c| c.text.as_str()).collect();
                chunks.join(" ")
            })
            .collect();
        let in_one_row = texts.len() > 1 && self.is_one_figure(&texts, beside);
        let mut text = String::new();
        for (i, next) in texts.iter().enumerate() {
            if let Some(above) = i.checked_sub(1).and_then(|i| self.lines.get(i)) {
                let digit = |c: Option<char>| c.is_some_and(is_of_figure);
                let digits = digit(text.chars().last()) && digit(next.chars().next());
                let fraction = next.starts_with(['.', '．']);
                let alike = self.lines.get(i).is_some_and(|line| is_alike(above, line));
                if !(digits && alike && (in_one_row || fraction || self.free(above) < FULL)) {
                    text.push('\n');
                }
            }
            text.push_str(next);
        }
        text
    }

    /// The struck characters of a line.
    fn struck(&self, line: &Line) -> impl Iterator<Item = &Glyph> {
        let (y, level) = (line.y, line.size * LEVEL);
        self.struck.iter().copied().filter(move |g| (g.y - y).abs() <= level)
    }

    /// What a line leaves free, in sizes.
    fn free(&self, line: &Line) -> f32 {
        let struck = self.struck(line);
        let ends = (line.x0(), line.x1());
        let (x0, x1) = struck.fold(ends, |(x0, x1), g| (x0.min(g.x), x1.max(g.x + g.width)));
        ((self.right - self.left) - (x1 - x0)) / line.size
    }

    /// Whether it ends with a line of digits to which nothing more might have been added.
    #[must_use]
    pub fn may_go_on(&self) -> bool {
        self.lines.last().is_some_and(|line| {
            line.chunks.iter().all(|c| c.text.chars().all(is_of_figure)) && self.free(line) < NEARLY_FULL
        })
    }

    /// Whether lines of digits, each as long as the next or longer, follow each other as those of one cell do while another
    /// cell of the row shows by its single line that the row is one.
    fn is_one_figure(&self, texts: &[String], beside: &[f32]) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let near = BESIDE * first.size;
        let top = self.struck.iter().map(|g| g.y).fold(first.y, f32::min);
        let one_row = || beside.iter().any(|y| (top - near..=last.y + near).contains(y));
        let steps = || {
            self.lines
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if b.y - a.y <= STEP * a.size.max(b.size) && is_alike(a, b)))
        };
        let shrink = || {
            let lengths = self.lines.iter().zip(texts);
            let lengths: Vec<usize> = lengths.map(|(l, text)| text.chars().count() + self.struck(l).count()).collect();
            lengths.is_sorted_by(|a, b| a >= b)
        };
        texts.iter().all(|text| text.chars().all(is_of_figure)) && one_row() && steps() && shrink()
    }
}

/// Whether two lines are of one size: a reading or a note over a figure is smaller.
fn is_alike(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() <= ALIKE * a.size.max(b.size)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::{line, print};
    use super::*;

    fn text(texts: &[&str], step: f32, right: f32, beside: &[f32], struck: &[&Glyph]) -> String {
        let line = |(n, text)| Line { y: 20.0 + f32::from(n) * step, ..line(1, &[(10.0, text)]) };
        let lines: Vec<Line> = (0_u8..).zip(texts.iter().copied()).map(line).collect();
        Cell { lines: &lines, struck, left: 8.0, right }.text(beside)
    }

    #[test]
    fn a_figure_broken_by_its_cell_is_one() {
        assert_eq!(text(&["1234", "5"], 12.0, 32.0, &[], &[]), "12345", "no room for more");
        assert_eq!(text(&["1234", "5"], 12.0, 80.0, &[], &[]), "1234\n5");
        assert_eq!(text(&["228", ".06"], 12.0, 80.0, &[], &[]), "228.06");
    }

    #[test]
    fn the_line_of_another_cell_tells_that_a_row_is_one() {
        assert_eq!(text(&["476", "9"], 12.0, 80.0, &[26.0], &[]), "4769");
        assert_eq!(text(&["476", "9"], 20.0, 80.0, &[30.0], &[]), "476\n9", "lines of two rows");
        assert_eq!(text(&["9", "476"], 12.0, 80.0, &[26.0], &[]), "9\n476", "a full line would hold more");
        assert_eq!(text(&["476", "9"], 12.0, 80.0, &[50.0], &[]), "476\n9");
        assert_eq!(text(&["规章", "9"], 12.0, 80.0, &[26.0], &[]), "规章\n9");
    }

    #[test]
    fn what_is_set_smaller_is_no_part_of_a_figure() {
        let lines = |size: f32| [line(1, &[(10.0, "476")]), Line { size, ..line(1, &[(10.0, "9")]) }];
        let text = |size: f32| Cell { lines: &lines(size), struck: &[], left: 8.0, right: 26.0 }.text(&[26.0]);
        let full = lines(10.0)[0].size;
        assert_eq!((text(full), text(full / 2.0)), ("4769".to_owned(), "476\n9".to_owned()));
    }

    #[test]
    fn struck_figures_take_up_room() {
        let struck: Vec<Glyph> = [8.0, 20.0].into_iter().flat_map(|y| print(10.0, y, 10.0, "45")).collect();
        let struck: Vec<&Glyph> = struck.iter().collect();
        assert_eq!(text(&["1", "098"], 12.0, 80.0, &[8.0], &struck), "1098");
        assert_eq!(text(&["1", "098"], 12.0, 80.0, &[8.0], &[]), "1\n098");
    }
}
