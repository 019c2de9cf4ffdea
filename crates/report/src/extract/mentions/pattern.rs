//! Patterns: what may stand around a figure for it to count something.
//!
//! Owns the small language of `data/metrics.toml`: words parted by blanks, `a|b` for either, `{set}` for the words of
//! a set, `?` for at most one, `*` for any number, `~` for up to forty characters of free text, `#` for the figure
//! followed by its units. Refuses regular expressions: a word that is not listed ends the match, and that is what keeps
//! figures of other things out.

use std::collections::BTreeMap;

use crate::error::LoadError;

/// No sentence of an honest report comes near; a crafted one must not take the run's time.
const STEPS: u32 = 4000;
const GAP: usize = 40;

#[derive(Debug)]
enum Part {
    Words { any: Words, optional: bool, many: bool },
    Gap,
}

/// Words of which one may stand, found by the byte that tells most about them: nearly every text has none of them, and
/// comparing them all was most of the work.
#[derive(Debug)]
struct Words {
    /// By the low six bits of the second byte, as the first is the same for most.
    begins: Vec<Vec<String>>,
    /// By the low six bits of the last byte.
    ends: Vec<Vec<String>>,
}

const KEYS: usize = 64;

impl Words {
    fn new(words: &[String]) -> Self {
        let key = |byte: &u8| usize::from(byte & 0x3F);
        let mut of = Self { begins: vec![Vec::new(); KEYS], ends: vec![Vec::new(); KEYS] };
        for word in words {
            if let Some(last) = word.as_bytes().last() {
                of.ends[key(last)].push(word.clone());
            }
            match word.as_bytes().get(1) {
                Some(second) => of.begins[key(second)].push(word.clone()),
                // One byte says nothing about what follows it.
                None => of.begins.iter_mut().for_each(|all| all.push(word.clone())),
            }
        }
        of
    }

    /// Those that may end a text, the longest first.
    fn ending(&self, text: &str) -> &[String] {
        text.as_bytes().last().map_or(&[], |b| self.ends[usize::from(b & 0x3F)].as_slice())
    }

    /// Those that may begin a text, the longest first.
    fn beginning(&self, text: &str) -> &[String] {
        match text.as_bytes() {
            [] => &[],
            [only] => &self.begins[usize::from(only & 0x3F)],
            [_, second, ..] => &self.begins[usize::from(second & 0x3F)],
        }
    }
}

/// One way to say a figure.
#[derive(Debug)]
pub(super) struct Pattern {
    left: Vec<Part>,
    right: Vec<Part>,
    /// Units that the figure may have; none where the pattern holds no figure.
    units: Vec<String>,
    /// Only a zero is meant.
    pub zero_only: bool,
    /// Whether free text lies between its words: it yields to a pattern without.
    pub loose: bool,
}

impl Pattern {
    pub(super) fn parse(text: &str, sets: &BTreeMap<String, Vec<String>>) -> Result<Self, LoadError> {
        let mut pattern =
            Self { left: Vec::new(), right: Vec::new(), units: Vec::new(), zero_only: false, loose: false };
        for token in text.split_whitespace() {
            if let Some(units) = token.strip_prefix('#') {
                let units = match units.strip_prefix('0') {
                    Some(rest) => {
                        pattern.zero_only = true;
                        rest
                    }
                    None => units,
                };
                if !pattern.units.is_empty() || units.is_empty() {
                    return Err(LoadError::new(format!("{text:?}: one figure, with its units")));
                }
                pattern.units = words(units, sets)?;
                continue;
            }
            let part = if token == "~" {
                pattern.loose = true;
                Part::Gap
            } else {
                let (body, optional, many) = match (token.strip_suffix('?'), token.strip_suffix('*')) {
                    (Some(body), _) => (body, true, false),
                    (_, Some(body)) => (body, true, true),
                    _ => (token, false, false),
                };
                Part::Words { any: Words::new(&words(body, sets)?), optional, many }
            };
            if pattern.units.is_empty() { pattern.left.push(part) } else { pattern.right.push(part) }
        }
        if pattern.left.is_empty() && pattern.right.is_empty() {
            return Err(LoadError::new(format!("{text:?}: no words")));
        }
        Ok(pattern)
    }

    pub(super) fn has_figure(&self) -> bool {
        !self.units.is_empty()
    }

    /// Whether a figure may have `unit` here; a bare zero always may.
    pub(super) fn counts(&self, unit: &str) -> bool {
        unit.is_empty() || self.units.iter().any(|u| u == unit)
    }

    /// Whether `before` ends, and `after` begins, as the pattern says; returns the rest of `after`.
    pub(super) fn around<'t>(&self, before: &str, after: &'t str) -> Option<&'t str> {
        let mut steps = STEPS;
        if !backward(&self.left, before, &mut steps) {
            return None;
        }
        forward(&self.right, after, &mut steps)
    }

    /// Whether `text` begins as a pattern without a figure says; returns the rest.
    pub(super) fn at<'t>(&self, text: &'t str) -> Option<&'t str> {
        forward(&self.left, text, &mut { STEPS })
    }
}

fn words(text: &str, sets: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, LoadError> {
    let mut out = Vec::new();
    for word in text.split('|') {
        match word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            Some(name) => {
                let set = sets.get(name).ok_or_else(|| LoadError::new(format!("no set {name:?}")))?;
                out.extend(set.iter().cloned());
            }
            None if word.is_empty() => return Err(LoadError::new(format!("{text:?}: an empty word"))),
            None => out.push(word.to_owned()),
        }
    }
    // Longest first: what is taken greedily leaves no broken word behind.
    out.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Ok(out)
}

fn spend(steps: &mut u32) -> bool {
    *steps = steps.saturating_sub(1);
    *steps > 0
}

fn backward(parts: &[Part], text: &str, steps: &mut u32) -> bool {
    let Some((last, rest)) = parts.split_last() else { return true };
    match last {
        Part::Words { any, optional, many } => {
            for word in any.ending(text) {
                if let Some(before) = text.strip_suffix(word.as_str())
                    && spend(steps)
                    && ((*many && backward(parts, before, steps)) || backward(rest, before, steps))
                {
                    return true;
                }
            }
            *optional && backward(rest, text, steps)
        }
        Part::Gap => {
            let ends = text.char_indices().rev().map(|(i, _)| i).take(GAP);
            for end in std::iter::once(text.len()).chain(ends) {
                if text[end..].starts_with(|c: char| c.is_ascii_digit()) || !spend(steps) {
                    return false;
                }
                if backward(rest, &text[..end], steps) {
                    return true;
                }
            }
            false
        }
    }
}

fn forward<'t>(parts: &[Part], text: &'t str, steps: &mut u32) -> Option<&'t str> {
    let Some((first, rest)) = parts.split_first() else { return Some(text) };
    match first {
        Part::Words { any, optional, many } => {
            for word in any.beginning(text) {
                if let Some(after) = text.strip_prefix(word.as_str())
                    && spend(steps)
                {
                    let more = if *many { forward(parts, after, steps) } else { None };
                    if let Some(end) = more.or_else(|| forward(rest, after, steps)) {
                        return Some(end);
                    }
                }
            }
            if *optional { forward(rest, text, steps) } else { None }
        }
        Part::Gap => {
            for (at, c) in text.char_indices().take(GAP) {
                if !spend(steps) {
                    return None;
                }
                if let Some(end) = forward(rest, &text[at..], steps) {
                    return Some(end);
                }
                if c.is_ascii_digit() || matches!(c, ',' | ';') {
                    return None;
                }
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let sets = BTreeMap::from([("so".to_owned(), vec!["共".to_owned(), "计".to_owned(), "共计".to_owned()])]);
        Pattern::parse(text, &sets).unwrap()
    }

    #[test]
    fn words_around_a_figure() {
        let p = pattern("收到|新收 {so}* #件|宗 申请?");
        assert!(p.around("我局收到共计", "申请。").is_some_and(|rest| rest == "。"));
        assert!(p.around("我局新收", "。").is_some());
        assert!(p.around("我局收到各类", "。").is_none());
        assert!(p.counts("宗") && p.counts("") && !p.counts("条"));
    }

    #[test]
    fn free_text_is_bounded() {
        let p = pattern("网站 ~ 信息 #条");
        assert!(p.around("通过网站发布各类信息", "").is_some());
        assert!(p.around("通过网站发布3类信息", "").is_none());
        assert!(p.around(&format!("网站{}信息", "甲".repeat(60)), "").is_none());
    }

    #[test]
    fn crafted_text_ends() {
        let p = pattern("收到 {so}* #件");
        assert!(p.around(&"共计".repeat(10_000), "").is_none());
    }

    #[test]
    fn mistakes_are_named() {
        for text in ["", "甲 #", "{nowhere} #件", "甲||乙 #件", "#件 #条"] {
            assert!(Pattern::parse(text, &BTreeMap::new()).is_err(), "{text}");
        }
    }
}
