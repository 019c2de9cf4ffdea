//! The official forms as data: editions, their tables, rows, columns, printed sums, and the harmonised series.
//!
//! Owns the meaning of `data/editions/*.toml` and `data/harmonised.toml`. Refuses to look at reports: what a page
//! really prints is the business of `extract`. A new edition is a new file there and no change here.

mod edition;
mod expr;
mod load;

pub use edition::{
    CellKey, Column, Edition, FormLine, Forms, Group, Identity, Layout, Row, Section, Series, SeriesIn, Table,
};
pub use expr::{Compare, Expr, Term};
pub use load::{load, load_of};
