//! Pipeline files: what to read, where to publish, which summaries to write.
//!
//! Owns the file as a whole and the sections of the run. What a stage is told stands with the stage, and is parsed here
//! with the rest: the summaries' in `summary::config`, the rules' in `nianbao_report`, the memory's and the limits' in `nianbao_dataset::stages`. Refuses
//! unknown keys: a misspelt limit must not go unnoticed.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use serde::Deserialize;

use crate::explore::Setting;
use crate::summary::{Summaries, Summary};
use nianbao_dataset::archive::Detect;
use nianbao_dataset::stages::budget::{Bytes, MEMORY, largest};
use nianbao_dataset::stages::report::{Guard, Limits};
use nianbao_dataset::stages::{Asked, MAX_FILE_SIZE, MAX_GONE, REHASH_NIGHTS};
use nianbao_dataset::{Bounds, Retention};
use nianbao_document::Cancel;
use nianbao_read::limits::Limits as ReadLimits;
use nianbao_read::{Commands, Ocr};
use nianbao_report::finding::Settings;

/// A pipeline file. Relative paths are relative to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// What to read.
    pub source: Source,
    /// Where to publish.
    pub dataset: Dataset,
    /// Where summaries go; beside the dataset by default.
    #[serde(default)]
    pub summaries: Option<Summaries>,
    /// What a run may take of the machine.
    #[serde(default)]
    pub run: Run,
    /// How far readers go into one file.
    #[serde(default)]
    pub read: Read,
    /// The OCR hook; off without it.
    #[serde(default)]
    pub ocr: Option<OcrReader>,
    /// Thresholds that turn the exit code to 1.
    #[serde(default)]
    pub limits: Limits,
    /// Numbers for monitoring.
    #[serde(default)]
    pub metrics: Metrics,
    /// Severities and thresholds of rules.
    #[serde(default)]
    pub checks: Settings,
    /// Summaries to write.
    #[serde(default, rename = "summary")]
    pub summary: Vec<Summary>,
}

/// `[source]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Folder of the archive.
    pub path: PathBuf,
    /// Globs of relative paths to read; everything when empty.
    #[serde(default)]
    pub include: Vec<String>,
    /// Globs to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Larger files are skipped, in bytes.
    #[serde(default = "max_file_size")]
    pub max_file_size: u64,
    /// What proves a file unchanged.
    #[serde(default)]
    pub detect: Detect,
    /// Every file is hashed once in so many nights, whatever its stat says; 0 is never.
    #[serde(default = "rehash_nights")]
    pub rehash_nights: u64,
    /// More files gone than this share of the last run's: the archive is not there as a whole, and nothing is published.
    #[serde(default = "max_gone")]
    pub max_gone: f64,
}

fn max_file_size() -> u64 {
    MAX_FILE_SIZE
}

fn rehash_nights() -> u64 {
    REHASH_NIGHTS
}

fn max_gone() -> f64 {
    MAX_GONE
}

/// `[run]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Worker threads; all cores by default.
    pub threads: Option<usize>,
    /// Memory for files being read.
    pub memory: Option<Bytes>,
}

/// `[metrics]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// File for Prometheus' textfile collector.
    pub textfile: Option<PathBuf>,
}

/// `[read]`: limits for one file. What exceeds them becomes `unreadable`, with its reason.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Pages of a PDF or OFD file.
    pub max_pages: Option<usize>,
    /// Bytes of all parts of an archive or Office file after unpacking.
    pub max_unpacked: Option<u64>,
    /// Unpacked bytes by packed byte of one part.
    pub max_ratio: Option<u64>,
    /// Lines of a plain text, and what blanks and bars separate in them.
    pub max_pieces: Option<usize>,
    /// Archives within archives.
    pub max_depth: Option<usize>,
    /// Seconds.
    pub max_seconds: Option<u64>,
}

/// `[ocr]`: what reads pictures of text, models of this program or commands. See [`Ocr`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrReader {
    /// Folder of the models that `make ocr-models` fetched.
    pub models: Option<PathBuf>,
    /// Reads text: program and arguments; `{list}` stands for the file that lists the pictures.
    #[serde(default)]
    pub command: Vec<String>,
    /// Reads figures only.
    #[serde(default)]
    pub figures: Vec<String>,
    /// The models, once they are loaded.
    #[serde(skip)]
    loaded: Option<Ocr>,
}

impl OcrReader {
    /// Loads the models, or looks at the commands.
    fn load(&mut self) -> Result<()> {
        let commands = || Commands { command: self.command.clone(), figures: self.figures.clone() };
        let ocr = match &self.models {
            Some(_) if !(self.command.is_empty() && self.figures.is_empty()) => {
                Err("either `models` or `command`: a page is read by one of them".to_owned())
            }
            Some(folder) => Ocr::models(folder),
            None => commands().validate().map(|()| Ocr::Commands(commands())),
        };
        self.loaded = Some(ocr.map_err(|why| anyhow!("ocr: {why}"))?);
        Ok(())
    }
}

/// `[dataset]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Folder of the dataset.
    pub path: PathBuf,
    /// Partition columns. Only `["year", "province"]` is supported.
    #[serde(default = "partition_by")]
    pub partition_by: Vec<String>,
    /// Releases that stay, whatever their age.
    #[serde(default = "keep")]
    pub keep: usize,
    /// Releases younger than this stay, however many.
    #[serde(default = "keep_hours")]
    pub keep_hours: u64,
    /// Each release gets a log for readers of Delta tables.
    #[serde(default)]
    pub delta: bool,
}

fn keep() -> usize {
    7
}

fn keep_hours() -> u64 {
    24
}

fn partition_by() -> Vec<String> {
    vec!["year".to_owned(), "province".to_owned()]
}

/// What is written inside the source would be read the next night.
pub(super) fn refuse_inside(source: &Path, what: &str, path: &Path) -> Result<()> {
    let source = std::fs::canonicalize(source).with_context(|| format!("cannot read {}", source.display()))?;
    let at = std::path::absolute(path).with_context(|| format!("cannot use {}", path.display()))?;
    // What is not there yet will be made below what is.
    let real = at.ancestors().find_map(|above| std::fs::canonicalize(above).ok()).unwrap_or(at);
    ensure!(
        !real.starts_with(&source),
        "the {what} {} lies inside the source {}; choose another folder",
        path.display(),
        source.display()
    );
    Ok(())
}

/// `pipelines/../out` as `out`, for messages. A `..` behind a real folder only: behind a link it means another place.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let folder = out.components().next_back().is_some_and(|c| matches!(c, Component::Normal(_)));
        if part == Component::ParentDir && folder && !out.is_symlink() {
            out.pop();
        } else {
            out.push(part);
        }
    }
    out
}

impl Pipeline {
    /// Reads a pipeline file and makes its paths absolute or relative to the working folder.
    ///
    /// # Errors
    /// Names the file, and for a bad key its line.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the pipeline file {}", path.display()))?;
        let mut pipeline: Self =
            toml::from_str(&text).with_context(|| format!("the pipeline file {} is not valid", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let anchor = |p: &mut PathBuf| *p = tidy(&folder.join(&*p));
        anchor(&mut pipeline.source.path);
        anchor(&mut pipeline.dataset.path);
        if let Some(summaries) = &mut pipeline.summaries {
            anchor(&mut summaries.path);
            summaries.close_url();
        }
        if let Some(textfile) = &mut pipeline.metrics.textfile {
            anchor(textfile);
        }
        let format = pipeline.summaries.as_ref().and_then(|s| s.format);
        for summary in &mut pipeline.summary {
            anchor(&mut summary.sql);
            summary.format = summary.format.or(format);
        }
        if let Some(ocr) = &mut pipeline.ocr {
            ocr.models.as_mut().map(anchor);
            ocr.load().with_context(|| format!("the pipeline file {} is not valid", path.display()))?;
        }
        pipeline.check().with_context(|| format!("the pipeline file {} is not valid", path.display()))?;
        Ok(pipeline)
    }

    fn check(&self) -> Result<()> {
        if self.dataset.partition_by != partition_by() {
            bail!("dataset.partition_by: only [\"year\", \"province\"] is supported");
        }
        let shares = [
            ("source.max_gone", Some(self.source.max_gone)),
            ("limits.max_unreadable", self.limits.max_unreadable),
            ("limits.max_fewer_reports", self.limits.max_fewer_reports),
            ("limits.max_fewer_cells", self.limits.max_fewer_cells),
        ];
        for (name, share) in shares {
            if share.is_some_and(|s| !(0.0..=1.0).contains(&s)) {
                bail!("{name} is a share: from 0 to 1");
            }
        }
        if self.dataset.keep == 0 {
            bail!("dataset.keep: at least 1 release stays");
        }
        self.checks.validate()?;
        if let Some(summaries) = &self.summaries {
            summaries.check()?;
        }
        for (i, summary) in self.summary.iter().enumerate() {
            summary.check(self.summary.get(..i).unwrap_or_default())?;
        }
        Ok(())
    }

    fn ocr(&self) -> Option<Ocr> {
        self.ocr.as_ref().and_then(|ocr| ocr.loaded.clone())
    }

    /// Limits for one file, which is given up when `cancel` is raised.
    #[must_use]
    pub fn bounds(&self, cancel: &Cancel) -> Bounds {
        let usual = ReadLimits::default();
        let limits = ReadLimits {
            pages: self.read.max_pages.unwrap_or(usual.pages),
            unpacked: self.read.max_unpacked.unwrap_or(usual.unpacked).min(self.memory() / 4),
            ratio: self.read.max_ratio.unwrap_or(usual.ratio),
            pieces: self.read.max_pieces.unwrap_or(usual.pieces),
            depth: self.read.max_depth.unwrap_or(usual.depth),
            time: self.read.max_seconds.map_or(usual.time, Duration::from_secs),
            cancel: cancel.clone(),
        };
        // What would not fit the memory budget alone is beyond a limit, whatever is read beside it.
        let max_size = self.source.max_file_size.min(largest(self.memory()));
        Bounds { max_size, limits, ocr: self.ocr() }
    }

    /// Refuses a dataset inside the source: it would be read the next night.
    ///
    /// # Errors
    /// Names both.
    pub fn apart(&self) -> Result<()> {
        refuse_inside(&self.source.path, "dataset", &self.dataset.path)
    }

    /// How many files may be gone from the archive.
    #[must_use]
    pub const fn guard(&self, allow_gone: bool) -> Guard {
        Guard { max_gone: self.source.max_gone, allow_gone }
    }

    /// What a run in stages is to do.
    #[must_use]
    pub fn asked(&self, full: bool, allow_gone: bool) -> Asked {
        Asked {
            source: self.source.path.clone(),
            include: self.source.include.clone(),
            exclude: self.source.exclude.clone(),
            dataset: self.dataset.path.clone(),
            bounds: self.bounds(&Cancel::default()),
            settings: self.checks.clone(),
            detect: self.source.detect,
            rehash_nights: self.source.rehash_nights,
            full,
            guard: self.guard(allow_gone),
            limits: self.limits.clone(),
            retention: self.retention(),
            delta: self.dataset.delta,
        }
    }

    /// Memory for files being read, in bytes.
    #[must_use]
    pub fn memory(&self) -> u64 {
        self.run.memory.map_or(MEMORY, |m| m.0)
    }

    /// Which releases stay.
    #[must_use]
    pub const fn retention(&self) -> Retention {
        Retention { keep: self.dataset.keep, keep_for: Duration::from_secs(self.dataset.keep_hours * 3600) }
    }

    /// Where the archive's files are found from the quality page, if there is to be one: not without `[summaries]`.
    #[must_use]
    pub fn quality_page(&self) -> Option<Option<&str>> {
        self.summaries.as_ref().filter(|s| s.quality_page).map(|s| s.archive_url.as_deref())
    }

    /// What is set for the pages of bodies, if there are to be any: not without `[summaries]`.
    #[must_use]
    pub fn explore(&self) -> Option<Setting<'_>> {
        let summaries = self.summaries.as_ref().filter(|s| s.explore)?;
        Some(Setting { archive_url: summaries.archive_url.as_deref(), quality: summaries.quality_page })
    }

    /// Folder of the summaries.
    #[must_use]
    pub fn summaries_path(&self) -> PathBuf {
        match &self.summaries {
            Some(s) => s.path.clone(),
            None => self.dataset.path.with_file_name("summaries"),
        }
    }
}
