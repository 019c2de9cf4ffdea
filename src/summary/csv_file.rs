//! A frame as a CSV that Excel on Chinese Windows opens rightly.
//!
//! Owns byte order mark, line ends, number texts and the neutralising of formulas in texts. Refuses to touch numbers.

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
    for row in 0..frame.height() {
        for column in frame.columns() {
            writer.write_field(field(&column.get(row)?))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    for note in notes {
        let rest = std::iter::repeat_n(String::new(), frame.width().saturating_sub(1));
        writer.write_record(std::iter::once(neutral(note)).chain(rest))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(out)
}

fn field(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => neutral(text),
        AnyValue::StringOwned(text) => neutral(text),
        AnyValue::Float64(number) => format!("{number}"),
        AnyValue::Boolean(yes) => if *yes { "是" } else { "否" }.to_owned(),
        other => other.to_string(),
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe (OWASP ASVS 1.2.10).
fn neutral(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }).collect();
    if text.starts_with(['=', '+', '-', '@', '\t', '\0', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_neutralised_and_numbers_are_not() {
        assert_eq!(field(&AnyValue::String("=1+2")), "'=1+2");
        assert_eq!(field(&AnyValue::String("－5")), "'－5");
        assert_eq!(field(&AnyValue::Int64(-5)), "-5");
        assert_eq!(field(&AnyValue::Float64(2157.79)), "2157.79");
        assert_eq!(field(&AnyValue::Float64(3.0)), "3");
        assert_eq!(field(&AnyValue::Null), "");
    }
}
