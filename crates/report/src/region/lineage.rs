//! Lineage: one key for a place over renaming and recoding, so that its reports form one series.
//!
//! Owns the rule of the key. Refuses to follow a merger or a split: what several places became is none of
//! them.

use std::collections::HashMap;

use super::division::{Division, Level, Successors};
use super::gazetteer::Gazetteer;
use super::names;

impl Gazetteer {
    /// Key of a place that stays the same over renaming and recoding: the last code that the place which had `code` in
    /// `year` came to have.
    ///
    /// From the record of that year, the successor is followed while there is exactly one, it began in the year the
    /// record ended, and it is the same place: no other record of the same level went into it that year, or its stem is
    /// the record's (县 to 市 or 区 with a town of a neighbour added). Mergers and splits end a lineage. A code that was
    /// given to another place later (万盛区's is 綦江区's now) gets the year of its end behind it, so that the two stay
    /// apart.
    #[must_use]
    pub fn lineage(&self, code: &str, year: Option<i32>) -> String {
        let Some(mut at) = self.by_code(code, year) else { return code.to_owned() };
        // Every step ends later than the one before: the loop is as long as a lineage.
        while let Some(end) = at.to {
            let after: Vec<&str> = listed(&self.successors.after, &at.code, end);
            let next = match after.as_slice() {
                [only] => self.all_by_code(only).find(|d| d.from == Some(end)),
                _ => None,
            };
            let Some(next) = next.filter(|next| is_one(self, &self.successors, at, next, end)) else { break };
            at = next;
        }
        let reused = self.all_by_code(&at.code).any(|d| d.from > at.from);
        match at.to {
            Some(end) if reused => format!("{}-{end}", at.code),
            _ => at.code.clone(),
        }
    }
}

fn is_one(gazetteer: &Gazetteer, successors: &Successors, old: &Division, new: &Division, year: i32) -> bool {
    if old.level != Level::Province && stem_of(old) == stem_of(new) && old.level == new.level {
        return true;
    }
    let before = listed(&successors.before, &new.code, year);
    let others = before
        .iter()
        .filter(|c| **c != old.code)
        .filter(|c| gazetteer.all_by_code(c).any(|d| d.to == Some(year) && d.level == old.level));
    old.level == new.level && others.count() == 0
}

fn stem_of(division: &Division) -> &str {
    names::stem(&division.name).unwrap_or(&division.name)
}

fn listed<'s>(pairs: &'s HashMap<String, Vec<(i32, String)>>, code: &str, year: i32) -> Vec<&'s str> {
    let all = pairs.get(code).into_iter().flatten();
    all.filter(|(y, _)| *y == year).map(|(_, other)| other.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lineages() {
        let gazetteer = Gazetteer::load().unwrap();
        for (code, year, key) in [
            ("640521", 2023, "640521"),
            ("220381", 2015, "220184"), // 公主岭市, recoded
            ("220184", 2022, "220184"),
            ("110228", 2012, "110118"),      // 密云县 to 密云区
            ("130223", 2010, "130284"),      // 滦县 to 滦州市
            ("110103", 2009, "110103"),      // 崇文区 went into 东城区
            ("500110", 2010, "500110-2011"), // 万盛区, whose code is now 綦江区's
            ("500110", 2015, "500110"),
            ("371202", 2010, "370116"), // 莱城区 to 莱芜区
        ] {
            assert_eq!(gazetteer.lineage(code, Some(year)), key, "{code} in {year}");
        }
        assert_eq!(gazetteer.lineage("999999", None), "999999");
    }

    #[test]
    fn no_two_records_of_a_year_share_a_lineage() {
        let gazetteer = Gazetteer::load().unwrap();
        for year in 2008..=2025 {
            let mut seen = HashMap::new();
            for d in gazetteer.governments().filter(|d| d.stands(year)) {
                let key = gazetteer.lineage(&d.code, Some(year));
                if let Some(other) = seen.insert(key, &d.name) {
                    panic!("{year}: {} and {other} are one", d.name);
                }
            }
        }
    }
}
