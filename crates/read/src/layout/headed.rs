//! Short tables without ruling lines: rows of one or two values, some left blank, whose columns only the headings tell.
//!
//! Owns the evidence of how a page sets values below headings. Refuses a row that the ways which the page allows place
//! differently, and pages that give no evidence.

use super::lines::{Chunk, Line};
use super::ruled::is_figure;
use crate::grid::Placed;

/// What a value may be off its heading's edge or middle, in sizes of the font.
const OFF: f32 = 0.6;
/// Characters of the longest value.
const VALUE: usize = 16;

/// A way to set headings in their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Headings begin at the left edge of their columns: values stand between one heading's beginning and the next's.
    Left,
    /// Headings and values stand in the middle of their columns.
    Middle,
    /// Headings end at the right edge of their columns.
    Right,
}

/// The ways in which all rows of a page that have a value for each heading are set; none if there is no such row.
#[must_use]
pub fn ways(lines: &[Line]) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rows = rows(lines, at);
        for line in lines.iter().skip(at + 1).take(rows).filter(|l| l.chunks.len() == lines[at].chunks.len()) {
            let holds = |way: Way| {
                let mut values = line.chunks[1..].iter().zip(1..);
                values.all(|(value, own)| column(&lines[at], value, way) == Some(own))
            };
            let here = [Way::Left, Way::Middle, Way::Right].into_iter().filter(|w| holds(*w));
            let here: Vec<Way> = here.collect();
            if here.is_empty() {
                return Vec::new();
            }
            match ways.is_empty() {
                true => ways = here,
                false => ways.retain(|w| here.contains(w)),
            }
            if ways.is_empty() {
                return ways;
            }
        }
        at += rows + 1;
    }
    ways
}

/// Tables of which a row has fewer values than headings: where they begin and end, and their cells.
#[must_use]
pub fn tables(lines: &[Line], ways: &[Way]) -> Vec<(usize, usize, Vec<Placed>)> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() && !ways.is_empty() {
        let rows = rows(lines, at);
        let own = &lines[at..=at + rows];
        if own.iter().skip(1).any(|l| l.chunks.len() > 1 && l.chunks.len() < own[0].chunks.len())
            && let Some(cells) = cells(own, ways)
        {
            tables.push((at, at + rows + 1, cells));
        }
        at += rows + 1;
    }
    tables
}

/// How many rows stand below a line, if it is one of headings: labels with values, and labels between them.
fn rows(lines: &[Line], at: usize) -> usize {
    let headings = &lines[at].chunks;
    if headings.len() < 3 || headings.iter().any(|h| is_value(&h.text)) {
        return 0;
    }
    let is_row = |line: &Line| {
        let mut chunks = line.chunks.iter();
        let label = chunks.next().is_some_and(|l| !is_value(&l.text) && l.x1 < headings[1].x0);
        label && line.chunks.len() <= headings.len() && chunks.all(|v| is_value(&v.text))
    };
    let below = lines[at + 1..].iter().take_while(|l| is_row(l));
    below.enumerate().filter(|(_, l)| l.chunks.len() > 1).last().map_or(0, |(i, _)| i + 1)
}

fn cells(lines: &[Line], ways: &[Way]) -> Option<Vec<Placed>> {
    let mut cells = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let mut texts = vec![""; lines[0].chunks.len()];
        for (i, chunk) in line.chunks.iter().enumerate() {
            let own = if row == 0 || i == 0 {
                i
            } else {
                let mut places = ways.iter().map(|way| column(&lines[0], chunk, *way));
                let first = places.next()??;
                if places.any(|other| other != Some(first)) {
                    return None;
                }
                first
            };
            if !texts[own].is_empty() {
                return None;
            }
            texts[own] = &chunk.text;
        }
        // A label alone says nothing about what stands beside it.
        let shown = if line.chunks.len() > 1 { texts.len() } else { 1 };
        let placed = |(column, text): (usize, &&str)| Placed::at(row, column, (*text).to_owned(), line.number);
        cells.extend(texts.iter().take(shown).enumerate().map(placed));
    }
    Some(cells)
}

/// The heading, from 1, to which a value belongs if headings are set in this way.
fn column(headings: &Line, value: &Chunk, way: Way) -> Option<usize> {
    let off = OFF * headings.size;
    let chunks = &headings.chunks;
    let middle = |c: &Chunk| (c.x0 + c.x1) / 2.0;
    let next = |at: usize| chunks.get(at + 1).map_or(f32::MAX, |c| c.x0);
    let holds = |at: &usize| match way {
        Way::Left => value.x0 >= chunks[*at].x0 - off && value.x1 < next(*at),
        Way::Middle => (middle(value) - middle(&chunks[*at])).abs() <= off,
        Way::Right => value.x1 <= chunks[*at].x1 + off && value.x0 > chunks[*at - 1].x1,
    };
    let mut all = (1..chunks.len()).filter(holds);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// A figure, or one with a word of growth before it or a unit behind it.
fn is_value(text: &str) -> bool {
    let bare = text.trim_start_matches(['+', '＋', '增', '减', '加', '少']);
    let bare = bare.trim_end_matches(['万', '元', '件', '项', '个', '条', '宗']);
    text.chars().count() <= VALUE && is_figure(bare)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::line;
    use super::*;

    /// Headings that begin where their columns do, values in the middle of those columns.
    fn page(rows: &[&[(f32, &str)]]) -> Vec<Line> {
        let full: [&[(f32, &str)]; 2] = [
            &[(0.0, "信息内容"), (100.0, "去年"), (200.0, "增减")],
            &[(0.0, "行政许可"), (140.0, "11"), (240.0, "+2")],
        ];
        full.into_iter().chain(rows.iter().copied()).zip(1..).map(|(chunks, n)| line(n, chunks)).collect()
    }

    fn texts(lines: &[Line]) -> Vec<Vec<String>> {
        let tables = tables(lines, &ways(lines));
        let row =
            |cells: &[Placed], row: usize| cells.iter().filter(|c| c.row == row).map(|c| c.text.clone()).collect();
        tables.iter().map(|(_, _, cells)| row(cells, cells.last().map_or(0, |c| c.row))).collect()
    }

    #[test]
    fn a_value_stands_below_its_heading() {
        let head: &[(f32, &str)] = &[(0.0, "信息内容"), (100.0, "去年"), (200.0, "增减")];
        assert_eq!(texts(&page(&[head, &[(0.0, "收费"), (240.0, "减35")]])), [["收费", "", "减35"]]);
        assert_eq!(texts(&page(&[head, &[(0.0, "收费"), (140.0, "35")]])), [["收费", "35", ""]]);
        assert!(texts(&page(&[head, &[(0.0, "收费"), (190.0, "3500")]])).is_empty(), "between two columns");
        assert!(
            texts(&page(&[head, &[(0.0, "收费"), (110.0, "3"), (150.0, "4")], &[(0.0, "甲"), (110.0, "3")]]))
                .is_empty()
        );
    }

    #[test]
    fn without_a_full_row_nothing_says_how_the_page_is_set() {
        let lines: Vec<Line> =
            page(&[&[(0.0, "信息内容"), (100.0, "去年"), (200.0, "增减")], &[(0.0, "收费"), (140.0, "3")]]);
        assert!(texts(&lines[2..]).is_empty());
        // Two full rows that are set in different ways.
        let other: &[(f32, &str)] = &[(0.0, "甲"), (90.0, "1"), (190.0, "2")];
        let head: &[(f32, &str)] = &[(0.0, "信息内容"), (100.0, "去年"), (200.0, "增减")];
        assert!(texts(&page(&[head, other, head, &[(0.0, "收费"), (140.0, "3")]])).is_empty());
    }

    #[test]
    fn values() {
        assert!(["12", "+7", "减35", "78.61元", "-3", "0"].iter().all(|t| is_value(t)));
        assert!(!["规章", "第1项", "元", "1.属于", "减少"].iter().any(|t| is_value(t)));
    }
}
