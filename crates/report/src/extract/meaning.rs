//! Meanings: what a label or head may turn out to name, and how well.
//!
//! Owns these three words, in which those who look texts up answer. Refuses to look anything up.

/// How a label was recognised, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// The form's own wording.
    Exact,
    /// A known other wording, or the label with an explanation.
    Variant,
    /// By likeness.
    Fuzzy,
    /// By its neighbours or by sums; the label is lost or unreadable.
    Position,
    /// In a picture: row and value were recognised, and a sum or a second recogniser vouches for the value.
    Ocr,
}

impl Matched {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Variant => "variant",
            Self::Fuzzy => "fuzzy",
            Self::Position => "position",
            Self::Ocr => "ocr",
        }
    }
}

/// A line of the form that a text may name, and how well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Index into [`Table::lines`].
    pub(super) line: usize,
    /// From 0 to 1.
    pub(super) weight: f64,
    /// How it was recognised.
    pub(super) matched: Matched,
}

/// What one head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A column of the form.
    Column(usize),
    /// A heading over columns of the form (申请人情况).
    Group,
    /// A column that no form has (小计, 占比, 序号).
    Extra,
    /// Words that say neither.
    Unknown,
    /// Nothing is printed.
    Nothing,
}
