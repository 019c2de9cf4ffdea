//! Parts: the reports of several bodies that one document holds (汇编).
//!
//! Owns where each begins: a title of its own, with a chapter or a table behind it. Refuses lists of titles (contents,
//! links), titles that stand again over one body's pages, and what stands before the first report.

use std::ops::Range;

use super::grid::title_of;
use super::identity::agency_of_title;
use super::index::Index;
use super::label::normalized;
use super::text::compact;
use nianbao_document::{Block, Document};

/// Titles of a document that may hold reports: a page of more is a list of them.
const MOST_TITLES: usize = 5_000;

/// The blocks of each report of a document that holds those of several bodies, in the order of the page; empty for any other.
#[must_use]
pub fn parts(index: &Index, document: &Document) -> Vec<Range<usize>> {
    let title = |at: usize| Some((at, body(document.blocks.get(at)?, document)?));
    let titles: Vec<(usize, String)> = (0..document.blocks.len()).filter_map(title).take(MOST_TITLES + 1).collect();
    if titles.len() > MOST_TITLES {
        return Vec::new();
    }
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for (n, (at, body)) in titles.iter().enumerate() {
        let to = titles.get(n + 1).map_or(document.blocks.len(), |(next, _)| *next);
        let same = starts.last().is_some_and(|(_, last)| last == body);
        if !same && document.blocks[*at..to].iter().any(|b| is_content(index, document, b)) {
            starts.push((*at, body));
        }
    }
    let mut bodies: Vec<&str> = starts.iter().map(|(_, body)| *body).collect();
    bodies.sort_unstable();
    bodies.dedup();
    // One body's report within another's, or the same one again, is no collection.
    if bodies.len() < 2 || bodies.len() < starts.len() {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([document.blocks.len()]);
    starts.iter().zip(ends).map(|((at, _), end)| *at..end).collect()
}

/// The body whose report a block is the title of.
fn body(block: &Block, document: &Document) -> Option<String> {
    let Block::Line(line) = block else { return None };
    let (title, _) = title_of(document.text(line.text))?;
    let title = compact(title);
    title.ends_with("报告").then(|| agency_of_title(&title)).flatten()
}

/// Whether a block is the heading of a chapter, or a table.
fn is_content(index: &Index, document: &Document, block: &Block) -> bool {
    match block {
        Block::Line(line) => index.heading(&normalized(document.text(line.text))).is_some(),
        Block::Grid(grid) => {
            grid.rows.iter().flatten().filter(|c| !document.text(c.text).trim().is_empty()).count() > 4
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::load;

    fn parts_of(lines: &[&str]) -> Vec<Range<usize>> {
        let index = Index::new(&load().unwrap()).unwrap();
        let mut document = Document::default();
        lines.iter().zip(1..).for_each(|(text, at)| document.push_line(text, at, false));
        parts(&index, &document)
    }

    #[test]
    fn several_bodies() {
        let [a, b] = ["中宁县教育局2022年政府信息公开工作年度报告", "中宁县财政局2022年政府信息公开工作年度报告"];
        let common = "中宁县2022年政府信息公开工作年度报告汇编";
        let chapter = "一、总体情况";
        assert_eq!(parts_of(&[common, a, b, a, chapter, "…", b, chapter]), [3..6, 6..8], "contents, then the reports");
        assert_eq!(parts_of(&[a, chapter, "…", b]), [0_usize..0; 0], "a link behind the report");
        assert_eq!(parts_of(&[a, chapter, a, "二、主动公开政府信息情况"]), [0_usize..0; 0], "a running head");
        assert_eq!(parts_of(&[a, chapter, b, chapter, a, chapter]), [0_usize..0; 0], "one report within another");
    }
}
