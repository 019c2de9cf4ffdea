//! Makes an archive of generated reports for the benchmark: `make_archive DIR COUNT text|html|both|few|small`.
//!
//! Mixed layouts and encodings, the same every time. `text` (8 KB a file), `html` (90 KB: plain pages, Word exports,
//! portals) and `both` are a national archive: 31 provinces, six years. `few` is `both` of two provinces. `small` is text
//! of four provinces without padding, for the nightly run over many files.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for developers"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nianbao_testing::encode::Stored;
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::page::pad;
use nianbao_testing::generate::{Rendered, Report, Rng};
use nianbao_testing::sample::sample_reports;

/// Provinces of `small`, and the first two those of `few`.
const PROVINCES: [&str; 4] = ["宁夏回族自治区", "江苏省", "云南省", "湖南省"];
/// Years of an archive that is not `small`.
const YEARS: std::ops::RangeInclusive<i32> = 2019..=2024;
/// Bytes of a text and of a page on average.
const SIZES: (usize, usize) = (8_000, 90_000);

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [root, count, kind] = args.as_slice() else {
        anyhow::bail!("usage: make_archive DIR COUNT text|html|both|few|small")
    };
    let count: usize = count.parse()?;
    let mut rng = Rng::new(42);
    let mut made = 0;
    let mut seed = 1;
    while made < count {
        seed += 1;
        for (path, mut report, _) in sample_reports(seed, 500) {
            if made == count {
                break;
            }
            if !belongs(kind, &report) {
                continue;
            }
            // Each file its own body, so that none supersedes another and all are written.
            if let Some(county) = report.place.iter().flatten().next_back() {
                report.agency = format!("{county}第{made}中心");
            }
            let layout = layout(kind, &report, &mut rng);
            let mut page = render(&report, layout, &mut rng);
            if kind != "small" {
                dress(&mut page, layout, &mut rng);
            }
            let stored = match rng.below(10) {
                0..=4 => Stored::Utf8,
                5..=7 => Stored::Gb18030,
                8 => Stored::Utf8Bom,
                _ => Stored::Utf16Le,
            };
            let extension = if page.html { "html" } else { "txt" };
            let path = Path::new(root)
                .join(format!("{}-{made}.{extension}", path.rsplit_once('.').map_or(path.as_str(), |p| p.0)));
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, stored.bytes(&page.text))?;
            made += 1;
        }
    }
    println!("{made} files");
    Ok(())
}

fn belongs(kind: &str, report: &Report) -> bool {
    let among = |provinces: &[&str]| report.place[0].as_deref().is_some_and(|p| provinces.contains(&p));
    match kind {
        "small" => among(&PROVINCES),
        "few" => among(&PROVINCES[..2]) && YEARS.contains(&report.year),
        _ => YEARS.contains(&report.year),
    }
}

/// Text and pages in turn where both are wanted: there are twenty ways of text and three of pages.
fn layout(kind: &str, report: &Report, rng: &mut Rng) -> Layout {
    let html = match kind {
        "text" | "small" => false,
        "html" => true,
        _ => rng.chance(1, 2),
    };
    let layouts: Vec<Layout> =
        Layout::for_edition(report.edition).into_iter().filter(|l| l.is_html() == html).collect();
    layouts[rng.below(layouts.len())]
}

/// Brings a page to its size: a page half by what stands in its head, as Word and portals have it, and half by its text.
fn dress(page: &mut Rendered, layout: Layout, rng: &mut Rng) {
    let (text, html) = SIZES;
    let size = if page.html { html } else { text } * (50 + rng.below(100)) / 100;
    let missing = size.saturating_sub(page.text.len());
    if page.html {
        let head = page.text.find("</head>").or_else(|| page.text.find("</HEAD>")).unwrap_or(0);
        let mut extra = String::with_capacity(missing / 2 + 200);
        extra.push_str(if layout == Layout::HtmlPortal { "<script>\n" } else { "<style>\n<!--\n" });
        let mut n = 0;
        while extra.len() < missing / 2 {
            n += 1;
            let _ = match layout {
                Layout::HtmlPortal => writeln!(
                    extra,
                    "  nav.push({{id: {n}, title: \"栏目{n}\", url: \"/zwgk/{n}/list.html\", open: {n} < 40 && {n} > 3}});"
                ),
                _ => writeln!(
                    extra,
                    "p.Style{n}, li.Style{n}, div.Style{n} {{mso-style-name:\"样式{n}\"; mso-style-unhide:no; margin:0cm; \
                     text-indent:{n}.0pt; font-size:16.0pt; font-family:仿宋_GB2312;}}"
                ),
            };
        }
        extra.push_str(if layout == Layout::HtmlPortal { "</script>\n" } else { "-->\n</style>\n" });
        page.text.insert_str(head, &extra);
        // Ranges of tables are not kept true: nobody asks for them here.
        page.tables.clear();
    }
    pad(page, size, rng);
}
