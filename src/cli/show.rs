//! `nianbao show`: one report, as read, for checking against the page.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::json;

use super::{Exit, print};
use crate::check::{About, Examined, Knowledge, compared, examine};
use crate::document::page_of;
use crate::extract::FoundCell;
use crate::finding::Settings;
use crate::read::limits::{Fault, Limits};
use crate::read::zip::{Member, members as members_of};
use crate::read::{self, sniff};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File to read; `archive.zip!/report.docx` for a member of an archive
    file: PathBuf,
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn main(args: &Args) -> Result<Exit> {
    let name = args.file.to_string_lossy().into_owned();
    let bytes = bytes_of(&name)?;
    if sniff(&bytes) == read::Format::Zip {
        return stopped(args, "read", "not_a_report", &format!("an archive of {}", listed(&bytes)?.join(", ")));
    }
    let knowledge = Knowledge::load(Settings::default())?;
    let reading = match read::read(&bytes, &Limits::default()) {
        Ok(reading) => reading,
        Err(refusal) => {
            let status = match refusal.fault {
                Fault::Unsupported(_) => "skipped",
                Fault::NeedsOcr(_) | Fault::Command(_) => "needs_ocr",
                Fault::Damaged(_) | Fault::Limit(_) | Fault::Time(_) | Fault::Encrypted(_) => "unreadable",
            };
            return stopped(args, "read", status, &refusal.fault.to_string());
        }
    };
    let Some(examined) = examine(&knowledge, &reading, &name) else {
        return stopped(args, "extract", "not_a_report", "no title, no chapters, no table of a report");
    };
    if args.format == Format::Json {
        let read = (reading.format.code(), reading.encoding, reading.decode_faults);
        let value = as_json(&knowledge, &examined, read);
        print(&serde_json::to_string_pretty(&value)?)?;
        return Ok(Exit::Done);
    }
    print(&format!(
        "file      {} ({}, {}, {} decoding faults)",
        name,
        reading.format.code(),
        reading.encoding.unwrap_or("-"),
        reading.decode_faults
    ))?;
    as_text(&knowledge, &examined)?;
    print(&format!("checks    {} evaluated, {} failed", examined.tally.evaluated, examined.tally.failed))?;
    narrative(&knowledge, &examined)?;
    for finding in &examined.report.findings {
        let at = finding.line.map(|l| place(&examined, l)).unwrap_or_default();
        let cell = [&finding.table, &finding.row, &finding.column]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(".");
        print(&format!(
            "finding   {} {}{at} {cell} {}",
            finding.rule.severity().code(),
            finding.rule.id(),
            finding.message_zh()
        ))?;
    }
    Ok(Exit::Done)
}

/// A line, with its page where there are pages.
fn place(examined: &Examined, line: u32) -> String {
    match page_of(&examined.pages, line) {
        Some(page) => format!(" page {page} line {line}"),
        None => format!(" line {line}"),
    }
}

/// The bytes of a file, or of a member of an archive within it.
fn bytes_of(name: &str) -> Result<Vec<u8>> {
    let (outer, members) = match name.split_once("!/") {
        Some((outer, members)) if !Path::new(name).exists() => (outer, Some(members)),
        _ => (name, None),
    };
    let mut bytes = std::fs::read(outer).with_context(|| format!("cannot read {outer}"))?;
    for wanted in members.into_iter().flat_map(|m| m.split("!/")) {
        let mut found = None;
        let limits = Limits::default();
        let mut left = limits.unpacked;
        let mut each = |member: Member, _: &mut u64| {
            if member.name == wanted {
                found = Some(member.bytes);
            }
        };
        members_of(&bytes, &limits, &mut left, &mut each).map_err(|fault| anyhow!("cannot read {outer}: {fault}"))?;
        bytes = match found {
            Some(member) => member.map_err(|fault| anyhow!("cannot read {wanted} in {outer}: {fault}"))?,
            None => bail!("{outer} has no {wanted}; it is an archive of {}", listed(&bytes)?.join(", ")),
        };
    }
    Ok(bytes)
}

/// The names of an archive's members.
fn listed(bytes: &[u8]) -> Result<Vec<String>> {
    let limits = Limits::default();
    let mut left = limits.unpacked;
    let mut names = Vec::new();
    let mut each = |member: Member, _: &mut u64| names.push(member.name);
    members_of(bytes, &limits, &mut left, &mut each).map_err(|fault| anyhow!("cannot list the archive: {fault}"))?;
    Ok(names)
}

fn stopped(args: &Args, step: &str, status: &str, reason: &str) -> Result<Exit> {
    let name = args.file.display().to_string();
    if args.format == Format::Json {
        print(&serde_json::to_string_pretty(
            &json!({"file": name, "status": status, "step": step, "reason": reason}),
        )?)?;
    } else {
        print(&format!("file      {name}"))?;
        print(&format!("stopped   at {step}: {status}: {reason}"))?;
    }
    Ok(Exit::Done)
}

/// The figures of the narrative, and whether the tables say the same.
fn narrative(knowledge: &Knowledge, examined: &Examined) -> Result<()> {
    let about = About { kind: None, metrics: Some(&knowledge.metrics), mentions: &examined.mentions };
    let pairs: Vec<_> = compared(&knowledge.forms, about, &examined.report).collect();
    for mention in &examined.mentions {
        let Some(metric) = knowledge.metrics.all().get(mention.metric) else { continue };
        let verdict = match pairs.iter().find(|(m, ..)| std::ptr::eq(*m, mention)) {
            Some((_, _, value)) if (value - mention.value).abs() < 1e-6 => "table agrees".to_owned(),
            Some((_, _, value)) => format!("table has {value}"),
            None => String::new(),
        };
        print(&format!(
            "narrative line {:>4} {:<26} {:>8} {} {verdict}",
            mention.line, metric.code, mention.value, mention.unit
        ))?;
    }
    Ok(())
}

fn as_text(knowledge: &Knowledge, examined: &Examined) -> Result<()> {
    let Examined { report, place, .. } = examined;
    let id = &report.identity;
    let text = |v: Option<&str>| v.unwrap_or("?").to_owned();
    print(&format!("title     {}", text(id.title.as_deref())))?;
    let body = examined.body.map(|b| format!(" body {b:016x}")).unwrap_or_default();
    print(&format!("agency    {} ({}){body}", text(id.agency.as_deref()), text(examined.kind)))?;
    let year = id.year.map_or_else(|| "?".to_owned(), |y| y.to_string());
    print(&format!(
        "year      {year} (from {}), edition {}",
        text(id.year_evidence.map(|e| e.code())),
        knowledge.forms.editions[report.edition].code
    ))?;
    let names =
        [&place.province_name, &place.prefecture, &place.county].into_iter().flatten().cloned().collect::<Vec<_>>();
    let code = place.county_code.as_deref().or(place.prefecture_code.as_deref()).or(place.province.as_deref());
    print(&format!("place     {} {} (from {})", text(code), names.join(" "), text(place.evidence.map(|e| e.code()))))?;
    let date = id.published_on.map(|d| d.to_string());
    print(&format!("published {}", text(date.as_deref())))?;
    let mut last = None;
    let mut line = String::new();
    for cell in &report.tables.cells {
        let here = (cell.edition, cell.key.table, cell.key.row);
        let table = &knowledge.forms.editions[cell.edition].tables[cell.key.table];
        if last != Some(here) {
            if !line.is_empty() {
                print(&line)?;
            }
            if last.is_none_or(|(_, t, _)| t != here.1) {
                print(&format!("\n{} ({})", table.label, table.code))?;
            }
            line = format!("  {:<34} line {:>4} {:<8}", table.rows[cell.key.row].code, cell.line, cell.matched.code());
            last = Some(here);
        }
        line.push_str(&format!(" {:>8}", shown(cell)));
    }
    print(&format!("{line}\n"))
}

fn shown(cell: &FoundCell) -> String {
    match cell.value {
        Some(value) => format!("{value}"),
        None if cell.blank => "·".to_owned(),
        None => format!("?{}", cell.raw),
    }
}

fn as_json(
    knowledge: &Knowledge,
    examined: &Examined,
    (format, encoding, faults): (&str, Option<&str>, u64),
) -> serde_json::Value {
    let Examined { report, place, .. } = examined;
    let id = &report.identity;
    let cells: Vec<serde_json::Value> = report
        .tables
        .cells
        .iter()
        .map(|c| {
            let edition = &knowledge.forms.editions[c.edition];
            let table = &edition.tables[c.key.table];
            json!({
                "edition": edition.code, "table": table.code, "row": table.rows[c.key.row].code,
                "column": table.columns[c.key.column].code, "value": c.value, "unit": c.unit, "raw": c.raw,
                "row_label": report.tables.labels.get(c.label as usize), "line": c.line, "page": page_of(&examined.pages, c.line), "matched": c.matched.code(),
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
                "page": f.line.and_then(|l| page_of(&examined.pages, l)),
            })
        })
        .collect();
    let mentions: Vec<serde_json::Value> = examined
        .mentions
        .iter()
        .map(|m| {
            let metric = knowledge.metrics.all().get(m.metric).map(|x| x.code.as_str());
            json!({"metric": metric, "value": m.value, "unit": m.unit, "sentence": m.sentence, "line": m.line, "page": page_of(&examined.pages, m.line)})
        })
        .collect();
    json!({
        "status": if report.tables.cells.is_empty() { "no_tables" } else { "report" },
        "format": format, "encoding": encoding, "decode_faults": faults,
        "title": id.title, "agency": id.agency, "agency_kind": examined.kind, "body_id": examined.body.map(|b| format!("{b:016x}")),
        "year": id.year, "year_evidence": id.year_evidence.map(|e| e.code()), "edition": knowledge.forms.editions[report.edition].code,
        "province": place.province, "province_name": place.province_name, "prefecture_code": place.prefecture_code,
        "prefecture": place.prefecture, "county_code": place.county_code, "county": place.county,
        "region_evidence": place.evidence.map(|e| e.code()),
        "published_on": id.published_on.map(|d| d.to_string()),
        "checks_evaluated": examined.tally.evaluated, "mentions": mentions, "cells": cells, "findings": findings,
        "sections": report.sections.iter().map(|s| json!({"number": s.number, "code": s.code, "heading": s.heading, "text": s.text})).collect::<Vec<_>>(),
    })
}
