//! Makes an archive of generated reports for the benchmark: `make_archive DIR COUNT text|html|both|small`.
//!
//! Mixed layouts, encodings and sizes (5 to 200 KB, more small than large), the same every time. `small` is text without
//! padding, for the nightly run over many files.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for developers"
)]

use std::fs;
use std::path::Path;

use nianbao_testing::encode::Stored;
use nianbao_testing::generate::Rng;
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::page::pad;
use nianbao_testing::sample::sample_reports;

/// Provinces of the archive.
const PROVINCES: [&str; 4] = ["宁夏回族自治区", "江苏省", "云南省", "湖南省"];

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [root, count, kind] = args.as_slice() else { anyhow::bail!("usage: make_archive DIR COUNT text|html|both") };
    let count: usize = count.parse()?;
    let mut rng = Rng::new(42);
    let wanted = |l: &Layout| match kind.as_str() {
        "text" | "small" => !l.is_html(),
        "html" => l.is_html(),
        _ => true,
    };
    let mut made = 0;
    let mut seed = 1;
    while made < count {
        seed += 1;
        for (path, mut report, _) in sample_reports(seed, 500) {
            if made == count {
                break;
            }
            // A few provinces: a real partition holds thousands of reports, not fifty.
            if !report.place[0].as_deref().is_some_and(|p| PROVINCES.contains(&p)) {
                continue;
            }
            // Each file its own body, so that none supersedes another and all are written.
            if let Some(county) = report.place.iter().flatten().next_back() {
                report.agency = format!("{county}第{made}中心");
            }
            let layouts: Vec<Layout> = Layout::for_edition(report.edition).into_iter().filter(wanted).collect();
            let layout = layouts[rng.below(layouts.len())];
            let mut page = render(&report, layout, &mut rng);
            // Sizes spread evenly over their logarithm.
            let size = 5.0 * 40.0_f64.powf(rng.below(1000) as f64 / 1000.0) * 1000.0;
            if kind != "small" {
                pad(&mut page, size as usize, &mut rng);
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
