//! Chapter 三: which county governments reported, as heat maps that are tables of figures.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::{Page, figure, file_name, scrolled, section};
use crate::page::area::County;
use crate::page::gather::NO_PREFECTURE;

/// Found and expected, by row (`None` for all) and year (`None` for all).
type Cells<'c> = BTreeMap<(Option<&'c str>, Option<i32>), (u64, u64)>;

const INTRO: &str = "按当年的行政区划，每个县级政府每年度应有一份报告。格内为存档中有报告的县级政府数与应报的县级政府数；\
    颜色深浅同所占比例，数字即全部信息。没有报告，是指本存档中没有，不等于没有发布。";

impl Page<'_> {
    pub(super) fn coverage(&self) -> Markup {
        let mut cells: Cells<'_> = BTreeMap::new();
        for ((row, year), (found, expected)) in &self.area.covered {
            for key in [(Some(row.as_str()), Some(*year)), (Some(row), None), (None, Some(*year)), (None, None)] {
                let cell = cells.entry(key).or_default();
                cell.0 += found;
                cell.1 += expected;
            }
        }
        let years: BTreeSet<i32> = cells.keys().filter_map(|(_, y)| *y).collect();
        let body = match self.province {
            None => self.national(&cells, &years),
            Some(_) if years.is_empty() => html! { p { "本级没有县级政府应报的报告。" } },
            Some(_) => self.provincial(&cells, &years),
        };
        section(
            "coverage",
            "三",
            "覆盖",
            &html! {
                (body)
                p { "另有 " (figure("coverage.stopped", self.area.stopped as f64)) " 例：其他机关上一年度有报告，本年度没有。" }
                @if self.province.is_none() && self.view.gathered.nowhere > 0 {
                    p {
                        "地区未能确定的报告 " (figure("reports.province_unknown", self.view.gathered.nowhere as f64))
                        " 份，不在上表之内。"
                    }
                }
            },
        )
    }

    fn national(&self, cells: &Cells<'_>, years: &BTreeSet<i32>) -> Markup {
        let provinces = || self.view.gathered.provinces.keys();
        let name = |row: &str| match row.parse::<u8>() {
            Ok(p) => html! { a href=(file_name(Some(p))) { ((self.view.name)(p)) } },
            Err(_) => html! { (row) },
        };
        if years.is_empty() {
            return html! { p { (INTRO) } ul { @for p in provinces() { li { (name(&p.to_string())) } } } };
        }
        let rows: Vec<String> = provinces().map(u8::to_string).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let caption = "县级政府报告的覆盖，按地区与年度（有报告/应报，个）";
        html! {
            p { (INTRO) }
            (legend())
            (scrolled("各地区各年度覆盖", "", &heat(caption, "地区", "coverage", &rows, years, cells, &name)))
        }
    }

    fn provincial(&self, cells: &Cells<'_>, years: &BTreeSet<i32>) -> Markup {
        let of = |code: &str| match self.area.prefectures.get(code) {
            Some((_, name)) => name.clone(),
            None if code == NO_PREFECTURE => "（不属地级）".to_owned(),
            None => code.to_owned(),
        };
        let rows: Vec<&str> = cells.keys().filter(|(_, y)| y.is_none()).filter_map(|(r, _)| *r).collect();
        let name = |row: &str| html! { (of(row)) };
        let caption = "县级政府报告的覆盖，按地级与年度（有报告/应报，个）";
        html! {
            p { (INTRO) }
            (legend())
            (scrolled("各地级各年度覆盖", " k", &heat(caption, "地级", "coverage.prefecture", &rows, years, cells, &name)))
            h3 { "县级政府" }
            ul class="lg mk" aria-label="图例" {
                li.a { "全 完整" } li.b { "部 部分" } li.c { "残 残缺" } li.m { "缺 存档中没有" } li { "空白 当年无此区划" }
            }
            (scrolled("各县级政府各年度覆盖", " k", &self.counties(years, &of)))
        }
    }

    /// Every county with a mark for each year; terse, for there may be 150 of them.
    fn counties(&self, years: &BTreeSet<i32>, of: &dyn Fn(&str) -> String) -> Markup {
        let mut groups: BTreeMap<&str, Vec<(&str, &County)>> = BTreeMap::new();
        for (code, county) in &self.area.counties {
            groups.entry(&county.prefecture).or_default().push((code, county));
        }
        html! {
            table.t.cv {
                caption { "各县级政府各年度报告及其完整程度" }
                thead { tr {
                    th scope="col" { "县级" }
                    @for year in years { th scope="col" { (year) } }
                    th scope="col" { "合计" }
                } }
                @for (prefecture, counties) in &groups { tbody {
                    tr { th scope="rowgroup" colspan=(years.len() + 2) { (of(prefecture)) } }
                    @for (code, county) in counties { tr data-c=(code) {
                        th scope="row" { (county.name) }
                        @for year in years {
                            @match county.years.get(year) {
                                Some(quality) => { @let (mark, class) = mark(quality.as_deref()); td class=(class) { (mark) } },
                                None => td {},
                            }
                        }
                        @let found = county.years.values().flatten().count();
                        @let key = format!("coverage.county.{code}");
                        td { (out_of(&key, found as u64, county.years.len() as u64)) }
                    } }
                } }
            }
        }
    }
}

fn mark(quality: Option<&str>) -> (&'static str, &'static str) {
    match quality {
        Some("complete") => ("全", "a"),
        Some("partial") => ("部", "b"),
        Some(_) => ("残", "c"),
        None => ("缺", "m"),
    }
}

fn out_of(key: &str, found: u64, expected: u64) -> Markup {
    html! {
        (figure(&format!("{key}.found"), found as f64))
        i { "/" (figure(&format!("{key}.expected"), expected as f64)) }
    }
}

fn legend() -> Markup {
    html! {
        ul.lg aria-label="图例" {
            li.h0 { "0" } li.h1 { "不到 25%" } li.h2 { "25%～50%" } li.h3 { "50%～75%" } li.h4 { "75% 以上" } li.h5 { "全部" }
        }
    }
}

fn shade(found: u64, expected: u64) -> &'static str {
    match (found, expected) {
        (0, _) => "h0",
        (f, e) if f >= e => "h5",
        (f, e) => ["h1", "h2", "h3", "h4"][usize::try_from(f * 4 / e).unwrap_or(0).min(3)],
    }
}

fn heat(
    caption: &str,
    corner: &str,
    key: &str,
    rows: &[&str],
    years: &BTreeSet<i32>,
    cells: &Cells<'_>,
    name: &dyn Fn(&str) -> Markup,
) -> Markup {
    let cell = |row: Option<&str>, year: Option<i32>| match cells.get(&(row, year)) {
        Some((found, expected)) => {
            let of_year = year.map_or_else(|| "total".to_owned(), |y| y.to_string());
            let key = format!("{key}.{}.{of_year}", row.unwrap_or("total"));
            html! { td class=(shade(*found, *expected)) { (out_of(&key, *found, *expected)) } }
        }
        None => html! { td {} },
    };
    html! {
        table.t.ht {
            caption { (caption) }
            thead { tr {
                th scope="col" { (corner) }
                @for year in years { th scope="col" { (year) } }
                th scope="col" { "合计" }
            } }
            tbody { @for row in rows { tr {
                th scope="row" { (name(row)) }
                @for year in years { (cell(Some(row), Some(*year))) }
                (cell(Some(row), None))
            } } }
            tfoot { tr {
                th scope="row" { "合计" }
                @for year in years { (cell(None, Some(*year))) }
                (cell(None, None))
            } }
        }
    }
}
