//! `data/alignment.toml`: the weights and thresholds of alignment and placing.
//!
//! Owns that file's schema; what each figure is for is said there, beside it. Refuses defaults: a key that is missing is an
//! error, one that the schema does not know too, and the compiler names a field that nothing reads.

use serde::Deserialize;

const FILE: &str = include_str!("../../../../data/alignment.toml");

/// All of them; loaded once, with the [`Index`](super::Index).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) signals: Signals,
    pub(super) likeness: Likeness,
    pub(super) chain: Chain,
    pub(super) gaps: Gaps,
    pub(super) edition: Edition,
    pub(super) glued: Glued,
    pub(super) regions: Regions,
    pub(super) list: List,
    pub(super) wide: Wide,
    pub(super) dedup: Dedup,
    pub(super) leftovers: Leftovers,
}

/// Which texts tell by themselves of which table they are.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signals {
    pub(super) label_chars: usize,
    pub(super) column_chars: usize,
    pub(super) corner_chars: usize,
}

/// What a text without an exact match names.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Likeness {
    pub(super) text_chars: usize,
    pub(super) compared_chars: usize,
    pub(super) least: f64,
    pub(super) short_chars: usize,
    pub(super) least_short: f64,
    pub(super) margin: f64,
    pub(super) part_chars: usize,
    pub(super) group_and_row: f64,
    pub(super) begins: f64,
    pub(super) ends: f64,
    pub(super) ends_per_char: f64,
    pub(super) sure: f64,
    pub(super) sure_margin: f64,
    pub(super) most: f64,
    pub(super) most_of_whole: f64,
}

/// The chain of labels that rises with the page and with the form.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chain {
    pub(super) exact: f64,
    pub(super) variant: f64,
    pub(super) valueless: f64,
    pub(super) fragments: usize,
    pub(super) fragments_above: usize,
    pub(super) wider: f64,
}

/// Rows placed by their neighbours.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gaps {
    pub(super) spare_cells: usize,
}

/// How well an edition fits a page.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edition {
    pub(super) group: f64,
    pub(super) blank_row: f64,
    pub(super) left_row: f64,
    pub(super) tie: f64,
    pub(super) heading_like: f64,
    pub(super) heading_clearly: f64,
    pub(super) heading_cells: usize,
    pub(super) heading_chars: usize,
}

/// Digits of several cells without a separator.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glued {
    pub(super) figure_digits: usize,
    pub(super) cell_digits: usize,
    pub(super) steps: u32,
}

/// Where tables begin.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Regions {
    pub(super) wide_signals: usize,
    pub(super) wide_reach: usize,
    pub(super) figures: usize,
    pub(super) summary_labels: usize,
    pub(super) row_reach: usize,
}

/// Lists of label, unit and value.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) heading_like: f64,
    pub(super) heading_pieces: usize,
}

/// Wide tables of one line.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wide {
    pub(super) stray_figures: usize,
}

/// Texts from which repeated lines are gone.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dedup {
    pub(super) labels: usize,
}

/// Rows that no line of the form names.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leftovers {
    pub(super) name_chars: usize,
}

impl Weights {
    /// The built-in file.
    ///
    /// # Errors
    /// When a key is missing, unknown or of another kind; tested not to happen.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
        toml::from_str(FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_complete_and_sane() {
        let Weights { signals, likeness: l, chain: c, edition: e, glued, regions, list, .. } = Weights::load().unwrap();
        let shares = [
            [l.least, l.least_short, l.margin, l.group_and_row, l.begins, l.ends, l.sure, l.most, l.most_of_whole],
            [
                c.exact,
                c.variant,
                c.valueless,
                c.wider,
                e.group,
                e.blank_row,
                e.left_row,
                e.heading_like,
                list.heading_like,
            ],
        ];
        assert!(shares.iter().flatten().all(|s| *s > 0.0 && *s <= 1.0), "{shares:?}");
        // The better a label is known, the more it weighs; no likeness beats the form's words.
        assert!(c.exact > c.variant && c.variant > l.most && l.most >= l.group_and_row && l.group_and_row > l.begins);
        assert!(l.begins > l.ends && l.ends >= l.sure && l.sure > l.most_of_whole && l.most_of_whole > l.least_short);
        assert!(l.least_short > l.least && l.least > l.margin && l.margin > l.sure_margin && l.sure_margin > 0.0);
        // One character more must count, and the longest label not beat another kind of hit by its length alone.
        assert!(l.ends_per_char >= l.sure_margin && l.text_chars > 0 && l.part_chars <= l.compared_chars);
        // Rows with values outweigh all else.
        assert!(
            c.valueless < 0.5
                && e.group < 1.0
                && e.blank_row < 1.0
                && e.tie < 1e-6
                && e.heading_clearly < e.heading_like
        );
        assert!(c.fragments > 0 && e.heading_cells > 0 && regions.wide_signals > 1 && regions.figures > 0);
        assert!(glued.cell_digits < glued.figure_digits && glued.steps > 0);
        assert!(signals.label_chars <= signals.column_chars && signals.column_chars <= signals.corner_chars);
    }

    #[test]
    fn keys_are_neither_missing_nor_unknown() {
        let without = FILE.replacen("labels = 10\n", "", 1);
        assert!(toml::from_str::<Weights>(&without).is_err() && without.len() < FILE.len());
        assert!(toml::from_str::<Weights>(&FILE.replacen("labels = 10", "labels = 10\nwords = 3", 1)).is_err());
    }
}
