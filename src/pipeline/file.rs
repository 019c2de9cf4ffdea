//! One file through the house: bytes, document, report, place, checks, record.
//!
//! Owns the order of the stages for one file and the fence around them: whatever happens to a file costs that file only.
//! Refuses to know other files; duplicates are told apart by the caller.

use std::fs::File;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest as _, Sha256};

use crate::archive::Listed;
use crate::check::across::Traits;
use crate::check::{Examined, Knowledge, examine};
use crate::dataset::parquet::hex;
use crate::dataset::record::FindingRecord;
use crate::dataset::{Facts, FileRecord, Partition, Record};
use crate::extract::Matched;
use crate::finding::{Finding, Rule};
use crate::read::limits::{Fault, Limits};
use crate::read::{self, Format, Ocr};

/// A file after reading, in a form that may wait.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Path relative to the source.
    pub name: String,
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
    /// A finding about the file itself.
    pub finding: Option<Finding>,
    /// The report's index facts and encoded record.
    pub report: Option<(Facts, Vec<u8>)>,
}

impl Outcome {
    /// The row of `files`, encoded; `duplicate_of` is the number of an earlier file with the same bytes.
    ///
    /// # Errors
    /// Never in practice: the record is plain text.
    pub fn file_record(&self, duplicate_of: Option<u32>) -> anyhow::Result<Vec<u8>> {
        let hash = self.hash.map(|h| hex(&h));
        let is_report = self.report.is_some();
        let record = FileRecord {
            source_path: &self.name,
            size: self.size,
            modified: self.modified,
            content_hash: hash.as_deref(),
            format: self.format,
            encoding: self.encoding,
            decode_faults: self.decode_faults,
            status: if duplicate_of.is_some() { "duplicate" } else { self.status },
            reason: self.reason.as_deref(),
            report_id: hash.as_deref().and_then(|h| h.get(..16)).filter(|_| is_report),
            duplicate_of,
            finding: self.finding.as_ref().map(FindingRecord::new),
        };
        Ok(postcard::to_stdvec(&record)?)
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

/// Reads one file of the archive, and what it holds if it is an archive itself: its own outcome comes first.
#[must_use]
pub fn read_file(knowledge: &Knowledge, listed: &Listed, bounds: &Bounds) -> Vec<Outcome> {
    let max_size = bounds.max_size;
    let mut outcome =
        Outcome { name: listed.name.clone(), size: listed.size, modified: listed.modified, ..Outcome::default() };
    if let Some(fault) = &listed.fault {
        return vec![unreadable(outcome, fault.clone())];
    }
    if listed.size.is_some_and(|s| s > max_size) {
        outcome.status = "skipped";
        outcome.reason = Some(format!("larger than max_file_size ({max_size} bytes)"));
        return vec![outcome];
    }
    let mut bytes = Vec::new();
    if let Some(size) = listed.size {
        bytes.reserve(usize::try_from(size).unwrap_or(0).saturating_add(1));
    }
    // A file may grow after it was listed.
    match File::open(&listed.path).and_then(|f| f.take(max_size.saturating_add(1)).read_to_end(&mut bytes)) {
        Ok(n) if n as u64 > max_size => {
            outcome.status = "skipped";
            outcome.reason = Some(format!("grew beyond max_file_size ({max_size} bytes)"));
            return vec![outcome];
        }
        Ok(_) => {}
        Err(error) => return vec![unreadable(outcome, error.to_string())],
    }
    outcome.size = Some(bytes.len() as u64);
    read_bytes(knowledge, outcome, &bytes, bounds)
}

/// Reads bytes that are already there, under the name and facts of `outcome`; see [`read_file`].
#[must_use]
pub fn read_bytes(knowledge: &Knowledge, outcome: Outcome, bytes: &[u8], bounds: &Bounds) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut left = bounds.limits.unpacked;
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
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    outcome.hash = Some(hash);
    let (name, modified) = (outcome.name.clone(), outcome.modified);
    let fallen = || {
        let outcome = Outcome {
            name: name.clone(),
            size: Some(bytes.len() as u64),
            modified,
            hash: Some(hash),
            ..Outcome::default()
        };
        unreadable(outcome, "the reader failed on this file; please report it".to_owned())
    };
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
        let inner =
            Outcome { name: format!("{name}!/{}", member.name), size: member.size, modified, ..Outcome::default() };
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
    outcome.finding = Some(Finding::new(Rule::UnreadableFile, reason.clone()));
    outcome.reason = Some(reason);
    outcome
}

fn refused(mut outcome: Outcome, fault: &Fault) -> Outcome {
    outcome.status = match fault {
        Fault::Unsupported(_) => "skipped",
        Fault::NeedsOcr(_) => "needs_ocr",
        Fault::Damaged(_) | Fault::Limit(_) | Fault::Encrypted(_) => return unreadable(outcome, fault.to_string()),
    };
    outcome.reason = Some(fault.to_string());
    outcome
}

fn stages(knowledge: &Knowledge, mut outcome: Outcome, bytes: &[u8], hash: &[u8; 32], bounds: &Bounds) -> Outcome {
    let reading = match read::read_with(bytes, &bounds.limits, bounds.ocr.as_ref()) {
        Ok(reading) => reading,
        Err(refusal) => {
            outcome.format = Some(refusal.format.code());
            return refused(outcome, &refusal.fault);
        }
    };
    outcome.format = Some(reading.format.code());
    outcome.encoding = reading.encoding;
    outcome.decode_faults = Some(reading.decode_faults);
    let recognised = &reading.document.recognised;
    if !recognised.is_empty() {
        outcome.reason = Some(format!("text recognised in pictures on page {}", ranges(recognised)));
    }
    let unread = &reading.document.unread;
    if !unread.is_empty() {
        outcome.reason = Some(format!("no readable text on page {}", ranges(unread)));
    }
    let examined = examine(knowledge, &reading, &outcome.name);
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
    let facts = Facts {
        partition: Partition { year: record.year, province: record.place.province.and_then(|p| p.parse().ok()) },
        county: record.place.county_code.and_then(|c| c.parse().ok()).unwrap_or(0),
        report_id: u64::from_str_radix(report_id, 16).unwrap_or(0),
        // Reports of one body are compared year by year.
        body: examined.body.filter(|_| record.year.is_some()),
        role: examined.role,
        traits: Traits::of(&knowledge.forms, &knowledge.settings.thresholds, &examined.report),
        cells: u32::try_from(record.cells.len()).unwrap_or(u32::MAX),
        recognised: examined.report.tables.cells.iter().any(|c| c.matched == Matched::Ocr),
        failed: record.checks_failed,
        published: record.published_on.unwrap_or(i32::MIN),
    };
    match postcard::to_stdvec(&record) {
        Ok(encoded) => {
            outcome.report = Some((facts, encoded));
            outcome
        }
        Err(error) => unreadable(outcome, error.to_string()),
    }
}
