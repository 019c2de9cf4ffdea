//! Outlines of an OFD path, as steps of a pen.
//!
//! Owns the abbreviated data. Refuses to know what is a rule and what an area: that is the canvas's business.

use super::transform::Transform;
use crate::sight::{MOST_MARKS, Step};

/// The steps of abbreviated data: `S x y`, `M x y`, `L x y`, `Q` and `B` with one and two control points, `A` with five
/// numbers of an arc before its end, `C`. They end at the first operator whose numbers are missing.
pub(super) fn steps(data: &str, transform: &Transform) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut tokens = tokens(data);
    while let Some(token) = tokens.next().filter(|_| steps.len() <= MOST_MARKS) {
        // A number without operator is passed over.
        if token.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let Some(step) = step(token, &mut tokens, transform) else { break };
            steps.push(step);
        }
    }
    steps
}

fn step<'a>(operator: &str, tokens: &mut impl Iterator<Item = &'a str>, transform: &Transform) -> Option<Step> {
    let mut number = || tokens.next().and_then(|t| t.parse::<f64>().ok()).filter(|n| n.is_finite());
    // Two radii, the angle of the ellipse, and two numbers that choose among its arcs.
    if matches!(operator, "A" | "a") && !(0..5).all(|_| number().is_some()) {
        return None;
    }
    let mut point = || Some(transform.point(number()?, number()?));
    Some(match operator {
        "C" | "c" => Step::Close,
        "S" | "M" | "s" | "m" => Step::Move(point()?),
        "L" | "l" => Step::Line(point()?),
        "A" | "a" => Step::Curve(None, point()?),
        "Q" | "q" => {
            let control = point()?;
            Step::Curve(Some([control; 2]), point()?)
        }
        "B" | "b" => {
            let (first, second) = (point()?, point()?);
            Step::Curve(Some([first, second]), point()?)
        }
        _ => return None,
    })
}

/// Operators and numbers; an operator may touch the number after it.
fn tokens(data: &str) -> impl Iterator<Item = &str> {
    data.split(|c: char| c.is_ascii_whitespace() || c == ',').flat_map(|part| {
        let operator = part.starts_with(|c: char| c.is_ascii_alphabetic());
        let (first, rest) = part.split_at(usize::from(operator));
        [first, rest].into_iter().filter(|t| !t.is_empty())
    })
}
