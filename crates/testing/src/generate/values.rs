//! Random figures for a report: every hard identity of the edition holds, a blank counting as 0.

use super::form;
use super::page;
use super::{Edition, Profile, Report, Rng, Truth};
use std::collections::HashSet;

struct Draw<'a> {
    rng: &'a mut Rng,
    profile: Profile,
    used: HashSet<i64>,
    most: i64,
    cells: Vec<Truth>,
}

impl Report {
    /// A report of `edition` with random place, agency, year and figures.
    pub fn random(rng: &mut Rng, edition: Edition, profile: &Profile) -> Report {
        build(rng, edition, *profile, false)
    }

    /// A 2021 report whose first block still has the 2019 columns.
    pub fn mixed_forms(rng: &mut Rng, profile: &Profile) -> Report {
        build(rng, Edition::E2021, *profile, true)
    }

    /// The cell with this key.
    pub fn cell(&self, table: &str, row: &str, column: &str) -> Option<&Truth> {
        self.cells.iter().find(|c| c.table == table && c.row == row && c.column == column)
    }
}

fn build(rng: &mut Rng, edition: Edition, profile: Profile, old_first: bool) -> Report {
    let (place, agency) = page::body(rng);
    let year = match edition {
        Edition::E2014 => rng.between(2014, 2019),
        Edition::E2019 => rng.between(2019, 2024), // the form lives on
        Edition::E2021 => rng.between(2021, 2026),
    } as i32;
    let published = rng.chance(2, 3).then(|| (year + 1, rng.between(1, 4) as u8, rng.between(1, 29) as u8));
    let most = if edition == Edition::E2014 { 7000 } else { 100_000 }; // sums stay below six digits
    let mut draw = Draw { rng, profile, used: HashSet::new(), most, cells: Vec::new() };
    if edition == Edition::E2014 {
        draw.statistics();
    } else {
        draw.disclosure(edition, old_first);
        draw.requests(edition);
        draw.disputes();
    }
    draw.spell();
    draw.blank();
    Report { edition, agency, place, year, published, cells: draw.cells }
}

impl Draw<'_> {
    fn push(&mut self, table: &'static str, row: &'static str, column: &'static str, value: i64) {
        self.cells.push(Truth { table, row, column, value: Some(value as f64), raw: value.to_string() });
    }

    fn distinct(&mut self, low: i64, high: i64) -> i64 {
        loop {
            let value = self.rng.between(low, high);
            if self.used.insert(value) || self.used.len() as i64 > (high - low) / 2 {
                return value;
            }
        }
    }

    /// A figure that no sum depends on.
    fn count(&mut self) -> i64 {
        match self.profile {
            Profile::Zeros => (self.rng.chance(1, 12) as i64) * self.rng.between(1, 30),
            Profile::Small => self.rng.between(0, 10),
            Profile::Distinct => {
                let high = self.rng.pick(&[100, 1000, 7000, self.most]);
                self.distinct(10, high)
            }
            Profile::Spelled => self.rng.between(0, 30_000),
            _ => (self.rng.chance(2, 3) as i64) * self.rng.between(1, 300),
        }
    }

    /// Leaf figures of a sum.
    fn spread(&mut self, cells: usize) -> Vec<i64> {
        let units = match self.profile {
            Profile::Distinct => return (0..cells).map(|_| self.distinct(1, 700)).collect(),
            Profile::Spelled => return (0..cells).map(|_| self.rng.between(0, 120)).collect(),
            Profile::Zeros => self.rng.below(3),
            Profile::Small => self.rng.below(10),
            _ => self.rng.below(60),
        };
        let mut out = vec![0; cells];
        (0..units).for_each(|_| out[self.rng.below(cells)] += 1);
        out
    }

    fn disclosure(&mut self, edition: Edition, old_first: bool) {
        let spelling = self.rng.below(4); // of changes and amounts, one way per report
        for block in form::blocks(edition, old_first) {
            for row in block.rows {
                for column in block.columns {
                    let value = self.count();
                    self.push("disclosure", row.0, column.0, value);
                    let cell = self.cells.last_mut().expect("just pushed");
                    let (value, raw) = match column.0 {
                        "item_change" => change(self.rng, value.min(999), spelling),
                        "fee_amount" => money(self.rng, value, 7),
                        "procurement_amount" => procurement(self.rng, value, spelling),
                        _ => continue,
                    };
                    (cell.value, cell.raw) = (Some(value), raw);
                }
            }
        }
    }

    fn requests(&mut self, edition: Edition) {
        let lines = form::lines(edition);
        let outcomes: Vec<&str> =
            lines.iter().filter(|l| l.1 != "top" && l.0 != "processed").map(|line| line.0).collect();
        let n = outcomes.len();
        let leaves = self.spread((n + 1) * 6);
        let mut rows: Vec<(&str, Vec<i64>)> =
            (0..n).map(|o| (outcomes[o], leaves[o * 6..o * 6 + 6].to_vec())).collect();
        let carried_out = leaves[n * 6..].to_vec();
        let processed: Vec<i64> = (0..6).map(|a| rows.iter().map(|row| row.1[a]).sum()).collect();
        let inflow: Vec<i64> = (0..6).map(|a| processed[a] + carried_out[a]).collect();
        let rare = self.rng.chance(1, 2);
        let carried_in: Vec<i64> = inflow.iter().map(|&v| if rare { 0 } else { self.rng.between(0, v + 1) }).collect();
        rows.push(("received", (0..6).map(|a| inflow[a] - carried_in[a]).collect()));
        rows.push(("carried_in", carried_in));
        rows.push(("processed", processed));
        rows.push(("carried_out", carried_out));
        for line in lines {
            let mut values = rows.iter().find(|row| row.0 == line.0).expect("every line has figures").1.clone();
            values.push(values.iter().sum());
            for (column, value) in form::APPLICANTS.iter().zip(values) {
                self.push("requests", line.0, column.0, value);
            }
        }
    }

    fn disputes(&mut self) {
        for case in form::CASES {
            let mut values = self.spread(4);
            values.push(values.iter().sum());
            for (column, value) in form::RESULTS.iter().zip(values) {
                self.push("disputes", case.0, column.0, value);
            }
        }
    }

    fn statistics(&mut self) {
        let codes: Vec<&str> = form::LIST.iter().map(|item| item.0).filter(|code| !code.is_empty()).collect();
        let mut values: Vec<i64> = codes.iter().map(|_| self.count()).collect();
        let at = |code: &str| codes.iter().position(|c| *c == code).expect("a code of the list");
        for (total, parts) in form::sums() {
            values[at(total)] = parts.iter().map(|part| values[at(part)]).sum();
        }
        for part in ["press_conferences", "online_interviews"] {
            let own = at(&format!("{part}_leader"));
            values[own] = values[own].min(values[at(part)]);
        }
        for (code, value) in codes.iter().zip(values) {
            self.push("statistics", code, "count", value);
            if ["fees_collected", "budget"].contains(code) {
                let (value, raw) = money(self.rng, value, 3);
                let cell = self.cells.last_mut().expect("just pushed");
                (cell.value, cell.raw) = (Some(value), raw);
            }
        }
    }

    /// Odd spellings of plain counts.
    fn spell(&mut self) {
        if self.profile != Profile::Spelled {
            return;
        }
        for cell in &mut self.cells {
            if cell.raw.parse::<i64>().is_err() {
                continue;
            }
            let value = cell.value.unwrap_or_default() as i64;
            match self.rng.below(5) {
                0 => cell.raw = cell.raw.chars().map(full_width).collect(),
                1 if value >= 1000 => cell.raw = format!("{},{:03}", value / 1000, value % 1000),
                1 if cell.table != "statistics" => cell.raw += "件",
                2 if value >= 10_000 && cell.table == "disclosure" && cell.column == "decisions" => {
                    cell.value = Some((value / 100 * 100) as f64);
                    cell.raw = format!("{}.{:02}万", value / 10_000, value / 100 % 100);
                }
                _ => {}
            }
        }
    }

    fn blank(&mut self) {
        if self.profile == Profile::TotalsOnly {
            for cell in self.cells.iter_mut().filter(|c| c.table == "requests" && c.column != "total") {
                (cell.value, cell.raw) = (None, String::new());
            }
        }
        if self.profile != Profile::WithBlanks {
            return;
        }
        let sign = self.rng.pick(&["", "", "", "", "", "/", "-", "—", "无"]);
        let mut start = 0;
        while start < self.cells.len() {
            let key = (self.cells[start].table, self.cells[start].row);
            let end = (start..self.cells.len()).find(|&i| (self.cells[i].table, self.cells[i].row) != key);
            let end = end.unwrap_or(self.cells.len());
            let zero = self.cells[start..end].iter().all(|c| c.value == Some(0.0));
            let way = self.rng.below(8);
            for i in start..end {
                let cell = &mut self.cells[i];
                let free = cell.table == "disclosure";
                let gone = match way {
                    0 => zero || free,                       // a wholly blank row
                    1 | 2 if zero => cell.column != "total", // only the total is printed
                    3..=5 => (cell.value == Some(0.0) || free) && self.rng.chance(1, 4),
                    _ => false,
                };
                if gone {
                    (cell.value, cell.raw) = (None, sign.to_string());
                }
            }
            start = end;
        }
    }
}

fn full_width(c: char) -> char {
    if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }
}

/// A signed change: plain, with 增/减, or with signs.
fn change(rng: &mut Rng, size: i64, spelling: usize) -> (f64, String) {
    let value = if rng.chance(1, 2) { -size } else { size };
    let raw = match spelling {
        1 if value < 0 => format!("减{size}"),
        1 if value > 0 => format!("增{size}"),
        2 if value > 0 => format!("+{size}"),
        _ => value.to_string(),
    };
    (value as f64, raw)
}

/// An amount with up to `places - 1` decimals.
fn money(rng: &mut Rng, whole: i64, places: usize) -> (f64, String) {
    let places = rng.below(places);
    let raw = match places {
        0 => whole.to_string(),
        _ if whole == 0 => format!("{:.places$}", 0.0),
        _ => format!("{whole}.{:0places$}", rng.below(10usize.pow(places as u32))),
    };
    (raw.parse().expect("a decimal"), raw)
}

/// The procurement amount in 元, 万元 or without unit; the value is in 元 when a unit is printed.
fn procurement(rng: &mut Rng, whole: i64, spelling: usize) -> (f64, String) {
    let (cents, gap) = (whole * 100 * rng.between(1, 50) + whole.min(1) * rng.between(0, 100), rng.chance(1, 3));
    let gap = if gap { " " } else { "" };
    let yuan = format!("{}.{:02}", cents / 100, cents % 100);
    match spelling {
        0 => (cents as f64 / 100.0, yuan.trim_end_matches(".00").to_string()),
        1 => (cents as f64 / 100.0, format!("{yuan}{gap}元")),
        _ => {
            let raw = format!("{}.{:06}", cents / 1_000_000, cents % 1_000_000);
            let raw = raw.trim_end_matches('0').trim_end_matches('.');
            (cents as f64 / 100.0, format!("{raw}{}", rng.pick(&["万元", "万"])))
        }
    }
}
