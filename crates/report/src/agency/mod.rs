//! Bodies: what kind a name says it is, and the same body over the years.

pub mod body;
mod kind;

pub use kind::{AgencyKind, is_national};
