//! Assignment: the values of one row to its columns.
//!
//! Owns what may be concluded from the number of values and blanks. Refuses every row whose columns cannot be told with
//! certainty, unless the form's own sums leave exactly one reading.

use std::collections::HashMap;

use super::candidate::{Candidate, Token};
use super::number::{Printed, Reading, read, times};
use crate::form::{CellKey, Edition};

/// Blank cells that every full row of one layout has before and after its values: placeholders of spanned labels, spare
/// columns.
#[derive(Debug, Default)]
pub struct Margins {
    by_label: HashMap<u16, Option<(usize, usize)>>,
    /// Candidates whose cells are exactly as many as columns.
    direct: usize,
    /// Candidates with more or fewer.
    indirect: usize,
}

impl Margins {
    /// Learns from the rows that are full.
    pub fn learn<'a, 'd: 'a>(rows: impl Iterator<Item = (&'a Candidate<'d>, usize)>) -> Self {
        let mut margins = Self::default();
        for (candidate, width) in rows {
            let tokens = &candidate.tokens;
            if tokens.len() == width {
                margins.direct += 1;
            } else {
                margins.indirect += 1;
            }
            let lead = tokens.iter().take_while(|t| t.is_blank()).count();
            let body = tokens.len() - lead - tokens.iter().rev().take_while(|t| t.is_blank()).count().min(tokens.len() - lead);
            if candidate.filled() != width || body != width {
                continue;
            }
            let seen = (lead, tokens.len() - lead - width);
            margins
                .by_label
                .entry(candidate.label_column())
                .and_modify(|known| {
                    if *known != Some(seen) {
                        *known = None;
                    }
                })
                .or_insert(Some(seen));
        }
        margins
    }
}

/// How values came to their columns.
#[derive(Clone, Debug)]
pub enum Assigned<'d> {
    /// As printed: one token per column.
    Certain(Vec<Token<'d>>),
    /// One reading among several, the only one whose sums hold.
    BySums(Vec<Token<'d>>),
    /// Not certain.
    Unplaced,
}

/// Finds one token per column. `fits` says whether an assignment satisfies the form's sums within the row, `None` when
/// the form has no sum for it.
#[must_use]
pub fn assign<'d>(
    candidate: &Candidate<'d>,
    width: usize,
    margins: &Margins,
    fits: &dyn Fn(&[Token<'d>]) -> Option<bool>,
) -> Assigned<'d> {
    let tokens = drop_debris(&candidate.tokens, width);
    let lead = tokens.iter().take_while(|t| t.is_blank()).count();
    let trail = tokens.iter().rev().take_while(|t| t.is_blank()).count();
    if lead == tokens.len() {
        return Assigned::Unplaced;
    }
    let body = &tokens[lead..tokens.len() - trail];
    let filled = tokens.iter().filter(|t| !t.is_blank()).count();
    if body.len() == width && filled == width {
        return Assigned::Certain(body.to_vec());
    }
    if filled == 1 && width > 1 && body.len() == 1 {
        let token = body[0];
        if token.text.len() >= width && token.text.bytes().all(|b| b.is_ascii_digit()) && tokens.len() == 1 {
            return glued(token, width, fits);
        }
    }
    if body.len() > width || filled == width {
        return Assigned::Unplaced;
    }
    // Some cells are blank: which ones must follow from cells that are there.
    let slice = |from: usize| tokens.get(from..from + width).map(<[Token<'_>]>::to_vec);
    match margins.by_label.get(&candidate.label_column()) {
        Some(Some((lead, trail))) if tokens.len() == lead + width + trail => {
            return slice(*lead).map_or(Assigned::Unplaced, Assigned::Certain);
        }
        Some(_) => return Assigned::Unplaced,
        None if tokens.len() == width && margins.indirect == 0 => return Assigned::Certain(tokens.to_vec()),
        None => {}
    }
    if tokens.len() < width {
        return Assigned::Unplaced;
    }
    let mut only = None;
    for from in 0..=tokens.len() - width {
        let Some(window) = slice(from) else { continue };
        if window.iter().filter(|t| !t.is_blank()).count() == filled && fits(&window) == Some(true) {
            if only.is_some() {
                return Assigned::Unplaced;
            }
            only = Some(window);
        }
    }
    only.map_or(Assigned::Unplaced, Assigned::BySums)
}

/// A garbled label between label and values may look like a figure: with one token too many, a damaged first one goes.
fn drop_debris<'t, 'd>(tokens: &'t [Token<'d>], width: usize) -> &'t [Token<'d>] {
    let lead = tokens.iter().take_while(|t| t.is_blank()).count();
    let filled = tokens.iter().filter(|t| !t.is_blank()).count();
    match tokens.get(lead) {
        Some(first) if first.reading == Reading::Unreadable && filled == width + 1 => &tokens[lead + 1..],
        _ => tokens,
    }
}

/// `0000000`, `28000000028`: digits of several cells without separator. One digit per cell is the only reading when
/// there are as many digits as cells; otherwise the sums must leave exactly one.
fn glued<'d>(token: Token<'d>, width: usize, fits: &dyn Fn(&[Token<'d>]) -> Option<bool>) -> Assigned<'d> {
    let mut solutions = Vec::new();
    let mut parts: Vec<Token<'d>> = Vec::with_capacity(width);
    let mut budget = 20_000_u32;
    split(token, token.text, width, &mut parts, &mut solutions, &mut budget, fits);
    if budget == 0 || solutions.len() != 1 {
        return Assigned::Unplaced;
    }
    solutions.pop().map_or(Assigned::Unplaced, Assigned::BySums)
}

fn split<'d>(
    token: Token<'d>,
    rest: &'d str,
    width: usize,
    parts: &mut Vec<Token<'d>>,
    solutions: &mut Vec<Vec<Token<'d>>>,
    budget: &mut u32,
    fits: &dyn Fn(&[Token<'d>]) -> Option<bool>,
) {
    if *budget == 0 || solutions.len() > 1 {
        return;
    }
    *budget -= 1;
    let left = width - parts.len();
    if left == 0 {
        if rest.is_empty() && fits(parts) != Some(false) {
            solutions.push(parts.clone());
        }
        return;
    }
    if rest.len() < left {
        return;
    }
    let longest = if rest.starts_with('0') { 1 } else { (rest.len() - left + 1).min(7) };
    for length in 1..=longest {
        let (head, tail) = rest.split_at(length);
        parts.push(Token { text: head, reading: read(head), ..token });
        split(token, tail, width, parts, solutions, budget, fits);
        parts.pop();
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of things.
    Count,
    /// Money in 万元.
    TenThousandYuan,
    /// Money in 元 where the unit is printed.
    Yuan,
}

/// What a cell of the form holds.
#[must_use]
pub fn kind(edition: &Edition, key: CellKey) -> Kind {
    match edition.unit(key) {
        "万元" => Kind::TenThousandYuan,
        "" => Kind::Yuan,
        _ => Kind::Count,
    }
}

/// A cell's value in the unit of its column, and that unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A figure and its unit, `None` when nothing says the unit.
    Number(f64, Option<&'static str>),
    /// Printed blank.
    Blank,
    /// Cannot be read without guessing.
    Unreadable,
}

/// Reads a token as a value of a column. `heading_unit` is the unit that the page prints in the column's heading.
#[must_use]
pub fn value(token: &Token<'_>, kind: Kind, heading_unit: Printed) -> Value {
    let (value, unit) = match token.reading {
        Reading::Number { value, unit } => (value, unit),
        Reading::Blank => return Value::Blank,
        Reading::Unreadable | Reading::Text => return Value::Unreadable,
    };
    let unit = if unit == Printed::Nothing && kind != Kind::Count { heading_unit } else { unit };
    match (kind, unit) {
        (Kind::Count, Printed::Nothing | Printed::Count | Printed::TenThousand) if value.fract() == 0.0 => {
            Value::Number(value, None)
        }
        (Kind::TenThousandYuan, Printed::Nothing | Printed::TenThousandYuan) => Value::Number(value, Some("万元")),
        (Kind::TenThousandYuan, Printed::TenThousand) => Value::Number(clean(value / 10_000.0), Some("万元")),
        (Kind::TenThousandYuan, Printed::Yuan) => Value::Number(clean(value / 10_000.0), Some("万元")),
        (Kind::TenThousandYuan, Printed::HundredMillionYuan) => Value::Number(times(value, 10_000.0), Some("万元")),
        (Kind::Yuan, Printed::Nothing) => Value::Number(value, None),
        (Kind::Yuan, Printed::Yuan | Printed::TenThousand) => Value::Number(value, Some("元")),
        (Kind::Yuan, Printed::TenThousandYuan) => Value::Number(times(value, 10_000.0), Some("元")),
        (Kind::Yuan, Printed::HundredMillionYuan) => Value::Number(times(value, 100_000_000.0), Some("元")),
        _ => Value::Unreadable,
    }
}

/// Quotients of decimals, free of binary dust.
fn clean(value: f64) -> f64 {
    (value * 1e10).round() / 1e10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(cells: &[&'static str]) -> Candidate<'static> {
        let tokens = cells.iter().map(|t| Token { text: t, reading: read(t), line: 1 }).collect();
        Candidate { tokens, ..Candidate::default() }
    }

    fn figures(assigned: Assigned<'_>) -> Option<Vec<String>> {
        match assigned {
            Assigned::Certain(t) | Assigned::BySums(t) => Some(t.iter().map(|t| t.text.to_owned()).collect()),
            Assigned::Unplaced => None,
        }
    }

    /// The last column is the sum of the others.
    fn total(tokens: &[Token<'_>]) -> Option<bool> {
        let v = |t: &Token<'_>| match t.reading {
            Reading::Number { value, .. } => value,
            _ => 0.0,
        };
        let (last, others) = tokens.split_last()?;
        Some((others.iter().map(v).sum::<f64>() - v(last)).abs() < 1e-9)
    }

    #[test]
    fn full_rows_and_margins() {
        let none = Margins::default();
        assert_eq!(figures(assign(&candidate(&["", "1", "2", "3", ""]), 3, &none, &|_| None)), Some(vec!["1".into(), "2".into(), "3".into()]));
        assert_eq!(figures(assign(&candidate(&["1", "2"]), 3, &none, &|_| None)), None);
        assert_eq!(figures(assign(&candidate(&["1", "2", "3", "4"]), 3, &none, &|_| None)), None);
        assert_eq!(figures(assign(&candidate(&["1", "", "3"]), 3, &none, &|_| None)).map(|f| f.len()), Some(3));
        let full = [candidate(&["", "1", "2", "3"])];
        let margins = Margins::learn(full.iter().map(|c| (c, 3)));
        assert_eq!(figures(assign(&candidate(&["", "", "2", ""]), 3, &margins, &|_| None)), Some(vec!["".into(), "2".into(), "".into()]));
        assert_eq!(figures(assign(&candidate(&["", "2", ""]), 3, &margins, &|_| None)), None, "one cell short: which one is not known");
    }

    #[test]
    fn glued_digits() {
        let none = Margins::default();
        assert_eq!(figures(assign(&candidate(&["210"]), 3, &none, &|_| None)), Some(vec!["2".into(), "1".into(), "0".into()]));
        assert_eq!(figures(assign(&candidate(&["2100"]), 3, &none, &|_| None)), None);
        assert_eq!(figures(assign(&candidate(&["280000028"]), 7, &none, &total)).map(|f| f.join(" ")), Some("28 0 0 0 0 0 28".into()));
        assert_eq!(figures(assign(&candidate(&["1123"]), 3, &none, &total)), None, "1+12 or 11+2");
    }

    #[test]
    fn units_of_money() {
        let t = |text: &'static str| Token { text, reading: read(text), line: 1 };
        assert_eq!(value(&t("4.5万元"), Kind::Yuan, Printed::Nothing), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("4.5万"), Kind::Yuan, Printed::Nothing), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("4.5"), Kind::Yuan, Printed::Nothing), Value::Number(4.5, None));
        assert_eq!(value(&t("4.5"), Kind::Yuan, Printed::TenThousandYuan), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("12000元"), Kind::TenThousandYuan, Printed::Nothing), Value::Number(1.2, Some("万元")));
        assert_eq!(value(&t("1.5"), Kind::Count, Printed::Nothing), Value::Unreadable);
        assert_eq!(value(&t("3元"), Kind::Count, Printed::Nothing), Value::Unreadable);
    }
}
