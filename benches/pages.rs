//! Reads files again and again, and says how many pages that were: for `formats.py`, which measures the processor time.
#![allow(clippy::print_stdout, reason = "a benchmark")]

use nianbao_read::limits::Limits;
use nianbao_read::read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().ok_or("usage: pages ROUNDS FILE...")?.parse()?;
    let files = arguments.map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let (mut pages, mut grids, mut unread) = (0, 0, 0);
    for _ in 0..rounds {
        for bytes in &files {
            match read(bytes, &Limits::default()) {
                Ok(document) => {
                    pages += document.pages.len().max(1);
                    let is_grid = |b: &&nianbao_document::Block| matches!(b, nianbao_document::Block::Grid(_));
                    grids += document.blocks.iter().filter(is_grid).count();
                }
                Err(_) => unread += 1,
            }
        }
    }
    println!("{pages} {grids} {unread}");
    Ok(())
}
