//! Publishing: a new release is visible as a whole or not at all.
//!
//! Owns the protocol of the contract's part 4: lock, staging, manifest, syncs, rename, pointer. Refuses to run beside
//! another run, and never touches a file of a published release.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use super::schema::SCHEMA_VERSION;
use super::store::Outcome;

/// Releases that stay, whatever their age.
const KEEP: usize = 7;
/// Releases younger than this stay, however many.
const KEEP_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// `_manifest.json`: what a release consists of.
#[derive(Debug, Serialize, Deserialize)]
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
}

/// A data file of a release.
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

/// A dataset locked for one run, with its staging folder.
pub struct Staging {
    root: PathBuf,
    /// Where the release is being written.
    pub folder: PathBuf,
    run: String,
    previous: Option<String>,
    published: bool,
    _lock: File,
}

impl Staging {
    /// Locks the dataset, removes what dead runs left and makes a staging folder.
    ///
    /// # Errors
    /// When the folder cannot be used or another run holds the lock.
    pub fn begin(root: &Path) -> Result<Self> {
        if root.exists() && !root.is_dir() {
            bail!("the dataset path {} is a file; name a folder", root.display());
        }
        let releases = root.join("releases");
        fs::create_dir_all(&releases)
            .with_context(|| format!("cannot create the dataset folder {}", releases.display()))?;
        let lock_path = root.join(".lock");
        let lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .with_context(|| format!("cannot open the lock {}", lock_path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another run is writing {}; wait for it to end", root.display()),
            Err(TryLockError::Error(e)) => {
                return Err(e).with_context(|| format!("cannot lock {}", lock_path.display()));
            }
        }
        sweep(&releases)?;
        let run = new_name(&releases)?;
        let folder = releases.join(format!(".staging-{run}-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { root: root.to_owned(), folder, run, previous: current(root), published: false, _lock: lock })
    }

    /// Name of the release being made.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Makes the release current.
    ///
    /// # Errors
    /// When the file system refuses; the previous release then still stands.
    pub fn publish(mut self, outcome: &Outcome, report: &impl Serialize) -> Result<PathBuf> {
        let manifest = Manifest {
            run: self.run.clone(),
            previous: self.previous.clone(),
            schema_version: SCHEMA_VERSION.to_owned(),
            nianbao_version: env!("CARGO_PKG_VERSION").to_owned(),
            files: manifest_files(outcome),
        };
        write_json(&self.folder.join("_manifest.json"), &manifest)?;
        write_json(&self.folder.join("_run.json"), report)?;
        sync_folders(&self.folder)?;
        let releases = self.root.join("releases");
        let release = releases.join(&self.run);
        fs::rename(&self.folder, &release).with_context(|| format!("cannot name the release {}", release.display()))?;
        self.published = true;
        sync(&releases)?;
        point(&self.root, &self.run)?;
        prune(&self.root, &releases)?;
        Ok(release)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed now is swept by the next run.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The data files of a release being made.
#[must_use]
pub fn manifest_files(outcome: &Outcome) -> Vec<ManifestFile> {
    let of =
        |(table, partition, w): &(String, Option<super::store::Partition>, super::parquet::Written)| ManifestFile {
            table: table.clone(),
            year: partition.and_then(|p| p.year),
            province: partition.and_then(|p| p.province),
            path: match partition {
                Some(p) => format!("{table}/{}/{}", p.folder(), w.name),
                None => format!("{table}/{}", w.name),
            },
            rows: w.rows,
            bytes: w.bytes,
            sha256: w.sha256.clone(),
        };
    outcome.written.iter().map(of).collect()
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    sync(path)
}

fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|f| f.sync_all()).with_context(|| format!("cannot sync {}", path.display()))
}

/// Syncs every folder of a tree, deepest first.
fn sync_folders(root: &Path) -> Result<()> {
    for entry in walkdir::WalkDir::new(root).contents_first(true).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot list {}", root.display()))?;
        if entry.file_type().is_dir() {
            sync(entry.path())?;
        }
    }
    Ok(())
}

/// Swaps the pointer.
fn point(root: &Path, run: &str) -> Result<()> {
    let temporary = root.join(format!(".current-{}", std::process::id()));
    let _ = fs::remove_file(&temporary);
    let target = Path::new("releases").join(run);
    std::os::unix::fs::symlink(&target, &temporary)
        .with_context(|| format!("cannot create {}", temporary.display()))?;
    let current = root.join("current");
    fs::rename(&temporary, &current)
        .with_context(|| format!("cannot point {} at the new release", current.display()))?;
    sync(root)
}

/// Name of the current release.
#[must_use]
pub fn current(root: &Path) -> Option<String> {
    let target = fs::read_link(root.join("current")).ok()?;
    target.file_name().map(|n| n.to_string_lossy().into_owned())
}

/// The current release of a dataset, resolved once: readers stay inside it.
///
/// # Errors
/// When nothing is published there.
pub fn resolve(root: &Path) -> Result<PathBuf> {
    let release = if root.join("_manifest.json").exists() { root.to_owned() } else { root.join("current") };
    fs::canonicalize(&release)
        .with_context(|| format!("{} is no published dataset; run `nianbao run` first", root.display()))
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

/// `20261120T180000Z`, moved on by seconds while that name is taken.
fn new_name(releases: &Path) -> Result<String> {
    let mut now = jiff::Timestamp::now();
    loop {
        let name = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        if !releases.join(&name).exists() {
            return Ok(name);
        }
        now = now.checked_add(jiff::SignedDuration::from_secs(1)).context("the clock is at its end")?;
    }
}

/// Removes staging folders and trash of runs that died; the lock says that none is alive.
fn sweep(releases: &Path) -> Result<()> {
    for entry in fs::read_dir(releases).with_context(|| format!("cannot list {}", releases.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", releases.display()))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(".staging-") || name.starts_with(".trash-") {
            fs::remove_dir_all(entry.path()).with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Removes releases beyond the last seven that are older than a day.
fn prune(root: &Path, releases: &Path) -> Result<()> {
    let mut names: Vec<String> = fs::read_dir(releases)
        .with_context(|| format!("cannot list {}", releases.display()))?
        .filter_map(|e| e.ok().map(|e| e.file_name().to_string_lossy().into_owned()))
        .filter(|n| !n.starts_with('.'))
        .collect();
    names.sort_unstable();
    let now = current(root);
    let old = names.len().saturating_sub(KEEP);
    for name in names.iter().take(old).filter(|n| Some(*n) != now.as_ref()) {
        let path = releases.join(name);
        let age =
            fs::metadata(&path).and_then(|m| m.modified()).ok().and_then(|m| SystemTime::now().duration_since(m).ok());
        if age.is_some_and(|a| a >= KEEP_FOR) {
            let trash = releases.join(format!(".trash-{name}"));
            fs::rename(&path, &trash).with_context(|| format!("cannot retire {}", path.display()))?;
            fs::remove_dir_all(&trash).with_context(|| format!("cannot remove {}", trash.display()))?;
        }
    }
    Ok(())
}
