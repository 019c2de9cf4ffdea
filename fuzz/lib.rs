//! What the targets share.

pub mod fence;
pub mod marks;
