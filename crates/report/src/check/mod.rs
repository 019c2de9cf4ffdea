//! Checks on one report: the sums that its form prints, and what of its tables is missing.
//!
//! Owns the order of the checks. `sums` evaluates, `report` checks what is no sum, `suspect` singles out the cell that most
//! likely is wrong, `ocr` judges what was recognised in pictures, `across` compares reports. Refuses to change a value: a
//! broken sum is a finding with what was expected.

pub mod across;
pub(crate) mod ocr;
mod report;
mod sums;
mod suspect;

pub use report::{About, compared};
pub use sums::Tally;

use crate::extract::{FoundCell, Report};
use crate::finding::{Finding, Rule, Settings, bilingual};
use crate::form::{Forms, Layout};

/// Evaluates every identity of the editions that a report's blocks follow, and every other check on one report.
pub fn check(forms: &Forms, settings: &Settings, about: About<'_>, report: &mut Report) -> Tally {
    let mut tally = Tally::default();
    let mut findings = Vec::new();
    for (e, edition) in forms.editions.iter().enumerate() {
        for t in 0..edition.tables.len() {
            if report.tables.cells.iter().any(|c| c.edition == e && c.key.table == t) {
                sums::table(edition, t, &sums::cells(edition, e, t, report), &mut tally, &mut findings);
            }
        }
    }
    skipped(forms, report, &mut tally, &mut findings);
    missing_rows(forms, report, &mut findings);
    report::check(forms, settings, about, report, &mut tally, &mut findings);
    report.findings.append(&mut findings);
    tally
}

/// The sums that could not be judged: of tables read in part, and of those that were not found.
fn skipped(forms: &Forms, report: &Report, tally: &mut Tally, findings: &mut Vec<Finding>) {
    for (e, t) in &report.tables.tables {
        let edition = &forms.editions[*e];
        sums::skipped(&edition.tables[*t], &sums::cells(edition, *e, *t, report), tally, findings);
    }
    let missing = forms.editions[report.edition].tables.iter().filter(|t| report.missing.contains(&t.code));
    tally.skipped += missing.map(sums::count).sum::<u32>();
}

/// Tables of which some cells were found and others not.
fn missing_rows(forms: &Forms, report: &Report, findings: &mut Vec<Finding>) {
    for (e, t) in &report.tables.tables {
        let form = &forms.editions[*e].tables[*t];
        if form.layout == Layout::List {
            continue;
        }
        let same = |c: &&FoundCell| forms.editions[c.edition].tables[c.key.table].code == form.code;
        let found = report.tables.cells.iter().filter(same).count();
        let expected = form.cell_count();
        if found < expected {
            findings.push(Finding {
                expected: Some(expected as f64),
                actual: Some(found as f64),
                ..Finding::new(
                    Rule::MissingRows,
                    bilingual(&format!("应有{expected}个单元格，读到{found}个"), &format!("{found} / {expected}")),
                )
                .in_table(&form.code)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{FoundTables, Identity, Matched};
    use crate::form::{CellKey, load};

    /// A report of the newest edition whose 一、新收 row prints these seven cells.
    fn report(forms: &Forms, row: [Option<f64>; 7]) -> Report {
        let e = forms.editions.len() - 1;
        let t = forms.editions[e].tables.iter().position(|t| t.code == "requests").unwrap();
        let cell = |(column, value): (usize, &Option<f64>)| FoundCell {
            edition: e,
            key: CellKey { table: t, row: 0, column },
            value: *value,
            unit: None,
            raw: String::new(),
            label: 0,
            line: 7,
            matched: Matched::Exact,
            blank: value.is_none(),
        };
        let tables = FoundTables {
            cells: row.iter().enumerate().map(cell).collect(),
            tables: vec![(e, t)],
            ..FoundTables::default()
        };
        Report {
            identity: Identity::default(),
            edition: e,
            tables,
            missing: Vec::new(),
            sections: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Expected and printed.
    type Sum = (Option<f64>, Option<f64>);

    fn broken(row: [Option<f64>; 7]) -> (u32, Vec<Sum>) {
        let forms = load().unwrap();
        let mut report = report(&forms, row);
        let tally = check(&forms, &Settings::default(), About::default(), &mut report);
        let sums = report.findings.iter().filter(|f| f.rule == Rule::HardSum).map(|f| (f.expected, f.actual)).collect();
        (tally.evaluated, sums)
    }

    #[test]
    fn sums_over_a_row() {
        let n = |v: f64| Some(v);
        assert_eq!(broken([n(1.), n(2.), n(0.), n(0.), n(0.), n(0.), n(3.)]), (1, vec![]));
        assert_eq!(broken([n(1.), n(2.), n(0.), n(0.), n(0.), n(0.), n(4.)]), (1, vec![(Some(3.), Some(4.))]));
        assert_eq!(
            broken([n(3.), None, None, None, None, None, n(3.)]),
            (1, vec![]),
            "blank beside figures counts as 0"
        );
        assert_eq!(
            broken([None, None, None, None, None, None, n(3.)]),
            (0, vec![]),
            "a total alone is no contradiction"
        );
        assert_eq!(
            broken([n(2.), None, None, None, None, n(1.), None]),
            (0, vec![]),
            "nor are parts without their total: blank is not zero"
        );
    }
}
