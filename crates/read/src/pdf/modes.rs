//! Text made invisible by a rendering mode that the file never takes back.
//!
//! Owns telling that from a text layer, and the content in which the mode ends with the text that it was set for. Some
//! writers set mode 3 for one remark and never set it back: all that follows would be invisible, a page that nobody would
//! have published. Refuses content that sets the mode back itself: there it is meant for all between.

/// Rendering modes that draw nothing: invisible, and clipping only.
const NOTHING: [&[u8]; 2] = [b"3", b"7"];

/// The content with the rendering mode set back at the end of each text object that makes it draw nothing; `None` if
/// there is none, or the content itself sets it back.
pub(super) fn closed(content: &[u8]) -> Option<Vec<u8>> {
    let mut closed = Vec::with_capacity(content.len() + 1024);
    let (mut last, mut hidden, mut within, mut copied) = (&b""[..], false, false, 0);
    for (start, end) in (Tokens { content, at: 0 }) {
        let token = content.get(start..end).unwrap_or_default();
        match token {
            b"BT" => (within, hidden) = (true, false),
            b"Tr" if NOTHING.contains(&last) => hidden = within,
            // The mode is set back.
            b"Tr" if copied > 0 || hidden => return None,
            b"ET" => {
                within = false;
                if std::mem::take(&mut hidden) {
                    closed.extend_from_slice(content.get(copied..end).unwrap_or_default());
                    closed.extend_from_slice(b" 0 Tr ");
                    copied = end;
                }
            }
            _ => {}
        }
        last = token;
    }
    closed.extend_from_slice(content.get(copied..).unwrap_or_default());
    (copied > 0).then_some(closed)
}

/// Operators and operands of a content stream by where they begin and end; strings and the data of pictures are passed
/// over.
struct Tokens<'c> {
    content: &'c [u8],
    at: usize,
}

impl Tokens<'_> {
    fn peek(&self) -> Option<u8> {
        self.content.get(self.at).copied()
    }

    /// Behind a string in parentheses, whose first one is passed already.
    fn string(&mut self) {
        let mut depth = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn pass(&mut self, until: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(|byte| !until(byte)) {
            self.at += 1;
        }
    }

    /// Behind the data of a picture: the next `EI` that stands alone.
    fn data(&mut self) {
        let rest = self.content.get(self.at..).unwrap_or_default();
        let blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let ends = memchr::memmem::find_iter(rest, b"EI")
            .find(|at| *at > 0 && blank(rest.get(at - 1)) && blank(rest.get(at + 2)));
        self.at += ends.map_or(rest.len(), |at| at + 2);
    }
}

impl Iterator for Tokens<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            self.pass(|byte| !byte.is_ascii_whitespace() && byte != 0);
            let start = self.at;
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => self.string(),
                b'%' => self.pass(|byte| matches!(byte, b'\n' | b'\r')),
                b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b')' => {}
                _ => {
                    self.pass(|byte| byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte));
                    if self.content.get(start..self.at) == Some(b"ID") {
                        self.data();
                        continue;
                    }
                    return Some((start, self.at));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(content: &str) -> Option<String> {
        closed(content.as_bytes()).map(|closed| String::from_utf8(closed).expect("text"))
    }

    #[test]
    fn a_mode_ends_with_its_text() {
        let leak = "BT 3 Tr (ET 6) Tj ET BT (89) Tj ET";
        assert_eq!(after(leak).as_deref(), Some("BT 3 Tr (ET 6) Tj ET 0 Tr  BT (89) Tj ET"));
        assert_eq!(after("BT 3 Tr (6) Tj ET BT (7) Tj ET BT 0 Tr (89) Tj ET"), None, "set back by the file");
        assert_eq!(after("BT 3 Tr (6) Tj 0 Tr ET"), None);
        assert_eq!(after("BT (3 Tr) Tj ET"), None);
        assert_eq!(after("BI /W 1 ID BT 3 Tr EI BT (1) Tj ET"), None);
        assert_eq!(after("BT 3 Tr ((6\\)) ET"), None, "a string without an end");
    }
}
