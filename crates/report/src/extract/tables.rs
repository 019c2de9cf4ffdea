//! Tables: every printing of every table that a document holds, and of each table the report's.
//!
//! Owns the order: what has real geometry first, the rest from the stream; tables that print the same in several editions
//! last. Refuses to read rows: each layout has its own file.

use super::blocks::blocks;
use super::candidate::candidates;
use super::dedup::deduplicated;
use super::found::{Context, FoundTables};
use super::grid::Grids;
use super::lists::list;
use super::matrix::matrix;
use super::printing::{Printing, choose};
use super::regions::Region;
use super::shifted::{is_shifted, parted};
use super::wide::wide;
use crate::finding::{Finding, Rule};
use crate::form::Layout;

/// Reads all tables.
#[must_use]
pub(super) fn tables(cx: &Context<'_, '_>, regions: &[Region]) -> FoundTables {
    let mut found = FoundTables::default();
    if deduplicated(cx, regions) {
        found.findings.push(Finding::new(Rule::Deduplicated, ""));
        return found;
    }
    let grids = Grids::find(cx);
    let is_wide = |table: &usize| cx.index.codes[*table].1 == Layout::Wide;
    let (last, first): (Vec<usize>, Vec<usize>) = (0..cx.index.codes.len()).partition(is_wide);
    for table in first.into_iter().chain(last) {
        let edition = found.majority(cx.forms).unwrap_or(cx.default_edition);
        let code = &cx.index.codes[table].0;
        let of_code = || regions.iter().filter(|r| r.table == *code).map(|r| of_stream(cx, r, edition));
        let mut printings = grids.printings(cx, table, edition);
        let are_lines = grids.are_lines(table);
        match printings.as_mut_slice() {
            [] => printings = of_code().collect(),
            // Some blocks of a table may stand in lines beside others in a grid, some rows in lines of another make.
            [only] if (cx.index.codes[table].1 == Layout::Blocks || are_lines) && !only.refused => {
                for mut lines in of_code() {
                    lines.found.cells.retain(|c| !grids.holds(table, c.line));
                    let beside = |line: u32| !grids.holds(table, line);
                    lines.found.findings.retain(|f| are_lines && f.line.is_some_and(beside));
                    if lines.is_apart(only) {
                        only.append(lines);
                    }
                }
            }
            _ => {}
        }
        printings.retain(|p| !p.found.cells.is_empty() || !p.found.findings.is_empty());
        if printings.is_empty() {
            continue;
        }
        if let Some(printing) = choose(cx, code, printings, &mut found) {
            printing.state(cx, &mut found);
        }
    }
    found.cells.sort_by(|a, b| {
        a.key.table.cmp(&b.key.table).then(a.key.row.cmp(&b.key.row)).then(a.key.column.cmp(&b.key.column))
    });
    found
}

/// What a region of the stream states.
fn of_stream(cx: &Context<'_, '_>, region: &Region, edition: usize) -> Printing {
    let mut found = FoundTables::default();
    let mut of_region = candidates(&cx.pieces[region.start..region.end], region.start);
    let mut tables = cx.forms.editions.iter().flat_map(|e| &e.tables);
    let layout = tables.find(|t| t.code == region.table).map(|t| t.layout);
    if layout == Some(Layout::Wide) {
        wide(cx, region, &of_region, edition, &mut found);
    } else {
        // Nothing may be placed by its neighbours where labels and figures are not where they belong.
        let by_position = !is_shifted(cx, &of_region);
        if !by_position {
            of_region = parted(&of_region);
        }
        match layout {
            Some(Layout::Blocks) => blocks(cx, region, &of_region, by_position, &mut found),
            Some(Layout::Matrix) => matrix(cx, region, &of_region, by_position, &mut found),
            Some(Layout::List) => list(cx, region, &mut found),
            _ => {}
        }
    }
    let line = |at: usize| cx.pieces.get(at).map_or(0, |p| p.line);
    let lines = (line(region.start), line(region.end.saturating_sub(1)));
    let mut printing = Printing {
        found,
        lines,
        captions: region.captions.clone(),
        title: region.title.clone(),
        when: None,
        refused: false,
    };
    printing.date(cx);
    printing
}
