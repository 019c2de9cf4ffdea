//! The report of a run: `_run.json`, and which limits were violated.
//!
//! Owns what is counted and by which names programs find it. Refuses to decide what a crossed limit means: the exit code
//! does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::error::{Context as _, Result, bail};
use crate::release::manifest::{Manifest, ManifestFile};
use crate::store::facts::Status;

/// `[limits]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most unreadable files, as a share of all (0.05 is one in twenty).
    pub max_unreadable: Option<f64>,
    /// Fewest reports.
    pub min_reports: Option<u64>,
    /// Most reports fewer than in the last release, as a share of those.
    pub max_fewer_reports: Option<f64>,
    /// Most cells fewer than in the last release, as a share of those.
    pub max_fewer_cells: Option<f64>,
    /// Most provinces that had reports in the last release and have none now.
    pub max_lost_provinces: Option<u64>,
}

/// Files that may be gone without asking, however small the archive.
const FEW_GONE: u64 = 100;

/// How many files may be gone: an archive that has lost much of itself overnight is more likely not mounted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    /// As a share of the last run's.
    pub max_gone: f64,
    /// However many.
    pub allow_gone: bool,
}

impl Guard {
    /// Refuses when `gone` of `before` files of the last run are too many.
    ///
    /// # Errors
    /// Says how many.
    pub fn check(&self, gone: u64, before: u64, source: &Path) -> Result<()> {
        let all = gone > 0 && gone == before;
        let many = gone > FEW_GONE && gone as f64 > self.max_gone * before as f64;
        if !self.allow_gone && (all || many) {
            bail!(
                "{gone} of {before} files of the last run are gone from {}: is it mounted as a whole? If they are meant to \
                 leave the dataset, run with --allow-gone",
                source.display()
            );
        }
        Ok(())
    }
}

/// What became of the files of the archive since the last run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Files that the last run did not know.
    pub new: u64,
    /// Files whose rows are others now.
    pub changed: u64,
    /// Files of the last run that are no longer there.
    pub gone: u64,
    /// Files whose rows are the same.
    pub unchanged: u64,
    /// Of those, files of which only the ledger's stat is new.
    pub refreshed: u64,
    /// Files read through to the end.
    pub parsed: u64,
    /// Files read only to compare their hash.
    pub hashed: u64,
    /// Bytes of the archive.
    pub bytes: u64,
    /// Bytes read tonight.
    pub bytes_read: u64,
    /// Files and folders that the system refuses since tonight; what they held has left the dataset.
    pub refused: u64,
    /// The first of them.
    pub refused_first: Option<String>,
    /// Paths of the files that are gone.
    pub gone_paths: Vec<String>,
}

impl Changes {
    /// Nothing that any file of a release tells has changed.
    #[must_use]
    pub const fn none(&self) -> bool {
        self.new == 0 && self.changed == 0 && self.gone == 0 && self.refreshed == 0
    }
}

/// What a run did: `_run.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunReport {
    /// Name of the run and of its release.
    pub run: String,
    /// Version of the program.
    pub nianbao_version: String,
    /// Files in the table `files`.
    pub files: u64,
    /// Since the last run.
    pub changes: Changes,
    /// Files by status.
    pub statuses: BTreeMap<String, u64>,
    /// Findings by rule.
    pub findings: BTreeMap<String, u64>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Rows by partition and table.
    pub partitions: BTreeMap<String, BTreeMap<String, u64>>,
    /// Partitions whose files were carried over.
    pub partitions_carried: usize,
    /// Data files of the release.
    pub data_files: usize,
    /// Bytes of the release.
    pub dataset_bytes: u64,
    /// Seconds by stage.
    pub seconds: BTreeMap<String, f64>,
    /// Most memory held until the end of each stage, in bytes.
    pub memory: BTreeMap<String, u64>,
    /// Most memory held, in bytes.
    pub peak_memory: Option<u64>,
    /// Limits that were crossed, and what did not work after publishing.
    #[serde(rename = "crossed")]
    pub violations: Vec<String>,
    /// Summary files of the release.
    pub summaries: usize,
    /// Folder of the published release.
    #[serde(skip)]
    pub release: PathBuf,
    /// Folder of the summaries.
    #[serde(skip)]
    pub summaries_path: PathBuf,
}

impl RunReport {
    /// Notes what a stage took.
    pub fn stage(&mut self, name: &str, since: Instant) {
        self.seconds.insert(name.to_owned(), (since.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        self.peak_memory = peak_memory();
        if let Some(peak) = self.peak_memory {
            self.memory.insert(name.to_owned(), peak);
        }
    }

    /// Takes over what the manifest of the release says.
    pub fn take(&mut self, manifest: &Manifest) {
        self.files = self.rows.get("files").copied().unwrap_or(0);
        self.data_files = manifest.files.len();
        self.dataset_bytes = manifest.all_files().map(|f| f.bytes).sum();
        for file in manifest.files.iter().filter(|f| f.table != "files") {
            *self.partitions.entry(file.partition().folder()).or_default().entry(file.table.clone()).or_default() +=
                file.rows;
        }
    }

    /// Takes over the counts of a release in which nothing has changed.
    pub fn like(&mut self, release: &Path) -> Result<()> {
        let path = release.join("_run.json");
        let what = || format!("{} is damaged; run with --full", path.display());
        let text = fs::read(&path).with_context(what)?;
        let before: Self = serde_json::from_slice(&text).with_context(what)?;
        self.statuses = before.statuses;
        self.findings = before.findings;
        self.rows = before.rows;
        Ok(())
    }

    /// Which limits are crossed, beside the release before.
    pub fn judge(&mut self, limits: &Limits, before: Option<&Manifest>) {
        let mut violations = Vec::new();
        if let Some(first) = &self.changes.refused_first {
            violations.push(format!("{} files or folders could not be opened tonight: {first}", self.changes.refused));
        }
        if let Some(most) = limits.max_unreadable {
            let unreadable = self.statuses.get(Status::Unreadable.code()).copied().unwrap_or(0);
            let share = unreadable as f64 / (self.files.max(1)) as f64;
            if share > most {
                violations.push(format!("unreadable files: {share:.4} of all, max_unreadable is {most}"));
            }
        }
        let rows = |table: &str| self.rows.get(table).copied().unwrap_or(0);
        if let Some(least) = limits.min_reports
            && rows("reports") < least
        {
            violations.push(format!("reports: {}, min_reports is {least}", rows("reports")));
        }
        for (table, most, name) in [
            ("reports", limits.max_fewer_reports, "max_fewer_reports"),
            ("cells", limits.max_fewer_cells, "max_fewer_cells"),
        ] {
            let (Some(most), Some(before)) = (most, before) else { continue };
            let was: u64 = before.files.iter().filter(|f| f.table == table).map(|f| f.rows).sum();
            let now = rows(table);
            if (was as f64 - now as f64) > most * was as f64 {
                violations.push(format!("{table}: {now}, {was} in the last release, {name} is {most}"));
            }
        }
        if let (Some(most), Some(before)) = (limits.max_lost_provinces, before) {
            let lost = self.lost_provinces(before);
            if lost.len() as u64 > most {
                violations.push(format!("provinces without a report since the last release: {}", lost.join(", ")));
            }
        }
        self.violations.append(&mut violations);
    }

    /// Provinces that had a report in the release before and have none now.
    fn lost_provinces(&self, before: &Manifest) -> Vec<String> {
        let held = |file: &&ManifestFile| file.table == "reports" && file.rows > 0;
        let was: BTreeSet<u8> = before.files.iter().filter(held).filter_map(|f| f.province).collect();
        let holds = |province: &u8| {
            let folder = format!("/province={province}");
            let here = self.partitions.iter().filter(|(at, _)| at.ends_with(&folder));
            here.map(|(_, rows)| rows).any(|rows| rows.get("reports").is_some_and(|n| *n > 0))
        };
        was.iter().filter(|p| !holds(p)).map(ToString::to_string).collect()
    }
}

/// The process's peak resident memory, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb * 1024)
}
