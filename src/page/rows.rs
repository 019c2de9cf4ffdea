//! Rows of a data file as the page reads them: some columns of one file, by name.
//!
//! Owns typed access. A column of another type than asked for is a fault of this program, not of the data.

use std::path::Path;

use anyhow::{Context as _, Result};
use polars::prelude::{BooleanChunked, DataFrame, Float64Chunked, Int64Chunked, StringChunked};

use crate::summary::read_columns;
use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::TableSchema;

/// Some columns of one data file.
pub(super) struct Rows(DataFrame);

impl Rows {
    /// Reads them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn read(schema: &TableSchema, release: &Path, file: &ManifestFile, columns: &[&str]) -> Result<Self> {
        let mut frame = read_columns(schema, release, file, columns).with_context(|| file.path.clone())?;
        // One chunk a column: rows are looked up by number.
        frame.rechunk_mut();
        Ok(Self(frame))
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
