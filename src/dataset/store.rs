//! The store: where everything read waits until its partition is written.
//!
//! Owns the spill file, the index over it, the choice of primary reports and the writing of partitions in a fixed
//! order. Memory holds the index only (some 130 bytes per file); records come back one at a time. Refuses to compare
//! reports (`across` does) and to publish (`publish` does).

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::across::{Pair, compare};
use super::columns::Field;
use super::coverage::{Expected, expected};
use super::parquet::{ParquetFile, Written};
use super::record::{FindingRecord, Record};
use super::rows::{self, Layouts};
use super::schema::{TableSchema, tables};
use super::traits::TraitsFile;
use crate::body::Role;
use crate::check::Knowledge;
use crate::check::across::Traits;
use crate::finding::{Rule, Settings};

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

/// One file of the archive as its row in `files` shows it.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileRecord<'a> {
    /// Path relative to the source.
    pub source_path: &'a str,
    /// Bytes.
    pub size: Option<u64>,
    /// Days since 1970-01-01.
    pub modified: Option<i32>,
    /// SHA-256, hex.
    pub content_hash: Option<&'a str>,
    /// Format by content.
    pub format: Option<&'a str>,
    /// Encoding.
    pub encoding: Option<&'a str>,
    /// Decoding faults.
    pub decode_faults: Option<u64>,
    /// Status.
    pub status: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
    /// Report that the file holds.
    pub report_id: Option<&'a str>,
    /// Number, in walk order, of the first file with the same bytes.
    pub duplicate_of: Option<u32>,
    /// A finding about the file itself, when it is no report.
    #[serde(borrow)]
    pub finding: Option<FindingRecord<'a>>,
}

/// What the index keeps of a report.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) partition: Partition,
    pub(super) county: u32,
    report_id: u64,
    /// Number of the body; `None` when it, its place or its year is unknown.
    pub(super) body: Option<u64>,
    pub(super) role: Role,
    cells: u32,
    recognised: bool,
    failed: u32,
    published: i32,
    /// Number of its file, in walk order.
    pub(super) file: u32,
    offset: u64,
    length: u32,
    /// Number of the file that holds the better report of the same body and year.
    pub(super) superseded_by: Option<u32>,
}

/// What a report brings to the index beside its record.
#[derive(Clone, Debug)]
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
    /// What other reports are compared with.
    pub traits: Traits,
    /// Cells found.
    pub cells: u32,
    /// Hard sums broken.
    pub failed: u32,
    /// Cells were recognised in a picture: printed text outranks it.
    pub recognised: bool,
    /// Days since 1970-01-01, `i32::MIN` for unknown.
    pub published: i32,
}

/// Everything read so far.
pub struct Store {
    spill: BufWriter<File>,
    path: PathBuf,
    offset: u64,
    entries: Vec<Entry>,
    files: Vec<(u64, u32)>,
    traits: TraitsFile,
}

/// What writing made.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files by table and partition folder (empty for `files`).
    pub written: Vec<(String, Option<Partition>, Written)>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Files by status.
    pub statuses: BTreeMap<String, u64>,
    /// Findings by rule id.
    pub findings: BTreeMap<String, u64>,
}

impl Store {
    /// An empty store that spills to `path`.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(path: PathBuf) -> Result<Self> {
        let traits = TraitsFile::create(path.with_extension("traits"))?;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self {
            spill: BufWriter::with_capacity(1 << 18, file),
            path,
            offset: 0,
            entries: Vec::new(),
            files: Vec::new(),
            traits,
        })
    }

    /// The number that the next file will have.
    ///
    /// # Errors
    /// When numbers are used up.
    pub fn next_file(&self) -> Result<u32> {
        u32::try_from(self.files.len()).context("more than four thousand million files")
    }

    fn spill(&mut self, bytes: &[u8]) -> Result<(u64, u32)> {
        let at = self.offset;
        self.spill.write_all(bytes).with_context(|| format!("cannot write {}", self.path.display()))?;
        self.offset += bytes.len() as u64;
        Ok((at, u32::try_from(bytes.len()).context("a record of more than 4 GiB")?))
    }

    /// Adds a file, in walk order, with the encoded record of its report if it holds one.
    ///
    /// # Errors
    /// When the spill file cannot be written.
    pub fn add(&mut self, file: &[u8], report: Option<(&Facts, &[u8])>) -> Result<()> {
        let place = self.spill(file)?;
        let number = self.next_file()?;
        self.files.push(place);
        if let Some((facts, record)) = report {
            let (offset, length) = self.spill(record)?;
            self.traits.push(&facts.traits)?;
            self.entries.push(Entry {
                partition: facts.partition,
                county: facts.county,
                report_id: facts.report_id,
                body: facts.body,
                role: facts.role,
                cells: facts.cells,
                recognised: facts.recognised,
                failed: facts.failed,
                published: facts.published,
                file: number,
                offset,
                length,
                superseded_by: None,
            });
        }
        Ok(())
    }

    /// Writes every table below `root` and removes the spill file.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn write(mut self, knowledge: &Knowledge, root: &Path) -> Result<Outcome> {
        self.spill.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
        self.traits.flush()?;
        self.choose_primary();
        let schemas = tables(&knowledge.forms);
        let around = Around {
            knowledge,
            pairs: compare(&self.entries, &self.traits, &knowledge.settings.thresholds)?,
            expected: expected(&self.entries, &knowledge.gazetteer),
        };
        let mut outcome = Outcome::default();
        self.write_files(&schemas, root, &mut outcome)?;
        let mut partitions: BTreeMap<Partition, Vec<u32>> = BTreeMap::new();
        for (entry, number) in self.entries.iter().zip(0..) {
            partitions.entry(entry.partition).or_default().push(number);
        }
        for partition in around.expected.keys() {
            partitions.entry(*partition).or_default();
        }
        // Findings about files that are no reports have no year and no place.
        partitions.entry(Partition { year: None, province: None }).or_default();
        let partitions: Vec<(Partition, Vec<u32>)> = partitions.into_iter().collect();
        let parts: Vec<Part> = partitions
            .par_iter()
            .map(|(p, entries)| self.write_partition(&around, &schemas, root, *p, entries))
            .collect::<Result<_>>()?;
        for part in parts {
            for (table, written) in part.written {
                *outcome.rows.entry(table.clone()).or_default() += written.rows;
                outcome.written.push((table, Some(part.partition), written));
            }
            for (rule, n) in part.findings {
                *outcome.findings.entry(rule).or_default() += n;
            }
        }
        empty_tables(&schemas, root, &partitions, &mut outcome)?;
        outcome.written.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        drop(self.spill);
        self.traits.remove()?;
        std::fs::remove_file(&self.path).with_context(|| format!("cannot remove {}", self.path.display()))?;
        Ok(outcome)
    }

    /// Of several reports of one body and year: more cells, then fewer broken sums, then the later one, then the first
    /// in walk order.
    fn choose_primary(&mut self) {
        let mut best: HashMap<(Partition, u64), usize> = HashMap::new();
        for i in 0..self.entries.len() {
            let Some(body) = self.entries[i].body else { continue };
            let key = (self.entries[i].partition, body);
            let Some(&other) = best.get(&key) else {
                best.insert(key, i);
                continue;
            };
            let rank = |e: &Entry| (!e.recognised, e.cells, std::cmp::Reverse(e.failed), e.published);
            let (winner, loser) =
                if rank(&self.entries[i]) > rank(&self.entries[other]) { (i, other) } else { (other, i) };
            self.entries[loser].superseded_by = Some(self.entries[winner].file);
            best.insert(key, winner);
        }
        // A loser's winner may have lost later.
        for i in 0..self.entries.len() {
            if self.entries[i].superseded_by.is_some()
                && let Some(body) = self.entries[i].body
                && let Some(&winner) = best.get(&(self.entries[i].partition, body))
            {
                self.entries[i].superseded_by = Some(self.entries[winner].file);
            }
        }
    }

    fn reader(&self) -> Result<File> {
        File::open(&self.path).with_context(|| format!("cannot open {}", self.path.display()))
    }

    fn write_files(&self, schemas: &[TableSchema], root: &Path, outcome: &mut Outcome) -> Result<()> {
        let Some(schema) = schemas.iter().find(|s| s.name == "files") else { return Ok(()) };
        let mut out = ParquetFile::new(schema, root.join("files"), &[]);
        let mut reader = self.reader()?;
        let superseded: HashMap<u32, u32> =
            self.entries.iter().filter_map(|e| e.superseded_by.map(|by| (e.file, by))).collect();
        let mut buffer = Vec::new();
        let mut other = Vec::new();
        for (number, place) in self.files.iter().enumerate() {
            let file: FileRecord<'_> = fetch(&mut reader, *place, &mut buffer)?;
            let by = u32::try_from(number).ok().and_then(|n| superseded.get(&n));
            let instead = match by.or(file.duplicate_of.as_ref()).and_then(|b| self.files.get(*b as usize)) {
                Some(place) => Some(fetch::<FileRecord<'_>>(&mut reader, *place, &mut other)?.source_path),
                None => None,
            };
            let status = if by.is_some() { "superseded" } else { file.status };
            *outcome.statuses.entry(status.to_owned()).or_default() += 1;
            out.columns.row(&[
                Field::Str(file.source_path),
                file.size.map_or(Field::Null, |s| Field::Int(i64::try_from(s).unwrap_or(i64::MAX))),
                file.modified.map_or(Field::Null, |d| Field::Int(i64::from(d))),
                file.content_hash.into(),
                file.format.into(),
                file.encoding.into(),
                file.decode_faults.map_or(Field::Null, |n| Field::Int(i64::try_from(n).unwrap_or(i64::MAX))),
                Field::Str(status),
                file.reason.into(),
                file.report_id.into(),
                instead.into(),
            ]);
            out.settle()?;
        }
        if let Some(written) = out.close(true)? {
            outcome.rows.insert("files".to_owned(), written.rows);
            outcome.written.push(("files".to_owned(), None, written));
        }
        Ok(())
    }

    fn write_partition(
        &self,
        around: &Around<'_>,
        schemas: &[TableSchema],
        root: &Path,
        partition: Partition,
        entries: &[u32],
    ) -> Result<Part> {
        let knowledge = around.knowledge;
        let layouts = Layouts::new(schemas);
        let folder = partition.folder();
        let mut files: Vec<ParquetFile> = schemas
            .iter()
            .filter(|s| s.partitioned)
            .map(|s| ParquetFile::new(s, root.join(s.name).join(&folder), &["county_code", "report_id"]))
            .collect();
        let mut part = Part { partition, written: Vec::new(), findings: BTreeMap::new() };
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|i| {
            let e = &self.entries[*i as usize];
            (e.county, e.report_id, e.file)
        });
        let mut reader = self.reader()?;
        let (mut buffer, mut of_other) = (Vec::new(), Vec::new());
        if partition == (Partition { year: None, province: None }) {
            self.file_findings(&knowledge.settings, &mut reader, &mut files, &mut part)?;
        }
        for number in sorted {
            let entry = &self.entries[number as usize];
            let mut record: Record<'_> = fetch(&mut reader, (entry.offset, entry.length), &mut buffer)?;
            let beside: Vec<(String, &Pair)> = around
                .pairs_of(number)
                .iter()
                .map(|pair| Ok((self.named(pair, &mut reader, &mut of_other)?, pair)))
                .collect::<Result<_>>()?;
            for (detail, pair) in &beside {
                let finding = rows::beside(&knowledge.forms, &record, &pair.doubt, detail);
                record.findings.push(finding);
            }
            record.findings.retain(|f| kept(&knowledge.settings, f.rule));
            for finding in &record.findings {
                part.count(finding.rule);
            }
            push(knowledge, &layouts, &mut files, &record, entry.superseded_by.is_none())?;
        }
        if let Some(out) = files.iter_mut().find(|f| f.table() == "coverage") {
            for expected in around.expected.get(&partition).map_or(&[][..], Vec::as_slice) {
                self.cover((knowledge, partition.year), *expected, &mut reader, &mut buffer, out)?;
            }
        }
        for (file, schema) in files.into_iter().zip(schemas.iter().filter(|s| s.partitioned)) {
            if let Some(written) = file.close(false)? {
                part.written.push((schema.name.to_owned(), written));
            }
        }
        Ok(part)
    }

    /// What a pair's finding quotes: the path of the other report, and the share of the text.
    fn named(&self, pair: &Pair, reader: &mut File, buffer: &mut Vec<u8>) -> Result<String> {
        let share = match pair.doubt.rule {
            Rule::NarrativeCopied | Rule::NarrativeShared => pair.doubt.actual.map(|s| format!(" {s:.2}")),
            _ => None,
        };
        if pair.other == pair.entry {
            return Ok(String::new());
        }
        let file = self.entries[pair.other as usize].file;
        let place = self.files.get(file as usize).copied().context("a report without a file")?;
        let path = fetch::<FileRecord<'_>>(reader, place, buffer)?.source_path;
        Ok(format!("{path}{}", share.unwrap_or_default()))
    }

    fn cover(
        &self,
        (knowledge, year): (&Knowledge, Option<i32>),
        expected: Expected<'_>,
        reader: &mut File,
        buffer: &mut Vec<u8>,
        out: &mut ParquetFile,
    ) -> Result<()> {
        let number = match expected {
            Expected::Government { report, .. } => report,
            Expected::Stopped { last } => Some(last),
        };
        let entry = number.map(|n| &self.entries[n as usize]);
        let record = match entry {
            Some(entry) => Some(fetch::<Record<'_>>(reader, (entry.offset, entry.length), buffer)?),
            None => None,
        };
        rows::coverage(knowledge, year, &mut out.columns, expected, record.as_ref());
        out.settle()
    }

    fn file_findings(
        &self,
        settings: &Settings,
        reader: &mut File,
        files: &mut [ParquetFile],
        part: &mut Part,
    ) -> Result<()> {
        let Some(out) = files.iter_mut().find(|f| f.table() == "findings") else { return Ok(()) };
        let mut buffer = Vec::new();
        for place in &self.files {
            let file: FileRecord<'_> = fetch(reader, *place, &mut buffer)?;
            if let Some(finding) = file.finding.as_ref().filter(|f| kept(settings, f.rule)) {
                rows::file_finding(settings, &mut out.columns, finding, file.source_path);
                part.count(finding.rule);
                out.settle()?;
            }
        }
        Ok(())
    }
}

/// What one partition's rows need of all others.
struct Around<'a> {
    knowledge: &'a Knowledge,
    /// Doubts between reports, sorted by report.
    pairs: Vec<Pair>,
    expected: BTreeMap<Partition, Vec<Expected<'a>>>,
}

impl Around<'_> {
    fn pairs_of(&self, number: u32) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.entry < number);
        let to = self.pairs.partition_point(|p| p.entry <= number);
        self.pairs.get(from..to).unwrap_or(&[])
    }
}

fn kept(settings: &Settings, rule: u8) -> bool {
    Rule::ALL.get(usize::from(rule)).is_some_and(|r| settings.severity_of(*r).is_some())
}

struct Part {
    partition: Partition,
    written: Vec<(String, Written)>,
    findings: BTreeMap<String, u64>,
}

impl Part {
    fn count(&mut self, rule: u8) {
        if let Some(rule) = Rule::ALL.get(usize::from(rule)) {
            *self.findings.entry(rule.id().to_owned()).or_default() += 1;
        }
    }
}

/// One report into all tables of its partition. The order of `files` is that of the partitioned schemas.
fn push(
    knowledge: &Knowledge,
    layouts: &Layouts,
    files: &mut [ParquetFile],
    record: &Record<'_>,
    primary: bool,
) -> Result<()> {
    let forms = &knowledge.forms;
    let [reports, cells, disclosure, requests, disputes, statistics, series, sections, mentions, findings, _coverage] =
        files
    else {
        anyhow::bail!("the schema has other tables than the rows");
    };
    rows::report(forms, &mut reports.columns, record, primary);
    rows::cells(forms, &mut cells.columns, record);
    if primary {
        rows::disclosure(forms, layouts, &mut disclosure.columns, record);
        rows::requests(forms, layouts, &mut requests.columns, record);
        rows::disputes(forms, layouts, &mut disputes.columns, record);
        rows::statistics(forms, layouts, &mut statistics.columns, record);
        rows::series(forms, &mut series.columns, record);
    }
    rows::sections(forms, &mut sections.columns, record);
    rows::mentions(knowledge, &mut mentions.columns, record);
    rows::findings(knowledge, &mut findings.columns, record);
    for file in files {
        file.settle()?;
    }
    Ok(())
}

fn fetch<'b, T: Deserialize<'b>>(
    reader: &mut File,
    (offset, length): (u64, u32),
    buffer: &'b mut Vec<u8>,
) -> Result<T> {
    buffer.resize(length as usize, 0);
    reader
        .seek(SeekFrom::Start(offset))
        .and_then(|_| reader.read_exact(buffer))
        .context("cannot read the spill file back")?;
    postcard::from_bytes(buffer).context("the spill file is damaged")
}

/// A table without a row still gets one empty file, so that readers find it: in the first partition of the dataset.
fn empty_tables(
    schemas: &[TableSchema],
    root: &Path,
    partitions: &[(Partition, Vec<u32>)],
    outcome: &mut Outcome,
) -> Result<()> {
    let Some((first, _)) =
        partitions.iter().find(|(p, _)| p.year.is_some() && p.province.is_some()).or(partitions.first())
    else {
        return Ok(());
    };
    for schema in schemas.iter().filter(|s| s.partitioned) {
        if outcome.rows.contains_key(schema.name) {
            continue;
        }
        let file = ParquetFile::new(schema, root.join(schema.name).join(first.folder()), &[]);
        if let Some(written) = file.close(true)? {
            outcome.rows.insert(schema.name.to_owned(), 0);
            outcome.written.push((schema.name.to_owned(), Some(*first), written));
        }
    }
    Ok(())
}
