//! Cases in sheets: kinds of case by results, whichever of them stand above and which beside the figures.
//!
//! Owns naming a cell by all words above and beside it. Refuses cells that two words of one kind, or two cells, claim.

use super::heads::{Named, Namer};
use super::matrix::token;
use super::sheet::{Cell, Sheet};
use super::table::{Reading, Row};
use super::words::When;
use crate::extract::candidate::Token;
use crate::extract::found::Context;
use crate::extract::index::Matched;
use crate::extract::number::{self, Printed};
use crate::finding::{Finding, Rule, quote};
use crate::form::{FormLine, Table};

/// A place of the form, the column that claims it, its cell, and the time that its head tells.
type Claim<'a, 'd> = ((usize, usize), usize, &'a Cell<'d>, Option<When>);

/// Cells named before a stretch of a sheet counts as the table.
const LEAST: usize = 4;

/// What a cell's words name.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    case: Option<usize>,
    result: Option<usize>,
    group: bool,
    extra: bool,
    /// A damaged name among them.
    unknown: bool,
    when: Option<When>,
}

struct Reader<'r, 'a, 'd> {
    cx: &'r Context<'a, 'd>,
    place: (usize, usize),
    table: &'a Table,
    sheet: &'r Sheet<'d>,
}

/// The table of cases in a sheet, as the form of `place`.
pub(super) fn cases<'d>(cx: &Context<'_, 'd>, sheet: &Sheet<'d>, place: (usize, usize)) -> Option<Reading<'d>> {
    let reader = Reader { cx, place, table: cx.form(place), sheet };
    reader.read()
}

impl<'d> Reader<'_, '_, 'd> {
    /// Adds what a text names.
    fn add(&self, name: &mut Name, cell: &Cell<'_>) {
        let (index, words) = (self.cx.labels(self.place), &self.cx.index.words);
        let namer = Namer { table: self.table, index, words };
        name.when = name.when.or_else(|| words.when(cell.text));
        name.extra |= words.is_extra(&cell.norm);
        let mut rest = cell.norm.as_str();
        let before = *name;
        // `行政诉讼-未经复议直接起诉-结果维持` in one cell.
        for _ in 0..3 {
            let mut found = None;
            for (line, of) in self.table.lines.iter().enumerate() {
                for wording in index.wordings_of(line) {
                    if rest.starts_with(wording) && found.is_none_or(|(_, l): (FormLine, usize)| l < wording.len()) {
                        found = Some((*of, wording.len()));
                    }
                }
            }
            let Some((line, length)) = found else { break };
            match line {
                FormLine::Row(row) => name.case = Some(name.case.filter(|c| *c == row).map_or(row, |c| c)),
                FormLine::Group(_) => name.group = true,
            }
            rest = &rest[length..];
        }
        if rest.is_empty() {
            return;
        }
        match namer.name_plainly(rest, rest) {
            Named::Column(column) => name.result = Some(column),
            // What goes on in other words is another name, damaged: 复议后巾诉 is no 复议.
            Named::Unknown if rest.len() < cell.norm.len() => {
                *name = Name { extra: name.extra, when: name.when, ..before };
                name.unknown = true;
            }
            _ => {}
        }
    }

    /// What the words above and beside a place name.
    fn name(&self, row: usize, column: usize, heads: &[usize]) -> Name {
        let mut name = Name::default();
        let mut last: Option<&Cell<'_>> = None;
        let above = heads.iter().filter(|h| **h < row).filter_map(|h| self.sheet.at(*h, column));
        for cell in above.filter(|c| !c.norm.is_empty()) {
            if !last.is_some_and(|l| std::ptr::eq(l, cell)) {
                self.add(&mut name, cell);
            }
            last = Some(cell);
        }
        for cell in self.sheet.row(row).filter(|c| c.is_text()) {
            self.add(&mut name, cell);
        }
        name
    }

    fn read(&self) -> Option<Reading<'d>> {
        let sheet = self.sheet;
        let figures = |row: usize| sheet.row(row).any(|c| c.is_figure() && c.row == row);
        let first = (0..sheet.height).find(|r| figures(*r));
        let is_head = |row: &usize| sheet.row(*row).any(|c| c.is_text()) && !figures(*row);
        let heads: Vec<usize> = (0..sheet.height).filter(is_head).collect();
        let mut claims: Vec<Claim<'_, 'd>> = Vec::new();
        for row in 0..sheet.height {
            // Blank rows between heads and figures are no rows of the table; without any figure the first may be.
            if !figures(row) && (first.is_some() || heads.contains(&row)) {
                continue;
            }
            for cell in sheet.row(row).filter(|c| c.row == row && !c.is_text() && c.columns == 1) {
                let name = self.name(row, cell.column, &heads);
                if let (Some(case), Some(result), false) = (name.case, name.result, name.extra || name.unknown) {
                    claims.push(((case, result), row, cell, name.when));
                }
            }
        }
        let mut rows: Vec<usize> = claims.iter().map(|c| c.1).collect();
        rows.dedup();
        // `1 2 3 …` above the figures numbers the columns.
        let numbered = |row: usize| {
            let own: Vec<f64> = claims.iter().filter(|c| c.1 == row).filter_map(|c| value(c.2)).collect();
            own.len() >= LEAST && own.windows(2).all(|w| (w[1] - w[0] - 1.0).abs() < 1e-9)
        };
        if rows.len() > 1 {
            let drop: Vec<usize> = rows.iter().copied().filter(|r| numbered(*r)).collect();
            claims.retain(|c| !drop.contains(&c.1));
        }
        drop_templates(&mut claims, &rows);
        let all = self.table.cell_count();
        if claims.len() < LEAST || sheet.of_lines && claims.len() < all {
            return None;
        }
        Some(self.printing(&claims))
    }

    fn printing(&self, claims: &[Claim<'_, 'd>]) -> Reading<'d> {
        let year = self.cx.year;
        let mut printing = Reading { lines: self.sheet.lines(), ..Reading::default() };
        let mut ambiguous = false;
        for (row, form) in self.table.rows.iter().enumerate() {
            let mut cells: Vec<(usize, Token<'d>, Printed)> = Vec::new();
            for column in &form.columns {
                let own: Vec<_> = claims.iter().filter(|c| c.0 == (row, *column)).collect();
                let told: Vec<_> = own.iter().filter(|c| c.3.is_some_and(|w| w.is_of(year))).collect();
                let free: Vec<_> = own.iter().filter(|c| c.3.is_none()).collect();
                let chosen = if told.is_empty() { free } else { told };
                match chosen.as_slice() {
                    [only] => cells.push((*column, token(only.2), Printed::Nothing)),
                    [] => {}
                    _ => ambiguous = true,
                }
            }
            if !cells.is_empty() {
                let label = form.label.clone();
                printing.rows.push(Row { place: self.place, row, label, matched: Matched::Exact, cells });
            }
        }
        if ambiguous {
            let detail = quote(&claims.iter().map(|c| c.2.text).collect::<Vec<_>>().join(" "), 120);
            let finding = Finding::new(Rule::UnplacedValue, detail).in_table(&self.table.code).at(printing.lines.0);
            printing.findings.push(finding);
            printing.rows.iter_mut().for_each(|r| r.cells.clear());
            printing.refused = true;
        }
        printing
    }
}

/// Drops lines of zeros beside a line of the same places that counts: those are a template.
fn drop_templates(claims: &mut Vec<Claim<'_, '_>>, rows: &[usize]) {
    let of = |row: usize| claims.iter().filter(move |c| c.1 == row);
    let counts = |row: usize| of(row).any(|c| value(c.2).is_some_and(|v| v != 0.0));
    let again = |row: usize, other: usize| of(row).any(|c| of(other).any(|o| o.0 == c.0));
    let template = |row: &usize| !counts(*row) && rows.iter().any(|o| o != row && counts(*o) && again(*row, *o));
    let drop: Vec<usize> = rows.iter().copied().filter(template).collect();
    claims.retain(|c| !drop.contains(&c.1));
}

fn value(cell: &Cell<'_>) -> Option<f64> {
    match cell.reading {
        number::Reading::Number { value, .. } => Some(value),
        _ => None,
    }
}
