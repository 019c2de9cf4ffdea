//! The rows of `findings`.
//!
//! Owns which cell a finding is shown with. Refuses to find anything.

use super::figures::{label, unit};
use super::handles::{At, Findings, Tables};
use crate::columns::{Columns, Field};
use crate::store::record::{CellRecord, FindingRecord, Record};
use nianbao_document::page_of;
use nianbao_report::Knowledge;
use nianbao_report::check::across::{Doubt, FIGURES};
use nianbao_report::finding::{Finding, Rule, Settings};
use nianbao_report::form::Forms;

/// Codes of table, row and column of a cell.
fn codes<'r>(forms: &'r Forms, cell: &CellRecord<'_>) -> (&'r str, &'r str, &'r str) {
    let form = &forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
    (&form.code, &form.rows[usize::from(cell.row)].code, &form.columns[usize::from(cell.column)].code)
}

/// The cell that a finding is about, on its line if it has one: a figure of the narrative stands elsewhere than the cell
/// that it is set beside.
fn cell_of<'r, 'a>(forms: &Forms, r: &'r Record<'a>, f: &FindingRecord<'_>) -> Option<&'r CellRecord<'a>> {
    let of = (f.table?, f.row?, f.column?);
    let own = || r.cells.iter().filter(|c| codes(forms, c) == of);
    match f.line {
        Some(line) => own().find(|c| c.line == line),
        None => own().next(),
    }
}

/// Whether findings of a rule, by its number, are told at all.
pub(crate) fn kept(settings: &Settings, rule: u8) -> bool {
    Rule::ALL.get(usize::from(rule)).is_some_and(|r| settings.severity_of(*r).is_some())
}

/// The finding of a doubt that a report and another one show together.
pub(crate) fn beside<'a>(forms: &Forms, r: &Record<'_>, doubt: &Doubt, detail: &'a str) -> FindingRecord<'a> {
    let figure = doubt.figure.and_then(|f| FIGURES.get(f));
    let cell = figure.and_then(|figure| r.cells.iter().find(|c| codes(forms, c) == *figure));
    FindingRecord {
        rule: doubt.rule as u8,
        table: figure.map(|f| f.0),
        row: figure.map(|f| f.1),
        column: figure.map(|f| f.2),
        expected: doubt.expected,
        actual: doubt.actual,
        detail,
        line: cell.map(|c| c.line).filter(|l| *l > 0),
    }
}

/// The rows of a report.
pub(super) fn findings(knowledge: &Knowledge, at: &At<Findings>, columns: &mut Columns, r: &Record<'_>) {
    let forms = &knowledge.forms;
    let edition = &forms.editions[usize::from(r.edition)].code;
    for finding in &r.findings {
        at.keys.fill(columns, r, edition, 1);
        said(&knowledge.settings, &at.own, columns, finding, (r.source_path, &r.pages));
        let cell = cell_of(forms, r, finding);
        let heading = |c: &CellRecord<'_>| {
            let form = &forms.editions[usize::from(c.edition)].tables[usize::from(c.table)];
            form.columns[usize::from(c.column)].label.as_str()
        };
        columns.push(at.own.raw, cell.map(|c| c.raw).into(), 1);
        columns.push(at.own.row_label, cell.and_then(|c| label(r, c)).into(), 1);
        columns.push(at.own.column_label, cell.map(heading).into(), 1);
        columns.push(at.own.value, cell.and_then(|c| c.value).into(), 1);
        columns.push(at.own.unit, cell.and_then(|c| unit(forms, c)).into(), 1);
    }
}

/// The row of a file that is no report.
pub(crate) fn file_finding(
    settings: &Settings,
    at: &Tables,
    columns: &mut Columns,
    finding: &FindingRecord<'_>,
    source_path: &str,
) {
    let (keys, own) = (&at.findings.keys, &at.findings.own);
    let of_report = [keys.report_id, keys.agency, keys.county_code, keys.prefecture_code, keys.edition];
    let of_cell = [own.raw, own.row_label, own.column_label, own.value, own.unit];
    for column in of_report.into_iter().chain(of_cell) {
        columns.push(column, Field::Null, 1);
    }
    said(settings, own, columns, finding, (source_path, &[]));
}

/// What every finding says.
fn said(
    settings: &Settings,
    own: &Findings,
    columns: &mut Columns,
    f: &FindingRecord<'_>,
    (source_path, pages): (&str, &[u32]),
) {
    let Some(rule) = Rule::ALL.get(usize::from(f.rule)).copied() else { return };
    let whole = Finding::new(rule, f.detail);
    let severity = settings.severity_of(rule).unwrap_or(rule.severity());
    let mut set = |column: usize, field: Field<'_>| columns.push(column, field, 1);
    set(own.rule, Field::Str(rule.id()));
    set(own.severity, Field::Str(severity.code()));
    set(own.table, f.table.into());
    set(own.row, f.row.into());
    set(own.column, f.column.into());
    set(own.expected, f.expected.into());
    set(own.actual, f.actual.into());
    set(own.message_zh, Field::Str(&whole.message_zh()));
    set(own.message_en, Field::Str(&whole.message_en()));
    set(own.source_path, Field::Str(source_path));
    set(own.line, f.line.into());
    set(own.page, f.line.and_then(|l| page_of(pages, l)).into());
}
