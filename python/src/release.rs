//! A release, opened once: which of its files hold what is asked for, and their rows as they are read.
//!
//! Owns the choice of files by partition, the columns `year` and `province`, which a release tells by its folders, the
//! choice of rows by one column's codes, and labels in the place of names and codes. Refuses to follow `current` again, and
//! everything a query engine does better.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;
use nianbao_dataset::{Manifest, ManifestFile, manifest, resolve, schema::tables};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use pyo3::exceptions::{PyFileNotFoundError, PyKeyError, PyValueError};
use pyo3::prelude::*;

use crate::table::Table;
use crate::{detached, failed, tools};

/// Rows of a batch.
const BATCH: usize = 16_384;

/// A release, resolved once.
#[pyclass(frozen, module = "nianbao._native")]
#[derive(Debug)]
pub(crate) struct Release {
    folder: PathBuf,
    manifest: Manifest,
}

#[pymethods]
impl Release {
    /// Opens the current release of a dataset, or the release of this folder.
    #[new]
    fn new(dataset: PathBuf) -> PyResult<Self> {
        let told = |e: nianbao_dataset::Error| PyFileNotFoundError::new_err(format!("{e:#}"));
        let folder = resolve(&dataset).map_err(told)?;
        let manifest = manifest(&folder).map_err(told)?;
        Ok(Self { folder, manifest })
    }

    /// Name of the release.
    #[getter]
    fn name(&self) -> &str {
        &self.manifest.run
    }

    /// Its folder.
    #[getter]
    fn folder(&self) -> &Path {
        &self.folder
    }

    /// Rows by table.
    #[getter]
    fn rows(&self) -> HashMap<&str, u64> {
        let mut rows = HashMap::new();
        for file in &self.manifest.files {
            *rows.entry(file.table.as_str()).or_default() += file.rows;
        }
        rows
    }

    /// The rows of a table in these years and provinces (two digits as a number) whose `column` holds one of `values`;
    /// `None` takes all. `labels` is `zh`, `en` or nothing.
    #[pyo3(signature = (table, years=None, provinces=None, only=None, labels=None))]
    fn table(
        &self,
        table: &str,
        years: Option<BTreeSet<i32>>,
        provinces: Option<BTreeSet<u8>>,
        only: Option<Vec<(String, BTreeSet<String>)>>,
        labels: Option<&str>,
    ) -> PyResult<Table> {
        let of_table: Vec<&ManifestFile> = self.manifest.files.iter().filter(|f| f.table == table).collect();
        let Some(any) = of_table.first() else {
            let mut names: Vec<&str> = self.rows().into_keys().collect();
            names.sort_unstable();
            return Err(PyKeyError::new_err(format!("no table {table}; there are {}", names.join(", "))));
        };
        let partitioned = any.path.contains("/year=");
        let within = |f: &&&ManifestFile| {
            let year = years.as_ref().is_none_or(|years| f.year.is_some_and(|y| years.contains(&y)));
            let province = provinces.as_ref().is_none_or(|all| f.province.is_some_and(|p| all.contains(&p)));
            !partitioned || (year && province)
        };
        let piece = |f: &ManifestFile| Piece {
            path: self.folder.join(&f.path),
            year: f.year.map(i64::from),
            province: f.province.map(i64::from),
        };
        let selection = Selection {
            any: piece(any),
            pieces: of_table.iter().filter(within).map(|f| piece(f)).collect(),
            partitioned,
            only: only.unwrap_or_default(),
            labels: labels.map(|l| Labels::of(table, l)).transpose()?.map(Arc::new),
        };
        Table::of_files(table, selection)
    }

    /// County code, county, prefecture and name of the province, of every place that a report or the coverage names.
    fn places(&self, py: Python<'_>) -> PyResult<BTreeSet<Place>> {
        const COLUMNS: [&str; 4] = ["county_code", "county", "prefecture", "province_name"];
        detached(py, || {
            let mut places = BTreeSet::new();
            for file in self.manifest.files.iter().filter(|f| ["reports", "coverage"].contains(&f.table.as_str())) {
                let mut last = None;
                for batch in open(&self.folder.join(&file.path), Some(&COLUMNS)).map_err(failed)? {
                    let batch = batch.map_err(failed)?;
                    for row in 0..batch.num_rows() {
                        let place = COLUMNS.map(|c| batch.column_by_name(c).and_then(|a| coded(a, row)));
                        // Rows lie sorted by county: most are that of the row before.
                        if last != Some(place) {
                            let [code, county, prefecture, province] = place.map(|p| p.map(str::to_owned));
                            places.insert((code, county, prefecture, province));
                            last = Some(place);
                        }
                    }
                    last = None;
                }
            }
            Ok(places)
        })
    }
}

/// Code, county, prefecture, province.
type Place = (Option<String>, Option<String>, Option<String>, Option<String>);

/// Codes of the comparable figures.
#[pyfunction]
pub(crate) fn series() -> PyResult<Vec<&'static str>> {
    Ok(tools()?.knowledge.forms.series.iter().map(|s| s.code.as_str()).collect())
}

/// A file with the values of its partition.
#[derive(Clone, Debug)]
struct Piece {
    path: PathBuf,
    year: Option<i64>,
    province: Option<i64>,
}

/// Files of a table and which of their rows.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    /// A file of the table, chosen or not: it knows the columns.
    any: Piece,
    pieces: Vec<Piece>,
    partitioned: bool,
    only: Vec<(String, BTreeSet<String>)>,
    labels: Option<Arc<Labels>>,
}

impl Selection {
    /// The columns of the rows.
    pub(crate) fn schema(&self) -> PyResult<SchemaRef> {
        let file = File::open(&self.any.path).map_err(|e| damaged(&self.any.path, &e))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(&self.any.path, &e))?;
        let schema = builder.schema();
        if let Some((lost, _)) = self.only.iter().find(|(c, _)| schema.field_with_name(c).is_err()) {
            return Err(PyValueError::new_err(format!("the table has no column {lost}")));
        }
        let empty = RecordBatch::new_empty(Arc::new(Schema::new(schema.fields().clone())));
        Ok(self.shaped(&empty, &self.any).map_err(failed)?.schema())
    }

    /// The rows, file by file.
    pub(crate) fn batches(&self) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + use<> {
        let this = self.clone();
        let mut pieces = self.pieces.clone().into_iter();
        let mut open_piece: Option<(Piece, ParquetRecordBatchReader)> = None;
        std::iter::from_fn(move || {
            loop {
                if let Some((piece, reader)) = &mut open_piece {
                    if let Some(batch) = reader.next() {
                        return Some(batch.and_then(|b| this.shaped(&this.kept(&b)?, piece)));
                    }
                    open_piece = None;
                }
                let piece = pieces.next()?;
                match open(&piece.path, None) {
                    Ok(reader) => open_piece = Some((piece, reader)),
                    Err(error) => return Some(Err(error)),
                }
            }
        })
    }

    fn kept(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut batch = batch.clone();
        for (column, values) in &self.only {
            let Some(array) = batch.column_by_name(column) else { continue };
            let held = |row| coded(array, row).is_some_and(|v| values.contains(v));
            let mask: BooleanArray = (0..batch.num_rows()).map(|row| Some(held(row))).collect();
            batch = filter_record_batch(&batch, &mask)?;
        }
        Ok(batch)
    }

    /// A batch with the columns of its partition, under labels if they are wanted.
    fn shaped(&self, batch: &RecordBatch, piece: &Piece) -> Result<RecordBatch, ArrowError> {
        let mut fields: Vec<Field> = batch.schema().fields().iter().map(|f| f.as_ref().clone()).collect();
        let mut arrays = batch.columns().to_vec();
        if self.partitioned {
            for (name, value) in [("year", piece.year), ("province", piece.province)] {
                fields.push(Field::new(name, DataType::Int64, true));
                arrays.push(Arc::new(Int64Array::from(vec![value; batch.num_rows()])));
            }
        }
        if let Some(labels) = &self.labels {
            labels.put(&mut fields, &mut arrays);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
    }
}

fn damaged(path: &Path, error: &dyn std::fmt::Display) -> PyErr {
    failed(format!("cannot read {}: {error}", path.display()))
}

fn open(path: &Path, columns: Option<&[&str]>) -> Result<ParquetRecordBatchReader, ArrowError> {
    let told = |e: &dyn std::fmt::Display| {
        ArrowError::IoError(format!("cannot read {}: {e}", path.display()), std::io::Error::other(e.to_string()))
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).map_err(|e| told(&e))?);
    let mut builder = builder.map_err(|e| told(&e))?.with_batch_size(BATCH);
    if let Some(columns) = columns {
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        builder = builder.with_projection(mask);
    }
    builder.build().map_err(|e| told(&e))
}

/// The text of a row, plain or coded.
fn coded(array: &ArrayRef, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::Dictionary(..) => {
            let coded = array.as_dictionary_opt::<Int32Type>()?;
            let key = usize::try_from(coded.keys().value(row)).ok()?;
            coded.values().as_string_opt::<i32>().map(|v| v.value(key))
        }
        _ => None,
    }
}

/// What stands for the names and codes of a table in one language.
#[derive(Debug)]
struct Labels {
    columns: HashMap<String, String>,
    codes: HashMap<String, HashMap<&'static str, &'static str>>,
}

impl Labels {
    fn of(table: &str, language: &str) -> PyResult<Self> {
        let zh = match language {
            "zh" => true,
            "en" => false,
            other => return Err(PyValueError::new_err(format!("labels are zh or en, not {other}"))),
        };
        let forms = &tools()?.knowledge.forms;
        let all = tables(forms).map_err(failed)?;
        let mut labels = Self { columns: HashMap::new(), codes: HashMap::new() };
        let year = [("year", "年份", "report year"), ("province", "省级代码", "province code")];
        for (name, of_zh, of_en) in year {
            labels.columns.insert(name.to_owned(), if zh { of_zh } else { of_en }.to_owned());
        }
        for column in all.iter().filter(|t| t.name == table).flat_map(|t| &t.columns) {
            let label = if zh { &column.zh } else { &column.en };
            labels.columns.insert(column.name.clone(), label.clone());
            let listed = column.codes.list.iter().map(|c| (c.code.as_str(), if zh { &*c.zh } else { &*c.en }));
            labels.codes.insert(column.name.clone(), listed.collect());
        }
        // Applicants, items and cases are lines of a form; the newest edition names them.
        for form in forms.editions.iter().flat_map(|e| &e.tables).filter(|t| t.code == table) {
            let rows = form.rows.iter().map(|r| (r.code.as_str(), if zh { &*r.label } else { &*r.gloss }));
            let columns = form.columns.iter().map(|c| (c.code.as_str(), if zh { &*c.label } else { &*c.gloss }));
            labels.codes.entry("applicant".to_owned()).or_default().extend(columns);
            for of_rows in ["item", "case"] {
                labels.codes.entry(of_rows.to_owned()).or_default().extend(rows.clone());
            }
        }
        Ok(labels)
    }

    fn put(&self, fields: &mut [Field], arrays: &mut [ArrayRef]) {
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (field, array) in fields.iter_mut().zip(arrays) {
            let codes = self.codes.get(field.name()).filter(|c| !c.is_empty());
            if let (Some(codes), Some(own)) = (codes, array.as_dictionary_opt::<Int32Type>())
                && let Some(values) = own.values().as_string_opt::<i32>()
            {
                let said = values.iter().map(|v| v.map(|v| codes.get(v).copied().unwrap_or(v)));
                let said: StringArray = said.collect();
                if let Ok(labelled) = DictionaryArray::try_new(own.keys().clone(), Arc::new(said)) {
                    *array = Arc::new(labelled);
                }
            }
            let label = self.columns.get(field.name()).cloned().unwrap_or_else(|| field.name().clone());
            // Two columns of one label would hide each other.
            let label = if used.contains(&label) { format!("{label} ({})", field.name()) } else { label };
            used.insert(label.clone());
            *field = field.clone().with_name(label);
        }
    }
}
