//! Declarations: what a style says about an element's being seen.
//!
//! Owns the handful of properties by which pages hide, strike and raise text, and what their values come to. Refuses
//! everything else that a style says, and to know which element it is for: `sheet` finds that out, the page acts on it.

use super::tag::Tag;
use super::value::{
    CLEAR, FAR, Length, UNKNOWN, Unit, background, color, is_empty_clip, is_folded, is_full_inset, is_light, length,
    named, writes_digits,
};
use super::variable::without_comments;

/// What is looked at. A property that is not here hides nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Display,
    Visibility,
    Opacity,
    Size,
    Clip,
    Position,
    Float,
    Left,
    Top,
    Margin,
    Indent,
    Overflow,
    Width,
    Height,
    MaxHeight,
    Strike,
    Raise,
    Office,
    Transform,
    Content,
    /// It is moved or faded in: what hides it now does not in a moment.
    Motion,
    /// Its characters stand in another order than in the source.
    Order,
    /// What is written before or behind it.
    Beside,
    Color,
    Back,
}

const SLOTS: usize = 25;
/// Bytes of a value; longer ones are none that is looked at.
const MAX_VALUE: usize = 192;

/// Values. `HIDES` is the one that hides, strikes or raises; what the others mean is said where they are made.
const HIDES: u8 = 1;
const PLAIN: u8 = 2;
/// Display: a box of its own, in a line or not. Position: out of the flow. Size: a share of the parent's.
const OTHER: u8 = 3;
/// Visibility: the rows or columns go. Position: moved from its place. Height and top: a little.
const FOURTH: u8 = 4;
/// A value that is not known: it may be the one that hides.
const UNKNOWN_VALUE: u8 = 5;

/// Pixels by which a mark stands higher or lower than its line; less is typography.
const RAISED: f32 = 2.6;

/// Declarations, as far as they are looked at; the later ones of equal weight count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    set: u32,
    important: u32,
    /// Something in it hides, strikes or raises text, or sets it on another ground than paper.
    loud: bool,
    values: [u8; SLOTS],
    color: u32,
    back: u32,
}

/// How an element is kept from sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hiding {
    /// It takes no room.
    Gone,
    /// Its room is kept and empty.
    Empty,
    /// It is no part of the page, whatever it holds.
    Never,
}

impl Style {
    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.set == 0
    }

    /// Whether it can do anything where nothing else does.
    pub(super) fn is_loud(&self) -> bool {
        self.loud
    }

    /// The properties that it speaks of, as bits.
    pub(super) fn bits(&self) -> u32 {
        self.set
    }

    /// What the attribute `hidden` says, before every style sheet.
    pub(super) fn none() -> Self {
        let mut style = Self::default();
        style.put(Slot::Display, HIDES, false);
        style
    }

    /// The properties by which it hides, strikes or raises, as bits, with those that have a say in that.
    pub(super) fn powers(&self) -> u32 {
        let bits = |slots: &[Slot]| slots.iter().fold(0, |bits, slot| bits | 1_u32 << *slot as usize);
        let plain = [
            Slot::Display,
            Slot::Visibility,
            Slot::Opacity,
            Slot::Size,
            Slot::Strike,
            Slot::Raise,
            Slot::Office,
            Slot::Transform,
            Slot::Content,
            Slot::Order,
            Slot::Beside,
        ];
        let hides = |slot: &Slot| {
            self.is(*slot, HIDES)
                || self.is(*slot, UNKNOWN_VALUE)
                || *slot == Slot::Visibility && self.is(*slot, FOURTH)
        };
        let mut powers = plain.iter().filter(|s| hides(s)).fold(0, |powers, slot| powers | bits(&[*slot]));
        for slot in [Slot::Left, Slot::Top, Slot::Clip] {
            if self.is(slot, HIDES) || self.is(slot, FOURTH) {
                powers |= bits(&[slot, Slot::Position]);
            }
        }
        let small = [Slot::Width, Slot::Height, Slot::MaxHeight].iter().any(|s| self.is(*s, HIDES));
        if small && self.is(Slot::Overflow, HIDES) {
            powers |= bits(&[Slot::Overflow, Slot::Width, Slot::Height, Slot::MaxHeight]);
            powers |= bits(&[Slot::Position, Slot::Display, Slot::Float]);
        }
        for slot in [Slot::Indent, Slot::Margin] {
            if self.is(slot, HIDES) {
                powers |= bits(&[slot, Slot::Display, Slot::Float]);
            }
        }
        if hides(&Slot::Visibility) || hides(&Slot::Opacity) || hides(&Slot::Transform) {
            powers |= bits(&[Slot::Motion]);
        }
        if self.pales() {
            powers |= bits(&[Slot::Color, Slot::Back]);
        }
        powers
    }

    /// Forgets the properties that are not of these.
    pub(super) fn keep(&mut self, powers: u32) {
        self.set &= powers;
        self.important &= powers;
    }

    /// Whether it sets text in a colour that paper may have.
    fn pales(&self) -> bool {
        self.has(Slot::Color) && (self.color == CLEAR || self.color < CLEAR && is_light(self.color))
    }

    /// What it says of the element itself.
    pub(super) fn within(&self) -> Self {
        let mut style = *self;
        style.keep(!(1_u32 << Slot::Beside as usize));
        style
    }

    /// What it says of what stands before or behind the element's own content.
    pub(super) fn beside(&self) -> Self {
        let mut style = *self;
        style.keep(1_u32 << Slot::Beside as usize);
        style
    }

    /// Whether digits of its text may not be what is seen: something is written beside them, they are shown in another
    /// order, or it is not known whether they are shown at all.
    pub(super) fn doubts(&self) -> bool {
        self.is(Slot::Order, HIDES)
            || self.is(Slot::Beside, HIDES)
            || [Slot::Display, Slot::Visibility, Slot::Opacity].iter().any(|slot| self.is(*slot, UNKNOWN_VALUE))
    }

    /// Whether a figure of it that is written beside is seen where it holds nothing.
    pub(super) fn writes(&self) -> bool {
        self.is(Slot::Beside, HIDES)
    }

    /// Whether it comes to the same for an element of a kind.
    pub(super) fn comes_to(&self, other: &Self, kind: Tag) -> bool {
        let sum = |s: &Self| (s.hides(kind), s.strikes(), s.raises(), s.tiny(), s.color(), s.doubts());
        sum(self) == sum(other)
    }

    /// Whether it shows what stands in something hidden.
    pub(super) fn shows(&self) -> bool {
        self.is(Slot::Visibility, PLAIN)
    }

    /// Reads a list of declarations; later lists outweigh earlier ones, unless those are important.
    pub(super) fn read(&mut self, declarations: &[u8]) {
        let bare;
        let mut rest = declarations;
        if memchr::memmem::find(rest, b"/*").is_some() {
            bare = without_comments(&String::from_utf8_lossy(rest));
            rest = bare.as_bytes();
        }
        while !rest.is_empty() {
            let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
            let (one, after) = rest.split_at(end);
            rest = after.get(1..).unwrap_or_default();
            let one = one.trim_ascii_start();
            if !may_tell(one) {
                continue;
            }
            let Some(colon) = one.iter().position(|b| *b == b':') else { continue };
            let name = one.get(..colon).unwrap_or_default().trim_ascii_end();
            let mut lower = [0_u8; 24];
            if let Some(lower) = lower.get_mut(..name.len()) {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                self.declare(lower, one.get(colon + 1..).unwrap_or_default());
            }
        }
    }

    /// Adds declarations that come later.
    pub(super) fn add(&mut self, later: &Self) {
        for slot in 0..SLOTS {
            let bit = 1_u32 << slot;
            if later.set & bit == 0 || self.important & bit != 0 && later.important & bit == 0 {
                continue;
            }
            self.set |= bit;
            self.important |= later.important & bit;
            self.values[slot] = later.values[slot];
            if slot == Slot::Color as usize {
                self.color = later.color;
            } else if slot == Slot::Back as usize {
                self.back = later.back;
            }
        }
    }

    /// The colour of the text, if said.
    pub(super) fn color(&self) -> Option<u32> {
        self.has(Slot::Color).then_some(self.color)
    }

    /// The colour behind it, if said.
    pub(super) fn back(&self) -> Option<u32> {
        self.has(Slot::Back).then_some(self.back)
    }

    /// A colour given as an attribute: the digits may stand alone.
    pub(super) fn set_color(&mut self, value: &[u8]) {
        self.put_color(Slot::Color, named(value), false);
    }

    /// The same for what lies behind.
    pub(super) fn set_back(&mut self, value: &[u8]) {
        self.put_color(Slot::Back, named(value), false);
    }

    /// Whether and how it hides an element of a kind.
    pub(super) fn hides(&self, kind: Tag) -> Option<Hiding> {
        if self.set == 0 {
            return None;
        }
        let boxed = !kind.is_inline() && kind != Tag::Input || self.is(Slot::Display, OTHER) || self.has(Slot::Float);
        let out = self.is(Slot::Position, OTHER);
        let part = kind.is_table_part();
        let low = self.is(Slot::Height, HIDES) || self.is(Slot::MaxHeight, HIDES);
        let cut = self.is(Slot::Overflow, HIDES) && (self.is(Slot::Width, HIDES) || low);
        if self.is(Slot::Display, HIDES)
            || self.is(Slot::Office, HIDES)
            || self.is(Slot::Visibility, FOURTH) && part
            || out && (self.is(Slot::Left, HIDES) || self.is(Slot::Top, HIDES) || self.is(Slot::Clip, HIDES))
            || self.is(Slot::Clip, FOURTH)
            || (boxed || out) && cut && !part
        {
            return Some(Hiding::Gone);
        }
        let faded =
            self.is(Slot::Visibility, HIDES) || self.is(Slot::Opacity, HIDES) || self.is(Slot::Transform, HIDES);
        let empty = faded && !self.has(Slot::Motion)
            || self.is(Slot::Visibility, FOURTH)
            || self.is(Slot::Content, HIDES)
            || boxed && (self.is(Slot::Indent, HIDES) || self.is(Slot::Margin, HIDES));
        empty.then_some(Hiding::Empty)
    }

    /// Whether text is too small to be seen, or not any more; `None` where it is as large as the parent's.
    pub(super) fn tiny(&self) -> Option<bool> {
        if self.is(Slot::Size, OTHER) || !self.has(Slot::Size) { None } else { Some(self.is(Slot::Size, HIDES)) }
    }

    /// Whether a line goes through its text.
    pub(super) fn strikes(&self) -> bool {
        self.is(Slot::Strike, HIDES)
    }

    /// Whether it stands above or below its line, as marks of notes do.
    pub(super) fn raises(&self) -> bool {
        self.is(Slot::Raise, HIDES) || self.is(Slot::Position, FOURTH) && self.is(Slot::Top, FOURTH)
    }

    fn has(&self, slot: Slot) -> bool {
        self.set >> slot as usize & 1 == 1
    }

    fn is(&self, slot: Slot, value: u8) -> bool {
        self.has(slot) && self.values[slot as usize] == value
    }

    fn put(&mut self, slot: Slot, value: u8, important: bool) {
        let bit = 1_u32 << slot as usize;
        if self.important & bit != 0 && !important {
            return;
        }
        self.set |= bit;
        self.loud |= matches!(value, HIDES | FOURTH | UNKNOWN_VALUE);
        self.values[slot as usize] = value;
        if important {
            self.important |= bit;
        }
    }

    fn put_color(&mut self, slot: Slot, color: u32, important: bool) {
        if self.important >> slot as usize & 1 == 0 || important {
            *(if slot == Slot::Back { &mut self.back } else { &mut self.color }) = color;
        }
        let light = color == CLEAR || color < CLEAR && is_light(color);
        self.loud |= if slot == Slot::Back { !light } else { light };
        self.put(slot, PLAIN, important);
    }

    fn declare(&mut self, name: &[u8], value: &[u8]) {
        let Some(slot) = slot(name) else { return };
        let mut value = value.trim_ascii();
        let mut important = false;
        if let Some(mark) = memchr::memrchr(b'!', value) {
            important = value.get(mark + 1..).is_some_and(|v| v.trim_ascii().eq_ignore_ascii_case(b"important"));
            value = value.get(..mark).unwrap_or_default().trim_ascii();
        }
        let mut lower = [0_u8; MAX_VALUE];
        let Some(lower) = lower.get_mut(..value.len()) else { return };
        lower.copy_from_slice(value);
        lower.make_ascii_lowercase();
        let value: &[u8] = lower;
        if value.is_empty() {
            return;
        }
        if matches!(value, b"inherit" | b"unset" | b"revert" | b"revert-layer" | b"initial") {
            // As if nothing had been said before.
            return match slot {
                Slot::Color => self.put_color(slot, UNKNOWN, important),
                Slot::Back => self.put_color(slot, CLEAR, important),
                Slot::Size | Slot::Visibility => self.put(slot, OTHER, important),
                _ => self.put(slot, PLAIN, important),
            };
        }
        match slot {
            Slot::Color => color(value).into_iter().for_each(|c| self.put_color(slot, c, important)),
            Slot::Back => background(value).into_iter().for_each(|c| self.put_color(slot, c, important)),
            _ => code(slot, name, value).into_iter().for_each(|c| self.put(slot, c, important)),
        }
    }
}

/// Whether a declaration can be one that is looked at: most stop here, at their first letters.
fn may_tell(one: &[u8]) -> bool {
    let at = |index: usize| one.get(index).map_or(0, |b| b | 0x20);
    match at(0) {
        b'a' | b'c' | b'd' | b'o' | b'r' | b'u' | b'v' | b'-' => true,
        // Not `mso-` anything but `mso-hide` and `mso-text-raise`.
        b'm' => at(1) == b'a' || matches!((at(4), at(5)), (b'h', b'i') | (b't', b'e')),
        // `font`, `font-size`, `font-variant`, `float`, `filter`.
        b'f' => at(1) != b'o' || at(4) != b'-' || matches!((at(5), at(6)), (b's', b'i') | (b'v', b'a')),
        b't' => matches!(at(1), b'o' | b'r') || matches!(at(5), b'd' | b'i'),
        b'l' => at(1) == b'e' && at(2) == b'f',
        b'b' => at(1) == b'a' || at(2) == b't',
        b'p' => at(1) == b'o',
        b'h' => at(1) == b'e',
        b'w' => at(1) == b'i',
        _ => false,
    }
}

fn slot(name: &[u8]) -> Option<Slot> {
    Some(match name {
        b"display" => Slot::Display,
        b"visibility" => Slot::Visibility,
        b"opacity" | b"filter" => Slot::Opacity,
        b"font-size" | b"font" => Slot::Size,
        b"clip" | b"clip-path" | b"-webkit-clip-path" => Slot::Clip,
        b"position" => Slot::Position,
        b"float" => Slot::Float,
        b"left" | b"right" => Slot::Left,
        b"top" | b"bottom" => Slot::Top,
        b"margin" | b"margin-left" | b"margin-top" => Slot::Margin,
        b"text-indent" => Slot::Indent,
        b"overflow" | b"overflow-x" | b"overflow-y" => Slot::Overflow,
        b"width" => Slot::Width,
        b"height" => Slot::Height,
        b"max-height" => Slot::MaxHeight,
        b"text-decoration" | b"text-decoration-line" => Slot::Strike,
        b"vertical-align" | b"mso-text-raise" | b"baseline-shift" | b"font-variant" | b"font-variant-position" => {
            Slot::Raise
        }
        b"unicode-bidi" => Slot::Order,
        b"content" => Slot::Beside,
        b"mso-hide" => Slot::Office,
        b"transform" | b"-webkit-transform" | b"-ms-transform" => Slot::Transform,
        b"content-visibility" => Slot::Content,
        b"animation" | b"animation-name" | b"-webkit-animation" | b"transition" => Slot::Motion,
        b"color" => Slot::Color,
        b"background" | b"background-color" | b"background-image" => Slot::Back,
        _ => return None,
    })
}

/// What a value of a property comes to; `None` if nothing.
fn code(slot: Slot, name: &[u8], value: &[u8]) -> Option<u8> {
    let pick = |hides: bool| if hides { HIDES } else { PLAIN };
    let has = |part: &[u8]| memchr::memmem::find(value, part).is_some();
    if has(b"var(") && matches!(slot, Slot::Display | Slot::Visibility | Slot::Opacity) {
        return Some(UNKNOWN_VALUE);
    }
    Some(match slot {
        Slot::Order => pick(has(b"override")),
        Slot::Beside => pick(writes_digits(value)),
        Slot::Raise if name.starts_with(b"font-") => return (has(b"super") || has(b"sub")).then_some(HIDES),
        Slot::Display => match value {
            b"none" => HIDES,
            b"inline" | b"contents" => PLAIN,
            _ => OTHER,
        },
        Slot::Visibility => match value {
            b"hidden" => HIDES,
            b"collapse" => FOURTH,
            _ => PLAIN,
        },
        Slot::Opacity if name == b"opacity" => pick(length(value).is_some_and(|l| l.value <= 0.05)),
        Slot::Opacity => return (has(b"opacity(0)") || has(b"opacity(0%)") || has(b"opacity=0)")).then_some(HIDES),
        Slot::Size => return size(name, value),
        Slot::Clip if name == b"clip" => pick(is_empty_clip(value)),
        Slot::Clip => return is_full_inset(value).then_some(FOURTH),
        Slot::Position => match value {
            b"absolute" | b"fixed" => OTHER,
            b"relative" => FOURTH,
            _ => PLAIN,
        },
        Slot::Float => return (value != b"none").then_some(OTHER),
        Slot::Left => match length(value)? {
            l if l.value.abs() >= FAR || l.unit == Unit::Share && l.value.abs() >= 100.0 => HIDES,
            _ if name == b"left" => PLAIN,
            _ => return None,
        },
        Slot::Top => match length(value)? {
            l if l.pixels().abs() >= FAR * 4.0 || l.value <= -FAR || l.unit == Unit::Share && l.value <= -100.0 => {
                HIDES
            }
            l if l.unit != Unit::Share && l.pixels().abs() >= RAISED => FOURTH,
            _ if name == b"top" => PLAIN,
            _ => return None,
        },
        Slot::Margin => pick(value.split(u8::is_ascii_whitespace).filter_map(length).any(|l| l.pixels() <= -FAR)),
        Slot::Indent => {
            let far = |l: Length| l.pixels() <= -FAR || l.unit == Unit::Share && l.value >= 100.0;
            pick(length(value).is_some_and(far))
        }
        Slot::Overflow => pick(matches!(value, b"hidden" | b"clip") || value.starts_with(b"hidden ")),
        Slot::Width | Slot::Height | Slot::MaxHeight => {
            pick(length(value).is_some_and(|l| l.value == 0.0 || l.unit != Unit::Share && l.pixels().abs() <= 1.0))
        }
        Slot::Strike => pick(has(b"line-through")),
        Slot::Raise => match value {
            b"super" | b"sub" | b"text-top" | b"text-bottom" => HIDES,
            _ => pick(length(value).is_some_and(|l| match l.unit {
                Unit::Share => l.value.abs() >= 20.0,
                _ => l.pixels().abs() >= RAISED,
            })),
        },
        Slot::Office => pick(value == b"all"),
        Slot::Transform => pick(is_folded(value)),
        Slot::Content => pick(value == b"hidden"),
        Slot::Motion => PLAIN,
        Slot::Color | Slot::Back => return None,
    })
}

/// The size of text: none, that of the parent as a share, or its own.
fn size(name: &[u8], value: &[u8]) -> Option<u8> {
    let one = |value: &[u8]| {
        let value = value.split(|b| *b == b'/').next().unwrap_or_default();
        match length(value) {
            Some(l) if l.value == 0.0 || l.unit == Unit::Pixel && l.value <= 1.5 => Some(HIDES),
            Some(l) if l.unit == Unit::Pixel => Some(PLAIN),
            Some(_) => Some(OTHER),
            None => match value {
                b"larger" | b"smaller" => Some(OTHER),
                b"small" | b"x-small" | b"xx-small" | b"medium" | b"large" | b"x-large" | b"xx-large" => Some(PLAIN),
                _ => None,
            },
        }
    };
    if name == b"font-size" {
        // Nearly all sizes are such: no digit of them has to be read.
        return match value {
            [b'2'..=b'9', .., b'p', b't' | b'x'] | [b'1', b'0'..=b'9', .., b'p', b't' | b'x'] => Some(PLAIN),
            _ => one(value),
        };
    }
    // In `font`, a number without a unit is a weight, but 0 is a size.
    let is_size = |v: &&[u8]| v == b"0" || v.starts_with(b"0/") || !v.iter().all(u8::is_ascii_digit);
    value.split(u8::is_ascii_whitespace).filter(is_size).find_map(one)
}
