//! `nianbao._native`: the part of the wheel that is not Python.
//!
//! Owns the way between Python and the crates: bytes in, Arrow out. What users call stands in `nianbao/*.py`, with its
//! examples. Refuses to judge a report, and to know any data frame library: tables leave through Arrow's C interface.

mod capsule;
mod reading;
mod records;
mod release;
mod stage;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use nianbao_dataset::{Bounds, Shape};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// What every reading goes by, loaded once.
struct Tools {
    knowledge: Knowledge,
    shape: Shape,
    bounds: Bounds,
}

fn tools() -> PyResult<&'static Tools> {
    static TOOLS: OnceLock<Result<Tools, String>> = OnceLock::new();
    let load = || {
        let knowledge = Knowledge::load(Settings::default()).map_err(|e| format!("{e:#}"))?;
        let shape = Shape::new(&knowledge).map_err(|e| format!("{e:#}"))?;
        Ok(Tools { knowledge, shape, bounds: Bounds::default() })
    };
    TOOLS.get_or_init(load).as_ref().map_err(|e| PyRuntimeError::new_err(e.clone()))
}

/// Runs without the GIL. A panic becomes an exception that `except Exception` sees: pyo3's own is none.
fn detached<T: Send>(py: Python<'_>, work: impl Send + FnOnce() -> PyResult<T>) -> PyResult<T> {
    let ran = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    ran.unwrap_or_else(|_| Err(PyRuntimeError::new_err("a fault of nianbao; please report the file")))
}

/// A failure of the crates, as Python says it.
fn failed(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("{error:#}"))
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<table::Table>()?;
    module.add_class::<reading::Reading>()?;
    module.add_class::<release::Release>()?;
    module.add_function(wrap_pyfunction!(reading::read, module)?)?;
    module.add_function(wrap_pyfunction!(records::records, module)?)?;
    module.add_function(wrap_pyfunction!(release::series, module)?)?;
    module.add_function(wrap_pyfunction!(stage::stage_plan, module)?)?;
    module.add_function(wrap_pyfunction!(stage::stage_read, module)?)?;
    module.add_function(wrap_pyfunction!(stage::stage_settle, module)?)?;
    module.add_function(wrap_pyfunction!(stage::stage_write, module)?)?;
    module.add_function(wrap_pyfunction!(stage::stage_commit, module)?)
}
