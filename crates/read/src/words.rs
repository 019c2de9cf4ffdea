//! Words and figures, told apart without knowing what they say.
//!
//! Owns the units that figures carry. Refuses to read figures.

/// Whether a text says something beside a figure with its unit.
pub(crate) fn is_words(text: &str) -> bool {
    let unit = |c: char| "件条次人个篇项起宗份部元期场万亿千百增减加少约整".contains(c);
    text.chars().any(|c| c.is_alphabetic() && !unit(c) && !matches!(c, 'O' | 'o'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_units() {
        for text in ["", "12", "0件", "１２人次", "1.19万条", "增12", "约20个", "—", "1O5", "3 元"] {
            assert!(!is_words(text), "{text}");
        }
        for text in ["规章", "1.属于国家秘密", "无", "总计", "12（其中网上3件）", "N/A"] {
            assert!(is_words(text), "{text}");
        }
    }
}
