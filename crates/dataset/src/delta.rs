//! Logs for readers of Delta tables: `<table>/_delta_log/00000000000000000000.json` in a release.
//!
//! Owns their shape: version 0 of a table that never changes, for protocol 1/2, made of schema and manifest alone, so that
//! equal data gives equal bytes. Refuses a lasting table over releases: readers take its paths differently
//! (`guide/engines.md` part 8). Off unless a pipeline says `[dataset] delta = true`.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::disk::Disk;
use crate::error::Result;
use crate::hash::hex;
use crate::release::manifest::{Manifest, ManifestFile};
use crate::schema::{Kind, TableSchema, tables};
use nianbao_report::form::Forms;

/// Name of the folder within a table.
pub(crate) const FOLDER: &str = "_delta_log";
/// Name of the only version.
pub(crate) const VERSION: &str = "00000000000000000000.json";

/// Writes the logs of a release into its folder.
///
/// # Errors
/// When the file system refuses.
pub fn write_logs(disk: &Disk, root: &Path, forms: &Forms, manifest: &Manifest) -> Result<()> {
    for table in &tables(forms)? {
        let folder = root.join(table.name).join(FOLDER);
        disk.create_folders(&folder)?;
        disk.write_file(&folder.join(VERSION), log(table, manifest)?.as_bytes())?;
    }
    Ok(())
}

/// The log of a table.
pub(crate) fn log(table: &TableSchema, manifest: &Manifest) -> Result<String> {
    let mut files: Vec<&ManifestFile> = manifest.files.iter().filter(|f| f.table == table.name).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let id = hex(&Sha256::digest(format!("nianbao {}", table.name)));
    let part = |from: usize, to: usize| id.get(from..to).unwrap_or_default();
    let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
    let partitions: &[&str] = if table.partitioned { &["year", "province"] } else { &[] };
    let mut lines = vec![
        json!({"protocol": {"minReaderVersion": 1, "minWriterVersion": 2}}),
        json!({"metaData": {
            "id": id, "name": table.name, "format": {"provider": "parquet", "options": {}}, "configuration": {},
            "schemaString": schema(table, partitions).to_string(), "partitionColumns": partitions, "createdTime": 0,
        }}),
    ];
    lines.extend(files.into_iter().map(|f| add(f, table.partitioned)));
    Ok(lines.iter().map(|line| format!("{line}\n")).collect())
}

fn schema(table: &TableSchema, partitions: &[&str]) -> Value {
    let field = |name: &str, kind: &str| json!({"name": name, "type": kind, "nullable": true, "metadata": {}});
    let own = table.columns.iter().map(|c| {
        let kind = match c.kind {
            Kind::Code | Kind::Text => "string",
            Kind::Int => "long",
            Kind::Float => "double",
            Kind::Date => "date",
            Kind::Bool => "boolean",
        };
        field(&c.name, kind)
    });
    let fields: Vec<Value> = own.chain(partitions.iter().map(|p| field(p, "integer"))).collect();
    json!({"type": "struct", "fields": fields})
}

fn add(file: &ManifestFile, partitioned: bool) -> Value {
    let path = file.path.split_once('/').map_or(file.path.as_str(), |(_, within)| within);
    let values = if partitioned {
        json!({"year": file.year.map(|y| y.to_string()), "province": file.province.map(|p| p.to_string())})
    } else {
        json!({})
    };
    let stats = json!({"numRecords": file.rows}).to_string();
    json!({"add": {
        "path": path, "partitionValues": values, "size": file.bytes, "modificationTime": 0, "dataChange": true, "stats": stats,
    }})
}
