//! The rows of figures: `cells` as printed, the wide tables, which lay them out as the forms do, and `series`, which sets them
//! side by side over the forms.
//!
//! Owns how a record's cells become such rows. Refuses to add up anything but the harmonised series.

use super::handles::{At, Cells, Disclosure, Disputes, Requests, Series};
use crate::columns::{Columns, Field};
use crate::store::record::{CellRecord, MATCHED, Record};
use nianbao_document::page_of;
use nianbao_report::form::{CellKey, Forms, SeriesIn};

/// How far the values of a series may be set beside those of the newest edition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Comparability {
    /// The level, too.
    Exact,
    /// The trend.
    Approximate,
}

impl Comparability {
    const fn of(series: &SeriesIn) -> Self {
        if series.exact { Self::Exact } else { Self::Approximate }
    }

    /// Its code in the dataset.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Approximate => "approximate",
        }
    }
}

/// The rows of `cells`, one for each. Columns that are the same for a run of cells are appended once per run.
pub(super) fn cells(forms: &Forms, at: &At<Cells>, columns: &mut Columns, r: &Record<'_>) {
    let own = &at.own;
    let mut from = 0;
    while let Some(first) = r.cells.get(from) {
        let same = |c: &&CellRecord<'_>| {
            (c.edition, c.table, c.row, c.label, c.matched)
                == (first.edition, first.table, first.row, first.label, first.matched)
        };
        let run = r.cells[from..].iter().take_while(same).count();
        let edition = &forms.editions[usize::from(first.edition)];
        let table = &edition.tables[usize::from(first.table)];
        at.keys.fill(columns, r, &edition.code, run);
        columns.push(own.source_path, Field::Str(r.source_path), run);
        columns.push(own.table, Field::Str(&table.code), run);
        columns.push(own.row, Field::Str(&table.rows[usize::from(first.row)].code), run);
        columns.push(own.row_label, label(r, first).into(), run);
        columns.push(own.matched, Field::Str(MATCHED[usize::from(first.matched).min(MATCHED.len() - 1)].code()), run);
        for cell in &r.cells[from..from + run] {
            let column = &table.columns[usize::from(cell.column)];
            let line = Some(cell.line).filter(|l| *l > 0);
            columns.push(own.column, Field::Str(&column.code), 1);
            columns.push(own.value, cell.value.into(), 1);
            columns.push(own.unit, unit(forms, cell).into(), 1);
            columns.push(own.raw, Field::Str(cell.raw), 1);
            columns.push(own.column_label, Field::Str(&column.label), 1);
            columns.push(own.line, line.into(), 1);
            columns.push(own.page, line.and_then(|l| page_of(&r.pages, l)).into(), 1);
        }
        from += run;
    }
}

/// The unit of a cell's value, that of the cell before that of the form.
pub(super) fn unit<'r>(forms: &'r Forms, cell: &CellRecord<'r>) -> Option<&'r str> {
    let key = CellKey { table: usize::from(cell.table), row: usize::from(cell.row), column: usize::from(cell.column) };
    cell.unit.or(Some(forms.editions[usize::from(cell.edition)].unit(key)).filter(|u| !u.is_empty()))
}

/// The printed label of a cell's row.
pub(super) fn label<'r>(r: &Record<'r>, cell: &CellRecord<'_>) -> Option<&'r str> {
    r.labels.get(cell.label as usize).copied().filter(|l| !l.is_empty())
}

/// The cells of one table of a record, with the edition's code.
fn of_table<'r, 'a>(forms: &'r Forms, r: &'r Record<'a>, code: &'r str) -> impl Iterator<Item = &'r CellRecord<'a>> {
    r.cells.iter().filter(move |c| forms.editions[usize::from(c.edition)].tables[usize::from(c.table)].code == code)
}

/// The keys and measures of a row. Of a code that stands twice the first counts.
fn fill<C>(at: &At<C>, columns: &mut Columns, record: &Record<'_>, edition: &str, values: &[(&str, Option<f64>)]) {
    at.keys.fill(columns, record, edition, 1);
    let mut row: Vec<Option<f64>> = vec![None; at.measures.len()];
    for (name, value) in values.iter().rev() {
        if let Some(cell) = at.place.get(*name).and_then(|i| row.get_mut(*i)) {
            *cell = *value;
        }
    }
    for (column, value) in at.measures.iter().zip(row) {
        columns.push(*column, value.into(), 1);
    }
}

/// Rows of a table whose rows are the form's rows; `item` is the column of their codes.
fn by_row<C>(forms: &Forms, at: &At<C>, item: usize, columns: &mut Columns, r: &Record<'_>, table: &str) {
    let mut from = 0;
    let cells: Vec<&CellRecord<'_>> = of_table(forms, r, table).collect();
    while let Some(first) = cells.get(from) {
        let run: Vec<&&CellRecord<'_>> =
            cells[from..].iter().take_while(|c| (c.edition, c.row) == (first.edition, first.row)).collect();
        let edition = &forms.editions[usize::from(first.edition)];
        let form = &edition.tables[usize::from(first.table)];
        let values: Vec<(&str, Option<f64>)> =
            run.iter().map(|c| (form.columns[usize::from(c.column)].code.as_str(), c.value)).collect();
        fill(at, columns, r, &edition.code, &values);
        columns.push(item, Field::Str(&form.rows[usize::from(first.row)].code), 1);
        from += run.len();
    }
}

/// The rows of `disclosure`.
pub(super) fn disclosure(forms: &Forms, at: &At<Disclosure>, columns: &mut Columns, r: &Record<'_>) {
    by_row(forms, at, at.own.item, columns, r, "disclosure");
}

/// The rows of `disputes`.
pub(super) fn disputes(forms: &Forms, at: &At<Disputes>, columns: &mut Columns, r: &Record<'_>) {
    by_row(forms, at, at.own.case, columns, r, "disputes");
}

/// The rows of `requests`: one per applicant kind, as the form's columns.
pub(super) fn requests(forms: &Forms, at: &At<Requests>, columns: &mut Columns, r: &Record<'_>) {
    let cells: Vec<&CellRecord<'_>> = of_table(forms, r, "requests").collect();
    let Some(first) = cells.first() else { return };
    let edition = &forms.editions[usize::from(first.edition)];
    let form = &edition.tables[usize::from(first.table)];
    for (index, column) in form.columns.iter().enumerate() {
        let values: Vec<(&str, Option<f64>)> = cells
            .iter()
            .filter(|c| usize::from(c.column) == index)
            .map(|c| (form.rows[usize::from(c.row)].code.as_str(), c.value))
            .collect();
        if !values.is_empty() {
            fill(at, columns, r, &edition.code, &values);
            columns.push(at.own.applicant, Field::Str(&column.code), 1);
        }
    }
}

/// The row of `statistics`.
pub(super) fn statistics(forms: &Forms, at: &At<()>, columns: &mut Columns, r: &Record<'_>) {
    let cells: Vec<&CellRecord<'_>> = of_table(forms, r, "statistics").collect();
    let Some(first) = cells.first() else { return };
    let edition = &forms.editions[usize::from(first.edition)];
    let form = &edition.tables[usize::from(first.table)];
    let values: Vec<(&str, Option<f64>)> =
        cells.iter().map(|c| (form.rows[usize::from(c.row)].code.as_str(), c.value)).collect();
    fill(at, columns, r, &edition.code, &values);
}

/// The rows of `series`: a figure whose every cell is there and not blank.
pub(super) fn series(forms: &Forms, at: &At<Series>, columns: &mut Columns, r: &Record<'_>) {
    let value = |edition: usize, key: &CellKey| {
        let here = |c: &&CellRecord<'_>| {
            (usize::from(c.edition), usize::from(c.table), usize::from(c.row), usize::from(c.column))
                == (edition, key.table, key.row, key.column)
        };
        r.cells.iter().find(here).and_then(|c| c.value)
    };
    for series in &forms.series {
        for of in series.of_edition.iter().rev() {
            let sum = of.terms.iter().try_fold(0.0, |sum, (sign, key)| value(of.edition, key).map(|v| sum + sign * v));
            if let Some(sum) = sum {
                at.keys.fill(columns, r, &forms.editions[of.edition].code, 1);
                columns.push(at.own.series, Field::Str(&series.code), 1);
                columns.push(at.own.value, Field::Float(sum), 1);
                columns.push(at.own.comparability, Field::Str(Comparability::of(of).code()), 1);
                break;
            }
        }
    }
}
