//! Formulas of an XLS workbook: operands and operators in the order in which they are computed.
//!
//! Owns which tokens are computed. Refuses all else as a whole.

use std::rc::Rc;

use super::super::formula::{Expr, Index, MAX_DEPTH, Operator, Place};
use crate::bytes::{f64_at, u16_at};

/// Numbers of functions.
const SUM: u16 = 4;
const ROUND: u16 = 27;
/// Operands that wait.
const MAX_STACK: usize = 256;

/// Reads the tokens of a formula. `wide`: those of Excel 97 and later; `sheet` names the sheets of three-dimensional
/// references by their number.
pub(super) fn parse(tokens: &[u8], wide: bool, sheet: &dyn Fn(u16) -> Option<Rc<str>>) -> Option<Expr> {
    let mut tokens = Tokens { rest: tokens, wide, stack: Vec::new(), sheet };
    while let Some((token, rest)) = tokens.rest.split_first() {
        tokens.rest = rest;
        tokens.token(*token)?;
    }
    let (expr, _) = tokens.stack.pop()?;
    tokens.stack.is_empty().then_some(expr)
}

struct Tokens<'a> {
    rest: &'a [u8],
    wide: bool,
    /// Operands, and how deep each is.
    stack: Vec<(Expr, usize)>,
    sheet: &'a dyn Fn(u16) -> Option<Rc<str>>,
}

impl Tokens<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn push(&mut self, expr: Expr, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH || self.stack.len() >= MAX_STACK {
            return None;
        }
        self.stack.push((expr, depth));
        Some(())
    }

    fn token(&mut self, token: u8) -> Option<()> {
        // The upper bits say whether a value or a reference is wanted.
        let kind = if token < 0x20 { token } else { token & 0x1F | 0x20 };
        match kind {
            0x03 => self.two(Operator::Plus),
            0x04 => self.two(Operator::Minus),
            0x05 => self.two(Operator::Times),
            0x06 => self.two(Operator::Over),
            0x12 | 0x15 => Some(()),
            0x13 | 0x14 => {
                let (of, depth) = self.stack.pop()?;
                let make = if kind == 0x13 { Expr::Negative } else { Expr::Percent };
                self.push(make(Box::new(of)), depth + 1)
            }
            0x19 => self.attribute(),
            0x1E => {
                let number = u16_at(self.take(2)?, 0)?;
                self.push(Expr::Number(f64::from(number)), 1)
            }
            0x1F => {
                let number = f64_at(self.take(8)?, 0)?;
                self.push(Expr::Number(number), 1)
            }
            0x21 => {
                let function = u16_at(self.take(2)?, 0)?;
                let ((places, below), (of, deep)) = (self.stack.pop()?, self.stack.pop()?);
                let round = (function == ROUND).then(|| Expr::Round(Box::new(of), Box::new(places)))?;
                self.push(round, below.max(deep) + 1)
            }
            0x22 => {
                let data = self.take(3)?;
                let (count, function) = (usize::from(*data.first()?), u16_at(data, 1)?);
                if function == SUM { self.sum(count) } else { None }
            }
            0x24 | 0x25 => self.reference(kind == 0x25, None),
            0x2A | 0x2B => self.lost(kind == 0x2B),
            0x3A | 0x3B if self.wide => {
                let number = u16_at(self.take(2)?, 0)?;
                let sheet = (self.sheet)(number)?;
                self.reference(kind == 0x3B, Some(&sheet))
            }
            0x3C | 0x3D if self.wide => {
                self.take(2)?;
                self.lost(kind == 0x3D)
            }
            _ => None,
        }
    }

    fn two(&mut self, operator: Operator) -> Option<()> {
        let ((right, below), (left, deep)) = (self.stack.pop()?, self.stack.pop()?);
        // Operations one after another do not nest.
        let depth = if matches!(left, Expr::Chain(..)) { deep.max(below + 1) } else { deep.max(below) + 1 };
        self.push(Expr::two(operator, left, right), depth)
    }

    /// What concerns the computing, or only how a formula is written.
    fn attribute(&mut self) -> Option<()> {
        match self.take(3)?.first()? {
            // A sum of one argument has a token of its own.
            kind if kind & 0x10 != 0 => self.sum(1),
            0x00 | 0x01 | 0x40 | 0x41 => Some(()),
            _ => None,
        }
    }

    fn sum(&mut self, count: usize) -> Option<()> {
        let first = self.stack.len().checked_sub(count)?;
        let arguments: Vec<(Expr, usize)> = self.stack.drain(first..).collect();
        let depth = arguments.iter().map(|a| a.1).max()?;
        self.push(Expr::Sum(arguments.into_iter().map(|a| a.0).collect()), depth + 1)
    }

    fn lost(&mut self, area: bool) -> Option<()> {
        let size = if self.wide { 4 } else { 3 };
        self.take(if area { size * 2 } else { size })?;
        self.push(Expr::Lost, 1)
    }

    fn reference(&mut self, area: bool, sheet: Option<&Rc<str>>) -> Option<()> {
        let wide = self.wide;
        let place = |row: u16, column: u16| {
            // Excel 97 keeps the marks beside the column, Excel 5 beside the row.
            let marks = if wide { column } else { row };
            let index = |at: u16, mark: u16| Index { at: u32::from(at), moves: marks & mark != 0 };
            let row = index(if wide { row } else { row & 0x3FFF }, 0x8000);
            Place { sheet: sheet.cloned(), row, column: index(column & 0xFF, 0x4000) }
        };
        let count = if area { 2 } else { 1 };
        let data = self.take(count * if wide { 4 } else { 3 })?;
        let row = |number: usize| u16_at(data, number * 2);
        let columns = count * 2;
        let column = |number: usize| {
            if wide { u16_at(data, columns + number * 2) } else { data.get(columns + number).copied().map(u16::from) }
        };
        let from = place(row(0)?, column(0)?);
        let expr = if area { Expr::Area(from, place(row(1)?, column(1)?)) } else { Expr::Cell(from) };
        self.push(expr, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::formula;
    use super::*;

    #[test]
    fn the_same_as_in_text() {
        let sheet = |number: u16| (number == 1).then(|| Rc::from("表"));
        for (tokens, text) in [
            // An area, and the token for its sum.
            (&[0x25, 4, 0, 4, 0, 3, 0xC0, 8, 0xC0, 0x19, 0x10, 0, 0][..], "SUM(D5:I5)"),
            (&[0x44, 4, 0, 3, 0xC0, 0x44, 4, 0, 4, 0xC0, 0x03, 0x1E, 2, 0, 0x04], "D5+E5-2"),
            (&[0x3A, 1, 0, 0, 0, 0, 0], "表!$A$1"),
            (&[0x25, 0, 0, 1, 0, 0, 0xC0, 0, 0xC0, 0x44, 8, 0, 0, 0xC0, 0x22, 2, 4, 0], "SUM(A1:A2,A9)"),
            (&[0x44, 0, 0, 0, 0xC0, 0x1E, 2, 0, 0x41, 27, 0], "ROUND(A1,2)"),
            (&[0x24, 0, 0, 0, 0xC0, 0x14, 0x13, 0x15], "-A1%"),
            (&[0x2A, 0, 0, 0, 0], "#REF!"),
        ] {
            assert_eq!(parse(tokens, true, &sheet), formula::parse(text), "{text}");
        }
        let old = [0x25, 4, 0xC0, 4, 0xC0, 3, 8, 0x19, 0x10, 0, 0];
        assert_eq!(parse(&old, false, &sheet), formula::parse("SUM(D5:I5)"));
    }

    #[test]
    fn what_is_not_computed() {
        let none = |_: u16| None;
        for tokens in
            [&[][..], &[0x03], &[0x01, 0, 0, 0, 0], &[0x1E, 1], &[0x3A, 0, 0, 0, 0, 0, 0], &[0x1E, 1, 0, 0x1E, 1, 0]]
        {
            assert_eq!(parse(tokens, true, &none), None, "{tokens:?}");
        }
        let deep = [&[0x1E, 1, 0][..], &[0x13; 10_000]].concat();
        assert_eq!(parse(&deep, true, &none), None);
        let long = [&[0x1E, 1, 0][..], &[0x1E, 1, 0, 0x03].repeat(5_000)].concat();
        assert!(parse(&long, true, &none).is_some());
    }
}
