//! Lists: label, unit, value (the 统计表 of 2014-2018).
//!
//! Owns telling the value column from codes, ordinals and cumulated figures. Refuses to place by position: local forms
//! add rows, so a label that is not recognised names nothing.

use super::align::align;
use super::candidate::{Candidate, Token, candidates};
use super::label::normalized;
use super::number::{Printed, Reading};
use super::regions::Region;
use super::stream::Piece;
use super::tables::{Context, FoundTables, editions_with, leftovers, note_table, push_cell, push_label};
use crate::finding::{Finding, Rule, quote};
use crate::form::{CellKey, Table};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Label,
    Unit,
    Code,
    Value,
    Other,
}

/// Words of the unit column; they stand between label and value.
const UNITS: &[&str] = &["条", "件", "次", "人次", "人", "个", "篇", "万元", "元", "份", "期", "场次", "场"];

/// Reads the region of a list.
pub(super) fn list(cx: &Context<'_, '_>, region: &Region, found: &mut FoundTables) {
    let Some((e, t)) = editions_with(cx.forms, &region.table).last().copied() else { return };
    let table = &cx.forms.editions[e].tables[t];
    let source = &cx.pieces[region.start..region.end];
    let headings = headings(table, source);
    let mut yuan_lines = Vec::new();
    let mut pieces: Vec<Piece<'_>> = cx.pieces[..region.start].to_vec();
    for piece in source {
        if piece.reading == Reading::Text && UNITS.contains(&piece.text) {
            if piece.text == "元" {
                yuan_lines.push(piece.line);
            }
            continue;
        }
        pieces.push(piece.clone());
    }
    let cut = candidates(&pieces[region.start..], region.start);
    let alignment = align(table, &cx.index.tables[e][t], &cut, &pieces, false);
    for placed in &alignment.placed {
        let candidate = &cut[placed.candidate];
        if placed.blank {
            // A list's blank value leaves a trace only in rows whose cells are counted.
            continue;
        }
        let Some(token) = pick(candidate, &headings) else {
            found.findings.push(
                Finding::new(Rule::UnplacedValue, quote(&candidate.tokens.iter().map(|t| t.text).collect::<Vec<_>>().join(" "), 80))
                    .in_table(&table.code)
                    .on(Some(&table.rows[placed.row].code), None)
                    .at(candidate.line()),
            );
            continue;
        };
        let from = candidate.labels.last().map_or(0, |l| l.line);
        let unit = if yuan_lines.iter().any(|l| (from..=token.line).contains(l)) { Printed::Yuan } else { Printed::Nothing };
        let label = push_label(found, candidate, placed);
        for column in &table.rows[placed.row].columns {
            push_cell(cx, e, CellKey { table: t, row: placed.row, column: *column }, &token, unit, label, placed.matched, found);
        }
    }
    let local = super::tables::Context { forms: cx.forms, index: cx.index, pieces: &pieces, default_edition: cx.default_edition };
    leftovers(&local, table, &alignment, &cut, found);
    note_table(found, e, t);
}

/// The heading row: the columns in the order in which their words first stand.
fn headings(table: &Table, pieces: &[Piece<'_>]) -> Vec<Heading> {
    let is_one_of = |norm: &str, words: &[String]| words.iter().any(|w| normalized(w) == norm);
    let mut out = Vec::new();
    for piece in pieces.iter().take(12) {
        if matches!(piece.reading, Reading::Number { .. }) {
            break;
        }
        let norm = piece.norm.as_str();
        let value = table.columns.iter().any(|c| norm == normalized(&c.label) || is_one_of(norm, &c.variants));
        let heading = if is_one_of(norm, &table.corner) || (out.is_empty() && norm.ends_with("指标")) {
            Heading::Label
        } else if is_one_of(norm, &table.unit_header) {
            Heading::Unit
        } else if is_one_of(norm, &table.code_header) {
            Heading::Code
        } else if is_one_of(norm, &table.other_header) {
            Heading::Other
        } else if value {
            Heading::Value
        } else {
            continue;
        };
        if !out.contains(&heading) || heading == Heading::Other {
            out.push(heading);
        }
    }
    if out.contains(&Heading::Label) && out.contains(&Heading::Value) { out } else { Vec::new() }
}

/// The token of the value column.
fn pick<'d>(candidate: &Candidate<'d>, headings: &[Heading]) -> Option<Token<'d>> {
    let figures: Vec<Token<'d>> = candidate.tokens.iter().filter(|t| !t.is_blank()).copied().collect();
    let numeric = |h: &&Heading| matches!(h, Heading::Code | Heading::Value | Heading::Other);
    let Some(label) = headings.iter().position(|h| *h == Heading::Label) else {
        return (figures.len() == 1 && candidate.tokens.len() <= 2).then(|| figures[0]);
    };
    let behind: Vec<Heading> = headings[label..].iter().filter(numeric).copied().collect();
    let before = headings[..label].iter().filter(numeric).count();
    let at = behind.iter().position(|h| *h == Heading::Value)?;
    let columns = behind.len();
    // Cell per line: the next row's leading ordinal follows this row's last value.
    let expected = if candidate.in_row { vec![columns] } else { vec![columns + before, columns] };
    if expected.contains(&figures.len()) {
        return figures.get(at).copied();
    }
    if candidate.in_row && candidate.tokens.len() == columns {
        return candidate.tokens.get(at).copied();
    }
    None
}
