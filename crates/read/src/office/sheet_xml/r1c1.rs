//! Formulas that count rows and columns: `=SUM(RC[-6]:RC[-1])` of SpreadsheetML is `=SUM(D5:I5)` where it stands.
//!
//! Owns the translation. Refuses whole rows and columns, names and texts: no part of a formula is guessed.

/// Bytes of a formula; Excel allows 8192 characters.
const MAX_LENGTH: usize = 32_768;

/// A formula as it would be written in the other notation, in a cell that is counted from 0; `None` if it holds anything
/// that is no reference to cells, number or function.
pub(super) fn to_a1(formula: &str, row: u32, column: u32) -> Option<String> {
    if formula.len() > MAX_LENGTH {
        return None;
    }
    let mut written = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            // A name of a sheet. Texts compute nothing here.
            '\'' => rest.get(1..)?.find('\'')?.checked_add(2)?,
            '"' => return None,
            c if is_word(c) => {
                let (word, after) = word(rest)?;
                let called = after.starts_with('(') || after.starts_with('!');
                let number = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                if called || number {
                    written.push_str(word);
                } else if let Some(place) = place(word, row, column) {
                    written.push_str(&place);
                } else {
                    return None;
                }
                rest = after;
                continue;
            }
            c => c.len_utf8(),
        };
        let (taken, after) = rest.split_at_checked(end)?;
        written.push_str(taken);
        rest = after;
    }
    Some(written)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// A word with the brackets of its steps, and what follows.
fn word(text: &str) -> Option<(&str, &str)> {
    let mut within = false;
    let end = text.find(|c: char| {
        match c {
            '[' => within = true,
            ']' if within => {
                within = false;
                return false;
            }
            _ => {}
        }
        !within && !is_word(c)
    });
    text.split_at_checked(end.unwrap_or(text.len()))
}

/// `R5C4`, `RC[-1]`, `R[-3]C`.
fn place(word: &str, row: u32, column: u32) -> Option<String> {
    let rest = word.strip_prefix(['R', 'r'])?;
    let (row, rest) = step(rest, row)?;
    let rest = rest.strip_prefix(['C', 'c'])?;
    let (column, rest) = step(rest, column)?;
    rest.is_empty().then_some(())?;
    let mut letters = Vec::new();
    let mut left = column.checked_add(1)?;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).ok()?));
        left /= 26;
    }
    Some(format!("{}{}", letters.iter().rev().collect::<String>(), row.checked_add(1)?))
}

/// A row or column: fixed, by steps in brackets, or the cell's own. And what follows.
fn step(text: &str, own: u32) -> Option<(u32, &str)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (steps, rest) = rest.split_once(']')?;
        return Some((own.checked_add_signed(steps.parse().ok()?)?, rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    if number.is_empty() {
        return Some((own, rest));
    }
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, rest))
}

#[cfg(test)]
mod tests {
    use super::to_a1;

    #[test]
    fn translation() {
        for (formula, written) in [
            ("=SUM(RC[-6]:RC[-1])", Some("=SUM(D5:I5)")),
            ("=R1C1+R[-1]C-R5C", Some("=A1+J4-J5")),
            ("='表 1'!R2C27*1.5", Some("='表 1'!AA2*1.5")),
            ("=Sheet2!RC", Some("=Sheet2!J5")),
            ("=IF(RC>0,1,0)", Some("=IF(J5>0,1,0)")),
            ("=SUM(C[-1])", None),
            ("=SUM(R1)", None),
            ("=A1", None),
            ("=Total+1", None),
            ("=RC[-1]&\"件\"", None),
            ("=R[-9]C", None),
            ("=RC[99999999999]", None),
            ("=RC[", None),
            ("='表", None),
        ] {
            assert_eq!(to_a1(formula, 4, 9).as_deref(), written, "{formula}");
        }
    }
}
