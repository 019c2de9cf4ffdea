//! Scripts: constant texts in them that are a part of the page.
//!
//! Owns the texts that a script writes where it stands (`document.write`), and those that hold a table and that it may put
//! in place later: strings, also joined (`+`, `+=`, `join`, `push`), packed (`unescape`, `decodeURIComponent`, `atob`) or
//! in JSON within a string. Refuses to run anything: what is computed, chosen or fetched is not known, and a text with
//! such a part is none.

use super::embed::{has_table, unpacked, without_base64, without_percents};
use super::lexer::{Lexer, Token};

/// Expressions within expressions, and JSON within strings.
const MAX_DEPTH: usize = 24;
const MAX_NESTING: usize = 3;
/// Texts of one script that hold a table.
const MAX_ARTICLES: usize = 64;
/// Names that stand for texts.
const MAX_NAMES: usize = 256;
/// Characters of a title.
const MAX_TITLE: usize = 200;

/// Functions that undo a packing.
const UNPACKS: [&str; 5] = ["unescape", "decodeURIComponent", "decodeURI", "atob", "String"];

/// What a script says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It writes this where it stands.
    Write(String),
    /// It writes something where it stands, or may do so, and nobody knows what.
    Unknown,
    /// It holds a page, and perhaps its title.
    Article { title: Option<String>, text: String },
}

/// Whether a script may say anything: most do not and are not read.
pub(super) fn is_of_interest(script: &str) -> bool {
    let bytes = script.as_bytes();
    // What stands before `td` in markup, however it is packed: `<td`, `\u003ctd`, `&lt;td`, `%3Ctd`, `\x3ctd`, `\74td`.
    let packed = |at: usize| {
        matches!(at.checked_sub(1).and_then(|before| bytes.get(before)), Some(b'<' | b';' | b'c' | b'C' | b'4'))
    };
    memchr::memmem::find_iter(bytes, b"td").any(packed)
        || memchr::memmem::find_iter(bytes, b"TD").any(packed)
        || memchr::memmem::find(bytes, b"document.write").is_some()
        || memchr::memmem::find(bytes, b"atob(").is_some()
}

/// Reads a script. `left` bytes of text may be built.
pub(super) fn read(script: &str, left: &mut usize) -> Vec<Said> {
    let mut reader = Reader { left, said: Vec::new(), texts: Vec::new(), title: None };
    reader.script(script, 0);
    for (name, text) in std::mem::take(&mut reader.texts) {
        reader.found(text, Some(&name), 0);
    }
    let mut said = reader.said;
    // A title may stand behind the text that it belongs to.
    let mut title = reader.title;
    for one in said.iter_mut().rev() {
        if let Said::Article { title: own, .. } = one {
            *own = own.take().or_else(|| title.clone());
            title.clone_from(own);
        }
    }
    said
}

/// What an expression comes to.
#[derive(Debug, Default)]
struct Value {
    text: String,
    known: bool,
    /// Texts that may still be joined.
    parts: Option<Vec<String>>,
}

impl Value {
    fn of(text: String) -> Self {
        Self { text, known: true, parts: None }
    }
}

struct Reader<'l> {
    left: &'l mut usize,
    said: Vec<Said>,
    /// What names stand for.
    texts: Vec<(String, String)>,
    title: Option<String>,
}

impl Reader<'_> {
    fn script(&mut self, script: &str, nesting: usize) {
        let mut lexer = Lexer::new(script);
        let mut braces = 0_i32;
        let mut key: Option<String> = None;
        let mut last = Last::Statement;
        loop {
            let token = lexer.next();
            let before = std::mem::replace(&mut last, Last::of(&token));
            match token {
                Token::End => return,
                Token::Mark(b'{') => braces += 1,
                Token::Mark(b'}') => braces -= 1,
                Token::Word("window") if lexer.peek() == Token::Mark(b'.') => {
                    lexer.next();
                    last = before;
                }
                Token::Word("document")
                    if before != Last::Dot && self.writes(&mut lexer, braces == 0 && before == Last::Statement) =>
                {
                    last = Last::Statement;
                }
                Token::Word(name) if lexer.peek() == Token::Mark(b':') => key = Some(name.to_owned()),
                Token::Word(name) if !UNPACKS.contains(&name) => self.named(name, &mut lexer, nesting, &mut key),
                Token::Text(_) | Token::Word(_) => {
                    let value = self.expression(Some(token), &mut lexer, 0);
                    if lexer.peek() == Token::Mark(b':') {
                        key = Some(value.text);
                    } else if value.known && ends_value(&lexer) {
                        self.found(value.text, key.take().as_deref(), nesting);
                    }
                }
                _ => {}
            }
            if *self.left == 0 {
                return;
            }
        }
    }

    /// `document.write(…)`: takes it if it is one.
    fn writes(&mut self, lexer: &mut Lexer<'_>, free: bool) -> bool {
        let mut ahead = lexer.clone();
        let is_write = ahead.next() == Token::Mark(b'.')
            && matches!(ahead.next(), Token::Word("write" | "writeln"))
            && ahead.next() == Token::Mark(b'(');
        if !is_write {
            return false;
        }
        *lexer = ahead;
        let mut all = Value::of(String::new());
        loop {
            let value = self.expression(None, lexer, 0);
            all.known &= value.known;
            all.text.push_str(&value.text);
            match lexer.next() {
                Token::Mark(b',') => {}
                Token::Mark(b')') => break,
                _ => {
                    all.known = false;
                    break;
                }
            }
        }
        all.known &= all.text.len() <= *self.left;
        self.spend(all.text.len());
        if !free && all.known && has_table(&all.text) {
            self.found(all.text, None, 0);
        } else if free && all.known {
            self.said.push(Said::Write(all.text));
        } else {
            self.said.push(Said::Unknown);
        }
        true
    }

    /// A name: it may be given a text, or be given more of it.
    fn named(&mut self, name: &str, lexer: &mut Lexer<'_>, nesting: usize, key: &mut Option<String>) {
        let mut ahead = lexer.clone();
        let adds = match ahead.next() {
            Token::Mark(b'=') => false,
            Token::Add => true,
            Token::Mark(b'.') if ahead.next() == Token::Word("push") && ahead.next() == Token::Mark(b'(') => true,
            _ => return,
        };
        *lexer = ahead;
        let value = self.expression(None, lexer, 0);
        let known = value.known && ends_value(lexer);
        self.spend(value.text.len());
        let at = self.texts.iter().position(|(n, _)| n == name);
        match at.and_then(|at| self.texts.get_mut(at)) {
            Some((_, text)) if adds && known => text.push_str(&value.text),
            _ => {
                // What is added to something unknown is a part of something unknown.
                if let Some(at) = at {
                    let (name, text) = self.texts.swap_remove(at);
                    if !adds {
                        self.found(text, Some(&name), nesting);
                    }
                }
                if known && !adds && self.texts.len() < MAX_NAMES {
                    self.texts.push((key.take().unwrap_or_else(|| name.to_owned()), value.text));
                }
            }
        }
    }

    /// A constant text.
    fn found(&mut self, text: String, key: Option<&str>, nesting: usize) {
        let is_title = |key: &str| {
            let key = key.to_ascii_lowercase();
            key.contains("title") || matches!(key.as_str(), "headline" | "subject")
        };
        if key.is_some_and(is_title) && !text.contains('<') && text.len() <= MAX_TITLE && !text.trim().is_empty() {
            if let Some(Said::Article { title, .. }) = self.said.last_mut() {
                title.get_or_insert_with(|| text.clone());
            }
            self.title = Some(text);
            return;
        }
        let start = text.trim_start();
        if nesting < MAX_NESTING && start.starts_with(['{', '[']) && start.contains('"') && is_of_interest(start) {
            self.spend(text.len());
            return self.script(&text, nesting + 1);
        }
        if self.said.len() < MAX_ARTICLES
            && let Some(text) = unpacked(&text)
        {
            self.spend(text.len());
            self.said.push(Said::Article { title: self.title.clone(), text });
        }
    }

    fn spend(&mut self, bytes: usize) {
        *self.left = self.left.saturating_sub(bytes);
    }

    /// Texts joined by `+`.
    fn expression(&mut self, first: Option<Token<'_>>, lexer: &mut Lexer<'_>, depth: usize) -> Value {
        let mut value = self.term(first, lexer, depth);
        while lexer.peek() == Token::Mark(b'+') {
            lexer.next();
            let more = self.term(None, lexer, depth);
            self.spend(more.text.len());
            value.known &= more.known && *self.left > 0;
            if value.known {
                value.text.push_str(&more.text);
            }
        }
        value
    }

    fn term(&mut self, first: Option<Token<'_>>, lexer: &mut Lexer<'_>, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::default();
        }
        // What ends an expression is left to whoever asked for it.
        if first.is_none() && matches!(lexer.peek(), Token::End | Token::Mark(b')' | b']' | b'}' | b',' | b';' | b':'))
        {
            return Value::default();
        }
        let value = match first.unwrap_or_else(|| lexer.next()) {
            Token::Text(text) => Value::of(text),
            Token::Number(number) => Value::of(number.to_owned()),
            Token::Mark(b'(') => {
                let value = self.expression(None, lexer, depth + 1);
                if lexer.peek() == Token::Mark(b')') {
                    lexer.next();
                    value
                } else {
                    Value::default()
                }
            }
            Token::Mark(b'[') => self.list(lexer, depth),
            Token::Word(name) => self.word(name, lexer, depth),
            _ => Value::default(),
        };
        self.joined(value, lexer, depth)
    }

    fn list(&mut self, lexer: &mut Lexer<'_>, depth: usize) -> Value {
        let mut parts = Vec::new();
        loop {
            if lexer.peek() == Token::Mark(b']') {
                lexer.next();
                return Value { text: parts.concat(), known: true, parts: Some(parts) };
            }
            let value = self.expression(None, lexer, depth + 1);
            match lexer.peek() {
                Token::Mark(b',') if value.known => {
                    lexer.next();
                }
                Token::Mark(b']') if value.known => {}
                _ => return Value::default(),
            }
            parts.push(value.text);
        }
    }

    fn word(&mut self, name: &str, lexer: &mut Lexer<'_>, depth: usize) -> Value {
        if name == "window" && lexer.peek() == Token::Mark(b'.') {
            lexer.next();
            return match lexer.next() {
                Token::Word(name) if name != "window" => self.word(name, lexer, depth),
                _ => Value::default(),
            };
        }
        if lexer.peek() == Token::Mark(b'(') && UNPACKS.contains(&name) {
            lexer.next();
            let value = self.expression(None, lexer, depth + 1);
            if !value.known || lexer.peek() != Token::Mark(b')') {
                return Value::default();
            }
            lexer.next();
            let text = match name {
                "atob" => without_base64(&value.text),
                "String" => Some(value.text),
                _ => Some(without_percents(&value.text)),
            };
            return text.map_or_else(Value::default, Value::of);
        }
        match self.texts.iter().find(|(n, _)| n == name) {
            Some((_, text)) if text.len() <= *self.left => Value::of(text.clone()),
            _ => Value::default(),
        }
    }

    /// `.join("")` behind a list; any other member makes a value unknown.
    fn joined(&mut self, value: Value, lexer: &mut Lexer<'_>, depth: usize) -> Value {
        if !matches!(lexer.peek(), Token::Mark(b'.' | b'[' | b'(')) {
            // A list that is given a name is joined later.
            return value;
        }
        let mut ahead = lexer.clone();
        let joins = ahead.next() == Token::Mark(b'.')
            && ahead.next() == Token::Word("join")
            && ahead.next() == Token::Mark(b'(');
        if joins && value.known {
            *lexer = ahead;
            let by = if lexer.peek() == Token::Mark(b')') {
                Value::of(",".to_owned())
            } else {
                self.expression(None, lexer, depth + 1)
            };
            if by.known && lexer.peek() == Token::Mark(b')') {
                lexer.next();
                // Texts that were pushed one by one are joined already.
                return Value::of(value.parts.map_or(value.text, |parts| parts.join(&by.text)));
            }
        }
        Value::default()
    }
}

/// What stands before a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The end of a statement: the next one is certain to run.
    Statement,
    Dot,
    Other,
}

impl Last {
    fn of(token: &Token<'_>) -> Self {
        match token {
            Token::Mark(b';' | b'}') | Token::Text(_) | Token::Number(_) => Self::Statement,
            Token::Mark(b'.') => Self::Dot,
            _ => Self::Other,
        }
    }
}

/// Whether a value ends here: nothing is done to it.
fn ends_value(lexer: &Lexer<'_>) -> bool {
    match lexer.peek() {
        Token::End | Token::Mark(b',' | b';' | b')' | b']' | b'}') => true,
        Token::Word(_) | Token::Text(_) => lexer.is_on_new_line(),
        _ => false,
    }
}
