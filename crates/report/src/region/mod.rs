//! Regions: which county, prefecture and province a report is from.
//!
//! Owns the gazetteer (`data/divisions/`, 2008-2025) and the resolver: a full name of one place in the agency's name
//! decides at once; several places of one name are told apart by higher names in title, text and folders, then by area
//! code, postal code and host. Refuses to guess: what stays open gets a finding, and only what all candidates share is
//! filled in.

mod clues;
mod division;
mod folders;
mod gazetteer;
mod lineage;
mod mention;
mod names;
mod place;
mod settle;
mod text;

pub use division::{Division, Level};
pub use gazetteer::Gazetteer;
pub use place::{Clues, Evidence, Kind, NATIONAL, Place};

use crate::finding::Finding;

/// Finds the place of a report, with what is doubtful about it.
#[must_use]
pub fn resolve(gazetteer: &Gazetteer, clues: &Clues<'_>) -> (Place, Vec<Finding>) {
    settle::Case::new(gazetteer, clues).resolve()
}

#[cfg(test)]
mod tests;
