//! Places and mentions, from hand-made lists; the pages of the rules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "tests"
)]

mod mentions;
mod openings;
mod places;
mod rules;
