//! One file through the house: bytes, document, report, place, checks, record.
//!
//! Owns the order of the stages for one file and the fence around them: whatever happens to a file costs that file only.
//! Refuses to know other files; duplicates are told apart by the caller.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest as _, Sha256};

use super::fingerprint::Fingerprint;
use crate::archive::{Listed, Stat, now};
use crate::parquet::hex;
use crate::{Facts, FileRecord, Found, Partition, Record, Trace};
use nianbao_document::Format;
use nianbao_read::limits::{Fault, Limits};
use nianbao_read::{self as read, Ocr};
use nianbao_report::check::across::Features;
use nianbao_report::extract::Matched;
use nianbao_report::{Examined, Knowledge, examine};

/// A file after reading, in a form that may wait.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Path relative to the source.
    pub name: String,
    /// The path's own bytes, where they are no UTF-8.
    pub raw: Option<Vec<u8>>,
    /// It lies in an archive, whose outcome stands before it.
    pub member: bool,
    /// What the file system said while it was read.
    pub stat: Option<Stat>,
    /// When it said so.
    pub taken: i64,
    /// What happened to it may not happen the next night.
    pub passing: bool,
    /// The system refused to give it.
    pub refused: bool,
    /// A document came out and was examined.
    pub examined: bool,
    /// Bytes.
    pub size: Option<u64>,
    /// Day of modification.
    pub modified: Option<i32>,
    /// SHA-256.
    pub hash: Option<[u8; 32]>,
    /// Format by content.
    pub format: Option<&'static str>,
    /// Encoding.
    pub encoding: Option<&'static str>,
    /// Decoding faults.
    pub decode_faults: Option<u64>,
    /// Status.
    pub status: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// Its report.
    pub report: Option<Found>,
}

impl Outcome {
    /// What the store keeps of the file; `duplicate_of` is the number of an earlier file with the same bytes.
    #[must_use]
    pub fn record<'a>(
        &'a self,
        fingerprint: &Fingerprint,
        duplicate_of: Option<u32>,
        first_run: &'a str,
    ) -> FileRecord<'a> {
        let fingerprint = match () {
            () if self.passing => 0,
            () if self.examined => fingerprint.examined,
            () => fingerprint.read,
        };
        let raw = self.raw.as_deref();
        let trace = Trace { raw, member: self.member, stat: self.stat, taken: self.taken, fingerprint, first_run };
        FileRecord {
            source_path: &self.name,
            size: self.size,
            modified: self.modified,
            hash: self.hash,
            format: self.format,
            encoding: self.encoding,
            decode_faults: self.decode_faults,
            status: if duplicate_of.is_some() { "duplicate" } else { self.status },
            reason: self.reason.as_deref(),
            is_report: self.report.is_some(),
            duplicate_of,
            trace,
        }
    }
}

/// What reading goes by.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// Larger files are skipped, in bytes.
    pub max_size: u64,
    /// How far readers go.
    pub limits: Limits,
    /// Reads pages without text.
    pub ocr: Option<Ocr>,
}

/// What reading a file brought.
#[derive(Debug)]
pub enum Read {
    /// The bytes have the hash that they were known by.
    Same(Stat, i64),
    /// The file's own outcome, and behind it those of what it holds if it is an archive.
    Outcomes(Vec<Outcome>),
}

/// Times a file is read before it is given up because it changes meanwhile.
const TRIES: usize = 3;

/// Reads one file of the archive. Bytes with the hash `known` are not looked at further.
#[must_use]
pub fn read_file(knowledge: &Knowledge, listed: &Listed, bounds: &Bounds, known: Option<&[u8; 32]>) -> Read {
    let max_size = bounds.max_size;
    let mut outcome = Outcome {
        name: listed.name.clone(),
        raw: listed.raw.clone(),
        stat: listed.stat,
        taken: listed.taken,
        size: listed.stat.map(|s| s.size),
        modified: listed.stat.and_then(|s| s.day()),
        ..Outcome::default()
    };
    if let Some(fault) = &listed.fault {
        outcome.passing = true;
        outcome.refused = listed.refused;
        return Read::Outcomes(vec![unreadable(outcome, fault.clone())]);
    }
    let refused = |outcome: Outcome, why: String| {
        Read::Outcomes(vec![unreadable(Outcome { passing: true, refused: true, ..outcome }, why)])
    };
    if outcome.size.is_some_and(|s| s > max_size) {
        return Read::Outcomes(vec![too_large(outcome, max_size)]);
    }
    for _ in 0..TRIES {
        outcome.taken = now();
        match bytes_of(listed, max_size) {
            Ok((stat, bytes, still)) if still => {
                outcome.stat = Some(stat);
                outcome.size = Some(bytes.len() as u64);
                outcome.modified = stat.day();
                if bytes.len() as u64 > max_size {
                    return Read::Outcomes(vec![too_large(outcome, max_size)]);
                }
                let hash: [u8; 32] = Sha256::digest(&bytes).into();
                if known == Some(&hash) {
                    return Read::Same(stat, outcome.taken);
                }
                return Read::Outcomes(read_hashed(knowledge, outcome, &bytes, hash, bounds));
            }
            Ok(_) => {}
            Err(error) => return refused(outcome, error.to_string()),
        }
    }
    refused(outcome, "it changed while it was being read".to_owned())
}

/// The bytes of a file, at most one more than `max_size`, and whether it kept still meanwhile.
fn bytes_of(listed: &Listed, max_size: u64) -> std::io::Result<(Stat, Vec<u8>, bool)> {
    // What was a file when the archive was listed may be a pipe now, and opening that would wait for ever.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
    let flags = i32::try_from(flags.bits()).map_err(std::io::Error::other)?;
    let file = File::options().read(true).custom_flags(flags).open(&listed.path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let before = Stat::of(&metadata);
    let mut bytes = Vec::new();
    // A file may grow after it was looked at.
    let expected = usize::try_from(before.size.min(max_size)).unwrap_or(0).saturating_add(1);
    bytes.try_reserve_exact(expected).map_err(std::io::Error::other)?;
    let read = (&file).take(max_size.saturating_add(1)).read_to_end(&mut bytes)? as u64;
    let still = Stat::of(&file.metadata()?) == before && (read == before.size || read > max_size);
    Ok((before, bytes, still))
}

fn too_large(mut outcome: Outcome, max_size: u64) -> Outcome {
    outcome.size = outcome.stat.map(|s| s.size);
    outcome.status = "skipped";
    outcome.reason =
        Some(format!("larger than {max_size} bytes (max_file_size, or what the memory budget has room for)"));
    outcome
}

/// Reads bytes that are already there, under the name and facts of `outcome`; see [`read_file`].
#[must_use]
pub fn read_bytes(knowledge: &Knowledge, outcome: Outcome, bytes: &[u8], bounds: &Bounds) -> Vec<Outcome> {
    read_hashed(knowledge, outcome, bytes, Sha256::digest(bytes).into(), bounds)
}

fn read_hashed(
    knowledge: &Knowledge,
    mut outcome: Outcome,
    bytes: &[u8],
    hash: [u8; 32],
    bounds: &Bounds,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut left = bounds.limits.unpacked;
    outcome.hash = Some(hash);
    read_into(&mut outcomes, knowledge, outcome, bytes, bounds, (0, &mut left));
    outcomes
}

/// Reads a file and the members of an archive. `depth` counts the archives around it, `left` what may still be unpacked.
fn read_into(
    outcomes: &mut Vec<Outcome>,
    knowledge: &Knowledge,
    mut outcome: Outcome,
    bytes: &[u8],
    bounds: &Bounds,
    (depth, left): (usize, &mut u64),
) {
    let hash = *outcome.hash.get_or_insert_with(|| Sha256::digest(bytes).into());
    let start = Outcome {
        name: outcome.name.clone(),
        raw: outcome.raw.clone(),
        member: outcome.member,
        stat: outcome.stat,
        taken: outcome.taken,
        size: Some(bytes.len() as u64),
        modified: outcome.modified,
        hash: Some(hash),
        // Whatever stage it was that failed, another build of it may not.
        examined: true,
        ..Outcome::default()
    };
    let (name, modified, taken) = (outcome.name.clone(), outcome.modified, outcome.taken);
    let fallen = || unreadable(start, "the reader failed on this file; please report it".to_owned());
    if read::sniff(bytes) != Format::Zip {
        // A fault of this program in one file must not end the run of all.
        let read = catch_unwind(AssertUnwindSafe(|| stages(knowledge, outcome, bytes, &hash, bounds)));
        outcomes.push(read.unwrap_or_else(|_| fallen()));
        return;
    }
    let limits = &bounds.limits;
    outcome.format = Some(Format::Zip.code());
    if depth >= limits.depth {
        outcomes.push(unreadable(outcome, format!("archives nested deeper than {}", limits.depth)));
        return;
    }
    let place = outcomes.len();
    outcomes.push(outcome);
    let mut members = 0_usize;
    let mut each = |member: read::zip::Member, left: &mut u64| {
        members += 1;
        let inner = Outcome {
            name: format!("{name}!/{}", member.name),
            member: true,
            size: member.size,
            modified,
            taken,
            ..Outcome::default()
        };
        match member.bytes {
            Ok(bytes) => {
                let inner = Outcome { size: Some(bytes.len() as u64), ..inner };
                read_into(outcomes, knowledge, inner, &bytes, bounds, (depth + 1, left));
            }
            Err(fault) => outcomes.push(refused(inner, &fault)),
        }
    };
    let listed = catch_unwind(AssertUnwindSafe(|| read::zip::members(bytes, limits, left, &mut each)));
    let Some(own) = outcomes.get_mut(place) else { return };
    *own = match listed {
        Ok(Ok(())) => {
            let mut own = std::mem::take(own);
            own.status = "not_a_report";
            own.reason = Some(format!("an archive of {members} files"));
            own
        }
        Ok(Err(fault)) => refused(std::mem::take(own), &fault),
        Err(_) => Outcome { format: Some(Format::Zip.code()), ..fallen() },
    };
}

fn unreadable(mut outcome: Outcome, reason: String) -> Outcome {
    outcome.status = "unreadable";
    outcome.reason = Some(reason);
    outcome
}

fn refused(mut outcome: Outcome, fault: &Fault) -> Outcome {
    outcome.status = match fault {
        Fault::Unsupported(_) => "skipped",
        Fault::NeedsOcr(_) => "needs_ocr",
        Fault::Command(_) => {
            outcome.passing = true;
            "needs_ocr"
        }
        Fault::Time(_) => {
            outcome.passing = true;
            return unreadable(outcome, fault.to_string());
        }
        Fault::Damaged(_) | Fault::Limit(_) | Fault::Encrypted(_) => return unreadable(outcome, fault.to_string()),
    };
    outcome.reason = Some(fault.to_string());
    outcome
}

fn stages(knowledge: &Knowledge, mut outcome: Outcome, bytes: &[u8], hash: &[u8; 32], bounds: &Bounds) -> Outcome {
    let document = match read::read_with(bytes, &bounds.limits, bounds.ocr.as_ref()) {
        Ok(document) => document,
        Err(refusal) => {
            outcome.format = Some(refusal.format.code());
            return refused(outcome, &refusal.fault);
        }
    };
    outcome.examined = true;
    outcome.format = Some(document.format.code());
    outcome.encoding = document.encoding;
    outcome.decode_faults = Some(document.decode_faults);
    let recognised = &document.ocr_pages;
    if !recognised.is_empty() {
        outcome.reason = Some(format!("text recognised in pictures on page {}", ranges(recognised)));
    }
    let unread = &document.unread;
    if !unread.is_empty() {
        outcome.reason = Some(format!("no readable text on page {}", ranges(unread)));
    }
    let examined = examine(knowledge, &document, &outcome.name);
    let tables = examined.as_ref().is_some_and(|e| !e.report.tables.cells.is_empty());
    outcome.status = match &examined {
        // What is missing may stand on the pages that could not be read.
        _ if !tables && !unread.is_empty() => "needs_ocr",
        None => "not_a_report",
        Some(_) if tables => "report",
        Some(_) => "no_tables",
    };
    match examined {
        Some(examined) => finish(knowledge, outcome, &examined, hash),
        None => outcome,
    }
}

/// Sorted numbers as `1, 3-5`.
fn ranges(numbers: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = numbers;
    while let [first, ..] = rest {
        let run = rest.iter().zip(*first..).take_while(|(n, expected)| *n == expected).count();
        let last = rest[run - 1];
        parts.push(if run == 1 { first.to_string() } else { format!("{first}-{last}") });
        rest = &rest[run..];
    }
    parts.join(", ")
}

fn finish(knowledge: &Knowledge, mut outcome: Outcome, examined: &Examined, hash: &[u8; 32]) -> Outcome {
    let hash_hex = hex(hash);
    let report_id = hash_hex.get(..16).unwrap_or_default();
    let format = outcome.format.unwrap_or_default();
    let record = Record::new(&knowledge.forms, examined, (report_id, &outcome.name, format));
    let encoded = match postcard::to_stdvec(&record) {
        Ok(encoded) => encoded,
        Err(error) => return unreadable(outcome, error.to_string()),
    };
    let digest = Sha256::digest(&encoded).iter().take(8).fold(0, |sum, b| sum << 8 | u64::from(*b));
    let facts = Facts {
        partition: Partition { year: record.year, province: record.place.province.and_then(|p| p.parse().ok()) },
        county: record.place.county_code.and_then(|c| c.parse().ok()).unwrap_or(0),
        report_id: u64::from_str_radix(report_id, 16).unwrap_or(0),
        // Reports of one body are compared year by year.
        body: examined.body.filter(|_| record.year.is_some()),
        role: examined.role,
        cells: u32::try_from(record.cells.len()).unwrap_or(u32::MAX),
        recognised: examined.report.tables.cells.iter().any(|c| c.matched == Matched::Ocr),
        failed: record.checks_failed,
        published: record.published_on.unwrap_or(i32::MIN),
        digest,
    };
    let features = Features::of(&knowledge.forms, &knowledge.settings.thresholds, &examined.report);
    outcome.report = Some(Found { facts, features, record: encoded });
    outcome
}
