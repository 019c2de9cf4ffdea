//! The store: where everything read waits until its partition is written.
//!
//! Owns the spill file, the index over it and over the records of the last release, and the choice of primary reports.
//! Memory holds the index only (some 150 bytes per file); records come back one at a time. Refuses to compare reports
//! (`across` does), to write tables (`write` does) and to publish (`publish` does).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::disk::{Disk, Out};
use super::features::{FeaturesFile, FeaturesReader};
use super::manifest::Previous;
use super::record::FileRecord;
use super::records::{Kept, KeptReader, Place};
use nianbao_report::agency::body::Role;
use nianbao_report::check::across::Features;

/// The name that Hive gives to an unknown partition value.
pub const UNKNOWN: &str = "__HIVE_DEFAULT_PARTITION__";

/// A partition: report year and two-digit province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partition {
    /// Report year.
    pub year: Option<i32>,
    /// Province, 10 for national bodies.
    pub province: Option<u8>,
}

impl Partition {
    /// `year=2023/province=64`.
    #[must_use]
    pub fn folder(&self) -> String {
        let part = |v: Option<String>| v.unwrap_or_else(|| UNKNOWN.to_owned());
        format!(
            "year={}/province={}",
            part(self.year.map(|y| y.to_string())),
            part(self.province.map(|p| p.to_string()))
        )
    }
}

/// What the index keeps of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where its rows go.
    pub partition: Partition,
    /// County code, 0 for none: the first sort key.
    pub county: u32,
    /// The report id as a number: the second.
    pub report_id: u64,
    /// Number of the body; `None` when it, its place or the year is unknown.
    pub body: Option<u64>,
    /// What the body is to its county's government.
    pub role: Role,
    /// Cells found.
    pub cells: u32,
    /// Cells were recognised in a picture: printed text outranks it.
    pub recognised: bool,
    /// Hard sums broken.
    pub failed: u32,
    /// Days since 1970-01-01, `i32::MIN` for unknown.
    pub published: i32,
    /// First bytes of the hash of its record: equal records give equal rows.
    pub digest: u64,
}

/// A report that was read in this run.
#[derive(Clone, Debug)]
pub struct Found {
    /// What the index keeps.
    pub facts: Facts,
    /// What other reports are compared with.
    pub features: Features,
    /// Its record, encoded.
    pub record: Vec<u8>,
}

/// A report for the store.
#[derive(Clone, Copy, Debug)]
pub enum Incoming<'a> {
    /// Read in this run.
    Found(&'a Found),
    /// Carried over from the last release.
    Kept(&'a Facts, Place),
}

/// Where a record lies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Where {
    /// In the spill file; `features` is its number in the features file.
    Spilled { offset: u64, length: u32, features: u32 },
    /// In the records of the last release.
    Kept(Place),
}

/// A report in the index.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) facts: Facts,
    pub(super) lies: Where,
    /// Number of its file, in walk order.
    pub(super) file: u32,
    /// Number of the file that holds the better report of the same body and year.
    pub(super) superseded_by: Option<u32>,
}

/// Everything read so far.
pub struct Store {
    spill: BufWriter<Out>,
    path: PathBuf,
    offset: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) files: Vec<(u64, u32)>,
    /// Numbers of the files with a finding of their own.
    pub(super) doubtful: Vec<u32>,
    features: FeaturesFile,
    spilled: u32,
    kept: Kept,
    disk: Disk,
}

impl Store {
    /// An empty store that spills to `path`; carried reports are fetched from `previous`.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(disk: &Disk, path: PathBuf, previous: Option<&Previous>) -> Result<Self> {
        Ok(Self {
            spill: BufWriter::with_capacity(1 << 18, disk.create(&path)?),
            features: FeaturesFile::create(disk, path.with_extension("features"))?,
            path,
            offset: 0,
            entries: Vec::new(),
            files: Vec::new(),
            doubtful: Vec::new(),
            spilled: 0,
            kept: previous.map(Previous::kept).unwrap_or_default(),
            disk: disk.clone(),
        })
    }

    /// The number that the next file will have.
    ///
    /// # Errors
    /// When numbers are used up.
    pub fn next_file(&self) -> Result<u32> {
        u32::try_from(self.files.len()).context("more than four thousand million files")
    }

    /// Reports so far.
    #[must_use]
    pub const fn reports(&self) -> usize {
        self.entries.len()
    }

    /// Bytes that the tables may take at most, roughly: what was read and what it is written again with.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let touched = |e: &&Entry| matches!(e.lies, Where::Spilled { .. });
        let touched: std::collections::BTreeSet<Partition> =
            self.entries.iter().filter(touched).map(|e| e.facts.partition).collect();
        let again = self.entries.iter().filter(|e| touched.contains(&e.facts.partition)).map(|e| match e.lies {
            Where::Kept(place) => u64::from(place.length),
            Where::Spilled { .. } => 0,
        });
        self.offset + again.sum::<u64>()
    }

    fn spill(&mut self, bytes: &[u8]) -> Result<(u64, u32)> {
        let at = self.offset;
        self.spill.write_all(bytes).with_context(|| format!("cannot write {}", self.path.display()))?;
        self.offset += bytes.len() as u64;
        Ok((at, u32::try_from(bytes.len()).context("a record of more than 4 GiB")?))
    }

    /// Adds a file, in walk order, with its report if it holds one.
    ///
    /// # Errors
    /// When the spill file cannot be written.
    pub fn add(&mut self, file: &FileRecord<'_>, report: Option<Incoming<'_>>) -> Result<()> {
        let place = self.spill(&postcard::to_stdvec(file)?)?;
        let number = self.next_file()?;
        self.files.push(place);
        if file.finding().is_some() {
            self.doubtful.push(number);
        }
        let (facts, lies) = match report {
            None => return Ok(()),
            Some(Incoming::Kept(facts, place)) => (*facts, Where::Kept(place)),
            Some(Incoming::Found(found)) => {
                let (offset, length) = self.spill(&found.record)?;
                self.features.push(&found.features)?;
                self.spilled += 1;
                (found.facts, Where::Spilled { offset, length, features: self.spilled - 1 })
            }
        };
        self.entries.push(Entry { facts, lies, file: number, superseded_by: None });
        Ok(())
    }

    /// Ends adding: readers may be made.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.spill.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
        self.features.flush()?;
        self.choose_primary();
        Ok(())
    }

    /// Removes the spill files.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove(self) -> Result<()> {
        drop(self.spill);
        self.features.remove(&self.disk)?;
        self.disk.remove(&self.path)
    }

    /// Of several reports of one body and year: more cells, then fewer broken sums, then the later one, then the first
    /// in walk order.
    fn choose_primary(&mut self) {
        let mut best: HashMap<(Partition, u64), usize> = HashMap::new();
        let key = |e: &Entry| e.facts.body.map(|body| (e.facts.partition, body));
        for i in 0..self.entries.len() {
            let Some(key) = key(&self.entries[i]) else { continue };
            let Some(&other) = best.get(&key) else {
                best.insert(key, i);
                continue;
            };
            let rank = |e: &Entry| {
                let f = &e.facts;
                (!f.recognised, f.cells, std::cmp::Reverse(f.failed), f.published)
            };
            let (winner, loser) =
                if rank(&self.entries[i]) > rank(&self.entries[other]) { (i, other) } else { (other, i) };
            self.entries[loser].superseded_by = Some(self.entries[winner].file);
            best.insert(key, winner);
        }
        // A loser's winner may have lost later.
        for i in 0..self.entries.len() {
            if self.entries[i].superseded_by.is_some()
                && let Some(winner) = key(&self.entries[i]).and_then(|k| best.get(&k))
            {
                self.entries[i].superseded_by = Some(self.entries[*winner].file);
            }
        }
    }

    pub(super) fn reader(&self) -> Result<Reader<'_>> {
        let spill = File::open(&self.path).with_context(|| format!("cannot open {}", self.path.display()))?;
        Ok(Reader { store: self, spill, kept: KeptReader::new(&self.kept), buffer: Vec::new() })
    }

    pub(super) fn features(&self) -> Result<FeaturesOf<'_>> {
        Ok(FeaturesOf { spilled: self.features.reader()?, kept: KeptReader::new(&self.kept), entries: &self.entries })
    }
}

/// Reads files and records back; each thread has its own.
pub(super) struct Reader<'s> {
    store: &'s Store,
    spill: File,
    kept: KeptReader<'s>,
    buffer: Vec<u8>,
}

impl Reader<'_> {
    /// A file by its number.
    pub(super) fn file(&mut self, number: u32) -> Result<FileRecord<'_>> {
        let (offset, length) = self.store.files.get(number as usize).copied().context("a report without a file")?;
        decode(self.spilled(offset, length)?)
    }

    /// The bytes of a report's record.
    pub(super) fn record(&mut self, entry: &Entry) -> Result<&[u8]> {
        match entry.lies {
            Where::Spilled { offset, length, .. } => self.spilled(offset, length),
            Where::Kept(place) => self.kept.record(entry.facts.partition, place),
        }
    }

    fn spilled(&mut self, offset: u64, length: u32) -> Result<&[u8]> {
        self.buffer.resize(length as usize, 0);
        self.spill
            .seek(SeekFrom::Start(offset))
            .and_then(|_| self.spill.read_exact(&mut self.buffer))
            .context("cannot read the spill file back")?;
        Ok(&self.buffer)
    }
}

/// Decodes what the store or a release holds.
pub(super) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T> {
    postcard::from_bytes(bytes).context("a record is damaged; run with --full")
}

/// Features of all reports, by their number in the index; each thread has its own.
pub(super) struct FeaturesOf<'s> {
    spilled: FeaturesReader,
    kept: KeptReader<'s>,
    entries: &'s [Entry],
}

impl FeaturesOf<'_> {
    pub(super) fn get(&mut self, number: u32) -> Result<Features> {
        let entry = self.entries.get(number as usize).context("features of no report")?;
        match entry.lies {
            Where::Spilled { features, .. } => self.spilled.get(features),
            Where::Kept(place) => self.kept.features(entry.facts.partition, place.number),
        }
    }
}
