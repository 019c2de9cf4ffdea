//! `datapackage.json`: the release for programs that know Frictionless data packages
//! (<https://datapackage.org/standard/data-package/>, version 2).
//!
//! Owns its shape. Made of the schema and the manifest alone, so that equal data gives an equal file: no name of a run, no
//! time. Refuses to say what the dictionary does not.

use serde_json::{Map, Value, json};

use super::error::Result;
use super::manifest::Manifest;
use super::schema::{Column, Kind, SCHEMA_VERSION, TableSchema, tables};
use nianbao_report::form::Forms;

/// Name of the file, at the top of a release.
pub const NAME: &str = "datapackage.json";

/// The descriptor of a release. Tables without a file are left out: a resource needs a path.
///
/// # Errors
/// When `data/schema.toml` is not valid.
pub fn datapackage(forms: &Forms, manifest: &Manifest) -> Result<Value> {
    let mut resources = Vec::new();
    for table in &tables(forms)? {
        let mut paths: Vec<&str> =
            manifest.files.iter().filter(|f| f.table == table.name).map(|f| f.path.as_str()).collect();
        paths.sort_unstable();
        if !paths.is_empty() {
            resources.push(resource(table, &paths));
        }
    }
    Ok(json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "nianbao",
        "title": "政府信息公开工作年度报告数据集",
        "description": "Statistics of Chinese annual open-government-information reports. A null is never zero. Parquet; \
            year and province are folders (year=YYYY/province=PP), no columns of the files.",
        "version": SCHEMA_VERSION,
        "resources": resources,
    }))
}

fn resource(table: &TableSchema, paths: &[&str]) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(field).collect();
    let mut schema = json!({"fields": fields, "missingValues": [""]});
    match table.name {
        "reports" => schema["primaryKey"] = json!(["report_id"]),
        "files" => schema["primaryKey"] = json!(["source_path"]),
        _ => {
            schema["foreignKeys"] =
                json!([{"fields": ["report_id"], "reference": {"resource": "reports", "fields": ["report_id"]}}]);
        }
    }
    let mut resource = json!({
        "name": table.name,
        "type": "table",
        "title": table.zh,
        "description": table.en,
        "path": paths,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": schema,
    });
    if table.partitioned {
        resource["partitionedBy"] = json!(["year", "province"]);
    }
    resource
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Code | Kind::Text => "string",
        Kind::Int => "integer",
        Kind::Float => "number",
        Kind::Date => "date",
        Kind::Bool => "boolean",
    };
    let mut field = Map::new();
    let facts = [
        ("name", column.name.as_str()),
        ("type", kind),
        ("title", &column.zh),
        ("description", &column.en),
        ("unit", &column.unit),
        ("nullMeaning", column.null),
        ("example", column.example),
        ("caveat", column.caveat),
    ];
    for (key, value) in facts.into_iter().filter(|(_, v)| !v.is_empty()) {
        field.insert(key.to_owned(), json!(value));
    }
    if !column.editions.is_empty() {
        field.insert("editions".to_owned(), json!(column.editions));
    }
    Value::Object(field)
}
