//! What is said of a file beside its status: pages that were not read, what lies in it, and why nothing came of a text
//! that names an annual report.
//!
//! Owns the sentences. Refuses to judge: that was done.

use nianbao_document::{Block, Document};
use nianbao_read::member::Members;

/// What annual reports are called, and what they are about, in the simplified writing that all text is folded to.
const ABOUT: [&str; 2] = ["政府信息公开", "政务公开"];
const CALLED: [&str; 3] = ["年度报告", "工作年报", "公开年报"];
/// Bytes between the two.
const NEAR: usize = 120;

/// The reason of a file that became a document; `tables`: a table of the form came out of it.
pub(super) fn of(document: &Document, members: &Members, tables: bool) -> Option<String> {
    let on = |what: &str, pages: &[u32]| (!pages.is_empty()).then(|| format!("{what} on page {}", ranges(pages)));
    let unread = on("no readable text", &document.unread);
    let unread = unread.or_else(|| on("text recognised in pictures", &document.ocr_pages));
    let lost = (!tables && names_a_report(document.arena())).then(|| lost(document));
    let said: Vec<String> = [unread, held(members).filter(|_| !tables), lost].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// What lies in a file.
fn held(members: &Members) -> Option<String> {
    let some = |count: usize, what: &str, said: &str| {
        (count > 0).then(|| format!("{count} {what}{}{said}", if count == 1 { "" } else { "s" }))
    };
    let documents = some(members.list.len(), "document", " with a row each");
    let others = some(members.others, "other file", " not read");
    let both: Vec<String> = [documents, others].into_iter().flatten().collect();
    (!both.is_empty()).then(|| format!("holds {}", both.join(" and ")))
}

/// What a text was that names an annual report.
fn lost(document: &Document) -> String {
    let grids = document.blocks.iter().filter(|block| matches!(block, Block::Grid(_))).count();
    let lines = document.blocks.len() - grids;
    let what = match (grids, lines) {
        (0, 0..=2) => "only a mention".to_owned(),
        (0, lines) => format!("{lines} lines of text without a table"),
        (grids, lines) => format!("{lines} lines and {grids} tables, none of them a filled table of a form"),
    };
    let cut = if document.truncated { ", and it breaks off" } else { "" };
    format!("names an annual report of information disclosure, but no table came from it: {what}{cut}")
}

/// Whether a text names an annual report: its subject and its name near each other, the name behind.
fn names_a_report(text: &str) -> bool {
    ABOUT.iter().flat_map(|about| text.match_indices(about)).any(|(at, about)| {
        let mut end = (at + about.len() + NEAR).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.get(at..end).is_some_and(|near| CALLED.iter().any(|called| near.contains(called)))
    })
}

/// Sorted numbers as `1, 3-5`.
fn ranges(numbers: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = numbers;
    while let [first, ..] = rest {
        let run = rest.iter().zip(*first..).take_while(|(n, expected)| *n == expected).count();
        let last = rest[run - 1];
        parts.push(if run == 1 { first.to_string() } else { format!("{first}-{last}") });
        rest = &rest[run..];
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<String> {
        let mut document = Document::default();
        text.lines().zip(1..).for_each(|(line, number)| document.push_line(line, number, false));
        of(&document, &Members::default(), false)
    }

    #[test]
    fn what_names_a_report_is_not_lost_without_a_word() {
        for text in ["某县2023年政府信息公开工作年度报告", "某局2022年政务公开工作年报\n一\n二\n三"]
        {
            assert!(reason(text).is_some_and(|r| r.contains("names an annual report")), "{text}");
        }
        for text in ["某县财政局2023年度部门决算", "政府信息公开目录", "政府信息公开指南。".repeat(99).as_str()]
        {
            assert_eq!(reason(text), None, "{text}");
        }
        let mut members = Members::default();
        members.others = 2;
        let held = of(&Document::default(), &members, false);
        assert_eq!(held.as_deref(), Some("holds 2 other files not read"));
    }

    #[test]
    fn numbers_in_runs() {
        assert_eq!(ranges(&[1, 3, 4, 5]), "1, 3-5");
    }
}
