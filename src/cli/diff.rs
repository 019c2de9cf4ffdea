//! `nianbao diff`.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::Result;

use super::console::{Exit, print};
use nianbao_dataset::diff::{CellState, Changed, Difference, Shared, Standing, diff, release_before};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Dataset folder (the one with `current`)
    dataset: PathBuf,
    /// Release that the current one is compared with, by its name; the one before it by default
    #[arg(value_name = "VERSION")]
    against: Option<String>,
    /// Format; JSON lists everything
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Lines of each kind (added, gone, changed, cell) in text; counts are always whole
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let (before, after) = release_before(&args.dataset, args.against.as_deref())?;
    let difference = diff(&before, &after)?;
    match args.format {
        Format::Text => as_text(&difference, args.limit)?,
        Format::Json => as_json(&difference)?,
    }
    Ok(Exit::Done)
}

/// Straight to stdout: after a change of the program it may be larger than memory has room for twice.
fn as_json(difference: &Difference) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, difference).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

fn as_text(difference: &Difference, limit: usize) -> Result<()> {
    let Difference { before, after, rows, added, gone, changed } = difference;
    for (label, version) in [("before", before), ("after", after)] {
        print(&format!(
            "{label:<9} {} (nianbao {}, schema {})",
            version.run, version.nianbao_version, version.schema_version
        ))?;
    }
    for table in rows {
        let change = i128::from(table.after) - i128::from(table.before);
        let change = if change == 0 { "same".to_owned() } else { format!("{change:+}") };
        print(&format!("rows      {:<12} {:>12} {:>12} {change:>10}", table.table, table.before, table.after))?;
    }
    let cells = difference.cells();
    print(&format!("reports   {} added, {} gone, {} changed ({cells} cells)", added.len(), gone.len(), changed.len()))?;
    for (label, reports) in [("added", added), ("gone", gone)] {
        for report in reports.iter().take(limit) {
            print(&format!("{label:<9} {} {}", whose(&report.standing), report.source_path))?;
        }
    }
    let mut left = limit;
    for report in changed.iter().take(limit) {
        print(&format!("changed   {} {}{}", whose(&report.after), report.source_path, moved(report)))?;
        for cell in report.cells.iter().take(left) {
            let (was, is) = (cell.before.as_ref(), cell.after.as_ref());
            let name = format!("{}.{}.{}", cell.name.table, cell.name.row, cell.name.column);
            print(&format!("  cell    {:<9} {name:<56} {} → {}", cell.name.edition, shown(was, is), shown(is, was)))?;
        }
        left = left.saturating_sub(report.cells.len());
    }
    let kinds = [
        ("added", added.len().saturating_sub(limit)),
        ("gone", gone.len().saturating_sub(limit)),
        ("changed", changed.len().saturating_sub(limit)),
        ("cells", cells.saturating_sub(limit - left)),
    ];
    let more: Vec<String> = kinds.iter().filter(|(_, n)| *n > 0).map(|(kind, n)| format!("{n} {kind}")).collect();
    if !more.is_empty() {
        print(&format!("more      {} (--limit {limit})", more.join(", ")))?;
    }
    Ok(())
}

fn whose(standing: &Standing) -> String {
    let agency = standing.agency.as_ref().map_or("?", Shared::as_str);
    format!("{:>4} {:>2} {agency}", known(standing.year), known(standing.province))
}

fn known(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "?".to_owned(), |v| v.to_string())
}

/// What changed beside the cells.
fn moved(report: &Changed) -> String {
    let (was, is) = (&report.before, &report.after);
    let pairs = [
        ("report_id", was.report_id.to_string(), is.report_id.to_string()),
        ("year", known(was.year), known(is.year)),
        ("province", known(was.province), known(is.province)),
    ];
    let pairs: Vec<String> =
        pairs.iter().filter(|(_, a, b)| a != b).map(|(what, a, b)| format!("{what} {a} → {b}")).collect();
    if pairs.is_empty() { String::new() } else { format!(": {}", pairs.join(", ")) }
}

/// One side of a cell: its value, its text where that says more, and what else the other side has otherwise.
fn shown(state: Option<&CellState>, other: Option<&CellState>) -> String {
    let Some(state) = state else { return "absent".to_owned() };
    let raw = state.raw.as_str();
    let mut text = match state.value.map(|v| v.to_string()) {
        Some(value) if value == raw => value,
        Some(value) => format!("{value} {raw:?}"),
        None if raw.is_empty() => "blank".to_owned(),
        None => format!("null {raw:?}"),
    };
    if let Some(other) = other {
        if state.unit != other.unit {
            text.push(' ');
            text.push_str(state.unit.as_ref().map_or("without unit", Shared::as_str));
        }
        if state.matched != other.matched {
            text.push_str(&format!(" ({})", state.matched));
        }
    }
    text
}
