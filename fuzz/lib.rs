//! The stages that touch a file's bytes, compiled from the crate's own sources.
#![allow(dead_code, missing_docs, reason = "only the way from bytes to findings is used")]

#[path = "../src/body.rs"]
pub mod body;
#[path = "../src/check/mod.rs"]
pub mod check;
#[path = "../src/document.rs"]
pub mod document;
#[path = "../src/extract/mod.rs"]
pub mod extract;
pub mod fence;
#[path = "../src/finding/mod.rs"]
pub mod finding;
#[path = "../src/form/mod.rs"]
pub mod form;
#[path = "../src/read/mod.rs"]
pub mod read;
#[path = "../src/region/mod.rs"]
pub mod region;
/// Nobody stops a fuzzer but the fuzzer.
pub mod stop {
    /// Never.
    pub const fn wanted() -> bool {
        false
    }
}
