//! What the targets share.

pub mod fence;
