//! Values recognised in pictures: only what a sum of the form confirms stays, or what two recognisers read alike and no sum
//! speaks against; sums decide between two readings.
//!
//! Owns the verdict. Refuses to mend: a value that neither reading gives is never made up, and one that no sum confirms is
//! left out, with a finding that quotes it.

use std::collections::{BTreeMap, BTreeSet};

use super::sums::{Cells, cells, hard_sums, is_judged, place};
use crate::extract::number::{Reading, read};
use crate::extract::{FoundCell, Matched, Report};
use crate::finding::{Finding, Rule, quote};
use crate::form::{Compare, Edition, Forms, Identity, Table};
use nianbao_document::{Document, page_of};

/// Stands between two readings of a cell that differ, in its raw text: `17?12`.
const OR: char = '?';
/// Cells of one sum between whose readings it may decide: among more, one reading may fit by chance.
const MOST: usize = 3;

/// Decides between readings, then leaves out recognised values that stand in a sum that does not hold, or in none that does
/// if only one recogniser saw them. They become unreadable cells.
pub(crate) fn confirm(forms: &Forms, document: &Document, report: &mut Report) {
    if !report.tables.cells.iter().any(|c| c.matched == Matched::Ocr) {
        return;
    }
    // Row by row, in the order of the form.
    let mut left_out: BTreeMap<(usize, usize, usize), (Vec<String>, u32)> = BTreeMap::new();
    for (e, edition) in forms.editions.iter().enumerate() {
        for (t, table) in edition.tables.iter().enumerate() {
            let mut lookup = cells(edition, e, t, report);
            let own = |c: &FoundCell| c.edition == e && c.key.table == t;
            let at = |c: &FoundCell| c.key.row * table.columns.len() + c.key.column;
            let mut open: BTreeMap<usize, Vec<f64>> =
                report.tables.cells.iter().filter(|c| own(c)).map(|c| (at(c), readings(c))).collect();
            open.retain(|_, readings| !readings.is_empty());
            // Read alike twice, but not borne out by the ink: good enough for a sum, and bad for none.
            let mut decided: BTreeMap<usize, f64> = BTreeMap::new();
            for cell in report.tables.cells.iter().filter(|c| own(c) && is_agreed(c)) {
                if let Some([value]) = open.remove(&at(cell)).as_deref() {
                    set(&mut lookup, at(cell), Some(*value));
                    decided.insert(at(cell), *value);
                }
            }
            let tentative: BTreeSet<usize> = decided.keys().copied().collect();
            decided.append(&mut decide(table, &mut lookup, &mut open));
            let mut confirmed = vec![false; lookup.values.len()];
            let mut broken = vec![false; lookup.values.len()];
            let sums = hard_sums(table, &lookup);
            for (at, _) in sums.iter().filter(|sum| sum.holds()).flat_map(|sum| &sum.terms) {
                confirmed[*at] = true;
            }
            let is_sound = |at: usize| confirmed[at] || !tentative.contains(&at);
            for sum in sums.iter().filter(|sum| !sum.holds() && sum.terms.iter().all(|(at, _)| is_sound(*at))) {
                sum.terms.iter().for_each(|(at, _)| broken[*at] = true);
            }
            for cell in report.tables.cells.iter_mut().filter(|c| own(c)) {
                let place = at(cell);
                let vouched = confirmed[place] || is_witnessed(document, cell) && !decided.contains_key(&place);
                let doubtful = !vouched || broken[place] || cell.value.is_some_and(|v| !is_fit(edition, cell, v));
                if let Some(value) = decided.get(&place).filter(|_| !doubtful) {
                    cell.value = Some(*value);
                    note_decided(table, cell, *value, &mut report.findings);
                } else if cell.matched == Matched::Ocr && !cell.blank && cell.value.is_some() && doubtful {
                    cell.value = None;
                    let row = left_out.entry((e, t, cell.key.row)).or_insert_with(|| (Vec::new(), cell.line));
                    row.0.push(cell.raw.clone());
                }
            }
        }
    }
    for ((e, t, row), (raw, line)) in left_out {
        let table = &forms.editions[e].tables[t];
        let finding = Finding::new(Rule::OcrUnconfirmed, quote(&raw.join(" "), 120));
        let finding = finding.in_table(&table.code);
        report.findings.push(Finding { row: Some(table.rows[row].code.clone()), line: Some(line), ..finding });
    }
}

/// Whether a cell may hold such a figure: a speck makes a point, a stroke a sign, and both recognisers see them.
fn is_fit(edition: &Edition, cell: &FoundCell, value: f64) -> bool {
    let unit = edition.unit(cell.key);
    let counts = !unit.is_empty() && !unit.contains('元') && !cell.raw.contains('万');
    let signed = edition.tables[cell.key.table].columns[cell.key.column].signed;
    (!counts || value.fract() == 0.0) && (signed || value >= 0.0)
}

/// Whether a cell stands on a page of which two recognisers read alike what carries no mark.
fn is_witnessed(document: &Document, cell: &FoundCell) -> bool {
    page_of(&document.pages, cell.line).is_some_and(|page| document.witnessed_pages.contains(&page))
}

/// Whether two readings of a cell are the same figure, and still stand side by side.
fn is_agreed(cell: &FoundCell) -> bool {
    cell.raw.split_once(OR).is_some_and(|(one, two)| one == two) && !readings(cell).is_empty()
}

/// The figures that the two readings of a recognised cell give, where they differ.
fn readings(cell: &FoundCell) -> Vec<f64> {
    if cell.matched != Matched::Ocr || cell.blank || cell.value.is_some() || cell.raw.matches(OR).count() != 1 {
        return Vec::new();
    }
    let figure = |text: &str| match read(text) {
        Reading::Number { value, .. } => Some(value),
        _ => None,
    };
    let mut readings: Vec<f64> = cell.raw.split(OR).filter_map(figure).collect();
    readings.dedup();
    readings
}

/// The cells for which the sums of the form leave exactly one reading. Each decision may make the next one possible.
fn decide(table: &Table, cells: &mut Cells, open: &mut BTreeMap<usize, Vec<f64>>) -> BTreeMap<usize, f64> {
    let mut decided = BTreeMap::new();
    loop {
        let before = decided.len();
        for identity in table.identities.iter().filter(|i| i.hard && i.expr.compare == Compare::Equal) {
            let along = if identity.over_rows { table.columns.len() } else { table.rows.len() };
            for fixed in 0..along {
                let places = identity.expr.operands().map(|of| place(identity, cells.columns, fixed, of));
                let unknown: Vec<usize> = places.filter(|at| open.contains_key(at)).collect();
                if unknown.is_empty() || unknown.len() > MOST {
                    continue;
                }
                let Some(values) = only(identity, fixed, cells, &unknown, open) else { continue };
                for (at, value) in unknown.into_iter().zip(values) {
                    set(cells, at, Some(value));
                    open.remove(&at);
                    decided.insert(at, value);
                }
            }
        }
        if decided.len() == before {
            return decided;
        }
    }
}

/// The one choice of readings with which a sum holds; `None` where none does, or more than one.
fn only(
    identity: &Identity,
    fixed: usize,
    cells: &mut Cells,
    unknown: &[usize],
    open: &BTreeMap<usize, Vec<f64>>,
) -> Option<Vec<f64>> {
    let choices = unknown.iter().fold(vec![Vec::new()], |choices: Vec<Vec<f64>>, at| {
        let with = |choice: &Vec<f64>| {
            let of = open.get(at).into_iter().flatten();
            of.map(|value| choice.iter().copied().chain([*value]).collect()).collect::<Vec<_>>()
        };
        choices.iter().flat_map(with).collect()
    });
    let mut holding = Vec::new();
    for choice in choices {
        for (at, value) in unknown.iter().zip(&choice) {
            set(cells, *at, Some(*value));
        }
        let at = |of: usize| place(identity, cells.columns, fixed, of);
        if is_judged(identity, cells, &at) && identity.expr.holds(|of| cells.value(at(of))).0 {
            holding.push(choice);
        }
    }
    for at in unknown {
        set(cells, *at, None);
    }
    let only = holding.pop()?;
    holding.is_empty().then_some(only)
}

fn set(cells: &mut Cells, at: usize, value: Option<f64>) {
    cells.values[at] = Some(value);
    cells.unreadable[at] = value.is_none();
}

/// The cell is no longer unreadable, and the report says how its figure was found.
fn note_decided(table: &Table, cell: &FoundCell, value: f64, findings: &mut Vec<Finding>) {
    let (row, column) = (&table.rows[cell.key.row].code, &table.columns[cell.key.column].code);
    let is_cell = |f: &Finding| {
        f.table.as_ref() == Some(&table.code) && f.row.as_ref() == Some(row) && f.column.as_ref() == Some(column)
    };
    findings.retain(|f| f.rule != Rule::UnreadableValue || !is_cell(f) || f.line != Some(cell.line));
    let detail = format!("{} → {value}", quote(&cell.raw, 60));
    findings
        .push(Finding::new(Rule::OcrDecided, detail).in_table(&table.code).on(Some(row), Some(column)).at(cell.line));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::load;

    /// 申请 row of seven columns: what `decide` makes of it, and how many readings stay open.
    fn row(texts: [&str; 7]) -> (Vec<Option<f64>>, usize) {
        let forms = load().unwrap();
        let table = forms.editions.last().unwrap().tables.iter().find(|t| t.code == "requests").unwrap();
        let (size, columns) = (table.rows.len() * table.columns.len(), table.columns.len());
        let mut cells = Cells {
            values: vec![None; size],
            unreadable: vec![false; size],
            lines: vec![0; size],
            columns,
            local: Vec::new(),
        };
        let mut open = BTreeMap::new();
        for (at, text) in texts.iter().enumerate() {
            let value = text.parse::<f64>().ok();
            set(&mut cells, at, value);
            if value.is_none() {
                open.insert(at, text.split(OR).filter_map(|t| t.parse().ok()).collect::<Vec<f64>>());
            }
        }
        decide(table, &mut cells, &mut open);
        (cells.values[..7].iter().map(|v| v.flatten()).collect(), open.len())
    }

    #[test]
    fn a_sum_decides_between_two_readings() {
        assert_eq!(row(["17?12", "1", "0", "0", "0", "0", "13"]).0[0], Some(12.0));
        assert_eq!(row(["?12", "1", "0", "0", "0", "0", "13"]).0[0], Some(12.0));
        assert_eq!(row(["1", "1", "0", "0", "0", "0", "3?2"]).0[6], Some(2.0));
        let two = row(["17?12", "1?7", "0", "0", "0", "0", "13"]).0;
        assert_eq!((two[0], two[1]), (Some(12.0), Some(1.0)));
    }

    #[test]
    fn what_no_sum_or_more_than_one_choice_fits_stays_open() {
        assert_eq!(
            row(["17?12", "1", "0", "0", "0", "0", "15"]),
            (vec![None, Some(1.0), Some(0.0), Some(0.0), Some(0.0), Some(0.0), Some(15.0)], 1)
        );
        assert_eq!(row(["1?2", "2?1", "0", "0", "0", "0", "3"]).1, 2, "two ways to three");
        assert_eq!(row(["1?2", "1?2", "1?2", "1?2", "0", "0", "8"]).1, 4, "too many");
        assert_eq!(row(["1?2", "?", "0", "0", "0", "0", "2"]).1, 2, "no reading at all");
    }
}
