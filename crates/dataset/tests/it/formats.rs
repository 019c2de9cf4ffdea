//! Every format of the archive: documents made by programs that share no code with the readers (`tests/formats/make.py`),
//! compared cell by cell with what was filled in.
//!
//! A small set is committed in `tests/data/formats`; `NIANBAO_FORMATS` names a folder with the whole suite
//! (`make test-formats`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nianbao_dataset::{Bounds, FileFacts, read_bytes};
use nianbao_dataset::{Found, Record};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use rayon::prelude::*;

type Key = (String, String, String);

/// What was filled in: cells by file; an empty value is a printed blank.
fn expected(folder: &Path) -> BTreeMap<String, BTreeMap<Key, Option<f64>>> {
    let mut files: BTreeMap<String, BTreeMap<Key, Option<f64>>> = BTreeMap::new();
    for row in csv::Reader::from_path(folder.join("expected.csv")).unwrap().records() {
        let row = row.unwrap();
        let value = (!row[4].is_empty()).then(|| row[4].parse().unwrap());
        let key = (row[1].to_owned(), row[2].to_owned(), row[3].to_owned());
        files.entry(row[0].to_owned()).or_default().insert(key, value);
    }
    files
}

/// What became of a file: its status and reason, and its cells.
struct Read {
    name: String,
    status: String,
    cells: BTreeMap<Key, (Option<f64>, String)>,
}

fn read(knowledge: &Knowledge, name: &str, bytes: &[u8]) -> Vec<Read> {
    let start = FileFacts::named(name);
    let outcomes = read_bytes(knowledge, start, bytes, &Bounds::default());
    outcomes
        .into_iter()
        .map(|outcome| {
            let mut cells = BTreeMap::new();
            if let Some(Found { record: encoded, .. }) = &outcome.report {
                let record: Record<'_> = postcard::from_bytes(encoded).unwrap();
                for cell in &record.cells {
                    let table = &knowledge.forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
                    let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
                    let key = (table.code.clone(), row.code.clone(), column.code.clone());
                    cells.insert(key, (cell.value, cell.raw.to_owned()));
                }
            }
            let status = format!("{} {}", outcome.facts.status.code(), outcome.facts.reason.as_deref().unwrap_or(""));
            Read { name: outcome.facts.source_path, status: status.trim().to_owned(), cells }
        })
        .collect()
}

/// Wrong cells, and expected ones that are missing. A null that claims a blank where a figure stands is wrong; one that
/// says it could not be read is missing.
fn compare(truth: &BTreeMap<Key, Option<f64>>, read: &Read) -> (Vec<String>, Vec<String>) {
    let (mut wrong, mut missing) = (Vec::new(), Vec::new());
    let shown = |key: &Key| format!("{}.{}.{}", key.0, key.1, key.2);
    for (key, (value, raw)) in &read.cells {
        let right = match (truth.get(key), value) {
            (Some(Some(t)), Some(v)) => (t - v).abs() < 1e-6 * t.abs().max(1.0),
            (Some(Some(_)), None) => raw.chars().any(|c| c.is_ascii_digit()),
            (Some(None), None) => true,
            (Some(None), Some(_)) | (None, _) => false,
        };
        if !right {
            wrong.push(format!("{} = {value:?} ({raw:?}), truth {:?}", shown(key), truth.get(key)));
        }
    }
    for (key, value) in truth {
        if read.cells.get(key).is_none_or(|(v, _)| v.is_some() != value.is_some()) {
            missing.push(shown(key));
        }
    }
    (wrong, missing)
}

/// How a case went: cells right, expected and missing, and what is wrong.
#[derive(Default)]
struct Tally {
    right: usize,
    of: usize,
    lost: usize,
    failures: Vec<String>,
}

fn suite(folder: &Path) {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let truth = expected(folder);
    let nothing = BTreeMap::new();
    let cases: Vec<csv::StringRecord> =
        csv::Reader::from_path(folder.join("cases.csv")).unwrap().records().map(Result::unwrap).collect();
    assert!(cases.len() >= 20, "{} cases in {}", cases.len(), folder.display());
    let results: Vec<Tally> = cases
        .par_iter()
        .map(|case| {
            let (file, must) = (&case[0], &case[2]);
            // Of an archive the case names the member.
            let outer = file.split("!/").next().unwrap();
            let reads = read(&knowledge, outer, &fs::read(folder.join(outer)).unwrap());
            let mut tally = Tally::default();
            for read in reads.iter().filter(|r| r.name == *file || outer == file) {
                // A damaged archive may have lost the path of a member that it still holds.
                let base = |name: &str| name.rsplit(['/', '!']).next().unwrap_or("").to_owned();
                let same = || truth.iter().find(|(n, _)| n.starts_with(outer) && base(n) == base(&read.name));
                let truth = truth.get(&read.name).or_else(|| same().map(|(_, t)| t)).unwrap_or(&nothing);
                let (wrong, missing) = compare(truth, read);
                tally.of += truth.len();
                tally.right += truth.len() - missing.len();
                tally.lost += missing.len();
                let status = read.status.split(' ').next().unwrap();
                let complete = must != "all" || missing.is_empty() && (truth.is_empty() || status == "report");
                let as_told = !["needs_ocr", "unreadable"].contains(&must) || status == must && read.cells.is_empty();
                if !wrong.is_empty() || !complete || !as_told {
                    tally.failures.push(format!(
                        "{} ({must}): {}; {} wrong {:?}; {} of {} missing {:?}",
                        read.name,
                        read.status,
                        wrong.len(),
                        wrong.iter().take(4).collect::<Vec<_>>(),
                        missing.len(),
                        truth.len(),
                        missing.iter().take(6).collect::<Vec<_>>()
                    ));
                }
            }
            tally
        })
        .collect();
    let sum = |of: fn(&Tally) -> usize| results.iter().map(of).sum::<usize>();
    println!(
        "{} cases: {} of {} cells right, {} missing",
        cases.len(),
        sum(|t| t.right),
        sum(|t| t.of),
        sum(|t| t.lost)
    );
    let failures: Vec<&String> = results.iter().flat_map(|t| &t.failures).collect();
    for failure in &failures {
        println!("{failure}");
    }
    assert!(failures.is_empty(), "{} of {} cases failed", failures.len(), cases.len());
}

#[test]
fn the_committed_set() {
    suite(&nianbao_testing::root().join("tests/data/formats"));
}

#[test]
fn the_whole_suite() {
    match std::env::var_os("NIANBAO_FORMATS") {
        Some(folder) => suite(Path::new(&folder)),
        None => eprintln!("skipped: NIANBAO_FORMATS is not set; `make test-formats` makes the suite and runs this"),
    }
}
