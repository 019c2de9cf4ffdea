//! Members: files that lie in another file.
//!
//! Owns how many there may be and how much they may unpack to. Refuses to read them: whoever reads a file reads its
//! members as files of their own.

use super::limits::{Fault, Limits};
use nianbao_document::Format;

/// Members of a document or a message.
const MOST: usize = 10_000;
/// Wrappings within wrappings.
const DEEPEST: usize = 4;
/// Longest name, in bytes.
const LONGEST: usize = 200;

/// One member of a file.
#[derive(Debug)]
pub struct Member {
    /// Its path within the file with `/`.
    pub name: String,
    /// Its unpacked size, as far as it is known.
    pub size: Option<u64>,
    /// Its bytes, or why they cannot be had.
    pub bytes: Result<Vec<u8>, Fault>,
}

/// What lies in a file that is read: documents and archives, whatever they are called. What else lies in it is counted.
#[derive(Debug, Default)]
pub struct Members {
    /// Members, in the order in which they were found.
    pub list: Vec<Member>,
    /// Pictures and other files that are no documents, and what could not be had.
    pub others: usize,
    /// Bytes that may still be unpacked.
    left: u64,
    /// What is not judged yet, and whether it was embedded.
    waiting: Vec<(String, Vec<u8>, bool)>,
}

impl Members {
    /// None yet; `left` bytes may be unpacked.
    #[must_use]
    pub fn new(left: u64) -> Self {
        Self { left, ..Self::default() }
    }

    /// Bytes that may still be unpacked.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Whether nothing lies in the file.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.waiting.is_empty() && self.others == 0
    }

    /// Adds what somebody attached, if it is a document or text.
    pub(crate) fn attached(&mut self, name: &str, bytes: Vec<u8>) {
        self.wait(name, bytes, false);
    }

    /// Adds what was put into a document, if it is a document: texts there are parts of programs.
    pub(crate) fn document(&mut self, name: &str, bytes: Vec<u8>) {
        self.wait(name, bytes, true);
    }

    fn wait(&mut self, name: &str, bytes: Vec<u8>, embedded: bool) {
        if bytes.trim_ascii().is_empty() || self.waiting.len() >= MOST {
            self.miss();
        } else {
            self.waiting.push((name.to_owned(), bytes, embedded));
        }
    }

    /// Judges what was added since: `format` says what it is; `unwrap` gives what programs wrapped to embed it, and
    /// whether it was such a wrapping.
    pub(crate) fn judge(&mut self, format: &dyn Fn(&[u8]) -> Format, unwrap: &dyn Fn(&[u8], &mut Members) -> bool) {
        for _ in 0..DEEPEST {
            for (name, bytes, embedded) in std::mem::take(&mut self.waiting) {
                let kind = format(&bytes);
                if kind == Format::Other("ole") && unwrap(&bytes, self) {
                    continue;
                }
                let other = matches!(kind, Format::Image | Format::Other("binary"));
                if other || embedded && matches!(kind, Format::Text | Format::Other("ole")) {
                    self.miss();
                } else {
                    self.add(&name, Ok(bytes));
                }
            }
        }
        self.others = self.others.saturating_add(std::mem::take(&mut self.waiting).len());
    }

    /// Adds one that cannot be had.
    pub(crate) fn fault(&mut self, name: &str, fault: Fault) {
        self.add(name, Err(fault));
    }

    /// Counts one that is not read.
    pub(crate) fn miss(&mut self) {
        self.others = self.others.saturating_add(1);
    }

    fn add(&mut self, name: &str, bytes: Result<Vec<u8>, Fault>) {
        if self.list.len() >= MOST {
            return self.miss();
        }
        let size = bytes.as_ref().ok().map(|bytes| bytes.len() as u64);
        let bytes = bytes.and_then(|bytes| match self.left.checked_sub(size.unwrap_or(0)) {
            Some(left) => {
                self.left = left;
                Ok(bytes)
            }
            None => Err(Fault::Limit("more is packed in the file than may be unpacked".to_owned())),
        });
        let name = self.free(name);
        self.list.push(Member { name, size, bytes });
    }

    /// The last step of a name, or a number where it has none; two of one name are told apart by their order.
    fn free(&self, name: &str) -> String {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = name.chars().filter(|c| !c.is_control() && *c != char::REPLACEMENT_CHARACTER).collect();
        let clean = clean.trim();
        let end = (0..=clean.len().min(LONGEST)).rev().find(|at| clean.is_char_boundary(*at)).unwrap_or(0);
        let clean = clean.get(..end).unwrap_or_default();
        let number = self.list.len() + 1;
        match clean {
            "" | "." | ".." => format!("#{number}"),
            _ if self.list.iter().any(|member| member.name == clean) => format!("{clean}#{number}"),
            _ => clean.to_owned(),
        }
    }
}

impl From<&Limits> for Members {
    fn from(limits: &Limits) -> Self {
        Self::new(limits.unpacked)
    }
}
