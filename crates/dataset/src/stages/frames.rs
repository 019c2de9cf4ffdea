//! Files of frames: values one behind the other, each with its length, under a name that holds their hash.
//!
//! Owns their bytes. What is read back is checked to its last byte, so that half a file is never taken for a whole one.
//! Refuses to know what the values mean.

use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::disk::{Disk, Sink, Written};
use crate::error::{Context as _, Result, bail, ensure};
use crate::hash::hex;

/// A frame is never larger than this: more is damage.
const MOST: usize = 1 << 30;

/// Writes frames.
pub(super) struct Frames {
    sink: Sink,
    count: u64,
}

impl Frames {
    pub(super) fn create(disk: &Disk, folder: &Path, stem: &str) -> Result<Self> {
        Ok(Self { sink: Sink::create(disk, folder, stem)?, count: 0 })
    }

    pub(super) fn push(&mut self, value: &impl Serialize) -> Result<()> {
        let bytes = postcard::to_stdvec(value)?;
        ensure!(bytes.len() <= MOST, "a value of more than 1 GiB");
        let length = u32::try_from(bytes.len())?.to_le_bytes();
        self.count += 1;
        self.sink.write_all(&length).and_then(|()| self.sink.write_all(&bytes)).context("cannot write what was read")
    }

    /// Ends the file, which gets the name `stem-<hash>.ext`.
    pub(super) fn close(self, stem: &str, ext: &str) -> Result<Written> {
        let name = |sha256: &str| format!("{stem}-{}.{ext}", sha256.get(..16).unwrap_or(sha256));
        self.sink.close(self.count, name)
    }
}

/// Reads frames back, and their hash beside.
pub(super) struct FramesOf {
    file: BufReader<File>,
    path: PathBuf,
    hash: Sha256,
}

impl FramesOf {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self { file: BufReader::new(file), path: path.to_owned(), hash: Sha256::new() })
    }

    /// The next value; `None` at the end, where the bytes must be those that the file is named by.
    pub(super) fn next_value<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let Some(bytes) = self.next_bytes()? else { return Ok(None) };
        let damaged = || format!("{} is damaged; remove it and run its task again", self.path.display());
        postcard::from_bytes(&bytes).with_context(damaged).map(Some)
    }

    /// The bytes of the next value.
    pub(super) fn next_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        let damaged = || format!("{} is damaged; remove it and run its task again", self.path.display());
        let mut length = [0_u8; 4];
        if self.file.read(&mut length[..1]).with_context(damaged)? == 0 {
            let sha256 = hex(&self.hash.clone().finalize());
            let name = self.path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            ensure!(name.ends_with(sha256.get(..16).unwrap_or(&sha256)), "{}", damaged());
            return Ok(None);
        }
        self.file.read_exact(&mut length[1..]).with_context(damaged)?;
        let size = u32::from_le_bytes(length) as usize;
        if size > MOST {
            bail!("{}", damaged());
        }
        let mut bytes = Vec::new();
        (&mut self.file).take(size as u64).read_to_end(&mut bytes).with_context(damaged)?;
        ensure!(bytes.len() == size, "{}", damaged());
        self.hash.update(length);
        self.hash.update(&bytes);
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_or_changed_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let mut frames = Frames::create(&Disk::default(), folder.path(), "a").unwrap();
        for value in ["甲", "", "乙"] {
            frames.push(&value).unwrap();
        }
        let written = frames.close("a", "bin").unwrap();
        let path = folder.path().join(&written.name);
        let all = |path: &Path| -> Result<Vec<String>> {
            let mut frames = FramesOf::open(path)?;
            std::iter::from_fn(|| frames.next_value().transpose()).collect()
        };
        assert_eq!(all(&path).unwrap(), ["甲", "", "乙"]);
        let bytes = std::fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert!(all(&path).is_err(), "{length}");
        }
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            std::fs::write(&path, other).unwrap();
            assert!(all(&path).is_err(), "{at}");
        }
    }
}
