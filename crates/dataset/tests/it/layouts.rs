//! Every layout class of `guide/variants.md` section 1, for every edition, by a generator that shares no code with the
//! extractor: all cells that the layout preserves, and not one wrong value anywhere.

use std::collections::BTreeMap;

use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::{Edition, Profile, Rendered, Report, Rng, Truth};
use nianbao_testing::{Bench, Cell};

/// Compares what was extracted with the truth: wrong values, and preserved cells that are missing.
fn compare(report: &Report, preserved: &[Truth], cells: &[Cell]) -> (Vec<String>, Vec<String>) {
    let key = |c: &Cell| format!("{}.{}.{}", c.table, c.row, c.column);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs().max(1.0);
    let mut wrong = Vec::new();
    for cell in cells {
        let truth = report.cell(&cell.table, &cell.row, &cell.column);
        let right = match (truth, cell.value) {
            (Some(t), Some(v)) => t.value.is_some_and(|t| close(v, t)),
            // An unreadable cell is a null; a blank one must be printed blank.
            (Some(t), None) => !cell.blank || t.value.is_none(),
            (None, _) => false,
        };
        if !right {
            wrong.push(format!(
                "{} = {:?} ({:?}), truth {:?}",
                key(cell),
                cell.value,
                cell.raw,
                truth.map(|t| (t.value, &t.raw))
            ));
        }
    }
    let mut missing = Vec::new();
    for truth in preserved {
        let found = cells.iter().find(|c| c.table == truth.table && c.row == truth.row && c.column == truth.column);
        let right = found.is_some_and(|c| match (c.value, truth.value) {
            (Some(a), Some(b)) => close(a, b),
            (None, None) => c.blank,
            _ => false,
        });
        if !right {
            missing.push(format!("{}.{}.{} {:?}", truth.table, truth.row, truth.column, truth.raw));
        }
    }
    (wrong, missing)
}

fn extension(rendered: &Rendered) -> &'static str {
    if rendered.html { "html" } else { "txt" }
}

fn run(bench: &Bench, report: &Report, rendered: &Rendered, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let path = format!("x.{}", extension(rendered));
    let cells = bench.report(bytes, &path).map(|r| bench.cells(&r)).unwrap_or_default();
    compare(report, &rendered.preserved, &cells)
}

#[test]
fn every_layout_of_every_edition() {
    let bench = Bench::new();
    let rounds: u64 = std::env::var("LAYOUT_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(6);
    let only = std::env::var("LAYOUT_ONLY").ok();
    let mut failures: BTreeMap<String, (usize, usize, usize, Vec<String>)> = BTreeMap::new();
    for edition in Edition::ALL {
        for layout in Layout::for_edition(edition) {
            if only.as_deref().is_some_and(|o| layout.name() != o) {
                continue;
            }
            for profile in &Profile::ALL {
                for round in 0..rounds {
                    let mut rng = Rng::new(round * 7919 + 13);
                    let report = Report::random(&mut rng, edition, profile);
                    let rendered = render(&report, layout, &mut rng);
                    let (wrong, missing) = run(&bench, &report, &rendered, rendered.text.as_bytes());
                    let entry = failures.entry(format!("{edition:?} {} {profile:?}", layout.name())).or_default();
                    entry.0 += rendered.preserved.len();
                    entry.1 += missing.len();
                    entry.2 += wrong.len();
                    if !(wrong.is_empty() && missing.is_empty()) {
                        entry.3.push(format!(
                            "  round {round}: wrong {:?}\n    missing {:?}",
                            &wrong[..wrong.len().min(4)],
                            &missing[..missing.len().min(4)]
                        ));
                        if let Ok(dir) = std::env::var("LAYOUT_DUMP") {
                            let name = format!(
                                "{dir}/{edition:?}-{}-{profile:?}-{round}.{}",
                                layout.name(),
                                extension(&rendered)
                            );
                            std::fs::write(name, &rendered.text).unwrap();
                        }
                    }
                }
            }
        }
    }
    let mut bad = 0;
    for (name, (preserved, missing, wrong, notes)) in &failures {
        if *missing + *wrong > 0 {
            bad += 1;
            println!("{name}: {missing} of {preserved} missing, {wrong} wrong");
            for note in notes.iter().take(2) {
                println!("{note}");
            }
        }
    }
    assert_eq!(bad, 0, "{bad} of {} combinations", failures.len());
}
