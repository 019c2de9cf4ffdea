//! Records: batches of files in, one row a file out, for engines that carry data frames.
//!
//! Owns the shape of such a row: path, status, reason, and a list of structs for each table, with plain strings, which every
//! engine knows. A file that cannot be read is a row as any other. Refuses what takes other files: see `rows::gather`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, Schema};
use nianbao_dataset::{FileFacts, Gather, Outcome, Status, read_bytes};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::table::Table;
use crate::{Tools, capsule, detached, failed, tools};

/// Reads the files of a batch; `tables` are those that go along.
#[pyfunction]
pub(crate) fn records(
    py: Python<'_>,
    batch: &Bound<'_, PyAny>,
    path: &str,
    content: &str,
    tables: Vec<String>,
) -> PyResult<Table> {
    let own = tools()?;
    if let Some(unknown) = tables.iter().find(|t| own.shape.schemas().all(|(name, _)| name != *t)) {
        let all: Vec<&str> = own.shape.schemas().map(|(name, _)| name).collect();
        return Err(PyValueError::new_err(format!("no table {unknown}; there are {}", all.join(", "))));
    }
    let batches = capsule::batches(batch)?;
    let record = detached(py, || {
        let mut rows = Rows::new(own, tables);
        for batch in &batches {
            let column = |name: &str| {
                let found = batch.column_by_name(name);
                found.ok_or_else(|| PyKeyError::new_err(format!("the batch has no column {name}")))
            };
            let (paths, contents) = (column(path)?, column(content)?);
            for row in 0..batch.num_rows() {
                rows.add(text(paths, row)?.unwrap_or_default(), bytes(contents, row)?)?;
            }
        }
        rows.finish()
    })?;
    Ok(Table::in_memory("records", record))
}

/// The rows being made.
struct Rows<'t> {
    tools: &'t Tools,
    tables: Vec<String>,
    gather: Gather<'t>,
    path: StringBuilder,
    status: StringBuilder,
    reason: StringBuilder,
    /// Rows of every table until the end of each file, from 0.
    ends: Vec<Vec<i32>>,
}

impl<'t> Rows<'t> {
    fn new(tools: &'t Tools, tables: Vec<String>) -> Self {
        let gather = Gather::new(&tools.knowledge, &tools.shape);
        let ends = gather.rows().map(|_| vec![0]).collect();
        let text = StringBuilder::new;
        Self { tools, tables, gather, path: text(), status: text(), reason: text(), ends }
    }

    fn add(&mut self, path: &str, content: Option<&[u8]>) -> PyResult<()> {
        let facts = FileFacts::named(path);
        // Whatever happens to a file costs that file only.
        let fallen = |why: &str| {
            let reason = Some(why.to_owned());
            vec![Outcome::from(FileFacts { status: Status::Unreadable, reason, ..facts.clone() })]
        };
        let Tools { knowledge, bounds, .. } = self.tools;
        let outcomes = match content {
            Some(content) => catch_unwind(AssertUnwindSafe(|| read_bytes(knowledge, facts.clone(), content, bounds)))
                .unwrap_or_else(|_| fallen("the reader failed on this file; please report it")),
            None => fallen("no content"),
        };
        self.gather.add(&outcomes).map_err(failed)?;
        self.path.append_value(path);
        self.status.append_option(outcomes.first().map(|o| o.facts.status.code()));
        self.reason.append_option(outcomes.first().and_then(|o| o.facts.reason.as_deref()));
        for (ends, rows) in self.ends.iter_mut().zip(self.gather.rows()) {
            ends.push(i32::try_from(rows).map_err(|_| PyValueError::new_err("too many files in one batch"))?);
        }
        Ok(())
    }

    fn finish(mut self) -> PyResult<RecordBatch> {
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (name, builder) in [("path", &mut self.path), ("status", &mut self.status), ("reason", &mut self.reason)] {
            fields.push(Field::new(name, DataType::Utf8, true));
            arrays.push(Arc::new(builder.finish()));
        }
        for ((name, batch), ends) in self.gather.finish().map_err(failed)?.into_iter().zip(self.ends) {
            if !self.tables.iter().any(|t| t == name) {
                continue;
            }
            let rows = plain(&batch)?;
            let item = Arc::new(Field::new_list_field(rows.data_type().clone(), true));
            let list = ListArray::try_new(item, OffsetBuffer::new(ends.into()), Arc::new(rows), None);
            let list = list.map_err(failed)?;
            fields.push(Field::new(name, list.data_type().clone(), true));
            arrays.push(Arc::new(list));
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(failed)
    }
}

/// The rows of a table with plain strings for codes.
fn plain(batch: &RecordBatch) -> PyResult<StructArray> {
    let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let array: ArrayRef = match array.data_type() {
            DataType::Dictionary(..) => {
                let coded = array.as_dictionary::<Int32Type>();
                let texts = coded.downcast_dict::<StringArray>();
                let texts = texts.ok_or_else(|| failed("codes that are no texts"))?;
                Arc::new(texts.into_iter().collect::<StringArray>())
            }
            _ => Arc::clone(array),
        };
        fields.push(Field::new(field.name(), array.data_type().clone(), true));
        arrays.push(array);
    }
    StructArray::try_new_with_length(Fields::from(fields), arrays, None, batch.num_rows()).map_err(failed)
}

fn text(array: &ArrayRef, row: usize) -> PyResult<Option<&str>> {
    if array.is_null(row) {
        return Ok(None);
    }
    match array.data_type() {
        DataType::Utf8 => Ok(Some(array.as_string::<i32>().value(row))),
        DataType::LargeUtf8 => Ok(Some(array.as_string::<i64>().value(row))),
        DataType::Utf8View => Ok(Some(array.as_string_view().value(row))),
        other => Err(PyTypeError::new_err(format!("paths are strings, not {other}"))),
    }
}

fn bytes(array: &ArrayRef, row: usize) -> PyResult<Option<&[u8]>> {
    if array.is_null(row) {
        return Ok(None);
    }
    match array.data_type() {
        DataType::Binary => Ok(Some(array.as_binary::<i32>().value(row))),
        DataType::LargeBinary => Ok(Some(array.as_binary::<i64>().value(row))),
        DataType::BinaryView => Ok(Some(array.as_binary_view().value(row))),
        other => Err(PyTypeError::new_err(format!("contents are binary, not {other}"))),
    }
}
