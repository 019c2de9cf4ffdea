//! The markup of the pages.
//!
//! Owns what all sections share: figures that programs find again, links, tables, the frame of a page. Every text from a
//! report is escaped by maud. Pages need no network and no script.

mod coverage;
mod findings;
mod intake;
mod trends;

use anyhow::Result;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::area::Area;
use super::gather::Gathered;

const STYLE: &str = include_str!("../style.css");

/// Chapters of a page: anchor, name.
const CHAPTERS: [(&str, &str); 8] = [
    ("files", "读入情况"),
    ("quality", "完整程度"),
    ("coverage", "覆盖"),
    ("findings", "疑点"),
    ("trends", "趋势"),
    ("denied", "不予公开占比"),
    ("outliers", "异常值"),
    ("help", "说明"),
];

/// File name of the page of a province, or of the first page.
pub(super) fn file_name(province: Option<u8>) -> String {
    province.map_or_else(|| "index.html".to_owned(), |p| format!("province-{p:02}.html"))
}

/// What pages are made of.
pub(super) struct View<'v> {
    pub(super) gathered: &'v Gathered,
    /// Name of a province.
    pub(super) name: &'v dyn Fn(u8) -> String,
    /// Version of the dataset.
    pub(super) version: &'v str,
    /// Where the archive's files are found; empty for nowhere.
    pub(super) archive_url: &'v str,
}

/// A page being written.
struct Page<'v> {
    view: &'v View<'v>,
    area: &'v Area,
    province: Option<u8>,
}

impl View<'_> {
    /// The page of a province, or the first page.
    ///
    /// # Errors
    /// When a picture cannot be drawn, which memory does not refuse.
    pub(super) fn page(&self, province: Option<u8>) -> Result<String> {
        let none = Area::new(0);
        let area = match province {
            Some(p) => self.gathered.provinces.get(&p).unwrap_or(&none),
            None => &self.gathered.whole,
        };
        Ok(Page { view: self, area, province }.whole()?.into_string())
    }
}

impl Page<'_> {
    fn whole(&self) -> Result<Markup> {
        const TITLE: &str = "年报数据质量页";
        let name = self.province.map(self.view.name);
        let title = name.as_ref().map_or_else(|| TITLE.to_owned(), |n| format!("{n} · {TITLE}"));
        let (reports, years) =
            (self.area.years.values().map(|t| t.reports).sum::<u64>(), self.area.years.keys().flatten());
        let span = match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) => format!("{first}—{last}"),
            _ => "未定".to_owned(),
        };
        let version = env!("CARGO_PKG_VERSION");
        Ok(html! {
            (DOCTYPE)
            html lang="zh-CN" data-province=[self.province] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) }
                    style { (PreEscaped(tight(STYLE))) }
                }
                body {
                    a.sk href="#main" { "跳到正文" }
                    header {
                        @if name.is_some() { p.bk { a href="index.html" { "← 全部地区" } } }
                        h1 { @match &name { Some(name) => { (name) span { (TITLE) } }, None => (TITLE) } }
                        p.ld { "政府信息公开工作年度报告数据集的读入、完整、覆盖与疑点。" }
                        dl {
                            (fact("报告", &html! { (figure("reports.total", reports as f64)) " 份" }))
                            (fact("主要版本", &html! { (figure("reports.primary", self.area.primary as f64)) " 份" }))
                            (fact("年度", &html! { (span) }))
                            @if name.is_none() {
                                (fact("地区", &html! { (figure("reports.provinces", self.view.gathered.provinces.len() as f64)) " 个" }))
                            }
                            (fact("数据集版本", &html! { code { (self.view.version) } }))
                            (fact("nianbao 版本", &html! { code { (version) } }))
                        }
                    }
                    nav aria-label="目录" { ol { @for (id, name) in CHAPTERS { li { a href={ "#" (id) } { (name) } } } } }
                    main #main tabindex="-1" {
                        (self.intake()) (self.quality()) (self.coverage()) (self.findings())
                        (self.trends()?) (self.denials()?) (self.outliers())
                        (section("help", "八", "怎样读这页", &help()))
                    }
                    footer {
                        p {
                            "数据集版本 " (self.view.version) "，nianbao " (version) "。"
                            @if name.is_some() { a href="index.html" { "全部地区" } }
                        }
                    }
                }
            }
            "\n"
        })
    }

    /// A path, linked to the file where the archive is found; a member of an archive leads to that.
    fn link(&self, path: &str) -> Markup {
        if self.view.archive_url.is_empty() {
            return html! { span.p { (path) } };
        }
        let file = path.split_once("!/").map_or(path, |(outer, _)| outer);
        html! { a.p href={ (self.view.archive_url) (encoded(&raw(file))) } { (path) } }
    }
}

/// A style sheet without comments and line breaks.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of a name: `\xC4` stands for one that is no text (`archive`).
fn raw(path: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some(next) = rest.chars().next() {
        let byte = rest.strip_prefix("\\x").and_then(|r| r.get(..2)).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let length = match byte {
            Some(byte) => {
                out.push(byte);
                4
            }
            None => {
                out.extend(next.to_string().bytes());
                next.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// A path as part of a URL (RFC 3986): all but unreserved characters and `/` as `%XX`.
fn encoded(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len() * 2);
    for byte in path.iter().copied() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn section(id: &str, number: &str, title: &str, body: &Markup) -> Markup {
    html! {
        section #(id) aria-labelledby={ (id) "-h" } {
            h2 #{ (id) "-h" } { span.no { (number) } (title) }
            (body)
        }
    }
}

/// What may be wider than a screen scrolls within itself, with the keyboard too.
fn scrolled(name: &str, class: &str, body: &Markup) -> Markup {
    html! { div class={ "sc" (class) } tabindex="0" role="region" aria-label=(name) { (body) } }
}

/// `1234567.5` as `1,234,567.5`.
fn shown(value: f64) -> String {
    let text = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A figure of the dataset, with the name by which a test finds it again.
fn figure(key: &str, value: f64) -> Markup {
    html! { data value=(plain(value)) data-figure=(key) { (shown(value)) } }
}

fn plain(value: f64) -> String {
    ((value * 1e6).round() / 1e6).to_string()
}

/// A share in per cent, with one digit, halves up; a dash of nothing.
fn share(key: &str, part: f64, whole: f64) -> Markup {
    if whole == 0.0 {
        return html! { "—" };
    }
    let value = (part * 100.0 / whole * 10.0 + 0.5).floor() / 10.0;
    html! { data value=(plain(value)) data-figure=(key) { (format!("{value:.1}%")) } }
}

fn help() -> Markup {
    html! {
        h3 { "数据与疑点" }
        ul {
            li { "数据集照录报告所载的数，不作更正。空白不是零：空白、缺失或无法辨认的单元格不计入任何合计、中位数和占比。" }
            li { "疑点是机器按固定规则查出的，每条都注明文件和位置，请对照原文判断。同一报告可有多条疑点。" }
            li { "覆盖以存档为准。“缺”只说明存档中没有该年度报告：可能没有收入、文件是图片，或者地区、年度未能确定。" }
        }
        h3 { "可比性" }
        ul {
            li { "2018 年度及以前用统计表，2019 年度起用国办公开办函〔2019〕60号的格式，2021 年度起用国办公开办函〔2021〕30号的格式；有的报告沿用旧格式，故格式不等于年度。" }
            li { "2018 与 2019 年度之间没有严格可比的数：新条例自 2019 年 5 月 15 日施行，申请的范围、不予公开的情形和期限都有改变，2019 年度兼有新旧两种规定。" }
            li { "行政规范性文件自 2021 年度起范围收窄，该年度的减少多为口径所致；收费由项目数改为金额，前后不可比。" }
            li { "2018—2019 年、2023—2024 年机构改革，机关合并分设，数随之变动。" }
        }
        h3 { "本页" }
        ul {
            li { "本页的数全部取自上列版本的数据集，同一数据集生成的页面逐字节相同。本页不需要网络，也不运行脚本。" }
            li { "表格较宽时可在表内左右滚动；点开或用键盘展开各条可见例子。打印时全部展开。" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_paths_encoded() {
        let shown: Vec<String> = [0.0, 999.0, 1000.0, -1_234_567.5, 2157.79].into_iter().map(shown).collect();
        assert_eq!(shown, ["0", "999", "1,000", "-1,234,567.5", "2,157.79"]);
        assert_eq!(encoded(&raw("a/年 #?.txt")), "a/%E5%B9%B4%20%23%3F.txt");
        assert_eq!(encoded(&raw("\\xC4\\xEA.pdf")), "%C4%EA.pdf");
        assert_eq!(tight("a { b: c }\n/* x */\nd {}"), "a { b: c } d {}");
    }

    #[test]
    fn markup_in_texts_is_text() {
        let text = figure("a\"><script>", 1.0).into_string();
        assert!(!text.contains("<script>") && text.contains("&lt;script&gt;"), "{text}");
    }
}
