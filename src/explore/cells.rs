//! The cells of one table of one report as a few short texts.
//!
//! Owns how figures, blanks and places are written so that a province of 7,000 reports stays small: most cells are zero and
//! most rows stand on the next line. The script's `cells.js` reads the same. Refuses to change a figure.
//!
//! Figures stand in the order of the form. A whole number is its digits to the base 40, the last digit in signs of its own:
//! most take one or two bytes, and no sign between. `b` is a cell that is printed blank, `u` one that could not be read, `m`
//! one that was not found, `t` a last cell of a row that is the sum of the others; any other number stands in brackets. `~`
//! and a number behind a cell say how often it is repeated. Lines stand row by row, parted by commas, each as its distance
//! from the row before, with `:1` behind it where the row's cells stand on lines of their own, one apart; distances that are
//! not all the same are written one by one, `:1.1.2`; `x3` is said thrice. Pages are distances too.

use std::fmt::Write as _;

/// Base of the digits.
const BASE: u64 = 40;
/// The signs of the last digit, and behind them those of the digits before it.
const SIGNS: [u8; 80] = signs();
/// Whole numbers below this are what JavaScript holds exactly.
const EXACT: f64 = 9e15;

/// Printable signs that JSON writes as they are, but those that say something else.
const fn signs() -> [u8; 80] {
    let (mut signs, mut n, mut sign) = ([0; 80], 0, b'#');
    while n < signs.len() {
        if !matches!(sign, b'(' | b')' | b'b' | b'm' | b't' | b'u' | b'~' | b'\\') {
            signs[n] = sign;
            n += 1;
        }
        sign += 1;
    }
    signs
}

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
    let mut written = Written { figures: figures(cells, widths), ..Written::default() };
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

fn figures(cells: &[Cell], widths: &[usize]) -> String {
    let mut out = String::new();
    let (mut last, mut times) = (String::new(), 0);
    let mut rest = cells;
    for width in widths {
        let (row, next) = rest.split_at_checked(*width).unwrap_or((rest, &[]));
        rest = next;
        for (i, cell) in row.iter().enumerate() {
            let token = if i > 1 && i + 1 == row.len() && is_sum(row) { "t".to_owned() } else { figure(cell) };
            if token == last {
                times += 1;
                continue;
            }
            repeat(&mut out, &last, times);
            (last, times) = (token, 1);
        }
    }
    repeat(&mut out, &last, times);
    out
}

/// The shorter of two ways to say a cell so many times.
fn repeat(out: &mut String, token: &str, times: u64) {
    let mut counted = format!("{token}~");
    number(times, &mut counted);
    let plain = token.len().saturating_mul(usize::try_from(times).unwrap_or(usize::MAX));
    if plain <= counted.len() {
        (0..times).for_each(|_| out.push_str(token));
    } else {
        out.push_str(&counted);
    }
}

/// The last cell is the sum of the others, all of which are there, and is not zero.
fn is_sum(row: &[Cell]) -> bool {
    let whole = |c: &Cell| c.value.filter(|v| c.found && v.fract() == 0.0 && v.abs() < EXACT);
    let Some((last, others)) = row.split_last() else { return false };
    let sum: Option<f64> = others.iter().map(whole).sum();
    sum.is_some_and(|sum| sum != 0.0 && sum < EXACT && whole(last) == Some(sum))
}

fn figure(cell: &Cell) -> String {
    match (cell.found, cell.value) {
        (false, _) => "m".to_owned(),
        (true, None) => if cell.unread { "u" } else { "b" }.to_owned(),
        (true, Some(value)) if value.fract() == 0.0 && (0.0..EXACT).contains(&value) => {
            let mut out = String::new();
            // Whole, not negative and below 2^53.
            number(value as u64, &mut out);
            out
        }
        (true, Some(value)) => format!("({value})"),
    }
}

fn number(value: u64, out: &mut String) {
    let mut digits = Vec::new();
    let mut rest = value;
    loop {
        digits.push(rest % BASE);
        rest /= BASE;
        if rest == 0 {
            break;
        }
    }
    for (i, digit) in digits.iter().enumerate().rev() {
        let sign = digit + if i == 0 { 0 } else { BASE };
        out.extend(usize::try_from(sign).ok().and_then(|s| SIGNS.get(s)).map(|s| char::from(*s)));
    }
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
        assert_eq!(write(&cells, &[7]).figures, "##bumm(-7.341)");
        let zeros = vec![cell(0.0, 1); 45];
        assert_eq!(write(&zeros, &[45]).figures, format!("#~{}", digit(45)));
        assert_eq!([39, 40, 1_599, 1_600].map(|n| digit(n).len()), [1, 2, 2, 3]);
        // A sum is said as one only where it is.
        let row = |last: f64| write(&[cell(3.0, 1), cell(4.0, 1), cell(last, 1)], &[3]).figures;
        assert!(row(7.0).ends_with('t') && !row(8.0).ends_with('t'));
        let gap = write(&[cell(3.0, 1), blank, cell(3.0, 1)], &[3]).figures;
        assert!(!gap.ends_with('t'), "a blank is no zero");
    }

    fn digit(value: u64) -> String {
        let mut out = String::new();
        number(value, &mut out);
        out
    }

    /// What says something else than a digit.
    const OTHER: &[u8] = b"()bmtu~";

    #[test]
    fn signs_are_what_the_script_reads() {
        let distinct: std::collections::BTreeSet<u8> = SIGNS.into_iter().collect();
        assert_eq!(distinct.len(), SIGNS.len());
        assert!(SIGNS.iter().all(|s| s.is_ascii_graphic() && !OTHER.contains(s) && !b"\"\\".contains(s)));
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
