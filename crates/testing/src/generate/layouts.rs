//! Prints a report in one layout class of `guide/variants.md`, and says which cells that layout preserves.

use super::grid::{Grid, Style, expand, tables};
use super::kinds::{CLOSE, Layout, Layout::*, OPEN, Way};
use super::page::{self, Block};
use super::rows::{broken_row, cell_lines, flat_row, pages, seed_row};
use super::{Edition, Rendered, Report, Rng, Truth, html};
use std::collections::HashSet;

/// `report` printed in `layout`.
pub fn render(report: &Report, layout: Layout, rng: &mut Rng) -> Rendered {
    let odd = layout != Glued && rng.chance(1, 5);
    let style = Style::random(rng, odd);
    let mut grids = if layout == NoTables { Vec::new() } else { tables(report, &style) };
    let middle = layout == PdfFlat && report.edition != Edition::E2014 && rng.chance(1, 4);
    if middle {
        grids.remove(0); // the file is one page of a flip book and begins inside table 三
        let first = 4 + rng.below(12);
        grids[0].rows.drain(..first);
    }
    let mut blocks = page::blocks(report, &style, grids, layout, rng);
    if middle {
        let at = blocks.iter().position(|b| matches!(b, Block::Table(_))).expect("table 三 is left");
        blocks.drain(..at);
    }
    let mut kept: Vec<usize> = Vec::new();
    let mut text = if layout.is_html() {
        blocks.iter().for_each(|block| {
            if let Block::Table(grid) = block {
                kept.extend(grid.rows.iter().flatten().filter_map(|cell| cell.truth));
            }
        });
        html::page(&blocks, layout, style.broken_headers, rng)
    } else {
        plain(report, &blocks, layout, &style, &mut kept, rng)
    };
    if layout == BareDeduplicated {
        let mut seen = HashSet::new();
        let clean = |line: &str| line.trim_matches([OPEN, CLOSE]).to_string();
        text = text.lines().filter(|l| l.is_empty() || seen.insert(clean(l))).collect::<Vec<_>>().join("\n");
        kept.clear();
    }
    if layout == PdfFlat {
        text = pages(&text, &page::short_title(report), rng);
    }
    kept.sort_unstable();
    finish(&text, kept.into_iter().map(|i| report.cells[i].clone()).collect(), layout.is_html())
}

/// Takes the marks out of `text` and notes where the tables are.
fn finish(marked: &str, preserved: Vec<Truth>, html: bool) -> Rendered {
    let mut text = String::with_capacity(marked.len());
    let (mut ranges, mut start) = (Vec::new(), None);
    for c in marked.chars() {
        match c {
            OPEN => start = Some(text.len()),
            CLOSE => ranges.extend(start.take().map(|from| from..text.len())),
            _ => text.push(c),
        }
    }
    Rendered { text, preserved, html, tables: ranges }
}

fn plain(
    report: &Report,
    blocks: &[Block],
    layout: Layout,
    style: &Style,
    kept: &mut Vec<usize>,
    rng: &mut Rng,
) -> String {
    let tight = layout != BareBlankLine && (layout.is_bare() || layout.has_bars()) && rng.chance(1, 2);
    let marks = matches!(layout, Markdown | Tab) && rng.chance(1, 3);
    let mut way = Way::random(layout, rng);
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Menu(text) | Block::Para(text) => out.push_str(text),
            Block::Title(text) if layout.has_bars() && rng.chance(1, 8) => {
                out.push_str(&format!("{}\n{text} {}", "|".repeat(120), "|".repeat(90)));
            }
            Block::Title(text) => out.push_str(&format!("{}{text}", if marks { "# " } else { "" })),
            Block::Heading(text) => out.push_str(&format!("{}{text}", if marks { "## " } else { "" })),
            Block::Table(grid) => {
                if layout == Mixed {
                    let part = rng.pick(&[Tab, PipeRow, PipeCellPerLine, SpaceRow, BareCellPerLine, PipeRow]);
                    way = Way::random(part, rng);
                    (way.collapsed, way.split_blanks) = (false, true);
                }
                out.push(OPEN);
                out.push_str(table(report, grid, &way, style, kept, rng).trim_end_matches('\n'));
                out.push(CLOSE);
            }
        }
        out.push_str(if tight { "\n" } else { "\n\n" });
    }
    out
}

/// Whether a careful reader gets the figures of a printed row. `raws` are the figures of the row.
fn keeps(raws: &[&str], grid: &Grid, way: &Way, after_break: bool) -> bool {
    let complete = raws.iter().all(|raw| !raw.is_empty());
    let blank = raws.iter().all(|raw| raw.is_empty());
    let last = raws.last().is_some_and(|raw| !raw.is_empty());
    let first = raws.first().is_some_and(|raw| !raw.is_empty());
    match way.layout {
        Markdown => true,
        Tab | TabPageBreak if !way.as_seeds => true,
        Tab | TabPageBreak if after_break => complete || (first && last),
        Tab | TabPageBreak => grid.table != "requests" || complete || blank || (first && last),
        NoTables | BareDeduplicated => false,
        Glued => raws.iter().all(|raw| raw.contains(char::is_numeric) && (raw.len() == 1 || raws.len() == 1)),
        layout if layout.has_bars() => complete || blank || (last && !way.collapsed),
        _ => complete,
    }
}

fn table(report: &Report, grid: &Grid, way: &Way, style: &Style, kept: &mut Vec<usize>, rng: &mut Rng) -> String {
    let full = expand(grid);
    let mut out = String::new();
    let cut = way.cut.min(grid.rows.len() - 2);
    let broken = way.layout == TabPageBreak && grid.table != "disputes";
    for (r, row) in grid.rows.iter().enumerate() {
        let after = broken && r >= cut;
        let truths: Vec<usize> = row.iter().filter_map(|cell| cell.truth).collect();
        let raws: Vec<&str> = truths.iter().map(|&i| report.cells[i].raw.as_str()).collect();
        if !truths.is_empty() && keeps(&raws, grid, way, after) {
            kept.extend(&truths);
        }
        match way.layout {
            Tab | TabPageBreak => {
                let line = if way.as_seeds { seed_row(grid, row, &full[r], rng) } else { full[r].join("\t") };
                let line = if after { line.trim_end_matches('\t').to_string() } else { line };
                let shift = usize::from(after && line.starts_with("\t\t"));
                let line = line[shift..].to_string();
                if broken && r == cut {
                    out.push_str(&broken_row(row, &line));
                } else {
                    out.push_str(&line);
                }
                out.push('\n');
            }
            Markdown => {
                out.push_str(&format!("| {} |\n", full[r].join(" | ")));
                if r == 0 {
                    out.push_str(&format!("|{}\n", "---|".repeat(grid.width)));
                }
            }
            SpaceRow | PdfFlat | Glued => out.push_str(&flat_row(grid, row, r, &raws, way.layout)),
            _ => out.push_str(&cell_lines(row, way, style, rng)),
        }
    }
    out
}
