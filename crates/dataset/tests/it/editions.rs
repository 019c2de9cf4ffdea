//! A new edition of the form is a new file in `data/editions` and no code: the forms with a made-up edition of 2027 read
//! everything that they read without it, and reports on the new form.

use std::fs;

use nianbao_report::extract::Index;
use nianbao_report::form::{Forms, load_of};
use nianbao_testing::generate::kinds::Layout;
use nianbao_testing::generate::layouts::render;
use nianbao_testing::generate::{Edition, Profile, Report, Rng};
use nianbao_testing::{Bench, Cell};

/// The form of 2021 with a ninth reason for 不予公开.
fn of_2027(text: &str) -> String {
    const LAST: &str = r#"code = "denied_administrative_query", ordinal = "8.", label = "属于行政查询事项""#;
    let row = text.lines().find(|l| l.contains(LAST)).unwrap();
    let new = row.replace(LAST, r#"code = "denied_open_data", ordinal = "9.", label = "属于公共数据开放范围""#);
    text.replace("edition = \"2021\"", "edition = \"2027\"")
        .replace("first_year = 2021", "first_year = 2027")
        .replace(row, &format!("{row}\n{new}"))
        .replace("+ denied_administrative_query", "+ denied_administrative_query + denied_open_data")
}

fn forms() -> Forms {
    let folder = nianbao_testing::root().join("data/editions");
    let read = |code: &str| fs::read_to_string(folder.join(format!("{code}.toml"))).unwrap();
    let texts = [("2014.toml", read("2014")), ("2019.toml", read("2019")), ("2021.toml", read("2021"))];
    let new = of_2027(&texts[2].1);
    let all: Vec<(&str, &str)> =
        texts.iter().map(|(n, t)| (*n, t.as_str())).chain([("2027.toml", new.as_str())]).collect();
    load_of(&all).unwrap()
}

fn bench() -> Bench {
    let forms = forms();
    let index = Index::new(&forms).unwrap();
    Bench { forms, index }
}

#[test]
fn older_reports_are_read_as_before() {
    let (old, new) = (Bench::new(), bench());
    let mut compared = 0;
    for edition in Edition::ALL {
        for layout in Layout::for_edition(edition) {
            for profile in [Profile::Distinct, Profile::WithBlanks] {
                let mut rng = Rng::new(97);
                let report = Report::random(&mut rng, edition, &profile);
                let rendered = render(&report, layout, &mut rng);
                let read = |bench: &Bench| -> Vec<(String, Cell)> {
                    let report = bench.report(rendered.text.as_bytes(), "x.txt").unwrap();
                    let codes = report.tables.cells.iter().map(|c| bench.forms.editions[c.edition].code.clone());
                    codes.zip(bench.cells(&report)).collect()
                };
                let (before, now) = (read(&old), read(&new));
                compared += now.len();
                assert_eq!(now, before, "{edition:?} {layout:?} {profile:?}\n{}", rendered.text);
            }
        }
    }
    assert!(compared > 10_000, "{compared} cells");
}

#[test]
fn reports_on_the_new_form_are_read() {
    let bench = bench();
    let mut rng = Rng::new(5);
    let mut report = Report::random(&mut rng, Edition::E2021, &Profile::Distinct);
    report.year = 2027;
    let text = render(&report, Layout::Tab, &mut rng).text;
    let last = text.lines().find(|l| l.contains("属于行政查询事项")).unwrap();
    let own = format!("\t\t9.属于公共数据开放范围{}", "\t7\t0\t0\t0\t0\t0\t7");
    let text = text.replace(last, &format!("{last}\n{own}"));
    let read = bench.report(text.as_bytes(), "x.txt").unwrap();
    let cells = bench.cells(&read);
    assert!(read.tables.cells.iter().all(|c| bench.forms.editions[c.edition].code == "2027"), "{text}");
    let value = |row: &str, column: &str| cells.iter().find(|c| c.row == row && c.column == column).unwrap().value;
    assert_eq!(
        (value("denied_open_data", "natural_person"), value("denied_open_data", "total")),
        (Some(7.0), Some(7.0))
    );
    for cell in cells.iter().filter(|c| c.row != "denied_open_data") {
        assert_eq!(cell.value, report.cell(&cell.table, &cell.row, &cell.column).unwrap().value, "{cell:?}");
    }
    assert_eq!(cells.len(), 10 + 175 + 7 + 15);
}

#[test]
fn series_reach_into_an_edition_that_nobody_has_judged() {
    let forms = forms();
    let of = |code: &str| {
        let series = forms.series.iter().find(|s| s.code == code).unwrap();
        series.of_edition.iter().map(|e| (forms.editions[e.edition].code.as_str(), e.exact)).collect::<Vec<_>>()
    };
    assert_eq!(of("requests_received"), [("2014", false), ("2019", true), ("2021", true), ("2027", false)]);
    // A sum may have got another part: here it has.
    assert_eq!(of("denied"), [("2014", false), ("2019", true), ("2021", true)]);
}
