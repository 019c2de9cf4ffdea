//! Settling the place of one report from all that it shows.
//!
//! Owns the order of the evidence and the findings. Refuses to vote: where two kinds of evidence point to different
//! candidates, the place stays open.

use super::clues::{Allowed, document_provinces};
use super::division::{Division, Level};
use super::folders::Folders;
use super::gazetteer::Gazetteer;
use super::mention::{self, Named, Trust};
use super::place::{Clues, Evidence, Kind, NATIONAL, Place};
use super::text::{self, Hint, Said};
use crate::agency::is_national;
use crate::finding::{Finding, Rule};
use crate::words;

/// One report being settled.
pub(super) struct Case<'a, 'g> {
    gazetteer: &'g Gazetteer,
    clues: &'a Clues<'a>,
    /// The body as printed, or what of the title may be its name.
    body: &'a str,
    folders: Folders<'g>,
    findings: Vec<Finding>,
}

/// What is left of several candidates.
struct Narrowed<'g> {
    left: Vec<&'g Division>,
    /// The kind of evidence that narrowed or confirmed last.
    by: Option<Kind>,
    /// Some kind speaks against all or for others.
    against: bool,
}

impl<'a, 'g> Case<'a, 'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, clues: &'a Clues<'a>) -> Self {
        let folders = Folders::of(gazetteer, clues.path, clues.year);
        let body = clues.agency.or_else(|| clues.title.map(body_of)).unwrap_or("");
        Self { gazetteer, clues, body, folders, findings: Vec::new() }
    }

    pub(super) fn resolve(mut self) -> (Place, Vec<Finding>) {
        let body = self.body;
        let named = mention::body(self.gazetteer, body, self.clues.year);
        let mut place = if let Some(named) = named {
            let rest = named.rest.clone();
            let mut place = self.of_names(named);
            place.is_division = place.province.is_some() && matches!(rest.as_str(), "" | "人民政府" | "政府");
            place.rest = self.clues.agency.is_some().then_some(rest);
            place
        } else if let Some(named) = self.of_title() {
            self.of_names(named)
        } else if is_national(body) {
            self.conflict_of_folders(None);
            Place { province: Some(NATIONAL.to_owned()), ..Place::default() }.by(Kind::National)
        } else {
            self.without_a_name()
        };
        if place.province.is_none() {
            place.is_division = false;
            if self.findings.iter().all(|f| f.rule == Rule::RegionConflict) {
                self.findings.push(Finding::new(Rule::RegionUnknown, body));
            }
        }
        (place, self.findings)
    }

    /// A full name inside the agency's name or the title: `共青团中宁县委员会`.
    fn of_title(&self) -> Option<Named<'g>> {
        let hint = Hint::of(self.body);
        let texts = [self.clues.agency.filter(|_| hint.is_none()), self.clues.title];
        let found = texts.into_iter().flatten().find_map(|text| {
            let all = mention::anywhere(self.gazetteer, text, self.clues.year);
            // The first chain, to its end.
            let chain = all.first()?.chain;
            all.into_iter().take_while(|m| m.chain == chain).last()
        })?;
        let fits = hint.is_none_or(|(h, _)| found.records.iter().any(|d| h.fits(d)));
        fits.then(|| Named::new(found.records))
    }

    /// The place of a name, which may be that of several.
    fn of_names(&mut self, named: Named<'g>) -> Place {
        let first = if named.trust == Trust::Short { Kind::ShortName } else { Kind::Title };
        if named.candidates.is_empty() {
            // A name outside its years is weak evidence: its province at most.
            return self.open(&named.gone, first, Rule::RegionUnknown);
        }
        if !named.foreign.is_empty() {
            let all: Vec<&Division> = named.candidates.into_iter().chain(named.foreign).collect();
            self.findings.push(Finding::new(Rule::RegionConflict, list(&all)));
            return self.open(&all, first, Rule::RegionAmbiguous);
        }
        if let ([one], Trust::Full) = (named.candidates.as_slice(), named.trust) {
            if named.twins
                && let Some(twin) = self.twin(one)
            {
                self.findings.push(Finding::new(Rule::RegionConflict, list(&[one, twin])));
                return self.open(&[one, twin], first, Rule::RegionAmbiguous);
            }
            self.conflict_of_numbers(one);
            self.conflict_of_folders(Some(one));
            return self.place(one, Evidence::only(first));
        }
        let narrowed = self.narrow(&named.candidates);
        let sure = match named.trust {
            Trust::Full => true,
            Trust::Short => !narrowed.against,
            Trust::Doubtful => narrowed.by.is_some() && !narrowed.against,
        };
        if narrowed.against {
            self.findings.push(Finding::new(Rule::RegionConflict, list(&named.candidates)));
        }
        match narrowed.left.as_slice() {
            [one] if sure => {
                let second = narrowed.by.filter(|_| named.candidates.len() > 1 || named.trust == Trust::Doubtful);
                self.place(one, Evidence { first, second })
            }
            left => {
                let left = if left.is_empty() || !sure { &named.candidates } else { left };
                let alone = left.len() == 1;
                let open = left.to_vec();
                if alone {
                    self.findings.push(Finding::new(Rule::RegionAmbiguous, list(&open)));
                    return Place::default();
                }
                self.open(&open, first, Rule::RegionAmbiguous)
            }
        }
    }

    /// Another place of the same name that the text names in full, as a report does that was copied.
    fn twin(&self, found: &Division) -> Option<&'g Division> {
        let mut all = self.clues.texts.iter().flat_map(|l| self.mentions(Some(l)));
        all.find_map(|m| match m.as_slice() {
            [other] if other.name == found.name && other.code != found.code => Some(*other),
            _ => None,
        })
    }

    /// The candidates that every kind of evidence agrees with which agrees with any.
    fn narrow(&self, candidates: &[&'g Division]) -> Narrowed<'g> {
        let mut now = Narrowed { left: candidates.to_vec(), by: None, against: false };
        let lines = || self.clues.texts.iter().copied();
        let year = self.clues.year;
        let title: Vec<Vec<&Division>> = self.mentions(self.clues.title);
        self.agree(Kind::Title, &mut now, candidates, &title);
        let mut text: Vec<Vec<&Division>> = self.clues.texts.iter().flat_map(|l| self.mentions(Some(l))).collect();
        let provinces =
            lines().flat_map(document_provinces).filter_map(|p| self.gazetteer.by_code(&format!("{p}0000"), year));
        text.extend(provinces.map(|p| vec![p]));
        self.agree(Kind::Text, &mut now, candidates, &text);
        self.agree(Kind::Folder, &mut now, candidates, &self.folders.sets);
        let tables = &self.gazetteer.tables;
        let hosts = tables.by_host(lines().chain([self.clues.path]));
        for (kind, allowed) in [
            (Kind::AreaCode, tables.by_area(lines())),
            (Kind::PostalCode, tables.by_postal(lines())),
            (Kind::Host, hosts),
        ] {
            if !allowed.says_nothing() {
                let agreeing: Vec<&Division> = candidates.iter().copied().filter(|d| allowed.allows(d)).collect();
                // Templates are copied: a foreign host says nothing.
                apply(kind, &mut now, &agreeing, kind != Kind::Host);
            }
        }
        now
    }

    fn mentions(&self, text: Option<&str>) -> Vec<Vec<&'g Division>> {
        let found = text.map(|t| mention::anywhere(self.gazetteer, t, self.clues.year));
        found.into_iter().flatten().map(|m| m.records).collect()
    }

    /// Keeps the candidates that agree with the names of a kind, those of the lowest level first.
    fn agree(&self, kind: Kind, now: &mut Narrowed<'g>, candidates: &[&'g Division], sets: &[Vec<&'g Division>]) {
        let mut agreeing: Vec<&'g Division> = candidates.to_vec();
        let (mut said, mut agreed) = (false, false);
        for level in [Level::County, Level::Prefecture, Level::Province] {
            let hints = || sets.iter().flatten().filter(|h| h.level == level);
            let kept: Vec<&'g Division> = agreeing
                .iter()
                .copied()
                .filter(|d| hints().any(|h| h.code == d.code || self.gazetteer.once_within(d, h)))
                .collect();
            // A county of the text may be a neighbour; a city or province above none of the candidates is foreign.
            said |= level != Level::County && hints().next().is_some();
            if kept.is_empty() {
                continue;
            }
            // The ambiguous name itself, found again, is no evidence.
            agreed |= level != Level::County || kept.len() < candidates.len();
            agreeing = kept;
        }
        if agreed {
            apply(kind, now, &agreeing, true);
        } else if said {
            apply(kind, now, &[], true);
        }
    }

    /// Title and agency name no place: text, then folders.
    fn without_a_name(&mut self) -> Place {
        let hint = Hint::of(self.body);
        let fits = |d: &Division| hint.is_none_or(|(h, _)| h.fits(d));
        let said = text::read(self.gazetteer, self.clues.texts, self.body, hint, self.clues.year);
        let leaf = self.folders.leaf;
        match (said, leaf) {
            (Said::Nothing | Said::Aside(_), None) => self.of_phone(),
            (Said::Nothing, Some(leaf)) => self.confirmed(leaf, fits(leaf), Evidence::only(Kind::Folder)),
            (Said::One(one, _), None) => self.confirmed(one, fits(one), Evidence::only(Kind::Text)),
            (Said::One(one, sure), Some(leaf)) => {
                let both = Evidence { first: Kind::Text, second: Some(Kind::Folder) };
                if one.code == leaf.code {
                    self.confirmed(one, fits(one), both)
                } else if one.is_within(leaf) || (leaf.is_within(one) && (sure || (hint.is_some() && !fits(leaf)))) {
                    self.confirmed(one, fits(one), Evidence::only(Kind::Text))
                } else if leaf.is_within(one) {
                    self.confirmed(leaf, fits(leaf), both)
                } else {
                    self.conflict_of_folders(Some(one));
                    self.open(&[one, leaf], Kind::Text, Rule::RegionAmbiguous)
                }
            }
            (Said::Several(several), None) => self.open(&several, Kind::Text, Rule::RegionAmbiguous),
            (Said::Several(several) | Said::Aside(several), Some(leaf)) => {
                let named = several.iter().any(|d| d.code == leaf.code);
                let above = several.iter().all(|d| leaf.is_within(d));
                if fits(leaf) && (named || above) {
                    let both = Evidence { first: Kind::Text, second: Some(Kind::Folder) };
                    self.confirmed(leaf, true, both)
                } else {
                    let all: Vec<&Division> = several.into_iter().chain([leaf]).collect();
                    self.open(&all, Kind::Text, Rule::RegionAmbiguous)
                }
            }
        }
    }

    /// Nothing but a phone number: the prefecture of its area code, of which the body is some part.
    fn of_phone(&mut self) -> Place {
        let codes = self.gazetteer.tables.areas(self.clues.texts.iter().copied());
        let mut all: Vec<&Division> = codes.iter().filter_map(|c| self.gazetteer.by_code(c, self.clues.year)).collect();
        all.dedup_by(|a, b| a.code == b.code);
        if all.is_empty() { Place::default() } else { self.open(&all, Kind::AreaCode, Rule::RegionAmbiguous) }
    }

    /// A place that no name of the body stands for: anything that speaks against it leaves it open.
    fn confirmed(&mut self, division: &'g Division, fits: bool, evidence: Evidence) -> Place {
        let contradicted = self.conflict_of_numbers(division);
        if contradicted {
            self.findings.push(Finding::new(Rule::RegionAmbiguous, list(&[division])));
            return Place::default();
        }
        if !fits {
            // `县教育局` in the folder of a city: somewhere below it. `省教育厅` there: its province's.
            let hint = Hint::of(self.body);
            self.findings.push(Finding::new(Rule::RegionUnknown, self.clues.agency.unwrap_or("")));
            let mut place = self.gazetteer.place(division, self.clues.year);
            (place.county_code, place.county) = (None, None);
            if hint.is_some_and(|(h, _)| h.may_be_province()) {
                (place.prefecture_code, place.prefecture) = (None, None);
            }
            return Place { evidence: Some(evidence), ..place };
        }
        self.place(division, evidence)
    }

    fn place(&self, division: &Division, evidence: Evidence) -> Place {
        Place { evidence: Some(evidence), ..self.gazetteer.place(division, self.clues.year) }
    }

    /// What several candidates share, with a finding that names them.
    fn open(&mut self, candidates: &[&Division], first: Kind, rule: Rule) -> Place {
        self.findings.push(Finding::new(rule, list(candidates)));
        let mut places = candidates.iter().map(|d| self.gazetteer.place(d, self.clues.year));
        let Some(mut shared) = places.next() else { return Place::default() };
        (shared.county_code, shared.county) = (None, None);
        for other in places {
            if other.prefecture_code != shared.prefecture_code {
                (shared.prefecture_code, shared.prefecture) = (None, None);
            }
            if other.province != shared.province {
                return Place::default();
            }
        }
        if rule == Rule::RegionUnknown {
            (shared.prefecture_code, shared.prefecture) = (None, None);
        }
        shared.by(first)
    }

    /// Warns where area or postal codes belong elsewhere.
    fn conflict_of_numbers(&mut self, found: &Division) -> bool {
        let tables = &self.gazetteer.tables;
        let lines: Vec<&str> = self.clues.texts.iter().copied().filter(|l| tables.is_contact(l)).collect();
        let lines = || lines.iter().copied();
        let foreign = |allowed: &Allowed| !allowed.says_nothing() && !allowed.allows(found);
        let area = foreign(&tables.by_area(lines()));
        let postal = foreign(&tables.by_postal(lines()));
        for (is_foreign, kind) in [(area, Kind::AreaCode), (postal, Kind::PostalCode)] {
            if is_foreign {
                let detail = format!("{} / {}", list(&[found]), Evidence::only(kind).code());
                self.findings.push(Finding::new(Rule::RegionConflict, detail));
            }
        }
        area || postal
    }

    /// Warns where the folders name other places only.
    fn conflict_of_folders(&mut self, found: Option<&Division>) {
        let agrees = |h: &Division| {
            found.is_some_and(|d| d.code == h.code || self.gazetteer.once_within(d, h) || h.is_within(d))
        };
        let foreign = self.folders.sets.iter().find(|s| !s.iter().any(|h| agrees(h)));
        if let Some(set) = foreign {
            let detail = format!("{} / {}", found.map(|d| list(&[d])).unwrap_or_default(), list(set));
            self.findings.push(Finding::new(Rule::RegionConflict, detail));
        }
    }
}

/// Takes up what a kind of evidence agrees with. If that is nothing, or nothing of what is left, it speaks against.
fn apply<'g>(kind: Kind, now: &mut Narrowed<'g>, agreeing: &[&'g Division], counts: bool) {
    if agreeing.is_empty() {
        now.against |= counts;
        return;
    }
    let kept: Vec<&'g Division> =
        now.left.iter().copied().filter(|d| agreeing.iter().any(|a| a.code == d.code)).collect();
    if kept.len() < now.left.len() || now.by.is_none() {
        now.by = Some(kind);
    }
    now.against |= kept.is_empty();
    now.left = kept;
}

/// What of a title stands where the name of a body does: `中宁文旅局` of `2022年中宁文旅局关于政府信息公开工作的报告`.
fn body_of(title: &str) -> &str {
    let head = title.trim_start_matches(['《', '〈', ' ']);
    let head = head.strip_prefix("关于").unwrap_or(head);
    let year = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九 ".contains(c);
    let own = head.trim_start_matches(year);
    let own = own.strip_prefix("年度").or_else(|| own.strip_prefix('年')).unwrap_or(head);
    let end = words::titles().place_end.find_in(own);
    own[..end.unwrap_or(own.len())].trim().trim_end_matches(|c| year(c) || matches!(c, '年' | '度')).trim()
}

fn list(divisions: &[&Division]) -> String {
    let names: Vec<String> = divisions.iter().map(|d| format!("{} {}", d.code, d.name)).collect();
    names.join(", ")
}
