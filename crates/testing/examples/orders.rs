//! Writes documents of the orders suite: `orders FOLDER [PART-OF-THE-NAME]`, with `expected.csv`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use nianbao_testing::orders::{make, specs};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let part = std::env::args().nth(2).unwrap_or_default();
    let mixed = std::env::args().nth(3).and_then(|n| n.parse().ok()).unwrap_or(1200);
    std::fs::create_dir_all(&folder).unwrap();
    let mut expected = String::from("source_path,table,row,column,value,must,part\n");
    let (start, mut count) = (Instant::now(), 0);
    for spec in specs(mixed).into_iter().filter(|s| s.name().contains(&part)) {
        let made = make(spec);
        std::fs::write(folder.join(&made.name), &made.bytes).unwrap();
        for (i, claims) in made.reports.iter().enumerate() {
            for ((table, row, column), claim) in claims {
                let value = claim.value.map_or(String::new(), |v| v.to_string());
                let must = u8::from(claim.must);
                let _ = writeln!(expected, "{},{table},{row},{column},{value},{must},{}", made.name, i + 1);
            }
        }
        count += 1;
    }
    std::fs::write(folder.join("expected.csv"), expected).unwrap();
    println!("{count} documents in {:?}", start.elapsed());
}
