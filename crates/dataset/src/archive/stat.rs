//! What the file system says of a file, and whether that proves it unchanged.
//!
//! Owns the comparison of two stats. Refuses to open files: where a stat proves nothing, the caller hashes.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A file written within this time of its stat may be written again without a new timestamp, in nanoseconds.
const RACY: i64 = 2_000_000_000;

/// What the file system says of a file. Times are nanoseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// Bytes.
    pub size: u64,
    /// Last change of the content, as far as nobody set it.
    pub mtime: i64,
    /// Last change of content or attributes; nobody can set it.
    pub ctime: i64,
    /// Number of the file within its file system.
    pub inode: u64,
}

/// What proves that a file is unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detect {
    /// Size, mtime, ctime and inode.
    #[default]
    Stat,
    /// Without the inode: network file systems that number files anew.
    StatNoInode,
    /// Size and mtime: archives that are restored or copied as a whole.
    Mtime,
    /// Nothing but the content.
    Hash,
}

impl Stat {
    /// The stat in a file's metadata.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            size: metadata.len(),
            mtime: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            ctime: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// Day of the last modification since 1970-01-01, UTC; nothing for times before.
    #[must_use]
    pub fn day(&self) -> Option<i32> {
        i32::try_from(self.mtime / 86_400_000_000_000).ok().filter(|_| self.mtime >= 0)
    }

    /// Whether this stat proves that the file is as it was at `before`, a stat taken at `observed_at`.
    #[must_use]
    pub fn proves(&self, detect: Detect, before: &Self, observed_at: i64) -> bool {
        let (same, last) = match detect {
            Detect::Hash => return false,
            Detect::Mtime => (true, before.mtime),
            Detect::StatNoInode => (self.ctime == before.ctime, before.mtime.max(before.ctime)),
            Detect::Stat => (self.ctime == before.ctime && self.inode == before.inode, before.mtime.max(before.ctime)),
        };
        same && self.size == before.size && self.mtime == before.mtime && last < observed_at.saturating_sub(RACY)
    }
}

/// The time, in nanoseconds since 1970-01-01 UTC.
#[must_use]
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| i64::try_from(d.as_nanos()).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000_000;

    #[test]
    fn only_an_old_and_equal_stat_proves_anything() {
        let before = Stat { size: 9, mtime: 10 * HOUR, ctime: 11 * HOUR, inode: 7 };
        let all = [Detect::Stat, Detect::StatNoInode, Detect::Mtime, Detect::Hash];
        let proved = |now: Stat, observed_at: i64| all.map(|d| now.proves(d, &before, observed_at));
        assert_eq!(proved(before, 12 * HOUR), [true, true, true, false]);
        assert_eq!(proved(Stat { inode: 8, ..before }, 12 * HOUR), [false, true, true, false]);
        // `cp -p`, `rsync -t` and tar set mtime back; ctime tells.
        assert_eq!(proved(Stat { ctime: 11 * HOUR + 1, ..before }, 12 * HOUR), [false, false, true, false]);
        assert_eq!(proved(Stat { mtime: 1, ..before }, 12 * HOUR), [false; 4]);
        assert_eq!(proved(Stat { size: 8, ..before }, 12 * HOUR), [false; 4]);
        // Written in the second in which it was looked at.
        assert_eq!(proved(before, 11 * HOUR + RACY), [false, false, true, false]);
        assert_eq!(proved(before, 11 * HOUR + RACY + 1), [true, true, true, false]);
        assert_eq!(proved(before, 10 * HOUR), [false; 4]);
    }

    #[test]
    fn days_are_those_of_utc() {
        let stat = Stat { size: 0, mtime: 86_400_000_000_000 - 1, ctime: 0, inode: 0 };
        assert_eq!(stat.day(), Some(0));
        assert_eq!(Stat { mtime: 86_400_000_000_000, ..stat }.day(), Some(1));
        assert_eq!(Stat { mtime: -1, ..stat }.day(), None);
    }
}
