//! Selectors of style sheets.
//!
//! Owns their grammar and weight. Refuses what cannot be told of an element when it begins (`:last-child`, siblings) and
//! what depends on the reader's hand (`:hover`): a selector with such a part is none.

use super::tag::key;
use super::token::OpenTag;

/// Parts of a selector and classes of a part; longer ones are none.
const MAX_PARTS: usize = 16;

/// How a part stands to the one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Within,
    Child,
}

/// One selector.
#[derive(Debug)]
pub(super) struct Selector {
    /// What the element itself must be.
    pub(super) last: Simple,
    /// What must stand around it, from the inside out.
    pub(super) outer: Vec<(Link, Simple)>,
    /// Ids, classes and names in it: the heavier rule outweighs.
    pub(super) weight: (u32, u32, u32),
}

/// What one element must be.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) key: Option<u64>,
    pub(super) id: Option<u64>,
    pub(super) classes: Vec<u64>,
    pub(super) attributes: Vec<Test>,
    pub(super) nth: Option<Nth>,
    pub(super) not: Vec<Self>,
}

/// `an+b`: its number among its parent's children.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nth {
    step: i32,
    first: i32,
}

impl Nth {
    pub(super) fn holds(self, child: u32) -> bool {
        let behind = i32::try_from(child).unwrap_or(i32::MAX).saturating_sub(self.first);
        if self.step == 0 { behind == 0 } else { behind % self.step == 0 && behind / self.step >= 0 }
    }
}

/// What an attribute must be.
#[derive(Debug)]
pub(super) struct Test {
    name: String,
    /// `=`, `^`, `$`, `*`, `~`, `|`; 0 if it only has to be there.
    operator: u8,
    value: String,
}

impl Test {
    pub(super) fn holds(&self, tag: &OpenTag) -> bool {
        let Some((_, value)) = tag.asked.iter().find(|(name, _)| *name == self.name) else { return false };
        let wanted = self.value.as_str();
        match self.operator {
            0 => true,
            b'=' => value == wanted,
            _ if wanted.is_empty() => false,
            b'^' => value.starts_with(wanted),
            b'$' => value.ends_with(wanted),
            b'*' => value.contains(wanted),
            b'~' => value.split_ascii_whitespace().any(|word| word == wanted),
            _ => value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        }
    }
}

/// A class, told from names and ids.
pub(super) fn class(name: &str) -> u64 {
    key(name.as_bytes()) ^ 0x2E2E_2E2E_2E2E_2E2E
}

/// An id, told from names and classes.
pub(super) fn id(name: &str) -> u64 {
    key(name.as_bytes()) ^ 0x2323_2323_2323_2323
}

impl Selector {
    /// The narrowest thing that an element must have; 0 for none.
    pub(super) fn handle(&self) -> u64 {
        self.last.id.or(self.last.classes.first().copied()).or(self.last.key).unwrap_or(0)
    }

    /// Adds the attributes that it looks at.
    pub(super) fn attributes(&self, to: &mut Vec<String>) {
        let own = self.last.attributes.iter().chain(self.last.not.iter().flat_map(|n| &n.attributes));
        for test in own {
            if !to.contains(&test.name) && to.len() < 64 {
                to.push(test.name.clone());
            }
        }
    }
}

/// The selectors of a list that can be told.
pub(super) fn parse(list: &str) -> Vec<Selector> {
    split(list).filter_map(|text| Reader { rest: text.trim() }.selector()).collect()
}

/// Splits a list at its commas, but not at those within brackets.
fn split(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    list.split(move |c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    })
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn selector(mut self) -> Option<Selector> {
        let mut parts: Vec<(Link, Simple)> = Vec::new();
        let mut weight = (0, 0, 0);
        let mut link = Link::Within;
        while !self.rest.is_empty() {
            let simple = self.simple(&mut weight, 0)?;
            parts.push((link, simple));
            let after = self.rest.trim_start();
            link = match after.strip_prefix('>') {
                Some(child) => {
                    self.rest = child.trim_start();
                    Link::Child
                }
                None if after.len() < self.rest.len() => {
                    self.rest = after;
                    Link::Within
                }
                None if after.is_empty() => Link::Within,
                None => return None,
            };
            if parts.len() > MAX_PARTS {
                return None;
            }
        }
        // Each part was stored with its link to the one outside; from the inside out it belongs to the one before.
        let (mut link, last) = parts.pop()?;
        let mut outer = Vec::with_capacity(parts.len());
        while let Some((next, simple)) = parts.pop() {
            // What is asked of an element that is open already is kept by its name, id and classes alone.
            if !simple.attributes.is_empty() || simple.nth.is_some() {
                return None;
            }
            outer.push((link, simple));
            link = next;
        }
        Some(Selector { last, outer, weight })
    }

    fn simple(&mut self, weight: &mut (u32, u32, u32), depth: usize) -> Option<Simple> {
        let mut simple = Simple::default();
        let mut any = false;
        loop {
            let mut chars = self.rest.chars();
            match chars.next() {
                Some('*') => self.rest = chars.as_str(),
                Some('.') => {
                    self.rest = chars.as_str();
                    simple.classes.push(class(&self.name()?));
                    weight.1 += 1;
                }
                Some('#') => {
                    self.rest = chars.as_str();
                    simple.id = Some(id(&self.name()?));
                    weight.0 += 1;
                }
                Some('[') => {
                    let (test, after) = chars.as_str().split_once(']')?;
                    self.rest = after;
                    simple.attributes.push(attribute(test)?);
                    weight.1 += 1;
                }
                Some(':') => {
                    self.rest = chars.as_str();
                    self.pseudo(&mut simple, weight, depth)?;
                }
                Some(c) if !any && is_name(c) => {
                    simple.key = Some(key(self.name()?.as_bytes()));
                    weight.2 += 1;
                }
                _ => return any.then_some(simple),
            }
            any = true;
            if simple.classes.len() + simple.attributes.len() + simple.not.len() > MAX_PARTS {
                return None;
            }
        }
    }

    fn pseudo(&mut self, simple: &mut Simple, weight: &mut (u32, u32, u32), depth: usize) -> Option<()> {
        let name = self.name()?.to_ascii_lowercase();
        let argument = match self.rest.strip_prefix('(') {
            Some(inner) => {
                let (argument, after) = inner.split_once(')')?;
                self.rest = after;
                argument.trim()
            }
            None => "",
        };
        match name.as_str() {
            "first-child" => simple.nth = Some(Nth { step: 0, first: 1 }),
            "nth-child" => simple.nth = Some(nth(argument)?),
            "not" if depth == 0 => {
                for text in split(argument) {
                    let mut reader = Reader { rest: text.trim() };
                    let not = reader.simple(weight, 1)?;
                    if !reader.rest.is_empty() {
                        return None;
                    }
                    simple.not.push(not);
                }
                return Some(());
            }
            "root" => simple.key = Some(key(b"html")),
            "link" | "any-link" | "enabled" => {}
            _ => return None,
        }
        weight.1 += 1;
        Some(())
    }

    /// A name, its escapes undone.
    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut chars = self.rest.chars();
        loop {
            let before = chars.as_str();
            match chars.next() {
                Some('\\') => name.push(chars.next()?),
                Some(c) if is_name(c) => name.push(c),
                _ => {
                    self.rest = before;
                    return Some(name).filter(|n| !n.is_empty());
                }
            }
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || c > '\u{7F}'
}

fn attribute(test: &str) -> Option<Test> {
    let test = test.trim();
    let end = test.find(|c: char| !is_name(c) && c != ':').unwrap_or(test.len());
    let (name, rest) = test.split_at(end);
    let name = name.to_ascii_lowercase();
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some(Test { name, operator: 0, value: String::new() });
    }
    let (sign, value) = rest.split_once('=')?;
    let operator = match sign.as_bytes() {
        [] => b'=',
        [one @ (b'^' | b'$' | b'*' | b'~' | b'|')] => *one,
        _ => return None,
    };
    let value = value.trim().trim_end_matches(" i").trim().trim_matches(['"', '\'']).to_owned();
    Some(Test { name, operator, value })
}

fn nth(argument: &str) -> Option<Nth> {
    let argument: String = argument.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match argument.as_str() {
        "odd" => return Some(Nth { step: 2, first: 1 }),
        "even" => return Some(Nth { step: 2, first: 0 }),
        _ => {}
    }
    let Some((step, first)) = argument.split_once('n') else {
        return Some(Nth { step: 0, first: argument.parse().ok()? });
    };
    let step = match step {
        "" | "+" => 1,
        "-" => -1,
        step => step.parse().ok()?,
    };
    let first = if first.is_empty() { 0 } else { first.parse().ok()? };
    Some(Nth { step, first })
}
