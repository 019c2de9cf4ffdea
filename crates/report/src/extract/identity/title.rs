//! Titles: `X2022年政府信息公开工作年度报告` in all its orders, on one line or several, with what pages hang on it.
//!
//! Owns finding the title among the first lines, and what it says of body and year. Refuses the sentences of the page
//! (`opening`) and its fields (`fields`).

use super::dates;
use super::lines::Part;
use super::names::{has_place, is_name, is_worded, last_of_two};
use crate::extract::stream::is_furniture;
use crate::words;

/// A title is no longer than this many characters.
const TITLE: usize = 60;
/// With what is hung on it.
const HUNG: usize = 130;
/// Lines from the top in which a title is looked for.
pub(super) const TOP: usize = 120;
/// Parts that a title is broken into at most.
const WIDEST: usize = 4;
/// Characters of a part of a broken title.
const BROKEN: usize = 40;
/// Characters between the subject of a title and its last word.
const BETWEEN: usize = 16;

/// A title and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// On one line, without what is hung on it.
    pub(super) text: String,
    /// The body, as printed.
    pub(super) agency: Option<String>,
    /// The year.
    pub(super) year: Option<i32>,
    /// First and last line that it stands on.
    pub(super) lines: Option<(usize, usize)>,
    /// Whether the body stands on the lines of the title itself.
    pub(super) whole: bool,
}

/// Reads a text as a title; `None` when it is none.
pub(super) fn parse(text: &str) -> Option<Title> {
    let text = undecorated(text);
    let (head, core, tail) = cut(&text)?;
    let (before, year) = (dates::strip_title_years(head), dates::year_of_title(&text[..head.len() + core.len()]));
    let tail = tail.trim_start_matches(['》', ')', '）', '】']);
    let (hung, of_tail) = hung(tail)?;
    let year = year.or_else(|| dates::year_of_title(&hung).filter(|_| dates::first(&hung).is_none()));
    let agency = body(&before).or(of_tail);
    if agency.is_none() && is_said(&before) {
        return None;
    }
    let text = format!("{head}{core}{hung}");
    Some(Title { text, agency, year, lines: None, whole: true })
}

/// A text without quotation marks, ordinals, labels and addresses of sites before and in it.
fn undecorated(text: &str) -> String {
    let words = words::titles();
    let mut text = text.trim_start_matches(QUOTES);
    if is_furniture(text) {
        text = text.rsplit_once('-').map_or(text, |(_, rest)| rest);
    }
    loop {
        let ordinal = text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        let numbered = (ordinal.len() < text.len()).then(|| ordinal.strip_prefix(['、', '.', '．'])).flatten();
        let label = || text.split_once(['：', ':']).filter(|(label, _)| is_label(label)).map(|l| l.1);
        let said = || text.rsplit_once(['！', '!', '。']).map(|(_, rest)| rest);
        let lead = || words.title_label.strip(text).map(|(_, rest)| rest);
        let Some(rest) = numbered.or_else(label).or_else(said).or_else(lead) else { break };
        text = rest.trim_start_matches(QUOTES);
    }
    without_sites(text)
}

/// Whether what stands before a colon only says that a title follows.
fn is_label(text: &str) -> bool {
    let words = words::titles();
    text.chars().count() <= LABEL && (words.title_label.begin(text) || words.title_lead.begin(text))
}

/// Characters of a label before a title.
const LABEL: usize = 8;

const QUOTES: [char; 8] = ['《', '》', '【', '】', '“', '”', '-', '—'];

/// A text without addresses of sites: mirrors put their own into names.
fn without_sites(text: &str) -> String {
    if !text.contains('.') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':');
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let end = rest[start..].find(|c| !letter(c)).map_or(rest.len(), |e| start + e);
        let run = &rest[start..end];
        let site =
            run.matches('.').count() >= 1 && run.len() >= 6 && run.bytes().filter(u8::is_ascii_alphabetic).count() >= 4;
        out.push_str(if site { &rest[..start] } else { &rest[..end] });
        rest = &rest[end..];
    }
    out + rest
}

/// What stands before the subject of a title, from there to its last word, and behind.
fn cut(text: &str) -> Option<(&str, &str, &str)> {
    let words = words::titles();
    let Some(start) = words.agency_end.find_in(text) else { return cut_plain(text) };
    let near = text[start..].char_indices().nth(BETWEEN + 4).map_or(text.len(), |(at, _)| start + at);
    let word = |w: &str| text[start..near].find(w).map(|at| start + at + w.len());
    let end = words.title_word.iter().filter_map(word).min()?;
    let spoken = |t: &str| t.contains(['。', '，', ',', '>', '|', '；', '：', ':', '?', '？', '!', '！', '«', '»']);
    let title = &text[..end];
    let long = !(6..=TITLE).contains(&title.chars().count()) || text.chars().count() > HUNG;
    if long || spoken(title) || text.contains("格式") || title.starts_with('本') || title.contains('《') {
        return None;
    }
    Some((&text[..start], &text[start..end], &text[end..]))
}

/// A title without its subject: a body, a year and 年报 or 年度报告, and nothing else.
fn cut_plain(text: &str) -> Option<(&str, &str, &str)> {
    if text.chars().count() > TITLE {
        return None;
    }
    let end = words::titles().plain_title_end.iter().find(|end| text.ends_with(*end))?;
    let head = &text[..text.len() - end.len()];
    let named = dates::strip_title_years(head);
    let dated = head.len() > named.len() && head.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    // 2021年报: its 年 belongs to both.
    (is_name(&named) && has_place(&named) && (dated || end == "年度报告")).then_some((head, end, ""))
}

/// What may hang on a title: nothing, a remark in brackets, a site, the kind of paper it came on, or its body. What of it
/// belongs to the title, and the body.
fn hung(tail: &str) -> Option<(String, Option<String>)> {
    let words = words::titles();
    if words.file_kind.begin(tail) || tail.is_empty() {
        return Some((String::new(), None));
    }
    if words.title_tail.begin(tail) {
        return Some((tail.to_owned(), None));
    }
    let bracket = tail.strip_prefix(['(', '（', '【', '[', '〔']);
    if let Some((inner, rest)) = bracket.and_then(|t| t.split_once([')', '）', '】', ']', '〕'])) {
        let name = dates::strip_title_years(inner);
        let agency = Some(name).filter(|n| is_name(n)).filter(|n| has_place(n) || n.chars().count() > 3);
        // What kind of paper it is (格式, 样表) stays with it.
        let kept =
            if agency.is_some() || dates::leading(inner).is_some() { String::new() } else { format!("({inner})") };
        let (_, behind) = hung(rest)?;
        return Some((kept, agency.or(behind)));
    }
    let (dashed, rest) =
        (tail.starts_with(['-', '—', '_', '|', '–', '·']), tail.trim_start_matches(['-', '—', '_', '|', '–', '·']));
    let stripped = dates::strip_title_years(rest);
    let name = last_of_two(&stripped);
    let agency = (is_name(name) && has_place(name)).then(|| name.to_owned());
    let alone = stripped.is_empty();
    if !dashed && agency.is_none() && !alone {
        return None;
    }
    // `…年度报告-仙居县人民政府` names the site.
    let agency = agency.filter(|_| !dashed || tail.starts_with("——"));
    Some((if alone { rest.to_owned() } else { String::new() }, agency))
}

/// The body that the part of a title before its subject names.
fn body(before: &str) -> Option<String> {
    let words = words::titles();
    let mut name = before.trim_matches(TRIMMED);
    while let Some((_, rest)) = words.title_lead.strip(name) {
        name = rest.trim_matches(TRIMMED);
    }
    while let Some(rest) = words.title_link.strip(name) {
        name = rest.trim_matches(TRIMMED);
    }
    let mut agency = name.to_owned();
    // `中宁县人民|政府信息公开`: 政府 belongs to both.
    if agency.ends_with("人民") {
        agency.push_str("政府");
    }
    let agency = last_of_two(&agency);
    (is_name(agency) || (is_worded(agency) && has_place(agency) && !is_said(agency))).then(|| agency.to_owned())
}

/// What may stand at the ends of a body's name in a title.
const TRIMMED: [char; 10] = ['-', '_', '《', '》', '、', '【', '】', '—', '[', ']'];

/// Whether what stands before the subject is part of a sentence.
fn is_said(text: &str) -> bool {
    words::titles().sentence.stand_in(text)
}

/// The title among the first parts of a page: the first that names body and year, else the body, else the year.
pub(super) fn find(parts: &[Part]) -> Option<Title> {
    let top = parts.iter().position(|p| p.line >= TOP || is_chapter(&p.text)).unwrap_or(parts.len());
    let top = &parts[..top];
    let mut best: Option<(u8, Title)> = None;
    let ends = |(at, part): &(usize, &Part)| part.text.len() <= HUNG * 3 && ends_title(&part.text, top.get(at + 1));
    for (at, _) in top.iter().enumerate().filter(ends) {
        for (from, to) in windows(at, top.len()) {
            let Some(title) = window(&top[from..to]) else { continue };
            let rank = 2 * u8::from(title.agency.is_some()) + u8::from(title.year.is_some());
            let year_differs = |best: &Title| best.year.is_some() && title.year.is_some() && best.year != title.year;
            if best.as_ref().is_none_or(|(r, b)| rank > *r && !year_differs(b)) {
                best = Some((rank, title));
            }
        }
        if best.as_ref().is_some_and(|(rank, _)| *rank == 3) {
            break;
        }
    }
    let (_, mut title) = best?;
    grow(&mut title, top);
    Some(title)
}

/// Whether a part holds the last word of a title, or its beginning where the next part goes on with it.
fn ends_title(text: &str, next: Option<&Part>) -> bool {
    let words = words::titles();
    words.title_word.iter().any(|word| {
        let broken = || {
            let split = word.chars().next().map_or(0, char::len_utf8);
            text.ends_with(&word[..split]) && next.is_some_and(|p| p.text.starts_with(&word[split..]))
        };
        text.contains(word) || broken()
    })
}

/// Runs of parts that hold one of them: the shorter ones first, of one length those that begin earlier.
fn windows(at: usize, count: usize) -> impl Iterator<Item = (usize, usize)> {
    (1..=WIDEST).flat_map(move |width| {
        (0..width).rev().filter_map(move |before| {
            let from = at.checked_sub(before)?;
            (from + width <= count).then_some((from, from + width))
        })
    })
}

/// The title that some parts in a row make.
fn window(parts: &[Part]) -> Option<Title> {
    let [first, .., last] = parts else {
        let only = parts.first()?;
        return parse(&only.text).map(|title| Title { lines: Some((only.line, only.line)), ..title });
    };
    let broken = |p: &Part| p.text.chars().count() <= BROKEN && !is_menu(&p.text) && !is_furniture(&p.text);
    if !parts.iter().all(broken) || last.line - first.line >= WIDEST {
        return None;
    }
    // A whole title and a line beside it, or two titles, are not one broken title.
    let joined: String = parts.iter().map(|p| p.text.as_str()).collect();
    let title = parse(&joined)?;
    let whole = |p: &Part| parse(&p.text).is_some_and(|t| t.agency.is_some());
    let fits = match parts {
        [.., last] if whole(last) => false,
        [name, rest @ ..] if is_name(&name.text) => {
            // Above or below: the whole line is the name.
            title.agency.as_deref().is_none_or(|a| joined.starts_with(a) || name.text.contains(a) || rest.len() > 1)
        }
        _ => true,
    };
    // What stands above a whole title is not of it.
    let full = |from: usize| {
        let below: String = parts[from..].iter().map(|p| p.text.as_str()).collect();
        parse(&below).and_then(|t| t.agency).is_some_and(|name| has_place(&name))
    };
    let crowded = (1..parts.len()).any(full);
    let year = |p: &Part| dates::year_of_title(&p.text);
    let mut years: Vec<i32> = parts.iter().filter_map(year).collect();
    years.dedup();
    let dated = parts.iter().any(|p| dates::leading(&p.text).is_some());
    let subjects = parts.iter().filter(|p| p.text.contains("信息公开") && p.text.contains('报')).count();
    (fits && !crowded && years.len() <= 1 && subjects <= 1 && !dated).then_some(Title {
        lines: Some((first.line, last.line)),
        whole: false,
        ..title
    })
}

/// Takes in what of the body's name stands on the line above, or the body that does: `桂东县` / `发展和改革局2020年…`.
fn grow(title: &mut Title, top: &[Part]) {
    let Some((line, _)) = title.lines else { return };
    let Some(above) = top.iter().rev().find(|p| p.line < line) else { return };
    let said = above.text.chars().count() > BROKEN || is_menu(&above.text) || is_furniture(&above.text);
    if said || line - above.line > 2 || words::titles().no_name.stand_in(&above.text) {
        return;
    }
    let above = above.text.trim_matches(TRIMMED);
    match &title.agency {
        Some(name) if !has_place(name) && !starts_with_level(name) => {
            let joined = format!("{above}{name}");
            let goes_on = !above.ends_with("人民政府") && has_place(above) && is_worded(above);
            if goes_on && is_name(&joined) && !is_said(&joined) {
                title.agency = Some(joined);
                title.whole = false;
            }
        }
        Some(_) => {}
        None => {
            if is_name(above) && (has_place(above) || above.chars().count() > 3) {
                title.agency = Some(last_of_two(above).to_owned());
                title.whole = false;
            }
        }
    }
}

/// Whether a name begins with a level alone: 县财政局, as its county's bodies call it.
fn starts_with_level(name: &str) -> bool {
    let words = words::places();
    words.levels.begin(name) && !words.no_levels.begin(name)
}

/// Whether a part is a menu's.
pub(super) fn is_menu(line: &str) -> bool {
    line.contains(['>', '|', '：', ':', '【', '/', '。']) || words::titles().menu.stand_in(line)
}

/// Whether the narrative begins here.
fn is_chapter(text: &str) -> bool {
    let first = ["一、", "(一)", "1、", "1.", "一."].iter().find_map(|mark| text.strip_prefix(mark));
    first.is_some_and(|rest| words::titles().first_chapter.begin(rest)) || text.starts_with("第二十条")
}

/// The body that a title names, if any.
#[must_use]
pub fn agency_of_title(title: &str) -> Option<String> {
    let title = undecorated(title);
    let end = words::titles().agency_end.find_in(&title)?;
    parse(&title).and_then(|t| t.agency).or_else(|| body(&dates::strip_title_years(&title[..end])))
}
