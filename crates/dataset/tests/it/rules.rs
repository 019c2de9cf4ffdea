//! Rules on one report: for each a page that breaks it and one that nearly does; and the narrative of seed 003 against its
//! own tables, as printed and deliberately changed.

use std::fs;

use nianbao_dataset::FileRecord;
use nianbao_dataset::{Bounds, FileFacts, read_bytes};
use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_report::finding::{Finding, Rule, Settings};
use nianbao_report::{Examined, Knowledge, examine};
use nianbao_testing::shared;
use nianbao_testing::years::{Random, Said, page, prose};

fn examined(text: &str) -> Examined {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    examine(&knowledge, &read::read(text.as_bytes(), &Limits::default()).unwrap(), "宁夏回族自治区/中卫市/中宁县/x.txt")
        .unwrap()
}

fn of<'e>(examined: &'e Examined, rule: &str) -> Vec<&'e Finding> {
    examined.report.findings.iter().filter(|f| f.rule.id() == rule).collect()
}

fn said() -> Said {
    Said {
        year: 2023,
        received: 24,
        carried_in: 1,
        granted: 20,
        petitions: 3,
        carried_out: 2,
        documents: [3, 1, 20],
        licences: 120,
        penalties: 40,
        disputes: [2, 1, 0, 0, 3],
        narrative: prose(&mut Random(3), 30),
        without: None,
        published: (2024, 1, 20),
        period: 2023,
        told: None,
        misprint: None,
    }
}

/// Whether a rule speaks on a page with a change and is silent on one with a smaller change.
fn breaks(rule: &str, broken: impl Fn(&mut Said), nearly: impl Fn(&mut Said)) {
    let count = |change: &dyn Fn(&mut Said)| {
        let mut said = said();
        change(&mut said);
        of(&examined(&page("中宁县教育局", &said)), rule).len()
    };
    assert!(count(&broken) > 0, "{rule} is silent");
    assert_eq!(count(&nearly), 0, "{rule} speaks where it should not");
}

#[test]
fn each_rule_breaks_and_nearly_breaks() {
    assert_eq!(examined(&page("中宁县教育局", &said())).report.findings, [], "a page without fault");
    breaks("sum_broken", |s| s.misprint = Some((0, 25)), |s| s.misprint = Some((0, 24)));
    breaks("negative_value", |s| s.licences = -1, |s| s.licences = 0);
    breaks("issued_above_in_force", |s| s.documents = [22, 1, 20], |s| s.documents = [21, 1, 20]);
    breaks("value_apart", |s| (s.licences, s.penalties) = (4000, 40), |s| (s.licences, s.penalties) = (3999, 40));
    breaks("value_apart", |s| (s.licences, s.penalties) = (1000, 10), |s| (s.licences, s.penalties) = (999, 9));
    breaks("narrative_disagrees", |s| s.told = Some(25), |s| s.told = Some(24));
    breaks("published_late", |s| s.published = (2024, 2, 1), |s| s.published = (2024, 1, 31));
    breaks("published_early", |s| s.published = (2023, 12, 30), |s| s.published = (2023, 12, 31));
    breaks("missing_chapter", |s| s.without = Some(5), |_| {});
    breaks("missing_table", |s| s.without = Some(3), |_| {});
    // The form of 2021 printed for 2020: its title and period say 2020.
    breaks(
        "form_of_other_year",
        |s| (s.year, s.period, s.published) = (2020, 2020, (2021, 1, 20)),
        |s| (s.year, s.period, s.published) = (2021, 2021, (2022, 1, 20)),
    );
    breaks("year_disagrees", |s| s.period = 2022, |s| s.period = 2023);
}

/// The same for rules about how a page is written: `broken` and `nearly` replace one text of it by another.
fn writes(rule: &str, broken: (&str, &str), nearly: (&str, &str)) {
    let count = |(from, to): (&str, &str)| {
        let text = page("中宁县教育局", &said());
        assert!(text.contains(from), "{rule}: the page has no {from}");
        of(&examined(&text.replace(from, to)), rule).len()
    };
    assert!(count(broken) > 0, "{rule} is silent");
    assert_eq!(count(nearly), 0, "{rule} speaks where it should not");
}

#[test]
fn rules_about_writing_break_and_nearly_break() {
    writes("unreadable_value", ("行政许可\t120", "行政许可\t1?0"), ("行政许可\t120", "行政许可\t１２０"));
    writes(
        "missing_rows",
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0\n", ""),
        ("6.属于四类过程性信息", "6. 属于四类过程性信息"),
    );
    writes(
        "unplaced_value",
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0", "6.属于四类过程性信息\t5\t0\t0\t0\t0"),
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0", "6.属于四类过程性信息\t0\t0\t\t0\t0\t0\t0"),
    );
    writes(
        "sums_not_judged",
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0\n", ""),
        ("6.属于四类过程性信息", "6. 属于四类过程性信息"),
    );
    writes(
        "unknown_row",
        ("2.重复申请\t", "2.属于外星人申请\t1\t0\t0\t0\t0\t0\t1\n2.重复申请\t"),
        ("2.重复申请\t", "2.重复申清\t"),
    );
    writes(
        "decode_faults",
        ("本年新收政府信息公开申请", "本年新收政府信\u{FFFD}公开申请24件"),
        ("编制本报告", "编制本报告书"),
    );
    writes("agency_unknown", ("中宁县教育局", ""), ("中宁县教育局编制", "编制"));
    writes(
        "placed_by_position",
        ("6.属于四类过程性信息\t", "\t"),
        ("6.属于四类过程性信息\t", "6.属于四类过程性信患\t"),
    );
    writes(
        "rival_rows",
        ("2.重复申请\t", "2.重复申请\t1\t0\t0\t0\t0\t0\t1\n2.重复申请\t"),
        ("2.重复申请\t", "2. 重复申请\t"),
    );
    writes(
        "edition_unclear",
        ("本年废止件数\t现行有效件数", "本年新公开数量\t对外公开总数量"),
        ("本年废止件数\t现行有效件数", "本年废止数\t现行有效数"),
    );
}

#[test]
fn rules_about_whole_pages_break_and_nearly_break() {
    let text = page("中宁县教育局", &said());
    let undated = text.replace("2023年", "").replace("2024年", "");
    assert_eq!(of(&examined(&undated), "year_unknown").len(), 1);
    assert_eq!(
        of(
            &examined(&undated.replacen("政府信息公开工作年度报告", "2023年政府信息公开工作年度报告", 1)),
            "year_unknown"
        ),
        [] as [&Finding; 0]
    );
    let pairs = [
        ("开", "開"),
        ("报", "報"),
        ("关", "關"),
        ("请", "請"),
        ("办", "辦"),
        ("处", "處"),
        ("结", "結"),
        ("务", "務"),
    ];
    let traditional = pairs.iter().fold(text.clone(), |t, (from, to)| t.replace(from, to));
    assert_eq!(of(&examined(&traditional), "traditional_text").len(), 1);
    assert_eq!(of(&examined(&text.replacen('报', "報", 1)), "traditional_text").len(), 0, "one traditional character");
}

/// The body that signs is another one than the title's.
#[test]
fn a_signature_of_another_body_breaks_and_the_same_in_full_does_not() {
    let signed = |by: &str| {
        let text = page("中宁县教育局", &said());
        let at = text.rfind("中宁县教育局\n").unwrap();
        of(&examined(&format!("{}{by}{}", &text[..at], &text[at + "中宁县教育局".len()..])), "agency_disagrees").len()
    };
    assert_eq!((signed("中宁县财政局"), signed("中宁县教育局")), (1, 0));
}

/// Row by row with what is printed, and one cell per line.
#[test]
fn rules_about_layouts_break_and_nearly_break() {
    writes(
        "placed_by_sums",
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0", "6.属于四类过程性信息0000000"),
        ("6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0", "6.属于四类过程性信息0 0 0 0 0 0 0"),
    );
    let lines = page("中宁县教育局", &said()).replace('\t', "\n");
    assert_eq!(of(&examined(&lines), "deduplicated_text"), [] as [&Finding; 0], "a cell per line is no fault");
    let mut seen = std::collections::HashSet::new();
    let dump: String =
        lines.lines().filter(|l| l.trim().is_empty() || seen.insert(*l)).map(|l| format!("{l}\n")).collect();
    let read = examined(&dump);
    assert_eq!(of(&read, "deduplicated_text").len(), 1);
    assert!(read.report.tables.cells.iter().all(|c| c.value.is_none()), "nothing is taken from it");
}

/// The table of the year before in the same page: with its year it is named and left out, without one neither is taken.
#[test]
fn tables_that_stand_twice_break_and_nearly_break() {
    let own = page("中宁县教育局", &said());
    let (start, end) = (own.find("三、收到和处理").unwrap(), own.find("四、政府信息公开行政复议").unwrap());
    let table = &own[start..end];
    let older = table.replace("\t24\t", "\t17\t").replace("三、收到和处理政府信息公开申请情况", "2022年度情况");
    assert_ne!(older, table);
    let received = |text: &str| {
        let examined = examined(text);
        let twice = of(&examined, "table_twice").len();
        let cells = examined.report.tables.cells.iter().filter(|c| c.value == Some(24.0) || c.value == Some(17.0));
        (twice, cells.map(|c| c.value.unwrap()).fold(0.0, f64::max))
    };
    assert_eq!(received(&own).0, 0);
    let dated = own.replace(table, &format!("{older}\n2023年度情况\n{table}"));
    assert_eq!(received(&dated), (1, 24.0), "the year of the title decides");
    let copied = own.replace(table, &format!("{table}\n{table}"));
    assert_eq!(received(&copied), (0, 24.0), "an equal copy is no second table");
    let nothing = own.replace(table, &format!("{table}\n{}", older.replace("2022年度情况", "")));
    assert_eq!(received(&nothing), (2, 0.0), "nothing says which");
}

/// A list of 2014-2018: what local offices add to it.
#[test]
fn sums_of_the_lists_of_2014_break_and_nearly_break() {
    let list = |channel: &str, letters: u32, closed: u32| {
        format!(
            "中宁县教育局2016年政府信息公开工作年度报告\n\n一、概述\n\n中宁县教育局编制本报告。\n\n政府信息公开情况统计表\n\n\
             指标名称\t计量单位\t统计数\n三、依申请公开情况\t\t\n（一）收到申请数\t件\t12\n1.当面申请数\t件\t5\n2.传真申请数\t件\t0\n\
             3.网络申请数\t件\t4\n4.信函申请数\t件\t{letters}\n{channel}（二）申请办结数\t件\t{closed}\n1.按时办结数\t件\t{closed}\n\
             2.延期办结数\t件\t0\n（三）申请答复数\t件\t12\n1.属于已主动公开范围数\t件\t12\n2.同意公开答复数\t件\t0\n"
        )
    };
    let spoken = |text: &str| {
        let examined = examined(text);
        ["sum_broken", "sum_unusual"].map(|rule| of(&examined, rule).len())
    };
    assert_eq!(spoken(&list("", 3, 12)), [0, 0]);
    assert_eq!(spoken(&list("", 1, 12)), [1, 0], "12 received and 10 of them told");
    assert_eq!(spoken(&list("", 3, 11)), [0, 1], "closed and answered are usually the same");
    // The form has four channels; where an office printed a fifth, its sum is its own.
    assert_eq!(spoken(&list("5.电话申请数\t件\t2\n", 1, 12)), [0, 1]);
    assert_eq!(spoken(&list("5.电话申请数\t件\t1\n", 1, 12)), [1, 0], "the fifth does not explain it");
    let elsewhere = list("", 1, 12).replace("2.延期办结数", "（2）当场办结数\t件\t2\n2.延期办结数");
    assert_eq!(spoken(&elsewhere), [1, 0], "what is no channel explains nothing");
}

#[test]
fn rules_about_places_break_and_nearly_break() {
    let of_place = |agency: &str, path: &str| {
        let knowledge = Knowledge::load(Settings::default()).unwrap();
        let document = read::read(page(agency, &said()).as_bytes(), &Limits::default()).unwrap();
        let examined = examine(&knowledge, &document, path).unwrap();
        ["region_unknown", "region_ambiguous", "region_conflict"].map(|rule| of(&examined, rule).len())
    };
    assert_eq!(of_place("中宁县教育局", "宁夏回族自治区/x.txt"), [0, 0, 0]);
    assert_eq!(of_place("教育局", "x.txt"), [1, 0, 0]);
    assert_eq!(of_place("教育局", "宁夏回族自治区/中卫市/中宁县/x.txt"), [0, 0, 0]);
    assert_eq!(of_place("市中区教育局", "x.txt"), [0, 1, 0]);
    assert_eq!(of_place("市中区教育局", "山东省/枣庄市/x.txt"), [0, 0, 0]);
    assert_eq!(of_place("贺兰县教育局", "宁夏回族自治区/中卫市/中宁县/x.txt"), [0, 0, 1]);
    assert_eq!(of_place("贺兰县教育局", "宁夏回族自治区/银川市/x.txt"), [0, 0, 0]);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_a_file_that_is_no_report_is_not() {
    let findings = |bytes: &[u8]| {
        let knowledge = Knowledge::load(Settings::default()).unwrap();
        let start = FileFacts::named("x");
        let outcome = read_bytes(&knowledge, start, bytes, &Bounds::default()).remove(0);
        let record = FileRecord { facts: outcome.facts, ..FileRecord::default() };
        record.finding().map(|f| Rule::ALL[usize::from(f.rule)].id())
    };
    assert_eq!(findings(b"%PDF-1.7\nnothing that is one"), Some("unreadable_file"));
    assert_eq!(findings("今天天气很好。".as_bytes()), None);
}

/// Rules on one report are broken here or in `ocr.rs`, those across reports in `across.rs`.
#[test]
fn no_rule_is_left_out() {
    let root = nianbao_testing::root();
    let files = ["crates/dataset/tests/it/rules.rs", "tests/it/across.rs", "crates/dataset/tests/it/ocr.rs"];
    let texts: String = files.iter().map(|f| fs::read_to_string(root.join(f)).unwrap()).collect();
    let untold: Vec<&str> =
        Rule::ALL.iter().map(|r| r.id()).filter(|id| !texts.contains(&format!("\"{id}\""))).collect();
    assert_eq!(untold, [] as [&str; 0]);
}

/// The end of a label that was broken over lines is no sentence: 不再处理其 / 政府信息公开申请 0.
#[test]
fn labels_of_tables_mention_nothing() {
    let text = page("中宁县教育局", &said());
    let label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0";
    assert!(text.contains(label));
    let broken =
        text.replace(label, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其\n政府信息公开申请 0 0 0 0 0 0 0");
    let mentions = |text: &str| examined(text).mentions.iter().map(|m| (m.metric, m.value)).collect::<Vec<_>>();
    assert_eq!(mentions(&broken), mentions(&text));
}

#[test]
fn the_wrong_cell_is_singled_out_with_its_right_value() {
    for (which, row, right) in [(0, "received", 24.0), (1, "granted", 20.0), (2, "carried_out", 2.0)] {
        let mut said = said();
        said.misprint = Some((which, 57));
        let examined = examined(&page("中宁县教育局", &said));
        let hints = of(&examined, "suspect_cell");
        let [hint] = hints.as_slice() else { panic!("{row}: {hints:?}") };
        assert_eq!((hint.row.as_deref(), hint.column.as_deref()), (Some(row), Some("natural_person")));
        assert_eq!((hint.expected, hint.actual), (Some(right), Some(57.0)));
        let value = examined.report.tables.cells.iter().find(|c| c.raw == "57").and_then(|c| c.value);
        assert_eq!(value, Some(57.0), "the data keep what is printed");
    }
}

#[test]
fn severities_and_thresholds_are_the_operator_s() {
    let settings: Settings = toml::from_str("[thresholds]\ngrace_days = 5").unwrap();
    let knowledge = Knowledge::load(settings).unwrap();
    let late = |day: u32| {
        let mut said = said();
        said.published = (2024, 2, day);
        let document = read::read(page("中宁县教育局", &said).as_bytes(), &Limits::default()).unwrap();
        let examined = examine(&knowledge, &document, "x.txt").unwrap();
        of(&examined, "published_late").len()
    };
    assert_eq!((late(5), late(6)), (0, 1));
}

#[test]
fn the_narrative_of_seed_003() {
    let Some(shared) = shared() else { return };
    let text = fs::read_to_string(shared.join("seeds/003_a50f55d48500a26a.txt")).unwrap();
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let figures = |text: &str| {
        let examined = examined(text);
        let told: Vec<(String, f64)> = examined
            .mentions
            .iter()
            .map(|m| (knowledge.metrics.all()[m.metric].code.clone(), m.value))
            .filter(|(code, _)| code.starts_with("applications_") || code.ends_with("_cases"))
            .collect();
        let wrong: Vec<(Option<String>, Option<f64>, Option<f64>)> =
            of(&examined, "narrative_disagrees").iter().map(|f| (f.row.clone(), f.expected, f.actual)).collect();
        (told, wrong, examined.tally)
    };
    let (told, wrong, whole) = figures(&text);
    assert_eq!(wrong, []);
    let said = [
        ("applications_closed", 24.0),
        ("applications_carried_out", 4.0),
        ("review_cases", 2.0),
        ("litigation_cases", 4.0),
    ];
    assert_eq!(told, said.map(|(code, value)| (code.to_owned(), value)));
    for (from, to, row, expected) in [
        ("申请 24 件", "申请 25 件", "processed", 24.0),
        ("继续办理 4 件", "继续办理 5 件", "carried_out", 4.0),
        ("行政复议 2 件", "行政复议 5 件", "reconsideration", 2.0),
        ("行政诉讼 4 件", "行政诉讼 5 件", "litigation_direct + litigation_after_reconsideration", 4.0),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let (_, wrong, same) = figures(&changed);
        let told = if row == "processed" { 25.0 } else { 5.0 };
        assert_eq!(wrong, [(Some(row.to_owned()), Some(expected), Some(told))]);
        assert_eq!(whole.evaluated, same.evaluated, "evaluated, passed or not");
    }
}

/// The page with its tables as HTML.
fn html(text: &str) -> String {
    let mut out = String::from("<html><head><meta charset=\"utf-8\"></head><body>");
    let mut open = false;
    for line in text.lines() {
        let row = line.contains('\t');
        if row != open {
            out.push_str(if row { "<table>" } else { "</table>" });
            open = row;
        }
        if row {
            let cells: String = line.split('\t').map(|c| format!("<td>{c}</td>")).collect();
            out.push_str(&format!("<tr>{cells}</tr>\n"));
        } else {
            out.push_str(&format!("<p>{line}</p>\n"));
        }
    }
    out + "</body></html>"
}

/// In a real grid a blank cell has one place: a row with blanks whose sum does not hold is read, and the sum told.
#[test]
fn a_grid_leaves_no_doubt_where_a_blank_stands() {
    let row = "6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0";
    let text = page("中宁县教育局", &said());
    assert!(text.contains(row));
    let read = examined(&html(&text.replace(row, "6.属于四类过程性信息\t\t1\t0\t0\t0\t0\t5")));
    assert_eq!(of(&read, "unplaced_value"), [] as [&Finding; 0]);
    let broken = of(&read, "sum_broken");
    assert!(
        broken.iter().any(|f| f.row.as_deref() == Some("denied_process_information") && f.actual == Some(5.0)),
        "{broken:?}"
    );
    assert!(
        broken[0].message_zh().contains('件') || broken[0].message_zh().contains('＝'),
        "{}",
        broken[0].message_zh()
    );
    assert!(!broken[0].message_zh().contains("total ==") && broken[0].message_en().contains("=="));
}

/// Where many cells share a source line, or sentences stand between two tables, figures of the narrative are still read.
#[test]
fn sentences_near_tables_are_read() {
    let path = nianbao_testing::root().join("tests/data/formats/docx-nested.docx");
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let document = read::read(&fs::read(path).unwrap(), &Limits::default()).unwrap();
    let nested = examine(&knowledge, &document, "x.docx").unwrap();
    assert!(nested.mentions.iter().any(|m| m.value == 445.0), "{:?}", nested.mentions);
    let sentence = "2023年，我单位共收到政府信息公开申请987件。";
    let text = page("中宁县教育局", &said())
        .replace("四、政府信息公开行政复议", &format!("{sentence}\n四、政府信息公开行政复议"));
    assert!(examined(&text).mentions.iter().any(|m| m.value == 987.0));
}
