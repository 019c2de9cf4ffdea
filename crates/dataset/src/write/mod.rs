//! Writing: what the store holds becomes the files of a release.
//!
//! Owns the order of partitions and tables (`dataset`), one partition's files (`partition`), the table of files (`files`),
//! what was expected (`coverage`), what reports say of each other (`across`), and what came of it (`outcome`). Refuses to
//! publish.

mod across;
pub(crate) mod coverage;
pub(crate) mod dataset;
mod files;
pub(crate) mod outcome;
mod partition;
