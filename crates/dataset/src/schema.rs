//! The one schema: every table and column of the dataset with its meaning in Chinese and English.
//!
//! Owns names, types, units, labels and the meaning of nulls; Arrow schemas, the dictionary and the docs are made from
//! it. The columns of the wide tables follow the forms, so a new edition widens them without a change here. Refuses to
//! hold rows.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};

use nianbao_report::form::{Forms, Table};

/// Version of the schema, in every file's metadata. Raised when a column changes its meaning or leaves.
pub const SCHEMA_VERSION: &str = "1";

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code or a name that repeats: dictionary-encoded string.
    Code,
    /// Free text.
    Text,
    /// A whole number.
    Int,
    /// A measure or amount.
    Float,
    /// A calendar date.
    Date,
    /// Yes or no.
    Bool,
}

impl Kind {
    /// The Arrow type.
    #[must_use]
    pub fn arrow(self) -> DataType {
        match self {
            Self::Code => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::Text => DataType::Utf8,
            Self::Int => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Date => DataType::Date32,
            Self::Bool => DataType::Boolean,
        }
    }

    /// Its name in the dictionary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Text => "text",
            Self::Int => "int64",
            Self::Float => "float64",
            Self::Date => "date",
            Self::Bool => "bool",
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in the files.
    pub name: String,
    /// Type.
    pub kind: Kind,
    /// Chinese label; for measures that of the form.
    pub zh: String,
    /// English meaning.
    pub en: String,
    /// Unit, empty for none.
    pub unit: String,
    /// What a null means, empty where there is none.
    pub null: &'static str,
    /// Codes of the editions whose form has it; empty for what is on no form.
    pub editions: Vec<String>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Name, and folder.
    pub name: &'static str,
    /// What one row is, in Chinese.
    pub zh: &'static str,
    /// What one row is.
    pub en: &'static str,
    /// Whether it lies in `year=…/province=…` folders.
    pub partitioned: bool,
    /// Columns in order.
    pub columns: Vec<Column>,
}

impl TableSchema {
    /// The Arrow schema with labels, units and null meanings as field metadata.
    #[must_use]
    pub fn arrow(&self) -> Arc<Schema> {
        let fields: Vec<Field> = self
            .columns
            .iter()
            .map(|c| {
                let facts = [("zh", c.zh.as_str()), ("en", &c.en), ("unit", &c.unit), ("null", c.null)];
                let metadata: HashMap<String, String> = facts
                    .iter()
                    .filter(|(_, v)| !v.is_empty())
                    .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                    .collect();
                Field::new(&c.name, c.kind.arrow(), true).with_metadata(metadata)
            })
            .collect();
        Arc::new(Schema::new(fields))
    }
}

const NO_CELL: &str = "printed blank, unreadable, or not on this report's form";

fn column(name: &str, kind: Kind, zh: &str, en: &str, unit: &str, null: &'static str) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        zh: zh.to_owned(),
        en: en.to_owned(),
        unit: unit.to_owned(),
        null,
        editions: Vec::new(),
    }
}

fn keys() -> Vec<Column> {
    vec![
        column(
            "report_id",
            Kind::Code,
            "报告编号",
            "first 16 hex digits of SHA-256 over the file's bytes",
            "",
            "the file is no report",
        ),
        column("agency", Kind::Code, "发布机关", "reporting body as printed", "", "not named on the page"),
        column(
            "county_code",
            Kind::Code,
            "县级区划代码",
            "GB/T 2260 code of the county",
            "",
            "not a county body, or not certain",
        ),
        column(
            "prefecture_code",
            Kind::Code,
            "地级区划代码",
            "GB/T 2260 code of the prefecture",
            "",
            "none above, or not certain",
        ),
        column("edition", Kind::Code, "格式版本", "edition of the form that the block follows", "", "no form"),
    ]
}

/// Every table of the dataset, in the order in which it is documented.
#[must_use]
pub fn tables(forms: &Forms) -> Vec<TableSchema> {
    let with_keys = |name, zh, en, mut own: Vec<Column>| {
        let mut columns = keys();
        columns.append(&mut own);
        TableSchema { name, zh, en, partitioned: true, columns }
    };
    vec![
        TableSchema {
            name: "files",
            zh: "遍历到的每个文件",
            en: "a file seen by the walk, whatever became of it",
            partitioned: false,
            columns: files(),
        },
        with_keys("reports", "每份报告", "a report", reports()),
        with_keys("cells", "报告载明的每个单元格", "a cell that a report states", cells()),
        with_keys("disclosure", "表二的每一项", "an item of table 二 (primary reports)", disclosure(forms)),
        with_keys("requests", "表三的每类申请人", "an applicant kind of table 三 (primary reports)", requests(forms)),
        with_keys("disputes", "表四的每类案件", "a kind of case of table 四 (primary reports)", disputes(forms)),
        with_keys("statistics", "2014-2018年统计表", "a 统计表 of 2014-2018 (primary reports)", statistics(forms)),
        with_keys("series", "可比指标", "a comparable figure (primary reports; data/harmonised.toml)", series()),
        with_keys("sections", "报告的每一章", "a chapter of the narrative", sections()),
        with_keys("mentions", "正文所述数量", "a figure that the narrative mentions", mentions()),
        with_keys("findings", "疑点与错误", "something wrong or doubtful", findings()),
        with_keys(
            "coverage",
            "应报与已报",
            "a county government and year, reported or not, or a body that reported for the year before and not for this",
            coverage(),
        ),
    ]
}

fn files() -> Vec<Column> {
    vec![
        column("source_path", Kind::Text, "文件路径", "path relative to the source, with /", "", ""),
        column("size", Kind::Int, "文件大小", "size of the file", "byte", "could not be read"),
        column(
            "modified",
            Kind::Date,
            "修改日期",
            "day of the last modification, UTC",
            "",
            "not told by the file system",
        ),
        column("content_hash", Kind::Text, "内容哈希", "SHA-256 of the bytes, hex", "", "could not be read"),
        column("format", Kind::Code, "文件格式", "format by content", "", "could not be read"),
        column("encoding", Kind::Code, "字符编码", "character encoding by content", "", "no text"),
        column(
            "decode_faults",
            Kind::Int,
            "解码错误数",
            "characters that could not be decoded or are for private use",
            "character",
            "no text",
        ),
        column(
            "status",
            Kind::Code,
            "处理结果",
            "report, not_a_report, no_tables, unreadable, needs_ocr, duplicate, superseded, skipped",
            "",
            "",
        ),
        column("reason", Kind::Text, "原因", "why the status is what it is", "", "nothing to say"),
        column("report_id", Kind::Code, "报告编号", "report that the file holds", "", "no report"),
        column(
            "duplicate_of",
            Kind::Text,
            "重复于",
            "path of the file with the same bytes, or of the better report of the same body and year",
            "",
            "neither",
        ),
    ]
}

fn reports() -> Vec<Column> {
    vec![
        column("title", Kind::Text, "标题", "title on one line", "", "not in the text"),
        column(
            "agency_kind",
            Kind::Code,
            "机关类别",
            "government, department, township, street, zone, institution, national",
            "",
            "agency unknown",
        ),
        column("county", Kind::Code, "县级", "county", "", "as county_code"),
        column("prefecture", Kind::Code, "地级", "prefecture", "", "as prefecture_code"),
        column("province_name", Kind::Code, "省级", "province", "", "national, or not certain"),
        column(
            "year_evidence",
            Kind::Code,
            "年度依据",
            "what decided the year: period, title, path, publication",
            "",
            "year unknown",
        ),
        column(
            "region_evidence",
            Kind::Code,
            "地区依据",
            "what decided the place: title, short_name, text, folder, area_code, postal_code, host, national; two joined by +",
            "",
            "place unknown",
        ),
        column("published_on", Kind::Date, "发布日期", "date of publication or signature", "", "not printed"),
        column("source_path", Kind::Text, "文件路径", "path relative to the source", "", ""),
        column("format", Kind::Code, "文件格式", "format by content", "", ""),
        column("is_primary", Kind::Bool, "主要版本", "the better of several reports of one body and year", "", ""),
        column("tables_found", Kind::Int, "找到的表数", "tables of which a cell was found", "table", ""),
        column(
            "cells_expected",
            Kind::Int,
            "应有单元格数",
            "cells of the edition's tables (those found, for lists)",
            "cell",
            "",
        ),
        column("cells_found", Kind::Int, "找到的单元格数", "rows in `cells`", "cell", ""),
        column(
            "cells_recovered",
            Kind::Int,
            "推定的单元格数",
            "of these, cells of rows recognised by likeness, neighbours or sums",
            "cell",
            "",
        ),
        column(
            "checks_evaluated",
            Kind::Int,
            "已核对勾稽关系数",
            "sums, and figures of the narrative beside the tables, that could be evaluated",
            "sum",
            "",
        ),
        column("checks_failed", Kind::Int, "不成立勾稽关系数", "hard sums among them that do not hold", "sum", ""),
        column(
            "quality",
            Kind::Code,
            "完整程度",
            "complete: every cell found, and read or printed blank (/, -, 无 too); poor: fewer than half; else partial",
            "",
            "",
        ),
        column(
            "body_id",
            Kind::Code,
            "机关编号",
            "the same for a body over the years: place by its last code, and function (src/body.rs)",
            "",
            "body or place unknown",
        ),
    ]
}

fn cells() -> Vec<Column> {
    vec![
        column("source_path", Kind::Code, "文件路径", "path relative to the source", "", ""),
        column("table", Kind::Code, "表", "code of the table", "", ""),
        column("row", Kind::Code, "行", "code of the row", "", ""),
        column("column", Kind::Code, "列", "code of the column", "", ""),
        column("value", Kind::Float, "数值", "the figure as printed, in `unit`", "", "printed blank or unreadable"),
        column("unit", Kind::Code, "单位", "unit of the value", "", "neither form nor cell says one"),
        column("raw", Kind::Text, "原文", "the cell's text", "", ""),
        column("row_label", Kind::Code, "行名原文", "label as printed", "", "lost"),
        column("column_label", Kind::Code, "列名", "heading of the column on the form", "", ""),
        line("lost"),
        page(),
        column(
            "matched",
            Kind::Code,
            "识别方式",
            "how the row was recognised: exact, variant, fuzzy, ocr; position: by its place, or its columns by the form's sums",
            "",
            "",
        ),
    ]
}

/// One entry per distinct code of a table's rows or columns over all editions, described by the newest.
fn measures<'f>(
    forms: &'f Forms,
    table: &str,
    of: impl Fn(&'f Table) -> Vec<(&'f str, &'f str, &'f str, &'f str)>,
    kind: impl Fn(&str) -> Kind,
) -> Vec<Column> {
    let codes = forms.codes(table, |t| of(t).into_iter().map(|m| m.0).collect());
    let all = || forms.editions.iter().rev().flat_map(|e| &e.tables).filter(|t| t.code == table).flat_map(&of);
    codes
        .iter()
        .filter_map(|code| all().find(|m| m.0 == *code))
        .map(|(code, label, gloss, unit)| {
            let unit = if code == "procurement_amount" { "元" } else { unit };
            let has = |t: &&'f Table| t.code == table && of(t).iter().any(|m| m.0 == code);
            let with = forms.editions.iter().filter(|e| e.tables.iter().any(|t| has(&t)));
            let editions = with.map(|e| e.code.clone()).collect();
            Column { editions, ..column(code, kind(unit), label, gloss, unit, NO_CELL) }
        })
        .collect()
}

fn of_columns(table: &Table) -> Vec<(&str, &str, &str, &str)> {
    table.columns.iter().map(|c| (c.code.as_str(), c.label.as_str(), c.gloss.as_str(), c.unit.as_str())).collect()
}

fn of_rows(table: &Table) -> Vec<(&str, &str, &str, &str)> {
    table.rows.iter().map(|r| (r.code.as_str(), r.label.as_str(), r.gloss.as_str(), r.unit.as_str())).collect()
}

fn by_unit(unit: &str) -> Kind {
    if unit.ends_with('元') { Kind::Float } else { Kind::Int }
}

fn disclosure(forms: &Forms) -> Vec<Column> {
    let mut columns = vec![column("item", Kind::Code, "事项", "code of the row", "", "")];
    columns.extend(measures(forms, "disclosure", of_columns, by_unit));
    columns
}

fn requests(forms: &Forms) -> Vec<Column> {
    let mut columns = vec![column("applicant", Kind::Code, "申请人", "code of the column", "", "")];
    columns.extend(measures(forms, "requests", of_rows, by_unit));
    columns
}

fn disputes(forms: &Forms) -> Vec<Column> {
    let mut columns = vec![column("case", Kind::Code, "案件", "code of the kind of case", "", "")];
    columns.extend(measures(forms, "disputes", of_columns, by_unit));
    columns
}

fn statistics(forms: &Forms) -> Vec<Column> {
    measures(forms, "statistics", of_rows, by_unit)
}

fn series() -> Vec<Column> {
    vec![
        column("series", Kind::Code, "指标", "code of the series", "", ""),
        column("value", Kind::Float, "数值", "value of the series", "", ""),
        column("comparability", Kind::Code, "可比性", "exact or approximate against the newest edition", "", ""),
    ]
}

fn sections() -> Vec<Column> {
    vec![
        column("number", Kind::Int, "章号", "number of the chapter", "", ""),
        column("code", Kind::Code, "章代码", "code of the chapter", "", ""),
        column("heading", Kind::Text, "标题原文", "heading as printed", "", ""),
        column("text", Kind::Text, "正文", "running text, tables left out", "", ""),
    ]
}

fn line(null: &'static str) -> Column {
    const EN: &str = "line of the source, from 1; in Word files and sheets the paragraph or table row, \
        in page formats the printed line, counted over all pages";
    column("line", Kind::Int, "行号", EN, "", null)
}

fn page() -> Column {
    column("page", Kind::Int, "页码", "page of the source, from 1", "", "not a paged format")
}

fn mentions() -> Vec<Column> {
    vec![
        column("metric", Kind::Code, "指标", "code of what is counted (data/metrics.toml)", "", ""),
        column("value", Kind::Float, "数值", "the figure as stated, 万 multiplied in", "", ""),
        column("unit", Kind::Code, "单位", "counting word as printed", "", "none printed"),
        column("sentence", Kind::Text, "原句", "the sentence", "", ""),
        column("source_path", Kind::Code, "文件路径", "path relative to the source", "", ""),
        line("lost"),
        page(),
    ]
}

fn coverage() -> Vec<Column> {
    vec![
        column("subject", Kind::Code, "对象", "government: of a county; body: any other", "", ""),
        column("status", Kind::Code, "状态", "found, missing (government), stopped (body)", "", ""),
        column("county", Kind::Code, "县级", "county", "", "not a county body"),
        column("prefecture", Kind::Code, "地级", "prefecture", "", "none above"),
        column("quality", Kind::Code, "完整程度", "as in reports", "", "no report"),
        column("body_id", Kind::Code, "机关编号", "as in reports", "", "no report"),
        column("last_report_id", Kind::Code, "上一份报告", "report for the year before", "", "not a stopped body"),
        column("province_name", Kind::Code, "省级", "province", "", "national, or not certain"),
    ]
}

fn findings() -> Vec<Column> {
    vec![
        column("rule", Kind::Code, "规则", "id of the rule", "", ""),
        column("severity", Kind::Code, "严重程度", "error, warning, info", "", ""),
        column("table", Kind::Code, "表", "code of the table", "", "not about one table"),
        column("row", Kind::Code, "行", "code of the row", "", "not about one row"),
        column("column", Kind::Code, "列", "code of the column", "", "not about one column"),
        column("expected", Kind::Float, "应为", "what the rule expects", "", "no figure"),
        column(
            "actual",
            Kind::Float,
            "实为",
            "what the report says: the cell; of a sum its left side; the figure of the narrative; the share of a text",
            "",
            "no figure",
        ),
        column("message_zh", Kind::Text, "说明（中文）", "sentence in Chinese", "", ""),
        column("message_en", Kind::Text, "说明（英文）", "sentence in English", "", ""),
        column("source_path", Kind::Text, "文件路径", "path relative to the source", "", ""),
        line("not about one line"),
        page(),
        column(
            "raw",
            Kind::Text,
            "单元格原文",
            "text of the cell that the finding is about",
            "",
            "not about one cell, or it is not there",
        ),
        column("row_label", Kind::Code, "行名原文", "as in `cells`", "", "as raw, or lost"),
        column("column_label", Kind::Code, "列名", "as in `cells`", "", "as raw"),
        column("value", Kind::Float, "单元格数值", "as in `cells`", "", "as raw, printed blank or unreadable"),
        column("unit", Kind::Code, "单位", "as in `cells`", "", "as raw, or neither form nor cell says one"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use nianbao_report::form::load;

    #[test]
    fn the_contract() {
        let tables = tables(&load().unwrap());
        let names: Vec<&str> = tables.iter().map(|t| t.name).collect();
        assert_eq!(
            names,
            [
                "files",
                "reports",
                "cells",
                "disclosure",
                "requests",
                "disputes",
                "statistics",
                "series",
                "sections",
                "mentions",
                "findings",
                "coverage"
            ]
        );
        let columns = |name: &str| -> Vec<String> {
            tables.iter().find(|t| t.name == name).unwrap().columns.iter().map(|c| c.name.clone()).collect()
        };
        assert_eq!(columns("disputes")[5..], ["case", "upheld", "corrected", "other", "pending", "total"]);
        assert!(columns("disclosure").ends_with(&["issued", "repealed", "in_force", "fee_amount"].map(str::to_owned)));
        assert!(columns("disclosure").contains(&"procurement_amount".to_owned()));
        let requests = columns("requests");
        assert!(["received", "carried_out", "other", "other_misc"].iter().all(|c| requests.contains(&(*c).to_owned())));
        for table in &tables {
            let mut names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            assert!(table.columns.iter().all(|c| !c.zh.is_empty() && !c.en.is_empty()), "{}", table.name);
        }
    }
}
