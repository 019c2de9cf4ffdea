//! What summaries and pages are made of.
//!
//! Owns nothing: it names the release, what stands in the folder already, and who may stop the work.

use std::path::Path;

use super::place::Existing;
use nianbao_dataset::ManifestFile;
use nianbao_document::Cancel;
use nianbao_report::Knowledge;

/// What summaries and pages are made of.
#[derive(Clone, Copy)]
pub struct Job<'j> {
    /// Places and forms.
    pub knowledge: &'j Knowledge,
    /// Folder of the release.
    pub release: &'j Path,
    /// Its data files.
    pub files: &'j [ManifestFile],
    /// What is there already and may be kept.
    pub existing: &'j Existing,
    /// Raised when nobody waits for them any more.
    pub cancel: &'j Cancel,
}
