//! Pages of a PDF drawn by arbitrary bytes: what is drawn over what.
//!
//! Owns turning bytes into operators that all mean something, so that few runs are lost on files that cannot be opened.

use std::fmt::Write as _;

/// Texts that pages of figures are made of, in UCS-2.
const TEXTS: [&str; 8] =
    ["0031", "00310032", "003100320033", "89C47AE0", "0031003000300030", "002E00300036", "53575C011001", "0078"];

/// A file of one page whose content the bytes choose.
#[must_use]
pub fn file(bytes: &[u8]) -> Vec<u8> {
    let mut content = String::new();
    let mut rest = bytes;
    let mut depth = 0_usize;
    while let [kind, a, b, c, d, more @ ..] = rest {
        rest = more;
        let (x, y, w, h) = (u32::from(*a) * 2, u32::from(*b) * 3, u32::from(*c), u32::from(*d));
        let _ = match kind % 16 {
            0..=3 => {
                write!(content, "BT /F1 {} Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET ", 1 + c % 30, TEXTS[usize::from(d % 8)])
            }
            4 => write!(
                content,
                "BT /F1 9 Tf {} {} {} 1 {x} {y} Tm <00310032> Tj ET ",
                f32::from(*c) / 128.0,
                f32::from(*d) / 128.0,
                -f32::from(*d) / 128.0
            ),
            5 => write!(content, "{x} {y} {w} {h} re f "),
            6 => write!(content, "{x} {y} m {w} {h} l S "),
            7 => write!(content, "{x} {y} m {} {y} l S ", x + w),
            8 => write!(content, "{x} {y} m {} {} l S ", x, y + h),
            9 => write!(content, "{} {} {} rg ", f32::from(*a) / 255.0, f32::from(*b) / 255.0, f32::from(*c) / 255.0),
            10 => write!(
                content,
                "{} {} {} RG {} w ",
                f32::from(*a) / 255.0,
                f32::from(*b) / 255.0,
                f32::from(*c) / 255.0,
                d % 8
            ),
            11 => {
                depth += 1;
                write!(content, "q {x} {y} {w} {h} re W n ")
            }
            12 if depth > 0 => {
                depth -= 1;
                write!(content, "Q ")
            }
            13 => write!(content, "q {w} 0 0 {h} {x} {y} cm /{} Do Q ", if d % 2 == 0 { "P" } else { "H" }),
            14 => write!(content, "{x} {y} m {w} {y} {w} {h} {x} {h} c h {} ", if d % 2 == 0 { "f" } else { "S" }),
            15 => write!(content, "{} Tr /G{} gs ", a % 8, b % 3),
            _ => Ok(()),
        };
    }
    let font = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
                /Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
                /Supplement 4>>>>]>>";
    let pixel = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</P 6 0 R\
         /H 7 0 R>>/ExtGState<</G0<</ca 1/BM/Normal>>/G1<</ca 0.2>>/G2<</BM/Multiply>>>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len() + 1),
        font.to_owned(),
        format!("<<{pixel}/Length 1>>\nstream\n \nendstream"),
        format!("<<{pixel}/SMask 6 0 R/Length 1>>\nstream\n~\nendstream"),
    ];
    let mut file = String::from("%PDF-1.7\n");
    for (number, object) in (1..).zip(objects) {
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    file.push_str("trailer\n<</Root 1 0 R/Size 8>>\n%%EOF");
    file.into_bytes()
}
