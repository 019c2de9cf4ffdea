//! Chapters 一 and 二: what became of every file, and how complete reports are.

use maud::{Markup, html};

use super::{Page, figure, scrolled, section, share};
use crate::page::area::{PATHS, Tally};
use nianbao_dataset::Status;

/// Statuses of files: code, name.
const STATUSES: [(&str, &str); 8] = [
    (Status::Report.code(), "报告"),
    (Status::Superseded.code(), "被更好版本取代"),
    (Status::Duplicate.code(), "重复文件"),
    (Status::NoTables.code(), "无表格"),
    (Status::NeedsOcr.code(), "需文字识别"),
    (Status::Unreadable.code(), "无法读取"),
    (Status::NotAReport.code(), "非年报"),
    (Status::Skipped.code(), "略过"),
];
/// Reasons that readers give, by how they begin.
const REASONS: [(&str, &str); 5] = [
    ("damaged", "文件损坏"),
    ("needs OCR", "没有文字层，需文字识别"),
    ("encrypted", "文件加密"),
    ("beyond a limit", "超出读取限度"),
    ("an archive of N files", "压缩包（其中文件另计）"),
];
/// Reasons that a page lists.
const MOST_REASONS: usize = 20;
const QUALITIES: [&str; 3] = ["complete", "partial", "poor"];

impl Page<'_> {
    pub(super) fn intake(&self) -> Markup {
        let of = |status: &str, format: Option<&str>| -> u64 {
            let own = self.area.files.iter().filter(|((f, s), _)| s == status && format.is_none_or(|w| f == w));
            own.map(|(_, n)| n).sum()
        };
        let mut formats: Vec<(&str, u64)> = Vec::new();
        for ((format, _), n) in &self.area.files {
            match formats.iter_mut().find(|(f, _)| f == format) {
                Some((_, sum)) => *sum += n,
                None => formats.push((format, *n)),
            }
        }
        formats.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let table = html! {
            table.t {
                caption { "文件，按格式与处理结果（个）" }
                thead { tr {
                    th scope="col" { "格式" }
                    @for (_, name) in STATUSES { th scope="col" { (name) } }
                    th scope="col" { "合计" }
                } }
                tbody { @for (format, sum) in &formats { tr {
                    th scope="row" { @if *format == "unknown" { "未定" } @else { code { (format) } } }
                    @for (status, _) in STATUSES { td {
                        @match of(status, Some(format)) {
                            0 => span.z { "·" },
                            n => (figure(&format!("files.cell.{format}.{status}"), n as f64)),
                        }
                    } }
                    td { (figure(&format!("files.format.{format}"), *sum as f64)) }
                } } }
                tfoot { tr {
                    th scope="row" { "合计" }
                    @for (status, _) in STATUSES { td { (figure(&format!("files.status.{status}"), of(status, None) as f64)) } }
                    td { (figure("files.total", formats.iter().map(|f| f.1).sum::<u64>() as f64)) }
                } }
            }
        };
        section(
            "files",
            "一",
            "读入情况",
            &html! {
                p { "每个文件一种结果。“报告”已读入；“被更好版本取代”“重复文件”也已读入或与已读文件相同，但不计入主要版本；其余各栏没有数据。" }
                (scrolled("文件格式与处理结果", "", &table))
                @if self.province.is_some() {
                    p.n { "本页只计已识别为本地区报告的文件；没有读成报告的文件没有地区，只列在首页。" }
                }
                (self.reasons())
            },
        )
    }

    fn reasons(&self) -> Markup {
        let mut reasons: Vec<_> = self.area.reasons.iter().collect();
        reasons.sort_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(b.0)));
        html! {
            @if !reasons.is_empty() { h3 { "未读成报告的主要原因" } }
            @for ((status, why), reason) in reasons.into_iter().take(MOST_REASONS) {
                @let name = STATUSES.iter().find(|s| s.0 == status).map_or(status.as_str(), |s| s.1);
                @let head = why.split_once(": ").map_or(why.as_str(), |(head, _)| head);
                @let zh = REASONS.iter().find(|r| r.0 == why || r.0 == head).map(|r| r.1);
                @let key = format!("files.reason.{status}");
                @let left = reason.count - reason.paths.len() as u64;
                details.rs {
                    summary {
                        span.rm { (name) @if let Some(zh) = zh { "：" (zh) } @if !why.is_empty() { " " code lang="en" { (why) } } }
                        span.rn { (counted(&key, reason.count, why)) " 个" }
                    }
                    ul.ps { @for path in &reason.paths { li { (self.link(path)) } } }
                    @if reason.count > PATHS as u64 { p.n { "其余 " (counted(&format!("{key}.left"), left, why)) " 个略。" } }
                }
            }
        }
    }

    pub(super) fn quality(&self) -> Markup {
        let mut years: Vec<(Option<i32>, Tally)> = self.area.years.iter().map(|(y, t)| (*y, *t)).collect();
        years.sort_by_key(|(year, _)| (year.is_none(), *year));
        let mut all = Tally::default();
        for (_, tally) in &years {
            all.reports += tally.reports;
            all.quality.iter_mut().zip(tally.quality).for_each(|(sum, n)| *sum += n);
            all.sums.iter_mut().zip(tally.sums).for_each(|(sum, n)| *sum += n);
        }
        let table = html! {
            table.t {
                caption { "报告、单元格与勾稽关系，按年度" }
                thead {
                    tr {
                        th scope="col" rowspan="2" { "年度" }
                        th scope="colgroup" colspan="5" { "报告（份）" }
                        th scope="colgroup" colspan="4" { "单元格（个）" }
                        th scope="colgroup" colspan="2" { "勾稽关系（个）" }
                    }
                    tr { @for head in ["合计", "完整", "部分", "残缺", "完整率", "应有", "找到", "找到率", "推定", "已核对", "不成立"] {
                        th scope="col" { (head) }
                    } }
                }
                tbody { @for (year, tally) in &years {
                    @let name = year.map_or_else(|| "未定".to_owned(), |y| y.to_string());
                    @let key = year.map_or_else(|| "unknown".to_owned(), |y| y.to_string());
                    (line(&name, &format!("reports.year.{key}"), tally))
                } }
                tfoot { (line("合计", "reports", &all)) }
            }
        };
        section(
            "quality",
            "二",
            "完整程度",
            &html! {
                p {
                    "“完整”指格式规定的单元格全部找到，并且有数、空白或 /、-、无；找到不到一半的为“残缺”；其余为“部分”。"
                    "“推定”指行名不完整，依近似、相邻行或勾稽关系确定的单元格。“不成立”只计格式载明或必然成立的关系。包括非主要版本的报告。"
                }
                (scrolled("各年度完整程度", "", &table))
            },
        )
    }
}

/// A count of files with one reason, which the key alone does not name.
fn counted(key: &str, count: u64, why: &str) -> Markup {
    html! { data value=(count) data-figure=(key) data-reason=(why) { (super::shown(count as f64)) } }
}

fn line(name: &str, key: &str, tally: &Tally) -> Markup {
    let [expected, found, recovered, evaluated, failed] = tally.sums.map(|n| n as f64);
    let own = |what: &str, value: f64| figure(&format!("{key}.{what}"), value);
    let reports = tally.reports as f64;
    html! {
        tr {
            th scope="row" { (name) }
            td { (own("total", reports)) }
            @for (quality, n) in QUALITIES.iter().zip(tally.quality) { td { (own(&format!("quality.{quality}"), n as f64)) } }
            td { (share(&format!("{key}.complete_share"), tally.quality[0] as f64, reports)) }
            td { (own("cells_expected", expected)) }
            td { (own("cells_found", found)) }
            td { (share(&format!("{key}.found_share"), found, expected)) }
            td { (own("cells_recovered", recovered)) }
            td { (own("checks_evaluated", evaluated)) }
            td.bad[failed > 0.0] { (own("checks_failed", failed)) }
        }
    }
}
