//! `nianbao show`: one report, as read, for checking against the page.
//!
//! Owns finding the file, or the member of an archive; `shown` holds what its three renderings share. Refuses to judge.

mod csv;
mod json;
mod shown;
mod text;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::json;

use super::console::{Exit, print};
use nianbao_dataset::Status;
use nianbao_read::limits::{Fault, Limits};
use nianbao_read::zip::{Member, members as members_of};
use nianbao_read::{self as read, sniff};
use nianbao_report::finding::Settings;
use nianbao_report::{Knowledge, examine_all};
use shown::Shown;

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
    /// Which report of a file that holds those of several bodies, from 1
    #[arg(long, default_value = "1")]
    part: std::num::NonZeroUsize,
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
    if sniff(&bytes) == nianbao_document::Format::Zip {
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
    let reports = examine_all(&knowledge, &document, &name);
    let (part, parts) = (args.part.get(), reports.len());
    if parts == 0 {
        return stopped(args, "extract", Status::NotAReport, "no title, no chapters, no table of a report");
    }
    let Some(examined) = reports.get(part - 1) else {
        bail!("{name} holds {parts} reports: --part {part} is none of them")
    };
    let shown = Shown { knowledge: &knowledge, document: &document, examined, name: &name, part: (part, parts) };
    match args.format {
        Format::Text => text::print_report(&shown)?,
        Format::Json => print(&serde_json::to_string_pretty(&json::report(&shown))?)?,
        Format::Csv => print(csv::cells(&shown)?.trim_end())?,
    }
    Ok(Exit::Done)
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
