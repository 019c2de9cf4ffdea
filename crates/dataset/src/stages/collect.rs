//! Collecting: steps and what reading brought of them in, files and reports in the store, in the order of the walk.
//!
//! Owns what is carried over, which of several files with the same bytes is the report, and what has changed since the last
//! run. It takes what was read a moment ago and what other machines read alike. Refuses to decide what is read when.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::report::Changes;
use super::segment::{Answer, Told};
use super::steps::{Group, Step, Trust};
use crate::archive::{Listed, Stat};
use crate::error::{Result, bail};
use crate::read::bounds::Bounds;
use crate::read::file::{Read, read_file};
use crate::store::facts::{FileFacts, FileRecord, Status};
use crate::store::index::Incoming;
use crate::store::ledger::LedgerRow;
use crate::store::spill::Store;
use nianbao_report::Knowledge;

/// What collecting goes by.
pub struct Collector<'a> {
    /// What reports are examined with.
    pub knowledge: &'a Knowledge,
    /// Limits for one file.
    pub bounds: &'a Bounds,
    /// What tonight's results rest on.
    pub trust: Trust,
    /// Where everything goes.
    pub store: Store,
    /// What was counted.
    pub changes: Changes,
    /// First file of each content; keyed by half of its hash, which no archive will ever see collide.
    seen: HashMap<u128, u32>,
    /// What the system refused tonight and was not known before.
    newly_refused: Vec<String>,
}

impl<'a> Collector<'a> {
    /// Nothing is collected as yet.
    #[must_use]
    pub fn new(knowledge: &'a Knowledge, bounds: &'a Bounds, trust: Trust, store: Store) -> Self {
        let (seen, newly_refused) = (HashMap::new(), Vec::new());
        Self { knowledge, bounds, trust, store, changes: Changes::default(), seen, newly_refused }
    }

    /// Takes the next step of the walk, with what reading brought where it had to be read.
    ///
    /// # Errors
    /// When the store cannot be written, or a file that should have been read was not.
    pub fn keep(&mut self, step: Step, answer: Option<Answer>) -> Result<()> {
        match (step, answer) {
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
            (Step::Read { listed, known: Some(group), .. }, Some(Answer::Same(stat, observed_at))) => {
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
            (Step::Read { known, .. }, Some(Answer::Told(told))) => {
                self.changes.parsed += 1;
                self.told(told, known.as_deref())
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
        let Read::Outcomes(outcomes) = read_file(self.knowledge, listed, self.bounds, None) else {
            bail!("a file was left unread")
        };
        self.changes.parsed += 1;
        self.told(outcomes.into_iter().map(Told::from).collect(), Some(group))
    }

    fn refuse(&mut self, name: &str) {
        self.changes.refused += 1;
        self.changes.refused_first.get_or_insert_with(|| name.to_owned());
    }

    /// Ends collecting. Folders that cannot be listed since tonight, and that held files before, are refusals too.
    #[must_use]
    pub fn end(mut self) -> (Store, Changes) {
        for name in std::mem::take(&mut self.newly_refused) {
            let below = |path: &String| path.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/'));
            if self.changes.gone_paths.iter().any(below) {
                self.refuse(&name);
            }
        }
        (self.store, self.changes)
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

    fn told(&mut self, all: Vec<Told>, known: Option<&Group>) -> Result<()> {
        let head = all.first().map(|t| &t.outcome);
        if let Some(size) = head.and_then(|o| o.facts.size) {
            self.changes.bytes += size;
            self.changes.bytes_read += size;
        }
        let refused = head.filter(|o| o.refused).map(|o| o.facts.source_path.clone());
        let transient = all.iter().all(|t| t.outcome.transient);
        let mut known_rows = known.into_iter().flat_map(Group::rows);
        let mut same = known.is_none_or(|k| k.rows().count() == all.len());
        for Told { outcome, lies } in all {
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
            self.store.add(&record, report.as_ref().map(|found| Incoming::Found(found, lies)))?;
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
