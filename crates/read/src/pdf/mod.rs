//! PDF: a file's bytes become pages of characters and ruling lines.
//!
//! Owns opening a file, whatever its condition, and the walk over its pages; [`device`] collects the ink of one page,
//! [`unicode`] says what a glyph means. Refuses to know lines, tables and reading order: the layout makes them out of
//! the pages, alike for all page formats. It reads no picture, fills no form and asks for no password.
//!
//! What of a page a person sees is judged by [`crate::sight`].

mod annotations;
mod attached;
mod content;
mod device;
mod guard;
mod modes;
mod nesting;
mod picture;
mod stand_in;
#[cfg(test)]
mod tests;
mod tiff;
mod unicode;
mod wrapped;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use hayro_interpret::hayro_cmap::load_embedded;
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret, interpret_page};
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::dict::keys::{DESCENDANT_FONTS, FIRST_CHAR, W, W2};
use hayro_syntax::object::{Array, Dict, MaybeRef, Number, ObjRef, Object};
use hayro_syntax::page::Page as Sheet;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::layout::page::Page;
use crate::limits::{Clock, Fault, Limits};
use crate::member::Members;

pub use picture::pictures;
pub use wrapped::wrapped;

use attached::Attached;
use content::{State, state};
use device::{Drawing, Stop};
use stand_in::STAND_IN;
use unicode::Translator;

/// Junk before the header is cut off if the header begins within this many bytes.
const HEADER_WITHIN: usize = 64 << 10;

/// Characters without ink on a page, below which they are a remark.
const FEW: usize = 20;
/// Share of a page that pictures must cover for text without ink to be theirs.
const PICTURE: f32 = 0.4;
/// No number in the width tables of a font is larger: codes and widths both end far below.
const LARGEST_NUMBER: f64 = 1_000_000.0;

/// Reads all pages of a PDF, in their order.
///
/// The text of a page whose writing is displayed sideways or upside down is turned so that it reads from left to right,
/// rules and size of the page with it.
///
/// # Errors
/// [`Fault::Encrypted`] if a password is needed, [`Fault::Unsupported`] if the encryption is not known,
/// [`Fault::Damaged`] if the file cannot be opened or has no pages, [`Fault::Limit`] if it has more pages than
/// `limits.pages`, unpacks to more than `limits.unpacked`, a page carries more ink than any table does, or the time is up.
pub fn pages(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Vec<Page>, Fault> {
    let clock = Clock::start(limits);
    guard::before(bytes, limits, &clock)?;
    let pdf = open(bytes)?;
    let sheets = pdf.pages();
    if sheets.len() > limits.pages {
        return Err(Fault::Limit(format!("{} pages, {} are read", sheets.len(), limits.pages)));
    }
    let mut attached = Attached::default();
    guard::after(&pdf, limits, &clock, &mut |object| attached.note(object))?;
    attached.give(members);
    let settings = settings();
    // One cache for one document: its keys repeat in other documents.
    let cache = InterpreterCache::new();
    let mut translator = Translator::new(&pdf);
    let mut seen = HashSet::new();
    let mut pages = Vec::with_capacity(sheets.len());
    let mut left = limits.unpacked;
    for sheet in sheets.iter() {
        clock.check()?;
        check_fonts(&sheet.resources().fonts, &mut seen)?;
        let state = state(sheet, &mut left)?;
        let (width, height) = sheet.render_dimensions();
        if state == State::Broken {
            pages.push(Page { width, height, broken: true, ..Page::default() });
            continue;
        }
        nesting::page(sheet)?;
        let drawn = draw(sheet, None, &cache, &settings, &mut translator, &clock)?;
        // Of mode 3 that is never set back only the first text is meant.
        let mut page = match sheet.page_stream().filter(|_| drawn.is_leaking()).and_then(modes::closed) {
            Some(content) => draw(sheet, Some(&content), &cache, &settings, &mut translator, &clock)?.page,
            None => drawn.page,
        };
        page.cut = state == State::Cut || translator.has_lost_fonts();
        pages.push(page);
    }
    Ok(pages)
}

/// A page as it was drawn.
struct Drawn {
    page: Page,
    /// Characters that a rendering mode hides.
    hidden: usize,
}

impl Drawn {
    /// Whether so much is hidden, by nothing but its mode, that the mode may be set by mistake.
    fn is_leaking(&self) -> bool {
        self.hidden >= FEW && self.page.pictured <= PICTURE
    }
}

/// Draws a page, with other content than its own if some is given.
fn draw<'a>(
    sheet: &Sheet<'a>,
    content: Option<&[u8]>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    translator: &mut Translator<'a>,
    clock: &Clock,
) -> Result<Drawn, Fault> {
    let (width, height) = sheet.render_dimensions();
    let (transform, bounds) = frame(sheet);
    let mut settings = settings.clone();
    if content.is_some() {
        settings.render_content = RenderContent::ANNOTATIONS;
    }
    let mut context = Context::new(transform, bounds, cache, sheet.xref(), settings);
    translator.begin(sheet.resources());
    let mut drawing = Drawing::new(width, height, translator, clock.clone());
    // The interpreter knows no end but that of its input, and forms within forms can make that very long.
    let interpreted = catch_unwind(AssertUnwindSafe(|| {
        if let Some(content) = content {
            interpret(TypedIter::new(content), sheet.resources(), &mut context, &mut drawing);
        }
        interpret_page(sheet, &mut context, &mut drawing);
        drawing.draw_annotations(sheet, transform);
    }));
    if let Err(cause) = interpreted
        && !cause.is::<Stop>()
    {
        resume_unwind(cause);
    }
    let hidden = drawing.hidden();
    Ok(Drawn { page: drawing.page()?, hidden })
}

fn settings() -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(|_| Some((Arc::clone(&STAND_IN), 0))),
        // The interpreter would read these large tables anew for each font; the translator reads them once.
        cmap_resolver: Arc::new(|name| if Translator::reads(name) { None } else { load_embedded(name) }),
        ..InterpreterSettings::default()
    }
}

/// From the space of a page to points as displayed, and the page's bounds there.
fn frame(sheet: &Sheet<'_>) -> (Affine, Rect) {
    let (width, height) = sheet.render_dimensions();
    let transform = Affine::new(sheet.initial_transform(true).as_coeffs());
    (transform, Rect::new(0.0, 0.0, f64::from(width), f64::from(height)))
}

/// Fails if a font claims widths for more characters than there are: the interpreter would fill the memory with them.
/// Fonts that only forms within the page use are not looked at.
fn check_fonts(fonts: &Dict<'_>, seen: &mut HashSet<ObjRef>) -> Result<(), Fault> {
    let absurd = |number: Number| number.as_f64().abs() > LARGEST_NUMBER;
    for (name, value) in fonts.entries() {
        if matches!(value, MaybeRef::Ref(font) if !seen.insert(font)) {
            continue;
        }
        let Some(font) = fonts.get::<Dict<'_>>(&name) else { continue };
        let descendant = font.get::<Array<'_>>(DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let tables = descendant.iter().flat_map(|font| [font.get::<Array<'_>>(W), font.get::<Array<'_>>(W2)]);
        let mut entries = tables.flatten().flat_map(|table| table.raw_iter());
        if font.get::<Number>(FIRST_CHAR).is_some_and(absurd)
            || entries.any(|entry| matches!(entry, MaybeRef::NotRef(Object::Number(number)) if absurd(number)))
        {
            return Err(Fault::Damaged("PDF with a font of absurd widths".to_owned()));
        }
    }
    Ok(())
}

/// Opens a file. Offsets in a file that has junk before its header mostly count from the header, so that is cut off
/// first; where they count from the first byte, the whole file is the better reading.
fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
    let start = head.windows(5).position(|window| window == b"%PDF-").unwrap_or(0);
    let mut fault = match load(bytes.get(start..).unwrap_or(bytes)) {
        Ok(pdf) => return Ok(pdf),
        Err(fault) => fault,
    };
    if start > 0 && matches!(fault, Fault::Damaged(_)) {
        match load(bytes) {
            Ok(pdf) => return Ok(pdf),
            Err(second) => fault = second,
        }
    }
    Err(fault)
}

fn load(bytes: &[u8]) -> Result<Pdf, Fault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Fault::Encrypted("PDF with a password".to_owned())
        }
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            Fault::Unsupported("PDF with an unknown encryption".to_owned())
        }
        LoadPdfError::Decryption(_) => Fault::Damaged("PDF with a damaged encryption".to_owned()),
        LoadPdfError::Invalid => Fault::Damaged("no PDF structure".to_owned()),
    })?;
    if pdf.pages().is_empty() {
        return Err(Fault::Damaged("PDF without pages".to_owned()));
    }
    Ok(pdf)
}
