//! Counts the steps of the loops that hostile input may multiply, so that a test can compare the work for n and for 2n.
//!
//! Refuses to watch the clock, and to cost anything outside of tests.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// So many steps were done.
#[inline]
pub(crate) fn steps(count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + count as u64));
    #[cfg(not(test))]
    let _ = count;
}

/// The steps that something does on this thread.
#[cfg(test)]
pub(crate) fn of(something: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    something();
    STEPS.with(std::cell::Cell::get) - before
}
