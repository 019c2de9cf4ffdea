//! The pages of a TIFF file, strip by strip, as PDF holds them.
//!
//! Owns the directory of the file and how it names its packings. Refuses to decode: packings that PDF does not know, tiles,
//! palettes and planes are not read.

use std::collections::BTreeMap;

/// Pages and strips of one file.
const MAX_PAGES: usize = 2_000;
const MAX_STRIPS: usize = 20_000;

/// Tags of a page.
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const PACKING: u16 = 259;
const MEANING: u16 = 262;
const BIT_ORDER: u16 = 266;
const OFFSETS: u16 = 273;
const SAMPLES: u16 = 277;
const ROWS: u16 = 278;
const LENGTHS: u16 = 279;
const PLANES: u16 = 284;
const FAX: u16 = 292;
const PREDICTOR: u16 = 317;
const TABLES: u16 = 347;

/// A picture as PDF holds it, as wide as its page.
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Colour space, bits and filter.
    pub(super) keys: String,
    pub(super) data: Vec<u8>,
}

type Tags = BTreeMap<u16, Vec<u32>>;

/// The file, and whether its numbers begin with the low byte.
struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

/// The pages of a file, each from top to bottom; `None` if PDF cannot hold one of them.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Vec<Picture>>> {
    let file = Tiff { bytes, little: bytes.starts_with(b"II") };
    if file.number(2, 2)? != 42 {
        return None;
    }
    let mut sheets = Vec::new();
    let mut at = file.number(4, 4)? as usize;
    while at != 0 {
        if sheets.len() == MAX_PAGES {
            return None;
        }
        let count = file.number(at, 2)? as usize;
        let tags: Tags = (0..count).filter_map(|n| file.tag(at + 2 + 12 * n)).collect();
        sheets.push(file.strips(&tags)?);
        at = file.number(at + 2 + 12 * count, 4)? as usize;
    }
    Some(sheets)
}

impl Tiff<'_> {
    fn number(&self, at: usize, length: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if self.little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    }

    /// A tag and its numbers; `None` for kinds of values that no tag here has.
    fn tag(&self, at: usize) -> Option<(u16, Vec<u32>)> {
        let tag = u16::try_from(self.number(at, 2)?).ok()?;
        let length = match self.number(at + 2, 2)? {
            1 | 7 => 1,
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let count = self.number(at + 4, 4)? as usize;
        let within = count.checked_mul(length)? <= 4;
        let start = if within { at + 8 } else { self.number(at + 8, 4)? as usize };
        self.bytes.get(start..start.checked_add(count * length)?)?;
        Some((tag, (0..count).filter_map(|n| self.number(start + n * length, length)).collect()))
    }

    fn strips(&self, tags: &Tags) -> Option<Vec<Picture>> {
        let first = |tag: u16| tags.get(&tag).and_then(|values| values.first()).copied();
        let (width, height) = (first(WIDTH)?, first(HEIGHT)?);
        let rows = first(ROWS).unwrap_or(height).clamp(1, height.max(1));
        let (offsets, lengths) = (tags.get(&OFFSETS)?, tags.get(&LENGTHS)?);
        let as_many = offsets.len() == lengths.len() && offsets.len() == height.div_ceil(rows) as usize;
        if !as_many || offsets.len() > MAX_STRIPS || first(PLANES).is_some_and(|planes| planes != 1) {
            return None;
        }
        let mut pictures = Vec::new();
        for (at, (offset, length)) in (0..).zip(offsets.iter().zip(lengths)) {
            let height = rows.min(height - at * rows);
            let start = *offset as usize;
            let mut data = self.bytes.get(start..start.checked_add(*length as usize)?)?.to_vec();
            if first(BIT_ORDER) == Some(2) {
                data.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
            }
            if first(PACKING) == Some(7) && tags.contains_key(&TABLES) {
                data = with_tables(tags.get(&TABLES)?, &data)?;
            }
            pictures.push(Picture { width, height, keys: keys(tags, width, height)?, data });
        }
        Some(pictures)
    }
}

/// What PDF calls the colours and the packing of a page.
fn keys(tags: &Tags, width: u32, height: u32) -> Option<String> {
    let first = |tag: u16| tags.get(&tag).and_then(|values| values.first()).copied();
    let bits = first(BITS).unwrap_or(1);
    let samples = first(SAMPLES).unwrap_or(1);
    let packing = first(PACKING).unwrap_or(1);
    let meaning = first(MEANING)?;
    let is_fax = (2..=4).contains(&packing);
    let space = match (meaning, samples) {
        (0 | 1, 1) => "/DeviceGray",
        (2, 3) => "/DeviceRGB",
        (6, 3) if packing == 7 => "/DeviceRGB",
        _ => return None,
    };
    if !matches!(bits, 1 | 2 | 4 | 8) || is_fax && (bits, samples) != (1, 1) {
        return None;
    }
    let turned = if meaning == 0 && !is_fax { "/Decode[1 0]" } else { "" };
    let predictor = match first(PREDICTOR).unwrap_or(1) {
        1 => String::new(),
        2 => format!("/DecodeParms<</Predictor 2/Colors {samples}/BitsPerComponent {bits}/Columns {width}>>"),
        _ => return None,
    };
    let options = first(FAX).unwrap_or(0);
    let fax = |k: i8, more: &str| {
        let black = meaning == 1;
        format!(
            "/Filter/CCITTFaxDecode/DecodeParms<</K {k}/Columns {width}/Rows {height}/BlackIs1 {black}/EndOfBlock false{more}>>"
        )
    };
    let filter = match packing {
        1 => String::new(),
        2 => fax(0, "/EncodedByteAlign true"),
        3 => fax(i8::from(options & 1 == 1), if options & 4 == 4 { "/EncodedByteAlign true" } else { "" }),
        4 => fax(-1, ""),
        5 => format!("/Filter/LZWDecode{predictor}"),
        7 if meaning == 2 => "/Filter/DCTDecode/DecodeParms<</ColorTransform 0>>".to_owned(),
        7 => "/Filter/DCTDecode".to_owned(),
        8 | 32_946 => format!("/Filter/FlateDecode{predictor}"),
        32_773 => "/Filter/RunLengthDecode".to_owned(),
        _ => return None,
    };
    Some(format!("/ColorSpace{space}/BitsPerComponent {bits}{turned}{filter}"))
}

/// A JPEG strip with the tables that all strips share.
fn with_tables(tables: &[u32], strip: &[u8]) -> Option<Vec<u8>> {
    let tables: Vec<u8> = tables.iter().filter_map(|byte| u8::try_from(*byte).ok()).collect();
    let tables = tables.strip_suffix(b"\xFF\xD9")?;
    Some([tables, strip.strip_prefix(b"\xFF\xD8")?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one page with these tags of short numbers, and a strip of four bytes.
    fn file(tags: &[(u16, u16)]) -> Vec<u8> {
        let mut bytes = b"II\x2A\0\x0C\0\0\0data".to_vec();
        bytes.extend(u16::try_from(tags.len()).unwrap().to_le_bytes());
        for (tag, value) in tags {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([3, 0, 1, 0, 0, 0]);
            bytes.extend(u32::from(*value).to_le_bytes());
        }
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn strips_are_named_as_pdf_names_them() {
        let mut tags = vec![(WIDTH, 8), (HEIGHT, 4), (PACKING, 4), (MEANING, 0), (OFFSETS, 8), (LENGTHS, 4)];
        let pages = sheets(&file(&tags)).unwrap();
        assert_eq!((pages.len(), pages[0].len(), pages[0][0].data.as_slice()), (1, 1, b"data".as_slice()));
        assert!(pages[0][0].keys.contains("/K -1/Columns 8/Rows 4/BlackIs1 false"), "{}", pages[0][0].keys);
        tags[2].1 = 1;
        assert!(sheets(&file(&tags)).unwrap()[0][0].keys.ends_with("/BitsPerComponent 1/Decode[1 0]"));
        tags[2].1 = 34_712;
        assert!(sheets(&file(&tags)).is_none(), "JPEG 2000");
    }

    #[test]
    fn damaged_files_are_refused() {
        let whole = file(&[(WIDTH, 8), (HEIGHT, 4), (PACKING, 4), (MEANING, 0), (OFFSETS, 8), (LENGTHS, 4)]);
        for cut in 0..whole.len() {
            assert!(sheets(&whole[..cut]).is_none());
        }
        let mut endless = whole;
        let end = endless.len() - 4;
        endless[end] = 12;
        assert!(sheets(&endless).is_none(), "a page that follows itself");
    }
}
