//! The pictures of the page: SVG by plotters.
//!
//! Owns scales, marks and breaks. Colours are five fixed ones, which the page's style maps to its own for dark screens and
//! paper. What a picture shows stands beside it as a table, so that nobody depends on it.

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::area::BINS;

const INK: RGBColor = RGBColor(0x1D, 0x1F, 0x21);
const GRID: RGBColor = RGBColor(0xD5, 0xD9, 0xD6);
const DATA: RGBColor = RGBColor(0x14, 0x60, 0x6A);
const BREAK: RGBColor = RGBColor(0xA8, 0x32, 0x1F);
const HOLLOW: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// plotters divides sizes by this to get what SVG calls a font size.
const POINT: f64 = 1.24;
/// The last year of the 统计表; the form of 2019 and the revised Regulations begin another count.
const LAST_OF_LIST: i32 = 2018;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// One year of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) year: i32,
    pub(super) value: f64,
    /// Reports behind it.
    pub(super) count: usize,
    /// Not strictly comparable with the newest form.
    pub(super) approximate: bool,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line, for what does not depend on how many reports there are.
    Line,
    /// Bars, for sums.
    Bars,
}

fn fault(error: &impl std::fmt::Display) -> anyhow::Error {
    anyhow!("cannot draw: {error}")
}

/// A picture that screen readers know: role, title and description instead of a fixed size.
fn named(svg: &str, id: &str, (width, height): (u32, u32), title: &str, description: &str) -> String {
    let body = svg.split_once("<svg").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(_, body)| body);
    let body: String = body.lines().map(str::trim).collect();
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>{body}"
    )
}

fn label(root: &Area<'_>, text: &str, at: (i32, i32), across: HPos, size: f64, colour: &RGBColor) -> Result<()> {
    let style = ("sans-serif", size * POINT).into_font().color(colour).pos(Pos::new(across, VPos::Center));
    root.draw(&Text::new(text.to_owned(), at, style)).map_err(|e| fault(&e))
}

/// The top of a scale, and its step: at most four steps of 1, 2, 2.5 or 5 times a power of ten.
fn scale(most: f64) -> (f64, f64) {
    if most <= 0.0 {
        return (1.0, 1.0);
    }
    let power = 10_f64.powf((most / 3.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| most / s <= 4.0);
    let step = step.unwrap_or(power * 10.0);
    ((most / step - 1e-9).ceil() * step, step)
}

/// 12000 as 1.2万.
fn short(value: f64) -> String {
    let digits = |v: f64| {
        let text = format!("{v:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if value >= 1e8 {
        digits(value / 1e8) + "亿"
    } else if value >= 1e4 {
        digits(value / 1e4) + "万"
    } else {
        digits(value)
    }
}

/// Runs of years that may be joined, and where between two years a break stands.
fn runs(points: &[Point]) -> (Vec<&[Point]>, Vec<f64>) {
    let comparable =
        |a: &Point, b: &Point| a.approximate == b.approximate && !(a.year <= LAST_OF_LIST && b.year > LAST_OF_LIST);
    let joined = |a: &Point, b: &Point| comparable(a, b) && a.year + 1 == b.year;
    let breaks = points.windows(2).filter(|w| !comparable(&w[0], &w[1])).map(|w| {
        if w[0].year <= LAST_OF_LIST && w[1].year > LAST_OF_LIST {
            f64::from(LAST_OF_LIST) + 0.5
        } else {
            f64::from(w[0].year + w[1].year) / 2.0
        }
    });
    (points.chunk_by(joined).collect(), breaks.collect())
}

/// A series over years; `span` is that of all series, so that pictures stand one above the other.
///
/// # Errors
/// When plotters refuses, which memory does not.
pub(super) fn series(id: &str, title: &str, points: &[Point], span: (i32, i32), shape: Shape) -> Result<String> {
    const SIZE: (u32, u32) = (480, 206);
    const FOOT: i32 = 46;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let (top, step) = scale(points.iter().map(|p| p.value).fold(0.0, f64::max));
        let across = f64::from(span.0) - 0.5..f64::from(span.1) + 0.5;
        let mut builder = ChartBuilder::on(&root);
        builder.margin_top(26).margin_right(26).x_label_area_size(FOOT).y_label_area_size(52);
        let mut chart = builder.build_cartesian_2d(across, 0.0..top).map_err(|e| fault(&e))?;
        let at =
            |year: f64, value: f64, chart: &ChartContext<'_, _, Cartesian2d<_, _>>| chart.backend_coord(&(year, value));
        let (left, right) = (f64::from(span.0) - 0.5, f64::from(span.1) + 0.5);
        for tick in 0..=(top / step).round() as i32 {
            let value = f64::from(tick) * step;
            let colour = if tick == 0 { INK } else { GRID };
            chart.draw_series(LineSeries::new([(left, value), (right, value)], &colour)).map_err(|e| fault(&e))?;
            let (x, y) = at(left, value, &chart);
            label(&root, &short(value), (x - 6, y), HPos::Right, 12.0, &INK)?;
        }
        let (runs, breaks) = runs(points);
        for year in breaks {
            let line = [(year, 0.0), (year, top)];
            let dashes = DashedLineSeries::new(line, 5, 4, BREAK.stroke_width(1));
            chart.draw_series(dashes).map_err(|e| fault(&e))?;
            let (x, y) = at(year, top, &chart);
            label(&root, "口径变化", (x, y - 14), HPos::Center, 12.0, &BREAK)?;
        }
        let fill = |p: &Point| if p.approximate { HOLLOW } else { DATA };
        if shape == Shape::Bars {
            for p in points {
                let (from, to) = (f64::from(p.year) - 0.3, f64::from(p.year) + 0.3);
                let corners = [(from, p.value), (to, 0.0)];
                let bars = [Rectangle::new(corners, fill(p).filled()), Rectangle::new(corners, DATA.stroke_width(1))];
                chart.draw_series(bars).map_err(|e| fault(&e))?;
            }
        } else {
            for run in runs.into_iter().filter(|r| r.len() > 1) {
                let line = run.iter().map(|p| (f64::from(p.year), p.value));
                chart.draw_series(LineSeries::new(line, DATA.stroke_width(2))).map_err(|e| fault(&e))?;
            }
            for p in points {
                let centre = (f64::from(p.year), p.value);
                let dots = [Circle::new(centre, 3, fill(p).filled()), Circle::new(centre, 3, DATA.stroke_width(1))];
                chart.draw_series(dots).map_err(|e| fault(&e))?;
            }
        }
        // As many years as have room, the last one among them.
        let slot = f64::from(SIZE.0 - 78) / f64::from(span.1 - span.0 + 1);
        let every = (52.0 / slot).ceil() as i32;
        for year in (span.0..=span.1).filter(|y| (span.1 - y) % every == 0) {
            let (x, y) = at(f64::from(year), 0.0, &chart);
            let count = points.iter().find(|p| p.year == year).map_or(0, |p| p.count);
            label(&root, &year.to_string(), (x, y + 14), HPos::Center, 13.0, &INK)?;
            label(&root, &format!("N {count}"), (x, y + 31), HPos::Center, 12.0, &INK)?;
        }
        root.present().map_err(|e| fault(&e))?;
    }
    let kind = if shape == Shape::Bars { "各年度合计（柱）" } else { "各年度中位数（线）" };
    let said: Vec<String> = points.iter().map(|p| format!("{} 年度 {}", p.year, short(p.value))).collect();
    let description = format!("{kind}：{}。空心为近似可比的年度；虚线处口径变化，不相连。", said.join("，"));
    Ok(named(&svg, id, SIZE, title, &description))
}

/// Reports by share of denials, a bin each for none and for more than all.
///
/// # Errors
/// When plotters refuses, which memory does not.
pub(super) fn histogram(id: &str, title: &str, bins: &[u64; BINS], name: impl Fn(usize) -> String) -> Result<String> {
    const SIZE: (u32, u32) = (720, 250);
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let (top, step) = scale(bins.iter().copied().max().unwrap_or(0) as f64);
        let mut builder = ChartBuilder::on(&root);
        builder.margin_top(14).margin_right(10).x_label_area_size(48).y_label_area_size(52);
        let mut chart = builder.build_cartesian_2d(0.0..BINS as f64, 0.0..top).map_err(|e| fault(&e))?;
        for tick in 0..=(top / step).round() as i32 {
            let value = f64::from(tick) * step;
            if value.fract() != 0.0 {
                continue;
            }
            let colour = if tick == 0 { INK } else { GRID };
            let line = LineSeries::new([(0.0, value), (BINS as f64, value)], &colour);
            chart.draw_series(line).map_err(|e| fault(&e))?;
            let (x, y) = chart.backend_coord(&(0.0, value));
            label(&root, &short(value), (x - 6, y), HPos::Right, 13.0, &INK)?;
        }
        for (bin, count) in bins.iter().enumerate() {
            let (from, to) = (bin as f64 + 0.07, bin as f64 + 0.93);
            let colour = if bin == BINS - 1 { BREAK } else { DATA };
            let fill = if bin == 0 { HOLLOW } else { colour };
            let corners = [(from, *count as f64), (to, 0.0)];
            let bars = [Rectangle::new(corners, fill.filled()), Rectangle::new(corners, colour.stroke_width(1))];
            chart.draw_series(bars).map_err(|e| fault(&e))?;
            let below = match bin {
                0 => Some((0.5, "0".to_owned())),
                b if b < BINS - 1 && b % 2 == 0 => Some((b as f64 + 1.0, (b * 5).to_string())),
                _ => None,
            };
            if let Some((at, text)) = below {
                let (x, y) = chart.backend_coord(&(at, 0.0));
                label(&root, &text, (x, y + 14), HPos::Center, 13.0, &INK)?;
            }
        }
        let middle = (i32::try_from(SIZE.0)? + 42) / 2;
        let axis = "不予公开占办理总计的百分比（空心柱为恰好 0；最右为超过 100）";
        label(&root, axis, (middle, i32::try_from(SIZE.1)? - 12), HPos::Center, 13.0, &INK)?;
        root.present().map_err(|e| fault(&e))?;
    }
    let said: Vec<String> =
        bins.iter().enumerate().filter(|(_, n)| **n > 0).map(|(i, n)| format!("{} {n} 份", name(i))).collect();
    Ok(named(&svg, id, SIZE, title, &said.join("，")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(year: i32, approximate: bool) -> Point {
        Point { year, value: f64::from(year), count: 1, approximate }
    }

    #[test]
    fn lines_end_where_counting_changed_and_where_years_are_missing() {
        let points = [
            point(2017, true),
            point(2018, true),
            point(2019, true),
            point(2020, false),
            point(2021, false),
            point(2023, false),
        ];
        let (runs, breaks) = runs(&points);
        let years: Vec<Vec<i32>> = runs.iter().map(|r| r.iter().map(|p| p.year).collect()).collect();
        assert_eq!(years, [vec![2017, 2018], vec![2019], vec![2020, 2021], vec![2023]]);
        assert_eq!(breaks, [2018.5, 2019.5]);
    }

    #[test]
    fn scales_end_above_the_largest_value() {
        for most in [0.0, 1.0, 3.0, 7.0, 99.0, 100.0, 12_345.0] {
            let (top, step) = scale(most);
            assert!(top >= most && (top / step - (top / step).round()).abs() < 1e-9, "{most} {top} {step}");
        }
        assert_eq!((short(12_000.0), short(3.0), short(2.5)), ("1.2万".to_owned(), "3".to_owned(), "2.5".to_owned()));
    }

    #[test]
    fn pictures_have_names_and_only_the_five_colours() {
        let svg = series("a", "题", &[point(2018, true), point(2020, false)], (2018, 2020), Shape::Line).unwrap();
        assert!(
            svg.starts_with("<svg viewBox")
                && svg.ends_with("</svg>")
                && svg.contains("role=\"img\"")
                && svg.contains("口径变化")
        );
        let colours = ["#1D1F21", "#D5D9D6", "#14606A", "#A8321F", "#FFFFFF"];
        for part in svg.split('#').skip(1) {
            let colour = format!("#{}", part.get(..6).unwrap_or_default());
            assert!(colours.contains(&colour.as_str()), "{colour}");
        }
    }
}
