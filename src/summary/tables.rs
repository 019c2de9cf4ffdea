//! Tables of a release in memory: what all queries of a batch, and the page, read.
//!
//! Owns reading Parquet files with polars, each once, only the columns that anybody needs. Refuses to know who reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use polars::prelude::*;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};
use rayon::prelude::*;

use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::{Kind, TableSchema};

/// Columns by table.
pub type Columns = BTreeMap<String, BTreeSet<String>>;

/// Tables, or those of their columns that were asked for, over some files of a release.
#[derive(Debug, Default)]
pub struct Tables(BTreeMap<String, Held>);

/// One of them.
#[derive(Debug)]
pub(super) struct Held {
    /// The rows of all files, in the order of the files; `year` and `province` are columns.
    pub(super) frame: DataFrame,
    /// Where the rows of each file are.
    pub(super) spans: Vec<Span>,
}

/// The rows of one file.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Year of the partition.
    pub year: Option<i32>,
    /// Province of the partition.
    pub province: Option<u8>,
    pub(super) from: usize,
    pub(super) rows: usize,
}

/// What reads the same tables as the queries, in the same go.
pub trait Beside {
    /// What it reads.
    fn columns(&self) -> Columns;

    /// Sees all rows of some provinces, in the order of the files; every row once.
    ///
    /// # Errors
    /// When a column is not what it should be.
    fn see(&mut self, tables: &Tables) -> Result<()>;
}

/// The columns of a table as polars has them; `year` and `province` are columns of one that has partitions.
pub(super) fn schema_of(table: &TableSchema) -> Schema {
    let dtype = |kind: Kind| match kind {
        Kind::Code | Kind::Text => DataType::String,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Date => DataType::Date,
        Kind::Bool => DataType::Boolean,
    };
    let mut schema: Schema = table.columns.iter().map(|c| Field::new(c.name.as_str().into(), dtype(c.kind))).collect();
    if table.partitioned {
        schema.insert("year".into(), DataType::Int64);
        schema.insert("province".into(), DataType::Int64);
    }
    schema
}

impl Tables {
    /// Reads columns of these files.
    ///
    /// # Errors
    /// When a file cannot be read, or has no such column.
    pub fn read(known: &[TableSchema], release: &Path, files: &[&ManifestFile], columns: &Columns) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for table in known {
            let Some(wanted) = columns.get(table.name) else { continue };
            let own: Vec<&ManifestFile> =
                files.iter().copied().filter(|f| f.table == table.name && f.rows > 0).collect();
            tables.insert(table.name.to_owned(), Held::read(&schema_of(table), release, &own, wanted)?);
        }
        Ok(Self(tables))
    }

    pub(super) fn get(&self, table: &str) -> Option<&Held> {
        self.0.get(table)
    }

    /// The rows of a table file by file, each column in one piece.
    pub fn files(&self, table: &str) -> impl Iterator<Item = (Span, DataFrame)> {
        let held = self.0.get(table);
        let spans = held.map_or(&[][..], |h| h.spans.as_slice());
        let rows = move |span: &Span| held.map(|h| h.frame.slice(i64::try_from(span.from).unwrap_or(0), span.rows));
        spans.iter().filter_map(move |span| Some((*span, rows(span)?)))
    }
}

impl Held {
    fn read(schema: &Schema, release: &Path, files: &[&ManifestFile], wanted: &BTreeSet<String>) -> Result<Self> {
        let partition = |name: &str| matches!(name, "year" | "province");
        let stored: Vec<String> = wanted.iter().filter(|c| !partition(c)).cloned().collect();
        let typed = |name: &String| {
            let dtype = schema.get(name).with_context(|| format!("no column {name}"))?;
            Ok(Field::new(name.as_str().into(), dtype.clone()))
        };
        let own = stored.iter().map(typed).collect::<Result<Schema>>()?;
        let read = |file: &&ManifestFile| decode(&release.join(&file.path), &stored, &own).context(file.path.clone());
        let frames = files.par_iter().map(read).collect::<Result<Vec<_>>>()?;
        let mut spans = Vec::with_capacity(files.len());
        let mut from = 0;
        for file in files {
            let rows = usize::try_from(file.rows)?;
            spans.push(Span { year: file.year, province: file.province, from, rows });
            from += rows;
        }
        let mut frame = DataFrame::empty_with_schema(&own);
        for (part, span) in frames.iter().zip(&spans) {
            anyhow::ensure!(
                stored.is_empty() || part.height() == span.rows,
                "the release is damaged: its manifest tells other rows"
            );
            frame.vstack_mut(part)?;
        }
        drop(frames);
        frame.rechunk_mut();
        let mut columns = frame.into_columns();
        if schema.contains("year") {
            columns.push(constant("year", &spans, |s| s.year.map(i64::from)));
            columns.push(constant("province", &spans, |s| s.province.map(i64::from)));
        }
        Ok(Self { frame: DataFrame::new(from, columns)?, spans })
    }
}

/// A partition value as a column.
fn constant(name: &str, spans: &[Span], value: impl Fn(&Span) -> Option<i64>) -> Column {
    let values = spans.iter().flat_map(|span| std::iter::repeat_n(value(span), span.rows));
    Int64Chunked::from_iter_options(name.into(), values).into_column()
}

/// Columns of a file, typed as the schema has them.
fn decode(path: &Path, names: &[String], schema: &Schema) -> Result<DataFrame> {
    if names.is_empty() {
        return Ok(DataFrame::empty());
    }
    // Read, not mapped: unmapping a file stops the threads of all cores, a thousand times over.
    let mut reader = ParquetReader::new(Cursor::new(fs::read(path)?))
        .with_columns(Some(names.to_vec()))
        .read_parallel(ParallelStrategy::None);
    // Without the Arrow schema that the file carries, codes are read as texts. With it they would become categoricals,
    // every report's id entered into one table for all threads, only to be cast to texts again.
    let mut metadata = reader.get_metadata()?.clone();
    Arc::make_mut(&mut metadata).key_value_metadata = None;
    reader.set_metadata(metadata);
    let frame = reader.finish()?;
    let typed = |(name, dtype): (&PlSmallStr, &DataType)| frame.column(name)?.cast(dtype);
    Ok(DataFrame::new(frame.height(), schema.iter().map(typed).collect::<PolarsResult<_>>()?)?)
}
