//! The OCR hook, with a stand-in for Tesseract that repeats what Tesseract said: pages of pictures are cut at their ruling
//! lines, and no value gets into the data that a sum of the form does not confirm.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nianbao_dataset::{Bounds, FileFacts, Outcome, read_bytes};
use nianbao_dataset::{Found, Record};
use nianbao_read::{Commands, Ocr};
use nianbao_report::Knowledge;
use nianbao_report::finding::{Rule, Settings};

fn data(name: &str) -> PathBuf {
    nianbao_testing::root().join("tests/data").join(name)
}

fn scan(ocr: Option<Ocr>) -> Outcome {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let bytes = std::fs::read(data("formats/pdf-scan.pdf")).unwrap();
    let bounds = Bounds { ocr, ..Bounds::default() };
    let start = FileFacts::named("pdf-scan.pdf");
    read_bytes(&knowledge, start, &bytes, &bounds).remove(0)
}

fn command(kind: &str) -> Vec<String> {
    vec![data("ocr/recognise.sh").to_string_lossy().into_owned(), kind.to_owned(), "{list}".to_owned()]
}

#[test]
fn recognised_values_are_confirmed_by_sums() {
    let outcome = scan(Some(Ocr::Commands(Commands { command: command("text"), figures: command("figures") })));
    assert_eq!(outcome.facts.status.code(), "report", "{:?}", outcome.facts.reason);
    assert!(outcome.facts.reason.unwrap().contains("recognised"));
    let mut truth = BTreeMap::new();
    for row in csv::Reader::from_path(data("formats/expected.csv")).unwrap().records().map(Result::unwrap) {
        if &row[0] == "pdf-scan.pdf" {
            truth.insert((row[1].to_owned(), row[2].to_owned(), row[3].to_owned()), row[4].parse::<f64>().ok());
        }
    }
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let Found { index, record: encoded, .. } = outcome.report.unwrap();
    assert!(index.recognised);
    let record: Record<'_> = postcard::from_bytes(&encoded).unwrap();
    let mut right = 0;
    for cell in &record.cells {
        let table = &knowledge.forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
        let (row, column) = (&table.rows[usize::from(cell.row)], &table.columns[usize::from(cell.column)]);
        let key = (table.code.clone(), row.code.clone(), column.code.clone());
        if cell.value.is_some() {
            assert_eq!(truth.get(&key), Some(&cell.value), "{key:?} {:?}", cell.raw);
            right += 1;
        }
    }
    println!("{right} of {} cells, none wrong", truth.len());
    assert!(right > 40, "{right}");
    // Table 二 has no sums: nothing of it can be confirmed.
    let unconfirmed =
        |f: &nianbao_dataset::record::FindingRecord<'_>| Rule::ALL[usize::from(f.rule)].id() == "ocr_unconfirmed";
    assert!(record.findings.iter().any(|f| unconfirmed(f) && f.table == Some("disclosure") && f.row.is_some()));
}

/// Cells with a value, `row.column=value`, and the rules of the findings on them.
fn stated(outcome: Outcome) -> (Vec<(String, f64, String)>, Vec<&'static str>) {
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    let Found { record: encoded, .. } = outcome.report.unwrap();
    let record: Record<'_> = postcard::from_bytes(&encoded).unwrap();
    let name = |cell: &nianbao_dataset::record::CellRecord<'_>| {
        let table = &knowledge.forms.editions[usize::from(cell.edition)].tables[usize::from(cell.table)];
        format!("{}.{}", table.rows[usize::from(cell.row)].code, table.columns[usize::from(cell.column)].code)
    };
    let cells = record.cells.iter().filter_map(|c| Some((name(c), c.value?, c.raw.to_owned()))).collect();
    (cells, record.findings.iter().map(|f| Rule::ALL[usize::from(f.rule)].id()).collect())
}

/// The recorded readings, with other figures in the place of one.
fn misread(kind: &str, from: &str, to: &str) -> Vec<String> {
    let recognise = data("ocr/recognise.sh");
    let script =
        format!("{} \"$1\" \"$2\" | awk -F'\\t' -v OFS='\\t' '$12==\"{from}\"{{$12=\"{to}\"}}1'", recognise.display());
    ["sh", "-c", &script, "sh", kind, "{list}"].map(str::to_owned).to_vec()
}

#[test]
fn sums_decide_between_two_readings() {
    let (plain, findings) =
        stated(scan(Some(Ocr::Commands(Commands { command: command("text"), figures: command("figures") }))));
    let decided_before = findings.iter().filter(|f| **f == "ocr_decided").count();
    let words: String = ["text-206.tsv", "text-66.tsv", "figures-205.tsv", "figures-65.tsv"]
        .map(|f| std::fs::read_to_string(data(&format!("ocr/{f}"))).unwrap())
        .concat();
    let seen = |raw: &str| words.lines().filter(|l| l.split('\t').nth(11) == Some(raw)).count();
    // A figure that both commands read, and that stands nowhere else.
    let (name, value, raw) = plain.iter().find(|(_, _, raw)| raw.len() > 3 && seen(raw) == 2).unwrap();
    let with = |text: &str, figures: &str| {
        stated(scan(Some(Ocr::Commands(Commands {
            command: misread("text", raw, text),
            figures: misread("figures", raw, figures),
        }))))
    };
    for (text, figures) in [("7", raw.as_str()), (raw.as_str(), "7")] {
        let (cells, findings) = with(text, figures);
        let cell = cells.iter().find(|(n, ..)| n == name).unwrap();
        assert_eq!((cell.1, cell.2.as_str()), (*value, format!("{text}?{figures}").as_str()));
        assert_eq!(findings.iter().filter(|f| **f == "ocr_decided").count(), decided_before + 1);
        assert_eq!(cells.len(), plain.len(), "nothing else changes");
    }
    // Neither reading makes the sum hold: the cell stays unreadable, and nothing is made up.
    let (cells, findings) = with("7", "8");
    assert!(!cells.iter().any(|(n, ..)| n == name));
    assert!(findings.contains(&"unreadable_value"));
}

#[test]
fn without_the_hook_or_when_it_fails_nothing_is_read() {
    assert_eq!(scan(None).facts.status.code(), "needs_ocr");
    for (command, why) in [("/nowhere/at/all {list}", "cannot be started"), ("false {list}", "failed")] {
        let command = command.split(' ').map(str::to_owned).collect();
        let outcome = scan(Some(Ocr::Commands(Commands { command, figures: Vec::new() })));
        assert_eq!(outcome.facts.status.code(), "needs_ocr");
        assert!(outcome.facts.reason.as_deref().unwrap().contains(why), "{:?}", outcome.facts.reason);
        assert!(outcome.report.is_none());
    }
}
