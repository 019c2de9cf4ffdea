//! Tables that stand side by side on one sheet.
//!
//! Owns where a sheet falls apart into bands of columns that are tables by themselves. Refuses to part a table from its
//! own labels: an empty column alone parts nothing.
//!
//! What stands right of empty columns is a table by itself if the gap is wider than any that a table has; or if what stands
//! left of it is more than labels, and
//! - it has labels of its own before all its figures, in several rows, or
//! - it begins with a heading of its own.

use super::holds::Area;
use super::visible::Cell;

/// Empty columns that no table holds.
const GAP: u32 = 16;
/// Runs of columns among which tables are looked for: no sheet of tables has more.
const BLOCKS: usize = 64;
/// Rows with labels of their own before their figures.
const LABELLED: usize = 3;

type Band = (Vec<Cell>, Vec<Area>);

/// Parts what is seen of a sheet into its bands, from left to right.
pub(super) fn split((cells, areas): Band) -> Vec<Band> {
    let blocks = blocks(&cells, &areas);
    let mut starts = Vec::new();
    let mut end = u32::MAX;
    for (left, right) in blocks.iter().zip(blocks.iter().skip(1)).rev() {
        let wide = right.0.saturating_sub(left.1) > GAP;
        if wide || blocks.len() <= BLOCKS && is_table(&cells, left.1) && stands_alone(&cells, right.0, end) {
            starts.push(right.0);
            end = right.0.saturating_sub(1);
        }
    }
    if starts.is_empty() {
        return vec![(cells, areas)];
    }
    starts.reverse();
    let mut bands: Vec<Band> = vec![Band::default(); starts.len().saturating_add(1)];
    let number = |column: u32| starts.partition_point(|s| *s <= column);
    for cell in cells {
        if let Some((cells, _)) = bands.get_mut(number(cell.column)) {
            cells.push(cell);
        }
    }
    for area in areas {
        let band = number(area.left);
        // A heading over several tables is the first one's.
        let right = starts.get(band).map_or(area.right, |next| area.right.min(next.saturating_sub(1)));
        if let Some((_, areas)) = bands.get_mut(band) {
            areas.push(Area { right, ..area });
        }
    }
    bands
}

/// Runs of columns that rows of several cells fill, with their first and last; between them no such row has anything.
fn blocks(cells: &[Cell], areas: &[Area]) -> Vec<(u32, u32)> {
    let mut widths: Vec<((u32, u32), u32)> = areas.iter().map(|a| ((a.top, a.left), a.right)).collect();
    widths.sort_unstable();
    let mut used: Vec<(u32, u32)> = Vec::new();
    for row in cells.chunk_by(|a, b| a.row == b.row).filter(|row| row.len() > 1) {
        for cell in row {
            let at = widths.binary_search_by_key(&(cell.row, cell.column), |w| w.0).ok();
            let right = at.and_then(|at| widths.get(at)).map_or(cell.column, |w| w.1);
            used.push((cell.column, right));
        }
    }
    used.sort_unstable();
    let mut blocks: Vec<(u32, u32)> = Vec::new();
    for (left, right) in used {
        match blocks.last_mut() {
            Some(last) if left <= last.1.saturating_add(1) => last.1 = last.1.max(right),
            _ => blocks.push((left, right)),
        }
    }
    blocks
}

/// Whether figures stand beside something up to a column: labels alone, or numbers of rows, are no table.
fn is_table(cells: &[Cell], right: u32) -> bool {
    cells.chunk_by(|a, b| a.row == b.row).any(|row| {
        let mut own = row.iter().filter(|c| c.column <= right);
        own.next().is_some() && own.any(|c| c.is_figure)
    })
}

/// Whether what stands between two columns is a table that needs nothing to its left.
fn stands_alone(cells: &[Cell], left: u32, right: u32) -> bool {
    let (mut labelled, mut bare, mut headed, mut first) = (0_usize, false, false, true);
    for row in cells.chunk_by(|a, b| a.row == b.row) {
        let mut own = row.iter().filter(|c| (left..=right).contains(&c.column));
        let Some(start) = own.next() else { continue };
        let figures = own.clone().any(|c| c.is_figure);
        if std::mem::take(&mut first) {
            headed = own.next().is_none() && start.column == left && is_heading(&start.text);
        }
        if start.is_figure {
            bare = true;
        } else if figures {
            labelled = labelled.saturating_add(1);
        }
    }
    headed || (labelled >= LABELLED && !bare)
}

/// Whether a text is set like a heading: with a number before it, or with a year in it.
fn is_heading(text: &str) -> bool {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let text = text.trim();
    let bare = text.trim_start_matches(['第', '表', '附', '（', '(']);
    let rest = bare.trim_start_matches(NUMERALS).trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < bare.len() && (bare.len() < text.len() || rest.starts_with(['、', '.', '．', ' ']));
    let digits = |from: &str| from.bytes().take_while(u8::is_ascii_digit).count();
    let year = text
        .match_indices('年')
        .any(|(at, _)| text.get(at.saturating_sub(4)..at).is_some_and(|y| digits(y) == 4 && y.starts_with(['1', '2'])));
    numbered || year
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells that blanks separate; `.` is an empty one.
    fn bands(rows: &[&str]) -> Vec<usize> {
        let mut cells = Vec::new();
        for (row, line) in (0..).zip(rows) {
            for (column, text) in (0..).zip(line.split(' ')).filter(|(_, t)| *t != ".") {
                let is_figure = text.bytes().all(|b| b.is_ascii_digit());
                cells.push(Cell { row, column, line: row, text: text.to_owned(), is_figure });
            }
        }
        split((cells, Vec::new())).iter().map(|b| b.0.len()).collect()
    }

    #[test]
    fn tables_side_by_side() {
        let rows =
            ["题", "一、甲 . . . 二、乙 . .", "标 件 . . . 件 数", "a 1 . . b 2 3", "c 1 . . d 2 3", "e 1 . . f 2 3"];
        assert_eq!(bands(&rows), [10, 12]);
        let rows = ["a 1 . b 2", "c 1 . d 2", "e 1 . f 2"];
        assert_eq!(bands(&rows), [6, 6]);
        let rows = ["2022年 . . . 2023年", "维持 纠正 . . 维持 纠正", "1 2 . . 3 4"];
        assert_eq!(bands(&rows), [5, 5]);
    }

    #[test]
    fn empty_columns_in_a_table() {
        assert_eq!(bands(&["标 . . 自然人 总计", "a . . 1 2", "b . . 1 2", "c . . 1 2"]).len(), 1);
        assert_eq!(bands(&["a . . 1 2", "三 . b 1 2", "三 . c 1 2", ". . d 1 2"]).len(), 1);
        assert_eq!(bands(&["行政复议 . . 行政诉讼", "维持 纠正 . 维持 纠正", "1 2 . 3 4"]).len(), 1);
        assert_eq!(bands(&["a 1 . 注", "b 1", "c 1"]).len(), 1);
        assert_eq!(bands(&["类 . 项 数", "a . b 2", "c . d 2", "e . f 2"]).len(), 1);
        assert_eq!(bands(&["2023年 . . .", "1 . a 2", "2 . b 2", "3 . c 2"]).len(), 1);
    }

    #[test]
    fn far_cells() {
        let far = format!("a 1 {}x", ". ".repeat(30));
        assert_eq!(bands(&["b 2", &far, "c 3"]), [6, 1]);
    }

    #[test]
    fn headings() {
        for text in ["三、收到", "（二）", "表3", "附表", "第二十条第（一）项", "2022年度", "3.其他"]
        {
            assert!(is_heading(text) || text == "附表", "{text}");
        }
        for text in ["行政诉讼", "自然人", "申请人情况", "规章", "3", "其他", "20年"] {
            assert!(!is_heading(text), "{text}");
        }
    }
}
