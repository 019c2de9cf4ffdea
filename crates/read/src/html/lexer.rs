//! The words of a script.
//!
//! Owns strings with their escapes, comments, and telling a regular expression from a division, as far as that keeps
//! strings apart from what is none. Refuses grammar.

/// Bytes of a regular expression.
const MAX_REGULAR: usize = 2_000;

/// A word of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'s> {
    End,
    Word(&'s str),
    Number(&'s str),
    /// A constant string.
    Text(String),
    /// A template with something to be computed in it.
    Open,
    /// `+=`
    Add,
    /// `==`, `=>`, `++` and the like; regular expressions.
    Other,
    Mark(u8),
}

/// Cuts a script into words.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'s> {
    text: &'s str,
    at: usize,
    /// A slash here would begin a regular expression.
    operand: bool,
    /// The last word stands on another line than the one before.
    line: bool,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, at: 0, operand: true, line: false }
    }

    /// What comes next.
    pub(super) fn peek(&self) -> Token<'s> {
        self.clone().next()
    }

    /// Whether what comes next stands on another line.
    pub(super) fn is_on_new_line(&self) -> bool {
        let mut ahead = self.clone();
        ahead.next();
        ahead.line
    }

    pub(super) fn next(&mut self) -> Token<'s> {
        self.skip();
        let bytes = self.text.as_bytes();
        let Some(&first) = bytes.get(self.at) else { return Token::End };
        let second = bytes.get(self.at + 1).copied().unwrap_or(0);
        let token = match first {
            b'"' | b'\'' | b'`' => self.string(first),
            b'0'..=b'9' => Token::Number(self.run(|c| c.is_ascii_alphanumeric() || c == '.')),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | 0x80.. => {
                Token::Word(self.run(|c| c.is_alphanumeric() || matches!(c, '_' | '$') || c > '\u{7F}'))
            }
            b'/' if self.operand => self.regular(),
            b'+' if second == b'=' => self.mark(2, Token::Add),
            b'=' if matches!(second, b'=' | b'>') => self.mark(2, Token::Other),
            b'+' | b'-' | b'&' | b'|' if second == first => self.mark(2, Token::Other),
            b'!' | b'<' | b'>' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' if second == b'=' => {
                self.mark(2, Token::Other)
            }
            mark => self.mark(1, Token::Mark(mark)),
        };
        self.operand = match &token {
            Token::Word(word) => matches!(*word, "return" | "typeof" | "case" | "in" | "of" | "else" | "do" | "void"),
            Token::Mark(mark) => !matches!(mark, b')' | b']' | b'}'),
            Token::Add => true,
            Token::Other | Token::End | Token::Number(_) | Token::Text(_) | Token::Open => false,
        };
        token
    }

    fn mark(&mut self, length: usize, token: Token<'s>) -> Token<'s> {
        self.at += length;
        token
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'s str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        // A character that belongs nowhere is a word of its own, so that the reading goes on.
        let end = if end == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { end };
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// Blanks and comments.
    fn skip(&mut self) {
        self.line = false;
        let bytes = self.text.as_bytes();
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let line_end = || memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            match rest {
                [b'\n' | b'\r', ..] => {
                    self.line = true;
                    self.at += 1;
                }
                [b' ' | b'\t' | 0x0B | 0x0C, ..] => self.at += 1,
                [0xC2, 0xA0, ..] => self.at += 2,
                [0xEF, 0xBB, 0xBF, ..] | [0xE3, 0x80, 0x80, ..] => self.at += 3,
                [b'/', b'/', ..] | [b'<', b'!', b'-', b'-', ..] => self.at += line_end(),
                [b'-', b'-', b'>', ..] if self.line => self.at += line_end(),
                [b'/', b'*', comment @ ..] => {
                    self.at += memchr::memmem::find(comment, b"*/").map_or(rest.len(), |end| end + 4);
                }
                _ => return,
            }
        }
    }

    fn regular(&mut self) -> Token<'s> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        let mut class = false;
        while let Some(byte) = bytes.get(at).filter(|_| at - self.at <= MAX_REGULAR) {
            match byte {
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    self.at = at + 1;
                    return Token::Other;
                }
                // It was a division after all.
                b'\n' => break,
                _ => {}
            }
            at += 1;
        }
        self.mark(1, Token::Mark(b'/'))
    }

    fn string(&mut self, quote: u8) -> Token<'s> {
        let bytes = self.text.as_bytes();
        let mut out = String::new();
        let mut constant = true;
        self.at += 1;
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let plain = if quote == b'`' {
                memchr::memchr3(quote, b'\\', b'$', rest)
            } else {
                memchr::memchr3(quote, b'\\', b'\n', rest)
            };
            let end = plain.unwrap_or(rest.len());
            out.push_str(self.text.get(self.at..self.at + end).unwrap_or(""));
            self.at += end;
            match rest.get(end) {
                Some(b'\\') => self.escape(&mut out),
                Some(b'$') => {
                    constant &= rest.get(end + 1) != Some(&b'{');
                    out.push('$');
                    self.at += 1;
                }
                Some(b'\n') | None => {
                    // Never closed: what it says is not all of it.
                    self.at += 1;
                    return Token::Open;
                }
                Some(_) => {
                    self.at += 1;
                    return if constant { Token::Text(out) } else { Token::Open };
                }
            }
        }
    }

    /// Undoes an escape, which begins here.
    fn escape(&mut self, out: &mut String) {
        let rest = self.text.get(self.at + 1..).unwrap_or("");
        let mut chars = rest.chars();
        let Some(first) = chars.next() else {
            self.at += 1;
            return;
        };
        self.at += 1 + first.len_utf8();
        let hex = |range: std::ops::Range<usize>| rest.get(range).and_then(|d| u32::from_str_radix(d, 16).ok());
        match first {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' | 'f' | 'v' => out.push(' '),
            '\r' if rest.as_bytes().get(1) == Some(&b'\n') => self.at += 1,
            '\n' | '\r' => {}
            'x' => {
                if let Some(c) = hex(1..3).and_then(char::from_u32) {
                    out.push(c);
                    self.at += 2;
                }
            }
            'u' if rest.as_bytes().get(1) == Some(&b'{') => {
                let end = rest.find('}').unwrap_or(2);
                out.extend(hex(2..end).and_then(char::from_u32));
                self.at += end.min(10);
            }
            'u' => {
                let Some(unit) = hex(1..5) else { return };
                self.at += 4;
                let low = rest.get(5..7).filter(|s| *s == "\\u").and_then(|_| hex(7..11));
                match (char::from_u32(unit), low) {
                    (Some(c), _) => out.push(c),
                    (None, Some(low)) if (0xD800..0xDC00).contains(&unit) && (0xDC00..0xE000).contains(&low) => {
                        out.extend(char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
                        self.at += 6;
                    }
                    _ => out.push('\u{FFFD}'),
                }
            }
            '0'..='7' => {
                let length = rest.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                let code = rest.get(..length).and_then(|d| u32::from_str_radix(d, 8).ok());
                out.extend(code.and_then(char::from_u32).filter(|c| *c != '\0'));
                self.at += length - 1;
            }
            other => out.push(other),
        }
    }
}
