//! nianbao (年报): archives of Chinese annual open-government-information reports in, a Parquet dataset out.
//!
//! The path of a report: `nianbao_dataset` lists its file; `nianbao_read` recognises it by content, decodes it and returns a
//! `nianbao_document::Document`; `nianbao_report` aligns what the page shows with the official forms, says whose report it
//! is, finds the place and evaluates the sums that the form prints; `nianbao_dataset` writes and publishes Parquet;
//! [`summary`] runs SQL over what was published. [`run`] drives them, [`cli`] speaks with people.
//! Each stage knows only what stands before it.

pub mod cli;
mod explore;
mod page;
pub mod run;
mod summary;
