//! Columns of the tables: which stand there, in which order, under which heads.
//!
//! Owns the dimensions Order, Extra and Head. Refuses rows (`labels`) and the building of grids (`tables`).

use super::figures::{Figures, plain};
use super::kinds::{Dimension, Spec};
use crate::generate::{Edition, Rng, form};

/// What stands in a column that the form does not have: from the row's number, its code and the figures.
pub type Fill = Box<dyn Fn(usize, &str, &Figures) -> String>;

/// One column: of the form, or an extra one.
pub struct Column {
    pub code: &'static str,
    pub head: String,
    /// Under 法人或其他组织.
    pub inside: bool,
    pub fill: Option<Fill>,
}

impl Column {
    pub fn form(code: &'static str, head: impl Into<String>, inside: bool) -> Column {
        Column { code, head: head.into(), inside, fill: None }
    }

    pub fn extra(head: impl Into<String>, fill: impl Fn(usize, &str, &Figures) -> String + 'static) -> Column {
        Column { code: "", head: head.into(), inside: false, fill: Some(Box::new(fill)) }
    }

    fn within(mut self, inside: bool) -> Column {
        self.inside = inside;
        self
    }
}

pub const ORGANISATIONS: [&str; 5] =
    ["enterprise", "research_institution", "social_organization", "legal_service", "other_organization"];

/// The columns of table 三 in the order of the spec.
fn applicants(spec: Spec, rng: &mut Rng) -> Vec<&'static str> {
    let [p, e, r, s, l, o, t] = form::APPLICANTS.map(|a| a.0);
    match spec.kind(Dimension::Order) {
        "swap" => vec![p, r, e, s, l, o, t],
        "total-first" => vec![t, p, e, r, s, l, o],
        "other-first" => vec![p, e, r, s, o, l, t],
        "back" => vec![p, o, l, s, r, e, t],
        "person-last" => vec![e, r, s, l, o, p, t],
        "total-second" => vec![p, t, e, r, s, l, o],
        "mixed" => vec![l, e, t, o, p, s, r],
        "all-back" => vec![t, o, l, s, r, e, p],
        "rotated" => vec![p, s, l, o, e, r, t],
        "total-before-person" => vec![e, r, s, l, o, t, p],
        "random" => shuffled(vec![p, e, r, s, l, o, t], rng),
        _ => vec![p, e, r, s, l, o, t],
    }
}

fn shuffled<T>(mut all: Vec<T>, rng: &mut Rng) -> Vec<T> {
    for i in (1..all.len()).rev() {
        all.swap(i, rng.below(i + 1));
    }
    all
}

/// Whether the organisations stand beside each other.
pub fn together(columns: &[Column]) -> bool {
    let changes = columns.windows(2).filter(|w| w[0].inside != w[1].inside).count();
    changes <= 2 && !(changes == 2 && columns[0].inside)
}

/// A percentage of the whole, with its sign or bare.
fn share(part: f64, whole: f64, sign: bool) -> String {
    let value = if whole == 0.0 { 0.0 } else { (part * 1000.0 / whole).round() / 10.0 };
    if sign { format!("{value}%") } else { plain(value) }
}

/// What last year's figure of a row may have been.
fn older(value: f64, row: usize) -> f64 {
    value + ((row * 7 + 3) % 11) as f64 + 1.0
}

fn remark(row: usize) -> String {
    match row % 3 {
        0 => format!("其中网上提交{}件", row % 5 + 1),
        1 => String::new(),
        _ => "详见台账".into(),
    }
}

/// Columns before the labels and between labels and figures.
pub fn beside(spec: Spec) -> (Vec<Column>, Vec<Column>) {
    match spec.kind(Dimension::Extra) {
        "number" => (vec![Column::extra("序号", |row, _, _| (row + 1).to_string())], vec![]),
        "code-unit" => {
            let unit = |_: usize, code: &str, _: &Figures| match code {
                "fees" => "万元".to_string(),
                "procurement" => "—".into(),
                _ => "件".into(),
            };
            (vec![], vec![Column::extra("代码", |row, _, _| (row + 101).to_string()), Column::extra("单位", unit)])
        }
        _ => (vec![], vec![]),
    }
}

/// The columns of table 三.
pub fn requests(spec: Spec, rng: &mut Rng) -> Vec<Column> {
    let sign = rng.chance(1, 2);
    let total = |row: usize, code: &str, f: &Figures| older(f.value("requests", code, "total"), row);
    let organisations =
        |_: usize, code: &str, f: &Figures| plain(ORGANISATIONS.iter().map(|c| f.value("requests", code, c)).sum());
    let extra = spec.kind(Dimension::Extra);
    let omitted = match extra {
        "column-less" => rng.pick(&ORGANISATIONS),
        "no-total" => "total",
        _ => "",
    };
    let mut out: Vec<Column> = Vec::new();
    for code in applicants(spec, rng).into_iter().filter(|c| *c != omitted) {
        let name = form::APPLICANTS.iter().find(|a| a.0 == code).expect("a column of the form").1;
        let inside = ORGANISATIONS.contains(&code);
        if extra == "last-year-before" && code == "total" {
            out.push(Column::extra("上年总计", move |i, c, f| plain(total(i, c, f))));
        }
        out.push(Column::form(code, name, inside));
        if extra == "share" {
            let head = if sign { "占比" } else { "占比（%）" };
            let part = move |_: usize, c: &str, f: &Figures| {
                share(f.value("requests", c, code), f.value("requests", c, "total"), sign)
            };
            out.push(Column::extra(head, part).within(inside));
        }
    }
    let behind = out.iter().rposition(|c| c.inside).map_or(out.len(), |at| at + 1);
    match extra {
        "subtotal" if together(&out) => out.insert(behind, Column::extra("小计", organisations).within(true)),
        "organisations-total" if together(&out) => {
            out.insert(behind, Column::extra("合计", organisations).within(true));
        }
        "subtotal" => out.push(Column::extra("法人或其他组织小计", organisations)),
        "organisations-total" => out.insert(0, Column::extra("法人或其他组织合计", organisations)),
        "last-year-behind" => {
            out.push(Column::extra("上年总计", move |i, c, f| plain(total(i, c, f))));
            out.push(Column::extra("增减", move |i, c, f| plain(f.value("requests", c, "total") - total(i, c, f))));
        }
        "remark" => out.push(Column::extra("备注", |row, _, _| remark(row))),
        _ => {}
    }
    out
}

/// `n` things in the order of the spec.
fn ordered<T>(spec: Spec, all: Vec<T>) -> Vec<T> {
    let perms: [&[usize]; 6] = [&[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[2, 1, 0], &[1, 2, 0], &[2, 0, 1]];
    let n = all.len();
    let kind = spec.kinds[Dimension::Order as usize];
    let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
    // 1 is the form's order; the others change it as far as there is anything to change.
    let perm = match kind {
        0 | 1 => perms[0],
        _ => perms[1 + (kind - 2) % 5],
    };
    let perm: Vec<usize> =
        if n == 2 && kind > 1 { vec![1, 0] } else { perm.iter().copied().filter(|i| *i < n).collect() };
    perm.into_iter().filter_map(|i| all[i].take()).collect()
}

/// The columns of one block of table 二.
pub fn disclosure(spec: Spec, block: &form::Block) -> Vec<Column> {
    let extra = spec.kind(Dimension::Extra);
    let mut own: Vec<(&'static str, &'static str)> = block.columns.to_vec();
    let omitted = match extra {
        "column-less" => ["repealed", "newly_disclosed", "prior_items"].as_slice(),
        "no-total" => &["in_force", "total_disclosed"],
        _ => &[],
    };
    own.retain(|c| !omitted.contains(&c.0) || block.columns.len() < 3);
    let own = ordered(spec, own);
    let &(last, name) = own.last().expect("a block has columns");
    let before = if name.contains("本年") { name.replace("本年", "上年") } else { format!("上年{name}") };
    let old = move |row: usize, code: &str, f: &Figures| plain(older(f.value("disclosure", code, last), row));
    let mut out = Vec::new();
    if extra == "last-year-before" {
        out.push(Column::extra(before.clone(), old));
    }
    for (code, head) in own {
        out.push(Column::form(code, head, false));
        if extra == "share" {
            out.push(Column::extra("占比（%）", |row, _, _| plain((row * 13 % 60) as f64 + 0.5)));
        }
    }
    match extra {
        "subtotal" => out.push(Column::extra("其中：电子版", |row, _, _| (row * 3 + 1).to_string())),
        "organisations-total" => out.push(Column::extra("历年累计", move |_, code, f| {
            plain(f.value("disclosure", code, last) * 3.0 + 7.0)
        })),
        "last-year-behind" => {
            out.push(Column::extra(before, old));
            out.push(Column::extra("同比增减", |row, _, _| format!("-{}", (row * 7 + 3) % 11 + 1)));
        }
        "remark" => out.push(Column::extra("备注", |row, _, _| remark(row))),
        _ => {}
    }
    out
}

/// A group of heads of table 四 with its columns; `case` is empty for a group that the form does not have.
pub struct Group {
    pub case: &'static str,
    pub head: String,
    pub columns: Vec<Column>,
}

/// The groups of table 四.
pub fn disputes(spec: Spec, rng: &mut Rng) -> Vec<Group> {
    let kind = spec.kinds[Dimension::Order as usize];
    let [rc, ld, la] = form::CASES;
    let groups = [[rc, ld, la], [ld, la, rc], [rc, la, ld], [la, ld, rc]][kind.saturating_sub(1) % 4];
    let results: [[usize; 5]; 5] =
        [[0, 1, 2, 3, 4], [4, 0, 1, 2, 3], [1, 0, 3, 2, 4], [3, 2, 4, 1, 0], [4, 3, 2, 1, 0]];
    let extra = spec.kind(Dimension::Extra);
    let omitted = match extra {
        "column-less" => "pending",
        "no-total" => "total",
        _ => "",
    };
    let mut out = Vec::new();
    for (i, (case, head)) in groups.into_iter().enumerate() {
        let own = if kind == 12 { results[rng.below(5)] } else { results[kind.saturating_sub(1) % 5] };
        let own = if spec.is(Dimension::Order, &["mixed"]) { results[(kind + i) % 5] } else { own };
        let mut columns = Vec::new();
        for (code, name) in own.map(|i| form::RESULTS[i]).into_iter().filter(|r| r.0 != omitted) {
            if extra == "subtotal" && code == "pending" {
                columns.push(Column::extra("已审结小计", move |_, _, f| {
                    plain(["upheld", "corrected", "other"].iter().map(|c| f.value("disputes", case, c)).sum())
                }));
            }
            columns.push(Column::form(code, name, false));
            if extra == "share" && code == "total" {
                columns.push(Column::extra("纠错率（%）", move |_, _, f| {
                    share(f.value("disputes", case, "corrected"), f.value("disputes", case, "total"), false)
                }));
            }
        }
        out.push(Group { case, head: head.to_owned(), columns });
    }
    if extra == "organisations-total" {
        let sums = form::RESULTS.map(|(code, name)| {
            Column::extra(name, move |_, _, f: &Figures| {
                plain(f.value("disputes", ld.0, code) + f.value("disputes", la.0, code))
            })
        });
        out.push(Group { case: "", head: "诉讼合计".into(), columns: sums.into_iter().collect() });
    }
    out
}

/// The columns of the list of 2014: code `label`, `unit`, `count`, or empty for an extra one.
pub fn statistics(spec: Spec, year: i32, rng: &mut Rng) -> Vec<Column> {
    let count = |head: &str| Column::form("count", head, false);
    let label = || Column::form("label", "统计指标", false);
    let unit = || Column::form("unit", "单位", false);
    let value = |code: &str, f: &Figures| f.value("statistics", code, "count");
    let other = move |head: String, by: f64| {
        Column::extra(
            head,
            move |row, code, f| {
                if code.is_empty() { String::new() } else { plain(older(value(code, f) * by, row)) }
            },
        )
    };
    let change = || {
        Column::extra("增减", move |row, code, f| {
            if code.is_empty() { String::new() } else { plain(value(code, f) - older(value(code, f), row)) }
        })
    };
    let mut out = match spec.kind(Dimension::Order) {
        "swap" => vec![label(), count("统计数"), unit()],
        "total-first" => vec![label(), unit(), other("上年".into(), 1.0), count("本年")],
        "other-first" => vec![label(), unit(), count("本年"), other("上年".into(), 1.0)],
        "back" => vec![label(), unit(), other(format!("{}年", year - 1), 1.0), count(&format!("{year}年"))],
        "person-last" => vec![label(), unit(), count(&format!("{year}年")), other(format!("{}年", year - 1), 1.0)],
        "total-second" => vec![label(), unit(), count("本年数"), other("历年累计".into(), 3.0)],
        "mixed" => vec![label(), unit(), other("历年累计".into(), 3.0), count("本年数")],
        "all-back" => vec![unit(), label(), count("统计数")],
        "rotated" => vec![label(), count("本年度"), unit(), other("上年度".into(), 1.0)],
        "total-before-person" => vec![count("统计数"), label(), unit()],
        "random" => vec![label(), unit(), other("上年".into(), 1.0), count("本年"), change()],
        _ => vec![label(), unit(), count("统计数")],
    };
    let at = out.iter().position(|c| c.code == "count").expect("the column of the year");
    match spec.kind(Dimension::Extra) {
        "subtotal" => out.insert(
            at + 1,
            Column::extra("其中：本级", move |_, code, f| {
                if code.is_empty() { String::new() } else { plain((value(code, f) / 2.0).floor()) }
            }),
        ),
        "organisations-total" => out.push(other("历年累计".into(), 3.0)),
        "share" => out.insert(
            at + 1,
            Column::extra("占比（%）", |row, code, _| {
                if code.is_empty() { String::new() } else { plain((row * 13 % 60) as f64 + 0.5) }
            }),
        ),
        "last-year-behind" => {
            out.push(other("上年数".into(), 1.0));
            out.push(change());
        }
        "number" => out.insert(0, Column::extra("序号", |row, _, _| (row + 1).to_string())),
        "code-unit" => out.insert(rng.below(2), Column::extra("代码", |row, _, _| (row + 101).to_string())),
        "column-less" => out.retain(|c| c.code != "unit"),
        "remark" => out.push(Column::extra("备注", |row, _, _| remark(row))),
        "last-year-before" => out.insert(at, other("上年数".into(), 1.0)),
        _ => {}
    }
    out
}

/// What the figures lose with the columns that are not there; sums hold without them.
pub fn without(spec: Spec, figures: &mut Figures, columns: &[Column]) {
    let extra = spec.kind(Dimension::Extra);
    if figures.edition == Edition::E2014 {
        if extra == "no-total" {
            // Parts of suits are told by the sum above them.
            let sums: Vec<&str> = form::sums().map(|s| s.0).filter(|s| !s.ends_with("_total")).collect();
            figures.cells.retain(|k, _| !sums.contains(&k.1));
        }
        return;
    }
    if !["column-less", "no-total"].contains(&extra) {
        return;
    }
    let gone: Vec<&str> =
        form::APPLICANTS.iter().map(|a| a.0).filter(|c| columns.iter().all(|own| own.code != *c)).collect();
    let mut less = |table: &'static str, gone: &str| {
        let rows: Vec<&'static str> =
            figures.cells.keys().filter(|k| k.0 == table && k.2 == gone).map(|k| k.1).collect();
        for row in rows {
            let rest = figures.value(table, row, "total") - figures.value(table, row, gone);
            if gone != "total" && figures.text(table, row, "total").chars().any(|c| c.is_ascii_digit()) {
                figures.set((table, row, "total"), rest);
            }
            figures.cells.retain(|k, _| !(k.0 == table && k.1 == row && k.2 == gone));
        }
    };
    gone.iter().for_each(|c| less("requests", c));
    less("disputes", if extra == "no-total" { "total" } else { "pending" });
    let (three, two): (&[&str], &[&str]) = match extra {
        "column-less" => (&["repealed", "newly_disclosed", "prior_items"], &["fees"]),
        _ => (&["in_force", "total_disclosed"], &[]),
    };
    figures.cells.retain(|k, _| !three.contains(&k.2) || two.contains(&k.1));
}
