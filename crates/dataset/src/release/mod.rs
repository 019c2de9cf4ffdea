//! Releases: what is published, and how.
//!
//! Owns the manifest (`manifest`), which release is current and what it holds for the next (`current`), and the protocol
//! of publishing (`publish`, `lock`). Refuses to make data files.

pub(crate) mod current;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod publish;
