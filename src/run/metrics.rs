//! The metrics file of a run, for Prometheus' textfile collector.
//!
//! Owns names of metrics and labels. Refuses to measure: the report of the run has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use nianbao_dataset::Status;
use nianbao_dataset::stages::report::RunReport;

/// Writes the metrics of the run for Prometheus' textfile collector, as a whole or not at all.
pub(super) fn write(report: &RunReport, path: &Path, exit_code: u8) -> Result<()> {
    let now = jiff::Timestamp::now().as_second();
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, rows: &[(String, f64)]| {
        let _ = writeln!(out, "# HELP nianbao_{name} {help}\n# TYPE nianbao_{name} gauge");
        for (labels, value) in rows {
            let _ = writeln!(out, "nianbao_{name}{labels} {value}");
        }
    };
    let one = |value: f64| vec![(String::new(), value)];
    let counted = |map: &BTreeMap<String, u64>, always: &[&str]| -> BTreeMap<String, f64> {
        let mut all: BTreeMap<String, f64> = always.iter().map(|k| ((*k).to_owned(), 0.0)).collect();
        all.extend(map.iter().map(|(k, v)| (k.clone(), *v as f64)));
        all
    };
    let labelled = |label: &str, map: &BTreeMap<String, f64>| -> Vec<(String, f64)> {
        map.iter().map(|(key, value)| (format!("{{{label}=\"{key}\"}}"), *value)).collect()
    };
    // A series that is absent cannot be compared.
    let statuses: Vec<&str> = Status::ALL.iter().map(|s| s.code()).collect();
    gauge("last_run_timestamp_seconds", "When the last run that did not fail ended.", &one(now as f64));
    gauge("last_success_timestamp_seconds", "The same: a failed run leaves this file alone.", &one(now as f64));
    gauge("run_exit_code", "0 done, 1 a limit was crossed.", &one(f64::from(exit_code)));
    gauge("limits_crossed", "Limits that were crossed.", &one(report.violations.len() as f64));
    gauge("run_seconds", "Duration by stage.", &labelled("stage", &report.seconds));
    gauge("peak_memory_bytes", "Most memory held.", &one(report.peak_memory.unwrap_or(0) as f64));
    gauge("bytes_read", "Bytes of the archive that were read.", &one(report.changes.bytes_read as f64));
    gauge("dataset_bytes", "Bytes of the release.", &one(report.dataset_bytes as f64));
    gauge("files", "Files of the archive by status.", &labelled("status", &counted(&report.statuses, &statuses)));
    let changes = &report.changes;
    let kinds =
        [("new", changes.new), ("changed", changes.changed), ("gone", changes.gone), ("unchanged", changes.unchanged)];
    let kinds = kinds.map(|(kind, n)| (kind.to_owned(), n as f64));
    gauge("files_changed", "Files since the last run.", &labelled("kind", &BTreeMap::from(kinds)));
    gauge("rows", "Rows by table.", &labelled("table", &counted(&report.rows, &[])));
    gauge("findings", "Findings by rule.", &labelled("rule", &counted(&report.findings, &[])));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.tmp"));
    fs::write(&temporary, out)
        .and_then(|()| fs::rename(&temporary, path))
        .with_context(|| format!("cannot write the metrics file {}", path.display()))
}
