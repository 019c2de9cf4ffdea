//! Provinces that are asked for together: each table read once for all their queries, each query asked once for all.
//!
//! Owns how large a batch may be, so that memory does not grow with the archive, and what it reads. Refuses to write.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use polars_core::runtime::RAYON;
use rayon::prelude::*;

use super::answer::Answer;
use super::book::{Book, Part};
use super::hears::Hears;
use super::job::Job;
use super::place::Made;
use super::scope::Scope;
use super::tables::{Beside, Columns, Tables};
use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::TableSchema;

/// Rows of all tables that are in memory together.
const MOST_ROWS: u64 = 120_000;

/// What is read together.
#[derive(Default)]
struct Batch<'q> {
    books: Vec<Book<'q>>,
    columns: Columns,
    /// Which of the release's files, by number.
    files: BTreeSet<usize>,
    /// What is beside sees it.
    shown: bool,
}

/// Makes the files of all books. `beside` sees every row of the tables that it names, province by province.
///
/// # Errors
/// Names the summary that fails.
pub(super) fn make(
    job: Job<'_>,
    known: &[TableSchema],
    books: Vec<Book<'_>>,
    mut beside: Option<&mut dyn Beside>,
    mut hears: Option<&mut dyn Hears>,
) -> Result<Vec<Made>> {
    let seen = beside.as_ref().map(|b| b.columns()).unwrap_or_default();
    let mut made = Vec::new();
    for Batch { books, columns, files, shown } in batches(job, books, &seen) {
        job.cancel.check()?;
        let files: Vec<&ManifestFile> = files.iter().filter_map(|i| job.files.get(*i)).collect();
        let mut asked: BTreeMap<usize, Vec<&Part<'_>>> = BTreeMap::new();
        for part in books.iter().flat_map(Book::asked) {
            asked.entry(part.number).or_default().push(part);
        }
        let asked: Vec<Vec<&Part<'_>>> = asked.into_values().collect();
        // On polars' own threads: from any other, every small step of a query would wait for them to wake up.
        let tables = Arc::new(RAYON.install(|| Tables::read(known, job.release, &files, &columns))?);
        let answers: Vec<_> =
            RAYON.install(|| asked.par_iter().map(|parts| answers(job, parts, &tables)).collect::<Result<_>>())?;
        let answers: HashMap<(usize, Scope), Answer> = answers.into_iter().flatten().collect();
        if let Some(beside) = beside.as_deref_mut().filter(|_| shown) {
            beside.see(&tables)?;
        }
        drop(tables);
        if let Some(hears) = hears.as_deref_mut() {
            for part in books.iter().flat_map(Book::asked).filter(|p| p.heard) {
                if let Some(answer) = answers.get(&(part.number, part.scope)) {
                    hears.hear(part.scope.year, part.scope.province, part.query, answer)?;
                }
            }
        }
        let files: Vec<Vec<Made>> =
            RAYON.install(|| books.into_par_iter().map(|book| book.make(&answers, job)).collect::<Result<_>>())?;
        made.extend(files.into_iter().flatten());
    }
    Ok(made)
}

/// The answers of one query for all parts of a batch.
fn answers(job: Job<'_>, parts: &[&Part<'_>], tables: &Arc<Tables>) -> Result<Vec<((usize, Scope), Answer)>> {
    job.cancel.check()?;
    let Some(first) = parts.first() else { return Ok(Vec::new()) };
    let scopes: Vec<Scope> = parts.iter().map(|p| p.scope).collect();
    let answers = first.query.run(tables, &scopes).with_context(|| format!("summary {}", first.query.summary.name))?;
    Ok(parts.iter().map(|p| (p.number, p.scope)).zip(answers).collect())
}

/// Books with what they read, in batches. What is beside sees every file once.
fn batches<'q>(job: Job<'_>, books: Vec<Book<'q>>, seen: &Columns) -> Vec<Batch<'q>> {
    let mut of_province: BTreeMap<Option<u8>, Vec<usize>> = BTreeMap::new();
    for (file, i) in job.files.iter().zip(0..) {
        of_province.entry(file.province).or_default().push(i);
    }
    let all: Vec<usize> = (0..job.files.len()).collect();
    let mut batches: Vec<Batch<'_>> = Vec::new();
    let (everywhere, books): (Vec<_>, Vec<_>) = books.into_iter().partition(|b| b.province.is_none());
    let mut books: BTreeMap<Option<u8>, Book<'q>> = books.into_iter().map(|b| (b.province, b)).collect();
    for (province, files) in &of_province {
        let mut batch = Batch { shown: true, ..Batch::default() };
        batch.needs(job.files, files, seen, Scope { year: None, province: None });
        let book = books.remove(province).into_iter().collect();
        join(&mut batches, batch.with(book, job.files, files), job.files);
    }
    // What is about all provinces goes with the others when there is but one batch.
    let wide = Batch::default().with(everywhere, job.files, &all);
    if batches.len() > 1 {
        batches.push(wide);
    } else {
        join(&mut batches, wide, job.files);
    }
    batches
}

/// Puts a batch to the last one, if there is room.
fn join<'q>(batches: &mut Vec<Batch<'q>>, next: Batch<'q>, all: &[ManifestFile]) {
    let rows = |files: &BTreeSet<usize>| files.iter().filter_map(|i| all.get(*i)).map(|f| f.rows).sum::<u64>();
    if let Some(last) = batches.last_mut() {
        let files: BTreeSet<usize> = last.files.union(&next.files).copied().collect();
        if rows(&files) <= MOST_ROWS {
            last.files = files;
            last.books.extend(next.books);
            for (table, columns) in next.columns {
                last.columns.entry(table).or_default().extend(columns);
            }
            last.shown |= next.shown;
            return;
        }
    }
    batches.push(next);
}

impl<'q> Batch<'q> {
    /// Adds books with what their queries read of some files.
    fn with(mut self, books: Vec<Book<'q>>, all: &[ManifestFile], files: &[usize]) -> Self {
        for part in books.iter().flat_map(Book::asked) {
            self.needs(all, files, &part.query.columns, part.scope);
        }
        self.books = books;
        self
    }

    fn needs(&mut self, all: &[ManifestFile], files: &[usize], columns: &Columns, scope: Scope) {
        for (table, own) in columns {
            let of_table = self.columns.entry(table.clone()).or_default();
            if !own.is_subset(of_table) {
                of_table.extend(own.iter().cloned());
            }
        }
        let read = |file: &ManifestFile| columns.contains_key(&file.table) && scope.holds(file.year, file.province);
        self.files.extend(files.iter().filter(|i| all.get(**i).is_some_and(read)));
    }
}
