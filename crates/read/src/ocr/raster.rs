//! A page as a grey picture, and pieces of it for a recogniser.
//!
//! Owns pixels. Refuses to recognise anything, ruling lines included.

use std::io::{self, Write};

/// Pixels by point of every raster: 300 to the inch.
pub const SCALE: f32 = 300.0 / 72.0;
/// Pixels of one side of a raster.
const MAX_SIDE: usize = 6_000;
/// Grey below which a pixel is ink.
pub(super) const INK: u8 = 150;
/// How much stronger than the others the red of red ink is.
const RED: u8 = 45;
/// White margin around a piece, in pixels; recognisers need it.
const MARGIN: usize = 16;
/// Pixels of ink below which a piece is blank: dust.
const DUST: usize = 24;

/// The grey of a colour. Red ink is that of a seal: it is as light as its red part, and what is printed below it stays dark.
#[must_use]
pub fn grey_of(red: u8, green: u8, blue: u8) -> u8 {
    if red > green.max(blue).saturating_add(RED) {
        return red;
    }
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1000).unwrap_or(255)
}

/// A grey picture of a page at [`SCALE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Grey by pixel, row by row; 0 is black.
    pub grey: Vec<u8>,
}

/// A part of a raster, in pixels: left, top, right, bottom; the last two are not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Left.
    pub left: usize,
    /// Top.
    pub top: usize,
    /// Right.
    pub right: usize,
    /// Bottom.
    pub bottom: usize,
}

impl Raster {
    /// A white picture for a page of this size in points; `None` if that is absurd.
    #[must_use]
    pub fn white(width: f32, height: f32) -> Option<Self> {
        let side = |points: f32| {
            let pixels = (points * SCALE).ceil();
            (pixels >= 1.0 && pixels <= MAX_SIDE as f32).then_some(pixels as usize)
        };
        let (width, height) = (side(width)?, side(height)?);
        Some(Self { width, height, grey: vec![255; width * height] })
    }

    /// Whether a pixel is ink.
    #[must_use]
    pub fn is_ink(&self, x: usize, y: usize) -> bool {
        self.grey.get(y * self.width + x).is_some_and(|g| *g < INK)
    }

    /// The pixels of a rectangle in points.
    #[must_use]
    pub fn part(&self, left: f32, top: f32, right: f32, bottom: f32) -> Part {
        let at = |points: f32, most: usize| ((points * SCALE).max(0.0) as usize).min(most);
        Part {
            left: at(left, self.width),
            top: at(top, self.height),
            right: at(right, self.width),
            bottom: at(bottom, self.height),
        }
    }

    /// The mean grey of a square of `side` pixels; what lies outside of `part` is white.
    #[must_use]
    pub fn mean(&self, (x, y): (f32, f32), side: f32, part: Part) -> u8 {
        let ends = |from: f32, low: usize, high: usize| (from.max(low as f32), (from + side).min(high as f32));
        let (x0, x1) = ends(x, part.left, part.right.min(self.width));
        let (y0, y1) = ends(y, part.top, part.bottom.min(self.height));
        let (mut sum, mut area) = (0.0, 0.0);
        let mut row = y0;
        while row < y1 {
            let below = (row.floor() + 1.0).min(y1);
            let mut column = x0;
            while column < x1 {
                let right = (column.floor() + 1.0).min(x1);
                let share = (below - row) * (right - column);
                let grey = self.grey.get(row as usize * self.width + column as usize).copied().unwrap_or(255);
                sum += share * f32::from(grey);
                area += share;
                column = right;
            }
            row = below;
        }
        let white = (side * side - area).max(0.0);
        ((sum + 255.0 * white) / (area + white)).round() as u8
    }

    /// Whether nothing is printed in a part.
    #[must_use]
    pub fn is_blank(&self, part: Part) -> bool {
        let row = |y: usize| (part.left..part.right).filter(move |x| self.is_ink(*x, y)).count();
        (part.top..part.bottom).map(row).sum::<usize>() < DUST
    }

    /// Writes a part with a white margin as PGM.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, part: Part, out: &mut impl Write) -> io::Result<()> {
        let (width, height) = (part.right.saturating_sub(part.left), part.bottom.saturating_sub(part.top));
        write!(out, "P5\n{} {}\n255\n", width + 2 * MARGIN, height + 2 * MARGIN)?;
        let blank = vec![255_u8; width + 2 * MARGIN];
        for _ in 0..MARGIN {
            out.write_all(&blank)?;
        }
        for y in part.top..part.bottom {
            out.write_all(&blank[..MARGIN])?;
            let start = y * self.width;
            out.write_all(self.grey.get(start + part.left..start + part.right).unwrap_or_default())?;
            out.write_all(&blank[..MARGIN])?;
        }
        for _ in 0..MARGIN {
            out.write_all(&blank)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(lines: &[(usize, usize, usize, usize)]) -> Raster {
        let mut raster = Raster::white(100.0, 60.0).unwrap();
        for (left, top, right, bottom) in lines {
            for y in *top..*bottom {
                for x in *left..*right {
                    raster.grey[y * raster.width + x] = 0;
                }
            }
        }
        raster
    }

    #[test]
    fn parts_are_cut_out() {
        let raster = raster(&[(10, 20, 40, 30)]);
        assert!(raster.is_blank(raster.part(20.0, 20.0, 40.0, 40.0)));
        let part = raster.part(0.0, 0.0, 20.0, 20.0);
        assert!(!raster.is_blank(part));
        let mut bytes = Vec::new();
        raster.write(part, &mut bytes).unwrap();
        assert!(bytes.starts_with(b"P5\n115 115\n255\n"));
        assert_eq!(bytes.len(), 15 + 115 * 115);
    }
}
