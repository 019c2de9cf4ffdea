//! Pipeline files: what to read, where to publish, which summaries to write.
//!
//! Owns the TOML schema and its messages. Refuses unknown keys: a misspelt limit must not go unnoticed.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::file::Bounds;
use crate::finding::Settings;
use crate::read::Ocr;
use crate::read::limits::Limits as ReadLimits;

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
    /// How far readers go into one file.
    #[serde(default)]
    pub read: Read,
    /// The OCR hook; off without it.
    #[serde(default)]
    pub ocr: Option<OcrCommands>,
    /// Thresholds that turn the exit code to 1.
    #[serde(default)]
    pub limits: Limits,
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
}

fn max_file_size() -> u64 {
    64 << 20
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
    /// Archives within archives.
    pub max_depth: Option<usize>,
    /// Seconds.
    pub max_seconds: Option<u64>,
}

/// `[ocr]`: commands that read pictures of text. See [`Ocr`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrCommands {
    /// Reads text: program and arguments; `{list}` stands for the file that lists the pictures.
    pub command: Vec<String>,
    /// Reads figures only.
    #[serde(default)]
    pub figures: Vec<String>,
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
}

fn partition_by() -> Vec<String> {
    vec!["year".to_owned(), "province".to_owned()]
}

/// `[summaries]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summaries {
    /// Folder of the summaries.
    pub path: PathBuf,
}

/// `[limits]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most unreadable files, as a share of all (0.05 is one in twenty).
    pub max_unreadable: Option<f64>,
    /// Fewest reports.
    pub min_reports: Option<u64>,
}

/// For what a summary is written once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Each province and year.
    #[default]
    Province,
    /// Each year.
    Year,
    /// The whole dataset.
    None,
}

/// `[[summary]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Name, which begins the file name.
    pub name: String,
    /// SQL file.
    pub sql: PathBuf,
    /// How many files.
    #[serde(default)]
    pub per: Per,
    /// `csv`.
    #[serde(default = "csv")]
    pub format: String,
    /// `utf-8-bom` or `utf-8`.
    #[serde(default = "bom")]
    pub encoding: String,
}

fn csv() -> String {
    "csv".to_owned()
}

fn bom() -> String {
    "utf-8-bom".to_owned()
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
        }
        for summary in &mut pipeline.summary {
            anchor(&mut summary.sql);
        }
        pipeline.check().with_context(|| format!("the pipeline file {} is not valid", path.display()))?;
        Ok(pipeline)
    }

    fn check(&self) -> Result<()> {
        if self.dataset.partition_by != partition_by() {
            bail!("dataset.partition_by: only [\"year\", \"province\"] is supported");
        }
        self.checks.validate()?;
        if let Some(Err(why)) = self.ocr().map(|ocr| ocr.validate()) {
            bail!("ocr: {why}");
        }
        for summary in &self.summary {
            if summary.format != "csv" {
                bail!("summary {}: format `{}` is not supported; use \"csv\"", summary.name, summary.format);
            }
            if !["utf-8-bom", "utf-8"].contains(&summary.encoding.as_str()) {
                bail!(
                    "summary {}: encoding `{}` is not supported; use \"utf-8-bom\" or \"utf-8\"",
                    summary.name,
                    summary.encoding
                );
            }
            if summary.name.is_empty() || summary.name.contains(['/', '\\']) {
                bail!("a summary's name must not be empty or contain `/`");
            }
        }
        Ok(())
    }

    fn ocr(&self) -> Option<Ocr> {
        self.ocr.as_ref().map(|o| Ocr { command: o.command.clone(), figures: o.figures.clone() })
    }

    /// Limits for one file.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let usual = ReadLimits::default();
        let limits = ReadLimits {
            pages: self.read.max_pages.unwrap_or(usual.pages),
            unpacked: self.read.max_unpacked.unwrap_or(usual.unpacked),
            ratio: self.read.max_ratio.unwrap_or(usual.ratio),
            depth: self.read.max_depth.unwrap_or(usual.depth),
            time: self.read.max_seconds.map_or(usual.time, Duration::from_secs),
        };
        Bounds { max_size: self.source.max_file_size, limits, ocr: self.ocr() }
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
