//! Selectors of style sheets.
//!
//! Owns their grammar and weight. What cannot be told of an element when it begins (`:last-child`, siblings) is left out of
//! a selector, which is not sure then: it may hold. What depends on the reader's hand (`:hover`) does not hold.

use super::tag::key;
use super::token::OpenTag;

/// Parts of a selector and classes of a part; longer ones are none.
const MAX_PARTS: usize = 16;
/// Bytes of the selectors of a rule within rules.
const MAX_NESTED: usize = 4_096;

/// What begins classes that depend on the reader's hand.
const POINTED: [&str; 4] = [":hover", ":focus", ":active", ":target"];

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
    /// Where it holds all of it was told.
    pub(super) sure: bool,
    /// It is about what stands before or behind the element's own content.
    pub(super) beside: bool,
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
    /// Of each list it must be one.
    pub(super) any: Vec<Vec<Self>>,
}

impl Simple {
    fn parts(&self) -> usize {
        self.classes.len() + self.attributes.len() + self.not.len() + self.any.iter().map(Vec::len).sum::<usize>()
    }

    /// Whether it asks for what is not kept of an element that is open: its attributes and its number.
    fn asks_more(&self) -> bool {
        !self.attributes.is_empty()
            || self.nth.is_some()
            || self.not.iter().chain(self.any.iter().flatten()).any(Self::asks_more)
    }

    /// Asks for no more than what is kept.
    fn ask_less(&mut self) {
        self.attributes.clear();
        self.nth = None;
        self.not.retain(|not| !not.asks_more());
        self.any.retain(|any| !any.iter().any(Self::asks_more));
    }
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
        let inner = self.last.not.iter().chain(self.last.any.iter().flatten());
        let own = self.last.attributes.iter().chain(inner.flat_map(|n| &n.attributes));
        for test in own {
            if !to.contains(&test.name) && to.len() < 64 {
                to.push(test.name.clone());
            }
        }
    }
}

/// The selectors of a list that can be told.
pub(super) fn parse(list: &str) -> Vec<Selector> {
    split(list).filter_map(|text| Reader::new(text).selector()).collect()
}

/// The selectors of rules that stand within a rule for others.
pub(super) fn nest(parents: &str, list: &str) -> String {
    let mut out = String::new();
    for parent in split(parents).map(str::trim) {
        for own in split(list).map(str::trim) {
            if out.len() > MAX_NESTED {
                return out;
            }
            if !out.is_empty() {
                out.push(',');
            }
            if own.contains('&') {
                out.push_str(&own.replace('&', parent));
            } else {
                out.extend([parent, " ", own]);
            }
        }
    }
    out
}

/// Splits a list at its commas, but not at those within brackets.
pub(super) fn split(list: &str) -> impl Iterator<Item = &str> {
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
    /// Nothing was left out.
    sure: bool,
    beside: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text.trim(), sure: true, beside: false }
    }

    fn selector(mut self) -> Option<Selector> {
        let mut parts: Vec<(Link, Simple)> = Vec::new();
        let mut weight = (0, 0, 0);
        let mut link = Link::Within;
        while !self.rest.is_empty() {
            let simple = self.simple(&mut weight, 0)?;
            let after = self.rest.trim_start();
            let blank = after.len() < self.rest.len();
            let mut chars = after.chars();
            match chars.next() {
                // A sibling stands where the element itself does; what it is is not kept.
                Some('+' | '~') => {
                    self.sure = false;
                    self.rest = chars.as_str().trim_start();
                    continue;
                }
                Some('>') => {
                    parts.push((link, simple));
                    (self.rest, link) = (chars.as_str().trim_start(), Link::Child);
                }
                None => {
                    parts.push((link, simple));
                    self.rest = after;
                }
                Some(_) if blank => {
                    parts.push((link, simple));
                    (self.rest, link) = (after, Link::Within);
                }
                Some(_) => return None,
            }
            if parts.len() > MAX_PARTS {
                return None;
            }
        }
        // Each part was stored with its link to the one outside; from the inside out it belongs to the one before.
        let (mut link, last) = parts.pop()?;
        let mut outer = Vec::with_capacity(parts.len());
        while let Some((next, mut simple)) = parts.pop() {
            if simple.asks_more() {
                simple.ask_less();
                self.sure = false;
            }
            outer.push((link, simple));
            link = next;
        }
        Some(Selector { last, outer, weight, sure: self.sure, beside: self.beside })
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
            if simple.parts() > MAX_PARTS {
                return None;
            }
        }
    }

    fn pseudo(&mut self, simple: &mut Simple, weight: &mut (u32, u32, u32), depth: usize) -> Option<()> {
        let doubled = self.rest.strip_prefix(':');
        self.rest = doubled.unwrap_or(self.rest);
        let name = self.name()?.to_ascii_lowercase();
        let argument = self.argument()?;
        match name.as_str() {
            "before" | "after" if depth == 0 => {
                self.beside = true;
                weight.2 += 1;
                return Some(());
            }
            _ if doubled.is_some() => return None,
            "first-child" => simple.nth = Some(Nth { step: 0, first: 1 }),
            "nth-child" => simple.nth = Some(nth(argument)?),
            "not" if depth == 0 => {
                // What depends on the reader's hand is not so, and what cannot be told may be.
                for not in split(argument).filter(|text| !POINTED.iter().any(|p| text.contains(p))) {
                    match self.one(not, weight) {
                        Some(not) => simple.not.push(not),
                        None => self.sure = false,
                    }
                }
                return Some(());
            }
            "is" | "where" | "matches" | "-webkit-any" | "-moz-any" if depth == 0 => {
                let mut unweighed = (0, 0, 0);
                let weight = if name == "where" { &mut unweighed } else { weight };
                let all: Vec<_> = split(argument).map(|one| self.one(one, weight)).collect();
                match all.into_iter().collect::<Option<Vec<Simple>>>() {
                    Some(any) => simple.any.push(any),
                    None => self.sure = false,
                }
                return Some(());
            }
            "last-child" | "only-child" | "nth-last-child" | "first-of-type" | "last-of-type" | "only-of-type"
            | "nth-of-type" | "nth-last-of-type" | "has" | "not" | "is" | "where" | "lang" | "dir" | "scope"
            | "defined" | "read-only" | "optional" => self.sure = false,
            "root" => simple.key = Some(key(b"html")),
            "link" | "any-link" | "enabled" => {}
            _ => return None,
        }
        weight.1 += 1;
        Some(())
    }

    /// What stands in brackets behind the name of a class.
    fn argument(&mut self) -> Option<&'t str> {
        let Some(inner) = self.rest.strip_prefix('(') else { return Some("") };
        let mut depth = 1_u32;
        let end = inner.find(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        self.rest = inner.get(end + 1..)?;
        inner.get(..end).map(str::trim)
    }

    /// One of a list within brackets, if it is about one element alone and can be told.
    fn one(&self, text: &str, weight: &mut (u32, u32, u32)) -> Option<Simple> {
        let mut reader = Reader::new(text);
        let one = reader.simple(weight, 1)?;
        (reader.rest.is_empty() && reader.sure).then_some(one)
    }

    /// A name, its escapes undone.
    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut chars = self.rest.chars();
        loop {
            let before = chars.as_str();
            match chars.next() {
                Some('\\') => {
                    let rest = chars.as_str();
                    let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
                    if digits == 0 {
                        name.push(chars.next()?);
                        continue;
                    }
                    let code = rest.get(..digits).and_then(|d| u32::from_str_radix(d, 16).ok());
                    name.push(code.and_then(char::from_u32).unwrap_or('\u{FFFD}'));
                    let rest = rest.get(digits..).unwrap_or("");
                    chars = rest.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(rest).chars();
                }
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
