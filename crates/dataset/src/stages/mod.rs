//! Stages: a run cut where engines can take over. One process runs through them, many machines share them, and the release
//! is the same.
//!
//! ```text
//!  plan ──────────► read(0) read(1) … read(n-1) ──────► settle ──────────► write(0) … write(m-1) ──────► commit
//!  the walk beside  steps in, files read,               all facts in walk  one partition each:           every bin and
//!  the ledger, cut  a segment each: facts for the       order: duplicates, tables and records into       partition came
//!  into bins        driver, records for `write`         primary reports,   the release being made        once; manifest,
//!                                                       comparisons                                      ledger, pointer
//!  one process      anywhere, any number, any order     one process        anywhere                      one process
//! ```
//!
//! Everything lies in the folder `_stage/<run>` of the dataset:
//!
//! ```text
//!  plan.json                        what every task must agree on: build, options, last release, bins
//!  steps/bin-000017-<hash>.steps    what is to be done about each file of a bin
//!  read/bin-000017-<hash>.facts     what was read of them, and the name of …
//!  read/bin-000017-<hash>.records   … the records of their reports
//!  settled.json, store/             what the driver settled, and the segments that it took
//!  orders/part-000042-<hash>.order  what a partition is made of
//!  write/part-000042-<hash>.done    what became of it
//!  release/                         the release, as it will be named
//! ```
//!
//! *Names hold the hash of what they name*: a task that runs twice, at once or one after the other, writes the same file
//! twice. Nothing under the final name is ever half a file. The driver notes which names it took; what comes later changes
//! nothing. `commit` publishes only what every bin and every partition brought once, and only beside the release that the
//! plan began with. A driver that is lost is started again and goes on where it was.
//!
//! Owns the order of the stages, the steps (`steps`), what reading brought (`segment`), how it is collected (`collect`), and
//! the report of a run. Refuses to know an engine, and to make summaries.

pub mod budget;
mod collect;
mod commit;
mod frames;
mod here;
mod plan;
mod read;
pub mod report;
mod segment;
mod settle;
mod steps;

pub use collect::Collector;
pub use commit::commit;
pub use here::read_here;
pub use plan::{Asked, Bin, MAX_FILE_SIZE, MAX_GONE, Plan, REHASH_NIGHTS, Stage, plan};
pub use read::{PartDone, read, write};
pub use segment::{Answer, BinDone, Told};
pub use settle::{ChangesTold, Settled, settle, unread};
pub use steps::{Group, Step, Steps, Trust};
