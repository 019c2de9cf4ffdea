//! A table of a release as a polars lazy frame.
//!
//! Owns reading Parquet files with polars, only the columns a query needs. It scans file by file through polars' own
//! reader instead of `scan_parquet`: that would bring in the streaming engine, a third of the build, for files that a
//! summary reads whole anyway. Refuses to know queries.

use std::any::Any;
use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use polars::prelude::*;
use polars_io::parquet::read::ParquetReader;

use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::{Kind, TableSchema};

/// The files of a table, with the values of their partitions, and its columns.
pub(super) struct Files {
    table: &'static str,
    files: Vec<(PathBuf, Option<i64>, Option<i64>)>,
    schema: SchemaRef,
    cache: Arc<ColumnCache>,
}

/// Bytes of columns kept for one province: memory does not grow with the archive.
const MOST_KEPT: usize = 1 << 20;

/// Columns of data files that were read before: the queries of one province read the same ones over and over.
#[derive(Default)]
pub(super) struct ColumnCache(Option<Mutex<Columns>>);

#[derive(Default)]
struct Columns {
    of: HashMap<PathBuf, Vec<Column>>,
    bytes: usize,
}

impl ColumnCache {
    /// Keeps what is read, as far as there is room.
    pub(super) fn keeping() -> Self {
        Self(Some(Mutex::default()))
    }

    /// Columns of a file in the order asked for; `read` reads those that are not kept.
    fn columns(
        &self,
        path: &Path,
        names: &[PlSmallStr],
        read: impl FnOnce(&[PlSmallStr]) -> PolarsResult<Vec<Column>>,
    ) -> PolarsResult<Vec<Column>> {
        let Some(kept) = &self.0 else { return read(names) };
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Column> = {
            let all = lock();
            let of_file = all.of.get(path).into_iter().flatten();
            of_file.filter(|c| names.contains(c.name())).cloned().collect()
        };
        let among = |columns: &[Column], name: &PlSmallStr| columns.iter().find(|c| c.name() == name).cloned();
        let missing: Vec<PlSmallStr> = names.iter().filter(|n| among(&known, n).is_none()).cloned().collect();
        let fresh = if missing.is_empty() { Vec::new() } else { read(&missing)? };
        let bytes: usize = fresh.iter().map(|c| c.as_materialized_series().estimated_size()).sum();
        let mut all = lock();
        if !fresh.is_empty() && all.bytes + bytes <= MOST_KEPT {
            all.bytes += bytes;
            all.of.entry(path.to_owned()).or_default().extend(fresh.iter().cloned());
        }
        Ok(names.iter().filter_map(|name| among(&fresh, name).or_else(|| among(&known, name))).collect())
    }
}

/// The lazy frame of a table over the files of a release; `year` and `province` are columns.
///
/// # Errors
/// When polars refuses the schema.
pub(super) fn table(schema: &TableSchema, release: &Path, files: &[ManifestFile]) -> Result<LazyFrame> {
    let dtype = |kind: Kind| match kind {
        Kind::Code | Kind::Text => DataType::String,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Date => DataType::Date,
        Kind::Bool => DataType::Boolean,
    };
    let mut fields: Vec<Field> =
        schema.columns.iter().map(|c| Field::new(c.name.as_str().into(), dtype(c.kind))).collect();
    if schema.partitioned {
        fields.push(Field::new("year".into(), DataType::Int64));
        fields.push(Field::new("province".into(), DataType::Int64));
    }
    let columns: SchemaRef = Arc::new(Schema::from_iter(fields));
    let args =
        ScanArgsAnonymous { schema: Some(Arc::clone(&columns)), name: "nianbao", ..ScanArgsAnonymous::default() };
    let cache = Arc::default();
    let none = Files { table: schema.name, files: Vec::new(), schema: columns, cache: Arc::clone(&cache) };
    Ok(LazyFrame::anonymous_scan(Arc::new(none.of(release, files, &cache)), args)?)
}

/// Some columns of one data file, as the schema types them.
///
/// # Errors
/// When the file cannot be read, or has no such column.
pub fn read_columns(schema: &TableSchema, release: &Path, file: &ManifestFile, columns: &[&str]) -> Result<DataFrame> {
    let wanted = columns.iter().map(|c| col(*c)).collect::<Vec<_>>();
    Ok(table(schema, release, std::slice::from_ref(file))?.select(wanted).collect()?)
}

impl Files {
    /// The same table over those of these files that are its own.
    pub(super) fn of(&self, release: &Path, files: &[ManifestFile], cache: &Arc<ColumnCache>) -> Self {
        let own = files.iter().filter(|f| f.table == self.table);
        Self {
            table: self.table,
            files: own.map(|f| (release.join(&f.path), f.year.map(i64::from), f.province.map(i64::from))).collect(),
            schema: Arc::clone(&self.schema),
            cache: Arc::clone(cache),
        }
    }

    fn read(
        &self,
        (path, year, province): &(PathBuf, Option<i64>, Option<i64>),
        columns: &[PlSmallStr],
    ) -> PolarsResult<DataFrame> {
        let is_partition = |c: &PlSmallStr| matches!(c.as_str(), "year" | "province");
        let mut stored: Vec<PlSmallStr> = columns.iter().filter(|c| !is_partition(c)).cloned().collect();
        if stored.is_empty() {
            // A query over partition columns alone still needs the number of rows.
            stored.extend(self.schema.get_at_index(0).map(|(name, _)| name.clone()));
        }
        let mut stored = self.cache.columns(path, &stored, |names| self.decode(path, names))?.into_iter();
        let height = stored.as_slice().first().map_or(0, Column::len);
        let columns = columns
            .iter()
            .filter_map(|name| match name.as_str() {
                "year" => Some(constant(name, *year, height)),
                "province" => Some(constant(name, *province, height)),
                _ => stored.next(),
            })
            .collect();
        DataFrame::new(height, columns)
    }

    /// Columns of a file, typed as the schema has them.
    fn decode(&self, path: &Path, names: &[PlSmallStr]) -> PolarsResult<Vec<Column>> {
        // Read, not mapped: unmapping a file stops the threads of all cores, a thousand times over.
        let mut reader = ParquetReader::new(Cursor::new(fs::read(path)?))
            .with_columns(Some(names.iter().map(ToString::to_string).collect()));
        // Without the Arrow schema that the file carries, codes are read as texts. With it they would become categoricals,
        // every report's id entered into one table for all threads, only to be cast to texts again.
        let mut metadata = reader.get_metadata()?.clone();
        Arc::make_mut(&mut metadata).key_value_metadata = None;
        reader.set_metadata(metadata);
        let frame = reader.finish()?;
        let typed = |name: &PlSmallStr| {
            let dtype = self.schema.get(name).cloned().unwrap_or(DataType::String);
            frame.column(name)?.cast(&dtype)
        };
        names.iter().map(typed).collect()
    }
}

/// A partition value as a column.
fn constant(name: &PlSmallStr, value: Option<i64>, height: usize) -> Column {
    let value = value.map_or(AnyValue::Null, AnyValue::Int64);
    Column::new_scalar(name.clone(), Scalar::new(DataType::Int64, value), height)
}

impl AnonymousScan for Files {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }

    fn allows_predicate_pushdown(&self) -> bool {
        // A condition given to the scan would have to be planned anew for each province and year.
        false
    }

    fn scan(&self, args: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let columns: Vec<PlSmallStr> = match &args.with_columns {
            Some(columns) => columns.iter().cloned().collect(),
            None => self.schema.iter_names().cloned().collect(),
        };
        let empty = Schema::from_iter(
            columns.iter().map(|c| Field::new(c.clone(), self.schema.get(c).cloned().unwrap_or(DataType::String))),
        );
        let mut out = DataFrame::empty_with_schema(&empty);
        // `LIMIT` is the scan's own where nothing stands between.
        let mut left = args.n_rows.unwrap_or(usize::MAX);
        for file in &self.files {
            if left == 0 {
                break;
            }
            let frame = self.read(file, &columns)?.head(Some(left));
            left -= frame.height();
            out.vstack_mut(&frame)?;
        }
        Ok(out)
    }
}
