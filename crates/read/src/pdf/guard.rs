//! What a PDF unpacks to, counted before the parser unpacks it: the parser knows no limit.
//!
//! Owns the count over all streams that may be unpacked, whatever they are packed by. Refuses to count pictures, which
//! only OCR unpacks and which are most of a scan, and several object streams of an encrypted file together: opening it
//! and unpacking them is one step.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::dict::keys::{
    COLUMNS, DECODE_PARMS, DP, EARLY_CHANGE, FIRST, FORM, FUNCTION_TYPE, IMAGE, LENGTH1, SHADING_TYPE, SUBTYPE, WIDTH,
};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::{Filter, Pdf};
use memchr::memmem;

use crate::limits::{Clock, Fault, Limits};

use super::nesting::{self, Chains};

/// Bytes that one byte of a packing stands for at most.
const MOST_OF_FLATE: u64 = 1_032;
const MOST_OF_LZW: u64 = 2_560;
const MOST_OF_RUNS: u64 = 64;
const MOST_OF_BASE_85: u64 = 4;
/// Bytes that one stream may unpack to, whatever is left for the file: the interpreter holds it, and what it makes of it.
const LARGEST: u64 = 64 << 20;
/// The same for a function and for a mesh of a shading, which it makes more of, and anew whenever they are named.
const LARGEST_SOURCE: u64 = 4 << 20;
/// Bytes of a form that is looked into.
const LONG_CONTENT: u64 = 1 << 20;
/// Bytes of a row that a predictor goes by; the parser sets a row aside whatever the file holds.
const WIDEST_ROW: i64 = 1 << 20;
/// A dictionary of a stream lies within this many bytes before its data.
const DICT_WITHIN: usize = 4 << 10;
/// Streams between two looks at the clock.
const STREAMS_PER_LOOK: usize = 64;

/// Looks at the streams that opening a file unpacks, where they stand in it: those of references and of objects.
///
/// # Errors
/// [`Fault::Limit`] if they unpack to too much, [`Fault::Damaged`] if they may.
pub(super) fn before(bytes: &[u8], limits: &Limits, clock: &Clock) -> Result<(), Fault> {
    let mut left = limits.unpacked;
    for (count, at) in memmem::find_iter(bytes, b"stream").enumerate() {
        if count.is_multiple_of(STREAMS_PER_LOOK) {
            clock.check()?;
        }
        let before = bytes.get(at.saturating_sub(DICT_WITHIN)..at).unwrap_or_default();
        let dict = before.get(memmem::rfind(before, b"obj").unwrap_or(0)..).unwrap_or_default();
        let has = |text: &[u8]| memmem::find(dict, text).is_some();
        // Names may be written with escapes.
        let opened = [&b"/First"[..], b"/W ", b"/W[", b"#"].into_iter().any(has);
        if before.ends_with(b"end") || !opened {
            continue;
        }
        if stated_columns(dict).is_some_and(|columns| columns > WIDEST_ROW) {
            return Err(absurd());
        }
        let data = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find_map(|end| data.strip_prefix(end)).unwrap_or(data);
        let filters = stated_filters(dict);
        if bound(data.len(), &filters) > left {
            let length = memmem::find(data, b"endstream").unwrap_or(data.len());
            left -= count_one(data, length, &filters, true, left)?;
        }
    }
    Ok(())
}

/// Looks at all streams of an open file, as the parser sees them; `note` is shown every object.
///
/// # Errors
/// [`Fault::Limit`] if they unpack to too much, [`Fault::Damaged`] if they may, or have rows of absurd length; and those
/// of [`nesting`].
pub(super) fn after<'a>(
    pdf: &'a Pdf,
    limits: &Limits,
    clock: &Clock,
    note: &mut dyn FnMut(&Object<'a>),
) -> Result<(), Fault> {
    let mut streams = Vec::new();
    let mut all = 0_u64;
    let mut chains = Chains::of(pdf);
    for (count, object) in pdf.objects().into_iter().enumerate() {
        if count.is_multiple_of(STREAMS_PER_LOOK) {
            clock.check()?;
        }
        chains.check(&object)?;
        note(&object);
        let Object::Stream(stream) = object else { continue };
        if is_picture(stream.dict()) {
            continue;
        }
        if params(stream.dict()).any(|p| p.get::<i64>(COLUMNS).is_some_and(|columns| columns > WIDEST_ROW)) {
            return Err(absurd());
        }
        let most = bound(stream.raw_data().len(), &stream.filters());
        all = all.saturating_add(most);
        streams.push((stream, most));
    }
    let mut left = limits.unpacked;
    for (count, (stream, most)) in streams.iter().enumerate() {
        if count.is_multiple_of(STREAMS_PER_LOOK) {
            clock.check()?;
        }
        let dict = stream.dict();
        let is_form = dict.get::<Name<'_>>(SUBTYPE).as_deref() == Some(FORM);
        let is_source = dict.contains_key(FUNCTION_TYPE) || dict.contains_key(SHADING_TYPE);
        let largest = if is_source { LARGEST_SOURCE } else { LARGEST };
        let largest = largest.min(left);
        let mut size = *most;
        if all > limits.unpacked || *most > largest || is_form {
            let early = params(dict).all(|p| p.get::<u8>(EARLY_CHANGE) != Some(0));
            let packed = stream.raw_data();
            size = count_one(&packed, packed.len(), &stream.filters(), early, largest)?;
            left -= size;
        }
        nesting::function(stream)?;
        if is_form && size > LONG_CONTENT {
            nesting::content(&stream.decoded_data().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// The bytes of a stream that nothing but its reader unpacks, if there are at most so many.
///
/// # Errors
/// [`Fault::Limit`] and [`Fault::Damaged`].
pub(super) fn unpacked(stream: &Stream<'_>, most: u64) -> Result<Vec<u8>, Fault> {
    let packed = stream.raw_data();
    let early = params(stream.dict()).all(|p| p.get::<u8>(EARLY_CHANGE) != Some(0));
    count_one(&packed, packed.len(), &stream.filters(), early, most)?;
    let unpacked = stream.decoded().map_err(|_| Fault::Damaged("an attached file that does not unpack".to_owned()))?;
    Ok(unpacked.into_owned())
}

fn too_much() -> Fault {
    Fault::Limit("a stream of the PDF unpacks to too much".to_owned())
}

fn absurd() -> Fault {
    Fault::Damaged("PDF with a stream of absurdly long rows".to_owned())
}

/// Pictures are never unpacked, unless something else takes them for its own.
fn is_picture(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>(SUBTYPE).as_deref() == Some(IMAGE)
        && dict.contains_key(WIDTH)
        && ![FIRST, LENGTH1].into_iter().any(|key| dict.contains_key(key))
}

fn params<'a>(dict: &Dict<'a>) -> impl Iterator<Item = Dict<'a>> {
    let several = |key| dict.get::<Array<'a>>(key).into_iter().flat_map(|list| list.iter::<Dict<'a>>());
    let one = |key| dict.get::<Dict<'a>>(key).into_iter();
    one(DECODE_PARMS).chain(one(DP)).chain(several(DECODE_PARMS)).chain(several(DP))
}

/// The number of columns in the text of a dictionary.
fn stated_columns(dict: &[u8]) -> Option<i64> {
    let rest = dict.get(memmem::find(dict, b"/Columns")? + b"/Columns".len()..)?.trim_ascii_start();
    let digits = rest.get(..rest.iter().take_while(|b| b.is_ascii_digit()).count())?;
    Some(std::str::from_utf8(digits).ok()?.parse().unwrap_or(i64::MAX))
}

/// The filters in the text of a dictionary; what is not understood may be flate.
fn stated_filters(dict: &[u8]) -> Vec<Filter> {
    let names = dict.split(|b| *b == b'/').skip(1).map(|rest| {
        let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    });
    let mut filters: Vec<Filter> = names
        .filter_map(|name| match name {
            b"FlateDecode" | b"Fl" => Some(Filter::FlateDecode),
            b"LZWDecode" | b"LZW" => Some(Filter::LzwDecode),
            b"RunLengthDecode" | b"RL" => Some(Filter::RunLengthDecode),
            b"ASCII85Decode" | b"A85" => Some(Filter::Ascii85Decode),
            b"ASCIIHexDecode" | b"AHx" => Some(Filter::AsciiHexDecode),
            _ => None,
        })
        .collect();
    if filters.is_empty() && memmem::find(dict, b"/F").is_some() {
        filters.push(Filter::FlateDecode);
    }
    filters
}

/// What so many bytes may unpack to, at most, all steps taken together.
fn bound(packed: usize, filters: &[Filter]) -> u64 {
    filters.iter().fold(packed as u64, |size, filter| {
        size.saturating_mul(match filter {
            Filter::FlateDecode => MOST_OF_FLATE,
            Filter::LzwDecode => MOST_OF_LZW,
            Filter::RunLengthDecode => MOST_OF_RUNS,
            Filter::Ascii85Decode => MOST_OF_BASE_85,
            _ => 1,
        })
    })
}

/// Counts what a stream unpacks to, every step of it; gives the size, `left` at most. `length` is how much of `packed` probably
/// belongs to the stream.
fn count_one(packed: &[u8], length: usize, filters: &[Filter], early: bool, left: u64) -> Result<u64, Fault> {
    let mut data = Cow::Borrowed(packed);
    let mut length = length;
    let mut all = if filters.is_empty() { packed.len() as u64 } else { 0 };
    for (at, filter) in filters.iter().enumerate() {
        let last = at + 1 == filters.len();
        let mut sink = Sink { kept: (!last).then(Vec::new), size: all, most: left };
        // Where the count breaks off: the parser forgives more, and may find anything behind that.
        let unread = match filter {
            Filter::FlateDecode => flate(&data, &mut sink).map(|read| length.saturating_sub(read)),
            Filter::LzwDecode if last => lzw(&data, early, &mut sink),
            Filter::LzwDecode => Some(length),
            Filter::RunLengthDecode => runs(&data, &mut sink),
            Filter::Ascii85Decode => base_85(&data, &mut sink),
            Filter::AsciiHexDecode => hex(&data, &mut sink),
            // Such data are pictures, or decrypted already.
            _ => break,
        };
        all = sink.size;
        if all > left {
            return Err(too_much());
        }
        if let Some(unread) = unread {
            if bound(unread, filters.get(at..).unwrap_or_default()) > left - all {
                return Err(Fault::Damaged("PDF with a long damaged stream".to_owned()));
            }
            break;
        }
        let kept = sink.kept.unwrap_or_default();
        length = kept.len();
        data = Cow::Owned(kept);
    }
    if all > left { Err(too_much()) } else { Ok(all) }
}

/// Takes what is unpacked, and keeps it if another step follows.
struct Sink {
    kept: Option<Vec<u8>>,
    size: u64,
    most: u64,
}

impl Sink {
    fn take(&mut self, bytes: &[u8]) {
        self.size = self.size.saturating_add(bytes.len() as u64);
        if let Some(kept) = self.kept.as_mut().filter(|_| self.size <= self.most) {
            kept.extend_from_slice(bytes);
        }
    }

    /// The same byte several times: what it is does not matter where only the size counts.
    fn repeat(&mut self, byte: u8, times: usize) {
        self.size = self.size.saturating_add(times as u64);
        if let Some(kept) = self.kept.as_mut().filter(|_| self.size <= self.most) {
            kept.resize(kept.len().saturating_add(times), byte);
        }
    }

    fn is_full(&self) -> bool {
        self.size > self.most
    }
}

/// Unpacks with the header that it should have, or without. If that fails, gives how much could be read.
fn flate(packed: &[u8], sink: &mut Sink) -> Option<usize> {
    let mut read_most = 0;
    for header in [true, false] {
        let mut inflater = Decompress::new(header);
        let mut scratch = [0_u8; 1 << 14];
        loop {
            let (read, written) = (inflater.total_in(), inflater.total_out());
            let rest = packed.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
            let status = inflater.decompress(rest, &mut scratch, FlushDecompress::None);
            let new = usize::try_from(inflater.total_out() - written).unwrap_or(0);
            sink.take(scratch.get(..new).unwrap_or_default());
            let stuck = (inflater.total_in(), inflater.total_out()) == (read, written);
            match status {
                Ok(status) if status == Status::StreamEnd || stuck || sink.is_full() => {
                    // Empty blocks cost time and give nothing: they count as well.
                    sink.size = sink.size.saturating_add(inflater.total_in());
                    return None;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        read_most = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX).max(read_most);
    }
    Some(read_most)
}

/// Follows the table of LZW by the lengths of its entries.
fn lzw(packed: &[u8], early: bool, sink: &mut Sink) -> Option<usize> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const ENTRIES: usize = 4_096;
    let mut lengths = vec![1_usize; END + 1];
    let mut before: Option<usize> = None;
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in packed {
        (bits, held) = (bits << 8 | u32::from(*byte), held + 8);
        let width = match lengths.len() + usize::from(early) {
            2_048.. => 12,
            1_024.. => 11,
            512.. => 10,
            _ => 9,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                lengths.truncate(END + 1);
                before = None;
                continue;
            }
            END => return None,
            _ => {}
        }
        let grown = before.and_then(|code| lengths.get(code)).map(|length| length + 1);
        if let Some(grown) = grown.filter(|_| lengths.len() < ENTRIES) {
            lengths.push(grown);
        }
        // The parser gives up a stream with a code beyond the table.
        let length = *lengths.get(code)?;
        sink.repeat(b' ', length);
        before = Some(code);
        if sink.is_full() {
            break;
        }
    }
    None
}

fn runs(packed: &[u8], sink: &mut Sink) -> Option<usize> {
    let mut rest = packed;
    while let [length, tail @ ..] = rest {
        match length {
            0..128 => {
                let end = tail.len().min(usize::from(*length) + 1);
                sink.take(&tail[..end]);
                rest = &tail[end..];
            }
            128 => break,
            129.. => {
                let [byte, tail @ ..] = tail else { break };
                sink.repeat(*byte, 257 - usize::from(*length));
                rest = tail;
            }
        }
        if sink.is_full() {
            break;
        }
    }
    None
}

/// What stands in base 85, up to `most` bytes of it.
pub(super) fn of_base_85(packed: &[u8], most: u64) -> Vec<u8> {
    let mut sink = Sink { kept: Some(Vec::new()), size: 0, most };
    base_85(packed, &mut sink);
    sink.kept.unwrap_or_default()
}

fn base_85(packed: &[u8], sink: &mut Sink) -> Option<usize> {
    let (mut group, mut count) = (0_u32, 0_usize);
    for byte in packed {
        match byte {
            b'z' if count == 0 => sink.take(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    sink.take(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
        if sink.is_full() {
            break;
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        sink.take(group.to_be_bytes().get(..count - 1).unwrap_or_default());
    }
    None
}

fn hex(packed: &[u8], sink: &mut Sink) -> Option<usize> {
    let mut half = None;
    for byte in packed.iter().take_while(|b| **b != b'>') {
        let Some(digit) = char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok()) else { continue };
        match half.take() {
            Some(high) => sink.take(&[high << 4 | digit]),
            None => half = Some(digit),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u64 = 1 << 20;

    fn size(packed: &[u8], filters: &[Filter]) -> Result<u64, Fault> {
        count_one(packed, packed.len(), filters, true, MOST)
    }

    #[test]
    fn every_packing_is_counted() {
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(size(&lzw, &[Filter::LzwDecode]), Ok(10));
        assert_eq!(size(&[2, 1, 2, 3, 0xFE, 9, 128, 7], &[Filter::RunLengthDecode]), Ok(6));
        assert_eq!(size(b"z87cUR D]~>z", &[Filter::Ascii85Decode]), Ok(4 + 4 + 1));
        assert_eq!(size(b"<01 02 0>", &[Filter::AsciiHexDecode]), Ok(2));
        let hex: String = lzw.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(size(hex.as_bytes(), &[Filter::AsciiHexDecode, Filter::LzwDecode]), Ok(9 + 10));
    }

    #[test]
    fn what_cannot_be_counted_is_believed_while_it_is_short() {
        let noise = |length: usize| [0xFF].repeat(length);
        assert_eq!(size(&noise(900), &[Filter::FlateDecode]), Ok(0));
        assert!(matches!(size(&noise(1_100), &[Filter::FlateDecode]), Err(Fault::Damaged(_))));
        assert!(matches!(size(&noise(3), &[Filter::FlateDecode, Filter::FlateDecode]), Err(Fault::Damaged(_))));
        assert!(matches!(size(&noise(3), &[Filter::LzwDecode, Filter::FlateDecode]), Err(Fault::Damaged(_))));
    }

    #[test]
    fn dictionaries_as_they_stand() {
        assert_eq!(stated_filters(b"<</Filter[/A85/Fl]/W[1 2 1]"), [Filter::Ascii85Decode, Filter::FlateDecode]);
        assert_eq!(stated_filters(b"<</Filter 5 0 R"), [Filter::FlateDecode]);
        assert!(stated_filters(b"<</W[1 2 1]").is_empty());
        assert_eq!(stated_columns(b"<</Columns 12/Predictor"), Some(12));
        assert_eq!(stated_columns(b"/Columns 99999999999999999999"), Some(i64::MAX));
        assert_eq!(stated_columns(b"<<>>"), None);
    }
}
