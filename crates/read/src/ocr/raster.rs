//! A page as a grey picture: where its ruling lines are, and pieces of it for a recogniser.
//!
//! Owns pixels. Refuses to recognise anything, and to straighten: a skewed scan shows no ruling lines and gives no cells.

use std::io::{self, Write};

use crate::layout::page::{Page, Rule};

/// Pixels by point of every raster: 300 to the inch.
pub const SCALE: f32 = 300.0 / 72.0;
/// Pixels of one side of a raster.
const MAX_SIDE: usize = 6_000;
/// Grey below which a pixel is ink.
const INK: u8 = 128;
/// Shortest ruling line, in points: longer than a stroke of a character.
const LEAST_RULE: f32 = 16.0;
/// Thickest ruling line, in points.
const MOST_RULE: f32 = 3.5;
/// White pixels that do not break a line.
const GAP: usize = 2;
/// White margin around a piece, in pixels; recognisers need it.
const MARGIN: usize = 16;
/// Pixels of ink below which a piece is blank: dust.
const DUST: usize = 24;

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

    /// A page with nothing but its size and its ruling lines, to be recognised.
    #[must_use]
    pub fn page(&self) -> Page {
        let (width, height) = (self.width as f32 / SCALE, self.height as f32 / SCALE);
        Page { width, height, rules: self.rules(), recognised: true, ..Page::default() }
    }

    /// The ruling lines, in points.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for line in bands(self.height, self.width, |along, across| self.is_ink(along, across)) {
            rules.push(Rule { x0: line.0, y0: line.2, x1: line.1, y1: line.2 });
        }
        for line in bands(self.width, self.height, |along, across| self.is_ink(across, along)) {
            rules.push(Rule { x0: line.2, y0: line.0, x1: line.2, y1: line.1 });
        }
        rules
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

/// Long runs of ink along one direction, joined over neighbouring rows: from, to and middle, in points.
fn bands(rows: usize, length: usize, ink: impl Fn(usize, usize) -> bool) -> Vec<(f32, f32, f32)> {
    let least = (LEAST_RULE * SCALE) as usize;
    let most = (MOST_RULE * SCALE) as usize;
    // From, to, first row, last row.
    let mut open: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut done = Vec::new();
    for row in 0..=rows {
        let runs = if row < rows { runs(length, |at| ink(at, row), least) } else { Vec::new() };
        let (ended, going): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|band| !runs.iter().any(|run| run.0 < band.1 && band.0 < run.1));
        done.extend(ended);
        open = going;
        for run in runs {
            match open.iter_mut().find(|band| run.0 < band.1 && band.0 < run.1) {
                Some(band) => *band = (band.0.min(run.0), band.1.max(run.1), band.2, row),
                None => open.push((run.0, run.1, row, row)),
            }
        }
    }
    done.retain(|band| band.3 - band.2 < most);
    let points = |pixels: usize| pixels as f32 / SCALE;
    done.into_iter().map(|(from, to, top, bottom)| (points(from), points(to), points(top + bottom + 1) / 2.0)).collect()
}

/// Runs of ink that are at least so long, small gaps bridged.
fn runs(length: usize, ink: impl Fn(usize) -> bool, least: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for at in 0..length {
        if !ink(at) {
            continue;
        }
        match &mut open {
            Some(run) if at <= run.1 + GAP => run.1 = at + 1,
            _ => {
                runs.extend(open.filter(|run| run.1 - run.0 >= least));
                open = Some((at, at + 1));
            }
        }
    }
    runs.extend(open.filter(|run| run.1 - run.0 >= least));
    runs
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
    fn long_thin_runs_are_rules() {
        // A line three pixels thick, a short stroke, a black box.
        let rules = raster(&[(10, 20, 300, 23), (10, 60, 60, 63), (100, 100, 300, 180)]).rules();
        assert_eq!(rules.len(), 1, "{rules:?}");
        assert!((rules[0].y0 - 21.5 / SCALE).abs() < 0.2 && (rules[0].x1 - 300.0 / SCALE).abs() < 0.3);
        assert_eq!(raster(&[(20, 10, 23, 200)]).rules().len(), 1);
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
