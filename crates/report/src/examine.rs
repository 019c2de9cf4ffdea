//! One report examined: everything that can be said about it without another.
//!
//! Owns the order of extraction, place, body and checks for one document. Refuses bytes and files.

use crate::agency::AgencyKind;
use crate::agency::body::{Role, body_id, role};
use crate::check::{About, Tally, check, ocr};
use crate::error::LoadError;
use crate::extract::mentions::{Mention, Metrics};
use crate::extract::{Extracted, Index, Report, extract, narrative_figures, parts};
use crate::finding::{Finding, Rule, Settings};
use crate::form::Forms;
use crate::region::{Clues, Gazetteer, NATIONAL, Place, resolve};
use crate::words;
use nianbao_document::Document;

/// What every report is examined with.
pub struct Knowledge {
    /// Forms.
    pub forms: Forms,
    /// Their labels.
    pub index: Index,
    /// Places.
    pub gazetteer: Gazetteer,
    /// What the narrative counts.
    pub metrics: Metrics,
    /// Severities and thresholds.
    pub settings: Settings,
}

impl Knowledge {
    /// Loads the built-in data.
    ///
    /// # Errors
    /// Names the file of `data/` that is damaged, and what in it; tested not to happen.
    pub fn load(settings: Settings) -> Result<Self, LoadError> {
        words::check()?;
        let forms = crate::form::load()?;
        let index = Index::new(&forms)?;
        Ok(Self { forms, index, gazetteer: Gazetteer::load()?, metrics: Metrics::load()?, settings })
    }
}

/// A report with its place, body and checks.
#[derive(Debug)]
pub struct Examined {
    /// What the page says, and every finding about it.
    pub report: Report,
    /// Where its body is.
    pub place: Place,
    /// How its checks went.
    pub tally: Tally,
    /// Figures of its narrative.
    pub mentions: Vec<Mention>,
    /// Kind of its body; `None` when that is unknown.
    pub kind: Option<AgencyKind>,
    /// Number of its body; `None` when the body or its place is unknown.
    pub body: Option<u64>,
    /// What the body is to its county's government.
    pub role: Role,
    /// First line of each page; empty in formats without pages.
    pub pages: Vec<u32>,
}

/// Examines every report of a document: one, none, or that of each body of a collection (汇编), in the order of the page.
#[must_use]
pub fn examine_all(knowledge: &Knowledge, document: &Document, path: &str) -> Vec<Examined> {
    let parts = parts(&knowledge.index, document);
    if parts.is_empty() {
        return examine(knowledge, document, path).into_iter().collect();
    }
    parts.into_iter().filter_map(|blocks| examine(knowledge, &document.part(blocks), path)).collect()
}

/// Examines a document as one report; `None` when it is no report. `path` is relative to the archive, with `/`.
#[must_use]
pub fn examine(knowledge: &Knowledge, document: &Document, path: &str) -> Option<Examined> {
    let Extracted::Report(report) = extract(&knowledge.forms, &knowledge.index, document, path) else {
        return None;
    };
    let mut report = *report;
    if document.decode_faults > 0 {
        let finding = Finding::new(Rule::Decoding, document.encoding.unwrap_or(document.format.code()));
        report.findings.push(Finding { actual: Some(document.decode_faults as f64), ..finding });
    }
    if document.folded {
        report.findings.push(Finding::new(Rule::Traditional, ""));
    }
    let id = &report.identity;
    let texts: Vec<&str> = id.clues.iter().map(String::as_str).collect();
    let clues = Clues { agency: id.agency.as_deref(), title: id.title.as_deref(), path, year: id.year, texts: &texts };
    let (place, mut of_place) = resolve(&knowledge.gazetteer, &clues);
    let kind = id.agency.as_deref().map(|agency| AgencyKind::of(agency, place.is_division));
    let (body, role) = match (id.agency.as_deref(), kind) {
        (Some(agency), Some(kind)) => (number(&knowledge.gazetteer, agency, &place, id.year), role(kind, agency)),
        _ => (None, Role::Other),
    };
    report.findings.append(&mut of_place);
    let mentions = narrative_figures(&knowledge.metrics, document, &report.tables);
    let about = About { kind, metrics: Some(&knowledge.metrics), mentions: &mentions };
    ocr::confirm(&knowledge.forms, document, &mut report);
    let tally = check(&knowledge.forms, &knowledge.settings, about, &mut report);
    Some(Examined { report, place, tally, mentions, kind, body, role, pages: document.pages.clone() })
}

fn number(gazetteer: &Gazetteer, agency: &str, place: &Place, year: Option<i32>) -> Option<u64> {
    let province = place.province.as_deref()?;
    let code = match place.county_code.as_deref().or(place.prefecture_code.as_deref()) {
        Some(code) => gazetteer.lineage(code, year),
        None if province == NATIONAL => province.to_owned(),
        None => format!("{province}0000"),
    };
    Some(body_id(&code, agency, place.rest.as_deref()))
}
