//! Ruling lines of a scanned page, found although they are thin, faint or broken, and taken out of the picture.
//!
//! Owns which pixels are those of lines. Refuses to join lines to tables.

use super::raster::{Part, Raster, SCALE};
use crate::layout::page::Rule;
use crate::layout::rules;

/// Grey below which a pixel may be that of a line: fainter than text is read; and the mean of as many pixels along a line
/// that is fainter still, or wavers.
const DARK: u8 = 196;
const FAINT: u32 = 224;
const ALONG: usize = 15;
/// Thickest ruling line, in points.
const THICK: f32 = 3.5;
/// Shortest line without gaps, in points, longer than a stroke of a character; and with gaps.
const WHOLE: (f32, usize) = (16.0, 2);
const BROKEN: (f32, usize) = (34.0, 11);
/// Of a hundred pixels of a broken line those that are dark, and of a faint one.
const FILLED: usize = 70;
const FILLED_FAINT: usize = 85;
/// Pixels by which a line may go on beyond another that it ends at, being a stroke of text there: no row is so low; and
/// within which two lines touch.
const STROKE: usize = 50;
const TOUCH: usize = 8;
/// Outside of tables what is shorter than this, in points, is a stroke of a large character.
const UNDERLINE: f32 = 60.0;
/// Distance of a piece from the ruling lines around it, in points.
const INSET: f32 = 1.2;
/// Of a hundred pixels across a cell those that a line through it covers, and those that text beside it covers at most,
/// so many pixels away.
const THROUGH: usize = 88;
const BESIDE: (usize, usize) = (75, 12);
/// Smallest cell that a line may part, in pixels.
const SMALLEST: usize = 60;

/// A line: its ends along, and its first row and the one after its last across, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    from: usize,
    to: usize,
    top: usize,
    bottom: usize,
}

/// Grey pixels by rows along which lines run.
struct Plane {
    rows: usize,
    length: usize,
    grey: Vec<u8>,
}

/// The ruling lines of a page, in points. They are white afterwards where no stroke touches them.
pub(super) fn taken(raster: &mut Raster) -> Vec<Rule> {
    let level = Plane { rows: raster.height, length: raster.width, grey: raster.grey.clone() };
    let upright = level.turned();
    let (across, down) = (level.lines(), upright.lines());
    let (mut across, mut down) = (trimmed(&across, &down), trimmed(&down, &across));
    let mut rules: Vec<Rule> = across.iter().map(level_rule).chain(down.iter().map(upright_rule)).collect();
    for cell in enclosed(&rules, raster) {
        let side = Part { left: cell.top, top: cell.left, right: cell.bottom, bottom: cell.right };
        let (more_across, more_down) = (level.through(cell), upright.through(side));
        rules.extend(more_across.iter().map(level_rule).chain(more_down.iter().map(upright_rule)));
        across.extend(more_across);
        down.extend(more_down);
    }
    let (width, height) = (raster.width, raster.height);
    let tables: Vec<Part> = rules::frames(&rules)
        .iter()
        .map(|f| raster.part(f.xs[0] - 3.0, f.ys[0] - 3.0, f.xs[f.width()] + 3.0, f.ys[f.height()] + 3.0))
        .collect();
    let in_table =
        |x: usize, y: usize| tables.iter().any(|t| (t.left..=t.right).contains(&x) && (t.top..=t.bottom).contains(&y));
    let is_long = |band: &Band| points(band.to - band.from) >= UNDERLINE;
    for band in across.iter().filter(|b| is_long(b) || in_table(b.from, b.top) && in_table(b.to, b.top)) {
        erase(raster, band, height, |along, across| across * width + along);
    }
    for band in down.iter().filter(|b| is_long(b) || in_table(b.top, b.from) && in_table(b.top, b.to)) {
        erase(raster, band, width, |along, across| along * width + across);
    }
    rules
}

/// Lines without what goes on a little beyond the last line that they cross: strokes of the text behind it.
fn trimmed(lines: &[Band], crossing: &[Band]) -> Vec<Band> {
    let mut lines = lines.to_vec();
    for line in &mut lines {
        let crossed = |other: &&Band| other.from <= line.bottom + TOUCH && line.top <= other.to + TOUCH;
        let places: Vec<&Band> = crossing.iter().filter(crossed).collect();
        let (from, to) = (line.from, line.to);
        if let Some(first) = places.iter().map(|other| other.top).filter(|place| *place >= from && *place < to).min()
            && first - from <= STROKE
        {
            line.from = first;
        }
        if let Some(last) = places.iter().map(|other| other.bottom).filter(|place| *place > from && *place <= to).max()
            && to - last <= STROKE
        {
            line.to = last;
        }
    }
    lines.retain(|line| line.to > line.from);
    lines
}

fn points(pixels: usize) -> f32 {
    pixels as f32 / SCALE
}

fn level_rule(band: &Band) -> Rule {
    let y = points(band.top + band.bottom) / 2.0;
    Rule { x0: points(band.from), y0: y, x1: points(band.to), y1: y }
}

fn upright_rule(band: &Band) -> Rule {
    let x = points(band.top + band.bottom) / 2.0;
    Rule { x0: x, y0: points(band.from), x1: x, y1: points(band.to) }
}

/// The cells that lines enclose, without the lines.
pub(super) fn enclosed(rules: &[Rule], raster: &Raster) -> Vec<Part> {
    let mut cells = Vec::new();
    for frame in rules::frames(rules) {
        for room in frame.rooms().0 {
            cells.push(raster.part(
                frame.xs[room.column] + INSET,
                frame.ys[room.row] + INSET,
                frame.xs[room.column + room.col_span] - INSET,
                frame.ys[room.row + room.row_span] - INSET,
            ));
        }
    }
    cells
}

impl Plane {
    /// Rows become columns.
    fn turned(&self) -> Self {
        let mut grey = Vec::with_capacity(self.grey.len());
        for along in 0..self.length {
            grey.extend(self.grey.iter().skip(along).step_by(self.length.max(1)));
        }
        Self { rows: self.length, length: self.rows, grey }
    }

    /// Its lines: those that are dark, and those that are dark on the average.
    fn lines(&self) -> Vec<Band> {
        let dark: Vec<bool> = self.grey.iter().map(|grey| *grey < DARK).collect();
        let mut lines = self.found(&self.thin(dark, 0), &[(WHOLE, 0), (BROKEN, FILLED)]);
        // What darkens at its ends is no part of a faint line.
        let faint = self
            .found(&self.thin(self.dark_along(), 2), &[(BROKEN, FILLED_FAINT)])
            .into_iter()
            .map(|band| Band { from: band.from + ALONG / 2, to: band.to - ALONG / 2, ..band });
        let is_known = |band: &Band| {
            let same = |line: &Band| line.top <= band.bottom && band.top <= line.bottom;
            lines.iter().any(|line| same(line) && line.from <= band.from + ALONG && band.to <= line.to + ALONG)
        };
        let faint: Vec<Band> = faint.filter(|band| !is_known(band)).collect();
        lines.extend(faint);
        lines
    }

    /// For each pixel whether those along are dark on the average, each being as dark as the darkest of its neighbours across.
    fn dark_along(&self) -> Vec<bool> {
        let mut dark = vec![false; self.grey.len()];
        let mut low = vec![255_u8; self.length];
        for (row, dark) in dark.chunks_exact_mut(self.length.max(1)).enumerate() {
            low.fill(255);
            for near in row.saturating_sub(1)..(row + 2).min(self.rows) {
                let grey = &self.grey[near * self.length..(near + 1) * self.length];
                low.iter_mut().zip(grey).for_each(|(low, grey)| *low = (*low).min(*grey));
            }
            let mut sum: u32 = low.iter().take(ALONG).map(|g| u32::from(*g)).sum();
            for at in ALONG..self.length {
                dark[at - ALONG / 2 - 1] = sum < FAINT * ALONG as u32;
                sum += u32::from(low[at]);
                sum -= u32::from(low[at - ALONG]);
            }
        }
        dark
    }

    /// Those of dark pixels that are no more than a line thick across, or a little more.
    fn thin(&self, mut dark: Vec<bool>, more: usize) -> Vec<bool> {
        let most = (THICK * SCALE) as usize + more;
        // How far the ink above each place along reaches.
        let mut open = vec![0_usize; self.length];
        for row in 0..=self.rows {
            for (along, open) in open.iter_mut().enumerate() {
                if row < self.rows && dark[row * self.length + along] {
                    *open += 1;
                } else if *open > 0 {
                    if *open > most {
                        (row - *open..row).for_each(|across| dark[across * self.length + along] = false);
                    }
                    *open = 0;
                }
            }
        }
        dark
    }

    /// The lines among pixels: runs of them, each so long and so filled.
    fn found(&self, thin: &[bool], kinds: &[((f32, usize), usize)]) -> Vec<Band> {
        let most = (THICK * SCALE) as usize + 2;
        let mut open: Vec<Band> = Vec::new();
        let mut done = Vec::new();
        for row in 0..=self.rows {
            let pixels = thin.get(row * self.length..(row + 1) * self.length).unwrap_or_default();
            let runs: Vec<_> = kinds.iter().flat_map(|(length, filled)| runs(pixels, *length, *filled)).collect();
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

    /// Lines that run right through a cell, too short for others to be told from strokes: no stroke reaches from wall to wall.
    fn through(&self, cell: Part) -> Vec<Band> {
        let (from, to) = (cell.left, cell.right.min(self.length));
        if to < from + SMALLEST * 2 / 3 || cell.bottom < cell.top + SMALLEST {
            return Vec::new();
        }
        let is_dark = |row: usize, along: usize| {
            (row.saturating_sub(1)..=row + 1)
                .any(|near| self.grey.get(near * self.length + along).is_some_and(|grey| *grey < DARK))
        };
        let covered: Vec<usize> = (cell.top..cell.bottom)
            .map(|row| (from..to).filter(|along| is_dark(row, *along)).count() * 100 / (to - from))
            .collect();
        let (most, away) = BESIDE;
        let mut bands: Vec<Band> = Vec::new();
        for at in away..covered.len().saturating_sub(away) {
            if covered[at] < THROUGH || covered[at - away] > most || covered[at + away] > most {
                continue;
            }
            let row = cell.top + at;
            match bands.last_mut().filter(|band| band.bottom == row) {
                Some(band) => band.bottom = row + 1,
                None => bands.push(Band { from, to, top: row, bottom: row + 1 }),
            }
        }
        bands.retain(|band| band.bottom - band.top <= away);
        bands
    }
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
    fn a_stroke_behind_a_line_is_none() {
        // A wall below a line, and above it, in its place, a stroke.
        let mut page = raster(&[(10, 100, 300, 103), (150, 103, 153, 240), (150, 70, 153, 92)]);
        let rules = taken(&mut page);
        let walls: Vec<&Rule> = rules.iter().filter(|rule| rule.x0 == rule.x1).collect();
        assert!(matches!(walls.as_slice(), [wall] if wall.y0 > 95.0 / SCALE), "{rules:?}");
        assert!(page.grey[80 * page.width + 151] == 0);
    }

    #[test]
    fn a_stroke_over_a_line_stays_whole() {
        let mut page = raster(&[(10, 50, 300, 53), (100, 30, 104, 75)]);
        taken(&mut page);
        assert!((30..75).all(|y| page.grey[y * page.width + 102] == 0));
    }
}
