//! The operator's wish that the process end: SIGINT and SIGTERM.
//!
//! Owns the flag that long loops ask. Refuses to end anything itself: who asks gives up what it is doing, and nothing is
//! published. A second signal ends the process at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Exit code of a second signal.
const AT_ONCE: i32 = 2;

/// Listens for the signals from now on.
///
/// # Errors
/// When the system refuses.
pub fn listen() -> Result<()> {
    let wanted = Arc::clone(FLAG.get_or_init(Arc::default));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, AT_ONCE, Arc::clone(&wanted))
            .and_then(|_| flag::register(signal, Arc::clone(&wanted)))
            .context("cannot listen for signals")?;
    }
    Ok(())
}

/// Whether a signal came.
#[must_use]
pub fn wanted() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Fails when a signal came.
///
/// # Errors
/// Says that nothing was published.
pub fn check() -> Result<()> {
    if wanted() {
        bail!("interrupted; nothing was published, and the next run starts where this one did");
    }
    Ok(())
}
