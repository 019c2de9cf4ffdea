//! The forms of a place's name: stems (`中宁`), spoken forms (`长阳县`), and what may follow a stem in a body's name.
//!
//! Owns the rules that make them; their words are `data/words/places.toml`. Refuses contractions that no rule makes
//! (`杜蒙县`): those are data, `data/divisions/aliases.csv`.

use crate::words::{self, Starts, Within};

/// Whether a full name is a plain word too.
pub(super) fn is_plain_name(name: &str) -> bool {
    words::places().plain_names.has(name)
}

/// Whether a stem is a plain word too.
pub(super) fn is_plain_stem(stem: &str) -> bool {
    words::places().plain_stems.has(stem)
}

/// Whether what follows a short place name is the name of a department.
pub(super) fn is_department(rest: &str) -> bool {
    begins(rest, &words::places().departments, &words::places().no_department)
}

/// Whether what follows a short place name is the name of a zone.
pub(super) fn is_zone(rest: &str) -> bool {
    begins(rest, &words::places().zones, &words::places().no_zone)
}

fn begins(rest: &str, words: &Starts, others: &Within) -> bool {
    words.begin(rest) && !others.stand_in(rest)
}

/// Whether a zone is named somewhere behind the short name of a province or prefecture: `武汉东湖新技术开发区`.
pub(super) fn names_zone(rest: &str) -> bool {
    words::places().zone_names.stand_in(rest) && !words::places().no_zone_name.stand_in(rest)
}

/// A name without its last word and its peoples: `中宁` of 中宁县, `长阳` of 长阳土家族自治县. None where fewer than two
/// characters would remain (赵县, 磁县).
pub(super) fn stem(name: &str) -> Option<&str> {
    if let Some(people) = autonomous(name) {
        return Some(people.0);
    }
    words::places().endings.iter().filter_map(|e| name.strip_suffix(e)).find(|s| s.chars().count() >= 2)
}

/// How an autonomous unit is called in texts: `长阳县`, `昌吉州`, `鄂温克旗`.
pub(super) fn spoken(name: &str) -> Option<String> {
    let (stem, kind) = autonomous(name)?;
    (kind != "区").then(|| format!("{stem}{kind}"))
}

/// Stem and kind of an autonomous unit. The people's name stays where it is all there is (东乡族自治县, 鄂伦春自治旗).
fn autonomous(name: &str) -> Option<(&str, &'static str)> {
    let (mut rest, kind) =
        ["县", "州", "旗", "区"].into_iter().find_map(|k| Some((name.strip_suffix(k)?.strip_suffix("自治")?, k)))?;
    let peoples = &words::places().peoples;
    while let Some(shorter) = peoples.strip(rest).filter(|s| s.chars().count() >= 2) {
        rest = shorter;
    }
    if peoples.strip(rest).is_some_and(str::is_empty) {
        rest = rest.strip_suffix('族').unwrap_or(rest);
    }
    Some((rest, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (name, short) in [
            ("中宁县", Some("中宁")),
            ("赵县", None),
            ("沙县区", Some("沙县")),
            ("绥芬河市", Some("绥芬河")),
            ("神农架林区", Some("神农架")),
            ("滨海新区", Some("滨海")),
            ("长阳土家族自治县", Some("长阳")),
            ("龙胜各族自治县", Some("龙胜")),
            ("巴里坤哈萨克自治县", Some("巴里坤")),
            ("察布查尔锡伯自治县", Some("察布查尔")),
            ("和布克赛尔蒙古自治县", Some("和布克赛尔")),
            ("塔什库尔干塔吉克自治县", Some("塔什库尔干")),
            ("积石山保安族东乡族撒拉族自治县", Some("积石山")),
            ("双江拉祜族佤族布朗族傣族自治县", Some("双江")),
            ("克孜勒苏柯尔克孜自治州", Some("克孜勒苏")),
            ("鄂温克族自治旗", Some("鄂温克")),
            ("鄂伦春自治旗", Some("鄂伦春")),
            ("东乡族自治县", Some("东乡")),
            ("内蒙古自治区", Some("内蒙古")),
            ("西藏自治区", Some("西藏")),
            ("阿克苏地区", Some("阿克苏")),
        ] {
            assert_eq!(stem(name), short, "{name}");
        }
        assert_eq!(spoken("昌吉回族自治州").as_deref(), Some("昌吉州"));
        assert_eq!(spoken("融水苗族自治县").as_deref(), Some("融水县"));
        assert_eq!(spoken("宁夏回族自治区"), None);
    }
}
