//! Comparing the reports of a run with each other: which ones, and whose finding it becomes.
//!
//! Owns the grouping over years, counties and partitions. The rules themselves are `check::across`. Refuses to read
//! records: the index and the features suffice.

use rayon::prelude::*;

use crate::error::Result;
use crate::store::spill::{Entry, Store};
use nianbao_report::agency::body::Role;
use nianbao_report::check::across::{Doubt, against_bodies, against_last_year, against_reissue, likest};
use nianbao_report::finding::{Rule, Thresholds};

/// A doubt about one report beside another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The report it is about.
    pub(super) entry: u32,
    /// The report it was compared with; itself where it was compared with several.
    pub(super) other: u32,
    pub(super) doubt: Doubt,
}

/// Compares everything that may be compared. The result is sorted by report and the same for any number of threads.
pub(super) fn compare(store: &Store, thresholds: &Thresholds) -> Result<Vec<Pair>> {
    let mut pairs = over_years(store, thresholds)?;
    pairs.append(&mut reissues(store)?);
    pairs.append(&mut governments(store)?);
    pairs.append(&mut texts(store, thresholds)?);
    let order = |p: &Pair| (p.entry, p.doubt.rule, p.doubt.figure, p.other);
    pairs.sort_by_key(order);
    // A figure that jumps up and down again is blamed from both sides.
    pairs.dedup_by_key(|p| (p.entry, p.doubt.rule, p.doubt.figure));
    Ok(pairs)
}

fn number(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

/// Numbers of the primary reports, sorted by a key.
fn sorted<K: Ord>(entries: &[Entry], key: impl Fn(&Entry) -> Option<K>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..entries.len())
        .filter(|i| entries[*i].superseded_by.is_none() && key(&entries[*i]).is_some())
        .map(number)
        .collect();
    order.sort_by_key(|i| (key(&entries[*i as usize]), *i));
    order
}

fn over_years(store: &Store, thresholds: &Thresholds) -> Result<Vec<Pair>> {
    let entries = &store.entries;
    let key = |e: &Entry| e.index.body.zip(e.index.partition.year);
    let order = sorted(entries, key);
    let mut reader = store.features()?;
    let mut pairs = Vec::new();
    let mut last: Option<(u32, nianbao_report::check::across::Features)> = None;
    for i in order {
        let this = reader.get(i)?;
        if let Some((before, of_before)) = &last
            && let (Some((body, year)), Some((same, next))) =
                (key(&entries[*before as usize]), key(&entries[i as usize]))
            && body == same
            && year + 1 == next
        {
            for doubt in against_last_year(thresholds, of_before, &this) {
                let (entry, other) = if doubt.of_last { (*before, i) } else { (i, *before) };
                pairs.push(Pair { entry, other, doubt });
            }
        }
        last = Some((i, this));
    }
    Ok(pairs)
}

fn reissues(store: &Store) -> Result<Vec<Pair>> {
    let entries = &store.entries;
    let mut reader = store.features()?;
    let mut pairs = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let Some(better) = entry.superseded_by else { continue };
        // Reports are numbered in the order of their files.
        let Ok(winner) = entries.binary_search_by_key(&better, |e| e.file) else { continue };
        let (of_better, of_other) = (reader.get(number(winner))?, reader.get(number(i))?);
        for doubt in against_reissue(&of_better, &of_other) {
            pairs.push(Pair { entry: number(i), other: number(winner), doubt });
            pairs.push(Pair {
                entry: number(winner),
                other: number(i),
                doubt: Doubt { expected: doubt.actual, actual: doubt.expected, ..doubt },
            });
        }
    }
    Ok(pairs)
}

fn governments(store: &Store) -> Result<Vec<Pair>> {
    let entries = &store.entries;
    let key = |e: &Entry| {
        (e.index.county != 0 && e.index.role != Role::Other && e.index.body.is_some())
            .then_some((e.index.partition, e.index.county))
    };
    let order = sorted(entries, key);
    let mut reader = store.features()?;
    let mut pairs = Vec::new();
    for group in order.chunk_by(|a, b| key(&entries[*a as usize]) == key(&entries[*b as usize])) {
        let of_role = |role: Role| group.iter().copied().filter(move |i| entries[*i as usize].index.role == role);
        let Some(government) = of_role(Role::Government).next() else { continue };
        let parts = of_role(Role::Part).map(|i| reader.get(i)).collect::<Result<Vec<_>>>()?;
        for doubt in against_bodies(&reader.get(government)?, parts.iter()) {
            pairs.push(Pair { entry: government, other: government, doubt });
        }
    }
    Ok(pairs)
}

/// Texts of one year and province against each other.
fn texts(store: &Store, thresholds: &Thresholds) -> Result<Vec<Pair>> {
    let entries = &store.entries;
    let order = sorted(entries, |e| Some(e.index.partition));
    let groups: Vec<&[u32]> =
        order.chunk_by(|a, b| entries[*a as usize].index.partition == entries[*b as usize].index.partition).collect();
    let found: Vec<Vec<Pair>> = groups
        .par_iter()
        .map(|group| -> Result<Vec<Pair>> {
            let mut reader = store.features()?;
            let mut numbers = Vec::new();
            let mut texts = Vec::new();
            for i in *group {
                if let Some(signature) = reader.get(*i)?.signature {
                    numbers.push(*i);
                    // A report without a known body is nobody's own.
                    texts.push((entries[*i as usize].index.body.unwrap_or(u64::from(*i)), signature));
                }
            }
            let best = likest(&texts, thresholds.copied_share);
            let pair = |(i, best): (usize, Option<(usize, f64)>)| {
                let (other, share) = best?;
                let doubt = Doubt::new(Rule::NarrativeShared, None, None, Some(share));
                Some(Pair { entry: numbers[i], other: numbers[other], doubt })
            };
            Ok(best.into_iter().enumerate().filter_map(pair).collect())
        })
        .collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}
