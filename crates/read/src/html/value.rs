//! Values of declarations: lengths and colours.
//!
//! Owns units, as far as they tell near from far and small from large, and which colours are light. Refuses to compute.

/// A colour that lets everything through.
pub(super) const CLEAR: u32 = 0x0100_0000;
/// A colour that is not known: a picture, a name, a variable.
pub(super) const UNKNOWN: u32 = 0x0200_0000;
/// The page itself.
pub(super) const WHITE: u32 = 0x00FF_FFFF;

/// From this lightness on, of 1, a colour is that of paper.
const LIGHT: f32 = 0.93;
/// Lengths beyond this, in pixels, lead off the page.
pub(super) const FAR: f32 = 500.0;
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Pixel,
    /// Of the text's size.
    Em,
    Share,
}

#[derive(Clone, Copy)]
pub(super) struct Length {
    /// In pixels, ems or hundredths.
    pub(super) value: f32,
    pub(super) unit: Unit,
}

impl Length {
    pub(super) fn pixels(self) -> f32 {
        match self.unit {
            Unit::Pixel => self.value,
            Unit::Em => self.value * 16.0,
            Unit::Share => 0.0,
        }
    }
}

/// A number with its unit. `None` for what has to be computed.
pub(super) fn length(value: &[u8]) -> Option<Length> {
    let end =
        value.iter().position(|b| !(b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let number: f32 = std::str::from_utf8(number).ok()?.parse().ok()?;
    let (factor, unit) = match unit.trim_ascii() {
        b"" | b"px" => (1.0, Unit::Pixel),
        b"pt" => (4.0 / 3.0, Unit::Pixel),
        b"pc" | b"rem" => (16.0, Unit::Pixel),
        b"in" => (96.0, Unit::Pixel),
        b"cm" => (37.8, Unit::Pixel),
        b"mm" => (3.78, Unit::Pixel),
        b"vw" => (12.8, Unit::Pixel),
        b"vh" => (7.2, Unit::Pixel),
        b"em" => (1.0, Unit::Em),
        b"ex" | b"ch" => (0.5, Unit::Em),
        b"%" => (1.0, Unit::Share),
        _ => return None,
    };
    Some(Length { value: number * factor, unit })
}

/// `rect(0,0,0,0)`: nothing is left between its edges.
pub(super) fn is_empty_clip(value: &[u8]) -> bool {
    let Some(inner) = value.strip_prefix(b"rect(").and_then(|v| v.strip_suffix(b")")) else { return false };
    let parts =
        inner.split(|b| matches!(b, b',' | b' ')).filter(|p| !p.is_empty()).map(|p| length(p).map(Length::pixels));
    match parts.collect::<Vec<_>>().as_slice() {
        [top, right, bottom, left] => {
            let narrow =
                |from: &Option<f32>, to: &Option<f32>| matches!((from, to), (Some(a), Some(b)) if b - a <= 1.0);
            narrow(top, bottom) || narrow(left, right)
        }
        _ => false,
    }
}

/// `inset(50%)`, `circle(0)`, `polygon(0 0, 0 0, 0 0)`.
pub(super) fn is_full_inset(value: &[u8]) -> bool {
    let inner = |name: &[u8]| value.strip_prefix(name).and_then(|v| v.strip_suffix(b")"));
    let first = |v: &[u8]| v.split(u8::is_ascii_whitespace).next().and_then(length);
    let zeros = |v: &[u8]| v.iter().all(|b| matches!(b, b'0' | b' ' | b',' | b'p' | b'x' | b'%'));
    inner(b"inset(").and_then(first).is_some_and(|l| l.unit == Unit::Share && l.value >= 49.0 || l.pixels() >= FAR)
        || inner(b"circle(").and_then(first).is_some_and(|l| l.value == 0.0)
        || inner(b"polygon(").or(inner(b"rect(")).is_some_and(zeros)
}

/// Scaled to nothing, or moved off the page.
pub(super) fn is_folded(value: &[u8]) -> bool {
    let arguments = |name: &[u8]| {
        let at = memchr::memmem::find(value, name)?;
        let inner = value.get(at + name.len()..)?;
        let inner =
            inner.strip_prefix(b"3d").or(inner.strip_prefix(b"x")).or(inner.strip_prefix(b"y")).unwrap_or(inner);
        inner.strip_prefix(b"(")?.split(|b| *b == b')').next()
    };
    let any = |arguments: Option<&[u8]>, test: &dyn Fn(Length) -> bool| {
        arguments.is_some_and(|a| a.split(|b| *b == b',').filter_map(|v| length(v.trim_ascii())).any(test))
    };
    any(arguments(b"scale"), &|l| l.value == 0.0) || any(arguments(b"translate"), &|l| l.pixels() <= -FAR * 4.0)
}

/// Whether a colour may be that of paper.
pub(super) fn is_light(color: u32) -> bool {
    [16, 8, 0].iter().all(|by| color >> by & 0xFF > 0xE0)
}

/// A colour; `None` for what says nothing of itself.
pub(super) fn color(value: &[u8]) -> Option<u32> {
    if let Some(digits) = value.strip_prefix(b"#") {
        let digit = |at: usize| digits.get(at).and_then(|b| char::from(*b).to_digit(16));
        let short = |at: usize| digit(at).map(|d| d * 17);
        let long = |at: usize| Some(digit(at * 2)? * 16 + digit(at * 2 + 1)?);
        let channels = match digits.len() {
            3 | 4 => [short(0)?, short(1)?, short(2)?, if digits.len() == 4 { short(3)? } else { 255 }],
            6 | 8 => [long(0)?, long(1)?, long(2)?, if digits.len() == 8 { long(3)? } else { 255 }],
            _ => return None,
        };
        let [red, green, blue, alpha] = channels;
        return Some(if alpha == 0 { CLEAR } else { red << 16 | green << 8 | blue });
    }
    Some(match value {
        b"transparent" => CLEAR,
        b"white" | b"window" | b"canvas" | b"field" => WHITE,
        b"snow" | b"ivory" | b"ghostwhite" | b"floralwhite" | b"whitesmoke" | b"azure" | b"mintcream"
        | b"aliceblue" | b"honeydew" | b"lavenderblush" => 0x00F8_F8F8,
        b"black" | b"windowtext" | b"canvastext" => 0,
        b"currentcolor" | b"initial" | b"auto" => return None,
        _ if value.starts_with(b"rgb") => {
            let inner = value.split(|b| *b == b'(').nth(1)?.strip_suffix(b")")?;
            let parts = inner.split(|b| matches!(b, b',' | b' ' | b'/')).filter(|p| !p.is_empty());
            let channel = |l: Length| if l.unit == Unit::Share { l.value * 2.55 } else { l.value };
            let mut parts = parts.map(|p| length(p).map(channel));
            let [red, green, blue] =
                [parts.next()??, parts.next()??, parts.next()??].map(|c| c.clamp(0.0, 255.0) as u32);
            let alpha = parts.next().flatten().unwrap_or(1.0);
            if alpha <= 0.03 { CLEAR } else { red << 16 | green << 8 | blue }
        }
        _ => by_lightness(value).unwrap_or(UNKNOWN),
    })
}

/// A colour of a space in which lightness is stated: clear, white or not known.
fn by_lightness(value: &[u8]) -> Option<u32> {
    let (name, inner) = value.split_at(value.iter().position(|b| *b == b'(')?);
    let inner = inner.strip_prefix(b"(")?.strip_suffix(b")")?;
    let (inner, alpha) = match inner.iter().position(|b| *b == b'/') {
        Some(at) => (inner.get(..at)?, inner.get(at + 1..)),
        None => (inner, None),
    };
    let parts: Vec<&[u8]> = inner.split(|b| matches!(b, b',' | b' ')).filter(|p| !p.is_empty()).collect();
    let alpha = alpha.map(<[u8]>::trim_ascii).or(parts.get(3).copied().filter(|_| name.starts_with(b"hsl")));
    if alpha.and_then(length).is_some_and(|l| l.value <= if l.unit == Unit::Share { 3.0 } else { 0.03 }) {
        return Some(CLEAR);
    }
    // The part that states it, what it is for white, and what it is next to white.
    let share = |at: usize, whole: f32| {
        let l = length(parts.get(at)?)?;
        Some(if l.unit == Unit::Share { l.value / 100.0 } else { l.value / whole })
    };
    let light = match name {
        b"hsl" | b"hsla" => share(2, 100.0)?,
        b"hwb" => share(1, 100.0)?,
        b"lab" | b"lch" => share(0, 100.0)?,
        b"oklab" | b"oklch" => share(0, 1.0)?,
        b"color" => [1, 2, 3]
            .into_iter()
            .map(|at| share(at, 1.0))
            .collect::<Option<Vec<f32>>>()?
            .into_iter()
            .fold(1.0, f32::min),
        _ => return None,
    };
    (light >= LIGHT).then_some(WHITE)
}

/// Whether what is written beside an element has digits in it, or may have.
pub(super) fn writes_digits(value: &[u8]) -> bool {
    let has = |part: &[u8]| memchr::memmem::find(value, part).is_some();
    if has(b"attr(") || has(b"counter") || has(b"var(") {
        return true;
    }
    let mut rest = value;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'\\' {
            let digits = after.iter().take(6).take_while(|b| b.is_ascii_hexdigit()).count();
            let code = after.get(..digits).and_then(|d| std::str::from_utf8(d).ok());
            let code = code.and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32);
            if code.is_some_and(|c| c.is_numeric()) {
                return true;
            }
            rest = after.get(digits..).unwrap_or_default();
        } else if byte.is_ascii_digit() {
            return true;
        }
    }
    false
}

/// A colour as an attribute has it.
pub(super) fn named(value: &[u8]) -> u32 {
    let value = value.trim_ascii().to_ascii_lowercase();
    match color(&value) {
        Some(UNKNOWN) | None => color(&[b"#", value.as_slice()].concat()).unwrap_or(UNKNOWN),
        Some(color) => color,
    }
}

/// What lies behind the text; `None` for what says nothing of it.
pub(super) fn background(value: &[u8]) -> Option<u32> {
    let has = |part: &[u8]| memchr::memmem::find(value, part).is_some();
    if value == b"none" {
        return Some(CLEAR);
    }
    if has(b"url(") || has(b"gradient(") || has(b"var(") {
        return Some(UNKNOWN);
    }
    if value.starts_with(b"rgb") || value.starts_with(b"hsl") {
        return color(value);
    }
    let known = value.split(u8::is_ascii_whitespace).filter_map(color).find(|c| *c != UNKNOWN);
    known.or(Some(UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors() {
        for (text, expected) in [
            ("#fff", Some(WHITE)),
            ("#ffffff", Some(WHITE)),
            ("#ffff", Some(WHITE)),
            ("#fff0", Some(CLEAR)),
            ("white", Some(WHITE)),
            ("rgb(255, 255, 255)", Some(WHITE)),
            ("rgba(0,0,0,0)", Some(CLEAR)),
            ("rgb(100% 100% 100% / 50%)", Some(WHITE)),
            ("red", Some(UNKNOWN)),
            ("hsl(0, 0%, 100%)", Some(WHITE)),
            ("hsl(0 0% 20% / 0)", Some(CLEAR)),
            ("hsl(0 0% 20%)", Some(UNKNOWN)),
            ("oklch(1 0 0)", Some(WHITE)),
            ("color(srgb 1 1 1)", Some(WHITE)),
            ("color(srgb 1 0 0)", Some(UNKNOWN)),
            ("#1", None),
            ("currentcolor", None),
        ] {
            assert_eq!(color(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(background(b"url(a.png) no-repeat #fff"), Some(UNKNOWN));
        assert_eq!(background(b"#fff no-repeat"), Some(WHITE));
        assert_eq!(background(b"none"), Some(CLEAR));
    }
}
