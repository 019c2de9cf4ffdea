//! Rows of a data file as the page reads them: some columns of one file, by name.
//!
//! Owns typed access. A column of another type than asked for is a fault of this program, not of the data.

use anyhow::Result;
use polars::prelude::{BooleanChunked, DataFrame, Float64Chunked, Int64Chunked, StringChunked};

/// Some columns of one data file, each in one chunk: rows are looked up by number.
pub(super) struct Rows(DataFrame);

impl Rows {
    pub(super) const fn new(frame: DataFrame) -> Self {
        Self(frame)
    }

    pub(super) fn len(&self) -> usize {
        self.0.height()
    }

    pub(super) fn text(&self, name: &str) -> Result<&StringChunked> {
        Ok(self.0.column(name)?.str()?)
    }

    pub(super) fn int(&self, name: &str) -> Result<&Int64Chunked> {
        Ok(self.0.column(name)?.i64()?)
    }

    pub(super) fn float(&self, name: &str) -> Result<&Float64Chunked> {
        Ok(self.0.column(name)?.f64()?)
    }

    pub(super) fn bool(&self, name: &str) -> Result<&BooleanChunked> {
        Ok(self.0.column(name)?.bool()?)
    }
}
