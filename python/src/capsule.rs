//! Arrow's C stream interface, both ways, as capsules.
//!
//! Owns all unsafe code of the workspace: two pointers taken out of capsules whose names say what they are. By hand, as the
//! crates that do it want an older arrow or an older pyo3.

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::failed;

/// A reader as a capsule `arrow_array_stream`.
pub(crate) fn stream<'py>(
    py: Python<'py>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
}

/// A schema as a capsule `arrow_schema`.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(failed)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

/// The batches of an object that has `__arrow_c_stream__` (tables) or `__arrow_c_array__` (one batch).
#[allow(unsafe_code)]
pub(crate) fn batches(object: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    if object.hasattr("__arrow_c_array__")? {
        let pair = object.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>()?;
        let schema = pair.get_item(0)?.cast_into::<PyCapsule>()?.pointer_checked(Some(c"arrow_schema"))?;
        let array = pair.get_item(1)?.cast_into::<PyCapsule>()?.pointer_checked(Some(c"arrow_array"))?;
        // SAFETY: a capsule of this name holds such a struct and keeps it alive; `from_raw` takes its content and
        // leaves a released one behind, as the interface asks. The schema is only borrowed.
        let array = unsafe {
            let array = FFI_ArrowArray::from_raw(array.as_ptr().cast());
            from_ffi(array, schema.cast::<FFI_ArrowSchema>().as_ref())
        };
        return Ok(vec![RecordBatch::from(StructArray::from(array.map_err(failed)?))]);
    }
    if !object.hasattr("__arrow_c_stream__")? {
        let what = object.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "{what} is no Arrow data: pass record batches, tables or data frames that have __arrow_c_stream__"
        )));
    }
    let capsule = object.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: as above; the stream is moved out of the capsule.
    let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.as_ptr().cast()) }.map_err(failed)?;
    reader.collect::<Result<Vec<RecordBatch>, ArrowError>>().map_err(failed)
}
