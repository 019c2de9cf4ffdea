//! The store becomes the files of a release, partition by partition.
//!
//! Owns which partitions there are, and that every table has a file. Refuses to know which archive files changed: a
//! partition is judged by what it would hold.

use super::files;
use super::order::Orders;
use super::outcome::{Outcome, Writing};
use super::partition::{Part, PartitionWriter};
use crate::error::Result;
use crate::parquet::ParquetFile;
use crate::partition::Partition;
use crate::release::current::Previous;
use crate::release::manifest::Manifest;
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
    let orders = Orders::new(&store, knowledge, writing.fingerprint, writing.previous, writing.cancel)?;
    let writer = PartitionWriter::new(knowledge, writing, &schemas, store.lying())?;
    let parts = orders.each(|_, order| writer.partition(order))?;
    let outcome = whole(&store, parts, &schemas, writing)?;
    store.remove()?;
    Ok(outcome)
}

/// What is told of all partitions, and the tables that have none: the rest of a release beside its partitions.
pub(crate) fn whole(
    store: &Store,
    parts: Vec<Part>,
    schemas: &[TableSchema],
    writing: &Writing<'_>,
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut records: Vec<Option<RecordRef>> = vec![None; store.entries.len()];
    let partitions: Vec<Partition> = parts.iter().map(|p| p.partition).collect();
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
    empty_tables(schemas, &partitions, writing, &mut outcome)?;
    files::write(store, &records, schemas, writing, &mut outcome)?;
    outcome.written.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
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
    partitions: &[Partition],
    writing: &Writing<'_>,
    outcome: &mut Outcome,
) -> Result<()> {
    let Some(first) = partitions.iter().find(|p| p.year.is_some() && p.province.is_some()).or(partitions.first())
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
