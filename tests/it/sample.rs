//! The sample archive: it is what the generator makes, and every cell it states is read.
//!
//! `NIANBAO_REGENERATE=1 cargo test --release --test it sample::` writes it again.

use std::fs;
use std::path::Path;

use nianbao_testing::Bench;

/// Documents of the format suite that the sample holds too, under names that tell nothing; `tests/formats.rs` checks their
/// cells.
const FORMATS: &[&str] = &[
    "docx-plain-2021.docx",
    "doc-lo-2021.doc",
    "odt-lo-2021.odt",
    "ods-lo-2021.ods",
    "xlsx-one-2021.xlsx",
    "xls-one-2021.xls",
    "pdf-stsong-2021.pdf",
    "pdf-heads-2021.pdf",
    "pdf-scan.pdf",
    "ofd-ctm.ofd",
    "mhtml-utf8.mhtml",
    "zip-gbk.zip",
];

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")
}

fn suite() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats")
}

#[test]
fn the_sample_is_what_the_generator_makes() {
    let files = nianbao_testing::sample::files();
    assert!(files.len() >= 30, "{} files", files.len());
    if std::env::var_os("NIANBAO_REGENERATE").is_some() {
        let _ = fs::remove_dir_all(root().join("archive"));
        for file in &files {
            let path = root().join("archive").join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.bytes).unwrap();
        }
        fs::write(root().join("expected.csv"), nianbao_testing::sample::expected_csv(&files)).unwrap();
        let folder = root().join("archive/各种格式");
        fs::create_dir_all(&folder).unwrap();
        for name in FORMATS {
            fs::copy(suite().join(name), folder.join(name)).unwrap();
        }
    }
    for name in FORMATS {
        let stored = fs::read(root().join("archive/各种格式").join(name)).unwrap_or_default();
        assert!(stored == fs::read(suite().join(name)).unwrap(), "{name} differs");
    }
    for file in &files {
        let stored = fs::read(root().join("archive").join(&file.path)).unwrap_or_default();
        assert!(
            stored == file.bytes,
            "{} differs; run NIANBAO_REGENERATE=1 cargo test --release --test it sample::",
            file.path
        );
    }
    assert_eq!(fs::read_to_string(root().join("expected.csv")).unwrap(), nianbao_testing::sample::expected_csv(&files));
}

#[test]
fn every_cell_of_the_sample() {
    let bench = Bench::new();
    let mut problems = Vec::new();
    let mut right = 0;
    for file in nianbao_testing::sample::files() {
        let Some(report) = bench.report(&file.bytes, &file.path) else {
            if !file.expected.is_empty() {
                problems.push(format!("{}: not read", file.path));
            }
            continue;
        };
        let cells = bench.cells(&report);
        for truth in &file.expected {
            let found = cells.iter().find(|c| c.table == truth.table && c.row == truth.row && c.column == truth.column);
            let same = |c: &&nianbao_testing::Cell| match (c.value, truth.value) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * b.abs().max(1.0),
                (None, None) => true,
                _ => false,
            };
            if found.filter(same).is_some() {
                right += 1;
            } else {
                problems.push(format!("{}: {truth:?} read as {found:?}", file.path));
            }
        }
        for cell in cells.iter().filter(|c| c.value.is_some()) {
            let truth = file.report.cell(&cell.table, &cell.row, &cell.column).and_then(|t| t.value);
            if !truth.is_some_and(|t| (t - cell.value.unwrap_or(f64::NAN)).abs() <= 1e-6 * t.abs().max(1.0)) {
                problems.push(format!("{}: wrong {cell:?}, truth {truth:?}", file.path));
            }
        }
    }
    assert!(
        problems.is_empty(),
        "{right} right; {} problems:\n{}",
        problems.len(),
        problems[..problems.len().min(20)].join("\n")
    );
    assert!(right > 4000, "{right}");
}
