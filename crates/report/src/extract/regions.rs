//! Regions: where in the stream each table of the form lies.
//!
//! Owns finding a table's beginning among menus, narrative and other tables. Refuses to read rows.

use super::index::Index;
use super::label::normalized;
use super::number::{Reading, is_unit};
use super::stream::{Piece, Shape};
use super::weights::Regions;
use crate::form::{Forms, Layout};

/// A stretch of the stream that holds one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Table code.
    pub table: String,
    /// First piece.
    pub start: usize,
    /// One past the last piece.
    pub end: usize,
    /// Lines between the table and the figures before it, the nearest last.
    pub captions: Vec<String>,
    /// The title above it, and its year.
    pub title: Option<(String, i32)>,
}

/// Finds the regions of a document, in reading order.
#[must_use]
pub(super) fn regions(forms: &Forms, index: &Index, pieces: &[Piece<'_>]) -> Vec<Region> {
    let signals = pieces.iter().map(|p| signal(index, p)).collect();
    let finder = Finder { forms, index, weights: &index.weights.regions, pieces, signals };
    let mut starts: Vec<(usize, usize)> =
        (0..index.codes.len()).filter_map(|table| Some((finder.start(table)?, table))).collect();
    let again: Vec<(usize, usize)> = starts
        .iter()
        .flat_map(|(start, table)| finder.again(*table, *start).into_iter().map(|s| (s, *table)))
        .collect();
    starts.extend(again);
    starts.sort_by_key(|(start, table)| (*start, &index.codes[*table].0));
    let mut out: Vec<Region> = Vec::new();
    for (i, (start, table)) in starts.iter().enumerate() {
        let next = starts.get(i + 1).map_or(pieces.len(), |(s, _)| *s);
        // What stands again behind the first printing is a table too.
        let mut from = *start;
        while from < next {
            let end = finder.repeated_head(*table, from, next).unwrap_or(next);
            let (captions, title) = finder.above(from);
            out.push(Region { table: index.codes[*table].0.clone(), start: from, end, captions, title });
            from = end;
        }
    }
    out
}

/// Rows that must stand again for a table to stand again, and figures of a table of cases.
const ROWS_AGAIN: usize = 3;
const FIGURES_AGAIN: usize = 5;
/// Pieces above a table among which its captions stand.
const ABOVE: usize = 12;

struct Finder<'s, 'd> {
    forms: &'s Forms,
    index: &'s Index,
    weights: &'s Regions,
    pieces: &'s [Piece<'d>],
    /// For each piece the one table that it tells of, as an index into [`Index::codes`].
    signals: Vec<Option<usize>>,
}

impl Finder<'_, '_> {
    /// The piece with which a table begins.
    fn start(&self, table: usize) -> Option<usize> {
        let (index, pieces) = (self.index, self.pieces);
        let layout = index.codes[table].1;
        if layout == Layout::Wide {
            return self.wide_start(table);
        }
        let own = |i: &usize| self.signals[*i] == Some(table);
        let heads = (0..pieces.len()).find(|i| own(i) && !index.is_row_label(&pieces[*i].norm));
        let mut filled = (0..pieces.len()).filter(|i| own(i) && self.is_filled_row(*i)).peekable();
        let rows = filled.peek().copied();
        // A row of a list inside another table is that table's, in other words.
        let rows = rows.filter(|_| layout != Layout::List || filled.take(ROWS_AGAIN).count() == ROWS_AGAIN);
        // A head that no row follows is a menu or a table of contents.
        match (heads.filter(|h| layout != Layout::List || rows.is_some_and(|r| r > *h)), rows) {
            (Some(head), Some(row)) if head > row && !self.near_head(table, row, head) => Some(row),
            (Some(head), _) => Some(head),
            (None, row) => row,
        }
    }

    /// Where a table stands again: its rows begin anew, each with its figures.
    fn again(&self, table: usize, start: usize) -> Vec<usize> {
        if self.index.codes[table].1 == Layout::Wide {
            return self.cases_again(table, start);
        }
        let pieces = self.pieces;
        let rows: Vec<usize> = (start..pieces.len())
            .filter(|i| self.signals[*i].is_none_or(|s| s == table) && self.is_filled_row(*i))
            .collect();
        let mut out = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (at, i) in rows.iter().enumerate() {
            let norm = pieces[*i].norm.as_str();
            if seen.contains(&norm) {
                let mut behind: Vec<&str> = Vec::new();
                let mut new = 0;
                for next in &rows[at..] {
                    let next = pieces[*next].norm.as_str();
                    // A label that a table prints twice is followed by rows that stand there once.
                    if behind.contains(&next) || new > behind.len() {
                        break;
                    }
                    if seen.contains(&next) {
                        behind.push(next);
                    } else {
                        new += 1;
                    }
                }
                if behind.len() >= ROWS_AGAIN.max(seen.len() / 2) {
                    out.push(self.behind_figures(*i, start));
                    seen.clear();
                }
            }
            seen.push(norm);
        }
        out
    }

    /// Where the heads of a table of cases stand again, behind figures.
    fn cases_again(&self, table: usize, start: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut figures = 0;
        let own: Vec<usize> = (start..self.pieces.len()).filter(|i| self.signals[*i] == Some(table)).collect();
        let mut last = start;
        for (at, i) in own.iter().enumerate() {
            figures += self.pieces[last..*i].iter().filter(|p| p.reading.is_figure()).count();
            last = *i;
            let more = own[at..].iter().take_while(|j| **j - *i <= self.weights.wide_reach).count();
            if figures >= FIGURES_AGAIN && more >= self.weights.wide_signals {
                out.push(self.behind_figures(*i, start));
                figures = 0;
            }
        }
        out
    }

    /// The piece behind the last figure before a piece: what stands between them belongs to what follows.
    fn behind_figures(&self, at: usize, start: usize) -> usize {
        let last =
            (start..at).rev().find(|i| self.pieces[*i].reading.is_figure() || self.pieces[*i].shape == Shape::Prose);
        last.map_or(start, |l| l + 1)
    }

    /// What stands between a table and the figures before it, and the year of the title above.
    fn above(&self, start: usize) -> (Vec<String>, Option<(String, i32)>) {
        let pieces = self.pieces;
        // The captions of a table that stands again are its first pieces.
        let labels = |i: &usize| !pieces[*i].norm.is_empty() && !self.index.is_row_label(&pieces[*i].norm);
        let own = (start..pieces.len().min(start + 3)).take_while(|i| labels(i) && self.signals[*i].is_none());
        let before = (start.saturating_sub(ABOVE)..start).rev().take_while(|i| !pieces[*i].reading.is_figure());
        let mut captions: Vec<String> = before.map(|i| pieces[i].text.to_owned()).collect();
        captions.reverse();
        captions.extend(own.map(|i| pieces[i].text.to_owned()));
        let title = pieces[..start]
            .iter()
            .rev()
            .find_map(|p| super::grid::title_of(p.text))
            .map(|(text, year)| (text.to_owned(), year));
        (captions, title)
    }

    /// Words before the first heading (a summary that prints `行政许可 8`) must not pull the table's start forward.
    fn near_head(&self, table: usize, row: usize, head: usize) -> bool {
        // No summary prints this many figures behind one label.
        let figures =
            self.pieces[row + 1..head].iter().take_while(|p| p.reading.is_figure() || p.reading == Reading::Blank);
        if figures.count() >= self.weights.figures {
            return false;
        }
        let own = self.signals[row..head].iter().filter(|s| **s == Some(table)).count();
        let others = self.pieces[row..head].iter().filter(|p| p.shape == Shape::Prose).count();
        own <= self.weights.summary_labels || others > 0
    }

    /// A row label with a value or a blank cell behind it.
    fn is_filled_row(&self, i: usize) -> bool {
        let mut behind = self.pieces[i + 1..].iter().take(self.weights.row_reach);
        self.index.is_row_label(&self.pieces[i].norm)
            && behind.find(|p| p.reading != Reading::Blank).is_some_and(|p| {
                // The unit column of a list stands between.
                p.reading.is_figure() || is_unit(p.text)
            })
    }

    fn wide_start(&self, table: usize) -> Option<usize> {
        let most = self.weights.wide_signals;
        let own: Vec<usize> = (0..self.pieces.len()).filter(|i| self.signals[*i] == Some(table)).collect();
        let by_header = own.windows(most).find(|w| w[most - 1] - w[0] <= self.weights.wide_reach).map(|w| w[0]);
        let heads = |p: &Piece<'_>| {
            let section = self.index.heading(&p.norm);
            let place = section.and_then(|(e, s)| Some((e, self.forms.editions[e].sections[s].table?)));
            place.is_some_and(|(e, t)| self.forms.editions[e].tables[t].code == self.index.codes[table].0)
        };
        // Scrambled header: the chapter's heading counts.
        by_header.or_else(|| self.pieces.iter().position(|p| p.shape != Shape::Prose && heads(p)))
    }

    /// A page that prints a table twice: the second printing begins where its first head stands again.
    fn repeated_head(&self, table: usize, start: usize, end: usize) -> Option<usize> {
        let head = &self.pieces[start].norm;
        if head.is_empty() || self.index.is_row_label(head) || self.signals[start] != Some(table) {
            return None;
        }
        let mut tables = self.index.tables.iter().flatten();
        // Corner texts such as 信息内容 head every block; only the label of a group marks a second table.
        let is_group = !tables.clone().any(|t| t.is_column(head)) && tables.any(|t| !t.exact(head).is_empty());
        if !is_group {
            return None;
        }
        (start + 1..end).find(|i| self.pieces[*i].norm == *head)
    }
}

/// The one table that a piece tells of, by its words, or by those that it begins or ends with.
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
