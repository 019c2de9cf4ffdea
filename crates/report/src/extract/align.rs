//! Alignment: the rows that a page shows against the rows that the form lists, in order.
//!
//! Owns the placing of candidates on lines of one table. What a label says counts first; a candidate whose label is
//! lost is placed only where its neighbours leave exactly one place. Refuses to read labels (`anchor`) and values.

use super::anchor::{Alignment, Anchors, Element, Placed, Stretch};
use super::candidate::Candidate;
use super::found::Context;
use super::gaps::{drop_blended, fill_gaps};
use super::index::{Hit, Matched, TableIndex};
use crate::form::FormLine;

/// Places candidates on the rows of a table (`place`: edition and table). `by_position` permits placing lost labels by
/// their neighbours.
#[must_use]
pub(super) fn align<'d>(
    cx: &Context<'_, 'd>,
    place: (usize, usize),
    candidates: &[Candidate<'d>],
    by_position: bool,
) -> Alignment {
    let stretch = Stretch::new(cx, place, candidates);
    let mut anchors = stretch.anchors();
    drop_lookalikes(&mut anchors, stretch.index);
    let chain = best_chain(&stretch, &anchors);
    let mut alignment = Alignment::default();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (element, hit) in &chain {
        let e = anchors.elements[*element];
        alignment.score += weight_of(&stretch, &e, hit);
        taken.push((*element, hit.line));
        if let FormLine::Row(row) = stretch.form.lines[hit.line] {
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
    find_rivals(&stretch, &anchors, &chain, &mut alignment);
    place_apart(&stretch, &anchors, &chain, &mut alignment);
    if by_position {
        fill_gaps(&stretch, &anchors, &taken, &mut alignment);
        let lines: Vec<usize> = taken.iter().map(|(_, line)| *line).collect();
        drop_blended(&stretch, &lines, &mut alignment);
    }
    let placed: Vec<usize> = alignment.placed.iter().filter(|p| !p.blank).map(|p| p.candidate).collect();
    alignment.left = (0..candidates.len()).filter(|c| candidates[*c].filled() > 0 && !placed.contains(c)).collect();
    alignment.placed.sort_by_key(|p| p.row);
    alignment
}

/// What a line adds to the score by which editions are compared.
fn weight_of(stretch: &Stretch<'_, '_>, element: &Element, hit: &Hit) -> f64 {
    let edition = &stretch.weights.edition;
    match stretch.form.lines[hit.line] {
        FormLine::Group(_) => edition.group * hit.weight,
        FormLine::Row(_) if element.valued => hit.weight,
        FormLine::Row(_) => edition.blank_row * hit.weight,
    }
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
fn best_chain(stretch: &Stretch<'_, '_>, anchors: &Anchors) -> Vec<(usize, Hit)> {
    let lines = stretch.form.lines.len();
    let m = anchors.elements.len();
    let width = lines + 1;
    let mut best = vec![0.0_f64; (m + 1) * width];
    for i in 1..=m {
        let weigh = if anchors.elements[i - 1].valued { 1.0 } else { stretch.weights.chain.valueless };
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

/// Rows out of the form's order: a label that is word for word that of one row, which nothing else on the page claims, is
/// that row wherever it stands.
fn place_apart(stretch: &Stretch<'_, '_>, anchors: &Anchors, chain: &[(usize, Hit)], alignment: &mut Alignment) {
    let apart = (0..anchors.elements.len()).filter(|e| !chain.iter().any(|(c, _)| c == e));
    let apart: Vec<(usize, Hit, usize)> =
        apart.filter_map(|e| stretch.sure_row(anchors, e).map(|(hit, row)| (e, hit, row))).collect();
    for (e, hit, row) in &apart {
        let element = anchors.elements[*e];
        let claimed = chain.iter().any(|(_, h)| h.line == hit.line)
            || apart.iter().any(|(o, h, _)| o != e && h.line == hit.line)
            || alignment.rivals.iter().any(|(_, r)| r == row);
        if claimed || !element.valued {
            continue;
        }
        alignment.score += weight_of(stretch, &element, hit);
        alignment.placed.push(Placed {
            candidate: element.candidate,
            row: *row,
            matched: hit.matched,
            label_from: element.label_from,
            label_to: element.label_to,
            blank: false,
        });
    }
}

/// Two candidates for one row between the same neighbours: equal values are one row printed twice, others are a doubt.
fn find_rivals(stretch: &Stretch<'_, '_>, anchors: &Anchors, chain: &[(usize, Hit)], alignment: &mut Alignment) {
    let figures = |c: usize| -> Vec<&str> {
        stretch.candidates[c].tokens.iter().filter(|t| !t.is_blank()).map(|t| t.text).collect()
    };
    let mut doubted = Vec::new();
    for (e, element) in anchors.elements.iter().enumerate() {
        if !element.valued || chain.iter().any(|(c, _)| *c == e) {
            continue;
        }
        let lower = chain.iter().filter(|(c, _)| *c < e).map(|(_, h)| h.line).max();
        let upper = chain.iter().filter(|(c, _)| *c > e).map(|(_, h)| h.line).min();
        for hit in anchors.hits[e].iter().filter(|h| h.weight >= stretch.weights.likeness.sure) {
            let fits_beside = lower.is_none_or(|l| l <= hit.line) && upper.is_none_or(|u| u >= hit.line);
            let Some((other, _)) = chain.iter().find(|(_, h)| h.line == hit.line) else { continue };
            let other = anchors.elements[*other];
            if fits_beside
                && other.valued
                && figures(other.candidate) != figures(element.candidate)
                && let FormLine::Row(row) = stretch.form.lines[hit.line]
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
        let index = Index::new(&forms).unwrap();
        let e = forms.editions.len() - 1;
        let t = forms.editions[e].tables.iter().position(|t| t.code == "requests").unwrap();
        let mut document = Document::default();
        text.lines().for_each(|line| document.push_line(line, 1, false));
        let pieces = stream::pieces(&document, &|n| index.is_row_label(n));
        let table = &forms.editions[e].tables[t];
        let cx = Context {
            forms: &forms,
            index: &index,
            document: &document,
            pieces: &pieces,
            default_edition: e,
            year: None,
            agency: None,
        };
        let alignment = align(&cx, (e, t), &candidates(&pieces, 0), true);
        let mark = |p: &Placed| if p.matched == Matched::Position { '?' } else { '=' };
        let values = alignment.placed.iter().filter(|p| !p.blank);
        values.map(|p| format!("{}{}", table.rows[p.row].code, mark(p))).collect::<Vec<_>>().join(" ")
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
