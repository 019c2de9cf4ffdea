//! The store: where everything read waits until its partition is written.
//!
//! Owns the spill file, the index over it, the choice of primary reports and the writing of partitions in a fixed
//! order. Memory holds the index only (some 150 bytes per file); records come back one at a time. Refuses to publish:
//! `publish` does.

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::columns::Field;
use super::parquet::{ParquetFile, Written};
use super::record::{FindingRecord, Record};
use super::rows::{self, Layouts};
use super::schema::{TableSchema, tables};
use crate::form::Forms;

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
struct Entry {
    partition: Partition,
    county: u32,
    report_id: u64,
    /// Hash of body and place within its year; `None` when either is unknown.
    body: Option<u64>,
    cells: u32,
    failed: u32,
    published: i32,
    file: u32,
    offset: u64,
    length: u32,
    superseded_by: Option<u32>,
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
    /// Hash of body and place; `None` when the body, its place or the year is unknown.
    pub body: Option<u64>,
    /// Cells found.
    pub cells: u32,
    /// Hard sums broken.
    pub failed: u32,
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
            self.entries.push(Entry {
                partition: facts.partition,
                county: facts.county,
                report_id: facts.report_id,
                body: facts.body,
                cells: facts.cells,
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
    pub fn write(mut self, forms: &Forms, root: &Path) -> Result<Outcome> {
        self.spill.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
        self.choose_primary();
        let schemas = tables(forms);
        let mut outcome = Outcome::default();
        self.write_files(&schemas, root, &mut outcome)?;
        let mut partitions: BTreeMap<Partition, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            partitions.entry(entry.partition).or_default().push(entry);
        }
        // Findings about files that are no reports have no year and no place.
        partitions.entry(Partition { year: None, province: None }).or_default();
        let partitions: Vec<(Partition, Vec<&Entry>)> = partitions.into_iter().collect();
        let parts: Vec<Part> = partitions
            .par_iter()
            .map(|(p, entries)| self.write_partition(forms, &schemas, root, *p, entries))
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
            let rank = |e: &Entry| (e.cells, std::cmp::Reverse(e.failed), e.published);
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
        forms: &Forms,
        schemas: &[TableSchema],
        root: &Path,
        partition: Partition,
        entries: &[&Entry],
    ) -> Result<Part> {
        let layouts = Layouts::new(schemas);
        let folder = partition.folder();
        let mut files: Vec<ParquetFile> = schemas
            .iter()
            .filter(|s| s.partitioned)
            .map(|s| ParquetFile::new(s, root.join(s.name).join(&folder), &["county_code", "report_id"]))
            .collect();
        let mut part = Part { partition, written: Vec::new(), findings: BTreeMap::new() };
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|e| (e.county, e.report_id, e.file));
        let mut reader = self.reader()?;
        let mut buffer = Vec::new();
        if partition == (Partition { year: None, province: None }) {
            self.file_findings(&mut reader, &mut files, &mut part)?;
        }
        for entry in sorted {
            let record: Record<'_> = fetch(&mut reader, (entry.offset, entry.length), &mut buffer)?;
            for finding in &record.findings {
                part.count(finding.rule);
            }
            push(forms, &layouts, &mut files, &record, entry.superseded_by.is_none())?;
        }
        for (file, schema) in files.into_iter().zip(schemas.iter().filter(|s| s.partitioned)) {
            if let Some(written) = file.close(false)? {
                part.written.push((schema.name.to_owned(), written));
            }
        }
        Ok(part)
    }

    fn file_findings(&self, reader: &mut File, files: &mut [ParquetFile], part: &mut Part) -> Result<()> {
        let Some(out) = files.last_mut() else { return Ok(()) };
        let mut buffer = Vec::new();
        for place in &self.files {
            let file: FileRecord<'_> = fetch(reader, *place, &mut buffer)?;
            if let Some(finding) = &file.finding {
                rows::file_finding(&mut out.columns, finding, file.source_path);
                part.count(finding.rule);
                out.settle()?;
            }
        }
        Ok(())
    }
}

struct Part {
    partition: Partition,
    written: Vec<(String, Written)>,
    findings: BTreeMap<String, u64>,
}

impl Part {
    fn count(&mut self, rule: u8) {
        if let Some(rule) = crate::finding::Rule::ALL.get(usize::from(rule)) {
            *self.findings.entry(rule.id().to_owned()).or_default() += 1;
        }
    }
}

/// One report into all tables of its partition. The order of `files` is that of the partitioned schemas.
fn push(forms: &Forms, layouts: &Layouts, files: &mut [ParquetFile], record: &Record<'_>, primary: bool) -> Result<()> {
    let [reports, cells, disclosure, requests, disputes, statistics, series, sections, findings] = files else {
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
    rows::findings(forms, &mut findings.columns, record);
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
    partitions: &[(Partition, Vec<&Entry>)],
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
