//! `nianbao show`: one report, as read, for checking against the page.
//!
//! Owns finding the file, or the member of an archive, and what its three renderings share. Refuses to judge.

mod csv;
mod json;
mod text;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::json;

use super::{Exit, print};
use nianbao_dataset::Status;
use nianbao_document::Document;
use nianbao_document::page_of;
use nianbao_read::limits::{Fault, Limits};
use nianbao_read::zip::{Member, members as members_of};
use nianbao_read::{self as read, sniff};
use nianbao_report::extract::FoundCell;
use nianbao_report::finding::{Finding, Settings};
use nianbao_report::form::{Column, Edition, Row, Table};
use nianbao_report::{Examined, Knowledge, examine};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
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
    // A name that is no UTF-8 is still a file's name.
    let bytes = if args.file.exists() {
        std::fs::read(&args.file).with_context(|| format!("cannot read {name}"))?
    } else {
        bytes_of(&name)?
    };
    if sniff(&bytes) == read::Format::Zip {
        return match listed(&bytes) {
            Ok(names) => stopped(args, "read", Status::NotAReport, &format!("an archive of {}", names.join(", "))),
            Err(fault) => stopped(args, "read", Status::Unreadable, &format!("{fault:#}")),
        };
    }
    let knowledge = Knowledge::load(Settings::default())?;
    let document = match read::read(&bytes, &Limits::default()) {
        Ok(document) => document,
        Err(refusal) => {
            let status = match refusal.fault {
                Fault::Unsupported(_) => Status::Skipped,
                Fault::NeedsOcr(_) | Fault::Command(_) => Status::NeedsOcr,
                Fault::Damaged(_) | Fault::Limit(_) | Fault::Time(_) | Fault::Encrypted(_) => Status::Unreadable,
            };
            return stopped(args, "read", status, &refusal.fault.to_string());
        }
    };
    let Some(examined) = examine(&knowledge, &document, &name) else {
        return stopped(args, "extract", Status::NotAReport, "no title, no chapters, no table of a report");
    };
    let shown = Shown { knowledge: &knowledge, document: &document, examined: &examined, name: &name };
    match args.format {
        Format::Text => text::print_report(&shown)?,
        Format::Json => print(&serde_json::to_string_pretty(&json::report(&shown))?)?,
        Format::Csv => print(csv::cells(&shown)?.trim_end())?,
    }
    Ok(Exit::Done)
}

/// A report as read, with what it is shown by.
struct Shown<'s> {
    knowledge: &'s Knowledge,
    document: &'s Document,
    examined: &'s Examined,
    name: &'s str,
}

impl Shown<'_> {
    /// Edition, table, row and column of a cell on the form.
    fn form(&self, cell: &FoundCell) -> (&Edition, &Table, &Row, &Column) {
        let edition = &self.knowledge.forms.editions[cell.edition];
        let table = &edition.tables[cell.key.table];
        (edition, table, &table.rows[cell.key.row], &table.columns[cell.key.column])
    }

    /// The row's label as printed; that of the form where it is lost.
    fn label(&self, cell: &FoundCell) -> &str {
        let printed = self.examined.report.tables.labels.get(cell.label as usize).filter(|l| !l.is_empty());
        printed.map_or(&self.form(cell).2.label, |l| l)
    }

    fn unit<'a>(&'a self, cell: &'a FoundCell) -> Option<&'a str> {
        let of_form = || Some(self.form(cell).0.unit(cell.key)).filter(|u| !u.is_empty());
        cell.unit.or_else(of_form)
    }

    fn page(&self, line: u32) -> Option<u32> {
        page_of(&self.examined.pages, line)
    }

    /// The findings about one cell.
    fn beside<'a>(&'a self, cell: &'a FoundCell) -> impl Iterator<Item = &'a Finding> {
        let (_, table, row, column) = self.form(cell);
        let of = (Some(table.code.as_str()), Some(row.code.as_str()), Some(column.code.as_str()));
        let all = self.examined.report.findings.iter();
        let here = move |f: &Finding| f.line.is_none_or(|l| l == cell.line);
        all.filter(move |f| (f.table.as_deref(), f.row.as_deref(), f.column.as_deref()) == of && here(f))
    }

    /// The findings that are about no cell that is shown.
    fn apart(&self) -> impl Iterator<Item = &Finding> {
        let cells = &self.examined.report.tables.cells;
        let shown = |f: &Finding| cells.iter().any(|c| self.beside(c).any(|own| std::ptr::eq(own, f)));
        self.examined.report.findings.iter().filter(move |f| !shown(f))
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

fn stopped(args: &Args, step: &str, status: Status, reason: &str) -> Result<Exit> {
    let status = status.code();
    let name = args.file.display().to_string();
    match args.format {
        Format::Json => print(&serde_json::to_string_pretty(
            &json!({"file": name, "status": status, "step": step, "reason": reason}),
        )?)?,
        Format::Csv => print(csv::stopped(step, status, reason)?.trim_end())?,
        Format::Text => {
            print(&format!("file      {name}"))?;
            print(&format!("stopped   at {step}: {status}: {reason}"))?;
        }
    }
    Ok(Exit::Done)
}
