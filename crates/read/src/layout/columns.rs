//! Tables without ruling lines: rows of figures that stand below each other become a grid.
//!
//! Owns finding such rows and their columns. Refuses doubt: where two figures of a row fall into one column, the lines
//! stay lines.

use super::headed;
use super::labels;
use super::lines::{Chunk, Line};
use super::ruled::is_figure;
use crate::grid::Placed;

/// Figures in a line from which on it begins a table.
const FIGURES: usize = 3;
/// Rows of figures from which on they are a table, whatever stands above.
const ROWS: usize = 2;
/// Lines without figures that a table may hold between two rows of figures: broken labels, group headings.
const BETWEEN: usize = 4;
/// Heading lines looked for above the first row of figures.
const HEAD: usize = 8;
/// What a column's figures may be off their heading's edge or middle, in sizes of the font.
const OFF: f32 = 0.6;
/// Columns beyond which none are joined: no table of a report has as many.
const MOST_COLUMNS: usize = 100;
/// Columns under one heading that are one column stand closer than this, in sizes of the font.
const NEAR: f32 = 2.0;
/// Characters from which on what stands between two blanks is a heading of its own, and no word set wide.
const WORD: usize = 3;

/// Lines of a page in order: single ones, and runs that make a table.
pub enum Part {
    /// A line of text.
    Line(Line),
    /// A table: its cells, and where it begins.
    Table(Vec<Placed>),
}

/// Finds tables among the lines that stand outside ruling lines.
#[must_use]
pub fn parts(lines: Vec<Line>) -> Vec<Part> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match run(&lines, at) {
            Some((end, left, rows)) => {
                let head = head(&lines[runs.last().map_or(0, |r: &(usize, usize, _)| r.1)..at], left);
                let (above, below) = lines[at - head..end].split_at(head);
                if let Some(cells) = cells(above, below, left).filter(|_| rows >= ROWS || head > 0) {
                    runs.push((at - head, end, cells));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    let ways = headed::ways(&lines);
    for (from, to) in between(&runs, lines.len()) {
        let found = headed::tables(&lines[from..to], &ways).into_iter();
        runs.extend(found.map(|(start, end, cells)| (from + start, from + end, cells)));
    }
    runs.sort_by_key(|r| r.0);
    let mut parts = Vec::new();
    let mut runs = runs.into_iter().peekable();
    for (at, line) in lines.into_iter().enumerate() {
        match runs.peek_mut() {
            Some((start, end, cells)) if *start <= at => {
                if *start == at {
                    parts.push(Part::Table(std::mem::take(cells)));
                }
                if at + 1 == *end {
                    runs.next();
                }
            }
            _ => parts.push(Part::Line(line)),
        }
    }
    parts
}

/// The stretches of lines that are in no table.
fn between(runs: &[(usize, usize, Vec<Placed>)], count: usize) -> Vec<(usize, usize)> {
    let ends = std::iter::once(0).chain(runs.iter().map(|r| r.1));
    let starts = runs.iter().map(|r| r.0).chain([count]);
    ends.zip(starts).filter(|(from, to)| from < to).collect()
}

fn figures(line: &Line) -> impl Iterator<Item = &Chunk> {
    line.chunks.iter().filter(|c| is_figure(&c.text))
}

fn is_row(line: &Line) -> bool {
    figures(line).next().is_some()
}

/// The end of the run of rows that begins with a line, where its figures begin, and how many rows it has.
fn run(lines: &[Line], at: usize) -> Option<(usize, f32, usize)> {
    if figures(&lines[at]).count() < FIGURES {
        return None;
    }
    let mut left = figures(&lines[at]).next()?.x0;
    let (mut end, mut rows, mut between) = (at + 1, 1, 0);
    for (j, line) in lines.iter().enumerate().skip(at + 1) {
        let first = figures(line).find(|c| c.x0 > left - 2.0 * line.size);
        if let Some(first) = first {
            left = left.min(first.x0);
            (end, rows, between) = (j + 1, rows + 1, 0);
        } else if between == BETWEEN || line.chunks.iter().any(|c| c.x1 > left + line.size) {
            // What runs into the figures' place is a title or the heading of another table.
            break;
        } else {
            between += 1;
        }
    }
    Some((end, left, rows))
}

/// How many lines above a run are its heading: lines with several chunks, or chunks above the figures only.
fn head(above: &[Line], left: f32) -> usize {
    let lines = above.iter().rev().take(HEAD);
    lines.take_while(|l| figures(l).next().is_none() && (l.chunks.len() > 1 || l.x0() > left)).count()
}

/// A heading line, cut between its words where all of them are as long as headings are: narrow columns leave little room
/// between theirs.
fn apart(line: &Line) -> Line {
    let cut = |chunk: &Chunk| {
        let words = chunk.words();
        if words.iter().all(|w| w.text.chars().count() >= WORD) { words } else { vec![chunk.clone()] }
    };
    Line { chunks: line.chunks.iter().flat_map(cut).collect(), ..line.clone() }
}

/// Columns without a figure, which show in the headings only: a heading beside others that stands over no figures. `None`
/// where that is doubtful: headings and figures may be set differently in the same columns.
fn bare(head: &[Line], headings: &[&Chunk], columns: &[(f32, f32)], size: f32) -> Option<Vec<(f32, f32)>> {
    let over = |c: &(f32, f32), h: &Chunk| c.0 < h.x1 && h.x0 < c.1;
    // The heading directly above a column's figures; one over several columns is that of a group.
    let own = |c: &(f32, f32)| {
        let lowest = *headings.iter().rev().find(|h| over(c, h))?;
        (columns.iter().filter(|c| over(c, lowest)).count() == 1).then_some((lowest, *c))
    };
    let alone: Vec<(&Chunk, (f32, f32))> = columns.iter().filter_map(own).collect();
    let mut bare: Vec<&Chunk> = Vec::new();
    // A line of one heading is that of a group; what stands above or below a column's heading is the rest of it.
    for line in head.iter().filter(|l| l.chunks.len() > 1) {
        let here = line.chunks.iter().filter(|c| headings.contains(c) && !columns.iter().any(|column| over(column, c)));
        let below = |other: &Chunk, c: &Chunk| (other.x0..other.x1).contains(&f32::midpoint(c.x0, c.x1));
        bare.extend(here.filter(|c| !alone.iter().any(|(other, _)| below(other, c))));
    }
    if bare.is_empty() {
        return Some(Vec::new());
    }
    let near = |a: f32, b: f32| (a - b).abs() <= OFF * size;
    let is_set = |way: fn(f32, f32) -> f32| alone.iter().all(|(h, c)| near(way(h.x0, h.x1), way(c.0, c.1)));
    let alike = is_set(|left, _| left) || is_set(f32::midpoint) || is_set(|_, right| right);
    // Or each has its middle within a heading that stands over no other column.
    let within = |c: &(f32, f32)| {
        let middle = f32::midpoint(c.0, c.1);
        let holds = |h: &&Chunk| (h.x0..h.x1).contains(&middle) && columns.iter().filter(|c| over(c, h)).count() == 1;
        headings.iter().any(holds)
    };
    let alike = alike || columns.iter().all(within);
    let untold = columns.iter().any(|c| !headings.iter().any(|h| over(c, h)));
    // Narrow headings come first: wide ones stand over several.
    bare.sort_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0)));
    let mut own: Vec<(f32, f32)> = Vec::new();
    for heading in bare {
        if !own.iter().any(|c| over(c, heading)) {
            own.push((heading.x0, heading.x1));
        }
    }
    (alike && !untold && !alone.is_empty()).then_some(own)
}

/// Joins columns that stand close under one heading and of which no row has both: figures of one column that are not set
/// below each other.
fn join_columns(columns: &mut Vec<(f32, f32)>, headings: &[&Chunk], run: &[Line], size: f32) {
    let over = |c: &(f32, f32), h: &Chunk| c.0 < h.x1 && h.x0 < c.1;
    let lowest = |c: &(f32, f32)| headings.iter().rposition(|h| over(c, h));
    let has = |line: &Line, c: &(f32, f32)| figures(line).any(|f| over(c, f));
    let mut at = 1;
    while at < columns.len() && columns.len() <= MOST_COLUMNS {
        let (a, b) = (columns[at - 1], columns[at]);
        let close = b.0 - a.1 < NEAR * size && lowest(&a).is_some() && lowest(&a) == lowest(&b);
        if close && !run.iter().any(|line| has(line, &a) && has(line, &b)) {
            columns[at - 1].1 = b.1;
            columns.remove(at);
        } else {
            at += 1;
        }
    }
}

/// The cells of a run and of its heading.
fn cells(head: &[Line], run: &[Line], left: f32) -> Option<Vec<Placed>> {
    let head: Vec<Line> = head.iter().map(apart).collect();
    // A label that stands alone in its line may run over the columns of two that stand side by side.
    let labels = |line: &&Line| line.chunks.iter().filter(|c| c.x1 <= left).count();
    let most = run.iter().map(|l| labels(&l)).max().unwrap_or(0);
    let side_by_side = run.iter().filter(|l| labels(l) == most).flat_map(|l| &l.chunks);
    let labels = intervals(side_by_side.filter(|c| c.x1 <= left));
    let run = labels::gathered(run, &labels, &is_row);
    let run = run.as_slice();
    let mut columns = intervals(run.iter().flat_map(figures).filter(|c| c.x0 >= left - 1.0));
    let behind = |c: &&Chunk| labels.last().is_none_or(|l| c.x0 > l.1);
    let headings: Vec<&Chunk> = head.iter().flat_map(|l| &l.chunks).filter(behind).collect();
    let size = run.first().map_or(0.0, |l| l.size);
    join_columns(&mut columns, &headings, run, size);
    let bare = bare(&head, &headings, &columns, size)?;
    columns.extend(bare);
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: Vec<(f32, f32)> = labels.iter().chain(&columns).copied().collect();
    let mut cells = Vec::new();
    for (row, line) in head.iter().chain(run).enumerate() {
        let mut texts: Vec<String> = line.chunks.iter().map(|c| c.text.clone()).collect();
        let mut own: Vec<Option<usize>> = vec![None; all.len()];
        for (i, chunk) in line.chunks.iter().enumerate() {
            let (column, span) = place(chunk, &all)?;
            let end = column + if is_figure(&chunk.text) { 1 } else { span };
            for place in own.iter_mut().take(end).skip(column) {
                match place {
                    Some(other) if is_figure(&chunk.text) => {
                        if is_figure(&line.chunks[*other].text) {
                            return None;
                        }
                        *place = Some(i);
                    }
                    // Two labels in one place: which belongs to the figures is not certain.
                    Some(_) if is_row(line) => return None,
                    Some(other) => {
                        let other = *other;
                        if !texts[other].ends_with(&chunk.text) {
                            texts[other].push(' ');
                            texts[other].push_str(&chunk.text);
                        }
                    }
                    None => *place = Some(i),
                }
            }
        }
        let mut column = 0;
        while column < all.len() {
            let span = own[column..].iter().take_while(|o| **o == own[column]).count();
            match own[column] {
                Some(chunk) => {
                    let text = std::mem::take(&mut texts[chunk]);
                    cells.push(Placed { row, column, row_span: 1, col_span: span, text, line: line.number });
                    column += span;
                }
                None => {
                    // A blank is stated only where a row of figures leaves a place free.
                    if is_row(line) {
                        cells.push(Placed::at(row, column, String::new(), line.number));
                    }
                    column += 1;
                }
            }
        }
    }
    Some(cells)
}

/// The columns that a chunk stands over: the first, and how many; the nearest if it stands over none.
fn place(chunk: &Chunk, columns: &[(f32, f32)]) -> Option<(usize, usize)> {
    let over = |c: &(f32, f32)| c.0 < chunk.x1 && chunk.x0 < c.1;
    if let Some(first) = columns.iter().position(over) {
        return Some((first, columns[first..].iter().take_while(|c| over(c)).count()));
    }
    let middle = (chunk.x0 + chunk.x1) / 2.0;
    let distance = |c: &(f32, f32)| ((c.0 + c.1) / 2.0 - middle).abs();
    (0..columns.len()).min_by(|a, b| distance(&columns[*a]).total_cmp(&distance(&columns[*b]))).map(|c| (c, 1))
}

/// Chunks that overlap, from left to right.
fn intervals<'c>(chunks: impl Iterator<Item = &'c Chunk>) -> Vec<(f32, f32)> {
    let mut all: Vec<(f32, f32)> = chunks.map(|c| (c.x0, c.x1)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f32, f32)> = Vec::new();
    for (from, to) in all {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::line;
    use super::*;

    #[test]
    fn figures_below_each_other_are_columns() {
        let lines = vec![
            line(1, &[(0.0, "二、主动公开政府信息情况")]),
            line(2, &[(0.0, "信息内容"), (100.0, "制发"), (150.0, "废止"), (200.0, "有效")]),
            line(3, &[(0.0, "规章"), (105.0, "1"), (155.0, "2"), (200.0, "333")]),
            line(4, &[(0.0, "行政规范性文件"), (105.0, "4"), (205.0, "6")]),
            line(5, &[(0.0, "三、收到和处理政府信息公开申请情况")]),
        ];
        let parts = parts(lines);
        assert_eq!(parts.len(), 3);
        let Part::Table(cells) = &parts[1] else { panic!("no table") };
        let row =
            |row: usize| -> Vec<&str> { cells.iter().filter(|c| c.row == row).map(|c| c.text.as_str()).collect() };
        assert_eq!(row(0), ["信息内容", "制发", "废止", "有效"]);
        assert_eq!(row(2), ["行政规范性文件", "4", "", "6"]);
    }

    #[test]
    fn headings_set_otherwise_than_figures() {
        let head = line(1, &[(0.0, "信息内容"), (100.0, "制发"), (200.0, "废止"), (300.0, "有效")]);
        let short = line(3, &[(0.0, "文件"), (130.0, "6"), (230.0, "9")]);
        let full = line(2, &[(0.0, "规章"), (130.0, "0"), (230.0, "7"), (330.0, "1")]);
        let parts_of = parts(vec![head.clone(), full, short.clone()]);
        let Some(Part::Table(cells)) = parts_of.first() else { panic!("a full row says how values stand") };
        assert_eq!(
            cells.iter().filter(|c| c.row == 2).map(|c| c.text.as_str()).collect::<Vec<_>>(),
            ["文件", "6", "9", ""]
        );
        let full = line(2, &[(0.0, "规章"), (130.0, "0"), (180.0, "7"), (330.0, "1")]);
        assert!(parts(vec![head, full, short]).iter().all(|p| matches!(p, Part::Line(_))));
    }

    #[test]
    fn narrow_columns_leave_little_room_between_headings() {
        let mut head = line(1, &[(0.0, "结果维持结果纠正其他结果"), (150.0, "总计")]);
        head.chunks[0].gaps = vec![(12, 36.0, 40.0), (24, 76.0, 80.0)];
        let row = line(2, &[(18.0, "1"), (95.0, "22"), (160.0, "3")]);
        let parts = parts(vec![head, row]);
        let Some(Part::Table(cells)) = parts.first() else { panic!("no table") };
        let row: Vec<&str> = cells.iter().filter(|c| c.row == 1).map(|c| c.text.as_str()).collect();
        assert_eq!(row, ["1", "", "22", "3"]);
    }

    #[test]
    fn a_column_without_figures_shows_in_the_heading() {
        let lines = vec![
            line(1, &[(0.0, "信息内容"), (100.0, "制发"), (200.0, "废止"), (300.0, "有效"), (400.0, "其他")]),
            line(2, &[(0.0, "规章"), (105.0, "0"), (205.0, "7"), (405.0, "1")]),
        ];
        let parts = parts(lines);
        let Some(Part::Table(cells)) = parts.first() else { panic!("no table") };
        let row: Vec<&str> = cells.iter().filter(|c| c.row == 1).map(|c| c.text.as_str()).collect();
        assert_eq!(row, ["规章", "0", "7", "", "1"]);
    }

    /// What a reviewer's pages showed: headings beside the figures of other columns made columns of their own.
    #[test]
    fn what_stands_over_no_figures_is_not_always_a_column() {
        let texts = |lines: Vec<Line>, row: usize| -> Option<Vec<String>> {
            let table = |p| if let Part::Table(cells) = p { Some(cells) } else { None };
            let cells = parts(lines).into_iter().find_map(table)?;
            Some(cells.iter().filter(|c| c.row == row).map(|c| c.text.clone()).collect())
        };
        let head = line(2, &[(0.0, "信息内容"), (100.0, "制发"), (200.0, "废止"), (300.0, "有效")]);
        let rows = [
            line(3, &[(0.0, "规章"), (107.0, "1"), (207.0, "2"), (307.0, "3")]),
            line(4, &[(0.0, "文件"), (107.0, "4"), (207.0, "5")]),
        ];
        let group = line(1, &[(140.0, "第一项")]);
        let page = vec![group, head.clone(), rows[0].clone(), rows[1].clone()];
        assert_eq!(texts(page, 3).unwrap(), ["文件", "4", "5", ""], "a group's line is no column");
        // The rest of a heading, beside figures that are set to the left.
        let rest = line(3, &[(105.0, "人"), (205.0, "业")]);
        let left = line(4, &[(0.0, "规章"), (98.0, "1"), (198.0, "2"), (298.0, "3")]);
        assert_eq!(texts(vec![head, rest, left], 2).unwrap(), ["规章", "1", "2", "3"]);
        // Figures to the left of centred headings, one column blank: nothing says which.
        let left = line(4, &[(0.0, "规章"), (195.0, "222"), (295.0, "333"), (395.0, "444")]);
        let wide = line(2, &[(0.0, "信息内容"), (100.0, "甲甲"), (206.0, "乙乙"), (300.0, "丙丙"), (400.0, "丁丁")]);
        assert!(texts(vec![wide, left], 1).is_none());
    }

    #[test]
    fn doubt_leaves_lines() {
        let lines = vec![
            line(1, &[(0.0, "规章"), (100.0, "1"), (120.0, "2"), (140.0, "3")]),
            line(2, &[(0.0, "文件"), (100.0, "111111"), (140.0, "3"), (160.0, "4")]),
        ];
        assert!(parts(lines).iter().all(|p| matches!(p, Part::Line(_))));
    }
}
