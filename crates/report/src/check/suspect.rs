//! Suspects: which cell of a table most likely is wrong when sums do not hold.
//!
//! Owns singling out one cell from the sums that are broken and those that hold. Refuses to correct: the value that would
//! mend all is a hint in a finding, never in the data, and where two cells are as likely nothing is said.

use std::collections::BTreeMap;

/// A sum that was evaluated: its cells with the sign of each, left minus right, and whether it holds.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Cell and its coefficient in `left - right`.
    pub(super) terms: Vec<(usize, f64)>,
    /// Left minus right.
    pub(super) difference: f64,
    /// Index into the table's identities.
    pub(super) identity: usize,
}

impl Sum {
    pub(super) fn holds(&self) -> bool {
        self.difference.abs() < 1e-6
    }
}

/// The cell in the most broken and fewest intact sums for which one value mends all of its broken ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suspect {
    /// The cell.
    pub(super) cell: usize,
    /// The value that would mend every broken sum it is in.
    pub(super) mended: f64,
    /// The identities that it would mend.
    pub(super) identities: Vec<usize>,
}

/// Singles out the suspects of a table: one for each set of broken sums that a single cell explains.
pub(super) fn suspects(sums: &[Sum], value: &dyn Fn(usize) -> f64, whole: bool) -> Vec<Suspect> {
    let mut open: Vec<usize> = (0..sums.len()).filter(|s| !sums[*s].holds()).collect();
    let mut found = Vec::new();
    while !open.is_empty() {
        let Some((suspect, explained)) = best(sums, &open, value, whole) else { break };
        open.retain(|s| !explained.contains(s));
        found.push(suspect);
    }
    found
}

fn best(sums: &[Sum], open: &[usize], value: &dyn Fn(usize) -> f64, whole: bool) -> Option<(Suspect, Vec<usize>)> {
    let mut broken: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for s in open {
        for (cell, coefficient) in &sums[*s].terms {
            broken.entry(*cell).or_default().push((*s, *coefficient));
        }
    }
    let intact = |cell: usize| sums.iter().filter(|s| s.holds() && s.terms.iter().any(|(c, _)| *c == cell)).count();
    // More broken sums first, then fewer intact ones that a change would break.
    let mut ranked: Vec<(usize, std::cmp::Reverse<usize>, usize, f64)> = Vec::new();
    for (cell, of) in &broken {
        let mended: Vec<f64> = of.iter().map(|(s, c)| value(*cell) - sums[*s].difference / c).collect();
        let first = mended.first().copied().unwrap_or(0.0);
        let one = mended.iter().all(|m| (m - first).abs() < 1e-6);
        let possible = first >= -1e-6 && (!whole || (first - first.round()).abs() < 1e-6);
        if one && possible {
            ranked.push((of.len(), std::cmp::Reverse(intact(*cell)), *cell, if whole { first.round() } else { first }));
        }
    }
    ranked.sort_by(|a, b| (b.0, b.1, a.2).cmp(&(a.0, a.1, b.2)));
    let (count, intact, cell, mended) = *ranked.first()?;
    // As likely as another one, or known from a single sum of many cells: nothing is singled out.
    if ranked.get(1).is_some_and(|r| (r.0, r.1) == (count, intact)) || (count == 1 && intact.0 > 0) {
        return None;
    }
    let explained: Vec<usize> = broken.get(&cell)?.iter().map(|(s, _)| *s).collect();
    let mut identities: Vec<usize> = explained.iter().map(|s| sums[*s].identity).collect();
    identities.dedup();
    Some((Suspect { cell, mended, identities }, explained))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of two addends and a total per row and per column: 1 2 | 3, 4 5 | 9, 5 7 | 12.
    fn table(change: Option<(usize, f64)>) -> (Vec<Sum>, Vec<f64>) {
        let mut values = vec![1., 2., 3., 4., 5., 9., 5., 7., 12.];
        if let Some((cell, value)) = change {
            values[cell] = value;
        }
        let sum = |a: usize, b: usize, total: usize, identity: usize| Sum {
            terms: vec![(total, 1.0), (a, -1.0), (b, -1.0)],
            difference: values[total] - values[a] - values[b],
            identity,
        };
        let sums =
            vec![sum(0, 1, 2, 0), sum(3, 4, 5, 0), sum(6, 7, 8, 0), sum(0, 3, 6, 1), sum(1, 4, 7, 1), sum(2, 5, 8, 1)];
        (sums, values)
    }

    fn singled(change: Option<(usize, f64)>) -> Vec<(usize, f64)> {
        let (sums, values) = table(change);
        suspects(&sums, &|c| values[c], true).into_iter().map(|s| (s.cell, s.mended)).collect()
    }

    #[test]
    fn one_wrong_cell_stands_where_its_sums_cross() {
        assert_eq!(singled(None), []);
        let right = [1., 2., 3., 4., 5., 9., 5., 7., 12.];
        for (cell, value) in right.iter().enumerate() {
            assert_eq!(singled(Some((cell, value + 6.0))), [(cell, *value)], "cell {cell}");
        }
    }

    #[test]
    fn nothing_is_said_without_a_single_answer() {
        let (mut sums, values) = table(Some((4, 50.0)));
        // Only the row is checked: any of its three cells may be wrong.
        sums.truncate(3);
        assert_eq!(suspects(&sums, &|c| values[c], true), []);
        // The value that would mend it is negative.
        assert_eq!(singled(Some((2, 0.0))).len(), 1);
    }
}
