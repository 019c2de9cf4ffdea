//! Lists: label, unit, value (the 统计表 of 2014-2018).
//!
//! Owns telling the value column from codes, ordinals and cumulated figures. Refuses to place by position: local forms
//! add rows, so a label that is not recognised names nothing.

use super::align::align;
use super::candidate::{Candidate, Token, candidates};
use super::index::TableIndex;
use super::label::{likeness, normalized};
use super::number::{Printed, Reading, is_unit};
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

/// A heading is a known one if it is so much like it.
const LIKE: f64 = 0.66;

/// Reads the region of a list.
pub(super) fn list(cx: &Context<'_, '_>, region: &Region, found: &mut FoundTables) {
    let Some((e, t)) = editions_with(cx.forms, &region.table).last().copied() else { return };
    let table = &cx.forms.editions[e].tables[t];
    let source = &cx.pieces[region.start..region.end];
    let headings = headings(table, &cx.index.tables[e][t], source);
    let mut yuan_lines = Vec::new();
    let mut unit_rows: Vec<u32> = Vec::new();
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(source.len());
    for piece in source {
        // The unit column stands between label and value.
        if piece.reading == Reading::Text && is_unit(piece.text) {
            if piece.text == "元" {
                yuan_lines.push(piece.line);
            }
            unit_rows.push(piece.row);
            continue;
        }
        pieces.push(piece.clone());
    }
    let cut = candidates(&pieces, 0);
    let alignment = align(table, &cx.index.tables[e][t], &cut, &pieces, false);
    let columns = Columns::of(&headings);
    // Cells of a row whose figures are all there; spare cells included.
    let full = alignment.placed.iter().filter(|p| !p.blank).map(|p| &cut[p.candidate]);
    let cells = full.filter(|c| !c.in_row && c.filled() == columns.behind).map(|c| c.tokens.len()).min();
    // Where several columns are announced and no row has them all, the headings are not understood.
    let cells = cells.unwrap_or(if columns.behind > 1 { usize::MAX } else { columns.behind });
    for placed in &alignment.placed {
        let candidate = &cut[placed.candidate];
        let token = if placed.blank {
            let Some(last) = candidate.labels.get(placed.label_to.wrapping_sub(1)) else { continue };
            if !columns.known || columns.behind != 1 || usize::from(last.blanks) < cells {
                continue;
            }
            Token { text: last.mark, reading: Reading::Blank, line: last.line, row: last.row, column: 0 }
        } else if let Some(token) =
            columns.pick(candidate, cells).filter(|t| one_unit(candidate, placed.label_from, t, &unit_rows))
        {
            token
        } else {
            let printed = candidate.tokens.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
            found.findings.push(
                Finding::new(Rule::UnplacedValue, quote(&printed, 80))
                    .in_table(&table.code)
                    .on(Some(&table.rows[placed.row].code), None)
                    .at(candidate.line()),
            );
            continue;
        };
        let from = candidate.labels.last().map_or(0, |l| l.line);
        let unit =
            if yuan_lines.iter().any(|l| (from..=token.line).contains(l)) { Printed::Yuan } else { Printed::Nothing };
        let label = push_label(found, candidate, placed);
        for column in &table.rows[placed.row].columns {
            push_cell(
                cx,
                e,
                CellKey { table: t, row: placed.row, column: *column },
                &token,
                unit,
                label,
                placed.matched,
                found,
            );
        }
    }
    let local = Context {
        forms: cx.forms,
        index: cx.index,
        document: cx.document,
        pieces: &pieces,
        default_edition: cx.default_edition,
    };
    leftovers(&local, table, &alignment, &cut, found);
    note_table(found, e, t);
}

/// Two units between the label's beginning and the value: another row begins between, and the value is that row's.
fn one_unit(candidate: &Candidate<'_>, label_from: usize, token: &Token<'_>, unit_rows: &[u32]) -> bool {
    let Some(label) = candidate.labels.get(label_from) else { return true };
    unit_rows.iter().filter(|r| (label.row..=token.row).contains(r)).count() <= 1
}

/// The heading row: the columns in the order in which their words first stand. A heading that is not understood is a
/// column of figures that is not ours.
fn headings(table: &Table, index: &TableIndex, pieces: &[Piece<'_>]) -> Vec<Heading> {
    let of_values = table.columns.iter().flat_map(|c| std::iter::once(&c.label).chain(&c.variants));
    let known: Vec<(Heading, Vec<char>)> = [
        (Heading::Label, table.corner.iter().collect::<Vec<_>>()),
        (Heading::Unit, table.unit_header.iter().collect()),
        (Heading::Code, table.code_header.iter().collect()),
        (Heading::Other, table.other_header.iter().collect()),
        (Heading::Value, of_values.collect()),
    ]
    .into_iter()
    .flat_map(|(h, words)| words.into_iter().map(move |w| (h, normalized(w).chars().collect())))
    .collect();
    let mut out = Vec::new();
    for piece in pieces.iter().take(12) {
        if matches!(piece.reading, Reading::Number { .. }) || !index.exact(&piece.norm).is_empty() {
            break;
        }
        // `指标名称 计量单位 统计数` on one line is one piece.
        for norm in piece.text.split_whitespace().map(normalized).filter(|n| !n.is_empty()) {
            let chars: Vec<char> = norm.chars().collect();
            let best = known.iter().map(|(h, w)| (likeness(&chars, w), *h)).max_by(|a, b| a.0.total_cmp(&b.0));
            let heading = match best {
                Some((like, heading)) if like >= LIKE => heading,
                _ if out.is_empty() && norm.ends_with("指标") => Heading::Label,
                // Before the first heading stand titles.
                _ if out.is_empty() => continue,
                _ => Heading::Other,
            };
            if !out.contains(&heading) || heading == Heading::Other {
                out.push(heading);
            }
        }
    }
    if out.contains(&Heading::Label) && out.contains(&Heading::Value) { out } else { Vec::new() }
}

/// Where the value stands among the figures of a row.
#[derive(Clone, Copy)]
struct Columns {
    /// Columns of figures behind the label, and before it.
    behind: usize,
    before: usize,
    /// Which of those behind holds the value.
    at: usize,
    /// The headings say so.
    known: bool,
}

impl Columns {
    fn of(headings: &[Heading]) -> Self {
        let numeric = |h: &&Heading| matches!(h, Heading::Code | Heading::Value | Heading::Other);
        let unknown = Self { behind: 1, before: 0, at: 0, known: false };
        let Some(label) = headings.iter().position(|h| *h == Heading::Label) else { return unknown };
        let behind: Vec<Heading> = headings[label..].iter().filter(numeric).copied().collect();
        let before = headings[..label].iter().filter(numeric).count();
        behind.iter().position(|h| *h == Heading::Value).map_or(unknown, |at| Self {
            behind: behind.len(),
            before,
            at,
            known: true,
        })
    }

    /// The token of the value column. `cells` are those of a full row where each stands on a line of its own.
    fn pick<'d>(self, candidate: &Candidate<'d>, cells: usize) -> Option<Token<'d>> {
        let printed: Vec<Token<'d>> = candidate.tokens.iter().filter(|t| t.is_printed()).copied().collect();
        // Without headings a lone figure may be a code.
        if !self.known {
            return None;
        }
        // Cell per line: the next row's leading ordinal follows this row's last value.
        if printed.len() == self.behind || (!candidate.in_row && printed.len() == self.behind + self.before) {
            return printed.get(self.at).copied();
        }
        // A blank value leaves its code: that must not be read in its place.
        let expected = if candidate.in_row { self.behind } else { cells };
        let before_value = candidate.tokens.get(..self.at)?;
        if candidate.tokens.len() == expected && before_value.iter().all(Token::is_printed) {
            return candidate.tokens.get(self.at).copied();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::read;
    use super::*;

    fn pick(headings: &[Heading], cells: &[&'static str], in_row: bool) -> Option<String> {
        let tokens = cells.iter().map(|t| Token { text: t, reading: read(t), line: 1, row: 1, column: 0 }).collect();
        Columns::of(headings).pick(&Candidate { tokens, in_row, ..Candidate::default() }, 2).map(|t| t.text.to_owned())
    }

    #[test]
    fn codes_are_not_values() {
        use Heading::{Code, Label, Unit, Value};
        let coded = [Label, Unit, Code, Value];
        assert_eq!(pick(&coded, &["102", "7"], false).as_deref(), Some("7"));
        assert_eq!(pick(&coded, &["102"], false), None);
        assert_eq!(pick(&coded, &["102", ""], false).as_deref(), Some(""), "printed blank");
        assert_eq!(pick(&coded, &["102", "-"], false).as_deref(), Some("-"));
        assert_eq!(pick(&coded, &["", "7"], true).as_deref(), None);
        assert_eq!(
            pick(&[Code, Label, Unit, Value], &["7", "2"], false).as_deref(),
            Some("7"),
            "the next row's ordinal"
        );
        assert_eq!(pick(&[], &["7"], false), None, "no heading says that this is no code");
        assert_eq!(pick(&[Label, Heading::Other, Value], &["7"], false), None);
    }
}
