//! Summaries in place: which files stand in the folder, what they were made from, and putting new ones there.
//!
//! Owns the folder of the summaries and its index. A file that was made from the same data by the same query, and that
//! nobody has changed since, is not made again. New files wait in a hidden folder beside the others until all are made.
//! Refuses to remove what it did not put there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::dataset::parquet::{hex, sha256_of};

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
    /// What stands there already, with this hash.
    InPlace(String),
    /// No row.
    Empty,
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

impl Made {
    /// It has a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.content != Content::Empty
    }
}

/// The summaries that stand in a folder, and the place where new ones wait.
#[derive(Debug)]
pub struct Standing {
    /// Key and hash by path.
    files: BTreeMap<String, (String, String)>,
    making: PathBuf,
    made: AtomicUsize,
}

impl Standing {
    /// None: everything is made again.
    #[must_use]
    pub fn none(folder: &Path) -> Self {
        Self::new(folder, BTreeMap::new())
    }

    fn new(folder: &Path, files: BTreeMap<String, (String, String)>) -> Self {
        Self { files, making: folder.join(format!("{MAKING}{}", std::process::id())), made: AtomicUsize::new(0) }
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

    /// Keeps a new file until all are made, outside memory.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn keep(&self, bytes: &[u8]) -> Result<Content> {
        fs::create_dir_all(&self.making).with_context(|| format!("cannot create {}", self.making.display()))?;
        let path = self.making.join(self.made.fetch_add(1, Ordering::Relaxed).to_string());
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Content::New(path, hex(&Sha256::digest(bytes))))
    }

    /// What stands under a path, if it was made from the same.
    #[must_use]
    pub fn content(&self, path: &str, key: &str) -> Option<Content> {
        let (_, hash) = self.files.get(path).filter(|(k, _)| k == key)?;
        Some(if hash == EMPTY { Content::Empty } else { Content::InPlace(hash.clone()) })
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.making);
    }
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
    Ok(())
}

/// Puts files in place. When `all` were made, those of the last run that were not made again are taken away.
///
/// # Errors
/// When the file system refuses.
pub fn put(folder: &Path, made: &[Made], all: bool) -> Result<()> {
    if made.is_empty() && !folder.exists() {
        return Ok(());
    }
    let mut index = String::new();
    for file in made {
        let hash = match &file.content {
            Content::Empty => EMPTY.to_owned(),
            Content::InPlace(hash) => hash.clone(),
            Content::New(waits, hash) => {
                place(waits, &folder.join(&file.path))?;
                hash.clone()
            }
        };
        index.push_str(&format!("{}\t{}\t{hash}\n", file.path, file.key));
    }
    if !all {
        for empty in made.iter().filter(|m| !m.is_file()) {
            let _ = fs::remove_file(folder.join(&empty.path));
        }
        return Ok(());
    }
    let path = folder.join(INDEX);
    let old = fs::read_to_string(&path).unwrap_or_default();
    for old in old.lines().filter_map(|line| line.split('\t').next()) {
        let stale = !made.iter().any(|m| m.path == old && m.is_file()) && !old.contains("..") && !old.starts_with('/');
        if stale {
            let _ = fs::remove_file(folder.join(old));
        }
    }
    if index != old {
        let new = folder.join(format!("{INDEX}.tmp"));
        fs::write(&new, index.as_bytes()).with_context(|| format!("cannot write {}", new.display()))?;
        place(&new, &path)?;
    }
    Ok(())
}

/// A file as a whole, or none: a reader never finds half of one.
fn place(from: &Path, path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::rename(from, path).with_context(|| format!("cannot name {}", path.display()))
}
