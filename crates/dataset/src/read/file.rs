//! One file through the house: bytes, document, report, place, checks, record.
//!
//! Owns the order of the stages for one file and the fence around them: whatever happens to a file costs that file only.
//! Refuses to know other files; duplicates are told apart by the caller.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest as _, Sha256};

use super::bounds::Bounds;
use super::fingerprint::Fingerprint;
use super::reason;
use crate::archive::{Listed, Stat, now};
use crate::hash::{hex, leading};
use crate::partition::Partition;
use crate::store::facts::{FileFacts, FileRecord, Status};
use crate::store::index::{Found, IndexEntry};
use crate::store::record::Record;
use nianbao_document::Document;
use nianbao_document::Format;
use nianbao_read::limits::Fault;
use nianbao_read::member::Members;
use nianbao_read::zip::{Member, members};
use nianbao_read::{read_members, sniff};
use nianbao_report::check::across::Features;
use nianbao_report::extract::Matched;
use nianbao_report::{Examined, Knowledge, examine_all};

/// A file after reading, in a form that may wait.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What is known of the file now.
    pub facts: FileFacts,
    /// What happened to it may not happen the next night.
    pub transient: bool,
    /// The system refused to give it.
    pub refused: bool,
    /// A document came out and was examined.
    pub examined: bool,
    /// Its report.
    pub report: Option<Found>,
}

impl From<FileFacts> for Outcome {
    fn from(facts: FileFacts) -> Self {
        Self { facts, ..Self::default() }
    }
}

impl Outcome {
    /// What the store keeps of the file, and its report unless an earlier file, of number `duplicate_of`, has the same
    /// bytes. `first_run` is the run that saw them here first.
    #[must_use]
    pub fn into_record(
        self,
        fingerprint: &Fingerprint,
        duplicate_of: Option<u32>,
        first_run: &str,
    ) -> (FileRecord, Option<Found>) {
        let mut facts = self.facts;
        facts.fingerprint = match (self.transient, self.examined) {
            (true, _) => 0,
            (false, true) => fingerprint.examined,
            (false, false) => fingerprint.read,
        };
        first_run.clone_into(&mut facts.first_run);
        if duplicate_of.is_some() {
            facts.status = Status::Duplicate;
        }
        let record = FileRecord { facts, is_report: self.report.is_some(), duplicate_of };
        (record, self.report.filter(|_| duplicate_of.is_none()))
    }

    fn with(mut self, status: Status, reason: String) -> Self {
        self.facts.status = status;
        self.facts.reason = Some(reason);
        self
    }

    fn unreadable(self, reason: String) -> Self {
        self.with(Status::Unreadable, reason)
    }

    fn too_large(mut self, max_size: u64) -> Self {
        self.facts.size = self.facts.stat.map(|s| s.size);
        let reason = format!("larger than {max_size} bytes (max_file_size, or what the memory budget has room for)");
        self.with(Status::Skipped, reason)
    }

    fn refused(mut self, fault: &Fault) -> Self {
        let (status, transient) = match fault {
            Fault::Unsupported(_) => (Status::Skipped, false),
            Fault::NeedsOcr(_) => (Status::NeedsOcr, false),
            Fault::Command(_) => (Status::NeedsOcr, true),
            Fault::Time(_) => (Status::Unreadable, true),
            Fault::Damaged(_) | Fault::Limit(_) | Fault::Encrypted(_) => (Status::Unreadable, false),
        };
        self.transient |= transient;
        self.with(status, fault.to_string())
    }

    fn set_format(&mut self, format: Format) {
        self.facts.format = Some(format.code().into());
    }
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
    let mut outcome = Outcome::from(FileFacts {
        raw: listed.raw.clone(),
        stat: listed.stat,
        observed_at: listed.observed_at,
        size: listed.stat.map(|s| s.size),
        modified: listed.stat.and_then(|s| s.day()),
        ..FileFacts::named(&listed.name)
    });
    if let Some(fault) = &listed.fault {
        outcome.transient = true;
        outcome.refused = listed.refused;
        return Read::Outcomes(vec![outcome.unreadable(fault.clone())]);
    }
    if outcome.facts.size.is_some_and(|s| s > max_size) {
        return Read::Outcomes(vec![outcome.too_large(max_size)]);
    }
    let mut why = "it changed while it was being read".to_owned();
    for _ in 0..TRIES {
        outcome.facts.observed_at = now();
        match bytes_of(listed, max_size) {
            Ok((stat, bytes, still)) if still => {
                outcome.facts.stat = Some(stat);
                outcome.facts.size = Some(bytes.len() as u64);
                outcome.facts.modified = stat.day();
                if bytes.len() as u64 > max_size {
                    return Read::Outcomes(vec![outcome.too_large(max_size)]);
                }
                let hash: [u8; 32] = Sha256::digest(&bytes).into();
                if known == Some(&hash) {
                    return Read::Same(stat, outcome.facts.observed_at);
                }
                outcome.facts.hash = Some(hash);
                return Read::Outcomes(read_bytes(knowledge, outcome.facts, &bytes, bounds));
            }
            Ok(_) => {}
            Err(error) => {
                why = error.to_string();
                break;
            }
        }
    }
    Read::Outcomes(vec![Outcome { transient: true, refused: true, ..outcome }.unreadable(why)])
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

/// Reads bytes that are already there, under what is known of them; see [`read_file`]. A file's own outcome stands
/// before those of what it holds: members of archives, files attached to messages and PDF, embedded in documents.
///
/// ```
/// use nianbao_dataset::{Bounds, FileFacts, Record, Status, read_bytes};
/// use nianbao_report::Knowledge;
/// use nianbao_report::finding::Settings;
///
/// let knowledge = Knowledge::load(Settings::default()).unwrap();
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/sample/archive/各种格式/docx-plain-2021.docx");
/// let bytes = std::fs::read(path).unwrap();
/// let outcomes = read_bytes(&knowledge, FileFacts::named("a.docx"), &bytes, &Bounds::default());
/// assert_eq!(outcomes[0].facts.status, Status::Report);
/// // The report waits in the form in which the store keeps it.
/// let found = outcomes[0].report.as_ref().unwrap();
/// let record: Record<'_> = postcard::from_bytes(&found.record).unwrap();
/// assert_eq!(record.cells.len(), found.index.cells as usize);
///
/// let outcomes = read_bytes(&knowledge, FileFacts::named("b.txt"), "通知".as_bytes(), &Bounds::default());
/// assert_eq!(outcomes[0].facts.status.code(), "not_a_report");
/// ```
#[must_use]
pub fn read_bytes(knowledge: &Knowledge, facts: FileFacts, bytes: &[u8], bounds: &Bounds) -> Vec<Outcome> {
    let mut reading = Reading { knowledge, bounds, left: bounds.limits.unpacked, outcomes: Vec::new() };
    reading.file(facts.into(), bytes, 0);
    reading.outcomes
}

/// A file being read with what it holds.
struct Reading<'a> {
    knowledge: &'a Knowledge,
    bounds: &'a Bounds,
    /// Bytes that may still be unpacked.
    left: u64,
    outcomes: Vec<Outcome>,
}

impl Reading<'_> {
    /// Reads a file, and what lies in it; there are `depth` files around it.
    fn file(&mut self, mut outcome: Outcome, bytes: &[u8], depth: usize) {
        let hash = *outcome.facts.hash.get_or_insert_with(|| Sha256::digest(bytes).into());
        outcome.facts.size = Some(bytes.len() as u64);
        let archive = sniff(bytes) == Format::Zip;
        // Whatever stage it was that failed, another build of it may not.
        let fallen = Outcome { examined: true, ..outcome.facts.clone().into() };
        let fallen = fallen.unreadable("the reader failed on this file; please report it".to_owned());
        if archive {
            return self.archive(outcome, fallen, bytes, depth);
        }
        let around = outcome.facts.clone();
        let mut found = Members::new(self.left);
        // A fault of this program in one file must not end the run of all.
        let read =
            catch_unwind(AssertUnwindSafe(|| stages(self.knowledge, outcome, bytes, &hash, self.bounds, &mut found)));
        self.outcomes.extend(read.unwrap_or_else(|_| vec![fallen]));
        self.left = found.left();
        for mut member in found.list {
            if member.bytes.is_ok() && depth >= self.bounds.limits.depth {
                let why = format!("files nested deeper than {}", self.bounds.limits.depth);
                member.bytes = Err(Fault::Limit(why));
            }
            self.member(&around, member, depth);
        }
    }

    /// Reads what lies in a file of which `around` is known, below `depth` others.
    fn member(&mut self, around: &FileFacts, member: Member, depth: usize) {
        let facts = FileFacts {
            member: true,
            size: member.size,
            modified: around.modified,
            observed_at: around.observed_at,
            ..FileFacts::named(format!("{}!/{}", around.source_path, member.name))
        };
        match member.bytes {
            Ok(bytes) => self.file(facts.into(), &bytes, depth + 1),
            Err(fault) => self.outcomes.push(Outcome::from(facts).refused(&fault)),
        }
    }

    fn archive(&mut self, mut outcome: Outcome, mut fallen: Outcome, bytes: &[u8], depth: usize) {
        let limits = &self.bounds.limits;
        outcome.set_format(Format::Zip);
        fallen.set_format(Format::Zip);
        if depth >= limits.depth {
            return self.outcomes.push(outcome.unreadable(format!("archives nested deeper than {}", limits.depth)));
        }
        let around = outcome.facts.clone();
        let own = self.outcomes.len();
        self.outcomes.push(outcome);
        let mut count = 0_usize;
        let mut left = self.left;
        let mut each = |member: Member, left: &mut u64| {
            count += 1;
            self.left = *left;
            self.member(&around, member, depth);
            *left = self.left;
        };
        let listed = catch_unwind(AssertUnwindSafe(|| members(bytes, limits, &mut left, &mut each)));
        self.left = left;
        let Some(own) = self.outcomes.get_mut(own) else { return };
        *own = match listed {
            Ok(Ok(())) => std::mem::take(own).with(Status::NotAReport, format!("an archive of {count} files")),
            Ok(Err(fault)) => std::mem::take(own).refused(&fault),
            Err(_) => fallen,
        };
    }
}

/// The file's own outcome, with its first report, and behind it those of the further reports that it holds.
fn stages(
    knowledge: &Knowledge,
    mut outcome: Outcome,
    bytes: &[u8],
    hash: &[u8; 32],
    bounds: &Bounds,
    members: &mut Members,
) -> Vec<Outcome> {
    let document = match read_members(bytes, &bounds.limits, bounds.ocr.as_ref(), members) {
        Ok(document) => document,
        Err(refusal) => {
            outcome.set_format(refusal.format);
            return vec![outcome.refused(&refusal.fault)];
        }
    };
    outcome.examined = true;
    outcome.set_format(document.format);
    let facts = &mut outcome.facts;
    facts.encoding = document.encoding.map(Into::into);
    facts.decode_faults = Some(document.decode_faults);
    let examined = examine_all(knowledge, &document, &facts.source_path);
    let tables = examined.iter().any(|e| !e.report.tables.cells.is_empty());
    facts.reason = reason::of(&document, members, tables);
    facts.status = match examined.as_slice() {
        // What is missing may stand on the pages that could not be read.
        _ if !tables && !document.unread.is_empty() => Status::NeedsOcr,
        [] => Status::NotAReport,
        _ if tables => Status::Report,
        _ => Status::NoTables,
    };
    let [first, further @ ..] = examined.as_slice() else { return vec![outcome] };
    let own = (!further.is_empty()).then_some(1);
    let mut outcomes = vec![finish(knowledge, outcome.clone(), &document, (first, own), hash)];
    for (report, number) in further.iter().zip(2_u32..) {
        let mut of_part = outcome.clone();
        let hash: [u8; 32] = Sha256::digest(format!("{}#{number}", hex(hash))).into();
        of_part.facts.hash = Some(hash);
        (of_part.facts.member, of_part.facts.part) = (true, Some(number));
        outcomes.push(finish(knowledge, of_part, &document, (report, Some(number)), &hash));
    }
    outcomes
}

fn finish(
    knowledge: &Knowledge,
    mut outcome: Outcome,
    document: &Document,
    (examined, part): (&Examined, Option<u32>),
    hash: &[u8; 32],
) -> Outcome {
    let hash_hex = hex(hash);
    let report_id = hash_hex.get(..16).unwrap_or_default();
    let file = (report_id, outcome.facts.source_path.as_str(), document.format.code());
    let record = Record { part, ..Record::new(&knowledge.forms, examined, file) };
    let encoded = match postcard::to_stdvec(&record) {
        Ok(encoded) => encoded,
        Err(error) => return outcome.unreadable(error.to_string()),
    };
    let index = IndexEntry {
        partition: Partition { year: record.year, province: record.place.province.and_then(|p| p.parse().ok()) },
        county: record.place.county_code.and_then(|c| c.parse().ok()).unwrap_or(0),
        report_id: leading(hash),
        // Reports of one body are compared year by year.
        body: examined.body.filter(|_| record.year.is_some()),
        role: examined.role,
        cells: u32::try_from(record.cells.len()).unwrap_or(u32::MAX),
        recognised: examined.report.tables.cells.iter().any(|c| c.matched == Matched::Ocr),
        failed: record.checks_failed,
        published: record.published_on.unwrap_or(i32::MIN),
        digest: leading(&Sha256::digest(&encoded)),
    };
    let features = Features::of(&knowledge.forms, &knowledge.settings.thresholds, &examined.report);
    outcome.report = Some(Found { index, features, record: encoded });
    outcome
}
