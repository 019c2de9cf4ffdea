//! Whole runs of the program: one binary, one file for each thing that is shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "tests"
)]

mod across;
mod cli;
mod diskfull;
mod faults;
mod hostile;
mod house;
mod nightly;
mod nights;
mod readers;
mod readme;
mod sample;
mod stages;
mod summaries;
