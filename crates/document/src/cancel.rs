//! Somebody's wish that a long step end.
//!
//! Owns the flag that long loops ask. Refuses to know who raised it, and to end anything itself: who asks gives up what it
//! is doing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that its copies share; the default is one that nobody raises.
///
/// ```
/// let cancel = nianbao_document::Cancel::default();
/// let copy = cancel.clone();
/// assert!(!copy.is_wanted());
/// cancel.flag().store(true, std::sync::atomic::Ordering::Relaxed);
/// assert!(copy.is_wanted());
/// ```
#[derive(Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Whether the end is wanted.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Fails when the end is wanted.
    ///
    /// # Errors
    /// [`Interrupted`].
    pub fn check(&self) -> Result<(), Interrupted> {
        if self.is_wanted() { Err(Interrupted) } else { Ok(()) }
    }

    /// The flag itself, for whoever listens for signals.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

/// Says nothing of its state: limits that hold one are compared by what they print.
impl std::fmt::Debug for Cancel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cancel")
    }
}

/// A step gave up because its end was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted; nothing was published, and the next run starts where this one did")
    }
}

impl std::error::Error for Interrupted {}
