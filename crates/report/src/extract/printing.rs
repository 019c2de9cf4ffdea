//! Printings: what one printing of a table states, and which of several is the report's.
//!
//! Owns the evidence, in order: samples, corrections, years, equal copies, blank templates, wholes and parts, what the
//! narrative tells. Refuses to choose where none of it decides: then none is taken, and the finding says so.

use super::found::{Context, FoundTables};
use super::grid::words::When;
use super::identity::agency_of_title;
use super::text::compact;
use crate::finding::{Finding, Rule};
use nianbao_document::Block;

/// One printing of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Printing {
    /// What it states.
    pub(super) found: FoundTables,
    /// Nothing of it may be taken, and nobody else may read it.
    pub(super) refused: bool,
    /// First and last line.
    pub(super) lines: (u32, u32),
    /// What stands above it, the nearest last.
    pub(super) captions: Vec<String>,
    /// The time that its own captions and heads speak of.
    pub(super) when: Option<When>,
    /// The title of a report above it, and the year in that.
    pub(super) title: Option<(String, i32)>,
}

/// Captions that are looked at, from the nearest up, and characters of the longest.
const CAPTIONS: usize = 4;
/// Characters of a caption that is nothing but a year: `2018年度`.
const TIME: usize = 6;
const SHORT: usize = 60;

impl Printing {
    /// The captions that may say what it is, the nearest first.
    fn near(&self) -> impl Iterator<Item = &str> {
        let short = |c: &&str| c.chars().count() <= SHORT && !c.contains(['。', '；']);
        self.captions.iter().rev().map(String::as_str).filter(short).take(CAPTIONS)
    }

    /// Reads the time off the captions.
    pub(super) fn date(&mut self, cx: &Context<'_, '_>) {
        let said = self.near().find_map(|c| cx.index.words.when(c));
        self.when = self.when.or(said);
    }

    /// Its time: what it says itself, else the title above it.
    fn time(&self) -> Option<When> {
        self.when.or(self.title.as_ref().map(|(_, year)| When::Year(*year)))
    }

    /// Whether it is no blank template; one that could not be read is none.
    fn is_filled(&self) -> bool {
        self.found.cells.is_empty() || self.found.cells.iter().any(|c| !c.blank)
    }

    /// Whether it is no template of zeros.
    fn counts(&self) -> bool {
        self.found.cells.is_empty() || self.found.cells.iter().any(|c| c.value.is_some_and(|v| v != 0.0))
    }

    /// Its cells by place, as printed.
    fn figures(&self) -> Vec<(usize, usize, usize, usize, &str)> {
        let place = |c: &'_ super::found::FoundCell| (c.edition, c.key.table, c.key.row, c.key.column);
        let mut all: Vec<_> = self
            .found
            .cells
            .iter()
            .map(|c| {
                let (e, t, r, k) = place(c);
                (e, t, r, k, c.raw.trim())
            })
            .collect();
        all.sort_unstable();
        all
    }

    fn value(&self, row: usize, column: usize) -> Option<f64> {
        self.found.cells.iter().find(|c| (c.key.row, c.key.column) == (row, column)).and_then(|c| c.value)
    }

    /// Whether none of its rows stands in another.
    pub(super) fn is_apart(&self, other: &Self) -> bool {
        let row = |c: &super::found::FoundCell| (c.edition, c.key.table, c.key.row);
        !self.found.cells.iter().any(|c| other.found.cells.iter().any(|o| row(o) == row(c)))
    }

    /// Goes on with another printing: a page broke between them.
    pub(super) fn append(&mut self, mut next: Self) {
        let labels = u32::try_from(self.found.labels.len()).unwrap_or(u32::MAX);
        next.found.cells.iter_mut().for_each(|c| c.label = c.label.saturating_add(labels));
        self.found.labels.append(&mut next.found.labels);
        self.found.cells.append(&mut next.found.cells);
        self.found.findings.append(&mut next.found.findings);
        self.lines.1 = self.lines.1.max(next.lines.1);
    }

    /// Whether it may go on with the one before: no rows of that one, and no time of its own.
    pub(super) fn goes_on(&self, before: &Self) -> bool {
        let same_time = self.when.is_none() || self.when == before.when || self.time() == before.time();
        same_time && self.title == before.title && self.is_apart(before)
    }

    /// Adds what it states to the report.
    pub(super) fn state(mut self, cx: &Context<'_, '_>, found: &mut FoundTables) {
        let labels = u32::try_from(found.labels.len()).unwrap_or(u32::MAX);
        self.found.cells.iter_mut().for_each(|c| c.label = c.label.saturating_add(labels));
        found.labels.append(&mut self.found.labels);
        found.findings.append(&mut self.found.findings);
        let mut places: Vec<(usize, usize)> = Vec::new();
        for cell in &self.found.cells {
            let place = (cell.edition, cell.key.table);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        // The edition of most cells stands for the table.
        let count = |p: &(usize, usize)| self.found.cells.iter().filter(|c| (c.edition, c.key.table) == *p).count();
        let most = places.iter().copied().max_by_key(|p| (count(p), *p));
        if let Some((edition, table)) = most {
            let code = &cx.forms.editions[edition].tables[table].code;
            if !found.tables.iter().any(|(e, t)| cx.forms.editions[*e].tables[*t].code == *code) {
                found.tables.push((edition, table));
            }
        }
        found.cells.append(&mut self.found.cells);
    }
}

/// The report's printing. What is not taken is named.
pub(super) fn choose(
    cx: &Context<'_, '_>,
    code: &str,
    printings: Vec<Printing>,
    found: &mut FoundTables,
) -> Option<Printing> {
    let words = &cx.index.words;
    let mut open: Vec<usize> = (0..printings.len()).collect();
    open.retain(|i| !printings[*i].near().any(|c| words.is_sample(c)));
    open.retain(|i| !is_of_another(cx, &printings[*i]));
    // A caption that is nothing but another year says whose figures these are, though no other table was read.
    let is_time = |c: &&str| c.trim().chars().count() <= TIME;
    let of_other_year =
        |p: &Printing| p.near().take(2).filter(is_time).filter_map(|c| words.when(c)).any(|w| !w.is_of(cx.year));
    open.retain(|i| !of_other_year(&printings[*i]));
    if printings.len() > 1 {
        let corrected = |i: &usize| printings[*i].near().find_map(|c| words.correction(c));
        narrow(&mut open, |i| corrected(i) == Some(true));
        narrow(&mut open, |i| corrected(i) != Some(false));
        let of_year = |i: &usize| printings[*i].time().map(|w| w.is_of(cx.year));
        narrow(&mut open, |i| of_year(i) == Some(true));
        narrow(&mut open, |i| of_year(i) != Some(false));
        // A copy is no second table.
        let mut seen: Vec<usize> = Vec::new();
        open.retain(|i| {
            let twin = seen.iter().any(|o| printings[*o].figures() == printings[*i].figures());
            seen.push(*i);
            !twin
        });
        narrow(&mut open, |i| printings[*i].is_filled());
        narrow(&mut open, |i| printings[*i].counts());
        if open.len() > 1 {
            let whole: Vec<usize> = open.iter().copied().filter(|i| is_sum(&printings, *i, &open)).collect();
            narrow(&mut open, |i| whole.contains(i));
        }
        // A table that lacks most of the form's rows is another's.
        let most = open.iter().map(|i| printings[*i].found.cells.len()).max().unwrap_or(0);
        let is_read = |i: &usize| !printings[*i].found.cells.is_empty();
        narrow(&mut open, |i| !is_read(i) || printings[*i].found.cells.len() * 2 > most);
        // Of parts alone none is the whole.
        let parts = open.iter().filter(|i| printings[**i].near().take(2).any(|c| words.is_part(c))).count();
        if parts == 1 {
            narrow(&mut open, |i| !printings[*i].near().take(2).any(|c| words.is_part(c)));
        }
        if open.len() > 1 {
            let told: Vec<usize> = open.iter().copied().filter(|i| is_told(cx, &printings[*i])).collect();
            narrow(&mut open, |i| told.len() == 1 && told.contains(i));
        }
        if open.len() > 1 {
            let named: Vec<usize> =
                open.iter().copied().filter(|i| printings[*i].near().take(1).any(|c| words.is_whole(c))).collect();
            narrow(&mut open, |i| named.len() == 1 && named.contains(i));
        }
    }
    let taken = match open.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    for (i, printing) in printings.iter().enumerate().filter(|(i, _)| Some(*i) != taken) {
        let (first, last) = printing.lines;
        let twin = taken.is_some_and(|t| printings[t].figures() == printings[i].figures());
        if !twin {
            found.findings.push(Finding::new(Rule::TableTwice, format!("{first}-{last}")).in_table(code).at(first));
        }
    }
    printings.into_iter().enumerate().find(|(i, _)| Some(*i) == taken).map(|(_, p)| p)
}

/// Whether the title above a printing is that of another body's report.
fn is_of_another(cx: &Context<'_, '_>, printing: &Printing) -> bool {
    let Some((title, _)) = &printing.title else { return false };
    let (Some(own), Some(agency)) = (cx.agency, agency_of_title(&compact(title))) else { return false };
    let part = |a: &str, b: &str| a.ends_with(b) || a.starts_with(b);
    agency.chars().count() > 3 && !part(&agency, own) && !part(own, &agency)
}

/// Keeps those for which something holds, if there are any.
pub(super) fn narrow<T>(open: &mut Vec<T>, holds: impl Fn(&T) -> bool) {
    if open.len() > 1 && open.iter().any(&holds) {
        open.retain(holds);
    }
}

/// Whether a printing adds up the others in every cell.
fn is_sum(printings: &[Printing], whole: usize, open: &[usize]) -> bool {
    let parts: Vec<usize> = open.iter().copied().filter(|i| *i != whole).collect();
    let own = &printings[whole];
    parts.len() > 1
        && own.counts()
        && own.found.cells.iter().all(|cell| {
            let sum: f64 = parts.iter().filter_map(|p| printings[*p].value(cell.key.row, cell.key.column)).sum();
            (sum - cell.value.unwrap_or(0.0)).abs() < 1e-6
        })
}

/// Figures of one printing that the narrative must state before it counts as told, and the least of them: small ones stand
/// in any sentence.
const TOLD: usize = 2;
const LEAST: f64 = 10.0;

/// Whether the narrative states the totals of a printing.
fn is_told(cx: &Context<'_, '_>, printing: &Printing) -> bool {
    let mut stated: Vec<f64> = Vec::new();
    for block in &cx.document.blocks {
        let Block::Line(line) = block else { continue };
        let text = cx.document.text(line.text);
        if text.contains("申请") && text.contains(['，', '。']) && !text.contains(['|', '\t']) {
            let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty() && d.len() < 9);
            stated.extend(digits.filter_map(|d| d.parse::<f64>().ok()));
        }
    }
    let totals = printing.found.cells.iter().filter(|c| {
        let table = &cx.forms.editions[c.edition].tables[c.key.table];
        table.identities.iter().any(|i| !i.over_rows && i.expr.left.iter().any(|t| t.of == c.key.column))
    });
    let mut told: Vec<usize> =
        totals.filter(|c| c.value.is_some_and(|v| v >= LEAST && stated.contains(&v))).map(|c| c.key.row).collect();
    told.dedup();
    told.len() >= TOLD
}
