//! Claims: what a person reads in a document.
//!
//! Owns the places of a form and what stands there. Refuses to know how it is printed.

use std::collections::BTreeMap;

/// Table, row and column.
pub type Key = (&'static str, &'static str, &'static str);

/// What a person reads at a place of the form; `None` is a printed blank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    pub value: Option<f64>,
    /// Whether the layout leaves it readable, so that it must be found.
    pub must: bool,
}

/// What a person reads in a report. Places that are not listed hold nothing of the form.
pub type Claims = BTreeMap<Key, Claim>;
