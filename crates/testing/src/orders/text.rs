//! Tables in text: tab rows, bar rows, Markdown, a cell a line, words in a row, one line, comma-separated.

use super::grid::{Cell, Grid, Repeat};
use super::kinds::Layout;
use super::piece::Piece;

/// The whole page as text.
pub fn page(pieces: &[Piece], layout: Layout) -> String {
    let mut out = String::new();
    let (join, marks) = match layout {
        Layout::Bar | Layout::CellBar | Layout::Bare | Layout::Csv => ("\n", ("", "")),
        Layout::Markdown | Layout::MarkdownBlank => ("\n\n", ("# ", "## ")),
        _ => ("\n\n", ("", "")),
    };
    for piece in pieces {
        match piece {
            Piece::Title(text) => out.push_str(&format!("{}{text}", marks.0)),
            Piece::Heading(text) => out.push_str(&format!("{}{text}", marks.1)),
            Piece::Text(text) if layout == Layout::Csv => out.push_str(&field(text)),
            Piece::Text(text) => out.push_str(text),
            Piece::Table(grid) => out.push_str(&table(grid, layout)),
        }
        out.push_str(join);
    }
    out
}

/// A text in one line.
pub fn line(text: &str) -> String {
    text.replace('\n', "")
}

fn joined(rows: Vec<Vec<String>>, row: impl Fn(Vec<String>) -> String) -> String {
    let lines: Vec<String> = rows.into_iter().map(|r| row(r.iter().map(|t| line(t)).collect())).collect();
    lines.join("\n")
}

/// The texts of the cells that begin in a row, and how many more places they cover.
fn own(row: &[Cell]) -> (Vec<String>, usize) {
    (row.iter().map(|c| line(&c.text)).collect(), row.iter().map(|c| c.cols - 1).sum())
}

/// A table in a text layout.
pub fn table(grid: &Grid, layout: Layout) -> String {
    match layout {
        Layout::Tab => joined(grid.matrix(Repeat::First), |r| r.join("\t")),
        Layout::BarFull => joined(grid.matrix(Repeat::First), |r| format!("{} |", r.join(" | "))),
        Layout::BarLead => joined(grid.matrix(Repeat::First), |r| format!("| {} |", r.join(" | "))),
        Layout::Csv => joined(grid.matrix(Repeat::First), |r| r.iter().map(|t| field(t)).collect::<Vec<_>>().join(",")),
        Layout::Markdown | Layout::MarkdownBlank => markdown(grid, layout),
        Layout::Bar | Layout::BarShort | Layout::HtmlLines => {
            let row = |row: &Vec<Cell>| {
                let (texts, more) = own(row);
                let bars =
                    if more > 0 && layout == Layout::Bar { format!(" {}", "|".repeat(more)) } else { String::new() };
                format!("{} |{bars}", texts.join(" | "))
            };
            grid.rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        Layout::CellBar => {
            let mut out = Vec::new();
            for row in &grid.rows {
                let (texts, more) = own(row);
                let last = texts.len().saturating_sub(1);
                for (i, text) in texts.into_iter().enumerate() {
                    let bars = if i == last && more > 0 { format!(" {}", "|".repeat(more)) } else { String::new() };
                    out.push(if text.is_empty() { format!("|{bars}") } else { format!("{text} |{bars}") });
                }
            }
            out.join("\n")
        }
        Layout::Bare | Layout::BareBlank => {
            let end = if layout == Layout::Bare { "\n" } else { "\n\n" };
            let mut out = Vec::new();
            for cell in grid.rows.iter().flatten() {
                match cell.text.is_empty() {
                    true if layout == Layout::Bare => {}
                    true => out.push("\u{a0}".to_owned()),
                    false => out.push(cell.text.trim_matches('\n').replace('\n', end)),
                }
            }
            out.join(end)
        }
        Layout::Space | Layout::Flat => {
            let row = |row: &Vec<Cell>| {
                let texts = row.iter().map(|c| line(&c.text)).filter(|t| !t.trim().is_empty());
                texts.collect::<Vec<_>>().join(" ")
            };
            let lines = grid.rows.iter().map(row).filter(|l| !l.is_empty());
            lines.collect::<Vec<_>>().join(if layout == Layout::Flat { " " } else { "\n" })
        }
        _ => String::new(),
    }
}

fn markdown(grid: &Grid, layout: Layout) -> String {
    let repeat = if layout == Layout::Markdown { Repeat::Every } else { Repeat::First };
    let rows = grid.matrix(repeat);
    let row = |r: &Vec<String>| {
        let cells: Vec<String> = r.iter().map(|t| line(t).replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    lines.insert(1, format!("|{}", " --- |".repeat(grid.width())));
    lines.join("\n")
}

fn field(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
