//! The dataset: the one schema, rows, Parquet files, the published release.
//!
//! Owns everything between a checked report and a folder that readers may open. Refuses to read reports and to run
//! queries. The path of a report here: `record` → `store` → `write` → `rows` → `columns` → `parquet` → `publish`; what an
//! unchanged one rests on from night to night: `ledger`, `records`, `manifest`.

mod across;
pub mod archive;
mod columns;
mod coverage;
pub mod dictionary;
pub mod diff;
pub mod disk;
mod features;
pub mod file;
mod files;
pub mod fingerprint;
pub mod ledger;
mod lock;
pub mod manifest;
pub mod package;
pub mod parquet;
pub mod publish;
pub mod record;
pub mod records;
mod rows;
pub mod schema;
pub mod store;
pub mod verify;
pub mod write;

pub use disk::Disk;
pub use ledger::{Ledger, LedgerRow};
pub use manifest::{Manifest, ManifestFile, Previous, manifest};
pub use package::datapackage;
pub use publish::{Release, Retention, Staging, resolve, rollback};
pub use record::{FileRecord, Record, Trace};
pub use store::{Facts, Found, Incoming, Partition, Store};
pub use write::{Writing, carry_over, write};

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");
