//! Labels of several lines beside the figures of a table without ruling lines.
//!
//! Owns telling which lines of labels belong to a row: those that stand around its figures as far above as below. Refuses
//! lines that two rows might claim: they stay lines of their own.

use super::lines::{Chunk, Line};

/// Lines of a table beyond which nothing is gathered: it is no table of a report.
const MOST_LINES: usize = 400;
/// Lines of a label above a row's figures, and as many below.
const MOST: usize = 6;
/// Lines of one label follow each other in steps up to this, in sizes.
const STEP: f32 = 1.5;
/// Steps of one label differ by less, in sizes; and so do the distances above and below.
const EVEN: f32 = 0.2;

/// Puts the lines of each label together in the line of its figures. `columns` are those of labels, `is_row` tells a line
/// with figures.
#[must_use]
pub fn gathered(lines: &[Line], columns: &[(f32, f32)], is_row: &impl Fn(&Line) -> bool) -> Vec<Line> {
    let mut lines = lines.to_vec();
    if lines.len() > MOST_LINES {
        return lines;
    }
    for column in columns {
        let blocks: Vec<(usize, Vec<usize>)> = (0..lines.len())
            .filter(|at| is_row(&lines[*at]))
            .map(|at| (at, block(&lines, at, *column, is_row)))
            .filter(|(_, block)| !block.is_empty())
            .collect();
        for (at, block) in &blocks {
            let claimed = |line: &usize| blocks.iter().any(|(other, lines)| other != at && lines.contains(line));
            if !block.iter().any(claimed) {
                gather(&mut lines, *at, block, *column);
            }
        }
    }
    lines.retain(|line| !line.chunks.is_empty());
    lines
}

fn label(line: &Line, (left, right): (f32, f32)) -> Option<usize> {
    line.chunks.iter().position(|c| c.x0 < right && left < c.x1)
}

/// The lines around a row that make its label in a column, from top to bottom; none if they do not stand evenly.
fn block(lines: &[Line], at: usize, column: (f32, f32), is_row: &impl Fn(&Line) -> bool) -> Vec<usize> {
    let own = &lines[at];
    let is_label = |line: &&usize| label(&lines[**line], column).is_some();
    let above: Vec<usize> = (0..at).rev().take_while(|line| !is_row(&lines[*line])).collect();
    let below: Vec<usize> = (at + 1..lines.len()).take_while(|line| !is_row(&lines[*line])).collect();
    let pairs = above.iter().filter(is_label).zip(below.iter().filter(is_label)).take(MOST);
    let has_own = label(own, column).is_some();
    let mut block = Vec::new();
    let (mut step, mut last) = (None, 0.0);
    for (up, down) in pairs {
        let (high, low) = (own.y - lines[*up].y, lines[*down].y - own.y);
        let even = |a: f32, b: f32| (a - b).abs() <= EVEN * own.size;
        // Two lines without one between them stand half a step away.
        let here = if step.is_none() && !has_own { high + low } else { high - last };
        if !even(high, low) || here > STEP * own.size || !even(step.unwrap_or(here), here) {
            break;
        }
        (step, last) = (Some(here), high);
        block.insert(0, *up);
        block.push(*down);
    }
    block
}

/// Moves the chunks of a column from the lines of a block into that of its row.
fn gather(lines: &mut [Line], at: usize, block: &[usize], column: (f32, f32)) {
    let mut parts: Vec<Chunk> = Vec::new();
    for line in block.iter().filter(|line| **line < at).chain([&at]).chain(block.iter().filter(|line| **line > at)) {
        if let Some(line) = lines.get_mut(*line)
            && let Some(place) = label(line, column)
        {
            parts.push(line.chunks.remove(place));
        }
    }
    let x0 = parts.iter().map(|c| c.x0).fold(f32::MAX, f32::min);
    let x1 = parts.iter().map(|c| c.x1).fold(f32::MIN, f32::max);
    let text = parts.into_iter().map(|c| c.text).collect();
    if let Some(line) = lines.get_mut(at) {
        let place = line.chunks.partition_point(|c| c.x0 < x0);
        line.chunks.insert(place, Chunk { x0, x1, text, gaps: Vec::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::line;
    use super::*;

    fn page(lines: &[(f32, &[(f32, &str)])]) -> Vec<String> {
        let lines: Vec<Line> = lines.iter().map(|(y, chunks)| Line { y: *y, ..line(1, chunks) }).collect();
        let is_row = |line: &Line| line.chunks.iter().any(|c| c.text.starts_with(|c: char| c.is_ascii_digit()));
        gathered(&lines, &[(0.0, 90.0), (100.0, 190.0)], &is_row).iter().map(Line::text).collect()
    }

    #[test]
    fn lines_around_figures_are_their_label() {
        let even = page(&[
            (94.0, &[(100.0, "没有现成信息")]),
            (100.0, &[(0.0, "无法提供"), (200.0, "4"), (220.0, "45")]),
            (106.0, &[(100.0, "需要另行制作")]),
        ]);
        assert_eq!(even, ["无法提供\t没有现成信息需要另行制作\t4\t45"]);
        let odd = page(&[
            (88.0, &[(100.0, "逾期未")]),
            (100.0, &[(100.0, "补正的"), (200.0, "4")]),
            (112.0, &[(100.0, "申请")]),
        ]);
        assert_eq!(odd, ["逾期未补正的申请\t4"]);
    }

    #[test]
    fn doubt_leaves_lines() {
        let uneven = page(&[(90.0, &[(100.0, "甲")]), (100.0, &[(200.0, "4")]), (106.0, &[(100.0, "乙")])]);
        assert_eq!(uneven, ["甲", "4", "乙"]);
        // The line between two rows may be the end of one label or the beginning of the other.
        let rows: [(f32, &[(f32, &str)]); 5] = [
            (94.0, &[(100.0, "甲")]),
            (100.0, &[(200.0, "4")]),
            (106.0, &[(100.0, "乙")]),
            (112.0, &[(200.0, "5")]),
            (118.0, &[(100.0, "丙")]),
        ];
        assert_eq!(page(&rows).len(), 5);
    }
}
