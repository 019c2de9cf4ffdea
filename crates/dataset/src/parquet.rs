//! One Parquet file being written, under a temporary name until its hash is known.
//!
//! Owns when gathered rows are written. Refuses to overwrite; how columns are held is the template's.

use std::path::PathBuf;
use std::sync::Arc;

use parquet::arrow::ArrowWriter;

use crate::columns::{Columns, Filled};
use crate::disk::{Disk, Sink, Written};
use crate::error::{Context as _, Result};
use crate::template::Template;

/// Rows gathered before they are handed to the Parquet writer.
const BATCH: usize = 8192;
/// Bytes of text gathered before.
const BATCH_BYTES: usize = 1 << 19;

/// A file being written; it is created with its first batch.
pub struct ParquetFile {
    /// The rows that are not yet written.
    pub columns: Columns,
    template: Arc<Template>,
    folder: PathBuf,
    writer: Option<ArrowWriter<Sink>>,
    rows: u64,
    disk: Disk,
}

impl Filled for ParquetFile {
    fn columns(&mut self) -> &mut Columns {
        &mut self.columns
    }
}

impl ParquetFile {
    /// A file of a table, in `folder`.
    #[must_use]
    pub fn new(disk: &Disk, template: &Arc<Template>, folder: PathBuf) -> Self {
        Self {
            columns: Columns::new(&template.table, &template.schema),
            template: Arc::clone(template),
            folder,
            writer: None,
            rows: 0,
            disk: disk.clone(),
        }
    }

    /// Name of its table.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.template.table.name
    }

    /// Writes gathered rows when there are enough.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn flush_if_full(&mut self) -> Result<()> {
        if self.columns.rows() >= BATCH || self.columns.bytes() >= BATCH_BYTES { self.write(false) } else { Ok(()) }
    }

    /// Writes what was gathered; `last` when no more will come.
    fn write(&mut self, last: bool) -> Result<()> {
        let batch = self.columns.finish()?;
        self.rows += batch.num_rows() as u64;
        if self.writer.is_none() {
            let sink = Sink::create(&self.disk, &self.folder, self.table())?;
            let options = self.template.options(&batch, last);
            self.writer = Some(ArrowWriter::try_new_with_options(sink, batch.schema(), options)?);
        }
        if let Some(writer) = &mut self.writer {
            writer.write(&batch).with_context(|| format!("cannot write {}", self.folder.display()))?;
        }
        Ok(())
    }

    /// Ends the file: footer, sync, name by its hash. `None` when it has no rows and `even_empty` is not set.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn close(mut self, even_empty: bool) -> Result<Option<Written>> {
        if self.columns.rows() > 0 || (even_empty && self.writer.is_none()) {
            self.write(true)?;
        }
        let Some(writer) = self.writer.take() else { return Ok(None) };
        let sink = writer.into_inner().with_context(|| format!("cannot finish {}", self.folder.display()))?;
        Ok(Some(sink.close(self.rows, |sha256| format!("part-{}.parquet", sha256.get(..16).unwrap_or(sha256)))?))
    }
}
