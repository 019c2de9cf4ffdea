//! The sample archive of the repository: one report per layout class, the encodings in turn. Everything in it is made
//! up; only places are real.

use crate::encode::Stored;
use crate::generate::kinds::Layout;
use crate::generate::layouts::render;
use crate::generate::page::short_title;
use crate::generate::{Edition, Profile, Report, Rng, Truth, to_csv};

/// A file of the sample and the cells that it states.
pub struct SampleFile {
    pub path: String,
    pub bytes: Vec<u8>,
    pub expected: Vec<Truth>,
    pub report: Report,
}

/// The sample, the same every time.
pub fn files() -> Vec<SampleFile> {
    let mut out: Vec<SampleFile> = Vec::new();
    let mut rng = Rng::new(20_261_121);
    let editions = [Edition::E2021, Edition::E2019, Edition::E2014];
    let jobs: Vec<(Edition, Layout)> = editions
        .iter()
        .flat_map(|e| Layout::for_edition(*e).into_iter().map(move |l| (*e, l)))
        .enumerate()
        .filter(|(i, (e, _))| match e {
            Edition::E2021 => true,
            Edition::E2019 => i % 2 == 0,
            Edition::E2014 => i % 3 == 0,
        })
        .map(|(_, job)| job)
        .collect();
    // Bodies and paths come from the archive helper, figures and layout from here.
    let bodies = sample_reports(7, 400);
    for (n, (edition, layout)) in jobs.iter().enumerate() {
        let same: Vec<_> = bodies.iter().filter(|(_, r, _)| r.edition == *edition).collect();
        let Some((path, body, _)) = same.get(n * 3 % same.len()) else { continue };
        let profile = [Profile::Small, Profile::Distinct, Profile::WithBlanks, Profile::Zeros][n % 4];
        let mut report = Report::random(&mut rng, *edition, &profile);
        report.agency.clone_from(&body.agency);
        report.place = body.place.clone();
        report.year = body.year;
        report.published = body.published;
        let rendered = render(&report, *layout, &mut rng);
        let stored = match layout {
            Layout::Markdown => Stored::TraditionalReadings,
            _ => Stored::ALL[n % Stored::ALL.len()],
        };
        // Big5 has no simplified characters and a mirror no code table of its own: both are traditional pages.
        let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
        let extensions: &[&str] = if rendered.html {
            &[".html", ".htm", ".shtml", ".asp", ".jsp", ".doc"]
        } else {
            &[".txt", ".md", "", ".text"]
        };
        let path = format!("{stem}{}", extensions[n % extensions.len()]);
        out.push(SampleFile { path, bytes: stored.bytes(&rendered.text), expected: rendered.preserved, report });
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out.dedup_by(|a, b| a.path == b.path);
    // A page that is no report, and one that is no text.
    let notice = "关于召开会议的通知\n各科室：\n定于下周一召开例会，请按时参加。\n";
    for (path, bytes) in [
        ("其他/会议通知.txt", notice.as_bytes().to_vec()),
        ("其他/损坏.txt", vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 0xFF, 0x80]),
    ] {
        out.push(SampleFile {
            path: path.to_owned(),
            bytes,
            expected: Vec::new(),
            report: Report::random(&mut rng, Edition::E2021, &Profile::Zeros),
        });
    }
    out
}

/// The expected cells of all files as CSV.
pub fn expected_csv(files: &[SampleFile]) -> String {
    let mut out = String::from("file,table,row,column,value,raw\n");
    for file in files {
        for line in to_csv(&file.expected).lines().skip(1) {
            out.push_str(&format!("{},{line}\n", file.path));
        }
    }
    out
}

/// `n` reports with the paths of a plausible archive and the layout each should be printed in.
pub fn sample_reports(seed: u64, n: usize) -> Vec<(String, Report, Layout)> {
    let mut rng = Rng::new(seed);
    let mut taken = std::collections::HashSet::new();
    let mut out = Vec::with_capacity(n);
    while out.len() < n {
        let edition =
            rng.pick(&[Edition::E2021, Edition::E2021, Edition::E2021, Edition::E2019, Edition::E2019, Edition::E2014]);
        let profile = rng.pick(&Profile::ALL);
        let mixed = edition == Edition::E2021 && rng.chance(1, 12);
        let report =
            if mixed { Report::mixed_forms(&mut rng, &profile) } else { Report::random(&mut rng, edition, &profile) };
        let layout = rng.pick(&Layout::for_edition(edition));
        let folder: Vec<&str> = report.place.iter().flatten().map(String::as_str).collect();
        let extension = if layout.is_html() { "html" } else { "txt" };
        let stem = format!("{}/{}/{}", folder.join("/"), report.year, short_title(&report));
        let mut path = format!("{stem}.{extension}");
        if !taken.insert(path.clone()) {
            path = format!("{stem}_{}.{extension}", out.len());
            taken.insert(path.clone());
        }
        out.push((path, report, layout));
    }
    out
}
