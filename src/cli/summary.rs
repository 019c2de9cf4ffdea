//! `nianbao summary`.

use std::path::PathBuf;

use anyhow::Result;

use super::console::{Exit, print};
use crate::explore::Explore;
use crate::page::Pages;
use crate::run::Pipeline;
use crate::summary::{Existing, Hears, Job, Only, Summaries, install, load, make, prepare};
use nianbao_dataset::{manifest, resolve};
use nianbao_report::Knowledge;

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
    let mut pipeline = Pipeline::load(&args.pipeline)?;
    if let Some(path) = &args.summaries {
        pipeline.summaries.get_or_insert_with(Summaries::default).path.clone_from(path);
    }
    if let Some(name) = &args.only {
        anyhow::ensure!(
            pipeline.summary.iter().any(|s| s.name == *name),
            "no summary is called {name}; the pipeline has: {}",
            pipeline.summary.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ")
        );
    }
    let knowledge = Knowledge::load(pipeline.checks.clone())?;
    // The others are not even planned: that takes longer than asking one.
    let wanted = pipeline.summary.iter().filter(|s| args.only.as_ref().is_none_or(|name| *name == s.name));
    let queries = load(&knowledge.forms, wanted)?;
    let release = resolve(&args.dataset)?;
    let listed = manifest(&release)?;
    let folder = match &pipeline.summaries {
        Some(summaries) => summaries.path.clone(),
        None => args.dataset.with_file_name("summaries"),
    };
    if let Some(province) = args.province {
        let known = province == 10 || knowledge.gazetteer.province_name(&province.to_string()).is_some();
        anyhow::ensure!(
            known,
            "no province has the code {province}: two digits of GB/T 2260, or 10 for national bodies"
        );
    }
    let cancel = super::stop::listen()?;
    prepare(&folder, true)?;
    let only = Only { province: args.province, year: args.year, name: args.only.clone() };
    let existing = Existing::none(&folder);
    let job =
        Job { knowledge: &knowledge, release: &release, files: &listed.files, existing: &existing, cancel: &cancel };
    let mut pages = pipeline.quality_page().filter(|_| only.all()).map(|url| Pages::begin(job, url));
    let mut explore = pipeline.explore().filter(|_| only.all()).map(|setting| Explore::begin(job, setting, &queries));
    let beside = pages.as_mut().and_then(Pages::beside);
    let hears = explore.as_mut().map(|e| -> &mut dyn Hears { e });
    let mut made = make(job, &queries, &only, beside, hears)?;
    if let Some(pages) = pages {
        made.extend(pages.end()?);
    }
    if let Some(explore) = explore {
        made.extend(explore.end()?);
    }
    install(&folder, &made, only.all())?;
    for file in made.iter().filter(|m| m.is_file()) {
        print(&folder.join(&file.path).display().to_string())?;
    }
    Ok(Exit::Done)
}
