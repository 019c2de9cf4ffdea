//! Geometry of OFD pages: units, numbers of attributes, affine transforms.
//!
//! Owns what content and paths both stand on. Refuses elements: it sees attributes only.

/// Points of a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// Numbers of an attribute, in order; what is no number is left out.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let parts = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    parts.filter_map(|n| n.parse::<f64>().ok()).filter(|n| n.is_finite())
}

/// The first `N` numbers of an attribute; `None` if it has fewer.
pub(super) fn array<const N: usize>(text: &str) -> Option<[f64; N]> {
    let mut all = [0.0; N];
    let mut stated = numbers(text);
    for place in &mut all {
        *place = stated.next()?;
    }
    Some(all)
}

/// An affine transform, as in PDF: `[a b c d e f]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Transform(pub(super) [f64; 6]);

impl Transform {
    pub(super) const NONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Where a point comes to lie.
    pub(super) fn point(&self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// How much longer a line along x becomes, one along y, and a line's width.
    pub(super) fn scales(&self) -> [f64; 3] {
        let [a, b, c, d, ..] = self.0;
        [a.hypot(b), c.hypot(d), (a * d - b * c).abs().sqrt()]
    }

    /// This one after another.
    pub(super) fn after(&self, first: &Self) -> Self {
        let [a, b, c, d, ..] = first.0;
        let [e, f] = self.point(first.0[4], first.0[5]);
        let [p, q, r, s, ..] = self.0;
        Self([p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, e, f])
    }
}
