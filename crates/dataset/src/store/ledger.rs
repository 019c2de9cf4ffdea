//! The ledger: every file of the archive as the last run saw it, and where its record lies. `_ledger.parquet`.
//!
//! Owns its columns, and reading them back in the order of the walk. Refuses to decide what is unchanged: `archive::stat`
//! and the plan of the run do.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::ArrayBuilder;
use arrow_array::types::{Date32Type, Int32Type, Int64Type, UInt8Type, UInt32Type, UInt64Type};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use serde::{Deserialize, Serialize};

use super::column::{Bytes, Code, Flag, Hash, Kind, Text};
use super::facts::{FileFacts, FileRecord, Status};
use super::index::{IndexEntry, IndexedReport, ROLES, RecordRef};
use crate::archive::Stat;
use crate::disk::{Disk, Sink, Written};
use crate::error::{Context as _, Result, ensure};
use crate::partition::Partition;

/// Name of the file in a release.
const FILE: &str = "_ledger.parquet";
/// Version of its columns: a ledger of another one is not read, and everything is new.
const VERSION: &str = "2";
const VERSION_KEY: &str = "nianbao.ledger_version";
const BATCH: usize = 8192;

/// A file as the last run saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// What is known of it.
    pub facts: FileFacts,
    /// Its report.
    pub report: Option<IndexedReport>,
}

/// The columns: name, kind, whether a row may be without, and how the file holds its values. `plain` is for columns in
/// which hardly a value stands twice: a dictionary makes them larger.
macro_rules! columns {
    ($($name:ident: $kind:ty, $null:ident, $form:ident;)*) => {
        /// A row as the file holds it; `None` is null.
        struct Row<'r> { $($name: Option<<$kind as Kind>::Value<'r>>,)* }

        impl<'r> Row<'r> {
            /// Row `i` of a batch; `None` where its columns are not those of the ledger.
            fn read(columns: &'r [ArrayRef], i: usize) -> Option<Self> {
                let mut columns = columns.iter();
                Some(Self { $($name: <$kind as Kind>::get(columns.next()?, i),)* })
            }
        }

        struct Builders { rows: usize, $($name: <$kind as Kind>::Builder,)* }

        impl Builders {
            fn new() -> Self {
                Self { rows: 0, $($name: <$kind as Kind>::builder(),)* }
            }

            fn push(&mut self, row: Row<'_>) -> Result<()> {
                self.rows += 1;
                $(<$kind as Kind>::append(&mut self.$name, row.$name)?;)*
                Ok(())
            }

            fn finish(mut self) -> Vec<ArrayRef> {
                vec![$(ArrayBuilder::finish(&mut self.$name),)*]
            }
        }

        fn schema() -> Arc<Schema> {
            Arc::new(Schema::new(vec![
                $(Field::new(stringify!($name), <$kind as Kind>::data_type(), columns!(@null $null)),)*
            ]))
        }

        const PLAIN: &[Option<&str>] = &[$(columns!(@plain $form $name),)*];
    };
    (@null null) => { true };
    (@null always) => { false };
    (@plain plain $name:ident) => { Some(stringify!($name)) };
    (@plain dictionary $name:ident) => { None };
}

columns! {
    source_path: Text, always, plain;
    raw_path: Bytes, null, dictionary;
    member: Flag, always, dictionary;
    part: UInt32Type, null, dictionary;
    stat_size: UInt64Type, null, dictionary;
    mtime_ns: Int64Type, null, plain;
    ctime_ns: Int64Type, null, plain;
    inode: UInt64Type, null, plain;
    stat_taken_ns: Int64Type, always, plain;
    fingerprint: UInt64Type, always, dictionary;
    sha256: Hash, null, plain;
    size: UInt64Type, null, dictionary;
    modified: Date32Type, null, dictionary;
    format: Code, null, dictionary;
    encoding: Code, null, dictionary;
    decode_faults: UInt64Type, null, dictionary;
    status: Code, always, dictionary;
    reason: Text, null, dictionary;
    first_run: Code, always, dictionary;
    report_id: UInt64Type, null, plain;
    year: Int32Type, null, dictionary;
    province: UInt8Type, null, dictionary;
    county: UInt32Type, null, dictionary;
    body: UInt64Type, null, dictionary;
    role: UInt8Type, null, dictionary;
    cells: UInt32Type, null, dictionary;
    checks_failed: UInt32Type, null, dictionary;
    recognised: Flag, null, dictionary;
    published_on: Date32Type, null, dictionary;
    record_digest: UInt64Type, null, plain;
    record_number: UInt32Type, null, dictionary;
    record_chunk: UInt64Type, null, dictionary;
    record_packed: UInt32Type, null, dictionary;
    record_unpacked: UInt32Type, null, dictionary;
    record_at: UInt32Type, null, dictionary;
    record_length: UInt32Type, null, dictionary;
}

impl<'r> Row<'r> {
    fn of(file: &'r FileFacts, run: &'r str, report: Option<&IndexedReport>) -> Self {
        let stat = file.stat;
        let index = report.map(|r| r.index);
        let record = report.map(|r| r.record);
        let role = index.and_then(|e| ROLES.iter().position(|r| *r == e.role));
        Self {
            source_path: Some(&file.source_path),
            raw_path: file.raw.as_deref(),
            member: Some(file.member),
            part: file.part,
            stat_size: stat.map(|s| s.size),
            mtime_ns: stat.map(|s| s.mtime),
            ctime_ns: stat.map(|s| s.ctime),
            inode: stat.map(|s| s.inode),
            stat_taken_ns: Some(file.observed_at),
            fingerprint: Some(file.fingerprint),
            sha256: file.hash.as_ref(),
            size: file.size,
            modified: file.modified,
            format: file.format.as_deref(),
            encoding: file.encoding.as_deref(),
            decode_faults: file.decode_faults,
            status: Some(file.status.code()),
            reason: file.reason.as_deref(),
            first_run: Some(if file.first_run.is_empty() { run } else { &file.first_run }),
            report_id: index.map(|e| e.report_id),
            year: index.and_then(|e| e.partition.year),
            province: index.and_then(|e| e.partition.province),
            county: index.map(|e| e.county),
            body: index.and_then(|e| e.body),
            role: role.and_then(|r| u8::try_from(r).ok()),
            cells: index.map(|e| e.cells),
            checks_failed: index.map(|e| e.failed),
            recognised: index.map(|e| e.recognised),
            published_on: index.map(|e| e.published),
            record_digest: index.map(|e| e.digest),
            record_number: record.map(|r| r.number),
            record_chunk: record.map(|r| r.chunk),
            record_packed: record.map(|r| r.packed),
            record_unpacked: record.map(|r| r.unpacked),
            record_at: record.map(|r| r.at),
            record_length: record.map(|r| r.length),
        }
    }

    fn facts(&self) -> Option<FileFacts> {
        let owned = |code: Option<&str>| code.map(|c| c.to_owned().into());
        Some(FileFacts {
            source_path: self.source_path?.to_owned(),
            raw: self.raw_path.map(<[u8]>::to_vec),
            member: self.member?,
            part: self.part,
            stat: self.stat(),
            observed_at: self.stat_taken_ns?,
            fingerprint: self.fingerprint?,
            hash: self.sha256.copied(),
            size: self.size,
            modified: self.modified,
            format: owned(self.format),
            encoding: owned(self.encoding),
            decode_faults: self.decode_faults,
            status: Status::of(self.status?)?,
            reason: self.reason.map(str::to_owned),
            first_run: self.first_run?.to_owned(),
        })
    }

    fn stat(&self) -> Option<Stat> {
        Some(Stat { size: self.stat_size?, mtime: self.mtime_ns?, ctime: self.ctime_ns?, inode: self.inode? })
    }

    fn report(&self, report_id: u64) -> Option<IndexedReport> {
        let index = IndexEntry {
            partition: Partition { year: self.year, province: self.province },
            county: self.county?,
            report_id,
            body: self.body,
            role: *ROLES.get(usize::from(self.role?))?,
            cells: self.cells?,
            failed: self.checks_failed?,
            recognised: self.recognised?,
            published: self.published_on?,
            digest: self.record_digest?,
        };
        let record = RecordRef {
            number: self.record_number?,
            chunk: self.record_chunk?,
            packed: self.record_packed?,
            unpacked: self.record_unpacked?,
            at: self.record_at?,
            length: self.record_length?,
        };
        Some(IndexedReport { index, record })
    }

    /// The row of the last run; `None` where a value that every row has is missing.
    fn owned(&self) -> Option<LedgerRow> {
        let report = match self.report_id {
            Some(report_id) => Some(self.report(report_id)?),
            None => None,
        };
        Some(LedgerRow { facts: self.facts()?, report })
    }
}

/// The ledger being written.
pub(crate) struct LedgerFile {
    schema: Arc<Schema>,
    writer: ArrowWriter<Sink>,
    builders: Builders,
    rows: u64,
}

impl LedgerFile {
    pub(crate) fn create(disk: &Disk, root: &Path) -> Result<Self> {
        let schema = schema();
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_statistics_enabled(EnabledStatistics::None)
            .set_max_row_group_row_count(Some(131_072))
            .set_key_value_metadata(Some(vec![KeyValue::new(VERSION_KEY.to_owned(), VERSION.to_owned())]));
        for name in PLAIN.iter().flatten() {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(*name), false);
        }
        let sink = Sink::create(disk, root, "ledger")?;
        let writer = ArrowWriter::try_new(sink, Arc::clone(&schema), Some(properties.build()))?;
        Ok(Self { schema, writer, builders: Builders::new(), rows: 0 })
    }

    /// Appends a file; `run` is the name of this run.
    pub(crate) fn push(&mut self, file: &FileRecord, run: &str, report: Option<&IndexedReport>) -> Result<()> {
        self.builders.push(Row::of(&file.facts, run, report))?;
        if self.builders.rows >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        let builders = std::mem::replace(&mut self.builders, Builders::new());
        self.rows += builders.rows as u64;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), builders.finish())?;
        self.writer.write(&batch).context("cannot write the ledger")
    }

    pub(crate) fn close(mut self) -> Result<Written> {
        self.flush()?;
        let rows = self.rows;
        let sink = self.writer.into_inner().context("cannot write the ledger")?;
        sink.close(rows, |_| FILE.to_owned())
    }
}

/// Reads a ledger in its order: that of the walk, members behind their archive.
pub struct Ledger {
    batches: Option<ParquetRecordBatchReader>,
    batch: Option<RecordBatch>,
    at: usize,
}

impl Ledger {
    /// One without rows.
    #[must_use]
    pub const fn empty() -> Self {
        Self { batches: None, batch: None, at: 0 }
    }

    /// The ledger of a release; empty where it has none that this build reads.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn open(release: &Path) -> Result<Self> {
        let path = release.join(FILE);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::empty()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let what = || format!("{} is damaged; run with --full", path.display());
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).with_context(what)?;
        let facts = reader.metadata().file_metadata().key_value_metadata();
        let version = facts.and_then(|all| all.iter().find(|f| f.key == VERSION_KEY)).and_then(|f| f.value.as_deref());
        if version != Some(VERSION) {
            return Ok(Self::empty());
        }
        ensure!(reader.schema().fields() == schema().fields(), "{}", what());
        let batches = Some(reader.with_batch_size(BATCH).build().with_context(what)?);
        Ok(Self { batches, batch: None, at: 0 })
    }

    /// The next row.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn next_row(&mut self) -> Result<Option<LedgerRow>> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|b| self.at < b.num_rows()) {
                let row = Row::read(batch.columns(), self.at).and_then(|row| row.owned());
                self.at += 1;
                return row.context("the ledger is damaged; run with --full").map(Some);
            }
            let Some(batch) = self.batches.as_mut().and_then(Iterator::next) else { return Ok(None) };
            self.batch = Some(batch.context("the ledger is damaged; run with --full")?);
            self.at = 0;
        }
    }
}
