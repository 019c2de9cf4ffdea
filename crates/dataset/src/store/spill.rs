//! The spill: where everything read waits until its partition is written.
//!
//! Owns the spill file, the index over it and over the records of the last release, and the choice of primary reports.
//! Memory holds the index only (some 150 bytes per file); records come back one at a time. Refuses to compare reports
//! (`write::across` does), to write tables and to publish.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use serde::Deserialize;

use super::facts::FileRecord;
use super::features::{FeaturesFile, FeaturesReader};
use super::index::{Incoming, IndexEntry, IndexedReport, RecordRef};
use super::records::{RecordsReader, ReleaseRecords};
use crate::disk::{Disk, Out};
use crate::error::{Context as _, Result};
use crate::partition::Partition;
use nianbao_report::check::across::Features;

/// Where a record lies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Where {
    /// In the spill file; `features` is its number in the features file.
    Spilled { offset: u64, length: u32, features: u32 },
    /// In the records of the last release.
    Carried(RecordRef),
}

/// A report in the store.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) index: IndexEntry,
    pub(crate) lies: Where,
    /// Number of its file, in walk order.
    pub(crate) file: u32,
    /// Number of the file that holds the better report of the same body and year.
    pub(crate) superseded_by: Option<u32>,
}

/// Everything read so far.
pub struct Store {
    spill: BufWriter<Out>,
    path: PathBuf,
    offset: u64,
    pub(crate) entries: Vec<Entry>,
    pub(crate) files: Vec<(u64, u32)>,
    /// Numbers of the files with a finding of their own.
    pub(crate) doubtful: Vec<u32>,
    features: FeaturesFile,
    spilled: u32,
    carried: ReleaseRecords,
    disk: Disk,
}

impl Store {
    /// An empty store that spills to `path`; carried reports are fetched from `carried`.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(disk: &Disk, path: PathBuf, carried: ReleaseRecords) -> Result<Self> {
        Ok(Self {
            spill: BufWriter::with_capacity(1 << 18, disk.create(&path)?),
            features: FeaturesFile::create(disk, path.with_extension("features"))?,
            path,
            offset: 0,
            entries: Vec::new(),
            files: Vec::new(),
            doubtful: Vec::new(),
            spilled: 0,
            carried,
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
            self.entries.iter().filter(touched).map(|e| e.index.partition).collect();
        let again = self.entries.iter().filter(|e| touched.contains(&e.index.partition)).map(|e| match e.lies {
            Where::Carried(record) => u64::from(record.length),
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
    pub fn add(&mut self, file: &FileRecord, report: Option<Incoming<'_>>) -> Result<()> {
        let place = self.spill(&postcard::to_stdvec(file)?)?;
        let number = self.next_file()?;
        self.files.push(place);
        if file.finding().is_some() {
            self.doubtful.push(number);
        }
        let (index, lies) = match report {
            None => return Ok(()),
            Some(Incoming::Carried(IndexedReport { index, record })) => (index, Where::Carried(record)),
            Some(Incoming::Found(found)) => {
                let (offset, length) = self.spill(&found.record)?;
                self.features.push(&found.features)?;
                self.spilled += 1;
                (found.index, Where::Spilled { offset, length, features: self.spilled - 1 })
            }
        };
        self.entries.push(Entry { index, lies, file: number, superseded_by: None });
        Ok(())
    }

    /// Ends adding: readers may be made.
    pub(crate) fn finish(&mut self) -> Result<()> {
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
        let key = |e: &Entry| e.index.body.map(|body| (e.index.partition, body));
        for i in 0..self.entries.len() {
            let Some(key) = key(&self.entries[i]) else { continue };
            let Some(&other) = best.get(&key) else {
                best.insert(key, i);
                continue;
            };
            let rank = |e: &Entry| {
                let r = &e.index;
                (!r.recognised, r.cells, std::cmp::Reverse(r.failed), r.published)
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

    pub(crate) fn reader(&self) -> Result<Reader<'_>> {
        let spill = File::open(&self.path).with_context(|| format!("cannot open {}", self.path.display()))?;
        Ok(Reader { store: self, spill, carried: RecordsReader::new(&self.carried), buffer: Vec::new() })
    }

    pub(crate) fn features(&self) -> Result<FeaturesOf<'_>> {
        Ok(FeaturesOf {
            spilled: self.features.reader()?,
            carried: RecordsReader::new(&self.carried),
            entries: &self.entries,
        })
    }
}

/// Reads files and records back; each thread has its own.
pub(crate) struct Reader<'s> {
    store: &'s Store,
    spill: File,
    carried: RecordsReader<'s>,
    buffer: Vec<u8>,
}

impl Reader<'_> {
    /// A file by its number.
    pub(crate) fn file(&mut self, number: u32) -> Result<FileRecord> {
        let (offset, length) = self.store.files.get(number as usize).copied().context("a report without a file")?;
        decode(self.spilled(offset, length)?)
    }

    /// The bytes of a report's record.
    pub(crate) fn record(&mut self, entry: &Entry) -> Result<&[u8]> {
        match entry.lies {
            Where::Spilled { offset, length, .. } => self.spilled(offset, length),
            Where::Carried(record) => self.carried.record(entry.index.partition, record),
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
pub(crate) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T> {
    postcard::from_bytes(bytes).context("a record is damaged; run with --full")
}

/// Features of all reports, by their number in the index; each thread has its own.
pub(crate) struct FeaturesOf<'s> {
    spilled: FeaturesReader,
    carried: RecordsReader<'s>,
    entries: &'s [Entry],
}

impl FeaturesOf<'_> {
    pub(crate) fn get(&mut self, number: u32) -> Result<Features> {
        let entry = self.entries.get(number as usize).context("features of no report")?;
        match entry.lies {
            Where::Spilled { features, .. } => self.spilled.get(features),
            Where::Carried(record) => self.carried.features(entry.index.partition, record.number),
        }
    }
}
