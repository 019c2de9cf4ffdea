//! Lists in sheets: a label, a unit, a value, as the heads name their columns.
//!
//! Owns which column of several holds the report's figures. Refuses lists whose heads leave more than one.

use super::heads::Namer;
use super::matrix::{settle, token};
use super::sheet::{Cell, Sheet};
use super::stub::Stub;
use super::table::{Reading, Row};
use super::words::When;
use crate::extract::found::Context;
use crate::extract::label::normalized;
use crate::extract::number::{Printed, is_unit};
use crate::finding::{Finding, Rule, quote};

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Label,
    Unit,
    /// A figure; whether its head says that it is the year's, and whether it is a sum of the others.
    Value(bool, bool),
    Other,
}

/// Heads that make a row the head of a list.
const LEAST: usize = 2;
/// Rows that make a stretch of a sheet a list.
const ROWS: usize = 5;

/// The list in a sheet; `None` where its heads do not name its columns.
pub(super) fn list<'d>(cx: &Context<'_, 'd>, sheet: &Sheet<'d>, place: (usize, usize)) -> Option<Reading<'d>> {
    let (head, columns) = (0..sheet.height).find_map(|row| Some((row, columns(cx, sheet, place, row)?)))?;
    let labels: Vec<usize> = (0..columns.len()).filter(|c| columns[*c] == Column::Label).collect();
    let mut reading = Reading { lines: sheet.lines(), ..Reading::default() };
    reading.captions = (0..head).flat_map(|r| sheet.row(r)).map(|c| c.text.to_owned()).collect();
    let (table, index, words) = (cx.form(place), cx.labels(place), &cx.index.words);
    let stub = Stub { table, labels: index, index: cx.index, words };
    for (at, label) in labels.iter().enumerate() {
        let end = labels.get(at + 1).copied().unwrap_or(columns.len());
        // In two halves side by side, each label has its own columns behind it.
        let Some(value) = value(&columns, *label, end).or_else(|| value(&columns, 0, *label).filter(|_| at == 0))
        else {
            let line = sheet.lines().0;
            let heads: Vec<&str> = sheet.row(head).map(|c| c.text).collect();
            let finding =
                Finding::new(Rule::UnplacedValue, quote(&heads.join(" "), 120)).in_table(&table.code).at(line);
            return Some(Reading { refused: true, findings: vec![finding], ..reading });
        };
        let unit = (*label..end).find(|c| columns[*c] == Column::Unit);
        let words_of = |row: usize| -> Vec<&Cell<'d>> {
            let own =
                |c: &&Cell<'d>| c.column <= *label && *label < c.column + c.columns || c.column < *label && at == 0;
            sheet.row(row).filter(|c| c.is_text() && !c.norm.is_empty() && !is_unit(c.text)).filter(own).collect()
        };
        let rows: Vec<(usize, Vec<&Cell<'d>>)> = (head + 1..sheet.height).map(|r| (r, words_of(r))).collect();
        for labelled in stub.read(&rows) {
            let Some(cell) = sheet.at(labelled.row, value).filter(|c| c.rows == 1 && c.columns == 1) else { continue };
            let Some((row, matched)) = labelled.placed else {
                if cell.is_figure() {
                    let printed = quote(&format!("{} {}", labelled.label.text, cell.text), 120);
                    reading.findings.push(Finding::new(Rule::UnknownRow, printed).in_table(&table.code).at(cell.line));
                }
                continue;
            };
            let printed = unit.and_then(|c| sheet.at(labelled.row, c)).map_or("", |c| c.text);
            let unit = if printed == "元" { Printed::Yuan } else { Printed::Nothing };
            let cells = table.rows[row].columns.iter().map(|c| (*c, token(cell), unit)).collect();
            reading.rows.push(Row { place, row, label: labelled.label.text.to_owned(), matched, cells });
        }
    }
    settle(table, &mut reading);
    (reading.rows.len() >= ROWS).then_some(reading)
}

/// What the columns below a row of heads hold; `None` if it is no such row.
fn columns(cx: &Context<'_, '_>, sheet: &Sheet<'_>, place: (usize, usize), row: usize) -> Option<Vec<Column>> {
    let (table, words) = (cx.form(place), &cx.index.words);
    let namer = Namer { table, index: cx.labels(place), words };
    let is = |list: &[String], norm: &str| list.iter().any(|w| normalized(w) == norm);
    if sheet.row(row).any(Cell::is_figure) {
        return None;
    }
    let mut known = 0;
    let mut out = Vec::new();
    for column in 0..sheet.width {
        let cell = sheet.at(row, column)?;
        let norm = cell.norm.as_str();
        let when = words.when(cell.text);
        let sum = words.is_whole(cell.text);
        let kind = if is(&table.corner, norm) || norm == "指标" || norm.ends_with("指标名称") {
            Column::Label
        } else if is(&table.unit_header, norm) {
            Column::Unit
        } else if is(&table.code_header, norm) || is(&table.other_header, norm) || norm.contains("历年") {
            Column::Other
        } else if let Some(when) = when {
            if matches!(when, When::Part | When::Last) || !when.is_of(cx.year) {
                Column::Other
            } else {
                Column::Value(true, sum)
            }
        } else if namer.exact(norm).is_some() {
            Column::Value(false, sum)
        } else if norm.is_empty() || words.is_extra(norm) {
            Column::Other
        } else {
            Column::Value(false, false)
        };
        known += usize::from(matches!(kind, Column::Label | Column::Unit) || namer.exact(norm).is_some());
        out.push(kind);
    }
    let values = out.iter().any(|c| matches!(c, Column::Value(..)));
    (known >= LEAST && values && out.contains(&Column::Label)).then_some(out)
}

/// The one column of a stretch that holds the report's figures.
fn value(columns: &[Column], from: usize, to: usize) -> Option<usize> {
    let of = |holds: &dyn Fn(bool, bool) -> bool| -> Vec<usize> {
        (from..to).filter(|c| matches!(columns[*c], Column::Value(sure, sum) if holds(sure, sum))).collect()
    };
    let (sure, sums, all) = (of(&|sure, _| sure), of(&|_, sum| sum), of(&|_, _| true));
    let only = |of: &Vec<usize>| if let [one] = of.as_slice() { Some(*one) } else { None };
    only(&sure).or_else(|| only(&sums).filter(|_| sure.is_empty())).or_else(|| only(&all))
}
