//! Damaged files of every format: no panic of ours, one outcome, whatever was damaged.
//!
//! Mutations are deterministic: a file's name and the number of the mutation say what is done to it. Packages and packed
//! streams of PDF are also damaged within: what was mutated is packed again, because damage to packed bytes reaches no
//! reader. `NIANBAO_MUTATIONS=N`
//! makes N of each format instead of a thousand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{set_hook, take_hook};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use nianbao_dataset::{Bounds, FileFacts, read_bytes};
use nianbao_read::sniff;
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use nianbao_testing::shared;
use rayon::prelude::*;
use zip::CompressionMethod;
use zip::read::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Mutations of each format in an ordinary run.
const OF_EACH_FORMAT: usize = 1_000;
/// What a package may unpack to in a test.
const PART: u64 = 4 << 20;

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A generator that is the same everywhere and for ever.
struct Dice(u64);

impl Dice {
    fn of(name: &str, number: usize) -> Self {
        let start = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xCBF2_9CE4_8422_2325;
        Self(name.bytes().fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, and 0 if there is none.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// A stretch of the bytes, mostly a short one.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        let most = [4, 64, 1024, length][self.below(4)];
        from..(from + 1 + self.below(most)).min(length)
    }
}

/// Damages bytes in one to three ways.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const NUMBERS: [&[u8]; 8] =
        [b"0", b"-1", b"65535", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e308"];
    for _ in 0..=dice.below(3) {
        let stretch = dice.stretch(bytes.len());
        if stretch.is_empty() {
            return;
        }
        match dice.below(10) {
            0 => bytes[stretch.start] ^= 1 << dice.below(8),
            1 => bytes[stretch.start] = [0, 0xFF, 0x80, 0x7F, b'<', b'>', b'{', b'}'][dice.below(8)],
            2 => bytes.truncate(stretch.start),
            3 => drop(bytes.drain(stretch)),
            4 => {
                let copy = bytes[stretch].to_vec();
                let at = dice.below(bytes.len());
                drop(bytes.splice(at..at, copy));
            }
            5 => bytes[stretch].fill(0),
            6 => {
                let noise: Vec<u8> = stretch.map(|_| dice.next() as u8).collect();
                let at = dice.below(bytes.len());
                drop(bytes.splice(at..at, noise));
            }
            7 => bytes[stretch].iter_mut().for_each(|b| *b ^= (dice.next() & dice.next() & dice.next()) as u8),
            8 => {
                let copy = bytes[stretch.clone()].to_vec();
                let at = dice.below(bytes.len() - copy.len() + 1);
                bytes[at..at + copy.len()].copy_from_slice(&copy);
            }
            // Another number where one stands: sizes, counts and places are what readers believe too readily.
            _ => {
                let from = (stretch.start..bytes.len()).find(|at| bytes[*at].is_ascii_digit());
                if let Some(from) = from {
                    let end = (from..bytes.len()).find(|at| !bytes[*at].is_ascii_digit()).unwrap_or(bytes.len());
                    drop(bytes.splice(from..end, NUMBERS[dice.below(8)].iter().copied()));
                }
            }
        }
    }
}

/// A package with one damaged part; `None` if it is none.
fn mutate_within(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let mut bytes = Vec::new();
        part.by_ref().take(PART).read_to_end(&mut bytes).ok()?;
        parts.push((String::from_utf8_lossy(part.name_raw()).into_owned(), bytes));
    }
    // Content is the largest part, mostly.
    let largest = (0..parts.len()).max_by_key(|at| (parts[*at].0.ends_with(".xml"), parts[*at].1.len()))?;
    let chosen = if dice.below(2) == 0 { largest } else { dice.below(parts.len()) };
    mutate(&mut parts[chosen].1, dice);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        zip.write_all(&bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// A PDF with one damaged stream; `None` if it has none that is packed.
fn mutate_stream(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let starts: Vec<usize> = memchr::memmem::find_iter(bytes, b"stream").map(|at| at + 6).collect();
    for _ in 0..20 {
        let start = *starts.get(dice.below(starts.len()))?;
        let start = start + bytes[start..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let end = start + memchr::memmem::find(&bytes[start..], b"endstream")?;
        let mut plain = Vec::new();
        // What can be unpacked is enough: streams of object numbers are followed by a line end, checksums may be wrong.
        let _ = ZlibDecoder::new(&bytes[start..end]).take(PART).read_to_end(&mut plain);
        if plain.is_empty() {
            continue;
        }
        mutate(&mut plain, dice);
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&plain).ok()?;
        return Some([&bytes[..start], &packer.finish().ok()?, b"\n", &bytes[end..]].concat());
    }
    None
}

fn files() -> Vec<PathBuf> {
    let mut folders = vec![nianbao_testing::root().join("tests/data/formats")];
    folders.extend(shared().map(|path| path.join("seeds")));
    let listed = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = listed.filter(|path| path.extension().is_some_and(|e| e != "csv")).collect();
    files.sort();
    files
}

/// A compound file with another number where its header, its table of sectors or its directory has one.
fn mutate_container(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return None;
    }
    let field = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let mut damaged = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let sector = match dice.below(4) {
            0 => 0,
            1 => 1 + field(0x4C)? as usize,
            2 => 1 + field(0x3C)? as usize,
            _ => 1 + field(0x30)? as usize + dice.below(2),
        };
        let (from, length) = if sector == 0 { (0x18, 0x60) } else { (sector * 512, 512) };
        let at = from + dice.below(length / 4) * 4;
        let numbers = [0, 1, u32::MAX, u32::MAX - 1, (at / 512) as u32, dice.next() as u32, dice.next() as u32 % 200];
        let number = numbers[dice.below(numbers.len())];
        damaged.get_mut(at..at + 4)?.copy_from_slice(&number.to_le_bytes());
    }
    Some(damaged)
}

fn mutate_inside(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    mutate_container(bytes, dice)
        .or_else(|| mutate_within(bytes, dice))
        .or_else(|| bytes.starts_with(b"%PDF-").then(|| mutate_stream(bytes, dice))?)
}

/// One mutation of one file: how long it took, and where a dependency panicked.
fn one(knowledge: &Knowledge, name: &str, bytes: &[u8], number: usize) -> (Duration, Option<String>) {
    let mut dice = Dice::of(name, number);
    let within = if number.is_multiple_of(3) { None } else { mutate_inside(bytes, &mut dice) };
    let damaged = within.unwrap_or_else(|| {
        let mut damaged = bytes.to_vec();
        mutate(&mut damaged, &mut dice);
        damaged
    });
    PANIC.with(|panic| panic.take());
    let start = Instant::now();
    let outcome = FileFacts::named(name);
    let outcomes = read_bytes(knowledge, outcome, &damaged, &Bounds::default());
    let took = start.elapsed();
    assert!(!outcomes.is_empty());
    let mut panicked = None;
    for outcome in &outcomes {
        if outcome.facts.reason.as_deref().is_some_and(|reason| reason.contains("the reader failed")) {
            let place = PANIC.with(|panic| panic.take()).unwrap_or_default();
            assert!(place.contains("/registry/"), "{name} #{number}: {place}");
            panicked = Some(place);
        }
    }
    (took, panicked)
}

#[test]
fn damaged_files_of_every_format() {
    let of_each = std::env::var("NIANBAO_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(OF_EACH_FORMAT);
    let mut formats: BTreeMap<&str, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        formats.entry(sniff(&bytes).code()).or_default().push((name, bytes));
    }
    for (number, (name, bytes)) in super::containers::made().into_iter().enumerate() {
        formats.entry("within").or_default().push((format!("{number}-{name}"), bytes));
    }
    let mut jobs = Vec::new();
    for (format, files) in &formats {
        let each = of_each.div_ceil(files.len());
        jobs.extend(files.iter().flat_map(|file| (0..each).map(move |number| (*format, file, number))));
    }
    let knowledge = Knowledge::load(Settings::default()).unwrap();
    // Panics of dependencies would fill the log; those of ours end the test with their place.
    let usual = take_hook();
    set_hook(Box::new(|panic| {
        let place = panic.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        if place.contains("tests/mutations.rs") {
            eprintln!("{panic}");
        }
        PANIC.with(|last| last.replace(Some(place)));
    }));
    let start = Instant::now();
    let results: Vec<_> = jobs
        .par_iter()
        .map(|(format, (name, bytes), number)| (*format, name, *number, one(&knowledge, name, bytes, *number)))
        .collect();
    set_hook(usual);
    println!("{} mutations in {:.1} s", results.len(), start.elapsed().as_secs_f64());
    let mut panics: BTreeMap<&str, usize> = BTreeMap::new();
    for (format, files) in &formats {
        let of_format = || results.iter().filter(|r| r.0 == *format);
        let all: Duration = of_format().map(|r| r.3.0).sum();
        let slowest = of_format().max_by_key(|r| r.3.0).unwrap();
        let (count, slow) = (of_format().count(), slowest.3.0.as_millis());
        println!(
            "{format:6} {:2} files, {count} mutations, {:.1} s, the slowest {slow} ms ({} #{})",
            files.len(),
            all.as_secs_f64(),
            slowest.1,
            slowest.2
        );
    }
    for place in results.iter().filter_map(|r| r.3.1.as_deref()) {
        *panics.entry(place).or_default() += 1;
    }
    for (place, count) in panics {
        println!("{count} panics of a dependency at {place}");
    }
}
