//! Settings: what a pipeline's `[checks]` may change of the rules.
//!
//! Owns severities set by the operator and the thresholds of rules that have one. Refuses unknown rules and senseless
//! thresholds, and never changes what a rule means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Rule, Severity};
use crate::error::LoadError;

/// `[checks]` of a pipeline file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Severity by rule id: `error`, `warning`, `info`, or `off` to leave such findings out.
    #[serde(default)]
    pub severity: BTreeMap<String, String>,
    /// Thresholds.
    #[serde(default)]
    pub thresholds: Thresholds,
}

/// Thresholds of rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// `value_jump`: how many times the figure of the year beside it; `value_apart`: that of the other kinds.
    pub jump: f64,
    /// `value_jump`, `value_apart`: smaller figures are not judged.
    pub jump_least: f64,
    /// `narrative_copied`, `narrative_shared`: least share of the text (Jaccard over shingles), above 0, at most 1.
    pub copied_share: f64,
    /// `narrative_copied`, `narrative_shared`: texts with fewer characters are not judged.
    pub copied_characters: u32,
    /// `requests_copied`: tables with fewer requests received are not judged: two quiet years may be alike.
    pub copied_requests: f64,
    /// `published_late`: days of grace.
    pub grace_days: i32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            jump: 100.0,
            jump_least: 1000.0,
            copied_share: 0.9,
            copied_characters: 400,
            copied_requests: 10.0,
            grace_days: 0,
        }
    }
}

impl Settings {
    /// Refuses what cannot be meant.
    ///
    /// # Errors
    /// Names the key.
    pub fn validate(&self) -> Result<(), LoadError> {
        for (id, severity) in &self.severity {
            if Rule::of(id).is_none() {
                return Err(LoadError::new(format!(
                    "checks.severity: there is no rule `{id}`; `nianbao dictionary` lists them"
                )));
            }
            if !["error", "warning", "info", "off"].contains(&severity.as_str()) {
                return Err(LoadError::new(format!(
                    "checks.severity.{id}: `{severity}` is not one of error, warning, info, off"
                )));
            }
        }
        let t = &self.thresholds;
        if !(t.copied_share > 0.0 && t.copied_share <= 1.0) {
            return Err(LoadError::new(format!(
                "checks.thresholds.copied_share: {} is not above 0 and at most 1",
                t.copied_share
            )));
        }
        if t.jump.is_nan() || t.jump <= 1.0 {
            return Err(LoadError::new(format!("checks.thresholds.jump: {} is not above 1", t.jump)));
        }
        Ok(())
    }

    /// The severity of a rule's findings; `None` when the operator wants none of them.
    #[must_use]
    pub fn severity_of(&self, rule: Rule) -> Option<Severity> {
        match self.severity.get(rule.id()).map(String::as_str) {
            Some("off") => None,
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("info") => Some(Severity::Info),
            _ => Some(rule.severity()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, LoadError> {
        let settings: Settings = toml::from_str(text)?;
        settings.validate().map(|()| settings)
    }

    #[test]
    fn the_operator_decides() {
        let s =
            settings("severity = { published_late = 'info', sum_unusual = 'off' }\n[thresholds]\njump = 50").unwrap();
        assert_eq!(s.severity_of(Rule::PublishedLate), Some(Severity::Info));
        assert_eq!(s.severity_of(Rule::SoftSum), None);
        assert_eq!(s.severity_of(Rule::HardSum), Some(Severity::Error));
        assert!((s.thresholds.jump - 50.0).abs() < 1e-9 && s.thresholds.copied_characters == 400);
        assert!(settings("severity = { nonsense = 'off' }").unwrap_err().to_string().contains("nonsense"));
        assert!(settings("severity = { sum_broken = 'bad' }").is_err());
        assert!(settings("[thresholds]\ncopied_share = 0").is_err());
        assert!(settings("treshold = 1").is_err());
    }
}
