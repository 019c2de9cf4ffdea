//! Tables of Markdown whose cells are more than words between bars.
//!
//! Owns what converters put there: merged cells that are repeated in every place they cover, escaped bars, marks of
//! emphasis, links, references to notes, struck text. Refuses to touch other tables: as lines they are read as well, and
//! cheaper.

use super::grid;
use super::grid::Placed;
use super::repeated::{merged, repeats};
use nianbao_document::{Block, Document, OBJECT};

/// Columns of a table; a line with more bars is none of it.
const MAX_COLUMNS: usize = 256;

/// Puts grids in place of the lines of such tables. Most texts have none and are not looked at.
pub(super) fn tables(document: &mut Document) {
    if memchr::memchr(b'|', document.arena().as_bytes()).is_none() {
        return;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_table(document, at) {
        let end = table_end(document, start);
        let cells = cells(document, start, end);
        if let Some(cells) = cells {
            found.push((start, end, cells));
        }
        at = end;
    }
    if found.is_empty() {
        return;
    }
    let blocks = std::mem::take(&mut document.blocks);
    let mut found = found.into_iter().peekable();
    let mut skip = 0;
    for (number, block) in blocks.into_iter().enumerate() {
        if let Some((_, end, cells)) = found.next_if(|(start, ..)| *start == number) {
            grid::write(cells, document);
            skip = end;
        }
        if number >= skip {
            document.blocks.push(block);
        }
    }
}

fn line(document: &Document, at: usize) -> Option<(&str, u32)> {
    match document.blocks.get(at)? {
        Block::Line(line) => Some((document.text(line.text), line.line)),
        Block::Grid(_) => None,
    }
}

/// The heading of the next table, from a block on: the line before a row of dashes with as many cells.
fn next_table(document: &Document, from: usize) -> Option<usize> {
    (from.max(1)..document.blocks.len()).find_map(|at| {
        let (rule, number) = line(document, at).filter(|(text, _)| is_rule(text))?;
        let (heading, above) = line(document, at - 1)?;
        let (wide, heads) = (split(rule, is_led(rule)).len(), split(heading, is_led(heading)).len());
        (at > from && above + 1 == number && wide > 1 && heading.contains('|') && heads == wide).then_some(at - 1)
    })
}

/// `|---|:--:|`
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['|', ':', '-'])
        && text.contains('|')
        && text.bytes().all(|b| matches!(b, b'|' | b':' | b'-' | b' ' | b'\t'))
        && split(text, is_led(text)).iter().all(|cell| cell.trim().contains('-'))
}

/// The first block that is no row of it any more.
fn table_end(document: &Document, start: usize) -> usize {
    let mut end = start + 2;
    let mut last = line(document, start + 1).map_or(0, |(_, number)| number);
    while let Some((text, number)) = line(document, end) {
        if number != last + 1 || !text.contains('|') {
            break;
        }
        last = number;
        end += 1;
    }
    end
}

/// Whether a row begins with a bar.
fn is_led(text: &str) -> bool {
    text.trim_start().starts_with('|')
}

/// The cells between bars, as they stand. `led`: the rows of the table begin with a bar; where they do not, one that stands
/// there closes a blank cell.
fn split(text: &str, led: bool) -> Vec<&str> {
    let text = text.trim();
    let text = if led { text.strip_prefix('|').unwrap_or(text) } else { text };
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(text.get(start..at).unwrap_or(""));
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    let rest = text.get(start..).unwrap_or("");
    if !rest.trim().is_empty() || cells.is_empty() {
        cells.push(rest);
    }
    cells
}

/// The cells of a table with their places; `None` if reading it as lines says the same.
fn cells(document: &Document, start: usize, end: usize) -> Option<Vec<Placed>> {
    let heading = line(document, start)?.0;
    let led = is_led(heading);
    let width = split(heading, led).len();
    let rows = (start..end).filter(|at| *at != start + 1).filter_map(|at| line(document, at));
    let mut telling = false;
    let mut table: Vec<(Vec<String>, u32)> = Vec::new();
    for (text, number) in rows {
        let raw = split(text, led);
        if width > MAX_COLUMNS || raw.len() > MAX_COLUMNS {
            return None;
        }
        let mut row: Vec<String> = Vec::with_capacity(width);
        for cell in raw.iter().take(width) {
            let plain = plain(cell).unwrap_or_else(|| cell.trim().to_owned());
            // Emphasis alone is read in lines as well.
            telling |= plain != cell.trim() && plain != cell.replace("**", "").trim();
            row.push(plain);
        }
        row.resize(width, String::new());
        telling |= repeats(&row);
        table.push((row, number));
    }
    telling.then(|| merged(table, width))
}

/// A cell's text without marks; `None` if it has none.
fn plain(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if !cell.contains(['\\', '<', '[', '~', '^', '&']) && !cell.contains("**") {
        return None;
    }
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = mark(rest, &mut out) {
            rest = after;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
    }
    Some(out.trim().to_owned())
}

/// Takes a mark off the beginning of a text.
fn mark<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let after = |from: &'t str, end: &str| from.split_once(end).map(|(_, rest)| rest);
    match text.as_bytes() {
        [b'\\', c, ..] if c.is_ascii_punctuation() => {
            out.push(char::from(*c));
            text.get(2..)
        }
        [b'*', b'*', ..] => text.get(2..),
        [b'~', b'~', ..] => after(text.get(2..)?, "~~"),
        [b'!', b'[', ..] => {
            let rest = after(text, "](")?;
            out.push(OBJECT);
            after(rest, ")")
        }
        [b'[', b'^', ..] => after(text, "]"),
        [b'^', b'[', ..] | [b'^', b'0'..=b'9', ..] => after(text.get(1..)?, "^"),
        [b'[', ..] => {
            let (shown, rest) = text.get(1..)?.split_once("](")?;
            let rest = after(rest, ")")?;
            out.push_str(shown);
            Some(rest)
        }
        [b'<', ..] => {
            let lower = |name: &str| text.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name));
            if lower("<br") {
                out.push('\n');
                return after(text, ">");
            }
            for (open, close) in [("<del>", "</del>"), ("<s>", "</s>"), ("<sup>", "</sup>"), ("<!--", "-->")] {
                if lower(open) {
                    return after(text, close);
                }
            }
            let (tag, rest) = text.split_once('>')?;
            tag.get(1..)?.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()).then_some(rest)
        }
        [b'&', ..] => {
            let (name, character) = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#124;", "|")]
                .into_iter()
                .find(|(name, _)| text.starts_with(name))?;
            out.push_str(character);
            text.get(name.len()..)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let document = crate::text::read(text.to_owned());
        let cell = |c: &nianbao_document::Cell| {
            let span = format!("{}*{}", c.col_span, c.row_span).replace("1*1", "");
            format!("{}{}{}={}", c.column, if span.is_empty() { "" } else { "+" }, span, document.text(c.text))
        };
        let row = |row: &Vec<nianbao_document::Cell>| row.iter().map(cell).collect::<Vec<_>>().join(" ");
        let blocks = document.blocks.iter().map(|b| match b {
            Block::Line(l) => format!("{}: {}", l.line, document.text(l.text)),
            Block::Grid(g) => format!("[{}]", g.rows.iter().map(row).collect::<Vec<_>>().join(" / ")),
        });
        blocks.collect()
    }

    #[test]
    fn merged_cells_are_repeated() {
        let text =
            "# 题\n\n| 信息内容 | 数量 | 数量 |\n|:---:|---|---:|\n| 行政许可 | 12 | 12 |\n| 行政处罚 | 3 | 3 |\n\n尾";
        assert_eq!(
            show(text),
            ["1: # 题", "[0=信息内容 1+2*1=数量 / 0=行政许可 1+2*1=12 / 0=行政处罚 1+2*1=3]", "8: 尾"]
        );
        let text = "|合计|合计|甲|乙|\n|-|-|-|-|\n|办理结果|公开|5|5|\n|办理结果|不予公开|0|0|\n";
        assert_eq!(
            show(text),
            ["[0+2*1=合计 2=甲 3=乙 / 0+1*2=办理结果 1=公开 2=5 3=5 / 1=不予公开 2=0 3=0]"],
            "equal figures under two headings are two"
        );
        let text = "|指标|指标|单位|数|\n|-|-|-|-|\n|甲甲|甲甲|件|5|\n|乙乙|乙乙|件|5|";
        assert!(show(text)[0].contains("2=件 3=5 / 0+2*1=乙乙 2=件"), "units stay in their rows: {:?}", show(text));
        let text = "|指标|甲|乙|\n|-|-|-|\n|规章|0件|0件|\n|文件\\|件|3件|3件|";
        assert!(show(text)[0].contains("1=0件 2=0件"), "a figure with its unit is a figure: {:?}", show(text));
    }

    #[test]
    fn marks_in_cells() {
        let text = "| 甲 | 乙 |\n| --- | --- |\n| a\\|b | 12[^1] |\n| ~~6~~ 12 | [12](x) |\n| 1<br>2 | ![](a.png) |\n| <b>3</b><sup>1</sup> |";
        assert_eq!(show(text), ["[0=甲 1=乙 / 0=a|b 1=12 / 0=12 1=12 / 0=1\n2 1=□ / 0=3 1=]"]);
    }

    #[test]
    fn rows_without_outer_bars() {
        let text = "甲 | 乙 | 丙\n--- | --- | ---\na\\|b | 1 | 2\n | 5 |\n";
        assert_eq!(show(text), ["[0=甲 1=乙 2=丙 / 0=a|b 1=1 2=2 / 0= 1=5 2=]"]);
    }

    #[test]
    fn plain_tables_stay_lines() {
        for text in [
            "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
            "| 甲 | 甲 |\n| 1 | 2 |",
            "甲 | 甲\n\n---|---\n",
            "---\n|\n",
            "|---|---|\n| a\\|b | c |",
            "| 甲甲 | 甲甲 |\n|---|\n| 1 | 2 |",
        ] {
            assert!(show(text).iter().all(|b| !b.starts_with('[')), "{text}");
        }
    }
}
