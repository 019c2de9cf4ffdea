//! One partition of a release: its rows and its records, as an order says.
//!
//! Owns that a partition which is that of the last release is linked and not written. Refuses to look at other
//! partitions, and at anything of the run beside its order: it may be another machine's.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::coverage::Coverage;
use super::order::{Awaited, Order};
use super::outcome::Writing;
use crate::disk::Written;
use crate::error::{Context as _, Result};
use crate::parquet::ParquetFile;
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::release::manifest::PartitionState;
use crate::rows;
use crate::schema::TableSchema;
use crate::store::features;
use crate::store::index::{RecordRef, Where};
use crate::store::record::Record;
use crate::store::records::{FOLDER, RecordsFile};
use crate::store::spill::{Lying, Records, decode};
use crate::template::Template;
use nianbao_report::Knowledge;
use nianbao_report::finding::Rule;
use nianbao_report::region::Division;

/// Writes partitions.
pub(crate) struct PartitionWriter<'a> {
    knowledge: &'a Knowledge,
    writing: &'a Writing<'a>,
    /// Of the partitioned tables, in the order of the schema.
    templates: Vec<Arc<Template>>,
    tables: rows::Tables,
    governments: Vec<&'a Division>,
    lying: &'a Lying,
}

/// What became of one partition.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) partition: Partition,
    pub(crate) written: Vec<(String, Written)>,
    pub(crate) records: Option<Written>,
    pub(crate) refs: Vec<(u32, RecordRef)>,
    pub(crate) state: PartitionState,
    pub(crate) carried: bool,
}

impl<'a> PartitionWriter<'a> {
    /// A writer of these tables; `lying` says where records are.
    pub(crate) fn new(
        knowledge: &'a Knowledge,
        writing: &'a Writing<'a>,
        schemas: &[TableSchema],
        lying: &'a Lying,
    ) -> Result<Self> {
        let partitioned = schemas.iter().filter(|s| s.partitioned);
        Ok(Self {
            knowledge,
            writing,
            templates: partitioned.map(|s| Template::new(s, &["county_code", "report_id"])).collect::<Result<_>>()?,
            tables: rows::Tables::find(schemas)?,
            governments: knowledge.gazetteer.governments().collect(),
            lying,
        })
    }

    pub(crate) fn partition(&self, order: &Order) -> Result<Part> {
        self.writing.cancel.check()?;
        let partition = order.partition;
        let state = PartitionState {
            year: partition.year,
            province: partition.province,
            key: order.key.clone(),
            findings: std::collections::BTreeMap::new(),
        };
        let mut part = Part { partition, written: Vec::new(), records: None, refs: Vec::new(), state, carried: false };
        let mut records = Records::new(self.lying);
        let same = self.writing.previous.and_then(|p| p.partition(partition).map(|state| (p, state)));
        match same.filter(|(_, state)| state.key == order.key) {
            Some((previous, state)) => {
                part.state.findings.clone_from(&state.findings);
                part.written = self.carry(previous, partition)?;
                part.carried = true;
            }
            None => self.tables(order, &mut records, &mut part)?,
        }
        self.records(order, &mut records, &mut part)?;
        Ok(part)
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

    fn tables(&self, order: &Order, records: &mut Records<'_>, part: &mut Part) -> Result<()> {
        let Writing { root, disk, .. } = self.writing;
        let knowledge = self.knowledge;
        let folder = order.partition.folder();
        let file = |t: &Arc<Template>| ParquetFile::new(disk, t, root.join(t.table.name).join(&folder));
        let mut files: Vec<ParquetFile> = self.templates.iter().map(file).collect();
        self.file_findings(order, &mut files, part)?;
        for report in &order.reports {
            self.writing.cancel.check()?;
            let mut record: Record<'_> = decode(records.get(order.partition, report.lies)?)?;
            for beside in &report.doubts {
                let finding = rows::beside(&knowledge.forms, &record, &beside.doubt()?, &beside.detail);
                record.findings.push(finding);
            }
            record.findings.retain(|f| rows::kept(&knowledge.settings, f.rule));
            for finding in &record.findings {
                part.count(finding.rule);
            }
            rows::report(knowledge, &self.tables, &mut files, &record, report.is_primary)?;
            files.iter_mut().try_for_each(ParquetFile::flush_if_full)?;
        }
        if let Some(out) = files.iter_mut().find(|f| f.table() == "coverage") {
            for awaited in &order.expected {
                self.cover(order.partition.year, awaited, records, out)?;
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
    fn records(&self, order: &Order, records: &mut Records<'_>, part: &mut Part) -> Result<()> {
        if order.reports.is_empty() {
            return Ok(());
        }
        let Writing { root, disk, previous, .. } = self.writing;
        let folder = root.join(FOLDER).join(order.partition.folder());
        if let Some((previous, file)) = previous.and_then(|p| p.records(order.partition).map(|f| (p, f)))
            && order.recorded
        {
            disk.create_folders(&folder)?;
            part.records = Some(previous.link(disk, file, &folder)?);
            let carried = order.reports.iter().filter_map(|r| match r.lies {
                Where::Carried(record) => Some((r.number, record)),
                Where::Read { .. } => None,
            });
            part.refs = carried.collect();
            return Ok(());
        }
        let mut out = RecordsFile::create(disk, &folder)?;
        for report in &order.reports {
            match report.lies {
                Where::Carried(record) => {
                    out.features(&features::encode(&records.features(order.partition, record)?))?;
                }
                Where::Read { .. } => out.features(&report.features()?)?,
            }
        }
        for report in &order.reports {
            self.writing.cancel.check()?;
            out.push(records.get(order.partition, report.lies)?)?;
        }
        let (written, refs) = out.close()?;
        part.records = Some(written);
        part.refs = order.reports.iter().map(|r| r.number).zip(refs).collect();
        Ok(())
    }

    fn cover(
        &self,
        year: Option<i32>,
        awaited: &Awaited,
        records: &mut Records<'_>,
        out: &mut ParquetFile,
    ) -> Result<()> {
        let of = |number: u32| self.governments.get(number as usize).copied().context("an order of another gazetteer");
        let county = awaited.government.map(of).transpose()?;
        let coverage = match (awaited.is_stopped(), &awaited.report) {
            (true, _) => Coverage::Stopped,
            (false, Some(_)) => Coverage::Found,
            (false, None) => Coverage::Missing,
        };
        let record = match awaited.report {
            Some((index, lies)) => Some(decode::<Record<'_>>(records.get(index.partition, lies)?)?),
            None => None,
        };
        let columns = &mut out.columns;
        rows::coverage(self.knowledge, &self.tables, year, columns, (coverage, county), record.as_ref());
        out.flush_if_full()
    }

    fn file_findings(&self, order: &Order, files: &mut [ParquetFile], part: &mut Part) -> Result<()> {
        let Some(out) = files.iter_mut().find(|f| f.table() == "findings") else { return Ok(()) };
        let settings = &self.knowledge.settings;
        for file in order.files() {
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
