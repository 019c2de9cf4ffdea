//! Blocks in sheets: small tables below each other, each with its group, its heads and its rows.
//!
//! Owns which edition a row follows, by the heads above it. Refuses rows whose heads name no column, or those of two
//! editions alike.

use super::heads::{Named, Namer, above, head};
use super::matrix::{settle, token};
use super::sheet::{Cell, Sheet};
use super::stub::Stub;
use super::table::{Reading, Row};
use crate::extract::found::Context;
use crate::extract::index::Matched;
use crate::extract::label::normalized;
use crate::extract::number::{Printed, is_unit, unit_of_heading};
use crate::extract::slots::is_usual;
use crate::finding::{Finding, Rule, quote};

struct Reader<'r, 'a, 'd> {
    cx: &'r Context<'a, 'd>,
    places: Vec<(usize, usize)>,
    sheet: &'r Sheet<'d>,
}

/// A row of one edition, and how well its heads fit that edition.
struct Fit<'d> {
    row: Row<'d>,
    /// Columns of the row that heads name, and those that none does.
    named: usize,
    lost: usize,
}

/// The printing of a table of blocks in a sheet; `None` if a row with figures has no heads.
pub(super) fn blocks<'d>(cx: &Context<'_, 'd>, sheet: &Sheet<'d>, code: &str) -> Option<Reading<'d>> {
    let places = cx.editions_with(code);
    Reader { cx, places, sheet }.read()
}

impl<'d> Reader<'_, '_, 'd> {
    fn namer(&self, place: (usize, usize)) -> Namer<'_> {
        Namer { table: self.cx.form(place), index: self.cx.labels(place), words: &self.cx.index.words }
    }

    fn stub(&self, place: (usize, usize)) -> Stub<'_> {
        let (table, labels) = (self.cx.form(place), self.cx.labels(place));
        Stub { table, labels, index: self.cx.index, words: &self.cx.index.words }
    }

    fn is_corner(&self, norm: &str) -> bool {
        self.places.iter().flat_map(|p| &self.cx.form(*p).corner).any(|c| normalized(c) == norm)
    }

    fn is_row_label(&self, cell: &Cell<'_>) -> bool {
        self.places.iter().any(|p| {
            let index = self.cx.labels(*p);
            index
                .exact(&cell.norm)
                .iter()
                .any(|(line, _)| matches!(self.cx.form(*p).lines[*line], crate::form::FormLine::Row(_)))
        })
    }

    /// Whether a row holds heads: the corner, or the name of a column, and no figure and no label of a row.
    fn is_heads(&self, row: usize) -> bool {
        let own = || self.sheet.row(row).filter(|c| c.row == row);
        if self.sheet.row(row).any(|c| c.is_figure()) || own().any(|c| self.is_row_label(c)) {
            return false;
        }
        own().any(|c| {
            self.is_corner(&c.norm)
                || c.norm.chars().count() >= 4
                    && self.places.iter().any(|p| matches!(self.namer(*p).name(c), Named::Column(_)))
        })
    }

    fn read(&self) -> Option<Reading<'d>> {
        let sheet = self.sheet;
        let mut heads: Vec<usize> = Vec::new();
        let mut fits: Vec<Vec<Fit<'d>>> = Vec::new();
        let mut printing = Reading { lines: sheet.lines(), ..Reading::default() };
        let mut open = true;
        for row in 0..sheet.height {
            if self.is_heads(row) {
                if !open {
                    heads.clear();
                }
                open = true;
                heads.push(row);
                continue;
            }
            open = false;
            let words: Vec<&Cell<'d>> =
                sheet.row(row).filter(|c| c.is_text() && !c.norm.is_empty() && !is_unit(c.text)).collect();
            let mut of_row: Vec<Fit<'d>> = Vec::new();
            let mut named = false;
            for place in &self.places {
                let labelled = self.stub(*place).read(&[(row, words.clone())]);
                let Some((label, (form_row, matched))) = labelled.first().and_then(|l| l.placed.map(|p| (l.label, p)))
                else {
                    continue;
                };
                named = true;
                of_row.extend(self.fit(*place, row, &heads, (label, form_row, matched)));
            }
            let figures: Vec<&str> = sheet.row(row).filter(|c| c.is_figure()).map(|c| c.text).collect();
            if named && of_row.is_empty() && !figures.is_empty() {
                return None;
            }
            if !named && !figures.is_empty() && !words.is_empty() {
                let printed: Vec<&str> = words.iter().map(|c| c.text).chain(figures).collect();
                let line = words.first().map_or(0, |c| c.line);
                let code = self.places.first().map_or("", |p| self.cx.form(*p).code.as_str());
                printing
                    .findings
                    .push(Finding::new(Rule::UnknownRow, quote(&printed.join(" "), 120)).in_table(code).at(line));
            }
            if !of_row.is_empty() {
                fits.push(of_row);
            }
        }
        self.choose(fits, &mut printing);
        let table = self.cx.form(*self.places.first()?);
        settle(table, &mut printing);
        (!printing.rows.is_empty()).then_some(printing)
    }

    /// The unit of money that a line above the table prints: `单位：件、元`.
    fn unit_above(&self) -> Printed {
        let lines = self.sheet.above.iter().rev().take(2).map(|(_, text)| *text);
        let named = lines.filter(|l| l.contains("单位")).flat_map(|l| l.split(['：', ':', '、', '，', ' ']));
        named.map(unit_of_heading).find(|u| *u != Printed::Nothing).unwrap_or(Printed::Nothing)
    }

    /// A row read as one of an edition; `None` if no head names one of its columns.
    fn fit(
        &self,
        place: (usize, usize),
        row: usize,
        heads: &[usize],
        (label, form_row, matched): (&Cell<'d>, usize, Matched),
    ) -> Option<Fit<'d>> {
        let (sheet, namer) = (self.sheet, self.namer(place));
        let own = &self.cx.form(place).rows[form_row].columns;
        let mut claims: Vec<(usize, usize, Printed)> = Vec::new();
        // Columns that are known to be of other years, or of no form.
        let mut passed: Vec<usize> = Vec::new();
        for column in label.column + label.columns..sheet.width {
            let path = above(sheet, heads, column);
            let found = head(&namer, &path);
            if found.when.is_some_and(|w| !w.is_of(self.cx.year)) {
                passed.push(column);
                continue;
            }
            match found.named {
                Named::Column(named) if own.contains(&named) => {
                    let unit = path.iter().rev().map(|c| unit_of_heading(c.text)).find(|u| *u != Printed::Nothing);
                    claims.push((named, column, unit.unwrap_or_else(|| self.unit_above())));
                }
                Named::Extra => passed.push(column),
                _ => {}
            }
        }
        // Where lines make the table, a figure that no head names says that the lines do not stand below each other.
        let figure = |column: usize| sheet.at(row, column).is_some_and(Cell::is_figure);
        let told = |column: usize| passed.contains(&column) || claims.iter().any(|c| c.1 == column);
        if sheet.of_lines && (label.column + label.columns..sheet.width).any(|c| figure(c) && !told(c)) {
            return None;
        }
        for column in 0..label.column {
            let path = above(sheet, heads, column);
            if let Named::Column(named) = head(&namer, &path).named
                && own.contains(&named)
            {
                claims.push((named, column, path.last().map_or(Printed::Nothing, |c| unit_of_heading(c.text))));
            }
        }
        claims.sort_by_key(|c| c.1);
        self.settle_spans(row, heads, &mut claims);
        // A head over several columns is one; where lines make the table it is printed over each, and so is the figure.
        let alike = |a: usize, b: usize| {
            let (x, y) = (sheet.at(row, a), sheet.at(row, b));
            x.zip(y).is_some_and(|(x, y)| std::ptr::eq(x, y) || sheet.of_lines && x.text == y.text)
        };
        let mut order: Vec<(usize, usize)> = claims.iter().map(|c| (c.0, c.1)).collect();
        order.dedup_by(|b, a| a.0 == b.0 && alike(a.1, b.1));
        let named: Vec<Option<usize>> = order.iter().map(|o| Some(o.0)).collect();
        if order.windows(2).any(|w| w[0].0 == w[1].0) && is_usual(&named, own) {
            claims.retain(|c| order.iter().any(|o| o.1 == c.1));
            claims.iter_mut().zip(own).for_each(|(claim, column)| claim.0 = *column);
        }
        let mut cells = Vec::new();
        for column in own {
            let mut places: Vec<(&Cell<'d>, Printed)> =
                claims.iter().filter(|c| c.0 == *column).filter_map(|c| Some((sheet.at(row, c.1)?, c.2))).collect();
            places.dedup_by(|a, b| std::ptr::eq(a.0, b.0) || sheet.of_lines && a.0.text == b.0.text);
            if let [(cell, unit)] = places.as_slice() {
                let covers = |c: usize| (cell.column..cell.column + cell.columns).contains(&c);
                let alone = claims.iter().all(|c| c.0 == *column || !covers(c.1));
                if alone && cell.rows == 1 && !std::ptr::eq(*cell, label) {
                    cells.push((*column, token(cell), *unit));
                }
            }
        }
        let mut named: Vec<usize> = claims.iter().map(|c| c.0).collect();
        named.sort_unstable();
        named.dedup();
        if named.is_empty() {
            return None;
        }
        let row = Row { place, row: form_row, label: label.text.to_owned(), matched, cells };
        Some(Fit { row, named: named.len(), lost: own.len() - named.len() })
    }

    /// A head over several columns is one head: where the row has one cell that is filled below it, that is its place.
    fn settle_spans(&self, row: usize, heads: &[usize], claims: &mut Vec<(usize, usize, Printed)>) {
        let over = |column: usize| above(self.sheet, heads, column).last().copied();
        let one_head = |a: usize, b: usize| over(a).zip(over(b)).is_some_and(|(x, y)| std::ptr::eq(x, y));
        let is_filled = |column: usize| self.sheet.at(row, column).is_some_and(|c| !c.text.trim().is_empty());
        let all: Vec<(usize, usize)> = claims.iter().map(|c| (c.0, c.1)).collect();
        claims.retain(|(named, column, _)| {
            let rivals = || all.iter().filter(|c| c.0 == *named && c.1 != *column && one_head(c.1, *column));
            // Of cells that are blank throughout the first stands for the place.
            match rivals().filter(|c| is_filled(c.1)).count() {
                0 => is_filled(*column) || rivals().all(|c| c.1 > *column),
                1 => is_filled(*column),
                _ => true,
            }
        });
    }

    /// The edition of each row: that whose columns the heads name most and miss least; of two alike the one that the other
    /// rows follow.
    fn choose(&self, fits: Vec<Vec<Fit<'d>>>, printing: &mut Reading<'d>) {
        let best = |of_row: &[Fit<'d>]| -> Vec<usize> {
            let key = |f: &Fit<'d>| (f.lost == 0, f.named, std::cmp::Reverse(f.lost));
            let top = of_row.iter().map(key).max();
            (0..of_row.len()).filter(|i| Some(key(&of_row[*i])) == top).collect()
        };
        let mut votes: Vec<(usize, usize)> = Vec::new();
        for of_row in &fits {
            if let [only] = best(of_row).as_slice() {
                let edition = of_row[*only].row.place.0;
                match votes.iter_mut().find(|(e, _)| *e == edition) {
                    Some((_, count)) => *count += 1,
                    None => votes.push((edition, 1)),
                }
            }
        }
        let usual = votes.iter().max_by_key(|(e, n)| (*n, *e)).map_or(self.cx.default_edition, |(e, _)| *e);
        for mut of_row in fits {
            let best = best(&of_row);
            let chosen = match best.as_slice() {
                [only] => Some(*only),
                several => {
                    several.iter().copied().find(|i| of_row[*i].row.place.0 == usual).or(several.first().copied())
                }
            };
            if let Some(chosen) = chosen {
                printing.rows.push(of_row.swap_remove(chosen).row);
            }
        }
    }
}
