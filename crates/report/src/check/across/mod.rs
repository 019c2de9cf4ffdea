//! Checks across reports: a body against its own last year, a government against its bodies, texts against texts.
//!
//! Owns what is compared and when two reports may be compared at all. Refuses to know where reports are kept: it sees
//! the [`Features`] of a few at a time, so that memory does not grow with the archive.

mod likeness;

pub use likeness::{BINS as SIGNATURE_BINS, Signature, likest};

use foldhash::fast::FixedState;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use crate::extract::{FoundCell, Report};
use crate::finding::{Rule, Thresholds};
use crate::form::Forms;

/// Figures that are compared from year to year: table, row and column codes.
pub const FIGURES: [(&str, &str, &str); 21] = [
    ("requests", "received", "total"),
    ("requests", "carried_in", "total"),
    ("requests", "carried_out", "total"),
    ("disclosure", "rules", "issued"),
    ("disclosure", "rules", "repealed"),
    ("disclosure", "rules", "in_force"),
    ("disclosure", "normative_documents", "issued"),
    ("disclosure", "normative_documents", "repealed"),
    ("disclosure", "normative_documents", "in_force"),
    ("requests", "carried_in", "natural_person"),
    ("requests", "carried_out", "natural_person"),
    ("requests", "carried_in", "enterprise"),
    ("requests", "carried_out", "enterprise"),
    ("requests", "carried_in", "research_institution"),
    ("requests", "carried_out", "research_institution"),
    ("requests", "carried_in", "social_organization"),
    ("requests", "carried_out", "social_organization"),
    ("requests", "carried_in", "legal_service"),
    ("requests", "carried_out", "legal_service"),
    ("requests", "carried_in", "other_organization"),
    ("requests", "carried_out", "other_organization"),
];
const RECEIVED: usize = 0;
/// Figures carried in, for every column of the form; what was carried out stands behind each.
const CARRIED_IN: [usize; 7] = [1, 9, 11, 13, 15, 17, 19];
/// First of issued, repealed and in force, for each kind of document.
const DOCUMENTS: [usize; 2] = [3, 6];
/// Figures whose size is compared from year to year: those before the columns of single applicants.
const SIZES: usize = 9;

/// A table with fewer figures above zero may be the same two years running by chance.
const LEAST_FIGURES: usize = 5;
/// So may one whose figures are small.
const LEAST_SUM: f64 = 100.0;

/// What comparing reports needs of one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// Values of [`FIGURES`].
    pub figures: [Option<f64>; FIGURES.len()],
    /// Fingerprint of the table of requests, 0 when there is too little in it to be compared.
    pub requests: u64,
    /// Fingerprint of the table of disclosure, 0 when there is too little in it to be compared.
    pub disclosure: u64,
    /// Fingerprint of all cells.
    pub cells: u64,
    /// Signature of the narrative; `None` when it is too short to be compared.
    pub signature: Option<Signature>,
}

/// Something doubtful that two reports show together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// The rule.
    pub rule: Rule,
    /// Index into [`FIGURES`], where it is about one.
    pub figure: Option<usize>,
    /// What the other report leads to expect.
    pub expected: Option<f64>,
    /// What is printed, or the share of the text.
    pub actual: Option<f64>,
    /// The earlier report is the doubtful one.
    pub of_last: bool,
}

impl Doubt {
    /// A doubt about the report itself.
    #[must_use]
    pub fn new(rule: Rule, figure: Option<usize>, expected: Option<f64>, actual: Option<f64>) -> Self {
        Self { rule, figure, expected, actual, of_last: false }
    }
}

impl Features {
    /// The features of a report.
    #[must_use]
    pub fn of(forms: &Forms, thresholds: &Thresholds, report: &Report) -> Self {
        let mut features = Self {
            requests: fingerprint(forms, report, "requests"),
            disclosure: fingerprint(forms, report, "disclosure"),
            cells: hash(report.tables.cells.iter().map(|c| (forms, c))),
            signature: Signature::of(
                report.sections.iter().map(|s| s.text.as_str()),
                thresholds.copied_characters as usize,
            ),
            ..Self::default()
        };
        for c in &report.tables.cells {
            let (table, row, column) = codes(forms, c);
            if let Some(figure) = FIGURES.iter().position(|f| *f == (table, row, column)) {
                features.figures[figure] = c.value;
            }
        }
        features
    }
}

fn codes<'f>(forms: &'f Forms, c: &FoundCell) -> (&'f str, &'f str, &'f str) {
    let form = &forms.editions[c.edition].tables[c.key.table];
    (&form.code, &form.rows[c.key.row].code, &form.columns[c.key.column].code)
}

/// Never 0: the same for the same cells and values on every machine and night.
fn hash<'c>(cells: impl Iterator<Item = (&'c Forms, &'c FoundCell)>) -> u64 {
    let mut hasher = FixedState::with_seed(0x6e69_616e_6261_6f21).build_hasher();
    for (forms, c) in cells {
        codes(forms, c).hash(&mut hasher);
        c.value.map(f64::to_bits).hash(&mut hasher);
    }
    hasher.finish().max(1)
}

fn fingerprint(forms: &Forms, report: &Report, table: &str) -> u64 {
    let own = || report.tables.cells.iter().filter(|c| codes(forms, c).0 == table);
    let filled = own().filter(|c| c.value.is_some_and(|v| v > 0.0)).count();
    let sum: f64 = own().filter_map(|c| c.value).sum();
    let enough = filled >= LEAST_FIGURES && (table == "requests" || sum >= LEAST_SUM);
    if enough { hash(own().map(|c| (forms, c))) } else { 0 }
}

/// A body's report against its report of the year before.
#[must_use]
pub fn against_last_year(thresholds: &Thresholds, last: &Features, this: &Features) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for carried_in in CARRIED_IN {
        if let (Some(out), Some(carried)) = (last.figures[carried_in + 1], this.figures[carried_in])
            && out != carried
        {
            doubts.push(Doubt::new(Rule::CarriedOverDiffers, Some(carried_in), Some(out), Some(carried)));
        }
    }
    for first in DOCUMENTS {
        let (issued, repealed, in_force) = (first, first + 1, first + 2);
        if let (Some(stock), Some(new), Some(gone)) =
            (last.figures[in_force], this.figures[issued], this.figures[repealed])
        {
            if gone > stock + new {
                doubts.push(Doubt::new(Rule::RepealedAboveStock, Some(repealed), Some(stock + new), Some(gone)));
            } else if let Some(now) = this.figures[in_force]
                && now != stock + new - gone
            {
                doubts.push(Doubt::new(Rule::StockDiffers, Some(in_force), Some(stock + new - gone), Some(now)));
            }
        }
    }
    for figure in 0..SIZES {
        let (Some(before), Some(now)) = (last.figures[figure], this.figures[figure]) else { continue };
        let (small, large) = if before < now { (before, now) } else { (now, before) };
        if large >= thresholds.jump_least && large >= thresholds.jump * small.max(1.0) {
            // The larger one is the doubtful one, whichever year it stands in.
            let of_last = before > now;
            doubts.push(Doubt { of_last, ..Doubt::new(Rule::ValueJump, Some(figure), Some(small), Some(large)) });
        }
    }
    let received = this.figures[RECEIVED].unwrap_or(0.0);
    if this.requests != 0 && this.requests == last.requests && received >= thresholds.copied_requests {
        doubts.push(Doubt::new(Rule::RequestsCopied, None, None, None));
    }
    if this.disclosure != 0 && this.disclosure == last.disclosure {
        doubts.push(Doubt::new(Rule::DisclosureCopied, None, None, None));
    }
    if let (Some(a), Some(b)) = (&last.signature, &this.signature) {
        let share = a.share(b);
        if share >= thresholds.copied_share {
            doubts.push(Doubt::new(Rule::NarrativeCopied, None, None, Some(share)));
        }
    }
    doubts
}

/// A county government's report against those of its bodies: its totals add them up.
#[must_use]
pub fn against_bodies<'t>(government: &Features, bodies: impl Iterator<Item = &'t Features>) -> Vec<Doubt> {
    let mut sums = [0.0; 3];
    for body in bodies {
        for (sum, figure) in sums.iter_mut().zip(RECEIVED..) {
            *sum += body.figures[figure].unwrap_or(0.0);
        }
    }
    let below = |(figure, sum): (usize, &f64)| {
        let own = government.figures[figure]?;
        (own < *sum).then(|| Doubt::new(Rule::BelowDepartments, Some(figure), Some(*sum), Some(own)))
    };
    sums.iter().enumerate().filter_map(below).collect()
}

/// Two reports of one body and year.
#[must_use]
pub fn against_reissue(better: &Features, other: &Features) -> Vec<Doubt> {
    if better.cells == other.cells {
        return Vec::new();
    }
    let differs = |f: &usize| matches!((better.figures[*f], other.figures[*f]), (Some(a), Some(b)) if a != b);
    let figure = (0..FIGURES.len()).find(differs);
    let value = |t: &Features| figure.and_then(|f| t.figures[f]);
    vec![Doubt::new(Rule::ReissueDiffers, figure, value(better), value(other))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(figures: &[(usize, f64)]) -> Features {
        let mut features = Features { cells: 1, ..Features::default() };
        for (figure, value) in figures {
            features.figures[*figure] = Some(*value);
        }
        features
    }

    fn rules(last: &Features, this: &Features) -> Vec<(Rule, Option<usize>, bool)> {
        let doubts = against_last_year(&Thresholds::default(), last, this);
        doubts.into_iter().map(|d| (d.rule, d.figure, d.of_last)).collect()
    }

    #[test]
    fn what_is_carried_over() {
        assert_eq!(rules(&features(&[(2, 4.)]), &features(&[(1, 4.)])), []);
        assert_eq!(rules(&features(&[(2, 4.)]), &features(&[(1, 5.)])), [(Rule::CarriedOverDiffers, Some(1), false)]);
        assert_eq!(rules(&features(&[]), &features(&[(1, 5.)])), [], "last year's figure is not known");
        for carried_in in CARRIED_IN {
            let differs = rules(&features(&[(carried_in + 1, 4.)]), &features(&[(carried_in, 5.)]));
            assert_eq!(differs, [(Rule::CarriedOverDiffers, Some(carried_in), false)]);
        }
    }

    #[test]
    fn what_is_carried_in_stands_before_what_is_carried_out() {
        for at in CARRIED_IN {
            let ((table, row, column), (of, out, same)) = (FIGURES[at], FIGURES[at + 1]);
            assert_eq!((table, row, of, out), ("requests", "carried_in", "requests", "carried_out"));
            assert_eq!(column, same);
        }
    }

    #[test]
    fn documents_in_force() {
        let last = features(&[(8, 50.)]);
        assert_eq!(rules(&last, &features(&[(6, 5.), (7, 2.), (8, 53.)])), []);
        assert_eq!(rules(&last, &features(&[(6, 5.), (7, 2.), (8, 54.)])), [(Rule::StockDiffers, Some(8), false)]);
        assert_eq!(
            rules(&last, &features(&[(6, 5.), (7, 56.), (8, 0.)])),
            [(Rule::RepealedAboveStock, Some(7), false)]
        );
        assert_eq!(rules(&last, &features(&[(6, 5.), (7, 55.), (8, 0.)])), []);
    }

    #[test]
    fn jumps_blame_the_larger_figure() {
        assert_eq!(rules(&features(&[(0, 12.)]), &features(&[(0, 1200.)])), [(Rule::ValueJump, Some(0), false)]);
        assert_eq!(rules(&features(&[(0, 1200.)]), &features(&[(0, 12.)])), [(Rule::ValueJump, Some(0), true)]);
        assert_eq!(rules(&features(&[(0, 13.)]), &features(&[(0, 1200.)])), []);
        assert_eq!(rules(&features(&[(0, 1.)]), &features(&[(0, 900.)])), []);
    }

    #[test]
    fn copies_of_tables() {
        let with = |requests, received| Features { requests, ..features(&[(0, received)]) };
        assert_eq!(rules(&with(7, 30.), &with(7, 30.)), [(Rule::RequestsCopied, None, false)]);
        assert_eq!(rules(&with(7, 30.), &with(8, 30.)), []);
        assert_eq!(rules(&with(7, 3.), &with(7, 3.)), [], "two quiet years");
        assert_eq!(rules(&with(0, 30.), &with(0, 30.)), [], "too little to be compared");
    }

    #[test]
    fn governments_and_their_bodies() {
        let bodies = [features(&[(0, 3.)]), features(&[(0, 4.)]), features(&[])];
        assert_eq!(against_bodies(&features(&[(0, 7.)]), bodies.iter()), []);
        let doubts = against_bodies(&features(&[(0, 6.)]), bodies.iter());
        assert_eq!(doubts, [Doubt::new(Rule::BelowDepartments, Some(0), Some(7.), Some(6.))]);
        assert_eq!(against_bodies(&features(&[]), bodies.iter()), []);
    }

    #[test]
    fn reissues() {
        let other = Features { cells: 2, ..features(&[(0, 5.)]) };
        assert_eq!(against_reissue(&features(&[(0, 5.)]), &features(&[(0, 5.)])), []);
        assert_eq!(against_reissue(&features(&[(0, 5.)]), &other)[0].rule, Rule::ReissueDiffers);
    }
}
