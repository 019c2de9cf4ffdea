//! Regions: which county, prefecture and province a report is from.
//!
//! Owns the gazetteer (`data/divisions/divisions.csv`, 2008-2025) and the basic resolver: full names in title, agency
//! and folders, leftmost and longest, of the records in force in the report's year. Refuses to guess: a name that fits
//! several divisions stays open with a finding.

mod gazetteer;

pub use gazetteer::{Division, Gazetteer, Level};

use crate::finding::{Finding, Rule};

/// Code of the partition of national bodies; real provinces begin at 11.
pub const NATIONAL: &str = "10";

/// What decided the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The agency or title alone.
    Title,
    /// The agency or title, one of several places by the folders.
    TitleAndFolder,
    /// Folder names alone.
    Folder,
    /// The body is national.
    National,
}

impl Evidence {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::TitleAndFolder => "title+folder",
            Self::Folder => "folder",
            Self::National => "national",
        }
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
}

/// Finds the place of a report.
#[must_use]
pub fn resolve(
    gazetteer: &Gazetteer,
    agency: Option<&str>,
    title: Option<&str>,
    path: &str,
    year: Option<i32>,
) -> (Place, Vec<Finding>) {
    let mut findings = Vec::new();
    let folders: Vec<&Division> = path
        .rsplit_once('/')
        .map_or("", |(folders, _)| folders)
        .split('/')
        .flat_map(|folder| gazetteer.named(folder, year).into_iter().flatten())
        .collect();
    let body = agency.or(title).unwrap_or("");
    let place = if super::extract::agency_kind(body, false) == "national" {
        Place { province: Some(NATIONAL.to_owned()), evidence: Some(Evidence::National), ..Place::default() }
    } else if let Some(place) = of_text(gazetteer, body, &folders, year, &mut findings) {
        place
    } else if findings.is_empty() {
        of_folders(gazetteer, &folders, year, &mut findings)
    } else {
        Place::default()
    };
    if place.province.is_none() && findings.is_empty() {
        findings.push(Finding::new(Rule::RegionUnknown, body));
    }
    (place, findings)
}

/// The divisions that begin a body's name: `徐州市鼓楼区教育局`.
fn of_text(
    gazetteer: &Gazetteer,
    body: &str,
    folders: &[&Division],
    year: Option<i32>,
    findings: &mut Vec<Finding>,
) -> Option<Place> {
    let chain = gazetteer.chain(body, year);
    let (last, above) = chain.split_last()?;
    let mut fitting: Vec<&Division> = last
        .records
        .iter()
        .copied()
        .filter(|d| above.iter().all(|a| a.records.iter().any(|u| gazetteer.is_within(d, u, year))))
        .collect();
    if fitting.is_empty() {
        fitting = last.records.clone();
    }
    let mut evidence = Evidence::Title;
    if fitting.len() > 1 && !folders.is_empty() {
        let kept: Vec<&Division> = fitting
            .iter()
            .copied()
            .filter(|d| folders.iter().any(|f| f.code == d.code || gazetteer.is_within(d, f, year)))
            .collect();
        // The nearest folder decides among those that agree with any.
        let nearest: Vec<&Division> = kept
            .iter()
            .copied()
            .filter(|d| {
                folders.iter().all(|f| f.level == Level::County || gazetteer.is_within(d, f, year) || f.code == d.code)
            })
            .collect();
        let kept = if nearest.is_empty() { kept } else { nearest };
        if !kept.is_empty() {
            fitting = kept;
            evidence = Evidence::TitleAndFolder;
        }
    }
    fitting.dedup_by(|a, b| a.code == b.code);
    match fitting.as_slice() {
        [one] => {
            let mut place = gazetteer.place(one, year);
            place.evidence = Some(evidence);
            let whole = body[last.end..].is_empty() || matches!(&body[last.end..], "人民政府" | "政府");
            place.is_division = whole;
            Some(place)
        }
        several => {
            let names: Vec<String> = several.iter().map(|d| format!("{} {}", d.code, d.name)).collect();
            findings.push(Finding::new(Rule::RegionAmbiguous, names.join(", ")));
            None
        }
    }
}

/// The deepest folder that names one division.
fn of_folders(gazetteer: &Gazetteer, folders: &[&Division], year: Option<i32>, findings: &mut Vec<Finding>) -> Place {
    let Some(deepest) = folders.iter().map(|d| d.level).max() else { return Place::default() };
    let mut fitting: Vec<&Division> = folders.iter().copied().filter(|d| d.level == deepest).collect();
    let higher: Vec<&Division> = folders.iter().copied().filter(|d| d.level < deepest).collect();
    if fitting.len() > 1 {
        let kept: Vec<&Division> =
            fitting.iter().copied().filter(|d| higher.iter().any(|h| gazetteer.is_within(d, h, year))).collect();
        if !kept.is_empty() {
            fitting = kept;
        }
        let levels: Vec<&Division> = fitting
            .iter()
            .copied()
            .filter(|d| {
                higher.iter().filter(|h| gazetteer.is_within(d, h, year)).count()
                    == higher.iter().map(|h| h.level).collect::<std::collections::BTreeSet<_>>().len()
            })
            .collect();
        if !levels.is_empty() {
            fitting = levels;
        }
    }
    fitting.sort_by(|a, b| a.code.cmp(&b.code));
    fitting.dedup_by(|a, b| a.code == b.code);
    if let [one] = fitting.as_slice() {
        return Place { evidence: Some(Evidence::Folder), ..gazetteer.place(one, year) };
    }
    let names: Vec<String> = fitting.iter().map(|d| format!("{} {}", d.code, d.name)).collect();
    findings.push(Finding::new(Rule::RegionAmbiguous, names.join(", ")));
    Place::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(agency: &str, path: &str, year: i32) -> (Option<String>, Option<String>, Option<String>) {
        let gazetteer = Gazetteer::load().unwrap();
        let (place, _) = resolve(&gazetteer, Some(agency), None, path, Some(year));
        (place.county_code, place.prefecture, place.province)
    }

    fn some(county: &str, prefecture: &str, province: &str) -> (Option<String>, Option<String>, Option<String>) {
        let o = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        (o(county), o(prefecture), o(province))
    }

    #[test]
    fn full_names_leftmost_longest() {
        assert_eq!(at("中宁县文化旅游广电局", "x.txt", 2023), some("640521", "中卫市", "64"));
        assert_eq!(at("新源县文化体育广播电视和旅游局", "x.txt", 2023), some("654025", "伊犁哈萨克自治州", "65"));
        assert_eq!(at("徐州市鼓楼区教育局", "x.txt", 2023), some("320302", "徐州市", "32"));
        assert_eq!(at("乐山市市中区人民政府", "x.txt", 2023), some("511102", "乐山市", "51"));
        assert_eq!(at("长沙市长沙县教育局", "x.txt", 2023), some("430121", "长沙市", "43"));
        assert_eq!(at("北京市朝阳区民政局", "x.txt", 2023), some("110105", "", "11"));
        assert_eq!(at("银川市教育局", "x.txt", 2023), some("", "银川市", "64"));
        assert_eq!(at("国家税务总局中宁县税务局", "x.txt", 2023), some("640521", "中卫市", "64"));
        assert_eq!(at("财政局", "宁夏回族自治区/中卫市/中宁县/x.txt", 2023), some("640521", "中卫市", "64"));
    }

    #[test]
    fn ambiguity_stays_open_unless_folders_settle_it() {
        assert_eq!(at("鼓楼区教育局", "x.txt", 2023), some("", "", ""));
        assert_eq!(at("鼓楼区教育局", "江苏省/徐州市/x.txt", 2023), some("320302", "徐州市", "32"));
        assert_eq!(at("鼓楼区教育局", "江苏省/x.txt", 2023), some("", "", ""), "two in Jiangsu");
        let gazetteer = Gazetteer::load().unwrap();
        let (_, findings) = resolve(&gazetteer, Some("鼓楼区教育局"), None, "x.txt", Some(2023));
        assert_eq!(findings.first().map(|f| f.rule), Some(Rule::RegionAmbiguous));
    }

    #[test]
    fn the_year_picks_the_record() {
        assert_eq!(at("巢湖市教育局", "x.txt", 2009).1.as_deref(), Some("巢湖市"));
        assert_eq!(at("巢湖市教育局", "x.txt", 2020), some("340181", "合肥市", "34"));
    }
}
