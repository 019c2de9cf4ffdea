//! Where the cells of a table stand whose rows state their edges in twips.
//!
//! Owns columns and cells merged across and downwards. Refuses to guess: what states no place is loose.

use std::collections::HashMap;

use super::pieces::{Content, Down, Piece, Row, Slot};
use crate::grid::{PICTURE, Placed};
use crate::seen::settle;

/// Edges nearer than this, in twips, are one: rows of one table are rarely cut to the twip.
const SAME_EDGE: i32 = 15;

/// A cell's text, with that of tables within it.
fn flatten(content: Content, text: &mut String) {
    for piece in content {
        match piece {
            Piece::Text(line) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&line);
            }
            Piece::Table(rows) => rows.into_iter().flat_map(|r| r.cells).for_each(|c| flatten(c, text)),
            Piece::Picture => {}
        }
    }
}

/// A cell with its edges in twips.
struct Cut {
    row: usize,
    left: i32,
    right: i32,
    down: Down,
    text: String,
    line: u32,
}

/// Gives every cell its place; what has none goes to `loose`.
pub(super) fn place(rows: Vec<Row>, loose: &mut Vec<Placed>) -> Vec<Placed> {
    let width = rows.first().map_or(0, |r| r.cells.len());
    let countable = rows.iter().all(|r| r.slots.is_empty() && r.cells.len() == width);
    let mut cuts: Vec<Cut> = Vec::new();
    let mut counted = Vec::new();
    for (row, Row { cells, slots, line }) in rows.into_iter().enumerate() {
        let mut slots = slots.into_iter();
        let first = cuts.len();
        for (column, content) in cells.into_iter().enumerate() {
            let mut text = String::new();
            let picture = content.iter().any(|p| matches!(p, Piece::Picture));
            flatten(content, &mut text);
            if picture && text.is_empty() {
                PICTURE.clone_into(&mut text);
            }
            match slots.next() {
                Some(slot) if slot.joined && cuts.len() > first => {
                    let Some(cut) = cuts.last_mut() else { continue };
                    cut.right = cut.right.max(slot.right);
                    if !text.is_empty() {
                        cut.text.push('\n');
                        cut.text.push_str(&text);
                    }
                }
                Some(Slot { left, right, down, .. }) => cuts.push(Cut { row, left, right, down, text, line }),
                // A table that states no edges at all, but whose rows are all alike, has its columns by counting.
                None if countable => counted.push(Placed::at(row, column, text, line)),
                None => loose.push(Placed::at(row, column, text, line)),
            }
        }
        // Merged cells that have no mark of their own still widen the last.
        if let Some(cut) = cuts.get_mut(first..).and_then(<[Cut]>::last_mut) {
            for slot in slots.take_while(|s| s.joined) {
                cut.right = cut.right.max(slot.right);
            }
        }
    }
    let columns = Columns::of(&cuts);
    counted.extend(join_down(cuts, &columns, loose));
    for cell in counted.iter_mut().chain(loose) {
        settle(&mut cell.text);
        // A picture joined with text.
        if cell.text.len() > PICTURE.len() && cell.text.contains(PICTURE) {
            cell.text = cell.text.replace(PICTURE, "");
        }
    }
    counted
}

/// The columns of a table: edges that differ by less than a tolerance are one.
struct Columns {
    /// First edge of each cluster, in order.
    starts: Vec<i32>,
}

impl Columns {
    fn of(cuts: &[Cut]) -> Self {
        let mut edges: Vec<i32> = cuts.iter().flat_map(|c| [c.left, c.right]).collect();
        edges.sort_unstable();
        edges.dedup();
        let clusters = |tolerance: i32| {
            let mut starts = Vec::new();
            let mut last = None;
            for edge in &edges {
                if last.is_none_or(|l| edge.saturating_sub(l) > tolerance) {
                    starts.push(*edge);
                }
                last = Some(*edge);
            }
            Self { starts }
        };
        // A narrow cell that says something must not vanish between its edges.
        let whole = |columns: &Self| {
            cuts.iter()
                .filter(|c| c.left < c.right && !c.text.is_empty())
                .all(|c| columns.at(c.left) < columns.at(c.right))
        };
        [SAME_EDGE, SAME_EDGE / 3].into_iter().map(clusters).find(whole).unwrap_or_else(|| clusters(0))
    }

    fn at(&self, edge: i32) -> usize {
        self.starts.partition_point(|s| *s <= edge).saturating_sub(1)
    }
}

/// Joins cells with those above that they continue: same edges, adjacent row.
fn join_down(cuts: Vec<Cut>, columns: &Columns, loose: &mut Vec<Placed>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(cuts.len());
    // Cells that may be continued, by their columns: where they are in `placed`, and their last row.
    let mut open: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
    for Cut { row, left, right, down, text, line } in cuts {
        let (start, end) = (columns.at(left), columns.at(right));
        if start >= end {
            // No width: it is no column. Word hides such cells; their text is kept all the same.
            loose.extend((!text.is_empty()).then(|| Placed::at(row, start, text, line)));
            continue;
        }
        let above = open.get_mut(&(start, end)).filter(|(_, last)| last.saturating_add(1) == row);
        if let (Down::Merged, Some((at, last))) = (down, above)
            && let Some(first) = placed.get_mut(*at)
        {
            first.row_span = first.row_span.saturating_add(1);
            *last = row;
            continue;
        }
        if down != Down::Alone {
            open.insert((start, end), (placed.len(), row));
        } else {
            open.remove(&(start, end));
        }
        placed.push(Placed { col_span: end - start, ..Placed::at(row, start, text, line) });
    }
    placed
}
