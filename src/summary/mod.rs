//! Summaries: SQL over the published dataset, written as CSV for offices.
//!
//! Owns running a query per province and year with polars and putting the files in place. Refuses to know what a
//! summary is about: that stands in its `.sql` file.

mod csv_file;
mod place;
mod scan;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use polars::sql::SQLContext;
use polars::sql::extract_table_identifiers;

use sha2::{Digest as _, Sha256};

use crate::check::Knowledge;
use crate::dataset::ManifestFile;
use crate::dataset::parquet::hex;
use crate::dataset::schema::{TableSchema, tables};
use crate::form::Forms;
use crate::pipeline::config::{Per, Summary};
use crate::region::Gazetteer;
use crate::stop;

pub use place::{Content, Made, Standing, prepare, put};

/// A summary with its query.
#[derive(Debug)]
pub struct Query {
    /// From the pipeline file.
    pub summary: Summary,
    /// The SQL.
    pub sql: String,
    tables: BTreeSet<String>,
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

/// Reads the queries.
///
/// # Errors
/// Names the file that cannot be read or parsed, or the table that does not exist.
pub fn load(forms: &Forms, summaries: &[Summary]) -> Result<Vec<Query>> {
    let known = tables(forms);
    let mut queries = Vec::new();
    for summary in summaries {
        let path = &summary.sql;
        let sql = fs::read_to_string(path)
            .with_context(|| format!("summary {}: cannot read {}", summary.name, path.display()))?;
        let found = extract_table_identifiers(&sql, false, true)
            .with_context(|| format!("summary {}: {} is no SQL", summary.name, path.display()))?;
        let tables: BTreeSet<String> =
            found.iter().filter(|t| known.iter().any(|k| k.name == t.as_str())).map(ToString::to_string).collect();
        anyhow::ensure!(
            !tables.is_empty(),
            "summary {}: {} reads no table of the dataset",
            summary.name,
            path.display()
        );
        // A run over no rows tells a misspelt column before anything is read.
        let query = Query { summary: summary.clone(), sql, tables };
        execute(&known, Path::new(""), &[], &query)
            .with_context(|| format!("summary {}: {}", summary.name, path.display()))?;
        queries.push(query);
    }
    Ok(queries)
}

/// Runs the queries over the files of a release; what stands already and was made from the same is left as it is.
///
/// # Errors
/// Names the summary that fails.
pub fn make(
    knowledge: &Knowledge,
    release: &Path,
    files: &[ManifestFile],
    queries: &[Query],
    only: &Only,
    standing: &Standing,
) -> Result<Vec<Made>> {
    let schemas = tables(&knowledge.forms);
    let mut made = Vec::new();
    for query in queries.iter().filter(|q| only.name.as_ref().is_none_or(|n| *n == q.summary.name)) {
        for scope in scopes(query.summary.per, files, only) {
            let within: Vec<ManifestFile> = files.iter().filter(|f| scope.holds(f)).cloned().collect();
            stop::check()?;
            let path = scope.path(&query.summary.name, &knowledge.gazetteer);
            let key = key(query, &within);
            let content = match standing.content(&path, &key) {
                Some(content) => content,
                None => {
                    let frame = execute(&schemas, release, &within, query)
                        .with_context(|| format!("summary {}", query.summary.name))?;
                    let bom = query.summary.encoding == "utf-8-bom";
                    if frame.height() == 0 { Content::Empty } else { Content::New(csv_file::render(&frame, bom)?) }
                }
            };
            made.push(Made { path, key, content });
        }
    }
    made.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(made)
}

/// Hash of everything that decides a summary file: this build, the query, and the data files that it may read.
fn key(query: &Query, within: &[ManifestFile]) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    part(env!("NIANBAO_SUMMARY"));
    part(&query.sql);
    part(&query.summary.encoding);
    for file in within.iter().filter(|f| query.tables.contains(&f.table)) {
        part(&file.path);
        part(&file.sha256);
    }
    hex(&hash.finalize()).get(..32).unwrap_or_default().to_owned()
}

fn execute(
    schemas: &[TableSchema],
    release: &Path,
    files: &[ManifestFile],
    query: &Query,
) -> Result<polars::prelude::DataFrame> {
    let mut context = SQLContext::new();
    for schema in schemas.iter().filter(|s| query.tables.contains(s.name)) {
        context.register(schema.name, scan::table(schema, release, files)?);
    }
    context.execute(&query.sql).and_then(|frame| frame.collect()).map_err(|error| {
        // polars repeats the whole plan; its first line says what is wrong.
        let text = error.to_string();
        anyhow::anyhow!("{}", text.lines().next().unwrap_or("the query failed"))
    })
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
        let folder = self.province.map(|p| {
            let title = if p == 10 { "国家级" } else { gazetteer.province_name(&p.to_string()).unwrap_or("") };
            format!("{p}-{title}/")
        });
        let year = self.year.map(|y| format!("{y}-"));
        format!("{}{}{name}.csv", folder.unwrap_or_default(), year.unwrap_or_default())
    }
}

fn scopes(per: Per, files: &[ManifestFile], only: &Only) -> Vec<Scope> {
    let reports = files.iter().filter(|f| f.table == "reports" && f.rows > 0);
    let mut scopes: Vec<Scope> = match per {
        Per::None => vec![Scope { year: None, province: None }],
        Per::Year => reports.filter(|f| f.year.is_some()).map(|f| Scope { year: f.year, province: None }).collect(),
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
