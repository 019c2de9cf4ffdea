//! Scans with known truth, read by the models: no figure is wrong, and few are missing.
//!
//! `make test-ocr` makes the scans and fetches the models. Variables: `NIANBAO_OCR_MODELS` and `NIANBAO_SCANS` (folders),
//! `NIANBAO_SCANS_ONLY` (part of a name), `NIANBAO_SCANS_LEAST` (share of the figures that must be found), `NIANBAO_SCANS_TOLD`
//! (print what was not found).
#![cfg(feature = "ocr")]
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;
use std::env::{var, var_os};
use std::path::Path;
use std::time::{Duration, Instant};

use nianbao_document::Document;
use nianbao_read::limits::Limits;
use nianbao_read::{Ocr, read_with};
use nianbao_report::finding::Settings;
use nianbao_report::{Knowledge, examine_all};

type Key = (String, String, String);
/// Of each cell its figure; none where a blank is printed.
type Truth = BTreeMap<Key, Option<f64>>;

/// Figures of one file or of many.
#[derive(Default)]
struct Tally {
    right: usize,
    null: usize,
    missing: usize,
    wrong: Vec<String>,
    of: usize,
    /// Figures that both models read alike, and those of them that are printed otherwise.
    alike: usize,
    alike_wrong: Vec<String>,
}

#[test]
fn no_figure_is_wrong() {
    let (Some(models), Some(folder)) = (var_os("NIANBAO_OCR_MODELS"), var_os("NIANBAO_SCANS")) else {
        eprintln!("skipped: NIANBAO_OCR_MODELS and NIANBAO_SCANS are not set; `make test-ocr` sets them");
        return;
    };
    let ocr = Ocr::models(Path::new(&models)).unwrap();
    let only = var("NIANBAO_SCANS_ONLY").unwrap_or_default();
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let limits = Limits { time: Duration::from_secs(600), ..Limits::default() };
    let mut sum = Tally::default();
    for (name, truth) in truth(Path::new(&folder)).iter().filter(|(name, _)| name.contains(&only)) {
        let bytes = std::fs::read(Path::new(&folder).join(name)).unwrap();
        let start = Instant::now();
        let read = read_with(&bytes, &limits, Some(&ocr));
        let took = start.elapsed().as_secs_f64();
        let (tally, pages) = match read {
            Ok(document) => (compare(&knowledge, &document, name, truth), document.pages.len()),
            Err(refusal) => {
                println!("{name}: {}", refusal.fault);
                let of = truth.values().flatten().count();
                (Tally { missing: of, of, ..Tally::default() }, 0)
            }
        };
        println!("{name}: {}; {pages} pages in {took:.1} s", tally.told());
        sum.right += tally.right;
        sum.null += tally.null;
        sum.missing += tally.missing;
        sum.of += tally.of;
        sum.alike += tally.alike;
        sum.alike_wrong.extend(tally.alike_wrong.into_iter().map(|wrong| format!("{name} {wrong}")));
        sum.wrong.extend(tally.wrong.into_iter().map(|wrong| format!("{name} {wrong}")));
    }
    println!("{}", sum.told());
    println!(
        "read alike by both models: {}, of these wrongly {}: {:#?}",
        sum.alike,
        sum.alike_wrong.len(),
        sum.alike_wrong
    );
    assert!(sum.of > 0, "no scan was read");
    assert!(sum.wrong.is_empty(), "{:#?}", sum.wrong);
    let least = var("NIANBAO_SCANS_LEAST").ok().and_then(|least| least.parse().ok()).unwrap_or(0.0);
    assert!(sum.right as f64 >= least * sum.of as f64, "{} of {} figures", sum.right, sum.of);
}

impl Tally {
    fn told(&self) -> String {
        let Self { right, null, missing, wrong, of, .. } = self;
        format!("{right} right, {null} null, {missing} missing, {} wrong of {of}", wrong.len())
    }
}

/// What was read beside what is printed.
fn compare(knowledge: &Knowledge, document: &Document, name: &str, truth: &Truth) -> Tally {
    let told = var_os("NIANBAO_SCANS_TOLD").is_some();
    if told {
        println!("{}", document.arena());
    }
    let mut cells: BTreeMap<Key, (Option<f64>, String)> = BTreeMap::new();
    for examined in examine_all(knowledge, document, name) {
        let identity = &examined.report.identity;
        println!("  {:?} {:?} {:?}", identity.title, identity.agency, identity.year);
        for cell in examined.report.tables.cells {
            let table = &knowledge.forms.editions[cell.edition].tables[cell.key.table];
            let (row, column) = (&table.rows[cell.key.row], &table.columns[cell.key.column]);
            cells.insert((table.code.clone(), row.code.clone(), column.code.clone()), (cell.value, cell.raw));
        }
        for finding in examined.report.findings.iter().filter(|_| told) {
            println!("  {} {:?} {:?} {}", finding.rule.id(), finding.table, finding.row, finding.detail);
        }
    }
    let mut tally = Tally { of: truth.values().flatten().count(), ..Tally::default() };
    for (key, (value, raw)) in cells.iter().filter(|(_, (value, _))| value.is_some()) {
        if truth.get(key).is_none_or(|printed| printed != value) {
            tally.wrong.push(format!("{key:?} {value:?} ({raw:?}) for {:?}", truth.get(key)));
        }
    }
    for (key, (_, raw)) in &cells {
        let Some(read) = alike(raw) else { continue };
        tally.alike += 1;
        if truth.get(key).copied().flatten() != Some(read) {
            tally.alike_wrong.push(format!("{key:?} {raw:?} for {:?}", truth.get(key)));
        }
    }
    for (key, printed) in truth.iter().filter_map(|(key, printed)| Some((key, (*printed)?))) {
        match cells.get(key) {
            Some((Some(value), _)) => tally.right += usize::from(*value == printed),
            Some((None, raw)) => {
                tally.null += 1;
                if told {
                    println!("  null {key:?} {printed} {raw:?}");
                }
            }
            None => {
                tally.missing += 1;
                if told {
                    println!("  missing {key:?} {printed}");
                }
            }
        }
    }
    tally
}

/// The figure that both models read, before any sum was asked.
fn alike(raw: &str) -> Option<f64> {
    let read = match raw.split_once('?') {
        Some((one, two)) if one == two => one,
        Some(_) => return None,
        None => raw,
    };
    let bare: String = read.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_end_matches('元').replace('增', "").replace('减', "-");
    bare.trim_start_matches('+').parse().ok()
}

fn truth(folder: &Path) -> BTreeMap<String, Truth> {
    let mut truth: BTreeMap<String, Truth> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("expected.csv")).unwrap().lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [file, table, row, column, value] = fields.as_slice() else { continue };
        let key = ((*table).to_owned(), (*row).to_owned(), (*column).to_owned());
        truth.entry((*file).to_owned()).or_default().insert(key, value.parse().ok());
    }
    truth
}
