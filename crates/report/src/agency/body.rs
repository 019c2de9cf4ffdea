//! Bodies: the same reporting body recognised over the years by its place and the form of its name.
//!
//! Owns what may differ in a name without naming another body: 县 that became 市, 人民政府 written or not, 街道 with or
//! without 办事处. Refuses to equate bodies whose functions are named differently: 文化旅游广电局 and 文化广电和旅游局 are two
//! until a source says otherwise.

use sha2::{Digest as _, Sha256};

use super::kind::AgencyKind;
use crate::words;

/// What a body is to its county's government.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The government: its figures add up those of its bodies.
    Government,
    /// A department, township or street whose figures are a part of the government's.
    Part,
    /// Neither: vertical bodies, zones, institutions, and the government's office, which signs for either.
    Other,
}

/// The role of a body of this kind and name.
#[must_use]
pub fn role(kind: AgencyKind, agency: &str) -> Role {
    let words = words::agency();
    let apart = || words.office.end(agency) || words.vertical.stand_in(agency);
    match kind {
        AgencyKind::Government => Role::Government,
        AgencyKind::Department | AgencyKind::Township | AgencyKind::Street if !apart() => Role::Part,
        _ => Role::Other,
    }
}

/// The part of a body's name that says what it is, in the form that is compared.
#[must_use]
pub fn function(rest: &str) -> String {
    let plain: String =
        rest.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c) || c.is_ascii_alphanumeric()).collect();
    let plain = plain.strip_suffix("办事处").filter(|p| p.ends_with("街道")).unwrap_or(&plain);
    let plain = match plain.strip_suffix("人民政府").or_else(|| plain.strip_suffix("政府")) {
        // `X县` and `X县人民政府`, `Y镇` and `Y镇人民政府`.
        Some(head) => head,
        None => plain,
    };
    plain.replace("人民政府办公", "政府办公")
}

/// The number of a body, the same on every night and machine: the first 16 hex digits of SHA-256 over the place's last
/// code ([`crate::region::Gazetteer::lineage`]) and the function. `rest` is what follows the place in the body's name;
/// without one the whole name counts.
#[must_use]
pub fn body_id(lineage: &str, agency: &str, rest: Option<&str>) -> u64 {
    let digest = Sha256::digest(format!("{lineage}\0{}", function(rest.unwrap_or(agency))));
    digest.as_slice().first_chunk().copied().map_or(0, u64::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_one_body() {
        for (a, b) in [
            ("", "人民政府"),
            ("鸣沙镇", "鸣沙镇人民政府"),
            ("凤凰北街街道", "凤凰北街街道办事处"),
            ("人民政府办公室", "政府办公室"),
            ("文化 旅游广电局", "文化旅游广电局"),
        ] {
            assert_eq!(function(a), function(b));
        }
        for (a, b) in [("文化旅游广电局", "文化广电和旅游局"), ("", "人民政府办公室"), ("教育局", "教育体育局")]
        {
            assert_ne!(function(a), function(b));
        }
        assert_ne!(body_id("640521", "x", Some("教育局")), body_id("640522", "x", Some("教育局")));
        assert_eq!(body_id("640521", "教育局", None), body_id("640521", "中宁县教育局", Some("教育局")));
    }

    #[test]
    fn roles() {
        assert_eq!(role(AgencyKind::Government, "中宁县人民政府"), Role::Government);
        assert_eq!(role(AgencyKind::Department, "中宁县教育局"), Role::Part);
        assert_eq!(role(AgencyKind::Department, "国家税务总局中宁县税务局"), Role::Other);
        assert_eq!(role(AgencyKind::Department, "中宁县人民政府办公室"), Role::Other);
        assert_eq!(role(AgencyKind::Township, "中宁县鸣沙镇人民政府"), Role::Part);
        assert_eq!(role(AgencyKind::Zone, "某开发区管委会"), Role::Other);
    }
}
