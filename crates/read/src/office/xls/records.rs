//! Records of a workbook stream, and those that continue them.
//!
//! Owns where records end. Refuses to know what they mean.

use crate::bytes::{u16_at, u32_at};

/// The end of a sheet or of what all sheets share.
pub(super) const EOF: u16 = 0x000A;
/// Their beginning.
pub(super) const BOF: u16 = 0x0809;
/// A record goes on in the next one.
const CONTINUE: u16 = 0x003C;

/// Records of a stream, by kind. Those that continue others come as their own.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    /// Bytes of them so far.
    pub walked: usize,
}

impl<'a> Records<'a> {
    pub(super) fn of(stream: &'a [u8]) -> Self {
        Self { stream, walked: 0 }
    }

    /// What continues the record that came last.
    pub(super) fn more(&self) -> impl Iterator<Item = &'a [u8]> {
        Records { ..*self }.take_while(|(kind, _)| *kind == CONTINUE).map(|(_, data)| data)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.stream, 0)?, usize::from(u16_at(self.stream, 2)?));
        let data = self.stream.get(4..length.checked_add(4)?)?;
        self.stream = self.stream.get(length.checked_add(4)?..).unwrap_or_default();
        self.walked = self.walked.saturating_add(length).saturating_add(4);
        Some((kind, data))
    }
}

/// A record with all that continues it.
pub(super) struct Joined<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Joined<'a> {
    pub(super) fn of(first: &'a [u8], more: impl Iterator<Item = &'a [u8]>) -> Self {
        Self { parts: std::iter::once(first).chain(more).collect(), part: 0, at: 0 }
    }

    /// What is left of the part that is being read. `None` at the end.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.parts.get(self.part)?.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                return Some(rest);
            }
            (self.part, self.at) = (self.part.saturating_add(1), 0);
        }
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        u32_at(&[self.byte()?, self.byte()?, self.byte()?, self.byte()?], 0)
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = count.min(self.rest()?.len());
            self.at = self.at.saturating_add(step);
            count = count.saturating_sub(step);
        }
        Some(())
    }

    /// So many characters, of two bytes or one. Where they go on in another record, that says anew how many bytes.
    pub(super) fn units(&mut self, mut count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while count > 0 {
            let part = self.part;
            let rest = self.rest()?;
            let rest = if self.part == part {
                rest
            } else {
                wide = rest.first()? & 1 == 1;
                self.at = self.at.saturating_add(1);
                rest.get(1..)?
            };
            let size = if wide { 2 } else { 1 };
            let here = count.min(rest.len() / size);
            if here == 0 {
                // Half a character at the end of a record.
                self.at = self.at.saturating_add(rest.len());
                continue;
            }
            let taken = rest.get(..here * size)?;
            if wide {
                units.extend(taken.chunks_exact(2).filter_map(|c| u16_at(c, 0)));
            } else {
                units.extend(taken.iter().map(|b| u16::from(*b)));
            }
            self.at = self.at.saturating_add(taken.len());
            count = count.saturating_sub(here);
        }
        Some(units)
    }
}
