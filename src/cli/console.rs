//! What every command shares: lines for people on stdout, and how a command ends.
//!
//! Owns both because they are one contract with whoever calls the program. Refuses to know any command.

use std::io::Write as _;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// Done and published, but a threshold was violated.
    Violations,
}

/// Writes a line to stdout.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
