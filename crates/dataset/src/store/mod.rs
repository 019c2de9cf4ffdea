//! The store: files and reports between reading and writing, and from one night to the next.
//!
//! Owns the forms in which they wait: `facts` and `index` (what is known of a file, of a report), `record` (everything
//! that a report's rows need), `features` (what reports are compared by); and the files that hold them: `spill` for a
//! run, `records` and `ledger` for the nights after. Refuses to write tables and to publish.

mod column;
pub(crate) mod facts;
pub(crate) mod features;
pub(crate) mod index;
pub(crate) mod ledger;
pub mod record;
pub(crate) mod records;
pub(crate) mod spill;
