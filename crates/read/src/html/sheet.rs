//! The page's own style sheets: which declarations hold for an element.
//!
//! Owns rules, as far as they can hide, strike or raise text; their selectors (names, classes, ids, attributes, `:not`,
//! `:first-child`, `:nth-child`, descendants and children), the media they are for (a screen of common size) and the
//! cascade. Refuses style sheets of other files, and what depends on a pointer or a click. Rules of which it cannot be
//! told whether they hold, while the page is read from its beginning (siblings, last children), are kept apart.

use std::collections::HashMap;

use super::open::{Element, Open};
use super::selector::{self, Link, Selector, Simple};
use super::style::Style;
use super::token::OpenTag;
use super::variable::{sheet_text, with_variables};

/// Bytes of all style sheets of a page, and rules in them that can hide something.
const MAX_BYTES: usize = 4 << 20;
const MAX_RULES: usize = 20_000;
/// Comparisons of an element with a part of a selector, over all elements of a file.
const MAX_STEPS: u64 = 30_000_000;
/// Blocks within blocks (`@media` in `@supports` in `@layer`).
const MAX_DEPTH: usize = 8;
/// The screen that pages are made for, in pixels.
const SCREEN: f32 = 1366.0;

/// A rule for one selector.
#[derive(Debug)]
struct Rule {
    selector: Selector,
    style: Style,
}

/// The style sheets of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    texts: Vec<String>,
    bytes: usize,
    /// Properties by which some rule hides, strikes or raises, and those that an element asks for by its own style.
    powers: u32,
    /// Properties of any rule.
    known: u32,
    rules: Vec<Rule>,
    /// Rules by what their last part must have: an id, a class or a name; 0 for anything.
    index: HashMap<u64, Vec<u32>>,
    attributes: Vec<String>,
    found: Vec<u32>,
}

/// What limits were exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Sheet {
    /// Adds a style sheet; says whether it can hide anything.
    pub(super) fn add(&mut self, text: &str) -> Result<bool, TooMuch> {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MAX_BYTES {
            return Err(TooMuch);
        }
        let text = with_variables(sheet_text(text));
        let (mut powers, mut known) = (0, 0);
        rules(&text, None, 0, true, &mut |_, style, _| {
            powers |= style.powers();
            known |= style.bits();
            true
        });
        self.known |= known;
        let before = self.powers;
        self.powers |= powers;
        self.texts.push(text);
        // Rules that could do nothing may do something now.
        let first = if self.powers == before { self.texts.len() - 1 } else { 0 };
        self.build(first)?;
        Ok(powers != 0)
    }

    /// Asks for more properties, because an element depends on them; says whether that changes anything.
    pub(super) fn ask(&mut self, powers: u32) -> Result<bool, TooMuch> {
        let new = powers & self.known & !self.powers;
        self.powers |= new;
        if new != 0 {
            self.build(0)?;
        }
        Ok(new != 0)
    }

    /// Whether any rule can hide anything.
    pub(super) fn is_active(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether a rule looks at an attribute.
    pub(super) fn wants(&self, attribute: &[u8]) -> bool {
        self.attributes.iter().any(|a| a.as_bytes() == attribute)
    }

    /// Takes the rules of the style sheets from one on; of all of them if that is the first.
    fn build(&mut self, first: usize) -> Result<(), TooMuch> {
        if first == 0 {
            self.rules.clear();
            self.index.clear();
            self.attributes.clear();
        }
        let texts = std::mem::take(&mut self.texts);
        let mut full = false;
        for text in texts.iter().skip(first) {
            rules(text, None, 0, true, &mut |selectors, style, sure| {
                let mut style = *style;
                style.keep(self.powers);
                if style.is_empty() {
                    return true;
                }
                for mut selector in selector::parse(selectors) {
                    selector.sure &= sure;
                    full = self.rules.len() >= MAX_RULES;
                    if full {
                        return false;
                    }
                    let rule = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
                    self.index.entry(selector.handle()).or_default().push(rule);
                    selector.attributes(&mut self.attributes);
                    self.rules.push(Rule { selector, style });
                }
                true
            });
        }
        self.texts = texts;
        if full { Err(TooMuch) } else { Ok(()) }
    }

    /// What the rules say of an element that is about to be opened, `child` of its parent; and where it is not sure that
    /// all of them hold, what they say if they do. `steps` counts comparisons.
    pub(super) fn style_of(
        &mut self,
        tag: &OpenTag,
        names: &Names,
        (open, child): (&Open, u32),
        steps: &mut u64,
    ) -> Result<(Style, Option<Style>), TooMuch> {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        let handles = [0, tag.key, names.id].into_iter().chain(names.classes.iter().copied());
        for handle in handles {
            for at in self.index.get(&handle).into_iter().flatten() {
                let Some(rule) = self.rules.get(*at as usize) else { continue };
                if *steps > MAX_STEPS {
                    return Err(TooMuch);
                }
                let element = Candidate { tag, names, child };
                if element.is(&rule.selector.last, steps) && within(&rule.selector.outer, open, open.elements(), steps)
                {
                    found.push(*at);
                }
            }
        }
        // Rules stand in the order of the sheet: sorting by weight alone keeps it.
        found.sort_unstable();
        found.dedup();
        found.sort_by_key(|at| self.rules.get(*at as usize).map(|r| r.selector.weight));
        let (mut style, mut all) = (Style::default(), Style::default());
        let mut sure = true;
        for rule in found.iter().filter_map(|at| self.rules.get(*at as usize)) {
            let own = if rule.selector.beside { rule.style.beside() } else { rule.style.within() };
            sure &= rule.selector.sure;
            all.add(&own);
            if rule.selector.sure {
                style.add(&own);
            }
        }
        self.found = found;
        Ok((style, (!sure).then_some(all)))
    }
}

/// The names that an element goes by.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) id: u64,
    pub(super) classes: Vec<u64>,
}

impl Names {
    pub(super) fn read(&mut self, tag: &OpenTag) {
        self.classes.clear();
        self.id = if tag.id.is_empty() { 0 } else { selector::id(tag.id.trim()) };
        self.classes.extend(tag.class.split_ascii_whitespace().take(64).map(selector::class));
    }
}

/// An element that is about to be opened.
struct Candidate<'t> {
    tag: &'t OpenTag,
    names: &'t Names,
    child: u32,
}

impl Candidate<'_> {
    fn is(&self, simple: &Simple, steps: &mut u64) -> bool {
        *steps += 1 + simple.classes.len() as u64 * self.names.classes.len() as u64;
        simple.key.is_none_or(|key| key == self.tag.key)
            && simple.id.is_none_or(|id| id == self.names.id)
            && simple.classes.iter().all(|class| self.names.classes.contains(class))
            && simple.nth.is_none_or(|nth| nth.holds(self.child))
            && simple.attributes.iter().all(|a| a.holds(self.tag))
            && simple.any.iter().all(|any| any.iter().any(|one| self.is(one, steps)))
            && !simple.not.iter().any(|not| self.is(not, steps))
    }
}

/// Whether an open element is what a part of a selector names.
fn is(element: &Element, open: &Open, simple: &Simple, steps: &mut u64) -> bool {
    let classes = open.classes_of(element);
    *steps += 1 + simple.classes.len() as u64 * classes.len() as u64;
    simple.attributes.is_empty()
        && simple.nth.is_none()
        && simple.key.is_none_or(|key| key == element.key)
        && simple.id.is_none_or(|id| id == element.id)
        && simple.classes.iter().all(|class| classes.contains(class))
        && simple.any.iter().all(|any| any.iter().any(|one| is(element, open, one, steps)))
        && !simple.not.iter().any(|not| is(element, open, not, steps))
}

/// Whether the elements around one are what a selector wants, from the inside out.
fn within(parts: &[(Link, Simple)], open: &Open, around: &[Element], steps: &mut u64) -> bool {
    let Some(((link, simple), outer)) = parts.split_first() else { return true };
    let mut around = around;
    while let Some((element, rest)) = around.split_last() {
        if is(element, open, simple, steps) {
            if within(outer, open, rest, steps) {
                return true;
            }
            // Where the next part may stand anywhere outside, no element further out does better.
            if outer.first().is_none_or(|(next, _)| *next == Link::Within) {
                return false;
            }
        }
        if *link == Link::Child || *steps > MAX_STEPS {
            return false;
        }
        around = rest;
    }
    false
}

/// Calls back with the selectors and declarations of every rule that is for a screen, and with whether that is sure, until
/// that gives `false`. `parents`: the selectors of the rule in which the text stands.
fn rules(
    text: &str,
    parents: Option<&str>,
    depth: usize,
    sure: bool,
    each: &mut dyn FnMut(&str, &Style, bool) -> bool,
) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(['}', ';']) {
            rest = after;
            continue;
        }
        let Some(end) = memchr::memchr2(b'{', if rest.starts_with('@') { b';' } else { b'{' }, rest.as_bytes()) else {
            return parents.is_none_or(|parents| declared(parents, rest, sure, each));
        };
        let (prelude, body) = rest.split_at(end);
        let Some(inner) = body.strip_prefix('{') else {
            rest = body.get(1..).unwrap_or("");
            continue;
        };
        let (inner, after) = inner.split_at(block_end(inner));
        rest = after.get(1..).unwrap_or("");
        let mut prelude = prelude;
        if let Some(parents) = parents
            && let Some((own, last)) = prelude.rsplit_once(';')
        {
            if !declared(parents, own, sure, each) {
                return false;
            }
            prelude = last.trim_start();
        }
        let Some(at) = prelude.strip_prefix('@') else {
            let nested = parents.map(|parents| selector::nest(parents, prelude));
            let selectors = nested.as_deref().unwrap_or(prelude);
            let on = match memchr::memchr(b'{', inner.as_bytes()) {
                None => declared(selectors, inner, sure, each),
                Some(_) => depth >= MAX_DEPTH || rules(inner, Some(selectors), depth + 1, sure, each),
            };
            if !on {
                return false;
            }
            continue;
        };
        let name = at.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        let condition = at.get(name.len()..).unwrap_or("");
        let (holds, sure) = match name.to_ascii_lowercase().as_str() {
            "media" => (is_for_screen(condition), sure),
            "supports" | "layer" | "document" | "-moz-document" => (!condition.trim_start().starts_with("not"), sure),
            "container" | "scope" => (true, false),
            _ => (false, sure),
        };
        if holds && depth < MAX_DEPTH && !rules(inner, parents, depth + 1, sure, each) {
            return false;
        }
    }
}

/// Calls back with declarations, if they say anything.
fn declared(selectors: &str, text: &str, sure: bool, each: &mut dyn FnMut(&str, &Style, bool) -> bool) -> bool {
    let mut style = Style::default();
    style.read(text.as_bytes());
    style.is_empty() || each(selectors, &style, sure)
}

/// Where a block ends that has just begun.
fn block_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'{', b'}', b'"', rest)) {
        at += next;
        match bytes.get(at) {
            Some(b'{') => depth += 1,
            Some(b'"') => {
                let string = bytes.get(at + 1..).unwrap_or_default();
                // A string ends with its line, closed or not.
                at += memchr::memchr2(b'"', b'\n', string).map_or(string.len(), |end| end + 1);
            }
            _ if depth == 0 => return at,
            _ => depth -= 1,
        }
        at += 1;
    }
    text.len()
}

/// Whether a condition of media holds for a screen of common size.
pub(super) fn is_for_screen(condition: &str) -> bool {
    let condition = condition.to_ascii_lowercase();
    condition.trim().is_empty()
        || condition.split(',').any(|query| {
            let query = query.trim();
            let (not, query) = query.strip_prefix("not ").map_or((false, query), |q| (true, q));
            let query = query.strip_prefix("only ").unwrap_or(query);
            query.split(" and ").all(|part| media_part(part.trim())) != not
        })
}

fn media_part(part: &str) -> bool {
    let Some(feature) = part.strip_prefix('(').and_then(|p| p.strip_suffix(')')) else {
        return matches!(part, "screen" | "all");
    };
    let (name, value) = feature.split_once(':').unwrap_or((feature, ""));
    let value = value.trim();
    let number = || {
        let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
        let (number, unit) = value.split_at(end);
        number.parse::<f32>().ok().map(|n| if matches!(unit, "em" | "rem") { n * 16.0 } else { n })
    };
    match name.trim() {
        "min-width" | "min-device-width" => number().is_some_and(|n| n <= SCREEN),
        "max-width" | "max-device-width" => number().is_some_and(|n| n >= SCREEN),
        "orientation" => value == "landscape",
        "prefers-color-scheme" => value == "light",
        "hover" | "any-hover" => value != "none",
        "pointer" | "any-pointer" => value == "fine",
        "scripting" => value == "enabled",
        "color" | "min-height" => true,
        _ => false,
    }
}
