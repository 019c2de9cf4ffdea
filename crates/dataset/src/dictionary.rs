//! The data dictionary: the schema, the codes and the rules, for people and programs.
//!
//! Owns its three renderings. Refuses to add anything that is not in [`super::schema`], the forms or [`nianbao_report::finding`].

use std::fmt::Write as _;

use serde_json::json;

use super::error::Result;
use super::schema::{Column, TableSchema, tables};
use nianbao_report::finding::Rule;
use nianbao_report::form::{Forms, Table};

/// A code of the forms, as the newest edition that has it describes it.
struct Code<'f> {
    table: &'f str,
    kind: &'static str,
    code: &'f str,
    label: &'f str,
    gloss: &'f str,
    unit: &'f str,
    editions: Vec<&'f str>,
}

/// Every code of a row or column of the forms, table by table, those of the newest edition first.
fn codes(forms: &Forms) -> Vec<Code<'_>> {
    let mut out: Vec<Code<'_>> = Vec::new();
    for edition in forms.editions.iter().rev() {
        for table in &edition.tables {
            let rows = table.rows.iter().map(|r| ("row", &r.code, &r.label, &r.gloss, &r.unit));
            let columns = table.columns.iter().map(|c| ("column", &c.code, &c.label, &c.gloss, &c.unit));
            for (kind, code, label, gloss, unit) in rows.chain(columns) {
                let known = |c: &&mut Code<'_>| c.table == table.code && c.kind == kind && c.code == code;
                match out.iter_mut().find(known) {
                    Some(known) => known.editions.insert(0, &edition.code),
                    None => {
                        let editions = vec![edition.code.as_str()];
                        out.push(Code { table: &table.code, kind, code, label, gloss, unit, editions });
                    }
                }
            }
        }
    }
    let order = |name: &str| forms.editions.iter().rev().flat_map(|e| &e.tables).position(|t: &Table| t.code == name);
    out.sort_by_key(|c| (order(c.table), c.kind != "row"));
    out
}

/// The dictionary as Markdown.
///
/// # Errors
/// When `data/schema.toml` is not valid.
pub fn markdown(forms: &Forms) -> Result<String> {
    let tables = tables(forms)?;
    let mut out = String::from(
        "# Data dictionary\n\nMade by `nianbao dictionary`; do not edit. Examples are values of the sample dataset. The same \
         for programs: `nianbao dictionary --format json`, and `datapackage.json` in every release.\n",
    );
    for table in &tables {
        let place = if table.partitioned { "`year=…/province=…/`" } else { "not partitioned" };
        let _ = write!(out, "\n## {}\n\n{} ({}); {place}.\n\n", table.name, table.en, table.zh);
        out.push_str("| column | type | 中文 | meaning | unit | null means | example |\n");
        out.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
        for c in &table.columns {
            let example = in_cell(c.example);
            let example = if example.is_empty() { example } else { format!("`{example}`") };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {example} |",
                c.name,
                c.kind.name(),
                c.zh,
                c.en,
                c.unit,
                c.null
            );
        }
        before_comparing(&mut out, table, forms);
    }
    out.push_str("\n## Codes\n\nRows and columns of the forms: values of `table`, `row`, `column`, `item`, `applicant` and `case`, \
        and names of the measures of the wide tables.\n\n| table | | code | 中文 | meaning | unit | editions |\n| --- | --- | --- | --- | --- | --- | --- |\n");
    for c in codes(forms) {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            c.table,
            c.kind,
            c.code,
            c.label,
            c.gloss,
            c.unit,
            c.editions.join(", ")
        );
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
    Ok(out)
}

/// What to know before comparing the columns of a table: their caveats, and the editions of measures that not all have.
fn before_comparing(out: &mut String, table: &TableSchema, forms: &Forms) {
    let some = |c: &Column| !c.editions.is_empty() && c.editions.len() < editions_of(table, forms);
    let mut said = false;
    for c in &table.columns {
        let caveat = c.caveat;
        if caveat.is_empty() && !some(c) {
            continue;
        }
        if !said {
            out.push_str("\nBefore comparing:\n\n");
            said = true;
        }
        let editions = if some(c) { format!(" (on the form of {})", c.editions.join(", ")) } else { String::new() };
        let _ = writeln!(out, "- `{}`{editions}{}{caveat}", c.name, if caveat.is_empty() { "" } else { ": " });
    }
}

/// Editions whose form has the table.
fn editions_of(table: &TableSchema, forms: &Forms) -> usize {
    forms.editions.iter().filter(|e| e.tables.iter().any(|t| t.code == table.name)).count()
}

fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The dictionary as JSON.
///
/// # Errors
/// When `data/schema.toml` is not valid.
pub fn json(forms: &Forms) -> Result<String> {
    let tables: Vec<serde_json::Value> = tables(forms)?
        .iter()
        .map(|t| {
            let columns: Vec<serde_json::Value> = t
                .columns
                .iter()
                .map(|c| {
                    json!({
                        "name": c.name, "type": c.kind.name(), "zh": c.zh, "en": c.en, "unit": c.unit, "null": c.null,
                        "editions": c.editions, "caveat": c.caveat, "example": c.example,
                    })
                })
                .collect();
            json!({"table": t.name, "zh": t.zh, "en": t.en, "partitioned": t.partitioned, "columns": columns})
        })
        .collect();
    let codes: Vec<serde_json::Value> = codes(forms)
        .iter()
        .map(|c| {
            json!({
                "table": c.table, "kind": c.kind, "code": c.code, "zh": c.label, "en": c.gloss, "unit": c.unit,
                "editions": c.editions,
            })
        })
        .collect();
    let rules: Vec<serde_json::Value> = Rule::ALL
        .iter()
        .map(|r| json!({"rule": r.id(), "severity": r.severity().code(), "zh": r.zh(), "en": r.en(), "source": r.source()}))
        .collect();
    Ok(serde_json::to_string_pretty(&json!({"tables": tables, "codes": codes, "rules": rules}))?)
}

/// The dictionary as CSV, one line per column.
///
/// # Errors
/// When `data/schema.toml` is not valid.
pub fn csv(forms: &Forms) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(["table", "column", "type", "zh", "en", "unit", "null", "editions", "caveat", "example"])?;
    for t in &tables(forms)? {
        for c in &t.columns {
            let editions = c.editions.join(" ");
            let own = [c.name.as_str(), c.kind.name(), &c.zh, &c.en, &c.unit, c.null, &editions, c.caveat, c.example];
            writer.write_record(std::iter::once(t.name).chain(own))?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
