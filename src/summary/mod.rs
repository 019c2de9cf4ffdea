//! Summaries: SQL over the published dataset, written as CSV and as workbooks for offices.
//!
//! Owns which queries run over which part of the dataset, and under which names their answers stand. Refuses to know what
//! a summary is about: that stands in its `.sql` file.

mod cells;
mod config;
mod csv_file;
mod place;
mod query;
mod scan;
mod statement;
mod workbook;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use polars_core::runtime::RAYON;
use rayon::prelude::*;

use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::tables;
use nianbao_document::Cancel;
use nianbao_report::Knowledge;
use nianbao_report::form::Forms;
use nianbao_report::region::Gazetteer;

use config::Per;
pub use config::{Summaries, Summary};
pub use place::{Content, Existing, Made, SOURCES, install, key_of, prepare};
pub use query::Query;
use scan::ColumnCache;
pub use scan::read_columns;
use workbook::Workbook;

/// What summaries and pages are made of.
#[derive(Clone, Copy)]
pub struct Job<'j> {
    /// Places and forms.
    pub knowledge: &'j Knowledge,
    /// Folder of the release.
    pub release: &'j Path,
    /// Its data files.
    pub files: &'j [ManifestFile],
    /// What is there already and may be kept.
    pub existing: &'j Existing,
    /// Raised when nobody waits for them any more.
    pub cancel: &'j Cancel,
}

/// Which summaries to write.
#[derive(Debug, Default)]
pub struct Only {
    /// Of one province.
    pub province: Option<u8>,
    /// Of one year.
    pub year: Option<i32>,
    /// Of one name.
    pub name: Option<String>,
}

impl Only {
    /// Every summary is written.
    #[must_use]
    pub fn all(&self) -> bool {
        self.province.is_none() && self.year.is_none() && self.name.is_none()
    }
}

/// Reads the queries.
///
/// # Errors
/// Names the file that cannot be read or parsed, or the table that does not exist.
pub fn load(forms: &Forms, summaries: &[Summary]) -> Result<Vec<Query>> {
    let known = tables(forms)?;
    summaries.iter().map(|summary| Query::load(&known, summary)).collect()
}

/// Runs the queries over the files of a release; what is there already and was made from the same is left as it is.
///
/// # Errors
/// Names the summary that fails.
pub fn make(job: Job<'_>, queries: &[Query], only: &Only) -> Result<Vec<Made>> {
    let files = job.files;
    let wanted = || queries.iter().filter(|q| only.name.as_ref().is_none_or(|n| *n == q.summary.name));
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (query, number) in wanted().zip(0..) {
        for scope in scopes(query.summary.per, files, only) {
            let within: Vec<ManifestFile> = files.iter().filter(|f| scope.holds(f)).cloned().collect();
            let key = query.key(&within);
            parts.push(Part { query, number, scope, within, key });
        }
    }
    // A workbook has the summaries of one province. Running a query over one province and year keeps
    // one core at work at most: so provinces are made side by side.
    parts.sort_by_key(|p| (p.scope.province, p.number, p.scope));
    let maker = Maker { job, only };
    let books: Vec<&[Part<'_>]> = parts.chunk_by(|a, b| a.scope.province == b.scope.province).collect();
    // On polars' own threads: from any other, every small step of a query would wait for them to wake up.
    let made: Vec<Vec<Made>> =
        RAYON.install(|| books.par_iter().map(|of_book| maker.book(of_book)).collect::<Result<_>>())?;
    let mut made: Vec<Made> = made.into_iter().flatten().collect();
    made.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(made)
}

/// What summaries are made with.
struct Maker<'m> {
    job: Job<'m>,
    only: &'m Only,
}

impl Maker<'_> {
    /// The CSV files of one province, and its workbook.
    fn book(&self, parts: &[Part<'_>]) -> Result<Vec<Made>> {
        let (gazetteer, existing) = (&self.job.knowledge.gazetteer, self.job.existing);
        // A workbook of one year, or of one summary, would stand in the place of the whole one.
        let whole = self.only.year.is_none() && self.only.name.is_none();
        let sheets = || parts.iter().filter(|p| whole && p.query.summary.formats().xlsx);
        let province = parts.first().and_then(|p| p.scope.province);
        let path = format!("{0}{1}.xlsx", folder(province, gazetteer), title(province, gazetteer));
        let key = of_sheets(sheets());
        let unchanged = existing.unchanged(&path, &key);
        // What all provinces have is too much to keep.
        let cache = Arc::new(if province.is_some() { ColumnCache::keeping() } else { ColumnCache::default() });
        let mut book = (unchanged.is_none() && sheets().next().is_some()).then(Workbook::new);
        let mut made = Vec::new();
        for part in parts {
            self.job.cancel.check()?;
            let book = book.as_mut().filter(|_| part.query.summary.formats().xlsx);
            let content =
                self.csv(part, book, &cache).with_context(|| format!("summary {}", part.query.summary.name))?;
            made.extend(content);
        }
        let content = match (unchanged, book) {
            (Some(unchanged), _) => unchanged,
            (None, Some(book)) => match book.close().with_context(|| path.clone())? {
                Some(bytes) => existing.keep(&bytes),
                None => Content::Empty,
            },
            (None, None) => return Ok(made),
        };
        if sheets().next().is_some() {
            made.push(Made { path, key, content });
        }
        Ok(made)
    }

    /// The CSV file of a part, if there is to be one; the same rows go to the workbook.
    fn csv(&self, part: &Part<'_>, book: Option<&mut Workbook>, cache: &Arc<ColumnCache>) -> Result<Option<Made>> {
        let summary = &part.query.summary;
        let csv = summary.formats().csv.then(|| part.scope.path(&summary.name, &self.job.knowledge.gazetteer));
        let key = part.key.clone();
        let unchanged = csv.as_ref().and_then(|path| self.job.existing.unchanged(path, &key));
        if book.is_none() && (csv.is_none() || unchanged.is_some()) {
            return Ok(csv.zip(unchanged).map(|(path, content)| Made { path, key, content }));
        }
        let answer = part.query.run(self.job.release, &part.within, cache)?;
        if let Some(book) = book {
            book.append(&summary.name, part.scope.year, &answer)?;
        }
        let Some(path) = csv else { return Ok(None) };
        let content = match unchanged {
            Some(content) => content,
            None if answer.rows.height() == 0 => Content::Empty,
            None => {
                let bom = summary.encoding == "utf-8-bom";
                self.job.existing.keep(&csv_file::render(&answer.rows, &answer.notes, bom)?)
            }
        };
        Ok(Some(Made { path, key, content }))
    }
}

/// One query over one part of the dataset.
struct Part<'q> {
    query: &'q Query,
    number: usize,
    scope: Scope,
    within: Vec<ManifestFile>,
    key: String,
}

/// The key of a workbook: its sheets in order, their names, and what each was made of.
fn of_sheets<'p>(sheets: impl Iterator<Item = &'p Part<'p>>) -> String {
    key_of(sheets.map(|sheet| format!("{:?}", (&sheet.query.summary.name, sheet.scope, &sheet.key))))
}

/// The part of the dataset that one summary file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Scope {
    year: Option<i32>,
    province: Option<u8>,
}

impl Scope {
    fn holds(self, file: &ManifestFile) -> bool {
        self.year.is_none_or(|y| file.year == Some(y)) && self.province.is_none_or(|p| file.province == Some(p))
    }

    fn path(self, name: &str, gazetteer: &Gazetteer) -> String {
        let year = self.year.map(|y| format!("{y}-"));
        format!("{}{}{name}.csv", folder(self.province, gazetteer), year.unwrap_or_default())
    }
}

/// The province's name, `全国` for all.
fn title(province: Option<u8>, gazetteer: &Gazetteer) -> String {
    province.map_or_else(|| "全国".to_owned(), |p| gazetteer.province_title(p))
}

fn folder(province: Option<u8>, gazetteer: &Gazetteer) -> String {
    province.map(|p| format!("{p}-{}/", title(province, gazetteer))).unwrap_or_default()
}

fn scopes(per: Per, files: &[ManifestFile], only: &Only) -> Vec<Scope> {
    let reports = files.iter().filter(|f| f.table == "reports" && f.rows > 0);
    let mut scopes: Vec<Scope> = match per {
        Per::None => vec![Scope { year: None, province: None }],
        Per::Year => reports.filter(|f| f.year.is_some()).map(|f| Scope { year: f.year, province: None }).collect(),
        Per::ProvinceYears => {
            reports.filter(|f| f.province.is_some()).map(|f| Scope { year: None, province: f.province }).collect()
        }
        Per::Province => reports
            .filter(|f| f.year.is_some() && f.province.is_some())
            .map(|f| Scope { year: f.year, province: f.province })
            .collect(),
    };
    scopes.sort_unstable();
    scopes.dedup();
    scopes.retain(|s| {
        (only.year.is_none() || s.year.is_none() || s.year == only.year)
            && (only.province.is_none() || s.province.is_none() || s.province == only.province)
    });
    scopes
}
