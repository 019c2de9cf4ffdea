//! What kind of body a name says it is.
//!
//! Owns the kinds and the order in which the words of `data/words/agency.toml` decide. Refuses anything but the name: what
//! a body is in law, nobody says on its page.

use crate::words;

/// Kind of a reporting body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgencyKind {
    /// The government of a division.
    Government,
    /// A department of one, or a branch of a national body.
    Department,
    /// A town or township.
    Township,
    /// A street office.
    Street,
    /// The administration of a zone.
    Zone,
    /// A school, hospital, company or the like.
    Institution,
    /// A body of the state.
    National,
}

impl AgencyKind {
    /// Its code in the dataset, as `reports.agency_kind` has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Department => "department",
            Self::Township => "township",
            Self::Street => "street",
            Self::Zone => "zone",
            Self::Institution => "institution",
            Self::National => "national",
        }
    }

    /// The kind that a body's name says. `is_division`: the name is that of a division itself (`中宁县`), which only who
    /// knows the places can tell.
    #[must_use]
    pub fn of(agency: &str, is_division: bool) -> Self {
        let words = words::agency();
        let ruled = agency.split("管理委员会").next().filter(|rest| rest.len() < agency.len());
        if words.street.stand_in(agency) {
            Self::Street
        } else if words.township.end(agency) {
            Self::Township
        } else if ruled.is_some_and(|of| !words.bureau.end(of)) || words.zone.stand_in(agency) {
            Self::Zone
        } else if is_division || words.government.end(agency) {
            Self::Government
        } else if words.national.begin(agency) && !words.branch.end(agency) {
            Self::National
        } else if words.institution.end(agency) {
            Self::Institution
        } else {
            Self::Department
        }
    }
}

/// Whether a body's name is that of a ministry or another national body; branches of one are not.
#[must_use]
pub fn is_national(body: &str) -> bool {
    let words = words::agency();
    let name = body.strip_prefix("中华人民共和国").unwrap_or(body);
    name.starts_with("国务院")
        || words.national_names.has(name)
        || (AgencyKind::of(body, false) == AgencyKind::National && !words.national_part.stand_in(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (name, division, kind) in [
            ("中宁县", true, AgencyKind::Government),
            ("中宁县人民政府", false, AgencyKind::Government),
            ("中宁县教育局", false, AgencyKind::Department),
            ("中宁县鸣沙镇人民政府", false, AgencyKind::Township),
            ("兴庆区凤凰北街街道办事处", false, AgencyKind::Street),
            ("银川经济技术开发区管理委员会", false, AgencyKind::Zone),
            ("中宁县国有资产监督管理委员会", false, AgencyKind::Department),
            ("北京市城市管理委员会", false, AgencyKind::Department),
            ("北京市市政市容管理委员会", false, AgencyKind::Department),
            ("银川市住房公积金管理委员会", false, AgencyKind::Department),
            ("中国银行保险监督管理委员会凉山监管分局", false, AgencyKind::Department),
            ("中国证券监督管理委员会", false, AgencyKind::National),
            ("国家税务总局", false, AgencyKind::National),
            ("国家税务总局中宁县税务局", false, AgencyKind::Department),
            ("中宁县人民医院", false, AgencyKind::Institution),
        ] {
            assert_eq!(AgencyKind::of(name, division), kind, "{name}");
        }
    }

    #[test]
    fn national_bodies() {
        for (name, national) in [
            ("生态环境部", true),
            ("中华人民共和国财政部", true),
            ("国务院办公厅", true),
            ("中国气象局", true),
            ("国家税务总局", true),
            ("国家税务总局中宁县税务局", false),
            ("中国人民大学", false),
            ("中宁县教育局", false),
        ] {
            assert_eq!(is_national(name), national, "{name}");
        }
    }
}
