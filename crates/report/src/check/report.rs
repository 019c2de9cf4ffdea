//! Checks on one report beyond its sums: ranges, the narrative against the tables, dates, chapters, the form's year.
//!
//! Owns when such a check may be made at all: what the page does not state is not judged. Refuses other reports.

use super::sums::Tally;
use crate::agency::AgencyKind;
use crate::extract::mentions::{CellRef, Mention, Metrics};
use crate::extract::{Date, FoundCell, Report, YearEvidence};
use crate::finding::{Finding, Rule, Settings, bilingual, quote};
use crate::form::{Forms, Layout};
use crate::words;

/// What the checks know beside the report itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Kind of the reporting body.
    pub kind: Option<AgencyKind>,
    /// The metrics that mentions refer to.
    pub metrics: Option<&'a Metrics>,
    /// Figures of the narrative.
    pub mentions: &'a [Mention],
}

pub(super) fn check(
    forms: &Forms,
    settings: &Settings,
    about: About<'_>,
    report: &Report,
    tally: &mut Tally,
    findings: &mut Vec<Finding>,
) {
    ranges(forms, report, findings);
    apart(forms, settings, report, findings);
    narrative(forms, about, report, tally, findings);
    dates(settings, about.kind, report, findings);
    chapters(forms, report, findings);
    form_of_year(forms, report, findings);
}

/// Cell of a report by codes, whatever the edition of its block.
fn cell<'r>(forms: &Forms, report: &'r Report, table: &str, row: &str, column: &str) -> Option<&'r FoundCell> {
    report.tables.cells.iter().find(|c| {
        let form = &forms.editions[c.edition].tables[c.key.table];
        form.code == table && form.rows[c.key.row].code == row && form.columns[c.key.column].code == column
    })
}

/// Counts below zero, and more documents issued than can be.
fn ranges(forms: &Forms, report: &Report, findings: &mut Vec<Finding>) {
    for c in report.tables.cells.iter().filter(|c| c.value.is_some_and(|v| v < 0.0)) {
        let form = &forms.editions[c.edition].tables[c.key.table];
        let (row, column) = (&form.rows[c.key.row], &form.columns[c.key.column]);
        if column.signed {
            continue;
        }
        findings.push(Finding {
            actual: c.value,
            ..Finding::new(Rule::NegativeValue, format!("{} / {}", row.label, column.label))
                .in_table(&form.code)
                .on(Some(&row.code), Some(&column.code))
                .at(c.line)
        });
    }
    for row in ["rules", "normative_documents"] {
        let value =
            |column: &str| cell(forms, report, "disclosure", row, column).and_then(|c| c.value.map(|v| (v, c.line)));
        let (Some((issued, line)), Some((in_force, _))) = (value("issued"), value("in_force")) else { continue };
        let most = in_force + value("repealed").map_or(0.0, |(v, _)| v);
        if issued > most {
            findings.push(Finding {
                expected: Some(most),
                actual: Some(issued),
                ..Finding::new(Rule::IssuedAboveInForce, documents(issued, in_force, most - in_force))
                    .in_table("disclosure")
                    .on(Some(row), Some("issued"))
                    .at(line)
            });
        }
    }
}

fn documents(issued: f64, in_force: f64, repealed: f64) -> String {
    bilingual(
        &format!("本年制发件数 {issued} ＞ 现行有效件数 {in_force} ＋ 本年废止件数 {repealed}"),
        &format!("{issued} > {}", in_force + repealed),
    )
}

/// A count of decisions far above those of the other kinds: no sum of the form holds it, so that a digit too many shows
/// nowhere else on the page. Figures in sums are left to the sums.
fn apart(forms: &Forms, settings: &Settings, report: &Report, findings: &mut Vec<Finding>) {
    let (table, column) = ("disclosure", "decisions");
    let count = |row: &'static str| {
        let cell = cell(forms, report, table, row, column)?;
        cell.value.map(|value| (row, value, cell.line))
    };
    let mut counts: Vec<_> = ["licensing", "penalties", "compulsory_measures"].into_iter().filter_map(count).collect();
    counts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let [(row, most, line), (_, next, _), ..] = counts.as_slice() else { return };
    let limits = &settings.thresholds;
    if *next > 0.0 && *most >= limits.jump_least && *most >= next * limits.jump {
        findings.push(Finding {
            actual: Some(*most),
            ..Finding::new(Rule::ValueApart, format!("{most} / {next}"))
                .in_table(table)
                .on(Some(row), Some(column))
                .at(*line)
        });
    }
}

/// Mentions that must equal a cell which the report states: the mention, its cell and the cell's value.
pub fn compared<'r>(
    forms: &'r Forms,
    about: About<'r>,
    report: &'r Report,
) -> impl Iterator<Item = (&'r Mention, &'r CellRef, f64)> {
    about.mentions.iter().filter(move |m| speaks_of_all(about.kind, &m.sentence)).filter_map(move |m| {
        let of = about.metrics?.all().get(m.metric)?.cell.as_ref()?;
        let mut rows = of.row.split(" + ");
        let sum =
            rows.try_fold(0.0, |sum, row| cell(forms, report, &of.table, row, &of.column)?.value.map(|v| sum + v))?;
        Some((m, of, sum))
    })
}

/// Whether a sentence is about what the tables of such a body are about: not that of a government's office alone beside
/// the tables of its place, nor that of the whole place beside those of one department.
fn speaks_of_all(kind: Option<AgencyKind>, sentence: &str) -> bool {
    let words = words::agency();
    match kind {
        Some(AgencyKind::Government) => !words.office_within.stand_in(sentence),
        Some(_) => !words.whole_place.stand_in(sentence),
        None => true,
    }
}

fn narrative(forms: &Forms, about: About<'_>, report: &Report, tally: &mut Tally, findings: &mut Vec<Finding>) {
    let pairs: Vec<_> = compared(forms, about, report).collect();
    for (mention, of, value) in &pairs {
        tally.evaluated += 1;
        let agrees = |m: &Mention, v: f64| (m.value - v).abs() < 1e-6;
        // A figure of a part, or of several years, may stand beside the right one.
        if agrees(mention, *value)
            || pairs.iter().any(|(m, o, v)| m.metric == mention.metric && o == of && agrees(m, *v))
        {
            continue;
        }
        findings.push(Finding {
            expected: Some(*value),
            actual: Some(mention.value),
            ..Finding::new(Rule::NarrativeDisagrees, format!("“{}”", quote(&mention.sentence, 100)))
                .in_table(&of.table)
                .on(Some(&of.row), Some(&of.column))
                .at(mention.line)
        });
    }
}

/// The last legal day for a report, by Article 49 (from report year 2019) or Article 31 (before); `None` for bodies that
/// neither names.
fn deadline(kind: Option<AgencyKind>, year: i32) -> Option<Date> {
    match (kind?, year) {
        (_, ..=2018) | (AgencyKind::Government, _) => Date::new(year + 1, 3, 31),
        (AgencyKind::Department, _) => Date::new(year + 1, 1, 31),
        _ => None,
    }
}

fn dates(settings: &Settings, kind: Option<AgencyKind>, report: &Report, findings: &mut Vec<Finding>) {
    let (Some(year), Some(date)) = (report.identity.year, report.identity.published_on) else { return };
    // A year that is only the date's own less one cannot disagree with it.
    if report.identity.year_evidence == Some(YearEvidence::Publication) {
        return;
    }
    let shown = date.to_string();
    // Whoever signs on the last day has seen the year.
    if Date::new(year, 12, 31).is_some_and(|last| date < last) {
        findings.push(Finding::new(Rule::PublishedEarly, shown));
    } else if let Some(last) = deadline(kind, year)
        && date.days() > last.days() + settings.thresholds.grace_days
    {
        let last = last.to_string();
        let detail = bilingual(&format!("{shown}（期限{last}）"), &format!("{shown} > {last}"));
        findings.push(Finding::new(Rule::PublishedLate, detail));
    }
}

/// Chapters that the form has and the page has not. A page without any chapter is no narrative report.
fn chapters(forms: &Forms, report: &Report, findings: &mut Vec<Finding>) {
    if report.sections.is_empty() {
        return;
    }
    let edition = &forms.editions[report.edition];
    // The list of 2014-2018 was an annex that many reports rightly do without, and often has no heading of its own.
    let annex = |table: Option<usize>| table.is_some_and(|t| edition.tables[t].layout == Layout::List);
    for section in edition.sections.iter().filter(|s| !annex(s.table)) {
        if !report.sections.iter().any(|s| s.code == section.code) {
            let heading = section.headings.first().map_or("", String::as_str);
            findings.push(Finding::new(Rule::MissingChapter, heading));
        }
    }
}

/// The form of another year; the list of 2014 was still lawful for 2019, the first year of the tables.
fn form_of_year(forms: &Forms, report: &Report, findings: &mut Vec<Finding>) {
    let Some(year) = report.identity.year.filter(|_| !report.tables.cells.is_empty()) else { return };
    let due = forms.in_force(Some(year));
    let (due, used) = (&forms.editions[due], &forms.editions[report.edition]);
    let first_year = due.first_year == year && used.last_year == Some(year - 1);
    let encouraged_only = first_year && due.tables.iter().any(|t| !used.tables.iter().any(|u| u.code == t.code));
    if used.code != due.code && !encouraged_only {
        let detail = bilingual(
            &format!("用{}年格式，应为{}年格式", used.code, due.code),
            &format!("{} / {}", used.code, due.code),
        );
        findings.push(Finding::new(Rule::FormOfOtherYear, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_figures_a_sentence_states() {
        for (kind, sentence, all) in [
            (AgencyKind::Government, "区政府办公室共收到依申请公开5件", false),
            (AgencyKind::Government, "全区共收到依申请公开5件", true),
            (AgencyKind::Department, "全区共收到依申请公开5件", false),
            (AgencyKind::Department, "我局共收到依申请公开5件", true),
        ] {
            assert_eq!(speaks_of_all(Some(kind), sentence), all, "{sentence}");
        }
    }

    #[test]
    fn legal_dates() {
        let date = |kind, year| deadline(kind, year).map(|d| d.to_string());
        assert_eq!(date(Some(AgencyKind::Department), 2022).as_deref(), Some("2023-01-31"));
        assert_eq!(date(Some(AgencyKind::Government), 2022).as_deref(), Some("2023-03-31"));
        assert_eq!(date(Some(AgencyKind::Department), 2018).as_deref(), Some("2019-03-31"));
        assert_eq!(date(Some(AgencyKind::Township), 2022), None, "Article 49 does not name them");
        assert_eq!(date(None, 2022), None);
    }
}
