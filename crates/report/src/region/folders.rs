//! What the path of a file says: folders named after places, the file's name, hosts.
//!
//! Owns reading a path into the places that it names. Refuses to settle a report by it: archives mix, and mirrors keep
//! foreign files.

use super::division::Division;
use super::gazetteer::Gazetteer;
use super::{mention, names};

/// The places that a path names.
#[derive(Debug, Default)]
pub(super) struct Folders<'g> {
    /// What each name may mean, from the outermost folder to the file's name.
    pub sets: Vec<Vec<&'g Division>>,
    /// The deepest place, if every other name contains it.
    pub leaf: Option<&'g Division>,
}

impl<'g> Folders<'g> {
    /// Reads a path.
    pub(super) fn of(gazetteer: &'g Gazetteer, path: &str, year: Option<i32>) -> Self {
        let mut sets: Vec<Vec<&'g Division>> = Vec::new();
        for part in path.split('/') {
            if part.is_ascii() {
                continue;
            }
            // A folder that is a stem counts below another (`宁夏/中卫/中宁`), or as a province.
            let whole = gazetteer.at_start(part).filter(|h| h.end == part.len());
            if let Some(hit) = whole.filter(|h| !h.is_full() && !names::is_plain_stem(h.text)) {
                let below = sets.last().map(|above| gazetteer.below(&hit, above, year)).unwrap_or_default();
                let short = if below.is_empty() { provinces(gazetteer.short(&hit, year)) } else { below };
                if !short.is_empty() {
                    sets.push(short);
                }
                continue;
            }
            if let Some(hit) = whole.filter(|h| h.is_full() && names::is_plain_name(h.text)) {
                let below = sets.last().map(|above| gazetteer.below(&hit, above, year)).unwrap_or_default();
                if !below.is_empty() {
                    sets.push(below);
                }
                continue;
            }
            sets.extend(mention::anywhere(gazetteer, part, year).into_iter().map(|m| m.records));
        }
        let leaf = leaf(gazetteer, &sets);
        Self { sets, leaf }
    }
}

/// A stem alone is a province's only if it is nothing else's (吉林, 海南 are).
fn provinces(records: Vec<&Division>) -> Vec<&Division> {
    match records.as_slice() {
        [only] if only.parent.is_none() => records,
        _ => Vec::new(),
    }
}

fn leaf<'g>(gazetteer: &Gazetteer, sets: &[Vec<&'g Division>]) -> Option<&'g Division> {
    let depth = sets.iter().flatten().map(|d| d.level).max()?;
    let fits = |d: &Division| sets.iter().all(|s| s.iter().any(|h| h.code == d.code || gazetteer.once_within(d, h)));
    let mut found: Vec<&'g Division> = sets.iter().flatten().copied().filter(|d| d.level == depth && fits(d)).collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found.dedup_by(|a, b| a.code == b.code);
    match found.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}
