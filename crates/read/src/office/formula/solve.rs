//! Formulas get their results, from the values of cells that are stored and from each other's.
//!
//! Owns what sums, references and arithmetic give, as Excel has it: sums pass over texts, blanks count as nothing, what
//! refers to an error is one. Refuses to guess: circles, chains that are too long and what is not computed stay unknown.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Expr, Index, Operator, Place};
use crate::seen::is_figure;

/// Formulas that wait for each other.
const MAX_CHAIN: usize = 32;
/// Cells looked at for all formulas of a workbook.
const MAX_LOOKS: usize = 1_000_000;
/// Significant digits that Excel keeps.
const DIGITS: usize = 15;

/// What a cell holds, as formulas see it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::office) enum Value {
    Blank,
    Number(f64),
    Text(Rc<str>),
    /// An error, as it is shown.
    Error(Rc<str>),
    /// Not known.
    Unknown,
}

/// Where a cell stands: number of its sheet, row, column.
pub(in crate::office) type At = (usize, u32, u32);

/// Cells, as formulas see them.
pub(in crate::office) trait Cells {
    /// The number of a sheet.
    fn sheet(&self, name: &str) -> Option<usize>;
    /// What is stored in a cell: a value, or a formula and how far it was moved from where it is written.
    fn stored(&self, at: At) -> Stored;
    /// The filled cells of an area, last row and column included, and how many cells were looked at to find them;
    /// `None` if these would be more than `most`.
    fn filled(&self, sheet: usize, rows: (u32, u32), columns: (u32, u32), most: usize) -> Option<(Vec<At>, usize)>;
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub(in crate::office) enum Stored {
    Value(Value),
    /// The last is a result that stands if it cannot be computed.
    Formula(Option<Rc<Expr>>, (i64, i64), Option<f64>),
}

/// Computes.
pub(in crate::office) struct Solver<'a, C> {
    cells: &'a C,
    /// Results; `None` while they are being computed.
    known: HashMap<At, Option<Value>>,
    looks: usize,
    chain: usize,
}

impl<'a, C: Cells> Solver<'a, C> {
    pub(in crate::office) fn new(cells: &'a C) -> Self {
        Self { cells, known: HashMap::new(), looks: 0, chain: 0 }
    }

    /// The value of a cell.
    pub(in crate::office) fn value(&mut self, at: At) -> Value {
        self.looks = self.looks.saturating_add(1);
        if self.looks > MAX_LOOKS {
            return Value::Unknown;
        }
        if let Some(known) = self.known.get(&at) {
            return known.clone().unwrap_or(Value::Unknown);
        }
        let (expr, by, stored) = match self.cells.stored(at) {
            Stored::Value(value) => return value,
            Stored::Formula(Some(expr), by, stored) if self.chain < MAX_CHAIN => (expr, by, stored),
            Stored::Formula(_, _, stored) => return stored.map_or(Value::Unknown, Value::Number),
        };
        self.known.insert(at, None);
        self.chain = self.chain.saturating_add(1);
        let value = match self.of(&expr, at.0, by) {
            // A reference to a blank shows a zero.
            Value::Blank => Value::Number(0.0),
            Value::Number(number) => Value::Number(tidy(number)),
            Value::Unknown => stored.map_or(Value::Unknown, Value::Number),
            other => other,
        };
        self.chain = self.chain.saturating_sub(1);
        // What was cut off because its chain was long may be known to a shorter one.
        if value == Value::Unknown && self.chain > 0 {
            self.known.remove(&at);
        } else {
            self.known.insert(at, Some(value.clone()));
        }
        value
    }

    fn of(&mut self, expr: &Expr, sheet: usize, by: (i64, i64)) -> Value {
        match expr {
            Expr::Number(number) => Value::Number(*number),
            Expr::Lost => Value::Error("#REF!".into()),
            Expr::Cell(place) => match self.at(place, sheet, by) {
                Ok(at) => self.value(at),
                Err(value) => value,
            },
            // An area where one value is wanted.
            Expr::Area(..) => Value::Unknown,
            Expr::Negative(of) => self.with(of, sheet, by, |n| Some(-n)),
            Expr::Percent(of) => self.with(of, sheet, by, |n| Some(n / 100.0)),
            Expr::Round(of, places) => {
                let Value::Number(places) = self.of(places, sheet, by) else { return Value::Unknown };
                self.with(of, sheet, by, |n| rounded(n, places))
            }
            Expr::Chain(first, rest) => self.chain(first, rest, sheet, by),
            Expr::Sum(of) => self.sum(of, sheet, by),
        }
    }

    fn chain(&mut self, first: &Expr, rest: &[(Operator, Expr)], sheet: usize, by: (i64, i64)) -> Value {
        let mut value = match figure(self.of(first, sheet, by)) {
            Ok(value) => value,
            Err(other) => return other,
        };
        for (operator, expr) in rest {
            let next = match figure(self.of(expr, sheet, by)) {
                Ok(next) => next,
                Err(other) => return other,
            };
            value = match operator {
                Operator::Plus => value + next,
                Operator::Minus => value - next,
                Operator::Times => value * next,
                Operator::Over if next == 0.0 => return Value::Error("#DIV/0!".into()),
                Operator::Over => value / next,
            };
        }
        Value::Number(value)
    }

    fn with(&mut self, of: &Expr, sheet: usize, by: (i64, i64), make: impl Fn(f64) -> Option<f64>) -> Value {
        match figure(self.of(of, sheet, by)) {
            Ok(number) => make(number).map_or(Value::Unknown, Value::Number),
            Err(other) => other,
        }
    }

    fn sum(&mut self, of: &[Expr], sheet: usize, by: (i64, i64)) -> Value {
        let mut sum = 0.0;
        for expr in of {
            let cells = match expr {
                Expr::Area(from, to) => match self.area(from, to, sheet, by) {
                    Ok(cells) => cells,
                    Err(value) => return value,
                },
                Expr::Cell(place) => match self.at(place, sheet, by) {
                    Ok(at) => vec![at],
                    Err(value) => return value,
                },
                other => {
                    match figure(self.of(other, sheet, by)) {
                        Ok(number) => sum += number,
                        Err(other) => return other,
                    }
                    continue;
                }
            };
            for at in cells {
                match self.value(at) {
                    Value::Number(number) => sum += number,
                    // Programs pass over figures that are stored as text: whoever wrote that did not mean it.
                    Value::Text(text) if is_figure(&text) => return Value::Unknown,
                    Value::Blank | Value::Text(_) => {}
                    other => return other,
                }
            }
        }
        Value::Number(sum)
    }

    fn area(&mut self, from: &Place, to: &Place, sheet: usize, by: (i64, i64)) -> Result<Vec<At>, Value> {
        let (first, last) = (self.at(from, sheet, by)?, self.at(to, sheet, by)?);
        // Areas through several sheets are not computed.
        if to.sheet.is_some() && first.0 != last.0 {
            return Err(Value::Unknown);
        }
        let between = |a: u32, b: u32| (a.min(b), a.max(b));
        let most = MAX_LOOKS.saturating_sub(self.looks);
        let found = self.cells.filled(first.0, between(first.1, last.1), between(first.2, last.2), most);
        let (cells, looked) = found.ok_or(Value::Unknown)?;
        self.looks = self.looks.saturating_add(looked);
        Ok(cells)
    }

    fn at(&self, place: &Place, sheet: usize, (down, right): (i64, i64)) -> Result<At, Value> {
        let sheet = match &place.sheet {
            Some(name) => self.cells.sheet(name).ok_or_else(|| Value::Error("#REF!".into()))?,
            None => sheet,
        };
        let moved = |index: Index, by: i64| {
            let by = if index.moves { by } else { 0 };
            u32::try_from(i64::from(index.at).saturating_add(by)).map_err(|_| Value::Error("#REF!".into()))
        };
        Ok((sheet, moved(place.row, down)?, moved(place.column, right)?))
    }
}

/// A value that stands in arithmetic.
fn figure(value: Value) -> Result<f64, Value> {
    match value {
        Value::Number(number) => Ok(number),
        Value::Blank => Ok(0.0),
        Value::Text(text) => {
            let number = text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
            number.ok_or_else(|| Value::Error("#VALUE!".into()))
        }
        other => Err(other),
    }
}

fn rounded(number: f64, places: f64) -> Option<f64> {
    let factor = 10_f64.powi((-12.0..=12.0).contains(&places).then_some(places as i32)?);
    Some((tidy(number * factor)).round() / factor)
}

/// A result without binary dust.
fn tidy(number: f64) -> f64 {
    if !number.is_finite() || number.fract() == 0.0 {
        return number;
    }
    format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// One sheet called `表`: its cells by row and column.
    struct Sheet(HashMap<(u32, u32), Stored>);

    impl Cells for Sheet {
        fn sheet(&self, name: &str) -> Option<usize> {
            (name == "表").then_some(0)
        }

        fn stored(&self, (_, row, column): At) -> Stored {
            self.0.get(&(row, column)).cloned().unwrap_or(Stored::Value(Value::Blank))
        }

        fn filled(&self, sheet: usize, rows: (u32, u32), columns: (u32, u32), most: usize) -> Option<(Vec<At>, usize)> {
            let mut found: Vec<At> = self.0.keys().map(|(r, c)| (sheet, *r, *c)).collect();
            found.retain(|a| (rows.0..=rows.1).contains(&a.1) && (columns.0..=columns.1).contains(&a.2));
            found.sort_unstable();
            let looked = found.len();
            (looked <= most).then_some((found, looked))
        }
    }

    /// The value of the last of the cells of a column; formulas begin with `=`, errors with `#`.
    fn last(cells: &[&str]) -> Value {
        let stored = |text: &&str| match text.strip_prefix('=') {
            Some(formula) => Stored::Formula(parse(formula).map(Rc::new), (0, 0), None),
            None if text.starts_with('#') => Stored::Value(Value::Error((*text).into())),
            None => Stored::Value(match text.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(text.trim_matches('\'').into()),
            }),
        };
        let sheet = Sheet((0..).map(|r| (r, 0)).zip(cells.iter().map(stored)).collect());
        Solver::new(&sheet).value((0, u32::try_from(cells.len()).unwrap() - 1, 0))
    }

    #[test]
    fn results() {
        for (cells, value) in [
            (&["1", "2", "'x'", "=SUM(A1:A3)"][..], 3.0),
            (&["1", "2", "=A1+A2", "=SUM(A1:A3,A3)*2"], 18.0),
            (&["'甲'", "=SUM(A1:A1)"], 0.0),
            (&["'12'", "=A1+0"], 12.0),
            (&["=表!Z9"], 0.0),
            (&["0.1", "0.2", "=A1+A2"], 0.3),
            (&["7", "=A1%"], 0.07),
            (&["1.005", "=ROUND(A1*100,0)/100"], 1.01),
            (&["=-(2-5)/2"], 1.5),
        ] {
            assert_eq!(last(cells), Value::Number(value), "{cells:?}");
        }
        assert_eq!(last(&["'甲'", "=A1"]), Value::Text("甲".into()));
    }

    #[test]
    fn errors_and_what_is_not_known() {
        let error = |text: &str| Value::Error(text.into());
        assert_eq!(last(&["#N/A", "1", "=SUM(A1:A2)"]), error("#N/A"));
        assert_eq!(last(&["'甲'", "=A1+1"]), error("#VALUE!"));
        assert_eq!(last(&["=1/0"]), error("#DIV/0!"));
        assert_eq!(last(&["=没有!A1"]), error("#REF!"));
        for cells in
            [&["=A1"][..], &["=A2+1", "=SUM(A1:A1)"], &["=IF(1,2,3)", "=A1+1"], &["=A1:A1"], &["'12'", "=SUM(A1:A1)"]]
        {
            assert_eq!(last(cells), Value::Unknown, "{cells:?}");
        }
    }

    #[test]
    fn long_chains_and_large_areas_end() {
        let chain: Vec<String> = (3..3_000).map(|n| format!("=A{n}+1")).chain(["=1".to_owned()]).collect();
        let cells: Vec<&str> = std::iter::once("=A2").chain(chain.iter().map(String::as_str)).collect();
        let stored = |text: &&str| Stored::Formula(parse(text.trim_start_matches('=')).map(Rc::new), (0, 0), None);
        let sheet = Sheet((0..).map(|r| (r, 0)).zip(cells.iter().map(stored)).collect());
        let mut solver = Solver::new(&sheet);
        assert_eq!(solver.value((0, 0, 0)), Value::Unknown);
        assert_eq!(solver.value((0, 2_990, 0)), Value::Number(9.0));
        let sums = Sheet((0..100).map(|r| ((r, 0), Stored::Value(Value::Number(1.0)))).collect());
        let mut solver = Solver { cells: &sums, known: HashMap::new(), looks: MAX_LOOKS - 50, chain: 0 };
        let sum = parse("SUM(A1:A100)").unwrap();
        assert_eq!(solver.of(&sum, 0, (0, 0)), Value::Unknown);
    }

    #[test]
    fn moved_formulas() {
        let sheet = Sheet(HashMap::from([((4, 2), Stored::Value(Value::Number(7.0)))]));
        let mut solver = Solver::new(&sheet);
        let cell = parse("A1").unwrap();
        assert_eq!(solver.of(&cell, 0, (4, 2)), Value::Number(7.0));
        assert_eq!(solver.of(&cell, 0, (-1, 0)), Value::Error("#REF!".into()));
        assert_eq!(solver.of(&parse("$A$1").unwrap(), 0, (4, 2)), Value::Blank);
    }
}
