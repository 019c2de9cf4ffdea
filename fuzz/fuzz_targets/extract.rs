//! Any document goes through extraction, place and checks; every cell lies on its form.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nianbao_report::check::across::Features;
use nianbao_report::{Knowledge, examine};
use nianbao_fuzz::fence;
use nianbao_report::finding::Settings;
use nianbao_read as read;
use nianbao_read::limits::Limits;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(Settings::default()).unwrap());

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    let knowledge = &*KNOWLEDGE;
    let Some(Ok(document)) = fence::within(|| read::read(bytes, &Limits::default())) else { return };
    let Some(examined) = examine(knowledge, &document, "宁夏/2023/x.txt") else { return };
    let report = &examined.report;
    for cell in &report.tables.cells {
        let table = &knowledge.forms.editions[cell.edition].tables[cell.key.table];
        assert!(table.rows[cell.key.row].columns.contains(&cell.key.column));
    }
    let mut keys: Vec<_> = report.tables.cells.iter().map(|c| (c.edition, c.key)).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(all, keys.len(), "a cell stated twice");
    let _ = Features::of(&knowledge.forms, &knowledge.settings.thresholds, report);
});
