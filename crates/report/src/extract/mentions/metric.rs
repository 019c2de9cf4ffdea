//! Metrics: what reports count in their narrative, with the words that introduce it.
//!
//! Owns the types. Refuses to read files (`load`) and sentences (the folder's head).

use aho_corasick::AhoCorasick;

use super::pattern::Pattern;

/// The metrics of `data/metrics.toml`, ready for matching.
#[derive(Debug)]
pub struct Metrics {
    pub(super) metrics: Vec<Metric>,
    /// Of each metric, the ways to say it.
    pub(super) ways: Vec<Vec<Way>>,
    pub(super) triggers: AhoCorasick,
    pub(super) trigger_metric: Vec<usize>,
    pub(super) rules: Rules,
}

/// Something that reports count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Code, in English.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// What is counted, as a rule (a mention has the unit that is printed).
    pub unit: String,
    /// Cell of the form that must hold the same figure.
    pub cell: Option<CellRef>,
}

/// A cell of the form, in the codes of `data/editions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellRef {
    /// Table.
    pub table: String,
    /// Row.
    pub row: String,
    /// Column.
    pub column: String,
}

/// Patterns that share conditions. Conditions are lists of words of which one is enough.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) say: Vec<Pattern>,
    pub(super) none: Vec<Pattern>,
    /// Never a mention, but a second figure for the metric.
    pub(super) doubt: Vec<Pattern>,
    /// Must stand in the sentence up to the end of the match, or in the heading of the paragraph.
    pub(super) context: Vec<String>,
    /// Must not stand between the last figure, or the clause's beginning, and the figure.
    pub(super) unless: Vec<String>,
    /// Must not stand in the sentence before the figure.
    pub(super) unless_before: Vec<String>,
    /// Must not stand in the sentence behind the figure.
    pub(super) unless_after: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Rules {
    /// A full-width digit, or a unit, which a Chinese numeral may precede.
    pub(super) counted: AhoCorasick,
    /// Words of nothing.
    pub(super) nothing: AhoCorasick,
    /// Triggers of the metrics that words of nothing may speak of.
    pub(super) nothing_of: AhoCorasick,
    /// Words that forbid a figure, and what each forbids.
    pub(super) spoil: AhoCorasick,
    pub(super) spoils: Vec<Spoil>,
    pub(super) last_year: Vec<String>,
    pub(super) this_year: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) none: Vec<String>,
    pub(super) after_none: Vec<String>,
}

/// How far a word that forbids a figure reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoil {
    /// To the end of the sentence.
    Sentence,
    /// To the end of the clause.
    Clause,
    /// Other bodies: to the end of the clause, and the sentence still states its metric.
    Others,
}

impl Metrics {
    /// All metrics, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Metric] {
        &self.metrics
    }
}
