//! The summary files of one province: CSV files, and the workbook with a sheet of each.
//!
//! Owns which of them are to be made and how answers become files. Refuses to ask queries.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

use super::answer::Answer;
use super::csv_file;
use super::job::Job;
use super::place::{Content, Made, key_of};
use super::query::Query;
use super::scope::{self, Scope};
use super::workbook::Workbook;

/// One query over one part of the dataset.
pub(super) struct Part<'q> {
    pub(super) query: &'q Query,
    /// Place of the query in the pipeline file.
    pub(super) number: usize,
    pub(super) scope: Scope,
    pub(super) key: String,
    /// Its answer is heard, whatever files are there.
    pub(super) heard: bool,
}

/// The parts of one province.
pub(super) struct Book<'q> {
    pub(super) province: Option<u8>,
    parts: Vec<Part<'q>>,
    /// Path and key of the workbook, and what is there and stays.
    sheets: Option<(String, String, Option<Content>)>,
    /// By part: its CSV file, and what is there and stays.
    files: Vec<Option<(String, Option<Content>)>>,
}

impl<'q> Book<'q> {
    /// The book of these parts, all of one province; `whole` when there may be a workbook: one of a single year, or of a
    /// single summary, would stand in the place of the whole one.
    pub(super) fn new(parts: Vec<Part<'q>>, whole: bool, job: Job<'_>) -> Self {
        let (gazetteer, existing) = (&job.knowledge.gazetteer, job.existing);
        let province = parts.first().and_then(|p| p.scope.province);
        let sheets = || parts.iter().filter(|p| whole && p.query.summary.formats().xlsx);
        let sheets = sheets().next().is_some().then(|| {
            let (path, key) = (scope::workbook(province, gazetteer), of_sheets(sheets()));
            let unchanged = existing.unchanged(&path, &key);
            (path, key, unchanged)
        });
        let file = |part: &Part<'_>| {
            let summary = &part.query.summary;
            let path = summary.formats().csv.then(|| part.scope.path(&summary.name, gazetteer))?;
            let unchanged = existing.unchanged(&path, &part.key);
            Some((path, unchanged))
        };
        let files = parts.iter().map(file).collect();
        Self { province, parts, sheets, files }
    }

    /// The parts whose answers are needed.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Part<'q>> {
        let book = self.sheets.as_ref().is_some_and(|(_, _, unchanged)| unchanged.is_none());
        self.parts.iter().zip(&self.files).filter_map(move |(part, file)| {
            let sheet = book && part.query.summary.formats().xlsx;
            (sheet || part.heard || file.as_ref().is_some_and(|(_, unchanged)| unchanged.is_none())).then_some(part)
        })
    }

    /// Its files, of the answers of each query.
    ///
    /// # Errors
    /// When an answer cannot be read, which is a fault of this program.
    pub(super) fn make(self, answers: &HashMap<(usize, Scope), Answer>, job: Job<'_>) -> Result<Vec<Made>> {
        let mut book = self.sheets.as_ref().is_some_and(|s| s.2.is_none()).then(Workbook::new);
        let mut made = Vec::with_capacity(self.parts.len() + 1);
        for (part, file) in self.parts.into_iter().zip(self.files) {
            job.cancel.check()?;
            let summary = &part.query.summary;
            let answer = answers.get(&(part.number, part.scope));
            if let Some(book) = book.as_mut().filter(|_| summary.formats().xlsx) {
                let answer = answer.with_context(|| format!("summary {}: no answer", summary.name))?;
                book.append(&summary.name, part.scope.year, answer)?;
            }
            let Some((path, unchanged)) = file else { continue };
            let content = match (unchanged, answer) {
                (Some(content), _) => content,
                (None, Some(answer)) if answer.rows.height() > 0 => {
                    let bom = summary.encoding == "utf-8-bom";
                    job.existing.keep(&csv_file::render(&answer.rows, &answer.notes, bom)?)
                }
                (None, Some(_)) => Content::Empty,
                (None, None) => anyhow::bail!("summary {}: no answer", summary.name),
            };
            made.push(Made { path, key: part.key, content });
        }
        if let Some((path, key, unchanged)) = self.sheets {
            let content = match (unchanged, book) {
                (Some(unchanged), _) => unchanged,
                (None, Some(book)) => match book.close().with_context(|| path.clone())? {
                    Some(bytes) => job.existing.keep(&bytes),
                    None => Content::Empty,
                },
                (None, None) => Content::Empty,
            };
            made.push(Made { path, key, content });
        }
        Ok(made)
    }
}

/// The key of a workbook: its sheets in order, their names, and what each was made of.
fn of_sheets<'p>(sheets: impl Iterator<Item = &'p Part<'p>>) -> String {
    key_of(sheets.map(|sheet| format!("{:?}", (&sheet.query.summary.name, sheet.scope, &sheet.key))))
}
