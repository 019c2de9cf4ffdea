//! Any bytes become a document or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::document::Block;
use nianbao_fuzz::read;
use nianbao_fuzz::read::limits::Limits;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(reading) = read::read(bytes, &Limits::default()) {
        for block in &reading.document.blocks {
            match block {
                Block::Line(line) => assert!(line.line > 0),
                Block::Grid(grid) => {
                    for (r, row) in grid.rows.iter().enumerate() {
                        for cell in row {
                            assert!(cell.col_span >= 1 && cell.row_span >= 1);
                            assert!(r + usize::from(cell.row_span) <= grid.rows.len());
                        }
                    }
                }
            }
        }
    }
});
