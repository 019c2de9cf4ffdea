//! Prints the lines and grids that a reader makes of a file: for looking at what the later stages see.
#![allow(clippy::print_stdout, reason = "an example")]

use nianbao_document::Block;
use nianbao_read::limits::Limits;
use nianbao_read::read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: blocks FILE")?;
    let document = match read(&std::fs::read(path)?, &Limits::default()) {
        Ok(document) => document,
        Err(refusal) => {
            println!("{}: {}", refusal.format.code(), refusal.fault);
            return Ok(());
        }
    };
    println!("pages begin at {:?}, unread {:?}, cut {}", document.pages, document.unread, document.truncated);
    for block in &document.blocks {
        match block {
            Block::Line(line) => println!("{:>5} {}", line.line, document.text(line.text)),
            Block::Grid(grid) => {
                println!("      grid of {} rows", grid.rows.len());
                for row in &grid.rows {
                    for cell in row {
                        let text = document.text(cell.text).replace('\n', "⏎");
                        print!("[{}+{}x{} {text}]", cell.column, cell.col_span, cell.row_span);
                    }
                    println!();
                }
            }
        }
    }
    Ok(())
}
