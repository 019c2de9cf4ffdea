//! Test-data generator: random annual reports with known truth, printed in every layout class of `guide/variants.md`.
//! This file owns the data model, the random numbers and the CSV writer. It shares no code with the extractor.

pub mod damage;
pub mod form;
pub mod grid;
pub mod html;
pub mod kinds;
pub mod layouts;
pub mod page;
pub mod rows;
pub mod values;

use std::ops::Range;

/// Which official form a report follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edition {
    E2014,
    E2019,
    E2021,
}

impl Edition {
    pub const ALL: [Edition; 3] = [Edition::E2014, Edition::E2019, Edition::E2021];

    /// The edition code that the dataset uses.
    pub fn code(self) -> &'static str {
        match self {
            Edition::E2014 => "2014",
            Edition::E2019 => "2019",
            Edition::E2021 => "2021",
        }
    }
}

/// What the figures of a random report look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Mostly zero.
    Zeros,
    /// Every figure of the 2019 and 2021 tables has one digit (amounts and signed changes excepted).
    Small,
    /// As different as possible, up to five digits.
    Distinct,
    /// Some cells, some whole rows, some all-but-总计 printed blank; sums hold with blank = 0.
    WithBlanks,
    /// Table 三 has only its 总计 column filled (applicant sums cannot be evaluated).
    TotalsOnly,
    /// Unusual spellings: full-width digits, thousands commas, `件`, `1.19万`.
    Spelled,
}

impl Profile {
    pub const ALL: [Profile; 6] =
        [Profile::Zeros, Profile::Small, Profile::Distinct, Profile::WithBlanks, Profile::TotalsOnly, Profile::Spelled];
}

/// One cell of the form and what the report prints in it; `value` is `None` when it is printed blank (or `/`, `-`, `无`).
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    pub table: &'static str,
    pub row: &'static str,
    pub column: &'static str,
    pub value: Option<f64>,
    pub raw: String,
}

/// A report before it is printed. `place` is province, prefecture, county.
#[derive(Clone, Debug)]
pub struct Report {
    pub edition: Edition,
    pub agency: String,
    pub place: [Option<String>; 3],
    pub year: i32,
    pub published: Option<(i32, u8, u8)>,
    pub cells: Vec<Truth>,
}

/// A printed report. `preserved` are the cells that a careful reader gets from the text with certainty;
/// `tables` are the byte ranges of the tables in `text`.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub text: String,
    pub preserved: Vec<Truth>,
    pub html: bool,
    pub tables: Vec<Range<usize>>,
}

/// splitmix64.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next_u64() % n as u64) as usize }
    }

    /// A number in `low..high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(1) as usize) as i64
    }

    /// True `times` out of `of` times.
    pub fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) < times
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// `table,row,column,value,raw` lines with a header, as in `seeds/truth.csv` plus the raw text.
pub fn to_csv(cells: &[Truth]) -> String {
    let mut out = String::from("table,row,column,value,raw\n");
    for cell in cells {
        let value = cell.value.map(|v| v.to_string()).unwrap_or_default();
        let raw = if cell.raw.contains([',', '"']) {
            format!("\"{}\"", cell.raw.replace('"', "\"\""))
        } else {
            cell.raw.clone()
        };
        out.push_str(&format!("{},{},{},{value},{raw}\n", cell.table, cell.row, cell.column));
    }
    out
}
