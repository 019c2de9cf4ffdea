//! `nianbao run`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;

use super::{Exit, print};
use crate::pipeline::config::Summaries;
use crate::pipeline::{LogFormat, Options, Pipeline, RunReport, When, run};

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
    /// Re-read everything (every run does, until runs are incremental)
    #[arg(long)]
    full: bool,
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

pub(super) fn main(args: &Args) -> Result<Exit> {
    let mut pipeline = Pipeline::load(&args.pipeline)?;
    if let Some(source) = &args.source {
        pipeline.source.path.clone_from(source);
    }
    if let Some(dataset) = &args.dataset {
        pipeline.dataset.path.clone_from(dataset);
    }
    if let Some(path) = &args.summaries {
        pipeline.summaries = Some(Summaries { path: path.clone() });
    }
    let options = Options {
        threads: args.threads.map(usize::from),
        dry_run: args.dry_run,
        progress: args.progress,
        log: args.log_format,
    };
    let mut failed = None;
    let report = run(&pipeline, &options, &mut |line| {
        if let Err(error) = print(line) {
            failed.get_or_insert(error);
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let Some(report) = report else { return Ok(Exit::Done) };
    tell(&report, args.log_format)?;
    Ok(if report.crossed.is_empty() { Exit::Done } else { Exit::Crossed })
}

fn tell(report: &RunReport, format: LogFormat) -> Result<()> {
    if format == LogFormat::Json {
        return print(&serde_json::to_string(report)?);
    }
    let seconds: f64 = report.seconds.values().sum();
    let statuses: Vec<String> = report.statuses.iter().map(|(s, n)| format!("{n} {s}")).collect();
    print(&format!(
        "read      {} files, {:.1} MB in {seconds:.1} s ({})",
        report.files,
        report.bytes as f64 / 1e6,
        statuses.join(", ")
    ))?;
    let rows: Vec<String> = [
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
    ]
    .iter()
    .map(|t| format!("{} {t}", report.rows.get(*t).copied().unwrap_or(0)))
    .collect();
    print(&format!("rows      {}", rows.join(", ")))?;
    let findings: Vec<String> = report.findings.iter().map(|(r, n)| format!("{n} {r}")).collect();
    print(&format!("findings  {}", if findings.is_empty() { "none".to_owned() } else { findings.join(", ") }))?;
    print(&format!("dataset   {} ({} files)", report.release.display(), report.data_files))?;
    print(&format!("summaries {} files in {}", report.summaries, report.summaries_path.display()))?;
    for line in &report.crossed {
        writeln!(std::io::stderr(), "nianbao: a limit was crossed: {line}")?;
    }
    Ok(())
}
