//! Findings: what is wrong or doubtful about a report.
//!
//! Owns the finding and its sentence; the registry of rules is `rules`, what a pipeline may change of it `settings`.
//! Refuses to decide: rules are applied in `extract`, `region` and `check`.

mod rules;
mod settings;

use std::fmt::Write as _;

pub use rules::{Rule, Severity};
pub use settings::{Settings, Thresholds};

/// One finding. Codes are those of the form; texts quote the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Table code.
    pub table: Option<String>,
    /// Row code.
    pub row: Option<String>,
    /// Column code.
    pub column: Option<String>,
    /// What the rule expects.
    pub expected: Option<f64>,
    /// What is printed.
    pub actual: Option<f64>,
    /// What is quoted behind the rule's sentence: the same in both languages, unless [`bilingual`] made it.
    pub detail: String,
    /// Source line, from 1.
    pub line: Option<u32>,
}

impl Finding {
    /// A finding about the report as a whole.
    #[must_use]
    pub fn new(rule: Rule, detail: impl Into<String>) -> Self {
        Self {
            rule,
            table: None,
            row: None,
            column: None,
            expected: None,
            actual: None,
            detail: detail.into(),
            line: None,
        }
    }

    /// The same, at a source line.
    #[must_use]
    pub fn at(mut self, line: u32) -> Self {
        self.line = (line > 0).then_some(line);
        self
    }

    /// The same, for a table.
    #[must_use]
    pub fn in_table(mut self, table: &str) -> Self {
        self.table = Some(table.to_owned());
        self
    }

    /// The same, for a cell or a part of its address.
    #[must_use]
    pub fn on(mut self, row: Option<&str>, column: Option<&str>) -> Self {
        self.row = row.map(str::to_owned);
        self.column = column.map(str::to_owned);
        self
    }

    /// Sentence and quotation in Chinese.
    #[must_use]
    pub fn message_zh(&self) -> String {
        message(self.rule.zh(), "：", self.detail.split_once(BETWEEN).map_or(&self.detail, |(zh, _)| zh))
    }

    /// Sentence and quotation in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        message(self.rule.en(), ": ", self.detail.split_once(BETWEEN).map_or(&self.detail, |(_, en)| en))
    }
}

/// Stands between the two languages of a detail; no page has it.
const BETWEEN: char = '\u{1F}';

/// A detail that is not the same in Chinese and English.
#[must_use]
pub fn bilingual(zh: &str, en: &str) -> String {
    format!("{zh}{BETWEEN}{en}")
}

fn message(sentence: &str, colon: &str, detail: &str) -> String {
    let mut out = sentence.to_owned();
    if !detail.is_empty() {
        let _ = write!(out, "{colon}{detail}");
    }
    out
}

/// At most `limit` characters of a text on one line, for quoting.
#[must_use]
pub fn quote(text: &str, limit: usize) -> String {
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(limit).collect();
    if text.chars().count() > limit {
        out.push('…');
    }
    out
}
