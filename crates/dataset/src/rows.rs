//! Rows: a record becomes rows of every partitioned table.
//!
//! Owns which table shows what, and that wide tables and series hold primary reports only. Refuses to compute anything
//! beyond the harmonised series.

use super::columns::{Columns, Field};
use super::coverage::Expected;
use super::record::{CellRecord, FindingRecord, MATCHED, Record};
use super::schema::TableSchema;

use nianbao_document::page_of;
use nianbao_report::Knowledge;
use nianbao_report::check::across::{Doubt, FIGURES};
use nianbao_report::finding::{Finding, Rule, Settings};
use nianbao_report::form::{CellKey, Forms};

/// Key columns at the head of every partitioned table.
pub const KEYS: usize = 5;

/// Columns of `findings` that every finding fills.
const FINDING: usize = 12;
/// Those behind them, about its cell.
const CELL: usize = 5;

/// What the wide tables need to know of the schema: the columns that hold each code.
pub struct Layouts {
    disclosure: Vec<String>,
    requests: Vec<String>,
    disputes: Vec<String>,
    statistics: Vec<String>,
}

impl Layouts {
    /// Reads the names of the wide tables' columns.
    #[must_use]
    pub fn new(tables: &[TableSchema]) -> Self {
        let of = |name: &str, skip: usize| -> Vec<String> {
            let table = tables.iter().find(|t| t.name == name);
            table.map(|t| t.columns.iter().skip(KEYS + skip).map(|c| c.name.clone()).collect()).unwrap_or_default()
        };
        Self {
            disclosure: of("disclosure", 1),
            requests: of("requests", 1),
            disputes: of("disputes", 1),
            statistics: of("statistics", 0),
        }
    }
}

fn keys(columns: &mut Columns, record: &Record<'_>, edition: &str, times: usize) {
    columns.push(0, Field::Str(record.report_id), times);
    columns.push(1, record.agency.into(), times);
    columns.push(2, record.place.county_code.into(), times);
    columns.push(3, record.place.prefecture_code.into(), times);
    columns.push(4, if edition.is_empty() { Field::Null } else { Field::Str(edition) }, times);
}

fn row(columns: &mut Columns, record: &Record<'_>, edition: &str, own: &[Field<'_>]) {
    keys(columns, record, edition, 1);
    for (i, field) in own.iter().enumerate() {
        columns.push(KEYS + i, *field, 1);
    }
}

/// The row of `reports`.
pub fn report(forms: &Forms, columns: &mut Columns, r: &Record<'_>, is_primary: bool) {
    let int = |n: u32| Field::Int(i64::from(n));
    row(
        columns,
        r,
        &forms.editions[usize::from(r.edition)].code,
        &[
            r.title.into(),
            r.agency_kind.into(),
            r.place.county.into(),
            r.place.prefecture.into(),
            r.place.province_name.into(),
            r.year_evidence.into(),
            r.place.evidence.into(),
            r.published_on.map_or(Field::Null, |d| Field::Int(i64::from(d))),
            Field::Str(r.source_path),
            Field::Str(r.format),
            Field::Bool(is_primary),
            int(r.tables_found),
            int(r.cells_expected),
            Field::Int(r.cells.len() as i64),
            int(r.cells_recovered),
            int(r.checks_evaluated),
            int(r.checks_failed),
            Field::Str(r.quality),
            r.body_id.as_deref().into(),
        ],
    );
}

/// The rows of `cells`. Columns that are the same for a run of cells are appended once per run.
pub fn cells(forms: &Forms, columns: &mut Columns, r: &Record<'_>) {
    let mut from = 0;
    while let Some(first) = r.cells.get(from) {
        let same = |c: &&CellRecord<'_>| {
            (c.edition, c.table, c.row, c.label, c.matched)
                == (first.edition, first.table, first.row, first.label, first.matched)
        };
        let run = r.cells[from..].iter().take_while(same).count();
        let edition = &forms.editions[usize::from(first.edition)];
        let table = &edition.tables[usize::from(first.table)];
        keys(columns, r, &edition.code, run);
        columns.push(KEYS, Field::Str(r.source_path), run);
        columns.push(KEYS + 1, Field::Str(&table.code), run);
        columns.push(KEYS + 2, Field::Str(&table.rows[usize::from(first.row)].code), run);
        columns.push(KEYS + 7, label(r, first).into(), run);
        columns.push(KEYS + 11, Field::Str(MATCHED[usize::from(first.matched).min(MATCHED.len() - 1)].code()), run);
        for cell in &r.cells[from..from + run] {
            let column = &table.columns[usize::from(cell.column)];
            columns.push(KEYS + 3, Field::Str(&column.code), 1);
            columns.push(KEYS + 4, cell.value.into(), 1);
            columns.push(KEYS + 5, unit(forms, cell).into(), 1);
            columns.push(KEYS + 6, Field::Str(cell.raw), 1);
            columns.push(KEYS + 8, Field::Str(&column.label), 1);
            let line = Some(cell.line).filter(|l| *l > 0);
            columns.push(KEYS + 9, number(line), 1);
            columns.push(KEYS + 10, number(line.and_then(|l| page_of(&r.pages, l))), 1);
        }
        from += run;
    }
}

fn unit<'r>(forms: &'r Forms, cell: &CellRecord<'r>) -> Option<&'r str> {
    let key = CellKey { table: usize::from(cell.table), row: usize::from(cell.row), column: usize::from(cell.column) };
    cell.unit.or(Some(forms.editions[usize::from(cell.edition)].unit(key)).filter(|u| !u.is_empty()))
}

fn label<'r>(r: &Record<'r>, cell: &CellRecord<'_>) -> Option<&'r str> {
    r.labels.get(cell.label as usize).copied().filter(|l| !l.is_empty())
}

fn number(value: Option<u32>) -> Field<'static> {
    value.map_or(Field::Null, |v| Field::Int(i64::from(v)))
}

/// The cells of one table of a record, with the edition's code.
fn of_table<'r, 'a>(forms: &'r Forms, r: &'r Record<'a>, code: &'r str) -> impl Iterator<Item = &'r CellRecord<'a>> {
    r.cells.iter().filter(move |c| forms.editions[usize::from(c.edition)].tables[usize::from(c.table)].code == code)
}

fn fill(
    columns: &mut Columns,
    record: &Record<'_>,
    edition: &str,
    item: Option<&str>,
    names: &[String],
    values: &[(&str, Option<f64>)],
) {
    keys(columns, record, edition, 1);
    let mut at = KEYS;
    if let Some(item) = item {
        columns.push(at, Field::Str(item), 1);
        at += 1;
    }
    for (i, name) in names.iter().enumerate() {
        let value = values.iter().find(|(n, _)| n == name).and_then(|(_, v)| *v);
        columns.push(at + i, value.into(), 1);
    }
}

/// Rows of a table whose rows are the form's rows (`disclosure`, `disputes`).
fn by_row(forms: &Forms, columns: &mut Columns, r: &Record<'_>, table: &str, names: &[String]) {
    let mut from = 0;
    let cells: Vec<&CellRecord<'_>> = of_table(forms, r, table).collect();
    while let Some(first) = cells.get(from) {
        let run: Vec<&&CellRecord<'_>> =
            cells[from..].iter().take_while(|c| (c.edition, c.row) == (first.edition, first.row)).collect();
        let edition = &forms.editions[usize::from(first.edition)];
        let form = &edition.tables[usize::from(first.table)];
        let values: Vec<(&str, Option<f64>)> =
            run.iter().map(|c| (form.columns[usize::from(c.column)].code.as_str(), c.value)).collect();
        fill(columns, r, &edition.code, Some(&form.rows[usize::from(first.row)].code), names, &values);
        from += run.len();
    }
}

/// The rows of `disclosure`.
pub fn disclosure(forms: &Forms, layouts: &Layouts, columns: &mut Columns, r: &Record<'_>) {
    by_row(forms, columns, r, "disclosure", &layouts.disclosure);
}

/// The rows of `disputes`.
pub fn disputes(forms: &Forms, layouts: &Layouts, columns: &mut Columns, r: &Record<'_>) {
    by_row(forms, columns, r, "disputes", &layouts.disputes);
}

/// The rows of `requests`: one per applicant kind, as the form's columns.
pub fn requests(forms: &Forms, layouts: &Layouts, columns: &mut Columns, r: &Record<'_>) {
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
            fill(columns, r, &edition.code, Some(&column.code), &layouts.requests, &values);
        }
    }
}

/// The row of `statistics`.
pub fn statistics(forms: &Forms, layouts: &Layouts, columns: &mut Columns, r: &Record<'_>) {
    let cells: Vec<&CellRecord<'_>> = of_table(forms, r, "statistics").collect();
    let Some(first) = cells.first() else { return };
    let edition = &forms.editions[usize::from(first.edition)];
    let form = &edition.tables[usize::from(first.table)];
    let values: Vec<(&str, Option<f64>)> =
        cells.iter().map(|c| (form.rows[usize::from(c.row)].code.as_str(), c.value)).collect();
    fill(columns, r, &edition.code, None, &layouts.statistics, &values);
}

/// The rows of `series`: a figure whose every cell is there and not blank.
pub fn series(forms: &Forms, columns: &mut Columns, r: &Record<'_>) {
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
                let class = if of.exact { "exact" } else { "approximate" };
                let own = [Field::Str(&series.code), Field::Float(sum), Field::Str(class)];
                row(columns, r, &forms.editions[of.edition].code, &own);
                break;
            }
        }
    }
}

/// The rows of `sections`.
pub fn sections(forms: &Forms, columns: &mut Columns, r: &Record<'_>) {
    for (number, code, heading, text) in &r.sections {
        let own = [Field::Int(i64::from(*number)), Field::Str(code), Field::Str(heading), Field::Str(text.0)];
        row(columns, r, &forms.editions[usize::from(r.edition)].code, &own);
    }
}

/// The rows of `mentions`.
pub fn mentions(knowledge: &Knowledge, columns: &mut Columns, r: &Record<'_>) {
    for (metric, value, unit, sentence, line) in &r.mentions {
        let Some(metric) = knowledge.metrics.all().get(usize::from(*metric)) else { continue };
        let own = [
            Field::Str(&metric.code),
            Field::Float(*value),
            if unit.is_empty() { Field::Null } else { Field::Str(unit) },
            Field::Str(sentence),
            Field::Str(r.source_path),
            number(Some(*line)),
            number(page_of(&r.pages, *line)),
        ];
        row(columns, r, &knowledge.forms.editions[usize::from(r.edition)].code, &own);
    }
}

/// The row of `coverage`: a government with or without its report, or a body that stopped, with its last one.
pub fn coverage(
    knowledge: &Knowledge,
    year: Option<i32>,
    columns: &mut Columns,
    expected: Expected<'_>,
    record: Option<&Record<'_>>,
) {
    let (subject, status, county) = match expected {
        Expected::Government { county, report: Some(_) } => ("government", "found", Some(county)),
        Expected::Government { county, report: None } => ("government", "missing", Some(county)),
        Expected::Stopped { .. } => ("body", "stopped", None),
    };
    let found = status == "found";
    let place = county.map(|d| knowledge.gazetteer.place(d, year));
    let from = |own: Option<&'_ str>, other: Option<String>| own.map(str::to_owned).or(other);
    let of = record.map(|r| &r.place);
    let county_code = from(of.and_then(|p| p.county_code), place.as_ref().and_then(|p| p.county_code.clone()));
    let prefecture_code =
        from(of.and_then(|p| p.prefecture_code), place.as_ref().and_then(|p| p.prefecture_code.clone()));
    let county = from(of.and_then(|p| p.county), place.as_ref().and_then(|p| p.county.clone()));
    let prefecture = from(of.and_then(|p| p.prefecture), place.as_ref().and_then(|p| p.prefecture.clone()));
    let province = of.and_then(|p| p.province_name);
    let province = from(province, place.as_ref().and_then(|p| p.province_name.clone()));
    let edition = record.filter(|_| found).map(|r| knowledge.forms.editions[usize::from(r.edition)].code.as_str());
    let own = [
        record.filter(|_| found).map(|r| r.report_id).into(),
        record.and_then(|r| r.agency).into(),
        county_code.as_deref().into(),
        prefecture_code.as_deref().into(),
        edition.into(),
        Field::Str(subject),
        Field::Str(status),
        county.as_deref().into(),
        prefecture.as_deref().into(),
        record.filter(|_| found).map(|r| r.quality).into(),
        record.and_then(|r| r.body_id.as_deref()).into(),
        record.filter(|_| !found).map(|r| r.report_id).into(),
        province.as_deref().into(),
    ];
    columns.row(&own);
}

/// Codes of table, row and column of a cell.
fn codes<'r>(forms: &'r Forms, cell: &CellRecord<'_>) -> (&'r str, &'r str, &'r str) {
    let form = &forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
    (&form.code, &form.rows[usize::from(cell.row)].code, &form.columns[usize::from(cell.column)].code)
}

/// The cell that a finding is about, on its line if it has one: a figure of the narrative stands elsewhere than the cell
/// that it is set beside.
fn cell_of<'r, 'a>(forms: &Forms, r: &'r Record<'a>, f: &FindingRecord<'_>) -> Option<&'r CellRecord<'a>> {
    let of = (f.table?, f.row?, f.column?);
    let own = || r.cells.iter().filter(|c| codes(forms, c) == of);
    match f.line {
        Some(line) => own().find(|c| c.line == line),
        None => own().next(),
    }
}

/// The finding of a doubt that a report and another one show together.
pub fn beside<'a>(forms: &Forms, r: &Record<'_>, doubt: &Doubt, detail: &'a str) -> FindingRecord<'a> {
    let figure = doubt.figure.and_then(|f| FIGURES.get(f));
    let cell = figure.and_then(|figure| r.cells.iter().find(|c| codes(forms, c) == *figure));
    FindingRecord {
        rule: doubt.rule as u8,
        table: figure.map(|f| f.0),
        row: figure.map(|f| f.1),
        column: figure.map(|f| f.2),
        expected: doubt.expected,
        actual: doubt.actual,
        detail,
        line: cell.map(|c| c.line).filter(|l| *l > 0),
    }
}

/// The rows of `findings` of a report.
pub fn findings(knowledge: &Knowledge, columns: &mut Columns, r: &Record<'_>) {
    let edition = &knowledge.forms.editions[usize::from(r.edition)].code;
    for finding in &r.findings {
        keys(columns, r, edition, 1);
        finding_fields(&knowledge.settings, columns, finding, (r.source_path, &r.pages));
        let forms = &knowledge.forms;
        let cell = cell_of(forms, r, finding);
        let own = [
            cell.map(|c| c.raw).into(),
            cell.and_then(|c| label(r, c)).into(),
            cell.map(|c| {
                forms.editions[usize::from(c.edition)].tables[usize::from(c.table)].columns[usize::from(c.column)]
                    .label
                    .as_str()
            })
            .into(),
            cell.and_then(|c| c.value).into(),
            cell.and_then(|c| unit(forms, c)).into(),
        ];
        for (i, field) in own.iter().enumerate() {
            columns.push(KEYS + FINDING + i, *field, 1);
        }
    }
}

/// The row of `findings` of a file that is no report.
pub fn file_finding(settings: &Settings, columns: &mut Columns, finding: &FindingRecord<'_>, source_path: &str) {
    for key in 0..KEYS {
        columns.push(key, Field::Null, 1);
    }
    finding_fields(settings, columns, finding, (source_path, &[]));
    for i in 0..CELL {
        columns.push(KEYS + FINDING + i, Field::Null, 1);
    }
}

fn finding_fields(
    settings: &Settings,
    columns: &mut Columns,
    f: &FindingRecord<'_>,
    (source_path, pages): (&str, &[u32]),
) {
    let Some(rule) = Rule::ALL.get(usize::from(f.rule)).copied() else { return };
    let whole = Finding::new(rule, f.detail);
    let (zh, en) = (whole.message_zh(), whole.message_en());
    let own = [
        Field::Str(rule.id()),
        Field::Str(settings.severity_of(rule).unwrap_or(rule.severity()).code()),
        f.table.into(),
        f.row.into(),
        f.column.into(),
        f.expected.into(),
        f.actual.into(),
        Field::Str(&zh),
        Field::Str(&en),
        Field::Str(source_path),
        number(f.line),
        number(f.line.and_then(|l| page_of(pages, l))),
    ];
    for (i, field) in own.iter().enumerate() {
        columns.push(KEYS + i, *field, 1);
    }
}
