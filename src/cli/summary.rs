//! `nianbao summary`.

use std::path::PathBuf;

use anyhow::Result;

use super::{Exit, print};
use crate::check::Knowledge;
use crate::dataset::{manifest, resolve};
use crate::page;
use crate::pipeline::Pipeline;
use crate::summary::{Only, Standing, load, make, prepare, put};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Dataset folder
    dataset: PathBuf,
    /// Pipeline file that lists the summaries
    #[arg(long, default_value = "pipelines/nightly.toml")]
    pipeline: PathBuf,
    /// Folder of the summaries, instead of the pipeline's, or `summaries` beside the dataset
    #[arg(long, value_name = "DIR")]
    summaries: Option<PathBuf>,
    /// Only this province (two digits; 10 for national bodies)
    #[arg(long, value_name = "CODE")]
    province: Option<u8>,
    /// Only this report year
    #[arg(long, value_name = "Y")]
    year: Option<i32>,
    /// Only the summary of this name
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let pipeline = Pipeline::load(&args.pipeline)?;
    if let Some(name) = &args.only {
        anyhow::ensure!(
            pipeline.summary.iter().any(|s| s.name == *name),
            "no summary is called {name}; the pipeline has: {}",
            pipeline.summary.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ")
        );
    }
    let knowledge = Knowledge::load(pipeline.checks.clone())?;
    let queries = load(&knowledge.forms, &pipeline.summary)?;
    let release = resolve(&args.dataset)?;
    let listed = manifest(&release)?;
    let of_pipeline = pipeline.summaries.as_ref().map(|s| s.path.clone());
    let folder = args.summaries.clone().or(of_pipeline).unwrap_or_else(|| args.dataset.with_file_name("summaries"));
    prepare(&folder, true)?;
    let only = Only { province: args.province, year: args.year, name: args.only.clone() };
    let standing = Standing::none(&folder);
    let mut made = make(&knowledge, &release, &listed.files, &queries, &only, &standing)?;
    if let Some(page) = pipeline.summaries.as_ref().filter(|s| s.quality_page && only.all()) {
        made.extend(page::make(&knowledge, &release, &listed.files, page.archive_url.as_deref(), &standing)?);
    }
    put(&folder, &made, only.all())?;
    for file in made.iter().filter(|m| m.is_file()) {
        print(&folder.join(&file.path).display().to_string())?;
    }
    Ok(Exit::Done)
}
