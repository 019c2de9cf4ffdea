//! Reads the edition files and resolves every name in them to an index.
//!
//! Owns the TOML schema (described at the head of `data/editions/2021.toml`). Refuses files whose names do not resolve:
//! an edition is wrong as a whole or not at all.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::edition::{
    CellKey, Column, Edition, FormLine, Forms, Group, Identity, Layout, Row, Section, Series, SeriesIn, Table,
};
use super::expr::{Expr, sum};
use crate::error::{AtPlace as _, LoadError};

type Result<T> = std::result::Result<T, LoadError>;

const EDITIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/editions.rs"));
const HARMONISED: &str = include_str!("../../../../data/harmonised.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionFile {
    edition: String,
    first_year: i32,
    last_year: i32,
    #[serde(rename = "document")]
    _document: String,
    #[serde(rename = "issued")]
    _issued: String,
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "status")]
    _status: String,
    section: Vec<SectionFile>,
    table: Vec<TableFile>,
    group: Vec<GroupFile>,
    column: Vec<ColumnFile>,
    row: Vec<RowFile>,
    identity: Vec<IdentityFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    number: u32,
    code: String,
    heading: String,
    table: String,
    variants: Vec<String>,
    #[serde(rename = "gloss")]
    _gloss: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    code: String,
    label: String,
    layout: Layout,
    #[serde(default)]
    corner: Vec<String>,
    #[serde(default)]
    unit_header: Vec<String>,
    #[serde(default)]
    code_header: Vec<String>,
    #[serde(default)]
    other_header: Vec<String>,
    #[serde(rename = "gloss")]
    _gloss: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    table: String,
    axis: String,
    code: String,
    label: String,
    variants: Vec<String>,
    #[serde(rename = "gloss")]
    _gloss: IgnoredAny,
    #[serde(rename = "ordinal")]
    _ordinal: IgnoredAny,
    #[serde(rename = "parent")]
    _parent: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    table: String,
    code: String,
    label: String,
    unit: String,
    #[serde(default)]
    signed: bool,
    variants: Vec<String>,
    gloss: String,
    parent: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    table: String,
    code: String,
    ordinal: String,
    label: String,
    parent: String,
    unit: String,
    columns: Vec<String>,
    variants: Vec<String>,
    gloss: String,
    #[serde(rename = "within")]
    _within: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityFile {
    table: String,
    code: String,
    over: String,
    strength: String,
    #[serde(default)]
    local: bool,
    expr: String,
    #[serde(rename = "note")]
    _note: IgnoredAny,
}

#[derive(Deserialize)]
struct HarmonisedFile {
    editions: Vec<String>,
    series: Vec<BTreeMap<String, String>>,
}

/// Reads the editions and series that are built into the program.
///
/// # Errors
/// Names the file and what in it does not resolve; the project's own files are tested not to fail.
pub fn load() -> Result<Forms> {
    load_of(EDITIONS)
}

/// Reads editions from texts, each with the name of its file.
///
/// # Errors
/// Names the file and what in it does not resolve.
pub fn load_of(files: &[(&str, &str)]) -> Result<Forms> {
    let mut editions = files
        .iter()
        .map(|(name, text)| edition(text).at(|| format!("data/editions/{name}")))
        .collect::<Result<Vec<_>>>()?;
    editions.sort_by_key(|e| e.first_year);
    let series = harmonised(HARMONISED, &editions).at(|| "data/harmonised.toml".to_owned())?;
    Ok(Forms { editions, series })
}

fn edition(text: &str) -> Result<Edition> {
    let file: EditionFile = toml::from_str(text)?;
    let tables = file.table.iter().map(|t| table(&file, t).at(|| format!("table {}", t.code)));
    let tables = tables.collect::<Result<Vec<_>>>()?;
    let sections = file
        .section
        .iter()
        .map(|s| Section {
            number: s.number,
            code: s.code.clone(),
            headings: std::iter::once(&s.heading).chain(&s.variants).cloned().collect(),
            table: file.table.iter().position(|t| t.code == s.table),
        })
        .collect();
    Ok(Edition {
        code: file.edition,
        first_year: file.first_year,
        last_year: (file.last_year != 0).then_some(file.last_year),
        sections,
        tables,
    })
}

fn table(file: &EditionFile, t: &TableFile) -> Result<Table> {
    let groups: Vec<Group> = file.group.iter().filter(|g| g.table == t.code).map(group).collect();
    let columns: Vec<Column> = file.column.iter().filter(|c| c.table == t.code).map(|c| column(c, &groups)).collect();
    let rows = file.row.iter().filter(|r| r.table == t.code).map(|r| row(r, &columns, &groups));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let identities = file.identity.iter().filter(|i| i.table == t.code).map(|i| identity(i, &rows, &columns));
    let identities = identities.collect::<Result<Vec<_>>>()?;
    Ok(Table {
        code: t.code.clone(),
        label: t.label.clone(),
        layout: t.layout,
        corner: t.corner.clone(),
        unit_header: t.unit_header.clone(),
        code_header: t.code_header.clone(),
        other_header: t.other_header.clone(),
        lines: lines(&rows),
        rows,
        columns,
        groups,
        identities,
    })
}

fn group(g: &GroupFile) -> Group {
    Group { code: g.code.clone(), label: g.label.clone(), variants: g.variants.clone(), of_rows: g.axis == "row" }
}

fn column(c: &ColumnFile, groups: &[Group]) -> Column {
    Column {
        code: c.code.clone(),
        label: c.label.clone(),
        variants: c.variants.clone(),
        unit: c.unit.clone(),
        signed: c.signed,
        parent: groups.iter().position(|g| g.code == c.parent),
        gloss: c.gloss.clone(),
    }
}

/// A row has all columns of its table unless the file names some.
fn row(r: &RowFile, columns: &[Column], groups: &[Group]) -> Result<Row> {
    let unknown = |what: &str, code: &str| LoadError::new(format!("row {}: unknown {what} {code}", r.code));
    let named = r
        .columns
        .iter()
        .map(|code| columns.iter().position(|c| c.code == *code).ok_or_else(|| unknown("column", code)));
    let of_row = if r.columns.is_empty() { (0..columns.len()).collect() } else { named.collect::<Result<Vec<_>>>()? };
    let parent = match r.parent.as_str() {
        "" => None,
        code => Some(groups.iter().position(|g| g.code == code).ok_or_else(|| unknown("group", code))?),
    };
    Ok(Row {
        code: r.code.clone(),
        ordinal: r.ordinal.clone(),
        label: r.label.clone(),
        variants: r.variants.clone(),
        parent,
        unit: r.unit.clone(),
        columns: of_row,
        gloss: r.gloss.clone(),
    })
}

fn identity(i: &IdentityFile, rows: &[Row], columns: &[Column]) -> Result<Identity> {
    let wrong = |why: String| LoadError::new(format!("identity {}: {why}", i.code));
    let over_rows = match i.over.as_str() {
        "rows" => true,
        "columns" => false,
        other => return Err(LoadError::new(format!("identity {}: over = {other}", i.code))),
    };
    let index = |code: &str| {
        if over_rows { rows.iter().position(|r| r.code == code) } else { columns.iter().position(|c| c.code == code) }
    };
    Ok(Identity {
        code: i.code.clone(),
        over_rows,
        hard: i.strength == "hard",
        local: i.local,
        expr: Expr::parse(&i.expr, &index).map_err(wrong)?,
        text: i.expr.clone(),
    })
}

/// The rows in order, each group before the first of its rows.
fn lines(rows: &[Row]) -> Vec<FormLine> {
    let mut lines = Vec::new();
    let mut headed = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(parent) = row.parent.filter(|p| !headed.contains(p)) {
            headed.push(parent);
            lines.push(FormLine::Group(parent));
        }
        lines.push(FormLine::Row(index));
    }
    lines
}

fn harmonised(text: &str, editions: &[Edition]) -> Result<Vec<Series>> {
    let file: HarmonisedFile = toml::from_str(text)?;
    if let Some(name) = file.editions.iter().find(|name| !editions.iter().any(|e| e.code == **name)) {
        return Err(LoadError::new(format!("there is no edition {name}")));
    }
    let last = editions.iter().rposition(|e| file.editions.contains(&e.code));
    let unnamed = editions.iter().position(|e| !file.editions.contains(&e.code));
    if unnamed.is_some_and(|u| Some(u) <= last) {
        return Err(LoadError::new("only editions newer than the last named may be unnamed"));
    }
    file.series.iter().map(|s| one_series(s, editions, &file.editions)).collect()
}

/// `judged` are the editions that the file speaks of, the last of which defines the series.
fn one_series(entry: &BTreeMap<String, String>, editions: &[Edition], judged: &[String]) -> Result<Series> {
    let code = entry.get("code").ok_or_else(|| LoadError::new("a series without a code"))?;
    let defining = judged.last().map_or("", String::as_str);
    let mut of_edition = Vec::new();
    for (index, edition) in editions.iter().enumerate() {
        let known = judged.contains(&edition.code);
        let own = if known { edition.code.as_str() } else { defining };
        let expr = entry.get(&format!("e{own}")).map_or("", String::as_str);
        let class = entry.get(&format!("c{own}")).map(String::as_str);
        // An older edition that is not comparable has no value in the series. A newer one that nobody has judged yet has
        // one where it has the same cells, and says no more than that.
        let exact = match class {
            _ if !known => false,
            _ if edition.code == defining => true,
            Some("exact") => true,
            Some("approximate") => false,
            _ => continue,
        };
        if expr.is_empty() {
            continue;
        }
        let terms = match sum(expr, &|name| cell(edition, name)) {
            // A sum may have got another part on the new form, and a figure another unit.
            Ok(terms) if !known && (terms.len() > 1 || !same_unit(editions, defining, edition, expr)) => continue,
            Ok(terms) => terms,
            Err(_) if !known => continue,
            Err(why) => return Err(LoadError::new(format!("series {code}: {why}"))),
        };
        of_edition.push(SeriesIn { edition: index, exact, terms: terms.iter().map(|t| (t.sign, t.of)).collect() });
    }
    Ok(Series { code: code.clone(), of_edition, caveat: entry.get("caveat").cloned().unwrap_or_default() })
}

fn same_unit(editions: &[Edition], defining: &str, edition: &Edition, expr: &str) -> bool {
    let unit = |e: &Edition| cell(e, expr.trim()).map(|key| e.unit(key).to_owned());
    editions.iter().find(|e| e.code == defining).is_some_and(|e| unit(e) == unit(edition))
}

fn cell(edition: &Edition, name: &str) -> Option<CellKey> {
    let mut parts = name.split('.');
    let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
    let t = edition.tables.iter().position(|t| t.code == table)?;
    let table = &edition.tables[t];
    let row = table.rows.iter().position(|r| r.code == row)?;
    let column = table.columns.iter().position(|c| c.code == column)?;
    table.rows[row].columns.contains(&column).then_some(CellKey { table: t, row, column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_editions_load_whole() {
        let forms = load().unwrap();
        let counts: Vec<(String, Vec<usize>)> =
            forms.editions.iter().map(|e| (e.code.clone(), e.tables.iter().map(Table::cell_count).collect())).collect();
        assert_eq!(
            counts,
            [
                ("2014".to_owned(), vec![forms.editions[0].tables[0].rows.len()]),
                ("2019".to_owned(), vec![22, 161, 15]),
                ("2021".to_owned(), vec![10, 175, 15])
            ]
        );
        assert!(forms.series.len() > 20);
        let received = forms.series.iter().find(|s| s.code == "requests_received").unwrap();
        assert_eq!(received.of_edition.iter().map(|e| e.exact).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = include_str!("../../../../data/editions/2019.toml").replace("signed = true", "singed = true");
        assert!(format!("{:#}", edition(&text).unwrap_err()).contains("singed"));
    }

    #[test]
    fn an_unknown_name_is_refused() {
        let text = include_str!("../../../../data/editions/2021.toml")
            .replace("received + carried_in ==", "received + carried_on ==");
        let error = format!("{:#}", edition(&text).unwrap_err());
        assert!(error.contains("carried_on") && error.contains("balance"), "{error}");
    }
}
