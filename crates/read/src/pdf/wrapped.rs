//! Pictures that are files of their own, as a PDF of their pages: what reads scans in PDF reads them too.
//!
//! Owns the headers of JPEG and PNG, and the PDF. Refuses to decode: the data go into the PDF as they are, and what PDF cannot hold
//! (interlaced PNG, PNG with transparency, GIF) is not read.

use std::fmt::Write as _;

use super::tiff::{self, Picture};

/// Shorter side of a page, in points, and of a sheet of two pages: pictures of pages state no size that could be trusted.
const SIDE: f64 = 595.0;
const SHEET: f64 = 842.0;

/// The PDF of a picture; `None` if it cannot hold it.
pub fn wrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    let sheets = match bytes {
        [0xFF, 0xD8, ..] => vec![vec![jpeg(bytes)?]],
        [b'I', b'I', ..] | [b'M', b'M', ..] => tiff::sheets(bytes)?,
        _ => vec![vec![png(bytes)?]],
    };
    let mut pdf = Writer { bytes: b"%PDF-1.5\n".to_vec(), places: Vec::new() };
    pdf.object("<</Type/Catalog/Pages 2 0 R>>", None);
    // A page, what it paints, its pictures, and so on.
    let firsts = sheets.iter().scan(3, |next, sheet| {
        *next += sheet.len() + 2;
        Some(*next - sheet.len() - 2)
    });
    let kids = firsts.fold(String::new(), |mut kids, number| {
        let _ = write!(kids, "{number} 0 R ");
        kids
    });
    pdf.object(&format!("<</Type/Pages/Kids[{kids}]/Count {}>>", sheets.len()), None);
    for sheet in &sheets {
        pdf.sheet(sheet);
    }
    Some(pdf.finished())
}

struct Writer {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Writer {
    fn object(&mut self, keys: &str, data: Option<&[u8]>) {
        self.places.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n{keys}", self.places.len()).into_bytes());
        if let Some(data) = data {
            self.bytes.extend(b"\nstream\n");
            self.bytes.extend(data);
            self.bytes.extend(b"\nendstream");
        }
        self.bytes.extend(b"\nendobj\n");
    }

    /// A page of pictures, one below the other.
    fn sheet(&mut self, pictures: &[Picture]) {
        let width = f64::from(pictures.iter().map(|p| p.width).max().unwrap_or(1).max(1));
        let height = pictures.iter().map(|p| f64::from(p.height)).sum::<f64>().max(1.0);
        let side = if width > 1.2 * height { SHEET } else { SIDE };
        let scale = side / width.min(height);
        let (across, down) = (width * scale, height * scale);
        let number = self.places.len() + 1;
        let (mut content, mut named) = (String::new(), String::new());
        let mut bottom = down;
        for (at, picture) in pictures.iter().enumerate() {
            let (wide, high) = (f64::from(picture.width) * scale, f64::from(picture.height) * scale);
            bottom -= high;
            let _ = writeln!(content, "q {wide:.4} 0 0 {high:.4} 0 {bottom:.4} cm /I{at} Do Q");
            let _ = write!(named, "/I{at} {} 0 R", number + 2 + at);
        }
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.2} {down:.2}]/Contents {} 0 R/Resources<</XObject<<{named}>>>>>>",
            number + 1
        );
        self.object(&page, None);
        self.object(&format!("<</Length {}>>", content.len()), Some(content.as_bytes()));
        for Picture { width, height, keys, data } in pictures {
            let keys =
                format!("<</Type/XObject/Subtype/Image/Width {width}/Height {height}{keys}/Length {}>>", data.len());
            self.object(&keys, Some(data));
        }
    }

    fn finished(mut self) -> Vec<u8> {
        let (start, count) = (self.bytes.len(), self.places.len() + 1);
        let places = self.places.iter().fold(String::new(), |mut places, place| {
            let _ = writeln!(places, "{place:010} 00000 n ");
            places
        });
        let end = format!(
            "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        );
        self.bytes.extend(end.into_bytes());
        self.bytes
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 2).map(|b| u32::from(b[0]) << 8 | u32::from(b[1]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(short(bytes, at)? << 16 | short(bytes, at + 2)?)
}

fn jpeg(bytes: &[u8]) -> Option<Picture> {
    let mut at = 2;
    loop {
        let marker = short(bytes, at)?;
        match marker {
            // Every frame but those that PDF does not know: lossless, hierarchical, arithmetic.
            0xFFC0..=0xFFC2 => {
                let (height, width) = (short(bytes, at + 5)?, short(bytes, at + 7)?);
                let space = match bytes.get(at + 9)? {
                    1 => "/DeviceGray",
                    3 => "/DeviceRGB",
                    _ => return None,
                };
                let keys = format!("/ColorSpace{space}/BitsPerComponent 8/Filter/DCTDecode");
                return Some(Picture { width, height, keys, data: bytes.to_vec() });
            }
            0xFFD8..=0xFFDA => return None,
            0xFF00.. => at += 2 + short(bytes, at + 2)?.max(2) as usize,
            _ => return None,
        }
    }
}

fn png(bytes: &[u8]) -> Option<Picture> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1A\n") || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (long(bytes, 16)?, long(bytes, 20)?);
    let [depth @ (1 | 2 | 4 | 8), kind, 0, 0, 0] = *bytes.get(24..29)? else { return None };
    let (mut palette, mut data) = (None, Vec::new());
    let mut at = 8;
    while let (Some(length), Some(name)) = (long(bytes, at), bytes.get(at + 4..at + 8)) {
        let part = bytes.get(at + 8..at + 8 + length as usize)?;
        match name {
            b"PLTE" => palette = Some(part),
            b"IDAT" => data.extend(part),
            b"tRNS" => return None,
            b"IEND" => break,
            _ => {}
        }
        at += 12 + length as usize;
    }
    let (space, colours) = match kind {
        0 => ("/DeviceGray".to_owned(), 1),
        2 => ("/DeviceRGB".to_owned(), 3),
        3 => {
            let palette = palette?;
            let hex = palette.iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            (format!("[/Indexed/DeviceRGB {}<{hex}>]", (palette.len() / 3).checked_sub(1)?), 1)
        }
        _ => return None,
    };
    let keys = format!(
        "/ColorSpace{space}/BitsPerComponent {depth}/Filter/FlateDecode\
         /DecodeParms<</Predictor 15/Colors {colours}/BitsPerComponent {depth}/Columns {width}>>"
    );
    Some(Picture { width, height, keys, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        let jpeg = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00";
        let pdf = String::from_utf8_lossy(&wrapped(jpeg).unwrap()).into_owned();
        assert!(pdf.contains("/Width 32/Height 16/ColorSpace/DeviceGray"), "{pdf}");
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x09\0\0\0\x07\x08\x02\0\0\0crc!".to_vec();
        png.extend(b"\0\0\0\x03IDATxyzcrc!\0\0\0\0IENDcrc!");
        let pdf = String::from_utf8_lossy(&wrapped(&png).unwrap()).into_owned();
        assert!(pdf.contains("/Colors 3") && pdf.contains("stream\nxyz\nendstream"), "{pdf}");
        png[25] = 6;
        assert!(wrapped(&png).is_none(), "transparency");
        for cut in 0..jpeg.len() - 3 {
            let _ = wrapped(&jpeg[..cut]);
        }
    }
}
