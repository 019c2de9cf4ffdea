//! Records of a part, and the texts in them.
//!
//! Owns where they end. Refuses to know what they mean.

use super::super::xlsx::Shared;
use crate::bytes::{part, place_at, u16_at};
use crate::seen::Look;

/// Records of a part, by kind. What breaks off in the middle of one ends before it.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn of(stream: &'a [u8]) -> Self {
        Self { stream }
    }

    /// A number in groups of seven bits, at most so many.
    fn packed(&mut self, most: u32) -> Option<u32> {
        let mut number = 0_u32;
        for group in 0..most {
            let (byte, rest) = self.stream.split_first()?;
            self.stream = rest;
            number |= u32::from(byte & 0x7F) << (group * 7);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (self.packed(2)?, usize::try_from(self.packed(4)?).ok()?);
        let (data, rest) = self.stream.split_at_checked(length)?;
        self.stream = rest;
        Some((kind, data))
    }
}

/// A text behind its count of units, and where it ends. One that is not there is empty.
pub(super) fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let (units, end) = units(data, at)?;
    Some((String::from_utf16_lossy(&units), end))
}

fn units(data: &[u8], at: usize) -> Option<(Vec<u16>, usize)> {
    let from = at.checked_add(4)?;
    let count = place_at(data, at)?;
    if count == 0xFFFF_FFFF {
        return Some((Vec::new(), from));
    }
    let bytes = part(data, from, count.checked_mul(2)?)?;
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some((units, from + bytes.len()))
}

/// A text with its runs: where each begins, and the number of its font.
pub(super) fn rich(data: &[u8], font: &dyn Fn(u16) -> Look) -> Option<Shared> {
    let (units, end) = units(data, 1)?;
    let whole = |units: &[u16]| String::from_utf16_lossy(units);
    if data.first()? & 1 == 0 {
        return Some(Shared::Plain(whole(&units)));
    }
    let list = part(data, end.checked_add(4)?, place_at(data, end)?.checked_mul(4)?).unwrap_or_default();
    let starts = list.chunks_exact(4).filter_map(|run| Some((usize::from(u16_at(run, 0)?), u16_at(run, 2)?)));
    let (mut runs, mut from, mut look) = (Vec::new(), 0, None);
    for (start, number) in starts {
        let here = start.clamp(from, units.len());
        runs.push((look, whole(units.get(from..here).unwrap_or_default())));
        (from, look) = (here, Some(font(number)));
    }
    runs.push((look, whole(units.get(from..).unwrap_or_default())));
    runs.retain(|(_, text)| !text.is_empty());
    Some(Shared::Runs(runs))
}
