//! Coverage: which county governments reported for which year, and which bodies stopped.
//!
//! Owns what is expected: every county-level government of the provinces that the archive holds, for every year from its
//! first to its last. Refuses to expect departments: no register says which a county has; those that reported for the
//! year before are all that is known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::store::{Entry, Partition};
use crate::body::Role;
use crate::region::{Division, Gazetteer};

/// One row: something that was expected.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'g> {
    /// The government of a county, with its report.
    Government {
        /// The county.
        county: &'g Division,
        /// Its report, by number.
        report: Option<u32>,
    },
    /// A body whose report for the year before stands at this number; there is none for this year.
    Stopped {
        /// Number of its last report.
        last: u32,
    },
}

/// Everything expected, by the partition it belongs to, in a fixed order.
pub(super) fn expected<'g>(entries: &[Entry], gazetteer: &'g Gazetteer) -> BTreeMap<Partition, Vec<Expected<'g>>> {
    let mut out: BTreeMap<Partition, Vec<Expected<'g>>> = BTreeMap::new();
    let primary = || entries.iter().enumerate().filter(|(_, e)| e.superseded_by.is_none());
    let years: BTreeSet<i32> = primary().filter_map(|(_, e)| e.facts.partition.year).collect();
    let provinces: BTreeSet<u8> = primary()
        .filter_map(|(_, e)| e.facts.partition.year.and(e.facts.partition.province))
        .filter(|p| *p > 10)
        .collect();
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else { return out };
    let mut of_government: HashMap<(i32, u32), u32> = HashMap::new();
    let mut of_body: HashMap<(u64, i32), u32> = HashMap::new();
    for (i, e) in primary() {
        let (Some(year), Ok(number)) = (e.facts.partition.year, u32::try_from(i)) else { continue };
        if e.facts.role == Role::Government && e.facts.county != 0 {
            of_government.entry((year, e.facts.county)).or_insert(number);
        }
        if let Some(body) = e.facts.body {
            of_body.entry((body, year)).or_insert(number);
        }
    }
    for year in first..=last {
        for county in gazetteer.governments().filter(|d| d.stands(year)) {
            let Ok(code) = county.code.parse::<u32>() else { continue };
            let province = u8::try_from(code / 10_000).unwrap_or(0);
            if provinces.contains(&province) {
                let partition = Partition { year: Some(year), province: Some(province) };
                let report = of_government.get(&(year, code)).copied();
                out.entry(partition).or_default().push(Expected::Government { county, report });
            }
        }
    }
    for (i, e) in primary() {
        let (Some(year), Some(body), Ok(number)) = (e.facts.partition.year, e.facts.body, u32::try_from(i)) else {
            continue;
        };
        // County governments have a row of their own.
        let governed = e.facts.role == Role::Government && e.facts.county != 0;
        if year < last && !governed && !of_body.contains_key(&(body, year + 1)) {
            let partition = Partition { year: Some(year + 1), province: e.facts.partition.province };
            out.entry(partition).or_default().push(Expected::Stopped { last: number });
        }
    }
    // The order that the files of every partition declare: county, then report, what has none first. It is also that of
    // the records, so that those of bodies that stopped are read in one go.
    let id = |number: u32| entries.get(number as usize).map(|e| (e.facts.county, e.facts.report_id, e.file));
    for rows in out.values_mut() {
        rows.sort_by_key(|row| match row {
            Expected::Government { county, report } => {
                let own = report.and_then(id);
                (own.map_or_else(|| county.code.parse().unwrap_or(0), |e| e.0), own.map(|e| e.1), None)
            }
            Expected::Stopped { last } => (id(*last).map_or(0, |e| e.0), None, id(*last).map(|e| (e.1, e.2))),
        });
    }
    out
}
