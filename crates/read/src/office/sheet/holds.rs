//! What the places of a sheet hold.
//!
//! Owns filled places, merged areas and formulas without a result. Refuses to know what of them is seen.

use std::rc::Rc;

use super::super::format::Format;
use super::super::formula::Expr;

/// A merged area, last row and column included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// What a place holds, besides its text.
#[derive(Clone, Debug, Default)]
pub(in crate::office) enum Holds {
    #[default]
    Text,
    Number(f64),
    Error,
    /// A formula whose result is not stored, or not to be believed. The text is what stands if it cannot be computed.
    Formula(Box<Formula>),
}

/// A formula without a result.
#[derive(Clone, Debug, Default)]
pub(in crate::office) struct Formula {
    /// What it computes; `None` if that is not known here.
    pub expr: Option<Rc<Expr>>,
    /// Rows and columns between where it is written and where it stands.
    pub by: (i64, i64),
    /// The result that is stored. Not every program that writes one has computed it.
    pub stored: Option<f64>,
    /// Programs compute it when they open the file; otherwise some do and some show what is stored.
    pub fresh: bool,
    /// How its result is shown.
    pub format: Rc<Format>,
    /// Zeros are not shown.
    pub no_zeros: bool,
    /// Days count from 1904.
    pub is_1904: bool,
}

/// A place that is filled.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub row: u32,
    pub column: u32,
    pub text: String,
    pub holds: Holds,
}
