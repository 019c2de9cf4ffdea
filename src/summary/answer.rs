//! The answer of one query, and the rows of one for many parts of the dataset, parted.
//!
//! Owns the columns by which a query says what part a row is about, and what those see of rows who know no data frames. Rows
//! keep their order. Refuses to know queries.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use polars::prelude::{AnyValue, Column, DataFrame, DataType};

use super::scope::Scope;

/// Columns that say of which year and province a row is. They are not written.
pub(super) const PARTS: [&str; 2] = ["part_year", "part_province"];
/// The column that says of which report a row is. It is not written either.
pub(super) const REPORT: &str = "part_report";

/// The rows of each scope. Without the columns that part them all are of the one scope that was asked for.
///
/// # Errors
/// When one of these columns holds no numbers.
pub(super) fn part(frame: &DataFrame, scopes: &[Scope]) -> Result<Vec<DataFrame>> {
    if scopes.len() == 1 {
        return Ok(vec![without_parts(frame)]);
    }
    let numbers = |name: &str| frame.column(name).ok().map(|c| whole(c).with_context(|| name.to_owned())).transpose();
    let (years, provinces) = (numbers(PARTS[0])?, numbers(PARTS[1])?);
    let by_year = scopes.iter().any(|s| s.year.is_some());
    let at: HashMap<Scope, usize> = scopes.iter().copied().zip(0..).collect();
    // Runs of rows of one scope: a query that sorts by province and year has one for each.
    let mut runs: Vec<Vec<(usize, usize)>> = vec![Vec::new(); scopes.len()];
    let mut last = None;
    for row in 0..frame.height() {
        let value = |column: &Option<Vec<Option<i64>>>| column.as_ref().and_then(|c| c.get(row).copied().flatten());
        let year = value(&years).filter(|_| by_year).and_then(|y| i32::try_from(y).ok());
        let province = value(&provinces).and_then(|p| u8::try_from(p).ok());
        let own = at.get(&Scope { year, province }).copied();
        if let Some(of_scope) = own.and_then(|own| runs.get_mut(own)) {
            match of_scope.last_mut().filter(|_| own == last) {
                Some(run) => run.1 += 1,
                None => of_scope.push((row, 1)),
            }
        }
        last = own;
    }
    let frame = without_parts(frame);
    let rows = |runs: Vec<(usize, usize)>| {
        let mut parts = runs.into_iter().map(|(from, rows)| frame.slice(i64::try_from(from).unwrap_or(0), rows));
        let first = parts.next().unwrap_or_else(|| frame.clear());
        parts.try_fold(first, |rows, part| Ok(rows.vstack(&part)?))
    };
    runs.into_iter().map(rows).collect()
}

/// What a query gave.
#[derive(Debug)]
pub struct Answer {
    /// Its rows.
    pub rows: DataFrame,
    /// The report that each row is about, if the query says so.
    pub reports: Option<Column>,
    /// Lines to stand below them.
    pub notes: Vec<String>,
}

/// What an answer says, for whoever knows no data frames: columns by name and place, values as they are written.
impl Answer {
    /// How many rows it has.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.height()
    }

    /// Names of its columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.rows.columns().iter().map(|c| c.name().as_str())
    }

    /// The report that a row is about.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn report(&self, row: usize) -> Result<Option<u64>> {
        let Some(reports) = &self.reports else { return Ok(None) };
        Ok(match reports.get(row)? {
            AnyValue::String(id) => u64::from_str_radix(id, 16).ok(),
            AnyValue::StringOwned(id) => u64::from_str_radix(id.as_str(), 16).ok(),
            _ => None,
        })
    }

    /// A number as text, exactly; `None` where the cell holds none.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn number(&self, column: usize, row: usize) -> Result<Option<String>> {
        Ok(match self.value(column, row)? {
            AnyValue::Float64(v) if v.is_finite() => Some(v.to_string()),
            AnyValue::Int64(v) => Some(v.to_string()),
            AnyValue::UInt32(v) => Some(v.to_string()),
            AnyValue::UInt64(v) => Some(v.to_string()),
            AnyValue::Int32(v) => Some(v.to_string()),
            _ => None,
        })
    }

    /// A text; `None` where the cell holds none.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn text(&self, column: usize, row: usize) -> Result<Option<String>> {
        Ok(match self.value(column, row)? {
            AnyValue::String(text) => Some(text.to_owned()),
            AnyValue::StringOwned(text) => Some(text.to_string()),
            _ => None,
        })
    }

    fn value(&self, column: usize, row: usize) -> Result<AnyValue<'_>> {
        let column = self.rows.columns().get(column).context("no such column")?;
        Ok(column.get(row)?)
    }
}

/// The rows without the column of their reports, and that column.
pub(super) fn reports_of(mut rows: DataFrame) -> (DataFrame, Option<Column>) {
    let reports = rows.drop_in_place(REPORT).ok();
    (rows, reports)
}

/// The rows without what parts them.
pub(super) fn without_parts(frame: &DataFrame) -> DataFrame {
    frame.drop_many(PARTS)
}

fn whole(column: &Column) -> Result<Vec<Option<i64>>> {
    Ok(column.cast(&DataType::Int64)?.i64()?.iter().collect())
}

#[cfg(test)]
mod tests {
    use polars::prelude::df;

    use super::*;

    #[test]
    fn rows_go_to_their_part_in_order() {
        let frame = df!(
            "part_year" => [Some(2021_i64), Some(2022), Some(2021), None, Some(2023)],
            "n" => [1_i64, 2, 3, 4, 5],
            "part_province" => [Some(64_i64), Some(64), Some(64), Some(64), Some(32)]
        )
        .unwrap();
        let scope = |year, province| Scope { year: Some(year), province: Some(province) };
        let numbers =
            |frame: &DataFrame| -> Vec<Option<i64>> { frame.column("n").unwrap().i64().unwrap().iter().collect() };
        let parts = part(&frame, &[scope(2022, 64), scope(2021, 64), scope(2020, 64)]).unwrap();
        assert_eq!(parts.iter().map(numbers).collect::<Vec<_>>(), [vec![Some(2)], vec![Some(1), Some(3)], vec![]]);
        assert!(parts.iter().all(|p| p.width() == 1));
        let all_years = |province| Scope { year: None, province: Some(province) };
        let parts = part(&frame, &[all_years(32), all_years(64)]).unwrap();
        assert_eq!(parts.iter().map(DataFrame::height).collect::<Vec<_>>(), [1, 4]);
    }
}
