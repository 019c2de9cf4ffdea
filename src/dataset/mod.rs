//! The dataset: the one schema, rows, Parquet files, the published release.
//!
//! Owns everything between a checked report and a folder that readers may open. Refuses to read reports and to run
//! queries. The path of a report here: `record` → `store` → `rows` → `columns` → `parquet` → `publish`.

mod across;
pub mod columns;
mod coverage;
pub mod dictionary;
pub mod parquet;
pub mod publish;
pub mod record;
pub mod rows;
pub mod schema;
pub mod store;
mod traits;
pub mod verify;

pub use publish::{Manifest, ManifestFile, Staging, manifest, resolve};
pub use record::Record;
pub use store::{Facts, FileRecord, Partition, Store};
