//! Regions: which county, prefecture and province a report is from.
//!
//! Owns the gazetteer (`data/divisions/`, 2008-2025) and the resolver: a full name of one place in the agency's name
//! decides at once; several places of one name are told apart by higher names in title, text and folders, then by area
//! code, postal code and host. Refuses to guess: what stays open gets a finding, and only what all candidates share is
//! filled in.

mod clues;
mod folders;
mod gazetteer;
mod lineage;
mod mention;
mod names;
mod settle;
mod text;

pub use gazetteer::{Division, Gazetteer, Level};

use crate::finding::Finding;

/// Code of the partition of national bodies; real provinces begin at 11.
pub const NATIONAL: &str = "10";

/// What a report shows of its place.
#[derive(Clone, Debug, Default)]
pub struct Clues<'a> {
    /// Body as printed: `中宁县文化旅游广电局`.
    pub agency: Option<&'a str>,
    /// Title on one line.
    pub title: Option<&'a str>,
    /// Relative path with `/`: folders, then the file's name.
    pub path: &'a str,
    /// Report year.
    pub year: Option<i32>,
    /// A few compacted lines: first paragraphs, contacts, address, signature.
    pub texts: &'a [&'a str],
}

/// A kind of evidence, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Name of the agency, or the title.
    Title,
    /// A short form in the name of the agency.
    ShortName,
    /// Names in the text.
    Text,
    /// Names of folders and of the file.
    Folder,
    /// Phone area code.
    AreaCode,
    /// Postal code.
    PostalCode,
    /// Host of a government site.
    Host,
    /// The body is national.
    National,
}

/// What decided the place: a kind of evidence, and a second where the first left it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What named the place.
    pub first: Kind,
    /// What told it from others of its name, or confirmed it.
    pub second: Option<Kind>,
}

impl Evidence {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        use Kind::{AreaCode, Folder, Host, National, PostalCode, ShortName, Text, Title};
        match (self.first, self.second) {
            (National, _) => "national",
            (ShortName, Some(Title)) => "short_name+title",
            (ShortName, Some(Text)) => "short_name+text",
            (ShortName, Some(Folder)) => "short_name+folder",
            (ShortName, Some(AreaCode)) => "short_name+area_code",
            (ShortName, Some(PostalCode)) => "short_name+postal_code",
            (ShortName, Some(Host)) => "short_name+host",
            (ShortName, _) => "short_name",
            (Title, Some(Text)) => "title+text",
            (Title, Some(Folder)) => "title+folder",
            (Title, Some(AreaCode)) => "title+area_code",
            (Title, Some(PostalCode)) => "title+postal_code",
            (Title, Some(Host)) => "title+host",
            (Title, _) => "title",
            (Text, Some(Folder)) => "text+folder",
            (Text, Some(AreaCode)) => "text+area_code",
            (Text, Some(PostalCode)) => "text+postal_code",
            (Text, Some(Host)) => "text+host",
            (Text, _) => "text",
            (Folder, _) => "folder",
            (AreaCode, _) => "area_code",
            (PostalCode, _) => "postal_code",
            (Host, _) => "host",
        }
    }

    const fn only(first: Kind) -> Self {
        Self { first, second: None }
    }
}

/// Where a report is from. Codes are GB/T 2260, six digits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Two digits of the province, [`NATIONAL`] for national bodies.
    pub province: Option<String>,
    /// Its name.
    pub province_name: Option<String>,
    /// Prefecture code; none for municipalities and counties straight under a province.
    pub prefecture_code: Option<String>,
    /// Its name.
    pub prefecture: Option<String>,
    /// County code.
    pub county_code: Option<String>,
    /// Its name.
    pub county: Option<String>,
    /// What decided.
    pub evidence: Option<Evidence>,
    /// The agency's name is that of the division itself.
    pub is_division: bool,
    /// What of the agency's name is not the place names that begin it: `文化旅游广电局` of `中宁县文化旅游广电局`, nothing of
    /// `中宁县`; a vertical body keeps its head (`国家税务总局税务局`). None when the agency names no place.
    pub rest: Option<String>,
}

/// Finds the place of a report.
#[must_use]
pub fn resolve(gazetteer: &Gazetteer, clues: &Clues<'_>) -> (Place, Vec<Finding>) {
    settle::Case::new(gazetteer, clues).resolve()
}

#[cfg(test)]
mod tests;
