//! Ruling lines of a scanned page, found although they are thin, faint or broken, and taken out of the picture.
//!
//! Owns which pixels are those of lines. Refuses to join lines to tables.

use super::raster::{Raster, SCALE};
use crate::layout::page::Rule;

/// Grey below which a pixel may be that of a line: fainter than text is read.
const DARK: u8 = 196;
/// Thickest ruling line, in points.
const THICK: f32 = 3.5;
/// Shortest line without gaps, in points, longer than a stroke of a character; and with gaps.
const WHOLE: (f32, usize) = (16.0, 2);
const BROKEN: (f32, usize) = (34.0, 11);
/// Of a hundred pixels of a broken line those that are dark.
const FILLED: usize = 70;

/// A line: its ends along, and its first row and the one after its last across, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    from: usize,
    to: usize,
    top: usize,
    bottom: usize,
}

/// The ruling lines of a page, in points. They are white afterwards where no stroke touches them.
pub(super) fn taken(raster: &mut Raster) -> Vec<Rule> {
    let points = |pixels: usize| pixels as f32 / SCALE;
    let middle = |band: &Band| points(band.top + band.bottom) / 2.0;
    let level = found(&thin(raster, false), raster.height, raster.width);
    let upright = found(&thin(raster, true), raster.width, raster.height);
    let mut rules: Vec<Rule> = level
        .iter()
        .map(|band| Rule { x0: points(band.from), y0: middle(band), x1: points(band.to), y1: middle(band) })
        .collect();
    rules.extend(upright.iter().map(|band| Rule {
        x0: middle(band),
        y0: points(band.from),
        x1: middle(band),
        y1: points(band.to),
    }));
    let (width, height) = (raster.width, raster.height);
    for band in &level {
        erase(raster, band, height, |along, across| across * width + along);
    }
    for band in &upright {
        erase(raster, band, width, |along, across| along * width + across);
    }
    rules
}

/// For each pixel whether it is dark, and no more than a line thick across; by rows of lines, columns if they are upright.
fn thin(raster: &Raster, upright: bool) -> Vec<bool> {
    let (rows, length) = if upright { (raster.width, raster.height) } else { (raster.height, raster.width) };
    let most = (THICK * SCALE) as usize;
    let mut thin = vec![false; rows * length];
    // How far the ink above each place along reaches.
    let mut open = vec![0_usize; length];
    for row in 0..=rows {
        for (along, open) in open.iter_mut().enumerate() {
            let at = if upright { along * raster.width + row } else { row * raster.width + along };
            if row < rows && raster.grey.get(at).is_some_and(|grey| *grey < DARK) {
                *open += 1;
            } else if *open > 0 {
                if *open <= most {
                    for across in row - *open..row {
                        thin[across * length + along] = true;
                    }
                }
                *open = 0;
            }
        }
    }
    thin
}

/// The lines among pixels.
fn found(thin: &[bool], rows: usize, length: usize) -> Vec<Band> {
    let most = (THICK * SCALE) as usize;
    let mut open: Vec<Band> = Vec::new();
    let mut done = Vec::new();
    for row in 0..=rows {
        let pixels = thin.get(row * length..(row + 1) * length).unwrap_or_default();
        let mut runs = runs(pixels, WHOLE, 0);
        runs.extend(self::runs(pixels, BROKEN, FILLED));
        let touches = |band: &Band, run: &(usize, usize)| run.0 < band.to && band.from < run.1;
        let (ended, going): (Vec<Band>, Vec<Band>) =
            open.into_iter().partition(|band| !runs.iter().any(|run| touches(band, run)));
        done.extend(ended);
        open = going;
        for run in runs {
            match open.iter_mut().find(|band| touches(band, &run)) {
                Some(band) => {
                    *band = Band { from: band.from.min(run.0), to: band.to.max(run.1), bottom: row + 1, ..*band }
                }
                None => open.push(Band { from: run.0, to: run.1, top: row, bottom: row + 1 }),
            }
        }
    }
    done.retain(|band| band.bottom - band.top <= most);
    done
}

/// Runs of pixels at least so long, gaps bridged, of which so many of a hundred are dark.
fn runs(pixels: &[bool], (least, gap): (f32, usize), filled: usize) -> Vec<(usize, usize)> {
    let least = (least * SCALE) as usize;
    let mut runs = Vec::new();
    // From, to, and how many of them are dark.
    let mut open: Option<(usize, usize, usize)> = None;
    let long = |run: &(usize, usize, usize)| run.1 - run.0 >= least && run.2 * 100 >= (run.1 - run.0) * filled;
    for (at, _) in pixels.iter().enumerate().filter(|(_, dark)| **dark) {
        match &mut open {
            Some(run) if at <= run.1 + gap => *run = (run.0, at + 1, run.2 + 1),
            _ => runs.extend(open.replace((at, at + 1, 1)).filter(long)),
        }
    }
    runs.extend(open.filter(long));
    runs.into_iter().map(|(from, to, _)| (from, to)).collect()
}

/// Makes a line white, place by place along, where the ink does not go on beyond it.
fn erase(raster: &mut Raster, band: &Band, rows: usize, at: impl Fn(usize, usize) -> usize) {
    let (top, bottom) = (band.top.saturating_sub(2), (band.bottom + 2).min(rows));
    let dark =
        |raster: &Raster, along: usize, across: usize| raster.grey.get(at(along, across)).is_some_and(|g| *g < 140);
    for along in band.from..band.to {
        let beyond = top > 0 && dark(raster, along, top - 1) || bottom < rows && dark(raster, along, bottom);
        if !beyond {
            for across in top..bottom {
                if let Some(pixel) = raster.grey.get_mut(at(along, across)) {
                    *pixel = 255;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(lines: &[(usize, usize, usize, usize)]) -> Raster {
        let mut raster = Raster::white(100.0, 60.0).unwrap();
        for (left, top, right, bottom) in lines {
            for y in *top..*bottom {
                raster.grey[y * raster.width + left..y * raster.width + right].fill(0);
            }
        }
        raster
    }

    #[test]
    fn long_thin_runs_are_rules_and_go() {
        // A line three pixels thick, a short stroke, a black box.
        let mut page = raster(&[(10, 20, 300, 23), (10, 60, 60, 63), (100, 100, 300, 180)]);
        let rules = taken(&mut page);
        assert_eq!(rules.len(), 1, "{rules:?}");
        assert!((rules[0].y0 - 21.5 / SCALE).abs() < 0.2 && (rules[0].x1 - 300.0 / SCALE).abs() < 0.3);
        assert!(page.grey[21 * page.width + 100] == 255 && page.grey[61 * page.width + 20] == 0);
        assert_eq!(taken(&mut raster(&[(20, 10, 23, 200)])).len(), 1);
    }

    #[test]
    fn faint_and_broken_lines_are_found() {
        let pieces: Vec<_> = (0..12).map(|n| (10 + 30 * n, 40, 33 + 30 * n, 42)).collect();
        let mut broken = raster(&pieces);
        broken.grey.iter_mut().filter(|g| **g == 0).for_each(|g| *g = 160);
        assert_eq!(taken(&mut broken).len(), 1);
        let strokes: Vec<_> = (0..8).map(|n| (10 + 45 * n, 40, 33 + 45 * n, 42)).collect();
        assert!(taken(&mut raster(&strokes)).is_empty(), "strokes of characters");
    }

    #[test]
    fn a_stroke_over_a_line_stays_whole() {
        let mut page = raster(&[(10, 50, 300, 53), (100, 30, 104, 75)]);
        taken(&mut page);
        assert!((30..75).all(|y| page.grey[y * page.width + 102] == 0));
    }
}
