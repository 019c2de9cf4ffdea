//! The spill: where everything read waits until its partition is written.
//!
//! Owns the spill file, the index over it, over what other machines read and over the records of the last release, and the
//! choice of primary reports. Memory holds the index only (some 150 bytes per file); records come back one at a time.
//! Refuses to compare reports (`write::across` does), to write tables and to publish.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::facts::FileRecord;
use super::features::{FeaturesFile, FeaturesReader};
use super::index::{Incoming, IndexEntry, IndexedReport, Place, RecordRef, Where};
use super::records::{RecordsReader, ReleaseRecords};
use crate::disk::{Disk, Out};
use crate::error::{Context as _, Result, bail, ensure};
use crate::partition::Partition;
use nianbao_report::check::across::Features;

/// A report in the store.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Nothing where the index was loaded: then no more is added.
    open: Option<OpenFiles>,
    path: PathBuf,
    offset: u64,
    pub(crate) entries: Vec<Entry>,
    pub(crate) files: Vec<(u64, u32)>,
    /// Numbers of the files with a finding of their own.
    pub(crate) doubtful: Vec<u32>,
    spilled: u32,
    lying: Lying,
    disk: Disk,
}

/// The files of a store that is being filled, or was in this process.
struct OpenFiles {
    spill: BufWriter<Out>,
    features: FeaturesFile,
}

/// Where the records of a run lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lying {
    /// Segments by their number; the first is the store's own.
    pub(crate) segments: Vec<PathBuf>,
    /// The last release's.
    pub(crate) carried: ReleaseRecords,
}

impl Store {
    /// An empty store that spills to `path`; carried reports are fetched from `carried`, those that other machines read
    /// from `segments`, of which the first has number 1.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(
        disk: &Disk,
        path: PathBuf,
        carried: ReleaseRecords,
        segments: impl IntoIterator<Item = PathBuf>,
    ) -> Result<Self> {
        let segments = std::iter::once(path.clone()).chain(segments).collect();
        let spill = BufWriter::with_capacity(1 << 18, disk.create(&path)?);
        let features = FeaturesFile::create(disk, path.with_extension("features"))?;
        Ok(Self {
            open: Some(OpenFiles { spill, features }),
            path,
            offset: 0,
            entries: Vec::new(),
            files: Vec::new(),
            doubtful: Vec::new(),
            spilled: 0,
            lying: Lying { segments, carried },
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
        let touched = |e: &&Entry| matches!(e.lies, Where::Read { .. });
        let touched: std::collections::BTreeSet<Partition> =
            self.entries.iter().filter(touched).map(|e| e.index.partition).collect();
        let again = self.entries.iter().filter(|e| touched.contains(&e.index.partition)).map(|e| match e.lies {
            Where::Carried(record) => u64::from(record.length),
            Where::Read { .. } => 0,
        });
        self.offset + again.sum::<u64>()
    }

    fn spill(&mut self, bytes: &[u8]) -> Result<(u64, u32)> {
        let at = self.offset;
        let path = &self.path;
        let open = self.open.as_mut().context("a store that is closed")?;
        open.spill.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
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
            Some(Incoming::Found(found, lies)) => {
                let place = match lies {
                    Some(place) => place,
                    None => {
                        let (offset, length) = self.spill(&found.record)?;
                        Place { segment: 0, offset, length }
                    }
                };
                self.open.as_mut().context("a store that is closed")?.features.push(&found.features)?;
                self.spilled += 1;
                (found.index, Where::Read { place, features: self.spilled - 1 })
            }
        };
        self.entries.push(Entry { index, lies, file: number, superseded_by: None });
        Ok(())
    }

    /// Ends adding: readers may be made.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let open = self.open.as_mut().context("a store that is closed")?;
        open.spill.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
        open.features.flush()?;
        self.choose_primary();
        Ok(())
    }

    /// Writes the index to a file, so that another process may load it beside the spill file. `finish` came before.
    pub(crate) fn save(&self, path: &Path) -> Result<()> {
        let mut out = BufWriter::new(self.disk.create(path)?);
        let mut put = |bytes: &[u8]| out.write_all(bytes).with_context(|| format!("cannot write {}", path.display()));
        for (offset, length) in &self.files {
            put(&[offset.to_le_bytes().as_slice(), &length.to_le_bytes()].concat())?;
        }
        let (entries, doubtful) = (postcard::to_stdvec(&self.entries)?, postcard::to_stdvec(&self.doubtful)?);
        put(&entries)?;
        put(&doubtful)?;
        for size in [self.files.len(), entries.len(), doubtful.len()] {
            put(&(size as u64).to_le_bytes())?;
        }
        out.flush().with_context(|| format!("cannot write {}", path.display()))?;
        out.get_ref().sync()
    }

    /// The store of which `save` wrote the index.
    pub(crate) fn load(disk: &Disk, path: &Path, lying: Lying) -> Result<Self> {
        let damaged = || format!("{} is damaged; settle again", path.display());
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (rest, sizes) = bytes.split_last_chunk::<24>().with_context(damaged)?;
        let sizes = sizes.chunks_exact(8).map(|s| s.try_into().map_or(0, u64::from_le_bytes));
        let sizes: Vec<usize> = sizes.map(usize::try_from).collect::<Result<_, _>>()?;
        let [count, entries, doubtful] = sizes.as_slice() else { bail!("{}", damaged()) };
        let of_files = count.saturating_mul(12);
        ensure!(rest.len() == of_files.saturating_add(entries + doubtful), "{}", damaged());
        let (files, rest) = rest.split_at(of_files);
        let (entries, doubtful) = rest.split_at(*entries);
        let place = |b: &[u8]| {
            let (offset, length) = b.split_at(8);
            (offset.try_into().map_or(0, u64::from_le_bytes), length.try_into().map_or(0, u32::from_le_bytes))
        };
        let own = lying.segments.first().context("a store without a spill file")?.clone();
        Ok(Self {
            open: None,
            path: own,
            offset: 0,
            entries: decode(entries)?,
            files: files.chunks_exact(12).map(place).collect(),
            doubtful: decode(doubtful)?,
            spilled: 0,
            lying,
            disk: disk.clone(),
        })
    }

    /// Removes the spill files.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove(self) -> Result<()> {
        if let Some(OpenFiles { spill, features }) = self.open {
            drop(spill);
            features.remove(&self.disk)?;
        }
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
        Ok(Reader { store: self, spill: open(&self.path)?, buffer: Vec::new() })
    }

    pub(crate) fn features(&self) -> Result<FeaturesOf<'_>> {
        Ok(FeaturesOf {
            spilled: self.open.as_ref().context("a store that is closed")?.features.reader()?,
            carried: RecordsReader::new(&self.lying.carried),
            entries: &self.entries,
        })
    }

    pub(crate) const fn lying(&self) -> &Lying {
        &self.lying
    }
}

fn open(path: &Path) -> Result<File> {
    File::open(path).with_context(|| format!("cannot open {}", path.display()))
}

/// Reads files and records back; each thread has its own.
pub(crate) struct Reader<'s> {
    store: &'s Store,
    spill: File,
    buffer: Vec<u8>,
}

impl Reader<'_> {
    /// A file by its number.
    pub(crate) fn file(&mut self, number: u32) -> Result<FileRecord> {
        let (offset, length) = self.store.files.get(number as usize).copied().context("a report without a file")?;
        decode(pread(&mut self.spill, &mut self.buffer, offset, length)?)
    }
}

/// Segments that a reader keeps open.
const OPEN: usize = 128;

/// Reads records back, wherever they lie; each thread has its own.
pub(crate) struct Records<'s> {
    lying: &'s Lying,
    open: BTreeMap<u32, File>,
    carried: RecordsReader<'s>,
    buffer: Vec<u8>,
}

impl<'s> Records<'s> {
    pub(crate) fn new(lying: &'s Lying) -> Self {
        let carried = RecordsReader::new(&lying.carried);
        Self { lying, open: BTreeMap::new(), carried, buffer: Vec::new() }
    }

    /// The bytes of the record of a report of this partition.
    pub(crate) fn get(&mut self, partition: Partition, lies: Where) -> Result<&[u8]> {
        let Place { segment, offset, length } = match lies {
            Where::Carried(record) => return self.carried.record(partition, record),
            Where::Read { place, .. } => place,
        };
        if self.open.len() >= OPEN && !self.open.contains_key(&segment) {
            self.open.clear();
        }
        let file = match self.open.entry(segment) {
            std::collections::btree_map::Entry::Occupied(file) => file.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let path = self.lying.segments.get(segment as usize).context("a record in no segment")?;
                free.insert(open(path)?)
            }
        };
        pread(file, &mut self.buffer, offset, length)
    }

    /// The features of a report of the last release.
    pub(crate) fn features(&mut self, partition: Partition, record: RecordRef) -> Result<Features> {
        self.carried.features(partition, record.number)
    }
}

fn pread<'b>(file: &mut File, buffer: &'b mut Vec<u8>, offset: u64, length: u32) -> Result<&'b [u8]> {
    buffer.resize(length as usize, 0);
    file.seek(SeekFrom::Start(offset))
        .and_then(|_| file.read_exact(buffer))
        .context("cannot read what was read back")?;
    Ok(buffer)
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
            Where::Read { features, .. } => self.spilled.get(features),
            Where::Carried(record) => self.carried.features(entry.index.partition, record.number),
        }
    }
}
