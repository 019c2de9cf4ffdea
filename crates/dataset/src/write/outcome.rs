//! What writing goes by, and what came of it.
//!
//! Owns the manifest of a release that was just written. Refuses to write it down.

use std::collections::BTreeMap;
use std::path::Path;

use crate::disk::{Disk, Written};
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::release::manifest::{Manifest, ManifestFile, PartitionState};
use crate::schema::SCHEMA_VERSION;
use crate::store::records::FOLDER;
use nianbao_document::Cancel;

/// What writing goes by.
#[derive(Debug)]
pub struct Writing<'a> {
    /// Folder of the release being made.
    pub root: &'a Path,
    /// Its name.
    pub run: &'a str,
    /// What its files are written with: other code or severities give other files for equal records.
    pub fingerprint: u64,
    /// The release whose files may be carried over.
    pub previous: Option<&'a Previous>,
    /// The file system.
    pub disk: &'a Disk,
    /// Raised when the run is to end.
    pub cancel: &'a Cancel,
}

/// What writing made.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files by table and partition (none for `files`).
    pub written: Vec<(String, Option<Partition>, Written)>,
    /// Files of records by partition.
    pub records: Vec<(Partition, Written)>,
    /// The ledger.
    pub ledger: Option<Written>,
    /// Partitions, and what they were made of.
    pub partitions: Vec<PartitionState>,
    /// Partitions whose files were linked.
    pub carried: usize,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Files by status.
    pub statuses: BTreeMap<String, u64>,
    /// Findings by rule id.
    pub findings: BTreeMap<String, u64>,
}

/// The manifest of what was written in the run of this name; `previous` is the release before it.
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
        written_with: Manifest::build(fingerprint),
    }
}
