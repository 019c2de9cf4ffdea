//! Plain text and Markdown: lines.
//!
//! Owns line ends of every kind. Refuses to see tables, beyond those that only Markdown tells: what tabs, bars and blanks
//! mean is the business of `extract`.

use super::markdown;
use nianbao_document::{Block, Document, Line, Span};

/// Reads decoded text. Texts beyond 4 GiB are cut; the walk refuses them long before.
#[must_use]
pub fn read(text: String) -> Document {
    let mut blocks = Vec::with_capacity(text.len() / 40);
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut number = 1;
    let mut end = |at: usize| {
        if bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r' {
            start = at + 1;
            return;
        }
        push(&mut blocks, start, at, number);
        start = at + 1;
        number += 1;
    };
    // Lone carriage returns and form feeds end lines too; `\r\n` is one end. Most files have neither.
    if memchr::memchr2(b'\r', b'\x0C', bytes).is_some() {
        memchr::memchr3_iter(b'\n', b'\r', b'\x0C', bytes).for_each(&mut end);
    } else {
        memchr::memchr_iter(b'\n', bytes).for_each(&mut end);
    }
    push(&mut blocks, start, bytes.len(), number);
    let mut document = Document::over(text);
    document.blocks = blocks;
    markdown::tables(&mut document);
    document
}

fn push(blocks: &mut Vec<Block>, start: usize, end: usize, line: u32) {
    if end <= start {
        return;
    }
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) {
        blocks.push(Block::Line(Line { text: Span { start, end }, line, heading: false }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        let document = read("一\r\n二\r三\n\n\t四\x0C五".to_owned());
        let lines: Vec<(&str, u32)> = document
            .blocks
            .iter()
            .map(|b| match b {
                Block::Line(l) => (document.text(l.text), l.line),
                Block::Grid(_) => unreachable!(),
            })
            .collect();
        assert_eq!(lines, [("一", 1), ("二", 2), ("三", 3), ("\t四", 5), ("五", 6)]);
    }
}
