//! Features on disk: what the comparison of reports needs of each, in records of one size, beside the spill file.
//!
//! Owns their bytes. Refuses to hold more than a few: archives have more reports than memory has room for signatures.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use crate::disk::{Disk, Out};
use crate::error::{Context as _, Result};
use nianbao_report::check::across::{FIGURES, Features, SIGNATURE_BINS, Signature};

pub(crate) const SIZE: usize = FIGURES.len() * 8 + 3 * 8 + 1 + SIGNATURE_BINS * 2;

/// Features of all reports, by their number.
pub(super) struct FeaturesFile {
    file: BufWriter<Out>,
    path: PathBuf,
}

impl FeaturesFile {
    pub(super) fn create(disk: &Disk, path: PathBuf) -> Result<Self> {
        let file = disk.create(&path)?;
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file), path })
    }

    /// Appends the features of the next report.
    pub(super) fn push(&mut self, features: &Features) -> Result<()> {
        self.file.write_all(&encode(features)).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Ends writing; readers may be opened.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.file.flush().with_context(|| format!("cannot write {}", self.path.display()))
    }

    pub(super) fn reader(&self) -> Result<FeaturesReader> {
        let file = File::open(&self.path).with_context(|| format!("cannot open {}", self.path.display()))?;
        Ok(FeaturesReader { file })
    }

    /// Removes the file.
    pub(super) fn remove(self, disk: &Disk) -> Result<()> {
        drop(self.file);
        disk.remove(&self.path)
    }
}

/// One reader; threads have their own.
pub(super) struct FeaturesReader {
    file: File,
}

impl FeaturesReader {
    /// The features of a report by its number.
    pub(super) fn get(&mut self, number: u32) -> Result<Features> {
        let mut bytes = [0_u8; SIZE];
        self.file
            .seek(SeekFrom::Start(u64::from(number) * SIZE as u64))
            .and_then(|_| self.file.read_exact(&mut bytes))
            .context("cannot read the features back")?;
        decode(&bytes).context("the features are damaged")
    }
}

pub(crate) fn encode(features: &Features) -> [u8; SIZE] {
    let mut out = [0_u8; SIZE];
    let figures = features.figures.iter().flat_map(|f| f.unwrap_or(f64::NAN).to_le_bytes());
    let prints = [features.requests, features.disclosure, features.cells].into_iter().flat_map(u64::to_le_bytes);
    let bins = features.signature.iter().flat_map(|s| s.0).flat_map(u16::to_le_bytes);
    let all = figures.chain(prints).chain(std::iter::once(u8::from(features.signature.is_some()))).chain(bins);
    for (slot, byte) in out.iter_mut().zip(all) {
        *slot = byte;
    }
    out
}

pub(crate) fn decode(bytes: &[u8; SIZE]) -> Option<Features> {
    let (words, rest) = bytes.split_at((FIGURES.len() + 3) * 8);
    let mut words = words.chunks_exact(8).filter_map(|w| w.try_into().ok()).map(u64::from_le_bytes);
    let mut features = Features::default();
    for figure in &mut features.figures {
        *figure = Some(f64::from_bits(words.next()?)).filter(|v| !v.is_nan());
    }
    features.requests = words.next()?;
    features.disclosure = words.next()?;
    features.cells = words.next()?;
    let (has, bins) = rest.split_first()?;
    if *has == 1 {
        let mut signature = [0_u16; SIGNATURE_BINS];
        for (bin, pair) in signature.iter_mut().zip(bins.chunks_exact(2)) {
            *bin = u16::from_le_bytes(pair.try_into().ok()?);
        }
        features.signature = Some(Signature(signature));
    }
    Some(features)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_come_back_as_they_were() {
        let text: String = ('一'..'丠').cycle().take(900).collect();
        let whole = Features {
            figures: std::array::from_fn(|i| (i % 2 == 0).then_some(i as f64 - 3.5)),
            requests: 7,
            disclosure: u64::MAX,
            cells: 0,
            signature: Signature::of(std::iter::once(text.as_str()), 10),
        };
        assert!(whole.signature.is_some());
        for features in [whole, Features::default()] {
            assert_eq!(decode(&encode(&features)), Some(features));
        }
    }
}
