//! What a pipeline file says of summaries: `[summaries]` and each `[[summary]]`.
//!
//! Owns their keys, defaults and messages. Refuses names that cannot be those of files or of sheets, before anything is
//! read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};
use serde::Deserialize;

/// Bytes of a summary's name: a year, a mark and an ending stand beside it in 255.
const LONGEST_NAME: usize = 200;
/// What no name of a sheet may hold.
const NO_SHEET: [char; 8] = ['[', ']', ':', '*', '?', '/', '\\', '\''];

/// `[summaries]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summaries {
    /// Folder of the summaries.
    pub path: PathBuf,
    /// Formats of the summaries that name none.
    #[serde(default)]
    pub format: Option<Formats>,
    /// The quality page is written there too.
    #[serde(default = "yes")]
    pub quality_page: bool,
    /// The pages of bodies and their years are written there too.
    #[serde(default = "yes")]
    pub explore: bool,
    /// Where the archive's files are found from these pages: a URL, or a path relative to a page. Without it they name
    /// files and link to none.
    #[serde(default)]
    pub archive_url: Option<String>,
}

fn yes() -> bool {
    true
}

impl Default for Summaries {
    fn default() -> Self {
        Self { path: PathBuf::new(), format: None, quality_page: yes(), explore: yes(), archive_url: None }
    }
}

impl Summaries {
    /// Ends the archive's URL with `/`, so that paths can stand behind it.
    pub(crate) fn close_url(&mut self) {
        if let Some(url) = self.archive_url.as_mut().filter(|u| !u.ends_with('/')) {
            url.push('/');
        }
    }

    /// # Errors
    /// When the archive's URL is none.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(url) = self.archive_url.as_deref() {
            let web = url.starts_with("https://") || url.starts_with("http://");
            if url.trim() != url || url.contains(['\\', '#', '?']) || (!web && url.contains(':')) {
                bail!(
                    "summaries.archive_url: `{url}` is neither a URL (https://…) nor a path relative to the quality page"
                );
            }
        }
        Ok(())
    }
}

/// For what a summary is written once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each province and year.
    #[default]
    Province,
    /// Each province, with all its years.
    ProvinceYears,
    /// Each year.
    Year,
    /// The whole dataset.
    None,
}

/// What summaries are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "FormatNames")]
pub struct Formats {
    /// A CSV file.
    pub csv: bool,
    /// A sheet of the province's workbook.
    pub xlsx: bool,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a format is \"csv\", \"xlsx\", or both in a list")]
enum FormatNames {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<FormatNames> for Formats {
    type Error = String;

    fn try_from(names: FormatNames) -> std::result::Result<Self, String> {
        let names = match names {
            FormatNames::One(name) => vec![name],
            FormatNames::Several(names) => names,
        };
        let mut formats = Self { csv: false, xlsx: false };
        for name in &names {
            match name.as_str() {
                "csv" => formats.csv = true,
                "xlsx" => formats.xlsx = true,
                other => {
                    return Err(format!("format `{other}` is not supported; use \"csv\", \"xlsx\" or both in a list"));
                }
            }
        }
        if names.is_empty() { Err("format: name \"csv\", \"xlsx\" or both".to_owned()) } else { Ok(formats) }
    }
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
    /// `csv`, `xlsx`, or both in a list; that of `[summaries]`, or `csv`, without it.
    #[serde(default)]
    pub format: Option<Formats>,
    /// `utf-8-bom` or `utf-8`, of CSV files.
    #[serde(default = "bom")]
    pub encoding: String,
    /// Numbers that the query finds as columns of the table `parameters`, which has one row.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
}

impl Summary {
    /// What it is written as.
    #[must_use]
    pub fn formats(&self) -> Formats {
        self.format.unwrap_or(Formats { csv: true, xlsx: false })
    }

    /// # Errors
    /// When it cannot be written, or not beside those that stand `before` it in the pipeline file.
    pub(crate) fn check(&self, before: &[Self]) -> Result<()> {
        if before.iter().any(|other| other.name.to_lowercase() == self.name.to_lowercase()) {
            bail!("two summaries are called {}: their files would be the same", self.name);
        }
        let sheet = &self.name;
        // Excel counts in UTF-16, knows no case, and keeps a sheet of its own.
        let long = sheet.encode_utf16().count() > 31 || sheet.eq_ignore_ascii_case("history");
        if self.formats().xlsx && (long || sheet.contains(NO_SHEET)) {
            bail!(
                "summary {sheet}: a sheet's name has at most 31 characters, none of [ ] : * ? / \\ ', and is not History"
            );
        }
        if sheet.len() > LONGEST_NAME {
            bail!("summary {sheet}: the name is too long for a file name: at most {LONGEST_NAME} bytes");
        }
        if sheet.get(..5).is_some_and(|head| head.ends_with('-') && head[..4].bytes().all(|b| b.is_ascii_digit())) {
            bail!("summary {sheet}: a name that begins with a year would be the file of another summary's year");
        }
        let bad = |(name, value): &(&String, &f64)| name.is_empty() || !value.is_finite();
        if let Some((name, _)) = self.parameters.iter().find(bad) {
            bail!("summary {sheet}: the parameter `{name}` needs a name and a finite number");
        }
        if !["utf-8-bom", "utf-8"].contains(&self.encoding.as_str()) {
            bail!("summary {sheet}: encoding `{}` is not supported; use \"utf-8-bom\" or \"utf-8\"", self.encoding);
        }
        if self.name.is_empty() || self.name.contains(|c: char| c.is_control() || "/\\".contains(c)) {
            bail!("a summary's name must not be empty or contain `/` or control characters");
        }
        Ok(())
    }
}

fn bom() -> String {
    "utf-8-bom".to_owned()
}
