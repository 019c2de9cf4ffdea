//! A page read by models: cells at their ruling lines, lines of text outside of them, each read by two models.
//!
//! Owns what the two readings of a line come to. A figure that both read alike stands as it is; anything else is marked, so
//! that only a sum of the form can take it. Refuses models that were not measured.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rten::ThreadPool;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::lines::{apart, bands, joined, strip, usual};
use super::net::{Net, Strip};
use super::raster::{Part, Raster, SCALE};
use super::rooms::{MAX_PIECES, rooms};
use crate::layout::page::{Glyph, Page};
use crate::layout::rules;
use crate::limits::{Clock, Fault};

/// The models that were measured.
const LIST: &str = include_str!("../../../../data/ocr/models.toml");
/// Characters of one piece stand nearer than this, in heights of the text: two figures of one cell are two pieces.
const GAP: f32 = 0.8;
/// Stands behind a figure that only one model saw, or between what two saw.
const OR: char = '?';

#[derive(Deserialize)]
struct Listed {
    model: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    role: String,
    file: String,
    sha256: String,
}

/// Two models of a folder.
#[derive(Clone)]
pub struct Models(Arc<Pair>);

struct Pair {
    reader: Net,
    witness: Net,
    /// Their SHA-256.
    hashes: String,
    /// Where they were loaded from.
    folder: PathBuf,
}

impl std::fmt::Debug for Models {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Models({})", self.0.hashes)
    }
}

impl PartialEq for Models {
    fn eq(&self, other: &Self) -> bool {
        self.0.hashes == other.0.hashes
    }
}

impl Eq for Models {}

/// A line of a page, cut out.
struct Piece {
    strip: Strip,
    /// Where its ink is.
    ink: Part,
    in_cell: bool,
}

impl Models {
    /// Loads the models of a folder.
    ///
    /// # Errors
    /// A sentence that says which file is missing, or is another than was measured.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        let listed: Listed = toml::from_str(LIST).map_err(|e| e.to_string())?;
        let mut nets = BTreeMap::new();
        let mut hashes = Vec::new();
        for Entry { role, file, sha256 } in listed.model {
            let path = folder.join(&file);
            let bytes =
                std::fs::read(&path).map_err(|e| format!("{}: {e}; `make ocr-models` fetches it", path.display()))?;
            let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            if hash != sha256 {
                return Err(format!(
                    "{} is not the model that was measured; `make ocr-models` fetches that one",
                    path.display()
                ));
            }
            let net = Net::load(bytes).map_err(|e| format!("{} cannot be loaded: {e}", path.display()))?;
            hashes.push(hash);
            nets.insert(role, net);
        }
        match (nets.remove("reader"), nets.remove("witness")) {
            (Some(reader), Some(witness)) => {
                Ok(Self(Arc::new(Pair { reader, witness, hashes: hashes.join(" "), folder: folder.to_owned() })))
            }
            _ => Err("the list of models names no reader or no witness".to_owned()),
        }
    }

    /// Where they were loaded from.
    pub(super) fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Reads a page.
    ///
    /// # Errors
    /// [`Fault::Command`] when a model fails, [`Fault::Limit`] for a page of too many pieces, [`Fault::Time`] when the
    /// time is up.
    pub(super) fn page(&self, raster: &Raster, clock: &Clock) -> Result<Page, Fault> {
        let mut page = Page { witnessed: true, ..raster.page() };
        let pieces = pieces(&page, raster)?;
        // One thread of its own: many files are read at a time, and the sum of a product must not depend on threads.
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let read = self.read(&pieces, &pool, clock)?;
        for (piece, text) in pieces.iter().zip(read) {
            print(&mut page.glyphs, piece.ink, &text);
        }
        Ok(page)
    }

    /// What the models make of every piece.
    fn read(&self, pieces: &[Piece], pool: &Arc<ThreadPool>, clock: &Clock) -> Result<Vec<String>, Fault> {
        let go_on = || clock.check().map_err(Failed);
        let strips: Vec<&Strip> = pieces.iter().map(|p| &p.strip).collect();
        let mut texts = self.0.reader.read(&strips, pool, go_on).map_err(|Failed(f)| f)?;
        // Only figures need a witness.
        let needs = |text: &String| text.is_empty() || text.contains(is_digit);
        let figures: Vec<usize> = (0..texts.len()).filter(|at| needs(&texts[*at])).collect();
        let strips: Vec<&Strip> = figures.iter().map(|at| strips[*at]).collect();
        let others = self.0.witness.read(&strips, pool, go_on).map_err(|Failed(f)| f)?;
        for (at, other) in figures.into_iter().zip(others) {
            texts[at] = settled(&texts[at], &other, pieces[at].in_cell);
        }
        Ok(texts)
    }
}

/// Why a page was not read.
struct Failed(Fault);

impl From<String> for Failed {
    fn from(why: String) -> Self {
        Self(Fault::Command(format!("a model failed: {why}")))
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What two readings of a line come to.
fn settled(one: &str, two: &str, in_cell: bool) -> String {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_words = one.contains(char::is_alphabetic);
    let alike = if is_words { digits(one) == digits(two) } else { bare(one) == bare(two) };
    if alike && !one.is_empty() {
        one.to_owned()
    } else if is_words || !in_cell {
        // Running text: where figures differ none of them is known.
        one.replace(is_digit, "?")
    } else {
        format!("{}{OR}{}", bare(one), bare(two))
    }
}

/// The lines of a page: in its cells, and outside of its tables.
fn pieces(page: &Page, raster: &Raster) -> Result<Vec<Piece>, Fault> {
    let cells: Vec<Vec<Part>> = rooms(page, raster)?.into_iter().map(|room| bands(raster, room)).collect();
    let frames: Vec<Part> = rules::frames(&page.rules)
        .iter()
        .map(|f| raster.part(f.xs[0] - 2.0, f.ys[0] - 2.0, f.xs[f.width()] + 2.0, f.ys[f.height()] + 2.0))
        .collect();
    let mut outside: Vec<Part> = Vec::new();
    let mut top = 0;
    let mut frames = frames;
    frames.sort_by_key(|f| f.top);
    for frame in frames.iter().map(|f| (f.top, f.bottom)).chain([(raster.height, raster.height)]) {
        if frame.0 > top {
            outside.extend(bands(raster, Part { left: 0, top, right: raster.width, bottom: frame.0 }));
        }
        top = top.max(frame.1);
    }
    let size = usual(cells.iter().flatten().chain(&outside));
    let mut pieces = Vec::new();
    let mut cut = |line: Part, in_cell: bool| {
        for ink in apart(raster, line, GAP * size as f32) {
            pieces.extend(strip(raster, ink, size).map(|strip| Piece { strip, ink, in_cell }));
        }
    };
    joined(outside, size).into_iter().for_each(|line| cut(line, false));
    cells.into_iter().flat_map(|bands| joined(bands, size)).for_each(|line| cut(line, true));
    if pieces.len() > MAX_PIECES {
        return Err(Fault::Limit(format!("{} lines on a page to recognise", pieces.len())));
    }
    Ok(pieces)
}

/// Sets a text into its ink, Chinese characters twice as wide as others.
fn print(glyphs: &mut Vec<Glyph>, ink: Part, text: &str) {
    let points = |pixels: usize| pixels as f32 / SCALE;
    let (left, width, height) = (points(ink.left), points(ink.right - ink.left), points(ink.bottom - ink.top));
    let wide = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let unit = width / text.chars().map(wide).sum::<f32>().max(0.5);
    // A stroke is no higher than it is, but stands in the size of its text.
    let (size, y) = (height.max(6.0), points(ink.bottom) - 0.1 * height);
    let mut x = left;
    for text in text.chars() {
        glyphs.push(Glyph { x, y, width: wide(text) * unit, size, text, run: 0 });
        x += wide(text) * unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_where_both_read_it_alike() {
        assert_eq!(settled("12 34", "1234", true), "12 34");
        assert_eq!(settled("17", "12", true), "17?12");
        assert_eq!(settled("", "12", true), "?12");
        assert_eq!(settled("", "", true), "?", "there is ink");
        assert_eq!(settled("公开17条", "公开17奈", true), "公开17条");
        assert_eq!(settled("公开17条，其中3条", "公开12条，其中3条", false), "公开??条，其中?条");
        assert_eq!(settled("12.5", "125", true), "12.5?125");
    }
}
