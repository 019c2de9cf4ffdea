//! Records at rest: every report of a partition as it was read, so that a touched partition is written again without
//! reading the archive again.
//!
//! Owns the files `_records/year=…/province=…/part-<hash>.records`: the features of all reports in records of one size, then
//! their records in compressed chunks. Refuses to know what a record says: its bytes mean something only to the build
//! that wrote them, and the ledger says which that was.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::features::{self, SIZE};
use super::index::RecordRef;
use crate::disk::{Disk, Sink, Written};
use crate::error::{Context as _, Result};
use crate::partition::Partition;
use nianbao_report::check::across::Features;

/// Name of the folder within a release.
pub const FOLDER: &str = "_records";
/// Bytes of records after which a chunk is closed.
const CHUNK: usize = 1 << 18;
/// A chunk is never larger than this: more is damage.
const CHUNK_MAX: usize = 1 << 30;
const LEVEL: i32 = 1;

/// Writes the records of one partition: first all features, then all records.
pub(crate) struct RecordsFile {
    sink: Sink,
    chunk: Vec<u8>,
    /// Records of the chunk being filled.
    open: Vec<(u32, u32)>,
    refs: Vec<RecordRef>,
}

impl RecordsFile {
    pub(crate) fn create(disk: &Disk, folder: &Path) -> Result<Self> {
        Ok(Self { sink: Sink::create(disk, folder, "records")?, chunk: Vec::new(), open: Vec::new(), refs: Vec::new() })
    }

    /// The features of the next report, encoded.
    pub(crate) fn features(&mut self, features: &[u8; SIZE]) -> Result<()> {
        self.sink.write_all(features).context("cannot write the records")
    }

    pub(crate) fn push(&mut self, record: &[u8]) -> Result<()> {
        let at = u32::try_from(self.chunk.len()).context("a chunk of more than 4 GiB")?;
        self.open.push((at, u32::try_from(record.len()).context("a record of more than 4 GiB")?));
        self.chunk.extend_from_slice(record);
        if self.chunk.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        if self.open.is_empty() {
            return Ok(());
        }
        let packed = zstd::bulk::compress(&self.chunk, LEVEL).context("cannot compress the records")?;
        let (size, unpacked) = (u32::try_from(packed.len())?, u32::try_from(self.chunk.len())?);
        for (at, length) in self.open.drain(..) {
            let number = u32::try_from(self.refs.len())?;
            self.refs.push(RecordRef { number, chunk: self.sink.bytes(), packed: size, unpacked, at, length });
        }
        self.sink.write_all(&packed).context("cannot write the records")?;
        self.chunk.clear();
        Ok(())
    }

    /// Ends the file; says where each record lies, in the order they came.
    pub(crate) fn close(mut self) -> Result<(Written, Vec<RecordRef>)> {
        self.flush()?;
        let rows = self.refs.len() as u64;
        let name = |sha256: &str| format!("part-{}.records", sha256.get(..16).unwrap_or(sha256));
        Ok((self.sink.close(rows, name)?, self.refs))
    }
}

/// The records of a release, by partition.
#[derive(Clone, Debug, Default)]
pub struct ReleaseRecords {
    pub(crate) files: BTreeMap<Partition, PathBuf>,
}

/// Files that a reader keeps open.
const OPEN: usize = 128;

/// Reads records of a release back; each thread has its own.
pub(super) struct RecordsReader<'a> {
    release: &'a ReleaseRecords,
    open: BTreeMap<Partition, File>,
    packed: Vec<u8>,
    unpacker: Option<zstd::bulk::Decompressor<'static>>,
    chunk: Vec<u8>,
    holds: Option<(Partition, u64)>,
}

impl<'a> RecordsReader<'a> {
    pub(super) fn new(release: &'a ReleaseRecords) -> Self {
        Self { release, open: BTreeMap::new(), packed: Vec::new(), unpacker: None, chunk: Vec::new(), holds: None }
    }

    fn file(&mut self, partition: Partition) -> Result<&mut File> {
        if self.open.len() >= OPEN && !self.open.contains_key(&partition) {
            self.open.clear();
        }
        match self.open.entry(partition) {
            std::collections::btree_map::Entry::Occupied(file) => Ok(file.into_mut()),
            std::collections::btree_map::Entry::Vacant(free) => {
                let path = self.release.files.get(&partition).with_context(|| damaged(partition))?;
                Ok(free.insert(File::open(path).with_context(|| damaged(partition))?))
            }
        }
    }

    pub(super) fn features(&mut self, partition: Partition, number: u32) -> Result<Features> {
        let mut bytes = [0_u8; SIZE];
        let file = self.file(partition)?;
        file.seek(SeekFrom::Start(u64::from(number) * SIZE as u64))
            .and_then(|_| file.read_exact(&mut bytes))
            .with_context(|| damaged(partition))?;
        features::decode(&bytes).with_context(|| damaged(partition))
    }

    /// The bytes of a record. Neighbours share a chunk, which is kept.
    pub(super) fn record(&mut self, partition: Partition, record: RecordRef) -> Result<&[u8]> {
        if self.holds != Some((partition, record.chunk)) {
            self.holds = None;
            let mut packed = std::mem::take(&mut self.packed);
            packed.resize(record.packed as usize, 0);
            let file = self.file(partition)?;
            file.seek(SeekFrom::Start(record.chunk))
                .and_then(|_| file.read_exact(&mut packed))
                .with_context(|| damaged(partition))?;
            let capacity = (record.unpacked as usize).min(CHUNK_MAX);
            let unpacker = match &mut self.unpacker {
                Some(unpacker) => unpacker,
                none => none.insert(zstd::bulk::Decompressor::new().context("cannot unpack records")?),
            };
            self.chunk = unpacker.decompress(&packed, capacity).with_context(|| damaged(partition))?;
            self.packed = packed;
            self.holds = Some((partition, record.chunk));
        }
        let (from, length) = (record.at as usize, record.length as usize);
        self.chunk.get(from..from.saturating_add(length)).with_context(|| damaged(partition))
    }
}

fn damaged(partition: Partition) -> String {
    format!("the records of {} in the last release are damaged; run with --full", partition.folder())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_where_they_were_put() {
        let folder = tempfile::tempdir().unwrap();
        let partition = Partition { year: Some(2023), province: Some(64) };
        let records: Vec<Vec<u8>> = (0..40_u8).map(|i| vec![i; usize::from(i) * 1000]).collect();
        let features: Vec<Features> = (0..40_u64).map(|cells| Features { cells, ..Features::default() }).collect();
        let mut out = RecordsFile::create(&Disk::default(), folder.path()).unwrap();
        for features in &features {
            out.features(&features::encode(features)).unwrap();
        }
        for record in &records {
            out.push(record).unwrap();
        }
        let (written, refs) = out.close().unwrap();
        assert_eq!((written.rows, refs.len()), (40, 40));
        assert!(refs[39].chunk > refs[0].chunk, "several chunks");
        let kept = ReleaseRecords { files: BTreeMap::from([(partition, folder.path().join(&written.name))]) };
        let mut reader = RecordsReader::new(&kept);
        for i in [3_usize, 39, 0, 38, 17] {
            assert_eq!(reader.record(partition, refs[i]).unwrap(), records[i]);
            assert_eq!(reader.features(partition, refs[i].number).unwrap(), features[i]);
        }
        let other = Partition { year: None, province: None };
        assert!(reader.record(other, refs[0]).is_err());
        std::fs::write(folder.path().join(&written.name), "short").unwrap();
        assert!(RecordsReader::new(&kept).record(partition, refs[5]).is_err());
    }
}
