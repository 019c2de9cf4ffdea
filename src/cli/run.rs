//! `nianbao run`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;

use super::console::{Exit, print};
use crate::run::{Bytes, LogFormat, Options, Pipeline, RunReport, When, run};
use crate::summary::Summaries;
use nianbao_dataset::Disk;
use nianbao_dataset::archive::Detect;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Pipeline file
    #[arg(default_value = "pipelines/nightly.toml")]
    pipeline: PathBuf,
    /// Archive to read, instead of the pipeline's
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,
    /// Dataset to publish, instead of the pipeline's
    #[arg(long, value_name = "DIR")]
    dataset: Option<PathBuf>,
    /// Folder of the summaries, instead of the pipeline's
    #[arg(long, value_name = "DIR")]
    summaries: Option<PathBuf>,
    /// Worker threads; all cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Memory for files being read: bytes, or `512MiB`, `2GiB`
    #[arg(long, value_name = "SIZE")]
    memory: Option<Bytes>,
    /// Read and write everything again, whatever the last run knew
    #[arg(long)]
    full: bool,
    /// Let files leave the dataset however many are gone from the archive
    #[arg(long)]
    allow_gone: bool,
    /// What proves a file unchanged, instead of the pipeline's
    #[arg(long, value_enum)]
    detect: Option<DetectBy>,
    /// Say what would be read, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Progress bar
    #[arg(long, value_enum, default_value_t = When::Auto)]
    progress: When,
    /// Log lines
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// [`Detect`] as a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DetectBy {
    /// Size, mtime, ctime and inode.
    Stat,
    /// Without the inode: network file systems that number files anew.
    StatNoInode,
    /// Size and mtime: archives that are restored or copied as a whole.
    Mtime,
    /// Nothing but the content.
    Hash,
}

impl From<DetectBy> for Detect {
    fn from(by: DetectBy) -> Self {
        match by {
            DetectBy::Stat => Self::Stat,
            DetectBy::StatNoInode => Self::StatNoInode,
            DetectBy::Mtime => Self::Mtime,
            DetectBy::Hash => Self::Hash,
        }
    }
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let mut pipeline = Pipeline::load(&args.pipeline)?;
    if let Some(source) = &args.source {
        pipeline.source.path.clone_from(source);
    }
    if let Some(dataset) = &args.dataset {
        pipeline.dataset.path.clone_from(dataset);
    }
    if let Some(path) = &args.summaries {
        pipeline.summaries.get_or_insert_with(Summaries::default).path.clone_from(path);
    }
    if let Some(threads) = args.threads {
        pipeline.run.threads = Some(usize::from(threads));
    }
    if args.memory.is_some() {
        pipeline.run.memory = args.memory;
    }
    if let Some(detect) = args.detect {
        pipeline.source.detect = detect.into();
    }
    let options = Options {
        full: args.full,
        dry_run: args.dry_run,
        allow_gone: args.allow_gone,
        progress: args.progress,
        log: args.log_format,
        disk: Disk::default(),
        cancel: super::stop::listen()?,
    };
    let mut failed = None;
    let report = run(&pipeline, &options, &mut |line| {
        if let Err(error) = print(line) {
            failed.get_or_insert(error);
        }
    });
    let Some(report) = report? else { return failed.map_or(Ok(Exit::Done), Err) };
    // The release is published: whether anybody could be told of it changes nothing about that.
    let _ = tell(&report, args.log_format);
    Ok(if report.violations.is_empty() { Exit::Done } else { Exit::Violations })
}

impl Args {
    /// Whether programs read what is said.
    pub(super) fn is_json(&self) -> bool {
        self.log_format == LogFormat::Json
    }
}

/// Tables whose rows a run tells.
const TOLD: [&str; 10] = [
    "reports",
    "cells",
    "disclosure",
    "requests",
    "disputes",
    "statistics",
    "series",
    "sections",
    "mentions",
    "coverage",
];

fn tell(report: &RunReport, format: LogFormat) -> Result<()> {
    if format == LogFormat::Json {
        return print(&serde_json::to_string(report)?);
    }
    let reading = report.seconds.get("read").copied().unwrap_or(0.0);
    let changes = &report.changes;
    print(&format!(
        "archive   {} new, {} changed, {} gone, {} unchanged files; {:.1} MB read in {reading:.1} s",
        changes.new,
        changes.changed,
        changes.gone,
        changes.unchanged,
        changes.bytes_read as f64 / 1e6
    ))?;
    let statuses: Vec<String> = report.statuses.iter().map(|(s, n)| format!("{n} {s}")).collect();
    print(&format!("files     {} ({})", report.files, statuses.join(", ")))?;
    let rows: Vec<String> = TOLD.iter().map(|t| format!("{} {t}", report.rows.get(*t).copied().unwrap_or(0))).collect();
    print(&format!("rows      {}", rows.join(", ")))?;
    let findings: Vec<String> = report.findings.iter().map(|(r, n)| format!("{n} {r}")).collect();
    print(&format!("findings  {}", if findings.is_empty() { "none".to_owned() } else { findings.join(", ") }))?;
    let same = if report.changes.none() { "; nothing changed" } else { "" };
    print(&format!("dataset   {} ({} files{same})", report.release.display(), report.data_files))?;
    print(&format!("summaries {} files in {}", report.summaries, report.summaries_path.display()))?;
    for line in &report.violations {
        writeln!(std::io::stderr(), "nianbao: published, but {line}")?;
    }
    Ok(())
}
