//! Texts of an XLS workbook: by code page, or in UTF-16, in runs of different fonts.
//!
//! Owns how they are stored. Refuses to know fonts: what is seen of a run is asked.

use encoding_rs::Encoding;

use super::records::Joined;
use crate::bytes::u16_at;
use crate::seen::{Look, Seen, raise};

/// Runs of one text.
const MAX_RUNS: usize = 32_768;
/// Texts of a workbook: as many as it may have cells.
const MAX_STRINGS: usize = 1_000_000;

/// A text and its runs: at which character another font begins, and its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Rich {
    units: Vec<u16>,
    runs: Vec<(usize, u16)>,
}

impl Rich {
    /// A text of BIFF8 with a count of two bytes, as cells and the shared table hold it.
    pub(super) fn read(data: &mut Joined<'_>) -> Option<Self> {
        let count = usize::from(data.u16()?);
        let flags = data.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(data.u16()?) };
        let more = if flags & 4 == 0 { 0 } else { usize::try_from(data.u32()?).ok()? };
        let units = data.units(count, flags & 1 == 1)?;
        let mut rich = Self { units, runs: Vec::new() };
        for _ in 0..runs.min(MAX_RUNS) {
            rich.runs.push((usize::from(data.u16()?), data.u16()?));
        }
        data.skip(more)?;
        Some(rich)
    }

    /// The same with the runs that a record states behind it.
    pub(super) fn with_runs(mut self, data: &mut Joined<'_>) -> Self {
        let count = data.u16().map_or(0, usize::from);
        for _ in 0..count.min(MAX_RUNS) {
            let (Some(at), Some(font)) = (data.u16(), data.u16()) else { break };
            self.runs.push((usize::from(at), font));
        }
        self
    }

    /// Text of one font, in a code page.
    pub(super) fn of_page(bytes: &[u8], page: &'static Encoding) -> Self {
        Self { units: page.decode_without_bom_handling(bytes).0.encode_utf16().collect(), runs: Vec::new() }
    }

    /// Text of a code page with its runs, which count bytes.
    pub(super) fn of_page_in_runs(bytes: &[u8], runs: &[u8], page: &'static Encoding) -> Self {
        let mut rich = Self::default();
        let mut from = 0;
        let starts = runs.chunks_exact(2).filter_map(|run| Some((usize::from(*run.first()?), *run.last()?)));
        for (start, font) in starts {
            let start = start.clamp(from, bytes.len());
            let part = bytes.get(from..start).unwrap_or_default();
            rich.units.extend(page.decode_without_bom_handling(part).0.encode_utf16());
            rich.runs.push((rich.units.len(), u16::from(font)));
            from = start;
        }
        let rest = bytes.get(from..).unwrap_or_default();
        rich.units.extend(page.decode_without_bom_handling(rest).0.encode_utf16());
        rich
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }

    /// What is seen of it in a cell that looks so.
    pub(super) fn shown(&self, cell: Look, font: impl Fn(u16) -> Look) -> String {
        if self.runs.is_empty() {
            return if cell.on_paper() == Seen::Not { String::new() } else { self.text() };
        }
        let mut text = String::new();
        let mut look = cell;
        let mut from = 0;
        let end = [(self.units.len(), 0)];
        for (start, number) in self.runs.iter().chain(&end) {
            let start = (*start).clamp(from, self.units.len());
            let run = String::from_utf16_lossy(self.units.get(from..start).unwrap_or_default());
            let before = text.len();
            match look.on_paper() {
                Seen::Not => {}
                Seen::Plain => text.push_str(&run),
                Seen::Raised => {
                    text.push_str(&run);
                    raise(&mut text, before);
                }
            }
            look = Look { filled: cell.filled, ..font(*number) };
            from = start;
        }
        text
    }
}

/// A short text with a count of one byte: names of sheets.
pub(super) fn short(data: &[u8], wide: bool, page: &'static Encoding) -> Option<String> {
    let count = usize::from(*data.first()?);
    if !wide {
        let bytes = data.get(1..).unwrap_or_default();
        return Some(page.decode_without_bom_handling(bytes.get(..count).unwrap_or(bytes)).0.into_owned());
    }
    let units = Joined::of(data.get(2..)?, std::iter::empty()).units(count, data.get(1)? & 1 == 1)?;
    Some(String::from_utf16_lossy(&units))
}

/// The table of shared texts.
pub(super) fn table(data: &mut Joined<'_>) -> Vec<Rich> {
    let mut strings = Vec::new();
    // What the table says of its own length is not believed.
    if data.skip(8).is_some() {
        while strings.len() < MAX_STRINGS
            && let Some(rich) = Rich::read(data)
        {
            strings.push(rich);
        }
    }
    strings
}

/// The code of a number format.
pub(super) fn format(data: &[u8], wide: bool, page: &'static Encoding) -> Option<(u16, String)> {
    let number = u16_at(data, 0)?;
    let rest = data.get(2..)?;
    let code =
        if wide { Rich::read(&mut Joined::of(rest, std::iter::empty()))?.text() } else { short(rest, false, page)? };
    Some((number, code))
}
