//! The five real reports of `../shared/seeds`: every cell and the identity, against what was marked by hand.

use std::fs;

use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_report::finding::{Settings, Severity};
use nianbao_report::{Examined, Knowledge, examine};
use nianbao_testing::{Bench, shared};

fn csv(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn every_cell_of_the_seeds() {
    let Some(shared) = shared() else { return };
    let bench = Bench::new();
    let truth = csv(&fs::read_to_string(shared.join("seeds/truth.csv")).unwrap());
    let mut right = 0;
    let mut wrong = Vec::new();
    for seed in csv(&fs::read_to_string(shared.join("seeds/reports.csv")).unwrap()) {
        let report = bench.report(&fs::read(shared.join("seeds").join(&seed[0])).unwrap(), &seed[0]).unwrap();
        let found = bench.cells(&report);
        let expected: Vec<&Vec<String>> = truth.iter().filter(|t| t[0] == seed[0]).collect();
        for cell in &expected {
            let value: Option<f64> = cell[4].parse().ok();
            match found.iter().find(|f| f.table == cell[1] && f.row == cell[2] && f.column == cell[3]) {
                Some(f) if f.value == value => right += 1,
                other => wrong.push(format!("{cell:?}: {other:?}")),
            }
        }
        for f in &found {
            if !expected.iter().any(|c| f.table == c[1] && f.row == c[2] && f.column == c[3]) {
                wrong.push(format!("{}: extra {f:?}", seed[0]));
            }
        }
        for finding in &report.findings {
            println!("{}: {} {} {:?}", seed[0], finding.rule.id(), finding.message_en(), finding.row);
        }
    }
    assert!(wrong.is_empty(), "{} right, wrong:\n{}", right, wrong.join("\n"));
    assert_eq!(right, 998);
}

#[test]
fn identity_of_the_seeds() {
    let Some(shared) = shared() else { return };
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    for seed in csv(&fs::read_to_string(shared.join("seeds/reports.csv")).unwrap()) {
        let document = read::read(&fs::read(shared.join("seeds").join(&seed[0])).unwrap(), &Limits::default()).unwrap();
        let Examined { report, place, kind, .. } = examine(&knowledge, &document, &seed[0]).unwrap();
        let id = report.identity.clone();
        let date = id.published_on.map(|d| d.to_string());
        let found = [
            id.agency.unwrap_or_default(),
            kind.map_or("", |kind| kind.code()).to_owned(),
            id.year.map(|y| y.to_string()).unwrap_or_default(),
            knowledge.forms.editions[report.edition].code.clone(),
            place.county_code.unwrap_or_default(),
            place.county.unwrap_or_default(),
            place.prefecture.unwrap_or_default(),
            place.province_name.unwrap_or_default(),
            date.unwrap_or_default(),
        ];
        assert_eq!(found.as_slice(), &seed[1..], "{}", seed[0]);
        let errors: Vec<_> = report.findings.iter().filter(|f| f.rule.severity() == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(
            report.sections.len(),
            if seed[0].starts_with("002") { 5 } else { 6 },
            "{:?}",
            report.sections.iter().map(|s| &s.heading).collect::<Vec<_>>()
        );
    }
}
