//! One run at a time: a lock that lives as long as its owner and no longer.
//!
//! Owns `.lock` in the dataset's folder. The lock is the kernel's (`flock`), so that nothing a dead process left behind can
//! hold it; the text in the file only says who has it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::error::{Context as _, Result, bail};

/// A locked dataset.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a dataset.
    pub(crate) fn take(root: &Path) -> Result<Self> {
        let path = root.join(".lock");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("cannot open the lock {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                let _ = file.read_to_string(&mut owner);
                let owner = owner.lines().next().filter(|o| !o.is_empty()).unwrap_or("it did not say who it is");
                bail!("another run is writing {}: {owner}; wait for it to end", root.display());
            }
            Err(TryLockError::Error(e)) => return Err(e).with_context(|| format!("cannot lock {}", path.display())),
        }
        // Who cannot be told is no reason not to run.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", owner()));
        Ok(Self { _file: file })
    }
}

fn owner() -> String {
    let name = rustix::system::uname();
    format!(
        "process {} on {} since {}",
        std::process::id(),
        name.nodename().to_string_lossy(),
        jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC")
    )
}
