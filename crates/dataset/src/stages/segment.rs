//! A segment: what one task read, in two files. `….records` holds the records of its reports, which the tasks that write
//! fetch one by one; `….facts` all that the driver needs to know, in the order of the walk.
//!
//! Owns both, and that what comes back is what went in. Refuses to decide anything about a file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::frames::{Frames, FramesOf};
use crate::archive::Stat;
use crate::disk::{Disk, Sink};
use crate::error::{Context as _, Result, ensure};
use crate::read::file::{Outcome, Read};
use crate::store::facts::FileFacts;
use crate::store::features;
use crate::store::index::{Found, IndexEntry, Place};

/// What reading brought of one file.
#[derive(Debug)]
pub enum Answer {
    /// The bytes have the hash that they were known by.
    Same(Stat, i64),
    /// The file's own outcome, and behind it those of what it holds.
    Told(Vec<Told>),
}

/// An outcome, and where the record of its report lies if that is not with it.
#[derive(Debug)]
pub struct Told {
    /// The outcome.
    pub outcome: Outcome,
    /// Place of the record.
    pub lies: Option<Place>,
}

impl From<Outcome> for Told {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, lies: None }
    }
}

impl From<Read> for Answer {
    fn from(read: Read) -> Self {
        match read {
            Read::Same(stat, observed_at) => Self::Same(stat, observed_at),
            Read::Outcomes(outcomes) => Self::Told(outcomes.into_iter().map(Told::from).collect()),
        }
    }
}

/// A frame of the facts.
#[derive(Serialize, Deserialize)]
enum Frame {
    /// The step was none of reading.
    Nothing,
    Same(Stat, i64),
    Told(Vec<Kept>),
}

#[derive(Serialize, Deserialize)]
struct Kept {
    facts: FileFacts,
    transient: bool,
    refused: bool,
    examined: bool,
    report: Option<KeptReport>,
}

#[derive(Serialize, Deserialize)]
struct KeptReport {
    index: IndexEntry,
    features: Vec<u8>,
    offset: u64,
    length: u32,
}

/// What a task that read has done: names in the folder `read` of the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinDone {
    /// Number of the bin.
    pub bin: u32,
    /// File of facts.
    pub facts: String,
    /// File of records.
    pub records: String,
    /// Bytes of the records.
    pub records_bytes: u64,
    /// Steps of the bin.
    pub steps: u64,
    /// Files that were read.
    pub files: u64,
    /// Reports in them.
    pub reports: u64,
}

/// A segment being written.
pub(super) struct SegmentFile {
    facts: Frames,
    records: Sink,
    done: BinDone,
}

/// What the names of a bin's files begin with.
pub(super) fn stem(bin: u32) -> String {
    format!("bin-{bin:06}")
}

impl SegmentFile {
    pub(super) fn create(disk: &Disk, folder: &Path, bin: u32) -> Result<Self> {
        let stem = stem(bin);
        let done = BinDone {
            bin,
            facts: String::new(),
            records: String::new(),
            records_bytes: 0,
            steps: 0,
            files: 0,
            reports: 0,
        };
        let facts = Frames::create(disk, folder, &format!("{stem}-facts"))?;
        Ok(Self { facts, records: Sink::create(disk, folder, &format!("{stem}-records"))?, done })
    }

    pub(super) fn push(&mut self, read: Option<Read>) -> Result<()> {
        self.done.steps += 1;
        self.done.files += u64::from(read.is_some());
        let frame = match read {
            None => Frame::Nothing,
            Some(Read::Same(stat, observed_at)) => Frame::Same(stat, observed_at),
            Some(Read::Outcomes(all)) => Frame::Told(all.into_iter().map(|o| self.kept(o)).collect::<Result<_>>()?),
        };
        self.facts.push(&frame)
    }

    fn kept(&mut self, outcome: Outcome) -> Result<Kept> {
        let Outcome { facts, transient, refused, examined, report } = outcome;
        let report = match report {
            None => None,
            Some(found) => {
                let offset = self.records.bytes();
                self.records.write_all(&found.record).context("cannot write the records")?;
                self.done.reports += 1;
                let (length, features) = (u32::try_from(found.record.len())?, features::encode(&found.features));
                Some(KeptReport { index: found.index, features: features.to_vec(), offset, length })
            }
        };
        Ok(Kept { facts, transient, refused, examined, report })
    }

    /// Ends both files: the facts last, as they are what says that the bin was read.
    pub(super) fn close(self) -> Result<BinDone> {
        let Self { mut facts, records, mut done } = self;
        let stem = stem(done.bin);
        let records =
            records.close(done.reports, |sha256| format!("{stem}-{}.records", sha256.get(..16).unwrap_or(sha256)))?;
        (done.records, done.records_bytes) = (records.name, records.bytes);
        // So that the facts alone say which records are theirs.
        facts.push(&done)?;
        done.facts = facts.close(&stem, "facts")?.name;
        Ok(done)
    }
}

/// The answers of a bin, step by step.
pub(super) struct SegmentOf {
    facts: FramesOf,
    segment: u32,
    left: u64,
}

impl SegmentOf {
    /// Opens a segment of this number, whose files lie in `folder`.
    pub(super) fn open(folder: &Path, done: &BinDone, segment: u32) -> Result<Self> {
        let records = folder.join(&done.records);
        let bytes = std::fs::metadata(&records).map(|m| m.len()).ok();
        ensure!(
            bytes == Some(done.records_bytes),
            "{} is not there as a whole; run task {} of reading again",
            records.display(),
            done.bin
        );
        Ok(Self { facts: FramesOf::open(&folder.join(&done.facts))?, segment, left: done.steps })
    }

    /// What was read of the next step; `None` where it was none of reading.
    pub(super) fn next_answer(&mut self) -> Result<Option<Answer>> {
        self.left = self.left.checked_sub(1).context("a bin has fewer answers than steps")?;
        Ok(match self.facts.next_value()?.context("a bin has fewer answers than steps")? {
            Frame::Nothing => None,
            Frame::Same(stat, observed_at) => Some(Answer::Same(stat, observed_at)),
            Frame::Told(all) => Some(Answer::Told(all.into_iter().map(|k| self.told(k)).collect::<Result<_>>()?)),
        })
    }

    fn told(&self, kept: Kept) -> Result<Told> {
        let Kept { facts, transient, refused, examined, report } = kept;
        let mut lies = None;
        let report = match report {
            None => None,
            Some(KeptReport { index, features, offset, length }) => {
                lies = Some(Place { segment: self.segment, offset, length });
                let features = features.as_slice().try_into().ok().and_then(features::decode);
                let features = features.context("the features of a report are damaged")?;
                Some(Found { index, features, record: Vec::new() })
            }
        };
        Ok(Told { outcome: Outcome { facts, transient, refused, examined, report }, lies })
    }

    /// Ends reading: the bytes were those that the file is named by.
    pub(super) fn end(mut self, done: &BinDone) -> Result<()> {
        let last: Option<BinDone> = self.facts.next_value()?;
        let told = last.map(|l| BinDone { facts: done.facts.clone(), ..l });
        ensure!(self.left == 0 && told.as_ref() == Some(done), "{} is not that of its bin", done.facts);
        ensure!(self.facts.next_value::<BinDone>()?.is_none(), "{} goes on behind its end", done.facts);
        Ok(())
    }
}

/// What the facts of a bin say of it, read to their end: for drivers that were told nothing.
pub(super) fn done_of(path: &Path) -> Result<BinDone> {
    let mut frames = FramesOf::open(path)?;
    let mut last: Option<Vec<u8>> = None;
    while let Some(bytes) = frames.next_bytes()? {
        last = Some(bytes);
    }
    let what = || format!("{} is damaged; remove it and run its task again", path.display());
    let done: BinDone = postcard::from_bytes(&last.with_context(what)?).with_context(what)?;
    let facts = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(BinDone { facts, ..done })
}

/// Paths of the records of all bins, in their order: segments from number 1.
pub(super) fn paths(folder: &Path, bins: &[BinDone]) -> Vec<PathBuf> {
    bins.iter().map(|b| folder.join(&b.records)).collect()
}
