//! Tables: the cells that a document states, each with its place, and what could not be read.
//!
//! Owns the choice of the edition for each block and the four layouts of the official forms. Refuses to correct: a
//! value is what the page says, and what is not certain becomes a finding.

use super::align::{Alignment, Placed, align};
use super::assign::{Assigned, Margins, Value, assign, kind, value};
use super::candidate::{Candidate, Token, candidates};
use super::index::{Index, Matched};
use super::lists;
use super::number::{Printed, Reading};
use super::regions::Region;
use super::stream::{Piece, Shape};
use super::wide;
use crate::finding::{Finding, Rule, quote};
use crate::form::{CellKey, Forms, Layout, Table};

/// A cell that the report states.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCell {
    /// Index of the edition its block follows.
    pub edition: usize,
    /// Its place on that form.
    pub key: CellKey,
    /// The figure in `unit`; `None` for a cell that is printed blank or cannot be read.
    pub value: Option<f64>,
    /// Unit of `value` where it is not a plain count.
    pub unit: Option<&'static str>,
    /// Text as printed.
    pub raw: String,
    /// Index into [`FoundTables::labels`].
    pub label: u32,
    /// Source line.
    pub line: u32,
    /// How its row was recognised.
    pub matched: Matched,
    /// Whether a blank is printed (a null value that is not a failure).
    pub blank: bool,
}

/// Everything extracted from the tables of one document.
#[derive(Clone, Debug, Default)]
pub struct FoundTables {
    /// Cells in the order of the form.
    pub cells: Vec<FoundCell>,
    /// Row labels as printed.
    pub labels: Vec<String>,
    /// Tables that were found: edition and table index; one entry per table code, the edition of most of its cells.
    pub tables: Vec<(usize, usize)>,
    /// What went wrong.
    pub findings: Vec<Finding>,
}

/// What table extraction works with.
pub struct Context<'a, 'd> {
    /// The forms.
    pub forms: &'a Forms,
    /// Their labels.
    pub index: &'a Index,
    /// The document.
    pub pieces: &'a [Piece<'d>],
    /// Edition in force in the report's year: decides only where two editions print the same.
    pub default_edition: usize,
}

/// Reads all regions.
#[must_use]
pub fn tables(cx: &Context<'_, '_>, regions: &[Region]) -> FoundTables {
    let mut found = FoundTables::default();
    if deduplicated(cx, regions) {
        found.findings.push(Finding::new(Rule::Deduplicated, ""));
        return found;
    }
    // Wide tables print the same in several editions and follow the others: they come last.
    let layout = |r: &Region| layout_of(cx.forms, &r.table);
    for region in regions.iter().filter(|r| layout(r) != Some(Layout::Wide)) {
        let cut = candidates(&cx.pieces[region.start..region.end], region.start);
        match layout(region) {
            Some(Layout::Blocks) => blocks(cx, region, &cut, &mut found),
            Some(Layout::Matrix) => matrix(cx, region, cut, &mut found),
            Some(Layout::List) => lists::list(cx, region, &mut found),
            _ => {}
        }
    }
    for region in regions.iter().filter(|r| layout(r) == Some(Layout::Wide)) {
        let edition = majority(&found.cells).unwrap_or(cx.default_edition);
        let cut = candidates(&cx.pieces[region.start..region.end], region.start);
        wide::wide(cx, region, &cut, edition, &mut found);
    }
    found.cells.sort_by(|a, b| a.key.table.cmp(&b.key.table).then(a.key.row.cmp(&b.key.row)).then(a.key.column.cmp(&b.key.column)));
    found
}

/// The edition of most cells; the newer of two with as many.
#[must_use]
pub fn majority(cells: &[FoundCell]) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for cell in cells {
        if counts.len() <= cell.edition {
            counts.resize(cell.edition + 1, 0);
        }
        counts[cell.edition] += 1;
    }
    (0..counts.len()).filter(|e| counts[*e] > 0).max_by_key(|e| (counts[*e], *e))
}

fn layout_of(forms: &Forms, code: &str) -> Option<Layout> {
    forms.editions.iter().flat_map(|e| &e.tables).find(|t| t.code == code).map(|t| t.layout)
}

/// Editions that have a table, with its index.
pub(super) fn editions_with(forms: &Forms, code: &str) -> Vec<(usize, usize)> {
    let place = |(e, edition): (usize, &crate::form::Edition)| {
        edition.tables.iter().position(|t| t.code == code).map(|t| (e, t))
    };
    forms.editions.iter().enumerate().filter_map(place).collect()
}

/// A dump from which every line seen before was removed: many labels, few figures, and no figure twice.
fn deduplicated(cx: &Context<'_, '_>, regions: &[Region]) -> bool {
    let mut figures: Vec<&str> = Vec::new();
    let mut labels = 0;
    for piece in regions.iter().flat_map(|r| &cx.pieces[r.start..r.end]) {
        if piece.shape != Shape::Single {
            if piece.shape == Shape::Row && !piece.text.is_empty() {
                return false;
            }
            continue;
        }
        match piece.reading {
            Reading::Number { .. } => {
                if figures.contains(&piece.text) || figures.len() > 60 {
                    return false;
                }
                figures.push(piece.text);
            }
            Reading::Text if cx.index.is_row_label(&piece.norm) => labels += 1,
            _ => {}
        }
    }
    labels >= 10 && figures.len() < labels * 2
}

fn matrix<'d>(cx: &Context<'_, 'd>, region: &Region, cut: Vec<Candidate<'d>>, found: &mut FoundTables) {
    let mut best: Option<(usize, usize, Alignment, Vec<Candidate<'d>>, Vec<Option<usize>>)> = None;
    for (e, t) in editions_with(cx.forms, &region.table) {
        let table = &cx.forms.editions[e].tables[t];
        let (split, runs) = split_runs(&cut, table.columns.len());
        let mut alignment = align(table, &cx.index.tables[e][t], &split, cx.pieces, true);
        drop_partial_runs(&mut alignment, &runs);
        // A row that only the other edition has is left over here.
        alignment.score -= 0.5 * alignment.left.iter().filter(|c| split[**c].filled() == table.columns.len()).count() as f64;
        let better = match &best {
            None => true,
            Some((be, _, b, ..)) => {
                alignment.score > b.score + 1e-9 || ((alignment.score - b.score).abs() <= 1e-9 && (e == cx.default_edition || *be != cx.default_edition))
            }
        };
        if better {
            best = Some((e, t, alignment, split, runs));
        }
    }
    let Some((e, t, alignment, cut, _)) = best else { return };
    let table = &cx.forms.editions[e].tables[t];
    let margins = Margins::learn(alignment.placed.iter().filter(|p| !p.blank).map(|p| (&cut[p.candidate], table.columns.len())));
    let rows = alignment.placed.clone();
    for placed in &rows {
        place_row(cx, (e, t), placed, &cut, &margins, Printed::Nothing, found);
    }
    leftovers(cx, table, &alignment, &cut, found);
    note_table(found, e, t);
}

/// `(三)不予公开` and 56 values: a run without labels is cut into rows of the table's width.
fn split_runs<'d>(cut: &[Candidate<'d>], width: usize) -> (Vec<Candidate<'d>>, Vec<Option<usize>>) {
    let mut out = Vec::new();
    let mut runs = Vec::new();
    for (i, candidate) in cut.iter().enumerate() {
        let filled = candidate.filled();
        if candidate.in_row || filled != candidate.tokens.len() || filled <= width || filled % width != 0 {
            out.push(candidate.clone());
            runs.push(None);
            continue;
        }
        for (k, chunk) in candidate.tokens.chunks(width).enumerate() {
            let labels = if k == 0 { candidate.labels.clone() } else { Vec::new() };
            out.push(Candidate { labels, tokens: chunk.to_vec(), in_row: false, row_cells: 0 });
            runs.push(Some(i));
        }
    }
    (out, runs)
}

/// A run is placed whole or not at all.
fn drop_partial_runs(alignment: &mut Alignment, runs: &[Option<usize>]) {
    let broken: Vec<usize> = alignment.left.iter().filter_map(|c| runs[*c]).collect();
    if broken.is_empty() {
        return;
    }
    let in_broken = |c: usize| runs[c].is_some_and(|r| broken.contains(&r));
    let lost: Vec<usize> = alignment.placed.iter().filter(|p| !p.blank && in_broken(p.candidate)).map(|p| p.candidate).collect();
    alignment.placed.retain(|p| p.blank || !in_broken(p.candidate));
    alignment.left.extend(lost);
    alignment.left.sort_unstable();
}

/// Reads one placed row into cells.
pub(super) fn place_row<'d>(
    cx: &Context<'_, 'd>,
    (e, t): (usize, usize),
    placed: &Placed,
    cut: &[Candidate<'d>],
    margins: &Margins,
    heading_unit: Printed,
    found: &mut FoundTables,
) {
    let table = &cx.forms.editions[e].tables[t];
    let row = &table.rows[placed.row];
    let candidate = &cut[placed.candidate];
    let width = row.columns.len();
    if placed.blank {
        blank_row(cx, (e, t), placed, candidate, found);
        return;
    }
    let fits = |tokens: &[Token<'_>]| row_sums(table, &row.columns, tokens);
    let mut matched = placed.matched;
    let tokens = match assign(candidate, width, margins, &fits) {
        Assigned::Certain(tokens) => tokens,
        Assigned::BySums(tokens) => {
            found.findings.push(about_row(Rule::PlacedBySums, table, placed.row, candidate));
            matched = Matched::Position;
            tokens
        }
        Assigned::Unplaced => {
            found.findings.push(about_row(Rule::UnplacedValue, table, placed.row, candidate));
            return;
        }
    };
    if placed.matched == Matched::Position {
        found.findings.push(about_row(Rule::PlacedByPosition, table, placed.row, candidate));
    }
    let label = push_label(found, candidate, placed);
    for (token, column) in tokens.iter().zip(&row.columns) {
        push_cell(cx, e, CellKey { table: t, row: placed.row, column: *column }, token, heading_unit, label, matched, found);
    }
}

fn about_row(rule: Rule, table: &Table, row: usize, candidate: &Candidate<'_>) -> Finding {
    Finding::new(rule, as_printed(candidate)).in_table(&table.code).on(Some(&table.rows[row].code), None).at(candidate.line())
}

/// The candidate as the page shows it, for quoting.
fn as_printed(candidate: &Candidate<'_>) -> String {
    let labels = candidate.labels.iter().rev().take(3).rev().map(|l| l.text);
    let values = candidate.tokens.iter().map(|t| if t.is_blank() { "␣" } else { t.text });
    quote(&labels.chain(values).collect::<Vec<_>>().join(" "), 120)
}

pub(super) fn push_label(found: &mut FoundTables, candidate: &Candidate<'_>, placed: &Placed) -> u32 {
    let own = candidate.labels.get(placed.label_from..placed.label_to).unwrap_or(&[]);
    found.labels.push(own.iter().map(|l| l.text.trim()).collect());
    u32::try_from(found.labels.len() - 1).unwrap_or(u32::MAX)
}

/// A row whose label stands there and whose cells are printed blank. Where blank cells leave no trace there are none.
fn blank_row(cx: &Context<'_, '_>, (e, t): (usize, usize), placed: &Placed, candidate: &Candidate<'_>, found: &mut FoundTables) {
    let row = &cx.forms.editions[e].tables[t].rows[placed.row];
    let Some(last) = candidate.labels.get(placed.label_to.wrapping_sub(1)) else { return };
    if usize::from(last.blanks) < row.columns.len() && !(last.span_bars && last.blanks == 0) {
        return;
    }
    let label = push_label(found, candidate, placed);
    let token = Token { text: "", reading: Reading::Blank, line: last.line };
    for column in &row.columns {
        push_cell(cx, e, CellKey { table: t, row: placed.row, column: *column }, &token, Printed::Nothing, label, placed.matched, found);
    }
}

#[expect(clippy::too_many_arguments, reason = "one cell has this many facts; a struct would only rename them")]
pub(super) fn push_cell(
    cx: &Context<'_, '_>,
    edition: usize,
    key: CellKey,
    token: &Token<'_>,
    heading_unit: Printed,
    label: u32,
    matched: Matched,
    found: &mut FoundTables,
) {
    let form = &cx.forms.editions[edition];
    let read = value(token, kind(form, key), heading_unit);
    let (number, unit, blank) = match read {
        Value::Number(number, unit) => (Some(number), unit, false),
        Value::Blank => (None, None, true),
        Value::Unreadable => {
            let table = &form.tables[key.table];
            found.findings.push(
                Finding::new(Rule::UnreadableValue, quote(token.text, 60))
                    .in_table(&table.code)
                    .on(Some(&table.rows[key.row].code), Some(&table.columns[key.column].code))
                    .at(token.line),
            );
            (None, None, false)
        }
    };
    found.cells.push(FoundCell {
        edition,
        key,
        value: number,
        unit,
        raw: token.text.to_owned(),
        label,
        line: token.line,
        matched,
        blank,
    });
}

/// Whether the sums over columns hold in one row; `None` without such a sum.
pub(super) fn row_sums(table: &Table, columns: &[usize], tokens: &[Token<'_>]) -> Option<bool> {
    let number = |column: usize| {
        let at = columns.iter().position(|c| *c == column).and_then(|i| tokens.get(i));
        match at.map(|t| t.reading) {
            Some(Reading::Number { value, .. }) => value,
            _ => 0.0,
        }
    };
    let mut outcome = None;
    for identity in table.identities.iter().filter(|i| !i.over_rows && i.hard) {
        if identity.expr.operands().all(|c| columns.contains(&c)) {
            outcome = Some(outcome.unwrap_or(true) && identity.expr.holds(number).0);
        }
    }
    outcome
}

/// What of the region was not placed and should have been.
pub(super) fn leftovers(cx: &Context<'_, '_>, table: &Table, alignment: &Alignment, cut: &[Candidate<'_>], found: &mut FoundTables) {
    for (candidate, row) in &alignment.rivals {
        found.findings.push(about_row(Rule::RivalRows, table, *row, &cut[*candidate]));
    }
    let placed = || alignment.placed.iter().map(|p| p.candidate);
    let (Some(first), Some(last)) = (placed().min(), placed().max()) else { return };
    for candidate in alignment.left.iter().filter(|c| **c > first && **c < last) {
        if alignment.rivals.iter().any(|(c, _)| c == candidate) {
            continue;
        }
        let candidate = &cut[*candidate];
        let named = candidate.labels.last().is_some_and(|l| {
            let norm = &cx.pieces[l.piece].norm;
            norm.chars().count() >= 2 && !cx.index.is_row_label(norm)
        });
        let rule = if named && candidate.in_row { Rule::UnknownRow } else { Rule::UnplacedValue };
        found.findings.push(Finding::new(rule, as_printed(candidate)).in_table(&table.code).at(candidate.line()));
    }
}

pub(super) fn note_table(found: &mut FoundTables, edition: usize, table: usize) {
    if found.cells.iter().any(|c| c.edition == edition && c.key.table == table) {
        found.tables.push((edition, table));
    }
}

/// 主动公开: blocks, each of which follows the form of its own headings.
fn blocks<'d>(cx: &Context<'_, 'd>, region: &Region, cut: &[Candidate<'d>], found: &mut FoundTables) {
    let editions = editions_with(cx.forms, &region.table);
    let alignments: Vec<Alignment> = editions
        .iter()
        .map(|(e, t)| align(&cx.forms.editions[*e].tables[*t], &cx.index.tables[*e][*t], cut, cx.pieces, true))
        .collect();
    let mut groups: Vec<&str> = Vec::new();
    for (e, t) in &editions {
        for group in cx.forms.editions[*e].tables[*t].groups.iter().filter(|g| g.of_rows) {
            if !groups.contains(&group.code.as_str()) {
                groups.push(&group.code);
            }
        }
    }
    // First the blocks whose headings decide, then those that only the others can decide.
    let fits: Vec<(&str, Vec<Fit>)> = groups
        .iter()
        .map(|g| (*g, editions.iter().zip(&alignments).map(|((e, t), a)| block_fit(cx, (*e, *t), a, g, cut)).collect()))
        .collect();
    let decided: Vec<usize> = fits.iter().filter_map(|(_, f)| clear_winner(f)).collect();
    let common = decided.first().copied().filter(|w| decided.iter().all(|d| d == w));
    for (_, fit) in &fits {
        if fit.iter().all(|f| f.rows.is_empty()) {
            continue;
        }
        let winner = clear_winner(fit).or_else(|| common.filter(|w| !fit[*w].rows.is_empty()));
        let Some(winner) = winner else {
            if let Some((f, (e, t))) = fit.iter().zip(&editions).find(|(f, _)| !f.rows.is_empty()) {
                let table = &cx.forms.editions[*e].tables[*t];
                let placed = f.rows[0];
                if !placed.blank {
                    found.findings.push(about_row(Rule::EditionUnclear, table, placed.row, &cut[placed.candidate]));
                }
            }
            continue;
        };
        let (e, t) = editions[winner];
        let table = &cx.forms.editions[e].tables[t];
        let rows = &fit[winner].rows;
        let margins = Margins::learn(
            rows.iter().filter(|p| !p.blank).map(|p| (&cut[p.candidate], table.rows[p.row].columns.len())),
        );
        for placed in rows {
            place_row(cx, (e, t), placed, cut, &margins, fit[winner].unit, found);
        }
    }
    let cells = |e: usize| found.cells.iter().filter(|c| c.edition == e).count();
    let best = editions.iter().zip(&alignments).max_by_key(|((e, _), _)| (cells(*e), *e));
    if let Some(((e, t), alignment)) = best {
        let (e, t) = (*e, *t);
        leftovers(cx, &cx.forms.editions[e].tables[t], alignment, cut, found);
        note_table(found, e, t);
    }
}

/// How well one edition fits one block.
struct Fit {
    rows: Vec<Placed>,
    /// Share of the block's column headings that are printed.
    headings: f64,
    /// Rows whose number of values is that of the form, less those whose is not.
    widths: i32,
    unit: Printed,
}

fn block_fit(cx: &Context<'_, '_>, (e, t): (usize, usize), alignment: &Alignment, group: &str, cut: &[Candidate<'_>]) -> Fit {
    let table = &cx.forms.editions[e].tables[t];
    let of_group = |row: usize| table.rows[row].parent.is_some_and(|g| table.groups[g].code == group);
    let rows: Vec<Placed> = alignment.placed.iter().filter(|p| of_group(p.row)).copied().collect();
    let mut widths = 0;
    for placed in rows.iter().filter(|p| !p.blank) {
        let width = table.rows[placed.row].columns.len();
        let candidate = &cut[placed.candidate];
        widths += match candidate.filled() {
            f if f == width => 1,
            f if f < width && candidate.tokens.len() >= width => 0,
            1 if width > 1 && candidate.tokens.len() == 1 && candidate.tokens[0].text.len() >= width => 0,
            _ => -1,
        };
    }
    let mut heading = String::new();
    if let Some(first) = rows.first() {
        for fragment in cut[first.candidate].labels.iter().take(first.label_from) {
            heading.push_str(&cx.pieces[fragment.piece].norm);
        }
    }
    let columns: Vec<usize> = {
        let mut all: Vec<usize> = rows.iter().flat_map(|p| table.rows[p.row].columns.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let wordings = &cx.index.tables[e][t].columns;
    // The official wording counts more than a variant, which may be the other edition's official one.
    let share = columns
        .iter()
        .map(|c| match wordings[*c].iter().position(|w| heading.contains(w.as_str())) {
            Some(0) => 1.0,
            Some(_) => 0.8,
            None => 0.0,
        })
        .sum::<f64>();
    let headings = if columns.is_empty() { 0.0 } else { share / columns.len() as f64 };
    let unit = if heading.contains("金额万元") || heading.contains("金额单位万元") {
        Printed::TenThousandYuan
    } else if heading.contains("金额元") || heading.contains("金额单位元") {
        Printed::Yuan
    } else {
        Printed::Nothing
    };
    Fit { rows, headings, widths, unit }
}

/// The edition that fits better than every other in headings, with values as many as its columns.
fn clear_winner(fits: &[Fit]) -> Option<usize> {
    let score = |f: &Fit| if f.rows.is_empty() { f64::MIN } else { f.headings + 2.0 * f64::from(f.widths) };
    let best = (0..fits.len()).max_by(|a, b| score(&fits[*a]).total_cmp(&score(&fits[*b])))?;
    if fits[best].rows.is_empty() || fits[best].widths < 0 {
        return None;
    }
    let others = fits.iter().enumerate().filter(|(i, f)| *i != best && !f.rows.is_empty());
    let clear = others.clone().all(|(_, f)| score(&fits[best]) - score(f) > 0.15);
    // An edition that alone has the block needs a heading or its own rows.
    (clear && (others.count() > 0 || fits[best].headings > 0.0 || fits[best].widths > 0)).then_some(best)
}
