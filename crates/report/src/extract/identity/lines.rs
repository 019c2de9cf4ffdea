//! The lines of a page that can say whose report it is: its first and its last ones, without blanks.
//!
//! Owns which lines these are, and their parts: what a wide blank, a bar or a tab keeps apart was printed apart. Refuses
//! to know what a line says.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::extract::text::{compact, compact_into, fold_char, has_text};
use crate::words;
use nianbao_document::{Block, Document, Grid};

/// Lines from the top in which anything is looked for.
const HEAD: usize = 200;
/// Lines from the top that are read whatever their length.
pub(super) const INTRO: usize = 40;
/// Below them, longer lines (in bytes) are narrative.
const LONG: u32 = 400;
/// Lines from the end in which a signature stands.
const BOTTOM: usize = 12;
/// Lines longer than this many bytes are paragraphs: one part.
const PARAGRAPH: usize = 420;
/// Grids at the top with more rows than this are no index block.
const BLOCK_ROWS: usize = 16;
/// Blocks from the top among which an index block stands.
const TOP_BLOCKS: usize = 40;

/// The lines, nothing in between is compacted.
pub(super) struct Lines {
    /// All of them, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// How many of them are the first of the page that are not empty; the others are the last ones.
    head: usize,
    /// Parts of the first lines.
    parts: Vec<Part>,
}

/// A part of a line that stands apart from the others.
#[derive(Debug)]
pub(super) struct Part {
    /// The line.
    pub(super) line: usize,
    /// Its text.
    pub(super) text: String,
}

/// Bytes of a line that are looked at: a page in one line has less, and a file of one word may have any number.
const MOST: usize = 1 << 16;

/// The beginning of a line.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST)]
}

/// Its end.
fn ending(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(MOST))..]
}

impl Lines {
    pub(super) fn of(document: &Document) -> Self {
        let mut lines = Self {
            text: String::with_capacity(1 << 14),
            ends: Vec::with_capacity(HEAD + BOTTOM),
            head: 0,
            parts: Vec::with_capacity(HEAD),
        };
        // Long paragraphs matter near the top only, where the period and a quoted title stand.
        let mut filled = 0;
        for (at, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Line(line) => {
                    filled += 1;
                    if filled <= INTRO || line.text.end - line.text.start <= LONG {
                        lines.push_first(beginning(document.text(line.text)));
                    }
                }
                Block::Grid(grid) if at < TOP_BLOCKS && is_index_block(document, grid) => {
                    index_rows(document, grid).for_each(|row| lines.push_first(&row));
                }
                Block::Grid(_) => {}
            }
            if lines.ends.len() >= HEAD {
                break;
            }
        }
        lines.head = lines.ends.len();
        let mut tail = Vec::with_capacity(BOTTOM);
        for block in document.blocks.iter().rev() {
            let Block::Line(line) = block else { continue };
            let text = document.text(line.text);
            if has_text(text) {
                tail.push(ending(text));
            }
            if tail.len() == BOTTOM {
                break;
            }
        }
        tail.iter().rev().for_each(|text| {
            lines.push(text);
        });
        lines
    }

    /// Adds a line unless nothing of it remains.
    fn push(&mut self, text: &str) -> bool {
        let text = without_times(text);
        compact_into(&text, &mut self.text);
        let grown = self.text.len() > self.ends.last().copied().unwrap_or(0);
        if grown {
            self.ends.push(self.text.len());
        }
        grown
    }

    fn push_first(&mut self, text: &str) {
        if !self.push(text) {
            return;
        }
        let line = self.ends.len() - 1;
        if text.len() > PARAGRAPH || !has_gap(text) {
            let text = self.range(line, line + 1).concat();
            self.parts.push(Part { line, text });
        } else {
            self.parts.extend(parts(text).into_iter().map(|text| Part { line, text }));
        }
    }

    fn range(&self, from: usize, to: usize) -> Vec<&str> {
        let start = |i: usize| i.checked_sub(1).map_or(0, |above| self.ends[above]);
        (from..to).map(|i| &self.text[start(i)..self.ends[i]]).collect()
    }

    /// The first lines that are not empty.
    pub(super) fn head(&self) -> Vec<&str> {
        self.range(0, self.head)
    }

    /// The last ones.
    pub(super) fn tail(&self) -> Vec<&str> {
        self.range(self.head, self.ends.len())
    }

    /// Parts of the first lines, in order.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The text of all lines, one behind the other, and the line that a byte of it lies in.
    pub(super) fn text(&self) -> (&str, impl Fn(usize) -> usize + '_) {
        let end = self.head.checked_sub(1).map_or(0, |last| self.ends[last]);
        (&self.text[..end], |at| self.ends.partition_point(|end| *end <= at))
    }

    /// Where a line begins and ends in [`Self::text`].
    pub(super) fn span(&self, line: usize) -> Option<(usize, usize)> {
        let end = *self.ends.get(line).filter(|_| line < self.head)?;
        Some((line.checked_sub(1).map_or(0, |above| self.ends[above]), end))
    }
}

/// Whether a grid is an index block: a few rows of which one has a label of those, and no list of reports.
fn is_index_block(document: &Document, grid: &Grid) -> bool {
    let words = words::titles();
    let cells = || grid.rows.iter().flatten().map(|c| document.text(c.text));
    grid.rows.len() <= BLOCK_ROWS
        && cells().any(|text| text.len() <= LABEL && words.index_block.stand_in(text))
        && cells().filter(|text| words.title_word.iter().any(|w| text.contains(w))).count() <= TITLES
}

/// Bytes of a label with its value.
const LABEL: usize = 120;
/// Cells of an index block that name a report: its title, and the column of the site that it stands in.
const TITLES: usize = 2;

/// The rows of a grid that may be an index block, cells parted by bars.
fn index_rows<'d>(document: &'d Document, grid: &'d Grid) -> impl Iterator<Item = String> + 'd {
    grid.rows.iter().map(|row| {
        let cells: Vec<&str> = row.iter().map(|c| document.text(c.text)).collect();
        cells.join(" | ")
    })
}

/// Whether something may part a line: a bar or any blank.
fn has_gap(text: &str) -> bool {
    // First bytes of all blanks and the bar: most lines have none of them.
    let may_be = |b: &u8| matches!(b, b'\t'..=b'\r' | b' ' | b'|' | 0xC2 | 0xE1..=0xE3 | 0xEF);
    text.bytes().any(|b| may_be(&b)) && text.contains(|c: char| c == '|' || fold_char(c).is_whitespace())
}

/// Characters of which a part has at least so many, unless it is a mark of the page: `中 宁 县`, `2022 年` are not parted.
const PART: usize = 4;

/// Marks that hold together what stands on both sides.
const LINKS: [char; 6] = ['>', '»', '›', '/', ':', '：'];

/// The parts of a line: what bars and tabs part, and blanks between words of some length.
fn parts(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for cell in text.split(['|', '\t']) {
        let mut open: Option<String> = None;
        for word in cell.split(|c: char| fold_char(c).is_whitespace()).map(compact).filter(|w| !w.is_empty()) {
            let apart = |text: &str| text.chars().filter(|c| !c.is_ascii()).count() >= PART;
            match &mut open {
                // A year belongs to what it stands before or behind, a step of a trail to the one before it.
                Some(last) if !(apart(last) && apart(&word)) || word.starts_with('年') || last.ends_with(LINKS) => {
                    last.push_str(&word);
                }
                Some(last) => out.push(std::mem::replace(last, word)),
                None => open = Some(word),
            }
        }
        out.extend(open);
    }
    out
}

/// Marks of times of day beside the colon.
static TIME_MARKS: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["：", "时"].map(Finder::new));

/// A line without the times of day behind its dates (`2023-01-16 20:34`): without the blank they would be part of the day.
fn without_times(text: &str) -> std::borrow::Cow<'_, str> {
    // A time has a mark and a digit before it.
    let marked = |f: &Finder<'_>| f.find(text.as_bytes()).is_some();
    if memchr::memchr(b':', text.as_bytes()).is_none() && !TIME_MARKS.iter().any(marked) {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut from = 0;
    let mut out = String::new();
    let marks = text.char_indices().filter(|(_, c)| matches!(c, ':' | '：' | '时'));
    for (at, _) in marks {
        if at < from {
            continue;
        }
        let head = text[from..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let start = from + head.len();
        let hour = at - start;
        let before = head.chars().next_back();
        let blank = before.is_some_and(|c| fold_char(c).is_whitespace() || c == 'T');
        let dated = head
            .trim_end_matches(|c: char| fold_char(c).is_whitespace() || c == 'T')
            .ends_with(|c: char| c.is_ascii_digit() || c == '日');
        if !(1..=2).contains(&hour) || !blank || !dated {
            continue;
        }
        let end =
            text[at..].find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '：' | '.' | '时' | '分' | '秒')));
        out.push_str(&text[from..start]);
        from = end.map_or(text.len(), |e| at + e);
    }
    if from == 0 {
        return std::borrow::Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    // What a `T` parted stays apart.
    std::borrow::Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_apart() {
        for (line, expected) in [
            ("平 罗 县 司 法 局 2022 年 政 府 信 息 公 开", vec!["平罗县司法局2022年政府信息公开"]),
            ("中宁县财政局 2023 年政府信息公开", vec!["中宁县财政局2023年政府信息公开"]),
            ("某市政府网站 政府信息公开年报 某局2021年报", vec!["某市政府网站", "政府信息公开年报", "某局2021年报"]),
            ("首页 > 政府信息公开 > 政府信息公开年报", vec!["首页>政府信息公开>政府信息公开年报"]),
            ("名称 | 某局年报 |", vec!["名称", "某局年报"]),
            ("某某县财政局\u{3000}某某县文物局", vec!["某某县财政局", "某某县文物局"]),
        ] {
            assert_eq!(parts(line), expected, "{line}");
        }
    }

    #[test]
    fn times_are_no_days() {
        for (line, expected) in [
            ("发布日期:2023-01-16 20:34", "发布日期:2023-01-16 "),
            ("2022-03-31 10:00:00.0 来源：某局", "2022-03-31  来源：某局"),
            ("2023年01月20日 10时22分", "2023年01月20日 "),
            ("2021-02-04T09:30:15", "2021-02-04T"),
            ("电话：0955-5021892", "电话：0955-5021892"),
            ("2023-1-17 9:05 点击: 3", "2023-1-17  点击: 3"),
        ] {
            assert_eq!(without_times(line), expected);
        }
    }
}
