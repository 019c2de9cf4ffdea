//! A page as it lay on the glass made straight: even paper, no slope, and quarter turns.
//!
//! Owns the change of pixels. Refuses to say which way up a page is: only who reads it can tell.

use super::raster::Raster;

/// Side of the squares, in pixels, for each of which the paper's brightness is estimated.
const SQUARE: usize = 48;
/// Part of a square's pixels that are darker than its paper: the rest is paper, unless text fills it.
const PAPER: usize = 85;
/// Paper darker than this is no paper: a square is full of ink.
const DARKEST: u8 = 70;
/// Part of a page's width and height, from each edge, that may be the scanner's.
const EDGE: usize = 12;
/// Grey of what may be ink, and of ink that is dark enough.
const MAY_BE_INK: u8 = 170;
const BLACK: u8 = 40;
/// Slopes looked at, in degrees: up to this in coarse steps, then around the best one in fine ones.
const MOST: f32 = 3.6;
const COARSE: f32 = 0.15;
const FINE: f32 = 0.02;
/// Pixels of ink that are looked at for the slope.
const POINTS: usize = 60_000;
/// Slope in degrees below which a page is straight.
const STRAIGHT: f32 = 0.03;

/// The page with white paper and level lines.
pub(super) fn straight(raster: &Raster) -> Raster {
    let mut even = even(raster);
    trim(&mut even);
    darken(&mut even);
    let slope = slope(&even);
    if slope.abs() < STRAIGHT { even } else { turned_by(&even, slope) }
}

/// A quarter turn, clockwise.
#[cfg(any(test, feature = "ocr"))]
pub(super) fn quarter(raster: &Raster) -> Raster {
    let (width, height) = (raster.height, raster.width);
    let mut grey = vec![255; width * height];
    for (y, row) in raster.grey.chunks_exact(raster.width.max(1)).enumerate() {
        for (x, value) in row.iter().enumerate() {
            if let Some(pixel) = grey.get_mut(x * width + (width - 1 - y)) {
                *pixel = *value;
            }
        }
    }
    Raster { width, height, grey }
}

/// Upside down.
#[cfg(any(test, feature = "ocr"))]
pub(super) fn half(raster: &Raster) -> Raster {
    Raster { grey: raster.grey.iter().rev().copied().collect(), ..*raster }
}

/// Divides by the paper's brightness: shadows and yellow paper go.
fn even(raster: &Raster) -> Raster {
    let (across, down) = (raster.width.div_ceil(SQUARE).max(1), raster.height.div_ceil(SQUARE).max(1));
    let mut paper = vec![255_u8; across * down];
    for (at, paper) in paper.iter_mut().enumerate() {
        let mut counts = [0_usize; 256];
        let (left, top) = (at % across * SQUARE, at / across * SQUARE);
        let right = (left + SQUARE).min(raster.width);
        for y in top..(top + SQUARE).min(raster.height) {
            let row = raster.grey.get(y * raster.width + left..y * raster.width + right).unwrap_or_default();
            row.iter().for_each(|grey| counts[usize::from(*grey)] += 1);
        }
        let wanted = counts.iter().sum::<usize>() * PAPER / 100;
        let mut below = 0;
        let brightness = counts.iter().position(|count| {
            below += count;
            below > wanted
        });
        *paper = brightness.and_then(|b| u8::try_from(b).ok()).unwrap_or(255);
        if *paper < DARKEST {
            *paper = 255;
        }
    }
    let paper_at = |column: usize, row: usize| f32::from(paper[row.min(down - 1) * across + column.min(across - 1)]);
    let between = |pixel: usize| {
        let place = (pixel as f32 / SQUARE as f32 - 0.5).max(0.0);
        (place as usize, place.fract())
    };
    let mut grey = Vec::with_capacity(raster.grey.len());
    for y in 0..raster.height {
        let (row, low) = between(y);
        for x in 0..raster.width {
            let (column, right) = between(x);
            let side = |row: usize| paper_at(column, row) * (1.0 - right) + paper_at(column + 1, row) * right;
            let white = side(row) * (1.0 - low) + side(row + 1) * low;
            let own = raster.grey.get(y * raster.width + x).copied().unwrap_or(255);
            // The lightest tenth is paper too: its grain is no ink.
            grey.push((f32::from(own) * 262.0 / white.max(1.0)).min(255.0) as u8);
        }
    }
    Raster { grey, ..*raster }
}

/// Makes white what is dark from an edge inwards: the lid of the scanner, the fold of the book.
fn trim(raster: &mut Raster) {
    let (width, height) = (raster.width, raster.height);
    let mut inwards = |most: usize, at: &dyn Fn(usize) -> usize| {
        for step in 0..most / EDGE {
            match raster.grey.get_mut(at(step)).filter(|grey| **grey < 140) {
                Some(grey) => *grey = 255,
                None => break,
            }
        }
    };
    for y in 0..height {
        inwards(width, &|step| y * width + step);
        inwards(width, &|step| y * width + width - 1 - step);
    }
    for x in 0..width {
        inwards(height, &|step| step * width + x);
        inwards(height, &|step| (height - 1 - step) * width + x);
    }
}

/// Makes pale ink as dark as ink is read best.
fn darken(raster: &mut Raster) {
    let mut counts = [0_usize; MAY_BE_INK as usize];
    for grey in &raster.grey {
        if let Some(count) = counts.get_mut(usize::from(*grey)) {
            *count += 1;
        }
    }
    // The darkest fifth is the middle of strokes.
    let wanted = counts.iter().sum::<usize>() / 5;
    let mut below = 0;
    let ink = counts.iter().position(|count| {
        below += count;
        below > wanted
    });
    let Some(ink) = ink.and_then(|ink| u8::try_from(ink).ok()).filter(|ink| *ink > BLACK) else { return };
    let more = f32::from(255 - BLACK) / f32::from(255 - ink);
    for grey in &mut raster.grey {
        *grey = (255.0 - f32::from(255 - *grey) * more).max(0.0) as u8;
    }
}

/// The slope of the page's lines in degrees, positive where they fall to the right.
fn slope(raster: &Raster) -> f32 {
    let dark: Vec<usize> = (0..raster.grey.len()).filter(|at| raster.grey[*at] < 140).collect();
    let step = dark.len().div_ceil(POINTS).max(1);
    let (cx, cy) = (raster.width as f32 / 2.0, raster.height as f32 / 2.0);
    // Every so many pixels, but not in step with the rows.
    let points: Vec<(f32, f32)> = dark
        .iter()
        .step_by(step)
        .map(|at| ((at % raster.width) as f32 - cx, (at / raster.width) as f32 - cy))
        .collect();
    if points.len() < 200 {
        return 0.0;
    }
    let mut counts = vec![0_u32; 2 * (raster.width + raster.height)];
    let mut score = |degrees: f32, wide: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let mut sum = 0.0;
        for across in [true, false] {
            counts.fill(0);
            let middle = counts.len() as f32 / 2.0;
            for (x, y) in &points {
                let place = if across { y * cos - x * sin } else { x * cos + y * sin };
                if let Some(count) = counts.get_mut((place / wide + middle) as usize) {
                    *count += 1;
                }
            }
            sum += counts.iter().map(|count| f64::from(*count).powi(2)).sum::<f64>();
        }
        sum
    };
    let mut best = |from: f32, to: f32, by: f32, wide: f32| {
        let steps = ((to - from) / by).round() as u16;
        let angles = (0..=steps).map(|n| from + f32::from(n) * by);
        // Of equal ones the one nearest to level.
        let scored = angles.map(|angle| (score(angle, wide), angle));
        scored.fold((f64::MIN, 0.0_f32), |best, (score, angle)| {
            if score > best.0 || score >= best.0 && angle.abs() < best.1.abs() { (score, angle) } else { best }
        })
    };
    let (_, coarse) = best(-MOST, MOST, COARSE, 4.0);
    best(coarse - COARSE, coarse + COARSE, FINE, 1.0).1
}

/// Turns around the middle so that lines of this slope become level.
fn turned_by(raster: &Raster, degrees: f32) -> Raster {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (raster.width as f32 / 2.0, raster.height as f32 / 2.0);
    let mut grey = Vec::with_capacity(raster.grey.len());
    for y in 0..raster.height {
        for x in 0..raster.width {
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            grey.push(between(raster, cx + dx * cos - dy * sin, cy + dx * sin + dy * cos));
        }
    }
    Raster { grey, ..*raster }
}

/// The grey between four pixels.
fn between(raster: &Raster, x: f32, y: f32) -> u8 {
    if x < 0.0 || y < 0.0 {
        return 255;
    }
    let (left, top) = (x as usize, y as usize);
    if left + 1 >= raster.width || top + 1 >= raster.height {
        return 255;
    }
    let (right, low) = (x - left as f32, y - top as f32);
    let at = top * raster.width + left;
    let pixel = |at: usize| f32::from(raster.grey.get(at).copied().unwrap_or(255));
    let upper = pixel(at) * (1.0 - right) + pixel(at + 1) * right;
    let lower = pixel(at + raster.width) * (1.0 - right) + pixel(at + raster.width + 1) * right;
    (upper * (1.0 - low) + lower * low + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five long lines across a page and two down.
    fn page() -> Raster {
        let mut raster = Raster::white(200.0, 150.0).unwrap();
        for y in 0..5 {
            let row = (100 + 90 * y) * raster.width;
            raster.grey[row + 100..row + 700].fill(0);
            raster.grey[row + raster.width + 100..row + raster.width + 700].fill(0);
        }
        for y in 100..460 {
            raster.grey[y * raster.width + 100] = 0;
            raster.grey[y * raster.width + 700] = 0;
        }
        raster
    }

    #[test]
    fn a_slope_is_found_and_undone() {
        for degrees in [-2.4_f32, -0.7, 0.0, 1.3] {
            let sloped = turned_by(&page(), -degrees);
            let found = slope(&sloped);
            assert!((found - degrees).abs() <= 0.06, "{found} for {degrees}");
        }
    }

    #[test]
    fn turns_bring_a_page_back() {
        let page = page();
        let thrice = quarter(&quarter(&quarter(&page)));
        assert_eq!((thrice.width, thrice.height), (page.height, page.width));
        assert_eq!(quarter(&thrice), page);
        assert_eq!(half(&page), quarter(&quarter(&page)));
    }

    #[test]
    fn a_shadow_goes_and_ink_stays() {
        let mut dim = page();
        let width = dim.width;
        dim.grey.iter_mut().enumerate().for_each(|(at, g)| *g = (usize::from(*g) * (100 + at % width / 6) / 256) as u8);
        let even = even(&dim);
        assert!(even.grey[50 * width + 20] > 235 && even.grey[50 * width + 700] > 235);
        assert!(even.grey[100 * width + 300] < 20);
    }
}
