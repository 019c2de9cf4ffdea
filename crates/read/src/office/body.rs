//! Paragraphs and tables in document order, as DOCX and ODT give them: they become a document.
//!
//! Owns running numbers, nesting, text boxes, cells merged downwards, and what is left of a row or cell when what
//! nobody sees is left out. Refuses to know either format.

use crate::grid::{self, PICTURE, Placed};
use crate::limits::Fault;
use crate::seen::{raise, settle};
use nianbao_document::{Block, Document};

/// Cells, paragraphs and tables of one table with all that is in it, or of one text box: they are held in memory.
const MAX_HELD: usize = 1_000_000;
/// Columns of a table; cells further right are written over the last.
const MAX_COLUMN: usize = 16_384;
/// Empty cells that one cell stands for; the columns of more are left free.
const MAX_EMPTY: usize = 256;
/// Bytes of text that repeated cells give again.
const MAX_COPIED: usize = 64 << 20;

/// How a cell goes with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Down {
    /// It stands alone, or states how many rows it covers.
    #[default]
    Alone,
    /// Cells below may continue it.
    First,
    /// It continues the one above, if that one begins in the same column. Its own text is not shown.
    Merged,
}

/// A paragraph or a table outside tables.
#[derive(Debug)]
enum Item {
    Paragraph(String, bool),
    Table(Table),
}

#[derive(Debug)]
struct Cell {
    place: Placed,
    /// Tables in it, and the byte of its text at which they stand.
    inner: Vec<(usize, Table)>,
    /// It holds a picture.
    picture: bool,
}

#[derive(Debug, Default)]
struct Table {
    cells: Vec<Cell>,
    rows: usize,
    /// First free column of the row.
    column: usize,
    /// Cells of the row above that may be continued: column and index, in order; and those of this row.
    above: Vec<(usize, usize)>,
    here: Vec<(usize, usize)>,
    /// Something of the row was left out, because nobody sees it.
    left_out: bool,
}

/// What is open.
#[derive(Debug)]
enum Frame {
    Paragraph { text: String, heading: bool, joined: bool, boxes: Vec<Item> },
    Table(Table),
    Cell(Cell),
    Box(Vec<Item>),
}

/// Builds a document.
#[derive(Debug, Default)]
pub(super) struct Body {
    document: Document,
    frames: Vec<Frame>,
    /// A paragraph whose end mark was deleted: the next one continues it.
    carried: Option<(String, bool)>,
    /// Running number of the last paragraph or row outside tables.
    line: u32,
    held: usize,
    copied: usize,
    /// Some text is raised: what becomes of it shows when its line or cell is whole.
    raised: bool,
    /// Places under spans are written out, so that a cell is followed by those it covers.
    covered: bool,
}

impl Body {
    /// A document whose tables write out the places that cells cover, as ODF does.
    pub(super) fn covered() -> Self {
        Self { covered: true, ..Self::default() }
    }

    /// Opens a paragraph. One within a paragraph stands after it.
    pub(super) fn open_paragraph(&mut self) {
        let (text, heading) = self.carried.take().unwrap_or_default();
        self.frames.push(Frame::Paragraph { text, heading, joined: false, boxes: Vec::new() });
    }

    /// Makes the open paragraph a heading, or not.
    pub(super) fn set_heading(&mut self, is: bool) {
        if let Some(Frame::Paragraph { heading, .. }) = self.frames.last_mut() {
            *heading = is;
        }
    }

    /// Joins the open paragraph with the next.
    pub(super) fn join_next(&mut self) {
        if let Some(Frame::Paragraph { joined, .. }) = self.frames.last_mut() {
            *joined = true;
        }
    }

    /// The text of the open paragraph; `None` if none is open or something else is open within it.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// Says of the open paragraph that what stands in it from a byte on is raised.
    pub(super) fn raise(&mut self, from: usize) {
        self.raised = true;
        if let Some(text) = self.text() {
            raise(text, from);
        }
    }

    /// Notes that text was left out because nobody sees it: a row of which nothing else is left is no row.
    pub(super) fn leave_out(&mut self) {
        let table = self.frames.iter_mut().rev().find_map(|f| if let Frame::Table(t) = f { Some(t) } else { None });
        if let Some(table) = table {
            table.left_out = true;
        }
    }

    /// Notes a picture in the open cell.
    pub(super) fn picture(&mut self) {
        let cell = self.frames.iter_mut().rev().find_map(|f| if let Frame::Cell(c) = f { Some(c) } else { None });
        if let Some(cell) = cell {
            cell.picture = true;
        }
    }

    /// Closes the innermost paragraph.
    pub(super) fn close_paragraph(&mut self) -> Result<(), Fault> {
        match self.frames.pop() {
            Some(Frame::Paragraph { text, heading, joined: true, boxes }) if boxes.is_empty() => {
                self.carried = Some((text, heading));
            }
            Some(Frame::Paragraph { text, heading, boxes, .. }) => {
                self.add(Item::Paragraph(text, heading))?;
                for item in boxes {
                    self.add(item)?;
                }
            }
            Some(other) => self.frames.push(other),
            None => {}
        }
        Ok(())
    }

    /// Opens a table.
    pub(super) fn open_table(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.frames.push(Frame::Table(Table::default()));
        Ok(())
    }

    /// Begins a row whose first cell stands in that column.
    pub(super) fn open_row(&mut self, column: usize) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            table.rows = table.rows.saturating_add(1);
            table.column = column;
            std::mem::swap(&mut table.above, &mut table.here);
            table.here.clear();
            table.left_out = false;
        }
    }

    /// Ends a row; `false` if it is taken back, because it held only what nobody sees.
    pub(super) fn close_row(&mut self) -> bool {
        if let Some(Frame::Table(table)) = self.frames.last() {
            let row = table.rows.saturating_sub(1);
            let mut cells = table.cells.iter().rev().take_while(|c| c.place.row >= row);
            if table.left_out && cells.all(|c| c.inner.is_empty() && !c.picture && c.place.text.trim().is_empty()) {
                self.drop_row();
                return false;
            }
        }
        true
    }

    /// Leaves columns free.
    pub(super) fn skip_columns(&mut self, columns: usize) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            table.column = table.column.saturating_add(columns);
        }
    }

    /// Takes the row back that was begun last, with its cells: a deleted or hidden one.
    pub(super) fn drop_row(&mut self) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            let row = table.rows.saturating_sub(1);
            while table.cells.pop_if(|c| c.place.row >= row).is_some() {}
            for (_, index) in &table.here {
                if let Some(continued) = table.cells.get_mut(*index) {
                    continued.place.row_span = continued.place.row_span.saturating_sub(1).max(1);
                }
            }
            table.rows = row;
            table.here = std::mem::take(&mut table.above);
        }
    }

    /// Opens a cell in the next free column.
    pub(super) fn open_cell(&mut self) -> Result<(), Fault> {
        self.flush()?;
        let Some(Frame::Table(table)) = self.frames.last() else { return Ok(()) };
        let (row, column) = (table.rows.saturating_sub(1), table.column.min(MAX_COLUMN));
        let place = Placed::at(row, column, String::new(), 0);
        self.frames.push(Frame::Cell(Cell { place, inner: Vec::new(), picture: false }));
        self.hold()
    }

    /// States what the open cell covers, and how it goes with the one above.
    pub(super) fn set_spans(&mut self, rows: usize, columns: usize) {
        if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
            (cell.place.row_span, cell.place.col_span) = (rows.max(1), columns.clamp(1, MAX_COLUMN));
        }
    }

    /// Closes the innermost cell; gives it again `again` times, as ODF writes equal neighbours once.
    pub(super) fn close_cell(&mut self, down: Down, again: usize) -> Result<(), Fault> {
        self.flush()?;
        let Some(Frame::Cell(cell)) = self.frames.pop_if(|f| matches!(f, Frame::Cell(_))) else { return Ok(()) };
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
        let column = cell.place.column;
        let span = if self.covered { 1 } else { cell.place.col_span };
        table.column = table.column.saturating_add(span);
        if down == Down::Merged
            && let Ok(at) = table.above.binary_search_by_key(&column, |(c, _)| *c)
            && let Some(&(_, index)) = table.above.get(at)
            && let Some(first) = table.cells.get_mut(index)
        {
            first.place.row_span = first.place.row_span.saturating_add(1);
            table.here.push((column, index));
            return Ok(());
        }
        if down != Down::Alone && table.here.last().is_none_or(|(c, _)| *c < column) {
            table.here.push((column, table.cells.len()));
        }
        let mut place = cell.place.clone();
        table.cells.push(cell);
        // Sheets are filled up to their last column with empty cells.
        let copies = if place.text.is_empty() { again.min(MAX_EMPTY) } else { again };
        self.copied = self.copied.saturating_add(copies.saturating_mul(place.text.len()));
        if self.copied > MAX_COPIED {
            return Err(Fault::Limit(format!("repeated cells of more than {MAX_COPIED} bytes")));
        }
        for _ in 0..copies {
            self.hold()?;
            place.column = place.column.saturating_add(span).min(MAX_COLUMN);
            let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
            table.column = table.column.saturating_add(span);
            table.cells.push(Cell { place: place.clone(), inner: Vec::new(), picture: false });
        }
        self.skip_columns(again.saturating_sub(copies).saturating_mul(span));
        Ok(())
    }

    /// Closes the innermost cell, which only widens the one before it in its row.
    pub(super) fn close_joined(&mut self) -> Result<(), Fault> {
        self.flush()?;
        let Some(Frame::Cell(cell)) = self.frames.pop_if(|f| matches!(f, Frame::Cell(_))) else { return Ok(()) };
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
        let span = cell.place.col_span;
        table.column = table.column.saturating_add(span);
        match table.cells.last_mut() {
            Some(before) if before.place.row == cell.place.row => {
                before.place.col_span = before.place.col_span.saturating_add(span);
            }
            _ => table.cells.push(cell),
        }
        Ok(())
    }

    /// Gives the last row again, as ODF writes equal rows once; tables within it are not given again.
    pub(super) fn repeat_row(&mut self, again: usize) -> Result<(), Fault> {
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
        let row = table.rows.saturating_sub(1);
        let first = table.cells.partition_point(|c| c.place.row < row);
        let cells: Vec<Placed> = table.cells.iter().skip(first).map(|c| c.place.clone()).collect();
        let empty = cells.iter().all(|c| c.text.is_empty());
        let bytes: usize = cells.iter().map(|c| c.text.len()).sum();
        let copies = if empty { again.min(1) } else { again };
        self.copied = self.copied.saturating_add(copies.saturating_mul(bytes));
        if self.copied > MAX_COPIED {
            return Err(Fault::Limit(format!("repeated cells of more than {MAX_COPIED} bytes")));
        }
        for _ in 0..copies {
            self.open_row(0);
            self.hold()?;
            for cell in &cells {
                self.hold()?;
                let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
                let row = table.rows.saturating_sub(1);
                let place = Placed { row, ..cell.clone() };
                table.cells.push(Cell { place, inner: Vec::new(), picture: false });
            }
        }
        Ok(())
    }

    /// Closes the innermost table.
    pub(super) fn close_table(&mut self) -> Result<(), Fault> {
        match self.frames.pop() {
            Some(Frame::Table(table)) => self.add(Item::Table(table)),
            Some(other) => {
                self.frames.push(other);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Opens a text box.
    pub(super) fn open_box(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.frames.push(Frame::Box(Vec::new()));
        Ok(())
    }

    /// Closes the innermost text box; what is in it stands after its paragraph.
    pub(super) fn close_box(&mut self) -> Result<(), Fault> {
        self.flush()?;
        match self.frames.pop() {
            Some(Frame::Box(items)) => items.into_iter().try_for_each(|item| self.add(item)),
            Some(other) => {
                self.frames.push(other);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Puts in a document of another format: its lines are paragraphs here, its grids tables.
    pub(super) fn append(&mut self, part: &Document) -> Result<(), Fault> {
        self.flush()?;
        self.document.truncated |= part.truncated;
        for block in &part.blocks {
            match block {
                Block::Line(line) => self.add(Item::Paragraph(part.text(line.text).to_owned(), line.heading))?,
                Block::Grid(grid) => {
                    let mut table = Table { rows: grid.rows.len(), ..Table::default() };
                    for (row, cells) in grid.rows.iter().enumerate() {
                        for cell in cells {
                            let mut place =
                                Placed::at(row, usize::from(cell.column), part.text(cell.text).to_owned(), 0);
                            (place.row_span, place.col_span) = (usize::from(cell.row_span), usize::from(cell.col_span));
                            table.cells.push(Cell { place, inner: Vec::new(), picture: false });
                        }
                    }
                    self.add(Item::Table(table))?;
                }
            }
        }
        Ok(())
    }

    /// Ends the document. What is still open is closed.
    pub(super) fn finish(mut self) -> Result<Document, Fault> {
        self.flush()?;
        while let Some(frame) = self.frames.last() {
            match frame {
                Frame::Paragraph { .. } => self.close_paragraph()?,
                Frame::Table(_) => self.close_table()?,
                Frame::Cell(_) => self.close_cell(Down::Alone, 0)?,
                Frame::Box(_) => self.close_box()?,
            }
            self.flush()?;
        }
        Ok(self.document)
    }

    fn flush(&mut self) -> Result<(), Fault> {
        match self.carried.take() {
            Some((text, heading)) => self.add(Item::Paragraph(text, heading)),
            None => Ok(()),
        }
    }

    fn hold(&mut self) -> Result<(), Fault> {
        self.held = self.held.saturating_add(1);
        if self.held > MAX_HELD {
            return Err(Fault::Limit(format!("a table of more than {MAX_HELD} cells and paragraphs")));
        }
        Ok(())
    }

    /// Puts a paragraph or table where it belongs.
    fn add(&mut self, item: Item) -> Result<(), Fault> {
        if self.frames.is_empty() {
            self.held = 0;
            self.emit(item);
            return Ok(());
        }
        self.hold()?;
        match self.frames.last_mut() {
            Some(Frame::Paragraph { boxes, .. } | Frame::Box(boxes)) => boxes.push(item),
            Some(Frame::Cell(cell)) => cell.add(item),
            Some(Frame::Table(table)) => {
                // Not in any cell, against the format: it must not be lost.
                if table.cells.is_empty() {
                    let place = Placed::at(table.rows.saturating_sub(1), 0, String::new(), 0);
                    table.cells.push(Cell { place, inner: Vec::new(), picture: false });
                }
                if let Some(cell) = table.cells.last_mut() {
                    cell.add(item);
                }
            }
            None => {}
        }
        Ok(())
    }

    fn emit(&mut self, item: Item) {
        match item {
            Item::Paragraph(mut text, heading) => {
                self.line = self.line.saturating_add(1);
                if self.raised {
                    settle(&mut text);
                }
                for text in text.split('\n').filter(|t| !t.trim().is_empty()) {
                    self.document.push_line(text, self.line, heading);
                }
            }
            Item::Table(table) => {
                let above = self.line;
                let rows = u32::try_from(table.rows).unwrap_or(u32::MAX);
                self.line = above.saturating_add(rows);
                let number =
                    |row: usize| u32::try_from(row).unwrap_or(u32::MAX).saturating_add(1).saturating_add(above);
                write(table, &number, self.raised, &mut self.document);
            }
        }
    }
}

impl Cell {
    fn add(&mut self, item: Item) {
        let cell = &mut self.place.text;
        match item {
            Item::Paragraph(text, _) => {
                if cell.is_empty() {
                    *cell = text;
                } else if !text.is_empty() {
                    cell.push('\n');
                    cell.push_str(&text);
                }
            }
            Item::Table(table) => self.inner.push((cell.len(), table)),
        }
    }
}

/// Texts in a table's own cells, and in those of tables within it.
fn texts(table: &Table) -> (usize, usize) {
    let (mut own, mut inner) = (0_usize, 0_usize);
    for cell in &table.cells {
        own = own.saturating_add(usize::from(!cell.place.text.trim().is_empty()));
        for (_, table) in &cell.inner {
            let (a, b) = texts(table);
            inner = inner.saturating_add(a).saturating_add(b);
        }
    }
    (own, inner)
}

/// Writes a table. Where the tables within it hold more than its own cells, it only arranges them: its text becomes
/// lines and they become grids, in reading order. Otherwise they are text of its cells. Tables nest less deep than XML.
fn write(table: Table, number: &dyn Fn(usize) -> u32, raised: bool, document: &mut Document) {
    let (own, inner) = texts(&table);
    let arranges = inner > 1 && inner >= own;
    let mut cells = Vec::with_capacity(if arranges { 0 } else { table.cells.len() });
    for Cell { mut place, inner, picture } in table.cells {
        place.line = number(place.row);
        if !arranges {
            flatten(&mut place.text, inner);
            if raised {
                settle(&mut place.text);
            }
            tidy(&mut place.text);
            if picture && place.text.trim().is_empty() {
                PICTURE.clone_into(&mut place.text);
            }
            cells.push(place);
            continue;
        }
        let lines = |text: &str, document: &mut Document| {
            let mut text = text.to_owned();
            settle(&mut text);
            grid::write_lines(&[Placed::at(0, 0, text, place.line)], document);
        };
        let mut from = 0;
        for (at, table) in inner {
            lines(place.text.get(from..at).unwrap_or_default(), document);
            from = at;
            write(table, &|_| place.line, raised, document);
        }
        lines(place.text.get(from..).unwrap_or_default(), document);
    }
    if !cells.is_empty() {
        grid::write(cells, document);
    }
}

/// Puts the texts of tables within a cell where they stand in its text.
fn flatten(text: &mut String, inner: Vec<(usize, Table)>) {
    if inner.is_empty() {
        return;
    }
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for (at, table) in inner {
        whole.push_str(text.get(from..at).unwrap_or_default());
        from = at;
        for mut cell in table.cells {
            flatten(&mut cell.place.text, cell.inner);
            whole.push('\n');
            whole.push_str(&cell.place.text);
        }
        whole.push('\n');
    }
    whole.push_str(text.get(from..).unwrap_or_default());
    *text = whole;
}

/// Takes blanks off a text's lines, and its empty lines out.
pub(super) fn tidy(text: &mut String) {
    if text.contains('\n') {
        *text = text.split('\n').map(str::trim).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
    }
}
