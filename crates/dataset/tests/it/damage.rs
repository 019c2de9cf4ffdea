//! Damaged pages: every layout of every edition after each kind of damage of `nianbao_testing::generate::damage`. Not one value may come
//! out wrong, whatever is lost; how much is still found is printed.
//!
//! Damage hides figures, it must not make them lie: a null that is not printed blank is always allowed, and so is
//! anything missing. `DAMAGE_ROUNDS` sets the number of seeds, `DAMAGE_DUMP` writes the pages that fail.

use std::fmt::Write as _;

use nianbao_testing::generate::damage::{Damage, damage};
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::{Edition, Profile, Rendered, Report, Rng};
use nianbao_testing::{Bench, Cell};

/// What came of all pages of one kind of damage.
#[derive(Default)]
struct Tally {
    preserved: usize,
    found: usize,
    pages: usize,
    wrong: Vec<String>,
}

/// A wrong value, if the cell is one. A blank that damage left behind may be the rest of a figure in a cut file.
fn wrong(report: &Report, cell: &Cell, kind: Damage) -> Option<String> {
    let truth = report.cell(&cell.table, &cell.row, &cell.column);
    let right = match (truth, cell.value) {
        (Some(t), Some(v)) => t.value.is_some_and(|t| (v - t).abs() <= 1e-6 * t.abs().max(1.0)),
        (Some(t), None) => !cell.blank || t.value.is_none() || kind == Damage::TruncatedFile,
        (None, _) => false,
    };
    let key = format!("{}.{}.{}", cell.table, cell.row, cell.column);
    (!right).then(|| format!("{key} = {:?} ({:?}), truth {:?}", cell.value, cell.raw, truth.map(|t| (t.value, &t.raw))))
}

fn run(bench: &Bench, report: &Report, page: &Rendered, kind: Damage, tally: &mut Tally, name: &str) {
    let path = if page.html { "x.html" } else { "x.txt" };
    let cells = bench.report(page.text.as_bytes(), path).map(|r| bench.cells(&r)).unwrap_or_default();
    tally.pages += 1;
    tally.preserved += page.preserved.len();
    for truth in &page.preserved {
        let found = cells.iter().find(|c| c.table == truth.table && c.row == truth.row && c.column == truth.column);
        tally.found += usize::from(found.is_some_and(|c| c.value.is_some() == truth.value.is_some()));
    }
    let wrongs: Vec<String> = cells.iter().filter_map(|c| wrong(report, c, kind)).collect();
    if !wrongs.is_empty() {
        let mut note = name.to_owned();
        for w in wrongs.iter().take(3) {
            let _ = write!(note, "\n    {w}");
        }
        tally.wrong.push(note);
        if let Ok(dir) = std::env::var("DAMAGE_DUMP") {
            let file = format!("{dir}/{}.{}", name.replace(' ', "-"), if page.html { "html" } else { "txt" });
            std::fs::write(file, &page.text).unwrap();
        }
    }
}

#[test]
fn damage_never_makes_a_value_wrong() {
    let bench = Bench::new();
    let rounds: u64 = std::env::var("DAMAGE_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(3);
    let only = std::env::var("DAMAGE_ONLY").ok();
    let mut failed = 0;
    for kind in Damage::ALL {
        if only.as_deref().is_some_and(|o| format!("{kind:?}") != o) {
            continue;
        }
        let mut tally = Tally::default();
        for edition in Edition::ALL {
            for layout in Layout::for_edition(edition) {
                if layout == Layout::NoTables {
                    continue;
                }
                for profile in &Profile::ALL {
                    for round in 0..rounds {
                        let mut rng = Rng::new(round * 104_729 + 7);
                        let report = Report::random(&mut rng, edition, profile);
                        let rendered = render(&report, layout, &mut rng);
                        let page = damage(&rendered, kind, &mut rng);
                        let name = format!("{kind:?} {edition:?} {} {profile:?} {round}", layout.name());
                        run(&bench, &report, &page, kind, &mut tally, &name);
                    }
                }
            }
        }
        let rate = 100.0 * tally.found as f64 / tally.preserved.max(1) as f64;
        println!(
            "{kind:?}: {} pages, {:.2} % of {} cells found, {} pages with a wrong value",
            tally.pages,
            rate,
            tally.preserved,
            tally.wrong.len()
        );
        for note in tally.wrong.iter().take(12) {
            println!("  {note}");
        }
        failed += tally.wrong.len();
    }
    assert_eq!(failed, 0, "pages with a wrong value");
}
