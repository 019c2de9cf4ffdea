//! Identity: whose report it is and for which year, as the page itself says.
//!
//! Owns title, agency as printed, year with its evidence, date of publication. Refuses to resolve places: `region` does,
//! from what is found here.

use super::dates::{self, Date};
use super::stream::is_furniture;
use super::text::{compact, compact_into, has_text};
use crate::words;
use nianbao_document::{Block, Document};

/// What decided the report year, in the order of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearEvidence {
    /// 统计期限自…年1月1日起至…年12月31日止.
    Period,
    /// The title.
    Title,
    /// A folder or the file name.
    Path,
    /// Year of publication less one.
    Publication,
}

impl YearEvidence {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Title => "title",
            Self::Path => "path",
            Self::Publication => "publication",
        }
    }
}

/// Whose report it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Title on one line, without blanks between Chinese characters.
    pub title: Option<String>,
    /// Reporting body as printed.
    pub agency: Option<String>,
    /// Year that the figures cover.
    pub year: Option<i32>,
    /// What decided it.
    pub year_evidence: Option<YearEvidence>,
    /// Year in the title, where the stated period says another.
    pub other_year: Option<i32>,
    /// Date of publication or signature.
    pub published_on: Option<Date>,
    /// Lines that may say where the body is: the first ones, those with a telephone number or address, the last ones.
    pub clues: Vec<String>,
}

/// A title is no longer than this many characters.
const TITLE: usize = 60;
/// Lines from the top in which a title is looked for.
const TOP: usize = 120;
/// Lines from the top in which anything is looked for.
const HEAD: usize = 200;

/// Reads the identity of a report from its document and path (relative, `/`).
#[must_use]
pub fn identity(document: &Document, path: &str) -> Identity {
    let lines = Lines::of(document);
    let (lines, tail, dated) = (lines.head(), lines.tail(), lines.dated());
    let found = title(&lines).or_else(|| {
        let declared = compact(document.declared_title.as_deref()?);
        let head = declared.split(['_', '|', '—']).next()?.to_owned();
        is_title(&head).then_some((head, usize::MAX))
    });
    let quoted = || quoted_title(&lines);
    let (title, at) = match found.or_else(|| quoted().map(|t| (t, usize::MAX))) {
        Some((title, at)) => (Some(title), at),
        None => (None, usize::MAX),
    };
    let agency = title
        .as_deref()
        .and_then(agency_of_title)
        .or_else(|| quoted().as_deref().and_then(agency_of_title))
        .or_else(|| agency_above(&lines, at))
        .or_else(|| labelled(&lines))
        .or_else(|| contact(document))
        .or_else(|| signature(&tail));
    let published_on = dates::labelled(&lines, &dated, document)
        .or_else(|| document.declared_date.as_deref().and_then(dates::first))
        .or_else(|| dates::below_title(&lines, at))
        .or_else(|| dates::signature(&tail));
    let of_title = title.as_deref().and_then(dates::year);
    // Where an older report stands in the page, the period of the title's year is the report's.
    let periods = || lines.iter().take(TOP).filter_map(|l| dates::period(l));
    let period = periods().find(|p| Some(*p) == of_title).or_else(|| periods().next());
    let (year, year_evidence) = if let Some(year) = period {
        (Some(year), Some(YearEvidence::Period))
    } else if let Some(year) = of_title {
        (Some(year), Some(YearEvidence::Title))
    } else if let Some(year) = dates::year_of_path(path) {
        (Some(year), Some(YearEvidence::Path))
    } else if let Some(date) = published_on {
        (Some(date.year() - 1), Some(YearEvidence::Publication))
    } else {
        (None, None)
    };
    let other_year = of_title.filter(|t| period.is_some_and(|p| p != *t));
    let clues = clues(&lines, &tail);
    Identity { title, agency, year, year_evidence, other_year, published_on, clues }
}

/// Lines from the top and from the end that are clues whatever they say.
const FIRST: usize = 10;
const LAST: usize = 4;
/// A clue is cut after this many bytes.
const CLUE: usize = 900;

fn clues(head: &[&str], tail: &[&str]) -> Vec<String> {
    let contact = |l: &str| words::titles().contact.stand_in(l);
    let head = head.iter().take(INTRO).enumerate().filter(|(i, l)| *i < FIRST || contact(l)).map(|(_, l)| *l);
    let last = tail.len().saturating_sub(LAST);
    let tail = tail.iter().enumerate().filter(|(i, l)| *i >= last || contact(l)).map(|(_, l)| *l);
    head.chain(tail).map(|l| l[..l.floor_char_boundary(CLUE)].to_owned()).collect()
}

/// The lines that can say whose report it is: nothing in between is compacted.
struct Lines {
    /// All of them, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// How many of them are the first of the page that are not empty; the others are the last ones.
    head: usize,
}

/// Lines from the top that are read whatever their length.
const INTRO: usize = 40;
/// Below them, longer lines (in bytes) are narrative.
const LONG: u32 = 400;
/// Lines from the end in which a signature stands.
const BOTTOM: usize = 12;

impl Lines {
    fn of(document: &Document) -> Self {
        let mut lines = Self { text: String::with_capacity(1 << 14), ends: Vec::with_capacity(HEAD + BOTTOM), head: 0 };
        // Long paragraphs matter near the top only, where the period and a quoted title stand.
        let mut filled = 0;
        for block in &document.blocks {
            let Block::Line(line) = block else { continue };
            filled += 1;
            if filled <= INTRO || line.text.end - line.text.start <= LONG {
                lines.push(document.text(line.text));
            }
            if lines.ends.len() == HEAD {
                break;
            }
        }
        lines.head = lines.ends.len();
        let mut tail = Vec::with_capacity(BOTTOM);
        for block in document.blocks.iter().rev() {
            let Block::Line(line) = block else { continue };
            let text = document.text(line.text);
            if has_text(text) {
                tail.push(text);
            }
            if tail.len() == BOTTOM {
                break;
            }
        }
        tail.iter().rev().for_each(|text| lines.push(text));
        lines
    }

    /// Adds a line unless nothing of it remains.
    fn push(&mut self, text: &str) {
        compact_into(text, &mut self.text);
        if self.text.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.text.len());
        }
    }

    fn range(&self, from: usize, to: usize) -> Vec<&str> {
        let start = |i: usize| i.checked_sub(1).map_or(0, |above| self.ends[above]);
        (from..to).map(|i| &self.text[start(i)..self.ends[i]]).collect()
    }

    /// The first lines that are not empty.
    fn head(&self) -> Vec<&str> {
        self.range(0, self.head)
    }

    /// The last ones.
    fn tail(&self) -> Vec<&str> {
        self.range(self.head, self.ends.len())
    }

    /// Which of the first lines hold the word that every label of a date ends in.
    fn dated(&self) -> Vec<usize> {
        let end = self.head.checked_sub(1).map_or(0, |last| self.ends[last]);
        let text = &self.text.as_bytes()[..end];
        let words = words::titles().date_word.iter();
        let places = words.flat_map(|word| memchr::memmem::find_iter(text, word.as_bytes()));
        let mut lines: Vec<usize> = places.map(|at| self.ends.partition_point(|end| *end <= at)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }
}

fn is_title(line: &str) -> bool {
    // Paragraphs are most of a page: told by their bytes before their characters are counted.
    line.len() <= TITLE * 4
        && (8..=TITLE).contains(&line.chars().count())
        && words::titles().subject.stand_in(line)
        && words::titles().title_end.end(line)
        && !line.contains(['。', '，', ',', '>', '|', '；', '：', ':', '?', '？', '!', '！'])
        && !line.contains("格式")
        && !line.starts_with("本")
}

/// The title and the line it begins on.
fn title(lines: &[&str]) -> Option<(String, usize)> {
    let top = &lines[..lines.len().min(TOP)];
    let mut short: Option<(String, usize)> = None;
    for width in 1..=3 {
        for (at, window) in top.windows(width).enumerate() {
            // Every title ends in 报告 or 年报: most lines are told apart by their last character.
            let ends = window[width - 1].trim_end_matches(['《', '》']);
            if !(ends.is_empty() || ends.ends_with(['告', '报']))
                || window.iter().any(|l| l.len() > TITLE * 4)
                || window.iter().any(|l| is_furniture(l))
                || (width > 1 && window.iter().any(|l| l.chars().count() > 40 || is_menu(l)))
            {
                continue;
            }
            let joined: String = window.concat();
            let joined = joined.trim_matches(['《', '》']).to_owned();
            if !is_title(&joined) {
                continue;
            }
            // A title without a body is kept only if no other has one.
            if agency_of_title(&joined).is_some()
                && (width == 1 || !is_title(window[width - 1]) || plausible_agency(window[0]))
            {
                return Some((joined, at));
            }
            short.get_or_insert((joined, at));
        }
    }
    short
}

fn is_menu(line: &str) -> bool {
    line.contains(['>', '|', '：', ':', '【', '/', '。']) || words::titles().menu.stand_in(line)
}

/// `《X2022年政府信息公开工作年度报告》` within a sentence near the top.
fn quoted_title(lines: &[&str]) -> Option<String> {
    for line in lines.iter().take(40) {
        for part in line.split('《').skip(1) {
            let Some((inner, _)) = part.split_once('》') else { continue };
            if is_title(inner) && !inner.starts_with("中华人民共和国") && dates::year(inner).is_some() {
                return Some(inner.to_owned());
            }
        }
        for mark in words::titles().announced.iter() {
            let Some((_, rest)) = line.split_once(mark) else { continue };
            let end = rest.find("报告").map(|i| i + "报告".len());
            if let Some(inner) = end.and_then(|e| rest.get(..e))
                && is_title(inner)
                && dates::year(inner).is_some()
            {
                return Some(inner.to_owned());
            }
        }
    }
    None
}

/// The body that a title names, if any.
#[must_use]
pub fn agency_of_title(title: &str) -> Option<String> {
    let title = title.trim_matches(['《', '》']);
    let title = title.strip_prefix("关于").unwrap_or(title);
    let end = words::titles().agency_end.find_in(title)?;
    let head = dates::strip_years(&title[..end]);
    let head = head.trim_matches(|c: char| matches!(c, '-' | '_' | '(' | ')' | '《' | '》' | '、'));
    let mut agency = head.to_owned();
    // `中宁县人民|政府信息公开`: 政府 belongs to both.
    if agency.ends_with("人民") {
        agency.push_str("政府");
    }
    plausible_agency(&agency).then_some(agency)
}

fn plausible_agency(text: &str) -> bool {
    let length = text.chars().count();
    (2..=40).contains(&length)
        && words::titles().agency_name_end.end(text)
        && !words::titles().own.has(text)
        && !text.contains(['*', '。', '，', ',', ':', '：', '>', '|'])
}

/// A title that names no body may stand under one.
fn agency_above(lines: &[&str], at: usize) -> Option<String> {
    let above = lines.get(at.checked_sub(1)?)?;
    (plausible_agency(above) && above.chars().count() <= 30 && !is_menu(above)).then(|| (*above).to_owned())
}

/// `发布机构：X` in an index block, the value on the same line or the next.
fn labelled(lines: &[&str]) -> Option<String> {
    for (i, line) in lines.iter().take(TOP).enumerate() {
        for label in words::titles().agency_label.iter() {
            let Some((_, rest)) = line.split_once(label) else { continue };
            let rest = rest.trim_start_matches(['：', ':', '|', ' ', '】', ']']);
            let own = rest.split(['|', '：', ':']).next().unwrap_or("");
            for value in [own, lines.get(i + 1).map_or("", |l| l.trim_matches('|'))] {
                if plausible_agency(value) {
                    return Some(value.to_owned());
                }
            }
        }
    }
    None
}

/// `请与X办公室联系`.
fn contact(document: &Document) -> Option<String> {
    let texts = document.blocks.iter().filter_map(|b| match b {
        Block::Line(line) => Some(document.text(line.text)),
        Block::Grid(_) => None,
    });
    for line in texts.filter(|t| t.contains("联系")).map(compact) {
        for mark in words::titles().asked.iter() {
            let Some((_, rest)) = line.split_once(mark) else { continue };
            let end = rest.find(['(', '（', ',', '，', '。', ':', '：']).unwrap_or(rest.len());
            let name = rest[..end].split("联系").next().unwrap_or("");
            let mut offices = words::titles().asked_office.iter();
            let name = offices.find_map(|office| name.strip_suffix(office)).unwrap_or(name);
            if plausible_agency(name) && name != "本局" {
                return Some(name.to_owned());
            }
        }
    }
    None
}

/// The line above the date at the end.
fn signature(lines: &[&str]) -> Option<String> {
    let tail = &lines[lines.len().saturating_sub(BOTTOM)..];
    let dated = tail.iter().rposition(|l| l.chars().count() <= 40 && dates::ends_with_date(l))?;
    let own = dates::strip_trailing_date(tail[dated]);
    if plausible_agency(own) {
        return Some(own.to_owned());
    }
    let above = tail.get(dated.checked_sub(1)?)?;
    (plausible_agency(above) && above.chars().count() <= 30).then(|| (*above).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Identity {
        let mut document = Document::default();
        for (i, line) in text.lines().enumerate() {
            document.push_line(line, i as u32 + 1, false);
        }
        identity(&document, "x.txt")
    }

    #[test]
    fn titles_in_their_forms() {
        for (title, agency) in [
            ("中宁县文化旅游广电局 2023 年政府信息公开工作年度报告", Some("中宁县文化旅游广电局")),
            ("2022年度吴忠市教育局政府信息公开工作年度报告", Some("吴忠市教育局")),
            ("灵武市人民政府信息公开工作年度报告", Some("灵武市人民政府")),
            ("新源县文化体育广播电视和旅游局政务信息公开工作年度报告", Some("新源县文化体育广播电视和旅游局")),
            ("彭阳县2019年度政府信息公开年报", Some("彭阳县")),
            ("二〇二一年海原县政府信息公开工作报告", Some("海原县")),
            ("关于2019年政府信息公开工作年度报告", None),
        ] {
            assert_eq!(of(title).agency.as_deref(), agency, "{title}");
        }
        let head = of(
            "Page 5 - 苏州市教育局2024年政府信息公开工作年度报告\n首页 > 年报\n苏州市教育局2024年政府信息公开工作年度报告",
        );
        assert_eq!(head.agency.as_deref(), Some("苏州市教育局"), "the head of a page is no title");
        let broken = of("某某县住房和城乡建设局\n2022年政府信息公开\n工作年度报告\n一、总体情况");
        assert_eq!((broken.agency.as_deref(), broken.year), (Some("某某县住房和城乡建设局"), Some(2022)));
        let quoted = of("根据条例要求，现公布《红寺堡区审计局2020年政府信息公开工作年度报告》，全文如下。");
        assert_eq!((quoted.agency.as_deref(), quoted.year), (Some("红寺堡区审计局"), Some(2020)));
        let menu = of(
            "首页 > 政府信息公开 > 政府信息公开年报\n当前位置：信息公开年报\n请与西吉县水务局办公室联系（地址：x）\n2024年1月12日",
        );
        assert_eq!(
            (menu.agency.as_deref(), menu.year, menu.year_evidence),
            (Some("西吉县水务局"), Some(2023), Some(YearEvidence::Publication))
        );
    }
}
