//! CPU time per stage over the files of a folder, on one thread: `stages DIR`. Where a slow run loses its time.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for developers"
)]

use std::time::{Duration, Instant};

use nianbao_dataset::Record;
use nianbao_dataset::archive::Source;
use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_report::check::across::Features;
use nianbao_report::extract::{Extracted, extract};
use nianbao_report::finding::Settings;
use nianbao_report::{Knowledge, examine};

fn main() -> anyhow::Result<()> {
    let root = std::env::args_os().nth(1).ok_or_else(|| anyhow::anyhow!("usage: stages DIR"))?;
    let source = Source::new(root.as_ref(), &[], &[])?;
    let knowledge = Knowledge::load(Settings::default())?;
    let mut spent = [Duration::ZERO; 7];
    let mut files = 0;
    for listed in source.walk() {
        let mut at = Instant::now();
        let mut lap = |stage: usize| {
            spent[stage] += at.elapsed();
            at = Instant::now();
        };
        let bytes = std::fs::read(&listed.path)?;
        lap(0);
        assert!(bytes.is_empty() || !read::decode(&bytes).encoding.is_empty());
        lap(1);
        let Ok(document) = read::read(&bytes, &Limits::default()) else { continue };
        lap(2);
        // Twice: alone, and with places, bodies, mentions and checks, of which the difference is the cost.
        let alone = extract(&knowledge.forms, &knowledge.index, &document, &listed.name);
        assert!(matches!(alone, Extracted::Report(_) | Extracted::NotAReport));
        drop(alone);
        lap(6);
        let Some(examined) = examine(&knowledge, &document, &listed.name) else { continue };
        lap(3);
        let features = Features::of(&knowledge.forms, &knowledge.settings.thresholds, &examined.report);
        lap(4);
        assert!(features.cells > 0);
        let record = Record::new(&knowledge.forms, &examined, ("", &listed.name, "text"));
        let encoded = postcard::to_stdvec(&record)?;
        lap(5);
        assert!(!encoded.is_empty());
        files += 1;
    }
    for (name, time) in
        ["file", "decode", "read (decode included)", "extract, place, check", "features", "record", "extract alone"]
            .iter()
            .zip(spent)
    {
        println!("{name:<24} {:>8.1} µs/file", time.as_secs_f64() * 1e6 / f64::from(files));
    }
    Ok(())
}
