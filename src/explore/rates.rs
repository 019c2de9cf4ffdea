//! The rates that summaries compute, by report, so that the pages show what the office's own query says.
//!
//! Owns which columns of an answer are shown: each whose name ends with `（%）`, with the last column before it whose name
//! begins with `N：` as its N, and `名次` and `红黄牌` of the same name where there are such. Refuses to compute any.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::summary::{Answer, Query};

/// Ends the name of a rate.
const RATE: &str = "（%）";
/// Begins the name of a denominator.
const COUNT: &str = "N：";
/// End the names of what stands beside a rate.
const BESIDE: [&str; 2] = ["名次", "红黄牌"];

/// A rate, as the page names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Rate {
    name: String,
    /// The name of its denominator.
    n: Option<String>,
    /// The summary that computes it.
    summary: String,
}

/// What summaries say of reports, by province: what stands in a page depends on no other.
#[derive(Debug, Default)]
pub(super) struct Rates(BTreeMap<Option<u8>, Own>);

/// What they say of those of one province.
#[derive(Debug, Default)]
struct Own {
    rates: Vec<Rate>,
    /// Words for cards.
    cards: Vec<String>,
    /// Of each report, its rates: value, N, rank and card parted by commas, rates by semicolons.
    of_report: HashMap<u64, String>,
    /// What stands below the rows, by year.
    notes: BTreeMap<Option<i32>, Vec<String>>,
    /// What the queries say of themselves.
    heads: Vec<String>,
}

/// What a page has of them.
#[derive(Default, Serialize)]
pub(super) struct Shown<'r> {
    rates: &'r [Rate],
    cards: &'r [String],
    head: &'r [String],
    notes: BTreeMap<String, &'r [String]>,
}

/// Where the columns of a rate are.
struct Places {
    value: usize,
    n: Option<usize>,
    beside: [Option<usize>; 2],
}

impl Rates {
    /// Takes what a query says of a part of the dataset.
    ///
    /// # Errors
    /// When a value cannot be read, which is a fault of this program.
    pub(super) fn hear(
        &mut self,
        year: Option<i32>,
        province: Option<u8>,
        query: &Query,
        answer: &Answer,
    ) -> Result<()> {
        self.0.entry(province).or_default().hear(year, query, answer)
    }

    /// What is said of a report.
    pub(super) fn of(&self, province: Option<u8>, report: u64) -> &str {
        self.0.get(&province).and_then(|own| own.of_report.get(&report)).map_or("", String::as_str)
    }

    /// What the page of a province has beside.
    pub(super) fn shown(&self, province: Option<u8>) -> Shown<'_> {
        let Some(own) = self.0.get(&province) else { return Shown::default() };
        let year = |year: &Option<i32>| year.map_or_else(String::new, |y| y.to_string());
        Shown {
            rates: &own.rates,
            cards: &own.cards,
            head: &own.heads,
            notes: own.notes.iter().map(|(y, lines)| (year(y), lines.as_slice())).collect(),
        }
    }
}

/// Rates of a report as one text; an N that is the one before it is not said again but as `.`.
fn short(rates: &[String]) -> String {
    let mut before = "";
    let mut out: Vec<String> = Vec::with_capacity(rates.len());
    for rate in rates {
        let n = rate.split(',').nth(1).unwrap_or_default();
        let same = !n.is_empty() && n == before;
        out.push(if same { rate.replacen(&format!(",{n}"), ",.", 1) } else { rate.clone() });
        before = n;
    }
    out.join(";").trim_end_matches(';').to_owned()
}

impl Own {
    fn hear(&mut self, year: Option<i32>, query: &Query, answer: &Answer) -> Result<()> {
        if answer.reports.is_none() {
            return Ok(());
        }
        let columns: Vec<&str> = answer.columns().collect();
        let named = |name: &str| columns.iter().position(|c| *c == name);
        let mut n = None;
        let mut places = Vec::new();
        for (column, name) in columns.iter().enumerate() {
            if name.starts_with(COUNT) {
                n = Some(column);
            } else if let Some(bare) = name.strip_suffix(RATE) {
                let rate = Rate {
                    name: bare.to_owned(),
                    n: n.map(|n| columns[n].trim_start_matches(COUNT).to_owned()),
                    summary: query.summary.name.clone(),
                };
                let at = self.rates.iter().position(|r| *r == rate).unwrap_or(self.rates.len());
                if at == self.rates.len() {
                    self.rates.push(rate);
                    if self.heads.is_empty() || at == 0 {
                        self.heads = query.head().map(str::to_owned).collect();
                    }
                }
                let beside = BESIDE.map(|end| named(&format!("{bare}{end}")));
                places.push((at, Places { value: column, n, beside }));
            }
        }
        for row in 0..answer.height() {
            let Some(id) = answer.report(row)? else { continue };
            let mut own = vec![String::new(); self.rates.len()];
            for (at, place) in &places {
                if let Some(text) = own.get_mut(*at) {
                    self.one(place, answer, row, text)?;
                }
            }
            self.of_report.insert(id, short(&own));
        }
        let notes = self.notes.entry(year).or_default();
        notes.extend(answer.notes.iter().cloned());
        Ok(())
    }

    fn one(&mut self, place: &Places, answer: &Answer, row: usize, text: &mut String) -> Result<()> {
        let number = |column: Option<usize>| -> Result<String> {
            Ok(column.map(|c| answer.number(c, row)).transpose()?.flatten().unwrap_or_default())
        };
        let card = place.beside[1].map(|c| answer.text(c, row)).transpose()?.flatten();
        let card = card.map_or_else(String::new, |card| self.card(&card).to_string());
        let (value, n, rank) = (number(Some(place.value))?, number(place.n)?, number(place.beside[0])?);
        let _ = write!(text, "{value},{n},{rank},{card}");
        text.truncate(text.trim_end_matches(',').len());
        Ok(())
    }

    fn card(&mut self, card: &str) -> usize {
        let at = self.cards.iter().position(|c| c == card).unwrap_or(self.cards.len());
        if at == self.cards.len() {
            self.cards.push(card.to_owned());
        }
        at
    }
}
