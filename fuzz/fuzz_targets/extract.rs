//! Any document goes through extraction, place and checks; every cell lies on its form.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::extract::{Extracted, Index, extract};
use nianbao_fuzz::form::{Forms, load};
use nianbao_fuzz::region::{Gazetteer, resolve};
use nianbao_fuzz::{check, read};

static TOOLS: LazyLock<(Forms, Index, Gazetteer)> = LazyLock::new(|| {
    let forms = load().unwrap();
    let index = Index::new(&forms);
    (forms, index, Gazetteer::load().unwrap())
});

fuzz_target!(|bytes: &[u8]| {
    let (forms, index, gazetteer) = &*TOOLS;
    let Ok(reading) = read::read(bytes) else { return };
    let Extracted::Report(mut report) = extract(forms, index, &reading.document, "宁夏/2023/x.txt") else { return };
    for cell in &report.tables.cells {
        let table = &forms.editions[cell.edition].tables[cell.key.table];
        assert!(table.rows[cell.key.row].columns.contains(&cell.key.column));
    }
    let mut keys: Vec<_> = report.tables.cells.iter().map(|c| (c.edition, c.key)).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(all, keys.len(), "a cell stated twice");
    let id = &report.identity;
    let _ = resolve(gazetteer, id.agency.as_deref(), id.title.as_deref(), "宁夏/2023/x.txt", id.year);
    check::check(forms, &mut report);
});
