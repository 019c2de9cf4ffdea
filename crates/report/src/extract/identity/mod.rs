//! Identity: whose report it is and for which year, as the page itself says.
//!
//! Owns title, agency as printed, year with its evidence, date of publication, and the order in which what a page says is
//! believed: its title, what its opening announces, who signed it, its fields, its sentences. Refuses to resolve places:
//! `region` does, from what is found here; and to choose: where what is left says two things, the page stays open.

mod dates;
mod fields;
mod lines;
mod names;
mod opening;
mod title;

pub use dates::Date;
pub use title::agency_of_title;

use super::text::compact;
use crate::words;
use fields::Fields;
use lines::{INTRO, Lines};
use names::{Own, has_place, is_government, is_name, last_of_two};
use nianbao_document::{Block, Document};
use title::{TOP, Title};

/// What decided the report year, in the order of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearEvidence {
    /// 统计期限自…年1月1日起至…年12月31日止.
    Period,
    /// The title.
    Title,
    /// A folder or the file name.
    Path,
    /// The sentence that announces the report.
    Opening,
    /// Year of publication less one.
    Publication,
    /// The one year that the narrative speaks of.
    Narrative,
}

impl YearEvidence {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Title => "title",
            Self::Path => "path",
            Self::Opening => "opening",
            Self::Publication => "publication",
            Self::Narrative => "narrative",
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
    /// Another body, which signed.
    pub signed_by: Option<String>,
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

/// Reads the identity of a report from its document and path (relative, `/`).
#[must_use]
pub fn identity(document: &Document, path: &str) -> Identity {
    let all = Lines::of(document);
    let (lines, tail) = (all.head(), all.tail());
    let fields = Fields::of(&all);
    let title = titled(&all, &lines, document);
    let own = Own::of(all.text().0);
    let signed = dates::signature(&tail, |head| sealed(head).is_some());
    let signed_by = signed.as_ref().and_then(|(_, at, head)| signer(&tail, *at, head));
    let of_title = title
        .as_ref()
        .and_then(|t| t.agency.clone())
        .filter(|name| title.as_ref().is_some_and(|t| t.whole) || own.can_be(name));
    let agency = of_title
        .or_else(|| opening::announced(&lines, &own))
        .or_else(|| signed_by.clone().filter(|name| own.can_be(name)))
        .or_else(|| publisher(&fields, &own))
        .or_else(|| opening::contact(contact_lines(document).iter().map(String::as_str), &own))
        .or_else(|| opening::actor(&lines, &own));
    let at = title.as_ref().and_then(|t| t.lines).map(|(_, last)| last);
    let published_on = fields
        .published()
        .or_else(|| document.declared_date.as_deref().and_then(dates::first))
        .or_else(|| dates::beside_title(&lines, at?))
        .or_else(|| signed.as_ref().map(|(date, ..)| *date))
        .or_else(|| fields.changed());
    let (year, year_evidence, other_year) = year(&lines, title.as_ref(), path, published_on);
    let signed_by = signed_by.filter(|by| agency.as_ref().is_some_and(|name| !same_body(name, by)));
    let clues = clues(&lines, &tail);
    Identity { title: title.map(|t| t.text), agency, signed_by, year, year_evidence, other_year, published_on, clues }
}

/// The title: on the page, else in its markup, else quoted in a sentence; what the first leaves out the others may say.
fn titled(all: &Lines, lines: &[&str], document: &Document) -> Option<Title> {
    let mut found = title::find(all.parts());
    if found.as_ref().is_some_and(|t| t.agency.is_some()) {
        return found;
    }
    let declared = document.declared_title.as_deref().and_then(|t| title::parse(&compact(t)));
    for other in [declared, opening::quoted(lines)].into_iter().flatten() {
        let Some(title) = &mut found else {
            found = Some(other);
            continue;
        };
        let agrees = title.year.is_none() || other.year.is_none() || title.year == other.year;
        if title.agency.is_none() && agrees {
            title.agency = other.agency;
            title.year = title.year.or(other.year);
        }
    }
    found
}

/// The year, what decided it, and the title's where the stated period says another.
fn year(
    lines: &[&str],
    title: Option<&Title>,
    path: &str,
    published_on: Option<Date>,
) -> (Option<i32>, Option<YearEvidence>, Option<i32>) {
    let of_title = title.and_then(|t| t.year);
    // Where an older report stands in the page, the period of the title's year is the report's.
    let periods = || lines.iter().take(TOP).filter_map(|l| dates::period(l));
    let period = periods().find(|p| Some(*p) == of_title).or_else(|| periods().next());
    let evidence = [
        (period, YearEvidence::Period),
        (of_title, YearEvidence::Title),
        (dates::year_of_path(path), YearEvidence::Path),
    ];
    let decided = evidence.into_iter().find_map(|(year, by)| year.map(|y| (y, by))).or_else(|| {
        let announced = opening::year_announced(lines).map(|y| (y, YearEvidence::Opening));
        let published = || published_on.map(|date| (date.year() - 1, YearEvidence::Publication));
        let spoken = || opening::year_throughout(lines).map(|y| (y, YearEvidence::Narrative));
        announced.or_else(published).or_else(spoken)
    });
    let other_year = of_title.filter(|t| period.is_some_and(|p| p != *t));
    (decided.map(|d| d.0), decided.map(|d| d.1), other_year)
}

/// The body on the signature's line or on the line above it; none where two signed.
fn signer(tail: &[&str], dated: usize, head: &str) -> Option<String> {
    if !head.is_empty() {
        return sealed(head);
    }
    let above = tail.get(dated.checked_sub(1)?)?;
    let higher = dated.checked_sub(2).and_then(|at| tail.get(at)).and_then(|line| sealed(line));
    sealed(above).filter(|by| higher.as_ref().is_none_or(|other| same_body(other, by)))
}

/// The name on a line that is signed.
fn sealed(line: &str) -> Option<String> {
    let name = words::titles().seal.strip(line).unwrap_or(line).trim_matches(['(', ')', '（', '）']);
    let name = last_of_two(name);
    (is_name(name) && name.chars().count() <= SIGNER && !title::is_menu(name)).then(|| name.to_owned())
}

/// Characters of a name that signs.
const SIGNER: usize = 30;

/// Whether two names are of one body, or of a body and a part of it that signs for it: its office, its government.
fn same_body(one: &str, other: &str) -> bool {
    let bare = |name: &str| {
        let name = name.split(['(', '（']).next().unwrap_or(name);
        let mut name = name.to_owned();
        for office in words::titles().signing.iter() {
            if let Some(rest) = name.strip_suffix(office).filter(|rest| rest.chars().count() >= 2) {
                name = rest.to_owned();
            }
        }
        name
    };
    let (one, other) = (bare(one), bare(other));
    one.ends_with(&other) || other.ends_with(&one)
}

/// The body that the fields of the page name, unless it can only have published it for another.
fn publisher(fields: &Fields<'_>, own: &Own) -> Option<String> {
    let mut names: Vec<&str> = fields
        .publishers()
        .filter(|name| is_name(name) && has_place(name) && own.can_be(name))
        .filter(|name| !is_government(name) || own.is_government())
        .collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

/// Bytes of the longest line that is looked at for a telephone: a page in one line has less.
const CONTACT: usize = 1 << 16;

/// The lines that ask to be in touch with somebody.
fn contact_lines(document: &Document) -> Vec<String> {
    let texts = document.blocks.iter().filter_map(|b| match b {
        Block::Line(line) => Some(document.text(line.text)),
        Block::Grid(_) => None,
    });
    texts.filter(|t| t.len() <= CONTACT && t.contains("联系")).map(compact).collect()
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
