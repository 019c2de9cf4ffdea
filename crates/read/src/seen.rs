//! What of a text a person sees: looks that hide it, strike it out, or set it off its line.
//!
//! Owns the few looks that bear on a figure and the rule for raised text. Refuses to know formats, and every look that
//! only adorns.
//!
//! **Raised text.** A mark of a note stands above or below the line beside what it is a note to. Whether text is such a
//! mark shows only when the whole of its line or cell is known: until then it stands between two characters that no text
//! may hold, and [`settle`] decides. It is left out unless
//! - nothing stands on the line itself: then it is the text, set higher to please the eye,
//! - it stands beside a Latin, Greek or Cyrillic letter: m², CO₂, ¹H,
//! - it is longer than any mark.

/// Where raised text begins, and where it ends.
const BEGIN: char = '\u{FDD0}';
const END: char = '\u{FDD1}';
/// The same for white text whose ground is not known yet.
const WHITE: char = '\u{FDD2}';
const WHITE_END: char = '\u{FDD3}';
/// Characters of the longest mark of a note, such as `（注1）`.
const LONGEST_MARK: usize = 16;

/// Looks that a text states; what it does not state, what is around it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Not shown at all, or too small to be.
    pub hidden: Option<bool>,
    pub tiny: Option<bool>,
    /// Struck out by one line.
    pub struck: Option<bool>,
    /// Struck out by two.
    pub struck_twice: Option<bool>,
    /// Set above or below the line and smaller.
    pub script: Option<bool>,
    /// Set above or below the line.
    pub shifted: Option<bool>,
    /// As white as paper.
    pub white: Option<bool>,
    /// Has a ground of its own that is not white.
    pub filled: Option<bool>,
}

/// What becomes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Seen {
    #[default]
    Plain,
    /// A mark of a note, if it stands beside other text.
    Raised,
    /// Nobody sees it, or it is withdrawn.
    Not,
}

impl Look {
    /// These looks where they are stated, else those of `base`.
    pub(crate) fn over(self, base: Self) -> Self {
        Self {
            hidden: self.hidden.or(base.hidden),
            tiny: self.tiny.or(base.tiny),
            struck: self.struck.or(base.struck),
            struck_twice: self.struck_twice.or(base.struck_twice),
            script: self.script.or(base.script),
            shifted: self.shifted.or(base.shifted),
            white: self.white.or(base.white),
            filled: self.filled.or(base.filled),
        }
    }

    /// What becomes of text of these looks that stands on white paper.
    pub(crate) fn on_paper(self) -> Seen {
        if self.white == Some(true) && self.filled != Some(true) { Seen::Not } else { self.on_ground() }
    }

    /// The same on a ground of another or unknown colour.
    pub(crate) fn on_ground(self) -> Seen {
        let is = |look: Option<bool>| look == Some(true);
        if is(self.hidden) || is(self.tiny) || is(self.struck) || is(self.struck_twice) {
            Seen::Not
        } else if is(self.script) || is(self.shifted) {
            Seen::Raised
        } else {
            Seen::Plain
        }
    }
}

/// Whether a colour such as `FFFFFF` or `#fefefe` cannot be told from paper; `None` if it is no such colour.
pub(crate) fn is_white(colour: &str) -> Option<bool> {
    let digits = colour.trim().trim_start_matches('#');
    let value = (digits.len() == 6).then(|| u32::from_str_radix(digits, 16).ok()).flatten()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(red.min(green).min(blue) >= 0xF8)
}

/// Says of a text that what stands from a byte on is raised.
pub(crate) fn raise(text: &mut String, from: usize) {
    enclose(text, from, BEGIN, END);
}

/// Says of a text that what stands from a byte on is white, on a ground that shows later.
pub(crate) fn whiten(text: &mut String, from: usize) {
    enclose(text, from, WHITE, WHITE_END);
}

fn enclose(text: &mut String, from: usize, begin: char, end: char) {
    if text.len() <= from || !text.is_char_boundary(from) {
        return;
    }
    // Runs side by side are one.
    if text.get(..from).is_some_and(|before| before.ends_with(end)) {
        let last = from - end.len_utf8();
        text.replace_range(last..from, "");
    } else {
        text.insert(from, begin);
    }
    text.push(end);
}

/// Decides what becomes of the white parts of a text whose ground is known; the answer says whether any was left out.
pub(crate) fn settle_white(text: &mut String, coloured: bool) -> bool {
    if !is_marked(text) || !text.contains([WHITE, WHITE_END]) {
        return false;
    }
    let mut white = false;
    text.retain(|c| match c {
        WHITE | WHITE_END => {
            white = c == WHITE;
            false
        }
        _ => coloured || !white,
    });
    !coloured
}

/// Whether something of a text may be raised or white.
pub(crate) fn is_marked(text: &str) -> bool {
    // The marks begin with two bytes that Chinese text does not have.
    memchr::memmem::find(text.as_bytes(), b"\xEF\xB7").is_some()
}

/// Decides what becomes of the raised parts of a line or a cell whose text is whole.
pub(crate) fn settle(text: &mut String) {
    if !is_marked(text) || !text.contains([BEGIN, END]) {
        return;
    }
    let mut stands = false;
    let mut raised = false;
    for c in text.chars() {
        match c {
            BEGIN => raised = true,
            END => raised = false,
            _ => stands |= !raised && c.is_alphanumeric(),
        }
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, from)) = rest.split_once(BEGIN) {
        shown.extend(before.chars().filter(|c| *c != END));
        let (mark, after) = from.split_once(END).unwrap_or((from, ""));
        rest = after;
        let beside = shown.ends_with(is_letter) || rest.starts_with(is_letter);
        if !stands || beside || mark.chars().nth(LONGEST_MARK).is_some() {
            shown.extend(mark.chars().filter(|c| *c != BEGIN));
        }
    }
    shown.extend(rest.chars().filter(|c| *c != END));
    *text = shown;
}

/// Whether a character is a letter of an alphabet.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}')
}

/// What a content control shows while it is empty tells what to write there. Programs that fill controls forget to say
/// that they are filled: a figure alone may be one, or an example. It is kept in brackets, which no figure has; anything
/// else is no part of the text, and the answer is no.
pub(crate) fn keep_prompt(paragraph: &mut String, from: usize) -> bool {
    let figure = paragraph.get(from..).is_some_and(is_figure);
    if figure {
        paragraph.insert(from, '[');
        paragraph.push(']');
    }
    figure
}

/// Whether a text is made of digits and what stands between and beside them.
pub(crate) fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '，' | '-' | '%'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text in which `<` and `>` stand around what is raised.
    fn settled(text: &str) -> String {
        let mut whole = String::new();
        for (number, part) in text.split(['<', '>']).enumerate() {
            let from = whole.len();
            whole.push_str(part);
            if number % 2 == 1 {
                raise(&mut whole, from);
            }
        }
        settle(&mut whole);
        whole
    }

    #[test]
    fn raised_text() {
        for (text, shown) in [
            ("89<1>", "89"),
            ("<注><1>89", "89"),
            ("8<1>9<[2]>", "89"),
            ("89\n<1>", "89\n"),
            ("<89>", "89"),
            ("（<89>）", "（89）"),
            ("面积5km<2>，CO<2>，м<2>，<1>H", "面积5km2，CO2，м2，1H"),
            ("规章<①>", "规章"),
            ("题<这一整句话只是为了好看而被抬高了一点点的正文>", "题这一整句话只是为了好看而被抬高了一点点的正文"),
            ("12", "12"),
        ] {
            assert_eq!(settled(text), shown, "{text}");
        }
        let white = |coloured: bool| {
            let mut text = "89".to_owned();
            whiten(&mut text, 1);
            text.push('5');
            (settle_white(&mut text, coloured), text)
        };
        assert_eq!(white(false), (true, "85".to_owned()));
        assert_eq!(white(true), (false, "895".to_owned()));
        let mut stray = format!("1{END}2{BEGIN}3{BEGIN}4");
        settle(&mut stray);
        assert_eq!(stray, "12");
    }

    #[test]
    fn looks() {
        let of = |set: &dyn Fn(&mut Look)| {
            let mut look = Look::default();
            set(&mut look);
            look
        };
        let style = of(&|l| (l.struck, l.script) = (Some(true), Some(true)));
        assert_eq!(style.on_paper(), Seen::Not);
        assert_eq!(of(&|l| l.struck = Some(false)).over(style).on_paper(), Seen::Raised);
        assert_eq!(of(&|l| l.shifted = Some(true)).on_paper(), Seen::Raised);
        let white = of(&|l| l.white = Some(true));
        assert_eq!((white.on_paper(), white.on_ground()), (Seen::Not, Seen::Plain));
        assert_eq!(of(&|l| l.filled = Some(true)).over(white).on_paper(), Seen::Plain);
        assert_eq!(
            [is_white("FFFFFF"), is_white("#fafafa"), is_white("F0F0F0"), is_white("auto")],
            [Some(true), Some(true), Some(false), None]
        );
    }
}
