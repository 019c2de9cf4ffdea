//! Elements whose content is no text of the page as it stands: what is kept of them until they end.
//!
//! Owns nothing but that. Refuses to know what becomes of it.

use super::control::Choices;

/// What is known of the element.
#[derive(Default)]
pub(super) struct Raw {
    /// `type` or `media`.
    pub(super) word: String,
    /// Where its content is, or its content.
    pub(super) source: String,
    pub(super) srcdoc: String,
    /// It is shown.
    pub(super) seen: bool,
    pub(super) text: String,
    /// Line of its tag, and place of its text.
    pub(super) line: u32,
    pub(super) start: Option<usize>,
    pub(super) choices: Choices,
}
