//! A report on a terminal, for a person with the page beside it.
//!
//! Owns the order of what is said. Values stand before labels: Chinese labels have no fixed width on a terminal.

use anyhow::Result;

use super::shown::Shown;
use crate::cli::console;
use nianbao_report::check::{About, compared};
use nianbao_report::extract::FoundCell;
use nianbao_report::finding::Finding;
use nianbao_report::{Examined, Knowledge};

/// A line without what a terminal would act on.
fn print(text: &str) -> Result<()> {
    let shown: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    console::print(&shown)
}

/// Prints identity, tables, narrative figures and findings.
pub(super) fn print_report(shown: &Shown<'_>) -> Result<()> {
    let Shown { knowledge, document, examined, name, part: (part, parts) } = shown;
    print(&format!(
        "file      {} ({}, {}, {} decoding faults)",
        name,
        document.format.code(),
        document.encoding.unwrap_or("-"),
        document.decode_faults
    ))?;
    if *parts > 1 {
        print(&format!("part      {part} of {parts} reports in this file (--part)"))?;
    }
    identity(knowledge, examined)?;
    tables(shown)?;
    print(&format!(
        "checks    {} evaluated, {} failed, {} skipped",
        examined.tally.evaluated, examined.tally.failed, examined.tally.skipped
    ))?;
    narrative(knowledge, examined)?;
    for finding in shown.apart() {
        let at = finding.line.map(|l| place(shown, l)).unwrap_or_default();
        let cell: Vec<&str> =
            [&finding.table, &finding.row, &finding.column].into_iter().flatten().map(String::as_str).collect();
        print(format!("finding   {}{at} {}", said(finding), cell.join(".")).trim_end())?;
    }
    Ok(())
}

fn said(finding: &Finding) -> String {
    format!("{} {} {}", finding.rule.severity().code(), finding.rule.id(), finding.message_zh())
}

/// A line, with its page where there are pages.
fn place(shown: &Shown<'_>, line: u32) -> String {
    match shown.page(line) {
        Some(page) => format!(" page {page} line {line}"),
        None => format!(" line {line}"),
    }
}

/// Every table: its columns by number, then a line for each row, with the findings about its cells below it.
fn tables(shown: &Shown<'_>) -> Result<()> {
    let cells = &shown.examined.report.tables.cells;
    let same_table = |a: &FoundCell, b: &FoundCell| (a.edition, a.key.table) == (b.edition, b.key.table);
    let same_row = |a: &FoundCell, b: &FoundCell| a.key.row == b.key.row;
    for of_table in cells.chunk_by(same_table) {
        let Some(first) = of_table.first() else { continue };
        let (edition, table, ..) = shown.form(first);
        print(&format!("\n{} ({}, form of {})", table.label, table.code, edition.code))?;
        let columns: Vec<String> = table.columns.iter().zip(1..).map(|(c, n)| format!("[{n}] {}", c.label)).collect();
        print(&format!("  {}", columns.join("  ")))?;
        let numbers: String = (1..=columns.len()).map(|n| format!("{:>9}", format!("[{n}]"))).collect();
        let paged = !shown.examined.pages.is_empty();
        let page = |line: u32| if paged { format!("{:<5} ", shown.page(line).unwrap_or(0)) } else { String::new() };
        print(&format!("  {}line  matched {numbers}", if paged { "page  " } else { "" }))?;
        for row in of_table.chunk_by(same_row) {
            let Some(first) = row.first() else { continue };
            let values: String = (0..columns.len())
                .map(|at| row.iter().find(|c| c.key.column == at).map_or_else(String::new, value))
                .map(|value| format!(" {value:>8}"))
                .collect();
            let (label, code) = (shown.label(first), &shown.form(first).2.code);
            let at = format!("{}{:<5}", page(first.line), first.line);
            print(&format!("  {at} {:<8}{values}  {label} ({code})", first.matched.code()))?;
            for (cell, finding) in row.iter().flat_map(|c| shown.beside(c).map(move |f| (c, f))) {
                print(&format!("        ^ [{}] {}", cell.key.column + 1, said(finding)))?;
            }
        }
    }
    print("")
}

/// The figures of the narrative, and whether the tables say the same.
fn narrative(knowledge: &Knowledge, examined: &Examined) -> Result<()> {
    let about = About { kind: None, metrics: Some(&knowledge.metrics), mentions: &examined.mentions };
    let pairs: Vec<_> = compared(&knowledge.forms, about, &examined.report).collect();
    for mention in &examined.mentions {
        let Some(metric) = knowledge.metrics.all().get(mention.metric) else { continue };
        let verdict = match pairs.iter().find(|(m, ..)| std::ptr::eq(*m, mention)) {
            Some((_, _, value)) if (value - mention.value).abs() < 1e-6 => "table agrees".to_owned(),
            Some((_, _, value)) => format!("table has {value}"),
            None => String::new(),
        };
        print(&format!(
            "narrative line {:>4} {:<26} {:>8} {} {verdict}",
            mention.line, metric.code, mention.value, mention.unit
        ))?;
    }
    Ok(())
}

fn identity(knowledge: &Knowledge, examined: &Examined) -> Result<()> {
    let Examined { report, place, .. } = examined;
    let id = &report.identity;
    let text = |v: Option<&str>| v.unwrap_or("?").to_owned();
    print(&format!("title     {}", text(id.title.as_deref())))?;
    let body = examined.body.map(|b| format!(" body {b:016x}")).unwrap_or_default();
    print(&format!(
        "agency    {} ({}){body}",
        text(id.agency.as_deref()),
        text(examined.kind.map(|kind| kind.code()))
    ))?;
    let year = id.year.map_or_else(|| "?".to_owned(), |y| y.to_string());
    print(&format!(
        "year      {year} (from {}), edition {}",
        text(id.year_evidence.map(|e| e.code())),
        knowledge.forms.editions[report.edition].code
    ))?;
    let names =
        [&place.province_name, &place.prefecture, &place.county].into_iter().flatten().cloned().collect::<Vec<_>>();
    let code = place.county_code.as_deref().or(place.prefecture_code.as_deref()).or(place.province.as_deref());
    print(&format!("place     {} {} (from {})", text(code), names.join(" "), text(place.evidence.map(|e| e.code()))))?;
    let date = id.published_on.map(|d| d.to_string());
    print(&format!("published {}", text(date.as_deref())))
}

/// A cell's value; `·` where it is printed blank, `?` and the text where it cannot be read.
fn value(cell: &FoundCell) -> String {
    match cell.value {
        Some(value) => format!("{value}"),
        None if cell.blank => "·".to_owned(),
        None => format!("?{}", cell.raw),
    }
}
