//! The file system as publishing sees it: every call that changes it goes through here.
//!
//! Owns the wording of its errors and the seam at which tests make any one call fail or the process die. Refuses to know
//! what is written.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::archive::now;
use crate::error::{Context as _, Result, bail};
use crate::hash::hex;

/// A call that changes the file system, or that makes a change last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A folder is made.
    CreateFolder,
    /// A file is made.
    Create,
    /// Bytes are written.
    Write,
    /// A file or folder is synced.
    Sync,
    /// A file or folder gets another name.
    Rename,
    /// A file gets a second name.
    Link,
    /// A symbolic link is made.
    Symlink,
    /// A file or folder is removed.
    Remove,
}

/// Counts the files that this process began.
static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// Files and folders synced at a time.
const SYNCS: usize = 16;

/// What a test wants to happen before a call: nothing, an error, or the end of the process.
pub type Hook = dyn Fn(Op, &Path) -> io::Result<()> + Send + Sync;

/// The file system.
#[derive(Clone, Default)]
pub struct Disk {
    hook: Option<Arc<Hook>>,
    /// Where files go that are to be synced, and then named, beside what is going on.
    later: Option<Sender<(PathBuf, PathBuf)>>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("hook", &self.hook.is_some()).finish()
    }
}

impl Disk {
    /// A file system on which `hook` is asked before every call.
    #[must_use]
    pub fn with(hook: Arc<Hook>) -> Self {
        Self { hook: Some(hook), later: None }
    }

    fn ask(&self, op: Op, path: &Path) -> io::Result<()> {
        self.hook.as_ref().map_or(Ok(()), |hook| hook(op, path))
    }

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn create_folders(&self, path: &Path) -> Result<()> {
        self.ask(Op::CreateFolder, path)
            .and_then(|()| fs::create_dir_all(path))
            .with_context(|| format!("cannot create the folder {}", path.display()))
    }

    /// Makes a file that must not exist, for writing and reading.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn create(&self, path: &Path) -> Result<Out> {
        let file = self
            .ask(Op::Create, path)
            .and_then(|()| OpenOptions::new().read(true).write(true).create_new(true).open(path))
            .with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Out { file, disk: self.clone(), path: path.to_owned() })
    }

    /// Writes a whole file and syncs it.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let mut out = self.create(path)?;
        out.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
        out.sync()
    }

    /// Makes a file or folder last.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn sync(&self, path: &Path) -> Result<()> {
        self.ask(Op::Sync, path)
            .and_then(|()| File::open(path))
            .and_then(|f| f.sync_all())
            .with_context(|| format!("cannot sync {}", path.display()))
    }

    /// Runs `work` with a file system on which data files are synced, and then named, beside it, many at a time: one write
    /// of the file system's journal serves all that wait for it. When this returns all are synced and have their names.
    ///
    /// # Errors
    /// Those of `work`; and when the file system refuses.
    pub fn syncing_beside<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let (later, waiting) = channel::<(PathBuf, PathBuf)>();
        let waiting = Mutex::new(waiting);
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let sync = || -> Result<()> {
            while let Ok((from, to)) = next() {
                self.sync(&from)?;
                self.rename(&from, &to)?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..SYNCS).map(|_| scope.spawn(sync)).collect();
            let done = work(&Self { hook: self.hook.clone(), later: Some(later) });
            let synced = threads.into_iter().map(|t| t.join().unwrap_or_else(|_| bail!("a thread died while syncing")));
            let synced: Vec<Result<()>> = synced.collect();
            let done = done?;
            synced.into_iter().collect::<Result<()>>()?;
            Ok(done)
        })
    }

    /// Syncs every folder of a tree, many at a time: they wait for the same few writes of the file system's journal.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn sync_folders(&self, root: &Path) -> Result<()> {
        let mut folders = Vec::new();
        for entry in walkdir::WalkDir::new(root).contents_first(true).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot list {}", root.display()))?;
            if entry.file_type().is_dir() {
                folders.push(entry.into_path());
            }
        }
        let next = AtomicUsize::new(0);
        let sync = || -> Result<()> {
            while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.sync(folder)?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..SYNCS).map(|_| scope.spawn(sync)).collect();
            threads.into_iter().try_for_each(|t| t.join().unwrap_or_else(|_| bail!("a thread died while syncing")))
        })
    }

    /// Gives a file or folder another name; a file that has it is replaced.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        self.ask(Op::Rename, to)
            .and_then(|()| fs::rename(from, to))
            .with_context(|| format!("cannot name {}", to.display()))
    }

    /// Gives a file of an older release a second name; a synced copy where the file system knows no links.
    ///
    /// # Errors
    /// When neither works.
    pub fn link(&self, from: &Path, to: &Path) -> Result<()> {
        let linked = self.ask(Op::Link, to).and_then(|()| fs::hard_link(from, to));
        let Err(refused) = linked else { return Ok(()) };
        // The name holds the hash: another attempt of the same task linked it, or is copying it.
        if refused.kind() == io::ErrorKind::AlreadyExists && same_size(from, to) {
            return Ok(());
        }
        if refused.kind() == io::ErrorKind::NotFound {
            return Err(refused).with_context(|| {
                format!("cannot carry {} over: the release is damaged; run with --full", from.display())
            });
        }
        let mut source = File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
        let mut copy = self.create(to).with_context(|| format!("neither link nor copy ({refused})"))?;
        io::copy(&mut source, &mut copy).with_context(|| format!("cannot write {}", to.display()))?;
        copy.sync()
    }

    /// Makes a symbolic link.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn symlink(&self, target: &Path, path: &Path) -> Result<()> {
        self.ask(Op::Symlink, path)
            .and_then(|()| std::os::unix::fs::symlink(target, path))
            .with_context(|| format!("cannot create the link {}", path.display()))
    }

    /// Removes a file.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove(&self, path: &Path) -> Result<()> {
        self.ask(Op::Remove, path)
            .and_then(|()| fs::remove_file(path))
            .with_context(|| format!("cannot remove {}", path.display()))
    }

    /// Removes a folder with everything in it.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove_folder(&self, path: &Path) -> Result<()> {
        self.ask(Op::Remove, path)
            .and_then(|()| fs::remove_dir_all(path))
            .with_context(|| format!("cannot remove {}", path.display()))
    }
}

fn same_size(a: &Path, b: &Path) -> bool {
    let bytes = |path: &Path| fs::metadata(path).map(|m| m.len()).ok();
    bytes(a).is_some() && bytes(a) == bytes(b)
}

/// A file being written.
#[derive(Debug)]
pub struct Out {
    file: File,
    disk: Disk,
    path: PathBuf,
}

impl Out {
    /// Makes its bytes last.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn sync(&self) -> Result<()> {
        self.disk
            .ask(Op::Sync, &self.path)
            .and_then(|()| self.file.sync_all())
            .with_context(|| format!("cannot sync {}", self.path.display()))
    }
}

impl Write for Out {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.disk.ask(Op::Write, &self.path)?;
        self.file.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file of a release that was written or carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its final name.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A data file being written under a temporary name, until its hash gives it its own.
pub struct Sink {
    out: BufWriter<Out>,
    hash: Sha256,
    bytes: u64,
    temporary: PathBuf,
}

impl Sink {
    /// A file in `folder`, which is made if need be. `stem` tells it from others being written there.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn create(disk: &Disk, folder: &Path, stem: &str) -> Result<Self> {
        disk.create_folders(folder)?;
        // Attempts of one task may write beside each other, on machines whose processes have the same numbers.
        let (process, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let temporary = folder.join(format!(".{stem}-{process}-{number}-{}.tmp", now()));
        let out = BufWriter::with_capacity(1 << 16, disk.create(&temporary)?);
        Ok(Self { out, hash: Sha256::new(), bytes: 0, temporary })
    }

    /// Ends it: synced and named by `name` of its hash in hex, at once or beside what follows.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn close(self, rows: u64, name: impl FnOnce(&str) -> String) -> Result<Written> {
        let Self { mut out, hash, bytes, temporary } = self;
        out.flush().with_context(|| format!("cannot write {}", temporary.display()))?;
        let sha256 = hex(&hash.finalize());
        let name = name(&sha256);
        let path = temporary.with_file_name(&name);
        let disk = &out.get_ref().disk;
        match &disk.later {
            Some(later) => later.send((temporary, path)).ok().context("a thread died while syncing")?,
            None => {
                out.get_ref().sync()?;
                disk.rename(&temporary, &path)?;
            }
        }
        Ok(Written { name, rows, sha256, bytes })
    }

    /// Bytes so far.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let written = self.out.write(buf)?;
        self.hash.update(&buf[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
