//! A report as JSON, for programs.
//!
//! Owns the names of its keys, which are the dataset's. Refuses to leave anything out.

use serde_json::json;

use super::shown::Shown;
use nianbao_dataset::Status;
use nianbao_report::Examined;

/// The report with the provenance of every cell.
pub(super) fn report(shown: &Shown<'_>) -> serde_json::Value {
    let Shown { knowledge, document, examined, .. } = shown;
    let Examined { report, place, .. } = examined;
    let id = &report.identity;
    let cells: Vec<serde_json::Value> = report
        .tables
        .cells
        .iter()
        .map(|c| {
            let (edition, table, row, column) = shown.form(c);
            json!({
                "edition": edition.code, "table": table.code, "row": row.code, "column": column.code, "value": c.value,
                "unit": shown.unit(c), "raw": c.raw, "row_label": report.tables.labels.get(c.label as usize),
                "line": c.line, "page": shown.page(c.line), "matched": c.matched.code(),
            })
        })
        .collect();
    let findings: Vec<serde_json::Value> = report
        .findings
        .iter()
        .map(|f| {
            json!({
                "rule": f.rule.id(), "severity": f.rule.severity().code(), "table": f.table, "row": f.row, "column": f.column,
                "expected": f.expected, "actual": f.actual, "message_zh": f.message_zh(), "message_en": f.message_en(), "line": f.line,
                "page": f.line.and_then(|l| shown.page(l)),
            })
        })
        .collect();
    let mentions: Vec<serde_json::Value> = examined
        .mentions
        .iter()
        .map(|m| {
            let metric = knowledge.metrics.all().get(m.metric).map(|x| x.code.as_str());
            json!({"metric": metric, "value": m.value, "unit": m.unit, "sentence": m.sentence, "line": m.line, "page": shown.page(m.line)})
        })
        .collect();
    let status = if report.tables.cells.is_empty() { Status::NoTables } else { Status::Report };
    json!({
        "status": status.code(),
        "format": document.format.code(), "encoding": document.encoding, "decode_faults": document.decode_faults,
        "part": (shown.part.1 > 1).then_some(shown.part.0),
        "title": id.title, "agency": id.agency, "agency_kind": examined.kind.map(|kind| kind.code()), "body_id": examined.body.map(|b| format!("{b:016x}")),
        "year": id.year, "year_evidence": id.year_evidence.map(|e| e.code()), "edition": knowledge.forms.editions[report.edition].code,
        "province": place.province, "province_name": place.province_name, "prefecture_code": place.prefecture_code,
        "prefecture": place.prefecture, "county_code": place.county_code, "county": place.county,
        "region_evidence": place.evidence.map(|e| e.code()),
        "published_on": id.published_on.map(|d| d.to_string()),
        "checks_evaluated": examined.tally.evaluated, "checks_skipped": examined.tally.skipped, "mentions": mentions, "cells": cells, "findings": findings,
        "sections": report.sections.iter().map(|s| json!({"number": s.number, "code": s.code, "heading": s.heading, "text": s.text})).collect::<Vec<_>>(),
    })
}
