//! The registry of rules: every kind of finding with its stable id, severity, wording and source.
//!
//! Owns ids, severities, texts in both languages and the legal or formal source of each rule, and ties each to its page
//! in `data/rules`: a rule without one does not compile. `docs/rules.md` is made of the pages. Refuses to apply any rule.

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
    ($($name:ident: $id:literal, $severity:ident, $zh:literal, $en:literal, $source:literal;)*) => {
        /// A rule. Its id is stable: datasets of other nights are compared by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(
                #[doc = concat!("`", $id, "`: ", $en, ".\n\n")]
                // Documentation only, which no result rests on: the build script's hash leaves it out.
                #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/rules/", $id, ".md"))]
                $name,
            )*
        }

        impl Rule {
            /// Every rule, in registry order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable id.
            #[must_use]
            pub const fn id(self) -> &'static str { match self { $(Self::$name => $id,)* } }

            /// Its severity, unless a pipeline sets another.
            #[must_use]
            pub const fn severity(self) -> Severity { match self { $(Self::$name => Severity::$severity,)* } }

            /// What it says, in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str { match self { $(Self::$name => $zh,)* } }

            /// What it says, in English.
            #[must_use]
            pub const fn en(self) -> &'static str { match self { $(Self::$name => $en,)* } }

            /// The law, notice or form that it rests on; empty where it says how a page was read.
            #[must_use]
            #[allow(clippy::match_same_arms, reason = "one arm per rule, whatever they say")]
            pub const fn source(self) -> &'static str { match self { $(Self::$name => $source,)* } }
        }
    };
}

rules! {
    HardSum: "sum_broken", Error,
        "表内勾稽关系不成立",
        "a sum that the form prints or implies does not hold",
        "the form's own notes (国办公开办函〔2019〕60号, 〔2021〕30号)";
    SoftSum: "sum_unusual", Warning,
        "通常成立的数量关系不成立",
        "a usual relation between figures does not hold",
        "data/editions: identities of strength soft";
    SumsNotJudged: "sums_not_judged", Info,
        "部分勾稽关系因单元格缺失或无法读取而未核对",
        "sums that could not be judged, because cells of theirs were not found or not read",
        "the edition's form";
    UnreadableValue: "unreadable_value", Warning,
        "单元格内容无法确切读为数字",
        "a cell cannot be read as a number without guessing",
        "";
    OcrUnconfirmed: "ocr_unconfirmed", Warning,
        "扫描件识别出的数值没有勾稽关系印证，未采用",
        "values recognised in a picture that no sum confirms were left out",
        "";
    OcrDecided: "ocr_decided", Info,
        "扫描件的一个单元格有两种识别结果，依表内勾稽关系取其一",
        "two readings of a cell in a picture, of which only one fits the form's sums",
        "";
    UnplacedValue: "unplaced_value", Warning,
        "数值无法确定归属的行或列，未采用",
        "values whose row or column is not certain were left out",
        "";
    UnknownRow: "unknown_row", Warning,
        "表中有格式以外的行",
        "a row that the form does not have",
        "the edition's form";
    MissingTable: "missing_table", Warning,
        "未找到应有的表格",
        "a table of the form was not found",
        "the edition's form";
    MissingRows: "missing_rows", Warning,
        "表格不完整，部分行列缺失",
        "a table was found, but some of its cells were not",
        "the edition's form";
    RivalRows: "rival_rows", Warning,
        "同一行出现两次且数值不同，均未采用",
        "two rows claim the same place with different values; neither was taken",
        "";
    TableTwice: "table_twice", Warning,
        "同一表格在文件中不止一份，此处一份未采用",
        "a table stands more than once; this printing of it was not taken",
        "";
    PlacedByPosition: "placed_by_position", Info,
        "行名缺失或无法辨认，依相邻行确定",
        "a row whose label is lost was placed by its neighbours",
        "";
    PlacedBySums: "placed_by_sums", Info,
        "列的归属依表内勾稽关系唯一确定",
        "the columns of a row follow only from the form's sums",
        "";
    EditionUnclear: "edition_unclear", Warning,
        "无法确定所用格式版本，数值未采用",
        "which edition of the form a block follows is not certain; its values were left out",
        "";
    Deduplicated: "deduplicated_text", Error,
        "文本中重复的行已被删除，数值无法还原",
        "repeated lines were removed from the text, so its values cannot be recovered",
        "";
    Decoding: "decode_faults", Warning,
        "解码时出现无效字符",
        "bytes that are no characters of the encoding",
        "";
    Traditional: "traditional_text", Info,
        "繁体镜像页，已转换为简体后读取",
        "a traditional-character mirror, folded to simplified before reading",
        "";
    UnreadableFile: "unreadable_file", Error,
        "文件无法读取",
        "a file that could not be read",
        "";
    YearUnknown: "year_unknown", Warning,
        "无法确定报告年度",
        "the report year is not certain",
        "";
    YearDisagrees: "year_disagrees", Warning,
        "标题年度与统计期限不一致",
        "the year in the title and the stated period disagree",
        "the form: 统计期限 is the calendar year";
    AgencyUnknown: "agency_unknown", Warning,
        "无法确定发布机关",
        "the reporting body is not named",
        "";
    AgencyDisagrees: "agency_disagrees", Warning,
        "标题与落款的机关不一致",
        "the title and the signature name different bodies",
        "";
    RegionAmbiguous: "region_ambiguous", Warning,
        "地名对应多个行政区划，未采用",
        "a place name fits several divisions; none was taken",
        "GB/T 2260";
    RegionUnknown: "region_unknown", Info,
        "无法确定行政区划",
        "no division is named",
        "GB/T 2260";
    RegionConflict: "region_conflict", Warning,
        "地名证据相互矛盾",
        "two kinds of evidence for the place disagree",
        "";
    SuspectCell: "suspect_cell", Info,
        "该单元格最可能有误：改为此值后各勾稽关系均成立（仅为提示，数据未改动）",
        "the cell that most likely is wrong: with the expected value every broken sum it is in would hold (a hint; the data keep what is printed)",
        "the form's own sums";
    NegativeValue: "negative_value", Error,
        "计数为负数",
        "a count is negative",
        "a count; only 本年增/减 is signed";
    IssuedAboveInForce: "issued_above_in_force", Warning,
        "本年制发件数大于现行有效件数与本年废止件数之和",
        "more documents issued this year than are in force or were repealed",
        "国办公开办函〔2021〕30号: in_force is the stock at year end";
    NarrativeDisagrees: "narrative_disagrees", Warning,
        "正文所述数量与表格不一致",
        "a figure in the narrative differs from the table",
        "";
    PublishedLate: "published_late", Warning,
        "发布时间晚于法定期限",
        "published after the legal date",
        "2019 Regulations (国务院令第711号) Art. 49; before: 2008 Regulations (第492号) Art. 31";
    PublishedEarly: "published_early", Warning,
        "落款日期早于统计期限届满",
        "dated before the last day of the year it reports on",
        "2019 Regulations Art. 49: the report follows the year";
    MissingChapter: "missing_chapter", Warning,
        "缺少格式规定的章节",
        "a chapter of the form is missing",
        "2019 Regulations Art. 50; the edition's form";
    FormOfOtherYear: "form_of_other_year", Warning,
        "所用格式不是该年度的格式",
        "the form is not that of the report year",
        "国办公开办函〔2019〕60号 (from 2019), 〔2021〕30号 (from 2021)";
    CarriedOverDiffers: "carried_over_differs", Warning,
        "上年结转件数与上一年度报告的结转下年度件数不一致",
        "carried in differs from what last year's report carried out",
        "the form: 上年结转 is last year's 结转下年度";
    StockDiffers: "stock_differs", Warning,
        "现行有效件数与上年现行有效加本年制发减本年废止之数不一致",
        "documents in force differ from last year's stock plus issued minus repealed",
        "国办公开办函〔2021〕30号";
    RepealedAboveStock: "repealed_above_stock", Warning,
        "本年废止件数大于上年现行有效件数与本年制发件数之和",
        "more documents repealed than there were",
        "国办公开办函〔2021〕30号";
    BelowDepartments: "below_departments", Warning,
        "政府汇总数小于所属部门、乡镇报告之和",
        "a government's total is below the sum of its bodies' own reports",
        "practice of the reports: a government's adds up its bodies (data/harmonised.toml)";
    ReissueDiffers: "reissue_differs", Warning,
        "同一机关同一年度的另一份报告数据不同",
        "another report of the same body and year has other figures",
        "";
    ValueApart: "value_apart", Info,
        "某类处理决定数量为本报告其他各类的百倍以上",
        "a count of decisions is a hundred times that of every other kind in the report",
        "";
    ValueJump: "value_jump", Warning,
        "数值为相邻年度的百倍以上",
        "a figure is a hundred times that of the year before or after",
        "";
    RequestsCopied: "requests_copied", Warning,
        "依申请公开表与上一年度完全相同",
        "the table of requests is that of the year before",
        "";
    DisclosureCopied: "disclosure_copied", Warning,
        "主动公开表与上一年度完全相同",
        "the table of disclosure is that of the year before",
        "";
    NarrativeCopied: "narrative_copied", Warning,
        "正文与上一年度报告高度重复",
        "the narrative repeats last year's",
        "";
    NarrativeShared: "narrative_shared", Warning,
        "正文与其他机关的报告高度重复",
        "the narrative repeats that of another body",
        "";
}

impl Rule {
    /// The rule with an id.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_texts_whole() {
        let mut ids: Vec<&str> = Rule::ALL.iter().map(|r| r.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|r| !r.zh().is_empty() && !r.en().is_empty()));
        assert!(Rule::ALL.len() < 256, "a record keeps one byte");
        assert_eq!(Rule::of("sum_broken"), Some(Rule::HardSum));
    }
}
