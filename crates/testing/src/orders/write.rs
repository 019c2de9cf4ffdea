//! A page in a layout or format: which writer makes it.

use super::kinds::Layout;
use super::piece::Piece;
use super::{html, office, paper, sheets, text};
use crate::generate::Rng;

/// The bytes of a page.
pub fn write(layout: Layout, pieces: &[Piece], rng: &mut Rng) -> Vec<u8> {
    match layout {
        Layout::Mht => html::mht(pieces, rng).into_bytes(),
        Layout::Docx => office::docx(pieces),
        Layout::Odt => office::odt(pieces),
        Layout::Fodt => office::fodt(pieces).into_bytes(),
        Layout::Rtf => office::rtf(pieces).into_bytes(),
        Layout::Xlsx => sheets::xlsx(pieces),
        Layout::Ods => sheets::ods(pieces),
        Layout::Spreadsheet => sheets::spreadsheet(pieces).into_bytes(),
        Layout::Pdf => paper::pdf(pieces),
        Layout::Ofd => paper::ofd(pieces),
        _ if layout.extension() == "html" => html::page(pieces, layout, rng).into_bytes(),
        _ => text::page(pieces, layout).into_bytes(),
    }
}
