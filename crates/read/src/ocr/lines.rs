//! Where in a part of a page its lines of text are: rows of ink.
//!
//! Owns cutting a part into lines and scaling a line for a recogniser. Refuses to read.

use super::net::{HEIGHT, STEP, Strip};
use super::raster::{Part, Raster};

/// Heights of bands of ink, in pixels, that may be those of text.
const TEXT: std::ops::RangeInclusive<usize> = 14..=110;
/// Bands of ink nearer than this belong to one line, in heights of the text, if they are no higher together than `ONE`.
const NEAR: f32 = 0.3;
const ONE: f32 = 1.3;
/// White around a line, in heights of the text: above and below, and at its sides.
const AROUND: (f32, f32) = (0.18, 0.3);
/// Pixels of ink below which a band is dust.
const DUST: usize = 12;
/// Heights of the usual text beyond which a band of ink is no line.
const HIGHEST: usize = 4;
/// Width of a strip beyond which it is no line of a page.
const LONGEST: usize = 3_200;

/// Bands of rows with ink in a part, with the columns between which they have some.
pub(super) fn bands(raster: &Raster, part: Part) -> Vec<Part> {
    let mut bands: Vec<(Part, usize)> = Vec::new();
    for y in part.top..part.bottom {
        let mut inked = (part.left..part.right).filter(|x| raster.is_ink(*x, y));
        let Some(first) = inked.next() else { continue };
        let (last, count) = inked.fold((first, 1), |(_, count), x| (x, count + 1));
        match bands.last_mut() {
            Some((band, sum)) if band.bottom == y => {
                (band.left, band.right, band.bottom) = (band.left.min(first), band.right.max(last + 1), y + 1);
                *sum += count;
            }
            _ => bands.push((Part { left: first, top: y, right: last + 1, bottom: y + 1 }, count)),
        }
    }
    bands.into_iter().filter(|(_, count)| *count >= DUST).map(|(band, _)| band).collect()
}

/// The usual height of the text, in pixels, among bands of a page.
pub(super) fn usual<'b>(bands: impl Iterator<Item = &'b Part>) -> usize {
    let mut heights: Vec<usize> = bands.map(|b| b.bottom - b.top).filter(|h| TEXT.contains(h)).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied().unwrap_or(40)
}

/// Bands that are no crumbs beside larger ones: points and dust.
pub(super) fn without_crumbs(mut bands: Vec<Part>, usual: usize) -> Vec<Part> {
    let large = |band: &Part| (band.right - band.left).max(band.bottom - band.top) * 4 >= usual;
    if bands.iter().any(large) {
        bands.retain(large);
    }
    // Shadows and pictures are no text.
    bands.retain(|band| band.bottom - band.top <= usual * HIGHEST);
    bands
}

/// The lines that bands make: strokes that stand above each other are one character.
pub(super) fn joined(bands: Vec<Part>, usual: usize) -> Vec<Part> {
    let usual = usual as f32;
    let mut lines: Vec<Part> = Vec::new();
    for band in bands {
        match lines.last_mut() {
            Some(line)
                if (band.top - line.bottom) as f32 <= NEAR * usual
                    && (band.bottom - line.top) as f32 <= ONE * usual =>
            {
                *line = Part {
                    left: line.left.min(band.left),
                    right: line.right.max(band.right),
                    bottom: band.bottom,
                    ..*line
                };
            }
            _ => lines.push(band),
        }
    }
    lines
}

/// Parts of a line that wide gaps part, in heights of the text.
pub(super) fn apart(raster: &Raster, line: Part, gap: f32) -> Vec<Part> {
    let gap = gap as usize;
    let mut parts: Vec<Part> = Vec::new();
    for x in line.left..line.right {
        if !(line.top..line.bottom).any(|y| raster.is_ink(x, y)) {
            continue;
        }
        match parts.last_mut() {
            Some(part) if x - part.right <= gap => part.right = x + 1,
            _ => parts.push(Part { left: x, right: x + 1, ..line }),
        }
    }
    parts
}

/// The strip of a line: nothing outside of it is seen. `None` for what is too long to be one.
pub(super) fn strip(raster: &Raster, line: Part, usual: usize) -> Option<Strip> {
    let usual = usual as f32;
    let own = (line.bottom - line.top) as f32;
    // What is low, a dash or a point, is seen in the size of the text that it stands in.
    let text = own.max(0.9 * usual);
    let height = text * (1.0 + 2.0 * AROUND.0);
    let width = (line.right - line.left) as f32 + 2.0 * AROUND.1 * text;
    let scale = height / HEIGHT as f32;
    let columns = ((width / scale) as usize).next_multiple_of(STEP).max(2 * STEP);
    if columns > LONGEST {
        return None;
    }
    let left = ((line.left + line.right) as f32 - columns as f32 * scale) / 2.0;
    let top = ((line.top + line.bottom) as f32 - height) / 2.0;
    let mut grey = Vec::with_capacity(HEIGHT * columns);
    for row in 0..HEIGHT {
        let y = top + row as f32 * scale;
        grey.extend((0..columns).map(|column| raster.mean((left + column as f32 * scale, y), scale, line)));
    }
    Some(Strip { width: columns, grey })
}
