//! What is the same for all files of a table, made once: schemas, key-value metadata, and how columns are held.
//!
//! Owns writer settings (measured in `guide/scale.md` part 4, those of small files in `benches/results`). Refuses to write.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{Array as _, RecordBatch};
use arrow_schema::{DataType, Schema};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, encode_arrow_schema};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::{ColumnPath, SchemaDescriptor};

use crate::error::Result;
use crate::schema::{SCHEMA_VERSION, TableSchema};

/// Rows per row group.
const ROW_GROUP: usize = 131_072;
/// Bytes per row group, which is what the writer holds in memory: only chapters reach it before their rows do.
const ROW_GROUP_BYTES: usize = 2 << 20;
/// Rows per page: the writer holds eight bytes for each of them and each column that has a dictionary.
const PAGE_ROWS: usize = 4096;
/// Bytes per page, before compression: a page is held three times while it is written.
const PAGE_BYTES: usize = 1 << 18;
/// Values after which the writer looks whether a page is full. Chapters are long: a page would be ten times too large.
const LOOK: usize = 16;
/// Bytes of a column below which zstd gains less than a context for it costs, in time and often in bytes.
const PLAIN_BYTES: usize = 1024;
/// Rows of a file below which a number's dictionary gains nothing.
const PLAIN_ROWS: usize = 512;
/// No chapter and hardly a sentence stands there twice: a dictionary makes them larger, and memory too.
const NO_DICTIONARY: [&str; 2] = ["text", "sentence"];

/// How the files of a table are written.
pub struct Template {
    /// Its columns.
    pub(crate) table: TableSchema,
    pub(crate) schema: Arc<Schema>,
    parquet: SchemaDescriptor,
    facts: Vec<KeyValue>,
    sorted: Option<Vec<SortingColumn>>,
    paths: Vec<ColumnPath>,
    compression: Compression,
}

impl Template {
    /// Of files sorted by the columns with these names.
    ///
    /// # Errors
    /// When Parquet has no type for a column, which is a fault of this program.
    pub fn new(table: &TableSchema, sorted_by: &[&str]) -> Result<Arc<Self>> {
        let schema = table.arrow();
        let at = |name: &&str| table.columns.iter().position(|c| c.name == **name).and_then(|i| i32::try_from(i).ok());
        let sorting = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: true };
        let sorted: Vec<SortingColumn> = sorted_by.iter().filter_map(at).map(sorting).collect();
        let facts = [
            ("nianbao.schema_version", SCHEMA_VERSION),
            ("nianbao.version", env!("CARGO_PKG_VERSION")),
            ("nianbao.table", table.name),
            (ARROW_SCHEMA_META_KEY, &encode_arrow_schema(&schema)),
        ];
        Ok(Arc::new(Self {
            table: table.clone(),
            parquet: ArrowSchemaConverter::new().convert(&schema)?,
            facts: facts.iter().map(|(k, v)| KeyValue::new((*k).to_owned(), (*v).to_owned())).collect(),
            sorted: Some(sorted).filter(|s| !s.is_empty()),
            paths: table.columns.iter().map(|c| ColumnPath::from(c.name.as_str())).collect(),
            compression: Compression::ZSTD(ZstdLevel::try_new(3)?),
            schema,
        }))
    }

    /// Options for a file that begins with these rows; `whole` when it has no others.
    pub(crate) fn options(&self, first: &RecordBatch, whole: bool) -> ArrowWriterOptions {
        let one_page = whole && first.num_rows() <= PAGE_ROWS;
        let mut properties = WriterProperties::builder()
            .set_compression(if whole { Compression::UNCOMPRESSED } else { self.compression })
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
            .set_data_page_row_count_limit(PAGE_ROWS)
            .set_data_page_size_limit(PAGE_BYTES)
            .set_write_batch_size(if self.table.name == "sections" { LOOK } else { 1024 })
            // An index of one page tells what the column tells.
            .set_statistics_enabled(if one_page { EnabledStatistics::Chunk } else { EnabledStatistics::Page })
            .set_offset_index_disabled(one_page)
            .set_bloom_filter_enabled(false)
            .set_key_value_metadata(Some(self.facts.clone()))
            .set_sorting_columns(self.sorted.clone());
        for ((column, path), array) in self.table.columns.iter().zip(&self.paths).zip(first.columns()) {
            let number = !matches!(array.data_type(), DataType::Utf8 | DataType::Dictionary(..));
            if NO_DICTIONARY.contains(&column.name.as_str()) || (whole && number && array.len() <= PLAIN_ROWS) {
                properties = properties.set_column_dictionary_enabled(path.clone(), false);
            }
            if whole && bytes(array) >= PLAIN_BYTES {
                properties = properties.set_column_compression(path.clone(), self.compression);
            }
        }
        ArrowWriterOptions::new()
            .with_properties(properties.build())
            .with_skip_arrow_metadata(true)
            .with_parquet_schema(self.parquet.clone())
    }
}

/// About what a column takes in a file, uncompressed.
fn bytes(array: &arrow_array::ArrayRef) -> usize {
    let rows = array.len() - array.null_count();
    let text = |array: &dyn arrow_array::Array| array.as_string_opt::<i32>().map_or(0, |t| t.value_data().len());
    match array.data_type() {
        DataType::Utf8 => text(array) + 4 * rows,
        DataType::Dictionary(..) => {
            let values = array.as_dictionary_opt::<Int32Type>().map(|d| d.values());
            let distinct = values.map_or(0, |v| v.len());
            let bits = usize::try_from(usize::BITS - distinct.leading_zeros()).unwrap_or(0);
            values.map_or(0, |v| text(v)) + 4 * distinct + rows * bits / 8
        }
        DataType::Boolean => rows / 8,
        DataType::Date32 => 4 * rows,
        _ => 8 * rows,
    }
}
