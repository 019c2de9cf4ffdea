//! Regions: where in the stream each table of the form lies.
//!
//! Owns finding a table's beginning among menus, narrative and other tables. Refuses to read rows.

use super::index::Index;
use super::label::normalized;
use super::number::{Reading, is_unit};
use super::stream::{Piece, Shape};
use crate::form::{Forms, Layout};

/// A stretch of the stream that holds one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Table code.
    pub table: String,
    /// First piece.
    pub start: usize,
    /// One past the last piece.
    pub end: usize,
}

/// A menu may name two labels of a table side by side, never this many of its headings.
const WIDE_SIGNALS: usize = 3;
/// Figures behind one label that make it a row of a table.
const FIGURES: usize = 3;
/// How far apart the signals of one wide header may stand, in pieces.
const WIDE_REACH: usize = 48;

/// Finds the regions of a document, in reading order.
#[must_use]
pub fn regions(forms: &Forms, index: &Index, pieces: &[Piece<'_>]) -> Vec<Region> {
    let signals: Vec<Option<usize>> = pieces.iter().map(|p| signal(index, p)).collect();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (table, (_, layout)) in index.codes.iter().enumerate() {
        let start = if *layout == Layout::Wide {
            wide_start(index, forms, pieces, &signals, table)
        } else {
            let own = |i: &usize| signals[*i] == Some(table);
            let heads = (0..pieces.len()).find(|i| own(i) && !index.is_row_label(&pieces[*i].norm));
            let rows = (0..pieces.len()).find(|i| own(i) && is_filled_row(index, pieces, *i));
            // A head that no row follows is a menu or a table of contents.
            match (heads.filter(|h| *layout != Layout::List || rows.is_some_and(|r| r > *h)), rows) {
                (Some(head), Some(row)) if head > row && !near_head(pieces, &signals, table, row, head) => Some(row),
                (Some(head), _) => Some(head),
                (None, row) => row,
            }
        };
        if let Some(start) = start {
            starts.push((start, table));
        }
    }
    starts.sort_by_key(|(start, table)| (*start, &index.codes[*table].0));
    let mut out: Vec<Region> = Vec::new();
    for (i, (start, table)) in starts.iter().enumerate() {
        let next = starts.get(i + 1).map_or(pieces.len(), |(s, _)| *s);
        let end = repeated_head(index, pieces, &signals, *table, *start, next).unwrap_or(next);
        out.push(Region { table: index.codes[*table].0.clone(), start: *start, end });
    }
    out
}

/// Words before the first heading (a summary that prints `行政许可 8`) must not pull the table's start forward.
fn near_head(pieces: &[Piece<'_>], signals: &[Option<usize>], table: usize, row: usize, head: usize) -> bool {
    // No summary prints this many figures behind one label.
    let figures = pieces[row + 1..head]
        .iter()
        .take_while(|p| matches!(p.reading, Reading::Number { .. } | Reading::Unreadable | Reading::Blank));
    if figures.count() >= FIGURES {
        return false;
    }
    let own = signals[row..head].iter().filter(|s| **s == Some(table)).count();
    let others = pieces[row..head].iter().filter(|p| p.shape == Shape::Prose).count();
    own <= 3 || others > 0
}

fn signal(index: &Index, piece: &Piece<'_>) -> Option<usize> {
    if piece.norm.is_empty() {
        return None;
    }
    if let Some(table) = index.signal(&piece.norm) {
        return Some(table);
    }
    let begins = |(c, _): &&(String, usize)| piece.norm.len() >= c.len() && piece.norm.starts_with(c.as_str());
    if let Some((_, table)) = index.long_corners.iter().find(begins) {
        return Some(*table);
    }
    // `指标名称 计量单位 统计数` on one line: its first word is the corner.
    if let Some((first, _)) = piece.text.split_once(' ')
        && let first = normalized(first)
        && let Some((_, table)) = index.short_corners.iter().find(|(c, _)| *c == first)
    {
        return Some(*table);
    }
    // `中华人民共和国政府信息公开条例 第二十条第(一)项`
    if !piece.norm.contains("条例") {
        return None;
    }
    index.signal(piece.norm.rsplit_once("条例")?.1)
}

/// A row label with a value or a blank cell behind it.
fn is_filled_row(index: &Index, pieces: &[Piece<'_>], i: usize) -> bool {
    index.is_row_label(&pieces[i].norm)
        && pieces[i + 1..].iter().take(12).find(|p| p.reading != Reading::Blank).is_some_and(|p| {
            // The unit column of a list stands between.
            matches!(p.reading, Reading::Number { .. } | Reading::Unreadable) || is_unit(p.text)
        })
}

fn wide_start(
    index: &Index,
    forms: &Forms,
    pieces: &[Piece<'_>],
    signals: &[Option<usize>],
    table: usize,
) -> Option<usize> {
    let own: Vec<usize> = (0..pieces.len()).filter(|i| signals[*i] == Some(table)).collect();
    let by_header = own.windows(WIDE_SIGNALS).find(|w| w[WIDE_SIGNALS - 1] - w[0] <= WIDE_REACH).map(|w| w[0]);
    let heads = |p: &Piece<'_>| {
        let section = index.heading(&p.norm).and_then(|(e, s)| forms.editions[e].sections[s].table.map(|t| (e, t)));
        section.is_some_and(|(e, t)| forms.editions[e].tables[t].code == index.codes[table].0)
    };
    // Scrambled header: the chapter's heading counts.
    by_header.or_else(|| pieces.iter().position(|p| p.shape != Shape::Prose && heads(p)))
}

/// A page that prints a table twice: the second printing begins where its first head stands again.
fn repeated_head(
    index: &Index,
    pieces: &[Piece<'_>],
    signals: &[Option<usize>],
    table: usize,
    start: usize,
    end: usize,
) -> Option<usize> {
    let head = &pieces[start].norm;
    if head.is_empty() || index.is_row_label(head) || signals[start] != Some(table) {
        return None;
    }
    let group = !index.tables.iter().flatten().any(|t| t.is_column(head));
    // Corner texts such as 信息内容 head every block; only the label of a group marks a second table.
    let is_group = index.tables.iter().flatten().any(|t| !t.exact(head).is_empty());
    if !group || !is_group {
        return None;
    }
    (start + 1..end).find(|i| pieces[*i].norm == *head)
}
