//! Lists: label, unit, value (the 统计表 of 2014-2018).
//!
//! Owns telling the value column from codes, ordinals and cumulated figures. Refuses to place by position: local forms
//! add rows, so a label that is not recognised names nothing.

use super::align::align;
use super::anchor::Placed;
use super::candidate::{Candidate, Token, candidates};
use super::found::{Context, FoundTables, Sink};
use super::index::TableIndex;
use super::label::{likeness, normalized};
use super::number::{Printed, Reading, is_unit};
use super::regions::Region;
use super::row::leftovers;
use super::stream::Piece;
use super::weights::List;
use crate::finding::{Finding, Rule, quote};
use crate::form::Table;

/// What a column of the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Label,
    Unit,
    Code,
    Value,
    Other,
}

/// Reads the region of a list.
pub(super) fn list(cx: &Context<'_, '_>, region: &Region, found: &mut FoundTables) {
    let Some(place) = cx.editions_with(&region.table).last().copied() else { return };
    let source = &cx.pieces[region.start..region.end];
    let columns = Columns::of(&headings(cx.form(place), cx.labels(place), source, &cx.index.weights.list));
    let (pieces, units) = without_units(source);
    let cx = Context { pieces: &pieces, ..*cx };
    let candidates = candidates(&pieces, 0);
    let alignment = align(&cx, place, &candidates, false);
    // Cells of a row whose figures are all there; spare cells included.
    let full = alignment.placed.iter().filter(|p| !p.blank).map(|p| &candidates[p.candidate]);
    let cells = full.filter(|c| !c.in_row && c.filled() == columns.behind).map(|c| c.tokens.len()).min();
    // Where several columns are announced and no row has them all, the headings are not understood.
    let cells = cells.unwrap_or(if columns.behind > 1 { usize::MAX } else { columns.behind });
    let pick = |placed: &Placed| {
        let candidate = &candidates[placed.candidate];
        if !placed.blank {
            let one = |t: &Token<'_>| one_unit(candidate, placed.label_from, t, &units.rows);
            return columns.pick(candidate, cells).filter(one);
        }
        let last = candidate.labels.get(placed.label_to.wrapping_sub(1))?;
        let is_row = columns.known && columns.behind == 1 && usize::from(last.blanks) >= cells;
        is_row.then_some(Token { text: last.mark, reading: Reading::Blank, line: last.line, row: last.row, column: 0 })
    };
    let picked: Vec<(&Placed, Option<Token<'_>>)> = alignment.placed.iter().map(|p| (p, pick(p))).collect();
    let are_codes = count_up(picked.iter().filter_map(|(_, t)| t.as_ref()));
    let mut sink = Sink::new(&cx, place, found);
    for (placed, token) in picked {
        let candidate = &candidates[placed.candidate];
        let Some(token) = token.filter(|_| !are_codes) else {
            if !placed.blank {
                sink.found.findings.push(unplaced(&sink, placed.row, candidate));
            }
            continue;
        };
        let from = candidate.labels.last().map_or(0, |l| l.line);
        let in_yuan = units.yuan_lines.iter().any(|l| (from..=token.line).contains(l));
        sink.unit = if in_yuan { Printed::Yuan } else { Printed::Nothing };
        sink.row(placed.row, placed.label(candidate), placed.matched, std::iter::repeat(token));
    }
    leftovers(&mut sink, &alignment, &candidates);
    sink.close();
}

/// Figures that a row of values must have to be told from a column of codes.
const CODES: usize = 6;

/// Whether figures are the numbers of their rows: each is the next one.
fn count_up<'t, 'd: 't>(tokens: impl Iterator<Item = &'t Token<'d>>) -> bool {
    let value = |t: &Token<'_>| match t.reading {
        Reading::Number { value, .. } => Some(value),
        _ => None,
    };
    let values: Vec<f64> = tokens.filter_map(value).collect();
    let next = values.windows(2).filter(|w| (w[1] - w[0] - 1.0).abs() < f64::EPSILON).count();
    values.len() >= CODES && next * 4 >= (values.len() - 1) * 3
}

/// The finding about figures of a row of which none could be told to be its value.
fn unplaced(sink: &Sink<'_, '_, '_>, row: usize, candidate: &Candidate<'_>) -> Finding {
    let printed = candidate.tokens.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
    Finding::new(Rule::UnplacedValue, quote(&printed, 80))
        .in_table(&sink.form.code)
        .on(Some(&sink.form.rows[row].code), None)
        .at(candidate.line())
}

/// The column of units.
#[derive(Default)]
struct Units {
    /// Source lines that hold 元.
    yuan_lines: Vec<u32>,
    /// Rows of the stream that hold any unit.
    rows: Vec<u32>,
}

/// The stream without the column of units, which stands between label and value.
fn without_units<'d>(source: &[Piece<'d>]) -> (Vec<Piece<'d>>, Units) {
    let mut units = Units::default();
    let mut pieces = Vec::with_capacity(source.len());
    for piece in source {
        if piece.reading != Reading::Text || !is_unit(piece.text) {
            pieces.push(piece.clone());
            continue;
        }
        if piece.text == "元" {
            units.yuan_lines.push(piece.line);
        }
        units.rows.push(piece.row);
    }
    (pieces, units)
}

/// Two units between the label's beginning and the value: another row begins between, and the value is that row's.
fn one_unit(candidate: &Candidate<'_>, label_from: usize, token: &Token<'_>, unit_rows: &[u32]) -> bool {
    let Some(label) = candidate.labels.get(label_from) else { return true };
    unit_rows.iter().filter(|r| (label.row..=token.row).contains(r)).count() <= 1
}

/// The heading row: the columns in the order in which their words first stand. A heading that is not understood is a
/// column of figures that is not ours.
fn headings(table: &Table, index: &TableIndex, pieces: &[Piece<'_>], weights: &List) -> Vec<Column> {
    let of_values = table.columns.iter().flat_map(|c| std::iter::once(&c.label).chain(&c.variants));
    let known: Vec<(Column, Vec<char>)> = [
        (Column::Label, table.corner.iter().collect::<Vec<_>>()),
        (Column::Unit, table.unit_header.iter().collect()),
        (Column::Code, table.code_header.iter().collect()),
        (Column::Other, table.other_header.iter().collect()),
        (Column::Value, of_values.collect()),
    ]
    .into_iter()
    .flat_map(|(h, words)| words.into_iter().map(move |w| (h, normalized(w).chars().collect())))
    .collect();
    let mut out = Vec::new();
    for piece in pieces.iter().take(weights.heading_pieces) {
        if matches!(piece.reading, Reading::Number { .. }) || !index.exact(&piece.norm).is_empty() {
            break;
        }
        // `指标名称 计量单位 统计数` on one line is one piece.
        for word in piece.text.split_whitespace() {
            let (norm, name) = (normalized(word), normalized(word.split(['（', '(']).next().unwrap_or("")));
            if norm.is_empty() {
                continue;
            }
            let like = |text: &str| {
                let chars: Vec<char> = text.chars().collect();
                known.iter().map(|(h, w)| (likeness(&chars, w), *h)).max_by(|a, b| a.0.total_cmp(&b.0))
            };
            // `统计数（截至12月31日）`: an explanation behind the name.
            let heading = match like(&norm).into_iter().chain(like(&name)).max_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((like, heading)) if like >= weights.heading_like => heading,
                _ if out.is_empty() && norm.ends_with("指标") => Column::Label,
                // Before the first heading stand titles.
                _ if out.is_empty() => continue,
                _ => Column::Other,
            };
            if !out.contains(&heading) || heading == Column::Other {
                out.push(heading);
            }
        }
    }
    if out.contains(&Column::Label) && out.contains(&Column::Value) { out } else { Vec::new() }
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
    fn of(headings: &[Column]) -> Self {
        let numeric = |h: &&Column| matches!(h, Column::Code | Column::Value | Column::Other);
        let unknown = Self { behind: 1, before: 0, at: 0, known: false };
        let Some(label) = headings.iter().position(|h| *h == Column::Label) else { return unknown };
        let behind: Vec<Column> = headings[label..].iter().filter(numeric).copied().collect();
        let before = headings[..label].iter().filter(numeric).count();
        behind.iter().position(|h| *h == Column::Value).map_or(unknown, |at| Self {
            behind: behind.len(),
            before,
            at,
            known: true,
        })
    }

    /// The token of the value column. `cells` are those of a full row where each stands on a line of its own.
    fn pick<'d>(self, candidate: &Candidate<'d>, cells: usize) -> Option<Token<'d>> {
        // Cell per line: what stands before the next row's label follows this row's last value.
        let next = if candidate.in_row { 0 } else { self.before };
        if next > 0 && candidate.tokens.len() < self.behind + next {
            return None;
        }
        let tokens = &candidate.tokens[..candidate.tokens.len().saturating_sub(next)];
        let printed: Vec<Token<'d>> = tokens.iter().filter(|t| t.is_printed()).copied().collect();
        // Without headings a lone figure may be a code.
        if !self.known {
            return None;
        }
        if printed.len() == self.behind {
            return printed.get(self.at).copied();
        }
        // A blank value leaves its code: that must not be read in its place.
        let expected = if candidate.in_row || next > 0 { self.behind } else { cells };
        let before_value = tokens.get(..self.at)?;
        if tokens.len() == expected && before_value.iter().all(Token::is_printed) {
            return tokens.get(self.at).copied();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::read;
    use super::*;

    fn pick(headings: &[Column], cells: &[&'static str], in_row: bool) -> Option<String> {
        let tokens = cells.iter().map(|t| Token { text: t, reading: read(t), line: 1, row: 1, column: 0 }).collect();
        Columns::of(headings).pick(&Candidate { tokens, in_row, ..Candidate::default() }, 2).map(|t| t.text.to_owned())
    }

    #[test]
    fn codes_are_not_values() {
        use Column::{Code, Label, Unit, Value};
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
        let numbered = [Code, Label, Unit, Value];
        assert_eq!(pick(&numbered, &["", "103"], false).as_deref(), Some(""), "a blank, and the next row's code");
        assert_eq!(pick(&numbered, &["103"], false), None, "a blank that left no trace, or the last row");
        assert_eq!(pick(&[], &["7"], false), None, "no heading says that this is no code");
        assert_eq!(pick(&[Label, Column::Other, Value], &["7"], false), None);
    }
}
