//! `nianbao dictionary`.

use anyhow::Result;

use super::console::{Exit, print};
use nianbao_dataset::dictionary;

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Md,
    Json,
    Csv,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Format
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let forms = nianbao_report::form::load()?;
    let text = match args.format {
        Format::Md => dictionary::markdown(&forms)?,
        Format::Json => dictionary::json(&forms)?,
        Format::Csv => dictionary::csv(&forms)?,
    };
    print(text.trim_end())?;
    Ok(Exit::Done)
}
