//! The manifest: what a release consists of, and what it was made of.
//!
//! Owns `_manifest.json`, and the last release as the next one's source of unchanged files. Refuses to write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::disk::{Disk, Written};
use super::ledger::Ledger;
use super::publish::current;
use super::records::{FOLDER, Kept};
use super::schema::SCHEMA_VERSION;
use super::store::Partition;
use super::write::Outcome;

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
    fn lies_in(&self, partition: Partition) -> bool {
        self.year == partition.year && self.province == partition.province
    }
}

/// The manifest of what was written.
#[must_use]
pub fn manifest_of(run: &str, previous: Option<&Previous>, fingerprint: u64, outcome: &Outcome) -> Manifest {
    let listed = |folder: String, table: &str, partition: Option<Partition>, w: &Written| ManifestFile {
        table: table.to_owned(),
        year: partition.and_then(|p| p.year),
        province: partition.and_then(|p| p.province),
        path: format!("{folder}/{}", w.name),
        rows: w.rows,
        bytes: w.bytes,
        sha256: w.sha256.clone(),
    };
    let at = |table: &str, partition: Partition| format!("{table}/{}", partition.folder());
    Manifest {
        run: run.to_owned(),
        previous: previous.map(|p| p.manifest.run.clone()),
        schema_version: SCHEMA_VERSION.to_owned(),
        nianbao_version: env!("CARGO_PKG_VERSION").to_owned(),
        files: outcome
            .written
            .iter()
            .map(|(table, p, w)| listed(p.map_or_else(|| table.clone(), |p| at(table, p)), table, *p, w))
            .collect(),
        records: outcome.records.iter().map(|(p, w)| listed(at(FOLDER, *p), FOLDER, Some(*p), w)).collect(),
        ledger: outcome
            .ledger
            .as_ref()
            .map(|w| ManifestFile { path: w.name.clone(), ..listed(String::new(), "_ledger", None, w) }),
        partitions: outcome.partitions.clone(),
        written_with: format!("{fingerprint:016x}"),
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

/// The last release.
#[derive(Clone, Debug)]
pub struct Previous {
    /// Its folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

impl Previous {
    /// The current release of a dataset; `None` when nothing is published.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn current(root: &Path) -> Result<Option<Self>> {
        let Some(name) = current(root) else { return Ok(None) };
        let folder = root.join("releases").join(name);
        let manifest = manifest(&folder).context("the current release is damaged; go back with `nianbao rollback`")?;
        Ok(Some(Self { folder, manifest }))
    }

    /// Its ledger.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn ledger(&self) -> Result<Ledger> {
        Ledger::open(&self.folder)
    }

    pub(super) fn kept(&self) -> Kept {
        let place = |f: &ManifestFile| (Partition { year: f.year, province: f.province }, self.folder.join(&f.path));
        Kept { files: self.manifest.records.iter().map(place).collect() }
    }

    pub(super) fn partition(&self, partition: Partition) -> Option<&PartitionState> {
        self.manifest.partitions.iter().find(|p| p.year == partition.year && p.province == partition.province)
    }

    pub(super) fn files(&self, partition: Partition) -> impl Iterator<Item = &ManifestFile> {
        self.manifest.files.iter().filter(move |f| f.table != "files" && f.lies_in(partition))
    }

    pub(super) fn records(&self, partition: Partition) -> Option<&ManifestFile> {
        self.manifest.records.iter().find(|f| f.lies_in(partition))
    }

    /// Gives one of its files a second name in `folder`.
    pub(super) fn link(&self, disk: &Disk, file: &ManifestFile, folder: &Path) -> Result<Written> {
        let from = self.folder.join(&file.path);
        // Truncation is the likeliest damage, and the cheapest to see.
        let bytes = fs::metadata(&from).map(|m| m.len()).ok();
        anyhow::ensure!(bytes == Some(file.bytes), "{} is damaged; run with --full", from.display());
        let name = from.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        disk.link(&from, &folder.join(&name))?;
        Ok(Written { name, rows: file.rows, sha256: file.sha256.clone(), bytes: file.bytes })
    }
}
