//! A province as its page has it: bodies, their reports over the years with every cell, and what is doubtful of each.
//!
//! Owns what is read of a province's data files, and in which order bodies and reports stand. Refuses to judge and to
//! compare: figures are those of `cells`, doubts those of `findings`.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use super::cells::{Cell, Written, write};
use super::forms::Form;
use super::source::{self, Rows, value};
use nianbao_dataset::ManifestFile;

/// A report.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) id: u64,
    pub(super) year: Option<i32>,
    /// Which of the several reports of a file.
    pub(super) part: Option<i64>,
    pub(super) agency: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) published: Option<i32>,
    pub(super) path: String,
    pub(super) primary: bool,
    pub(super) quality: String,
    pub(super) format: String,
    /// Cells expected, found, recovered, checks evaluated, failed.
    pub(super) counts: [i64; 5],
    body_id: Option<String>,
    kind: Option<String>,
    county: Option<(String, String)>,
    prefecture: Option<(String, String)>,
    /// By number of the form, its cells.
    pub(super) tables: Vec<(usize, Written)>,
    /// The figures that a list of bodies has, as `LISTED`.
    pub(super) listed: [Option<f64>; LISTED.len()],
    pub(super) findings: Vec<Finding>,
    /// What its narrative states of figures that a table holds too: metric, value, line, page, parted by colons.
    pub(super) said: String,
}

/// Something doubtful.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Finding {
    pub(super) rule: String,
    pub(super) severity: String,
    pub(super) place: [Option<String>; 3],
    pub(super) expected: Option<f64>,
    pub(super) actual: Option<f64>,
    pub(super) message: String,
    pub(super) line: Option<i64>,
    pub(super) page: Option<i64>,
    pub(super) raw: Option<String>,
}

/// A body with the places of its reports.
#[derive(Debug)]
pub(super) struct Body {
    /// Its number in the dataset, or that of its only report.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) county: Option<(String, String)>,
    pub(super) prefecture: Option<(String, String)>,
    /// In the order of years, the better of two first.
    pub(super) reports: Vec<usize>,
}

/// A province.
#[derive(Debug, Default)]
pub(super) struct Province {
    pub(super) bodies: Vec<Body>,
    pub(super) reports: Vec<Report>,
    at: HashMap<u64, usize>,
}

const REPORTS: [&str; 21] = [
    "report_id",
    "agency",
    "county_code",
    "prefecture_code",
    "edition",
    "part",
    "agency_kind",
    "county",
    "prefecture",
    "published_on",
    "source_path",
    "format",
    "is_primary",
    "quality",
    "body_id",
    "cells_expected",
    "cells_found",
    "cells_recovered",
    "checks_evaluated",
    "checks_failed",
    "title",
];
const CELLS: [&str; 8] = ["report_id", "edition", "table", "row", "column", "value", "line", "page"];
const MENTIONS: [&str; 5] = ["report_id", "metric", "value", "line", "page"];
const FINDINGS: [&str; 12] = [
    "report_id",
    "rule",
    "severity",
    "table",
    "row",
    "column",
    "expected",
    "actual",
    "message_zh",
    "line",
    "page",
    "raw",
];
/// Kinds in the order in which a page lists them.
const KINDS: [&str; 7] = ["government", "department", "township", "street", "zone", "institution", "national"];
/// The rule that names a cell which could not be read.
const UNREADABLE: &str = "unreadable_value";

/// Figures of a list of bodies: head, table, row, column.
pub(super) const LISTED: [(&str, &str, &str, &str); 7] = [
    ("本年新收", "requests", "received", "total"),
    ("上年结转", "requests", "carried_in", "total"),
    ("予以公开", "requests", "granted", "total"),
    ("办理总计", "requests", "processed", "total"),
    ("结转下年度", "requests", "carried_out", "total"),
    ("行政复议", "disputes", "reconsideration", "total"),
    ("本年收费（万元）", "disclosure", "fees", "fee_amount"),
];

fn number(id: &str) -> Option<u64> {
    u64::from_str_radix(id, 16).ok()
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

impl Province {
    /// Reads who reported, and when.
    ///
    /// # Errors
    /// When a data file cannot be read.
    pub(super) fn read(release: &Path, files: &[&ManifestFile]) -> Result<Self> {
        let mut province = Self::default();
        for file in files.iter().filter(|f| f.table == "reports" && f.rows > 0) {
            source::read(&release.join(&file.path), &REPORTS, |rows| province.reports(file.year, rows))?;
        }
        province.settle();
        Ok(province)
    }

    /// Reads their cells and findings, and what the narrative says of these metrics.
    ///
    /// # Errors
    /// When a data file cannot be read.
    pub(super) fn fill(
        &mut self,
        release: &Path,
        files: &[&ManifestFile],
        forms: &[Form],
        metrics: &BTreeSet<&str>,
    ) -> Result<()> {
        for file in files.iter().filter(|f| f.table == "mentions" && f.rows > 0) {
            source::read(&release.join(&file.path), &MENTIONS, |rows| self.mentions(rows, metrics))?;
        }
        for file in files.iter().filter(|f| f.table == "findings" && f.rows > 0) {
            source::read(&release.join(&file.path), &FINDINGS, |rows| self.findings(rows))?;
        }
        for file in files.iter().filter(|f| f.table == "cells" && f.rows > 0) {
            let mut filling = Filling { forms, report: None, tables: Vec::new() };
            source::read(&release.join(&file.path), &CELLS, |rows| self.cells(rows, &mut filling))?;
            self.close(&mut filling);
        }
        Ok(())
    }

    /// The last report of a body that counts.
    pub(super) fn last(&self, body: &Body) -> Option<&Report> {
        body.reports.iter().filter_map(|i| self.reports.get(*i)).rfind(|r| r.primary)
    }

    fn reports(&mut self, year: Option<i32>, rows: &Rows) -> Result<()> {
        let text = |name: &str| rows.text(name);
        let (ids, agencies, editions, kinds) =
            (text("report_id")?, text("agency")?, text("edition")?, text("agency_kind")?);
        let (county_codes, counties) = (text("county_code")?, text("county")?);
        let (prefecture_codes, prefectures) = (text("prefecture_code")?, text("prefecture")?);
        let (paths, formats, qualities, bodies) =
            (text("source_path")?, text("format")?, text("quality")?, text("body_id")?);
        let (parts, published, primary) = (rows.int("part")?, rows.date("published_on")?, rows.bool("is_primary")?);
        let counts = REPORTS[15..20].iter().map(|c| rows.int(c)).collect::<Result<Vec<_>>>()?;
        let titles = text("title")?;
        for i in 0..rows.len() {
            let Some(id) = ids.get(i).and_then(number) else { continue };
            let pair =
                |code: Option<&str>, name: Option<&str>| Some((code?.to_owned(), name.unwrap_or_default().to_owned()));
            let mut report = Report {
                id,
                year,
                part: value(parts, i),
                agency: owned(agencies.get(i).or_else(|| titles.get(i))),
                edition: owned(editions.get(i)),
                published: value(published, i),
                path: paths.get(i).unwrap_or_default().to_owned(),
                primary: primary.value(i),
                quality: qualities.get(i).unwrap_or_default().to_owned(),
                format: formats.get(i).unwrap_or_default().to_owned(),
                body_id: owned(bodies.get(i)),
                kind: owned(kinds.get(i)),
                county: pair(county_codes.get(i), counties.get(i)),
                prefecture: pair(prefecture_codes.get(i), prefectures.get(i)),
                ..Report::default()
            };
            for (own, column) in report.counts.iter_mut().zip(&counts) {
                *own = value(column, i).unwrap_or(0);
            }
            self.reports.push(report);
        }
        Ok(())
    }

    /// Puts reports to bodies, and both in order.
    fn settle(&mut self) {
        self.reports.sort_by(|a, b| {
            let order = |r: &'_ Report| (r.year, !r.primary, r.part);
            order(a).cmp(&order(b)).then_with(|| a.path.cmp(&b.path)).then(a.id.cmp(&b.id))
        });
        self.at = self.reports.iter().map(|r| r.id).zip(0..).collect();
        let mut of_body: HashMap<String, usize> = HashMap::new();
        for (report, i) in self.reports.iter().zip(0..) {
            let id = report.body_id.clone().unwrap_or_else(|| format!("r{:016x}", report.id));
            let at = *of_body.entry(id.clone()).or_insert_with(|| {
                let (name, kind) = (String::new(), None);
                self.bodies.push(Body { id, name, kind, county: None, prefecture: None, reports: Vec::new() });
                self.bodies.len() - 1
            });
            if let Some(body) = self.bodies.get_mut(at) {
                body.reports.push(i);
            }
        }
        for body in &mut self.bodies {
            // The last report that counts says what the body is called and where it is.
            let own = || body.reports.iter().filter_map(|i| self.reports.get(*i));
            let Some(last) = own().rfind(|r| r.primary).or_else(|| own().next_back()) else { continue };
            body.name = last.agency.clone().unwrap_or_else(|| "机关未定".to_owned());
            body.kind.clone_from(&last.kind);
            body.county.clone_from(&last.county);
            body.prefecture.clone_from(&last.prefecture);
        }
        let kind = |b: &Body| KINDS.iter().position(|k| b.kind.as_deref() == Some(k)).unwrap_or(KINDS.len());
        self.bodies.sort_by(|a, b| {
            let place = |b: &Body| (b.prefecture.clone().map(|p| p.0), b.county.clone().map(|c| c.0));
            place(a).cmp(&place(b)).then(kind(a).cmp(&kind(b))).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id)))
        });
    }

    fn findings(&mut self, rows: &Rows) -> Result<()> {
        let text = |name: &str| rows.text(name);
        let (ids, rules, severities, messages, raws) =
            (text("report_id")?, text("rule")?, text("severity")?, text("message_zh")?, text("raw")?);
        let place = [text("table")?, text("row")?, text("column")?];
        let (expected, actual) = (rows.float("expected")?, rows.float("actual")?);
        let (lines, pages) = (rows.int("line")?, rows.int("page")?);
        for i in 0..rows.len() {
            let at = ids.get(i).and_then(number).and_then(|id| self.at.get(&id));
            let Some(report) = at.and_then(|at| self.reports.get_mut(*at)) else { continue };
            report.findings.push(Finding {
                rule: rules.get(i).unwrap_or_default().to_owned(),
                severity: severities.get(i).unwrap_or_default().to_owned(),
                place: [owned(place[0].get(i)), owned(place[1].get(i)), owned(place[2].get(i))],
                expected: value(expected, i),
                actual: value(actual, i),
                message: messages.get(i).unwrap_or_default().to_owned(),
                line: value(lines, i),
                page: value(pages, i),
                raw: owned(raws.get(i)),
            });
        }
        Ok(())
    }

    fn mentions(&mut self, rows: &Rows, metrics: &BTreeSet<&str>) -> Result<()> {
        let (ids, codes, values) = (rows.text("report_id")?, rows.text("metric")?, rows.float("value")?);
        let (lines, pages) = (rows.int("line")?, rows.int("page")?);
        for i in 0..rows.len() {
            let (Some(code), Some(stated)) = (codes.get(i), value(values, i)) else { continue };
            let at = ids.get(i).and_then(number).and_then(|id| self.at.get(&id));
            let Some(report) = at.and_then(|at| self.reports.get_mut(*at)).filter(|_| metrics.contains(code)) else {
                continue;
            };
            let place = |of: Option<i64>| of.map(|n| n.to_string()).unwrap_or_default();
            let gap = if report.said.is_empty() { "" } else { ";" };
            let (line, page) = (place(value(lines, i)), place(value(pages, i)));
            // Writing to a string does not fail.
            let _ = write!(report.said, "{gap}{code}:{stated}:{line}:{page}");
        }
        Ok(())
    }

    fn cells(&mut self, rows: &Rows, filling: &mut Filling<'_>) -> Result<()> {
        let (ids, editions) = (rows.codes("report_id")?, rows.codes("edition")?);
        let (tables, lines, columns) = (rows.codes("table")?, rows.codes("row")?, rows.codes("column")?);
        let (values, line, page) = (rows.float("value")?, rows.int("line")?, rows.int("page")?);
        let reports: Vec<Option<usize>> = (0..=ids.distinct())
            .map(|key| ids.at(key).and_then(number).and_then(|id| self.at.get(&id).copied()))
            .collect();
        // What stands where is looked up once for each cell of the forms, not for each cell of the reports.
        let (t, r, c) = (tables.distinct() + 1, lines.distinct() + 1, columns.distinct() + 1);
        let mut slots: Vec<Option<Option<(usize, usize)>>> = vec![None; (editions.distinct() + 1) * t * r * c];
        for i in 0..rows.len() {
            let report = reports.get(ids.key(i)).copied().flatten();
            if report != filling.report {
                self.close(filling);
                filling.report = report;
            }
            let keys = (editions.key(i), tables.key(i), lines.key(i), columns.key(i));
            let Some(known) = slots.get_mut(((keys.0 * t + keys.1) * r + keys.2) * c + keys.3) else { continue };
            let slot = *known.get_or_insert_with(|| {
                let (edition, table) = (editions.at(keys.0)?, tables.at(keys.1)?);
                let form = filling.forms.iter().position(|f| f.edition == edition && f.table == table)?;
                Some((form, filling.forms.get(form)?.slot(lines.at(keys.2)?, columns.at(keys.3)?)?))
            });
            if let Some((form, slot)) = slot {
                let cell = Cell {
                    found: true,
                    unread: false,
                    value: value(values, i),
                    line: value(line, i),
                    page: value(page, i),
                };
                filling.put(form, slot, cell);
            }
        }
        Ok(())
    }

    /// Writes what was gathered of a report.
    fn close(&mut self, filling: &mut Filling<'_>) {
        let tables = std::mem::take(&mut filling.tables);
        let Some(report) = filling.report.take().and_then(|at| self.reports.get_mut(at)) else { return };
        for (number, mut cells) in tables {
            let Some(form) = filling.forms.get(number) else { continue };
            for finding in report.findings.iter().filter(|f| f.rule == UNREADABLE) {
                let [Some(table), Some(row), Some(column)] = &finding.place else { continue };
                let slot = form.slot(row, column).filter(|_| *table == form.table);
                if let Some(cell) = slot.and_then(|s| cells.get_mut(s)) {
                    cell.unread = cell.value.is_none();
                }
            }
            for (listed, (_, table, row, column)) in report.listed.iter_mut().zip(LISTED) {
                let slot = form.slot(row, column).filter(|_| form.table == table);
                *listed = slot.and_then(|s| cells.get(s)).and_then(|c| c.value).or(*listed);
            }
            report.tables.push((number, write(&cells, &form.widths)));
        }
        report.tables.sort_by_key(|t| t.0);
    }
}

/// The cells of one report, being gathered.
struct Filling<'f> {
    forms: &'f [Form],
    report: Option<usize>,
    tables: Vec<(usize, Vec<Cell>)>,
}

impl Filling<'_> {
    fn put(&mut self, form: usize, slot: usize, cell: Cell) {
        let at = match self.tables.iter().position(|t| t.0 == form) {
            Some(at) => at,
            None => {
                let cells = self.forms.get(form).map_or(0, Form::cells);
                self.tables.push((form, vec![Cell::default(); cells]));
                self.tables.len() - 1
            }
        };
        if let Some(own) = self.tables.get_mut(at).and_then(|t| t.1.get_mut(slot)) {
            *own = cell;
        }
    }
}
