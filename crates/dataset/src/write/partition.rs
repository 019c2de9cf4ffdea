//! One partition of a release: its rows and its records.
//!
//! Owns the order of rows, and what proves that a partition is that of the last release: then its files are linked and
//! not written. Refuses to look at other partitions.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::across::Pair;
use super::coverage::Expected;
use super::outcome::Writing;
use crate::disk::Written;
use crate::error::{Context as _, Result};
use crate::hash::hex;
use crate::parquet::ParquetFile;
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::release::manifest::PartitionState;
use crate::rows;
use crate::store::index::RecordRef;
use crate::store::record::Record;
use crate::store::records::{FOLDER, RecordsFile};
use crate::store::spill::{Entry, Reader, Store, Where, decode};
use crate::template::Template;
use nianbao_report::Knowledge;
use nianbao_report::finding::Rule;

/// What one partition's rows need of all others.
pub(super) struct PartitionWriter<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) writing: &'a Writing<'a>,
    /// Of the partitioned tables, in the order of the schema.
    pub(super) templates: Vec<Arc<Template>>,
    pub(super) tables: rows::Tables,
    pub(super) store: &'a Store,
    /// Doubts between reports, sorted by report.
    pub(super) pairs: Vec<Pair>,
    pub(super) expected: BTreeMap<Partition, Vec<Expected<'a>>>,
}

/// What became of one partition.
pub(super) struct Part {
    pub(super) partition: Partition,
    pub(super) written: Vec<(String, Written)>,
    pub(super) records: Option<Written>,
    pub(super) refs: Vec<(u32, RecordRef)>,
    pub(super) state: PartitionState,
    pub(super) carried: bool,
}

/// A report of the partition with what is doubtful about it beside others, quoted.
struct Beside<'p> {
    number: u32,
    doubts: Vec<(String, &'p Pair)>,
}

impl<'a> PartitionWriter<'a> {
    fn pairs_of(&self, number: u32) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.entry < number);
        let to = self.pairs.partition_point(|p| p.entry <= number);
        self.pairs.get(from..to).unwrap_or(&[])
    }

    fn entry(&self, number: u32) -> Result<&'a Entry> {
        self.store.entries.get(number as usize).context("no such report in the index")
    }

    pub(super) fn partition(&self, partition: Partition, entries: &[u32]) -> Result<Part> {
        let mut reader = self.store.reader()?;
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|i| {
            let e = &self.store.entries[*i as usize];
            (e.index.county, e.index.report_id, e.file)
        });
        let mut reports = Vec::with_capacity(sorted.len());
        for number in sorted {
            let doubts = self.pairs_of(number).iter().map(|p| Ok((self.named(p, &mut reader)?, p)));
            reports.push(Beside { number, doubts: doubts.collect::<Result<_>>()? });
        }
        let key = self.key(partition, &reports, &mut reader)?;
        let state =
            PartitionState { year: partition.year, province: partition.province, key, findings: BTreeMap::new() };
        let mut part = Part { partition, written: Vec::new(), records: None, refs: Vec::new(), state, carried: false };
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
            part(&entry.index.digest.to_le_bytes());
            part(&[u8::from(entry.superseded_by.is_none())]);
            for (detail, pair) in &report.doubts {
                part(format!("{:?}", pair.doubt).as_bytes());
                part(detail.as_bytes());
            }
        }
        for expected in self.expected.get(&partition).map_or(&[][..], Vec::as_slice) {
            let what = match expected {
                Expected::Government { county, .. } => county.code.as_str(),
                Expected::Stopped { .. } => expected.coverage().code(),
            };
            part(what.as_bytes());
            part(&expected.report().map(|n| self.entry(n)).transpose()?.map_or(0, |e| e.index.digest).to_le_bytes());
        }
        if partition == Partition::NOWHERE {
            for number in &self.store.doubtful {
                let file = reader.file(*number)?;
                part(file.facts.source_path.as_bytes());
                part(file.facts.reason.unwrap_or_default().as_bytes());
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
        let file = |t: &Arc<Template>| ParquetFile::new(disk, t, root.join(t.table.name).join(&folder));
        let mut files: Vec<ParquetFile> = self.templates.iter().map(file).collect();
        if part.partition == Partition::NOWHERE {
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
            record.findings.retain(|f| rows::kept(&knowledge.settings, f.rule));
            for finding in &record.findings {
                part.count(finding.rule);
            }
            rows::report(knowledge, &self.tables, &mut files, &record, entry.superseded_by.is_none())?;
            files.iter_mut().try_for_each(ParquetFile::flush_if_full)?;
        }
        if let Some(out) = files.iter_mut().find(|f| f.table() == "coverage") {
            for expected in self.expected.get(&part.partition).map_or(&[][..], Vec::as_slice) {
                self.cover(part.partition.year, *expected, reader, out)?;
            }
        }
        for file in files {
            let table = file.table();
            if let Some(written) = file.close(false)? {
                part.written.push((table.to_owned(), written));
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
        let folder = root.join(FOLDER).join(part.partition.folder());
        let mut carried = Vec::with_capacity(reports.len());
        for report in reports {
            if let Where::Carried(record) = self.entry(report.number)?.lies {
                carried.push((report.number, record));
            }
        }
        if let Some((previous, file)) = previous.and_then(|p| p.records(part.partition).map(|f| (p, f)))
            && carried.len() == reports.len()
            && file.rows == carried.len() as u64
        {
            disk.create_folders(&folder)?;
            part.records = Some(previous.link(disk, file, &folder)?);
            part.refs = carried;
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
        let (written, refs) = out.close()?;
        part.records = Some(written);
        part.refs = reports.iter().map(|r| r.number).zip(refs).collect();
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
        let path = reader.file(self.entry(pair.other)?.file)?.facts.source_path;
        Ok(format!("{path}{}", share.unwrap_or_default()))
    }

    fn cover(
        &self,
        year: Option<i32>,
        expected: Expected<'_>,
        reader: &mut Reader<'_>,
        out: &mut ParquetFile,
    ) -> Result<()> {
        let record = match expected.report() {
            Some(number) => Some(decode::<Record<'_>>(reader.record(self.entry(number)?)?)?),
            None => None,
        };
        rows::coverage(self.knowledge, &self.tables, year, &mut out.columns, expected, record.as_ref());
        out.flush_if_full()
    }

    fn file_findings(&self, reader: &mut Reader<'_>, files: &mut [ParquetFile], part: &mut Part) -> Result<()> {
        let Some(out) = files.iter_mut().find(|f| f.table() == "findings") else { return Ok(()) };
        let settings = &self.knowledge.settings;
        for number in &self.store.doubtful {
            let file = reader.file(*number)?;
            if let Some(finding) = file.finding().filter(|f| rows::kept(settings, f.rule)) {
                rows::file_finding(settings, &self.tables, &mut out.columns, &finding, &file.facts.source_path);
                part.count(finding.rule);
                out.flush_if_full()?;
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
