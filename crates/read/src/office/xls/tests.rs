use std::io::{Cursor, Write};

use super::super::tests::show;
use super::globals::{BOUND_SHEET, FILE_PASS};
use super::*;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    super::read(bytes, limits, &mut Members::from(limits))
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], data].concat()
}

fn bof(kind: u16) -> Vec<u8> {
    let words = [0x0600, kind, 0, 0, 0, 0, 0, 0_u16];
    record(BOF, &words.map(u16::to_le_bytes).concat())
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A workbook of these sheets, with these records before them. Sheets are hidden by their state.
fn book(globals: &[Vec<u8>], sheets: &[(u8, &[Vec<u8>])]) -> Vec<u8> {
    let bound = |at: u32, number: usize, state: u8| {
        let name: Vec<u8> = format!("表{number}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        record(BOUND_SHEET, &[&at.to_le_bytes()[..], &[state, 0, 2, 1], &name].concat())
    };
    let head = [bof(5), globals.concat()].concat();
    let mut at = head.len() + sheets.len() * bound(0, 0, 0).len() + 4;
    let (mut list, mut bodies) = (Vec::new(), Vec::new());
    for (number, (state, records)) in sheets.iter().enumerate() {
        let body = [bof(0x10), records.concat(), record(EOF, &[])].concat();
        list.extend(bound(u32::try_from(at).unwrap(), number, *state));
        at += body.len();
        bodies.extend(body);
    }
    let mut stream = [head, list, record(EOF, &[]), bodies].concat();
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    stream.resize(stream.len().max(8_192), 0);
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

/// A workbook of one sheet.
fn file(sheet: &[Vec<u8>]) -> Vec<u8> {
    book(&styles(), &[(0, sheet)])
}

fn numbered(row: u16, column: u16, n: f64) -> Vec<u8> {
    styled(row, column, 0, n)
}

fn styled(row: u16, column: u16, style: u16, n: f64) -> Vec<u8> {
    record(NUMBER, &[words(&[row, column, style]), n.to_le_bytes().to_vec()].concat())
}

/// A text of ASCII in its own record.
fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let count = u16::try_from(text.len()).unwrap();
    record(LABEL, &[&words(&[row, column, 0, count])[..], &[0], text.as_bytes()].concat())
}

/// Fonts: plain, struck, raised, white; formats and styles with them: plain, struck, white, white on colour, `0,`.
fn styles() -> Vec<Vec<u8>> {
    let font = |marks: u16, colour: u16, script: u16| {
        record(0x0031, &[words(&[200, marks, colour, 400, script]), vec![0; 6]].concat())
    };
    let style = |font: u16, format: u16, filled: bool| {
        let pattern = if filled { 1_u32 << 26 } else { 0 };
        record(0x00E0, &[words(&[font, format, 0, 0, 0, 0, 0]), pattern.to_le_bytes().to_vec(), words(&[40])].concat())
    };
    let format = record(0x041E, &[&words(&[170, 2])[..], &[0], b"0,"].concat());
    vec![
        font(0, 0x7FFF, 0),
        font(8, 0x7FFF, 0),
        font(0, 0x7FFF, 1),
        font(0, 9, 0),
        format,
        style(0, 0, false),
        style(1, 0, false),
        style(3, 0, false),
        style(3, 0, true),
        style(0, 170, false),
    ]
}

/// The cells of what is read, row after row.
fn cells(bytes: &[u8]) -> Vec<String> {
    let read = show(&read(bytes, &Limits::default()).unwrap()).concat();
    read.trim_matches(['[', ']']).split(['|', ' ']).filter_map(|c| Some(c.split_once('=')?.1.to_owned())).collect()
}

#[test]
fn numbers_and_merged_cells() {
    let rk = |packed: u32| [words(&[0]), packed.to_le_bytes().to_vec()].concat();
    let sheet = [
        numbered(0, 0, 12.0),
        numbered(0, 1, 0.5),
        numbered(1, 1, 3.0),
        record(0x00E5, &words(&[1, 0, 1, 0, 0])),
        record(MUL_RK, &[words(&[2, 0]), rk(89 << 2 | 2), rk(1234 << 2 | 3), words(&[1])].concat()),
    ];
    assert_eq!(
        show(&read(&file(&sheet), &Limits::default()).unwrap()),
        ["[0+1x2=12 1+1x1=0.5 | 1+1x1=3 | 0+1x1=89 1+1x1=12.34]"]
    );
}

#[test]
fn what_is_seen_of_cells() {
    let sheet = [
        label(0, 0, "a"),
        styled(0, 1, 1, 7.0),
        styled(0, 2, 2, 7.0),
        styled(0, 3, 3, 8.0),
        styled(0, 4, 4, 1_234_000.0),
        record(BOOL_ERR, &[words(&[0, 5, 0]), vec![0x07, 1]].concat()),
    ];
    assert_eq!(cells(&file(&sheet)), ["a", "", "", "8", "1234", "#DIV/0!"]);
    let rules = [&sheet[..], &[record(RULES, &[])]].concat();
    assert_eq!(cells(&file(&rules))[2], "7");
    let zeros = [record(WINDOW, &words(&[0])), label(0, 0, "a"), numbered(0, 1, 0.0), numbered(0, 2, 1.0)];
    assert_eq!(cells(&file(&zeros)), ["a", "", "1"]);
}

#[test]
fn texts_in_runs_and_over_records() {
    // Struck `6` before `89`, raised `1` behind it; the second goes on in another record, in wide characters.
    let runs = |runs: &[u16]| words(runs);
    let struck = [&words(&[3])[..], &[8], &words(&[2])[..], b"689", &runs(&[0, 1, 1, 0])].concat();
    let raised = [&words(&[3])[..], &[8], &words(&[1])[..], b"8"].concat();
    let more = [&[1][..], &words(&[u16::from(b'9'), u16::from(b'1')]), &runs(&[2, 2])].concat();
    let table = [record(0x00FC, &[vec![0; 8], struck, raised].concat()), record(0x003C, &more)].concat();
    let text = |column: u16, style: u16, number: u16| record(LABEL_SST, &words(&[0, column, style, number, 0]));
    let sheet = [text(0, 0, 0), text(1, 0, 1), text(2, 1, 1), numbered(0, 3, 5.0)];
    let globals = [styles(), vec![table]].concat();
    // In a struck cell what stands before the first run is struck.
    assert_eq!(cells(&book(&globals, &[(0, &sheet)])), ["89", "89", "1", "5"]);
}

#[test]
fn hidden_sheets_rows_and_columns() {
    let row = |number: u16, marks: u16| record(ROW, &words(&[number, 0, 3, 255, 0, 0, marks, 0]));
    let column = |number: u16, marks: u16| record(COLUMNS, &words(&[number, number, 2_000, 0, marks, 0]));
    let cell = |row: u16, column: u16| numbered(row, column, f64::from(row * 10 + column));
    let body: Vec<Vec<u8>> = (0..3).flat_map(|r| (0..3).map(move |c| cell(r, c))).collect();
    let with = |records: &[Vec<u8>]| [records, &body].concat();
    let sheet = with(&[row(1, 0x20), column(1, 1)]);
    assert_eq!(cells(&file(&sheet)), ["0", "2", "20", "22"]);
    // Folded: a click opens them.
    assert_eq!(cells(&file(&with(&[row(1, 0x21), column(1, 0x0101)]))).len(), 9);
    assert_eq!(cells(&book(&[], &[(1, &body), (0, &[cell(7, 0), cell(7, 1)])])), ["70", "71"]);
}

#[test]
fn formulas() {
    let formula = |column: u16, result: [u8; 8], marks: u16, tokens: &[u8]| {
        let length = u16::try_from(tokens.len()).unwrap();
        record(FORMULA[0], &[&words(&[0, column, 0])[..], &result, &words(&[marks, 0, 0, length]), tokens].concat())
    };
    let sum = [0x25, 0, 0, 0, 0, 0, 0xC0, 1, 0xC0, 0x19, 0x10, 0, 0];
    let (zero, blank) = (0_f64.to_le_bytes(), [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let of = |globals: &[Vec<u8>], more: &[Vec<u8>]| {
        let sheet = [&[numbered(0, 0, 1.0), numbered(0, 1, 2.0)], more].concat();
        cells(&book(globals, &[(0, &sheet)])).split_off(2)
    };
    let excel = [record(0x01C1, &[0; 8])];
    assert_eq!(of(&[], &[formula(2, zero, 0, &sum)]), ["3"]);
    assert_eq!(of(&[], &[formula(2, blank, 0, &sum)]), ["3"]);
    assert_eq!(of(&excel, &[formula(2, zero, 2, &sum)]), ["3"]);
    assert_eq!(of(&excel, &[record(NOT_COMPUTED, &[0, 0]), formula(2, zero, 0, &sum)]), ["3"]);
    // A zero that Excel is said to have computed, and its formula says otherwise.
    assert_eq!(of(&excel, &[formula(2, zero, 0, &sum)]), ["=?"]);
    assert_eq!(of(&excel, &[formula(2, 4_f64.to_le_bytes(), 0, &sum)]), ["4"]);
    // Not computed here.
    assert_eq!(of(&[], &[formula(2, blank, 0, &[0x1C, 0])]), ["=?"]);
    assert_eq!(of(&excel, &[formula(2, zero, 2, &[0x1C, 0])]), ["=?"]);
    assert_eq!(of(&excel, &[formula(2, zero, 0, &[0x1C, 0])]), ["0"]);
    let error = [2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF];
    assert_eq!(of(&excel, &[formula(2, error, 0, &sum)]), ["#REF!"]);
    let text = [formula(2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 0, &sum), record(STRING, b"\x02\0\0ab")];
    assert_eq!(of(&excel, &text), ["ab"]);
}

#[test]
fn formulas_over_sheets() {
    let reference = [record(0x01AE, &words(&[2, 0x0401])), record(0x0017, &words(&[1, 0, 1, 1]))];
    let tokens = [0x3A, 0, 0, 0, 0, 0, 0xC0];
    let formula = record(FORMULA[0], &[&words(&[0, 1, 0])[..], &[0; 8], &words(&[2, 0, 0, 7]), &tokens].concat());
    let hidden = [numbered(0, 0, 7.0)];
    assert_eq!(cells(&book(&reference, &[(0, &[numbered(0, 0, 1.0), formula]), (2, &hidden)])), ["1", "7"]);
}

#[test]
fn absurd_sheets() {
    let sheet = |sheet: &[Vec<u8>]| read(&file(sheet), &Limits::default());
    let stated =
        record(0x0200, &[&0_u32.to_le_bytes()[..], &65_536_u32.to_le_bytes()[..], &words(&[0, 256, 0])].concat());
    assert!(sheet(&[stated]).is_ok());
    let far = sheet(&[numbered(0, 0, 1.0), numbered(0, 1, 2.0), numbered(65_535, 255, 3.0)]).unwrap();
    assert_eq!(show(&far), ["[0+1x1=1 1+1x1=2]", "65536: 3"]);
    assert!(sheet(&[record(0x000C, &[]), record(NUMBER, &[0]), record(MUL_RK, &[0]), record(LABEL, &[1; 9])]).is_ok());
    assert!(matches!(read(b"\xD0\xCF\x11\xE0", &Limits::default()), Err(Fault::Damaged(_))));
    let pass = book(&[record(FILE_PASS, &[])], &[]);
    assert!(matches!(read(&pass, &Limits::default()), Err(Fault::Encrypted(_))));
}
