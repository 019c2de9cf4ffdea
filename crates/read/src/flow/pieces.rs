//! What rows and cells are made of while a document is read.
//!
//! Owns these types. Refuses to do anything with them.

/// How a cell goes with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Down {
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
pub(crate) struct Slot {
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
pub(super) enum Piece {
    Text(String),
    Table(Vec<Row>),
    Picture,
}

pub(super) type Content = Vec<Piece>;

/// A row and the places of its cells, empty if it states none.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub cells: Vec<Content>,
    pub slots: Vec<Slot>,
    pub line: u32,
}
