//! Reading what two releases are compared by: reports, and the cells of those that differ.
//!
//! Owns the columns that are compared. Refuses to compare.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{Array as _, Float64Array, Int32Array, RecordBatch, StringArray};
use foldhash::quality::FixedState;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::difference::{CellName, CellState, Shared, Standing, Version};
use crate::error::{Context as _, Result};
use crate::partition::Partition;
use crate::release::manifest::{Manifest, manifest};

/// Rows that are decoded at a time.
const BATCH: usize = 8192;
/// The columns of `cells` that are compared, and those that say whose cell it is.
const CELLS: &[&str] = &["source_path", "edition", "table", "row", "column", "value", "raw", "unit", "matched"];
/// The same for both releases; its values never leave the process.
const HASHER: FixedState = FixedState::with_seed(0x6e69_616e_6261_6f22);

/// Every text that is held.
#[derive(Default)]
pub(super) struct Names(HashSet<Shared>);

impl Names {
    pub(super) fn of(&mut self, text: &str) -> Shared {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new = Shared::new(text);
        self.0.insert(new.clone());
        new
    }
}

/// A report of a partition that differs.
pub(super) struct Seen {
    pub(super) standing: Standing,
    /// Hash of its cells; 0 when it has none, and where the partition's cells are the same in both releases.
    pub(super) cells: u64,
}

pub(super) struct Cell {
    pub(super) name: CellName,
    pub(super) state: CellState,
}

pub(super) struct Release<'a> {
    folder: &'a Path,
    pub(super) manifest: Manifest,
}

impl<'a> Release<'a> {
    pub(super) fn open(folder: &'a Path) -> Result<Self> {
        Ok(Self { folder, manifest: manifest(folder)? })
    }

    pub(super) fn version(&self) -> Version {
        let Manifest { run, schema_version, nianbao_version, .. } = &self.manifest;
        Version { run: run.clone(), schema_version: schema_version.clone(), nianbao_version: nianbao_version.clone() }
    }

    fn files(&self, table: &str, partition: Partition) -> impl Iterator<Item = PathBuf> {
        let here = (partition.year, partition.province);
        let of = self.manifest.files.iter().filter(move |f| f.table == table && (f.year, f.province) == here);
        of.map(move |f| self.folder.join(&f.path))
    }

    /// The reports of some partitions; of those in `hashed`, with the hash of their cells.
    pub(super) fn reports(
        &self,
        partitions: &BTreeSet<Partition>,
        hashed: &BTreeSet<Partition>,
        names: &mut Names,
    ) -> Result<BTreeMap<Shared, Seen>> {
        let mut reports: BTreeMap<Shared, Seen> = BTreeMap::new();
        for partition in partitions {
            for path in self.files("reports", *partition) {
                scan(&path, &["report_id", "source_path", "agency"], |batch| {
                    let ids = Texts::of(batch, "report_id")?;
                    let paths = Texts::of(batch, "source_path")?;
                    let agencies = Texts::of(batch, "agency")?;
                    for row in 0..batch.num_rows() {
                        let id = ids.get(row).context("a report without report_id")?;
                        let source_path = names.of(paths.get(row).context("a report without source_path")?);
                        let standing = Standing {
                            report_id: names.of(id),
                            agency: agencies.get(row).map(|a| names.of(a)),
                            year: partition.year,
                            province: partition.province,
                        };
                        // Paths that are no UTF-8 can come out alike; such reports are compared as one.
                        reports.entry(source_path).or_insert(Seen { standing, cells: 0 });
                    }
                    Ok(())
                })?;
            }
        }
        // After all reports: a report is known before its cells, wherever either stands.
        for partition in hashed {
            for path in self.files("cells", *partition) {
                scan(&path, CELLS, |batch| {
                    let cells = Cells::of(batch)?;
                    for (source_path, rows) in cells.runs()? {
                        let report = reports.get_mut(source_path);
                        let report = report.with_context(|| format!("{source_path} has cells and no report"))?;
                        report.cells = rows.fold(report.cells, |hash, row| cells.hash(hash, row));
                    }
                    Ok(())
                })?;
            }
        }
        Ok(reports)
    }

    /// The cells of the wanted reports of a partition.
    pub(super) fn cells(
        &self,
        partition: Partition,
        wanted: &[Shared],
        names: &mut Names,
    ) -> Result<BTreeMap<Shared, Vec<Cell>>> {
        let mut found: BTreeMap<Shared, Vec<Cell>> = wanted.iter().map(|p| (p.clone(), Vec::new())).collect();
        for path in self.files("cells", partition) {
            scan(&path, CELLS, |batch| {
                let cells = Cells::of(batch)?;
                for (source_path, rows) in cells.runs()? {
                    if let Some(found) = found.get_mut(source_path) {
                        found.extend(rows.map(|row| cells.cell(row, names)));
                    }
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// Reads some columns of a file, batch by batch.
fn scan(path: &Path, columns: &[&str], mut each: impl FnMut(&RecordBatch) -> Result<()>) -> Result<()> {
    let mut read = || -> Result<()> {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
        let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
        for batch in reader.with_projection(mask).with_batch_size(BATCH).build()? {
            each(&batch?)?;
        }
        Ok(())
    };
    read().with_context(|| format!("cannot compare {}", path.display()))
}

/// A column of codes or of free text.
#[derive(Clone, Copy)]
enum Texts<'b> {
    Codes(&'b Int32Array, &'b StringArray),
    Plain(&'b StringArray),
}

impl<'b> Texts<'b> {
    fn of(batch: &'b RecordBatch, name: &str) -> Result<Self> {
        let column = batch.column_by_name(name).with_context(|| format!("no column {name}"))?;
        if let Some(plain) = column.as_string_opt::<i32>() {
            return Ok(Self::Plain(plain));
        }
        let codes = column.as_dictionary_opt::<Int32Type>().with_context(|| format!("{name} is no text"))?;
        let values = codes.values().as_string_opt::<i32>().with_context(|| format!("{name} is no text"))?;
        Ok(Self::Codes(codes.keys(), values))
    }

    fn get(self, row: usize) -> Option<&'b str> {
        let (values, at) = match self {
            Self::Plain(values) => (values, row),
            Self::Codes(keys, _) if keys.is_null(row) => return None,
            Self::Codes(keys, values) => (values, usize::try_from(keys.value(row)).ok()?),
        };
        values.is_valid(at).then(|| values.value(at))
    }
}

/// The compared columns of a batch of `cells`.
struct Cells<'b> {
    rows: usize,
    source_path: Texts<'b>,
    name: [Texts<'b>; 4],
    value: &'b Float64Array,
    raw: Texts<'b>,
    unit: Texts<'b>,
    matched: Texts<'b>,
}

impl<'b> Cells<'b> {
    fn of(batch: &'b RecordBatch) -> Result<Self> {
        let texts = |name: &str| Texts::of(batch, name);
        let value = batch.column_by_name("value").context("no column value")?;
        Ok(Self {
            rows: batch.num_rows(),
            source_path: texts("source_path")?,
            name: [texts("edition")?, texts("table")?, texts("row")?, texts("column")?],
            value: value.as_primitive_opt::<Float64Type>().context("value is no number")?,
            raw: texts("raw")?,
            unit: texts("unit")?,
            matched: texts("matched")?,
        })
    }

    /// The rows of each report; a report's cells stand together.
    fn runs(&self) -> Result<Vec<(&'b str, Range<usize>)>> {
        let mut runs: Vec<(&'b str, Range<usize>)> = Vec::new();
        for row in 0..self.rows {
            let source_path = self.source_path.get(row).context("a cell without source_path")?;
            match runs.last_mut() {
                Some((last, run)) if *last == source_path => run.end = row + 1,
                _ => runs.push((source_path, row..row + 1)),
            }
        }
        Ok(runs)
    }

    fn value(&self, row: usize) -> Option<f64> {
        self.value.is_valid(row).then(|| self.value.value(row))
    }

    /// The hash of a report's cells up to this one.
    fn hash(&self, before: u64, row: usize) -> u64 {
        let text = |texts: Texts<'b>| texts.get(row).unwrap_or_default();
        let value = self.value(row).map(f64::to_bits);
        HASHER.hash_one((before, self.name.map(text), value, text(self.raw), self.unit.get(row), text(self.matched)))
    }

    fn cell(&self, row: usize, names: &mut Names) -> Cell {
        let mut text = |texts: Texts<'b>| names.of(texts.get(row).unwrap_or_default());
        let (raw, matched) = (text(self.raw), text(self.matched));
        let [edition, table, row_code, column] = self.name.map(text);
        let unit = self.unit.get(row).map(|u| names.of(u));
        Cell {
            name: CellName { edition, table, row: row_code, column },
            state: CellState { value: self.value(row), raw, unit, matched },
        }
    }
}
