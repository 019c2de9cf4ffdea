//! Extraction: a [`Document`] becomes a [`Report`].
//!
//! Owns everything that reads meaning into a page: where tables lie, which row is which, what a cell says, whose report
//! it is. Refuses file formats (`read`), places (`region`) and arithmetic across cells (`check`). The path of a page:
//! `stream` → `regions` → `candidate` → `anchor` → `align` → `row`, one file for each layout (`blocks`, `matrix`, `lists`,
//! `wide`) under `tables`, what is found in `found`; beside it `identity` and `sections`.

mod align;
mod anchor;
mod assign;
mod blank;
mod blocks;
mod candidate;
mod dedup;
mod found;
mod frame;
mod gaps;
mod genre;
mod grid;
mod headwords;
mod identity;
mod index;
mod label;
mod lists;
mod matrix;
mod meaning;
pub mod mentions;
pub(crate) mod number;
mod parts;
mod printing;
mod regions;
mod row;
mod sections;
mod seen;
mod shifted;
mod slots;
mod split;
mod stream;
mod tables;
mod text;
mod weights;
mod wide;

pub use found::{FoundCell, FoundTables};
pub use identity::{Date, Identity, YearEvidence, agency_of_title};
pub use index::{Index, Matched};
pub use parts::parts;
pub use sections::FoundSection;
pub use text::compact;

use mentions::{Mention, Metrics, mentions_in};

use crate::finding::{Finding, Rule, bilingual};
use crate::form::Forms;
use nianbao_document::{Block, Document, page_of};

/// What one document reports.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whose report it is.
    pub identity: Identity,
    /// Edition of most of its blocks, else the one in force in its year.
    pub edition: usize,
    /// Cells, labels and tables found.
    pub tables: FoundTables,
    /// Tables that the page announces but does not hold, by table code.
    pub missing: Vec<String>,
    /// Chapters of the narrative.
    pub sections: Vec<FoundSection>,
    /// What went wrong so far.
    pub findings: Vec<Finding>,
}

/// What a document is.
#[derive(Clone, Debug)]
pub enum Extracted {
    /// An annual report.
    Report(Box<Report>),
    /// Something else.
    NotAReport,
}

/// Reads a report. `path` is relative to the archive, with `/`.
#[must_use]
pub fn extract(forms: &Forms, index: &Index, document: &Document, path: &str) -> Extracted {
    let identity = identity::identity(document, path);
    let pieces = stream::pieces(document, &|norm| index.is_row_label(norm));
    let regions = regions::regions(forms, index, &pieces);
    let default_edition = forms.in_force(identity.year);
    let cx = found::Context {
        forms,
        index,
        document,
        pieces: &pieces,
        default_edition,
        year: identity.year,
        agency: identity.agency.as_deref(),
    };
    let mut tables = tables::tables(&cx, &regions);
    if document.truncated {
        tables.cells.retain(|c| !c.blank || !c.raw.trim().is_empty());
    }
    for cell in &mut tables.cells {
        if page_of(&document.pages, cell.line).is_some_and(|page| document.ocr_pages.contains(&page)) {
            cell.matched = Matched::Ocr;
        }
    }
    let edition = tables.majority(forms).unwrap_or(default_edition);
    let sections = sections::sections(forms, index, edition, &pieces);
    if genre::is_other(&cx, identity.title.as_deref(), &sections, &tables) {
        return Extracted::NotAReport;
    }
    let mut findings = std::mem::take(&mut tables.findings);
    if identity.year.is_none() {
        findings.push(Finding::new(Rule::YearUnknown, ""));
    }
    if let (Some(other), Some(year)) = (identity.other_year, identity.year) {
        let detail = bilingual(&format!("标题{other}年，统计期限{year}年"), &format!("{other} / {year}"));
        findings.push(Finding {
            expected: Some(f64::from(year)),
            actual: Some(f64::from(other)),
            ..Finding::new(Rule::YearDisagrees, detail)
        });
    }
    if let (Some(by), Some(agency)) = (&identity.signed_by, &identity.agency) {
        findings.push(Finding::new(
            Rule::AgencyDisagrees,
            bilingual(&format!("标题为{agency}，落款为{by}"), &format!("{agency} / {by}")),
        ));
    }
    if identity.agency.is_none() {
        findings.push(Finding::new(Rule::AgencyUnknown, identity.title.clone().unwrap_or_default()));
    }
    let missing = missing_tables(forms, edition, &tables, &mut findings);
    Extracted::Report(Box::new(Report { identity, edition, tables, missing, sections, findings }))
}

/// Lines between two cells that are further apart hold no table.
const APART: u32 = 12;

/// The figures that the narrative mentions: lines of running text only, tables left out.
#[must_use]
pub fn narrative_figures(metrics: &Metrics, document: &Document, tables: &FoundTables) -> Vec<Mention> {
    let mut out = Vec::new();
    // The end of a label that was broken over lines reads like a sentence: 不再处理其政府信息公开申请 0.
    let mut cells: Vec<u32> = tables.cells.iter().map(|c| c.line).filter(|l| *l > 0).collect();
    cells.sort_unstable();
    cells.dedup();
    let in_table = |line: u32| {
        let next = cells.partition_point(|c| *c < line);
        match (next.checked_sub(1).and_then(|i| cells.get(i)), cells.get(next)) {
            (_, Some(at)) if *at == line => true,
            (Some(before), Some(behind)) => behind - before <= APART,
            _ => false,
        }
    };
    for block in &document.blocks {
        let Block::Line(line) = block else { continue };
        let text = document.text(line.text);
        // A sentence has its marks; the cells of a table have none.
        // What a table's label leaves on a line of its own has no comma and no end.
        let broken_label = || !text.contains(['，', '。', '；', ',']) && in_table(line.line);
        if text.len() >= 24 && memchr::memchr2(b'\t', b'|', text.as_bytes()).is_none() && !broken_label() {
            mentions_in(metrics, text, line.line, &mut out);
        }
    }
    out
}

/// Tables of the edition without a cell. The list of 2014-2018 was an annex that many reports rightly do without.
fn missing_tables(forms: &Forms, edition: usize, tables: &FoundTables, findings: &mut Vec<Finding>) -> Vec<String> {
    let form = &forms.editions[edition];
    let optional = |t: &crate::form::Table| t.layout == crate::form::Layout::List;
    let missing: Vec<String> = form
        .tables
        .iter()
        .filter(|t| !optional(t) && !tables.tables.iter().any(|(e, i)| forms.editions[*e].tables[*i].code == t.code))
        .map(|t| t.code.clone())
        .collect();
    for code in &missing {
        let label = form.tables.iter().find(|t| t.code == *code).map_or("", |t| t.label.as_str());
        findings.push(Finding::new(Rule::MissingTable, label).in_table(code));
    }
    missing
}
