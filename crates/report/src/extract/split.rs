//! Labels and figures on one line without a separator between them: where the words end and the figures begin.
//!
//! Owns the splitting of such a text. Refuses to know the forms, except through the question whether a text is a label.

use super::label;
use super::number::{self, Reading};
use super::text;

/// Whether a figure, or a mark for none, may end with this character.
pub(super) fn ends_figure(c: char) -> bool {
    let c = text::fold_char(c);
    c.is_ascii_digit()
        || matches!(c, '-' | '/' | '—' | '无' | '–' | '―' | '零' | '万' | '元')
        || number::is_unit_char(c)
}

/// Where in a text that is no label itself one begins behind an inner numbering: `三、本年度办理结果(一)予以公开`.
pub(super) fn inner_label(text: &str, known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let mut before = '(';
    for (at, c) in text.char_indices() {
        let opens = matches!(c, '(' | '（')
            || (c.is_ascii_digit() && !before.is_ascii_digit() && !matches!(before, '(' | '（'));
        before = c;
        if at > 0
            && opens
            && label::strip_ordinal(&text[at..]).len() < text.len() - at
            && known(&label::normalized(&text[at..]))
        {
            return Some(at);
        }
    }
    None
}

/// Splits `规章 0 - 0` into its words and the figures behind them. `open`: the line above ended with figures.
pub(super) fn split_figures(text: &str, open: bool) -> (&str, Vec<&str>) {
    let mut figures = Vec::new();
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        let start = last_word(rest);
        let word = &rest[start..];
        if word.len() >= 40
            || !matches!(number::read(word), Reading::Number { .. } | Reading::Blank | Reading::Unreadable)
        {
            break;
        }
        figures.push(word);
        rest = rest[..start].trim_end();
    }
    figures.reverse();
    // A mark at the beginning of a line is a bullet, unless it stands among others; a damaged word alone is no figure.
    let mark = |f: &str| matches!(number::read(f), Reading::Blank);
    if !open && rest.is_empty() && figures.len() == 2 && mark(figures[0]) && !mark(figures[1]) {
        return (text, Vec::new());
    }
    if !figures.iter().any(|f| !matches!(number::read(f), Reading::Unreadable)) {
        return (text, Vec::new());
    }
    (rest, figures)
}

/// Where the last word of a text begins. A figure that was torn at its decimal point (`12 . 5`, `12. 5`) is one word.
fn last_word(text: &str) -> usize {
    let begin = |end: usize| {
        let head = &text[..end];
        head.rfind(char::is_whitespace).map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8))
    };
    let mut start = begin(text.len());
    let digit = |t: &str| t.ends_with(|c: char| c.is_ascii_digit());
    let mut tail = &text[start..];
    for _ in 0..2 {
        let head = text[..start].trim_end();
        let torn = if let Some(whole) = head.strip_suffix('.') {
            tail.starts_with(|c: char| c.is_ascii_digit()) && (digit(whole.trim_end()))
        } else {
            tail.starts_with('.') && tail.len() > 1 && digit(head)
        };
        let from = begin(head.len());
        let from = if torn && &head[from..] == "." { begin(head[..from].trim_end().len()) } else { from };
        if !torn {
            break;
        }
        start = from;
        tail = &text[start..];
    }
    start
}
