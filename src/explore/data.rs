//! The script file of a province: its bodies, reports, figures and findings, column by column.
//!
//! Owns how these are written so that a province of 7,000 reports stays below 4 MB: texts that repeat stand once, a path
//! says only in what it differs from the one before. `data.js` reads the same. Nothing here is markup: what a report says
//! is a JSON string in a script of its own.

use std::collections::HashMap;

use anyhow::Result;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::initials::Initials;
use super::province::{Finding, Province, Report};
use super::rates::Rates;
use nianbao_report::finding::Rule;

/// Stands for the agency's name in a path or message.
const AGENCY: char = '\u{1}';
/// Stands for the year, and for a number of a message.
const NUMBER: char = '\u{2}';

/// Texts that occur more than once, by number.
#[derive(Default)]
struct Shared {
    at: HashMap<String, usize>,
    texts: Vec<String>,
}

impl Shared {
    fn put(&mut self, text: &str) -> usize {
        if let Some(at) = self.at.get(text) {
            return *at;
        }
        self.at.insert(text.to_owned(), self.texts.len());
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }

    /// A number, or nothing.
    fn of(&mut self, text: Option<&str>) -> Value {
        text.map_or(Value::Null, |t| self.put(t).into())
    }
}

#[derive(Default, Serialize)]
struct Bodies {
    id: Vec<String>,
    name: Vec<String>,
    kind: Vec<Value>,
    county: Vec<Value>,
    prefecture: Vec<Value>,
    /// How many reports are the body's; they follow each other.
    reports: Vec<usize>,
}

#[derive(Default, Serialize)]
struct Reports {
    year: Vec<Option<i32>>,
    /// 0 is none.
    part: Vec<i64>,
    /// The name that it was published under, where that is not the body's.
    agency: Vec<Option<String>>,
    edition: Vec<Value>,
    published: Vec<Option<i32>>,
    path_same: Vec<usize>,
    path: Vec<String>,
    primary: Vec<u8>,
    quality: Vec<usize>,
    format: Vec<usize>,
    counts: Vec<[i64; 5]>,
    tables: Vec<Value>,
    findings: Vec<usize>,
    said: Vec<String>,
    rates: Vec<String>,
}

/// A number as JavaScript writes it: without `.0`.
#[derive(Clone, Copy)]
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // Whole numbers below 2^53 are the same in both.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            to.serialize_i64(self.0 as i64)
        } else {
            to.serialize_f64(self.0)
        }
    }
}

#[derive(Default, Serialize)]
struct Findings {
    rule: Vec<usize>,
    severity: Vec<usize>,
    place: Vec<usize>,
    expected: Vec<Option<Number>>,
    actual: Vec<Option<Number>>,
    /// 0 is none.
    line: Vec<i64>,
    /// 0 is none.
    page: Vec<i64>,
    raw: Vec<Option<String>>,
    message: Vec<usize>,
    numbers: Vec<String>,
}

/// The script of a province.
///
/// # Errors
/// None that data can cause.
pub(super) fn script(key: &str, province: &Province, code: Option<u8>, rates: &Rates) -> Result<String> {
    let (mut codes, mut messages, mut initials) = (Shared::default(), Shared::default(), Initials::default());
    let mut places: Vec<[String; 2]> = Vec::new();
    let mut place_at: HashMap<String, usize> = HashMap::new();
    let (mut bodies, mut reports, mut findings) = (Bodies::default(), Reports::default(), Findings::default());
    let mut before = String::new();
    for body in &province.bodies {
        let mut place = |own: &Option<(String, String)>| {
            let Some((code, name)) = own else { return Value::Null };
            let at = *place_at.entry(code.clone()).or_insert_with(|| {
                places.push([code.clone(), name.clone()]);
                places.len() - 1
            });
            at.into()
        };
        bodies.county.push(place(&body.county));
        bodies.prefecture.push(place(&body.prefecture));
        bodies.id.push(body.id.clone());
        initials.add(&body.name);
        bodies.name.push(body.name.clone());
        bodies.kind.push(codes.of(body.kind.as_deref()));
        bodies.reports.push(body.reports.len());
        for report in body.reports.iter().filter_map(|i| province.reports.get(*i)) {
            let agency = report.agency.as_deref().unwrap_or_default();
            let path = pattern(&report.path, agency, report.year);
            let (same, rest) = beyond(&before, &path);
            reports.path_same.push(same);
            reports.path.push(rest);
            before = path;
            reports.put(report, &body.name, &mut codes);
            reports.rates.push(rates.of(code, report.id).to_owned());
            for finding in &report.findings {
                findings.put(finding, &mut codes, &mut messages);
            }
        }
    }
    for [_, name] in &places {
        initials.add(name);
    }
    let data = json!({
        "places": places, "initials": initials.by_letter(), "codes": codes.texts, "messages": messages.texts,
        "bodies": bodies, "reports": reports, "findings": findings,
        "rates": rates.shown(code),
    });
    Ok(format!("nianbao.provinces[{}]={};\n", json!(key), serde_json::to_string(&data)?))
}

impl Reports {
    fn put(&mut self, report: &Report, body: &str, codes: &mut Shared) {
        self.year.push(report.year);
        self.part.push(report.part.unwrap_or(0));
        self.agency.push(report.agency.clone().filter(|a| a != body));
        self.edition.push(codes.of(report.edition.as_deref()));
        self.published.push(report.published);
        self.primary.push(u8::from(report.primary));
        self.quality.push(codes.put(&report.quality));
        self.format.push(codes.put(&report.format));
        self.counts.push(report.counts);
        let tables = report.tables.iter().map(|(form, own)| match own.pages.as_str() {
            "" => json!([form, own.figures, own.lines]),
            pages => json!([form, own.figures, own.lines, pages]),
        });
        self.tables.push(tables.collect());
        self.findings.push(report.findings.len());
        self.said.push(report.said.clone());
    }
}

impl Findings {
    fn put(&mut self, finding: &Finding, codes: &mut Shared, messages: &mut Shared) {
        self.rule.push(codes.put(&finding.rule));
        self.severity.push(codes.put(&finding.severity));
        let place: Vec<&str> = finding.place.iter().map(|p| p.as_deref().unwrap_or_default()).collect();
        self.place.push(codes.put(&place.join("/")));
        self.expected.push(finding.expected.map(Number));
        self.actual.push(finding.actual.map(Number));
        self.line.push(finding.line.unwrap_or(0));
        self.page.push(finding.page.unwrap_or(0));
        self.raw.push(finding.raw.clone());
        // The page has the rule's own words.
        let words = Rule::of(&finding.rule).map(Rule::zh).unwrap_or_default();
        let rest = finding.message.strip_prefix(words).unwrap_or(&finding.message);
        let (pattern, numbers) = numbers(rest.strip_prefix('：').unwrap_or(rest));
        self.message.push(messages.put(&pattern));
        self.numbers.push(numbers);
    }
}

/// A path with marks for the agency's name and the year.
fn pattern(path: &str, agency: &str, year: Option<i32>) -> String {
    let mut path = path.to_owned();
    if !agency.is_empty() {
        path = path.replace(agency, &AGENCY.to_string());
    }
    match year {
        Some(year) => path.replace(&year.to_string(), &NUMBER.to_string()),
        None => path,
    }
}

/// How many UTF-16 units a text begins with that are those of another, and what follows them.
fn beyond(before: &str, text: &str) -> (usize, String) {
    let same = before.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let (units, bytes) = same.fold((0, 0), |(u, b), c| (u + c.len_utf16(), b + c.len_utf8()));
    (units, text.get(bytes..).unwrap_or_default().to_owned())
}

/// A message with marks for its numbers, and these, parted by blanks.
fn numbers(text: &str) -> (String, String) {
    let (mut pattern, mut numbers) = (String::with_capacity(text.len()), String::new());
    let mut inside = false;
    for character in text.chars() {
        let part = character.is_ascii_digit() || (inside && character == '.');
        if part {
            if !inside {
                pattern.push(NUMBER);
                if !numbers.is_empty() {
                    numbers.push(' ');
                }
            }
            numbers.push(character);
        } else {
            pattern.push(character);
        }
        inside = part;
    }
    (pattern, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_messages_come_back() {
        let path = pattern("宁夏/2023/贺兰县统计局2023年报.txt", "贺兰县统计局", Some(2023));
        assert_eq!(path, "宁夏/\u{2}/\u{1}\u{2}年报.txt");
        assert_eq!(beyond(&path, "宁夏/\u{2}/\u{1}\u{2}年.pdf"), (8, ".pdf".to_owned()));
        assert_eq!(beyond("𠮷a", "𠮷b"), (2, "b".to_owned()));
        assert_eq!(numbers("5 ＞ 0 ＋ 12.5"), ("\u{2} ＞ \u{2} ＋ \u{2}".to_owned(), "5 0 12.5".to_owned()));
    }
}
