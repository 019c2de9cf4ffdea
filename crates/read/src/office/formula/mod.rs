//! Formulas whose result a workbook does not hold, or holds as a zero that nobody computed.
//!
//! Owns sums, references and plain arithmetic, in the notations of XLSX, ODS and XLS. Refuses every other function: what
//! such a formula gives is not known, and that is said.

mod expr;
mod parse;
pub(super) mod solve;

pub(super) use self::expr::{Expr, Index, MAX_DEPTH, Operator, Place};
pub(super) use self::parse::parse;
