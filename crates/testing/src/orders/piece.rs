//! Pieces of a page, before a layout prints them.
//!
//! Owns their kinds and order. Refuses layouts.

use super::grid::Grid;

/// One piece of a page, in order.
#[derive(Clone, Debug)]
pub enum Piece {
    Title(String),
    Heading(String),
    Text(String),
    Table(Grid),
}
