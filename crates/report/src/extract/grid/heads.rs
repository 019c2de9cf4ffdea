//! Heads: what the cells above a column say it holds.
//!
//! Owns naming a column by all that stands above it: spans, years, columns that no form has. Refuses places: a column that
//! no head names is nobody's.

use super::sheet::{Cell, Sheet};
use super::words::{When, Words};
use crate::extract::headwords::Head as Headword;
use crate::extract::index::TableIndex;
use crate::extract::label::{likeness, likeness_at_most, normalized};
use crate::form::Table;

/// What one head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Named {
    /// A column of the form.
    Column(usize),
    /// A heading over columns of the form (申请人情况).
    Group,
    /// A column that no form has (小计, 占比, 序号).
    Extra,
    /// Words that say neither.
    Unknown,
    /// Nothing is printed.
    Nothing,
}

/// Likeness from which a damaged head names a column, and its distance from the next.
const LIKE: f64 = 0.72;
const CLEARLY: f64 = 0.2;
/// Likeness from which it may be the one column that no other head names.
const FAINTLY: f64 = 0.3;
/// Characters in brackets, the closing one too, that may be nothing but a time: `（上年同期）`, `（2022年度）`.
const LONGEST_TIME: usize = 7;
/// Characters of a head that are compared.
const LONGEST: usize = 48;

/// Reads heads against the columns of one table.
pub(in crate::extract) struct Namer<'n> {
    pub(in crate::extract) table: &'n Table,
    pub(in crate::extract) index: &'n TableIndex,
    pub(in crate::extract) words: &'n Words,
}

impl Namer<'_> {
    /// The column whose wording this is.
    pub(in crate::extract) fn exact(&self, norm: &str) -> Option<usize> {
        match self.index.head(norm) {
            Some(Headword::Column(column)) => Some(column),
            _ => None,
        }
    }

    /// What a head says.
    pub(super) fn name(&self, cell: &Cell<'_>) -> Named {
        self.name_of(cell.text, &cell.norm)
    }

    /// What a text says; `norm` is empty for figures and blanks.
    pub(in crate::extract) fn name_of(&self, text: &str, norm: &str) -> Named {
        match self.name_plainly(text, norm) {
            Named::Unknown => self.like(norm).map_or(Named::Unknown, Named::Column),
            named => named,
        }
    }

    /// The same without likeness: where nothing but the order of heads says where they stand, a damaged one says nothing.
    pub(in crate::extract) fn name_plainly(&self, text: &str, norm: &str) -> Named {
        if norm.is_empty() {
            return Named::Nothing;
        }
        let norm = without_note(norm);
        if let Some(column) = self.exact(norm) {
            return Named::Column(column);
        }
        if self.is_group(norm) {
            return Named::Group;
        }
        if self.words.is_extra(norm) {
            return Named::Extra;
        }
        // A year within the name: 本年(2023)制发件数.
        let undated: String = norm.chars().filter(|c| !c.is_ascii_digit()).collect();
        if undated.len() < norm.len()
            && let Some(column) = self.exact(&undated).or_else(|| self.exact(&undated.replacen('年', "", 1)))
        {
            return Named::Column(column);
        }
        // An explanation in brackets, a counting word behind the name.
        let plain = normalized(text.split(['（', '(']).next().unwrap_or(""));
        let noted = norm.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('注');
        let shorter = [Some(plain.as_str()), self.words.without_unit(norm), self.words.without_unit(&plain), noted];
        for name in shorter.into_iter().flatten().filter(|n| !n.is_empty() && *n != norm) {
            if let Some(column) = self.exact(name) {
                return Named::Column(column);
            }
            if self.is_group(name) {
                return Named::Group;
            }
            if self.words.is_extra(name) {
                return Named::Extra;
            }
        }
        Named::Unknown
    }

    /// The time that a head speaks of. An explanation in brackets is none: `本年新公开数量（含往年制作的）`.
    pub(in crate::extract) fn when(&self, text: &str) -> Option<When> {
        let explained = text.split_once(['（', '(']).filter(|(_, inner)| inner.chars().count() > LONGEST_TIME);
        self.words.when(explained.map_or(text, |(name, _)| name))
    }

    /// The column that a damaged head is like, if it is like no other.
    fn like(&self, norm: &str) -> Option<usize> {
        // Short names differ in one character: 上年 and 本年.
        norm.chars().nth(3)?;
        let chars: Vec<char> = norm.chars().take(LONGEST).collect();
        let could = |c: usize| self.index.column_chars[c].iter().any(|w| likeness_at_most(&chars, w) >= LIKE);
        if !(0..self.index.columns.len()).any(could) {
            return None;
        }
        let mut all: Vec<(f64, usize)> =
            (0..self.index.columns.len()).map(|c| (self.likeness_of(&chars, c), c)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, column) = *all.first()?;
        let next = all.get(1).map_or(0.0, |(l, _)| *l);
        (best >= LIKE && best - next >= CLEARLY).then_some(column)
    }

    /// Whether a damaged head is clearly more like another of these columns than like the one whose place it has.
    pub(in crate::extract) fn is_rather(&self, norm: &str, column: usize, open: &[usize]) -> bool {
        let own = self.likeness(norm, column);
        open.iter().any(|c| *c != column && self.likeness(norm, *c) >= own + CLEARLY)
    }

    /// The one of these columns that a damaged head is clearly like.
    pub(in crate::extract) fn among(&self, norm: &str, open: &[usize]) -> Option<usize> {
        let all = || open.iter().map(|c| (self.likeness(norm, *c), *c));
        let (best, column) = all().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let clear = all().all(|(like, c)| c == column || best - like >= CLEARLY);
        (best >= LIKE && clear).then_some(column)
    }

    /// Whether a head that names nothing may be a column's, damaged: it is like it, or nothing of its words is left.
    pub(in crate::extract) fn may_be(&self, norm: &str, column: usize) -> bool {
        let words = norm.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        !words || self.likeness(norm, column) >= FAINTLY
    }

    /// How like a head is to the wordings of a column.
    fn likeness(&self, norm: &str, column: usize) -> f64 {
        let chars: Vec<char> = norm.chars().take(LONGEST).collect();
        self.likeness_of(&chars, column)
    }

    fn likeness_of(&self, chars: &[char], column: usize) -> f64 {
        self.index.column_chars[column].iter().map(|w| likeness(chars, w)).fold(0.0, f64::max)
    }

    fn is_group(&self, norm: &str) -> bool {
        matches!(self.index.head(norm), Some(Headword::Group { .. }))
    }

    /// Whether a group of columns stands within another one.
    pub(in crate::extract) fn is_inner(&self, group: usize) -> bool {
        let first = self.table.groups.iter().position(|g| !g.of_rows);
        !self.table.groups[group].of_rows && first != Some(group)
    }

    /// Whether a group heads columns whose sum it may print (法人或其他组织).
    pub(in crate::extract) fn is_inner_group(&self, norm: &str) -> bool {
        self.index.head(norm) == Some(Headword::Group { inner: true })
    }
}

/// A name without the mark of a note behind it: `自然人①`.
fn without_note(norm: &str) -> &str {
    norm.trim_end_matches(|c: char| matches!(c, '①'..='⑳' | '*' | '＊' | '※' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'))
}

/// What stands above one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) named: Named,
    pub(super) when: Option<When>,
}

/// The distinct cells above a place, from top to bottom. A cell as wide as the table is a caption.
pub(super) fn above<'s, 'd>(sheet: &'s Sheet<'d>, rows: &[usize], column: usize) -> Vec<&'s Cell<'d>> {
    let mut path: Vec<&Cell<'d>> = Vec::new();
    for cell in rows.iter().filter_map(|r| sheet.at(*r, column)) {
        let caption = cell.column == 0 && cell.columns >= sheet.width && sheet.width > 1;
        if !caption && !path.last().is_some_and(|last| std::ptr::eq(*last, cell)) {
            path.push(cell);
        }
    }
    path
}

/// What the cells above a column say together.
pub(super) fn head(namer: &Namer<'_>, path: &[&Cell<'_>]) -> Head {
    let names: Vec<Named> = path.iter().map(|c| namer.name(c)).collect();
    let when_of = |cell: &Cell<'_>| if namer.exact(&cell.norm).is_some() { None } else { namer.when(cell.text) };
    let when = path.iter().rev().find_map(|c| when_of(c));
    let total = |column: usize| {
        namer.table.identities.iter().any(|i| !i.over_rows && i.expr.left.iter().any(|t| t.of == column))
    };
    let inner = |upto: usize| path[..upto].iter().any(|c| namer.is_inner_group(&c.norm));
    let mut named = Named::Nothing;
    for (at, name) in names.iter().enumerate().rev() {
        match *name {
            // A sum of the organisations is no total of the form.
            Named::Column(column) if total(column) && inner(at) => return Head { named: Named::Extra, when },
            Named::Column(column) if named == Named::Nothing => return Head { named: Named::Column(column), when },
            // `2022年` below 总计 leaves the name; 本地 and 外地 below 自然人 are parts of it.
            Named::Column(column) => {
                let only_time = path[at + 1..].iter().all(|c| c.norm.is_empty() || is_time(namer.words, c));
                let named = if only_time { Named::Column(column) } else { Named::Extra };
                return Head { named, when };
            }
            Named::Extra => return Head { named: Named::Extra, when },
            // A figure under the heading of several columns belongs to none of them.
            Named::Group if named == Named::Nothing && inner(at + 1) => return Head { named: Named::Extra, when },
            Named::Group | Named::Nothing => {}
            Named::Unknown => named = Named::Unknown,
        }
    }
    Head { named, when }
}

/// Whether a head says nothing but a year.
pub(super) fn is_time(words: &Words, cell: &Cell<'_>) -> bool {
    cell.norm.chars().count() <= 6 && words.when(cell.text).is_some()
}
