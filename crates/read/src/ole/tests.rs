use std::io::{Cursor, Write as _};

use super::*;

fn with(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        if let Some((storage, _)) = name.trim_start_matches('/').rsplit_once('/') {
            file.create_storage_all(format!("/{storage}")).unwrap();
        }
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

fn bytes_of(file: &[u8], name: &str) -> Option<(usize, bool)> {
    let stream = Container::open(file)?.stream(name)?;
    let number = |at: usize| (at % 251) as u8;
    assert!(stream.bytes.iter().enumerate().all(|(at, b)| *b == number(at)), "{name}");
    Some((stream.bytes.len(), stream.cut))
}

fn counted(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at % 251) as u8).collect()
}

/// Streams of both kinds of sectors, one in a storage.
fn sample() -> Vec<u8> {
    with(&[
        ("/WordDocument", &counted(9_000)),
        ("/1Table", &counted(100)),
        ("/Pool/_1/Package", &counted(5_000)),
        ("/Pool/_1/Info", &counted(700)),
    ])
}

/// Places of the sectors of the table, and of the directory's first.
fn places(file: &[u8]) -> (usize, usize) {
    let at = |field: usize| (u32::from_le_bytes(file[field..field + 4].try_into().unwrap()) as usize + 1) * 512;
    (at(0x4C), at(0x30))
}

const STREAMS: [(&str, usize); 4] =
    [("/worddocument", 9_000), ("1Table", 100), ("/Pool/_1/Package", 5_000), ("/Pool/_1/Info", 700)];

fn assert_whole(file: &[u8]) {
    for (name, size) in STREAMS {
        assert_eq!(bytes_of(file, name), Some((size, false)), "{name}");
    }
}

#[test]
fn streams_of_both_kinds() {
    assert_whole(&sample());
    let large = with(&[("/a", &counted(8_000_000))]);
    assert_eq!(bytes_of(&large, "a"), Some((8_000_000, false)), "tables that the header does not name");
    assert_eq!(bytes_of(&sample(), "/Pool"), None);
    assert_eq!(bytes_of(&sample(), "/Pool/x"), None);
}

#[test]
fn the_table_may_end_in_anything() {
    for mark in [u32::MAX - 1, 5_000, u32::MAX - 3] {
        let mut file = sample();
        let table = places(&file).0;
        let sectors = file.len().div_ceil(512) - 1;
        for place in file[table + sectors * 4..table + 512].chunks_exact_mut(4) {
            place.copy_from_slice(&mark.to_le_bytes());
        }
        assert_whole(&file);
    }
}

#[test]
fn a_directory_in_any_order() {
    let mut file = sample();
    let directory = places(&file).1;
    // The storage first, then the streams, each beside the one before: an order that no name has.
    let entry = |number: usize| directory + number * 128;
    let numbers: Vec<usize> = (1..4).collect();
    let name = |file: &[u8], number: usize| file[entry(number)];
    let mut order = numbers;
    order.sort_by_key(|number| name(&file, *number));
    order.reverse();
    let mut set = |at: usize, value: u32| file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    set(entry(0) + 0x4C, order[0] as u32);
    for (at, number) in order.iter().enumerate() {
        set(entry(*number) + 0x44, u32::MAX);
        set(entry(*number) + 0x48, order.get(at + 1).map_or(u32::MAX, |n| *n as u32));
    }
    assert_whole(&file);
    // A circle, and a root without children.
    let mut set = |at: usize, value: u32| file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    set(entry(order[2]) + 0x48, order[0] as u32);
    assert_whole(&file);
    file[entry(0) + 0x4C..entry(0) + 0x50].fill(0xFF);
    assert_eq!(bytes_of(&file, "/WordDocument"), Some((9_000, false)));
}

#[test]
fn what_is_cut_says_so() {
    let file = with(&[("/Workbook", &counted(9_000))]);
    let short = file.len() - 512 - 100;
    let stream = Container::open(&file[..short]).unwrap().stream("Workbook").unwrap();
    assert!(stream.cut && stream.bytes.len() < 9_000, "{}", stream.bytes.len());
    let mut circle = file.clone();
    let table = places(&circle).0;
    circle[table..table + 512].fill(0);
    let stream = Container::open(&circle).and_then(|f| f.stream("Workbook"));
    assert!(stream.is_none_or(|s| s.bytes.len() <= file.len()));
    for length in 0..file.len() {
        let _ = kind(&file[..length]);
    }
}

#[test]
fn names_decide() {
    let kind_with = |name: &str| kind(&with(&[(name, b"")]));
    assert_eq!(kind_with("/WordDocument"), Ole::Word);
    assert_eq!(kind_with("/Workbook"), Ole::Workbook);
    assert_eq!(kind_with("/BOOK"), Ole::Workbook);
    assert_eq!(kind_with("/EncryptedPackage"), Ole::Encrypted);
    assert_eq!(kind_with("/Package"), Ole::Object);
    assert_eq!(kind(&with(&[("/CONTENTS", b"CHNKWKS")])), Ole::Other("a document of Microsoft Works"));
    assert_eq!(kind_with("/Other"), Ole::Unknown);
    assert!(unknown(&with(&[("/Other", b"")])).ends_with("(Other)"));
    assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Ole::Damaged);
    assert_eq!(kind(b""), Ole::Damaged);
}
