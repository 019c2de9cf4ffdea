//! The words of the field, from `data/words/*.toml`: read once, shared by all.
//!
//! Owns how each list is compared with a text, and what makes a list sound: sorted, no word twice, none that another one
//! hides. A file that is not sound does not load. Refuses to know what a word means: that is said beside each list, and
//! done where it is used. Words that introduce the figures of the narrative are `data/metrics.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{AtPlace as _, LoadError};

const AGENCY: &str = include_str!("../../../data/words/agency.toml");
const PLACES: &str = include_str!("../../../data/words/places.toml");
const TITLES: &str = include_str!("../../../data/words/titles.toml");
const UNITS: &str = include_str!("../../../data/words/units.toml");

/// Empty when a file does not load; [`check`] says why, and nothing is examined before it was asked.
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load().unwrap_or_default());

#[derive(Default)]
struct Words {
    agency: Agency,
    places: Places,
    titles: Titles,
    units: Units,
}

impl Words {
    fn load() -> Result<Self, LoadError> {
        Ok(Self {
            agency: toml::from_str(AGENCY).at(|| "data/words/agency.toml".to_owned())?,
            places: toml::from_str(PLACES).at(|| "data/words/places.toml".to_owned())?,
            titles: toml::from_str(TITLES).at(|| "data/words/titles.toml".to_owned())?,
            units: toml::from_str(UNITS).at(|| "data/words/units.toml".to_owned())?,
        })
    }
}

/// Whether the lists load.
///
/// # Errors
/// Names the file and the list that is not sound.
pub(crate) fn check() -> Result<(), LoadError> {
    Words::load().map(|_| ())
}

/// What the names of bodies say.
pub(crate) fn agency() -> &'static Agency {
    &WORDS.agency
}

/// What is part of a place's name.
pub(crate) fn places() -> &'static Places {
    &WORDS.places
}

/// How titles and signatures are told.
pub(crate) fn titles() -> &'static Titles {
    &WORDS.titles
}

/// What says what is counted.
pub(crate) fn units() -> &'static Units {
    &WORDS.units
}

/// A kind of list: sorted words, and when one of them hides another so that it could never decide.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident hides $hides:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(try_from = "Vec<String>")]
        pub(crate) struct $name(Vec<String>);

        impl TryFrom<Vec<String>> for $name {
            type Error = String;

            fn try_from(words: Vec<String>) -> Result<Self, String> {
                sound(words, $hides).map(Self)
            }
        }
    )*};
}

lists! {
    /// Whole texts.
    Exact hides |_, _| false;
    /// Beginnings of texts.
    Starts hides |short, long| long.starts_with(short);
    /// Beginnings of texts, of which the longest counts.
    Longest hides |_, _| false;
    /// Ends of texts.
    Ends hides |short, long| long.ends_with(short);
    /// Parts of texts.
    Within hides |short, long| long.contains(short);
    /// Parts of texts, of which the earliest counts.
    Earliest hides |short, long| long.starts_with(short);
}

/// Words that are tried one after the other: `key.ordered` in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, Vec<String>>")]
pub(crate) struct Ordered(Vec<String>);

impl TryFrom<BTreeMap<String, Vec<String>>> for Ordered {
    type Error = String;

    fn try_from(mut lists: BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let words =
            lists.remove("ordered").filter(|_| lists.is_empty()).ok_or("a list of which only `ordered` is known")?;
        let mut sorted = words.clone();
        sorted.sort();
        sound(sorted, |_, _| false).map(|_| Self(words))
    }
}

fn sound(words: Vec<String>, hides: impl Fn(&str, &str) -> bool) -> Result<Vec<String>, String> {
    if words.is_empty() || words.iter().any(String::is_empty) {
        return Err("a list without words, or an empty word".to_owned());
    }
    if let Some([a, b]) = words.array_windows().find(|[a, b]| a >= b) {
        return Err(format!("{a:?} stands before {b:?}: the list is not sorted, or holds a word twice"));
    }
    let hidden = words.iter().find_map(|long| Some((long, words.iter().find(|w| *w != long && hides(w, long))?)));
    match hidden {
        Some((long, short)) => Err(format!("{long:?} decides nothing that {short:?} does not")),
        None => Ok(words),
    }
}

impl Exact {
    /// Whether a text is one of the words.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.binary_search_by(|word| word.as_str().cmp(text)).is_ok()
    }

    /// The words, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Starts {
    /// The word that a text begins with, and what follows it.
    pub(crate) fn strip<'w, 't>(&'w self, text: &'t str) -> Option<(&'w str, &'t str)> {
        // No word begins with another: the one that a text begins with is the last that is not behind the text.
        let at = self.0.partition_point(|word| word.as_str() <= text);
        let word = self.0.get(at.checked_sub(1)?)?;
        text.strip_prefix(word.as_str()).map(|rest| (word.as_str(), rest))
    }

    /// Whether a text begins with one of the words.
    pub(crate) fn begin(&self, text: &str) -> bool {
        self.strip(text).is_some()
    }
}

impl Longest {
    /// The longest word that a text begins with.
    pub(crate) fn of(&self, text: &str) -> Option<&str> {
        // What begins with another word is sorted behind it.
        self.0.iter().rev().map(String::as_str).find(|word| text.starts_with(word))
    }

    /// The words, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// A text without the longest word that it begins with.
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.of(text).and_then(|word| text.strip_prefix(word))
    }
}

impl Ends {
    /// A text without the word that ends it.
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|word| text.strip_suffix(word.as_str()))
    }

    /// Whether one of the words ends a text.
    pub(crate) fn end(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.ends_with(word.as_str()))
    }
}

impl Within {
    /// Whether one of the words stands in a text.
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.contains(word.as_str()))
    }

    /// The words, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Earliest {
    /// Where the first of the words begins that stands in a text.
    pub(crate) fn find_in(&self, text: &str) -> Option<usize> {
        self.0.iter().filter_map(|word| text.find(word.as_str())).min()
    }
}

impl Ordered {
    /// The words, in the order in which they are tried.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// `data/words/agency.toml`, where each list is explained.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agency {
    pub street: Within,
    pub township: Ends,
    pub zone: Within,
    pub bureau: Ends,
    pub government: Ends,
    pub national: Starts,
    pub branch: Ends,
    pub institution: Ends,
    pub national_names: Exact,
    pub national_part: Within,
    pub office: Ends,
    pub office_within: Within,
    pub whole_place: Within,
    pub vertical: Within,
    pub branched: Starts,
    pub corps: Starts,
}

/// `data/words/places.toml`, where each list is explained.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Places {
    pub plain_names: Exact,
    pub plain_stems: Exact,
    pub peoples: Ends,
    pub endings: Ordered,
    pub departments: Starts,
    pub no_department: Within,
    pub zones: Starts,
    pub no_zone: Within,
    pub zone_names: Within,
    pub no_zone_name: Within,
    pub beyond: Starts,
    pub street_of_plain_name: Starts,
    pub compounds: Ends,
    pub compound_heads: Starts,
    pub levels: Starts,
    pub no_levels: Starts,
    pub address: Within,
    pub contact: Within,
    pub postal_code: Ordered,
    pub documents: BTreeMap<char, String>,
}

/// `data/words/titles.toml`, where each list is explained.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Titles {
    pub agency_end: Earliest,
    pub place_end: Earliest,
    pub title_word: Ordered,
    pub plain_title_end: Ordered,
    pub title_lead: Starts,
    pub title_label: Starts,
    pub title_link: Ends,
    pub title_tail: Starts,
    pub file_kind: Starts,
    pub index_block: Within,
    pub sentence: Within,
    pub first_chapter: Starts,
    pub announced: Ordered,
    pub author: Ordered,
    pub not_of_name: Ends,
    pub act: Within,
    pub since: Starts,
    pub reported: Within,
    pub planned: Within,
    pub menu: Within,
    pub agency_name_end: Ends,
    pub no_name_end: Ends,
    pub no_name: Within,
    pub placed: Starts,
    pub no_place: Ends,
    pub no_place_before: Starts,
    pub government: Ends,
    #[serde(rename = "self")]
    pub own: Exact,
    pub own_unit: BTreeMap<String, Vec<String>>,
    pub agency_label: Ordered,
    pub asked: Ordered,
    pub asked_office: Ordered,
    pub signing: Ordered,
    pub seal: Ends,
    pub contact: Within,
    pub date_label: Ordered,
    pub changed_label: Ordered,
    pub other_label: Ordered,
    pub beside_date: Starts,
    pub signed_date: Ends,
}

/// `data/words/units.toml`, where each list is explained.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Units {
    pub cell: Exact,
    pub column: Exact,
    pub prose: Longest,
    pub usual: Exact,
    pub yuan: Exact,
    pub ten_thousand_yuan: Exact,
    pub hundred_million_yuan: Exact,
    /// 千元.
    pub thousand_yuan: Exact,
    /// 百万元.
    pub million_yuan: Exact,
    pub blank: Exact,
    pub zero: Exact,
    pub more: Longest,
    pub less: Longest,
    pub rounded: Starts,
    pub bound: Starts,
    pub measure: Starts,
    pub dated: Starts,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sound() {
        check().unwrap();
    }

    #[test]
    fn what_is_not_sound_is_refused() {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        for (words, why) in [
            (&["乙", "丙"][..], "not sorted"),
            (&["丙", "丙"][..], "not sorted"),
            (&["丙", ""][..], "empty"),
            (&[][..], "without words"),
            (&["丙", "丙丁"][..], "decides nothing"),
        ] {
            let refused = Starts::try_from(list(words)).unwrap_err();
            assert!(refused.contains(why), "{words:?}: {refused}");
        }
        assert!(Ends::try_from(list(&["丁", "丙丁"])).is_err());
        assert!(Within::try_from(list(&["丁", "丙丁戊"])).is_err());
        assert!(Earliest::try_from(list(&["丁", "丙丁"])).is_ok(), "what begins earlier is found earlier");
        assert!(toml::from_str::<Ordered>("order = []").is_err());
        assert!(toml::from_str::<Ordered>("ordered = ['丙', '丙']").is_err());
        assert!(toml::from_str::<Agency>(&AGENCY.replace("\nstreet = ", "\nstreat = ")).is_err());
        assert!(toml::from_str::<Agency>(&format!("{AGENCY}\nstreats = ['路']")).is_err());
    }

    #[test]
    fn the_word_that_a_text_begins_with() {
        let words = Starts::try_from(["丙", "丙丁", "甲乙"].map(str::to_owned).to_vec());
        assert!(words.is_err());
        let words = Starts::try_from(["丁", "丙甲", "丙甲乙"].map(str::to_owned)[..2].to_vec()).unwrap();
        for (text, word) in
            [("丁", Some("丁")), ("丙甲乙", Some("丙甲")), ("丙", None), ("", None), ("丁丙", Some("丁")), ("龙", None)]
        {
            assert_eq!(words.strip(text).map(|found| found.0), word, "{text}");
        }
        let longest = Longest::try_from(["人", "人次"].map(str::to_owned).to_vec()).unwrap();
        assert_eq!((longest.of("人次数"), longest.of("人民"), longest.of("次")), (Some("人次"), Some("人"), None));
    }
}
