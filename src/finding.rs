//! Findings: what is wrong or doubtful about a report, and the one registry of the rules that say so.
//!
//! Owns rule ids, severities and wording in both languages. Refuses to decide: rules are applied in `extract`, `region`
//! and `check`.

use std::fmt::Write as _;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The report contradicts itself or could not be read in part.
    Error,
    /// Doubtful.
    Warning,
    /// Worth knowing; nothing is wrong.
    Info,
}

impl Severity {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

macro_rules! rules {
    ($($name:ident, $id:literal, $severity:ident, $zh:literal, $en:literal;)*) => {
        /// A rule. Its id is stable: datasets of other nights are compared by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $(#[doc = $en] $name,)* }

        impl Rule {
            /// Every rule, in registry order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable id.
            #[must_use]
            pub const fn id(self) -> &'static str { match self { $(Self::$name => $id,)* } }

            /// Its severity.
            #[must_use]
            pub const fn severity(self) -> Severity { match self { $(Self::$name => Severity::$severity,)* } }

            /// What it says, in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str { match self { $(Self::$name => $zh,)* } }

            /// What it says, in English.
            #[must_use]
            pub const fn en(self) -> &'static str { match self { $(Self::$name => $en,)* } }
        }
    };
}

rules! {
    HardSum, "sum_broken", Error, "表内勾稽关系不成立", "a sum that the form prints or implies does not hold";
    SoftSum, "sum_unusual", Warning, "通常成立的数量关系不成立", "a usual relation between figures does not hold";
    UnreadableValue, "unreadable_value", Warning, "单元格内容无法确切读为数字", "a cell cannot be read as a number without guessing";
    UnplacedValue, "unplaced_value", Warning, "数值无法确定归属的行或列，未采用", "values whose row or column is not certain were left out";
    UnknownRow, "unknown_row", Warning, "表中有格式以外的行", "a row that the form does not have";
    MissingTable, "missing_table", Warning, "未找到应有的表格", "a table of the form was not found";
    MissingRows, "missing_rows", Warning, "表格不完整，部分行列缺失", "a table was found, but some of its cells were not";
    RivalRows, "rival_rows", Warning, "同一行出现两次且数值不同，均未采用", "two rows claim the same place with different values; neither was taken";
    PlacedByPosition, "placed_by_position", Info, "行名缺失或无法辨认，依相邻行确定", "a row whose label is lost was placed by its neighbours";
    PlacedBySums, "placed_by_sums", Info, "列的归属依表内勾稽关系唯一确定", "the columns of a row follow only from the form's sums";
    EditionUnclear, "edition_unclear", Warning, "无法确定所用格式版本，数值未采用", "which edition of the form a block follows is not certain; its values were left out";
    Deduplicated, "deduplicated_text", Error, "文本中重复的行已被删除，数值无法还原", "repeated lines were removed from the text, so its values cannot be recovered";
    Decoding, "decode_faults", Warning, "解码时出现无效字符", "bytes that are no characters of the encoding";
    Traditional, "traditional_text", Info, "繁体镜像页，已转换为简体后读取", "a traditional-character mirror, folded to simplified before reading";
    UnreadableFile, "unreadable_file", Error, "文件无法读取", "a file that could not be read";
    YearUnknown, "year_unknown", Warning, "无法确定报告年度", "the report year is not certain";
    YearDisagrees, "year_disagrees", Warning, "标题年度与统计期限不一致", "the year in the title and the stated period disagree";
    AgencyUnknown, "agency_unknown", Warning, "无法确定发布机关", "the reporting body is not named";
    RegionAmbiguous, "region_ambiguous", Warning, "地名对应多个行政区划，未采用", "a place name fits several divisions; none was taken";
    RegionUnknown, "region_unknown", Info, "无法确定行政区划", "no division is named";
}

/// One finding. Codes are those of the form; texts quote the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Table code.
    pub table: Option<String>,
    /// Row code.
    pub row: Option<String>,
    /// Column code.
    pub column: Option<String>,
    /// What the rule expects.
    pub expected: Option<f64>,
    /// What is printed.
    pub actual: Option<f64>,
    /// What is quoted behind the rule's sentence, the same in both languages.
    pub detail: String,
    /// Source line, from 1.
    pub line: Option<u32>,
}

impl Finding {
    /// A finding about the report as a whole.
    #[must_use]
    pub fn new(rule: Rule, detail: impl Into<String>) -> Self {
        Self {
            rule,
            table: None,
            row: None,
            column: None,
            expected: None,
            actual: None,
            detail: detail.into(),
            line: None,
        }
    }

    /// The same, at a source line.
    #[must_use]
    pub fn at(mut self, line: u32) -> Self {
        self.line = (line > 0).then_some(line);
        self
    }

    /// The same, for a table.
    #[must_use]
    pub fn in_table(mut self, table: &str) -> Self {
        self.table = Some(table.to_owned());
        self
    }

    /// The same, for a cell or a part of its address.
    #[must_use]
    pub fn on(mut self, row: Option<&str>, column: Option<&str>) -> Self {
        self.row = row.map(str::to_owned);
        self.column = column.map(str::to_owned);
        self
    }

    /// Sentence and quotation in Chinese.
    #[must_use]
    pub fn message_zh(&self) -> String {
        self.message(self.rule.zh(), "：")
    }

    /// Sentence and quotation in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        self.message(self.rule.en(), ": ")
    }

    fn message(&self, sentence: &str, colon: &str) -> String {
        let mut out = sentence.to_owned();
        if !self.detail.is_empty() {
            let _ = write!(out, "{colon}{}", self.detail);
        }
        out
    }
}

/// At most `limit` characters of a text on one line, for quoting.
#[must_use]
pub fn quote(text: &str, limit: usize) -> String {
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(limit).collect();
    if text.chars().count() > limit {
        out.push('…');
    }
    out
}
