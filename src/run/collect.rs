//! The parallel loop: steps of the plan in, files and reports in the store, in the order of the walk.
//!
//! Owns what is read beside each other, what is carried over, and which of several files with the same bytes is the report.
//! Work flows in bounded batches, so that memory is flat and the outcome the same for any number of threads.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::budget::Budget;
use super::plan::{Group, Plan, Step, Trust};
use super::progress::Progress;
use super::report::Changes;
use nianbao_dataset::archive::{Listed, Stat};
use nianbao_dataset::{Bounds, FileFacts, FileRecord, Incoming, LedgerRow, Outcome, Read, Status, Store, read_file};
use nianbao_report::Knowledge;

/// Files read between two hand-overs to the store.
const BATCH: usize = 512;
/// Rows between two hand-overs: unchanged files cost little, archives within the archive have many.
const ROWS: usize = 8192;

/// What collecting goes by.
pub struct Collector<'a> {
    /// What reports are examined with.
    pub knowledge: &'a Knowledge,
    /// Limits for one file.
    pub bounds: &'a Bounds,
    /// What tonight's results rest on.
    pub trust: Trust,
    /// Memory.
    pub budget: &'a Budget,
    /// Where everything goes.
    pub store: Store,
    /// What was counted.
    pub changes: Changes,
    /// First file of each content; keyed by half of its hash, which no archive will ever see collide.
    pub seen: HashMap<u128, u32>,
    /// What the system refused tonight and was not known before.
    pub newly_refused: Vec<String>,
}

impl Collector<'_> {
    /// Follows a plan to its end.
    ///
    /// # Errors
    /// When the store cannot be written, the last release is damaged, or a signal came.
    pub fn run<I: Iterator<Item = Listed>>(&mut self, mut plan: Plan<I>, progress: &mut Progress) -> Result<()> {
        loop {
            let mut batch = Vec::new();
            let (mut rows, mut reads, mut bytes) = (0, 0, 0);
            // What was read waits until all of the batch is: together it may be no more than a part of the budget.
            while rows < ROWS && reads < BATCH && bytes < self.budget.batch() {
                let Some(step) = plan.next_step()? else { break };
                match &step {
                    Step::Read { listed, known, .. } => {
                        reads += 1;
                        rows += 1 + known.as_ref().map_or(0, |k| k.members.len());
                        bytes += listed.stat.map_or(0, |s| s.size);
                    }
                    Step::Carry(_, group) | Step::Gone(group) => rows += 1 + group.members.len(),
                }
                batch.push(step);
            }
            if batch.is_empty() {
                return Ok(());
            }
            let this = &*self;
            let read: Vec<Option<Read>> = batch.par_iter().with_max_len(4).map(|step| this.read_step(step)).collect();
            self.bounds.limits.cancel.check()?;
            for (step, read) in batch.into_iter().zip(read) {
                let size = match &step {
                    Step::Carry(listed, _) | Step::Read { listed, .. } => listed.stat.map_or(0, |s| s.size),
                    Step::Gone(_) => 0,
                };
                progress.step(size, read.is_some());
                self.keep(step, read)?;
            }
        }
    }

    fn read_step(&self, step: &Step) -> Option<Read> {
        let Step::Read { listed, known, trusted } = step else { return None };
        if self.bounds.limits.cancel.is_wanted() {
            return None;
        }
        let hash = known.as_ref().filter(|_| *trusted).and_then(|k| k.head.facts.hash.as_ref());
        Some(self.read(listed, hash))
    }

    fn read(&self, listed: &Listed, hash: Option<&[u8; 32]>) -> Read {
        let _share = self.budget.take(listed.stat.map_or(0, |s| s.size).min(self.bounds.max_size));
        read_file(self.knowledge, listed, self.bounds, hash)
    }

    fn keep(&mut self, step: Step, read: Option<Read>) -> Result<()> {
        match (step, read) {
            (Step::Gone(group), _) => {
                self.changes.gone += 1;
                self.changes.gone_paths.push(group.head.facts.source_path);
                Ok(())
            }
            (Step::Carry(listed, group), _) => {
                self.changes.bytes += group.head.facts.size.unwrap_or(0);
                if self.is_orphaned(&group) {
                    return self.read_again(&listed, &group);
                }
                self.changes.unchanged += 1;
                self.carry(*group, None)
            }
            (Step::Read { listed, known: Some(group), .. }, Some(Read::Same(stat, observed_at))) => {
                self.changes.bytes += stat.size;
                self.changes.hashed += 1;
                self.changes.bytes_read += stat.size;
                if self.is_orphaned(&group) {
                    return self.read_again(&listed, &group);
                }
                self.changes.unchanged += 1;
                self.refreshed(&group.head.facts, stat, observed_at);
                self.carry(*group, Some((stat, observed_at)))
            }
            (Step::Read { known, .. }, Some(Read::Outcomes(outcomes))) => {
                self.changes.parsed += 1;
                self.outcomes(outcomes, known.as_deref())
            }
            (Step::Read { .. }, _) => bail!("a file was left unread"),
        }
    }

    /// A duplicate whose first file is no longer there, or no longer before it: its report was not kept.
    fn is_orphaned(&self, group: &Group) -> bool {
        let mut own = Vec::new();
        for row in group.rows() {
            let Some(key) = row.facts.hash.map(half) else { continue };
            if row.report.is_some() {
                own.push(key);
            } else if row.facts.status == Status::Duplicate && !self.seen.contains_key(&key) && !own.contains(&key) {
                return true;
            }
        }
        false
    }

    fn read_again(&mut self, listed: &Listed, group: &Group) -> Result<()> {
        let Read::Outcomes(outcomes) = self.read(listed, None) else { bail!("a file was left unread") };
        self.changes.parsed += 1;
        self.outcomes(outcomes, Some(group))
    }

    fn refuse(&mut self, name: &str) {
        self.changes.refused += 1;
        self.changes.refused_first.get_or_insert_with(|| name.to_owned());
    }

    /// Folders that cannot be listed since tonight, and that held files before.
    pub fn refused_folders(&mut self) {
        for name in std::mem::take(&mut self.newly_refused) {
            let below = |path: &String| path.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/'));
            if self.changes.gone_paths.iter().any(below) {
                self.refuse(&name);
            }
        }
    }

    /// The ledger has something new to say although the bytes are the same.
    fn refreshed(&mut self, known: &FileFacts, stat: Stat, observed_at: i64) {
        let detect = self.trust.detect;
        let fresh = known.stat.is_none_or(|before| {
            let proves = |observed_at| stat.proves(detect, &before, observed_at);
            stat != before || proves(observed_at) && !proves(known.observed_at)
        });
        self.changes.refreshed += u64::from(fresh);
    }

    /// Takes over what the last run knew of a file, with the stat and time of a new look at it.
    fn carry(&mut self, group: Group, fresh: Option<(Stat, i64)>) -> Result<()> {
        for LedgerRow { mut facts, report } in group.into_rows() {
            let is_report = report.is_some() || facts.status == Status::Duplicate;
            let first = facts.hash.filter(|_| is_report).map(half);
            let duplicate_of = match first {
                Some(key) => self.first(key)?,
                None => None,
            };
            if let Some((stat, observed_at)) = fresh {
                facts.stat = facts.stat.map(|_| stat);
                facts.observed_at = observed_at;
                facts.modified = stat.day();
            }
            if duplicate_of.is_some() {
                facts.status = Status::Duplicate;
            }
            let report = report.filter(|_| duplicate_of.is_none());
            let record = FileRecord { facts, is_report: first.is_some(), duplicate_of };
            self.store.add(&record, report.map(Incoming::Carried))?;
        }
        Ok(())
    }

    /// The number of the first file with the same bytes; `None` when it is this one.
    fn first(&mut self, key: u128) -> Result<Option<u32>> {
        Ok(match self.seen.entry(key) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(free) => {
                free.insert(self.store.next_file()?);
                None
            }
        })
    }

    fn outcomes(&mut self, outcomes: Vec<Outcome>, known: Option<&Group>) -> Result<()> {
        let head = outcomes.first();
        if let Some(size) = head.and_then(|o| o.facts.size) {
            self.changes.bytes += size;
            self.changes.bytes_read += size;
        }
        let refused = head.filter(|o| o.refused).map(|o| o.facts.source_path.clone());
        let transient = outcomes.iter().all(|o| o.transient);
        let mut known_rows = known.into_iter().flat_map(Group::rows);
        let mut same = known.is_none_or(|k| k.rows().count() == outcomes.len());
        for outcome in outcomes {
            let before = known_rows.next().filter(|row| row.facts.source_path == outcome.facts.source_path);
            let seen = before.filter(|row| row.facts.hash == outcome.facts.hash);
            let first_run = seen.map_or("", |row| row.facts.first_run.as_str());
            let duplicate_of = match outcome.facts.hash.filter(|_| outcome.report.is_some()) {
                Some(hash) => self.first(half(hash))?,
                None => None,
            };
            let (record, report) = outcome.into_record(&self.trust.fingerprint, duplicate_of, first_run);
            let digest = report.as_ref().map(|r| r.index.digest);
            same &= before.is_some_and(|row| {
                let known = row.report.map(|r| r.index.digest);
                row.facts.shows_the_same(&record.facts) && (duplicate_of.is_some() || known == digest)
            });
            self.store.add(&record, report.as_ref().map(Incoming::Found))?;
        }
        if let Some(refused) = refused.filter(|_| !same) {
            match known {
                Some(_) => self.refuse(&refused),
                None => self.newly_refused.push(refused),
            }
        }
        match known {
            None => self.changes.new += 1,
            Some(_) if !same => self.changes.changed += 1,
            Some(group) => {
                self.changes.unchanged += 1;
                // A refusal of the system is asked about every night; its row has nothing that could become stale.
                let settled = group.head.facts.fingerprint != 0 || !transient;
                self.changes.refreshed += u64::from(settled);
            }
        }
        Ok(())
    }
}

fn half(hash: [u8; 32]) -> u128 {
    hash.first_chunk().map_or(0, |half| u128::from_be_bytes(*half))
}
