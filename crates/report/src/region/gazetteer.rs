//! The gazetteer: every province, prefecture and county of 2008-2025, looked up by code, name and year.
//!
//! Owns `data/divisions/` and the automata over all names. Refuses to decide between places: it says which records a
//! name may mean in a year.

use std::collections::HashMap;

use super::clues::Tables;
use super::division::{Division, Level, Successors};
use super::names;
use super::place::Place;
use crate::error::{AtPlace as _, LoadError};
use crate::words;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

const DIVISIONS: &str = include_str!("../../../../data/divisions/divisions.csv");
const ALIASES: &str = include_str!("../../../../data/divisions/aliases.csv");

/// Texts and the records that each may mean.
#[derive(Debug, Default)]
struct Names {
    texts: Vec<String>,
    records: Vec<Vec<usize>>,
}

impl Names {
    fn of(mut pairs: Vec<(String, usize)>) -> Self {
        pairs.sort();
        pairs.dedup();
        let mut names = Self::default();
        for (text, record) in pairs {
            if names.texts.last() != Some(&text) {
                names.texts.push(text);
                names.records.push(Vec::new());
            }
            if let Some(records) = names.records.last_mut() {
                records.push(record);
            }
        }
        names
    }

    fn at(&self, text: &str) -> Option<usize> {
        self.texts.binary_search_by(|t| t.as_str().cmp(text)).ok()
    }
}

/// A name found at a place of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'g> {
    /// The name as listed.
    pub text: &'g str,
    /// Where it is listed as a full name.
    full: Option<usize>,
    /// Where it is listed as a stem.
    stem: Option<usize>,
    /// First byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Hit<'_> {
    /// Whether it is a full name; stems may be, too (沙县).
    pub(super) const fn is_full(&self) -> bool {
        self.full.is_some()
    }
}

/// All divisions.
#[derive(Debug)]
pub struct Gazetteer {
    divisions: Vec<Division>,
    codes: HashMap<String, Vec<usize>>,
    names: Names,
    stems: Names,
    /// Full names anywhere.
    anywhere: AhoCorasick,
    /// Full names, then stems, at a given place.
    here: AhoCorasick,
    pub(super) successors: Successors,
    pub(super) tables: Tables,
}

impl Gazetteer {
    /// Loads the built-in data.
    ///
    /// # Errors
    /// Names the file of `data/divisions/` that is not what its README says; tested not to happen.
    pub fn load() -> Result<Self, LoadError> {
        words::check()?;
        let divisions = read_divisions()?;
        let mut codes: HashMap<String, Vec<usize>> = HashMap::new();
        let mut full = Vec::new();
        let mut short = Vec::new();
        for (i, division) in divisions.iter().enumerate() {
            codes.entry(division.code.clone()).or_default().push(i);
            full.push((division.name.clone(), i));
            full.extend(names::spoken(&division.name).map(|s| (s, i)));
            short.extend(names::stem(&division.name).map(|s| (s.to_owned(), i)));
        }
        for record in csv::Reader::from_reader(ALIASES.as_bytes()).records() {
            let record = record.at(|| "data/divisions/aliases.csv".to_owned())?;
            let (alias, code) = (record.get(0).unwrap_or(""), record.get(1).unwrap_or(""));
            let records = codes.get(code);
            let records = records.ok_or_else(|| LoadError::new(format!("data/divisions/aliases.csv: {alias}")))?;
            full.extend(records.iter().map(|i| (alias.to_owned(), *i)));
        }
        let (names, stems) = (Names::of(full), Names::of(short));
        let mut builder = AhoCorasick::builder();
        let builder = builder.match_kind(MatchKind::LeftmostLongest);
        let anywhere = builder.build(&names.texts).at(|| "place names".to_owned())?;
        let both = names.texts.iter().chain(&stems.texts);
        let here = builder.start_kind(StartKind::Anchored).build(both).at(|| "short place names".to_owned())?;
        let (successors, tables) = (Successors::load()?, Tables::load()?);
        Ok(Self { divisions, codes, names, stems, anywhere, here, successors, tables })
    }

    fn records(&self, indexes: &[usize]) -> impl Iterator<Item = &Division> {
        indexes.iter().map(|i| &self.divisions[*i])
    }

    /// The longest full name or stem that a text begins with.
    pub(super) fn at_start(&self, text: &str) -> Option<Hit<'_>> {
        let found = self.here.find(Input::new(text).anchored(Anchored::Yes))?;
        let pattern = found.pattern().as_usize();
        let listed = self.names.texts.get(pattern);
        let name = listed.or_else(|| self.stems.texts.get(pattern - self.names.texts.len()))?;
        let full = listed.is_some().then_some(pattern);
        Some(Hit { text: name, full, stem: self.stems.at(name), start: 0, end: found.end() })
    }

    /// The full names of a text, leftmost and longest.
    pub(super) fn hits<'g>(&'g self, text: &str) -> impl Iterator<Item = Hit<'g>> {
        self.anywhere.find_iter(text).map(|m| {
            let i = m.pattern().as_usize();
            Hit { text: &self.names.texts[i], full: Some(i), stem: None, start: m.start(), end: m.end() }
        })
    }

    /// Records that a full name may mean in a year; none for a stem or a name whose time is over.
    pub(super) fn full(&self, hit: &Hit<'_>, year: Option<i32>) -> Vec<&Division> {
        hit.full.map_or_else(Vec::new, |i| self.in_force(&self.names.records[i], year))
    }

    /// Records that a stem may mean in a year.
    pub(super) fn short(&self, hit: &Hit<'_>, year: Option<i32>) -> Vec<&Division> {
        hit.stem.map_or_else(Vec::new, |i| self.in_force(&self.stems.records[i], year))
    }

    /// Everything that a full name ever meant.
    pub(super) fn ever(&self, hit: &Hit<'_>) -> Vec<&Division> {
        hit.full.map_or_else(Vec::new, |i| self.records(&self.names.records[i]).collect())
    }

    /// Records that a name may mean in a year below others. A place that moved keeps its old chain for years
    /// (四平市公主岭市): the chain need only have been true once, of the place or of what it came from.
    pub(super) fn below(&self, hit: &Hit<'_>, above: &[&Division], year: Option<i32>) -> Vec<&Division> {
        let within = |d: &Division| above.iter().any(|a| d.is_within(a));
        let (listed, now) = if hit.is_full() && !self.full(hit, year).is_empty() {
            (hit.full.map(|i| &self.names.records[i]), self.full(hit, year))
        } else {
            (hit.stem.map(|i| &self.stems.records[i]), self.short(hit, year))
        };
        let inside: Vec<&Division> = listed.into_iter().flat_map(|l| self.records(l)).filter(|d| within(d)).collect();
        let direct: Vec<&Division> = now.iter().copied().filter(|d| within(d)).collect();
        if !direct.is_empty() || inside.is_empty() {
            return direct;
        }
        now.into_iter().filter(|d| inside.iter().any(|i| self.same(i, d))).collect()
    }

    /// Records in force for a report on `year`: those that fit it, without such as another of them stands for.
    fn in_force(&self, indexes: &[usize], year: Option<i32>) -> Vec<&Division> {
        let Some(year) = year else {
            let now: Vec<&Division> = self.records(indexes).filter(|d| d.to.is_none()).collect();
            return match indexes {
                [only] if now.is_empty() => vec![&self.divisions[*only]],
                _ => now,
            };
        };
        let mut fitting: Vec<&Division> = self.records(indexes).filter(|d| d.fits(year)).collect();
        if fitting.len() > 1 {
            let standing: Vec<&Division> = fitting.iter().copied().filter(|d| d.stands(year)).collect();
            fitting.retain(|d| d.stands(year) || !standing.iter().any(|s| self.same(d, s)));
        }
        fitting
    }

    /// Whether two records are one place before and after a change.
    fn same(&self, a: &Division, b: &Division) -> bool {
        let raised = a.name == b.name && a.level != b.level && a.code.get(..2) == b.code.get(..2);
        a.code == b.code || raised || self.successors.linked(a, b) || self.successors.linked(b, a)
    }

    /// The record of a code that stands in a year, else any of it.
    pub(super) fn by_code(&self, code: &str, year: Option<i32>) -> Option<&Division> {
        let all = || self.codes.get(code).into_iter().flat_map(|i| self.records(i));
        let standing = |d: &&Division| year.map_or(d.to.is_none(), |y| d.stands(y));
        all().find(standing).or_else(|| all().find(|d| year.is_some_and(|y| d.fits(y)))).or_else(|| all().last())
    }

    /// Everything recorded under a code, oldest first.
    pub(super) fn all_by_code(&self, code: &str) -> impl Iterator<Item = &Division> {
        self.codes.get(code).into_iter().flat_map(|i| self.records(i))
    }

    /// Whether a place lies in another or did under the same name, so that an old folder is no contradiction.
    pub(super) fn once_within(&self, inner: &Division, outer: &Division) -> bool {
        inner.is_within(outer)
            || self.names.at(&inner.name).is_some_and(|i| {
                self.records(&self.names.records[i]).any(|d| d.is_within(outer) && self.same(d, inner))
            })
    }

    /// A division with everything above it.
    #[must_use]
    pub fn place(&self, division: &Division, year: Option<i32>) -> Place {
        let mut place = Place::default();
        let mut at = Some(division);
        while let Some(d) = at {
            match d.level {
                Level::County => {
                    place.county_code = Some(d.code.clone());
                    place.county = Some(d.name.clone());
                }
                Level::Prefecture => {
                    place.prefecture_code = Some(d.code.clone());
                    place.prefecture = Some(d.name.clone());
                }
                Level::Province => {
                    place.province = d.code.get(..2).map(str::to_owned);
                    place.province_name = Some(d.name.clone());
                }
            }
            at = d.parent.as_deref().and_then(|p| self.by_code(p, year));
        }
        place
    }

    /// Name of the province with a two-digit code.
    #[must_use]
    pub fn province_title(&self, province: u8) -> String {
        match province {
            10 => "国家级".to_owned(),
            p => self.province_name(&p.to_string()).unwrap_or_default().to_owned(),
        }
    }

    /// Name of a province by its two digits.
    #[must_use]
    pub fn province_name(&self, code: &str) -> Option<&str> {
        self.province(code).map(|d| d.name.as_str())
    }

    /// The province with a two-digit code.
    pub(super) fn province(&self, code: &str) -> Option<&Division> {
        self.divisions.iter().find(|d| d.level == Level::Province && d.code.get(..2) == Some(code))
    }

    /// All records of county level, in the order of their codes, for tables of coverage.
    pub fn governments(&self) -> impl Iterator<Item = &Division> {
        self.divisions.iter().filter(|d| d.level == Level::County)
    }
}

fn read_divisions() -> Result<Vec<Division>, LoadError> {
    let mut divisions = Vec::new();
    for record in csv::Reader::from_reader(DIVISIONS.as_bytes()).records() {
        let record = record.at(|| "data/divisions/divisions.csv".to_owned())?;
        let field = |i: usize| record.get(i).unwrap_or("").to_owned();
        let level = match record.get(2) {
            Some("province") => Level::Province,
            Some("prefecture") => Level::Prefecture,
            _ => Level::County,
        };
        divisions.push(Division {
            code: field(0),
            name: field(1),
            level,
            parent: Some(field(3)).filter(|p| !p.is_empty()),
            from: field(4).parse().ok(),
            to: field(5).parse().ok(),
        });
    }
    Ok(divisions)
}
