//! A page as its ink: characters and ruling lines with their places.
//!
//! Owns the types that the readers of page formats (PDF, OFD) make and the layout reads. Refuses to know either format.
//!
//! All lengths are points (1/72 inch), from the upper left corner of the page as it is displayed, y downwards.

/// A printed character.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Left end of its advance box.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Advance to the right; never negative.
    pub width: f32,
    /// Size of the font as displayed.
    pub size: f32,
    /// The character; U+FFFD if the font does not tell.
    pub text: char,
    /// Characters of one number were drawn in one go, without a blank between them; 0 if that is not known.
    pub run: u32,
}

/// A ruling line, horizontal or vertical, as its centre line. Other lines are not rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Left, or the place of a vertical rule.
    pub x0: f32,
    /// Top, or the place of a horizontal rule.
    pub y0: f32,
    /// Right; equal to `x0` for a vertical rule.
    pub x1: f32,
    /// Bottom; equal to `y0` for a horizontal rule.
    pub y1: f32,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width as displayed.
    pub width: f32,
    /// Height as displayed.
    pub height: f32,
    /// Characters in the order in which they are drawn; blanks may be left out.
    pub glyphs: Vec<Glyph>,
    /// Characters that are struck out: no part of the text, but they fill the cells that they stand in.
    pub struck: Vec<Glyph>,
    /// Ruling lines, in any order, pieces unjoined.
    pub rules: Vec<Rule>,
    /// Share of the page that pictures cover, 0 to 1.
    pub pictured: f32,
    /// Its content breaks off: what is there is right, what is not there may be lost.
    pub cut: bool,
    /// Its content fails a checksum and was not read.
    pub broken: bool,
    /// Its characters were recognised in a picture.
    pub recognised: bool,
    /// Of what was recognised, figures that stand there without a mark were read alike by two recognisers.
    pub witnessed: bool,
}
