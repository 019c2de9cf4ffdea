//! Verification of a published release: hashes, row counts, schema, codes, keys.
//!
//! Owns `nianbao check`. Refuses to repair.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::columns::check;
use super::delta;
use super::error::{Context as _, Result, ensure};
use super::hash::sha256_of;
use super::ledger::Ledger;
use super::manifest::{Manifest, ManifestFile, manifest};
use super::package;
use super::schema::{TableSchema, tables};
use nianbao_report::form::Forms;

/// What verification found.
#[derive(Debug, Default)]
pub struct Verified {
    /// Files looked at.
    pub files: usize,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Findings of the dataset: count by (rule, severity).
    pub findings: BTreeMap<(String, String), u64>,
    /// What is wrong with the dataset itself.
    pub faults: Vec<String>,
}

/// Verifies a release folder.
///
/// # Errors
/// When the manifest or the schema cannot be read; faults of single files are part of the result.
pub fn verify(forms: &Forms, release: &Path) -> Result<Verified> {
    let manifest = manifest(release)?;
    let schemas = tables(forms)?;
    let mut verified = Verified::default();
    for file in &manifest.files {
        verified.files += 1;
        if let Err(fault) = one(&schemas, release, file, &mut verified) {
            verified.faults.push(format!("{}: {fault:#}", file.path));
        }
    }
    for file in &manifest.records {
        verified.files += 1;
        if let Err(fault) = hashed(release, file) {
            verified.faults.push(format!("{}: {fault:#}", file.path));
        }
    }
    if let Some(file) = &manifest.ledger {
        verified.files += 1;
        if let Err(fault) = ledger(release, file, verified.rows.get("files").copied()) {
            verified.faults.push(format!("{}: {fault:#}", file.path));
        }
    }
    for schema in &schemas {
        let path = release.join(schema.name).join(delta::FOLDER).join(delta::VERSION);
        if path.exists() && std::fs::read_to_string(&path).ok() != Some(delta::log(schema, &manifest)?) {
            verified.faults.push(format!("{}/{}: not what the manifest says", schema.name, delta::FOLDER));
        }
    }
    unlisted(release, &manifest, &mut verified)?;
    Ok(verified)
}

fn is_log(path: &str) -> bool {
    path.ends_with(&format!("/{}/{}", delta::FOLDER, delta::VERSION))
}

fn hashed(release: &Path, listed: &ManifestFile) -> Result<()> {
    let hash = sha256_of(&release.join(&listed.path))?;
    ensure!(hash == listed.sha256, "its hash is not that of the manifest");
    Ok(())
}

/// The ledger has a row for every row of `files`, and one for each further report of a file.
fn ledger(release: &Path, listed: &ManifestFile, files: Option<u64>) -> Result<()> {
    hashed(release, listed)?;
    let mut ledger = Ledger::open(release)?;
    let mut rows = 0;
    while let Some(row) = ledger.next_row()? {
        rows += u64::from(row.facts.part.is_none());
    }
    ensure!(files == Some(rows), "{rows} rows, the table files has {}", files.unwrap_or(0));
    Ok(())
}

fn one(schemas: &[TableSchema], release: &Path, listed: &ManifestFile, verified: &mut Verified) -> Result<()> {
    let path = release.join(&listed.path);
    hashed(release, listed)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path)?)?;
    let rows = u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0);
    ensure!(rows == listed.rows, "{rows} rows, the manifest says {}", listed.rows);
    let schema =
        schemas.iter().find(|s| s.name == listed.table).with_context(|| format!("unknown table {}", listed.table))?;
    let names: Vec<&str> = reader.schema().fields().iter().map(|f| f.name().as_str()).collect();
    let expected: Vec<&str> = schema.columns.iter().map(|c| c.name.as_str()).collect();
    ensure!(names == expected, "its columns are not those of the schema: {names:?}");
    for (field, column) in reader.schema().fields().iter().zip(&schema.columns) {
        ensure!(*field.data_type() == column.kind.arrow(), "column {} has type {}", column.name, field.data_type());
    }
    *verified.rows.entry(listed.table.clone()).or_default() += rows;
    let mut seen = HashSet::new();
    for batch in reader.build()? {
        let batch = batch?;
        for (column, array) in schema.columns.iter().zip(batch.columns()) {
            check(column.codes, array).with_context(|| column.name.clone())?;
        }
        match listed.table.as_str() {
            "reports" => unique(&batch, "report_id", &mut seen)?,
            "files" => unique(&batch, "source_path", &mut seen)?,
            "findings" => count_findings(&batch, verified)?,
            _ => {}
        }
    }
    Ok(())
}

fn texts(batch: &RecordBatch, name: &str) -> Result<Vec<Option<String>>> {
    let column = batch.column_by_name(name).with_context(|| format!("no column {name}"))?;
    if let Some(plain) = column.as_string_opt::<i32>() {
        return Ok(plain.iter().map(|v| v.map(str::to_owned)).collect());
    }
    let codes =
        column.as_dictionary_opt::<arrow_array::types::Int32Type>().with_context(|| format!("{name} is no text"))?;
    let values = codes.values().as_string_opt::<i32>().with_context(|| format!("{name} is no text"))?;
    Ok(codes
        .keys()
        .iter()
        .map(|k| {
            k.and_then(|k| usize::try_from(k).ok()).filter(|k| values.is_valid(*k)).map(|k| values.value(k).to_owned())
        })
        .collect())
}

fn unique(batch: &RecordBatch, key: &str, seen: &mut HashSet<String>) -> Result<()> {
    for value in texts(batch, key)? {
        let value = value.with_context(|| format!("a row without {key}"))?;
        ensure!(!seen.contains(&value), "{key} {value} twice");
        seen.insert(value);
    }
    Ok(())
}

fn count_findings(batch: &RecordBatch, verified: &mut Verified) -> Result<()> {
    for (rule, severity) in texts(batch, "rule")?.into_iter().zip(texts(batch, "severity")?) {
        *verified.findings.entry((rule.unwrap_or_default(), severity.unwrap_or_default())).or_default() += 1;
    }
    Ok(())
}

/// Data files that the manifest does not list.
fn unlisted(release: &Path, manifest: &Manifest, verified: &mut Verified) -> Result<()> {
    let listed: HashSet<&str> = manifest.files.iter().map(|f| f.path.as_str()).collect();
    for entry in walkdir::WalkDir::new(release).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot list {}", release.display()))?;
        let Ok(relative) = entry.path().strip_prefix(release) else { continue };
        let relative = relative.to_string_lossy();
        let data = !relative.starts_with('_') && relative != package::NAME && !is_log(&relative);
        if entry.file_type().is_file() && data && !listed.contains(relative.as_ref()) {
            verified.faults.push(format!("{relative}: not in the manifest"));
        }
    }
    Ok(())
}
