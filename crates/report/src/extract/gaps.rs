//! Gaps: values whose label is lost or unreadable, and rows that such values may have run into.
//!
//! Owns placing by neighbours, and taking back what a lost neighbour makes doubtful. Refuses every place that is not the
//! only one.

use super::anchor::{Alignment, Anchors, Element, Placed, Stretch};
use super::candidate::Candidate;
use super::index::Matched;
use crate::form::FormLine;

/// Whether the words before the values can be those of one lost label. Words on several lines, or with blank cells
/// behind them, may be another row that is printed blank, and then its neighbours do not tell the place.
fn may_be_placed(candidate: &Candidate<'_>, anchors: &Anchors, taken: &[(usize, usize)], own: usize) -> bool {
    let known = |i: usize| {
        let named = |e: &Element| e.candidate == own && !e.valued && (e.label_from..e.label_to).contains(&i);
        taken.iter().any(|(e, _)| named(&anchors.elements[*e]))
    };
    let from = (0..candidate.labels.len()).filter(|i| known(*i)).max().map_or(0, |i| i + 1);
    let unknown = candidate.labels.get(from..).unwrap_or(&[]);
    unknown.iter().all(|l| l.blanks == 0) && unknown.windows(2).all(|w| w[0].row == w[1].row)
}

/// Whether values stand in a row behind other values, or behind another row's label: then they are a part of that row.
fn is_part_of_row(stretch: &Stretch<'_, '_>, anchors: &Anchors, taken: &[(usize, usize)], own: usize) -> bool {
    let candidate = &stretch.candidates[own];
    let begin = candidate.tokens.first().map(|t| t.row);
    let above = own.checked_sub(1).and_then(|c| stretch.candidates.get(c)).and_then(|c| c.tokens.last());
    let named = |(e, line): &(usize, usize)| {
        let e = &anchors.elements[*e];
        let label = e.label_to.checked_sub(1).and_then(|l| candidate.labels.get(l));
        let is_row = matches!(stretch.form.lines[*line], FormLine::Row(_));
        e.candidate == own && !e.valued && is_row && label.map(|l| l.row) == begin
    };
    above.is_some_and(|t| Some(t.row) == begin) || taken.iter().any(named)
}

/// Places candidates whose labels are lost: between two neighbours, if there are as many of them as rows.
pub(super) fn fill_gaps(
    stretch: &Stretch<'_, '_>,
    anchors: &Anchors,
    taken: &[(usize, usize)],
    alignment: &mut Alignment,
) {
    let (table, candidates) = (stretch.form, stretch.candidates);
    let mut bounds: Vec<(Option<usize>, Option<usize>)> = vec![(None, None)];
    bounds.extend(taken.iter().map(|(e, l)| (Some(*e), Some(*l))));
    bounds.push((Some(anchors.elements.len()), Some(table.lines.len())));
    for pair in bounds.windows(2) {
        let (Some(&(from_e, from_l)), Some(&(to_e, to_l))) = (pair.first(), pair.get(1)) else { continue };
        let (e0, e1) = (from_e.map_or(0, |e| e + 1), to_e.unwrap_or(0));
        let (l0, l1) = (from_l.map_or(0, |l| l + 1), to_l.unwrap_or(0));
        if e0 >= e1 || l0 >= l1 {
            continue;
        }
        // What names a row is no other one, and rows that were found elsewhere are not lost here.
        let nameless = |e: &usize| anchors.elements[*e].valued && stretch.sure_row(anchors, *e).is_none();
        let free: Vec<usize> = (e0..e1).filter(nameless).collect();
        let rows: Vec<usize> = (l0..l1)
            .filter_map(|l| match table.lines[l] {
                FormLine::Row(r) => Some(r).filter(|r| !alignment.placed.iter().any(|p| p.row == *r)),
                FormLine::Group(_) => None,
            })
            .collect();
        // More values than columns above: the lost row may be among them.
        let over = from_e.zip(from_l).is_some_and(|(e, l)| match table.lines[l] {
            FormLine::Row(r) => {
                let above = anchors.elements[e];
                above.valued && candidates[above.candidate].filled() > table.rows[r].columns.len()
            }
            FormLine::Group(_) => false,
        });
        if over || free.is_empty() || free.len() != rows.len() {
            continue;
        }
        for (e, row) in free.iter().zip(&rows) {
            let element = anchors.elements[*e];
            if alignment.rivals.iter().any(|(c, r)| *c == element.candidate || r == row) {
                continue;
            }
            if is_part_of_row(stretch, anchors, taken, element.candidate)
                || !may_be_placed(&candidates[element.candidate], anchors, taken, element.candidate)
            {
                continue;
            }
            // A candidate of the wrong width is no row of this table.
            if candidates[element.candidate].filled()
                > table.rows[*row].columns.len() + stretch.weights.gaps.spare_cells
            {
                continue;
            }
            alignment.placed.push(Placed {
                candidate: element.candidate,
                row: *row,
                matched: Matched::Position,
                label_from: element.label_from,
                label_to: element.label_to,
                blank: false,
            });
        }
    }
}

/// Where blank cells leave no trace, values below a label may be those of two rows, or of the next one, if that one's
/// label is missing: then nothing tells where a row ends.
pub(super) fn drop_blended(stretch: &Stretch<'_, '_>, lines: &[usize], alignment: &mut Alignment) {
    let (table, candidates) = (stretch.form, stretch.candidates);
    let width = |p: &Placed| table.rows[p.row].columns.len();
    let vanishes = |p: &&Placed| {
        let candidate = &candidates[p.candidate];
        let blanks = p.label_to.checked_sub(1).and_then(|l| candidate.labels.get(l)).map_or(0, |l| l.blanks);
        let glued = candidate.tokens.len() == 1 && candidate.tokens[0].text.len() >= width(p);
        if p.blank { blanks == 0 } else { !candidate.in_row && !glued && candidate.tokens.len() < width(p) }
    };
    let all_beside = |c: &Candidate<'_>| c.labels.last().is_some_and(|l| c.tokens.iter().all(|t| t.row == l.row));
    // Or all other values stand on the line of their label.
    let beside = |p: &&Placed| !p.blank && all_beside(&candidates[p.candidate]);
    if !alignment.placed.iter().any(|p| vanishes(&p) || beside(&p)) {
        return;
    }
    let placed: Vec<usize> = alignment.placed.iter().map(|p| p.row).collect();
    let last = placed.iter().max().copied().unwrap_or(0);
    let next_is_lost = |row: usize| {
        let own = table.lines.iter().position(|l| matches!(l, FormLine::Row(r) if *r == row));
        let mut below =
            (own.map_or(table.lines.len(), |o| o + 1)..table.lines.len()).filter_map(|l| match table.lines[l] {
                FormLine::Row(r) => Some(!placed.contains(&r)),
                // A group's label ends what is above it.
                FormLine::Group(_) => lines.contains(&l).then_some(false),
            });
        row < last && below.next() == Some(true)
    };
    alignment.placed.retain(|p| {
        let candidate = &candidates[p.candidate];
        p.blank
            || candidate.in_row
            || all_beside(candidate)
            || candidate.tokens.len() > candidate.filled()
            || !next_is_lost(p.row)
    });
}
