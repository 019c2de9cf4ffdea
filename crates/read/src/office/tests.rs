//! What the tests of these readers share.

use nianbao_document::{Block, Cell, Document};

/// A document's blocks: `line: text`, `line# heading`, `[column+columns x rows=text … | next row]`.
pub(super) fn show(document: &Document) -> Vec<String> {
    let cell = |c: &Cell| {
        let text = document.text(c.text).replace('\n', "/");
        format!("{}+{}x{}={text}", c.column, c.col_span, c.row_span)
    };
    let row = |r: &Vec<Cell>| r.iter().map(cell).collect::<Vec<_>>().join(" ");
    let block = |b: &Block| match b {
        Block::Line(l) => format!("{}{} {}", l.line, if l.heading { "#" } else { ":" }, document.text(l.text)),
        Block::Grid(g) => format!("[{}]", g.rows.iter().map(row).collect::<Vec<_>>().join(" | ")),
    };
    document.blocks.iter().map(block).collect()
}
