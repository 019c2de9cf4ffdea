//! Whose year a part of a sentence speaks of.
//!
//! Owns years, months and words such as 去年. Refuses to know the year of the report: the callers do not have it, so any
//! second year in a sentence makes its figures doubtful.

use crate::extract::text::is_small_digit;

/// Whether the text speaks of `word` (去年, 上年) other than of what was carried over from it, and has not returned to
/// this year since.
pub(super) fn speaks_of(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let rest = &text[at + word.len()..];
        let carried = rest.trim_start_matches('度').starts_with("结转");
        let comparison = text[..at].ends_with(['比', '较', '与', '同']);
        let over =
            if comparison { rest.contains([',', ';']) } else { rest.contains("今年") || rest.contains("本年") };
        !carried && !over
    })
}

/// Start of each `20xx年` outside title marks, with the year's last two digits.
fn years_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('年').filter_map(move |(end, _)| {
        let start = end.checked_sub(4)?;
        let year = text.get(start..end)?;
        let quoted = text[..start].rfind('《') > text[..start].rfind('》');
        let digits = year.bytes().all(|b| b.is_ascii_digit()) && (year.starts_with("20") || year.starts_with("19"));
        (digits && !quoted).then_some((start, year))
    })
}

pub(super) fn year_in(text: &str) -> bool {
    years_of(text).next().is_some()
}

/// How many different years are named, but for those that are only compared with.
pub(super) fn years(text: &str) -> usize {
    let mut seen: Vec<&str> = Vec::new();
    for (start, year) in years_of(text) {
        if text[..start].ends_with(['较', '比', '与', '同']) {
            continue;
        }
        // 2021、2022年; 2019-2023年.
        if text[..start].ends_with(['、', '-', '—', '~', '至', '到', '和', '与', '/']) {
            let mark = text[..start].chars().next_back().map_or(0, char::len_utf8);
            if text[..start - mark].ends_with(|c: char| c.is_ascii_digit()) {
                return 2;
            }
        }
        if !seen.contains(&year) {
            seen.push(year);
        }
    }
    seen.len()
}

/// Whether the figures are those of some months only.
pub(super) fn within_months(text: &str) -> bool {
    let named = text.match_indices('月').any(|(at, _)| text[..at].ends_with(is_small_digit));
    // From New Year to the year's last day, or until that day: the whole year.
    named && !(text.contains("12月31") || text.contains("12月底") || text.contains("十二月三十一"))
}
