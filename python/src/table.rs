//! A table that Python holds: batches in memory, or files of a release that are read when somebody asks.
//!
//! Owns how it leaves: as an Arrow stream, as dictionaries, or through the data frame library that the user has. Refuses
//! to compute.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyModule};

use crate::release::Selection;
use crate::{capsule, detached, failed};

/// Where the rows are.
#[derive(Debug)]
enum Rows {
    Memory(Vec<RecordBatch>),
    Files(Selection),
}

/// One table, as Arrow.
///
/// Any library that knows Arrow takes it as it is (`polars.DataFrame(table)`, `pyarrow.table(table)`,
/// `duckdb.sql("SELECT * FROM table")` through pyarrow), or call `to_polars()`, `to_pandas()`, `to_pyarrow()`; `to_dicts()`
/// needs no library.
#[pyclass(frozen, module = "nianbao")]
#[derive(Debug)]
pub(crate) struct Table {
    name: String,
    schema: SchemaRef,
    rows: Rows,
}

impl Table {
    pub(crate) fn in_memory(name: &str, batch: RecordBatch) -> Self {
        Self { name: name.to_owned(), schema: batch.schema(), rows: Rows::Memory(vec![batch]) }
    }

    pub(crate) fn of_files(name: &str, selection: Selection) -> PyResult<Self> {
        Ok(Self { name: name.to_owned(), schema: selection.schema()?, rows: Rows::Files(selection) })
    }

    fn reader(&self) -> Box<dyn RecordBatchReader + Send> {
        let schema = Arc::clone(&self.schema);
        match &self.rows {
            Rows::Memory(batches) => {
                Box::new(RecordBatchIterator::new(batches.clone().into_iter().map(Ok::<_, ArrowError>), schema))
            }
            Rows::Files(selection) => Box::new(RecordBatchIterator::new(selection.batches(), schema)),
        }
    }
}

#[pymethods]
impl Table {
    /// Name of the table in the dataset.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Names of its columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|f| f.name().as_str()).collect()
    }

    /// What a column is: `zh` and `en` (its labels), `unit`, `null` (what a null means), where there is any.
    ///
    /// >>> nianbao.read("data/sample/archive/各种格式/docx-plain-2021.docx").requests.describe("received")["zh"]
    /// '本年新收政府信息公开申请数量'
    fn describe(&self, column: &str) -> PyResult<std::collections::BTreeMap<String, String>> {
        let field = self.schema.field_with_name(column).map_err(|_| PyKeyError::new_err(column.to_owned()))?;
        Ok(field.metadata().clone().into_iter().collect())
    }

    /// Arrow's stream interface: a new stream with every call.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give its own schema when it cannot give another.
        let _ = requested_schema;
        capsule::stream(py, self.reader())
    }

    /// Arrow's schema interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        let reader = self.reader();
        detached(py, || reader.map(|b| Ok(b.map_err(failed)?.num_rows())).sum())
    }

    fn __repr__(&self) -> String {
        let rows = match &self.rows {
            Rows::Memory(batches) => {
                format!("{} rows, ", batches.iter().map(RecordBatch::num_rows).sum::<usize>())
            }
            Rows::Files(_) => String::new(),
        };
        format!("<nianbao.Table {}: {rows}{} columns>", self.name, self.schema.fields().len())
    }

    /// All rows as dictionaries, with the names of columns as keys; dates are `datetime.date`.
    ///
    /// >>> report = nianbao.read("data/sample/archive/各种格式/docx-plain-2021.docx")
    /// >>> [row["received"] for row in report.requests.to_dicts() if row["applicant"] == "total"]
    /// [431027]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let reader = self.reader();
        let batches: Vec<RecordBatch> = detached(py, || reader.collect::<Result<_, _>>().map_err(failed))?;
        let date = PyModule::import(py, "datetime")?.getattr("date")?;
        let out = PyList::empty(py);
        for batch in &batches {
            for row in 0..batch.num_rows() {
                let dict = PyDict::new(py);
                for (field, array) in self.schema.fields().iter().zip(batch.columns()) {
                    dict.set_item(field.name(), value(py, array, row, &date)?)?;
                }
                out.append(dict)?;
            }
        }
        Ok(out)
    }

    /// As a `pyarrow.Table`; pyarrow must be installed.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        PyModule::import(slf.py(), "pyarrow")?.getattr("table")?.call1((slf,))
    }

    /// As a `polars.DataFrame`; polars must be installed.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        PyModule::import(slf.py(), "polars")?.getattr("DataFrame")?.call1((slf,))
    }

    /// As a `pandas.DataFrame`; pandas and pyarrow must be installed. Whole numbers stay whole beside nulls.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let pandas = PyModule::import(slf.py(), "pandas")?;
        let types = PyDict::new(slf.py());
        // A count beside a null would become a float, and 0 and blank would look alike after a sum.
        types.set_item(
            PyModule::import(slf.py(), "pyarrow")?.getattr("int64")?.call0()?,
            pandas.getattr("Int64Dtype")?.call0()?,
        )?;
        let options = PyDict::new(slf.py());
        options.set_item("types_mapper", types.getattr("get")?)?;
        Self::to_pyarrow(slf)?.call_method("to_pandas", (), Some(&options))
    }
}

/// One value of a column, as Python has it.
fn value<'py>(
    py: Python<'py>,
    array: &ArrayRef,
    row: usize,
    date: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if array.is_null(row) {
        return Ok(None);
    }
    let any = |value: Bound<'py, PyAny>| Ok(Some(value));
    match array.data_type() {
        DataType::Int64 => any(array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Float64 => any(array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Boolean => any(array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any()),
        DataType::Utf8 => any(array.as_string::<i32>().value(row).into_pyobject(py)?.into_any()),
        DataType::Date32 => {
            // Day 1 of Python's calendar is 0001-01-01.
            let days = array.as_primitive::<Date32Type>().value(row);
            any(date.call_method1("fromordinal", (i64::from(days) + 719_163,))?)
        }
        DataType::Dictionary(..) => {
            let coded = array.as_dictionary::<Int32Type>();
            let key = coded.keys().value(row);
            value(py, coded.values(), usize::try_from(key).map_err(failed)?, date)
        }
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            let values = (0..list.len()).map(|i| value(py, &list, i, date)).collect::<PyResult<Vec<_>>>()?;
            any(values.into_pyobject(py)?)
        }
        DataType::Struct(fields) => {
            let dict = PyDict::new(py);
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                dict.set_item(field.name(), value(py, column, row, date)?)?;
            }
            any(dict.into_any())
        }
        other => Err(failed(format!("no Python value of {other}"))),
    }
}
