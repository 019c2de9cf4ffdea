//! The difference between two releases: reports that came, went or changed, and the changed cells of these.
//!
//! Owns what `nianbao diff` compares. Refuses to judge a difference.

mod compare;
mod difference;
mod read;

pub use compare::{diff, release_before};
pub use difference::{
    CellName, CellState, Changed, ChangedCell, Difference, Listed, Shared, Standing, TableRows, Version,
};
