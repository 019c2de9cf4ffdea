//! Chapters 四 and 七: what is doubtful, by rule and down to file, line and text, and the values far from what others say.

use maud::{Markup, html};

use super::{Page, figure, section, share};
use crate::page::area::{Found, OUTLIERS, OUTLIERS_SHOWN};
use crate::page::example::Example;
use crate::page::subjects::SEVERITIES;
use nianbao_report::finding::Rule;

/// Examples on one page, so that it stays below five megabytes.
const OF_A_PAGE: usize = 2400;
/// Examples of a rule: at least so many, and at most.
const OF_A_RULE: (usize, usize) = (10, 100);

fn meaning(rule: &str) -> &str {
    Rule::of(rule).map_or(rule, |r| r.zh())
}

fn table_name(code: &str) -> &str {
    match code {
        "disclosure" => "主动公开情况",
        "requests" => "依申请公开情况",
        "disputes" => "行政复议、行政诉讼情况",
        "statistics" => "统计表",
        other => other,
    }
}

impl Page<'_> {
    pub(super) fn findings(&self) -> Markup {
        let reports = self.area.years.values().map(|t| t.reports).sum::<u64>() as f64;
        let mut rules: Vec<(usize, &str, &Found)> =
            self.area.findings.iter().map(|((severity, rule), found)| (*severity, rule.as_str(), found)).collect();
        rules.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.count.cmp(&a.2.count)).then(a.1.cmp(b.1)));
        let most = (OF_A_PAGE / rules.len().max(1)).clamp(OF_A_RULE.0, OF_A_RULE.1);
        let cap = if self.province.is_some() { most } else { OF_A_RULE.0 };
        let total: u64 = rules.iter().map(|r| r.2.count).sum();
        let of = |severity: usize| rules.iter().filter(|r| r.0 == severity).map(|r| r.2.count).sum::<u64>() as f64;
        section(
            "findings",
            "四",
            "疑点",
            &html! {
                p {
                    "共 " (figure("findings.total", total as f64)) " 条："
                    @for (i, (code, name, _)) in SEVERITIES.iter().enumerate() {
                        @if i > 0 { "，" } (name) " " (figure(&format!("findings.severity.{code}"), of(i))) " 条"
                    }
                    "；涉及 " (figure("findings.reports", self.area.touched as f64)) " 份报告。疑点只供核对原文，数据不因此改动。"
                    "“错误”必有一处不对；“警告”需要查看；“提示”说明读法。占比为有此疑点的报告占全部报告的比例。每类列出至多 "
                    (cap) " 条，新年度在前。"
                }
                @if rules.is_empty() {
                    p { "没有疑点。" }
                } @else {
                    div.fl {
                        div.fh aria-hidden="true" { span { "程度" } span { "规则" } span { "条数" } span { "报告" } span { "占比" } }
                        @for (severity, rule, found) in &rules {
                            @let twice = rules.iter().filter(|r| r.1 == *rule).count() > 1;
                            (self.rule((*severity, rule, twice), found, cap, reports))
                        }
                    }
                }
            },
        )
    }

    fn rule(&self, (severity, rule, twice): (usize, &str, bool), found: &Found, cap: usize, reports: f64) -> Markup {
        let (code, name, class) = SEVERITIES[severity];
        let (key, id) = if twice {
            (format!("findings.rule.{rule}.{code}"), format!("r-{rule}-{code}"))
        } else {
            (format!("findings.rule.{rule}"), format!("r-{rule}"))
        };
        let examples = || found.examples.iter().take(cap);
        let left = found.count - examples().count() as u64;
        html! {
            details.fd #(id) {
                summary {
                    span class={ "sv " (class) } { (name) }
                    span.rm { (meaning(rule)) " " code { (rule) } }
                    span.rn { (figure(&key, found.count as f64)) i { " 条" } }
                    span.rn { (figure(&format!("{key}.reports"), found.reports as f64)) i { " 份" } }
                    span.rn { (share(&format!("{key}.share"), found.reports as f64, reports)) }
                }
                ol.ex data-rule=(rule) data-severity=(code) {
                    @for (i, example) in examples().enumerate() { (self.example(&format!("finding.{rule}.{}", i + 1), example, false)) }
                }
                @if left > 0 {
                    p.n {
                        "其余 " (figure(&format!("{key}.left"), left as f64)) " 条略，见数据集的 findings 表"
                        @if self.province.is_none() { "或各地区页" } "。"
                    }
                }
            }
        }
    }

    fn example(&self, key: &str, e: &Example, named: bool) -> Markup {
        let own = |what: &str, value: f64| figure(&format!("{key}.{what}"), value);
        let zh = meaning(&e.rule);
        // The rule stands above the list.
        let said = e.message.strip_prefix(zh).map_or(e.message.as_str(), |rest| rest.trim_start_matches('：'));
        let at: Vec<String> = [e.page.map(|p| format!("第 {p} 页")), e.line.map(|l| format!("第 {l} 行"))]
            .into_iter()
            .flatten()
            .collect();
        html! {
            li {
                div.w {
                    b { (e.agency.as_deref().unwrap_or("机关未定")) } " "
                    span.y { @match e.year { Some(year) => (year), None => "年度未定" } }
                }
                div.x {
                    @if let Some(table) = &e.table {
                        span.c1 {
                            (table_name(table))
                            @if let Some(row) = &e.row { " · " (named_or(e.row_label.as_deref(), row)) }
                            @if let Some(column) = &e.column { " · " (named_or(e.column_label.as_deref(), column)) }
                        }
                    }
                    @if let Some(raw) = e.raw.as_deref().filter(|r| !r.is_empty()) { " " span.c2 { "原文 " q { (raw) } } }
                    @if let (Some(value), Some(unit)) = (e.value, &e.unit) { " " span.c2 { "计 " (own("value", value)) " " (unit) } }
                    @if e.actual.is_some() || e.expected.is_some() {
                        " " span.c2 {
                            @if let Some(actual) = e.actual { (sides(&e.rule).0) (own("actual", actual)) }
                            @if e.actual.is_some() && e.expected.is_some() { "，" }
                            @if let Some(expected) = e.expected { (sides(&e.rule).1) (own("expected", expected)) }
                        }
                    }
                }
                div.s {
                    @if named { p.r { (zh) } }
                    @if !said.is_empty() { p { (said) } }
                    p.f { (self.link(&e.source_path)) @if !at.is_empty() { " " span { (at.join("、")) } } }
                }
            }
        }
    }

    pub(super) fn outliers(&self) -> Markup {
        let cap = if self.province.is_some() { OF_A_RULE.1 } else { OUTLIERS_SHOWN };
        let of = |rule: &str| -> u64 {
            self.area.findings.iter().filter(|((_, r), _)| r == rule).map(|(_, f)| f.count).sum()
        };
        let rules: Vec<(&str, u64)> = OUTLIERS.iter().map(|r| (*r, of(r))).filter(|(_, n)| *n > 0).collect();
        let total: u64 = rules.iter().map(|r| r.1).sum();
        let shown = || self.area.outliers.iter().take(cap);
        let left = total - shown().count() as u64;
        section(
            "outliers",
            "七",
            "异常值",
            &html! {
                p { "与相邻年度、所属部门或上一年度表格相比明显不寻常的数值。按相差的倍数排列，没有数值的在后。异常不等于错误。" }
                @if total == 0 {
                    p.em { "没有这类疑点（" (figure("outliers.total", 0.0)) " 条）。" }
                } @else {
                    p {
                        "共 " (figure("outliers.total", total as f64)) " 条："
                        @for (i, (rule, n)) in rules.iter().enumerate() {
                            @if i > 0 { "；" } (meaning(rule)) " " (figure(&format!("outliers.rule.{rule}"), *n as f64)) " 条"
                        }
                        "。"
                    }
                    ol.ex data-outliers="1" {
                        @for (i, (_, example)) in shown().enumerate() { (self.example(&format!("outlier.{}", i + 1), example, true)) }
                    }
                    @if left > 0 { p.n { "其余 " (figure("outliers.left", left as f64)) " 条略。" } }
                }
            },
        )
    }
}

/// What the two figures of a finding are: those of a sum are its sides and no cell's.
fn sides(rule: &str) -> (&'static str, &'static str) {
    match rule {
        "sum_broken" | "sum_unusual" => ("左边 ", "右边 "),
        "narrative_disagrees" => ("正文 ", "表格 "),
        rule if OUTLIERS.contains(&rule) => ("实为 ", "对照 "),
        _ => ("实为 ", "应为 "),
    }
}

fn named_or(label: Option<&str>, code: &str) -> Markup {
    html! { @match label { Some(label) => (label), None => code { (code) } } }
}
