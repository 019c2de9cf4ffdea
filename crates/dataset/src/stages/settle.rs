//! `settle`: what all bins brought, in the order of the walk, becomes orders for the partitions.
//!
//! Owns what one process must decide for all: which of several files with the same bytes is the report, which report is the
//! primary one, what reports say of each other. A duplicate whose first file went is read here, as it is in `run`. Refuses
//! to write tables.

use std::fs;

use serde::{Deserialize, Serialize};

use super::collect::Collector;
use super::frames::Frames;
use super::plan::Stage;
use super::report::Changes;
use super::segment::{BinDone, SegmentOf, done_of, paths, stem};
use crate::error::{Context as _, Result, ensure};
use crate::release::current::Previous;
use crate::release::manifest::Manifest;
use crate::store::spill::Store;
use crate::write::order::Orders;

/// What is left to be done: partitions to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Tasks of writing; none where nothing has changed.
    pub partitions: u32,
    /// What has changed since the last run.
    pub changes: ChangesTold,
}

/// Numbers of [`Changes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesTold {
    /// New files.
    pub new: u64,
    /// Changed files.
    pub changed: u64,
    /// Files that are gone.
    pub gone: u64,
    /// Unchanged files.
    pub unchanged: u64,
}

/// `settled.json`: which results the driver took.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    pub(super) bins: Vec<BinDone>,
    /// Files of orders, by the number of their task.
    pub(super) orders: Vec<String>,
    /// Every file of the last release stands.
    pub(super) stands: bool,
    pub(super) changes: Changes,
}

impl Taken {
    pub(super) fn load(stage: &Stage) -> Result<Self> {
        let path = stage.folder.join("settled.json");
        let text = fs::read(&path)
            .with_context(|| format!("cannot read {}; run `nianbao stage settle` first", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged; settle again", path.display()))
    }
}

/// What the name of an order begins with.
pub(super) fn order_stem(part: u32) -> String {
    format!("part-{part:06}")
}

/// Settles a run. `bins` are the summaries that the tasks returned; without them the folder of the stage is asked, which
/// only a file system answers truly.
///
/// # Errors
/// When a bin is missing or came with another plan's steps; the tasks to be run are named.
pub fn settle(stage: &Stage, bins: Option<&[BinDone]>) -> Result<Settled> {
    let bins = match bins {
        Some(told) => told.to_vec(),
        None => found(stage)?,
    };
    let bins = once(stage, bins)?;
    let previous = stage.previous()?;
    let read = stage.folder.join("read");
    let store = stage.folder.join("store");
    if store.exists() {
        stage.disk.remove_folder(&store)?;
    }
    stage.disk.create_folders(&store)?;
    let carried = previous.as_ref().map(Previous::all_records).unwrap_or_default();
    let store = Store::create(&stage.disk, store.join("spill"), carried, paths(&read, &bins))?;
    let mut collector = Collector::new(&stage.knowledge, &stage.bounds, stage.plan.trust, store);
    for (of_bin, segment) in bins.iter().zip(1..) {
        let mut answers = SegmentOf::open(&read, of_bin, segment)?;
        let mut steps = stage.steps(of_bin.bin)?;
        while let Some(step) = steps.next_step()? {
            collector.keep(step, answers.next_answer()?)?;
        }
        answers.end(of_bin)?;
    }
    let (mut store, changes) = collector.end();
    store.finish()?;
    let build = Manifest::build(stage.plan.fingerprint.written);
    let usable = previous.as_ref().filter(|_| !stage.plan.trust.full);
    let stands = changes.none() && usable.is_some_and(|p| p.manifest.written_with == build);
    let orders = if stands { Vec::new() } else { orders(stage, &store, usable)? };
    store.save(&stage.folder.join("store").join("index"))?;
    let told =
        ChangesTold { new: changes.new, changed: changes.changed, gone: changes.gone, unchanged: changes.unchanged };
    let settled = Settled { partitions: u32::try_from(orders.len())?, changes: told };
    let taken = Taken { bins, orders, stands, changes };
    let path = stage.folder.join("settled.json");
    let temporary = stage.folder.join(format!(".settled-{}.tmp", std::process::id()));
    let _ = fs::remove_file(&temporary);
    stage.disk.write_file(&temporary, &serde_json::to_vec_pretty(&taken)?)?;
    stage.disk.rename(&temporary, &path)?;
    Ok(settled)
}

fn orders(stage: &Stage, store: &Store, previous: Option<&Previous>) -> Result<Vec<String>> {
    let written = stage.plan.fingerprint.written;
    let orders = Orders::new(store, &stage.knowledge, written, previous, &stage.bounds.limits.cancel)?;
    orders.each(|number, order| {
        let stem = order_stem(u32::try_from(number)?);
        let mut frames = Frames::create(&stage.disk, &stage.folder.join("orders"), &stem)?;
        frames.push(order)?;
        Ok(frames.close(&stem, "order")?.name)
    })
}

/// Every bin once, in order: equal results are one, and of those that differ the first by name counts.
fn once(stage: &Stage, mut bins: Vec<BinDone>) -> Result<Vec<BinDone>> {
    bins.sort_by(|a, b| (a.bin, &a.facts).cmp(&(b.bin, &b.facts)));
    bins.dedup_by_key(|b| b.bin);
    let mut missing = Vec::new();
    for (number, of_plan) in (0_u32..).zip(&stage.plan.bins) {
        match bins.iter().find(|b| b.bin == number) {
            None => missing.push(number.to_string()),
            Some(done) => {
                let steps = done.steps;
                ensure!(steps == of_plan.steps, "bin {number} came with {steps} steps of {}", of_plan.steps);
            }
        }
    }
    let all = stage.plan.bins.len();
    ensure!(
        missing.is_empty(),
        "{} of {all} tasks of reading are not done: {}; run them, then settle again",
        missing.len(),
        missing.join(" ")
    );
    ensure!(bins.len() == all, "a bin came that the plan has not: is it of another plan?");
    Ok(bins)
}

/// What lies in the folder of a stage.
fn found(stage: &Stage) -> Result<Vec<BinDone>> {
    let folder = stage.folder.join("read");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|n| n.starts_with("bin-") && n.ends_with(".facts"))
        .collect();
    names.sort();
    let mut bins: Vec<BinDone> = Vec::new();
    for name in names {
        // Attempts that differ: only the first by name is looked at.
        if !bins.last().is_some_and(|b| name.starts_with(&stem(b.bin))) {
            bins.push(done_of(&folder.join(name))?);
        }
    }
    Ok(bins)
}

/// Tasks of reading that nothing is known of yet.
///
/// # Errors
/// When the folder of the stage cannot be read.
pub fn unread(stage: &Stage) -> Result<Vec<u32>> {
    let done = found(stage)?;
    let all = 0..u32::try_from(stage.plan.bins.len())?;
    Ok(all.filter(|n| !done.iter().any(|d| d.bin == *n)).collect())
}
