//! Coverage: which county governments reported for which year, and which bodies stopped.
//!
//! Owns what is expected: every county-level government of the provinces that the archive holds, for every year from its
//! first to its last; years apart from the rest that hardly any report names are taken for misread. Refuses to expect
//! departments: no register says which a county has; those that reported for the year before are all that is known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::partition::Partition;
use crate::store::spill::Entry;
use nianbao_report::agency::body::Role;
use nianbao_report::region::{Division, Gazetteer};

/// A run of years apart from the main one is of the archive's span when it holds at least one report for so many there.
const APART: usize = 100;

/// One row: something that was expected.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// The government of a county, with its report.
    Government {
        /// Its number among the governments of the gazetteer.
        government: u32,
        /// Its report, by number.
        report: Option<u32>,
    },
    /// A body whose report for the year before stands at this number; there is none for this year.
    Stopped {
        /// Number of its last report.
        last: u32,
    },
}

/// What became of something that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// There is a report.
    Found,
    /// There is none.
    Missing,
    /// There is none, and there was one for the year before.
    Stopped,
}

impl Coverage {
    /// Its code in the dataset.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Missing => "missing",
            Self::Stopped => "stopped",
        }
    }

    /// The code of whom it is said.
    pub(crate) const fn subject(self) -> &'static str {
        match self {
            Self::Found | Self::Missing => "government",
            Self::Stopped => "body",
        }
    }
}

impl Expected {
    /// Number of the report that its row quotes: its own, or the last one.
    pub(super) const fn report(&self) -> Option<u32> {
        match self {
            Self::Government { report, .. } => *report,
            Self::Stopped { last } => Some(*last),
        }
    }
}

/// Everything expected, by the partition it belongs to, in a fixed order.
pub(super) fn expected(entries: &[Entry], gazetteer: &Gazetteer) -> BTreeMap<Partition, Vec<Expected>> {
    let governments: Vec<&Division> = gazetteer.governments().collect();
    let mut out: BTreeMap<Partition, Vec<Expected>> = BTreeMap::new();
    let primary = || entries.iter().enumerate().filter(|(_, e)| e.superseded_by.is_none());
    let years = primary().filter_map(|(_, e)| e.index.partition.year);
    let provinces: BTreeSet<u8> = primary()
        .filter_map(|(_, e)| e.index.partition.year.and(e.index.partition.province))
        .filter(|p| *p > 10)
        .collect();
    let Some((first, last)) = span(years) else { return out };
    let mut of_government: HashMap<(i32, u32), u32> = HashMap::new();
    let mut of_body: HashMap<(u64, i32), u32> = HashMap::new();
    for (i, e) in primary() {
        let (Some(year), Ok(number)) = (e.index.partition.year, u32::try_from(i)) else { continue };
        if e.index.role == Role::Government && e.index.county != 0 {
            of_government.entry((year, e.index.county)).or_insert(number);
        }
        if let Some(body) = e.index.body {
            of_body.entry((body, year)).or_insert(number);
        }
    }
    for year in first..=last {
        for (county, government) in governments.iter().zip(0..).filter(|(d, _)| d.stands(year)) {
            let Ok(code) = county.code.parse::<u32>() else { continue };
            let province = u8::try_from(code / 10_000).unwrap_or(0);
            if provinces.contains(&province) {
                let partition = Partition { year: Some(year), province: Some(province) };
                let report = of_government.get(&(year, code)).copied();
                out.entry(partition).or_default().push(Expected::Government { government, report });
            }
        }
    }
    for (i, e) in primary() {
        let (Some(year), Some(body), Ok(number)) = (e.index.partition.year, e.index.body, u32::try_from(i)) else {
            continue;
        };
        // County governments have a row of their own.
        let governed = e.index.role == Role::Government && e.index.county != 0;
        if (first..last).contains(&year) && !governed && !of_body.contains_key(&(body, year + 1)) {
            let partition = Partition { year: Some(year + 1), province: e.index.partition.province };
            out.entry(partition).or_default().push(Expected::Stopped { last: number });
        }
    }
    // The order that the files of every partition declare: county, then report, what has none first. It is also that of
    // the records, so that those of bodies that stopped are read in one go.
    let id = |number: u32| entries.get(number as usize).map(|e| (e.index.county, e.index.report_id, e.file));
    for rows in out.values_mut() {
        rows.sort_by_key(|row| match row {
            Expected::Government { government, report } => {
                let own = report.and_then(id);
                let code = || governments.get(*government as usize).and_then(|d| d.code.parse().ok()).unwrap_or(0);
                (own.map_or_else(code, |e| e.0), own.map(|e| e.1), None)
            }
            Expected::Stopped { last } => (id(*last).map_or(0, |e| e.0), None, id(*last).map(|e| (e.1, e.2))),
        });
    }
    out
}

/// The first and the last year that the archive is about. One year misread as 2030 in a title would else make every
/// government of its provinces missing for five years.
fn span(years: impl Iterator<Item = i32>) -> Option<(i32, i32)> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for year in years {
        *counts.entry(year).or_default() += 1;
    }
    let counts: Vec<(i32, usize)> = counts.into_iter().collect();
    let runs: Vec<&[(i32, usize)]> = counts.chunk_by(|a, b| a.0 + 1 == b.0).collect();
    let reports = |run: &[(i32, usize)]| run.iter().map(|(_, n)| n).sum::<usize>();
    let main = runs.iter().map(|run| reports(run)).max()?;
    let mut held = runs.iter().filter(|run| reports(run) * APART >= main).flat_map(|run| run.iter().map(|(y, _)| *y));
    let first = held.next()?;
    Some((first, held.last().unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_year_apart_is_not_of_the_span() {
        let many = |year: i32, n: usize| std::iter::repeat_n(year, n);
        assert_eq!(span(std::iter::empty()), None);
        assert_eq!(span(many(2021, 1)), Some((2021, 2021)));
        assert_eq!(span(many(2019, 300).chain(many(2020, 300)).chain(many(2030, 1))), Some((2019, 2020)));
        assert_eq!(span(many(2019, 300).chain(many(2020, 300)).chain(many(2030, 6))), Some((2019, 2030)));
        assert_eq!(span(many(1921, 2).chain(many(2020, 201))), Some((2020, 2020)));
        // A new year begins with few reports; and a small archive may have gaps.
        assert_eq!(span(many(2019, 300).chain(many(2020, 1))), Some((2019, 2020)));
        assert_eq!(span(many(2014, 1).chain(many(2019, 40))), Some((2014, 2019)));
    }
}
