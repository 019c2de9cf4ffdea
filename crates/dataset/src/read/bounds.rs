//! What reading goes by.
//!
//! Owns nothing but the options that a run gives to every file: they are part of the fingerprint.

use nianbao_read::Ocr;
use nianbao_read::limits::Limits;

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
