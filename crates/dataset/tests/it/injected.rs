//! Checks on an archive whose errors are known: bodies over six years, printed in every layout, what is carried over
//! taken over in every column; into a tenth of the reports an error is put, at any cell of any sum or of what is carried
//! over. Found and true are compared by file and place. The sums are written here again, from the form.

use std::collections::{BTreeMap, BTreeSet};

use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_report::check::across::{FIGURES, Features, against_last_year};
use nianbao_report::finding::{Rule, Settings};
use nianbao_report::{Examined, Knowledge, examine};
use nianbao_testing::generate::form::{self, APPLICANTS, CASES, RESULTS};
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::{Edition, Profile, Report, Rng, Truth};

/// Found of what is true, and true of what is found.
const LEAST: f64 = 0.99;
/// Years of a body.
const YEARS: std::ops::RangeInclusive<i32> = 2019..=2024;

/// Table, row, column.
type Place = (String, String, String);

fn place(table: &str, row: &str, column: &str) -> Place {
    (table.to_owned(), row.to_owned(), column.to_owned())
}

/// A sum: the cells of its left and right sides, and where a breach of it is shown.
struct Sum {
    left: Vec<(&'static str, &'static str)>,
    right: Vec<(&'static str, &'static str)>,
    table: &'static str,
}

/// The sums of the form: 第一项加第二项等于第三项加第四项, the outcomes, the applicants, the results.
fn sums(edition: Edition) -> Vec<Sum> {
    let lines = form::lines(edition);
    let outcomes = || lines.iter().filter(|l| l.1 != "top" && l.0 != "processed").map(|l| l.0);
    let mut all = Vec::new();
    for (column, _) in APPLICANTS {
        let at = |row: &'static str| (row, column);
        let (left, right) = (vec![at("received"), at("carried_in")], vec![at("processed"), at("carried_out")]);
        all.push(Sum { left, right, table: "requests" });
        all.push(Sum { left: vec![at("processed")], right: outcomes().map(at).collect(), table: "requests" });
    }
    for line in &lines {
        let at = |c: &(&'static str, &'static str)| (line.0, c.0);
        let parts = APPLICANTS.iter().filter(|c| c.0 != "total").map(at).collect();
        all.push(Sum { left: vec![(line.0, "total")], right: parts, table: "requests" });
    }
    for (case, _) in CASES {
        let parts = RESULTS.iter().filter(|c| c.0 != "total").map(|c| (case, c.0)).collect();
        all.push(Sum { left: vec![(case, "total")], right: parts, table: "disputes" });
    }
    all
}

/// Where sums are broken among the cells that a page states. A total alone says nothing, nor do parts alone.
fn broken(edition: Edition, cells: &[Truth]) -> BTreeSet<Place> {
    let of: BTreeMap<(&str, &str, &str), Option<f64>> =
        cells.iter().map(|c| ((c.table, c.row, c.column), c.value)).collect();
    let mut out = BTreeSet::new();
    for sum in sums(edition) {
        let side = |cells: &[(&'static str, &'static str)]| -> Option<Vec<Option<f64>>> {
            cells.iter().map(|c| of.get(&(sum.table, c.0, c.1)).copied()).collect()
        };
        let (Some(left), Some(right)) = (side(&sum.left), side(&sum.right)) else { continue };
        if left.iter().all(Option::is_none) || right.iter().all(Option::is_none) {
            continue;
        }
        let add = |side: &[Option<f64>]| side.iter().flatten().sum::<f64>();
        if (add(&left) - add(&right)).abs() > 1e-6 {
            out.insert(place(sum.table, sum.left[0].0, sum.left[0].1));
        }
    }
    out
}

/// What is not carried over as it was carried out, by the cells of two pages.
fn not_carried(last: &[Truth], this: &[Truth]) -> BTreeSet<Place> {
    let value = |cells: &[Truth], row: &str, column: &str| {
        cells.iter().find(|c| c.table == "requests" && c.row == row && c.column == column).and_then(|c| c.value)
    };
    let differs = |column: &&str| match (value(last, "carried_out", column), value(this, "carried_in", column)) {
        (Some(out), Some(carried)) => (out - carried).abs() > 1e-6,
        _ => false,
    };
    let columns = APPLICANTS.iter().map(|c| c.0);
    columns.filter(|c| differs(c)).map(|c| place("requests", "carried_in", c)).collect()
}

fn set(report: &mut Report, at: (&str, &str, &str), value: f64) {
    let cell = report.cells.iter_mut().find(|c| (c.table, c.row, c.column) == at).unwrap();
    (cell.value, cell.raw) = (Some(value), value.to_string());
}

fn get(report: &Report, at: (&str, &str, &str)) -> Option<f64> {
    report.cell(at.0, at.1, at.2).and_then(|c| c.value)
}

/// Carries over what last year's report carried out; more was disclosed where that is more than came in.
fn carry(last: &Report, this: &mut Report) {
    let totals_only = get(this, ("requests", "granted", "natural_person")).is_none()
        && get(this, ("requests", "processed", "natural_person")).is_none();
    for (column, _) in APPLICANTS {
        let of = |report: &Report, row: &str| get(report, ("requests", row, column));
        if totals_only && column != "total" {
            continue;
        }
        let out = of(last, "carried_out").unwrap_or(0.0);
        let inflow = of(this, "processed").unwrap_or(0.0) + of(this, "carried_out").unwrap_or(0.0);
        let more = (out - inflow).max(0.0);
        set(this, ("requests", "carried_in", column), out);
        set(this, ("requests", "received", column), inflow + more - out);
        for row in ["granted", "processed"] {
            let now = of(this, row).unwrap_or(0.0);
            set(this, ("requests", row, column), now + more);
        }
    }
    // A row's parts are what was carried in its columns: the total adds them up.
    if !totals_only {
        for row in ["received", "carried_in", "granted", "processed"] {
            let parts = APPLICANTS.iter().filter(|c| c.0 != "total").filter_map(|c| get(this, ("requests", row, c.0)));
            let total = parts.sum();
            set(this, ("requests", row, "total"), total);
        }
    }
}

/// Puts one error into a report: a digit more, less or another one in any cell of a sum, or another figure carried in that
/// the sums do not show.
fn put(report: &mut Report, rng: &mut Rng) {
    let wrong = |value: f64, rng: &mut Rng| match rng.below(3) {
        0 => value + 1.0 + rng.below(9) as f64,
        1 => value * 10.0 + 1.0 + rng.below(9) as f64,
        _ => (value - 1.0 - rng.below(3) as f64).max(if value == 0.0 { 2.0 } else { 0.0 }),
    };
    if rng.chance(1, 2) {
        let columns: Vec<&str> = APPLICANTS.iter().map(|c| c.0).collect();
        let column = rng.pick(&columns);
        let Some(now) = get(report, ("requests", "carried_in", column)) else { return };
        let then = wrong(now, rng);
        set(report, ("requests", "carried_in", column), then);
        if column != "total" && rng.chance(1, 2) {
            for (row, column) in [("received", column), ("received", "total"), ("carried_in", "total")] {
                let sign = if row == "received" { -1.0 } else { 1.0 };
                let Some(value) = get(report, ("requests", row, column)) else { continue };
                set(report, ("requests", row, column), (value + sign * (then - now)).max(0.0));
            }
        }
        return;
    }
    let in_sums: Vec<(&'static str, &'static str, &'static str)> = report
        .cells
        .iter()
        .filter(|c| c.table != "disclosure" && c.value.is_some())
        .map(|c| (c.table, c.row, c.column))
        .collect();
    let at = rng.pick(&in_sums);
    let now = get(report, at).unwrap();
    set(report, at, wrong(now, rng));
}

/// Found and true, by kind.
#[derive(Default)]
struct Score {
    hit: usize,
    missed: Vec<String>,
    false_: Vec<String>,
}

impl Score {
    fn compare(&mut self, name: &str, expected: &BTreeSet<Place>, found: &BTreeSet<Place>) {
        self.hit += expected.intersection(found).count();
        self.missed.extend(expected.difference(found).map(|p| format!("{name} {p:?}")));
        self.false_.extend(found.difference(expected).map(|p| format!("{name} {p:?}")));
    }

    fn judge(&self, what: &str) {
        let share = |others: usize| self.hit as f64 / (self.hit + others).max(1) as f64;
        let (recall, precision) = (share(self.missed.len()), share(self.false_.len()));
        println!("{what}: {} found, recall {recall:.4}, precision {precision:.4}", self.hit);
        println!("missed: {:#?}\nfalse: {:#?}", &self.missed, &self.false_);
        assert!(self.hit > 20, "{what}: too few errors to judge by: {}", self.hit);
        assert!(recall >= LEAST && precision >= LEAST, "{what}: recall {recall}, precision {precision}");
    }
}

/// What must be found. A row that the page tore over two lines is left out where its sum does not hold, and said to be: the
/// figures on the second line may be those of another row.
fn said(layout: Layout, expected: BTreeSet<Place>, found: &BTreeSet<Place>) -> BTreeSet<Place> {
    if layout == Layout::PdfFlat { expected.intersection(found).cloned().collect() } else { expected }
}

fn read_one(knowledge: &Knowledge, text: &str, html: bool) -> Option<Examined> {
    let document = read::read(text.as_bytes(), &Limits::default()).ok()?;
    examine(knowledge, &document, if html { "x.html" } else { "x.txt" })
}

/// A report of the year before: itself, its truth, what it is compared by, its body.
type Last = (Report, Vec<Truth>, Option<Features>, Option<u64>);

#[test]
fn errors_are_found_where_they_were_put() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let bodies: u64 = std::env::var("INJECTED_BODIES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let (mut of_sums, mut of_carry) = (Score::default(), Score::default());
    let (mut reports, mut apart, mut silent) = (0_usize, 0_usize, Vec::new());
    for body in 0..bodies {
        let rng = &mut Rng::new(0x1234_5678 + body);
        let mut last: Option<Last> = None;
        let (mut agency, mut of_place) = (String::new(), Default::default());
        for year in YEARS {
            let edition = if year < 2021 { Edition::E2019 } else { Edition::E2021 };
            let mut report = Report::random(rng, edition, &rng.clone().pick(&Profile::ALL));
            if agency.is_empty() {
                (agency, of_place) = (report.agency.clone(), report.place.clone());
            }
            (report.agency, report.place, report.year) = (agency.clone(), of_place.clone(), year);
            report.published = report.published.map(|(_, m, d)| (year + 1, m, d));
            if let Some((before, ..)) = &last {
                carry(before, &mut report);
            }
            let clean = report.clone();
            if rng.chance(1, 10) {
                put(&mut report, rng);
            }
            let layouts = Layout::for_edition(edition);
            let layout = rng.pick(&layouts);
            let rendered = render(&report, layout, rng);
            let name = format!("{body}-{year} {layout:?}");
            let examined = read_one(&knowledge, &rendered.text, rendered.html);
            reports += 1;
            let hard = examined.iter().flat_map(|e| &e.report.findings).filter(|f| f.rule == Rule::HardSum);
            let found: BTreeSet<Place> = hard
                .map(|f| {
                    let part = |p: &Option<String>| p.clone().unwrap_or_default();
                    (part(&f.table), part(&f.row), part(&f.column))
                })
                .collect();
            let expected = broken(edition, &rendered.preserved);
            // What was not read is said to be not judged.
            let missed = expected.difference(&found).next().is_some();
            if missed && examined.as_ref().is_none_or(|e| e.tally.skipped == 0) {
                silent.push(name.clone());
            }
            let expected = said(layout, expected, &found);
            of_sums.compare(&name, &expected, &found);
            let features =
                examined.as_ref().map(|e| Features::of(&knowledge.forms, &Settings::default().thresholds, &e.report));
            let number = examined.as_ref().and_then(|e| e.body);
            if let Some((_, before, Some(of_before), of_body)) = &last
                && let Some(features) = &features
            {
                apart += usize::from(number.is_none() || number != *of_body);
                let doubts = against_last_year(&Settings::default().thresholds, of_before, features);
                let carried = doubts.iter().filter(|d| d.rule == Rule::CarriedOverDiffers).filter_map(|d| d.figure);
                let found: BTreeSet<Place> = carried.map(|f| place(FIGURES[f].0, FIGURES[f].1, FIGURES[f].2)).collect();
                let expected = said(layout, not_carried(before, &rendered.preserved), &found);
                of_carry.compare(&name, &expected, &found);
            }
            last = Some((clean, rendered.preserved, features, number));
        }
    }
    println!("{reports} reports, {apart} pairs not of one body, {} silent: {silent:?}", silent.len());
    of_sums.judge("sums");
    of_carry.judge("carried over");
    assert!(silent.is_empty(), "{silent:?}");
}
