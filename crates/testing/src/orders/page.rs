//! The page around the tables: titles, chapters and sentences, and what a person reads of the whole.

use super::claims::Claims;
use super::figures::Figures;
use super::kinds::{Dimension, Layout, Spec};
use super::piece::Piece;
use super::tables::Plan;
use super::twice::{Copies, blank};
use crate::encode::traditional;
use crate::generate::page::{OLD_CHAPTERS, body};
use crate::generate::{Edition, Rng};

const CHAPTERS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

const SENTENCES: [&str; 8] = [
    "公开内容由各股室起草，办公室统一审看后放到网站上。",
    "查阅点设在办事大厅，纸质材料按月更换。",
    "新进人员都参加了培训，老同志也补了课。",
    "群众来电都有记录，答复前请法律顾问看过。",
    "目录按条例重新排过，旧栏目已合并。",
    "仍有个别材料送得偏慢，文字不够明白。",
    "今后按月查看更新情况，容易迟交的列成清单。",
    "没有其他需要说明的情况。",
];

/// The pieces of a document and what a person reads in each report of it.
pub fn page(spec: Spec, rng: &mut Rng) -> (Vec<Piece>, Vec<Claims>) {
    let spec = sober(spec);
    let year = match spec.edition {
        Edition::E2014 => 2014 + rng.below(5) as i32,
        Edition::E2019 => 2019 + rng.below(2) as i32,
        Edition::E2021 => 2021 + rng.below(4) as i32,
    };
    let (place, agency) = body(rng);
    let county = place.iter().flatten().next_back().cloned().unwrap_or_default();
    let (mut pieces, first) = report(spec, &agency, &county, year, rng);
    let mut reports = vec![first];
    match spec.kind(Dimension::Twice) {
        "older-report" => {
            pieces.push(Piece::Text("附：上年度报告".into()));
            let (older, claims) = report(spec, &agency, &county, year - 1, rng);
            pieces.extend(older);
            reports.push(claims);
        }
        "two-bodies" => {
            let mut other = body(rng);
            while other.1 == agency {
                other = body(rng);
            }
            let county = other.0.iter().flatten().next_back().cloned().unwrap_or_default();
            let (second, claims) = report(spec, &other.1, &county, year, rng);
            pieces.extend(second);
            reports.push(claims);
        }
        _ => {}
    }
    if spec.is(Dimension::Label, &["traditional"]) {
        pieces = mirrored(pieces);
    }
    (pieces, reports)
}

/// Without what would leave nothing to read the columns by.
fn sober(mut spec: Spec) -> Spec {
    if spec.is(Dimension::Head, &["lost", "damaged"]) {
        spec.kinds[Dimension::Order as usize] = 0;
        spec.kinds[Dimension::Extra as usize] = 0;
    }
    spec
}

/// The pieces in traditional characters.
fn mirrored(mut pieces: Vec<Piece>) -> Vec<Piece> {
    const END: char = '\u{1}';
    let mut all = String::new();
    let each = |pieces: &mut Vec<Piece>, change: &mut dyn FnMut(&str) -> String| {
        for piece in pieces {
            match piece {
                Piece::Title(t) | Piece::Heading(t) | Piece::Text(t) => *t = change(t),
                Piece::Table(grid) => grid.map(&mut |text, _| change(text)),
            }
        }
    };
    each(&mut pieces, &mut |text| {
        all.push_str(text);
        all.push(END);
        text.to_owned()
    });
    // One call for all texts: each makes the table of characters anew.
    let changed = traditional(&all);
    let mut texts = changed.split(END);
    each(&mut pieces, &mut |_| texts.next().unwrap_or_default().to_owned());
    pieces
}

fn prose(rng: &mut Rng, out: &mut Vec<Piece>) {
    let at = rng.below(SENTENCES.len());
    let text = |i: usize| SENTENCES[(at + i) % SENTENCES.len()];
    out.push(Piece::Text((0..1 + rng.below(3)).map(text).collect()));
}

fn report(spec: Spec, agency: &str, county: &str, year: i32, rng: &mut Rng) -> (Vec<Piece>, Claims) {
    let (mut own, mut copies) = Copies::new(spec, year, county.to_owned(), rng);
    let seed = rng.clone();
    let plan = Plan::new(spec, year, &mut own, rng);
    let salt = rng.below(1 << 20);
    blank(spec, &mut own, salt);
    // Copies are printed with the same plan, and so lose the same columns and gain the same rows.
    copies.each(|figures| {
        Plan::new(spec, year, figures, &mut seed.clone());
        blank(spec, figures, salt);
    });
    let old = spec.edition == Edition::E2014;
    let name = if old { "政府信息公开年度报告" } else { "政府信息公开工作年度报告" };
    let mut out = vec![Piece::Title(format!("{agency}{year}年{name}"))];
    out.push(Piece::Text(format!("本报告由{agency}编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。")));
    let chapters: &[&str] = if old { &OLD_CHAPTERS } else { &CHAPTERS };
    for (i, chapter) in chapters.iter().enumerate() {
        out.push(Piece::Heading((*chapter).into()));
        let code = ["", "disclosure", "requests", "disputes"].get(i).copied().unwrap_or("");
        if old || code.is_empty() {
            prose(rng, &mut out);
        } else {
            out.extend(copies.print(&plan, code, &own, rng));
        }
    }
    if old {
        out.push(Piece::Heading("附：政府信息公开情况统计表".into()));
        out.extend(copies.print(&plan, "statistics", &own, rng));
    }
    out.push(Piece::Text(agency.to_owned()));
    out.push(Piece::Text(format!("{}年1月{}日", year + 1, 10 + rng.below(20))));
    (out, claims(spec, &own, &copies.tables))
}

/// What a person reads of the figures, and what the layout leaves readable.
fn claims(spec: Spec, own: &Figures, twice: &[&str]) -> Claims {
    let mut claims = own.claims();
    if spec.is(Dimension::Twice, &["nothing-decides"]) {
        claims.retain(|key, _| !twice.contains(&key.0));
    }
    let layout = spec.layout;
    let blanks = spec.is(Dimension::Blank, &["cells", "total-column", "only-totals", "rows", "whole-table"]);
    let list = spec.edition == Edition::E2014;
    let unsure = layout.loses_blanks() && (blanks || spec.is(Dimension::Extra, &["remark"]))
        || layout.joins_words()
            && (spec.is(Dimension::Label, &["broken"]) || spec.is(Dimension::Head, &["broken", "spaced"]))
        || !layout.is_grid() && spec.is(Dimension::Twice, &["beside"])
        || layout.loses_blanks() && list && spec.is(Dimension::Order, &["total-before-person"])
        || spec.is(Dimension::Head, &["lost", "damaged"]);
    if unsure {
        claims.values_mut().for_each(|c| c.must = false);
    }
    if layout == Layout::Flat && spec.is(Dimension::Blank, &["padding"]) {
        claims.values_mut().for_each(|c| c.must = false);
    }
    claims
}
