//! Two thousand reports of four hundred bodies over five years, with errors put in: every rule that compares figures,
//! dates, texts or reports must find its own and nothing else. The truth is computed from what was written, by rules of
//! this file's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;

use arrow_array::StringArray;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use nianbao::run::{Options, Pipeline, When, run};
use nianbao_testing::years::{Random, Said, page, prose};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

const YEARS: std::ops::RangeInclusive<i32> = 2021..=2025;
const PARTS: [&str; 9] =
    ["教育局", "民政局", "水务局", "审计局", "司法局", "农业农村局", "卫生健康局", "交通运输局", "城关镇人民政府"];
const RULES: [&str; 18] = [
    "sum_broken",
    "suspect_cell",
    "negative_value",
    "issued_above_in_force",
    "narrative_disagrees",
    "published_late",
    "published_early",
    "missing_chapter",
    "carried_over_differs",
    "stock_differs",
    "repealed_above_stock",
    "below_departments",
    "reissue_differs",
    "value_jump",
    "requests_copied",
    "disclosure_copied",
    "narrative_copied",
    "narrative_shared",
];

/// Path of a report and rule of a finding.
type Truth = BTreeSet<(String, String)>;

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

struct Body {
    folder: String,
    agency: String,
    government: bool,
    town: bool,
    county: usize,
    years: Vec<Said>,
    /// Which of the bodies without an error of their own it is.
    spare: Option<usize>,
}

impl Body {
    fn path(&self, at: usize) -> String {
        format!("{}/{}/{}.txt", self.folder, self.years[at].year, self.agency)
    }
}

/// Forty counties whose names are theirs alone.
fn counties() -> Vec<(String, String)> {
    let text = fs::read_to_string("data/divisions/divisions.csv").unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let named = |code: &str| rows.iter().find(|r| r[0] == code).unwrap()[1].to_owned();
    let own = |r: &&Vec<&str>| {
        r[2] == "county"
            && (r[0].starts_with("62") || r[0].starts_with("64"))
            && r[5].is_empty()
            && r[1].ends_with('县')
            && r[1].chars().count() == 3
            && rows.iter().filter(|o| o[1].contains(r[1])).count() == 1
    };
    rows.iter()
        .filter(own)
        .take(40)
        .map(|r| (format!("{}/{}", named(&format!("{}0000", &r[0][..2])), named(r[3])), r[1].to_owned()))
        .collect()
}

/// A part of a government: figures of its own, each year following from the year before.
fn part(random: &mut Random) -> Vec<Said> {
    let (mut carried, mut stock) = (random.below(4), 20 + random.below(40));
    let base = 12 + random.below(20);
    YEARS
        .map(|year| {
            let received = base + random.below(9) + 10 * u64::try_from(year - 2021).unwrap();
            let carried_out = random.below(4);
            let petitions = 1 + random.below(3);
            let (issued, repealed) = (1 + random.below(5), 1 + random.below(3));
            let before = stock;
            stock = before + issued - repealed;
            let said = Said {
                year,
                received,
                carried_in: carried,
                granted: received + carried - carried_out - petitions,
                petitions,
                carried_out,
                documents: [issued, repealed, stock],
                licences: i64::try_from(200 + random.below(300)).unwrap(),
                penalties: 100 + random.below(300),
                disputes: [2, 1, 0, 0, 3],
                narrative: prose(random, 40),
                without: None,
                published: (year + 1, 1, 15),
                period: year,
                told: None,
                misprint: None,
            };
            carried = carried_out;
            said
        })
        .collect()
}

/// Puts one error of each kind, and one that is nearly one, into bodies of their own.
fn inject(bodies: &mut [Body], random: &mut Random) {
    let parts: Vec<usize> = (0..bodies.len()).filter(|b| !bodies[*b].government && !bodies[*b].town).collect();
    for (n, b) in parts.iter().copied().enumerate() {
        let at = 1 + n % 3;
        let other = parts[(n + 1) % parts.len()];
        let borrowed = bodies[other].years[at].narrative.clone();
        let same_province = bodies[other].folder[..6] == bodies[b].folder[..6];
        let years = &mut bodies[b].years;
        let last = years[at - 1].clone();
        let said = &mut years[at];
        match n % 27 {
            0 => {
                said.carried_in += 1;
                said.granted += 1;
            }
            1 => said.documents[2] += 1,
            2 => {
                said.documents[1] = last.documents[2] + said.documents[0] + 1;
                said.documents[2] = 0;
            }
            3 => said.documents = [last.documents[2] + 50, 1, 3],
            4 => said.licences = -5,
            5 => said.licences = 0,
            6 => said.told = Some(said.received + 1),
            7 => said.published = (said.year + 1, 2, 1),
            8 => said.published = (said.year + 1, 1, 31),
            9 => said.published = (said.year, 12, 30),
            10 => said.published = (said.year + 1, 1, 1),
            11 => said.without = Some(4 + n % 2),
            12 | 13 => {
                let times = if n % 27 == 12 { 100 } else { 98 };
                let beside = last.received.max(years[at + 1].received);
                let said = &mut years[at];
                let received = times * beside;
                said.granted += received - said.received;
                said.received = received;
            }
            14 => {
                // As much is carried out as in every year, so that a table may stand again.
                for said in years.iter_mut() {
                    (said.carried_in, said.carried_out) = (2, 2);
                    said.granted = said.received - said.petitions;
                }
                let copy = years[at - 1].clone();
                let said = &mut years[at];
                (said.received, said.granted, said.petitions) = (copy.received, copy.granted, copy.petitions);
            }
            15 => {
                years[at - 1].documents = [2, 2, 44];
                let copy = years[at - 1].clone();
                let said = &mut years[at];
                (said.documents, said.licences, said.penalties) = (copy.documents, copy.licences, copy.penalties);
            }
            16 => {
                years[at - 1].documents = [2, 2, 44];
                let copy = years[at - 1].clone();
                let said = &mut years[at];
                (said.documents, said.licences) = (copy.documents, copy.licences);
                said.penalties = copy.penalties + 1;
            }
            17 => {
                said.narrative =
                    format!("{}{}", last.narrative.split_inclusive('。').skip(1).collect::<String>(), prose(random, 1));
            }
            18 => {
                said.narrative = format!(
                    "{}{}",
                    last.narrative.split_inclusive('。').skip(20).collect::<String>(),
                    prose(random, 20)
                );
            }
            19 if same_province => said.narrative = borrowed,
            20 => {
                said.narrative =
                    format!("{}{}", borrowed.split_inclusive('。').skip(16).collect::<String>(), prose(random, 16));
            }
            21 => said.misprint = Some((0, said.received + 9)),
            22 => said.misprint = Some((1, said.granted + 7)),
            23 => said.misprint = Some((2, said.carried_out + 3)),
            24.. => bodies[b].spare = Some(n % 27 - 24),
            _ => {}
        }
    }
}

/// The government's report of a year: what its parts say, added up.
fn government(random: &mut Random, parts: &[&Body]) -> Vec<Said> {
    (0..YEARS.count())
        .map(|at| {
            let sum = |of: &dyn Fn(&Said) -> u64| parts.iter().map(|b| of(&b.years[at])).sum::<u64>();
            let year = parts[0].years[at].year;
            Said {
                received: sum(&|s| s.received),
                carried_in: sum(&|s| s.carried_in),
                granted: sum(&|s| s.granted),
                petitions: sum(&|s| s.petitions),
                carried_out: sum(&|s| s.carried_out),
                documents: [0, 0, 0],
                licences: 900 + i64::try_from(random.below(900)).unwrap(),
                penalties: 900 + random.below(900),
                narrative: prose(random, 40),
                without: None,
                published: (year + 1, 3, 31),
                told: None,
                misprint: None,
                ..parts[0].years[at].clone()
            }
        })
        .collect()
}

fn sentences(text: &str) -> BTreeSet<&str> {
    text.split('。').filter(|s| !s.is_empty()).collect()
}

/// The share of sentences in common: all sentences are random, so the share of shingles is about the same.
fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (sentences(a), sentences(b));
    a.intersection(&b).count() as f64 / a.union(&b).count() as f64
}

fn truth(bodies: &[Body]) -> Truth {
    let mut truth = Truth::new();
    let mut found = |path: &str, rule: &str, is: bool| {
        if is {
            truth.insert((path.to_owned(), rule.to_owned()));
        }
    };
    for body in bodies {
        for (at, said) in body.years.iter().enumerate() {
            let path = body.path(at);
            found(&path, "sum_broken", said.misprint.is_some());
            found(&path, "suspect_cell", said.misprint.is_some());
            found(&path, "negative_value", said.licences < 0);
            let [issued, repealed, in_force] = said.documents;
            found(&path, "issued_above_in_force", issued > in_force + repealed);
            found(&path, "narrative_disagrees", said.told.is_some_and(|t| t != said.received));
            let late = if body.government { (said.year + 1, 3, 31) } else { (said.year + 1, 1, 31) };
            found(&path, "published_late", !body.town && said.published > late);
            found(&path, "published_early", said.published < (said.year, 12, 31));
            found(&path, "missing_chapter", said.without.is_some());
            let Some(last) = at.checked_sub(1).map(|l| &body.years[l]) else { continue };
            // One column of what was carried out is printed with another value.
            let misprinted = last.misprint.is_some_and(|(row, _)| row == 2);
            found(&path, "carried_over_differs", said.carried_in != last.carried_out || misprinted);
            let stock = last.documents[2] + issued;
            found(&path, "repealed_above_stock", repealed > stock);
            found(&path, "stock_differs", repealed <= stock && in_force != stock - repealed);
            for (a, b) in [(said.received, last.received), (in_force, last.documents[2]), (issued, last.documents[0])] {
                let (small, large) = (a.min(b), a.max(b));
                if large >= 1000 && large >= 100 * small.max(1) {
                    found(&if a > b { path.clone() } else { body.path(at - 1) }, "value_jump", true);
                }
            }
            let requests = |s: &Said| (s.received, s.carried_in, s.granted, s.petitions, s.carried_out, s.misprint);
            found(&path, "requests_copied", requests(said) == requests(last) && said.received >= 10);
            let disclosure = |s: &Said| (s.documents, s.licences, s.penalties);
            let filled = said.documents.iter().filter(|d| **d > 0).count() >= 3 && said.licences > 0;
            found(&path, "disclosure_copied", disclosure(said) == disclosure(last) && filled);
            found(&path, "narrative_copied", alike(&said.narrative, &last.narrative) > 0.88);
        }
    }
    for at in 0..YEARS.count() {
        for county in 0..=bodies.iter().map(|b| b.county).max().unwrap() {
            let of = |government: bool| bodies.iter().filter(move |b| b.county == county && b.government == government);
            let own = of(true).next().unwrap();
            for figure in [|s: &Said| s.received, |s: &Said| s.carried_in, |s: &Said| s.carried_out] {
                let sum: u64 = of(false).map(|b| figure(&b.years[at])).sum();
                found(&own.path(at), "below_departments", figure(&own.years[at]) < sum);
            }
        }
        // Only neighbours were copied from.
        for (i, a) in bodies.iter().enumerate() {
            for b in bodies[i + 1..].iter().take(12).filter(|b| b.folder[..6] == a.folder[..6]) {
                if alike(&a.years[at].narrative, &b.years[at].narrative) > 0.88 {
                    found(&a.path(at), "narrative_shared", true);
                    found(&b.path(at), "narrative_shared", true);
                }
            }
        }
    }
    truth
}

/// Rule and path of every finding in a release.
fn findings(release: &Path) -> Truth {
    let mut out = Truth::new();
    let mut folders = vec![release.join("findings")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(&entry).unwrap()).unwrap().build().unwrap()
            {
                let batch = batch.unwrap();
                let rules = batch.column_by_name("rule").unwrap().as_dictionary::<Int32Type>();
                let names: &StringArray = rules.values().as_string();
                let paths: &StringArray = batch.column_by_name("source_path").unwrap().as_string();
                for row in 0..batch.num_rows() {
                    out.insert((paths.value(row).to_owned(), names.value(rules.key(row).unwrap()).to_owned()));
                }
            }
        }
    }
    out
}

#[test]
fn errors_over_years_and_bodies() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    let mut random = Random(7);
    let mut bodies = Vec::new();
    for (county, (above, name)) in counties().iter().enumerate() {
        for function in PARTS {
            bodies.push(Body {
                folder: format!("{above}/{name}"),
                agency: format!("{name}{function}"),
                government: false,
                town: function.ends_with("镇人民政府"),
                county,
                years: part(&mut random),
                spare: None,
            });
        }
    }
    inject(&mut bodies, &mut random);
    for (county, (above, name)) in counties().iter().enumerate() {
        let parts: Vec<&Body> = bodies.iter().filter(|b| b.county == county && !b.government).collect();
        let mut years = government(&mut random, &parts);
        match county % 4 {
            0 => {
                years[2].received -= 1;
                years[2].granted -= 1;
            }
            1 => years[3].published = (years[3].year + 1, 4, 1),
            _ => {}
        }
        bodies.push(Body {
            folder: format!("{above}/{name}"),
            agency: format!("{name}人民政府"),
            government: true,
            town: false,
            county,
            years,
            spare: None,
        });
    }
    let mut truth = truth(&bodies);
    for body in &bodies {
        for (at, said) in body.years.iter().enumerate() {
            put(&archive, &body.path(at), &page(&body.agency, said));
        }
        // Re-issues: with another figure, and with another text only.
        if body.spare.is_some_and(|s| s < 2) {
            let mut again = body.years[4].clone();
            again.published.2 += 1;
            again.narrative = prose(&mut random, 40);
            again.penalties += u64::from(body.spare == Some(0));
            let path = body.path(4).replace(".txt", "（更正）.txt");
            put(&archive, &path, &page(&body.agency, &again));
            if body.spare == Some(0) {
                truth.insert((path, "reissue_differs".to_owned()));
                truth.insert((body.path(4), "reissue_differs".to_owned()));
            }
        }
    }
    let file = folder.path().join("pipeline.toml");
    fs::write(&file, "[source]\npath = \"archive\"\n[dataset]\npath = \"dataset\"\n").unwrap();
    let pipeline = Pipeline::load(&file).unwrap();
    let options = Options { progress: When::Never, ..Options::default() };
    let report = run(&pipeline, &options, &mut |_| {}).unwrap().unwrap();
    assert!(report.files >= 2000, "{}", report.files);
    let found = findings(&report.release);
    let mut bad = Vec::new();
    let by_rule = |set: &Truth, rule: &str| -> BTreeSet<String> {
        set.iter().filter(|(_, r)| r == rule).map(|(p, _)| p.clone()).collect()
    };
    let mut counts: BTreeMap<&str, (usize, f64, f64)> = BTreeMap::new();
    for rule in RULES {
        let (want, have) = (by_rule(&truth, rule), by_rule(&found, rule));
        let hit = want.intersection(&have).count() as f64;
        let (recall, precision) = (hit / want.len().max(1) as f64, hit / have.len().max(1) as f64);
        counts.insert(rule, (want.len(), recall, precision));
        println!("{rule:<24} {:>4} injected, recall {recall:.3}, precision {precision:.3}", want.len());
        if recall < 0.99 || precision < 0.99 || want.len() < 5 {
            let missed: Vec<&String> = want.difference(&have).take(3).collect();
            let false_: Vec<&String> = have.difference(&want).take(3).collect();
            bad.push(format!("{rule}: {} wanted, missed {missed:?}, false {false_:?}", want.len()));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
