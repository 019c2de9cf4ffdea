//! What a page tells: the figures of one province, or of the whole dataset.
//!
//! Owns counting, and which examples are kept. Refuses to read files (`gather`) or to write markup (`view`).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::example::Example;

/// Example paths of a reason.
pub(super) const PATHS: usize = 5;
/// Outliers that even the first page lists.
pub(super) const OUTLIERS_SHOWN: usize = 30;
/// Fewest requests for which a share of denials says something.
pub(super) const LEAST_PROCESSED: i64 = 10;
/// Bins of the shares of denials: none, twenty of five per cent, more than all.
pub(super) const BINS: usize = 22;
/// Rules whose findings are values far from what others say.
pub(super) const OUTLIERS: [&str; 4] = ["value_jump", "below_departments", "requests_copied", "disclosure_copied"];

/// Everything that a page tells.
#[derive(Debug)]
pub(super) struct Area {
    /// Examples of a rule at most.
    cap: usize,
    /// Files by format and status.
    pub(super) files: BTreeMap<(String, String), u64>,
    /// Why files are no reports, by status.
    pub(super) reasons: BTreeMap<(String, String), Reason>,
    /// Reports by year.
    pub(super) years: BTreeMap<Option<i32>, Tally>,
    /// Primary reports.
    pub(super) primary: u64,
    /// County governments found and expected, by row and year.
    pub(super) covered: BTreeMap<(String, i32), (u64, u64)>,
    /// Names of prefectures, with the year that they are of.
    pub(super) prefectures: BTreeMap<String, (i32, String)>,
    /// Counties.
    pub(super) counties: BTreeMap<String, County>,
    /// Other bodies that reported the year before and not this year.
    pub(super) stopped: u64,
    /// Findings by severity and rule.
    pub(super) findings: BTreeMap<(usize, String), Found>,
    /// Reports with a finding.
    pub(super) touched: u64,
    /// Findings of the rules of [`OUTLIERS`], the furthest first.
    pub(super) outliers: Vec<(Ratio, Example)>,
    /// Values of series by year, of county governments.
    pub(super) points: BTreeMap<(String, i32), Points>,
    /// Reports by share of denials.
    pub(super) denied: [u64; BINS],
}

/// Why some files are no reports.
#[derive(Debug, Default)]
pub(super) struct Reason {
    pub(super) count: u64,
    pub(super) paths: Vec<String>,
}

/// How reports fared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) reports: u64,
    /// Complete, partial, poor.
    pub(super) quality: [u64; 3],
    /// Cells expected, found, recovered; checks evaluated, failed.
    pub(super) sums: [i64; 5],
}

/// A county over the years.
#[derive(Debug, Default)]
pub(super) struct County {
    latest: i32,
    pub(super) name: String,
    pub(super) prefecture: String,
    /// Quality of the report of each year in which the county stands; `None` where there is none.
    pub(super) years: BTreeMap<i32, Option<String>>,
}

/// Findings of one rule.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) count: u64,
    pub(super) reports: u64,
    pub(super) examples: Vec<Example>,
    last: Option<u64>,
}

/// Values of one series in one year.
#[derive(Debug, Default)]
pub(super) struct Points {
    pub(super) values: Vec<f64>,
    pub(super) approximate: bool,
}

/// How far a value is from what was expected, the furthest first; what has no figures comes last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio(Option<f64>);

impl Ratio {
    fn of(example: &Example) -> Self {
        let pair = example.expected.zip(example.actual);
        Self(pair.map(|(e, a)| {
            let ratio = (a.abs() + 1.0) / (e.abs() + 1.0);
            ratio.max(1.0 / ratio)
        }))
    }

    fn before(self, other: Self) -> Ordering {
        match (self.0, other.0) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
}

impl Area {
    pub(super) fn new(cap: usize) -> Self {
        Self {
            cap,
            files: BTreeMap::new(),
            reasons: BTreeMap::new(),
            years: BTreeMap::new(),
            primary: 0,
            covered: BTreeMap::new(),
            prefectures: BTreeMap::new(),
            counties: BTreeMap::new(),
            stopped: 0,
            findings: BTreeMap::new(),
            touched: 0,
            outliers: Vec::new(),
            points: BTreeMap::new(),
            denied: [0; BINS],
        }
    }

    pub(super) fn file(&mut self, format: &str, status: &str, reason: &str, path: &str, failed: bool) {
        *self.files.entry((format.to_owned(), status.to_owned())).or_default() += 1;
        if failed {
            let kind = self.reasons.entry((status.to_owned(), without_numbers(reason))).or_default();
            kind.count += 1;
            let at = kind.paths.partition_point(|p| p.as_str() < path);
            if at < PATHS {
                kind.paths.insert(at, path.to_owned());
                kind.paths.truncate(PATHS);
            }
        }
    }

    pub(super) fn county(
        &mut self,
        code: &str,
        names: (&str, &str),
        prefecture: &str,
        year: i32,
        quality: Option<&str>,
    ) {
        let county = self.counties.entry(code.to_owned()).or_default();
        if county.name.is_empty() || year >= county.latest {
            county.latest = year;
            county.name = names.0.to_owned();
            county.prefecture = prefecture.to_owned();
        }
        county.years.insert(year, quality.map(str::to_owned));
        if !names.1.is_empty() {
            let known = self.prefectures.entry(prefecture.to_owned()).or_default();
            if known.1.is_empty() || year >= known.0 {
                *known = (year, names.1.to_owned());
            }
        }
    }

    pub(super) fn cover(&mut self, row: &str, year: i32, found: bool) {
        let cell = self.covered.entry((row.to_owned(), year)).or_default();
        cell.0 += u64::from(found);
        cell.1 += 1;
    }

    /// A finding; those of one report come one after the other.
    pub(super) fn finding(&mut self, severity: usize, rule: &str, report: Option<u64>, example: &Example) {
        let found = match self.findings.get_mut(&(severity, rule.to_owned())) {
            Some(found) => found,
            None => self.findings.entry((severity, rule.to_owned())).or_default(),
        };
        found.count += 1;
        if report.is_some() && found.last != report {
            found.reports += 1;
            found.last = report;
        }
        insert(&mut found.examples, self.cap, example, Example::order);
        if OUTLIERS.contains(&rule) {
            let own = (Ratio::of(example), example.clone());
            let order = |a: &(Ratio, Example), b: &(Ratio, Example)| {
                a.0.before(b.0).then_with(|| a.1.rule.cmp(&b.1.rule)).then_with(|| a.1.order(&b.1))
            };
            insert(&mut self.outliers, self.cap.max(OUTLIERS_SHOWN), &own, order);
        }
    }

    /// A share of denials; a negative count is a fault of the page and no share.
    pub(super) fn denial(&mut self, denied: i128, processed: i64) {
        let processed = i128::from(processed);
        if denied < 0 || processed <= 0 {
            return;
        }
        let bin = (denied * 20 + processed - 1) / processed;
        self.denied[usize::try_from(bin).unwrap_or(BINS).min(BINS - 1)] += 1;
    }
}

/// Keeps the first `cap` in order.
fn insert<T: Clone>(kept: &mut Vec<T>, cap: usize, new: &T, order: impl Fn(&T, &T) -> Ordering) {
    if kept.len() >= cap && kept.last().is_some_and(|last| order(last, new) != Ordering::Greater) {
        return;
    }
    let at = kept.partition_point(|k| order(k, new) != Ordering::Greater);
    kept.insert(at, new.clone());
    kept.truncate(cap);
}

/// `page 12 of 30` and `page 3 of 8` are one reason: numbers that stand alone become N.
fn without_numbers(text: &str) -> String {
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 && !word(at.checked_sub(1).and_then(|i| bytes.get(i))) && !word(bytes.get(at + digits)) {
            out.push('N');
            at += digits;
        } else if digits > 0 {
            out.push_str(text.get(at..at + digits).unwrap_or_default());
            at += digits;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_stand_alone_are_one_reason() {
        assert_eq!(without_numbers("第12页 of 30, a7 x_3 8"), "第N页 of N, a7 x_3 N");
        assert_eq!(without_numbers(""), "");
    }

    #[test]
    fn shares_of_denials_fall_into_their_bins() {
        let mut area = Area::new(1);
        for (denied, processed) in [(0, 10), (1, 20), (2, 20), (20, 20), (21, 20)] {
            area.denial(denied, processed);
        }
        let bins: Vec<usize> = (0..BINS).filter(|b| area.denied[*b] > 0).collect();
        assert_eq!(bins, [0, 1, 2, 20, 21]);
    }
}
