//! Characters of symbol fonts that stand for others: ticks and boxes of forms.
//!
//! Owns the few codes that reports use. Refuses to guess the rest: they stay private-use characters, which counts as
//! undecoded.

/// The character that a symbol font shows for a code. `None` if the code is no character at all.
///
/// Codes of symbol fonts are written with or without F000.
pub(super) fn of(font: &str, code: u32) -> Option<char> {
    let low = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let known = match font {
        "Wingdings" => match low {
            0x52 | 0xFE => Some('☑'),
            0xFC => Some('✓'),
            0xFD => Some('☒'),
            0xFB => Some('✗'),
            0x6F | 0x71 | 0x72 | 0xA8 => Some('□'),
            0x6E | 0xA7 => Some('■'),
            0x6C => Some('●'),
            0xA1 => Some('○'),
            _ => None,
        },
        "Wingdings 2" => match low {
            0x4F => Some('✗'),
            0x50 => Some('✓'),
            0x51 | 0x54 => Some('☒'),
            0x52 => Some('☑'),
            0x2A | 0x30 | 0xA3 => Some('□'),
            0xA2 => Some('■'),
            _ => None,
        },
        "Symbol" => match low {
            0xB7 => Some('•'),
            0xD6 => Some('√'),
            0xB4 => Some('×'),
            0xB3 => Some('≥'),
            0xA3 => Some('≤'),
            0xB1 => Some('±'),
            _ => None,
        },
        _ => None,
    };
    known.or_else(|| char::from_u32(code)).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn ticks() {
        assert_eq!(of("Wingdings", 0xF0FE), Some('☑'));
        assert_eq!(of("Wingdings 2", 0x52), Some('☑'));
        assert_eq!(of("Webdings", 0xF052), Some('\u{F052}'));
        assert_eq!(of("宋体", 0x2611), Some('☑'));
        assert_eq!(of("Wingdings", 0xD800), None);
        assert_eq!(of("", 0), None);
    }
}
