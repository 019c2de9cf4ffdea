//! The four ways in which a line of text can run along the edges of a page.
//!
//! Owns telling them by the vector of a baseline, and the turn that makes a page read from left to right. Refuses slanted
//! text: it is no part of a table.

/// Slope up to which a baseline counts as parallel to an edge of the page (five degrees).
const SLOPE: f64 = 0.0875;

/// Where the baseline of a glyph runs, as displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Right,
    /// Downwards.
    Down,
    /// From right to left: upside down.
    Left,
    /// Upwards.
    Up,
}

impl Direction {
    /// The direction of a vector, y down; `None` if it is slanted.
    pub fn of(x: f64, y: f64) -> Option<Self> {
        if y.abs() <= SLOPE * x.abs() {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= SLOPE * y.abs() {
            Some(if y > 0.0 { Self::Down } else { Self::Up })
        } else {
            None
        }
    }

    /// The direction that occurs most; of several the first of right, down, left and up.
    pub fn most(all: impl Iterator<Item = Self>) -> Self {
        let mut counts = [0_usize; 4];
        for direction in all {
            counts[direction as usize] += 1;
        }
        let mut main = (Self::Right, 0);
        for (direction, count) in [Self::Right, Self::Down, Self::Left, Self::Up].into_iter().zip(counts) {
            if count > main.1 {
                main = (direction, count);
            }
        }
        main.0
    }

    /// The unit vector along it.
    pub const fn unit(self) -> (f32, f32) {
        match self {
            Self::Right => (1.0, 0.0),
            Self::Down => (0.0, 1.0),
            Self::Left => (-1.0, 0.0),
            Self::Up => (0.0, -1.0),
        }
    }

    /// Whether width and height of a page change places when it is turned.
    pub const fn is_sideways(self) -> bool {
        matches!(self, Self::Down | Self::Up)
    }

    /// Turns a point of a page of this width and height so that text of this direction reads from left to right.
    pub fn turn(self, x: f32, y: f32, width: f32, height: f32) -> (f32, f32) {
        match self {
            Self::Right => (x, y),
            Self::Down => (y, width - x),
            Self::Left => (width - x, height - y),
            Self::Up => (height - y, x),
        }
    }
}
