//! Merged cells that a writer repeated in every place they cover, in Markdown and CSV.
//!
//! Owns putting them together: words that stand beside or below themselves are one cell, and so are equal figures under one
//! heading. Refuses equal figures under two headings: they are two.

use super::grid::Placed;
use super::words::is_words;

/// Whether a row holds the same words twice, side by side.
pub(crate) fn repeats(row: &[String]) -> bool {
    row.windows(2).any(|pair| pair[0] == pair[1] && is_words(&pair[0]))
}

/// Puts together what stands in every place of a merged cell.
pub(crate) fn merged(table: Vec<(Vec<String>, u32)>, width: usize) -> Vec<Placed> {
    let mut cells: Vec<Placed> = Vec::new();
    // The heading above each column, by the cell it is; and the cell above.
    let mut heads = vec![usize::MAX; width];
    let mut above = vec![usize::MAX; width];
    for (row, (texts, line)) in table.into_iter().enumerate() {
        let mut column = 0;
        while let Some(text) = texts.get(column) {
            let words = is_words(text);
            let same = |at: usize| {
                let head = heads.get(at).copied().unwrap_or(usize::MAX);
                words || head != usize::MAX && heads.get(column) == Some(&head)
            };
            let span =
                texts.iter().enumerate().skip(column).take_while(|(at, t)| *t == text && same(*at)).count().max(1);
            let over = above.get(column).copied().unwrap_or(usize::MAX);
            let number = match cells.get_mut(over) {
                Some(cell) if words && (cell.column, cell.col_span) == (column, span) && cell.text == *text => {
                    cell.row_span += 1;
                    over
                }
                _ => {
                    cells.push(Placed { row, column, row_span: 1, col_span: span, text: text.clone(), line });
                    cells.len() - 1
                }
            };
            above.iter_mut().skip(column).take(span).for_each(|at| *at = number);
            if words {
                heads.iter_mut().skip(column).take(span).for_each(|at| *at = number);
            }
            column += span;
        }
    }
    cells
}
