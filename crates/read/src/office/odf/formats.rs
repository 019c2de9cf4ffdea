//! Formats of numbers: OpenDocument writes as elements what workbooks of Excel write as a code.
//!
//! Owns the translation into such a code. Refuses dates and times: what is displayed of them stands in the file.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::format::Format;
use super::super::xml::attribute;

/// Formats of a document.
const MAX_FORMATS: usize = 10_000;
/// Bytes of one as a code.
const MAX_CODE: usize = 512;

#[derive(Debug, Default)]
struct Stated {
    code: String,
    /// Conditions, and the formats that are used where they hold.
    maps: Vec<(String, String)>,
}

/// Formats as they are stated.
#[derive(Debug, Default)]
pub(super) struct Formats {
    stated: HashMap<String, Stated>,
    /// The one that is being read.
    open: Option<String>,
    /// Text that is being read stands in it.
    in_text: bool,
}

impl Formats {
    /// Takes an element of a format.
    pub(super) fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        self.in_text = false;
        match name {
            "number-style" | "percentage-style" | "currency-style" | "boolean-style" | "text-style" | "date-style"
            | "time-style" => {
                let name = attribute(element, "name").unwrap_or_default().into_owned();
                self.open = (self.stated.len() < MAX_FORMATS).then_some(name.clone());
                if self.open.is_some() {
                    self.stated.insert(name, Stated::default());
                }
                match element.local_name().as_ref() {
                    "date-style" => self.push("yyyy"),
                    "time-style" => self.push("[h]"),
                    _ => {}
                }
            }
            "text" | "currency-symbol" | "fill-character" => self.in_text = name == "text",
            "number" | "scientific-number" | "fraction" => {
                let factor = attribute(element, "display-factor").and_then(|f| f.trim().parse::<f64>().ok());
                let thousands = factor.map_or(0.0, |f| (f.log10() / 3.0).round()).clamp(0.0, 5.0);
                let digits = attribute(element, "min-integer-digits").is_some_and(|n| n == "0");
                let decimals = attribute(element, "decimal-places").is_some_and(|n| n != "0");
                // Without a place that shows zeros, a zero is not shown.
                self.push(if digits && !decimals && name == "number" { "#" } else { "0" });
                (0..thousands as usize).for_each(|_| self.push(","));
            }
            "text-content" => self.push("@"),
            "boolean" => self.push("0"),
            _ => {}
        }
    }

    /// Takes the text of a literal part.
    pub(super) fn text(&mut self, text: &str) {
        if !self.in_text || text.trim().is_empty() {
            return;
        }
        for c in text.chars() {
            match c {
                '%' => self.push("%"),
                '"' | '\\' => {}
                c => {
                    self.push("\\");
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// Takes a condition and the format that it leads to.
    pub(super) fn map(&mut self, element: &BytesStart<'_>) {
        let condition = attribute(element, "condition").unwrap_or_default();
        let condition = condition.trim().trim_start_matches("value()").trim().replace("!=", "<>");
        let applied = attribute(element, "apply-style-name").unwrap_or_default().into_owned();
        if let Some(stated) = self.open.as_ref().and_then(|name| self.stated.get_mut(name)).filter(|s| s.maps.len() < 3)
        {
            stated.maps.push((condition, applied));
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the one that is being read.
    pub(super) fn close(&mut self) {
        (self.open, self.in_text) = (None, false);
    }

    fn push(&mut self, text: &str) {
        if let Some(stated) = self.open.as_ref().and_then(|name| self.stated.get_mut(name))
            && stated.code.len() < MAX_CODE
        {
            stated.code.push_str(text);
        }
    }

    /// All formats by their names.
    pub(super) fn whole(self) -> HashMap<String, Rc<Format>> {
        self.stated.keys().map(|name| (name.clone(), Rc::new(self.get(name)))).collect()
    }

    /// A format by its name; plain if it is not known.
    fn get(&self, name: &str) -> Format {
        let Some(own) = self.stated.get(name) else { return Format::default() };
        let of = |name: &str| self.stated.get(name).map_or("", |s| s.code.as_str());
        let maps: Vec<(&str, &str)> = own.maps.iter().map(|(c, name)| (c.as_str(), of(name))).collect();
        let code = match maps.as_slice() {
            [] if own.code.is_empty() => ";;".to_owned(),
            [] => own.code.clone(),
            // The usual conditions are those that a code has without saying so.
            [(">=0", positive)] => format!("{positive};{}", own.code),
            [(">0", positive), ("<0", negative)] => format!("{positive};{negative};{}", own.code),
            maps => {
                let stated: String = maps.iter().map(|(condition, code)| format!("[{condition}]{code};")).collect();
                format!("{stated}{}", own.code)
            }
        };
        Format::of_code(&code)
    }
}
