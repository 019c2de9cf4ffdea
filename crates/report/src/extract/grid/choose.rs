//! Which of several printings of a table is the report's.
//!
//! Owns the evidence, in order: samples, corrections, years, equal copies, blank templates, the whole of several parts.
//! Refuses to choose where none of it decides: then none is taken, and the finding says so.

use super::table::Printing;
use super::time_of;
use crate::extract::found::{Context, FoundTables};
use crate::extract::number::Reading;
use crate::finding::{Finding, Rule};

/// The report's printing. What is not taken is named.
pub(super) fn choose<'d>(
    cx: &Context<'_, '_>,
    code: &str,
    printings: Vec<Printing<'d>>,
    found: &mut FoundTables,
) -> Option<Printing<'d>> {
    let words = &cx.index.words;
    let mut open: Vec<usize> = (0..printings.len()).collect();
    let near = |i: &usize| printings[*i].captions.iter().rev().take(4);
    open.retain(|i| !near(i).any(|c| c.chars().count() <= 40 && words.is_sample(c)));
    if printings.len() > 1 {
        let corrected = |i: &usize| near(i).find_map(|c| words.correction(c));
        narrow(&mut open, |i| corrected(i) == Some(true));
        narrow(&mut open, |i| corrected(i) != Some(false));
        let of_year = |i: &usize| time_of(&printings[*i]).map(|w| w.is_of(cx.year));
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
        if open.len() > 1 {
            let named: Vec<usize> = open.iter().copied().filter(|i| near(i).any(|c| words.is_whole(c))).collect();
            if named.len() == 1
                && open.iter().all(|i| named.contains(i) || !near(i).next().is_none_or(String::is_empty))
            {
                open = named;
            }
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

/// Keeps those for which something holds, if there are any.
fn narrow(open: &mut Vec<usize>, holds: impl Fn(&usize) -> bool) {
    if open.len() > 1 && open.iter().any(&holds) {
        open.retain(holds);
    }
}

/// Whether a printing adds up the others in every cell.
fn is_sum(printings: &[Printing<'_>], whole: usize, open: &[usize]) -> bool {
    let value = |p: &Printing<'_>, row: usize, column: usize| {
        let cells = p.rows.iter().filter(|r| r.row == row).flat_map(|r| &r.cells);
        cells.filter(|(c, ..)| *c == column).find_map(|(_, t, _)| match t.reading {
            Reading::Number { value, .. } => Some(value),
            _ => None,
        })
    };
    let parts: Vec<usize> = open.iter().copied().filter(|i| *i != whole).collect();
    let own = &printings[whole];
    let cells = || own.rows.iter().flat_map(|r| r.cells.iter().map(move |(c, ..)| (r.row, *c)));
    parts.len() > 1
        && own.counts()
        && cells().all(|(row, column)| {
            let sum: f64 = parts.iter().filter_map(|p| value(&printings[*p], row, column)).sum();
            (sum - value(own, row, column).unwrap_or(0.0)).abs() < 1e-6
        })
}
