//! The table `files` and the ledger: one row of each for every file of the archive, in the order of the walk.
//!
//! Owns the final status of a file. Refuses everything that has partitions.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

use super::columns::Field;
use super::ledger::{Held, LedgerFile};
use super::parquet::{ParquetFile, hex};
use super::records::Place;
use super::schema::TableSchema;
use super::store::{Entry, Store};
use super::write::{Outcome, Writing};

/// Writes both; `places` says where the record of each report lies.
pub(super) fn write(
    store: &Store,
    places: &[Option<Place>],
    schemas: &[TableSchema],
    writing: &Writing<'_>,
    outcome: &mut Outcome,
) -> Result<()> {
    let schema = schemas.iter().find(|s| s.name == "files").context("the schema has no table of files")?;
    let mut out = ParquetFile::new(writing.disk, schema, writing.root.join("files"), &[]);
    let mut ledger = LedgerFile::create(writing.disk, writing.root)?;
    let (mut reader, mut other) = (store.reader()?, store.reader()?);
    let superseded: HashMap<u32, u32> =
        store.entries.iter().filter_map(|e| e.superseded_by.map(|by| (e.file, by))).collect();
    // Reports are numbered in the order of their files.
    let mut reports = store.entries.iter().zip(places).peekable();
    let int = |n: u64| Field::Int(i64::try_from(n).unwrap_or(i64::MAX));
    for number in 0..store.next_file()? {
        if number.is_multiple_of(4096) {
            writing.cancel.check()?;
        }
        let file = reader.file(number)?;
        let by = superseded.get(&number);
        let instead = match by.or(file.duplicate_of.as_ref()) {
            Some(first) => Some(other.file(*first)?.source_path),
            None => None,
        };
        let status = if by.is_some() { "superseded" } else { file.status };
        *outcome.statuses.entry(status.to_owned()).or_default() += 1;
        let hash = file.hash.map(|h| hex(&h));
        let hash = hash.as_deref();
        out.columns.row(&[
            Field::Str(file.source_path),
            file.size.map_or(Field::Null, int),
            file.modified.map_or(Field::Null, |d| Field::Int(i64::from(d))),
            hash.into(),
            file.format.into(),
            file.encoding.into(),
            file.decode_faults.map_or(Field::Null, int),
            Field::Str(status),
            file.reason.into(),
            hash.and_then(|h| h.get(..16)).filter(|_| file.is_report).into(),
            instead.into(),
        ]);
        out.settle()?;
        let own = reports.next_if(|(entry, _)| entry.file == number);
        let held = own.map(|(entry, place)| held(entry, *place)).transpose()?;
        ledger.push(&file, writing.run, held.as_ref())?;
    }
    if let Some(written) = out.close(true)? {
        outcome.rows.insert("files".to_owned(), written.rows);
        outcome.written.push(("files".to_owned(), None, written));
    }
    outcome.ledger = Some(ledger.close()?);
    Ok(())
}

fn held(entry: &Entry, place: Option<Place>) -> Result<Held> {
    Ok(Held { facts: entry.facts, place: place.context("a report without a record")? })
}
