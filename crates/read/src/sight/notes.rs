//! Note marks: small raised or lowered characters beside a word.
//!
//! Owns how much smaller and how far off the line a mark is, and what may be a mark or a digit of the figure: that is made
//! a character that nobody can read, so that neither reading becomes a figure. Refuses characters in a cell of their own,
//! and small ones on the line that follow no figure: they may be a unit.

use super::marks::Print;
use super::walls::Walls;
use super::words::{Levels, Word};

/// A mark off the line is at most of this part of its word's size.
const SMALL: f32 = 0.85;
/// A mark on the line, behind a figure, is smaller still.
const SMALLER: f32 = 0.76;
/// How far a mark is raised, in sizes of its word.
const RAISED: (f32, f32) = (0.12, 0.95);
/// How far it is lowered.
const LOWERED: (f32, f32) = (0.1, 0.4);
/// How far a digit of the word's own size is raised.
const ALIKE: (f32, f32) = (0.2, 0.6);
/// From this on a digit of a figure's own size stands off its line, raised or lowered: a mark, or printed unevenly.
const UNEVEN: f32 = 0.1;
/// A digit on the line of at most this part of a figure's size is a mark, or a digit typed in another size.
const ODD: f32 = 0.92;
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

/// What a word is beside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// A word of its own, or more of the other.
    Nothing,
    /// A mark or a digit.
    Doubtful,
    Mark,
}

/// Finds note marks and marks them in `gone`. Gives the characters, from and to, that may be one.
pub(super) fn find(prints: &[Print], levels: &Levels<'_>, walls: &Walls<'_>, gone: &mut [bool]) -> Vec<(usize, usize)> {
    let words = levels.words();
    let is_gone = |word: &Word, gone: &[bool]| gone.get(word.first) == Some(&true);
    let small = SMALL * usual(words);
    let mut marks = Vec::new();
    let mut doubtful = Vec::new();
    let mut steps = 0;
    for (at, mark) in words.iter().enumerate().filter(|(_, word)| word.end - word.first <= LONGEST) {
        let counts = |word: &&Word| word.first != mark.first && !is_gone(word, gone);
        // What is of its word's own size is drawn next to it.
        let next = || words.get(at.saturating_sub(1)..(at + 2).min(words.len())).unwrap_or_default();
        let found = next().iter().filter(counts).map(|word| beside(mark, word, prints, walls)).max();
        let mut found = found.unwrap_or(Beside::Nothing);
        if found != Beside::Mark && mark.size <= small {
            let (top, bottom) = (mark.y - LOWERED.1 * levels.largest(), mark.y + RAISED.1 * levels.largest());
            let near = levels.between(top, bottom).inspect(|_| steps += 1).map(|(_, word)| word);
            let near = near.filter(counts).map(|word| beside(mark, word, prints, walls)).max();
            found = found.max(near.unwrap_or(Beside::Nothing));
        }
        if steps > MOST_STEPS {
            break;
        }
        match found {
            Beside::Mark if !is_gone(mark, gone) => marks.push((mark.first, mark.end)),
            Beside::Doubtful if !is_gone(mark, gone) => doubtful.push((mark.first, mark.end)),
            _ => {}
        }
    }
    for (first, end) in marks {
        gone.iter_mut().take(end).skip(first).for_each(|gone| *gone = true);
    }
    doubtful
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

/// What a word is beside another. Of two pieces of a figure that differ, the later or smaller is the doubtful one.
fn beside(mark: &Word, word: &Word, prints: &[Print], walls: &Walls<'_>) -> Beside {
    let (ratio, raised) = (mark.size / word.size, (word.y - mark.y) / word.size);
    let uneven = (UNEVEN..ALIKE.0).contains(&raised) || (-LOWERED.1..=-UNEVEN).contains(&raised);
    // Most words of a page are of one size, on one line or far apart.
    if ratio > 1.05 || ratio > ODD && !uneven && !(ALIKE.0..=ALIKE.1).contains(&raised) {
        return Beside::Nothing;
    }
    let room = |gap: f32| (BESIDE.0 * word.size..=BESIDE.1 * word.size).contains(&gap);
    let (behind, before) = (room(mark.x0 - word.x1), room(word.x0 - mark.x1));
    if !behind && !before {
        return Beside::Nothing;
    }
    let text = |word: &Word| word.prints(prints).iter().map(|print| print.glyph.text);
    let is_digit = |text: char| text.is_ascii_digit() || ('０'..='９').contains(&text);
    let figures = || text(mark).all(is_digit) && text(word).any(is_digit);
    let off = (RAISED.0..=RAISED.1).contains(&raised) || (-LOWERED.1..=-LOWERED.0).contains(&raised);
    let level = raised.abs() < RAISED.0;
    let found = if ratio <= SMALL && off {
        // The decimals of a price are set like a note.
        if text(mark).any(|c| matches!(c, '.' | '．')) { Beside::Nothing } else { Beside::Mark }
    } else if ratio > SMALL && (ALIKE.0..=ALIKE.1).contains(&raised) || ratio <= SMALLER && level && behind {
        if figures() { Beside::Mark } else { Beside::Nothing }
    } else if (behind && uneven || level && ratio <= ODD) && figures() {
        Beside::Doubtful
    } else {
        Beside::Nothing
    };
    let (left, right) = if behind { (word.x1, mark.x0) } else { (mark.x1, word.x0) };
    if found > Beside::Nothing && walls.stands(left.min(right) - 0.1, left.max(right) + 0.1, mark.y - 0.35 * mark.size)
    {
        return Beside::Nothing;
    }
    found
}
