//! Whatever is drawn over whatever on a page becomes a document, in bounded time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{fence, marks};
use nianbao_read::limits::Limits;
use nianbao_read::read;

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    let file = marks::file(bytes);
    let Some(Ok(document)) = fence::within(|| read(&file, &Limits::default())) else { return };
    fence::keeps_its_rules(&document);
});
