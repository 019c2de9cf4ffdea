//! Partitions: the folders that rows and records are divided into.
//!
//! Owns their names. Refuses to say what belongs into which.

use serde::{Deserialize, Serialize};

/// The name that Hive gives to an unknown partition value.
const UNKNOWN: &str = "__HIVE_DEFAULT_PARTITION__";

/// A partition: report year and two-digit province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Partition {
    /// Report year.
    pub year: Option<i32>,
    /// Province, 10 for national bodies.
    pub province: Option<u8>,
}

impl Partition {
    /// That of rows without year and place.
    pub(crate) const NOWHERE: Self = Self { year: None, province: None };

    /// `year=2023/province=64`.
    #[must_use]
    pub fn folder(&self) -> String {
        let part = |v: Option<String>| v.unwrap_or_else(|| UNKNOWN.to_owned());
        format!(
            "year={}/province={}",
            part(self.year.map(|y| y.to_string())),
            part(self.province.map(|p| p.to_string()))
        )
    }
}
