//! The run: plan, parallel loop, publishing, summaries, report of the run.
//!
//! Owns the order of a run and what the operator is told. Refuses to publish anything when a step fails. Files flow in
//! bounded batches in walk order, so that memory is flat and the output the same for any number of threads.

pub mod config;
pub mod file;
mod progress;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Serialize;

pub use config::Pipeline;
pub use progress::{LogFormat, Progress, When};

use crate::archive::{Listed, Source};
use crate::check::Knowledge;
use crate::dataset::store::Outcome as Written;
use crate::dataset::{Staging, Store};
use crate::summary;
use file::{Bounds, Outcome, read_file};

/// Files read between two hand-overs to the store.
const BATCH: usize = 512;

/// How a run is to be done, beyond the pipeline file.
#[derive(Debug)]
pub struct Options {
    /// Worker threads; all cores when `None`.
    pub threads: Option<usize>,
    /// Say what would be read, and stop.
    pub dry_run: bool,
    /// Progress bar.
    pub progress: When,
    /// Log lines.
    pub log: LogFormat,
}

/// What a run did: `_run.json`.
#[derive(Debug, Default, Serialize)]
pub struct RunReport {
    /// Name of the release.
    pub run: String,
    /// Version of the program.
    pub nianbao_version: String,
    /// Files seen.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files by status.
    pub statuses: BTreeMap<String, u64>,
    /// Findings by rule.
    pub findings: BTreeMap<String, u64>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Data files written.
    pub data_files: usize,
    /// Seconds by stage.
    pub seconds: BTreeMap<String, f64>,
    /// Most memory held until the end of each stage, in bytes.
    pub memory: BTreeMap<String, u64>,
    /// Most memory held, in bytes.
    pub peak_memory: Option<u64>,
    /// Thresholds that were crossed.
    pub crossed: Vec<String>,
    /// Summary files written.
    pub summaries: usize,
    /// Folder of the published release.
    #[serde(skip)]
    pub release: PathBuf,
    /// Folder of the summaries.
    #[serde(skip)]
    pub summaries_path: PathBuf,
}

/// Runs a pipeline. `Ok(None)` is a dry run that has said what it would read.
///
/// # Errors
/// What the operator has to mend; nothing was published.
pub fn run(pipeline: &Pipeline, options: &Options, say: &mut dyn FnMut(&str)) -> Result<Option<RunReport>> {
    // Everything that can be wrong with the operator's input is found before anything is written.
    let source = Source::new(&pipeline.source.path, &pipeline.source.include, &pipeline.source.exclude)?;
    let knowledge = Knowledge::load(pipeline.checks.clone())?;
    let queries = summary::load(&knowledge.forms, &pipeline.summary)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.unwrap_or(0))
        .build()
        .context("cannot start the worker threads")?;
    if options.dry_run {
        let (mut files, mut bytes) = (0_u64, 0_u64);
        for listed in source.walk() {
            say(&listed.name);
            files += 1;
            bytes += listed.size.unwrap_or(0);
        }
        say(&format!("{files} files, {:.1} MB would be read", bytes as f64 / 1e6));
        return Ok(None);
    }
    refuse_inside(&pipeline.source.path, &pipeline.dataset.path)?;
    summary::prepare(&pipeline.summaries_path(), !queries.is_empty())?;
    let mut report = RunReport { nianbao_version: env!("CARGO_PKG_VERSION").to_owned(), ..RunReport::default() };
    let staging = Staging::begin(&pipeline.dataset.path)?;
    staging.run().clone_into(&mut report.run);
    let written = pool.install(|| -> Result<Written> {
        let started = Instant::now();
        let store = read_all(&knowledge, &source, &pipeline.bounds(), options, &staging.folder, &mut report)?;
        report.stage("read", started);
        let started = Instant::now();
        let written = store.write(&knowledge, &staging.folder)?;
        report.stage("write", started);
        Ok(written)
    })?;
    report.statuses.clone_from(&written.statuses);
    report.findings.clone_from(&written.findings);
    report.rows.clone_from(&written.rows);
    report.data_files = written.written.len();
    report.crossed = crossed(pipeline, &report);
    // Summaries are made before publishing and put in place after it: a broken query publishes nothing.
    let started = Instant::now();
    let files = crate::dataset::publish::manifest_files(&written);
    let made =
        pool.install(|| summary::make(&knowledge, &staging.folder, &files, &queries, &summary::Only::default()))?;
    report.summaries = made.len();
    report.stage("summaries", started);
    report.peak_memory = peak_memory();
    let started = Instant::now();
    report.release = staging.publish(&written, &report)?;
    report.summaries_path = pipeline.summaries_path();
    summary::put(&report.summaries_path, &made, true)?;
    report.stage("publish", started);
    Ok(Some(report))
}

impl RunReport {
    /// Notes what a stage took.
    fn stage(&mut self, name: &str, since: Instant) {
        self.seconds.insert(name.to_owned(), (since.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        if let Some(peak) = peak_memory() {
            self.memory.insert(name.to_owned(), peak);
        }
    }
}

/// A dataset inside its own source would be read the next night.
fn refuse_inside(source: &Path, dataset: &Path) -> Result<()> {
    let source = std::fs::canonicalize(source).with_context(|| format!("cannot read {}", source.display()))?;
    let mut at = std::path::absolute(dataset).with_context(|| format!("cannot use {}", dataset.display()))?;
    if let Ok(real) = std::fs::canonicalize(&at) {
        at = real;
    }
    anyhow::ensure!(
        !at.starts_with(&source),
        "the dataset {} lies inside the source {}; choose another folder",
        dataset.display(),
        source.display()
    );
    Ok(())
}

fn read_all(
    knowledge: &Knowledge,
    source: &Source,
    bounds: &Bounds,
    options: &Options,
    folder: &Path,
    report: &mut RunReport,
) -> Result<Store> {
    let mut store = Store::create(folder.join(".spill"))?;
    let mut progress = Progress::start(options.progress, options.log, source);
    // First file of each content; keyed by half of its hash, which no archive will ever see collide.
    let mut seen: HashMap<u128, u32> = HashMap::new();
    let mut walk = source.walk();
    loop {
        let batch: Vec<Listed> = walk.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let read: Vec<Vec<Outcome>> =
            batch.par_iter().with_max_len(4).map(|listed| read_file(knowledge, listed, bounds)).collect();
        for (listed, outcomes) in batch.iter().zip(read) {
            let size = outcomes.first().and_then(|o| o.size).or(listed.size).unwrap_or(0);
            report.bytes += size;
            progress.step(size);
            for outcome in outcomes {
                report.files += 1;
                keep(&mut store, &mut seen, &outcome)?;
            }
        }
    }
    progress.end();
    Ok(store)
}

/// Hands a file to the store; the same bytes under a second name are a duplicate of the first.
fn keep(store: &mut Store, seen: &mut HashMap<u128, u32>, outcome: &Outcome) -> Result<()> {
    let mut duplicate_of = None;
    if let (Some(hash), Some(_)) = (outcome.hash, &outcome.report) {
        let key = hash.iter().take(16).fold(0_u128, |sum, b| sum << 8 | u128::from(*b));
        match seen.entry(key) {
            Entry::Occupied(first) => duplicate_of = Some(*first.get()),
            Entry::Vacant(free) => {
                free.insert(store.next_file()?);
            }
        }
    }
    let file = outcome.file_record(duplicate_of)?;
    let report =
        outcome.report.as_ref().filter(|_| duplicate_of.is_none()).map(|(facts, record)| (facts, record.as_slice()));
    store.add(&file, report)
}

fn crossed(pipeline: &Pipeline, report: &RunReport) -> Vec<String> {
    let count = |status: &str| report.statuses.get(status).copied().unwrap_or(0);
    let mut crossed = Vec::new();
    if let Some(most) = pipeline.limits.max_unreadable {
        let share = count("unreadable") as f64 / (report.files.max(1)) as f64;
        if share > most {
            crossed.push(format!("unreadable files: {share:.4} of all, max_unreadable is {most}"));
        }
    }
    if let Some(least) = pipeline.limits.min_reports {
        let reports = report.rows.get("reports").copied().unwrap_or(0);
        if reports < least {
            crossed.push(format!("reports: {reports}, min_reports is {least}"));
        }
    }
    crossed
}

/// The process's peak resident memory, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb * 1024)
}
