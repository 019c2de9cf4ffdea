//! Figures that stand above the labels of their rows: pages that set both in one row, but not on one line.
//!
//! Owns telling such a stretch by its first figures, which no label of a row precedes. Refuses to guess how far up the
//! figures of a row stand: read in order, each would be given to the row above its own.

use super::candidate::Candidate;
use super::found::Context;

/// Whether figures on lines of their own begin a stretch of a page before any label of a row, or such a label ends it that
/// has none behind it.
pub(super) fn is_shifted(cx: &Context<'_, '_>, candidates: &[Candidate<'_>]) -> bool {
    let names_row = |c: &Candidate<'_>| c.labels.iter().any(|l| cx.index.is_row_label(&cx.pieces[l.piece].norm));
    let mut valued = candidates.iter().filter(|c| c.filled() > 0).peekable();
    let Some(first) = valued.peek().copied().filter(|c| !cx.document.pages.is_empty() && is_apart(c)) else {
        return false;
    };
    let leads = !candidates.iter().take_while(|c| c.filled() == 0).chain([first]).any(names_row);
    let trails = valued.all(is_apart) && candidates.last().is_some_and(|c| c.filled() == 0 && names_row(c));
    leads || trails
}

/// The stretch with figures on lines of their own parted from the labels before them.
pub(super) fn parted<'d>(candidates: &[Candidate<'d>]) -> Vec<Candidate<'d>> {
    let mut out = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        if candidate.filled() == 0 || !is_apart(candidate) || candidate.labels.is_empty() {
            out.push(candidate.clone());
            continue;
        }
        out.push(Candidate { labels: candidate.labels.clone(), ..Candidate::default() });
        out.push(Candidate { labels: Vec::new(), ..candidate.clone() });
    }
    out
}

/// No figure stands on the line of the last label.
fn is_apart(candidate: &Candidate<'_>) -> bool {
    candidate.labels.last().is_none_or(|label| candidate.tokens.iter().all(|t| t.row != label.row))
}

#[cfg(test)]
mod tests {
    use super::super::blank::tests::cells;
    use crate::form::load;

    fn values(lines: &str, paged: bool) -> Vec<Option<f64>> {
        cells(&load().unwrap(), lines, paged).iter().map(|c| c.value).collect()
    }

    #[test]
    fn figures_above_their_labels_are_left_out() {
        let head = "第二十条第（六）项\n信息内容\t本年处理决定数量\n";
        let above = format!("{head}80\n行政处罚\n90\n行政强制\n第二十条第（八）项\n");
        assert_eq!(values(&above, true), [] as [Option<f64>; 0]);
        let blank = format!("{head}行政处罚\n90\n行政强制\n第二十条第（八）项\n");
        assert_eq!(values(&blank, true), [] as [Option<f64>; 0], "which of the two is it?");
        let below = format!("{head}行政处罚\n80\n行政强制\n90\n第二十条第（八）项\n");
        assert_eq!(values(&below, true), [Some(80.0), Some(90.0)]);
    }
}
