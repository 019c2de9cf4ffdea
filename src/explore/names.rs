//! The names of all bodies, by which the first page leads to a province.
//!
//! Owns `names.js`, which is loaded when somebody begins to type. Holds no figures.

use anyhow::Result;
use serde::Serialize;

use super::initials::Initials;
use super::province::Province;

/// The bodies of a province.
#[derive(Debug, Serialize)]
pub(super) struct Names {
    #[serde(skip)]
    pub(super) key: String,
    pub(super) name: String,
    pub(super) id: Vec<String>,
    pub(super) body: Vec<String>,
    pub(super) place: Vec<String>,
    #[serde(skip)]
    pub(super) governments: usize,
    #[serde(skip)]
    pub(super) reports: usize,
    #[serde(skip)]
    pub(super) years: Option<(i32, i32)>,
}

impl Names {
    pub(super) fn new(key: &str, title: &str, province: &Province) -> Self {
        let years = || province.reports.iter().filter_map(|r| r.year);
        let bodies = || province.bodies.iter();
        let place = |own: &Option<(String, String)>| own.as_ref().map(|(_, name)| name.clone());
        Self {
            key: key.to_owned(),
            name: title.to_owned(),
            id: bodies().map(|b| b.id.clone()).collect(),
            body: bodies().map(|b| b.name.clone()).collect(),
            place: bodies()
                .map(|b| [place(&b.prefecture), place(&b.county)].into_iter().flatten().collect::<Vec<_>>().join(" "))
                .collect(),
            governments: bodies().filter(|b| b.kind.as_deref() == Some("government") && b.county.is_some()).count(),
            reports: province.reports.len(),
            years: years().min().zip(years().max()),
        }
    }
}

/// The script.
///
/// # Errors
/// None that data can cause.
pub(super) fn script(names: &[Names]) -> Result<String> {
    let mut initials = Initials::default();
    for text in names.iter().flat_map(|n| n.body.iter().chain(&n.place)) {
        initials.add(text);
    }
    let mut out = format!("nianbao.letters={};\nnianbao.found={{", serde_json::to_string(&initials.by_letter())?);
    for own in names {
        out.push_str(&format!("\n{}:{},", serde_json::to_string(&own.key)?, serde_json::to_string(own)?));
    }
    out.push_str("\n};\n");
    Ok(out)
}
