//! Grids of the tables from their columns, rows and figures.
//!
//! Owns where heads, stubs and figures stand. Refuses oddities of content: those come with columns and rows.

use super::figures::Figures;
use super::grid::{Cell, Grid, cell, span};
use super::heads::word;
use super::kinds::{Dimension, Spec};
use super::labels::{self, Row};
use super::plan::{self, Column, Group, together};
use crate::generate::{Edition, Rng, form};

/// Everything about the tables of a document but the figures.
pub struct Plan {
    pub spec: Spec,
    pub choice: usize,
    pub requests: (Vec<Column>, Vec<Row>),
    pub blocks: Vec<(String, Vec<Column>, Vec<Row>)>,
    pub groups: Vec<Group>,
    pub list: (Vec<Column>, Vec<Row>),
    /// One line of heads instead of three.
    pub one_line: bool,
    /// One column of labels instead of three.
    pub single: bool,
    /// Table 四 with the cases below each other.
    pub upright: bool,
    /// Row before which the heads stand again.
    pub again: usize,
}

const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
const OUTCOMES: &str = "三、本年度办理结果";

impl Plan {
    /// The plan of a document; `figures` loses what its columns and rows leave out.
    pub fn new(spec: Spec, year: i32, figures: &mut Figures, rng: &mut Rng) -> Plan {
        let choice = super::heads::choice(rng);
        let columns = plan::requests(spec, rng);
        plan::without(spec, figures, &columns);
        let label = |kinds: &[&str]| spec.is(Dimension::Label, kinds);
        let beside = !plan::beside(spec).0.is_empty() || !plan::beside(spec).1.is_empty();
        let one_line = !together(&columns) || spec.is(Dimension::Order, &["form", "random"]) || rng.chance(1, 3);
        let single = beside || label(&["group-rows"]) || rng.chance(1, 5);
        let mut plan = Plan {
            spec,
            choice,
            requests: (columns, Vec::new()),
            blocks: Vec::new(),
            groups: plan::disputes(spec, rng),
            list: (Vec::new(), Vec::new()),
            one_line,
            single: single && !label(&["repeated-stubs"]),
            upright: [5, 9, 11].contains(&spec.kinds[Dimension::Order as usize]),
            again: if spec.is(Dimension::Head, &["repeated"]) { 7 + rng.below(9) } else { usize::MAX },
        };
        if spec.edition == Edition::E2014 {
            plan.list.0 = plan::statistics(spec, year, rng);
            plan.list.1 = labels::statistics(spec, figures, choice, rng);
        } else {
            plan.requests.1 = labels::requests(spec, figures, choice, rng);
            for (title, block, rows) in labels::disclosure(spec, figures, choice, rng) {
                plan.blocks.push((title, plan::disclosure(spec, block), rows));
            }
        }
        plan
    }

    fn head(&self, text: &str) -> String {
        word(self.spec, text, self.choice)
    }

    fn headless(&self) -> bool {
        self.spec.is(Dimension::Head, &["lost"])
    }

    /// The table of a code with these figures.
    pub fn table(&self, code: &str, figures: &Figures) -> Grid {
        match code {
            "disclosure" => self.disclosure(figures),
            "requests" => self.requests(figures),
            "disputes" => self.disputes(figures),
            _ => self.statistics(figures),
        }
    }

    fn figure(&self, table: &str, row: &Row, number: usize, column: &Column, figures: &Figures) -> Cell {
        if let Some(fill) = &column.fill {
            let bare = row.code.is_empty() && row.own.is_empty();
            return cell(if bare && table != "statistics" { String::new() } else { fill(number, row.code, figures) });
        }
        if row.code.is_empty() {
            return cell(row.own.iter().find(|o| o.0 == column.code).map_or("", |o| o.1.as_str()));
        }
        cell(figures.text(table, row.code, column.code))
    }

    /// Table 三.
    fn requests(&self, figures: &Figures) -> Grid {
        let (columns, rows) = &self.requests;
        let (before, between) = plan::beside(self.spec);
        let mut out = Vec::new();
        let mut heads = self.request_heads(&before, &between);
        if self.headless() {
            heads.clear();
        }
        let count = heads.len();
        out.extend(heads.clone());
        let stubs = self.stubs();
        for (number, (row, stub)) in rows.iter().zip(stubs).enumerate() {
            if number == self.again {
                out.extend(heads.clone());
            }
            let beside = |all: &[Column]| -> Vec<Cell> {
                all.iter().filter_map(|c| c.fill.as_ref()).map(|f| cell(f(number, row.code, figures))).collect()
            };
            let mut line = beside(&before);
            line.extend(stub);
            line.extend(beside(&between));
            line.extend(columns.iter().map(|c| self.figure("requests", row, number, c, figures)));
            out.push(line);
        }
        Grid::new(out, count)
    }

    fn request_heads(&self, before: &[Column], between: &[Column]) -> Vec<Vec<Cell>> {
        let columns = &self.requests.0;
        let deep = if self.one_line { 1 } else { 3 };
        let wide = if self.single { 1 } else { 3 };
        let beside = |all: &[Column]| all.iter().map(|c| span(c.head.clone(), 1, deep)).collect::<Vec<_>>();
        let mut first = beside(before);
        first.push(span(CORNER, wide, deep));
        first.extend(beside(between));
        if self.one_line {
            first.extend(columns.iter().map(|c| cell(self.head(&c.head))));
            return vec![first];
        }
        first.push(span(self.head("申请人情况"), columns.len(), 1));
        let (mut second, mut third) = (Vec::new(), Vec::new());
        let inside = columns.iter().filter(|c| c.inside).count();
        for column in columns {
            if !column.inside {
                second.push(span(self.head(&column.head), 1, 2));
                continue;
            }
            if third.is_empty() {
                second.push(span(self.head("法人或其他组织"), inside, 1));
            }
            third.push(cell(self.head(&column.head)));
        }
        vec![first, second, third]
    }

    /// What stands before the figures of each row of table 三.
    fn stubs(&self) -> Vec<Vec<Cell>> {
        let rows = &self.requests.1;
        if self.single {
            return rows.iter().map(|r| vec![cell(r.label.clone())]).collect();
        }
        let name = |place: &str| {
            form::SUBSECTIONS.iter().find(|s| s.0 == place).map_or(String::new(), |s| format!("{}{}", s.0, s.1))
        };
        let run = |from: usize, same: &dyn Fn(&Row) -> bool| {
            rows[from..].iter().enumerate().take_while(|(i, r)| same(r) && (*i == 0 || from + i != self.again)).count()
        };
        let starts = |at: usize| at == 0 || at == self.again;
        let repeated = self.spec.is(Dimension::Label, &["repeated-stubs"]);
        let mut out = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut stub = Vec::new();
            if row.place == "top" {
                out.push(vec![span(row.label.clone(), 3, 1)]);
                continue;
            }
            if repeated {
                stub.push(cell(OUTCOMES));
            } else if starts(at) || rows[at - 1].place == "top" {
                stub.push(span(OUTCOMES, 1, run(at, &|r| r.place != "top")));
            }
            if row.place == "outcome" {
                stub.push(span(row.label.clone(), 2, 1));
            } else {
                if repeated {
                    stub.push(cell(name(row.place)));
                } else if starts(at) || rows[at - 1].place != row.place {
                    stub.push(span(name(row.place), 1, run(at, &|r| r.place == row.place)));
                }
                stub.push(cell(row.label.clone()));
            }
            out.push(stub);
        }
        out
    }

    /// Table 二.
    fn disclosure(&self, figures: &Figures) -> Grid {
        let (before, between) = plan::beside(self.spec);
        let repeated = self.spec.is(Dimension::Label, &["repeated-stubs"]);
        let most = self.blocks.iter().map(|b| b.1.len()).max().unwrap_or(0);
        let width = before.len() + between.len() + 1 + most;
        let mut out = Vec::new();
        let mut number = 0;
        let spread = |mut line: Vec<Cell>| {
            let have: usize = line.iter().map(|c| c.cols).sum();
            if let Some(last) = line.last_mut() {
                last.cols += width.saturating_sub(have);
            }
            line
        };
        for (title, columns, rows) in &self.blocks {
            let mut heads: Vec<Cell> = before.iter().map(|c| cell(c.head.clone())).collect();
            heads.push(cell(self.head("信息内容")));
            heads.extend(between.iter().map(|c| cell(c.head.clone())));
            heads.extend(columns.iter().map(|c| cell(self.head(&c.head))));
            let heads = spread(heads);
            let mut lines = Vec::new();
            if !repeated {
                lines.push(vec![span(title.clone(), width, 1)]);
            }
            if !self.headless() {
                lines.push(heads.clone());
            }
            for (at, row) in rows.iter().enumerate() {
                if at == 1 && self.again != usize::MAX && columns.len() > 1 {
                    lines.push(heads.clone());
                }
                let beside = |all: &[Column]| -> Vec<Cell> {
                    all.iter().filter_map(|c| c.fill.as_ref()).map(|f| cell(f(number, row.code, figures))).collect()
                };
                let mut line = beside(&before);
                line.push(cell(row.label.clone()));
                line.extend(beside(&between));
                line.extend(columns.iter().map(|c| self.figure("disclosure", row, number, c, figures)));
                lines.push(spread(line));
                number += 1;
            }
            for line in lines {
                let mut line = line;
                if repeated {
                    line.insert(0, cell(title.clone()));
                }
                out.push(line);
            }
        }
        Grid::new(out, 0)
    }

    /// Table 四.
    fn disputes(&self, figures: &Figures) -> Grid {
        if self.upright {
            return self.upright(figures);
        }
        let (before, between) = plan::beside(self.spec);
        let (mut first, mut second, mut third) = (Vec::new(), Vec::new(), Vec::new());
        let extra = self.spec.kind(Dimension::Extra);
        // Two lines of figures, last year's and this year's, have a stub.
        let lines = match extra {
            "last-year-behind" => vec!["本年", "上年"],
            "last-year-before" => vec!["上年", "本年"],
            _ => vec![""],
        };
        if lines.len() > 1 {
            first.push(span("年度", 1, 3));
        }
        for column in before.iter().chain(&between) {
            first.push(span(column.head.clone(), 1, 3));
        }
        let suits: usize =
            self.groups.iter().filter(|g| g.case.starts_with("litigation")).map(|g| g.columns.len()).sum();
        let mut opened = false;
        for group in &self.groups {
            if group.case.starts_with("litigation") {
                if !opened {
                    first.push(span(self.head("行政诉讼"), suits, 1));
                    opened = true;
                }
                second.push(span(self.head(&group.head), group.columns.len(), 1));
                third.extend(group.columns.iter().map(|c| cell(self.head(&c.head))));
            } else {
                first.push(span(self.head(&group.head), group.columns.len(), 1));
                second.extend(group.columns.iter().map(|c| span(self.head(&c.head), 1, 2)));
            }
        }
        if extra == "remark" {
            first.push(span("备注", 1, 3));
        }
        let mut out = vec![first, second, third];
        for stub in lines {
            let mut line = if stub.is_empty() { vec![] } else { vec![cell(stub)] };
            line.extend(before.iter().chain(&between).filter_map(|c| c.fill.as_ref()).map(|f| cell(f(0, "", figures))));
            for column in self.groups.iter().flat_map(|g| g.columns.iter().map(move |c| (g.case, c))) {
                let printed = match &column.1.fill {
                    Some(fill) => fill(0, column.0, figures),
                    None => figures.text("disputes", column.0, column.1.code),
                };
                let older = || super::figures::plain(figures.value("disputes", column.0, column.1.code) + 3.0);
                line.push(cell(if stub == "上年" { older() } else { printed }));
            }
            if extra == "remark" {
                line.push(cell("详见台账"));
            }
            out.push(line);
        }
        Grid::new(out, 3)
    }

    /// Table 四 with the cases below each other.
    fn upright(&self, figures: &Figures) -> Grid {
        let (before, between) = plan::beside(self.spec);
        let results: Vec<&Column> = self.groups[0].columns.iter().filter(|c| c.fill.is_none()).collect();
        let mut head: Vec<Cell> = before.iter().map(|c| cell(c.head.clone())).collect();
        head.push(cell("案件类型"));
        head.extend(between.iter().map(|c| cell(c.head.clone())));
        head.extend(results.iter().map(|c| cell(self.head(&c.head))));
        let mut out = vec![head];
        for (number, group) in self.groups.iter().filter(|g| !g.case.is_empty()).enumerate() {
            let beside = |all: &[Column]| -> Vec<Cell> {
                all.iter().filter_map(|c| c.fill.as_ref()).map(|f| cell(f(number, group.case, figures))).collect()
            };
            let mut line = beside(&before);
            line.push(cell(self.head(&group.head)));
            line.extend(beside(&between));
            line.extend(results.iter().map(|c| cell(figures.text("disputes", group.case, c.code))));
            out.push(line);
        }
        Grid::new(out, 1)
    }

    /// The list of 2014-2018.
    fn statistics(&self, figures: &Figures) -> Grid {
        let (columns, rows) = &self.list;
        let repeated = self.spec.is(Dimension::Label, &["repeated-stubs"]);
        let mut heads: Vec<Cell> = columns.iter().map(|c| cell(self.head(&c.head))).collect();
        if repeated {
            heads.insert(0, cell("类别"));
        }
        let mut out = if self.headless() { vec![] } else { vec![heads.clone()] };
        let count = out.len();
        let mut chapter = "";
        for (number, row) in rows.iter().enumerate() {
            if Some(number) == self.again.checked_mul(2) {
                out.push(heads.clone());
            }
            if row.label.starts_with(|c| "一二三四五六七八九".contains(c)) {
                chapter = &row.label;
            }
            let mut line = if repeated { vec![cell(chapter)] } else { vec![] };
            for column in columns {
                line.push(match column.code {
                    "label" => cell(row.label.clone()),
                    "unit" => cell(row.unit),
                    _ => self.figure("statistics", row, number, column, figures),
                });
            }
            out.push(line);
        }
        Grid::new(out, count)
    }
}
