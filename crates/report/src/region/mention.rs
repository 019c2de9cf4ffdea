//! Place names in texts: the chain that begins a body's name, and full names anywhere.
//!
//! Owns what counts as a name: leftmost and longest, plain words (`城区`) and names of two characters (`和县`) only where
//! they cannot be other words. Refuses to choose between the records that a name may mean: `settle` does.

use super::division::{Division, Level};
use super::gazetteer::{Gazetteer, Hit};
use super::names;
use crate::words;

/// How far the name in a body's name can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// A full name or a chain of names.
    Full,
    /// A stem before a department.
    Short,
    /// A plain word, or a county's stem before a zone or custom house: wants a second kind of evidence.
    Doubtful,
}

/// The place names that begin the name of a body.
#[derive(Debug)]
pub(super) struct Named<'g> {
    /// What the last of them may mean; empty if its time is over.
    pub candidates: Vec<&'g Division>,
    /// What a name may have meant whose time is over.
    pub gone: Vec<&'g Division>,
    /// What stands behind them and lies elsewhere: `江苏省` + `福州市`.
    pub foreign: Vec<&'g Division>,
    /// Several places have the last name: only the chain tells them apart.
    pub twins: bool,
    /// How far to trust it.
    pub trust: Trust,
    /// What begins the name before a place (`国家税务总局`), with what follows the place.
    pub rest: String,
}

impl<'g> Named<'g> {
    /// Names that are trusted in full.
    pub(super) const fn new(candidates: Vec<&'g Division>) -> Self {
        let rest = String::new();
        Self { candidates, gone: Vec::new(), foreign: Vec::new(), twins: false, trust: Trust::Full, rest }
    }
}

struct Step<'g> {
    records: Vec<&'g Division>,
    end: usize,
    short: bool,
    plain: bool,
}

/// Reads the place names that begin a body's name: `徐州市鼓楼区教育局`, `国家税务总局中宁县税务局`, `第八师石河子市…`.
pub(super) fn body<'g>(gazetteer: &'g Gazetteer, body: &str, year: Option<i32>) -> Option<Named<'g>> {
    let vertical = words::agency().branched.strip(body).map_or(0, |(lead, _)| lead.len());
    let corps = corps(body);
    let start = vertical.max(corps);
    let mut steps: Vec<Step<'g>> = Vec::new();
    let mut gone: Vec<&'g Division> = Vec::new();
    let (mut foreign, mut twins) = (Vec::new(), false);
    let mut at = start;
    while let Some(hit) = gazetteer.at_start(&body[at..]) {
        let rest = &body[at + hit.end..];
        let (records, short) = match steps.last() {
            Some(above) => {
                let short = !hit.is_full();
                (gazetteer.below(&hit, &above.records, year), short)
            }
            None => first(gazetteer, &hit, rest, year),
        };
        if records.is_empty() {
            let over = hit.is_full() && gazetteer.full(&hit, year).is_empty();
            if steps.is_empty() && over && gone.is_empty() {
                gone = gazetteer.ever(&hit);
                at += hit.end;
                continue;
            }
            if !steps.is_empty() && !names::is_plain_name(hit.text) {
                foreign = elsewhere(gazetteer, &hit, &steps, year);
            }
            break;
        }
        at += hit.end;
        // `乐山市中区` is 乐山 and 市中区.
        if hit.text.ends_with('市') && rest.starts_with("中区") {
            at -= "市".len();
        }
        twins = gazetteer.full(&hit, year).len() > 1;
        steps.push(Step { records, end: at, short, plain: steps.is_empty() && names::is_plain_name(hit.text) });
    }
    // A stem counts before a department or before a name below it.
    while steps.last().is_some_and(|s| s.short && !followed(&body[s.end..], &s.records)) {
        steps.pop();
    }
    let end = steps.last().map_or(at, |s| s.end);
    let lead = if vertical > corps { &body[..vertical] } else { "" };
    let rest = || format!("{lead}{}", &body[end..]);
    if steps.is_empty() {
        if corps > 0 {
            let xinjiang: Vec<&Division> = gazetteer.province("65").into_iter().collect();
            return Some(Named { rest: body[corps..].to_owned(), ..Named::new(xinjiang) });
        }
        return (!gone.is_empty()).then(|| Named { gone, rest: rest(), ..Named::new(Vec::new()) });
    }
    // Zones lie beyond borders, and custom houses and harbours serve more than the district they stand in (黄埔海关).
    let beyond = names::is_zone(&body[end..]) || words::places().beyond.begin(&body[end..]);
    let trust = match steps.as_slice() {
        [only] if only.plain || (only.short && beyond && only.records.iter().any(|d| d.level == Level::County)) => {
            Trust::Doubtful
        }
        [only] if only.short => Trust::Short,
        _ => Trust::Full,
    };
    let mut candidates = steps.pop().map(|s| s.records).unwrap_or_default();
    if let Some(district) = branch(gazetteer, &body[end..], &candidates, year) {
        candidates = district;
    }
    // 河南教育厅: only provinces have a 厅 of this kind.
    if trust == Trust::Short && body.ends_with('厅') && !body.ends_with("办公厅") {
        candidates.retain(|d| d.level == Level::Province);
    }
    Some(Named { candidates, gone: Vec::new(), foreign, twins, trust, rest: rest() })
}

/// What a full name means that lies in none of the places before it and never did (`江苏省福州市`).
fn elsewhere<'g>(gazetteer: &'g Gazetteer, hit: &Hit<'_>, steps: &[Step<'g>], year: Option<i32>) -> Vec<&'g Division> {
    let above = steps.last().map_or(&[][..], |s| s.records.as_slice());
    let once = gazetteer.ever(hit).into_iter().any(|d| above.iter().any(|a| d.is_within(a) || d.code == a.code));
    if once { Vec::new() } else { gazetteer.full(hit, year) }
}

/// What the first name of a body may mean, and whether it is a stem.
fn first<'g>(gazetteer: &'g Gazetteer, hit: &Hit<'_>, rest: &str, year: Option<i32>) -> (Vec<&'g Division>, bool) {
    // `西区街道办事处` is a street office of some city.
    if names::is_plain_name(hit.text) && words::places().street_of_plain_name.begin(rest) {
        return (Vec::new(), false);
    }
    let full = gazetteer.full(hit, year);
    if !full.is_empty() || names::is_plain_stem(hit.text) {
        return (full, false);
    }
    (gazetteer.short(hit, year), true)
}

fn followed(rest: &str, records: &[&Division]) -> bool {
    let high = records.iter().all(|d| d.level != Level::County);
    names::is_department(rest) || names::is_zone(rest) || (high && names::names_zone(rest))
}

/// The district of `X市公安局Y分局`, if Y is one of X.
fn branch<'g>(
    gazetteer: &'g Gazetteer,
    rest: &str,
    above: &[&Division],
    year: Option<i32>,
) -> Option<Vec<&'g Division>> {
    let (head, _) = rest.split_once("分局")?;
    let name = &head[head.rfind(['局', '队']).map_or(0, |i| i + "局".len())..];
    let hit = gazetteer.at_start(name).filter(|h| h.end == name.len() && name != "公安")?;
    Some(gazetteer.below(&hit, above, year)).filter(|found| !found.is_empty())
}

/// How much of a name is that of the corps or one of its divisions: `新疆生产建设兵团第八师`.
fn corps(body: &str) -> usize {
    let named = words::agency().corps.strip(body).map_or(body, |(_, rest)| rest);
    let skipped = body.len() - named.len();
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let number = named.strip_prefix('第').unwrap_or(named);
    let rest = number.trim_start_matches(digit);
    match rest.strip_prefix('师') {
        Some(after) if rest.len() < number.len() && !after.starts_with('范') => body.len() - after.len(),
        _ => skipped,
    }
}

/// A full name in a text, with those straight before it.
#[derive(Debug)]
pub(super) struct Mention<'g> {
    /// What it may mean.
    pub records: Vec<&'g Division>,
    /// First byte of the chain that it ends.
    pub chain: usize,
    /// One past its last byte.
    pub end: usize,
}

/// The full names of a text that are in force in a year.
pub(super) fn anywhere<'g>(gazetteer: &'g Gazetteer, text: &str, year: Option<i32>) -> Vec<Mention<'g>> {
    let mut all: Vec<Mention<'g>> = Vec::new();
    for hit in gazetteer.hits(text) {
        let above = all.last().filter(|m| m.end == hit.start);
        let below = above.map(|a| gazetteer.below(&hit, &a.records, year)).unwrap_or_default();
        if !below.is_empty() {
            let chain = above.map_or(hit.start, |a| a.chain);
            all.push(Mention { records: below, chain, end: hit.end });
        } else if stands_alone(&text[..hit.start], hit.text) {
            let records = gazetteer.full(&hit, year);
            if !records.is_empty() {
                all.push(Mention { records, chain: hit.start, end: hit.end });
            }
        }
    }
    all
}

/// Whether a name after `before` is a name: `和县` in `乡镇和县直单位` and `中山区` in `集中山区` are none.
fn stands_alone(before: &str, name: &str) -> bool {
    if names::is_plain_name(name) {
        return false;
    }
    let before = before.chars().next_back();
    let apart = before.is_none_or(|c| !c.is_alphanumeric() || c.is_ascii() || matches!(c, '年' | '度'));
    let count = name.chars().count();
    if count <= 2 {
        return apart;
    }
    let places = words::places();
    let compound = count == 3 && places.compounds.end(name) && places.compound_heads.begin(name);
    !compound || apart || before.is_some_and(|c| "与由向请为经据在到至将是系驻开布把就".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_names() {
        let gazetteer = Gazetteer::load().unwrap();
        for text in ["各乡镇和县直各单位", "集中山区", "近郊区", "主城区", "创新县域", "市中区划"]
        {
            assert!(anywhere(&gazetteer, text, Some(2023)).is_empty(), "{text}");
        }
        for text in ["现公开锡山区云林街道2022年年报", "公布锡山区年报", "落实锡山区部署"] {
            let found = anywhere(&gazetteer, text, Some(2023));
            assert_eq!(found.last().map(|m| m.records[0].code.as_str()), Some("320205"), "{text}");
        }
        let found = anywhere(&gazetteer, "地址:徐州市鼓楼区中山北路", Some(2023));
        assert_eq!(found.last().map(|m| m.records[0].code.as_str()), Some("320302"));
    }

    #[test]
    fn corps_prefixes() {
        assert_eq!(corps("第八师石河子市教育局"), "第八师".len());
        assert_eq!(corps("新疆生产建设兵团第十师北屯市"), "新疆生产建设兵团第十师".len());
        assert_eq!(corps("第一师范学校"), 0);
        assert_eq!(corps("石河子市"), 0);
    }
}
