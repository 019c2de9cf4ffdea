//! Formulas whose result a workbook does not hold, or holds as a zero that nobody computed.
//!
//! Owns sums, references and plain arithmetic, in the notations of XLSX, ODS and XLS. Refuses every other function: what
//! such a formula gives is not known, and that is said.

mod parse;
pub(super) mod solve;

use std::rc::Rc;

pub(super) use self::parse::parse;

/// Parts within parts of a formula.
pub(super) const MAX_DEPTH: usize = 16;

/// A row or column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Index {
    pub at: u32,
    /// It moves with the cell that the formula is copied to.
    pub moves: bool,
}

/// A cell that a formula refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its sheet, if that is not the formula's.
    pub sheet: Option<Rc<str>>,
    pub row: Index,
    pub column: Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Number(f64),
    Cell(Place),
    Area(Place, Place),
    /// A reference to what is no longer there.
    Lost,
    Negative(Box<Expr>),
    Percent(Box<Expr>),
    /// A first value, and what is done to it one after another: long sums must not nest.
    Chain(Box<Expr>, Vec<(Operator, Expr)>),
    Sum(Vec<Expr>),
    Round(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// Two expressions with an operator between them.
    pub(super) fn two(operator: Operator, left: Self, right: Self) -> Self {
        match left {
            Self::Chain(first, mut rest) => {
                rest.push((operator, right));
                Self::Chain(first, rest)
            }
            first => Self::Chain(Box::new(first), vec![(operator, right)]),
        }
    }

    /// Visits the sheets that it refers to by name.
    pub(super) fn sheets(&self, see: &mut dyn FnMut(&Rc<str>)) {
        match self {
            Self::Number(_) | Self::Lost => {}
            Self::Cell(place) => place.sheet.iter().for_each(see),
            Self::Area(from, to) => from.sheet.iter().chain(&to.sheet).for_each(see),
            Self::Negative(of) | Self::Percent(of) => of.sheets(see),
            Self::Chain(first, rest) => {
                first.sheets(see);
                rest.iter().for_each(|(_, e)| e.sheets(see));
            }
            Self::Round(of, places) => {
                of.sheets(see);
                places.sheets(see);
            }
            Self::Sum(of) => of.iter().for_each(|e| e.sheets(see)),
        }
    }
}
