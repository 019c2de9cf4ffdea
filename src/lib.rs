//! nianbao (年报): archives of Chinese annual open-government-information reports in, a Parquet dataset out.
//!
//! The path of a report: [`archive`] lists its file; [`read`] recognises it by content, decodes it and returns a
//! [`document::Document`]; [`extract`] aligns what the page shows with the official forms of [`form`] and says whose
//! report it is; [`region`] finds the place; [`check`] evaluates the sums that the form prints; [`dataset`] writes and
//! publishes Parquet; [`summary`] runs SQL over what was published. [`pipeline`] drives them, [`cli`] speaks with people.
//! Each stage knows only what stands before it.

pub mod archive;
pub mod body;
pub mod check;
pub mod cli;
pub mod dataset;
pub mod document;
pub mod extract;
pub mod finding;
pub mod form;
pub mod page;
pub mod pipeline;
pub mod read;
pub mod region;
pub mod stop;
pub mod summary;
