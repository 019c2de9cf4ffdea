//! `commit`: the release of a run in stages is published, whole or not at all.
//!
//! Owns the gate: every partition once, as it was ordered, every file there with its bytes. Refuses to read or write
//! partitions.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::frames::FramesOf;
use super::plan::Stage;
use super::read::{PartDone, lying, writing};
use super::report::RunReport;
use super::settle::{Taken, order_stem};
use crate::delta::write_logs;
use crate::error::{Context as _, Result, ensure};
use crate::package::datapackage;
use crate::release::manifest::Manifest;
use crate::release::publish::{Release, Retention, Staging};
use crate::schema::tables;
use crate::store::spill::Store;
use crate::write::dataset::{carry_over, whole};
use crate::write::outcome::manifest_of;
use crate::write::partition::Part;

/// Publishes what was written. `parts` are the summaries that the tasks returned; without them the folder is asked.
///
/// # Errors
/// When a partition is missing, a file is not there as a whole, or the dataset went on meanwhile; nothing is published.
pub fn commit(stage: &Stage, parts: Option<&[PartDone]>) -> Result<RunReport> {
    let started = Instant::now();
    let taken = Taken::load(stage)?;
    let root = stage.folder.join("release");
    let plan = &stage.plan;
    let staging = Staging::adopt(&stage.dataset, &stage.disk, &plan.run, &root, plan.previous.as_deref())?;
    let previous = stage.previous()?;
    let writing = writing(stage, &root, previous.as_ref());
    let mut report = RunReport {
        run: plan.run.clone(),
        nianbao_version: env!("CARGO_PKG_VERSION").to_owned(),
        changes: taken.changes.clone(),
        ..RunReport::default()
    };
    let manifest = match previous.as_ref().filter(|_| taken.stands) {
        Some(previous) => {
            clear(&root, &BTreeSet::new())?;
            report.like(&previous.folder)?;
            report.partitions_carried = previous.manifest.partitions.len();
            carry_over(previous, &writing)?
        }
        None => {
            let parts = gather(stage, &taken, parts)?;
            let expected = parts.iter().flat_map(files).collect();
            clear(&root, &expected)?;
            let schemas = tables(&stage.knowledge.forms)?;
            let store = Store::load(
                &stage.disk,
                &stage.folder.join("store").join("index"),
                lying(stage, &taken, previous.as_ref()),
            )?;
            let written = whole(&store, parts, &schemas, &writing)?;
            report.partitions_carried = written.carried;
            let manifest = manifest_of(&plan.run, previous.as_ref(), plan.fingerprint.written, &written);
            (report.statuses, report.findings, report.rows) = (written.statuses, written.findings, written.rows);
            manifest
        }
    };
    there(&root, &manifest)?;
    if plan.delta {
        write_logs(&stage.disk, &root, &stage.knowledge.forms, &manifest)?;
    }
    report.take(&manifest);
    report.judge(&plan.limits, previous.as_ref().map(|p| &p.manifest));
    report.stage("commit", started);
    let package = &datapackage(&stage.knowledge.forms, &manifest)?;
    let retention = Retention { keep: plan.keep, keep_for: Duration::from_secs(plan.keep_seconds) };
    let release = Release { package, manifest: &manifest, report: &report };
    let published = staging.publish(&release, retention)?;
    report.release = published.release;
    report.violations.extend(published.warnings);
    // The plan has been carried out; what cannot be removed the next plan removes.
    let _ = stage.disk.remove_folder(&stage.folder);
    Ok(report)
}

/// Every partition once, in order, as it was ordered.
fn gather(stage: &Stage, taken: &Taken, told: Option<&[PartDone]>) -> Result<Vec<Part>> {
    let folder = stage.folder.join("write");
    let mut names: Vec<String> = match told {
        Some(told) => told.iter().map(|p| p.done.clone()).collect(),
        None => fs::read_dir(&folder)
            .with_context(|| format!("cannot list {}", folder.display()))?
            .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|n| n.starts_with("part-") && n.ends_with(".done"))
            .collect(),
    };
    names.sort();
    let mut parts = Vec::with_capacity(taken.orders.len());
    let mut missing = Vec::new();
    for (number, order) in (0_u32..).zip(&taken.orders) {
        let stem = order_stem(number);
        // Results may differ where a file was linked or copied; each of them is whole.
        let Some(name) = names.iter().find(|n| n.strip_prefix(&stem).is_some_and(|r| r.starts_with('-'))) else {
            missing.push(number.to_string());
            continue;
        };
        let mut frames = FramesOf::open(&folder.join(name))?;
        let part: Part = frames.next_value()?.with_context(|| format!("{name} is empty"))?;
        ensure!(frames.next_value::<Part>()?.is_none(), "{name} goes on behind its end");
        let mut frames = FramesOf::open(&stage.folder.join("orders").join(order))?;
        let order: crate::write::order::Order = frames.next_value()?.context("an order is empty")?;
        ensure!(
            part.state.key == order.key && part.refs.len() == order.reports.len(),
            "{name} is not what was ordered: remove it, and run task {number} of writing again"
        );
        parts.push(part);
    }
    ensure!(
        missing.is_empty(),
        "{} of {} tasks of writing are not done: {}; run them, then commit again",
        missing.len(),
        taken.orders.len(),
        missing.join(" ")
    );
    Ok(parts)
}

/// Paths of a partition's files within the release.
fn files(part: &Part) -> impl Iterator<Item = String> {
    let folder = part.partition.folder();
    let tables = part.written.iter().map(|(table, w)| (table.as_str(), w));
    let records = part.records.iter().map(|w| (crate::store::records::FOLDER, w));
    tables.chain(records).map(|(table, w)| format!("{table}/{folder}/{}", w.name)).collect::<Vec<_>>().into_iter()
}

/// Removes what attempts left that nobody took, so that nothing but the release is published.
fn clear(root: &Path, expected: &BTreeSet<String>) -> Result<()> {
    for entry in walkdir::WalkDir::new(root).min_depth(1).contents_first(true) {
        let entry = entry.with_context(|| format!("cannot list {}", root.display()))?;
        let path = entry.path();
        if entry.file_type().is_dir() {
            // Only empty folders go.
            let _ = fs::remove_dir(path);
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        if !expected.contains(&name) {
            fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    fs::create_dir_all(root).with_context(|| format!("cannot create the folder {}", root.display()))
}

/// Every file of a manifest is there with its bytes.
fn there(root: &Path, manifest: &Manifest) -> Result<()> {
    for file in manifest.all_files() {
        let bytes = fs::metadata(root.join(&file.path)).map(|m| m.len()).ok();
        ensure!(bytes == Some(file.bytes), "{} is not there as a whole; run its task of writing again", file.path);
    }
    Ok(())
}
