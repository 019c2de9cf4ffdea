//! Rows of a data file as the pages read them: some columns, by name, as Arrow holds them.
//!
//! Owns typed access to one file. Codes stay the numbers that they are stored as, so that a province of a million cells is
//! read without making a text of each. A column of another type than asked for is a fault of this program.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, Result};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array as _, BooleanArray, PrimitiveArray, RecordBatch, StringArray};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Rows that are in memory together.
const ROWS: usize = 1 << 16;

/// Some rows of some columns of a file.
pub(super) struct Rows(RecordBatch);

/// A column of texts.
pub(super) enum Texts<'r> {
    /// Texts that repeat.
    Coded(Codes<'r>),
    /// Texts that differ.
    Plain(&'r StringArray),
}

/// A column of codes: each row's place in `values`.
pub(super) struct Codes<'r> {
    keys: &'r PrimitiveArray<Int32Type>,
    values: &'r StringArray,
}

/// Hands over the rows of a file in order.
///
/// # Errors
/// When it cannot be read, has no such column, or `each` fails.
pub(super) fn read(path: &Path, columns: &[&str], mut each: impl FnMut(&Rows) -> Result<()>) -> Result<()> {
    let named = || path.display().to_string();
    let file = File::open(path).with_context(named)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).with_context(named)?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    for batch in builder.with_projection(mask).with_batch_size(ROWS).build().with_context(named)? {
        each(&Rows(batch.with_context(named)?)).with_context(named)?;
    }
    Ok(())
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.0.num_rows()
    }

    pub(super) fn text(&self, name: &str) -> Result<Texts<'_>> {
        let column = self.0.column_by_name(name).with_context(|| format!("no column {name}"))?;
        match column.as_string_opt::<i32>() {
            Some(plain) => Ok(Texts::Plain(plain)),
            None => self.codes(name).map(Texts::Coded),
        }
    }

    pub(super) fn codes(&self, name: &str) -> Result<Codes<'_>> {
        let column = self.0.column_by_name(name).with_context(|| format!("no column {name}"))?;
        let coded = column.as_dictionary_opt::<Int32Type>().with_context(|| format!("{name} holds no codes"))?;
        let values = coded.values().as_string_opt::<i32>().with_context(|| format!("{name} holds no texts"))?;
        Ok(Codes { keys: coded.keys(), values })
    }

    pub(super) fn int(&self, name: &str) -> Result<&PrimitiveArray<Int64Type>> {
        let column = self.0.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int64Type>());
        column.with_context(|| format!("{name} holds no whole numbers"))
    }

    pub(super) fn float(&self, name: &str) -> Result<&PrimitiveArray<Float64Type>> {
        let column = self.0.column_by_name(name).and_then(|c| c.as_primitive_opt::<Float64Type>());
        column.with_context(|| format!("{name} holds no numbers"))
    }

    pub(super) fn date(&self, name: &str) -> Result<&PrimitiveArray<Date32Type>> {
        let column = self.0.column_by_name(name).and_then(|c| c.as_primitive_opt::<Date32Type>());
        column.with_context(|| format!("{name} holds no dates"))
    }

    pub(super) fn bool(&self, name: &str) -> Result<&BooleanArray> {
        let column = self.0.column_by_name(name).and_then(|c| c.as_boolean_opt());
        column.with_context(|| format!("{name} holds no yes and no"))
    }
}

impl<'r> Texts<'r> {
    pub(super) fn get(&self, row: usize) -> Option<&'r str> {
        match self {
            Self::Coded(codes) => codes.at(codes.key(row)),
            Self::Plain(values) => text(values, row),
        }
    }
}

impl<'r> Codes<'r> {
    /// Place of a row's text; as many as [`Codes::distinct`] where there is none.
    pub(super) fn key(&self, row: usize) -> usize {
        let key = self.keys.is_valid(row).then(|| self.keys.value(row));
        key.and_then(|k| usize::try_from(k).ok()).unwrap_or(self.values.len())
    }

    /// How many texts there are.
    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }

    /// The text at a place.
    pub(super) fn at(&self, key: usize) -> Option<&'r str> {
        (key < self.values.len()).then(|| text(self.values, key)).flatten()
    }
}

fn text(values: &StringArray, at: usize) -> Option<&str> {
    values.is_valid(at).then(|| values.value(at))
}

/// The value of a row, if it has one.
pub(super) fn value<T: arrow_array::ArrowPrimitiveType>(column: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    column.is_valid(row).then(|| column.value(row))
}
