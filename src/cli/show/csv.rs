//! A report's cells as CSV, for programs: texts are the page's own, nothing is neutralised for spreadsheets.
//!
//! Owns its columns: those of the table `cells`, and what the findings say of each cell. Findings about no cell stand on
//! lines of their own at the end, so that none is lost.

use anyhow::Result;

use super::shown::Shown;
use nianbao_report::finding::Finding;

const HEADER: [&str; 13] = [
    "edition",
    "table",
    "row",
    "column",
    "value",
    "unit",
    "raw",
    "row_label",
    "column_label",
    "line",
    "page",
    "matched",
    "findings",
];

/// One line a cell.
pub(super) fn cells(shown: &Shown<'_>) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    for cell in &shown.examined.report.tables.cells {
        let (edition, table, row, column) = shown.form(cell);
        let findings: Vec<String> = shown.beside(cell).map(said).collect();
        writer.write_record([
            &edition.code,
            &table.code,
            &row.code,
            &column.code,
            &cell.value.map(|v| v.to_string()).unwrap_or_default(),
            shown.unit(cell).unwrap_or_default(),
            cell.raw.as_ref(),
            shown.examined.report.tables.labels.get(cell.label as usize).map(AsRef::as_ref).unwrap_or_default(),
            &column.label,
            &number(Some(cell.line).filter(|l| *l > 0)),
            &number(shown.page(cell.line)),
            cell.matched.code(),
            &findings.join("; "),
        ])?;
    }
    for finding in shown.apart() {
        let code = |code: &Option<String>| code.clone().unwrap_or_default();
        let mut record = vec![String::new(); HEADER.len()];
        record[1..4].clone_from_slice(&[code(&finding.table), code(&finding.row), code(&finding.column)]);
        record[9..11].clone_from_slice(&[number(finding.line), number(finding.line.and_then(|l| shown.page(l)))]);
        record[12] = said(finding);
        writer.write_record(record)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Why there is no cell.
pub(super) fn stopped(step: &str, status: &str, reason: &str) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let mut record = vec![String::new(); HEADER.len()];
    record[12] = format!("stopped at {step}: {status}: {reason}");
    writer.write_record(record)?;
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn said(finding: &Finding) -> String {
    format!("{} {}: {}", finding.rule.severity().code(), finding.rule.id(), finding.message_zh())
}
