//! What a formula is, whatever notation it was written in.
//!
//! Owns expressions and the cells that they refer to. Refuses to read or to compute them.

use std::rc::Rc;

/// Parts within parts of a formula.
pub(in crate::office) const MAX_DEPTH: usize = 16;

/// A row or column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) struct Index {
    pub at: u32,
    /// It moves with the cell that the formula is copied to.
    pub moves: bool,
}

/// A cell that a formula refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::office) struct Place {
    /// Its sheet, if that is not the formula's.
    pub sheet: Option<Rc<str>>,
    pub row: Index,
    pub column: Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::office) enum Expr {
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
    pub(in crate::office) fn two(operator: Operator, left: Self, right: Self) -> Self {
        match left {
            Self::Chain(first, mut rest) => {
                rest.push((operator, right));
                Self::Chain(first, rest)
            }
            first => Self::Chain(Box::new(first), vec![(operator, right)]),
        }
    }

    /// Visits the sheets that it refers to by name.
    pub(in crate::office) fn sheets(&self, see: &mut dyn FnMut(&Rc<str>)) {
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
