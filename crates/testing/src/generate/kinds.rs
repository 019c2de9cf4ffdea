//! The layout classes of `guide/variants.md`, by name.

use super::{Edition, Rng};

/// Marks the ends of a table while a page is put together.
pub const OPEN: char = '\u{E000}';
pub const CLOSE: char = '\u{E001}';

macro_rules! layouts {
    ($($name:ident)*) => {
        /// The layout classes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Layout { $($name),* }

        impl Layout {
            pub const ALL: &[Layout] = &[$(Layout::$name),*];
        }
    };
}

layouts! {
    Tab TabPageBreak PipeRow PipeRowSpare PipeRowShort
    PipeRowLeading PipeCellPerLine PipeCellPerLineOwn PipeCellPerLineLead PipeCellPerLineShort
    BarOwnLine PipeSplitCell TabsInPipes BareCellPerLine BareBlankLine
    BareDeduplicated SpaceRow Glued PdfFlat Markdown
    NoTables HtmlGrid HtmlWord HtmlPortal Mixed
}

use Layout::*;

impl Layout {
    /// The layouts made for `edition`.
    pub fn for_edition(edition: Edition) -> Vec<Layout> {
        if edition != Edition::E2014 {
            return Layout::ALL.to_vec();
        }
        let bare = [BareCellPerLine, BareBlankLine, SpaceRow, Markdown, NoTables, HtmlGrid, HtmlWord, HtmlPortal];
        [&[Tab, PipeRow, PipeRowLeading, PipeCellPerLine][..], &bare].concat()
    }

    pub fn is_html(self) -> bool {
        matches!(self, HtmlGrid | HtmlWord | HtmlPortal)
    }

    /// A short name for messages and file names.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    pub fn has_bars(self) -> bool {
        (PipeRow as usize..=TabsInPipes as usize).contains(&(self as usize))
    }

    pub(super) fn is_bare(self) -> bool {
        matches!(self, BareCellPerLine | BareBlankLine | BareDeduplicated)
    }
}

/// The choices of one page within its class.
pub struct Way {
    pub layout: Layout,
    pub collapsed: bool,
    pub spans: bool,
    pub spare: bool,
    pub as_seeds: bool,
    pub padded: bool,
    pub cut: usize,
    pub split_blanks: bool,
}

impl Way {
    pub(super) fn random(layout: Layout, rng: &mut Rng) -> Way {
        Way {
            layout,
            collapsed: matches!(layout, PipeRow | PipeCellPerLine | PipeRowLeading) && rng.chance(1, 6),
            spans: match layout {
                PipeRowShort | PipeCellPerLineShort => false,
                BarOwnLine => rng.chance(1, 2),
                _ => true,
            },
            spare: layout == PipeRowSpare || (layout == PipeCellPerLine && rng.chance(1, 4)),
            as_seeds: layout == TabPageBreak || (layout == Tab && rng.chance(1, 2)),
            padded: rng.chance(1, 5),
            cut: 5 + rng.below(22),
            split_blanks: false,
        }
    }
}
