//! The stages `plan`, `read` and the first half of `settle` in one process: no step is written down.
//!
//! Owns what is read beside each other. Work flows in bounded batches, so that memory is flat and the outcome the same for
//! any number of threads.

use rayon::prelude::*;

use super::budget::Budget;
use super::collect::Collector;
use super::segment::Answer;
use super::steps::{Step, Steps};
use crate::archive::Listed;
use crate::error::Result;
use crate::read::bounds::Bounds;
use crate::read::file::{Read, read_file};
use nianbao_report::Knowledge;

/// Files read between two hand-overs to the store.
const BATCH: usize = 512;
/// Rows between two hand-overs: unchanged files cost little, archives within the archive have many.
const ROWS: usize = 8192;

/// Follows steps to their end; `tell` hears the bytes of each file, and whether it was looked into.
///
/// # Errors
/// When the store cannot be written, the last release is damaged, or a signal came.
pub fn read_here<I: Iterator<Item = Listed>>(
    collector: &mut Collector<'_>,
    mut steps: Steps<I>,
    budget: &Budget,
    tell: &mut dyn FnMut(u64, bool),
) -> Result<()> {
    let (knowledge, bounds) = (collector.knowledge, collector.bounds);
    loop {
        let mut batch = Vec::new();
        let (mut rows, mut reads, mut bytes) = (0, 0, 0);
        // What was read waits until all of the batch is: together it may be no more than a part of the budget.
        while rows < ROWS && reads < BATCH && bytes < budget.batch() {
            let Some(step) = steps.next_step()? else { break };
            rows += step.rows();
            if matches!(step, Step::Read { .. }) {
                reads += 1;
                bytes += step.size();
            }
            batch.push(step);
        }
        if batch.is_empty() {
            return Ok(());
        }
        let within = |step: &Step| {
            let _share = budget.take(step.size().min(bounds.max_size));
            read_step(knowledge, bounds, step)
        };
        let read: Vec<Option<Read>> = batch
            .par_iter()
            .with_max_len(4)
            .map(|step| if matches!(step, Step::Read { .. }) { within(step) } else { None })
            .collect();
        bounds.limits.cancel.check()?;
        for (step, read) in batch.into_iter().zip(read) {
            tell(step.size(), read.is_some());
            collector.keep(step, read.map(Answer::from))?;
        }
    }
}

/// Reads the file of a step; `None` where it is none of reading, or nobody waits for it any more.
pub(super) fn read_step(knowledge: &Knowledge, bounds: &Bounds, step: &Step) -> Option<Read> {
    let Step::Read { listed, known, trusted } = step else { return None };
    if bounds.limits.cancel.is_wanted() {
        return None;
    }
    let hash = known.as_ref().filter(|_| *trusted).and_then(|k| k.head.facts.hash.as_ref());
    Some(read_file(knowledge, listed, bounds, hash))
}
