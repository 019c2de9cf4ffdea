//! A part of a page that is read by itself: the page, or what is hidden in it.
//!
//! Owns where a line goes: into a cell, or between the tables, and when an open table turns out to lay out a page. Refuses
//! to know tags.

use nianbao_document::{Block, Document};

use super::aside::{Aside, append_block};
use super::line::{Current, Settled};
use super::table::{OpenCell, Piece, Place, Section, Table};

/// Tables nested deeper than this are read as text of the innermost one that counts.
pub(super) const MAX_DEPTH: usize = 64;

/// What is read so far.
#[derive(Default)]
pub(super) struct Part {
    pub(super) document: Document,
    pub(super) asides: Vec<Aside>,
    pub(super) current: Current,
    pub(super) heading: bool,
    pub(super) pre: u32,
    pub(super) tables: Vec<Table>,
    /// Open tables beyond [`MAX_DEPTH`].
    pub(super) ignored_tables: usize,
    /// What lies behind text is known: no style sheet of another file says it.
    pub(super) sure: bool,
    /// Outside tables, lines of the source are lines of the page: it is Markdown with markup in it.
    pub(super) lines: bool,
}

impl Part {
    /// Ends the line of text and puts it where it belongs.
    pub(super) fn break_line(&mut self) {
        if self.current.ink || self.current.is_marked() {
            self.put_line();
        }
        self.current.clear();
    }

    fn put_line(&mut self) {
        let (line, heading) = (self.current.line, self.heading);
        let cell = self.tables.last().is_some_and(|table| table.place == Place::Cell && !table.layout);
        let mut settled = Settled::default();
        if self.current.is_marked() {
            settled = self.current.settle(cell, self.sure);
            if settled.object
                && cell
                && let Some(cell) = self.tables.last_mut().and_then(|t| t.cells.last_mut())
            {
                cell.object = true;
            }
            // Values of controls that stand outside tables are for searching and for going elsewhere.
            if !self.current.ink || settled.value && !cell {
                return;
            }
        }
        if let Some((table, outer)) = self.tables.split_last_mut() {
            // Only now is it known that a table in a cell is more than a spacer, and so what the outer ones are.
            if !table.has_text {
                table.has_text = true;
                for table in outer {
                    table.become_layout(&mut self.document, &mut self.asides);
                }
            }
            if table.place == Place::Cell && !table.layout {
                let piece = Piece { line, heading, raised: settled.raised, value: settled.value, ..Piece::default() };
                table.push_piece(self.current.text.trim(), &piece);
                return;
            }
        }
        self.document.push_line(&self.current.text, line, heading);
    }

    /// A boundary that no heading and no preformatted text reaches across, closed or not.
    pub(super) fn structure(&mut self) {
        self.break_line();
        self.heading = false;
        self.pre = 0;
    }

    /// Whether lines stay as they are in the source.
    pub(super) fn keeps_lines(&self) -> bool {
        self.pre > 0 || self.lines && self.tables.is_empty()
    }

    /// Whether the innermost table can hold no table where the reading is.
    pub(super) fn is_between_cells(&self) -> bool {
        self.ignored_tables == 0 && self.tables.last().is_some_and(|table| table.place != Place::Cell)
    }

    /// Whether text goes into the cell of a table that is no layout so far.
    pub(super) fn is_in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.place == Place::Cell && !table.layout)
    }

    pub(super) fn open_table(&mut self) {
        self.structure();
        if self.is_between_cells() {
            self.close_table();
        }
        if self.tables.len() < MAX_DEPTH {
            self.tables.push(Table::default());
        } else {
            self.ignored_tables += 1;
        }
    }

    pub(super) fn close_table(&mut self) {
        self.structure();
        if self.ignored_tables > 0 && !self.tables.is_empty() {
            self.ignored_tables -= 1;
        } else if let Some(mut table) = self.tables.pop() {
            let rows = if table.is_data() { table.place() } else { None };
            match rows {
                Some(rows) => table.write_grid(rows, &mut self.document),
                None => table.become_layout(&mut self.document, &mut self.asides),
            }
        }
    }

    /// The table whose rows and cells the tags speak of.
    fn table(&mut self) -> Option<&mut Table> {
        if self.ignored_tables == 0 { self.tables.last_mut() } else { None }
    }

    pub(super) fn close_row(&mut self) {
        self.structure();
        if let Some(table) = self.table() {
            table.place = Place::Table;
        }
    }

    pub(super) fn open_section(&mut self, section: Section) {
        self.close_row();
        if let Some(table) = self.table()
            && !table.layout
        {
            table.sections.push((table.rows.len(), section));
        }
    }

    /// Rows behind it are a section of their own.
    pub(super) fn end_section(&mut self) {
        self.open_section(Section::Body);
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.table() {
            table.place = Place::Row;
            if !table.layout {
                table.rows.push(table.cells.len());
            }
        }
        self.limit_table();
    }

    /// The row that has begun is shown when something is clicked.
    pub(super) fn fold_row(&mut self) {
        if let Some(table) = self.table()
            && let Some(row) = table.rows.len().checked_sub(1)
        {
            table.folds.push(row);
        }
    }

    pub(super) fn close_cell(&mut self) {
        self.structure();
        if let Some(table) = self.table()
            && table.place == Place::Cell
        {
            table.place = Place::Row;
            table.settle_cell();
        }
    }

    pub(super) fn open_cell(&mut self, cell: &OpenCell) {
        self.close_cell();
        if self.table().is_some_and(|table| table.place == Place::Table) {
            self.open_row();
        }
        if let Some(table) = self.table() {
            table.place = Place::Cell;
            if !table.layout {
                table.cells.push(OpenCell { first_piece: table.pieces.len(), ..*cell });
            }
        }
        self.limit_table();
    }

    fn limit_table(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && table.is_full()
        {
            table.become_layout(&mut self.document, &mut self.asides);
        }
    }

    /// Ends it. The places of parts within it are blocks of its document.
    pub(super) fn finish(&mut self) {
        self.break_line();
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.break_line();
    }

    /// Keeps a part that is not shown at first.
    pub(super) fn put_aside(&mut self, aside: Aside) {
        match self.tables.last_mut() {
            // What lies in the cell of a table of data is no part of the page; whether it is one shows in the end.
            Some(table) if !table.layout => table.asides.push((table.pieces.len(), aside)),
            _ => self.asides.push(Aside { at: self.document.blocks.len(), ..aside }),
        }
    }

    /// Puts in what is shown here, but was read by itself: a page in a page.
    pub(super) fn adopt(&mut self, document: &Document, asides: Vec<Aside>) {
        self.break_line();
        let mut asides = asides.into_iter().peekable();
        for (number, block) in document.blocks.iter().enumerate() {
            while let Some(aside) = asides.next_if(|a| a.at <= number) {
                self.put_aside(aside);
            }
            if let Block::Line(line) = block {
                self.current.text.push_str(document.text(line.text));
                self.current.line = line.line;
                self.current.ink = true;
                self.heading |= line.heading;
                self.break_line();
                self.heading = false;
                continue;
            }
            for table in &mut self.tables {
                table.has_text = true;
                table.become_layout(&mut self.document, &mut self.asides);
            }
            append_block(&mut self.document, document, block);
        }
        asides.for_each(|aside| self.put_aside(aside));
    }
}
