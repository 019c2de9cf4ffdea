//! Formulas as text: `=SUM(D5:I5)+'表 1'!$A$1` of XLSX, `of:=SUM([.D5:.I5];[$'表 1'.A1])` of ODS.
//!
//! Owns the grammar of what is computed. Refuses all else as a whole: no part of a formula is left out.

use std::rc::Rc;

use super::{Expr, Index, MAX_DEPTH, Operator, Place};

/// Bytes of a formula; Excel allows 8192 characters.
const MAX_LENGTH: usize = 32_768;

/// Reads a formula; `None` if it holds anything that is not computed.
pub(in crate::office) fn parse(text: &str) -> Option<Expr> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    // ODS says which grammar it is: `of:=`, `oooc:=`, `msoxl:=`.
    let text = match text.split_once('=') {
        Some((grammar, rest)) if grammar.bytes().all(|b| b.is_ascii_alphabetic() || b == b':') => rest,
        _ => text,
    };
    let mut parser = Parser { rest: text, depth: 0 };
    let expr = parser.sum()?;
    parser.skip();
    parser.rest.is_empty().then_some(expr)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, c: char) -> Option<()> {
        self.skip();
        self.rest = self.rest.strip_prefix(c)?;
        Some(())
    }

    fn sum(&mut self) -> Option<Expr> {
        self.depth = self.depth.checked_add(1).filter(|d| *d <= MAX_DEPTH)?;
        let mut left = self.product()?;
        loop {
            let operator = if self.take('+').is_some() {
                Operator::Plus
            } else if self.take('-').is_some() {
                Operator::Minus
            } else {
                break;
            };
            left = Expr::two(operator, left, self.product()?);
        }
        self.depth = self.depth.saturating_sub(1);
        Some(left)
    }

    fn product(&mut self) -> Option<Expr> {
        let mut left = self.signed()?;
        loop {
            let operator = if self.take('*').is_some() {
                Operator::Times
            } else if self.take('/').is_some() {
                Operator::Over
            } else {
                return Some(left);
            };
            left = Expr::two(operator, left, self.signed()?);
        }
    }

    fn signed(&mut self) -> Option<Expr> {
        let mut negative = false;
        loop {
            if self.take('-').is_some() {
                negative = !negative;
            } else if self.take('+').is_none() {
                break;
            }
        }
        let mut of = self.operand()?;
        if self.take('%').is_some() {
            of = Expr::Percent(Box::new(of));
        }
        Some(if negative { Expr::Negative(Box::new(of)) } else { of })
    }

    fn operand(&mut self) -> Option<Expr> {
        self.skip();
        if self.take('(').is_some() {
            let inner = self.sum()?;
            self.take(')')?;
            return Some(inner);
        }
        if let Some(rest) = self.rest.strip_prefix('[') {
            let (inner, rest) = bracketed(rest)?;
            self.rest = rest;
            return dotted(inner);
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return self.number();
        }
        if let Some(rest) = self.rest.strip_prefix("#REF!") {
            self.rest = rest;
            return Some(Expr::Lost);
        }
        if let Some(expr) = self.function() {
            return expr;
        }
        let (sheet, rest) = sheet(self.rest);
        self.rest = rest;
        if let Some(rest) = self.rest.strip_prefix("#REF!") {
            self.rest = rest;
            return Some(Expr::Lost);
        }
        let from = self.cell(sheet.clone())?;
        if self.take(':').is_none() {
            return Some(Expr::Cell(from));
        }
        self.skip();
        Some(Expr::Area(from, self.cell(sheet)?))
    }

    fn number(&mut self) -> Option<Expr> {
        let digits = |text: &str| text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let mut end = digits(self.rest);
        let exponent = self.rest.get(end..)?;
        if let Some(rest) = exponent.strip_prefix(['e', 'E']) {
            let sign = usize::from(rest.starts_with(['+', '-']));
            let more = digits(rest.get(sign..)?);
            end = end.checked_add(1)?.checked_add(sign)?.checked_add(more)?;
        }
        let (number, rest) = self.rest.split_at_checked(end)?;
        // A row alone, such as `5:5`, is no number.
        if rest.trim_start().starts_with(':') {
            return None;
        }
        self.rest = rest;
        number.parse().ok().map(Expr::Number)
    }

    /// A function and its arguments; `None` if here stands something else.
    fn function(&mut self) -> Option<Option<Expr>> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))?;
        let (name, rest) = self.rest.split_at_checked(end)?;
        let rest = rest.trim_start().strip_prefix('(')?;
        self.rest = rest;
        Some(self.arguments(&name.to_ascii_uppercase()))
    }

    fn arguments(&mut self, name: &str) -> Option<Expr> {
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.sum()?);
            if self.take(')').is_some() {
                break;
            }
            self.take(',').or_else(|| self.take(';'))?;
        }
        match name {
            "SUM" => Some(Expr::Sum(arguments)),
            "ROUND" => {
                let places = arguments.pop()?;
                let of = arguments.pop().filter(|_| arguments.is_empty())?;
                Some(Expr::Round(Box::new(of), Box::new(places)))
            }
            _ => None,
        }
    }

    /// `D5`, `$D$5`.
    fn cell(&mut self, sheet: Option<Rc<str>>) -> Option<Place> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '$')).unwrap_or(self.rest.len());
        let (reference, rest) = self.rest.split_at_checked(end)?;
        // A name of something else, or a cell of another workbook.
        if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '!' | '[' | '(' | '\'' | '#')) {
            return None;
        }
        let (row, column) = place(reference)?;
        self.rest = rest;
        Some(Place { sheet, row, column })
    }
}

/// The name of a sheet before a `!`, and what follows.
fn sheet(text: &str) -> (Option<Rc<str>>, &str) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let (name, rest) = if text.starts_with('\'') {
        let Some((name, rest)) = quoted(text) else { return (None, text) };
        (name, rest)
    } else {
        let end = text.find(|c| !plain(c)).unwrap_or(text.len());
        let Some((name, rest)) = text.split_at_checked(end) else { return (None, text) };
        (name.to_owned(), rest)
    };
    match rest.strip_prefix('!') {
        Some(rest) if !name.is_empty() => (Some(Rc::from(name.as_str())), rest),
        _ => (None, text),
    }
}

/// A name in `'`, in which `''` stands for one, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let (part, after) = rest.split_once('\'')?;
        name.push_str(part);
        match after.strip_prefix('\'') {
            Some(more) => {
                name.push('\'');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// What stands before the `]` that ends a reference, which names in quotes may hold, and what follows.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let mut within = false;
    for (at, c) in text.char_indices() {
        match c {
            '\'' => within = !within,
            ']' if !within => return Some((text.get(..at)?, text.get(at.checked_add(1)?..)?)),
            _ => {}
        }
    }
    None
}

/// A reference of ODS: `.D5`, `.D5:.I5`, `$'表 1'.D5`.
fn dotted(text: &str) -> Option<Expr> {
    if text.contains("#REF!") {
        return Some(Expr::Lost);
    }
    let (from, rest) = dotted_cell(text, None)?;
    match rest.strip_prefix(':') {
        Some(rest) => {
            let (to, rest) = dotted_cell(rest, from.sheet.as_ref())?;
            rest.is_empty().then_some(Expr::Area(from, to))
        }
        None => rest.is_empty().then_some(Expr::Cell(from)),
    }
}

/// A cell whose sheet stands before a point. The second of an area is on the sheet of the first.
fn dotted_cell<'a>(text: &'a str, same: Option<&Rc<str>>) -> Option<(Place, &'a str)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let (name, rest) = if text.starts_with('\'') {
        quoted(text)?
    } else {
        let end = text.find(['.', ':'])?;
        (text.get(..end)?.to_owned(), text.get(end..)?)
    };
    let rest = rest.strip_prefix('.')?;
    let end = rest.find(':').unwrap_or(rest.len());
    let (reference, rest) = rest.split_at_checked(end)?;
    let (row, column) = place(reference)?;
    let sheet = if name.is_empty() { same.cloned() } else { Some(Rc::from(name.as_str())) };
    Some((Place { sheet, row, column }, rest))
}

/// Row and column of a reference, and whether they move with it.
fn place(reference: &str) -> Option<(Index, Index)> {
    let (fixed_column, rest) = match reference.strip_prefix('$') {
        Some(rest) => (true, rest),
        None => (false, reference),
    };
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = rest.split_at_checked(letters).filter(|_| (1..=3).contains(&letters))?;
    let (fixed_row, digits) = match rest.strip_prefix('$') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let column = name.bytes().fold(0_u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row = Some(digits).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse::<u32>().ok()?;
    let row = Index { at: row.checked_sub(1)?, moves: !fixed_row };
    Some((row, Index { at: column.checked_sub(1)?, moves: !fixed_column }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_formula_in_two_notations() {
        for (xlsx, ods) in [
            ("SUM(D5:I5)", "of:=SUM([.D5:.I5])"),
            ("=+D5+E5-$F$5", "of:=+[.D5]+[.E5]-[.$F$5]"),
            ("SUM(D5:I5,'表 1'!A1)", "of:=SUM([.D5:.I5];[$'表 1'.A1])"),
            ("Sheet2!A1*2", "of:=[$Sheet2.A1]*2"),
            ("SUM(表二!A1:B2)", "oooc:=SUM([表二.A1:.B2])"),
            ("ROUND((A1+1.5)/3,2)", "of:=ROUND(([.A1]+1.5)/3;2)"),
            ("-A1%", "of:=-[.A1]%"),
            ("SUM(#REF!)", "of:=SUM([.#REF!])"),
            ("'it''s'!B2", "of:=['it''s'.B2]"),
        ] {
            assert!(parse(xlsx).is_some(), "{xlsx}");
            assert_eq!(parse(xlsx), parse(ods), "{xlsx}");
        }
    }

    #[test]
    fn what_is_not_computed() {
        for formula in [
            "",
            "IF(A1>0,A1,0)",
            "SUM(A1",
            "SUM()",
            "SUM(A1,,B1)",
            "A1&B1",
            "A1^2",
            "Total",
            "A1:B2:C3",
            "[1]Sheet1!A1",
            "'[x.xlsx]表'!A1 B1",
            "SUM(Table1[合计])",
            "D:D",
            "5:5",
            "\"a\"",
            "A1 B1",
            "SUM(A1:OFFSET(B1,1,1))",
            "VLOOKUP(A1,B:C,2,0)",
            "AAAA1",
            "A0",
        ] {
            assert_eq!(parse(formula), None, "{formula}");
        }
        assert_eq!(parse(&"(".repeat(10_000)), None);
        assert!(parse(&format!("1{}", "+1".repeat(10_000))).is_some());
        assert_eq!(parse(&format!("{}1", "-".repeat(10_000))), Some(Expr::Number(1.0)));
    }
}
