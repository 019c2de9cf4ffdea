//! Rows: a record becomes rows of every partitioned table, a file its row of `files`.
//!
//! Owns which table shows what, and that wide tables and series hold primary reports only. Refuses to compute anything
//! beyond the harmonised series.

mod coverage;
mod figures;
mod findings;
pub mod gather;
mod handles;
#[cfg(test)]
mod tests;

pub(crate) use coverage::coverage;
pub(crate) use findings::{beside, file_finding, kept};
pub(crate) use handles::{Files, Tables};

use crate::error::Result;

use crate::columns::{Columns, Field, Filled};
use crate::hash::hex;
use crate::store::facts::FileRecord;
use crate::store::record::Record;
use handles::{At, Mentions, Reports, Sections};
use nianbao_document::page_of;
use nianbao_report::Knowledge;
use nianbao_report::form::Forms;

/// One report into all tables of its partition. `files` are those of the partitioned tables, in the order of the schema.
///
/// # Errors
/// When the files are of other tables.
pub(crate) fn report<F: Filled>(
    knowledge: &Knowledge,
    at: &Tables,
    files: &mut [F],
    r: &Record<'_>,
    is_primary: bool,
) -> Result<()> {
    let forms = &knowledge.forms;
    reports(forms, &at.reports, at.reports.of(files)?, r, is_primary);
    figures::cells(forms, &at.cells, at.cells.of(files)?, r);
    if is_primary {
        figures::disclosure(forms, &at.disclosure, at.disclosure.of(files)?, r);
        figures::requests(forms, &at.requests, at.requests.of(files)?, r);
        figures::disputes(forms, &at.disputes, at.disputes.of(files)?, r);
        figures::statistics(forms, &at.statistics, at.statistics.of(files)?, r);
        figures::series(forms, &at.series, at.series.of(files)?, r);
    }
    sections(forms, &at.sections, at.sections.of(files)?, r);
    mentions(knowledge, &at.mentions, at.mentions.of(files)?, r);
    findings::findings(knowledge, &at.findings, at.findings.of(files)?, r);
    Ok(())
}

/// The row of `reports`.
fn reports(forms: &Forms, at: &At<Reports>, columns: &mut Columns, r: &Record<'_>, is_primary: bool) {
    at.keys.fill(columns, r, &forms.editions[usize::from(r.edition)].code, 1);
    let own = &at.own;
    let mut set = |column: usize, field: Field<'_>| columns.push(column, field, 1);
    let int = |n: u32| Field::Int(i64::from(n));
    set(own.part, r.part.map_or(Field::Null, int));
    set(own.title, r.title.into());
    set(own.agency_kind, r.agency_kind.into());
    set(own.county, r.place.county.into());
    set(own.prefecture, r.place.prefecture.into());
    set(own.province_name, r.place.province_name.into());
    set(own.year_evidence, r.year_evidence.into());
    set(own.region_evidence, r.place.evidence.into());
    set(own.published_on, r.published_on.map_or(Field::Null, |d| Field::Int(i64::from(d))));
    set(own.source_path, Field::Str(r.source_path));
    set(own.format, Field::Str(r.format));
    set(own.is_primary, Field::Bool(is_primary));
    set(own.tables_found, int(r.tables_found));
    set(own.cells_expected, int(r.cells_expected));
    set(own.cells_found, Field::Int(r.cells.len() as i64));
    set(own.cells_recovered, int(r.cells_recovered));
    set(own.checks_evaluated, int(r.checks_evaluated));
    set(own.checks_failed, int(r.checks_failed));
    set(own.checks_skipped, int(r.checks_skipped));
    set(own.quality, Field::Str(r.quality));
    set(own.body_id, r.body_id.as_deref().into());
}

/// The rows of `sections`.
fn sections(forms: &Forms, at: &At<Sections>, columns: &mut Columns, r: &Record<'_>) {
    for (number, code, heading, text) in &r.sections {
        at.keys.fill(columns, r, &forms.editions[usize::from(r.edition)].code, 1);
        columns.push(at.own.number, Field::Int(i64::from(*number)), 1);
        columns.push(at.own.code, Field::Str(code), 1);
        columns.push(at.own.heading, Field::Str(heading), 1);
        columns.push(at.own.text, Field::Str(text.0), 1);
    }
}

/// The rows of `mentions`.
fn mentions(knowledge: &Knowledge, at: &At<Mentions>, columns: &mut Columns, r: &Record<'_>) {
    for (metric, value, unit, sentence, line) in &r.mentions {
        let Some(metric) = knowledge.metrics.all().get(usize::from(*metric)) else { continue };
        at.keys.fill(columns, r, &knowledge.forms.editions[usize::from(r.edition)].code, 1);
        columns.push(at.own.metric, Field::Str(&metric.code), 1);
        columns.push(at.own.value, Field::Float(*value), 1);
        columns.push(at.own.unit, if unit.is_empty() { Field::Null } else { Field::Str(unit) }, 1);
        columns.push(at.own.sentence, Field::Str(sentence), 1);
        columns.push(at.own.source_path, Field::Str(r.source_path), 1);
        columns.push(at.own.line, Some(*line).into(), 1);
        columns.push(at.own.page, page_of(&r.pages, *line).into(), 1);
    }
}

/// The row of `files`. `status` is the final one; `reports` how many it holds; `instead` is the path of the file that stands
/// for this one.
pub(crate) fn file(
    at: &Files,
    columns: &mut Columns,
    file: &FileRecord,
    (status, reports): (&str, u32),
    instead: Option<&str>,
) {
    let int = |n: Option<u64>| n.map_or(Field::Null, |n| Field::Int(i64::try_from(n).unwrap_or(i64::MAX)));
    let hash = file.facts.hash.map(|h| hex(&h));
    let hash = hash.as_deref();
    let mut set = |column: usize, field: Field<'_>| columns.push(column, field, 1);
    set(at.source_path, Field::Str(&file.facts.source_path));
    set(at.reports, Field::Int(i64::from(reports)));
    set(at.size, int(file.facts.size));
    set(at.modified, file.facts.modified.map_or(Field::Null, |d| Field::Int(i64::from(d))));
    set(at.content_hash, hash.into());
    set(at.format, file.facts.format.as_deref().into());
    set(at.encoding, file.facts.encoding.as_deref().into());
    set(at.decode_faults, int(file.facts.decode_faults));
    set(at.status, Field::Str(status));
    set(at.reason, file.facts.reason.as_deref().into());
    set(at.report_id, hash.and_then(|h| h.get(..16)).filter(|_| file.is_report).into());
    set(at.duplicate_of, instead.into());
}
