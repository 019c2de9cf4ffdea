//! Fingerprints: by what a file was read and a partition written.
//!
//! Owns what makes last night's result worthless tonight: other code, other forms or places, other options. The hashes of
//! the sources come from `build.rs`. Refuses to look at files of the archive.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::bounds::Bounds;
use crate::SOURCES;
use crate::hash::leading;
use nianbao_report::finding::Settings;

/// What tonight's results rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of files that never became a document: readers and their limits.
    pub read: u64,
    /// Of the others: forms, places, metrics and thresholds too.
    pub examined: u64,
    /// Of the files of a partition: the writing code and the severities too.
    pub written: u64,
}

impl Fingerprint {
    /// That of this build under these options.
    #[must_use]
    pub fn new(bounds: &Bounds, settings: &Settings) -> Self {
        let read = hash(&[nianbao_document::SOURCES, nianbao_read::SOURCES, SOURCES, &format!("{bounds:?}")]);
        let thresholds = format!("{:?}", settings.thresholds);
        let examined = hash(&[&read.to_string(), nianbao_report::SOURCES, &thresholds]);
        let severity = format!("{:?}", settings.severity);
        let written = hash(&[SOURCES, nianbao_report::SOURCES, env!("CARGO_PKG_VERSION"), &thresholds, &severity]);
        Self { read, examined, written }
    }

    /// Whether a file that was read with this one would be read the same way now.
    #[must_use]
    pub const fn holds(&self, other: u64) -> bool {
        other == self.read || other == self.examined
    }
}

/// Never 0: that is the fingerprint of what is not to be trusted.
fn hash(parts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    leading(&hash.finalize()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_count_where_they_matter() {
        let (bounds, settings) = (Bounds::default(), Settings::default());
        let usual = Fingerprint::new(&bounds, &settings);
        assert_eq!(usual, Fingerprint::new(&bounds, &settings));
        assert!(usual.holds(usual.read) && usual.holds(usual.examined) && !usual.holds(0));
        let other = Fingerprint::new(&Bounds { max_size: 9, ..bounds.clone() }, &settings);
        assert!(other.read != usual.read && other.examined != usual.examined && other.written == usual.written);
        let mut severe = settings.clone();
        severe.severity.insert("published_late".to_owned(), "off".to_owned());
        let severe = Fingerprint::new(&bounds, &severe);
        assert!(severe.read == usual.read && severe.examined == usual.examined && severe.written != usual.written);
        let mut jumpy = settings;
        jumpy.thresholds.jump = 7.0;
        let jumpy = Fingerprint::new(&bounds, &jumpy);
        assert!(jumpy.read == usual.read && jumpy.examined != usual.examined && jumpy.written != usual.written);
    }
}
