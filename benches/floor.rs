//! The floor: walks, reads and decodes the files of a folder with rayon, and does nothing else.
//!
//! `floor DIR [THREADS]` prints files, bytes and characters. `make bench` sets a run's CPU seconds against it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for developers"
)]

use rayon::prelude::*;

use nianbao_dataset::archive::Source;
use nianbao_read::decode;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args_os().skip(1);
    let root = args.next().ok_or_else(|| anyhow::anyhow!("usage: floor DIR [THREADS]"))?;
    let threads = args.next().and_then(|t| t.to_string_lossy().parse().ok()).unwrap_or(0);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let source = Source::new(root.as_ref(), &[], &[])?;
    let files: Vec<_> = source.walk().collect();
    let (bytes, characters) = files
        .par_iter()
        .map(|f| {
            let bytes = std::fs::read(&f.path).unwrap_or_default();
            (bytes.len() as u64, decode(&bytes).text.len() as u64)
        })
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!("{} files, {bytes} bytes, {characters} decoded", files.len());
    Ok(())
}
