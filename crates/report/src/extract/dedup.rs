//! Deduplicated dumps: texts from which every line that was seen before is gone.
//!
//! Owns recognising them. Refuses to repair: which of many equal zeros are missing cannot be known.

use std::collections::HashSet;

use super::found::Context;
use super::label::normalized;
use super::number::Reading;
use super::regions::Region;
use super::stream::Shape;
use crate::form::Layout;
use nianbao_document::Block;

/// Whether the tables of a document lost their repeated lines: one cell per line, no line twice, and fewer figures than
/// the labels call for, or a word only once that heads every block.
#[must_use]
pub(super) fn deduplicated(cx: &Context<'_, '_>, regions: &[Region]) -> bool {
    let mut labels = 0;
    for piece in regions.iter().flat_map(|r| &cx.pieces[r.start..r.end]) {
        if piece.shape == Shape::Row && !piece.text.is_empty() || piece.shape == Shape::Spaced {
            return false;
        }
        labels += usize::from(cx.index.is_row_label(&piece.norm));
    }
    labels >= cx.index.weights.dedup.labels && no_line_twice(cx, regions) && regions.iter().any(|r| poor(cx, r))
}

fn no_line_twice(cx: &Context<'_, '_>, regions: &[Region]) -> bool {
    let mut seen: HashSet<&str> = HashSet::new();
    let within = |line: u32| {
        regions.iter().any(|r| {
            let (Some(first), Some(last)) = (cx.pieces.get(r.start), cx.pieces.get(r.end.wrapping_sub(1))) else {
                return false;
            };
            (first.line..=last.line).contains(&line)
        })
    };
    for block in &cx.document.blocks {
        let Block::Line(line) = block else { continue };
        // The line as it is: a dump compares lines with their blanks.
        let text = cx.document.text(line.text);
        if !text.trim().is_empty() && within(line.line) && !seen.insert(text) {
            return false;
        }
    }
    true
}

/// Whether a region has fewer figures, or fewer headings of its blocks, than its labels call for.
fn poor(cx: &Context<'_, '_>, region: &Region) -> bool {
    let pieces = &cx.pieces[region.start..region.end];
    let tables = || cx.forms.editions.iter().flat_map(|e| &e.tables).filter(|t| t.code == region.table);
    let Some(table) = tables().next() else { return false };
    let figures = pieces.iter().filter(|p| !matches!(p.reading, Reading::Text | Reading::Blank)).count();
    match table.layout {
        Layout::Matrix => {
            let rows = pieces.iter().filter(|p| cx.index.is_row_label(&p.norm)).count();
            figures < rows * table.columns.len()
        }
        Layout::Blocks => {
            let is_group = |norm: &str| tables().any(|t| t.groups.iter().any(|g| normalized(&g.label) == norm));
            let corner = |norm: &str| tables().any(|t| t.corner.iter().any(|c| normalized(c) == norm));
            let groups = pieces.iter().filter(|p| !p.norm.is_empty() && is_group(&p.norm)).count();
            let corners = pieces.iter().filter(|p| !p.norm.is_empty() && corner(&p.norm)).count();
            groups >= 2 && corners <= 1
        }
        Layout::Wide => figures > 0 && figures < table.cell_count(),
        Layout::List => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Extracted, Index, extract};
    use super::*;
    use crate::finding::Rule;
    use crate::form::{Forms, load};
    use nianbao_document::Document;

    /// Whether a page with these lines is recognised, and how many cells it gives.
    fn outcome<'t>(forms: &Forms, lines: impl Iterator<Item = &'t str>) -> (bool, usize) {
        let mut document = Document::default();
        lines.zip(1..).for_each(|(line, at)| document.push_line(line, at, false));
        match extract(forms, &Index::new(forms).unwrap(), &document, "x.txt") {
            Extracted::Report(r) => (r.findings.iter().any(|f| f.rule == Rule::Deduplicated), r.tables.cells.len()),
            Extracted::NotAReport => panic!("no report"),
        }
    }

    #[test]
    fn repeated_lines_are_gone() {
        let forms = load().unwrap();
        let table = forms.editions.iter().rev().flat_map(|e| &e.tables).find(|t| t.layout == Layout::Matrix).unwrap();
        let mut lines = vec!["某局2022年政府信息公开工作年度报告"];
        lines.extend(table.corner.iter().map(String::as_str));
        lines.extend(table.columns.iter().map(|c| c.label.as_str()));
        for row in &table.rows {
            lines.push(&row.label);
            lines.extend(table.columns.iter().map(|_| "0"));
        }
        let whole = outcome(&forms, lines.iter().copied());
        assert!(!whole.0 && whole.1 > 0, "{whole:?}");
        let mut seen = HashSet::new();
        let once: Vec<&str> = lines.iter().copied().filter(|l| seen.insert(*l)).collect();
        assert_eq!(outcome(&forms, once.iter().copied()), (true, 0));
        // The same gaps with a line that stands there twice: a page that is only incomplete.
        let twice = once.iter().copied().chain(std::iter::once("0"));
        assert!(!outcome(&forms, twice).0);
    }
}
