//! The line of text that is being read, and what of it stays when it ends.
//!
//! Owns blanks, characters that leave nothing on paper, and marks: raised digits beside a figure, labels of buttons, text
//! in the colour of the paper, and things that are seen but are no text. Refuses to know where a line goes.

use std::ops::Range;

use nianbao_document::OBJECT;

/// What a stretch of a line is besides text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Above or below the line.
    Raised,
    /// The label of a button.
    Pressed,
    /// In the colour of what lies behind it.
    Pale,
    /// The value of a control.
    Value,
    /// Seen, but no text: a picture, a control without a value. It has no length.
    Object,
    /// The same, but surely no part of a figure: a button.
    Thing,
}

#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    kind: Kind,
}

/// The line that is being read.
#[derive(Debug, Default)]
pub(super) struct Current {
    pub(super) text: String,
    /// Source line of its first character that prints.
    pub(super) line: u32,
    /// Whether it has a character that prints.
    pub(super) ink: bool,
    /// Whether a blank is due before the next one.
    pub(super) blank: bool,
    marks: Vec<Mark>,
}

/// What a line was, once it is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// All of it stands above or below its line.
    pub(super) raised: bool,
    /// All of it are values of controls.
    pub(super) value: bool,
    /// There is something in it that is no text, and no text.
    pub(super) object: bool,
}

impl Current {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.marks.clear();
        self.ink = false;
        self.blank = false;
    }

    pub(super) fn is_marked(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Marks what was added since the text had a length.
    pub(super) fn mark(&mut self, from: usize, kind: Kind) {
        let added = self.text.get(from..).unwrap_or("");
        let start = from + (added.len() - added.trim_start().len());
        let end = self.text.len();
        if start >= end {
            return;
        }
        match self.marks.last_mut() {
            Some(last) if last.kind == kind && last.range.end >= from => last.range.end = end,
            _ => self.marks.push(Mark { range: start..end, kind }),
        }
    }

    /// Marks the place of something that is no text, of a kind.
    pub(super) fn object(&mut self, kind: Kind) {
        // What stands apart from a figure is no part of it.
        if self.ink && std::mem::take(&mut self.blank) {
            self.text.push(' ');
        }
        let at = self.text.len();
        // Where nothing printed since the last one, one is as good as many.
        if self.marks.last().is_none_or(|last| last.kind != kind || last.range.start != at) {
            self.marks.push(Mark { range: at..at, kind });
        }
    }

    /// Takes out what a person does not read as part of the line. `cell`: it stands in the cell of a table. `sure`: what
    /// lies behind text is known.
    pub(super) fn settle(&mut self, cell: bool, sure: bool) -> Settled {
        let marks = std::mem::take(&mut self.marks);
        let text = std::mem::take(&mut self.text);
        let mut settled = Settled::default();
        let mut dropped: Vec<Range<usize>> = Vec::new();
        let of = |kind: Kind| marks.iter().filter(move |m| m.kind == kind).map(|m| m.range.clone());
        if of(Kind::Pale).next().is_some() {
            let all = is_blank(&without(&text, of(Kind::Pale)));
            settled.object = all && sure && text.bytes().any(|b| b.is_ascii_digit());
            if !all || sure {
                dropped.extend(of(Kind::Pale));
            }
        }
        if cell && !is_blank(&without(&text, of(Kind::Pressed))) {
            dropped.extend(of(Kind::Pressed));
        }
        if of(Kind::Raised).next().is_some() {
            let rest = without(&text, of(Kind::Raised));
            settled.raised = is_blank(&rest);
            dropped.extend(of(Kind::Raised).filter(|range| is_note(&text, range.clone(), &rest)));
        }
        settled.value = of(Kind::Value).next().is_some() && is_blank(&without(&text, of(Kind::Value)));
        dropped.sort_unstable_by_key(|r| r.start);
        let kept = without(&text, dropped.iter().cloned());
        self.ink = !is_blank(&kept);
        settled.object |= marks.iter().any(|m| matches!(m.kind, Kind::Object | Kind::Thing));
        settled.object &= !self.ink;
        let objects: Vec<usize> = of(Kind::Object).map(|r| r.start).filter(|_| cell && self.ink).collect();
        self.text = if objects.is_empty() { kept } else { with_objects(&text, &dropped, &objects) };
        self.text.truncate(self.text.trim_end().len());
        settled
    }
}

/// A text without stretches of it, which are in order.
fn without(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.push_str(text.get(at..range.start).unwrap_or(""));
        at = at.max(range.end);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// A text with marks for the objects that touch its digits: one of these digits may be a picture.
fn with_objects(text: &str, dropped: &[Range<usize>], objects: &[usize]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for object in objects {
        let ranges = dropped.iter().filter(|r| r.end > at && r.start < *object);
        let ranges = ranges.map(|r| r.start.max(at) - at..r.end.min(*object) - at);
        out.push_str(&without(text.get(at..*object).unwrap_or(""), ranges));
        at = *object;
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(out.chars().next_back()) || digit(text.get(at..).and_then(|t| t.chars().next())) {
            out.push(OBJECT);
        }
    }
    let ranges = dropped.iter().filter(|r| r.end > at).map(|r| r.start.max(at) - at..r.end - at);
    out.push_str(&without(text.get(at..).unwrap_or(""), ranges));
    out
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| Ink::of(c) != Ink::Prints)
}

/// Whether a raised stretch of a text is the mark of a note, beside what is left of the text without such stretches.
fn is_note(text: &str, range: Range<usize>, rest: &str) -> bool {
    let raised = text.get(range.clone()).unwrap_or("").trim();
    if is_blank(rest) || !is_note_mark(raised) {
        return false;
    }
    let before = text.get(..range.start).unwrap_or("").trim_end();
    let last = before.chars().next_back();
    // Units (m²) and formulas (CO₂); powers of ten.
    if last.is_some_and(|c| c.is_ascii_alphabetic())
        || before.strip_suffix("10").is_some_and(|b| b.trim_end().ends_with(['×', 'x', 'X', '*', '·', '✕']))
    {
        return false;
    }
    // A figure that somebody set high beside its unit is no note.
    rest.chars().any(|c| c.is_ascii_digit())
        || rest.chars().filter(|c| c.is_alphabetic()).count() > 1
        || !has_digit(raised)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// `1`, `[1]`, `①`, `*`, `注1`, `1,2`, `a`: what refers to a note.
pub(super) fn is_note_mark(text: &str) -> bool {
    let mut letters = 0;
    let mut length = 0;
    for c in text.chars() {
        length += 1;
        letters += usize::from(c.is_ascii_alphabetic());
        let fits = c.is_ascii_alphanumeric()
            || matches!(
                c,
                '*' | '#' | '+' | '[' | ']' | '(' | ')' | ',' | '.' | '-' | ' ' | '、' | '，' | '（' | '）' | '【' | '】'
                    | '〔' | '〕' | '［' | '］' | '＊' | '※' | '†' | '‡' | '§' | '¶' | '★' | '☆' | '△' | '▲' | '注' | '备'
                    | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{209F}'
                    | '０'..='９'
            );
        if !fits || length > 8 {
            return false;
        }
    }
    letters <= 1
}

/// What a character leaves on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Prints,
    Blank,
    Nothing,
}

impl Ink {
    pub(super) fn of(c: char) -> Self {
        match c {
            '\t'..='\r'
            | ' '
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => Self::Blank,
            // Left by editors between the characters of a word, where they would hide it from every search.
            '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Self::Nothing,
            _ => Self::Prints,
        }
    }
}

/// Bytes at the start of a text whose characters are sure to print: ASCII, Chinese and full-width punctuation.
pub(super) fn printing_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes.get(at..) {
            Some([0x21..=0x7E, ..]) => 1,
            Some(
                [0xE4..=0xE9, _, _, ..]
                | [0xE3, 0x81..=0xFF, _, ..]
                | [0xE3, 0x80, 0x81..=0xFF, ..]
                | [0xEF, 0xBC, _, ..],
            ) => 3,
            _ => return at,
        };
    }
}

/// A text on one line.
pub(super) fn collapse(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| Ink::of(c) != Ink::Nothing).collect();
    let words: Vec<&str> = visible.split(|c| Ink::of(c) == Ink::Blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A text, if it says something.
pub(super) fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(parts: &[(&str, Option<Kind>)]) -> (String, Settled) {
        let mut current = Current::default();
        for (text, kind) in parts {
            let from = current.text.len();
            current.text.push_str(text);
            match kind {
                Some(kind @ (Kind::Object | Kind::Thing)) => current.object(*kind),
                Some(kind) => current.mark(from, *kind),
                None => {}
            }
        }
        let settled = current.settle(true, true);
        (current.text, settled)
    }

    #[test]
    fn marks_of_notes() {
        let raised = Some(Kind::Raised);
        for (parts, text) in [
            (vec![("21", None), ("1", raised)], "21"),
            (vec![("1", raised), ("21", None)], "21"),
            (vec![("21", None), ("[1]", raised), ("件", None)], "21件"),
            (vec![("规章", None), ("1", raised)], "规章"),
            (vec![("—", None), ("①", raised)], "—"),
            (vec![("12", raised)], "12"),
            (vec![("12", raised), ("件", None)], "12件"),
            (vec![("5m", None), ("2", raised)], "5m2"),
            (vec![("1.2×10", None), ("4", raised)], "1.2×104"),
            (vec![("21", None), ("万", raised)], "21万"),
            (vec![("21", None), ("1", raised), (",2", raised)], "21"),
        ] {
            assert_eq!(settled(&parts).0, text, "{parts:?}");
        }
        assert!(settled(&[("12", raised)]).1.raised);
    }

    #[test]
    fn what_is_no_text() {
        let object = ("", Some(Kind::Object));
        assert_eq!(settled(&[object]), (String::new(), Settled { object: true, ..Settled::default() }));
        assert_eq!(settled(&[("1", None), object]).0, "1\u{FFFC}");
        assert_eq!(settled(&[object, ("1", None)]).0, "\u{FFFC}1");
        assert_eq!(settled(&[("12 ", None), object]).0, "12");
        assert_eq!(settled(&[("规章", None), object]).0, "规章");
        assert_eq!(settled(&[("1", None), ("2", Some(Kind::Raised)), object, ("3", None)]).0, "1\u{FFFC}3");
        assert_eq!(settled(&[("12", None), ("修改", Some(Kind::Pressed))]).0, "12");
        assert_eq!(settled(&[("12", Some(Kind::Pressed))]).0, "12");
        assert_eq!(settled(&[("7", Some(Kind::Pale)), ("12", None)]).0, "12");
        assert_eq!(
            settled(&[("7", Some(Kind::Pale))]),
            (String::new(), Settled { object: true, ..Settled::default() })
        );
    }
}
