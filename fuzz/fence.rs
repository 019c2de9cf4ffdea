//! The fence of the targets: a panic of a dependency is caught, as the pipeline does; one of ours ends the run.
//!
//! Owns telling the two apart, by the file that the panic names. Refuses to excuse anything else: hangs and memory of a
//! dependency are findings, because the reader is to guard against them.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

use nianbao_document::{Block, Document};

/// Puts up the fence: the hook of the fuzzer aborts on every panic, wherever it is.
pub fn put_up() {
    set_hook(Box::new(|panic| {
        let ours = panic.location().is_none_or(|place| !place.file().contains("/registry/"));
        if ours {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}

/// Calls a reader; `None` if a dependency panicked.
pub fn within<T>(call: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(call)).ok()
}

/// What every document keeps to, whoever read it.
pub fn keeps_its_rules(document: &Document) {
    for block in &document.blocks {
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
