//! The values of a frame row by row, for writing.
//!
//! Owns stepping through columns of every type side by side. Refuses to format. A value asked of a column by its row
//! costs more than writing it: columns are walked instead.

use anyhow::Result;
use polars::prelude::{AnyValue, Column, DataFrame, DataType};

/// A value of a frame.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'f> {
    /// Nothing: no zero.
    Blank,
    /// A text.
    Text(&'f str),
    /// A whole number.
    Int(i64),
    /// Any other number, NaN and infinity too.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// A value of a type that summaries rarely have.
    Other(AnyValue<'f>),
}

/// A column, walked from its first row.
type Walk<'f> = Box<dyn Iterator<Item = Cell<'f>> + 'f>;

/// The columns of a frame, each walked from its first row.
///
/// # Errors
/// When polars cannot give the values of a column as those of its type.
pub(super) fn walks(frame: &DataFrame) -> Result<Vec<Walk<'_>>> {
    frame.columns().iter().map(walk).collect()
}

fn walk(column: &Column) -> Result<Walk<'_>> {
    fn or_blank<'f, T>(value: Option<T>, cell: impl Fn(T) -> Cell<'f>) -> Cell<'f> {
        value.map_or(Cell::Blank, cell)
    }
    Ok(match column.dtype() {
        DataType::String => Box::new(column.str()?.iter().map(|v| or_blank(v, Cell::Text))),
        DataType::Int64 => Box::new(column.i64()?.iter().map(|v| or_blank(v, Cell::Int))),
        DataType::Float64 => Box::new(column.f64()?.iter().map(|v| or_blank(v, Cell::Float))),
        DataType::Boolean => Box::new(column.bool()?.iter().map(|v| or_blank(v, Cell::Bool))),
        DataType::Date => Box::new(column.date()?.physical().iter().map(|v| or_blank(v, Cell::Date))),
        _ => {
            let series = column.as_materialized_series();
            let values = (0..series.len()).map(|row| series.get(row)).collect::<Result<Vec<_>, _>>()?;
            let other = |value| match value {
                AnyValue::Null => Cell::Blank,
                other => Cell::Other(other),
            };
            Box::new(values.into_iter().map(other))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::{IntoColumn, NamedFrom, Series};

    #[test]
    fn every_type_is_walked() {
        let columns = [
            Series::new("t".into(), [Some("甲"), None]),
            Series::new("i".into(), [Some(-5_i64), None]),
            Series::new("f".into(), [Some(0.5), None]),
            Series::new("b".into(), [Some(true), None]),
            Series::new("d".into(), [Some(3_i32), None]).cast(&DataType::Date).unwrap(),
            Series::new("u".into(), [Some(7_u32), None]),
        ];
        let frame = DataFrame::new(2, columns.into_iter().map(IntoColumn::into_column).collect()).unwrap();
        let mut walks = walks(&frame).unwrap();
        let first: Vec<Cell<'_>> = walks.iter_mut().filter_map(Iterator::next).collect();
        let shown = [
            Cell::Text("甲"),
            Cell::Int(-5),
            Cell::Float(0.5),
            Cell::Bool(true),
            Cell::Date(3),
            Cell::Other(AnyValue::UInt32(7)),
        ];
        assert_eq!(first, shown);
        assert!(walks.iter_mut().all(|w| w.next() == Some(Cell::Blank) && w.next().is_none()));
    }
}
