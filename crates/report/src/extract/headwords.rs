//! `data/words/heads.toml`: other words for the heads of columns.
//!
//! Owns that file's schema and the wordings that it makes. Refuses what a head means: it names a column of a form, by its
//! code, and a wording that could name two columns of a table does not load.

use std::collections::HashMap as StdMap;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::label::normalized;
use crate::form::Table;

const FILE: &str = include_str!("../../../../data/words/heads.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    head: Vec<Wording>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    table: String,
    column: Option<String>,
    group: Option<String>,
    before: Vec<String>,
    stems: Vec<String>,
    behind: Vec<String>,
}

/// What a head names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A column of the form.
    Column(usize),
    /// A group of columns; `inner` where it stands within another one.
    Group { inner: bool },
}

/// The heads of one table by their normalised wording.
pub(super) type Heads = StdMap<String, Head, FixedState>;

/// The file, read once for all tables.
pub(super) struct Headwords(File);

impl Headwords {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is damaged; tested not to happen.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
        Ok(Self(toml::from_str(FILE)?))
    }

    /// Every wording of the heads of a table: the form's own before those of the file. `columns` and `groups` hold the
    /// form's, normalised.
    pub(super) fn of(&self, table: &Table, columns: &[Vec<String>], groups: &[Vec<String>]) -> Heads {
        let mut heads = Heads::default();
        for (column, of) in columns.iter().enumerate() {
            for wording in of {
                heads.entry(wording.clone()).or_insert(Head::Column(column));
            }
        }
        for (at, of) in groups.iter().enumerate() {
            for wording in of {
                heads.entry(wording.clone()).or_insert(Head::Group { inner: at > 0 });
            }
        }
        let codes: Vec<&str> = table.groups.iter().filter(|g| !g.of_rows).map(|g| g.code.as_str()).collect();
        for wording in self.0.head.iter().filter(|w| w.table == table.code) {
            let column = |code: &String| table.columns.iter().position(|c| c.code == *code).map(Head::Column);
            let group = |code: &String| codes.iter().position(|g| g == code).map(|at| Head::Group { inner: at > 0 });
            let head = wording.column.as_ref().and_then(column).or_else(|| wording.group.as_ref().and_then(group));
            let Some(head) = head else { continue };
            for text in wording.all() {
                heads.entry(text).or_insert(head);
            }
        }
        heads
    }
}

impl Wording {
    fn all(&self) -> impl Iterator<Item = String> {
        let around =
            |words: &[String]| -> Vec<String> { std::iter::once(String::new()).chain(words.to_vec()).collect() };
        let (before, behind) = (around(&self.before), around(&self.behind));
        let whole = move |stem: &String| -> Vec<String> {
            let of = |b: &String| behind.iter().map(|e| normalized(&format!("{b}{stem}{e}"))).collect::<Vec<_>>();
            before.iter().flat_map(of).collect()
        };
        self.stems.iter().flat_map(whole).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::form::load;

    #[test]
    fn lists_are_sound() {
        let file = Headwords::load().unwrap().0;
        for wording in &file.head {
            for words in [&wording.before, &wording.stems, &wording.behind] {
                assert!(words.windows(2).all(|w| w[0] < w[1]), "not sorted: {words:?}");
            }
        }
    }

    /// Codes that no edition has would name nothing, and a wording of two columns either.
    #[test]
    fn every_wording_names_one_column_of_some_form() {
        let (file, forms) = (Headwords::load().unwrap().0, load().unwrap());
        let mut of: HashMap<(&str, String), &str> = HashMap::new();
        for wording in &file.head {
            let code = wording.column.as_ref().or(wording.group.as_ref()).expect("a column or a group");
            let tables = || forms.editions.iter().flat_map(|e| &e.tables).filter(|t| t.code == wording.table);
            let known = |t: &Table| {
                t.columns.iter().any(|c| c.code == *code) || t.groups.iter().any(|g| !g.of_rows && g.code == *code)
            };
            assert!(tables().any(known), "{code} is no column of {}", wording.table);
            for text in wording.all() {
                let other = *of.entry((&wording.table, text.clone())).or_insert(code);
                assert_eq!(other, code, "{text} names two columns");
            }
        }
    }
}
