//! Prints one row of a table in a text layout, and breaks flat text into book pages.

use super::Rng;
use super::grid::{Cell, Grid, Style, pieces};
use super::kinds::Layout::{self, *};
use super::kinds::Way;

/// A row of a tab table as the seeds have it: table 三 lost one stub column, its empty cells stand at the end.
pub fn seed_row(grid: &Grid, row: &[Cell], full: &[&str], rng: &mut Rng) -> String {
    if grid.table != "requests" {
        return full.join("\t");
    }
    let text = |i: usize| row[i].text.as_str();
    let mut cells: Vec<&str> = match row.len() {
        2 => vec![text(0), "", text(1), "", "", "", "", "", "总计", ""],
        3 => vec!["", "", text(0), text(1)],
        5 => std::iter::repeat_n("", 3).chain((0..5).map(text)).collect(),
        n => {
            let stub: Vec<&str> = (0..n - 7).map(text).collect();
            let mut cells = match (row[n - 8].cols, stub.as_slice()) {
                (3, [label]) => vec![*label, ""],
                (2, [section, label]) => vec![*section, *label],
                (2, [label]) if label.contains("总计") && rng.chance(1, 2) => vec![*label],
                (2, [label]) => vec!["", *label],
                (_, [section, group, label]) => vec![*section, *group, *label],
                (_, [group, label]) => vec!["", *group, *label],
                (_, [label]) if label.ends_with("其他") => vec![*label, ""],
                (_, [label]) => vec!["", "", *label],
                _ => stub.clone(),
            };
            cells.extend((n - 7..n).map(text));
            cells
        }
    };
    cells.resize(10, "");
    cells.join("\t")
}

/// The row at a page break: its label is cut, the rest follows after a blank line.
pub fn broken_row(row: &[Cell], line: &str) -> String {
    let label = row.iter().rev().find(|cell| cell.truth.is_none()).map_or("", |cell| cell.text.as_str());
    let half = label.chars().count() / 2;
    let at = line.find(label).unwrap_or(0) + label.chars().take(half).map(char::len_utf8).sum::<usize>();
    if half < 3 || row.iter().all(|cell| cell.truth.is_none()) {
        return format!("\n{line}");
    }
    format!("{}\n\n{}", &line[..at], &line[at..])
}

pub fn flat_row(grid: &Grid, row: &[Cell], r: usize, raws: &[&str], layout: Layout) -> String {
    if layout == PdfFlat && grid.table == "disputes" && r < 3 {
        return match r {
            0 => "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n".into(),
            1 => "结 结 其 尚 结 结 其 尚 结 结 其 尚\n果 果 他 未 总 果 果 他 未 总 果 果 他 未 总\n".into(),
            _ => "维 纠 结 审 计 维 纠 结 审 计 维 纠 结 审 计\n持 正 果 结 持 正 果 结 持 正 果 结\n".into(),
        };
    }
    let texts = row.iter().filter(|cell| !cell.text.is_empty());
    let squeeze = |cell: &Cell| {
        if cell.truth.is_some() { cell.text.replace(' ', "") } else { cell.text.clone() }
    };
    let texts: Vec<String> = texts.map(squeeze).collect();
    // Figures with blanks among them must not look like one-digit figures when glued.
    let apart = layout == Glued && raws.len() > 1 && raws.iter().any(|raw| raw.is_empty());
    texts.join(if layout == Glued && !apart { "" } else { " " }) + "\n"
}

/// A row in one of the classes with bars, or bare.
pub fn cell_lines(row: &[Cell], way: &Way, style: &Style, rng: &mut Rng) -> String {
    let per_line = !matches!(way.layout, PipeRow | PipeRowSpare | PipeRowShort | PipeRowLeading);
    let joint = if way.layout == BareBlankLine && rng.chance(1, 2) { "\n\n" } else { "\n" };
    let wording = |cell: &Cell| match (cell.header && style.broken_headers, per_line) {
        (true, true) => pieces(&cell.text).join(joint),
        (true, false) if style.odd => pieces(&cell.text).join(" "),
        _ => cell.text.clone(),
    };
    let mut texts: Vec<String> = row.iter().map(wording).collect();
    let mut bars = if way.spans { row.iter().map(|cell| cell.cols - 1).sum() } else { 0 };
    if way.collapsed && row.iter().any(|cell| cell.truth.is_some()) {
        let before = texts.len();
        texts.retain(|text| !text.is_empty());
        bars += before - texts.len();
    }
    let bars = "|".repeat(bars);
    let pad = |text: &str, rng: &mut Rng| {
        if way.padded { format!("{}{text}", " ".repeat(rng.below(8))) } else { text.into() }
    };
    let mut out = String::new();
    match way.layout {
        PipeRow | PipeRowSpare | PipeRowShort | PipeRowLeading => {
            let bar = if way.layout == PipeRowShort && way.padded { "  | " } else { " | " };
            for (text, cell) in texts.iter().zip(row) {
                match (text.is_empty(), cell.truth.is_some()) {
                    (true, true) if way.split_blanks => out.push_str("\n| "),
                    (true, _) => out.push_str("| "),
                    (_, true) => out.push_str(&(pad(text, rng) + bar)),
                    _ => out.push_str(&(text.clone() + bar)),
                }
            }
            out = if way.layout == PipeRowLeading { format!("| {out}{bars}") } else { out + &bars };
            out = out.trim_end().to_string();
            out.push_str(match way.layout {
                PipeRowSpare => " |",
                PipeRowLeading => " ",
                _ => "",
            });
            out.push('\n');
        }
        PipeSplitCell => {
            out.push_str("| \n");
            texts.iter().for_each(|text| out.push_str(&format!(" {text}  | \n")));
        }
        TabsInPipes => {
            for (i, (text, cell)) in texts.iter().zip(row).enumerate() {
                let lead = if i == 0 { "" } else { "\t\t\t" };
                let tail = if cell.truth.is_some() && rng.chance(1, 6) { "\n\t\t\t | \n" } else { "  | \n" };
                out.push_str(&format!("{lead}{text}{tail}"));
            }
            out.push_str("\t\t\t\n");
        }
        BarOwnLine => {
            for text in &texts {
                out.push_str(&if text.is_empty() { "|\n".into() } else { format!("{text}\n|\n") });
            }
            out.push_str(&if bars.is_empty() { bars } else { bars + "\n" });
        }
        layout if layout.has_bars() => {
            if layout == PipeCellPerLineLead {
                out.push_str("|\n");
            }
            for (i, (text, cell)) in texts.iter().zip(row).enumerate() {
                let own = way.split_blanks && cell.truth.is_none() && rng.chance(1, 6);
                let text = pad(text, rng);
                out.push_str(text.trim_end());
                out.push_str(if own {
                    "\n|"
                } else if text.trim().is_empty() {
                    "|"
                } else {
                    " |"
                });
                if i + 1 == texts.len() && !bars.is_empty() {
                    out.push_str(&format!("{}{bars}", if layout == PipeCellPerLineOwn { "\n" } else { " " }));
                }
                out.push('\n');
            }
            out.push_str(if way.spare { "|\n" } else { "" });
        }
        _ => {
            let end = if way.layout == BareBlankLine { "\n\n" } else { "\n" };
            for text in texts {
                match (text.is_empty(), way.padded) {
                    (true, true) => out.push_str(&format!("\u{A0}{end}")),
                    (true, false) => {}
                    _ => out.push_str(&(pad(&text, rng) + end)),
                }
            }
        }
    }
    out
}

/// Wraps lines at 30 characters (never inside a figure) and sets page heads between them.
pub fn pages(text: &str, title: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let mut current = String::new();
        let is_value = |word: &str| word.contains(char::is_numeric) && word.chars().count() < 16;
        if line.split(' ').filter(|word| is_value(word)).count() >= 12 {
            lines.push(line.to_string()); // the figures of table 四
            continue;
        }
        for word in line.split(' ') {
            let is_value = is_value(word);
            let mut room = 30usize.saturating_sub(current.chars().count() + 1);
            if !current.is_empty() && (room == 0 || (is_value && room < word.chars().count())) {
                lines.push(std::mem::take(&mut current));
                room = 30;
            } else if !current.is_empty() {
                current.push(' ');
            }
            for c in word.chars() {
                if room == 0 && !is_value {
                    lines.push(std::mem::take(&mut current));
                    room = 30;
                }
                current.push(c);
                room = room.saturating_sub(1);
            }
        }
        lines.push(current);
    }
    let (mut out, mut number) = (String::new(), 1 + rng.below(9));
    for (i, line) in lines.iter().enumerate() {
        if i % 26 == 0 {
            out.push_str(&if number % 2 == 0 {
                format!("P. {number}\n")
            } else {
                format!("Page {number} - {title}\n")
            });
            number += 1;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}
