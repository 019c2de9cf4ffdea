//! Writing: what the store holds becomes the files of a release.
//!
//! Owns the order of partitions and tables (`dataset`), what a partition is made of (`order`) and its files (`partition`), the table of files (`files`),
//! what was expected (`coverage`), what reports say of each other (`across`), and what came of it (`outcome`). Refuses to
//! publish.

mod across;
pub(crate) mod coverage;
pub(crate) mod dataset;
mod files;
pub(crate) mod order;
pub(crate) mod outcome;
pub(crate) mod partition;
