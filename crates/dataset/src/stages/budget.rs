//! The memory budget: large files are not read beside each other when together they would not fit.
//!
//! Owns the estimate of what reading a file takes, and how an operator writes a number of bytes. Refuses to measure: what
//! is freed is known to the allocator alone.

use std::str::FromStr;
use std::sync::{Condvar, Mutex, PoisonError};

use serde::Deserialize;

/// Memory for files being read, unless the pipeline says otherwise.
pub const MEMORY: u64 = 1 << 30;

/// Reading takes about so many times the bytes of a file: text, blocks and cells of the worst format.
const TIMES: u64 = 12;
/// And so much beside.
const BASE: u64 = 2 << 20;

/// A number of bytes, plain or as `512MiB`, `2GiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Number")]
pub struct Bytes(pub u64);

#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Plain(u64),
    Text(String),
}

impl TryFrom<Number> for Bytes {
    type Error = String;

    fn try_from(number: Number) -> Result<Self, String> {
        match number {
            Number::Plain(bytes) => Ok(Self(bytes)),
            Number::Text(text) => text.parse(),
        }
    }
}

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = match text.get(digits.len()..).unwrap_or_default().trim() {
            "" => Some(1),
            "KiB" => Some(1 << 10),
            "MiB" => Some(1 << 20),
            "GiB" => Some(1_u64 << 30),
            _ => None,
        };
        let number = digits.trim().parse::<u64>().ok();
        let bytes = number.zip(unit).and_then(|(n, u)| n.checked_mul(u)).filter(|n| *n > 0);
        bytes.map(Self).ok_or_else(|| format!("`{text}` is no size: write bytes, or `512MiB`, `2GiB`"))
    }
}

/// The largest file that a budget of so many bytes has room for.
#[must_use]
pub const fn largest(budget: u64) -> u64 {
    budget.saturating_sub(BASE) / TIMES
}

/// What may be taken at the same time.
#[derive(Debug)]
pub struct Budget {
    all: u64,
    free: Mutex<u64>,
    freed: Condvar,
}

/// A share that is given back when it is dropped.
#[derive(Debug)]
pub struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    /// A budget of so many bytes.
    #[must_use]
    pub const fn new(bytes: u64) -> Self {
        Self { all: bytes, free: Mutex::new(bytes), freed: Condvar::new() }
    }

    /// Bytes of files that may wait together, read, until all before them are: what they became is seldom larger.
    #[must_use]
    pub const fn batch(&self) -> u64 {
        self.all / 64
    }

    /// Waits until a file of `size` bytes may be read. One that takes all there is has it for itself.
    pub fn take(&self, size: u64) -> Share<'_> {
        let bytes = size.saturating_mul(TIMES).saturating_add(BASE).min(self.all);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < bytes {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Share { budget: self, bytes }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn large_files_wait_for_each_other() {
        let budget = Budget::new(100 << 20);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for size in [5 << 20, 1 << 30, 0] {
                        let share = budget.take(size);
                        let held = now.fetch_add(share.bytes, Ordering::SeqCst) + share.bytes;
                        most.fetch_max(held, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(share.bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 100 << 20);
        assert_eq!(*budget.free.lock().unwrap(), 100 << 20);
    }
}
