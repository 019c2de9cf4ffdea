//! What all pages share: the forms with their rows and columns, the series that run over them, rules, names of codes.
//!
//! Owns `forms.js`, and the order in which the cells of a table are written. Everything in it is the data that the reports
//! were read by: the script knows no form.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::{Value, json};

use nianbao_dataset::schema::{Code, tables};
use nianbao_report::Knowledge;
use nianbao_report::finding::Rule;
use nianbao_report::form::{CellKey, Forms, Table};

/// A table of an edition, as it is numbered in the pages.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) edition: String,
    pub(super) table: String,
    /// Cells of each row.
    pub(super) widths: Vec<usize>,
    /// Where a cell of the form stands, by row and column.
    slots: HashMap<(String, String), usize>,
}

impl Form {
    /// Place of a cell in the order of the form.
    pub(super) fn slot(&self, row: &str, column: &str) -> Option<usize> {
        self.slots.get(&(row.to_owned(), column.to_owned())).copied()
    }

    pub(super) fn cells(&self) -> usize {
        self.widths.iter().sum()
    }
}

/// The tables of all editions, oldest first.
pub(super) fn numbered(forms: &Forms) -> Vec<Form> {
    let mut numbered = Vec::new();
    for edition in &forms.editions {
        for table in &edition.tables {
            let mut slots = HashMap::new();
            for row in &table.rows {
                for column in columns(table, row.columns.as_slice()) {
                    slots.insert((row.code.clone(), column), slots.len());
                }
            }
            numbered.push(Form {
                edition: edition.code.clone(),
                table: table.code.clone(),
                widths: table.rows.iter().map(|r| r.columns.len()).collect(),
                slots,
            });
        }
    }
    numbered
}

fn columns(table: &Table, of_row: &[usize]) -> Vec<String> {
    of_row.iter().filter_map(|c| table.columns.get(*c)).map(|c| c.code.clone()).collect()
}

#[derive(Serialize)]
struct Shared {
    forms: Vec<Value>,
    series: Vec<Value>,
    rules: Vec<[&'static str; 2]>,
    names: Value,
    metrics: Value,
    provinces: Value,
}

/// The script of what is shared.
///
/// # Errors
/// When the schema cannot be read, which is a fault of this program.
pub(super) fn script(knowledge: &Knowledge) -> Result<String> {
    let forms = &knowledge.forms;
    let schema = tables(forms)?;
    let codes = |table: &str, column: &str| -> Result<Value> {
        let table = schema.iter().find(|t| t.name == table).context("no such table")?;
        let column = table.columns.iter().find(|c| c.name == column).context("no such column")?;
        let name = |c: &Code| (c.code.clone(), Value::from(c.zh.clone()));
        Ok(Value::Object(column.codes.list.iter().map(name).collect()))
    };
    let shared = Shared {
        forms: forms
            .editions
            .iter()
            .flat_map(|e| e.tables.iter().map(move |t| (e, t)))
            .map(|(e, t)| form(&e.code, t))
            .collect(),
        series: series(forms),
        rules: Rule::ALL.iter().map(|r| [r.id(), r.zh()]).collect(),
        names: json!({
            "kind": codes("reports", "agency_kind")?,
            "quality": codes("reports", "quality")?,
            "format": codes("reports", "format")?,
            "severity": codes("findings", "severity")?,
            "table": Value::Object(schema.iter().map(|t| (t.name.to_owned(), Value::from(t.zh))).collect()),
        }),
        metrics: Value::Object(metrics(knowledge)),
        // Filled by the data file of each province.
        provinces: json!({}),
    };
    Ok(format!("window.nianbao={};\n", serde_json::to_string(&shared)?))
}

/// What the narrative states that a table holds too.
fn metrics(knowledge: &Knowledge) -> serde_json::Map<String, Value> {
    let one = |m: &nianbao_report::extract::mentions::Metric| {
        let cell = m.cell.as_ref()?;
        let rows: Vec<&str> = cell.row.split('+').map(str::trim).collect();
        Some((m.code.clone(), json!({ "zh": m.zh, "table": cell.table, "rows": rows, "column": cell.column })))
    };
    knowledge.metrics.all().iter().filter_map(one).collect()
}

fn form(edition: &str, table: &Table) -> Value {
    let group = |at: Option<usize>| at.and_then(|g| table.groups.get(g)).map(|g| g.label.clone());
    json!({
        "edition": edition,
        "table": table.code,
        "label": table.label,
        "columns": table.columns.iter().map(|c| json!([c.code, c.label, c.unit])).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|r| json!([r.code, format!("{}{}", r.ordinal, r.label), group(r.parent), r.unit, r.columns])).collect::<Vec<_>>(),
        "identities": table.identities.iter().map(|i| json!([i.text, i.over_rows, i.hard])).collect::<Vec<_>>(),
    })
}

/// Each series with its formula on each form: sign, table, row, column.
fn series(forms: &Forms) -> Vec<Value> {
    let key = |edition: usize, key: &CellKey| {
        let table = forms.editions.get(edition)?.tables.get(key.table)?;
        Some((table.code.clone(), table.rows.get(key.row)?.code.clone(), table.columns.get(key.column)?.code.clone()))
    };
    let one = |s: &nianbao_report::form::Series| {
        let on: serde_json::Map<String, Value> = s
            .of_edition
            .iter()
            .filter_map(|own| {
                let edition = forms.editions.get(own.edition)?;
                let terms: Option<Vec<Value>> = own
                    .terms
                    .iter()
                    .map(|(sign, of)| key(own.edition, of).map(|(t, r, c)| json!([sign, t, r, c])))
                    .collect();
                Some((edition.code.clone(), json!({ "exact": own.exact, "terms": terms? })))
            })
            .collect();
        json!({ "code": s.code, "on": on })
    };
    forms.series.iter().map(one).collect()
}
