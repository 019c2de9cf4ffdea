//! The sums that a form prints, evaluated on one report.
//!
//! Owns when a sum can be judged, what a breach says, and the count of both. Refuses to change a value: a broken sum is a
//! finding with what was expected.

use std::fmt::Write as _;

use super::suspect::{Sum, suspects};
use crate::extract::Report;
use crate::finding::{Finding, Rule, bilingual};
use crate::form::{CellKey, Compare, Edition, Identity, Table, Term};

/// How a report fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sums that could be evaluated.
    pub evaluated: u32,
    /// Hard sums among them that do not hold.
    pub failed: u32,
    /// Sums that could not be evaluated, because cells of theirs were not found or not read.
    pub skipped: u32,
}

/// Cells of one table of a report as a lookup.
pub(super) struct Cells {
    /// Per (row, column): outer `None` where the report has no cell, inner where it is blank or unreadable.
    pub(super) values: Vec<Option<Option<f64>>>,
    pub(super) unreadable: Vec<bool>,
    pub(super) lines: Vec<u32>,
    pub(super) columns: usize,
    /// Rows that the form does not have: line and figure.
    pub(super) local: Vec<(u32, f64)>,
}

pub(super) fn cells(edition: &Edition, e: usize, t: usize, report: &Report) -> Cells {
    let table = &edition.tables[t];
    let size = table.rows.len() * table.columns.len();
    let columns = table.columns.len();
    let unknown = |f: &&Finding| f.rule == Rule::UnknownRow && f.table.as_deref() == Some(&*table.code);
    // As printed: the label, and its figure at the end.
    let figure = |f: &Finding| Some((f.line?, f.detail.rsplit(' ').next()?.parse().ok()?));
    let local = report.findings.iter().filter(unknown).filter_map(figure).collect();
    let mut cells =
        Cells { values: vec![None; size], unreadable: vec![false; size], lines: vec![0; size], columns, local };
    for cell in report.tables.cells.iter().filter(|c| c.edition == e && c.key.table == t) {
        let at = cell.key.row * columns + cell.key.column;
        cells.values[at] = Some(cell.value);
        cells.unreadable[at] = cell.value.is_none() && !cell.blank;
        cells.lines[at] = cell.line;
    }
    cells
}

impl Cells {
    /// A sum can be judged when every cell it needs is there and readable; a blank one counts as 0, but a sum of blanks
    /// says nothing.
    fn evaluable(&self, operands: impl Iterator<Item = usize>) -> bool {
        let mut any = false;
        for at in operands {
            match self.values[at] {
                None => return false,
                Some(_) if self.unreadable[at] => return false,
                Some(value) => any |= value.is_some(),
            }
        }
        any
    }

    pub(super) fn value(&self, at: usize) -> f64 {
        self.values[at].flatten().unwrap_or(0.0)
    }

    /// Every instance of the form's sums that can be judged: the sum, and the row or column it runs along.
    fn judged<'f>(&self, form: &'f Table) -> impl Iterator<Item = (usize, &'f Identity, usize)> {
        form.identities.iter().enumerate().flat_map(move |(i, identity)| {
            let along = if identity.over_rows { form.columns.len() } else { form.rows.len() };
            let judged =
                move |fixed: &usize| is_judged(identity, self, &|of| place(identity, self.columns, *fixed, of));
            (0..along).filter(judged).map(move |fixed| (i, identity, fixed))
        })
    }

    /// Whether a breach of a sum is an error: not where rows that the form does not have, among its parts or behind the
    /// last of them, make up for it.
    fn is_hard(&self, identity: &Identity, fixed: usize, difference: f64) -> bool {
        if !identity.hard || !identity.local || self.local.is_empty() {
            return identity.hard;
        }
        let lines = || identity.expr.operands().map(|of| self.lines[place(identity, self.columns, fixed, of)]);
        let (first, last) = (lines().min().unwrap_or(0), lines().max().unwrap_or(0));
        let next = self.lines.iter().copied().filter(|line| *line > last).min().unwrap_or(u32::MAX);
        let parts: f64 = self.local.iter().filter(|(line, _)| (first..next).contains(line)).map(|(_, v)| v).sum();
        (parts - difference).abs() > 1e-6 || difference <= 0.0
    }
}

pub(super) fn table(edition: &Edition, t: usize, cells: &Cells, tally: &mut Tally, findings: &mut Vec<Finding>) {
    let form = &edition.tables[t];
    let mut broken = false;
    for (_, identity, fixed) in cells.judged(form) {
        let at = |i: usize| place(identity, cells.columns, fixed, i);
        tally.evaluated += 1;
        let (holds, left, right) = identity.expr.holds(|i| cells.value(at(i)));
        if holds {
            continue;
        }
        let hard = cells.is_hard(identity, fixed, left - right);
        broken |= hard && identity.expr.compare == Compare::Equal;
        tally.failed += u32::from(hard);
        let rule = if hard { Rule::HardSum } else { Rule::SoftSum };
        let first = identity.expr.left.first().map_or(0, |term| term.of);
        let (row, column) = if identity.over_rows { (first, fixed) } else { (fixed, first) };
        let (row_code, column_code) = (&form.rows[row].code, &form.columns[column].code);
        let key = CellKey { table: t, row, column };
        let where_ = if identity.over_rows { &form.columns[fixed].label } else { &form.rows[fixed].label };
        let labels = spelled(form, identity, cells, &at);
        let detail = bilingual(
            &format!("{where_}：{labels}（{left} / {right}）"),
            &format!("{where_} [{}]: {} ({left} / {right})", identity.code, identity.text),
        );
        findings.push(Finding {
            expected: Some(right),
            actual: Some(left),
            ..Finding::new(rule, detail)
                .in_table(&form.code)
                .on(Some(row_code), Some(column_code))
                .at(cells.lines[key.row * cells.columns + key.column])
        });
    }
    if broken {
        hint(form, cells, findings);
    }
}

/// A sum in the form's own labels, each with its figure, as an official checks it on the page.
fn spelled(form: &Table, identity: &Identity, cells: &Cells, at: &dyn Fn(usize) -> usize) -> String {
    let side = |terms: &[Term<usize>]| {
        let mut out = String::new();
        for (term, first) in terms.iter().zip(std::iter::once(true).chain(std::iter::repeat(false))) {
            out.push_str(match (term.sign < 0.0, first) {
                (true, true) => "－",
                (true, false) => " － ",
                (false, true) => "",
                (false, false) => " ＋ ",
            });
            let label = if identity.over_rows { &form.rows[term.of].label } else { &form.columns[term.of].label };
            let value = cells.values[at(term.of)].flatten().map_or_else(|| "空白".to_owned(), |v| v.to_string());
            let _ = write!(out, "{label} {value}");
        }
        out
    };
    let compare = match identity.expr.compare {
        Compare::Equal => "＝",
        Compare::AtMost => "≤",
    };
    format!("{} {compare} {}", side(&identity.expr.left), side(&identity.expr.right))
}

/// Terms of a sum that are written out where it is only named; of longer ones the first two and the last.
const NAMED: usize = 8;

/// A sum in the form's own labels: 总计＝自然人＋商业企业＋….
fn named(form: &Table, identity: &Identity) -> String {
    let side = |terms: &[Term<usize>]| {
        let mut out = String::new();
        for (i, term) in terms.iter().enumerate() {
            if terms.len() > NAMED && (2..terms.len() - 1).contains(&i) {
                out.push_str(if i == 2 { "＋…" } else { "" });
                continue;
            }
            out.push_str(match (term.sign < 0.0, i) {
                (true, _) => "－",
                (false, 0) => "",
                (false, _) => "＋",
            });
            out.push_str(if identity.over_rows { &form.rows[term.of].label } else { &form.columns[term.of].label });
        }
        out
    };
    let compare = match identity.expr.compare {
        Compare::Equal => "＝",
        Compare::AtMost => "≤",
    };
    format!("{}{compare}{}", side(&identity.expr.left), side(&identity.expr.right))
}

/// Every instance of the form's sums: the sum, and the row or column it runs along.
fn instances(form: &Table) -> impl Iterator<Item = (&Identity, usize)> {
    form.identities.iter().flat_map(move |identity| {
        let along = if identity.over_rows { form.columns.len() } else { form.rows.len() };
        let whole = move |fixed: &usize| {
            identity.expr.operands().all(|of| {
                let (row, column) = if identity.over_rows { (of, *fixed) } else { (*fixed, of) };
                form.rows[row].columns.contains(&column)
            })
        };
        (0..along).filter(whole).map(move |fixed| (identity, fixed))
    })
}

/// How many sums a table has that was not found at all.
pub(super) fn count(form: &Table) -> u32 {
    u32::try_from(instances(form).count()).unwrap_or(u32::MAX)
}

/// Counts the sums of a table that cannot be judged because a cell of theirs was not found or not read, and says which.
/// What is printed blank was read.
pub(super) fn skipped(form: &Table, cells: &Cells, tally: &mut Tally, findings: &mut Vec<Finding>) {
    let mut of_identity: Vec<(&Identity, u32)> = Vec::new();
    for (identity, fixed) in instances(form) {
        let at = identity.expr.operands().map(|of| place(identity, cells.columns, fixed, of));
        if !at.into_iter().any(|at| cells.values[at].is_none() || cells.unreadable[at]) {
            continue;
        }
        tally.skipped += 1;
        match of_identity.last_mut() {
            Some((last, count)) if last.code == identity.code => *count += 1,
            _ => of_identity.push((identity, 1)),
        }
    }
    if of_identity.is_empty() {
        return;
    }
    let zh: Vec<String> = of_identity.iter().map(|(i, count)| format!("{}（{count}处）", named(form, i))).collect();
    let en: Vec<String> = of_identity.iter().map(|(i, count)| format!("{} ({count} times)", i.text)).collect();
    let count: u32 = of_identity.iter().map(|(_, count)| count).sum();
    let finding = Finding::new(Rule::SumsNotJudged, bilingual(&zh.join("；"), &en.join("; ")));
    findings.push(Finding { actual: Some(f64::from(count)), ..finding.in_table(&form.code) });
}

/// The cell of row or column `i` in the instance of an identity along `fixed`.
pub(super) fn place(identity: &Identity, columns: usize, fixed: usize, i: usize) -> usize {
    if identity.over_rows { i * columns + fixed } else { fixed * columns + i }
}

/// A total printed alone says nothing about its parts: blank cells count as 0 only beside others.
pub(super) fn is_judged(identity: &Identity, cells: &Cells, at: &dyn Fn(usize) -> usize) -> bool {
    let mut parts = identity.expr.right.iter().map(|term| at(term.of));
    let alone = identity.expr.right.len() > 1 && parts.all(|p| cells.values[p].flatten().is_none());
    // Nor do parts say anything about a total that is printed blank: blank is not zero.
    let unsaid = identity.expr.left.iter().all(|term| cells.values[at(term.of)].flatten().is_none());
    !alone && !unsaid && cells.evaluable(identity.expr.operands().map(at))
}

/// Every hard sum of a table that can be judged.
pub(super) fn hard_sums(form: &Table, cells: &Cells) -> Vec<Sum> {
    let sum = |(i, identity, fixed): (usize, &Identity, usize)| {
        let at = |of: usize| place(identity, cells.columns, fixed, of);
        let (_, left, right) = identity.expr.holds(|of| cells.value(at(of)));
        if identity.expr.compare != Compare::Equal || !cells.is_hard(identity, fixed, left - right) {
            return None;
        }
        let signed = |terms: &[Term<usize>], side: f64| -> Vec<(usize, f64)> {
            terms.iter().map(|t| (at(t.of), side * t.sign)).collect()
        };
        let mut terms = signed(&identity.expr.left, 1.0);
        terms.extend(signed(&identity.expr.right, -1.0));
        Some(Sum { terms, difference: left - right, identity: i })
    };
    cells.judged(form).filter_map(sum).collect()
}

/// The cells that most likely are wrong, as hints.
fn hint(form: &Table, cells: &Cells, findings: &mut Vec<Finding>) {
    let whole =
        form.columns.iter().all(|c| !c.unit.ends_with('元')) && form.rows.iter().all(|r| !r.unit.ends_with('元'));
    for suspect in suspects(&hard_sums(form, cells), &|at| cells.value(at), whole) {
        let (row, column) = (suspect.cell / cells.columns, suspect.cell % cells.columns);
        let codes: Vec<&str> = suspect.identities.iter().map(|i| form.identities[*i].code.as_str()).collect();
        let sums: Vec<String> = suspect.identities.iter().map(|i| named(form, &form.identities[*i])).collect();
        let cell = format!("{} / {}", form.rows[row].label, form.columns[column].label);
        let detail = bilingual(&format!("{cell}（{}）", sums.join("；")), &format!("{cell} [{}]", codes.join(", ")));
        findings.push(Finding {
            expected: Some(suspect.mended),
            actual: Some(cells.value(suspect.cell)),
            ..Finding::new(Rule::SuspectCell, detail)
                .in_table(&form.code)
                .on(Some(&form.rows[row].code), Some(&form.columns[column].code))
                .at(cells.lines[suspect.cell])
        });
    }
}
