//! A frame as a CSV that Excel on Chinese Windows opens rightly.
//!
//! Owns byte order mark, line ends, number texts and the neutralising of formulas in texts. Refuses to touch numbers.

use std::fmt::Write as _;

use anyhow::Result;
use polars::prelude::{AnyValue, DataFrame};

/// Renders a frame: UTF-8, CRLF, a byte order mark if asked for; notes are lines below the rows, in the first column.
///
/// # Errors
/// When a column cannot be read, which is a fault of this program.
pub fn render(frame: &DataFrame, notes: &[String], bom: bool) -> Result<Vec<u8>> {
    let mut out = if bom { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    writer.write_record(frame.get_column_names().iter().map(|n| n.as_str()))?;
    let mut text = String::new();
    for row in 0..frame.height() {
        for column in frame.columns() {
            text.clear();
            field(&column.get(row)?, &mut text);
            writer.write_field(&text)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    for note in notes {
        let rest = std::iter::repeat_n(String::new(), frame.width().saturating_sub(1));
        text.clear();
        neutral(note, &mut text);
        writer.write_record(std::iter::once(text.clone()).chain(rest))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(out)
}

/// Appends a value as a CSV shows it.
fn field(value: &AnyValue<'_>, out: &mut String) {
    // Writing to a string does not fail.
    let _ = match value {
        AnyValue::Null => Ok(()),
        AnyValue::String(text) => {
            neutral(text, out);
            Ok(())
        }
        AnyValue::StringOwned(text) => {
            neutral(text, out);
            Ok(())
        }
        AnyValue::Int64(number) => write!(out, "{number}"),
        AnyValue::Float64(number) if !number.is_finite() => Ok(()),
        AnyValue::Float64(number) => write!(out, "{number}"),
        AnyValue::Boolean(yes) => write!(out, "{}", if *yes { "是" } else { "否" }),
        other => write!(out, "{other}"),
    };
}

/// A text that a spreadsheet would run as a formula gets an apostrophe (OWASP ASVS 1.2.10).
fn neutral(text: &str, out: &mut String) {
    let breaks = |c: char| c.is_control() && c != '\t';
    if text.starts_with(['=', '+', '-', '@', '\t', '\0', '＝', '＋', '－', '＠']) || text.starts_with(breaks) {
        out.push('\'');
    }
    if text.contains(breaks) {
        out.extend(text.chars().map(|c| if breaks(c) { ' ' } else { c }));
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &AnyValue<'_>) -> String {
        let mut out = String::new();
        field(value, &mut out);
        out
    }

    #[test]
    fn texts_are_neutralised_and_numbers_are_not() {
        assert_eq!(shown(&AnyValue::String("=1+2")), "'=1+2");
        assert_eq!(shown(&AnyValue::String("－5")), "'－5");
        assert_eq!(shown(&AnyValue::String("\r=5")), "' =5");
        assert_eq!(shown(&AnyValue::String("a\nb")), "a b");
        assert_eq!(shown(&AnyValue::Int64(-5)), "-5");
        assert_eq!(shown(&AnyValue::Float64(2157.79)), "2157.79");
        assert_eq!(shown(&AnyValue::Float64(3.0)), "3");
        assert_eq!(shown(&AnyValue::Null), "");
    }
}
