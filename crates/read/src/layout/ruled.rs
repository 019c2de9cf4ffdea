//! Tables with ruling lines: the frame of the lines and the characters inside become cells with exact spans.
//!
//! Owns which character stands in which cell and how parts of a table on two pages become one. Refuses to know what a
//! table says.

use super::cells::Cell;
use super::lines::{Line, Numbers, Setting, is_of_figure, lines};
use super::page::Glyph;
use super::rules::{Frame, Room};
use crate::grid::Placed;

/// Digits of one figure stand on one line and next to each other, up to these parts of their size.
const TORN: (f32, f32) = (0.3, 0.05);
/// Outer edges and columns of two parts of one table differ by less.
const SAME: f32 = 4.0;

/// A table of one page, or joined over several.
#[derive(Clone, Debug)]
pub struct Table {
    /// Top on its first page.
    pub top: f32,
    /// Bottom on its last page.
    pub bottom: f32,
    /// Its vertical lines, from left to right.
    pub xs: Vec<f32>,
    /// Rows.
    pub height: usize,
    /// Its cells, by row and column.
    pub cells: Vec<Placed>,
    /// Columns in which the last row ends with digits that fill their line: a page break may have cut the figure.
    pub open: Vec<usize>,
}

/// A frame, and the characters in each of its rooms.
#[derive(Clone, Debug)]
pub struct Filled<'g> {
    frame: Frame,
    rooms: Vec<Room>,
    glyphs: Vec<Vec<&'g Glyph>>,
    /// Characters that only fill a room; none at all if the page has none.
    struck: Vec<Vec<&'g Glyph>>,
    /// Rooms over whose edge a figure runs, in order: it is whole in none of them.
    torn: Vec<usize>,
}

impl<'g> Filled<'g> {
    /// Fills a frame. Takes the characters inside it out of `glyphs`.
    #[must_use]
    pub fn new(frame: Frame, glyphs: &mut Vec<&'g Glyph>, struck: &'g [Glyph]) -> Self {
        let (rooms, of) = frame.rooms();
        let room = |glyph: &Glyph| {
            // The middle of the character: its ink stands above the baseline.
            let (row, column) = frame.place(glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.35)?;
            of.get(row * frame.width() + column).copied()
        };
        let mut inside: Vec<Vec<&'g Glyph>> = vec![Vec::new(); rooms.len()];
        let mut torn = Vec::new();
        let mut last: Option<(&Glyph, Option<usize>)> = None;
        glyphs.retain(|glyph| {
            let own = room(glyph);
            if let Some((_, other)) = last.filter(|(before, other)| *other != own && is_torn(before, glyph)) {
                torn.extend(own.into_iter().chain(other));
            }
            last = Some((*glyph, own));
            match own.and_then(|room| inside.get_mut(room)) {
                Some(room) => {
                    room.push(*glyph);
                    false
                }
                None => true,
            }
        });
        torn.sort_unstable();
        let mut gone: Vec<Vec<&Glyph>> = vec![Vec::new(); if struck.is_empty() { 0 } else { rooms.len() }];
        for glyph in struck {
            if let Some(room) = room(glyph).and_then(|room| gone.get_mut(room)) {
                room.push(glyph);
            }
        }
        Self { frame, rooms, glyphs: inside, struck: gone, torn }
    }

    /// The characters of each room.
    #[must_use]
    pub fn cells(&self) -> &[Vec<&'g Glyph>] {
        &self.glyphs
    }

    /// Its cells; `wide` is the gap between the digits of figures, if the document sets them wide.
    #[must_use]
    pub fn table(self, numbers: &Numbers, wide: Option<f32>) -> Table {
        let (frame, rooms) = (self.frame, self.rooms);
        let setting = Setting { in_cell: true, wide };
        let inside: Vec<Vec<Line>> = self.glyphs.into_iter().map(|glyphs| lines(glyphs, numbers, setting)).collect();
        let mut open = Vec::new();
        let cells = rooms.iter().zip(&inside).enumerate().map(|(at, (room, lines))| {
            let struck = self.struck.get(at).map_or(&[][..], Vec::as_slice);
            let (left, right) = (frame.xs[room.column], frame.xs[room.column + room.col_span]);
            let cell = Cell { lines, struck, left, right };
            // Rooms are sorted by row.
            let start = if lines.len() > 1 { rooms.partition_point(|other| other.row < room.row) } else { rooms.len() };
            let others = rooms.iter().zip(&inside).skip(start).take_while(|(other, _)| other.row == room.row);
            let others = others.filter(|(other, _)| other.row_span == room.row_span);
            let beside: Vec<f32> =
                others.filter_map(|(_, lines)| Some(lines.first()?.y).filter(|_| lines.len() == 1)).collect();
            if room.row + room.row_span == frame.height() && cell.may_go_on() {
                open.push(room.column);
            }
            Placed {
                row: room.row,
                column: room.column,
                row_span: room.row_span,
                col_span: room.col_span,
                text: whole(cell.text(&beside), self.torn.binary_search(&at).is_err()),
                line: lines.first().map_or_else(|| numbers.at(frame.ys[room.row + 1]), |l| l.number),
            }
        });
        let cells = cells.collect();
        let (top, bottom, height) = (frame.ys[0], frame.ys[frame.height()], frame.height());
        Table { top, bottom, xs: frame.xs, height, cells, open }
    }
}

/// Whether two characters that follow each other are digits of one figure: drawn in one go, on one line, without a gap.
fn is_torn(before: &Glyph, glyph: &Glyph) -> bool {
    let gap = glyph.x - (before.x + before.width);
    before.run > 0
        && before.run == glyph.run
        && is_of_figure(before.text)
        && is_of_figure(glyph.text)
        && (before.y - glyph.y).abs() <= TORN.1 * glyph.size
        && gap.abs() <= TORN.0 * glyph.size
}

/// A text with a mark that no figure has, if what it has of one is not all.
fn whole(mut text: String, is_whole: bool) -> String {
    if !is_whole && text.contains(is_of_figure) {
        text.push('\u{FFFD}');
    }
    text
}

impl Table {
    /// Goes on with a part from the next page, if it is one: the same outer edges, and the columns of one among those of
    /// the other. Gives the part back if it is a table of its own.
    pub fn go_on(&mut self, mut part: Self) -> Option<Self> {
        let Some(xs) = common(&self.xs, &part.xs) else { return Some(part) };
        self.remap(&xs);
        part.remap(&xs);
        part.drop_repeated_header(self);
        let joined = self.join_cut_row(&mut part) || self.join_split_row(&mut part);
        let shift = self.height - usize::from(joined);
        let stub = self.open_stub(&part);
        for mut cell in part.cells.drain(..) {
            cell.row += shift;
            self.cells.push(cell);
        }
        if let Some((above, below)) = stub {
            self.join_stub(above, below, shift);
        }
        self.open = part.open;
        self.height = shift + part.height;
        self.bottom = part.bottom;
        None
    }

    /// Gives the columns their places among `xs`, which holds all lines of the table.
    fn remap(&mut self, xs: &[f32]) {
        if self.xs.len() == xs.len() {
            return;
        }
        let place = |x: f32| xs.iter().position(|other| (other - x).abs() <= SAME).unwrap_or(0);
        for cell in &mut self.cells {
            let ends = (self.xs.get(cell.column), self.xs.get(cell.column + cell.col_span));
            let (left, right) = (ends.0.map_or(0, |x| place(*x)), ends.1.map_or(0, |x| place(*x)));
            cell.column = left;
            cell.col_span = right.saturating_sub(left).max(1);
        }
        for column in &mut self.open {
            *column = self.xs.get(*column).map_or(0, |x| place(*x));
        }
        self.xs = xs.to_vec();
    }

    /// Takes out first rows that repeat those of the table, as Word and browsers print them on each page.
    fn drop_repeated_header(&mut self, of: &Self) {
        let row = |table: &Self, row: usize| -> Vec<(usize, usize, usize, String)> {
            let cells = table.cells.iter().filter(|c| c.row == row);
            cells.map(|c| (c.column, c.col_span, c.row_span, c.text.replace('\n', ""))).collect()
        };
        let mut same = 0;
        while same < self.height.min(of.height) {
            let here = row(self, same);
            if here != row(of, same) || here.iter().all(|(.., text)| text.is_empty()) {
                break;
            }
            same += 1;
        }
        // A header ends where no cell goes on below it.
        while same > 0 && self.cells.iter().any(|c| c.row < same && c.row + c.row_span > same) {
            same -= 1;
        }
        // A row of figures that happens to repeat is no header.
        let figures = |c: &Placed| c.row < same && is_figure(&c.text);
        if same == 0 || same == self.height || self.cells.iter().any(figures) {
            return;
        }
        self.cells.retain(|c| c.row >= same);
        for cell in &mut self.cells {
            cell.row -= same;
        }
        self.height -= same;
    }

    /// Joins a row that the page break cut: below stand the rest of its label, figures for which there was no room above,
    /// and the rest of figures that a narrow column broke.
    fn join_cut_row(&mut self, part: &mut Self) -> bool {
        let last = self.height.saturating_sub(1);
        let rest: Vec<&Placed> = part.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty()).collect();
        if part.height < 2 || rest.is_empty() || rest.iter().any(|c| c.row_span > 1) {
            return false;
        }
        let above = |column: usize| {
            self.cells.iter().find(|c| c.row + c.row_span > last && c.column == column && !c.text.is_empty())
        };
        let (figures, labels): (Vec<&Placed>, Vec<&Placed>) = rest.into_iter().partition(|c| is_figure(&c.text));
        let is_rest =
            |c: &&Placed| !is_numbered(&c.text) && above(c.column).is_some_and(|above| !is_figure(&above.text));
        let row = || self.cells.iter().filter(|c| c.row == last && !c.text.is_empty());
        let alone = |c: &Placed| is_figure(&c.text) && !figures.iter().any(|f| f.column == c.column);
        // Figures above with nothing below tell that the lower row is none of its own.
        let labelled = !labels.is_empty() || row().any(|c| !is_figure(&c.text));
        if !labels.iter().all(is_rest) || !row().any(alone) || !labelled {
            return false;
        }
        // Without the rest of a label only the rest of figures stands below.
        let fits = |c: &Placed| match above(c.column) {
            Some(above) => is_figure(&above.text) && (labels.is_empty() || self.open.contains(&c.column)),
            None => !labels.is_empty(),
        };
        if !figures.iter().all(|c| fits(c)) {
            return false;
        }
        let moved: Vec<(usize, bool, String)> = labels
            .iter()
            .map(|c| (c, false))
            .chain(figures.iter().map(|c| (c, true)))
            .map(|(c, is_figure)| (c.column, is_figure, c.text.clone()))
            .collect();
        for (column, is_figure, text) in moved {
            let own = |c: &&mut Placed| c.row + c.row_span > last && c.column == column;
            let Some(cell) = self.cells.iter_mut().filter(|c| own(c)).max_by_key(|c| !c.text.is_empty()) else {
                continue;
            };
            if is_figure && !cell.text.is_empty() && !self.open.contains(&column) {
                cell.text.push('\n');
            }
            cell.text.push_str(&text);
        }
        // Cells that go on below the row begin there.
        part.cells.retain_mut(|c| {
            if c.row == 0 && c.row_span > 1 {
                (c.row, c.row_span) = (1, c.row_span - 1);
            }
            c.row > 0
        });
        true
    }

    /// Joins a row whose label stands on one page and whose figures stand on the other: cells are centred each for itself.
    fn join_split_row(&mut self, part: &mut Self) -> bool {
        let last = self.height.saturating_sub(1);
        let has = |cells: &[Placed], row: usize, figure: bool| {
            cells.iter().any(|c| c.row == row && !c.text.is_empty() && is_figure(&c.text) == figure)
        };
        let above = (has(&self.cells, last, false), has(&self.cells, last, true));
        let below = (has(&part.cells, 0, false), has(&part.cells, 0, true));
        if !matches!((above, below), ((false, true), (true, false)) | ((true, false), (false, true))) {
            return false;
        }
        let own = |cells: &[Placed], column: usize| cells.iter().position(|c| c.row == last && c.column == column);
        let first = || part.cells.iter().filter(|c| c.row == 0);
        let free = |c: &Placed| own(&self.cells, c.column).is_none_or(|at| self.cells[at].text.is_empty());
        if !first().all(|c| c.text.is_empty() || free(c)) {
            return false;
        }
        let filled: Vec<usize> = first().filter(|c| !c.text.is_empty()).map(|c| c.column).collect();
        self.cells.retain(|c| c.row != last || !c.text.is_empty() || !filled.contains(&c.column));
        part.cells.retain(|c| c.row > 0 || !c.text.is_empty() || own(&self.cells, c.column).is_none());
        true
    }

    /// The group label that ends the table and the empty cell below it, or the rest of its text, that goes on with it.
    fn open_stub(&self, part: &Self) -> Option<(usize, usize)> {
        let last = self.height;
        let above = self
            .cells
            .iter()
            .rposition(|c| c.column == 0 && c.row + c.row_span == last && !c.text.is_empty() && !is_figure(&c.text))?;
        let below = part.cells.iter().position(|c| c.row == 0 && c.column == 0 && c.text.is_empty())?;
        // A row without any label of its own does not get one.
        part.cells.iter().find(|c| c.row == 0 && !c.text.is_empty() && !is_figure(&c.text))?;
        (self.cells[above].col_span == part.cells[below].col_span).then_some((above, self.cells.len() + below))
    }

    fn join_stub(&mut self, above: usize, below: usize, shift: usize) {
        let Some(end) = self.cells.get(below).map(|c| c.row + c.row_span) else { return };
        if let Some(stub) = self.cells.get_mut(above)
            && end > shift
        {
            stub.row_span = end - stub.row;
            self.cells.remove(below);
        }
    }
}

/// The lines of both, if the outer ones agree and one has all inner ones of the other.
fn common(a: &[f32], b: &[f32]) -> Option<Vec<f32>> {
    let same = |x: Option<&f32>, y: Option<&f32>| x.zip(y).is_some_and(|(x, y)| (x - y).abs() <= SAME);
    if !same(a.first(), b.first()) || !same(a.last(), b.last()) {
        return None;
    }
    let (more, fewer) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    fewer.iter().all(|x| more.iter().any(|y| (x - y).abs() <= SAME)).then(|| more.to_vec())
}

/// Whether a text is a figure or stands in the place of one.
pub fn is_figure(text: &str) -> bool {
    let mut digits = false;
    let only = text.chars().all(|c| {
        digits |= c.is_ascii_digit();
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '-' | '−' | '—' | '－' | '/' | '／' | '%' | '，')
    });
    only && (digits || text.trim().chars().count() == 1)
}

/// Whether a text begins with a number, as headings and rows of forms do.
pub fn is_numbered(text: &str) -> bool {
    if text.starts_with(['（', '(']) {
        return true;
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let length = text.len() - number.len();
    let mut rest = number.chars();
    (1..=9).contains(&length)
        && matches!(rest.next(), Some('、' | '.' | '．'))
        && rest.next().is_none_or(|c| !c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::print;
    use super::super::page::Rule;
    use super::super::rules::frames;
    use super::*;

    fn table_of(rows: &[&[&str]]) -> Table {
        let cells = rows
            .iter()
            .enumerate()
            .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, text)| Placed::at(r, c, (*text).to_owned(), 1)));
        let xs = (0..=rows[0].len()).map(|x| x as f32 * 100.0).collect();
        Table { top: 0.0, bottom: 1.0, xs, height: rows.len(), cells: cells.collect(), open: Vec::new() }
    }

    fn texts(table: &Table) -> Vec<(usize, usize, usize, &str)> {
        table.cells.iter().map(|c| (c.row, c.column, c.row_span, c.text.as_str())).collect()
    }

    #[test]
    fn a_figure_over_an_edge_is_none() {
        let rule = |x0: f32, y0: f32, x1: f32, y1: f32| Rule { x0, y0, x1, y1 };
        let mut rules: Vec<Rule> = [0.0, 20.0, 40.0].map(|y| rule(0.0, y, 60.0, y)).to_vec();
        rules.extend([0.0, 30.0, 60.0].map(|x| rule(x, 0.0, x, 40.0)));
        let texts = |run: u32, gap: f32| {
            let mut glyphs = print(8.0, 15.0, 10.0, "10886");
            glyphs.extend(print(40.0, 35.0, 10.0, "7"));
            glyphs.iter_mut().take(5).for_each(|g| g.run = run);
            glyphs.iter_mut().skip(4).take(1).for_each(|g| g.x = 28.0 + gap);
            let mut all: Vec<&Glyph> = glyphs.iter().collect();
            let frame = frames(&rules).into_iter().next().unwrap();
            let table = Filled::new(frame, &mut all, &[]).table(&Numbers::new(&glyphs, 1), None);
            table.cells.into_iter().map(|c| c.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(0, 0.0), ["1088", "6", "", "7"]);
        assert_eq!(texts(3, 0.0), ["1088\u{FFFD}", "6\u{FFFD}", "", "7"]);
        assert_eq!(texts(3, 9.0), ["1088", "6", "", "7"], "drawn in one go, but apart");
    }

    #[test]
    fn a_repeated_header_goes() {
        let mut first = table_of(&[&["项目", "件数"], &["规章", "12"]]);
        assert!(first.go_on(table_of(&[&["项目", "件数"], &["规范性文件", "7"]])).is_none());
        assert_eq!(first.height, 3);
        assert_eq!(texts(&first)[4..], [(2, 0, 1, "规范性文件"), (2, 1, 1, "7")]);
    }

    #[test]
    fn the_rest_of_a_label_joins_its_row() {
        let mut first = table_of(&[&["（四）无法提", "12"]]);
        assert!(first.go_on(table_of(&[&["供", ""], &["（五）不予处理", "7"]])).is_none());
        assert_eq!(texts(&first)[0], (0, 0, 1, "（四）无法提供"));
        assert_eq!((first.height, texts(&first).len()), (2, 4));
        let mut first = table_of(&[&["（四）无法提供", "12"]]);
        assert!(first.go_on(table_of(&[&["（五）不予处理", ""], &["（六）其他处理", "7"]])).is_none());
        assert_eq!(first.height, 3);
    }

    #[test]
    fn figures_below_a_page_break_join_their_row() {
        // No room above for what a cell had besides its figure.
        let mut first = table_of(&[&["4.保护第三方合", "5", "", "292"]]);
        assert!(first.go_on(table_of(&[&["法权益", "", "58", ""], &["5.属于", "1", "2", "3"]])).is_none());
        assert_eq!(
            texts(&first)[..4].iter().map(|c| c.3).collect::<Vec<_>>(),
            ["4.保护第三方合法权益", "5", "58", "292"]
        );
        // Figures that narrow columns broke; one that had room is doubtful.
        let mut first = table_of(&[&["（七）总计", "460", "68", "10"]]);
        first.open = vec![2];
        assert!(first.go_on(table_of(&[&["", "", "5", "96"], &["四、结转", "1", "2", "3"]])).is_none());
        assert_eq!(texts(&first)[..4].iter().map(|c| c.3).collect::<Vec<_>>(), ["（七）总计", "460", "685", "10\n96"]);
        assert_eq!(first.height, 2);
        // Two rows, with blanks of their own.
        let mut first = table_of(&[&["规章", "5", ""]]);
        assert!(first.go_on(table_of(&[&["行政规范性文件", "7", "8"], &["合计", "1", "2"]])).is_none());
        assert_eq!(first.height, 3);
    }

    #[test]
    fn label_and_figures_on_two_pages_are_one_row() {
        let mut first = table_of(&[&["一、新收", "1"], &["", "12"]]);
        assert!(first.go_on(table_of(&[&["二、结转", ""], &["三、办理", "7"]])).is_none());
        assert_eq!(texts(&first)[2..], [(1, 1, 1, "12"), (1, 0, 1, "二、结转"), (2, 0, 1, "三、办理"), (2, 1, 1, "7")]);
        let mut first = table_of(&[&["一、新收", ""]]);
        assert!(first.go_on(table_of(&[&["", "3"], &["三、办理", "7"]])).is_none());
        assert_eq!(texts(&first)[..2], [(0, 0, 1, "一、新收"), (0, 1, 1, "3")]);
        // Two whole rows stay two.
        let mut first = table_of(&[&["一、新收", "1"]]);
        assert!(first.go_on(table_of(&[&["二、结转", ""], &["三、办理", "7"]])).is_none());
        assert_eq!(first.height, 3);
    }

    #[test]
    fn a_group_label_goes_on() {
        let mut first = table_of(&[&["（五）不予处理", "1.信访", "12"]]);
        assert!(first.go_on(table_of(&[&["", "2.重复申请", "7"]])).is_none());
        assert_eq!(texts(&first)[0], (0, 0, 2, "（五）不予处理"));
        assert_eq!(first.cells.len(), 5);
    }

    #[test]
    fn numbers_of_headings_and_rows() {
        for text in ["一、总体情况", "（一）予以公开", "1.属于国家秘密", "10、其他", "十一、附"]
        {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["2023年", "12条", "3.5万", "一是部分单位", "其他"] {
            assert!(!is_numbered(text), "{text}");
        }
    }

    #[test]
    fn other_columns_are_another_table() {
        let mut first = table_of(&[&["规章", "12"]]);
        let mut other = table_of(&[&["规章", "12"]]);
        other.xs = vec![0.0, 60.0, 200.0];
        assert!(first.go_on(other).is_some());
    }
}
