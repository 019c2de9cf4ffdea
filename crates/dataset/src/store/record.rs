//! Records: one report, ready to be spilled while others are read and to become rows when its partition is written.
//!
//! Owns the form in which a report waits on disk (postcard, borrowed on the way back). Refuses to hold more than one.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use nianbao_report::Examined;
use nianbao_report::extract::{Matched, Report};
use nianbao_report::form::{Forms, Layout};

/// How complete the figures of a report are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// All cells of its tables, readable, and no table is missing.
    Complete,
    /// At least half of the cells.
    Partial,
    /// Less, or no table at all.
    Poor,
}

impl Quality {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Poor => "poor",
        }
    }

    fn of(report: &Report, expected: usize) -> Self {
        let found = report.tables.cells.len();
        let unreadable = report.tables.cells.iter().any(|c| c.value.is_none() && !c.blank);
        if expected > 0 && found >= expected && !unreadable && report.missing.is_empty() {
            Self::Complete
        } else if found * 2 < expected || expected == 0 {
            Self::Poor
        } else {
            Self::Partial
        }
    }
}

/// A report with everything that its rows need.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record<'a> {
    /// First 16 hex digits of the content hash.
    pub report_id: &'a str,
    /// Number among the reports of its file, from 1; `None` where it is the only one.
    pub part: Option<u32>,
    /// Path relative to the source.
    pub source_path: &'a str,
    /// Format by content.
    pub format: &'a str,
    /// Index of the edition of most blocks.
    pub edition: u8,
    /// Title.
    pub title: Option<&'a str>,
    /// Reporting body.
    pub agency: Option<&'a str>,
    /// Its kind.
    pub agency_kind: Option<&'a str>,
    /// Report year.
    pub year: Option<i32>,
    /// What decided it.
    pub year_evidence: Option<&'a str>,
    /// Place.
    #[serde(borrow)]
    pub place: PlaceRecord<'a>,
    /// Days since 1970-01-01.
    pub published_on: Option<i32>,
    /// Tables with a cell.
    pub tables_found: u32,
    /// Cells of those tables on the form.
    pub cells_expected: u32,
    /// Of those found, cells of rows recognised by likeness, neighbours or sums.
    pub cells_recovered: u32,
    /// Sums evaluated.
    pub checks_evaluated: u32,
    /// Hard sums broken.
    pub checks_failed: u32,
    /// Sums that could not be evaluated.
    pub checks_skipped: u32,
    /// Code of a [`Quality`].
    pub quality: &'a str,
    /// Number of the body, hex.
    pub body_id: Option<String>,
    /// Cells in form order.
    #[serde(borrow)]
    pub cells: Vec<CellRecord<'a>>,
    /// Row labels that cells refer to.
    #[serde(borrow)]
    pub labels: Vec<&'a str>,
    /// Chapters: number, code, heading, text.
    #[serde(borrow)]
    pub sections: Vec<(u32, &'a str, &'a str, Long<'a>)>,
    /// Figures of the narrative: index of the metric, value, unit, sentence, line.
    #[serde(borrow)]
    pub mentions: Vec<(u16, f64, &'a str, &'a str, u32)>,
    /// Findings.
    #[serde(borrow)]
    pub findings: Vec<FindingRecord<'a>>,
    /// First line of each page.
    pub pages: Vec<u32>,
}

/// A long text: the narrative is most of a record, and checking it byte by byte took longer than reading it back.
#[derive(Clone, Copy, Debug)]
pub struct Long<'a>(pub &'a str);

impl Serialize for Long<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_bytes())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Long<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        simdutf8::basic::from_utf8(bytes).map(Self).map_err(serde::de::Error::custom)
    }
}

/// A place in a record.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct PlaceRecord<'a> {
    /// Two digits.
    pub province: Option<&'a str>,
    /// Name.
    pub province_name: Option<&'a str>,
    /// Code.
    pub prefecture_code: Option<&'a str>,
    /// Name.
    pub prefecture: Option<&'a str>,
    /// Code.
    pub county_code: Option<&'a str>,
    /// Name.
    pub county: Option<&'a str>,
    /// What decided.
    pub evidence: Option<&'a str>,
}

/// A cell in a record; table, row and column are indices into the edition's form.
#[derive(Debug, Serialize, Deserialize)]
pub struct CellRecord<'a> {
    /// Edition index.
    pub edition: u8,
    /// Table index.
    pub table: u8,
    /// Row index.
    pub row: u8,
    /// Column index.
    pub column: u8,
    /// Index into [`MATCHED`].
    pub matched: u8,
    /// Value.
    pub value: Option<f64>,
    /// Unit that the cell says.
    pub unit: Option<&'a str>,
    /// Text as printed.
    pub raw: &'a str,
    /// Index into the record's labels.
    pub label: u32,
    /// Source line.
    pub line: u32,
}

/// A finding in a record.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct FindingRecord<'a> {
    /// Index into [`nianbao_report::finding::Rule::ALL`].
    pub rule: u8,
    /// Table code.
    pub table: Option<&'a str>,
    /// Row code.
    pub row: Option<&'a str>,
    /// Column code.
    pub column: Option<&'a str>,
    /// Expected figure.
    pub expected: Option<f64>,
    /// Printed figure.
    pub actual: Option<f64>,
    /// Quotation behind the sentence.
    pub detail: &'a str,
    /// Source line.
    pub line: Option<u32>,
}

/// Ways of recognising a row, by their number in a record.
pub const MATCHED: [Matched; 5] = [Matched::Exact, Matched::Variant, Matched::Fuzzy, Matched::Position, Matched::Ocr];

impl<'a> Record<'a> {
    /// The record of a report.
    #[must_use]
    pub fn new(forms: &Forms, examined: &'a Examined, file: (&'a str, &'a str, &'a str)) -> Self {
        let (report_id, source_path, format) = file;
        let Examined { report, place, tally, .. } = examined;
        let id = &report.identity;
        let expected = cells_expected(forms, report);
        let recovered = report
            .tables
            .cells
            .iter()
            .filter(|c| matches!(c.matched, Matched::Fuzzy | Matched::Position | Matched::Ocr))
            .count();
        Self {
            report_id,
            part: None,
            source_path,
            format,
            edition: small(report.edition),
            title: id.title.as_deref(),
            agency: id.agency.as_deref(),
            agency_kind: examined.kind.map(|kind| kind.code()),
            year: id.year,
            year_evidence: id.year_evidence.map(|e| e.code()),
            place: PlaceRecord {
                province: place.province.as_deref(),
                province_name: place.province_name.as_deref(),
                prefecture_code: place.prefecture_code.as_deref(),
                prefecture: place.prefecture.as_deref(),
                county_code: place.county_code.as_deref(),
                county: place.county.as_deref(),
                evidence: place.evidence.map(|e| e.code()),
            },
            published_on: id.published_on.map(nianbao_report::extract::Date::days),
            tables_found: count(report.tables.tables.len()),
            cells_expected: count(expected),
            cells_recovered: count(recovered),
            checks_evaluated: tally.evaluated,
            checks_failed: tally.failed,
            checks_skipped: tally.skipped,
            quality: Quality::of(report, expected).code(),
            body_id: examined.body.map(|b| format!("{b:016x}")),
            cells: report
                .tables
                .cells
                .iter()
                .map(|c| CellRecord {
                    edition: small(c.edition),
                    table: small(c.key.table),
                    row: small(c.key.row),
                    column: small(c.key.column),
                    matched: c.matched as u8,
                    value: c.value,
                    unit: c.unit,
                    raw: &c.raw,
                    label: c.label,
                    line: c.line,
                })
                .collect(),
            labels: report.tables.labels.iter().map(String::as_str).collect(),
            sections: report
                .sections
                .iter()
                .map(|s| (s.number, s.code.as_str(), s.heading.as_str(), Long(&s.text)))
                .collect(),
            mentions: examined
                .mentions
                .iter()
                .map(|m| {
                    let metric = u16::try_from(m.metric).unwrap_or(u16::MAX);
                    (metric, m.value, m.unit.as_str(), m.sentence.as_str(), m.line)
                })
                .collect(),
            findings: report.findings.iter().map(FindingRecord::new).collect(),
            pages: examined.pages.clone(),
        }
    }
}

impl<'a> FindingRecord<'a> {
    /// The record of a finding.
    #[must_use]
    pub fn new(finding: &'a nianbao_report::finding::Finding) -> Self {
        Self {
            rule: finding.rule as u8,
            table: finding.table.as_deref(),
            row: finding.row.as_deref(),
            column: finding.column.as_deref(),
            expected: finding.expected,
            actual: finding.actual,
            detail: &finding.detail,
            line: finding.line,
        }
    }
}

/// Cells that the forms of the report's tables have: all tables of its edition, but a list only when it is there.
fn cells_expected(forms: &Forms, report: &Report) -> usize {
    let form = &forms.editions[report.edition];
    let found = |code: &str| report.tables.tables.iter().find(|(e, t)| forms.editions[*e].tables[*t].code == code);
    let mut expected = 0;
    for table in &form.tables {
        match found(&table.code) {
            // Blocks of another edition have their own number of cells.
            Some((e, t)) => expected += forms.editions[*e].tables[*t].cell_count(),
            None if table.layout == Layout::List => {}
            None => expected += table.cell_count(),
        }
    }
    expected
}

fn small(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
