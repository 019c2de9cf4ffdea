//! Prints the cells of every report below a folder as CSV, for developers: `cells DIR`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::path::{Path, PathBuf};

use nianbao_document::Document;
use nianbao_read::limits::Limits;
use nianbao_read::member::Members;
use nianbao_report::finding::Settings;
use nianbao_report::{Knowledge, examine_all};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    if folder.is_file() {
        out.push(folder.to_owned());
        return;
    }
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    for path in all {
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

fn main() {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let findings = std::env::args().nth(2).is_some();
    let mut all = Vec::new();
    files(Path::new(&std::env::args().nth(1).unwrap()), &mut all);
    for path in all {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What lies in a file counts as its own.
        let mut waiting = vec![std::fs::read(&path).unwrap()];
        while let Some(bytes) = waiting.pop() {
            let limits = Limits::default();
            let mut members = Members::from(&limits);
            let document = nianbao_read::read_members(&bytes, &limits, None, &mut members);
            waiting.extend(members.list.into_iter().filter_map(|member| member.bytes.ok()));
            let Ok(document) = document else { continue };
            show(&knowledge, &name, &document, findings);
        }
    }
}

fn show(knowledge: &Knowledge, name: &str, document: &Document, findings: bool) {
    // What stands in several parts of a file is read last from the first.
    for examined in examine_all(knowledge, document, name).iter().rev() {
        println!(
            "{name},#report,{},{},",
            examined.report.identity.year.unwrap_or(0),
            examined.report.identity.title.clone().unwrap_or_default().replace(',', ";")
        );
        for c in &examined.report.tables.cells {
            let t = &knowledge.forms.editions[c.edition].tables[c.key.table];
            let value = c.value.map_or(String::new(), |v| v.to_string());
            println!("{name},{},{},{},{value}", t.code, t.rows[c.key.row].code, t.columns[c.key.column].code);
        }
        if findings {
            for f in &examined.report.findings {
                println!("{name},!{},{},,", f.rule.id(), f.detail.replace(',', ";"));
            }
        }
    }
}
