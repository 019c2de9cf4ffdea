//! Divisions: one record of the gazetteer, and where the territory of those that ended went.
//!
//! Owns when a record stands, what lies in what, and `data/divisions/successors.csv`. Refuses to look anything up by
//! name: the gazetteer does.

use std::collections::HashMap;

use crate::error::{AtPlace as _, LoadError};

const SUCCESSORS: &str = include_str!("../../../../data/divisions/successors.csv");

/// Level of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Province, autonomous region, municipality.
    Province,
    /// Prefecture, prefecture-level city, league.
    Prefecture,
    /// County, district, county-level city, banner.
    County,
}

/// One record of the gazetteer: a code, name and parent that held without a break.
#[derive(Debug)]
pub struct Division {
    /// GB/T 2260 code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Code of the division above.
    pub parent: Option<String>,
    /// First year at whose end it stood; none for 1981 and before.
    pub from: Option<i32>,
    /// Year in whose course it ended; none while in force.
    pub to: Option<i32>,
}

impl Division {
    /// Whether the record stands at 31 December of a year.
    #[must_use]
    pub fn stands(&self, year: i32) -> bool {
        self.from.is_none_or(|f| f <= year) && self.to.is_none_or(|t| year < t)
    }

    /// Whether a report on a year, written early in the next, may be signed with this name.
    #[must_use]
    pub fn fits(&self, year: i32) -> bool {
        self.from.is_none_or(|f| f <= year + 1) && self.to.is_none_or(|t| t >= year)
    }

    /// Whether it lies in another, at any time. 伊犁 holds 塔城 and 阿勒泰 in law though their codes do not say so.
    #[must_use]
    pub fn is_within(&self, outer: &Self) -> bool {
        match outer.level {
            Level::Province => self.level != Level::Province && self.code.get(..2) == outer.code.get(..2),
            Level::Prefecture => {
                self.parent.as_deref() == Some(&outer.code)
                    || (outer.code == "654000" && matches!(self.code.get(..4), Some("6542" | "6543")))
            }
            Level::County => false,
        }
    }
}

/// Where the territory of ended records went, by code and year.
#[derive(Debug)]
pub(super) struct Successors {
    pub(super) after: HashMap<String, Vec<(i32, String)>>,
    pub(super) before: HashMap<String, Vec<(i32, String)>>,
}

impl Successors {
    pub(super) fn load() -> Result<Self, LoadError> {
        let mut all = Self { after: HashMap::new(), before: HashMap::new() };
        for record in csv::Reader::from_reader(SUCCESSORS.as_bytes()).records() {
            let record = record.at(|| "data/divisions/successors.csv".to_owned())?;
            let field = |i: usize| record.get(i).unwrap_or("").to_owned();
            let year: i32 = field(2).parse().at(|| "data/divisions/successors.csv: year".to_owned())?;
            all.after.entry(field(0)).or_default().push((year, field(3)));
            all.before.entry(field(3)).or_default().push((year, field(0)));
        }
        Ok(all)
    }

    /// Whether one record went over into another when it ended.
    pub(super) fn linked(&self, old: &Division, new: &Division) -> bool {
        let ended = |year: i32| old.to == Some(year);
        self.after.get(&old.code).is_some_and(|all| all.iter().any(|(y, code)| ended(*y) && *code == new.code))
    }
}
