//! Columns: which places of a sheet hold which column of the form.
//!
//! Owns what heads, years and the form's order say together. Refuses a column that two places claim.

use super::heads::{Head, Named, Namer, above, head};
use super::sheet::{Cell, Sheet};
use super::words::When;
use crate::extract::slots::is_usual;

/// The columns of a table in a sheet.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// For each column of the form: the columns of the sheet that hold it.
    pub(super) of: Vec<Vec<usize>>,
    /// For each column of the sheet: whether figures stand there, the form's or others.
    pub(super) data: Vec<bool>,
    /// Columns of the form are named in another order than the form's.
    pub(super) moved: bool,
}

/// What one place of a row says of a column.
pub(super) enum Place<'s, 'd> {
    /// One cell.
    Cell(&'s Cell<'d>),
    /// No cell, or one that covers more than this column and row.
    None,
}

impl Columns {
    /// Reads the heads in `rows` over the columns of a sheet. `stub` says which columns hold labels. `None` where no head
    /// names a column.
    pub(super) fn read(
        namer: &Namer<'_>,
        sheet: &Sheet<'_>,
        rows: &[usize],
        stub: &[bool],
        filled: &[bool],
        year: Option<i32>,
    ) -> Option<Self> {
        let heads: Vec<Head> = (0..sheet.width)
            .map(|column| {
                let path = above(sheet, rows, column);
                if stub.get(column) == Some(&true) {
                    Head { named: Named::Nothing, when: None }
                } else {
                    head(namer, &path)
                }
            })
            .collect();
        let count = namer.table.columns.len();
        let mut claims: Vec<Vec<(usize, Option<When>)>> = vec![Vec::new(); count];
        for (column, head) in heads.iter().enumerate() {
            if let Named::Column(named) = head.named {
                claims[named].push((column, head.when));
            }
        }
        if claims.iter().all(Vec::is_empty) {
            return None;
        }
        // A head that stands twice, once in the place of another, is a misprint.
        let mut places: Vec<(usize, usize)> =
            claims.iter().enumerate().flat_map(|(named, c)| c.iter().map(move |(at, _)| (*at, named))).collect();
        places.sort_unstable();
        let order: Vec<Option<usize>> = places.iter().map(|(_, named)| Some(*named)).collect();
        let own: Vec<usize> = (0..count).collect();
        if !sheet.of_lines && claims.iter().any(|c| c.len() > 1) && is_usual(&order, &own) {
            claims = places.iter().map(|(at, _)| vec![(*at, None)]).collect();
        }
        let mut of: Vec<Vec<usize>> = claims.iter().map(|c| of_year(c, year)).collect();
        // Words that name no column over no figure are the corner: labels may stand there further below.
        let is_data = |(c, h): (usize, &Head)| match h.named {
            Named::Nothing => false,
            Named::Unknown => filled[c],
            _ => true,
        };
        let data: Vec<bool> = heads.iter().enumerate().map(is_data).collect();
        complete(&mut of, &heads, filled, namer);
        // Blanks behind a head are cells that it covers, or spare ones.
        for places in of.iter_mut().filter(|p| sheet.of_lines && p.iter().any(|c| filled[*c])) {
            places.retain(|c| filled[*c]);
        }
        // Figures that no head names: where lines do not stand below each other, no head is certain.
        let held = |c: usize| of.iter().any(|places| places.contains(&c));
        let nameless =
            |c: usize| filled[c] && !stub[c] && !held(c) && matches!(heads[c].named, Named::Nothing | Named::Unknown);
        // Labels below figures: the lines do not begin in one column.
        let shifted = |c: usize| filled[c] && stub[c];
        if sheet.of_lines && ((0..sheet.width).any(|c| nameless(c) || shifted(c)) || of.iter().any(Vec::is_empty)) {
            return None;
        }
        let mut order = of.iter().filter_map(|c| c.first());
        let moved = !order.clone().zip(order.by_ref().skip(1)).all(|(a, b)| a < b);
        Some(Self { of, data, moved })
    }

    /// The one cell of a row that holds a column of the form.
    pub(super) fn place<'s, 'd>(&self, sheet: &'s Sheet<'d>, row: usize, column: usize) -> Place<'s, 'd> {
        let mut cells: Vec<&Cell<'d>> = self.of[column].iter().filter_map(|c| sheet.at(row, *c)).collect();
        cells.dedup_by(|a, b| std::ptr::eq(*a, *b));
        let [cell] = cells.as_slice() else { return Place::None };
        let covers = |c: usize| (cell.column..cell.column + cell.columns).contains(&c);
        let alone = self.of.iter().enumerate().all(|(o, of)| o == column || !of.iter().any(|c| covers(*c)));
        if alone && cell.rows == 1 { Place::Cell(cell) } else { Place::None }
    }
}

/// The places that hold the figures of the report's year.
fn of_year(claims: &[(usize, Option<When>)], year: Option<i32>) -> Vec<usize> {
    let told = |w: &Option<When>| w.is_some_and(|w| w.is_of(year));
    let sure: Vec<usize> = claims.iter().filter(|(_, w)| told(w)).map(|(c, _)| *c).collect();
    if !sure.is_empty() {
        return sure;
    }
    claims.iter().filter(|(_, w)| w.is_none()).map(|(c, _)| *c).collect()
}

/// Damaged heads in the form's order, as far as they can be read, count as the form's.
fn complete(of: &mut [Vec<usize>], heads: &[Head], filled: &[bool], namer: &Namer<'_>) {
    let count = namer.table.columns.len();
    let lost = |c: usize| heads[c].named == Named::Unknown || heads[c].named == Named::Nothing && filled[c];
    let open: Vec<usize> = (0..heads.len()).filter(|c| lost(*c)).collect();
    if open.is_empty() || of.iter().all(|c| !c.is_empty()) {
        return;
    }
    // Columns that are there, each once: spans make one of several.
    let mut order: Vec<Option<usize>> = Vec::new();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for (column, head) in heads.iter().enumerate() {
        let named = match head.named {
            Named::Column(named) if of[named].contains(&column) => Some(named),
            _ if lost(column) => None,
            _ => continue,
        };
        if named.is_some() && order.last() == Some(&named) {
            if let Some(last) = places.last_mut() {
                last.push(column);
            }
            continue;
        }
        order.push(named);
        places.push(vec![column]);
    }
    if order.len() == count && order.iter().enumerate().all(|(at, named)| named.is_none_or(|n| n == at)) {
        for (column, place) in of.iter_mut().zip(places) {
            *column = place;
        }
    }
}
