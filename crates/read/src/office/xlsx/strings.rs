//! Texts of cells, each in runs that may look different.
//!
//! Owns which runs are seen, given how the cell looks. Refuses how words are spoken.

use super::super::package::Package;
use super::super::xml::{Piece, Xml};
use super::styles::font;
use crate::limits::Fault;
use crate::seen::{Look, Seen, raise};

/// A text.
#[derive(Debug)]
pub(in crate::office) enum Shared {
    /// It looks as its cell does.
    Plain(String),
    /// Runs that state how they look, or look as the cell does.
    Runs(Vec<(Option<Look>, String)>),
}

impl Default for Shared {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Shared {
    /// What is seen of it in a cell that looks so; `paper` says that the ground of the sheet is white.
    pub(in crate::office) fn shown(&self, cell: Look, paper: bool) -> String {
        let seen = |look: Look| if paper { look.on_paper() } else { look.on_ground() };
        match self {
            Self::Plain(_) if seen(cell) == Seen::Not => String::new(),
            Self::Plain(text) => text.clone(),
            Self::Runs(runs) => {
                let mut text = String::new();
                for (look, run) in runs {
                    let look = look.map_or(cell, |own| Look { filled: cell.filled, ..own });
                    let from = text.len();
                    match seen(look) {
                        Seen::Not => {}
                        Seen::Plain => text.push_str(run),
                        Seen::Raised => {
                            text.push_str(run);
                            raise(&mut text, from);
                        }
                    }
                }
                text
            }
        }
    }

    /// Whether something of it is white.
    pub(in crate::office) fn is_white(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Runs(runs) => runs.iter().any(|(look, _)| look.is_some_and(|l| l.white == Some(true))),
        }
    }
}

/// The texts that cells refer to by number.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Vec<Shared>, Fault> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text, package.clock());
    let mut strings = Vec::new();
    loop {
        match xml.next()? {
            Piece::Open(e) if e.local_name().as_ref() == "si" => strings.push(string(&mut xml)?),
            Piece::End => return Ok(strings),
            Piece::Open(_) | Piece::Close | Piece::Text(_) => {}
        }
    }
}

/// A string item that was just opened: its runs, without how they are spoken.
pub(super) fn string(xml: &mut Xml<'_>) -> Result<Shared, Fault> {
    let mut runs: Vec<(Option<Look>, String)> = Vec::new();
    let (mut depth, mut wanted, mut in_run) = (1_usize, false, false);
    while depth > 0 {
        match xml.next()? {
            Piece::Open(e) => match e.local_name().as_ref() {
                "rPh" | "phoneticPr" => xml.skip()?,
                "rPr" => {
                    let look = looks(xml)?;
                    if let Some(run) = runs.last_mut().filter(|_| in_run) {
                        run.0 = Some(look);
                    }
                }
                name => {
                    wanted = name == "t";
                    if name == "r" || runs.is_empty() {
                        runs.push((None, String::new()));
                        in_run = name == "r";
                    }
                    depth = depth.saturating_add(1);
                }
            },
            Piece::Close => {
                wanted = false;
                depth = depth.saturating_sub(1);
            }
            Piece::Text(piece) if wanted => {
                if let Some((_, text)) = runs.last_mut() {
                    text.push_str(&piece);
                }
            }
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    for (_, text) in &mut runs {
        *text = unescape(std::mem::take(text));
    }
    if runs.iter().all(|(look, _)| look.is_none()) {
        return Ok(Shared::Plain(runs.into_iter().map(|(_, text)| text).collect()));
    }
    Ok(Shared::Runs(runs))
}

/// The properties of a run, which were just opened.
fn looks(xml: &mut Xml<'_>) -> Result<Look, Fault> {
    let (mut look, mut depth) = (Look::default(), 1_usize);
    while depth > 0 {
        match xml.next()? {
            Piece::Open(e) => {
                font(&mut look, &e);
                depth = depth.saturating_add(1);
            }
            Piece::Close => depth = depth.saturating_sub(1),
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    Ok(look)
}

/// Characters that XML cannot hold are written `_x000D_`.
pub(super) fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        plain.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let code = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32);
        let taken = if c.is_some() { 7 } else { 2 };
        match c {
            Some('\r') => {}
            Some(c) => plain.push(c),
            None => plain.push_str("_x"),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}
