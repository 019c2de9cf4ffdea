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
use nianbao_dataset::file::{Bounds, Outcome, Read, read_file};
use nianbao_dataset::{FileRecord, Incoming, LedgerRow, Store, Trace};
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
    pub closed: Vec<String>,
}

/// What became of a step that had to be read.
type Looked = Option<Read>;

impl Collector<'_> {
    /// Follows a plan to its end.
    ///
    /// # Errors
    /// When the store cannot be written, the last release is damaged, or a signal came.
    pub fn follow<I: Iterator<Item = Listed>>(&mut self, mut plan: Plan<I>, progress: &mut Progress) -> Result<()> {
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
            let read: Vec<Looked> = batch.par_iter().with_max_len(4).map(|step| this.read(step)).collect();
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

    fn read(&self, step: &Step) -> Looked {
        let Step::Read { listed, known, trusted } = step else { return None };
        if self.bounds.limits.cancel.is_wanted() {
            return None;
        }
        let hash = known.as_ref().filter(|_| *trusted).and_then(|k| k.head.hash.as_ref());
        Some(self.look(listed, hash))
    }

    fn look(&self, listed: &Listed, hash: Option<&[u8; 32]>) -> Read {
        let _share = self.budget.take(listed.stat.map_or(0, |s| s.size).min(self.bounds.max_size));
        read_file(self.knowledge, listed, self.bounds, hash)
    }

    fn keep(&mut self, step: Step, read: Looked) -> Result<()> {
        match (step, read) {
            (Step::Gone(group), _) => {
                self.changes.gone += 1;
                self.changes.gone_paths.push(group.head.source_path);
                Ok(())
            }
            (Step::Carry(listed, group), _) => {
                self.changes.bytes += group.head.size.unwrap_or(0);
                if self.is_orphaned(&group) {
                    return self.look_again(&listed, &group);
                }
                self.changes.unchanged += 1;
                self.carry(&group, None)
            }
            (Step::Read { listed, known: Some(group), .. }, Some(Read::Same(stat, taken))) => {
                self.changes.bytes += stat.size;
                self.changes.hashed += 1;
                self.changes.bytes_read += stat.size;
                if self.is_orphaned(&group) {
                    return self.look_again(&listed, &group);
                }
                self.changes.unchanged += 1;
                self.refreshed(&group.head, stat, taken);
                self.carry(&group, Some((stat, taken)))
            }
            (Step::Read { known, .. }, Some(Read::Outcomes(outcomes))) => {
                self.changes.parsed += 1;
                self.outcomes(&outcomes, known.as_deref())
            }
            (Step::Read { .. }, _) => bail!("a file was left unread"),
        }
    }

    /// A duplicate whose first file is no longer there, or no longer before it: its report was not kept.
    fn is_orphaned(&self, group: &Group) -> bool {
        let mut own = Vec::new();
        for row in group.rows() {
            let Some(key) = row.hash.map(half) else { continue };
            if row.report.is_some() {
                own.push(key);
            } else if row.status == "duplicate" && !self.seen.contains_key(&key) && !own.contains(&key) {
                return true;
            }
        }
        false
    }

    fn look_again(&mut self, listed: &Listed, group: &Group) -> Result<()> {
        let Read::Outcomes(outcomes) = self.look(listed, None) else { bail!("a file was left unread") };
        self.changes.parsed += 1;
        self.outcomes(&outcomes, Some(group))
    }

    fn refuse(&mut self, name: &str) {
        self.changes.refused += 1;
        self.changes.refused_first.get_or_insert_with(|| name.to_owned());
    }

    /// Folders that cannot be listed since tonight, and that held files before.
    pub fn closed_folders(&mut self) {
        for name in std::mem::take(&mut self.closed) {
            let below = |path: &String| path.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/'));
            if self.changes.gone_paths.iter().any(below) {
                self.refuse(&name);
            }
        }
    }

    /// The ledger has something new to say although the bytes are the same.
    fn refreshed(&mut self, head: &LedgerRow, stat: Stat, taken: i64) {
        let detect = self.trust.detect;
        let fresh = head.stat.is_none_or(|before| {
            stat != before || stat.proves(detect, &before, taken) && !stat.proves(detect, &before, head.taken)
        });
        self.changes.refreshed += u64::from(fresh);
    }

    fn carry(&mut self, group: &Group, fresh: Option<(Stat, i64)>) -> Result<()> {
        for row in group.rows() {
            let first = row.hash.filter(|_| row.report.is_some() || row.status == "duplicate").map(half);
            let duplicate_of = match first {
                Some(key) => self.first(key)?,
                None => None,
            };
            let report = row.report.as_ref().filter(|_| duplicate_of.is_none());
            let (stat, taken) = match fresh {
                Some((stat, taken)) => (row.stat.map(|_| stat), taken),
                None => (row.stat, row.taken),
            };
            let record = FileRecord {
                source_path: &row.source_path,
                size: row.size,
                modified: fresh.map_or(row.modified, |(stat, _)| stat.day()),
                hash: row.hash,
                format: row.format.as_deref(),
                encoding: row.encoding.as_deref(),
                decode_faults: row.decode_faults,
                status: if duplicate_of.is_some() { "duplicate" } else { &row.status },
                reason: row.reason.as_deref(),
                is_report: first.is_some(),
                duplicate_of,
                trace: Trace {
                    raw: row.raw.as_deref(),
                    member: row.member,
                    stat,
                    taken,
                    fingerprint: row.fingerprint,
                    first_run: &row.first_run,
                },
            };
            self.store.add(&record, report.map(|r| Incoming::Kept(&r.facts, r.place)))?;
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

    fn outcomes(&mut self, outcomes: &[Outcome], known: Option<&Group>) -> Result<()> {
        if let Some(size) = outcomes.first().and_then(|o| o.size) {
            self.changes.bytes += size;
            self.changes.bytes_read += size;
        }
        let mut known_rows = known.into_iter().flat_map(Group::rows);
        let mut same = known.is_none_or(|k| k.rows().count() == outcomes.len());
        for outcome in outcomes {
            let before = known_rows.next().filter(|row| row.source_path == outcome.name);
            let first_run = before.filter(|row| row.hash == outcome.hash).map_or("", |row| row.first_run.as_str());
            let duplicate_of = match outcome.hash.filter(|_| outcome.report.is_some()) {
                Some(hash) => self.first(half(hash))?,
                None => None,
            };
            let record = outcome.record(&self.trust.fingerprint, duplicate_of, first_run);
            same &= before.is_some_and(|row| says_the_same(row, &record, outcome));
            let report = outcome.report.as_ref().filter(|_| duplicate_of.is_none());
            self.store.add(&record, report.map(Incoming::Found))?;
        }
        if let Some(refused) = outcomes.first().filter(|o| o.refused && !same) {
            match known {
                Some(_) => self.refuse(&refused.name),
                None => self.closed.push(refused.name.clone()),
            }
        }
        match known {
            None => self.changes.new += 1,
            Some(_) if !same => self.changes.changed += 1,
            Some(group) => {
                self.changes.unchanged += 1;
                // A refusal of the system is asked about every night; its row has nothing that could become stale.
                let settled = group.head.fingerprint != 0 || outcomes.iter().any(|o| !o.passing);
                self.changes.refreshed += u64::from(settled);
            }
        }
        Ok(())
    }
}

fn half(hash: [u8; 32]) -> u128 {
    hash.iter().take(16).fold(0_u128, |sum, b| sum << 8 | u128::from(*b))
}

/// Whether the tables would show the same of a file as last night.
fn says_the_same(row: &LedgerRow, now: &FileRecord<'_>, outcome: &Outcome) -> bool {
    let digest = outcome.report.as_ref().map(|r| r.facts.digest);
    row.hash == now.hash
        && row.size == now.size
        && row.modified == now.modified
        && row.status == now.status
        && row.reason.as_deref() == now.reason
        && row.format.as_deref() == now.format
        && row.encoding.as_deref() == now.encoding
        && row.decode_faults == now.decode_faults
        && (now.duplicate_of.is_some() || row.report.as_ref().map(|r| r.facts.digest) == digest)
}
