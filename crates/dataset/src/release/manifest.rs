//! The manifest: what a release consists of, and what it was made of.
//!
//! Owns `_manifest.json`. Refuses to write it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Context as _, Result};
use crate::partition::Partition;

/// `_manifest.json`: what a release consists of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the release.
    pub run: String,
    /// The release before it.
    pub previous: Option<String>,
    /// Version of the schema.
    pub schema_version: String,
    /// Version of the program.
    pub nianbao_version: String,
    /// Every data file.
    pub files: Vec<ManifestFile>,
    /// Every file of records, for the next run.
    #[serde(default)]
    pub records: Vec<ManifestFile>,
    /// The ledger.
    #[serde(default)]
    pub ledger: Option<ManifestFile>,
    /// Every partition, and what it was made of.
    #[serde(default)]
    pub partitions: Vec<PartitionState>,
    /// What code and which severities the files were written with.
    #[serde(default)]
    pub written_with: String,
}

/// A file of a release.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Table.
    pub table: String,
    /// Report year of its partition.
    pub year: Option<i32>,
    /// Province of its partition.
    pub province: Option<u8>,
    /// Path within the release.
    pub path: String,
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

/// A partition of a release.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartitionState {
    /// Report year.
    pub year: Option<i32>,
    /// Province.
    pub province: Option<u8>,
    /// Hash of everything that decided its rows.
    pub key: String,
    /// Its findings by rule.
    pub findings: BTreeMap<String, u64>,
}

impl ManifestFile {
    /// Its partition; that of unknown year and place for a file of a table without partitions.
    #[must_use]
    pub const fn partition(&self) -> Partition {
        Partition { year: self.year, province: self.province }
    }
}

impl PartitionState {
    pub(crate) const fn partition(&self) -> Partition {
        Partition { year: self.year, province: self.province }
    }
}

impl Manifest {
    /// Every data file: those of the tables, the records and the ledger.
    pub fn all_files(&self) -> impl Iterator<Item = &ManifestFile> {
        self.files.iter().chain(&self.records).chain(&self.ledger)
    }

    /// What `written_with` says of a build under these options.
    #[must_use]
    pub fn build(fingerprint: u64) -> String {
        format!("{fingerprint:016x}")
    }
}

/// Reads the manifest of a release.
///
/// # Errors
/// When it is absent or damaged.
pub fn manifest(release: &Path) -> Result<Manifest> {
    let path = release.join("_manifest.json");
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))
}
