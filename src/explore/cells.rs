//! The cells of one table of one report as a few short texts.
//!
//! Owns how figures, blanks and places are written so that a province of 7,000 reports stays small: most cells are zero and
//! most rows stand on the next line. The script's `cells.js` reads the same. Refuses to change a figure.
//!
//! Figures stand in the order of the form, parted by commas: nothing for zero, `b` for a cell that is printed blank, `u` for
//! one that could not be read, `m` for one that was not found; `x3` behind one says that there are three of them. Lines stand
//! row by row, each as its distance from the row before, with `:1` behind it where the row's cells stand on lines of their
//! own, one apart; distances that are not all the same are written one by one, `:1.1.2`. Pages are distances too.

use std::fmt::Write as _;

/// What was found of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) found: bool,
    /// It holds something that could not be read.
    pub(super) unread: bool,
    pub(super) value: Option<f64>,
    pub(super) line: Option<i64>,
    pub(super) page: Option<i64>,
}

/// A table of a report, written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) figures: String,
    pub(super) lines: String,
    pub(super) pages: String,
}

/// Writes the cells of a table, which stand in the form's order; `widths` are those of its rows.
pub(super) fn write(cells: &[Cell], widths: &[usize]) -> Written {
    let mut written = Written { figures: figures(cells), ..Written::default() };
    let (mut lines, mut pages) = (Runs::default(), Runs::default());
    let (mut line, mut page, mut paged) = (0, 0, false);
    let mut rest = cells;
    for width in widths {
        let (row, next) = rest.split_at_checked(*width).unwrap_or((rest, &[]));
        rest = next;
        let mut own = row.iter().filter(|c| c.found);
        let Some(first) = own.next() else { continue };
        let at = first.line.unwrap_or(0);
        let mut last = at;
        let steps: Vec<i64> = own.map(|c| c.line.unwrap_or(0)).map(|l| l - std::mem::replace(&mut last, l)).collect();
        let mut token = (at - line).to_string();
        match steps.as_slice() {
            [] => {}
            [first, rest @ ..] if rest.iter().all(|s| s == first) => {
                if *first != 0 {
                    let _ = write!(token, ":{first}");
                }
            }
            several => {
                let several: Vec<String> = several.iter().map(ToString::to_string).collect();
                let _ = write!(token, ":{}", several.join("."));
            }
        }
        line = at;
        lines.put(token);
        let own_page = first.page.unwrap_or(0);
        paged |= first.page.is_some();
        pages.put((own_page - std::mem::replace(&mut page, own_page)).to_string());
    }
    written.lines = lines.end();
    if paged {
        written.pages = pages.end();
    }
    written
}

fn figures(cells: &[Cell]) -> String {
    let mut runs = Runs::default();
    for cell in cells {
        runs.put(match (cell.found, cell.value) {
            (false, _) => "m".to_owned(),
            (true, None) => if cell.unread { "u" } else { "b" }.to_owned(),
            (true, Some(0.0)) => String::new(),
            (true, Some(value)) => value.to_string(),
        });
    }
    runs.end()
}

/// The figure at a place of what was written.
pub(super) fn figure(figures: &str, slot: usize) -> Option<f64> {
    let mut at = 0;
    for token in figures.split(',') {
        let (token, n) = token.split_once('x').map_or((token, 1), |(t, n)| (t, n.parse().unwrap_or(1)));
        at += n;
        if slot < at {
            return if token.is_empty() { Some(0.0) } else { token.parse().ok() };
        }
    }
    None
}

/// Tokens, equal ones in a row counted.
#[derive(Default)]
struct Runs {
    out: String,
    last: Option<(String, usize)>,
    written: bool,
}

impl Runs {
    fn put(&mut self, token: String) {
        match &mut self.last {
            Some((last, n)) if *last == token => *n += 1,
            _ => {
                self.close();
                self.last = Some((token, 1));
            }
        }
    }

    fn close(&mut self) {
        let Some((token, n)) = self.last.take() else { return };
        if self.written {
            self.out.push(',');
        }
        self.written = true;
        self.out.push_str(&token);
        if n > 1 {
            let _ = write!(self.out, "x{n}");
        }
    }

    fn end(mut self) -> String {
        self.close();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: f64, line: i64) -> Cell {
        Cell { found: true, value: Some(value), line: Some(line), ..Cell::default() }
    }

    #[test]
    fn figures_blanks_and_gaps_are_told_apart() {
        let blank = Cell { found: true, line: Some(9), ..Cell::default() };
        let unread = Cell { unread: true, ..blank };
        let cells = [cell(0.0, 9), cell(0.0, 9), blank, unread, Cell::default(), Cell::default(), cell(-7.341, 9)];
        assert_eq!(write(&cells, &[7]).figures, "x2,b,u,mx2,-7.341");
        let read: Vec<Option<f64>> = (0..8).map(|i| figure("x2,b,u,mx2,-7.341", i)).collect();
        assert_eq!(read, [Some(0.0), Some(0.0), None, None, None, None, Some(-7.341), None]);
        assert_eq!(write(&[cell(0.0, 1)], &[1]).figures, "");
        assert_eq!(write(&[cell(0.0, 1), cell(5.0, 1)], &[2]).figures, ",5");
        assert_eq!(write(&[cell(5.0, 1), cell(0.0, 1)], &[2]).figures, "5,");
    }

    #[test]
    fn lines_are_told_by_row() {
        let rows = |lines: &[i64]| lines.iter().map(|l| cell(1.0, *l)).collect::<Vec<_>>();
        assert_eq!(write(&rows(&[30, 30, 31, 31, 32, 32]), &[2, 2, 2]).lines, "30,1x2");
        assert_eq!(write(&rows(&[30, 31, 32, 33, 34, 35]), &[3, 3]).lines, "30:1,3:1");
        assert_eq!(write(&rows(&[30, 31, 35, 36]), &[3, 1]).lines, "30:1.4,6");
        let paged = Cell { page: Some(2), ..cell(1.0, 4) };
        assert_eq!(write(&[paged, paged], &[1, 1]).pages, "2,0");
    }
}
