//! The orders suite: a logical table (heads, rows, figures, one or several oddities) printed in every layout and format.
//!
//! Owns the cross product of layouts, forms and oddities, and what a person reads from each document. Shares no code with
//! the extractor: forms and figures are those of [`crate::generate`], everything else is written here.

pub mod claims;
pub mod figures;
pub mod grid;
pub mod heads;
pub mod html;
pub mod kinds;
pub mod labels;
pub mod office;
pub mod page;
pub mod paper;
pub mod piece;
pub mod plan;
pub mod sheets;
pub mod tables;
pub mod text;
pub mod twice;
pub mod write;

use crate::generate::{Edition, Rng};
pub use claims::{Claim, Claims, Key};
use kinds::{Dimension, Layout, Spec};

/// One document: its bytes and the reports in it, in their order.
#[derive(Clone, Debug)]
pub struct Made {
    pub name: String,
    pub bytes: Vec<u8>,
    pub reports: Vec<Claims>,
    pub spec: Spec,
}

/// The specs of the suite: every layout and form with every oddity alone, then `mixed` of several at once.
pub fn specs(mixed: usize) -> Vec<Spec> {
    let mut out = Vec::new();
    for layout in Layout::ALL {
        for edition in Edition::ALL {
            let plain = Spec::plain(layout, edition);
            out.push(plain);
            for dimension in Dimension::ALL {
                out.extend((1..=dimension.kinds()).map(|kind| plain.with(dimension, kind)));
            }
        }
    }
    let mut rng = Rng::new(20_261_130);
    for _ in 0..mixed {
        let layout = rng.pick(&Layout::ALL);
        let mut spec = Spec::plain(layout, rng.pick(&Edition::ALL));
        spec.round = 1 + rng.below(1000);
        for dimension in Dimension::ALL {
            if rng.chance(2, 5) {
                spec = spec.with(dimension, 1 + rng.below(dimension.kinds()));
            }
        }
        out.push(spec);
    }
    out
}

/// The document of a spec, the same every time.
pub fn make(spec: Spec) -> Made {
    let mut rng = Rng::new(spec.seed());
    let (pieces, reports) = page::page(spec, &mut rng);
    let bytes = write::write(spec.layout, &pieces, &mut rng);
    Made { name: format!("{}.{}", spec.name(), spec.layout.extension()), bytes, reports, spec }
}
