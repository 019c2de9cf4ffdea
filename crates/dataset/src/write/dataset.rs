//! The store becomes the files of a release, partition by partition.
//!
//! Owns which partitions there are, and that every table has a file. Refuses to know which archive files changed: a
//! partition is judged by what it would hold.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::across::compare;
use super::coverage::expected;
use super::files;
use super::outcome::{Outcome, Writing};
use super::partition::{Part, PartitionWriter};
use crate::error::Result;
use crate::parquet::ParquetFile;
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::release::manifest::Manifest;
use crate::rows;
use crate::schema::{TableSchema, tables};
use crate::store::index::RecordRef;
use crate::store::spill::Store;
use crate::template::Template;
use nianbao_report::Knowledge;

/// Writes every table, the records and the ledger below the root of `writing`.
///
/// # Errors
/// When the file system refuses, or the last release is damaged.
pub fn write(store: Store, knowledge: &Knowledge, writing: &Writing<'_>) -> Result<Outcome> {
    writing.disk.syncing_beside(|disk| tables_of(store, knowledge, &Writing { disk, ..*writing }))
}

fn tables_of(mut store: Store, knowledge: &Knowledge, writing: &Writing<'_>) -> Result<Outcome> {
    store.finish()?;
    let schemas = tables(&knowledge.forms)?;
    let writer = PartitionWriter {
        knowledge,
        writing,
        templates: schemas
            .iter()
            .filter(|s| s.partitioned)
            .map(|s| Template::new(s, &["county_code", "report_id"]))
            .collect::<Result<_>>()?,
        tables: rows::Tables::find(&schemas)?,
        store: &store,
        pairs: compare(&store, &knowledge.settings.thresholds)?,
        expected: expected(&store.entries, &knowledge.gazetteer),
    };
    let mut partitions: BTreeMap<Partition, Vec<u32>> = BTreeMap::new();
    for (entry, number) in store.entries.iter().zip(0..) {
        partitions.entry(entry.index.partition).or_default().push(number);
    }
    for partition in writer.expected.keys() {
        partitions.entry(*partition).or_default();
    }
    // Findings about files that are no reports have no year and no place.
    partitions.entry(Partition::NOWHERE).or_default();
    let partitions: Vec<(Partition, Vec<u32>)> = partitions.into_iter().collect();
    let parts: Vec<Part> =
        partitions.par_iter().map(|(p, entries)| writer.partition(*p, entries)).collect::<Result<_>>()?;
    let mut outcome = Outcome::default();
    let mut records: Vec<Option<RecordRef>> = vec![None; store.entries.len()];
    for part in parts {
        for (table, written) in part.written {
            *outcome.rows.entry(table.clone()).or_default() += written.rows;
            outcome.written.push((table, Some(part.partition), written));
        }
        for (rule, n) in &part.state.findings {
            *outcome.findings.entry(rule.clone()).or_default() += n;
        }
        for (number, record) in part.refs {
            if let Some(slot) = records.get_mut(number as usize) {
                *slot = Some(record);
            }
        }
        outcome.records.extend(part.records.map(|w| (part.partition, w)));
        outcome.carried += usize::from(part.carried);
        outcome.partitions.push(part.state);
    }
    empty_tables(&schemas, &partitions, writing, &mut outcome)?;
    files::write(&store, &records, &schemas, writing, &mut outcome)?;
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
    for file in last.all_files() {
        let path = writing.root.join(&file.path);
        let folder = path.parent().unwrap_or(writing.root);
        writing.disk.create_folders(folder)?;
        previous.link(writing.disk, file, folder)?;
    }
    Ok(Manifest { run: writing.run.to_owned(), previous: Some(last.run.clone()), ..last.clone() })
}

/// A table without a row still gets one empty file, so that readers find it: in the first partition of the dataset.
fn empty_tables(
    schemas: &[TableSchema],
    partitions: &[(Partition, Vec<u32>)],
    writing: &Writing<'_>,
    outcome: &mut Outcome,
) -> Result<()> {
    let Some((first, _)) =
        partitions.iter().find(|(p, _)| p.year.is_some() && p.province.is_some()).or(partitions.first())
    else {
        return Ok(());
    };
    let Writing { root, disk, .. } = writing;
    for schema in schemas.iter().filter(|s| s.partitioned) {
        if outcome.rows.contains_key(schema.name) {
            continue;
        }
        let file = ParquetFile::new(disk, &Template::new(schema, &[])?, root.join(schema.name).join(first.folder()));
        if let Some(written) = file.close(true)? {
            outcome.rows.insert(schema.name.to_owned(), 0);
            outcome.written.push((schema.name.to_owned(), Some(*first), written));
        }
    }
    Ok(())
}
