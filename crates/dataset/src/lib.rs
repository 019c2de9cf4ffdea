//! The dataset: reports in, a published folder of Parquet out.
//!
//! Owns everything between a file of the archive and a folder that readers may open. Refuses to decode files, to find
//! figures in them, and to run queries.
//!
//! The path of a report through this crate: [`archive`] lists its file; the ledger of the last release ([`Ledger`]) says
//! whether it is new; [`read_file`] has it decoded and examined, and encodes what came of it as a [`Record`]; it waits in
//! the [`Store`] until all of its partition is there; [`write()`] makes rows of it, and the files of a release of these;
//! [`Staging::publish`] makes the release current. What is unchanged from night to night skips the middle: its record is
//! carried over, and a partition of which every record was is linked as it stands. [`diff`] tells two releases apart,
//! [`rollback`] goes back.
//!
//! Folders, from the bottom up; each knows only those before it: `archive`; the schema and its columns; `store`; `read`;
//! `release`; `write`; `stages`; `diff`.

pub mod archive;
mod columns;
mod delta;
pub mod dictionary;
pub mod diff;
mod disk;
mod error;
mod hash;
mod package;
mod parquet;
mod partition;
mod read;
mod release;
mod rows;
pub mod schema;
pub mod stages;
mod store;
mod template;
pub mod verify;
mod write;

pub use delta::write_logs;
pub use disk::{Disk, Op};
pub use error::{Error, Result};
pub use hash::{hex, sha256_of};
pub use package::datapackage;
pub use partition::Partition;
pub use read::bounds::Bounds;
pub use read::file::{Outcome, Read, read_bytes, read_file};
pub use read::fingerprint::Fingerprint;
pub use release::current::{Previous, resolve};
pub use release::manifest::{Manifest, ManifestFile, manifest};
pub use release::publish::{Release, Retention, Staging, rollback};
pub use rows::gather::{Gather, Shape};
pub use store::facts::{FileFacts, FileRecord, Status};
pub use store::index::{Found, Incoming, IndexEntry, IndexedReport, Place, RecordRef};
pub use store::ledger::{Ledger, LedgerRow};
pub use store::record::{self, Record};
pub use store::spill::Store;
pub use write::dataset::{carry_over, write};
pub use write::outcome::{Writing, manifest_of};

// For the files of the schema, until they stand in a folder of their own.
pub(crate) use release::manifest;
pub(crate) use store::ledger;

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");
