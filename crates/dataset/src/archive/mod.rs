//! The archive: which files there are, in an order that is the same on every machine.
//!
//! Owns the walk, include and exclude globs, what a file's path is called, and what proves a file unchanged (`stat`).
//! Refuses to open files.

mod stat;

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::error::{Context as _, Result, ensure};
pub use stat::{Detect, Stat, now};

/// What to walk.
#[derive(Debug)]
pub struct Source {
    /// Folder of the archive.
    pub root: PathBuf,
    include: GlobSet,
    exclude: GlobSet,
    /// Folders of which everything is excluded: they are not listed.
    closed: GlobSet,
    everything: bool,
}

/// A file that the walk met.
#[derive(Debug, Serialize, Deserialize)]
pub struct Listed {
    /// Where it is. Told by the root and its name: it stands in no file, as it may be no text.
    #[serde(skip)]
    pub path: PathBuf,
    /// Path relative to the source with `/`; bytes that are no UTF-8 as `\xNN`.
    pub name: String,
    /// The path's own bytes, where `name` had to escape them.
    pub raw: Option<Vec<u8>>,
    /// What the file system says of it.
    pub stat: Option<Stat>,
    /// When it said so, in nanoseconds since 1970-01-01 UTC.
    pub observed_at: i64,
    /// Why it cannot be read, if that is known already.
    pub fault: Option<String>,
    /// The fault is the system's: it may think otherwise tomorrow.
    pub refused: bool,
}

impl Source {
    /// A source with globs over relative paths.
    ///
    /// # Errors
    /// When the folder is not there or a glob is malformed.
    pub fn new(root: &Path, include: &[String], exclude: &[String]) -> Result<Self> {
        let metadata =
            std::fs::metadata(root).with_context(|| format!("cannot read the source folder {}", root.display()))?;
        ensure!(metadata.is_dir(), "the source {} is not a folder", root.display());
        std::fs::read_dir(root).with_context(|| format!("cannot list the source folder {}", root.display()))?;
        Ok(Self {
            root: root.to_owned(),
            include: globs(include.iter().map(String::as_str))?,
            exclude: globs(exclude.iter().map(String::as_str))?,
            closed: globs(exclude.iter().filter_map(|p| p.strip_suffix("/**")))?,
            everything: include.is_empty(),
        })
    }

    /// Every file below the root, folders and files by name within each folder. Symbolic links are not followed.
    pub fn walk(&self) -> impl Iterator<Item = Listed> + '_ {
        let walk = WalkDir::new(&self.root).min_depth(1).sort_by_file_name().into_iter();
        let open = |entry: &walkdir::DirEntry| !entry.file_type().is_dir() || !self.is_closed(entry.path());
        let mut folder = self.root.clone();
        let mut faulty: Option<PathBuf> = None;
        walk.filter_entry(open).filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => {
                folder = entry.into_path();
                None
            }
            Ok(entry) => self.listed(&entry),
            Err(error) => {
                // A folder that cannot be listed to its end has no path in the error; its faults come right behind it.
                let path = error.path().unwrap_or(&folder).to_owned();
                if faulty.as_ref() == Some(&path) || self.is_closed(&path) || !self.is_wanted(&self.name(&path).0) {
                    return None;
                }
                faulty = Some(path.clone());
                Some(self.faulty(path, told(&error), true))
            }
        })
    }

    fn is_closed(&self, folder: &Path) -> bool {
        !self.closed.is_empty() && self.closed.is_match(self.name(folder).0)
    }

    fn is_wanted(&self, name: &str) -> bool {
        !self.exclude.is_match(name)
    }

    fn listed(&self, entry: &walkdir::DirEntry) -> Option<Listed> {
        let (name, raw) = self.name(entry.path());
        if (!self.everything && !self.include.is_match(&name)) || !self.is_wanted(&name) {
            return None;
        }
        let path = entry.path().to_owned();
        if !entry.file_type().is_file() {
            return Some(self.faulty(path, "not a regular file".to_owned(), false));
        }
        let observed_at = now();
        Some(match entry.metadata() {
            Ok(metadata) => {
                Listed { path, name, raw, stat: Some(Stat::of(&metadata)), observed_at, fault: None, refused: false }
            }
            Err(error) => self.faulty(path, told(&error), true),
        })
    }

    /// An entry that cannot be read. The reason never holds the root: it stands in a data file.
    fn faulty(&self, path: PathBuf, why: String, refused: bool) -> Listed {
        let (name, raw) = self.name(&path);
        Listed { path, name, raw, stat: None, observed_at: now(), fault: Some(why), refused }
    }

    fn name(&self, path: &Path) -> (String, Option<Vec<u8>>) {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<String> = relative.components().map(|c| escape(c.as_os_str())).collect();
        let name = if parts.is_empty() { ".".to_owned() } else { parts.join("/") };
        let raw = relative.as_os_str().as_encoded_bytes();
        let differs = raw != name.as_bytes();
        (name, differs.then(|| raw.to_vec()))
    }
}

impl Listed {
    /// The bytes by which the walk orders it.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.name.as_bytes())
    }

    /// The same file below `root`, as it is named there.
    #[must_use]
    pub fn below(mut self, root: &Path) -> Self {
        self.path = root.join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(self.key()));
        self
    }
}

/// The order of the walk over relative paths: by component, so that `a/b` stands before `a-b`.
#[must_use]
pub fn walk_order(a: &[u8], b: &[u8]) -> Ordering {
    let rank = |byte: &u8| if *byte == b'/' { 0 } else { u16::from(*byte) + 1 };
    a.iter().map(rank).cmp(b.iter().map(rank))
}

/// The system's own words.
fn told(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// A name as text. What could be observed_at for an escape, or for the `!` behind an archive, is escaped itself: no two files
/// have the same name.
fn escape(part: &std::ffi::OsStr) -> String {
    use std::fmt::Write as _;
    if let Some(text) = part.to_str() {
        let text = text.replace("\\x", "\\x5Cx");
        return match text.strip_suffix('!') {
            Some(rest) => format!("{rest}\\x21"),
            None => text,
        };
    }
    let mut out = String::new();
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

fn globs<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).with_context(|| format!("the pattern `{pattern}` is malformed"))?);
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_walk() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["a/b", "a/z", "a-b", "a", "a.txt", "é", "a0", "Z/x/y", "Z/x-", "甲/乙.txt", "甲-.txt"] {
            let path = folder.path().join(path);
            if path.is_dir() {
                continue;
            }
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let odd: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"a\xFF");
        std::fs::write(folder.path().join(odd), "").unwrap();
        let source = Source::new(folder.path(), &[], &[]).unwrap();
        let walked: Vec<Listed> = source.walk().collect();
        assert!(walked.len() > 8);
        let mut sorted: Vec<&[u8]> = walked.iter().map(Listed::key).collect();
        sorted.sort_by(|a, b| walk_order(a, b));
        assert_eq!(sorted, walked.iter().map(Listed::key).collect::<Vec<_>>());
    }
}
