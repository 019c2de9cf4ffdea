//! Tesseract's TSV: words with their boxes.
//!
//! Owns parsing. Refuses to judge: the confidence that a recogniser states of itself is not used.

/// A word that was recognised; its box in pixels of its picture, the margin taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Which picture of the list, from 0.
    pub(super) picture: usize,
    /// Block, paragraph and line.
    pub(super) line: (u32, u32, u32),
    /// Left.
    pub(super) left: usize,
    /// Top.
    pub(super) top: usize,
    /// Width.
    pub(super) width: usize,
    /// Height.
    pub(super) height: usize,
    /// Its text, not blank.
    pub(super) text: String,
}

/// Margin that was added around each picture.
const MARGIN: usize = 16;

/// The words of a TSV; lines that are none are passed over.
pub(super) fn parse(tsv: &str) -> Vec<Word> {
    tsv.lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.splitn(12, '\t').collect();
            let [level, page, block, paragraph, row, _, left, top, width, height, _, text] = fields.as_slice() else {
                return None;
            };
            // Other levels are boxes around words.
            if *level != "5" || text.trim().is_empty() {
                return None;
            }
            let pixels = |field: &str| field.parse::<usize>().ok();
            Some(Word {
                picture: pixels(page)?.checked_sub(1)?,
                line: (block.parse().ok()?, paragraph.parse().ok()?, row.parse().ok()?),
                left: pixels(left)?.saturating_sub(MARGIN),
                top: pixels(top)?.saturating_sub(MARGIN),
                width: pixels(width)?,
                height: pixels(height)?,
                text: text.trim().to_owned(),
            })
        })
        .collect()
}

/// The lines of one picture. Words of Chinese are set without blanks, others with one.
pub(super) fn lines<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<String> {
    let mut lines: Vec<((u32, u32, u32), String)> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some((line, text)) if *line == word.line => {
                let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
                if ascii(text.chars().last()) && ascii(word.text.chars().next()) {
                    text.push(' ');
                }
                text.push_str(&word.text);
            }
            _ => lines.push((word.line, word.text.clone())),
        }
    }
    lines.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_lines() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            4\t1\t1\t1\t1\t0\t20\t30\t40\t10\t-1\t\n\
            5\t1\t1\t1\t1\t1\t20\t30\t20\t10\t96.1\t规章\n\
            5\t1\t1\t1\t1\t2\t44\t30\t20\t10\t96.1\t件\n\
            5\t2\t1\t1\t1\t1\t20\t30\t20\t10\t90\t12\n\
            5\t2\t1\t1\t2\t1\t20\t50\t20\t10\t90\t7\nnoise\n";
        let words = parse(tsv);
        assert_eq!(words.len(), 4);
        assert_eq!((words[0].left, words[0].top, words[0].picture), (4, 14, 0));
        assert_eq!(lines(words.iter().filter(|w| w.picture == 0)), ["规章件"]);
        assert_eq!(lines(words.iter().filter(|w| w.picture == 1)), ["12", "7"]);
    }
}
