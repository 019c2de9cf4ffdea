//! A document becomes an examined report: whose it is, when and where, what its tables state, and whether that holds.
//!
//! Owns the official forms, the words and places of the field, extraction and checks on reports. Refuses bytes and formats
//! (a [`nianbao_document::Document`] is all it sees), and what becomes of a report in files.

pub mod agency;
pub mod check;
mod examine;
pub mod extract;
pub mod finding;
pub mod form;
pub mod region;

pub use examine::{Examined, Knowledge, examine};

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");
