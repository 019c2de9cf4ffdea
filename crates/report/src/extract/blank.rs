//! Rows that are printed blank: the label stands there, and nothing beside it.
//!
//! Owns what may pass for such a row. Refuses labels whose figures may stand elsewhere: a row that is not stated is
//! missing, and a blank is a statement.

use super::anchor::Placed;
use super::candidate::{Candidate, Fragment, Token};
use super::found::{Context, Sink};
use super::frame::Frame;
use super::number::Reading;
use crate::form::{FormLine, Layout};
use nianbao_document::page_of;

/// A row whose label stands there and whose cells are printed blank. Where blank cells leave no trace there are none.
pub(super) fn blank_row(sink: &mut Sink<'_, '_, '_>, placed: &Placed, candidates: &[Candidate<'_>], frame: &Frame) {
    let (table, candidate) = (sink.form, &candidates[placed.candidate]);
    let Some(last) = candidate.labels.get(placed.label_to.wrapping_sub(1)) else { return };
    // Two lines in one: the last value may stand in the cell of the next label.
    if candidate.labels.get(placed.label_to).is_some_and(|next| next.row == last.row) {
        return;
    }
    // A printed mark is a cell; an empty one may be what separates rows.
    let is_last = !last.mark.is_empty()
        || placed.row + 1 == table.rows.len()
        || table.layout == Layout::Blocks && !is_label(sink.cx, candidate, placed.label_to);
    let width = table.rows[placed.row].columns.len();
    let shown = frame.is_blank_row(usize::from(last.blanks), width, is_last, last.span_bars);
    if !shown && !stands_alone(sink, placed, candidates) {
        return;
    }
    let token = Token { text: last.mark, reading: Reading::Blank, line: last.line, row: last.row, column: 0 };
    sink.row(placed.row, placed.label(candidate), placed.matched, std::iter::repeat(token));
}

/// Whether a whole label stands alone on its line of a printed page, and what follows it are whole labels too: on a page
/// the figures of a row stand on the line of its label, and nothing else leaves them out.
fn stands_alone(sink: &Sink<'_, '_, '_>, placed: &Placed, candidates: &[Candidate<'_>]) -> bool {
    let (cx, form, candidate) = (sink.cx, sink.form, &candidates[placed.candidate]);
    let Some(label) = candidate.labels.get(placed.label_from) else { return false };
    let page = page_of(&cx.document.pages, label.line);
    if placed.label_from + 1 != placed.label_to
        || label.blanks > 0
        || page.is_none_or(|page| cx.document.ocr_pages.contains(&page))
    {
        return false;
    }
    let beside = candidate.labels.iter().filter(|l| l.row == label.row).count()
        + candidate.tokens.iter().filter(|t| t.row == label.row).count();
    let index = cx.labels(sink.place);
    let is_known = |fragment: &Fragment<'_>| {
        let norm = cx.pieces[fragment.piece].norm.as_str();
        cx.index.signal(norm).is_some() || !index.exact(norm).is_empty() || index.is_column(norm)
    };
    // Whether the figures stand on the line of a row's whole label: a heading or 合计 may lead those of the row above.
    let names_row = |fragment: &Fragment<'_>| {
        let numbered = fragment.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '（'));
        let hits = index.exact(cx.pieces[fragment.piece].norm.as_str());
        hits.iter().any(|(line, _)| matches!(form.lines[*line], FormLine::Row(_)) && (numbered || !index.shared[*line]))
    };
    let of_line = |c: &Candidate<'_>| {
        let beside = |l: &Fragment<'_>| c.tokens.iter().all(|t| t.row == l.row);
        c.filled() > 0 && c.in_row && c.labels.last().is_some_and(|l| beside(l) && names_row(l))
    };
    // At the foot of a page the figures may stand at the head of the next one.
    let next = cx.pieces.get(label.piece + 1);
    if next.is_none_or(|next| page_of(&cx.document.pages, next.line) != page) {
        return false;
    }
    // Figures that stand on no row label's line, directly above, below, or without any label, may be those of this row.
    let is_stray = |c: &&Candidate<'_>| c.filled() > 0 && (c.labels.is_empty() || !of_line(c));
    let above = placed.candidate.checked_sub(1).and_then(|above| candidates.get(above));
    beside == 1
        && candidate.labels[placed.label_to..].iter().all(is_known)
        && candidates.iter().any(of_line)
        && !above
            .into_iter()
            .chain([candidate])
            .chain(candidates.iter().filter(|c| c.labels.is_empty()))
            .any(|c| is_stray(&c))
}

/// Whether another label of some table follows in the same candidate.
fn is_label(cx: &Context<'_, '_>, candidate: &Candidate<'_>, at: usize) -> bool {
    candidate.labels.get(at).is_some_and(|f| cx.index.signal(&cx.pieces[f.piece].norm).is_some())
}

#[cfg(test)]
pub(super) mod tests {
    use crate::extract::{Extracted, FoundCell, Index, extract};
    use crate::form::{Forms, load};
    use nianbao_document::Document;

    /// What a page, or a text without pages, states of table 主动公开.
    pub(in crate::extract) fn cells(forms: &Forms, lines: &str, paged: bool) -> Vec<FoundCell> {
        let mut document = Document::default();
        let text = format!("某县人民政府2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{lines}");
        text.lines().zip(1..).for_each(|(line, number)| document.push_line(line, number, false));
        document.pages.extend(paged.then_some(1));
        match extract(forms, &Index::new(forms).unwrap(), &document, "a.pdf") {
            Extracted::Report(report) => report.tables.cells,
            Extracted::NotAReport => Vec::new(),
        }
    }

    /// `row=values` of the same.
    fn rows(lines: &str, paged: bool) -> Vec<String> {
        let forms = load().unwrap();
        let mut rows: Vec<String> = Vec::new();
        for cell in cells(&forms, lines, paged) {
            let table = &forms.editions[cell.edition].tables[cell.key.table];
            let value = cell.value.map_or("␣".to_owned(), |v| v.to_string());
            let row = format!("{}={value}", table.rows[cell.key.row].code);
            match rows.last_mut() {
                Some(last) if last.starts_with(row.split('=').next().unwrap()) => last.push_str(&format!(",{value}")),
                _ => rows.push(row),
            }
        }
        rows
    }

    const FIRST: &str = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n";
    const SECOND: &str = "行政规范性文件\t1\t2\t3\n第二十条第（五）项\n信息内容\t本年处理决定数量\n";
    const LAST: &str = "第二十条第（六）项\n信息内容\t本年处理决定数量\n行政处罚\t5\n行政强制\t6\n";

    #[test]
    fn a_label_alone_on_its_line_is_a_blank_row_of_a_page() {
        let page = format!("{FIRST}规章\n{SECOND}行政许可\n{LAST}");
        let blank = ["rules=␣,␣,␣", "normative_documents=1,2,3", "licensing=␣", "penalties=5", "compulsory_measures=6"];
        assert_eq!(rows(&page, true), blank);
        assert_eq!(rows(&page, false), ["normative_documents=1,2,3", "penalties=5", "compulsory_measures=6"]);
    }

    #[test]
    fn figures_that_may_be_its_own_leave_it_out() {
        let apart = format!("{FIRST}规章\n合计\n{SECOND}行政许可\t4\n{LAST}");
        assert!(!rows(&apart, true).iter().any(|r| r.starts_with("rules")), "words that no label explains");
        let above = format!("{FIRST}{SECOND}7\n行政许可\n{LAST}");
        assert!(!rows(&above, true).iter().any(|r| r.contains('␣')), "{:?}", rows(&above, true));
        for stray in
            ["行政许可\n合计\t4\n", "合计\t4\n行政许可\n", "行政许可\n本年处理决定数量\t4\n", "行政许可\n信息内容\t4\n"]
        {
            let page = format!("{FIRST}{SECOND}{stray}{LAST}");
            assert!(!rows(&page, true).iter().any(|r| r.contains('␣')), "{stray}: {:?}", rows(&page, true));
        }
        let foot = format!("{FIRST}规章\t7\t8\t9\n行政规范性文件");
        assert!(!rows(&foot, true).iter().any(|r| r.contains('␣')), "the page ends: {:?}", rows(&foot, true));
        let below = format!("{FIRST}规章\n行政规范性文件\n1\t2\t3\n{LAST}");
        assert!(!rows(&below, true).iter().any(|r| r.contains('␣')), "{:?}", rows(&below, true));
    }
}
