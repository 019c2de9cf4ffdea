//! The dimensions of the suite by name: layouts, and kinds of oddities.
//!
//! Owns the names and what a layout keeps of a table. Refuses to build or print anything.

use crate::generate::Edition;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident: $($item:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($item),* }

        impl $name {
            pub const ALL: [$name; [$(stringify!($item)),*].len()] = [$($name::$item),*];
        }
    };
}

named! {
    /// How a document is stored and its tables are printed.
    Layout:
    Tab Bar BarShort BarFull BarLead Markdown MarkdownBlank CellBar Bare BareBlank Space Flat Csv
    Html HtmlHead HtmlWord HtmlNested HtmlParagraphs HtmlPre HtmlLines HtmlDivs Mht
    Docx Odt Fodt Rtf Xlsx Ods Spreadsheet Pdf Ofd
}

named! {
    /// What may be odd in a document.
    Dimension: Order Extra Twice Label Head Blank
}

impl Layout {
    /// Of the file's name.
    pub fn extension(self) -> &'static str {
        use Layout::*;
        match self {
            Markdown | MarkdownBlank => "md",
            Csv => "csv",
            Html | HtmlHead | HtmlWord | HtmlNested | HtmlParagraphs | HtmlPre | HtmlLines | HtmlDivs => "html",
            Mht => "mht",
            Docx => "docx",
            Odt => "odt",
            Fodt => "fodt",
            Rtf => "rtf",
            Xlsx => "xlsx",
            Ods => "ods",
            Spreadsheet => "xml",
            Pdf => "pdf",
            Ofd => "ofd",
            _ => "txt",
        }
    }

    /// A blank cell leaves nothing behind, or no sign where it ends.
    pub fn loses_blanks(self) -> bool {
        matches!(self, Layout::Bare | Layout::Space | Layout::Flat)
    }

    /// Cells are set apart by a blank, which a label may hold too.
    pub fn joins_words(self) -> bool {
        matches!(self, Layout::Space | Layout::Flat)
    }

    /// A cell stands in its column, whatever stands around it.
    pub fn is_grid(self) -> bool {
        !matches!(
            self,
            Layout::Bar
                | Layout::BarShort
                | Layout::CellBar
                | Layout::Bare
                | Layout::BareBlank
                | Layout::Space
                | Layout::Flat
                | Layout::HtmlParagraphs
                | Layout::HtmlLines
        )
    }
}

/// Names of the kinds of each dimension, from 1.
pub const ORDERS: [&str; 12] = [
    "form",
    "swap",
    "total-first",
    "other-first",
    "back",
    "person-last",
    "total-second",
    "mixed",
    "all-back",
    "rotated",
    "total-before-person",
    "random",
];
pub const EXTRAS: [&str; 10] = [
    "subtotal",
    "organisations-total",
    "share",
    "last-year-behind",
    "number",
    "code-unit",
    "column-less",
    "remark",
    "no-total",
    "last-year-before",
];
pub const TWICES: [&str; 12] = [
    "older-first",
    "newer-first",
    "beside",
    "parts-whole",
    "zero-before",
    "blank-behind",
    "sample",
    "older-report",
    "two-bodies",
    "nothing-decides",
    "identical",
    "half-year",
];
pub const LABELS: [&str; 10] = [
    "explained",
    "sub-rows",
    "unknown-rows",
    "out-of-order",
    "numbering",
    "other-form",
    "broken",
    "traditional",
    "group-rows",
    "repeated-stubs",
];
pub const HEADS: [&str; 8] = ["broken", "spaced", "words", "damaged", "explained", "repeated", "noted", "lost"];
pub const BLANKS: [&str; 8] =
    ["cells", "dashes", "total-column", "spare", "padding", "only-totals", "rows", "whole-table"];

impl Dimension {
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Dimension::Order => &ORDERS,
            Dimension::Extra => &EXTRAS,
            Dimension::Twice => &TWICES,
            Dimension::Label => &LABELS,
            Dimension::Head => &HEADS,
            Dimension::Blank => &BLANKS,
        }
    }

    pub fn kinds(self) -> usize {
        self.names().len()
    }
}

/// What a document is: its layout, its form, and the kind of each dimension (0: nothing odd).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    pub layout: Layout,
    pub edition: Edition,
    pub kinds: [usize; 6],
    pub round: usize,
}

impl Spec {
    pub fn plain(layout: Layout, edition: Edition) -> Spec {
        Spec { layout, edition, kinds: [0; 6], round: 0 }
    }

    pub fn with(mut self, dimension: Dimension, kind: usize) -> Spec {
        self.kinds[dimension as usize] = kind;
        self
    }

    /// Name of the kind of a dimension, empty where nothing is odd.
    pub fn kind(&self, dimension: Dimension) -> &'static str {
        self.kinds[dimension as usize].checked_sub(1).and_then(|k| dimension.names().get(k)).unwrap_or(&"")
    }

    pub fn is(&self, dimension: Dimension, names: &[&str]) -> bool {
        names.contains(&self.kind(dimension))
    }

    /// The oddities by name.
    pub fn oddities(&self) -> String {
        let named = |d: &Dimension| {
            let kind = self.kind(*d);
            (!kind.is_empty()).then(|| format!("{d:?}-{kind}").to_lowercase())
        };
        let all: Vec<String> = Dimension::ALL.iter().filter_map(named).collect();
        if all.is_empty() { "plain".into() } else { all.join("+") }
    }

    /// Name of the document without its extension.
    pub fn name(&self) -> String {
        let round = if self.round > 0 { format!("-{}", self.round) } else { String::new() };
        format!("{}-{:?}-{}{round}", self.edition.code(), self.layout, self.oddities())
    }

    /// Seed of everything random in the document.
    pub fn seed(&self) -> u64 {
        self.name().bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    }
}
