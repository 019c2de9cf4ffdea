//! `nianbao check`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;

use super::console::{Exit, print};
use nianbao_dataset::{resolve, verify};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Dataset folder (the one with `current`), or one release
    dataset: PathBuf,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let release = resolve(&args.dataset)?;
    let verified = verify::verify(&nianbao_report::form::load()?, &release)?;
    print(&format!("release   {}", release.display()))?;
    let rows: Vec<String> = verified.rows.iter().map(|(t, n)| format!("{n} {t}")).collect();
    print(&format!("files     {} data files, {}", verified.files, rows.join(", ")))?;
    for ((rule, severity), n) in &verified.findings {
        print(&format!("finding   {severity:<8} {rule:<20} {n}"))?;
    }
    for fault in &verified.faults {
        writeln!(std::io::stderr(), "fault     {fault}")?;
    }
    if verified.faults.is_empty() {
        print("dataset   whole: hashes, row counts, schema and keys agree")?;
        return Ok(Exit::Done);
    }
    anyhow::bail!(
        "{} faults in {}; publish it again with `nianbao run --full`",
        verified.faults.len(),
        release.display()
    )
}
