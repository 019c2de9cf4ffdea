//! The run: plan, parallel loop, publishing, summaries, report of the run.
//!
//! Owns the order of a run and what the operator is told. Refuses to publish anything when a step fails.

mod config;
mod metrics;
mod progress;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

pub use config::Pipeline;
pub use nianbao_dataset::stages::budget::Bytes;
pub use nianbao_dataset::stages::report::{Changes, RunReport};
pub use progress::{LogFormat, When};

use crate::explore::Explore;
use crate::page::Pages;
use crate::summary::{self, Existing, Hears, Job, Made, Only, Query};
use nianbao_dataset::archive::{Source, now};
use nianbao_dataset::stages::budget::Budget;
use nianbao_dataset::stages::{Collector, Step, Steps, Trust, read_here};
use nianbao_dataset::{
    Disk, Fingerprint, Ledger, Manifest, Previous, Release, Staging, Store, Writing, carry_over, datapackage,
    manifest_of, write, write_logs,
};
use nianbao_document::Cancel;
use nianbao_report::Knowledge;
use progress::{Log, Progress};

/// How a run is to be done, beyond the pipeline file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read everything again, and write everything again.
    pub full: bool,
    /// Say what would be read, and stop.
    pub dry_run: bool,
    /// Let files leave the dataset however many they are.
    pub allow_gone: bool,
    /// Progress bar.
    pub progress: When,
    /// Log lines.
    pub log: LogFormat,
    /// The file system of the dataset.
    pub disk: Disk,
    /// Raised when the run is to end.
    pub cancel: Cancel,
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
        .num_threads(pipeline.run.threads.unwrap_or(0))
        .build()
        .context("cannot start the worker threads")?;
    let tonight = Run {
        pipeline,
        options,
        source: &source,
        knowledge: &knowledge,
        fingerprint: Fingerprint::new(&pipeline.bounds(&options.cancel), &knowledge.settings),
    };
    if options.dry_run {
        return tonight.tell_plan(say).map(|()| None);
    }
    pipeline.apart()?;
    let writes = !queries.is_empty() || pipeline.quality_page().is_some() || pipeline.explore().is_some();
    if writes {
        config::refuse_inside(&pipeline.source.path, "summaries folder", &pipeline.summaries_path())?;
    }
    summary::prepare(&pipeline.summaries_path(), writes)?;
    if let Some(folder) = pipeline.metrics.textfile.as_deref().and_then(Path::parent) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        ensure!(folder.is_dir(), "the folder of the metrics file, {}, is not there", folder.display());
    }
    let staging = Staging::begin(&pipeline.dataset.path, &options.disk)?;
    let mut report = pool.install(|| tonight.run(staging, &queries))?;
    if let Some(path) = &pipeline.metrics.textfile {
        let exit_code = u8::from(!report.violations.is_empty());
        if let Err(error) = metrics::write(&report, path, exit_code) {
            report.violations.push(format!("{error:#}"));
        }
    }
    Ok(Some(report))
}

/// What a run has before it begins.
struct Run<'a> {
    pipeline: &'a Pipeline,
    options: &'a Options,
    source: &'a Source,
    knowledge: &'a Knowledge,
    fingerprint: Fingerprint,
}

impl Run<'_> {
    fn trust(&self) -> Trust {
        Trust {
            full: self.options.full,
            detect: self.pipeline.source.detect,
            fingerprint: self.fingerprint,
            nights: self.pipeline.source.rehash_nights,
            tonight: u64::try_from(now() / 86_400_000_000_000).unwrap_or(0),
        }
    }

    /// A full run does without what it cannot read of the last one.
    fn unless_full<T>(&self, read: nianbao_dataset::Result<T>, without: T) -> Result<T> {
        if self.options.full { Ok(read.unwrap_or(without)) } else { Ok(read?) }
    }

    fn ledger(&self, previous: Option<&Previous>) -> Result<Ledger> {
        self.unless_full(previous.map_or_else(|| Ok(Ledger::empty()), Previous::ledger), Ledger::empty())
    }

    fn tell_plan(&self, say: &mut dyn FnMut(&str)) -> Result<()> {
        let previous = self.unless_full(Previous::current(&self.pipeline.dataset.path), None)?;
        let ledger = self.ledger(previous.as_ref())?;
        let mut plan = Steps::new(self.source.walk(), ledger, self.trust())?;
        let (mut files, mut bytes, mut unchanged, mut gone) = (0_u64, 0_u64, 0_u64, 0_u64);
        while let Some(step) = plan.next_step()? {
            self.options.cancel.check()?;
            match step {
                Step::Carry(..) => unchanged += 1,
                Step::Gone(_) => gone += 1,
                Step::Read { listed, .. } => {
                    say(&listed.name);
                    files += 1;
                    bytes += listed.stat.map_or(0, |s| s.size);
                }
            }
        }
        say(&format!(
            "{files} files, {:.1} MB would be read; {unchanged} are unchanged, {gone} gone",
            bytes as f64 / 1e6
        ));
        Ok(())
    }

    fn run(&self, staging: Staging, queries: &[Query]) -> Result<RunReport> {
        let (pipeline, options) = (self.pipeline, self.options);
        let log = Log::new(options.progress, options.log, staging.run());
        let mut report = RunReport {
            run: staging.run().to_owned(),
            nianbao_version: env!("CARGO_PKG_VERSION").to_owned(),
            summaries_path: pipeline.summaries_path(),
            ..RunReport::default()
        };
        let previous = self.unless_full(staging.previous(), None)?;
        let store = self.collect(&staging, previous.as_ref(), &log, &mut report)?;
        let manifest = self.write(store, &staging, previous.as_ref(), &log, &mut report)?;
        // Summaries are made before publishing and put in place after it: a broken query publishes nothing. Until then
        // they wait in a folder of `existing`.
        let folder = &report.summaries_path;
        let existing = if options.full { Existing::none(folder) } else { Existing::of(folder) };
        let job = Job {
            knowledge: self.knowledge,
            release: &staging.folder,
            files: &manifest.files,
            existing: &existing,
            cancel: &options.cancel,
        };
        let made = self.summarise(queries, job, &mut report)?;
        self.options.cancel.check()?;
        let started = Instant::now();
        if pipeline.dataset.delta {
            write_logs(&options.disk, &staging.folder, &self.knowledge.forms, &manifest)?;
        }
        let package = &datapackage(&self.knowledge.forms, &manifest)?;
        let release = Release { package, manifest: &manifest, report: &report };
        let published = staging.publish(&release, pipeline.retention())?;
        report.release = published.release;
        report.violations.extend(published.warnings);
        put(&mut report, &made);
        report.stage("publish", started);
        log.say("published", &format!("published {}", report.release.display()), &json!({"release": report.release}));
        Ok(report)
    }

    /// The files of the release: those of the last one where nothing has changed.
    fn write(
        &self,
        store: Store,
        staging: &Staging,
        previous: Option<&Previous>,
        log: &Log,
        report: &mut RunReport,
    ) -> Result<Manifest> {
        let started = Instant::now();
        let writing = Writing {
            root: &staging.folder,
            run: staging.run(),
            fingerprint: self.fingerprint.written,
            previous: previous.filter(|_| !self.options.full),
            disk: &self.options.disk,
            cancel: &self.options.cancel,
        };
        let manifest = match writing.previous.filter(|p| self.stands(p, report)) {
            Some(previous) => {
                store.remove()?;
                report.like(&previous.folder)?;
                report.partitions_carried = previous.manifest.partitions.len();
                carry_over(previous, &writing)?
            }
            None => {
                staging.room_for(store.bytes())?;
                let written = write(store, self.knowledge, &writing)?;
                let manifest = manifest_of(staging.run(), previous, self.fingerprint.written, &written);
                report.partitions_carried = written.carried;
                report.statuses = written.statuses;
                report.findings = written.findings;
                report.rows = written.rows;
                manifest
            }
        };
        report.stage("write", started);
        report.take(&manifest);
        report.judge(&self.pipeline.limits, previous.map(|p| &p.manifest));
        let (all, carried) = (manifest.partitions.len(), report.partitions_carried);
        log.say(
            "write",
            &format!("dataset: {} partitions written, {carried} carried over", all.saturating_sub(carried)),
            &json!({"partitions": all, "carried": carried, "bytes": report.dataset_bytes}),
        );
        Ok(manifest)
    }

    fn summarise(&self, queries: &[Query], job: Job<'_>, report: &mut RunReport) -> Result<Vec<Made>> {
        let started = Instant::now();
        let mut pages = self.pipeline.quality_page().map(|url| Pages::begin(job, url));
        let mut explore = self.pipeline.explore().map(|setting| Explore::begin(job, setting, queries));
        let beside = pages.as_mut().and_then(Pages::beside);
        let hears = explore.as_mut().map(|e| -> &mut dyn Hears { e });
        let mut made = summary::make(job, queries, &Only::default(), beside, hears)?;
        if let Some(pages) = pages {
            made.extend(pages.end()?);
        }
        if let Some(explore) = explore {
            made.extend(explore.end()?);
        }
        report.summaries = made.iter().filter(|m| m.is_file()).count();
        report.stage("summaries", started);
        Ok(made)
    }

    /// Nothing that the release tells has changed, and this build would write it the same way.
    fn stands(&self, previous: &Previous, report: &RunReport) -> bool {
        report.changes.none() && previous.manifest.written_with == Manifest::build(self.fingerprint.written)
    }

    fn collect(
        &self,
        staging: &Staging,
        previous: Option<&Previous>,
        log: &Log,
        report: &mut RunReport,
    ) -> Result<Store> {
        let started = Instant::now();
        let bounds = self.pipeline.bounds(&self.options.cancel);
        let ledger = self.ledger(previous)?;
        let steps = Steps::new(self.source.walk(), ledger, self.trust())?;
        let total = || {
            let walk = self.source.walk().take_while(|_| !self.options.cancel.is_wanted());
            walk.filter_map(|l| l.stat).map(|s| s.size).sum()
        };
        let mut progress = Progress::start(self.options.progress, log, total);
        let budget = Budget::new(self.pipeline.memory());
        let records = previous.map(Previous::all_records).unwrap_or_default();
        let store = Store::create(&self.options.disk, staging.folder.join(".spill"), records, [])?;
        let mut collector = Collector::new(self.knowledge, &bounds, self.trust(), store);
        let ran = read_here(&mut collector, steps, &budget, &mut |bytes, read| progress.step(bytes, read));
        progress.end();
        ran?;
        let (store, changes) = collector.end();
        report.changes = changes;
        let Changes { gone, changed, unchanged, .. } = report.changes;
        let guard = self.pipeline.guard(self.options.allow_gone);
        guard.check(gone, gone + changed + unchanged, &self.pipeline.source.path)?;
        report.stage("read", started);
        tell_changes(log, &report.changes);
        Ok(store)
    }
}

fn tell_changes(log: &Log, changes: &Changes) {
    log.say(
        "read",
        &format!(
            "archive: {} new, {} changed, {} gone, {} unchanged; {} parsed, {:.1} MB read",
            changes.new,
            changes.changed,
            changes.gone,
            changes.unchanged,
            changes.parsed,
            changes.bytes_read as f64 / 1e6
        ),
        &json!({"changes": Changes { gone_paths: Vec::new(), ..changes.clone() }}),
    );
}

/// Puts summaries in place; the dataset is published by then, so that a failure is told and no error.
fn put(report: &mut RunReport, made: &[Made]) {
    if let Err(error) = summary::install(&report.summaries_path, made, true) {
        report
            .violations
            .push(format!("the dataset is published, but not its summaries: {error:#}; run `nianbao summary`"));
    }
}
