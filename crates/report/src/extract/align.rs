//! Alignment: the rows that a page shows against the rows that the form lists, in order.
//!
//! Owns the placing of candidates on lines of one table. What a label says counts first; a candidate whose label is
//! lost is placed only where its neighbours leave exactly one place. Refuses to read values.

use super::candidate::{Candidate, Fragment};
use super::gaps::{drop_blended, fill_gaps};
use super::index::{Hit, Matched, TableIndex};
use super::label::strip_ordinal;
use super::stream::Piece;
use crate::form::{FormLine, Table};

/// A candidate on its row.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Index into the candidates.
    pub candidate: usize,
    /// Index into [`Table::rows`].
    pub row: usize,
    /// How it came there.
    pub matched: Matched,
    /// First label fragment that belongs to the row.
    pub label_from: usize,
    /// One past its last label fragment. Less than the candidate's labels when the row is printed blank.
    pub label_to: usize,
    /// The row is printed without any value.
    pub blank: bool,
}

/// What alignment found.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    /// Rows in the form's order.
    pub placed: Vec<Placed>,
    /// Candidates with values that have no certain row.
    pub left: Vec<usize>,
    /// Candidates that claim a row another one has, with other values.
    pub rivals: Vec<(usize, usize)>,
    /// Sum of the weights: how well the edition fits.
    pub score: f64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) candidate: usize,
    pub(super) label_from: usize,
    pub(super) label_to: usize,
    /// Carries the candidate's values.
    pub(super) valued: bool,
}

pub(super) struct Anchors {
    pub(super) elements: Vec<Element>,
    pub(super) hits: Vec<Vec<Hit>>,
}

/// Places candidates on the rows of a table. `by_position` permits placing lost labels by their neighbours.
#[must_use]
pub fn align(
    table: &Table,
    index: &TableIndex,
    candidates: &[Candidate<'_>],
    pieces: &[Piece<'_>],
    by_position: bool,
) -> Alignment {
    let mut anchors = elements(table, index, candidates, pieces);
    drop_lookalikes(&mut anchors, index);
    let chain = best_chain(&anchors, table.lines.len());
    let mut alignment = Alignment::default();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (element, hit) in &chain {
        let e = anchors.elements[*element];
        alignment.score += weight_of(table, &e, hit);
        taken.push((*element, hit.line));
        if let FormLine::Row(row) = table.lines[hit.line] {
            alignment.placed.push(Placed {
                candidate: e.candidate,
                row,
                matched: hit.matched,
                label_from: e.label_from,
                label_to: e.label_to,
                blank: !e.valued,
            });
        }
    }
    find_rivals(table, &anchors, &chain, candidates, &mut alignment);
    if by_position {
        fill_gaps(table, &anchors, &taken, candidates, &mut alignment);
    }
    if by_position {
        let lines: Vec<usize> = taken.iter().map(|(_, line)| *line).collect();
        drop_blended(table, candidates, &lines, &mut alignment);
    }
    let placed: Vec<usize> = alignment.placed.iter().filter(|p| !p.blank).map(|p| p.candidate).collect();
    alignment.left = (0..candidates.len()).filter(|c| candidates[*c].filled() > 0 && !placed.contains(c)).collect();
    alignment.placed.sort_by_key(|p| p.row);
    alignment
}

fn weight_of(table: &Table, element: &Element, hit: &Hit) -> f64 {
    match table.lines[hit.line] {
        FormLine::Group(_) => 0.3 * hit.weight,
        FormLine::Row(_) if element.valued => hit.weight,
        FormLine::Row(_) => 0.4 * hit.weight,
    }
}

/// Turns each candidate into one element for its values and one for each group or blank row that its labels name.
fn elements(table: &Table, index: &TableIndex, candidates: &[Candidate<'_>], pieces: &[Piece<'_>]) -> Anchors {
    let mut anchors = Anchors { elements: Vec::new(), hits: Vec::new() };
    let is_row = |line: usize| matches!(table.lines[line], FormLine::Row(_));
    for (c, candidate) in candidates.iter().enumerate() {
        let count = candidate.labels.len();
        let norm = |i: usize| pieces[candidate.labels[i].piece].norm.as_str();
        let valued = candidate.filled() > 0;
        let (from, hits) = if valued { own_label(table, index, candidate, pieces) } else { (count, Vec::new()) };
        let mut i = 0;
        while i < from {
            let (width, line_hits) = longest_exact(index, from.min(i + 3) - i, |k| norm(i + k));
            let fragment = &candidate.labels[i + width - 1];
            let kept: Vec<Hit> = line_hits
                .iter()
                .filter(|(line, _)| {
                    !is_row(*line)
                        || !index.shared[*line]
                        || fragment.text.starts_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '(' | '（'))
                })
                .map(|(line, matched)| Hit { line: *line, weight: exact_weight(*matched), matched: *matched })
                .collect();
            let kept = if kept.is_empty() && width == 1 && fragment.blanks > 0 {
                // Two cells of one row are no label that was wrapped.
                let apart = |a: &Fragment<'_>, b: &Fragment<'_>| a.row == b.row && a.column != b.column;
                let wraps = i > 0 && !apart(&candidate.labels[i - 1], fragment);
                let wrapped = wraps.then(|| join(i - 1, i + 1, &norm));
                explained(index, norm(i), wrapped.as_deref(), is_row)
            } else {
                kept
            };
            if !kept.is_empty() {
                anchors.elements.push(Element { candidate: c, label_from: i, label_to: i + width, valued: false });
                anchors.hits.push(kept);
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

/// A label with an explanation behind it, or one that ends with this line; its row is printed blank.
fn explained(index: &TableIndex, norm: &str, wrapped: Option<&str>, is_row: impl Fn(usize) -> bool + Copy) -> Vec<Hit> {
    let own = index.near(norm, is_row).filter(|h| h.matched == Matched::Variant);
    own.or_else(|| index.near(wrapped?, is_row).filter(|h| h.weight >= 0.9)).into_iter().collect()
}

fn exact_weight(matched: Matched) -> f64 {
    if matched == Matched::Exact { 1.0 } else { 0.98 }
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

/// The label that stands directly before the values: where it begins, and the rows that it may name.
fn own_label(table: &Table, index: &TableIndex, candidate: &Candidate<'_>, pieces: &[Piece<'_>]) -> (usize, Vec<Hit>) {
    let all: Vec<usize> = (0..candidate.labels.len()).collect();
    let (from, hits) = last_label(table, index, candidate, pieces, &all);
    let Some(last) = candidate.labels.last().filter(|_| candidate.grid && hits.is_empty()) else { return (from, hits) };
    // A group's label in the column beside may stand between the lines of the row's own.
    let own: Vec<usize> = all.iter().copied().filter(|i| candidate.labels[*i].column == last.column).collect();
    if own.len() == all.len() {
        return (from, hits);
    }
    match last_label(table, index, candidate, pieces, &own) {
        (_, hits) if hits.is_empty() => (from, hits),
        (from, hits) => (own.get(from).copied().unwrap_or(all.len()), hits),
    }
}

/// The shortest run of last ones among the fragments `of` a candidate that names a row, as an index into `of`.
fn last_label(
    table: &Table,
    index: &TableIndex,
    candidate: &Candidate<'_>,
    pieces: &[Piece<'_>],
    of: &[usize],
) -> (usize, Vec<Hit>) {
    let count = of.len();
    let label = |i: usize| &candidate.labels[of[i]];
    let norm = |i: usize| pieces[label(i).piece].norm.as_str();
    let is_row = |line: usize| matches!(table.lines[line], FormLine::Row(_));
    let mut found: Option<(usize, Vec<Hit>)> = None;
    // A label with blank cells behind it has ended: its row is another one.
    let most = 1 + (0..count).rev().skip(1).take(3).take_while(|i| label(*i).blanks == 0).count();
    for width in 1..=count.min(most) {
        let from = count - width;
        let text = join(from, count, &norm);
        let hits: Vec<Hit> = index
            .exact(&text)
            .iter()
            .filter(|(line, _)| is_row(*line))
            .map(|(line, matched)| Hit { line: *line, weight: exact_weight(*matched), matched: *matched })
            .collect();
        // `其他` may be the tail of a longer label that was cut: the longer wording wins.
        if !hits.is_empty() {
            found = Some((from, hits));
        }
    }
    if let Some(found) = found {
        return found;
    }
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
        if let Some(hit) = index.near(&text, is_row).filter(|h| !is_renumbered(table, h, printed)) {
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
                Some(w) if w.line == hit.line && w.weight > hit.weight + 0.02 => (from - 1, vec![w]),
                _ => (from, vec![hit]),
            };
        }
    }
    (count.saturating_sub(1), Vec::new())
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

/// Whether a label that is only like a row's is printed with another number than that row has: `4.丁同意` is not `2.同意`.
fn is_renumbered(table: &Table, hit: &Hit, text: &str) -> bool {
    let FormLine::Row(row) = table.lines[hit.line] else { return false };
    let number = |text: &str| {
        let head = &text[..text.len() - strip_ordinal(text).len()];
        head.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    let (printed, official) = (number(text.trim_start()), number(&table.rows[row].ordinal));
    hit.matched == Matched::Fuzzy && !printed.is_empty() && !official.is_empty() && printed != official
}

/// Where a row's label stands word for word beside a blank, a label that is only like it names another row.
fn drop_lookalikes(anchors: &mut Anchors, index: &TableIndex) {
    let exact = |h: &&Hit| h.matched == Matched::Exact && !index.shared[h.line];
    let named: Vec<usize> = (anchors.elements.iter().zip(&anchors.hits))
        .filter(|(e, _)| !e.valued)
        .flat_map(|(_, hits)| hits.iter().filter(exact).map(|h| h.line))
        .collect();
    for hits in &mut anchors.hits {
        hits.retain(|h| !named.contains(&h.line) || matches!(h.matched, Matched::Exact | Matched::Variant));
    }
}

/// The heaviest chain of (element, line) pairs that rises in both.
fn best_chain(anchors: &Anchors, lines: usize) -> Vec<(usize, Hit)> {
    let m = anchors.elements.len();
    let width = lines + 1;
    let mut best = vec![0.0_f64; (m + 1) * width];
    for i in 1..=m {
        let weigh = if anchors.elements[i - 1].valued { 1.0 } else { 0.35 };
        for j in 1..=lines {
            best[i * width + j] = best[(i - 1) * width + j].max(best[i * width + j - 1]);
        }
        for hit in &anchors.hits[i - 1] {
            let with = best[(i - 1) * width + hit.line] + hit.weight * weigh;
            for j in hit.line + 1..=lines {
                if with > best[i * width + j] {
                    best[i * width + j] = with;
                }
            }
        }
    }
    let mut chain = Vec::new();
    let (mut i, mut j) = (m, lines);
    while i > 0 && j > 0 {
        let here = best[i * width + j];
        if (best[(i - 1) * width + j] - here).abs() < 1e-12 {
            i -= 1;
        } else if (best[i * width + j - 1] - here).abs() < 1e-12 {
            j -= 1;
        } else {
            let line = j - 1;
            if let Some(hit) = anchors.hits[i - 1].iter().find(|h| h.line == line) {
                chain.push((i - 1, *hit));
            }
            i -= 1;
            j -= 1;
        }
    }
    chain.reverse();
    chain
}

/// Two candidates for one row between the same neighbours: equal values are one row printed twice, others are a doubt.
fn find_rivals(
    table: &Table,
    anchors: &Anchors,
    chain: &[(usize, Hit)],
    candidates: &[Candidate<'_>],
    alignment: &mut Alignment,
) {
    let figures =
        |c: usize| -> Vec<&str> { candidates[c].tokens.iter().filter(|t| !t.is_blank()).map(|t| t.text).collect() };
    let mut doubted = Vec::new();
    for (e, element) in anchors.elements.iter().enumerate() {
        if !element.valued || chain.iter().any(|(c, _)| *c == e) {
            continue;
        }
        let lower = chain.iter().filter(|(c, _)| *c < e).map(|(_, h)| h.line).max();
        let upper = chain.iter().filter(|(c, _)| *c > e).map(|(_, h)| h.line).min();
        for hit in anchors.hits[e].iter().filter(|h| h.weight >= 0.9) {
            let fits_beside = lower.is_none_or(|l| l <= hit.line) && upper.is_none_or(|u| u >= hit.line);
            let Some((other, _)) = chain.iter().find(|(_, h)| h.line == hit.line) else { continue };
            let other = anchors.elements[*other];
            if fits_beside
                && other.valued
                && figures(other.candidate) != figures(element.candidate)
                && let FormLine::Row(row) = table.lines[hit.line]
            {
                doubted.push((element.candidate, row));
            }
        }
    }
    for (candidate, row) in doubted {
        alignment.placed.retain(|p| p.row != row);
        alignment.rivals.push((candidate, row));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{candidate::candidates, index::Index, stream};
    use super::*;
    use crate::form::load;
    use nianbao_document::Document;

    /// Rows of the newest 依申请公开 table that get the values of a text's lines: `code=` by label, `code?` by position.
    fn rows(text: &str) -> String {
        let forms = load().unwrap();
        let index = Index::new(&forms);
        let e = forms.editions.len() - 1;
        let t = forms.editions[e].tables.iter().position(|t| t.code == "requests").unwrap();
        let mut document = Document::default();
        text.lines().for_each(|line| document.push_line(line, 1, false));
        let pieces = stream::pieces(&document, &|n| index.is_row_label(n));
        let cut = candidates(&pieces, 0);
        let table = &forms.editions[e].tables[t];
        let alignment = align(table, &index.tables[e][t], &cut, &pieces, true);
        let mark = |p: &Placed| if p.matched == Matched::Position { '?' } else { '=' };
        let values = alignment.placed.iter().filter(|p| !p.blank);
        values.map(|p| format!("{}{}", table.rows[p.row].code, mark(p))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn explanations_and_numberings() {
        assert!(is_explanation("行政处罚", "（含简易程序）") && is_explanation("部分公开(区分", "只计这一情形)"));
        assert!(!is_explanation("(五)不予处理", "（六）其他处理") && !is_explanation("规章", "行政许可"));
        assert!(is_numbered(" 其中：甲") && is_numbered("3.其他") && !is_numbered("三安全") && !is_numbered("(含)"));
    }

    #[test]
    fn lost_labels() {
        let (first, third) = ("2.重复申请\t1\t0\t0\t0\t0\t0\t1\n", "4.无正当理由大量反复申请\t3\t0\t0\t0\t0\t0\t3");
        let named = "not_processed_repeated= not_processed_excessive=";
        let between = |lost: &str| rows(&format!("{first}{lost}{third}"));
        let placed = between("??\t2\t0\t0\t0\t0\t0\t2\n");
        assert_eq!(placed.split(' ').nth(1), Some("not_processed_published?"), "{placed}");
        assert_eq!(between("甲甲\n乙乙\t2\t0\t0\t0\t0\t0\t2\n").split(' ').count(), 2, "of which of two rows?");
        assert_eq!(between("").split(' ').count(), named.split(' ').count());
    }
}
