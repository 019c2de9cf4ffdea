//! The OCR hook, with a stand-in for Tesseract that repeats what Tesseract said: pages of pictures are cut at their ruling
//! lines, and no value gets into the data that a sum of the form does not confirm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests"
)]
#![allow(missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use nianbao::check::Knowledge;
use nianbao::dataset::{Found, Record};
use nianbao::finding::{Rule, Settings};
use nianbao::pipeline::file::{Bounds, Outcome, read_bytes};
use nianbao::read::Ocr;

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn scan(ocr: Option<Ocr>) -> Outcome {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let bytes = std::fs::read(data("formats/pdf-scan.pdf")).unwrap();
    let bounds = Bounds { ocr, ..Bounds::default() };
    let start = Outcome { name: "pdf-scan.pdf".to_owned(), ..Outcome::default() };
    read_bytes(&knowledge, start, &bytes, &bounds).remove(0)
}

fn command(kind: &str) -> Vec<String> {
    vec![data("ocr/recognise.sh").to_string_lossy().into_owned(), kind.to_owned(), "{list}".to_owned()]
}

#[test]
fn recognised_values_are_confirmed_by_sums() {
    let outcome = scan(Some(Ocr { command: command("text"), figures: command("figures") }));
    assert_eq!(outcome.status, "report", "{:?}", outcome.reason);
    assert!(outcome.reason.unwrap().contains("recognised"));
    let mut truth = BTreeMap::new();
    for row in csv::Reader::from_path(data("formats/expected.csv")).unwrap().records().map(Result::unwrap) {
        if &row[0] == "pdf-scan.pdf" {
            truth.insert((row[1].to_owned(), row[2].to_owned(), row[3].to_owned()), row[4].parse::<f64>().ok());
        }
    }
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let Found { facts, record: encoded, .. } = outcome.report.unwrap();
    assert!(facts.recognised);
    let record: Record<'_> = postcard::from_bytes(&encoded).unwrap();
    let mut right = 0;
    for cell in &record.cells {
        let table = &knowledge.forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
        let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
        let key = (table.code.clone(), row.code.clone(), column.code.clone());
        if cell.value.is_some() {
            assert_eq!(truth.get(&key), Some(&cell.value), "{key:?} {:?}", cell.raw);
            right += 1;
        }
    }
    println!("{right} of {} cells, none wrong", truth.len());
    assert!(right > 40, "{right}");
    // Table 二 has no sums: nothing of it can be confirmed.
    let unconfirmed =
        |f: &nianbao::dataset::record::FindingRecord<'_>| Rule::ALL[usize::from(f.rule)].id() == "ocr_unconfirmed";
    assert!(record.findings.iter().any(|f| unconfirmed(f) && f.table == Some("disclosure") && f.row.is_some()));
}

#[test]
fn without_the_hook_or_when_it_fails_nothing_is_read() {
    assert_eq!(scan(None).status, "needs_ocr");
    for (command, why) in [("/nowhere/at/all {list}", "cannot be started"), ("false {list}", "failed")] {
        let command = command.split(' ').map(str::to_owned).collect();
        let outcome = scan(Some(Ocr { command, figures: Vec::new() }));
        assert_eq!(outcome.status, "needs_ocr");
        assert!(outcome.reason.as_deref().unwrap().contains(why), "{:?}", outcome.reason);
        assert!(outcome.report.is_none());
    }
}
