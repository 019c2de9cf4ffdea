//! How far a reader goes before it gives a file up, and how it says so.
//!
//! Owns the limits of all formats and the kinds of failure. Refuses to decide what becomes of the file: that is the
//! pipeline's business.

use std::time::{Duration, Instant};

use nianbao_document::Cancel;

/// Limits for one file. What exceeds them is not read further.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Pages of a page format (PDF, OFD).
    pub pages: usize,
    /// Bytes of all parts of a container after unpacking.
    pub unpacked: u64,
    /// Unpacked bytes by packed byte of one part of a container: more is a bomb.
    pub ratio: u64,
    /// Lines of a plain text, and what blanks and bars separate in them.
    pub pieces: usize,
    /// Containers within containers.
    pub depth: usize,
    /// Time for reading one file. A backstop: a file that comes near it is set aside on a slower machine.
    pub time: Duration,
    /// Raised when nobody waits for the file any more.
    pub cancel: Cancel,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: 2_000,
            unpacked: 256 << 20,
            ratio: 1_000,
            pieces: 2_000_000,
            depth: 3,
            time: Duration::from_secs(60),
            cancel: Cancel::default(),
        }
    }
}

/// Why a reader gave a file up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file breaks its format.
    Damaged(String),
    /// A limit was exceeded.
    Limit(String),
    /// The time is up: on a machine less busy it might not be.
    Time(String),
    /// The OCR command failed: it may work the next time.
    Command(String),
    /// A password is needed.
    Encrypted(String),
    /// Pictures, or a text layer that says nothing: only OCR can read it.
    NeedsOcr(String),
    /// A variety of the format that is not read.
    Unsupported(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, why) = match self {
            Self::Damaged(why) => ("damaged", why),
            Self::Limit(why) | Self::Time(why) => ("beyond a limit", why),
            Self::Encrypted(why) => ("encrypted", why),
            Self::NeedsOcr(why) | Self::Command(why) => ("needs OCR", why),
            Self::Unsupported(why) => return f.write_str(why),
        };
        write!(f, "{what}: {why}")
    }
}

/// The clock of one file.
#[derive(Clone, Debug)]
pub struct Clock {
    end: Option<Instant>,
    limit: Duration,
    cancel: Cancel,
}

impl Clock {
    /// Starts it.
    #[must_use]
    pub fn start(limits: &Limits) -> Self {
        Self { end: Instant::now().checked_add(limits.time), limit: limits.time, cancel: limits.cancel.clone() }
    }

    /// Fails when the time is up. Readers ask once a page, a table or a few thousand pieces.
    ///
    /// # Errors
    /// [`Fault::Time`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.cancel.is_wanted() {
            return Err(Fault::Time("interrupted".to_owned()));
        }
        if self.end.is_some_and(|end| Instant::now() > end) {
            return Err(Fault::Time(format!("not read within {} s", self.limit.as_secs())));
        }
        Ok(())
    }
}
