//! The text of style sheets before it is read: comments, and names that stand for values.
//!
//! Owns taking comments out and putting values in. Refuses to follow a name that is given several values: what it stands
//! for depends on where it is used.

use std::collections::HashMap;

/// Names that a style sheet may give values to, and bytes of a value.
const MAX_NAMES: usize = 2_000;
const MAX_VALUE: usize = 64;
/// Names that stand for names.
const MAX_DEPTH: usize = 4;

/// A text without its comments.
pub(super) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        let (before, comment) = rest.split_at(at);
        out.push_str(before);
        rest = comment.get(2..).and_then(|c| c.split_once("*/")).map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// A style sheet without comments, and without what hid sheets from browsers of 1996.
pub(super) fn sheet_text(text: &str) -> String {
    without_comments(text).replace("<!--", "    ").replace("-->", "   ")
}

/// A style sheet with values in place of the names that have one value.
pub(super) fn with_variables(mut text: String) -> String {
    for _ in 0..MAX_DEPTH {
        if !text.contains("var(") {
            break;
        }
        let values = values(&text);
        let filled = fill(&text, &values);
        if filled == text {
            break;
        }
        text = filled;
    }
    text
}

/// What names stand for; `None` for several values.
fn values(text: &str) -> HashMap<&str, Option<&str>> {
    let mut values: HashMap<&str, Option<&str>> = HashMap::new();
    for (at, _) in text.match_indices("--") {
        let before = text.get(..at).and_then(|t| t.trim_end().chars().next_back());
        if !matches!(before, None | Some('{' | ';' | '}')) || values.len() >= MAX_NAMES {
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let Some((name, value)) = rest.split_once(':') else { continue };
        let end = value.bytes().take(MAX_VALUE + 1).position(|b| matches!(b, b';' | b'}' | b'{'));
        let value = end.and_then(|end| value.get(..end)).map(str::trim).filter(|value| !value.is_empty());
        if name.len() <= MAX_VALUE && !name.contains(['{', '}', ';', ' ', '\n']) {
            let one = values.entry(name).or_insert(value);
            if *one != value {
                *one = None;
            }
        }
    }
    values
}

/// The text with the values of names that have one; what stands in for a name without any is taken.
fn fill(text: &str, values: &HashMap<&str, Option<&str>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("var(") {
        let (before, call) = rest.split_at(at);
        out.push_str(before);
        let inner = call.get(4..).unwrap_or("");
        let end = inner.bytes().take(2 * MAX_VALUE).position(|b| matches!(b, b')' | b'(' | b';' | b'}'));
        let whole = end.filter(|end| inner.as_bytes().get(*end) == Some(&b')'));
        let argument = whole.and_then(|end| inner.get(..end)).unwrap_or("");
        let (name, instead) = argument.split_once(',').map_or((argument, None), |(name, other)| (name, Some(other)));
        let value = match values.get(name.trim()) {
            Some(value) => *value,
            None => instead.map(str::trim),
        };
        let (Some(value), Some(end)) = (value, whole) else {
            out.push_str("var(");
            rest = inner;
            continue;
        };
        out.push_str(value);
        rest = inner.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_values() {
        let of = |text: &str| with_variables(text.to_owned());
        assert_eq!(of("td{--a: none;} b{display:var(--a)}"), "td{--a: none;} b{display:none}");
        assert_eq!(of(":root{--a:var(--b);--b:none}b{display:var( --a )}"), ":root{--a:none;--b:none}b{display:none}");
        assert_eq!(of("b{display:var(--x, none)}"), "b{display:none}");
        let two = ".a{--d:none}.b{--d:block}b{display:var(--d)}";
        assert_eq!(of(two), two);
        let open = "b{display:var(--x";
        assert_eq!(of(open), open);
        assert_eq!(sheet_text("<!-- a{/* b */} -->").trim(), "a{}");
    }
}
