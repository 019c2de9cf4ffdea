//! The table `files` and the ledger: one row of each for every file of the archive, in the order of the walk.
//!
//! Owns the final status of a file. Refuses everything that has partitions.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

use super::ledger::{Held, LedgerFile};
use super::parquet::ParquetFile;
use super::records::Place;
use super::rows;
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
    let at = rows::Files::of(schema)?;
    let mut out = ParquetFile::new(writing.disk, schema, writing.root.join("files"), &[]);
    let mut ledger = LedgerFile::create(writing.disk, writing.root)?;
    let (mut reader, mut other) = (store.reader()?, store.reader()?);
    let superseded: HashMap<u32, u32> =
        store.entries.iter().filter_map(|e| e.superseded_by.map(|by| (e.file, by))).collect();
    // Reports are numbered in the order of their files.
    let mut reports = store.entries.iter().zip(places).peekable();
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
        rows::file(&at, &mut out.columns, &file, status, instead);
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
