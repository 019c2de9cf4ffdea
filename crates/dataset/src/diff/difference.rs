//! What a difference consists of.
//!
//! Owns its form for programs (`--format json`). Refuses to find one.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::partition::Partition;

/// A text that is held once however often it occurs: cells repeat codes and small figures, releases repeat paths.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared(Arc<str>);

impl Shared {
    pub(super) fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Shared {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A release that was compared.
#[derive(Debug, Serialize)]
pub struct Version {
    /// Its name.
    pub run: String,
    /// Version of its schema.
    pub schema_version: String,
    /// Version of the program that made it.
    pub nianbao_version: String,
}

/// Rows of a table, 0 where a release has no such table.
#[derive(Debug, Serialize)]
pub struct TableRows {
    /// Table.
    pub table: String,
    /// Rows before.
    pub before: u64,
    /// Rows after.
    pub after: u64,
}

/// Whose a report is, and where it stands in one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Report id: other bytes, other id.
    pub report_id: Shared,
    /// Reporting body.
    pub agency: Option<Shared>,
    /// Report year of its partition.
    pub year: Option<i32>,
    /// Province of its partition.
    pub province: Option<u8>,
}

impl Standing {
    pub(super) const fn partition(&self) -> Partition {
        Partition { year: self.year, province: self.province }
    }
}

/// A report that only one release has.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Its path.
    pub source_path: Shared,
    /// What it is there.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A report of both releases whose id, partition or cells differ. That it is called or ranked otherwise is no change.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// Its path.
    pub source_path: Shared,
    /// What it was.
    pub before: Standing,
    /// What it is.
    pub after: Standing,
    /// Cells that differ, in the order in which they stand. None when only the id or the partition does.
    pub cells: Vec<ChangedCell>,
}

impl Changed {
    /// Whether the bytes of its file or its partition changed.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.before.report_id != self.after.report_id || self.before.partition() != self.after.partition()
    }
}

/// Which cell of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CellName {
    /// Edition of the form.
    pub edition: Shared,
    /// Table of the form.
    pub table: Shared,
    /// Row.
    pub row: Shared,
    /// Column.
    pub column: Shared,
}

/// What a release says about a cell.
#[derive(Clone, Debug, Serialize)]
pub struct CellState {
    /// Its value; `None` when blank or unreadable.
    pub value: Option<f64>,
    /// Its text.
    pub raw: Shared,
    /// Its unit.
    pub unit: Option<Shared>,
    /// How its row was recognised.
    pub matched: Shared,
}

impl PartialEq for CellState {
    // By bits, as the hash sees it: what the hash tells apart must differ here too.
    fn eq(&self, other: &Self) -> bool {
        self.value.map(f64::to_bits) == other.value.map(f64::to_bits)
            && (&self.raw, &self.unit, &self.matched) == (&other.raw, &other.unit, &other.matched)
    }
}

/// A cell that differs.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChangedCell {
    /// Which.
    #[serde(flatten)]
    pub name: CellName,
    /// `None` when it has no row before.
    pub before: Option<CellState>,
    /// `None` when it has no row after.
    pub after: Option<CellState>,
}

/// How a release differs from another.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The older release.
    pub before: Version,
    /// The newer release.
    pub after: Version,
    /// Rows by table.
    pub rows: Vec<TableRows>,
    /// Reports that only the newer has.
    pub added: Vec<Listed>,
    /// Reports that only the older has.
    pub gone: Vec<Listed>,
    /// Reports of both that changed.
    pub changed: Vec<Changed>,
}

impl Difference {
    /// Cells that differ, of all changed reports.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.changed.iter().map(|r| r.cells.len()).sum()
    }
}
