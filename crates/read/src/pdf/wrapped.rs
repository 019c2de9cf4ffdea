//! A picture that is a file of its own, as a PDF of one page: what reads scans in PDF reads it too.
//!
//! Owns the headers of JPEG and PNG. Refuses to decode: the data go into the PDF as they are, and what PDF cannot hold (interlaced
//! PNG, PNG with transparency, GIF, TIFF) is not read.

use std::fmt::Write as _;

/// Shorter side of the page, in points: pictures of pages state no size that could be trusted.
const SIDE: f64 = 595.0;

/// A picture as PDF holds it.
struct Picture {
    width: u32,
    height: u32,
    /// Colour space, bits and filter.
    keys: String,
    data: Vec<u8>,
}

/// The PDF of a picture; `None` if it cannot hold it.
pub fn wrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    let Picture { width, height, keys, data } = if bytes.starts_with(b"\xFF\xD8") { jpeg(bytes) } else { png(bytes) }?;
    let scale = SIDE / f64::from(width.min(height).max(1));
    let (across, down) = (f64::from(width) * scale, f64::from(height) * scale);
    let content = format!("q {across:.2} 0 0 {down:.2} 0 0 cm /I Do Q");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.2} {down:.2}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
        ),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        format!("<</Type/XObject/Subtype/Image/Width {width}/Height {height}{keys}/Length {}>>\nstream\n", data.len()),
    ];
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = String::new();
    for (object, number) in objects.iter().zip(1..) {
        let _ = writeln!(places, "{:010} 00000 n ", pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}").into_bytes());
        if number == objects.len() {
            pdf.extend(&data);
            pdf.extend(b"\nendstream");
        }
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    let count = objects.len() + 1;
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    pdf.extend(end.into_bytes());
    Some(pdf)
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
