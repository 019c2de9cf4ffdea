//! Every label of every edition, ready to be looked up: which rows, groups and columns a text may name.
//!
//! Owns likeness of a printed text to the lines of one table. Refuses to decide: a text may fit several lines, and
//! `align` chooses by order.

use std::collections::HashMap as StdMap;

use foldhash::fast::FixedState;

use super::grid::words::Words;
use super::headwords::{Head, Heads, Headwords};
use super::label::{likeness, normalized};
use super::weights::{Likeness, Signals, Weights};
use crate::form::{FormLine, Forms, Layout, Table};

/// Labels are looked up some thousand times a page; a hash that withstands attackers would be a third of the work.
type HashMap<K, V> = StdMap<K, V, FixedState>;

/// How a label was recognised, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// The form's own wording.
    Exact,
    /// A known other wording, or the label with an explanation.
    Variant,
    /// By likeness.
    Fuzzy,
    /// By its neighbours or by sums; the label is lost or unreadable.
    Position,
    /// In a picture: row and value were recognised, and a sum or a second recogniser vouches for the value.
    Ocr,
}

impl Matched {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Variant => "variant",
            Self::Fuzzy => "fuzzy",
            Self::Position => "position",
            Self::Ocr => "ocr",
        }
    }
}

/// A line of the form that a text may name, and how well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Index into [`Table::lines`].
    pub(super) line: usize,
    /// From 0 to 1.
    pub(super) weight: f64,
    /// How it was recognised.
    pub(super) matched: Matched,
}

struct Wording {
    line: usize,
    text: String,
    chars: Vec<char>,
}

/// The labels of one table of one edition.
pub(super) struct TableIndex {
    exact: HashMap<String, Vec<(usize, Matched)>>,
    wordings: Vec<Wording>,
    /// Bytes of the longest of them: longer texts are none.
    pub(super) longest: usize,
    /// Normalised wordings of each column.
    pub(super) columns: Vec<Vec<String>>,
    /// Their characters.
    pub(super) column_chars: Vec<Vec<Vec<char>>>,
    /// What the heads of its columns are called.
    heads: Heads,
    /// Row labels that a column heading of the same table prints too (其他, 总计).
    pub(super) shared: Vec<bool>,
    likeness: Likeness,
}

/// The labels of all editions.
pub struct Index {
    /// By edition, then table.
    pub(super) tables: Vec<Vec<TableIndex>>,
    /// Labels that only one table code has, and which: what tells where a table begins.
    signals: HashMap<String, usize>,
    /// Labels of rows of any table: digits glued to them are values.
    rows: HashMap<String, ()>,
    /// Section headings: edition, section.
    headings: HashMap<String, (usize, usize)>,
    /// Normalised section headings, by edition, then section.
    pub(super) chapters: Vec<Vec<Vec<Vec<char>>>>,
    /// Codes of all tables, each once; signals point here.
    pub(super) codes: Vec<(String, Layout)>,
    /// Texts of corner cells with their table: long ones, which a line may begin with.
    pub(super) long_corners: Vec<(String, usize)>,
    /// Short ones, which must be a word of its own.
    pub(super) short_corners: Vec<(String, usize)>,
    /// Bytes of the longest of all: longer texts are not looked up.
    longest: usize,
    /// Weights and thresholds of all that is done with them.
    pub(super) weights: Weights,
    /// Words in heads and captions that are no label.
    pub(super) words: Words,
}

impl TableIndex {
    fn new(table: &Table, words: &Headwords, likeness: Likeness) -> Self {
        let mut exact: HashMap<String, Vec<(usize, Matched)>> = HashMap::default();
        let mut wordings = Vec::new();
        for (line, target) in table.lines.iter().enumerate() {
            let (label, variants) = match target {
                FormLine::Group(g) => (&table.groups[*g].label, &table.groups[*g].variants),
                FormLine::Row(r) => (&table.rows[*r].label, &table.rows[*r].variants),
            };
            let all = std::iter::once((label, Matched::Exact)).chain(variants.iter().map(|v| (v, Matched::Variant)));
            for (label, matched) in all {
                let text = normalized(label);
                let known = exact.entry(text.clone()).or_default();
                if !known.iter().any(|(l, _)| *l == line) {
                    known.push((line, matched));
                    wordings.push(Wording { line, chars: text.chars().collect(), text });
                }
            }
        }
        let columns: Vec<Vec<String>> = table
            .columns
            .iter()
            .map(|c| std::iter::once(&c.label).chain(&c.variants).map(|l| normalized(l)).collect())
            .collect();
        let groups = table.groups.iter().filter(|g| !g.of_rows);
        let groups: Vec<Vec<String>> =
            groups.map(|g| std::iter::once(&g.label).chain(&g.variants).map(|l| normalized(l)).collect()).collect();
        let heads = words.of(table, &columns, &groups);
        let mut shared = vec![false; table.lines.len()];
        for wording in &wordings {
            shared[wording.line] |= columns.iter().flatten().any(|c| *c == wording.text);
        }
        let longest = wordings.iter().map(|w| w.text.len()).max().unwrap_or(0);
        let chars = |of: &Vec<String>| of.iter().map(|w| w.chars().collect()).collect();
        let column_chars = columns.iter().map(chars).collect();
        Self { exact, wordings, longest, columns, column_chars, heads, shared, likeness }
    }

    /// Normalised wordings of a line.
    pub(super) fn wordings_of(&self, line: usize) -> impl Iterator<Item = &str> {
        self.wordings.iter().filter(move |w| w.line == line).map(|w| w.text.as_str())
    }

    /// Lines whose wording this is.
    #[must_use]
    pub(super) fn exact(&self, norm: &str) -> &[(usize, Matched)] {
        if norm.len() > self.longest {
            return &[];
        }
        self.exact.get(norm).map_or(&[], Vec::as_slice)
    }

    /// Whether a wording goes on as `text` does in a longer wording of the same line.
    #[must_use]
    pub(super) fn goes_on(&self, wording: &str, text: &str) -> bool {
        let of = |line: usize| self.wordings.iter().filter(move |w| w.line == line);
        self.exact(wording).iter().any(|(line, _)| of(*line).any(|w| w.text.starts_with(text)))
    }

    /// What a normalised text names among the heads.
    #[must_use]
    pub(super) fn head(&self, norm: &str) -> Option<Head> {
        self.heads.get(norm).copied()
    }

    /// Whether a normalised text is a column heading.
    #[must_use]
    pub(super) fn is_column(&self, norm: &str) -> bool {
        matches!(self.head(norm), Some(Head::Column(_)))
    }

    /// The line that a text without an exact match names: by its beginning, its end, or by likeness; `None` when
    /// two lines are about as near. Only rows count: a group carries no value.
    #[must_use]
    pub(super) fn near(&self, norm: &str, is_row: impl Fn(usize) -> bool) -> Option<Hit> {
        let by = &self.likeness;
        let chars: Vec<char> = norm.chars().take(by.compared_chars).collect();
        if chars.len() < by.text_chars {
            return None;
        }
        // Below this no likeness can decide, not even as the second best.
        let least = by.least - by.margin;
        let mut best: Option<Hit> = None;
        let mut second = 0.0_f64;
        let mut ending: Option<(usize, usize)> = None;
        let mut likest = (0.0_f64, 0, 0);
        // An explanation behind a label may end in another label: the beginning decides.
        let starts =
            self.wordings.iter().filter(|w| w.chars.len() >= by.part_chars && norm.starts_with(w.text.as_str()));
        if let Some(w) = starts.max_by_key(|w| w.chars.len()) {
            // A group's label and behind it that of its first row.
            if !is_row(w.line) {
                let rest = norm[w.text.len()..]
                    .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九".contains(c));
                let exact = self.exact(rest).iter().find(|(line, _)| is_row(*line) && *line > w.line);
                return exact.map(|(line, _)| Hit { line: *line, weight: by.group_and_row, matched: Matched::Variant });
            }
            // Two rows in one line: the figures behind it are the other one's.
            let ends = |o: &&Wording| {
                o.line != w.line && o.chars.len() >= by.part_chars && is_row(o.line) && norm.ends_with(o.text.as_str())
            };
            let both = self.wordings.iter().any(|o| ends(&o) && !w.text.ends_with(o.text.as_str()));
            return (!both).then_some(Hit { line: w.line, weight: by.begins, matched: Matched::Variant });
        }
        for w in self.wordings.iter().filter(|w| is_row(w.line)) {
            let ends = w.chars.len() >= by.part_chars && norm.ends_with(w.text.as_str());
            let (short, both) = (chars.len().min(w.chars.len()), chars.len() + w.chars.len());
            if !ends && 2.0 * (short as f64) < least * both as f64 {
                continue;
            }
            let like = likeness(&chars, &w.chars);
            if like > likest.0 {
                likest = (like, w.line, w.chars.len());
            }
            let weight = if ends { by.ends + w.chars.len() as f64 * by.ends_per_char } else { like };
            if ends && ending.is_none_or(|(_, length)| length < w.chars.len()) {
                ending = Some((w.line, w.chars.len()));
            }
            match &mut best {
                Some(b) if b.line == w.line => b.weight = b.weight.max(weight),
                Some(b) if weight > b.weight => {
                    second = second.max(b.weight);
                    *b = Hit { line: w.line, weight, matched: Matched::Fuzzy };
                }
                Some(_) => second = second.max(weight),
                None => best = Some(Hit { line: w.line, weight, matched: Matched::Fuzzy }),
            }
        }
        let best = best?;
        // A damaged long label may end with another whole one (…政府网站在线访谈次数): the likeness of the whole decides.
        if let Some((line, length)) = ending
            && likest.1 != line
            && likest.2 > length
            && likest.0 >= by.least
        {
            return Some(Hit { line: likest.1, weight: likest.0.min(by.most_of_whole), matched: Matched::Fuzzy });
        }
        let least = if chars.len() <= by.short_chars { by.least_short } else { by.least };
        let margin = if best.weight >= by.sure { by.sure_margin } else { by.margin };
        (best.weight >= least && best.weight - second >= margin)
            .then(|| Hit { weight: best.weight.min(by.most), ..best })
    }
}

impl Index {
    /// Indexes all editions, and loads the weights of alignment.
    ///
    /// # Errors
    /// When the built-in `data/alignment.toml` is damaged; tested not to happen.
    pub fn new(forms: &Forms) -> Result<Self, toml::de::Error> {
        let weights = Weights::load()?;
        let words = Words::load()?;
        let heads = Headwords::load()?;
        let table = |table: &Table| TableIndex::new(table, &heads, weights.likeness);
        let tables: Vec<Vec<TableIndex>> =
            forms.editions.iter().map(|e| e.tables.iter().map(table).collect()).collect();
        let mut codes: Vec<(String, Layout)> = Vec::new();
        for table in forms.editions.iter().flat_map(|e| &e.tables) {
            if !codes.iter().any(|(code, _)| *code == table.code) {
                codes.push((table.code.clone(), table.layout));
            }
        }
        let code_of = |table: &Table| codes.iter().position(|(code, _)| *code == table.code).unwrap_or(0);
        let of_corners = forms.editions.iter().flat_map(|e| &e.tables);
        let corners = of_corners.flat_map(|t| t.corner.iter().map(move |c| (normalized(c), code_of(t))));
        let (long_corners, short_corners) =
            corners.partition(|(c, _)| c.chars().count() >= weights.signals.corner_chars);
        let headings_of = |s: &crate::form::Section| -> Vec<Vec<char>> {
            s.headings.iter().map(|h| normalized(h).chars().collect()).collect()
        };
        let chapters = forms.editions.iter().map(|e| e.sections.iter().map(headings_of).collect()).collect();
        let mut rows = HashMap::default();
        let mut headings = HashMap::default();
        for (edition, of_tables) in forms.editions.iter().zip(&tables) {
            for (table, index) in edition.tables.iter().zip(of_tables) {
                let of_rows = index.wordings.iter().filter(|w| matches!(table.lines[w.line], FormLine::Row(_)));
                rows.extend(of_rows.map(|w| (w.text.clone(), ())));
            }
        }
        for (e, edition) in forms.editions.iter().enumerate() {
            for (s, section) in edition.sections.iter().enumerate() {
                headings.extend(section.headings.iter().map(|h| (normalized(h), (e, s))));
            }
        }
        let signals = signals(forms, &tables, &weights.signals, code_of);
        let keys = signals.keys().chain(rows.keys()).chain(headings.keys());
        let longest = keys.map(String::len).max().unwrap_or(0);
        Ok(Self {
            tables,
            signals,
            rows,
            headings,
            chapters,
            codes,
            long_corners,
            short_corners,
            longest,
            weights,
            words,
        })
    }

    /// Whether a normalised text is the label of a row of any table.
    #[must_use]
    pub(super) fn is_row_label(&self, norm: &str) -> bool {
        norm.len() <= self.longest && !norm.is_empty() && self.rows.contains_key(norm)
    }

    /// The table that a cell's text tells of: as a label, or as its corner.
    pub(super) fn signal_of(&self, text: &str, norm: &str) -> Option<usize> {
        let begins = |(c, _): &&(String, usize)| norm.len() >= c.len() && norm.starts_with(c.as_str());
        let corner = || self.long_corners.iter().find(begins).map(|(_, t)| *t);
        let short = || self.short_corners.iter().find(|(c, _)| c == norm).map(|(_, t)| *t);
        if text.is_empty() { None } else { self.signal(norm).or_else(corner).or_else(short) }
    }

    /// The one table, as an index into `codes`, in which a normalised text is a label.
    #[must_use]
    pub(super) fn signal(&self, norm: &str) -> Option<usize> {
        if norm.len() > self.longest {
            return None;
        }
        self.signals.get(norm).copied()
    }

    /// The chapter that a normalised heading announces: edition and section index.
    #[must_use]
    pub(super) fn heading(&self, norm: &str) -> Option<(usize, usize)> {
        if norm.len() > self.longest {
            return None;
        }
        self.headings.get(norm).copied()
    }
}

/// Labels, headings and corner texts that only one table code has, and which (`code_of`).
fn signals(
    forms: &Forms,
    tables: &[Vec<TableIndex>],
    weights: &Signals,
    code_of: impl Fn(&Table) -> usize,
) -> HashMap<String, usize> {
    let mut owners: HashMap<String, Option<usize>> = HashMap::default();
    for (edition, of_tables) in forms.editions.iter().zip(tables) {
        for (table, index) in edition.tables.iter().zip(of_tables) {
            let code = code_of(table);
            let corner = table.corner.iter().map(|c| normalized(c));
            let long = |c: &&String| c.chars().count() >= weights.column_chars;
            let of_columns = index.columns.iter().flatten().filter(long).cloned();
            let groups = table.groups.iter().map(|g| normalized(&g.label));
            let labels = index.wordings.iter().map(|w| w.text.clone());
            for text in labels.chain(corner).chain(of_columns).chain(groups) {
                if text.chars().count() >= weights.label_chars {
                    let owner = owners.entry(text).or_insert(Some(code));
                    *owner = owner.filter(|o| *o == code);
                }
            }
        }
    }
    owners.into_iter().filter_map(|(text, owner)| owner.map(|o| (text, o))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::load;

    #[test]
    fn near_labels() {
        let forms = load().unwrap();
        let index = Index::new(&forms).unwrap();
        let (e, t) = (forms.editions.len() - 1, 1);
        let table = &forms.editions[e].tables[t];
        let near = |text: &str| {
            index.tables[e][t].near(&normalized(text), |l| matches!(table.lines[l], FormLine::Row(_))).map(|h| {
                match table.lines[h.line] {
                    FormLine::Row(r) => table.rows[r].code.clone(),
                    FormLine::Group(_) => unreachable!(),
                }
            })
        };
        assert_eq!(near("一、请数「 收政府信息公开申").as_deref(), Some("received"), "seed 002");
        assert_eq!(near("(五 3. 要求提供公开 出版物").as_deref(), Some("not_processed_published"));
        assert_eq!(near("理的, 部分公开(区分处 只计这一情形,不 也情形)").as_deref(), Some("partially_granted"));
        assert_eq!(near("4.保护第三万合法权益").as_deref(), Some("denied_third_party_rights"));
        let cut = "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请";
        assert_eq!(near(cut).as_deref(), Some("other_not_corrected"), "group and row in one");
        assert_eq!(near("1.属于国家秘密 0 0 0 2.其他法律行政法规禁止公开"), None, "two rows in one");
        assert_eq!(near("政府信息公开申请数量"), None);
        assert_eq!(near("(A) (C) (A)"), None);
    }
}
