use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::tests::show;
use super::*;

fn record(kind: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (mut number, most) in [(kind, 2), (data.len() as u32, 4)] {
        for _ in 0..most {
            let more = number > 0x7F;
            bytes.push((number & 0x7F) as u8 | u8::from(more) << 7);
            number >>= 7;
            if !more {
                break;
            }
        }
    }
    [bytes, data.to_vec()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

fn cell(kind: u32, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &style.to_le_bytes(), value].concat())
}

fn row(number: u32, marks: u8) -> Vec<u8> {
    let mut data = vec![0; 17];
    data[..4].copy_from_slice(&number.to_le_bytes());
    data[11] = marks;
    record(ROW, &data)
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// A workbook of one sheet.
fn file(sheet: &[Vec<u8>]) -> Vec<u8> {
    let bundle = [&[0; 8][..], &wide("r1"), &wide("表")].concat();
    let hidden = [&[1, 0, 0, 0, 0, 0, 0, 0][..], &wide("r2"), &wide("旧")].concat();
    let book = [record(WORKBOOK, &[0; 8]), record(BUNDLE, &bundle), record(BUNDLE, &hidden)].concat();
    let plain = [&[0][..], &wide("政府")].concat();
    // The first digit is struck.
    let struck = [&[1][..], &wide("689"), &2_u32.to_le_bytes(), &words(&[0, 1, 1, 0])].concat();
    let strings = [record(159, &[0; 8]), record(SHARED_ITEM, &plain), record(SHARED_ITEM, &struck)].concat();
    let font = |struck: u16| record(43, &[&words(&[220, struck, 400, 0])[..], &[0; 12]].concat());
    let format = record(44, &[&words(&[164])[..], &wide("0,")].concat());
    let style = |format: u16| record(47, &words(&[0, format, 0, 0, 0, 0, 0, 0]));
    let styles =
        [font(0), font(8), format, record(45, &[0; 68]), record(617, &[]), style(0), style(164), record(618, &[])]
            .concat();
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='a.bin'/><Relationship Id='r2' \
        Type='x/worksheet' Target='a.bin'/><Relationship Id='s' Type='x/sharedStrings' Target='s.bin'/><Relationship Id='t' \
        Type='x/styles' Target='t.bin'/></Relationships>";
    let sheet = sheet.concat();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("xl/workbook.bin", &book[..]),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/a.bin", &sheet),
        ("xl/s.bin", &strings),
        ("xl/t.bin", &styles),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn blocks(sheet: &[Vec<u8>]) -> Vec<String> {
    show(&crate::read(&file(sheet), &Limits::default()).unwrap())
}

#[test]
fn kinds_of_cells() {
    let number = |n: f64| n.to_le_bytes();
    let sheet = [
        row(0, 0),
        cell(SHARED, 0, 0, &0_u32.to_le_bytes()),
        cell(REAL, 1, 0, &number(12.5)),
        cell(RK, 2, 0, &(7_u32 << 2 | 2).to_le_bytes()),
        cell(ERROR, 3, 0, &[0x17]),
        row(1, 0),
        cell(STRING, 0, 0, &wide("甲")),
        cell(FORMULA_NUMBER, 1, 0, &[&number(3.0)[..], &[0; 6]].concat()),
        // Without columns: each behind the one before.
        record(*SHORT.end(), &[0, 0, 0, 0, 1, 0, 0, 0]),
        record(16, &[&[1, 0, 0, 0][..], &number(1_234_000.0)].concat()),
    ];
    assert_eq!(
        blocks(&sheet),
        ["[0+1x1=政府 1+1x1=12.5 2+1x1=7 3+1x1=#REF! | 0+1x1=甲 1+1x1=3 2+1x1=89 3+1x1=1234]"],
        "the hidden sheet is not there"
    );
}

#[test]
fn what_is_hidden_and_what_is_cut() {
    let cells = |number: u32, marks: u8| {
        [row(number, marks), cell(STRING, 0, 0, &wide("a")), cell(REAL, 1, 0, &f64::from(number).to_le_bytes())]
    };
    let sheet = [cells(0, 0), cells(1, 0x10), cells(2, 0x11), cells(3, 0)].concat();
    assert_eq!(blocks(&sheet), ["[0+1x1=a 1+1x1=0 | 0+1x1=a 1+1x1=2 | 0+1x1=a 1+1x1=3]"], "what is folded is read");
    let whole = file(&sheet);
    for length in (0..whole.len()).step_by(7) {
        let _ = crate::read(&whole[..length], &Limits::default());
    }
    let short = [row(0, 0), cell(REAL, 0, 0, &[1]), vec![0x81, 0x82, 0xFF, 0xFF, 0xFF, 0xFF, 1]];
    assert!(blocks(&short).is_empty());
}
