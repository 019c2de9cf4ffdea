//! Columns being built: rows in, Arrow record batches out.
//!
//! Owns the builders of one table, and that no code leaves them that the schema does not list. Refuses to know what a row
//! means.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, StringDictionaryBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::Schema;

use super::error::{Context as _, Result};
use super::schema::{Codes, Kind, TableSchema};

/// Rows that builders begin with room for: most partitions have few, and their own default is a thousand.
const FEW: usize = 64;

enum Builder {
    Code(StringDictionaryBuilder<Int32Type>),
    Text(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Date(Date32Builder),
    Bool(BooleanBuilder),
}

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Field<'a> {
    /// Nothing.
    Null,
    /// For `Code` and `Text` columns.
    Str(&'a str),
    /// For `Int`, `Float` (converted) and `Date` (days) columns.
    Int(i64),
    /// For `Float` columns; in `Int` columns whole numbers only.
    Float(f64),
    /// For `Bool` columns.
    Bool(bool),
}

impl<'a> From<Option<&'a str>> for Field<'a> {
    fn from(value: Option<&'a str>) -> Self {
        value.map_or(Self::Null, Self::Str)
    }
}

impl From<Option<f64>> for Field<'_> {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Null, Self::Float)
    }
}

impl From<Option<u32>> for Field<'_> {
    fn from(value: Option<u32>) -> Self {
        value.map_or(Self::Null, |v| Self::Int(i64::from(v)))
    }
}

/// The columns of one table.
pub struct Columns {
    table: &'static str,
    schema: Arc<Schema>,
    codes: Vec<Codes>,
    builders: Vec<Builder>,
    rows: usize,
    bytes: usize,
}

/// What takes the rows of one table: columns in memory, or a file being written.
pub(crate) trait Filled {
    /// The columns to fill.
    fn columns(&mut self) -> &mut Columns;
}

impl Filled for Columns {
    fn columns(&mut self) -> &mut Columns {
        self
    }
}

impl Columns {
    /// Empty columns of a table, whose Arrow schema is at hand.
    #[must_use]
    pub fn new(table: &TableSchema, schema: &Arc<Schema>) -> Self {
        let builders = table
            .columns
            .iter()
            .map(|c| match c.kind {
                Kind::Code => Builder::Code(StringDictionaryBuilder::with_capacity(FEW, FEW, 8 * FEW)),
                Kind::Text => Builder::Text(StringBuilder::with_capacity(FEW, 16 * FEW)),
                Kind::Int => Builder::Int(Int64Builder::with_capacity(FEW)),
                Kind::Float => Builder::Float(Float64Builder::with_capacity(FEW)),
                Kind::Date => Builder::Date(Date32Builder::with_capacity(FEW)),
                Kind::Bool => Builder::Bool(BooleanBuilder::with_capacity(FEW)),
            })
            .collect();
        let codes = table.columns.iter().map(|c| c.codes).collect();
        Self { table: table.name, schema: Arc::clone(schema), codes, builders, rows: 0, bytes: 0 }
    }

    /// Name of the table.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// Rows since the last batch.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of free text since the last batch: chapters are long, rows alone say little.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Appends one value `times` over to a column. Every column must get the same number of values.
    pub fn push(&mut self, column: usize, field: Field<'_>, times: usize) {
        match (&mut self.builders[column], field) {
            (Builder::Code(b), Field::Str(s)) => b.append_values(s, times),
            (Builder::Code(b), _) => b.append_nulls(times),
            (Builder::Text(b), Field::Str(s)) => {
                self.bytes += s.len() * times;
                b.append_value_n(s, times);
            }
            (Builder::Text(b), _) => b.append_nulls(times),
            (Builder::Int(b), Field::Int(i)) => b.append_value_n(i, times),
            // A count that is no whole number never becomes one: it is a finding before it comes here.
            (Builder::Int(b), Field::Float(f)) if f.fract() == 0.0 && f.abs() < 9e15 => {
                b.append_value_n(f as i64, times);
            }
            (Builder::Int(b), _) => b.append_nulls(times),
            (Builder::Float(b), Field::Float(f)) => b.append_value_n(f, times),
            (Builder::Float(b), Field::Int(i)) => b.append_value_n(i as f64, times),
            (Builder::Float(b), _) => b.append_nulls(times),
            (Builder::Date(b), Field::Int(days)) => b.append_value_n(i32::try_from(days).unwrap_or(0), times),
            (Builder::Date(b), _) => b.append_nulls(times),
            (Builder::Bool(b), Field::Bool(v)) => b.append_n(times, v),
            (Builder::Bool(b), _) => b.append_nulls(times),
        }
        if column == 0 {
            self.rows += times;
        }
    }

    /// The rows so far as a batch; the columns are empty afterwards.
    ///
    /// # Errors
    /// When the columns have different lengths, or one of them a code that the schema does not list: faults of this program.
    pub fn finish(&mut self) -> Result<RecordBatch> {
        let arrays: Vec<ArrayRef> = self
            .builders
            .iter_mut()
            .map(|b| -> ArrayRef {
                match b {
                    Builder::Code(b) => Arc::new(b.finish()),
                    Builder::Text(b) => Arc::new(b.finish()),
                    Builder::Int(b) => Arc::new(b.finish()),
                    Builder::Float(b) => Arc::new(b.finish()),
                    Builder::Date(b) => Arc::new(b.finish()),
                    Builder::Bool(b) => Arc::new(b.finish()),
                }
            })
            .collect();
        self.rows = 0;
        self.bytes = 0;
        let codes = self.codes.iter().zip(&arrays).zip(self.schema.fields());
        for ((codes, array), field) in codes {
            check(*codes, array).with_context(|| format!("{}.{}", self.table, field.name()))?;
        }
        RecordBatch::try_new(Arc::clone(&self.schema), arrays).context("columns of one table differ in length")
    }
}

/// Refuses codes of a column that the schema does not list: each distinct one is looked at once.
pub(crate) fn check(codes: Codes, array: &ArrayRef) -> Result<()> {
    let Some(coded) = array.as_dictionary_opt::<Int32Type>().filter(|_| !codes.list.is_empty()) else { return Ok(()) };
    let Some(values) = coded.values().as_string_opt::<i32>() else { return Ok(()) };
    // Readers put an empty text where a column holds nulls only: what no row refers to is no value.
    let used = coded.occupancy();
    codes.check(values.iter().zip(&used).filter_map(|(value, used)| value.filter(|_| used)))
}
