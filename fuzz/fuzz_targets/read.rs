//! Any bytes become a document or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::fence;
use nianbao_read as read;
use nianbao_read::limits::Limits;

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    if let Some(Ok(document)) = fence::within(|| read::read(bytes, &Limits::default())) {
        fence::keeps_its_rules(&document);
    }
});
