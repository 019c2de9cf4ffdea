//! The archive: which files there are, in an order that is the same on every machine.
//!
//! Owns the walk, include and exclude globs, and what a file's path is called. Refuses to open files. Change detection
//! (the ledger) has its place here.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result};
use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::WalkDir;

/// What to walk.
#[derive(Debug)]
pub struct Source {
    /// Folder of the archive.
    pub root: PathBuf,
    include: GlobSet,
    exclude: GlobSet,
    everything: bool,
}

/// A file that the walk met.
#[derive(Debug)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// Path relative to the source with `/`; bytes that are no UTF-8 as `\xNN`.
    pub name: String,
    /// Bytes.
    pub size: Option<u64>,
    /// Day of the last modification since 1970-01-01, UTC.
    pub modified: Option<i32>,
    /// Why it cannot be read, if that is known already.
    pub fault: Option<String>,
}

impl Source {
    /// A source with globs over relative paths.
    ///
    /// # Errors
    /// When the folder is not there or a glob is malformed.
    pub fn new(root: &Path, include: &[String], exclude: &[String]) -> Result<Self> {
        let metadata =
            std::fs::metadata(root).with_context(|| format!("cannot read the source folder {}", root.display()))?;
        anyhow::ensure!(metadata.is_dir(), "the source {} is not a folder", root.display());
        std::fs::read_dir(root).with_context(|| format!("cannot list the source folder {}", root.display()))?;
        Ok(Self {
            root: root.to_owned(),
            include: globs(include)?,
            exclude: globs(exclude)?,
            everything: include.is_empty(),
        })
    }

    /// Every file below the root, folders and files by name within each folder. Symbolic links are not followed.
    pub fn walk(&self) -> impl Iterator<Item = Listed> + '_ {
        WalkDir::new(&self.root).min_depth(1).sort_by_file_name().into_iter().filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => self.listed(&entry),
            Err(error) => {
                let path = error.path().unwrap_or(&self.root).to_owned();
                let name = self.name(&path);
                Some(Listed { path, name, size: None, modified: None, fault: Some(error.to_string()) })
            }
        })
    }

    fn listed(&self, entry: &walkdir::DirEntry) -> Option<Listed> {
        let name = self.name(entry.path());
        if (!self.everything && !self.include.is_match(&name)) || self.exclude.is_match(&name) {
            return None;
        }
        let path = entry.path().to_owned();
        if !entry.file_type().is_file() {
            let fault = Some("not a regular file".to_owned());
            return Some(Listed { path, name, size: None, modified: None, fault });
        }
        Some(match entry.metadata() {
            Ok(metadata) => {
                let since = metadata.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
                let modified = since.and_then(|d| i32::try_from(d.as_secs() / 86_400).ok());
                Listed { path, name, size: Some(metadata.len()), modified, fault: None }
            }
            Err(error) => Listed { path, name, size: None, modified: None, fault: Some(error.to_string()) },
        })
    }

    fn name(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<String> = relative.components().map(|c| escape(c.as_os_str())).collect();
        parts.join("/")
    }
}

fn escape(part: &std::ffi::OsStr) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).with_context(|| format!("the pattern `{pattern}` is malformed"))?);
    }
    Ok(set.build()?)
}
