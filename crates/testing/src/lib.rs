//! What the integration tests share: finding `../shared`, and reading one file as the pipeline does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::must_use_candidate,
    clippy::new_without_default,
    missing_docs,
    reason = "tests"
)]

pub mod encode;
pub mod generate;
pub mod orders;
pub mod sample;
pub mod years;

use std::path::PathBuf;

use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_report::extract::{Extracted, Index, Report, extract};
use nianbao_report::form::{Forms, load};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// `../shared`, or `None` with a word about it. In CI its absence is a failure.
pub fn shared() -> Option<PathBuf> {
    let path = root().join("../shared");
    let found = std::env::var_os("NIANBAO_SHARED").map(PathBuf::from).unwrap_or(path);
    if found.join("seeds/truth.csv").exists() {
        return Some(found);
    }
    assert!(std::env::var_os("CI").is_none(), "CI must have {}", found.display());
    eprintln!("skipped: {} is absent", found.display());
    None
}

/// A Python with the readers of `tests/python/requirements.txt`, or `None` with a word about it. In CI its absence is a
/// failure.
pub fn python() -> Option<std::ffi::OsString> {
    let python = std::env::var_os("NIANBAO_PYTHON");
    if python.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI must set NIANBAO_PYTHON");
        eprintln!("skipped: NIANBAO_PYTHON is not set; `make test` sets it");
    }
    python
}

/// The forms with their labels.
pub struct Bench {
    pub forms: Forms,
    pub index: Index,
}

/// A cell as tests compare it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub table: String,
    pub row: String,
    pub column: String,
    pub value: Option<f64>,
    pub raw: String,
    pub blank: bool,
}

impl Bench {
    pub fn new() -> Self {
        let forms = load().unwrap();
        let index = Index::new(&forms).unwrap();
        Self { forms, index }
    }

    /// Reads and extracts one file; `None` when it is no report.
    pub fn report(&self, bytes: &[u8], path: &str) -> Option<Report> {
        let document = read::read(bytes, &Limits::default()).ok()?;
        match extract(&self.forms, &self.index, &document, path) {
            Extracted::Report(report) => Some(*report),
            Extracted::NotAReport => None,
        }
    }

    pub fn cells(&self, report: &Report) -> Vec<Cell> {
        let of = |c: &nianbao_report::extract::FoundCell| {
            let table = &self.forms.editions[c.edition].tables[c.key.table];
            Cell {
                table: table.code.clone(),
                row: table.rows[c.key.row].code.clone(),
                column: table.columns[c.key.column].code.clone(),
                value: c.value,
                raw: c.raw.clone(),
                blank: c.blank,
            }
        };
        report.tables.cells.iter().map(of).collect()
    }
}
