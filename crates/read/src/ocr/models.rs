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

use super::clean::{accounts, may_have_had_point, sweep};
use super::lines::{apart, bands, joined, strip, usual, without_crumbs};
use super::net::{Line, Net, Strip};
use super::raster::{Part, Raster, SCALE};
use super::rooms::{MAX_PIECES, page, rooms};
use super::upright::{half, quarter};
use crate::layout::page::{Glyph, Page};
use crate::layout::rules;
use crate::limits::{Clock, Fault};

/// The models that were measured.
const LIST: &str = include_str!("../../../../data/ocr/models.toml");
/// Characters of one piece stand nearer than this, in heights of the text: two figures of one cell are two pieces.
const GAP: f32 = 0.8;
/// The same in running text, which headings and mentions are of.
const TEXT_GAP: f32 = 1.7;
/// Lines that tell which way up a page is, and the longest of them, in heights of the text.
const SOME: usize = 5;
const LONG: usize = 16;
/// Characters of them that must be read, and how sure the reader is of each, where there is no doubt.
const ENOUGH: f32 = 16.0;
const SURE: f32 = 0.9;
/// Stands between two readings that differ or of which one is none, and between two alike that the ink does not bear out.
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

/// A page cut to pieces.
struct Cut {
    /// Its picture without ruling lines.
    raster: Raster,
    page: Page,
    pieces: Vec<Piece>,
    /// The usual height of its text, in pixels.
    size: usize,
    /// What was taken for dust, from top to bottom.
    specks: Vec<Part>,
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
        // One thread of its own: many files are read at a time, and the sum of a product must not depend on threads.
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let cut = self.upright(raster, &pool, clock)?;
        let read = self.read(&cut, &pool, clock)?;
        let mut page = Page { witnessed: true, ..cut.page };
        for (piece, text) in cut.pieces.iter().zip(read) {
            print(&mut page.glyphs, piece.ink, &text);
        }
        Ok(page)
    }

    /// The page cut to pieces, the way up in which it reads best.
    fn upright(&self, raster: &Raster, pool: &Arc<ThreadPool>, clock: &Clock) -> Result<Cut, Fault> {
        let turns: [fn(&Raster) -> Raster; 3] = [half, quarter, |raster| half(&quarter(raster))];
        let mut best = Cut::of(raster.clone())?;
        let (mut most, sure) = self.sense(&best, pool, clock)?;
        if sure {
            return Ok(best);
        }
        for turn in turns {
            clock.check()?;
            let Ok(cut) = Cut::of(turn(raster)) else { continue };
            let (sense, _) = self.sense(&cut, pool, clock)?;
            if sense > most {
                (best, most) = (cut, sense);
            }
        }
        Ok(best)
    }

    /// How many Chinese characters some long lines of a page hold, each counted as far as the reader is sure of it; and
    /// whether that leaves no doubt. On a page that lies on its side lines are short, on one upside down they make no sense.
    fn sense(&self, cut: &Cut, pool: &Arc<ThreadPool>, clock: &Clock) -> Result<(f32, bool), Fault> {
        let long = |piece: &Piece| (piece.ink.right - piece.ink.left) / cut.size.max(1);
        let mut lines: Vec<&Piece> = cut.pieces.iter().filter(|piece| (3..=LONG).contains(&long(piece))).collect();
        lines.sort_by_key(|piece| std::cmp::Reverse(long(piece)));
        let strips: Vec<&Strip> = lines.iter().take(SOME).map(|piece| &piece.strip).collect();
        let read = self.0.reader.read(&strips, pool, || clock.check().map_err(Failed)).map_err(|Failed(f)| f)?;
        let chinese = |line: &Line| line.text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count() as f32;
        let all: f32 = read.iter().map(chinese).sum();
        let sense: f32 = read.iter().map(|line| line.sure * chinese(line)).sum();
        Ok((sense, all >= ENOUGH && sense > SURE * all))
    }

    /// What the models make of every piece.
    fn read(&self, cut: &Cut, pool: &Arc<ThreadPool>, clock: &Clock) -> Result<Vec<String>, Fault> {
        let go_on = || clock.check().map_err(Failed);
        let strips: Vec<&Strip> = cut.pieces.iter().map(|p| &p.strip).collect();
        let texts = self.0.reader.read(&strips, pool, go_on).map_err(|Failed(f)| f)?;
        let mut texts: Vec<String> = texts.into_iter().map(|line| line.text).collect();
        // Only figures need a witness.
        let needs = |text: &String| text.is_empty() || text.contains(is_digit) || is_round(text);
        let figures: Vec<usize> = (0..texts.len()).filter(|at| needs(&texts[*at])).collect();
        let strips: Vec<&Strip> = figures.iter().map(|at| strips[*at]).collect();
        let others = self.0.witness.read(&strips, pool, go_on).map_err(|Failed(f)| f)?;
        for (at, other) in figures.into_iter().zip(others) {
            let Piece { ink, in_cell, .. } = cut.pieces[at];
            let text = settled(&texts[at], &other.text, in_cell);
            let bare = text.replace(char::is_whitespace, "");
            let figure = in_cell && !bare.is_empty() && bare.chars().all(|c| is_digit(c) || ".,-".contains(c));
            // Read alike, but the ink is more or less than that.
            let is_whole = || accounts(&cut.raster, ink, &bare, cut.size) && !may_have_had_point(&cut.specks, ink);
            // A speck before a figure is read as its point.
            let is_pointed = bare.starts_with('.') || bare.ends_with('.');
            let doubtful = figure && (is_pointed || !is_whole());
            texts[at] = if doubtful { format!("{bare}{OR}{bare}") } else { text };
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

/// Whether a text is nothing but a circle.
fn is_round(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, 'O' | 'o' | '〇' | '○'))
}

/// What two readings of a line come to.
fn settled(one: &str, two: &str, in_cell: bool) -> String {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_words = one.contains(char::is_alphabetic);
    if in_cell && is_round(one) {
        // A figure or a letter: only a sum can tell.
        return format!("{OR}0");
    }
    if in_cell && one == "0" && is_round(two) {
        return one.to_owned();
    }
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

impl Cut {
    /// The lines of a page: in its cells, and outside of its tables.
    fn of(mut raster: Raster) -> Result<Self, Fault> {
        let page = page(&mut raster);
        let mut specks = sweep(&mut raster);
        specks.sort_by_key(|speck| speck.top);
        let cells: Vec<Vec<Part>> = rooms(&page, &raster)?.into_iter().map(|room| bands(&raster, room)).collect();
        let mut frames: Vec<Part> = rules::frames(&page.rules)
            .iter()
            .filter(|f| f.width() * f.height() > 1)
            .map(|f| raster.part(f.xs[0] - 2.0, f.ys[0] - 2.0, f.xs[f.width()] + 2.0, f.ys[f.height()] + 2.0))
            .collect();
        frames.sort_by_key(|f| f.top);
        let mut outside: Vec<Part> = Vec::new();
        for (left, right) in sides(&raster) {
            let mut top = 0;
            let own = frames.iter().filter(|f| f.left < right && f.right > left).map(|f| (f.top, f.bottom));
            for (from, to) in own.chain([(raster.height, raster.height)]) {
                if from > top {
                    outside.extend(bands(&raster, Part { left, top, right, bottom: from }));
                }
                top = top.max(to);
            }
        }
        let size = usual(cells.iter().flatten().chain(&outside));
        let mut pieces = Vec::new();
        let mut cut = |line: Part, in_cell: bool| {
            let gap = if in_cell { GAP } else { TEXT_GAP };
            for ink in apart(&raster, line, gap * size as f32) {
                pieces.extend(strip(&raster, ink, size).map(|strip| Piece { strip, ink, in_cell }));
            }
        };
        joined(without_crumbs(outside, size), size).into_iter().for_each(|line| cut(line, false));
        for bands in cells {
            joined(without_crumbs(bands, size), size).into_iter().for_each(|line| cut(line, true));
        }
        if pieces.len() > MAX_PIECES {
            return Err(Fault::Limit(format!("{} lines on a page to recognise", pieces.len())));
        }
        Ok(Self { raster, page, pieces, size, specks })
    }
}

/// The columns of pixels of a page, or of the two pages of a sheet.
fn sides(raster: &Raster) -> Vec<(usize, usize)> {
    let (width, height) = (raster.width, raster.height);
    if width * 5 < height * 6 {
        return vec![(0, width)];
    }
    let blank = |x: &usize| (0..height).filter(|y| raster.is_ink(*x, *y)).count() * 200 < height;
    let middle: Vec<usize> = (width * 2 / 5..width * 3 / 5).filter(blank).collect();
    let strips = middle.chunk_by(|a, b| a + 1 == *b);
    match strips.max_by_key(|strip| strip.len()).filter(|strip| strip.len() * 100 > width) {
        Some(strip) => {
            let middle = strip[strip.len() / 2];
            vec![(0, middle), (middle, width)]
        }
        None => vec![(0, width)],
    }
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
        assert_eq!((settled("O", "O", true), settled("0", "o", true)), ("?0".to_owned(), "0".to_owned()));
    }
}
