//! The figures of every page, in one pass over the data files.
//!
//! Owns which rows of which tables count, and to which pages. It sees the tables that the summaries are made of, some
//! provinces at a time; what grows with the archive is the place of each report (some 24 bytes) and the values of the
//! series (8 bytes for each county and year).

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;

use super::area::{Area, LEAST_PROCESSED};
use super::example::Example;
use super::rows::Rows;
use super::subjects::{SERIES, SEVERITIES};
use crate::summary::{Beside, Columns, Job, Tables};
use nianbao_dataset::schema::tables;

/// Examples of a rule on the first page, and on that of a province.
const EXAMPLES: (usize, usize) = (10, 100);
/// Statuses of files whose reason the page tells.
const FAILED: [&str; 5] = ["no_tables", "needs_ocr", "unreadable", "not_a_report", "skipped"];
/// Forms with these grounds of a denial and no others.
const EDITIONS: [&str; 2] = ["2019", "2021"];
/// The grounds of a denial.
const DENIED: [&str; 8] = [
    "denied_state_secret",
    "denied_law_prohibits",
    "denied_security_stability",
    "denied_third_party_rights",
    "denied_internal_affairs",
    "denied_process_information",
    "denied_enforcement_file",
    "denied_administrative_query",
];
/// What is read of each table.
const REPORTS: [&str; 10] = [
    "report_id",
    "agency_kind",
    "county_code",
    "is_primary",
    "quality",
    "cells_expected",
    "cells_found",
    "cells_recovered",
    "checks_evaluated",
    "checks_failed",
];
const COVERAGE: [&str; 7] = ["subject", "status", "quality", "county_code", "prefecture_code", "county", "prefecture"];
const FINDINGS: [&str; 18] = [
    "report_id",
    "agency",
    "rule",
    "severity",
    "table",
    "row",
    "column",
    "expected",
    "actual",
    "message_zh",
    "source_path",
    "line",
    "page",
    "raw",
    "row_label",
    "column_label",
    "value",
    "unit",
];
const REQUESTS: [&str; 11] = {
    let mut columns = ["applicant"; 11];
    columns[1] = "processed";
    columns[2] = "edition";
    let mut i = 0;
    while i < DENIED.len() {
        columns[3 + i] = DENIED[i];
        i += 1;
    }
    columns
};
const SERIES_COLUMNS: [&str; 4] = ["report_id", "series", "value", "comparability"];
const FILES: [&str; 5] = ["source_path", "format", "status", "reason", "report_id"];
/// What stands for the prefecture of a county that has none.
pub(super) const NO_PREFECTURE: &str = "0";

/// The whole dataset, and every province.
pub(super) struct Gathered {
    pub(super) whole: Area,
    pub(super) provinces: BTreeMap<u8, Area>,
    /// Reports whose province is unknown.
    pub(super) nowhere: u64,
}

/// Counts.
pub(super) struct Gatherer {
    out: Gathered,
    /// Province of each report.
    of_report: HashMap<u64, Option<u8>>,
    /// Reports of county governments.
    governments: HashSet<u64>,
}

impl Beside for Gatherer {
    fn columns(&self) -> Columns {
        let of =
            |(table, columns): (&str, &[&str])| (table.to_owned(), columns.iter().map(|c| (*c).to_owned()).collect());
        let read: [(&str, &[&str]); 5] = [
            ("reports", &REPORTS),
            ("coverage", &COVERAGE),
            ("findings", &FINDINGS),
            ("series", &SERIES_COLUMNS),
            ("requests", &REQUESTS),
        ];
        read.into_iter().map(of).collect()
    }

    fn see(&mut self, tables: &Tables) -> Result<()> {
        self.reports(tables)?;
        self.coverage(tables)?;
        self.findings(tables)?;
        self.series(tables)?;
        self.requests(tables)
    }
}

/// The number that a report's id is.
fn number(id: &str) -> Option<u64> {
    u64::from_str_radix(id, 16).ok()
}

/// A text as a page may hold it: no control characters, which no browser shows.
fn owned(text: Option<&str>) -> Option<String> {
    text.map(clean)
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c }).collect()
}

impl Gatherer {
    pub(super) fn new() -> Self {
        let out = Gathered { whole: Area::new(EXAMPLES.0), provinces: BTreeMap::new(), nowhere: 0 };
        Self { out, of_report: HashMap::new(), governments: HashSet::new() }
    }

    /// Counts the files of the archive, of which each report is known by now.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn finish(mut self, job: Job<'_>) -> Result<Gathered> {
        let columns = Columns::from([("files".to_owned(), FILES.iter().map(|c| (*c).to_owned()).collect())]);
        let listed: Vec<_> = job.files.iter().filter(|f| f.table == "files").collect();
        let tables = Tables::read(&tables(&job.knowledge.forms)?, job.release, &listed, &columns)?;
        self.files(&tables)?;
        Ok(self.out)
    }

    /// Adds to the page of the whole, and to that of the province.
    fn each(&mut self, province: Option<u8>, mut add: impl FnMut(&mut Area)) {
        add(&mut self.out.whole);
        if let Some(area) = province.and_then(|p| self.out.provinces.get_mut(&p)) {
            add(area);
        }
    }

    fn reports(&mut self, tables: &Tables) -> Result<()> {
        for (file, rows) in tables.files("reports") {
            let rows = Rows::new(rows);
            if let Some(province) = file.province {
                self.out.provinces.entry(province).or_insert_with(|| Area::new(EXAMPLES.1));
            } else {
                self.out.nowhere += rows.len() as u64;
            }
            let (ids, kinds, counties) =
                (rows.text("report_id")?, rows.text("agency_kind")?, rows.text("county_code")?);
            let (primary, quality) = (rows.bool("is_primary")?, rows.text("quality")?);
            let sums = REPORTS[5..].iter().map(|c| rows.int(c)).collect::<Result<Vec<_>>>()?;
            for i in 0..rows.len() {
                if let Some(id) = ids.get(i).and_then(number) {
                    self.of_report.insert(id, file.province);
                    if kinds.get(i) == Some("government") && counties.get(i).is_some() {
                        self.governments.insert(id);
                    }
                }
                let quality = ["complete", "partial", "poor"].iter().position(|q| quality.get(i) == Some(q));
                self.each(file.province, |area| {
                    area.primary += u64::from(primary.get(i) == Some(true));
                    let tally = area.years.entry(file.year).or_default();
                    tally.reports += 1;
                    if let Some(quality) = quality {
                        tally.quality[quality] += 1;
                    }
                    for (sum, column) in tally.sums.iter_mut().zip(&sums) {
                        *sum += column.get(i).unwrap_or(0);
                    }
                });
            }
        }
        Ok(())
    }

    fn files(&mut self, tables: &Tables) -> Result<()> {
        for (_, rows) in tables.files("files") {
            let rows = Rows::new(rows);
            let (paths, formats, statuses) = (rows.text("source_path")?, rows.text("format")?, rows.text("status")?);
            let (reasons, ids) = (rows.text("reason")?, rows.text("report_id")?);
            for i in 0..rows.len() {
                let province = ids.get(i).and_then(number).and_then(|id| self.of_report.get(&id)).copied().flatten();
                let status = statuses.get(i).unwrap_or_default();
                let (format, reason) = (formats.get(i).unwrap_or("unknown"), reasons.get(i).unwrap_or_default());
                let (path, failed) = (paths.get(i).unwrap_or_default(), FAILED.contains(&status));
                self.each(province, |area| area.file(format, status, reason, path, failed));
            }
        }
        Ok(())
    }

    fn coverage(&mut self, tables: &Tables) -> Result<()> {
        for (file, rows) in tables.files("coverage") {
            let rows = Rows::new(rows);
            let (subjects, statuses, quality) = (rows.text("subject")?, rows.text("status")?, rows.text("quality")?);
            let (codes, above) = (rows.text("county_code")?, rows.text("prefecture_code")?);
            let (counties, prefectures) = (rows.text("county")?, rows.text("prefecture")?);
            for i in 0..rows.len() {
                let status = statuses.get(i).unwrap_or_default();
                if subjects.get(i) == Some("body") {
                    self.each(file.province, |area| area.stopped += u64::from(status == "stopped"));
                    continue;
                }
                let (Some(code), Some(year), Some(province)) = (codes.get(i), file.year, file.province) else {
                    continue;
                };
                let (found, above) = (status == "found", above.get(i).unwrap_or(NO_PREFECTURE));
                self.out.whole.cover(&province.to_string(), year, found);
                if let Some(area) = self.out.provinces.get_mut(&province) {
                    area.cover(above, year, found);
                    let names = (counties.get(i).unwrap_or(code), prefectures.get(i).unwrap_or_default());
                    area.county(code, names, above, year, quality.get(i).filter(|_| found));
                }
            }
        }
        Ok(())
    }

    fn findings(&mut self, tables: &Tables) -> Result<()> {
        for (file, rows) in tables.files("findings") {
            let rows = Rows::new(rows);
            let text = |name: &str| rows.text(name);
            let (ids, agencies, rules, severities) =
                (text("report_id")?, text("agency")?, text("rule")?, text("severity")?);
            let (tables, lines, columns, messages) =
                (text("table")?, text("row")?, text("column")?, text("message_zh")?);
            let (paths, raws, labels, heads) =
                (text("source_path")?, text("raw")?, text("row_label")?, text("column_label")?);
            let (units, values) = (text("unit")?, rows.float("value")?);
            let (expected, actual) = (rows.float("expected")?, rows.float("actual")?);
            let (line, page) = (rows.int("line")?, rows.int("page")?);
            let mut last = None;
            for i in 0..rows.len() {
                let report = ids.get(i).and_then(number);
                let rule = rules.get(i).unwrap_or_default();
                let example = Example {
                    rule: rule.to_owned(),
                    year: file.year,
                    province: file.province,
                    agency: owned(agencies.get(i)),
                    source_path: paths.get(i).unwrap_or_default().to_owned(),
                    page: page.get(i),
                    line: line.get(i),
                    table: owned(tables.get(i)),
                    row: owned(lines.get(i)),
                    column: owned(columns.get(i)),
                    row_label: owned(labels.get(i)),
                    column_label: owned(heads.get(i)),
                    raw: owned(raws.get(i)),
                    value: values.get(i),
                    unit: owned(units.get(i)),
                    expected: expected.get(i),
                    actual: actual.get(i),
                    message: clean(messages.get(i).unwrap_or_default()),
                    report_id: owned(ids.get(i)),
                };
                let severity =
                    SEVERITIES.iter().position(|s| severities.get(i) == Some(s.0)).unwrap_or(SEVERITIES.len() - 1);
                let first = report.is_some() && report != last;
                last = report.or(last);
                self.each(file.province, |area| {
                    area.touched += u64::from(first);
                    area.finding(severity, rule, report, &example);
                });
            }
        }
        Ok(())
    }

    fn series(&mut self, tables: &Tables) -> Result<()> {
        for (file, rows) in tables.files("series") {
            let rows = Rows::new(rows);
            let Some(year) = file.year else { continue };
            let (ids, codes, classes) = (rows.text("report_id")?, rows.text("series")?, rows.text("comparability")?);
            let values = rows.float("value")?;
            for i in 0..rows.len() {
                let (Some(code), Some(value)) = (codes.get(i), values.get(i)) else { continue };
                let wanted = SERIES.iter().any(|s| s.0 == code)
                    && ids.get(i).and_then(number).is_some_and(|id| self.governments.contains(&id));
                if wanted {
                    let approximate = classes.get(i) == Some("approximate");
                    self.each(file.province, |area| {
                        let points = area.points.entry((code.to_owned(), year)).or_default();
                        points.values.push(value);
                        points.approximate |= approximate;
                    });
                }
            }
        }
        Ok(())
    }

    fn requests(&mut self, tables: &Tables) -> Result<()> {
        for (file, rows) in tables.files("requests") {
            let rows = Rows::new(rows);
            let (applicants, processed) = (rows.text("applicant")?, rows.int("processed")?);
            let editions = rows.text("edition")?;
            let grounds = DENIED.iter().map(|c| rows.int(c)).collect::<Result<Vec<_>>>()?;
            for i in 0..rows.len() {
                // The grounds of another form may be more than these.
                if !EDITIONS.iter().any(|e| editions.get(i) == Some(e)) {
                    continue;
                }
                let denied: Option<i128> = grounds.iter().map(|g| g.get(i).map(i128::from)).sum();
                if let (Some("total"), Some(processed), Some(denied)) = (applicants.get(i), processed.get(i), denied)
                    && processed >= LEAST_PROCESSED
                {
                    self.each(file.province, |area| area.denial(denied, processed));
                }
            }
        }
        Ok(())
    }
}
