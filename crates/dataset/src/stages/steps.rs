//! The steps of a run: the archive as it is beside the ledger of the last run, file by file.
//!
//! Owns which files are unread, to be looked at again, gone or unchanged. Both sides come in the order of the walk, so that
//! nothing of them is held. Refuses to open files.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::archive::{Detect, Listed, walk_order};
use crate::error::{Result, ensure};
use crate::read::fingerprint::Fingerprint;
use crate::store::ledger::{Ledger, LedgerRow};

/// A file of the last run with what it held if it is an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// The file.
    pub head: LedgerRow,
    /// Files in it.
    pub members: Vec<LedgerRow>,
}

impl Group {
    /// The file and what it holds, in the order of the ledger.
    pub fn into_rows(self) -> impl Iterator<Item = LedgerRow> {
        std::iter::once(self.head).chain(self.members)
    }

    /// The file and what it holds.
    pub fn rows(&self) -> impl Iterator<Item = &LedgerRow> {
        std::iter::once(&self.head).chain(&self.members)
    }
}

/// What is to be done about one file.
#[derive(Debug, Serialize, Deserialize)]
pub enum Step {
    /// It is as it was.
    Carry(Listed, Box<Group>),
    /// It is new, or it may be another. With `trusted`, bytes of the known hash are as good as unread.
    Read {
        /// The file.
        listed: Listed,
        /// What the last run knew of it.
        known: Option<Box<Group>>,
        /// Whether what it knew may be carried over.
        trusted: bool,
    },
    /// It is no longer there.
    Gone(Box<Group>),
}

impl Step {
    /// Bytes of its file.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Carry(listed, _) | Self::Read { listed, .. } => listed.stat.map_or(0, |s| s.size),
            Self::Gone(_) => 0,
        }
    }

    /// Rows that it will give at least, or takes from the ledger.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::Read { known, .. } => 1 + known.as_ref().map_or(0, |k| k.members.len()),
            Self::Carry(_, group) | Self::Gone(group) => 1 + group.members.len(),
        }
    }
}

/// By what a plan judges.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Trust {
    /// Everything is read anew.
    pub full: bool,
    /// What proves a file unchanged.
    pub detect: Detect,
    /// What tonight's results rest on.
    pub fingerprint: Fingerprint,
    /// Every file is hashed once in so many nights; never when 0.
    pub nights: u64,
    /// Number of this night.
    pub tonight: u64,
}

/// The steps of a run, in the order of the walk.
pub struct Steps<I: Iterator<Item = Listed>> {
    walk: I,
    listed: Option<Listed>,
    ledger: Ledger,
    row: Option<LedgerRow>,
    trust: Trust,
}

impl<I: Iterator<Item = Listed>> Steps<I> {
    /// Sets the walk beside a ledger.
    ///
    /// # Errors
    /// When the ledger is damaged.
    pub fn new(mut walk: I, ledger: Ledger, trust: Trust) -> Result<Self> {
        let listed = walk.next();
        let mut steps = Self { walk, listed, ledger, row: None, trust };
        steps.row = steps.advance()?;
        Ok(steps)
    }

    /// The next row of the ledger. A full run only counts by it: one that is damaged ends there.
    fn advance(&mut self) -> Result<Option<LedgerRow>> {
        match self.ledger.next_row() {
            Err(_) if self.trust.full => {
                self.ledger = Ledger::empty();
                Ok(None)
            }
            row => row,
        }
    }

    /// The next step.
    ///
    /// # Errors
    /// When the ledger is damaged.
    pub fn next_step(&mut self) -> Result<Option<Step>> {
        let order = match (&self.listed, &self.row) {
            (None, None) => return Ok(None),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(listed), Some(row)) => walk_order(listed.key(), row.facts.key()),
        };
        let listed = if order == Ordering::Greater { None } else { self.listed.take() };
        if listed.is_some() {
            self.listed = self.walk.next();
        }
        let known = if order == Ordering::Less { None } else { self.group()?.map(Box::new) };
        Ok(match (listed, known) {
            (Some(listed), None) => Some(Step::Read { listed, known: None, trusted: false }),
            (Some(listed), Some(known)) => Some(self.beside(listed, known)),
            (None, known) => known.map(Step::Gone),
        })
    }

    fn group(&mut self) -> Result<Option<Group>> {
        let Some(head) = self.row.take() else { return Ok(None) };
        ensure!(!head.facts.member, "the ledger is damaged; run with --full");
        let mut group = Group { head, members: Vec::new() };
        loop {
            self.row = self.advance()?;
            match self.row.take() {
                Some(row) if row.facts.member => group.members.push(row),
                other => {
                    if let Some(next) = &other {
                        ensure!(
                            walk_order(group.head.facts.key(), next.facts.key()) == Ordering::Less,
                            "the ledger is not in order; run with --full"
                        );
                    }
                    self.row = other;
                    return Ok(Some(group));
                }
            }
        }
    }

    fn beside(&self, listed: Listed, known: Box<Group>) -> Step {
        let trusted = !self.trust.full && known.rows().all(|row| self.trust.fingerprint.holds(row.facts.fingerprint));
        let proved = match (&listed.stat, &known.head.facts.stat) {
            (Some(stat), Some(before)) => stat.proves(self.trust.detect, before, known.head.facts.observed_at),
            _ => false,
        };
        if trusted && proved && listed.fault.is_none() && !self.scrubbed(listed.key()) {
            return Step::Carry(listed, known);
        }
        Step::Read { listed, known: Some(known), trusted }
    }

    /// Whether it is a file's night to be hashed although nothing says that it changed.
    fn scrubbed(&self, key: &[u8]) -> bool {
        let hash =
            key.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
        let night = self.trust.tonight.checked_rem(self.trust.nights);
        // The last bits of such a hash say little.
        night.is_some_and(|night| (hash >> 32) % self.trust.nights == night)
    }
}
