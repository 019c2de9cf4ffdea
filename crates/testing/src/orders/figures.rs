//! The figures of a report by their places, with what is printed for each.
//!
//! Owns values and their spelling; sums hold, as the generator of [`crate::generate`] makes them.

use std::collections::BTreeMap;

use super::claims::{Claim, Claims, Key};
use crate::generate::{Edition, Profile, Report, Rng};

/// A printed figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub value: Option<f64>,
    pub raw: String,
}

/// All figures of a report.
#[derive(Clone, Debug)]
pub struct Figures {
    pub edition: Edition,
    pub cells: BTreeMap<Key, Figure>,
}

/// A number as it is printed plainly.
pub fn plain(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    rounded.to_string()
}

impl Figures {
    pub fn random(rng: &mut Rng, edition: Edition, profile: Profile) -> Figures {
        let report = Report::random(rng, edition, &profile);
        let cell =
            |t: &crate::generate::Truth| ((t.table, t.row, t.column), Figure { value: t.value, raw: t.raw.clone() });
        Figures { edition, cells: report.cells.iter().map(cell).collect() }
    }

    pub fn text(&self, table: &str, row: &str, column: &str) -> String {
        self.get(table, row, column).map_or(String::new(), |f| f.raw.clone())
    }

    /// The value, zero where nothing is printed.
    pub fn value(&self, table: &str, row: &str, column: &str) -> f64 {
        self.get(table, row, column).and_then(|f| f.value).unwrap_or(0.0)
    }

    fn get<'a>(&'a self, table: &'a str, row: &'a str, column: &'a str) -> Option<&'a Figure> {
        self.cells.get(&(table, row, column))
    }

    pub fn set(&mut self, key: Key, value: f64) {
        if let Some(figure) = self.cells.get_mut(&key) {
            *figure = Figure { value: Some(value), raw: plain(value) };
        }
    }

    /// Both reports together.
    pub fn plus(&self, other: &Figures) -> Figures {
        let mut sum = self.clone();
        for (key, figure) in &mut sum.cells {
            let value = figure.value.unwrap_or(0.0) + other.cells.get(key).and_then(|f| f.value).unwrap_or(0.0);
            // Printed amounts carry a unit or none; together they carry one.
            let unit = if key.2 == "procurement_amount" { "元" } else { "" };
            *figure = Figure { value: Some(value), raw: format!("{}{unit}", plain(value)) };
        }
        sum
    }

    /// The form filled with the same text throughout.
    pub fn filled(&self, raw: &str) -> Figures {
        let value = raw.parse().ok();
        let cell = |k: &Key| (*k, Figure { value, raw: raw.to_owned() });
        Figures { edition: self.edition, cells: self.cells.keys().map(cell).collect() }
    }

    /// What is printed at the places for which `blank` holds goes; `sign` stands there.
    pub fn blank(&mut self, sign: &str, mut blank: impl FnMut(&Key) -> bool) {
        for (key, figure) in &mut self.cells {
            if blank(key) {
                *figure = Figure { value: None, raw: sign.to_owned() };
            }
        }
    }

    /// What a person reads of them.
    pub fn claims(&self) -> Claims {
        self.cells.iter().map(|(k, f)| (*k, Claim { value: f.value, must: true })).collect()
    }
}
