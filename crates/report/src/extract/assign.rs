//! Assignment: the values of one row to its columns.
//!
//! Owns what may be concluded from the number of values and blanks. Refuses every row whose columns cannot be told with
//! certainty, unless the form's own sums leave exactly one reading. Where columns stand is learned by `frame`.

use super::candidate::{Candidate, Fragment, Token};
use super::frame::Frame;
use super::number::{Printed, Reading, times};
use super::weights::Glued;
use crate::form::{CellKey, Edition};

/// How values came to their columns.
#[derive(Clone, Debug)]
pub(super) enum Assigned<'d> {
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
pub(super) fn assign<'d>(
    candidate: &Candidate<'d>,
    width: usize,
    frame: &Frame,
    weights: &Glued,
    fits: &dyn Fn(&[Token<'d>]) -> Option<bool>,
) -> Assigned<'d> {
    let tokens = drop_debris(&candidate.tokens, width);
    if width > 1
        && tokens.len() > 1
        && candidate.tokens.first().is_some_and(|t| t.text.len() > 1 && is_glued(candidate, t))
    {
        // Digits without separator behind the label are several cells: what other cells follow cannot be told.
        return Assigned::Unplaced;
    }
    let Some(lead) = tokens.iter().position(Token::is_printed) else { return Assigned::Unplaced };
    let trail = tokens.iter().rev().take_while(|t| !t.is_printed()).count();
    let body = &tokens[lead..tokens.len() - trail];
    // From the first column to the last everything is printed or counted.
    if body.len() == width {
        return if frame.may_lead(candidate, lead, width) {
            Assigned::Certain(body.to_vec())
        } else {
            Assigned::Unplaced
        };
    }
    if let [token] = tokens
        && width > 1
        && token.text.len() >= width
        && token.text.bytes().all(|b| b.is_ascii_digit())
    {
        return one_figure(candidate, *token, width, weights, fits);
    }
    if body.len() > width || tokens.len() < width {
        return Assigned::Unplaced;
    }
    // Some cells are blank: which ones must follow from cells that are there.
    if tokens.len() == candidate.tokens.len()
        && let Some(range) = frame.place(candidate, width)
    {
        return tokens.get(range).map_or(Assigned::Unplaced, |t| Assigned::Certain(t.to_vec()));
    }
    // The window that ends with the last figure, if that figure is the sum of the others.
    let end = tokens.len() - trail;
    // As many blanks before it are a blank row, and the values another one's.
    let window = end.checked_sub(width).filter(|from| *from < width).and_then(|from| tokens.get(from..end));
    match window {
        Some(window) if fits(window) == Some(true) && number(&window[width - 1]).is_some_and(|v| v != 0.0) => {
            Assigned::BySums(window.to_vec())
        }
        _ => Assigned::Unplaced,
    }
}

/// One figure alone may be what is left of the row. Glued to its label, or written as no number is, it is all its cells.
fn one_figure<'d>(
    candidate: &Candidate<'d>,
    token: Token<'d>,
    width: usize,
    weights: &Glued,
    fits: &dyn Fn(&[Token<'d>]) -> Option<bool>,
) -> Assigned<'d> {
    let odd = token.reading == Reading::Unreadable || token.text.len() > weights.figure_digits;
    let proven = |t: &[Token<'d>]| fits(t) == Some(true) && t.last().and_then(number).is_some_and(|v| v != 0.0);
    let (digits, budget) = (weights.cell_digits, weights.steps);
    let parts = Vec::with_capacity(width);
    match (Splits { token, width, fits, digits, budget, parts, solutions: Vec::new() }).only() {
        Assigned::BySums(parts) if odd || is_glued(candidate, &token) || proven(&parts) => Assigned::BySums(parts),
        _ => Assigned::Unplaced,
    }
}

/// Whether a figure is printed straight behind the label, within one line or cell: the cells of a grid touch in memory,
/// but not on the page.
fn is_glued(candidate: &Candidate<'_>, token: &Token<'_>) -> bool {
    let touches = |l: &Fragment<'_>| l.text.as_bytes().as_ptr_range().end == token.text.as_ptr();
    candidate.labels.last().is_some_and(|l| (l.row, l.column) == (token.row, token.column) && touches(l))
}

fn number(token: &Token<'_>) -> Option<f64> {
    match token.reading {
        Reading::Number { value, .. } => Some(value),
        _ => None,
    }
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
struct Splits<'f, 'd> {
    token: Token<'d>,
    width: usize,
    fits: &'f dyn Fn(&[Token<'d>]) -> Option<bool>,
    /// Most digits of a cell.
    digits: usize,
    /// Steps left.
    budget: u32,
    parts: Vec<Token<'d>>,
    solutions: Vec<Vec<Token<'d>>>,
}

impl<'d> Splits<'_, 'd> {
    fn only(mut self) -> Assigned<'d> {
        self.split(self.token.text);
        if self.budget == 0 || self.solutions.len() != 1 {
            return Assigned::Unplaced;
        }
        self.solutions.pop().map_or(Assigned::Unplaced, Assigned::BySums)
    }

    fn split(&mut self, rest: &'d str) {
        if self.budget == 0 || self.solutions.len() > 1 {
            return;
        }
        self.budget -= 1;
        let left = self.width - self.parts.len();
        if left == 0 {
            if rest.is_empty() && (self.fits)(&self.parts) != Some(false) {
                self.solutions.push(self.parts.clone());
            }
            return;
        }
        if rest.len() < left {
            return;
        }
        let longest = if rest.starts_with('0') { 1 } else { (rest.len() - left + 1).min(self.digits) };
        for length in 1..=longest {
            let (head, tail) = rest.split_at(length);
            let value = head.bytes().fold(0.0, |sum, b| sum * 10.0 + f64::from(b - b'0'));
            let reading = Reading::Number { value, unit: Printed::Nothing };
            self.parts.push(Token { text: head, reading, ..self.token });
            self.split(tail);
            self.parts.pop();
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    /// A number of things.
    Count,
    /// Money in 万元.
    TenThousandYuan,
    /// Money in 元 where the unit is printed.
    Yuan,
}

/// What a cell of the form holds.
#[must_use]
pub(super) fn quantity(edition: &Edition, key: CellKey) -> Quantity {
    match edition.unit(key) {
        "万元" => Quantity::TenThousandYuan,
        "" => Quantity::Yuan,
        _ => Quantity::Count,
    }
}

/// A cell's value in the unit of its column, and that unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A figure and its unit, `None` when nothing says the unit.
    Number(f64, Option<&'static str>),
    /// Printed blank.
    Blank,
    /// Cannot be read without guessing.
    Unreadable,
}

/// Reads a token as a value of a column. `heading_unit` is the unit that the page prints in the column's heading.
#[must_use]
pub(super) fn value(token: &Token<'_>, quantity: Quantity, heading_unit: Printed) -> Value {
    let (value, unit) = match token.reading {
        Reading::Number { value, unit } => (value, unit),
        Reading::Blank => return Value::Blank,
        Reading::Unreadable | Reading::Text => return Value::Unreadable,
    };
    let unit = if unit == Printed::Nothing && quantity != Quantity::Count { heading_unit } else { unit };
    match (quantity, unit) {
        (Quantity::Count, Printed::Nothing | Printed::Count | Printed::TenThousand) if value.fract() == 0.0 => {
            Value::Number(value, None)
        }
        (Quantity::TenThousandYuan, Printed::Nothing | Printed::TenThousandYuan) => Value::Number(value, Some("万元")),
        (Quantity::TenThousandYuan, Printed::TenThousand | Printed::Yuan) => {
            Value::Number(clean(value / 10_000.0), Some("万元"))
        }
        (Quantity::TenThousandYuan, Printed::HundredMillionYuan) => Value::Number(times(value, 10_000.0), Some("万元")),
        (Quantity::TenThousandYuan, Printed::ThousandYuan) => Value::Number(clean(value / 10.0), Some("万元")),
        (Quantity::TenThousandYuan, Printed::MillionYuan) => Value::Number(times(value, 100.0), Some("万元")),
        (Quantity::Yuan, Printed::ThousandYuan) => Value::Number(times(value, 1_000.0), Some("元")),
        (Quantity::Yuan, Printed::MillionYuan) => Value::Number(times(value, 1_000_000.0), Some("元")),
        (Quantity::Yuan, Printed::Nothing) => Value::Number(value, None),
        (Quantity::Yuan, Printed::Yuan | Printed::TenThousand) => Value::Number(value, Some("元")),
        (Quantity::Yuan, Printed::TenThousandYuan) => Value::Number(times(value, 10_000.0), Some("元")),
        (Quantity::Yuan, Printed::HundredMillionYuan) => Value::Number(times(value, 100_000_000.0), Some("元")),
        _ => Value::Unreadable,
    }
}

/// Quotients of decimals, free of binary dust.
fn clean(value: f64) -> f64 {
    (value * 1e10).round() / 1e10
}

#[cfg(test)]
mod tests {
    use super::super::number::read;
    use super::*;

    const GLUED: Glued = Glued { figure_digits: 9, cell_digits: 7, steps: 4000 };

    fn candidate(cells: &[&'static str]) -> Candidate<'static> {
        let tokens = cells.iter().map(|t| Token { text: t, reading: read(t), line: 1, row: 1, column: 0 }).collect();
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
    fn full_and_incomplete_rows() {
        let none = Frame::default();
        let with = |cells: &[&'static str], sums| {
            figures(assign(&candidate(cells), 3, &none, &GLUED, sums)).map(|f| f.join(","))
        };
        assert_eq!(with(&["", "1", "2", "3", ""], &|_| None).as_deref(), Some("1,2,3"));
        assert_eq!(with(&["1", "2"], &|_| None), None);
        assert_eq!(with(&["1", "2", "3", "4"], &|_| None), None);
        assert_eq!(with(&["1", "", "3"], &|_| None).as_deref(), Some("1,,3"));
        assert_eq!(with(&["-", "2", "-"], &|_| None).as_deref(), Some("-,2,-"), "a mark holds its place");
        assert_eq!(with(&["", "2", ""], &|_| None), None, "which columns these are is not known");
        assert_eq!(with(&["", "2", "2", ""], &total).as_deref(), Some(",2,2"), "only so does the sum hold");
        assert_eq!(with(&["", "0", "0", ""], &total), None, "zeros prove nothing");
        assert_eq!(with(&["", "", "", "1", "2", "3"], &|_| None), None, "a blank row and the values of another");
    }

    #[test]
    fn glued_digits() {
        let none = Frame::default();
        let joined = |text: &'static str, label: usize| {
            let (head, digits) = text.split_at(label);
            let label = Fragment {
                text: head.trim_end(),
                piece: 0,
                line: 1,
                row: 1,
                column: 0,
                blanks: 0,
                mark: "",
                span_bars: false,
            };
            let row = Candidate { labels: vec![label], ..candidate(&[digits]) };
            figures(assign(&row, 3, &none, &GLUED, &|_| None)).map(|f| f.join(" "))
        };
        assert_eq!(joined("规章210", 6).as_deref(), Some("2 1 0"));
        assert_eq!(joined("规章2100", 6), None);
        assert_eq!(joined("规章 210", 7), None, "what is left of a row with blanks");
        assert_eq!(
            figures(assign(&candidate(&["280000028"]), 7, &none, &GLUED, &total)).map(|f| f.join(" ")),
            Some("28 0 0 0 0 0 28".into())
        );
        assert_eq!(figures(assign(&candidate(&["1123"]), 3, &none, &GLUED, &total)), None, "1+12 or 11+2");
    }

    #[test]
    fn units_of_money() {
        let t = |text: &'static str| Token { text, reading: read(text), line: 1, row: 1, column: 0 };
        assert_eq!(value(&t("4.5万元"), Quantity::Yuan, Printed::Nothing), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("4.5万"), Quantity::Yuan, Printed::Nothing), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("4.5"), Quantity::Yuan, Printed::Nothing), Value::Number(4.5, None));
        assert_eq!(value(&t("4.5"), Quantity::Yuan, Printed::TenThousandYuan), Value::Number(45_000.0, Some("元")));
        assert_eq!(value(&t("12000元"), Quantity::TenThousandYuan, Printed::Nothing), Value::Number(1.2, Some("万元")));
        assert_eq!(value(&t("1.5"), Quantity::Count, Printed::Nothing), Value::Unreadable);
        assert_eq!(value(&t("3元"), Quantity::Count, Printed::Nothing), Value::Unreadable);
    }
}
