//! The data dictionary: the schema and the rules, for people and programs.
//!
//! Owns its three renderings. Refuses to add anything that is not in [`super::schema`] or [`crate::finding`].

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::schema::tables;
use crate::finding::Rule;
use crate::form::Forms;

/// The dictionary as Markdown.
#[must_use]
pub fn markdown(forms: &Forms) -> String {
    let mut out = String::from("# Data dictionary\n\nMade by `nianbao dictionary`; do not edit.\n");
    for table in tables(forms) {
        let place = if table.partitioned { "`year=…/province=…/`" } else { "not partitioned" };
        let _ = write!(out, "\n## {}\n\n{} ({}); {place}.\n\n", table.name, table.en, table.zh);
        out.push_str("| column | type | 中文 | meaning | unit | null means |\n| --- | --- | --- | --- | --- | --- |\n");
        for c in &table.columns {
            let _ = writeln!(out, "| {} | {} | {} | {} | {} | {} |", c.name, c.kind.name(), c.zh, c.en, c.unit, c.null);
        }
    }
    out.push_str(
        "\n## Rules of `findings`\n\n| rule | severity | 中文 | meaning | source |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in Rule::ALL {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            rule.id(),
            rule.severity().code(),
            rule.zh(),
            rule.en(),
            rule.source()
        );
    }
    out.push_str("\n## Series\n\n| series | editions | what to know before comparing |\n| --- | --- | --- |\n");
    for series in &forms.series {
        let editions: Vec<String> = series
            .of_edition
            .iter()
            .map(|e| format!("{}{}", forms.editions[e.edition].code, if e.exact { "" } else { " (approximate)" }))
            .collect();
        let _ = writeln!(out, "| {} | {} | {} |", series.code, editions.join(", "), series.caveat);
    }
    out
}

/// The dictionary as JSON.
///
/// # Errors
/// Never in practice: the schema is plain text.
pub fn json(forms: &Forms) -> Result<String> {
    let tables: Vec<serde_json::Value> = tables(forms)
        .iter()
        .map(|t| {
            let columns: Vec<serde_json::Value> = t
                .columns
                .iter()
                .map(|c| json!({"name": c.name, "type": c.kind.name(), "zh": c.zh, "en": c.en, "unit": c.unit, "null": c.null}))
                .collect();
            json!({"table": t.name, "zh": t.zh, "en": t.en, "partitioned": t.partitioned, "columns": columns})
        })
        .collect();
    let rules: Vec<serde_json::Value> = Rule::ALL
        .iter()
        .map(|r| json!({"rule": r.id(), "severity": r.severity().code(), "zh": r.zh(), "en": r.en(), "source": r.source()}))
        .collect();
    Ok(serde_json::to_string_pretty(&json!({"tables": tables, "rules": rules}))?)
}

/// The dictionary as CSV, one line per column.
///
/// # Errors
/// When the CSV writer fails, which memory does not.
pub fn csv(forms: &Forms) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(["table", "column", "type", "zh", "en", "unit", "null"])?;
    for t in tables(forms) {
        for c in &t.columns {
            writer.write_record([t.name, &c.name, c.kind.name(), &c.zh, &c.en, &c.unit, c.null])?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
