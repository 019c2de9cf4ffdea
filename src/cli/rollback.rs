//! `nianbao rollback`.

use std::path::PathBuf;

use anyhow::Result;

use super::console::{Exit, print};
use nianbao_dataset::rollback;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Dataset folder
    dataset: PathBuf,
    /// Name of the release to point at; the one before the current by default
    version: Option<String>,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let (from, to) = rollback(&args.dataset, args.version.as_deref())?;
    print(&format!("current   {to} (was {from}, which stays)"))?;
    print("summaries are those of the run before: write them again with `nianbao summary`")?;
    Ok(Exit::Done)
}
