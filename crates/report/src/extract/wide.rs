//! Wide tables: one line of values under a header of groups (行政复议, 行政诉讼).
//!
//! Owns reading that line whatever became of its header. Refuses a line with too few or too many values, unless the
//! sums of the groups leave exactly one reading.

use super::align::align;
use super::anchor::Placed;
use super::assign::{Assigned, assign};
use super::candidate::{Candidate, Token};
use super::found::{Context, FoundTables, Sink};
use super::frame::Frame;
use super::index::Matched;
use super::number::{Printed, Reading};
use super::printing::narrow;
use super::regions::Region;
use super::row::{place_row, row_sums};
use super::slots::{against_form, of_cases};
use crate::finding::{Finding, Rule, quote};
use crate::form::{FormLine, Table};

/// Reads the region of a wide table as the form of `edition`.
pub(super) fn wide<'d>(
    cx: &Context<'_, 'd>,
    region: &Region,
    candidates: &[Candidate<'d>],
    edition: usize,
    found: &mut FoundTables,
) {
    let all = cx.editions_with(&region.table);
    let Some(place) = all.iter().rev().find(|(e, _)| *e <= edition).or(all.last()).copied() else { return };
    let mut sink = Sink::new(cx, place, found);
    let order = of_cases(cx, region, place);
    let (cases, results) = if order.is_some() { (false, false) } else { against_form(cx, region, place) };
    let width = order.as_ref().map_or(sink.form.cell_count(), Vec::len);
    let line = Line { cx, place, form: sink.form, candidates, width, order: order.as_deref() };
    let long_enough =
        |c: &&Candidate<'_>| c.tokens.len() >= line.width || (c.filled() == 1 && c.tokens[0].text.len() >= line.width);
    // `1 2 3 …` above the figures numbers the columns.
    let figures = candidates.iter().filter(|c| long_enough(c)).count();
    let mut lines: Vec<(&Candidate<'_>, Vec<Token<'_>>, Matched)> = Vec::new();
    for candidate in candidates.iter().filter(long_enough).filter(|c| figures < 2 || !numbers_columns(c)) {
        match line.read(candidate) {
            Assigned::Certain(tokens) => lines.push((candidate, tokens, Matched::Exact)),
            Assigned::BySums(tokens) => lines.push((candidate, tokens, Matched::Position)),
            Assigned::Unplaced => {}
        }
    }
    if results || cases && !lines.is_empty() {
        if let Some(candidate) = candidates.iter().max_by_key(|c| c.filled()) {
            sink.found.findings.push(note(Rule::UnplacedValue, sink.form, candidate));
        }
        return;
    }
    if let Some((first, ..)) = lines.first().cloned() {
        // A line of zeros beside figures that nobody could read is rather a template than the report's.
        let counted = |t: &&Token<'_>| matches!(t.reading, Reading::Number { value, .. } if value != 0.0);
        let read = |c: &Candidate<'_>| lines.iter().any(|(own, ..)| std::ptr::eq(*own, c));
        let unread = candidates.iter().any(|c| !read(c) && c.tokens.iter().filter(counted).count() > 1);
        let line = of_year(cx, lines);
        let Some((candidate, tokens, matched)) = line.filter(|l| !unread || l.1.iter().any(|t| counted(&t))) else {
            sink.found.findings.push(note(Rule::TableTwice, sink.form, first));
            return;
        };
        if matched == Matched::Position {
            sink.found.findings.push(note(Rule::PlacedBySums, sink.form, candidate));
        }
        match &order {
            Some(order) => fill_by(sink, &tokens, order, matched),
            None => fill(sink, &tokens, matched),
        }
        return;
    }
    if let Some(rows) = labelled(cx, place, candidates) {
        for (row, candidate) in rows {
            let tokens = candidate.tokens.iter().filter(|t| !t.is_blank()).copied();
            sink.row(row, candidate.labels.last().map_or("", |l| l.text).to_owned(), Matched::Exact, tokens);
        }
        sink.close();
    } else if let Some(rows) = stacked(cx, place, candidates) {
        for placed in &rows {
            place_row(&mut sink, placed, candidates, &Frame::default());
        }
        sink.close();
    } else if !cases && let Some(tokens) = joined(sink.form, candidates, order.as_deref()) {
        match &order {
            Some(order) => fill_by(sink, &tokens, order, Matched::Position),
            None => fill(sink, &tokens, Matched::Position),
        }
    } else {
        // Figures straight behind the heads, or among blanks of a row as long as the table's, are such a line, however few.
        let is_line = |c: &Candidate<'_>| c.filled() > 0 && c.tokens.len().max(c.labels.len()) * 2 > line.width;
        let stray = candidates.iter().filter(|c| c.filled() > cx.index.weights.wide.stray_figures || is_line(c));
        if let Some(candidate) = stray.max_by_key(|c| c.filled()) {
            sink.found.findings.push(note(Rule::UnplacedValue, sink.form, candidate));
        }
    }
}

/// Of several lines of values the one that is the report's year's, by what stands before each; of equal ones the first.
fn of_year<'c, 'd, T>(
    cx: &Context<'_, '_>,
    mut lines: Vec<(&'c Candidate<'d>, Vec<Token<'d>>, T)>,
) -> Option<(&'c Candidate<'d>, Vec<Token<'d>>, T)> {
    let texts = |tokens: &[Token<'_>]| tokens.iter().map(|t| t.text.to_owned()).collect::<Vec<_>>();
    let mut seen: Vec<Vec<String>> = Vec::new();
    lines.retain(|(_, tokens, _)| {
        let own = texts(tokens);
        !seen.contains(&own) && {
            seen.push(own);
            true
        }
    });
    let words = &cx.index.words;
    let says = |(candidate, ..): &(&Candidate<'_>, Vec<Token<'_>>, T)| {
        let said = candidate.labels.iter().rev().find_map(|l| words.when(l.text));
        said.map(|when| when.is_of(cx.year))
    };
    narrow(&mut lines, |l| says(l) == Some(true));
    lines.retain(|l| says(l) != Some(false));
    // A template of zeros, or a blank one, is no second line.
    let counts = |tokens: &[Token<'_>]| {
        tokens.iter().any(|t| !matches!(t.reading, Reading::Blank | Reading::Number { value: 0.0, .. }))
    };
    narrow(&mut lines, |l| counts(&l.1));
    let only = lines.pop()?;
    lines.is_empty().then_some(only)
}

/// The one line of values of a wide table.
struct Line<'s, 'a, 'd> {
    cx: &'s Context<'a, 'd>,
    place: (usize, usize),
    form: &'a Table,
    candidates: &'s [Candidate<'d>],
    /// Its cells.
    width: usize,
    /// What the heads say about them, in the order of the page.
    order: Option<&'s [Option<(usize, usize)>]>,
}

impl<'d> Line<'_, '_, 'd> {
    /// Whether a piece of the stream is a heading of the table.
    fn is_heading(&self, piece: usize) -> bool {
        let (index, norm) = (self.cx.labels(self.place), &self.cx.pieces[piece].norm);
        index.is_column(norm) || !index.exact(norm).is_empty()
    }

    /// The values of a candidate, read as this line. Blank cells count if their number is that of the form, once the blanks
    /// are left aside that separate the rows of this page.
    fn read(&self, candidate: &Candidate<'d>) -> Assigned<'d> {
        let width = self.width;
        let mut own = candidate.clone();
        // A counter or telephone number before the values: words that are no heading, with a figure on their line.
        if let Some(last) = own.labels.last().copied()
            && !own.in_row
            && own.tokens.first().is_some_and(|t| t.row == last.row)
            && !self.is_heading(last.piece)
        {
            own.tokens.retain(|t| t.row != last.row);
        }
        if own.in_row
            && let Some(row) = own.tokens.iter().find(|t| !t.is_blank()).map(|t| t.row)
        {
            // Blank cells behind the headings are no part of the values' row.
            own.tokens.retain(|t| t.row == row);
        }
        // A code and a unit before the figures.
        if let Some(unit) = own.tokens.iter().rposition(|t| t.reading == Reading::Text) {
            own.tokens.drain(..=unit);
        }
        let last = own.tokens.iter().rposition(Token::is_printed).map_or(0, |l| l + 1);
        let between = self.candidates.iter().flat_map(|c| &c.labels).map(|l| usize::from(l.blanks)).max().unwrap_or(0);
        let lead = if own.in_row { 0 } else { between };
        if last == lead + width && own.tokens.len() <= lead + width + between {
            return Assigned::Certain(own.tokens[lead..last].to_vec());
        }
        if own.in_row
            && own.tokens.len() == width
            && !self.candidates.iter().flat_map(|c| &c.labels).any(|l| l.span_bars)
        {
            return Assigned::Certain(own.tokens);
        }
        // What separates the rows of this page is no cell.
        let separators = own.tokens.iter().take(lead).take_while(|t| !t.is_printed()).count();
        own.tokens.drain(..separators);
        assign(&own, width, &Frame::default(), &self.cx.index.weights.glued, &|tokens| match self.order {
            Some(order) => sums_by(self.form, order, tokens),
            None => all_sums(self.form, tokens),
        })
    }
}

/// Whether the values count up from one.
fn numbers_columns(candidate: &Candidate<'_>) -> bool {
    let printed = candidate.tokens.iter().filter(|t| !t.is_blank());
    printed.zip(1_u32..).all(|(t, n)| matches!(t.reading, Reading::Number { value, .. } if value == f64::from(n)))
}

fn note(rule: Rule, table: &Table, candidate: &Candidate<'_>) -> Finding {
    let values: Vec<&str> = candidate.tokens.iter().map(|t| if t.is_blank() { "␣" } else { t.text }).collect();
    Finding::new(rule, quote(&values.join(" "), 120)).in_table(&table.code).at(candidate.line())
}

/// States the whole table.
fn fill(mut sink: Sink<'_, '_, '_>, tokens: &[Token<'_>], matched: Matched) {
    let mut rest = tokens.iter().copied();
    for (row, of_row) in sink.form.rows.iter().enumerate() {
        sink.row(row, of_row.label.clone(), matched, rest.by_ref());
    }
    sink.close();
}

/// States the table in the order that its heads name.
fn fill_by(mut sink: Sink<'_, '_, '_>, tokens: &[Token<'_>], order: &[Option<(usize, usize)>], matched: Matched) {
    for (row, of_row) in sink.form.rows.iter().enumerate() {
        let own = order.iter().zip(tokens).filter_map(|(slot, token)| slot.map(|(r, c)| (r, c, *token)));
        let cells: Vec<_> = own.filter(|(r, ..)| *r == row).map(|(_, c, t)| (c, t, Printed::Nothing)).collect();
        sink.cells(row, of_row.label.clone(), matched, &cells);
    }
    sink.close();
}

/// Whether the sums of every group hold, the tokens read in the order that the heads name.
fn sums_by(table: &Table, order: &[Option<(usize, usize)>], tokens: &[Token<'_>]) -> Option<bool> {
    let mut outcome = None;
    for row in 0..table.rows.len() {
        let own = order.iter().zip(tokens).filter_map(|(slot, token)| slot.map(|(r, c)| (r, c, *token)));
        let (columns, of_row): (Vec<usize>, Vec<Token<'_>>) =
            own.filter(|(r, ..)| *r == row).map(|(_, c, t)| (c, t)).unzip();
        if let Some(holds) = row_sums(table, &columns, &of_row) {
            outcome = Some(outcome.unwrap_or(true) && holds);
        }
    }
    outcome
}

/// Whether the sums of every group hold.
fn all_sums(table: &Table, tokens: &[Token<'_>]) -> Option<bool> {
    let mut from = 0;
    let mut outcome = None;
    for row in &table.rows {
        let part = tokens.get(from..from + row.columns.len())?;
        from += row.columns.len();
        if let Some(holds) = row_sums(table, &row.columns, part) {
            outcome = Some(outcome.unwrap_or(true) && holds);
        }
    }
    outcome
}

/// The cases one under another in any order, each label with all its figures behind it.
fn labelled<'c, 'd>(
    cx: &Context<'_, 'd>,
    place: (usize, usize),
    candidates: &'c [Candidate<'d>],
) -> Option<Vec<(usize, &'c Candidate<'d>)>> {
    let (form, index) = (cx.form(place), cx.labels(place));
    let mut rows: Vec<(usize, &Candidate<'d>)> = Vec::new();
    for candidate in candidates {
        let Some(label) = candidate.labels.last() else { continue };
        let hits = index.exact(cx.pieces[label.piece].norm.as_str());
        let row = hits.iter().find_map(|(line, _)| match form.lines[*line] {
            FormLine::Row(row) => Some(row),
            FormLine::Group(_) => None,
        });
        if let Some(row) = row
            && candidate.filled() == form.rows[row].columns.len()
            && candidate.tokens.len() == candidate.filled()
        {
            rows.push((row, candidate));
        }
    }
    let mut named: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
    named.sort_unstable();
    let rises = rows.windows(2).all(|w| w[0].0 < w[1].0);
    (!rises && named == (0..form.rows.len()).collect::<Vec<_>>()).then_some(rows)
}

/// The groups one under another, each with its label: the rows, if each has all its values.
fn stacked<'d>(cx: &Context<'_, 'd>, place: (usize, usize), candidates: &[Candidate<'d>]) -> Option<Vec<Placed>> {
    let rows = &cx.form(place).rows;
    let whole = |p: &Placed| {
        let candidate = &candidates[p.candidate];
        !p.blank && candidate.in_row && candidate.filled() == rows[p.row].columns.len()
    };
    let mut placed = align(cx, place, candidates, false).placed;
    placed.retain(whole);
    (placed.len() == rows.len()).then_some(placed)
}

/// One line of values cut into several: whole again only if the values are as many as cells and the sums hold.
fn joined<'d>(
    table: &Table,
    candidates: &[Candidate<'d>],
    order: Option<&[Option<(usize, usize)>]>,
) -> Option<Vec<Token<'d>>> {
    let width = order.map_or(table.cell_count(), <[_]>::len);
    let mut tokens: Vec<Token<'d>> = Vec::new();
    let mut filled = candidates.iter().filter(|c| c.filled() > 0);
    for candidate in filled.by_ref() {
        tokens.extend(candidate.tokens.iter().filter(|t| !t.is_blank()).copied());
        if tokens.len() >= width {
            break;
        }
    }
    // As many again are another table's: which is the report's, nothing says.
    if filled.map(Candidate::filled).sum::<usize>() >= width {
        return None;
    }
    let holds = match order {
        Some(order) => sums_by(table, order, &tokens),
        None => all_sums(table, &tokens),
    };
    (tokens.len() == width && holds == Some(true)).then_some(tokens)
}
