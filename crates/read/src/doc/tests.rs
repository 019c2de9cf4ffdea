use std::io::{Cursor, Read as _, Write};

use super::*;
use crate::flow::{Down, Slot};
use nianbao_document::Block;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    super::read(bytes, limits, &mut Members::from(limits))
}

/// Where the builder puts the text.
const TEXT: usize = 0x800;

/// A paragraph with its mark, and its modifiers.
type Para<'a> = (&'a str, Vec<u8>);

/// A document of these paragraphs. `order` lists pieces as (first character, characters) of the stored text.
fn build(paras: &[Para<'_>], order: Option<&[(usize, usize)]>, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let units: Vec<u16> = paras.iter().flat_map(|p| p.0.encode_utf16()).collect();
    let mut main = vec![0; TEXT];
    main.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    main.resize(main.len().next_multiple_of(512), 0);
    let (mut boundaries, mut pages) = (Vec::new(), Vec::new());
    let mut at = TEXT;
    for chunk in paras.chunks(3) {
        let (mut edges, mut end) = (vec![at], 511_usize);
        let mut page = vec![0_u8; 512];
        for (n, (text, list)) in chunk.iter().enumerate() {
            at += text.encode_utf16().count() * 2;
            edges.push(at);
            // Style number and list, padded to words, with the count of words before them.
            let mut body = vec![0, 0];
            body.extend(list);
            let head =
                if body.len() % 2 == 0 { vec![0, (body.len() / 2) as u8] } else { vec![(body.len() / 2 + 1) as u8] };
            let stored = [head, body].concat();
            end = (end - stored.len()) & !1;
            page[end..end + stored.len()].copy_from_slice(&stored);
            page[(chunk.len() + 1) * 4 + n * 13] = (end / 2) as u8;
        }
        for (n, edge) in edges.iter().enumerate() {
            page[n * 4..n * 4 + 4].copy_from_slice(&(*edge as u32).to_le_bytes());
        }
        page[511] = chunk.len() as u8;
        boundaries.push(edges[0] as u32);
        pages.push((main.len() / 512) as u32);
        main.extend(page);
    }
    boundaries.push(at as u32);
    let plc: Vec<u8> = boundaries.iter().chain(&pages).flat_map(|n| n.to_le_bytes()).collect();
    let whole = [(0, units.len())];
    let order = order.unwrap_or(&whole);
    let mut places = vec![0_u32];
    let mut descriptors = Vec::new();
    for (first, count) in order {
        places.push(places.last().unwrap() + *count as u32);
        descriptors.extend([0, 0]);
        descriptors.extend(((TEXT + first * 2) as u32).to_le_bytes());
        descriptors.extend([0, 0]);
    }
    let pieces: Vec<u8> = places.iter().flat_map(|n| n.to_le_bytes()).chain(descriptors).collect();
    let clx = [vec![2], (pieces.len() as u32).to_le_bytes().to_vec(), pieces].concat();
    let mut put = |at: usize, value: u32| main[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(0, 0x00C1_A5EC);
    put(0x0A, 0x0200);
    put(0x4C, *places.last().unwrap());
    put(0x1A2, 0);
    put(0x1A6, clx.len() as u32);
    put(0x102, clx.len() as u32);
    put(0x106, plc.len() as u32);
    change(&mut main);
    container(&[("/WordDocument", &main), ("/1Table", &[clx, plc].concat())])
}

fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn show(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes, &Limits::default()).unwrap();
    let cell = |c: &nianbao_document::Cell| {
        let text = document.text(c.text).replace('\n', "/");
        format!("{}+{}x{}={text}", c.column, c.col_span, c.row_span)
    };
    let block = |b: &Block| match b {
        Block::Line(l) => format!("{}:{}{}", l.line, if l.heading { "#" } else { "" }, document.text(l.text)),
        Block::Grid(g) => {
            let row = |r: &Vec<nianbao_document::Cell>| r.iter().map(cell).collect::<Vec<_>>().join(" ");
            g.rows.iter().map(row).collect::<Vec<_>>().join(" | ")
        }
    };
    document.blocks.iter().map(block).collect()
}

fn cell() -> Vec<u8> {
    vec![0x16, 0x24, 1]
}

/// Modifiers of a row's end: edges, and flags of its cells.
fn row(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut operand = vec![flags.len() as u8];
    operand.extend(edges.iter().flat_map(|e| e.to_le_bytes()));
    operand.extend(flags.iter().flat_map(|f| [&f.to_le_bytes()[..], &[0; 18]].concat()));
    let len = (operand.len() as u16 + 1).to_le_bytes();
    [&cell()[..], &[0x17, 0x24, 1, 0x08, 0xD6], &len, &operand].concat()
}

#[test]
fn text_and_its_marks() {
    let paras = [
        ("题\r", vec![0x40, 0x26, 0]),
        ("\r", Vec::new()),
        ("a\u{13}CODE \u{13}IN\u{14}x\u{15}\u{14}结果\u{15}b\u{1e}c\u{1f}d\u{a0}e\u{b}f\u{1}𠮷\t.\r", Vec::new()),
        ("\u{13}never closed\r", Vec::new()),
        ("尾\u{c}", Vec::new()),
    ];
    assert_eq!(show(&build(&paras, None, |_| ())), ["1:#题", "3:a结果b-cd e", "3:f𠮷\t.", "5:尾"]);
}

#[test]
fn merged_cells() {
    let paras = [
        ("甲\u{7}", cell()),
        ("乙\u{7}", cell()),
        ("\u{7}", cell()),
        ("\u{7}", row(&[-108, 1000, 2000, 3000], &[0x60, 1, 2])),
        ("\u{7}", cell()),
        ("1\r", cell()),
        ("\u{13}2\u{7}", cell()),
        ("3\u{7}", cell()),
        ("\u{7}", row(&[-100, 1010, 1990, 3000], &[0x20, 0, 0])),
        ("后\r", Vec::new()),
    ];
    assert_eq!(show(&build(&paras, None, |_| ())), ["0+1x2=甲 1+2x1=乙 | 1+1x1=1 2+1x1=3", "3:后"]);
}

#[test]
fn tables_in_cells() {
    let inner = |more: &[u8]| [&cell()[..], &[0x49, 0x66, 2, 0, 0, 0], more].concat();
    let paras = [
        ("外\r", cell()),
        ("1\r", inner(&[0x4B, 0x24, 1])),
        ("2\r", inner(&[0x4B, 0x24, 1])),
        ("\r", [row(&[0, 50, 90], &[0, 0]), inner(&[0x4C, 0x24, 1])].concat()),
        ("内后\u{7}", cell()),
        ("\u{7}", row(&[0, 100], &[0])),
    ];
    assert_eq!(show(&build(&paras, None, |_| ())), ["1:外", "0+1x1=1 1+1x1=2", "1:内后"]);
}

#[test]
fn fast_saved_order() {
    let paras = [("乙\r", Vec::new()), ("甲\r", Vec::new()), ("注\r", Vec::new())];
    let order = [(2, 2), (0, 1), (1, 1)];
    assert_eq!(show(&build(&paras, Some(&order), |_| ())), ["1:甲", "2:乙"]);
    // Rows that were never closed are kept as lines.
    let paras = [("a\u{7}", cell()), ("b\u{7}", cell()), ("c\r", Vec::new())];
    assert_eq!(show(&build(&paras, None, |_| ())), ["0+1x1=a 1+1x1=b", "2:c"]);
}

#[test]
fn refusals() {
    let paras = [("a\r", Vec::new())];
    let fault = |change: &dyn Fn(&mut Vec<u8>)| read(&build(&paras, None, change), &Limits::default()).unwrap_err();
    assert!(matches!(fault(&|m| m[0x0B] |= 1), Fault::Encrypted(_)));
    assert!(matches!(fault(&|m| m[2] = 0x68), Fault::Unsupported(_)));
    assert!(matches!(fault(&|m| m[0x1A6] = 0), Fault::Damaged(_)));
    assert!(matches!(fault(&|m| m.truncate(9)), Fault::Damaged(_)));
    let other = |name: &str| read(&container(&[(name, b"x")]), &Limits::default()).unwrap_err();
    assert!(matches!(other("/MatOST"), Fault::Damaged(_)));
    let limits = Limits { unpacked: 100, ..Limits::default() };
    assert!(matches!(read(&build(&paras, None, |_| ()), &limits), Err(Fault::Limit(_))));
    assert!(matches!(read(b"\xD0\xCF\x11\xE0", &Limits::default()), Err(Fault::Damaged(_))));
}

#[test]
fn pieces_of_one_byte() {
    let mut clx = vec![1, 3, 0, 0x00, 0x08, 1, 2, 28, 0, 0, 0];
    for n in [0_u32, 3, 5] {
        clx.extend(n.to_le_bytes());
    }
    clx.extend([0, 0, 8, 0, 0, 0x40, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let pieces = Pieces::read(&clx, 4).unwrap();
    assert_eq!(
        pieces.pieces.iter().map(|p| (p.count, p.start, p.wide)).collect::<Vec<_>>(),
        [(3, 4, false), (1, 0, true)]
    );
    assert_eq!(pieces.pieces[0].unit(b"ABCD\x93E", 0), Some((0x201C, 4)));
    assert_eq!(pieces.pieces[0].unit(b"ABCD\x93E", 2), None);
    assert_eq!(pieces.pieces[1].unit(b"ABCD\x93E", 0), Some((0x4241, 0)));
    assert_eq!(pieces.modifiers(&pieces.pieces[0]), Modifiers::List(&[0x00, 0x08, 1]));
    let mut chars = Chars::default();
    chars.apply(&[0x00, 0x08, 1]);
    assert!(chars.deleted);
    for end in 0..clx.len() {
        let _ = Pieces::read(&clx[..end], 4);
    }
}

#[test]
fn rows_are_changed_by_later_modifiers() {
    let slots = |more: &[u8]| {
        let mut paragraph = Paragraph::default();
        paragraph.apply(&[&row(&[0, 100, 200, 300], &[0, 0, 0])[..], more].concat(), &[]);
        paragraph.slots()
    };
    let edges = |more: &[u8]| slots(more).iter().map(|s| (s.left, s.right)).collect::<Vec<_>>();
    let joined = |slots: &[Slot]| slots.iter().map(|s| s.joined).collect::<Vec<_>>();
    assert_eq!(edges(&[0x22, 0x56, 1, 2]), [(0, 100), (100, 200)]);
    assert_eq!(edges(&[0x21, 0x76, 1, 1, 50, 0]), [(0, 100), (100, 150), (150, 250), (250, 350)]);
    assert_eq!(edges(&[0x23, 0x76, 0, 2, 50, 0]), [(0, 50), (50, 100), (100, 200)]);
    assert_eq!(joined(&slots(&[0x24, 0x56, 1, 3])), [false, false, true]);
    assert_eq!(joined(&slots(&[0x24, 0x56, 1, 3, 0x25, 0x56, 1, 3])), [false, false, false]);
    assert_eq!(slots(&[0x2B, 0xD6, 2, 2, 1])[2].down, Down::Merged);
    assert_eq!(slots(&[0x2B, 0xD6, 2, 9, 1]).len(), 3);
    // Which of 1 and 2 begins a run is told by the run.
    for flags in [[1, 2, 2, 1, 2], [2, 1, 1, 2, 1]] {
        let mut paragraph = Paragraph::default();
        paragraph.apply(&row(&[0, 1, 2, 3, 4, 5], &flags), &[]);
        assert_eq!(joined(&paragraph.slots()), [false, true, true, false, true]);
    }
}

#[test]
fn modifiers_in_the_data_stream() {
    let data = [&[9_u8, 3, 0][..], &[0x16, 0x24, 1]].concat();
    let mut paragraph = Paragraph::default();
    paragraph.apply(&[0x46, 0x66, 1, 0, 0, 0, 0x17, 0x24, 1], &data);
    assert!(paragraph.in_table && !paragraph.row_end);
    paragraph.apply(&[0x46, 0x66, 200, 0, 0, 0], &data);
    assert_eq!(paragraph.depth(), 1);
    // A tab stop list of the long kind, then another modifier.
    let list = [&[0x15, 0xC6, 255, 1][..], &[0; 4], &[1], &[0; 3], &[0x17, 0x24, 1]].concat();
    assert!(sprm::each(&list).any(|(code, _)| code == sprm::ROW_END));
}

/// A document whose characters have these modifiers, a run each, in one table row; the last run ends it.
fn with_runs(runs: &[(&str, Vec<u8>)], row_end: &[u8], more: impl Fn(&mut Vec<u8>, &mut Vec<u8>)) -> Vec<u8> {
    let text: String = runs.iter().map(|r| r.0).collect();
    let mut paras: Vec<Para<'_>> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['\u{7}', '\r']) {
        let (para, after) = rest.split_at(at + 1);
        let list = match (para, after) {
            ("\u{7}", "") => row_end.to_vec(),
            (p, _) if p.ends_with('\u{7}') => cell(),
            _ => Vec::new(),
        };
        paras.push((para, list));
        rest = after;
    }
    let plain = build(&paras, None, |_| ());
    let mut file = cfb::CompoundFile::open(Cursor::new(plain)).unwrap();
    let (mut main, mut table) = (Vec::new(), Vec::new());
    file.open_stream("/WordDocument").unwrap().read_to_end(&mut main).unwrap();
    file.open_stream("/1Table").unwrap().read_to_end(&mut table).unwrap();
    // One page of characters for each run.
    let (mut boundaries, mut pages, mut at) = (Vec::new(), Vec::new(), TEXT);
    for (text, list) in runs {
        let end = at + text.encode_utf16().count() * 2;
        let mut page = vec![0_u8; 512];
        page[..4].copy_from_slice(&(at as u32).to_le_bytes());
        page[4..8].copy_from_slice(&(end as u32).to_le_bytes());
        if !list.is_empty() {
            page[8] = 100;
            page[200] = list.len() as u8;
            page[201..201 + list.len()].copy_from_slice(list);
        }
        page[511] = 1;
        boundaries.push(at as u32);
        pages.push((main.len() / 512) as u32);
        main.extend(page);
        at = end;
    }
    boundaries.push(at as u32);
    let plc: Vec<u8> = boundaries.iter().chain(&pages).flat_map(|n| n.to_le_bytes()).collect();
    set(&mut main, &mut table, 0xFA, &plc);
    more(&mut main, &mut table);
    container(&[("/WordDocument", &main), ("/1Table", &table)])
}

/// Adds a structure to the table stream and says where it is.
fn set(main: &mut [u8], table: &mut Vec<u8>, at: usize, structure: &[u8]) {
    main[at..at + 4].copy_from_slice(&(table.len() as u32).to_le_bytes());
    main[at + 4..at + 8].copy_from_slice(&(structure.len() as u32).to_le_bytes());
    table.extend(structure);
}

#[test]
fn what_is_seen_of_characters() {
    let plain = Vec::new;
    let (strike, twice) = (vec![0x37, 0x08, 1], vec![0x53, 0x2A, 1]);
    let (above, raised, tiny) = (vec![0x48, 0x2A, 1], vec![0x45, 0x48, 0xFA, 0xFF], vec![0x43, 0x4A, 2, 0]);
    let white = vec![0x70, 0x68, 0xFF, 0xFF, 0xFF, 0];
    let runs = [
        ("a\u{7}", plain()),
        ("6", strike.clone()),
        ("89\u{7}", plain()),
        ("6", twice),
        ("89", vec![0x37, 0x08, 0]),
        ("1", above.clone()),
        ("2", raised),
        ("3", tiny),
        ("\u{7}", plain()),
        ("89\u{7}", above),
        ("7", white.clone()),
        ("89\u{7}", plain()),
        ("89\u{7}", white),
        ("6\u{7}", strike),
        ("\u{1}", vec![0x03, 0x6A, 0, 0, 0, 0]),
        ("\u{7}5\u{7}", plain()),
        ("\u{7}", plain()),
    ];
    let flags = [0; 9];
    // The sixth cell is dark.
    let mut dark = vec![0x12, 0xD6, 60];
    dark.extend([0, 0, 0, 0xFF, 0, 0, 0, 0xFF, 0, 0].repeat(5));
    dark.extend([0, 0, 0, 0xFF, 0x79, 0x4E, 0x1F, 0, 0, 0]);
    let end = [row(&[0, 100, 200, 300, 400, 500, 600, 700, 800, 900], &flags), dark].concat();
    let seen = show(&with_runs(&runs, &end, |_, _| ())).concat();
    let seen: Vec<&str> = seen.split(' ').map(|c| c.split_once('=').unwrap().1).collect();
    assert_eq!(seen, ["a", "89", "89", "89", "89", "89", "", "□", "5"]);
}

#[test]
fn styles_of_characters_and_paragraphs() {
    let style = |kind: u16, base: u16, lists: &[&[u8]]| {
        let mut style = [0, kind | base << 4, 0, 0, 0].map(u16::to_le_bytes).concat();
        style.extend([1, 0, b'x', 0, 0, 0]);
        for list in lists {
            style.extend((list.len() as u16).to_le_bytes());
            style.extend(*list);
            style.resize(style.len().next_multiple_of(2), 0);
        }
        [&(style.len() as u16).to_le_bytes()[..], &style].concat()
    };
    let sheet = [
        &18_u16.to_le_bytes()[..],
        &5_u16.to_le_bytes(),
        &10_u16.to_le_bytes(),
        &[0; 14],
        &style(1, 0xFFF, &[&[0, 0], &[]]),
        &style(2, 0xFFF, &[&[0x37, 0x08, 1]]),
        &style(2, 1, &[&[0x48, 0x2A, 1]]),
        &0_u16.to_le_bytes(),
        &style(1, 0, &[&[4, 0], &[0x3C, 0x08, 1]]),
    ]
    .concat();
    let styles = Styles::read(&sheet);
    assert_eq!(styles.get(1).struck, Some(true));
    assert_eq!((styles.get(2).struck, styles.get(2).script), (Some(true), Some(true)));
    assert_eq!((styles.get(0), styles.get(3), styles.get(99)), Default::default());
    assert_eq!(styles.get(4).hidden, Some(true));
    for end in 0..sheet.len() {
        let _ = Styles::read(&sheet[..end]);
    }
    let runs = [("a", vec![0x30, 0x4A, 1, 0]), ("89\r", Vec::new()), ("\r", Vec::new())];
    let bytes = with_runs(&runs, &[], |main, table| set(main, table, 0xA2, &sheet));
    assert_eq!(show(&bytes), ["1:89"]);
}

#[test]
fn boxes_and_marks_where_they_are_anchored() {
    let runs = [
        ("a\u{7}\u{8}", Vec::new()),
        ("\u{7}89", Vec::new()),
        ("*", vec![0x48, 0x2A, 0]),
        ("\u{7}", Vec::new()),
        ("\u{7}", Vec::new()),
        ("12\r\r", Vec::new()),
    ];
    // The main text ends before the box's; a group holds the box.
    let main_text = 8_u32;
    let drawing = |kind: u16, data: &[u8]| {
        [&[0xF, 0][..], &kind.to_le_bytes(), &(data.len() as u32).to_le_bytes(), data].concat()
    };
    let shape = |number: u32, more: &[u8]| {
        drawing(0xF004, &[&drawing(0xF00A, &[&number.to_le_bytes()[..], &[0; 4]].concat()), more].concat())
    };
    let hides = [&0x03BF_u16.to_le_bytes()[..], &0x0002_0002_u32.to_le_bytes()].concat();
    let build = |more: &[u8]| {
        let group = drawing(0xF003, &[shape(7, &[]), shape(9, more)].concat());
        let tree = drawing(0xF002, &drawing(0xF003, &[shape(1, &[]), group].concat()));
        let drawings = [drawing(0xF000, &[]), vec![0], tree].concat();
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let anchor = [numbers(&[2, main_text]), numbers(&[7]), vec![0; 22]].concat();
        let boxes = [numbers(&[0, 3]), vec![0; 14], numbers(&[9]), vec![0; 4]].concat();
        let notes = [numbers(&[6, main_text]), vec![0, 0]].concat();
        with_runs(&runs, &row(&[0, 100, 200, 300], &[0; 3]), move |main, table| {
            main[0x4C..0x50].copy_from_slice(&main_text.to_le_bytes());
            main[0x64..0x68].copy_from_slice(&4_u32.to_le_bytes());
            set(main, table, 0x22A, &drawings);
            set(main, table, 0x1DA, &anchor);
            set(main, table, 0x25A, &boxes);
            set(main, table, 0xAA, &notes);
        })
    };
    assert_eq!(show(&build(&[])), ["0+1x1=a 1+1x1=12 2+1x1=89"]);
    assert_eq!(show(&build(&drawing(0xF00B, &hides))), ["0+1x1=a 1+1x1= 2+1x1=89"]);
}
