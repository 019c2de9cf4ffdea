//! The cells of a page that was scanned.
//!
//! Owns cutting at the ruling lines. Refuses to read what stands in a cell.

use super::raster::{Part, Raster, SCALE};
use super::ruling;
use crate::layout::page::Page;
use crate::limits::Fault;

/// Pieces of one page.
pub(super) const MAX_PIECES: usize = 4_000;

/// A page with nothing but its size and its ruling lines, to be recognised; the lines are taken out of the picture.
pub(super) fn page(raster: &mut Raster) -> Page {
    let (width, height) = (raster.width as f32 / SCALE, raster.height as f32 / SCALE);
    Page { width, height, rules: ruling::taken(raster), recognised: true, ..Page::default() }
}

/// The cells of a page in which something is printed.
pub(super) fn rooms(page: &Page, raster: &Raster) -> Result<Vec<Part>, Fault> {
    let mut rooms = ruling::enclosed(&page.rules, raster);
    rooms.retain(|part| !raster.is_blank(*part));
    if rooms.len() > MAX_PIECES {
        return Err(Fault::Limit(format!("{} cells on a page to recognise", rooms.len())));
    }
    Ok(rooms)
}
