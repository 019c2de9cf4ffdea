//! What is kept of a report beside its record: few enough bytes to hold for every report of an archive.
//!
//! Owns the index's entry and the reference to a record. Refuses to hold what a report says.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use nianbao_report::agency::body::Role;
use nianbao_report::check::across::Features;

use crate::partition::Partition;

/// Roles of bodies by their number in files.
pub(crate) const ROLES: [Role; 3] = [Role::Other, Role::Government, Role::Part];

/// A role by its number.
mod role {
    use super::{Deserialize as _, Deserializer, ROLES, Role, Serializer};

    pub(super) fn serialize<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
        let number = ROLES.iter().position(|r| r == role).and_then(|n| u8::try_from(n).ok());
        serializer.serialize_u8(number.unwrap_or(0))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
        let number = u8::deserialize(deserializer)?;
        ROLES.get(usize::from(number)).copied().ok_or_else(|| serde::de::Error::custom("no role has this number"))
    }
}

/// What the index keeps of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// Where its rows go.
    pub partition: Partition,
    /// County code, 0 for none: the first sort key.
    pub county: u32,
    /// The report id as a number: the second.
    pub report_id: u64,
    /// Number of the body; `None` when it, its place or the year is unknown.
    pub body: Option<u64>,
    /// What the body is to its county's government.
    #[serde(with = "role")]
    pub role: Role,
    /// Cells found.
    pub cells: u32,
    /// Cells were recognised in a picture: printed text outranks it.
    pub recognised: bool,
    /// Hard sums broken.
    pub failed: u32,
    /// Days since 1970-01-01, `i32::MIN` for unknown.
    pub published: i32,
    /// First bytes of the hash of its record: equal records give equal rows.
    pub digest: u64,
}

/// Where a record lies in the file of its partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRef {
    /// Number of the report in the file: that of its features.
    pub number: u32,
    /// Offset of its chunk.
    pub chunk: u64,
    /// Bytes of the chunk in the file.
    pub packed: u32,
    /// Bytes of the chunk unpacked.
    pub unpacked: u32,
    /// Offset within the chunk.
    pub at: u32,
    /// Bytes of the record.
    pub length: u32,
}

/// Where a record lies that was read in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Number of its segment: 0 is the store's own spill file.
    pub segment: u32,
    /// First byte.
    pub offset: u64,
    /// Bytes.
    pub length: u32,
}

/// Where a record lies.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Where {
    /// It was read in this run; `features` is its number in the features file.
    Read { place: Place, features: u32 },
    /// In the records of the last release.
    Carried(RecordRef),
}

/// A report of the last run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexedReport {
    /// What the index keeps of it.
    pub index: IndexEntry,
    /// Where its record lies.
    pub record: RecordRef,
}

/// A report that was read in this run.
#[derive(Clone, Debug)]
pub struct Found {
    /// What the index keeps.
    pub index: IndexEntry,
    /// What other reports are compared with.
    pub features: Features,
    /// Its [`Record`](super::record::Record), encoded.
    pub record: Vec<u8>,
}

/// A report for the store.
#[derive(Clone, Copy, Debug)]
pub enum Incoming<'a> {
    /// Read in this run; its record is that of the report, or lies at this place already.
    Found(&'a Found, Option<Place>),
    /// Carried over from the last release.
    Carried(IndexedReport),
}
