//! The text of a cell: its lines, and figures that a narrow cell broke over two of them.
//!
//! Owns when two lines of digits are one figure. Refuses to join where the lines may be those of two rows that lost the
//! rule between them: such a cell stays in lines, and is no figure.

use super::lines::{Line, is_of_figure};

/// What a line may leave free, in sizes, when nothing more of the next one would have fitted.
const FULL: f32 = 1.1;
/// The same with the margins that programs leave within a cell.
const NEARLY_FULL: f32 = 1.9;
/// Lines of one figure follow each other in such steps, in sizes.
const STEP: f32 = 1.5;
/// How far the one line of another cell may stand above or below the lines of the figure, in sizes.
const BESIDE: f32 = 0.6;

/// The text of a cell that reaches from `left` to `right`, lines joined by `\n`; `beside` are the baselines of the cells in
/// the same row that have one line only.
#[must_use]
pub fn text(lines: &[Line], left: f32, right: f32, beside: &[f32]) -> String {
    let texts: Vec<String> = lines
        .iter()
        .map(|line| {
            let chunks: Vec<&str> = line.chunks.iter().map(|c| c.text.as_str()).collect();
            chunks.join(" ")
        })
        .collect();
    let in_one_row = is_one_figure(lines, &texts, beside);
    let mut text = String::new();
    for (i, next) in texts.iter().enumerate() {
        if let Some(above) = i.checked_sub(1).and_then(|i| lines.get(i)) {
            let digits = text.chars().last().is_some_and(is_of_figure) && next.chars().next().is_some_and(is_of_figure);
            let fraction = next.starts_with(['.', '．']);
            let broken = digits && (in_one_row || fraction || free(above, left, right) < FULL);
            if !broken {
                text.push('\n');
            }
        }
        text.push_str(next);
    }
    text
}

/// What a line leaves free of its cell, in sizes.
fn free(line: &Line, left: f32, right: f32) -> f32 {
    ((right - left) - (line.x1() - line.x0())) / line.size
}

/// Whether a cell ends with a line of digits to which nothing more might have been added.
#[must_use]
pub fn may_go_on(lines: &[Line], left: f32, right: f32) -> bool {
    lines.last().is_some_and(|line| {
        line.chunks.iter().all(|c| c.text.chars().all(is_of_figure)) && free(line, left, right) < NEARLY_FULL
    })
}

/// Whether lines of digits, each as long as the next or longer, follow each other as those of one cell do while another
/// cell of the row shows by its single line that the row is one.
fn is_one_figure(lines: &[Line], texts: &[String], beside: &[f32]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    let steps = lines.windows(2).all(|pair| matches!(pair, [a, b] if b.y - a.y <= STEP * a.size.max(b.size)));
    let count = |text: &String| text.chars().count();
    let shrink = texts.windows(2).all(|pair| matches!(pair, [a, b] if count(a) >= count(b)));
    let near = BESIDE * first.size;
    let one_row = || beside.iter().any(|y| (first.y - near..=last.y + near).contains(y));
    texts.iter().all(|text| text.chars().all(is_of_figure)) && steps && shrink && one_row()
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::line;
    use super::*;

    fn cell(texts: &[&str], step: f32) -> Vec<Line> {
        (0_u8..)
            .zip(texts)
            .map(|(n, text)| Line { y: 20.0 + f32::from(n) * step, ..line(1, &[(10.0, text)]) })
            .collect()
    }

    #[test]
    fn a_figure_broken_by_its_cell_is_one() {
        assert_eq!(text(&cell(&["1234", "5"], 12.0), 8.0, 32.0, &[]), "12345", "no room for more");
        assert_eq!(text(&cell(&["1234", "5"], 12.0), 8.0, 80.0, &[]), "1234\n5");
        assert_eq!(text(&cell(&["228", ".06"], 12.0), 8.0, 80.0, &[]), "228.06");
    }

    #[test]
    fn the_line_of_another_cell_tells_that_a_row_is_one() {
        assert_eq!(text(&cell(&["476", "9"], 12.0), 8.0, 80.0, &[26.0]), "4769");
        assert_eq!(text(&cell(&["476", "9"], 20.0), 8.0, 80.0, &[30.0]), "476\n9", "lines of two rows");
        assert_eq!(text(&cell(&["9", "476"], 12.0), 8.0, 80.0, &[26.0]), "9\n476", "a full line would hold more");
        assert_eq!(text(&cell(&["476", "9"], 12.0), 8.0, 80.0, &[50.0]), "476\n9");
        assert_eq!(text(&cell(&["规章", "9"], 12.0), 8.0, 80.0, &[26.0]), "规章\n9");
    }
}
