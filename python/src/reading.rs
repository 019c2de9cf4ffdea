//! One reading: a file, and whatever lay in it.
//!
//! Owns what Python asks of it: which files there were, what became of each, and the tables of some or all. Tables are made
//! when they are asked for: most callers want one. Refuses to decide what a failure means to the caller.

use std::collections::BTreeMap;

use nianbao_dataset::{FileFacts, Gather, Outcome, read_bytes};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::table::Table;
use crate::{detached, failed, tools};

/// What became of a file and of all that lay in it.
#[pyclass(frozen, module = "nianbao._native")]
#[derive(Debug)]
pub(crate) struct Reading {
    outcomes: Vec<Outcome>,
}

/// Path, status, reason, and whether it holds a report, of one file or further report.
type Told = (String, &'static str, Option<String>, bool);

#[pymethods]
impl Reading {
    /// Path, status, reason and whether it is a report, of the file, of its further reports, and of what lay in it.
    #[getter]
    fn outcomes(&self) -> Vec<Told> {
        let told = |o: &Outcome| {
            let facts = &o.facts;
            (facts.source_path.clone(), facts.status.code(), facts.reason.clone(), o.report.is_some())
        };
        self.outcomes.iter().map(told).collect()
    }

    /// Whether the file is an archive.
    #[getter]
    fn archive(&self) -> bool {
        self.outcomes.first().is_some_and(|o| o.facts.format.as_deref() == Some("zip"))
    }

    /// The tables of one outcome, or of all.
    #[pyo3(signature = (number = None))]
    fn tables(&self, py: Python<'_>, number: Option<usize>) -> PyResult<BTreeMap<&'static str, Table>> {
        let tools = tools()?;
        let chosen = match number {
            Some(n) => self.outcomes.get(n..=n).unwrap_or_default(),
            None => &self.outcomes,
        };
        detached(py, || {
            let mut gather = Gather::new(&tools.knowledge, &tools.shape);
            gather.add(chosen).map_err(failed)?;
            let tables = gather.finish().map_err(failed)?;
            Ok(tables.into_iter().map(|(name, batch)| (name, Table::in_memory(name, batch))).collect())
        })
    }
}

/// Reads the bytes of a file of this name.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, content: PyBackedBytes, name: &str) -> PyResult<Reading> {
    let tools = tools()?;
    let facts = FileFacts::named(name);
    detached(py, || Ok(Reading { outcomes: read_bytes(&tools.knowledge, facts, &content, &tools.bounds) }))
}
