//! The stub: which rows of the form the rows of a sheet are, by their labels.
//!
//! Owns naming a row by its label wherever it stands, and by its neighbours where its wording is another and only one place
//! is free. Refuses two rows for one place, and a row whose label or number says that it is another.

use super::sheet::Cell;
use super::words::Words;
use crate::extract::index::{Hit, Index, Matched, TableIndex};
use crate::extract::label::{normalized, strip_ordinal};
use crate::form::{FormLine, Table};

/// A row of a sheet with a label.
#[derive(Clone, Debug)]
pub(super) struct Labelled<'s, 'd> {
    /// Row of the sheet.
    pub(super) row: usize,
    /// The cell that names it.
    pub(super) label: &'s Cell<'d>,
    /// The row of the form, and how it was recognised.
    pub(super) placed: Option<(usize, Matched)>,
}

/// Reads labels against the rows of one table.
pub(super) struct Stub<'n> {
    pub(super) table: &'n Table,
    pub(super) labels: &'n TableIndex,
    pub(super) index: &'n Index,
    pub(super) words: &'n Words,
}

impl<'n> Stub<'n> {
    /// Whether a text is the label of a group of rows.
    pub(super) fn group(&self, norm: &str) -> Option<usize> {
        self.labels.exact(norm).iter().find_map(|(line, _)| match self.table.lines[*line] {
            FormLine::Group(group) => Some(group),
            FormLine::Row(_) => None,
        })
    }

    /// Names the rows of a sheet. `labels` are the cells with words of each row, from left to right.
    pub(super) fn read<'s, 'd>(&self, rows: &[(usize, Vec<&'s Cell<'d>>)]) -> Vec<Labelled<'s, 'd>> {
        let mut out: Vec<Labelled<'s, 'd>> = Vec::new();
        let mut group = None;
        let mut taken: Vec<usize> = Vec::new();
        for (row, cells) in rows {
            group = cells.iter().find_map(|c| self.group(&c.norm)).or(group);
            let own: Vec<&Cell<'d>> = cells.iter().copied().filter(|c| !self.words.is_extra(&c.norm)).collect();
            let named = self.named(&own, group, &taken);
            let label = named.map(|(label, ..)| label).or_else(|| self.unnamed(&own, *row));
            let Some(label) = label else { continue };
            let placed = named.map(|(_, row, matched)| (row, matched));
            taken.extend(placed.map(|(row, _)| row));
            out.push(Labelled { row: *row, label, placed });
        }
        self.by_neighbours(&mut out);
        out
    }

    /// The label of a row that names none of the form: its last words, if they are no group's.
    fn unnamed<'s, 'd>(&self, cells: &[&'s Cell<'d>], row: usize) -> Option<&'s Cell<'d>> {
        cells.iter().rev().copied().find(|c| c.row == row && self.group(&c.norm).is_none())
    }

    fn named<'s, 'd>(
        &self,
        cells: &[&'s Cell<'d>],
        group: Option<usize>,
        taken: &[usize],
    ) -> Option<(&'s Cell<'d>, usize, Matched)> {
        let row_of = |line: usize| match self.table.lines[line] {
            FormLine::Row(row) => Some(row),
            FormLine::Group(_) => None,
        };
        // The words nearest to the figures name the row; those before them may be of a group.
        for cell in cells.iter().rev().filter(|c| !self.is_part(c)) {
            let hits: Vec<(usize, Matched)> = self
                .labels
                .exact(&cell.norm)
                .iter()
                .filter_map(|(line, matched)| row_of(*line).map(|row| (row, *matched)))
                .collect();
            if let Some((row, matched)) = self.next_of(&hits, group, taken) {
                return Some((cell, row, matched));
            }
        }
        // An explanation in brackets may name other rows.
        let plain = cells.iter().rev().filter(|c| !self.is_part(c)).find_map(|cell| {
            let head = normalized(cell.text.split(['（', '(']).next()?);
            let exact = self.labels.exact(&head).iter().find_map(|(line, _)| row_of(*line));
            exact.filter(|_| head != cell.norm && head.chars().count() > 1).map(|row| (*cell, row, Matched::Variant))
        });
        if plain.is_some() {
            return plain;
        }
        cells.iter().rev().filter(|c| !self.is_part(c)).find_map(|cell| {
            if self.index.is_row_label(&cell.norm) || self.group(&cell.norm).is_some() {
                return None;
            }
            let hit = self.labels.near(&cell.norm)?;
            // Of rows with one label, the one whose turn it is.
            let label = normalized(&self.table.rows[row_of(hit.line)?].label);
            let twins = self.labels.exact(&label).iter();
            let twins: Vec<(usize, Matched)> =
                twins.filter_map(|(l, _)| row_of(*l).map(|r| (r, hit.matched))).collect();
            let (row, _) = self.next_of(&twins, group, taken)?;
            (!self.is_renumbered(row, &hit, cell.text)).then_some((*cell, row, hit.matched))
        })
    }

    /// `其中：…`: a part of the row above, where the form has no such row itself.
    fn is_part(&self, cell: &Cell<'_>) -> bool {
        let own = |line: usize| match self.table.lines[line] {
            FormLine::Row(row) => self.table.rows[row].ordinal.starts_with("其中"),
            FormLine::Group(_) => false,
        };
        let part = cell.text.trim_start_matches(['（', '(']).starts_with("其中");
        part && !self.labels.exact(&cell.norm).iter().any(|(line, _)| own(*line))
    }

    /// Of rows that have one label: that of the group, the next one behind the row above, any that is free.
    fn next_of(&self, hits: &[(usize, Matched)], group: Option<usize>, taken: &[usize]) -> Option<(usize, Matched)> {
        if let [only] = hits {
            return Some(*only);
        }
        let of_group = |row: usize| group.is_some() && self.table.rows[row].parent == group;
        let free = || hits.iter().filter(|(row, _)| !taken.contains(row));
        let behind = taken.last().and_then(|last| free().filter(|(row, _)| row > last).min_by_key(|(row, _)| *row));
        free().find(|(row, _)| of_group(*row)).or(behind).or_else(|| free().next()).copied()
    }

    /// Whether a label that is only like a row's is printed with another number than that row has.
    fn is_renumbered(&self, row: usize, hit: &Hit, text: &str) -> bool {
        hit.matched == Matched::Fuzzy && !self.number_fits(row, text)
    }

    /// Whether the printed numbering does not speak against a row.
    fn number_fits(&self, row: usize, text: &str) -> bool {
        let (printed, official) = (number(text), number_of(&self.table.rows[row].ordinal));
        printed.is_none() || official.is_none() || printed == official
    }

    /// A row between two certain neighbours with one free place is that row, whatever its wording, if nothing speaks
    /// against it.
    fn by_neighbours(&self, rows: &mut [Labelled<'_, '_>]) {
        for at in 0..rows.len() {
            let Some(before) = at.checked_sub(1).and_then(|b| rows[b].placed) else { continue };
            if rows[at].placed.is_some() {
                continue;
            }
            let Some(behind) = rows.get(at + 1).and_then(|r| r.placed) else { continue };
            let free = behind.0.checked_sub(before.0) == Some(2);
            let place = before.0 + 1;
            if !free || rows.iter().any(|r| r.placed.is_some_and(|(row, _)| row == place)) {
                continue;
            }
            let label = rows[at].label;
            // A row of another form keeps its number where it stands for this one's.
            let own = !self.labels.exact(&label.norm).is_empty();
            let numbered = || number(label.text).is_some() && number_of(&self.table.rows[place].ordinal).is_some();
            let other = own
                || self.index.is_row_label(&label.norm) && !numbered()
                || self.group(&label.norm).is_some()
                || self.words.is_extra(&label.norm)
                || self.is_part(label);
            if !other && self.number_fits(place, label.text) {
                rows[at].placed = Some((place, Matched::Position));
            }
        }
    }
}

/// The number that a label is printed with: the digits or the Chinese number before a mark.
fn number(text: &str) -> Option<String> {
    let text = text.trim_start();
    let head = &text[..text.len() - strip_ordinal(text).len()];
    number_of(head)
}

fn number_of(ordinal: &str) -> Option<String> {
    let own: String = ordinal.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect();
    (!own.is_empty()).then_some(own)
}
