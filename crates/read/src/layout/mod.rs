//! Layout: pages of ink become a document of lines and grids.
//!
//! Owns reading order, tables over page breaks, paragraphs, and the verdict that a text layer says nothing. Refuses to
//! know PDF, OFD or the official forms: a page here is characters and ruling lines.

mod cells;
mod columns;
mod furniture;
mod halves;
mod headed;
mod labels;
mod lines;
pub mod page;
mod ruled;
pub(super) mod rules;

use self::columns::Part;
use self::lines::{Line, Numbers, Setting};
use self::page::{Glyph, Page};
use self::ruled::{Filled, Table, is_numbered};
use super::grid::{self, Placed};
use super::limits::{Clock, Fault};
use nianbao_document::Document;

/// Of a hundred characters, those without a known meaning from which on a text layer says nothing.
const MOST_UNKNOWN: usize = 10;
/// Characters of a page below which it counts as a picture, if a picture covers it.
const FEW: usize = 8;
/// Share of a page that a picture must cover to count as its content.
const PICTURE: f32 = 0.4;

/// What stands on a page, from top to bottom.
enum Item {
    Line(Line),
    Ruled(Table),
    Columns(Vec<Placed>),
}

/// Makes a document of pages.
///
/// # Errors
/// [`Fault::NeedsOcr`] if no page has a text that says anything, [`Fault::Limit`] when the time is up.
pub fn read(pages: Vec<Page>, clock: &Clock) -> Result<Document, Fault> {
    // Pages by their number; two of one sheet have the same.
    let halves = |(number, page)| halves::halves(page).into_iter().map(move |page| (number, page));
    let mut pages: Vec<(u32, Page)> = (1_u32..).zip(pages).flat_map(halves).collect();
    let mut document = Document::default();
    let mut numbers = Vec::new();
    let mut next = 1;
    let (mut unknown, mut known) = (0_usize, 0_usize);
    let mut before = 0;
    for (number, page) in &mut pages {
        page.glyphs.retain(is_sound);
        page.rules.retain(|r| [r.x0, r.y0, r.x1, r.y1].iter().all(|v| v.is_finite() && v.abs() < 1e6));
        let lost = unknowns(page);
        unknown += lost;
        known += page.glyphs.len() - lost;
        document.truncated |= page.cut || page.broken;
        if page.recognised {
            document.ocr_pages.push(*number);
            if page.witnessed {
                document.witnessed_pages.push(*number);
            }
        } else if is_unread(page) {
            document.unread.push(*number);
            page.glyphs.clear();
        }
        let page_numbers = Numbers::new(&page.glyphs, next);
        if std::mem::replace(&mut before, *number) != *number {
            document.pages.push(next);
        }
        next = page_numbers.next();
        numbers.push(page_numbers);
    }
    if document.unread.len() == pages.len() && !pages.is_empty() {
        if pages.iter().any(|(_, page)| page.broken) {
            return Err(Fault::Damaged("no page is whole".to_owned()));
        }
        return Err(Fault::NeedsOcr(match (unknown, known) {
            (0, _) => format!("no text layer: {} pages of pictures", pages.len()),
            _ => format!("the text layer says nothing: {unknown} of {} characters unknown", unknown + known),
        }));
    }
    document.unread.dedup();
    let mut filled = Vec::with_capacity(pages.len());
    let mut texts = Vec::with_capacity(pages.len());
    for ((_, page), numbers) in pages.iter().zip(&numbers) {
        clock.check()?;
        let mut glyphs: Vec<&Glyph> = page.glyphs.iter().collect();
        filled.push(frames(page, &mut glyphs));
        texts.push((lines::lines(glyphs, numbers, Setting::default()), page.height));
    }
    let wide = lines::spacing(filled.iter().flatten().flat_map(Filled::cells));
    let ruled = filled.into_iter().zip(&numbers).map(|(filled, numbers)| tables(filled, numbers, wide)).collect();
    furniture::remove(&mut texts);
    write(ruled, texts.into_iter().map(|(lines, _)| lines), &mut document);
    Ok(document)
}

/// The pages, from 1, that hold pictures or unknown characters instead of text.
#[must_use]
pub fn unread(pages: &[Page]) -> Vec<u32> {
    pages.iter().zip(1_u32..).filter(|(page, _)| is_unread(page)).map(|(_, number)| number).collect()
}

fn is_unread(page: &Page) -> bool {
    let lost = unknowns(page);
    let few = page.glyphs.len() - lost < FEW;
    page.broken || few && (page.pictured > PICTURE || lost > FEW) || lost * 100 > page.glyphs.len() * MOST_UNKNOWN
}

fn unknowns(page: &Page) -> usize {
    page.glyphs.iter().filter(|g| is_unknown(g.text)).count()
}

fn is_sound(glyph: &Glyph) -> bool {
    let numbers = [glyph.x, glyph.y, glyph.width, glyph.size];
    numbers.iter().all(|v| v.is_finite() && v.abs() < 1e6)
        && glyph.size > 0.5
        && !glyph.text.is_whitespace()
        && (!glyph.text.is_control() || is_unknown(glyph.text))
}

fn is_unknown(text: char) -> bool {
    matches!(text, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{1}'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{F0000}'..)
}

/// The frames of a page and what stands in them. Takes their characters out of `glyphs`.
fn frames<'p>(page: &'p Page, glyphs: &mut Vec<&'p Glyph>) -> Vec<Filled<'p>> {
    let mut frames: Vec<Option<rules::Frame>> = rules::frames(&page.rules).into_iter().map(Some).collect();
    let order = {
        let all: Vec<&rules::Frame> = frames.iter().flatten().collect();
        let holds = |a: &rules::Frame, b: &rules::Frame| a.place(b.xs[0] + 1.0, b.ys[0] + 1.0).is_some();
        // A frame around others, or around the whole page, arranges it. Inner frames come first, so that they keep their
        // text.
        let is_border = |at: usize| {
            let frame = all[at];
            let (width, height) = (frame.xs[frame.width()] - frame.xs[0], frame.ys[frame.height()] - frame.ys[0]);
            frame.width() * frame.height() == 1
                && (width * height > 0.6 * page.width * page.height
                    || all.iter().enumerate().any(|(other, inner)| other != at && holds(frame, inner)))
        };
        let inner_first = |at: &usize| all.iter().filter(|other| holds(all[*at], other)).count();
        let mut order: Vec<usize> = (0..all.len()).filter(|at| !is_border(*at)).collect();
        order.sort_by_key(|at| (inner_first(at), *at));
        order
    };
    let frames = order.into_iter().filter_map(|at| frames.get_mut(at).and_then(Option::take));
    frames.map(|frame| Filled::new(frame, glyphs, &page.struck)).collect()
}

/// The ruled tables of a page, from top to bottom.
fn tables(filled: Vec<Filled<'_>>, numbers: &Numbers, wide: Option<f32>) -> Vec<Table> {
    let mut tables: Vec<Table> = filled.into_iter().map(|filled| filled.table(numbers, wide)).collect();
    tables.retain(|t| t.cells.iter().any(|c| !c.text.is_empty()));
    tables.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.xs[0].total_cmp(&b.xs[0])));
    tables
}

/// Writes tables and lines in reading order, tables joined over pages.
fn write(ruled: Vec<Vec<Table>>, texts: impl Iterator<Item = Vec<Line>>, document: &mut Document) {
    let mut open: Option<Table> = None;
    let mut paragraph = Paragraph::default();
    for (tables, lines) in ruled.into_iter().zip(texts) {
        let margins = Margins::of(&lines);
        for (at, item) in items(tables, lines).into_iter().enumerate() {
            match item {
                Item::Ruled(table) => {
                    paragraph.end(document);
                    let own = match (&mut open, at) {
                        (Some(open), 0) => open.go_on(table),
                        _ => Some(table),
                    };
                    if let Some(table) = own {
                        flush(&mut open, document);
                        open = Some(table);
                    }
                }
                Item::Columns(cells) => {
                    paragraph.end(document);
                    flush(&mut open, document);
                    grid::write(cells, document);
                }
                Item::Line(line) => {
                    flush(&mut open, document);
                    paragraph.line(&line, margins, document);
                }
            }
        }
    }
    flush(&mut open, document);
    paragraph.end(document);
}

fn flush(open: &mut Option<Table>, document: &mut Document) {
    if let Some(table) = open.take() {
        grid::write(table.cells, document);
    }
}

/// Tables and lines of a page from top to bottom.
fn items(tables: Vec<Table>, lines: Vec<Line>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = lines.into_iter().peekable();
    let mut run = Vec::new();
    let text = |run: &mut Vec<Line>, items: &mut Vec<Item>| {
        items.extend(columns::parts(std::mem::take(run)).into_iter().map(|part| match part {
            Part::Line(line) => Item::Line(line),
            Part::Table(cells) => Item::Columns(cells),
        }));
    };
    for table in tables {
        while let Some(line) = lines.next_if(|l| l.y < table.top) {
            run.push(line);
        }
        text(&mut run, &mut items);
        items.push(Item::Ruled(table));
    }
    run.extend(lines);
    text(&mut run, &mut items);
    items
}

/// Where the running text of a page begins and ends.
#[derive(Clone, Copy)]
struct Margins {
    left: f32,
    right: f32,
    /// More than one line ends at the right margin.
    sure: bool,
}

impl Margins {
    fn of(lines: &[Line]) -> Self {
        let running = || lines.iter().filter(|l| l.chunks.len() == 1 && l.x1() - l.x0() > 12.0 * l.size);
        let left = running().map(Line::x0).fold(f32::MAX, f32::min);
        let right = running().map(Line::x1).fold(0.0, f32::max);
        let sure = running().filter(|l| l.x1() > right - FULL * l.size).count() > 1;
        Self { left, right, sure }
    }
}

/// A full line ends so near the right margin, in sizes of its font.
const FULL: f32 = 1.6;

/// Lines of running text that go on from one to the next.
#[derive(Default)]
struct Paragraph {
    text: String,
    number: u32,
    /// Whether its last line was full, its size and place.
    last: Option<(bool, f32, f32)>,
}

impl Paragraph {
    fn line(&mut self, line: &Line, margins: Margins, document: &mut Document) {
        let text = line.text();
        let single = line.chunks.len() == 1;
        let goes_on = self.last.is_some_and(|(full, size, y)| {
            let below = line.y < y || line.y - y < 3.0 * size;
            let alike = (line.size - size).abs() < size * 0.15 && line.x0() < margins.left + size;
            full && single && below && alike && !is_numbered(&text)
        });
        if !goes_on {
            self.end(document);
            self.number = line.number;
        }
        // A sentence that ends where a single line does, ends a paragraph as well as not.
        let ends = !margins.sure && text.ends_with(['。', '；', '：', ';', ':']);
        let full = single && !ends && line.x1() > margins.right - FULL * line.size;
        self.text.push_str(&text);
        self.last = Some((full, line.size, line.y));
    }

    fn end(&mut self, document: &mut Document) {
        if self.last.take().is_some() {
            document.push_line(&self.text, self.number, false);
            self.text.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines::tests::print;
    use super::*;
    use crate::limits::Limits;
    use nianbao_document::Block;

    fn page(lines: &[(f32, f32, &str)]) -> Page {
        let glyphs = lines.iter().flat_map(|(x, y, text)| print(*x, *y, 10.0, text)).collect();
        Page { width: 400.0, height: 600.0, glyphs, ..Page::default() }
    }

    fn texts(pages: Vec<Page>) -> Vec<(u32, String)> {
        let document = read(pages, &Clock::start(&Limits::default())).unwrap();
        let line = |b: &Block| match b {
            Block::Line(l) => Some((l.line, document.text(l.text).to_owned())),
            Block::Grid(_) => None,
        };
        document.blocks.iter().filter_map(line).collect()
    }

    #[test]
    fn lines_of_a_paragraph_are_joined_and_headings_are_not() {
        let long = "甲".repeat(30);
        let pages = vec![
            page(&[
                (60.0, 100.0, &"乙".repeat(28)),
                (40.0, 120.0, &long),
                (40.0, 140.0, "丙。"),
                (40.0, 160.0, &format!("{}。", "丁".repeat(29))),
                (40.0, 180.0, "二、标题"),
            ]),
            page(&[(40.0, 100.0, "正文")]),
        ];
        let found = texts(pages);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].1.ends_with("甲丙。"), "{found:?}");
        assert_eq!(found[2], (5, "二、标题".to_owned()));
        assert_eq!(found[3], (6, "正文".to_owned()));
    }

    #[test]
    fn a_page_of_unknown_characters_needs_ocr() {
        let lost = || page(&[(40.0, 100.0, &"\u{FFFD}".repeat(40))]);
        let refused = read(vec![lost()], &Clock::start(&Limits::default()));
        assert!(matches!(refused, Err(Fault::NeedsOcr(_))), "{refused:?}");
        let document =
            read(vec![page(&[(40.0, 100.0, "一二三四五六七八九十")]), lost()], &Clock::start(&Limits::default()))
                .unwrap();
        assert_eq!(document.unread, [2]);
    }
}
