//! What the dictionary says of a column beyond the schema: an example, and what to know before comparing it.
//!
//! Owns `data/dictionary.toml`. Refuses entries that no table has: a renamed column takes its words along.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::{Context as _, Result, ensure};
use super::schema::TableSchema;

const TEXT: &str = include_str!("../../../data/dictionary.toml");

/// Words about one column.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// A value as it stands in the sample dataset, written as in a CSV.
    #[serde(default)]
    pub example: String,
    /// What to know before comparing the column over years, editions or bodies.
    #[serde(default)]
    pub caveat: String,
}

/// Words about all columns.
#[derive(Debug)]
pub struct Remarks(BTreeMap<String, BTreeMap<String, Remark>>);

impl Remarks {
    /// Reads them.
    ///
    /// # Errors
    /// Names the table or column that the schema does not have.
    pub fn load(tables: &[TableSchema]) -> Result<Self> {
        let remarks = Self(toml::from_str(TEXT).context("data/dictionary.toml")?);
        for (table, columns) in &remarks.0 {
            let schema = tables.iter().find(|t| t.name == table);
            let schema = schema.with_context(|| format!("data/dictionary.toml: there is no table {table}"))?;
            for column in columns.keys() {
                let there = schema.columns.iter().any(|c| c.name == *column);
                ensure!(there, "data/dictionary.toml: {table} has no column {column}");
            }
        }
        Ok(remarks)
    }

    /// An example value; empty without one.
    #[must_use]
    pub fn example(&self, table: &str, column: &str) -> &str {
        self.of(table, column).map_or("", |f| &f.example)
    }

    /// What to know before comparing; empty for nothing.
    #[must_use]
    pub fn caveat(&self, table: &str, column: &str) -> &str {
        self.of(table, column).map_or("", |f| &f.caveat)
    }

    fn of(&self, table: &str, column: &str) -> Option<&Remark> {
        self.0.get(table)?.get(column)
    }
}
