//! One Parquet file being written, under a temporary name until its hash is known.
//!
//! Owns writer settings (measured in `guide/scale.md` part 4). Refuses to overwrite.

use std::path::PathBuf;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::columns::Columns;
use crate::disk::{Disk, Sink, Written};
use crate::error::{Context as _, Result};
use crate::schema::{SCHEMA_VERSION, TableSchema};

/// Rows per row group.
const ROW_GROUP: usize = 131_072;
/// Bytes per row group, which is what the writer holds in memory: only chapters reach it before their rows do.
const ROW_GROUP_BYTES: usize = 2 << 20;
/// Rows gathered before they are handed to the Parquet writer.
const BATCH: usize = 8192;
/// Bytes of text gathered before.
const BATCH_BYTES: usize = 1 << 19;
/// Rows per page: the writer holds eight bytes for each of them and each column that has a dictionary.
const PAGE_ROWS: usize = 4096;
/// Bytes per page, before compression: a page is held three times while it is written.
const PAGE_BYTES: usize = 1 << 18;
/// Values after which the writer looks whether a page is full. Chapters are long: a page would be ten times too large.
const LOOK: usize = 16;

/// A file being written; it is created with its first batch.
pub struct ParquetFile {
    /// The rows that are not yet written.
    pub columns: Columns,
    folder: PathBuf,
    table: &'static str,
    sorted_by: Vec<i32>,
    writer: Option<ArrowWriter<Sink>>,
    rows: u64,
    disk: Disk,
}

impl ParquetFile {
    /// A file of a table, in `folder`, sorted by the columns with these names.
    #[must_use]
    pub fn new(disk: &Disk, table: &TableSchema, folder: PathBuf, sorted_by: &[&str]) -> Self {
        let at = |name: &&str| table.columns.iter().position(|c| c.name == **name).and_then(|i| i32::try_from(i).ok());
        Self {
            columns: Columns::new(table),
            folder,
            table: table.name,
            sorted_by: sorted_by.iter().filter_map(at).collect(),
            writer: None,
            rows: 0,
            disk: disk.clone(),
        }
    }

    /// Name of its table.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// Writes gathered rows when there are enough.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn flush_if_full(&mut self) -> Result<()> {
        if self.columns.rows() >= BATCH || self.columns.bytes() >= BATCH_BYTES { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        let batch = self.columns.finish()?;
        self.rows += batch.num_rows() as u64;
        if self.writer.is_none() {
            let sink = Sink::create(&self.disk, &self.folder, self.table)?;
            self.writer = Some(ArrowWriter::try_new(sink, batch.schema(), Some(self.properties()?))?);
        }
        if let Some(writer) = &mut self.writer {
            writer.write(&batch).with_context(|| format!("cannot write {}", self.folder.display()))?;
        }
        Ok(())
    }

    fn properties(&self) -> Result<WriterProperties> {
        let facts = [
            ("nianbao.schema_version", SCHEMA_VERSION),
            ("nianbao.version", env!("CARGO_PKG_VERSION")),
            ("nianbao.table", self.table),
        ];
        let sorted =
            self.sorted_by.iter().map(|c| SortingColumn { column_idx: *c, descending: false, nulls_first: true });
        Ok(WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
            .set_data_page_row_count_limit(PAGE_ROWS)
            .set_data_page_size_limit(PAGE_BYTES)
            .set_write_batch_size(if self.table == "sections" { LOOK } else { 1024 })
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_bloom_filter_enabled(false)
            // No chapter and hardly a sentence stands there twice: a dictionary makes them larger, and memory too.
            .set_column_dictionary_enabled(ColumnPath::from("text"), false)
            .set_column_dictionary_enabled(ColumnPath::from("sentence"), false)
            .set_key_value_metadata(Some(
                facts.iter().map(|(k, v)| KeyValue::new((*k).to_owned(), (*v).to_owned())).collect(),
            ))
            .set_sorting_columns(Some(sorted.collect()).filter(|s: &Vec<_>| !s.is_empty()))
            .build())
    }

    /// Ends the file: footer, sync, name by its hash. `None` when it has no rows and `even_empty` is not set.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn close(mut self, even_empty: bool) -> Result<Option<Written>> {
        if self.columns.rows() > 0 || (even_empty && self.writer.is_none()) {
            self.write()?;
        }
        let Some(writer) = self.writer.take() else { return Ok(None) };
        let sink = writer.into_inner().with_context(|| format!("cannot finish {}", self.folder.display()))?;
        Ok(Some(sink.close(self.rows, |sha256| format!("part-{}.parquet", sha256.get(..16).unwrap_or(sha256)))?))
    }
}
