//! What viewers draw for annotations that bring no appearance of their own.
//!
//! Owns the values of form fields, and the lines that strike text out. Refuses everything else: notes, links and marks
//! without an appearance show no text and hide none. What has an appearance is drawn by the interpreter.

use hayro_interpret::kurbo::{Affine, Point, Rect};
use hayro_syntax::object::dict::keys::{ANNOTS, AP, F, N, PARENT, RECT, SUBTYPE};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect as Bounds, Stream, String as Bytes};
use hayro_syntax::page::Page;

use crate::layout::page::Glyph;
use crate::sight::{Canvas, Direction, Ink, Step};

/// Annotations of one page that are looked at.
const MOST: usize = 10_000;
/// Characters of the value of a field.
const LONGEST: usize = 400;
/// Fields inherit from those above them, so many steps up.
const DEEPEST: usize = 8;
/// Hidden, and not shown on a screen.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Size of a value whose field leaves it open: this share of its height, and no more than so many points.
const OPEN_SIZE: (f64, f64) = (0.7, 12.0);

/// Draws them on the canvas; `transform` leads from the page to its display.
pub(super) fn draw(page: &Page<'_>, transform: Affine, canvas: &mut Canvas) {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return };
    for annotation in annotations.iter::<Dict<'_>>().take(MOST) {
        if annotation.get::<u32>(F).unwrap_or(0) & UNSEEN != 0 || canvas.is_full() {
            continue;
        }
        let Some(kind) = annotation.get::<Name<'_>>(SUBTYPE) else { continue };
        match kind.as_ref() {
            b"Widget" if !has_appearance(&annotation) => field(&annotation, transform, canvas),
            b"StrikeOut" if !has_appearance(&annotation) => strike(&annotation, transform, canvas),
            _ => {}
        }
    }
}

fn has_appearance(annotation: &Dict<'_>) -> bool {
    let appearance = annotation.get::<Dict<'_>>(AP);
    appearance
        .is_some_and(|appearance| appearance.get::<Stream<'_>>(N).is_some() || appearance.get::<Dict<'_>>(N).is_some())
}

/// An entry of a field, its own or that of a field above.
fn inherited<'a>(field: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut field = field.clone();
    for _ in 0..DEEPEST {
        if let Some(value) = field.get::<Object<'a>>(key) {
            return Some(value);
        }
        field = field.get::<Dict<'a>>(PARENT)?;
    }
    None
}

/// The value of a text field or a choice, on one line.
fn field(annotation: &Dict<'_>, transform: Affine, canvas: &mut Canvas) {
    let kind = inherited(annotation, b"FT").and_then(Object::into_name);
    let is_text = kind.is_some_and(|kind| matches!(kind.as_ref(), b"Tx" | b"Ch"));
    let value = inherited(annotation, b"V").and_then(Object::into_string).map(|value| text(&value));
    let (Some(value), Some(bounds), true) = (value, annotation.get::<Bounds>(RECT), is_text) else { return };
    let bounds = transform.transform_rect_bbox(Rect::new(bounds.x0, bounds.y0, bounds.x1, bounds.y1));
    let style = inherited(annotation, b"DA").and_then(Object::into_string).map(|style| text(&style));
    let stated = style.as_deref().and_then(size_of).filter(|size| *size > 0.0 && *size < bounds.height());
    let size = stated.unwrap_or((bounds.height() * OPEN_SIZE.0).min(OPEN_SIZE.1)) as f32;
    let width = |text: char| if text.is_ascii() { size / 2.0 } else { size };
    let set = inherited(annotation, b"Q").and_then(Object::into_number).map_or(0, |set| set.as_i64());
    let free = (bounds.width() as f32 - value.chars().map(width).sum::<f32>()).max(0.0);
    let mut x = bounds.x0 as f32 + free * if set == 1 { 0.5 } else { f32::from(u8::from(set == 2)) };
    let y = bounds.center().y as f32 + size * 0.35;
    canvas.begin();
    for text in value.chars() {
        match text.is_whitespace() || text.is_control() {
            true => canvas.blank(),
            false => {
                canvas.print(
                    Glyph { x, y, width: width(text), size, text, run: 0 },
                    Some(Direction::Right),
                    Ink::BLACK,
                );
            }
        }
        x += width(text);
    }
}

/// The number before `Tf`.
fn size_of(style: &str) -> Option<f64> {
    let words: Vec<&str> = style.split_ascii_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// A string of the file: UTF-16 or UTF-8 with their marks, else Latin.
fn text(bytes: &Bytes<'_>) -> String {
    let bytes = bytes.as_bytes();
    let text: String = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units =
                rest.chunks_exact(2).map(|pair| if let [a, b] = pair { u16::from_be_bytes([*a, *b]) } else { 0 });
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).take(LONGEST).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).chars().take(LONGEST).collect(),
        _ => bytes.iter().take(LONGEST).map(|byte| char::from(*byte)).collect(),
    };
    text
}

/// The middle lines of the quadrilaterals that a strike covers.
fn strike(annotation: &Dict<'_>, transform: Affine, canvas: &mut Canvas) {
    let Some(points) = annotation.get::<Array<'_>>(b"QuadPoints") else { return };
    let numbers: Vec<f64> = points.iter::<Number>().take(8 * LONGEST).map(|number| number.as_f64()).collect();
    for corners in numbers.chunks_exact(8) {
        let corner = |at: usize| {
            let point = transform * Point::new(*corners.get(at).unwrap_or(&0.0), *corners.get(at + 1).unwrap_or(&0.0));
            [point.x, point.y]
        };
        // Upper left, upper right, lower left, lower right, as programs write them.
        let middle = |[ax, ay]: [f64; 2], [bx, by]: [f64; 2]| [f64::midpoint(ax, bx), f64::midpoint(ay, by)];
        let (from, to) = (middle(corner(0), corner(4)), middle(corner(2), corner(6)));
        canvas.begin();
        canvas.stroke([Step::Move(from), Step::Line(to)], 0.5, Ink::BLACK);
    }
}
