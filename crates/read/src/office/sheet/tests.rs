use super::super::formula::parse;
use super::*;
use std::rc::Rc;

type Places<'a> = &'a [(u32, u32, &'a str)];
type Areas<'a> = &'a [(u32, u32, u32, u32)];

/// Formulas begin with `=`.
fn fill(book: &mut Book, sheet: &mut Sheet, filled: Places<'_>, merged: Areas<'_>) {
    for (row, column, text) in filled {
        let holds = match (text.strip_prefix('='), text.parse()) {
            (Some(formula), _) => {
                Holds::Formula(Box::new(Formula { expr: parse(formula).map(Rc::new), ..Formula::default() }))
            }
            (None, Ok(number)) => Holds::Number(number),
            (None, Err(_)) => Holds::Text,
        };
        book.put(sheet, *row, *column, (*text).to_owned(), holds).unwrap();
    }
    for (top, left, bottom, right) in merged {
        let area = Area { top: *top, left: *left, bottom: *bottom, right: *right };
        book.merge(sheet, area).unwrap();
    }
}

fn show(filled: Places<'_>, merged: Areas<'_>) -> Vec<String> {
    show_without(filled, merged, &[], &[])
}

/// The same with hidden rows and columns.
fn show_without(filled: Places<'_>, merged: Areas<'_>, rows: &[u32], columns: &[u32]) -> Vec<String> {
    let (mut book, mut sheet) = (Book::default(), Sheet::default());
    fill(&mut book, &mut sheet, filled, merged);
    rows.iter().for_each(|r| book.hide_rows(&mut sheet, *r, *r).unwrap());
    columns.iter().for_each(|c| book.hide_columns(&mut sheet, *c, *c).unwrap());
    book.add(sheet);
    super::super::tests::show(&book.finish().unwrap())
}

#[test]
fn titles_and_tables() {
    let filled =
        [(1, 1, "题"), (2, 3, "单位"), (3, 1, "a"), (3, 2, "b"), (4, 1, "c"), (6, 3, "d"), (6, 1, "e"), (8, 1, "注")];
    assert_eq!(
        show(&filled, &[(1, 1, 1, 3)]),
        ["2: 题", "3: 单位", "[0+1x1=a 1+1x1=b 2+1x1= | 0+1x1=c 1+1x1= 2+1x1= | 0+1x1=e 1+1x1= 2+1x1=d]", "9: 注"]
    );
    assert_eq!(show(&[(0, 0, "甲"), (1, 0, "乙")], &[]), ["1: 甲", "2: 乙"]);
}

#[test]
fn a_label_beside_a_merged_blank_is_a_row() {
    let filled = [(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d")];
    assert_eq!(show(&filled, &[(1, 1, 1, 2)]), ["[0+1x1=a 1+1x1=b 2+1x1=c | 0+1x1=d 1+2x1=]"]);
}

#[test]
fn titles_between_tables() {
    let filled =
        [(0, 0, "a"), (0, 1, "b"), (1, 0, "三"), (2, 0, "c"), (2, 1, "d"), (4, 0, "四"), (5, 0, "e"), (5, 1, "f")];
    assert_eq!(
        show(&filled, &[(1, 0, 1, 1)]),
        ["[0+1x1=a 1+1x1=b]", "2: 三", "[0+1x1=c 1+1x1=d]", "5: 四", "[0+1x1=e 1+1x1=f]"]
    );
}

#[test]
fn merged_cells() {
    let filled = [(0, 0, "组"), (0, 1, "a"), (1, 1, "b"), (0, 2, "x"), (1, 2, "under"), (2, 0, "c"), (2, 1, "d")];
    assert_eq!(
        show(&filled, &[(0, 0, 1, 0), (0, 2, 1, 2), (2, 1, 2, 3), (9, 9, 99, 99)]),
        ["[0+1x2=组 1+1x1=a 2+1x2=x 3+1x1= | 1+1x1=b 3+1x1= | 0+1x1=c 1+3x1=d]"]
    );
    assert_eq!(
        show(&filled, &[(0, 0, 1, 0), (0, 2, 1, 2)]),
        ["[0+1x2=组 1+1x1=a 2+1x2=x | 1+1x1=b | 0+1x1=c 1+1x1=d 2+1x1=]"]
    );
}

#[test]
fn hidden_rows_and_columns() {
    let filled = [
        (0, 0, "a"),
        (0, 1, "旧"),
        (0, 2, "新"),
        (1, 0, "b"),
        (1, 1, "1"),
        (1, 2, "2"),
        (2, 0, "b"),
        (2, 1, "3"),
        (2, 2, "4"),
    ];
    assert_eq!(show_without(&filled, &[], &[1], &[1]), ["[0+1x1=a 1+1x1=新 | 0+1x1=b 1+1x1=4]"]);
    // A merged cell is seen where something of it is.
    let filled =
        [(0, 0, "组"), (0, 2, "x"), (1, 2, "y"), (2, 0, "c"), (2, 2, "d"), (3, 0, "头"), (4, 0, "e"), (4, 2, "f")];
    assert_eq!(
        show_without(&filled, &[(0, 0, 1, 0), (3, 0, 3, 2)], &[0], &[1]),
        ["[0+1x1=组 1+1x1=y | 0+1x1=c 1+1x1=d]", "4: 头", "[0+1x1=e 1+1x1=f]"]
    );
    assert!(show_without(&filled, &[(0, 0, 1, 0)], &[0, 1, 2, 3, 4], &[]).is_empty());
}

#[test]
fn formulas_are_computed_from_what_is_hidden_too() {
    let (mut book, mut sheet, mut other) = (Book::default(), Sheet::new("表", false), Sheet::new("Other", true));
    let filled = [
        (0, 0, "a"),
        (0, 1, "=SUM(B2:B3)"),
        (1, 0, "b"),
        (1, 1, "2"),
        (2, 1, "3"),
        (3, 0, "c"),
        (3, 1, "=other!A1"),
        (4, 0, "d"),
        (4, 1, "=IF(A1,2,3)"),
        (5, 0, "e"),
        (5, 1, "=B5+1"),
    ];
    fill(&mut book, &mut sheet, &filled, &[]);
    book.hide_rows(&mut sheet, 2, 2).unwrap();
    book.add(sheet);
    assert_eq!(book.wanted().into_iter().collect::<Vec<_>>(), ["other"]);
    fill(&mut book, &mut other, &[(0, 0, "7")], &[]);
    book.add(other);
    let shown = super::super::tests::show(&book.finish().unwrap());
    assert_eq!(
        shown,
        ["[0+1x1=a 1+1x1=5 | 0+1x1=b 1+1x1=2 | 0+1x1=c 1+1x1=7 | 0+1x1=d 1+1x1==IF(A1,2,3) | 0+1x1=e 1+1x1==B5+1]"]
    );
}

#[test]
fn far_cells_cost_nothing() {
    let filled = [(0, 0, "a"), (0, 1, "1"), (1, 0, "b"), (1, 1, "2"), (1, 16_383, "x"), (1_048_575, 16_383, "y")];
    assert_eq!(show(&filled, &[]), ["[0+1x1=a 1+1x1=1 | 0+1x1=b 1+1x1=2]", "2: x", "1048576: y"]);
    let filled = [(0, 0, "a"), (0, 1, "1"), (1_048_575, 0, "b"), (1_048_575, 1, "2")];
    assert_eq!(show(&filled, &[]), ["[0+1x1=a 1+1x1=1 | 0+1x1=b 1+1x1=2]"]);
}

#[test]
fn absurd_sheets() {
    let (mut book, mut sheet) = (Book::default(), Sheet::default());
    for n in 0..2_000 {
        book.put(&mut sheet, n, n * 10, "a".to_owned(), Holds::Text).unwrap();
        book.put(&mut sheet, n, n * 10 + 5, "b".to_owned(), Holds::Text).unwrap();
    }
    book.add(sheet);
    assert!(matches!(book.finish(), Err(Fault::Limit(_))));
}

#[test]
fn drafts_stand_aside() {
    let book = |sheets: &[(&str, Places<'_>)]| {
        let mut book = Book::default();
        for (name, filled) in sheets {
            let mut sheet = Sheet::new(name, false);
            fill(&mut book, &mut sheet, filled, &[]);
            book.add(sheet);
        }
        super::super::tests::show(&book.finish().unwrap())
    };
    let (old, new) = ([(0, 0, "a"), (0, 1, "1")], [(0, 0, "a"), (0, 1, "2")]);
    assert_eq!(book(&[("草稿", &old), ("年报", &new)]), ["[0+1x1=a 1+1x1=2]"]);
    assert_eq!(book(&[("年报草稿", &old)]), ["[0+1x1=a 1+1x1=1]"]);
    assert_eq!(book(&[("Draft", &old), ("注", &[])]).len(), 1);
}
