//! Names of bodies as pages print them.
//!
//! Owns what makes a text a body's name: how it ends, what it may not hold, and whose words (我局) it can go with. Refuses
//! to know places: `region` resolves them. Here a name *has a place* when it is written as one that has.

use crate::words;

/// Characters of a name.
const SHORTEST: usize = 2;
const LONGEST: usize = 40;
/// Characters from the start of a name within which its place ends.
const PLACE: usize = 14;
/// Marks that a name may hold; a name that begins like a formula is still the name that is printed.
const NAME_MARKS: [char; 11] = ['(', ')', '（', '）', '、', '·', '“', '”', '=', '+', '@'];

/// Whether a text is the name of a body.
#[must_use]
pub(super) fn is_name(text: &str) -> bool {
    let words = words::titles();
    let bare = without_brackets(text);
    is_worded(text) && words.agency_name_end.end(bare)
}

/// Whether a text could be a body's name, however it ends: straight before the words of a title.
#[must_use]
pub(super) fn is_worded(text: &str) -> bool {
    let words = words::titles();
    (SHORTEST..=LONGEST).contains(&text.chars().count())
        && !words.own.has(text)
        && !words.no_name.stand_in(text)
        && !words.no_name_end.end(text)
        && text.chars().all(|c| c.is_alphanumeric() || NAME_MARKS.contains(&c))
        && text.chars().filter(|c| !c.is_ascii()).count() >= SHORTEST
}

/// A name without what stands in brackets at its end: `文化旅游体育局（县文物局）`.
fn without_brackets(text: &str) -> &str {
    let inner = text.strip_suffix([')', '）']);
    inner.and_then(|t| t.rfind(['(', '（']).map(|at| &t[..at])).filter(|t| !t.is_empty()).unwrap_or(text)
}

/// Whether a name begins as one that says where: `中宁县财政局`, `新疆生产建设兵团第八师`; not `财政局`, `县财政局`.
#[must_use]
pub(super) fn has_place(name: &str) -> bool {
    let words = words::titles();
    let head = name.char_indices().nth(PLACE).map_or(name, |(at, _)| &name[..at]);
    words.placed.begin(name)
        || head.char_indices().skip(1).any(|(at, c)| {
            let end = at + c.len_utf8();
            matches!(c, '省' | '市' | '县' | '区' | '州' | '旗' | '盟' | '镇' | '乡')
                && !words.no_place.end(&head[..end])
                && !words.no_place_before.begin(&head[at..])
        })
}

/// Whether a name is that of a place alone or of its government: `来安县`, `来安县人民政府`.
#[must_use]
pub(super) fn is_government(name: &str) -> bool {
    let words = words::titles();
    words.government.end(name)
        || (name.ends_with(['省', '市', '县', '区', '州', '旗', '盟']) && !words.no_place.end(name))
}

/// A name printed twice, or behind that of another body: `荣县人民政府荣县统计局` is 荣县统计局.
#[must_use]
pub(super) fn last_of_two(name: &str) -> &str {
    let Some((second, _)) = name.char_indices().nth(2) else { return name };
    let place = &name[..second];
    let again = name[second..].match_indices(place).map(|(at, _)| second + at);
    let body = |at: &usize| {
        let before = &name[..*at];
        is_name(&name[*at..]) && is_name(before) && !before.ends_with(['省', '市', '县', '区', '州', '旗', '盟'])
    };
    again.filter(body).last().map_or(name, |at| &name[at..])
}

/// How a page calls its own body: 我局, 我镇. Words of the level (我县) are used by its departments as well.
#[derive(Debug, Default)]
pub(super) struct Own {
    units: Vec<&'static str>,
    levels: bool,
}

impl Own {
    pub(super) fn of(text: &str) -> Self {
        let mut own = Self::default();
        for (at, me) in text.match_indices(['我', '本']) {
            let rest = &text[at + me.len()..];
            if let Some((unit, _)) = words::titles().own_unit.iter().find(|(unit, _)| rest.starts_with(unit.as_str()))
                && (me == "我" || rest.starts_with(['局', '镇']))
                && !own.units.contains(&unit.as_str())
            {
                own.units.push(unit.as_str());
            }
            own.levels |= me == "我" && rest.starts_with(['省', '市', '县', '区', '州', '旗', '盟']);
        }
        own
    }

    /// Whether a body of that name can call itself so.
    pub(super) fn can_be(&self, name: &str) -> bool {
        let bare = without_brackets(name);
        let fits = |unit: &&str| {
            let ends = words::titles().own_unit.get(*unit);
            ends.is_some_and(|ends| ends.iter().any(|end| bare.ends_with(end.as_str())))
        };
        self.units.is_empty() || self.units.iter().any(fits)
    }

    /// Whether the page calls its body one that is no government: 我局.
    pub(super) fn is_unit(&self) -> bool {
        !self.units.is_empty()
    }

    /// Whether the page speaks of itself as of a place's government: it says 我县, and neither 我局 nor 我镇.
    pub(super) fn is_government(&self) -> bool {
        self.levels && self.units.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        for (name, is) in [
            ("泾县二中", true),
            ("江苏气象部门", true),
            ("宿松县文化旅游体育局(县文物局)", true),
            ("八师石河子市", true),
            ("=1+2档案局", true),
            ("临海市政府门户网站", false),
            ("我局", false),
            ("XX县XX局", false),
            ("****局", false),
            ("部门", false),
        ] {
            assert_eq!(is_name(name), is, "{name}");
        }
    }

    #[test]
    fn names_with_a_place() {
        for (name, has) in [
            ("中宁县财政局", true),
            ("黄兴镇人民政府", true),
            ("县财政局", false),
            ("市场监督管理局", false),
            ("城市管理局", false),
            ("信息化局", false),
            ("区市场监督管理局", false),
        ] {
            assert_eq!(has_place(name), has, "{name}");
        }
        assert_eq!(last_of_two("荣县人民政府荣县统计局"), "荣县统计局");
        assert_eq!(last_of_two("蠡县审计局蠡县审计局"), "蠡县审计局");
        assert_eq!(last_of_two("长沙市长沙县黄兴镇人民政府"), "长沙市长沙县黄兴镇人民政府");
    }

    #[test]
    fn what_a_body_calls_itself() {
        let own = Own::of("2022年，我局认真落实县委部署，推动我县工作。");
        assert!(own.can_be("中宁县财政局") && !own.can_be("中宁县人民政府办公室") && !own.is_government());
        assert!(Own::of("2022年，我县认真落实").is_government());
        assert!(Own::of("认真落实").can_be("中宁县人民政府"));
    }
}
