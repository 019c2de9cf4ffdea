//! Bytes through reading, extraction and checks to records.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "tests"
)]

mod bombs;
mod containers;
mod damage;
mod editions;
mod encodings;
mod formats;
mod injected;
mod layouts;
mod mutations;
mod ocr;
mod orders;
mod pages;
mod robust;
mod rules;
mod seeds;
