//! What a page says of itself in fields: index blocks and the line under a title (`发布机构：X`, `时间：2023-01-18 来源：X`).
//!
//! Owns finding labels and cutting out their values, on the label's line or the next. Refuses to judge a value: who
//! published a page need not be whose report it is.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::dates::{self, Date};
use super::lines::Lines;
use crate::words;

/// Kind of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Who published the page, and the label's place in its list.
    Agency(usize),
    /// When, likewise.
    Date(usize),
    /// When it was last changed.
    Changed,
    /// Anything else that ends a value.
    Other,
}

struct Labels {
    finder: Option<AhoCorasick>,
    kinds: Vec<Field>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let words = words::titles();
    let mut all: Vec<(&str, Field)> = Vec::new();
    all.extend(words.agency_label.iter().enumerate().map(|(i, l)| (l, Field::Agency(i))));
    all.extend(words.date_label.iter().enumerate().map(|(i, l)| (l, Field::Date(i))));
    all.extend(words.changed_label.iter().map(|l| (l, Field::Changed)));
    all.extend(words.other_label.iter().map(|l| (l, Field::Other)));
    let finder = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(all.iter().map(|(l, _)| *l))
        .ok();
    Labels { finder, kinds: all.into_iter().map(|(_, k)| k).collect() }
});

/// The fields of the first lines, in their order.
pub(super) struct Fields<'l> {
    all: Vec<(Field, &'l str, Option<&'l str>)>,
}

/// What may stand between a label and its value.
const MARKS: [char; 9] = ['：', ':', '|', ']', '】', '［', '〕', '　', '\t'];
/// What ends a value.
const ENDS: [char; 8] = ['|', '[', '【', ']', '】', '，', '。', ','];

impl<'l> Fields<'l> {
    pub(super) fn of(lines: &'l Lines) -> Self {
        let (text, line_of) = lines.text();
        let Some(finder) = &LABELS.finder else { return Self { all: Vec::new() } };
        let found: Vec<(usize, usize, Field)> =
            finder.find_iter(text).map(|m| (m.start(), m.end(), LABELS.kinds[m.pattern().as_usize()])).collect();
        let mut all = Vec::new();
        for (i, (start, end, kind)) in found.iter().enumerate() {
            if *kind == Field::Other {
                continue;
            }
            let line = line_of(*start);
            let Some((_, line_end)) = lines.span(line).filter(|(_, e)| end <= e) else { continue };
            let stop = found.get(i + 1).map_or(line_end, |next| next.0.min(line_end));
            let rest = &text[*end..stop];
            let value = rest.trim_start_matches(MARKS);
            let own = value.split(ENDS).next().unwrap_or("");
            // A label of a date is often a plain word as well (时间): only a mark, a bar or the date makes it a label.
            let below = lines.span(line + 1).map(|(s, e)| text[s..e].trim_matches(MARKS));
            let below = below.filter(|_| own.is_empty() && stop == line_end);
            all.push((*kind, own, below));
        }
        Self { all }
    }

    /// The day that the page says it was published on; the label first in the list is believed first.
    pub(super) fn published(&self) -> Option<Date> {
        let dated = self.all.iter().filter_map(|(kind, own, below)| match kind {
            Field::Date(rank) => Some((*rank, value(own, *below)?)),
            _ => None,
        });
        dated.min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
    }

    /// The day on which the page was last changed.
    pub(super) fn changed(&self) -> Option<Date> {
        self.all.iter().find_map(|(kind, own, below)| if *kind == Field::Changed { value(own, *below) } else { None })
    }

    /// Who the page says has published it.
    pub(super) fn publishers(&self) -> impl Iterator<Item = &'l str> + '_ {
        let named = self.all.iter().filter(|(kind, ..)| matches!(kind, Field::Agency(_)));
        named.map(|(_, own, below)| if own.is_empty() { below.unwrap_or("") } else { *own })
    }
}

fn value(own: &str, below: Option<&str>) -> Option<Date> {
    dates::leading(own).or_else(|| below.and_then(dates::leading))
}
