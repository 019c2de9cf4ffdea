//! `nianbao stage`: the run in stages, for engines, job arrays and shells.
//!
//! Owns the flags and the lines of JSON that tasks answer with. Refuses to start tasks: whoever has machines does.

use std::io::Read as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use nianbao_dataset::Disk;
use nianbao_dataset::stages::{self, Stage};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::console::{Exit, print};
use crate::run::Pipeline;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    stage: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// List the archive and cut the work into tasks of reading; goes on with a plan of the same archive
    Plan {
        /// Pipeline file
        #[arg(default_value = "pipelines/nightly.toml")]
        pipeline: PathBuf,
        /// Dataset to publish, instead of the pipeline's
        #[arg(long, value_name = "DIR")]
        at: Option<PathBuf>,
        /// Archive to read, instead of the pipeline's
        #[arg(long, value_name = "DIR")]
        source: Option<PathBuf>,
        /// Tasks of reading
        #[arg(long, default_value_t = 16)]
        bins: u32,
        /// Read and write everything again
        #[arg(long)]
        full: bool,
        /// Let files leave the dataset however many are gone from the archive
        #[arg(long)]
        allow_gone: bool,
    },
    /// Read the files of one task; any number of times, anywhere
    Read(Task),
    /// Decide what takes all files: duplicates, primary reports, comparisons
    Settle(Driver),
    /// Write one partition; any number of times, anywhere
    Write(Task),
    /// Publish the release, when every task is done
    Commit(Driver),
}

#[derive(Debug, clap::Args)]
struct Task {
    /// Dataset, or the folder of the plan
    #[arg(long, value_name = "DIR")]
    at: PathBuf,
    /// Number of the task, from 0, or several: `0-99`
    #[arg(long, value_parser = tasks)]
    task: RangeInclusive<u32>,
}

#[derive(Debug, clap::Args)]
struct Driver {
    /// Dataset, or the folder of the plan
    #[arg(long, value_name = "DIR")]
    at: PathBuf,
    /// File with the lines that the tasks printed, `-` for standard input; without it the folder of the plan is asked
    #[arg(long, value_name = "FILE")]
    done: Option<PathBuf>,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let disk = Disk::default();
    match &args.stage {
        Which::Plan { pipeline, at, source, bins, full, allow_gone } => {
            let mut pipeline = Pipeline::load(pipeline)?;
            if let Some(at) = at {
                pipeline.dataset.path.clone_from(at);
            }
            if let Some(source) = source {
                pipeline.source.path.clone_from(source);
            }
            pipeline.apart()?;
            let stage = stages::plan(&pipeline.asked(*full, *allow_gone), *bins, &disk)?;
            let sum = |of: fn(&stages::Bin) -> u64| stage.plan.bins.iter().map(of).sum::<u64>();
            say(&json!({
                "run": stage.plan.run, "at": stage.folder, "tasks": stage.plan.bins.len(), "files": sum(|b| b.files),
                "bytes": sum(|b| b.bytes), "left": stages::unread(&stage)?,
            }))
        }
        Which::Read(task) => {
            let stage = opened(&task.at, &disk)?;
            task.task.clone().try_for_each(|n| say(&serde_json::to_value(stages::read(&stage, n)?)?).map(|_| ()))?;
            Ok(Exit::Done)
        }
        Which::Write(task) => {
            let stage = opened(&task.at, &disk)?;
            task.task.clone().try_for_each(|n| say(&serde_json::to_value(stages::write(&stage, n)?)?).map(|_| ()))?;
            Ok(Exit::Done)
        }
        Which::Settle(driver) => {
            let done = done(driver)?;
            say(&serde_json::to_value(stages::settle(&opened(&driver.at, &disk)?, done.as_deref())?)?)
        }
        Which::Commit(driver) => {
            let done = done(driver)?;
            let report = stages::commit(&opened(&driver.at, &disk)?, done.as_deref())?;
            let reports = report.rows.get("reports");
            say(&json!({
                "release": report.release, "reports": reports, "files": report.files, "crossed": report.violations,
            }))?;
            Ok(if report.violations.is_empty() { Exit::Done } else { Exit::Violations })
        }
    }
}

/// `17` or `0-99`.
fn tasks(text: &str) -> Result<RangeInclusive<u32>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if from <= to => Ok(from..=to),
        _ => Err("a task is a number from 0, or several: 0-99".to_owned()),
    }
}

fn opened(at: &Path, disk: &Disk) -> Result<Stage> {
    if at.to_string_lossy().contains("://") {
        bail!("{} is no folder: this build knows no object storage", at.display());
    }
    let mut stage = Stage::open(at, disk)?;
    stage.bounds.limits.cancel = super::stop::listen()?;
    Ok(stage)
}

fn say(value: &serde_json::Value) -> Result<Exit> {
    print(&value.to_string())?;
    Ok(Exit::Done)
}

/// The lines that tasks printed.
fn done<T: DeserializeOwned>(driver: &Driver) -> Result<Option<Vec<T>>> {
    let Some(path) = &driver.done else { return Ok(None) };
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    } else {
        text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let parsed = lines.map(|(line, n)| {
        serde_json::from_str(line).with_context(|| format!("line {n} of {} is no task's", path.display()))
    });
    parsed.collect::<Result<_>>().map(Some)
}
