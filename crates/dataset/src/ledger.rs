//! The ledger: every file of the archive as the last run saw it, and where its record lies. `_ledger.parquet`.
//!
//! Owns its columns, and reading them back in the order of the walk. Refuses to decide what is unchanged: `archive::stat`
//! and the plan of the run do.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use arrow_array::builder::{
    BinaryBuilder, BooleanBuilder, Date32Builder, FixedSizeBinaryBuilder, Int32Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder, UInt8Builder, UInt32Builder, UInt64Builder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type, Int64Type, UInt8Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::disk::{Disk, Sink, Written};
use super::record::FileRecord;
use super::records::Place;
use super::store::{Facts, Partition};
use crate::archive::Stat;
use nianbao_report::agency::body::Role;

/// Name of the file in a release.
pub const FILE: &str = "_ledger.parquet";
/// Version of its columns: a ledger of another one is not read, and everything is new.
const VERSION: &str = "1";
const VERSION_KEY: &str = "nianbao.ledger_version";
const BATCH: usize = 8192;

/// A file as the last run saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// Path relative to the source, `/`.
    pub source_path: String,
    /// Its own bytes where they are no UTF-8.
    pub raw: Option<Vec<u8>>,
    /// It lies in an archive, whose row stands before it.
    pub member: bool,
    /// What the file system said; nothing for members and for what is no file.
    pub stat: Option<Stat>,
    /// When it said so, in nanoseconds since 1970-01-01 UTC.
    pub taken: i64,
    /// What it was read with; 0 is never trusted.
    pub fingerprint: u64,
    /// SHA-256.
    pub hash: Option<[u8; 32]>,
    /// Bytes.
    pub size: Option<u64>,
    /// Day of modification since 1970-01-01.
    pub modified: Option<i32>,
    /// Format by content.
    pub format: Option<String>,
    /// Encoding.
    pub encoding: Option<String>,
    /// Decoding faults.
    pub decode_faults: Option<u64>,
    /// Status, before reports were compared.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// The run that saw these bytes under this name first.
    pub first_run: String,
    /// Its report.
    pub report: Option<Held>,
}

/// A report of the last run.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// What the index keeps of it.
    pub facts: Facts,
    /// Where its record lies.
    pub place: Place,
}

fn schema() -> Arc<Schema> {
    let code = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let columns = [
        ("source_path", DataType::Utf8, false),
        ("raw_path", DataType::Binary, true),
        ("member", DataType::Boolean, false),
        ("stat_size", DataType::UInt64, true),
        ("mtime_ns", DataType::Int64, true),
        ("ctime_ns", DataType::Int64, true),
        ("inode", DataType::UInt64, true),
        ("stat_taken_ns", DataType::Int64, false),
        ("fingerprint", DataType::UInt64, false),
        ("sha256", DataType::FixedSizeBinary(32), true),
        ("size", DataType::UInt64, true),
        ("modified", DataType::Date32, true),
        ("format", code(), true),
        ("encoding", code(), true),
        ("decode_faults", DataType::UInt64, true),
        ("status", code(), false),
        ("reason", DataType::Utf8, true),
        ("first_run", code(), false),
        ("report_id", DataType::UInt64, true),
        ("year", DataType::Int32, true),
        ("province", DataType::UInt8, true),
        ("county", DataType::UInt32, true),
        ("body", DataType::UInt64, true),
        ("role", DataType::UInt8, true),
        ("cells", DataType::UInt32, true),
        ("checks_failed", DataType::UInt32, true),
        ("recognised", DataType::Boolean, true),
        ("published_on", DataType::Date32, true),
        ("record_digest", DataType::UInt64, true),
        ("record_number", DataType::UInt32, true),
        ("record_chunk", DataType::UInt64, true),
        ("record_packed", DataType::UInt32, true),
        ("record_unpacked", DataType::UInt32, true),
        ("record_at", DataType::UInt32, true),
        ("record_length", DataType::UInt32, true),
    ];
    Arc::new(Schema::new(columns.map(|(name, kind, null)| Field::new(name, kind, null)).to_vec()))
}

const ROLES: [Role; 3] = [Role::Other, Role::Government, Role::Part];

#[derive(Default)]
struct Builders {
    rows: usize,
    source_path: StringBuilder,
    raw: BinaryBuilder,
    member: BooleanBuilder,
    stat_size: UInt64Builder,
    mtime: Int64Builder,
    ctime: Int64Builder,
    inode: UInt64Builder,
    taken: Int64Builder,
    fingerprint: UInt64Builder,
    size: UInt64Builder,
    modified: Date32Builder,
    format: StringDictionaryBuilder<Int32Type>,
    encoding: StringDictionaryBuilder<Int32Type>,
    decode_faults: UInt64Builder,
    status: StringDictionaryBuilder<Int32Type>,
    reason: StringBuilder,
    first_run: StringDictionaryBuilder<Int32Type>,
    report_id: UInt64Builder,
    year: Int32Builder,
    province: UInt8Builder,
    county: UInt32Builder,
    body: UInt64Builder,
    role: UInt8Builder,
    cells: UInt32Builder,
    failed: UInt32Builder,
    recognised: BooleanBuilder,
    published: Date32Builder,
    digest: UInt64Builder,
    number: UInt32Builder,
    chunk: UInt64Builder,
    packed: UInt32Builder,
    unpacked: UInt32Builder,
    at: UInt32Builder,
    length: UInt32Builder,
}

/// The ledger being written.
pub(super) struct LedgerFile {
    schema: Arc<Schema>,
    writer: ArrowWriter<Sink>,
    builders: Builders,
    hashes: FixedSizeBinaryBuilder,
    rows: u64,
}

impl LedgerFile {
    pub(super) fn create(disk: &Disk, root: &Path) -> Result<Self> {
        let schema = schema();
        let plain =
            ["source_path", "sha256", "record_digest", "report_id", "mtime_ns", "ctime_ns", "stat_taken_ns", "inode"];
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_statistics_enabled(EnabledStatistics::None)
            .set_max_row_group_row_count(Some(131_072))
            .set_key_value_metadata(Some(vec![KeyValue::new(VERSION_KEY.to_owned(), VERSION.to_owned())]));
        for name in plain {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
        }
        let sink = Sink::create(disk, root, "ledger")?;
        let writer = ArrowWriter::try_new(sink, Arc::clone(&schema), Some(properties.build()))?;
        let hashes = FixedSizeBinaryBuilder::new(32);
        Ok(Self { schema, writer, builders: Builders::default(), hashes, rows: 0 })
    }

    /// Appends a file; `run` is the name of this run.
    pub(super) fn push(&mut self, file: &FileRecord<'_>, run: &str, report: Option<&Held>) -> Result<()> {
        let b = &mut self.builders;
        let trace = &file.trace;
        b.source_path.append_value(file.source_path);
        b.raw.append_option(trace.raw);
        b.member.append_value(trace.member);
        b.stat_size.append_option(trace.stat.map(|s| s.size));
        b.mtime.append_option(trace.stat.map(|s| s.mtime));
        b.ctime.append_option(trace.stat.map(|s| s.ctime));
        b.inode.append_option(trace.stat.map(|s| s.inode));
        b.taken.append_value(trace.taken);
        b.fingerprint.append_value(trace.fingerprint);
        match &file.hash {
            Some(hash) => self.hashes.append_value(hash)?,
            None => self.hashes.append_null(),
        }
        b.size.append_option(file.size);
        b.modified.append_option(file.modified);
        b.format.append_option(file.format);
        b.encoding.append_option(file.encoding);
        b.decode_faults.append_option(file.decode_faults);
        b.status.append_value(file.status);
        b.reason.append_option(file.reason);
        b.first_run.append_value(if trace.first_run.is_empty() { run } else { trace.first_run });
        let facts = report.map(|r| &r.facts);
        b.report_id.append_option(facts.map(|f| f.report_id));
        b.year.append_option(facts.and_then(|f| f.partition.year));
        b.province.append_option(facts.and_then(|f| f.partition.province));
        b.county.append_option(facts.map(|f| f.county));
        b.body.append_option(facts.and_then(|f| f.body));
        let role = facts.and_then(|f| ROLES.iter().position(|r| *r == f.role)).and_then(|r| u8::try_from(r).ok());
        b.role.append_option(role);
        b.cells.append_option(facts.map(|f| f.cells));
        b.failed.append_option(facts.map(|f| f.failed));
        b.recognised.append_option(facts.map(|f| f.recognised));
        b.published.append_option(facts.map(|f| f.published));
        b.digest.append_option(facts.map(|f| f.digest));
        let place = report.map(|r| &r.place);
        b.number.append_option(place.map(|p| p.number));
        b.chunk.append_option(place.map(|p| p.chunk));
        b.packed.append_option(place.map(|p| p.packed));
        b.unpacked.append_option(place.map(|p| p.unpacked));
        b.at.append_option(place.map(|p| p.at));
        b.length.append_option(place.map(|p| p.length));
        b.rows += 1;
        if b.rows >= BATCH { self.settle() } else { Ok(()) }
    }

    fn settle(&mut self) -> Result<()> {
        let mut b = std::mem::take(&mut self.builders);
        self.rows += b.rows as u64;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(b.source_path.finish()),
            Arc::new(b.raw.finish()),
            Arc::new(b.member.finish()),
            Arc::new(b.stat_size.finish()),
            Arc::new(b.mtime.finish()),
            Arc::new(b.ctime.finish()),
            Arc::new(b.inode.finish()),
            Arc::new(b.taken.finish()),
            Arc::new(b.fingerprint.finish()),
            Arc::new(self.hashes.finish()),
            Arc::new(b.size.finish()),
            Arc::new(b.modified.finish()),
            Arc::new(b.format.finish()),
            Arc::new(b.encoding.finish()),
            Arc::new(b.decode_faults.finish()),
            Arc::new(b.status.finish()),
            Arc::new(b.reason.finish()),
            Arc::new(b.first_run.finish()),
            Arc::new(b.report_id.finish()),
            Arc::new(b.year.finish()),
            Arc::new(b.province.finish()),
            Arc::new(b.county.finish()),
            Arc::new(b.body.finish()),
            Arc::new(b.role.finish()),
            Arc::new(b.cells.finish()),
            Arc::new(b.failed.finish()),
            Arc::new(b.recognised.finish()),
            Arc::new(b.published.finish()),
            Arc::new(b.digest.finish()),
            Arc::new(b.number.finish()),
            Arc::new(b.chunk.finish()),
            Arc::new(b.packed.finish()),
            Arc::new(b.unpacked.finish()),
            Arc::new(b.at.finish()),
            Arc::new(b.length.finish()),
        ];
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        self.writer.write(&batch).context("cannot write the ledger")
    }

    pub(super) fn close(mut self) -> Result<Written> {
        self.settle()?;
        let rows = self.rows;
        let sink = self.writer.into_inner().context("cannot write the ledger")?;
        sink.close(rows, |_| FILE.to_owned())
    }
}

/// Reads a ledger in its order: that of the walk, members behind their archive.
pub struct Ledger {
    batches: Option<ParquetRecordBatchReader>,
    batch: Option<Batch>,
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
        ensure!(reader.schema().fields() == schema().fields(), what());
        let batches = Some(reader.with_batch_size(BATCH).build().with_context(what)?);
        Ok(Self { batches, batch: None, at: 0 })
    }

    /// The next row.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn next_row(&mut self) -> Result<Option<LedgerRow>> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|b| self.at < b.rows) {
                let row = batch.row(self.at).context("the ledger is damaged; run with --full")?;
                self.at += 1;
                return Ok(Some(row));
            }
            let Some(batch) = self.batches.as_mut().and_then(Iterator::next) else { return Ok(None) };
            let batch = batch.context("the ledger is damaged; run with --full")?;
            self.batch = Some(Batch { rows: batch.num_rows(), columns: batch.columns().to_vec() });
            self.at = 0;
        }
    }
}

struct Batch {
    rows: usize,
    columns: Vec<ArrayRef>,
}

macro_rules! numbers {
    ($name:ident, $array:ty, $native:ty) => {
        fn $name(&self, column: usize, row: usize) -> Option<$native> {
            let column = self.columns.get(column)?.as_primitive_opt::<$array>()?;
            column.is_valid(row).then(|| column.value(row))
        }
    };
}

impl Batch {
    numbers!(u64, UInt64Type, u64);
    numbers!(u32, UInt32Type, u32);
    numbers!(u8, UInt8Type, u8);
    numbers!(i64, Int64Type, i64);
    numbers!(i32, Int32Type, i32);
    numbers!(day, Date32Type, i32);

    fn bool(&self, column: usize, row: usize) -> Option<bool> {
        let column = self.columns.get(column)?.as_boolean_opt()?;
        column.is_valid(row).then(|| column.value(row))
    }

    fn text(&self, column: usize, row: usize) -> Option<String> {
        let column = self.columns.get(column)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row).to_owned())
    }

    fn code(&self, column: usize, row: usize) -> Option<String> {
        let column = self.columns.get(column)?.as_dictionary_opt::<Int32Type>()?;
        let key = usize::try_from(column.is_valid(row).then(|| column.keys().value(row))?).ok()?;
        Some(column.values().as_string_opt::<i32>()?.value(key).to_owned())
    }

    fn row(&self, i: usize) -> Option<LedgerRow> {
        let raw = self.columns.get(1)?.as_binary_opt::<i32>()?;
        let hash = self.columns.get(9)?.as_fixed_size_binary_opt()?;
        let stat = match (self.u64(3, i), self.i64(4, i), self.i64(5, i), self.u64(6, i)) {
            (Some(size), Some(mtime), Some(ctime), Some(inode)) => Some(Stat { size, mtime, ctime, inode }),
            _ => None,
        };
        let report = match self.u64(18, i) {
            Some(report_id) => Some(Held { facts: self.facts(report_id, i)?, place: self.place(i)? }),
            None => None,
        };
        Some(LedgerRow {
            source_path: self.text(0, i)?,
            raw: raw.is_valid(i).then(|| raw.value(i).to_vec()),
            member: self.bool(2, i)?,
            stat,
            taken: self.i64(7, i)?,
            fingerprint: self.u64(8, i)?,
            hash: if hash.is_valid(i) { Some(hash.value(i).try_into().ok()?) } else { None },
            size: self.u64(10, i),
            modified: self.day(11, i),
            format: self.code(12, i),
            encoding: self.code(13, i),
            decode_faults: self.u64(14, i),
            status: self.code(15, i)?,
            reason: self.text(16, i),
            first_run: self.code(17, i)?,
            report,
        })
    }

    fn facts(&self, report_id: u64, i: usize) -> Option<Facts> {
        Some(Facts {
            partition: Partition { year: self.i32(19, i), province: self.u8(20, i) },
            county: self.u32(21, i)?,
            report_id,
            body: self.u64(22, i),
            role: *ROLES.get(usize::from(self.u8(23, i)?))?,
            cells: self.u32(24, i)?,
            failed: self.u32(25, i)?,
            recognised: self.bool(26, i)?,
            published: self.day(27, i)?,
            digest: self.u64(28, i)?,
        })
    }

    fn place(&self, i: usize) -> Option<Place> {
        Some(Place {
            number: self.u32(29, i)?,
            chunk: self.u64(30, i)?,
            packed: self.u32(31, i)?,
            unpacked: self.u32(32, i)?,
            at: self.u32(33, i)?,
            length: self.u32(34, i)?,
        })
    }
}
