//! Which release is current, which are beside it, and what the current one holds for the next.
//!
//! Owns the pointer `current` as it is read, and the last release as the next one's source of unchanged files. Refuses to
//! move the pointer.

use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::{Manifest, ManifestFile, PartitionState, manifest};
use crate::disk::{Disk, Written};
use crate::error::{Context as _, Result, ensure};
use crate::partition::Partition;
use crate::store::ledger::Ledger;
use crate::store::records::ReleaseRecords;

/// The release of this name, or the one before `now`: that which its manifest names, or else the newest that is older.
///
/// # Errors
/// When there is none. Only a name that was listed is one: neither `..` nor a path is.
pub(crate) fn chosen(root: &Path, now: &str, version: Option<&str>) -> Result<String> {
    let all = releases(root)?;
    if let Some(version) = version {
        ensure!(
            all.iter().any(|name| name == version),
            "{} has no release {version}; it has {}",
            root.display(),
            all.join(", ")
        );
        return Ok(version.to_owned());
    }
    let named = manifest(&root.join("releases").join(now)).ok().and_then(|m| m.previous).filter(|p| all.contains(p));
    named
        .or_else(|| all.into_iter().rev().find(|name| name.as_str() < now))
        .with_context(|| format!("{} has no release before {now}", root.display()))
}

/// Names of all releases, oldest first.
///
/// # Errors
/// When the folder cannot be listed.
pub(crate) fn releases(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("releases");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|e| e.ok().map(|e| e.file_name().to_string_lossy().into_owned()))
        .filter(|n| !n.starts_with('.'))
        .collect();
    names.sort_unstable();
    Ok(names)
}

/// Name of the current release.
pub(crate) fn current(root: &Path) -> Option<String> {
    let target = fs::read_link(root.join("current")).ok()?;
    target.file_name().map(|n| n.to_string_lossy().into_owned())
}

/// The current release of a dataset, resolved once: readers stay inside it. A release's own folder is taken as it is.
///
/// # Errors
/// When nothing is published there.
///
/// ```
/// use std::path::Path;
///
/// use nianbao_dataset::{manifest, resolve};
///
/// let rows = |dataset: &Path| -> nianbao_dataset::Result<u64> {
///     let release = resolve(dataset)?;
///     Ok(manifest(&release)?.files.iter().filter(|f| f.table == "cells").map(|f| f.rows).sum())
/// };
/// let error = rows(Path::new("/nowhere")).unwrap_err();
/// assert_eq!(error.to_string(), "/nowhere is no published dataset; run `nianbao run` first");
/// ```
pub fn resolve(root: &Path) -> Result<PathBuf> {
    let release = if root.join("_manifest.json").exists() { root.to_owned() } else { root.join("current") };
    fs::canonicalize(&release)
        .with_context(|| format!("{} is no published dataset; run `nianbao run` first", root.display()))
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
        current(root).map(|name| Self::of(root, &name)).transpose()
    }

    /// The release of this name, current when a run began.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(root: &Path, name: &str) -> Result<Self> {
        let folder = root.join("releases").join(name);
        let manifest = manifest(&folder).context("the current release is damaged; go back with `nianbao rollback`")?;
        Ok(Self { folder, manifest })
    }

    /// Its ledger.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn ledger(&self) -> Result<Ledger> {
        Ledger::open(&self.folder)
    }

    /// Its records.
    #[must_use]
    pub fn all_records(&self) -> ReleaseRecords {
        let files = self.manifest.records.iter().map(|f| (f.partition(), self.folder.join(&f.path)));
        ReleaseRecords { files: files.collect() }
    }

    pub(crate) fn partition(&self, partition: Partition) -> Option<&PartitionState> {
        self.manifest.partitions.iter().find(|p| p.partition() == partition)
    }

    pub(crate) fn files(&self, partition: Partition) -> impl Iterator<Item = &ManifestFile> {
        self.manifest.files.iter().filter(move |f| f.table != "files" && f.partition() == partition)
    }

    pub(crate) fn records(&self, partition: Partition) -> Option<&ManifestFile> {
        self.manifest.records.iter().find(|f| f.partition() == partition)
    }

    /// Gives one of its files a second name in `folder`.
    pub(crate) fn link(&self, disk: &Disk, file: &ManifestFile, folder: &Path) -> Result<Written> {
        let from = self.folder.join(&file.path);
        // Truncation is the likeliest damage, and the cheapest to see.
        let bytes = fs::metadata(&from).map(|m| m.len()).ok();
        ensure!(bytes == Some(file.bytes), "{} is damaged; run with --full", from.display());
        let name = from.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        disk.link(&from, &folder.join(&name))?;
        Ok(Written { name, rows: file.rows, sha256: file.sha256.clone(), bytes: file.bytes })
    }
}
