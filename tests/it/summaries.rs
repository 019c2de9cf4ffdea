//! Summaries: what a night touches is made again and nothing else, and asking for many parts at once gives what asking for
//! each gives.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use nianbao::run::{Pipeline, run};

use crate::nights::{Archive, options};

/// The pipeline of the sample over another archive, its queries from `sql`.
fn pipeline(folder: &Path, sql: &Path, summaries: &str) -> Pipeline {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("pipelines/sample.toml")).unwrap();
    let queries = text.split_once("[[summary]]").unwrap().1.replace("\"summaries/", &format!("\"{}/", sql.display()));
    let head = format!(
        "[source]\npath = \"archive\"\ndetect = \"mtime\"\n[dataset]\npath = \"dataset\"\n\
         [summaries]\npath = \"{summaries}\"\nformat = [\"csv\", \"xlsx\"]\n[[summary]]"
    );
    let file = folder.join(format!("{summaries}.toml"));
    fs::write(&file, head + &queries).unwrap();
    Pipeline::load(&file).unwrap()
}

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/summaries")
}

fn made(pipeline: &Pipeline, full: bool) {
    run(pipeline, &options(full), &mut |_| ()).unwrap().unwrap();
}

/// What `of` says of each file below a folder, but the index of the summaries.
fn files<T>(folder: &Path, of: impl Fn(&Path) -> T) -> BTreeMap<String, T> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|e| e.unwrap().into_path());
    let kept = walk.filter(|p| p.is_file() && !p.ends_with(".nianbao-summaries"));
    kept.map(|p| (p.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), of(&p))).collect()
}

#[test]
fn a_changed_partition_touches_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 5);
    let nightly = pipeline(folder.path(), &shipped(), "summaries");
    let at = folder.path().join("summaries");
    made(&nightly, false);
    let inodes = || files(&at, |p| fs::metadata(p).unwrap().ino());
    let first = inodes();
    made(&nightly, false);
    assert_eq!(inodes(), first, "nothing changed");
    let path = archive.files().into_iter().find(|p| p.ends_with("2021/贺兰县教育局.txt")).unwrap();
    let text = fs::read_to_string(&path).unwrap().replace("行政强制\t0", "行政强制\t7");
    let relative = path.strip_prefix(&archive.root).unwrap().to_str().unwrap().to_owned();
    archive.put(&relative, text.as_bytes());
    made(&nightly, false);
    let second = inodes();
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let changed: Vec<&String> =
        second.iter().filter(|(name, inode)| first.get(*name) != Some(inode)).map(|c| c.0).collect();
    let wanted = ["2021-主动公开情况汇总.csv", "宁夏回族自治区.xlsx", "index.html"];
    assert!(wanted.iter().all(|w| changed.iter().any(|c| c.ends_with(w))), "{changed:?}");
    // Another province, another year, and what is about neither.
    let untouched = |name: &&&String| name.starts_with("62-") || name.contains("/2023-");
    assert_eq!(changed.iter().find(untouched), None, "{changed:?}");
    // Of the pages of bodies, those of that province and what is about all.
    let pages: Vec<&str> = changed.iter().filter_map(|c| c.strip_prefix("explore/")).collect();
    assert_eq!(pages, ["index.html", "names.js", "province-64.html", "province-64.js"]);
    // As a whole it is what a first night would have made.
    let bytes = || files(&at, |p| fs::read(p).unwrap());
    let nightly_made = bytes();
    made(&nightly, true);
    assert!(nightly_made == bytes());
}

#[test]
fn many_parts_at_once_are_what_each_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    Archive::new(folder.path().join("archive"), 11);
    let alone = folder.path().join("sql");
    fs::create_dir(&alone).unwrap();
    let mut parted = 0;
    for entry in fs::read_dir(shipped()).unwrap() {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let mut kept: Vec<String> = Vec::new();
        for line in text.lines() {
            // What says of which report a row is stays: the pages of bodies rest on it.
            if line.contains(" AS part_year") || line.contains(" AS part_province") {
                parted += 1;
                let last = kept.last_mut().unwrap();
                *last = last.trim_end_matches(',').to_owned();
            } else {
                kept.push(line.to_owned());
            }
        }
        fs::write(alone.join(entry.file_name()), kept.join("\n")).unwrap();
    }
    assert!(parted > 20, "{parted} columns part the queries");
    made(&pipeline(folder.path(), &shipped(), "together"), true);
    made(&pipeline(folder.path(), &alone, "alone"), true);
    let bytes = |name: &str| files(&folder.path().join(name), |p| fs::read(p).unwrap());
    let (together, alone) = (bytes("together"), bytes("alone"));
    let pages = |name: &&String| !name.starts_with("quality/") && !name.starts_with("explore/");
    assert!(together.keys().filter(pages).count() > 30);
    for (name, bytes) in &together {
        assert!(alone.get(name) == Some(bytes), "{name}");
    }
}
