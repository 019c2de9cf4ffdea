//! Orders: everything that one partition's files are made of beside the records themselves.
//!
//! Owns what a partition needs of all others: which reports are its own and in which order, what is doubtful about them
//! beside others, what was expected. An order is written to a file as it stands, so that another machine may carry it
//! out. Refuses to write tables.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::across::{Pair, compare};
use super::coverage::{Expected, expected};
use crate::error::{Context as _, Result};
use crate::hash::hex;
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::store::facts::{FileFacts, FileRecord};
use crate::store::features::{self, SIZE};
use crate::store::index::{IndexEntry, Where};
use crate::store::spill::{Entry, Reader, Store};
use nianbao_document::Cancel;
use nianbao_report::Knowledge;
use nianbao_report::check::across::Doubt;
use nianbao_report::finding::Rule;

/// What one partition is to be made of.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) partition: Partition,
    /// Hash of everything that decides its rows. Equal keys give equal files.
    pub(crate) key: String,
    /// In the order of the rows.
    pub(crate) reports: Vec<Ordered>,
    pub(crate) expected: Vec<Awaited>,
    /// Path and reason of files that could not be read.
    pub(crate) unreadable: Vec<(String, Option<String>)>,
    /// Its records are all in the last release's file, which holds nothing else.
    pub(crate) recorded: bool,
}

/// A report of the partition.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ordered {
    /// Its number in the index.
    pub(crate) number: u32,
    pub(crate) index: IndexEntry,
    pub(crate) lies: Where,
    pub(crate) is_primary: bool,
    pub(crate) doubts: Vec<Beside>,
    /// What it is compared by, encoded, where its records are written anew and no release has it.
    pub(crate) features: Vec<u8>,
}

/// Something doubtful beside another report, with what its finding quotes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Beside {
    pub(crate) detail: String,
    /// Number in [`Rule::ALL`].
    rule: u16,
    figure: Option<u32>,
    expected: Option<f64>,
    actual: Option<f64>,
    of_last: bool,
}

/// A row of the coverage.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Awaited {
    /// Number of the government in the gazetteer; `None` for a body that stopped.
    pub(crate) government: Option<u32>,
    /// The report that its row quotes.
    pub(crate) report: Option<(IndexEntry, Where)>,
}

impl Beside {
    fn new(detail: String, doubt: &Doubt) -> Result<Self> {
        Ok(Self {
            detail,
            rule: u16::try_from(
                Rule::ALL.iter().position(|r| *r == doubt.rule).context("a rule out of the registry")?,
            )?,
            figure: doubt.figure.map(u32::try_from).transpose()?,
            expected: doubt.expected,
            actual: doubt.actual,
            of_last: doubt.of_last,
        })
    }

    pub(crate) fn doubt(&self) -> Result<Doubt> {
        let rule = *Rule::ALL.get(usize::from(self.rule)).context("an order of another registry of rules")?;
        let figure = self.figure.map(|f| f as usize);
        Ok(Doubt { rule, figure, expected: self.expected, actual: self.actual, of_last: self.of_last })
    }
}

impl Awaited {
    pub(crate) const fn is_stopped(&self) -> bool {
        self.government.is_none()
    }
}

/// Makes the orders of a run, whose store is whole.
pub(crate) struct Orders<'a> {
    store: &'a Store,
    previous: Option<&'a Previous>,
    cancel: &'a Cancel,
    fingerprint: u64,
    /// Doubts between reports, sorted by report.
    pairs: Vec<Pair>,
    expected: BTreeMap<Partition, Vec<Expected>>,
    partitions: Vec<(Partition, Vec<u32>)>,
}

impl<'a> Orders<'a> {
    /// Compares the reports of a store. `fingerprint` is what the files are written with.
    pub(crate) fn new(
        store: &'a Store,
        knowledge: &Knowledge,
        fingerprint: u64,
        previous: Option<&'a Previous>,
        cancel: &'a Cancel,
    ) -> Result<Self> {
        let pairs = compare(store, &knowledge.settings.thresholds)?;
        let expected = expected(&store.entries, &knowledge.gazetteer);
        let mut partitions: BTreeMap<Partition, Vec<u32>> = BTreeMap::new();
        for (entry, number) in store.entries.iter().zip(0..) {
            partitions.entry(entry.index.partition).or_default().push(number);
        }
        for partition in expected.keys() {
            partitions.entry(*partition).or_default();
        }
        // Findings about files that are no reports have no year and no place.
        partitions.entry(Partition::NOWHERE).or_default();
        let partitions = partitions.into_iter().collect();
        Ok(Self { store, previous, cancel, fingerprint, pairs, expected, partitions })
    }

    /// Does something with every order, several at a time; what comes of it is in the order of the partitions.
    pub(crate) fn each<T: Send>(&self, work: impl Fn(usize, &Order) -> Result<T> + Sync) -> Result<Vec<T>> {
        let one = |(number, (partition, entries)): (usize, &(Partition, Vec<u32>))| {
            work(number, &self.order(*partition, entries)?)
        };
        self.partitions.par_iter().enumerate().map(one).collect()
    }

    fn entry(&self, number: u32) -> Result<&'a Entry> {
        self.store.entries.get(number as usize).context("no such report in the index")
    }

    fn pairs_of(&self, number: u32) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.entry < number);
        let to = self.pairs.partition_point(|p| p.entry <= number);
        self.pairs.get(from..to).unwrap_or(&[])
    }

    fn order(&self, partition: Partition, entries: &[u32]) -> Result<Order> {
        self.cancel.check()?;
        let mut reader = self.store.reader()?;
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|i| {
            let e = &self.store.entries[*i as usize];
            (e.index.county, e.index.report_id, e.file)
        });
        let recorded = self.recorded(partition, &sorted)?;
        let mut compared_by = self.store.features()?;
        let mut reports = Vec::with_capacity(sorted.len());
        for number in sorted {
            let entry = self.entry(number)?;
            let doubts = self.pairs_of(number).iter();
            let doubts = doubts.map(|p| Beside::new(self.named(p, &mut reader)?, &p.doubt));
            let doubts = doubts.collect::<Result<_>>()?;
            let is_read = matches!(entry.lies, Where::Read { .. });
            let features = if is_read { features::encode(&compared_by.get(number)?).to_vec() } else { Vec::new() };
            let (index, lies, is_primary) = (entry.index, entry.lies, entry.superseded_by.is_none());
            reports.push(Ordered { number, index, lies, is_primary, doubts, features });
        }
        let expected = self.expected.get(&partition).map_or(&[][..], Vec::as_slice);
        let expected = expected.iter().map(|e| self.awaited(*e)).collect::<Result<_>>()?;
        let mut unreadable = Vec::new();
        if partition == Partition::NOWHERE {
            for number in &self.store.doubtful {
                let FileFacts { source_path, reason, .. } = reader.file(*number)?.facts;
                unreadable.push((source_path, reason));
            }
        }
        let mut order = Order { partition, key: String::new(), reports, expected, unreadable, recorded };
        order.key = order.key(self.fingerprint)?;
        Ok(order)
    }

    fn recorded(&self, partition: Partition, reports: &[u32]) -> Result<bool> {
        let Some(file) = self.previous.and_then(|p| p.records(partition)) else { return Ok(false) };
        let mut carried = 0;
        for number in reports {
            carried += u64::from(matches!(self.entry(*number)?.lies, Where::Carried(_)));
        }
        Ok(carried == reports.len() as u64 && file.rows == carried)
    }

    fn awaited(&self, expected: Expected) -> Result<Awaited> {
        let report = expected.report().map(|n| self.entry(n)).transpose()?;
        let report = report.map(|e| (e.index, e.lies));
        let government = match expected {
            Expected::Government { government, .. } => Some(government),
            Expected::Stopped { .. } => None,
        };
        Ok(Awaited { government, report })
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
}

impl Order {
    fn key(&self, fingerprint: u64) -> Result<String> {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        part(&fingerprint.to_le_bytes());
        for report in &self.reports {
            part(&report.index.digest.to_le_bytes());
            part(&[u8::from(report.is_primary)]);
            for beside in &report.doubts {
                part(format!("{:?}", beside.doubt()?).as_bytes());
                part(beside.detail.as_bytes());
            }
        }
        for awaited in &self.expected {
            // The gazetteer is a part of the fingerprint: a number means the same government.
            part(&awaited.government.unwrap_or(u32::MAX).to_le_bytes());
            part(&awaited.report.map_or(0, |(index, _)| index.digest).to_le_bytes());
        }
        for (path, reason) in &self.unreadable {
            part(path.as_bytes());
            part(reason.as_deref().unwrap_or_default().as_bytes());
        }
        Ok(hex(&hash.finalize()))
    }

    /// Files that could not be read, as their findings need them.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileRecord> {
        self.unreadable.iter().map(|(path, reason)| FileRecord {
            facts: FileFacts { reason: reason.clone(), ..FileFacts::named(path.as_str()) },
            ..FileRecord::default()
        })
    }
}

impl Ordered {
    /// Its features as they are written, if they came with the order.
    pub(crate) fn features(&self) -> Result<[u8; SIZE]> {
        self.features.as_slice().try_into().ok().context("an order without the features of a report")
    }
}
