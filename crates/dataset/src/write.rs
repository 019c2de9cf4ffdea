//! Writing: the store becomes the files of a release, partition by partition.
//!
//! Owns the order of rows and files, and what proves that a partition is that of the last release: then its files are
//! linked and not written. Refuses to know which archive files changed: a partition is judged by what it would hold.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::across::{Pair, compare};
use super::coverage::{Expected, expected};
use super::disk::{Disk, Written};
use super::files;
use super::manifest::{Manifest, PartitionState, Previous};
use super::parquet::{ParquetFile, hex};
use super::record::Record;
use super::records::{self, Place, RecordsFile};
use super::rows;
use super::schema::{TableSchema, tables};
use super::store::{Entry, Partition, Reader, Store, Where, decode};
use nianbao_document::Cancel;
use nianbao_report::Knowledge;
use nianbao_report::finding::{Rule, Settings};

/// What writing goes by.
#[derive(Debug)]
pub struct Writing<'a> {
    /// Folder of the release being made.
    pub root: &'a Path,
    /// Its name.
    pub run: &'a str,
    /// What its files are written with: other code or severities give other files for equal records.
    pub fingerprint: u64,
    /// The release whose files may be carried over.
    pub previous: Option<&'a Previous>,
    /// The file system.
    pub disk: &'a Disk,
    /// Raised when the run is to end.
    pub cancel: &'a Cancel,
}

/// What writing made.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files by table and partition (none for `files`).
    pub written: Vec<(String, Option<Partition>, Written)>,
    /// Files of records by partition.
    pub records: Vec<(Partition, Written)>,
    /// The ledger.
    pub ledger: Option<Written>,
    /// Partitions, and what they were made of.
    pub partitions: Vec<PartitionState>,
    /// Partitions whose files were linked.
    pub carried: usize,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Files by status.
    pub statuses: BTreeMap<String, u64>,
    /// Findings by rule id.
    pub findings: BTreeMap<String, u64>,
}

/// Writes every table, the records and the ledger below the root of `writing`.
///
/// # Errors
/// When the file system refuses, or the last release is damaged.
pub fn write(mut store: Store, knowledge: &Knowledge, writing: &Writing<'_>) -> Result<Outcome> {
    store.finish()?;
    let schemas = tables(&knowledge.forms)?;
    let around = Around {
        knowledge,
        writing,
        schemas: &schemas,
        tables: rows::Tables::find(&schemas)?,
        store: &store,
        pairs: compare(&store, &knowledge.settings.thresholds)?,
        expected: expected(&store.entries, &knowledge.gazetteer),
    };
    let mut partitions: BTreeMap<Partition, Vec<u32>> = BTreeMap::new();
    for (entry, number) in store.entries.iter().zip(0..) {
        partitions.entry(entry.facts.partition).or_default().push(number);
    }
    for partition in around.expected.keys() {
        partitions.entry(*partition).or_default();
    }
    // Findings about files that are no reports have no year and no place.
    partitions.entry(Partition { year: None, province: None }).or_default();
    let partitions: Vec<(Partition, Vec<u32>)> = partitions.into_iter().collect();
    let parts: Vec<Part> =
        partitions.par_iter().map(|(p, entries)| around.partition(*p, entries)).collect::<Result<_>>()?;
    let mut outcome = Outcome::default();
    let mut places: Vec<Option<Place>> = vec![None; store.entries.len()];
    for part in parts {
        for (table, written) in part.written {
            *outcome.rows.entry(table.clone()).or_default() += written.rows;
            outcome.written.push((table, Some(part.partition), written));
        }
        for (rule, n) in &part.state.findings {
            *outcome.findings.entry(rule.clone()).or_default() += n;
        }
        for (number, place) in part.places {
            if let Some(slot) = places.get_mut(number as usize) {
                *slot = Some(place);
            }
        }
        outcome.records.extend(part.records.map(|w| (part.partition, w)));
        outcome.carried += usize::from(part.carried);
        outcome.partitions.push(part.state);
    }
    around.empty_tables(&partitions, &mut outcome)?;
    files::write(&store, &places, &schemas, writing, &mut outcome)?;
    outcome.written.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    store.remove()?;
    Ok(outcome)
}

/// Makes the release of the last one's files, all of them: nothing has changed.
///
/// # Errors
/// When the file system refuses, or the last release is damaged.
pub fn carry_over(previous: &Previous, writing: &Writing<'_>) -> Result<Manifest> {
    let last = &previous.manifest;
    for file in last.files.iter().chain(&last.records).chain(&last.ledger) {
        let path = writing.root.join(&file.path);
        let folder = path.parent().unwrap_or(writing.root);
        writing.disk.create_folders(folder)?;
        previous.link(writing.disk, file, folder)?;
    }
    Ok(Manifest { run: writing.run.to_owned(), previous: Some(last.run.clone()), ..last.clone() })
}

/// What one partition's rows need of all others.
struct Around<'a> {
    knowledge: &'a Knowledge,
    writing: &'a Writing<'a>,
    schemas: &'a [TableSchema],
    tables: rows::Tables,
    store: &'a Store,
    /// Doubts between reports, sorted by report.
    pairs: Vec<Pair>,
    expected: BTreeMap<Partition, Vec<Expected<'a>>>,
}

/// What became of one partition.
struct Part {
    partition: Partition,
    written: Vec<(String, Written)>,
    records: Option<Written>,
    places: Vec<(u32, Place)>,
    state: PartitionState,
    carried: bool,
}

/// A report of the partition with what is doubtful about it beside others, quoted.
struct Beside<'p> {
    number: u32,
    doubts: Vec<(String, &'p Pair)>,
}

impl<'a> Around<'a> {
    fn pairs_of(&self, number: u32) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.entry < number);
        let to = self.pairs.partition_point(|p| p.entry <= number);
        self.pairs.get(from..to).unwrap_or(&[])
    }

    fn entry(&self, number: u32) -> Result<&'a Entry> {
        self.store.entries.get(number as usize).context("no such report in the index")
    }

    fn partition(&self, partition: Partition, entries: &[u32]) -> Result<Part> {
        let mut reader = self.store.reader()?;
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|i| {
            let e = &self.store.entries[*i as usize];
            (e.facts.county, e.facts.report_id, e.file)
        });
        let mut reports = Vec::with_capacity(sorted.len());
        for number in sorted {
            let doubts = self.pairs_of(number).iter().map(|p| Ok((self.named(p, &mut reader)?, p)));
            reports.push(Beside { number, doubts: doubts.collect::<Result<_>>()? });
        }
        let key = self.key(partition, &reports, &mut reader)?;
        let state =
            PartitionState { year: partition.year, province: partition.province, key, findings: BTreeMap::new() };
        let mut part =
            Part { partition, written: Vec::new(), records: None, places: Vec::new(), state, carried: false };
        let same = self.writing.previous.and_then(|p| p.partition(partition).map(|state| (p, state)));
        match same.filter(|(_, state)| state.key == part.state.key) {
            Some((previous, state)) => {
                part.state.findings.clone_from(&state.findings);
                part.written = self.carry(previous, partition)?;
                part.carried = true;
            }
            None => self.tables(&reports, &mut reader, &mut part)?,
        }
        self.records(&reports, &mut reader, &mut part)?;
        Ok(part)
    }

    /// The hash of everything that decides the rows of a partition. Equal keys give equal files.
    fn key(&self, partition: Partition, reports: &[Beside<'_>], reader: &mut Reader<'_>) -> Result<String> {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        part(&self.writing.fingerprint.to_le_bytes());
        self.writing.cancel.check()?;
        for report in reports {
            let entry = self.entry(report.number)?;
            part(&entry.facts.digest.to_le_bytes());
            part(&[u8::from(entry.superseded_by.is_none())]);
            for (detail, pair) in &report.doubts {
                part(format!("{:?}", pair.doubt).as_bytes());
                part(detail.as_bytes());
            }
        }
        for expected in self.expected.get(&partition).map_or(&[][..], Vec::as_slice) {
            let (what, number) = match expected {
                Expected::Government { county, report } => (county.code.as_str(), *report),
                Expected::Stopped { last } => ("stopped", Some(*last)),
            };
            part(what.as_bytes());
            part(&number.map(|n| self.entry(n)).transpose()?.map_or(0, |e| e.facts.digest).to_le_bytes());
        }
        if partition == (Partition { year: None, province: None }) {
            for number in &self.store.doubtful {
                let file = reader.file(*number)?;
                part(file.source_path.as_bytes());
                part(file.reason.unwrap_or_default().as_bytes());
            }
        }
        Ok(hex(&hash.finalize()))
    }

    /// The tables of a partition as the last release has them.
    fn carry(&self, previous: &Previous, partition: Partition) -> Result<Vec<(String, Written)>> {
        let mut written = Vec::new();
        // An empty file only stands for its table; whether one is needed is decided anew.
        for file in previous.files(partition).filter(|f| f.rows > 0) {
            let folder = self.writing.root.join(&file.table).join(partition.folder());
            self.writing.disk.create_folders(&folder)?;
            written.push((file.table.clone(), previous.link(self.writing.disk, file, &folder)?));
        }
        Ok(written)
    }

    fn tables(&self, reports: &[Beside<'_>], reader: &mut Reader<'_>, part: &mut Part) -> Result<()> {
        let Writing { root, disk, .. } = self.writing;
        let knowledge = self.knowledge;
        let folder = part.partition.folder();
        let partitioned = || self.schemas.iter().filter(|s| s.partitioned);
        let mut files: Vec<ParquetFile> = partitioned()
            .map(|s| ParquetFile::new(disk, s, root.join(s.name).join(&folder), &["county_code", "report_id"]))
            .collect();
        if part.partition == (Partition { year: None, province: None }) {
            self.file_findings(reader, &mut files, part)?;
        }
        for report in reports {
            self.writing.cancel.check()?;
            let entry = self.entry(report.number)?;
            let mut record: Record<'_> = decode(reader.record(entry)?)?;
            for (detail, pair) in &report.doubts {
                let finding = rows::beside(&knowledge.forms, &record, &pair.doubt, detail);
                record.findings.push(finding);
            }
            record.findings.retain(|f| kept(&knowledge.settings, f.rule));
            for finding in &record.findings {
                part.count(finding.rule);
            }
            rows::report(knowledge, &self.tables, &mut files, &record, entry.superseded_by.is_none())?;
            files.iter_mut().try_for_each(ParquetFile::settle)?;
        }
        if let Some(out) = files.iter_mut().find(|f| f.table() == "coverage") {
            for expected in self.expected.get(&part.partition).map_or(&[][..], Vec::as_slice) {
                self.cover(part.partition.year, *expected, reader, out)?;
            }
        }
        for (file, schema) in files.into_iter().zip(partitioned()) {
            if let Some(written) = file.close(false)? {
                part.written.push((schema.name.to_owned(), written));
            }
        }
        Ok(())
    }

    /// The records of a partition: linked when all of them lie in the last release and nothing else does.
    fn records(&self, reports: &[Beside<'_>], reader: &mut Reader<'_>, part: &mut Part) -> Result<()> {
        if reports.is_empty() {
            return Ok(());
        }
        let Writing { root, disk, previous, .. } = self.writing;
        let folder = root.join(records::FOLDER).join(part.partition.folder());
        let mut kept = Vec::with_capacity(reports.len());
        for report in reports {
            if let Where::Kept(place) = self.entry(report.number)?.lies {
                kept.push((report.number, place));
            }
        }
        if let Some((previous, file)) = previous.and_then(|p| p.records(part.partition).map(|f| (p, f)))
            && kept.len() == reports.len()
            && file.rows == kept.len() as u64
        {
            disk.create_folders(&folder)?;
            part.records = Some(previous.link(disk, file, &folder)?);
            part.places = kept;
            return Ok(());
        }
        let mut features = self.store.features()?;
        let mut out = RecordsFile::create(disk, &folder)?;
        for report in reports {
            out.features(&features.get(report.number)?)?;
        }
        for report in reports {
            self.writing.cancel.check()?;
            out.push(reader.record(self.entry(report.number)?)?)?;
        }
        let (written, places) = out.close()?;
        part.records = Some(written);
        part.places = reports.iter().map(|r| r.number).zip(places).collect();
        Ok(())
    }

    /// What a pair's finding quotes: the path of the other report, and the share of the text.
    fn named(&self, pair: &Pair, reader: &mut Reader<'_>) -> Result<String> {
        let share = match pair.doubt.rule {
            Rule::NarrativeCopied | Rule::NarrativeShared => pair.doubt.actual.map(|s| format!(" {s:.2}")),
            _ => None,
        };
        if pair.other == pair.entry {
            return Ok(String::new());
        }
        let path = reader.file(self.entry(pair.other)?.file)?.source_path;
        Ok(format!("{path}{}", share.unwrap_or_default()))
    }

    fn cover(
        &self,
        year: Option<i32>,
        expected: Expected<'_>,
        reader: &mut Reader<'_>,
        out: &mut ParquetFile,
    ) -> Result<()> {
        let number = match expected {
            Expected::Government { report, .. } => report,
            Expected::Stopped { last } => Some(last),
        };
        let record = match number {
            Some(number) => Some(decode::<Record<'_>>(reader.record(self.entry(number)?)?)?),
            None => None,
        };
        rows::coverage(self.knowledge, &self.tables, year, &mut out.columns, expected, record.as_ref());
        out.settle()
    }

    fn file_findings(&self, reader: &mut Reader<'_>, files: &mut [ParquetFile], part: &mut Part) -> Result<()> {
        let Some(out) = files.iter_mut().find(|f| f.table() == "findings") else { return Ok(()) };
        let settings = &self.knowledge.settings;
        for number in &self.store.doubtful {
            let file = reader.file(*number)?;
            if let Some(finding) = file.finding().filter(|f| kept(settings, f.rule)) {
                rows::file_finding(settings, &self.tables, &mut out.columns, &finding, file.source_path);
                part.count(finding.rule);
                out.settle()?;
            }
        }
        Ok(())
    }

    /// A table without a row still gets one empty file, so that readers find it: in the first partition of the dataset.
    fn empty_tables(&self, partitions: &[(Partition, Vec<u32>)], outcome: &mut Outcome) -> Result<()> {
        let Some((first, _)) =
            partitions.iter().find(|(p, _)| p.year.is_some() && p.province.is_some()).or(partitions.first())
        else {
            return Ok(());
        };
        let Writing { root, disk, .. } = self.writing;
        for schema in self.schemas.iter().filter(|s| s.partitioned) {
            if outcome.rows.contains_key(schema.name) {
                continue;
            }
            let file = ParquetFile::new(disk, schema, root.join(schema.name).join(first.folder()), &[]);
            if let Some(written) = file.close(true)? {
                outcome.rows.insert(schema.name.to_owned(), 0);
                outcome.written.push((schema.name.to_owned(), Some(*first), written));
            }
        }
        Ok(())
    }
}

impl Part {
    fn count(&mut self, rule: u8) {
        if let Some(rule) = Rule::ALL.get(usize::from(rule)) {
            *self.state.findings.entry(rule.id().to_owned()).or_default() += 1;
        }
    }
}

fn kept(settings: &Settings, rule: u8) -> bool {
    Rule::ALL.get(usize::from(rule)).is_some_and(|r| settings.severity_of(*r).is_some())
}
