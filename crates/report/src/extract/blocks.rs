//! Blocks: 主动公开, small tables under one another that each repeat a header of their own.
//!
//! Owns the choice of the edition for each block, from the headings that the page prints. Refuses a block whose
//! edition neither its headings nor its widths prove: the same figure has another meaning on another form.

use super::align::align;
use super::anchor::{Alignment, Placed};
use super::candidate::Candidate;
use super::found::{Context, FoundTables, Sink};
use super::frame::Frame;
use super::label::{likeness, normalized};
use super::number::{Printed, unit_of_heading};
use super::regions::Region;
use super::row::{about_row, headings, leftovers, place_row, place_slots};
use super::slots::{Order, of_block};
use super::weights::Edition;
use crate::finding::Rule;

/// How one edition fits one block.
struct Fit {
    rows: Vec<Placed>,
    /// Printed headings that only this edition has.
    proofs: usize,
    /// Rows with exactly as many values as the form has, with more, and with fewer cells.
    full: usize,
    over: usize,
    short: usize,
    unit: Printed,
}

/// Reads the region; each block follows the form of its own headings.
pub(super) fn blocks<'d>(
    cx: &Context<'_, 'd>,
    region: &Region,
    candidates: &[Candidate<'d>],
    by_position: bool,
    found: &mut FoundTables,
) {
    let editions = cx.editions_with(&region.table);
    let alignments: Vec<Alignment> = editions.iter().map(|place| align(cx, *place, candidates, by_position)).collect();
    let mut groups: Vec<&str> = Vec::new();
    for place in &editions {
        for group in cx.form(*place).groups.iter().filter(|g| g.of_rows) {
            if !groups.contains(&group.code.as_str()) {
                groups.push(&group.code);
            }
        }
    }
    let alike: Vec<Vec<usize>> = groups.iter().map(|g| alike(cx, &editions, g)).collect();
    let fits: Vec<Vec<Fit>> =
        groups.iter().zip(&alike).map(|(g, alike)| fits(cx, &editions, &alignments, (g, alike), candidates)).collect();
    let proven: Vec<Option<usize>> = fits.iter().zip(&alike).map(|(f, alike)| proven(f, alike)).collect();
    let certain = certain(&proven, &alike);
    // Where several editions print a block alike, it is of the one that another block proves.
    let of_page = |group: usize, winner: usize| {
        let rows = |e: usize| fits[group].get(e).is_some_and(|f| !f.rows.is_empty());
        certain.filter(|c| alike[group][*c] == alike[group][winner] && rows(*c)).unwrap_or(winner)
    };
    let proven: Vec<Option<usize>> = proven.iter().enumerate().map(|(g, p)| p.map(|w| of_page(g, w))).collect();
    let mut chosen: Vec<(usize, &Fit)> = Vec::new();
    for (i, fit) in fits.iter().enumerate().filter(|(_, f)| f.iter().any(|f| !f.rows.is_empty())) {
        if let Some(winner) = proven[i].or_else(|| inferred(fit, &proven, &alike[i])) {
            let winner = of_page(i, winner);
            chosen.push((winner, &fit[winner]));
            continue;
        }
        let first = |f: &Fit| f.rows.iter().find(|p| !p.blank).copied();
        if let Some((place, row)) = editions.iter().zip(fit).find_map(|(place, f)| Some((*place, first(f)?))) {
            let candidate = &candidates[row.candidate];
            found.findings.push(about_row(Rule::EditionUnclear, cx.form(place), row.row, candidate));
        }
    }
    // The blocks of one table stand in the same columns.
    let widths = |(winner, fit): &(usize, &Fit)| {
        let table = cx.form(editions[*winner]);
        fit.rows.iter().filter(|p| !p.blank).map(|p| (p.candidate, table.rows[p.row].columns.len())).collect::<Vec<_>>()
    };
    let rows: Vec<(usize, usize)> = chosen.iter().flat_map(widths).collect();
    let shown = chosen.first().map_or_else(Default::default, |(winner, fit)| {
        headings(cx, region, editions[*winner], candidates, fit.rows.first())
    });
    let frame = Frame::learn(rows.iter().map(|(c, w)| (&candidates[*c], *w)), shown);
    for (winner, fit) in &chosen {
        let mut sink = Sink { unit: fit.unit, ..Sink::new(cx, editions[*winner], found) };
        for placed in &fit.rows {
            let label = candidates[placed.candidate].labels.get(placed.label_from).map_or(region.start, |l| l.piece);
            match of_block(cx, region, editions[*winner], placed.row, (label, candidates[placed.candidate].filled())) {
                Order::Named(slots) => place_slots(&mut sink, placed, candidates, &frame, Some(&slots)),
                Order::Unclear | Order::Either(..) => place_slots(&mut sink, placed, candidates, &frame, None),
                Order::Usual => place_row(&mut sink, placed, candidates, &frame),
            }
        }
    }
    let cells = |e: usize| found.cells.iter().filter(|c| c.edition == e).count();
    let best = editions.iter().zip(&alignments).max_by_key(|((e, _), _)| (cells(*e), *e));
    if let Some((place, alignment)) = best {
        let mut sink = Sink::new(cx, *place, found);
        leftovers(&mut sink, alignment, candidates);
        sink.close();
    }
}

/// For each edition, the one that stands for all that print a block with the same rows and columns: that in force for the
/// report's year, or the nearest before it.
fn alike(cx: &Context<'_, '_>, editions: &[(usize, usize)], group: &str) -> Vec<usize> {
    let printed = |i: usize| -> Vec<Vec<&str>> {
        let table = cx.form(editions[i]);
        let group = |g: usize| Some(table.groups[g].label.as_str()).filter(|_| table.groups[g].code == group);
        let own = table.rows.iter().filter_map(|r| Some((r, r.parent.and_then(group)?)));
        own.map(|(row, heading)| {
            let columns = row.columns.iter().map(|c| &table.columns[*c]);
            let columns = columns.flat_map(|c| [c.code.as_str(), c.label.as_str(), c.unit.as_str()]);
            [row.code.as_str(), row.label.as_str(), row.unit.as_str(), heading].into_iter().chain(columns).collect()
        })
        .collect()
    };
    let near = |i: &usize| {
        let edition = editions[*i].0;
        (edition <= cx.default_edition, if edition <= cx.default_edition { edition } else { usize::MAX - edition })
    };
    let all: Vec<_> = (0..editions.len()).map(printed).collect();
    (0..all.len()).map(|i| (0..all.len()).filter(|o| all[*o] == all[i]).max_by_key(near).unwrap_or(i)).collect()
}

/// The edition that blocks prove which no other edition prints alike; `None` when they prove several.
fn certain(proven: &[Option<usize>], alike: &[Vec<usize>]) -> Option<usize> {
    let alone = |(winner, alike): (&Option<usize>, &Vec<usize>)| {
        winner.filter(|w| alike.iter().filter(|a| **a == alike[*w]).count() == 1)
    };
    let mut sure = proven.iter().zip(alike).filter_map(alone);
    let first = sure.next()?;
    sure.all(|other| other == first).then_some(first)
}

/// How each edition fits the block of a group.
fn fits(
    cx: &Context<'_, '_>,
    editions: &[(usize, usize)],
    alignments: &[Alignment],
    (group, alike): (&str, &[usize]),
    candidates: &[Candidate<'_>],
) -> Vec<Fit> {
    let of_group = |i: usize, row: usize| {
        let table = cx.form(editions[i]);
        table.rows[row].parent.is_some_and(|g| table.groups[g].code == group)
    };
    // The block's header stands between the rows of the block before and its own first row.
    let own = |i: usize| alignments[i].placed.iter().filter(move |p| of_group(i, p.row));
    let first = (0..editions.len()).flat_map(own).min_by_key(|p| (p.candidate, p.label_from));
    let Some(first) = first else { return editions.iter().map(|_| Fit::none()).collect() };
    let before = (0..editions.len())
        .flat_map(|i| alignments[i].placed.iter().filter(move |p| !of_group(i, p.row)))
        .filter(|p| (p.candidate, p.label_from) < (first.candidate, first.label_from))
        .map(|p| if p.blank { (p.candidate, p.label_to) } else { (p.candidate + 1, 0) })
        .max()
        .unwrap_or((0, 0));
    let mut norms: Vec<&str> = Vec::new();
    for (c, candidate) in candidates.iter().enumerate().take(first.candidate + 1).skip(before.0) {
        let labels = &candidate.labels;
        let from = if c == before.0 { before.1 } else { 0 };
        let to = if c == first.candidate { first.label_from } else { labels.len() };
        norms.extend(labels.get(from..to).unwrap_or(&[]).iter().map(|f| cx.pieces[f.piece].norm.as_str()));
    }
    let proofs = proofs(cx, editions, (group, alike), &norms);
    let unit = unit(&norms.concat());
    let mut out = Vec::new();
    for (i, place) in editions.iter().enumerate() {
        let rows: Vec<Placed> = own(i).copied().collect();
        let (mut full, mut over, mut short) = (0, 0, 0);
        for placed in rows.iter().filter(|p| !p.blank) {
            let width = cx.form(*place).rows[placed.row].columns.len();
            let candidate = &candidates[placed.candidate];
            let glued = candidate.tokens.len() == 1 && candidate.tokens[0].text.len() >= width;
            match candidate.filled() {
                f if f == width => full += 1,
                f if f > width => over += 1,
                _ if candidate.tokens.len() >= width || glued => {}
                _ => short += 1,
            }
        }
        out.push(Fit { rows, proofs: proofs[i], full, over, short, unit });
    }
    out
}

impl Fit {
    const fn none() -> Self {
        Self { rows: Vec::new(), proofs: 0, full: 0, over: 0, short: 0, unit: Printed::Nothing }
    }
}

/// The unit that the heading of an amount prints.
fn unit(heading: &str) -> Printed {
    let behind = heading.split("金额").skip(1).map(|rest| rest.strip_prefix("单位").unwrap_or(rest));
    let behind = behind.map(|rest| rest.strip_prefix("人民币").unwrap_or(rest));
    let units = ["万元", "元", "千元", "百万元", "亿元"];
    let printed = behind.filter_map(|rest| units.iter().find(|u| rest.starts_with(**u))).next();
    printed.map_or(Printed::Nothing, |u| unit_of_heading(u))
}

/// For each edition, how many of the printed headings are official wordings of its columns and of no other edition's.
/// Editions that print the block alike count as one.
fn proofs(
    cx: &Context<'_, '_>,
    editions: &[(usize, usize)],
    (group, alike): (&str, &[usize]),
    norms: &[&str],
) -> Vec<usize> {
    let weights = &cx.index.weights.edition;
    let mut wordings: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, place) in editions.iter().enumerate().filter(|(i, _)| alike[*i] == *i) {
        let table = cx.form(*place);
        let of_group = table.rows.iter().filter(|r| r.parent.is_some_and(|g| table.groups[g].code == group));
        for column in of_group.flat_map(|r| &r.columns) {
            let Some(official) = cx.labels(*place).columns[*column].first() else { continue };
            match wordings.iter_mut().find(|(w, _)| w == official) {
                Some((_, of)) if of.contains(&i) => {}
                Some((_, of)) => of.push(i),
                None => wordings.push((official, vec![i])),
            }
        }
    }
    // 处理决定数量 is the end of 本年处理决定数量: the longer one first, and what it covers is taken.
    wordings.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
    let text = norms.concat();
    let mut covered = vec![false; text.len() + 1];
    let mut starts: Vec<usize> = vec![0];
    for norm in norms {
        starts.push(starts.last().unwrap_or(&0) + norm.len());
    }
    for corner in editions.iter().flat_map(|place| &cx.form(*place).corner) {
        let corner = normalized(corner);
        for (at, _) in text.match_indices(corner.as_str()) {
            covered[at..at + corner.len()].fill(true);
        }
    }
    let mut out = vec![0; editions.len()];
    for (wording, of) in &wordings {
        let part = wordings.iter().any(|(w, _)| w != wording && w.contains(wording));
        let mut seen = false;
        for (at, _) in text.match_indices(*wording) {
            // What is a part of another heading must begin where a cell or another heading ends.
            let begins = !part || starts.contains(&at) || (at > 0 && covered[at - 1]);
            if begins && !covered[at] {
                covered[at..at + wording.len()].fill(true);
                seen = true;
            }
        }
        let like = |w: &str| likely(weights, norms, (&starts, &covered), w);
        let others =
            || wordings.iter().filter(|(w, o)| w != wording && o != of).map(|(w, _)| like(w)).fold(0.0, f64::max);
        if let [only] = of.as_slice()
            && (seen || {
                let own = like(wording);
                own >= weights.heading_like && own - others() >= weights.heading_clearly
            })
        {
            out[*only] += 1;
        }
    }
    out
}

/// The best likeness of a wording to one heading, or to two that stand side by side.
fn likely(weights: &Edition, norms: &[&str], (starts, covered): (&[usize], &[bool]), wording: &str) -> f64 {
    let chars: Vec<char> = wording.chars().collect();
    let mut best = 0.0_f64;
    for i in 0..norms.len() {
        for width in 1..=weights.heading_cells.min(norms.len() - i) {
            if (i..i + width).any(|k| covered[starts[k]]) {
                continue;
            }
            let run: Vec<char> =
                norms[i..i + width].iter().flat_map(|n| n.chars()).take(weights.heading_chars).collect();
            best = best.max(likeness(&run, &chars));
        }
    }
    best
}

/// The edition that the block itself proves: by headings that only it has, or by rows that only it can hold.
fn proven(fits: &[Fit], alike: &[usize]) -> Option<usize> {
    let represents = |i: &usize| alike[*i] == *i;
    let headed: Vec<usize> = (0..fits.len()).filter(|i| fits[*i].proofs > 0).collect();
    match headed.as_slice() {
        [only] => (!fits[*only].rows.is_empty()).then_some(*only),
        [] => {
            // More values than any other edition has columns; fewer prove nothing, they may be lost.
            let best = (0..fits.len())
                .filter(represents)
                .find(|i| fits[*i].full > 0 && fits[*i].over + fits[*i].short == 0)?;
            let others = (0..fits.len()).filter(represents).filter(|i| *i != best && !fits[*i].rows.is_empty());
            let mut others = others.map(|i| &fits[i]).peekable();
            (others.peek().is_some() && others.all(|f| f.full == 0 && f.over > 0)).then_some(best)
        }
        _ => None,
    }
}

/// The edition of all other blocks, where the widths of this one's rows fit it and no other.
fn inferred(fits: &[Fit], proven: &[Option<usize>], alike: &[usize]) -> Option<usize> {
    let mut of_others = proven.iter().flatten();
    let first = *of_others.next()?;
    if of_others.any(|o| *o != first) {
        return None;
    }
    let own = fits.get(first)?;
    let same = |i: usize| alike.get(i) == alike.get(first);
    let alone =
        fits.iter().enumerate().all(|(i, f)| same(i) || f.rows.is_empty() || (f.full == 0 && f.over + f.short > 0));
    (own.full > 0 && own.over + own.short == 0 && alone && fits.iter().all(|f| f.proofs == 0)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::{Extracted, Index, Report, extract};
    use super::*;
    use crate::form::load;
    use nianbao_document::Document;

    fn report(text: &str) -> Box<Report> {
        let forms = load().unwrap();
        let mut document = Document::default();
        text.lines().zip(1..).for_each(|(line, at)| document.push_line(line, at, false));
        match extract(&forms, &Index::new(&forms).unwrap(), &document, "2022/x.txt") {
            Extracted::Report(report) => report,
            Extracted::NotAReport => panic!("no report"),
        }
    }

    fn fit(proofs: usize, full: usize, over: usize, short: usize) -> Fit {
        let row = Placed {
            candidate: 0,
            row: 0,
            matched: super::super::index::Matched::Exact,
            label_from: 0,
            label_to: 1,
            blank: false,
        };
        Fit { rows: vec![row], proofs, full, over, short, ..Fit::none() }
    }

    #[test]
    fn headings_decide_the_edition() {
        let page = |headings: &str| {
            let text = format!("某局2022年政府信息公开工作年度报告\n第二十条第(一)项\n{headings}\n规章\t1\t2\t3\n");
            let report = report(&text);
            let values: Vec<f64> = report.tables.cells.iter().filter_map(|c| c.value).collect();
            let unclear = report.findings.iter().any(|f| f.rule == Rule::EditionUnclear);
            (values, report.tables.cells.first().map(|c| c.edition), unclear)
        };
        let new = page("信息内容\t本年制发件数\t本年废止件数\t现行有效件数");
        let old = page("信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量");
        assert_eq!((new.0.as_slice(), old.0.as_slice()), ([1.0, 2.0, 3.0].as_slice(), [1.0, 2.0, 3.0].as_slice()));
        assert!(new.1 > old.1, "{new:?} {old:?}");
        assert_eq!(
            page("信息内容\t本年制发件数\t本年新公开数量\t总数"),
            (Vec::new(), None, true),
            "headings of both forms"
        );
    }

    #[test]
    fn widths_decide_without_headings() {
        assert_eq!(
            proven(&[fit(0, 1, 0, 0), fit(0, 0, 1, 0)], &[0, 1]),
            Some(0),
            "more values than the other has columns"
        );
        assert_eq!(proven(&[fit(0, 0, 0, 1), fit(0, 1, 0, 0)], &[0, 1]), None, "fewer may be lost");
        assert_eq!(proven(&[fit(1, 1, 0, 0), fit(1, 1, 0, 0)], &[0, 1]), None, "headings of both");
        assert_eq!(inferred(&[fit(0, 0, 0, 1), fit(0, 1, 0, 0)], &[Some(1), Some(1)], &[0, 1]), Some(1));
        assert_eq!(inferred(&[fit(0, 0, 0, 1), fit(0, 1, 0, 0)], &[Some(1), Some(0)], &[0, 1]), None, "a mixed page");
        assert_eq!(unit(&normalized("本年收费金额(单位:元)")), Printed::Yuan);
        assert_eq!(unit(&normalized("本年收费金额(单位:万元)")), Printed::TenThousandYuan);
    }
}
