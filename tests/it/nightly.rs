//! The nightly run: only what changed is read, and the outcome is that of reading everything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::nights::{Archive, COLLECTION, contents, options, pipeline};
use nianbao::run::{Options, Pipeline, RunReport, run as night};
use nianbao_dataset::{FileFacts, LedgerRow, Previous, Status};
use nianbao_report::form;

fn run(pipeline: &Pipeline, full: bool) -> RunReport {
    night(pipeline, &options(full), &mut |_| {}).unwrap().unwrap()
}

fn refused(pipeline: &Pipeline) -> String {
    format!("{:#}", night(pipeline, &options(false), &mut |_| {}).unwrap_err())
}

/// What the ledger says of the archive, without times and names of runs.
pub fn ledger(dataset: &Path) -> Vec<LedgerRow> {
    let mut ledger = Previous::current(dataset).unwrap().unwrap().ledger().unwrap();
    let mut rows = Vec::new();
    while let Some(row) = ledger.next_row().unwrap() {
        let facts = FileFacts { observed_at: 0, first_run: String::new(), ..row.facts };
        rows.push(LedgerRow { facts, ..row });
    }
    rows
}

fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    a.keys().chain(b.keys()).filter(|k| a.get(*k) != b.get(*k)).cloned().collect()
}

/// Nights of random changes: the incremental run gives byte for byte what reading everything gives.
fn nights(seed: u64, rounds: usize, detect: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), seed);
    let source = format!("[source]\npath = \"archive\"\ndetect = {detect:?}\n");
    let nightly = pipeline(folder.path(), &archive.root, "nightly", &source);
    let mut carried = 0;
    let mut last = run(&nightly, false);
    assert!(last.changes.new > 20);
    for round in 0..rounds {
        let changes: Vec<String> = (0..archive.random.below(6)).map(|_| archive.change()).collect();
        let what = format!("seed {seed}, round {round}: {changes:#?}");
        let report = run(&nightly, false);
        let anew = pipeline(folder.path(), &archive.root, "anew", "");
        let _ = fs::remove_dir_all(folder.path().join("anew"));
        let whole = run(&anew, true);
        let (ours, theirs) = (contents(&nightly.dataset.path), contents(&anew.dataset.path));
        assert_eq!(differing(&ours, &theirs), Vec::<String>::new(), "{what}");
        assert_eq!(ledger(&nightly.dataset.path), ledger(&anew.dataset.path), "{what}");
        assert_eq!((&report.statuses, &report.rows), (&whole.statuses, &whole.rows), "{what}");
        assert_eq!((&report.findings, report.files), (&whole.findings, whole.files), "{what}");
        let c = &report.changes;
        assert_eq!(c.new + c.changed + c.unchanged, whole.changes.new, "{what}");
        if changes.is_empty() {
            assert!(c.new + c.changed + c.gone == 0, "{what}: {c:?}");
        }
        carried += report.partitions_carried;
        last = report;
    }
    assert!(carried > 0, "some partitions were carried over");
    // A night without a change links what is there, once the ledger trusts every stat.
    if detect == "mtime" {
        let again = run(&nightly, false);
        let parsed: u64 = again.changes.parsed;
        // Symbolic links are asked about every night.
        assert!(again.changes.none() && parsed <= 4, "{:?}", again.changes);
        assert_eq!(contents(&nightly.dataset.path), contents(&folder.path().join("anew")));
        assert!(again.partitions_carried >= again.partitions.len());
        last.release = again.release;
        assert_eq!((again.rows, again.statuses, again.files), (last.rows, last.statuses, last.files));
    }
    let verified = nianbao_dataset::verify::verify(&form::load().unwrap(), &last.release).unwrap();
    assert_eq!(verified.faults, Vec::<String>::new());
}

#[test]
fn changed_nights_by_mtime() {
    nights(1, 12, "mtime");
}

#[test]
fn changed_nights_by_hash_of_racy_files() {
    nights(2, 12, "stat");
}

#[test]
fn only_what_changed_is_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 5);
    let nightly = pipeline(
        folder.path(),
        &archive.root,
        "nightly",
        "[source]\npath = \"archive\"\ndetect = \"mtime\"\nrehash_nights = 0\n",
    );
    let first = run(&nightly, false);
    let files = first.changes.new;
    let same = run(&nightly, false);
    assert!(same.changes.none() && same.changes.parsed == 0 && same.changes.hashed == 0, "{:?}", same.changes);
    // One report of one county and year: its partition, and those whose reports are compared with it.
    let path = archive.files().into_iter().find(|p| p.ends_with("2021/贺兰县教育局.txt")).unwrap();
    let inode = |path: &str| {
        use std::os::unix::fs::MetadataExt as _;
        let release = fs::canonicalize(nightly.dataset.path.join("current")).unwrap();
        let folder = fs::read_dir(release.join(path)).unwrap().next().unwrap().unwrap();
        folder.metadata().unwrap().ino()
    };
    let (there, other) = (inode("cells/year=2021/province=64"), inode("cells/year=2022/province=62"));
    let text = fs::read_to_string(&path).unwrap().replace("行政强制\t0", "行政强制\t7");
    let relative = path.strip_prefix(&archive.root).unwrap().to_str().unwrap().to_owned();
    archive.put(&relative, text.as_bytes());
    let report = run(&nightly, false);
    assert_eq!((report.changes.changed, report.changes.parsed, report.changes.unchanged), (1, 1, files - 1));
    assert!(inode("cells/year=2021/province=64") != there && inode("cells/year=2022/province=62") == other);
    assert!(report.partitions_carried > 0);
    // Gone files leave, with a line each.
    fs::remove_file(&path).unwrap();
    let report = run(&nightly, false);
    assert_eq!((report.changes.gone, &report.changes.gone_paths), (1, &vec![relative]));
    // A file that only looks new is hashed, not parsed; its stat is trusted from then on.
    archive.put("其他/通知.txt", "关于召开会议的通知\n请各单位参加。\n".as_bytes());
    let report = run(&nightly, false);
    assert_eq!((report.changes.hashed, report.changes.parsed, report.changes.refreshed), (1, 0, 1));
    assert_eq!(run(&nightly, false).changes.hashed, 0);
    // Other options read what they touch: thresholds are no matter of the readers, limits are.
    let severe = pipeline(
        folder.path(),
        &archive.root,
        "nightly",
        "[source]\npath = \"archive\"\ndetect = \"mtime\"\nrehash_nights = 0\n[checks.severity]\npublished_late = \"off\"\n",
    );
    let report = run(&severe, false);
    assert!(report.changes.parsed == 0 && report.partitions_carried == 0, "{:?}", report.changes);
    let more = "[source]\npath = \"archive\"\ndetect = \"mtime\"\nrehash_nights = 0\n[checks.thresholds]\njump = 5.0\n";
    let report = run(&pipeline(folder.path(), &archive.root, "nightly", more), false);
    // The damaged PDF never became a document.
    assert_eq!(report.changes.parsed, files - 2, "{:?}", report.changes);
    let more = "[source]\npath = \"archive\"\ndetect = \"mtime\"\nrehash_nights = 0\n[checks.thresholds]\njump = 5.0\n[read]\nmax_pages = 7\n";
    let report = run(&pipeline(folder.path(), &archive.root, "nightly", more), false);
    assert_eq!(report.changes.parsed, files - 1, "{:?}", report.changes);
    assert_eq!(report.changes.unchanged, files - 1, "read again, and the same");
}

/// Content that changes behind an unchanged stat is found within the nights that every file has its turn in.
#[test]
fn a_file_may_hold_several_reports() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::new(folder.path().join("archive"), 7);
    let pipeline = pipeline(folder.path(), &archive.root, "nightly", "");
    let first = run(&pipeline, false);
    let rows = ledger(&pipeline.dataset.path);
    let own: Vec<&LedgerRow> = rows.iter().filter(|r| r.facts.source_path.ends_with(COLLECTION)).collect();
    let parts: Vec<(Option<u32>, Status)> = own.iter().map(|r| (r.facts.part, r.facts.status)).collect();
    let of_file = |status| [(None, status), (Some(2), status)];
    assert_eq!(parts, [of_file(Status::Report), of_file(Status::Duplicate)].concat(), "{parts:?}");
    let reports: Vec<_> = own.iter().filter_map(|r| r.report).collect();
    assert!(reports.len() == 2 && reports[0].index.body != reports[1].index.body);
    let hash: String = own[0].facts.hash.unwrap().iter().map(|b| format!("{b:02x}")).collect();
    let id = Sha256::digest(format!("{hash}#2"));
    assert_eq!(reports[1].index.report_id.to_be_bytes(), id[..8]);
    assert_eq!(first.files, rows.iter().filter(|r| r.facts.part.is_none()).count() as u64, "a part is no file");
    let second = run(&pipeline, false);
    assert_eq!((second.changes.new, second.changes.changed), (0, 0));
    assert_eq!(ledger(&pipeline.dataset.path), rows);
}

#[test]
fn every_file_has_its_night_to_be_hashed() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 6);
    let more = "[source]\npath = \"archive\"\ndetect = \"mtime\"\nrehash_nights = 1\n";
    let nightly = pipeline(folder.path(), &archive.root, "nightly", more);
    run(&nightly, false);
    let same = run(&nightly, false);
    assert!(same.changes.hashed == same.changes.unchanged && same.changes.none(), "{:?}", same.changes);
    let path = archive.files().into_iter().find(|p| p.ends_with("2022/贺兰县统计局.txt")).unwrap();
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap().replace("行政强制\t0", "行政强制\t7");
    fs::write(&path, text).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    assert_eq!(run(&nightly, false).changes.changed, 1);
    let _ = archive.random.below(2);
}

#[test]
fn an_archive_that_is_not_there_publishes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 7);
    for i in 0..300 {
        archive.put(&format!("其他/{i}.txt"), format!("第{i}号通知").as_bytes());
    }
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let first = run(&nightly, false);
    let before = contents(&nightly.dataset.path);
    for i in 0..101 {
        fs::remove_file(archive.root.join(format!("其他/{i}.txt"))).unwrap();
    }
    let message = refused(&nightly);
    assert!(message.contains("101 of") && message.contains("--allow-gone"), "{message}");
    fs::rename(&archive.root, folder.path().join("away")).unwrap();
    fs::create_dir(&archive.root).unwrap();
    assert!(refused(&nightly).contains("are gone"));
    assert_eq!(contents(&nightly.dataset.path), before);
    fs::remove_dir(&archive.root).unwrap();
    fs::rename(folder.path().join("away"), &archive.root).unwrap();
    let allowed = Options { allow_gone: true, ..options(false) };
    let report = night(&nightly, &allowed, &mut |_| {}).unwrap().unwrap();
    assert_eq!((report.changes.gone, report.files), (101, first.files - 101));
}

#[test]
fn limits_look_at_the_last_release() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::new(folder.path().join("archive"), 8);
    let more = "[limits]\nmax_fewer_reports = 0.1\nmax_fewer_cells = 0.1\nmax_lost_provinces = 0\n[metrics]\ntextfile = \"metrics.prom\"\n";
    let nightly = pipeline(folder.path(), &archive.root, "nightly", more);
    assert_eq!(run(&nightly, false).violations, Vec::<String>::new());
    let metrics = fs::read_to_string(folder.path().join("metrics.prom")).unwrap();
    assert!(metrics.contains("nianbao_run_exit_code 0\n") && metrics.contains("nianbao_files{status=\"skipped\"} 0\n"));
    fs::remove_dir_all(archive.root.join("甘肃省")).unwrap();
    let report = run(&nightly, false);
    let crossed = report.violations.join("\n");
    assert!(
        crossed.contains("reports: ") && crossed.contains("cells: ") && crossed.contains("release: 62"),
        "{crossed}"
    );
    let metrics = fs::read_to_string(folder.path().join("metrics.prom")).unwrap();
    assert!(
        metrics.contains("nianbao_run_exit_code 1\n") && metrics.contains("nianbao_limits_crossed 3\n"),
        "{metrics}"
    );
    assert_eq!(run(&nightly, false).violations, Vec::<String>::new(), "the night after, that is how it is");
}

#[test]
fn rollback_and_what_follows() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 9);
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "[metrics]\n");
    let dataset = &nightly.dataset.path;
    let first = run(&nightly, false);
    assert!(nianbao_dataset::rollback(dataset, None).is_err(), "there is nothing before");
    let before = contents(dataset);
    archive.change();
    archive.put("其他/新.txt", b"new");
    let second = run(&nightly, false);
    let after = contents(dataset);
    assert_ne!(differing(&before, &after), Vec::<String>::new());
    assert_eq!(nianbao_dataset::rollback(dataset, None).unwrap(), (second.run.clone(), first.run.clone()));
    assert_eq!(contents(dataset), before);
    assert!(nianbao_dataset::rollback(dataset, Some("../x")).is_err());
    // The next night starts from the release that is pointed at.
    let third = run(&nightly, false);
    assert!(third.changes.new >= 1);
    assert_eq!(contents(dataset), after);
    assert_eq!(nianbao_dataset::rollback(dataset, Some(&second.run)).unwrap().1, second.run);
    fs::remove_dir_all(dataset.join("releases").join(&first.run).join("cells")).unwrap();
    let message = format!("{:#}", nianbao_dataset::rollback(dataset, Some(&first.run)).unwrap_err());
    assert!(message.contains("not whole"), "{message}");
}

/// A ledger or records that are damaged are said to be, with the way out; a full run needs neither.
#[test]
fn a_damaged_release_is_no_ground_to_build_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 10);
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let first = run(&nightly, false);
    archive.put(
        "宁夏回族自治区/银川市/贺兰县/2021/贺兰县教育局.txt",
        "贺兰县教育局2021年政府信息公开工作年度报告".as_bytes(),
    );
    let records = first.release.join("_records/year=2021/province=64");
    let file = fs::read_dir(&records).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "not what it was").unwrap();
    let message = refused(&nightly);
    assert!(message.contains("run with --full"), "{message}");
    let verified = nianbao_dataset::verify::verify(&form::load().unwrap(), &first.release).unwrap();
    assert_eq!(verified.faults.len(), 1, "{:?}", verified.faults);
    fs::write(first.release.join("_ledger.parquet"), "nor this").unwrap();
    assert!(refused(&nightly).contains("run with --full"));
    // A full run does without the ledger.
    let report = run(&nightly, true);
    let verified = nianbao_dataset::verify::verify(&form::load().unwrap(), &report.release).unwrap();
    assert_eq!(verified.faults, Vec::<String>::new());
}

#[test]
fn diff_names_the_cells() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 14);
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let first = run(&nightly, false);
    let find = |archive: &Archive, part: &str| {
        archive.files().into_iter().find(|p| p.to_str().unwrap().contains(part)).unwrap()
    };
    let relative = |path: &Path| path.strip_prefix(folder.path().join("archive")).unwrap().to_str().unwrap().to_owned();
    let edited = find(&archive, "盐池县/2021/");
    let gone = find(&archive, "贺兰县/2022/");
    let moved = find(&archive, "瓜州县/2023/");
    // One figure of table 二, and a cell that becomes blank.
    let text = fs::read_to_string(&edited)
        .unwrap()
        .replace("行政强制\t0", "行政强制\t7")
        .replace("规章\t0\t0\t0", "规章\t0\t\t0");
    archive.put(&relative(&edited), text.as_bytes());
    fs::remove_file(&gone).unwrap();
    let target = archive.root.join("宁夏回族自治区/银川市/贺兰县/2023/移来.txt");
    fs::rename(&moved, &target).unwrap();
    archive.put("甘肃省/兰州市/榆中县/2023/榆中县财政局.txt", "榆中县财政局2023年政府信息公开工作年度报告".as_bytes());
    let second = run(&nightly, false);
    let (before, after) = nianbao_dataset::diff::release_before(&nightly.dataset.path, None).unwrap();
    assert_eq!((before.file_name().unwrap().to_str(), after), (Some(first.run.as_str()), second.release.clone()));
    let difference = nianbao_dataset::diff::diff(&before, &second.release).unwrap();
    let told = serde_json::to_value(&difference).unwrap();
    let paths = |kind: &str| -> Vec<String> {
        told[kind].as_array().unwrap().iter().map(|r| r["source_path"].as_str().unwrap().to_owned()).collect()
    };
    // A move is a report that went and one that came.
    assert_eq!(paths("gone"), [relative(&gone), relative(&moved)]);
    let mut came = vec!["甘肃省/兰州市/榆中县/2023/榆中县财政局.txt".to_owned(), relative(&target)];
    came.sort();
    assert_eq!(paths("added"), came);
    assert_eq!(paths("changed"), [relative(&edited)]);
    let cells: Vec<(String, serde_json::Value, serde_json::Value)> = told["changed"][0]["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            let name = format!(
                "{}.{}.{}",
                c["table"].as_str().unwrap(),
                c["row"].as_str().unwrap(),
                c["column"].as_str().unwrap()
            );
            (name, c["before"]["value"].clone(), c["after"]["value"].clone())
        })
        .collect();
    let null = serde_json::Value::Null;
    assert_eq!(
        cells,
        [
            ("disclosure.rules.repealed".to_owned(), 0.0.into(), null),
            ("disclosure.compulsory_measures.decisions".to_owned(), 0.0.into(), 7.0.into()),
        ]
    );
    assert!(nianbao_dataset::diff::release_before(&nightly.dataset.path, Some("../etc")).is_err());
}

/// Files that are no reports in any sense: each has its row, and none ends the run.
#[test]
fn every_strange_file_has_its_outcome() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::new(folder.path().join("archive"), 15);
    let root = archive.root;
    std::os::unix::fs::symlink(&root, root.join("loop")).unwrap();
    std::os::unix::fs::symlink("其他/通知.txt", root.join("link.txt")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
    fs::write(root.join(std::ffi::OsStr::from_bytes(b"\xBA\xD8.txt")), "名字是GBK").unwrap();
    fs::write(root.join("empty.txt"), "").unwrap();
    let sparse = fs::File::create(root.join("large.txt")).unwrap();
    sparse.set_len(2 << 30).unwrap();
    let nightly = pipeline(folder.path(), &root, "nightly", "");
    let report = run(&nightly, false);
    let rows: BTreeMap<String, LedgerRow> =
        ledger(&nightly.dataset.path).into_iter().map(|r| (r.facts.source_path.clone(), r)).collect();
    let told = |path: &str| rows.get(path).map(|r| (r.facts.status.code(), r.facts.reason.clone().unwrap_or_default()));
    for path in ["loop", "link.txt", "pipe", "socket"] {
        assert_eq!(told(path), Some(("unreadable", "not a regular file".to_owned())), "{path}");
    }
    assert_eq!(told("\\xBA\\xD8.txt").unwrap().0, "not_a_report");
    assert_eq!(told("empty.txt").unwrap().0, "not_a_report");
    let (status, reason) = told("large.txt").unwrap();
    assert!(status == "skipped" && reason.contains("max_file_size"), "{reason}");
    assert!(report.files > 40);
    // What is no file is asked about again, and nothing is new while it is the same.
    assert_eq!(run(&nightly, false).changes.changed, 0);
}

/// What the system refuses has its row and costs nobody else; what it refuses anew is told.
#[test]
fn files_and_folders_without_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Output};
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 18);
    archive.put("closed/文件.txt", "没有权限".as_bytes());
    archive.put("closed.txt", "没有权限".as_bytes());
    let _ = pipeline(folder.path(), &archive.root, "nightly", "");
    let open = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    open(folder.path(), 0o777);
    // Root may read everything: then the program runs as nobody.
    let root = fs::read_dir("/proc/1/fd").is_ok();
    let run = || -> Output {
        let program = env!("CARGO_BIN_EXE_nianbao");
        let mut command = if root { Command::new("setpriv") } else { Command::new(program) };
        if root {
            let copy = folder.path().join("nianbao");
            fs::copy(program, &copy).unwrap();
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
        }
        command.args(["run", "--progress", "never"]).arg(folder.path().join("nightly.toml")).output().unwrap()
    };
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let dataset = folder.path().join("nightly");
    let told = |path: &str| {
        let row = ledger(&dataset).into_iter().find(|r| r.facts.source_path == path);
        row.map(|r| (r.facts.status.code(), r.facts.reason.unwrap_or_default()))
    };
    open(&archive.root.join("closed.txt"), 0);
    let first = run();
    assert_eq!(
        first.status.code(),
        Some(0),
        "a file that could never be read is a fault of the data: {}",
        said(&first)
    );
    let (status, reason) = told("closed.txt").unwrap();
    assert!(status == "unreadable" && reason.contains("denied"), "{reason}");
    assert_eq!(told("closed/文件.txt").unwrap().0, "not_a_report");
    // What was there last night and cannot be listed tonight.
    open(&archive.root.join("closed"), 0);
    let second = run();
    assert!(second.status.code() == Some(1) && said(&second).contains("closed"), "{}", said(&second));
    assert!(told("closed/文件.txt").is_none() && told("closed").unwrap().1.contains("denied"));
    let third = run();
    assert_eq!(third.status.code(), Some(0), "told once: {}", said(&third));
    open(&archive.root.join("closed"), 0o755);
    open(&archive.root.join("closed.txt"), 0o644);
    assert_eq!(run().status.code(), Some(0));
    assert_eq!(told("closed.txt").unwrap().0, "not_a_report");
    assert!(told("closed").is_none() && told("closed/文件.txt").is_some());
}

/// Between the walk and the reading a file may go, or become something else.
#[test]
fn a_file_that_vanishes() {
    use nianbao_dataset::{Bounds, Read, Status, read_file};
    let folder = tempfile::tempdir().unwrap();
    for name in ["gone.txt", "pipe"] {
        fs::write(folder.path().join(name), "通知").unwrap();
    }
    let source = nianbao_dataset::archive::Source::new(folder.path(), &[], &[]).unwrap();
    let listed: Vec<_> = source.walk().collect();
    for name in ["gone.txt", "pipe"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    assert!(std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    let knowledge = nianbao_report::Knowledge::load(nianbao_report::finding::Settings::default()).unwrap();
    let bounds = Bounds { max_size: 1 << 20, ..Bounds::default() };
    for (listed, why) in listed.iter().zip(["No such file", "not a regular file"]) {
        let Read::Outcomes(outcomes) = read_file(&knowledge, listed, &bounds, None) else { panic!("{}", listed.name) };
        let outcome = &outcomes[0];
        assert!(outcome.facts.status == Status::Unreadable && outcome.transient && outcome.refused);
        assert!(outcome.facts.reason.as_deref().unwrap().contains(why), "{outcome:?}");
    }
}

/// A file that is written all the time is not half read.
#[test]
fn a_file_that_changes_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::new(folder.path().join("archive"), 16);
    let path = archive.root.join("其他/日志.txt");
    fs::write(&path, vec![b'x'; 32 << 20]).unwrap();
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                std::io::Write::write_all(&mut file, b"x").unwrap();
            }
        });
        run(&nightly, false);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let row = ledger(&nightly.dataset.path).into_iter().find(|r| r.facts.source_path == "其他/日志.txt").unwrap().facts;
    assert_eq!((row.status.code(), row.fingerprint), ("unreadable", 0));
    assert!(row.reason.unwrap().contains("changed while it was being read"));
    assert_eq!(run(&nightly, false).changes.changed, 1, "and read the next night");
}

/// SIGTERM and SIGINT end a run within seconds, with nothing published and nothing left.
#[test]
fn signals_end_a_run_cleanly() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 17);
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let first = run(&nightly, false);
    for i in 0..4000 {
        let text = format!("贺兰县教育局2021年政府信息公开工作年度报告\n{i}\n").repeat(300);
        archive.put(&format!("宁夏回族自治区/{i}.txt"), text.as_bytes());
    }
    for signal in ["TERM", "INT"] {
        let mut process = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["run", "--progress", "never"])
            .arg(folder.path().join("nightly.toml"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(400));
        let pid = process.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        let asked = std::time::Instant::now();
        let status = process.wait().unwrap();
        assert!(asked.elapsed().as_secs() < 10, "{:?}", asked.elapsed());
        let mut said = String::new();
        std::io::Read::read_to_string(&mut process.stderr.take().unwrap(), &mut said).unwrap();
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(said.contains("interrupted"), "{said}");
        assert_eq!(fs::read_dir(nightly.dataset.path.join("releases")).unwrap().count(), 1, "nothing is left");
        assert_eq!(Previous::current(&nightly.dataset.path).unwrap().unwrap().manifest.run, first.run);
    }
}

/// What failed for reasons of the night is tried again; what stays refused is told.
#[test]
fn passing_faults_are_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/archive/各种格式/pdf-scan.pdf");
    fs::copy(scan, archive.join("scan.pdf")).unwrap();
    let command = folder.path().join("recogniser");
    let more = format!("[ocr]\ncommand = [{command:?}, \"{{list}}\"]\n");
    let nightly = pipeline(folder.path(), &archive, "nightly", &more);
    run(&nightly, false);
    let status = || ledger(&nightly.dataset.path)[0].facts.clone();
    assert_eq!((status().status.code(), status().fingerprint), ("needs_ocr", 0));
    assert!(status().reason.unwrap().contains("cannot be started"));
    // The command is there the next night, and says nothing.
    fs::write(&command, "#!/bin/sh\nexit 0\n").unwrap();
    fs::set_permissions(&command, fs::Permissions::from_mode(0o755)).unwrap();
    let report = run(&nightly, false);
    assert_eq!(report.changes.changed, 1);
    assert_ne!(status().fingerprint, 0);
    assert!(!status().reason.unwrap_or_default().contains("command"));
}

/// The same report twice in one archive does not make the archive new every night; a date in the future neither.
#[test]
fn odd_files_settle() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 31);
    let mut text = fs::read(&archive.files()[0]).unwrap();
    text.extend_from_slice("完。".as_bytes());
    let zip = crate::nights::zip(&[("一.txt".to_owned(), text.clone()), ("二.txt".to_owned(), text)]);
    archive.put("甘肃省/双.zip", &zip);
    archive.put("x.zip!/通知.txt", "通知".as_bytes());
    archive.put("x.zip", &crate::nights::zip(&[("a".to_owned(), "通知".as_bytes().to_vec())]));
    archive.put("\\xBA.txt", "通知".as_bytes());
    let odd: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xBA.txt");
    fs::write(archive.root.join(odd), "通知").unwrap();
    let future = std::time::SystemTime::now() + std::time::Duration::from_secs(900_000);
    let late = archive.files()[3].clone();
    fs::File::options().write(true).open(&late).unwrap().set_modified(future).unwrap();
    let more = "[source]\npath = \"archive\"\ndetect = \"mtime\"\n";
    let nightly = pipeline(folder.path(), &archive.root, "nightly", more);
    run(&nightly, false);
    run(&nightly, false);
    let report = run(&nightly, false);
    assert!(report.changes.none() && report.changes.parsed == 0, "{:?}", report.changes);
    let verified = nianbao_dataset::verify::verify(&form::load().unwrap(), &report.release).unwrap();
    assert_eq!(verified.faults, Vec::<String>::new());
}

/// Options change what they touch, and the outcome is that of a fresh run with them.
#[test]
fn other_options_give_what_a_fresh_run_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 32);
    archive.put("lost+found/x.txt", b"lost");
    let first = pipeline(folder.path(), &archive.root, "nightly", "");
    run(&first, false);
    for (i, more) in [
        "[checks.severity]\npublished_late = \"off\"\nnarrative_copied = \"error\"\n",
        "[checks.thresholds]\njump = 2.0\njump_least = 3.0\n",
        "[source]\npath = \"archive\"\nexclude = [\"lost+found/**\", \"**/2022/**\"]\n",
        "[source]\npath = \"archive\"\ninclude = [\"宁夏回族自治区/**\"]\n",
        "[run]\nthreads = 1\nmemory = \"64MiB\"\n",
        "",
    ]
    .iter()
    .enumerate()
    {
        let nightly = pipeline(folder.path(), &archive.root, "nightly", more);
        let allowed = Options { allow_gone: true, ..options(false) };
        let ours = night(&nightly, &allowed, &mut |_| {}).unwrap().unwrap();
        let fresh = pipeline(folder.path(), &archive.root, &format!("fresh{i}"), more);
        let theirs = run(&fresh, false);
        assert_eq!(
            differing(&contents(&nightly.dataset.path), &contents(&fresh.dataset.path)),
            Vec::<String>::new(),
            "{more}"
        );
        assert_eq!((ours.findings, ours.statuses), (theirs.findings, theirs.statuses), "{more}");
    }
}
