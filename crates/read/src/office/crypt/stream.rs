//! Encrypted records of an XLS workbook.
//!
//! Owns the keystreams: RC4 with keys by MD5 or SHA-1, and the older exclusive or. Refuses to know records beyond those
//! that stay plain.

use std::ops::Range;

use super::{Hash, other, password};
use crate::bytes::{part, place_at, u16_at, u32_at};
use crate::limits::Fault;

/// Bytes that one key encrypts.
const BLOCK: usize = 1_024;
/// Records that stay plain: where the stream begins, how it is encrypted, who locked it, where a sheet begins.
const PLAIN: [u16; 7] = [0x0809, 0x002F, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];
/// The record of a sheet, whose place stays plain.
const BOUND_SHEET: u16 = 0x0085;
/// What the password comes to in the older way: a key, a check, and the row of bytes that is made of them.
const XOR_KEY: u16 = 0xB359;
const XOR_CHECK: u16 = 0x9A0A;
const XOR_ROW: [u8; 16] =
    [0x3C, 0x5B, 0xD4, 0x17, 0xF0, 0x1F, 0x28, 0x13, 0xF0, 0x4B, 0xB4, 0x03, 0xC4, 0x73, 0xA4, 0x20];

/// Decrypts a stream in place. `pass` is the record that says how it is encrypted.
pub(in crate::office) fn decrypt(stream: &mut [u8], pass: &[u8], wide: bool) -> Result<(), Fault> {
    // Before Excel 97 there is only one way, which need not be named.
    let pass = if wide { pass } else { &[&[0, 0], pass].concat() };
    match (u16_at(pass, 0), u16_at(pass, 2)) {
        (Some(0), _) => xor(stream, u16_at(pass, 2).ok_or_else(other)?, u16_at(pass, 4).ok_or_else(other)?),
        (Some(1), Some(1)) => {
            let (Some(salt), Some(input), Some(hash)) = (part(pass, 6, 16), part(pass, 22, 16), part(pass, 38, 16))
            else {
                return Err(other());
            };
            let first = Hash::Md5.of(&[&password()]);
            let salted: Vec<u8> = [first.get(..5).unwrap_or_default(), salt].concat().repeat(16);
            let base = Hash::Md5.of(&[&salted]);
            let key = move |block: u32| Hash::Md5.of(&[base.get(..5).unwrap_or_default(), &block.to_le_bytes()]);
            rc4(stream, &key, Hash::Md5, input, hash)
        }
        (Some(1), Some(2..=4)) => {
            let info = pass.get(2..).unwrap_or_default();
            let header = place_at(info, 8).and_then(|size| part(info, 12, size)).ok_or_else(other)?;
            let verifier = info.get(header.len().saturating_add(12)..).unwrap_or_default();
            let (Some(salt), Some(input), Some(hash)) =
                (part(verifier, 4, 16), part(verifier, 20, 16), part(verifier, 40, 20))
            else {
                return Err(other());
            };
            let bits = u32_at(header, 16).filter(|bits| *bits > 0).unwrap_or(40);
            let size = usize::try_from(bits / 8).unwrap_or(0).min(16);
            let base = Hash::Sha1.of(&[salt, &password()]);
            let key = move |block: u32| {
                let mut key = Hash::Sha1.of(&[&base, &block.to_le_bytes()]);
                key.truncate(size);
                // Keys of 40 bits are filled up.
                if size == 5 {
                    key.resize(16, 0);
                }
                key
            };
            rc4(stream, &key, Hash::Sha1, input, hash)
        }
        _ => Err(other()),
    }
}

/// The keystream of RC4.
struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state = [0_u8; 256];
        (0..=255).zip(&mut state).for_each(|(n, place)| *place = n);
        let mut j = 0_u8;
        for (i, byte) in (0..=255_u8).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[usize::from(i)]).wrapping_add(*byte);
            state.swap(usize::from(i), usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(usize::from(self.i), usize::from(self.j));
        let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(sum)]
    }
}

fn rc4(
    stream: &mut [u8],
    key: &dyn Fn(u32) -> Vec<u8>,
    hash: Hash,
    input: &[u8],
    expected: &[u8],
) -> Result<(), Fault> {
    let mut cipher = Rc4::new(&key(0));
    let input: Vec<u8> = input.iter().map(|b| b ^ cipher.next()).collect();
    let expected: Vec<u8> = expected.iter().map(|b| b ^ cipher.next()).collect();
    if !expected.starts_with(&hash.of(&[&input])) {
        return Err(other());
    }
    // The keystream runs on under what stays plain.
    let plain = plain(stream);
    for (block, bytes) in (0_u32..).zip(stream.chunks_mut(BLOCK)) {
        let mut cipher = Rc4::new(&key(block));
        let from = usize::try_from(block).unwrap_or(usize::MAX).saturating_mul(BLOCK);
        for (number, byte) in bytes.iter_mut().enumerate() {
            let with = cipher.next();
            if plain.get(from.saturating_add(number)) == Some(&false) {
                *byte ^= with;
            }
        }
    }
    Ok(())
}

/// Which bytes of a stream stay plain: heads of records, some records, the place of a sheet.
fn plain(stream: &[u8]) -> Vec<bool> {
    let mut plain = vec![true; stream.len()];
    for (kind, data) in records(stream) {
        if PLAIN.contains(&kind) {
            continue;
        }
        let from = if kind == BOUND_SHEET { data.start.saturating_add(4) } else { data.start };
        if let Some(places) = plain.get_mut(from..data.end) {
            places.fill(false);
        }
    }
    plain
}

/// Kinds of records, and where their data are.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let kind = u16_at(stream, at)?;
        let size = usize::from(u16_at(stream, at.checked_add(2)?)?);
        let start = at.checked_add(4)?;
        let end = start.checked_add(size)?.min(stream.len());
        at = end;
        Some((kind, start..end))
    })
}

/// The older way: bytes are turned and combined with a row of sixteen that the password gives.
fn xor(stream: &mut [u8], key: u16, verifier: u16) -> Result<(), Fault> {
    if (key, verifier) != (XOR_KEY, XOR_CHECK) {
        return Err(other());
    }
    let records: Vec<_> = records(stream).collect();
    for (kind, data) in records {
        if PLAIN.contains(&kind) {
            continue;
        }
        let size = data.len();
        let skip = if kind == BOUND_SHEET { 4 } else { 0 };
        for at in data.skip(skip) {
            if let (Some(byte), Some(with)) = (stream.get_mut(at), XOR_ROW.get(at.wrapping_add(size) % 16)) {
                *byte = byte.rotate_left(3) ^ with;
            }
        }
    }
    Ok(())
}
