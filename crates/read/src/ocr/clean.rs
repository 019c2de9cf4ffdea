//! Whether the ink of a figure is that of its characters and nothing else, and specks that are no part of any.
//!
//! Owns connected ink. Refuses to read: it only says whether what was read accounts for all of it. Two models that see the
//! same stroke of a seal, or a digit of which half is lost, may agree on a figure that is not printed.

use super::raster::{INK, Part, Raster};

/// Heights of a digit, in heights of the usual text of the page.
const DIGIT: (f32, f32) = (0.45, 1.35);
/// Digits of one figure are as high as the highest of them, up to this part.
const ALIKE: f32 = 0.75;
/// A point or a stroke is lower than this part of the digits, and no smaller than that.
const POINT: (f32, f32) = (0.35, 0.08);

/// Greys below which a pixel is ink, one after the other.
const INKS: [u8; 3] = [INK, 110, 185];

/// Highest and widest speck, in heights of the text, and in pixels at least and at most.
const SPECK: (f32, usize, usize) = (0.13, 3, 5);
/// Heights of connected ink that may be that of characters, in pixels.
const CHARACTER: std::ops::RangeInclusive<usize> = 14..=90;
/// Pixels of a digit, at least.
const STROKE: usize = 40;

/// Takes specks out of a page: ink as small as a point that does not stand low between two digits, as a point does. Gives
/// what it took.
pub(super) fn sweep(raster: &mut Raster) -> Vec<Part> {
    let pieces = pieces(raster, Part { left: 0, top: 0, right: raster.width, bottom: raster.height }, INK);
    let mut heights: Vec<usize> = pieces.iter().map(|p| p.bottom - p.top).filter(|h| CHARACTER.contains(h)).collect();
    heights.sort_unstable();
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(30);
    let most = ((usual as f32 * SPECK.0) as usize).clamp(SPECK.1, SPECK.2);
    let small = |p: &&Part| p.right - p.left <= most && p.bottom - p.top <= most;
    let specks: Vec<Part> = pieces.iter().filter(small).filter(|p| !is_point(raster, p, usual)).copied().collect();
    for speck in &specks {
        for y in speck.top.saturating_sub(1)..(speck.bottom + 1).min(raster.height) {
            let (left, right) = (speck.left.saturating_sub(1), (speck.right + 1).min(raster.width));
            if let Some(pixels) = raster.grey.get_mut(y * raster.width + left..y * raster.width + right) {
                pixels.fill(255);
            }
        }
    }
    specks
}

/// Whether one of the specks, sorted by their tops, may have been a point of a figure: it lay low between its ends.
pub(super) fn may_have_had_point(specks: &[Part], figure: Part) -> bool {
    let low = figure.top + (figure.bottom - figure.top) / 2;
    let first = specks.partition_point(|speck| speck.top < low);
    let near = specks.iter().skip(first).take_while(|speck| speck.top <= figure.bottom + 2);
    near.into_iter().any(|speck| speck.left > figure.left && speck.right < figure.right)
}

/// Whether a crumb stands where a decimal point does: beside digits on both sides, at their feet.
fn is_point(raster: &Raster, crumb: &Part, usual: usize) -> bool {
    let near = usual * 4 / 5;
    let (top, bottom) = (crumb.bottom.saturating_sub(usual), (crumb.bottom + usual / 5).min(raster.height));
    let ink = |left: usize, right: usize, top: usize, bottom: usize| {
        (top..bottom).map(|y| (left..right).filter(|x| raster.is_ink(*x, y)).count()).sum::<usize>()
    };
    let beside = |left: usize, right: usize| {
        // As much above the crumb as a digit has, and nothing below it.
        ink(left, right, top, crumb.bottom) >= STROKE && ink(left, right, (crumb.bottom + 3).min(bottom), bottom) < 4
    };
    beside(crumb.left.saturating_sub(near), crumb.left) && beside(crumb.right, (crumb.right + near).min(raster.width))
}

/// Whether the ink of `part` is one piece for each digit of a figure, one for a point or a sign, and nothing else.
pub(super) fn accounts(raster: &Raster, part: Part, figure: &str, usual: usize) -> bool {
    // Digits that touch part where only the darkest ink counts, broken ones close where fainter ink does.
    INKS.iter().any(|ink| are_characters(&pieces(raster, part, *ink), figure, usual as f32))
}

fn are_characters(pieces: &[Part], figure: &str, usual: f32) -> bool {
    let high = |p: &Part| (p.bottom - p.top) as f32;
    let wide = |p: &Part| (p.right - p.left) as f32;
    let most = pieces.iter().map(high).fold(0.0, f32::max);
    if most < DIGIT.0 * usual || most > DIGIT.1 * usual {
        return false;
    }
    let digits = pieces.iter().filter(|p| high(p) >= ALIKE * most).count();
    // A crumb is smaller than any point.
    let marks = pieces.iter().filter(|p| high(p) < ALIKE * most && high(p).max(wide(p)) >= POINT.1 * most);
    let (low, other): (Vec<&Part>, Vec<&Part>) = marks.partition(|p| high(p) <= POINT.0 * most);
    let count = |of: &str| figure.chars().filter(|c| of.contains(*c)).count();
    let known = figure.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c));
    known && other.is_empty() && digits == count("0123456789") && low.len() == count(".,-")
}

/// The boxes of connected ink in a part.
fn pieces(raster: &Raster, part: Part, below: u8) -> Vec<Part> {
    let (width, height) = (part.right - part.left, part.bottom - part.top);
    let mut seen = vec![false; width * height];
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    for start in 0..seen.len() {
        let ink = |at: usize| {
            let place = (part.top + at / width) * raster.width + part.left + at % width;
            raster.grey.get(place).is_some_and(|grey| *grey < below)
        };
        if seen[start] || !ink(start) {
            continue;
        }
        seen[start] = true;
        open.push(start);
        let (mut x0, mut y0, mut x1, mut y1) = (width, height, 0, 0);
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1));
            for (dx, dy) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 0), (2, 2), (0, 2), (2, 0)] {
                let (Some(x), Some(y)) = ((x + dx).checked_sub(1), (y + dy).checked_sub(1)) else { continue };
                let next = y * width + x;
                if x < width && y < height && !seen[next] && ink(next) {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        pieces.push(Part { left: x0, top: y0, right: x1, bottom: y1 });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specks_go_and_points_stay() {
        let mut raster = Raster::white(60.0, 20.0).unwrap();
        let boxes = [(20, 20, 30, 50), (40, 20, 50, 50), (33, 47, 36, 50), (33, 30, 36, 33), (100, 40, 103, 43)];
        for (left, top, right, bottom) in boxes {
            (top..bottom).for_each(|y| raster.grey[y * 250 + left..y * 250 + right].fill(0));
        }
        sweep(&mut raster);
        let seen = boxes.map(|(left, top, ..)| raster.is_ink(left + 1, top + 1));
        assert_eq!(seen, [true, true, true, false, false]);
    }

    #[test]
    fn every_piece_of_ink_is_a_character() {
        let mut raster = Raster::white(60.0, 20.0).unwrap();
        let mut fill = |left: usize, top: usize, right: usize, bottom: usize| {
            for y in top..bottom {
                raster.grey[y * 250 + left..y * 250 + right].fill(0);
            }
        };
        fill(20, 20, 40, 60);
        fill(50, 20, 70, 60);
        fill(74, 54, 80, 60);
        fill(90, 22, 108, 60);
        fill(150, 5, 154, 80);
        let seen = |left: usize, right: usize, figure: &str| {
            accounts(&raster, Part { left, top: 0, right, bottom: 80 }, figure, 40)
        };
        assert!(seen(10, 72, "12") && seen(10, 120, "12.3"));
        assert!(!seen(10, 120, "123"), "a point too many");
        assert!(!seen(10, 72, "1") && !seen(10, 72, "123"));
        assert!(!seen(140, 170, "1"), "higher than text");
        assert!(!seen(10, 72, "1件"));
    }
}
