//! Page numbers and running heads: what a page carries besides its text.
//!
//! Owns telling them by place, shape and repetition. Refuses to touch a line that could be text: a line in the middle of
//! a page stays, and one that stands on a single page stays unless it is nothing but a page number.

use std::collections::HashMap;

use super::lines::{Chunk, Line};

/// Share of a page's height at its head and foot where furniture stands.
const MARGIN: f32 = 0.1;

/// Takes furniture out of the lines of all pages. `height` gives each page's height.
pub fn remove(pages: &mut [(Vec<Line>, f32)]) {
    let mut seen: HashMap<(String, bool), usize> = HashMap::new();
    for (lines, height) in pages.iter() {
        let mut here: Vec<(String, bool)> = lines.iter().filter_map(|l| key(l, *height)).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() < 4 { pages.len().max(2) } else { pages.len().div_ceil(2).max(3) };
    for (lines, height) in pages.iter_mut() {
        // Only the outermost line that says it: a running head often repeats the title, which stands below it.
        let mut gone: Vec<(String, bool)> = Vec::new();
        let mut stays = |line: &Line, of_head: bool| {
            let Some(key) = key(line, *height).filter(|key| key.1 == of_head) else { return true };
            let repeated = seen.get(&key).copied().unwrap_or(0) >= enough && !gone.contains(&key);
            // Several figures side by side are a row that goes on over the page.
            let bare = |c: &Chunk| c.text.chars().all(|c| c.is_ascii_digit());
            let is_row = line.chunks.len() > 1 && line.chunks.iter().all(bare);
            let goes = repeated || !is_row && is_page_number(&line.text());
            gone.push(key);
            !goes
        };
        lines.retain(|line| stays(line, true));
        lines.reverse();
        lines.retain(|line| stays(line, false));
        lines.reverse();
    }
}

/// What a line in the margins says apart from its digits, and whether it stands at the head.
fn key(line: &Line, height: f32) -> Option<(String, bool)> {
    let head = line.y < height * MARGIN;
    let foot = line.y > height * (1.0 - MARGIN);
    let text = || line.text().chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    (head || foot).then(|| (text(), head))
}

/// `- 3 -`, `— 3 —`, `第3页`, `第 3 页 共 5 页`, `3 / 5`, `3`, `Page 3 of 5`.
fn is_page_number(text: &str) -> bool {
    let bare: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '-' | '—' | '－' | '–' | '―' | '·' | '•' | '~' | '/' | '／' | '第' | '页' | '共' | ',' | '，'
                )
        })
        .collect();
    let bare = bare.replace("Page", "").replace("page", "").replace("of", "");
    let numeral = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    (1..=6).contains(&bare.chars().count()) && bare.chars().all(numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y: f32, text: &str) -> Line {
        Line {
            y,
            size: 10.0,
            chunks: vec![Chunk { x0: 0.0, x1: 50.0, text: text.to_owned(), gaps: Vec::new() }],
            number: 1,
        }
    }

    fn left(pages: &[&[(f32, &str)]]) -> Vec<Vec<String>> {
        let page = |lines: &&[(f32, &str)]| (lines.iter().map(|(y, t)| line(*y, t)).collect(), 800.0);
        let mut pages: Vec<(Vec<Line>, f32)> = pages.iter().map(page).collect();
        remove(&mut pages);
        pages.iter().map(|(lines, _)| lines.iter().map(Line::text).collect()).collect()
    }

    #[test]
    fn page_numbers_and_running_heads_go() {
        let pages: &[&[(f32, &str)]] = &[
            &[(20.0, "海原县人民政府 2023"), (60.0, "年度报告"), (400.0, "- 1 -"), (780.0, "- 1 -")],
            &[(20.0, "海原县人民政府 2023"), (300.0, "正文"), (780.0, "第 2 页 共 2 页")],
        ];
        assert_eq!(left(pages), [vec!["年度报告", "- 1 -"], vec!["正文"]]);
    }

    #[test]
    fn a_title_that_the_running_head_repeats_stays() {
        let pages: &[&[(f32, &str)]] =
            &[&[(20.0, "年度报告"), (50.0, "年度报告"), (400.0, "正文")], &[(20.0, "年度报告"), (300.0, "正文")]];
        assert_eq!(left(pages), [vec!["年度报告", "正文"], vec!["正文"]]);
    }

    #[test]
    fn text_at_the_edge_stays() {
        assert_eq!(left(&[&[(20.0, "一、总体情况"), (790.0, "共收到申请3件")]]).concat().len(), 2);
    }
}
