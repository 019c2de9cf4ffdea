//! The part of the dataset that one summary file is about.
//!
//! Owns which parts there are and the names of their files. Refuses to know queries.

use nianbao_dataset::ManifestFile;
use nianbao_report::region::Gazetteer;

use super::config::Per;

/// A year of a province; without one of the two all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Scope {
    pub(super) year: Option<i32>,
    pub(super) province: Option<u8>,
}

impl Scope {
    pub(super) fn holds(self, year: Option<i32>, province: Option<u8>) -> bool {
        self.year.is_none_or(|y| year == Some(y)) && self.province.is_none_or(|p| province == Some(p))
    }

    pub(super) fn path(self, name: &str, gazetteer: &Gazetteer) -> String {
        let year = self.year.map(|y| format!("{y}-"));
        format!("{}{}{name}.csv", folder(self.province, gazetteer), year.unwrap_or_default())
    }
}

/// The path of a province's workbook.
pub(super) fn workbook(province: Option<u8>, gazetteer: &Gazetteer) -> String {
    format!("{0}{1}.xlsx", folder(province, gazetteer), title(province, gazetteer))
}

/// The province's name, `全国` for all.
fn title(province: Option<u8>, gazetteer: &Gazetteer) -> String {
    province.map_or_else(|| "全国".to_owned(), |p| gazetteer.province_title(p))
}

fn folder(province: Option<u8>, gazetteer: &Gazetteer) -> String {
    province.map(|p| format!("{p}-{}/", title(province, gazetteer))).unwrap_or_default()
}

/// The scopes that have reports, sorted.
pub(super) fn scopes(per: Per, files: &[ManifestFile]) -> Vec<Scope> {
    let reports = files.iter().filter(|f| f.table == "reports" && f.rows > 0);
    let scope = |year: Option<i32>, province: Option<u8>| Scope { year, province };
    let mut scopes: Vec<Scope> = match per {
        Per::None => vec![scope(None, None)],
        Per::Year => reports.filter(|f| f.year.is_some()).map(|f| scope(f.year, None)).collect(),
        Per::ProvinceYears => reports.filter(|f| f.province.is_some()).map(|f| scope(None, f.province)).collect(),
        Per::Province => {
            reports.filter(|f| f.year.is_some() && f.province.is_some()).map(|f| scope(f.year, f.province)).collect()
        }
    };
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
