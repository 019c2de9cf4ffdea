//! The letters that names begin with in pinyin, so that 中宁 is found by `zn`.
//!
//! Owns which letters a character may begin with: one that is read in several ways (重庆, 长春) has several. Refuses to
//! search: the script does.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// By letter, the characters of some names that may begin with it.
#[derive(Debug, Default)]
pub(super) struct Initials {
    seen: BTreeSet<char>,
}

impl Initials {
    /// Adds the characters of a name.
    pub(super) fn add(&mut self, name: &str) {
        self.seen.extend(name.chars().filter(|c| !c.is_ascii()));
    }

    /// The characters by letter, each in order.
    pub(super) fn by_letter(&self) -> BTreeMap<char, String> {
        let mut letters: BTreeMap<char, String> = BTreeMap::new();
        for character in &self.seen {
            for letter in letters_of(*character) {
                letters.entry(letter).or_default().push(*character);
            }
        }
        letters
    }
}

fn letters_of(character: char) -> BTreeSet<char> {
    let mut letters: BTreeSet<char> =
        character.to_pinyin_multi().into_iter().flatten().filter_map(|p| p.plain().chars().next()).collect();
    letters.extend(character.to_pinyin().and_then(|p| p.plain().chars().next()));
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_every_reading() {
        let of = |c| letters_of(c).into_iter().collect::<String>();
        assert!(of('宁').contains('n'), "{}", of('宁'));
        assert!(of('重').contains('c') && of('重').contains('z'), "{}", of('重'));
        assert_eq!(of('A'), "");
        let mut initials = Initials::default();
        initials.add("中宁县");
        assert!(initials.by_letter().get(&'z').is_some_and(|own| own.contains('中')));
    }
}
