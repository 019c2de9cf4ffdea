//! The quality page: what was read, what failed, what is doubtful and how figures run, for people with a browser.
//!
//! Owns which pages there are. The path: `gather` counts in one pass over the data files → `area` holds the figures of a
//! page → `view` and `chart` write it. Pages hold no name of a run and no time, so that an equal dataset gives equal pages.

mod area;
mod chart;
mod example;
mod gather;
mod rows;
mod subjects;
mod view;

use anyhow::Result;

use crate::summary::{Beside, Job, Made, SOURCES, key_of};
use gather::Gatherer;
use nianbao_dataset::ManifestFile;
use view::View;

/// Folder of the pages below that of the summaries.
const FOLDER: &str = "quality";
/// Digits of the version of a dataset.
const VERSION: usize = 12;

/// The pages of a release, being made.
pub struct Pages<'p> {
    job: Job<'p>,
    /// Where the archive's files are found; without it the pages link to none.
    archive_url: Option<&'p str>,
    version: String,
    key: String,
    /// `None` is the page of the whole.
    paths: Vec<(Option<u8>, String)>,
    /// Those that are there and stay, or what counts for new ones.
    state: Result<Vec<Made>, Gatherer>,
}

impl<'p> Pages<'p> {
    /// Begins. Pages that are there and were made from the same are left as they are.
    #[must_use]
    pub fn begin(job: Job<'p>, archive_url: Option<&'p str>) -> Self {
        let Job { files, existing, .. } = job;
        let version = version(files);
        let key = key(&version, archive_url);
        let mut provinces: Vec<u8> = files.iter().filter(|f| f.table == "reports").filter_map(|f| f.province).collect();
        provinces.sort_unstable();
        provinces.dedup();
        let paths = std::iter::once(None).chain(provinces.into_iter().map(Some)).map(|p| (p, path(p)));
        let paths: Vec<(Option<u8>, String)> = paths.collect();
        let unchanged: Option<Vec<Made>> = paths
            .iter()
            .map(|(_, path)| {
                Some(Made { path: path.clone(), key: key.clone(), content: existing.unchanged(path, &key)? })
            })
            .collect();
        Self { job, archive_url, version, key, paths, state: unchanged.ok_or_else(Gatherer::new) }
    }

    /// What has to see the tables before the pages can be written, if they have to be.
    pub fn beside(&mut self) -> Option<&mut dyn Beside> {
        self.state.as_mut().err().map(|gatherer| -> &mut dyn Beside { gatherer })
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the list of files cannot be read.
    pub fn end(self) -> Result<Vec<Made>> {
        let gatherer = match self.state {
            Ok(unchanged) => return Ok(unchanged),
            Err(gatherer) => gatherer,
        };
        let Job { knowledge, existing, .. } = self.job;
        let gathered = gatherer.finish(self.job)?;
        let name = |p: u8| knowledge.gazetteer.province_title(p);
        let shown = self.version.get(..VERSION).unwrap_or_default();
        let archive_url = self.archive_url.unwrap_or_default();
        let view = View { gathered: &gathered, name: &name, version: shown, archive_url };
        let mut made = Vec::new();
        for (province, path) in self.paths {
            let content = existing.keep(view.page(province)?.as_bytes());
            made.push(Made { path, key: self.key.clone(), content });
        }
        Ok(made)
    }
}

/// A version of the data: equal data files, equal version.
fn version(files: &[ManifestFile]) -> String {
    let mut told: Vec<String> = files.iter().map(|f| format!("{} {}", f.path, f.sha256)).collect();
    told.sort_unstable();
    key_of(&told)
}

fn key(version: &str, archive_url: Option<&str>) -> String {
    key_of(SOURCES.into_iter().chain([version, archive_url.unwrap_or_default()]))
}

fn path(province: Option<u8>) -> String {
    format!("{FOLDER}/{}", view::file_name(province))
}
