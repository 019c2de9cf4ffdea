//! The one schema: every table and column of the dataset with its meaning in Chinese and English, and every code.
//!
//! Owns the meaning of `data/schema.toml`; Arrow schemas, the dictionary and the docs are made from it, and what is written is
//! checked by it. The columns of the wide tables follow the forms, so a new edition widens them without a change here.
//! Refuses to hold rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use crate::error::{Context as _, Error, Result, bail, ensure};
use arrow_schema::{DataType, Field, Schema};
use serde::Deserialize;

use nianbao_report::form::{Edition, Forms, Table};

/// Version of the schema, in every file's metadata. Raised when a column changes its meaning or leaves.
pub const SCHEMA_VERSION: &str = "1";

static SOURCE: LazyLock<Result<Source, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/schema.toml")));

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A code or a name that repeats: dictionary-encoded string.
    Code,
    /// Free text.
    Text,
    /// A whole number.
    Int,
    /// A measure or amount.
    Float,
    /// A calendar date.
    Date,
    /// Yes or no.
    Bool,
}

impl Kind {
    /// The Arrow type.
    #[must_use]
    pub fn arrow(self) -> DataType {
        match self {
            Self::Code => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::Text => DataType::Utf8,
            Self::Int => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Date => DataType::Date32,
            Self::Bool => DataType::Boolean,
        }
    }

    /// Its name in the dictionary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Text => "text",
            Self::Int => "int64",
            Self::Float => "float64",
            Self::Date => "date",
            Self::Bool => "bool",
        }
    }
}

/// A code, and what it stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As it stands in the files.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English meaning.
    pub en: String,
}

/// The codes that a column may hold; any value where none is listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Codes {
    /// In the order of the schema.
    pub list: &'static [Code],
    /// By what several of them stand in one value; empty where only one does.
    pub joined: &'static str,
}

impl Codes {
    /// Refuses values that are not listed.
    ///
    /// # Errors
    /// Names the value.
    pub fn check<'v>(self, mut values: impl Iterator<Item = &'v str>) -> Result<()> {
        let listed = |part: &str| self.list.iter().any(|c| c.code == part);
        let known = |value: &str| match self.joined {
            "" => listed(value),
            joined => value.split(joined).all(listed),
        };
        match values.find(|v| !self.list.is_empty() && !known(v)) {
            Some(value) => bail!("data/schema.toml does not list the code {value:?}"),
            None => Ok(()),
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in the files.
    pub name: String,
    /// Type.
    pub kind: Kind,
    /// Chinese label; for measures that of the form.
    pub zh: String,
    /// English meaning.
    pub en: String,
    /// Unit, empty for none.
    pub unit: String,
    /// What a null means, empty where there is none.
    pub null: &'static str,
    /// What it may hold.
    pub codes: Codes,
    /// Codes of the editions whose form has it; empty for what is on no form.
    pub editions: Vec<String>,
    /// A value as it stands in the sample dataset, written as in a CSV; empty without one.
    pub example: &'static str,
    /// What to know before comparing the column over years, editions or bodies; empty for nothing.
    pub caveat: &'static str,
}

/// A table.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Name, and folder.
    pub name: &'static str,
    /// What one row is, in Chinese.
    pub zh: &'static str,
    /// What one row is.
    pub en: &'static str,
    /// Whether it lies in `year=…/province=…` folders.
    pub partitioned: bool,
    /// Columns in order.
    pub columns: Vec<Column>,
}

impl TableSchema {
    /// The Arrow schema with labels, units and null meanings as field metadata.
    #[must_use]
    pub fn arrow(&self) -> Arc<Schema> {
        let fields: Vec<Field> = self
            .columns
            .iter()
            .map(|c| {
                let facts = [("zh", c.zh.as_str()), ("en", &c.en), ("unit", &c.unit), ("null", c.null)];
                let metadata: HashMap<String, String> = facts
                    .iter()
                    .filter(|(_, v)| !v.is_empty())
                    .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                    .collect();
                Field::new(&c.name, c.kind.arrow(), true).with_metadata(metadata)
            })
            .collect();
        Arc::new(Schema::new(fields))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    no_cell: String,
    codes: BTreeMap<String, Vec<Code>>,
    key: Vec<Described>,
    table: Vec<TableSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableSource {
    name: String,
    zh: String,
    en: String,
    partitioned: bool,
    measures: Option<Measures>,
    #[serde(default)]
    note: BTreeMap<String, Note>,
    #[serde(default)]
    column: Vec<Described>,
}

/// Which of a form's lines are columns of a table.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Measures {
    Rows,
    Columns,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Note {
    unit: String,
    example: String,
    caveat: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    name: String,
    kind: Kind,
    zh: String,
    en: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    null: String,
    codes: Option<String>,
    #[serde(default)]
    joined: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    caveat: String,
}

/// Every table of the dataset, in the order in which it is documented.
///
/// # Errors
/// When `data/schema.toml` is not valid: it names what is wrong.
pub fn tables(forms: &Forms) -> Result<Vec<TableSchema>> {
    let source = SOURCE.as_ref().map_err(|e| Error::new(format!("data/schema.toml: {e}")))?;
    let of = |t| source.table(t, forms).context("data/schema.toml");
    let tables: Vec<TableSchema> = source.table.iter().map(of).collect::<Result<_>>()?;
    let described = source.table.iter().flat_map(|t| &t.column).chain(&source.key);
    let used: BTreeSet<&String> = described.filter_map(|c| c.codes.as_ref()).collect();
    if let Some(name) = source.codes.keys().find(|name| !used.contains(name)) {
        bail!("data/schema.toml: no column has the codes {name}");
    }
    Ok(tables)
}

impl Source {
    fn table(&'static self, table: &'static TableSource, forms: &Forms) -> Result<TableSchema> {
        let TableSource { name, zh, en, partitioned, note, .. } = table;
        let keys = if *partitioned { &self.key[..] } else { &[] };
        let mut columns: Vec<Column> = keys.iter().map(|c| self.column(c)).collect::<Result<_>>()?;
        let own = table.column.iter().map(|c| self.column(c)).collect::<Result<Vec<_>>>()?;
        let mut measures = table.measures.map(|which| self.measures(table, which, forms)).unwrap_or_default();
        for column in columns.iter_mut().chain(&mut measures) {
            if let Some(note) = note.get(&column.name) {
                (column.example, column.caveat) = (&note.example, &note.caveat);
            }
        }
        let noted = |name: &String| columns.iter().chain(&measures).any(|c| c.name == *name);
        if let Some(lost) = note.keys().find(|n| !noted(n)) {
            bail!("a note of {name} is about {lost}, which is no key and on no form");
        }
        columns.extend(own);
        columns.extend(measures);
        let names: BTreeSet<&String> = columns.iter().map(|c| &c.name).collect();
        ensure!(names.len() == columns.len(), "{name} has a column twice");
        Ok(TableSchema { name, zh, en, partitioned: *partitioned, columns })
    }

    fn column(&'static self, described: &'static Described) -> Result<Column> {
        let Described { name, kind, zh, en, unit, null, joined, example, caveat, .. } = described;
        let list: &[Code] = match &described.codes {
            Some(codes) => self.codes.get(codes).with_context(|| format!("there are no codes {codes}"))?,
            None => &[],
        };
        ensure!(list.is_empty() || *kind == Kind::Code, "{name} has codes and is none");
        let codes: Vec<&str> = list.iter().map(|c| c.code.as_str()).collect();
        Ok(Column {
            name: name.clone(),
            kind: *kind,
            zh: zh.clone(),
            en: en.replace("{codes}", &codes.join(", ")),
            unit: unit.clone(),
            null,
            codes: Codes { list, joined },
            editions: Vec::new(),
            example,
            caveat,
        })
    }

    /// One column per distinct code of a table's rows or columns over all editions, described by the newest.
    fn measures(&'static self, table: &TableSource, which: Measures, forms: &Forms) -> Vec<Column> {
        let named = |t: &&Table| t.code == table.name;
        let measure = |code: &str| {
            let on = forms.editions.iter().flat_map(|e| e.tables.iter().filter(named).map(move |t| (e, t)));
            let lines = on.flat_map(|(e, t)| which.of(t).into_iter().map(move |line| (e, line)));
            let lines: Vec<(&Edition, [&str; 4])> = lines.filter(|(_, line)| line[0] == code).collect();
            let (_, [_, zh, en, printed]) = lines.last()?;
            let stated = table.note.get(code).map_or("", |n| &n.unit);
            let unit = if stated.is_empty() { printed } else { stated };
            Some(Column {
                name: code.to_owned(),
                kind: if unit.ends_with('元') { Kind::Float } else { Kind::Int },
                zh: (*zh).to_owned(),
                en: (*en).to_owned(),
                unit: unit.to_owned(),
                null: &self.no_cell,
                codes: Codes::default(),
                editions: lines.iter().map(|(e, _)| e.code.clone()).collect(),
                example: "",
                caveat: "",
            })
        };
        let codes = forms.codes(&table.name, |t| which.of(t).iter().map(|l| l[0]).collect());
        codes.into_iter().filter_map(measure).collect()
    }
}

impl Measures {
    /// Code, label, gloss and unit of each line of a form.
    fn of(self, form: &Table) -> Vec<[&str; 4]> {
        match self {
            Self::Rows => form.rows.iter().map(|r| [&*r.code, &*r.label, &*r.gloss, &*r.unit]).collect(),
            Self::Columns => form.columns.iter().map(|c| [&*c.code, &*c.label, &*c.gloss, &*c.unit]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nianbao_report::form::load;

    fn schemas() -> Vec<TableSchema> {
        tables(&load().unwrap()).unwrap()
    }

    fn columns(tables: &[TableSchema]) -> impl Iterator<Item = (&'static str, &Column)> {
        tables.iter().flat_map(|t| t.columns.iter().map(|c| (t.name, c)))
    }

    #[test]
    fn the_contract() {
        let tables = schemas();
        let names: Vec<&str> = tables.iter().map(|t| t.name).collect();
        let expected =
            "files reports cells disclosure requests disputes statistics series sections mentions findings coverage";
        assert_eq!(names.join(" "), expected);
        let of = |name: &str| -> Vec<&str> { columns(&tables).filter(|c| c.0 == name).map(|c| &*c.1.name).collect() };
        assert_eq!(of("disputes")[5..], ["case", "upheld", "corrected", "other", "pending", "total"]);
        assert!(of("disclosure").ends_with(&["issued", "repealed", "in_force", "fee_amount"]));
        assert!(of("disclosure").contains(&"procurement_amount"));
        let requests = of("requests");
        assert!(["received", "carried_out", "other", "other_misc"].iter().all(|c| requests.contains(c)));
        for (table, column) in columns(&tables) {
            assert!(!column.zh.is_empty() && !column.en.is_empty(), "{table}.{}", column.name);
        }
    }

    #[test]
    fn codes_are_told_once_and_whole() {
        let tables = schemas();
        for (table, column) in columns(&tables) {
            let codes: Vec<&str> = column.codes.list.iter().map(|c| c.code.as_str()).collect();
            assert_eq!(
                codes.iter().collect::<BTreeSet<_>>().len(),
                codes.len(),
                "{table}.{}: a code twice",
                column.name
            );
            assert!(column.codes.list.iter().all(|c| !c.zh.is_empty() && !c.en.is_empty()), "{table}.{}", column.name);
            // Where the meaning names codes, it names all of them.
            let words: Vec<&str> =
                column.en.split(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).collect();
            let told = codes.iter().filter(|c| words.contains(c)).count();
            assert!(told == 0 || told == codes.len(), "{table}.{}: {told} of {} codes", column.name, codes.len());
        }
    }
}
