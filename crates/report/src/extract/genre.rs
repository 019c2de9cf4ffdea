//! What kind of page it is: an annual report of one body, or something else that looks like one.
//!
//! Owns the evidence: the title, the chapters, the tables. Refuses pages about annual reports (samples, notices, news) and
//! annual reports about other things (enforcement, web sites, the rule of law).

use super::found::{Context, FoundTables};
use super::grid::words::years;
use super::sections::FoundSection;
use nianbao_document::Block;

/// Rows of one table that make a page without a title and without chapters a report.
const ROWS: usize = 5;

/// Whether a page is no annual report.
pub(super) fn is_other(
    cx: &Context<'_, '_>,
    title: Option<&str>,
    sections: &[FoundSection],
    tables: &FoundTables,
) -> bool {
    let speaks_against = |line: &str| cx.index.words.is_no_report(line) || is_of_other_work(line);
    let named = sections.len() >= 2 || has_tables(cx, tables);
    match title {
        // A list of reports has a title of all years.
        // One that does not say what was disclosed (2021年报) is that of any work.
        Some(title) => {
            let silent = !title.contains("公开") || years(title).is_empty() && tables.cells.is_empty();
            speaks_against(title) || !named && silent
        }
        // Without a title two chapters speak for a report, or what only its tables have.
        None => !named || headlines(cx).any(speaks_against),
    }
}

/// Lines from the top of a page among which its headline stands, and characters of the longest.
const TOP: usize = 12;
const HEADLINE: usize = 60;

/// The first lines of a page that speak of reports or of the disclosure of information.
fn headlines<'d>(cx: &Context<'_, 'd>) -> impl Iterator<Item = &'d str> {
    let document = cx.document;
    let line = |block: &Block| match block {
        Block::Line(line) => Some(document.text(line.text).trim()),
        Block::Grid(_) => None,
    };
    let lines = document.blocks.iter().map_while(line).filter(|l| !l.is_empty()).take(TOP);
    // `现将…公布如下：` is the report's own opening.
    let short = |l: &&str| l.chars().count() <= HEADLINE && !l.contains('。') && !l.ends_with(['：', ':']);
    let speaks = |l: &&str| ["年度报告", "年报", "信息公开"].iter().any(|w| l.contains(w));
    // A menu names what a site has.
    let menu = |l: &&str| l.contains(['>', '|', '\t', '»']);
    lines.chain(document.declared_title.as_deref()).filter(short).filter(speaks).filter(move |l| !menu(l))
}

/// Whether the tables found can be those of nothing else: two of them, or a good part of a matrix.
fn has_tables(cx: &Context<'_, '_>, tables: &FoundTables) -> bool {
    let mut codes: Vec<&str> =
        tables.cells.iter().map(|c| cx.forms.editions[c.edition].tables[c.key.table].code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut rows: Vec<(usize, usize)> = tables.cells.iter().map(|c| (c.key.table, c.key.row)).collect();
    rows.sort_unstable();
    rows.dedup();
    codes.len() > 1 || rows.len() >= ROWS
}

/// Whether a title names the year's report on other work: `2021年法治政府建设工作年度报告`.
fn is_of_other_work(title: &str) -> bool {
    if title.contains("公开") {
        return false;
    }
    let Some((before, _)) = title.split_once("年度报告").or_else(|| title.split_once("年报")) else {
        return false;
    };
    let Some((_, subject)) = before.rsplit_once('年') else { return false };
    let subject = subject.trim_start_matches('度').trim_end_matches("工作");
    subject.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count() > 2
}
