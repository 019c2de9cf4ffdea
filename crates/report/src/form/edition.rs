//! Editions of the form: their tables, rows, columns and printed sums, and the series that run over them.
//!
//! Owns the types, and what can be asked of them. Refuses to read files: `load` does.

use super::expr::Expr;

/// How a table is laid out on the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Blocks that each repeat a small header: 主动公开.
    Blocks,
    /// Rows by columns: 依申请公开.
    Matrix,
    /// One line of values; the rows are groups of the header: 复议诉讼.
    Wide,
    /// Label, unit, value: the 统计表 of 2014-2018.
    List,
}

/// Every edition of the form, oldest first, and what may be compared across them.
#[derive(Debug)]
pub struct Forms {
    /// Editions by first year.
    pub editions: Vec<Edition>,
    /// Comparable figures (`data/harmonised.toml`), in file order.
    pub series: Vec<Series>,
}

/// One edition of the form.
#[derive(Debug)]
pub struct Edition {
    /// Its code: the first report year it was issued for, `"2021"`.
    pub code: String,
    /// First report year it applies to.
    pub first_year: i32,
    /// Last report year, `None` while in force.
    pub last_year: Option<i32>,
    /// Chapters of the report in order.
    pub sections: Vec<Section>,
    /// Tables in order.
    pub tables: Vec<Table>,
}

/// A chapter of the report.
#[derive(Debug)]
pub struct Section {
    /// Its number, from 1.
    pub number: u32,
    /// Its code, `"overview"`.
    pub code: String,
    /// Headings that announce it, the official one first, as printed.
    pub headings: Vec<String>,
    /// Index of the table it holds.
    pub table: Option<usize>,
}

/// One table of an edition.
#[derive(Debug)]
pub struct Table {
    /// Its code, `"requests"`.
    pub code: String,
    /// Its title.
    pub label: String,
    /// How it is laid out.
    pub layout: Layout,
    /// What its corner cell prints.
    pub corner: Vec<String>,
    /// For lists: header words of the unit column.
    pub unit_header: Vec<String>,
    /// For lists: header words of columns of codes or ordinals.
    pub code_header: Vec<String>,
    /// For lists: header words of columns of other figures (cumulated, last year).
    pub other_header: Vec<String>,
    /// Rows and the groups that head them, in printed order.
    pub lines: Vec<FormLine>,
    /// Rows in printed order.
    pub rows: Vec<Row>,
    /// Columns in printed order.
    pub columns: Vec<Column>,
    /// Groups of rows and of columns.
    pub groups: Vec<Group>,
    /// Sums that the form prints or implies.
    pub identities: Vec<Identity>,
}

/// A line of the form's stub: a group that heads rows, or a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormLine {
    /// Index into [`Table::groups`].
    Group(usize),
    /// Index into [`Table::rows`].
    Row(usize),
}

/// A row of the form.
#[derive(Debug)]
pub struct Row {
    /// Its code, `"carried_in"`.
    pub code: String,
    /// Printed numbering, `"二、"`.
    pub ordinal: String,
    /// Printed label without the numbering.
    pub label: String,
    /// Other wordings.
    pub variants: Vec<String>,
    /// Index of its group.
    pub parent: Option<usize>,
    /// Unit of all its cells, empty when the column says it.
    pub unit: String,
    /// The columns it has, as indices into [`Table::columns`], in order.
    pub columns: Vec<usize>,
    /// English gloss.
    pub gloss: String,
}

/// A column of the form.
#[derive(Debug)]
pub struct Column {
    /// Its code, `"natural_person"`.
    pub code: String,
    /// Printed heading.
    pub label: String,
    /// Other wordings.
    pub variants: Vec<String>,
    /// Unit, empty when the row or the cell says it.
    pub unit: String,
    /// A change, which may be negative.
    pub signed: bool,
    /// Index of the group that heads it.
    pub parent: Option<usize>,
    /// English gloss.
    pub gloss: String,
}

/// A heading over rows or columns; it carries no value.
#[derive(Debug)]
pub struct Group {
    /// Its code, `"article_20_1"`.
    pub code: String,
    /// Printed label.
    pub label: String,
    /// Other wordings.
    pub variants: Vec<String>,
    /// Whether it heads rows (else columns).
    pub of_rows: bool,
}

/// A sum that must hold in every column (over rows) or in every row (over columns). A blank cell counts as 0.
#[derive(Debug)]
pub struct Identity {
    /// Its code, `"balance"`.
    pub code: String,
    /// Whether the expression is over rows and holds in every column; else over columns, in every row.
    pub over_rows: bool,
    /// Whether the form states or implies it (`hard`); a breach of a soft one is a hint only.
    pub hard: bool,
    /// Whether local forms add parts to it: no more than a hint where rows that the form does not have make up for a breach.
    pub local: bool,
    /// The sum itself, over indices of rows or columns.
    pub expr: Expr,
    /// The sum as the edition's file prints it.
    pub text: String,
}

/// A figure that may be set side by side across editions.
#[derive(Debug)]
pub struct Series {
    /// Its code, `"requests_received"`.
    pub code: String,
    /// Its definition in each edition that has one.
    pub of_edition: Vec<SeriesIn>,
    /// What to know before comparing.
    pub caveat: String,
}

/// A series in one edition.
#[derive(Debug)]
pub struct SeriesIn {
    /// Index into [`Forms::editions`].
    pub edition: usize,
    /// Whether its level may be set beside the newest edition's without a note.
    pub exact: bool,
    /// Terms: sign and cell as (table, row, column) indices.
    pub terms: Vec<(f64, CellKey)>,
}

/// A cell of an edition's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellKey {
    /// Index into [`Edition::tables`].
    pub table: usize,
    /// Index into [`Table::rows`].
    pub row: usize,
    /// Index into [`Table::columns`].
    pub column: usize,
}

impl Edition {
    /// The unit of a cell as the form prints it, empty where the cell itself must say it.
    #[must_use]
    pub fn unit(&self, key: CellKey) -> &str {
        let table = &self.tables[key.table];
        let row = &table.rows[key.row].unit;
        if row.is_empty() { &table.columns[key.column].unit } else { row }
    }
}

impl Table {
    /// Cells that the form has in this table.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.rows.iter().map(|r| r.columns.len()).sum()
    }
}

impl Forms {
    /// Index of the edition in force for a report year, the newest for an unknown one.
    #[must_use]
    pub fn in_force(&self, year: Option<i32>) -> usize {
        let newest = self.editions.len().saturating_sub(1);
        let Some(year) = year else { return newest };
        self.editions.iter().rposition(|e| e.first_year <= year).unwrap_or(0)
    }

    /// Names of all distinct codes that `pick` gives over the tables called `table`, in order of first appearance.
    #[must_use]
    pub fn codes<'a>(&'a self, table: &str, pick: impl Fn(&'a Table) -> Vec<&'a str>) -> Vec<&'a str> {
        let mut seen: Vec<&str> = Vec::new();
        for edition in &self.editions {
            for t in edition.tables.iter().filter(|t| t.code == table) {
                for code in pick(t) {
                    if !seen.contains(&code) {
                        seen.push(code);
                    }
                }
            }
        }
        seen
    }
}
