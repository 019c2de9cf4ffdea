//! Chapters 五 and 六: the main series of county governments over years, and how shares of denials are spread.

use anyhow::Result;
use maud::{Markup, PreEscaped, html};

use super::{Page, figure, scrolled, section, share};
use crate::page::area::{BINS, Points};
use crate::page::chart::{self, Point, Shape};
use crate::page::subjects::SERIES;

const INTRO: &str = "只取县级政府的报告（主要版本）：政府的数已包括所属部门和乡镇，各级之间、政府与部门之间都不得相加。\
    中位数和合计只计有数的报告，N 为其份数；各年度 N 不同，合计不宜直接相比。2018 与 2019 年度之间《政府信息公开条例》修订，\
    口径变化，用虚线断开；空心为近似可比。";

/// One year of a series.
struct Year {
    year: i32,
    count: usize,
    median: f64,
    sum: f64,
    approximate: bool,
}

impl Year {
    fn new(year: i32, points: &Points) -> Self {
        let mut values = points.values.clone();
        values.sort_by(f64::total_cmp);
        let middle = |at: usize| values.get(at).copied().unwrap_or(0.0);
        let median = (middle(values.len().saturating_sub(1) / 2) + middle(values.len() / 2)) / 2.0;
        Self { year, count: values.len(), median, sum: values.iter().sum(), approximate: points.approximate }
    }

    fn point(&self, value: f64) -> Point {
        Point { year: self.year, value, count: self.count, approximate: self.approximate }
    }
}

impl Page<'_> {
    pub(super) fn trends(&self) -> Result<Markup> {
        let years = || self.area.points.keys().map(|(_, year)| *year);
        let (Some(first), Some(last)) = (years().min(), years().max()) else {
            let none = html! { p { (INTRO) } p.em { "没有可用的县级政府数据。" } };
            return Ok(section("trends", "五", "趋势", &none));
        };
        let mut figures = Vec::new();
        for (code, name, note) in SERIES {
            let own = self.area.points.iter().filter(|((series, _), _)| series == code);
            let years: Vec<Year> = own.map(|((_, year), points)| Year::new(*year, points)).collect();
            if !years.is_empty() {
                figures.push(series((code, name, note), &years, (first, last))?);
            }
        }
        Ok(section("trends", "五", "趋势", &html! { p { (INTRO) } @for figure in &figures { (figure) } }))
    }

    pub(super) fn denials(&self) -> Result<Markup> {
        const TITLE: &str = "不予公开占比分布";
        let bins = &self.area.denied;
        let all: u64 = bins.iter().sum();
        let intro = html! {
            p {
                "每份报告（主要版本，各类机关，2019、2021 版格式）的不予公开八项之和除以办理总计；办理总计小于 10 件、或任一项空白的不计。N = "
                (figure("denied.n", all as f64)) " 份。这里计的是报告份数，不是件数。"
            }
        };
        if all == 0 {
            return Ok(section("denied", "六", TITLE, &html! { (intro) p.em { "没有可计算的报告。" } }));
        }
        let table = html! {
            table.t {
                caption { "不予公开占比（份）" }
                thead { tr { th scope="col" { "占比" } th scope="col" { "报告" } th scope="col" { "占全部" } } }
                tbody { @for (i, n) in bins.iter().enumerate() { tr {
                    th scope="row" { (bin(i)) }
                    td { (figure(&format!("denied.bin.{i}"), *n as f64)) }
                    td { (share(&format!("denied.bin.{i}.share"), *n as f64, all as f64)) }
                } } }
            }
        };
        let picture = chart::histogram("denied-g", "不予公开占比的分布", bins, bin)?;
        Ok(section(
            "denied",
            "六",
            TITLE,
            &html! {
                (intro)
                figure.hg {
                    (PreEscaped(picture))
                    details.dt { summary { "不予公开占比：数据表" } (scrolled("不予公开占比数据", "", &table)) }
                }
            },
        ))
    }
}

fn bin(i: usize) -> String {
    match i {
        0 => "恰好 0".to_owned(),
        i if i == BINS - 1 => "超过 100%".to_owned(),
        i => format!("大于 {}%，至 {}%", i * 5 - 5, i * 5),
    }
}

fn series((code, name, note): (&str, &str, &str), years: &[Year], span: (i32, i32)) -> Result<Markup> {
    let points = |value: fn(&Year) -> f64| -> Vec<Point> { years.iter().map(|y| y.point(value(y))).collect() };
    let (medians, sums) = (points(|y| y.median), points(|y| y.sum));
    let line = chart::series(&format!("{code}-m"), &format!("{name}中位数"), &medians, span, Shape::Line)?;
    let bars = chart::series(&format!("{code}-s"), &format!("{name}合计"), &sums, span, Shape::Bars)?;
    let table = html! {
        table.t {
            caption { (name) "（件）" }
            thead { tr { @for head in ["年度", "N（份）", "中位数", "合计", "可比性"] { th scope="col" { (head) } } } }
            tbody { @for y in years {
                @let key = format!("series.{code}.{}", y.year);
                tr {
                    th scope="row" { (y.year) }
                    td { (figure(&format!("{key}.n"), y.count as f64)) }
                    td { (figure(&format!("{key}.median"), y.median)) }
                    td { (figure(&format!("{key}.sum"), y.sum)) }
                    td { @if y.approximate { "近似" } @else { "一致" } }
                }
            } }
        }
    };
    Ok(html! {
        figure {
            figcaption { b { (name) } "（件）" span { (note) "。" } }
            div.pr {
                div { p.ct aria-hidden="true" { "中位数" } (PreEscaped(line)) }
                div { p.ct aria-hidden="true" { "合计" } (PreEscaped(bars)) }
            }
            details.dt { summary { (name) "：数据表" } (scrolled(&format!("{name}各年度数据"), "", &table)) }
        }
    })
}
