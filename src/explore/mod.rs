//! A body and its years: pages in which a person finds a body and sees its figures side by side.
//!
//! Owns which pages there are and what each is made of. The path: `source` reads the columns of a data file → `province`
//! puts reports to bodies → `cells`, `rates` and `data` write them as a script → `view` writes the page around it; `assets`
//! hold the script that draws and the style sheet. A province whose data files are as they were is not read again. Pages
//! hold no name of a run and no time. Refuses to judge, and to compute what a summary computes.

mod cells;
mod data;
mod forms;
mod initials;
mod names;
mod province;
mod rates;
mod source;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use crate::summary::{Answer, Hears, Job, Made, Query, SOURCES, key_of};
use forms::Form;
use names::Names;
use nianbao_dataset::ManifestFile;
use province::Province;
use rates::Rates;
use view::Head;

/// Folder of the pages below that of the summaries.
const FOLDER: &str = "explore";
/// Tables that a page is made of, and those that the summaries read for its rates.
const READ: [&str; 6] = ["reports", "cells", "findings", "mentions", "requests", "disputes"];
/// The script, piece by piece.
const SCRIPT: [&str; 7] = [
    include_str!("assets/data.js"),
    include_str!("assets/page.js"),
    include_str!("assets/rates.js"),
    include_str!("assets/list.js"),
    include_str!("assets/body.js"),
    include_str!("assets/pair.js"),
    include_str!("assets/start.js"),
];
const STYLE: &str = include_str!("assets/explore.css");

/// What is set for the pages.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// Where the archive's files are found; without it the pages link to none.
    pub archive_url: Option<&'s str>,
    /// The quality page is written too, and linked.
    pub quality: bool,
}

/// The pages of a release, being made.
pub struct Explore<'e> {
    job: Job<'e>,
    head: Head<'e>,
    provinces: Vec<Part<'e>>,
    /// Key of what is about all provinces.
    key: String,
    rates: Rates,
}

/// The pages of a province.
struct Part<'e> {
    province: Option<u8>,
    /// What stands for it in names of files.
    name: String,
    files: Vec<&'e ManifestFile>,
    key: String,
    /// Its files that are there and stay.
    kept: Option<Vec<Made>>,
}

impl Hears for Explore<'_> {
    fn wants(&self, province: Option<u8>) -> bool {
        self.provinces.iter().any(|p| p.province == province && p.kept.is_none())
    }

    fn hear(&mut self, year: Option<i32>, province: Option<u8>, query: &Query, answer: &Answer) -> Result<()> {
        self.rates.hear(year, province, query, answer)
    }
}

impl<'e> Explore<'e> {
    /// Begins. Pages that are there and were made from the same are left as they are.
    #[must_use]
    pub fn begin(job: Job<'e>, setting: Setting<'e>, queries: &[Query]) -> Self {
        let head = Head { archive_url: setting.archive_url.unwrap_or_default(), quality: setting.quality };
        let mut common: Vec<String> = SOURCES.iter().map(|s| (*s).to_owned()).collect();
        common.extend([head.archive_url.to_owned(), head.quality.to_string()]);
        common.extend(queries.iter().filter(|q| q.of_reports()).map(Query::asked));
        let key = |files: &[&ManifestFile]| {
            key_of(common.iter().cloned().chain(files.iter().map(|f| format!("{} {}", f.path, f.sha256))))
        };
        let mut of_province: BTreeMap<Option<u8>, Vec<&'e ManifestFile>> = BTreeMap::new();
        for file in job.files.iter().filter(|f| READ.contains(&f.table.as_str())) {
            of_province.entry(file.province).or_default().push(file);
        }
        of_province.retain(|_, files| files.iter().any(|f| f.table == "reports" && f.rows > 0));
        let reports = of_province.values().flatten().copied().filter(|f| f.table == "reports");
        let all = key(&reports.collect::<Vec<_>>());
        let part = |(province, files): (Option<u8>, Vec<&'e ManifestFile>)| {
            let name = province.map_or_else(|| "none".to_owned(), |p| format!("{p:02}"));
            let key = key(&files);
            let kept = view::files(&name).iter().map(|f| kept(job, f, &key)).collect();
            Part { province, name, files, key, kept }
        };
        Self { job, head, provinces: of_province.into_iter().map(part).collect(), key: all, rates: Rates::default() }
    }

    /// Writes them.
    ///
    /// # Errors
    /// When a data file cannot be read.
    pub fn end(self) -> Result<Vec<Made>> {
        let Self { job, head, provinces, key, rates } = self;
        let build = key_of(SOURCES);
        let mut made = vec![
            written(job, "explore.css", &build, || Ok(STYLE.to_owned()))?,
            written(job, "explore.js", &build, || Ok(SCRIPT.concat()))?,
            written(job, "forms.js", &build, || forms::script(job.knowledge))?,
        ];
        let forms = forms::numbered(&job.knowledge.forms);
        let making = Making { job, head, forms, rates };
        let whole: Option<Vec<Made>> = ["index.html", "names.js"].iter().map(|f| kept(job, f, &key)).collect();
        let named = whole.is_none();
        let done = provinces.into_par_iter().map(|p| making.province(p, named)).collect::<Result<Vec<_>>>()?;
        let (pages, names): (Vec<Vec<Made>>, Vec<Option<Names>>) = done.into_iter().unzip();
        made.extend(pages.into_iter().flatten());
        if let Some(whole) = whole {
            made.extend(whole);
            return Ok(made);
        }
        let names: Vec<Names> = names.into_iter().flatten().collect();
        made.push(written(job, "index.html", &key, || Ok(view::index(head, &names).into_string()))?);
        made.push(written(job, "names.js", &key, || names::script(&names))?);
        Ok(made)
    }
}

/// What every province is written with.
struct Making<'e> {
    job: Job<'e>,
    head: Head<'e>,
    forms: Vec<Form>,
    rates: Rates,
}

impl Making<'_> {
    /// The files of a province, and the names of its bodies if they are wanted.
    fn province(&self, part: Part<'_>, named: bool) -> Result<(Vec<Made>, Option<Names>)> {
        self.job.cancel.check()?;
        let Part { province, name, files, key, kept } = part;
        let kept = match kept {
            Some(kept) if !named => return Ok((kept, None)),
            kept => kept,
        };
        let title = province.map_or_else(|| "地区未定".to_owned(), |p| self.job.knowledge.gazetteer.province_title(p));
        let mut read = Province::read(self.job.release, &files)?;
        let names = named.then(|| Names::new(&name, &title, &read));
        if let Some(kept) = kept {
            return Ok((kept, names));
        }
        let compared: BTreeSet<&str> =
            self.job.knowledge.metrics.all().iter().filter(|m| m.cell.is_some()).map(|m| m.code.as_str()).collect();
        read.fill(self.job.release, &files, &self.forms, &compared)?;
        let [html, script] = view::files(&name);
        let made = vec![
            written(self.job, &html, &key, || Ok(view::province(self.head, &name, &title, &read).into_string()))?,
            written(self.job, &script, &key, || data::script(&name, &read, province, &self.rates))?,
        ];
        Ok((made, names))
    }
}

/// A file that is there and stays.
fn kept(job: Job<'_>, name: &str, key: &str) -> Option<Made> {
    let path = format!("{FOLDER}/{name}");
    let content = job.existing.unchanged(&path, key)?;
    Some(Made { path, key: key.to_owned(), content })
}

/// A file, written if it is not there.
fn written(job: Job<'_>, name: &str, key: &str, text: impl FnOnce() -> Result<String>) -> Result<Made> {
    if let Some(kept) = kept(job, name, key) {
        return Ok(kept);
    }
    Ok(Made { path: format!("{FOLDER}/{name}"), key: key.to_owned(), content: job.existing.keep(text()?.as_bytes()) })
}
