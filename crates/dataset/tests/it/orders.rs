//! The orders suite of `nianbao_testing::orders`: heads in any order, extra and missing columns, tables that stand twice,
//! labels, words of heads and blanks, in every layout and format. No figure may be wrong, and where the page states its
//! heads nearly all must be found.
//!
//! A sample runs with all tests; `NIANBAO_ORDERS=all` runs the whole suite (`make test-hostile`), a text the documents
//! whose name holds it; `NIANBAO_ORDERS_DUMP` names a folder for the documents that fail and the list of what is wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use nianbao_dataset::{Bounds, FileFacts, Found, Record, read_bytes};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use nianbao_testing::orders::kinds::{Dimension, Spec};
use nianbao_testing::orders::{Claims, Made, make, specs};
use rayon::prelude::*;

/// A cell that was read: its value and what was printed.
type Cells = BTreeMap<(String, String, String), (Option<f64>, String)>;

/// Documents of the whole suite that a plain test run reads one of.
const EVERY: usize = 16;
/// Documents of the whole suite with several oddities at once.
const MIXED: usize = 1200;

/// What holds today: of a thousand documents so many may have a wrong figure, and of a hundred cells so many must be found.
/// The aim is 0 and 99.
const WRONG: usize = 0;
const FOUND: usize = 85;

fn read(knowledge: &Knowledge, name: &str, bytes: &[u8]) -> Vec<Cells> {
    let outcomes = read_bytes(knowledge, FileFacts::named(name), bytes, &Bounds::default());
    let cells = |found: &Found| {
        let record: Record<'_> = postcard::from_bytes(&found.record).unwrap();
        let cell = |cell: &nianbao_dataset::record::CellRecord<'_>| {
            let table = &knowledge.forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
            let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
            ((table.code.clone(), row.code.clone(), column.code.clone()), (cell.value, cell.raw.to_owned()))
        };
        record.cells.iter().map(cell).collect()
    };
    outcomes.iter().filter_map(|o| o.report.as_ref()).map(cells).collect()
}

/// How a document went.
#[derive(Default)]
struct Tally {
    must: usize,
    found: usize,
    wrong: Vec<String>,
    missing: Vec<String>,
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}

fn compare(claims: &Claims, cells: &Cells, tally: &mut Tally) {
    for ((table, row, column), (value, raw)) in cells {
        let claim = claims.iter().find(|(k, _)| k.0 == table && k.1 == row && k.2 == column).map(|(_, c)| c);
        let right = match (claim.map(|c| c.value), value) {
            (Some(Some(t)), Some(v)) => close(*v, t),
            // A figure that could not be read is a null; one that is said to be blank must be blank.
            (Some(Some(_)), None) => !raw.trim().is_empty() && raw.chars().any(char::is_numeric),
            (Some(None) | None, None) => true,
            (Some(None) | None, Some(_)) => false,
        };
        if !right {
            let truth = claim.map(|c| c.value);
            tally.wrong.push(format!("{table}.{row}.{column} = {value:?} ({raw:?}), truth {truth:?}"));
        }
    }
    for ((table, row, column), claim) in claims.iter().filter(|(_, c)| c.must) {
        let cell = cells.iter().find(|(k, _)| k.0 == *table && k.1 == *row && k.2 == *column).map(|(_, c)| c);
        let found = cell.is_some_and(|(value, _)| value.is_some() == claim.value.is_some());
        tally.must += 1;
        tally.found += usize::from(found);
        if !found {
            tally.missing.push(format!("{table}.{row}.{column} {:?}", claim.value));
        }
    }
}

fn run(knowledge: &Knowledge, made: &Made) -> Tally {
    let mut tally = Tally::default();
    let reports = read(knowledge, &made.name, &made.bytes);
    let none = (Claims::new(), Cells::new());
    for i in 0..reports.len().max(made.reports.len()) {
        // An older report in a file is one of its own where it is read as one, and nothing where it is not.
        let beside = i > 0 && made.spec.is(Dimension::Twice, &["older-report"]) && i >= reports.len();
        if beside {
            continue;
        }
        let (claims, cells) = (made.reports.get(i).unwrap_or(&none.0), reports.get(i).unwrap_or(&none.1));
        compare(claims, cells, &mut tally);
    }
    tally
}

fn dump(folder: &Path, results: &[(Made, Tally)]) {
    let mut list = String::new();
    for (made, tally) in results.iter().filter(|(_, t)| !t.wrong.is_empty() || !t.missing.is_empty()) {
        let sort = if tally.wrong.is_empty() { "missing" } else { "wrong" };
        let home = folder.join(sort);
        std::fs::create_dir_all(&home).unwrap();
        let path = home.join(&made.name);
        std::fs::write(&path, &made.bytes).unwrap();
        let (layout, oddities) = (made.spec.layout, made.spec.oddities());
        let lines = if tally.wrong.is_empty() { &tally.missing } else { &tally.wrong };
        let _ = writeln!(
            list,
            "{sort}\t{}\t{oddities}\t{layout:?}\t{} wrong, {} of {} missing\t{}",
            path.display(),
            tally.wrong.len(),
            tally.missing.len(),
            tally.must,
            lines[..lines.len().min(3)].join("; ")
        );
    }
    std::fs::write(folder.join("list.tsv"), list).unwrap();
}

/// Found and stated cells and wrong ones, by what `key` says of a document.
fn by(results: &[(Made, Tally)], title: &str, key: impl Fn(&Made) -> String) {
    let mut sums: BTreeMap<String, (usize, usize, usize, usize)> = BTreeMap::new();
    for (made, tally) in results {
        let sum = sums.entry(key(made)).or_default();
        *sum = (sum.0 + 1, sum.1 + tally.found, sum.2 + tally.must, sum.3 + tally.wrong.len());
    }
    println!("{title}: documents, cells found of stated, wrong");
    for (name, (documents, found, must, wrong)) in sums {
        let share = found as f64 * 100.0 / must.max(1) as f64;
        println!("  {name:40} {documents:5} {found:8} / {must:8} {share:6.2} %  {wrong:6}");
    }
}

#[test]
fn every_order_in_every_layout() {
    let wish = std::env::var("NIANBAO_ORDERS").ok();
    let all = specs(MIXED);
    let count = all.len();
    let chosen = |(i, spec): &(usize, Spec)| match wish.as_deref() {
        None => i % EVERY == (i / EVERY) % EVERY,
        Some("all") => true,
        Some(part) => spec.name().contains(part),
    };
    let chosen: Vec<Spec> = all.into_iter().enumerate().filter(chosen).map(|(_, spec)| spec).collect();
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let read = |spec: Spec| {
        let made = make(spec);
        let tally = run(&knowledge, &made);
        (made, tally)
    };
    let results: Vec<(Made, Tally)> = chosen.into_par_iter().map(read).collect();
    if let Some(folder) = std::env::var_os("NIANBAO_ORDERS_DUMP") {
        dump(Path::new(&folder), &results);
    }
    by(&results, "layouts", |made| format!("{:?}", made.spec.layout));
    by(&results, "oddities", |made| {
        let odd = made.spec.oddities();
        if odd.contains('+') { "several".into() } else { format!("{} {odd}", made.spec.edition.code()) }
    });
    let sum = |of: fn(&Tally) -> usize| results.iter().map(|(_, t)| of(t)).sum::<usize>();
    let (wrong, found, must) = (sum(|t| t.wrong.len()), sum(|t| t.found), sum(|t| t.must));
    println!("{} of {count} documents: {found} of {must} cells found, {wrong} wrong", results.len());
    let failed: Vec<String> =
        results.iter().filter(|r| !r.1.wrong.is_empty()).map(|(m, t)| format!("{}: {}", m.name, t.wrong[0])).collect();
    println!("{} documents with wrong figures: {:#?}", failed.len(), &failed[..failed.len().min(40)]);
    assert!(failed.len() * 1000 <= results.len() * WRONG, "{} of {} documents", failed.len(), results.len());
    assert!(found * 100 >= must * FOUND, "{found} of {must} cells found");
}
