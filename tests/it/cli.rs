//! The program as its users run it: the main job, bad input, same bytes, the other commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn nianbao(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao")).current_dir(root()).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs the sample pipeline over `source` into `out`.
fn run(source: &Path, out: &Path, more: &[&str]) -> Output {
    let (dataset, summaries) = (out.join("dataset"), out.join("summaries"));
    let mut args = vec!["run", "pipelines/sample.toml", "--progress", "never", "--source", source.to_str().unwrap()];
    args.extend(["--dataset", dataset.to_str().unwrap(), "--summaries", summaries.to_str().unwrap()]);
    args.extend(more);
    nianbao(&args)
}

fn sample() -> PathBuf {
    root().join("data/sample/archive")
}

/// Relative path and bytes of every data file and summary.
fn contents(out: &Path) -> Vec<(String, Vec<u8>)> {
    let release = fs::canonicalize(out.join("dataset/current")).unwrap();
    let mut all = Vec::new();
    for base in [release, out.join("summaries")] {
        for entry in walkdir::WalkDir::new(&base).sort_by_file_name() {
            let entry = entry.unwrap();
            let name = entry.path().strip_prefix(&base).unwrap().to_string_lossy().into_owned();
            if entry.file_type().is_file() && !name.starts_with('_') {
                all.push((name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    all
}

fn copy_backwards(from: &Path, to: &Path) {
    let mut files: Vec<PathBuf> =
        walkdir::WalkDir::new(from).into_iter().map(|e| e.unwrap().into_path()).filter(|p| p.is_file()).collect();
    files.sort();
    for file in files.iter().rev() {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(file, &target).unwrap();
        let modified = fs::metadata(file).unwrap().modified().unwrap();
        fs::File::options().write(true).open(&target).unwrap().set_modified(modified).unwrap();
    }
}

#[test]
fn same_input_same_bytes() {
    let temp = TempDir::new().unwrap();
    let copy = temp.path().join("copy");
    copy_backwards(&sample(), &copy);
    let outs: Vec<PathBuf> = ["one", "two", "copied"].iter().map(|n| temp.path().join(n)).collect();
    for (out, source, threads) in [(&outs[0], sample(), "1"), (&outs[1], sample(), "2"), (&outs[2], copy, "2")] {
        let output = run(&source, out, &["--threads", threads]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    let first = contents(&outs[0]);
    assert!(first.len() > 50);
    assert_eq!(first, contents(&outs[1]), "threads change the output");
    assert_eq!(first, contents(&outs[2]), "file order changes the output");
}

#[test]
fn every_file_has_one_row_and_the_dataset_checks() {
    let temp = TempDir::new().unwrap();
    let archive = temp.path().join("archive");
    copy_backwards(&sample(), &archive);
    let some = fs::read(archive.join("其他/会议通知.txt")).unwrap();
    fs::write(archive.join("empty.txt"), b"").unwrap();
    fs::write(archive.join("scan.pdf"), b"%PDF-1.4 nothing").unwrap();
    fs::write(archive.join("old.rar"), b"Rar!nothing").unwrap();
    fs::write(archive.join("again.txt"), &some).unwrap();
    std::os::unix::fs::symlink("/nowhere", archive.join("link.txt")).unwrap();
    // The same report under a second name, and a poorer copy of it under a third.
    let report = walkdir::WalkDir::new(&archive)
        .sort_by_file_name()
        .into_iter()
        .map(|e| e.unwrap().into_path())
        .find(|p| p.to_string_lossy().contains("渝中区人民政府2019"))
        .unwrap();
    let bytes = fs::read(&report).unwrap();
    fs::write(report.with_file_name("渝中区人民政府2019年政府信息公开工作年度报告(2).md"), &bytes).unwrap();
    let out = temp.path().join("out");
    let output = run(&archive, &out, &["--log-format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Members of an archive are files of their own.
    let members = 3;
    let files =
        walkdir::WalkDir::new(&archive).into_iter().filter(|e| !e.as_ref().unwrap().file_type().is_dir()).count()
            + members;
    let statuses = told["statuses"].as_object().unwrap();
    let sum: u64 = statuses.values().map(|v| v.as_u64().unwrap()).sum();
    assert_eq!((told["files"].as_u64(), sum), (Some(files as u64), files as u64));
    assert_eq!(told["rows"]["files"].as_u64(), Some(files as u64));
    assert_eq!(statuses["duplicate"].as_u64(), Some(1), "{statuses:?}");
    assert!(
        statuses["unreadable"].as_u64().unwrap() >= 3 && statuses["skipped"].as_u64().unwrap() >= 1,
        "{statuses:?}"
    );
    let checked = nianbao(&["check", out.join("dataset").to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    assert!(text(&checked.stdout).contains("whole"));
    // One changed byte is noticed.
    let cells = walkdir::WalkDir::new(out.join("dataset/releases")).into_iter().map(|e| e.unwrap().into_path());
    let victim = cells.filter(|p| p.is_file() && p.to_string_lossy().contains("/cells/")).min().unwrap();
    let mut bytes = fs::read(&victim).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&victim, bytes).unwrap();
    let checked = nianbao(&["check", out.join("dataset").to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(text(&checked.stderr).contains("hash"), "{}", text(&checked.stderr));
}

#[test]
fn bad_operator_input_is_one_message_and_nothing_written() {
    let temp = TempDir::new().unwrap();
    let path = |name: &str| temp.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("file"), b"").unwrap();
    fs::create_dir(path("archive")).unwrap();
    fs::write(path("bad.toml"), "[source]\npath = \"archive\"\nmax_size = 3\n[dataset]\npath = \"dataset\"\n").unwrap();
    fs::write(path("bad.sql"), "SELECT nothing_there FROM requests").unwrap();
    fs::write(
        path("sql.toml"),
        "[source]\npath = \"archive\"\n[dataset]\npath = \"dataset\"\n[[summary]]\nname = \"x\"\nsql = \"bad.sql\"\n",
    )
    .unwrap();
    let dataset = path("dataset");
    let base = ["run", "pipelines/sample.toml", "--summaries"];
    let summaries = path("summaries");
    let cases: Vec<(Vec<String>, &str)> = vec![
        (
            vec!["--source".into(), path("missing"), "--dataset".into(), dataset.clone()],
            "cannot read the source folder",
        ),
        (vec!["--source".into(), path("file"), "--dataset".into(), dataset.clone()], "not a folder"),
        (vec!["--source".into(), path("archive"), "--dataset".into(), path("file")], "is a file"),
        (vec!["--source".into(), path("archive"), "--dataset".into(), path("file/below")], "cannot create"),
        (
            vec!["--source".into(), path("archive"), "--dataset".into(), path("archive/dataset")],
            "lies inside the source",
        ),
        (vec!["--threads".into(), "0".into()], "--threads"),
        (vec!["--no-such-flag".into()], "--no-such-flag"),
    ];
    for (more, message) in cases {
        let mut args: Vec<&str> = base.to_vec();
        args.push(&summaries);
        args.extend(more.iter().map(String::as_str));
        let output = nianbao(&args);
        assert_eq!(output.status.code(), Some(2), "{more:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(message), "{more:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty() && !Path::new(&dataset).exists(), "{more:?}");
    }
    for (pipeline, message) in
        [("bad.toml", "max_size"), ("sql.toml", "nothing_there"), ("none.toml", "cannot read the pipeline file")]
    {
        let output = nianbao(&["run", &path(pipeline)]);
        assert_eq!(output.status.code(), Some(2));
        let stderr = text(&output.stderr);
        assert!(stderr.contains(message), "{stderr}");
        assert!(pipeline != "bad.toml" || stderr.contains("line 3"), "names the line: {stderr}");
        assert!(!Path::new(&dataset).exists());
    }
}

#[test]
fn a_second_run_waits_for_nobody() {
    let temp = TempDir::new().unwrap();
    let dataset = temp.path().join("dataset");
    fs::create_dir_all(&dataset).unwrap();
    let lock = fs::File::create(dataset.join(".lock")).unwrap();
    lock.lock().unwrap();
    let output = run(&sample(), temp.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("another run"), "{}", text(&output.stderr));
    drop(lock);
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    let names: Vec<String> = fs::read_dir(dataset.join("releases"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "both releases stay and no staging is left: {names:?}");
}

#[test]
fn dry_run_and_limits() {
    let temp = TempDir::new().unwrap();
    let output = run(&sample(), temp.path(), &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("会议通知.txt") && !temp.path().join("dataset").exists());
    let pipeline = temp.path().join("limits.toml");
    let body =
        format!("[source]\npath = {:?}\n[dataset]\npath = \"dataset\"\n[limits]\nmin_reports = 100000\n", sample());
    fs::write(&pipeline, body).unwrap();
    let output = nianbao(&["run", pipeline.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "published, but a limit was crossed");
    assert!(text(&output.stderr).contains("min_reports") && temp.path().join("dataset/current").exists());
}

#[test]
fn show_summary_and_dictionary() {
    let temp = TempDir::new().unwrap();
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    let dataset = temp.path().join("dataset");
    let again = temp.path().join("again");
    let args = [
        "summary",
        dataset.to_str().unwrap(),
        "--pipeline",
        "pipelines/sample.toml",
        "--summaries",
        again.to_str().unwrap(),
    ];
    assert_eq!(nianbao(&args).status.code(), Some(0));
    let csv = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let base = temp.path().join(folder);
        let files = walkdir::WalkDir::new(&base)
            .sort_by_file_name()
            .into_iter()
            .map(|e| e.unwrap().into_path())
            .filter(|p| p.is_file());
        files.map(|p| (p.strip_prefix(&base).unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap())).collect()
    };
    let first = csv("summaries");
    assert_eq!(first, csv("again"));
    let (_, bytes) = first.iter().find(|(n, _)| n.ends_with("依申请公开情况汇总.csv")).unwrap();
    assert!(bytes.starts_with("\u{FEFF}年度,省级,地级,县级,区划代码,填报单位,单位类别,层级,本年新收（件）".as_bytes()));
    assert!(text(bytes).contains("\r\n"));
    let damaged = nianbao(&["show", "data/sample/archive/其他/损坏.txt"]);
    assert!(text(&damaged.stdout).contains("unreadable") && damaged.status.code() == Some(0));
    let file = walkdir::WalkDir::new(sample())
        .sort_by_file_name()
        .into_iter()
        .map(|e| e.unwrap().into_path())
        .find(|p| p.to_string_lossy().ends_with(".html"))
        .unwrap();
    let shown = nianbao(&["show", "--format", "json", file.to_str().unwrap()]);
    let value: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert!(value["cells"].as_array().unwrap().len() > 100 && value["cells"][0]["line"].as_u64().unwrap() > 0);
    assert!(text(&nianbao(&["show", file.to_str().unwrap()]).stdout).contains("requests"));
    let csv = nianbao(&["show", "--format", "csv", file.to_str().unwrap()]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
    let cells = value["cells"].as_array().unwrap();
    for (row, cell) in rows.iter().zip(cells) {
        let number = cell["value"].as_f64().map(|v| v.to_string()).unwrap_or_default();
        assert_eq!(
            (&row[1], &row[2], &row[3], &row[4]),
            (
                cell["table"].as_str().unwrap(),
                cell["row"].as_str().unwrap(),
                cell["column"].as_str().unwrap(),
                number.as_str()
            )
        );
    }
    assert!(rows.len() >= cells.len());
    for finding in value["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap();
        assert!(rows.iter().any(|r| r[12].contains(rule)), "{rule} is not shown");
    }
    let dictionary = nianbao(&["dictionary"]);
    assert_eq!(
        text(&dictionary.stdout),
        fs::read_to_string(root().join("docs/dictionary.md")).unwrap(),
        "run `make dictionary`"
    );
    assert!(serde_json::from_slice::<serde_json::Value>(&nianbao(&["dictionary", "--format", "json"]).stdout).is_ok());
}

#[test]
fn the_dataset_opens_from_python() {
    let Some(python) = nianbao_testing::python() else { return };
    let temp = TempDir::new().unwrap();
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    let output = Command::new(python)
        .arg(root().join("tests/python/read_dataset.py"))
        .arg(temp.path().join("dataset"))
        .arg(root().join("data/sample/expected.csv"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

/// Every figure of the summaries, computed again from the cells.
#[test]
fn the_summaries_are_right() {
    let Some(python) = nianbao_testing::python() else { return };
    let temp = TempDir::new().unwrap();
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    let output = Command::new(python)
        .arg(root().join("tests/python/summaries.py"))
        .arg(temp.path().join("dataset"))
        .arg(temp.path().join("summaries"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    println!("{}", text(&output.stdout));
}

/// Examples of the dictionary occur, and `datapackage.json` lists what is there.
#[test]
fn the_dictionary_is_true() {
    let Some(python) = nianbao_testing::python() else { return };
    let temp = TempDir::new().unwrap();
    assert_eq!(run(&sample(), temp.path(), &[]).status.code(), Some(0));
    let output = Command::new(python)
        .arg(root().join("tests/python/dictionary.py"))
        .arg(env!("CARGO_BIN_EXE_nianbao"))
        .arg(temp.path().join("dataset"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn show_reads_members_of_archives_and_tells_pages() {
    let shown = |name: &str| text(&nianbao(&["show", &format!("tests/data/formats/{name}")]).stdout);
    let archive = shown("zip-gbk.zip");
    assert!(archive.contains("not_a_report") && archive.contains("年报/海原县2023年年报.docx"), "{archive}");
    let member = shown("zip-gbk.zip!/年报/海原县2023年年报.docx");
    assert!(member.contains("(docx") && member.contains("requests"), "{member}");
    let missing = nianbao(&["show", "tests/data/formats/zip-gbk.zip!/nothing.docx"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("has no nothing.docx"), "{}", text(&missing.stderr));
    let paged = shown("pdf-stsong-2021.pdf");
    assert!(paged.contains("  page  line  matched") && paged.contains("\n  1     "), "{paged}");
    assert!(shown("pdf-password.pdf").contains("encrypted"));
}

/// Programs that read the log get an object a line, failures included; people get diff and rollback in words.
#[test]
fn logs_diff_and_rollback() {
    let temp = TempDir::new().unwrap();
    let objects = |output: &Output| -> Vec<serde_json::Value> {
        text(&output.stderr).lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    };
    let first = run(&sample(), temp.path(), &["--log-format", "json"]);
    let lines = objects(&first);
    let result: serde_json::Value = serde_json::from_str(&text(&first.stdout)).unwrap();
    assert!(lines.len() >= 3 && lines.iter().all(|l| l["run"] == result["run"]), "{lines:?}");
    let lock = fs::File::open(temp.path().join("dataset/.lock")).unwrap();
    lock.lock().unwrap();
    let refused = run(&sample(), temp.path(), &["--log-format", "json"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = objects(&refused);
    let message = said[0]["message"].as_str().unwrap();
    // The lock's own words are those of its last owner.
    assert!(
        said[0]["event"] == "failed" && message.contains("another run is writing") && message.contains("process "),
        "{said:?}"
    );
    drop(lock);
    let copy = temp.path().join("copy");
    copy_backwards(&sample(), &copy);
    fs::remove_file(copy.join("其他/会议通知.txt")).unwrap();
    let report = "宁夏回族自治区/银川市/贺兰县/2023/贺兰县统计局2023年政府信息公开工作年度报告.md";
    fs::remove_file(copy.join(report)).unwrap();
    assert_eq!(run(&copy, temp.path(), &[]).status.code(), Some(0));
    let dataset = temp.path().join("dataset");
    let diff = nianbao(&["diff", dataset.to_str().unwrap()]);
    let said = text(&diff.stdout);
    assert!(diff.status.success() && said.contains(report) && said.contains("gone"), "{said}");
    let back = nianbao(&["rollback", dataset.to_str().unwrap()]);
    assert!(
        back.status.success() && text(&back.stdout).contains(result["run"].as_str().unwrap()),
        "{}",
        text(&back.stdout)
    );
    let again = nianbao(&["rollback", dataset.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "there is nothing before the first: {}", text(&again.stdout));
    // Who closes the pipe does not change what was published.
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command
        .current_dir(root())
        .args(["run", "pipelines/sample.toml", "--progress", "never", "--dataset"])
        .arg(&dataset);
    command.arg("--summaries").arg(temp.path().join("summaries")).stdout(full);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
}

/// A workbook says which sheets it has: a summary with another name is another sheet, the next night already.
#[test]
fn a_renamed_summary_is_a_renamed_sheet() {
    let temp = TempDir::new().unwrap();
    let pipeline = temp.path().join("p.toml");
    let sql = root().join("pipelines/summaries/national.sql");
    let sheets = |name: &str| {
        let toml = format!(
            "[source]\npath = {:?}\n[dataset]\npath = \"ds\"\n[summaries]\npath = \"sum\"\nformat = \"xlsx\"\n\
             quality_page = false\n[[summary]]\nname = {name:?}\nsql = {sql:?}\nper = \"none\"\n",
            sample()
        );
        fs::write(&pipeline, toml).unwrap();
        let output = nianbao(&["run", pipeline.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let book = fs::File::open(temp.path().join("sum/全国.xlsx")).unwrap();
        let mut book = zip::ZipArchive::new(book).unwrap();
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut book.by_name("xl/workbook.xml").unwrap(), &mut xml).unwrap();
        xml.split("<sheet name=\"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sheets("甲"), ["甲"]);
    assert_eq!(sheets("乙"), ["乙"]);
}

/// polars hands `LIMIT` to the scan where nothing stands between: it was once lost there.
#[test]
fn a_limit_counts() {
    let temp = TempDir::new().unwrap();
    let pipeline = temp.path().join("p.toml");
    let rows = |sql: &str| {
        fs::write(temp.path().join("q.sql"), sql).unwrap();
        let toml = format!(
            "[source]\npath = {:?}\n[dataset]\npath = \"ds\"\n[summaries]\npath = \"sum\"\nquality_page = false\n\
             [[summary]]\nname = \"名单\"\nsql = \"q.sql\"\nper = \"none\"\n",
            sample()
        );
        fs::write(&pipeline, toml).unwrap();
        let output = nianbao(&["run", pipeline.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&fs::read(temp.path().join("sum/名单.csv")).unwrap()).lines().count() - 1
    };
    assert_eq!(rows("SELECT report_id FROM reports LIMIT 3"), 3);
    assert_eq!(rows("SELECT report_id FROM reports ORDER BY report_id LIMIT 2"), 2);
    assert_eq!(rows("SELECT report_id FROM reports WHERE is_primary LIMIT 4"), 4);
    assert_eq!(rows("SELECT report_id FROM reports LIMIT 2 OFFSET 1"), 2);
    assert_eq!(rows("SELECT report_id FROM reports WHERE is_primary AND year > 0 ORDER BY report_id LIMIT 5"), 5);
    let all = rows("SELECT report_id FROM reports");
    assert!(all > 50, "{all}");
    assert_eq!(rows("SELECT report_id FROM reports LIMIT 1000"), all);
}
