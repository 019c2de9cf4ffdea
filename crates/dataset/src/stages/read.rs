//! The tasks: `read` of one bin, `write` of one partition.
//!
//! Owns that a task harms nobody: it writes under names that hold hashes, a file that panics costs itself, and one that
//! ended the process twice is set aside. Refuses to know other tasks, and to run on several threads: the engine has more
//! tasks.

use std::fs::{self, File};
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::frames::{Frames, FramesOf};
use super::here::read_step;
use super::plan::Stage;
use super::segment::{BinDone, SegmentFile, stem};
use super::settle::{Taken, order_stem};
use super::steps::Step;
use crate::error::{Context as _, Result, ensure};
use crate::read::file::{Outcome, Read};
use crate::release::current::Previous;
use crate::schema::tables;
use crate::store::facts::FileFacts;
use crate::store::spill::Lying;
use crate::write::order::Order;
use crate::write::outcome::Writing;
use crate::write::partition::{Part, PartitionWriter};

/// Processes that must have ended at a file before it is set aside: one may have been shot.
const DEATHS: usize = 2;

/// Reads the files of a bin into a segment. Twice the same task gives twice the same files.
///
/// # Errors
/// When there is no such task, or the store cannot be written: the task may be run again.
pub fn read(stage: &Stage, bin: u32) -> Result<BinDone> {
    let of_bin = stage.bin(bin)?.clone();
    let mut steps = stage.steps(bin)?;
    let folder = stage.folder.join("read");
    let marks = Marks::of(&folder, bin)?;
    let mut segment = SegmentFile::create(&stage.disk, &folder, bin)?;
    let mut number = 0_u64;
    while let Some(step) = steps.next_step()? {
        stage.bounds.limits.cancel.check()?;
        let read = match &step {
            Step::Read { listed, .. } if marks.deadly(number) => {
                Some(fallen(&step, &listed.name, "it ended the process that read it, twice; please report it"))
            }
            Step::Read { listed, .. } => {
                marks.at(number)?;
                let read = catch_unwind(AssertUnwindSafe(|| {
                    if let Some(before) = &stage.before {
                        before(&listed.name);
                    }
                    read_step(&stage.knowledge, &stage.bounds, &step)
                }));
                match read {
                    Ok(read) => read.map(|read| as_listed(read, listed.observed_at)),
                    Err(_) => Some(fallen(&step, &listed.name, "the reader failed on this file; please report it")),
                }
            }
            Step::Carry(..) | Step::Gone(_) => None,
        };
        number += 1;
        segment.push(read)?;
    }
    ensure!(number == of_bin.steps, "the steps of bin {bin} are not those of the plan");
    let done = segment.close()?;
    marks.end();
    Ok(done)
}

/// Attempts differ in when they looked: the time of the listing is the same for all. It is earlier, so that a file which
/// changed since is not trusted the next night.
fn as_listed(read: Read, listed_at: i64) -> Read {
    match read {
        Read::Same(stat, _) => Read::Same(stat, listed_at),
        Read::Outcomes(mut all) => {
            all.iter_mut().for_each(|o| o.facts.observed_at = listed_at);
            Read::Outcomes(all)
        }
    }
}

/// What is told of a file that nothing more is known of.
fn fallen(step: &Step, name: &str, why: &str) -> Read {
    let Step::Read { listed, .. } = step else { return Read::Outcomes(Vec::new()) };
    let facts = FileFacts {
        raw: listed.raw.clone(),
        stat: listed.stat,
        observed_at: listed.observed_at,
        size: listed.stat.map(|s| s.size),
        modified: listed.stat.and_then(|s| s.day()),
        reason: Some(why.to_owned()),
        ..FileFacts::named(name)
    };
    Read::Outcomes(vec![Outcome { transient: true, ..Outcome::from(facts) }])
}

/// Which file a task is at: written down before it is opened, so that the next attempt knows where the last one ended.
struct Marks {
    own: File,
    path: PathBuf,
    /// Where attempts ended that are alive no longer.
    ends: Vec<u64>,
}

impl Marks {
    fn of(folder: &Path, bin: u32) -> Result<Self> {
        let begin = format!(".{}-at-", stem(bin));
        let mut ends = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
            let is_mark = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&begin));
            // An attempt that still runs holds its lock.
            let Ok(mark) = File::open(&path) else { continue };
            if is_mark && mark.try_lock().is_ok() {
                let text = fs::read_to_string(&path).unwrap_or_default();
                ends.extend(text.lines().next_back().and_then(|line| line.parse::<u64>().ok()));
            }
        }
        let path = folder.join(format!("{begin}{}-{}", std::process::id(), crate::archive::now()));
        let own = File::create_new(&path).with_context(|| format!("cannot create {}", path.display()))?;
        // Where the file system knows no locks nobody finds a mark free, and no file is set aside.
        let _ = own.try_lock();
        Ok(Self { own, path, ends })
    }

    fn at(&self, number: u64) -> Result<()> {
        (&self.own)
            .write_all(format!("{number}\n").as_bytes())
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn deadly(&self, number: u64) -> bool {
        self.ends.iter().filter(|n| **n == number).count() >= DEATHS
    }

    fn end(self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Marks {
    fn drop(&mut self) {
        // An error is no death.
        let _ = fs::remove_file(&self.path);
    }
}

/// What a task that wrote has done: the name of what it tells, in the folder `write` of the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDone {
    /// Number of the partition.
    pub part: u32,
    /// File that says what was written.
    pub done: String,
}

/// Writes a partition of the release.
///
/// # Errors
/// When there is no such task, or the dataset cannot be written: the task may be run again.
pub fn write(stage: &Stage, part: u32) -> Result<PartDone> {
    let taken = Taken::load(stage)?;
    let named = taken.orders.get(part as usize);
    let named = named.with_context(|| match taken.orders.len() {
        0 => "there is nothing to write: nothing has changed".to_owned(),
        n => format!("there is no task {part}: those of writing are 0 to {}", n - 1),
    })?;
    let mut frames = FramesOf::open(&stage.folder.join("orders").join(named))?;
    let order: Order = frames.next_value()?.context("an order is empty")?;
    ensure!(frames.next_value::<Order>()?.is_none(), "an order goes on behind its end");
    let previous = stage.previous()?;
    let lying = lying(stage, &taken, previous.as_ref());
    let root = stage.folder.join("release");
    let writing = writing(stage, &root, previous.as_ref());
    let schemas = tables(&stage.knowledge.forms)?;
    let written: Part = PartitionWriter::new(&stage.knowledge, &writing, &schemas, &lying)?.partition(&order)?;
    let stem = order_stem(part);
    let mut frames = Frames::create(&stage.disk, &stage.folder.join("write"), &stem)?;
    frames.push(&written)?;
    Ok(PartDone { part, done: frames.close(&stem, "done")?.name })
}

/// Where the records of a run in stages lie.
pub(super) fn lying(stage: &Stage, taken: &Taken, previous: Option<&Previous>) -> Lying {
    let segments = super::segment::paths(&stage.folder.join("read"), &taken.bins);
    let own = stage.folder.join("store").join("spill");
    Lying {
        segments: std::iter::once(own).chain(segments).collect(),
        carried: previous.map(Previous::all_records).unwrap_or_default(),
    }
}

/// How the files of a release in stages are written.
pub(super) fn writing<'a>(stage: &'a Stage, root: &'a Path, previous: Option<&'a Previous>) -> Writing<'a> {
    Writing {
        root,
        run: &stage.plan.run,
        fingerprint: stage.plan.fingerprint.written,
        previous: previous.filter(|_| !stage.plan.trust.full),
        disk: &stage.disk,
        cancel: &stage.bounds.limits.cancel,
    }
}
