//! The sentences of a page: whose report the opening says it is, who acts in the narrative, which year both speak of.
//!
//! Owns finding names and years in sentences. Refuses names that stand in another role there (whose order it was, whose
//! site it is): only who publishes, writes or acts is the body.

use std::borrow::Cow;

use super::dates;
use super::names::{Own, has_place, is_government, is_name, last_of_two};
use super::title;
use crate::words;

/// Lines from the top that are the opening and the first of the narrative.
const SENTENCES: usize = 40;
/// Characters of a clause within which a body acts.
const ACTS: usize = 34;
/// Characters between what is announced and its subject.
const ANNOUNCED: usize = 48;

/// `《X2022年政府信息公开工作年度报告》` within a sentence near the top.
pub(super) fn quoted(lines: &[&str]) -> Option<title::Title> {
    lines.iter().take(SENTENCES).find_map(|line| {
        line.split('《').skip(1).find_map(|part| {
            let (inner, _) = part.split_once('》')?;
            let title = title::parse(inner).filter(|_| !inner.starts_with("中华人民共和国"))?;
            (title.year.is_some() || title.agency.is_some()).then_some(title)
        })
    })
}

/// The body whose report the opening announces: `现公布X2022年政府信息公开工作年度报告`, `由X编制`.
pub(super) fn announced(lines: &[&str], own: &Own) -> Option<String> {
    let words = words::titles();
    let sentences = (0..lines.len().min(SENTENCES)).map(|at| sentence(lines, at));
    sentences
        .into_iter()
        .find_map(|line| {
            let of_report = words
                .announced
                .iter()
                .find_map(|mark| line.match_indices(mark).find_map(|(at, _)| announced_name(&line[at + mark.len()..])));
            of_report.or_else(|| {
                words
                    .author
                    .iter()
                    .find_map(|mark| line.match_indices(mark).find_map(|(at, _)| author(&line[at + mark.len()..])))
            })
        })
        .filter(|name| own.can_be(name))
}

/// A line, with the next one where its sentence goes on there.
fn sentence<'l>(lines: &[&'l str], at: usize) -> Cow<'l, str> {
    let line = lines[at];
    match lines.get(at + 1) {
        Some(next) if !line.ends_with(['。', '：', ':', '；']) && line.len() < WRAPPED => {
            Cow::Owned(format!("{line}{next}"))
        }
        _ => Cow::Borrowed(line),
    }
}

/// Bytes of a line that a page may have wrapped.
const WRAPPED: usize = 300;

/// The name in what is announced, up to the words that say what it is.
fn announced_name(rest: &str) -> Option<String> {
    let words = words::titles();
    let rest = rest.trim_start_matches(['《', '：', ':']);
    let near = rest.char_indices().nth(ANNOUNCED).map_or(rest, |(at, _)| &rest[..at]);
    let subject = words.agency_end.find_in(near)?;
    let head = dates::strip_years(&near[..subject]);
    if head.contains(['，', '。', ',', '；', '《', '》']) {
        return None;
    }
    let mut name = head.as_str();
    // `现将我镇（X镇人民政府）…`.
    if let Some((_, inner)) = name.split_once(['(', '（'])
        && name.starts_with('我')
    {
        name = inner.trim_end_matches([')', '）']);
    }
    let name = words.not_of_name.strip(name).unwrap_or(name);
    let name = words.title_link.strip(name).unwrap_or(name);
    let full = if name.ends_with("人民") { format!("{name}政府") } else { name.to_owned() };
    let full = last_of_two(&full);
    (is_name(full) && has_place(full)).then(|| full.to_owned())
}

/// The name of who wrote it, up to what that body did.
fn author(rest: &str) -> Option<String> {
    acting(rest).filter(|name| has_place(name)).map(str::to_owned)
}

/// The body that acts in the clauses of the opening and the first of the narrative, if it is always the same one.
pub(super) fn actor(lines: &[&str], own: &Own) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines.iter().take(SENTENCES) {
        let line = without_quotes(line);
        for clause in line.split(['，', '。', ',', '；', '：', ':']) {
            let clause = ordinal(clause);
            let clause = dates::strip_years(clause);
            let clause = words::titles().since.strip(&clause).map_or(clause.as_str(), |(_, rest)| rest);
            let name = acting(clause).filter(|n| has_place(n) && own.can_be(n));
            if let Some(name) = name.filter(|n| !is_government(n) || !own.is_unit()) {
                found.push(name.to_owned());
            }
        }
    }
    let first = found.first()?;
    found.iter().all(|other| other == first).then(|| first.clone())
}

/// A line without the papers that it names.
fn without_quotes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0_usize;
    for c in line.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The name at the start of a clause, straight before what it does.
fn acting(clause: &str) -> Option<&str> {
    let near = clause.char_indices().nth(ACTS).map_or(clause, |(at, _)| &clause[..at]);
    let mut acts: Vec<usize> =
        words::titles().act.iter().flat_map(|act| near.match_indices(act)).map(|(at, _)| at).collect();
    acts.extend(near.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at));
    acts.sort_unstable();
    acts.into_iter().map(|at| &near[..at]).find(|name| is_name(name))
}

/// A clause without the ordinal that begins it: `（一）`, `1.`.
fn ordinal(clause: &str) -> &str {
    let rest = clause.trim_start_matches(['(', '（']);
    let plain = rest.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    if plain.len() == rest.len() {
        return clause;
    }
    plain.strip_prefix([')', '）', '、', '.']).unwrap_or(clause)
}

/// The year whose work or report the opening announces: `现将我局2022年政府信息公开工作情况报告如下`.
pub(super) fn year_announced(lines: &[&str]) -> Option<i32> {
    let words = words::titles();
    let mut years: Vec<i32> = Vec::new();
    for line in lines.iter().take(SENTENCES) {
        for (year, start, end) in dates::years_in(line) {
            let rest = line[end..].trim_start_matches(['度', '我']);
            let near = rest.char_indices().nth(ANNOUNCED).map_or(rest, |(at, _)| &rest[..at]);
            let clause = near.split(['，', '。', ',', '；', '、']).next().unwrap_or("");
            let Some(subject) = words.agency_end.find_in(clause) else { continue };
            let tail = &clause[subject..];
            // 《2022年政务公开工作要点》 names a plan of that year.
            let quoted = line[..start].matches('《').count() > line[..start].matches('》').count();
            if words.reported.stand_in(tail)
                && (!quoted || words.title_word.iter().any(|w| tail.contains(w)))
                && !words.planned.stand_in(tail)
            {
                years.push(year);
            }
        }
    }
    one(&years)
}

/// The one year that the narrative speaks of throughout: at the start of its clauses, else anywhere.
pub(super) fn year_throughout(lines: &[&str]) -> Option<i32> {
    let words = words::titles();
    let (mut opening, mut all) = (Vec::new(), Vec::new());
    for line in lines.iter().take(SENTENCES * 2) {
        for (year, start, end) in dates::years_in(line) {
            let (before, after) = (&line[..start], &line[end..]);
            let open = |a: char, b: char| before.matches(a).count() > before.matches(b).count();
            if open('《', '》') || open('“', '”') || open('〔', '〕') || open('(', ')') {
                continue;
            }
            let clause = after.split(['，', '。', ',', '；']).next().unwrap_or("");
            let next = after.trim_start_matches([',', '，']);
            if words.planned.stand_in(clause) || words.planned.stand_in(next.split(['，', '。']).next().unwrap_or(""))
            {
                continue;
            }
            let head = before.rsplit(['，', '。', ',', '；', '、', '：', ':', ')', '）']).next().unwrap_or("");
            if head.is_empty() || words.since.begin(head) || before.is_empty() {
                opening.push(year);
            }
            all.push(year);
        }
    }
    if opening.is_empty() { one(&all) } else { one(&opening) }
}

fn one(years: &[i32]) -> Option<i32> {
    let first = *years.first()?;
    years.iter().all(|y| *y == first).then_some(first)
}

/// `请与X办公室联系`.
pub(super) fn contact<'t>(texts: impl Iterator<Item = &'t str>, own: &Own) -> Option<String> {
    let words = words::titles();
    for line in texts {
        for mark in words.asked.iter() {
            let Some((_, rest)) = line.split_once(mark) else { continue };
            let end = rest.find(['(', '（', ',', '，', '。', ':', '：']).unwrap_or(rest.len());
            let name = rest[..end].split("联系").next().unwrap_or("");
            let mut offices = words.asked_office.iter();
            let office = offices.find_map(|office| name.strip_suffix(office));
            let body = office.unwrap_or(name);
            // The office of a government answers for either.
            let either = office.is_some() && is_government(body) && !own.is_government();
            if is_name(body) && !either && own.can_be(body) && has_place(body) {
                return Some(body.to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_publishes_writes_or_acts() {
        let own = Own::default();
        for (line, name) in [
            ("现公开锡山区云林街道办事处2022年政府信息公开年度报告。", Some("锡山区云林街道办事处")),
            (
                "按照夏邑县人民政府办公室关于做好2022年政府信息公开工作的通知，现将我局2022年政府信息公开情况报告如下",
                None,
            ),
            ("本报告由罗山县应急管理局依照条例编制", Some("罗山县应急管理局")),
        ] {
            assert_eq!(announced(&[line], &own).as_deref(), name, "{line}");
        }
        for (line, name) in [
            ("2021年，方城县民政局认真贯彻落实条例", Some("方城县民政局")),
            ("2023年，在县政府办公室的指导下，我乡认真贯彻", None),
            ("2022年，某县甲局认真落实，某县乙局积极配合", None),
        ] {
            assert_eq!(actor(&[line], &own).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn the_year_that_is_spoken_of() {
        assert_eq!(year_announced(&["现将我局2022年政府信息公开工作情况报告如下："]), Some(2022));
        assert_eq!(year_announced(&["落实《2022年政务公开工作要点》"]), None);
        assert_eq!(year_throughout(&["2021年，某局落实条例，与2020年相比增加5条。2021年全年公开85条"]), Some(2021));
        assert_eq!(year_throughout(&["公开2021年决算、2022年预算。"]), None);
    }
}
