//! The table `files` and the ledger: one row of each for every file of the archive, in the order of the walk.
//!
//! Owns the final status of a file. Refuses everything that has partitions.

use std::collections::HashMap;

use super::outcome::{Outcome, Writing};
use crate::error::{Context as _, Result};
use crate::parquet::ParquetFile;
use crate::schema::TableSchema;
use crate::store::facts::{FileRecord, Status};
use crate::store::index::{IndexedReport, RecordRef};
use crate::store::ledger::LedgerFile;
use crate::store::spill::{Entry, Store};
use crate::template::Template;

use crate::rows;

/// Writes both; `records` says where that of each report lies.
pub(super) fn write(
    store: &Store,
    records: &[Option<RecordRef>],
    schemas: &[TableSchema],
    writing: &Writing<'_>,
    outcome: &mut Outcome,
) -> Result<()> {
    let schema = schemas.iter().find(|s| s.name == "files").context("the schema has no table of files")?;
    let mut out = ParquetFile::new(writing.disk, &Template::new(schema, &[])?, writing.root.join("files"));
    let mut ledger = LedgerFile::create(writing.disk, writing.root)?;
    let (mut reader, mut other) = (store.reader()?, store.reader()?);
    let superseded: HashMap<u32, u32> =
        store.entries.iter().filter_map(|e| e.superseded_by.map(|by| (e.file, by))).collect();
    // Reports are numbered in the order of their files.
    let mut reports = store.entries.iter().zip(records).peekable();
    let mut rows = FileRows { at: rows::Files::of(schema)?, out: &mut out, head: None };
    for number in 0..store.next_file()? {
        if number.is_multiple_of(4096) {
            writing.cancel.check()?;
        }
        let file = reader.file(number)?;
        let own = reports.next_if(|(entry, _)| entry.file == number);
        let report = own.map(|(entry, record)| indexed(entry, *record)).transpose()?;
        ledger.push(&file, writing.run, report.as_ref())?;
        if file.facts.part.is_some() {
            rows.further(&file);
            continue;
        }
        let by = superseded.get(&number);
        let instead = match by.or(file.duplicate_of.as_ref()) {
            Some(first) => Some(other.file(*first)?.facts.source_path),
            None => None,
        };
        let status = if by.is_some() { Status::Superseded } else { file.facts.status }.code();
        *outcome.statuses.entry(status.to_owned()).or_default() += 1;
        rows.next(Some(Head { reports: u32::from(file.is_report), file, status, instead }))?;
    }
    rows.next(None)?;
    if let Some(written) = out.close(true)? {
        outcome.rows.insert("files".to_owned(), written.rows);
        outcome.written.push(("files".to_owned(), None, written));
    }
    outcome.ledger = Some(ledger.close()?);
    Ok(())
}

/// A row that waits until it is known how many reports the file holds.
struct Head {
    file: FileRecord,
    status: &'static str,
    instead: Option<String>,
    reports: u32,
}

/// The rows of the table.
struct FileRows<'o> {
    at: rows::Files,
    out: &'o mut ParquetFile,
    head: Option<Head>,
}

impl FileRows<'_> {
    /// Counts a further report of the file before.
    const fn further(&mut self, part: &FileRecord) {
        if let Some(head) = &mut self.head {
            head.reports += part.is_report as u32;
        }
    }

    /// Writes the row that waits; the next one waits in its place.
    fn next(&mut self, next: Option<Head>) -> Result<()> {
        let Some(head) = std::mem::replace(&mut self.head, next) else { return Ok(()) };
        let Head { file, status, instead, reports } = &head;
        rows::file(&self.at, &mut self.out.columns, file, (status, *reports), instead.as_deref());
        self.out.flush_if_full()
    }
}

fn indexed(entry: &Entry, record: Option<RecordRef>) -> Result<IndexedReport> {
    Ok(IndexedReport { index: entry.index, record: record.context("a report without a record")? })
}
