//! `data/words/tables.toml`: words in and above tables that are no label of a form, and the years they speak of.
//!
//! Owns that file's schema and what a head or caption says about time. Refuses labels: those stand in the editions.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use foldhash::fast::FixedState;
use serde::Deserialize;

use crate::extract::label::normalized;

const FILE: &str = include_str!("../../../../../data/words/tables.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    extra: Vec<String>,
    extra_begins: Vec<String>,
    extra_ends: Vec<String>,
    last_year: Vec<String>,
    this_year: Vec<String>,
    part_of_year: Vec<String>,
    sample: Vec<String>,
    corrected: Vec<String>,
    superseded: Vec<String>,
    whole: Vec<String>,
    part: Vec<String>,
    units: Vec<String>,
    no_report: Vec<String>,
    placeholder: Vec<String>,
    news: Vec<String>,
}

/// The words, ready to be asked for.
pub struct Words {
    extra: HashSet<String, FixedState>,
    /// What a head must begin or end with to begin or end with a word of the lists.
    first: Vec<char>,
    last: Vec<char>,
    /// What heads say of time, all words at once; nearly no text has any.
    times: AhoCorasick,
    /// Which list each of them is of.
    kinds: Vec<When>,
    file: File,
}

/// What a text says about the time of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum When {
    /// A year that is named.
    Year(i32),
    /// The report's year, or what is its only one.
    This,
    /// The year before.
    Last,
    /// A part of a year.
    Part,
}

impl When {
    /// Whether figures of this time are the report's, whose year may be known.
    pub(in crate::extract) fn is_of(self, year: Option<i32>) -> bool {
        match self {
            Self::Year(own) => year.is_none_or(|y| y == own),
            Self::This => true,
            Self::Last | Self::Part => false,
        }
    }
}

impl Words {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is damaged; tested not to happen.
    pub(in crate::extract) fn load() -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(FILE)?;
        let lists = [(&file.part_of_year, When::Part), (&file.last_year, When::Last), (&file.this_year, When::This)];
        let of_time = || lists.iter().flat_map(|(list, kind)| list.iter().map(|word| (word, *kind)));
        let times = AhoCorasick::new(of_time().map(|(word, _)| word));
        let times = times.map_err(|e| serde::de::Error::custom(e.to_string()))?;
        let kinds = of_time().map(|(_, kind)| kind).collect();
        let extra = file.extra.iter().map(|w| normalized(w)).collect();
        let mut first: Vec<char> = file.extra_begins.iter().filter_map(|w| w.chars().next()).collect();
        let mut last: Vec<char> = file.extra_ends.iter().filter_map(|w| w.chars().next_back()).collect();
        first.dedup();
        last.dedup();
        Ok(Self { extra, first, last, times, kinds, file })
    }

    /// Whether a head or label holds no cell of a form.
    pub(super) fn is_extra(&self, norm: &str) -> bool {
        let begins = || {
            norm.starts_with(self.first.as_slice())
                && self.file.extra_begins.iter().any(|w| norm.starts_with(w.as_str()))
        };
        let ends = || {
            norm.ends_with(self.last.as_slice())
                && self.file.extra_ends.iter().any(|w| norm.ends_with(w.as_str()) && norm != w)
        };
        self.extra.contains(norm) || begins() || ends()
    }

    /// Whether a caption says that a table is no report.
    pub(in crate::extract) fn is_sample(&self, text: &str) -> bool {
        self.file.sample.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a caption names the corrected table (`Some(true)`), or the one before the correction (`Some(false)`).
    pub(in crate::extract) fn correction(&self, text: &str) -> Option<bool> {
        let has = |words: &[String]| words.iter().any(|w| text.contains(w.as_str()));
        if has(&self.file.superseded) { Some(false) } else { has(&self.file.corrected).then_some(true) }
    }

    /// Whether a caption names a part of the whole.
    pub(in crate::extract) fn is_part(&self, text: &str) -> bool {
        self.file.part.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a caption names the whole of several tables.
    pub(in crate::extract) fn is_whole(&self, text: &str) -> bool {
        self.file.whole.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a title says that its page is about annual reports and is none.
    pub(in crate::extract) fn is_no_report(&self, title: &str) -> bool {
        let has = |words: &[String]| words.iter().any(|w| title.contains(w.as_str()));
        let news = || {
            let after = |w: &String| title.find(w.as_str()).map(|at| !title[..at].ends_with("关于") && at > 0);
            self.file.news.iter().filter_map(after).any(|news| news)
        };
        has(&self.file.no_report) || has(&self.file.placeholder) || news()
    }

    /// A head's name without a counting word at its end.
    pub(super) fn without_unit<'n>(&self, norm: &'n str) -> Option<&'n str> {
        let rest = self.file.units.iter().filter_map(|u| norm.strip_suffix(u.as_str()));
        rest.filter(|r| r.chars().count() >= 2).min_by_key(|r| r.len())
    }

    /// The time that a text speaks of; `None` where it speaks of none, or of several years.
    pub(in crate::extract) fn when(&self, text: &str) -> Option<When> {
        let (mut last, mut this) = (false, false);
        for found in self.times.find_overlapping_iter(text) {
            match self.kinds[found.pattern().as_usize()] {
                When::Part => return Some(When::Part),
                When::Last => last = true,
                When::This | When::Year(_) => this = true,
            }
        }
        let mut years = years(text);
        years.dedup();
        match years.as_slice() {
            [year] => return Some(When::Year(*year)),
            [] => {}
            _ => return None,
        }
        if last { Some(When::Last) } else { this.then_some(When::This) }
    }
}

/// The years that a text names, `2022年`, `2022 年度`, `二〇二二年`, in order. Blanks may stand between the digits, if the
/// text names no year without them: `表1 2022年` is 2022.
pub(in crate::extract) fn years(text: &str) -> Vec<i32> {
    if !text.contains('年') {
        return Vec::new();
    }
    let found = years_in(&text.replace(" 年", "年"));
    if found.is_empty() { years_in(&text.split_whitespace().collect::<String>()) } else { found }
}

fn years_in(text: &str) -> Vec<i32> {
    let chars: Vec<char> = text.chars().map(crate::extract::text::fold_char).collect();
    let digit = |c: char| {
        c.to_digit(10).or_else(|| {
            let at =
                ["〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九"].iter().position(|d| d.contains(c));
            at.and_then(|at| u32::try_from(at).ok())
        })
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at + 4 < chars.len() {
        let digits: Vec<u32> = chars[at..at + 4].iter().map_while(|c| digit(*c)).collect();
        let alone = at == 0 || digit(chars[at - 1]).is_none();
        if digits.len() == 4 && alone && chars[at + 4] == '年' {
            let year = digits.iter().fold(0, |sum, d| sum * 10 + i32::try_from(*d).unwrap_or(0));
            if (2000..2100).contains(&year) {
                out.push(year);
            }
            at += 5;
        } else {
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_stand_once() {
        let file: File = toml::from_str(FILE).unwrap();
        let lists = [
            &file.extra,
            &file.extra_begins,
            &file.extra_ends,
            &file.last_year,
            &file.this_year,
            &file.part_of_year,
            &file.sample,
            &file.corrected,
            &file.superseded,
            &file.whole,
            &file.part,
            &file.units,
            &file.no_report,
            &file.placeholder,
            &file.news,
        ];
        for list in lists {
            assert!(list.windows(2).all(|w| w[0] < w[1]), "{list:?}");
        }
    }

    #[test]
    fn times() {
        let words = Words::load().unwrap();
        assert_eq!(words.when("（2022年）"), Some(When::Year(2022)));
        assert_eq!(words.when("二〇二一年度"), Some(When::Year(2021)));
        assert_eq!(words.when("2021年与2022年"), None);
        assert_eq!(words.when("上年总计"), Some(When::Last));
        assert_eq!(words.when("2023年上半年"), Some(When::Part));
        assert_eq!(words.when("总计"), None);
        assert!(words.is_extra("占比") && words.is_extra("较上年增减百分比") && !words.is_extra("其他"));
    }
}
