//! Members: files that lie in another file.
//!
//! Owns how many there may be and how much they may unpack to. Refuses to read them: whoever reads a file reads its
//! members as files of their own.

use super::limits::{Fault, Limits};
use super::ole::{self, Ole};
use super::sniff;
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
    /// Wrappings that are open.
    depth: usize,
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

    /// Adds what somebody attached, if it is a document or text.
    pub(crate) fn attached(&mut self, name: &str, bytes: Vec<u8>) {
        let wanted =
            !bytes.trim_ascii().is_empty() && !matches!(sniff(&bytes), Format::Image | Format::Other("binary"));
        if wanted { self.add(name, Ok(bytes)) } else { self.miss() }
    }

    /// Adds what was put into a document, if it is a document: texts there are parts of programs.
    pub(crate) fn document(&mut self, name: &str, bytes: Vec<u8>) {
        // Programs wrap what they embed: the wrapping holds nothing else.
        if sniff(&bytes) == Format::Other("ole")
            && let Ok(file) = ole::open(&bytes)
            && ole::kind_of(&file) == Ole::Object
        {
            return ole::objects(&file, self);
        }
        let other = |format| matches!(format, Format::Text | Format::Image | Format::Other("binary" | "ole"));
        if other(sniff(&bytes)) { self.miss() } else { self.add(name, Ok(bytes)) }
    }

    /// Adds one that cannot be had.
    pub(crate) fn fault(&mut self, name: &str, fault: Fault) {
        self.add(name, Err(fault));
    }

    /// Opens a wrapping; `false` if too many are open.
    pub(crate) fn descend(&mut self) -> bool {
        let may = self.depth < DEEPEST;
        self.depth += usize::from(may);
        may
    }

    /// Closes it.
    pub(crate) fn ascend(&mut self) {
        self.depth = self.depth.saturating_sub(1);
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
