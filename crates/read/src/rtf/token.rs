//! RTF's surface: groups, control words, bytes.
//!
//! Owns where a control word ends and binary data are skipped. Refuses to know what words mean.

/// Letters of a control word; longer ones are cut.
const MAX_WORD: usize = 32;
/// Digits of a parameter.
const MAX_DIGITS: usize = 10;

/// One piece of the surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its parameter.
    Word(&'a [u8], Option<i32>),
    /// `\` and a character that is no letter.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    /// Bytes that are text, without line ends, which mean nothing.
    Text(&'a [u8]),
}

/// Tokens of a file.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Takes the bytes at the head that `is` holds for, `most` of them.
    fn take(&mut self, most: usize, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let len = self.rest.iter().take(most).take_while(|b| is(**b)).count();
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or(&[]);
    }

    fn escape(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.skip(1);
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = self.take(2, |b| b.is_ascii_hexdigit());
            let value = std::str::from_utf8(digits).ok().and_then(|d| u8::from_str_radix(d, 16).ok());
            return Some(value.map_or(Token::Symbol(first), Token::Hex));
        }
        let word = self.take(MAX_WORD, |b| b.is_ascii_alphabetic());
        let minus = matches!(self.rest, [b'-', digit, ..] if digit.is_ascii_digit());
        if minus {
            self.skip(1);
        }
        let digits = self.take(MAX_DIGITS, |b| b.is_ascii_digit());
        let value = digits.iter().fold(0_i64, |n, d| n.saturating_mul(10).saturating_add(i64::from(d - b'0')));
        let value =
            i32::try_from(if minus { -value } else { value }).unwrap_or(if minus { i32::MIN } else { i32::MAX });
        if self.rest.first() == Some(&b' ') {
            self.skip(1);
        }
        if word == b"bin" {
            self.skip(usize::try_from(value).unwrap_or(0));
        }
        Some(Token::Word(word, (!digits.is_empty()).then_some(value)))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.take(usize::MAX, |b| matches!(b, b'\r' | b'\n' | 0));
        match *self.rest.first()? {
            b'{' => {
                self.skip(1);
                Some(Token::Open)
            }
            b'}' => {
                self.skip(1);
                Some(Token::Close)
            }
            b'\\' => {
                self.skip(1);
                self.escape()
            }
            _ => Some(Token::Text(self.take(usize::MAX, |b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_they_should() {
        let tokens: Vec<Token<'_>> = Tokens::of(b"{\\u-5 a\r\nb\\par\\'d6\\~\\bin3 }}}x\\b0 -1\\li-q\\").collect();
        let expected = [
            Token::Open,
            Token::Word(b"u", Some(-5)),
            Token::Text(b"a"),
            Token::Text(b"b"),
            Token::Word(b"par", None),
            Token::Hex(0xD6),
            Token::Symbol(b'~'),
            Token::Word(b"bin", Some(3)),
            Token::Text(b"x"),
            Token::Word(b"b", Some(0)),
            Token::Text(b"-1"),
            Token::Word(b"li", None),
            Token::Text(b"-q"),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn damaged_input_ends() {
        for bytes in [&b"\\"[..], b"\\'", b"\\'g", b"\\bin99999999999 x", b"\\u-", b"\\bin-4 x", b"{\\*"] {
            assert!(Tokens::of(bytes).count() < 5);
        }
    }
}
