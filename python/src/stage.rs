//! The stages of a run, as engines call them: text in, text out, so that nothing but a line crosses an engine.
//!
//! Owns the arguments. Refuses everything else: the stages are `nianbao_dataset::stages`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nianbao_dataset::Disk;
use nianbao_dataset::stages::{self, Asked, BinDone, PartDone, Stage};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::json;

use crate::{detached, failed};

/// Folder, text of its plan, stage.
type Opened = (PathBuf, Vec<u8>, Arc<Stage>);

/// The stage of a folder. The last one is kept: what it knows of forms and places takes longer to load than a small task.
fn opened(at: &Path) -> PyResult<Arc<Stage>> {
    static LAST: Mutex<Option<Opened>> = Mutex::new(None);
    let plan = |folder: &Path| std::fs::read(folder.join("plan.json")).unwrap_or_default();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((folder, text, stage)) = &*last
        && folder == at
        && !text.is_empty()
        && *text == plan(at)
    {
        return Ok(Arc::clone(stage));
    }
    let stage = Arc::new(Stage::open(at, &Disk::default()).map_err(failed)?);
    *last = Some((at.to_owned(), plan(at), Arc::clone(&stage)));
    Ok(stage)
}

fn told(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(failed)
}

/// Plans a run; says where it is and which tasks are left.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn stage_plan(
    py: Python<'_>,
    source: PathBuf,
    dataset: PathBuf,
    bins: u32,
    full: bool,
    allow_gone: bool,
    include: Vec<String>,
    exclude: Vec<String>,
    delta: bool,
) -> PyResult<String> {
    let mut asked = Asked { include, exclude, full, delta, ..Asked::new(source, dataset) };
    asked.guard.allow_gone = allow_gone;
    detached(py, || {
        let stage = stages::plan(&asked, bins, &Disk::default()).map_err(failed)?;
        let left = stages::unread(&stage).map_err(failed)?;
        let files: u64 = stage.plan.bins.iter().map(|b| b.files).sum();
        told(&json!({
            "run": stage.plan.run, "at": stage.folder, "tasks": stage.plan.bins.len(), "files": files, "left": left,
        }))
    })
}

/// Reads the files of a task.
#[pyfunction]
pub(crate) fn stage_read(py: Python<'_>, at: PathBuf, task: u32) -> PyResult<String> {
    detached(py, || told(&stages::read(&*opened(&at)?, task).map_err(failed)?))
}

/// Settles a run.
#[pyfunction]
pub(crate) fn stage_settle(py: Python<'_>, at: PathBuf, done: Option<Vec<String>>) -> PyResult<String> {
    let done: Option<Vec<BinDone>> = parsed(done)?;
    detached(py, || told(&stages::settle(&*opened(&at)?, done.as_deref()).map_err(failed)?))
}

/// Writes a partition.
#[pyfunction]
pub(crate) fn stage_write(py: Python<'_>, at: PathBuf, task: u32) -> PyResult<String> {
    detached(py, || told(&stages::write(&*opened(&at)?, task).map_err(failed)?))
}

/// Publishes the release.
#[pyfunction]
pub(crate) fn stage_commit(py: Python<'_>, at: PathBuf, done: Option<Vec<String>>) -> PyResult<String> {
    let done: Option<Vec<PartDone>> = parsed(done)?;
    detached(py, || {
        let report = stages::commit(&*opened(&at)?, done.as_deref()).map_err(failed)?;
        told(&json!({
            "release": report.release, "rows": report.rows, "statuses": report.statuses, "changes": report.changes,
            "crossed": report.violations,
        }))
    })
}

fn parsed<T: serde::de::DeserializeOwned>(lines: Option<Vec<String>>) -> PyResult<Option<Vec<T>>> {
    let Some(lines) = lines else { return Ok(None) };
    let parse = |line: &String| serde_json::from_str(line);
    let done: Result<Vec<T>, _> = lines.iter().map(parse).collect();
    done.map(Some).map_err(|e| PyValueError::new_err(format!("these are not what tasks returned: {e}")))
}
