//! Sums as the edition files write them: `received + carried_in == processed + carried_out`.
//!
//! Owns parsing and evaluating. Refuses products, brackets and constants: the forms have none.

/// How the two sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `==`
    Equal,
    /// `<=`
    AtMost,
}

/// A signed reference to a row, column or cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term<K> {
    /// 1 or -1.
    pub sign: f64,
    /// What it refers to.
    pub of: K,
}

/// Two sums and how they compare, over indices of rows or columns.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Left side.
    pub left: Vec<Term<usize>>,
    /// Comparison.
    pub compare: Compare,
    /// Right side.
    pub right: Vec<Term<usize>>,
}

impl Expr {
    /// Reads an expression whose names `resolve` turns into indices.
    ///
    /// # Errors
    /// Names the part that cannot be read.
    pub fn parse(text: &str, resolve: &dyn Fn(&str) -> Option<usize>) -> Result<Self, String> {
        let (left, compare, right) = if let Some((l, r)) = text.split_once("==") {
            (l, Compare::Equal, r)
        } else if let Some((l, r)) = text.split_once("<=") {
            (l, Compare::AtMost, r)
        } else {
            return Err(format!("no == or <= in `{text}`"));
        };
        Ok(Self { left: sum(left, resolve)?, compare, right: sum(right, resolve)? })
    }

    /// Everything the expression refers to.
    pub fn operands(&self) -> impl Iterator<Item = usize> + '_ {
        self.left.iter().chain(&self.right).map(|t| t.of)
    }

    /// Whether the expression holds for the values that `value` gives, and both sides.
    pub fn holds(&self, value: impl Fn(usize) -> f64) -> (bool, f64, f64) {
        let side = |terms: &[Term<usize>]| terms.iter().map(|t| t.sign * value(t.of)).sum::<f64>();
        let (left, right) = (side(&self.left), side(&self.right));
        // Amounts carry cents; counts are exact in doubles.
        let holds = match self.compare {
            Compare::Equal => (left - right).abs() < 1e-6,
            Compare::AtMost => left <= right + 1e-6,
        };
        (holds, left, right)
    }
}

/// Reads `a + b - c`.
///
/// # Errors
/// Names the term that `resolve` does not know.
pub fn sum<K>(text: &str, resolve: &dyn Fn(&str) -> Option<K>) -> Result<Vec<Term<K>>, String> {
    let mut terms = Vec::new();
    let mut sign = 1.0;
    for word in text.split_whitespace() {
        match word {
            "+" => sign = 1.0,
            "-" => sign = -1.0,
            name => terms.push(Term { sign, of: resolve(name).ok_or_else(|| format!("unknown name `{name}`"))? }),
        }
    }
    if terms.is_empty() { Err(format!("empty sum in `{text}`")) } else { Ok(terms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Option<usize> {
        ["a", "b", "c"].iter().position(|n| *n == name)
    }

    #[test]
    fn sums_compare() {
        let e = Expr::parse("a + b == c", &names).unwrap();
        assert!(e.holds(|i| [1.0, 2.0, 3.0][i]).0);
        assert_eq!(e.holds(|i| [1.0, 2.0, 4.0][i]), (false, 3.0, 4.0));
        assert!(Expr::parse("a - b <= c", &names).unwrap().holds(|i| [5.0, 2.0, 3.0][i]).0);
    }

    #[test]
    fn unknown_names_are_named() {
        assert!(Expr::parse("a == x", &names).unwrap_err().contains("`x`"));
        assert!(Expr::parse("a + b", &names).is_err());
    }
}
