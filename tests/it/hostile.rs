//! Files that are made to take all memory or time there is: the run goes on, within its budget, and each has its row.
//!
//! Bombs within formats are in `bombs.rs`, damaged files in `mutations.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use nianbao_dataset::Previous;

const TITLE: &str = "某县教育局2021年政府信息公开工作年度报告\n";
const MEGABYTE: usize = 1_000_000;
/// What the program takes before it reads anything, and what writing takes: forms, places, one Parquet writer per table.
const BESIDE: u64 = 160 << 20;

fn bombs(archive: &Path) -> Vec<&'static str> {
    fs::create_dir_all(archive).unwrap();
    let mut names = Vec::new();
    let mut put = |name: &'static str, head: &str, part: &str, size: usize| {
        let mut file = std::io::BufWriter::new(fs::File::create(archive.join(name)).unwrap());
        file.write_all(head.as_bytes()).unwrap();
        for _ in 0..size / part.len() {
            file.write_all(part.as_bytes()).unwrap();
        }
        names.push(name);
    };
    put("one character.txt", "", "x", 20 * MEGABYTE);
    put("one Chinese character.txt", TITLE, "一", 20 * MEGABYTE);
    put("lines.txt", TITLE, "x\n", 20 * MEGABYTE);
    put("empty lines.txt", TITLE, "\n", 20 * MEGABYTE);
    put("tabs.txt", TITLE, "1\t", 20 * MEGABYTE);
    put("bars.txt", TITLE, "| 1 | 2 |\n", 20 * MEGABYTE);
    put("figures.txt", TITLE, "1 2 3 4 5 6 7\n", 20 * MEGABYTE);
    put("titles.txt", TITLE, TITLE, 20 * MEGABYTE);
    put("rows.txt", TITLE, "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n", 20 * MEGABYTE);
    put("deep.html", "<html><body>", "<div>", 20 * MEGABYTE);
    put("tables.html", "<html><body>", "<table><tr><td>", 20 * MEGABYTE);
    put("cells.html", "<html><body><table><tr>", "<td>1</td>", 20 * MEGABYTE);
    put("spans.html", "<html><body><table>", "<tr><td colspan=1000 rowspan=60000>1</td></tr>", 5 * MEGABYTE);
    put("entities.html", "<html><body><p>", "&nbsp;&#x4e00;", 20 * MEGABYTE);
    put("attributes.html", "<html><body><p ", "a=b ", 20 * MEGABYTE);
    put("comment.html", "<html><body><!--", "- ", 20 * MEGABYTE);
    for (name, zeros) in [("gigabyte.txt", 1_u64 << 30), ("two gigabytes", 2 << 30)] {
        fs::File::create(archive.join(name)).unwrap().set_len(zeros).unwrap();
        names.push(name);
    }
    let mut zip = zip::ZipWriter::new(fs::File::create(archive.join("bomb.zip")).unwrap());
    zip.start_file("in.txt", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..1000 {
        zip.write_all(&[b'x'; MEGABYTE]).unwrap();
    }
    zip.finish().unwrap();
    names.push("bomb.zip");
    names
}

#[test]
fn the_budget_holds() {
    let folder = tempfile::tempdir().unwrap();
    let names = bombs(&folder.path().join("archive"));
    let pipeline = folder.path().join("pipeline.toml");
    let text = "[source]\npath = \"archive\"\nmax_file_size = 4000000000\n[dataset]\npath = \"dataset\"\n";
    fs::write(&pipeline, text).unwrap();
    for (budget, threads) in [(256_u64 << 20, "1"), (512 << 20, "4")] {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["run", "--full", "--progress", "never", "--threads", threads, "--memory", &budget.to_string()])
            .arg(&pipeline)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        let release = Previous::current(&folder.path().join("dataset")).unwrap().unwrap();
        let mut ledger = release.ledger().unwrap();
        let mut told = BTreeMap::new();
        while let Some(row) = ledger.next_row().unwrap() {
            told.insert(row.facts.source_path, (row.facts.status.code(), row.facts.reason.unwrap_or_default()));
        }
        println!("{told:#?}");
        for name in &names {
            assert!(told.contains_key(*name), "{name} has no row");
        }
        let status = |name: &str| told[name].0;
        for name in ["lines.txt", "tabs.txt", "bars.txt", "bomb.zip!/in.txt"] {
            assert_eq!(status(name), "unreadable", "{name}");
        }
        assert_eq!((status("gigabyte.txt"), status("two gigabytes")), ("skipped", "skipped"));
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(release.folder.join("_run.json")).unwrap()).unwrap();
        let peak = report["peak_memory"].as_u64().unwrap();
        println!("budget {} MB, {threads} threads: peak {} MB", budget >> 20, peak >> 20);
        assert!(peak <= budget + BESIDE, "peak memory {} MB, budget {} MB", peak >> 20, budget >> 20);
    }
}
