//! Markup of the pages: what stands there without the script, and where the script puts its views.
//!
//! Owns the two kinds of page, the first and that of a province, and the list of bodies with their latest figures that is
//! there without a script. Everything from a report is escaped by maud.

use maud::{DOCTYPE, Markup, html};

use super::names::Names;
use super::province::{LISTED, Province};

/// What a page may load, and from where: files beside it, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'";
/// What all pages say of themselves.
#[derive(Clone, Copy)]
pub(super) struct Head<'h> {
    pub(super) archive_url: &'h str,
    /// The quality page is beside.
    pub(super) quality: bool,
}

fn page(title: &str, head: Head<'_>, key: Option<&str>, scripts: &[String], body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" data-province=[key] data-archive=(head.archive_url) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                link rel="stylesheet" href="explore.css";
                @for script in scripts { script src=(script) defer {} }
            }
            body {
                a.skip href="#main" { "跳到正文" }
                (body)
            }
        }
        "\n"
    }
}

/// The first page.
pub(super) fn index(head: Head<'_>, entries: &[Names]) -> Markup {
    let body = html! {
        header.top {
            h1 { "机关与年度" }
            p.lead { "政府信息公开工作年度报告：查一个机关，看它各年的数。" }
            @if head.quality { p.side { a href="../quality/index.html" { "数据质量页" } } }
        }
        main #main tabindex="-1" {
            div #app {}
            section {
                h2 { "按地区" }
                div.scroll tabindex="0" role="region" aria-label="各地区" {
                    table.grid {
                        thead { tr { @for h in ["地区", "机关", "其中县级政府", "报告", "年度"] { th scope="col" { (h) } } } }
                        tbody { @for e in entries { tr {
                            th scope="row" { a href=(page_of(&e.key)) { (e.name) } }
                            td { (e.id.len()) } td { (e.governments) } td { (e.reports) }
                            td { @match e.years { Some((a, b)) if a == b => (a), Some((a, b)) => { (a) "—" (b) }, None => "未定" } }
                        } } }
                    }
                }
            }
        }
        (footer())
    };
    let scripts = ["forms.js", "explore.js"].map(str::to_owned);
    page("机关与年度 · 政府信息公开年报", head, None, &scripts, &body)
}

/// The page of a province.
pub(super) fn province(head: Head<'_>, key: &str, name: &str, own: &Province) -> Markup {
    let body = html! {
        header.top {
            p.back { a href="index.html" { "← 全部地区" } }
            h1 { (name) span { "机关与年度" } }
            @if head.quality { p.side { a href={ "../quality/" (if key == "none" { "index.html".to_owned() } else { page_of(key) }) } { "数据质量页" } } }
        }
        main #main tabindex="-1" {
            div #app {}
            section #plain {
                h2 { "机关名单与最近一年的数" }
                p.note { "本页没有运行脚本，只列各机关最近一份报告的几项数。空格为原文空白、无法辨认或未读到，不是零。" }
                div.scroll tabindex="0" role="region" aria-label="机关名单" {
                    table.grid {
                        thead { tr {
                            th scope="col" { "机关" } th scope="col" { "地级" } th scope="col" { "县级" } th scope="col" { "年度" }
                            @for (head, ..) in LISTED { th scope="col" { (head) } }
                        } }
                        tbody { @for body in &own.bodies { @let last = own.last(body); tr {
                            th scope="row" { (body.name) }
                            td { @if let Some(p) = &body.prefecture { (p.1) } }
                            td { @if let Some(c) = &body.county { (c.1) } }
                            td { @if let Some(y) = last.and_then(|r| r.year) { (y) } }
                            @for value in last.map(|r| r.listed).unwrap_or_default() { td { @if let Some(v) = value { (v) } } }
                        } } }
                    }
                }
            }
        }
        (footer())
    };
    let scripts = ["forms.js".to_owned(), script_of(key), "explore.js".to_owned()];
    page(&format!("{name} · 机关与年度"), head, Some(key), &scripts, &body)
}

/// Names of a province's files: its page, and its data.
pub(super) fn files(key: &str) -> [String; 2] {
    [page_of(key), script_of(key)]
}

fn page_of(key: &str) -> String {
    format!("province-{key}.html")
}

fn script_of(key: &str) -> String {
    format!("province-{key}.js")
}

fn footer() -> Markup {
    html! {
        footer { p { "数均照报告原文，未作更正；空白不是零。政府的数已包括所属部门和乡镇，不得与之相加。nianbao " (env!("CARGO_PKG_VERSION")) "。" } }
    }
}
