//! Bytes to documents: every format of `tests/data/formats`, by content.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

mod formats;
