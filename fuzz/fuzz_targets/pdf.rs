//! Any bytes behind the header of a PDF become a document or a refusal, and what was read can be examined.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nianbao_report::{Knowledge, examine};
use nianbao_fuzz::fence;
use nianbao_report::finding::Settings;
use nianbao_read as read;
use nianbao_read::limits::Limits;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(Settings::default()).unwrap());

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    let headed = if bytes.starts_with(b"%PDF-") { bytes.to_vec() } else { [b"%PDF-1.7\n", bytes].concat() };
    let Some(Ok(document)) = fence::within(|| read::read(&headed, &Limits::default())) else { return };
    fence::keeps_its_rules(&document);
    let _ = examine(&KNOWLEDGE, &document, "宁夏/2023/x.pdf");
});
