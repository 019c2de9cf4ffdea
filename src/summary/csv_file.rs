//! A frame as a CSV that Excel on Chinese Windows opens rightly.
//!
//! Owns byte order mark, line ends, number texts and the neutralising of formulas in texts. Refuses to touch numbers.

use std::fmt::Write as _;

use anyhow::Result;
use polars::prelude::{AnyValue, DataFrame};

use super::cells::{Cell, walks};

/// Renders a frame: UTF-8, CRLF, a byte order mark if asked for; notes are lines below the rows, in the first column.
///
/// # Errors
/// When a column cannot be read, which is a fault of this program.
pub fn render(frame: &DataFrame, notes: &[String], bom: bool) -> Result<Vec<u8>> {
    let mut out = if bom { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    writer.write_record(frame.get_column_names().iter().map(|n| n.as_str()))?;
    let mut text = String::new();
    let mut columns = walks(frame)?;
    for _ in 0..frame.height() {
        for cell in columns.iter_mut().filter_map(Iterator::next) {
            text.clear();
            field(&cell, &mut text);
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
fn field(value: &Cell<'_>, out: &mut String) {
    // Writing to a string does not fail.
    let _ = match value {
        Cell::Blank => Ok(()),
        Cell::Text(text) => {
            neutral(text, out);
            Ok(())
        }
        Cell::Int(number) => write!(out, "{number}"),
        Cell::Float(number) if !number.is_finite() => Ok(()),
        Cell::Float(number) => write!(out, "{number}"),
        Cell::Bool(yes) => out.write_str(if *yes { "是" } else { "否" }),
        Cell::Date(days) => write!(out, "{}", AnyValue::Date(*days)),
        Cell::Other(AnyValue::StringOwned(text)) => {
            neutral(text, out);
            Ok(())
        }
        Cell::Other(other) => write!(out, "{other}"),
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

    fn shown(value: &Cell<'_>) -> String {
        let mut out = String::new();
        field(value, &mut out);
        out
    }

    #[test]
    fn texts_are_neutralised_and_numbers_are_not() {
        assert_eq!(shown(&Cell::Text("=1+2")), "'=1+2");
        assert_eq!(shown(&Cell::Text("－5")), "'－5");
        assert_eq!(shown(&Cell::Text("\r=5")), "' =5");
        assert_eq!(shown(&Cell::Text("a\nb")), "a b");
        assert_eq!(shown(&Cell::Int(-5)), "-5");
        assert_eq!(shown(&Cell::Float(2157.79)), "2157.79");
        assert_eq!(shown(&Cell::Float(3.0)), "3");
        assert_eq!(shown(&Cell::Blank), "");
    }
}
