//! Tables that stand more than once: the dimension Twice, and blanks: what both do to the figures of a document.
//!
//! Owns which copies of a table are printed, in which order, below which captions.

use super::figures::Figures;
use super::grid::{Grid, cell, span};
use super::kinds::{Dimension, Spec};
use super::piece::Piece;
use super::tables::Plan;
use crate::generate::{Profile, Rng, form};

/// The copies of a table that decide nothing or everything, beside the report's own figures.
pub struct Copies {
    pub older: Figures,
    /// What together makes the report's own figures.
    pub parts: [Figures; 2],
    /// Codes of the tables that stand twice.
    pub tables: Vec<&'static str>,
    pub year: i32,
    pub county: String,
}

impl Copies {
    /// The report's own figures and the copies beside them.
    pub fn new(spec: Spec, year: i32, county: String, rng: &mut Rng) -> (Figures, Copies) {
        let twice = !spec.kind(Dimension::Twice).is_empty();
        let pick = [Profile::Distinct, Profile::Distinct, Profile::Small, Profile::Spelled];
        let profile = if twice { Profile::Distinct } else { rng.pick(&pick) };
        let parts = [0, 1].map(|_| Figures::random(rng, spec.edition, profile));
        let whole = spec.is(Dimension::Twice, &["parts-whole", "half-year"]);
        let own = if whole { parts[0].plus(&parts[1]) } else { parts[0].clone() };
        let older = Figures::random(rng, spec.edition, profile);
        let all = ["disclosure", "requests", "disputes"];
        let tables = match rng.below(5) {
            _ if spec.edition == crate::generate::Edition::E2014 => vec!["statistics"],
            0 | 1 => all.to_vec(),
            n => vec![all[n - 2]],
        };
        (own, Copies { older, parts, tables, year, county })
    }

    /// All figures of the document that are printed with one plan.
    pub fn each(&mut self, mut change: impl FnMut(&mut Figures)) {
        change(&mut self.older);
        self.parts.iter_mut().for_each(change);
    }

    /// What is printed for a table.
    pub fn print(&self, plan: &Plan, code: &'static str, own: &Figures, rng: &mut Rng) -> Vec<Piece> {
        let kind = plan.spec.kind(Dimension::Twice);
        let table = |figures: &Figures| Piece::Table(finish(plan, plan.table(code, figures)));
        let text = |words: String| Piece::Text(words);
        if !self.tables.contains(&code) {
            return vec![table(own)];
        }
        let form = rng.below(4);
        let caption = |year: i32| {
            text(match form {
                0 => format!("{year}年"),
                1 => format!("{year}年度数据"),
                2 => format!("（{year}年1月1日至12月31日）"),
                _ if year == self.year => "本年度".into(),
                _ => "上年度".into(),
            })
        };
        let before = self.year - 1;
        match kind {
            "older-first" => vec![caption(before), table(&self.older), caption(self.year), table(own)],
            "newer-first" => vec![caption(self.year), table(own), caption(before), table(&self.older)],
            "beside" => {
                let grids = [plan.table(code, &self.older), plan.table(code, own)];
                vec![Piece::Table(beside(grids, &[format!("{before}年"), format!("{}年", self.year)]))]
            }
            "parts-whole" => vec![
                text(format!("（一）{}本级", self.county)),
                table(&self.parts[0]),
                text("（二）乡镇（街道）".into()),
                table(&self.parts[1]),
                text(["（三）合计", "（三）全县汇总", "（三）总体情况"][form % 3].into()),
                table(own),
            ],
            "half-year" => {
                vec![text("（一）上半年情况".into()), table(&self.parts[0]), text("（二）全年情况".into()), table(own)]
            }
            "zero-before" => vec![table(&own.filled("0")), table(own)],
            "blank-behind" => vec![table(own), table(&own.filled(""))],
            "sample" if form.is_multiple_of(2) => {
                vec![text("示例（填表时请参照）：".into()), table(&self.older), text("本机关数据：".into()), table(own)]
            }
            "sample" => vec![table(own), text("【样表】以下为填报示例，不是本机关数据：".into()), table(&self.older)],
            "nothing-decides" => vec![table(own), table(&self.older)],
            "identical" => vec![table(own), table(own)],
            _ => vec![table(own)],
        }
    }
}

/// Two tables beside each other under their years.
fn beside(grids: [Grid; 2], captions: &[String; 2]) -> Grid {
    let [left, right] = grids;
    let widths = [left.width(), right.width()];
    let mut rows =
        vec![vec![span(captions[0].clone(), widths[0], 1), cell(""), span(captions[1].clone(), widths[1], 1)]];
    for (a, b) in left.rows.into_iter().zip(right.rows) {
        rows.push([a, vec![cell("")], b].concat());
    }
    Grid::new(rows, left.heads + 1)
}

/// What the dimension Blank does to a grid: spare rows and columns, padding.
fn finish(plan: &Plan, mut grid: Grid) -> Grid {
    let choice = plan.choice;
    match plan.spec.kind(Dimension::Blank) {
        "padding" => {
            let pads = [("\u{a0}", ""), ("　", "　"), (" ", "  "), ("", "\u{a0}\u{a0}"), ("    ", ""), ("\n", "")];
            let mut at = choice;
            grid.map(&mut |text, _| {
                at += 1;
                let (a, b) = pads[at % pads.len()];
                if text.is_empty() || at.is_multiple_of(3) { text.to_owned() } else { format!("{a}{text}{b}") }
            });
        }
        "spare" => {
            let width = grid.width() + 1;
            for row in &mut grid.rows {
                if choice.is_multiple_of(2) { row.push(cell("")) } else { row.insert(0, cell("")) }
            }
            let mut rows = Vec::new();
            for (at, row) in grid.rows.iter().enumerate() {
                // A blank row must not cut through cells that reach over several rows.
                let open = grid.rows[..=at].iter().enumerate().any(|(r, c)| c.iter().any(|c| r + c.rows > at + 1));
                rows.push(row.clone());
                if !open && at >= grid.heads && at % 5 == choice % 5 {
                    rows.push((0..width).map(|_| cell("")).collect());
                }
            }
            grid.rows = rows;
        }
        _ => {}
    }
    grid
}

/// What the dimension Blank does to the figures.
pub fn blank(spec: Spec, figures: &mut Figures, seed: usize) {
    let mut rng = Rng::new(seed as u64);
    let sums: Vec<&str> = form::sums().map(|s| s.0).collect();
    let sign = match spec.kind(Dimension::Blank) {
        "dashes" => rng.pick(&["/", "-", "—", "无"]),
        _ => "",
    };
    let total = |key: &super::claims::Key| key.2 == "total" || sums.contains(&key.1) && key.0 == "statistics";
    let whole = rng.pick(&["disclosure", "requests", "disputes", "statistics"]);
    match spec.kind(Dimension::Blank) {
        "cells" | "dashes" => figures.blank(sign, |_| rng.chance(1, 7)),
        "total-column" => figures.blank(sign, |key| total(key)),
        "only-totals" => figures.blank(sign, |key| !total(key) && key.0 != "disclosure"),
        "rows" => {
            let gone = |row: &str| row.bytes().map(usize::from).sum::<usize>() % 4 == seed % 4;
            figures.blank(sign, |key| gone(key.1) && key.0 != "disputes");
        }
        "whole-table" => figures.blank(sign, |key| key.0 == whole || key.0 == "statistics"),
        _ => {}
    }
}
