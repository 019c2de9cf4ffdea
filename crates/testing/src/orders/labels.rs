//! Rows of the tables: which stand there, in which order, under which labels: the dimension Label.

use super::figures::{Figures, plain};
use super::kinds::{Dimension, Spec};
use crate::generate::{Rng, form};

/// One printed row. Without a code it is none of the form, and `own` are its figures by column.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub code: &'static str,
    /// Of table 三: `top`, `outcome` or a sub-section.
    pub place: &'static str,
    pub label: String,
    pub unit: &'static str,
    pub own: Vec<(&'static str, String)>,
}

const EXPLAINED: [(&str, &str); 22] = [
    ("rules", "（设区的市、自治州人民政府应提供相关数据）"),
    ("normative_documents", "（不含规章）"),
    ("licensing", "（含行政确认，不含行政处罚）"),
    ("penalties", "（含简易程序，不含行政强制）"),
    ("compulsory_measures", "（含强制措施和强制执行）"),
    ("fees", "（不含政府集中采购）"),
    ("other_services", "（指行政处罚、行政强制、行政许可之外的办事事项）"),
    ("received", "（不含上年结转）"),
    ("carried_in", "（截至上年12月31日）"),
    ("granted", "（含自行查阅的）"),
    ("denied_state_secret", "（含其他法律规定的秘密）"),
    ("denied_enforcement_file", "（含行政许可、行政处罚案卷）"),
    ("unavailable_not_held", "（含不属于本机关负责公开的）"),
    ("not_processed_petition", "（不含重复申请）"),
    ("not_processed_repeated", "（同一申请人同一内容）"),
    ("carried_out", "（截至12月31日）"),
    ("channel_website", "（含部门网站、不含政务微信）"),
    ("channel_gazette", "（含公报电子版）"),
    ("policy_explainers", "（含转载，不含新闻发布会）"),
    ("complaints", "（不含行政复议、行政诉讼）"),
    ("meetings", "（不含培训班）"),
    ("closed_on_time", "（不含延期办结）"),
];

const OTHER_FORM: [(&str, &str); 14] = [
    ("denied_law_prohibits", "其他法律、行政法规禁止公开的"),
    ("denied_third_party_rights", "保护第三方的合法权益"),
    ("denied_internal_affairs", "属于三类内部事务"),
    ("not_processed_petition", "信访、举报、投诉类申请"),
    ("not_processed_published", "要求提供公开出版物的"),
    ("other_not_corrected", "逾期不补正"),
    ("other_fee_unpaid", "逾期未缴纳费用"),
    ("channel_website", "政府网站公开信息数"),
    ("channel_weibo", "政务微博公开信息数"),
    ("received_online", "网络申请件数"),
    ("answered_not_existing", "申请的信息不存在数"),
    ("staff", "政府信息公开工作人员数"),
    ("other_services", "其他对外管理服务"),
    ("fees", "行政事业收费"),
];

/// A label with its ordinal as this document numbers and words it.
fn label(spec: Spec, code: &str, ordinal: &str, text: &str, choice: usize) -> String {
    let listed = |all: &[(&'static str, &'static str)]| all.iter().find(|e| e.0 == code).map(|e| e.1);
    match spec.kind(Dimension::Label) {
        "explained" => format!("{ordinal}{text}{}", listed(&EXPLAINED).unwrap_or("")),
        "other-form" => {
            let text = match code {
                "denied_state_secret" if text.starts_with("属于") => "涉及国家秘密",
                "denied_security_stability" if text.contains('“') => "危及国家安全、公共安全、经济安全、社会稳定",
                _ => listed(&OTHER_FORM).unwrap_or(text),
            };
            format!("{ordinal}{text}")
        }
        "numbering" => format!("{}{text}", numbered(ordinal, choice)),
        "broken" => {
            let chars: Vec<char> = text.chars().collect();
            let at = 1 + choice % (chars.len().max(3) - 2);
            let gap = ["\n", " ", "　"][choice % 3];
            let (a, b) = chars.split_at(at.min(chars.len()));
            format!("{ordinal}{}{gap}{}", a.iter().collect::<String>(), b.iter().collect::<String>())
        }
        _ => format!("{ordinal}{text}"),
    }
}

/// Another way to write `1.`
fn numbered(ordinal: &str, choice: usize) -> String {
    let Some(digit) = ordinal.strip_suffix('.').and_then(|d| d.parse::<u32>().ok()) else {
        let bare = |c: char| !"（）".contains(c);
        return match (choice % 5, ordinal.starts_with('（')) {
            (1, true) => format!("({})", ordinal.chars().filter(|c| bare(*c)).collect::<String>()),
            (3, true) => format!("{ordinal}、"),
            _ => ordinal.to_owned(),
        };
    };
    match choice % 5 {
        0 => format!("{digit}、"),
        1 => format!("({digit})"),
        2 => char::from_u32(0x245F + digit).map_or(String::new(), |c| c.to_string()),
        3 => String::new(),
        _ => format!("{}．", char::from_u32(0xFF10 + digit).unwrap_or('１')),
    }
}

/// Figures of a row that the form does not have.
fn own(columns: &[&'static str], limit: impl Fn(&str) -> f64, rng: &mut Rng) -> Vec<(&'static str, String)> {
    let mut out: Vec<(&'static str, f64)> = Vec::new();
    for column in columns {
        let most = limit(column).max(0.0) as i64;
        let value = match *column {
            "total" => out.iter().map(|c| c.1).sum(),
            _ => rng.between(0, most + 1) as f64,
        };
        out.push((column, value));
    }
    out.into_iter().map(|(c, v)| (c, plain(v))).collect()
}

/// The rows of table 三. What rows of the form's own sums change with an added ground is changed in `figures`.
pub fn requests(spec: Spec, figures: &mut Figures, choice: usize, rng: &mut Rng) -> Vec<Row> {
    let columns = form::APPLICANTS.map(|a| a.0);
    let mut rows: Vec<Row> = Vec::new();
    for (code, place, ordinal, text) in form::lines(figures.edition) {
        let text = label(spec, code, ordinal, text, choice);
        rows.push(Row { code, place, label: text, ..Row::default() });
        let part = |c: &str| figures.value("requests", code, c);
        match (spec.kind(Dimension::Label), code) {
            ("sub-rows", "received") => {
                for name in ["其中：网上申请", "其中：当面申请"] {
                    rows.push(Row { place, label: name.into(), own: own(&columns, part, rng), ..Row::default() });
                }
            }
            ("sub-rows", "not_processed_petition" | "granted") => {
                let row =
                    Row {
                        place, label: "其中：网上答复".into(), own: own(&columns, part, rng), ..Row::default()
                    };
                rows.push(row);
            }
            ("unknown-rows", "denied_administrative_query") => {
                let row = own(&columns, |_| 9.0, rng);
                for (column, value) in &row {
                    let value: f64 = value.parse().unwrap_or(0.0);
                    for sum in ["received", "processed"] {
                        let before = figures.value("requests", sum, column);
                        figures.set(("requests", sum, column), before + value);
                    }
                }
                rows.push(Row { place, label: "9.其他不予公开情形".into(), own: row, ..Row::default() });
            }
            _ => {}
        }
    }
    if spec.is(Dimension::Label, &["group-rows"]) {
        rows = grouped(&rows, figures);
    }
    if spec.is(Dimension::Label, &["out-of-order"]) {
        rows = moved(rows, choice, rng);
    }
    rows
}

/// Rows of groups with their sums, before the rows of the group.
fn grouped(rows: &[Row], figures: &Figures) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if row.place == "outcome" && out.last().is_some_and(|r| r.place == "top") {
            out.push(Row { place: "top", label: "三、本年度办理结果".into(), ..Row::default() });
        }
        if let Some((part, name)) = form::SUBSECTIONS.iter().find(|s| s.0 == row.place)
            && rows[i - 1].place != row.place
        {
            let sum = |c: &str| {
                rows.iter().filter(|r| r.place == row.place).map(|r| figures.value("requests", r.code, c)).sum()
            };
            let own = form::APPLICANTS.iter().map(|a| (a.0, plain(sum(a.0)))).collect();
            out.push(Row { place: "outcome", label: format!("{part}{name}"), own, ..Row::default() });
        }
        out.push(row.clone());
    }
    out
}

/// Sub-sections in another order, or the rows within them.
fn moved(rows: Vec<Row>, choice: usize, rng: &mut Rng) -> Vec<Row> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group[0].place == row.place && row.place.starts_with('（') => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    if choice.is_multiple_of(2) {
        for group in groups.iter_mut().filter(|g| g.len() > 1) {
            let numbers: Vec<String> = group.iter().map(|r| r.label.chars().take(2).collect()).collect();
            for i in (1..group.len()).rev() {
                group.swap(i, rng.below(i + 1));
            }
            for (row, number) in group.iter_mut().zip(numbers).filter(|_| choice.is_multiple_of(4)) {
                row.label = format!("{number}{}", row.label.chars().skip(2).collect::<String>());
            }
        }
    } else {
        let long: Vec<usize> = (0..groups.len()).filter(|i| groups[*i].len() > 1).collect();
        groups.swap(long[0], long[2]);
        if choice.is_multiple_of(3) {
            let last = groups.len() - 1;
            let end = groups.remove(last);
            groups.insert(2, end);
        }
    }
    groups.concat()
}

/// The blocks of table 二: the title, the block of the form, and the printed rows.
pub fn disclosure(
    spec: Spec,
    figures: &Figures,
    choice: usize,
    rng: &mut Rng,
) -> Vec<(String, &'static form::Block, Vec<Row>)> {
    let mut out = Vec::new();
    for block in form::blocks(figures.edition, false) {
        let columns: Vec<&'static str> = block.columns.iter().map(|c| c.0).collect();
        let mut rows: Vec<Row> = Vec::new();
        for (code, text) in block.rows {
            rows.push(Row { code, label: label(spec, code, "", text, choice), ..Row::default() });
            let names: &[&str] = match (spec.kind(Dimension::Label), *code) {
                ("sub-rows", "licensing") => &["其中：网上办理"],
                ("sub-rows", "other_services") => &["行政检查", "行政确认"],
                ("sub-rows", "penalties") => &["其中：简易程序", "其中：一般程序"],
                ("unknown-rows", "licensing") => &["行政备案"],
                ("unknown-rows", "compulsory_measures") => &["行政给付", "行政征收"],
                _ => &[],
            };
            for name in names {
                rows.push(Row { label: (*name).into(), own: own(&columns, |_| 60.0, rng), ..Row::default() });
            }
        }
        if spec.is(Dimension::Label, &["out-of-order"]) {
            rows.reverse();
        }
        out.push((format!("第二十条第（{}）项", block.group), block, rows));
    }
    if spec.is(Dimension::Label, &["out-of-order"]) && !choice.is_multiple_of(3) {
        out.reverse();
    }
    out
}

/// The rows of the list of 2014; headings have no code and no figures.
pub fn statistics(spec: Spec, figures: &mut Figures, choice: usize, rng: &mut Rng) -> Vec<Row> {
    let mut rows = Vec::new();
    let kind = spec.kind(Dimension::Label);
    for (i, (code, ordinal, text, unit)) in form::LIST.iter().enumerate() {
        let gone = !code.is_empty() && !figures.cells.contains_key(&("statistics", *code, "count"));
        if gone {
            continue;
        }
        let mut row = Row { code, label: label(spec, code, ordinal, text, choice), unit, ..Row::default() };
        if code.is_empty() {
            row.unit = "——";
            let next: Vec<&str> = form::LIST[i + 1..].iter().take_while(|l| !l.0.is_empty()).map(|l| l.0).collect();
            if kind == "group-rows" && text.contains("渠道") {
                let sum: f64 = next.iter().map(|c| figures.value("statistics", c, "count")).sum();
                row.own = vec![("count", plain(sum))];
                row.unit = "条";
            }
        }
        rows.push(row);
        let names: &[(&str, &'static str)] = match (kind, *code) {
            ("sub-rows", "channel_website") => &[("其中：部门网站公开数", "条"), ("其中：本级网站公开数", "条")],
            ("sub-rows", "staff_part_time") => &[("其中：女性人数", "人")],
            ("unknown-rows", "received_letter") => &[("5.其他形式申请数", "件")],
            ("unknown-rows", "complaints") => &[("其中：被投诉查实数", "件")],
            ("unknown-rows", "proactive_total") => &[("其中：财政预决算信息数", "条")],
            _ => &[],
        };
        for (name, unit) in names {
            let value = rng.between(1, 30);
            if name.starts_with('5') && figures.cells.contains_key(&("statistics", "received", "count")) {
                let before = figures.value("statistics", "received", "count");
                figures.set(("statistics", "received", "count"), before + value as f64);
            }
            let own = vec![("count", value.to_string())];
            rows.push(Row { label: (*name).into(), unit, own, ..Row::default() });
        }
    }
    if kind == "out-of-order" {
        let at = |code: &str| rows.iter().position(|r| r.code == code);
        let (from, to) = match choice % 2 {
            0 => (at("litigation_upheld").map(|i| i - 1), at("reconsideration_upheld").map(|i| i - 1)),
            _ => (at("dedicated_offices").map(|i| i - 1), at("responses_total").map(|i| i - 1)),
        };
        if let (Some(from), Some(to)) = (from, to) {
            let count = if choice.is_multiple_of(2) { 4 } else { 7 };
            let taken: Vec<Row> = rows.drain(from..from + count).collect();
            rows.splice(to..to, taken);
        }
    }
    rows
}
