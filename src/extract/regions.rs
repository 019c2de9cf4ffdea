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
    let mut tables: Vec<(&str, Layout)> = Vec::new();
    for table in forms.editions.iter().flat_map(|e| &e.tables) {
        if !tables.iter().any(|(code, _)| *code == table.code) {
            tables.push((&table.code, table.layout));
        }
    }
    let corners = corners(forms);
    let signals: Vec<Option<&str>> = pieces.iter().map(|p| signal(index, &corners, p)).collect();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for (code, layout) in &tables {
        let start = if *layout == Layout::Wide {
            wide_start(index, forms, pieces, &signals, code)
        } else {
            let heads = (0..pieces.len()).find(|i| signals[*i] == Some(*code) && !index.is_row_label(&pieces[*i].norm));
            let rows = (0..pieces.len()).find(|i| signals[*i] == Some(*code) && is_filled_row(index, pieces, *i));
            // A head that no row follows is a menu or a table of contents.
            match (heads.filter(|h| *layout != Layout::List || rows.is_some_and(|r| r > *h)), rows) {
                (Some(head), Some(row)) if head > row && !near_head(pieces, &signals, code, row, head) => Some(row),
                (Some(head), _) => Some(head),
                (None, row) => row,
            }
        };
        if let Some(start) = start {
            starts.push((start, code));
        }
    }
    starts.sort_unstable();
    let mut out: Vec<Region> = Vec::new();
    for (i, (start, code)) in starts.iter().enumerate() {
        let next = starts.get(i + 1).map_or(pieces.len(), |(s, _)| *s);
        let end = repeated_head(index, pieces, &signals, code, *start, next).unwrap_or(next);
        out.push(Region { table: (*code).to_owned(), start: *start, end });
    }
    out
}

/// Words before the first heading (a summary that prints `行政许可 8`) must not pull the table's start forward.
fn near_head(pieces: &[Piece<'_>], signals: &[Option<&str>], code: &str, row: usize, head: usize) -> bool {
    // No summary prints this many figures behind one label.
    let figures = pieces[row + 1..head]
        .iter()
        .take_while(|p| matches!(p.reading, Reading::Number { .. } | Reading::Unreadable | Reading::Blank));
    if figures.count() >= FIGURES {
        return false;
    }
    let own = signals[row..head].iter().filter(|s| **s == Some(code)).count();
    let others = pieces[row..head].iter().filter(|p| p.shape == Shape::Prose).count();
    own <= 3 || others > 0
}

type Corners<'f> = Vec<(String, &'f str)>;

/// The texts of corner cells: long ones, which a line may begin with, and short ones, which must be a word.
fn corners(forms: &Forms) -> (Corners<'_>, Corners<'_>) {
    let tables = forms.editions.iter().flat_map(|e| &e.tables);
    let all = tables.flat_map(|t| t.corner.iter().map(move |c| (normalized(c), t.code.as_str())));
    all.partition(|(c, _)| c.chars().count() >= 8)
}

fn signal<'i>(index: &'i Index, (corners, short): &(Corners<'i>, Corners<'i>), piece: &Piece<'_>) -> Option<&'i str> {
    if piece.norm.is_empty() {
        return None;
    }
    if let Some(code) = index.signal(&piece.norm) {
        return Some(code);
    }
    if let Some((_, code)) = corners.iter().find(|(c, _)| piece.norm.starts_with(c.as_str())) {
        return Some(code);
    }
    // `指标名称 计量单位 统计数` on one line: its first word is the corner.
    if let Some((first, _)) = piece.text.split_once(' ')
        && let Some((_, code)) = short.iter().find(|(c, _)| *c == normalized(first))
    {
        return Some(code);
    }
    // `中华人民共和国政府信息公开条例 第二十条第(一)项`
    let tail = piece.norm.rsplit_once("条例").map(|(_, tail)| tail)?;
    index.signal(tail)
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
    signals: &[Option<&str>],
    code: &str,
) -> Option<usize> {
    let own: Vec<usize> = (0..pieces.len()).filter(|i| signals[*i] == Some(code)).collect();
    let by_header = own.windows(WIDE_SIGNALS).find(|w| w[WIDE_SIGNALS - 1] - w[0] <= WIDE_REACH).map(|w| w[0]);
    let by_heading = pieces.iter().position(|p| {
        p.shape != Shape::Prose
            && index
                .heading(&p.norm)
                .and_then(|(e, s)| forms.editions[e].sections[s].table.map(|t| &forms.editions[e].tables[t].code))
                .is_some_and(|c| c == code)
    });
    match (by_header, by_heading) {
        (Some(header), _) => Some(header),
        // Scrambled header: the heading counts if figures follow before the next chapter.
        (None, heading) => heading,
    }
}

/// A page that prints a table twice: the second printing begins where its first head stands again.
fn repeated_head(
    index: &Index,
    pieces: &[Piece<'_>],
    signals: &[Option<&str>],
    code: &str,
    start: usize,
    end: usize,
) -> Option<usize> {
    let head = &pieces[start].norm;
    if head.is_empty() || index.is_row_label(head) || signals[start] != Some(code) {
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
