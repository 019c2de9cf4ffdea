//! Tables: all regions of a document, each read by its layout.
//!
//! Owns the order of reading: tables of rows first, wide ones after them. Refuses to read rows (`row`) and to correct: a value
//! is what the page says, and what is not certain becomes a finding.

use super::blocks::blocks;
use super::candidate::candidates;
use super::dedup::deduplicated;
use super::found::{Context, FoundTables};
use super::grid::Grids;
use super::lists::list;
use super::matrix::matrix;
use super::regions::Region;
use super::shifted::{is_shifted, parted};
use super::wide::wide;
use crate::finding::{Finding, Rule};
use crate::form::Layout;

/// Reads all regions.
#[must_use]
pub(super) fn tables(cx: &Context<'_, '_>, regions: &[Region]) -> FoundTables {
    let mut found = FoundTables::default();
    if deduplicated(cx, regions) {
        found.findings.push(Finding::new(Rule::Deduplicated, ""));
        return found;
    }
    let mut grids = Grids::find(cx);
    grids.read(cx, &mut found);
    let layout = |r: &Region| {
        let mut tables = cx.forms.editions.iter().flat_map(|e| &e.tables);
        tables.find(|t| t.code == r.table).map(|t| t.layout)
    };
    // Wide tables print the same in several editions and follow the others: they come last.
    for region in regions.iter().filter(|r| layout(r) != Some(Layout::Wide)) {
        if grids.has_decided(cx, &region.table) {
            continue;
        }
        let mut of_region = candidates(&cx.pieces[region.start..region.end], region.start);
        // Nothing may be placed by its neighbours where labels and figures are not where they belong.
        let by_position = !is_shifted(cx, &of_region);
        if !by_position {
            of_region = parted(&of_region);
        }
        match layout(region) {
            Some(Layout::Blocks) => blocks(cx, region, &of_region, by_position, &mut found),
            Some(Layout::Matrix) => matrix(cx, region, &of_region, by_position, &mut found),
            Some(Layout::List) => list(cx, region, &mut found),
            _ => {}
        }
    }
    let edition = found.majority().unwrap_or(cx.default_edition);
    grids.read_cases(cx, edition, &mut found);
    for region in regions.iter().filter(|r| layout(r) == Some(Layout::Wide)) {
        if grids.has_decided(cx, &region.table) {
            continue;
        }
        let of_region = candidates(&cx.pieces[region.start..region.end], region.start);
        wide(cx, region, &of_region, edition, &mut found);
    }
    found.cells.sort_by(|a, b| {
        a.key.table.cmp(&b.key.table).then(a.key.row.cmp(&b.key.row)).then(a.key.column.cmp(&b.key.column))
    });
    found
}
