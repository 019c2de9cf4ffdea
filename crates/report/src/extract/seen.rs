//! What was worked out before: what heads name and which row a damaged label is, by table and text. The forms are the same
//! on every page, so nearly all of it was.
//!
//! Owns that memory, one for each thread, bounded. Refuses whatever depends on more than a table's labels and the text: what
//! is remembered is what would be worked out again, and [`Index::without_memory`](super::Index::without_memory) proves it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::FixedState;

use super::meaning::{Hit, Named};

/// Texts that are remembered at most, and their longest in bytes: some four megabytes for a thread.
const MOST: usize = 1 << 14;
const LONGEST: usize = 240;

/// The labels of one table, by a number of their own; nothing is remembered of number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Of(u64);

impl Of {
    /// A number that no other table has.
    pub(super) fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }

    pub(super) const NOTHING: Self = Self(0);
}

/// A head: its text, what of that counts, and what it names.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) text: Rc<str>,
    pub(super) norm: Rc<str>,
    pub(super) named: Named,
}

struct Entry<V> {
    of: Of,
    texts: [Box<str>; 2],
    value: V,
}

/// Values by table and text. Texts are compared, hashes only find them.
struct Memory<V> {
    entries: HashMap<u64, Vec<Entry<V>>, FixedState>,
    count: usize,
}

impl<V: Clone> Memory<V> {
    fn new() -> Self {
        Self { entries: HashMap::default(), count: 0 }
    }

    fn get(&self, hash: u64, of: Of, texts: [&str; 2]) -> Option<V> {
        let same = |e: &&Entry<V>| e.of == of && *e.texts[0] == *texts[0] && *e.texts[1] == *texts[1];
        self.entries.get(&hash)?.iter().find(same).map(|e| e.value.clone())
    }

    fn put(&mut self, hash: u64, of: Of, texts: [&str; 2], value: V) {
        if self.count >= MOST {
            self.entries.clear();
            self.count = 0;
        }
        self.count += 1;
        self.entries.entry(hash).or_default().push(Entry { of, texts: texts.map(Into::into), value });
    }
}

struct Seen {
    heads: Memory<Known>,
    /// Without likeness, and with it.
    names: [Memory<Named>; 2],
    near: Memory<Option<Hit>>,
}

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::new(Seen {
        heads: Memory::new(),
        names: [Memory::new(), Memory::new()],
        near: Memory::new(),
    });
}

fn remembered<V: Clone>(
    memory: impl Fn(&mut Seen) -> &mut Memory<V>,
    of: Of,
    texts: [&str; 2],
    work: impl FnOnce() -> V,
) -> V {
    if of == Of::NOTHING || texts[0].len() + texts[1].len() > LONGEST {
        return work();
    }
    let hash = FixedState::default().hash_one((of.0, texts[0], texts[1]));
    if let Some(value) = SEEN.with_borrow_mut(|seen| memory(seen).get(hash, of, texts)) {
        return value;
    }
    let value = work();
    SEEN.with_borrow_mut(|seen| memory(seen).put(hash, of, texts, value.clone()));
    value
}

/// A head by its text alone.
pub(super) fn head(of: Of, text: &str, work: impl FnOnce() -> Known) -> Known {
    remembered(|s| &mut s.heads, of, [text, ""], work)
}

/// What a text names, `plainly` or by likeness too.
pub(super) fn name(of: Of, plainly: bool, text: &str, norm: &str, work: impl FnOnce() -> Named) -> Named {
    remembered(|s| &mut s.names[usize::from(!plainly)], of, [text, norm], work)
}

/// The row that a damaged label is.
pub(super) fn near(of: Of, norm: &str, work: impl FnOnce() -> Option<Hit>) -> Option<Hit> {
    remembered(|s| &mut s.near, of, [norm, ""], work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_table_are_remembered() {
        let (a, b) = (Of::next(), Of::next());
        let named = |of, text: &str, column| name(of, true, text, text, || Named::Column(column));
        assert_eq!(named(a, "自然人", 1), Named::Column(1));
        assert_eq!(named(a, "自然人", 2), Named::Column(1), "worked out once");
        assert_eq!(named(b, "自然人", 2), Named::Column(2), "another table");
        assert_eq!(name(a, false, "自然人", "自然人", || Named::Extra), Named::Extra, "another question");
        assert_eq!(named(Of::NOTHING, "自然人", 3), Named::Column(3));
        let long = "长".repeat(LONGEST);
        assert_eq!(named(a, &long, 1), Named::Column(1));
        assert_eq!(named(a, &long, 2), Named::Column(2), "too long");
    }

    #[test]
    fn memory_is_bounded() {
        let of = Of::next();
        for n in 0..3 * MOST {
            near(of, &n.to_string(), || None);
        }
        assert!(SEEN.with_borrow(|s| s.near.count) <= MOST);
    }
}
