//! The place of a body whose name has none (`我局`, `县文旅局`, `教育局`), from the names in its text.
//!
//! Owns weighing the names of a text: what stands before a body's words counts, a street address counts less. Refuses
//! places that contradict one another.

use super::division::{Division, Level};
use super::gazetteer::Gazetteer;
use super::mention;
use crate::words;

/// The level that the name of a body gives away: `县文旅局`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hint(&'static str);

impl Hint {
    /// The hint of a body's name and the name without it.
    pub(super) fn of(agency: &str) -> Option<(Self, &str)> {
        let own = agency.strip_prefix(['我', '本', '全', '该']).unwrap_or(agency);
        let (level, rest) = words::places().levels.strip(own).filter(|_| !words::places().no_levels.begin(own))?;
        // 区财政厅 is 自治区财政厅.
        Some((Self(if level == "区" && rest.ends_with('厅') { "自治区" } else { level }), rest))
    }

    /// Whether it may stand for a whole province: 区 may be short for 自治区.
    pub(super) fn may_be_province(self) -> bool {
        matches!(self.0, "省" | "自治区" | "区")
    }

    /// Whether a division may be called so by its own bodies.
    pub(super) fn fits(self, division: &Division) -> bool {
        let ends = |word: &str| division.name.ends_with(word);
        match self.0 {
            "省" => ends("省"),
            "区" => ends("区") && !ends("地区"),
            "州" => ends("自治州"),
            other => ends(other),
        }
    }
}

/// A place that the text names and how.
struct Unit<'g> {
    division: &'g Division,
    /// Before a body's words: `中宁县人民政府网站`.
    body: bool,
    /// Before the very name of the agency: `中宁县` + `文旅局`.
    own: bool,
    /// In a street address only.
    address: bool,
    /// Named in passing: `赴北京市学习`.
    aside: bool,
}

/// What the text says.
#[derive(Debug)]
pub(super) enum Said<'g> {
    /// Nothing.
    Nothing,
    /// One place; the flag says that it is named together with the body.
    One(&'g Division, bool),
    /// Places named in passing only.
    Aside(Vec<&'g Division>),
    /// Several that cannot be told apart.
    Several(Vec<&'g Division>),
}

/// The place that a text names for a body without a place in its name.
pub(super) fn read<'g>(
    gazetteer: &'g Gazetteer,
    texts: &[&str],
    agency: &str,
    hint: Option<(Hint, &str)>,
    year: Option<i32>,
) -> Said<'g> {
    let name = Some(hint.map_or(agency, |h| h.1)).filter(|n| n.chars().count() >= 2);
    let units = units(gazetteer, texts, name, year);
    if units.is_empty() {
        return Said::Nothing;
    }
    let fits = |u: &&Unit<'_>| hint.is_none_or(|(h, _)| h.fits(u.division));
    let own = distinct(units.iter().filter(|u| u.own).filter(fits));
    let named = distinct(units.iter().filter(|u| u.body && !u.address).filter(fits));
    let any = distinct(units.iter().filter(fits).filter(|u| !u.aside).filter(|u| {
        // A prefecture's bodies sit in its districts and cities, seldom in its counties.
        hint.is_some() || !u.address || u.division.level != Level::County || u.division.name.ends_with(['县', '旗'])
    }));
    let all = distinct(units.iter());
    for (set, sure) in [(own, true), (named, false), (any, false)] {
        let deepest = set.iter().map(|d| d.level).max();
        // Without a hint, the deepest of a chain; with one, a city and its city stay apart.
        let chosen: Vec<&Division> =
            if hint.is_some() { set } else { set.into_iter().filter(|d| Some(d.level) == deepest).collect() };
        match chosen.as_slice() {
            [] => {}
            [one] => {
                let apart = |d: &&&Division| d.code != one.code && !one.is_within(d) && !d.is_within(one);
                let foreign: Vec<&Division> = all.iter().filter(apart).copied().collect();
                if sure || foreign.is_empty() {
                    return Said::One(one, sure);
                }
                return Said::Several(foreign.into_iter().chain([*one]).collect());
            }
            several => return Said::Several(several.to_vec()),
        }
    }
    if units.iter().all(|u| u.aside) { Said::Aside(all) } else { Said::Several(all) }
}

fn distinct<'u, 'g: 'u>(units: impl Iterator<Item = &'u Unit<'g>>) -> Vec<&'g Division> {
    let mut all: Vec<&'g Division> = units.map(|u| u.division).collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all.dedup_by(|a, b| a.code == b.code);
    all
}

fn units<'g>(gazetteer: &'g Gazetteer, texts: &[&str], name: Option<&str>, year: Option<i32>) -> Vec<Unit<'g>> {
    let mut open = Vec::new();
    let mut sets: Vec<Vec<&'g Division>> = Vec::new();
    for line in texts {
        for found in mention::anywhere(gazetteer, line, year) {
            let (before, after) = (&line[..found.chain], &line[found.end..]);
            // The higher names of a chain are told by their end: the next name begins there.
            let body = is_body(after);
            let own = name.is_some_and(|n| after.starts_with(n));
            let address = is_address(before, after);
            let aside =
                !body && !own && !address && !before.ends_with(|c: char| !c.is_alphanumeric()) && !before.is_empty();
            open.push((found.records.clone(), [body, own, address, aside]));
            sets.push(found.records);
        }
    }
    let mut units = Vec::new();
    for (records, [body, own, address, aside]) in open {
        // A name of several places counts if other names of the text leave one of them.
        let held = |d: &Division| sets.iter().any(|s| matches!(s.as_slice(), [h] if d.is_within(h)));
        let kept: Vec<&Division> =
            if records.len() == 1 { records } else { records.into_iter().filter(|d| held(d)).collect() };
        if let [division] = kept.as_slice() {
            units.push(Unit { division, body, own, address, aside });
        }
    }
    units
}

/// Whether a body's name goes on: `人民政府网站`, `文化旅游广电局`.
fn is_body(after: &str) -> bool {
    let mut head = after.chars().take(20).take_while(|c| c.is_alphanumeric());
    head.any(|c| matches!(c, '局' | '委' | '办' | '厅' | '府' | '院'))
}

/// Whether a name is part of a street address.
fn is_address(before: &str, after: &str) -> bool {
    let near = before.char_indices().rev().nth(13).map_or(before, |(at, _)| &before[at..]);
    let street = after.chars().take(14).take_while(|c| c.is_alphanumeric()).any(|c| "路街道巷号".contains(c));
    words::places().address.stand_in(near) || (street && !is_body(after))
}
