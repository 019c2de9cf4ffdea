//! Values recognised in pictures: only what a sum of the form confirms stays.
//!
//! Owns the verdict. Refuses to mend: a value that no sum confirms is left out, with a finding that quotes it.

use std::collections::BTreeMap;

use super::{cells, hard_sums};
use crate::extract::{Matched, Report};
use crate::finding::{Finding, Rule, quote};
use crate::form::Forms;

/// Leaves out recognised values that stand in no sum that holds, or in one that does not. They become unreadable cells.
pub(super) fn confirm(forms: &Forms, report: &mut Report) {
    if !report.tables.cells.iter().any(|c| c.matched == Matched::Ocr) {
        return;
    }
    // Row by row, in the order of the form.
    let mut left_out: BTreeMap<(usize, usize, usize), (Vec<String>, u32)> = BTreeMap::new();
    for (e, edition) in forms.editions.iter().enumerate() {
        for (t, table) in edition.tables.iter().enumerate() {
            let lookup = cells(edition, e, t, report);
            let mut confirmed = vec![false; lookup.values.len()];
            let mut broken = vec![false; lookup.values.len()];
            for sum in hard_sums(table, &lookup) {
                for (at, _) in &sum.terms {
                    if sum.holds() { confirmed[*at] = true } else { broken[*at] = true }
                }
            }
            for cell in report.tables.cells.iter_mut().filter(|c| c.edition == e && c.key.table == t) {
                let at = cell.key.row * table.columns.len() + cell.key.column;
                let doubtful = !confirmed[at] || broken[at];
                if cell.matched == Matched::Ocr && !cell.blank && cell.value.is_some() && doubtful {
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
