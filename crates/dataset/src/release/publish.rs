//! Publishing: a new release is visible as a whole or not at all.
//!
//! Owns the protocol of the contract's part 4: lock, staging, manifest, syncs, rename, pointer; and the way back to an
//! older release. Refuses to run beside another run, and never touches a file of a published release.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::Serialize;

use super::current::{Previous, chosen, current, releases};
use super::lock::Lock;
use super::manifest::{Manifest, manifest};
use crate::disk::Disk;
use crate::error::{Context as _, Result, bail, ensure};
use crate::package;

/// Which releases stay.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Releases that stay, whatever their age.
    pub keep: usize,
    /// Releases younger than this stay, however many.
    pub keep_for: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        Self { keep: 7, keep_for: Duration::from_secs(24 * 60 * 60) }
    }
}

/// What a published release is called, and what did not work afterwards.
#[derive(Debug)]
pub struct Published {
    /// Folder of the release.
    pub release: PathBuf,
    /// Old releases that could not be removed.
    pub warnings: Vec<String>,
}

/// A dataset locked for one run, with its staging folder.
pub struct Staging {
    root: PathBuf,
    /// Where the release is being written.
    pub folder: PathBuf,
    run: String,
    disk: Disk,
    published: bool,
    /// What tasks made stays when publishing fails: it can be tried again.
    kept: bool,
    _lock: Lock,
}

impl Staging {
    /// Locks the dataset, removes what dead runs left and makes a staging folder.
    ///
    /// # Errors
    /// When the folder cannot be used or another run holds the lock.
    pub fn begin(root: &Path, disk: &Disk) -> Result<Self> {
        if root.exists() && !root.is_dir() {
            bail!("the dataset path {} is a file; name a folder", root.display());
        }
        let link = root.join("current");
        if link.symlink_metadata().is_ok_and(|m| !m.is_symlink()) {
            bail!("{} is no symbolic link, so that no release can be published there: move it away", link.display());
        }
        let releases = root.join("releases");
        disk.create_folders(&releases)?;
        let lock = Lock::take(root)?;
        sweep(disk, root)?;
        let run = new_name(&releases)?;
        let folder = releases.join(format!(".staging-{run}-{}", std::process::id()));
        disk.create_folders(&folder)?;
        Ok(Self { root: root.to_owned(), folder, run, disk: disk.clone(), published: false, kept: false, _lock: lock })
    }

    /// Locks the dataset for a release that lies ready in `folder`, beside the release that it goes on from.
    ///
    /// # Errors
    /// When another run holds the lock, or another release became current meanwhile.
    pub(crate) fn adopt(root: &Path, disk: &Disk, run: &str, folder: &Path, beside: Option<&str>) -> Result<Self> {
        let link = root.join("current");
        if link.symlink_metadata().is_ok_and(|m| !m.is_symlink()) {
            bail!("{} is no symbolic link, so that no release can be published there: move it away", link.display());
        }
        disk.create_folders(&root.join("releases"))?;
        let lock = Lock::take(root)?;
        sweep(disk, root)?;
        let now = current(root);
        ensure!(
            now.as_deref() == beside,
            "{} went on meanwhile: its release is {}, the plan began with {}; plan again",
            root.display(),
            now.as_deref().unwrap_or("none"),
            beside.unwrap_or("none")
        );
        let kept = true;
        Ok(Self {
            root: root.to_owned(),
            folder: folder.to_owned(),
            run: run.to_owned(),
            disk: disk.clone(),
            published: false,
            kept,
            _lock: lock,
        })
    }

    /// Name of the release being made.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.run
    }

    /// The release that is current.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn previous(&self) -> Result<Option<Previous>> {
        Previous::current(&self.root)
    }

    /// Refuses when the file system has less room than `bytes`.
    ///
    /// # Errors
    /// Says how much is missing.
    pub fn room_for(&self, bytes: u64) -> Result<()> {
        let Ok(stat) = rustix::fs::statvfs(&self.folder) else { return Ok(()) };
        let free = stat.f_bavail.saturating_mul(stat.f_frsize);
        ensure!(
            free >= bytes,
            "not enough room for the dataset in {}: about {} MB needed, {} MB free; make room and run again",
            self.root.display(),
            bytes.div_ceil(1_000_000),
            free / 1_000_000
        );
        Ok(())
    }

    /// Makes the release current.
    ///
    /// # Errors
    /// When the file system refuses; the previous release then still stands.
    pub fn publish(mut self, release: &Release<'_, impl Serialize>, retention: Retention) -> Result<Published> {
        let disk = self.disk.clone();
        let Release { package, manifest, report } = release;
        write_json(&disk, &self.folder.join(package::NAME), package)?;
        write_json(&disk, &self.folder.join("_manifest.json"), manifest)?;
        write_json(&disk, &self.folder.join("_run.json"), report)?;
        disk.sync_folders(&self.folder)?;
        let releases = self.root.join("releases");
        let release = releases.join(&self.run);
        // The new pointer lies ready before the release has its name: whoever finds both after a crash knows that the
        // release was never current.
        let pointer = pointer(&self.root, NEW);
        disk.symlink(&Path::new("releases").join(&self.run), &pointer)?;
        disk.sync(&self.root)?;
        disk.rename(&self.folder, &release)?;
        disk.sync(&releases)?;
        let before = current(&self.root);
        let mut warnings = Vec::new();
        if let Err(error) = disk.rename(&pointer, &self.root.join("current")) {
            // Network file systems may report a rename as failed that was done.
            if current(&self.root).as_ref() != Some(&self.run) {
                return Err(error);
            }
            warnings.push(format!("{error:#}, and yet it is named"));
        }
        self.published = true;
        retired_now(&self.root, before.as_deref());
        if let Err(error) = disk.sync(&self.root).and_then(|()| prune(&disk, &self.root, retention)) {
            warnings.push(format!("{error:#}"));
        }
        Ok(Published { release, warnings })
    }
}

/// What stands at the top of a release.
#[derive(Debug)]
pub struct Release<'r, R> {
    /// `datapackage.json`.
    pub package: &'r serde_json::Value,
    /// `_manifest.json`.
    pub manifest: &'r Manifest,
    /// `_run.json`.
    pub report: &'r R,
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A call that failed may have done its work all the same: what is current stays. What cannot be removed now is
        // swept by the next run.
        if !self.published && current(&self.root).as_ref() != Some(&self.run) {
            let release = self.root.join("releases").join(&self.run);
            if self.kept {
                let _ = fs::rename(&release, &self.folder);
            } else {
                let _ = fs::remove_dir_all(&self.folder);
                let _ = fs::remove_dir_all(&release);
            }
            let _ = fs::remove_file(pointer(&self.root, NEW));
        }
    }
}

/// The pointer of a release that was never current.
const NEW: &str = ".current-new";
/// The pointer of a release that was current before.
const BACK: &str = ".current-back";

fn pointer(root: &Path, name: &str) -> PathBuf {
    root.join(name)
}

fn write_json(disk: &Disk, path: &Path, value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    disk.write_file(path, &text)
}

/// Points at an older release: the one named, or that before the current one. Returns the names of both.
///
/// # Errors
/// When there is no such release, when it is not whole, or when a run is going on.
pub fn rollback(root: &Path, version: Option<&str>) -> Result<(String, String)> {
    let disk = Disk::default();
    current(root).with_context(|| format!("{} is no published dataset", root.display()))?;
    let _lock = Lock::take(root)?;
    let now = current(root).with_context(|| format!("{} is no published dataset", root.display()))?;
    sweep(&disk, root)?;
    let name = chosen(root, &now, version)?;
    ensure!(name != now, "{name} is current already");
    let release = root.join("releases").join(&name);
    let listed = manifest(&release)?;
    for file in listed.all_files() {
        let bytes = fs::metadata(release.join(&file.path)).map(|m| m.len()).ok();
        ensure!(bytes == Some(file.bytes), "{name} is not whole: {}; choose another release", file.path);
    }
    let pointer = pointer(root, BACK);
    disk.symlink(&Path::new("releases").join(&name), &pointer)?;
    disk.rename(&pointer, &root.join("current"))?;
    retired_now(root, Some(&now));
    disk.sync(root)?;
    Ok((now, name))
}

/// A release that is no longer current begins to age now: there may be readers who opened it a moment ago.
fn retired_now(root: &Path, release: Option<&str>) {
    let Some(release) = release else { return };
    // Where the time cannot be set, age counts from the release's own publication.
    let _ = fs::File::open(root.join("releases").join(release)).and_then(|f| f.set_modified(SystemTime::now()));
}

/// The name of a release to be made, which no release and no plan in `stages` has.
pub(crate) fn next_name(releases: &Path, stages: &Path) -> Result<String> {
    let mut name = new_name(releases)?;
    while stages.join(&name).exists() {
        let next = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", &name).ok();
        let next = next.and_then(|t| t.checked_add(jiff::SignedDuration::from_secs(1)).ok());
        name = next.context("the clock is at its end")?.strftime("%Y%m%dT%H%M%SZ").to_string();
    }
    Ok(name)
}

/// `20261120T180000Z`, moved on by seconds while that name or a later one is taken.
fn new_name(releases: &Path) -> Result<String> {
    let mut now = jiff::Timestamp::now();
    let last = fs::read_dir(releases).ok().into_iter().flatten().filter_map(Result::ok);
    let last = last.map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| is_name(n)).max();
    // The order of the names is that of the releases, even when a clock was set back.
    if let Some(last) = last.as_deref().and_then(|n| jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", n).ok())
        && let Ok(last) = last.to_zoned(jiff::tz::TimeZone::UTC)
        && last.timestamp() >= now
    {
        now = last.timestamp();
    }
    loop {
        let name = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        if !releases.join(&name).exists() {
            return Ok(name);
        }
        now = now.checked_add(jiff::SignedDuration::from_secs(1)).context("the clock is at its end")?;
    }
}

/// Whether a name is that of a release.
fn is_name(name: &str) -> bool {
    name.len() == 16 && name.ends_with('Z') && name.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// Removes what dead runs left: staging folders, trash, and a release that got its name but never became current. The
/// lock says that no run is alive.
fn sweep(disk: &Disk, root: &Path) -> Result<()> {
    let releases = root.join("releases");
    let new = pointer(root, NEW);
    if let Ok(target) = fs::read_link(&new) {
        let orphan = target.file_name().map(|n| releases.join(n));
        let never = target.file_name().map(|n| n.to_string_lossy().into_owned()) != current(root);
        if let Some(orphan) = orphan.filter(|o| never && o.exists()) {
            retire(disk, &orphan)?;
        }
        disk.remove(&new)?;
    }
    let back = pointer(root, BACK);
    if back.is_symlink() {
        disk.remove(&back)?;
    }
    for entry in fs::read_dir(&releases).with_context(|| format!("cannot list {}", releases.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", releases.display()))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(".staging-") || name.starts_with(".trash-") {
            disk.remove_folder(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a release: first its name, so that nobody finds half of it.
fn retire(disk: &Disk, release: &Path) -> Result<()> {
    let name = release.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let trash = release.with_file_name(format!(".trash-{name}"));
    if trash.exists() {
        disk.remove_folder(&trash)?;
    }
    disk.rename(release, &trash)?;
    disk.remove_folder(&trash)
}

/// Removes releases that retention does not hold.
fn prune(disk: &Disk, root: &Path, retention: Retention) -> Result<()> {
    let names = releases(root)?;
    let now = current(root);
    let old = names.len().saturating_sub(retention.keep.max(1));
    for name in names.iter().take(old).filter(|n| Some(*n) != now.as_ref()) {
        let path = root.join("releases").join(name);
        let modified = fs::metadata(&path).and_then(|m| m.modified()).ok();
        let age = modified.and_then(|m| SystemTime::now().duration_since(m).ok());
        if age.is_some_and(|a| a >= retention.keep_for) {
            retire(disk, &path)?;
        }
    }
    Ok(())
}
