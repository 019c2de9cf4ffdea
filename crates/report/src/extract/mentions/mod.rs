//! Figures that the narrative states: what is counted, how many, in which sentence.
//!
//! Owns the rules that hold for every metric: which part of a sentence a figure belongs to, whose year it is, when two
//! readings cancel each other. What words introduce a metric is data (`data/metrics.toml`). Refuses to guess: a figure
//! that the listed words do not enclose without remainder is left out, because a wrong figure is worse than none.
//! The path of a paragraph: sentences that may hold a figure → `figure` → `pattern` → the rules below.

mod figure;
mod load;
mod metric;
mod pattern;
mod year;

use std::cell::OnceCell;

pub use metric::{CellRef, Metric, Metrics};

use crate::words;
use figure::Figure;
use metric::{Spoil, Way};
use year::{speaks_of, within_months, year_in, years};

/// Longer sentences are pages without punctuation, where no word is near its figure for a reason.
const LONGEST: usize = 6000;
/// A heading that runs on into its paragraph: （二）依申请公开情况。
const LONGEST_HEADING: usize = 90;
/// How far behind a figure the words that introduce it may begin.
const BEHIND: usize = 60;

/// A figure in the narrative.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Index into [`Metrics::all`].
    pub metric: usize,
    /// The figure, 万 multiplied in.
    pub value: f64,
    /// The unit as printed, without 万; empty where "none" is said in words.
    pub unit: String,
    /// The whole sentence as printed.
    pub sentence: String,
    /// Line of its paragraph.
    pub line: u32,
}

/// What was found in a sentence, before readings are weighed against each other.
struct Claim {
    metric: usize,
    /// Start of the figure, or of the word of negation.
    at: usize,
    value: f64,
    unit: &'static str,
    loose: bool,
    /// Behind 其中.
    part: bool,
    /// Its own words forbid it; it still shows that the sentence states its metric more than once.
    void: bool,
}

/// Appends what a paragraph mentions. `text` is one prose paragraph as printed.
pub fn mentions_in(metrics: &Metrics, text: &str, line: u32, out: &mut Vec<Mention>) {
    let rules = &metrics.rules;
    let spelled = |text: &str| {
        let mut units = rules.counted.find_iter(text);
        units.any(|m| text[m.range()].starts_with(|c| ('０'..='９').contains(&c)) || spelled_before(text, m.start()))
    };
    let open = |text: &str| counts(text) || spelled(text);
    let denies = |text: &str| rules.nothing.is_match(text) && rules.nothing_of.is_match(text);
    // Most lines state nothing; cutting them into sentences would take longer than seeing that.
    if !(open(text) || denies(text)) {
        return;
    }
    let mut heading = "";
    let (mut figures, mut hits) = (Vec::new(), Vec::new());
    for (number, sentence) in text.split_inclusive(['。', '！', '？', '\n']).enumerate() {
        if number == 0 && sentence.len() <= LONGEST_HEADING {
            heading = sentence;
        }
        if sentence.len() > LONGEST || !(open(sentence) || denies(sentence)) {
            continue;
        }
        let plain = figure::plain(sentence);
        hits.clear();
        for hit in metrics.triggers.find_overlapping_iter(&plain) {
            hits.push((hit.start(), 1 << metrics.trigger_metric[hit.pattern().as_usize()]));
        }
        if hits.is_empty() {
            continue;
        }
        figure::figures(&plain, &mut figures);
        let search = Sentence {
            metrics,
            heading,
            text: &plain,
            figures: &figures,
            hits: &hits,
            spoils: OnceCell::new(),
            years: OnceCell::new(),
        };
        let mut claims = search.claims();
        weigh(&mut claims);
        out.extend(claims.into_iter().map(|c| Mention {
            metric: c.metric,
            value: c.value,
            unit: c.unit.to_owned(),
            sentence: sentence.trim().to_owned(),
            line,
        }));
    }
}

fn spelled_before(text: &str, unit: usize) -> bool {
    text[..unit].ends_with(figure::is_numeral)
}

/// Whether some digits are not those of a date, a share or a number of a document.
fn counts(text: &str) -> bool {
    let (bytes, dated) = (text.as_bytes(), &words::units().dated);
    let mut at = 0;
    // In blocks, so that the compiler compares many bytes at once.
    for block in bytes.chunks(64) {
        let start = at;
        at += block.len();
        if !block.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            continue;
        }
        for i in start..at {
            let last = bytes[i].is_ascii_digit() && !bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
            if last && !dated.begin(text[i + 1..].trim_ascii_start()) {
                return true;
            }
        }
    }
    false
}

struct Sentence<'a> {
    metrics: &'a Metrics,
    heading: &'a str,
    /// Plain.
    text: &'a str,
    figures: &'a [Figure],
    /// Where triggers stand, with the bit of their metric.
    hits: &'a [(usize, u64)],
    /// Words that forbid figures, with the bytes that they cover; few sentences come to ask.
    spoils: OnceCell<Vec<(usize, usize, Spoil)>>,
    /// How many years it names.
    years: OnceCell<usize>,
}

impl Sentence<'_> {
    fn claims(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (number, figure) in self.figures.iter().enumerate() {
            let last = if number == 0 { 0 } else { self.figures[number - 1].end };
            if !figure.exact {
                continue;
            }
            let clause = self.clause_start(figure.start);
            let from = clause.max(last);
            let segment = &self.text[from..figure.start];
            for (metric, way) in self.ways(from, figure.end + BEHIND) {
                let patterns = way.say.iter().map(|p| (p, true)).chain(way.doubt.iter().map(|p| (p, false)));
                for (pattern, sure) in patterns {
                    if !pattern.counts(figure.unit) || (pattern.zero_only && figure.value != 0.0) {
                        continue;
                    }
                    let Some(rest) = pattern.around(segment, &self.text[figure.end..]) else { continue };
                    if self.closed(rest, &self.metrics.rules.after)
                        && !self.spoiled(clause, figure.start)
                        && self.admits(way, figure.start, self.text.len() - rest.len())
                    {
                        let (at, value, unit) = (figure.start, figure.value, figure.unit);
                        let others = self.has(Spoil::Others, clause, at);
                        let (part, void) = (self.part(at), !sure || others || any(segment, &way.unless));
                        claims.push(Claim { metric, at, value, unit, loose: pattern.loose, part, void });
                        break;
                    }
                }
            }
        }
        self.nothing(&mut claims);
        claims.sort_by_key(|c| c.at);
        claims
    }

    /// "None was received this year", in words.
    fn nothing(&self, claims: &mut Vec<Claim>) {
        for word in &self.metrics.rules.none {
            for (at, _) in self.text.match_indices(word.as_str()) {
                let clause = self.clause_start(at);
                for (metric, way) in self.ways(at, usize::MAX) {
                    let rest = way.none.iter().find_map(|p| p.at(&self.text[at..]));
                    if let Some(rest) = rest
                        && self.closed(rest, &self.metrics.rules.after_none)
                        && self.dated(at)
                        && !self.spoiled(clause, at)
                        && self.admits(way, at, self.text.len() - rest.len())
                        && !any(&self.text[clause..at], &way.unless)
                        && !self.has(Spoil::Others, clause, at)
                    {
                        let (part, void) = (self.part(at), false);
                        claims.push(Claim { metric, at, value: 0.0, unit: "", loose: false, part, void });
                    }
                }
            }
        }
    }

    /// Whether the sentence names the year before `at`.
    fn dated(&self, at: usize) -> bool {
        any(&self.text[..at], &self.metrics.rules.this_year) || year_in(&self.text[..at])
    }

    /// The ways of the metrics whose triggers begin in a range.
    fn ways(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &Way)> {
        let near = self.hits.iter().filter(|(at, _)| (from..to).contains(at));
        let speaks = near.fold(0, |bits, (_, metric)| bits | metric);
        let spoken = self.metrics.ways.iter().enumerate().filter(move |(index, _)| speaks & (1 << index) != 0);
        spoken.flat_map(|(index, ways)| ways.iter().map(move |way| (index, way)))
    }

    /// Where the clause around `at` begins.
    fn clause_start(&self, at: usize) -> usize {
        // A comma within a figure parts no clause, and no figure stands between a clause's beginning and its own start.
        let mut end = at;
        while let Some(mark) = self.text[..end].rfind([',', ';', '(', ')', '!', '?']) {
            // What stands in brackets does not end the clause around them.
            if self.text[mark..].starts_with(')')
                && let Some(open) = self.text[..mark].rfind('(')
            {
                end = open;
                continue;
            }
            match self.figures.iter().find(|f| f.start < mark && mark < f.end) {
                Some(figure) => end = figure.start,
                None => return mark + 1,
            }
        }
        0
    }

    /// Whether the words before a figure say that it is not this year's, not this body's, or not a count at all.
    fn spoiled(&self, clause: usize, at: usize) -> bool {
        let (before, within) = (&self.text[..at], &self.text[clause..at]);
        let of_sentence = |(start, end, spoil): &(usize, usize, Spoil)| {
            *spoil == Spoil::Sentence && *end <= at && !self.ends_this_year(*start)
        };
        self.spoils().iter().any(of_sentence)
            || self.has(Spoil::Clause, clause, at)
            || self.metrics.rules.last_year.iter().any(|w| before.contains(w.as_str()) && speaks_of(before, w))
            || within_months(before)
            || *self.years.get_or_init(|| years(self.text)) > 1
            || (before.contains("截") && within.contains("累计") && !before.contains("全年"))
    }

    fn spoils(&self) -> &[(usize, usize, Spoil)] {
        self.spoils.get_or_init(|| {
            let rules = &self.metrics.rules;
            let hits = rules.spoil.find_overlapping_iter(self.text);
            hits.map(|m| (m.start(), m.end(), rules.spoils[m.pattern().as_usize()])).collect()
        })
    }

    /// Whether a word of a kind stands within these bytes.
    fn has(&self, spoil: Spoil, from: usize, to: usize) -> bool {
        self.spoils().iter().any(|(start, end, s)| *s == spoil && *start >= from && *end <= to)
    }

    /// Whether the text before `at` ends with a word for this year: 今年以来 is this year.
    fn ends_this_year(&self, at: usize) -> bool {
        self.metrics.rules.this_year.iter().any(|w| self.text[..at].ends_with(w.as_str()))
    }

    fn admits(&self, way: &Way, start: usize, end: usize) -> bool {
        (way.context.is_empty() || any(&self.text[..end], &way.context) || any(self.heading, &way.context))
            && !any(&self.text[..start], &way.unless_before)
            && !any(&self.text[end..], &way.unless_after)
    }

    /// Whether nothing follows that could still change what was counted.
    fn closed(&self, rest: &str, words: &[String]) -> bool {
        rest.is_empty()
            || rest.starts_with([',', ';', '。', '.', '、', '(', ')', '!', '?', ':'])
            || words.iter().any(|w| rest.starts_with(w.as_str()))
    }

    /// Whether `at` lies behind 其中, where parts of what was said are listed.
    fn part(&self, at: usize) -> bool {
        let before = &self.text[..at];
        before.rfind("其中").is_some_and(|among| !before[among..].contains(';'))
    }
}

fn any(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

/// Drops what two metrics claim, what is only a part, and what one sentence states twice and differently.
fn weigh(claims: &mut Vec<Claim>) {
    let mut keep: Vec<bool> = claims
        .iter()
        .map(|c| {
            let rivals = || claims.iter().filter(|o| o.at == c.at && o.metric != c.metric && !o.void);
            // A zero for both is true of each.
            let alone = if c.loose { rivals().count() == 0 } else { rivals().all(|o| o.loose) };
            !c.void && (c.value == 0.0 || alone)
        })
        .collect();
    for (i, claim) in claims.iter().enumerate() {
        let mut earlier = claims[..i].iter().enumerate().filter(|(_, o)| o.metric == claim.metric);
        if claim.part && earlier.any(|(_, o)| !o.part) {
            keep[i] = false;
        }
    }
    let whole = keep.clone();
    for (i, claim) in claims.iter().enumerate() {
        let other = claims.iter().enumerate().any(|(j, o)| {
            j != i
                && (whole[j] || (o.void && !o.part))
                && o.metric == claim.metric
                && o.value.to_bits() != claim.value.to_bits()
        });
        let again = claims[..i].iter().enumerate().any(|(j, o)| whole[j] && o.metric == claim.metric);
        if other || again {
            keep[i] = false;
        }
    }
    let mut kept = keep.iter();
    claims.retain(|_| kept.next().copied().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, f64, String)> {
        let metrics = Metrics::load().unwrap();
        let mut out = Vec::new();
        mentions_in(&metrics, text, 7, &mut out);
        out.into_iter().map(|m| (metrics.all()[m.metric].code.clone(), m.value, m.unit)).collect()
    }

    fn one(code: &str, value: f64, unit: &str) -> (String, f64, String) {
        (code.to_owned(), value, unit.to_owned())
    }

    #[test]
    fn each_figure_goes_to_its_own_words() {
        assert_eq!(
            found("门户网站发布信息120条，微信公众号推送85条，微博30条。"),
            [one("website", 120.0, "条"), one("wechat", 85.0, "条"), one("weibo", 30.0, "条")]
        );
    }

    #[test]
    fn sentence_and_line_are_quoted() {
        let metrics = Metrics::load().unwrap();
        let mut out = Vec::new();
        mentions_in(&metrics, "先说别的。 2023 年共收到政府信息公开申请 １２ 件。再说。", 7, &mut out);
        assert_eq!(out.len(), 1);
        assert_eq!((out[0].sentence.as_str(), out[0].line), ("2023 年共收到政府信息公开申请 １２ 件。", 7));
        assert_eq!(metrics.all()[out[0].metric].cell.as_ref().map(|c| c.row.as_str()), Some("received"));
    }

    #[test]
    fn none_in_words_needs_the_year() {
        assert_eq!(found("本年度未收到政府信息公开申请。"), [one("applications_received", 0.0, "")]);
        assert!(found("未收到政府信息公开申请的，不予统计。").is_empty());
        assert!(found("去年未收到政府信息公开申请。").is_empty());
    }

    #[test]
    fn a_part_of_what_was_said_is_not_said_again() {
        assert_eq!(found("发布政策解读30篇，其中政策解读材料12篇。"), [one("interpretation", 30.0, "篇")]);
    }

    #[test]
    fn one_metric_with_two_figures_has_none() {
        assert!(found("本级收到政府信息公开申请20件，部门收到政府信息公开申请280件。").is_empty());
    }

    #[test]
    fn other_years_are_left_out() {
        assert!(found("2021年至2023年收到政府信息公开申请30件。").is_empty());
        assert!(found("2023年3月收到政府信息公开申请30件。").is_empty());
        assert!(found("2023年收到政府信息公开申请30件，2022年为28件。").is_empty());
        assert_eq!(
            found("2023年收到政府信息公开申请30件，较2022年增加2件。"),
            [one("applications_received", 30.0, "件")]
        );
    }

    #[test]
    fn long_and_empty_texts_end() {
        assert!(found("").is_empty());
        assert!(found(&"收到".repeat(50_000)).is_empty());
        assert!(found(&"信息1条".repeat(20_000)).is_empty());
    }
}
