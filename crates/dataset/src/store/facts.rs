//! What is known of a file of the archive, from the moment it was read to the night on which it is read again.
//!
//! Owns these facts and the statuses. One struct of them is in the outcome of reading, in the store and in the ledger:
//! what one of the three adds stands beside it. Refuses to know reports.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::record::FindingRecord;
use crate::archive::Stat;
use nianbao_report::finding::Rule;

macro_rules! statuses {
    ($($(#[$attribute:meta])* $name:ident: $code:literal, $en:literal;)*) => {
        /// What became of a file. A new one needs a new version of the ledger: older builds cannot read it.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Status { $(#[doc = $en] $(#[$attribute])* $name,)* }

        impl Status {
            /// Every status.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its code in the dataset.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code,)* } }
        }
    };
}

statuses! {
    Report: "report", "A report with figures.";
    NotAReport: "not_a_report", "It was read, and is something else.";
    NoTables: "no_tables", "A report without a table that was recognised.";
    #[default]
    Unreadable: "unreadable", "It could not be read; so is a file of which nothing else is known yet.";
    NeedsOcr: "needs_ocr", "Its pages are pictures, or some that matter are.";
    Duplicate: "duplicate", "An earlier file has the same bytes.";
    Superseded: "superseded", "Another file holds the better report of the same body and year.";
    Skipped: "skipped", "It was not tried: too large, or of a format that holds no report.";
}

impl Status {
    /// The status with this code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }
}

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Path relative to the source, `/`; behind `!/` the path within an archive.
    pub source_path: String,
    /// The path's own bytes where they are no UTF-8.
    pub raw: Option<Vec<u8>>,
    /// It lies in an archive, whose facts stand before it, or is a further report of the file before it.
    pub member: bool,
    /// Number of a further report in the file before it, from 2: no file of its own. Its hash is that of the file's in hex and
    /// `#n`, from which its report's id comes.
    pub part: Option<u32>,
    /// What the file system said; nothing for members and for what is no file.
    pub stat: Option<Stat>,
    /// When it said so, in nanoseconds since 1970-01-01 UTC.
    pub observed_at: i64,
    /// What the file was read with; 0 is never trusted.
    pub fingerprint: u64,
    /// SHA-256.
    pub hash: Option<[u8; 32]>,
    /// Bytes.
    pub size: Option<u64>,
    /// Day of modification since 1970-01-01, UTC.
    pub modified: Option<i32>,
    /// Code of the format, by content.
    pub format: Option<Cow<'static, str>>,
    /// Encoding.
    pub encoding: Option<Cow<'static, str>>,
    /// Decoding faults.
    pub decode_faults: Option<u64>,
    /// What became of it, before reports were compared.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// The run that saw these bytes under this name first; empty for the present one.
    pub first_run: String,
}

impl FileFacts {
    /// A file of which only the name is known.
    #[must_use]
    pub fn named(source_path: impl Into<String>) -> Self {
        Self { source_path: source_path.into(), ..Self::default() }
    }

    /// The bytes by which the walk orders it.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.source_path.as_bytes())
    }

    /// Whether the tables show the same of both, apart from their reports.
    #[must_use]
    pub fn shows_the_same(&self, other: &Self) -> bool {
        (self.hash, self.size, self.modified, self.status) == (other.hash, other.size, other.modified, other.status)
            && (&self.reason, &self.format, &self.encoding) == (&other.reason, &other.format, &other.encoding)
            && self.decode_faults == other.decode_faults
    }
}

/// A file as the store keeps it until the tables are written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FileRecord {
    /// What is known of it.
    pub facts: FileFacts,
    /// It holds a report, its own or that of the first file with the same bytes.
    pub is_report: bool,
    /// Number, in walk order, of the first file with the same bytes.
    pub duplicate_of: Option<u32>,
}

impl FileRecord {
    /// The finding about a file that could not be read.
    #[must_use]
    pub fn finding(&self) -> Option<FindingRecord<'_>> {
        (self.facts.status == Status::Unreadable).then(|| FindingRecord {
            rule: Rule::UnreadableFile as u8,
            detail: self.facts.reason.as_deref().unwrap_or_default(),
            ..FindingRecord::default()
        })
    }
}
