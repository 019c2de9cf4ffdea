//! The gazetteer: every province, prefecture and county of 2008-2025, looked up by name and year.
//!
//! Owns `data/divisions/divisions.csv` and matching names in texts. Refuses short forms: `中宁` alone is no place here.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context as _, Result};

use super::Place;

const DIVISIONS: &str = include_str!("../../data/divisions/divisions.csv");

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

/// One record of the gazetteer.
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
    from: Option<i32>,
    to: Option<i32>,
}

/// A name found in a text.
#[derive(Debug)]
pub struct Mention<'g> {
    /// Records of that name in force.
    pub records: Vec<&'g Division>,
    /// First byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// All divisions.
#[derive(Debug)]
pub struct Gazetteer {
    divisions: Vec<Division>,
    names: Vec<(String, Vec<usize>)>,
    /// Records by code: places of the same code are renamed ones.
    codes: HashMap<String, Vec<usize>>,
    matcher: AhoCorasick,
}

/// Names that are also plain words: a place only straight after another division or at the very start of a name.
const WORDS: &[&str] = &["城区", "郊区", "矿区", "新市区", "新城区", "东区", "西区", "市中区"];

impl Gazetteer {
    /// Loads the built-in data.
    ///
    /// # Errors
    /// When the file is not what its README says; tested not to happen.
    pub fn load() -> Result<Self> {
        let mut divisions = Vec::new();
        for record in csv::Reader::from_reader(DIVISIONS.as_bytes()).records() {
            let record = record.context("data/divisions/divisions.csv")?;
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
        let mut names: Vec<(String, Vec<usize>)> = Vec::new();
        let mut order: Vec<usize> = (0..divisions.len()).collect();
        order.sort_by(|a, b| divisions[*a].name.cmp(&divisions[*b].name));
        for i in order {
            match names.last_mut() {
                Some((name, all)) if *name == divisions[i].name => all.push(i),
                _ => names.push((divisions[i].name.clone(), vec![i])),
            }
        }
        let mut codes: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, division) in divisions.iter().enumerate() {
            codes.entry(division.code.clone()).or_default().push(i);
        }
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(n, _)| n))
            .context("place names")?;
        Ok(Self { divisions, names, codes, matcher })
    }

    /// Records of a name for a report on `year`, written early in the next: those standing at the end of the year, else
    /// those that came or went about then.
    fn in_force(&self, name: usize, year: Option<i32>) -> Vec<&Division> {
        let all = || self.names[name].1.iter().map(|i| &self.divisions[*i]);
        let Some(year) = year else {
            let now: Vec<&Division> = all().filter(|d| d.to.is_none()).collect();
            return if now.is_empty() { all().collect() } else { now };
        };
        let standing: Vec<&Division> = all().filter(|d| d.stands(year)).collect();
        if !standing.is_empty() {
            return standing;
        }
        all().filter(|d| d.from.is_none_or(|f| f <= year + 1) && d.to.is_none_or(|t| t >= year)).collect()
    }

    /// Records whose full name is `name`, by the name's mention.
    #[must_use]
    pub fn named(&self, name: &str, year: Option<i32>) -> Option<Vec<&Division>> {
        let at = self.names.binary_search_by(|(n, _)| n.as_str().cmp(name)).ok()?;
        Some(self.in_force(at, year)).filter(|r| !r.is_empty())
    }

    /// The divisions that a body's name begins with, from the highest to the lowest. A vertical body (国家税务总局X县…)
    /// names its place later; then a single name counts.
    #[must_use]
    pub fn chain<'g>(&'g self, body: &str, year: Option<i32>) -> Vec<Mention<'g>> {
        let mut chain: Vec<Mention<'g>> = Vec::new();
        for found in self.matcher.find_iter(body) {
            let name = found.pattern().as_usize();
            let follows = chain.last().map_or(0, |m| m.end) == found.start();
            let is_word = WORDS.contains(&self.names[name].0.as_str());
            if !follows && (!chain.is_empty() || is_word) {
                break;
            }
            let records = self.in_force(name, year);
            // `中山市`, `长沙市长沙县`: a name of the same or a higher level does not continue a chain.
            let deeper = |m: &Mention<'_>| records.iter().any(|r| m.records.iter().all(|u| u.level < r.level));
            if records.is_empty() || chain.last().is_some_and(|m| !deeper(m)) {
                break;
            }
            chain.push(Mention { records, start: found.start(), end: found.end() });
        }
        chain
    }

    fn by_code(&self, code: &str, year: Option<i32>) -> Option<&Division> {
        let mut all = self.codes.get(code)?.iter().map(|i| &self.divisions[*i]);
        let standing = |d: &&Division| year.map_or(d.to.is_none(), |y| d.stands(y));
        all.clone().find(standing).or_else(|| all.next())
    }

    /// Whether one division lies in another.
    #[must_use]
    pub fn is_within(&self, inner: &Division, outer: &Division, year: Option<i32>) -> bool {
        let mut at = inner.parent.as_deref();
        while let Some(code) = at {
            if code == outer.code {
                return true;
            }
            at = self.by_code(code, year).and_then(|d| d.parent.as_deref());
        }
        false
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
    pub fn province_name(&self, code: &str) -> Option<&str> {
        self.divisions.iter().find(|d| d.level == Level::Province && d.code.starts_with(code)).map(|d| d.name.as_str())
    }
}

impl Division {
    /// Whether the record stands at 31 December of a year.
    fn stands(&self, year: i32) -> bool {
        self.from.is_none_or(|f| f <= year) && self.to.is_none_or(|t| year < t)
    }
}
