//! The operator's wish that the process end: SIGINT and SIGTERM.
//!
//! Owns turning the signals into a [`Cancel`]. Refuses to end anything itself: who asks gives up what it is doing, and
//! nothing is published. A second signal ends the process at once.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use nianbao_document::Cancel;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Exit code of a second signal.
const AT_ONCE: i32 = 2;

/// Listens for the signals from now on.
pub(super) fn listen() -> Result<Cancel> {
    let cancel = Cancel::default();
    let wanted = cancel.flag();
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, AT_ONCE, Arc::clone(&wanted))
            .and_then(|_| flag::register(signal, Arc::clone(&wanted)))
            .context("cannot listen for signals")?;
    }
    Ok(cancel)
}
