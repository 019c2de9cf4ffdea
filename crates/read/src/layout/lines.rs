//! Characters gathered into printed lines, and the text of a line.
//!
//! Owns baselines, order along a line, where a gap is a blank, and the running numbers of lines. Refuses to know
//! tables.

use super::page::Glyph;

/// Baselines closer than this share of the font's size are one line.
pub const LEVEL: f32 = 0.45;
/// A gap, in sizes of the font, that separates two words or figures.
const BLANK: f32 = 0.3;
/// A gap, in sizes of the font, that separates two chunks of a line.
const CHUNK: f32 = 1.2;
/// Of the narrower of two characters, what the second may be off the first if it is printed over it.
const OVER: f32 = 0.62;
/// No digit is wider than this part of its size.
const DIGIT: f32 = 0.55;
/// Figures of a table that are set wide, from which on it sets them so.
const MANY: usize = 3;
/// Gaps of a figure that is set wide differ by this much at most, in sizes of the font.
const EVEN: f32 = 0.15;

/// Characters of a line without a wide gap between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// Left end.
    pub x0: f32,
    /// Right end.
    pub x1: f32,
    /// Its text, trimmed, never empty.
    pub text: String,
    /// Where blanks stand between its words: bytes of text before one, its left and its right end.
    pub gaps: Vec<(usize, f32, f32)>,
}

impl Chunk {
    /// Its words as chunks of their own.
    pub fn words(&self) -> Vec<Self> {
        let ends = self.gaps.iter().copied().chain([(self.text.len(), self.x1, self.x1)]);
        let mut words = Vec::with_capacity(self.gaps.len() + 1);
        let (mut from, mut left) = (0, self.x0);
        for (to, x1, next) in ends {
            let text = self.text.get(from..to).unwrap_or("").trim().to_owned();
            words.push(Self { x0: left, x1, text, gaps: Vec::new() });
            (from, left) = (to, next);
        }
        words
    }
}

/// A printed line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Baseline.
    pub y: f32,
    /// Size of its first character.
    pub size: f32,
    /// Its parts from left to right, at least one.
    pub chunks: Vec<Chunk>,
    /// Running number over the document.
    pub number: u32,
}

impl Line {
    /// Left end.
    #[must_use]
    pub fn x0(&self) -> f32 {
        self.chunks.first().map_or(0.0, |c| c.x0)
    }

    /// Right end.
    #[must_use]
    pub fn x1(&self) -> f32 {
        self.chunks.last().map_or(0.0, |c| c.x1)
    }

    /// Its text, chunks separated by a tab.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.chunks.iter().map(|c| c.text.as_str()).collect();
        texts.join("\t")
    }
}

/// The baselines of a page, for numbering its lines.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    first: u32,
    levels: Vec<f32>,
}

impl Numbers {
    /// Numbers the lines of a page from `first` on.
    #[must_use]
    pub fn new(glyphs: &[Glyph], first: u32) -> Self {
        let mut at: Vec<(f32, f32)> = glyphs.iter().map(|g| (g.y, g.size)).collect();
        at.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut levels: Vec<f32> = Vec::new();
        for (y, size) in at {
            if levels.last().is_none_or(|last| y - last > size * LEVEL) {
                levels.push(y);
            }
        }
        Self { first, levels }
    }

    /// The number of the line at a height.
    #[must_use]
    pub fn at(&self, y: f32) -> u32 {
        let above = self.levels.partition_point(|l| *l <= y + 0.01);
        self.first.saturating_add(u32::try_from(above.saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// The first number of the next page. A page without text counts as one line.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.first.saturating_add(u32::try_from(self.levels.len().max(1)).unwrap_or(u32::MAX))
    }
}

/// How figures are set where characters stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// They stand in a cell.
    pub in_cell: bool,
    /// Figures around are set wide, with this gap between their digits in sizes.
    pub wide: Option<f32>,
}

/// The gap between digits, in sizes, if the figures of these cells are set wide.
#[must_use]
pub fn spacing<'c, 'g: 'c>(cells: impl Iterator<Item = &'c Vec<&'g Glyph>>) -> Option<f32> {
    let (mut wide, mut tight) = (Vec::new(), 0);
    let gap = |a: &Glyph, b: &Glyph| (b.x - (a.x + a.width)) / a.size;
    for cell in cells.filter(|cell| cell.iter().all(|g| is_of_figure(g.text))) {
        let [a, b, ..] = cell.as_slice() else { continue };
        // Most are drawn from left to right.
        if cell.len() > 2 && (0.0..BLANK / 2.0).contains(&gap(a, b).abs()) {
            tight += 1;
            continue;
        }
        let mut glyphs = cell.clone();
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        if let ([a, b, ..], true) = (glyphs.as_slice(), is_set_wide(&glyphs, None)) {
            wide.push(gap(a, b));
        } else if glyphs.len() > 2 {
            tight += 1;
        }
    }
    wide.sort_by(f32::total_cmp);
    wide.get(wide.len() / 2).copied().filter(|_| wide.len() >= MANY && tight * 10 <= wide.len())
}

/// Gathers characters into lines, from top to bottom.
#[must_use]
pub fn lines(mut glyphs: Vec<&Glyph>, numbers: &Numbers, setting: Setting) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(first) = glyphs.get(start).copied() {
        let mut end = start + 1;
        let mut size = first.size;
        // Measured from the last character, so that a slightly skewed line stays one, in steps small enough to keep two
        // lines apart.
        while let Some(next) = glyphs.get(end)
            && next.y - glyphs[end - 1].y <= size.min(next.size) * LEVEL
            && next.y - first.y <= size.max(next.size) * 0.7
        {
            size = size.max(next.size);
            end += 1;
        }
        let level = &mut glyphs[start..end];
        level.sort_by(|a, b| a.x.total_cmp(&b.x));
        let chunks = chunks(level, setting);
        if !chunks.is_empty() {
            lines.push(Line { y: first.y, size, chunks, number: numbers.at(first.y) });
        }
        start = end;
    }
    lines
}

/// Cuts characters, sorted along the line, at wide gaps. A figure that is set wide is one, however wide in a cell.
fn chunks(glyphs: &[&Glyph], setting: Setting) -> Vec<Chunk> {
    let glyphs: Vec<&Glyph> =
        glyphs.iter().copied().filter(|g| !g.text.is_whitespace() && !g.text.is_control()).collect();
    if setting.in_cell && is_set_wide(&glyphs, setting.wide) {
        return vec![chunk(&glyphs, true)];
    }
    let is_one = |a: &&Glyph, b: &&Glyph| b.x - (a.x + a.width) <= a.size.min(b.size) * CHUNK;
    glyphs.chunk_by(is_one).map(|part| chunk(part, is_set_wide(part, setting.wide))).collect()
}

/// A chunk of characters that are sorted along the line.
fn chunk(glyphs: &[&Glyph], wide: bool) -> Chunk {
    let mut chunk =
        Chunk { x0: glyphs.first().map_or(0.0, |g| g.x), x1: f32::MIN, text: String::new(), gaps: Vec::new() };
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        if let Some(last) = last.filter(|last| is_overprint(last, glyph)) {
            // What stands there is one figure over another, or a mark over it: nobody can tell.
            chunk.text.push(char::REPLACEMENT_CHARACTER);
            chunk.x1 = chunk.x1.max(glyph.x + glyph.width).max(last.x + last.width);
            continue;
        }
        if let Some(last) =
            last.filter(|last| !wide && glyph.x - (last.x + last.width) > last.size.min(glyph.size) * BLANK)
        {
            chunk.gaps.push((chunk.text.len(), chunk.x1, glyph.x));
            if last.text.is_ascii() || glyph.text.is_ascii() {
                chunk.text.push(' ');
            }
        }
        chunk.text.push(glyph.text);
        chunk.x1 = chunk.x1.max(glyph.x + glyph.width);
        last = Some(*glyph);
    }
    chunk
}

/// Whether two characters, one of them a digit, are printed over each other.
fn is_overprint(a: &Glyph, b: &Glyph) -> bool {
    let digit = |text: char| text.is_ascii_digit() || ('０'..='９').contains(&text);
    let mark = |text: char| digit(text) || matches!(text, 'X' | 'x' | '×' | '/' | '\\' | '-' | '—' | '－' | '─');
    let size = a.size.min(b.size);
    // Widths may be missing from the file and stated too large.
    (b.x - a.x) < OVER * a.width.min(b.width).min(DIGIT * size)
        && (a.y - b.y).abs() < OVER * size
        && (digit(a.text) && mark(b.text) || digit(b.text) && mark(a.text))
}

/// Whether characters are a figure that is set wide: the same gap between all of its digits, of which there are more than
/// two, or which were drawn in one go, or whose gap is that of the other figures around. Two figures side by side are no
/// more than that.
fn is_set_wide(glyphs: &[&Glyph], around: Option<f32>) -> bool {
    let [first, second, ..] = glyphs else { return false };
    let size = first.size;
    if second.x - (first.x + first.width) <= BLANK / 2.0 * size || !glyphs.iter().all(|g| is_of_figure(g.text)) {
        return false;
    }
    let range = |of: fn(&Glyph, &Glyph) -> f32| {
        let all = glyphs.windows(2).filter_map(|pair| if let [a, b] = pair { Some(of(a, b)) } else { None });
        all.fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let (least, most) = range(|a, b| b.x - (a.x + a.width));
    let (nearest, furthest) = range(|a, b| b.x - a.x);
    let even = most - least <= EVEN * size || furthest - nearest <= EVEN * size;
    let in_one_go = first.run > 0 && glyphs.iter().all(|g| g.run == first.run);
    let as_around = || around.is_some_and(|gap| (most / size - gap).abs() <= EVEN);
    least > BLANK / 2.0 * size && even && (glyphs.len() > 2 || in_one_go || as_around())
}

/// Whether a character is one of a figure.
pub fn is_of_figure(text: char) -> bool {
    matches!(text, '0'..='9' | '０'..='９' | '.' | ',' | '，' | '．')
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Characters of a text at a place, half width for ASCII.
    pub(in super::super) fn print(x: f32, y: f32, size: f32, text: &str) -> Vec<Glyph> {
        let mut at = x;
        let mut glyphs = Vec::new();
        for text in text.chars() {
            let width = if text.is_ascii() { size / 2.0 } else { size };
            glyphs.push(Glyph { x: at, y, width, size, text, run: 0 });
            at += width;
        }
        glyphs
    }

    /// A line of chunks that begin at these places, in 10 point.
    pub(in super::super) fn line(number: u32, chunks: &[(f32, &str)]) -> Line {
        let chunk = |(x0, text): &(f32, &str)| {
            let width = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum::<f32>();
            Chunk { x0: *x0, x1: x0 + width, text: (*text).to_owned(), gaps: Vec::new() }
        };
        Line { y: number as f32 * 20.0, size: 10.0, chunks: chunks.iter().map(chunk).collect(), number }
    }

    fn read(glyphs: &[Glyph]) -> Vec<Line> {
        lines(glyphs.iter().collect(), &Numbers::new(glyphs, 1), Setting::default())
    }

    #[test]
    fn lines_and_chunks() {
        let mut glyphs = print(10.0, 40.0, 12.0, "第二行");
        glyphs.extend(print(10.0, 20.0, 12.0, "第一行"));
        glyphs.extend(print(100.0, 20.5, 12.0, "12 34"));
        let lines = read(&glyphs);
        assert_eq!(lines.iter().map(Line::text).collect::<Vec<_>>(), ["第一行\t12 34", "第二行"]);
        assert_eq!((lines[0].number, lines[1].number), (1, 2));
    }

    #[test]
    fn figures_printed_over_each_other_are_none() {
        let over = |first: &str, second: &str, shift: f32| {
            let mut glyphs = print(10.0, 20.0, 10.0, first);
            glyphs.extend(print(10.0 + shift, 20.0, 10.0, second));
            read(&glyphs)[0].text()
        };
        assert_eq!(over("17", "71", 1.0), "1\u{FFFD}7\u{FFFD}");
        assert_eq!(over("17", "XX", 0.0), "1\u{FFFD}7\u{FFFD}");
        assert!(over("17", "234", 2.5).contains('\u{FFFD}'));
        assert_eq!(over("17", "28", 10.0), "1728");
        assert_eq!(over("17", "__", 0.0).chars().filter(char::is_ascii_digit).collect::<String>(), "17");
    }

    #[test]
    fn a_figure_set_wide_is_one() {
        let set = |gap: f32, run: u32, text: &str| -> Vec<Glyph> {
            let glyph = |(at, text)| Glyph { x: at as f32 * (5.0 + gap), y: 20.0, width: 5.0, size: 10.0, text, run };
            text.chars().enumerate().map(glyph).collect()
        };
        let text = |glyphs: &[Glyph], in_cell: bool| {
            let setting = Setting { in_cell, wide: None };
            lines(glyphs.iter().collect(), &Numbers::new(glyphs, 1), setting)[0].text()
        };
        assert_eq!(text(&set(6.0, 0, "1234"), false), "1234");
        assert_eq!(text(&set(6.0, 0, "12"), false), "1 2", "perhaps two figures");
        assert_eq!(text(&set(6.0, 7, "12"), false), "12");
        assert_eq!(text(&set(20.0, 0, "123"), false), "1\t2\t3", "columns without rules");
        assert_eq!(text(&set(20.0, 0, "123"), true), "123");
        let mut uneven = set(6.0, 0, "123");
        uneven[2].x += 4.0;
        assert_eq!(text(&uneven, false), "1 2 3");
        let others: Vec<Vec<Glyph>> = (0..3).map(|_| set(6.0, 0, "123")).collect();
        let others: Vec<Vec<&Glyph>> = others.iter().map(|cell| cell.iter().collect()).collect();
        let setting = Setting { in_cell: true, wide: spacing(others.iter()) };
        let two = set(6.0, 0, "12");
        assert_eq!(lines(two.iter().collect(), &Numbers::new(&two, 1), setting)[0].text(), "12");
    }
}
