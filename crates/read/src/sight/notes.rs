//! Note marks: small raised or lowered characters beside a word.
//!
//! Owns how much smaller and how far off the line a mark is. Refuses characters in a cell of their own, and small ones on
//! the line that follow no figure: they may be a unit.

use super::marks::Print;
use super::walls::Walls;
use super::words::{Levels, Word};

/// A mark off the line is at most of this part of its word's size.
const SMALL: f32 = 0.85;
/// A mark on the line, behind a figure, is smaller still.
const SMALLER: f32 = 0.76;
/// How far a mark is raised, in sizes of its word.
const RAISED: (f32, f32) = (0.12, 0.75);
/// How far it is lowered.
const LOWERED: (f32, f32) = (0.1, 0.4);
/// How far a digit of the word's own size is raised.
const ALIKE: (f32, f32) = (0.2, 0.6);
/// Room between a word and its mark, in sizes of the word.
const BESIDE: (f32, f32) = (-0.25, 0.45);
/// Words of a size, from which on others may be marks beside them.
const SEVERAL: usize = 10;
/// Sizes that are told apart on a page.
const MOST_SIZES: usize = 64;
/// Characters of a mark.
const LONGEST: usize = 6;
/// Comparisons of a page: more are made only to keep a reader busy.
const MOST_STEPS: usize = 4_000_000;

/// Finds note marks and marks them in `gone`.
pub(super) fn find(prints: &[Print], levels: &Levels<'_>, walls: &Walls<'_>, gone: &mut [bool]) {
    let words = levels.words();
    let is_gone = |word: &Word, gone: &[bool]| gone.get(word.first) == Some(&true);
    let small = SMALL * usual(words);
    let mut marks = Vec::new();
    let mut steps = 0;
    for (at, mark) in words.iter().enumerate().filter(|(_, word)| word.end - word.first <= LONGEST) {
        let counts = |word: &&Word| word.first != mark.first && !is_gone(word, gone);
        // What is of its word's own size is drawn next to it.
        let next = || words.get(at.saturating_sub(1)..(at + 2).min(words.len())).unwrap_or_default();
        let found = next().iter().filter(counts).any(|word| is_mark(mark, word, prints, walls))
            || mark.size <= small && {
                let (top, bottom) = (mark.y - LOWERED.1 * levels.largest(), mark.y + RAISED.1 * levels.largest());
                let near = levels.between(top, bottom).inspect(|_| steps += 1).map(|(_, word)| word);
                near.filter(counts).any(|word| is_mark(mark, word, prints, walls))
            };
        if steps > MOST_STEPS {
            break;
        }
        if found && !is_gone(mark, gone) {
            marks.push((mark.first, mark.end));
        }
    }
    for (first, end) in marks {
        gone.iter_mut().take(end).skip(first).for_each(|gone| *gone = true);
    }
}

/// The largest size of which there are several words: marks are smaller.
fn usual(words: &[Word]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for word in words {
        let place = sizes.iter().position(|(size, _)| (*size - word.size).abs() < 0.05 * word.size);
        if let Some((_, count)) = place.and_then(|place| sizes.get_mut(place)) {
            *count += 1;
        } else if sizes.len() < MOST_SIZES {
            sizes.push((word.size, 1));
        }
    }
    let enough = SEVERAL.min(words.len().div_ceil(4));
    sizes.into_iter().filter(|(_, count)| *count >= enough).map(|(size, _)| size).fold(0.0, f32::max)
}

fn is_mark(mark: &Word, word: &Word, prints: &[Print], walls: &Walls<'_>) -> bool {
    let (ratio, raised) = (mark.size / word.size, (word.y - mark.y) / word.size);
    // Most words of a page are of one size, on one line or far apart.
    if ratio > 1.05 || ratio > SMALL && !(ALIKE.0..=ALIKE.1).contains(&raised) {
        return false;
    }
    let room = |gap: f32| (BESIDE.0 * word.size..=BESIDE.1 * word.size).contains(&gap);
    let (behind, before) = (room(mark.x0 - word.x1), room(word.x0 - mark.x1));
    if !behind && !before {
        return false;
    }
    let text = |word: &Word| word.prints(prints).iter().map(|print| print.glyph.text);
    let is_digit = |text: Option<char>| text.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_figure = || text(word).any(|c| is_digit(Some(c)));
    let digits = || text(mark).all(|c| is_digit(Some(c)));
    let off = (RAISED.0..=RAISED.1).contains(&raised) || (-LOWERED.1..=-LOWERED.0).contains(&raised);
    let fits = if ratio > SMALL {
        digits() && is_figure()
    } else if off {
        // The decimals of a price are set like a note.
        !text(mark).any(|c| matches!(c, '.' | '．'))
    } else {
        ratio <= SMALLER && raised.abs() < RAISED.0 && behind && digits() && is_figure()
    };
    let (left, right) = if behind { (word.x1, mark.x0) } else { (mark.x1, word.x0) };
    fits && !walls.stands(left.min(right) - 0.1, left.max(right) + 0.1, mark.y - 0.35 * mark.size)
}
