//! Summaries in place: which files the folder has, what they were made from, and installing new ones.
//!
//! Owns the folder of the summaries and its index. A file that was made from the same data by the same query, and that
//! nobody has changed since, is not made again. New files wait in a hidden folder beside the others until all are made.
//! Refuses to remove what it did not put there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nianbao_dataset::{hex, sha256_of};
use sha2::{Digest as _, Sha256};

/// The list of files that the last run put in place: path, key, SHA-256.
const INDEX: &str = ".nianbao-summaries";
/// Stands for the hash of a summary without rows, which gets no file.
const EMPTY: &str = "-";

/// Begins the name of the folder in which new files wait.
const MAKING: &str = ".making-";
/// A folder of that name that is older was left behind by a run that was killed.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// What a summary came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// The file that waits at this place, with this hash.
    New(PathBuf, String),
    /// What is there already, with this hash.
    InPlace(String),
    /// No row.
    Empty,
    /// It could not be kept, for this reason: what is there stays.
    Lost(String),
}

/// A summary file, made but not yet in place.
#[derive(Debug)]
pub struct Made {
    /// Path below the summaries folder.
    pub path: String,
    /// Hash of everything that it was made from.
    pub key: String,
    /// What it holds.
    pub content: Content,
}

/// What decides how data files become summaries and pages: this build.
pub const SOURCES: [&str; 3] = [env!("NIANBAO_SOURCES"), nianbao_dataset::SOURCES, nianbao_report::SOURCES];

/// The key of what is made from these parts: equal parts give equal keys.
#[must_use]
pub fn key_of<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        let text = part.as_ref();
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize()).get(..32).unwrap_or_default().to_owned()
}

impl Made {
    /// It has a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.content != Content::Empty
    }
}

/// The summaries that a folder has, and the place where new ones wait.
#[derive(Debug)]
pub struct Existing {
    /// Key and hash by path.
    files: BTreeMap<String, (String, String)>,
    folder: PathBuf,
    /// Where new files wait, once there is one.
    making: OnceLock<PathBuf>,
    made: AtomicUsize,
}

impl Existing {
    /// None: everything is made again.
    #[must_use]
    pub fn none(folder: &Path) -> Self {
        Self::new(folder, BTreeMap::new())
    }

    fn new(folder: &Path, files: BTreeMap<String, (String, String)>) -> Self {
        Self { files, folder: folder.to_owned(), making: OnceLock::new(), made: AtomicUsize::new(0) }
    }

    /// Those that the index of a folder lists and that are as it says.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        for line in fs::read_to_string(folder.join(INDEX)).unwrap_or_default().lines() {
            let mut parts = line.split('\t');
            if let (Some(path), Some(key), Some(hash)) = (parts.next(), parts.next(), parts.next()) {
                let path_there = folder.join(path);
                let same =
                    if hash == EMPTY { !path_there.exists() } else { sha256_of(&path_there).is_ok_and(|h| h == hash) };
                if same {
                    files.insert(path.to_owned(), (key.to_owned(), hash.to_owned()));
                }
            }
        }
        Self::new(folder, files)
    }

    /// Keeps a new file until all are made, outside memory. A file system that refuses is told when files are put in
    /// place: the dataset does not wait for its summaries.
    #[must_use]
    pub fn keep(&self, bytes: &[u8]) -> Content {
        let kept = self.making().and_then(|making| {
            let path = making.join(self.made.fetch_add(1, Ordering::Relaxed).to_string());
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(path)
        });
        match kept {
            Ok(path) => Content::New(path, hex(&Sha256::digest(bytes))),
            Err(error) => Content::Lost(format!("{error:#}")),
        }
    }

    /// A folder that no other process has: their numbers may be the same in two containers.
    fn making(&self) -> Result<&Path> {
        if let Some(making) = self.making.get() {
            return Ok(making);
        }
        let new = new_folder(&self.folder)?;
        let making = self.making.get_or_init(|| new.clone());
        if *making != new {
            let _ = fs::remove_dir(&new);
        }
        Ok(making)
    }

    /// What there is under a path, if it was made from the same.
    #[must_use]
    pub fn unchanged(&self, path: &str, key: &str) -> Option<Content> {
        let (_, hash) = self.files.get(path).filter(|(k, _)| k == key)?;
        Some(if hash == EMPTY { Content::Empty } else { Content::InPlace(hash.clone()) })
    }
}

impl Drop for Existing {
    fn drop(&mut self) {
        if let Some(making) = self.making.get() {
            let _ = fs::remove_dir_all(making);
        }
    }
}

fn new_folder(folder: &Path) -> Result<PathBuf> {
    for number in 0..10_000 {
        let new = folder.join(format!("{MAKING}{}-{number}", std::process::id()));
        match fs::create_dir(&new) {
            Ok(()) => return Ok(new),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot create {}", new.display())),
        }
    }
    bail!("{} is full of folders {MAKING}…: remove them", folder.display())
}

/// Makes sure that the folder can be written.
///
/// # Errors
/// When it is a file or has no rights.
pub fn prepare(folder: &Path, needed: bool) -> Result<()> {
    if !needed {
        return Ok(());
    }
    anyhow::ensure!(
        !folder.exists() || folder.is_dir(),
        "the summaries path {} is a file; name a folder",
        folder.display()
    );
    fs::create_dir_all(folder).with_context(|| format!("cannot create the summaries folder {}", folder.display()))?;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let old = || entry.metadata().and_then(|m| m.modified()).ok()?.elapsed().ok();
        if entry.file_name().to_string_lossy().starts_with(MAKING) && old().is_some_and(|age| age > LEFT_BEHIND) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    // Asked now, not when an hour has been spent on reading.
    let probe = new_folder(folder).context("the summaries folder cannot be written")?;
    fs::remove_dir(&probe).with_context(|| format!("cannot remove {}", probe.display()))
}

/// Puts files in place. When `all` were made, those of the last run that were not made again are taken away.
///
/// # Errors
/// When the file system refuses.
pub fn install(folder: &Path, made: &[Made], all: bool) -> Result<()> {
    if made.is_empty() && !folder.exists() {
        return Ok(());
    }
    let mut index = String::new();
    let mut lost = None;
    for file in made {
        let hash = match &file.content {
            Content::Empty => EMPTY.to_owned(),
            Content::InPlace(hash) => hash.clone(),
            Content::New(waits, hash) => match place(waits, &folder.join(&file.path)) {
                Ok(()) => hash.clone(),
                Err(error) => {
                    lost.get_or_insert(format!("{error:#}"));
                    continue;
                }
            },
            Content::Lost(why) => {
                lost.get_or_insert_with(|| why.clone());
                continue;
            }
        };
        index.push_str(&format!("{}\t{}\t{hash}\n", file.path, file.key));
    }
    if !all {
        for empty in made.iter().filter(|m| !m.is_file()) {
            let _ = fs::remove_file(folder.join(&empty.path));
        }
        return lost.map_or(Ok(()), |why| bail!(why));
    }
    let path = folder.join(INDEX);
    let old = fs::read_to_string(&path).unwrap_or_default();
    for old in old.lines().filter_map(|line| line.split('\t').next()) {
        let within = Path::new(old).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        let stale = !made.iter().any(|m| m.path == old && m.is_file()) && within;
        if stale {
            let _ = fs::remove_file(folder.join(old));
        }
    }
    if index != old {
        let new = folder.join(format!("{INDEX}.tmp"));
        fs::write(&new, index.as_bytes()).with_context(|| format!("cannot write {}", new.display()))?;
        place(&new, &path)?;
    }
    lost.map_or(Ok(()), |why| bail!(why))
}

/// A file as a whole, or none: a reader never finds half of one.
fn place(from: &Path, path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::rename(from, path).with_context(|| format!("cannot name {}", path.display()))
}
