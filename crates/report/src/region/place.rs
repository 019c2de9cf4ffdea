//! What a report shows of its place, what decided, and the place itself.
//!
//! Owns the types and the codes of `reports.region_evidence`. Refuses to decide: `settle` does.

use std::sync::LazyLock;

/// Code of the partition of national bodies; real provinces begin at 11.
pub const NATIONAL: &str = "10";

/// What a report shows of its place.
#[derive(Clone, Debug, Default)]
pub struct Clues<'a> {
    /// Body as printed: `中宁县文化旅游广电局`.
    pub agency: Option<&'a str>,
    /// Title on one line.
    pub title: Option<&'a str>,
    /// Relative path with `/`: folders, then the file's name.
    pub path: &'a str,
    /// Report year.
    pub year: Option<i32>,
    /// A few compacted lines: first paragraphs, contacts, address, signature.
    pub texts: &'a [&'a str],
}

/// A kind of evidence, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Name of the agency, or the title.
    Title,
    /// A short form in the name of the agency.
    ShortName,
    /// Names in the text.
    Text,
    /// Names of folders and of the file.
    Folder,
    /// Phone area code.
    AreaCode,
    /// Postal code.
    PostalCode,
    /// Host of a government site.
    Host,
    /// The body is national.
    National,
}

/// What decided the place: a kind of evidence, and a second where the first left it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What named the place.
    pub first: Kind,
    /// What told it from others of its name, or confirmed it.
    pub second: Option<Kind>,
}

impl Kind {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 8] = [
        Self::Title,
        Self::ShortName,
        Self::Text,
        Self::Folder,
        Self::AreaCode,
        Self::PostalCode,
        Self::Host,
        Self::National,
    ];

    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::ShortName => "short_name",
            Self::Text => "text",
            Self::Folder => "folder",
            Self::AreaCode => "area_code",
            Self::PostalCode => "postal_code",
            Self::Host => "host",
            Self::National => "national",
        }
    }
}

/// The codes of every two kinds, joined once: records borrow them.
static JOINED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let join = |first: Kind, second: Kind| match first == second {
        true => first.code().to_owned(),
        false => format!("{}+{}", first.code(), second.code()),
    };
    Kind::ALL.iter().flat_map(|first| Kind::ALL.map(|second| join(*first, second))).collect()
});

impl Evidence {
    /// Its code in the dataset: `title`, `short_name+area_code`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self.second {
            Some(second) => &JOINED[self.first as usize * Kind::ALL.len() + second as usize],
            None => self.first.code(),
        }
    }

    pub(super) const fn only(first: Kind) -> Self {
        Self { first, second: None }
    }
}

/// Where a report is from. Codes are GB/T 2260, six digits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Two digits of the province, [`NATIONAL`] for national bodies.
    pub province: Option<String>,
    /// Its name.
    pub province_name: Option<String>,
    /// Prefecture code; none for municipalities and counties straight under a province.
    pub prefecture_code: Option<String>,
    /// Its name.
    pub prefecture: Option<String>,
    /// County code.
    pub county_code: Option<String>,
    /// Its name.
    pub county: Option<String>,
    /// What decided.
    pub evidence: Option<Evidence>,
    /// The agency's name is that of the division itself.
    pub is_division: bool,
    /// What of the agency's name is not the place names that begin it: `文化旅游广电局` of `中宁县文化旅游广电局`, nothing of
    /// `中宁县`; a vertical body keeps its head (`国家税务总局税务局`). None when the agency names no place.
    pub rest: Option<String>,
}

impl Place {
    /// The same, as one kind of evidence has it.
    pub(super) fn by(self, kind: Kind) -> Self {
        Self { evidence: Some(Evidence::only(kind)), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_joined() {
        for (place, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, place);
        }
        let code = |first, second| Evidence { first, second }.code();
        assert_eq!(code(Kind::ShortName, Some(Kind::Title)), "short_name+title");
        assert_eq!(code(Kind::Text, Some(Kind::Folder)), "text+folder");
        assert_eq!(code(Kind::Title, Some(Kind::Title)), "title", "found again, it is no second kind");
        assert_eq!(code(Kind::National, None), "national");
    }
}
