//! Summaries: SQL over the published dataset, written as CSV and as workbooks for offices.
//!
//! Owns which queries run over which part of the dataset, and under which names their answers stand. Refuses to know what
//! a summary is about: that stands in its `.sql` file.

mod answer;
mod batch;
mod book;
mod cells;
mod config;
mod csv_file;
mod hears;
mod job;
mod place;
mod query;
mod scan;
mod scope;
mod statement;
mod tables;
mod workbook;

use std::collections::BTreeMap;

use anyhow::Result;

use nianbao_dataset::ManifestFile;
use nianbao_dataset::schema::tables;
use nianbao_report::form::Forms;

pub use answer::Answer;
use book::{Book, Part};
pub use config::{Summaries, Summary};
pub use hears::Hears;
pub use job::Job;
pub use place::{Existing, Made, SOURCES, install, key_of, prepare};
pub use query::Query;
use scope::Scope;
pub use tables::{Beside, Columns, Tables};

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

    /// What is about all years or all provinces is written whatever the year and the province.
    fn holds(&self, scope: Scope) -> bool {
        (self.year.is_none() || scope.year.is_none() || scope.year == self.year)
            && (self.province.is_none() || scope.province.is_none() || scope.province == self.province)
    }
}

/// Reads the queries.
///
/// # Errors
/// Names the file that cannot be read or parsed, or the table that does not exist.
pub fn load<'s>(forms: &Forms, summaries: impl IntoIterator<Item = &'s Summary>) -> Result<Vec<Query>> {
    let known = tables(forms)?;
    summaries.into_iter().map(|summary| Query::load(&known, summary)).collect()
}

/// Runs the queries over the files of a release; what is there already and was made from the same is left as it is.
/// `beside` sees the tables that are read, `hears` the answers.
///
/// # Errors
/// Names the summary that fails.
pub fn make(
    job: Job<'_>,
    queries: &[Query],
    only: &Only,
    beside: Option<&mut dyn Beside>,
    hears: Option<&mut dyn Hears>,
) -> Result<Vec<Made>> {
    let mut of_province: BTreeMap<Option<u8>, Vec<&ManifestFile>> = BTreeMap::new();
    for file in job.files {
        of_province.entry(file.province).or_default().push(file);
    }
    let wanted = || queries.iter().filter(|q| only.name.as_ref().is_none_or(|n| *n == q.summary.name));
    // A workbook has the summaries of one province.
    let mut parts: BTreeMap<Option<u8>, Vec<Part<'_>>> = BTreeMap::new();
    for (query, number) in wanted().zip(0..) {
        for scope in scope::scopes(query.summary.per, job.files).into_iter().filter(|s| only.holds(*s)) {
            let key = match scope.province {
                None => query.key(job.files.iter().filter(|f| scope.holds(f.year, f.province))),
                province => {
                    let own = of_province.get(&province).into_iter().flatten();
                    query.key(own.copied().filter(|f| scope.holds(f.year, f.province)))
                }
            };
            let heard = query.of_reports() && hears.as_ref().is_some_and(|h| h.wants(scope.province));
            parts.entry(scope.province).or_default().push(Part { query, number, scope, key, heard });
        }
    }
    let whole = only.year.is_none() && only.name.is_none();
    let books = parts.into_values().map(|parts| Book::new(parts, whole, job)).collect();
    let mut made = batch::make(job, &tables(&job.knowledge.forms)?, books, beside, hears)?;
    made.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(made)
}
