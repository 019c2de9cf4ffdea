//! What wants the answers of queries beside the files that they become.
//!
//! Owns the agreement: who hears gets every answer about the provinces that it asks for, whether or not a file is made of
//! it, so that a figure that a summary computes is computed once. Refuses to know what is done with them.

use anyhow::Result;

use super::answer::Answer;
use super::query::Query;

/// Hears the answers of the queries that say of which report a row is.
pub trait Hears {
    /// It needs the answers about a province.
    fn wants(&self, province: Option<u8>) -> bool;

    /// Hears what a query says of a part of the dataset.
    ///
    /// # Errors
    /// When a column is not what it should be.
    fn hear(&mut self, year: Option<i32>, province: Option<u8>, query: &Query, answer: &Answer) -> Result<()>;
}
