//! The printed tables as grids of cells with spans, worded in one of the ways that occur.

use super::form;
use super::{Edition, Report, Rng};

/// One cell: its text, its spans, and the index of the figure it prints.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub cols: usize,
    pub rows: usize,
    pub truth: Option<usize>,
    pub header: bool,
}

/// One table; `rows` hold only the cells that begin in the row, as in HTML. `stub` is the width before the figures.
#[derive(Clone, Debug)]
pub struct Grid {
    pub table: &'static str,
    pub width: usize,
    pub stub: usize,
    pub rows: Vec<Vec<Cell>>,
}

/// How labels are worded on one page.
pub struct Style {
    pub half: bool,
    pub gap: &'static str,
    pub broken_headers: bool,
    pub odd: bool,
    pub code_column: bool,
    pub old_words: bool,
    pub damage: usize,
    pub group: usize,
    pub extra: usize,
}

impl Style {
    /// `odd` pages carry header damage, explanations and extra rows.
    pub fn random(rng: &mut Rng, odd: bool) -> Style {
        Style {
            half: rng.chance(2, 3),
            gap: rng.pick(&["", "", " "]),
            broken_headers: rng.chance(1, 2),
            odd,
            code_column: rng.chance(1, 2),
            old_words: rng.chance(1, 3),
            damage: rng.below(if odd { 16 } else { 1 }),
            group: rng.below(if odd { 12 } else { 4 }),
            extra: rng.below(if odd { 12 } else { 1 }),
        }
    }

    /// Half-width punctuation where this page has it.
    pub fn text(&self, text: &str) -> String {
        if !self.half {
            return text.to_string();
        }
        let half = |c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            _ => c,
        };
        text.chars().map(half).collect()
    }

    fn label(&self, ordinal: &str, label: &str) -> String {
        let gap = if ordinal.ends_with('、') || ordinal.is_empty() { "" } else { self.gap };
        let label = if self.old_words { label.replace(['“', '”'], "\"") } else { label.to_string() };
        self.text(&format!("{ordinal}{gap}{label}"))
    }

    fn header(&self, label: &str) -> String {
        match (self.damage, label) {
            (1, "现行有效件数") => "现行有效件".into(),
            (2, "本年新制作数量" | "本年新公开数量") => "本年新".into(),
            (3, "本年增/减") => "本年增/".into(),
            (4, "本年新公开数量") => "本年新制作数量".into(),
            (5, "本年增/减") => self.text("本年增/减（减用负值表示，如-8）"),
            (5, "上一年项目数量") => self.text("上一年项目数量（指2018年事项数）"),
            (6, "本年制发件数") => self.text("本年（2023）制发件数"),
            _ => self.text(label),
        }
    }
}

fn cell(text: impl Into<String>, cols: usize, rows: usize) -> Cell {
    Cell { text: text.into(), cols, rows, ..Cell::default() }
}

fn head(text: impl Into<String>, cols: usize, rows: usize) -> Cell {
    Cell { header: true, ..cell(text, cols, rows) }
}

/// The tables of `report` in printed order.
pub fn tables(report: &Report, style: &Style) -> Vec<Grid> {
    match report.edition {
        Edition::E2014 => vec![statistics(report, style)],
        _ => vec![disclosure(report, style), requests(report, style), disputes(report, style)],
    }
}

fn value(report: &Report, from: &mut usize, cols: usize) -> Cell {
    let index = *from;
    *from += 1;
    Cell { truth: Some(index), ..cell(report.cells[index].raw.clone(), cols, 1) }
}

fn disclosure(report: &Report, style: &Style) -> Grid {
    let old_first = report.edition == Edition::E2021 && report.cells[0].column == "created";
    let mut rows = Vec::new();
    let mut at = 0;
    if style.group == 4 {
        rows.push(vec![cell("主动公开政府信息情况", 4, 1)]);
    }
    for (i, block) in form::blocks(report.edition, old_first).into_iter().enumerate() {
        let group = match style.group {
            1 => format!("第二十条 第（{}）项", block.group),
            5 => format!("第二十条（{}）项", block.group),
            6 => format!("中华人民共和国政府信息公开条例 第二十条第（{}）项", block.group),
            _ => format!("第二十条第（{}）项", block.group),
        };
        if !(style.group == 7 && i == 0) {
            rows.push(vec![cell(style.text(&group), 4, 1)]);
        }
        let n = block.columns.len();
        let cols = |c: usize| if c + 1 == n { 4 - n } else { 1 };
        let mut row = vec![head("信息内容", 1, 1)];
        row.extend(block.columns.iter().enumerate().map(|(c, column)| head(style.header(column.1), cols(c), 1)));
        rows.push(row);
        for (code, label) in block.rows {
            let label = match (*code, style.extra) {
                ("normative_documents", _) if style.old_words => "规范性文件".to_string(),
                ("other_services", 1) => {
                    style.text("其他对外管理服务事项（指行政处罚、行政强制、行政许可之外的办事事项）")
                }
                ("penalties", 1) => style.text("行政处罚（含简易程序）"),
                _ => label.to_string(),
            };
            let mut row = vec![cell(label, 1, 1)];
            row.extend((0..n).map(|c| value(report, &mut at, cols(c))));
            rows.push(row);
        }
        if i == 0 && style.extra == 2 {
            let label = style.text("其他主动公开文件（通知、公告）");
            rows.push([&label, "61", "62", "63"].map(|text| cell(text, 1, 1)).to_vec());
        }
    }
    if style.extra == 3 {
        rows.push(vec![cell("", 1, 1), cell("", 3, 1)]);
    }
    Grid { table: "disclosure", width: 4, stub: 1, rows }
}

fn requests(report: &Report, style: &Style) -> Grid {
    let corner = style.text("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）");
    let name = |i: usize| match form::APPLICANTS[i] {
        ("social_organization", _) if style.extra == 4 => "社会组织",
        (_, label) => label,
    };
    let mut rows = vec![
        vec![cell(corner, 3, 3), head("申请人情况", 7, 1)],
        vec![head(name(0), 1, 2), head("法人或其他组织", 5, 1), head(name(6), 1, 2)],
        (1..6).map(|i| head(name(i), 1, 1)).collect(),
    ];
    let lines = form::lines(report.edition);
    let outcomes = lines.iter().filter(|line| line.1 != "top").count();
    let mut at = report.cells.iter().position(|c| c.table == "requests").expect("table 三 has cells");
    let mut section = "";
    for (_, place, ordinal, label) in &lines {
        let mut row = Vec::new();
        if *place != "top" && section.is_empty() {
            row.push(cell("三、本年度办理结果", 1, outcomes));
            section = "outcome";
        }
        match *place {
            "top" => row.push(cell(style.label(ordinal, label), 3, 1)),
            "outcome" => row.push(cell(style.label(ordinal, label), 2, 1)),
            part => {
                if part != section {
                    let group = form::SUBSECTIONS.iter().find(|s| s.0 == part).expect("a sub-section").1;
                    row.push(cell(style.label(part, group), 1, lines.iter().filter(|l| l.1 == part).count()));
                    section = part;
                }
                row.push(cell(style.label(ordinal, label), 1, 1));
            }
        }
        row.extend((0..7).map(|_| value(report, &mut at, 1)));
        rows.push(row);
    }
    Grid { table: "requests", width: 10, stub: 3, rows }
}

fn disputes(report: &Report, style: &Style) -> Grid {
    let results = |rows: usize| form::RESULTS.map(|(_, label)| head(label, 1, rows)).to_vec();
    let mut second = results(2);
    second.extend([head("未经复议直接起诉", 5, 1), head("复议后起诉", 5, 1)]);
    let third = [results(1), results(1)].concat();
    let mut at = report.cells.iter().position(|c| c.table == "disputes").expect("table 四 has cells");
    let values = (0..15).map(|_| value(report, &mut at, 1)).collect();
    let mut first = vec![head("行政复议", 5, 1), head("行政诉讼", 10, 1)];
    if style.group == 8 {
        first[0].text = "行政复议 ".into();
    }
    Grid { table: "disputes", width: 15, stub: 0, rows: vec![first, second, third, values] }
}

fn statistics(report: &Report, style: &Style) -> Grid {
    let coded = style.code_column;
    let mut rows = vec![vec![head("指标名称", 1, 1), head("计量单位", 1, 1)]];
    if coded {
        rows[0].push(head(if style.old_words { "序号" } else { "代码" }, 1, 1));
    }
    rows[0].push(head(if style.old_words { "数量" } else { "统计数" }, 1, 1));
    let mut at = 0;
    for (i, (code, ordinal, label, unit)) in form::LIST.iter().enumerate() {
        let heading = code.is_empty();
        let dash = if heading && style.damage % 3 == 1 { "----" } else { "" };
        let mut row = vec![cell(style.label(ordinal, label), 1, 1)];
        row.push(cell(if heading { dash } else { unit }, 1, 1));
        if coded {
            let number = if style.old_words { i + 1 } else { 101 + i };
            row.push(cell(if heading { dash.into() } else { number.to_string() }, 1, 1));
        }
        row.push(if heading { cell(dash, 1, 1) } else { value(report, &mut at, 1) });
        rows.push(row);
    }
    let width = rows[0].len();
    Grid { table: "statistics", width, stub: width - 1, rows }
}

/// The full rectangle: the text of a spanned cell stands in its first place, the others are empty.
pub fn expand(grid: &Grid) -> Vec<Vec<&str>> {
    let mut full: Vec<Vec<Option<&str>>> = vec![vec![None; grid.width]; grid.rows.len()];
    for (r, row) in grid.rows.iter().enumerate() {
        for cell in row {
            let c = full[r].iter().position(Option::is_none).expect("room for the cell");
            for line in full.iter_mut().skip(r).take(cell.rows) {
                line[c..c + cell.cols].fill(Some(""));
            }
            full[r][c] = Some(&cell.text);
        }
    }
    full.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// A header broken where the form breaks it, as two or three pieces.
pub fn pieces(text: &str) -> Vec<&str> {
    let at = match text {
        "商业企业" | "科研机构" | "结果维持" | "结果纠正" | "其他结果" | "尚未审结" => 6,
        "社会公益组织" | "法律服务机构" | "对外公开总数量" | "现行有效件数" | "本年制发件数" | "本年废止件数" => {
            12
        }
        "本年新制作数量" | "本年新公开数量" => 9,
        _ => return vec![text],
    };
    vec![&text[..at], &text[at..]]
}
