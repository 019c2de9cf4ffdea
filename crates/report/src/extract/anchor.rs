//! Anchors: which lines of the form the labels of a page may name.
//!
//! Owns reading the labels of candidates: the one directly before values, and those in between, which name groups and rows
//! that are printed blank. Refuses to choose among what a label may name: `align` does, by the order of all.

use super::candidate::{Candidate, Fragment};
use super::found::Context;
use super::index::{Hit, Matched, TableIndex};
use super::label::strip_ordinal;
use super::stream::Piece;
use super::weights::Weights;
use crate::form::{FormLine, Table};

/// A candidate on its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// Index into the candidates.
    pub(super) candidate: usize,
    /// Index into [`Table::rows`].
    pub(super) row: usize,
    /// How it came there.
    pub(super) matched: Matched,
    /// First label fragment that belongs to the row.
    pub(super) label_from: usize,
    /// One past its last label fragment. Less than the candidate's labels when the row is printed blank.
    pub(super) label_to: usize,
    /// The row is printed without any value.
    pub(super) blank: bool,
}

impl Placed {
    /// The row's label as printed. `candidate` is that of the row.
    pub(super) fn label(&self, candidate: &Candidate<'_>) -> String {
        let own = candidate.labels.get(self.label_from..self.label_to).unwrap_or(&[]);
        own.iter().map(|l| l.text.trim()).collect()
    }
}

/// What alignment found.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// Rows in the form's order.
    pub(super) placed: Vec<Placed>,
    /// Candidates with values that have no certain row.
    pub(super) left: Vec<usize>,
    /// Candidates that claim a row another one has, with other values.
    pub(super) rivals: Vec<(usize, usize)>,
    /// Sum of the weights: how well the edition fits.
    pub(super) score: f64,
}

/// A label, with the values behind it or without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) candidate: usize,
    pub(super) label_from: usize,
    pub(super) label_to: usize,
    /// Carries the candidate's values.
    pub(super) valued: bool,
}

/// Elements in the page's order, and the lines that each may name.
pub(super) struct Anchors {
    pub(super) elements: Vec<Element>,
    pub(super) hits: Vec<Vec<Hit>>,
}

/// A stretch of a page beside the table of the form that it is read as.
pub(super) struct Stretch<'s, 'd> {
    pub(super) form: &'s Table,
    pub(super) index: &'s TableIndex,
    pub(super) weights: &'s Weights,
    pub(super) candidates: &'s [Candidate<'d>],
    pieces: &'s [Piece<'d>],
}

impl<'s, 'd> Stretch<'s, 'd> {
    /// `place`: edition and table.
    pub(super) fn new(cx: &Context<'s, 'd>, place: (usize, usize), candidates: &'s [Candidate<'d>]) -> Self {
        let (form, index) = (cx.form(place), cx.labels(place));
        Self { form, index, weights: &cx.index.weights, candidates, pieces: cx.pieces }
    }

    fn norm(&self, fragment: &Fragment<'_>) -> &'s str {
        &self.pieces[fragment.piece].norm
    }

    fn is_row(&self, line: usize) -> bool {
        matches!(self.form.lines[line], FormLine::Row(_))
    }

    /// The one row whose label an element is word for word.
    pub(super) fn sure_row(&self, anchors: &Anchors, element: usize) -> Option<(Hit, usize)> {
        let [hit] = anchors.hits[element].as_slice() else { return None };
        match self.form.lines[hit.line] {
            FormLine::Row(row) if hit.matched == Matched::Exact && !self.index.shared[hit.line] => Some((*hit, row)),
            _ => None,
        }
    }

    fn hit(&self, (line, matched): (usize, Matched)) -> Hit {
        let chain = &self.weights.chain;
        let weight = if matched == Matched::Exact { chain.exact } else { chain.variant };
        Hit { line, weight, matched }
    }

    /// Turns each candidate into one element for its values and one for each group or blank row that its labels name.
    pub(super) fn anchors(&self) -> Anchors {
        let mut anchors = Anchors { elements: Vec::new(), hits: Vec::new() };
        for (c, candidate) in self.candidates.iter().enumerate() {
            let count = candidate.labels.len();
            let valued = candidate.filled() > 0;
            let (from, hits) = if valued { self.own_label(candidate) } else { (count, Vec::new()) };
            let mut i = 0;
            while i < from {
                let (width, hits) = self.valueless(candidate, i, from);
                if !hits.is_empty() {
                    anchors.elements.push(Element { candidate: c, label_from: i, label_to: i + width, valued: false });
                    anchors.hits.push(hits);
                }
                i += width;
            }
            if valued {
                anchors.elements.push(Element { candidate: c, label_from: from, label_to: count, valued: true });
                anchors.hits.push(hits);
            }
        }
        anchors
    }

    /// How many fragments from `at` on, and before `end`, are one label without values, and what it may name.
    fn valueless(&self, candidate: &Candidate<'_>, at: usize, end: usize) -> (usize, Vec<Hit>) {
        let norm = |i: usize| self.norm(&candidate.labels[i]);
        let most = end.min(at + self.weights.chain.fragments) - at;
        let (width, lines) = longest_exact(self.index, most, |k| norm(at + k));
        let fragment = &candidate.labels[at + width - 1];
        let numbered = fragment.text.starts_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '(' | '（'));
        let names = |line: usize| !self.is_row(line) || !self.index.shared[line] || numbered;
        let hits: Vec<Hit> = lines.iter().filter(|(line, _)| names(*line)).map(|l| self.hit(*l)).collect();
        if !hits.is_empty() || width > 1 || fragment.blanks == 0 {
            return (width, hits);
        }
        // Two cells of one row are no label that was wrapped.
        let apart = |a: &Fragment<'_>, b: &Fragment<'_>| a.row == b.row && a.column != b.column;
        let wraps = at > 0 && !apart(&candidate.labels[at - 1], fragment);
        let wrapped = wraps.then(|| join(at - 1, at + 1, &norm));
        (width, self.explained(norm(at), wrapped.as_deref()))
    }

    /// A label with an explanation behind it, or one that ends with this line; its row is printed blank.
    fn explained(&self, norm: &str, wrapped: Option<&str>) -> Vec<Hit> {
        let near = |norm: &str| self.index.near(norm, |line| self.is_row(line));
        let own = near(norm).filter(|h| h.matched == Matched::Variant);
        own.or_else(|| near(wrapped?).filter(|h| h.weight >= self.weights.likeness.sure)).into_iter().collect()
    }

    /// The label that stands directly before the values: where it begins, and the rows that it may name.
    fn own_label(&self, candidate: &Candidate<'_>) -> (usize, Vec<Hit>) {
        let all: Vec<usize> = (0..candidate.labels.len()).collect();
        let (from, hits) = self.last_label(candidate, &all);
        let Some(last) = candidate.labels.last().filter(|_| candidate.grid && hits.is_empty()) else {
            return (from, hits);
        };
        // A group's label in the column beside may stand between the lines of the row's own.
        let own: Vec<usize> = all.iter().copied().filter(|i| candidate.labels[*i].column == last.column).collect();
        if own.len() == all.len() {
            return (from, hits);
        }
        match self.last_label(candidate, &own) {
            (_, hits) if hits.is_empty() => (from, hits),
            (from, hits) => (own.get(from).copied().unwrap_or(all.len()), hits),
        }
    }

    /// The shortest run of last ones among the fragments `of` a candidate that names a row, as an index into `of`.
    fn last_label(&self, candidate: &Candidate<'_>, of: &[usize]) -> (usize, Vec<Hit>) {
        let count = of.len();
        let label = |i: usize| &candidate.labels[of[i]];
        let norm = |i: usize| self.norm(label(i));
        // A label with blank cells behind it has ended: its row is another one.
        let above = (0..count).rev().skip(1).take(self.weights.chain.fragments_above);
        let most = 1 + above.take_while(|i| label(*i).blanks == 0).count();
        let mut found: Option<(usize, Vec<Hit>)> = None;
        for width in 1..=count.min(most) {
            let from = count - width;
            let exact = self.index.exact(&join(from, count, &norm));
            let hits: Vec<Hit> = exact.iter().filter(|(line, _)| self.is_row(*line)).map(|l| self.hit(*l)).collect();
            // `其他` may be the tail of a longer label that was cut: the longer wording wins.
            if !hits.is_empty() {
                found = Some((from, hits));
            }
        }
        found.unwrap_or_else(|| self.near_label(candidate, of, most))
    }

    /// The same by likeness, where no run of up to `most` fragments is word for word a row's label.
    fn near_label(&self, candidate: &Candidate<'_>, of: &[usize], most: usize) -> (usize, Vec<Hit>) {
        let (index, count) = (self.index, of.len());
        let label = |i: usize| &candidate.labels[of[i]];
        let norm = |i: usize| self.norm(label(i));
        let is_row = |line: usize| self.is_row(line);
        for width in 1..=count.min(most) {
            let from = count - width;
            let text = join(from, count, &norm);
            // A whole label and then other words on a line of their own: those name no row, unless they explain it.
            let whole = width > 1
                && (index.exact(norm(from)).iter().any(|(line, _)| is_row(*line))
                    || index.near(norm(from), is_row).is_some_and(|h| h.matched == Matched::Variant));
            let explained = || is_explanation(label(from).text, label(from + 1).text);
            if whole && !explained() && !index.goes_on(norm(from), &text) {
                break;
            }
            // What begins with a numbering of its own does not go on with the line above.
            if width > 1 && is_numbered(label(from + 1).text) {
                break;
            }
            if index.exact(&text).iter().any(|(line, _)| !is_row(*line)) || index.is_column(&text) {
                // A group's label or a heading directly before the values: the row's own label is lost.
                return (count, Vec::new());
            }
            let printed = label(from).text;
            if let Some(hit) = index.near(&text, is_row).filter(|h| !self.is_renumbered(h, printed)) {
                // A whole label above does not begin this one.
                let apart = from > 0
                    && index.exact(norm(from - 1)).iter().any(|(line, _)| is_row(*line))
                    && !is_explanation(label(from - 1).text, label(from).text);
                let apart = apart || is_numbered(label(from).text);
                let wider = (width < most && from > 0 && !apart)
                    .then(|| join(from - 1, count, &norm))
                    .and_then(|t| index.near(&t, is_row));
                return match wider {
                    Some(w) if w.line != hit.line && w.weight > hit.weight => (from - 1, vec![w]),
                    Some(w) if w.line == hit.line && w.weight > hit.weight + self.weights.chain.wider => {
                        (from - 1, vec![w])
                    }
                    _ => (from, vec![hit]),
                };
            }
        }
        (count.saturating_sub(1), Vec::new())
    }

    /// Whether a label that is only like a row's is printed with another number than that row has: `4.丁同意` is not `2.同意`.
    fn is_renumbered(&self, hit: &Hit, text: &str) -> bool {
        let FormLine::Row(row) = self.form.lines[hit.line] else { return false };
        let number = |text: &str| {
            let head = &text[..text.len() - strip_ordinal(text).len()];
            head.chars().filter(char::is_ascii_digit).collect::<String>()
        };
        let (printed, official) = (number(text.trim_start()), number(&self.form.rows[row].ordinal));
        hit.matched == Matched::Fuzzy && !printed.is_empty() && !official.is_empty() && printed != official
    }
}

/// The longest run of up to `most` fragments that is exactly a label, or one fragment that is none.
fn longest_exact<'i, 't>(
    index: &'i TableIndex,
    most: usize,
    norm: impl Fn(usize) -> &'t str,
) -> (usize, &'i [(usize, Matched)]) {
    // Most labels stand on one line, and those joined with the next are longer than any label.
    let mut joined = String::new();
    let mut found: (usize, &[(usize, Matched)]) = (1, index.exact(norm(0)));
    for width in 2..=most {
        if joined.is_empty() {
            joined.push_str(norm(0));
        }
        joined.push_str(norm(width - 1));
        if joined.len() > index.longest {
            break;
        }
        let hits = index.exact(&joined);
        if !hits.is_empty() {
            found = (width, hits);
        }
    }
    found
}

fn join<'t>(from: usize, to: usize, norm: &impl Fn(usize) -> &'t str) -> String {
    (from..to).map(norm).collect()
}

/// `（含简易程序）` behind a label, or a bracket that the label's line leaves open, but not `（六）其他处理`.
fn is_explanation(label: &str, text: &str) -> bool {
    let count = |brackets: [char; 2]| label.matches(brackets).count();
    count(['(', '（']) > count([')', '）'])
        || (text.starts_with(['(', '（']) && strip_ordinal(text).len() == text.len())
}

/// Whether a text begins with a numbering of its own.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    strip_ordinal(text).len() < text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_and_numberings() {
        assert!(is_explanation("行政处罚", "（含简易程序）") && is_explanation("部分公开(区分", "只计这一情形)"));
        assert!(!is_explanation("(五)不予处理", "（六）其他处理") && !is_explanation("规章", "行政许可"));
        assert!(is_numbered(" 其中：甲") && is_numbered("3.其他") && !is_numbered("三安全") && !is_numbered("(含)"));
    }
}
