//! Numbers and hosts that name a place: phone area codes, postal codes, host labels, prefixes of documents.
//!
//! Owns their tables, all from `guide/divisions.md` and none complete, and their shapes in a text. Refuses to find a
//! place by them: they tell candidates apart and contradict.

use std::collections::HashMap;

use memchr::memmem::Finder;

use super::division::Division;
use crate::error::{AtPlace as _, LoadError};
use crate::words;

const AREA_CODES: &str = include_str!("../../../../data/divisions/area_codes.csv");
const POSTAL: &str = include_str!("../../../../data/divisions/postal.csv");
const HOSTS: &str = include_str!("../../../../data/divisions/hosts.csv");

/// The tables, loaded once.
#[derive(Debug)]
pub(super) struct Tables {
    /// Codes of divisions by area code.
    areas: HashMap<String, Vec<String>>,
    /// Two digits of provinces by the first two of a postal code.
    postal: HashMap<String, Vec<String>>,
    /// Two digits of provinces by host label.
    hosts: HashMap<String, Vec<String>>,
    /// Words of lines that hold such numbers.
    words: Vec<Finder<'static>>,
}

impl Tables {
    pub(super) fn load() -> Result<Self, LoadError> {
        Ok(Self {
            areas: table(AREA_CODES, 1, 0).at(|| "data/divisions/area_codes.csv".to_owned())?,
            postal: table(POSTAL, 0, 1).at(|| "data/divisions/postal.csv".to_owned())?,
            hosts: table(HOSTS, 0, 1).at(|| "data/divisions/hosts.csv".to_owned())?,
            words: words::places().contact.iter().map(Finder::new).collect(),
        })
    }
}

fn table(text: &str, key: usize, value: usize) -> Result<HashMap<String, Vec<String>>, csv::Error> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record?;
        let field = |i: usize| record.get(i).unwrap_or("").to_owned();
        all.entry(field(key)).or_default().push(field(value));
    }
    Ok(all)
}

/// Divisions that clues of one kind allow: codes of any length that a division's own code, its prefecture's or its
/// province's must begin with. None when nothing was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowed(Vec<String>);

impl Allowed {
    fn add(&mut self, codes: Option<&Vec<String>>) {
        self.0.extend(codes.into_iter().flatten().cloned());
    }

    pub(super) fn says_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a division is allowed. A province is allowed by any part of it, a prefecture by any of its counties.
    pub(super) fn allows(&self, division: &Division) -> bool {
        self.0.iter().any(|code| {
            let whole = code.trim_end_matches("00");
            let own = division.code.trim_end_matches("00");
            division.code.starts_with(whole) || code.starts_with(own) || division.parent.as_ref() == Some(code)
        })
    }
}

impl Tables {
    /// Whether a line may hold a phone number or a postal code.
    pub(super) fn is_contact(&self, line: &str) -> bool {
        has_number(line.as_bytes()) && self.words.iter().any(|w| w.find(line.as_bytes()).is_some())
    }

    /// What the area codes of the lines allow.
    pub(super) fn by_area<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Allowed {
        let mut allowed = Allowed::default();
        lines.for_each(|line| area_codes(line, |code| allowed.add(self.areas.get(code))));
        allowed
    }

    /// Codes of the divisions that an area code of the lines is listed for.
    pub(super) fn areas<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Vec<String> {
        self.by_area(lines).0
    }

    /// What the postal codes of the lines allow.
    pub(super) fn by_postal<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Allowed {
        let mut allowed = Allowed::default();
        for code in lines.filter_map(postal_code) {
            allowed.add(code.get(..2).and_then(|c| self.postal.get(c)));
        }
        allowed
    }

    /// What the government hosts of the lines allow.
    pub(super) fn by_host<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Allowed {
        let mut allowed = Allowed::default();
        for line in lines.filter(|l| l.contains(".cn")) {
            for (at, _) in line.match_indices(".cn") {
                let head = line[..at].strip_suffix(".gov").unwrap_or(&line[..at]);
                let label = head.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
                allowed.add(self.hosts.get(&label.to_ascii_lowercase()));
            }
        }
        allowed
    }
}

/// Two digits of the provinces whose documents a line quotes: `豫政〔2021〕5号`.
pub(super) fn document_provinces(line: &str) -> impl Iterator<Item = &'static str> {
    line.char_indices().filter_map(|(at, c)| {
        let code = words::places().documents.get(&c)?.as_str();
        // 苏府 is 苏州's.
        let signs: &[char] = if c == '苏' { &['政'] } else { &['政', '府'] };
        let rest = line[at + c.len_utf8()..].strip_prefix(signs)?;
        let rest = rest.trim_start_matches(['办', '发', '函', '字', '公', '开']);
        rest.starts_with(['〔', '[', '(', '（', '【']).then_some(code)
    })
}

/// Whether a text has five digits in a row, as phone numbers and postal codes do: such a run holds every fifth byte,
/// so most of a line need not be looked at.
fn has_number(bytes: &[u8]) -> bool {
    let mut fifth = (4..bytes.len()).step_by(5);
    fifth.any(|at| {
        let digits = |all: &mut dyn Iterator<Item = &u8>| all.take_while(|b| b.is_ascii_digit()).count();
        bytes[at].is_ascii_digit() && digits(&mut bytes[..at].iter().rev()) + digits(&mut bytes[at..].iter()) >= 5
    })
}

/// Area codes: 0 and two or three digits before `-` or `)`, or directly before seven or eight digits.
fn area_codes(line: &str, mut found: impl FnMut(&str)) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = (&line[at..at + run], &line[at + run..]);
        at += run;
        if !digits.starts_with('0') {
            continue;
        }
        // 010 and 02x have three digits, all others four.
        let length = if matches!(digits.as_bytes(), [_, b'1', b'0', ..] | [_, b'2', ..]) { 3 } else { 4 };
        let split = rest.strip_prefix(['-', '—', '－', '–', ')', '）']).map(str::trim_start);
        let number = split.map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
        if run == length && number >= 5 || (length + 7..=length + 8).contains(&run) {
            found(&digits[..length]);
        }
    }
}

/// The postal code behind its label, if it has six digits.
fn postal_code(line: &str) -> Option<&str> {
    let (_, rest) = words::places().postal_code.iter().find_map(|label| line.split_once(label))?;
    let rest = rest.trim_start_matches(['：', ':', ' ', '为', '是', '|', '】', '\u{3000}']);
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    (run == 6).then(|| &rest[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_area_codes() {
        for (line, expected) in [
            ("电话0955-5021892", vec!["0955"]),
            ("电话：（0516）83722211", vec!["0516"]),
            ("电话:051683722211", vec!["0516"]),
            ("010-12345678", vec!["010"]),
            ("01012345678", vec!["010"]),
            ("2021-01-15", vec![]),
            ("13800138000", vec![]),
            ("00955-123456", vec![]),
            ("029-1234567,0591-1234567", vec!["029", "0591"]),
        ] {
            let mut found = Vec::new();
            area_codes(line, |c| found.push(c.to_owned()));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn postal_codes_have_six_digits() {
        assert_eq!(postal_code("邮编：755100"), Some("755100"));
        assert_eq!(postal_code("邮政编码755100;"), Some("755100"));
        assert_eq!(postal_code("邮编75100"), None);
        assert_eq!(postal_code("电话0955-5021892"), None);
    }

    #[test]
    fn five_digits_anywhere() {
        for before in 0..12 {
            for (run, has) in [("1234", false), ("12345", true), ("12345678", true)] {
                assert_eq!(has_number(format!("{}{run}年", "x".repeat(before)).as_bytes()), has, "{before} {run}");
            }
        }
    }

    #[test]
    fn documents_name_provinces() {
        assert_eq!(document_provinces("豫政〔2021〕5号、渝府发〔2020〕1号").collect::<Vec<_>>(), ["41", "50"]);
        assert_eq!(document_provinces("粤府大楼").count(), 0);
    }
}
