//! `data/metrics.toml`: the metrics and the ways to say them.
//!
//! Owns that file's schema, which its head describes. Refuses a file in which any pattern does not parse.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::metric::{CellRef, Metric, Metrics, Rules, Spoil, Way};
use super::pattern::Pattern;
use crate::error::{AtPlace as _, LoadError};
use crate::words;

type Result<T> = std::result::Result<T, LoadError>;

const FILE: &str = include_str!("../../../../../data/metrics.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricsFile {
    rules: RulesFile,
    sets: BTreeMap<String, String>,
    metric: Vec<MetricFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    spoil_sentence: Vec<String>,
    spoil_clause: Vec<String>,
    others: Vec<String>,
    last_year: Vec<String>,
    this_year: Vec<String>,
    after: Vec<String>,
    none: Vec<String>,
    after_none: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricFile {
    code: String,
    zh: String,
    en: String,
    unit: String,
    cell: Option<CellFile>,
    trigger: Vec<String>,
    way: Vec<WayFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellFile {
    table: String,
    row: String,
    column: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WayFile {
    #[serde(default)]
    say: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    doubt: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    unless_before: Vec<String>,
    #[serde(default)]
    unless_after: Vec<String>,
}

impl Metrics {
    /// Reads the metrics that are built into the program.
    ///
    /// # Errors
    /// Names what in `data/metrics.toml` does not parse; the project's own file is tested not to fail.
    pub fn load() -> Result<Self> {
        words::check()?;
        parse(FILE).at(|| "data/metrics.toml".to_owned())
    }
}

fn parse(text: &str) -> Result<Metrics> {
    let file: MetricsFile = toml::from_str(text)?;
    let of_set = |words: &String| words.split_whitespace().map(str::to_owned).collect();
    let sets: BTreeMap<String, Vec<String>> =
        file.sets.iter().map(|(name, words)| (name.clone(), of_set(words))).collect();
    let mut metrics = Vec::new();
    let mut ways = Vec::new();
    let mut triggers = Vec::new();
    let mut trigger_metric = Vec::new();
    let mut nothing_of = Vec::new();
    // One bit each tells which metrics a sentence may speak of.
    if file.metric.len() > 64 {
        return Err(LoadError::new("more than 64 metrics"));
    }
    for (index, m) in file.metric.into_iter().enumerate() {
        let code = m.code;
        if m.way.iter().any(|w| !w.none.is_empty()) {
            nothing_of.extend(m.trigger.iter().cloned());
        }
        let entries = m.way.into_iter().map(|w| way(w, &sets)).collect::<Result<Vec<_>>>();
        ways.push(entries.at(|| format!("metric {code:?}"))?);
        for trigger in m.trigger {
            triggers.push(trigger);
            trigger_metric.push(index);
        }
        let cell = m.cell.map(|c| CellRef { table: c.table, row: c.row, column: c.column });
        metrics.push(Metric { code, zh: m.zh, en: m.en, unit: m.unit, cell });
    }
    let triggers = overlapping(triggers.iter())?;
    Ok(Metrics { metrics, ways, triggers, trigger_metric, rules: rules(file.rules, &nothing_of)? })
}

fn rules(r: RulesFile, nothing_of: &[String]) -> Result<Rules> {
    Ok(Rules {
        spoil: overlapping(r.spoil_sentence.iter().chain(&r.spoil_clause).chain(&r.others))?,
        spoils: std::iter::repeat_n(Spoil::Sentence, r.spoil_sentence.len())
            .chain(std::iter::repeat_n(Spoil::Clause, r.spoil_clause.len()))
            .chain(std::iter::repeat_n(Spoil::Others, r.others.len()))
            .collect(),
        last_year: r.last_year,
        this_year: r.this_year,
        after: r.after,
        counted: quick(&counted())?,
        nothing: quick(&r.none)?,
        nothing_of: quick(nothing_of)?,
        none: r.none,
        after_none: r.after_none,
    })
}

/// A searcher for words that may overlap.
fn overlapping<'w>(words: impl Iterator<Item = &'w String>) -> Result<AhoCorasick> {
    Ok(AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::DFA)).build(words)?)
}

/// A searcher for a few words, which compares many bytes at once.
fn quick(words: &[String]) -> Result<AhoCorasick> {
    Ok(AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words)?)
}

/// Full-width digits, and the units that are usual in prose: few enough to be found quickly.
fn counted() -> Vec<String> {
    ('０'..='９').map(String::from).chain(words::units().usual.iter().map(str::to_owned)).collect()
}

fn way(file: WayFile, sets: &BTreeMap<String, Vec<String>>) -> Result<Way> {
    let read = |texts: &[String], figure: bool| -> Result<Vec<Pattern>> {
        let mut patterns = Vec::with_capacity(texts.len());
        for text in texts {
            let pattern = Pattern::parse(text, sets)?;
            if pattern.has_figure() != figure {
                return Err(LoadError::new(format!("{text:?}: `say` holds a figure, `none` does not")));
            }
            patterns.push(pattern);
        }
        Ok(patterns)
    };
    Ok(Way {
        say: read(&file.say, true)?,
        none: read(&file.none, false)?,
        doubt: read(&file.doubt, true)?,
        context: file.context,
        unless: file.unless,
        unless_before: file.unless_before,
        unless_after: file.unless_after,
    })
}
