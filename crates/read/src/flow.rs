//! Paragraphs, cells and rows in the order in which Word's own formats give them (DOC, RTF): they become a document.
//!
//! Owns running numbers, nesting, what is left of rows and cells when what nobody sees is left out, and where a table's
//! columns are when rows state their edges in twips. Refuses to know either format, and to guess: what states no place
//! becomes lines.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::grid::{self, PICTURE, Placed};
use crate::limits::{Clock, Fault, Limits};
use crate::seen::{is_marked, settle, settle_white};
use nianbao_document::Document;

/// Edges nearer than this, in twips, are one: rows of one table are rarely cut to the twip.
const SAME_EDGE: i32 = 15;
/// Cells of one row; text beyond them joins the last. Word allows 63.
const MAX_CELLS: usize = 1_024;
/// Paragraphs and cells of one table with all tables in it: what is larger is refused, because it is held in memory.
const MAX_PIECES: usize = 2_000_000;
/// Tables within tables; deeper ones are text of the innermost that counts.
const MAX_DEPTH: usize = 12;

/// How a cell goes with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Down {
    /// It stands alone.
    #[default]
    Alone,
    /// It begins a merged cell.
    First,
    /// It continues one; its own text is not shown by Word and not read.
    Merged,
}

/// The place of a cell in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Slot {
    /// Left edge, in twips.
    pub left: i32,
    /// Right edge, in twips.
    pub right: i32,
    /// Goes with the cell above.
    pub down: Down,
    /// Continues the cell to its left.
    pub joined: bool,
    /// Its ground is not white.
    pub filled: bool,
}

/// What a cell holds.
#[derive(Debug)]
enum Piece {
    Text(String),
    Table(Vec<Row>),
    Picture,
}

type Content = Vec<Piece>;

/// A row and the places of its cells, empty if it states none.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Content>,
    slots: Vec<Slot>,
    line: u32,
}

/// A table that is still open.
#[derive(Debug, Default)]
struct Level {
    rows: Vec<Row>,
    cells: Vec<Content>,
    open: Content,
    /// Something of the row was left out, because nobody sees it.
    left_out: bool,
}

/// Builds a document. Depth 0 is outside tables, 1 in a table, 2 in a table within a cell.
#[derive(Debug)]
pub(super) struct Flow {
    document: Document,
    levels: Vec<Level>,
    /// Running number of the last paragraph or row.
    line: u32,
    clock: Clock,
    left: u64,
    calls: u32,
    /// Paragraphs and cells of the open tables.
    pieces: usize,
    /// Something was left out since the last paragraph or cell; a picture stands in the cell.
    left_out: bool,
    picture: bool,
}

impl Flow {
    pub(super) fn new(limits: &Limits) -> Self {
        let document = Document::default();
        let (clock, left) = (Clock::start(limits), limits.unpacked);
        Self {
            document,
            levels: Vec::new(),
            line: 0,
            clock,
            left,
            calls: 0,
            pieces: 0,
            left_out: false,
            picture: false,
        }
    }

    /// Notes that text was left out because nobody sees it: a row of which nothing else is left is no row.
    pub(super) fn leave_out(&mut self) {
        self.left_out = true;
    }

    /// Notes a picture in the text.
    pub(super) fn picture(&mut self) {
        self.picture = true;
    }

    /// Ends a paragraph that does not end its cell.
    pub(super) fn paragraph(&mut self, depth: usize, text: &str, heading: bool) -> Result<(), Fault> {
        self.enter(depth, text)?;
        let line = self.line.saturating_add(1);
        match self.levels.last_mut() {
            Some(level) => level.open.extend(shown(text).map(|t| Piece::Text(t.to_owned()))),
            None => {
                self.line = line;
                self.picture = false;
                for text in shown(&settled(text)) {
                    self.document.push_line(text, line, heading);
                }
            }
        }
        Ok(())
    }

    /// Ends a cell and its last paragraph. `depth` counts from 1.
    pub(super) fn cell(&mut self, depth: usize, text: &str) -> Result<(), Fault> {
        self.enter(depth.max(1), text)?;
        if let Some(level) = self.levels.last_mut() {
            level.open.extend(shown(text).map(|t| Piece::Text(t.to_owned())));
            if std::mem::take(&mut self.picture) {
                level.open.push(Piece::Picture);
            }
            // Past the deepest level and the widest row, cells are kept as text of the one before.
            if depth <= MAX_DEPTH {
                let content = std::mem::take(&mut level.open);
                let full = level.cells.len() >= MAX_CELLS;
                match level.cells.last_mut() {
                    Some(last) if full => last.extend(content),
                    _ => level.cells.push(content),
                }
            }
        }
        Ok(())
    }

    /// Ends a row, whose cells have these places. `depth` counts from 1.
    pub(super) fn row(&mut self, depth: usize, mut slots: Vec<Slot>) -> Result<(), Fault> {
        self.enter(depth.max(1), "")?;
        if depth > MAX_DEPTH {
            return Ok(());
        }
        let line = self.line.saturating_add(1);
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        // Text after the last cell mark: a cell mark was lost, the text must not be.
        if !level.open.is_empty() {
            let open = std::mem::take(&mut level.open);
            level.cells.push(open);
        }
        slots.truncate(MAX_CELLS);
        let mut cells = std::mem::take(&mut level.cells);
        // Only now the ground of white text is known. Where a row states none, the text is taken for seen.
        for (number, cell) in cells.iter_mut().enumerate() {
            let filled = slots.get(number).is_none_or(|s| s.filled);
            cell.retain_mut(|piece| match piece {
                Piece::Text(text) => {
                    let left_out = settle_white(text, filled);
                    level.left_out |= left_out;
                    !(left_out && text.trim().is_empty())
                }
                Piece::Table(_) | Piece::Picture => true,
            });
        }
        if std::mem::take(&mut level.left_out) && cells.iter().all(Vec::is_empty) {
            return Ok(());
        }
        level.rows.push(Row { cells, slots, line });
        if self.levels.len() == 1 {
            self.line = line;
        }
        Ok(())
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> Document {
        while !self.levels.is_empty() {
            self.close_level();
        }
        self.document
    }

    /// Opens and closes tables until `depth` are open; every text passes here, so that its amount is counted.
    fn enter(&mut self, depth: usize, text: &str) -> Result<(), Fault> {
        let Some(left) = self.left.checked_sub(text.len() as u64) else {
            return Err(Fault::Limit("text is larger than the limit".to_owned()));
        };
        self.left = left;
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(4_096) {
            self.clock.check()?;
        }
        let depth = depth.min(MAX_DEPTH);
        while self.levels.len() > depth {
            self.close_level();
        }
        while self.levels.len() < depth {
            self.levels.push(Level::default());
        }
        let left_out = std::mem::take(&mut self.left_out);
        if let Some(level) = self.levels.last_mut() {
            level.left_out |= left_out;
        }
        self.pieces = if depth == 0 { 0 } else { self.pieces.saturating_add(1) };
        if self.pieces > MAX_PIECES {
            return Err(Fault::Limit(format!("a table of more than {MAX_PIECES} paragraphs and cells")));
        }
        Ok(())
    }

    fn close_level(&mut self) {
        let Some(Level { mut rows, mut cells, open, .. }) = self.levels.pop() else { return };
        if !open.is_empty() {
            cells.push(open);
        }
        let top = self.levels.is_empty();
        if !cells.is_empty() {
            // A row without an end, as fast-saved files have them: its cells are kept, their places are not known.
            let line = self.line.saturating_add(1);
            if top {
                self.line = line;
            }
            for piece in cells.iter_mut().flatten() {
                if let Piece::Text(text) = piece {
                    settle_white(text, true);
                }
            }
            rows.push(Row { cells, slots: Vec::new(), line });
        }
        match self.levels.last_mut() {
            Some(outer) => outer.open.push(Piece::Table(rows)),
            None => write(rows, &mut self.document),
        }
    }
}

/// The lines of a paragraph that hold something.
fn shown(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(str::trim).filter(|t| !t.is_empty())
}

/// A text of which it is decided what becomes of its raised parts.
fn settled(text: &str) -> Cow<'_, str> {
    let mut settled = Cow::Borrowed(text);
    if is_marked(text) {
        // Outside cells the ground is the page.
        settle_white(settled.to_mut(), false);
        settle(settled.to_mut());
    }
    settled
}

/// Texts in a table's own cells, and in those of tables within it.
fn texts(rows: &[Row]) -> (usize, usize) {
    let (mut own, mut inner) = (0_usize, 0_usize);
    for content in rows.iter().flat_map(|r| &r.cells) {
        own = own.saturating_add(usize::from(content.iter().any(|p| matches!(p, Piece::Text(_)))));
        for piece in content {
            if let Piece::Table(rows) = piece {
                let (a, b) = texts(rows);
                inner = inner.saturating_add(a).saturating_add(b);
            }
        }
    }
    (own, inner)
}

/// Writes a table. Where the tables within it hold more than its own cells, it only arranges them: its text becomes
/// lines and they become grids, in reading order. Otherwise they are text of its cells.
fn write(rows: Vec<Row>, document: &mut Document) {
    let (own, inner) = texts(&rows);
    if inner > 1 && inner >= own {
        for row in rows {
            for piece in row.cells.into_iter().flatten() {
                match piece {
                    Piece::Text(text) => document.push_line(&settled(&text), row.line, false),
                    Piece::Table(rows) => write(rows, document),
                    Piece::Picture => {}
                }
            }
        }
        return;
    }
    let mut loose = Vec::new();
    let cells = place(rows, &mut loose);
    if !cells.is_empty() {
        grid::write(cells, document);
    }
    grid::write_lines(&loose, document);
}

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
fn place(rows: Vec<Row>, loose: &mut Vec<Placed>) -> Vec<Placed> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use nianbao_document::Block;

    fn slots(edges: &[i32]) -> Vec<Slot> {
        edges.windows(2).map(|w| Slot { left: w[0], right: w[1], ..Slot::default() }).collect()
    }

    fn show(flow: Flow) -> Vec<String> {
        let document = flow.finish();
        let grid = |g: &nianbao_document::Grid| {
            let cell = |c: &nianbao_document::Cell| {
                let text = document.text(c.text).replace('\n', "/");
                format!("{}+{}x{}={text}", c.column, c.col_span, c.row_span)
            };
            let row = |r: &Vec<nianbao_document::Cell>| r.iter().map(cell).collect::<Vec<_>>().join(" ");
            format!("[{}]", g.rows.iter().map(row).collect::<Vec<_>>().join(" | "))
        };
        let block = |b: &Block| match b {
            Block::Line(l) => format!("{}: {}", l.line, document.text(l.text)),
            Block::Grid(g) => grid(g),
        };
        document.blocks.iter().map(block).collect()
    }

    fn table(flow: &mut Flow, depth: usize, rows: &[(&str, Vec<Slot>)]) {
        for (texts, slots) in rows {
            texts.split(' ').for_each(|t| flow.cell(depth, t).unwrap());
            flow.row(depth, slots.clone()).unwrap();
        }
    }

    #[test]
    fn near_edges_are_one_column() {
        let mut flow = Flow::new(&Limits::default());
        flow.paragraph(0, " 题 ", false).unwrap();
        flow.paragraph(0, "  ", false).unwrap();
        table(&mut flow, 1, &[("甲 1 2", slots(&[0, 100, 200, 300])), ("乙 3", slots(&[-9, 110, 305]))]);
        flow.paragraph(0, "尾\n注", false).unwrap();
        assert_eq!(show(flow), ["1: 题", "[0+1x1=甲 1+1x1=1 2+1x1=2 | 0+1x1=乙 1+2x1=3]", "5: 尾", "5: 注"]);
    }

    #[test]
    fn merges() {
        let mut flow = Flow::new(&Limits::default());
        let with = |down: Down, joined: bool| {
            let mut s = slots(&[0, 100, 200, 300]);
            s[0].down = down;
            s[2].joined = joined;
            s
        };
        let rows = [
            ("a b ", with(Down::First, true)),
            ("x c d", with(Down::Merged, false)),
            ("e f g", with(Down::First, false)),
            ("h i j", with(Down::Alone, false)),
            ("k l m", with(Down::Merged, false)),
        ];
        table(&mut flow, 1, &rows);
        let expected = "[0+1x2=a 1+2x1=b | 1+1x1=c 2+1x1=d | 0+1x1=e 1+1x1=f 2+1x1=g | 0+1x1=h 1+1x1=i 2+1x1=j \
                        | 0+1x1=k 1+1x1=l 2+1x1=m]";
        assert_eq!(show(flow), [expected]);
    }

    #[test]
    fn narrow_cells_stay() {
        let mut flow = Flow::new(&Limits::default());
        table(&mut flow, 1, &[("a b c", slots(&[0, 100, 112, 200])), ("d e", slots(&[0, 111, 200]))]);
        assert_eq!(show(flow), ["[0+1x1=a 1+1x1=b 2+1x1=c | 0+2x1=d 2+1x1=e]"]);
    }

    #[test]
    fn what_has_no_place_becomes_lines() {
        let mut flow = Flow::new(&Limits::default());
        table(&mut flow, 1, &[("a b c", slots(&[0, 100, 200])), ("d e", slots(&[0, 100, 200]))]);
        flow.cell(1, "f").unwrap();
        flow.paragraph(1, "g", false).unwrap();
        assert_eq!(show(flow), ["[0+1x1=a 1+1x1=b | 0+1x1=d 1+1x1=e]", "1: c", "3: f", "3: g"]);
        let mut flow = Flow::new(&Limits::default());
        table(&mut flow, 1, &[("a b", Vec::new()), ("d e", Vec::new())]);
        assert_eq!(show(flow), ["[0+1x1=a 1+1x1=b | 0+1x1=d 1+1x1=e]"]);
    }

    #[test]
    fn tables_in_cells() {
        let mut flow = Flow::new(&Limits::default());
        flow.paragraph(1, "前", false).unwrap();
        table(&mut flow, 2, &[("1 2", slots(&[0, 50, 100]))]);
        flow.cell(1, "后").unwrap();
        flow.row(1, slots(&[0, 100])).unwrap();
        assert_eq!(show(flow), ["1: 前", "[0+1x1=1 1+1x1=2]", "1: 后"]);
        let mut flow = Flow::new(&Limits::default());
        flow.cell(1, "前").unwrap();
        table(&mut flow, 2, &[("1 2", slots(&[0, 50, 100]))]);
        flow.cell(1, "后").unwrap();
        flow.cell(1, "终").unwrap();
        flow.row(1, slots(&[0, 100, 200, 300])).unwrap();
        assert_eq!(show(flow), ["[0+1x1=前 1+1x1=1/2/后 2+1x1=终]"]);
    }
}
