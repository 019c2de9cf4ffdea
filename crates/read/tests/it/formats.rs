//! Files that other programs wrote are recognised by content and keep the rules of a document.

use std::fs;
use std::path::PathBuf;

use nianbao_document::{Block, Document, Format};
use nianbao_read::limits::{Fault, Limits};
use nianbao_read::{read, sniff};

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/formats");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.is_file());
    files.sort();
    assert!(files.len() > 40, "{folder} is not what it was");
    files
}

/// What every document keeps to, whoever read it.
fn keeps_its_rules(document: &Document) {
    for block in &document.blocks {
        match block {
            Block::Line(line) => assert!(line.line > 0),
            Block::Grid(grid) => {
                for (r, row) in grid.rows.iter().enumerate() {
                    for cell in row {
                        assert!(cell.line > 0 && cell.col_span >= 1 && cell.row_span >= 1);
                        assert!(r + usize::from(cell.row_span) <= grid.rows.len());
                    }
                }
            }
        }
    }
}

#[test]
fn names_say_nothing_and_content_everything() {
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Some are there because their names lie.
        let by_name = |end: &str, format| !name.ends_with(end) || name.starts_with("named-") || sniff(&bytes) == format;
        assert!(by_name(".pdf", Format::Pdf), "{name}");
        assert!(by_name(".docx", Format::Docx), "{name}");
        assert!(by_name(".xlsx", Format::Xlsx), "{name}");
        assert!(by_name(".ofd", Format::Ofd), "{name}");
        match read(&bytes, &Limits::default()) {
            Ok(document) => {
                keeps_its_rules(&document);
                // What a text is shows when it is decoded.
                let sniffed = sniff(&bytes);
                let told = document.format == sniffed || document.format == Format::Html;
                assert!(told || matches!(sniffed, Format::Text | Format::Html), "{name}");
            }
            Err(refusal) => assert!(!refusal.fault.to_string().is_empty(), "{name}"),
        }
    }
}

/// What is cut short is a document or a refusal, never a panic, and never more than the whole.
#[test]
fn halves_are_refused_or_read_in_part() {
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        if let Ok(document) = read(&bytes[..bytes.len() / 2], &Limits::default()) {
            keeps_its_rules(&document);
        }
    }
}

#[test]
fn a_raised_flag_ends_the_reading_of_a_file() {
    let limits = Limits::default();
    limits.cancel.flag().store(true, std::sync::atomic::Ordering::Relaxed);
    let is_pdf = |p: &PathBuf| p.ends_with("pdf-flat.pdf");
    let path = files().into_iter().find(is_pdf).unwrap();
    let refusal = read(&fs::read(path).unwrap(), &limits).unwrap_err();
    assert!(matches!(refusal.fault, Fault::Time(_)), "{:?}", refusal.fault);
}
