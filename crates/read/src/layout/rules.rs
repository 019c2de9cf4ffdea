//! Ruling lines joined out of the pieces that programs draw, and the frames that they make.
//!
//! Owns joining, which lines belong to one table, and the rows and columns of its frame. Refuses to look at characters.

use super::page::Rule;

/// Lines closer than this are one: double rules, and the two sides of a shared border.
const SAME: f32 = 2.5;
/// A gap that a line bridges, and the distance at which two lines touch. Corner squares leave half a point.
const TOUCH: f32 = 3.0;
/// Pieces of one line that a hand or a turn of the page let waver differ by this at most, where they meet end to end.
const WAVER: f32 = 4.0;
/// Lines of a page of which each is compared with those before it.
const FEW: usize = 2_000;
/// Rows times columns of one frame, beyond which it is no table of a report.
const MAX_PLACES: usize = 20_000;
/// Rules of one page, beyond which it is a drawing.
const MAX_RULES: usize = 20_000;

/// A joined line: at `at` across, from `from` to `to` along.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    at: f32,
    from: f32,
    to: f32,
}

/// The frame of a table: its lines and where walls stand between its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Vertical lines from left to right, at least two.
    pub xs: Vec<f32>,
    /// Horizontal lines from top to bottom, at least two.
    pub ys: Vec<f32>,
    /// For each place, row by row: a wall on its right.
    right: Vec<bool>,
    /// For each place, row by row: a wall below it.
    below: Vec<bool>,
}

/// A rectangle of places without walls between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows, at least 1.
    pub row_span: usize,
    /// Columns, at least 1.
    pub col_span: usize,
}

/// The frames of a page, from top to bottom.
#[must_use]
pub fn frames(rules: &[Rule]) -> Vec<Frame> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let across = rules.iter().filter(|r| r.y0 == r.y1).map(|r| Line { at: r.y0, from: r.x0, to: r.x1 });
    let down = rules.iter().filter(|r| r.x0 == r.x1).map(|r| Line { at: r.x0, from: r.y0, to: r.y1 });
    let (across, down) = (joined(across.collect()), joined(down.collect()));
    let mut frames: Vec<Frame> =
        groups(&across, &down).into_iter().filter_map(|(across, down)| frame(across, down)).collect();
    frames.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
    frames
}

/// Joins pieces of one line.
fn joined(mut pieces: Vec<Line>) -> Vec<Line> {
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    while let Some(first) = pieces.get(start) {
        // Measured from the first piece, so that a slope of many small steps does not become one line.
        let end = start + pieces[start..].iter().take_while(|p| p.at - first.at <= SAME).count();
        let level = &mut pieces[start..end];
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Line> = None;
        for piece in level.iter() {
            match &mut open {
                Some(line) if piece.from <= line.to + TOUCH => {
                    // The longest piece says where the line is.
                    if piece.to - piece.from > line.to - line.from {
                        line.at = piece.at;
                    }
                    line.to = line.to.max(piece.to);
                }
                _ => lines.extend(open.replace(*piece)),
            }
        }
        lines.extend(open);
        start = end;
    }
    let mut lines = wavering(lines);
    // Corner squares and ticks that joined nothing are no lines.
    lines.retain(|l| l.to - l.from > TOUCH);
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    lines
}

/// Joins lines that meet end to end and differ a little: pieces of one that wavers.
fn wavering(mut lines: Vec<Line>) -> Vec<Line> {
    if lines.len() > FEW {
        return lines;
    }
    lines.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let meets = |other: &&mut Line| {
            (other.at - line.at).abs() <= WAVER && (line.from - other.to).abs() <= TOUCH && line.to > other.to
        };
        match joined.iter_mut().rev().find(meets) {
            Some(other) => {
                if line.to - line.from > other.to - other.from {
                    other.at = line.at;
                }
                other.to = line.to;
            }
            None => joined.push(line),
        }
    }
    joined
}

/// Lines that touch each other, directly or through others: one group a table.
fn groups(across: &[Line], down: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut parent: Vec<usize> = (0..across.len() + down.len()).collect();
    for (v, wall) in down.iter().enumerate() {
        let first = across.partition_point(|h| h.at < wall.from - TOUCH);
        for (h, line) in across.iter().enumerate().skip(first).take_while(|(_, h)| h.at <= wall.to + TOUCH) {
            if line.from - TOUCH <= wall.at && wall.at <= line.to + TOUCH {
                let (a, b) = (root(&mut parent, h), root(&mut parent, across.len() + v));
                parent[a] = b;
            }
        }
    }
    let mut groups = vec![(Vec::new(), Vec::new()); parent.len()];
    for (at, line) in across.iter().chain(down).enumerate() {
        let group = &mut groups[root(&mut parent, at)];
        if at < across.len() { group.0.push(*line) } else { group.1.push(*line) }
    }
    groups.retain(|(across, down)| across.len() + down.len() > 2);
    groups
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// The frame of a group of lines; `None` if it encloses nothing.
fn frame(mut across: Vec<Line>, mut down: Vec<Line>) -> Option<Frame> {
    // Some programs leave out the rule at a page break, some tables have no side rules: the far ends of the crossing
    // rules close the frame.
    let (left, right) = ends(&across)?;
    let (top, bottom) = ends(&down)?;
    close(&mut down, left, right, &across);
    close(&mut across, top, bottom, &down);
    let (xs, ys) = (levels(&down), levels(&across));
    let (width, height) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if width == 0 || height == 0 || width.saturating_mul(height) > MAX_PLACES {
        return None;
    }
    let mut walls = Frame { right: vec![false; width * height], below: vec![false; width * height], xs, ys };
    for line in &down {
        let column = nearest(&walls.xs, line.at);
        for row in 0..height {
            if column > 0 && stands(line, walls.ys[row], walls.ys[row + 1]) {
                walls.right[row * width + column - 1] = true;
            }
        }
    }
    for line in &across {
        let row = nearest(&walls.ys, line.at);
        for column in 0..width {
            if row > 0 && stands(line, walls.xs[column], walls.xs[column + 1]) {
                walls.below[(row - 1) * width + column] = true;
            }
        }
    }
    Some(walls)
}

fn ends(lines: &[Line]) -> Option<(f32, f32)> {
    let from = lines.iter().map(|l| l.from).reduce(f32::min)?;
    let to = lines.iter().map(|l| l.to).reduce(f32::max)?;
    Some((from, to))
}

/// Adds a line at either end to which crossing rules run and where none stands.
fn close(lines: &mut Vec<Line>, low: f32, high: f32, crossing: &[Line]) {
    let Some(first) = crossing.first().map(|l| l.at) else { return };
    let last = crossing.last().map_or(first, |l| l.at);
    for end in [low, high] {
        let far = lines.iter().all(|l| (l.at - end).abs() > TOUCH + SAME);
        if far && last > first {
            lines.push(Line { at: end, from: first, to: last });
        }
    }
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
}

/// Distinct places of lines that are sorted by place.
fn levels(lines: &[Line]) -> Vec<f32> {
    let mut levels: Vec<f32> = Vec::new();
    for line in lines {
        if levels.last().is_none_or(|last| line.at - last > SAME) {
            levels.push(line.at);
        }
    }
    levels
}

fn nearest(levels: &[f32], at: f32) -> usize {
    let after = levels.partition_point(|l| *l <= at + 0.01);
    after.saturating_sub(1)
}

/// Whether a line covers more than half of the way between two others.
fn stands(line: &Line, from: f32, to: f32) -> bool {
    line.to.min(to) - line.from.max(from) > (to - from) / 2.0
}

impl Frame {
    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.ys.len() - 1
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.xs.len() - 1
    }

    /// The place of a point: row and column. `None` outside.
    #[must_use]
    pub fn place(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        let at = |levels: &[f32], v: f32| levels.partition_point(|l| *l <= v).checked_sub(1);
        let (row, column) = (at(&self.ys, y)?, at(&self.xs, x)?);
        (row < self.height() && column < self.width()).then_some((row, column))
    }

    /// The rooms, by row and column, and for each place the index of its room.
    ///
    /// Where walls do not make a rectangle, the rectangle from the upper left corner is taken and the rest divided on.
    #[must_use]
    pub fn rooms(&self) -> (Vec<Room>, Vec<usize>) {
        let (width, height) = (self.width(), self.height());
        let mut of = vec![usize::MAX; width * height];
        let mut rooms = Vec::new();
        for row in 0..height {
            for column in 0..width {
                if of[row * width + column] != usize::MAX {
                    continue;
                }
                let free = |r: usize, c: usize| of[r * width + c] == usize::MAX;
                let mut right = column + 1;
                while right < width && !self.right[row * width + right - 1] && free(row, right) {
                    right += 1;
                }
                let mut bottom = row + 1;
                while bottom < height
                    && (column..right).all(|c| !self.below[(bottom - 1) * width + c] && free(bottom, c))
                    && (column..right - 1).all(|c| !self.right[bottom * width + c])
                {
                    bottom += 1;
                }
                for r in row..bottom {
                    of[r * width + column..r * width + right].fill(rooms.len());
                }
                rooms.push(Room { row, column, row_span: bottom - row, col_span: right - column });
            }
        }
        (rooms, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(y: f32, x0: f32, x1: f32) -> Rule {
        Rule { x0, y0: y, x1, y1: y }
    }

    fn v(x: f32, y0: f32, y1: f32) -> Rule {
        Rule { x0: x, y0, x1: x, y1 }
    }

    fn rooms(rules: &[Rule]) -> Vec<(usize, usize, usize, usize)> {
        let frames = frames(rules);
        assert_eq!(frames.len(), 1, "{frames:?}");
        frames[0].rooms().0.iter().map(|r| (r.row, r.column, r.row_span, r.col_span)).collect()
    }

    #[test]
    fn merged_places_have_no_walls() {
        // Two rows, three columns; the first column is one cell, so are the last two of the first row.
        let rules = [
            h(0.0, 0.0, 300.0),
            h(20.0, 100.0, 300.0),
            h(40.0, 0.0, 300.0),
            v(0.0, 0.0, 40.0),
            v(100.0, 0.0, 40.0),
            v(200.0, 20.0, 40.0),
            v(300.0, 0.0, 40.0),
        ];
        assert_eq!(rooms(&rules), [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]);
    }

    #[test]
    fn pieces_join_and_double_lines_are_one() {
        let mut rules = vec![v(0.0, 0.0, 20.0), v(0.0, 20.5, 40.0), v(100.0, 0.0, 40.0), v(101.5, 0.0, 40.0)];
        for y in [0.0, 20.0, 40.0] {
            rules.extend([h(y, 0.0, 49.0), h(y, 50.0, 100.0), h(y + 0.5, 49.0, 49.5)]);
        }
        assert_eq!(rooms(&rules), [(0, 0, 1, 1), (1, 0, 1, 1)]);
    }

    #[test]
    fn open_edges_are_closed_by_the_ends_of_the_crossing_rules() {
        // No side rules, no bottom rule.
        let rules = [h(0.0, 0.0, 200.0), h(20.0, 0.0, 200.0), v(100.0, 0.0, 45.0)];
        assert_eq!(rooms(&rules), [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn lines_that_waver_are_one() {
        let mut rules = vec![v(0.0, 0.0, 41.0), v(100.0, -1.0, 20.0), v(103.0, 20.5, 40.0)];
        for y in [0.0, 20.0, 40.0] {
            rules.extend([h(y, 0.0, 30.0), h(y + 3.0, 30.5, 60.0), h(y - 0.5, 61.0, 101.0)]);
        }
        assert_eq!(rooms(&rules), [(0, 0, 1, 1), (1, 0, 1, 1)]);
    }

    #[test]
    fn two_tables_and_an_underline() {
        let mut rules = Vec::new();
        for top in [0.0, 200.0] {
            rules.extend([h(top, 0.0, 100.0), h(top + 20.0, 0.0, 100.0), v(0.0, top, top + 20.0)]);
            rules.extend([v(50.0, top, top + 20.0), v(100.0, top, top + 20.0)]);
        }
        rules.push(h(100.0, 0.0, 80.0));
        assert_eq!(frames(&rules).len(), 2);
        assert_eq!(frames(&rules)[1].place(60.0, 210.0), Some((0, 1)));
        assert_eq!(frames(&rules)[1].place(60.0, 190.0), None);
    }
}
