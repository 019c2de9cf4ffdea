//! Every layout class crossed with every encoding, and the traditional mirrors: the cells that the layout preserves.

use nianbao_testing::Bench;
use nianbao_testing::encode::Stored;
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::{Edition, Profile, Report, Rng};

#[test]
fn every_layout_in_every_encoding() {
    let bench = Bench::new();
    let mut problems = Vec::new();
    let (mut right, mut lossy) = (0, 0);
    let stored = [
        Stored::Utf8,
        Stored::Utf8Bom,
        Stored::Utf16Le,
        Stored::Utf16Be,
        Stored::Utf16LeNoBom,
        Stored::Gb18030,
        Stored::Big5,
        Stored::TraditionalReadings,
    ];
    for edition in Edition::ALL {
        for layout in Layout::for_edition(edition) {
            for (n, stored) in stored.into_iter().enumerate() {
                let mut rng = Rng::new(77 + n as u64);
                let report = Report::random(&mut rng, edition, &Profile::Distinct);
                let rendered = render(&report, layout, &mut rng);
                let found =
                    bench.report(&stored.bytes(&rendered.text), "x.txt").map(|r| bench.cells(&r)).unwrap_or_default();
                let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs().max(1.0);
                for cell in found.iter().filter(|c| c.value.is_some()) {
                    let truth = report.cell(&cell.table, &cell.row, &cell.column).and_then(|t| t.value);
                    if !truth.zip(cell.value).is_some_and(|(t, v)| close(v, t)) {
                        problems
                            .push(format!("{edition:?} {} {stored:?}: wrong {cell:?}, truth {truth:?}", layout.name()));
                    }
                }
                for truth in &rendered.preserved {
                    let cell =
                        found.iter().find(|c| c.table == truth.table && c.row == truth.row && c.column == truth.column);
                    let same = cell.is_some_and(|c| match (c.value, truth.value) {
                        (Some(a), Some(b)) => close(a, b),
                        (None, None) => true,
                        _ => false,
                    });
                    if same {
                        right += 1;
                    } else if stored == Stored::Big5 {
                        // Characters that Big5 lacks are gone from the page: labels are damaged, values are not.
                        lossy += 1;
                    } else {
                        problems.push(format!("{edition:?} {} {stored:?}: {truth:?} read as {cell:?}", layout.name()));
                    }
                }
            }
        }
    }
    assert!(
        problems.is_empty(),
        "{right} right, {} problems:\n{}",
        problems.len(),
        problems[..problems.len().min(12)].join("\n")
    );
    assert!(right > 50_000 && lossy * 500 < right, "{right} right, {lossy} lost with characters that Big5 lacks");
}

#[test]
fn a_meta_that_lies() {
    let bench = Bench::new();
    let mut rng = Rng::new(5);
    let report = Report::random(&mut rng, Edition::E2021, &Profile::Distinct);
    let rendered = render(&report, Layout::HtmlGrid, &mut rng);
    for (stored, meta) in [
        (Stored::Gb18030, "utf-8"),
        (Stored::Gb18030, "big5"),
        (Stored::Utf8, "gb2312"),
        (Stored::Utf8, "iso-8859-1"),
        (Stored::Gb18030, "iso-8859-1"),
        (Stored::Utf16Le, "utf-8"),
    ] {
        let page = format!("<meta charset=\"{meta}\">{}", rendered.text);
        let found = bench.cells(&bench.report(&stored.bytes(&page), "x.html").unwrap());
        let right = rendered.preserved.iter().filter(|t| {
            found.iter().any(|c| {
                (c.table.as_str(), c.row.as_str(), c.column.as_str()) == (t.table, t.row, t.column)
                    && c.value == t.value
            })
        });
        assert_eq!(right.count(), rendered.preserved.len(), "{stored:?} as {meta}");
    }
}
